"""One whole review, as the page and the paper show it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktopapp.goals.rules import Figure
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.reviews.rules import SIGNED, WAIVED, Effect, Form, Level, is_counted, register
from desktopapp.reviews.rules.register import Entry


@frozen
class GoalLine:
    """A goal as it was judged."""

    name: str
    metric: Both | str
    unit: str
    start: Figure | None
    """Where it was measured from; nothing where it was counted from zero."""
    target: Figure
    actual: Figure | None
    attainment: Share | None
    weight: Decimal
    note: str
    points: Decimal | None = None
    """What it earns of the part that goals have; nothing where they have none, or it has no figure."""


@frozen
class Line:
    """A dimension of a review with what was given for it."""

    id: str
    name: Both
    weight: Decimal
    definition: Both
    anchors: tuple[tuple[Decimal, Both], ...]
    hints: tuple[Both, ...]
    veto: bool
    self_score: Decimal | None
    score: Decimal | None
    points: Decimal | None
    last: Decimal | None
    """The score of the period before, on the scale of this one."""
    evidence: str
    others: tuple[tuple[str, Decimal], ...] = ()
    """The means of nameless raters, by their kind; of a kind with too few of them nothing is told."""
    weighed: Decimal | None = None
    """The score of all raters in one, which earns the points."""


@frozen
class StepLine:
    """One thing to improve next period."""

    item: str
    action: str = ""
    measure: str = ""
    by: date | None = None
    support: str = ""


@frozen
class RaterLine:
    """Raters of one kind: their part in the score, and how many of those asked have answered."""

    relation: str
    weight: Decimal
    asked: int
    back: int

    @property
    def is_left_out(self) -> bool:
        """Whether their scores are left out altogether, because so few were asked that one could be told by them."""
        return not is_counted(self.relation, self.asked)


@frozen
class CalibrationLine:
    """A total that was set otherwise, and why."""

    day: date
    was: Decimal
    now: Decimal
    reason: str


@frozen
class MeasureLine:
    """A measure that was decided, as a law-abiding one."""

    id: int
    kind: str
    text: str
    basis: str
    loss: Money | None
    wage: Money | None
    minimum: Money | None


@frozen
class RefusalLine:
    """Who was there when somebody would not sign, and why he would not."""

    day: date
    witness: str
    reason: str


@frozen
class ReviewSheet:
    """A whole review. Of a signed one everything is read from what was signed."""

    id: int
    cycle: int
    person: int
    number: str
    name: str
    position: str
    team: str
    joined: date | None
    days: int | None
    """With the firm by the end of the period."""
    period: Period
    template: Both
    form: Form
    state: str
    goals: tuple[GoalLine, ...]
    dimensions: tuple[Line, ...]
    highlights: str
    improve: str
    comment: str
    opinion: str
    outcomes: tuple[str, ...]
    """What the result is used for: the proposals that were accepted, and whatever else was decided."""
    suggested: tuple[str, ...]
    """What the grade proposes."""
    steps: tuple[StepLine, ...]
    done: int
    total: Decimal | None
    """The points so far; nothing before the first score."""
    grade: str
    """Only once every dimension is scored."""
    factor: Decimal | None
    level: Level | None
    effect: Effect | None
    last_total: Decimal | None
    last_period: Period | None
    signed: date | None
    sha256: str
    computed: Decimal | None = None
    """What the scores make the total, also where it was calibrated."""
    calibrations: tuple[CalibrationLine, ...] = ()
    """The first first."""
    raters: tuple[RaterLine, ...] = ()
    """Those who have a part in the score."""
    missing: frozenset[str] = frozenset()
    """Whom a template that waits for everybody still waits for."""
    measures: tuple[MeasureLine, ...] = ()
    declined: tuple[str, ...] = ()
    """Proposals the owner does not follow."""
    potential: Decimal | None = None
    waived: str = ""
    entry: Entry | None = None
    """Its place in the register, once it is signed; while a signed one is being corrected, that of the old version."""
    amending: str = ""
    """Why a signed one is being corrected."""
    refusal: RefusalLine | None = None
    """Where the person would not put his name to this version."""
    disputed: bool = False
    """Whether an objection to it is still to be decided."""

    @property
    def is_over(self) -> bool:
        """Whether it takes no more writing: it is signed, or was waived."""
        return self.state in (SIGNED, WAIVED)

    @property
    def code(self) -> str:
        """The short form of the fingerprint, as it is printed."""
        return register.code(self.sha256)
