"""Goals on paper: the agreement for a year (GF-01) and the card of a quarter (GF-02), blank or filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from desktopapp.goals import queries, rules
from desktopapp.goals.models import ACTIVE, CADENCES
from desktopapp.goals.queries import GoalRow
from desktopapp.goals.rules import Figure
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import Both, M, Message
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import YEAR, Period
from desktopapp.kernel.share import Share
from desktopapp.printing.form import Booklet, Filled, Printed, unprintable
from desktopapp.sales import queries as sales
from desktopapp.team import queries as team

AGREEMENT, CARD = "GF-01", "GF-02"
ANNUAL, QUARTERLY, PROGRESS, CHECKED = (
    "Annual goals and weights", "Quarterly goals, weights 100%", "Progress by month", "Self check",
)  # fmt: skip
"""The sections of the forms, as they title them."""
MARKS = {"S": "Specific", "M": "Measurable", "A": "Achievable", "R": "Relevant", "T": "Time-bound"}
"""The options of the self check by the key of an advice."""


@frozen
class _Whose:
    """One form: whose it is, and what is agreed with him."""

    id: int | None
    name: str
    position: str
    goals: Sequence[GoalRow]


def code_of(period: Period) -> str:
    """A year is agreed on in a letter, anything shorter on a card."""
    return AGREEMENT if period.months == YEAR else CARD


def forms(
    path: Path,
    languages: tuple[Language, ...],
    *,
    period: Period,
    today: date,
    printed: datetime | None = None,
    filled: bool = True,
    people: Sequence[int] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Printed:
    """Print the form of a period for everybody, or for some; one without a name where there is nobody yet."""
    firm = team.firm()
    everyone = _everyone(period, today, people)
    pages = 0
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        for nth, each in enumerate(everyone, 1):
            written = _written(each, period, firm, languages[0], today, filled=filled)
            subject = M("{name} · {period}", name=each.name, period=period) if each.name else ""
            pages += booklet.form(code_of(period), written, bookmark=each.name, subject=subject)
            progress(nth, len(everyone))
    return Printed(path, len(everyone), pages)


def missing_glyphs(
    _language: Language, *, period: Period, today: date, people: Sequence[int] | None = None, **_chosen: object
) -> list[tuple[str, str]]:
    """On whose form stand characters that no font of ours can draw, and which: to be told before printing."""
    written = ((each.name, unprintable(each.name, each.position, *(goal.goal for goal in each.goals)))
               for each in _everyone(period, today, people))  # fmt: skip
    return [(name, "".join(characters)) for name, characters in written if characters]


def _everyone(period: Period, today: date, people: Sequence[int] | None) -> list[_Whose]:
    standing = [row for row in queries.standing(period=period, today=today) if row.state == ACTIVE]
    wanted = [row for row in team.people() if people is None or row.id in people]
    found = [_Whose(row.id, row.name, row.position, [goal for goal in standing if goal.person == row.id])
             for row in wanted]  # fmt: skip
    return found or [_Whose(None, "", "", ())]


def _written(
    whose: _Whose, period: Period, firm: team.FirmRow | None, first: Language, today: date, *, filled: bool
) -> Filled:
    goals = whose.goals if filled else ()
    if code_of(period) == AGREEMENT:
        return _agreement(whose, goals, period, firm, first)
    return _card(whose, goals, period, firm, first, today, filled=filled)


def _agreement(
    whose: _Whose, goals: Sequence[GoalRow], period: Period, firm: team.FirmRow | None, first: Language
) -> Filled:
    words = {
        "company": firm.name if firm else None, "name": whose.name or None, "position": whose.position or None,
        "year": str(period.start.year), "start": _day(period.start), "end": _day(period.end),
    }  # fmt: skip
    rows = [
        (None, goal.goal, goal.metric_name or goal.unit, _figure(goal.target, goal.unit, first), _weight(goal.weight),
         Message(dict(CADENCES)[goal.cadence]) if goal.cadence else None)
        for goal in goals
    ]  # fmt: skip
    total = (None, None, None, None, _weight(rules.weight_sum(goal.weight for goal in goals)), None)
    return Filled(
        words={name: value for name, value in words.items() if value},
        rows={ANNUAL: rows} if rows else {}, totals={ANNUAL: total} if rows else {}, by_hand=not rows,
    )  # fmt: skip


def _card(
    whose: _Whose, goals: Sequence[GoalRow], period: Period, firm: team.FirmRow | None, first: Language, today: date,
    *, filled: bool,
) -> Filled:  # fmt: skip
    rows = [
        (goal.goal, _figure(goal.start, goal.unit, first), _figure(goal.target, goal.unit, first), _weight(goal.weight),
         first.short_day(rules.next_check(goal.cadence, max(today, period.start), goal.due)), None)
        for goal in goals
    ]  # fmt: skip
    total = (None, None, None, _weight(rules.weight_sum(goal.weight for goal in goals)), None, None)
    months = _months(whose, goals, period, first, today) if filled else []
    return Filled(
        fields={"Name": whose.name or None, "Quarter": period, "Checked by": firm.owner if firm else None},
        rows={**({QUARTERLY: rows} if rows else {}), **({PROGRESS: months} if months else {})},
        totals={QUARTERLY: total} if rows else {},
        ticked={CHECKED: _held(goals, today)} if rows else {},
        by_hand=not rows,
    )  # fmt: skip


def _months(
    whose: _Whose, goals: Sequence[GoalRow], period: Period, first: Language, today: date
) -> list[tuple[object, ...]]:
    """Each month begun, with what was signed and what part of the result asked that is so far; the rest is written."""
    result = next((goal.target for goal in goals if goal.metric == queries.RESULT), None)
    if whose.id is None or not isinstance(result, Money) or not result:
        return [(first.month(month.start), None, None, None, None) for month in period.within()]
    sold, so_far = sales.sold_by_month(period.within(), whose.id), Money(0)
    rows: list[tuple[object, ...]] = []
    for month in period.within():
        so_far += sold[month]
        came = (sold[month], Share(Decimal(so_far.fen) / result.fen)) if month.start <= today else (None, None)
        rows.append((first.month(month.start), *came, None, None))
    return rows


def _held(goals: Sequence[GoalRow], today: date) -> list[str]:
    """The marks all of the goals hold."""
    advice = [
        rules.smart(
            name=goal.goal, note=goal.note, metric=goal.metric, unit=goal.unit, start=_plain(goal.start),
            target=_plain(goal.target), period=goal.period, due=goal.due, today=min(today, goal.period.start),
            serves=goal.parent_name,
        )
        for goal in goals
    ]  # fmt: skip
    return [option for key, option in MARKS.items() if all(m.holds for marks in advice for m in marks if m.key == key)]


def _day(day: date) -> Both:
    """A day within a sentence, in the words of each language."""
    return Both(language("zh_CN").day(day), language("en").day(day))


def _figure(figure: Figure | None, unit: str, first: Language) -> str | None:
    if figure is None:
        return None
    written = first.show(figure)
    return written if isinstance(figure, Money) else f"{written} {unit}".strip()


def _plain(figure: Figure | None) -> Decimal | None:
    return figure.in_yuan if isinstance(figure, Money) else figure


def _weight(weight: Decimal) -> str:
    return f"{weight.normalize():f}%"
