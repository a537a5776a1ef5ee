"""A file of the CRM's, from the choice of it to its undoing."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from desktopapp.exchange.mapping import Said
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.share import Share
from desktopapp.sales import imports, service
from desktopapp.sales.models import Account, Deal, ImportBatch, Lead, OwnerAlias
from desktopapp.storage import redoable, revert, undoable, unit
from desktopapp.team import service as team
from tests.exchange.samples import SAMPLES, needs_samples, text_file, workbook

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("file")

ZOHO_USERS = {"zcrm_404427000000249001": "王芳", "zcrm_404427000000249002": "李娜"}
ZOHO_ACCOUNTS = [
    ("Record Id", "Account Name", "Account Owner Id", "Phone", "Industry", "Billing City", "Billing Code", "Tag"),
    ("zcrm_404427000000249265", "华鼎机电", "zcrm_404427000000249001", "021-5555", "Machines", "上海", "08014", ""),
    ("zcrm_404427000000249266", "Benton & Söhne <b>", "zcrm_404427000000249002", "", "", "", "", "重点"),
]
ZOHO_DEALS = [
    ("Record Id", "Deal Owner Id", "Amount", "Deal Name", "Closing Date", "Account Id", "Stage", "Probability (%)",
     "Lead Source", "Reason For Loss", "Created Time", "Next Step", "Tag"),
    ("zcrm_404427000000249300", "zcrm_404427000000249001", "250000.0", "注塑机一期", "2022-10-14",
     "zcrm_404427000000249265", "Closed Won", "100", "Trade Show", "", "2022-10-13 16:42:25", "", "false"),
    ("zcrm_404427000000249301", "zcrm_404427000000249002", "60000.0", "King 😀 & Co", "2022-11-01",
     "zcrm_404427000000249266", "Negotiation/Review", "90", "", "", "2022-10-13 16:42:25", "回访", "false"),
    ("zcrm_404427000000249302", "zcrm_404427000000249001", "", "旧设备", "2022-09-01",
     "zcrm_404427000000249265", "Closed Lost", "0", "", "价格", "2022-10-13 16:42:25", "", "false"),
]  # fmt: skip


def zoho(folder, rows, name):
    """A file as a Zoho backup has it: UTF-8, LF, comma, minimal quoting, an empty line at the end."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
        file.write("\n")
    return path


@pytest.fixture
def zoho_deals(tmp_path):
    return zoho(tmp_path, ZOHO_DEALS, "Deals_001.csv")


@pytest.fixture
def zoho_accounts(tmp_path):
    return zoho(tmp_path, ZOHO_ACCOUNTS, "Accounts_001.csv")


def dropped(*paths, stages=None, **answers):
    """What taking files in would do, the same answers given for every table of them."""
    seen = imports.look(paths)
    if answers:
        seen = imports.look(paths, {part.key: replace(part.answers, **answers) for part in seen.parts}, seen)
    return imports.examine(seen, today=TODAY, stages=stages)


def take_in(*paths, owners=None, stages=None, **answers):
    """Take files in, as they are understood by themselves but for what is said."""
    return handed_in(dropped(*paths, stages=stages, **answers), owners, stages)


def handed_in(found, owners=None, stages=None):
    assert not found.is_asking, [question for each in found.findings for question in each.part.questions]
    return service.take_in(found.deliveries, owners=owners or {}, seen=found.owners, stages=stages, files=found.files,
                           today=TODAY)  # fmt: skip


def done(counts):
    return counts.new, counts.changed, counts.same


def everything():
    """All that an import writes, as values."""
    return {table: list(table.select().tuples()) for table in (Account, Deal, ImportBatch, OwnerAlias)}


def deals(**where):
    return list(Deal.select().filter(**where).order_by(Deal.id))


def own(folder, *rows, heading=("商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额"), name="商机.csv"):
    return text_file(folder, [heading, *rows], name=name)


