"""Filled review forms of two pages: ours beside the same words drawn with ReportLab's canvas by hand."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import Both, M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.printing import spec
from desktopapp.printing.fonts import BOLD, FOLDER, REGULAR
from desktopapp.printing.style import MM
from desktopapp.reviews import report, rules
from desktopapp.reviews.queries import GoalLine, Line, ReviewSheet, StepLine
from desktopapp.reviews.queries.templates import shipped
from desktopapp.team.queries import FirmRow
from tests.benchmarks.case import Case, called, is_quick

FIRM = FirmRow("远航商贸有限公司", "周建国", "")
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉飞鹏宇辉建国文斌雪梅琳晨浩然思远"
FACTS = (
    "完成目标 {n}%，大客户占比提高；新签不足", "平均账期 {n} 天，1 笔逾期已收回", "新签 2 家，目标 {n} 家",
    "零投诉，{n} 家客户书面表扬", "周计划按时，拜访 {n} 次，记录完整", "主动带教新人，分享 {n} 次案例",
)  # fmt: skip


def name(n: int) -> str:
    """Somebody's name; a thousand have hardly one twice."""
    return FAMILY[n * 7 % len(FAMILY)] + GIVEN[n * 13 % len(GIVEN)] + GIVEN[n * 29 % len(GIVEN)]


def sheet(n: int) -> ReviewSheet:
    """A signed review with something in every part of it."""
    form = shipped()[0]
    scores = {each.id: Decimal(1 + (n * 7919 + place * 104729) % 5) for place, each in enumerate(form.dimensions)}
    lines = tuple(
        Line(each.id, each.name, each.weight, each.definition, each.anchors, each.hints, each.veto, Decimal(4),
             scores[each.id], rules.points(scores[each.id], each.weight, form.highest), Decimal(3),
             FACTS[(n + place) % len(FACTS)].format(n=n * 9 + place))
        for place, each in enumerate(form.dimensions)
    )  # fmt: skip
    total = rules.total(line.points for line in lines)
    level = rules.grade(total, form, vetoed=rules.vetoed(scores, form))
    goals = tuple(
        GoalLine(title, "", "", None, Money.yuan(10_000 * (n % 90 + 10)), Money.yuan(9_500 * (n % 80 + 10)),
                 Share(Decimal(60 + n % 50) / 100), Decimal(25), "")
        for title in ("季度签约额", "季度回款额", "大客户签约额", "新产品签约额")
    )  # fmt: skip
    steps = (
        StepLine("新客户开发", "每周新增有效线索 6 条，周五复盘", "12 月底新签 5 家", date(2026, 12, 31), "覃晓岚"),
        StepLine("预测准确度", "月初锁定、月末比对", "偏差 15% 以内", date(2026, 12, 31), "周建国"),
    )
    return ReviewSheet(
        id=n, cycle=1, person=n, number=f"A{n:04}", name=name(n), position="客户经理", team="华东一组",
        joined=date(2023, 4, 10), days=1270, period=Period.parse("2026Q3"), template=form.name, form=form,
        state=rules.SIGNED, goals=goals, dimensions=lines,
        highlights=f"8月{n % 28 + 1}日签下远大集团年度框架合同 {n % 90 + 10} 万元，客户书面表扬响应速度。",
        improve=f"新客户开发不足：线索 {n % 20} 条，目标 25 条，主要等客户上门。\n预测偏差 22%，月底集中调整。",
        comment=f"老客户经营扎实，服务口碑好。下季度把时间的三成留给新客户，争取 12 月底前新签 {n} 家。",
        opinion=f"同意。{name(n)}希望公司提供行业名录与陪访支持，共 {n} 次。", steps=steps,
        outcomes=("reward", "training"), suggested=(), done=len(lines),
        total=total, grade=level.grade, factor=Decimal("1.15"), level=level, effect=None,
        last_total=Decimal(68), last_period=Period.parse("2026Q2"), signed=date(2026, 11, 23), sha256=f"{n:064x}",
    )  # fmt: skip


def forms(count: int) -> dict[str, float]:
    """Draw so many, and say what a form costs in time and in the file, and how far the memory grew."""
    sheets = [sheet(n) for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "forms.pdf")
        few = report.sheet_forms(Path(folder, "few.pdf"), (language("zh_CN"),), sheets[:12], firm=FIRM, printed=AT)
        assert few.pages == 24
        before = memory()
        start = time.process_time()
        report.sheet_forms(path, (language("zh_CN"),), sheets, firm=FIRM, printed=AT)
        return {"cpu": (time.process_time() - start) / count, "bytes": path.stat().st_size / count,
                "memory": memory() / before}  # fmt: skip


