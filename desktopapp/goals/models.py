"""What was agreed, and how far it has come."""

from __future__ import annotations

from desktopapp.goals.rules import (
    COUNTED,
    DOWN,
    HOLD,
    LONG,
    LOWER_FORM,
    LOWER_FORMS,
    MILESTONE,
    MONTHLY,
    ONCE,
    OWN,
    QUARTERLY,
    ROLLUPS,
    SHORT,
    TYPED,
    UP,
    WEEKLY,
    YEARLY,
)
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
CADENCES = (
    (WEEKLY, N_("Every week")),
    (MONTHLY, N_("Every month")),
    (QUARTERLY, N_("Every quarter")),
    (YEARLY, N_("Every year")),
    (ONCE, N_("At the end")),
)
BASES = ((COUNTED, N_("The sales data, where they know it")), (TYPED, N_("Typed in")))
SURE, UNSURE, DOUBTFUL = "sure", "unsure", "doubtful"
CONFIDENCE = ((SURE, N_("Sure to reach it")), (UNSURE, N_("Not sure")), (DOUBTFUL, N_("Hardly to be reached")))


class Goal(Record):
    """What the firm, a team or a person is to reach within a period; it may serve a goal above it."""

    wording = Wording(N_("Goal"), ("team", "person", "name"), rests_on=("person",))
    person = Ref(Person, null=True, verbose_name=N_("Whose"))
    team = Text(50, default="", verbose_name=N_("Team"))
    parent = Ref(
        "self", null=True, verbose_name=N_("Serves the goal"),
        help_text=N_("A goal of the team, of the firm or of the year."),
    )  # fmt: skip
    part = Number(
        null=True, verbose_name=N_("Weight within that goal"), help_text=N_("Leave empty to count by its own weight.")
    )
    rollup = Choice(ROLLUPS, default=OWN, verbose_name=N_("Figure made of"))
    horizon = Choice(HORIZONS, default=SHORT, verbose_name=N_("Horizon"))
    period = Span(verbose_name=N_("Period"), help_text=N_("2026, 2026H1, 2026Q3 or 2026-07"))
    name = Text(verbose_name=N_("Goal"))
    metric = Text(40, default="", verbose_name=N_("Metric"), help_text=N_("A sales metric fills in its own figures."))
    basis = Choice(BASES, default=COUNTED, verbose_name=N_("Figure comes from"))
    unit = Text(20, default="", verbose_name=N_("Unit"))
    start = Number(null=True, verbose_name=N_("Baseline value"), help_text=N_("Leave empty what is counted from zero."))
    target = Number(verbose_name=N_("Target value"))
    direction = Choice(DIRECTIONS, default=UP, verbose_name=N_("Direction"))
    weight = Number(verbose_name=N_("Weight"), help_text=N_("In percent; they add up to 100."))
    lower = Choice(LOWER_FORMS, default=LOWER_FORM, verbose_name=N_("Attainment is"))
    due = Day(null=True, verbose_name=N_("Due"))
    cadence = Choice(CADENCES, default=WEEKLY, verbose_name=N_("Checked"))
    state = Choice(STATES, default=ACTIVE, verbose_name=N_("State"))
    note = Note(default="", verbose_name=N_("How it will be reached"))
    reason = Text(default="", verbose_name=N_("Why it was closed"))

    class Meta:
        indexes = ((("person", "period"), False), (("period",), False))


class CheckIn(Record):
    """Where a goal stood on a day, typed in by the owner."""

    wording = Wording(N_("Progress noted"), ("goal", "day"), part_of="goal")
    goal = Ref(Goal, backref="checkins", verbose_name=N_("Goal"))
    day = Day(verbose_name=N_("Date"))
    value = Number(verbose_name=N_("Actual value"))
    confidence = Choice(CONFIDENCE, null=True, verbose_name=N_("How sure one is"))
    comment = Text(default="", verbose_name=N_("Comment"))
