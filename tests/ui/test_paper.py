"""Pages on the screen: as large as asked for, kept in place while zooming, drawn only where seen."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from ui.kit.paper import FIT_PAGE, FIT_WIDTH, GAP, Paper, PaperView


def draw(path, pages, size=A4):
    canvas = Canvas(str(path), pagesize=size)
    for n in range(pages):
        canvas.bookmarkPage(str(n))
        canvas.addOutlineEntry(str(n), str(n))
        canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def view(qtbot, tmp_path):
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_paper(Paper(draw(tmp_path / "a.pdf", 6)))
    yield made
    made.close_paper()


def wheel(view, turn, at, keys=Qt.KeyboardModifier.ControlModifier):
    event = QWheelEvent(
        QPointF(at), view.viewport().mapToGlobal(QPointF(at)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_it_opens_as_wide_as_there_is_room(view):
    assert view.scale * A4[0] == pytest.approx(view.viewport().width() - 2 * GAP)


def test_a_whole_page_is_seen_at_once(view):
    view.zoom_to(FIT_PAGE)
    assert view.scale * A4[1] == pytest.approx(view.viewport().height() - 2 * GAP)


def test_full_size_is_the_size_on_paper(view):
    view.zoom_to(1.0)
    assert view.scale * 72 == view.logicalDpiX()


def test_sizes_go_from_a_half_to_three_and_no_further(view):
    view.zoom_to(1.0)
    for _ in range(9):
        view.step(1)
    assert view.zoom == 3.0
    for _ in range(9):
        view.step(-1)
    assert view.zoom == 0.5


def test_a_step_from_the_whole_width_goes_to_the_next_size_seen(view):
    shown = view.scale * 72 / view.logicalDpiX()
    view.step(1)
    assert view.zoom > shown
    view.zoom_to(FIT_WIDTH)
    view.step(-1)
    assert view.zoom < shown


def test_what_is_under_the_pointer_stays_there_while_the_wheel_zooms(view):
    view.zoom_to(1.0)
    view.go(2)
    at = QPoint(300, 250)
    before = (view._shift() + QPointF(at)) / view.scale
    wheel(view, 120, at)
    after = (view._shift() + QPointF(at)) / view.scale
    assert view.zoom == 1.25
    assert abs(before.y() - after.y()) * view.scale < 2 + 3 * GAP * 0.25


def test_the_small_turns_of_a_touchpad_add_up_to_a_step(view):
    view.zoom_to(1.0)
    for _ in range(4):
        wheel(view, 30, QPoint(100, 100))
    assert view.zoom == 1.25


def test_the_wheel_alone_scrolls(view):
    wheel(view, -120, QPoint(100, 100), Qt.KeyboardModifier.NoModifier)
    assert view.zoom == FIT_WIDTH
    assert view.verticalScrollBar().value() > 0


def test_pages_are_gone_to_and_told(view):
    heard = []
    view.turned.connect(heard.append)
    view.go(3)
    assert (view.page, heard) == (3, [3])
    view.go(99)
    assert view.page == 3
    view.verticalScrollBar().setValue(0)
    assert heard == [3, 0]


def test_another_paper_is_shown_at_the_same_page(view, tmp_path):
    view.go(4)
    view.show_paper(Paper(draw(tmp_path / "b.pdf", 8)))
    assert view.page == 4
    view.show_paper(Paper(draw(tmp_path / "c.pdf", 2)))
    assert view.page == 1


def test_only_what_is_seen_is_drawn_and_little_is_kept(view, monkeypatch):
    monkeypatch.setattr("ui.kit.paper.KEPT", 1)
    for page in range(6):
        view.go(page)
        view.grab()
    assert 1 <= len(view._drawn) <= 2


def test_a_page_larger_than_the_view_can_be_moved_sideways(view):
    view.zoom_to(3.0)
    assert view.horizontalScrollBar().maximum() > 0
    assert not view.grab().isNull()


def test_a_wide_page_fits_too(view, tmp_path):
    view.show_paper(Paper(draw(tmp_path / "w.pdf", 1, landscape(A4))))
    assert view.horizontalScrollBar().maximum() == 0


def test_bookmarks_say_where_each_form_begins(tmp_path):
    paper = Paper(draw(tmp_path / "a.pdf", 3))
    assert paper.starts == [0, 1, 2]
    paper.close()


def test_some_pages_make_a_file_of_their_own(tmp_path):
    paper = Paper(draw(tmp_path / "a.pdf", 5))
    paper.extract([0, 3], tmp_path / "b.pdf")
    paper.close()
    some = Paper(tmp_path / "b.pdf")
    assert len(some) == 2
    some.close()


def test_without_pages_nothing_is_done(qtbot):
    view = PaperView()
    qtbot.addWidget(view)
    view.step(1)
    view.go(0)
    view.zoom_to(2.0)
    assert not view.grab().isNull()
    assert view.zoom == FIT_WIDTH
