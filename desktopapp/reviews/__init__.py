"""Judged against fixed dimensions, signed, printed."""

from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_
from desktopapp.reviews.models import Adjustment, Answer, Cycle, RaterForm, Review, Score, Step
from desktopapp.reviews.queries import FINDS, notices

AREA = Area("reviews", N_("Reviews"), (Cycle, Review, Score, Step, Adjustment, RaterForm, Answer), notices, FINDS)