def by_hand(count: int) -> dict[str, float]:
    """The same words on a canvas, each line placed by hand, the font shared by the whole batch."""
    sheets = [sheet(n) for n in range(count)]
    for weight in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(weight, FOLDER / f"{weight}.ttf"))
    with tempfile.TemporaryDirectory() as folder:
        drawn(Path(folder, "few.pdf"), sheets[:12])
        start = time.process_time()
        drawn(Path(folder, "forms.pdf"), sheets)
        return {"cpu": (time.process_time() - start) / count, "bytes": 75 * 1024, "memory": 1.0}


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def drawn(path: Path, sheets: list[ReviewSheet]) -> None:
    """All of them in one file."""
    canvas = Canvas(str(path), pagesize=(210 * MM, 297 * MM))
    for each in sheets:
        _Hand(canvas, language("zh_CN")).form(each)
    canvas.save()


class _Hand:
    """A form drawn the plain way: known places, strings, one grid a table."""

    left, right, top = 20 * MM, 195 * MM, 279 * MM

    def __init__(self, canvas: Canvas, chinese: Language) -> None:
        self.canvas, self.words = canvas, chinese
        self.y = self.top

    def form(self, sheet: ReviewSheet) -> None:
        page = iter(self.sections(sheet))
        for number in (1, 2):
            self.y = self.top
            self.margins(sheet, number)
            next(page)
            self.canvas.showPage()

    def sections(self, sheet: ReviewSheet) -> Iterator[None]:
        stated = spec.form(report.CODE)
        basics, goals, scores, note, result, high, low, steps, ticks, comment, opinion, signs, last = stated.sections
        self.text(self.words.text(stated.title), 105 * MM, BOLD, 18, centred=True, down=30)
        facts = (sheet.name, sheet.position, sheet.team, sheet.joined, sheet.period, FIRM.owner, sheet.days,
                 f"{sheet.period}-{sheet.number}")  # fmt: skip
        self.fields(basics, facts)
        self.table(goals, [(n, goal.name, goal.target, goal.actual, goal.attainment, goal.note)
                           for n, goal in enumerate(sheet.goals, 1)])  # fmt: skip
        rows = [(line.name, Share(line.weight / 100), line.definition, line.self_score, line.score, line.points,
                 line.evidence) for line in sheet.dimensions]  # fmt: skip
        self.table(scores, [*rows, ("合计", Share(1), "", "", "", sheet.total, "")])
        self.lines(self.words.text(note.text), 8.5)
        self.fields(result, (sheet.total, f"{sheet.grade} {sheet.level.name.zh}", sheet.factor, sheet.last_total))
        self.box(high.title, sheet.highlights, 20 * MM)
        yield
        self.box(low.title, sheet.improve, 35 * MM)
        self.table(steps, [(step.item, step.action, step.measure, step.by, step.support) for step in sheet.steps])
        self.ticks(ticks, {"奖励", "培训"})
        self.box(comment.title, sheet.comment, 50 * MM)
        self.box(opinion.title, sheet.opinion, 50 * MM)
        self.grid([self.left + n * 58.3 * MM for n in range(4)], [self.y, self.y - 25 * MM])
        for n, cell in enumerate(signs.cells):
            self.at(self.words.text(cell), self.left + n * 58.3 * MM + 4, self.y - 14, BOLD, 10.5)
            self.at("____年__月__日", self.left + n * 58.3 * MM + 90, self.y - 24 * MM, REGULAR, 9.5)
        self.y -= 25 * MM
        self.lines(self.words.text(last.text), 8.5)
        yield

    def margins(self, sheet: ReviewSheet, number: int) -> None:
        self.canvas.setFillGray(0.5)
        self.at(FIRM.name, self.left, 285 * MM, REGULAR, 8.5)
        code = M("{name} · {period} · code {code}", name=sheet.name, period=sheet.period, code=sheet.code)
        self.canvas.drawRightString(self.right, 285 * MM, self.words.text(code))
        self.at("PF-01 · v1", self.left, 10 * MM, REGULAR, 8.5)
        self.canvas.drawCentredString(105 * MM, 10 * MM, f"第 {number} 页 共 2 页")
        self.canvas.drawRightString(self.right, 10 * MM, f"打印时间 {self.words.show(AT)}")
        self.canvas.setFillGray(0)

    def at(self, text: str, x: float, y: float, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def text(self, text: str, x: float, font: str, size: float, *, centred: bool, down: float) -> None:
        self.canvas.setFont(font, size)
        (self.canvas.drawCentredString if centred else self.canvas.drawString)(x, self.y - size, text)
        self.y -= down

    def band(self, title: Both) -> None:
        self.canvas.setFillGray(0.89)
        self.canvas.rect(self.left, self.y - 18, self.right - self.left, 18, stroke=1, fill=1)
        self.canvas.setFillGray(0)
        self.at(self.words.text(title), self.left + 4, self.y - 13, BOLD, 10.5)
        self.y -= 18

    def grid(self, xs: list[float], ys: list[float]) -> None:
        self.canvas.setLineWidth(0.45)
        self.canvas.grid(xs, ys)

    def fields(self, stated: spec.Fields, values: tuple[object, ...]) -> None:
        self.band(stated.title)
        width = (self.right - self.left) / stated.pairs / 2
        rows = [range(start, start + stated.pairs) for start in range(0, len(values), stated.pairs)]
        self.grid([self.left + n * width for n in range(stated.pairs * 2 + 1)],
                  [self.y - n * 23 for n in range(len(rows) + 1)])  # fmt: skip
        for places in rows:
            for place, n in enumerate(places):
                x = self.left + place * 2 * width
                self.at(self.words.text(stated.labels[n]), x + 4, self.y - 15, BOLD, 10.5)
                self.at(self.words.show(values[n]), x + width + 4, self.y - 15, REGULAR, 9.5)
            self.y -= 23

    def table(self, stated: spec.Table, rows: list[tuple[object, ...]]) -> None:
        self.band(stated.title)
        xs = [self.left]
        for column in stated.columns:
            xs.append(xs[-1] + column.width * MM)
        ys = [self.y, self.y - 21]
        self.canvas.setFillGray(0.955)
        self.canvas.rect(self.left, self.y - 21, self.right - self.left, 21, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        for column, x in zip(stated.columns, xs, strict=False):
            self.at(self.words.text(column.label), x + 4, self.y - 14, BOLD, 10.5)
        self.y -= 21
        for row in rows:
            cells = [self.broken(self.words.show(value), 9, column.width * MM - 8)
                     for value, column in zip(row, stated.columns, strict=True)]  # fmt: skip
            for x, lines in zip(xs, cells, strict=False):
                for number, line in enumerate(lines):
                    self.at(line, x + 4, self.y - 12 - 12 * number, REGULAR, 9)
            self.y -= max(map(len, cells)) * 12 + 8
            ys.append(self.y)
        self.grid(xs, ys)

    def box(self, title: Both, text: str, height: float) -> None:
        self.band(title)
        top = self.y
        self.lines(text, 10)
        self.y = top - height
        self.canvas.rect(self.left, self.y, self.right - self.left, height)

    def lines(self, text: str, size: float) -> None:
        for line in self.broken(text, size, self.right - self.left - 8):
            self.at(line, self.left + 4, self.y - size * 1.3, REGULAR, size)
            self.y -= size * 1.45

    def ticks(self, stated: spec.Ticks, ticked: set[str]) -> None:
        self.at(self.words.text(stated.title), self.left + 4, self.y - 15, BOLD, 10.5)
        for n, option in enumerate(stated.options):
            x, text = self.left + (30 + n * 24) * MM, self.words.text(option)
            self.canvas.rect(x, self.y - 16, 8.5, 8.5)
            if text in ticked:
                self.canvas.lines([(x + 2, self.y - 12, x + 4, self.y - 15), (x + 4, self.y - 15, x + 8, self.y - 8)])
            self.at(text, x + 12, self.y - 15, REGULAR, 9.5)
        self.y -= 23

    def broken(self, text: str, size: float, width: float) -> list[str]:
        """The lines of a text, parted between any two characters."""
        found: list[str] = []
        for paragraph in text.split("\n"):
            if pdfmetrics.stringWidth(paragraph, REGULAR, size) <= width:
                found.append(paragraph)
                continue
            line, used = "", 0.0
            for character in paragraph:
                wide = pdfmetrics.stringWidth(character, REGULAR, size)
                if used + wide > width:
                    found.append(line)
                    line, used = "", 0.0
                line, used = line + character, used + wide
            found.append(line)
        return found


COUNT = 100 if is_quick() else 1000


def team() -> dict[str, float]:
    return forms(12)


def team_by_hand() -> dict[str, float]:
    return by_hand(12)


def thousand() -> dict[str, float]:
    return forms(COUNT)


def thousand_by_hand() -> dict[str, float]:
    return by_hand(COUNT)


TYPST = "typst"
"""Another way to set forms: a package that is compared with where it is installed."""


def left_out() -> list[str]:
    """What was not compared with."""
    return [] if find_spec(TYPST) else [f"Not compared with Typst: the package {TYPST} is not installed."]


def cases() -> list[Case]:
    here = __name__
    few = Case("paper.team", "12 filled review forms, each", partial(called, here, "team"),
               partial(called, here, "team_by_hand"), goal=1.7)  # fmt: skip
    many = Case("paper.firm", f"{COUNT} filled review forms, each", partial(called, here, "thousand"),
                partial(called, here, "thousand_by_hand"), goal=1.7, more=left_out)  # fmt: skip
    return [
        few,
        many,
        replace(many, more=tuple, name="paper.size", what="bytes of each, beside 75 KB", figure="bytes", goal=1.0),
        replace(many, more=tuple, name="paper.memory", what="memory after all, beside after 12", figure="memory",
                goal=1.15),
    ]
