"""Goals and figures of sales in a real window: what is told leads to its rows, goals are cascaded and printed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from desktopapp.goals import queries as goals
from desktopapp.kernel.money import Money
from desktopapp.sales import queries as sales
from desktopapp.sales.models import OPEN
from desktopapp.team import service as hiring
from tests.conftest import TODAY
from tests.sales.made import deal
from ui.kit.cut_rows import CutRows
from ui.kit.preview import Preview

pytestmark = pytest.mark.screen


@pytest.fixture
def sold(file):
    """Two people, one deal won by each, one open deal past its date."""
    hiring.name_firm(name="远航商贸")
    wang, li = (hiring.add(name=name, team="华东", joined=date(2023, 4, 10), today=TODAY) for name in ("王芳", "李娜"))
    deal(wang, 300_000, date(2026, 10, 8))
    deal(li, 100_000, date(2026, 10, 9), customer="远大集团")
    deal(wang, 80_000, date(2026, 11, 1), OPEN, customer="蓝海")
    return wang, li


def shown(owner):
    """The rows of the figure that was clicked."""
    rows = owner.page.findChild(CutRows)
    owner.see(rows)
    return rows


def test_what_today_says_of_a_slipped_deal_is_one_click_from_the_deal(sold, hand):
    owner = hand()
    wanted = [each for each in owner.page.findChildren(QPushButton) if each.text() == "改定日期" and each.isVisible()]
    owner.click(wanted[0])
    rows = shown(owner)
    assert [rows.model.row(n).customer for n in range(rows.model.rowCount())] == ["蓝海"]
    owner.press("Return")
    assert owner.page.deals.view.current_row().customer == "蓝海"
    assert owner.clicks == 1


def test_the_result_of_the_quarter_opens_the_deals_that_make_it(sold, hand):
    owner = hand()
    owner.place("sales")
    owner.click(owner.page.overview.links[owner.page.overview.sold])
    rows = shown(owner)
    assert sales.total(rows.cut) == (Money.yuan(400_000), 2)
    owner.press("Escape")
    assert owner.page.findChild(CutRows) is None


def test_a_goal_of_the_firm_is_cascaded_and_the_agreement_of_the_year_previewed(sold, hand, qtbot):
    owner = hand()
    owner.place("goals")
    owner.page.periods.setFocus()
    owner.page.periods.setCurrentIndex(next(n for n in range(owner.page.periods.count())
                                            if str(owner.page.periods.itemData(n)) == "2026"))  # fmt: skip
    owner.click(owner.page.tabs, owner.page.tabs.tabRect(1).center())
    owner.click(owner.page.add)
    form = owner.page.form
    form.editors["name"].setFocus()
    owner.type("公司签约额")
    form.editors["metric"].put("signed_amount")
    form.editors["target"].setFocus()
    owner.type("3000000")
    owner.press("Ctrl+S")
    branch = owner.page.cascade.model.row(0)
    assert (branch.goal.goal, branch.goal.target) == ("公司签约额", Money.yuan(3_000_000))
    owner.click(owner.page.cascade.serve)
    form = owner.page.form
    assert form.editors["person"].currentText() == "华东"
    form.editors["target"].setFocus()
    owner.type("2000000")
    owner.press("Ctrl+S")
    assert goals.goal(branch.id, today=TODAY).allocation.left == Money.yuan(1_000_000)
    owner.press("Ctrl+P")
    preview = owner.page.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    assert preview._job.form == "GF-01"
    owner.see(preview)
    preview.close()
