"""What every test stands on: an empty encrypted file, a fixed day, no writing left open."""

import logging
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.language import Language, language
from desktopapp.storage import DB, close_file, open_file, slots

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TODAY = date(2026, 11, 23)


NETWORK = (
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request",
)  # fmt: skip
"""What Python tells of when a program turns to the network."""
turned_to: list[str] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event in NETWORK:
        turned_to.append(f"{event}{arguments!r}")


sys.addaudithook(_hear)


@pytest.fixture(autouse=True)
def offline() -> Iterator[None]:
    """No test makes the program turn to the network; nothing of it does at run time."""
    turned_to.clear()
    yield
    assert turned_to == []


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """An empty, encrypted file; gives its folder."""
    folder = tmp_path / "data"
    open_file(folder, TABLES)
    yield folder
    assert not DB.in_transaction()
    close_file()


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost next to nothing to try, but where a test is about what they cost."""
    for name, cheap in (("MEMORY", 2**16), ("PASSES", 1), ("SLOW", 0.0)):
        monkeypatch.setattr(slots, name, cheap)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No test leaves a warning in the log that it did not look for; who does, clears it."""
    yield
    assert [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING] == []


@pytest.fixture
def zh() -> Language:
    return language("zh_CN")


@pytest.fixture
def en() -> Language:
    return language("en")
