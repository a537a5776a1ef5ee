"""What the content offers: metrics that can be counted, goals to start from."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from desktopapp.goals.queries.measures import COUNTED
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import Both
from desktopapp.kernel.starter import content
from desktopapp.kernel.starter import rows as starter_rows


@frozen
class Metric:
    """Something that can be counted, as the content lists it."""

    id: str
    name: Both
    unit: str
    formula: Both
    source: Both
    better: str
    counted: bool
    """Whether its figure comes from the sales data by itself, where they know it."""


@frozen
class Example:
    """A goal to start from, as the content lists it."""

    id: str
    area: str
    horizon: str
    name: Both
    statement: Both
    metric: str
    unit: str
    baseline: Decimal
    target: Decimal
    direction: str
    cadence: str
    note: Both


def metric_name(metric: str) -> Both | str:
    """What a metric is called; one the content does not know is called what the owner wrote."""
    known = _metrics().get(metric)
    return known.name if known else metric


def unit_of_metric(metric: str) -> str:
    """The unit a metric of the content is counted in."""
    known = _metrics().get(metric)
    return known.unit if known else ""


def metrics() -> tuple[Metric, ...]:
    """What can be counted."""
    return tuple(_metrics().values())


@cache
def _metrics() -> dict[str, Metric]:
    return {
        row["id"]: Metric(
            row["id"], Both(row["name_zh"], row["name_en"]), row["unit"], Both(row["formula_zh"], row["formula_en"]),
            Both(row["source_zh"], row["source_en"]), row["better"], row["id"] in COUNTED,
        )
        for row in starter_rows("metrics")
    }  # fmt: skip


@cache
def examples() -> tuple[Example, ...]:
    """Goals to start from."""
    return tuple(
        Example(
            each["id"], each["area"], each["horizon"], each["name"], each["statement"], each["metric"], each["unit"],
            Decimal(str(each["baseline"])), Decimal(str(each["target"])), each["direction"], each["check"],
            each["note"],
        )
        for each in content("goals")["examples"]
    )  # fmt: skip
