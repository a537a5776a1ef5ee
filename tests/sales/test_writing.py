"""Sales data written by hand: kept, linked, protected against files, taken back."""

from datetime import date

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.overview import bin as bin_
from desktopapp.sales import imports, queries, service
from desktopapp.sales.models import LOST, OPEN, WON, Account, Collection, Deal, Stage, StageChange
from desktopapp.sales.queries import written
from desktopapp.sales.queries.cuts import Cut, Scope
from desktopapp.sales.service import StageDraft
from desktopapp.storage import revert, undoable
from desktopapp.team import queries as roster
from desktopapp.team import service as team
from tests.sales.made import account, deal, moved, order, paid, planned, stages

pytestmark = pytest.mark.usefixtures("file")
TODAY = date(2026, 11, 23)
ZH = language("zh_CN")


@pytest.fixture
def wang(file):
    return team.add(today=date(2026, 1, 1), name="王芳")


@pytest.fixture
def li(file):
    return team.add(today=date(2026, 1, 1), name="李娜")


def write(entity, **values):
    return service.add(entity=entity, today=TODAY, language=ZH, **values)


def alter(entity, number, **values):
    service.change(entity=entity, number=number, today=TODAY, **values)


def undo():
    revert(undoable().unit)


def owed():
    return queries.overdue(date(2027, 1, 1))[0]


def test_a_deal_with_a_new_customer_writes_both_and_one_undo_takes_both_back(wang):
    number = write("deal", name="货架采购", customer="蓝海", amount=Money.yuan(80_000), person=wang)
    [row] = queries.deals([number])
    assert (row.customer, row.person, row.status) == ("蓝海", "王芳", OPEN)
    assert [each.name for each in queries.accounts(queries.account_keys())] == ["蓝海"]
    undo()
    assert not Deal.select().exists()
    assert not Account.select().exists()


def test_a_deal_of_a_known_customer_is_whose_the_customer_is(wang):
    known = account("蓝海", person=wang)
    number = write("deal", name="货架采购", customer="蓝海")
    assert written.record("deal", number)["account"] == known.id
    assert written.record("deal", number)["person"] == wang
    assert Account.select().count() == 1


def test_two_customers_of_one_name_are_neither_of_them_guessed(wang):
    account("蓝海")
    account("蓝海")
    assert written.record("deal", write("deal", name="采购", customer="蓝海"))["account"] is None


