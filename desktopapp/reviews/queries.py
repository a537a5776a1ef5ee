"""Reading reviews: rounds, how far each has come, and one whole review as the page and the paper show it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from desktopapp.goals import queries as goals
from desktopapp.goals.rules import Figure
from desktopapp.kernel.area import Findable, Found, Link, Notice
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.kernel.starter import content
from desktopapp.reviews import rules
from desktopapp.reviews.models import CREATED, RUNNING, Adjustment, Answer, Cycle, RaterForm, Review, Score, Step
from desktopapp.reviews.rules import CONFIRM, SIGNED, Dimension, Effect, Form, Level
from desktopapp.storage import derived_key, once, rows
from desktopapp.team import queries as team
from desktopapp.team.models import Person


@frozen
class CycleRow:
    """A round of reviews and how far it has come."""

    id: int
    period: Period
    template: str
    name: Both
    state: str
    started: date
    due: date
    people: int
    scored: int
    """How many have every score, signed or not."""
    signed: int


@frozen
class ReviewRow:
    """A person's review in the list."""

    id: int
    person: int
    name: str
    pinyin: str
    position: str
    team: str
    state: str
    total: Decimal | None
    """Only once every dimension is scored."""
    grade: str
    done: int
    dimensions: int
    signed: date | None


@frozen
class Result:
    """What came of a signed review."""

    review: int
    period: Period
    total: Decimal | None
    grade: str


@frozen
class GoalLine:
    """A goal as it was judged."""

    name: str
    metric: Both | str
    unit: str
    start: Figure | None
    """Where it was measured from; nothing where it was counted from zero."""
    target: Figure
    actual: Figure | None
    attainment: Share | None
    weight: Decimal
    note: str


@frozen
class Line:
    """A dimension of a review with what was given for it."""

    id: str
    name: Both
    weight: Decimal
    definition: Both
    anchors: tuple[tuple[Decimal, Both], ...]
    hints: tuple[Both, ...]
    veto: bool
    self_score: Decimal | None
    score: Decimal | None
    points: Decimal | None
    last: Decimal | None
    """The score of the period before."""
    evidence: str


@frozen
class StepLine:
    """One thing to improve next period."""

    item: str
    action: str = ""
    measure: str = ""
    by: date | None = None
    support: str = ""


@frozen
class ReviewSheet:
    """A whole review. Of a signed one everything is read from what was signed."""

    id: int
    cycle: int
    person: int
    number: str
    name: str
    position: str
    team: str
    joined: date | None
    days: int | None
    """With the firm by the end of the period."""
    period: Period
    template: Both
    form: Form
    state: str
    goals: tuple[GoalLine, ...]
    dimensions: tuple[Line, ...]
    highlights: str
    improve: str
    comment: str
    opinion: str
    outcomes: tuple[str, ...]
    suggested: tuple[str, ...]
    steps: tuple[StepLine, ...]
    done: int
    total: Decimal | None
    """The points so far; nothing before the first score."""
    grade: str
    """Only once every dimension is scored."""
    factor: Decimal | None
    level: Level | None
    effect: Effect | None
    last_total: Decimal | None
    last_period: Period | None
    signed: date | None
    sha256: str

    @property
    def code(self) -> str:
        """The short form of the fingerprint, as it is printed."""
        return self.sha256[:16].upper()


def templates() -> tuple[Form, ...]:
    """The templates to start a round from, as the owner has set them."""
    given: dict[str, dict[tuple[str, str], Decimal]] = {}
    columns = (Adjustment.template, Adjustment.part, Adjustment.key, Adjustment.value)
    for key, part, of, value in rows(Adjustment.select(*columns)):
        given.setdefault(key, {})[part, of] = value
    return tuple(rules.adjusted(form, given.get(form.id, {})) for form in shipped())


