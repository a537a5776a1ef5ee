"""Why a table is not taken in unless the owner says so: what it is instead of a list of records."""

from __future__ import annotations

import re

from desktopapp.exchange.headings import normal
from desktopapp.exchange.regions import RawTable
from desktopapp.kernel.message import M, Message
from desktopapp.sales.models import ImportBatch

_FAULTS = frozenset(map(normal, (
    "ERROR", "Errors", "Error Message", "sf__Error", "错误详情", "错误原因", "错误信息", "导入结果", "导入失败原因",
)))  # fmt: skip
"""Headings of what a program notes beside each row it was given."""
_OWN = frozenset(map(normal, ("行号", "建议", "Row", "Advice")))
"""What our own file of rejected rows has beside it: that one is to be mended and taken in again."""
_STATUS = frozenset(map(normal, ("STATUS", "Result", "状态", "结果", "处理结果")))
_OUTCOME = re.compile(
    r"(?:(?:item|record|row) )?"
    r"(?:created|updated|inserted|upserted|deleted|unchanged|skipped|success(?:ful)?|ok|failed)|"
    r"(?:导入|新增|更新|处理|同步)?(?:成功|失败)",
    re.IGNORECASE,
)
"""What a program says of a row it was given."""


def doubt(table: RawTable, entity: str, *, is_sure: bool) -> Message | None:
    """Why the table may be no list of records of this kind; nothing where it plainly is one."""
    if heading := _log(table):
        return M("A program noted here what became of rows it was given (column “{column}”), so it is a log and no "
                 "list of records. Tick it to take it in all the same.", column=heading)  # fmt: skip
    if table.is_blank_form:
        return M("It looks like an empty form with an example in it. Tick it to take it in all the same.")
    if not is_sure:
        content = Message(ImportBatch.entity.label(entity))
        return M("It may be “{content}”, but most of its headings are not known. Say what it holds, or tick it, "
                 "if it is to be taken in.", content=content)  # fmt: skip
    return None


def _log(table: RawTable) -> str:
    """The heading that makes a table the log of a program; empty where none does."""
    if len(_OWN.intersection(map(normal, table.heading))) > 1:
        return ""
    for heading, column in zip(table.heading, table.columns, strict=True):
        said = [str(cell) for cell in column if cell not in ("", None)]
        if not said:
            continue
        name = normal(heading)
        if name in _FAULTS or (name in _STATUS and all(map(_OUTCOME.fullmatch, set(said)))):
            return heading
    return ""
