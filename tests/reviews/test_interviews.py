"""Talks about reviews: prepared out of the review, planned, held, written down, and what was agreed comes up again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import own_data
from desktopapp.overview.today import today as waiting
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.models import ANNUAL, QUARTERLY, Interview
from desktopapp.reviews.queries.interviews import APART, BETTER, WELL, AgreedLine, agenda, interview
from desktopapp.storage import revert, undoable
from desktopapp.team import queries as roster
from desktopapp.team import service as team
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

SOON = date(2026, 11, 26)


@pytest.fixture
def cycle(file):
    team.name_firm(name="远航科技", owner="周总")
    hire(3)
    return service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)


@pytest.fixture
def review(cycle):
    """A review that is scored: collection weakest, customers best."""
    review = review_of(cycle, "陈志远")
    score_all(review, Decimal(3))
    service.score(review=review, dimension="collection", score=Decimal(2))
    service.score(review=review, dimension="customer_satisfaction", score=Decimal(5))
    service.self_score(review=review, dimension="collection", score=Decimal(4))
    service.note_evidence(review=review, dimension="collection", evidence="9 月 30 日逾期 12 万元，\n华鼎")
    return review


def notices(table):
    return [each for each in waiting(TODAY) if each.link.table == table]


def test_the_agenda_is_the_best_and_the_weakest_with_their_facts_and_where_two_views_are_apart(review, zh):
    said = [(point.kind, zh.text(point.said)) for point in agenda(queries.sheet(review))]
    assert said == [
        (WELL, "客户满意与服务 5"),
        (BETTER, "回款与应收 2：9 月 30 日逾期 12 万元， 华鼎"),
        (APART, "回款与应收：自评 4，上级评分 2"),
    ]


def test_a_review_without_scores_has_nothing_to_talk_about_yet(cycle):
    assert agenda(queries.sheet(review_of(cycle, "李娜"))) == ()


def test_a_talk_is_planned_comes_up_on_its_day_and_is_held(review, zh):
    service.arrange(review=review, planned=SOON, time="14:00", place="小会议室", interviewer="周总", kind=QUARTERLY,
                    today=TODAY)  # fmt: skip
    [notice] = notices("interview")
    assert (notice.due, notice.link.record) == (SOON, review)
    assert [zh.text(notice.what), zh.text(notice.detail)] == ["与陈志远面谈：2026年第三季度的评估", "14:00"]
    service.hold(review=review, today=TODAY)
    assert (interview(review).held, notices("interview")) == (TODAY, [])


def test_whoever_signed_and_was_not_talked_to_comes_up_for_six_weeks(review, cycle, zh):
    service.sign(review=review, today=TODAY)
    [notice] = notices("interview")
    assert (zh.text(notice.what), notice.due) == ("2026年第三季度有 1 份评估已签字、尚未面谈", date(2026, 11, 30))
    service.hold(review=review, today=TODAY)
    assert notices("interview") == []
    assert [each for each in waiting(date(2027, 1, 20)) if each.link.table == "interview"] == []


@pytest.mark.parametrize(
    ("values", "field"), [({"planned": None}, "planned"), ({"planned": None, "held": SOON}, "held")]
)
def test_a_talk_needs_a_day_and_none_was_held_tomorrow(review, values, field):
    with pytest.raises(Refused) as no:
        service.arrange(review=review, today=TODAY, **values)
    assert no.value.field == field
    assert interview(review) is None


def test_the_first_word_makes_the_record_with_the_owner_as_the_one_who_talks(review):
    service.record(review=review, words={"own_view": "我觉得回款有进步"})
    row = interview(review)
    assert (row.own_view, row.interviewer, row.kind, row.held) == ("我觉得回款有进步", "周总", QUARTERLY, None)
    service.record(review=review, words={"wishes": "希望早点拿到合同模板"})
    assert (interview(review).own_view, Interview.select().count()) == ("我觉得回款有进步", 1)


def test_a_talk_about_an_annual_review_is_an_annual_one(cycle):
    yearly = service.start(period=Period.parse("2026"), template="annual", today=TODAY)
    review = review_of(yearly, "李娜")
    service.record(review=review, words={"support": "培训"})
    assert interview(review).kind == ANNUAL


def test_what_was_agreed_comes_up_a_week_before_it_is_due_and_goes_when_it_is_done(review, zh):
    lines = [AgreedLine("整理应收清单", "清单完整", date(2026, 11, 30), "陈志远", "财务"),
             AgreedLine("拜访华鼎", by=date(2026, 12, 20)), AgreedLine("学习合同条款")]  # fmt: skip
    service.set_agreed(review=review, lines=lines)
    assert interview(review).agreed == tuple(lines)
    assert [(zh.text(each.what), each.due) for each in notices("interview")] == [
        ("与陈志远商定：整理应收清单", date(2026, 11, 30))
    ]
    done = AgreedLine("整理应收清单", "清单完整", date(2026, 11, 30), "陈志远", "财务", done=TODAY)
    service.set_agreed(review=review, lines=[done, *lines[1:]])
    assert notices("interview") == []


def test_no_fine_is_agreed_on_and_no_line_is_without_words(review):
    for line, field in ((AgreedLine("迟到罚款 100 元"), "item"), (AgreedLine(" "), "item")):
        with pytest.raises(Refused) as no:
            service.set_agreed(review=review, lines=[line])
        assert no.value.field == field
    with pytest.raises(Refused) as no:
        service.record(review=review, words={"better": "扣工资 200 元"})
    assert no.value.field == "better"


def test_the_record_of_a_signed_review_can_still_be_written_and_undone(review):
    service.sign(review=review, today=TODAY)
    service.record(review=review, words={"well": "华鼎续约"})
    revert(undoable().unit)
    assert interview(review) is None
    assert queries.sheet(review).signed == TODAY


def test_the_copy_of_ones_own_data_holds_the_talk_and_what_was_agreed(review):
    service.set_agreed(review=review, lines=[AgreedLine("整理应收清单")])
    person = queries.sheet(review).person
    kept = {each.table.__name__: [values for _, values in each.rows] for each in own_data.kept(person)}
    assert [row["item"] for row in kept["Agreed"]] == ["整理应收清单"]
    assert len(kept["Interview"]) == 1


def paper(path):
    return [page.extract_text().replace("\n", "") for page in PdfReader(path).pages]


def test_the_record_is_printed_blank_prepared_and_as_it_was_held_for_the_whole_team_in_one_job(
    review, cycle, tmp_path, zh, en
):
    reviews = [row.id for row in queries.reviews(cycle)]
    asked = {"reviews": reviews, "firm": roster.firm(), "printed": datetime(2026, 11, 23, 8, tzinfo=UTC)}
    told = []
    done = report.interview_forms(tmp_path / "blank.pdf", (zh, en), filled=False, progress=lambda *at: told.append(at),
                                  **asked)  # fmt: skip
    assert (done.forms, done.pages, told[-1]) == (3, 3, (3, 3))
    service.arrange(review=review, planned=SOON, time="14:00", place="小会议室", kind=QUARTERLY, interviewer="周总",
                    today=TODAY)  # fmt: skip
    report.interview_forms(tmp_path / "before.pdf", (zh,), filled=True, **asked | {"reviews": [review]})
    before = "".join(paper(tmp_path / "before.pdf"))
    for said in ("准备：谈什么", "需改进：回款与应收 2：9 月 30 日逾期", "看法不同：回款与应收：自评 4", "14:00"):
        assert said in before, said
    service.record(review=review, words={"well": "客户满意度高", "wishes": "希望配一名助理"})
    service.set_agreed(review=review, lines=[AgreedLine("整理应收清单", by=SOON, owner="陈志远")])
    service.hold(review=review, today=TODAY)
    report.interview_forms(tmp_path / "after.pdf", (zh, en), filled=True, **asked | {"reviews": [review]})
    after = paper(tmp_path / "after.pdf")
    assert len(after) == 1
    for said in ("客户满意度高", "希望配一名助理", "整理应收清单", "2026年11月23日"):
        assert said in after[0], said
    assert "准备：谈什么" not in after[0]
