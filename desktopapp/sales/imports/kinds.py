"""What the files of a CRM may hold: each kind of record, and which headings fill which of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from desktopapp.exchange.headings import Kind, Target, normal
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import N_
from desktopapp.sales.models import (
    Account,
    Activity,
    Collection,
    Contact,
    Deal,
    Lead,
    Order,
    Payroll,
    Product,
    Quota,
)
from desktopapp.storage.fields import Flag, Money, Text
from desktopapp.team import imports as team

ID = 120
"""The most characters a number in the source has."""

_OWNER_ID = Text(ID, default="", verbose_name=N_("Owner's number in the source"))
_ACCOUNT_ID = Text(ID, default="", verbose_name=N_("Customer's number in the source"))
_DEAL = Text(default="", verbose_name=N_("Deal"))
_DEAL_ID = Text(ID, default="", verbose_name=N_("Deal's number in the source"))
_ORDER = Text(ID, default="", verbose_name=N_("Order's number in the source"))
_RELATED = Text(ID, default="", verbose_name=N_("Number of what it is about"))
_FIRST_NAME = Text(100, default="", verbose_name=N_("First name"))
_LAST_NAME = Text(100, default="", verbose_name=N_("Last name"))
_SAID = Text(default="", verbose_name=N_("Status in the source"))
_IS_WON = Flag(null=True, verbose_name=N_("Won in the source"))
_IS_CLOSED = Flag(null=True, verbose_name=N_("Closed in the source"))
_DELETED = Flag(null=True, verbose_name=N_("Deleted in the source"))
_CONVERTED = Flag(null=True, verbose_name=N_("Turned into a deal in the source"))
_KIND = Text(default="", verbose_name=Activity.kind.verbose_name)
_CATEGORY = Text(default="", verbose_name=Deal.category.verbose_name)
_OWED = Money(null=True, verbose_name=N_("Still owed, as the file says"))

_OWNERS = (
    Target("owner", Deal.owner, ("owner",),
           ("负责人", "所有者", "客户经理", "业务员", "销售", "销售人员", "销售员", "销售代表", "跟进人", "责任人",
            "经办人", "经手人", "分配给", "分配人", "添加人", "Owner", "Sales Rep", "Rep", "Salesperson",
            "Account Manager", "Assigned To", "Assignee")),
    Target("owner_id", _OWNER_ID, ("owner_id",)),
)  # fmt: skip
_CUSTOMER = (
    Target("customer", Deal.customer, ("account",),
           ("客户名称", "公司名称", "客户", "所属客户", "关联客户", "客户全称", "单位名称", "账户名称",
            "付款单位", "付款方", "购货单位", "往来单位", "客户单位", "甲方", "买方", "公司", "Customer",
            "Customer Name", "Client", "Company", "Potential Customer", "Organization")),
    Target("account_id", _ACCOUNT_ID, ("account_id",), ("客户编号", "客户ID", "客户编码")),
)  # fmt: skip
_DEALS = (
    Target("deal_name", _DEAL, ("deal",), ("商机名称", "关联商机", "项目名称")),
    Target("deal_id", _DEAL_ID, ("deal_id",), ("商机编号", "商机ID")),
)
_MONEY = (Target("currency", Deal.currency, ("currency",), ("币种", "货币", "币别")),)
HELPERS = frozenset((
    "owner_id", "account_id", "deal_name", "deal_id", "order_no", "related_id", "first_name", "last_name", "said",
    "is_won", "is_closed", "deleted", "converted", "owed", "number",
))  # fmt: skip
"""Targets that are worked out into others, not kept."""
NUMBERS = ("external", "account_id", "owner_id", "deal_id", "order_no", "related_id")
"""Targets that hold numbers of the source."""

ACCOUNT = Kind(
    "account",
    (
        Target("external", Account.external, ("external_id", "account_no"),
               ("客户编号", "客户编码", "客户代码", "客户ID", "记录ID")),
        Target("name", Account.name, ("name",),
               ("客户名称", "公司名称", "单位名称", "客户全称", "企业名称", "账户名称", "公司名")),
        Target("level", Account.level, ("level",), ("客户级别", "客户等级", "客户分级", "等级", "级别", "Tier")),
        Target("kind", Account.kind, ("type",), ("客户类型", "客户性质")),
        Target("industry", Account.industry, ("industry",), ("所属行业", "行业")),
        Target("phone", Account.phone, ("phone", "mobile"), ("联系电话", "电话", "公司电话")),
        Target("email", Account.email, ("email",), ("邮箱", "电子邮箱", "邮件")),
        Target("province", Account.province, ("province", "address_state"), ("省", "省份", "所在省份")),
        Target("city", Account.city, ("city", "address_city"), ("所在城市", "城市", "市")),
        Target("address", Account.address, ("address", "address_street"), ("地址", "详细地址", "公司地址")),
        Target("source", Account.source, ("source",), ("客户来源", "来源")),
        *_OWNERS,
        Target("created", Account.created, ("created_at",), ("创建时间", "创建日期", "建档日期")),
        Target("last_activity", Account.last_activity, ("last_activity_at",),
               ("最近跟进时间", "最后跟进时间", "上次拜访时间", "上次联系时间", "上次拜访", "Last Contact")),
        Target("deleted", _DELETED, ("deleted",)),
    ),
    ("account", "accounts", "company", "companies", "客户", "账户", "公司", "企业"),
    needs=(("name",),),
)
CONTACT = Kind(
    "contact",
    (
        Target("external", Contact.external, ("external_id",), ("联系人编号", "联系人ID", "记录ID")),
        Target("name", Contact.name, ("name",), ("联系人", "联系人姓名", "姓名")),
        Target("first_name", _FIRST_NAME, ("first_name",), ("名",)),
        Target("last_name", _LAST_NAME, ("last_name",), ("姓",)),
        *_CUSTOMER,
        Target("title", Contact.title, ("title",), ("职务", "职位", "岗位")),
        Target("department", Contact.department, ("department",), ("部门", "所在部门")),
        Target("mobile", Contact.mobile, ("mobile",), ("手机", "手机号", "手机号码", "移动电话")),
        Target("phone", Contact.phone, ("phone",), ("电话", "座机", "办公电话", "联系电话")),
        Target("email", Contact.email, ("email",), ("邮箱", "电子邮箱", "邮件")),
        Target("birthday", Contact.birthday, ("birthday",), ("生日", "出生日期")),
        Target("is_primary", Contact.is_primary, ("is_primary",), ("主联系人", "是否主联系人")),
        *_OWNERS,
        Target("deleted", _DELETED, ("deleted",)),
    ),
    ("contact", "contacts", "person", "persons", "联系人"),
    needs=(("name", "last_name", "first_name"), ("customer", "account_id", "external", "title", "owner", "owner_id")),
)
LEAD = Kind(
    "lead",
    (
        Target("external", Lead.external, ("external_id",), ("线索编号", "线索ID", "记录ID")),
        Target("name", Lead.name, ("name",), ("线索名称", "线索")),
        Target("first_name", _FIRST_NAME, ("first_name",)),
        Target("last_name", _LAST_NAME, ("last_name",), ("姓",)),
        Target("customer", Lead.customer, ("company",), ("公司名称", "公司全称", "公司")),
        Target("title", Lead.title, ("title",), ("职务", "职位")),
        Target("mobile", Lead.mobile, ("mobile",), ("手机", "手机号")),
        Target("phone", Lead.phone, ("phone",), ("电话", "联系电话")),
        Target("email", Lead.email, ("email",), ("邮箱", "邮件")),
        *_OWNERS,
        Target("stage", Lead.stage, ("status", "stage"), ("线索状态", "线索阶段")),
        Target("converted", _CONVERTED, ("is_converted",), ("是否转换", "是否已转商机")),
        Target("source", Lead.source, ("source",), ("线索来源", "来源")),
        Target("created", Lead.created, ("created_at",), ("创建时间", "创建日期")),
        Target("deleted", _DELETED, ("deleted",)),
    ),
    ("lead", "leads", "线索"),
    needs=(("name", "last_name", "customer"), ("stage", "source", "converted", "external")),
)
DEAL = Kind(
    "deal",
    (
        Target("external", Deal.external, ("external_id",),
               ("商机编号", "商机ID", "项目编号", "合同编号", "记录ID", "Ref", "Deal ID")),
        Target("name", Deal.name, ("name",), ("商机名称", "项目名称", "合同名称", "机会名称", "Topic")),
        *_CUSTOMER,
        *_OWNERS,
        Target("stage", Deal.stage, ("stage", "stage_id"),
               ("阶段", "商机阶段", "销售阶段", "项目阶段", "进展", "进度", "Phase")),
        Target("said", _SAID, ("status", "status_id"), ("状态", "Status", "商机状态", "赢单状态")),
        Target("is_won", _IS_WON, ("is_won",), ("是否赢单",)),
        Target("is_closed", _IS_CLOSED, ("is_closed",), ("是否关闭",)),
        Target("deleted", _DELETED, ("deleted",)),
        Target("stage_since", Deal.stage_since, ("stage_changed_at",), ("阶段变更时间", "进入当前阶段时间")),
        Target("amount", Deal.amount, ("amount",),
               ("商机金额", "合同金额", "成交金额", "预计金额", "预计销售金额", "预算金额", "项目金额", "销售金额",
                "预算", "标的额", "Value", "Deal Value", "Expected Value")),
        *_MONEY,
        Target("probability", Deal.probability, ("probability",),
               ("赢率", "赢单率", "可能性", "成交概率", "概率", "成功率", "胜率", "把握度", "把握", "签约几率", "几率",
                "Chance", "Win Probability")),
        Target("category", _CATEGORY, ("forecast_category",), ("预测类别", "预测类型")),
        Target("product", Deal.product, (), ("产品", "产品名称", "Product Name", "主要产品")),
        Target("close_date", Deal.close_date, ("close_date",),
               ("预计成交日期", "成交日期", "结单日期", "签约日期", "预计签单日期", "预计结单日期", "预计日期",
                "预计签约", "Expected Close", "Expected Close Date")),
        Target("created", Deal.created, ("created_at",), ("创建时间", "创建日期")),
        Target("last_activity", Deal.last_activity, ("last_activity_at",), ("最近跟进时间", "最后跟进时间")),
        Target("source", Deal.source, ("source",), ("来源", "商机来源")),
        Target("next_step", Deal.next_step, ("next_step",), ("下一步", "下一步计划")),
        Target("lost_reason", Deal.lost_reason, ("lost_reason",), ("输单原因", "丢单原因", "失败原因")),
    ),
    ("deal", "deals", "opportunity", "opportunities", "potential", "potentials", "opp", "project", "projects",
     "商机2.0", "商机", "销售机会", "机会", "项目"),
    needs=(("name",), ("stage", "amount", "close_date", "said", "probability", "is_won")),
)  # fmt: skip
ORDER = Kind(
    "order",
    (
        Target("external", Order.external, ("order_no",), ("订单编号", "订单号", "合同编号", "合同号", "SO Number")),
        Target("name", Order.name, ("name", "contract_name"), ("订单名称", "合同名称")),
        *_CUSTOMER,
        *_DEALS,
        *_OWNERS,
        Target("said", _SAID, ("status", "contract_status"), ("订单状态", "合同状态", "状态")),
        Target("amount", Order.amount, ("amount", "contract_amount"),
               ("订单金额", "合同金额", "订单总额", "合同总额", "金额", "Grand Total", "Order Amount")),
        *_MONEY,
        Target("paid", Order.paid, ("paid_amount",),
               ("已回款金额", "已收金额", "已回款", "已收款", "已收", "已付款", "已付金额")),
        Target("owed", _OWED, ("receivable_amount",),
               ("待回款金额", "应收金额", "未回款金额", "未收金额", "未收款", "未收", "应收余额", "欠款", "欠款金额")),
        Target("day", Order.day, ("order_date", "contract_start", "created_at"),
               ("下单日期", "订单日期", "签订日期", "签约日期", "合同日期", "Order Date")),
        Target("due", Order.due, ("due_date",), ("到期日", "到期日期", "应收日期", "付款期限", "约定付款日期")),
        Target("deleted", _DELETED, ("deleted",)),
    ),
    ("salesorder", "order", "orders", "销售订单", "订单"),
    ("合同", "contract"),
    needs=(("external", "name"), ("amount", "owed", "paid")),
)  # fmt: skip
COLLECTION = Kind(
    "payment",
    (
        Target("external", Collection.external, ("payment_no",), ("回款编号", "收款编号", "回款单号", "流水号")),
        *_CUSTOMER,
        *_DEALS,
        Target("order_no", _ORDER, ("order",), ("订单编号", "合同编号", "订单号", "合同号", "所属合同", "销售订单")),
        *_OWNERS,
        Target("day", Collection.day, ("paid_at",),
               ("回款日期", "到账日期", "收款日期", "实际回款日期", "到账时间", "Payment Date", "Received on")),
        Target("amount", Collection.amount, ("amount",),
               ("回款金额", "到账金额", "收款金额", "实际回款金额", "实收金额", "实收", "本次回款", "Payment Amount")),
        *_MONEY,
        Target("planned", Collection.planned, ("planned_amount",),
               ("计划回款金额", "应收金额", "应回款金额", "计划金额", "Grand Total")),
        Target("due", Collection.due, ("due_date",),
               ("计划回款日期", "应收日期", "到期日", "到期日期", "应回款日期", "约定回款日期")),
        Target("deleted", _DELETED, ("deleted",)),
    ),
    ("payment", "payments", "invoice", "invoices", "回款记录", "回款计划", "回款", "收款"),
    needs=(("amount", "planned"), ("day", "due")),
)  # fmt: skip
ACTIVITY = Kind(
    "activity",
    (
        Target("external", Activity.external, ("external_id",), ("跟进编号", "活动编号", "记录ID")),
        Target("kind", _KIND, ("type",), ("跟进方式", "跟进类型", "联系方式", "活动类型", "Activity Type")),
        Target("subject", Activity.subject, ("subject", "scenario"), ("主题", "标题", "Subject")),
        Target("day", Activity.day, ("happened_at", "started_at", "due_date", "planned_at", "created_at"),
               ("跟进时间", "跟进日期", "拜访日期", "联系日期", "活动时间", "日期", "Call Start Time",
                "Start DateTime")),
        *_CUSTOMER,
        *_DEALS,
        Target("related_id", _RELATED, ("related_id",), ("What Id", "Related To Id", "Related To.id")),
        *_OWNERS,
        Target("body", Activity.body, ("body",), ("跟进内容", "沟通内容", "内容", "拜访内容", "跟进记录", "Notes")),
        Target("deleted", _DELETED, ("deleted",)),
    ),
    ("activity", "activities", "call", "calls", "event", "events", "meeting", "meetings", "task", "tasks", "note",
     "notes", "activerecord", "销售记录",
     "跟进记录", "跟进", "拜访", "活动"),
    needs=(("day",), ("body", "subject", "kind")),
)  # fmt: skip
PRODUCT = Kind(
    "product",
    (
        Target("external", Product.external, (),
               ("产品编号", "产品编码", "商品编码", "货号", "料号", "物料编码", "Product Code", "SKU", "Record Id")),
        Target("name", Product.name, (), ("产品名称", "商品名称", "品名", "Product Name")),
        Target("category", Product.category, (), ("产品分类", "产品类别", "分类", "Product Category")),
        Target("unit", Product.unit, (), ("单位", "计量单位", "Usage Unit")),
        Target("price", Product.price, (), ("单价", "标准价格", "价格", "销售单价", "Unit Price", "Sales Price")),
        *_MONEY,
        Target("is_sold", Product.is_sold, (), ("是否在售", "是否启用", "上架", "Product Active", "Active")),
    ),
    ("product", "products", "产品", "商品"),
    needs=(("name",), ("price", "category", "unit", "is_sold")),
)  # fmt: skip
PAYROLL = Kind(
    "payroll",
    (
        Target("owner", Payroll.owner, (), ("姓名", "员工姓名", "Name", "Employee Name", "Employee")),
        Target("number", _OWNER_ID, (), ("工号", "员工编号", "员工号", "Employee Number", "Employee No")),
        Target("period", Payroll.period, (), ("月份", "工资月份", "所属月份", "薪资月份", "发放月份", "Month")),
        Target("base", Payroll.base, (), ("基本工资", "底薪", "基础工资", "Base Pay", "Basic Salary")),
        Target("bonus", Payroll.bonus, (), ("奖金", "提成", "绩效奖金", "绩效工资", "提成奖金", "Commission", "Bonus")),
        Target("gross", Payroll.gross, (), ("应发工资", "应发合计", "应发金额", "应发", "工资合计", "Gross Salary")),
        Target("deducted", Payroll.deducted, (),
               ("扣款合计", "应扣合计", "扣除合计", "代扣合计", "扣款", "Deductions")),
        Target("net", Payroll.net, (), ("实发工资", "实发合计", "实发金额", "实发", "Net Salary")),
    ),
    ("payroll", "payslip", "salary", "salaries", "工资", "薪资", "工资表", "薪酬"),
    needs=(("owner",), ("gross", "net")),
)
QUOTA = Kind(
    "goal",
    (
        Target("owner", Quota.owner, ("owner",), ("负责人", "客户经理", "业务员", "姓名", "销售人员", "员工", "Name")),
        Target("owner_id", _OWNER_ID, ("owner_id",), ("工号",)),
        Target("period", Quota.period, (), ("期间", "月份", "季度", "年份", "考核周期", "目标周期", "Period", "Month")),
        Target("measure", Quota.measure, (), ("指标", "目标类型", "考核指标", "目标名称", "Measure", "Metric")),
        Target("target", Quota.target, ("target",),
               ("目标", "目标值", "目标金额", "销售目标", "任务", "任务额", "业绩目标", "Target", "Quota")),
        Target("achieved", Quota.achieved, ("achieved",), ("完成值", "完成金额", "实际完成", "完成", "Achieved")),
    ),
    ("goal", "goals", "target", "targets", "quota", "quotas", "目标", "任务"),
    needs=(("owner", "owner_id"), ("target",)),
)  # fmt: skip
ROSTER = Kind(
    "roster",
    (
        *team.TARGETS,
        Target("external", _OWNER_ID, ("external_id", "user_id")),
        Target("first_name", _FIRST_NAME, ("first_name",)),
        Target("last_name", _LAST_NAME, ("last_name",)),
    ),
    ("roster", "users", "user", "employee", "employees", "员工", "人员", "花名册", "通讯录"),
    needs=(("name", "last_name"),
     ("number", "team", "position", "joined", "phone", "email", "status", "base_pay", "birthday")),
)  # fmt: skip


@frozen
class Entity:
    """A kind of record of a file, and the table of ours it fills."""

    key: str
    kind: Kind
    table: type | None = None
    """None where another area keeps them."""


ENTITIES: tuple[Entity, ...] = (
    Entity("roster", ROSTER),
    Entity("account", ACCOUNT, Account),
    Entity("contact", CONTACT, Contact),
    Entity("lead", LEAD, Lead),
    Entity("deal", DEAL, Deal),
    Entity("order", ORDER, Order),
    Entity("collection", COLLECTION, Collection),
    Entity("activity", ACTIVITY, Activity),
    Entity("product", PRODUCT, Product),
    Entity("payroll", PAYROLL, Payroll),
    Entity("goal", QUOTA, Quota),
)
"""What files may hold, in the order it is taken in: what is referred to comes before what refers to it."""


@cache
def by_key() -> Mapping[str, Entity]:
    """Each by its key."""
    return {each.key: each for each in ENTITIES}


SYSTEMS: Mapping[str, str] = {
    "zoho": N_("Zoho CRM"),
    "bigin": N_("Bigin by Zoho"),
    "fxiaoke": N_("Fxiaoke"),
    "hubspot": N_("HubSpot"),
    "salesforce": N_("Salesforce"),
    "odoo": N_("Odoo"),
    "krayin": N_("Krayin"),
    "dingtalk": N_("DingTalk"),
    "wecom": N_("WeCom"),
    "kingdee": N_("Kingdee"),
}
"""The systems whose exports are known, by the word the table of aliases has for each."""


def tells_system(heading: str) -> bool:
    """Whether a column says which system the records are from: we write one when they go out."""
    return normal(heading) in _system_headings()


@cache
def _system_headings() -> frozenset[str]:
    return frozenset(normal(language(code).text(Account.system.verbose_name)) for code in CODES)


def system_named(word: str) -> str:
    """The key of a system by its name in any language; empty where it is none."""
    return next((key for key, name in SYSTEMS.items() if word in {language(code).text(name) for code in CODES}), "")
