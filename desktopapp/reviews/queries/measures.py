"""What may be done about a bad result, as the content lists it."""

from __future__ import annotations

from functools import cache

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.starter import rows


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


_PARTS = ("name", "condition", "measure", "legal_note")
