"""What the owner chose of how the program looks and speaks: kept beside his data, so it is there before the file is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, Language
from desktopapp.kernel.language import language as language_of
from ui.kit.theme import DENSITIES, SCALES, SCHEMES

SETTINGS = "window.ini"
"""The file beside the owner's data that remembers how the window stood."""
SUMS = ("wan", "yuan")
"""How lists and figures write sums: in ten thousands, or in whole yuan."""
LOCK_AFTER = ("1", "2", "5", "10", "15", "30", "0")
"""Minutes without a hand at the PC after which a program with a password is locked; 0 is never."""
USUAL = 2
"""Which of them it is unless the owner says otherwise."""
PROTECTED = "protected"


@frozen
class Choices:
    """As they were kept, or as they usually are."""

    language: str
    scheme: str
    scale: int
    density: str
    sums: str
    lock_after: int
    is_protected: bool
    """Whether a password was asked for when the program was last open."""

    @property
    def words(self) -> Language:
        """The language, with the way sums are written."""
        return language_of(self.language, in_yuan=self.sums == SUMS[1])


def kept_in(folder: Path) -> QSettings | None:
    """What is kept beside the data of a folder, once the folder is there."""
    return QSettings(str(folder / SETTINGS), QSettings.Format.IniFormat) if folder.is_dir() else None


def choices(kept: QSettings | None, *, language: str | None = None, scheme: str | None = None) -> Choices:
    """What was chosen earlier, unless another language or look is asked for just now."""

    def one(name: str, allowed: Sequence[str], usual: int = 0) -> str:
        before = str(kept.value(name, "")) if kept else ""
        return before if before in allowed else allowed[usual]

    return Choices(
        language or one("language", CODES), scheme or one("scheme", SCHEMES), int(one("scale", [*map(str, SCALES)])),
        one("density", DENSITIES), one("sums", SUMS), int(one("lock_after", LOCK_AFTER, USUAL)),
        one(PROTECTED, ("", "1")) == "1",
    )  # fmt: skip
