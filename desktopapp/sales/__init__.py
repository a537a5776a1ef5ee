"""What the CRM told about customers, deals and money received."""

from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_
from desktopapp.sales.models import (
    Account,
    Activity,
    Basis,
    Collection,
    Contact,
    Deal,
    ImportBatch,
    Layout,
    Lead,
    Order,
    Original,
    OwnerAlias,
    Payroll,
    Product,
    Quota,
    Stage,
    StageChange,
)
from desktopapp.sales.queries import FINDS
from desktopapp.sales.queries.notices import notices

AREA = Area(
    "sales",
    N_("Sales data"),
    (Account, Contact, Lead, Deal, StageChange, Order, Collection, Activity, Product, Payroll, Quota, Stage,
     Original, ImportBatch, Layout, OwnerAlias, Basis),
    notices,
    FINDS,
)  # fmt: skip
