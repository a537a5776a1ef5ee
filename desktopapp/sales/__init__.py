"""What the CRM told about customers, deals and money received."""

from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_
from desktopapp.sales.models import Account, Collection, Deal, ImportBatch, OwnerAlias
from desktopapp.sales.queries import FINDS

AREA = Area("sales", N_("Sales data"), (Account, Collection, Deal, ImportBatch, OwnerAlias), finds=FINDS)
