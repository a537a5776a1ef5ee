"""The window: pages built when first opened, the keyboard leads everywhere, undo says what it undoes."""

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QCloseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTabBar

from desktopapp.kernel.area import Link
from desktopapp.kernel.message import M
from desktopapp.team import queries, service
from desktopapp.team.models import Firm
from tests.ui.conftest import freed
from ui.kit import ask
from ui.kit.form import RecordForm
from ui.kit.nav import BOTTOM, Badge, Place
from ui.kit.page import Page
from ui.kit.tabs import Tabs
from ui.window import Window, placed

TODAY = date(2026, 11, 23)


class Sheet(Page):
    """A page that counts what it is asked."""

    tables = frozenset({"firm"})

    def __init__(self, desk):
        super().__init__(desk, "Print")
        self.refreshed, self.arrived, self.printed = 0, [], 0
        self.button = QPushButton("x")
        self.body.addWidget(self.button)
        self.start()

    def refresh(self, touched):
        self.refreshed += 1

    def arrive(self, record):
        self.arrived.append(record)

    def print_page(self):
        self.printed += 1


class Printing(Sheet):
    prints = True


WAITING = {"team": Badge("5")}
PLACES = (
    Place("home", "Undo", "layout-dashboard", Printing),
    Place("team", "Print", "users", Sheet, "Save", lambda: WAITING.get("team")),
    Place("goals", "Copies", "target", Sheet, "Save"),
    Place("settings", "Close", "settings", Sheet, BOTTOM, keys="Ctrl+,"),
)


def window_of(language, settings=None):
    return Window(
        language, TODAY, PLACES, firm=lambda: ("远航商贸", "8 人"), settings=settings,
        clock=lambda: time(10, 42),
    )  # fmt: skip


@pytest.fixture
def make(qtbot, zh, file):
    made = []

    def make(settings=None):
        window = window_of(zh, settings)
        qtbot.addWidget(window)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(make):
    return make()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key, modifier)


def test_one_page_is_built_at_first(window):
    assert list(window.pages) == ["home"]


def test_a_page_is_built_on_the_first_visit_and_kept(window):
    window.go(Link("goals"))
    goals = window.page
    window.go(Link("home"))
    window.go(Link("goals"))
    assert window.page is goals
    assert set(window.pages) == {"home", "goals"}
    assert goals.refreshed == 1


def test_a_link_leads_to_the_record(window):
    window.go(Link("team", 7))
    assert window.page is window.pages["team"]
    assert window.page.arrived == [7]
    window.go(Link("nowhere"))
    assert window.page is window.pages["team"]


@pytest.mark.parametrize(
    ("key", "place"), [(Qt.Key.Key_2, "team"), (Qt.Key.Key_3, "goals"), (Qt.Key.Key_Comma, "settings")]
)
def test_every_place_has_its_keys(qtbot, window, key, place):
    press(qtbot, window, key)
    assert window.page is window.pages[place]


def wheel(widget):
    event = QWheelEvent(QPointF(5, 5), widget.mapToGlobal(QPointF(5, 5)), QPoint(0, -120), QPoint(0, -120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
                        False)  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_the_wheel_turns_to_no_other_page(window):
    wheel(window.side.bar)
    assert window.page is window.pages["home"]
    tabs = Tabs("Save")
    for name in ("Undo", "Print"):
        tabs.addTab(name)
    wheel(tabs)
    assert tabs.currentIndex() == 0
    plain = QTabBar()
    plain.addTab("Undo")
    plain.addTab("Print")
    wheel(plain)
    assert plain.currentIndex() == 1, "Qt's own turns, so that this test can fail"


def test_a_page_that_opens_has_the_keys_where_one_begins(qtbot, window):
    window.go(Link("team"))
    field = QLineEdit(window.page)
    window.page.body.addWidget(field)
    field.show()
    window.go(Link("goals"))
    assert QApplication.focusWidget() is window.page.button
    window.go(Link("team"))
    field.setFocus()
    window.go(Link("goals"))
    window.go(Link("team"))
    assert QApplication.focusWidget() is field


def test_who_walks_through_the_sidebar_stays_there(qtbot, window):
    bar = window.side.bar
    qtbot.waitUntil(window.isActiveWindow)
    bar.setFocus()
    for _ in range(2):
        qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert window.page is window.pages["goals"]
    assert bar.hasFocus()


def test_control_tab_goes_round(qtbot, window):
    for place in ("team", "goals", "settings", "home"):
        window._step(1)
        assert window.page is window.pages[place]


def test_the_sidebar_is_a_tab_list_for_the_keyboard_and_for_screen_readers(qtbot, window):
    bar = window.side.bar
    assert isinstance(bar, QTabBar)
    assert [bar.tabText(n) for n in range(bar.count())] == ["撤销", "打印", "份数", "关闭"]
    tabs = QAccessible.queryAccessibleInterface(bar)
    assert tabs.role() == QAccessible.Role.PageTabList
    bar.setFocus()
    qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert window.page is window.pages["team"]
    assert bar.accessibleTabName(1) == "打印 5"


def test_a_click_on_a_row_opens_it_and_one_on_a_heading_does_nothing(qtbot, window):
    bar = window.side.bar
    heading = QPoint(30, bar.row(1).top() - 10)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=heading)
    assert window.page is window.pages["home"]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.row(2).center())
    assert window.page is window.pages["goals"]


