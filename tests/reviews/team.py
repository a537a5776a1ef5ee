"""A team of twelve for the tests of rounds: two groups with a leader each, a key-account manager, a newcomer."""

from datetime import date

from desktopapp.reviews import queries, service
from desktopapp.team import service as roster
from tests.conftest import TODAY

NAMES = ("陈志远", "仇振华", "李娜", "欧阳静", "覃晓岚", "单文博", "王芳", "冼美琪", "曾国强", "张伟", "赵敏", "周晓")


def hire(count=12, **more):
    """So many of them, each by his name with his number."""
    rows = [
        {"name": name, "position": "大客户经理" if name == "赵敏" else "客户经理",
         "team": "华东" if nth % 2 else "华南", "joined": date(2023, 4, 10), **more}
        for nth, name in enumerate(NAMES[:count])
    ]  # fmt: skip
    return dict(zip(NAMES, roster.add_many(rows, today=TODAY), strict=False))


def review_of(cycle, name):
    """Somebody's review in a round."""
    return next(row.id for row in queries.reviews(cycle) if row.name == name)


def score_all(review, score, by=service.score):
    """The same score on every dimension."""
    for line in queries.sheet(review).dimensions:
        by(review=review, dimension=line.id, score=score)
