"""What is signed becomes an entry of the register; a correction is another one, and both are kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import history, sample
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import Signature
from desktopapp.reviews.queries import StepLine, register
from desktopapp.storage import latest, undoable, unit
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of, score_all

LATER = date(2026, 12, 1)


@pytest.fixture
def cycle(file):
    hire(3)
    return service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)


def signed(cycle, name, score="4", today=TODAY):
    review = review_of(cycle, name)
    score_all(review, Decimal(score))
    service.sign(review=review, today=today)
    return review


def words(language, messages):
    return [language.text(each) for each in messages]


def tamper(number, find, put):
    """What somebody does who opens the file with another program."""
    kept = Signature.get(Signature.number == number)
    with unit("test", M("Test")):
        Signature.update(document=kept.document.replace(find, put)).where(Signature.number == number).execute()


def test_each_signature_is_the_next_entry_and_names_the_one_before(cycle):
    for name in ("李娜", "陈志远", "仇振华"):
        signed(cycle, name)
    first, second, third = register.entries()
    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    assert json.loads(first.document)["entry"] == [1, "", 1, None, ""]
    assert json.loads(third.document)["entry"] == [3, second.sha256, 1, None, ""]
    assert register.faults() == []
    sheet = queries.sheet(review_of(cycle, "陈志远"))
    assert (sheet.entry.number, sheet.sha256, sheet.code) == (2, second.sha256, second.code)


def test_the_same_review_gives_the_same_text_letter_by_letter(cycle):
    review = review_of(cycle, "李娜")
    score_all(review, Decimal(4))
    service.note_evidence(review=review, dimension="growth", evidence="cafe\u0301 客户\u200b，㛃𫖯 <b>&")
    service.sign(review=review, today=TODAY)
    [kept] = register.entries()
    sheet = queries.sheet(review)
    assert queries.document(sheet, TODAY, sheet.entry) == kept.document
    assert register.genuine(review)


def test_a_touched_text_is_told_and_so_is_a_register_that_lost_one(cycle, zh):
    for name in ("李娜", "陈志远", "仇振华"):
        signed(cycle, name)
    middle = review_of(cycle, "陈志远")
    tamper(2, '"A"', '"S"')
    assert not register.genuine(middle)
    assert register.genuine(review_of(cycle, "李娜"))
    assert words(zh, register.faults()) == ["第 2 号签字后被改动"]
    verdict = register.check(queries.sheet(middle).code)
    assert not verdict.matches
    assert words(zh, verdict.says) == ["不符：第 2 号的校验码是这个，但签字后内容被改动过。"]


def test_a_paper_is_found_by_its_code_and_says_what_it_is_about(cycle, zh, en):
    review = signed(cycle, "李娜")
    signed(cycle, "陈志远")
    sheet = queries.sheet(review)
    verdict = register.check(" ".join((sheet.code[:4], sheet.code[4:8], sheet.code[8:].lower())))
    assert verdict.matches
    assert words(zh, verdict.says) == ["相符：这是登记第 1 号，共 2 号。"]
    assert words(en, verdict.says) == ["Match: this is entry 1 of 2."]
    found = verdict.found
    assert (found.name, str(found.period), found.total, found.grade, found.day) == ("李娜", "2026Q3", 80, "A", TODAY)


def test_a_code_that_is_none_of_ours_is_told_with_the_likely_reason(cycle, zh):
    sheet = queries.sheet(signed(cycle, "李娜"))
    slip = sheet.code[:-1] + ("0" if sheet.code[-1] != "0" else "1")
    near, foreign = register.check(slip), register.check("0123456789ABCDEF")
    assert not near.matches
    assert words(zh, near.says)[0] == "不符：1 个登记里没有这个校验码。"
    assert words(zh, near.says)[1].startswith("第 1 号的校验码与它只差一两位")
    assert words(zh, foreign.says) == ["不符：1 个登记里没有这个校验码。"]
    assert words(zh, register.check("TH:SIGN:1:0123456789ABCDEF").says)[1] == (
        "纸上写的是第 1 号，而这里第 1 号是另一个校验码：两者之中有一个被改动过。"
    )
    assert words(zh, register.check("TH:SIGN:9:0123456789ABCDEF").says)[1] == "纸上写的是第 9 号，而登记只到第 1 号。"
    assert "16 位" in words(zh, register.check("0123").says)[0]


def test_a_correction_is_another_version_that_names_the_old_one_and_why(cycle, zh):
    review = signed(cycle, "李娜")
    old = queries.sheet(review)
    service.amend(review=review, reason="漏计一笔 12 万元回款")
    open_again = queries.sheet(review)
    assert (open_again.signed, open_again.state, open_again.amending) == (None, "confirm", "漏计一笔 12 万元回款")
    assert (open_again.entry.number, open_again.code) == (1, old.code)
    service.score(review=review, dimension="collection", score=Decimal(5))
    service.sign(review=review, today=LATER)
    new = queries.sheet(review)
    assert (new.entry.number, new.entry.version, new.entry.corrects) == (2, 2, (1, old.code))
    assert (new.entry.reason, new.signed, new.amending) == ("漏计一笔 12 万元回款", LATER, "")
    assert (old.total, new.total) == (80, 83)
    assert register.version(review, 1) == old
    assert [(each.version, each.total, each.code) for each in register.versions(review)] == [
        (2, 83, new.code), (1, 80, old.code),
    ]  # fmt: skip
    assert queries.results(new.person)[0].total == 83
    [_, told] = words(zh, register.check(old.code).says)
    assert told == "它已不再有效：2026年12月1日的第 2 号取代了它，原因：漏计一笔 12 万元回款"
    assert register.check(new.code).says[1:] == ()
    assert register.genuine(review)
    assert register.faults() == []


def test_only_a_signed_review_is_corrected_and_only_for_a_reason(cycle, zh):
    review = review_of(cycle, "李娜")
    with pytest.raises(Refused) as no:
        service.amend(review=review, reason="漏计")
    assert "已签字" in zh.text(no.value.message)
    signed(cycle, "李娜")
    with pytest.raises(Refused) as no:
        service.amend(review=review, reason=" ")
    assert no.value.field == "amending"
    with pytest.raises(Refused):
        service.give_up(review=review)


def test_a_correction_that_is_given_up_leaves_everything_as_it_was_signed(cycle):
    review = review_of(cycle, "李娜")
    score_all(review, Decimal(3))
    service.calibrate(review=review, total=Decimal(66), reason="与同岗位对齐", today=TODAY)
    service.set_steps(review=review, steps=[StepLine("预测", by=date(2026, 12, 31)), StepLine("报价")])
    service.decide_measure(review=review, kind="compensation", basis="劳动合同第八条", loss=Money.yuan(3000),
                           wage=Money.yuan(5000), minimum=Money.yuan(2000))  # fmt: skip
    service.write(review=review, field="highlights", text="新签三家")
    service.set_outcomes(review=review, outcomes=["keep"])
    service.sign(review=review, today=TODAY)
    before = queries.sheet(review)
    service.amend(review=review, reason="复核")
    score_all(review, Decimal(5))
    score_all(review, Decimal(2), by=service.self_score)
    service.calibrate(review=review, total=Decimal(99), reason="试", today=LATER)
    service.set_steps(review=review, steps=[StepLine("报价")])
    for measure in queries.sheet(review).measures:
        service.drop_measure(measure=measure.id)
    service.write(review=review, field="highlights", text="改")
    service.set_outcomes(review=review, outcomes=["reward"])
    service.note_evidence(review=review, dimension="growth", evidence="改")
    service.give_up(review=review)
    assert queries.sheet(review) == before
    service.amend(review=review, reason="再来")
    again = queries.sheet(review)
    assert (again.total, again.computed, again.highlights, again.outcomes) == (66, 60, "新签三家", ("keep",))
    assert (again.dimensions, again.steps, again.calibrations) == (before.dimensions, before.steps, before.calibrations)
    assert [each.loss for each in again.measures] == [Money.yuan(3000)]


def test_undo_reaches_what_was_changed_in_a_correction_and_no_further(cycle, zh):
    review = signed(cycle, "李娜")
    last = history.undoable()
    assert last.action == "team.add_many"
    service.amend(review=review, reason="漏计")
    service.score(review=review, dimension="growth", score=Decimal(1))
    assert history.undoable().action == "reviews.score"
    history.undo(history.undoable().unit)
    assert history.undoable() == last
    service.score(review=review, dimension="growth", score=Decimal(2))
    service.sign(review=review, today=LATER)
    assert history.undoable() == last


def test_the_register_outlives_the_sample_firm(file, zh):
    sample.load(TODAY)
    taken = register.count()
    assert taken > 20
    assert register.faults() == []
    people = hire(1)
    cycle = service.start(
        period=Period.parse("2026Q2"), template="half_year", today=TODAY, people=people.values()
    )
    review = signed(cycle, "陈志远")
    sample.remove()
    assert [each.number for each in register.entries()] == [taken + 1]
    assert register.faults() == []
    assert register.genuine(review)
    assert undoable() is not None


def test_a_signed_version_cannot_be_taken_back(cycle, zh):
    signed(cycle, "李娜")
    signing, *_ = latest(1)
    with pytest.raises(Refused):
        history.undo(signing.unit)
    assert register.count() == 1
