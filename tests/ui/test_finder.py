"""The box in the top bar: it finds while one types and composes, and the keys alone lead there."""

import threading
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from desktopapp.kernel.area import Found, Link
from desktopapp.kernel.message import N_, M
from desktopapp.overview import search
from desktopapp.sales.models import Account, Deal
from desktopapp.storage import unit
from desktopapp.team import service as team
from tests.ui.conftest import freed
from ui.kit.finder import Follower
from ui.kit.nav import Place
from ui.kit.page import Page
from ui.pages.sales import SalesPage
from ui.pages.team import TeamPage
from ui.window import Window

pytestmark = pytest.mark.usefixtures("file")

TODAY = date(2026, 11, 23)
KEY = Qt.Key
NAUGHTY = (
    "'", '"', "''''", '"""', "*", "**", "NEAR", "NEAR(a b)", "a AND", "NOT", "OR OR", "a:b",
    "^a", "{a}", "-a", "+a", "(", ")", "\\", "%", "_", "%%", "'; drop table person; --",
    "1' or '1'='1", "<b>x</b>", "<script>alert(1)</script>", "&amp;", "$HOME",
    "../../etc/passwd", "NULL", "None", "undefined", "NaN", "-1", "1e100", "0x0", "１２３", "　",
    "ｗｆ", "田中さん", "사회과학원", "𠜎𠜱𠝹", "👩‍👧", "🇨🇳", "Ω≈ç√∫", "ﷺ", "مرحبا", "\u202etest", "\ufeff",
    "\u200b", "A\u0300", "Ṱ̺̺̕o͞", "\t", "\x01", "\x7f", "\U0010fff0", "\U0010fff1", "王" * 300,
    "a" * 300, "*" * 300, '"' * 300, " " * 300 + "a",
)  # fmt: skip


class Start(Page):
    """The page one is on before looking for anything."""

    def __init__(self, desk):
        super().__init__(desk, N_("Today"))
        self.start()


PLACES = (
    Place("home", N_("Today"), "layout-dashboard", Start),
    Place("team", N_("Team roster"), "users", TeamPage),
    Place("sales", N_("Sales data"), "chart-column", SalesPage),
)


@pytest.fixture
def window(qtbot, zh):
    shown = Window(
        zh, TODAY, PLACES, firm=lambda: ("远航商贸", "8 人"), find=search.search, catch_up=search.catch_up,
    )  # fmt: skip
    qtbot.addWidget(shown)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


@pytest.fixture
def people():
    """Three people, findable."""
    found = [team.add(today=TODAY, name=name, team="华东一组") for name in ("张伟", "张伟明", "单文博")]
    search.catch_up()
    return found


def shown(window) -> list[str]:
    """What stands in the list, headings and all."""
    model = window.finder.list.model()
    return [model.index(n).data() for n in range(model.rowCount())] if window.finder.list.isVisible() else []


