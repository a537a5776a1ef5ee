"""Requests about sales data: taking in what the CRM exports, writing by hand, giving deals to somebody."""

from desktopapp.sales.service.assigning import Handed, assign, assign_customers, hand_over
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
from desktopapp.sales.service.staging import StageDraft, set_stages
from desktopapp.sales.service.taking import take_in, undo_import, unpacked
from desktopapp.sales.service.writing import add, change, close_deal, collect, delete, release

__all__ = [
    "AGAIN", "KNOWN_BY", "NEW_PERSON", "Change", "Coming", "Content", "Counts", "Delivery", "Handed", "How", "Meaning",
    "Owner", "Plan", "StageDraft", "StageSeen", "Vanished", "add", "assign", "assign_customers", "change", "close_deal",
    "collect", "delete", "hand_over", "owners_of", "plan", "release", "set_stages", "take_in", "undo_import",
    "unpacked",
]  # fmt: skip
