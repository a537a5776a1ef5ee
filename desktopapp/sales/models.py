"""What the CRM told: accounts, deals, orders, money received, and the files they came in.

Every record of a file carries `system` and `external`, which together know it again; `owner` as the
file names him, beside the `person` he is taken for; `batch`, the import that last changed it; `extra`,
the columns nobody asked for, as JSON; and `typed`, the names of the columns the owner wrote by hand,
which no file overwrites. A currency is empty for the firm's own money, and an ISO code for any other:
sums of two currencies are never added up.
"""

from __future__ import annotations

from peewee import SQL, fn

from desktopapp.kernel import money
from desktopapp.kernel.message import N_
from desktopapp.storage import Record, Wording
from desktopapp.storage.fields import Choice, Count, Day, Flag, Money, Note, Ref, Share, Span, Text
from desktopapp.team.models import Person

OPEN, WON, LOST, VOID = "open", "won", "lost", "void"
STATUSES = ((OPEN, N_("In progress")), (WON, N_("Won")), (LOST, N_("Lost")), (VOID, N_("Void")))
DONE = "done"
ORDER_STATES = ((OPEN, N_("In progress")), (DONE, N_("Settled")), (VOID, N_("Void")))
CONVERTED = "converted"
LEAD_STATES = ((OPEN, N_("In progress")), (CONVERTED, N_("Turned into a deal")), (VOID, N_("Void")))
OMITTED = "omitted"
CATEGORIES = (
    ("pipeline", N_("In the funnel")),
    ("best_case", N_("Best case")),
    ("commit", N_("Committed")),
    ("closed", N_("Closed")),
    (OMITTED, N_("Left out")),
)
"""What a CRM's own forecast takes a deal for."""
ACTIVITIES = (
    ("call", N_("Call")),
    ("meeting", N_("Meeting")),
    ("visit", N_("Visit")),
    ("chat", N_("Chat")),
    ("email", N_("E-mail")),
    ("task", N_("Task")),
    ("note", N_("Note")),
    ("other", N_("Other")),
)
ENTITIES = (
    ("account", N_("Accounts")),
    ("contact", N_("Contacts")),
    ("lead", N_("Leads")),
    ("deal", N_("Deals")),
    ("order", N_("Orders")),
    ("collection", N_("Collections")),
    ("activity", N_("Activities")),
    ("product", N_("Products")),
    ("roster", N_("Roster")),
    ("payroll", N_("Payroll")),
    ("goal", N_("Sales targets")),
)
"""What a table of a file may hold, in the order it is shown."""
PACKED = 1 << 30
"""The most characters the program keeps of what nobody reads but itself."""


class Original(Record):
    """A file as it was before it was taken in."""

    wording = Wording(N_("Original file"), silent=("sha256", "packed"))
    name = Text(260, verbose_name=N_("File"))
    sha256 = Text(64, verbose_name=N_("Fingerprint"))
    size = Count(verbose_name=N_("Bytes"))
    packed = Note(PACKED, verbose_name=N_("Content"), help_text=N_("Packed; the program unpacks it again."))


class ImportBatch(Record):
    """A table that was taken in, with what it brought. Those of one drop belong to one unit."""

    wording = Wording(N_("Import"), ("file",), silent=("sha256", "signature", "seen"))
    file = Text(260, verbose_name=N_("File"))
    sha256 = Text(64, index=True, verbose_name=N_("Fingerprint"))
    original = Ref(Original, null=True, verbose_name=N_("Original file"))
    system = Text(40, verbose_name=N_("Source system"))
    entity = Choice(ENTITIES, verbose_name=N_("Content"))
    signature = Text(64, default="", index=True, verbose_name=N_("Fingerprint of the headings"))
    day = Day(verbose_name=N_("Imported on"))
    rows = Count(verbose_name=N_("Rows"))
    new = Count(verbose_name=N_("New"))
    changed = Count(verbose_name=N_("Changed"))
    same = Count(verbose_name=N_("Same"))
    rejected = Count(verbose_name=N_("Rejected"))
    vanished = Count(default=0, verbose_name=N_("Not in the file any more"))
    seen = Note(
        PACKED, default="", verbose_name=N_("Numbers in the file"), help_text=N_("Packed, to see what vanishes.")
    )


