"""Who was judged on what, frozen once signed."""

from __future__ import annotations

from desktopapp.kernel.message import N_
from desktopapp.reviews.rules import CONFIRM, MANAGER, OWN, RELATIONS, SELF, SIGNED
from desktopapp.storage import Record, Wording
from desktopapp.storage.fields import Choice, Count, Day, Flag, Note, Number, Ref, Span, Text
from desktopapp.team.models import Person

RUNNING, CLOSED = "running", "closed"
CYCLE_STATES = ((RUNNING, N_("Running")), (CLOSED, N_("Closed")))


LONG = 1_000_000
"""The most characters of a text the program writes itself."""


WEIGHT, LEAST, FACTOR = "weight", "least", "factor"
PARTS = ((WEIGHT, N_("Weight")), (LEAST, N_("From a total of")), (FACTOR, N_("Performance coefficient")))


class Adjustment(Record):
    """A figure of a template that the owner set otherwise than it ships; rounds begun before keep theirs."""

    wording = Wording(N_("Figure of a template"), ("template", "part", "key"))
    template = Text(40, verbose_name=N_("Appraisal template"))
    part = Choice(PARTS, verbose_name=N_("What of it"))
    key = Text(40, verbose_name=N_("Dimension or grade"))
    value = Number(verbose_name=N_("Figure"))

    class Meta:
        indexes = ((("template", "part", "key"), True),)


class Cycle(Record):
    """One round of reviews: a period, and the template as it was when the round began."""

    wording = Wording(N_("Round"), ("period",), silent=("template", "form"))
    period = Span(verbose_name=N_("Period"))
    template = Text(40, verbose_name=N_("Appraisal template"))
    name_zh = Text(verbose_name=N_("Name in Chinese"))
    name_en = Text(verbose_name=N_("Name in English"))
    form = Note(LONG, verbose_name=N_("Template as it was"), help_text=N_("Later edits do not reach it."))
    started = Day(verbose_name=N_("Started on"))
    due = Day(verbose_name=N_("Due"))
    state = Choice(CYCLE_STATES, default=RUNNING, verbose_name=N_("State"))


STATES = (
    (SELF, N_("Awaiting self-assessment")),
    (MANAGER, N_("Awaiting manager's assessment")),
    (CONFIRM, N_("Awaiting confirmation")),
    (SIGNED, N_("Completed")),
)


class Review(Record):
    """A person's review in a round."""

    wording = Wording(N_("Review"), ("person", "cycle"), silent=("document", "sha256"))
    cycle = Ref(Cycle, backref="reviews", verbose_name=N_("Round"))
    person = Ref(Person, verbose_name=N_("Account manager"))
    state = Choice(STATES, default=SELF, verbose_name=N_("State"))
    highlights = Note(default="", verbose_name=N_("Highlights"))
    improve = Note(default="", verbose_name=N_("To improve, and why"))
    comment = Note(default="", verbose_name=N_("Reviewer's comment"))
    opinion = Note(default="", verbose_name=N_("Employee's opinion"))
    outcomes = Text(default="", verbose_name=N_("Use of the result"))
    total = Number(null=True, verbose_name=N_("Final score"))
    grade = Text(10, default="", verbose_name=N_("Grade"))
    factor = Number(null=True, verbose_name=N_("Performance coefficient"))
    signed = Day(null=True, verbose_name=N_("Signed on"))
    document = Note(
        LONG, default="", verbose_name=N_("Signed text"), help_text=N_("What was signed, figure by figure.")
    )
    sha256 = Text(64, default="", verbose_name=N_("Fingerprint"))

    class Meta:
        indexes = ((("cycle", "person"), True),)


class Score(Record):
    """One dimension of a review."""

    wording = Wording(N_("Score"), ("dimension",), part_of="review", silent=("position",))
    review = Ref(Review, backref="scores", verbose_name=N_("Review"))
    dimension = Text(40, verbose_name=N_("Dimension"))
    position = Count(verbose_name=N_("Position"))
    self_score = Number(null=True, verbose_name=N_("Self-assessment"))
    score = Number(null=True, verbose_name=N_("Superior's rating"))
    evidence = Note(default="", verbose_name=N_("Evidence"))

    class Meta:
        indexes = ((("review", "dimension"), True),)


class Step(Record):
    """One thing to improve next period."""

    wording = Wording(N_("Improvement step"), ("item",), part_of="review")
    review = Ref(Review, backref="steps", verbose_name=N_("Review"))
    item = Text(verbose_name=N_("Item"))
    action = Text(default="", verbose_name=N_("Action"))
    measure = Text(default="", verbose_name=N_("Measure"))
    by = Day(null=True, verbose_name=N_("By"))
    support = Text(50, default="", verbose_name=N_("Support"))


CREATED, EXPORTED, RECEIVED, ACCEPTED, REJECTED = "created", "exported", "received", "accepted", "rejected"
FORM_STATES = (
    (CREATED, N_("Made")),
    (EXPORTED, N_("Sent out")),
    (RECEIVED, N_("Received")),
    (ACCEPTED, N_("Taken over")),
    (REJECTED, N_("Sent back")),
)


class RaterForm(Record):
    """A form that went out as a file, for one person to fill in about one review, and what became of it."""

    wording = Wording(N_("Form to fill in"), ("review", "relation"), silent=("nonce", "version"))
    review = Ref(Review, backref="forms", verbose_name=N_("Review"))
    relation = Choice(RELATIONS, default=OWN, verbose_name=N_("Relation"))
    rater = Text(50, default="", verbose_name=N_("Filled in by"))
    nonce = Text(32, unique=True, verbose_name=N_("Number used once"))
    version = Count(verbose_name=N_("Edition of the form"))
    issued = Day(verbose_name=N_("Sent out on"))
    state = Choice(FORM_STATES, default=CREATED, verbose_name=N_("State"))
    returned = Day(null=True, verbose_name=N_("Came back on"))
    file = Text(default="", verbose_name=N_("File name"))


class Answer(Record):
    """One answer of a form that came back, whether or not it was taken over."""

    wording = Wording(N_("Answer"), ("key",), part_of="form")
    form = Ref(RaterForm, backref="answers", verbose_name=N_("Form to fill in"))
    key = Text(80, verbose_name=N_("Question"))
    text = Note(default="", verbose_name=N_("Answer"))
    is_taken = Flag(default=False, verbose_name=N_("Taken over"))

    class Meta:
        indexes = ((("form", "key"), True),)
