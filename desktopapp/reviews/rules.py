"""From scores to a grade: the form of a review, what a score may be, what it comes to. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from desktopapp.kernel.clean import clean, clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.period import Period

SELF, MANAGER, CONFIRM, SIGNED = "self", "manager", "confirm", "signed"
MOST = Decimal(5)
"""The highest coefficient taken for meant."""
PLACES = Decimal("0.01")
"""To what points and totals are rounded, half up, as on the printed form."""


@frozen
class Dimension:
    """One thing everybody is judged on."""

    id: str
    name: Both
    definition: Both
    weight: Decimal
    anchors: tuple[tuple[Decimal, Both], ...]
    """What earns which score, the best first."""
    hints: tuple[Both, ...]
    """Where evidence for it is found."""
    veto: bool
    """Whether the lowest score on it caps the grade at the lowest."""


@frozen
class Level:
    """A grade: the total it takes, and the score it stands for."""

    score: Decimal
    grade: str
    name: Both
    meaning: Both
    least: Decimal


@frozen
class Effect:
    """What a grade leads to."""

    grade: str
    factor: Decimal
    """Times the performance bonus; the owner's to set, and printed on the form that is signed."""
    action: Both


@frozen
class Form:
    """A template of a review: dimensions, scale and what follows. A round keeps its own copy."""

    id: str
    name: Both
    timing: Both
    rule: Both
    lowest: Decimal
    highest: Decimal
    step: Decimal
    with_self: bool
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    """The best first."""
    effects: tuple[Effect, ...]
    """The best first."""


Figures = Mapping[tuple[str, str], Decimal]
"""Figures of a template, by what they are of it (weight, least, factor) and of which dimension or grade."""


def figures(form: Form) -> dict[tuple[str, str], Decimal]:
    """The figures of a template that an owner may set."""
    return {
        **{("weight", each.id): each.weight for each in form.dimensions},
        **{("least", level.grade): level.least for level in form.levels},
        **{("factor", each.grade): each.factor for each in form.effects},
    }


def adjusted(form: Form, given: Figures) -> Form:
    """A template with some of its figures set otherwise."""
    if not given:
        return form
    now = {**figures(form), **given}
    return replace(
        form,
        dimensions=tuple(replace(each, weight=now["weight", each.id]) for each in form.dimensions),
        levels=tuple(replace(level, least=now["least", level.grade]) for level in form.levels),
        effects=tuple(replace(each, factor=now["factor", each.grade]) for each in form.effects),
    )


def check_form(form: Form) -> None:
    """Refuse a template whose weights are not 100.00 or whose grades or factors do not fall in order."""
    summed = sum((each.weight for each in form.dimensions), Decimal(0)).quantize(PLACES, ROUND_HALF_UP)
    if any(each.weight < 0 for each in form.dimensions):
        raise Refused(M("A weight is not below zero."), "weight")
    if summed != 100:
        raise Refused(M("The weights add up to {sum}, not to 100.", sum=summed), "weight")
    if not _falls(level.least for level in form.levels):
        raise Refused(M("A better grade must take a higher total."), "least")
    if any(not 0 <= level.least <= 100 for level in form.levels) or form.levels[-1].least != 0:
        raise Refused(M("Totals go from 0 to 100, and the lowest grade begins at 0."), "least")
    if not all(0 <= each.factor <= MOST for each in form.effects):
        raise Refused(M("A coefficient is between 0 and {most}.", most=MOST), "factor")
    if not _falls(effect.factor for effect in form.effects):
        raise Refused(M("A better grade must not lead to a lower coefficient."), "factor")


def _falls(numbers: Iterable[Decimal]) -> bool:
    return all(before >= after for before, after in pairwise(numbers))


def check_score(score: Decimal | None, form: Form) -> None:
    """Refuse a score off the scale, by its decimals too; none at all takes a score back."""
    if score is None:
        return
    if not form.lowest <= score <= form.highest:
        words = M("A score is between {lowest} and {highest}.", lowest=form.lowest, highest=form.highest)
        raise Refused(words, "score")
    if (score - form.lowest) % form.step:
        raise Refused(M("Scores go in steps of {step}; {score} is none.", step=form.step, score=score), "score")


