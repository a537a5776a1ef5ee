"""A whole round worked by hand in a real window: begun, scored, rated by colleagues, calibrated, signed, objected to,
decided, corrected, talked about and followed by a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktopapp.reviews import queries
from desktopapp.reviews.queries import register
from desktopapp.reviews.queries.improvements import improvement
from desktopapp.reviews.queries.interviews import interview
from desktopapp.reviews.queries.objections import objections
from desktopapp.team import service as hiring
from tests.conftest import TODAY
from ui.pages.reviews.page import CALIBRATION
from ui.pages.reviews.sheet import ASSESSMENT, DISPUTE, PLAN, TALK
from ui.pages.reviews.typing import TypeIn

pytestmark = pytest.mark.screen

NAMES = ("王芳", "张伟", "曾国强", "李娜", "赵敏")


@pytest.fixture
def owner(file, hand):
    hiring.name_firm(name="远航商贸", owner="周建国")
    for name in NAMES:
        hiring.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=TODAY)
    owner = hand()
    owner.place("reviews")
    return owner


def tab(owner, bar, at):
    owner.click(bar, bar.tabRect(at).center())


def button(owner, part, name):
    """A link of a part of the review, brought into sight first."""
    QApplication.processEvents()
    view = owner.page.sheet.views[part]
    owner.page.sheet.panes[part].ensureWidgetVisible(view.buttons[name])
    QApplication.processEvents()
    owner.click(view.buttons[name])


def write(owner, editor, text):
    owner.click(editor)
    owner.press("Ctrl+A")
    owner.type(text)


def choose(owner, picker, value):
    """By keys, as in any list that opens."""
    at = next(n for n in range(picker.count()) if picker.itemData(n) == value)
    picker.setFocus()
    owner.press("Home", *["Down"] * at)
    assert picker.value() == value


def agree(owner, words):
    """The answer to a question about what cannot be undone."""
    [box] = owner.page.findChildren(QMessageBox)
    owner.see(box)
    owner.click(next(each for each in box.buttons() if each.text() == words))
    owner.see(owner.window)


def score(owner, digit):
    """Every dimension of the review shown by the same digit."""
    owner.page.sheet.begin()
    owner.press(*digit * len(owner.page.sheet.sheet.dimensions))


def begin(owner):
    owner.click(owner.page.add)
    form = owner.page.form
    choose(owner, form.editors["template"], "half_year")
    owner.click(form.save_button)
    [started] = queries.cycles()
    assert (str(started.period), started.people) == ("2026H1", 5)


def ask_colleagues(owner):
    """Three colleagues rate the one shown, and their sheets are typed in."""
    page = owner.page
    ask = page.sheet.raters.buttons["ask", "peer"]
    page.sheet.scroll.ensureWidgetVisible(ask)
    QApplication.processEvents()
    owner.click(ask)
    people = page.form.people
    for item in people.items()[:3]:
        owner.click(people.viewport(), people.visualItemRect(item).center())
    owner.click(page.form.save_button)
    page.sheet.scroll.ensureWidgetVisible(page.sheet.raters.buttons["type", "peer"])
    QApplication.processEvents()
    owner.click(page.sheet.raters.buttons["type", "peer"])
    dialog = page.findChild(TypeIn)
    owner.see(dialog)
    for digit in "345":
        owner.press(*digit * len(dialog.fields), "Return")
    owner.press("Escape")
    owner.see(owner.window)


def calibrate(owner, total, reason):
    tab(owner, owner.page.tabs, CALIBRATION)
    view = owner.page.views[CALIBRATION]
    owner.click_row(view.view, 0)
    owner.click(view.change)
    form = owner.page.form
    write(owner, form.editors["total"], total)
    write(owner, form.editors["reason"], reason)
    owner.click(form.save_button)


def sign(owner):
    owner.click(owner.page.sheet.signing)
    agree(owner, "签字确认")


def test_a_round_is_worked_from_its_start_to_the_plan_after_it(owner):
    begin(owner)
    page, first = owner.page, owner.page.review
    ask_colleagues(owner)
    score(owner, "2")
    assert {mean for line in queries.sheet(first).dimensions for _, mean in line.others} == {Decimal(4)}
    for _ in NAMES[1:]:
        owner.click(page.sheet.finish)
        score(owner, "1")
    calibrate(owner, "46", "与同组同尺度")
    assert queries.sheet(first).total == 46
    tab(owner, page.tabs, 0)
    owner.click_row(page.list.view, [row.id for row in page.rows].index(first))
    assert page.review == first

    sign(owner)
    assert queries.sheet(first).signed == TODAY
    tab(owner, page.sheet.tabs, DISPUTE)
    button(owner, DISPUTE, "object")
    write(owner, page.form.editors["text"], "漏计铁塔公司 6 月回款")
    owner.click(page.form.save_button)
    button(owner, DISPUTE, "decide")
    choose(owner, page.form.editors["decision"], "upheld")
    write(owner, page.form.editors["reason"], "银行回单属实")
    owner.click(page.form.save_button)
    assert [row.is_upheld for row in objections(first)] == [True]

    assert page.sheet.tabs.currentIndex() == ASSESSMENT
    score(owner, "3")
    sign(owner)
    old, new = register.versions(first)[1], register.versions(first)[0]
    assert (old.total, new.version, new.reason) == (46, 2, "银行回单属实")
    assert page.sheet.heading.total_of.text().startswith("已校准")
    assert register.faults() == []

    tab(owner, page.sheet.tabs, TALK)
    button(owner, TALK, "arrange")
    write(owner, page.form.editors["place"], "小会议室")
    owner.click(page.form.save_button)
    button(owner, TALK, "hold")
    assert interview(first).held == TODAY
    tab(owner, page.sheet.tabs, PLAN)
    button(owner, PLAN, "open")
    owner.click(page.form.save_button)
    plan = improvement(first)
    assert (plan.start, plan.is_open, len(plan.checkpoints)) == (TODAY, True, 6)
