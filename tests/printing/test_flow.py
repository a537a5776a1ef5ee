"""Which rows come to stand on which page, and how tall."""

from dataclasses import replace
from itertools import pairwise

import pytest

from desktopapp.printing.blocks import BLANK, Blocks, Filled, Kind, Row
from desktopapp.printing.flow import Placed, place
from desktopapp.printing.fonts import Fonts
from desktopapp.printing.setter import Setter
from desktopapp.printing.spec import Table, form, forms
from desktopapp.printing.style import MM, page, style
from tests.printing.conftest import LANGUAGES
from tests.printing.filled import review

ROOM = page(official=False, landscape=False).room


def rows_of(code: str, filled: Filled = BLANK, languages: str = "zh") -> list[Row]:
    spec = form(code)
    setter = Setter(Fonts(), LANGUAGES[languages])
    looks = style(official=spec.official, chinese=setter.first.is_chinese)
    return Blocks(setter, looks, page(official=spec.official, landscape=spec.landscape), spec).rows(filled)


def placed(code: str, filled: Filled = BLANK, languages: str = "zh") -> list[list[Placed]]:
    spec = form(code)
    room = page(official=spec.official, landscape=spec.landscape).room
    return place(rows_of(code, filled, languages), room, spec.pages)


@pytest.mark.parametrize("goals", range(1, 40))
def test_no_title_and_no_heading_ends_a_page(goals: int) -> None:
    many = [(None, f"目标{nth}", None, None, None, "说明") for nth in range(goals)]
    for rows in placed("PF-01", replace(review(), rows={"1. Goals this period": many})):
        assert not rows[-1].row.keep


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("code", forms())
def test_no_page_reaches_into_its_foot_and_no_row_lies_on_another(code: str, languages: str) -> None:
    spec = form(code)
    room = page(official=spec.official, landscape=spec.landscape).room
    for rows in placed(code, languages=languages):
        assert rows[-1].top + rows[-1].height <= room + 0.1
        assert all(below.top == pytest.approx(each.top + each.height)
                   for each, below in pairwise(rows))


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("code", forms())
def test_hands_find_the_room_they_need(code: str, languages: str) -> None:
    least = {Kind.BLANK: 7.4 * MM, Kind.FIELD: 8 * MM, Kind.SIGN: 16 * MM}
    for rows in placed(code, languages=languages):
        assert all(each.height >= least.get(each.row.kind, 0) - 0.01 for each in rows)


@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("code", forms())
def test_no_table_keeps_fewer_than_three_blank_rows(code: str, languages: str) -> None:
    tables = [section for section in form(code).sections if isinstance(section, Table)]
    kept = sum(each.row.spare is not None for rows in placed(code, languages=languages) for each in rows)
    assert kept >= sum(min(table.blank_rows, 3) for table in tables)


def test_blank_rows_go_before_the_form_takes_another_page() -> None:
    wide = sum(row.spare is not None for row in rows_of("RP-04", languages="both"))
    kept = sum(each.row.spare is not None for rows in placed("RP-04", languages="both") for each in rows)
    assert len(placed("RP-04", languages="both")) == 1
    assert kept < wide


def test_boxes_stretch_to_use_the_last_page() -> None:
    last = placed("PF-01")[-1]
    assert last[-1].top + last[-1].height > 0.97 * ROOM


def test_more_than_fits_takes_more_pages_at_the_same_type_size() -> None:
    long = replace(review(), texts={"4. Highlights, with date, customer and result": "很好。" * 3000})
    assert len(placed("PF-01", long)) > 2
    sizes = {run.type for rows in placed("PF-01", long) for each in rows for cell in each.row.cells
             for line in cell.lines for run in line.runs}
    assert sizes <= {run.type for rows in placed("PF-01", review()) for each in rows for cell in each.row.cells
                     for line in cell.lines for run in line.runs}
