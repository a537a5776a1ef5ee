"""Charts and small signs: drawn in both looks, with words for who cannot see them."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from ui.kit.avatar import Avatar, family_name
from ui.kit.card import Figure
from ui.kit.chart import Bars, ChartView, Legend, Lines, Progress, ProgressBar, Radar, steps_to
from ui.kit.label import Elided
from ui.kit.pill import Pill, mood_of
from ui.kit.theme import dress

MONTHS = [f"{month}月" for month in range(1, 13)]
CHARTS = (
    Bars(MONTHS, [212, 168, 240, 255, 238, 262, 231, 247, 278, 286, 193], [250] * 12, 10),
    Bars([], []),
    Bars(["1月"], [0]),
    Lines(MONTHS, (("今年", [3, None, 5, *[None] * 9]), ("去年", range(12)))),
    Radar(["业绩", "回款", "满意度"], [0.8, 0.6, 1.4], [0.5, 0.5, 0.5]),
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


@pytest.mark.parametrize(("most", "top"), [(0, 1), (7, 8), (10, 10), (292, 300), (0.3, 0.3), (1_000_001, 1_200_000)])
def test_a_scale_ends_at_a_round_number_at_or_above_the_most(most, top):
    assert steps_to(most)[-1] == pytest.approx(top)


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
