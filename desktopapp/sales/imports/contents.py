"""Parsed columns as the tables keep them: numbers bare, outcomes worked out, the rest in one text."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import compress
from json.encoder import encode_basestring
from typing import Any

from desktopapp.exchange.figures import currency, currency_of
from desktopapp.exchange.headings import normal
from desktopapp.exchange.mapping import Parsed
from desktopapp.exchange.parsers import alike
from desktopapp.exchange.traditional import simplified
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import M, Message
from desktopapp.kernel.share import Share
from desktopapp.kernel.starter import rows as starter_rows
from desktopapp.sales.imports.kinds import HELPERS, NUMBERS, tells_system
from desktopapp.sales.models import (
    ACTIVITIES,
    CATEGORIES,
    CONVERTED,
    DONE,
    LEAD_STATES,
    LOST,
    OPEN,
    ORDER_STATES,
    STATUSES,
    VOID,
    WON,
    Stage,
)
from desktopapp.sales.service.content import (
    ACCOUNT,
    ACTIVITY,
    COLLECTION,
    CONTACT,
    DEAL,
    GOAL,
    LEAD,
    MADE,
    ORDER,
    PAYROLL,
    PRODUCT,
    Content,
    Meaning,
    StageSeen,
)
from desktopapp.storage import rows

PREFIX = "zcrm_"
"""What Zoho writes before its numbers in some exports and leaves out in others."""
LINKS = ("account_id", "deal_id", "deal_name", "order_no", "related_id")
"""Helping targets that name other records."""
REMARKS = frozenset(map(normal, (
    "行号", "原因", "建议", "Row", "Reason", "Advice", "ERROR", "错误详情", "错误原因", "失败原因", "错误信息",
    "导入结果",
)))  # fmt: skip
"""Headings of what a program wrote beside rows it did not take in."""
_TELLING: Mapping[str, tuple[str, ...]] = {
    ACCOUNT: ("name",),
    CONTACT: ("name", "customer", "account_id", "mobile", "email"),
    LEAD: ("name", "customer", "mobile", "email"),
    DEAL: ("name", "customer", "account_id", "created"),
    ORDER: ("name", "customer", "account_id", "day", "amount"),
    COLLECTION: ("customer", "account_id", "order_no", "deal_name", "day", "due", "amount", "planned"),
    ACTIVITY: ("owner", "owner_id", "day", "subject", "customer", "account_id"),
    PRODUCT: ("name",),
    PAYROLL: ("number", "owner", "period"),
    GOAL: ("owner", "owner_id", "period", "measure"),
}
"""What tells a record from others where the file has no number for it."""
_ONCE = frozenset((ACCOUNT, PRODUCT, PAYROLL, GOAL))
"""Records of which there are no two alike; of the others all are meant, each as often as it stands there."""
_OUTCOME = ("stage", "said", "is_won", "is_closed", "deleted", "converted")
_VOIDED = frozenset((DEAL, LEAD, ORDER))
"""Records that stay when they were deleted in the source, counting for nothing."""


@frozen
class Known:
    """What is known beside the table itself."""

    stages: Mapping[str, Meaning]
    """What the owner says stages count as."""
    people: Mapping[str, str]
    """Names of the source's own people by their numbers."""
    period: str | None = None
    sums: Sequence[str] = ()
    """The sums as they are written, which may say whose money they are."""


def content_of(entity: str, system: str, parsed: Parsed, known: Known) -> Content:
    """The columns of a table as records."""
    count = len(parsed.numbers)
    blank = [""] * count
    values: dict[str, Sequence[Any]] = dict(parsed.values)
    values |= {name: _bare(values[name]) for name in NUMBERS if name in values}
    if entity in (PAYROLL, GOAL) and known.period and "period" not in values:
        values["period"] = [known.period] * count
    _name(entity, values, count)
    columns = {name: each for name, each in values.items() if name not in HELPERS}
    columns["external"] = _numbered(entity, values, count)
    numbers = values.get("owner_id") or values.get("number") or blank
    if "owner" in values or any(numbers):
        columns["owner"] = _either(values.get("owner", blank), numbers, known.people)
    _outcomes(entity, values, columns, known.stages)
    _sums(entity, values, columns, known)
    _words(entity, columns)
    links = {name: values[name] for name in LINKS if name in values}
    if extra := _extra(parsed.rest, links, count):
        columns["extra"] = extra
    content = Content(entity, system, columns, links, columns.get("owner", blank), numbers)
    if "deleted" in values and entity not in _VOIDED:
        return _only(content, [not each for each in values["deleted"]])
    return content


