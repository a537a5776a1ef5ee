"""Agreeing on goals and saying how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.goals import queries, rules
from desktopapp.goals.models import ACTIVE, CLOSED, CheckIn, Goal
from desktopapp.goals.rules import COUNTED, LOWER_FORM, OWN, SHORT, UP, WEEKLY
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.period import Period
from desktopapp.storage import unit
from desktopapp.team import queries as roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A goal as it is being written; `goal` is its number where it is there already."""

    name: str
    target: Decimal
    weight: Decimal
    goal: int | None = None
    horizon: str = SHORT
    metric: str = ""
    unit: str = ""
    start: Decimal | None = None
    direction: str = UP
    due: date | None = None
    note: str = ""
    parent: int | None = None
    part: Decimal | None = None
    rollup: str = OWN
    lower: str = LOWER_FORM
    cadence: str = WEEKLY
    basis: str = COUNTED


@frozen
class Set:
    """Whose goals of which period: a person's, a team's, or the firm's where neither is named."""

    person: int | None
    team: str
    period: Period

    @property
    def name(self) -> str | Message:
        """Whose they are."""
        if self.person is not None:
            return roster.person(self.person).name
        return self.team or M("the firm")

    @property
    def where(self) -> tuple[Any, ...]:
        """The conditions of the goals in it."""
        whose = Goal.person.is_null() if self.person is None else Goal.person == self.person
        return whose, Goal.team == self.team, Goal.period == self.period


def set_goal(*, person: int | None = None, team: str = "", period: Period, today: date, **values: Any) -> int:
    """Agree on one goal of a person, of a team, or of the firm; `values` are named as the fields of `Draft`.

    Gives the number. The set it joins may stay short of 100 while it is being built.
    """
    draft, joined = Draft(**values), Set(person, team, period)
    _check(draft, joined, today)
    with unit("goals.set", M("Set the goal “{goal}” for {name}", goal=draft.name, name=joined.name)):
        return _keep(draft, joined)


def change_goal(*, goal: int, period: Period, today: date, **values: Any) -> None:
    """Agree anew on a goal that is there."""
    found, draft = _goal(goal), Draft(goal=goal, **values)
    joined = Set(found.person_id, found.team, period)
    _check(draft, joined, today)
    _check_parts(draft, joined)
    with unit("goals.change", M("Change the goal “{goal}” of {name}", goal=draft.name, name=joined.name)):
        _keep(draft, joined)


def set_goals(
    *, person: int | None = None, team: str = "", period: Period, goals: Sequence[Draft], today: date
) -> tuple[int, ...]:
    """Agree on somebody's whole set for a period: its weights are 100, and what it leaves out goes."""
    rules.check_weights([draft.weight for draft in goals])
    joined = Set(person, team, period)
    for draft in goals:
        _check(draft, joined, today, others=goals)
    with unit("goals.set_all", M("Agree on the goals of {name} for {period}", name=joined.name, period=period)):
        stay = [draft.goal for draft in goals if draft.goal is not None]
        gone = Goal.select(Goal.id).where(*joined.where, Goal.state == ACTIVE)
        _delete([each.id for each in gone.where(Goal.id.not_in(stay))])
        return tuple(_keep(draft, joined) for draft in goals)


def close_goal(*, goal: int, reason: str) -> None:
    """Give up a goal, saying why; it no longer counts and stays readable."""
    found = _goal(goal)
    if not reason.strip():
        raise Refused(M("Write why it is closed."), "reason")
    with unit("goals.close", M("Close the goal “{goal}”", goal=found.name)):
        Goal.update(state=CLOSED, reason=reason).where(Goal.id == goal).execute()


def reopen_goal(*, goal: int) -> None:
    """Take up again a goal that was closed."""
    found = _goal(goal)
    with unit("goals.reopen", M("Reopen the goal “{goal}”", goal=found.name)):
        Goal.update(state=ACTIVE, reason="").where(Goal.id == goal).execute()


def delete_goal(*, goal: int) -> None:
    """Take a goal out, with what was typed in for it."""
    found = _goal(goal)
    with unit("goals.delete", M("Delete the goal “{goal}”", goal=found.name)):
        _delete([goal])


def delete_goals(*, goals: Sequence[int]) -> None:
    """Take goals out in one request, with what was typed in for them."""
    with unit("goals.delete_many", M("Delete {count} {count:goal|goals}", count=len(goals))):
        _delete(list(goals))


def close_goals(*, goals: Sequence[int], reason: str) -> None:
    """Give up goals in one request, for one reason; those that are closed already stay as they are."""
    if not reason.strip():
        raise Refused(M("Write why it is closed."), "reason")
    open_ = [each.id for each in Goal.select(Goal.id).where(Goal.id.in_(list(goals)), Goal.state == ACTIVE)]
    if not open_:
        raise Refused(M("These goals are closed already."), "reason")
    with unit("goals.close_many", M("Close {count} {count:goal|goals}", count=len(open_))):
        Goal.update(state=CLOSED, reason=reason).where(Goal.id.in_(open_)).execute()


