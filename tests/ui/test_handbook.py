"""Reading the handbook: F1 opens it where one is, words are found in all of it, nothing leads out of it."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

from desktopapp.areas import AREAS
from desktopapp.kernel.area import Link
from desktopapp.kernel.language import language
from desktopapp.overview import sample
from tests.conftest import TODAY
from tests.ui.conftest import freed
from ui.kit.handbook import FIRST, PAGES, Book, Handbook
from ui.kit.reading import HELP, WIDEST, Reading
from ui.kit.theme import theme
from ui.main import Program

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def open_in(qtbot):
    def open_in(code, page=FIRST):
        book = Handbook(language(code))
        qtbot.addWidget(book)
        with qtbot.waitExposed(book):
            book.come(page)
        qtbot.waitActive(book)
        return book

    return open_in


@pytest.fixture
def book(open_in):
    return open_in("zh_CN")


@pytest.fixture
def program(qapp, qtbot, file):
    sample.load(TODAY)
    program = Program(qapp, file, language="zh_CN", scheme="light", today=TODAY)
    program.start()
    qtbot.waitUntil(lambda: program._is_settled)
    yield program
    program.stop()


def titles(book):
    """The pages in the contents that can be seen."""
    return [top.text(0) for top in book.contents._tops() if not top.isHidden()]


def marked(book):
    """The words that are marked on the page, the current ones first."""
    marks = book.reading.extraSelections()
    current = theme().colours.of("accent")
    marks.sort(key=lambda mark: mark.format.background().color() != current)
    return [mark.cursor.selectedText() for mark in marks]


def is_seen(book):
    """Whether the place looked for is within what is shown."""
    return book.reading.viewport().rect().contains(book.reading.cursorRect().center())


def test_f1_opens_the_page_of_the_place_one_is_at(program, qtbot):
    program.window.go(Link("goals"))
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    assert program.handbook.page == "goals"
    assert program.handbook.isVisible()
    opened = program.handbook
    program.window.go(Link("reviews"))
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    assert program.handbook is opened
    assert opened.page == "reviews"


def test_escape_closes_it_and_f1_opens_another(program, qtbot):
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    opened = program.handbook
    qtbot.keyClick(opened.reading, Qt.Key.Key_Escape)
    freed(qtbot, opened)
    assert program.handbook is None
    with qtbot.waitActive(program.window):
        program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    assert program.handbook.isVisible()


def test_it_keeps_no_program_open_and_goes_with_it(program, qtbot):
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    opened = program.handbook
    assert not opened.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    program.stop()
    freed(qtbot, opened)


def test_it_speaks_the_language_of_the_program_at_once(program, qtbot):
    program.window.go(Link("team"))
    qtbot.keyClick(program.window, Qt.Key.Key_F1)
    assert program.handbook.reading.toPlainText().startswith("团队名册")
    program.choose(language="en")
    qtbot.waitUntil(lambda: program.handbook is not None and program.handbook.language.code == "en")
    assert program.handbook.reading.toPlainText().startswith("Team roster")


def test_every_place_of_the_window_has_its_page(program):
    pages = {page for page, _title in PAGES}
    assert {place.key for place in program.window.places} - pages == set()
    assert {area.key for area in AREAS} - pages == set()


def test_a_place_without_a_page_opens_the_first(open_in):
    assert open_in("zh_CN", "welcome").page == FIRST


@pytest.mark.parametrize(("code", "words"), [("zh_CN", "评估"), ("en", "review")])
def test_typing_finds_in_every_page_and_shows_the_first_place(open_in, qtbot, code, words):
    book = open_in(code)
    qtbot.keyClick(book, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert book.search.hasFocus()
    book.search.insert(words)
    assert len({hit.page for hit in book.hits}) > 4
    assert marked(book)[0].lower() == words
    assert is_seen(book)
    said = "第 1 处，共 {} 处" if code == "zh_CN" else "1 of {}"
    assert book.count.text() == said.format(len(book.hits))


def test_the_places_found_are_those_that_stand_there(book):
    for page, _title in PAGES:
        hits = [hit.place for hit in book.book.find("打印") if hit.page == page]
        book.search.clear()
        book.show_page(page)
        found, cursor = [], QTextCursor(book.reading.document())
        while not (cursor := book.reading.document().find("打印", cursor)).isNull():
            found.append(cursor.selectionStart())
        assert hits == found


def test_enter_goes_on_and_shift_enter_back_round_the_end(book, qtbot):
    book.search.setFocus()
    book.search.insert("撤销")
    first = book.hits[0]
    qtbot.keyClick(book.search, Qt.Key.Key_Return)
    assert book.at == 1
    qtbot.keyClick(book.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(book.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert book.at == len(book.hits) - 1
    assert book.page == book.hits[-1].page
    assert is_seen(book)
    qtbot.keyClick(book, Qt.Key.Key_F3)
    assert (book.at, book.page) == (0, first.page)


def test_the_contents_leave_where_something_was_found(book):
    book.search.setText("BitLocker")
    assert titles(book) == ["数据与安全"]
    assert book.page == "data"
    book.search.setText("没有这样的词")
    assert titles(book) == []
    assert book.count.text() == "没有找到"
    book.search.clear()
    assert len(titles(book)) == len(PAGES)
    assert not book.count.isVisible()
    assert marked(book) == []


def test_searching_stays_on_the_page_where_it_finds_something(open_in):
    book = open_in("zh_CN", "signing")
    book.search.setText("校验码")
    assert book.page == "signing"
    assert book.at > 0


def test_the_arrow_keys_walk_through_the_contents(book, qtbot):
    book.contents.setFocus()
    for _ in book.book.headings(FIRST):
        qtbot.keyClick(book.contents, Qt.Key.Key_Down)
        assert book.page == FIRST
    assert book.reading.verticalScrollBar().value() > 0
    qtbot.keyClick(book.contents, Qt.Key.Key_Down)
    assert book.page == "home"


def test_a_link_turns_to_its_page(book, qtbot):
    link = "goals.md"
    document = book.reading.document()
    at = next(
        position for position in range(document.characterCount())
        if _format(document, position).anchorHref() == link
    )  # fmt: skip
    cursor = QTextCursor(document)
    cursor.setPosition(at)
    book.reading.setTextCursor(cursor)
    book.reading.ensureCursorVisible()
    where = book.reading.cursorRect(cursor).center() + QPoint(4, 0)
    qtbot.mouseClick(book.reading.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert book.page == "goals"


def _format(document, position):
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    return cursor.charFormat()


@pytest.mark.parametrize("name", [
    "../../style.qss", "../../../README.md", "/etc/hosts", "file:///etc/hosts", "https://example.com/a.png",
    "../pictures/zh_CN/none.png",
])  # fmt: skip
def test_nothing_outside_of_the_handbook_is_read(book, name):
    assert book.reading.loadResource(IMAGE, QUrl(name)) is None


def test_only_pictures_are_read(book):
    page = QTextDocument.ResourceType.HtmlResource.value
    assert book.reading.loadResource(IMAGE, QUrl("../pictures/zh_CN/home.png")).width()
    assert book.reading.loadResource(page, QUrl("goals.md")) is None


def test_pictures_are_never_wider_than_the_text(book):
    for width in (1400, 760):
        book.resize(width, 600)
        picture = book.reading.loadResource(IMAGE, QUrl("../pictures/zh_CN/home.png"))
        assert picture.width() / picture.devicePixelRatio() <= min(WIDEST, book.reading.width())
        assert book.reading.horizontalScrollBar().maximum() == 0


def test_it_follows_the_look_and_the_size_of_text_and_stays_where_it_is(open_in):
    book = open_in("zh_CN", "keyboard")
    book.search.setText("预览")
    before, size = marked(book), book.reading.document().defaultFont().pixelSize()
    theme().choose(scheme="dark", scale=130)
    assert book.reading.document().defaultFont().pixelSize() > size
    assert marked(book) == before
    theme().choose(scheme="light", scale=100)
    assert book.reading.document().defaultFont().pixelSize() == size


def test_a_page_laid_out_anew_is_the_same_page(book):
    before = book.reading.toPlainText()
    for width in (700, 1200, 640):
        book.resize(width, 500)
        QApplication.processEvents()
    assert book.reading.toPlainText() == before


def test_html_in_a_page_would_stay_text(qtbot):
    reading = Reading()
    qtbot.addWidget(reading)
    reading.show_text(HELP, "# a\n\n<b>x</b>")
    assert "<b>x</b>" in reading.toPlainText()


def test_every_page_can_be_read_in_both_languages():
    for code in ("zh_CN", "en"):
        book = Book(code)
        assert all(book.headings(page) for page, _title in PAGES)


def test_every_widget_has_a_name_for_a_screen_reader(book):
    for widget in (book.search, book.contents, book.reading, book.back, book.forth):
        assert widget.accessibleName()
