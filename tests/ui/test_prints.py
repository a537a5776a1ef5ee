"""The log of paper as the owner sees it: on the page of what was done, and beside each person."""

from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.period import Period
from desktopapp.team import service
from tests.ui.desks import Room
from ui.kit.label import Label
from ui.pages.team import TeamPage
from ui.pages.trail import TrailPage

AT = datetime.fromisoformat("2026-11-23T10:42").astimezone()
Q3 = Period.parse("2026Q3")


@pytest.fixture
def room(qtbot, zh, today, file):
    return Room(qtbot, zh, today)


@pytest.fixture
def people(file, today):
    return [(service.add(name=name, today=today), name) for name in ("王芳", "张伟")]


def printed(**more):
    return service.log_print(form="PF-01", at=AT, pages=4, period=Q3, **more)


def shown(page):
    page.tabs.setCurrentIndex(2)
    model = page.paper.model
    return [[model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip


def test_before_anything_is_printed_it_says_how(room):
    page = room.open(TrailPage)
    assert shown(page) == []
    assert page.paper.view.empty.isVisible()


def test_every_job_stands_in_a_line(room, people):
    printed(people=people, copies=2, printer="HP LaserJet")
    printed(people=people[:1], file="王芳_绩效考核表_2026Q3.pdf")
    page = room.open(TrailPage)
    newest, older = shown(page)
    assert older == [
        "2026年11月23日 10:42", "客户经理季度绩效评估表", "王芳等2人", "2026年第三季度", "4 页", "2", "HP LaserJet"
    ]  # fmt: skip
    assert newest[2:] == ["王芳", "2026年第三季度", "4 页", "", "王芳_绩效考核表_2026Q3.pdf"]


def test_a_job_that_is_printed_meanwhile_is_added(room, people):
    page = room.open(TrailPage)
    assert shown(page) == []
    printed()
    assert len(shown(page)) == 1


def test_undo_takes_back_what_was_done_and_leaves_the_log(room, people):
    printed(people=people)
    page = room.open(TrailPage)
    room.changes.undo()
    assert len(shown(page)) == 1


def test_the_history_tells_of_it_without_a_way_back(room, people):
    printed(people=people)
    page = room.open(TrailPage)
    row = page.log.rows[0]
    assert row.words.text() == "打印：客户经理季度绩效评估表"
    assert row.button is None


def test_a_persons_page_shows_what_was_printed_of_him(room, people):
    printed(people=people[:1])
    page = room.open(TeamPage)
    page.arrive(people[0][0])
    QApplication.processEvents()
    texts = [each.text() for each in page.detail.findChildren(Label)]
    assert "打印记录" in texts
    assert "客户经理季度绩效评估表 · 2026年第三季度 · 4 页" in texts
    page.arrive(people[1][0])
    QApplication.processEvents()
    assert "打印记录" not in [each.text() for each in page.detail.findChildren(Label) if each.isVisible()]


def test_a_list_that_went_into_a_file_stands_in_the_log_with_its_rows(room, people):
    service.log_export(what="Deals", at=AT, rows=36, file="商机_2026-11-23.xlsx")
    [line] = shown(room.open(TrailPage))
    assert line == ["2026年11月23日 10:42", "商机", "", "", "36 行", "", "商机_2026-11-23.xlsx"]
