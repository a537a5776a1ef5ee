"""The sample firm: whole, the same every time, and gone without a trace."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktopapp.areas import TABLES
from desktopapp.goals import queries as goals
from desktopapp.goals import service as goal_service
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money, total
from desktopapp.kernel.period import Period
from desktopapp.overview import sample
from desktopapp.overview.today import today as waiting
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.queries import register
from desktopapp.sales import queries as sales
from desktopapp.sales.models import Account, Deal
from desktopapp.storage import check_file, revert, undoable, unit
from desktopapp.storage.trail import Edited
from desktopapp.team import queries as team
from desktopapp.team import service as team_service
from tests.counting import statements


def counts():
    return {table.__name__: table.select().count() for table in TABLES}


def everything():
    return {table.__name__: list(table.select().order_by(table.id).tuples()) for table in TABLES}


def test_it_holds_twelve_people_and_a_year_of_their_work(file, today):
    sample.load(today)
    assert team.firm().name == "远航商贸"
    assert team.head_count() == 11
    assert [row.name for row in team.people(owner=True) if row.is_owner] == ["周建国"]
    assert {each.status for each in Deal.select()} == {"open", "won", "lost"}
    owed, customers = sales.overdue(today)
    assert owed.fen > 0
    assert customers == 3
    assert check_file() == ()


def test_every_set_of_goals_weighs_a_hundred_and_the_sales_fill_it_in(file, today):
    sample.load(today)
    quarter = Period.of(today)
    for each in (quarter, quarter.before, quarter.before.before):
        assert set(goals.weight_sums(each).values()) == {Decimal("100.00")}
    rows = [row for row in goals.standing(period=quarter, today=today) if row.metric == "signed_amount"]
    of_firm = [row for row in rows if row.person is None]
    assert (len(rows), len(of_firm)) == (12, 1)
    assert all(row.actual.fen > 0 for row in rows)
    assert of_firm[0].target == total(row.target for row in rows if row.person is not None)


def test_goals_go_from_the_firm_over_its_teams_to_its_people_and_from_the_year_to_the_quarters(file, today):
    sample.load(today)
    branches = goals.cascade(Period.of(today), today)
    depths = Counter(branch.depth for branch in branches if branch.goal.metric == "signed_amount")
    assert depths == {0: 1, 1: 6, 2: depths[2], 3: depths[3]}  # the firm; its quarter and five teams; people
    assert depths[2] + depths[3] >= 20
    given = [branch.goal.allocation for branch in branches if branch.depth < 2 and branch.goal.allocation]
    assert len(given) == 6
    assert all(each.left == Money(0) for each in given)


def test_four_rounds_are_signed_and_the_last_is_in_every_state(file, today):
    sample.load(today)
    last, *past = reviews.cycles()
    assert last.period == Period.of(today).before
    assert last.due >= today
    assert {row.state for row in reviews.reviews(last.id)} == {"self", "manager", "confirm", "signed"}
    assert [cycle.period.months for cycle in past] == [3, 6, 3, 3]
    for cycle in past:
        assert cycle.state == "closed"
        assert all(row.signed and register.genuine(row.id) for row in reviews.reviews(cycle.id))
    grades = Counter(row.grade for cycle in past for row in reviews.reviews(cycle.id))
    assert len(grades) >= 4


def test_a_round_with_colleagues_was_calibrated_and_stands_in_the_nine_box(file, today):
    sample.load(today)
    half = next(cycle for cycle in reviews.cycles() if cycle.period.months == 6)
    rows = reviews.reviews(half.id)
    sheets = [reviews.sheet(row.id) for row in rows]
    assert all(("peer", 3) in [(each.relation, each.back) for each in sheet.raters] for sheet in sheets)
    assert all(any(line.others for line in sheet.dimensions) for sheet in sheets)
    assert len(reviews.in_words(rows[0].id)) == 6
    assert [sheet.calibrations[0].reason for sheet in sheets if sheet.calibrations] != []
    assert sum(len(sheet.calibrations) for sheet in sheets) == 2
    assert len({sheet.potential for sheet in sheets}) > 3


def test_the_evidence_speaks_of_the_figures(file, today):
    sample.load(today)
    row = next(row for row in reviews.reviews(reviews.cycles()[1].id) if row.name == "张伟")
    sheet = reviews.sheet(row.id)
    sold = next(goal.actual for goal in sheet.goals if goal.unit == "元")
    assert f"签约 {sold.in_yuan / 10_000:.1f} 万元" in sheet.dimensions[0].evidence


def figures():
    """What tells one made-up firm from another, without the numbers of its rows."""
    deals = Deal.select(Deal.external, Deal.customer, Deal.amount, Deal.close_date, Deal.stage)
    judged = [(r.name, r.total, r.grade) for cycle in reviews.cycles() for r in reviews.reviews(cycle.id)]
    return list(deals.order_by(Deal.external).tuples()), judged


def test_the_same_day_gives_the_same_firm(file, today):
    sample.load(today)
    first = figures()
    sample.remove()
    sample.load(today)
    assert figures() == first


@pytest.mark.parametrize("day", ["2026-01-01", "2026-02-28", "2027-04-01", "2028-02-29", "2026-12-31"])
def test_it_is_laid_out_around_any_day(file, day):
    day = date.fromisoformat(day)
    sample.load(day)
    assert sales.overdue(day)[1] == 3
    tomorrow = day + timedelta(days=1)
    assert any(row.birthday.month == tomorrow.month for row in team.people() if row.name == "李娜")
    assert any(notice.link.area == "reviews" for notice in waiting(day))
    assert max(each.close_date for each in Deal.select().where(Deal.status == "won")) <= day


def test_it_comes_in_with_one_step_and_goes_with_one(file, today):
    empty = counts()
    sample.load(today)
    full = everything()
    assert sample.is_sample()
    sample.remove()
    assert not sample.is_sample()
    assert counts() == empty
    assert undoable().words.msgid == "Remove the sample firm"
    revert(undoable().unit)
    assert everything() == full
    assert sample.is_sample()


def test_taking_back_the_loading_leaves_nothing(file, today):
    empty = counts()
    sample.load(today)
    revert(undoable().unit)
    assert counts() == empty
    assert not sample.is_sample()


def test_it_is_not_loaded_twice(file, today):
    sample.load(today)
    with pytest.raises(Refused):
        sample.load(today)


def test_what_the_owner_added_stays_and_what_rests_on_the_sample_goes(file, today):
    mine = team_service.add(name="自己人", today=today)
    sample.load(today)
    zhang = next(row.id for row in team.people() if row.name == "张伟")
    account = Account.get(Account.person == zhang)
    with unit("sales.import", M("Import")):
        kept = Deal.create(external="X1", name="自己的商机", person=zhang, account=account)
    team_service.add(name="后来的人", today=today)
    sample.remove()
    assert {row.name for row in team.people()} == {"自己人", "后来的人"}
    deal = Deal.get_by_id(kept.id)
    assert (deal.name, deal.person, deal.account) == ("自己的商机", None, None)
    assert team.person(mine).name == "自己人"


def test_goals_set_for_sample_people_go_with_them(file, today):
    sample.load(today)
    zhang = next(row.id for row in team.people() if row.name == "张伟")
    goal_service.set_goal(
        person=zhang, period=Period.of(today).after, name="下季签约额", target=Decimal(5), weight=Decimal(100),
        today=today,
    )
    sample.remove()
    assert counts()["Goal"] == 0


def test_loading_cannot_be_taken_back_once_work_rests_on_it(file, today):
    sample.load(today)
    loading = undoable().unit
    zhang = next(row.id for row in team.people() if row.name == "张伟")
    team_service.change(person=zhang, phone="13900000000")
    with pytest.raises(Edited):
        revert(loading)


def test_the_sample_people_are_known(file, today):
    team_service.add(name="自己人", today=today)
    sample.load(today)
    assert len(sample.sample_people()) == 12


def test_loading_asks_the_file_little_more_than_it_writes(file, today):
    """A count and no time: 3,400 rows of sales go in one statement a row, the rest in requests as the owner's are."""
    with statements() as asked:
        sample.load(today)
    assert 5_000 < len(asked) <= 11_500
