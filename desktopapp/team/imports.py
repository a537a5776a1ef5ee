"""A roster from a spreadsheet, a file or what was copied out of one: read and shown before anybody is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktopapp.exchange.days import DMY, MDY
from desktopapp.exchange.headings import Mapped, Target, agreed, mapped
from desktopapp.exchange.mapping import Parsed, Problem, Said, read
from desktopapp.exchange.parsers import alike
from desktopapp.exchange.regions import RawTable
from desktopapp.exchange.sheets import read_file, read_text
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import M
from desktopapp.storage.fields import Text
from desktopapp.team import queries, rules
from desktopapp.team.models import ACTIVE, LEFT, ON_LEAVE, PROBATION, STATUSES, Person
from desktopapp.team.queries import PersonRow

NEW, CHANGED, SAME = "new", "changed", "same"
"""What taking a row in does."""

_STATUS = Text(40, default="", verbose_name=Person.status.verbose_name)
TARGETS = (
    Target("name", Person.name, ("name", "last_name"), ("员工姓名", "客户经理", "Name"), required=True),
    Target("number", Person.number, ("employee_no",), ("员工编号", "编号", "员工号")),
    Target("gender", Person.gender, ("gender",)),
    Target("position", Person.position, ("title",), ("岗位", "职务", "岗位名称")),
    Target("grade", Person.grade, (), ("级别", "等级")),
    Target("team", Person.team, ("department",), ("部门", "团队", "所属小组", "所在部门")),
    Target("phone", Person.phone, ("mobile",), ("手机号", "手机号码", "联系电话", "电话", "移动电话")),
    Target("other_phone", Person.other_phone, ("phone",), ("座机", "办公电话", "备用电话")),
    Target("email", Person.email, ("email",), ("电子邮箱", "邮件", "电子邮件")),
    Target("status", _STATUS, ("status",), ("在职状态", "员工状态")),
    Target("joined", Person.joined, ("hired_at",), ("入职时间", "到岗日期")),
    Target("probation_end", Person.probation_end, (), ("转正日期", "试用期结束", "试用期到期")),
    Target("contract_end", Person.contract_end, (), ("合同截止", "合同到期日", "合同终止日期")),
    Target("base_pay", Person.base_pay, (), ("基本薪资", "底薪", "基础工资")),
    Target("birthday", Person.birthday, ("birthday",), ("出生日期",)),
    Target("birthday_calendar", Person.birthday_calendar),
    Target("emergency_name", Person.emergency_name, (), ("紧急联系人姓名",)),
    Target("emergency_relation", Person.emergency_relation, (), ("与本人关系",)),
    Target("emergency_phone", Person.emergency_phone, (), ("紧急联系人电话", "紧急电话")),
    Target("note", Person.note, ("description",)),
)
"""What a roster may fill, in the order it is shown."""
_SAID = {"在职": ACTIVE, "正式": ACTIVE, "已转正": ACTIVE, "试用": PROBATION, "离职": LEFT, "请假": ON_LEAVE}
"""What lists say of a status besides our own words."""


@frozen
class Line:
    """One row of the list, and what taking it in does."""

    row: int
    name: str
    person: int | None
    """Who of the roster it is; none for somebody new."""
    values: Mapping[str, Any]
    """Only what the row says."""
    does: str


@frozen
class ColumnSeen:
    """One column of the list, and the marked text of what it fills; empty where it is left out."""

    heading: str
    label: str


@frozen
class Preview:
    """A list of people before anything of it is taken in."""

    file: str
    columns: tuple[ColumnSeen, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    rejected: int

    def count(self, does: str) -> int:
        """How many rows do that."""
        return sum(line.does == does for line in self.lines)


def preview(path: Path, *, day_first: Mapping[str, bool] | None = None) -> Preview:
    """The people of a file. Raises `Refused` with a clear sentence where it holds no list of people."""
    refusals = []
    for table in read_file(path):
        try:
            return _preview(path.name, table, day_first)
        except Refused as no:
            refusals.append(no)
    raise refusals[0]


def preview_text(text: str, *, day_first: Mapping[str, bool] | None = None) -> Preview:
    """The people of a list that was copied out of a spreadsheet, its headings with it."""
    return _preview("", read_text(text), day_first)


def _preview(file: str, table: RawTable, day_first: Mapping[str, bool] | None) -> Preview:
    columns = mapped(table.heading, TARGETS, agreed("roster"))
    said = {heading: Said(order=DMY if first else MDY) for heading, first in (day_first or {}).items()}
    parsed = read(table, columns, said)
    if not parsed.numbers and not parsed.problems:
        raise Refused(M("There is nothing to take in."), "file")
    found = lines(parsed, columns)
    seen_lines = tuple(each for each in found if isinstance(each, Line))
    problems = [*parsed.problems, *(each for each in found if isinstance(each, Problem))]
    rejected = len({problem.row for problem in problems})
    seen = tuple(ColumnSeen(c.heading, c.target.field.verbose_name if c.target else "") for c in columns)
    return Preview(file, seen, seen_lines, tuple(sorted(problems, key=lambda each: each.row)), rejected)


def lines(parsed: Parsed, columns: Sequence[Mapped]) -> list[Line | Problem]:
    """Each row as a line, or as what is wrong with it as a person."""
    return list(_lines(parsed, columns))


def _lines(parsed: Parsed, columns: Sequence[Mapped]) -> Iterator[Line | Problem]:
    roster = _Roster(queries.people(leavers=True, owner=True))
    headings = {column.target.name: column.heading for column in columns if column.target}
    for nth, row in enumerate(parsed.numbers):
        try:
            yield roster.line(row, _said({name: cells[nth] for name, cells in parsed.values.items()}))
        except Refused as no:
            heading = headings.get(no.field or "", headings["name"])
            cell = str(parsed.values[next(name for name, each in headings.items() if each == heading)][nth] or "")
            yield Problem(row, heading, cell, no.message)


def _said(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row that says something, as the program holds them."""
    said = {name: getattr(Person, name).python_value(cell) for name, cell in cells.items()
            if cell not in ("", None) and name != "status"}  # fmt: skip
    if status := cells.get("status"):
        said["status"] = _status(str(status))
    return said