@cache
def shipped() -> tuple[Form, ...]:
    """The templates as they ship."""
    kept = content("review_templates")
    dimensions = {each["id"]: each for each in kept["dimensions"]}
    levels = tuple(
        Level(Decimal(each["score"]), each["grade"], each["name"], each["meaning"], Decimal(each["min"]))
        for each in kept["scale"]
    )
    effects = tuple(
        Effect(each["grade"], Decimal(str(each["bonus_factor"])), each["action"]) for each in kept["outcomes"]
    )
    scores = [level.score for level in levels]
    return tuple(
        Form(
            each["id"], each["name"], each["timing"], kept["grade_rule"], min(scores), max(scores), Decimal(1),
            each["raters"]["self"],
            tuple(_dimension(dimensions[key], Decimal(weight)) for key, weight in each["weights"].items()),
            levels, effects,
        )
        for each in kept["templates"]
    )  # fmt: skip


def _dimension(kept: Mapping[str, Any], weight: Decimal) -> Dimension:
    anchors = tuple((Decimal(score), text) for score, text in kept["anchors"].items())
    return Dimension(
        kept["id"], kept["name"], kept["definition"], weight, anchors, kept["evidence"], kept.get("veto", False)
    )


def figures(form: Form) -> dict[tuple[str, str], Decimal]:
    """The figures of a template that an owner may set, by what they are and of which dimension or grade."""
    return rules.figures(form)


def template(key: str) -> Form:
    """One of the templates. Raises `LookupError` where there is none of that name."""
    for form in templates():
        if form.id == key:
            return form
    raise LookupError(key)


@once
def cycles() -> list[CycleRow]:
    """Every round, that of the latest period first."""
    return sorted(_cycles(), key=lambda row: (row.period.end, row.id), reverse=True)


def cycle(number: int) -> CycleRow:
    """One round. Raises `LookupError` where there is none."""
    for row in _cycles(Cycle.id == number):
        return row
    raise LookupError(number)


def _cycles(*where: Any) -> list[CycleRow]:
    states: dict[int, Counter[str]] = {}
    for number, state in rows(Review.select(Review.cycle, Review.state)):
        states.setdefault(number, Counter())[state] += 1
    found = []
    for each in Cycle.select().where(*(where or (True,))):
        count = states.get(each.id, Counter())
        found.append(
            CycleRow(
                each.id, each.period, each.template, Both(each.name_zh, each.name_en), each.state, each.started,
                each.due, count.total(), count[CONFIRM] + count[SIGNED], count[SIGNED],
            )
        )  # fmt: skip
    return found


def form(cycle: int) -> Form:
    """The template of a round, as it was when the round began."""
    return _form(Cycle.get_by_id(cycle).form)


def dimension_name(kept: str, dimension: str) -> Both | str:
    """What a dimension is called in a template kept as text; its key where the template has none such."""
    return next((each.name for each in _form(kept).dimensions if each.id == dimension), dimension)


@cache
def _form(kept: str) -> Form:
    return rules.from_plain(json.loads(kept))


@once
def reviews(cycle: int) -> list[ReviewRow]:
    """The reviews of a round, in order of pinyin."""
    template = form(cycle)
    given: dict[int, dict[str, Decimal | None]] = {}
    scores = Score.select(Score.review, Score.dimension, Score.score).join(Review).where(Review.cycle == cycle)
    for review, dimension, score in rows(scores):
        given.setdefault(review, {})[dimension] = score
    found = (
        Review.select(
            Review.id, Person.id, Person.name, Person.pinyin, Person.position, Person.team, Review.state, Review.signed
        )
        .join(Person)
        .where(Review.cycle == cycle)
        .order_by(Person.pinyin, Person.id)
    )
    return [_row(template, given.get(row[0], {}), *row) for row in rows(found)]


def results(person: int) -> list[Result]:
    """What came of somebody's signed reviews, that of the latest period first."""
    signed = (
        Review.select(Review.id, Cycle.period, Review.total, Review.grade)
        .join(Cycle)
        .where(Review.state == SIGNED, Review.person == person)
    )
    return sorted((Result(*row) for row in rows(signed)), key=lambda each: (each.period.end, each.review), reverse=True)


