"""Who was judged on what, frozen once signed."""

from __future__ import annotations

from desktopapp.kernel.message import N_
from desktopapp.reviews.rules import CONFIRM, KINDS, MANAGER, OWN, RELATIONS, SELF, SIGNED, WAIVED
from desktopapp.storage import Record, Wording
from desktopapp.storage.fields import Choice, Count, Day, Flag, Money, Note, Number, Ref, Span, Text
from desktopapp.team.models import Person

RUNNING, CLOSED = "running", "closed"
CYCLE_STATES = ((RUNNING, N_("Running")), (CLOSED, N_("Closed")))


LONG = 1_000_000
"""The most characters of a text the program writes itself."""


class Template(Record):
    """A template that is not as it ships, or is the owner's own; rounds begun before keep what they began with."""

    wording = Wording(N_("Appraisal template"), ("name_zh",), silent=("key", "form"))
    key = Text(40, unique=True, verbose_name=N_("Template"))
    name_zh = Text(verbose_name=N_("Name in Chinese"))
    name_en = Text(default="", verbose_name=N_("Name in English"))
    form = Note(LONG, verbose_name=N_("What it asks and how it judges"))


class PositionTemplate(Record):
    """The template that people of a position are reviewed by, whichever of its kind a round is started with."""

    wording = Wording(N_("Template of a position"), ("position", "kind"))
    position = Text(50, verbose_name=N_("Position"))
    kind = Choice(KINDS, verbose_name=N_("Kind of review"))
    template = Text(40, verbose_name=N_("Appraisal template"))

    class Meta:
        indexes = ((("position", "kind"), True),)


class Cycle(Record):
    """One round of reviews."""

    wording = Wording(N_("Round"), ("period",), silent=("template",))
    period = Span(verbose_name=N_("Period"))
    template = Text(40, verbose_name=N_("Appraisal template"))
    name_zh = Text(verbose_name=N_("Name in Chinese"))
    name_en = Text(verbose_name=N_("Name in English"))
    started = Day(verbose_name=N_("Started on"))
    due = Day(verbose_name=N_("Due"))
    state = Choice(CYCLE_STATES, default=RUNNING, verbose_name=N_("State"))
    closed = Day(null=True, verbose_name=N_("Closed on"))


class Stated(Record):
    """A template as it was when a round began; positions may have their own in one round."""

    wording = Wording(N_("Template as it was"), ("cycle", "template"), part_of="cycle", silent=("template", "form"))
    cycle = Ref(Cycle, backref="stated", verbose_name=N_("Round"))
    template = Text(40, verbose_name=N_("Appraisal template"))
    form = Note(LONG, verbose_name=N_("Template as it was"), help_text=N_("Later edits do not reach it."))

    class Meta:
        indexes = ((("cycle", "template"), True),)


STATES = (
    (SELF, N_("Awaiting self-assessment")),
    (MANAGER, N_("Awaiting manager's assessment")),
    (CONFIRM, N_("Awaiting confirmation")),
    (SIGNED, N_("Completed")),
    (WAIVED, N_("Waived")),
)


class Review(Record):
    """A person's review in a round."""

    wording = Wording(N_("Review"), ("person", "cycle"), silent=("stated", "version"))
    cycle = Ref(Cycle, backref="reviews", verbose_name=N_("Round"))
    person = Ref(Person, verbose_name=N_("Account manager"))
    stated = Ref(Stated, verbose_name=N_("Template as it was"))
    state = Choice(STATES, default=SELF, verbose_name=N_("State"))
    highlights = Note(default="", verbose_name=N_("Highlights"))
    improve = Note(default="", verbose_name=N_("To improve, and why"))
    comment = Note(default="", verbose_name=N_("Reviewer's comment"))
    opinion = Note(default="", verbose_name=N_("Employee's opinion"))
    outcomes = Text(default="", verbose_name=N_("Use of the result"))
    declined = Text(default="", verbose_name=N_("Proposals declined"))
    total = Number(null=True, verbose_name=N_("Final score"))
    grade = Text(10, default="", verbose_name=N_("Grade"))
    factor = Number(null=True, verbose_name=N_("Performance coefficient"))
    calibrated = Number(null=True, verbose_name=N_("Calibrated total"))
    potential = Number(null=True, verbose_name=N_("Potential"), help_text=N_("From 1 to 5, for the nine-box alone."))
    waived = Text(default="", verbose_name=N_("Why it was waived"))
    signed = Day(null=True, verbose_name=N_("Signed on"))
    version = Count(default=0, verbose_name=N_("Version in force"))
    amending = Text(
        default="", verbose_name=N_("Why it is being corrected"), help_text=N_("Printed on the new version.")
    )

    class Meta:
        indexes = ((("cycle", "person"), True),)


