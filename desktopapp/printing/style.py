"""Sizes, greys and distances of all paper, from the content where it states them. Lengths are points."""

from __future__ import annotations

from functools import cache

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.starter import content

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)

BLACK, SOFT, FAINT = 0.0, 0.35, 0.5
"""Inks: what is to be read, the second language, what stands in the margins."""
BAND, HEAD = 0.89, 0.955
"""Tints: behind a section's title, behind headings and labels."""
OUTER, INNER = 1.0, 0.45
"""Widths of the lines around a form and within it."""
PAD = 1.3 * MM
"""Room between a line and the text beside it."""


@frozen
class Type:
    """How a text is set."""

    size: float
    bold: bool = False
    ink: float = BLACK
    spacing: float = 1.3
    """From line to line, in type sizes."""


@frozen
class Page:
    """A sheet and the part of it that is printed on."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    room: float
    """How far down from `top` a form may reach."""


@frozen
class Style:
    """What one kind of form looks like in one language."""

    title: Type
    subtitle: Type
    band: Type
    label: Type
    value: Type
    cell: Type
    text: Type
    body: Type
    heading: Type
    sign: Type
    note: Type
    small: Type
    """The second language, beneath the first."""
    small_title: Type
    foot: Type


@frozen
class Heights:
    """How tall what is filled in by hand is drawn."""

    blank: float
    field: float
    space: float
    """One line of a box to write in."""
    rest: float
    """The same below a text that is already there."""
    sign: float
    chart: float


FIELD, FILLED = 8 * MM, 7 * MM
"""The least height of a field and of a row that is already filled in."""
LOOSE = Heights(blank=10 * MM, field=10 * MM, space=8 * MM, rest=8 * MM, sign=24 * MM, chart=45 * MM)
TIGHT = Heights(blank=7.4 * MM, field=FIELD, space=6.2 * MM, rest=1 * MM, sign=16 * MM, chart=28 * MM)
"""What hands need to write; no form goes below."""
LEAST_ROWS = 3
"""Blank rows a table keeps however little room there is."""


def between(share: float) -> Heights:
    """Heights part of the way from loose (0) to tight (1)."""
    def at(loose: float, tight: float) -> float:
        return loose + (tight - loose) * share
    return Heights(
        blank=at(LOOSE.blank, TIGHT.blank), field=at(LOOSE.field, TIGHT.field), space=at(LOOSE.space, TIGHT.space),
        rest=at(LOOSE.rest, TIGHT.rest), sign=at(LOOSE.sign, TIGHT.sign), chart=at(LOOSE.chart, TIGHT.chart),
    )


@cache
def style(*, official: bool, chinese: bool) -> Style:
    """The types of a company form or an official letter; Latin letters look larger and are set smaller."""
    sizes = content("forms")["style"]["sizes_pt"]
    scale = 1.0 if chinese else 0.88
    table = sizes["table"] * scale
    body = (sizes["official_body"] if official else sizes["body"]) * scale
    return Style(
        title=Type((sizes["official_title"] if official else sizes["title"]) * scale, bold=True),
        subtitle=Type(11, ink=SOFT),
        band=Type(table, bold=True),
        label=Type(table, bold=True),
        value=Type(table - 1),
        cell=Type(table - 1.5),
        text=Type(table - 0.5, spacing=1.45),
        body=Type(body, spacing=1.65),
        heading=Type(body, bold=True, spacing=1.65),
        sign=Type(12 * scale if official else table, bold=True),
        note=Type(8.5, ink=0.2, spacing=1.4),
        small=Type(sizes["table_en"] - 0.5, ink=SOFT, spacing=1.2),
        small_title=Type(sizes["table_en"], ink=SOFT),
        foot=Type(sizes["footer"] - 0.5, ink=FAINT),
    )


@cache
def page(*, official: bool, landscape: bool) -> Page:
    """The sheet of a kind of form."""
    margins = content("forms")["style"]["margins_mm"]["official" if official else "form"]
    width, height = reversed(A4) if landscape else A4
    left, right = margins["left"] * MM, margins["right"] * MM
    top, bottom = margins["top"] * MM, margins["bottom"] * MM
    return Page(width, height, left, top, width - left - right, height - top - bottom)
