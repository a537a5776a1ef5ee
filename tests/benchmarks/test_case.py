"""The scales themselves: what is compared, what is heard again, and when the run fails."""

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.case import Case, Taken, called, run, timed


def turns(*figures):
    """A way whose turns take these, the last of them for ever after."""
    left = list(figures)
    return lambda: Taken(left.pop(0) if len(left) > 1 else left[0])


def busy():
    sum(range(100_000))
    return {"rows": 5}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setenv("TEAMHELM_BENCH_QUICK", "1")


def test_the_ratio_is_the_median_of_the_turns_and_the_first_only_warms_up():
    [result] = timed([Case("a", "", turns(90, 1, 2, 3), turns(1, 1, 1, 1), 5)])
    assert result.ratio == 2
    assert result.reached


def test_what_misses_its_goal_is_heard_again_for_longer():
    ours = turns(1, 9, 9, 9, 1)
    [result] = timed([Case("a", "", ours, turns(1), 1.5)])
    assert result.reached
    assert len(result.turns) == 7


def test_cases_of_the_same_ways_share_their_turns():
    asked = []

    def ours():
        asked.append(1)
        return Taken(1, None, {"open": 2.0, "sort": 8.0})

    other = turns(2)
    results = list(timed([Case("open", "", ours, other, 4, "open"), Case("sort", "", ours, other, 4, "sort")]))
    assert [result.ratio for result in results] == [1.0, 4.0]
    assert len(asked) == 4


def test_a_function_is_timed_in_a_process_of_its_own():
    taken = called("tests.benchmarks.test_case", "busy")
    assert taken.cpu > 0
    assert taken.wall > 0
    assert taken.of("rows") == 5


def test_a_process_that_fails_fails_the_run():
    with pytest.raises(RuntimeError, match="no_such_module"):
        run("-m", "no_such_module")


@pytest.mark.parametrize(("goal", "code", "verdict"), [(2.0, 0, "ok"), (0.5, 1, "MISS")])
def test_the_run_fails_where_a_goal_is_missed(monkeypatch, capsys, goal, code, verdict):
    monkeypatch.setattr(bench, "cases", lambda: [Case("a-case", "said", turns(1.0), turns(1.0), goal)])
    assert bench.main(["a-c"]) == code
    assert verdict in capsys.readouterr().out


def test_a_name_that_is_no_case_is_wrong_usage(monkeypatch):
    monkeypatch.setattr(bench, "cases", list)
    with pytest.raises(SystemExit):
        bench.main(["nothing"])


def test_every_module_gives_its_cases():
    names = [case.name for case in bench.cases()]
    assert len(names) == len(set(names))
    assert {name.split("-")[0] for name in names} >= {"start", "list", "import"}
