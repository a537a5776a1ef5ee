"""The ticks of a scanned sheet that are not clear: each piece of the picture beside what may be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.reviews.imports import Doubt
from ui.kit.card import Card
from ui.kit.label import Label


class Doubts(Card):
    """Row by row: the question, what stands there now, the picture, and a choice that is made by the owner alone."""

    decided = Signal(str, str)
    """Which question, and what was meant; nothing where no box was."""

    def __init__(self, language: Language, doubts: Sequence[Doubt], decided: Mapping[str, str]) -> None:
        super().__init__(language.text(N_("Ticks to decide")), spacing=12)
        self.language = language
        self.choices: dict[tuple[str, str], QRadioButton] = {}
        for each in doubts:
            self.body.addLayout(self._line(each, decided.get(each.key)))

    def _line(self, doubt: Doubt, chosen: str | None) -> QVBoxLayout:
        text, line, row = self.language.text, QVBoxLayout(), QHBoxLayout()
        line.setSpacing(4)
        question = M("{question} · now {before}", question=doubt.label, before=doubt.before)
        line.addWidget(Label(text(question if doubt.before else doubt.label), wrap=True))
        line.addWidget(self._piece(doubt), 0, Qt.AlignmentFlag.AlignLeft)
        row.setSpacing(12)
        group = QButtonGroup(self)
        for kept, word in (*doubt.options, ("", text(N_("No tick")))):
            button = QRadioButton(word)
            button.setAccessibleName(text(M("{question}: {choice}", question=doubt.label, choice=word)))
            button.setChecked(chosen == kept)
            button.clicked.connect(partial(self._decide, doubt.key, kept))
            group.addButton(button)
            self.choices[doubt.key, kept] = button
            row.addWidget(button)
        row.addStretch(1)
        line.addLayout(row)
        return line

    def _piece(self, doubt: Doubt) -> Label:
        image = QImage(doubt.pixels, doubt.width, doubt.height, doubt.width, QImage.Format.Format_Grayscale8)
        piece = Label()
        piece.setPixmap(QPixmap.fromImage(image))  # which copies it, so that the bytes may go
        piece.setAccessibleName(self.language.text(M("Piece of the picture: {question}", question=doubt.label)))
        return piece

    def _decide(self, key: str, kept: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt says
        self.decided.emit(key, kept)
