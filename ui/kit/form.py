"""A side panel that asks for the fields it is given and saves them in one request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from ui.kit import ask
from ui.kit.banner import Banner
from ui.kit.button import Button, IconButton
from ui.kit.covered import Covered, is_private
from ui.kit.editors import Line, NoteBox, Options, editor
from ui.kit.keys import HERE, RETURN, bind
from ui.kit.label import Label, restyle

WIDTH = 360
"""Pixels of a side panel."""


def nothing() -> None:
    """What follows where nothing does."""


@frozen
class Loose:
    """A field that stands in no table: what it is called and what is said about it. Its editor is given."""

    name: str
    verbose_name: str
    help_text: str = ""
    null: bool = False
    default: Any = None


class RecordForm(QFrame):
    """Asks for fields, hands their values to `save`, and shows what it refuses beside the field at fault.

    `values` are shown to begin with, private ones covered until the owner asks; `options` are the
    choices of a field that has none of its own; `editors` replaces the editor of a field.
    """

    saved = Signal(object)
    """What `save` gave back."""
    closed = Signal()

    def __init__(
        self,
        language: Language,
        title: str | Message,
        asked: Sequence[Any],
        save: Callable[..., object],
        *,
        day: date,
        values: Mapping[str, Any] | None = None,
        options: Mapping[str, Options] | None = None,
        editors: Mapping[str, Any] | None = None,
        act: str = N_("Save"),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        restyle(self, "panel", value=True)
        self._language, self._save = language, save
        self.changed = False
        chosen, given = options or {}, dict(editors or {})
        for each in asked:
            if each.name not in given:
                given[each.name] = editor(each, language, day, chosen.get(each.name, ()))
        self.rows = {each.name: Row(each, language, given[each.name]) for each in asked}
        for each in asked:
            value = (values or {}).get(each.name, each.default() if callable(each.default) else each.default)
            if value is not None:
                self.rows[each.name].editor.put(value)
        covered = [self.rows[each.name] for each in asked if is_private(each) and (values or {}).get(each.name)]
        for row in covered:
            row.cover().asked.connect(partial(self._uncover, covered, row))
        self._lay_out(language.text(title), language.text(act))
        for row in self.rows.values():
            row.editor.changed.connect(self._note_change)
            row.editor.installEventFilter(self)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            bind(self, keys, self.submit, language.text(act), context=HERE)
        bind(self, "Escape", self.cancel, language.text(N_("Cancel")), context=HERE)

    @property
    def editors(self) -> dict[str, Any]:
        """The editor of each field."""
        return {name: row.editor for name, row in self.rows.items()}

    def fault(self, name: str) -> str:
        """What stands beside a field as its fault; nothing where it has none."""
        row = self.rows[name]
        return row.fault.text() if row.fault.isVisibleTo(row) else ""

    def start(self) -> None:
        """Put the cursor into the first field."""
        if first := next(iter(self.rows.values()), None):
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Try to save; stay with the fault shown where a rule says no, and with all that was typed."""
        self._clear()
        values = self._values()
        if values is None:
            return
        try:
            result = self._save(**values)
        except Refused as no:
            self._show_fault(no)
        except Fault as no:
            self._show_banner(no.message)
        else:
            self.changed = False
            self.saved.emit(result)
            self.leave()

    def cancel(self) -> None:
        """Leave; where something was typed, only if the owner is sure."""
        self.give_way(nothing)

    def give_way(self, then: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        """Leave for something else, which then follows; where something was typed, only if the owner is sure."""
        if not self.changed:
            self._leave_for(then)
            return
        ask.confirm(self, self._language, N_("Throw away what you typed?"), N_("Throw away"),
                    partial(self._leave_for, then), otherwise)  # fmt: skip

    def _leave_for(self, then: Callable[[], object]) -> None:
        self.leave()
        then()

    def leave(self) -> None:
        """Close for good."""
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _uncover(self, covered: Sequence[Row], asked: Row) -> None:
        """Show what is private of this record, and go on where it was asked."""
        for row in covered:
            row.uncover()
        asked.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._moves_on(watched, event):
            self.focusNextChild()
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _moves_on(watched: QObject, event: QKeyEvent) -> bool:
        """Whether a key means the next field: Enter on one line, unless it picks a candidate."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() not in RETURN or not plain:
            return False
        if isinstance(watched, Line):
            return not watched.composing()
        return isinstance(watched, QLineEdit | QCheckBox)

    def _values(self) -> dict[str, Any] | None:
        """What was typed, as values; none where something is no value, with every such field marked."""
        values, refused = {}, []
        for name, row in self.rows.items():
            try:
                values[name] = row.value()
            except Refused as no:
                refused.append(Refused(no.message, name))
        for no in reversed(refused):
            self._show_fault(no)
        return None if refused else values

    def _clear(self) -> None:
        self.banner.hide()
        for row in self.rows.values():
            row.show_fault("")

    def _show_fault(self, no: Refused) -> None:
        row = self.rows.get(no.field or "")
        if row is None:
            self._show_banner(no.message)
            return
        row.uncover()
        row.show_fault(self._language.text(no.message))
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(row)

    def _show_banner(self, message: Message) -> None:
        self.banner.say(self._language.text(message))

    def _note_change(self) -> None:
        self.changed = True

    def _lay_out(self, title: str, act: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 12, 8)
        self.title = Label(title, "section", wrap=True)
        head.addWidget(self.title, 1)
        self.close_button = IconButton("x", self._language.text(N_("Close")), self.cancel, parent=self)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        head.addWidget(self.close_button)
        self.banner = Banner("bad")
        self.banner.hide()
        within = QWidget(objectName="panelBody")
        fields = QVBoxLayout(within)
        fields.setContentsMargins(20, 4, 20, 12)
        fields.setSpacing(12)
        fields.addWidget(self.banner)
        for row in self.rows.values():
            fields.addWidget(row)
        fields.addStretch(1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(within)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 16)
        foot.setSpacing(8)
        self.cancel_button = Button(self._language.text(N_("Cancel")), self.cancel, parent=self)
        self.save_button = Button(act, self.submit, kind="primary", parent=self)
        self.save_button.setToolTip(self._language.text(M("{what} (Ctrl+S)", what=act)))
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
        for earlier, later in ((self._last(), self.save_button), (self.save_button, self.cancel_button)):
            if earlier:
                QWidget.setTabOrder(earlier, later)

    def _last(self) -> QWidget | None:
        return next(reversed([row.editor for row in self.rows.values()]), None)


class Row(QWidget):
    """One field: its name above, its editor, and below it what is to be said about it."""

    def __init__(self, field: Any, language: Language, made: Any) -> None:
        super().__init__()
        self._language, self._field, self.editor = language, field, made
        name = language.text(field.verbose_name or field.name)
        needed = not field.null and field.default is None
        self.label = Label(f"{name} *" if needed else name, "secondary")
        self.label.setBuddy(made)
        self.covered: Covered | None = None
        self.hint = Label(language.text(field.help_text or ""), "caption", wrap=True)
        if not field.help_text:  # never shown before it has a parent: it would flash as a window
            self.hint.hide()
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        made.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.label, made, self.hint, self.fault):
            column.addWidget(widget)
        made.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # after the change it is about
        made.changed.connect(self._forget)

    def value(self) -> Any:
        """What was typed; a text that is left empty is empty where its column knows no none."""
        value = self.editor.value()
        is_text = type(self.editor) in (Line, NoteBox)
        return "" if value is None and is_text and not self._field.null else value

    def cover(self) -> Covered:
        """Hide a private value that is there; what asks to see it stands in its place."""
        self.covered = Covered(self._language, self.editor.accessibleName())
        self.layout().insertWidget(1, self.covered)
        self.editor.hide()
        QWidget.setTabOrder(self.editor, self.covered.button)
        return self.covered

    def uncover(self) -> None:
        """Show what is covered, to be read and changed."""
        if self.covered is not None:
            self.covered.hide()
            self.editor.show()

    def show_fault(self, words: str) -> None:
        """Mark the field as at fault; no words take the mark away."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)
        restyle(self.editor, "fault", bool(words))

    def _tell(self, message: Message) -> None:
        self.show_fault(self._language.text(message))

    def _forget(self) -> None:
        if self.fault.text() and self.editor.hasFocus():
            self.show_fault("")


def as_dialog(form: RecordForm, parent: QWidget) -> QDialog:
    """The same form in a window of its own, opened."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(form.title.text())
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(form)
    dialog.setMinimumSize(WIDTH + 80, 480)
    form.closed.connect(dialog.close)
    dialog.open()
    form.start()
    return dialog
