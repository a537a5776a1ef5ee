"""An event noted in a few seconds: who, good or bad, what; the rest has a sensible beginning."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from desktopapp.kernel.message import N_, M
from desktopapp.reviews import service
from desktopapp.reviews.models import Event
from desktopapp.reviews.queries.events import EventRow, dimensions
from desktopapp.reviews.rules import wording
from desktopapp.team import queries as team
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.form import RecordForm, as_dialog
from ui.kit.somebody import Known, Somebody

FIELDS = (Event.person, Event.kind, Event.text, Event.customer, Event.day, Event.dimension)


class EventForm(RecordForm):
    """Asks for an event; what it can belong to follows from whom it is about."""

    def __init__(self, desk: Desk, *, person: int | None = None, event: EventRow | None = None) -> None:
        language = desk.language
        self.desk = desk
        who, belongs = Somebody(language, known()), Picker((), empty=True)
        title, save = N_("Note an event"), partial(service.note_event, today=desk.day)
        values: dict[str, Any] = {"person": person, "day": desk.day}
        if event:
            title, save = N_("Change an event"), partial(service.change_event, event=event.id, today=desk.day)
            values = {field.name: getattr(event, field.name) for field in FIELDS}
        super().__init__(language, title, FIELDS, save, day=desk.day, values=values,
                         editors={"person": who, "dimension": belongs})  # fmt: skip
        who.editingFinished.connect(self._offer)
        self.editors["text"].changed.connect(self._advise)
        self._offer()
        if event:
            belongs.put(event.dimension or None)
        self._advise()
        self.changed = False

    def start(self) -> None:
        """Put the cursor where the first thing is still to be said."""
        if self.editors["person"].text():
            self.editors["text"].setFocus()
            return
        super().start()

    def _offer(self) -> None:
        """Offer what he is judged on."""
        belongs, words = self.editors["dimension"], self.desk.language.text
        chosen, meant = belongs.currentData(), self.editors["person"].text().strip()
        person = self.editors["person"].value() if meant in {name for _, name, _ in known()} else None
        offered = dimensions(person) if person else ()
        belongs.blockSignals(True)
        belongs.clear()
        belongs.addItem("", None)
        for each in offered:
            belongs.addItem(words(each.name), each.id)
        belongs.put(chosen if chosen in {each.id for each in offered} else None)
        belongs.blockSignals(False)

    def _advise(self) -> None:
        """Say what the words lack, if they do."""
        said = wording.hint(self.editors["text"].value() or "")
        hint = self.rows["text"].hint
        hint.setText(self.desk.language.text(said) if said else "")
        hint.setVisible(bool(said))


def known() -> Known:
    """Everybody on the team, as he is found by typing."""
    spelt = {row.id: (row.pinyin, row.initials) for row in team.people()}
    return [(number, name, spelt[number]) for number, name in team.names()]


def open_event(desk: Desk, parent: QWidget, *, person: int | None = None, event: EventRow | None = None) -> QDialog:
    """Ask for an event in a small window of its own."""
    form = EventForm(desk, person=person, event=event)
    said = M("Changed") if event else M("Noted")
    form.saved.connect(lambda _number: desk.toast(said, undo=True))
    return as_dialog(form, parent)
