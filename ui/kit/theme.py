"""The look: colours, sizes of text and icons, light and dark, applied to the whole program at once.

Fusion draws; the palette and a short style sheet give it our colours. The system's own
light or dark is followed unless the owner chose one.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPalette, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.frozen import frozen

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILIES = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC")
"""Fonts with Chinese, the first one there is taken."""
BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
"""Used where the PC has none of them."""
BODY = 14
"""Pixels of running text."""
SCALES = (100, 115, 130)
"""The sizes of text there are, in percent."""
SCHEMES = ("system", "light", "dark")
DENSITIES = ("standard", "compact")
"""How much air there is between things."""
TIGHTER = {"h": 6, "p": 4}
"""Pixels that compact takes off the height of a control and off the air inside and around cards."""
ROW_TIGHTER = 8
"""And off a table's row."""
_SIZE = re.compile(r"@(\d+)px")
_HEIGHT = re.compile(r"@(\d+)h\b")
_NAME = re.compile(r"@[a-z]+(?:_soft|_text|_accent)?[23]?")


@frozen
class Colours:
    """One look's colours, named by their work."""

    bg: str
    surface: str
    alt: str
    border: str
    input: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_soft: str
    accent_text: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    track: str
    nav: str
    grid: str

    def of(self, role: str) -> QColor:
        """The colour of that name."""
        return QColor(getattr(self, role))

    def mood(self, mood: str) -> tuple[QColor, QColor]:
        """Ink and ground of what a colour means."""
        if mood == "neutral":
            return self.of("text2"), self.of("track")
        if mood == "accent":
            return self.of("accent_text"), self.of("accent_soft")
        return self.of(mood), self.of(f"{mood}_soft")


LIGHT = Colours(
    bg="#F4F6F9", surface="#FFFFFF", alt="#F8FAFC", border="#E1E6ED", input="#8A94A6",
    text="#1A2230", text2="#4A5566", text3="#667085",
    accent="#1F5FCC", accent_soft="#E8F0FD", accent_text="#17499E", on_accent="#FFFFFF",
    good="#177345", good_soft="#E3F4EA", warn="#8F5400", warn_soft="#FDF1DC", bad="#B93226", bad_soft="#FCEAE8",
    track="#E9EDF3", nav="#EDF0F5", grid="#EDF0F4",
)  # fmt: skip
DARK = Colours(
    bg="#14171C", surface="#1C2027", alt="#222730", border="#333A45", input="#6F7A8A",
    text="#E9ECF1", text2="#B8C0CC", text3="#98A2B3",
    accent="#7DB0FF", accent_soft="#1E3050", accent_text="#A9CBFF", on_accent="#0B1A33",
    good="#5CC88C", good_soft="#17352A", warn="#E8B45A", warn_soft="#3A2E16", bad="#FF8A80", bad_soft="#40211F",
    track="#2B313B", nav="#101317", grid="#2A303A",
)  # fmt: skip


class Theme(QObject):
    """The look in use. There is one; `dress` makes it."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: str, scale: int) -> None:
        super().__init__(app)
        self.app, self.scheme, self.scale, self.density = app, scheme, scale, DENSITIES[0]
        app.styleHints().colorSchemeChanged.connect(self.apply)

    @property
    def is_dark(self) -> bool:
        if self.scheme != "system":
            return self.scheme == "dark"
        return self.app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def colours(self) -> Colours:
        return DARK if self.is_dark else LIGHT

    @property
    def is_compact(self) -> bool:
        return self.density == "compact"

    def choose(self, *, scheme: str | None = None, scale: int | None = None, density: str | None = None) -> None:
        """Take another look, size of text or density, at once and everywhere."""
        self.scheme, self.scale = scheme or self.scheme, scale or self.scale
        self.density = density or self.density
        self.apply()

    def apply(self) -> None:
        """Dress the program in the look as it now is."""
        self.app.setFont(font())
        self.app.setPalette(palette(self.colours))
        self.app.setStyleSheet(style_sheet(self.colours, self.scale, compact=self.is_compact))
        self.changed.emit()


_theme: Theme | None = None


def dress(app: QApplication, scheme: str = "system", scale: int = 100, density: str = DENSITIES[0]) -> Theme:
    """Give the program its look."""
    global _theme
    app.setStyle("Fusion")
    _register_han_font()
    if _theme is None:
        _theme = Theme(app, scheme, scale)
    _theme.choose(scheme=scheme, scale=scale, density=density)
    return _theme


def theme() -> Theme:
    """The look in use."""
    if _theme is None:
        raise RuntimeError("the program has not been dressed")
    return _theme


def colours() -> Colours:
    """The colours in use."""
    return _theme.colours if _theme else LIGHT


def px(size: int) -> int:
    """A size of text in the owner's scale."""
    return round(size * (_theme.scale if _theme else 100) / 100)


