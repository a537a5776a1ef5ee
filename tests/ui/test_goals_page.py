"""Goals as the owner sets, follows and ends them."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from desktopapp.goals import queries, service
from desktopapp.kernel.area import Link
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.team import service as team
from tests.sales.made import deal
from tests.ui.desks import Room
from ui.kit.button import IconButton
from ui.kit.chart import Progress
from ui.kit.cut_rows import CutRows
from ui.kit.pill import State
from ui.kit.preview import Preview
from ui.kit.table import VALUE
from ui.pages.goals import GoalsPage
from ui.pages.goals.paste import PasteGoals

Q4 = Period.parse("2026Q4")


@pytest.fixture
def people(file, today):
    """Two account managers."""
    return [team.add(name=name, joined=date(2023, 4, 10), today=today) for name in ("王芳", "张伟")]


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


def agree(person, today, *, name="有效拜访", weight=40, target=60, **more):
    values = {"metric": "qualified_visits", "period": Q4, **more}
    values |= {"target": Decimal(target), "weight": Decimal(weight)}
    return service.set_goal(person=person, name=name, today=today, **values)


def standing(person):
    return queries.standing(period=Q4, person=person, today=date(2026, 11, 23))


def cell(page, row, heading):
    """What a cell of the goals' table holds."""
    column = next(n for n, each in enumerate(page.model.columns) if page.desk.language.text(each.title) == heading)
    return page.model.index(row, column).data(VALUE)


def test_a_goal_from_an_example_is_four_steps_from_the_sidebar(room, people):
    page = room.open(GoalsPage)
    room.click(page.add)
    page.form.examples.setCurrentIndex(page.form.examples.findText("季度签约额"))
    room.clicks += 1
    page.form.editors["weight"].put(Decimal(60))
    room.click(page.form.save_button)
    assert room.clicks == 4
    [goal] = queries.standing(period=Q4, today=room.desk.day)
    assert (goal.goal, goal.metric, goal.weight, goal.unit) == ("季度签约额", "signed_amount", 60, "元")
    assert page.goal == goal.id
    assert page.whole.text == "权重合计 60%"
    assert page.whole.mood == "bad"


def test_a_yearly_example_brings_the_year(room, people):
    page = room.open(GoalsPage)
    room.click(page.add)
    page.form.examples.setCurrentIndex(page.form.examples.findText("年度签约额"))
    assert page.form.editors["period"].value() == Period.parse("2026")
    assert page.form.editors["horizon"].value() == "long"


def test_the_advice_follows_what_is_typed(room, people, qtbot):
    page = room.open(GoalsPage)
    room.click(page.add)
    assert page.form.advice.title.text() == "SMART：1 / 5"
    editors = page.form.editors
    editors["name"].setFocus()
    editors["name"].setText("努力提高业绩")
    assert not page.form.advice.marks[0].holds
    editors["name"].setText("签约 60 家新客户")
    editors["metric"].put("new_customer_count")
    editors["target"].setText("60")
    editors["note"].setPlainText("展会线索")
    assert page.form.advice.title.text() == "SMART：5 / 5"
    assert editors["unit"].value() == "家"


def test_the_weight_still_free_is_filled_in(room, people, today):
    agree(people[0], today, weight=70)
    page = room.open(GoalsPage)
    page.list.select(lambda row: row.id == people[0])
    room.click(page.add)
    assert page.form.editors["person"].value() == people[0]
    assert page.form.editors["weight"].value() == 30


