"""What was agreed with whom, and how far it has come."""

from desktopapp.goals.models import CheckIn, Goal
from desktopapp.goals.queries import FINDS, notices
from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_

AREA = Area("goals", N_("Goals"), (CheckIn, Goal), notices, FINDS)
