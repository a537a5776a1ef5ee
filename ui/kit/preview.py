"""The one preview of everything that is printed: the pages as they will be, the choices, and out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from datetime import datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.file_name import file_name, free
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import N_, Both, M, Message
from desktopapp.kernel.page_range import pages as pages_meant
from desktopapp.kernel.period import Period
from desktopapp.team import queries
from desktopapp.team import service as team
from ui.kit import ask, printer
from ui.kit.banner import Banner
from ui.kit.button import Button, IconButton
from ui.kit.desk import Desk
from ui.kit.editors import Picker
from ui.kit.keys import RETURN
from ui.kit.label import Label
from ui.kit.paper import FIT_WIDTH, ZOOMS, Paper, PaperView
from ui.kit.print_panel import PrintPanel
from ui.kit.task import Cancelled

Clock = Callable[[], time]
Told = Callable[[int, int], None]
"""Hears how far long work is; raises where it shall stop."""

PDF = ((N_("PDF files"), "*.pdf"),)
NAMED = 3
"""People told by name whose characters cannot be printed."""


class Make(Protocol):
    """Writes the PDF for the choices, on the worker. It tells how far it is, and is stopped by what that raises."""

    def __call__(
        self,
        path: Path,
        languages: tuple[Language, ...],
        *,
        printed: datetime,
        progress: Told,
        **chosen: Any,
    ) -> object: ...


@frozen
class Option:
    """One choice about what is printed: its name as an argument, its marked title, and what there is."""

    name: str
    title: str
    choices: Sequence[tuple[Any, str | Message]]
    start: int = 0


LANGUAGES = Option(
    "languages",
    N_("Language"),
    ((("zh_CN",), N_("Chinese")), (("zh_CN", "en"), N_("Chinese and English")), (("en",), N_("English"))),
)
"""What every sheet offers; `make` is given the `Language`s."""


def _start(option: Option) -> int:
    """Which choice a preview opens with: of languages the one the firm prints in, of the rest the job's."""
    firm = queries.firm() if option.name == LANGUAGES.name else None
    usual = tuple(firm.paper.split()) if firm else ()
    return next((n for n, (value, _) in enumerate(option.choices) if value == usual), option.start)


@frozen
class About:
    """Whose paper it is and of which period: it names the file and stands in the log."""

    people: Sequence[tuple[int, str]] = ()
    """Numbers with names, in the order of their pages."""
    period: Period | None = None


@frozen
class Job:
    """Something to print."""

    form: str
    """The form's number, by which the log knows it."""
    title: str | Both
    make: Make
    options: Sequence[Option] = (LANGUAGES,)
    about: Callable[..., About] = lambda **_chosen: About()
    """Says for the choices what the paper is about."""
    missing: Callable[..., Sequence[tuple[str, str]]] = lambda _language, **_chosen: ()
    """Says for a language and the choices on whose paper which characters have no glyph; asked on the worker."""


def in_one_go(draw: Callable[..., object], **given: Any) -> Make:
    """Makes pages by what draws a sheet or two: over before it could tell how far it is."""

    def make(path: Path, languages: tuple[Language, ...], **how: Any) -> object:
        del how["progress"]
        return draw(path, languages, **given, **how)

    return make


@frozen
class Made:
    """Pages as they were made, and what they were made of."""

    path: Path
    chosen: Mapping[str, Any]
    at: datetime
    about: About
    missing: Sequence[tuple[str, str]] = field(default=())


