"""The owner types a few characters and gets to whom or what he means."""

from __future__ import annotations

import random
import threading
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desktopapp.areas import AREAS, TABLES
from desktopapp.goals.models import CheckIn, Goal
from desktopapp.kernel.area import Link
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import sample
from desktopapp.overview.search import INDEX, catch_up, search
from desktopapp.reviews import service as reviews
from desktopapp.reviews.models import Cycle, Review, Score, Stated, Step
from desktopapp.reviews.queries import sheet
from desktopapp.sales.models import Account, Contact, Deal
from desktopapp.storage import DB, Index, bulk, check_file, close_file, observe, open_file, revert, undoable, unit
from desktopapp.team import service as team
from desktopapp.team.models import Person
from tests.reviews.team import review_of, score_all

pytestmark = pytest.mark.usefixtures("file")

TODAY = date(2026, 11, 23)
CYCLE = {
    "period": "2026Q3", "template": "am", "name_zh": "第三季度评估", "name_en": "Q3 review", "started": TODAY,
    "due": TODAY,
}  # fmt: skip


def titles(text: str) -> list[str]:
    """What is found, with all that was written."""
    catch_up()
    return [found.title for found in search(text)]


def written(table, *rows):
    """Rows of a table, put there in a unit of their own."""
    with unit("overview.test", M("")):
        return [table.create(**row) for row in rows]


def review(person: int, **more) -> Review:
    """A review in a round of its own."""
    [cycle] = written(Cycle, CYCLE)
    [stated] = written(Stated, {"cycle": cycle, "template": "am", "form": "{}"})
    [made] = written(Review, {"cycle": cycle, "person": person, "stated": stated, **more})
    return made


def take_in_deals(count: int) -> None:
    """As many deals as an import brings."""
    fields = [field for field in Deal._meta.sorted_fields if not field.primary_key]
    rows = ({"external": str(n), "name": f"华信采购{n}"} for n in range(count))
    bulk(Deal, fields, ([f.db_value(row.get(f.name, f.default)) for f in fields] for row in rows))


def goal(person: int, name: str, **more) -> Goal:
    [made] = written(Goal, {"person": person, "name": name, "period": "2026Q4", "target": 1, "weight": 10, **more})
    return made


def test_a_person_is_found_by_name_pinyin_initials_number_and_phone():
    known = {"number": "A007", "phone": "13800000002", "position": "高级客户经理", "team": "华东一组"}
    number = team.add(today=TODAY, name="王芳", **known)
    for typed in ("王", "芳", "王芳", "wangf", "wf", "WF", "a007", "0002", "高级", "华东"):
        assert titles(typed) == ["王芳"], typed
    [found] = search("wf")
    assert (found.kind, found.link, found.detail) == (N_("People"), Link("team", number), ("高级客户经理", "华东一组"))


@pytest.mark.parametrize("typed", ["shan", "dan", "chan", "shanwenbo", "danwenbo", "swb", "dwb", "cwb"])
def test_every_reading_of_a_surname_finds_its_bearer(typed):
    team.add(today=TODAY, name="单文博")
    assert titles(typed) == ["单文博"]


def test_a_surname_of_two_characters_is_found_by_each_of_its_readings():
    team.add(today=TODAY, name="尉迟敏")
    for typed in ("yuchimin", "weichimin", "ycm", "wcm"):
        assert titles(typed) == ["尉迟敏"], typed


def test_a_name_is_found_while_only_its_first_characters_are_picked():
    team.add(today=TODAY, name="单文博")
    for typed in ("单wen", "单wenbo", "单文b"):
        assert titles(typed) == ["单文博"], typed
    assert titles("单wu") == []


def test_who_is_that_comes_before_who_begins_so_and_who_holds_it():
    for name in ("李张伟", "张伟明", "张伟", "王五"):
        team.add(today=TODAY, name=name)
    assert titles("张伟") == ["张伟", "张伟明", "李张伟"]


def test_a_leaver_is_found_after_the_others_and_marked():
    gone = team.add(today=TODAY, name="张伟", joined=date(2020, 1, 1))
    team.add(today=TODAY, name="张伟")
    team.let_go(person=gone, day=TODAY)
    catch_up()
    assert [(found.link.record == gone, found.mark) for found in search("张伟")] == [(False, ""), (True, N_("Left"))]


