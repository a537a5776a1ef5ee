"""What was done, and what was deleted."""

from ui.pages.trail.page import TrailPage

__all__ = ["TrailPage"]
