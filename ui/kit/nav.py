"""The sidebar: a real tab bar, painted as a list with groups, icons and badges."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QVBoxLayout, QWidget

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_
from ui.kit.desk import Desk
from ui.kit.label import Elided
from ui.kit.theme import BODY, colours, font, paint_icon, px, theme

WIDTH, ROW, TIGHT, HEADING, EDGE = 208, 38, 26, 26, 8
"""Pixels: the bar, a row and the least of one, a group's heading, the air around rows."""
BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
"""The ring shows where the keyboard is, to one who uses it."""
BOTTOM = "bottom"
"""The group of what stands at the foot of the bar."""


@frozen
class Badge:
    """How much waits, and how badly: the mood colours it."""

    text: str
    mood: str = "warn"


def quiet() -> Badge | None:
    """A place where nothing waits."""
    return None


def unbuilt(_desk: Desk) -> QWidget:
    """A place whose page nobody knows how to build yet: nothing stands there."""
    return QWidget()


@frozen
class Place:
    """One page of the window: its key is that of its area, `build` makes it when it is first opened."""

    key: str
    title: str
    icon: str
    build: Callable[[Desk], QWidget] = unbuilt
    group: str = ""
    """A marked heading; "" stands above all groups, `BOTTOM` at the foot."""
    badge: Callable[[], Badge | None] = quiet
    keys: str = ""
    """Its shortcut where it is not Ctrl and its number."""
    takes_forms: bool = False
    """Whether forms that came back, dropped anywhere on the window, are its page's."""


class Sidebar(QTabBar):
    """The places as rows. Headings and air are part of a tab's rectangle but not of its row."""

    def __init__(self, language: Language, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self.places = language, tuple(places)
        self._badges: dict[str, Badge | None] = {}
        self._hovered, self._by_key = -1, False
        self.setShape(QTabBar.Shape.RoundedWest)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(language.text(N_("Areas of work")))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        for n, place in enumerate(self.places):
            words = language.text(place.title)
            self.addTab(words)
            keys = keys_of(self.places, n)
            self.setTabToolTip(n, f"{words}  {keys}" if keys else words)

    def show_badges(self) -> None:
        """Ask every place what waits there."""
        self._badges = {place.key: place.badge() for place in self.places}
        for n, place in enumerate(self.places):
            badge = self._badges[place.key]
            self.setAccessibleTabName(n, f"{self.tabText(n)} {badge.text}" if badge else self.tabText(n))
        self.update()

    def badge(self, key: str) -> Badge | None:
        """What is shown beside a place."""
        return self._badges.get(key)

    def row(self, n: int) -> QRect:
        """Where a place is painted, without its heading and the air above."""
        place = self.tabRect(n)
        height = self._row_height()
        return QRect(EDGE, place.bottom() + 1 - height + 1, self.width() - 2 * EDGE, height - 2)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDTH), self._needed(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(WIDTH), self._needed(TIGHT))

    def tabSizeHint(self, index: int) -> QSize:
        row = self._row_height()
        plain = row + HEADING * self._heads(index)
        if index != self._first_below():
            return QSize(self.width(), plain)
        others = self._needed(row) - EDGE - plain
        return QSize(self.width(), max(plain, self.height() - others - EDGE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for n in range(self.count()):
            if self._heads(n):
                self._paint_heading(painter, n)
            self._paint_row(painter, n)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()) >= 0:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
        if over != self._hovered:
            self._hovered = over
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in BY_KEY
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if step := steps.get(event.key()):
            self.setCurrentIndex((self.currentIndex() + step) % self.count())
            return
        super().keyPressEvent(event)

    def _first_below(self) -> int:
        return next((n for n, place in enumerate(self.places) if place.group == BOTTOM), -1)

    def _heads(self, n: int) -> bool:
        """Whether a place is the first of a group with a heading."""
        group = self.places[n].group
        return group not in ("", BOTTOM) and (n == 0 or self.places[n - 1].group != group)

    def _needed(self, row: int) -> int:
        return row * len(self.places) + HEADING * sum(map(self._heads, range(len(self.places)))) + EDGE

    def _row_height(self) -> int:
        """Rows draw together where the window is low."""
        spare = self.height() - (self._needed(0))
        return min(ROW, max(TIGHT, spare // max(len(self.places), 1)))

    def _at(self, point: QPoint) -> int:
        return next((n for n in range(self.count()) if self.row(n).contains(point)), -1)

    def _paint_heading(self, painter: QPainter, n: int) -> None:
        painter.setFont(font(12))
        painter.setPen(colours().of("text2"))
        place = QRect(20, self.row(n).top() - HEADING + 1, self.width() - 28, HEADING)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._language.text(self.places[n].group))

    def _paint_row(self, painter: QPainter, n: int) -> None:
        row, chosen, look = self.row(n), n == self.currentIndex(), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or n == self._hovered:
            painter.setPen(QPen(look.of("border"), 1) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(look.of("surface" if chosen else "track"))
            painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.of("accent"))
            painter.drawRoundedRect(QRectF(row.left(), row.center().y() - 8, 3, 17), 1.5, 1.5)
        if chosen and self.hasFocus() and self._by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.of("accent"), 2))
            painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), 6, 6)
        ink = look.of("accent" if chosen else "text2")
        paint_icon(painter, self.places[n].icon, ink, QRect(row.left() + 14, row.center().y() - 9, 20, 20))
        right = self._paint_badge(painter, row, self._badges.get(self.places[n].key))
        painter.setFont(font(BODY, strong=chosen))
        painter.setPen(look.of("text" if chosen else "text2"))
        words = QRect(row.left() + 44, row.top(), right - row.left() - 48, row.height())
        cut = painter.fontMetrics().elidedText(self.tabText(n), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, cut)

    @staticmethod
    def _paint_badge(painter: QPainter, row: QRect, badge: Badge | None) -> int:
        """Draw what waits at the right end; gives where the words have to end."""
        if badge is None:
            return row.right() - 4
        ink, ground = colours().mood(badge.mood)
        painter.setFont(font(12, strong=True))
        width = max(22, painter.fontMetrics().horizontalAdvance(badge.text) + 12)
        shape = QRectF(row.right() - width - 8, row.center().y() - 10, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(shape, 11, 11)
        painter.setPen(ink)
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, badge.text)
        return int(shape.left())


def keys_of(places: Sequence[Place], n: int) -> str:
    """The shortcut of a place: its own, or Ctrl and its number, 0 for the tenth."""
    if places[n].keys:
        return places[n].keys
    return f"Ctrl+{(n + 1) % 10}" if n < 10 else ""


class Firm(QWidget):
    """The firm's sign above the places: its first character, its name, and a line about the team."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(60)
        self.name, self.line = Elided("", "strong"), Elided("", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(60, 10, 8, 8)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addWidget(self.line)

    def put(self, name: str, line: str) -> None:
        """Show a firm."""
        self.name.setText(name)
        self.line.setText(line)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.of("accent"))
        sign = QRectF(18, 13, 32, 32)
        painter.drawRoundedRect(sign, 7, 7)
        painter.setFont(font(16, strong=True))
        painter.setPen(look.of("on_accent"))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, self.name.text()[:1])
        painter.end()


class Side(QWidget):
    """The whole left bar."""

    opened = Signal(int)

    def __init__(self, language: Language, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(px(WIDTH))
        theme().changed.connect(self._resize)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.firm, self.bar = Firm(), Sidebar(language, places)
        column.addWidget(self.firm)
        column.addWidget(self.bar, 1)
        self.bar.currentChanged.connect(self.opened)

    def _resize(self) -> None:
        self.setFixedWidth(px(WIDTH))
