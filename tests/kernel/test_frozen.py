"""Values that never change behave as the frozen dataclasses of the standard library do."""

import copy
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import NamedTuple

import pytest

from desktopapp.kernel.frozen import frozen, replace


@frozen
class Place:
    """A place in a list."""

    row: int
    column: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        return self.row == 0


@dataclass(frozen=True, slots=True)
class Standard:
    """The same, the standard way."""

    row: int
    column: int = 0
    notes: Mapping[str, str] = field(default_factory=dict)


@frozen
class Other:
    row: int
    column: int = 0


class Pair(NamedTuple):
    row: int
    column: int


@pytest.mark.parametrize("kind", [Place, Standard])
def test_both_ways_make_the_same(kind):
    made = kind(3, notes={"a": "b"})
    assert (made.row, made.column, made.notes) == (3, 0, {"a": "b"})
    assert [each.name for each in fields(made)] == ["row", "column", "notes"]
    assert fields(made)[0] is fields(made)[0]  # made once: it costs more than a thousand values
    assert asdict(made) == {"row": 3, "column": 0, "notes": {"a": "b"}}
    assert repr(made) == f"{kind.__name__}(row=3, column=0, notes={{'a': 'b'}})"
    assert replace(made, row=4) == kind(4, notes={"a": "b"})
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    assert made.notes is not kind(3).notes


@pytest.mark.parametrize("kind", [Place, Standard])
@pytest.mark.parametrize("wrong", [{}, {"row": 1, "colour": 2}])
def test_what_it_is_not_made_of_is_refused(kind, wrong):
    with pytest.raises(TypeError, match=r"__init__\(\)"):
        kind(**wrong)


def test_nothing_can_be_changed_or_added():
    place = Place(1)
    for name in ("row", "colour"):
        with pytest.raises(AttributeError, match=f"Place.{name} cannot be changed"):
            setattr(place, name, 2)
    with pytest.raises(AttributeError, match=r"Place\.row cannot be changed"):
        del place.row
    assert place.row == 1
    assert not hasattr(place, "__dict__")


def test_alike_are_equal_and_only_of_one_kind():
    assert Other(1, 2) == Other(1, 2) != Other(2, 2)
    assert hash(Other(1, 2)) == hash(Other(1, 2))
    assert Other(1, 2) != Pair(1, 2)
    assert Place(0).is_first
