"""Who works here, since when, and how to reach them."""

from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_
from desktopapp.team.models import Firm, FormNumber, Hold, Holiday, Move, Person, Printed, PrintedFor, Retention
from desktopapp.team.queries import FINDS, notices

TABLES = (Firm, Person, Move, Printed, PrintedFor, FormNumber, Holiday, Retention, Hold)
AREA = Area("team", N_("Team roster"), TABLES, notices, FINDS)
