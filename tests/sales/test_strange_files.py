"""Files as firms write them themselves, no two alike: general rules find their way, and nothing is known beforehand."""

from datetime import date

import pytest

from desktopapp.exchange.headings import guessed
from desktopapp.sales import imports
from tests.exchange.samples import text_file, workbook

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("file")


def seen(path):
    """The one table of a file, what its rows come to, and its values."""
    drop = imports.look([path])
    found = imports.examine(drop, today=TODAY)
    [finding] = found.findings
    assert not found.is_asking
    return finding.part, finding.counts, finding.delivery.content.columns


def test_tabs_in_utf_16_with_sums_in_wan_and_days_written_in_three_ways(tmp_path):
    rows = [("负责人", "预计签单时间", "预算金额（万）", "客户全称", "项目名称", "当前阶段", "成功率", "项目编号"),
            ("王芳", "2026年12月1日", "12.5", "华鼎机电", "一期", "方案报价", "60%", "P-001"),
            ("李娜", "2026/12/5", "3", "远大集团", "二期", "商务谈判", "75%", "P-002"),
            ("李娜", "2026-12-9", "1.2", "蓝海", "三期", "赢单", "100%", "P-003")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, "utf-16", "\t", name="项目跟进.txt"))
    assert (part.entity, part.taken, counts.new) == ("deal", True, 3)
    assert values["amount"] == [12_500_000, 3_000_000, 1_200_000]
    assert values["close_date"] == ["2026-12-01", "2026-12-05", "2026-12-09"]
    assert values["probability"] == [6_000, 7_500, 10_000]
    assert values["customer"] == ["华鼎机电", "远大集团", "蓝海"]


def test_titles_above_a_sum_and_signatures_below_in_gb18030(tmp_path):
    rows = [("2026年11月回款明细表",), ("制表人：财务部", "", "", "单位：元"),
            ("序号", "到账日", "付款单位", "到账额", "收款方式", "经办人"),
            ("1", "2026.11.03", "华鼎机电", "120,000.00", "电汇", "王芳"),
            ("2", "2026.11.13", "远大集团", "(8,000.00)", "退回", "李娜"),
            ("合计", "", "", "112,000.00"), ("审核：", "", "", "", "出纳：")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, "gb18030", name="到账.csv"))
    assert (part.entity, counts.new, [aside.row for aside in part.table.aside]) == ("collection", 2, [6, 7])
    assert (values["amount"], values["day"]) == ([12_000_000, -800_000], ["2026-11-03", "2026-11-13"])
    assert values["customer"] == ["华鼎机电", "远大集团"]
    assert values["owner"] == ["王芳", "李娜"]


def test_a_workbook_with_days_as_bare_numbers_and_an_empty_column(tmp_path):
    rows = [("机会ID", "", "机会名称", "客户", "阶段", "金额", "签单日", "销售员"),
            ("O1", "", "一期", "华鼎机电", "方案报价", 120_000, 46_357, "王芳"),
            ("O2", "", "二期", "远大集团", "输单", 80_000.5, 46_300, "李娜")]  # fmt: skip
    part, counts, values = seen(workbook(tmp_path, rows))
    assert (part.entity, counts.new) == ("deal", 2)
    assert values["close_date"] == ["2026-12-01", "2026-10-05"]
    assert (values["amount"], values["status"]) == ([12_000_000, 8_000_050], ["open", "lost"])


def test_traditional_headings_in_big5_with_semicolons(tmp_path):
    rows = [("客戶代碼", "客戶全稱", "客戶等級", "行業", "電話", "業務員"),
            ("C01", "華鼎機電", "A", "製造", "02-2345678", "王芳"),
            ("C02", "遠大集團", "B", "零售", "02-8765432", "李娜")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, "big5", ";"))
    assert (part.entity, part.table.encoding, counts.new) == ("account", "big5", 2)
    assert values["external"] == ["C01", "C02"]
    assert values["name"] == ["華鼎機電", "遠大集團"]