class Signature(Record):
    """An entry in the register of what was signed. Only ever added to; a correction is another entry."""

    wording = Wording(N_("Signed version"), ("number",), part_of="review", silent=("document", "sha256"))
    review = Ref(Review, backref="signatures", verbose_name=N_("Review"))
    number = Count(unique=True, verbose_name=N_("Register no."))
    version = Count(verbose_name=N_("Version"))
    day = Day(verbose_name=N_("Signed on"))
    document = Note(LONG, verbose_name=N_("Signed text"), help_text=N_("What was signed, figure by figure."))
    sha256 = Text(64, verbose_name=N_("Fingerprint"))

    class Meta:
        indexes = ((("review", "version"), True),)


class ErasedEntry(Record):
    """An entry of the register that went with the data of a person: its place and its code are all that is left."""

    wording = Wording(N_("Erased entry of the register"), ("number",), silent=("sha256",))
    number = Count(unique=True, verbose_name=N_("Register no."))
    sha256 = Text(64, verbose_name=N_("Fingerprint"))
    day = Day(verbose_name=N_("Erased on"))


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


GOOD, BAD = "good", "bad"
EVENT_KINDS = ((GOOD, N_("+ Done well")), (BAD, N_("− To improve")))


class Event(Record):
    """Something that happened and will count in a review, noted while it is fresh. It is no part of what is signed."""

    wording = Wording(N_("Noted event"), ("person", "day"))
    person = Ref(Person, verbose_name=N_("Person"))
    kind = Choice(EVENT_KINDS, default=GOOD, verbose_name=N_("Good or bad"))
    day = Day(verbose_name=N_("Date"))
    customer = Text(100, default="", verbose_name=N_("Customer"))
    text = Note(2_000, verbose_name=N_("What happened"))
    dimension = Text(40, default="", verbose_name=N_("Dimension"))

    class Meta:
        indexes = ((("person", "day"), False),)


class Calibration(Record):
    """A total that was set otherwise than the scores make it, when all of a round stood side by side."""

    wording = Wording(N_("Calibration"), ("day",), part_of="review")
    review = Ref(Review, backref="calibrations", verbose_name=N_("Review"))
    day = Day(verbose_name=N_("Date"))
    was = Number(verbose_name=N_("Total before"))
    now = Number(verbose_name=N_("Total after"))
    reason = Text(verbose_name=N_("Reason"))


class Measure(Record):
    """What is done about a bad result, within what the law lets an employer do."""

    wording = Wording(N_("Measure"), ("kind",), part_of="review", private=("loss", "wage"))
    review = Ref(Review, backref="measures", verbose_name=N_("Review"))
    kind = Text(40, verbose_name=N_("Kind of measure"))
    text = Text(default="", verbose_name=N_("What exactly"))
    basis = Text(default="", verbose_name=N_("Contract clause or rule it rests on"))
    loss = Money(null=True, verbose_name=N_("Loss to be compensated"))
    wage = Money(null=True, verbose_name=N_("Wage of the month"))
    minimum = Money(null=True, verbose_name=N_("Local minimum wage"))


class Refusal(Record):
    """Somebody would not put his name to a signed version of his review; a witness did instead."""

    wording = Wording(N_("Refusal to sign"), ("day", "witness"), part_of="review", silent=("version",))
    review = Ref(Review, backref="refusals", verbose_name=N_("Review"))
    version = Count(verbose_name=N_("Version"))
    day = Day(verbose_name=N_("Refused on"))
    witness = Text(50, verbose_name=N_("Witness"), help_text=N_("Neither the person reviewed nor the reviewer."))
    reason = Text(verbose_name=N_("Reason given"), help_text=N_("“Gave none” is one too."))

    class Meta:
        indexes = ((("review", "version"), True),)


