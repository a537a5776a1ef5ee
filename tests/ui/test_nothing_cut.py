"""Every page fits: on a small screen, with large text, in both languages, dense or not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.overview import sample
from tests.conftest import TODAY
from tests.ui.cut import cut
from tests.ui.scenes import DIALOGS, PANELS, open_scene
from ui.kit.button import Button
from ui.kit.label import Label
from ui.kit.theme import dress
from ui.main import Program
from ui.pages.settings.page import SECTIONS

SMALL, LARGE = QSize(1280, 680), QSize(3840, 2160)


def tabs(key: str, window: QWidget) -> dict[str, list[str]]:
    """What is cut in each view of a page that has several."""
    bar, found = getattr(window.page, "tabs", None), {}
    for at in range(bar.count() if bar and bar.isVisible() else 0):
        bar.setCurrentIndex(at)
        QApplication.processEvents()
        found[f"{key}: {bar.tabText(at)}"] = cut(window)
    return found


@pytest.fixture
def walk(qapp, file):
    """Walks every page and every section of the settings; gives what is cut, page by page."""
    made = []

    def walk(code: str, scale: int, size: QSize, density: str = "standard") -> dict[str, list[str]]:
        program = Program(qapp, file, language=code, scheme="light", today=TODAY)
        made.append(program)
        program.theme.choose(scale=scale, density=density)
        program.start()
        window = program.window
        window.resize(size)
        found = {}
        for place in window.places:
            window.go(Link(place.key))
            qapp.processEvents()
            found[place.key] = cut(window)
            found |= tabs(place.key, window)
        for key, *_ in SECTIONS if "settings" in found else ():
            window.page.show_section(key)
            qapp.processEvents()
            found[key] = cut(window)
        program.stop()
        return {key: words for key, words in found.items() if words}

    yield walk
    for program in made:
        program.deleteLater()
    dress(qapp, "light")


@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 115, 130])
@pytest.mark.parametrize("density", ["standard", "compact"])
def test_nothing_is_cut_on_a_small_screen_at_any_size_of_text(walk, code, scale, density):
    sample.load(TODAY)
    assert walk(code, scale, SMALL, density) == {}


@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize(("scale", "size"), [(150, QSize(1600, 900)), (200, QSize(2560, 1440))])
def test_nothing_is_cut_with_text_made_larger_still(walk, code, scale, size):
    """More than the settings offer: as a system that enlarges text alone does."""
    sample.load(TODAY)
    assert walk(code, scale, size) == {}


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_nothing_is_cut_on_a_very_large_screen(walk, code):
    sample.load(TODAY)
    assert walk(code, 100, LARGE) == {}


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_nothing_is_cut_of_what_an_empty_firm_is_taught(walk, code):
    assert walk(code, 130, SMALL) == {}


@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [100, 130])
def test_nothing_is_cut_in_any_side_panel_or_dialog(qapp, qtbot, file, tmp_path, code, scale):
    sample.load(TODAY)
    program = Program(qapp, file, language=code, scheme="light", today=TODAY)
    program.theme.choose(scale=scale, density="standard")
    program.start()
    window, found = program.window, {}
    window.resize(SMALL)
    for name, (place, scene) in (PANELS | DIALOGS).items():
        opened = open_scene(qtbot, window, place, scene, tmp_path)
        if opened.isWindow() and opened.width() > opened.screen().availableSize().width() - 100:
            opened.resize(SMALL - QSize(80, 80))  # it takes what the screen gives, and Qt's screen here is 800 wide
        qapp.processEvents()
        found[name] = cut(opened)
        least = opened.minimumSizeHint().expandedTo(opened.minimumSize())
        if SMALL.expandedTo(least) != SMALL:
            found[name].append(f"larger than the screen: {least.width()} x {least.height()}")
        opened.close() if opened.isWindow() else opened.leave()
    program.stop()
    program.deleteLater()
    dress(qapp, "light")
    assert {name: words for name, words in found.items() if words} == {}


def test_the_detector_finds_what_is_cut(qtbot):
    box = QWidget()
    column = QVBoxLayout(box)
    words = "绩效评估" * 20
    for made in (Label(words), Label(words, wrap=True), Button(words, lambda: None)):
        column.addWidget(made)
        made.setFixedSize(60, 20)
    qtbot.addWidget(box)
    box.show()
    assert [each.split(" ")[0] for each in cut(box)] == ["Button", "Label", "Label"]
    for made in box.findChildren(QLabel) + box.findChildren(QPushButton):
        made.setMinimumSize(0, 0)
        made.setMaximumSize(16_777_215, 16_777_215)
    box.resize(2000, 600)
    qtbot.waitUntil(lambda: cut(box) == [])
