"""What is counted, because seconds are of the machine."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktopapp.storage import DB


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement the file is asked while it is open."""
    asked: list[str] = []
    connection = DB.connection()
    connection.trace_v2(1, lambda event: asked.append(event["sql"]))
    try:
        yield asked
    finally:
        connection.trace_v2(0, None)
