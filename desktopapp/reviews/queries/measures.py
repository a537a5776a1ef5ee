"""What may be done about a bad result, as the content lists it."""

from __future__ import annotations

from functools import cache

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.money import Money
from desktopapp.kernel.starter import rows
from desktopapp.reviews.models import Measure


@frozen
class MeasureKind:
    """A lawful measure, the mildest first."""

    id: str
    level: int
    """How grave it is, from 1."""
    name: Both
    condition: Both
    """When it is called for."""
    way: Both
    """How it is done."""
    legal: Both
    """What the law asks of it."""


@cache
def measure_kinds() -> tuple[MeasureKind, ...]:
    """Every kind of measure there is."""
    return tuple(
        MeasureKind(row["id"], int(row["level"]), *(Both(row[f"{part}_zh"], row[f"{part}_en"]) for part in _PARTS))
        for row in rows("penalty_types")
    )


def last_minimum() -> Money | None:
    """The local minimum wage as it was given last; nothing where it never was."""
    known = Measure.select(Measure.minimum).where(Measure.minimum.is_null(is_null=False))
    found: Money | None = known.order_by(Measure.id.desc()).limit(1).scalar()
    return found


_PARTS = ("name", "condition", "measure", "legal_note")