def test_a_preview_says_what_was_recognised_and_writes_nothing(zoho_deals, en):
    before = everything()
    found = dropped(zoho_deals)
    [seen] = [finding.part for finding in found.findings]
    assert (seen.file, seen.system, seen.entity, seen.table.encoding) == ("Deals_001.csv", "zoho", "deal", "utf-8")
    assert (found.counts.rows, found.counts.new, found.counts.rejected) == (3, 3, 0)
    stage = next(column for column in seen.columns if column.heading == "Stage")
    assert (stage.target, stage.label, en.text(stage.why)) == ("stage", "Sales stage", "Zoho CRM's own heading")
    assert stage.samples == ("Closed Won", "Negotiation/Review", "Closed Lost")
    assert [column.heading for column in seen.columns if not column.target] == ["Tag"]
    assert [(owner.label, owner.rows, owner.asked) for owner in found.owners] == [
        ("404427000000249001", 2, True), ("404427000000249002", 1, True),
    ]  # fmt: skip
    assert everything() == before


def test_deals_of_a_backup_come_in_as_they_are(zoho_deals):
    take_in(zoho_deals)
    won, running, lost = deals()
    assert (won.system, won.external, won.name, won.status) == ("zoho", "404427000000249300", "注塑机一期", "won")
    assert (won.amount, won.probability) == (Money.yuan(250_000), Share(1))
    assert (won.close_date, won.created) == (date(2022, 10, 14), date(2022, 10, 13))
    assert (running.name, running.status, running.probability) == ("King 😀 & Co", "open", Share(Decimal("0.9")))
    assert (lost.status, lost.lost_reason, lost.amount) == ("lost", "价格", None)
    assert running.next_step == "回访"
    assert '"Tag": "false"' in running.extra


@pytest.mark.parametrize("accounts_first", [True, False])
def test_deals_find_their_accounts_whichever_file_comes_first(zoho_deals, zoho_accounts, accounts_first):
    for path in (zoho_accounts, zoho_deals) if accounts_first else (zoho_deals, zoho_accounts):
        take_in(path)
    assert [(deal.account.name, deal.customer) for deal in deals()] == [
        ("华鼎机电", "华鼎机电"), ("Benton & Söhne <b>", "Benton & Söhne <b>"), ("华鼎机电", "华鼎机电"),
    ]  # fmt: skip
    assert '"Billing Code": "08014"' in Account.get(name="华鼎机电").extra
    for path in (zoho_deals, zoho_accounts):
        assert done(take_in(path))[:2] == (0, 0)


def test_numbers_with_and_without_zohos_prefix_are_the_same(tmp_path, zoho_deals):
    take_in(zoho_deals)
    bare = [[cell.removeprefix("zcrm_") for cell in row] for row in ZOHO_DEALS]
    assert done(take_in(zoho(tmp_path, bare, "Deals_2026.csv"))) == (0, 0, 3)


def test_taking_the_same_file_in_again_changes_nothing(zoho_deals, zoho_accounts):
    wang = team.add(name="王芳", today=TODAY)
    for path in (zoho_accounts, zoho_deals):
        take_in(path, owners={"404427000000249001": wang, "404427000000249002": None})
    before, last = everything(), undoable()
    for path in (zoho_accounts, zoho_deals):
        found = dropped(path)
        assert (done(found.counts)[:2], found.findings[0].taken_in) == ((0, 0), TODAY)
        assert done(take_in(path))[:2] == (0, 0)
    assert everything() == before
    assert undoable() == last


def test_what_changed_in_the_source_changes_here_and_an_empty_cell_erases_nothing(tmp_path, zoho_deals):
    take_in(zoho_deals)
    later = [list(row) for row in ZOHO_DEALS]
    later[2][6], later[3][9], later[3][2] = "Closed Won", "", "5000.0"
    path = zoho(tmp_path, later, "Deals_002.csv")
    assert done(dropped(path).counts) == done(take_in(path)) == (0, 2, 1)
    _, running, lost = deals()
    assert running.status == "won"
    assert (lost.lost_reason, lost.amount) == ("价格", Money.yuan(5_000))


def test_a_column_the_file_does_not_have_leaves_what_is_there(tmp_path, zoho_deals):
    take_in(zoho_deals)
    fewer = [row[:6] for row in ZOHO_DEALS]
    path = zoho(tmp_path, [*fewer[:1], *(("zcrm_404427000000249300", "", "1.0", "改名", "", ""),)], "Deals_003.csv")
    assert done(take_in(path)) == (0, 1, 0)
    deal = deals()[0]
    assert (deal.name, deal.stage, deal.status, deal.close_date) == ("改名", "Closed Won", "won", date(2022, 10, 14))