def _row(template: Form, scores: Mapping[str, Decimal | None], *facts: Any) -> ReviewRow:
    number, person, name, pinyin, position, group, state, signed = facts
    done = sum(score is not None for score in scores.values())
    total, level = _judged(template, scores)
    complete = done == len(template.dimensions)
    grade = level.grade if level else ""
    return ReviewRow(
        number, person, name, pinyin, position, group, state, total if complete else None, grade, done,
        len(template.dimensions), signed,
    )  # fmt: skip


def _judged(template: Form, scores: Mapping[str, Decimal | None]) -> tuple[Decimal | None, Level | None]:
    """The points so far, and the grade once every dimension is scored."""
    given = [(each, scores.get(each.id)) for each in template.dimensions]
    if all(score is None for _, score in given):
        return None, None
    total = rules.total(rules.points(score, each.weight, template.highest) for each, score in given)
    if any(score is None for _, score in given):
        return total, None
    return total, rules.grade(total, template, vetoed=rules.vetoed(scores, template))


def sheet(review: int) -> ReviewSheet:
    """One whole review. Raises `LookupError` where there is none."""
    for found in sheets([review]):
        return found
    raise LookupError(review)


BATCH = 50
"""How many reviews are read at once, so that a thousand take no more memory than fifty."""


def sheets(numbers: Sequence[int]) -> Iterator[ReviewSheet]:
    """These reviews whole, in the order asked for."""
    for start in range(0, len(numbers), BATCH):
        yield from _sheets(numbers[start : start + BATCH])


def _sheets(numbers: Sequence[int]) -> Iterator[ReviewSheet]:
    wanted = Review.select(Review, Cycle).join(Cycle).where(Review.id.in_(list(numbers)))
    found: dict[int, Any] = {r.id: r for r in wanted}
    people = {row.id: row for row in _people([r.person_id for r in found.values()])}
    live = [r for r in found.values() if r.state != SIGNED]
    given = _scores([r.id for r in live])
    steps = _steps([r.id for r in live])
    before = _before([r.person_id for r in live])
    agreed: dict[tuple[Period, int], list[goals.GoalRow]] = {}
    for period in {r.cycle.period for r in live}:
        reviewed = [r.person_id for r in live if r.cycle.period == period]
        agreed |= {(period, person): lines for person, lines in goals.agreed(period, reviewed).items()}
    for number in numbers:
        if (r := found.get(number)) is None:
            continue
        if r.state == SIGNED:
            yield _signed(r)
            continue
        last = _last(before.get(r.person_id, ()), r.cycle.period)
        lines = agreed.get((r.cycle.period, r.person_id), [])
        yield _live(r, people[r.person_id], lines, given.get(r.id, {}), steps.get(r.id, ()), last)


def _people(numbers: Sequence[int]) -> list[team.PersonRow]:
    if len(numbers) == 1:
        return [team.person(numbers[0])]
    return team.people(leavers=True, owner=True)


