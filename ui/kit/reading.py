"""A page of the handbook as it is read: our own Markdown in our own look, with our own pictures and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ui.kit.theme import FAMILIES, RESOURCES, colours, font, px, ring, theme

HELP = RESOURCES / "help"
"""Nothing outside of it is read."""
BODY, HEADINGS = 15, {1: 24, 2: 18, 3: 15}
"""Pixels of text and of headings by their level."""
MARGIN, WIDEST = 32, 760
"""Pixels around the text, and the most a line is long."""
INDENT = 22
SHARP = 1.5
"""Pixels of a picture's file for one on the screen at 100 %."""
LEADING = 118
"""Percent of a line's height."""
DIMMED = 70
"""How far, of 255, a picture is darkened in the dark look: it shows a light one."""
FIXED = ("Consolas", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono", *FAMILIES)
WORDS = re.compile("【[^】]+】")
"""Words that stand on the screen, as the Chinese pages mark them; the English ones have them in bold."""
DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


def plain(text: str) -> str:
    """The words of a page, each at the place where its cursor finds it."""
    document = QTextDocument()
    document.setMarkdown(text, DIALECT)
    return document.toPlainText()


class Reading(QTextBrowser):
    """Shows a text. A link in it is told, never followed: there is no way out of the handbook."""

    followed = Signal(str)
    """The file a link names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._text, self._room = HELP, "", 0
        self._marks: tuple[Sequence[int], int, int] = ((), 0, -1)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setProperty("reading", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        theme().changed.connect(self.dress)

    def show_text(self, folder: Path, text: str) -> None:
        """Show a text whose links and pictures are named as seen from a folder."""
        self._folder, self._text = folder, text
        self._marks = ((), 0, -1)
        self.dress()
        self.verticalScrollBar().setValue(0)

    def show_heading(self, nth: int) -> None:
        """Bring a heading of the second level to the top."""
        blocks = [block for block in self._blocks() if block.blockFormat().headingLevel() == 2]
        if nth < len(blocks):
            top = self.document().documentLayout().blockBoundingRect(blocks[nth]).top()
            self.verticalScrollBar().setValue(round(top) - px(12))

    def mark(self, places: Sequence[int], length: int, current: int) -> None:
        """Show where the words looked for stand; the current one stronger, and seen."""
        self._marks = (places, length, current)
        self._show_marks()
        if current >= 0:
            self.setTextCursor(self._cursor(places[current], 0))
            self._centre()

    def dress(self) -> None:
        """Lay the text out in the look, the size of text and the room there are now."""
        at = self.verticalScrollBar().value()
        document = self.document()
        self._room = self._text_width()
        document.setDefaultFont(font(BODY))
        document.setIndentWidth(px(INDENT))
        document.setMarkdown(self._text, DIALECT)
        self.setTextCursor(QTextCursor(document))
        self._set_margins()
        for block in self._blocks():
            self._dress_block(block)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._dress_table(frame)
        self._show_marks()
        self.verticalScrollBar().setValue(at)

    def loadResource(self, kind: int, name: QUrl) -> object:
        path = (self._folder / name.path()).resolve()
        wanted = QTextDocument.ResourceType.ImageResource
        if kind != wanted.value or not name.isRelative() or not path.is_relative_to(HELP) or not path.is_file():
            return None
        return self._picture(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            ring(painter, self.viewport().rect())
            painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._text and self._text_width() != self._room:
            self.dress()

    def _text_width(self) -> int:
        return min(px(WIDEST), self._width() - 2 * MARGIN)

    def _width(self) -> int:
        """The room beside the scroll bar, whether that is there or not: its coming must not lay the text out anew."""
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _picture(self, path: Path) -> QImage:
        """A picture as wide as there is room for, sharp on this screen, with a line around it."""
        picture, ratio = QImage(str(path)), self.devicePixelRatioF()
        width = min(picture.width() / SHARP * theme().scale / 100, self._room)
        size = QSize(round(width * ratio), round(width * ratio * picture.height() / picture.width()))
        picture = picture.convertToFormat(QImage.Format.Format_RGB32).scaled(
            size, mode=Qt.TransformationMode.SmoothTransformation
        )
        painter = QPainter(picture)
        if theme().is_dark:
            painter.fillRect(picture.rect(), QColor(0, 0, 0, DIMMED))
        painter.setPen(colours().of("border"))
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _set_margins(self) -> None:
        frame = QTextFrameFormat()
        frame.setMargin(MARGIN)
        frame.setRightMargin(max(MARGIN, self._width() - MARGIN - self._room))
        self.document().rootFrame().setFrameFormat(frame)

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _dress_block(self, block: QTextBlock) -> None:
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        level = block.blockFormat().headingLevel()
        if level:
            cursor.setCharFormat(_heading(HEADINGS[level]))
        for start, length in _fixed(block):
            self._cursor(start, length).mergeCharFormat(_code())
        for found in WORDS.finditer(block.text()):
            self._cursor(block.position() + found.start(), len(found[0])).mergeCharFormat(_quoted())
        cursor.mergeBlockFormat(_spaced(block, level))

    def _dress_table(self, table: QTextTable) -> None:
        look = table.format()
        look.setBorder(1)
        look.setBorderBrush(colours().of("border"))
        look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBorderCollapse(True)
        look.setCellPadding(px(5))
        look.setTopMargin(px(4))
        look.setBottomMargin(px(14))
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table.setFormat(look)
        head = QTextCharFormat()
        head.setBackground(colours().of("alt"))
        for column in range(table.columns()):
            cell = table.cellAt(0, column)
            shown = cell.format()
            shown.merge(head)
            cell.setFormat(shown)

    def _cursor(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _show_marks(self) -> None:
        places, length, current = self._marks
        shown = []
        for nth, place in enumerate(places):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(place, length)
            ink, ground = ("on_accent", "accent") if nth == current else ("text", "warn_soft")
            mark.format.setForeground(colours().of(ink))
            mark.format.setBackground(colours().of(ground))
            shown.append(mark)
        self.setExtraSelections(shown)

    def _centre(self) -> None:
        at = self.cursorRect().center().y() - self.viewport().height() // 3
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + at)


def _heading(size: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setProperty(QTextFormat.Property.FontPixelSize, px(size))
    made.setFontWeight(600)
    return made


def _code() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontFamilies(list(FIXED))
    made.setProperty(QTextFormat.Property.FontPixelSize, px(BODY - 1))
    made.setBackground(colours().of("track"))
    return made


def _quoted() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFontWeight(600)
    return made


def _fixed(block: QTextBlock) -> list[tuple[int, int]]:
    """Where code stands in a block."""
    found, at = [], block.begin()
    while not at.atEnd():
        part = at.fragment()
        if part.charFormat().fontFixedPitch():
            found.append((part.position(), part.length()))
        at += 1
    return found


def _spaced(block: QTextBlock, level: int) -> QTextBlockFormat:
    """The air around a block: headings stand nearer to what follows, pictures keep their height."""
    made, is_picture = QTextBlockFormat(), "\ufffc" in block.text()
    in_list, in_table = block.textList() is not None, QTextCursor(block).currentTable() is not None
    if not is_picture:
        made.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    above, below = (0, 0) if in_table else (0, 4) if in_list else (20 if level == 2 else 6, 10) if level else (0, 10)
    made.setTopMargin(px(above))
    made.setBottomMargin(px(below))
    return made
