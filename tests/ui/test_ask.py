"""Questions open and return; the answer comes by a call."""

import re

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from tests.ui.conftest import freed
from ui.kit import ask
from ui.kit.language import speak


@pytest.fixture
def page(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_question_is_answered_by_the_button_that_names_what_it_does(qtbot, zh, page):
    said = []
    ask.confirm(page, zh, "Throw away what you typed?", "Throw away", lambda: said.append(1))
    box = page.findChild(QMessageBox)
    assert [button.text() for button in box.buttons()] == ["放弃", "取消"]
    assert box.defaultButton().text() == "取消"
    qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)
    freed(qtbot, box)
    assert said == [1]


def test_escape_is_no(qtbot, zh, page):
    ask.confirm(page, zh, "Throw away what you typed?", "Throw away", lambda: pytest.fail("yes"))
    box = page.findChild(QMessageBox)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    freed(qtbot, box)


def test_a_file_is_asked_for_and_given(qtbot, zh, page, tmp_path):
    found = []
    ask.open_file(page, zh, "Save", (("PDF files", "*.pdf"),), found.append)
    dialog = page.findChild(QFileDialog)
    assert dialog.nameFilters() == ["PDF 文件 (*.pdf)"]
    dialog.fileSelected.emit(str(tmp_path / "a.pdf"))
    dialog.close()
    freed(qtbot, dialog)
    assert found == [tmp_path / "a.pdf"]


ASKED = {
    "a file": lambda *on: ask.open_file(*on, "Save", (("PDF files", "*.pdf"),), print),
    "files": lambda *on: ask.open_files(*on, "Save", (("PDF files", "*.pdf"),), print),
    "where to": lambda *on: ask.save_file(*on, "Save", "张伟.pdf", (("PDF files", "*.pdf"),), print),
    "a folder": lambda *on: ask.open_folder(*on, "Save", print),
}


@pytest.mark.parametrize("act", ASKED.values(), ids=ASKED)
def test_a_dialog_for_files_has_no_english_word_in_chinese(qapp, page, zh, en, act):
    for language, is_foreign in ((zh, re.compile("[A-Za-z]{2,}")), (en, re.compile("[\u4e00-\u9fff]"))):
        speak(qapp, language)
        act(page, language)
        dialog = page.findChild(QFileDialog)
        assert [words for words in said(dialog) if is_foreign.search(words)] == []
        dialog.close()
        qapp.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    speak(qapp, zh)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_nor_has_the_menu_of_a_text(qtbot, kind):
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)
    words = [act.text().split("\t")[0] for act in menu.actions() if act.text()]
    assert len(words) > 5
    assert [each for each in words if re.search("[A-Za-z]{2,}", each)] == []


def said(dialog):
    """The words of a dialog that are Qt's own, without those of files and folders."""
    for part in dialog.findChildren(QLabel) + dialog.findChildren(QAbstractButton):
        yield from (part.text(), part.toolTip())
    for heading in dialog.findChildren(QHeaderView):
        model, across = heading.model(), Qt.Orientation.Horizontal
        yield from (str(model.headerData(n, across)) for n in range(model.columnCount()))
    for act in dialog.findChildren(QAction):
        yield act.text()
