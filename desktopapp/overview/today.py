"""What needs the owner now."""

from __future__ import annotations

from datetime import date

from desktopapp.areas import AREAS
from desktopapp.kernel.area import Notice


def today(day: date) -> list[Notice]:
    """The notices of every area, the most pressing first; those of one day in the order of the areas."""
    return sorted((notice for area in AREAS for notice in area.notices(day)), key=lambda notice: notice.due)
