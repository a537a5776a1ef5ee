"""Reading what the CRM told."""

from desktopapp.sales.queries.cuts import Cut, Days, Scope, is_of, keys_of, told, total
from desktopapp.sales.queries.lists import (
    ACCOUNT_COLUMNS,
    ACCOUNT_ORDERS,
    DEAL_COLUMNS,
    DEAL_ORDERS,
    FINDS,
    NOTHING,
    AccountRow,
    BatchRow,
    DealRow,
    account_keys,
    accounts,
    batches,
    deal_count,
    deal_keys,
    deal_tally,
    deals,
    is_any,
    products,
    stages,
    tiers,
)
from desktopapp.sales.queries.measures import cut_of, measured
from desktopapp.sales.queries.results import (
    collected,
    collected_by_person,
    knows_dues,
    next_deals,
    overdue,
    sold,
    sold_by_month,
    sold_by_person,
)

__all__ = [
    "ACCOUNT_COLUMNS", "ACCOUNT_ORDERS", "DEAL_COLUMNS", "DEAL_ORDERS", "FINDS", "NOTHING", "AccountRow", "BatchRow",
    "Cut", "Days", "DealRow", "Scope", "account_keys", "accounts", "batches", "collected",
    "collected_by_person", "cut_of", "deal_count", "deal_keys", "deal_tally", "deals", "is_any", "is_of",
    "keys_of", "knows_dues", "measured", "next_deals", "overdue", "products", "sold", "sold_by_month",
    "sold_by_person", "stages", "tiers", "told", "total",
]  # fmt: skip
