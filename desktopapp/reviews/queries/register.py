"""The register of what was signed: its entries, the versions of a review, and whether a paper is one of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from peewee import fn

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews.models import Cycle, ErasedEntry, Review, Signature, Stated
from desktopapp.reviews.queries.afterwards import refusals
from desktopapp.reviews.queries.document import signed
from desktopapp.reviews.queries.review import ReviewSheet
from desktopapp.reviews.rules import register
from desktopapp.reviews.rules.register import Kept
from desktopapp.storage import deleted_values, rows
from desktopapp.team.models import Person


@frozen
class Version:
    """A signed version of a review."""

    number: int
    """In the register."""
    review: int
    name: str
    period: Period
    version: int
    day: date
    total: Decimal | None
    grade: str
    code: str
    reason: str
    """Why the one before was corrected."""


@frozen
class Verdict:
    """What the register says of the code on a paper."""

    matches: bool
    says: tuple[Message, ...]
    """The answer first, then what else is to be known."""
    found: Version | None = None
    faults: tuple[Message, ...] = ()
    """What is wrong with the register as a whole."""


def entries() -> list[Kept]:
    """The whole register, in order."""
    return _entries()


def _entries(*where: Any) -> list[Kept]:
    columns = (Signature.number, Signature.document, Signature.sha256)
    return [Kept(*row) for row in rows(Signature.select(*columns).where(*where or (True,)).order_by(Signature.number))]


def count() -> int:
    """The number of the last entry; the next one signed is one more."""
    return max(table.select(fn.MAX(table.number)).scalar() or 0 for table in (Signature, ErasedEntry))


def faults() -> list[Message]:
    """What is wrong with the register; nothing where it hangs together."""
    return register.faults(entries(), removed())


def removed() -> set[int]:
    """The numbers of entries that the program took out itself: with the sample firm, or with the data of a person."""
    erased = {number for (number,) in rows(ErasedEntry.select(ErasedEntry.number))}
    return deleted_values("signature", "number") | erased


def genuine(review: int) -> bool:
    """Whether every signed version of a review is as it was signed, and where it was in the register."""
    mine = [number for (number,) in rows(Signature.select(Signature.number).where(Signature.review == review))]
    return bool(mine) and not any(_is_faulty(number) for number in mine)


def _is_faulty(number: int) -> bool:
    """Whether an entry is not as it was signed, looked at beside the one before it alone."""
    return number in register.faulty(_entries(Signature.number.in_([number - 1, number])), range(1, number))


def versions(review: int) -> list[Version]:
    """Every signed version of a review, the last one first."""
    return [_version(row) for row in _signatures(Signature.review == review)]


def version(review: int, number: int) -> ReviewSheet:
    """A review as it was in one of its versions. Raises `LookupError` where it has none such."""
    wanted = Review.select(Review, Cycle, Stated).join(Cycle).switch(Review).join(Stated).where(Review.id == review)
    kept = Signature.select(Signature.document, Signature.sha256)
    for document, sha256 in rows(kept.where(Signature.review == review, Signature.version == number)):
        return signed(wanted.get(), document, sha256, refusals([review]).get((review, number)))
    raise LookupError(review, number)


def check(text: str) -> Verdict:
    """Whether the code on a paper is that of a signed review of this file, and which."""
    code, number = register.typed(text)
    last, wrong = count(), tuple(faults())
    if not register.is_code(code):
        told = M("A code has 16 characters, digits and the letters A to F; this has {count}.", count=len(code))
        return Verdict(matches=False, says=(told,), faults=wrong)
    if erased := _erased(code):
        return Verdict(matches=False, says=(erased,), faults=wrong)
    known = {register.code(sha256): each for each, sha256 in rows(Signature.select(Signature.number, Signature.sha256))}
    if code not in known:
        return Verdict(matches=False, says=_unknown(code, number, known, last), faults=wrong)
    [found] = [_version(row) for row in _signatures(Signature.number == known[code])]
    altered = known[code] in register.faulty(entries(), removed())
    return Verdict(not altered, _known(found, number, last, is_altered=altered), found, wrong)


def _erased(code: str) -> Message | None:
    """What is left to say of an entry that went with the data of a person."""
    for number, day, sha256 in rows(ErasedEntry.select(ErasedEntry.number, ErasedEntry.day, ErasedEntry.sha256)):
        if register.code(sha256) == code:
            return M("This was entry {number}. Its text was erased on {day}, with all data of the person.",
                     number=number, day=day)  # fmt: skip
    return None


def _known(found: Version, number: int | None, last: int, *, is_altered: bool) -> tuple[Message, ...]:
    if is_altered:
        return (
            M("No match: entry {number} has this code, but its text was altered after it was signed.",
              number=found.number),
        )  # fmt: skip
    says = [M("Match: this is entry {number} of {count}.", number=found.number, count=last)]
    if number is not None and number != found.number:
        says.append(M("The square on the paper names entry {number} instead.", number=number))
    later = [each for each in versions(found.review) if each.version > found.version]
    if later:
        newest = later[0]
        says.append(M("It is no longer in force: entry {number} of {day} took its place, because: {reason}",
                      number=newest.number, day=newest.day, reason=newest.reason))  # fmt: skip
    return tuple(says)


def _unknown(code: str, number: int | None, known: dict[str, int], last: int) -> tuple[Message, ...]:
    says = [M("No match: the register holds {count} {count:entry|entries}, none of them with this code.", count=last)]
    if near := register.near(code, known):
        says.append(M("Entry {number} has nearly the same one, {code}: read it on the paper again.",
                      number=known[near], code=register.grouped(near)))  # fmt: skip
    elif number is not None and number <= last:
        says.append(M("The paper names entry {number}, which has another code here: one of the two was altered.",
                      number=number))  # fmt: skip
    elif number is not None:
        says.append(M("The paper names entry {number}, but the register ends with {count}.",
                      number=number, count=last))  # fmt: skip
    return tuple(says)


def _signatures(where: Any) -> list[tuple[Any, ...]]:
    columns = (
        Signature.number, Review.id, Person.name, Cycle.period, Signature.version, Signature.day, Signature.document,
        Signature.sha256,
    )  # fmt: skip
    wanted = Signature.select(*columns).join(Review).join(Person).switch(Review).join(Cycle)
    return rows(wanted.where(where).order_by(Signature.version.desc()))


def _version(row: tuple[Any, ...]) -> Version:
    *who, document, sha256 = row
    review = Review.select(Review, Cycle, Stated).join(Cycle).switch(Review).join(Stated).where(Review.id == row[1])
    sheet = signed(review.get(), document, sha256)
    number, review_id, _name, period, version_, day = who
    reason = sheet.entry.reason if sheet.entry else ""
    return Version(
        number, review_id, sheet.name, period, version_, day, sheet.total, sheet.grade, sheet.code, reason
    )
