"""Exports of the systems people have, each named in the preview; and the owner's own sheets, which are nobody's."""

import csv
import io
import zipfile
from datetime import date

import pytest

from desktopapp.kernel.money import Money
from desktopapp.sales import imports, service
from desktopapp.sales.models import Activity, Deal
from tests.exchange.samples import text_file, workbook

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("file")

PROFILES = {
    "Deals_001.csv": ("zoho", "deal", ("Record Id", "Deal Owner Id", "Amount", "Deal Name", "Closing Date",
                                       "Account Id", "Stage")),
    "Deals_2026_05_28.csv": ("zoho", "deal", ("Record Id", "Deal Owner.id", "Deal Owner", "Amount", "Deal Name",
                                              "Closing Date", "Account Name.id", "Account Name", "Stage")),
    "商机.csv": ("zoho", "deal", ("记录 ID", "商机名称", "商机所有者", "账户名称", "金额", "预计成交日期", "阶段")),
    "transactions.csv": ("zoho", "deal", ("Nom de la transaction", "Nom du compte", "Montant", "Étape",
                                          "Date d'échéance", "Propriétaire de la transaction")),
    "Pipelines.csv": ("bigin", "deal", ("Deal Id", "Deal Owner", "Deal Name", "Company Name", "Sub-Pipeline", "Stage",
                                        "Amount", "Closing Date")),
    "商机2.0.csv": ("fxiaoke", "deal", ("商机名称", "关联客户", "负责人", "商机金额(商机2.0)", "销售阶段", "阶段状态",
                                      "预计成交日期", "负责人主属部门", "生命状态")),
    "NewOpportunityObj.csv": ("fxiaoke", "deal", ("_id", "name", "amount", "close_date", "account_id", "account_id__r",
                                                  "sales_stage__r", "sales_status__r", "owner__r", "life_status")),
    "hubspot-crm-exports.csv": ("hubspot", "deal", ("Record ID", "Deal Name", "Deal Stage", "Amount", "Deal owner",
                                                    "Close Date", "Associated Company IDs (Primary)")),
    "report1700.csv": ("salesforce", "deal", ("Opportunity Owner", "Account Name", "Opportunity Name", "Stage",
                                              "Amount Currency", "Amount", "Close Date")),
    "extract.csv": ("salesforce", "deal", ("ID", "ISDELETED", "ACCOUNTID", "NAME", "STAGENAME", "AMOUNT",
                                          "CLOSEDATE")),
    "crm.lead.csv": ("odoo", "deal", ("External ID", "Opportunity", "Customer", "Salesperson", "Expected Revenue",
                                      "Stage", "Expected Closing")),
    "leads.csv": ("krayin", "deal", ("id", "title", "lead_value", "status", "user_id", "lead_pipeline_stage_id",
                                     "expected_close_date")),
    "通讯录.csv": ("dingtalk", "roster", ("员工UserID", "部门", "职位", "姓名", "工号", "是否此部门主管(是/否)",
                                        "手机号")),
    "成员.csv": ("wecom", "roster", ("姓名", "帐号", "别名", "职务", "部门", "性别", "手机", "座机", "个人邮箱")),
    "员工.csv": ("kingdee", "roster", ("员工编号", "员工姓名", "所属部门", "入职日期", "工资账户", "社保基数")),
    "我的商机.csv": ("", "deal", ("商机编号", "商机名称", "客户名称", "负责人", "阶段", "金额", "预计成交日期")),
    "我的客户.csv": ("", "account", ("客户编号", "客户名称", "负责人", "电话", "省", "市", "区", "客户等级")),
}  # fmt: skip
"""What a file with these headings is taken for: the system, and what it holds."""


@pytest.mark.parametrize("name", PROFILES)
def test_each_system_is_named_by_its_headings(tmp_path, name):
    system, entity, heading = PROFILES[name]
    row = [f"甲{at}" for at in range(len(heading))]
    [part] = imports.look([text_file(tmp_path, [heading, row, row, row, row], name=name)]).parts
    assert (part.system, part.entity, part.taken) == (system, entity, True)


def taken_in(*paths):
    found = imports.examine(imports.look(paths), today=TODAY)
    assert not found.is_asking
    service.take_in(found.deliveries, owners={}, seen=found.owners, files=found.files, today=TODAY)
    return found


