"""A file of the CRM's: recognised, read and shown before anything of it is kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress, islice
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from desktopapp.exchange.mapping import Mapped, Parsed, Recognised, Target, mapped, read, recognised
from desktopapp.exchange.parsers import alike
from desktopapp.exchange.sheets import RawTable, read_file
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.starter import rows as starter_rows
from desktopapp.sales import service
from desktopapp.sales.models import LOST, OPEN, STATUSES, VOID, WON, Account, Deal, ImportBatch
from desktopapp.sales.service import ACCOUNT, DEAL, LEAD, ColumnSeen, Content, Counts, Preview, StageSeen
from desktopapp.storage import rows
from desktopapp.storage.fields import Flag, Text

PREFIX = "zcrm_"
"""What Zoho writes before its numbers in some exports and leaves out in others."""
SAMPLES = 3
ID = 120
"""The most characters a number in the source has."""

_OWNER_ID = Text(ID, default="", verbose_name=N_("Owner's number in the source"))
_ACCOUNT_ID = Text(ID, default="", verbose_name=N_("Customer's number in the source"))
_SAID = Text(default="", verbose_name=N_("Status in the source"))
_IS_WON = Flag(null=True, verbose_name=N_("Won in the source"))
_IS_CLOSED = Flag(null=True, verbose_name=N_("Closed in the source"))
_DELETED = Flag(null=True, verbose_name=N_("Deleted in the source"))
_CONVERTED = Flag(null=True, verbose_name=N_("Turned into a deal in the source"))

_OWNERS = (
    Target("owner", Deal.owner, ("owner",), ("负责人", "所有者", "客户经理", "业务员", "销售", "跟进人")),
    Target("owner_id", _OWNER_ID, ("owner_id",)),
)
TARGETS: Mapping[str, tuple[Target, ...]] = {
    DEAL: (
        Target("external", Deal.external, ("external_id",), ("商机编号", "商机ID", "项目编号", "合同编号")),
        Target("name", Deal.name, ("name",), ("商机名称", "项目名称", "合同名称"), required=True),
        Target("customer", Deal.customer, ("account",), ("客户名称", "公司名称")),
        Target("account_id", _ACCOUNT_ID, ("account_id",), ("客户编号", "客户ID")),
        *_OWNERS,
        Target("stage", Deal.stage, ("stage", "stage_id"), ("阶段",)),
        Target("said", _SAID, ("status", "status_id"), ("状态", "Status")),
        Target("is_won", _IS_WON, ("is_won",)),
        Target("is_closed", _IS_CLOSED, ("is_closed",)),
        Target("deleted", _DELETED, ("deleted",)),
        Target("amount", Deal.amount, ("amount",), ("商机金额", "合同金额", "成交金额")),
        Target("currency", Deal.currency, ("currency",), ("币种",)),
        Target("probability", Deal.probability, ("probability",), ("赢率", "赢单率", "可能性")),
        Target("close_date", Deal.close_date, ("close_date",), ("预计成交日期", "成交日期", "结单日期", "签约日期")),
        Target("created", Deal.created, ("created_at",), ("创建时间", "创建日期")),
        Target("source", Deal.source, ("source",), ("来源",)),
        Target("lost_reason", Deal.lost_reason, ("lost_reason",), ("输单原因",)),
    ),
    ACCOUNT: (
        Target("external", Account.external, ("external_id", "account_no"), ("客户编号", "客户编码", "客户ID")),
        Target("name", Account.name, ("name",), ("客户名称", "公司名称", "单位名称"), required=True),
        Target("level", Account.level, ("level",), ("客户级别", "客户等级")),
        Target("industry", Account.industry, ("industry",), ("所属行业",)),
        Target("phone", Account.phone, ("phone",), ("联系电话",)),
        Target("city", Account.city, ("city", "address_city"), ("所在城市",)),
        *_OWNERS,
    ),
    LEAD: (
        Target("external", Deal.external, ("external_id",), ("线索编号", "线索ID")),
        Target("name", Deal.name, ("name", "company", "last_name"), ("线索名称",), required=True),
        Target("customer", Deal.customer, ("company",), ("公司名称", "公司全称")),
        *_OWNERS,
        Target("stage", Deal.stage, ("status", "stage"), ("线索状态",)),
        Target("converted", _CONVERTED, ("is_converted",)),
        Target("source", Deal.source, ("source",), ("线索来源", "来源")),
        Target("created", Deal.created, ("created_at",), ("创建时间",)),
    ),
}
"""What each kind of file may fill, in the order it is shown."""

_HELPERS = frozenset(("owner_id", "account_id", "said", "is_won", "is_closed", "deleted", "converted"))
"""Targets that are worked out into others, not kept."""
_NUMBERS = ("external", "account_id", "owner_id")
_TELLING = ("name", "customer", "account_id", "created")
_OUTCOME = ("stage", "said", "is_won", "is_closed", "deleted", "converted")


def preview(
    path: Path, *, chosen: Mapping[str, str] | None = None, day_first: Mapping[str, bool] | None = None
) -> Preview:
    """Everything about a file before it is taken in; nothing is written.

    `chosen` and `day_first` are the owner's answers, by heading: what a column fills, and how its
    dates are written. Raises `Refused` with a clear sentence where the file cannot be used.
    """
    table, found = _recognised(read_file(path))
    columns = mapped(table.heading, TARGETS[found.entity], found.meanings, chosen)
    parsed = read(table, columns, day_first)
    if not parsed.numbers and not parsed.problems:
        raise Refused(M("There is nothing to take in."), "file")
    content = _content(found.entity, found.system, parsed)
    stages = _stages(content)
    unique = _unique(content)
    made = service.plan(unique)
    twice = content.rows - unique.rows
    total = content.rows + parsed.rejected
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Preview(
        file=path.name,
        sha256=sha256,
        encoding=table.encoding,
        system=found.system,
        entity=found.entity,
        columns=tuple(_seen(column, table) for column in columns),
        counts=Counts(total, made.new, made.changed, made.same, parsed.rejected, twice, made.nobodys),
        owners=service.owners_of(unique),
        stages=stages,
        problems=parsed.problems,
        taken_in=next((day for (day,) in rows(_taken_in(sha256))), None),
        content=unique,
    )


def _taken_in(sha256: str) -> Any:
    return ImportBatch.select(ImportBatch.day).where(ImportBatch.sha256 == sha256).order_by(ImportBatch.id.desc())


def _recognised(tables: Sequence[RawTable]) -> tuple[RawTable, Recognised]:
    """The table of a file that is most likely one of the CRM's, and what it is."""
    found = [(table, recognised(table.heading, TARGETS)) for table in tables]
    return max(found, key=lambda each: each[1].score)


