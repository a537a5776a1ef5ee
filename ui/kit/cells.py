"""Cells that are drawn, not written: a person, a state, a progress."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from ui.kit.avatar import Who, paint_avatar
from ui.kit.chart import Progress, paint_progress
from ui.kit.pill import State, paint_pill
from ui.kit.theme import BODY, colours, font

PAINTED = ("person", "state", "progress")


def paint_cell(painter: QPainter, space: QRectF, value: Any, words: str, *, marked: bool) -> None:
    """Draw a person, a state or a progress; `marked` where its row is selected."""
    painter.save()
    if isinstance(value, Who):
        _paint_who(painter, space, value)
    elif isinstance(value, State):
        paint_pill(painter, space, words, value.mood, on_accent=marked)
    elif isinstance(value, Progress):
        _paint_share(painter, space, value, words)
    painter.restore()


def _paint_who(painter: QPainter, space: QRectF, who: Who) -> None:
    side = min(30.0, space.height() - 8)
    paint_avatar(painter, QRectF(space.x(), space.center().y() - side / 2, side, side), who.name)
    words = space.adjusted(side + 10, 0, 0, 0)
    painter.setFont(font(BODY, strong=bool(who.detail)))
    painter.setPen(colours().of("text"))
    metrics = painter.fontMetrics()
    cut = metrics.elidedText(who.name, Qt.TextElideMode.ElideRight, int(words.width()))
    if not who.detail:
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, cut)
        return
    middle = words.center().y()
    painter.drawText(QRectF(words.x(), middle - metrics.height() - 1, words.width(), metrics.height()), 0, cut)
    painter.setFont(font(12))
    painter.setPen(colours().of("text2"))
    small = painter.fontMetrics()
    cut = small.elidedText(who.detail, Qt.TextElideMode.ElideRight, int(words.width()))
    painter.drawText(QRectF(words.x(), middle + 1, words.width(), small.height()), 0, cut)


def _paint_share(painter: QPainter, space: QRectF, progress: Progress, words: str) -> None:
    painter.setFont(font(13))
    width = max(painter.fontMetrics().horizontalAdvance(words), painter.fontMetrics().horizontalAdvance("100%"))
    bar = QRectF(space.x(), space.center().y() - 3, space.width() - width - 12, 6)
    if bar.width() > 24:
        paint_progress(painter, bar, progress)
    painter.setPen(colours().mood(progress.mood)[0])
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(space, right, words)
