"""What is handed in to be taken in, and what taking it in does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_
from desktopapp.kernel.share import Share
from desktopapp.sales.models import (
    Account,
    Activity,
    Collection,
    Contact,
    Deal,
    Lead,
    Order,
    Payroll,
    Product,
    Quota,
)
from desktopapp.storage import Record

ACCOUNT, CONTACT, LEAD, DEAL, ORDER = "account", "contact", "lead", "deal", "order"
COLLECTION, ACTIVITY, PRODUCT, ROSTER, PAYROLL, GOAL = (
    "collection", "activity", "product", "roster", "payroll", "goal",
)  # fmt: skip
TABLES: Mapping[str, type[Record]] = {
    ACCOUNT: Account,
    CONTACT: Contact,
    LEAD: Lead,
    DEAL: Deal,
    ORDER: Order,
    COLLECTION: Collection,
    ACTIVITY: Activity,
    PRODUCT: Product,
    PAYROLL: Payroll,
    GOAL: Quota,
}
"""The table each kind of record fills; people go on the roster instead."""

OVERWRITE, FILL, SKIP, BOTH = "overwrite", "fill", "skip", "both"
AGAIN = (
    (OVERWRITE, N_("Take over what the file says")),
    (FILL, N_("Fill in only what is blank here")),
    (SKIP, N_("Leave it as it is here")),
    (BOTH, N_("Keep both")),
)
"""What becomes of a record that is here already."""
BY_NAME, BY_NUMBER, NEVER = "name", "number", "never"
KNOWN_BY = (
    (BY_NAME, N_("its number in the source, or else its name")),
    (BY_NUMBER, N_("its number in the source alone")),
    (NEVER, N_("nothing: every row is a new record")),
)
"""How a record is known again."""
MADE = "~"
"""What the numbers begin with that are made here, for records that have none in their source."""
HAND = ""
"""The source system of what is written by hand, and of files of no known system."""
NEW_PERSON = -1
"""Said of an owner who is to be put on the roster."""


@frozen
class Counts:
    """What taking a table in does, or did."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    twice: int = 0
    """Rows that name a record a later row of the same file names again; the later one counts."""
    nobodys: int = 0
    """Rows taken in whose owner is nobody on the team."""
    kept: int = 0
    """Records that would change but for what was said or typed here."""
    vanished: int = 0
    """Records of the last file with these headings that are not in this one."""

    def __add__(self, other: Counts) -> Counts:
        names = Counts.__dataclass_fields__
        return Counts(*(getattr(self, name) + getattr(other, name) for name in names))


@frozen
class Owner:
    """Somebody the file names as an owner."""

    label: str
    number: str
    """His number in the source, if the file has one."""
    person: int | None
    """Whom he is taken for."""
    rows: int
    asked: bool
    """Whether the owner of the program still has to say who this is."""


@frozen
class StageSeen:
    """One stage of the file, and what it is taken to mean."""

    label: str
    status: str
    known: bool
    """Whether the owner has said so before, or every system means that by it."""
    rows: int
    probability: Share | None = None
    """What the file or the systems say of it, if they say anything."""


@frozen
class Meaning:
    """What the owner says a stage counts as."""

    status: str
    probability: Share | None = None


@frozen
class Content:
    """The records of a table, column by column, as the program's file holds them."""

    entity: str
    system: str
    columns: Mapping[str, Sequence[Any]]
    """By the name of the field; `system` and who it belongs to are added when it is taken in."""
    links: Mapping[str, Sequence[str]]
    """What records refer to, by the name of the helping target: `account_id`, `deal_name` …"""
    owners: Sequence[str]
    """The label of each record's owner, empty where it has none."""
    owner_numbers: Sequence[str]
    """The number of each owner in the source, where the file has it."""

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.owners)

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Label and number of each record's owner."""
        return zip(self.owners, self.owner_numbers, strict=True)


@frozen
class How:
    """What the owner said about records that are here already."""

    again: str = OVERWRITE
    known_by: str = BY_NAME
    erases: bool = False
    """Whether an empty cell empties what is here."""


AS_USUAL = How()


@frozen
class Coming:
    """Records of one kind that the same drop brings before those that refer to them."""

    names: Mapping[str, str]
    """Their names by their numbers."""


@frozen
class Change:
    """One field of one record that would change."""

    name: str
    """What the record is called."""
    field: str
    """The marked label of the field."""
    old: Any
    new: Any


@frozen
class Plan:
    """What taking records in does to those there are."""

    names: tuple[str, ...]
    """The fields the file speaks of, the number in the source first."""
    adding: Iterable[tuple[Any, ...]]
    """The records that are new."""
    changing: Sequence[tuple[Any, ...]]
    """Those that are there and say something else now, each with its system at the end."""
    renumbered: Sequence[tuple[int, str]]
    """Records that had no number of a source and get one now: their row, and the number."""
    moves: Sequence[tuple[Any, ...]]
    """Deals that go to another stage: deal, day, from, to, status, days."""
    changes: tuple[Change, ...]
    """The first of the fields that change, for showing."""
    new: int
    changed: int
    same: int
    kept: int
    nobodys: int


@frozen
class Delivery:
    """A table as it is to be taken in: its records, where they come from, and how they are to be met."""

    file: str
    original: str
    """The name of the file it lay in: the archive where there is one."""
    sha256: str
    signature: str
    answers: str
    """What the owner confirmed of its layout, as JSON."""
    how: How
    content: Content | None
    """None for people."""
    counts: Counts
    people: Any = None
    """The lines of a roster."""
    stages: tuple[StageSeen, ...] = ()
    seen: Sequence[str] = ()
    """Every number in the file, those of rejected rows too."""


@frozen
class Vanished:
    """Records of the last file with the same headings that are not in this one."""

    file: str
    count: int
    names: tuple[str, ...]
    """The first of them."""

