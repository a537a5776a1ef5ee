"""Reading what the CRM told."""

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
    deal_keys,
    deal_tally,
    deals,
    stages,
)
from desktopapp.sales.queries.results import (
    collected,
    collected_by_person,
    deals_won,
    deals_won_by_person,
    knows_dues,
    new_customers,
    new_customers_by_person,
    next_deals,
    overdue,
    sold,
    sold_by_month,
    sold_by_person,
)

__all__ = [
    "ACCOUNT_COLUMNS", "ACCOUNT_ORDERS", "DEAL_COLUMNS", "DEAL_ORDERS", "FINDS", "NOTHING", "AccountRow",
    "BatchRow", "DealRow", "account_keys", "accounts", "batches", "collected", "collected_by_person", "deal_keys",
    "deal_tally", "deals", "deals_won", "deals_won_by_person", "knows_dues", "new_customers",
    "new_customers_by_person", "next_deals", "overdue", "sold", "sold_by_month", "sold_by_person", "stages",
]  # fmt: skip