def test_what_is_at_the_foot_stays_there_and_rows_draw_together_in_a_low_window(window):
    bar = window.side.bar
    assert bar.row(3).bottom() >= bar.height() - 16
    window.resize(1280, 560)
    for n in range(bar.count()):
        assert bar.rect().contains(bar.row(n))
        assert bar.row(n).height() >= 24


def test_badges_follow_what_is_written(qtbot, monkeypatch, window):
    assert window.side.bar.badge("team") == Badge("5")
    monkeypatch.setitem(WAITING, "team", Badge("6", "bad"))
    service.name_firm(name="远航商贸")
    qtbot.waitUntil(lambda: window.side.bar.badge("team") == Badge("6", "bad"))


def test_undo_says_what_it_undoes_and_does_it(qtbot, zh, window):
    assert not window.undo_button.isEnabled()
    assert window.undo_button.toolTip() == "没有可撤销的操作"
    service.name_firm(name="远航商贸")
    qtbot.waitUntil(window.undo_button.isEnabled)
    what = zh.text(window.changes.undoable().words)
    assert window.undo_button.toolTip() == f"撤销：{what}（Ctrl+Z）"
    press(qtbot, window, Qt.Key.Key_Z)
    assert queries.firm() is None
    assert window.toast.words.text() == f"已撤销：{what}"
    press(qtbot, window, Qt.Key.Key_Y)
    assert queries.firm().name == "远航商贸"
    assert window.toast.words.text() == f"已重做：{what}"


def test_only_a_seen_page_is_refreshed_at_once_another_when_it_is_shown(window):
    home = window.page
    window.go(Link("team"))
    before = home.refreshed
    service.name_firm(name="远航商贸")
    assert window.page.refreshed == 2
    assert home.refreshed == before
    window.go(Link("home"))
    assert home.refreshed == before + 1


def test_control_p_prints_the_page_where_it_can_be_printed(qtbot, window):
    press(qtbot, window, Qt.Key.Key_P)
    assert window.page.printed == 1
    window.go(Link("team"))
    assert not window.print_button.isEnabled()


def test_what_was_saved_is_said_with_the_time(window):
    assert not window.saved.isVisible()
    window.desk.saved()
    assert window.saved.text() == "已自动保存 10:42"


def test_a_word_offers_undo_where_there_is_something_to_undo(qtbot, window):
    service.name_firm(name="远航商贸")
    window.desk.toast(M("Working…"), undo=True)
    assert window.toast.isVisible()
    assert window.rect().contains(window.toast.geometry())
    qtbot.mouseClick(window.toast.undo, Qt.MouseButton.LeftButton)
    assert queries.firm() is None


