"""Reviews as the owner meets them: started for all, scored, signed, never changed again."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.goals import queries as goal_queries
from desktopapp.goals import service as goal_service
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.queries import StepLine
from desktopapp.sales.models import WON, Deal
from desktopapp.storage import DB, latest, revert, undoable, unit
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
Q1, Q3, Q4 = map(Period.parse, ("2026Q1", "2026Q3", "2026Q4"))


@pytest.fixture
def people(file):
    add = team.add_many
    rows = [
        {"name": "周建国", "is_owner": True, "joined": date(2015, 3, 1)},
        {"name": "王芳", "position": "客户经理", "team": "华东一组", "number": "A02", "joined": date(2023, 4, 10)},
        {"name": "李娜", "joined": date(2022, 9, 1)},
        {"name": "陈志远", "joined": date(2026, 10, 8), "status": "probation"},
        {"name": "赵敏", "joined": date(2018, 11, 5), "status": "on_leave"},
    ]
    return dict(zip(("owner", "wang", "li", "chen", "zhao"), add(rows, today=TODAY), strict=True))


def begin(period=Q3, template="quarterly", **more):
    return service.start(period=period, template=template, today=TODAY, **more)


def review_of(cycle, name="王芳"):
    return next(row.id for row in queries.reviews(cycle) if row.name == name)


def score_all(review, score="4", but=()):
    for line in queries.sheet(review).dimensions:
        if line.id not in but:
            service.score(review=review, dimension=line.id, score=Decimal(score))


def refusal(call, **given):
    with pytest.raises(Refused) as no:
        call(**given)
    return no.value


def test_one_click_starts_the_reviews_of_everyone_at_work(people, zh):
    cycle = begin()
    assert [row.name for row in queries.reviews(cycle)] == ["李娜", "王芳"]
    row = queries.cycle(cycle)
    assert (row.people, row.scored, row.signed, row.due) == (2, 0, 0, date(2026, 12, 3))
    assert row.name.zh == "季度绩效评估（客户经理）"
    assert zh.text(undoable().words) == "发起2026年第三季度的绩效评估"
    revert(undoable().unit)
    assert queries.cycles() == []


def test_people_may_be_named_instead(people):
    assert [row.name for row in queries.reviews(begin(people=[people["zhao"], people["chen"]]))] == ["赵敏"]


def test_a_round_that_is_there_or_not_begun_or_empty_is_refused(people, zh):
    begin()
    assert refusal(begin).field == "template"
    assert begin(template="key_account")
    not_begun = refusal(begin, period=Period.parse("2027Q1"))
    assert (not_begun.field, zh.text(not_begun.message)) == ("period", "2027年第一季度还没有开始。")
    assert refusal(begin, period=Period.parse("2001")).field == "people"
    assert refusal(begin, period=Q4, due=date(2026, 11, 22)).field == "due"
    with pytest.raises(LookupError):
        begin(template="nonesuch")


def test_scores_make_points_a_total_and_a_grade_once_all_are_in(people):
    review = review_of(begin())
    sheet = queries.sheet(review)
    assert (sheet.total, sheet.grade, sheet.done, sheet.state) == (None, "", 0, "self")
    assert sum(line.weight for line in sheet.dimensions) == 100
    service.score(review=review, dimension="sales_result", score=Decimal(5))
    sheet = queries.sheet(review)
    assert (sheet.total, sheet.grade, sheet.state) == (30, "", "manager")
    assert sheet.dimensions[0].points == 30
    score_all(review, but=("sales_result",))
    sheet = queries.sheet(review)
    assert (sheet.total, sheet.grade, sheet.factor, sheet.state) == (86, "A", Decimal("1.15"), "confirm")
    assert sheet.suggested == ("reward", "promotion")
    service.score(review=review, dimension="sales_result", score=None)
    assert queries.sheet(review).grade == ""


def test_a_score_between_the_steps_is_refused_and_nothing_changes(people):
    review = review_of(begin())
    no = refusal(service.score, review=review, dimension="process", score=Decimal("4.5"))
    assert no.field == "score"
    assert queries.sheet(review).done == 0


def test_a_self_assessment_stands_beside_and_earns_no_points(people):
    review = review_of(begin())
    for line in queries.sheet(review).dimensions:
        service.self_score(review=review, dimension=line.id, score=Decimal(5))
    sheet = queries.sheet(review)
    assert (sheet.total, sheet.state) == (None, "manager")
    assert sheet.dimensions[0].self_score == 5


def test_evidence_texts_steps_and_outcomes_are_kept(people):
    review = review_of(begin())
    service.note_evidence(review=review, dimension="collection", evidence="9月12日收回远大集团 12 万元")
    service.write(review=review, field="highlights", text="新签三家")
    service.write(review=review, field="opinion", text="同意\n无异议")
    service.set_outcomes(review=review, outcomes=["training", "reward"])
    steps = (StepLine("预测", "每周五复盘", "偏差 15% 以内", date(2026, 12, 31), "覃晓岚"), StepLine("报价"))
    service.set_steps(review=review, steps=steps)
    service.set_steps(review=review, steps=steps)
    sheet = queries.sheet(review)
    assert sheet.dimensions[1].evidence == "9月12日收回远大集团 12 万元"
    assert (sheet.highlights, sheet.opinion, sheet.outcomes) == ("新签三家", "同意\n无异议", ("reward", "training"))
    assert sheet.steps == steps
    assert refusal(service.set_steps, review=review, steps=[StepLine(" ")]).field == "item"


def sell(person, yuan):
    with unit("test", M("Test")):
        Deal.create(external=str(yuan), name="单", customer="远大", person=person, status=WON,
                    amount=Money.yuan(yuan), close_date=date(2026, 8, 8))  # fmt: skip


def agree(person, weight=100, name="签约额"):
    return goal_service.set_goal(person=person, period=Q3, name=name, metric="signed_amount", weight=Decimal(weight),
                                 target=Decimal(1_000_000), today=date(2026, 7, 1))  # fmt: skip


def test_signing_names_the_first_dimension_without_a_score(people, zh):
    review = review_of(begin())
    score_all(review, but=("collection", "growth"))
    no = refusal(service.sign, review=review, today=TODAY)
    assert (no.field, zh.text(no.message)) == ("collection", "“回款与应收”还没有评分。")


def test_goals_short_of_100_stop_the_signing(people, zh):
    agree(people["wang"], weight="99.99")
    review = review_of(begin())
    score_all(review)
    no = refusal(service.sign, review=review, today=TODAY)
    assert no.field == "goals"
    assert "99.99" in zh.text(no.message)


def test_what_was_signed_stays_whatever_happens_after(people):
    goal = agree(people["wang"])
    sell(people["wang"], 800_000)
    cycle = begin()
    review = review_of(cycle)
    score_all(review)
    service.note_evidence(review=review, dimension="growth", evidence="café 客户")
    service.set_steps(review=review, steps=[StepLine("预测", by=date(2026, 12, 31))])
    before = queries.sheet(review)
    service.sign(review=review, today=TODAY)
    signed = queries.sheet(review)
    assert (signed.state, signed.signed, signed.total, signed.grade) == ("signed", TODAY, 80, "A")
    assert (signed.goals, signed.dimensions, signed.steps) == (before.goals, before.dimensions, before.steps)
    assert signed.goals[0].actual == Money.yuan(800_000)
    assert signed.goals[0].attainment == Decimal("0.8")
    sell(people["wang"], 500_000)
    goal_service.close_goal(goal=goal, reason="改")
    team.change(person=people["wang"], name="王大芳", team="华南组")
    assert queries.sheet(review) == signed
    assert signed.name == "王芳"
    assert goal_queries.goal(goal, today=TODAY).actual == Money.yuan(1_300_000)


def test_a_signed_review_takes_no_more_writing(people, zh):
    review = review_of(begin())
    score_all(review)
    service.sign(review=review, today=TODAY)
    for call, given in (
        (service.score, {"dimension": "growth", "score": Decimal(1)}),
        (service.self_score, {"dimension": "growth", "score": Decimal(1)}),
        (service.note_evidence, {"dimension": "growth", "evidence": "改"}),
        (service.write, {"field": "comment", "text": "改"}),
        (service.set_steps, {"steps": []}),
        (service.set_outcomes, {"outcomes": []}),
        (service.sign, {"today": TODAY}),
    ):
        assert zh.text(refusal(call, review=review, **given).message) == "这份评估已签字，不能再修改。"


def test_a_signature_is_no_step_of_undo(people, zh):
    review = review_of(begin())
    score_all(review)
    last = undoable()
    service.sign(review=review, today=TODAY)
    [signing, *_] = latest(1)
    assert (undoable(), signing.is_lasting) == (last, True)
    assert zh.text(refusal(lambda: revert(signing.unit)).message) == "这是对已发生事情的记录，不能撤销。"
    assert queries.sheet(review).signed == TODAY


def test_the_last_review_of_the_same_length_stands_beside(people):
    earlier = review_of(begin(period=Q1))
    score_all(earlier, "3")
    service.sign(review=earlier, today=TODAY)
    half = review_of(begin(period=Period.parse("2026H1"), template="half_year"))
    score_all(half, "5")
    service.sign(review=half, today=TODAY)
    review = review_of(begin())
    sheet = queries.sheet(review)
    assert (sheet.last_total, sheet.last_period) == (60, Q1)
    assert {line.last for line in sheet.dimensions} == {3}
    assert queries.sheet(earlier).last_total is None


def test_a_later_edit_of_the_template_does_not_reach_a_running_round(people, monkeypatch):
    cycle = begin()
    was = queries.form(cycle)
    monkeypatch.setattr(queries, "templates", lambda: ())
    assert queries.form(cycle) == was
    assert queries.sheet(review_of(cycle)).form == was


def test_a_leaver_keeps_his_running_review(people):
    cycle = begin()
    team.let_go(person=people["wang"], day=TODAY)
    assert queries.sheet(review_of(cycle)).name == "王芳"


def test_a_round_closes_once_all_are_signed(people):
    cycle = begin()
    assert refusal(service.close, cycle=cycle, today=TODAY)
    for row in queries.reviews(cycle):
        score_all(row.id)
        service.sign(review=row.id, today=TODAY)
    service.close(cycle=cycle, today=TODAY)
    row = queries.cycle(cycle)
    assert (row.state, row.signed, row.people) == ("closed", 2, 2)
    assert [each.total for each in queries.reviews(cycle)] == [80, 80]


def test_a_round_of_sixty_reads_in_batches_with_few_statements(people, monkeypatch):
    team.add_many([{"name": f"员工{n}", "joined": date(2020, 1, 1)} for n in range(58)], today=TODAY)
    cycle = begin()
    numbers = [row.id for row in queries.reviews(cycle)]
    asked = []
    run = DB.execute_sql
    monkeypatch.setattr(DB, "execute_sql", lambda *given: asked.append(given) or run(*given))
    assert [sheet.id for sheet in queries.sheets(numbers)] == numbers
    assert len(asked) <= 2 * 10


def test_the_owner_is_told_of_reviews_to_sign_and_rounds_not_started(people, zh):
    january = date(2027, 1, 5)
    assert [zh.text(notice.what) for notice in queries.notices(january)] == ["2026年第四季度的绩效评估还没有发起"]
    assert list(queries.notices(TODAY)) == []
    cycle = begin()
    [notice] = queries.notices(TODAY)
    assert zh.text(notice.what) == "2026年第三季度还有 2 份绩效评估待签字"
    assert zh.text(notice.detail) == "已评分 0/2，已签字 0"
    assert (notice.due, notice.link.area) == (date(2026, 12, 3), "reviews")
    assert notice.link.record == queries.reviews(cycle)[0].id
