"""The handbook: contents at the left, a page at the right, and a box that finds in all of them.

It is a window of its own, so that it can be read beside the work it tells about.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from ui.kit.button import IconButton
from ui.kit.keys import RETURN, bind
from ui.kit.label import Label
from ui.kit.reading import HELP, Reading, plain
from ui.kit.search import SearchField
from ui.kit.theme import px, theme

PAGES = (
    ("start", N_("Getting started")),
    ("home", N_("Today")),
    ("team", N_("Team roster")),
    ("goals", N_("Goals")),
    ("reviews", N_("Reviews")),
    ("rounds", N_("Running a round")),
    ("after", N_("Talk, objection, improvement plan")),
    ("sales", N_("Sales data")),
    ("import", N_("Import from the CRM")),
    ("lists", N_("Lists and tables")),
    ("printing", N_("Printing")),
    ("trail", N_("Undo, recycle bin, history")),
    ("settings", N_("Settings & backup")),
    ("keyboard", N_("Keyboard")),
    ("data", N_("Data and safety")),
    ("privacy", N_("Data of people, and privacy")),
    ("signing", N_("What a signature proves")),
    ("law", N_("Notes on the law")),
    ("commands", N_("Commands without a window")),
)
"""The files of the handbook, in the order they are read, with their titles. A place of the window has its own."""
FIRST = PAGES[0][0]
WIDTH, HEIGHT, CONTENTS = 1080, 720, 272
"""Pixels: the window, and its contents."""
KEY = Qt.ItemDataRole.UserRole


@frozen
class Hit:
    """Where the words looked for stand."""

    page: str
    place: int


class Book:
    """All pages in one language, read when they are first asked for."""

    def __init__(self, code: str) -> None:
        self.folder = HELP / code
        self._texts: dict[str, str] = {}
        self._plain: dict[str, str] = {}

    def text(self, page: str) -> str:
        """A page's Markdown."""
        if page not in self._texts:
            self._texts[page] = (self.folder / f"{page}.md").read_text(encoding="utf-8")
        return self._texts[page]

    def headings(self, page: str) -> list[str]:
        """A page's headings below its title."""
        return [line.removeprefix("## ") for line in self.text(page).splitlines() if line.startswith("## ")]

    def find(self, words: str) -> list[Hit]:
        """Every place of the handbook where the words stand, from its first page to its last."""
        return [Hit(page, place) for page, _title in PAGES for place in _places(self._words(page), words.lower())]

    def _words(self, page: str) -> str:
        if page not in self._plain:
            self._plain[page] = plain(self.text(page)).lower()
        return self._plain[page]


def _places(text: str, words: str) -> list[int]:
    found, at = [], text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))
    return found