UPHELD, PARTLY, DISMISSED, WITHDRAWN = "upheld", "partly", "dismissed", "withdrawn"
DECISIONS = (
    (UPHELD, N_("Upheld: the review is corrected")),
    (PARTLY, N_("Upheld in part: the review is corrected")),
    (DISMISSED, N_("Not upheld: the review stands")),
    (WITHDRAWN, N_("Withdrawn by the employee")),
)
"""What may become of an objection."""


class Objection(Record):
    """What somebody holds against a signed version of his review, and what was decided about it."""

    wording = Wording(N_("Objection"), ("raised",), part_of="review", silent=("version",))
    review = Ref(Review, backref="objections", verbose_name=N_("Review"))
    version = Count(verbose_name=N_("Contested version"))
    raised = Day(verbose_name=N_("Raised on"))
    text = Note(4_000, verbose_name=N_("What is objected to, and why"))
    late = Text(default="", verbose_name=N_("Why it is heard although late"))
    decision = Choice(DECISIONS, null=True, verbose_name=N_("What becomes of it"))
    reason = Note(4_000, default="", verbose_name=N_("Reason of the decision"))
    decided = Day(null=True, verbose_name=N_("Decided on"))
    became = Count(null=True, verbose_name=N_("Version it led to"))

    class Meta:
        indexes = ((("review", "version"), True),)


QUARTERLY, ANNUAL, PROBATIONARY, IMPROVING, PROMOTING = "quarterly", "annual", "probation", "improvement", "promotion"
TALKS = (
    (QUARTERLY, N_("Quarterly")),
    (ANNUAL, N_("Annual")),
    (PROBATIONARY, N_("Probation")),
    (IMPROVING, N_("Improvement")),
    (PROMOTING, N_("Promotion")),
)
"""What a talk about a review is for, as its form has it."""


class Interview(Record):
    """The talk about a review: when it is held, and what was said."""

    wording = Wording(N_("Performance interview"), (), part_of="review")
    review = Ref(Review, backref="interviews", unique=True, verbose_name=N_("Review"))
    kind = Choice(TALKS, null=True, verbose_name=N_("Type of talk"))
    planned = Day(null=True, verbose_name=N_("Planned for"))
    time = Text(20, default="", verbose_name=N_("Time"))
    place = Text(100, default="", verbose_name=N_("Place"))
    interviewer = Text(50, default="", verbose_name=N_("Interviewer"))
    held = Day(null=True, verbose_name=N_("Held on"))
    recorder = Text(50, default="", verbose_name=N_("Recorded by"))
    well = Note(4_000, default="", verbose_name=N_("What went well"))
    better = Note(4_000, default="", verbose_name=N_("What needs improving"))
    own_view = Note(4_000, default="", verbose_name=N_("The employee's own view"))
    wishes = Note(4_000, default="", verbose_name=N_("The employee's views and requests"))
    support = Note(4_000, default="", verbose_name=N_("Support asked of the company"))


class Agreed(Record):
    """Something agreed in a talk: what is to be done, by when and by whom."""

    wording = Wording(N_("Agreed action"), ("item",), part_of="interview")
    interview = Ref(Interview, backref="agreed", verbose_name=N_("Performance interview"))
    item = Text(verbose_name=N_("Item"))
    measure = Text(default="", verbose_name=N_("Measure"))
    by = Day(null=True, verbose_name=N_("By"))
    owner = Text(50, default="", verbose_name=N_("Responsible"))
    support = Text(50, default="", verbose_name=N_("Support"))
    done = Day(null=True, verbose_name=N_("Done on"))


MET, ROLE, TRAIN, OTHER = "met", "role", "train", "other"
RESULTS = (
    (MET, N_("Met")),
    (ROLE, N_("Not met: change of role")),
    (TRAIN, N_("Not met: training")),
    (OTHER, N_("Not met: otherwise")),
)
"""How an improvement plan may end."""


class Improvement(Record):
    """An improvement plan somebody gets after a review, with support and checkpoints, and how it ended."""

    wording = Wording(N_("Performance improvement plan"), ("start",), part_of="review")
    review = Ref(Review, backref="improvements", unique=True, verbose_name=N_("Review"))
    start = Day(verbose_name=N_("Begins on"))
    end = Day(verbose_name=N_("Ends on"), help_text=N_("The day it is judged."))
    witness = Text(50, default="", verbose_name=N_("Witness"))
    extended = Day(null=True, verbose_name=N_("Extended on"))
    first_end = Day(null=True, verbose_name=N_("Would have ended on"))
    result = Choice(RESULTS, null=True, verbose_name=N_("How it ended"))
    verdict = Note(4_000, default="", verbose_name=N_("What the result rests on"))
    closed = Day(null=True, verbose_name=N_("Judged on"))


