"""Every page, side panel and dialog in both languages and both looks: it opens, and is gone when it is closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktopapp.kernel.area import Link
from desktopapp.overview import sample
from tests.conftest import TODAY
from tests.ui.scenes import DIALOGS, PANELS, open_scene
from ui.pages.settings.page import SECTIONS

pytestmark = pytest.mark.screen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_everything_opens_and_nothing_stays_behind(hand, qtbot, file, tmp_path, code, scheme):
    sample.load(TODAY)
    owner = hand(code, scheme)
    window = owner.window
    for place in window.places:
        window.go(Link(place.key))
        QApplication.processEvents()
    for key, *_ in SECTIONS:
        window.page.show_section(key)
    for place, scene in PANELS.values():
        panel = open_scene(qtbot, window, place, scene, tmp_path)
        panel.leave()
        qtbot.waitUntil(lambda panel=panel: not isValid(panel))
    for place, scene in DIALOGS.values():
        dialog = open_scene(qtbot, window, place, scene, tmp_path)
        dialog.close()
        qtbot.waitUntil(lambda dialog=dialog: not isValid(dialog))
    pages = list(window.pages.values())
    owner.program.stop()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [page for page in (window, *pages) if isValid(page)] == []
