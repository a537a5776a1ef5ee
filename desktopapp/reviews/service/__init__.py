"""Judging and signing."""

from desktopapp.reviews.service.forms import EDITION, Taken, accept, exported, issue, send_back
from desktopapp.reviews.service.judging import (
    TEXTS,
    note_evidence,
    score,
    self_score,
    set_outcomes,
    set_steps,
    write,
)
from desktopapp.reviews.service.rounds import close, start
from desktopapp.reviews.service.signing import sign
from desktopapp.reviews.service.templates import adjust, restore_template

__all__ = [
    "EDITION", "TEXTS", "Taken", "accept", "adjust", "close", "exported", "issue", "note_evidence",
    "restore_template", "score", "self_score", "send_back", "set_outcomes", "set_steps", "sign", "start", "write",
]  # fmt: skip