def _scores(reviews: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    given: Iterable[Any] = Score.select().where(Score.review.in_(list(reviews)))
    for each in given:
        found.setdefault(each.review_id, {})[each.dimension] = each
    return found


def _steps(reviews: Sequence[int]) -> dict[int, tuple[StepLine, ...]]:
    found: dict[int, tuple[StepLine, ...]] = {}
    columns = (Step.item, Step.action, Step.measure, Step.by, Step.support)
    wanted = Step.select(Step.review, *columns).where(Step.review.in_(list(reviews))).order_by(Step.id)
    for review, *values in rows(wanted):
        found[review] = (*found.get(review, ()), StepLine(*values))
    return found


@frozen
class _Earlier:
    """A review that was signed before."""

    period: Period
    total: Decimal | None
    scores: Mapping[str, Decimal | None]


def _before(people: Sequence[int]) -> dict[int, list[_Earlier]]:
    """The signed reviews of these people."""
    signed = (
        Review.select(Review.id, Review.person, Cycle.period, Review.total)
        .join(Cycle)
        .where(Review.state == SIGNED, Review.person.in_(list(people)))
    )
    past = rows(signed)
    scores: dict[int, dict[str, Decimal | None]] = {}
    given = Score.select(Score.review, Score.dimension, Score.score)
    for review, dimension, score in rows(given.where(Score.review.in_([row[0] for row in past]))):
        scores.setdefault(review, {})[dimension] = score
    found: dict[int, list[_Earlier]] = {}
    for review, person, period, total in past:
        found.setdefault(person, []).append(_Earlier(period, total, scores.get(review, {})))
    return found


def _last(signed: Iterable[_Earlier], period: Period) -> _Earlier | None:
    """The latest of them for an earlier period of the same length."""
    fitting = [each for each in signed if each.period.months == period.months and each.period.end < period.start]
    return max(fitting, key=lambda each: each.period.end, default=None)


def _live(
    r: Any,
    who: team.PersonRow,
    lines: Sequence[goals.GoalRow],
    given: Mapping[str, Any],
    steps: tuple[StepLine, ...],
    last: _Earlier | None,
) -> ReviewSheet:
    template = _form(r.cycle.form)
    scores = {key: each.score for key, each in given.items()}
    total, level = _judged(template, scores)
    effect = rules.effect(level.grade, template) if level else None
    return ReviewSheet(
        id=r.id, cycle=r.cycle_id, person=who.id, number=who.number, name=who.name, position=who.position,
        team=who.team, joined=who.joined, days=rules.days_in_post(who.joined, r.cycle.period), period=r.cycle.period,
        template=template.name, form=template, state=r.state,
        goals=tuple(map(_goal, lines)),
        dimensions=tuple(_line(template, each, given.get(each.id), last) for each in template.dimensions),
        highlights=r.highlights, improve=r.improve, comment=r.comment, opinion=r.opinion,
        outcomes=tuple(r.outcomes.split()), suggested=rules.suggested(level.grade, template) if level else (),
        steps=steps, done=sum(score is not None for score in scores.values()), total=total,
        grade=level.grade if level else "", factor=effect.factor if effect else None, level=level, effect=effect,
        last_total=last.total if last else None, last_period=last.period if last else None, signed=None, sha256="",
    )  # fmt: skip


def _goal(g: goals.GoalRow) -> GoalLine:
    start = None if g.source == goals.SALES else g.start
    return GoalLine(g.goal, g.metric_name, g.unit, start, g.target, g.actual, g.attainment, g.weight, g.note)


def _line(template: Form, each: Dimension, given: Any, last: _Earlier | None) -> Line:
    score = given.score if given else None
    return Line(
        each.id, each.name, each.weight, each.definition, each.anchors, each.hints, each.veto,
        given.self_score if given else None, score, rules.points(score, each.weight, template.highest),
        last.scores.get(each.id) if last else None, given.evidence if given else "",
    )  # fmt: skip


def document(sheet: ReviewSheet, signed: date) -> str:
    """What is signed, as one canonical text: the same review gives the same text, letter by letter."""
    kept = {
        "version": 1,
        "form": _fingerprint(_canonical(rules.to_plain(sheet.form))),
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
            }
            for d in sheet.dimensions
        ],
        "texts": [sheet.highlights, sheet.improve, sheet.comment, sheet.opinion],
        "outcomes": list(sheet.outcomes),
        "steps": [[s.item, s.action, s.measure, _day(s.by), s.support] for s in sheet.steps],
        "result": [_plain(sheet.total), sheet.grade, _plain(sheet.factor)],
        "last": [_plain(sheet.last_total), str(sheet.last_period) if sheet.last_period else None],
        "signed": _day(signed),
    }
    return _canonical(kept)


def fingerprint(document: str) -> str:
    """The SHA-256 of a signed text."""
    return _fingerprint(document)


