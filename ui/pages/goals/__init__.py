"""The goals page."""

from ui.pages.goals.page import GoalsPage

__all__ = ["GoalsPage"]
