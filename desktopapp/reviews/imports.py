"""Forms that come back: each file read, matched to the form that went out, and shown before anything is kept."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from pathlib import Path

from desktopapp.exchange.returned import FOREIGN, REASONS, SEAL, Sheet, read_form
from desktopapp.kernel.clean import clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import ACCEPTED, REJECTED
from desktopapp.reviews.queries import FormRow
from desktopapp.reviews.service import EDITION

MOST = 500
"""Files taken from what is dropped."""
_TOGETHER = 2
"""Files read at the same time."""
_KNOWN = ("form", "nonce", "edition", "relation", "person")


@frozen
class Change:
    """One answer beside what stands there now."""

    key: str
    label: Message
    before: str
    after: str
    problem: Message | None = None
    """Why it cannot be taken over."""
    is_covered: bool = False
    """Whether what was answered is not shown, because a nameless rater answered it."""


@frozen
class Returned:
    """A file that came back: what it would change, or why it is not taken."""

    path: Path
    refused: Message | None = None
    form: FormRow | None = None
    """The form that went out, once it is known which it is."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """All that it says and can be kept, by question."""
    changes: tuple[Change, ...] = ()
    same: frozenset[str] = frozenset()
    """The questions whose answers say what stands there already."""
    warnings: tuple[Message, ...] = ()


def read_back(
    files: Iterable[Path], progress: Callable[[int, int], object] = lambda _done, _whole: None
) -> list[Returned]:
    """Read forms that came back; folders stand for the PDF files in them. Nothing is written.

    `progress` is told of every file and may raise to stop.
    """
    paths = list(_files(files))[:MOST]
    found: list[tuple[Path, Sheet | Message]] = []
    with ThreadPoolExecutor(_TOGETHER, "forms") as readers:
        reading = [readers.submit(_sheet, path) for path in paths]
        try:
            for done, (path, each) in enumerate(zip(paths, reading, strict=True), 1):
                found.append((path, each.result()))
                progress(done, len(paths))
        except BaseException:
            readers.shutdown(cancel_futures=True)
            raise
    nonces = [sheet.hidden.get("nonce", "") for _, sheet in found if isinstance(sheet, Sheet)]
    sent = queries.forms_known(nonces)
    judged = [_judged(path, sheet, sent) for path, sheet in found]
    return list(_once(judged))


def _files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() == ".pdf" and each.is_file())
        else:
            yield path


def _sheet(path: Path) -> Sheet | Message:
    try:
        return read_form(path)
    except Refused as no:
        return no.message


def _judged(path: Path, sheet: Sheet | Message, sent: Mapping[str, FormRow]) -> Returned:
    if isinstance(sheet, Message):
        return Returned(path, sheet)
    form = sent.get(sheet.hidden.get("nonce", ""))
    try:
        _check_known(sheet, form)
    except Refused as no:
        return Returned(path, no.message, form if _is_ours(sheet) else None)
    assert form is not None
    return _compared(path, sheet, form)


def _is_ours(sheet: Sheet) -> bool:
    return _alike(sheet.hidden[SEAL][:64], queries.seal(_known(sheet), sheet.content))


def _alike(seal: str, ours: str) -> bool:
    return hmac.compare_digest(seal.encode("utf-8", "surrogatepass"), ours.encode())


def _known(sheet: Sheet) -> dict[str, str]:
    return {name: sheet.hidden.get(name, "") for name in _KNOWN}


def _check_known(sheet: Sheet, form: FormRow | None) -> None:
    """Refuse what did not go out from here, or not so, or is no longer waited for."""
    if any(name not in sheet.hidden for name in _KNOWN):
        raise Refused(REASONS[FOREIGN])
    if form is None:
        raise Refused(M("No form with this number was sent out from this data: it belongs to another firm or PC, or "
                        "to a backup from before it was sent."))  # fmt: skip
    if not _is_ours(sheet):
        raise Refused(M("This file was altered: what it asks is not what was sent out to {name}. Send out a new one.",
                        name=form.rater))  # fmt: skip
    if sheet.hidden["edition"] != str(form.version) or form.version > EDITION:
        raise Refused(M("This form was made by another version of the program. Send out a new one."))
    _check_person(sheet, form)
    if form.is_signed:
        raise Refused(M("The review of {name} is signed, so nothing of it changes any more.", name=form.name))
    if form.state == ACCEPTED:
        raise Refused(_told_twice(sheet, form))
    if form.state == REJECTED:
        raise Refused(M("This form of {name} was sent back on {day}. Send out a new one.", name=form.rater,
                        day=form.returned))  # fmt: skip


def _check_person(sheet: Sheet, form: FormRow) -> None:
    signer = clean_line(sheet.values.get(rules.SIGNER, ""))
    if sheet.hidden["person"] != str(form.person) or sheet.hidden["relation"] != form.relation:
        raise Refused(M("This form was made for somebody else than {name}.", name=form.rater))
    if signer and "".join(signer.split()) != "".join(form.rater.split()):
        raise Refused(M("This is the form of {name}, but {signer} put his name to it.", name=form.rater,
                        signer=signer[:50]))  # fmt: skip


def _told_twice(sheet: Sheet, form: FormRow) -> Message:
    kept = queries.came_back(form.id) | queries.covered(form.id)
    again = {each.key: _read(each, sheet, form)[0] for each in _questions(form)}
    if {key: text for key, text in again.items() if text} == kept:
        return M("The form of {name} was taken over on {day} already; this file says the same.", name=form.rater,
                 day=form.returned)  # fmt: skip
    return M("The form of {name} was taken over on {day} already; this file says something else. If it is to count, "
             "send out a new one.", name=form.rater, day=form.returned)  # fmt: skip


def _questions(form: FormRow) -> tuple[rules.Question, ...]:
    return rules.questions(queries.form_of(form.review), form.relation)


def _read(question: rules.Question, sheet: Sheet, form: FormRow) -> tuple[str, Message | None]:
    """What was answered, and why it cannot be taken over."""
    said = sheet.values.get(question.key, "")
    try:
        return rules.answer(question, said, queries.form_of(form.review)), None
    except Refused as no:
        return clean_line(said)[:100], no.message


def _compared(path: Path, sheet: Sheet, form: FormRow) -> Returned:
    now = _standing(form)
    answers: dict[str, str] = {}
    changes: list[Change] = []
    same: set[str] = set()
    for each in _questions(form):
        said, problem = _read(each, sheet, form)
        if problem is None:
            answers[each.key] = said
        if said and said == now.get(each.key, ""):
            same.add(each.key)
        elif said:
            is_covered = form.relation in rules.NAMELESS
            changes.append(Change(each.key, each.label, now.get(each.key, ""), said, problem, is_covered))
    return Returned(path, None, form, answers, tuple(changes), frozenset(same), tuple(_warnings(sheet, answers)))


def _standing(form: FormRow) -> dict[str, str]:
    """What stands in the review now, by question; of nameless raters nothing does."""
    if form.relation in rules.NAMELESS:
        return {}
    sheet, is_own = queries.sheet(form.review), form.relation == rules.OWN
    given = {line.id: line.self_score if is_own else line.score for line in sheet.dimensions}
    scores = {f"score:{key}": f"{score.normalize():f}" for key, score in given.items() if score is not None}
    if is_own:
        return queries.answers(form.review, form.relation) | scores
    evidence = {f"evidence:{line.id}": line.evidence for line in sheet.dimensions}
    return evidence | scores | {rules.COMMENT: sheet.comment}


def _warnings(sheet: Sheet, answers: Mapping[str, str]) -> Iterator[Message]:
    if not any(answers.values()):
        yield M("Nothing was filled in.")
    if not sheet.values.get(rules.SURE):
        yield M("The box that confirms the answers is not ticked.")
    if not _alike(sheet.hidden[SEAL][64:], queries.seal(_known(sheet), sheet.content, sheet.drawn)):
        yield M("The pages were drawn anew by another program. Their words are unchanged.")
    if sheet.added:
        yield M("{count} {count:note or drawing was put over the form; it is|notes or drawings were put over the form; "
                "they are} not read.", count=sheet.added)


def _once(found: Sequence[Returned]) -> Iterator[Returned]:
    """Of one form that came back in several files none is taken, unless all say the same: then the first."""
    by_form: dict[int, list[Returned]] = {}
    for each in found:
        if each.form and not each.refused:
            by_form.setdefault(each.form.id, []).append(each)
    for each in found:
        alike = by_form.get(each.form.id, []) if each.form and not each.refused else []
        if any(other.answers != each.answers for other in alike):
            names = tuple(other.path.name for other in alike if other is not each)
            yield Returned(each.path, M("This form came back in several files that differ: see {files} too. Put in the "
                                        "one that counts alone.", files=names), each.form)  # fmt: skip
        elif alike and alike[0] is not each:
            yield Returned(each.path, M("The same form with the same answers as in {file}.", file=alike[0].path.name),
                           each.form)  # fmt: skip
        else:
            yield each