def _name(entity: str, values: dict[str, Sequence[Any]], count: int) -> None:
    """A name out of its parts, where the file has only those."""
    if entity not in (CONTACT, LEAD):
        return
    blank = [""] * count
    parts = zip(values.get("last_name", blank), values.get("first_name", blank), strict=True)
    names = values.get("name", blank)
    company = values.get("customer", blank) if entity == LEAD else blank
    joined = (_full_name(*each) for each in parts)
    values["name"] = [name or whole or firm for name, whole, firm in zip(names, joined, company, strict=True)]


def _full_name(last: str, first: str) -> str:
    """A Chinese name is written together, the family's first; others are written apart, the family's last."""
    return f"{last}{first}" if not (last + first).isascii() else f"{first} {last}".strip()


def _bare(numbers: Sequence[str]) -> Sequence[str]:
    """Numbers of the source without the prefix that comes and goes."""
    return [number.removeprefix(PREFIX) for number in numbers]


def _either(names: Sequence[str], numbers: Sequence[str], people: Mapping[str, str]) -> Sequence[str]:
    if not any(names):
        return [people.get(number, number) for number in numbers]
    return [name or people.get(number, number) for name, number in zip(names, numbers, strict=True)]


def _numbered(entity: str, values: Mapping[str, Sequence[Any]], count: int) -> Sequence[str]:
    """A number for every record: where the file has none, one made of what tells the record from others."""
    found = values.get("external") or [""] * count
    if all(found):
        return found
    telling = [values[name] for name in _TELLING[entity] if name in values]
    times: Counter[str] = Counter()
    numbers = []
    for number, *told in zip(found, *telling, strict=True):
        key = "\x1f".join(str(each or "") for each in told)
        if not number and entity not in _ONCE:
            times[key] += 1
        numbers.append(number or made(f"{key}\x1f{times[key]}"))
    return numbers


def made(key: str) -> str:
    """A number for what has none in its source."""
    return f"{MADE}{hashlib.blake2b(key.encode(), digest_size=12).hexdigest()}"


def _outcomes(
    entity: str, values: Mapping[str, Sequence[Any]], columns: dict[str, Sequence[Any]], stages: Mapping[str, Meaning]
) -> None:
    """Open, won, lost, settled or void, worked out once for each combination of what the file says."""
    names = [name for name in _OUTCOME if name in values]
    if not names or entity not in _VOIDED:
        return
    said = [values[name] for name in names]
    cases = set(zip(*said, strict=True))
    found = {each: _STATES[entity](stages, **dict(zip(names, each, strict=True))) for each in cases}
    columns["status"] = list(map(found.__getitem__, zip(*said, strict=True)))
    if entity == DEAL:
        columns["stage"] = values.get("stage") or values.get("said") or [""] * len(columns["status"])


def _deal_status(
    stages: Mapping[str, Meaning],
    stage: str = "",
    said: str = "",
    is_won: int | None = None,
    is_closed: int | None = None,
    deleted: int | None = None,
    converted: int | None = None,
) -> str:
    if deleted or converted:
        return VOID
    if stage in stages:
        return stages[stage].status
    if is_won:
        return WON
    return outcome_of(said) or outcome_of(stage) or (LOST if is_closed else OPEN)


def _lead_status(
    _stages: Mapping[str, Meaning], stage: str = "", converted: int | None = None, deleted: int | None = None
) -> str:
    if deleted:
        return VOID
    return CONVERTED if converted else _words_of("lead").get(alike(stage), OPEN)


def _order_status(_stages: Mapping[str, Meaning], said: str = "", deleted: int | None = None) -> str:
    return VOID if deleted else _words_of("order").get(alike(said), OPEN)


