"""A record in the side panel, with every field kept as soon as it is left; there is nothing to save."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.message import N_, Message
from ui.kit.button import Button, IconButton
from ui.kit.desk import Desk
from ui.kit.editors import Picker, Tick
from ui.kit.form import RecordForm
from ui.kit.label import Label

Act = tuple[str, Callable[[], object], str]
"""What can be done with the record besides: its marked words, the request, its icon."""


class LiveForm(RecordForm):
    """Asks for the fields of a record that is there; `keep` is handed each that is another than before.

    A refusal stands beside its field with what was typed. `acts` stand above the fields, `past` opens
    what was done to the record, `delete` takes it out.
    """

    def __init__(
        self,
        desk: Desk,
        title: str | Message,
        asked: Sequence[Any],
        keep: Callable[..., object],
        *,
        values: Mapping[str, Any],
        editors: Mapping[str, Any] | None = None,
        acts: Sequence[Act] = (),
        past: Callable[[], object],
        delete: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        self.desk, self._keep = desk, keep
        self._kept = dict(values)
        self.takes_focus = True
        super().__init__(desk.language, title, asked, keep, day=desk.day, values=values, editors=editors, parent=parent)
        words = desk.language.text
        self.save_button.hide()
        self.cancel_button.setText(words(N_("Close")))
        self.cancel_button.setAccessibleName(words(N_("Close")))
        self.remove = Button(words(N_("Delete")), delete, icon="trash-2", parent=self)
        self.past = IconButton("history", words(N_("Change history")), past, parent=self)
        foot = self.layout().itemAt(2).layout()
        foot.insertWidget(0, self.remove)
        self.layout().itemAt(0).layout().insertWidget(1, self.past)
        body = self.findChild(QWidget, "panelBody").layout()
        self.acts = self._add_acts(body, acts)
        self.note, self.let_go = Label("", "caption", wrap=True), Button("", kind="link")
        self._add_note(body)
        for name, row in self.rows.items():
            signal = getattr(row.editor, "activated" if isinstance(row.editor, Picker) else "clicked", None)
            if isinstance(row.editor, Picker | Tick) and signal is not None:
                signal.connect(lambda *_, name=name: self.keep(name))

    def _add_acts(self, body: QVBoxLayout, acts: Sequence[Act]) -> list[Button]:
        if not acts:
            return []
        across = QHBoxLayout()
        across.setSpacing(8)
        made = [Button(self.desk.language.text(text), act, icon=icon, parent=self) for text, act, icon in acts]
        for button in made:
            across.addWidget(button)
        across.addStretch(1)
        body.insertLayout(1, across)
        return made

    def _add_note(self, body: QVBoxLayout) -> None:
        self.note.hide()
        self.let_go.hide()
        body.insertWidget(body.count() - 1, self.note)
        body.insertWidget(body.count() - 1, self.let_go, 0, Qt.AlignmentFlag.AlignLeft)

    def start(self) -> None:
        if self.takes_focus:
            super().start()

    def submit(self) -> None:
        """Keep what is being typed; the panel stays."""
        self.keep_all()

    def give_way(self, then: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        """Keep what is being typed, then leave; where something is refused, only if the owner is sure."""
        self.changed = not self.keep_all()
        super().give_way(then, otherwise)

    def keep_all(self) -> bool:
        """Keep every field that is another than before; whether all could be."""
        kept = [self.keep(name) for name in self.rows]
        return all(kept)

    def keep(self, name: str) -> bool:
        """Keep one field; whether it could be."""
        row = self.rows[name]
        try:
            value = row.value()
            if value == self._kept.get(name):
                row.show_fault("")
                return True
            self._keep(**{name: value})
        except (Refused, Fault) as no:
            row.show_fault(self._language.text(no.message))
            return False
        self._kept[name] = value
        row.show_fault("")
        self.desk.saved()
        return True

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show the record as it is now, but for the field that is being typed in and what was refused."""
        self._kept = dict(values)
        for name, row in self.rows.items():
            if not row.editor.hasFocus() and not row.fault.text():
                row.editor.put(values[name])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._leave_field(watched, event)
        return super().eventFilter(watched, event)

    def _leave_field(self, watched: QObject, event: QFocusEvent) -> None:
        """Keep a field the cursor leaves; a list or calendar that opens over it does not count."""
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        name = next((name for name, row in self.rows.items() if row.editor is watched), None)
        if name is not None and (event.reason() not in stays or not self.isActiveWindow()):
            self.keep(name)

    def _note_change(self) -> None:
        """Nothing waits to be saved."""