@pytest.mark.parametrize(
    ("entity", "values", "field"),
    [
        ("account", {"name": ""}, "name"),
        ("deal", {"name": "采购", "customer": ""}, "customer"),
        ("deal", {"name": "采购", "customer": "蓝海", "amount": Money.yuan(-1)}, "amount"),
        ("deal", {"name": "采购", "customer": "蓝海", "probability": Share("1.2")}, "probability"),
        ("order", {"customer": "蓝海"}, "amount"),
        ("collection", {"customer": "蓝海"}, "amount"),
        ("collection", {"customer": "蓝海", "amount": Money.yuan(5)}, "day"),
        ("collection", {"customer": "蓝海", "amount": Money.yuan(5), "day": date(2026, 11, 24)}, "day"),
        ("collection", {"customer": "蓝海", "planned": Money.yuan(5)}, "due"),
        ("activity", {"customer": "蓝海", "day": date(2026, 11, 24), "kind": "visit"}, "day"),
        ("product", {"name": ""}, "name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(entity, values, field):
    with pytest.raises(Refused) as no:
        write(entity, **values)
    assert no.value.field == field


def test_what_was_typed_no_file_overwrites_until_it_is_let_go(tmp_path):
    path = tmp_path / "商机.csv"

    def take(amount):
        path.write_text(f"商机编号,商机名称,客户名称,金额,来源\nD1,框架,华鼎,{amount},展会\n", encoding="utf-8")
        found = imports.examine(imports.look([path]), today=TODAY)
        return service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)

    take(100)
    [number] = queries.deal_keys()
    alter("deal", number, amount=Money.yuan(250), source="展会")
    assert written.record("deal", number).typed == {"amount"}
    assert take(300).kept == 1
    assert written.record("deal", number)["amount"] == Money.yuan(250)
    service.release(entity="deal", number=number)
    take(300)
    assert written.record("deal", number)["amount"] == Money.yuan(300)


def test_a_deal_written_by_hand_is_met_again_when_the_crm_brings_it(tmp_path):
    number = write("deal", name="框架", customer="华鼎", amount=Money.yuan(100))
    path = tmp_path / "商机.csv"
    path.write_text("商机编号,商机名称,客户名称,金额,来源\nD1,框架,华鼎,900,展会\n", encoding="utf-8")
    found = imports.examine(imports.look([path]), today=TODAY)
    service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)
    assert list(queries.deal_keys()) == [number]
    kept = written.record("deal", number)
    assert (kept["amount"], kept["source"], kept["external"]) == (Money.yuan(100), "展会", "D1")


def test_the_first_deal_written_brings_the_stages_that_ship(wang):
    number = write("deal", name="采购", customer="蓝海", stage="方案报价", amount=Money.yuan(100))
    assert [each.label for each in written.stage_rows(ZH)][:3] == ["初步接洽", "需求确认", "方案报价"]
    assert Stage.get(Stage.label == "方案报价").probability == Share("0.5")
    assert written.record("deal", number)["status"] == OPEN


def test_another_stage_is_logged_with_its_days_and_brings_its_own_odds():
    stages("0.1", "0.5")
    of = deal(None, 100, date(2026, 12, 1), OPEN, stage="A", stage_since=date(2026, 11, 13), odds="0.1")
    alter("deal", of.id, stage="B")
    [step] = StageChange.select()
    assert (step.before, step.after, step.days) == ("A", "B", 10)
    assert written.record("deal", of.id)["probability"] is None
    alter("deal", of.id, probability=Share("0.8"))
    alter("deal", of.id, stage="A")
    assert written.record("deal", of.id)["probability"] == Share("0.8")


def test_a_deal_is_won_with_its_day_and_lost_only_with_a_reason():
    stages("0.1")
    of = deal(None, 100, date(2026, 12, 1), OPEN, stage="A", stage_since=date(2026, 11, 1))
    service.close_deal(deal=of.id, status=WON, day=TODAY, today=TODAY)
    kept = written.record("deal", of.id)
    assert (kept["status"], kept["stage"], kept["close_date"]) == (WON, "赢单", TODAY)
    undo()
    assert written.record("deal", of.id)["status"] == OPEN
    with pytest.raises(Refused) as no:
        service.close_deal(deal=of.id, status=LOST, day=TODAY, reason=" ", today=TODAY)
    assert no.value.field == "reason"
    service.close_deal(deal=of.id, status=LOST, day=TODAY, reason="价格高", today=TODAY)
    assert written.record("deal", of.id)["lost_reason"] == "价格高"
    alter("deal", of.id, stage="A")
    assert written.record("deal", of.id)["status"] == OPEN


def test_money_for_a_deal_is_its_customers_and_its_sellers(wang):
    of = deal(wang, 1000, date(2026, 11, 1))
    assert written.to_collect(of.id).rest == Money.yuan(1000)
    service.collect(deal=of.id, amount=Money.yuan(400), day=TODAY, today=TODAY)
    [row] = Collection.select()
    assert (row.customer, row.person_id, row.amount) == ("华鼎机电", wang, Money.yuan(400))
    assert written.to_collect(of.id).rest == Money.yuan(600)
    assert queries.collected(wang, roster.season().of(TODAY)) == Money.yuan(400)


def test_a_part_of_a_payment_agreed_on_leaves_the_rest_owed_from_the_same_day(wang):
    of = deal(wang, 1000, date(2026, 11, 1))
    planned("华鼎机电", 1000, date(2026, 11, 10), deal=of, person=wang)
    [agreed] = written.to_collect(of.id).agreed
    service.collect(deal=of.id, amount=Money.yuan(300), day=date(2026, 11, 12), agreed=agreed.id, today=TODAY)
    assert owed() == Money.yuan(700)
    [agreed] = written.to_collect(of.id).agreed
    assert (agreed.rest, agreed.due) == (Money.yuan(700), date(2026, 11, 10))
    service.collect(deal=of.id, amount=Money.yuan(700), day=TODAY, agreed=agreed.id, today=TODAY)
    assert owed() == Money(0)
    assert sum(row.amount.fen for row in Collection.select()) == 100_000


def test_each_part_of_a_payment_a_file_says_came_in_part_keeps_its_day(wang):
    of = deal(wang, 1000, date(2026, 11, 1))
    planned("华鼎机电", 1000, date(2026, 11, 10), deal=of, amount=Money.yuan(400), day=date(2026, 11, 5))
    [agreed] = written.to_collect(of.id).agreed
    service.collect(deal=of.id, amount=Money.yuan(100), day=TODAY, agreed=agreed.id, today=TODAY)
    assert {(str(row.day), row.amount.fen) for row in Collection.select().where(Collection.amount.is_null(False))} == {
        ("2026-11-05", 40_000), ("2026-11-23", 10_000),
    }  # fmt: skip
    assert owed() == Money.yuan(500)


def test_a_customer_called_by_another_name_is_so_wherever_he_stands(wang):
    of = write("account", name="蓝海")
    here = write("deal", name="采购", customer="蓝海")
    unlinked = deal(wang, 100, TODAY, customer="蓝海")
    alter("account", of, name="蓝海科技")
    assert {row.customer for row in queries.deals([here, unlinked.id])} == {"蓝海科技"}


def test_what_others_rest_on_is_not_deleted_and_the_rest_goes_to_the_bin(wang):
    of = write("account", name="蓝海")
    number = write("deal", name="采购", customer="蓝海")
    moved(Deal.get(), "A", "B", TODAY)
    with pytest.raises(Refused):
        service.delete(entity="account", numbers=[of])
    service.delete(entity="deal", numbers=[number])
    assert queries.deal_count() == 0
    bin_.restore(bin_.deleted(TODAY))
    assert queries.deal_count() == 1


def test_handing_over_gives_what_goes_on_and_leaves_what_was_done(wang, li):
    mine = account("蓝海", person=wang)
    open_, won = deal(wang, 100, date(2026, 12, 1), OPEN, account=mine), deal(wang, 900, date(2026, 10, 8))
    came = paid(won, 500, date(2026, 10, 9))
    coming = planned("蓝海", 400, date(2026, 12, 1), person=wang)
    ordered = order("蓝海", 300, date(2026, 12, 1), person=wang)
    handed = service.hand_over(giver=wang, receiver=li)
    assert (handed.customers, handed.deals) == (1, 1)
    now = {name: written.record(name, each.id)["person"] for name, each in (
        ("account", mine), ("deal", open_), ("order", ordered), ("collection", coming),
    )}  # fmt: skip
    assert set(now.values()) == {li}
    assert written.record("deal", won.id)["person"] == wang
    assert written.record("collection", came.id)["person"] == wang
    undo()
    assert written.record("account", mine.id)["person"] == wang
    assert written.record("deal", open_.id)["person"] == wang


def test_nothing_is_handed_over_to_oneself_or_by_who_has_nothing(wang, li):
    for receiver, field in ((wang, "receiver"), (li, "giver")):
        with pytest.raises(Refused) as no:
            service.hand_over(giver=wang, receiver=receiver)
        assert no.value.field == field


def test_customers_go_with_their_open_deals_whoever_had_them(wang, li):
    mine = account("蓝海", person=wang)
    of = deal(None, 100, date(2026, 12, 1), OPEN, account=mine)
    service.assign_customers(accounts=[mine.id], person=li)
    assert written.record("deal", of.id)["person"] == li
    service.assign_customers(accounts=[mine.id], person=None)
    assert written.record("account", mine.id)["person"] is None


def drafts():
    return [StageDraft(each.id, each.label, each.status, each.probability) for each in written.stage_rows(ZH)]


def test_stages_change_places_and_names_with_their_deals_and_their_log():
    stages("0.1", "0.5")
    of = deal(None, 100, date(2026, 12, 1), OPEN, stage="A")
    moved(of, "B", "A", TODAY)
    first, second, *rest = drafts()
    service.set_stages(stages=[StageDraft(second.id, "A", OPEN, Share("0.2")),
                               StageDraft(first.id, "B", OPEN, Share("0.1")), *rest])  # fmt: skip
    assert [each.label for each in written.stage_rows(ZH)] == ["A", "B", "赢单", "输单"]
    assert written.record("deal", of.id)["stage"] == "B"
    assert [(each.before, each.after) for each in StageChange.select()] == [("A", "B")]


def test_a_stage_with_deals_stays_and_one_without_goes():
    stages("0.1", "0.5")
    deal(None, 100, date(2026, 12, 1), OPEN, stage="A")
    first, *rest = drafts()
    with pytest.raises(Refused):
        service.set_stages(stages=rest)
    service.set_stages(stages=[first, *rest[1:]])
    assert "B" not in [each.label for each in written.stage_rows(ZH)]


def test_a_stage_that_counts_as_something_else_takes_its_deals_along():
    stages("0.1", "0.5")
    deal(None, 100, TODAY, OPEN, stage="B")
    first, second, *rest = drafts()
    service.set_stages(stages=[first, StageDraft(second.id, "B", WON, None), *rest])
    assert queries.total(Cut("won", Scope(roster.season().of(TODAY)), TODAY)) == (Money.yuan(100), 1)


@pytest.mark.parametrize("labels", [("", "B"), ("A", "A")])
def test_stages_need_names_and_each_its_own(labels):
    with pytest.raises(Refused):
        service.set_stages(stages=[StageDraft(None, each, OPEN, None) for each in labels])


def test_customers_are_found_by_a_part_of_their_name():
    for name in ("华鼎机电", "上海华鼎", "远大"):
        account(name)
    assert written.customers_like("华鼎") == ["华鼎机电", "上海华鼎"]
    assert written.customers_like(" ") == []