def test_what_belongs_to_a_person_is_found_by_his_name_after_all_that_holds_it():
    number = team.add(today=TODAY, name="张伟")
    goal(number, "回款 300 万")
    own = goal(number, "给张伟找导师")
    review(number)
    catch_up()
    assert [(found.kind, found.title) for found in search("zhangwei")] == [
        ("People", "张伟"), ("Goals", "给张伟找导师"), ("Goals", "回款 300 万"), ("Reviews", "张伟"),
    ]  # fmt: skip
    assert [found.title for found in search("张伟")] == ["张伟", own.name, "回款 300 万", "张伟"]


def test_a_goal_a_review_a_step_a_customer_and_a_deal_lead_to_their_places(zh):
    number = team.add(today=TODAY, name="王芳")
    agreed = goal(number, "回款 300 万")
    judged = review(number, highlights="回款及时")
    written(Step, {"review": judged, "item": "学会催收回款"})
    [account] = written(Account, {"external": "1", "name": "回款科技有限公司", "city": "上海"})
    sold = {"external": "1", "name": "回款系统采购", "customer": "远大集团", "amount": Money(100)}
    [deal] = written(Deal, sold)
    catch_up()
    found = search("回款")
    assert [each.link for each in found] == [
        Link("goals", agreed.id), Link("reviews", judged.id), Link("reviews", judged.id),
        Link("sales", account.id, "account"), Link("sales", deal.id, "deal"),
    ]  # fmt: skip
    assert [[zh.show(part) for part in each.detail if part] for each in found] == [
        ["王芳", "2026年第四季度"], ["第三季度评估", "2026年第三季度", "待自评"], ["王芳", "2026年第三季度"],
        ["上海"], ["远大集团", "¥1.00"],
    ]  # fmt: skip


def test_what_was_noted_beside_a_goal_and_a_score_leads_there(zh):
    number = team.add(today=TODAY, name="王芳")
    agreed, judged = goal(number, "季度签约额"), review(number)
    written(CheckIn, {"goal": agreed, "day": TODAY, "value": 1, "comment": "华鼎机电推迟验收"})
    written(Score, {"review": judged, "dimension": "growth", "position": 1, "evidence": "独自谈下华鼎机电"})
    catch_up()
    assert [(found.kind, found.title, found.link) for found in search("华鼎")] == [
        ("Progress of goals", "华鼎机电推迟验收", Link("goals", agreed.id)),
        ("Evidence", "独自谈下华鼎机电", Link("reviews", judged.id)),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["单国强", "shanguoq", "dgq", "3912", "guoqiang@"])
def test_somebody_at_a_customers_leads_to_the_customer(typed):
    [account] = written(Account, {"external": "1", "name": "远大集团有限公司"})
    written(Contact, {"external": "1", "name": "单国强", "customer": "远大集团有限公司", "account": account,
                      "title": "采购总监", "mobile": "13912345678", "email": "guoqiang@example.com"})  # fmt: skip
    catch_up()
    [found] = search(typed)
    assert (found.kind, found.title, found.link) == ("Contacts", "单国强", Link("sales", account.id, "account"))
    assert found.detail == ("远大集团有限公司", "采购总监", "13912345678")


def test_paper_is_found_by_form_and_file_after_all_else(zh):
    number = team.add(today=TODAY, name="王芳")
    agreed = goal(number, "把 PF-01 交齐")
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    job = team.log_print(form="PF-01", at=at, pages=2, people=[(number, "王芳")], file="王芳_绩效评估表_2026Q3.pdf")
    catch_up()
    first, paper = search("PF-01")
    assert (first.link, paper.link) == (Link("goals", agreed.id), Link("trail", job, "printed"))
    assert zh.show(paper.title) == "客户经理季度绩效评估表"
    assert [found.kind for found in search("王芳_绩效")] == ["Log of paper"]
    assert [found.kind for found in search("王芳")][-1] == "Log of paper"


