"""What was agreed, and how far it has come."""

from __future__ import annotations

from desktopapp.goals.rules import DOWN, HOLD, LONG, MILESTONE, SHORT, UP
from desktopapp.kernel.message import N_
from desktopapp.storage import Record, Wording
from desktopapp.storage.fields import Choice, Day, Note, Number, Ref, Span, Text
from desktopapp.team.models import Person

HORIZONS = ((SHORT, N_("Short-term goal")), (LONG, N_("Long-term goal")))
DIRECTIONS = (
    (UP, N_("Higher is better")),
    (DOWN, N_("Lower is better")),
    (HOLD, N_("Hit exactly")),
    (MILESTONE, N_("Milestone")),
)
ACTIVE, CLOSED = "active", "closed"
STATES = ((ACTIVE, N_("In force")), (CLOSED, N_("Closed")))


class Goal(Record):
    """What a person is to reach within a period."""

    wording = Wording(N_("Goal"), ("person", "name"))
    person = Ref(Person, verbose_name=N_("Account manager"))
    horizon = Choice(HORIZONS, default=SHORT, verbose_name=N_("Horizon"))
    period = Span(verbose_name=N_("Period"), help_text=N_("2026, 2026H1, 2026Q3 or 2026-07"))
    name = Text(verbose_name=N_("Goal"))
    metric = Text(40, default="", verbose_name=N_("Metric"), help_text=N_("A sales metric fills in its own figures."))
    unit = Text(20, default="", verbose_name=N_("Unit"))
    start = Number(null=True, verbose_name=N_("Baseline value"), help_text=N_("Leave empty what is counted from zero."))
    target = Number(verbose_name=N_("Target value"))
    direction = Choice(DIRECTIONS, default=UP, verbose_name=N_("Direction"))
    weight = Number(verbose_name=N_("Weight"), help_text=N_("In percent; they add up to 100."))
    due = Day(null=True, verbose_name=N_("Due"))
    state = Choice(STATES, default=ACTIVE, verbose_name=N_("State"))
    note = Note(default="", verbose_name=N_("How it will be reached"))
    reason = Text(default="", verbose_name=N_("Why it was closed"))

    class Meta:
        indexes = ((("person", "period"), False),)


class CheckIn(Record):
    """Where a goal stood on a day, typed in by the owner."""

    wording = Wording(N_("Progress noted"), ("goal", "day"), part_of="goal")
    goal = Ref(Goal, backref="checkins", verbose_name=N_("Goal"))
    day = Day(verbose_name=N_("Date"))
    value = Number(verbose_name=N_("Actual value"))
    comment = Text(default="", verbose_name=N_("Comment"))