def test_an_import_is_undone_whole_and_done_again(zoho_deals, zoho_accounts):
    wang = team.add(name="王芳", today=TODAY)
    take_in(zoho_deals)
    before = everything()
    take_in(zoho_accounts, owners={"404427000000249001": wang})
    after = everything()
    assert deals()[0].person_id == wang
    revert(undoable().unit)
    assert everything() == before
    revert(redoable().unit)
    assert everything() == after


def test_changes_by_an_import_are_undone_too(tmp_path):
    take_in(own(tmp_path, ("1", "一期", "华鼎", "", "谈判", "100"), ("2", "二期", "华鼎", "", "谈判", "100")))
    before = everything()
    take_in(own(tmp_path, ("1", "一期", "华鼎", "", "赢单", "90"), ("3", "三期", "华鼎", "", "谈判", "1")))
    assert [(deal.status, deal.amount) for deal in deals()] == [
        ("won", Money.yuan(90)), ("open", Money.yuan(100)), ("open", Money.yuan(1)),
    ]  # fmt: skip
    revert(undoable().unit)
    assert everything() == before


def test_owners_are_known_by_number_then_by_a_name_only_one_bears(tmp_path):
    wang = team.add(name="王芳", number="K7", today=TODAY)
    team.add(name="张伟", today=TODAY)
    team.add(name="张伟", today=TODAY)
    li = team.add(name="李娜", today=TODAY)
    rows = [(str(at), f"{at}期", "", label, "", "") for at, label in enumerate(("K7", "李娜", "张伟", ""))]
    path = own(tmp_path, *rows)
    seen = dropped(path)
    assert [(owner.label, owner.person, owner.asked) for owner in seen.owners] == [
        ("张伟", None, True), ("K7", wang, False), ("李娜", li, False),
    ]  # fmt: skip
    assert seen.counts.nobodys == 2
    assert take_in(path).nobodys == 2
    assert [deal.person_id for deal in deals()] == [wang, li, None, None]


def test_an_owner_nobody_knows_is_asked_for_once_and_remembered(tmp_path):
    wang = team.add(name="王芳", today=TODAY)
    rows = [("1", "一", "", "fang.w", "", ""), ("2", "二", "", "前同事", "", "")]
    assert take_in(own(tmp_path, *rows)).nobodys == 2
    assert take_in(own(tmp_path, *rows), owners={"fang.w": wang, "前同事": None}).nobodys == 1
    assert [deal.person_id for deal in deals()] == [wang, None]
    seen = dropped(own(tmp_path, *rows, ("3", "三", "", "fang.w", "", "")))
    assert [(owner.label, owner.person, owner.asked) for owner in seen.owners] == [
        ("fang.w", wang, False), ("前同事", None, False),
    ]  # fmt: skip


def test_an_empty_stage_does_not_open_a_deal_again(tmp_path):
    take_in(own(tmp_path, ("1", "一", "", "", "赢单", "")))
    assert done(take_in(own(tmp_path, ("1", "一", "", "", "", "5")))) == (0, 1, 0)
    assert [(deal.stage, deal.status) for deal in deals()] == [("赢单", "won")]


def test_a_deal_goes_with_its_new_owner_even_to_nobody(tmp_path):
    wang = team.add(name="王芳", today=TODAY)
    take_in(own(tmp_path, ("1", "一", "", "王芳", "", "")))
    assert deals()[0].person_id == wang
    take_in(own(tmp_path, ("1", "一", "", "不认识", "", "")))
    assert deals()[0].person_id is None


def test_whom_the_owner_set_by_hand_stays_while_the_source_says_the_same(tmp_path):
    wang = team.add(name="王芳", today=TODAY)
    path = own(tmp_path, ("1", "一", "", "不认识", "", ""))
    take_in(path)
    with unit("sales.test", M("x")):
        Deal.update(person=wang).execute()
    assert done(take_in(path)) == (0, 0, 1)
    assert deals()[0].person_id == wang


@pytest.mark.parametrize(
    ("stage", "status"),
    [("赢单", "won"), ("输单", "lost"), ("无效", "void"), ("谈判", "open"), ("Closed Won", "won"),
     ("closed lost", "lost"), ("已签约", "won"), ("", "open")],
)  # fmt: skip
def test_stages_are_open_won_lost_or_void(tmp_path, stage, status):
    take_in(own(tmp_path, ("1", "一", "", "", stage, "")))
    assert deals()[0].status == status


