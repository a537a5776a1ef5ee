"""Settings: a list of sections at the left, the one chosen at its right. Each change is kept at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from desktopapp.kernel.message import N_
from desktopapp.overview import history
from ui.kit.desk import Desk
from ui.kit.page import Page
from ui.kit.theme import icon, px, theme
from ui.pages.settings.section import Program, Section

Build = Callable[[Desk, Program], Section]
WIDTH, ROW = 176, 36
"""Pixels of the list, and of a row in it."""


def _firm(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.firm import FirmSection  # each section is imported when it is first opened

    return FirmSection(desk, program)


def _look(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.look import LookSection

    return LookSection(desk, program)


def _printing(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.printing import PrintingSection

    return PrintingSection(desk, program)


def _scale(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.scale import ScaleSection

    return ScaleSection(desk, program)


def _holidays(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.holidays import HolidaysSection

    return HolidaysSection(desk, program)


def _protection(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.protection import ProtectionSection

    return ProtectionSection(desk, program)


def _backup(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.backup import BackupSection

    return BackupSection(desk, program)


def _data(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.data import DataSection

    return DataSection(desk, program)


def _privacy(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.privacy import PrivacySection

    return PrivacySection(desk, program)


def _about(desk: Desk, program: Program) -> Section:
    from ui.pages.settings.about import AboutSection

    return AboutSection(desk, program)


SECTIONS: tuple[tuple[str, str, str, Build], ...] = (
    ("firm", N_("Firm"), "building-2", _firm),
    ("look", N_("Appearance"), "eye", _look),
    ("printing", N_("Printing"), "printer", _printing),
    ("scale", N_("Reviews"), "clipboard-check", _scale),
    ("holidays", N_("Working days"), "calendar", _holidays),
    ("protection", N_("Protection"), "lock", _protection),
    ("backup", N_("Backup"), "save", _backup),
    ("data", N_("Data"), "save", _data),
    ("privacy", N_("Privacy"), "user", _privacy),
    ("about", N_("About"), "info", _about),
)
"""Every section: its key, its title, its icon, and what makes it."""


class SettingsPage(Page):
    """The list and the section chosen."""

    tables = history.EVERY_TABLE

    def __init__(self, desk: Desk, program: Program) -> None:
        super().__init__(desk, N_("Settings & backup"))
        self.program = program
        self.subtitle.setText(desk.language.text(N_("Every change is kept at once.")))
        self.sections: dict[str, Section] = {}
        self.list, self.stack = QListWidget(objectName="sections"), QStackedWidget()
        self.list.setAccessibleName(desk.language.text(N_("Settings & backup")))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _key, title, picture, _build in SECTIONS:
            QListWidgetItem(icon(picture), desk.language.text(title), self.list)
            self.stack.addWidget(QWidget())
        self._fit()
        theme().changed.connect(self._fit)
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addWidget(self.list)
        across.addWidget(self.stack, 1)
        self.body.addLayout(across, 1)
        self.list.currentRowChanged.connect(self._open)
        keys = [key for key, *_ in SECTIONS]
        self.list.setCurrentRow(keys.index(program.section) if program.section in keys else 0)
        self.setFocusProxy(self.list)
        self.start()

    def panes(self) -> list[QWidget]:
        return [self.list, self.stack]

    def turn_to(self, table: str) -> None:
        """Open a section a link names."""
        self.show_section(table)

    def show_section(self, key: str) -> Section:
        """Open the section of that key."""
        self.list.setCurrentRow([each for each, *_ in SECTIONS].index(key))
        return self.sections[key]

    def refresh(self, _touched: frozenset[str]) -> None:
        """Show what is kept in the section that is seen; the others do when they are opened."""
        section = self.sections.get(SECTIONS[self.list.currentRow()][0])
        if section:
            section.refresh()

    def _open(self, at: int) -> None:
        key, _title, _icon, build = SECTIONS[at]
        if key not in self.sections:
            self.sections[key] = build(self.desk, self.program)
            empty = self.stack.widget(at)
            self.stack.insertWidget(at, _scrolling(self.sections[key]))
            self.stack.removeWidget(empty)
            empty.deleteLater()
        self.stack.setCurrentIndex(at)
        self.program.section = key
        self.sections[key].refresh()

    def _fit(self) -> None:
        self.list.setFixedWidth(px(WIDTH))
        for n in range(self.list.count()):
            self.list.item(n).setSizeHint(QSize(px(WIDTH) - 2, px(ROW)))


def _scrolling(section: Section) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    area.setWidget(section)
    return area
