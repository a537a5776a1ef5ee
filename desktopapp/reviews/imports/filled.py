"""Forms that were filled in on the screen: whether each is ours and unaltered, and what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from desktopapp.exchange.returned import FOREIGN, REASONS, SEAL, Sheet
from desktopapp.kernel.clean import clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.imports.found import (
    STRANGE,
    Change,
    Returned,
    alike,
    check_edition,
    check_waiting,
    standing,
)
from desktopapp.reviews.queries import FormRow

_KNOWN = ("form", "nonce", "edition", "relation", "person")


def judged(found: Sequence[tuple[Path, object]]) -> Iterator[Returned]:
    """What each of these files would change, and which were not read at all; scans are left to others."""
    nonces = [sheet.hidden.get("nonce", "") for _, sheet in found if isinstance(sheet, Sheet)]
    sent = queries.forms_known(nonces)
    for path, sheet in found:
        if isinstance(sheet, Message):
            yield Returned(path, sheet)
        elif isinstance(sheet, Sheet):
            yield _judged(path, sheet, sent)


def _judged(path: Path, sheet: Sheet, sent: Mapping[str, FormRow]) -> Returned:
    form = sent.get(sheet.hidden.get("nonce", ""))
    try:
        _check_known(sheet, form)
    except Refused as no:
        return Returned(path, no.message, form if _is_ours(sheet) else None)
    assert form is not None
    return _compared(path, sheet, form)


def _is_ours(sheet: Sheet) -> bool:
    return alike(sheet.hidden[SEAL][:64], queries.seal(_known(sheet), sheet.content))


def _known(sheet: Sheet) -> dict[str, str]:
    return {name: sheet.hidden.get(name, "") for name in _KNOWN}


def _check_known(sheet: Sheet, form: FormRow | None) -> None:
    """Refuse what did not go out from here, or not so, or is no longer waited for."""
    if any(name not in sheet.hidden for name in _KNOWN):
        raise Refused(REASONS[FOREIGN])
    if form is None:
        raise Refused(STRANGE)
    if not _is_ours(sheet):
        raise Refused(M("This file was altered: what it asks is not what was sent out to {name}. Send out a new one.",
                        name=form.rater))  # fmt: skip
    check_edition(sheet.hidden["edition"], form)
    _check_person(sheet, form)
    check_waiting(form, lambda: {each.key: _read(each, sheet, form)[0] for each in _questions(form)})


def _check_person(sheet: Sheet, form: FormRow) -> None:
    signer = clean_line(sheet.values.get(rules.SIGNER, ""))
    if sheet.hidden["person"] != str(form.person) or sheet.hidden["relation"] != form.relation:
        raise Refused(M("This form was made for somebody else than {name}.", name=form.rater))
    if signer and "".join(signer.split()) != "".join(form.rater.split()):
        raise Refused(M("This is the form of {name}, but {signer} put his name to it.", name=form.rater,
                        signer=signer[:50]))  # fmt: skip


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
    now = standing(form)
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


def _warnings(sheet: Sheet, answers: Mapping[str, str]) -> Iterator[Message]:
    if not any(answers.values()):
        yield M("Nothing was filled in.")
    if not sheet.values.get(rules.SURE):
        yield M("The box that confirms the answers is not ticked.")
    if not alike(sheet.hidden[SEAL][64:], queries.seal(_known(sheet), sheet.content, sheet.drawn)):
        yield M("The pages were drawn anew by another program. Their words are unchanged.")
    if sheet.added:
        yield M("{count} {count:note or drawing was put over the form; it is|notes or drawings were put over the form; "
                "they are} not read.", count=sheet.added)  # fmt: skip
