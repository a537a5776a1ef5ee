"""The roster page."""

from ui.pages.team.page import TeamPage

__all__ = ["TeamPage"]
