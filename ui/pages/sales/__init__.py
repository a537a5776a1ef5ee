"""The sales data page."""

from ui.pages.sales.page import SalesPage

__all__ = ["SalesPage"]
