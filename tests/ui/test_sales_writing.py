"""Sales data written by hand, as the owner does it: in the side panel, with as few clicks as it takes."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.sales import imports, queries, service
from desktopapp.sales.models import LOST, OPEN, WON, Activity, Collection, Deal
from desktopapp.sales.queries import written
from desktopapp.storage import revert, undoable
from desktopapp.team import service as team
from tests.sales.made import account, deal, planned, stages
from tests.ui.desks import Room
from ui.kit import ask
from ui.kit.live import LiveForm
from ui.kit.preview import Preview
from ui.pages.sales import SalesPage
from ui.pages.sales.stages import Stages

TODAY = date(2026, 11, 23)


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def wang(file):
    return team.add(name="王芳", today=TODAY)


@pytest.fixture
def li(wang):
    return team.add(name="李娜", today=TODAY)


def deals(room):
    page = room.open(SalesPage)
    page.turn_to("deal")
    page.deals.view.select(lambda _row: True)
    return page


def panel(page):
    assert isinstance(page.form, LiveForm)
    return page.form


def leave(room, page, name, text):
    """Write into a field of the panel and leave it by Tab."""
    line = page.form.editors[name]
    line.selectAll()
    room.write(line, text)
    QTest.keyClick(line, Qt.Key.Key_Tab)


def test_a_deal_is_written_and_shown_where_it_stands(room, wang):
    page = deals(room)
    room.click(page.deals.new)
    form = page.form
    room.write(form.editors["name"], "货架采购")
    room.write(form.editors["customer"], "蓝海")
    room.write(form.editors["amount"], "8万")
    form.editors["stage"].put("方案报价")
    room.click(form.save_button)
    assert page.deals.view.current_row().name == "货架采购"
    assert (page.deals.view.current_row().amount, page.deals.view.current_row().stage) == (
        Money.yuan(80_000), "方案报价",
    )  # fmt: skip
    assert room.heard.words == ["商机已保存"]


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(room, wang):
    page = deals(room)
    room.click(page.deals.new)
    room.write(page.form.editors["name"], "货架采购")
    room.click(page.form.save_button)
    assert page.form.fault("customer") == "请填写客户名称。"
    assert page.form.editors["name"].text() == "货架采购"


def test_a_field_is_kept_when_it_is_left_and_undone_in_sight(room, wang):
    of = deal(wang, 100, date(2026, 12, 1), OPEN)
    page = deals(room)
    page.deals.view.opened.emit(page.deals.view.current_row())
    leave(room, page, "amount", "250")
    assert written.record("deal", of.id)["amount"] == Money.yuan(250)
    assert room.heard.saves == 1
    page.setFocus()
    revert(undoable().unit)
    assert panel(page).editors["amount"].value() == Money.yuan(100)


def test_what_is_no_value_is_told_beside_its_field_and_not_lost_on_closing(room, wang, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda *given: asked.append(given[2]))
    of = deal(wang, 100, date(2026, 12, 1), OPEN)
    page = deals(room)
    page.deals.view.opened.emit(page.deals.view.current_row())
    leave(room, page, "amount", "很多")
    assert panel(page).fault("amount")
    room.click(panel(page).cancel_button)
    assert asked == ["Throw away what you typed?"]
    assert panel(page).editors["amount"].text() == "很多"
    assert written.record("deal", of.id)["amount"] == Money.yuan(100)


def test_the_open_panel_follows_the_list_and_leaves_it_the_keys(room, wang):
    deal(wang, 100, date(2026, 12, 1), OPEN, customer="蓝海")
    deal(wang, 200, date(2026, 11, 30), OPEN, customer="远大")
    page = deals(room)
    view = page.deals.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert panel(page).editors["customer"].text() == "蓝海"
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert panel(page).editors["customer"].text() == "远大"
    assert view.hasFocus()


def test_another_stage_by_the_panel_brings_the_odds_of_that_stage(room, wang):
    stages("0.1", "0.5")
    of = deal(wang, 100, date(2026, 12, 1), OPEN, stage="A", odds="0.1")
    page = deals(room)
    page.deals.view.opened.emit(page.deals.view.current_row())
    picker = panel(page).editors["stage"]
    picker.put("B")
    picker.activated.emit(picker.currentIndex())
    assert written.record("deal", of.id)["probability"] is None
    assert page.form.editors["probability"].text() == ""


def test_money_for_a_deal_takes_three_clicks(room, wang):
    deal(wang, 1000, date(2026, 11, 1))
    page = deals(room)
    room.clicks = 0
    page.deals.view.select(lambda _row: True)
    room.clicks += 1
    room.click(page.deals.collect)
    room.click(page.form.save_button)
    assert room.clicks == 3
    [row] = Collection.select()
    assert (row.amount, row.day, row.person_id) == (Money.yuan(1000), TODAY, wang)


def test_money_for_a_payment_agreed_on_is_offered_as_that_payment(room, wang):
    of = deal(wang, 1000, date(2026, 11, 1))
    planned("华鼎机电", 600, date(2026, 11, 10), deal=of)
    page = deals(room)
    room.click(page.deals.collect)
    assert page.form.editors["amount"].value() == Money.yuan(600)
    room.click(page.form.save_button)
    [row] = Collection.select()
    assert (row.amount, row.planned) == (Money.yuan(600), Money.yuan(600))


def test_a_deal_is_lost_only_with_its_reason(room, wang):
    of = deal(wang, 1000, date(2026, 12, 1), OPEN)
    page = deals(room)
    room.click(page.deals.close_deal)
    assert not page.form.rows["reason"].isVisible()
    page.form.editors["status"].put(LOST)
    assert page.form.rows["reason"].isVisible()
    room.click(page.form.save_button)
    assert "写明输单原因" in page.form.fault("reason")
    room.write(page.form.editors["reason"], "价格高")
    room.click(page.form.save_button)
    assert written.record("deal", of.id)["status"] == LOST
    assert not page.deals.close_deal.isEnabled()


def test_a_closed_deal_is_taken_back_by_one_undo(room, wang):
    of = deal(wang, 1000, date(2026, 12, 1), OPEN)
    page = deals(room)
    room.click(page.deals.close_deal)
    room.click(page.form.save_button)
    assert written.record("deal", of.id)["status"] == WON
    revert(undoable().unit)
    assert written.record("deal", of.id)["status"] == OPEN


def test_a_deleted_record_closes_its_panel(room, wang):
    deal(wang, 1000, date(2026, 12, 1), OPEN)
    page = deals(room)
    page.deals.view.opened.emit(page.deals.view.current_row())
    room.click(panel(page).remove)
    assert page.form is None
    assert not Deal.select().exists()
    assert room.heard.words == ["已删除 1 条记录"]


def test_customers_go_to_another_hand_with_the_sheet_to_sign(room, li, wang):
    mine = account("蓝海", person=wang)
    of = deal(wang, 100, date(2026, 12, 1), OPEN, account=mine, customer="蓝海")
    page = room.open(SalesPage)
    page.turn_to("account")
    room.click(page.accounts.give)
    page.form.editors["giver"].put(wang)
    page.form.editors["receiver"].put(li)
    room.click(page.form.save_button)
    assert written.record("account", mine.id)["person"] == li
    assert written.record("deal", of.id)["person"] == li
    assert room.heard.words == ["已移交 1 个客户、1 个进行中的商机"]
    preview = page.findChild(Preview)
    room.qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    assert preview._job.form == "TE-02"
    with pypdfium2.PdfDocument(preview._made.path) as paper:
        assert "蓝海" in paper[0].get_textpage().get_text_range()
    preview.close()


@pytest.mark.parametrize("entity", ["contact", "activity", "lead", "order", "product"])
def test_every_other_list_is_written_into_and_shows_what_was(room, wang, entity):
    page = room.open(SalesPage)
    page.turn_to(entity)
    room.click(page.others.shown.new)
    form = page.form
    for name, text in (("name", "甲"), ("customer", "蓝海"), ("amount", "100"), ("subject", "拜访")):
        if name in form.editors:
            room.write(form.editors[name], text)
    room.click(form.save_button)
    assert page.form is None
    assert page.others.model.rowCount() == 1
    page.others.view.select(lambda _row: True)
    page.others.view.opened.emit(page.others.view.current_row())
    assert panel(page)


def test_the_deals_offered_for_a_note_are_those_of_its_customer(room, wang):
    of = deal(wang, 100, date(2026, 12, 1), OPEN, customer="蓝海")
    deal(wang, 100, date(2026, 12, 1), OPEN, customer="远大")
    page = room.open(SalesPage)
    page.turn_to("activity")
    room.click(page.others.shown.new)
    room.write(page.form.editors["customer"], "蓝海")
    picker = page.form.editors["deal"]
    assert [picker.itemText(n) for n in range(picker.count())] == ["不限定商机", "蓝海采购"]
    picker.put(of.id)
    room.click(page.form.save_button)
    assert [row.deal_id for row in Activity.select()] == [of.id]


def test_what_is_protected_is_told_and_let_go(room, wang, tmp_path):
    path = tmp_path / "商机.csv"
    path.write_text("商机编号,商机名称,客户名称,金额\nD1,框架,华鼎,100\n", encoding="utf-8")
    found = imports.examine(imports.look([path]), today=TODAY)
    service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)
    page = deals(room)
    page.deals.view.opened.emit(page.deals.view.current_row())
    assert not panel(page).note.isVisible()
    leave(room, page, "amount", "250")
    assert panel(page).note.text() == "手工填写、导入文件不会覆盖：金额"
    room.click(panel(page).let_go)
    assert not panel(page).note.isVisible()
    assert written.record("deal", page.deals.view.current_row().id).typed == frozenset()


def test_stages_are_changed_all_at_once(room, wang):
    stages("0.1", "0.5")
    deal(wang, 100, date(2026, 12, 1), OPEN, stage="A")
    page = room.open(SalesPage)
    page.overview.stages_wanted.emit()
    dialog = page.findChild(Stages)
    room.qtbot.waitUntil(dialog.isVisible)
    dialog.lines[0].label.put("初谈")
    dialog.lines[1].odds.put(Share("0.4"))
    room.click(dialog.lines[1].up)
    room.click(dialog.save_button)
    assert [(each.label, each.probability) for each in written.stage_rows(room.desk.language)][:2] == [
        ("B", Share("0.4")), ("初谈", Share("0.1")),
    ]  # fmt: skip
    assert queries.stages() == ["初谈"]


def test_a_stage_that_cannot_go_is_told_and_nothing_is_lost(room, wang):
    stages("0.1", "0.5")
    deal(wang, 100, date(2026, 12, 1), OPEN, stage="A")
    page = room.open(SalesPage)
    page.overview.stages_wanted.emit()
    dialog = page.findChild(Stages)
    room.qtbot.waitUntil(dialog.isVisible)
    dialog.lines[1].label.put("报价")
    room.click(dialog.lines[0].gone)
    room.click(dialog.save_button)
    assert "阶段“A”中还有商机" in dialog.banner.words.text()
    assert dialog.lines[0].label.text() == "报价"
    dialog.close()