_STATES: Mapping[str, Any] = {DEAL: _deal_status, LEAD: _lead_status, ORDER: _order_status}
_MONEY_SIGN = re.compile(r"[$€£]|[A-Z]{3}", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")
_WORDS = {
    WON: ("won", "成交", "已成交", "已赢单", "签约", "已签约", "已签单", "赢单"),
    LOST: ("lost", "输单", "已输单", "丢单", "失败", "已失败"),
    VOID: ("void", "作废", "已作废", "无效"),
}
"""What people write into a stage column of their own."""


def _by_word(choices: Iterable[tuple[str, str]], more: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Keys by their words in every language, by themselves, and by what else is written for them."""
    pairs = list(choices)
    known = {alike(language(code).text(label)): key for key, label in pairs for code in CODES}
    known |= {alike(key): key for key, _ in pairs}
    return known | {alike(word): key for key, words in more.items() for word in words}


@cache
def _words_of(what: str) -> Mapping[str, str]:
    """The keys of lead states, order states, kinds of contact or forecast categories by what sources write."""
    return _by_word(*_SPOKEN[what])


_SPOKEN: Mapping[str, tuple[Iterable[tuple[str, str]], Mapping[str, Iterable[str]]]] = {
    "lead": (LEAD_STATES, {
        CONVERTED: ("已转换", "转商机", "已转化", "converted", "closed - converted"),
        VOID: ("无效", "作废", "junk lead", "lost lead", "not qualified", "unqualified"),
    }),
    "order": (ORDER_STATES, {
        DONE: ("已完成", "已结清", "已付清", "paid", "closed", "completed", "已回款", "已收款"),
        VOID: ("作废", "已作废", "取消", "已取消", "cancelled", "canceled", "void"),
    }),
    "kind": (ACTIVITIES, {
        "call": ("打电话", "电话沟通", "电话跟进", "phone", "outbound", "inbound", "致电"),
        "meeting": ("在线会议", "会谈", "event"),
        "visit": ("现场拜访", "上门拜访", "上门", "登门", "面访", "客户拜访", "外勤", "onsite visit"),
        "chat": ("在线聊天", "微信", "wechat", "企业微信", "im"),
        "email": ("邮件", "电子邮件", "mail"),
        "task": ("待办", "todo"),
        "note": ("备注", "记录", "便签"),
    }),
    "category": (CATEGORIES, {
        "pipeline": ("漏斗", "open", "未完成"),
        "best_case": ("最高", "bestcase", "best case"),
        "commit": ("有把握", "committed", "commit"),
        "closed": ("已成交", "closed won", "已成交-赢得"),
        "omitted": ("放弃", "closed lost", "已关闭-丢失"),
    }),
}  # fmt: skip
"""Our own words for a choice, and what else sources write for each."""


@cache
def outcome_of(word: str) -> str:
    """What a stage or state counts as by its word, a funnel's name in brackets after it left aside; empty if unknown.

    HubSpot writes "Closed Won (Sales Pipeline)".
    """
    known = outcomes()
    return known.get(_plain(word)) or known.get(_plain(_IN_BRACKETS.sub("", word)), "")


def _plain(word: str) -> str:
    return alike(simplified(word))


@cache
def outcomes() -> Mapping[str, str]:
    """What the stages and states of the systems mean for us, by the word in plain writing."""
    states = dict(STATUSES)
    known = (row for row in starter_rows("value_aliases") if row["canonical"] in states)
    words = {alike(row["value"]): row["canonical"] for row in known}
    return words | _by_word(STATUSES, _WORDS)


@cache
def likelihoods() -> Mapping[str, Share]:
    """How likely a deal in a stage is won as the systems have it, by the word in plain writing, where all agree."""
    found: dict[str, set[str]] = {}
    for row in starter_rows("value_aliases"):
        if row["probability"]:
            found.setdefault(alike(row["value"]), set()).add(row["probability"])
    return {word: Share(Share(next(iter(said))) / 100) for word, said in found.items() if len(said) == 1}


def _words(entity: str, columns: dict[str, Sequence[Any]]) -> None:
    """What the source has words of its own for and we have a few: kinds of contact, forecast categories, currencies."""
    if entity == ACTIVITY and "kind" in columns:
        kinds = _words_of("kind")
        columns["kind"] = [kinds.get(alike(word), "other") for word in columns["kind"]]
    if "category" in columns and entity == DEAL:
        categories = _words_of("category")
        columns["category"] = [categories.get(alike(word)) for word in columns["category"]]
    if "currency" in columns:
        columns["currency"] = [currency(word) if word else "" for word in columns["currency"]]


def _sums(
    entity: str, values: Mapping[str, Sequence[Any]], columns: dict[str, Sequence[Any]], known: Known
) -> None:
    """What was paid where only the rest is said, and whose money sums are where they say it themselves."""
    if entity == ORDER and "owed" in values and "paid" not in values and "amount" in values:
        pairs = zip(values["amount"], values["owed"], strict=True)
        columns["paid"] = [None if None in (whole, rest) else whole - rest for whole, rest in pairs]
    if "currency" not in values and _MONEY_SIGN.search("\n".join(known.sums)):
        columns["currency"] = [currency_of(cell) or "" for cell in known.sums]


def _extra(rest: Mapping[str, Sequence[str]], links: Mapping[str, Sequence[str]], count: int) -> list[str]:
    """The columns nobody asked for, as JSON a record; numbers of other records too, for those still to come."""
    waiting = {name: each for name, each in links.items() if name != "deal_name" and any(each)}
    kept = {**waiting, **{name: each for name, each in rest.items() if _is_kept(name)}}
    if not kept or not count:
        return []
    names = (encode_basestring(name).replace("%", "%%") for name in kept)
    template = f"{{{', '.join(f'{name}: %s' for name in names)}}}"
    return list(map(template.__mod__, zip(*(map(encode_basestring, each) for each in kept.values()), strict=True)))


def _is_kept(heading: str) -> bool:
    return normal(heading) not in REMARKS and not tells_system(heading)


def once(content: Content, later: Iterable[str] = ()) -> tuple[Content, int]:
    """The records, where one stands several times the last of it, and how many that leaves out.

    `later` are numbers that a later table of the same drop names again.
    """
    numbers = content.columns["external"]
    again = set(later)
    if len(set(numbers)) == len(numbers) and again.isdisjoint(numbers):
        return content, 0
    last = {number: at for at, number in enumerate(numbers)}
    kept = [last[number] == at and number not in again for at, number in enumerate(numbers)]
    return _only(content, kept), len(kept) - sum(kept)


def _only(content: Content, kept: Sequence[bool]) -> Content:
    if all(kept):
        return content
    return replace(
        content,
        columns={name: list(compress(each, kept)) for name, each in content.columns.items()},
        links={name: list(compress(each, kept)) for name, each in content.links.items()},
        owners=list(compress(content.owners, kept)),
        owner_numbers=list(compress(content.owner_numbers, kept)),
    )


def known_stages() -> dict[str, Meaning]:
    """What the owner says stages count as."""
    found = rows(Stage.select(Stage.label, Stage.status, Stage.probability))
    return {label: Meaning(status, probability) for label, status, probability in found}


def stages_of(contents: Iterable[Content], said: Mapping[str, Meaning]) -> tuple[StageSeen, ...]:
    """Each stage of the deals with what it is taken to mean, those nobody has spoken of first."""
    times: Counter[tuple[str, str]] = Counter()
    odds: dict[str, Counter[int]] = {}
    for content in contents:
        if content.entity != DEAL or "stage" not in content.columns:
            continue
        stages = content.columns["stage"]
        times.update(zip(stages, content.columns["status"], strict=True))
        for stage, each in set(zip(stages, content.columns.get("probability", ()), strict=False)):
            if each is not None:
                odds.setdefault(stage, Counter())[each] += 1
    likely, kept = likelihoods(), known_stages()
    seen: dict[str, StageSeen] = {}
    for (label, status), count in times.most_common():
        if label in seen:
            seen[label] = replace(seen[label], rows=seen[label].rows + count)
            continue
        own = said.get(label) or Meaning(status, likely.get(_plain(label)) or _usual(odds.get(label)))
        known = label in kept or bool(outcome_of(label))
        seen[label] = StageSeen(label, own.status, known, count, own.probability)
    seen.pop("", None)
    return tuple(sorted(seen.values(), key=lambda stage: (stage.known, -stage.rows, stage.label)))


def _usual(odds: Counter[int] | None) -> Share | None:
    """The one probability all deals of a stage have; none where they differ."""
    return Share(Share(next(iter(odds))) / 10_000) if odds and len(odds) == 1 else None


ADVICE: Mapping[str, Message] = {
    "“{cell}” is not a figure.": M("Write the figure alone: 1234.50"),
    "“{cell}” is too large.": M("Look whether there are digits too many."),
    "“{cell}” is not a whole number.": M("Write a whole number."),
    "“{cell}” is not a date.": M("Write the date as 2026-11-23."),
    "There is no such day as {cell}.": M("Look at day and month; write the date as 2026-11-23."),
    "“{cell}” is not a share between 0 and 100%.": M("Write a figure from 0 to 100."),
    "“{cell}” is neither yes nor no.": M("Write yes or no."),
    "“{value}” is none of the choices.": M("Write one of the words the column usually has, or leave it empty."),
    "Nothing is written here, but it is needed.": M("Fill it in."),
    "At most {most} characters; this has {length}.": M("Shorten the text."),
    "This row has more cells than there are headings; a separator inside a text may be to blame.":
        M("Put the text with the separator in quotation marks, or save the list as XLSX."),
}  # fmt: skip
"""What to do about what is wrong, by the sentence that says it."""
