"""Charts and small signs: drawn in both looks, with words for who cannot see them."""

from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QToolTip

from desktopapp.kernel import layout
from desktopapp.kernel.shape import Rect
from desktopapp.printing import chart as paper
from desktopapp.printing.fonts import Fonts
from desktopapp.printing.setter import Setter
from desktopapp.printing.style import Type
from ui.kit.avatar import Avatar, family_name
from ui.kit.card import Figure
from ui.kit.chart import (
    Band,
    Bars,
    ChartView,
    Funnel,
    Heat,
    Legend,
    Lines,
    Progress,
    ProgressBar,
    Radar,
    Stage,
    paint,
    room,
)  # fmt: skip
from ui.kit.label import Elided
from ui.kit.pill import Pill, mood_of
from ui.kit.theme import Colours, dress

MONTHS = [f"{month}月" for month in range(1, 13)]
CHARTS = (
    Bars(MONTHS, [212, 168, 240, 255, 238, 262, 231, 247, 278, 286, 193], [250] * 12, 10),
    Bars([], []),
    Bars(["1月"], [0]),
    Lines(MONTHS, (("今年", [3, None, 5, *[None] * 9]), ("去年", range(12)))),
    Radar(["业绩", "回款", "满意度"], [0.8, 0.6, 1.4], [0.5, 0.5, 0.5]),
    Radar(["业绩", "回款", "满意度"], [0.8, None, 1.4]),
    Funnel([Stage("线索", 120, 900), Stage("签约", 12, 200)]),
    Heat(["张伟"], ["谈判", "回款"], [[1, 3]], (Band(1, "薄弱", "bad"), Band(3, "熟练", "good"))),
)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_is_drawn_in_the_colours_of_the_look(qtbot, qapp, chart):
    view = ChartView("图", chart)
    qtbot.addWidget(view)
    view.resize(400, 240)
    light = view.grab().toImage()
    dress(qapp, "dark")
    assert view.grab().toImage() != light


def test_a_bar_tells_its_value_and_target(qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: told.append(text))
    view = ChartView("图", Bars(["1月", "2月"], [10, 20], [15, 15]))
    qtbot.addWidget(view)
    view.resize(400, 240)
    view.grab()
    at = QPoint(330, 120)
    view.event(QHelpEvent(QHelpEvent.Type.ToolTip, at, at))
    assert told == ["2月  20 / 15"]


@pytest.mark.parametrize(("look", "met", "missed", "target"), [
    ("light", "#749cdf", "#bccff0", "#8f5400"), ("dark", "#5879ad", "#394b68", "#e8b45a"),
])  # fmt: skip
def test_bars_have_the_colours_of_the_look_and_hide_the_grid(qtbot, qapp, look, met, missed, target):
    dress(qapp, look)
    view = ChartView("图", Bars(["1月", "2月"], [20, 10], [15, 15]))
    qtbot.addWidget(view)
    view.resize(400, 240)
    drawn, bars = view.grab().toImage(), [each for each in view.shapes() if isinstance(each, Rect)]
    for bar, colour in zip(bars, (met, missed), strict=True):
        below_the_line = range(int(bar.height * 0.4), int(bar.height) - 2)
        assert {drawn.pixelColor(int(bar.x + 8), int(bar.y + down)).name() for down in below_the_line} == {colour}
    assert target in {drawn.pixelColor(x, y).name() for x in range(60, 400) for y in range(240)}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_screen_and_paper_draw_the_same_shapes(qapp, zh, chart):
    shapes = layout.layout(chart, room(400, 240))
    picture = QImage(400, 240, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    painter = QPainter(picture)
    paint(painter, QRectF(0, 0, 400, 240), shapes)
    painter.end()
    operators = paper.paint(shapes, Setter(Fonts(), (zh,)), Type(9), 0, 240)
    assert len(operators) > 2
    assert {picture.pixel(x, y) for x in range(0, 400, 3) for y in range(0, 240, 2)} != {0xFFFFFFFF}


def test_paper_has_a_grey_for_colours_the_look_has():
    assert set(paper.GREYS) <= {each.name for each in fields(Colours)}


def test_the_arrow_keys_go_from_mark_to_mark_and_say_each(qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: told.append(text))
    view = ChartView("月度业绩", Bars(["1月", "2月", "3月"], [10, 20, 30]))
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    assert view.accessibleName() == "月度业绩"
    assert view.accessibleDescription() == "1月  10\n2月  20\n3月  30"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    assert told == ["1月  10", "2月  20", "1月  10", "3月  30", "3月  30"]
    assert view.accessibleDescription() == "3月  30"
    without = view.grab().toImage()
    view.clearFocus()
    assert view.grab().toImage() != without
    assert view.accessibleDescription().startswith("1月  10")


def test_nothing_is_told_where_nothing_is_drawn(qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: told.append(text))
    view = ChartView("图", Bars(["1月"], [10]))
    qtbot.addWidget(view)
    view.resize(400, 240)
    view.event(QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(2, 2), QPoint(2, 2)))
    assert told == [""]