@pytest.mark.parametrize("typed", ["{code}", "TH:SIGN:1:{code}", "{spaced}"])
def test_the_code_on_a_paper_leads_to_what_was_signed(zh, typed):
    team.add(today=TODAY, name="王芳")
    round_ = reviews.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    judged = review_of(round_, "王芳")
    score_all(judged, 4)
    reviews.sign(review=judged, today=TODAY)
    code = sheet(judged).code
    [found] = search(typed.format(code=code, spaced=" ".join((code[:4], code[4:8], code[8:].lower()))))
    assert (found.kind, found.title, found.link) == ("Signed forms", "王芳", Link("reviews", judged))
    assert zh.show(found.detail[1]) == "相符：这是登记第 1 号，共 1 号。"
    assert search("0123456789ABCDEF") == []


def test_what_is_private_is_not_found():
    team.add(today=TODAY, name="王芳", note="家里有困难", emergency_name="王建国", emergency_phone="13900000009")
    for typed in ("困难", "建国", "0009"):
        assert titles(typed) == []


def test_at_most_so_many_of_a_kind_are_shown_the_newest_first():
    written(Deal, *({"external": str(n), "name": f"华信采购{n}"} for n in range(40)))
    written(Account, *({"external": str(n), "name": f"华信{n}"} for n in range(40)))
    catch_up()
    found = search("华信", most=3)
    assert [each.title for each in found] == ["华信39", "华信38", "华信37", "华信采购39", "华信采购38", "华信采购37"]


def test_words_apart_and_full_width_figures_find_what_holds_them_all():
    written(Deal, {"external": "1", "name": "远大集团2026年度采购"}, {"external": "2", "name": "远大集团续约"})
    assert titles("采购 远大") == ["远大集团2026年度采购"]
    assert titles("２０２６") == ["远大集团2026年度采购"]


def test_the_index_follows_every_change_undo_and_redo():
    number = team.add(today=TODAY, name="王芳")
    assert titles("王芳") == ["王芳"]
    team.change(person=number, name="王方圆")
    assert titles("王芳") == []
    assert titles("方圆") == titles("wfy") == ["王方圆"]
    revert(undoable().unit)
    assert titles("方圆") == []
    assert titles("王芳") == ["王芳"]
    revert(undoable().unit)
    assert titles("王芳") == []


def test_what_a_failed_request_wrote_is_never_found():
    with pytest.raises(ZeroDivisionError), unit("overview.test", M("")):
        Deal.create(external="1", name="华信采购")
        catch_up()
        _ = 1 / 0
    assert titles("华信") == []


def test_a_row_that_went_since_is_not_shown():
    [deal] = written(Deal, {"external": "1", "name": "华信采购"})
    catch_up()
    with unit("overview.test", M("")):
        deal.delete_instance()
    assert search("华信") == []


def test_the_index_is_kept_with_the_file(file):
    team.add(today=TODAY, name="王芳")
    catch_up()
    close_file()
    open_file(file, TABLES)
    assert INDEX.behind() == 0
    assert [found.title for found in search("wf")] == ["王芳"]


def test_an_index_of_other_columns_is_made_anew():
    team.add(today=TODAY, name="王芳")
    catch_up()
    other = Index([kind for area in AREAS if area.key != "sales" for kind in area.finds])
    assert other.behind() == INDEX.behind() + 2
    other.catch_up()
    assert [found.title for found in other.find("wf", 6)] == ["王芳"]


def test_following_is_no_request_of_the_owner():
    heard: list[object] = []
    team.add(today=TODAY, name="王芳")
    stop = observe(heard.append)
    before = undoable()
    catch_up()
    stop()
    assert (heard, undoable()) == ([], before)


def test_a_long_import_is_taken_in_on_the_side_and_can_be_stopped():
    written(Person, {"name": "王芳"})
    with unit("overview.test", M("")):
        take_in_deals(12_000)
    heard: list[tuple[int, int]] = []

    def stopped(part, whole):
        heard.append((part, whole))
        if len(heard) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        catch_up(stopped)
    assert heard == [(2000, 12_001), (4000, 12_001), (6000, 12_001)]
    assert INDEX.behind() == 6001
    worker = threading.Thread(target=catch_up)
    worker.start()
    worker.join()
    assert INDEX.behind() == 0
    assert [found.title for found in search("采购11999")] == ["华信采购11999"]
    assert check_file() == ()


