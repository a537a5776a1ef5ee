"""The form of a review: what is asked, how it is scored, and what a total earns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.period import HALF, MONTH, QUARTER, YEAR
from desktopapp.reviews.rules.law import check_no_fine
from desktopapp.reviews.rules.raters import NAMELESS, OWN, POLICIES, RELATIONS, RENORMALISE, SUPERIOR

MOST = Decimal(5)
"""The highest coefficient taken for meant."""
STEPS = 1000
"""More scores than one can tell apart."""
PLACES = Decimal("0.01")
"""To what points and totals are rounded, half up, as on the printed form."""
PROBATION = "probation"
KINDS = (
    ("month", N_("Monthly review")),
    ("quarter", N_("Quarterly review")),
    ("half", N_("Half-year review")),
    ("year", N_("Annual review")),
    (PROBATION, N_("End-of-probation review")),
)
"""What a template is for."""
LENGTHS = {"month": MONTH, "quarter": QUARTER, "half": HALF, "year": YEAR, PROBATION: MONTH}
"""How many months the period of each kind has; probations are reviewed in the month in which they end."""
FIFTHS = 5
"""How many behaviours describe a dimension, from the worst to the best."""


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
    """Whether a score no better than its worst behaviour caps the grade at the lowest."""
    section: str = ""
    asked: tuple[str, ...] = ()
    """Which nameless raters are asked about it; the person and the superior always are."""


@frozen
class Section:
    """Dimensions under one heading."""

    id: str
    name: Both


@frozen
class Level:
    """A grade: the total it takes, and the score it stands for."""

    score: Decimal
    grade: str
    name: Both
    meaning: Both
    least: Decimal
    share: Decimal = Decimal(0)
    """What part of the people is expected there, in percent; all zero where nothing is expected."""


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
    lowest: Decimal
    highest: Decimal
    step: Decimal
    with_self: bool
    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    """The best first."""
    effects: tuple[Effect, ...]
    """The best first."""
    kind: str = "quarter"
    letters: tuple[str, ...] = ()
    """What is written for each score, the lowest first; nothing where scores are written as numbers."""
    sections: tuple[Section, ...] = ()
    raters: tuple[tuple[str, Decimal], ...] = ((SUPERIOR, Decimal(100)),)
    """What part of a score each kind of raters has, in percent."""
    policy: str = RENORMALISE
    """What becomes of a result when somebody who was asked has not rated."""
    goal_weight: Decimal = Decimal(0)
    """What part of the total the goals of the period have, in percent."""
    goal_cap: Decimal | None = Decimal(1)
    """The attainment above which a goal earns no more; nothing where it always does."""

    @property
    def weights(self) -> dict[str, Decimal]:
        """What part of a score each kind of raters has that has any."""
        return {relation: weight for relation, weight in self.raters if weight}

    def written(self, score: Decimal) -> str:
        """A score as it is written: its letter, or the number."""
        nth = (score - self.lowest) / self.step
        is_whole = nth == int(nth) and 0 <= nth < len(self.letters)
        return self.letters[int(nth)] if is_whole else f"{score.normalize():f}"


def effect(grade: str, form: Form) -> Effect | None:
    """What a grade leads to, where the template says."""
    return next((each for each in form.effects if each.grade == grade), None)


Figures = Mapping[tuple[str, str], Decimal]
"""Figures of a template, by what they are of it (weight, least, share, factor) and of which dimension or grade."""


def figures(form: Form) -> dict[tuple[str, str], Decimal]:
    """The figures of a template that an owner may set."""
    return {
        **{("weight", each.id): each.weight for each in form.dimensions},
        **{("least", level.grade): level.least for level in form.levels},
        **{("share", level.grade): level.share for level in form.levels},
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
        levels=tuple(
            replace(level, least=now["least", level.grade], share=now["share", level.grade]) for level in form.levels
        ),
        effects=tuple(replace(each, factor=now["factor", each.grade]) for each in form.effects),
    )


def check_form(form: Form) -> None:
    """Refuse a template whose weights are not 100.00 or whose grades or factors do not fall in order."""
    if not form.dimensions:
        raise Refused(M("A template needs at least one dimension."), "weight")
    _check_names(form)
    _check_weights((*(each.weight for each in form.dimensions), form.goal_weight), "weight")
    if form.goal_cap is not None and not 0 < form.goal_cap <= MOST:
        raise Refused(M("Goals count up to an attainment above 0 and up to {most}%.", most=MOST * 100), "goals")
    _check_raters(form)
    _check_scale(form)
    if not _falls(level.least for level in form.levels):
        raise Refused(M("A better grade must take a higher total."), "least")
    if any(not 0 <= level.least <= 100 for level in form.levels) or form.levels[-1].least != 0:
        raise Refused(M("Totals go from 0 to 100, and the lowest grade begins at 0."), "least")
    if any(level.share for level in form.levels):
        _check_weights((level.share for level in form.levels), "share")
    if not all(0 <= each.factor <= MOST for each in form.effects):
        raise Refused(M("A coefficient is between 0 and {most}.", most=MOST), "factor")
    for each in form.effects:
        for text in (each.action.zh, each.action.en):
            check_no_fine(text, "action")
    if not _falls(effect.factor for effect in form.effects):
        raise Refused(M("A better grade must not lead to a lower coefficient."), "factor")


def _check_weights(weights: Iterable[Decimal], field: str) -> None:
    """Refuse weights below zero, or such as do not add up to 100.00."""
    given = list(weights)
    if any(weight < 0 for weight in given):
        raise Refused(M("A weight is not below zero."), field)
    summed = sum(given, Decimal(0)).quantize(PLACES, ROUND_HALF_UP)
    if summed != 100:
        raise Refused(M("The weights add up to {sum}, not to 100.", sum=summed), field)


def _check_names(form: Form) -> None:
    """Refuse names that are empty or stand twice, of dimensions and of grades."""
    for names, field in (([each.name.zh.strip() for each in form.dimensions], "name"),
                         ([level.grade.strip() for level in form.levels], "grade")):  # fmt: skip
        if not all(names):
            raise Refused(M("Give every dimension and every grade a name."), field)
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise Refused(M("“{name}” stands there twice.", name=twice), field)


def _check_raters(form: Form) -> None:
    _check_weights((weight for _, weight in form.raters), "raters")
    if not form.weights.get(SUPERIOR):
        raise Refused(M("The superior's rating must have a part in the score."), "raters")
    if form.weights.get(OWN) and not form.with_self:
        raise Refused(M("A self-assessment that counts must be asked for."), "raters")
    for relation in form.weights.keys() & set(NAMELESS):
        if not asked(form, relation):
            label = Message(dict(RELATIONS)[relation])
            words = M("“{relation}” has a part in the score, but is asked about no dimension.", relation=label)
            raise Refused(words, "raters")
    if form.policy not in dict(POLICIES):
        raise ValueError(form.policy)


def _check_scale(form: Form) -> None:
    if not 0 <= form.lowest < form.highest <= 1000:
        raise Refused(M("A scale goes from 0 or more up to 1,000 at most."), "scale")
    if form.step <= 0 or (form.highest - form.lowest) % form.step:
        raise Refused(M("The steps of a scale lead from its lowest score to its highest."), "scale")
    if (form.highest - form.lowest) / form.step > STEPS:
        raise Refused(M("A scale has at most {most} steps.", most=STEPS), "scale")
    if form.letters and len(form.letters) != len(choices(form)):
        raise Refused(M("A scale of letters has one for each score."), "scale")
    for each in form.dimensions:
        if len(each.anchors) != FIFTHS or not all(text.zh.strip() for _, text in each.anchors):
            raise Refused(M("Describe five behaviours for “{dimension}”.", dimension=each.name), each.id)


def rescaled(form: Form, lowest: Decimal, highest: Decimal, step: Decimal, letters: tuple[str, ...] = ()) -> Form:
    """A template on another scale: the five behaviours of each dimension stand at the same fifths of it."""
    def at(nth: int) -> Decimal:
        """The score of a behaviour, the worst being the first."""
        return highest * nth / FIFTHS

    return replace(
        form, lowest=lowest, highest=highest, step=step, letters=letters,
        dimensions=tuple(
            replace(each, anchors=tuple((at(FIFTHS - nth), text) for nth, (_, text) in enumerate(each.anchors)))
            for each in form.dimensions
        ),
    )  # fmt: skip


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


def asked(form: Form, relation: str) -> tuple[Dimension, ...]:
    """What raters of a kind are asked about."""
    return tuple(each for each in form.dimensions if relation not in NAMELESS or relation in each.asked)


def choices(form: Form) -> tuple[Decimal, ...]:
    """The scores there are, the lowest first."""
    count = int((form.highest - form.lowest) / form.step) + 1
    return tuple(form.lowest + nth * form.step for nth in range(count))


def to_plain(form: Form) -> dict[str, Any]:
    """A template as text, lists and dicts, for a round to keep."""
    return {
        "id": form.id,
        "name": _pair(form.name),
        "timing": _pair(form.timing),
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
                "section": each.section,
                "asked": list(each.asked),
            }
            for each in form.dimensions
        ],
        "levels": [
            [str(each.score), each.grade, _pair(each.name), _pair(each.meaning), str(each.least), str(each.share)]
            for each in form.levels
        ],
        "effects": [[each.grade, str(each.factor), _pair(each.action)] for each in form.effects],
        "kind": form.kind,
        "letters": list(form.letters),
        "sections": [[each.id, _pair(each.name)] for each in form.sections],
        "raters": [[relation, str(weight)] for relation, weight in form.raters],
        "policy": form.policy,
        "goals": [str(form.goal_weight), None if form.goal_cap is None else str(form.goal_cap)],
    }


def from_plain(kept: Mapping[str, Any]) -> Form:
    """The template so kept."""
    lowest, highest, step = map(Decimal, kept["scale"])
    goal_weight, goal_cap = kept["goals"]
    return Form(
        kept["id"], Both(*kept["name"]), Both(*kept["timing"]), lowest, highest, step, kept["with_self"],
        tuple(
            Dimension(
                each["id"], Both(*each["name"]), Both(*each["definition"]), Decimal(each["weight"]),
                tuple((Decimal(score), Both(zh, en)) for score, zh, en in each["anchors"]),
                tuple(Both(*hint) for hint in each["hints"]), each["veto"], each["section"], tuple(each["asked"]),
            )
            for each in kept["dimensions"]
        ),
        tuple(
            Level(Decimal(score), letter, Both(*name), Both(*meaning), Decimal(least), Decimal(share))
            for score, letter, name, meaning, least, share in kept["levels"]
        ),
        tuple(Effect(letter, Decimal(factor), Both(*action)) for letter, factor, action in kept["effects"]),
        kept["kind"], tuple(kept["letters"]), tuple(Section(key, Both(*name)) for key, name in kept["sections"]),
        tuple((relation, Decimal(weight)) for relation, weight in kept["raters"]), kept["policy"],
        Decimal(goal_weight), None if goal_cap is None else Decimal(goal_cap),
    )  # fmt: skip


def _pair(text: Both) -> list[str]:
    return [text.zh, text.en]