def points(score: Decimal | None, weight: Decimal, highest: Decimal) -> Decimal | None:
    """What a score on a dimension earns of its weight."""
    return None if score is None else (score / highest * weight).quantize(PLACES, ROUND_HALF_UP)


def total(earned: Iterable[Decimal | None]) -> Decimal:
    """The sum of the points as they are printed, so that a reader who adds them up finds the same."""
    return sum((each for each in earned if each is not None), Decimal(0))


def vetoed(scores: Mapping[str, Decimal | None], form: Form) -> bool:
    """Whether a dimension that admits no failing was failed."""
    return any(each.veto and scores.get(each.id) == form.lowest for each in form.dimensions)


def grade(total: Decimal, form: Form, *, vetoed: bool = False) -> Level:
    """The grade a total earns; a veto leaves the lowest."""
    if vetoed:
        return form.levels[-1]
    return next((level for level in form.levels if total >= level.least), form.levels[-1])


def effect(grade: str, form: Form) -> Effect | None:
    """What a grade leads to, where the template says."""
    return next((each for each in form.effects if each.grade == grade), None)


OUTCOMES = (
    ("reward", N_("Reward")),
    ("promotion", N_("Promotion candidate")),
    ("training", N_("Training")),
    ("plan", N_("Improvement plan")),
    ("role", N_("Change of role")),
    ("keep", N_("Keep")),
)
"""The uses of a result that a form offers to tick, in its order."""


def suggested(grade: str, form: Form) -> tuple[str, ...]:
    """The uses that go with a grade, by its place on the scale."""
    grades = [level.grade for level in form.levels]
    if grade not in grades:
        return ()
    place = grades.index(grade) / max(len(grades) - 1, 1)
    if place < 0.5:
        return ("reward", "promotion")
    return ("keep",) if place == 0.5 else ("training", "plan")


def state(self_scores: Sequence[Decimal | None], scores: Sequence[Decimal | None], *, with_self: bool) -> str:
    """How far a review that is not signed has come."""
    if all(score is not None for score in scores):
        return CONFIRM
    waiting = with_self and None in self_scores
    return SELF if waiting and not any(score is not None for score in scores) else MANAGER


RENORMALISE, ZERO, BLOCK = "renormalise", "zero", "block"


def merged(scores: Mapping[str, Decimal | None], weights: Mapping[str, Decimal], policy: str = RENORMALISE) -> Decimal:
    """The weighted score of several raters, or of several parts.

    Who is missing is left out and the other weights stand for the whole; or counts as zero; or
    stops the sum, as the template says.
    """
    present = {rater: score for rater in weights if (score := scores.get(rater)) is not None}
    if policy == BLOCK and len(present) < len(weights):
        raise Refused(M("Somebody's scores are still missing."), "score")
    counted = weights if policy == ZERO else present
    whole = sum((weights[rater] for rater in counted), Decimal(0))
    if not whole:
        raise Refused(M("Nobody has scored yet."), "score")
    return sum((weights[rater] * score for rater, score in present.items()), Decimal(0)) / whole


TIME = timedelta(days=10)
"""How long after its period a round takes, and at least after it was started."""


def due(period: Period, today: date) -> date:
    """When a round is to be finished unless the owner says otherwise."""
    return max(period.end, today) + TIME


def days_in_post(joined: date | None, period: Period) -> int | None:
    """How many days of the firm a person had by the end of a period."""
    return None if joined is None else max((period.end - joined).days + 1, 0)


OWN = "self"
RELATIONS = (
    (OWN, N_("Self-assessment")),
    ("superior", N_("Superior's rating")),
    ("peer", N_("Peer rating")),
    ("report", N_("Subordinate's rating")),
    ("customer", N_("Customer's rating")),
)
"""Who may fill in a form about somebody."""
RATING, WORDS, LINE, TICK = "rating", "words", "line", "tick"
RESULTS = 5
"""How many results a self-assessment has room for."""
SIGNER, SURE, DATED = "signer", "sure", "dated"
"""What stands for a signature on a form that is filled in on the screen."""
YES = "Yes"


@frozen
class Question:
    """One thing a form asks; its key names it in the file, whatever language the file is in."""

    key: str
    kind: str
    label: Message
    most: int = 0
    """The most characters of its answer."""
    dimension: str = ""
    """What a rating is of."""


