"""Agreeing on goals and saying how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktopapp.goals import queries, rules
from desktopapp.goals.models import ACTIVE, CLOSED, CheckIn, Goal
from desktopapp.goals.rules import SHORT, UP
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.storage import unit
from desktopapp.team import queries as team


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


def set_goal(*, person: int, period: Period, today: date, **values: Any) -> int:
    """Agree on one goal; `values` are named as the fields of `Draft`. Gives the number.

    The set it joins may stay short of 100 while it is being built.
    """
    draft = Draft(**values)
    _check(draft, person, period, today)
    with unit("goals.set", M("Set the goal “{goal}” for {name}", goal=draft.name, name=team.person(person).name)):
        return _keep(draft, person, period)


def change_goal(*, goal: int, period: Period, today: date, **values: Any) -> None:
    """Agree anew on a goal that is there."""
    draft = Draft(goal=goal, **values)
    person = _goal(goal).person_id
    _check(draft, person, period, today)
    words = M("Change the goal “{goal}” of {name}", goal=draft.name, name=team.person(person).name)
    with unit("goals.change", words):
        _keep(draft, person, period)


def set_goals(*, person: int, period: Period, goals: Sequence[Draft], today: date) -> tuple[int, ...]:
    """Agree on a person's whole set for a period: its weights are 100, and what it leaves out goes."""
    rules.check_weights([draft.weight for draft in goals])
    for draft in goals:
        _check(draft, person, period, today, others=goals)
    words = M("Agree on the goals of {name} for {period}", name=team.person(person).name, period=period)
    with unit("goals.set_all", words):
        stay = [draft.goal for draft in goals if draft.goal is not None]
        gone = Goal.select(Goal.id).where(Goal.person == person, Goal.period == period, Goal.state == ACTIVE)
        _delete([each.id for each in gone.where(Goal.id.not_in(stay))])
        return tuple(_keep(draft, person, period) for draft in goals)


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
    with unit("goals.delete_many", M("Delete {count} goals", count=len(goals))):
        _delete(list(goals))


def close_goals(*, goals: Sequence[int], reason: str) -> None:
    """Give up goals in one request, for one reason; those that are closed already stay as they are."""
    if not reason.strip():
        raise Refused(M("Write why it is closed."), "reason")
    open_ = [each.id for each in Goal.select(Goal.id).where(Goal.id.in_(list(goals)), Goal.state == ACTIVE)]
    if not open_:
        raise Refused(M("These goals are closed already."), "reason")
    with unit("goals.close_many", M("Close {count} goals", count=len(open_))):
        Goal.update(state=CLOSED, reason=reason).where(Goal.id.in_(open_)).execute()


def weigh_goals(*, goals: Sequence[int], weight: Decimal) -> None:
    """Give goals the same weight in one request."""
    rules.check_weight(weight)
    words = M("Give {count} goals a weight of {weight}%", count=len(goals), weight=f"{weight.normalize():f}")
    with unit("goals.weigh_many", words):
        Goal.update(weight=weight).where(Goal.id.in_(list(goals))).execute()


def add_goals(*, person: int, period: Period, goals: Sequence[Draft], today: date) -> tuple[int, ...]:
    """Add goals to a person's set in one request; a draft with a number changes that goal, the others stay."""
    for draft in goals:
        _check(draft, person, period, today, others=goals)
    words = M("Take in {count} goals of {name} for {period}", count=len(goals), name=team.person(person).name,
              period=period)  # fmt: skip
    with unit("goals.add_many", words):
        return tuple(_keep(draft, person, period) for draft in goals)


def check_in(*, goal: int, day: date, value: Decimal, comment: str = "", today: date) -> int:
    """Say where a goal stood on a day; a second word on the same day takes the place of the first."""
    found = _goal(goal)
    if found.metric in queries.COUNTED:
        raise Refused(M("This figure comes from the sales data; import them to bring it up to date."), "value")
    if found.state == CLOSED:
        raise Refused(M("This goal is closed."), "value")
    if day > today:
        raise Refused(M("This day is still to come."), "day")
    if day < found.period.start:
        raise Refused(M("{period} had not begun on this day.", period=found.period), "day")
    with unit("goals.check_in", M("Note where “{goal}” stands", goal=found.name)):
        said = CheckIn.get_or_none(CheckIn.goal == goal, CheckIn.day == day) or CheckIn(goal=goal, day=day)
        said.value, said.comment = value, comment
        said.save()
        return int(said.id)


def take_back(*, checkin: int) -> None:
    """Take out what was typed in for a day."""
    said = CheckIn.get_by_id(checkin)
    with unit("goals.take_back", M("Take out a figure of “{goal}”", goal=said.goal.name)):
        said.delete_instance()


def _goal(number: int) -> Any:
    return Goal.get_by_id(number)


def _check(draft: Draft, person: int, period: Period, today: date, others: Sequence[Draft] = ()) -> None:
    rules.check(
        name=draft.name, period=period, target=draft.target, weight=draft.weight, start=draft.start,
        direction=draft.direction, due=draft.due, today=today,
    )  # fmt: skip
    if draft.name.strip() in _other_names(draft, person, period, others):
        raise Refused(M("There is a goal of this name in {period} already.", period=period), "name")


def _other_names(draft: Draft, person: int, period: Period, others: Sequence[Draft]) -> set[str]:
    """The names of the other goals of the set: those being written with it, or those in the file."""
    if others:
        return {other.name.strip() for other in others if other is not draft}
    same = Goal.select(Goal.name).where(Goal.person == person, Goal.period == period, Goal.id != (draft.goal or 0))
    return {each.name for each in same}


def _keep(draft: Draft, person: int, period: Period) -> int:
    goal: Any = Goal(person=person) if draft.goal is None else _goal(draft.goal)
    for name in ("name", "target", "weight", "horizon", "metric", "start", "direction", "due", "note"):
        setattr(goal, name, getattr(draft, name))
    goal.period = period
    goal.unit = queries.unit_of_metric(draft.metric) or draft.unit
    goal.save()
    return int(goal.id)


def _delete(goals: list[int]) -> None:
    CheckIn.delete().where(CheckIn.goal.in_(goals)).execute()
    Goal.delete().where(Goal.id.in_(goals)).execute()
