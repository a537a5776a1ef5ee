"""What the first page asks for."""

from dataclasses import replace
from datetime import date

import pytest

from desktopapp import areas
from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.message import M
from desktopapp.overview import sample, standing
from desktopapp.overview import today as overview
from desktopapp.storage import reading
from tests.counting import statements


def test_the_most_pressing_comes_first_and_the_areas_keep_their_order(monkeypatch, today):
    def asking(key, *days):
        return lambda _day: [Notice(M("x"), date(2026, 11, day), Link(key)) for day in days]

    first, second, *_ = areas.AREAS
    monkeypatch.setattr(
        overview, "AREAS", (replace(first, notices=asking("a", 20, 5)), replace(second, notices=asking("b", 20, 1)))
    )
    assert [(n.due.day, n.link.area) for n in overview.today(today)] == [(1, "b"), (5, "a"), (20, "a"), (20, "b")]


def test_an_empty_file_asks_for_nothing(file, today):
    assert overview.today(today) == []


def test_every_notice_of_the_sample_firm_reads_well_in_both_languages(file, today, zh, en):
    sample.load(today)
    notices = overview.today(today)
    assert len(notices) >= 4
    for notice in notices:
        for text in filter(None, (notice.what, notice.detail)):
            assert "{" not in zh.text(text)
            assert "{" not in en.text(text)
        assert notice.link.area in {area.key for area in areas.AREAS}


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (overview.today, 28),
        (standing.figures, 20),
        (standing.months, 2),
        (lambda day: standing.lines(day, ()), 10),
        (lambda day: standing.lines(day, (overview.today(day), standing.figures(day), standing.months(day))[0]), 34),
    ],
    ids=["notices", "figures", "months", "lines", "all of it"],
)
def test_the_first_page_asks_little_of_the_file(file, today, ask, most):
    sample.load(today)
    with reading(), statements() as asked:
        ask(today)
    assert 0 < len(asked) <= most
