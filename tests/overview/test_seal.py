"""What was signed stays: no key, no list and no bin takes back what a signature rests on."""

from datetime import date
from decimal import Decimal

import pytest

from desktopapp import storage
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import Period
from desktopapp.overview import bin as recycled
from desktopapp.overview import history, sample
from desktopapp.reviews import queries, service
from desktopapp.reviews.queries import StepLine
from desktopapp.team import queries as people
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)


@pytest.fixture
def reviews(file):
    """The reviews of two people, each scored whole; by name."""
    for name in ("张伟", "王芳"):
        team.add(name=name, joined=date(2024, 1, 8), today=TODAY)
    cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    found = {row.name: row.id for row in queries.reviews(cycle)}
    for review in found.values():
        for line in queries.sheet(review).dimensions:
            service.score(review=review, dimension=line.id, score=Decimal(4))
    return found


def evidence(review):
    return queries.sheet(review).dimensions[0].evidence


def note(review, text):
    service.note_evidence(review=review, dimension=queries.sheet(review).dimensions[0].id, evidence=text)


def test_undo_passes_by_what_a_signature_rests_on(reviews, zh):
    team.name_firm(name="远航商贸")
    note(reviews["王芳"], "季度签约 32 万元")
    service.sign(review=reviews["王芳"], today=TODAY)
    assert zh.text(history.undoable().words) != "填写王芳的评分依据"
    history.undo(history.undoable().unit)
    assert evidence(reviews["王芳"]) == "季度签约 32 万元"
    assert people.firm() is None



def test_another_s_review_is_still_undone_up_to_the_start_of_the_round(reviews, zh):
    service.sign(review=reviews["王芳"], today=TODAY)
    for _ in queries.sheet(reviews["张伟"]).dimensions:
        history.undo(history.undoable().unit)
    assert history.undoable().action == "team.add"
    assert [line.score for line in queries.sheet(reviews["张伟"]).dimensions if line.score] == []
    assert queries.sheet(reviews["王芳"]).signed == TODAY
    assert all(line.score == 4 for line in queries.sheet(reviews["王芳"]).dimensions)


def test_what_was_undone_before_the_signature_is_not_done_again_behind_it(reviews):
    note(reviews["王芳"], "还没有核实")
    history.undo(history.undoable().unit)
    assert history.redoable() is not None
    service.sign(review=reviews["王芳"], today=TODAY)
    assert history.redoable() is None


def test_the_list_of_what_was_done_refuses_it_with_the_name(reviews, zh, en):
    note(reviews["王芳"], "季度签约 32 万元")
    [noted] = history.firm_history(1)
    service.sign(review=reviews["王芳"], today=TODAY)
    with pytest.raises(Refused) as no:
        history.undo(noted.unit)
    assert zh.text(no.value.message) == "王芳的评估已签字，这一步不再更改。"
    assert en.text(no.value.message) == "The review of 王芳 is signed, so this stays as it is."
    assert evidence(reviews["王芳"]) == "季度签约 32 万元"


def test_the_bin_brings_nothing_back_into_a_signed_review(reviews, zh):
    service.set_steps(review=reviews["王芳"], steps=[StepLine("预测")])
    service.set_steps(review=reviews["王芳"], steps=[])
    [gone] = recycled.deleted(date.today())  # noqa: DTZ011 - the trail is written by the clock of this PC
    service.sign(review=reviews["王芳"], today=TODAY)
    with pytest.raises(Refused) as no:
        recycled.restore([gone])
    assert "已签字" in zh.text(no.value.message)


def test_the_sample_firm_goes_with_its_signed_reviews(file):
    sample.load(TODAY)
    loading = storage.undoable()
    history.undo(loading.unit)
    assert queries.cycles() == []
