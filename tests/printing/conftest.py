from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from desktopapp.kernel.language import language
from desktopapp.printing.form import BLANK, Booklet, Filled

ZH, EN = language("zh_CN"), language("en")
LANGUAGES = {"zh": (ZH,), "en": (EN,), "both": (ZH, EN)}
AT = datetime.fromisoformat("2026-11-23T09:30")
"""The owner's own clock, as the caller passes it."""


class Paper:
    """A printed file, as a reader opens it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with pypdfium2.PdfDocument(path) as document:
            self.pages = [page.get_textpage().get_text_bounded() for page in document]
            self.bookmarks = [each.get_title() for each in document.get_toc()]
            self.about = document.get_metadata_dict()

    @property
    def text(self) -> str:
        return "\n".join(self.pages)

    @property
    def flat(self) -> str:
        """The text without the ends of its lines."""
        return "".join(self.text.split())


Printer = Callable[..., Paper]


@pytest.fixture
def printed(tmp_path: Path) -> Printer:
    """Print one form and open it."""
    def print_(code: str, filled: Filled = BLANK, languages: str = "zh", **more: str) -> Paper:
        path = tmp_path / f"{code}-{languages}.pdf"
        with Booklet(path, LANGUAGES[languages], company="远航科技有限公司", printed=AT) as booklet:
            booklet.form(code, filled, **more)
        return Paper(path)

    return print_