def _seen(column: Mapped, table: RawTable) -> ColumnSeen:
    samples = tuple(islice((str(cell) for cell in table.columns[column.at] if cell not in ("", None)), SAMPLES))
    if column.target is None:
        return ColumnSeen(column.heading, "", "", samples)
    return ColumnSeen(column.heading, column.target.name, column.target.field.verbose_name, samples)


def _content(entity: str, system: str, parsed: Parsed) -> Content:
    """The columns as the table keeps them: numbers bare, outcomes worked out, the rest in one text."""
    count = len(parsed.numbers)
    blank = [""] * count
    values: dict[str, Sequence[Any]] = dict.fromkeys(("external", "owner", "said", "account_id", "owner_id"), blank)
    values.update(parsed.values)
    values.update({name: _bare(values[name]) for name in _NUMBERS if name in parsed.values})
    columns = {name: each for name, each in parsed.values.items() if name not in _HELPERS}
    columns["external"] = _numbered(entity, values)
    if "owner" in parsed.values or "owner_id" in parsed.values:
        columns["owner"] = _either(values["owner"], values["owner_id"])
    if entity != ACCOUNT and any(name in parsed.values for name in _OUTCOME):
        columns["stage"] = values.get("stage", values["said"])
        columns["status"] = _statuses(entity, values)
    if extra := _extra(parsed.rest, values["account_id"]):
        columns["extra"] = extra
    owners = columns.get("owner", blank)
    return Content(entity, system, columns, values["account_id"], owners, values["owner_id"])


def _bare(numbers: Sequence[str]) -> Sequence[str]:
    """Numbers of the source without the prefix that comes and goes."""
    return [number.removeprefix(PREFIX) for number in numbers]


def _either(names: Sequence[str], numbers: Sequence[str]) -> Sequence[str]:
    return [name or number for name, number in zip(names, numbers, strict=True)]


