"""The notebook in a real window: an event noted by keys from a page that has nothing to do with it."""

from __future__ import annotations

from datetime import date

import pytest

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import BAD
from desktopapp.reviews.queries.events import events
from desktopapp.team import service as hiring
from tests.conftest import TODAY
from ui.pages.reviews.event import EventForm

pytestmark = pytest.mark.screen


@pytest.fixture
def people(file):
    """Three account managers and a firm that has a name, so that Today is the first page."""
    hiring.name_firm(name="远航商贸")
    return [hiring.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=TODAY)
            for name in ("王芳", "张伟", "曾国强")]  # fmt: skip


def test_an_event_is_noted_by_keys_alone_from_the_page_of_sales_and_taken_over_where_it_counts(people, hand):
    owner = hand()
    service.start(period=Period.parse("2026Q4"), template="quarterly", today=TODAY)
    owner.place("sales")
    owner.press("Ctrl+E")
    form = owner.window.findChild(EventForm)
    owner.see(form.window())
    owner.press("Z", "W", "Return")
    assert form.editors["person"].text() == "张伟"
    owner.press("Down", "Tab")
    assert form.editors["text"].hasFocus()
    owner.press(*"LATE 12 SEPT".replace(" ", ""))
    owner.press("Tab", "Tab", "Tab", "Down", "Ctrl+Return")
    [noted] = events()
    assert (noted.person, noted.kind, noted.day) == (people[1], BAD, TODAY)
    owner.place("reviews")
    page = owner.page
    page.arrive(next(row.id for row in page.rows if row.person == people[1]))
    row = page.sheet.board.rows[noted.dimension]
    link = row.noted.column.itemAt(0).widget()
    owner.qtbot.waitUntil(lambda: link.width() > 150 and row.height() > 120)
    owner.click(link)
    line = next(line for line in queries.sheet(page.review).dimensions if line.id == noted.dimension)
    assert "late12sept" in line.evidence.lower()
