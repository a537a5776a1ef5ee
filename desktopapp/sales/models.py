"""What the CRM told: accounts, deals, money received, and the files they came in."""

from __future__ import annotations

from desktopapp.kernel.message import N_
from desktopapp.storage import Record, Wording
from desktopapp.storage.fields import Choice, Count, Day, Money, Note, Ref, Share, Text
from desktopapp.team.models import Person

OPEN, WON, LOST, VOID = "open", "won", "lost", "void"
STATUSES = ((OPEN, N_("In progress")), (WON, N_("Won")), (LOST, N_("Lost")), (VOID, N_("Void")))
ENTITIES = (
    ("account", N_("Accounts")),
    ("deal", N_("Deals")),
    ("lead", N_("Leads")),
    ("collection", N_("Collections")),
)


class ImportBatch(Record):
    """A file that was taken in, with what it brought."""

    wording = Wording(N_("Import"), ("file",), silent=("sha256",))
    file = Text(260, verbose_name=N_("File"))
    sha256 = Text(64, verbose_name=N_("Fingerprint"))
    system = Text(40, verbose_name=N_("Source system"))
    entity = Choice(ENTITIES, verbose_name=N_("Content"))
    day = Day(verbose_name=N_("Imported on"))
    rows = Count(verbose_name=N_("Rows"))
    new = Count(verbose_name=N_("New"))
    changed = Count(verbose_name=N_("Changed"))
    same = Count(verbose_name=N_("Same"))
    rejected = Count(verbose_name=N_("Rejected"))


class OwnerAlias(Record):
    """Who a file means by a name or number in its owner column; asked once, then remembered."""

    wording = Wording(N_("Owner in the file"), ("label",))
    label = Text(unique=True, verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))


class Account(Record):
    """A customer."""

    wording = Wording(N_("Account"), silent=("extra",))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(verbose_name=N_("Customer"))
    level = Text(50, default="", verbose_name=N_("Level"))
    industry = Text(100, default="", verbose_name=N_("Industry"))
    phone = Text(60, default="", verbose_name=N_("Phone"))
    city = Text(100, default="", verbose_name=N_("City"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))

    class Meta:
        indexes = ((("system", "external"), True), (("name",), False))


class Deal(Record):
    """A deal, open or closed."""

    wording = Wording(N_("Deal"), silent=("extra",))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    name = Text(verbose_name=N_("Deal"))
    customer = Text(default="", verbose_name=N_("Customer"))
    account = Ref(Account, null=True, verbose_name=N_("Account"))
    owner = Text(default="", verbose_name=N_("Owner in the file"))
    person = Ref(Person, null=True, index=False, verbose_name=N_("Account manager"))  # the second index below has it
    stage = Text(100, default="", verbose_name=N_("Sales stage"))
    status = Choice(STATUSES, default=OPEN, verbose_name=N_("Status"))
    amount = Money(null=True, verbose_name=N_("Amount"))
    currency = Text(10, default="", verbose_name=N_("Currency"))
    probability = Share(null=True, verbose_name=N_("Win probability"))
    close_date = Day(null=True, verbose_name=N_("Expected close date"), help_text=N_("Closed deals: when closed."))
    created = Day(null=True, verbose_name=N_("Created on"))
    source = Text(100, default="", verbose_name=N_("Lead source"))
    lost_reason = Text(default="", verbose_name=N_("Lost reason"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))
    extra = Note(default="", verbose_name=N_("Other columns"))

    class Meta:
        indexes = (
            (("system", "external"), True),
            (("person", "status", "close_date"), False),
            (("customer",), False),
            (("amount",), False),
            (("close_date",), False),
        )


class Collection(Record):
    """Money received from a customer (回款)."""

    wording = Wording(N_("Collection"), ("customer", "day"))
    system = Text(40, default="", verbose_name=N_("Source system"))
    external = Text(120, verbose_name=N_("Number in the source"))
    person = Ref(Person, null=True, verbose_name=N_("Account manager"))
    deal = Ref(Deal, null=True, verbose_name=N_("Deal"))
    customer = Text(default="", verbose_name=N_("Customer"))
    day = Day(verbose_name=N_("Received on"))
    amount = Money(verbose_name=N_("Amount"))
    due = Day(null=True, verbose_name=N_("Due on"))
    batch = Ref(ImportBatch, null=True, verbose_name=N_("Imported with"))

    class Meta:
        indexes = ((("system", "external"), True), (("person", "day"), False))