class Preview(QDialog):
    """Shows a PDF before it is printed, and makes it anew for other choices."""

    ready = Signal()
    """The pages for the present choices are shown."""
    printed = Signal(int)
    """So many pages went to the printer."""

    def __init__(
        self, desk: Desk, job: Job, parent: QWidget, *, clock: Clock = lambda: QTime.currentTime().toPython()
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._language, self._job, self._clock = desk, desk.language, job, clock
        self._folder = TemporaryDirectory(prefix="teamhelm-", ignore_cleanup_errors=True)
        self._made: Made | None = None
        self._wanted = self._running = 0
        self._is_closed = False
        self.setWindowTitle(self._language.text(job.title))
        self.view = PaperView()
        self.view.setAccessibleName(self._language.text(N_("Pages as they will be printed")))
        self.view.turned.connect(self._show_place)
        self.view.zoomed.connect(self._show_zoom)
        self.pickers = {option.name: self._picker(option) for option in job.options}
        titles = {option.name: option.title for option in job.options}
        self.panel = PrintPanel(self._language, [(titles[name], each) for name, each in self.pickers.items()])
        self.panel.print_button.clicked.connect(lambda _checked=False: self.print_now())
        self.panel.save_button.clicked.connect(lambda _checked=False: self.save())
        self.panel.cancel_button.clicked.connect(lambda _checked=False: self.close())
        self._lay_out()
        self._bind_keys()
        available = self.screen().availableGeometry().size()
        self.resize(min(1120, available.width() - 80), min(860, available.height() - 80))
        self._remake()

    def print_now(self) -> None:
        """Send the chosen pages to the printer, as one job."""
        made, pages = self._made, self._pages()
        if made is None or pages is None or not self.panel.print_button.isEnabled():
            return
        setting = self.panel.setting(self.windowTitle())
        self._run(
            lambda told: _sent(made.path, setting, pages, told),
            lambda _nothing: self._sent(made, setting, pages),
            words=M("Printing…"),
            failed=lambda no: self._tell("bad", no.message),
            stopped=lambda: self._tell("warn", M("Printing was stopped. Some pages may come out of the printer.")),
        )

    def save(self) -> None:
        """Ask where, and write the PDF there."""
        made, pages = self._made, self._pages()
        if made is not None and pages is not None and self.panel.save_button.isEnabled():
            ask.save_file(self, self._language, N_("Save as PDF"), self._name(made), PDF, partial(self.write, pages))

    def write(self, pages: Sequence[int], path: Path) -> None:
        """Write the chosen pages into a file, whole or not at all."""
        made, part = self._made, path.with_name(f".{path.name}.part")
        if made is None or self.view.paper is None:
            return
        try:
            if len(pages) == len(self.view.paper):
                shutil.copyfile(made.path, part)
            else:
                self.view.paper.extract(pages, part)
            part.replace(path)
        except OSError as no:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            self._refuse_file(pages, path, no)
            return
        if not self._log(made, pages, file=path.name):
            return
        folder = Button(self._language.text(N_("Open the folder")), partial(ask.show_folder, path), kind="link",
                        icon="folder-open")  # fmt: skip
        self._tell("good", M("Saved as {name}.", name=path.name), folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in RETURN:
            super().keyPressEvent(event)
        elif isinstance(focus := self.focusWidget(), QPushButton):
            focus.click()
        else:
            self.print_now() if self.panel.has_printer else self.save()

    def done(self, result: int) -> None:
        self._wanted += 1
        self._is_closed = True
        self.view.close_paper()
        self._clear()
        super().done(result)

    def _picker(self, option: Option) -> Picker:
        picker = Picker([(value, self._language.text(words)) for value, words in option.choices])
        picker.setCurrentIndex(_start(option))
        picker.changed.connect(self._remake)
        return picker

    def _remake(self) -> None:
        """Make the pages for the present choices; making them for older ones stops."""
        self._wanted += 1
        wanted, chosen = self._wanted, {name: picker.value() for name, picker in self.pickers.items()}
        at, path = datetime.combine(self._desk.day, self._clock()), Path(self._folder.name) / f"{wanted}.pdf"
        asked = {name: value for name, value in chosen.items() if name != LANGUAGES.name}
        spoken = tuple(language(code) for code in chosen.get(LANGUAGES.name, ("zh_CN",)))

        def make(told: Told) -> Made:
            def progress(part: int, whole: int) -> None:
                if wanted != self._wanted:
                    raise Cancelled
                told(part, whole)

            progress(0, 0)
            self._job.make(path, spoken, printed=at, progress=progress, **asked)
            return Made(path, chosen, at, self._job.about(**asked), self._job.missing(spoken[0], **asked))

        self._run(
            make,
            lambda made: self._show(made) if wanted == self._wanted else None,
            words=M("Making the pages…"),
            stopped=lambda: self._keep() if wanted == self._wanted else None,
            failed=self._tell_failure,
        )

    def _run(
        self,
        work: Callable[[Told], Any],
        done: Callable[[Any], object],
        *,
        words: Message,
        stopped: Callable[[], object],
        failed: Callable[[Refused | Fault], object],
    ) -> None:
        """Do it on the worker; until it is done nothing else can be sent."""

        def ended(then: Callable[..., object], *result: Any) -> None:
            self._running -= 1
            if self._is_closed:
                self._clear()
                return
            then(*result)
            self._allow()

        self._running += 1
        self._allow()
        self._desk.tasks.run(
            work, partial(ended, done), partial(ended, failed), words=words, stopped=partial(ended, stopped)
        )

    def _allow(self) -> None:
        self.panel.allow(yes=not self._running and self._made is not None)

    def _show(self, made: Made) -> None:
        self._made = made
        self.view.show_paper(Paper(made.path))
        self._show_place()
        self._tell_missing(made.missing)
        self._allow()
        self.panel.first_button.setFocus()
        self.ready.emit()

    def _keep(self) -> None:
        """Stay with the pages there were, because the owner stopped the making of others."""
        if self._made is None:
            self.close()
        else:
            self._put_choices(self._made)

    def _tell_failure(self, no: Refused | Fault) -> None:
        """Say why there are no pages for the present choices; the ones before stand again."""
        self._tell("bad", no.message)
        if self._made is not None:
            self._put_choices(self._made)

    def _put_choices(self, made: Made) -> None:
        for name, picker in self.pickers.items():
            with QSignalBlocker(picker):
                picker.put(made.chosen[name])

    def _pages(self) -> Sequence[int] | None:
        """The pages meant; none and a word beside the field where they cannot be."""
        if self.view.paper is None:
            return None
        try:
            pages = pages_meant(self.panel.pages.text(), len(self.view.paper))
        except Refused as no:
            self.panel.refuse_pages(no.message)
            return None
        self.panel.refuse_pages(None)
        return pages

    def _sent(self, made: Made, setting: printer.Setting, pages: Sequence[int]) -> None:
        self.printed.emit(len(pages))
        if self._log(made, pages, copies=setting.copies, printer=setting.printer):
            self._desk.toast(M("Sent {count} {count:page|pages} to the printer.", count=len(pages) * setting.copies))
            self.close()

    def _log(self, made: Made, pages: Sequence[int], **how: Any) -> bool:
        """Write it down; where the disk says no, the owner is told, for the paper is there."""
        whose = _whose(made.about.people, self.view.paper.starts, pages)
        at = datetime.combine(self._desk.day, self._clock())
        try:
            team.log_print(form=self._job.form, at=at, pages=len(pages), people=whose, period=made.about.period, **how)
        except Fault as no:
            self._tell("bad", no.message)
            return False
        return True

    def _refuse_file(self, pages: Sequence[int], path: Path, no: OSError) -> None:
        """Say why a file could not be written; where another program holds it, offer the next name."""
        if not (isinstance(no, PermissionError) and path.exists()):
            told = M("“{path}” cannot be written: {reason}. Choose another folder.", path=str(path),
                     reason=no.strerror or str(no))  # fmt: skip
            self._tell("bad", told)
            return
        other = free(path)
        offer = Button(self._language.text(M("Save as “{name}”", name=other.name)),
                       partial(self.write, pages, other), kind="link", icon="save")  # fmt: skip
        told = M("“{name}” is open in another program. Close it there, or save under another name.", name=path.name)
        self._tell("bad", told, offer)

    def _name(self, made: Made) -> str:
        people = made.about.people
        who = people[0][1] if people else ""
        if len(people) > 1:
            who = self._language.text(M("{name} and others ({count})", name=who, count=len(people)))
        return file_name(who, self._language.text(self._job.title), str(made.about.period or self._desk.day))

    def _tell(self, kind: str, message: Message, *buttons: Button) -> None:
        """Say over the pages how something went."""
        self.told.deleteLater()
        self.told = Banner(kind, self._language.text(message))
        for button in buttons:
            self.told.add(button)
        self._words.addWidget(self.told)

    def _tell_missing(self, missing: Sequence[tuple[str, str]]) -> None:
        who = tuple(M("“{characters}” in {name}", characters=characters, name=name)
                    for name, characters in missing[:NAMED])  # fmt: skip
        if (more := len(missing) - NAMED) > 0:
            who += (M("and {count} more", count=more),)
        told = M(
            "These characters have no glyph and will print as an empty box: {who}. "
            "Write them in by hand after printing, or use a common character on the roster.",
            who=who,
        )
        self.missing.say(self._language.text(told) if missing else "")

    def _show_place(self, _page: int = 0) -> None:
        at, count = self.view.page, len(self.view.paper) if self.view.paper else 0
        self.place.setText(self._language.text(M("Page {page} of {count}", page=at + 1, count=count)))
        self.back.setEnabled(at > 0)
        self.forth.setEnabled(at + 1 < count)

    def _show_zoom(self, zoom: object) -> None:
        with QSignalBlocker(self.zooms):
            self.zooms.put(zoom)

    def _turn(self, by: int) -> None:
        self.view.go(self.view.page + by)

    def _go_to_end(self) -> None:
        self.view.go(len(self.view.paper or ()) - 1)

    def _clear(self) -> None:
        """Leave nothing of the pages behind, as soon as nobody writes or reads them."""
        if not self._running:
            self._folder.cleanup()

    def _bind_keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+P": self.print_now, "Ctrl+S": self.save, "F1": partial(self._desk.show_help, "printing"),
            "Ctrl+=": partial(self.view.step, 1), "Ctrl++": partial(self.view.step, 1),
            "Ctrl+-": partial(self.view.step, -1), "Ctrl+0": partial(self.view.zoom_to, FIT_WIDTH),
            "PgUp": partial(self._turn, -1), "PgDown": partial(self._turn, 1),
            "Ctrl+Home": partial(self.view.go, 0), "Ctrl+End": self._go_to_end,
        }  # fmt: skip
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        across, left, self._words = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.missing, self.told = Banner("warn"), QWidget()
        for hidden in (self.missing, self.told):
            hidden.hide()
            self._words.addWidget(hidden)
        self._words.setContentsMargins(16, 0, 16, 0)
        left.setSpacing(0)
        left.addLayout(self._tools())
        left.addLayout(self._words)
        left.addWidget(self.view, 1)
        across.addLayout(left, 1)
        across.addWidget(self.panel)

    def _tools(self) -> QHBoxLayout:
        row, words = QHBoxLayout(), self._language.text
        row.setContentsMargins(16, 6, 16, 6)
        self.place = Label("", "secondary")
        self.back = IconButton("chevron-left", words(N_("Page before (PgUp)")), partial(self._turn, -1))
        self.forth = IconButton("chevron-right", words(N_("Next page (PgDn)")), partial(self._turn, 1))
        self.zooms = Picker([(zoom, words(said)) for zoom, said in ZOOMS])
        self.zooms.setAccessibleName(words(N_("Size of the view")))
        self.zooms.setToolTip(words(N_("Ctrl with the wheel, + and -; Ctrl+0 for the whole width")))
        self.zooms.changed.connect(lambda: self.view.zoom_to(self.zooms.value()))
        smaller = IconButton("zoom-out", words(N_("Smaller (Ctrl+-)")), partial(self.view.step, -1))
        larger = IconButton("zoom-in", words(N_("Larger (Ctrl+=)")), partial(self.view.step, 1))
        for widget in (self.back, self.place, self.forth):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (smaller, self.zooms, larger):
            row.addWidget(widget)
        return row


def _sent(path: Path, setting: printer.Setting, pages: Sequence[int], told: Told) -> None:
    """Print, on the worker, from the file: the window may let go of its pages meanwhile."""
    paper = Paper(path)
    try:
        across, down = paper.sizes[pages[0]]
        sides = printer.on_sheets(pages, paper.starts) if setting.both_sides else pages
        made = printer.ready(setting, is_landscape=across > down)
        printer.print_pages(paper, made, sides, is_grey=setting.is_grey, told=told)
    finally:
        paper.close()


def _whose(
    people: Sequence[tuple[int, str]], starts: Sequence[int], pages: Sequence[int]
) -> Sequence[tuple[int, str]]:
    """Those of the people whose pages these are; all of them where no bookmark leads to each one's first page."""
    if len(starts) != len(people):
        return people
    ends = (*starts[1:], max((*pages, *starts)) + 1)
    return [who for who, start, end in zip(people, starts, ends, strict=True) if any(start <= n < end for n in pages)]
