"""What the signed form says of its template, so that both sides can work out the result by hand."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.goals import service as goals
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.language import language
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, report, rules, service
from desktopapp.reviews.rules import drafting
from desktopapp.team import queries as roster
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

Q3 = Period.parse("2026Q3")
ZH, EN = (language("zh_CN"),), (language("en"),)


@pytest.fixture
def people(file):
    return hire(5)


def begun(form, period=Q3):
    """A round on a template changed so."""
    service.edit_template(form=form)
    return service.start(period=period, template=form.id, today=TODAY)


def on_paper(tmp_path, cycle, person, languages=ZH, *, filled=True):
    path = tmp_path / f"{languages[0].code}-{filled}.pdf"
    printed = report.review_forms(path, languages, firm=roster.firm(), cycle=cycle, people=[person], filled=filled,
                                  printed=datetime(2026, 11, 23, tzinfo=UTC))  # fmt: skip
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(printed.path).pages)), printed


def test_the_usual_form_says_how_points_come_and_what_each_grade_is_worth(people, tmp_path):
    cycle = service.start(period=Q3, template="quarterly", today=TODAY)
    for filled in (True, False):
        said, printed = on_paper(tmp_path, cycle, people["李娜"], filled=filled)
        for part in ("二、评估评分（1–5）", "5卓越", "1不合格", "评分由自评20%、上级评分80%加权得出",
                     "得分=评分÷5×权重", "诚信合规为最低一档时等级为D", "S（90分起）1.3", "D（0分起）0.5"):  # fmt: skip
            assert part in said, part
        assert printed.pages == 2
    assert "coefficients:Sfrom90×1.3" in on_paper(tmp_path, cycle, people["李娜"], EN)[0]


@pytest.mark.parametrize(("key", "title", "top"), [("hundred", "0–100", "100卓越"), ("letters", "D–S", "S卓越")])
def test_a_form_on_another_scale_says_so(people, tmp_path, key, title, top):
    cycle = begun(drafting.on_scale(queries.template("quarterly"), key))
    review = review_of(cycle, "李娜")
    score_all(review, rules.choices(queries.form_of(review))[-1])
    said, _ = on_paper(tmp_path, cycle, people["李娜"])
    assert f"评估评分（{title}）" in said
    assert top in said
    assert "1–5" not in said


def test_every_rater_gets_a_sheet_without_his_name_that_asks_what_he_can_know(people, tmp_path):
    cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
    review = review_of(cycle, "李娜")
    colleagues = [people[name] for name in ("陈志远", "仇振华", "欧阳静")]
    forms = service.ask_raters(review=review, relation="peer", people=colleagues, today=TODAY)
    service.ask_raters(review=review, relation="customer", names=["北方物流 刘总"], today=TODAY)
    service.ask_raters(review=review, relation="superior", people=[people["覃晓岚"]], today=TODAY)
    service.type_in(form=forms[0], scores={"teamwork": Decimal(4)}, today=TODAY)
    printed = report.rater_forms(tmp_path / "raters.pdf", ZH, cycle=cycle, firm=roster.firm(),
                                 printed=datetime(2026, 11, 23, tzinfo=UTC))  # fmt: skip
    pages = [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(printed.path).pages]
    assert (printed.forms, printed.pages) == (3, 3)
    customers = [page for page in pages if "北方物流刘总" in page]
    peers = [page for page in pages if page not in customers]
    assert len(customers) == 1
    assert "客户经理李娜" in customers[0]
    for page in peers:
        assert "请打分（1–5，不了解打N）" in page
        assert "团队协作：" in page
        assert "销售业绩：" not in page
        assert not any(name in page for name in ("陈志远", "仇振华", "欧阳静"))


def test_sheets_of_raters_on_a_hundred_points_have_room_for_a_number(people, tmp_path):
    cycle = begun(drafting.on_scale(queries.template("annual"), "hundred"), Period.parse("2025"))
    service.ask_peers(cycle=cycle, today=TODAY)
    printed = report.rater_forms(tmp_path / "raters.pdf", ZH, cycle=cycle, firm=roster.firm(), people=[people["李娜"]],
                                 printed=datetime(2026, 11, 23, tzinfo=UTC))  # fmt: skip
    assert printed.forms == 3
    assert "请打分（0–100，不了解打N）" in re.sub(r"\s", "", PdfReader(printed.path).pages[0].extract_text())


@pytest.mark.parametrize(
    ("key", "title", "kinds"), [("ten", "1–10", {"/Btn"}), ("hundred", "0–100", {"/Tx"}), ("letters", "D–S", {"/Btn"})]
)
def test_a_self_assessment_to_fill_in_follows_the_scale(people, tmp_path, key, title, kinds):
    cycle = begun(drafting.on_scale(queries.template("quarterly"), key))
    forms = service.issue(reviews=[review_of(cycle, "李娜")], today=TODAY)
    [path] = report.forms_to_fill(tmp_path, ZH, forms=forms, firm=roster.firm())
    pdf = PdfReader(path)
    assert f"自评评分（{title}）" in re.sub(r"\s", "", "".join(page.extract_text() for page in pdf.pages))
    scores = {name: field["/FT"] for name, field in pdf.get_fields().items() if name.startswith("score:")}
    assert set(scores.values()) == kinds


def test_goals_that_count_say_their_part_and_their_points(people, tmp_path):
    goals.set_goal(person=people["李娜"], period=Q3, name="拜访量", metric="visits", target=Decimal(100),
                   weight=Decimal(100), unit="次", today=Q3.start)  # fmt: skip
    goals.check_in(goal=1, day=Q3.end, value=Decimal(90), today=TODAY)
    quarterly = queries.template("quarterly")
    dimensions = tuple(replace(each, weight=each.weight - 30 if each.id == "sales_result" else each.weight)
                       for each in quarterly.dimensions)  # fmt: skip
    cycle = begun(replace(quarterly, dimensions=dimensions, goal_weight=Decimal(30)))
    score_all(review_of(cycle, "李娜"), Decimal(4))
    said, _ = on_paper(tmp_path, cycle, people["李娜"])
    assert "权重100%，得27分" in said
    assert "目标占总分的30%" in said
    assert re.search(r"合计70%56", said), "the dimensions are 70 % and come to 56"
    assert queries.sheet(review_of(cycle, "李娜")).total == 83


def test_means_of_others_a_calibration_and_measures_stand_on_the_form_that_is_signed(people, tmp_path):
    cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
    review = review_of(cycle, "李娜")
    score_all(review, Decimal(2))
    colleagues = [person for name, person in people.items() if name != "李娜"]
    for form in service.ask_raters(review=review, relation="peer", people=colleagues[:3], today=TODAY):
        asked = rules.asked(queries.form_of(review), "peer")
        service.type_in(form=form, scores={each.id: Decimal(4) for each in asked}, today=TODAY)
    service.calibrate(review=review, total=Decimal(48), reason="与华南组同尺度复核", today=TODAY)
    service.decide_measure(review=review, kind="compensation", text="样机遗失", basis="劳动合同第 12 条",
                           loss=Money.parse("3000"), wage=Money.parse("2300"), minimum=Money.parse("2200"))  # fmt: skip
    service.sign(review=review, today=TODAY)
    said, _ = on_paper(tmp_path, cycle, people["李娜"])
    for part in ("同事评价4、综合2.25", "2026年11月23日校准：", "→48。与华南组同尺度复核", "损失赔偿：样机遗失",
                 "依据：劳动合同第12条", "¥2,300.00−¥2,200.00=¥100.00"):  # fmt: skip
        assert part in said, part