class Shortfall(Record):
    """A goal that was missed, with the facts: why there is a plan."""

    wording = Wording(N_("Goal missed"), ("item",), part_of="improvement")
    improvement = Ref(Improvement, backref="shortfalls", verbose_name=N_("Performance improvement plan"))
    item = Text(verbose_name=N_("Item"))
    required = Text(default="", verbose_name=N_("Required"))
    actual = Text(default="", verbose_name=N_("Actual"))
    proof = Text(default="", verbose_name=N_("Evidence"))


class Aim(Record):
    """What is to be reached by the end of a plan, and how."""

    wording = Wording(N_("Improvement goal"), ("goal",), part_of="improvement")
    improvement = Ref(Improvement, backref="aims", verbose_name=N_("Performance improvement plan"))
    goal = Text(verbose_name=N_("Improvement goal"))
    action = Text(default="", verbose_name=N_("Action"))
    measure = Text(default="", verbose_name=N_("Measure"))
    by = Day(null=True, verbose_name=N_("By"))
    support = Text(50, default="", verbose_name=N_("Support"))


ON_COURSE, BEHIND = "on_course", "behind"
COURSES = ((ON_COURSE, N_("On course")), (BEHIND, N_("Behind")))


class Checkpoint(Record):
    """A day on which a plan is looked at together, and what was seen."""

    wording = Wording(N_("Checkpoint"), ("day",), part_of="improvement")
    improvement = Ref(Improvement, backref="checkpoints", verbose_name=N_("Performance improvement plan"))
    day = Day(verbose_name=N_("Date"))
    course = Choice(COURSES, null=True, verbose_name=N_("How it stands"))
    progress = Text(500, default="", verbose_name=N_("What was seen"))
    coaching = Text(500, default="", verbose_name=N_("Coaching given"))


AFTERWARDS = frozenset({Refusal, Objection, Interview, Improvement})
"""Parts of a review that come after its signature and are no part of what was signed."""


CREATED, EXPORTED, RECEIVED, ACCEPTED, REJECTED = "created", "exported", "received", "accepted", "rejected"
FORM_STATES = (
    (CREATED, N_("Made")),
    (EXPORTED, N_("Sent out")),
    (RECEIVED, N_("Received")),
    (ACCEPTED, N_("Taken over")),
    (REJECTED, N_("Sent back")),
)
KEYBOARD, PDF, SCAN = "keyboard", "pdf", "scan"
WAYS = ((KEYBOARD, N_("Typed in from paper")), (PDF, N_("Filled in on the screen")), (SCAN, N_("Read from a scan")))


class RaterForm(Record):
    """A form for one person to fill in about one review, on paper or as a file, and what became of it."""

    wording = Wording(N_("Form to fill in"), ("review", "relation"), silent=("nonce", "version"))
    review = Ref(Review, backref="forms", verbose_name=N_("Review"))
    relation = Choice(RELATIONS, default=OWN, verbose_name=N_("Relation"))
    rater = Text(50, default="", verbose_name=N_("Filled in by"))
    person = Ref(Person, null=True, verbose_name=N_("Rater on the roster"))
    way = Choice(WAYS, null=True, verbose_name=N_("How it came back"))
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


class RaterScore(Record):
    """What a nameless rater gave on a dimension. Only means are ever shown, so no history tells it either."""

    wording = Wording(N_("Rating"), ("dimension",), part_of="form", silent=("dimension", "score"))
    form = Ref(RaterForm, backref="scores", verbose_name=N_("Form to fill in"))
    dimension = Text(40, verbose_name=N_("Dimension"))
    score = Number(verbose_name=N_("Score"))

    class Meta:
        indexes = ((("form", "dimension"), True),)


class Remark(Record):
    """What a nameless rater wrote. It is shown beside others of his kind and without his name, or not at all."""

    wording = Wording(N_("Remark"), (), part_of="form", silent=("key", "text"))
    form = Ref(RaterForm, backref="remarks", verbose_name=N_("Form to fill in"))
    key = Text(80, verbose_name=N_("Question"))
    text = Note(default="", verbose_name=N_("Answer"))

    class Meta:
        indexes = ((("form", "key"), True),)
