"""The window: the sidebar, the bar above, and the pages, each built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M, Message
from ui.kit import ask, draft
from ui.kit.banner import Banner
from ui.kit.button import IconButton
from ui.kit.desk import Desk, no_help
from ui.kit.draft import Draft
from ui.kit.drops import are_forms, dropped
from ui.kit.finder import CatchUp, Find, Finder
from ui.kit.keys import bind
from ui.kit.label import Label
from ui.kit.memory import Memory
from ui.kit.nav import Place, Side, keys_of
from ui.kit.page import MARGIN_X, MARGIN_Y, Page, entry
from ui.kit.picture import Picture
from ui.kit.theme import air
from ui.kit.toast import LONG, Toast
from ui.kit.typed import TypedFirst

if TYPE_CHECKING:
    from ui.kit.changes import Changes, Step
    from ui.kit.finder import Follower
    from ui.kit.task import Tasks

FirstSize = QSize(1366, 768)

Firm = Callable[[], tuple[str, str]]
"""Gives the firm's name and the line under it."""
Note = Callable[[Desk, QWidget, int | None], object]
"""Opens the window in which an event is noted, about a person where one is shown."""
Help = Callable[[str], object]
"""Shows the handbook about the place of that key."""
VISIBLE = QSize(160, 40)
"""Pixels of a window's upper edge that must be on a screen: enough to take hold of it."""


