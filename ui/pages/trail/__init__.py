"""What was done, what was deleted, what was printed."""

from ui.pages.trail.page import TrailPage

__all__ = ["TrailPage"]
