"""The sales of a period on one page (SD-01): everybody beside his target, the chart, and room for what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, Both, M
from desktopapp.kernel.money import Money, total
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.overview import charts, selling, standing
from desktopapp.overview.selling import Selling
from desktopapp.overview.standing import share_of
from desktopapp.printing.form import Booklet, Filled, Printed, unprintable
from desktopapp.sales import queries as sales
from desktopapp.sales.queries import Scope
from desktopapp.sales.queries.figures import PERSON
from desktopapp.team import queries as team

CODE = "SD-01"
CHART, RESULTS, NOTES = "Result against target", "Results", "Notes and actions"
"""The sections of the form, as it titles them."""


def summary(
    path: Path, languages: tuple[Language, ...], *, period: Period, today: date, printed: datetime | None = None
) -> Printed:
    """Print the summary of a period; sums are in yuan."""
    firm = team.firm()
    found = selling.selling(Scope(period), PERSON, today)
    with Booklet(path, languages, printed=printed, **(firm.head if firm else {})) as booklet:
        pages = booklet.form(CODE, _filled(found, firm.owner if firm else "", languages[0]))
    return Printed(path, 1, pages)


def missing_glyphs(_language: Language) -> list[tuple[str, str]]:
    """Who stands on it under a name that no font of ours can draw, with the characters."""
    written = ((row.name, unprintable(row.name)) for row in team.people(leavers=True))
    return [(name, "".join(characters)) for name, characters in written if characters]


def _filled(found: Selling, owner: str, words: Language) -> Filled:
    period = found.scope.period
    assert isinstance(period, Period)
    before = {each.key: each.won for each in selling.sellers(Scope(period.before), PERSON, found.today)}
    new = sales.measured("new_customer_count", PERSON, period, found.today)
    paid = sales.measured("collection_rate", PERSON, period, found.today)
    grades = standing.grades()
    rows: list[Sequence[object]] = []
    for each in found.sellers:
        key = int(each.key)
        rate, change = paid.get(key), _change(each.won, before.get(each.key))
        rows.append((
            None, each.name, each.target, each.won, _rounded(each.attainment), each.collected,
            None if rate is None else Share(round(rate / 100, 3)), int(new.get(key) or 0), None, change,
            grades.get(key, ""),
        ))  # fmt: skip
    asked = [each.target for each in found.sellers if each.target]
    whole = total(asked) if asked else found.forecast.target
    sums = (None, None, whole, found.forecast.won, _rounded(share_of(found.forecast.won, whole)), found.collected,
            None, sum(int(each or 0) for each in new.values()), None,
            _change(found.forecast.won, total(before.values())), None)  # fmt: skip
    said = [words.text(each) for each in selling.said(found.forecast)]
    return Filled(
        fields={"Period": period, "Date": found.today, "Unit": _both(N_("yuan")), "Prepared by": owner},
        rows={RESULTS: rows}, totals={RESULTS: sums}, charts={CHART: charts.sellers(found.sellers, words)},
        texts={NOTES: "\n".join(said) or None}, words={"date": found.today},
    )  # fmt: skip


def _rounded(share: Share | None) -> Share | None:
    return None if share is None else Share(round(share, 3))


def _change(now: Money, before: Money | None) -> object:
    """How much more or less than in the period before."""
    part = share_of(now - before, before) if before else None
    if part is None:
        return None
    return M("+{part}", part=_rounded(part)) if part > 0 else _rounded(part)


def _both(text: str) -> Both:
    from desktopapp.kernel.language import language

    return Both(language("zh_CN").text(text), text)
