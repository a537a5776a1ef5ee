"""The monthly quick review, PF-02: one page, blank and filled, and nothing signed that is not on it."""

from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.queries import StepLine
from desktopapp.reviews.rules import drafting
from desktopapp.team import queries as roster
from desktopapp.team import service as team
from tests.reviews.team import hire, review_of, score_all
from tests.reviews.test_report import AT, BOTH, EN, TODAY, ZH, words

SEPTEMBER, OCTOBER = Period.parse("2026-09"), Period.parse("2026-10")


@pytest.fixture
def people(file):
    team.name_firm(name="远航商贸有限公司", owner="周建国")
    return hire(3)


def start(period=OCTOBER):
    return service.start(period=period, template="monthly_quick", today=TODAY)


def show(tmp_path, languages=ZH, **asked):
    printed = report.review_forms(tmp_path / "month.pdf", languages, firm=roster.firm(), printed=AT, **asked)
    return printed, PdfReader(printed.path)


@pytest.fixture
def judged(people):
    """李娜's October, a month after another, with facts, praise and a focus."""
    before = review_of(start(SEPTEMBER), "李娜")
    score_all(before, Decimal(3))
    service.sign(review=before, today=TODAY)
    review = review_of(start(), "李娜")
    score_all(review, Decimal(4))
    service.self_score(review=review, dimension="collection", score=Decimal(5))
    service.note_evidence(review=review, dimension="collection", evidence="到账 86 万元，逾期 0")
    service.write(review=review, field="highlights", text="10 月 12 日为远大集团当天解决了账期争议")
    service.write(review=review, field="improve", text="每周新增 5 条线索")
    return review


@pytest.mark.parametrize("languages", [ZH, EN, BOTH])
@pytest.mark.parametrize("filled", [False, True])
def test_a_month_is_one_page_a_person_in_each_language(judged, tmp_path, languages, filled):
    cycle = queries.sheet(judged).cycle
    printed, pdf = show(tmp_path, languages, cycle=cycle, filled=filled)
    assert (printed.forms, printed.pages, len(pdf.outline)) == (3, 3, 3)
    text = words(pdf.pages)
    titles = ["客户经理月度快评表"] * languages[0].is_chinese + ["Monthlyquickreview"] * (not languages[-1].is_chinese)
    assert [title for title in titles if title not in text] == []


def test_a_filled_month_says_scores_figures_and_the_change_from_last_month(judged, tmp_path):
    person = queries.sheet(judged).person
    text = words(show(tmp_path, cycle=queries.sheet(judged).cycle, people=[person], filled=True)[1].pages)
    for said in ("2026年10月", "到账86万元，逾期0", "自评5、", "上月3", "80.8", "+20.8", "A优秀×1.15",
                 "10月12日为远大集团当天解决了账期争议", "每周新增5条线索", "评分（1–5）"):  # fmt: skip
        assert said in text, (said, text)
    assert "PF-02" in text
    assert "评估人总评" not in text


def test_whatever_else_was_written_stands_on_the_month_before_it_is_signed(judged, tmp_path):
    service.write(review=judged, field="comment", text="十一月盯住回款")
    service.write(review=judged, field="opinion", text="同意，请安排陪访")
    service.set_steps(review=judged, steps=[StepLine("线索", "每周五报数", by=date(2026, 11, 30))])
    service.set_outcomes(review=judged, outcomes=["training"])
    service.sign(review=judged, today=TODAY)
    sheet = queries.sheet(judged)
    pdf = show(tmp_path, cycle=sheet.cycle, people=[sheet.person], filled=True)[1]
    text = words(pdf.pages)
    for said in ("评估人总评与期望", "十一月盯住回款", "同意，请安排陪访", "每周五报数", "结果应用", sheet.code):
        assert said in text, said
    assert "六、" not in text


def test_a_month_on_another_scale_says_so_at_its_column_and_its_name_at_its_head(people, tmp_path):
    ten = drafting.on_scale(queries.template("monthly_quick"), "ten")
    service.edit_template(form=ten)
    pdf = show(tmp_path, cycle=start(), filled=False)[1]
    assert "评分（1–10）" in words(pdf.pages)


def test_rare_characters_stand_on_the_month_and_are_found(people, tmp_path):
    team.change(person=people["李娜"], name="李㛃𫖯")
    cycle = start()
    pdf = show(tmp_path, cycle=cycle, people=[people["李娜"]], filled=True)[1]
    assert "李㛃𫖯" in words(pdf.pages)
    assert report.missing_glyphs(ZH[0], filled=True, cycle=cycle) == []


def test_blank_months_need_no_round(people, tmp_path):
    printed, pdf = show(tmp_path, filled=False, template="monthly_quick", period=OCTOBER)
    assert printed.forms == printed.pages == 3
    assert "到账" not in words(pdf.pages)
    assert "40%" in words([pdf.pages[0]])
