"""What an import has to be able to do, one test a demand: from the drop of a folder to the undo of it a year later."""

import csv
import zipfile
from datetime import date

import pytest

from desktopapp.exchange.export import write_csv, write_xlsx
from desktopapp.exchange.mapping import Said
from desktopapp.exchange.regions import Cut
from desktopapp.exchange.sheets import read_file
from desktopapp.kernel.frozen import replace
from desktopapp.kernel.money import Money
from desktopapp.sales import imports, service
from desktopapp.sales.models import Account, Collection, Deal, ImportBatch, Original
from desktopapp.sales.service import How
from desktopapp.storage import undoable
from desktopapp.storage.trail import Edited
from desktopapp.team import service as team
from tests.exchange.samples import SAMPLES, needs_samples, text_file, workbook

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("file")
HEADING = ("商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额", "预计成交日期", "内部代号")
ONE = ("D1", "一期", "华鼎机电", "王芳", "谈判", "1,234.50", "2026-12-01", "甲")
TWO = ("D2", "二期", "远大集团", "李娜", "赢单", "￥2万", "2026年11月2日", "乙")


def deals_file(folder, *rows, heading=HEADING, name="商机.csv", encoding="gb18030", **how):
    return text_file(folder, [heading, *rows], encoding, name=name, **how)


def dropped(*paths, **answers):
    seen = imports.look(paths)
    if answers:
        seen = imports.look(paths, {part.key: replace(part.answers, **answers) for part in seen.parts}, seen)
    return imports.examine(seen, today=TODAY)


def taken_in(*paths, **answers):
    found = dropped(*paths, **answers)
    assert not found.is_asking
    service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)
    return found.counts


def deals():
    return {deal.external: deal for deal in Deal.select()}


def test_1_a_drop_of_files_folders_and_archives_is_put_in_order_and_what_is_no_table_says_why(tmp_path, en):
    folder = tmp_path / "CRM"
    folder.mkdir()
    text_file(folder, [("回款编号", "合同编号", "回款日期", "回款金额"), ("P1", "HT1", "2026-11-03", "5")],
              name="a回款.csv")
    orders = [("合同编号", "合同名称", "客户编号", "合同金额"), ("HT1", "一期合同", "0001", 9)]
    workbook(folder, orders, [("只有一句话",)], name="b合同.xlsx")
    (folder / "说明.pdf").write_bytes(b"%PDF")
    archive = tmp_path / "客户.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("客户.csv", "客户编号,客户名称,客户等级\n0001,华鼎机电,A\n".encode("gb18030"))
        packed.writestr("../外面.csv", "客户编号,客户名称\n")
        packed.writestr("炸弹.csv", b"0" * 50_000_000)
    found = dropped(folder, archive)
    assert [each.part.entity for each in found.findings] == ["account", "order", "collection"]
    why = {each.name: en.text(each.why) for each in imports.look([folder, archive]).skipped}
    assert "headings with rows under them" in why["b合同.xlsx · Sheet2"]
    assert "Not a table" in why["说明.pdf"]
    assert "points outside" in why["外面.csv"]
    assert "unpacks to far more" in why["炸弹.csv"]
    taken_in(folder, archive)
    [paid] = Collection.select()
    assert (paid.order.name, paid.account.name) == ("一期合同", "华鼎机电")


def test_2_everything_guessed_is_shown_with_why_and_values_and_can_be_changed_first(tmp_path, en):
    heading = ("商机名称", "客户名称", "金额", "赢率", "预计成交日期", "阶段")
    records = ("一", "甲", "1.500", "0.5", "3/4/2026", "谈判"), ("二", "乙", "2.500", "1", "5/6/2026", "谈判")
    rows = [("商机一览",), heading, *records]
    path = text_file(tmp_path, rows, "gb18030", separator=";", name="列表.csv")
    [part] = imports.look([path]).parts
    table = part.table
    assert (table.encoding, table.separator, table.first, table.depth) == ("gb18030", ";", 2, 1)
    amount = next(column for column in part.columns if column.target == "amount")
    assert (en.text(amount.why), amount.samples) == ("the usual heading", ("1.500", "2.500"))
    assert {question.about for question in part.questions} == {"decimal", "percent", "order"}
    said = {"金额": Said(decimal=",", unit=4), "赢率": Said(percent=False), "预计成交日期": Said(order="dmy")}
    found = dropped(path, said=said, chosen={"客户名称": "product"})
    columns = found.deliveries[0].content.columns
    assert (columns["amount"], columns["probability"]) == ([1_500_000_000, 2_500_000_000], [5_000, 10_000])
    assert (columns["close_date"], columns["product"]) == (["2026-04-03", "2026-06-05"], ["甲", "乙"])
    other = imports.look([path], {part.key: replace(part.answers, cut=Cut("big5", ";", 1, 1), entity="account")})
    assert (other.parts[0].table.encoding, other.parts[0].entity) == ("big5", "account")
    assert not ImportBatch.select().exists()


