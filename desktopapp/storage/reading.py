"""A reading: while a page gathers what it shows, the same question is put to the file once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
A = TypeVar("A")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Keep the answers of questions marked `once` until the end of the block. A reading inside another joins it."""
    if _answers.get() is not None:
        yield
        return
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def forget() -> None:
    """Ask anew: something was written."""
    if known := _answers.get():
        known.clear()


def once(question: Callable[P, A]) -> Callable[P, A]:
    """A question asked once in a `reading`, whoever asks. They share the answer, so nobody may change it."""

    @wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> A:
        known = _answers.get()
        if known is None:
            return question(*args, **kwargs)
        key = (question, args, *kwargs.items())
        if key not in known:
            known[key] = question(*args, **kwargs)
        answer: A = known[key]
        return answer

    return asked
