"""What a start and a click cost, in exact counts: they are the same on every machine, however busy it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from desktopapp.overview import sample
from desktopapp.storage import close_file
from tests.counting import statements
from ui.main import Program

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).resolve().parents[2]
MODULES = {"ours": 212, "filled": 334}
"""Modules at the first paint of the window, and of its page; Python's own and Qt's counted. A bare window of Qt has
about 150."""


@pytest.fixture
def program(qapp, file):
    """The program on the sample firm, not yet started."""
    sample.load(TODAY)
    made = Program(qapp, file, today=TODAY)
    yield made
    made.stop()
    made.deleteLater()


@pytest.mark.parametrize("mark", MODULES)
def test_a_start_imports_only_what_is_seen_first(file, mark):
    sample.load(TODAY)
    close_file()
    around = os.environ | {"TEAMHELM_DATA": str(file), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", mark]
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["heavy"] == []
    assert figures["modules"] <= MODULES[mark]


def test_a_start_builds_one_page_and_asks_little_of_the_file(qtbot, program):
    with statements() as asked:
        program.start()
    assert list(program.window.pages) == ["home"]
    assert len(asked) <= 36


def test_the_other_pages_are_made_ahead_one_by_one_while_the_owner_does_nothing(qtbot, program):
    program._ahead.setInterval(0)
    program.start()
    window = program.window
    made = []
    program._ahead.timeout.connect(lambda: made.append(len(window.pages)))
    qtbot.waitUntil(lambda: len(window.pages) == len(window.places))
    assert made[: len(window.places) - 1] == list(range(2, len(window.places) + 1))
    assert window.page is window.pages["home"]
    qtbot.waitUntil(lambda: not program._ahead.isActive())


def test_no_page_is_made_ahead_while_the_owner_types(qtbot, program):
    program.start()
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    program.window.finder.setFocus()
    program._ahead.setInterval(0)
    with qtbot.waitSignals([program._ahead.timeout] * 3):
        program._ahead.start()
    assert list(program.window.pages) == ["home"]


@pytest.mark.parametrize(
    ("key", "most"), [("team", 14), ("goals", 15), ("reviews", 23), ("sales", 32), ("trail", 4), ("settings", 3)]
)
def test_a_visit_asks_little_of_the_file(qtbot, program, key, most):
    program.start()
    bar = program.window.side.bar
    at = [place.key for place in program.window.places].index(key)
    with statements() as asked:
        bar.setCurrentIndex(at)
    assert len(asked) <= most
    bar.setCurrentIndex(0)
    with statements() as asked:
        bar.setCurrentIndex(at)
    assert asked == []