class Handbook(QWidget):
    """The window."""

    closed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)  # it keeps no program open
        self.language, self.book = language, Book(language.code)
        self.page, self.at = FIRST, -1
        self.hits: list[Hit] = []
        words = language.text
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(words(N_("Handbook")))
        self.search = SearchField(words(N_("Find in the handbook (Ctrl+F)")))
        self.count = Label("", "secondary")
        self.back = IconButton("chevron-up", words(N_("The one before (Shift+Enter)")), partial(self.step, -1))
        self.forth = IconButton("chevron-down", words(N_("The next one (Enter)")), partial(self.step, 1))
        self.contents, self.reading = Contents(language, self.book), Reading()
        self.reading.setAccessibleName(words(N_("Handbook")))
        self._lay_out()
        self._bind()
        self.look()
        self.show_page(FIRST)

    def come(self, page: str) -> None:
        """Turn to a page and come to the front."""
        self.search.clear()
        self.show_page(page)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.reading.setFocus()

    def show_page(self, page: str, heading: int | None = None) -> None:
        """Turn to a page, or to one of its headings; one there is none of turns to the first."""
        self.page = page if page in dict(PAGES) else FIRST
        self.reading.show_text(self.book.folder, self.book.text(self.page))
        self.contents.choose(self.page, heading)
        if heading is not None:
            self.reading.show_heading(heading)
        self._mark()

    def look(self) -> None:
        """Look for what is typed, and turn to where it stands: on this page, if it does."""
        words = self.search.typed()
        self.hits = self.book.find(words)
        here = next((n for n, hit in enumerate(self.hits) if hit.page == self.page), 0)
        self.at = here if self.hits else -1
        self.contents.narrow([hit.page for hit in self.hits] if words else None)
        if self.hits:
            self._turn_to_hit()
        else:
            self.reading.mark((), 0, -1)
        self._show_count()

    def step(self, by: int) -> None:
        """To the next place, or the one before, round the end."""
        if self.hits:
            self.at = (self.at + by) % len(self.hits)
            self._turn_to_hit()
            self._show_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in RETURN and self.search.hasFocus():
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)

    def _turn_to_hit(self) -> None:
        page = self.hits[self.at].page
        if page != self.page:
            self.show_page(page)
        else:
            self._mark()

    def _mark(self) -> None:
        places = [hit.place for hit in self.hits if hit.page == self.page]
        now = self.hits[self.at] if self.hits else None
        current = places.index(now.place) if now and now.page == self.page else -1
        self.reading.mark(places, len(self.search.typed()), current)

    def _show_count(self) -> None:
        said = M("{at} of {count}", at=self.at + 1, count=len(self.hits)) if self.hits else M("Nothing found")
        self.count.put(self.language.text(said), "secondary" if self.hits else "warn")
        self.count.setVisible(bool(self.search.typed()))
        for button in (self.back, self.forth):
            button.setVisible(bool(self.hits))

    def _follow(self, link: str) -> None:
        self.show_page(link.removesuffix(".md"))
        self.reading.setFocus()

    def _begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _bind(self) -> None:
        self.search.changed.connect(self.look)
        self.contents.chosen.connect(self.show_page)
        self.reading.followed.connect(self._follow)
        words = self.language.text
        bind(self, "Ctrl+F", self._begin_search, words(N_("Search")))
        bind(self, "F3", partial(self.step, 1), words(N_("Next found")))
        bind(self, "Shift+F3", partial(self.step, -1), words(N_("Found before")))

    def _lay_out(self) -> None:
        across, left, found = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        side = QWidget(objectName="side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setLayout(left)
        left.setContentsMargins(12, 12, 12, 12)
        left.setSpacing(8)
        found.setSpacing(4)
        found.addWidget(self.count, 1)
        for button in (self.back, self.forth):
            found.addWidget(button)
        left.addWidget(self.search)
        left.addLayout(found)
        left.addWidget(self.contents, 1)
        across.addWidget(side)
        across.addWidget(self.reading, 1)
        self._side = side
        self._fit()
        theme().changed.connect(self._fit)
        room = QGuiApplication.primaryScreen().availableSize()
        self.setMinimumSize(640, 400)
        self.resize(min(px(WIDTH), room.width() - 40), min(HEIGHT, room.height() - 60))

    def _fit(self) -> None:
        self._side.setFixedWidth(px(CONTENTS))


class Contents(QTreeWidget):
    """The titles, with the headings of the page that is read; while one searches, where and how often."""

    chosen = Signal(str, object)
    """A page, and one of its headings by its place or none."""

    def __init__(self, language: Language, book: Book) -> None:
        super().__init__()
        self._book, self._language = book, language
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(0)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setRootIsDecorated(False)
        self.setIndentation(16)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("contents", True)
        self.setAccessibleName(language.text(N_("Contents")))
        for page, title in PAGES:
            top = QTreeWidgetItem(self, [language.text(title), ""])
            top.setData(0, KEY, (page, None))
            for nth, heading in enumerate(book.headings(page)):
                below = QTreeWidgetItem(top, [heading, ""])
                below.setData(0, KEY, (page, nth))
                below.setToolTip(0, heading)
        self.currentItemChanged.connect(self._tell)

    def choose(self, page: str, heading: int | None) -> None:
        """Show which page is read, and unfold its headings."""
        with QSignalBlocker(self):
            for top in self._tops():
                top.setExpanded(top.data(0, KEY)[0] == page)
                if top.isExpanded():
                    self.setCurrentItem(top if heading is None else top.child(heading))

    def narrow(self, found: list[str] | None) -> None:
        """Leave the pages where something was found, each with how often; without a search, all."""
        for top in self._tops():
            count = (found or []).count(top.data(0, KEY)[0])
            top.setHidden(found is not None and not count)
            top.setText(1, self._language.show(count) if count else "")

    def _tops(self) -> list[QTreeWidgetItem]:
        return [self.topLevelItem(n) for n in range(self.topLevelItemCount())]

    def _tell(self, now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if now is not None:
            self.chosen.emit(*now.data(0, KEY))
