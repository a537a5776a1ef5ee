"""What of the reviews can be found by its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktopapp.kernel.area import Findable, Found, Link
from desktopapp.kernel.message import N_, Both, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews.models import (
    Agreed,
    Aim,
    Answer,
    Checkpoint,
    Cycle,
    Event,
    Improvement,
    Interview,
    Objection,
    RaterForm,
    Review,
    Score,
    Step,
)
from desktopapp.reviews.rules import OWN
from desktopapp.team.models import Person

SHORTEST = 16
"""As many characters a code has."""


def _found(number: int, person: str, zh: str, en: str, period: Period, state: str) -> Found:
    said = (Both(zh, en), period, Message(Review.state.label(state)))
    return Found(N_("Reviews"), Link("reviews", number), person, said)


def _found_step(_number: int, review: int, item: str, person: str, period: Period) -> Found:
    return Found(N_("Improvement steps"), Link("reviews", review), item, (person, period))


def _found_event(number: int, text: str, name: str, day: date, customer: str) -> Found:
    return Found(N_("Noted events"), Link("reviews", number, "event"), text, (name, day, customer))


def _found_answer(_number: int, review: int, text: str, person: str, period: Period) -> Found:
    return Found(N_("Self-assessment"), Link("reviews", review), text, (person, period))


def _found_evidence(_number: int, review: int, text: str, person: str, period: Period) -> Found:
    return Found(N_("Evidence"), Link("reviews", review), text, (person, period))


def _found_talk(_number: int, review: int, person: str, period: Period, held: date | None) -> Found:
    return Found(N_("Performance interviews"), Link("reviews", review, "interview"), person, (period, held or ""))


def _found_agreed(_number: int, review: int, item: str, person: str, period: Period) -> Found:
    return Found(N_("Agreed actions"), Link("reviews", review, "interview"), item, (person, period))


def _found_objection(_number: int, review: int, text: str, person: str, period: Period) -> Found:
    return Found(N_("Objections"), Link("reviews", review, "objection"), text, (person, period))


def _found_aim(_number: int, review: int, goal: str, person: str, when: Period | date) -> Found:
    return Found(N_("Improvement plans"), Link("reviews", review, "improvement"), goal, (person, when))


def coded(text: str) -> Iterator[Found]:
    """The signed review whose code stands on a paper, and what the register says of it."""
    if len(text) < SHORTEST:
        return
    from desktopapp.reviews.queries.register import check  # here, because no first window needs them
    from desktopapp.reviews.rules.register import is_code, typed

    if not is_code(typed(text)[0]):
        return
    verdict = check(text)
    if verdict.found is not None:
        said = (verdict.found.period, *verdict.says)
        yield Found(N_("Signed forms"), Link("reviews", verdict.found.review), verdict.found.name, said)


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
        Score,
        (Score.evidence,),
        Score.select(Score.id, Score.review, Score.evidence, Person.name, Cycle.period)
        .join(Review).join(Person).switch(Review).join(Cycle).order_by(Score.id.desc()),
        _found_evidence,
    ),
    Findable(
        Step,
        (Step.item, Step.action, Step.measure),
        Step.select(Step.id, Step.review, Step.item, Person.name, Cycle.period)
        .join(Review).join(Person).switch(Review).join(Cycle).order_by(Step.id.desc()),
        _found_step,
    ),
    Findable(
        Event,
        (Event.text, Event.customer),
        Event.select(Event.id, Event.text, Person.name, Event.day, Event.customer)
        .join(Person).order_by(Event.day.desc(), Event.id.desc()),
        _found_event,
        whose=Event.person,
    ),
    Findable(
        Interview,
        (Interview.well, Interview.better, Interview.own_view, Interview.wishes, Interview.support),
        Interview.select(Interview.id, Interview.review, Person.name, Cycle.period, Interview.held)
        .join(Review).join(Person).switch(Review).join(Cycle).order_by(Interview.id.desc()),
        _found_talk,
    ),
    Findable(
        Agreed,
        (Agreed.item, Agreed.measure),
        Agreed.select(Agreed.id, Interview.review, Agreed.item, Person.name, Cycle.period)
        .join(Interview).join(Review).join(Person).switch(Review).join(Cycle).order_by(Agreed.id.desc()),
        _found_agreed,
    ),
    Findable(
        Objection,
        (Objection.text, Objection.reason),
        Objection.select(Objection.id, Objection.review, Objection.text, Person.name, Cycle.period)
        .join(Review).join(Person).switch(Review).join(Cycle).order_by(Objection.id.desc()),
        _found_objection,
    ),
    Findable(
        Aim,
        (Aim.goal, Aim.action, Aim.measure),
        Aim.select(Aim.id, Improvement.review, Aim.goal, Person.name, Cycle.period)
        .join(Improvement).join(Review).join(Person).switch(Review).join(Cycle).order_by(Aim.id.desc()),
        _found_aim,
    ),
    Findable(
        Checkpoint,
        (Checkpoint.progress, Checkpoint.coaching),
        Checkpoint.select(Checkpoint.id, Improvement.review, Checkpoint.progress, Person.name, Checkpoint.day)
        .join(Improvement).join(Review).join(Person).order_by(Checkpoint.id.desc()),
        _found_aim,
    ),
    Findable(
        Answer,
        (Answer.text,),
        Answer.select(Answer.id, RaterForm.review, Answer.text, Person.name, Cycle.period)
        .join(RaterForm).join(Review).join(Person).switch(Review).join(Cycle)
        .where(RaterForm.relation == OWN).order_by(Answer.id.desc()),
        _found_answer,
    ),
)  # fmt: skip
"""What nameless raters wrote is not among it: found by itself, it could be told whose it is."""
