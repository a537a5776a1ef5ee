"""Keeping a small table that was typed as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def keep_lines(whole: Any, number: int, lines: Sequence[Any], columns: Sequence[str]) -> None:
    """Make the lines of a whole these, in this order; `whole` is the column that names it, the first column its key.

    Lines that stay keep their rows, so that the bin holds what was taken out and not the line that moved up.
    """
    table, key = whole.model, columns[0]
    there = _staying(list(table.select().where(whole == number).order_by(table.id)), lines, key)
    for nth, line in enumerate(lines):
        kept: Any = there[nth] if nth < len(there) else table(**{whole.name: number})
        for column in columns:
            setattr(kept, column, getattr(line, column))
        kept.save()


def _staying(there: list[Any], lines: Sequence[Any], key: str) -> list[Any]:
    wanted = {getattr(line, key) for line in lines}
    too_many = len(there) - len(lines)
    going = sorted(there, key=lambda row: (getattr(row, key) in wanted, -row.id))[: max(too_many, 0)]
    for row in going:
        row.delete_instance()
    return [row for row in there if row not in going]
