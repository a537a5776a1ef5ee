"""Reading goals: what was agreed, how it stands, what there is to choose from."""

from desktopapp.goals.queries.cascade import Branch, can_serve, cascade
from desktopapp.goals.queries.catalogue import Example, Metric, examples, metric_name, metrics, unit_of_metric
from desktopapp.goals.queries.measures import COUNTED, RESULT, is_known, rows_of
from desktopapp.goals.queries.notices import FINDS, notices
from desktopapp.goals.queries.standing import (
    PARTS,
    SALES,
    TYPED,
    CheckInRow,
    GoalRow,
    agreed,
    checkins,
    firm_target,
    goal,
    goals,
    last,
    periods,
    places,
    running,
    standing,
    targets,
    weight_sum,
    weight_sums,
)

__all__ = [
    "COUNTED", "FINDS", "PARTS", "RESULT", "SALES", "TYPED", "Branch", "CheckInRow", "Example", "GoalRow", "Metric",
    "agreed", "can_serve", "cascade", "checkins", "examples", "firm_target", "goal", "goals", "is_known", "last",
    "metric_name", "metrics", "notices", "periods", "places", "rows_of", "running", "standing", "targets",
    "unit_of_metric", "weight_sum", "weight_sums",
]  # fmt: skip