def genuine(review: int) -> bool:
    """Whether what was signed still has the fingerprint it was signed with."""
    kept = Review.get_by_id(review)
    return bool(kept.document) and _fingerprint(kept.document) == kept.sha256


def _canonical(kept: Mapping[str, Any]) -> str:
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


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


def _signed(r: Any) -> ReviewSheet:
    """A signed review, from the text that was signed; the form gives the anchors beside it."""
    kept = json.loads(r.document)
    template = _form(r.cycle.form)
    by_id = {each.id: each for each in template.dimensions}
    number, name, position, group, joined, days = kept["person"]
    total, grade, factor = kept["result"]
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
        last_period=Period.parse(last_period) if last_period else None, signed=_date(kept["signed"]), sha256=r.sha256,
    )  # fmt: skip


def _goal_kept(kept: Mapping[str, Any]) -> GoalLine:
    start, target, actual = map(_figure, kept["figures"])
    metric = kept["metric"]
    reached = kept["attainment"]
    return GoalLine(
        kept["name"], Both(*metric) if isinstance(metric, list) else metric, kept["unit"], start, target, actual,
        Share(reached) if reached is not None else None, _figure(kept["weight"]), kept["note"],
    )  # fmt: skip


def _line_kept(kept: Mapping[str, Any], each: Dimension) -> Line:
    return Line(
        each.id, Both(*kept["name"]), _figure(kept["weight"]), each.definition, each.anchors, each.hints, each.veto,
        _figure(kept["self"]), _figure(kept["score"]), _figure(kept["points"]), _figure(kept["last"]),
        kept["evidence"],
    )  # fmt: skip


@frozen
class FormRow:
    """A form that went out to be filled in, and what became of it."""

    id: int
    review: int
    person: int
    name: str
    """Whom it is about."""
    period: Period
    cycle: int
    relation: str
    rater: str
    nonce: str
    version: int
    issued: date
    state: str
    returned: date | None
    review_state: str

    @property
    def is_signed(self) -> bool:
        """Whether its review is signed, so that nothing can be taken over any more."""
        return self.review_state == SIGNED


_FORM_COLUMNS = (
    RaterForm.id, RaterForm.review, Person.id, Person.name, Cycle.period, Cycle.id, RaterForm.relation,
    RaterForm.rater, RaterForm.nonce, RaterForm.version, RaterForm.issued, RaterForm.state, RaterForm.returned,
    Review.state,
)  # fmt: skip


def rater_forms(cycle: int) -> list[FormRow]:
    """The forms of a round that were sent out, those of one person in their order."""
    return _rater_forms((Review.cycle == cycle) & (RaterForm.state != CREATED))


def forms_numbered(numbers: Sequence[int]) -> list[FormRow]:
    """These forms, in the order of their people."""
    return _rater_forms(RaterForm.id.in_(list(numbers)))


def forms_known(nonces: Iterable[str]) -> dict[str, FormRow]:
    """The forms that bear these numbers used once, by them."""
    return {row.nonce: row for row in _rater_forms(RaterForm.nonce.in_(list(nonces)))}


def _rater_forms(where: Any) -> list[FormRow]:
    found = (
        RaterForm.select(*_FORM_COLUMNS).join(Review).join(Person).switch(Review).join(Cycle).where(where)
        .order_by(Person.pinyin, Person.id, RaterForm.id)
    )  # fmt: skip
    return [FormRow(*row) for row in rows(found)]


def answers(review: int, relation: str = rules.OWN) -> dict[str, str]:
    """What was taken over from the forms about somebody, by question; what came last stands."""
    found = (
        Answer.select(Answer.key, Answer.text).join(RaterForm)
        .where(RaterForm.review == review, RaterForm.relation == relation, Answer.is_taken).order_by(Answer.id)
    )  # fmt: skip
    return dict(rows(found))


def came_back(form: int) -> dict[str, str]:
    """Every answer that came back on a form, taken over or not."""
    return dict(rows(Answer.select(Answer.key, Answer.text).where(Answer.form == form)))


