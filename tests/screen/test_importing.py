"""Files of a CRM's on their way in, in a real window: dropped, looked at, said otherwise, taken in and taken back."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from desktopapp.exchange.sheets import read_file
from desktopapp.kernel.money import Money
from desktopapp.sales import queries
from desktopapp.sales.models import Account, Deal
from desktopapp.team import service as hiring
from tests.conftest import TODAY
from tests.exchange.samples import text_file
from ui.kit import ask
from ui.pages.sales.take_in import COLUMNS, QUESTIONS, REJECTED, TakeIn

pytestmark = pytest.mark.screen

DEALS = [
    ("商机编号", "商机名称", "客户编号", "负责人", "阶段", "金额", "预计签单日", "意向", "介绍人"),
    ("D1", "一期", "0001", "王芳", "赢单", "12.5万", "2026-11-02", "货架", "老周"),
    ("D2", "二期", "0001", "小李", "谈判", "￥80,000", "2026年12月20日", "照明", ""),
    ("D3", "三期", "0002", "小李", "谈判", "很多", "2026-12-21", "照明", ""),
]
ACCOUNTS = "客户编号,客户名称,客户等级\n0001,华鼎机电,A\n0002,远大集团,B\n"


@pytest.fixture
def team(file):
    """Two on the roster, one of whom the CRM calls by another name."""
    hiring.name_firm(name="远航商贸")
    return [hiring.add(name=name, joined=date(2023, 4, 10), today=TODAY) for name in ("王芳", "李娜")]


@pytest.fixture
def folder(tmp_path):
    """What a CRM left: a list of deals, and an archive with their customers."""
    made = tmp_path / "CRM"
    made.mkdir()
    text_file(made, DEALS, "gb18030", name="商机.csv")
    with zipfile.ZipFile(made / "客户.zip", "w") as packed:
        packed.writestr("客户.csv", ACCOUNTS.encode("gb18030"))
    return made


def drop(owner, *paths):
    """Files let go over the page, through the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at = owner.page.mapTo(owner.window, owner.page.rect().center())
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(at, copy, data, left, none)
    QApplication.sendEvent(owner.page, over)
    assert over.isAccepted()
    QApplication.sendEvent(owner.page, QDropEvent(at.toPointF(), copy, data, left, none))
    return checked(owner)


def checked(owner):
    """The preview, once every row was gone through."""
    owner.qtbot.waitUntil(lambda: owner.page.findChild(TakeIn) is not None, timeout=20_000)
    dialog = owner.page.findChild(TakeIn)
    owner.see(dialog)
    owner.qtbot.waitUntil(lambda: dialog.found is not None, timeout=20_000)
    return dialog


def turn(owner, dialog, tab):
    owner.click(dialog.tabs, dialog.tabs.tabRect(tab).center())


def pick(owner, picker, words):
    """Choose from a list: of many by typing the name, of few by its keys; each time with Enter."""
    area = next(each for each in owner.page.findChildren(QScrollArea) if each.isAncestorOf(picker))
    area.ensureWidgetVisible(picker)
    QApplication.processEvents()
    owner.click(picker)
    if picker.isEditable():
        owner.press("Ctrl+A")
        owner.type(words)
    else:
        owner.qtbot.waitUntil(picker.view().isVisible)
        owner.press("Home", *["Down"] * picker.findText(words))
    owner.press("Return")


def counts(dialog):
    found = dialog.finding.counts
    return found.new, found.changed, found.same, found.rejected


def test_a_folder_with_an_archive_is_dropped_answered_taken_in_and_taken_back(
    team, folder, hand, monkeypatch, tmp_path
):
    owner = hand()
    owner.place("sales")
    dialog = drop(owner, folder)
    assert [dialog.lines.row(n).content for n in range(dialog.lines.rowCount())] == ["客户", "商机"]
    owner.click_row(dialog.list, 1)
    assert counts(dialog) == (2, 0, 0, 1)

    turn(owner, dialog, COLUMNS)
    assert dialog.columns.pickers["意向"].currentText() == "原样保留"
    with owner.qtbot.waitSignal(dialog.checked):
        pick(owner, dialog.columns.pickers["意向"], "产品")
    assert dialog.columns.pickers["意向"].hasFocus()
    assert counts(dialog) == (2, 0, 0, 1)

    rejects = tmp_path / "退回.csv"
    monkeypatch.setattr(ask, "save_file", lambda *said: said[-1](rejects))
    turn(owner, dialog, REJECTED)
    owner.click(dialog.save)
    owner.qtbot.waitUntil(rejects.exists)

    turn(owner, dialog, QUESTIONS)
    pick(owner, dialog.asking.owners["小李"], "李娜")
    owner.click(dialog.go)
    owner.qtbot.waitUntil(lambda: owner.page.findChild(TakeIn) is None)
    taken = {deal.external: (deal.amount, deal.person.name, deal.account.name, deal.product) for deal in Deal.select()}
    assert taken == {
        "D1": (Money.yuan(125_000), "王芳", "华鼎机电", "货架"), "D2": (Money.yuan(80_000), "李娜", "华鼎机电", "照明"),
    }  # fmt: skip

    [table] = read_file(rejects)
    mended = [cell.replace("很多", "30000") for cell in map(str, table.rows[0])]
    dialog = drop(owner, text_file(tmp_path, [table.heading, mended], "gb18030", name="改好.csv"))
    assert counts(dialog) == (1, 0, 0, 0)
    owner.press("Return")
    owner.qtbot.waitUntil(lambda: owner.page.findChild(TakeIn) is None)
    assert Deal.get(Deal.external == "D3").amount == Money.yuan(30_000)

    owner.press("Ctrl+Z", "Ctrl+Z")
    assert queries.batches() == []
    assert (Deal.select().count(), Account.select().count()) == (0, 0)
