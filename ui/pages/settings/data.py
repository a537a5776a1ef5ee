"""Where the data lives, whether it is sound, and the sample firm."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.file_name import file_name
from desktopapp.kernel.message import N_, M
from desktopapp.overview import history, sample
from desktopapp.team import service
from ui.kit import ask
from ui.kit.button import Button
from ui.kit.label import Label
from ui.pages.settings.section import Section, in_a_row

if TYPE_CHECKING:
    from desktopapp.overview.everything import Exported  # imported where it is asked for

CALENDARS = ((N_("Calendar files"), "*.ics"),)


class DataSection(Section):
    """The file, and what is in it to try things on."""

    def build(self) -> None:
        self._file()
        self._way_out()
        self._sample()

    def _file(self) -> None:
        card = self.card(N_("Your data"), N_("One encrypted file, in this folder on your PC:"))
        self.path = Label(str(self.program.folder), wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(self.path)
        self.open = Button(self.words(N_("Open the folder")), self.open_folder, icon="folder-open")
        self.check = Button(self.words(N_("Check the data")), self.check_data, icon="circle-check")
        self.trail = Button(self.words(N_("What was done")), partial(self.desk.go, Link("trail")), icon="history")
        in_a_row(card, self.open, self.check, self.trail)
        self.checked = Label("", "good", wrap=True)
        self.checked.hide()
        card.body.addWidget(self.checked)

    def _way_out(self) -> None:
        told = N_("Nothing ties you to this program: every table for Excel, the papers as PDF and all dates as a "
                  "calendar, in one folder. Pay and other private data are in it, so keep it safe.")  # fmt: skip
        card = self.card(N_("Take everything along"), told)
        self.all = Button(self.words(N_("Export everything…")), self.export_all, icon="download")
        self.dates = Button(self.words(N_("All dates as a calendar file…")), self.export_dates, icon="calendar")
        in_a_row(card, self.all, self.dates)

    def _sample(self) -> None:
        told = N_("A made-up team to try things on. It goes with one click, and what you added yourself stays.")
        card = self.card(N_("Sample firm"), told)
        self.load = Button(self.words(N_("Load the sample firm")), self.load_sample, icon="sparkles")
        self.remove = Button(
            self.words(N_("Remove the sample firm")), self.remove_sample, icon="trash-2", kind="danger"
        )
        in_a_row(card, self.load, self.remove)

    def refresh(self) -> None:
        there = sample.is_sample()
        self.load.setVisible(not there)
        self.remove.setVisible(there)

    def load_sample(self) -> None:
        """Put the sample firm in."""
        day = self.desk.day
        self.desk.tasks.run(lambda _progress: sample.load(day), self._loaded, words=M("Loading the sample firm…"))

    def _loaded(self, _result: object) -> None:
        self.desk.toast(M("The sample firm is here"), undo=True)

    def remove_sample(self) -> None:
        """Take the sample firm out, once the owner says so."""
        question = M("Remove the sample firm? What you added yourself stays. You can undo it.")
        ask.confirm(self, self.desk.language, question, N_("Remove"), self._remove_sample)

    def _remove_sample(self) -> None:
        sample.remove()
        self.desk.toast(M("The sample firm is gone"), undo=True)

    def export_all(self) -> None:
        """Ask where to, then write everything on the side."""
        ask.open_folder(self, self.desk.language, N_("Export everything into a folder"), self.write_all)

    def write_all(self, into: Path) -> None:
        """Write everything into a new folder in this one."""
        from desktopapp.overview import everything  # here, because few windows take everything along

        language, day, made = self.desk.language, self.desk.day, self.desk.now()
        self.desk.tasks.run(
            lambda told: everything.export(into, language, today=day, made=made, told=told),
            self._written, self._refused, words=M("Writing everything into a folder…"),
        )  # fmt: skip

    def _written(self, made: Exported) -> None:
        from desktopapp.overview import everything  # likewise

        service.log_export(what=everything.WHAT, at=self.desk.now(), rows=made.rows, file=made.folder.name)
        words = M("{tables} {tables:table|tables} and {papers} {papers:paper|papers} are in “{folder}”",
                  tables=made.tables, papers=made.papers, folder=made.folder.name)  # fmt: skip
        self.desk.toast(words, file=made.folder)

    def export_dates(self) -> None:
        """Ask where to, then write all dates for a calendar program."""
        name = file_name(self.words(N_("Dates")), self.desk.day.isoformat(), ending=".ics")
        ask.save_file(self, self.desk.language, N_("All dates as a calendar file"), name, CALENDARS, self.write_dates)

    def write_dates(self, path: Path) -> None:
        """Write all dates there."""
        from desktopapp.overview import dates  # likewise

        try:
            count = dates.write(path, self.desk.language, today=self.desk.day, made=self.desk.now())
        except Fault as no:
            ask.tell(self, self.desk.language, no.message)
            return
        service.log_export(what=N_("Dates"), at=self.desk.now(), rows=count, file=path.name)
        self.desk.toast(M("{count} {count:date is|dates are} in “{file}”", count=count, file=path.name), file=path)

    def _refused(self, no: Refused | Fault) -> None:
        ask.tell(self, self.desk.language, no.message)

    def open_folder(self) -> None:
        """Show the folder in the system's own window."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.program.folder)))

    def check_data(self) -> None:
        """Go through the whole file."""
        self.check.setEnabled(False)
        self.desk.tasks.run(lambda _progress: history.check(), self._checked, words=M("Checking the data…"))

    def _checked(self, faults: tuple[str, ...]) -> None:
        self.check.setEnabled(True)
        if faults:
            told = M("The file has {count} {count:fault|faults}. Copy the folder now, then restore a backup. The "
                     "first: {first}",
                     count=len(faults), first=faults[0])  # fmt: skip
            self.checked.put(self.words(told), "bad")
        else:
            self.checked.put(self.words(N_("The data is sound.")), "good")
        self.checked.show()
