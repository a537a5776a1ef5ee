"""What needs the owner now."""

from __future__ import annotations

from datetime import date
from itertools import chain

from desktopapp.areas import AREAS
from desktopapp.kernel.area import Notice
from desktopapp.overview.second_place import reminders


def today(day: date) -> list[Notice]:
    """The notices of every area and of the backups, the most pressing first; of one day, in the order of the areas."""
    notices = chain.from_iterable(area.notices(day) for area in AREAS)
    return sorted(chain(notices, reminders(day)), key=lambda notice: notice.due)
