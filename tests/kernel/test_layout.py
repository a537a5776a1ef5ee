"""Where the marks of a chart stand, judged without a screen or a sheet."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktopapp.kernel.chart import Band, Bars, Funnel, Heat, Lines, Progress, Radar, Stage, percent, plain
from desktopapp.kernel.layout import MET, MISSED, RUNNING, height, layout, scale, tips, words
from desktopapp.kernel.shape import Ellipse, Line, Polygon, Rect, Room, Spot, Text, hit


def measure(words):
    """A Han character is 12 wide, anything else 7."""
    return sum(12 if ord(each) > 0x2E80 else 7 for each in words)


ROOM = Room(400, 240, measure, 17)
PAPER = Room(400, 240, measure, 12, tells=True)
MONTHS = [f"{month}月" for month in range(1, 13)]


def drawn(kind, chart, room=ROOM):
    return [shape for shape in layout(chart, room) if isinstance(shape, kind)]


def said(chart, room=ROOM):
    return [text.words for text in drawn(Text, chart, room)]


def under(chart, room=ROOM):
    """The labels below, from left to right, with where each begins and ends."""
    low = [text for text in drawn(Text, chart, room) if text.y > room.height - room.line]
    ends = [(text.x - measure(text.words) / 2, text.x + measure(text.words) / 2, text.words) for text in low]
    return sorted(ends)


def test_bars_are_as_tall_as_their_values():
    small, large = drawn(Rect, Bars(["甲", "乙"], [10, 30]))
    assert large.height == pytest.approx(3 * small.height)
    assert small.y + small.height == pytest.approx(large.y + large.height)


def test_a_bar_below_nought_hangs_from_its_line():
    up, down = drawn(Rect, Bars(["甲", "乙"], [10, -5]))
    assert down.y == pytest.approx(up.y + up.height)
    assert up.height == pytest.approx(2 * down.height)


def test_a_bar_says_how_it_stands_to_its_target():
    bars = drawn(Rect, Bars(["甲", "乙", "丙"], [12, 8, 9], [10, 10, 10], current=2))
    assert [bar.fill for bar in bars] == [MET, MISSED, RUNNING]
    assert MISSED.hatched


def test_nought_and_what_is_not_known_have_no_bar_and_still_tell():
    chart = Bars(["甲", "乙", "丙"], [0, None, math.nan], [None, 5, None])
    assert drawn(Rect, chart) == []
    assert [spot.tip for spot in drawn(Spot, chart)] == ["甲  0", "乙  5", "丙"]


def test_the_target_line_has_gaps_and_a_lone_target_is_seen():
    chart = Bars(MONTHS[:5], [1] * 5, [2, 2, None, 3, None])
    lines = [line for line in drawn(Line, chart) if line.dashed]
    assert [len(line.points) for line in lines] == [2, 2]
    assert lines[1].points[1][0] - lines[1].points[0][0] > 20


@pytest.mark.parametrize("chart", [
    Bars([], []), Bars(["一"], [0]), Lines([], ()), Lines(["一"], ()), Lines(["一"], (("数", [None]),)),
    Radar([], []), Radar(["一"], [1]), Radar(["一", "二"], [1, None]), Radar(["一"] * 3, [None] * 3),
    Funnel([]), Funnel([Stage("一", 0), Stage("二", 0)]), Heat([], [], []), Heat(["张伟"], [], [[]]), Progress(0),
], ids=lambda chart: type(chart).__name__)  # fmt: skip
@pytest.mark.parametrize("size", [(400, 240), (30, 20), (0, 0)])
def test_there_is_nothing_that_cannot_be_laid_out(chart, size):
    for tells in (False, True):
        layout(chart, Room(*size, measure, 17, tells))


def test_a_single_point_is_a_dot():
    chart = Lines(["2026Q3"], (("总分", [82.4]),), least=60, most=100)
    [dot] = drawn(Ellipse, chart)
    assert not [line for line in drawn(Line, chart) if line.weight == 2]
    assert hit(layout(chart, ROOM), dot.x, dot.y).tip == "总分 2026Q3  82.4"


def test_a_line_stops_where_a_value_is_missing():
    chart = Lines(MONTHS[:6], (("今年", [1, 2, None, 4, 5, 6]),))
    assert [len(line.points) for line in drawn(Line, chart) if line.weight == 2] == [2, 3]


def test_the_main_line_lies_above_the_others_and_answers_first():
    chart = Lines(MONTHS[:2], (("今年", [5, 6]), ("去年", [5, 7])))
    last_year, this_year, *_legend = [line for line in drawn(Line, chart) if line.weight == 2]
    assert (last_year.dashed, this_year.dashed) == (True, False)
    x, y = this_year.points[0]
    assert hit(layout(chart, ROOM), x, y).tip == "今年 1月  5"


def test_sixty_labels_are_thinned_and_none_touches_another():
    shown = under(Bars([f"2026年{n}月" for n in range(60)], [1] * 60))
    assert 2 < len(shown) < 8
    assert all(a[1] < b[0] for a, b in pairwise(shown))
    assert shown[-1][2] == "2026年59月"
    assert shown[-1][1] <= ROOM.width


def test_a_label_moved_in_from_the_edge_pushes_none_over_another():
    shown = under(Bars([*["中华人民共和国某公司"] * 58, "a"], [5] * 59), Room(170, 240, measure, 17))
    assert len(shown) > 1
    assert all(a[1] <= b[0] for a, b in pairwise(shown))


@given(st.lists(st.text("中文ab 1", max_size=30), max_size=70), st.integers(60, 1500))
def test_labels_never_touch_or_leave_the_chart(labels, wide):
    shown = [each for each in under(Bars(labels, [1] * len(labels)), Room(wide, 240, measure, 17)) if each[2]]
    assert all(a[1] <= b[0] for a, b in pairwise(shown))
    assert all(start >= -1e-6 and end <= wide + 1e-6 for start, end, _ in shown if end - start < wide)


def test_a_long_name_is_cut_by_its_width_and_whole_in_its_tip():
    name = "中华人民共和国某某某有限责任公司"
    chart = Bars([name] * 5, [1] * 5)
    assert all(each[2].startswith("中华") and each[2].endswith("…") for each in under(chart))
    assert drawn(Spot, chart)[0].tip == f"{name}  1"


@pytest.mark.parametrize("width", range(0, 200, 7))
def test_what_is_cut_fits(width):
    assert measure(ROOM.elided("中华人民共和国abc", width)) <= width


@pytest.mark.parametrize(("most", "top"), [(0, 1), (7, 8), (10, 10), (292, 300), (0.3, 0.3), (1_000_001, 1_200_000)])
def test_a_scale_ends_at_a_round_number_at_or_above_the_most(most, top):
    assert scale(0, most)[-1] == pytest.approx(top)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
def test_everything_stands_within_its_chart(values):
    for bar in drawn(Rect, Bars(["月"] * len(values), values)):
        assert -1e-6 <= bar.y <= bar.y + bar.height <= ROOM.height + 1e-6


def test_the_numbers_of_a_scale_have_room_and_nought_among_them():
    for tall in (60, 120, 240, 600):
        chart = Bars(["甲", "乙"], [-5, 10])
        numbers = sorted((t for t in drawn(Text, chart, Room(400, tall, measure, 17)) if t.anchor == 1),
                         key=lambda text: text.y)  # fmt: skip
        assert "0" in [text.words for text in numbers]
        if len(numbers) > 3:
            assert all(b.y - a.y >= 17 for a, b in pairwise(numbers))


def test_paper_says_every_value_beside_its_bar():
    chart = Bars(["张伟", "王芳"], [118, 96.5], [100, 100], names=("业绩", "目标"))
    assert {"118", "96.5", "业绩", "目标"} <= set(said(chart, PAPER))
    assert "96.5" not in said(chart)


def test_a_radar_has_rings_and_closes_where_every_axis_has_a_value():
    shapes = drawn(Polygon, Radar(["业绩", "回款", "服务", "新客"], [1, 0.5, 1.7, 0.2], [0.5] * 4, rings=5))
    assert len([each for each in shapes if each.stroke and each.weight == 1]) == 5
    assert [(each.weight, each.dashed) for each in shapes if each.weight > 1] == [(1.5, True), (2, False)]
    assert shapes[-1].points[2] == pytest.approx(shapes[5].points[2])  # 170 % ends at the outer ring


def test_a_radar_is_open_at_an_axis_without_a_value():
    chart = Radar(["业绩", "回款", "服务", "新客", "协作"], [1, None, 0.4, 0.5, 0.2])
    assert [len(line.points) for line in drawn(Line, chart) if line.weight == 2] == [4]
    assert not [each for each in drawn(Polygon, chart) if each.fill]
    assert [spot.tip for spot in drawn(Spot, chart)][:2] == ["业绩  100%", "回款"]


def test_the_names_around_a_radar_stay_within_it():
    chart = Radar(["中华人民共和国某某有限公司"] * 7, [0.5] * 7)
    for text in drawn(Text, chart, Room(232, 196, measure, 17)):
        left = text.x - measure(text.words) * text.anchor
        assert left >= -1
        assert left + measure(text.words) <= 233


def test_a_progress_over_the_goal_is_full():
    track, bar, mark = drawn(Rect, Progress(1.8, "good", 0.5), Room(100, 6, measure, 17))
    assert (bar.width, bar.fill.role) == (track.width, "good")
    assert mark.x == pytest.approx(49)


def test_a_funnel_says_how_many_came_so_far():
    chart = Funnel([Stage("线索", 120, 900), Stage("报价", 30, 400), Stage("签约", 12, 200)], passed="转化率")
    widths = [each.points[1][0] - each.points[0][0] for each in drawn(Polygon, chart)]
    assert widths[1] == pytest.approx(widths[0] / 4)
    assert {"120  900", "25%", "40%"} <= set(said(chart))
    assert tips(chart)[1] == "报价  30  400 · 转化率 25%"


BANDS = (Band(1, "薄弱", "bad"), Band(2, "入门", "warn"), Band(3, "熟练", "good"))
GRID = Heat(["张伟", "王芳"], ["谈判", "回款"], [[1, 1.9], [3, None]], BANDS)


@pytest.mark.parametrize(("value", "word"), [(1, "薄弱"), (1.99, "薄弱"), (2, "入门"), (3, "熟练"), (99, "熟练")])
def test_a_band_holds_its_least_and_not_the_next_ones(value, word):
    assert GRID.band(value).word == word


def test_what_is_below_all_bands_or_not_known_is_in_none():
    assert GRID.band(0.5) is None
    assert GRID.band(None) is None


def test_a_heat_grid_says_values_and_words():
    assert {"1 薄弱", "1.9 薄弱", "3 熟练", "薄弱 ≥ 1"} <= set(said(GRID))
    assert tips(GRID) == ("张伟 · 谈判  1 / 薄弱", "张伟 · 回款  1.9 / 薄弱", "王芳 · 谈判  3 / 熟练", "王芳 · 回款")


def test_a_narrow_heat_grid_keeps_the_values():
    wide = Heat(["张伟"], [f"能力{n}" for n in range(20)], [[3] * 20], BANDS)
    assert said(wide).count("3") == 20


def test_a_tall_grid_asks_for_its_height():
    assert height(Heat(["人"] * 30, ["一"], [[1]] * 30), 17) > 30 * 17


def test_every_word_of_a_chart_is_known_before_it_is_printed():
    long = "一个写在纸上会被裁短的很长的名字" * 4
    assert long in words(Bars([long], [1]))


@pytest.mark.parametrize(("value", "written"), [
    (0, "0"), (1234.5, "1,234.5"), (286.27, "286.3"), (0.05, "0.05"), (0.6000000001, "0.6"), (-4.5, "-4.5"), (2.0, "2"),
])  # fmt: skip
def test_numbers_are_written_with_no_more_places_than_they_need(value, written):
    assert plain(value) == written
    assert percent(0.455) == "46%"
