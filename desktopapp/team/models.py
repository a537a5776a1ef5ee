"""The firm and who works in it."""

from __future__ import annotations

from desktopapp.kernel.message import N_
from desktopapp.storage import Record, Wording
from desktopapp.storage.fields import Choice, Count, Day, Flag, Moment, Money, Note, Ref, Span, Text
from desktopapp.team.rules import DETAILS, JUDGED, NOTED, PAPER, PAY

PROBATION, ACTIVE, ON_LEAVE, LEFT = "probation", "active", "on_leave", "left"
STATUSES = (
    (PROBATION, N_("On probation")),
    (ACTIVE, N_("Active")),
    (ON_LEAVE, N_("On leave")),
    (LEFT, N_("Left")),
)
GENDERS = (("female", N_("Female")), ("male", N_("Male")))
CALENDARS = (("solar", N_("Solar calendar")), ("lunar", N_("Lunar calendar")))


SEASONS = (
    ("month", N_("Month")),
    ("quarter", N_("Quarter")),
    ("half", N_("Half-year")),
    ("year", N_("Year")),
)
"""The lengths of a period of goals and reviews there are, each by its key."""
PAPERS_IN = (("zh_CN", N_("Chinese")), ("zh_CN en", N_("Chinese and English")), ("en", N_("English")))
"""In what forms are printed unless something else is asked for; a key names the languages."""


class Firm(Record):
    """The owner's firm; there is one."""

    wording = Wording(N_("Firm"))
    name = Text(100, verbose_name=N_("Firm"), help_text=N_("It heads every printed form."))
    owner = Text(50, default="", verbose_name=N_("Owner"))
    seal = Text(
        50, default="", verbose_name=N_("Place of the seal"),
        help_text=N_("Printed beside the name. Empty: not printed."),
    )  # fmt: skip
    printed_name = Text(
        100, default="", verbose_name=N_("Name on forms"), help_text=N_("The registered name, where it is another.")
    )
    paper = Choice(PAPERS_IN, default="zh_CN", verbose_name=N_("Language of forms"))
    season = Choice(
        SEASONS, default="quarter", verbose_name=N_("Review period"), help_text=N_("Goals and reviews go by it.")
    )
    first_month = Count(
        default=1, verbose_name=N_("Business year begins in"), help_text=N_("Where it is not the calendar year.")
    )


class Person(Record):
    """Somebody on the roster."""

    wording = Wording(
        N_("Person"), silent=("initials",),
        private=("base_pay", "emergency_name", "emergency_relation", "emergency_phone"),
    )  # fmt: skip
    number = Text(20, default="", verbose_name=N_("Employee number"))
    name = Text(50, verbose_name=N_("Name"))
    pinyin = Text(300, default="", verbose_name=N_("Pinyin"), help_text=N_("Worked out from the name if empty."))
    initials = Text(50, default="", verbose_name=N_("Pinyin initials"))
    gender = Choice(GENDERS, null=True, verbose_name=N_("Gender"))
    position = Text(50, default="", verbose_name=N_("Position"))
    grade = Text(50, default="", verbose_name=N_("Job grade"))
    team = Text(50, default="", verbose_name=N_("Team"))
    is_owner = Flag(default=False, verbose_name=N_("Is the owner"), help_text=N_("Left out of the team's figures."))
    phone = Text(30, default="", verbose_name=N_("Mobile"))
    other_phone = Text(30, default="", verbose_name=N_("Other phone"))
    email = Text(100, default="", verbose_name=N_("E-mail"))
    joined = Day(null=True, verbose_name=N_("Hire date"))
    probation_end = Day(null=True, verbose_name=N_("Probation ends"))
    contract_end = Day(null=True, verbose_name=N_("Contract ends"))
    status = Choice(STATUSES, default=ACTIVE, verbose_name=N_("Status"))
    left = Day(null=True, verbose_name=N_("Left on"))
    left_reason = Text(default="", verbose_name=N_("Reason for leaving"))
    base_pay = Money(null=True, verbose_name=N_("Base salary"))
    birthday = Day(
        null=True, verbose_name=N_("Birthday"), help_text=N_("The solar date; the calendar says which day is kept.")
    )
    birthday_calendar = Choice(CALENDARS, default="solar", verbose_name=N_("Birthday calendar"))
    emergency_name = Text(50, default="", verbose_name=N_("Emergency contact"))
    emergency_relation = Text(30, default="", verbose_name=N_("Relation"))
    emergency_phone = Text(30, default="", verbose_name=N_("Emergency phone"))
    note = Note(default="", verbose_name=N_("Note"))

    class Meta:
        indexes = ((("status", "pinyin"), False),)


