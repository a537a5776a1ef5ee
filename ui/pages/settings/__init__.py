"""The program made the owner's own."""

from ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