def in_words(review: int) -> list[tuple[Message, str]]:
    """What somebody wrote of himself, by question, in the order of the form; his ratings stand with the scores."""
    said = answers(review)
    if not said:
        return []
    about: Any = Review.get_by_id(review)
    asked = rules.questions(form(about.cycle_id), rules.OWN)
    return [(each.label, said[each.key]) for each in asked if each.kind != rules.RATING and said.get(each.key)]


def question_name(kept: str, relation: str, key: str) -> Message | str:
    """What a question of a form is called; its key where there is none such."""
    asked = rules.questions(_form(kept), relation) if relation == rules.OWN else ()
    return next((each.label for each in asked if each.key == key), key)


def seal(known: Mapping[str, str], *contents: str) -> str:
    """The seal of this file's owner over a form."""
    return rules.seal(derived_key("rater form"), known, *contents)


FRESH = timedelta(days=45)
"""How long after a period the owner is reminded that its reviews were never started."""


def notices(today: date) -> Iterable[Notice]:
    """Rounds with reviews still to be signed, and a period that ended without a round."""
    every = cycles()
    for row in every:
        if row.state == RUNNING and row.signed < row.people:
            waiting = row.people - row.signed
            what = M("{count} reviews of {period} are still to be signed", count=waiting, period=row.period)
            detail = M("{scored} of {people} scored, {signed} signed", scored=row.scored, people=row.people,
                       signed=row.signed)  # fmt: skip
            yield Notice(what, row.due, Link("reviews", _next(row.id)), detail, N_("Go on scoring"))
    quarter = team.season().of(today).before
    started = any(row.period == quarter for row in every)
    if not started and today - quarter.end <= FRESH and _worked_in(quarter):
        what = M("The reviews of {period} have not been started", period=quarter)
        yield Notice(what, quarter.end + rules.TIME, Link("reviews"), None, N_("Start"))


def _worked_in(period: Period) -> bool:
    return any(row.joined is not None and row.joined <= period.end for row in team.people())


def _next(cycle: int) -> int | None:
    """The first review of a round that is still to be signed."""
    waiting = Review.select(Review.id).join(Person).where(Review.cycle == cycle, Review.state != SIGNED)
    number: int | None = waiting.order_by(Person.pinyin, Person.id).scalar()
    return number


def _found(number: int, person: str, zh: str, en: str, period: Period, state: str) -> Found:
    said = (Both(zh, en), period, Message(Review.state.label(state)))
    return Found(N_("Reviews"), Link("reviews", number), person, said)


def _found_step(_number: int, review: int, item: str, person: str, period: Period) -> Found:
    return Found(N_("Improvement steps"), Link("reviews", review), item, (person, period))


def _found_answer(_number: int, review: int, text: str, person: str, period: Period) -> Found:
    return Found(N_("Self-assessment"), Link("reviews", review), text, (person, period))


FINDS = (
    Findable(
        Review,
        (Review.highlights, Review.improve, Review.comment, Review.opinion),
        Review.select(Review.id, Person.name, Cycle.name_zh, Cycle.name_en, Cycle.period, Review.state)
        .join(Person).switch(Review).join(Cycle).order_by(Review.id.desc()),
        _found,
        whose=Review.person,
    ),
    Findable(
        Step,
        (Step.item, Step.action, Step.measure),
        Step.select(Step.id, Step.review, Step.item, Person.name, Cycle.period)
        .join(Review).join(Person).switch(Review).join(Cycle).order_by(Step.id.desc()),
        _found_step,
    ),
    Findable(
        Answer,
        (Answer.text,),
        Answer.select(Answer.id, RaterForm.review, Answer.text, Person.name, Cycle.period)
        .join(RaterForm).join(Review).join(Person).switch(Review).join(Cycle).order_by(Answer.id.desc()),
        _found_answer,
    ),
)  # fmt: skip
