"""A review on its form, PF-01: blank, or filled in with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from desktopapp.goals.rules import Figure
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.language import CODES, Language, language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.printing.form import Filled, form
from desktopapp.printing.spec import Form, Note, Signatures
from desktopapp.printing.square import Proof, Square
from desktopapp.reviews import rules
from desktopapp.reviews.queries import GoalLine, Line, MeasureLine, ReviewSheet
from desktopapp.reviews.queries.measures import measure_kinds
from desktopapp.reviews.report.copies import Copy, both, in_sections
from desktopapp.reviews.rules import register, told
from desktopapp.team import queries as team

CODE, QUARTERLY = "PF-01", "quarterly"
TITLE = "Account manager quarterly review"
GOALS, SCORES, STEPS = "1. Goals this period", "2. Scores (1 to 5)", "6. Improvement and growth next period"
HIGHLIGHTS, IMPROVE = "4. Highlights, with date, customer and result", "5. To improve, and why"
COMMENT = "8. Reviewer's overall comment and expectations"
OPINION = "9. Employee comment: agree or not, and why"
OUTCOMES = "7. Use of the result"
PERCENT = "%"


@frozen
class Writer:
    """Writes reviews into forms. What is no label stands in the first language alone, so that two pages do."""

    language: Language
    firm: team.FirmRow | None
    entries: int = 0
    """How many the register has by now."""

    def filled(self, sheet: ReviewSheet, newest: int = 0) -> Copy:
        """The whole review as it stands; where another entry is the `newest` of it, it says so."""
        texts = {HIGHLIGHTS: sheet.highlights, IMPROVE: sheet.improve, COMMENT: self.comment(sheet),
                 OPINION: sheet.opinion}  # fmt: skip
        result = {
            "Total": self.total(sheet),
            "Grade": self.grade(sheet),
            "Bonus factor": f"{sheet.factor:.2f}" if sheet.factor is not None else None,
            "Last total": plain(sheet.last_total),
        }
        filled = Filled(
            fields=self.of(sheet) | result,
            rows={
                GOALS: [self.goal(each, sheet) for each in sheet.goals]
                or [[None, M("No goals were agreed."), *[None] * 4]],
                SCORES: in_sections(sheet.form, sheet.form.dimensions,
                                    [self._score(each, sheet.form) for each in sheet.dimensions], weighs=True),
                STEPS: self.steps(sheet),
            },
            totals={SCORES: [None, whole(sheet.form), None, None, None, self.points(sheet), None]},
            texts={title: text for title, text in texts.items() if text},
            ticked={OUTCOMES: self.outcomes(sheet)},
            titles=_titles(sheet.form),
            proof=self.proof(sheet, newest),
        )
        return Copy(signed_form(form(CODE), sheet), filled, sheet.name, self.subject(sheet.name, sheet.period, sheet))

    def total(self, sheet: ReviewSheet) -> str | None:
        """The total, once all is scored."""
        return plain(sheet.total) if sheet.done == len(sheet.dimensions) else None

    def grade(self, sheet: ReviewSheet) -> Both | None:
        """The grade with its name."""
        level = sheet.level
        return Both(f"{level.grade} {level.name.zh}", f"{level.grade} {level.name.en}") if level else None

    def steps(self, sheet: ReviewSheet) -> list[list[object]]:
        """What is to be improved, a row each."""
        return [[each.item, each.action, each.measure, each.by, each.support] for each in sheet.steps]

    def outcomes(self, sheet: ReviewSheet) -> list[str]:
        """What the result is used for, as the options of the form are called."""
        labels = dict(rules.OUTCOMES)
        return [labels[key] for key in sheet.outcomes]

    def proof(self, sheet: ReviewSheet, newest: int) -> Proof | None:
        """The code of a signed review, as it can be typed and as it can be scanned, and its place in the register."""
        if sheet.signed is None or sheet.entry is None:
            return None
        entry, code = sheet.entry, register.grouped(sheet.code)
        place = M("Register no. {number} of {count}", number=entry.number, count=self.entries)
        words: list[str | Message] = [M("Code"), code[:9], code[10:], place]
        if entry.corrects:
            words.append(M("Version {version}, corrects entry {number}",
                           version=entry.version, number=entry.corrects[0]))  # fmt: skip
        if newest > entry.number:
            words.append(M("Void: no. {number} took its place", number=newest))
        return Proof(tuple(words), Square(register.square(entry.number, sheet.code)))

    def blank(self, sheet: ReviewSheet) -> Copy:
        """What is known of the person and the template; the rest is left to the pen."""
        return self.blank_form(sheet.form, self.of(sheet), sheet.name, sheet.period)

    def blank_for(self, row: team.PersonRow, stated: rules.Form, period: Period | None) -> Copy:
        """The same for somebody without a review."""
        days = rules.days_in_post(row.joined, period) if period else None
        facts = self._facts(row.name, row.position, row.team, row.joined, days, period, row.number, row.id)
        return self.blank_form(stated, facts, row.name, period)

    def nameless(self, stated: rules.Form, period: Period | None) -> Copy:
        """A form for whoever gets it."""
        return self.blank_form(stated, {"Review period": period}, "", period)

    def blank_form(self, stated: rules.Form, facts: dict[str, object], name: str, period: Period | None) -> Copy:
        """The form for the pen, with what is known already."""
        rows = [[each.name, f"{each.weight.normalize():f}%", self._standard(each.definition), None, None, None, None]
                for each in stated.dimensions]  # fmt: skip
        total = [None, whole(stated), *[None] * 5]
        scores = in_sections(stated, stated.dimensions, rows, weighs=True)
        filled = Filled(
            fields=facts, rows={SCORES: scores}, totals={SCORES: total}, titles=_titles(stated), by_hand=True
        )
        return Copy(CODE, filled, name, self.subject(name, period))

    def of(self, sheet: ReviewSheet) -> dict[str, object]:
        """Who it is about."""
        return self._facts(
            sheet.name, sheet.position, sheet.team, sheet.joined, sheet.days, sheet.period, sheet.number, sheet.person
        )

    def _facts(
        self, name: str, position: str, group: str, joined: date | None, days: int | None, period: Period | None,
        number: str, person: int,
    ) -> dict[str, object]:  # fmt: skip
        return {
            "Name": name,
            "Position": position or None,
            "Team": group or None,
            "Joined on": joined,
            "Review period": period,
            "Reviewer": self.firm.owner if self.firm and self.firm.owner else None,
            "Days in post": days,
            "Form no.": f"{period}-{number or f'{person:03}'}" if period else None,
        }

    def subject(self, name: str, period: Period | None, signed: ReviewSheet | None = None) -> str:
        """What tells a loose page: whose, of what period, and the code of what was signed."""
        if not name or period is None:
            return name
        if signed is None or signed.signed is None:
            return self.language.text(M("{name} · {period}", name=name, period=period))
        return self.language.text(M("{name} · {period} · code {code}", name=name, period=period, code=signed.code))

    def _score(self, line: Line, stated: rules.Form) -> list[object]:
        own, score = (None if each is None else stated.written(each) for each in (line.self_score, line.score))
        return [line.name, f"{line.weight.normalize():f}%", self._standard(line.definition), own, score,
                plain(line.points), "\n".join([*self.others(line), *filter(None, [line.evidence])])]  # fmt: skip

    def others(self, line: Line) -> Iterator[str]:
        """What other raters gave on the average, and what all of them come to."""
        said = [M("{relation} {weight}", relation=Message(dict(rules.RELATIONS)[kind]), weight=mean)
                for kind, mean in line.others]  # fmt: skip
        if line.weighed not in (None, line.score):
            said.append(M("together {score}", score=line.weighed))
        if said:
            yield self.language.show(tuple(said))

    def points(self, sheet: ReviewSheet) -> str | None:
        """What the dimensions come to, once all are scored; goals stand on their own."""
        if sheet.done < len(sheet.dimensions):
            return None
        return plain(rules.total(line.points for line in sheet.dimensions))

    def comment(self, sheet: ReviewSheet) -> str:
        """What the reviewer says, then how the total was calibrated and which measures were decided."""
        text = self.language.text
        calibrated = [text(M("Calibrated {day}: {was} → {now}. {reason}", day=c.day, was=c.was, now=c.now,
                             reason=c.reason)) for c in sheet.calibrations]  # fmt: skip
        return "\n".join([*filter(None, [sheet.comment]), *calibrated, *map(self._measure, sheet.measures)])

    def _measure(self, of: MeasureLine) -> str:
        name = next(each.name for each in measure_kinds() if each.id == of.kind)
        parts = [M("{measure}: {text}", measure=name, text=of.text) if of.text else name]
        if of.basis:
            parts.append(M("By {basis}", basis=of.basis))
        if of.kind == rules.COMPENSATION:
            parts += rules.explained(rules.deduction(loss=of.loss, wage=of.wage, minimum=of.minimum))
        return " ".join(map(self.language.text, parts))

    def goal(self, goal: GoalLine, sheet: ReviewSheet) -> list[object]:
        """Figures stand right in their column, so the unit goes with the name."""
        target, actual, start = (_figure(each, goal.unit) for each in (goal.target, goal.actual, goal.start))
        bare = isinstance(target, Money | Share) or not goal.unit
        name = goal.name if bare else f"{goal.name}（{goal.unit}）"
        origin = [self.language.text(M("Baseline {start}", start=start))] if start is not None else []
        earned = [M("weight {weight}%, {points} {points:point|points}", weight=goal.weight, points=goal.points)]
        counts = [self.language.text(each) for each in earned if goal.points is not None and sheet.form.goal_weight]
        return [None, name, target, actual, goal.attainment, "\n".join([*origin, *counts, *filter(None, [goal.note])])]

    def _standard(self, definition: Both) -> str:
        return self.language.text(definition)


def signed_form(whole: Form, sheet: ReviewSheet) -> Form:
    """A form, with what is to be known of its signatures: who would not sign, and why there is another version."""
    if sheet.signed is None or not (said := tuple(_of_signatures(sheet))):
        return whole
    at = next(nth for nth, each in enumerate(whole.sections) if isinstance(each, Signatures))
    signed = whole.sections[at]
    if sheet.refusal and isinstance(signed, Signatures):
        first, *others = signed.cells
        refused = both(M("{who} (refused to sign)", who=first))
        signed = replace(signed, cells=(refused, *others, both(M("Witness: {name}", name=sheet.refusal.witness))))
    notes = (Note(both(each)) for each in said)
    return replace(whole, sections=(*whole.sections[:at], signed, *notes, *whole.sections[at + 1 :]))


def _of_signatures(sheet: ReviewSheet) -> Iterator[Message]:
    if (no := sheet.refusal) is not None:
        yield M("{name} would not sign on {day}. Reason given: {reason}. Witness: {witness}.", name=sheet.name,
                day=no.day, reason=no.reason, witness=no.witness)  # fmt: skip
    if sheet.entry and sheet.entry.corrects:
        yield M("Version {version} corrects register no. {number}: {reason}", version=sheet.entry.version,
                number=sheet.entry.corrects[0], reason=sheet.entry.reason)  # fmt: skip


@cache
def _titles(stated: rules.Form) -> Mapping[str, Both]:
    """What the form says of its template: its name where it is not the usual one, its scale, and how it scores."""
    note = next(each.text.en for each in form(CODE).sections if isinstance(each, Note))
    scale = both(M("2. Scores ({scale})", scale=told.scale(stated)))
    titles = {} if stated.id == QUARTERLY else {TITLE: stated.name}
    return titles | {SCORES: scale, note: joined(tuple(told.scoring(stated)))}


def joined(said: Sequence[Message]) -> Both:
    """Sentences in one, in both languages."""
    zh, en = (language(code) for code in CODES)
    return Both(
        "；".join(zh.text(each).rstrip("。") for each in said), "; ".join(en.text(each).rstrip(".") for each in said)
    )


def whole(stated: rules.Form) -> str:
    """What the dimensions weigh together."""
    return f"{(100 - stated.goal_weight).normalize():f}%"


def _figure(figure: Figure | None, unit: str) -> Figure | None:
    if figure is None or isinstance(figure, Money) or unit != PERCENT:
        return figure
    return Share(figure / 100)


def plain(number: Decimal | None) -> str | None:
    """A score or a total, as text: it stands in the middle of its cell, unlike a sum."""
    return None if number is None else f"{number.normalize():f}"
