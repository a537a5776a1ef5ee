"""Signing, and correcting what was signed by another version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from desktopapp.goals import rules as goal_rules
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries
from desktopapp.reviews.models import PARTLY, UPHELD, Calibration, Measure, Objection, Review, Score, Signature, Step
from desktopapp.reviews.queries import ReviewSheet
from desktopapp.reviews.queries.register import version
from desktopapp.reviews.rules import CONFIRM, SIGNED, WAITED, register
from desktopapp.reviews.rules.register import Entry
from desktopapp.reviews.service.judging import unsigned
from desktopapp.storage import unit


def sign(*, review: int, today: date) -> None:
    """Sign a review: its figures and texts are copied into one text that never changes again.

    It becomes the next entry of the register. It is no step of undo: two people have put their names to it.
    """
    found = unsigned(review)
    sheet = queries.sheet(review)
    _check(sheet)
    words = M("Sign the review of {name} for {period}", name=sheet.name, period=sheet.period)
    with unit("reviews.sign", words, is_step=False):
        entry = _next(found, sheet)
        document = queries.document(sheet, today, entry)
        Signature.create(
            review=review, number=entry.number, version=entry.version, day=today, document=document,
            sha256=register.fingerprint(document),
        )  # fmt: skip
        found.state, found.signed, found.version, found.amending = SIGNED, today, entry.version, ""
        found.total, found.grade, found.factor = sheet.total, sheet.grade, sheet.factor
        found.save()
        _answer(review, became=entry.version)


def _answer(review: int, **values: Any) -> None:
    """Write into the objection that led to the correction, where one did."""
    is_its = (Objection.review == review, Objection.decision.in_((UPHELD, PARTLY)), Objection.became.is_null())
    Objection.update(**values).where(*is_its).execute()


def _check(sheet: ReviewSheet) -> None:
    for line in sheet.dimensions:
        if line.score is None:
            raise Refused(M("“{dimension}” is not scored yet.", dimension=line.name), line.id)
    if sheet.missing:
        kinds = tuple(Message(WAITED[kind]) for kind in sorted(sheet.missing))
        raise Refused(M("The template waits for everybody; missing are: {kinds}.", kinds=kinds), "raters")
    whole = goal_rules.weight_sum(goal.weight for goal in sheet.goals)
    if sheet.goals and whole != 100:
        words = M("The weights of the goals of {period} add up to {sum}, not to 100; mend them first.",
                  period=sheet.period, sum=whole)  # fmt: skip
        raise Refused(words, "goals")


def _next(review: Any, sheet: ReviewSheet) -> Entry:
    """The place of what is signed now."""
    last: Any = Signature.select().order_by(Signature.number.desc()).first()
    number, previous = (last.number + 1, last.sha256) if last else (1, "")
    corrects = (sheet.entry.number, sheet.code) if sheet.entry else None
    return Entry(number, previous, review.version + 1, corrects, sheet.amending)


def amend(*, review: int, reason: str) -> None:
    """Open a signed review again, for another version that names this one and why; this one is kept as it is.

    Until the other is signed this one counts no longer, unless the correction is given up.
    """
    found = Review.get_by_id(review)
    if found.state != SIGNED:
        raise Refused(M("Only a signed review is corrected; this one can still be changed."))
    if Objection.select().where(Objection.review == review, Objection.decision.is_null()).exists():
        raise Refused(M("An objection to this review waits for a decision: to uphold it opens the correction."))
    if not reason.strip():
        raise Refused(M("Write what was wrong: it will stand on the new version."), "amending")
    with unit("reviews.amend", M("Correct the signed review of {name}", name=found.person.name), is_step=False):
        found.state, found.signed, found.amending = CONFIRM, None, reason
        found.save()


def give_up(*, review: int) -> None:
    """Leave a signed review as it was after all: what was changed meanwhile goes back to what was signed.

    Where an objection led to the correction, it waits for a decision again.
    """
    found = Review.get_by_id(review)
    if not found.version or found.state == SIGNED:
        raise Refused(M("This review is not being corrected."))
    sheet = version(review, found.version)
    with unit("reviews.give_up", M("Give up the correction for {name}", name=sheet.name), is_step=False):
        _put_back(found, sheet)
        _answer(review, decision=None, decided=None)


def _put_back(review: Any, sheet: ReviewSheet) -> None:
    """Let a review say again what was signed."""
    for field in ("highlights", "improve", "comment", "opinion", "total", "grade", "factor", "signed"):
        setattr(review, field, getattr(sheet, field))
    review.outcomes, review.declined = " ".join(sheet.outcomes), " ".join(sheet.declined)
    review.calibrated = None if sheet.total == sheet.computed else sheet.total
    review.state, review.amending = SIGNED, ""
    review.save()
    for line in sheet.dimensions:
        given: Any = Score.get(Score.review == review, Score.dimension == line.id)
        given.score, given.self_score, given.evidence = line.score, line.self_score, line.evidence
        given.save()
    _replace(Step, review, [(s.item, s.action, s.measure, s.by, s.support) for s in sheet.steps],
             ("item", "action", "measure", "by", "support"))  # fmt: skip
    _replace(Calibration, review, [(c.day, c.was, c.now, c.reason) for c in sheet.calibrations],
             ("day", "was", "now", "reason"))  # fmt: skip
    _replace(Measure, review, [(m.kind, m.text, m.basis, m.loss, m.wage, m.minimum) for m in sheet.measures],
             ("kind", "text", "basis", "loss", "wage", "minimum"))  # fmt: skip


def _replace(table: Any, review: Any, wanted: list[tuple[Any, ...]], names: Iterable[str]) -> None:
    """Make the parts of a review those that were signed, where they are others."""
    columns = tuple(names)
    there = list(table.select().where(table.review == review).order_by(table.id))
    if [tuple(getattr(row, name) for name in columns) for row in there] == wanted:
        return
    for row in there:
        row.delete_instance()
    for values in wanted:
        table.create(review=review, **dict(zip(columns, values, strict=True)))
