"""Lists narrowed by the file itself: conditions with bound values, however many rows there are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from peewee import SQL, Expression, Field

from desktopapp.kernel.narrowing import Holds, Narrowing, OneOf


def narrowed(query: Any, fields: Mapping[str, Field], narrowings: Mapping[str, Narrowing]) -> Any:
    """The query with a condition more for each narrowing, by the name of its field."""
    for name, narrowing in narrowings.items():
        query = query.where(_condition(fields[name], narrowing))
    return query


def among(field: Field, numbers: Sequence[int]) -> Expression:
    """Whether a number is one of these, which may be more than a statement takes values."""
    listed: Expression = field.in_(SQL("(select value from json_each(?))", [json.dumps(list(numbers))]))
    return listed


def _condition(field: Any, narrowing: Narrowing) -> Any:
    if isinstance(narrowing, Holds):
        return field.contains(narrowing.text)
    if isinstance(narrowing, OneOf):
        is_one = field.in_(sorted(value for value in narrowing.values if value is not None))
        return is_one | field.is_null() if None in narrowing.values else is_one
    if narrowing.most is None:
        return field >= narrowing.least
    return field <= narrowing.most if narrowing.least is None else field.between(narrowing.least, narrowing.most)