class Layout(Record):
    """How files with these headings are read, as the owner confirmed it once."""

    wording = Wording(N_("Layout of a file"), ("file",), silent=("signature", "answers"))
    signature = Text(64, unique=True, verbose_name=N_("Fingerprint of the headings"))
    file = Text(260, verbose_name=N_("File"))
    day = Day(verbose_name=N_("Confirmed on"))
    answers = Note(verbose_name=N_("Answers"), help_text=N_("As JSON."))


class OwnerAlias(Record):
    """Who a file means by a name or number in its owner column; asked once, then remembered."""

    wording = Wording(N_("Owner in the file"), ("label",))
    label = Text(unique=True, verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))


class Stage(Record):
    """A stage of the owner's, in the words of the files: what a deal in it counts as, and how likely it is won.

    Deals name their stage by its label. `position` is its place in the funnel, the first is 1.
    """

    wording = Wording(N_("Sales stage"), ("label",))
    label = Text(100, unique=True, verbose_name=N_("Sales stage"))
    status = Choice(STATUSES, default=OPEN, verbose_name=N_("Counts as"))
    probability = Share(null=True, verbose_name=N_("Win probability"))
    position = Count(default=0, verbose_name=N_("Place in the funnel"))


class Account(Record):
    """A customer."""

    wording = Wording(N_("Account"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(verbose_name=N_("Customer"))
    level = Text(50, default="", verbose_name=N_("Level"))
    kind = Text(50, default="", verbose_name=N_("Type of customer"))
    industry = Text(100, default="", verbose_name=N_("Industry"))
    phone = Text(60, default="", verbose_name=N_("Phone"))
    email = Text(100, default="", verbose_name=N_("E-mail"))
    province = Text(100, default="", verbose_name=N_("Province"))
    city = Text(100, default="", verbose_name=N_("City"))
    address = Text(default="", verbose_name=N_("Address"))
    source = Text(100, default="", verbose_name=N_("Lead source"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))
    created = Day(null=True, verbose_name=N_("Created on"))
    last_activity = Day(null=True, verbose_name=N_("Last contact"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = ((("system", "external"), True), (("name",), False))


class Contact(Record):
    """Somebody at a customer's."""

    wording = Wording(N_("Contact"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(100, verbose_name=N_("Contact"))
    customer = Text(default="", verbose_name=N_("Customer"))
    account = Ref(Account, null=True, verbose_name=N_("Account"))
    title = Text(100, default="", verbose_name=N_("Position"))
    department = Text(100, default="", verbose_name=N_("Department"))
    mobile = Text(60, default="", verbose_name=N_("Mobile"))
    phone = Text(60, default="", verbose_name=N_("Phone"))
    email = Text(100, default="", verbose_name=N_("E-mail"))
    birthday = Day(null=True, verbose_name=N_("Birthday"))
    is_primary = Flag(null=True, verbose_name=N_("Main contact"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = ((("system", "external"), True), (("name",), False))


class Lead(Record):
    """Somebody who may become a customer; no deal yet, so none of the figures count him."""

    wording = Wording(N_("Lead"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(verbose_name=N_("Lead"))
    customer = Text(default="", verbose_name=N_("Company"))
    title = Text(100, default="", verbose_name=N_("Position"))
    mobile = Text(60, default="", verbose_name=N_("Mobile"))
    phone = Text(60, default="", verbose_name=N_("Phone"))
    email = Text(100, default="", verbose_name=N_("E-mail"))
    stage = Text(100, default="", verbose_name=N_("Lead status"))
    status = Choice(LEAD_STATES, default=OPEN, verbose_name=N_("Status"))
    source = Text(100, default="", verbose_name=N_("Lead source"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))
    created = Day(null=True, verbose_name=N_("Created on"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = ((("system", "external"), True), (("person", "status"), False), (("created",), False))


class Deal(Record):
    """A deal, open or closed."""

    wording = Wording(N_("Deal"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(verbose_name=N_("Deal"))
    customer = Text(default="", verbose_name=N_("Customer"))
    account = Ref(Account, null=True, verbose_name=N_("Account"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Account manager"))  # the second index below has it
    stage = Text(100, default="", verbose_name=N_("Sales stage"))
    status = Choice(STATUSES, default=OPEN, verbose_name=N_("Status"))
    stage_since = Day(null=True, verbose_name=N_("In this stage since"))
    amount = Money(null=True, verbose_name=N_("Amount"))
    currency = Text(10, default="", verbose_name=N_("Currency"), help_text=N_("Empty: the firm's own money."))
    probability = Share(null=True, verbose_name=N_("Win probability"), help_text=N_("Empty: that of its stage."))
    category = Choice(CATEGORIES, null=True, verbose_name=N_("Forecast category"))
    product = Text(default="", verbose_name=N_("Product"))
    close_date = Day(null=True, verbose_name=N_("Expected close date"), help_text=N_("Closed deals: when closed."))
    created = Day(null=True, verbose_name=N_("Created on"))
    last_activity = Day(null=True, verbose_name=N_("Last contact"))
    source = Text(100, default="", verbose_name=N_("Lead source"))
    next_step = Text(default="", verbose_name=N_("Next step"))
    lost_reason = Text(default="", verbose_name=N_("Lost reason"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = (
            (("system", "external"), True),
            (("person", "status", "close_date"), False),
            (("customer", "status", "close_date"), False),
            (("amount",), False),
            (("close_date",), False),
            (("status", "close_date"), False),
        )


class StageChange(Record):
    """A deal going from one stage to the next, seen when a file or the owner said so."""

    wording = Wording(N_("Change of stage"), ("deal", "day"), part_of="deal")
    deal = Ref(Deal, backref="moves", index=False, verbose_name=N_("Deal"))
    day = Day(verbose_name=N_("Date"))
    before = Text(100, default="", verbose_name=N_("From stage"))
    after = Text(100, default="", verbose_name=N_("To stage"))
    status = Choice(STATUSES, verbose_name=N_("Status"))
    days = Count(null=True, verbose_name=N_("Days in the stage before"))
    """None where it is not known since when it was in that stage."""

    class Meta:
        indexes = ((("deal", "before"), False), (("before", "deal"), False), (("day",), False))


class Order(Record):
    """A contract or order: what a customer owes once it is due."""

    wording = Wording(N_("Order"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(default="", verbose_name=N_("Order"))
    customer = Text(default="", verbose_name=N_("Customer"))
    account = Ref(Account, null=True, verbose_name=N_("Account"))
    deal = Ref(Deal, null=True, verbose_name=N_("Deal"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Account manager"))
    status = Choice(ORDER_STATES, default=OPEN, verbose_name=N_("Status"))
    amount = Money(null=True, verbose_name=N_("Amount"))
    currency = Text(10, default="", verbose_name=N_("Currency"), help_text=N_("Empty: the firm's own money."))
    paid = Money(
        null=True, verbose_name=N_("Paid so far"), help_text=N_("As the file says; collections count as well.")
    )
    day = Day(null=True, verbose_name=N_("Ordered on"))
    due = Day(null=True, verbose_name=N_("Due on"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        table_name = "sales_order"  # a bare "order" is a word of SQL
        indexes = ((("system", "external"), True), (("person", "day"), False), (("status", "due"), False))


class Collection(Record):
    """Money received from a customer (回款), or a payment agreed on that is still to come.

    `planned` is what was agreed and `amount` what came, on `day`; without a day nothing came yet.
    What of the planned has not come is owed from `due` on.
    """

    wording = Wording(N_("Collection"), ("customer", "day"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    customer = Text(default="", verbose_name=N_("Customer"))
    account = Ref(Account, null=True, verbose_name=N_("Account"))
    deal = Ref(Deal, null=True, verbose_name=N_("Deal"))
    order = Ref(Order, null=True, verbose_name=N_("Order"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Account manager"))
    day = Day(null=True, verbose_name=N_("Received on"), help_text=N_("Empty: not received yet."))
    amount = Money(null=True, verbose_name=N_("Amount received"))
    currency = Text(10, default="", verbose_name=N_("Currency"), help_text=N_("Empty: the firm's own money."))
    planned = Money(null=True, verbose_name=N_("Amount agreed"))
    due = Day(null=True, verbose_name=N_("Due on"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = ((("system", "external"), True), (("person", "day"), False), (("day",), False), (("due",), False))


STILL_OWED = Collection.planned > fn.COALESCE(Collection.amount, SQL("0"))
"""Payments agreed on of which something has not come; who asks in these words is answered by an index of them."""
Collection.add_index(Collection.index(Collection.due, name="collection_still_owed", where=STILL_OWED))


class Activity(Record):
    """A call, a visit, a meeting: contact with a customer."""

    wording = Wording(N_("Contact with a customer"), ("kind", "customer", "day"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    kind = Choice(ACTIVITIES, default="other", verbose_name=N_("Kind of contact"))
    subject = Text(default="", verbose_name=N_("Subject"))
    day = Day(verbose_name=N_("Date"))
    customer = Text(default="", verbose_name=N_("Customer"))
    account = Ref(Account, null=True, verbose_name=N_("Account"))
    deal = Ref(Deal, null=True, verbose_name=N_("Deal"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Account manager"))
    body = Note(default="", verbose_name=N_("What was said"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = (
            (("system", "external"), True), (("person", "day"), False), (("customer", "day"), False),
            (("kind", "day"), False),
        )  # fmt: skip


class Product(Record):
    """Something the firm sells."""

    wording = Wording(N_("Product"), silent=("extra", "typed"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(verbose_name=N_("Product"))
    category = Text(100, default="", verbose_name=N_("Product category"))
    unit = Text(20, default="", verbose_name=N_("Unit"))
    price = Money(null=True, verbose_name=N_("Price"))
    currency = Text(10, default="", verbose_name=N_("Currency"), help_text=N_("Empty: the firm's own money."))
    is_sold = Flag(null=True, verbose_name=N_("On sale"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))
    typed = Text(400, default="", verbose_name=N_("Written by hand"))

    class Meta:
        indexes = ((("system", "external"), True), (("name",), False))


class Payroll(Record):
    """What somebody was paid for a month, as the payroll says."""

    wording = Wording(
        N_("Payroll entry"), ("owner", "period"), private=("base", "bonus", "gross", "deducted", "net"),
        silent=("extra",),
    )  # fmt: skip
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    owner = Text(default="", verbose_name=N_("Name in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Person"))
    period = Span(null=True, verbose_name=N_("Period"))
    base = Money(null=True, verbose_name=N_("Base salary"))
    bonus = Money(null=True, verbose_name=N_("Bonus and commission"))
    gross = Money(null=True, verbose_name=N_("Gross pay"))
    deducted = Money(null=True, verbose_name=N_("Deducted"))
    net = Money(null=True, verbose_name=N_("Net pay"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))

    class Meta:
        indexes = ((("system", "external"), True), (("person", "period"), False))


class Quota(Record):
    """A sales target as the CRM has it: goals may be set by it."""

    wording = Wording(N_("Sales target"), ("owner", "period"), silent=("extra",))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Account manager"))
    period = Span(null=True, verbose_name=N_("Period"))
    measure = Text(100, default="", verbose_name=N_("Measure"))
    target = Money(null=True, verbose_name=N_("Target amount"))
    achieved = Money(null=True, verbose_name=N_("Achieved, as the file says"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))

    class Meta:
        indexes = ((("system", "external"), True), (("person", "period"), False))


class Basis(Record):
    """What the owner measures sales by; there is one."""

    wording = Wording(N_("Basis of the sales figures"), ())
    key_account = Money(
        default=money.Money.yuan(500_000), verbose_name=N_("Key account from"),
        help_text=N_("What a customer buys for within a year."),
    )  # fmt: skip
    no_contact = Count(
        default=30, verbose_name=N_("Days without contact"),
        help_text=N_("After so many a customer with open deals is told of."),
    )  # fmt: skip
