"""The reviews page."""

from ui.pages.reviews.page import ReviewsPage

__all__ = ["ReviewsPage"]