def text(*rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue() + "\n"


BACKUP = {
    "Data/Attachments_001.csv": text(
        ("Record Id", "Parent Id", "File Name", "Size"), ("zcrm_5", "zcrm_3", "a.pdf", "9")
    ),
    "Data/Calls_001.csv": text(
        ("Record Id", "Subject", "Call Type", "Who Id", "What Id", "Call Start Time", "Call Owner Id", "Description"),
        ("zcrm_4", "回访", "Outbound", "", "zcrm_3", "2022-10-13 10:00:00", "zcrm_9", "聊了价格"),
    ),
    "Data/Deals_001.csv": text(
        ("Record Id", "Deal Owner Id", "Amount", "Deal Name", "Closing Date", "Account Id", "Stage"),
        ("zcrm_3", "zcrm_9", "250000.0", "一期", "2022-10-14", "zcrm_2", "Closed Won"),
    ),
    "Data/Accounts_001.csv": text(("Record Id", "Account Name", "Account Owner Id"), ("zcrm_2", "华鼎机电", "zcrm_9")),
    "Data/Users_001.csv": text(
        ("Record Id", "First Name", "Last Name", "Email", "Role Id"), ("zcrm_9", "芳", "王", "w@x.cn", "1")
    ),
    "Metadata/Modules_001.csv": text(("Module Id", "Api Name", "Singular Label"), ("1", "Deals", "Deal")),
    "RecordImages/1.png": "no table",
}


def test_a_whole_backup_finds_its_way_by_itself(tmp_path, en):
    path = tmp_path / "Data_001.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in BACKUP.items():
            packed.writestr(name, content)
    found = taken_in(path)
    left = {each.part.source.name for each in found.findings if not each.part.taken}
    assert left == {"Users_001.csv", "Attachments_001.csv", "Modules_001.csv"}
    [deal], [call] = Deal.select(), Activity.select()
    assert (deal.account.name, deal.owner, deal.status) == ("华鼎机电", "王芳", "won")
    assert (call.deal_id, call.owner, call.kind, call.system) == (deal.id, "王芳", "call", "zoho")


def test_a_stage_with_its_funnel_in_brackets_counts_as_the_stage(tmp_path):
    heading = PROFILES["hubspot-crm-exports.csv"][2]
    row = ("1", "一期", "Closed Won (Sales Pipeline)", "5", "王芳", "2026-10-20", "")
    taken_in(text_file(tmp_path, [heading, row, ("2", "二期", "Contract Sent (Sales Pipeline)", *row[3:])]))
    assert [deal.status for deal in Deal.select()] == ["won", "open"]


def test_a_report_says_whose_money_its_sums_are(tmp_path):
    heading = PROFILES["report1700.csv"][2]
    taken_in(text_file(tmp_path, [heading, ("王芳", "华鼎", "一期", "Prospecting", "USD", "12400.00", "2026-11-20")]))
    [deal] = Deal.select()
    assert (deal.amount, deal.currency) == (Money.yuan(12_400), "USD")


def test_what_the_system_calls_otherwise_is_not_taken_for_something_alike(tmp_path):
    """The day of an invoice is no day money came in."""
    heading = ("Record Id", "Invoice Owner", "Subject", "Account Name", "Invoice Date", "Due Date", "Grand Total")
    [part] = imports.look([text_file(tmp_path, [heading, ["1", *"甲乙丙", "2026-1-2", "2026-2-3", "5"]])]).parts
    assert {each.heading: each.target for each in part.guess.columns}["Invoice Date"] is None


def test_the_sheets_of_a_years_payroll_are_of_its_months(tmp_path):
    import xlsxwriter

    path = tmp_path / "2026年工资表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for month in (1, 2):
            sheet = book.add_worksheet(f"{month}月")
            sheet.write_row(0, 0, ("工号", "姓名", "基本工资", "应发合计", "实发工资"))
            sheet.write_row(1, 0, ("1", "王芳", 8000, 9000, 8910))
    found = taken_in(path)
    assert [each.delivery.content.columns["period"] for each in found.findings] == [["2026-01"], ["2026-02"]]


def test_nobody_is_paid_for_a_whole_year_at_once(tmp_path):
    rows = [("姓名", "基本工资", "应发合计", "实发工资"), ("王芳", 8000, 9000, 8910)]
    [part] = imports.look([workbook(tmp_path, rows, name="2026年工资表.xlsx")]).parts
    assert [question.about for question in part.questions] == ["period"]


def test_own_lists_find_each_other_by_the_numbers_they_have(tmp_path):
    customers = [("客户编号", "客户名称", "客户等级", "电话"), ("0001", "华鼎机电", "A", "021")]
    deals = [("商机编号", "商机名称", "客户编号", "阶段", "金额"), ("D1", "一期", "0001", "谈判", "5")]
    taken_in(text_file(tmp_path, deals, name="商机.csv"), text_file(tmp_path, customers, name="客户.csv"))
    [deal] = Deal.select()
    assert (deal.account.external, deal.customer) == ("0001", "华鼎机电")
