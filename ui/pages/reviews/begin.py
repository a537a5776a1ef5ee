"""The form that starts a round: which template, for what period, due when, and who is reviewed by the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import Language
from desktopapp.kernel.message import N_, M
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules
from desktopapp.reviews.models import Cycle
from desktopapp.reviews.queries.eligible import Candidate, eligible
from desktopapp.team import queries as team
from ui.kit.editors import Picker, choice
from ui.kit.form import Loose, RecordForm
from ui.kit.several import Several

USUAL = "quarterly"
"""The template a round starts from unless another is chosen."""
BACK = 4
"""How many periods before the running one are offered."""
LINES = 8
"""People seen at once."""
RULE = N_(
    "Who has left or is on leave is left out, and who was there for less than half of the period; in reviews of "
    "probation, everybody whose probation does not end by then. Tick whom you want in all the same."
)
PEOPLE = Loose("people", N_("People reviewed"), RULE)


class StartForm(RecordForm):
    """Asks for a round; the period just over, the usual template and whom the rule finds are filled in."""

    def __init__(self, language: Language, start: Callable[..., int], *, day: date) -> None:
        self._language_of, self._day, self._start = language, day, start
        self.people, self.periods = Several(LINES), Picker(())
        templates = choice([(form.id, language.text(form.name)) for form in queries.templates()])
        super().__init__(
            language, N_("Start a round"), (Cycle.template, Cycle.period, Cycle.due, PEOPLE), self._keep, day=day,
            values={"template": USUAL},
            editors={"template": templates, "period": self.periods, "people": self.people}, act=N_("Start now"),
        )  # fmt: skip
        templates.changed.connect(self._offer_periods)
        self.periods.changed.connect(self._take_period)
        self._offer_periods()
        self.changed = False

    def _keep(self, **values: Any) -> int:
        if not values["people"]:
            raise Refused(M("Nobody is ticked."), "people")
        return self._start(**values)

    def _kind(self) -> str:
        return queries.template(self.editors["template"].value()).kind

    def _offer_periods(self) -> None:
        """Offer periods of the length the template is for, the one most likely meant chosen."""
        running = running_period(self._kind(), self._day)
        offered = [running]
        for _ in range(BACK):
            offered.insert(0, offered[0].before)
        self.periods.blockSignals(True)
        self.periods.clear()
        for period in offered:
            self.periods.addItem(self._language_of.period(period), period)
        self.periods.put(suggested(self.editors["template"].value(), self._day))
        self.periods.blockSignals(False)
        self._take_period()

    def _take_period(self) -> None:
        """Offer the people of the period, and the day it is usually due."""
        period = self.periods.value()
        self.editors["due"].put(rules.due(period, self._day))
        found = eligible(period, self._kind())
        self.people.offer([(each.person, words(each, self._language_of)) for each in found])
        self.people.put([each.person for each in found if each.why is None])


def words(of: Candidate, language: Language) -> str:
    """Somebody's name, with why the rule leaves him out."""
    return of.name if of.why is None else language.text(M("{name}: {why}", name=of.name, why=of.why))


def running_period(kind: str, day: date) -> Period:
    """The period of a kind of review that a day falls into; a quarter is whatever the firm's period is."""
    season = team.season()
    return season.of(day, None if kind == "quarter" else rules.LENGTHS[kind])


def suggested(template: str, day: date) -> Period:
    """The last period that is over and has no such round, else the one running; probations end in the running one."""
    kind = queries.template(template).kind
    running = running_period(kind, day)
    if kind == rules.PROBATION:
        return running
    had = {(row.period, row.template) for row in queries.cycles()}
    return running if (running.before, template) in had else running.before


def left_out_options(found: Sequence[Candidate], language: Language) -> list[tuple[int, str]]:
    """Those a round left out, to choose from."""
    return [(each.person, words(each, language)) for each in found]
