"""Every side panel and every dialog of the program, each with the page it is opened from and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktopapp.goals import queries as goals
from desktopapp.kernel.area import Link
from desktopapp.kernel.message import M
from ui.kit.broken import Broken
from ui.kit.day_order import DayOrder
from ui.kit.handbook import Handbook
from ui.kit.preview import Preview
from ui.kit.task import Bar
from ui.pages.sales.take_in import TakeIn
from ui.window import Window

Open = Callable[[Any, Path], object]
"""Opens something on a page; may write into a folder."""

WHICH = M("Nothing to undo")
EXPORT = (
    "商机编号,商机名称,客户名称,负责人,销售阶段,金额,预计成交日期\n"
    "D-2101,华北仓储系统二期,北方物流,王芳,赢单,380000,2026-11-12\n"
    "D-2102,备件采购,北方物流,王芳,谈判,四万,2026-12-05\n"
)

PANELS: dict[str, tuple[str, Open]] = {
    "a new person": ("team", lambda page, _folder: page.add_person()),
    "a person": ("team", lambda page, _folder: page.edit_person()),
    "leaving": ("team", lambda page, _folder: page.let_go()),
    "history of a person": ("team", lambda page, _folder: page.show_past()),
    "a new goal": ("goals", lambda page, _folder: page.add_goal()),
    "a goal": ("goals", lambda page, _folder: (some_goal(page), page.change_goal())),
    "progress": ("goals", lambda page, _folder: (some_goal(page), page.check_in())),
    "end of a goal": ("goals", lambda page, _folder: (some_goal(page), page.close_goal())),
    "history of a goal": ("goals", lambda page, _folder: (some_goal(page), page.show_past())),
    "a round": ("reviews", lambda page, _folder: page.start_round()),
    "a waiver": ("reviews", lambda page, _folder: (page.tabs.setCurrentIndex(1), page.views[1].ask_waiver())),
    "a total calibrated": ("reviews", lambda page, _folder: (page.tabs.setCurrentIndex(2), page.views[2].ask_total())),
    "a potential": ("reviews", lambda page, _folder: (page.tabs.setCurrentIndex(2), page.views[2].ask_potential())),
    "a correction": ("reviews", lambda page, _folder: (page.tabs.setCurrentIndex(0), signed(page), page.correct())),
    "raters of a kind": ("reviews", lambda page, _folder: (unsigned(page), page.ask_raters("superior"))),
    "a measure": ("reviews", lambda page, _folder: (unsigned(page), page.ask_measure())),
    "history of a review": ("reviews", lambda page, _folder: page.show_past()),
}

DIALOGS: dict[str, tuple[str, Open]] = {
    "people out of Excel": ("team", lambda page, _folder: page.paste_people()),
    "goals out of Excel": ("goals", lambda page, _folder: page.paste_goals()),
    "the roster on paper": ("team", lambda page, _folder: page.print_page()),
    "the day on paper": ("home", lambda page, _folder: page.print_page()),
    "the templates": ("reviews", lambda page, _folder: page.show_templates()),
    "a paper to check": ("reviews", lambda page, _folder: page.check_paper()),
    "forms on paper": ("reviews", lambda page, _folder: page.print_page()),
    "deals out of the CRM": ("sales", lambda page, folder: page.read_files([export(folder)])),
    "the order of dates": ("sales", lambda page, _folder: DayOrder(page.desk.language, WHICH, page).open()),
    "a holiday notice": ("settings", lambda page, _folder: page.show_section("holidays").paste_notice()),
    "data kept of somebody": ("team", lambda page, _folder: page.show_kept()),
    "a licence": ("settings", lambda page, _folder: page.show_section("about").licences[0].click()),
    "a question": ("home", lambda page, _folder: page.remove_sample()),
    "the shortcuts": ("home", lambda page, _folder: page.window().show_shortcuts()),
    "the handbook": ("home", lambda page, _folder: page.window().help()),
    "an error": ("home", lambda page, _folder: Broken(page.desk.language, "ValueError", page).open()),
}


def some_goal(page: Any) -> None:
    """Choose a goal that is still open."""
    rows = goals.standing(period=page.period, today=page.desk.day)
    page.arrive(next(row.id for row in rows if row.state == "active" and row.source != goals.SALES))


def signed(page: Any) -> None:
    """Show a review that is signed."""
    page.arrive(next(row.id for row in page.rows if row.signed))


def unsigned(page: Any) -> None:
    """Show a review that can still be changed."""
    page.arrive(next(row.id for row in page.rows if not row.is_over))


def export(folder: Path) -> Path:
    """A file as a CRM writes it."""
    path = folder / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def open_scene(qtbot: Any, window: Window, place: str, scene: Open, folder: Path) -> QWidget:
    """Open it from its page; gives what has opened, as soon as it stands."""
    window.go(Link(place))
    before = set(_opened(window))
    scene(window.page, folder)
    qtbot.waitUntil(lambda: any(each not in before for each in _opened(window)), timeout=10_000)
    opened = next(each for each in _opened(window) if each not in before)
    if isinstance(opened, Preview):
        qtbot.waitSignal(opened.ready, timeout=20_000).wait()
    if isinstance(opened, TakeIn):
        qtbot.waitUntil(lambda: opened.found is not None, timeout=20_000)
    return opened


def _opened(window: Window) -> list[QWidget]:
    """Side panels and windows but the window itself and the bar of what is running."""
    panel = getattr(window.page, "form", None)
    others = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog | Handbook)]
    return [each for each in (panel, *others) if each and each.isVisible() and not isinstance(each, Bar)]