def test_2_a_column_of_dates_in_two_orders_asks_and_never_guesses_cell_by_cell(tmp_path):
    rows = [("D1", "一", "", "", "", "1", day, "") for day in ("13/2/2026", "2/13/2026", "3/4/2026")]
    found = dropped(deals_file(tmp_path, *rows))
    [question] = found.findings[0].part.questions
    assert (question.about, question.of, found.deliveries) == ("order", "预计成交日期", ())


def test_3_exact_headings_are_applied_like_ones_suggested_the_rest_kept_and_the_second_month_asks_nothing(tmp_path):
    heading = ("商机名称", "Closing Dates", "客户名称", "负责人", "金额", "自定义")
    path = deals_file(tmp_path, ("一期", "3/4/2026", "华鼎", "fang.w", "5", "x"), heading=heading)
    [part] = imports.look([path]).parts
    seen = {column.heading: (column.target, column.suggested) for column in part.columns}
    assert (seen["商机名称"], seen["Closing Dates"], seen["自定义"]) == (("name", ""), ("", "close_date"), ("", ""))
    said = {"chosen": {"Closing Dates": "close_date"}, "said": {"Closing Dates": Said(order="dmy")}}
    wang, found = team.add(name="王芳", today=TODAY), dropped(path, **said)
    [owner] = [each for each in found.owners if each.asked]
    service.take_in(found.deliveries, owners={owner.label: wang}, seen=found.owners, today=TODAY)
    assert '"自定义": "x"' in Deal.get().extra
    later = deals_file(tmp_path, ("二期", "5/6/2026", "华鼎", "fang.w", "7", "y"), heading=heading, name="十二月.csv")
    found = dropped(later)
    assert not found.is_asking
    assert [each.asked for each in found.owners] == [False]
    columns = found.deliveries[0].content.columns
    assert (columns["close_date"], found.findings[0].part.is_remembered) == (["2026-06-05"], True)


def test_4_the_dry_run_goes_through_all_rows_and_the_same_file_again_changes_nothing(tmp_path):
    many = [(f"N{at}", f"{at}期", "", "", "谈判", "5", "", "") for at in range(1_000)]
    taken_in(deals_file(tmp_path, ONE, TWO, *many))
    before, last = [tuple(row) for row in Deal.select().tuples()], undoable()
    assert taken_in(deals_file(tmp_path, ONE, TWO, *many)).same == 1_002
    assert ([tuple(row) for row in Deal.select().tuples()], undoable()) == (before, last)
    later = [("N7", "七期", "", "", "谈判", "6", "", ""), *many[8:], ("N8", "八期", "", "", "谈判", "5", "", ""),
             ("新", "新的", "", "", "谈判", "1", "", ""), ("坏", "坏的", "", "", "谈判", "很多", "", "")]  # fmt: skip
    found = dropped(deals_file(tmp_path, *later, name="后.csv"))
    counts = found.counts
    assert (counts.new, counts.changed, counts.same, counts.rejected, counts.twice) == (1, 2, 991, 1, 1)
    told = {(each.name, each.field): (each.old, each.new) for each in found.findings[0].changes}
    assert told["七期", "Amount"] == (Money.yuan(5), Money.yuan(6))


@pytest.mark.parametrize(
    ("how", "amount", "stage", "count"),
    [("overwrite", 9, "谈判", 1), ("fill", 5, "谈判", 1), ("skip", 5, "", 1), ("both", 5, "", 2)],
)
def test_5_what_becomes_of_a_record_that_is_here_is_for_the_owner_to_say(tmp_path, how, amount, stage, count):
    taken_in(deals_file(tmp_path, ("D1", "一期", "华鼎", "", "", "5", "2026-1-2", "")))
    again = deals_file(tmp_path, ("D1", "一期", "华鼎", "", "谈判", "9", "", ""), name="再.csv")
    taken_in(again, how=How(again=how))
    deal = deals()["D1"]
    assert (deal.amount, deal.stage, Deal.select().count()) == (Money.yuan(amount), stage, count)
    assert deal.close_date == date(2026, 1, 2)


def test_5_what_was_typed_by_hand_stays_and_an_empty_cell_erases_only_if_asked(tmp_path):
    taken_in(deals_file(tmp_path, ONE))
    service.change(entity="deal", number=deals()["D1"].id, today=TODAY, amount=Money.yuan(77))
    found = dropped(deals_file(tmp_path, (*ONE[:5], "1", "", ""), name="再.csv"))
    assert (found.counts.kept, found.counts.changed) == (1, 0)
    taken_in(deals_file(tmp_path, (*ONE[:5], "1", "", ""), name="再.csv"), how=How(erases=True))
    assert (deals()["D1"].amount, deals()["D1"].close_date) == (Money.yuan(77), None)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_6_rejected_rows_come_as_a_file_that_is_mended_and_taken_in_again(tmp_path, zh, kind):
    bad = ("D3", "三期", "华鼎", "王芳", "谈判", "很多", "2026-02-30", "丙")
    path = deals_file(tmp_path, ONE, bad, TWO)
    found = dropped(path)
    service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)
    rejects = tmp_path / f"退回.{kind}"
    assert imports.write_rejects(rejects, found.findings[0], zh) == 1
    [table] = read_file(rejects)
    assert table.heading == (*HEADING, "行号", "原因", "建议")
    assert table.encoding == ("gb18030" if kind == "csv" else "")
    [row] = table.rows
    assert row[:8] == bad
    assert str(row[8]) == "3"
    assert "“很多”" in row[9]
    assert row[10]
    mended = [cell.replace("很多", "30").replace("02-30", "02-28") for cell in map(str, row)]
    again = text_file(tmp_path, [table.heading, mended], name="改好.csv")
    assert taken_in(again).new == 1
    assert (deals()["D3"].amount, "行号" in deals()["D3"].extra) == (Money.yuan(30), False)


