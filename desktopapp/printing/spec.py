"""What the forms of the content are made of, as the content states it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.starter import content


@frozen
class Fields:
    """Labelled values, so many pairs in a row."""

    title: Both
    pairs: int
    labels: tuple[Both, ...]


@frozen
class Column:
    """A column of a table; the widths of a table's columns are parts of its whole width."""

    label: Both
    width: float


@frozen
class Table:
    """Rows under headings, blank ones where there is no data, a total under them if it has one."""

    title: Both
    columns: tuple[Column, ...]
    blank_rows: int
    has_total: bool


@frozen
class Box:
    """Room for free text."""

    title: Both
    lines: int


@frozen
class Ticks:
    """Options to tick."""

    title: Both
    options: tuple[Both, ...]


@frozen
class Paragraph:
    """Running text; names in braces are filled in."""

    text: Both


@frozen
class Heading:
    """A heading in running text."""

    text: Both


@frozen
class Note:
    """Small print."""

    text: Both


@frozen
class Signatures:
    """Places to sign, each with a date."""

    cells: tuple[Both, ...]
    dated: bool


@frozen
class Chart:
    """Room kept for a chart."""

    title: Both


Section = Fields | Table | Box | Ticks | Paragraph | Heading | Note | Signatures | Chart


@frozen
class Form:
    """One printed form."""

    code: str
    title: Both
    landscape: bool
    official: bool
    pages: int
    version: int
    sections: tuple[Section, ...]


@cache
def forms() -> Mapping[str, Form]:
    """Every form of the content by its code."""
    whole = content("forms")
    return {each["code"]: _form(each, whole["version"]) for each in whole["forms"]}


def form(code: str) -> Form:
    """The form of that code: PF-01, TE-01."""
    return forms()[code]


def form_title(code: str) -> Both:
    """What that form is called; one that is no longer there goes by its code."""
    return forms()[code].title if code in forms() else Both(code, code)


def _form(stated: Mapping[str, Any], version: int) -> Form:
    return Form(
        code=stated["code"],
        title=stated["title"],
        landscape=stated["orientation"] == "landscape",
        official=stated["style"] == "official",
        pages=stated["pages"],
        version=version,
        sections=tuple(_READ[each["type"]](each) for each in stated["sections"] if each["type"] != "layout_hint"),
    )


def _table(stated: Mapping[str, Any]) -> Table:
    columns = tuple(Column(each["label"], each["width_mm"]) for each in stated["columns"])
    return Table(stated["title"], columns, stated["blank_rows"], stated["total_row"])


_READ: Mapping[str, Callable[[Mapping[str, Any]], Section]] = {
    "fields": lambda each: Fields(each["title"], each["pairs_per_row"], each["fields"]),
    "table": _table,
    "text": lambda each: Box(each["title"], each["lines"]),
    "checkboxes": lambda each: Ticks(each["title"], each["options"]),
    "paragraph": lambda each: Paragraph(each["text"]),
    "heading": lambda each: Heading(each["text"]),
    "note": lambda each: Note(each["text"]),
    "signatures": lambda each: Signatures(each["cells"], each["with_date"]),
    "chart": lambda each: Chart(each["title"]),
}