@pytest.mark.parametrize(("field", "typed", "said"), [
    ("name", "", "请写明要达成什么。"),
    ("target", "", "请给出目标值和单位。"),
    ("weight", "120", "权重须大于 0，不超过 100。"),
    ("target", "很多", None),
    ("due", "2027-03-01", None),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(room, people, field, typed, said):
    page = room.open(GoalsPage)
    room.click(page.add)
    for name, text in {"name": "拜访", "target": "60", "weight": "40", field: typed}.items():
        page.form.editors[name].setText(text)
    form = page.form
    room.click(form.save_button)
    assert form.fault(field)
    if said:
        assert form.fault(field) == said
    assert form.editors[field].text() == typed or field == "due"
    assert queries.standing(today=room.desk.day) == []


def test_weights_of_one_hundred_are_good_and_others_name_their_sum(room, people, today):
    agree(people[0], today, weight=100)
    agree(people[1], today, weight=Decimal("99.99"))
    page = room.open(GoalsPage)
    chips = [page.people.index(n, 1).data(VALUE) for n in range(3)]
    assert chips == [None, State("100%", "good"), State("99.99%", "bad")]
    assert page.subtitle.text() == "2026年第四季度 · 2 人中 1 人权重合计 100"
    page.list.select(lambda row: row.id == people[1])
    assert (page.whole.text, page.whole.mood) == ("权重合计 99.99%", "bad")


def test_progress_is_noted_shown_and_taken_back(room, people, today, qtbot):
    agree(people[0], today)
    page = room.open(GoalsPage)
    room.click(page.note)
    page.form.editors["value"].setText("45")
    page.form.editors["comment"].setText("华东片区")
    room.click(page.form.save_button)
    [goal] = standing(people[0])
    assert goal.attainment == Share("0.75")
    assert cell(page, 0, "达成率").text == "75%"
    assert cell(page, 0, "状态") == State("On track", "accent")
    assert page.detail.source.text() == "手工填写，截至 2026年11月23日"
    [drop] = [each for each in page.detail.findChildren(IconButton) if each is not page.detail.past]
    qtbot.waitUntil(drop.isVisible)
    room.click(drop)
    assert standing(people[0])[0].actual is None
    assert room.heard.words == ["已删除该进展"]


def test_a_day_to_come_is_refused_beside_the_day(room, people, today):
    agree(people[0], today)
    page = room.open(GoalsPage)
    room.click(page.note)
    page.form.editors["value"].setText("45")
    page.form.editors["day"].setText("2026-12-01")
    room.click(page.form.save_button)
    assert page.form.fault("day")
    assert page.form.editors["value"].value() == 45


def test_a_sales_goal_says_where_its_figure_comes_from_and_takes_no_typing(room, people, today):
    agree(people[0], today, name="季度签约额", metric="signed_amount", target=700000)
    page = room.open(GoalsPage)
    assert page.detail.source.text() == "来自销售数据，截至 2026年11月23日"
    assert not page.note.isEnabled()
    assert cell(page, 0, "目标值") == "70.0万元"
    assert isinstance(cell(page, 0, "达成率"), Progress)


def test_a_goal_is_changed_with_its_own_values_filled_in(room, people, today):
    goal = agree(people[0], today, due=date(2026, 12, 20))
    page = room.open(GoalsPage)
    room.click(page.change)
    assert page.form.editors["target"].value() == 60
    assert page.form.editors["due"].value() == date(2026, 12, 20)
    page.form.editors["target"].setText("80")
    room.click(page.form.save_button)
    assert queries.goal(goal, today=today).target == 80


def test_a_goal_is_closed_with_a_reason_and_taken_up_again(room, people, today):
    goal = agree(people[0], today)
    page = room.open(GoalsPage)
    room.click(page.give_up)
    room.click(page.form.save_button)
    assert page.form.fault("reason") == "请写明关闭原因。"
    page.form.editors["reason"].setText("客户停产")
    room.click(page.form.save_button)
    assert queries.goal(goal, today=today).status == "closed"
    assert page.detail.note.text() == "已关闭：客户停产"
    room.click(page.take_up)
    assert queries.goal(goal, today=today).status != "closed"


def test_a_deleted_goal_comes_back_with_undo(room, people, today):
    agree(people[0], today)
    page = room.open(GoalsPage)
    room.click(page.remove)
    assert page.model.rowCount() == 0
    assert page.view.empty.isVisible()
    assert room.heard.words == ["已删除“有效拜访”"]
    room.changes.undo()
    assert page.model.rowCount() == 1


def test_a_link_leads_to_the_goal_in_its_period_and_person(room, people, today):
    agree(people[0], today)
    goal = agree(people[1], today, name="全年拜访", period=Period.parse("2026"))
    page = room.open(GoalsPage)
    page.arrive(goal)
    assert page.periods.currentText() == "2026年"
    assert page.who.text() == "张伟"
    assert page.view.current_row().id == goal


def test_the_period_switch_shows_what_was_agreed_for_it(room, people, today):
    agree(people[0], today)
    page = room.open(GoalsPage)
    page.periods.put(Period.parse("2026"))
    assert page.model.rowCount() == 0
    page.periods.put(Q4)
    assert page.model.rowCount() == 1


def test_without_people_a_new_goal_leads_to_the_roster(room, file, today):
    page = room.open(GoalsPage)
    assert page.view.empty.sentence.text() == "目标要落实到人：请先在团队名册添加成员。"
    room.click(page.view.empty.button)
    assert room.heard.went == [Link("team")]
    team.add(name="王芳", today=today)
    assert page.view.empty.button.text() == "新建目标"


def test_fifty_people_with_goals_stay_in_a_small_window(room, file, today, qtbot):
    for nth in range(50):
        person = team.add(name=f"王小{nth}", joined=date(2023, 1, 1), today=today)
        agree(person, today, weight=100)
    page = room.open(GoalsPage, QSize(1072, 628))
    assert page.model.rowCount() == 50
    room.click(page.add)
    QApplication.processEvents()
    assert page.width() == 1072
    assert not page.list.isVisible()
    room.click(page.form.cancel_button)
    qtbot.waitUntil(page.list.isVisible)


def test_changing_nothing_in_the_form_lets_it_close_without_a_question(room, people, qtbot):
    page = room.open(GoalsPage)
    room.click(page.add)
    room.click(page.form.cancel_button)
    assert page.form is None


BLOCK = (
    "目标\t指标\t目标值\t权重\t截止日期\t部门\n"
    "季度签约额\t签约额\t80万元\t50%\t2026-12-31\t一部\n新签\t没有的\t3 家\t20\t\t\n"
)


def pasted(room, page):
    """The window with what is on the clipboard, opened by Ctrl+V in the table."""
    QApplication.clipboard().setText(BLOCK)
    room.qtbot.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    return page.findChild(PasteGoals)


def test_goals_copied_in_excel_are_looked_at_mended_and_taken_in_as_one_undo(room, people, today):
    page = room.open(GoalsPage)
    page.list.select(lambda row: row.id == people[1])
    dialog = pasted(room, page)
    cells = dialog.grid.cells
    assert [cells.index(0, n).data() for n in range(7)] == [
        "季度签约额", "签约额", "元", "", "800,000", "50", "2026年12月31日"
    ]
    assert dialog.line.text() == "新增 1 个 · 更新 0 个 · 1 行标红单元格修正后才会录入 · 未录入的列：部门"
    assert [cells.headerData(n, Qt.Orientation.Vertical) for n in range(2)] == ["新增", "待修正"]
    dialog.grid.setCurrentIndex(cells.index(1, 1))
    assert dialog.why.text() == "没有名为“没有的”的指标；若用其他衡量方式，请留空。"
    room.qtbot.keyClick(dialog.grid, Qt.Key.Key_Delete)
    assert dialog.whole.text == "权重合计 70%"
    room.click(dialog.go)
    kept = [(row.goal, row.unit, row.weight) for row in standing(people[1])]
    assert kept == [("季度签约额", "元", 50), ("新签", "家", 20)]
    assert room.heard.words == ["已录入 2 个目标"]
    room.changes.undo()
    assert standing(people[1]) == []


def test_pasting_goals_that_are_there_changes_them(room, people, today):
    agree(people[0], today, name="季度签约额", metric="signed_amount")
    page = room.open(GoalsPage)
    page.list.select(lambda row: row.id == people[0])
    dialog = pasted(room, page)
    assert dialog.grid.cells.headerData(0, Qt.Orientation.Vertical) == "更新"
    room.click(dialog.go)
    assert [row.weight for row in standing(people[0])] == [50]


def several(room, people, today):
    """The page with three goals, all of them marked."""
    for name in "一二三":
        agree(people[0], today, name=name, weight=30)
    page = room.open(GoalsPage)
    page.view.selectAll()
    return page


def test_marked_goals_are_deleted_and_one_undo_brings_them_back(room, people, today):
    page = several(room, people, today)
    room.click(room.button("删除", page.listing.batch))
    assert standing(people[0]) == []
    assert room.heard.words == ["已删除 3 个目标"]
    room.changes.undo()
    assert len(standing(people[0])) == 3


def test_marked_goals_get_one_weight(room, people, today):
    page = several(room, people, today)
    room.click(room.button("设置权重…", page.listing.batch))
    page.form.editors["weight"].setText("25")
    room.click(page.form.save_button)
    assert {row.weight for row in standing(people[0])} == {25}


def test_marked_goals_are_closed_for_one_reason(room, people, today):
    page = several(room, people, today)
    room.click(room.button("关闭…", page.listing.batch))
    room.click(page.form.save_button)
    assert page.form.fault("reason") == "请写明关闭原因。"
    page.form.editors["reason"].setText("客户停产")
    room.click(page.form.save_button)
    assert {row.status for row in standing(people[0])} == {"closed"}


def below(page):
    return [(row.depth, row.goal.name, row.goal.goal) for row in map(page.cascade.model.row,
                                                                     range(page.cascade.model.rowCount()))]  # fmt: skip


def test_a_goal_of_the_firm_is_set_in_the_cascade_and_one_that_serves_it_below(room, people, today):
    page = room.open(GoalsPage)
    page.tabs.setCurrentIndex(1)
    room.click(page.add)
    editors = page.form.editors
    assert editors["person"].currentText() == "公司"
    for name, value in {"name": "公司签约额", "metric": "signed_amount", "target": Decimal(3000)}.items():
        editors[name].put(value)
    room.click(page.form.save_button)
    assert below(page) == [(0, "", "公司签约额")]
    room.click(page.cascade.serve)
    editors = page.form.editors
    editors["person"].put(people[0])
    editors["target"].put(Decimal(1000))
    editors["weight"].put(Decimal(60))
    assert "公司签约额" in editors["parent"].currentText()
    room.click(page.form.save_button)
    assert below(page) == [(0, "", "公司签约额"), (1, "王芳", "公司签约额")]
    given = page.cascade.model.row(0).goal.allocation
    assert given.left == Money.yuan(2000)
    column = next(n for n, each in enumerate(page.cascade.model.columns) if each.title == "Given out")
    assert page.cascade.model.index(0, column).data(VALUE) == State("还差 2,000元 未分解", "warn")


def test_changing_a_goal_leaves_what_it_serves_and_is_made_of(room, people, today):
    firm = service.set_goal(team="", period=Q4, name="公司拜访", target=Decimal(100), weight=Decimal(100), unit="次",
                            rollup="sum", today=today)  # fmt: skip
    goal = agree(people[0], today, metric="", unit="次", parent=firm, part=Decimal(60), cadence="monthly")
    page = room.open(GoalsPage)
    page.arrive(goal)
    page.change_goal()
    page.form.editors["target"].put(Decimal(80))
    room.click(page.form.save_button)
    row = queries.goal(goal, today=today)
    assert (row.target, row.parent, row.part, row.cadence) == (80, firm, 60, "monthly")


def test_what_a_goal_may_serve_follows_whose_it_is(room, people, today):
    mine = service.set_goal(person=people[0], period=Period.parse("2026"), name="年度拜访", target=Decimal(200),
                            weight=Decimal(100), unit="次", horizon="long", today=today)  # fmt: skip
    page = room.open(GoalsPage)
    room.click(page.add)
    editors = page.form.editors
    editors["person"].put(people[0])
    assert [editors["parent"].itemData(n) for n in range(editors["parent"].count())] == [None, mine]
    editors["person"].put(people[1])
    assert [editors["parent"].itemData(n) for n in range(editors["parent"].count())] == [None]


def test_a_figure_of_the_sales_data_opens_the_deals_it_is_made_of(room, people, today):
    deal(people[0], 300, date(2026, 10, 8))
    deal(people[1], 900, date(2026, 10, 8))
    goal = agree(people[0], today, name="签约额", metric="signed_amount", target=1000)
    page = room.open(GoalsPage)
    page.arrive(goal)
    room.click(page.detail.rows)
    shown = page.findChild(CutRows)
    assert [shown.model.row(n).amount for n in range(shown.model.rowCount())] == [Money.yuan(300)]


def test_a_figure_that_is_typed_opens_nothing(room, people, today):
    page = room.open(GoalsPage)
    page.arrive(agree(people[0], today, metric="", unit="次"))
    assert not page.detail.rows.isVisible()


@pytest.mark.parametrize(("period", "code"), [("2026", "GF-01"), ("2026Q4", "GF-02")])
def test_a_year_is_printed_as_an_agreement_and_a_quarter_as_a_card(room, people, today, period, code):
    page = room.open(GoalsPage)
    page.periods.put(Period.parse(period))
    room.click(page.print_button)
    preview = page.findChild(Preview)
    with room.qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert preview._job.form == code
    assert [name for _, name in preview._made.about.people] == ["王芳", "张伟"]