class Window(QWidget):
    """The program's one window.

    It is seen before the file is opened: its frame stands at once, the pages come when it is entered.
    """

    language_chosen = Signal(str)
    """Another language was asked for; the start makes another window."""

    def __init__(
        self,
        language: Language,
        day: date,
        places: Sequence[Place],
        *,
        firm: Firm | None = None,
        find: Find | None = None,
        show_help: Help | None = None,
        catch_up: CatchUp | None = None,
        note: Note | None = None,
        settings: Path | None = None,
        clock: Callable[[], time] = lambda: QTime.currentTime().toPython(),
    ) -> None:
        super().__init__()
        self.language, self.day, self.places = language, day, tuple(places)
        self._clock = clock
        self._lock: Callable[[], object] | None = None
        self._settings = QSettings(str(settings), QSettings.Format.IniFormat) if settings else None
        self._icons = {place.key: place.icon for place in places}
        self.finder: Finder | None = Finder(language, find, self._icons)
        self.desk: Desk | None = None
        self.changes: Changes
        self.tasks: Tasks
        self.follower: Follower | None = None
        self.pages: dict[str, QWidget] = {}
        self.setWindowTitle(language.text(N_("TeamHelm")))
        self.setMinimumSize(960, 560)
        self._lay_out()
        self._restore()
        if firm:
            self.enter(places, firm=firm, find=find, show_help=show_help, catch_up=catch_up, note=note)
        else:
            self._await_page()

    def enter(
        self,
        places: Sequence[Place],
        *,
        firm: Firm,
        find: Find | None = None,
        show_help: Help | None = None,
        catch_up: CatchUp | None = None,
        note: Note | None = None,
    ) -> None:
        """Show the page, now that the file is open. The places are those of the frame, and know how they are built."""
        from ui.kit.changes import Changes  # here, because the frame is seen before the file is opened
        from ui.kit.finder import Follower
        from ui.kit.task import Tasks

        self.places = self.side.bar.places = tuple(places)
        self._firm, self._show_help, self._note = firm, show_help, note
        self.changes, self.tasks = Changes(self), Tasks(self.language, self)
        self.follower = Follower(self.changes, catch_up, self) if catch_up else None
        self.desk = Desk(self.language, self.day, self.changes, self.tasks, self.go, self.say, self.mark_saved,
                         Memory(self._settings), show_help or no_help)  # fmt: skip
        self.help_button.setVisible(show_help is not None)
        self.note_button.setVisible(note is not None)
        self._bind_keys()
        self._bind_finder(find)
        self.side.opened.connect(self._open)
        self.changes.kept.connect(self._hear)
        self._open(self.side.bar.currentIndex())
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh_surroundings()

    def go(self, link: Link) -> None:
        """Show a place; where it can, the record."""
        at = next((n for n, place in enumerate(self.places) if place.key == link.area), None)
        if at is None:
            return
        self.side.bar.setCurrentIndex(at)
        page = self._built(at)
        if not isinstance(page, Page):
            return
        if link.table:
            page.turn_to(link.table)
        if link.record is not None:
            page.arrive(link.record)

    @property
    def page(self) -> QWidget:
        """The page shown."""
        return self.stack.currentWidget()

    def say(self, words: Message, *, undo: bool = False, file: Path | None = None) -> None:
        """A word at the foot of the window; with `undo` the way back from what was done last, with `file` its place."""
        step = self.changes.undoable() if undo else None
        folder = partial(ask.show_folder, file) if file else None
        self.toast.say(
            self.language.text(words), undo=partial(self._take_back, step) if step else None, folder=folder
        )

    def warn(self, kind: str, words: Message, gone: Callable[[], object]) -> None:
        """Say above every page what concerns all the data, until it is closed; `gone` hears of that."""
        banner = Banner(kind, self.language.text(words))

        def close() -> None:
            banner.hide()
            banner.deleteLater()
            gone()

        banner.add(IconButton("x", self.language.text(N_("Close")), close))
        self.notes.addWidget(banner)

    def mark_saved(self) -> None:
        """Say that what was typed is kept, with the time."""
        at = f"{self._clock():%H:%M}"
        self.saved.setText(self.language.text(M("Saved automatically {time}", time=at)))
        self.saved_sign.show()
        self.saved.show()

    def undo(self) -> None:
        """Take the last request back and say which."""
        self._take_back(self.changes.undoable())

    def redo(self) -> None:
        """Do again what was undone last and say which."""
        self._do_again(self.changes.redoable())

    def print_page(self) -> None:
        """Print what the page is about."""
        if isinstance(self.page, Page) and self.page.prints:
            self.page.print_page()

    def note_event(self) -> None:
        """Note an event, about whom the page shows."""
        if self._note:
            self._note(self.desk, self, self.page.whom() if isinstance(self.page, Page) else None)

    def help(self) -> None:
        """Show the handbook where it tells of this page."""
        if self._show_help:
            self._show_help(self.places[self.side.bar.currentIndex()].key)

    def show_shortcuts(self) -> None:
        """Show what the keys do here."""
        from ui.kit.shortcuts import Shortcuts  # here, because it is rarely asked for

        Shortcuts(self, self.page, self.language).open()

    def show_lock(self, act: Callable[[], object] | None) -> None:
        """Offer to lock the program; nothing where it has no password."""
        self._lock = act
        self.lock_button.setVisible(act is not None)
        self.lock_key.setEnabled(act is not None)

    def lock(self) -> None:
        """Lock the program."""
        if self._lock:
            self._lock()

    def put_away(self) -> Draft:
        """Where the owner is and what he is typing. What is kept as it is left is kept now."""
        page, key = self.page, self.places[self.side.bar.currentIndex()].key
        form = page.form if isinstance(page, Page) else None
        again = page.again if getattr(form, "changed", False) else ""
        here = [*draft.dialogs(self), *([form] if form is not None and not again else [])]
        left = Draft(key, page.showing() if isinstance(page, Page) else None, again,
                     draft.typed(form) if again else (), draft.loose(here))  # fmt: skip
        if typing := self.focusWidget():
            typing.clearFocus()
        return left

    def take_up(self, left: Draft) -> None:
        """Go on where the owner was."""
        self.go(Link(left.place, left.record))
        if left.again and isinstance(self.page, Page):
            getattr(self.page, left.again)()
            if self.page.form is not None:
                draft.put(self.page.form, left.typed)
        if left.loose:
            from ui.kit.left import Left  # here, because it is rarely needed

            Left(self.language, left.loose, self).open()

    def refresh(self) -> None:
        """Show everything anew, because more than one unit tells has changed."""
        for page in self.pages.values():
            if isinstance(page, Page):
                page.refresh(page.tables)
        self._refresh_surroundings()

    def prepare(self) -> bool:
        """Make a page that was not opened yet, for when it is; whether there was one left."""
        at = next((n for n, place in enumerate(self.places) if place.key not in self.pages), None)
        if at is not None:
            self._built(at)
        return at is not None

    def remember(self) -> None:
        """Keep where the window stands and which page it shows, for the next one."""
        if self._settings:
            self._settings.setValue("geometry", self.saveGeometry())
            self._settings.setValue("page", self.places[self.side.bar.currentIndex()].key)
            self._settings.sync()

    def unsaved(self) -> str:
        """The key of a place where something was typed into a side panel and not saved; empty where there is none."""
        typed = (key for key, page in self.pages.items() if isinstance(page, Page) and page.form and page.form.changed)
        return next(typed, "")

    def leave(self) -> None:
        """Close; where something was typed, only if the owner is sure."""
        if not (key := self.unsaved()):
            self.close()
            return
        self.go(Link(key))
        self.page.form.give_way(self.leave)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.desk is None:
            super().closeEvent(event)
            return
        if event.spontaneous() and self.unsaved():  # by the cross of its frame, not by the program
            event.ignore()
            self.leave()
            return
        self.tasks.close()
        if self.follower:
            self.follower.close()
        self.changes.close()
        self.remember()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.toast.settle()
        if self.finder and self.finder.is_open:
            self.finder.list.settle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(place.takes_forms for place in self.places) and are_forms(dropped(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Forms that came back go to the page they are of, whichever is shown."""
        event.acceptProposedAction()
        place = next(place for place in self.places if place.takes_forms)
        self.go(Link(place.key))
        self.pages[place.key].take_files(dropped(event.mimeData()))

    def _lay_out(self) -> None:
        self.setAcceptDrops(True)
        across, column = QHBoxLayout(self), QVBoxLayout()
        for layout in (across, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.side = Side(self.language, self.places)
        self.stack = QStackedWidget()
        self._slots = [QWidget() for _ in self.places]
        for slot in self._slots:
            self.stack.addWidget(slot)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(1)
        column.addWidget(self._make_bar())
        column.addLayout(self.notes)
        column.addWidget(self.stack, 1)
        across.addWidget(self.side)
        across.addLayout(column, 1)
        self.toast = Toast(self.language, self)

    def _make_bar(self) -> QWidget:
        bar = QWidget(objectName="bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(52)
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        self.saved_sign, self.saved = Picture("circle-check", "good", 16), Label("", "secondary")
        self.undo_button = IconButton("undo-2", "", self.undo)
        self.redo_button = IconButton("redo-2", "", self.redo)
        self.print_button = IconButton("printer", self.language.text(N_("Print (Ctrl+P)")), self.print_page)
        self.note_button = IconButton("pencil", self.language.text(N_("Note an event (Ctrl+E)")), self.note_event)
        self.help_button = IconButton("circle-help", self.language.text(N_("Help (F1)")), self.help)
        self.lock_button = IconButton("lock", self.language.text(N_("Lock (Ctrl+L)")), self.lock)
        self.lock_button.hide()
        for button in (self.undo_button, self.redo_button, self.print_button):
            button.setEnabled(False)
        row.addWidget(self.finder, 2)
        row.addStretch(1)
        for widget in (self.saved_sign, self.saved, self.note_button, self.undo_button, self.redo_button,
                       self.print_button, self.help_button, self.lock_button):  # fmt: skip
            row.addWidget(widget)
        self.saved.hide()
        self.saved_sign.hide()
        return bar

    def _bind_keys(self) -> None:
        words = self.language.text
        for n, place in enumerate(self.places):
            if keys := keys_of(self.places, n):
                bind(self, keys, partial(self.side.bar.setCurrentIndex, n), words(place.title))
        acts: tuple[tuple[str, Callable[[], object], str], ...] = (
            ("Ctrl+P", self.print_page, N_("Print the page")),
            ("Ctrl+Tab", partial(self._step, 1), N_("Next page")),
            ("Ctrl+Shift+Tab", partial(self._step, -1), N_("Page before")),
            ("F6", partial(self._step_pane, 1), N_("Next pane")),
            ("Shift+F6", partial(self._step_pane, -1), N_("Pane before")),
            ("Ctrl+/", self.show_shortcuts, N_("Shortcuts")),
        )
        for keys, act, said in acts:
            bind(self, keys, act, words(said))
        self.lock_key = bind(self, "Ctrl+L", self.lock, words(N_("Lock the program")))
        self.lock_key.setEnabled(False)
        if self._note:
            bind(self, "Ctrl+E", self.note_event, words(N_("Note an event")))
        if self._show_help:
            bind(self, "F1", self.help, words(N_("Help")))
        self.typed = TypedFirst(self, self.undo, self.redo, words=(words(N_("Undo")), words(N_("Redo"))))

    def _bind_finder(self, find: Find | None) -> None:
        if find is None:
            self.finder.hide()
            self.finder = None
            return
        self.finder.look_in(find)
        self.finder.went.connect(self._go_from_finder)
        self.finder.left.connect(self._enter_page)
        words = self.language.text
        bind(self, "Ctrl+F", self.finder.begin, words(N_("Search")))
        bind(self, "F3", partial(self.finder.step, 1), words(N_("Next found")))
        bind(self, "Shift+F3", partial(self.finder.step, -1), words(N_("Found before")))
        if self.follower:
            self.follower.caught_up.connect(self.finder.refresh)

    def _go_from_finder(self, link: Link) -> None:
        self.go(link)
        if self.finder.hasFocus():
            self._enter_page()

    def _enter_page(self) -> None:
        """Give the keys to the page."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step(self, by: int) -> None:
        self.side.bar.setCurrentIndex((self.side.bar.currentIndex() + by) % len(self.places))

    def _step_pane(self, by: int) -> None:
        """Round the sidebar and the parts of the page."""
        within = self.page.panes() if isinstance(self.page, Page) else [self.page]
        panes = [self.side.bar, *within]
        at = self.focusWidget()
        now = next((n for n, pane in enumerate(panes) if at and (pane is at or pane.isAncestorOf(at))), -1)
        entry(panes[(now + by) % len(panes)]).setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self, at: int) -> None:
        page = self._built(at)
        keeps_keys = self.side.bar.hasFocus()  # who goes through the places by the arrows stays among them
        if not keeps_keys:
            self.stack.setFocus()  # or Qt would give the keys to the first button of the page
        self.stack.setCurrentWidget(page)
        self.print_button.setEnabled(isinstance(page, Page) and page.prints)
        if not keeps_keys:
            entry(page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _built(self, at: int) -> QWidget:
        """The page of a place, made now where this is the first visit."""
        place = self.places[at]
        if place.key not in self.pages:
            with self.changes.reading():
                page = place.build(self.desk)
            slot, self._slots[at] = self._slots[at], page
            self.stack.insertWidget(at, page)
            self.stack.removeWidget(slot)
            slot.deleteLater()
            self.pages[place.key] = page
        return self.pages[place.key]

    def _hear(self, _touched: frozenset[str]) -> None:
        """Refresh what stands around the page, once for all that was written in one go."""
        QTimer.singleShot(0, self, self._refresh_surroundings)

    def _refresh_surroundings(self) -> None:
        with self.changes.reading():
            self.side.firm.put(*self._firm())
            self.side.bar.show_badges()
            undoable, redoable = self.changes.undoable(), self.changes.redoable()
        steps = (
            (self.undo_button, undoable, N_("Undo: {what} (Ctrl+Z)"), N_("Nothing to undo")),
            (self.redo_button, redoable, N_("Redo: {what} (Ctrl+Y)"), N_("Nothing to redo")),
        )
        for button, step, words, nothing in steps:
            button.setEnabled(step is not None)
            button.say(self.language.text(M(words, what=step.words) if step else nothing))

    def _take_back(self, step: Step | None) -> None:
        self._revert(step, N_("Undo: {what}"), self._taken_back)

    def _taken_back(self, step: Step) -> None:
        again = self.changes.redoable()
        self._tell_done(N_("Undone: {what}"), step, redo=partial(self._do_again, again) if again else None)

    def _do_again(self, step: Step | None) -> None:
        self._revert(step, N_("Redo: {what}"), self._done_again)

    def _done_again(self, step: Step) -> None:
        back = self.changes.undoable()
        self._tell_done(N_("Done again: {what}"), step, undo=partial(self._take_back, back) if back else None)

    def _revert(self, step: Step | None, words: str, done: Callable[[Step], object]) -> None:
        """Take a request back, or do it again: at once, or on the worker where it is about many records."""
        if step is None:
            return
        if self.tasks.busy:
            self.toast.say(self.language.text(N_("The program is still at work. Try again when that is done.")))
            return
        if self.changes.is_long(step.unit):
            self.tasks.run(partial(self.changes.revert, step), done, self._refuse, words=M(words, what=step.words))
            return
        try:
            self.changes.revert(step)
        except (Refused, Fault) as no:
            self._refuse(no)
            return
        done(step)

    def _refuse(self, no: Refused | Fault) -> None:
        self.toast.say(self.language.text(no.message), stay=LONG)

    def _tell_done(self, words: str, step: Step, **acts: Callable[[], object] | None) -> None:
        """Say what was taken back or done again, and show the record, or the way to it from another page."""
        from desktopapp.overview import history  # here, because the frame is seen before the file is opened

        link = history.place(step.unit)
        is_here = link is not None and self.pages.get(link.area) is self.page
        if is_here and isinstance(self.page, Page) and self.page.showing() != link.record:
            self.page.reveal(link)
        view = partial(self.go, link) if link and not is_here else None
        self.toast.say(self.language.text(M(words, what=step.words)), view=view, **acts)

    def _restore(self) -> None:
        """Stand as the window stood last, on a screen that is there."""
        key = self._settings.value("page", "", str) if self._settings else ""
        geometry = self._settings.value("geometry") if self._settings else None
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(FirstSize.boundedTo(QGuiApplication.primaryScreen().availableSize()))
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        where = placed(self.geometry(), screens)
        if where != self.geometry() and not self.isMaximized():
            self.setGeometry(where)
        at = next((n for n, place in enumerate(self.places) if place.key == key), 0)
        self.side.bar.setCurrentIndex(at)

    def _await_page(self) -> None:
        """Name the page that is coming, where its own title will stand."""
        at = self.side.bar.currentIndex()
        slot = self._slots[at]
        slot.setObjectName("page")
        slot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(slot)
        column.setContentsMargins(air(MARGIN_X), air(MARGIN_Y), air(MARGIN_X), air(MARGIN_Y))
        column.addWidget(Label(self.language.text(self.places[at].title), "title"), 0, Qt.AlignmentFlag.AlignTop)
        self.stack.setCurrentWidget(slot)


def placed(window: QRect, screens: Sequence[QRect]) -> QRect:
    """Where a window goes that stood here: there, if it can be taken hold of; else into the middle of the first screen.

    A window larger than its screen is made to fit.
    """
    handle = QRect(window.topLeft(), QSize(window.width(), VISIBLE.height()))
    for screen in screens:
        seen = screen.intersected(handle)
        if seen.width() >= VISIBLE.width() and seen.height() >= VISIBLE.height():
            size = window.size().boundedTo(screen.size())
            return window if size == window.size() else _middle(size, screen)
    return _middle(window.size().boundedTo(screens[0].size()), screens[0])


def _middle(size: QSize, screen: QRect) -> QRect:
    frame = QRect(QPoint(), size)
    frame.moveCenter(screen.center())
    return frame