def test_stages_nobody_knows_are_shown_first_with_what_they_are_taken_for(tmp_path):
    path = own(tmp_path, ("1", "一", "", "", "赢单", ""), ("2", "二", "", "", "大概率", ""))
    assert [(stage.label, stage.status, stage.known) for stage in dropped(path).stages] == [
        ("大概率", "open", False), ("赢单", "won", True),
    ]  # fmt: skip


def test_a_deal_deleted_in_the_source_counts_for_nothing(tmp_path):
    heading = ("ID", "NAME", "STAGENAME", "ISDELETED", "AMOUNT", "ISWON", "CLOSEDATE", "PROBABILITY")
    take_in(own(tmp_path, ("1", "一", "Closed Won", "true", "5", "true", "2026-01-01", "100"), heading=heading))
    assert deals()[0].status == "void"


def test_bad_rows_are_named_and_the_good_ones_come_in(tmp_path, en):
    long = "<b>&😀" * 60
    rows = [("1", "一", "", "", "", "很多"), ("2", long, "", "", "", "1"), ("3", "<b>&😀", "", "", "", "1.50")]
    path = own(tmp_path, *rows)
    seen = dropped(path)
    assert [(problem.row, problem.column, en.text(problem.message)) for problem in seen.findings[0].problems] == [
        (2, "金额", "“很多” is not a figure."),
        (3, "商机名称", "At most 200 characters; this has 300."),
    ]
    assert (take_in(path).rejected, ImportBatch.get().rejected) == (2, 2)
    assert [(deal.name, deal.amount) for deal in deals()] == [("<b>&😀", Money.yuan("1.50"))]


def test_a_number_that_stands_twice_counts_once_with_its_last_row(tmp_path):
    path = own(tmp_path, ("1", "旧", "", "", "", ""), ("2", "二", "", "", "", ""), ("1", "新", "", "", "", ""))
    counts = take_in(path)
    assert (counts.rows, counts.new, counts.twice) == (3, 2, 1)
    assert {deal.name for deal in deals()} == {"新", "二"}


def test_rows_without_a_number_are_known_again_even_where_two_are_alike(tmp_path):
    heading = ("商机名称", "客户名称", "金额", "预计成交日期")
    rows = [("配件", customer, "5", "2026-01-01") for customer in ("华鼎", "华鼎", "中科")]
    path = own(tmp_path, *rows, heading=heading)
    assert done(take_in(path)) == (3, 0, 0)
    assert done(take_in(path)) == (0, 0, 3)
    changed = [(name, firm, "6", day) for name, firm, _, day in rows[:1]]
    assert done(take_in(own(tmp_path, *changed, heading=heading))) == (0, 1, 0)


def test_a_customer_is_found_by_name_where_there_is_no_number(tmp_path):
    take_in(text_file(tmp_path, [("客户名称", "客户级别", "所在城市"), ("华鼎机电", "A", "上海")], name="客户.csv"))
    take_in(own(tmp_path, ("1", "一期", "华鼎机电", "", "", ""), ("2", "二期", "没有的", "", "", "")))
    assert [deal.account and deal.account.name for deal in deals()] == ["华鼎机电", None]


def test_a_list_of_deals_is_not_taken_for_its_customers(tmp_path):
    heading = ("商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额", "赢率", "预计成交日期", "来源", "备注")
    row = ("一期", "华鼎", "王芳", "谈判", "1", "10", "2026-01-01", "展会", "跟进")
    seen = dropped(own(tmp_path, ("1", *row), ("2", *row), heading=heading))
    assert (seen.findings[0].part.entity, seen.counts.new) == ("deal", 2)


def test_leads_stand_apart_from_deals_and_say_what_became_of_them(tmp_path):
    heading = ("Record Id", "Lead Owner Id", "Company", "Full Name", "Lead Status", "Lead Source", "Is Converted",
               "Created Time")  # fmt: skip
    rows = [("zcrm_1", "zcrm_9", "华鼎", "李总", "Contacted", "展会", "false", "2022-10-13 16:42:25"),
            ("zcrm_2", "zcrm_9", "中科", "王总", "Contacted", "", "true", "2022-10-13 16:42:25")]  # fmt: skip
    path = zoho(tmp_path, [heading, *rows], "Leads_001.csv")
    take_in(path)
    assert [(lead.name, lead.customer, lead.stage, lead.status, lead.owner) for lead in Lead.select()] == [
        ("李总", "华鼎", "Contacted", "open", "9"), ("王总", "中科", "Contacted", "converted", "9"),
    ]  # fmt: skip
    assert not deals()


