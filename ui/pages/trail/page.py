"""Three lists: every request with its way back, what was deleted in the last thirty days, and what was printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QStackedWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.message import N_
from desktopapp.overview import bin as deleted
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.tabs import Tabs
from ui.pages.trail.bin import Bin
from ui.pages.trail.log import Log
from ui.pages.trail.prints import Prints

TOLD = (
    N_("Nothing is ever lost: any step can be taken back, also much later."),
    N_("What you delete stays here for 30 days."),
    N_("Everything that was printed or went into a file. Undo does not touch it: it is out."),
)
"""The line under the title, for each list."""


class TrailPage(Page):
    """The firm's history, the recycle bin and the log of paper."""

    tables = deleted.TABLES

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, N_("What was done"))
        words = desk.language.text
        self.back = self.action(N_("Settings"), partial(desk.go, Link("settings")), icon="chevron-left", kind="quiet")
        self.tabs, self.stack = Tabs(words(N_("Lists"))), QStackedWidget()
        self.log, self.bin, self.paper = Log(desk), Bin(desk), Prints(desk)
        lists = ((N_("History"), self.log), (N_("Recycle bin"), self.bin), (N_("Log of paper"), self.paper))
        for title, each in lists:
            self.tabs.addTab(words(title))
            self.stack.addWidget(each)
        self.tabs.currentChanged.connect(self._turn)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.start()

    def turn_to(self, table: str) -> None:
        self.tabs.setCurrentIndex(self.stack.indexOf({"printed": self.paper}[table]))

    def arrive(self, record: int | None) -> None:
        """Show a job of the log of paper."""
        if record is not None and self.stack.currentWidget() is self.paper:
            self.paper.show_job(record)

    def refresh(self, _touched: frozenset[str]) -> None:
        """Read the list that is seen again; the other follows when it is turned to."""
        self.subtitle.setText(self.desk.language.text(TOLD[self.tabs.currentIndex()]))
        self.stack.currentWidget().refresh()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.refresh(self.tables)