def _status(cell: str) -> str:
    known = {alike(language(code).text(label)): key for key, label in STATUSES for code in CODES} | _SAID
    if alike(cell) not in known:
        raise Refused(M("“{value}” is none of the choices.", value=cell), "status")
    return known[alike(cell)]


class _Roster:
    """Those who are there, and those the list has named so far."""

    def __init__(self, people: Iterable[PersonRow]) -> None:
        self.people = list(people)
        self.times = Counter(row.name for row in self.people)
        self.taken = {row.number: row.name for row in self.people if row.number}
        self.named: set[tuple[object, ...]] = set()

    def line(self, row: int, said: dict[str, Any]) -> Line:
        """What a row does. Raises `Refused` where it cannot be taken in."""
        known = next((each for each in self.people if self._is(each, said)), None)
        who = (known.id,) if known else (said["name"], said.get("number"), said.get("phone"))
        if who in self.named:
            raise Refused(M("This person stands twice in the list."), "name")
        old = {name: getattr(known, name) for name in PersonRow.__dataclass_fields__} if known else {}
        rules.check(old | said, {k: v for k, v in self.taken.items() if not known or k != known.number})
        self.named.add(who)
        if number := said.get("number"):
            self.taken[number] = said["name"]
        if known is None:
            return Line(row, said["name"], None, said, NEW)
        changed = {name: value for name, value in said.items() if old[name] != value}
        return Line(row, known.name, known.id, changed or said, CHANGED if changed else SAME)

    def _is(self, row: PersonRow, said: Mapping[str, Any]) -> bool:
        """Whether a row of the list means somebody: by number, by name and phone, or by a name only one bears."""
        number, phone = said.get("number"), said.get("phone")
        if number and row.number:
            return bool(number == row.number)
        if row.name != said["name"]:
            return False
        return not phone or not row.phone or phone == row.phone or self.times[row.name] == 1
