"""The places of the sidebar by their names, as the window shows them before it knows how each is built."""

from __future__ import annotations

from desktopapp.kernel.message import N_
from ui.kit.nav import BOTTOM, Place

PEOPLE, DAILY = N_("People and goals"), N_("Day to day")
PLACES = (
    Place("home", N_("Today"), "layout-dashboard", keys="Ctrl+1"),
    Place("team", N_("Team roster"), "users", group=PEOPLE, keys="Ctrl+2"),
    Place("goals", N_("Goals"), "target", group=PEOPLE, keys="Ctrl+3"),
    Place("reviews", N_("Reviews"), "clipboard-check", group=PEOPLE, keys="Ctrl+4", takes_forms=True),
    Place("sales", N_("Sales data"), "chart-column", group=DAILY, keys="Ctrl+9"),
    Place("trail", N_("What was done"), "history", group=BOTTOM, keys="Ctrl+H"),
    Place("settings", N_("Settings & backup"), "settings", group=BOTTOM, keys="Ctrl+,"),
)
"""In the order they stand."""
