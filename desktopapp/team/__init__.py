"""Who works here, since when, and how to reach them."""

from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_
from desktopapp.team.models import Firm, FormNumber, Holiday, Move, Person, Printed, PrintedFor
from desktopapp.team.queries import FINDS, notices

AREA = Area("team", N_("Team roster"), (Firm, Person, Move, Printed, PrintedFor, FormNumber, Holiday), notices, FINDS)
