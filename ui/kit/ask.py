"""Questions to the owner: sure, which file, where to. Each opens and returns at once; the answer comes by a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QWidget

from desktopapp.kernel.file_name import free, legal
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Message
from ui.kit.theme import colours, pixmap

Kinds = Sequence[tuple[str, str]]
"""Kinds of file: a marked name and its patterns ("*.csv *.xlsx")."""

_UNSPOKEN = {QFileDialog.DialogLabel.LookIn: N_("&Look in:"), QFileDialog.DialogLabel.FileType: N_("Files of &type:")}
"""What Qt's own translation leaves in English."""


def tell(parent: QWidget | None, language: Language, what: Message | str) -> QDialog:
    """Say something that needs no answer; gives the box, open."""
    box = _box(parent, language, what, "triangle-alert", "warn")
    box.addButton(language.text(N_("Close")), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def confirm(
    parent: QWidget,
    language: Language,
    question: Message | str,
    act: str,
    yes: Callable[[], object],
    no: Callable[[], object] | None = None,
) -> None:
    """Ask before what cannot be undone; `act` words the button that does it. Enter cancels."""
    box = _box(parent, language, question, "circle-help", "accent")
    doing = box.addButton(language.text(act), QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(language.text(N_("Cancel")), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    doing.clicked.connect(lambda _checked=False: yes())
    if no:
        cancel.clicked.connect(lambda _checked=False: no())
    box.open()


def _box(parent: QWidget | None, language: Language, words: Message | str, icon: str, role: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(language.text(N_("TeamHelm")))
    box.setText(language.text(words))
    box.setIconPixmap(pixmap(icon, getattr(colours(), role), 32, box.devicePixelRatioF()))
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    return box


def open_file(parent: QWidget, language: Language, title: str, kinds: Kinds, then: Callable[[Path], object]) -> None:
    """Ask for a file that is there."""
    dialog = _files(parent, language, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def open_files(
    parent: QWidget, language: Language, title: str, kinds: Kinds, then: Callable[[list[Path]], object]
) -> None:
    """Ask for files that are there."""
    dialog = _files(parent, language, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()


def save_file(
    parent: QWidget, language: Language, title: str, name: str, kinds: Kinds, then: Callable[[Path], object]
) -> None:
    """Ask where to write a file. The name offered is one that every system takes and that no file there has."""
    dialog = _files(parent, language, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(free(Path(dialog.directory().absolutePath()) / legal(name)).name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def open_folder(parent: QWidget, language: Language, title: str, then: Callable[[Path], object]) -> None:
    """Ask for a folder."""
    dialog = _files(parent, language, title, ())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()


def show_folder(path: Path) -> None:
    """Open the folder a file is in, as the system shows folders."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _files(parent: QWidget, language: Language, title: str, kinds: Kinds) -> QFileDialog:
    dialog = QFileDialog(parent, language.text(title))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for label, words in _UNSPOKEN.items():
        dialog.setLabelText(label, language.text(words))
    if kinds:
        dialog.setNameFilters([f"{language.text(name)} ({patterns})" for name, patterns in kinds])
    return dialog