def test_a_grid_of_many_people_asks_for_the_height_it_needs(qtbot):
    view = ChartView("能力", Heat(["张伟"] * 40, ["谈判"], [[2]] * 40))
    qtbot.addWidget(view)
    assert view.minimumSizeHint().height() > 40 * 16


def test_a_progress_over_the_goal_fills_the_bar_and_says_how_much(qtbot):
    full, over = ProgressBar(Progress(1.0, "good")), ProgressBar()
    over.show_progress(Progress(1.18, "good"))
    for bar in (full, over):
        qtbot.addWidget(bar)
        bar.resize(100, 12)
    assert over.grab().toImage() == full.grab().toImage()
    assert over.accessibleName() == "118%"


REACHED = [(1.18, "good"), (1, "good"), (0.99, "accent"), (0.6, "warn"), (0.59, "bad")]
SIGNS = [("张伟", "张"), ("欧阳静", "欧阳"), ("尉迟恭", "尉迟"), ("欧阳", "欧"), ("wang", "W"), ("", "")]


@pytest.mark.parametrize(("share", "mood"), REACHED)
def test_a_colour_means_how_much_is_reached(share, mood):
    assert mood_of(share) == mood


@pytest.mark.parametrize(("name", "sign"), SIGNS)
def test_the_family_name_stands_in_the_circle(qtbot, name, sign):
    assert family_name(name) == sign
    avatar = Avatar(name)
    qtbot.addWidget(avatar)
    assert not avatar.grab().isNull()


def test_a_figure_is_read_out_whole(qtbot):
    figure = Figure("本季团队业绩", "chart-column")
    qtbot.addWidget(figure)
    figure.show_figure("764.9", "万元", "完成目标 89%", "good", Progress(0.89, "good", 0.6))
    assert figure.accessibleName() == "本季团队业绩 764.9 万元 完成目标 89%"
    assert figure.bar.isVisibleTo(figure)


def test_small_signs_have_words(qtbot):
    pill, legend = Pill("评分中", "accent"), Legend((("实际", "bar", "accent"), ("目标", "dash", "warn")))
    for widget in (pill, legend):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        assert not widget.grab().isNull()
    assert pill.accessibleName() == "评分中"
    assert legend.accessibleName() == "实际  目标"


def test_a_text_that_is_cut_is_whole_in_its_tooltip(qtbot):
    label = Elided("一" * 60)
    qtbot.addWidget(label)
    label.resize(100, 24)
    label.grab()
    assert label.toolTip() == "一" * 60
    label.resize(2000, 24)
    label.grab()
    assert label.toolTip() == ""


def test_markup_in_a_label_is_text(qtbot):
    label = Elided("<b>&")
    qtbot.addWidget(label)
    assert label.text() == "<b>&"
    assert label.textFormat().name == "PlainText"
