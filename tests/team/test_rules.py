"""What holds for people and teams whatever the file says."""

import random

from desktopapp.team import rules


def test_teams_stand_as_they_are_counted():
    teams = ["一组", "二组", "三组", "九组", "十组", "十一组", "二十组", "二十三组"]
    assert sorted(random.Random(7).sample(teams, len(teams)), key=rules.order_of) == teams
    assert sorted(["第10组", "第9组", "第1组"], key=rules.order_of) == ["第1组", "第9组", "第10组"]


def test_teams_without_a_number_are_left_as_they_are():
    assert rules.order_of("华东区 <b>&😀") == "华东区 <b>&😀"
