"""Whatever somebody types, printed and read off the paper again: it is text there, and nothing in it a command."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

import pypdfium2

from desktopapp.kernel.language import language
from desktopapp.kernel.message import Both
from desktopapp.printing import setter
from desktopapp.printing.form import Booklet, Filled
from desktopapp.printing.spec import Column, Form, Table
from desktopapp.printing.text import printable
from tests.faults.verdict import Report
from tests.overview.test_strings import TEXTS

SHARE = 6
"""Of how many texts a short run prints one."""
TITLE = Both("文字", "Texts")
FORM = Form("XX-01", TITLE, landscape=False, official=False, pages=1, version=1,
            sections=(Table(TITLE, (Column(Both("甲", "One"), 160),), 0, has_total=False),))  # fmt: skip
BEGINS, ENDS = "〖", "〗"
"""Around each text, so that it is seen where it stops."""
NO_CHARACTER = "\ufffe"
"""Is drawn as nothing."""


def run(place: Path, *, short: bool = False) -> Report:
    """Print each, and read it."""
    wrong, texts = list[str](), [text for text in TEXTS[:: SHARE if short else 1] if printable(text).strip()]
    for text in texts:
        with Booklet(place / "text.pdf", (language("zh_CN"),)) as booklet:
            booklet.form(FORM, Filled(rows={TITLE.en: [(f"{BEGINS}{text}{ENDS}",)]}))
        if not _holds(_read(place / "text.pdf"), text):
            wrong.append(f"{text[:40]!r} is not what is on the paper")
    return Report(f"{len(texts)} texts printed: {len(texts) - len(wrong)} read off the paper as they were typed", wrong)


def break_() -> None:
    """Have what is typed read as marks of a language, as ReportLab's own paragraphs do."""
    setter.printable = lambda text: re.sub("<[^>]*>", "", html.unescape(printable(text)))


def _read(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _holds(read: str, text: str) -> bool:
    """Whether a text is in what was read, but for blanks and the order of what runs from right to left."""
    if _plain(f"{BEGINS}{printable(text)}{ENDS}") in _plain(read):
        return True
    return _is_odd(text) and set(_plain(printable(text))) <= set(_plain(read))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace(NO_CHARACTER, "").split())


def _is_odd(text: str) -> bool:
    """Whether a reader of PDF puts it in another order, or stacked marks together."""
    return any(unicodedata.bidirectional(each) in ("R", "AL", "NSM") for each in text)
