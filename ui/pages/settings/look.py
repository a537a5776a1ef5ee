"""The look and the language: all of it taken at once."""

from __future__ import annotations

from desktopapp.kernel.message import N_
from ui.kit.theme import SCALES
from ui.pages.settings.section import Section

SCHEMES = (("system", N_("Like the system")), ("light", N_("Light")), ("dark", N_("Dark")))
DENSITIES = (("standard", N_("Standard")), ("compact", N_("Compact: more on the screen")))
SUMS = (("wan", N_("Ten thousands: ¥123K")), ("yuan", N_("Whole yuan: ¥123,456")))
LANGUAGES = (("zh_CN", "中文"), ("en", "English"))
"""Each named in itself, for who landed in the wrong one."""


class LookSection(Section):
    """How the program looks and speaks."""

    def build(self) -> None:
        now = self.program
        card = self.card(N_("Appearance"))
        self.scheme = self.pick(card, N_("Colours"), self._worded(SCHEMES), lambda to: now.choose(scheme=to))
        self.density = self.pick(card, N_("Density"), self._worded(DENSITIES), lambda to: now.choose(density=to))
        scales = [(size, f"{size}%") for size in SCALES]
        self.scale = self.pick(card, N_("Text size"), scales, lambda to: now.choose(scale=to))
        card = self.card(N_("Language and figures"))
        self.language = self.pick(card, N_("Language"), LANGUAGES, lambda to: now.choose(language=to))
        self.sums = self.pick(card, N_("Sums in lists and figures"), self._worded(SUMS), lambda to: now.choose(sums=to))

    def _worded(self, options: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        return [(key, self.words(text)) for key, text in options]

    def refresh(self) -> None:
        for name in ("scheme", "density", "scale", "language", "sums"):
            getattr(self, name).put(getattr(self.program, name))
