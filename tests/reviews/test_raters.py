"""Raters: who is asked, what comes back on paper, and that nobody can be told by what he gave."""

from decimal import Decimal

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import history
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.models import Review
from desktopapp.storage import revert, undoable
from desktopapp.team import service as roster
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

pytestmark = pytest.mark.usefixtures("file")


class Round:
    """An annual round of five people; 陈志远 is rated by the others."""

    def __init__(self):
        self.people = hire(5)
        self.cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
        self.review = review_of(self.cycle, "陈志远")

    def ask(self, *names, relation="peer", review=None):
        people = [self.people[name] for name in names if name in self.people]
        others = [name for name in names if name not in self.people]
        return service.ask_raters(
            review=review or self.review, relation=relation, people=people, names=others, today=TODAY
        )

    def type_in(self, form, score, relation="peer"):
        asked = rules.asked(queries.form_of(self.review), relation)
        service.type_in(form=form, scores={each.id: Decimal(score) for each in asked}, today=TODAY)

    def teamwork(self):
        return next(line for line in queries.sheet(self.review).dimensions if line.id == "teamwork")


@pytest.fixture
def round_():
    return Round()


def test_two_of_a_kind_are_neither_shown_nor_counted_and_the_third_brings_them_in(round_):
    score_all(round_.review, Decimal(4))
    forms = round_.ask("仇振华", "李娜", "欧阳静")
    for form, score in zip(forms[:2], ("1", "2"), strict=True):
        round_.type_in(form, score)
    assert (round_.teamwork().others, round_.teamwork().weighed) == ((), 4)
    assert queries.sheet(round_.review).total == 80
    round_.type_in(forms[2], "2")
    assert (round_.teamwork().others, round_.teamwork().weighed) == ((("peer", Decimal("1.67")),), Decimal("3.71"))
    [peers] = [each for each in queries.sheet(round_.review).raters if each.relation == "peer"]
    assert (peers.asked, peers.back, peers.is_left_out) == (3, 3, False)


def test_a_dimension_only_two_of_three_could_judge_has_no_mean_of_theirs(round_):
    score_all(round_.review, Decimal(4))
    for form in round_.ask("仇振华", "李娜", "欧阳静"):
        round_.type_in(form, "5")
    scores = {each.id: Decimal(5) for each in rules.asked(queries.form_of(round_.review), "peer")}
    last = queries.raters(round_.review)[-1].form
    service.type_in(form=last, scores=scores | {"teamwork": None}, today=TODAY)
    assert round_.teamwork().others == ()
    assert queries.sheet(round_.review).dimensions[-1].others == (("peer", 5),)


def test_what_one_rater_gave_is_told_by_no_history_and_found_by_no_search(round_, zh):
    [form] = round_.ask("仇振华")
    for score in ("1", "2"):
        round_.type_in(form, score)
    told = [zh.show(part) for step in history.history(Review, round_.review) for line in step.lines
            for part in (line.old, line.new)]  # fmt: skip
    told += [zh.show(part) for step in history.firm_history() for line in step.lines for part in (line.old, line.new)]
    assert "录入对陈志远的评分表：同事评价" in [zh.text(step.words) for step in history.firm_history()]
    assert "工作态度与责任心" in " ".join(told)
    assert not {"1", "2"} & set(told)
    assert queries.came_back(form) == {}


def test_typing_a_form_in_again_takes_the_place_of_what_was_typed(round_):
    score_all(round_.review, Decimal(4))
    forms = round_.ask("仇振华", "李娜", "欧阳静")
    for form in forms:
        round_.type_in(form, "1")
    for form in forms:
        round_.type_in(form, "5")
    assert round_.teamwork().others == (("peer", 5),)
    [peer, *_] = queries.raters(round_.review)
    assert (peer.state, peer.way, peer.returned) == ("accepted", "keyboard", TODAY)
    revert(undoable().unit)
    assert round_.teamwork().others == (("peer", Decimal("3.67")),)


