"""The ear that every test is heard by hears what it should: a program that turned to the network would be caught."""

import socket
import urllib.error
import urllib.request

import pytest

from tests import conftest


@pytest.fixture
def nobody():
    """A port of this PC that nobody answers at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
    conftest.turned_to.clear()


def test_a_connection_is_heard(nobody):
    with socket.socket() as asking, pytest.raises(OSError):
        asking.connect(("127.0.0.1", nobody))
    assert any("socket.connect" in each for each in conftest.turned_to)


def test_an_address_that_is_asked_for_is_heard(nobody):
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{nobody}", timeout=1)
    assert any("urllib.Request" in each for each in conftest.turned_to)
