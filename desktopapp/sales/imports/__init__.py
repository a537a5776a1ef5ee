"""Files of the CRM's: looked at, read to the end and shown before anything of them is kept."""

from desktopapp.sales.imports.answers import UNSAID, Answers, Question, answered
from desktopapp.sales.imports.examining import Finding, Findings, examine
from desktopapp.sales.imports.kinds import ENTITIES, SYSTEMS
from desktopapp.sales.imports.looking import (
    DECIMAL_WORDS,
    ORDER_WORDS,
    PERCENT_WORDS,
    UNIT_WORDS,
    ColumnSeen,
    Drop,
    Part,
    look,
)
from desktopapp.sales.imports.rejects import write_rejects

__all__ = [
    "DECIMAL_WORDS", "ENTITIES", "ORDER_WORDS", "PERCENT_WORDS", "SYSTEMS", "UNIT_WORDS", "UNSAID", "Answers",
    "ColumnSeen", "Drop", "Finding", "Findings", "Part", "Question", "answered", "examine", "look", "write_rejects",
]  # fmt: skip