def test_f6_goes_between_the_sidebar_and_the_page(qtbot, window):
    press(qtbot, window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert window.side.bar.hasFocus()
    press(qtbot, window, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert window.page.isAncestorOf(QApplication.focusWidget())


def test_beside_an_open_form_plain_buttons_show_their_icons_alone(qtbot, zh, window):
    window.resize(1000, 700)
    page = window.page
    plain = [page.action("Save as PDF…", lambda: None, icon="printer") for _ in range(2)]
    primary = page.action("Save", lambda: None, icon="plus", kind="primary")
    qtbot.waitUntil(primary.isVisible)
    form = page.ask(RecordForm(zh, "Save", (Firm.name,), dict, day=TODAY))
    assert [(button.text(), button.toolTip()) for button in plain] == [("", "另存为 PDF…")] * 2
    assert primary.text() == "保存"
    form.leave()
    assert [button.text() for button in plain] == ["另存为 PDF…"] * 2
    assert page.form is None


@pytest.fixture
def asked(monkeypatch):
    """What the owner is asked before something typed goes: the question, what a yes does and what a no does."""
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda _parent, _words, question, _act, *then: asked.append((question, *then)))
    return asked


def form_with(zh, text=""):
    form = RecordForm(zh, "Save", (Firm.name,), dict, day=TODAY)
    if text:
        form.editors["name"].insert(text)
    return form


def test_a_panel_opens_in_the_place_of_one_in_which_nothing_was_typed(zh, window, asked):
    page = window.page
    page.ask(form_with(zh))
    second = page.ask(form_with(zh))
    assert page.form is second
    assert second.isVisible()
    assert asked == []


def test_a_panel_opened_over_one_with_something_typed_waits_for_a_yes(qtbot, zh, window, asked):
    page = window.page
    typed = page.ask(form_with(zh, "远航商贸"))
    second = page.ask(form_with(zh))
    question, yes, _no = asked[0]
    assert question == "Throw away what you typed?"
    assert page.form is typed
    assert not second.isVisible()
    yes()
    assert page.form is second
    assert second.isVisible()
    assert not typed.isVisible()


def test_after_a_no_what_was_typed_stands_there_still(qtbot, zh, window, asked):
    page = window.page
    typed = page.ask(form_with(zh, "远航商贸"))
    second = page.ask(form_with(zh))
    asked[0][2]()
    freed(qtbot, second)
    assert page.form is typed
    assert typed.editors["name"].text() == "远航商贸"


def test_the_cross_of_the_window_asks_where_something_was_typed_and_goes_there(qtbot, zh, window, asked):
    window.page.ask(form_with(zh, "远航商贸"))
    at = window.page
    window.go(Link("goals"))
    QApplication.sendEvent(window.windowHandle(), QCloseEvent())
    assert window.isVisible()
    assert window.page is at
    asked[0][1]()
    assert not window.isVisible()


def test_the_cross_of_a_window_in_which_nothing_was_typed_closes_it(zh, window, asked):
    window.page.ask(form_with(zh))
    QApplication.sendEvent(window.windowHandle(), QCloseEvent())
    assert not window.isVisible()
    assert asked == []


def test_the_window_stands_where_it_stood(make, file):
    first = make(file / "window.ini")
    first.go(Link("goals"))
    first.resize(1000, 700)
    first.close()
    again = make(file / "window.ini")
    assert list(again.pages) == ["goals"]
    assert again.height() == 700


def test_a_window_on_a_screen_that_is_gone_comes_back(make, file):
    first = make(file / "window.ini")
    first.setGeometry(QRect(-9000, -9000, 1000, 600))
    first.close()
    again = make(file / "window.ini")
    assert again.screen().availableGeometry().intersects(again.geometry())


HD, RIGHT, SMALL = QRect(0, 0, 1920, 1040), QRect(1920, 0, 1920, 1040), QRect(0, 0, 1280, 680)


@pytest.mark.parametrize(
    ("stood", "screens", "stands"),
    [
        (QRect(100, 100, 1366, 768), [HD], QRect(100, 100, 1366, 768)),
        (QRect(2000, 100, 1366, 768), [HD, RIGHT], QRect(2000, 100, 1366, 768)),
        (QRect(2000, 100, 1366, 768), [HD], QRect(277, 136, 1366, 768)),  # its monitor was unplugged
        (QRect(1900, 100, 1366, 768), [HD], QRect(277, 136, 1366, 768)),  # only a sliver would be seen
        (QRect(100, -400, 1366, 768), [HD], QRect(277, 136, 1366, 768)),  # no edge to take hold of
        (QRect(0, 0, 3840, 2100), [SMALL], SMALL),  # a large screen was changed for a small one
        (QRect(5000, 0, 3840, 2100), [SMALL], SMALL),
    ],
)
def test_a_window_comes_back_to_a_screen_that_is_there(stood, screens, stands):
    assert placed(stood, screens) == stands


def test_help_is_asked_about_the_page_that_is_shown(qtbot, zh, file):
    asked = []
    window = Window(zh, TODAY, PLACES, firm=lambda: ("", ""), show_help=asked.append)
    qtbot.addWidget(window)
    window.show()
    window.go(Link("goals"))
    press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    qtbot.mouseClick(window.help_button, Qt.MouseButton.LeftButton)
    assert asked == ["goals", "goals"]
    window.close()


def test_pages_and_the_window_s_ear_go_with_the_window(qtbot, zh, file):
    window = window_of(zh)
    page = window.page
    window.close()
    window.deleteLater()
    freed(qtbot, page)
    service.name_firm(name="远航商贸")