def test_english_words_no_crm_uses_with_commas_before_the_cents_and_a_row_that_stands_twice(tmp_path):
    again = ("03/04/2026", "Phase 2", "Yuanda", "8.000,50", "CNY", "Li Na", "Open", "R2")
    rows = [("Expected Close", "Opportunity", "Company", "Deal Value", "Currency", "Sales Rep", "Status", "Ref"),
            ("25/12/2026", "Phase 1", "Huading", "12.400,00", "CNY", "Wang Fang", "Won", "R1"), again, again,
            ("13/04/2026", "Phase 3", "Lanhai", "500,00", "CNY", "Li Na", "Lost", "R3")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, "cp1252", ";"))
    assert (part.entity, counts.new, counts.twice) == ("deal", 3, 1)
    assert values["amount"] == [1_240_000, 800_050, 50_000]
    assert values["close_date"] == ["2026-12-25", "2026-04-03", "2026-04-13"]
    assert values["status"] == ["won", "open", "lost"]


def test_a_price_list_with_its_title_a_blank_row_and_a_remark_at_the_foot(tmp_path):
    rows = [("产品价目表（2026版）",), (), ("货号", "品名", "规格型号", "单位", "含税单价(元)", "分类"),
            ("A-1", "重型货架", "2000*600", "组", "￥1,280.00", "货架"),
            ("A-2", "LED灯", "36W", "只", "￥58.5", "照明"),
            ("备注：以上价格含税",)]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, "gb18030"))
    assert (part.entity, counts.new) == ("product", 2)
    assert (values["external"], values["price"]) == (["A-1", "A-2"], [128_000, 5_850])


def test_headings_and_sums_on_every_page_are_no_records(tmp_path):
    heading = ("合同号", "签约日期", "客户名称", "合同金额（￥）", "业务员")
    rows = [("销售合同台账",), heading, ("H1", "2026-11-01", "华鼎机电", "100.00", "王芳"),
            ("本页小计", "", "", "100.00"), heading, ("H2", "2026-11-03", "蓝海", "50.00", "李娜"),
            ("本页小计", "", "", "50.00"), ("本月合计", "", "", "150.00")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, "gb18030"))
    assert (part.entity, counts.new, [aside.row for aside in part.table.aside]) == ("order", 2, [4, 5, 7, 8])
    assert (values["external"], values["amount"]) == (["H1", "H2"], [10_000, 5_000])


def test_notes_of_contact_with_the_hour_in_words_and_upright_strokes_between(tmp_path):
    rows = [("跟进时间", "跟进人", "客户", "跟进方式", "跟进内容"),
            ("2026-11-03 下午3:20", "王芳", "华鼎机电", "电话", "谈价格"),
            ("2026年11月4日 10时", "李娜", "远大集团", "拜访", "看现场"),
            ("2026年11月5日下午3点整", "李娜", "远大集团", "拜访", "第二次")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, separator="|"))
    assert (part.entity, counts.new, counts.rejected) == ("activity", 3, 0)
    assert values["day"] == ["2026-11-03", "2026-11-04", "2026-11-05"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_does_not_say_so_with_breaks_and_quotes_inside_cells(tmp_path, encoding):
    rows = [("商机编号", "商机名称", "客户名称", "阶段", "金额\n(元)", "预计\n成交日期", "负责人"),
            ("D1", "一期\n仓库,货架", "华鼎机电", "谈判", "1,200.50", "2026-12-01", "王芳"),
            ("D2", '他说"好"', "远大集团", "赢单", "200", "2026-11-01", "李娜")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows, encoding))
    assert (part.entity, part.table.encoding, counts.new) == ("deal", encoding, 2)
    assert (values["name"], values["amount"]) == (["一期 仓库,货架", '他说"好"'], [120_050, 20_000])