def weigh_goals(*, goals: Sequence[int], weight: Decimal) -> None:
    """Give goals the same weight in one request."""
    rules.check_weight(weight)
    words = M("Give {count} {count:goal|goals} a weight of {weight}%",
              count=len(goals), weight=f"{weight.normalize():f}")  # fmt: skip
    with unit("goals.weigh_many", words):
        Goal.update(weight=weight).where(Goal.id.in_(list(goals))).execute()


def add_goals(
    *, person: int | None = None, team: str = "", period: Period, goals: Sequence[Draft], today: date
) -> tuple[int, ...]:
    """Add goals to somebody's set in one request; a draft with a number changes that goal, the others stay."""
    joined = Set(person, team, period)
    for draft in goals:
        _check(draft, joined, today, others=goals)
    words = M("Take in {count} {count:goal|goals} of {name} for {period}",
              count=len(goals), name=joined.name, period=period)  # fmt: skip
    with unit("goals.add_many", words):
        return tuple(_keep(draft, joined) for draft in goals)


def check_in(
    *, goal: int, day: date, value: Decimal, comment: str = "", confidence: str | None = None, today: date
) -> int:
    """Say where a goal stood on a day; a second word on the same day takes the place of the first."""
    found = _goal(goal)
    if found.basis == COUNTED and queries.is_known(found.metric):
        raise Refused(M("This figure comes from the sales data; import them to bring it up to date."), "value")
    if found.rollup != OWN and Goal.select().where(Goal.parent == goal, Goal.state == ACTIVE).exists():
        raise Refused(M("This figure is made of the goals that serve it; note progress there."), "value")
    if found.state == CLOSED:
        raise Refused(M("This goal is closed."), "value")
    if day > today:
        raise Refused(M("This day is still to come."), "day")
    if day < found.period.start:
        raise Refused(M("{period} had not begun on this day.", period=found.period), "day")
    with unit("goals.check_in", M("Note where “{goal}” stands", goal=found.name)):
        said = CheckIn.get_or_none(CheckIn.goal == goal, CheckIn.day == day) or CheckIn(goal=goal, day=day)
        said.value, said.comment, said.confidence = value, comment, confidence
        said.save()
        return int(said.id)


def take_back(*, checkin: int) -> None:
    """Take out what was typed in for a day."""
    said = CheckIn.get_by_id(checkin)
    with unit("goals.take_back", M("Take out a figure of “{goal}”", goal=said.goal.name)):
        said.delete_instance()


def _goal(number: int) -> Any:
    return Goal.get_by_id(number)


def _check(draft: Draft, joined: Set, today: date, others: Sequence[Draft] = ()) -> None:
    rules.check(
        name=draft.name, period=joined.period, target=draft.target, weight=draft.weight, start=draft.start,
        direction=draft.direction, due=draft.due, horizon=draft.horizon, today=today,
    )  # fmt: skip
    if draft.name.strip() in _other_names(draft, joined, others):
        raise Refused(M("There is a goal of this name in {period} already.", period=joined.period), "name")
    if draft.part is not None and draft.part <= 0:
        raise Refused(M("A weight is more than 0."), "part")
    if draft.parent is not None:
        rules.check_parent(draft.goal, _place(draft, joined), draft.parent, queries.places())


def _check_parts(draft: Draft, joined: Set) -> None:
    """Refuse to move a goal in time away from those that serve it."""
    parts = Goal.select(Goal.id).where(Goal.parent == draft.goal, Goal.state == ACTIVE)
    place = _place(draft, joined)
    below = queries.places([each.id for each in parts]).values()
    if any(each.start < place.start or each.due > place.due for each in below):
        raise Refused(M("Goals that serve this one lie outside {period}.", period=joined.period), "period")


def _place(draft: Draft, joined: Set) -> rules.Place:
    period = joined.period
    return rules.Place(joined.person, joined.team, period.start, draft.due or period.end, draft.parent)


def _other_names(draft: Draft, joined: Set, others: Sequence[Draft]) -> set[str]:
    """The names of the other goals of the set: those being written with it, or those in the file."""
    if others:
        return {other.name.strip() for other in others if other is not draft}
    same = Goal.select(Goal.name).where(*joined.where, Goal.id != (draft.goal or 0))
    return {each.name for each in same}


_KEPT = (
    "name", "target", "weight", "horizon", "metric", "start", "direction", "due", "note", "parent", "part", "rollup",
    "lower", "cadence", "basis",
)  # fmt: skip


def _keep(draft: Draft, joined: Set) -> int:
    goal: Any = Goal(person=joined.person, team=joined.team) if draft.goal is None else _goal(draft.goal)
    for name in _KEPT:
        setattr(goal, name, getattr(draft, name))
    goal.period = joined.period
    goal.unit = queries.unit_of_metric(draft.metric) or draft.unit
    goal.save()
    return int(goal.id)


def _delete(goals: list[int]) -> None:
    """Goals that served them serve no goal any more."""
    Goal.update(parent=None).where(Goal.parent.in_(goals)).execute()
    CheckIn.delete().where(CheckIn.goal.in_(goals)).execute()
    Goal.delete().where(Goal.id.in_(goals)).execute()
