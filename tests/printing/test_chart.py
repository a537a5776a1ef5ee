"""Charts on paper: every value to be read, nothing told by a colour alone, the same bytes each time."""

import re

import pytest

from desktopapp.kernel.chart import Band, Bars, Funnel, Heat, Lines, Progress, Radar, Stage
from desktopapp.kernel.layout import layout
from desktopapp.kernel.shape import Ink, Room
from desktopapp.printing.chart import grey, paint
from desktopapp.printing.fonts import Fonts
from desktopapp.printing.form import Filled, unprintable
from desktopapp.printing.setter import Setter
from desktopapp.printing.style import Type
from tests.printing.conftest import ZH

TITLE = "Result against target"
BARS = Bars(["张伟", "王芳", "李娜"], [118, 96.5, 240], [100, 100, 200], 2, names=("业绩", "目标"))
CHARTS = (
    BARS,
    Lines(["1月", "2月"], (("今年", [3, None]), ("去年", [1, 2]))),
    Radar(["业绩", "回款", "服务"], [0.8, 0.6, 1], [0.5, 0.5, 0.5], names=("本期", "上期")),
    Progress(0.76, "warn", 0.6),
    Funnel([Stage("线索", 120, 900), Stage("签约", 12, 200)]),
    Heat(["张伟"], ["谈判", "回款"], [[1, 3]], (Band(1, "薄弱", "bad"), Band(3, "熟练", "good"))),
)


def operators(chart):
    setter = Setter(Fonts(), (ZH,))
    return paint(layout(chart, Room(400, 200, len, 12, tells=True)), setter, Type(8), 50, 500)


def test_a_chart_stands_in_its_section_with_its_values(printed):
    text = printed("SD-01", Filled(charts={TITLE: BARS})).text
    for each in ("业绩与目标对比图", "张伟", "118", "96.5", "240", "目标"):
        assert each in text


def test_without_a_chart_the_section_stays_to_be_drawn_in_by_hand(printed):
    assert "业绩与目标对比图" in printed("SD-01").text


@pytest.mark.parametrize("languages", ["zh", "en", "both"])
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_every_kind_of_chart_fits_its_page(printed, chart, languages):
    assert len(printed("SD-01", Filled(charts={TITLE: chart}), languages).pages) == 1


def test_the_same_chart_gives_the_same_bytes(printed):
    first, second = (printed("SD-01", Filled(charts={TITLE: BARS})).path.read_bytes() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_is_drawn_without_colours(chart):
    drawn = " ".join(operators(chart))
    assert not re.search(r"\b(rg|RG|k|K|cs|CS)\b", drawn)
    assert (drawn[0], drawn[-1]) == ("q", "Q")


def test_a_bar_short_of_its_target_is_hatched():
    missed, met = Bars(["一"], [1], [2]), Bars(["一"], [3], [2])
    assert " W n " in " ".join(operators(missed))
    assert " W n " not in " ".join(operators(met))


def test_what_stands_out_on_the_screen_stands_out_on_paper():
    assert grey(Ink("accent")) < grey(Ink("accent", 0.62)) < grey(Ink("surface")) == 1


def test_a_letter_no_font_has_is_found_in_a_chart():
    assert unprintable(Filled(charts={TITLE: Bars(["王\U000323af"], [1])})) == ("\U000323af",)


def test_a_chart_the_form_does_not_have_is_a_slip(printed):
    with pytest.raises(KeyError, match="Nowhere"):
        printed("SD-01", Filled(charts={"Nowhere": BARS}))