@pytest.mark.parametrize(
    ("heading", "entity", "name"),
    [("签单日", "deal", "close_date"), ("预期成交时间", "deal", "close_date"), ("目前阶段", "deal", "stage"),
     ("项目额", "deal", "amount"), ("入账日", "collection", "day"), ("收款额", "collection", "amount"),
     ("回款单号", "collection", "external"), ("对应合同号", "collection", "order_no"), ("签单日期", "order", "day"),
     ("料号", "product", "external"), ("含税单价", "product", "price"), ("不含税单价", "product", None),
     ("合同结束日期", "order", None), ("完成额", "deal", None), ("签单人", "deal", None)],
)  # fmt: skip
def test_another_word_for_a_heading_is_the_heading_and_one_that_says_something_else_is_not(heading, entity, name):
    kind = next(each.kind for each in imports.ENTITIES if each.key == entity)
    [column] = guessed([heading], kind, {}).columns
    assert (column.target and column.target.name) == name


@pytest.mark.parametrize(
    ("entity", "rows", "wanted"),
    [
        ("deal", (("项目", "客户", "金额", "可能性", "阶段", "预计日期"),
                  ("一期", "华鼎", "12万", "60%", "报价", "2026-12-01")),
         {"name": "一期", "customer": "华鼎", "amount": 12_000_000, "probability": 6_000, "stage": "报价",
          "close_date": "2026-12-01"}),
        ("deal", (("Project", "Client", "Value", "Chance", "Phase", "Expected close", "Rep"),
                  ("Portal", "Acme", "USD 1,200.00", "60%", "Proposal", "1-Dec-26", "Tom")),
         {"name": "Portal", "customer": "Acme", "amount": 120_000, "probability": 6_000, "currency": "USD",
          "close_date": "2026-12-01", "owner": "Tom"}),
        ("deal", (("销售机会名称", "客户名称", "销售金额", "销售阶段", "结单日期", "赢率", "销售机会所有人"),
                  ("一期", "华鼎", "1.2k", "方案", "Dec 1, 2026", "七成", "王芳")),
         {"name": "一期", "amount": 120_000, "probability": 7_000, "close_date": "2026-12-01", "owner": "王芳"}),
        ("account", (("公司名", "等级", "行业", "城市", "电话", "业务员", "上次拜访"),
                     ("华鼎", "A", "制造", "上海", "13800000001", "王芳", "2026-11-01")),
         {"name": "华鼎", "level": "A", "city": "上海", "owner": "王芳", "last_activity": "2026-11-01"}),
        ("contact", (("姓名", "公司", "职务", "手机"), ("张三", "华鼎", "经理", "13800000001")),
         {"name": "张三", "customer": "华鼎", "title": "经理", "mobile": "13800000001"}),
        ("order", (("合同号", "合同名", "甲方", "签订时间", "合同总额", "已收", "未收", "负责人"),
                   ("C01", "一期", "华鼎", "2026.11.01", "120,000.00", "60,000.00", "60,000.00", "王芳")),
         {"external": "C01", "name": "一期", "customer": "华鼎", "amount": 12_000_000, "paid": 6_000_000}),
        ("collection", (("客户", "应收日期", "应收金额", "实收金额", "业务员"),
                        ("华鼎", "2026-12-01", "5000", "3000", "王芳")),
         {"planned": 500_000, "amount": 300_000, "due": "2026-12-01", "customer": "华鼎"}),
        ("activity", (("拜访日期", "客户", "拜访人", "方式", "拜访内容"),
                      ("2026-11-01", "华鼎", "王芳", "上门", "谈方案")),
         {"day": "2026-11-01", "customer": "华鼎", "kind": "visit", "body": "谈方案"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_headings_in_words_no_system_uses(tmp_path, entity, rows, wanted):
    part, counts, values = seen(text_file(tmp_path, rows, name="表.csv"))
    assert (part.entity, part.taken, counts.new, counts.rejected) == (entity, True, 1, 0)
    assert {name: values[name][0] for name in wanted} == wanted


def test_odds_in_words_are_kept_as_words_and_cost_no_row(tmp_path):
    rows = [("商机名称", "客户", "金额", "把握"), ("一期", "华鼎", "12万", "高"),
            ("二期", "远大", "3万", "中"), ("三期", "蓝海", "1万", "低")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows))
    assert (counts.new, counts.rejected) == (3, 0)
    assert "probability" not in values
    assert values["extra"][0] == '{"把握": "高"}'
    assert next(each for each in part.guess.columns if each.heading == "把握").target is None


def test_a_day_without_a_year_says_that_the_year_is_missing(tmp_path, zh):
    rows = [("商机名称", "客户", "金额", "预计成交日期"), ("一期", "华鼎", "12万", "12月1日"),
            ("二期", "远大", "3万", "2026-12-08")]  # fmt: skip
    found = imports.examine(imports.look([text_file(tmp_path, rows)]), today=TODAY)
    [finding] = found.findings
    assert (finding.counts.new, finding.counts.rejected) == (1, 1)
    assert [zh.text(each.message) for each in finding.problems] == ["“12月1日”没有写年份。"]


@pytest.mark.parametrize(
    ("above", "heading", "row", "name", "wanted"),
    [
        (("2026年度销售目标（万元）",), ("姓名", "1月", "2月", "3月", "合计"), ("王芳", "10", "12", "15", "37"),
         "表.csv",
         [("2026-01", 10_000_000), ("2026-02", 12_000_000), ("2026-03", 15_000_000)]),
        ((), ("业务员", "一季度", "二季度", "三季度", "四季度", "全年"), ("王芳", "10万", "12万", "", "11万", "33万"),
         "2026年任务分解.csv", [("2026Q1", 10_000_000), ("2026Q2", 12_000_000), ("2026Q4", 11_000_000)]),
        ((), ("Name", "2026-10", "2026-11", "2026-12", "Total"), ("Tom", "100", "200", "300", "600"), "targets.csv",
         [("2026-10", 10_000), ("2026-11", 20_000), ("2026-12", 30_000)]),
    ],
    ids=["months", "quarters", "whole months"],
)  # fmt: skip
def test_targets_with_a_column_a_month_are_one_target_each(tmp_path, above, heading, row, name, wanted):
    rows = [*([above] if above else []), heading, row, ("李娜" if row[0] == "王芳" else "Ann", *row[1:])]
    part, counts, values = seen(text_file(tmp_path, rows, name=name))
    assert (part.entity, part.taken, counts.new) == ("goal", True, 2 * len(wanted))
    assert list(zip(values["period"], values["target"], strict=True))[: len(wanted)] == wanted


def test_targets_of_two_measures_side_by_side_are_one_target_each(tmp_path):
    rows = [("姓名", "季度", "签约目标（万元）", "回款目标（万元）"), ("王芳", "2026Q4", "50", "40"),
            ("李娜", "2026Q4", "30", "x")]  # fmt: skip
    part, counts, values = seen(text_file(tmp_path, rows))
    assert (part.entity, counts.new, counts.rejected) == ("goal", 2, 1)  # a row of a file is taken whole or not at all
    assert list(zip(values["measure"], values["target"], strict=True)) == [("签约", 50_000_000), ("回款", 40_000_000)]


def test_months_side_by_side_that_nobody_calls_targets_stay_as_they_are(tmp_path):
    rows = [("姓名", "1月", "2月", "3月"), ("王芳", "100", "200", "300")]
    drop = imports.look([text_file(tmp_path, rows, name="2026年业绩.csv")])
    assert drop.parts[0].table.heading == rows[0]
    assert not drop.parts[0].taken


def test_numbers_typed_in_wide_letters_are_the_same_numbers(tmp_path):
    heading = ("商机编号", "商机名称", "客户名称", "金额")
    _, _, wide = seen(text_file(tmp_path, [heading, ("Ｄ－０１", "一期", "华鼎", "１２００")]))
    _, _, narrow = seen(text_file(tmp_path, [heading, ("D-01", "一期", "华鼎", "1200")]))
    assert wide == narrow
    assert wide["external"] == ["D-01"]
