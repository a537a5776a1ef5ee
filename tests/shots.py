"""Pictures of every page: `python -m tests.shots FOLDER`, in both looks, both languages, at 100 % and 150 %.

The sample firm is made once; a process for each scale, because Qt asks for it only at its start.
`--help-pictures` makes those of the handbook and of the README instead, where they belong.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

DAY = date(2026, 11, 23)
SIZE = (1366, 768)
SCALES = ("1", "1.5")
LANGUAGES = {"zh_CN": "zh", "en": "en"}
LOOKS = ("light", "dark")


def main() -> int:
    """Make the pictures; 0 where all could be made."""
    parser = argparse.ArgumentParser("tests.shots", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("shots"))
    parser.add_argument("--help-pictures", action="store_true", help="make those of the handbook and the README")
    parser.add_argument("--data", type=Path, help="take pictures of this data in this process, at its scale")
    asked = parser.parse_args()
    if asked.help_pictures:
        return help_pictures()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.data:
        return shoot(asked.data, asked.folder)
    with TemporaryDirectory(prefix="teamhelm-shots-", ignore_cleanup_errors=True) as temporary:
        sample = Path(temporary) / "sample"
        make_sample(sample)
        running = [_child(sample, Path(temporary) / scale, asked.folder, scale) for scale in SCALES]
        failed = [child for child in running if child.wait()]
    made = len(list(asked.folder.glob("*.png")))
    sys.stdout.write(f"{made} pictures in {asked.folder}\n")
    return 1 if failed else 0


def help_pictures() -> int:
    """Make the pictures the handbook and the README show."""
    with TemporaryDirectory(prefix="teamhelm-shots-", ignore_cleanup_errors=True) as temporary:
        sample = Path(temporary) / "sample"
        make_sample(sample)
        asked = [*((code, "1.5") for code in LANGUAGES), ("readme", "1")]
        return max(_pictures(what, sample, scale) for what, scale in asked)


def _pictures(what: str, sample: Path, scale: str) -> int:
    copy, empty = (sample.with_name(f"{what}-{name}") for name in ("sample", "empty"))
    shutil.copytree(sample, copy)
    surroundings = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": scale}
    command = [sys.executable, "-m", "tests.pictures", what, str(copy), str(empty)]
    return subprocess.run(command, env=surroundings, check=False).returncode


def make_sample(folder: Path) -> None:
    """The sample firm, as an owner who loads it has it."""
    from desktopapp.areas import TABLES
    from desktopapp.overview import sample
    from desktopapp.storage import close_file, open_file

    open_file(folder, TABLES)
    sample.load(DAY)
    close_file()


def _child(sample: Path, copy: Path, out: Path, scale: str) -> subprocess.Popen[bytes]:
    shutil.copytree(sample, copy)
    (copy / "app.lock").unlink(missing_ok=True)
    surroundings = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": scale}
    return subprocess.Popen([sys.executable, "-m", "tests.shots", str(out), "--data", str(copy)], env=surroundings)


def shoot(data: Path, out: Path) -> int:
    """Every page of the real window over this data, and the welcome page over none."""
    from PySide6.QtWidgets import QApplication

    app = QApplication(["teamhelm"])
    percent = round(float(os.environ.get("QT_SCALE_FACTOR", "1")) * 100)
    for code, short in LANGUAGES.items():
        for look in LOOKS:
            ending = f"{look}-{short}-{percent}.png"
            _pages(app, data, code, look, out, ending)
            _pages(app, data.with_name(f"{data.name}-{short}-{look}"), code, look, out, ending)
    return 0


def _pages(app: object, data: Path, code: str, look: str, out: Path, ending: str) -> None:
    from PySide6.QtCore import QEvent

    from desktopapp.areas import TABLES
    from desktopapp.kernel.area import Link
    from desktopapp.storage import close_file, open_file
    from ui.main import Program

    open_file(data, TABLES)
    program = Program(app, data, language=code, scheme=look, today=DAY)
    program.start()
    window = program.window
    window.resize(*SIZE)
    welcomes = [place for place in window.places if place.key == "welcome"]
    for place in welcomes or window.places:
        window.go(Link(place.key))
        for _ in range(4):  # a page is made in parts
            app.processEvents()
        window.grab().save(str(out / f"{place.key}-{ending}"))
    program.stop()
    program.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    close_file()


if __name__ == "__main__":
    sys.exit(main())