@pytest.mark.parametrize("score", ["5.5", "0", "4.5"])
def test_a_score_off_the_scale_keeps_the_whole_form_out(round_, score):
    [form] = round_.ask("仇振华")
    with pytest.raises(Refused):
        service.type_in(form=form, scores={"teamwork": Decimal(5), "attitude": Decimal(score)}, today=TODAY)
    assert queries.raters(round_.review)[0].state == "created"


def test_an_empty_form_is_none(round_, zh):
    [form] = round_.ask("仇振华")
    with pytest.raises(Refused) as no:
        service.type_in(form=form, scores={"teamwork": None}, today=TODAY)
    assert zh.text(no.value.message) == "表里什么也没有填。"
    with pytest.raises(ValueError, match="collection"):
        service.type_in(form=form, scores={"collection": Decimal(5)}, today=TODAY)


def test_a_superior_s_form_is_the_superior_s_rating(round_):
    [form] = round_.ask("覃晓岚", relation="superior")
    round_.type_in(form, "5", relation="superior")
    assert {line.score for line in queries.sheet(round_.review).dimensions} == {5}
    with pytest.raises(Refused) as no:
        round_.ask("李娜", relation="superior")
    assert no.value.field == "people"


def test_who_cannot_rate_is_not_asked(round_, zh):
    def refusal(*names, relation="peer"):
        with pytest.raises(Refused) as no:
            round_.ask(*names, relation=relation)
        return zh.text(no.value.message)

    round_.ask("李娜")
    roster.let_go(person=round_.people["欧阳静"], day=TODAY)
    assert refusal("陈志远") == "陈志远本人填自评表，不在此列。"
    assert refusal("李娜") == "李娜已在评分人中。"
    assert refusal("欧阳静") == "欧阳静已离职。"
    assert refusal("覃晓岚", relation="report") == "这个模板不采用“下属评价”。"
    assert refusal() == "请选择由谁评分。"
    assert [row.rater for row in queries.raters(round_.review)] == ["李娜"]


def test_who_is_asked_no_longer_goes_with_what_he_gave_and_undo_brings_both_back(round_):
    score_all(round_.review, Decimal(4))
    forms = round_.ask("仇振华", "李娜", "欧阳静")
    for form in forms:
        round_.type_in(form, "5")
    service.dismiss_rater(form=forms[0])
    assert round_.teamwork().others == ()
    revert(undoable().unit)
    assert round_.teamwork().others == (("peer", 5),)


def test_everybody_is_rated_by_three_colleagues_in_one_go():
    hire(6)
    cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
    assert service.ask_peers(cycle=cycle, today=TODAY) == 18
    asked = [[row.person for row in queries.raters(row.id)] for row in queries.reviews(cycle)]
    assert all(len(set(each)) == 3 for each in asked)
    assert service.ask_peers(cycle=cycle, today=TODAY) == 0


def test_in_a_team_of_three_nobody_can_rate_without_being_told(zh):
    hire(3)
    cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
    with pytest.raises(Refused) as no:
        service.ask_peers(cycle=cycle, today=TODAY)
    assert zh.text(no.value.message) == "全队只有 3 人，凑不齐 3 位同事匿名评分。"


def test_a_template_without_peers_asks_none():
    hire(6)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    with pytest.raises(Refused):
        service.ask_peers(cycle=cycle, today=TODAY)


def test_a_signed_review_is_rated_no_more(round_):
    [form] = round_.ask("仇振华")
    score_all(round_.review, Decimal(4))
    service.sign(review=round_.review, today=TODAY)
    with pytest.raises(Refused):
        round_.type_in(form, "5")
    with pytest.raises(Refused):
        round_.ask("李娜")
    with pytest.raises(Refused):
        service.dismiss_rater(form=form)


def test_means_and_who_rated_are_part_of_what_is_signed(round_):
    score_all(round_.review, Decimal(4))
    for form in round_.ask("仇振华", "李娜", "欧阳静"):
        round_.type_in(form, "5")
    before = queries.sheet(round_.review)
    service.sign(review=round_.review, today=TODAY)
    after = queries.sheet(round_.review)
    assert (after.dimensions, after.raters, after.total) == (before.dimensions, before.raters, before.total)
    [(document, _)] = queries.in_force([round_.review]).values()
    assert "仇振华" not in document