def questions(form: Form, relation: str) -> tuple[Question, ...]:
    """What a form asks of whoever stands so to the person reviewed, in the order of the paper."""
    if relation != OWN:
        raise LookupError(relation)
    results = tuple(
        Question(f"result:{nth}:{part}", LINE, M(label, nth=nth), 200)
        for nth in range(1, RESULTS + 1)
        for part, label in (("what", N_("Result {nth}")), ("proof", N_("Result {nth}: numbers and dates")),
                            ("whose", N_("Result {nth}: customer or product")))
    )  # fmt: skip
    rated = tuple(
        each
        for one in form.dimensions
        for each in (
            Question(f"score:{one.id}", RATING, M("Self-assessment of “{dimension}”", dimension=one.name), 8, one.id),
            Question(f"example:{one.id}", WORDS, M("Example for “{dimension}”", dimension=one.name), 400),
        )
    )
    return (
        *results, *rated,
        Question("gain", WORDS, M("Biggest gain and shortfall"), 1000),
        Question("needs", WORDS, M("Support and training needed"), 1000),
    )  # fmt: skip


def choices(form: Form) -> tuple[Decimal, ...]:
    """The scores there are, the lowest first."""
    count = int((form.highest - form.lowest) / form.step) + 1
    return tuple(form.lowest + nth * form.step for nth in range(count))


def answer(question: Question, text: str, form: Form) -> str:
    """What was answered as it is kept: a score as a plain number, words without what cannot be seen.

    Raises `Refused` where it is no answer to the question.
    """
    said = clean(text).strip() if question.kind == WORDS else clean_line(text)
    if len(said) > question.most:
        raise Refused(M("At most {most} characters; this has {length}.", most=question.most, length=len(said)))
    if question.kind != RATING or not said:
        return said
    if not said.replace(".", "", 1).isdecimal() or not said.isascii():
        raise Refused(M("“{text}” is no score.", text=said))
    score = Decimal(said)
    check_score(score, form)
    return f"{score.normalize():f}"


def seal(key: bytes, known: Mapping[str, str], *contents: str) -> str:
    """What nobody but the holder of the key could have written over a form: what it is known by and what it asks."""
    sealed = json.dumps([sorted(known.items()), contents], ensure_ascii=True).encode()
    return hmac.new(key, sealed, hashlib.sha256).hexdigest()


def to_plain(form: Form) -> dict[str, Any]:
    """A template as text, lists and dicts, for a round to keep."""
    return {
        "id": form.id,
        "name": _pair(form.name),
        "timing": _pair(form.timing),
        "rule": _pair(form.rule),
        "scale": [str(form.lowest), str(form.highest), str(form.step)],
        "with_self": form.with_self,
        "dimensions": [
            {
                "id": each.id,
                "name": _pair(each.name),
                "definition": _pair(each.definition),
                "weight": str(each.weight),
                "anchors": [[str(score), *_pair(text)] for score, text in each.anchors],
                "hints": [_pair(hint) for hint in each.hints],
                "veto": each.veto,
            }
            for each in form.dimensions
        ],
        "levels": [
            [str(each.score), each.grade, _pair(each.name), _pair(each.meaning), str(each.least)]
            for each in form.levels
        ],
        "effects": [[each.grade, str(each.factor), _pair(each.action)] for each in form.effects],
    }


def from_plain(kept: Mapping[str, Any]) -> Form:
    """The template so kept."""
    lowest, highest, step = map(Decimal, kept["scale"])
    return Form(
        kept["id"], Both(*kept["name"]), Both(*kept["timing"]), Both(*kept["rule"]), lowest, highest, step,
        kept["with_self"],
        tuple(
            Dimension(
                each["id"], Both(*each["name"]), Both(*each["definition"]), Decimal(each["weight"]),
                tuple((Decimal(score), Both(zh, en)) for score, zh, en in each["anchors"]),
                tuple(Both(*hint) for hint in each["hints"]), each["veto"],
            )
            for each in kept["dimensions"]
        ),
        tuple(
            Level(Decimal(score), letter, Both(*name), Both(*meaning), Decimal(least))
            for score, letter, name, meaning, least in kept["levels"]
        ),
        tuple(Effect(letter, Decimal(factor), Both(*action)) for letter, factor, action in kept["effects"]),
    )  # fmt: skip


def _pair(text: Both) -> list[str]:
    return [text.zh, text.en]
