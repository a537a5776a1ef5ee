"""Forms that came back on paper, typed in by digits, one after the other."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.models import ACCEPTED, RaterForm
from desktopapp.reviews.queries import FormRow
from desktopapp.reviews.rules import NAMELESS
from ui.kit.button import Button
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.label import Label
from ui.kit.scrolled import scrolled
from ui.kit.theme import px
from ui.pages.reviews.prose import emptied
from ui.pages.reviews.score_line import ScoreLine, score_field
from ui.pages.reviews.segments import Segments

WIDTH, HEIGHT = 640, 640


class TypeIn(QDialog):
    """One form at a time: what it asks, a field of digits for each, and the next form as soon as one is kept."""

    kept = Signal(str)
    """The name of whom a form was about."""

    def __init__(self, desk: Desk, cycle: int, parent: QWidget, *, review: int = 0, relation: str = "") -> None:
        """It begins with a form of this review and kind, where one is given."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.cycle = desk, cycle
        self.fields: dict[str, Segments | ScoreLine] = {}
        self.scores: dict[str, Decimal | None] = {}
        words = desk.language.text
        self.setWindowTitle(words(N_("Type in forms that came back on paper")))
        room = self.screen().availableGeometry().size()
        self.resize(min(px(WIDTH), room.width() - 60), min(px(HEIGHT), room.height() - 80))
        column, within, foot = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        self.forms = Picker(())
        self.forms.setAccessibleName(words(N_("Form")))
        self.told = Label("", "secondary", wrap=True)
        self.grid = QGridLayout()
        self.grid.setColumnStretch(0, 1)
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(8)
        within.setContentsMargins(0, 0, 12, 0)
        within.addLayout(self.grid)
        within.addStretch(1)
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        self.save = Button(words(N_("Keep, next form")), self.keep, kind="primary")
        self.save.setAutoDefault(True)
        foot.addStretch(1)
        foot.addWidget(Button(words(N_("Close")), self.close))
        foot.addWidget(self.save)
        for part, stretch in ((self.forms, 0), (self.told, 0), (scrolled(within), 1), (self.fault, 0)):
            column.addWidget(part, stretch)
        column.addLayout(foot)
        self.offer(review, relation)
        self.forms.changed.connect(self.show_form)
        self.show_form()

    def offer(self, review: int = 0, relation: str = "") -> None:
        """Offer the forms that are still out, one of a review and kind first."""
        rows = queries.typeable(self.cycle)
        out = [row for row in rows if row.state != ACCEPTED]
        self.forms.blockSignals(True)
        self.forms.clear()
        if not out:
            self.forms.addItem("", None)
        for row, nth in _counted(rows):
            self.forms.addItem(self.desk.language.text(_named(row, nth)), row)
        wanted = next((row for row in out if (row.review, row.relation) == (review, relation)), None)
        self.forms.put(wanted or next(iter(out), None))
        self.forms.blockSignals(False)

    def show_form(self) -> None:
        """Show what the chosen form asks."""
        emptied(self.grid)
        self.fields, self.scores = {}, {}
        self._tell(None)
        row: FormRow | None = self.forms.value()
        text = self.desk.language.text
        self.save.setEnabled(row is not None)
        if row is None:
            self.told.setText(text(N_("Every form that was asked for is in.")))
            return
        self.told.setText(text(_how(row)))
        form = queries.form_of(row.review)
        for nth, each in enumerate(rules.asked(form, row.relation)):
            self._add(nth, form, each)
        self._focus(0)

    def _add(self, nth: int, form: rules.Form, each: rules.Dimension) -> None:
        name = self.desk.language.text(each.name)
        field = score_field(form, name, self.desk.language, self)
        label = Label(name, wrap=True, parent=self)
        label.setToolTip(self.desk.language.text(each.definition))
        self.fields[each.id] = field
        self.scores[each.id] = None
        field.scored.connect(lambda score, key=each.id: self._take(key, score))
        field.moved.connect(lambda by, at=nth: self._focus(at + by))
        field.entered.connect(lambda at=nth: self._focus(at + 1))
        if isinstance(field, ScoreLine):
            field.told.connect(self._tell)
        self.grid.addWidget(label, nth, 0)
        self.grid.addWidget(field, nth, 1)
        field.show()  # at once, for what is not seen takes no focus

    def _take(self, dimension: str, score: Decimal | None) -> None:
        self.scores[dimension] = score
        self.fields[dimension].show_score(score)
        self._tell(None)

    def _focus(self, at: int) -> None:
        """To the field so far down; after the last to the button."""
        fields = list(self.fields.values())
        if at >= len(fields):
            self.save.setFocus(Qt.FocusReason.TabFocusReason)
        elif at >= 0:
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)

    def keep(self) -> None:
        """Keep the form and go on to the next of the same kind, or to whatever is left."""
        row: FormRow = self.forms.value()
        if not all(field.keep() for field in self.fields.values() if isinstance(field, ScoreLine)):
            return
        try:
            service.type_in(form=row.id, scores=self.scores, today=self.desk.day)
        except Refused as no:
            self._tell(no.message)
            return
        self.desk.saved()
        self.kept.emit(row.name)
        self.offer(row.review, row.relation)
        self.show_form()

    def _tell(self, message: Message | None) -> None:
        self.fault.setText(self.desk.language.text(message) if message else "")
        self.fault.setVisible(message is not None)


def _counted(rows: list[FormRow]) -> list[tuple[FormRow, int]]:
    """Each with its number among the forms of its kind about the same person, the same whichever are in already."""
    seen: dict[tuple[int, str], int] = {}
    numbers = {}
    for row in sorted(rows, key=lambda each: each.id):
        key = (row.review, row.relation)
        numbers[row.id] = seen[key] = seen.get(key, 0) + 1
    return [(row, numbers[row.id]) for row in rows]


def _named(row: FormRow, nth: int) -> Message:
    """What a form is called; forms without a name on them are only counted."""
    label = Message(RaterForm.relation.label(row.relation))
    said = M("{name} · {relation} · {rater}", name=row.name, relation=label, rater=row.rater)
    if row.relation in NAMELESS:
        said = M("{name} · {relation}, form {nth}", name=row.name, relation=label, nth=nth)
    return M("{form} (in already)", form=said) if row.state == ACCEPTED else said


def _how(row: FormRow) -> Message:
    if row.state == ACCEPTED:
        return M("This form is in. What you type now takes the place of what was typed from it before.")
    if row.relation in NAMELESS:
        return M("These forms bear no name: type them in one after the other, in any order. Leave out what was left "
                 "out or marked N. What one person gave is never shown again.")  # fmt: skip
    return M("Leave out what was left out.")
