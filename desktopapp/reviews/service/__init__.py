"""Judging and signing."""

from desktopapp.reviews.service.calibrating import calibrate, set_potential
from desktopapp.reviews.service.events import change_event, drop_event, note_event
from desktopapp.reviews.service.forms import Taken, accept, exported, issue, send_back
from desktopapp.reviews.service.improvements import (
    change_improvement,
    extend_improvement,
    judge_improvement,
    open_improvement,
    reopen_improvement,
    set_lines,
)
from desktopapp.reviews.service.interviews import (
    arrange,
    hold,
    record,
    set_agreed,
)
from desktopapp.reviews.service.judging import (
    TEXTS,
    note_evidence,
    score,
    self_score,
    set_steps,
    write,
)
from desktopapp.reviews.service.objections import (
    change_objection,
    decide_objection,
    drop_refusal,
    note_refusal,
    object_to,
)
from desktopapp.reviews.service.outcomes import (
    accept_proposals,
    decide_measure,
    decline,
    drop_measure,
    reconsider,
    set_outcomes,
)
from desktopapp.reviews.service.raters import EDITION, ask_peers, ask_raters, dismiss_rater, set_raters, type_in
from desktopapp.reviews.service.rounds import close, start, take_in, take_up, waive
from desktopapp.reviews.service.signing import amend, give_up, sign
from desktopapp.reviews.service.templates import (
    add_template,
    adjust,
    clear_position,
    edit_template,
    remove_template,
    restore_template,
    set_position,
)

__all__ = [
    "EDITION", "TEXTS", "Taken", "accept", "accept_proposals", "add_template", "adjust", "amend", "arrange",
    "ask_peers", "ask_raters", "calibrate", "change_event", "change_improvement", "change_objection",
    "clear_position", "close", "decide_measure", "decide_objection", "decline", "dismiss_rater", "drop_event",
    "drop_measure", "drop_refusal", "edit_template", "exported", "extend_improvement", "give_up", "hold", "issue",
    "judge_improvement", "note_event", "note_evidence", "note_refusal", "object_to", "open_improvement",
    "reconsider", "record", "remove_template", "reopen_improvement", "restore_template", "score", "self_score",
    "send_back", "set_agreed", "set_lines", "set_outcomes", "set_position", "set_potential", "set_raters",
    "set_steps", "sign", "start", "take_in", "take_up", "type_in", "waive", "write",
]  # fmt: skip
