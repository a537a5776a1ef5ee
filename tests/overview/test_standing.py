"""The figures of the first page."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp.goals import service as goals
from desktopapp.kernel.area import Link, Notice
from desktopapp.kernel.message import M
from desktopapp.kernel.money import ZERO, Money
from desktopapp.kernel.period import Period
from desktopapp.overview import person as overview
from desktopapp.overview import sample, standing
from desktopapp.sales.models import Collection, Deal
from desktopapp.storage import unit
from desktopapp.team import queries as people
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
Q4 = Period.parse("2026Q4")


@pytest.fixture
def seller(file):
    return team.add(name="张伟", today=TODAY)


def sell(person, amount, day, *, status="won", customer="华鼎机电", name="框架"):
    with unit("sales.test", M("Test")):
        return Deal.create(
            external=f"{person}{day}{amount}", name=name, customer=customer, person=person, status=status,
            amount=Money.yuan(amount), close_date=day,
        )  # fmt: skip


def ask_for(person, target, period=Q4):
    return goals.set_goal(person=person, period=period, name="季度签约额", metric="signed_amount", unit="元",
                          target=Decimal(target), weight=Decimal(100), today=TODAY)  # fmt: skip


def test_an_empty_firm_stands_at_nothing(file):
    now = standing.figures(TODAY)
    assert (now.sold, now.target, now.attainment, now.overdue) == (ZERO, None, None, None)
    assert (now.reviews, now.due, now.goals) == (0, None, 0)
    assert standing.lines(TODAY, ()) == ()


def test_the_result_of_the_quarter_stands_beside_its_target(seller):
    sell(seller, 60_000, date(2026, 10, 8))
    sell(seller, 99_000, date(2026, 9, 30))
    ask_for(seller, 120_000)
    now = standing.figures(TODAY)
    assert now.sold == Money.yuan(60_000)
    assert now.target == Money.yuan(120_000)
    assert now.attainment == Decimal("0.5")


def test_the_target_of_somebody_who_left_no_longer_counts(seller):
    ask_for(seller, 120_000)
    team.let_go(person=seller, day=TODAY)
    assert standing.figures(TODAY).target is None


def test_twelve_months_end_with_the_running_one(seller):
    sell(seller, 60_000, date(2026, 10, 8))
    months = standing.months(TODAY)
    assert [str(months[0].month), str(months[-1].month)] == ["2025-12", "2026-11"]
    assert [str(each.month) for each in months if each.sold] == ["2026-10"]


def test_a_months_target_is_its_part_of_the_shortest_goal(seller):
    ask_for(seller, 120_000)
    ask_for(seller, 1_200_000, Period.parse("2026"))
    by_month = {str(each.month): each.target for each in standing.months(TODAY)}
    assert by_month["2026-10"] == Money.yuan(40_000)
    assert by_month["2026-09"] == Money.yuan(100_000)
    assert by_month["2025-12"] == ZERO


def test_months_of_one_person_leave_out_the_others(seller):
    other = team.add(name="王芳", today=TODAY)
    sell(seller, 60_000, date(2026, 10, 8))
    sell(other, 50_000, date(2026, 10, 9))
    assert [each.sold for each in standing.months(TODAY, other) if each.sold] == [Money.yuan(50_000)]


def test_a_line_says_what_somebody_reached_collected_and_needs_next(seller, zh):
    deal = sell(seller, 60_000, date(2026, 10, 8))
    sell(seller, 10_000, date(2026, 12, 8), status="open", customer="远大集团", name="续签")
    ask_for(seller, 120_000)
    with unit("sales.test", M("Test")):
        Collection.create(external="1", person=seller, deal=deal, day=date(2026, 11, 1), amount=Money.yuan(20_000))
    [line] = standing.lines(TODAY, ())
    assert (line.attainment, line.collected, line.grade) == (Decimal("0.5"), Money.yuan(20_000), "")
    assert zh.text(line.next) == "推进 远大集团：续签"


def test_a_notice_goes_before_a_deal_and_the_most_pressing_first(seller, zh):
    sell(seller, 10_000, date(2026, 12, 8), status="open")
    pressing = [Notice(M("{name} leaves", name=name), TODAY, Link("team"), person=seller) for name in ("甲", "乙")]
    [line] = standing.lines(TODAY, pressing)
    assert zh.text(line.next) == "甲离职"


def test_the_sample_firm_has_grades_and_a_round_to_finish(file):
    sample.load(TODAY)
    now = standing.figures(TODAY)
    assert 0 < now.unsigned <= now.reviews
    assert now.due is not None
    assert set(standing.grades().values()) <= set("SABCD")


def test_a_persons_work_is_gathered_from_every_area(file):
    sample.load(TODAY)
    person = next(row.id for row in people.people() if row.name == "王芳")
    work = overview.work(person, TODAY)
    assert work.quarter == Q4
    assert len(work.months) == 12
    assert work.sold
    assert work.attainment
    assert {row.period for row in work.goals} == {Q4}
    assert all(each.grade for each in work.judged)


def test_a_birthday_is_told_by_the_calendar_it_is_kept_by(file, zh):
    person = team.add(name="张伟", birthday=date(1988, 11, 24), birthday_calendar="lunar", today=TODAY)
    coming = overview.next_birthday(people.person(person), TODAY)
    assert coming.day == date(2026, 11, 24)
    assert zh.text(coming.lunar) == "十月十六"
    assert overview.next_birthday(people.person(team.add(name="王芳", today=TODAY)), TODAY) is None
