"""Sheets that were ticked by hand and scanned or photographed: which form each is, what is sure and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from desktopapp.exchange.scanned import Scanned
from desktopapp.exchange.sighting import CUT, EMPTY, NO_SQUARE, NOTHING, SIGNED, Row
from desktopapp.kernel import marks
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.marks import NONCE, SEAL, Code
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.imports.found import (
    STRANGE,
    Change,
    Doubt,
    Returned,
    alike,
    check_edition,
    check_waiting,
    standing,
)
from desktopapp.reviews.models import SCAN
from desktopapp.reviews.queries import FormRow

UNSEEN: Mapping[str, Message] = {
    NO_SQUARE: M("No square that can be read is on this page: it is no sheet printed here, or it is blurred, too dark "
                 "or cut off. Take the picture anew from right above, the whole sheet and nothing over its corners."),
    EMPTY: M("This page is empty."),
    SIGNED: M("This is a signed review, on which nothing is ticked. Type its code in at “Check a paper form” to "
              "see whether it is genuine."),
    CUT: M("The black corners of this sheet are not all in the picture, or it is bent too much. Take the picture anew "
           "from right above, the whole sheet flat."),
}  # fmt: skip
"""Why a page was not read, by what the reader answers."""


@frozen
class _Page:
    """A page of a sheet of ours, unaltered."""

    path: Path
    number: int
    code: Code
    form: FormRow
    rows: tuple[Row, ...]

    def differs(self, other: _Page) -> bool:
        """Whether two pictures of the same page say two things."""
        seen = {row.question: row.choice for row in self.rows if row.is_sure}
        return any(row.is_sure and seen.get(row.question, row.choice) != row.choice for row in other.rows)

    @property
    def sure(self) -> int:
        """How many of its rows need not be asked."""
        return sum(row.is_sure for row in self.rows)


def judged(found: Sequence[tuple[Path, object]]) -> Iterator[Returned]:
    """What each sheet in these files would change, and which pages are not taken."""
    scans = [(path, page) for path, pages in found if isinstance(pages, list) for page in pages]
    sent = _sent(page for _, page in scans)
    by_form: dict[int, list[_Page]] = {}
    for path, page in scans:
        if page.sight.why == EMPTY and sum(path == other for other, _ in scans) > 1:
            continue  # the back of a sheet
        try:
            known = _known(path, page, sent)
        except Refused as no:
            yield Returned(path, no.message, pages=(page.number,))
            continue
        by_form.setdefault(known.form.id, []).append(known)
    for pages in by_form.values():
        yield from _of_one_form(pages)


def _sent(pages: Iterator[Scanned]) -> dict[int, FormRow]:
    codes = [code for page in pages if (code := marks.read(page.sight.said))]
    return {row.id: row for row in queries.forms_numbered([code.form for code in codes])}


def _known(path: Path, page: Scanned, sent: Mapping[int, FormRow]) -> _Page:
    """The page of a form that went out from here. Raises `Refused` where it is none."""
    sight = page.sight
    code = marks.read(sight.said)
    if code is None:
        raise Refused(UNSEEN.get(sight.why, UNSEEN[NO_SQUARE]))
    form = sent.get(code.form)
    if form is None or form.nonce[:NONCE].upper() != code.nonce:
        raise Refused(STRANGE)
    said, seal = marks.parted(sight.said)
    if not alike(seal, queries.square_seal(form, said)[:SEAL]):
        raise Refused(M("The square on this sheet was altered: it is not the one that was printed for {name}. Print a "
                        "new sheet.", name=form.rater))  # fmt: skip
    check_edition(str(code.edition), form)
    if sight.why:
        raise Refused(UNSEEN[sight.why])
    return _Page(path, page.number, code, form, sight.rows)


def _of_one_form(pages: Sequence[_Page]) -> Iterator[Returned]:
    """One sheet out of its pages; where two pictures of a page differ, nothing of it is taken."""
    best: dict[int, _Page] = {}
    for page in sorted(pages, key=lambda each: -each.sure):
        best.setdefault(page.code.page, page)
    if any(page.differs(best[page.code.page]) for page in pages):
        yield from (_refused(page, _differing(page, pages)) for page in pages)
        return
    yield _compared([best[number] for number in sorted(best)])
    for page in pages:
        if page is not best[page.code.page]:
            yield _refused(page, M("The same sheet with the same ticks as in {file}.",
                                   file=best[page.code.page].path.name))  # fmt: skip


def _refused(page: _Page, why: Message) -> Returned:
    return Returned(page.path, why, page.form, pages=(page.number,))


def _differing(page: _Page, pages: Sequence[_Page]) -> Message:
    others = tuple(M("{file}, page {page}", file=each.path.name, page=each.number)
                   for each in pages if each is not page)  # fmt: skip
    return M("This sheet came back twice, ticked differently: see {files} too. Put in the one that counts alone.",
             files=others)  # fmt: skip


def _compared(pages: Sequence[_Page]) -> Returned:
    """A sheet: what its ticks would change, and what has to be asked."""
    first, form = pages[0], pages[0].form
    rows = [row for page in pages for row in page.rows]
    asked = rules.ticked(queries.form_of(form.review), form.relation)
    answers = {asked[row.question]: _kept(row, form) for row in rows if row.is_sure and row.choice != NOTHING}
    numbers = tuple(page.number for page in pages if page.path == first.path)
    try:
        check_waiting(form, lambda: answers)
    except Refused as no:
        return Returned(first.path, no.message, form, pages=numbers)
    now, questions = standing(form), {each.key: each for each in rules.questions(queries.form_of(form.review),
                                                                                   form.relation)}  # fmt: skip
    same = frozenset(key for key, said in answers.items() if said and said == now.get(key, ""))
    is_covered = form.relation in rules.NAMELESS
    changes = tuple(
        Change(key, questions[key].label, now.get(key, ""), said, is_covered=is_covered)
        for key, said in answers.items() if said and key not in same
    )  # fmt: skip
    doubts = tuple(_doubt(row, questions[asked[row.question]], now, form) for row in rows
                   if asked[row.question] not in answers)  # fmt: skip
    return Returned(
        first.path, None, form, answers, changes, same, tuple(_warnings(rows, len(asked))), doubts, numbers, SCAN
    )


def _kept(row: Row, form: FormRow) -> str:
    """The score that is ticked, as it is kept; nothing where somebody cannot tell."""
    said = rules.options(queries.form_of(form.review), form.relation)[row.choice]
    return "" if said == rules.UNKNOWN else said


def _doubt(row: Row, question: rules.Question, now: Mapping[str, str], form: FormRow) -> Doubt:
    stated = queries.form_of(form.review)
    words = [stated.written(score) for score in rules.choices(stated)]
    kept = rules.options(stated, form.relation)
    options = tuple(zip(kept, (*words, *kept[len(words) :]), strict=True))
    is_empty = row.is_sure and row.choice == NOTHING
    return Doubt(question.key, question.label, now.get(question.key, ""), options, is_empty, row.width, row.height,
                 row.pixels)  # fmt: skip


def _warnings(rows: Sequence[Row], asked: int) -> Iterator[Message]:
    if all(row.is_sure and row.choice == NOTHING for row in rows):
        yield M("No box on this sheet is ticked.")
    if missing := asked - len(rows):
        yield M("A page did not come back, with {count} {count:rating|ratings} on it.", count=missing)
