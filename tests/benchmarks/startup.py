"""From the start of the process to the first painted window, with the sample firm in the file."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from functools import cache, partial

from desktopapp.areas import TABLES
from desktopapp.kernel.folder import default_folder
from desktopapp.overview import sample
from desktopapp.storage import close_file, open_file
from tests.benchmarks.case import Case, Taken, called, run

MARKS = (
    ("start", "to the first painted window", "ours", 1.5),
    ("filled", "until Today stands in it with all its figures", "filled", 3.0),
)
"""The window is seen before the file is opened; the second mark is where the owner can read it."""


def cases() -> list[Case]:
    """Without a screen, and on one where X can make one up."""
    screens = ["offscreen"]
    if shutil.which("Xvfb"):
        screens.append("xcb")
    return [
        Case(f"{key}-{name}", f"{words} ({name})", partial(_start, what, name), partial(_start, "bare", name), goal)
        for key, words, what, goal in MARKS
        for name in screens
    ]  # fmt: skip


def _start(what: str, screen: str) -> Taken:
    surroundings = {"QT_QPA_PLATFORM": screen, "TEAMHELM_DATA": made()}
    if screen == "xcb":
        surroundings["DISPLAY"] = display()
    return run("-m", "tests.benchmarks.first_paint", what, **surroundings)


@cache
def made() -> str:
    """A folder with the sample firm, made once a run."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    called("tests.benchmarks.startup", "make", TEAMHELM_DATA=folder)
    return folder


def make() -> None:
    """Put the sample firm into the folder."""
    open_file(default_folder(), TABLES)
    sample.load(datetime.now(UTC).astimezone().date())
    close_file()


@cache
def display() -> str:
    """A screen of its own, held by nobody else; gone when the run ends."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    atexit.register(server.terminate)
    os.close(writing)
    with os.fdopen(reading) as told:
        return f":{told.readline().strip()}"
