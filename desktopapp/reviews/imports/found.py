"""What came back, as the owner is shown it, and what every form that comes back is asked about."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import ACCEPTED, PDF, REJECTED
from desktopapp.reviews.queries import FormRow
from desktopapp.reviews.service import EDITION

STRANGE = M("No form with this number was sent out from this data: it belongs to another firm or PC, or to a backup "
            "from before it was sent.")  # fmt: skip


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
class Doubt:
    """A row of boxes that is asked, because it is not clear which of them is ticked."""

    key: str
    label: Message
    before: str
    options: tuple[tuple[str, str], ...]
    """What may be meant, by what it is kept as and what stands over the box."""
    is_empty: bool
    """Whether nothing seems to be ticked."""
    width: int
    height: int
    pixels: bytes
    """The piece of the picture, a byte of grey each."""


@frozen
class Returned:
    """A file that came back, or a sheet in it: what it would change, or why it is not taken."""

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
    doubts: tuple[Doubt, ...] = ()
    """What has to be asked of a sheet that was ticked by hand."""
    pages: tuple[int, ...] = ()
    """The pages of the file it stands on, where it was scanned."""
    way: str = PDF
    """How it came back."""


def alike(seal: str, ours: str) -> bool:
    """Whether a seal is ours, told in the same time whatever it is."""
    return hmac.compare_digest(seal.encode("utf-8", "surrogatepass"), ours.encode())


def check_edition(edition: str, form: FormRow) -> None:
    """Refuse what a later program wrote, or an earlier one otherwise."""
    if edition != str(form.version) or form.version > EDITION:
        raise Refused(M("This form was made by another version of the program. Send out a new one."))


def check_waiting(form: FormRow, again: Callable[[], Mapping[str, str]]) -> None:
    """Refuse a form that nothing is taken of any more; `again` gives what it says now, by question."""
    if form.is_signed:
        raise Refused(M("The review of {name} is signed, so nothing of it changes any more.", name=form.name))
    if form.state == ACCEPTED:
        raise Refused(_told_twice(form, again()))
    if form.state == REJECTED:
        raise Refused(M("This form of {name} was sent back on {day}. Send out a new one.", name=form.rater,
                        day=form.returned))  # fmt: skip


def _told_twice(form: FormRow, again: Mapping[str, str]) -> Message:
    kept = queries.came_back(form.id) | queries.covered(form.id)
    if all(text == kept.get(key, "") for key, text in again.items()):
        return M("The form of {name} was taken over on {day} already; this file says the same.", name=form.rater,
                 day=form.returned)  # fmt: skip
    return M("The form of {name} was taken over on {day} already; this file says something else. If it is to count, "
             "send out a new one.", name=form.rater, day=form.returned)  # fmt: skip


def standing(form: FormRow) -> dict[str, str]:
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
