"""What a list is narrowed to, column by column; the list itself or the file looks which rows fit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import Money


@frozen
class Holds:
    """Rows whose cell holds a text, in whatever case."""

    text: str


@frozen
class OneOf:
    """Rows whose cell is one of these."""

    values: frozenset[Any]


@frozen
class Within:
    """Rows whose cell lies between two values, both included; one of them may be none. An empty cell never does."""

    least: Any = None
    most: Any = None


Narrowing = Holds | OneOf | Within


def fits(value: Any, narrowing: Narrowing) -> bool:
    """Whether the value of a cell is among what is wanted."""
    if isinstance(narrowing, Holds):
        return narrowing.text.casefold() in str(value or "").casefold()
    if isinstance(narrowing, OneOf):
        return value in narrowing.values
    if value is None:
        return False
    size = magnitude(value)
    above = narrowing.least is None or size >= magnitude(narrowing.least)
    return above and (narrowing.most is None or bool(size <= magnitude(narrowing.most)))


def magnitude(value: Any) -> Any:
    """What a value is compared by with others of its column: a sum by its yuan, so that it meets plain numbers."""
    return Decimal(value.in_yuan) if isinstance(value, Money) else value
