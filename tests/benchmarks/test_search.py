"""The reference that finding is measured by: LIKE over the same columns asks what we ask."""

from desktopapp.overview.search import search
from desktopapp.team import service as team
from tests.benchmarks import search as bench
from tests.conftest import TODAY


def test_both_ways_answer_every_text_that_is_measured(file, monkeypatch, tmp_path):
    heard = []
    monkeypatch.setattr(bench, "open_file", lambda *_arguments: None)
    monkeypatch.setenv(bench.FOLDER, str(tmp_path))
    monkeypatch.setattr(bench, "p95", heard.append)
    team.add(name="王芳", today=TODAY)
    bench.catch_up()
    bench.typed()
    bench.like()
    ours, like = heard
    assert ours is search
    assert [found.title for found in ours("王")] == ["王芳"]
    assert [rows for rows in like("王") if rows] == [[(1, "王芳", "", "", "active")]]
