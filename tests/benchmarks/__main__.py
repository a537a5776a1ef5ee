"""`python -m tests.benchmarks [--quick] [NAME…]`: every figure beside its reference; fails where one is missed."""

import argparse
import importlib
import os
import pkgutil
import sys

import tests.benchmarks
from tests.benchmarks.case import QUICK, Case, Result, timed

NO_CASES = ("__main__", "call", "case", "first_paint", "test_case")
WIDTHS = (58, 11, 11, 8, 8, 4)
FINE = 0.1
"""A goal below it is told with more figures."""
HEADS = ("what", "ours", "reference", "ratio", "goal", "")


def cases() -> list[Case]:
    """Every case of every module beside this one."""
    names = [each.name for each in pkgutil.iter_modules(tests.benchmarks.__path__) if each.name not in NO_CASES]
    modules = [importlib.import_module(f"tests.benchmarks.{name}") for name in names]
    return [case for module in modules if hasattr(module, "cases") for case in module.cases()]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rows and turns")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only the cases whose name begins so")
    asked = parser.parse_args(arguments)
    if asked.quick:
        os.environ[QUICK] = "1"
    wanted = [case for case in cases() if not asked.names or case.name.startswith(tuple(asked.names))]
    if not wanted:
        parser.error("no case of that name")
    print(line(HEADS))
    results = [told(result) for result in timed(wanted)]
    missed = [result.case.name for result in results if not result.reached]
    print(f"\n{len(results) - len(missed)} of {len(results)} reached. CPU seconds; the clock in brackets.")
    return 1 if missed else 0


def told(result: Result) -> Result:
    """Print a result as soon as it is there."""
    case = result.case
    clock = "" if result.wall is None else f" ({result.wall:.2f})"
    verdict = "ok" if result.reached else "MISS"
    digits = 2 if case.goal >= FINE else 4
    shares = (f"{result.ratio:.{digits}f}", f"≤ {case.goal:.{digits}f}")
    figures = (written(result.ours) + clock, written(result.reference), *shares)
    print(line((f"{case.name}: {case.what}", *figures, verdict)), flush=True)
    for text in case.more():
        print(f"  {text}", flush=True)
    return result


def written(figure: float) -> str:
    return f"{figure * 1000:.1f} ms" if figure < 1 else f"{figure:.2f} s" if figure < 1000 else f"{figure:,.0f}"


def line(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


if __name__ == "__main__":
    sys.exit(main())
