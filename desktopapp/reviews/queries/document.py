"""What was signed, as one canonical text, and a review read back from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.goals.rules import Figure
from desktopapp.kernel.clean import clean
from desktopapp.kernel.message import Both
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.reviews import rules
from desktopapp.reviews.models import Review, Signature
from desktopapp.reviews.queries.review import (
    CalibrationLine,
    GoalLine,
    Line,
    MeasureLine,
    RaterLine,
    RefusalLine,
    ReviewSheet,
    StepLine,
)
from desktopapp.reviews.queries.templates import stated
from desktopapp.reviews.rules import SIGNED, Dimension, register
from desktopapp.reviews.rules.register import Entry
from desktopapp.storage import rows, unit_of
from desktopapp.team.models import Person


def document(sheet: ReviewSheet, day: date, entry: Entry) -> str:
    """What is signed, as one canonical text: the same review gives the same text, letter by letter."""
    kept = {
        "version": 1,
        "entry": register.plain(entry),
        "form": register.fingerprint(register.canonical(rules.to_plain(sheet.form))),
        "period": str(sheet.period),
        "person": [sheet.number, sheet.name, sheet.position, sheet.team, _day(sheet.joined), sheet.days],
        "goals": [
            {
                "name": g.name,
                "metric": [g.metric.zh, g.metric.en] if isinstance(g.metric, Both) else g.metric,
                "unit": g.unit,
                "figures": [_plain(g.start), _plain(g.target), _plain(g.actual)],
                "attainment": _plain(g.attainment),
                "weight": _plain(g.weight),
                "note": g.note,
                "points": _plain(g.points),
            }
            for g in sheet.goals
        ],
        "dimensions": [
            {
                "id": d.id,
                "name": [d.name.zh, d.name.en],
                "weight": _plain(d.weight),
                "self": _plain(d.self_score),
                "score": _plain(d.score),
                "points": _plain(d.points),
                "last": _plain(d.last),
                "evidence": d.evidence,
                "others": [[relation, _plain(mean)] for relation, mean in d.others],
                "weighed": _plain(d.weighed),
            }
            for d in sheet.dimensions
        ],
        "raters": [[each.relation, _plain(each.weight), each.asked, each.back] for each in sheet.raters],
        "texts": [sheet.highlights, sheet.improve, sheet.comment, sheet.opinion],
        "outcomes": list(sheet.outcomes),
        "declined": list(sheet.declined),
        "steps": [[s.item, s.action, s.measure, _day(s.by), s.support] for s in sheet.steps],
        "result": [_plain(sheet.total), sheet.grade, _plain(sheet.factor), _plain(sheet.computed)],
        "calibrations": [[_day(c.day), _plain(c.was), _plain(c.now), c.reason] for c in sheet.calibrations],
        "measures": [
            [m.id, m.kind, m.text, m.basis, *map(_plain, (m.loss, m.wage, m.minimum))] for m in sheet.measures
        ],
        "last": [_plain(sheet.last_total), str(sheet.last_period) if sheet.last_period else None],
        "signed": _day(day),
    }
    return clean(register.canonical(kept))  # as the file keeps it


def in_force(reviews: Iterable[int]) -> dict[int, tuple[str, str]]:
    """What was signed last of each of these reviews, with its fingerprint."""
    if not (wanted := list(reviews)):
        return {}
    columns = (Signature.review, Signature.document, Signature.sha256)
    found = rows(Signature.select(*columns).where(Signature.review.in_(wanted)).order_by(Signature.version))
    return {review: (document, sha256) for review, document, sha256 in found}


def _plain(figure: Figure | None) -> str | None:
    """A figure as text: a sum in fen with an f behind, a number with no more places than it needs."""
    if figure is None:
        return None
    return f"{figure.fen}f" if isinstance(figure, Money) else f"{figure.normalize():f}"


def _figure(text: str | None) -> Any:
    if text is None:
        return None
    return Money(int(text[:-1])) if text.endswith("f") else Decimal(text)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def signed_of(reviews: Iterable[int], since: int | None = None) -> tuple[str, ...]:
    """Whose of these reviews are signed; with a unit, also whose were signed after it and are being corrected."""
    found: Any = Review.select(Review, Person).join(Person).where(Review.id.in_(list(reviews)), Review.version > 0)
    return tuple(row.person.name for row in found if row.state == SIGNED or _is_signed_since(row.id, since))


def _is_signed_since(review: int, unit: int | None) -> bool:
    last: int | None = Signature.select(Signature.id).where(Signature.review == review).order_by(
        Signature.version.desc()
    ).scalar()  # fmt: skip
    at = unit_of("signature", last) if last else None
    return unit is not None and at is not None and unit < at


def signed(r: Any, document: str, sha256: str, refusal: RefusalLine | None = None) -> ReviewSheet:
    """A signed review, from the text that was signed; the form gives the anchors beside it.

    Whether the person put his name to it is known only afterwards, so that is no part of the text.
    """
    kept = json.loads(document)
    template = stated(r.stated.form)
    by_id = {each.id: each for each in template.dimensions}
    number, name, position, group, joined, days = kept["person"]
    total, grade, factor, computed = kept["result"]
    last_total, last_period = kept["last"]
    highlights, improve, comment, opinion = kept["texts"]
    return ReviewSheet(
        id=r.id, cycle=r.cycle_id, person=r.person_id, number=number, name=name, position=position, team=group,
        joined=_date(joined), days=days, period=Period.parse(kept["period"]), template=template.name, form=template,
        state=SIGNED, goals=tuple(_goal_kept(each) for each in kept["goals"]),
        dimensions=tuple(_line_kept(each, by_id[each["id"]]) for each in kept["dimensions"]),
        highlights=highlights, improve=improve, comment=comment, opinion=opinion, outcomes=tuple(kept["outcomes"]),
        suggested=rules.suggested(grade, template),
        steps=tuple(StepLine(item, action, measure, _date(by), support)
                    for item, action, measure, by, support in kept["steps"]),
        done=len(kept["dimensions"]), total=_figure(total), grade=grade, factor=_figure(factor),
        level=next((level for level in template.levels if level.grade == grade), None),
        effect=rules.effect(grade, template), last_total=_figure(last_total),
        last_period=Period.parse(last_period) if last_period else None, signed=_date(kept["signed"]), sha256=sha256,
        computed=_figure(computed), calibrations=tuple(map(_calibration, kept["calibrations"])),
        raters=tuple(RaterLine(kind, _figure(weight), *counts) for kind, weight, *counts in kept["raters"]),
        measures=tuple(MeasureLine(*each[:4], *map(_figure, each[4:])) for each in kept["measures"]),
        declined=tuple(kept["declined"]), potential=r.potential, entry=register.entry(document),
        refusal=refusal, disputed=bool(getattr(r, "disputed", False)),
    )  # fmt: skip


def _calibration(kept: Sequence[str]) -> CalibrationLine:
    day, was, now, reason = kept
    return CalibrationLine(date.fromisoformat(day), _figure(was), _figure(now), reason)


def _goal_kept(kept: Mapping[str, Any]) -> GoalLine:
    start, target, actual = map(_figure, kept["figures"])
    metric = kept["metric"]
    reached = kept["attainment"]
    return GoalLine(
        kept["name"], Both(*metric) if isinstance(metric, list) else metric, kept["unit"], start, target, actual,
        Share(reached) if reached is not None else None, _figure(kept["weight"]), kept["note"],
        _figure(kept["points"]),
    )  # fmt: skip


def _line_kept(kept: Mapping[str, Any], each: Dimension) -> Line:
    return Line(
        each.id, Both(*kept["name"]), _figure(kept["weight"]), each.definition, each.anchors, each.hints, each.veto,
        _figure(kept["self"]), _figure(kept["score"]), _figure(kept["points"]), _figure(kept["last"]),
        kept["evidence"], tuple((relation, _figure(mean)) for relation, mean in kept["others"]),
        _figure(kept["weighed"]),
    )  # fmt: skip