def compose(widget, letters: str, commit: str = "") -> None:
    """What an input method sends for a key."""
    event = QInputMethodEvent(letters, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def test_ctrl_f_letters_and_enter_lead_to_a_person(window, qtbot, people):
    qtbot.keyClick(window, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.finder.hasFocus()
    qtbot.keyClicks(window.finder, "swb")
    assert shown(window) == ["人员", "单文博"]
    qtbot.keyClick(window.finder, KEY.Key_Return)
    assert isinstance(window.page, TeamPage)
    assert window.page.shown == people[2]
    assert not window.finder.list.isVisible()
    assert not window.finder.hasFocus()


def test_letters_being_composed_find_before_a_candidate_is_picked(window, qtbot, people):
    window.finder.begin()
    for letters in ("z", "zh", "zhang", "zhang'w", "zhang'wei", "zhang wei", "张wei"):
        compose(window.finder, letters)
        assert shown(window) == ["人员", "张伟", "张伟明"], letters
    qtbot.keyClick(window.finder, KEY.Key_Return)
    assert window.page is window.pages["home"]
    compose(window.finder, "", commit="张伟明")
    assert shown(window) == ["人员", "张伟明"]
    qtbot.keyClick(window.finder, KEY.Key_Return)
    assert window.page.shown == people[1]


def test_the_arrows_walk_through_the_hits_and_round_the_end(window, qtbot, people):
    window.finder.begin()
    qtbot.keyClicks(window.finder, "zw")
    walked = []
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        walked.append(window.finder.list.current().title)
        qtbot.keyClick(window.finder, key)
    assert walked == ["张伟", "张伟明", "张伟"]
    assert window.finder.list.current().title == "张伟明"
    assert window.finder.accessibleDescription() == "人员 · 张伟明 · 华东一组"


def test_escape_clears_then_gives_the_keys_back_to_the_page(window, qtbot, people):
    window.finder.begin()
    qtbot.keyClicks(window.finder, "zw")
    qtbot.keyClick(window.finder, KEY.Key_Escape)
    assert (window.finder.text(), window.finder.list.isVisible(), window.finder.hasFocus()) == ("", False, True)
    qtbot.keyClick(window.finder, KEY.Key_Escape)
    assert not window.finder.hasFocus()


def test_f3_goes_to_the_next_hit_and_shift_f3_to_the_one_before(window, qtbot, people):
    window.finder.begin()
    qtbot.keyClicks(window.finder, "zw")
    qtbot.keyClick(window.finder, KEY.Key_Return)
    assert window.page.shown == people[0]
    qtbot.keyClick(window, KEY.Key_F3)
    assert window.page.shown == people[1]
    qtbot.keyClick(window, KEY.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.page.shown == people[0]


def test_f3_without_a_text_asks_for_one(window, qtbot):
    qtbot.keyClick(window, KEY.Key_F3)
    assert window.finder.hasFocus()


def test_a_click_goes_there_and_a_heading_takes_none(window, qtbot, people):
    window.finder.begin()
    qtbot.keyClicks(window.finder, "dan")
    hits = window.finder.list
    for row in (0, 1):
        assert window.page is window.pages["home"]
        at = hits.visualRect(hits.model().index(row, 0)).center()
        qtbot.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.page.shown == people[2]


def test_nothing_found_is_said_and_enter_stays(window, qtbot, people):
    window.finder.begin()
    qtbot.keyClicks(window.finder, "qqq")
    assert shown(window) == ["没有找到"]
    for key in (KEY.Key_Down, KEY.Key_Return):
        qtbot.keyClick(window.finder, key)
    assert window.page is window.pages["home"]


def test_an_empty_box_shows_no_list(window, qtbot, people):
    window.finder.begin()
    assert shown(window) == []
    qtbot.keyClicks(window.finder, " ")
    assert shown(window) == []


def test_a_leaver_is_marked(window, qtbot, people):
    team.let_go(person=people[2], day=TODAY)
    search.catch_up()
    window.finder.begin()
    qtbot.keyClicks(window.finder, "shan")
    assert window.finder.list.spoken() == "人员 · 单文博 · 华东一组 · 已离职"


@pytest.mark.parametrize(("typed", "table"), [("远大集团采购", "deals"), ("远大集团有限公司", "accounts")])
def test_a_deal_and_a_customer_are_shown_in_their_lists(window, qtbot, typed, table):
    with unit("overview.test", M("")):
        for n in range(60):
            Deal.create(external=str(n), name=f"其他采购{n}", customer="其他")
            Account.create(external=str(n), name=f"其他{n}")
        Deal.create(external="x", name="远大集团采购", customer="远大集团")
        Account.create(external="x", name="远大集团有限公司")
    search.catch_up()
    window.go(Link("sales"))
    getattr(window.page, table).search.setText("其他")
    window.finder.begin()
    compose(window.finder, "", commit=typed)
    qtbot.keyClick(window.finder, KEY.Key_Return)
    seen = window.page.stack.currentWidget()
    assert seen is getattr(window.page, table)
    assert seen.view.current_row().name == typed
    assert seen.view.hasFocus()


@pytest.mark.parametrize("text", NAUGHTY)
def test_any_text_is_only_looked_for(window, text, people):
    window.finder.begin()
    window.finder.setText(text)
    assert shown(window) in ([], ["没有找到"])


def test_what_is_written_is_found_a_moment_later(window, qtbot):
    window.finder.begin()
    compose(window.finder, "", commit="王芳")
    assert shown(window) == ["没有找到"]
    with qtbot.waitSignal(window.follower.caught_up):
        team.add(today=TODAY, name="王芳")
    assert shown(window) == ["人员", "王芳"]


def test_a_refreshed_list_keeps_what_was_chosen(window, qtbot, people):
    window.finder.begin()
    qtbot.keyClicks(window.finder, "zw")
    qtbot.keyClick(window.finder, KEY.Key_Down)
    with qtbot.waitSignal(window.follower.caught_up):
        team.add(today=TODAY, name="张伟峰")
    assert shown(window) == ["人员", "张伟", "张伟峰", "张伟明"]
    assert window.finder.list.current().title == "张伟明"


def test_coming_back_from_another_program_opens_no_list(window, people):
    window.finder.setText("zw")
    QApplication.sendEvent(window.finder, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason))
    assert shown(window) == []


def test_the_list_goes_when_the_keys_go_elsewhere(window, qtbot, people):
    elsewhere = QLineEdit(window)
    elsewhere.show()
    window.finder.begin()
    qtbot.keyClicks(window.finder, "zw")
    elsewhere.setFocus()
    assert shown(window) == []


@pytest.mark.parametrize("size", [(960, 560), (1366, 768), (2560, 1440)])
def test_the_list_stays_inside_the_window(window, qtbot, size):
    window.resize(*size)
    many = [Found("Deals", Link("sales", n, "deal"), "很长的名字" * 30, ("远大集团" * 20, "报价")) for n in range(40)]
    window.finder._find = lambda _text: many
    window.finder.begin()
    qtbot.keyClicks(window.finder, "x")
    hits = window.finder.list
    assert window.rect().contains(hits.geometry())
    assert hits.y() >= window.finder.mapTo(window, QPoint(0, window.finder.height())).y()
    qtbot.keyClick(window.finder, KEY.Key_Up)
    assert hits.viewport().rect().intersects(hits.visualRect(hits.currentIndex()))


def test_closing_the_window_stops_what_follows(qtbot, zh):
    begun, gone_on = threading.Event(), threading.Event()

    def endless(told):
        begun.set()
        while True:
            told(0, 0)
            gone_on.wait(0.001)

    window = Window(zh, TODAY, PLACES, firm=lambda: ("", ""), find=search.search, catch_up=endless)
    window.show()
    qtbot.waitUntil(begun.is_set)
    window.close()
    window.deleteLater()
    freed(qtbot, window)


def test_what_goes_wrong_on_the_side_is_told_in_the_window(qtbot, window):
    def broken(_told):
        raise ZeroDivisionError

    with qtbot.captureExceptions() as raised:
        follower = Follower(window.changes, broken, window)
        qtbot.waitUntil(lambda: bool(raised))
    follower.close()
    assert raised[0][0] is ZeroDivisionError
