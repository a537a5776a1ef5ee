"""Whose export a table is, by headings that only one system writes.

Most headings of a CRM are everybody's words: a customer list of the owner's own has 客户名称 and 负责人
too. So a system is named only where a heading stands that no other writes so, letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_SIGNS: Mapping[str, re.Pattern[str]] = {
    "bigin": re.compile(r"Deal Id|Sub-Pipeline|Pipeline\.id"),
    "zoho": re.compile(
        r"Record Id|\w[\w ]* Owner Id|[A-Z][\w ]*\.id|Closing Date|Potential Name|Parent I[dD]|(?:What|Who) Id|"
        r"(?:商机|客户|账户|线索|联系人|销售订单|发票|任务)所有者|账户名称|"
        r"Nom de la transaction|Propriétaire de (?:la transaction|l'enregistrement)"
    ),
    "hubspot": re.compile(r"Record ID|Associated Company IDs.*|(?:Deal|Company|Contact) owner"),
    "fxiaoke": re.compile(
        r"负责人主属部门|主属部门|归属部门|生命状态|锁定状态|阶段状态|商机2\.0.*|.*\(商机2\.0\)|(?:所属)?公海|"
        r".*唯一 ?ID|life_status|lock_status|sales_(?:status|stage)(?:__r)?|(?:owner|account_id)__r|leads_stage|"
        r"new_opportunity_id|high_seas_name|main_department|data_own_department|interactive_types|"
        r"plan_payment_amount|month_value|achieve_value|receivable_amount|field_\w+__c"
    ),
    "salesforce": re.compile(
        r"(?i:stagename|isdeleted|masterrecordid|systemmodstamp|forecastcategory|lastmodifiedbyid|\w+__c)|"
        r"Opportunity (?:Owner|Name|ID|Currency)"
    ),
    "odoo": re.compile(r"(?:.+/)?External ID|Expected Closing|Is a Company"),
    "krayin": re.compile(r"lead_(?:pipeline_stage_id|pipeline_id|source_id|value)|contact_numbers|organization_id"),
    "dingtalk": re.compile(r"员工UserID|是否此部门主管.*", re.IGNORECASE),
    "wecom": re.compile(r"英文ID|别名|个人邮箱"),
    "kingdee": re.compile(r"社保基数|工资账户"),
}
"""What only this system writes; those that write what another does too stand before it."""


def signed_by(heading: Iterable[str]) -> tuple[str, ...]:
    """The systems whose own headings stand here, the likeliest first."""
    written = [" ".join(unicodedata.normalize("NFKC", each).split()).rstrip("*") for each in heading]
    return tuple(system for system, sign in _SIGNS.items() if any(map(sign.fullmatch, written)))
