"""Rows and their changes in words: what a record is called, and each column's old and new value as its kind is written.

Nothing is worded here yet: values are handed on for a `Language` to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any, cast

from desktopapp import storage
from desktopapp.areas import TABLES
from desktopapp.goals import queries as goals
from desktopapp.goals import rules as goal_rules
from desktopapp.goals.models import CheckIn, Goal
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message
from desktopapp.printing.spec import form_title
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import rules as review_rules
from desktopapp.reviews.models import (
    Answer,
    Cycle,
    Event,
    Measure,
    PositionTemplate,
    RaterForm,
    RaterScore,
    Review,
    Score,
    Stated,
)
from desktopapp.storage import Record, Row, Trace
from desktopapp.storage.fields import Choice, Flag, Ref
from desktopapp.team.models import FormNumber

SHORT = 40
"""Characters up to which a text is shown whole."""
AROUND = 10
"""Characters shown before and after what changed in a longer one."""
MOST = 120
"""Characters of the change itself."""

Values = Mapping[str, Any]
"""A row as the file holds it, by column."""


@frozen
class Line:
    """One column of one record: what it said and what it says."""

    label: str
    """A marked text."""
    old: object
    new: object
    verb: str = "update"
    """insert, update or delete: whether there was something before, and after."""
    of: object = None
    """The record, where the request itself does not say which."""
    is_private: bool = False


def name(table: type[Record]) -> str:
    """The name of a table in the file."""
    return str(cast("Any", table)._meta.table_name)


BY_NAME: Mapping[str, type[Record]] = {name(table): table for table in TABLES}
"""Every table, by its name in the file."""


def called(row: Row, *, within: bool = False) -> object:
    """What a record is called, also one that is gone; a part `within` its whole without the name of that."""
    table, record = row
    wording, values = BY_NAME[table].wording, storage.said(table, record)
    columns = [each for each in wording.name if not (within and each == wording.part_of)]
    named = [value for each in columns if (value := _column(BY_NAME[table], each, values)) is not None]
    if not named:
        return M("no. {number}", number=record)
    return reduce(lambda first, second: M("{first} · {second}", first=first, second=second), named)


def spoken(row: Row) -> Message:
    """A record with the word for its kind: goal “New customers”."""
    return M("{kind} “{name}”", kind=kind(row[0]), name=called(row))


def kind(table: str) -> Message:
    """The word for a record of a table."""
    return Message(BY_NAME[table].wording.kind)


def whole(row: Row) -> Row:
    """The record this one is a part of; itself where it is none."""
    table, record = row
    column = BY_NAME[table].wording.part_of
    if not column:
        return row
    field = getattr(BY_NAME[table], column)
    return whole((name(field.rel_model), storage.said(table, record)[field.column_name]))


def lines(trace: Trace, of: object = None) -> Iterator[Line]:
    """The columns a change touched, in the order of the table, but for those nobody could read."""
    table = BY_NAME[trace.table]
    said: Values = storage.said(trace.table, trace.record)
    for field in cast("Any", table)._meta.sorted_fields:
        if field.column_name not in trace.fields or field.name in table.wording.silent:
            continue
        old, new = (value_of(table, field, raw, said) for raw in trace.fields[field.column_name])
        if trace.verb == "insert" and (new in (None, "") or new == _usual(table, field, said)):
            continue
        is_private = field.name in table.wording.private
        yield Line(field.verbose_name, *_shortened(old, new), trace.verb, of, is_private)


def _column(table: type[Record], column: str, said: Values) -> object:
    field = getattr(table, column)
    return value_of(table, field, said.get(field.column_name), said)


def _usual(table: type[Record], field: Any, said: Values) -> object:
    """What a column says of a new record unless it is told otherwise."""
    return None if field.default is None else value_of(table, field, field.db_value(field.default), said)


def value_of(table: type[Record], field: Any, raw: object, said: Values) -> object:
    """What the file holds in a column, as a value a `Language` can show."""
    if raw is None or raw == "":
        return None
    if isinstance(field, Ref):
        return called((name(field.rel_model), cast("int", raw)))
    if isinstance(field, Choice):
        return Message(field.label(cast("str", raw)))
    value = bool(raw) if isinstance(field, Flag) else field.python_value(raw)
    read = _READ.get((table, field.name))
    return read(value, said) if read else value


def _metric(metric: str, _said: Values) -> object:
    return next((each.name for each in goals.metrics() if each.id == metric), metric)


def _figure(number: Decimal, goal: Values) -> object:
    return goal_rules.figure(number, goal.get("unit", ""))


def _progress(number: Decimal, checkin: Values) -> object:
    return _figure(number, storage.said(name(Goal), checkin["goal_id"]))


def _dimension(dimension: str, score: Values) -> object:
    return reviews.dimension_name(_stated(score["review_id"]), dimension)


def _stated(review: int) -> str:
    """The template of a review, as its round keeps it."""
    kept: str = storage.said(name(Stated), storage.said(name(Review), review)["stated_id"])["form"]
    return kept


def _rated(dimension: str, score: Values) -> object:
    return reviews.dimension_name(_stated(storage.said(name(RaterForm), score["form_id"])["review_id"]), dimension)


def _judged(dimension: str, _said: Values) -> object:
    from desktopapp.reviews.queries.events import dimension_names  # here, because few histories speak of events

    return dimension_names().get(dimension, dimension)


def _question(key: str, answer: Values) -> object:
    form = storage.said(name(RaterForm), answer["form_id"])
    return reviews.question_name(_stated(form["review_id"]), form["relation"], key)


def _outcomes(keys: str, _said: Values) -> object:
    known = dict(review_rules.OUTCOMES)
    return tuple(Message(known[key]) if key in known else key for key in keys.split())


def _template(template: str, _said: Values) -> object:
    return next((form.name for form in reviews.templates() if form.id == template), template)


def _measure(kind: str, _said: Values) -> object:
    from desktopapp.reviews.queries.measures import measure_kinds  # here, because few histories speak of measures

    return next((each.name for each in measure_kinds() if each.id == kind), kind)


def _form(code: str, _said: Values) -> object:
    return form_title(code)


_READ: Mapping[tuple[type[Record], str], Callable[[Any, Values], object]] = {
    (Goal, "metric"): _metric,
    (Goal, "start"): _figure,
    (Goal, "target"): _figure,
    (CheckIn, "value"): _progress,
    (Score, "dimension"): _dimension,
    (RaterScore, "dimension"): _rated,
    (Event, "dimension"): _judged,
    (Answer, "key"): _question,
    (Review, "outcomes"): _outcomes,
    (Review, "declined"): _outcomes,
    (Cycle, "template"): _template,
    (PositionTemplate, "template"): _template,
    (Measure, "kind"): _measure,
    (FormNumber, "form"): _form,
}
"""Columns whose value says more than its kind tells."""


def _shortened(old: object, new: object) -> tuple[object, object]:
    """Of long texts, what differs and a few characters around it."""
    if not (isinstance(old, str | None) and isinstance(new, str | None)):
        return old, new
    before, after = old or "", new or ""
    if max(len(before), len(after)) <= SHORT:
        return old, new
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return _cut(before, start, end) or None, _cut(after, start, end) or None


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    """A text without most of what it has in common with another: so many characters before and after."""
    if not text:
        return ""
    head, change, tail = text[:start], text[start : len(text) - end], text[len(text) - end :]
    if len(head) > AROUND:
        head = f"…{head[-AROUND:]}"
    if len(change) > MOST:
        change = f"{change[: MOST // 2]}…{change[-MOST // 2 :]}"
    if len(tail) > AROUND:
        tail = f"{tail[:AROUND]}…"
    return f"{head}{change}{tail}"
