"""Keyboard alone, a screen reader, a weak eye: every page, every side panel and every dialog is walked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.overview import sample
from tests.conftest import TODAY
from tests.ui import access
from tests.ui.scenes import DIALOGS, PANELS, open_scene
from ui.kit.button import Button
from ui.main import Program
from ui.pages.settings.page import SECTIONS

LANGUAGES = ("zh_CN", "en")


@pytest.fixture
def start(qapp, qtbot, file):
    """Opens the program's window over the sample firm."""
    made = []
    sample.load(TODAY)

    def start(code: str):
        made.append(Program(qapp, file, language=code, scheme="light", today=TODAY))
        made[0].start()
        window = made[0].window
        window.resize(1366, 768)
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    yield start
    made[0].stop()
    made[0].deleteLater()


def walked(qapp, window):
    """Every page and every section of the settings, shown one after the other."""
    for place in window.places:
        window.go(Link(place.key))
        qapp.processEvents()
        yield place.key, window.page
    for key, *_ in SECTIONS:
        window.page.show_section(key)
        qapp.processEvents()
        yield key, window.page


def listed(faults):
    """Each fault with where it is."""
    return [f"{place}: {fault}" for place, found in faults.items() for fault in found]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_worked_by_keys_alone_and_says_where_they_go(qapp, start, code):
    window = start(code)
    faults = {}
    for key, page in walked(qapp, window):
        faults[key] = access.faults(window)
        page.setFocus()
        faults[key] += access.unreached(page)
    assert listed(faults) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_so_is_every_side_panel(qapp, qtbot, start, tmp_path, code):
    window = start(code)
    faults = {}
    for name, (place, scene) in PANELS.items():
        panel = open_scene(qtbot, window, place, scene, tmp_path)
        qapp.processEvents()
        faults[name] = access.faults(panel) + access.unreached(panel)
        panel.leave()
    assert listed(faults) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_so_is_every_dialog(qapp, qtbot, start, tmp_path, code):
    window = start(code)
    faults = {}
    for name, (place, scene) in DIALOGS.items():
        dialog = open_scene(qtbot, window, place, scene, tmp_path)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        dialog.setFocus()
        faults[name] = access.faults(dialog) + access.unreached(dialog)
        dialog.close()
    assert listed(faults) == []


def test_no_part_of_a_page_is_seen_as_a_window_of_its_own(qapp, start):
    """As what is shown before it has a parent is: it would flash, and take the keys away."""
    shown = []

    class Eye(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    eye = Eye()
    qapp.installEventFilter(eye)
    window = start("zh_CN")
    for _page in walked(qapp, window):
        pass
    qapp.removeEventFilter(eye)
    assert shown == [window]


@pytest.mark.parametrize(("place", "panes"), [("home", 1), ("team", 2), ("goals", 2), ("reviews", 2), ("settings", 2)])
def test_f6_goes_round_the_panes_and_comes_back(qtbot, start, place, panes):
    window = start("zh_CN")
    window.go(Link(place))
    window.side.bar.setFocus()
    stops = []
    while len(stops) < 10:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        at = QApplication.focusWidget()
        if at is window.side.bar:
            break
        assert at not in stops
        stops.append(at)
    assert len(stops) == panes
    for at in (*reversed(stops), window.side.bar):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is at


def test_the_detectors_find_what_is_wrong(qapp, qtbot):
    box, column = QFrame(), QVBoxLayout()
    box.setLayout(column)
    box.setStyleSheet("QCheckBox:focus, QCheckBox { border: none }")
    label, field, tick, lost = QLabel("<b>姓名</b> *"), QLineEdit(), QCheckBox(" " * 9), Button("走不到")
    field.setAccessibleName("<b>姓名</b>")
    lost.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    nameless = QLineEdit()
    for widget in (label, field, tick, lost, nameless):
        column.addWidget(widget)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    field.setFocus()
    assert [fault.split(" ")[0] for fault in access.nameless(box)] == ["QLineEdit"]
    assert len(access.strangers(box)) == 1
    assert len(access.marked_up(box)) == 1
    field.setFocus()
    assert [fault.split("”")[0] for fault in access.unreached(box)] == ["Button “走不到"]
    blind = QWidget(box)
    blind.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    column.addWidget(blind)
    blind.setMinimumSize(40, 40)
    qapp.processEvents()
    assert [fault.split(" ")[0] for fault in access.unlit(box)] == ["QWidget"]
