"""What was typed and is not kept yet: taken out of a window while the program is locked, and put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktopapp.kernel.frozen import frozen

Content = str | int | bool
Typed = tuple[Content, ...]


@frozen
class Draft:
    """Where the owner was, and what he was typing there."""

    place: str
    """The key of the page."""
    record: int | None
    again: str = ""
    """The request of the page that opens its form again."""
    typed: Typed = ()
    """What was in the form's fields, in their order."""
    loose: Sequence[tuple[str, str]] = ()
    """What was typed where it cannot be put back, each with the name of its field."""


def typed(form: QWidget) -> Typed:
    """What is in the fields of a form."""
    return tuple(_content(field) for field in _fields(form))


def put(form: QWidget, what: Typed) -> None:
    """Fill the fields of a form that has the same ones."""
    for field, content in zip(_fields(form), what, strict=False):
        if _content(field) != content:
            _put(field, content)


def loose(windows: Sequence[QWidget]) -> list[tuple[str, str]]:
    """What was typed into windows of their own, or a panel, and not sent off yet."""
    found = []
    for field in (each for window in windows for each in _fields(window)):
        is_changed = (isinstance(field, QLineEdit) and field.isModified() and field.echoMode() == SHOWN) or (
            isinstance(field, QPlainTextEdit) and field.document().isModified()
        )
        if is_changed and (text := str(_content(field)).strip()):
            found.append((field.accessibleName(), text))
    return found


def dialogs(window: QWidget) -> list[QWidget]:
    """The windows that stand before a window."""
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


SHOWN = QLineEdit.EchoMode.Normal
_KINDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractButton)


def _fields(form: QWidget) -> Iterator[QWidget]:
    for each in form.findChildren(QWidget):
        is_part = isinstance(each.parent(), QComboBox | QAbstractSpinBox)
        is_button = isinstance(each, QAbstractButton) and not each.isCheckable()
        is_fixed = isinstance(each, QLineEdit | QPlainTextEdit) and each.isReadOnly()
        if isinstance(each, _KINDS) and not (is_part or is_button or is_fixed):
            yield each


def _content(field: QWidget) -> Content:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.text() if isinstance(field, QAbstractSpinBox) else field.isChecked()


def _put(field: QWidget, content: Content) -> None:
    if isinstance(field, QLineEdit):
        field.setText(content)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(content)
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(content)
    elif isinstance(field, QAbstractSpinBox):
        field.lineEdit().setText(content)
        field.interpretText()
    else:
        field.setChecked(content)
