"""The program behind its window: the file, the look, the language, the pages; and the day, which turns at midnight."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktopapp.areas import AREAS, TABLES
from desktopapp.kernel.area import Link
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.overview import history, search
from desktopapp.storage import (
    CLEAN,
    InUse,
    Locked,
    Opened,
    Told,
    close_file,
    is_held,
    is_open,
    is_protected,
    is_read_only,
    open_file,
    reading,
    shut,
)
from desktopapp.team import queries
from ui.kit import ask
from ui.kit.broken import Watch
from ui.kit.choices import PROTECTED, SETTINGS, SUMS, choices, kept_in
from ui.kit.desk import Desk
from ui.kit.first_paint import FirstPaint
from ui.kit.instance import listen, raise_first
from ui.kit.language import speak
from ui.kit.nav import Badge, Place, quiet
from ui.kit.page import Page
from ui.kit.theme import dress, theme
from ui.places import PLACES
from ui.window import Window

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from desktopapp.overview.protection import Tries
    from ui.kit.draft import Draft
    from ui.kit.handbook import Handbook
    from ui.kit.lock import Lock
    from ui.kit.waiting import Waiting

MOMENT = 0.4
"""Seconds that the file may take to open before a bar says so."""
SOON = 7
"""Days ahead that a badge counts what is due."""
SHORTLY = 1000
"""Milliseconds until what could not be done just now is tried again."""
BETWEEN_BACKUPS = 30 * 60_000
"""Milliseconds between backups of what has changed."""
TICK = 30_000
"""Milliseconds between looks at the calendar; also the longest the day is wrong after the PC wakes."""
FORGOTTEN = "forgotten.json"
"""The file that tells who was erased; it is there once somebody was."""
TRIES = "tries.json"
"""The file that tells how often a wrong password was typed in a row."""
AHEAD = ("ui.pages.team", "ui.pages.goals", "ui.pages.reviews", "ui.pages.sales", "ui.pages.trail", "ui.pages.settings",
         "ui.kit.form")  # fmt: skip
"""Imported on the side once the window is seen."""
PREPARE = 700
"""Milliseconds between two pages that are made ahead; that takes a tenth of a second, which the first visit saves."""


class Program(QObject):
    """What outlives a window: the choices of the owner, the day, and the window itself."""

    checked = Signal(tuple)
    unbacked = Signal(object)
    """Why there is no backup: a `Fault`."""

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        *,
        language: str | None = None,
        scheme: str | None = None,
        today: date | None = None,
        frame: Window | None = None,
    ) -> None:
        super().__init__(app)
        self.app, self.folder, self._fixed_day, self._frame = app, folder, today, frame
        self._kept = kept_in(folder)
        now = choices(self._kept, language=language, scheme=scheme)
        self.language, self.scheme, self.scale, self.density = now.language, now.scheme, now.scale, now.density
        self.sums, self.lock_after = now.sums, now.lock_after
        self.section = ""
        self.day = self._today()
        self.window: Window | None = None
        self.handbook: Handbook | None = None
        self.theme = theme() if frame else dress(app, self.scheme, self.scale, self.density)
        self.watch = Watch(self._words)
        self._pool: ThreadPoolExecutor | None = None
        self._server: QObject | None = None
        self._lock: Lock | None = None
        self._unopened: QWidget | None = None
        self.opened: Opened | None = None
        """How the file was found; nothing where that was told."""
        self._begun = 0.0
        self._waiting: Waiting | None = None
        self._mended: Message | None = None
        """What was done so that the file could be opened."""
        self._found: list[tuple[str, Message]] = []
        self._draft: Draft | None = None
        self._hook = sys.excepthook
        self._is_settled = False
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self.turn)
        self._ahead = QTimer(self, interval=PREPARE)
        self._ahead.timeout.connect(self._prepare)
        self._backups = QTimer(self, interval=BETWEEN_BACKUPS)
        self._backups.timeout.connect(self._back_up_later)
        self.checked.connect(self._tell_faults)
        self.unbacked.connect(self._tell_unbacked)
        if frame is None:
            speak(app, self._words)

    @property
    def _words(self) -> Language:
        return language(self.language, in_yuan=self.sums == SUMS[1])

    def open(self, *, leave: bool = False) -> None:
        """Open the file and show its first page in the window; or ask for the password, or say why it cannot be."""
        self._listen_for_bugs()
        try:
            self.opened = self.unlock()
        except Locked:
            then: Callable[[], object] = self.knock
        except InUse as no:
            self.app.exit(0 if raise_first(self.folder) else self.refuse(no.message))
            return
        except Fault as no:
            then = partial(self.explain, no)
        else:
            self.start(leave=leave)
            return
        self._instead(self._frame, then)
        self._take_frame_away()

    def start(self, *, leave: bool = False) -> None:
        """Show the window; what can wait is done once it is seen."""
        self._kept = kept_in(self.folder)
        self._listen_for_bugs()
        self._honour()
        with reading():
            self.window = self._open(welcome=queries.firm() is None and not queries.head_count())
        then = self.app.quit if leave else self._settle
        if self._frame is self.window:
            self.window.repaint()  # it was seen before, so nothing would tell when the page is
            QTimer.singleShot(0, self, then)
        else:
            FirstPaint(self.window, then)
        self._take_frame_away()

    def _take_frame_away(self) -> None:
        """Close the frame that was seen first, where another window stands in its place."""
        if self._frame not in (None, self.window):
            self._frame.close()
            self._frame.deleteLater()
        self._frame = None

    def _honour(self) -> None:
        """Let nobody who was erased be seen again because a backup was put back."""
        if (self.folder / FORGOTTEN).exists() and not is_read_only():
            from desktopapp.overview import privacy  # here, because nobody was erased in most files

            privacy.honour(self.day)

    def _listen_for_bugs(self) -> None:
        if sys.excepthook is not self.watch:
            self._hook, sys.excepthook = sys.excepthook, self.watch

    def explain(self, no: Fault) -> None:
        """Say why the file was not opened, and offer what can be done about it."""
        from ui.pages.unopened import Unopened  # here, because hardly any start needs it

        if self._unopened:
            self._unopened.explain(no)
            return
        self._listen_for_bugs()
        self._unopened = Unopened(self._words, no, self.folder, self.enter, now=self.now)
        self._unopened.gone.connect(self._forget_unopened)
        self._unopened.stand(self._geometry())

    def enter(self, *, folder: Path | None = None, said: Message | None = None, **how: bool) -> None:
        """Open the file in another way than the one that failed, and show what comes of it; `said` is told there."""
        self.folder, self._mended = folder or self.folder, said
        try:
            self.opened = self.unlock(**how)
        except Locked:
            then: Callable[[], object] = self.knock
        except Fault as no:
            self.explain(no)
            return
        else:
            then = self.start
        self._instead(self._unopened, then)

    def _forget_unopened(self) -> None:
        self._unopened = None

    def _instead(self, old: QWidget | None, then: Callable[[], object]) -> None:
        """Put something else in the place of a window, which does not end the program."""
        self.app.setQuitOnLastWindowClosed(False)
        if old:
            old.close()
        then()
        self.app.setQuitOnLastWindowClosed(True)

    def knock(self) -> None:
        """Ask for the password before the window is shown."""
        self._listen_for_bugs()
        if self._server is None:
            self._server = listen(self.folder, self._come_forward, self)
        self.door_lock.shut(self._words, self._geometry())

    def lock(self) -> None:
        """Shut the file and put the door in the window's place. What was typed is kept until it opens again."""
        if self.window is None or not is_protected():
            return
        if self.window.tasks.busy:
            self.window.say(M("It is locked as soon as this is done."))
            QTimer.singleShot(SHORTLY, self, self.lock)
            return
        self._clear_away()
        shut()

    def aside(self, words: Message, work: Callable[[Told], object]) -> None:
        """Do what needs the file for itself: without the window, behind the door, which then stays locked."""
        QTimer.singleShot(0, self, partial(self._do_aside, words, work))  # what asked for it goes with the window

    def _do_aside(self, words: Message, work: Callable[[Told], object]) -> None:
        self._clear_away()
        self.door_lock.door.say_busy(words)
        try:
            said = work(self.door_lock.door.told)
            self._mended = said if isinstance(said, Message) else None
        except Fault as no:
            self._not_unlocked(no)
        finally:
            shut()
            self._come_back()

    def _come_back(self) -> None:
        """Show the window again where no password is asked for."""
        door = self.door_lock.door
        try:
            opened = self.unlock("", door.told)
        except Locked:
            door.say_ready()
        except Fault as no:
            door.say_ready()
            self._not_unlocked(no)
        else:
            self._unlocked(opened)
            door.close()

    def _clear_away(self) -> None:
        """Take the window and all that could be read in it away; the door stands in its place."""
        self._rest()
        self._draft, old, self.window = self.window.put_away(), self.window, None
        self.app.setQuitOnLastWindowClosed(False)
        old.close()
        self.door_lock.shut(self._words, self._geometry())
        self.app.setQuitOnLastWindowClosed(True)
        old.deleteLater()

    @property
    def tries(self) -> Tries:
        """The wrong tries at the password."""
        return self.door_lock.tries

    @property
    def door_lock(self) -> Lock:
        """What locks the program and opens it again."""
        if self._lock is None:
            from ui.kit.lock import Lock  # here, because a program without a password needs none

            self._lock = Lock(self.unlock, self, self.folder / TRIES)
            self._lock.wanted.connect(self.lock)
            self._lock.opened.connect(self._unlocked)
            self._lock.failed.connect(self._not_unlocked)
        return self._lock

    def lock_later(self, minutes: int) -> None:
        """Lock after so many minutes without a hand at the PC, from now on; 0 is never."""
        self.lock_after = minutes
        if self._kept:
            self._kept.setValue("lock_after", str(minutes))
        self.watch_hands()

    def watch_hands(self) -> None:
        """Lock when the owner is away, where there is a password."""
        if self._kept:
            self._kept.setValue(PROTECTED, "1" if is_protected() else "")
        if is_protected():
            self.door_lock.arm(self.lock_after)
        elif self._lock:
            self._lock.disarm()
        if self.window:
            self.window.show_lock(self.lock if is_protected() else None)

    def unlock(self, secret: str = "", told: Told | None = None, **how: bool) -> Opened:
        """Open the file, and show how far the checks of a large one are."""
        self._begun = monotonic()
        try:
            return open_file(self.folder, TABLES, secret=secret, now=self.now(), told=told or self._told, **how)
        finally:
            if self._waiting:
                self._waiting.close()
                self._waiting.deleteLater()
                self._waiting = None

    def _told(self, part: int, whole: int) -> None:
        if self._waiting is None and monotonic() - self._begun > MOMENT:
            from ui.kit.waiting import Waiting  # here, because most files are opened in less

            self._waiting = Waiting(self._words)
        if self._waiting:
            self._waiting.told(part, whole)

    def _unlocked(self, opened: Opened) -> None:
        """Show the window, at the place where it was left and with what was typed there."""
        self.day, draft, self._draft = self._today(), self._draft, None
        self.opened = opened
        self.start()
        if draft:
            self.window.take_up(draft)
        if opened.by_code:
            self.window.go(Link("settings"))
            self.window.page.show_section("protection").name_password()

    def _not_unlocked(self, no: Fault) -> None:
        """Say why the file was not opened though the password may be right; with ways out, where there are some."""
        if is_held():
            ask.tell(self._lock.door, self._words, no.message)
        else:
            self._instead(self._lock.door, partial(self.explain, no))

    def _geometry(self) -> QByteArray | None:
        return self._kept.value("geometry") if self._kept else None

    def _rest(self) -> None:
        """Have nothing read the file any more."""
        self._clock.stop()
        self._ahead.stop()
        self._backups.stop()
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        if self.handbook:
            self.handbook.close()

    def stop(self) -> None:
        """Leave nothing running."""
        sys.excepthook = self._hook
        self._rest()
        if self._lock:
            self._lock.stop()
        if self.window:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    def leave(self) -> None:
        """End: what has changed is backed up, the file closed."""
        self.stop()
        self.leave_backup()
        close_file()

    def now(self) -> datetime:
        """What time it is."""
        return datetime.now(UTC)

    def leave_backup(self) -> None:
        """Back up what has changed before the file is closed."""
        if is_open():
            self._back_up("close")

    def refuse(self, why: Message) -> int:
        """Say why the program cannot start."""
        words = self._words
        box = QMessageBox(QMessageBox.Icon.Warning, words.text(N_("TeamHelm")), words.text(why))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.addButton(words.text(N_("Close")), QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        return 1

    def choose(
        self,
        *,
        language: str | None = None,
        scheme: str | None = None,
        scale: int | None = None,
        density: str | None = None,
        sums: str | None = None,
    ) -> None:
        """Take another language, look, size of text or way to write sums, now and for later starts."""
        before, drawn = self._words, self.scale
        self.language, self.sums = language or self.language, sums or self.sums
        self.scheme, self.scale, self.density = scheme or self.scheme, scale or self.scale, density or self.density
        self.theme.choose(scheme=self.scheme, scale=self.scale, density=self.density)
        if self._words is not before:
            self.watch.language = self._words
            speak(self.app, self._words)
        if self._words is not before or self.scale != drawn:
            self.redraw()
        for name in ("language", "scheme", "scale", "density", "sums"):
            if self._kept:
                self._kept.setValue(name, str(getattr(self, name)))

    def show_help(self, place: str) -> None:
        """Open the handbook, or turn the one that is open, to what it tells of a place."""
        from ui.kit.handbook import Handbook  # here, because the window opens without it

        if self.handbook is None:
            self.handbook = Handbook(self._words)
            self.handbook.closed.connect(self._forget_handbook)
        self.handbook.come(place)

    def _forget_handbook(self) -> None:
        self.handbook = None

    def redraw(self) -> None:
        """Build every page anew, once the request that asked for it is over and nothing typed would be lost."""
        QTimer.singleShot(0, self, self._redraw)

    def _redraw(self) -> None:
        if self.window is None:
            return
        if key := self.window.unsaved():
            self.window.go(Link(key))
            self.window.page.form.closed.connect(self.redraw)
            self.window.say(M("It changes once what you typed here is saved or thrown away."))
            return
        self._reopen()

    def turn(self) -> None:
        """Begin the new day, unless the owner is in the middle of something: then a little later."""
        today = self._today()
        if today == self.day or self.window is None or self._is_busy():
            return
        self.day = today
        self._reopen()

    def begin(self) -> None:
        """Leave the welcome page for good."""
        QTimer.singleShot(0, self, partial(self._reopen, Link("home")))

    def begin_with_paste(self) -> None:
        """Leave the welcome page for the roster, with what was copied."""
        QTimer.singleShot(0, self, self._paste)

    def _paste(self) -> None:
        self._reopen(Link("team"))
        self.window.page.paste_people()

    def _today(self) -> date:
        return self._fixed_day or date.today()  # noqa: DTZ011 - the owner's own calendar is meant

    def _is_busy(self) -> bool:
        page, window = self.window.page, self.window
        is_asked = bool(window.unsaved()) or (isinstance(page, Page) and page.form is not None)
        return is_asked or window.tasks.busy or self.app.activeModalWidget() is not None

    def _reopen(self, link: Link | None = None) -> None:
        """Put another window in the place of this one, at the same page unless told where to go.

        The old one goes once the other stands: if a page breaks on the way there still is a window.
        """
        old, key = self.window, self.window.places[self.window.side.bar.currentIndex()].key
        if typing := self.app.focusWidget():
            typing.clearFocus()
        old.remember()
        self.window = self._open(welcome=link is None and key == "welcome", link=link or Link(key))
        self.watch_hands()
        self._tell_found()
        old.close()
        old.deleteLater()
        self._ahead.start()
        if self.handbook and self.handbook.language.code != self.language:
            page = self.handbook.page
            self.handbook.close()
            self.show_help(page)

    def _open(self, *, welcome: bool, link: Link | None = None) -> Window:
        places = (self._welcome(), *self._places()) if welcome else self._places()
        window = None if welcome else self._frame
        if window is None:
            window = Window(self._words, self.day, places, settings=self.folder / SETTINGS)
        window.enter(places, firm=self._firm, find=search.search, catch_up=search.catch_up, show_help=self.show_help,
                     note=_note)  # fmt: skip
        if welcome or link:
            window.go(Link("welcome") if welcome else link)
        window.show()
        return window

    def _settle(self) -> None:
        """What can wait until the window is seen: badges, the file's health, a second start, the turning of the day."""
        from concurrent.futures import ThreadPoolExecutor  # here, because it can wait until then

        if not gc.isenabled():  # the start has switched it off
            gc.freeze()
            gc.enable()
        self._is_settled = True
        self._look_at_found()
        with reading():
            self.window.side.bar.show_badges()
        self._clock.start()
        self._ahead.start()
        if self._server is None:
            self._server = listen(self.folder, self._come_forward, self)
        self.watch_hands()
        self._pool = ThreadPoolExecutor(1, "check")
        for name in AHEAD:
            self._pool.submit(importlib.import_module, name)
        self._pool.submit(self._check)
        self._pool.submit(self._back_up)
        self._backups.start()

    def _look_at_found(self) -> None:
        """Tell how the file was found, where there is something to be told."""
        from desktopapp.overview import opening  # here, because the first window needs none of it

        if self.opened:
            opened = replace(self.opened, found=CLEAN) if self._mended else self.opened
            mended = [(opening.INFO, self._mended)] if self._mended else []
            self._found = [*mended, *opening.found(opened, self.now())]
            self.opened = self._mended = None
        self._tell_found()

    def _tell_found(self) -> None:
        for each in self._found:
            self.window.warn(*each, partial(self._found.remove, each))

    def _prepare(self) -> None:
        """Make a page ahead, unless the owner is typing or in the middle of something: then a little later."""
        focused = self.app.focusWidget()
        is_typing = focused is not None and focused.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if not is_typing and not self._is_busy() and not self.window.prepare():
            self._ahead.stop()

    def _back_up(self, why: str = "") -> None:
        """Back up what has changed; where it cannot be done, the settings and Today still name the last one."""
        from desktopapp.overview import backups  # here, because the first window needs none of it

        try:
            backups.back_up_if_due(now=self.now(), why=why)
            if not why:
                backups.drill_if_due(now=self.now())
        except Fault as no:
            self.unbacked.emit(no)

    def _back_up_later(self) -> None:
        if self._pool:
            self._pool.submit(self._back_up, "change")

    def _tell_unbacked(self, no: Fault) -> None:
        if self.window:
            self.window.say(no.message)

    def _check(self) -> None:
        self.checked.emit(history.check())

    def _tell_faults(self, faults: tuple[str, ...]) -> None:
        if faults and self.window:
            said = M("The data file is damaged in {count} {count:place|places}. Copy the folder {folder} now, then "
                     "restore a backup.",
                     count=len(faults), folder=str(self.folder))  # fmt: skip
            ask.tell(self.window, self._words, said)

    def _come_forward(self) -> None:
        if shown := self.window or (self._lock and self._lock.door) or self._unopened:
            shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
            shown.raise_()
            shown.activateWindow()

    def _firm(self) -> tuple[str, str]:
        firm, words = queries.firm(), self._words
        line = M("Account managers · {count}", count=queries.head_count())
        return (firm.name if firm and firm.name else words.text(N_("TeamHelm"))), words.text(line)

    def _welcome(self) -> Place:
        return Place("welcome", N_("Welcome"), "sparkles", self._build_welcome)

    def _places(self) -> tuple[Place, ...]:
        """Every page, in the order of the sidebar."""
        builds: Mapping[str, Callable[[Desk], QWidget]] = {
            "home": _home, "team": _team, "goals": _goals, "reviews": _reviews, "sales": _sales, "trail": _trail,
            "settings": self._build_settings,
        }  # fmt: skip
        counted = {area.key for area in AREAS}
        return tuple(
            replace(place, build=builds[place.key], badge=self._badge(place.key) if place.key in counted else quiet)
            for place in PLACES
        )

    def _build_welcome(self, desk: Desk) -> QWidget:
        from ui.pages.welcome import WelcomePage

        return WelcomePage(desk, self.begin, self.begin_with_paste)

    def _build_settings(self, desk: Desk) -> QWidget:
        from ui.pages.settings import SettingsPage

        return SettingsPage(desk, self)

    def _badge(self, key: str) -> Callable[[], Badge | None]:
        """Counts what an area wants done this week; red where something is late."""
        area = next(area for area in AREAS if area.key == key)

        def badge() -> Badge | None:
            if not self._is_settled:
                return None
            due = [(notice.due - self.day).days for notice in area.notices(self.day)]
            near = [days for days in due if days <= SOON]
            return Badge(str(len(near)), "bad" if min(near) < 0 else "warn") if near else None

        return badge


def _note(desk: Desk, parent: QWidget, person: int | None) -> None:
    from ui.pages.reviews.event import open_event  # here, because the window opens without it

    open_event(desk, parent, person=person)


def _home(desk: Desk) -> QWidget:
    from ui.pages.home import HomePage  # each page is imported when it is first opened, so that the first comes fast

    return HomePage(desk)


def _team(desk: Desk) -> QWidget:
    from ui.pages.team import TeamPage

    return TeamPage(desk)


def _goals(desk: Desk) -> QWidget:
    from ui.pages.goals import GoalsPage

    return GoalsPage(desk)


def _reviews(desk: Desk) -> QWidget:
    from ui.pages.reviews import ReviewsPage

    return ReviewsPage(desk)


def _sales(desk: Desk) -> QWidget:
    from ui.pages.sales import SalesPage

    return SalesPage(desk)


def _trail(desk: Desk) -> QWidget:
    from ui.pages.trail import TrailPage

    return TrailPage(desk)
