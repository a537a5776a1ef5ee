"""Requests about sales data: taking in what the CRM exports, writing by hand, giving deals to somebody."""

from desktopapp.sales.service.assigning import assign
from desktopapp.sales.service.content import (
    AGAIN,
    KNOWN_BY,
    NEW_PERSON,
    Change,
    Coming,
    Content,
    Counts,
    Delivery,
    How,
    Meaning,
    Owner,
    Plan,
    StageSeen,
    Vanished,
)
from desktopapp.sales.service.owners import owners_of
from desktopapp.sales.service.planning import plan
from desktopapp.sales.service.taking import take_in, undo_import, unpacked

__all__ = [
    "AGAIN", "KNOWN_BY", "NEW_PERSON", "Change", "Coming", "Content", "Counts", "Delivery", "How", "Meaning", "Owner",
    "Plan", "StageSeen", "Vanished", "assign", "owners_of", "plan", "take_in", "undo_import", "unpacked",
]  # fmt: skip
