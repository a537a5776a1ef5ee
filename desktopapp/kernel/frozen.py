"""Values that never change: what `dataclass(frozen=True, slots=True)` makes, made ten times as fast.

There are two hundred such classes and every start makes them all, but uses few of them before the
first window is seen; so a class gets its `__init__` when its first value is made, and what `fields`
and `asdict` of the standard library ask for when they do. They work on them as on its own.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field
from typing import Any, NoReturn, TypeVar, dataclass_transform

C = TypeVar("C", bound=type)
T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(of: C) -> C:
    """A class whose annotations become what its values are made of, compared, hashed and shown by."""
    space = dict(of.__dict__)
    kinds = {name: kind for name, kind in space.get("__annotations__", {}).items() if not _is_of_class(kind)}
    usual = {name: space.pop(name) for name in kinds if name in space}
    for name in ("__dict__", "__weakref__"):
        space.pop(name, None)
    before = next((each.__match_args__ for each in of.__mro__[1:] if hasattr(each, "__match_args__")), ())
    names = (*before, *(name for name in kinds if name not in before))
    space |= {"__slots__": tuple(name for name in names if name not in before), "__match_args__": names}
    space |= {"__init__": _first_init, "__eq__": _eq, "__hash__": _hash, "__reduce__": _reduce}
    space |= {"__setattr__": _refuse, "__delattr__": _refuse, "__dataclass_fields__": _Fields()}
    space.setdefault("__repr__", _repr)
    made: Any = type(of)(of.__name__, of.__bases__, space)
    made.__qualname__ = of.__qualname__
    made._usual = {**getattr(made, "_usual", {}), **usual}
    return made  # type: ignore[no-any-return]


def replace(of: T, **changes: Any) -> T:
    """The same value but for these."""
    same = {name: getattr(of, name) for name in of.__match_args__}  # type: ignore[attr-defined]
    return type(of)(**same | changes)


def _is_of_class(kind: object) -> bool:
    """Whether an annotation is of the class and not of its values; all of ours are texts."""
    return str(kind).startswith(("ClassVar", "typing.ClassVar"))


def _first_init(self: Any, *values: Any, **named: Any) -> None:
    """What makes the first value of a class: from then on the class has a way of its own."""
    made = next(each for each in type(self).__mro__ if each.__dict__.get("__init__") is _first_init)
    own = _init(made)
    type.__setattr__(made, "__init__", own)
    own(self, *values, **named)


def _init(made: Any) -> Any:
    """`__init__`, put through the slots themselves, since the class refuses every other way."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    heads, lines = ["self"], []
    for name in made.__match_args__:
        given, usual = name, made._usual.get(name, MISSING)
        factory = getattr(usual, "default_factory", MISSING) if isinstance(usual, Field) else MISSING
        known[f"_put_{name}"] = getattr(made, name).__set__
        if factory is not MISSING:
            known[f"_make_{name}"] = factory
            given = f"_make_{name}() if {name} is _MISSING else {name}"
            heads.append(f"{name}=_MISSING")
        elif usual is not MISSING:
            known[f"_usual_{name}"] = usual.default if isinstance(usual, Field) else usual
            heads.append(f"{name}=_usual_{name}")
        else:
            heads.append(name)
        lines.append(f"_put_{name}(self, {given})")
    exec(f"def __init__({', '.join(heads)}):\n  " + "\n  ".join(lines), known)  # noqa: S102
    return known["__init__"]


class _Fields:
    """What the standard library keeps of a class of values, made the first time it is asked for."""

    def __get__(self, _value: object, of: Any) -> Any:
        kinds = dict.fromkeys(of.__match_args__, "object")
        told = type(of.__name__, (), {"__annotations__": kinds, **of._usual})
        of.__dataclass_fields__ = dataclass(told).__dataclass_fields__  # type: ignore[attr-defined]
        return of.__dataclass_fields__


def _values(self: Any) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])


def _eq(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _repr(self: Any) -> str:
    told = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({told})"


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    return type(self), _values(self)


def _refuse(self: Any, name: str, *_value: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__}.{name} cannot be changed", name=name, obj=self)
