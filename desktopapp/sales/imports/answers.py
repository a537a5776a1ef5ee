"""What the owner said about a table of a file, and how that is remembered for the next with the same headings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from desktopapp.exchange import spans
from desktopapp.exchange.headings import signature
from desktopapp.exchange.mapping import Said
from desktopapp.exchange.regions import AS_SEEN, Cut
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import Message
from desktopapp.sales.models import Layout
from desktopapp.sales.service import How
from desktopapp.sales.service.content import AS_USUAL
from desktopapp.storage import rows

ENTITY, COLUMN, ORDER, PERCENT, DECIMAL, UNIT, PERIOD = (
    "entity", "column", "order", "percent", "decimal", "unit", "period",
)  # fmt: skip
"""What can be said: what a table holds, which column fills a target, how one is written, what period it is of."""


@frozen
class Question:
    """Something only the owner can say. What he chooses among depends on what it is about."""

    about: str
    """`ENTITY`, `COLUMN` (which column fills a target), `ORDER`, `PERCENT`, `DECIMAL` (of a column) or `PERIOD`."""
    of: str
    """The heading of the column, or the name of the target."""
    words: Message
    options: tuple[tuple[str, Message | str], ...] = ()
    """The answers there are: key, and what is shown of it. None for what is to be written in."""
    is_rivalry: bool = False
    """Whether the columns to choose from all mean the same, so that the others are to mean nothing."""


@frozen
class Answers:
    """What the owner said about one table; None where it is to be seen by itself."""

    cut: Cut = AS_SEEN
    entity: str | None = None
    taken: bool | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What a column fills, by its heading; empty for nothing."""
    said: Mapping[str, Said] = field(default_factory=dict)
    """How a column is written, by its heading."""
    how: How = AS_USUAL
    period: str | None = None
    """The period of a payroll or of targets that do not say it themselves."""
    first_seen: str = ""
    """The fingerprint of its headings as they are cut by themselves, which answers are remembered by."""


UNSAID = Answers()


def signed(heading: Sequence[str]) -> str:
    """The fingerprint of a layout."""
    return hashlib.sha256(signature(heading).encode()).hexdigest()


def written(answers: Answers) -> str:
    """Answers as text. What belongs to one file and not to its layout is left out: its encoding, its period."""
    said = {heading: [each.order, each.decimal, each.percent, each.unit] for heading, each in answers.said.items()}
    how = answers.how
    return json.dumps(
        {
            "cut": [answers.cut.separator, answers.cut.first, answers.cut.depth], "entity": answers.entity,
            "taken": answers.taken, "chosen": dict(answers.chosen), "said": said,
            "how": [how.again, how.known_by, how.erases],
        },
        ensure_ascii=False, sort_keys=True,
    )  # fmt: skip


def remembered(fingerprint: str) -> Answers | None:
    """What was confirmed for files with these headings, if there was one."""
    found = rows(Layout.select(Layout.answers).where(Layout.signature == fingerprint))
    return _read(json.loads(found[0][0])) if found else None


def _read(kept: Mapping[str, Any]) -> Answers:
    separator, first, depth = kept["cut"]
    return Answers(
        Cut(None, separator, first, depth), kept["entity"], kept["taken"], kept["chosen"],
        {heading: Said(*each) for heading, each in kept["said"].items()}, How(*kept["how"]),
    )  # fmt: skip


def combined(given: Answers | None, known: Answers | None) -> Answers:
    """What was said now, and before for all that was not."""
    if given is None or known is None:
        return given or known or UNSAID
    return replace(
        given,
        entity=given.entity or known.entity,
        chosen={**known.chosen, **given.chosen},
        said={**known.said, **given.said},
        taken=known.taken if given.taken is None else given.taken,
        how=known.how if given.how == AS_USUAL else given.how,
    )


def answered(answers: Answers, question: Question, said: str) -> Answers:
    """The answers with one more: the key of an option, or what was written in. Raises `Refused`."""
    if question.about == PERIOD:
        return replace(answers, period=str(spans.period(said)))
    if question.about == ENTITY:
        return replace(answers, entity=said, taken=True)
    if question.about == COLUMN:
        others = {heading: "" for heading, _ in question.options if heading != said and question.is_rivalry}
        return replace(answers, chosen={**answers.chosen, **others, said: question.of})
    before = answers.said.get(question.of, Said())
    told = {
        ORDER: replace(before, order=said),
        PERCENT: replace(before, percent=said == "percent"),
        DECIMAL: replace(before, decimal=said),
        UNIT: replace(before, unit=int(said) if said.isdecimal() else None),
    }
    return replace(answers, said={**answers.said, question.of: told[question.about]})