def test_7_an_import_is_one_step_kept_with_its_file_and_undone_at_any_time(tmp_path, en):
    path = deals_file(tmp_path, ONE, TWO)
    taken_in(path)
    [batch], [original] = ImportBatch.select(), Original.select()
    assert {deal.batch_id for deal in Deal.select()} == {batch.id}
    assert service.unpacked(original.packed) == path.read_bytes()
    assert (original.sha256, batch.sha256) == (batch.sha256, original.sha256)
    team.add(name="后来的人", today=TODAY)
    service.change(entity="deal", number=deals()["D2"].id, today=TODAY, next_step="回访")
    with pytest.raises(Edited) as no:
        service.undo_import(batch=batch.id)
    assert no.value.rows == (("deal", deals()["D2"].id),)
    assert len(deals()) == 2
    service.change(entity="deal", number=deals()["D2"].id, today=TODAY, next_step="")


def test_7_records_that_vanished_from_the_file_are_reported_and_stay(tmp_path):
    taken_in(deals_file(tmp_path, ONE, TWO))
    found = dropped(deals_file(tmp_path, ONE, name="十二月.csv"))
    gone = found.findings[0].vanished
    assert (gone.count, gone.names, gone.file) == (1, ("二期",), "商机.csv")
    taken_in(deals_file(tmp_path, ONE, name="十二月.csv"))
    assert set(deals()) == {"D1", "D2"}


def test_8_sums_are_whole_fen_of_one_currency_shares_of_one_scale_and_numbers_are_texts(tmp_path):
    heading = ("商机编号", "商机名称", "金额", "币种", "赢率", "阶段")
    rows = [("0017", "一", "0.1", "人民币", "85%", "谈判"), ("18", "二", "1.2万", "USD", "0.2", "谈判"),
            ("19", "三", "1亿", "", "5", "谈判"), ("20", "四", "￥3", "CNY", "", "谈判")]  # fmt: skip
    taken_in(deals_file(tmp_path, *rows, heading=heading))
    found = deals()
    assert [found[each].amount.fen for each in ("0017", "18", "19", "20")] == [10, 1_200_000, 10_000_000_000, 300]
    assert [found[each].currency for each in ("0017", "18", "19", "20")] == ["", "USD", "", ""]
    accounts = [("客户编号", "客户名称", "电话"), ("1562.0", "华鼎", "13800000001.0"),
                ("1563.0", "远大", "1.3800000002E+10")]  # fmt: skip
    taken_in(text_file(tmp_path, accounts, name="客户.csv"))
    assert {account.external for account in Account.select()} == {"1562", "1563"}
    asked = dropped(deals_file(tmp_path, ("1", "一", "5", "", "0.8", "谈判"), heading=heading, name="比例.csv"))
    assert [question.about for question in asked.findings[0].part.questions] == ["percent"]


@needs_samples
def test_9_a_locked_workbook_says_so_an_ancient_one_opens_and_long_work_can_be_stopped(tmp_path, en):
    drop = imports.look([SAMPLES / "password_protected.xlsx", SAMPLES / "excel3_biff3_not_ole.xls"])
    assert [en.text(each.why)[:27] for each in drop.skipped] == ["This workbook has a passwor"]
    assert [part.source.name for part in drop.parts] == ["excel3_biff3_not_ole.xls"]

    class Stopped(Exception):
        pass

    def stop(_done, _whole):
        raise Stopped

    drop = imports.look([deals_file(tmp_path, ONE)])
    with pytest.raises(Stopped):
        imports.examine(drop, today=TODAY, progress=stop)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_10_what_goes_out_comes_back_the_same_and_runs_as_no_formula(tmp_path, kind):
    names = ("=1+1", "+49 2", "-minus", "@总", "普通", "'=x", "\"引号\",\n第二行")
    rows = [(f"D{at}", name, Money.yuan("1234.50"), date(2026, 1, 2), "谈判") for at, name in enumerate(names)]
    heading = ("商机编号", "商机名称", "金额", "预计成交日期", "阶段")
    path = tmp_path / f"商机.{kind}"
    assert (write_csv if kind == "csv" else write_xlsx)(path, heading, rows) == len(names)
    if kind == "csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            written = [row[1] for row in csv.reader(file)][1:]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in written)
    taken_in(path)
    back = deals()
    assert [back[f"D{at}"].name for at in range(len(names))] == [" ".join(name.split()) for name in names]
    assert {deal.amount for deal in back.values()} == {Money.yuan("1234.50")}
    assert taken_in(path).same == len(names)
