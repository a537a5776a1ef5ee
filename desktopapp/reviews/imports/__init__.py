"""Forms that come back: each file read, matched to the form that went out, and shown before anything is kept."""

from desktopapp.reviews.imports.back import read_back
from desktopapp.reviews.imports.found import Change, Doubt, Returned

__all__ = ["Change", "Doubt", "Returned", "read_back"]
