"""Labels show what they were given, whatever it is."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.kit.label import Label

HARD = "<b>张&李</b>😀"


def drawn(label):
    return label.grab().toImage()


def test_an_ampersand_and_marks_of_a_web_page_are_shown_as_they_are_written(qtbot, qapp):
    room = QWidget()
    qtbot.addWidget(room)
    column = QVBoxLayout(room)
    alone, named, field = Label(HARD), Label(HARD), QLineEdit()
    for each in (alone, named, field):
        column.addWidget(each)
    named.setBuddy(field)
    room.show()
    assert drawn(named) == drawn(alone)