JOINED, CONFIRMED, WENT, RETURNED = "joined", "confirmed", "left", "returned"
MOVES = (
    (JOINED, N_("Joined")),
    (CONFIRMED, N_("Confirmed")),
    (WENT, N_("Left the firm")),
    (RETURNED, N_("Came back")),
)


class Move(Record):
    """A step in a person's time with the firm."""

    wording = Wording(N_("Step in the firm"), ("kind", "day"), part_of="person")
    person = Ref(Person, backref="moves", verbose_name=N_("Person"))
    kind = Choice(MOVES, verbose_name=N_("What happened"))
    day = Day(verbose_name=N_("Date"))
    reason = Text(default="", verbose_name=N_("Reason"))


class Printed(Record):
    """What left the program: a job of printing, or a list as a file. Only ever added to, and no step of undo."""

    wording = Wording(N_("Printing"), ("form", "at"))
    at = Moment(index=True, verbose_name=N_("Printed at"))
    form = Text(20, default="", verbose_name=N_("Form number"))
    what = Text(100, default="", verbose_name=N_("List that was exported"))
    rows = Count(default=0, verbose_name=N_("Rows"))
    name = Text(50, default="", verbose_name=N_("First person on it"))
    people = Count(default=0, verbose_name=N_("People on it"))
    period = Span(null=True, verbose_name=N_("Period"))
    pages = Count(default=0, verbose_name=N_("Number of pages"))
    copies = Count(default=1, verbose_name=N_("Copies"))
    printer = Text(default="", verbose_name=N_("Printer"))
    file = Text(default="", verbose_name=N_("File name"))


class PrintedFor(Record):
    """Whose paper a job was.

    The person stands as a bare number beside the name on the paper: the log must neither keep
    anybody from being taken off the roster nor forget him when he is.
    """

    wording = Wording(N_("Name in the log of paper"), part_of="printed")
    printed = Ref(Printed, backref="whose", verbose_name=N_("Printing"))
    person = Count(index=True, verbose_name=N_("Number of the person"))
    name = Text(50, verbose_name=N_("Name on the paper"))


class FormNumber(Record):
    """A form that goes by another number in this firm."""

    wording = Wording(N_("Number of a form"), ("form",))
    form = Text(20, unique=True, verbose_name=N_("Form"))
    number = Text(20, verbose_name=N_("Form number"))


OFF, WORK, USUAL = "off", "work", "usual"
HOLIDAYS = ((OFF, N_("Day off")), (WORK, N_("Working day")), (USUAL, N_("As its weekday")))


class Holiday(Record):
    """A day the firm keeps otherwise than the calendar that ships; the last kind takes a day of that back."""

    wording = Wording(N_("Holiday"), ("day", "name"))
    day = Day(unique=True, verbose_name=N_("Date"))
    kind = Choice(HOLIDAYS, default=OFF, verbose_name=N_("Off or working"))
    name = Text(50, default="", verbose_name=N_("What for"))


CATEGORIES = (
    (PAY, N_("Pay")),
    (DETAILS, N_("Personal details")),
    (NOTED, N_("Noted events")),
    (JUDGED, N_("Reviews and what followed")),
    (PAPER, N_("Names in the log of paper")),
)
"""What is kept of people, each kind for a time of its own. Goals and sales stay, without the name."""


class Retention(Record):
    """How long a kind of data is kept once somebody has left."""

    wording = Wording(N_("Time data are kept"), ("category",))
    category = Choice(CATEGORIES, unique=True, verbose_name=N_("Kind of data"))
    months = Count(verbose_name=N_("Months after leaving"))


class Hold(Record):
    """A reason to keep everything of somebody whatever the time: a dispute, a claim, a case at court."""

    wording = Wording(N_("Hold on data"), ("person", "since"), part_of="person")
    person = Ref(Person, unique=True, verbose_name=N_("Person"))
    since = Day(verbose_name=N_("Since"))
    reason = Text(verbose_name=N_("Why it is held"), help_text=N_("A dispute, a claim, a case at court."))