def air(size: int) -> int:
    """Pixels of air inside or around a card, less where the owner wants more on the screen."""
    return size - TIGHTER["p"] if _theme and _theme.is_compact else size


def row_height(height: int) -> int:
    """The height of a table's row in the owner's size of text and density."""
    return px(height) - (ROW_TIGHTER if _theme and _theme.is_compact else 0)


def font(size: int = BODY, *, strong: bool = False) -> QFont:
    """The program's font in a size, in pixels before the owner's scale."""
    return QFont(_font(px(size), strong=strong))


@cache
def _font(pixels: int, *, strong: bool) -> QFont:
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(pixels)
    if strong:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def _register_han_font() -> None:
    if not any(map(QFontDatabase.hasFamily, FAMILIES)):
        for name in BUNDLED:
            QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


def palette(look: Colours) -> QPalette:
    """The palette Fusion draws what the style sheet leaves alone with."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, name in {
        roles.Window: "bg", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "alt",
        roles.Text: "text", roles.Button: "surface", roles.ButtonText: "text", roles.BrightText: "bad",
        roles.Highlight: "accent", roles.HighlightedText: "on_accent", roles.Link: "accent",
        roles.LinkVisited: "accent_text", roles.ToolTipBase: "surface", roles.ToolTipText: "text",
        roles.PlaceholderText: "text3", roles.Accent: "accent", roles.Light: "surface", roles.Midlight: "track",
        roles.Mid: "border", roles.Dark: "input", roles.Shadow: "border",
    }.items():  # fmt: skip
        made.setColor(role, look.of(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, look.of("text3"))
    return made


def style_sheet(look: Colours, scale: int, *, compact: bool = False) -> str:
    """resources/style.qss with its @names put in; @14px is a size of text, @34h the height of a control."""
    named = {**asdict(look), "icons": (RESOURCES / "icons").as_posix(), "tone": "dark" if look is DARK else "light"}
    sized = _SIZE.sub(lambda size: f"{round(int(size[1]) * scale / 100)}px", _style_source())
    off = TIGHTER["h"] if compact else 0
    tall = _HEIGHT.sub(lambda height: f"{max(round(int(height[1]) * scale / 100), int(height[1])) - off}px", sized)
    return _NAME.sub(lambda name: named[name[0][1:]], tall)


@cache
def _style_source() -> str:
    return (RESOURCES / "style.qss").read_text(encoding="utf-8")


def text_pairs() -> list[tuple[str, str]]:
    """Every ink with every ground it is put on."""
    plain = [(ink, ground) for ink in ("text", "text2", "text3") for ground in ("bg", "surface", "alt")]
    plain += [("text", "nav"), ("text2", "nav"), ("surface", "text"), ("text", "warn_soft")]
    moods = [(mood, ground) for mood in ("good", "warn", "bad") for ground in (f"{mood}_soft", "surface", "bg")]
    accents = [("accent", "surface"), ("accent", "bg"), ("accent_text", "accent_soft"), ("on_accent", "accent"),
               ("text", "accent_soft"), ("text2", "accent_soft"), ("text2", "track"), ("text", "track")]  # fmt: skip
    return [*plain, *moods, *accents]


@cache
def _svg(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """An icon drawn in a colour, sharp on a screen of that ratio."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def paint_icon(painter: QPainter, name: str, colour: QColor, rect: QRect) -> None:
    """Draw an icon into a square, sharp on the screen being painted."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect.topLeft(), pixmap(name, colour.name(), rect.width(), ratio))


def ring(painter: QPainter, rect: QRect) -> None:
    """Draw the sign that what fills a rectangle has the keys."""
    painter.setPen(QPen(colours().of("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(1, 1, -1, -1))


class _Drawn(QIconEngine):
    """An icon in the colours of the moment, so that a change of look needs no new icons."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def _colour(self, mode: QIcon.Mode) -> str:
        return getattr(colours(), "text3" if mode == QIcon.Mode.Disabled else self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        at = QPoint(rect.left(), rect.center().y() - side // 2)
        paint_icon(painter, self._name, QColor(self._colour(mode)), QRect(at, QSize(side, side)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, _scale: float) -> QPixmap:
        drawn = pixmap(self._name, self._colour(mode), min(size.width(), size.height()))
        if size.width() <= size.height():
            return drawn
        wide = QPixmap(size)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return wide

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._role)


@cache
def icon(name: str, role: str = "text2") -> QIcon:
    """A Lucide icon in a colour of the look; it follows the look."""
    return QIcon(_Drawn(name, role))