def _numbered(entity: str, values: Mapping[str, Sequence[Any]]) -> Sequence[str]:
    """A number for every record: where the file has none, one made of what tells the record from others.

    Accounts are told apart by their name; deals by name, customer and day, and since deals that
    are alike may all be meant, the second of them gets a number of its own.
    """
    found = values["external"]
    if all(found):
        return found
    telling = [values[name] for name in (_TELLING if entity != ACCOUNT else ("name",)) if name in values]
    times: Counter[str] = Counter()
    numbers = []
    for number, *told in zip(found, *telling, strict=True):
        key = "\x1f".join(str(each or "") for each in told)
        if not number and entity != ACCOUNT:
            times[key] += 1
        numbers.append(number or _made(f"{key}\x1f{times[key]}"))
    return numbers


def _made(key: str) -> str:
    return f"~{hashlib.blake2b(key.encode(), digest_size=12).hexdigest()}"


def _statuses(entity: str, values: Mapping[str, Sequence[Any]]) -> list[str]:
    """Open, won, lost or void, worked out once for each combination of what the file says."""
    names = [name for name in _OUTCOME if name in values]
    said = [values[name] for name in names]
    found = {each: _status(entity, **dict(zip(names, each, strict=True))) for each in set(zip(*said, strict=True))}
    return list(map(found.__getitem__, zip(*said, strict=True)))


def _status(
    entity: str,
    stage: str = "",
    said: str = "",
    is_won: int | None = None,
    is_closed: int | None = None,
    deleted: int | None = None,
    converted: int | None = None,
) -> str:
    if deleted or converted:
        return VOID
    if is_won:
        return WON
    if entity == LEAD:
        return OPEN
    words = outcomes()
    return words.get(alike(said)) or words.get(alike(stage)) or (LOST if is_closed else OPEN)


@cache
def outcomes() -> Mapping[str, str]:
    """What the stages and states of the systems mean for us, by the word in plain writing."""
    states = dict(STATUSES)
    known = (row for row in starter_rows("value_aliases") if row["canonical"] in states)
    words = {alike(row["value"]): row["canonical"] for row in known}
    words |= {alike(language(code).text(label)): state for state, label in STATUSES for code in CODES}
    return words | {alike(word): state for state, many in _WORDS.items() for word in many}


_WORDS = {
    WON: ("won", "成交", "已成交", "已赢单", "签约", "已签约", "已签单"),
    LOST: ("lost", "输单", "已输单", "丢单", "失败", "已失败"),
    VOID: ("void", "作废", "已作废", "无效"),
}
"""What people write into a stage column of their own."""


def _extra(rest: Mapping[str, Sequence[str]], accounts: Sequence[str]) -> list[str]:
    """The columns nobody asked for, as JSON a record; a deal's customer number too, for accounts still to come."""
    kept = {**({"account_id": accounts} if any(accounts) else {}), **rest}
    names = (encode_basestring(name).replace("%", "%%") for name in kept)
    template = f"{{{', '.join(f'{name}: %s' for name in names)}}}"
    return list(map(template.__mod__, zip(*(map(encode_basestring, each) for each in kept.values()), strict=True)))


def _unique(content: Content) -> Content:
    """The records, where one stands several times the last of it."""
    numbers = content.columns["external"]
    if len(set(numbers)) == len(numbers):
        return content
    last = {number: at for at, number in enumerate(numbers)}
    kept = [last[number] == at for at, number in enumerate(numbers)]
    return Content(
        content.entity,
        content.system,
        {name: list(compress(each, kept)) for name, each in content.columns.items()},
        list(compress(content.accounts, kept)),
        list(compress(content.owners, kept)),
        list(compress(content.owner_numbers, kept)),
    )


def _stages(content: Content) -> tuple[StageSeen, ...]:
    """Each stage with what it is taken to mean, those no system is known to use first."""
    if "stage" not in content.columns:
        return ()
    times = Counter(zip(content.columns["stage"], content.columns["status"], strict=True))
    words = outcomes()
    seen = [StageSeen(*each, alike(each[0]) in words, count) for each, count in times.items() if each[0]]
    return tuple(sorted(seen, key=lambda stage: (stage.known, -stage.rows, stage.label)))