def test_a_workbook_is_taken_in_like_a_text_file(tmp_path):
    rows = [("商机编号", "商机名称", "金额", "预计成交日期"), (20260001, "一期", 1234.5, date(2026, 1, 2))]
    take_in(workbook(tmp_path, [("说明",)], rows))
    [deal] = deals()
    assert (deal.external, deal.amount, deal.close_date) == ("20260001", Money(123_450), date(2026, 1, 2))


def test_the_owner_may_say_what_a_column_means(tmp_path):
    heading = ("商机名称", "Ko", "金额")
    path = own(tmp_path, ("一期", "华鼎", "1"), heading=heading)
    take_in(path, chosen={"Ko": "customer"})
    assert deals()[0].customer == "华鼎"


def test_days_that_could_be_read_both_ways_are_asked_for(tmp_path, en):
    path = own(tmp_path, ("一期", "3/4/2026", "1"), heading=("商机名称", "预计成交日期", "金额"))
    found = dropped(path)
    [question] = found.findings[0].part.questions
    assert (question.of, [key for key, _ in question.options]) == ("预计成交日期", ["dmy", "mdy"])
    assert en.text(question.words) == "“预计成交日期”: how is 3/4/2026 to be read?"
    assert found.deliveries == ()
    take_in(path, said={"预计成交日期": Said(order="dmy")})
    assert deals()[0].close_date == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("heading", "about", "options"),
    [
        (("商机编号", "阶段", "金额", "赢率", "甲"), "name", ["甲"]),
        (("商机名称", "成交金额", "合同金额"), "amount", ["成交金额", "合同金额"]),
    ],
)
def test_a_column_that_cannot_be_told_is_asked_for_and_nothing_kept(tmp_path, heading, about, options):
    found = dropped(own(tmp_path, ["1"] * len(heading), heading=heading))
    question = found.findings[0].part.questions[0]
    assert (question.of, [key for key, _ in question.options]) == (about, options)
    assert found.deliveries == ()
    assert Deal.select().count() == 0


def test_headings_that_stand_twice_are_told_apart(tmp_path):
    take_in(own(tmp_path, ("一期", "5", "6"), heading=("商机名称", "金额", "金额")))
    assert (deals()[0].amount, deals()[0].extra) == (Money.yuan(5), '{"金额 (2)": "6"}')


def test_work_that_is_stopped_leaves_nothing(zoho_deals):
    class Stopped(Exception):
        pass

    def progress(part, _whole):
        if part == 2:
            raise Stopped

    found, said = dropped(zoho_deals), {"404427000000249001": None}
    with pytest.raises(Stopped):
        service.take_in(found.deliveries, owners=said, seen=found.owners, today=TODAY, progress=progress)
    assert all(not rows for rows in everything().values())


@needs_samples
def test_a_real_export_of_salesforce_accounts_and_deals():
    wang = team.add(name="王芳", today=TODAY)
    found = take_in(SAMPLES / "sf_opportunity_api_names.csv", owners={"005x0000000fNSiAAM": wang})
    assert (found.rows, found.new, found.rejected, found.nobodys) == (38, 38, 0, 0)
    found = take_in(SAMPLES / "sf_account_api_names.csv")
    assert (found.rows, found.new, found.rejected, found.nobodys) == (423, 423, 0, 0)
    assert Deal.select().where(Deal.account.is_null(False), Deal.customer != "").count() == 38
    assert Deal.select().where(Deal.status == "won").count() == 8
    assert Account.select().where(Account.person == wang).count() == 423
    for name in ("sf_opportunity_api_names.csv", "sf_account_api_names.csv"):
        assert done(take_in(SAMPLES / name))[:2] == (0, 0)


@needs_samples
def test_real_leads_of_krayin_come_in_as_open_deals_and_are_known_again():
    path = SAMPLES / "krayin_leads.csv"
    assert done(take_in(path)) == (2, 0, 0)
    assert [(deal.status, deal.amount, deal.close_date) for deal in deals()] == [
        ("open", Money.yuan(50_000), date(2024, 9, 2)), ("open", Money.yuan(100_000), date(2024, 9, 6)),
    ]  # fmt: skip
    assert done(take_in(path)) == (0, 0, 2)
