"""Questions open and return; the answer comes by a call."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from tests.ui.conftest import freed
from ui.kit import ask


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
