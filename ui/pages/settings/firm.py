"""The firm: its name, its owner, and the beat of its goals and reviews."""

from __future__ import annotations

from datetime import date

from desktopapp.kernel.message import N_
from desktopapp.team.models import Firm
from ui.kit.editors import choice
from ui.pages.settings.section import FirmFields, Section


class FirmSection(Section):
    """Who the firm is."""

    def build(self) -> None:
        language = self.desk.language
        months = choice([(n, language.month(date(2000, n, 1))) for n in range(1, 13)])
        asked = (Firm.name, Firm.owner, Firm.season, Firm.first_month)
        self.fields = FirmFields(self.desk, asked, {"first_month": months})
        self.fields.kept = self._kept
        card = self.card(N_("Firm"))
        self.fields.across(card.body, "name", "owner")
        card = self.card(N_("Season"), N_("New goals and reviews take this period. What is there keeps its own."))
        self.fields.across(card.body, "season", "first_month")

    def refresh(self) -> None:
        self.fields.refresh()

    def _kept(self, name: str) -> None:
        if name in ("season", "first_month"):
            self.program.redraw()
