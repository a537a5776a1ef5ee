"""Faults, one kind after another; the last line of each says what came of it. Exit code 1 where a promise was broken.

With `--broken` the program is first broken in one place where it keeps its promise: it must fail then.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

KINDS = ("kills", "power", "upgrade", "errors", "rot", "pair", "large", "paper")
"""The kinds of fault, each a module here."""
SHOWN = 10
"""So much of what went wrong is shown."""


def main(arguments: list[str] | None = None) -> int:
    """Carry them out."""
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer turns, as the tests have them")
    parser.add_argument("--broken", action="store_true", help="with the program broken where it keeps its promise")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"only these of {', '.join(KINDS)}")
    asked = parser.parse_args(arguments)
    if unknown := [kind for kind in asked.kinds if kind not in KINDS]:
        parser.error(f"no such kind: {', '.join(unknown)}")
    kinds = [importlib.import_module(f"tests.faults.{kind}") for kind in asked.kinds or KINDS]
    if asked.broken:
        for kind in kinds:
            kind.break_()
    broken = [kind for kind in kinds if not _told(kind, short=asked.short)]
    return 1 if broken else 0


def _told(kind: ModuleType, *, short: bool) -> bool:
    """Carry out one kind and say what came of it; whether the promise was kept."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="teamhelm-") as place:
        report = kind.run(Path(place), short=short)
    for each in report.wrong[:SHOWN]:
        print(f"  {each}")
    kept = "BROKEN" if report.wrong else "kept"
    name, taken = kind.__name__.rpartition(".")[2], time.perf_counter() - begun
    print(f"{name}: {report.figures}. {kept}, in {taken:.0f} s", flush=True)
    return not report.wrong


if __name__ == "__main__":
    sys.exit(main())
