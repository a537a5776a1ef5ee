"""The figures of the sales page: chosen by period, person, product and level; each leads to its rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktopapp.kernel.area import Link
from desktopapp.kernel.period import Period
from desktopapp.overview import sample
from desktopapp.sales import queries
from desktopapp.team import queries as team
from tests.ui.desks import Room
from ui.kit.cut_rows import CutRows
from ui.kit.preview import Preview
from ui.pages.sales import SalesPage, overview


@pytest.fixture
def room(qtbot, zh, today, file):
    return Room(qtbot, zh, today)


@pytest.fixture
def page(room, today):
    sample.load(today)
    return room.open(SalesPage)


def opened(page):
    return page.overview.findChild(CutRows)


def test_before_anything_is_known_it_says_how_to_begin(room):
    page = room.open(SalesPage)
    assert page.overview.nothing.isVisible()
    assert not page.overview.figures.isVisible()


def test_it_opens_with_the_running_period_of_everybody(room, page):
    shown = page.overview
    assert shown.period.value() == Period.parse("2026Q4")
    assert shown.model.rowCount() == len(team.people())
    won = room.desk.language.short(queries.total(shown.shown.cut("won"))[0])
    assert shown.sold.figure.text() + shown.sold.unit.text() == won
    assert shown.stages.rowCount() == 5


def test_another_person_and_period_are_other_figures(page):
    shown = page.overview
    whole = shown.shown.forecast.won
    shown.person.setCurrentIndex(1)
    shown.person.activated.emit(1)
    assert shown.shown.forecast.won < whole
    assert shown.model.rowCount() == 1
    shown.period.setCurrentIndex(1)
    shown.period.activated.emit(1)
    assert shown.shown.scope.period == Period.parse("2026Q3")


@pytest.mark.parametrize("figure", ["sold", "coming", "late", "rate"])
def test_each_head_leads_to_rows_that_add_up_to_it(room, page, figure):
    shown = page.overview
    room.click(shown.links[getattr(shown, figure)])
    dialog = opened(page)
    amount, count = queries.total(dialog.cut)
    assert dialog.model.rowCount() == count > 0
    assert dialog.told.text() == f"共 {count} 条，{room.desk.language.show(amount)}"


def test_a_cell_of_the_table_leads_to_its_rows(qtbot, page):
    shown = page.overview
    row = shown.model.row(0)
    shown.view.setCurrentIndex(shown.model.index(0, 6))
    shown.view.setFocus()
    qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    dialog = opened(page)
    assert (dialog.cut.kind, dialog.cut.scope.person) == ("open", row.key)
    assert queries.total(dialog.cut)[0] == row.open


def test_a_step_of_the_funnel_is_clicked_and_a_deal_in_it_leads_to_the_list(qtbot, room, page):
    shown = page.overview
    place = shown.steps.rect().center()
    qtbot.mouseClick(shown.steps, Qt.MouseButton.LeftButton, pos=place)
    dialog = opened(page)
    assert dialog.cut.kind in ("dated", "won")
    number = dialog.model.row(0).id
    dialog.view.setCurrentIndex(dialog.model.index(0, 0))
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert room.heard.went[-1] == Link("sales", number, "deal")


def test_a_chart_is_walked_with_the_keys_and_opened_by_enter(qtbot, page):
    chart = page.overview.owed
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert opened(page).cut.kind == "owed"


def test_parted_by_product_and_by_level(room, page):
    shown = page.overview
    for button, count in zip(shown.ways.buttons()[1:], (4, 3), strict=True):
        room.click(button)
        assert shown.model.rowCount() == count


def test_the_summary_of_the_chosen_period_is_previewed(qtbot, page):
    page.overview.period.setCurrentIndex(1)
    page.print_page()
    preview = page.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    preview.close()


def test_of_very_many_deals_the_figures_are_worked_out_on_the_side(qtbot, room, page, monkeypatch):
    monkeypatch.setattr(overview, "LARGE", 10)
    shown = page.overview
    before = shown.shown
    shown.person.setCurrentIndex(1)
    shown.person.activated.emit(1)
    assert shown.shown is before
    shown.person.setCurrentIndex(2)
    shown.person.activated.emit(2)
    qtbot.waitUntil(lambda: shown.shown is not before)
    assert shown.shown.scope.person == shown.person.value()


def test_the_forecast_is_told_line_by_line_and_what_slipped_leads_to_its_rows(room, page):
    outlook = page.overview.outlook
    slipped = outlook.figures["Slipped: open deals whose date has passed"]
    said = {line: (each.text(), outlook.notes[line].text()) for line, each in outlook.figures.items()}
    assert said["Forecast"][0] == room.desk.language.show(page.overview.shown.forecast.weighted)
    assert "三次中有两次" in said["Forecast"][1]
    assert "通常需 3 倍" in said["How many times that the open deals are"][1]
    room.click(slipped)
    rows = page.findChild(CutRows)
    assert rows.cut.kind == "slipped"
    assert queries.total(rows.cut)[0] == page.overview.shown.forecast.slipped.amount
    assert rows.model.rowCount() == queries.total(rows.cut)[1] > 0


def test_without_a_target_nothing_is_said_of_what_is_missing(page):
    page.overview.product.put(next(iter(queries.products()), ""))
    page.overview.tier.put(next(iter(queries.tiers())))
    page.overview.show_figures()
    outlook = page.overview.outlook
    assert outlook.figures["Still to be signed"].text() == "—"
    assert "未约定目标" in outlook.notes["Still to be signed"].text()


@pytest.mark.parametrize("kind", ["slipped", "owed", "quiet"])
def test_what_today_tells_of_opens_its_rows(page, kind):
    page.turn_to("deal")
    page.turn_to(kind)
    assert page.tabs.currentIndex() == 0
    assert page.findChild(CutRows).cut.kind == kind


def test_the_customers_of_somebody_are_handed_over_on_paper(room, page):
    page.turn_to("account")
    room.click(page.accounts.hand_over)
    preview = page.findChild(Preview)
    with room.qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    [(giver, name)] = preview._made.about.people
    assert preview._job.form == "TE-02"
    assert dict(team.names())[giver] == name
