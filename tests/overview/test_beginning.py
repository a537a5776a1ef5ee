"""What a new firm is told to begin with."""

from datetime import date
from decimal import Decimal

from desktopapp.goals import service as goals
from desktopapp.kernel.area import Link
from desktopapp.kernel.period import Period
from desktopapp.overview import sample
from desktopapp.overview.beginning import beginnings
from desktopapp.reviews import service as reviews
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
Q4 = Period.parse("2026Q4")


def places():
    return [step.link for step in beginnings()]


def test_before_there_is_anybody_only_the_roster_is_offered(file):
    assert places() == [Link("team")]


def test_each_step_leaves_the_list_once_it_was_done(file):
    who = team.add(name="张伟", today=TODAY)
    assert places() == [Link("sales"), Link("goals"), Link("reviews")]
    goals.set_goal(person=who, period=Q4, name="回款率", unit="%", target=Decimal(95), weight=Decimal(100),
                   today=TODAY)  # fmt: skip
    assert places() == [Link("sales"), Link("reviews")]
    reviews.start(period=Q4, template="quarterly", today=TODAY)
    assert places() == [Link("sales")]


def test_a_firm_at_work_is_told_nothing(file):
    sample.load(today=TODAY)
    assert beginnings() == ()
