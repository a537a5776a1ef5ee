"""A review of a month on the quick form, PF-02: one page, with whatever else was written into it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import Both, M, Message
from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.period import Period
from desktopapp.printing.form import Filled, form
from desktopapp.printing.spec import Box, Form, Note, Section, Signatures, Table, Ticks
from desktopapp.reviews import rules
from desktopapp.reviews.queries import Line, ReviewSheet
from desktopapp.reviews.report import appraisal
from desktopapp.reviews.report.appraisal import (
    COMMENT,
    GOALS,
    OPINION,
    OUTCOMES,
    STEPS,
    Writer,
    joined,
    plain,
    signed_form,
    whole,
)
from desktopapp.reviews.report.copies import Copy, both
from desktopapp.reviews.rules import told

MONTHLY_CODE, KIND, USUAL = "PF-02", "month", "monthly_quick"
TITLE, SCORES = "Monthly quick review", "Scores"
PRAISE, FOCUS = "One line of praise, a real act", "One focus for next month"
_NUMBERED = pattern(r"^(\d+\. |[一二三四五六七八九十]+、)")


@frozen
class MonthlyWriter(Writer):
    """Writes reviews of a month. What else holds something follows, so that all that is signed is read."""

    def filled(self, sheet: ReviewSheet, newest: int = 0) -> Copy:
        facts = self._month(self.of(sheet)) | {
            "Total": self.total(sheet),
            "Grade": self._graded(sheet),
            "Change": _change(sheet),
        }
        texts = {PRAISE: sheet.highlights, FOCUS: sheet.improve, COMMENT: self.comment(sheet), OPINION: sheet.opinion}
        more, rows, ticked = self._more(sheet)
        filled = Filled(
            fields=facts,
            rows={SCORES: [self._score_line(each, sheet) for each in sheet.dimensions], **rows},
            totals={SCORES: [None, whole(sheet.form), None, None, self.points(sheet), None]},
            texts={_unnumbered(title): text for title, text in texts.items() if text},
            ticked=ticked,
            titles=_titles(sheet.form),
            proof=self.proof(sheet, newest),
        )
        spec = signed_form(_with(_stated(sheet.form), more), sheet)
        return Copy(spec, filled, sheet.name, self.subject(sheet.name, sheet.period, sheet))

    def blank_form(self, stated: rules.Form, facts: dict[str, object], name: str, period: Period | None) -> Copy:
        rows = [[each.name, f"{each.weight.normalize():f}%", *[None] * 4] for each in stated.dimensions]
        filled = Filled(fields=self._month(facts), rows={SCORES: rows},
                        totals={SCORES: [None, whole(stated), *[None] * 4]}, titles=_titles(stated),
                        by_hand=True)  # fmt: skip
        return Copy(_stated(stated), filled, name, self.subject(name, period))

    def _graded(self, sheet: ReviewSheet) -> Both | None:
        """The grade with what it makes of the bonus, for which the quick form has no place of its own."""
        grade = self.grade(sheet)
        if grade is None or sheet.factor is None:
            return grade
        return Both(f"{grade.zh} × {sheet.factor:.2f}", f"{grade.en} × {sheet.factor:.2f}")

    def _month(self, facts: dict[str, object]) -> dict[str, object]:
        """What the quick form asks of the person."""
        asked = {label: facts.get(label) for label in ("Name", "Position", "Team")}
        return asked | {"Month": facts.get("Review period")}

    def _score_line(self, line: Line, sheet: ReviewSheet) -> list[object]:
        score = None if line.score is None else sheet.form.written(line.score)
        return [line.name, f"{line.weight.normalize():f}%", line.evidence or None, score, plain(line.points),
                self.language.show(tuple(self._beside(line, sheet.form)))]  # fmt: skip

    def _beside(self, line: Line, stated: rules.Form) -> Iterator[Message | str]:
        """What is to be known beside a score: his own, what others gave, and that of the month before."""
        if line.self_score is not None:
            yield M("self {score}", score=stated.written(line.self_score))
        yield from self.others(line)
        if line.last is not None:
            yield M("last month {score}", score=stated.written(line.last))

    def _more(self, sheet: ReviewSheet) -> tuple[list[str], dict[str, list[list[object]]], dict[str, list[str]]]:
        """The parts of the long form that are needed, their rows, and what is ticked in them."""
        rows: dict[str, list[list[object]]] = {}
        if sheet.goals:
            rows[GOALS] = [self.goal(each, sheet) for each in sheet.goals]
        if sheet.steps:
            rows[STEPS] = self.steps(sheet)
        ticked = {OUTCOMES: self.outcomes(sheet)} if sheet.outcomes else {}
        texts = [COMMENT] if self.comment(sheet) else []
        texts += [OPINION] if sheet.opinion else []
        wanted = [*rows, *ticked, *texts]
        return (wanted, {_unnumbered(title): lines for title, lines in rows.items()},
                {_unnumbered(title): keys for title, keys in ticked.items()})  # fmt: skip


def _change(sheet: ReviewSheet) -> str | None:
    """By how many points the total differs from that of the month before."""
    if sheet.last_total is None or sheet.total is None or sheet.done < len(sheet.dimensions):
        return None
    change = sheet.total - sheet.last_total
    return f"{change.normalize():+f}" if change else "0"


@cache
def _stated(stated: rules.Form) -> Form:
    """The form with the scale of a template above its scores, and how they are made into points below."""
    quick = form(MONTHLY_CODE)
    at = next(nth for nth, each in enumerate(quick.sections) if isinstance(each, Table))
    table = quick.sections[at]
    if isinstance(table, Table):
        scale = both(M("Score ({scale})", scale=told.scale(stated)))
        columns = tuple(replace(each, label=scale) if each.label.en == "Score" else each for each in table.columns)
        table = replace(table, columns=columns)
    note = Note(joined(tuple(told.scoring(stated))))
    return replace(quick, sections=(*quick.sections[:at], table, note, *quick.sections[at + 1 :]))


def _with(quick: Form, wanted: list[str]) -> Form:
    """The form with these parts of the long one before its signatures; goals stand before the scores."""
    if not wanted:
        return quick
    long = [_plain(each) for each in form(appraisal.CODE).sections
            if isinstance(each, Table | Box | Ticks) and each.title.en in wanted]  # fmt: skip
    goals = [each for each in long if isinstance(each, Table) and each.title.en == _unnumbered(GOALS)]
    first = next(nth for nth, each in enumerate(quick.sections) if isinstance(each, Table))
    last = next(nth for nth, each in enumerate(quick.sections) if isinstance(each, Signatures))
    parts = quick.sections
    rest = (each for each in long if each not in goals)
    return replace(quick, sections=(*parts[:first], *goals, *parts[first:last], *rest, *parts[last:]))


def _plain(section: Table | Box | Ticks) -> Section:
    """A part of the long form without its number, which counts otherwise there."""
    title = Both(_unnumbered(section.title.zh), _unnumbered(section.title.en))
    if isinstance(section, Box):
        return Box(title, 2)
    return replace(section, title=title)


def _unnumbered(title: str) -> str:
    return _NUMBERED.sub("", title)


@cache
def _titles(stated: rules.Form) -> dict[str, Both]:
    return {} if stated.id == USUAL else {TITLE: stated.name}
