"""A column of a table: its heading, where its values come from, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import Both, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.narrowing import Narrowing, OneOf, Within, fits
from ui.kit.avatar import Who
from ui.kit.chart import Progress
from ui.kit.pill import State

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
TEXT, CHOICE, DAY, MONEY, SHARE, NUMBER = "text", "choice", "day", "money", "share", "number"
"""Ways to narrow a table by a column."""
FIGURES = (MONEY, SHARE, NUMBER)
Choices = Callable[[], Sequence[tuple[Any, str]]]
"""Gives what can be chosen of: values with their worded names."""


class Column:
    """A heading and where its value comes from; how a value is written is the language's affair.

    `of` is a field of a model, which gives heading, alignment and the words of its choices,
    or a marked heading. `kind` is text, number, person (`Who`), state (`State`) or progress
    (`chart.Progress`). `by` gives what a row is sorted by; `order` is the name a large table
    hands down to be sorted and narrowed by, none where it cannot.

    `plain` gives what a spreadsheet takes, and what is added up and compared, where that is
    another value than the one shown; `unit` says in what a figure is counted, so that only
    like is added to like. `narrow` is the way the table is narrowed by it, "" for none;
    `choices` what a large table can be narrowed to.
    """

    def __init__(
        self,
        of: Any,
        value: Callable[[Any], Any] | None = None,
        *,
        kind: str | None = None,
        width: int = 120,
        stretch: bool = False,
        by: Callable[[Any], Any] | None = None,
        order: str | None = None,
        plain: Callable[[Any], Any] | None = None,
        unit: Callable[[Any], str] | None = None,
        narrow: str | None = None,
        choices: Choices | None = None,
    ) -> None:
        is_field = not isinstance(of, str)
        self.key: str = of.name if is_field else of
        self.title: str = of.verbose_name if is_field else of
        self.value = value or attrgetter(of.name)
        self.kind = kind or (_kind_of(of) if is_field else TEXT)
        self.words: Callable[[Any], Any] | None = of.label if is_field and hasattr(of, "label") else None
        self.width, self.stretch, self.by = width, stretch, by or self.value
        self.order = order or (of.name if is_field else None)
        self.plain, self.unit, self.choices = plain, unit, choices
        self.narrow = narrow if narrow is not None else _narrowed_by(of, self.kind, is_field=is_field)
        self.alignment = RIGHT if self.kind == "number" else LEFT

    def text(self, row: Any, language: Language) -> str:
        """The words of a cell."""
        value = self.value(row)
        if self.words and not isinstance(value, State):
            return language.text(self.words(value))
        return worded(value, language)

    def out(self, row: Any, language: Language) -> Any:
        """What a spreadsheet takes: a figure or a date as it is, anything else in words."""
        value = self.plain(row) if self.plain else self.value(row)
        if value is None or (isinstance(value, Money | Decimal | int | date) and not isinstance(value, bool)):
            return value
        return worded(value, language) if self.plain else self.text(row, language)

    def figure(self, row: Any) -> tuple[str, Any] | None:
        """What a row has to be added up, with its unit; none where it has no figure."""
        value = self.plain(row) if self.plain else self.value(row)
        if not isinstance(value, Money | Decimal | int) or isinstance(value, bool):
            return None
        return (self.unit(row) if self.unit else ""), value

    def keeps(self, row: Any, narrowing: Narrowing, language: Language) -> bool:
        """Whether a row fits what the table is narrowed to by this column."""
        if isinstance(narrowing, Within):
            return fits(self.plain(row) if self.plain else self.value(row), narrowing)
        return fits(self.text(row, language), narrowing)

    def shown_choices(self, rows: Sequence[Any], language: Language) -> Sequence[tuple[Any, str]]:
        """What can be chosen of: as declared, or what the rows hold."""
        if self.choices:
            return self.choices()
        return [(text, text) for text in dict.fromkeys(self.text(row, language) for row in rows)]

    def names(self, narrowing: OneOf) -> list[str]:
        """The names of what was chosen."""
        known = dict(self.choices()) if self.choices else {}
        return [known.get(value, str(value)) for value in sorted(narrowing.values, key=str)]


def _kind_of(field: Any) -> str:
    from ui.kit.editors import CELLS  # here, because the first page lists no fields and edits nothing

    return CELLS[type(field)]


def _narrowed_by(of: Any, kind: str, *, is_field: bool) -> str:
    if kind in ("state", "person"):
        return CHOICE
    if kind == "progress":
        return SHARE
    if not is_field:
        return NUMBER if kind == "number" else TEXT
    from ui.kit.editors import NARROWED  # likewise

    return NARROWED.get(type(of), TEXT)


def worded(value: Any, language: Language) -> str:
    """A value of any cell, drawn ones too, in words."""
    if isinstance(value, State):
        return language.text(value.text)
    if isinstance(value, Who):
        return value.name
    if isinstance(value, Progress):
        return value.text or f"{value.share:.0%}"
    return language.show(value)


def sort_key(value: Any, language: Language) -> Any:
    """What a cell's value sorts by, among values of its kind."""
    if isinstance(value, Progress):
        return value.share
    if isinstance(value, Who):
        return value.name
    return worded(value, language) if isinstance(value, State | Message | Both) else value
