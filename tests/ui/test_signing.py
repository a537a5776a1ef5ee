"""Signed reviews in the window: corrected by another version, and checked against their paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.reviews.models import Signature
from desktopapp.storage import unit
from desktopapp.team import service as team
from tests.ui.desks import Room
from ui.kit.banner import Banner
from ui.kit.label import Label
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.check import CheckPaper


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def page(room, file, today):
    for name in ("王芳", "张伟"):
        team.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=today)
    service.start(period=Period.parse("2026Q3"), template="quarterly", today=today)
    page = room.open(ReviewsPage)
    for line in queries.sheet(page.review).dimensions:
        service.score(review=page.review, dimension=line.id, score=Decimal(4))
    service.sign(review=page.review, today=today)
    return page


def correct(room, page, reason="漏计一笔回款"):
    room.click(page.sheet.proof.correct)
    room.write(page.form.editors["amending"], reason)
    room.click(page.form.save_button)


def answers(dialog):
    QApplication.processEvents()
    return [each.words.text() for each in dialog.findChildren(Banner) if each.isVisible()]


def opened(room, page):
    room.click(page.check)
    [dialog] = page.findChildren(CheckPaper)
    return dialog


def test_a_signed_review_says_its_place_in_the_register(page):
    first, second = page.sheet.proof.words.text().splitlines()
    assert first == "已于2026年11月23日签字，不能再修改。登记第 1 号，共 1 号。"
    assert second.replace(" ", "") == f"校验码{queries.sheet(page.review).code}"
    assert not page.sheet.proof.versions.isVisible()
    assert not page.sheet.proof.give_up.isVisible()


def test_a_correction_asks_why_and_opens_the_review_again(room, page):
    room.click(page.sheet.proof.correct)
    room.click(page.form.save_button)
    assert page.form.fault("amending") == "请写明错在哪里，它会印在新版本上。"
    room.write(page.form.editors["amending"], "漏计一笔回款")
    room.click(page.form.save_button)
    assert page.form is None
    assert page.sheet.proof.words.text().startswith("正在更正：漏计一笔回款")
    assert not next(iter(page.sheet.board.rows.values())).grid.is_fixed
    assert page.sheet.signing.isVisible()


def test_signing_a_correction_says_what_changes_and_keeps_both_versions(room, page):
    old = queries.sheet(page.review)
    correct(room, page)
    page.sheet.score("collection", Decimal(5))
    room.click(page.sheet.signing)
    [box] = page.sheet.findChildren(QMessageBox)
    assert "总分 80 → 83，等级 A → A" in box.text()
    assert "更正登记第 1 号：漏计一笔回款" in box.text()
    room.click(room.button("签字确认", box))
    proof = page.sheet.proof
    assert "登记第 2 号，共 2 号；第 2 版，更正第 1 号：漏计一笔回款" in proof.words.text()
    assert [proof.versions.itemText(n) for n in range(proof.versions.count())] == ["第 2 版", "第 1 版"]
    proof.versions.put(1)
    assert page.sheet.sheet == old
    assert "已不再有效：登记第 2 号取代了它" in proof.words.text()
    assert not proof.correct.isVisible()
    assert next(iter(page.sheet.board.rows.values())).grid.is_fixed
    proof.versions.put(0)
    assert page.sheet.sheet.total == 83
    assert proof.correct.isVisible()


def test_the_old_version_can_be_looked_at_while_the_new_one_is_written(room, page):
    correct(room, page)
    page.sheet.score("collection", Decimal(5))
    proof = page.sheet.proof
    assert [proof.versions.itemText(n) for n in range(proof.versions.count())] == ["更正稿", "第 1 版"]
    proof.versions.put(1)
    assert page.sheet.sheet.total == 80
    assert next(iter(page.sheet.board.rows.values())).grid.is_fixed
    proof.versions.put(0)
    assert page.sheet.sheet.total == 83
    assert not next(iter(page.sheet.board.rows.values())).grid.is_fixed


def test_a_correction_is_given_up_after_a_question(room, page):
    before = queries.sheet(page.review)
    correct(room, page)
    page.sheet.score("collection", Decimal(1))
    room.click(page.sheet.proof.give_up)
    [box] = page.sheet.findChildren(QMessageBox)
    room.click(room.button("放弃更正", box))
    assert queries.sheet(page.review) == before
    assert page.sheet.proof.correct.isVisible()


def test_a_whole_code_is_answered_as_soon_as_it_is_typed(room, page, qtbot):
    dialog = opened(room, page)
    code = queries.sheet(page.review).code
    qtbot.keyClicks(dialog.code, code[:15].lower())
    assert answers(dialog) == []
    qtbot.keyClicks(dialog.code, code[15].lower())
    assert answers(dialog) == ["相符：这是登记第 1 号，共 1 号。"]
    told = [each.text() for each in dialog.findChildren(Label) if each.isVisible()]
    for fact in ("王芳", "2026年第三季度", "80", "A", "登记簿 1 号全部首尾相接，没有改动。"):
        assert fact in told
    room.click(dialog.show_button)
    assert page.sheet.review == page.review


def test_a_scanned_square_is_answered_too(room, page, qtbot):
    dialog = opened(room, page)
    code = queries.sheet(page.review).code
    qtbot.keyClicks(dialog.code, f"TH:SIGN:1:{code}")
    assert answers(dialog) == ["相符：这是登记第 1 号，共 1 号。"]


def test_a_wrong_code_and_none_at_all_are_told_and_nothing_typed_is_lost(room, page, qtbot):
    dialog = opened(room, page)
    room.click(dialog.go)
    assert answers(dialog) == ["请先输入校验码。"]
    qtbot.keyClicks(dialog.code, "0123")
    room.click(dialog.go)
    assert answers(dialog) == ["校验码是 16 位，只有数字和字母 A 到 F；这里是 4 位。"]
    qtbot.keyClicks(dialog.code, "456789abcdef")
    assert answers(dialog) == ["不符：1 个登记里没有这个校验码。"]
    assert dialog.code.text() == "0123456789abcdef"
    assert not dialog.show_button.isVisible()


def test_a_register_altered_from_outside_is_told_whatever_code_is_checked(room, page, qtbot):
    second = page.rows[1].id
    for line in queries.sheet(second).dimensions:
        service.score(review=second, dimension=line.id, score=Decimal(3))
    service.sign(review=second, today=room.desk.day)
    code = queries.sheet(page.review).code
    tampered = Signature.get(Signature.number == 2)
    with unit("test", M("Test")):
        Signature.update(document=tampered.document.replace("60", "90")).where(Signature.number == 2).execute()
    dialog = opened(room, page)
    qtbot.keyClicks(dialog.code, code)
    assert answers(dialog) == ["相符：这是登记第 1 号，共 2 号。", "整本登记簿有问题：第 2 号签字后被改动。"]
