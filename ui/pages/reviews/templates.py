"""The templates of reviews: what is asked, how it is scored, what follows, and for which positions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.rules import drafting
from desktopapp.team import queries as team
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.editors import Line, Picker
from ui.kit.label import Label
from ui.kit.theme import px
from ui.pages.reviews.begin import USUAL
from ui.pages.reviews.dimensions import Dimensions
from ui.pages.reviews.draft import Draft
from ui.pages.reviews.grades import Grades, Positions
from ui.pages.reviews.scoring import Scoring

WIDTH, HEIGHT, LIST, ROW = 1240, 760, 224, 52
"""Pixels."""
NARROW = 1000
"""Pixels below which the list takes less."""
DIMENSIONS, SCORING, GRADES, POSITIONS = range(4)
"""The tabs, in their order."""
_TABS = {
    **dict.fromkeys(("raters", "scale", "goals"), SCORING),
    **dict.fromkeys(("least", "share", "factor", "grade", "action"), GRADES),
}
"""Where a fault is to be mended; every other among the dimensions."""


class Templates(QDialog):
    """A list of templates, and one of them to be changed; nothing is kept before it is a template."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        words = desk.language.text
        self.setWindowTitle(words(N_("Appraisal templates")))
        room = self.screen().availableGeometry().size()
        self.resize(min(px(WIDTH), room.width() - 40), min(px(HEIGHT), room.height() - 60))
        self.kept, self.ticked = queries.template(USUAL), frozenset[str]()
        self.draft = Draft(self.kept, desk.language, self)
        self.list = QListWidget(objectName="sections")
        self.list.setAccessibleName(words(N_("Appraisal templates")))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(20)
        whole.addLayout(self._left())
        whole.addLayout(self._right(), 1)
        self.show_list(USUAL)
        self.list.currentItemChanged.connect(self._turn)
        self.draft.changed.connect(self._show_state)
        self.positions.changed.connect(self._show_state)
        self.load(USUAL)

    def _left(self) -> QVBoxLayout:
        words, column = self.desk.language.text, QVBoxLayout()
        self.copy = Button(words(N_("Copy as your own")), self.copy_template, icon="plus")
        self.blank = Button(words(N_("Print a blank form")), self.print_blank, icon="printer")
        self.restore = Button(words(N_("Back to what ships")), self.restore_template, icon="undo-2")
        self.remove = Button(words(N_("Remove")), self.ask_removal, icon="trash-2")
        self.list.setFixedWidth(px(LIST))
        self.list.setWordWrap(True)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        for button in (self.copy, self.blank, self.restore, self.remove):
            column.addWidget(button)
        return column

    def _right(self) -> QVBoxLayout:
        words, column, top = self.desk.language.text, QVBoxLayout(), QHBoxLayout()
        self.name = Line(self.desk.language)
        self.kind = Picker([(key, words(name)) for key, name in rules.KINDS])
        self.kind.setAccessibleName(words(N_("Kind of review")))
        self.kind.changed.connect(lambda: self.draft.set(self.draft.put(kind=self.kind.value())))
        self.name.setAccessibleName(words(N_("Name of the template")))
        self.name.changed.connect(self._rename)
        self.tongue = QTabBar()
        self.tongue.setProperty("segments", True)
        self.tongue.setDrawBase(False)
        self.tongue.setAccessibleName(words(N_("Language of the texts")))
        for name in ("中文", "English"):
            self.tongue.addTab(name)
        self.tongue.setCurrentIndex(0 if self.draft.in_chinese else 1)
        self.tongue.currentChanged.connect(self._speak)
        top.setSpacing(12)
        for widget, stretch in ((self.name, 1), (self.kind, 0), (self.tongue, 0)):
            top.addWidget(widget, stretch)
        self.dimensions, self.scoring, self.grades = Dimensions(self.draft), Scoring(self.draft), Grades(self.draft)
        self.positions = Positions(self.draft)
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.tabs.setProperty("segments", True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(words(N_("Parts of the template")))
        parts = ((N_("Dimensions"), self.dimensions), (N_("How it is scored"), self.scoring),
                 (N_("Grades and coefficients"), self.grades), (N_("Positions"), self.positions))  # fmt: skip
        for title, part in parts:
            self.tabs.addTab(words(title))
            self.stack.addWidget(part)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot())
        return column

    def _foot(self) -> QHBoxLayout:
        words, row = self.desk.language.text, QHBoxLayout()
        self.told = Label("", "caption", wrap=True)
        self.save = Button(words(N_("Save")), self.keep, kind="primary")
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(Button(words(N_("Close")), self.close))
        row.addWidget(self.save)
        return row

    def show_list(self, chosen: str) -> None:
        """List the templates, one of them chosen."""
        self.list.blockSignals(True)
        self.list.clear()
        for form in queries.templates():
            words = self.desk.language.text(form.name)
            item = QListWidgetItem(words, self.list)
            item.setToolTip(words)
            item.setSizeHint(QSize(0, px(ROW)))
            item.setData(Qt.ItemDataRole.UserRole, form.id)
            if form.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def load(self, key: str) -> None:
        """Show a template as it is kept."""
        self.kept = queries.template(key)
        self.draft.load(self.kept)
        self.kind.blockSignals(True)
        self.kind.put(self.kept.kind)
        self.kind.blockSignals(False)
        own = queries.by_position(self.kept.kind)
        known = sorted({row.position for row in team.people() if row.position} | own.keys())
        self.ticked = frozenset(position for position, key in own.items() if key == self.kept.id)
        self.positions.put([(each, self._position(each, own)) for each in known], sorted(self.ticked))
        self.dimensions.current = ""
        self._speak()
        is_shipped = queries.is_shipped(key)
        self.kind.setEnabled(not is_shipped)  # what ships is named for its period
        self.restore.setVisible(is_shipped and self.kept not in queries.shipped())
        self.remove.setVisible(not is_shipped)

    def _position(self, position: str, own: dict[str, str]) -> str:
        """A position, with the template it has, where that is another."""
        key = own.get(position)
        if key in (None, self.kept.id):
            return position
        said = M("{position} (now by “{name}”)", position=position, name=queries.template(str(key)).name)
        return self.desk.language.text(said)

    def _speak(self) -> None:
        """Show the texts in the language chosen."""
        self.draft.in_chinese = self.tongue.currentIndex() == 0
        self.name.blockSignals(True)
        self.name.put(self.draft.text(self.draft.form.name))
        self.name.blockSignals(False)
        self.dimensions.about.forget()
        for part in (self.dimensions, self.scoring, self.grades):
            part.put()
        self._show_state()

    def _rename(self) -> None:
        self.draft.set(self.draft.put(name=self.draft.written(self.draft.form.name, self.name.value())))

    @property
    def is_dirty(self) -> bool:
        """Whether something was changed that is not kept."""
        return bool(self.draft.wrong) or self.draft.form != self.kept or self.positions.value() != self.ticked

    def _show_state(self) -> None:
        self.save.setEnabled(self.is_dirty)
        said = N_("Rounds that are running keep the template they began with; new rounds take this one.")
        self.told.put(self.desk.language.text(said), "caption")

    def _turn(self, item: QListWidgetItem | None, before: QListWidgetItem | None) -> None:
        """To another template; what was changed of this one is given up only if the owner says so."""
        if item is None:
            return
        key = item.data(Qt.ItemDataRole.UserRole)
        if not self.is_dirty:
            self.load(key)
            return
        self.list.blockSignals(True)
        self.list.setCurrentItem(before)
        self.list.blockSignals(False)
        self._sure(partial(self._go, key))

    def _go(self, key: str) -> None:
        self.show_list(key)
        self.load(key)

    def _sure(self, then: Callable[[], object]) -> None:
        ask.confirm(self, self.desk.language, N_("Throw away what you typed?"), N_("Throw away"), then)

    def keep(self) -> None:
        """Keep the template, or say what of it is to be mended and show it."""
        try:
            if wrong := next(iter(self.draft.wrong.items()), None):
                raise Refused(wrong[1], _PARTS.get(wrong[0].partition(":")[0], ""))
            service.edit_template(form=drafting.completed(self.draft.form), positions=self.positions.value())
        except Refused as no:
            self._tell(no.message, no.field or "")
            return
        except Fault as no:
            self._tell(no.message, "")
            return
        self._go(self.kept.id)
        self.desk.toast(M("The template “{name}” is kept", name=self.kept.name), undo=True)
        self.told.put(self.desk.language.text(N_("Kept")), "good")

    def _tell(self, message: Message, field: str) -> None:
        self.told.put(self.desk.language.text(message), "bad")
        self.tabs.setCurrentIndex(_TABS.get(field, DIMENSIONS))
        if field in self.dimensions.rows:
            self.dimensions.choose(field)

    def copy_template(self) -> None:
        """Make one of the owner's own from the one shown, as it is kept."""
        if self.is_dirty:
            self._sure(self._copy)
            return
        self._copy()

    def _copy(self) -> None:
        taken = {form.name.zh for form in queries.templates()}
        zh, en, nth = f"{self.kept.name.zh}（自定）", f"{self.kept.name.en} (own)", 1
        while zh in taken:
            nth += 1
            zh, en = f"{self.kept.name.zh}（自定 {nth}）", f"{self.kept.name.en} (own {nth})"
        key = service.add_template(form=self.kept, name=Both(zh, en))
        self._go(key)
        self.desk.toast(M("The template “{name}” is made", name=Both(zh, en)), undo=True)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def print_blank(self) -> None:
        """Preview the form of the template, as it is kept."""
        from ui.kit.preview import Preview  # here, because templates are drawn up far more often than printed
        from ui.pages.reviews.paper import blank_of

        Preview(self.desk, blank_of(self.kept.id), self).open()

    def restore_template(self) -> None:
        """Set the template back to how it ships."""
        service.restore_template(template=self.kept.id)
        self._go(self.kept.id)
        self.desk.toast(M("The template is as it ships"), undo=True)

    def ask_removal(self) -> None:
        """Ask, then take the owner's own template away."""
        question = M("Remove the template “{name}”? Rounds begun with it keep it.", name=self.kept.name)
        ask.confirm(self, self.desk.language, question, N_("Remove"), self._remove)

    def _remove(self) -> None:
        service.remove_template(template=self.kept.id)
        self._go(USUAL)
        self.desk.toast(M("The template is removed"), undo=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(px(LIST if self.width() >= px(NARROW) else LIST * 2 // 3))

    def reject(self) -> None:
        """Close, however it is asked for; with something changed only if the owner is sure."""
        if self.is_dirty:
            self._sure(super().reject)
            return
        super().reject()


_PARTS = {"weight": "weight", "scale": "scale", "rater": "raters", "goals": "goals", "grade": "least"}
"""The field a number that cannot be read belongs to, by the head of its key."""