CHARACTERS = "张伟华信单 a A z Z 0 1 9 % _ ' \" * - ( ) : ^ + . , 。，　é É ß 喆𬍛\n\\"
LITERAL = str.maketrans({sign: "\\" + sign for sign in "\\%_"})
texts = some.text(CHARACTERS, max_size=8)


def like(table, columns, text: str) -> set[int]:
    """What LIKE finds, every sign of the text standing for itself."""
    asked = " or ".join(f"{column.column_name} like ? escape '\\'" for column in columns)
    name = table._meta.table_name
    pattern = f"%{text.translate(LITERAL)}%"
    return {row for (row,) in DB.execute_sql(f'select id from "{name}" where {asked}', [pattern] * len(columns))}


@pytest.mark.parametrize(
    ("typed", "found"), [("1234", []), ("123", ["A123 234B"]), ("a123", ["A123 234B"]), ("234b", ["A123 234B"])]
)
def test_two_numbers_that_stand_apart_are_not_one(typed, found):
    written(Deal, {"external": "x", "name": "A123 234B"})
    assert titles(typed) == found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=some.lists(some.tuples(texts, texts, texts), max_size=12), asked=some.lists(
    some.text(CHARACTERS, min_size=1, max_size=4), min_size=1, max_size=12))  # fmt: skip
def test_one_to_four_characters_find_the_rows_that_like_finds(rows, asked):
    with unit("overview.test", M("")):
        Deal.delete().execute()
        for n, (name, customer, external) in enumerate(rows):
            Deal.create(external=f"{external}-{n}", name=name, customer=customer)
    catch_up()
    deals = next(n for n, kind in enumerate(INDEX.kinds) if kind.table is Deal)
    inside = [text[at:to] for row in rows for text in row for at in range(len(text)) for to in (at + 1, at + 3)]
    for text in (*asked, *filter(None, inside)):
        held = {record for kind, _, record in INDEX.holding(text, 100) if kind == deals}
        assert held == like(Deal, INDEX.kinds[deals].columns, text), text


def test_of_every_kind_there_is_the_rows_are_those_that_like_finds():
    """Over the sample firm, whose owner filled in nearly everything: what holds it, asked for in every length."""
    sample.load(TODAY)
    catch_up()
    chance, walked = random.Random(3), set()
    for n, kind in enumerate(INDEX.kinds):
        if kind.spelt is not None:  # also found by what LIKE does not know: how a name is read
            continue
        for row in kind.table.select(*kind.columns).limit(40).tuples():
            text = chance.choice([each for each in row if each] or [" "])
            at = chance.randrange(len(text))
            for asked in {text[at : at + length] for length in (1, 2, 3, 4)} - {" "}:
                held = {number for nth, _, number in INDEX.holding(asked, 10_000) if nth == n}
                plain = like(kind.table, kind.columns, asked)
                assert plain <= held, (kind.table, asked)
                assert held - plain <= owned(kind, asked), (kind.table, asked)
                walked |= {kind.table.__name__} if plain else set()
    assert walked >= {"Account", "CheckIn", "Deal", "Goal", "Review", "Score", "Step"}


def owned(kind, name: str) -> set[int]:
    """What is found because of whose it is."""
    if kind.whose is None:
        return set()
    kind_of_people = next(each for each in INDEX.kinds if each.table is Person)
    begins = reduce(or_, (column.startswith(name) for column in kind_of_people.columns))  # 大客户 begins a position
    people = [row.id for row in Person.select().where(Person.name.contains(name) | begins)]
    return {row for (row,) in kind.table.select(kind.table.id).where(kind.whose.in_(people)).tuples()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=some.text(max_size=300))
def test_nothing_that_can_be_typed_breaks_it(text):
    assert all(found.title for found in search(text))


@pytest.mark.parametrize(
    "text", ["", " ", "　", '"', "*", "'", "NEAR(", "a NOT b", "words:", "^王", "-", "王" * 300, "\x00", "%", "_"]
)
def test_what_means_something_to_a_query_language_is_only_text(text):
    team.add(today=TODAY, name="王芳")
    catch_up()
    assert search(text) == []
