"""Reviews in a real window: a template drawn up by keys, paper of colleagues typed in by digits, a measure refused."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, service
from desktopapp.team import service as hiring
from tests.conftest import TODAY
from tests.reviews.team import score_all
from ui.pages.reviews.templates import Templates
from ui.pages.reviews.typing import TypeIn

pytestmark = pytest.mark.screen

NAMES = ("王芳", "张伟", "曾国强", "李娜", "赵敏")


@pytest.fixture
def people(file):
    """Five account managers and a firm that has a name, so that Today is the first page."""
    hiring.name_firm(name="远航商贸")
    return [hiring.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=TODAY) for name in NAMES]


def reviews_of(owner, template="annual", period="2025"):
    """The page on a round of this template."""
    service.start(period=Period.parse(period), template=template, today=TODAY)
    owner.place("reviews")
    return owner.page


def scroll_to(owner, widget):
    """Until nothing covers it: what was put in anew finds its place a little later."""

    def is_seen():
        owner.page.sheet.scroll.ensureWidgetVisible(widget)
        QApplication.processEvents()
        return owner.window.childAt(widget.mapTo(owner.window, widget.rect().center())) is widget

    owner.qtbot.waitUntil(is_seen)


def test_weights_are_set_by_keys_from_row_to_row_and_kept_at_100(people, hand):
    owner = hand()
    owner.place("reviews")
    owner.click(owner.page.drawing)
    dialog = owner.page.findChild(Templates)
    owner.see(dialog)
    first, second = (dialog.dimensions.rows[key].weight for key in ("sales_result", "collection"))
    owner.click(first)
    owner.press("Ctrl+A", "2", "5")
    assert dialog.dimensions.sum.text() == "合计 95.00，应为 100"
    owner.click(second)
    owner.press("Ctrl+A", "2", "0")
    owner.click(dialog.save)
    weights = {each.id: each.weight for each in queries.template("quarterly").dimensions}
    assert (weights["sales_result"], weights["collection"]) == (25, 20)
    owner.press("Escape")
    assert owner.page.findChild(Templates) is None


def test_three_forms_of_colleagues_are_typed_in_without_the_mouse(people, hand):
    owner = hand()
    page = reviews_of(owner)
    service.ask_raters(review=page.review, relation="peer", people=people[:3], today=TODAY)
    about = page.review
    button = page.sheet.raters.buttons["type", "peer"]
    scroll_to(owner, button)
    owner.click(button)
    dialog = page.findChild(TypeIn)
    owner.see(dialog)
    for digit in "345":
        owner.press(*digit * len(dialog.fields), "Return")
    score_all(about, 4)
    assert {mean for line in queries.sheet(about).dimensions for _, mean in line.others} == {4}
    assert dialog.told.text() == "应收的评分表已全部收齐。"
    owner.press("Escape")
    assert page.findChild(TypeIn) is None


def test_a_fine_is_refused_and_a_loss_is_capped(people, hand):
    owner = hand()
    page = reviews_of(owner, "quarterly", "2026Q3")
    score_all(page.review, 1)
    scroll_to(owner, page.sheet.measures.add)
    owner.click(page.sheet.measures.add)
    form = page.form
    form.editors["kind"].put("compensation")
    for name, text in (("text", "罚款 500 元"), ("basis", "劳动合同第 12 条"), ("loss", "3000"), ("wage", "5000"),
                       ("minimum", "2000")):  # fmt: skip
        form.editors[name].setFocus()
        owner.type(text)
    assert "本月可扣 ¥1,000.00" in form.cap.text()
    owner.press("Ctrl+S")
    assert "无权罚款" in form.fault("text")
    form.editors["text"].setFocus()
    owner.press("Ctrl+A")
    owner.type("样机遗失")
    owner.press("Ctrl+S")
    [measure] = queries.sheet(page.review).measures
    assert (measure.text, measure.loss) == ("样机遗失", Money.parse("3000"))
