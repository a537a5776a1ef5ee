"""Judged against fixed dimensions, signed, printed."""

from desktopapp.kernel.area import Area
from desktopapp.kernel.message import N_
from desktopapp.reviews.models import (
    Agreed,
    Aim,
    Answer,
    Calibration,
    Checkpoint,
    Cycle,
    ErasedEntry,
    Event,
    Improvement,
    Interview,
    Measure,
    Objection,
    PositionTemplate,
    RaterForm,
    RaterScore,
    Refusal,
    Remark,
    Review,
    Score,
    Shortfall,
    Signature,
    Stated,
    Step,
    Template,
)
from desktopapp.reviews.queries import FINDS, coded, notices

TABLES = (
    Cycle, Review, Signature, Score, Step, RaterForm, Answer, RaterScore, Remark, Calibration, Measure, Template,
    PositionTemplate, Stated, Event, ErasedEntry, Refusal, Objection, Interview, Agreed, Improvement, Shortfall, Aim,
    Checkpoint,
)  # fmt: skip

AREA = Area("reviews", N_("Reviews"), TABLES, notices, FINDS, coded)
