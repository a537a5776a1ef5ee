"""Drawing up a template in the window: dimensions, behaviours, scale, raters, goals, grades, positions."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.queries.calibration import side_by_side
from desktopapp.storage import revert, undoable
from tests.reviews.team import hire, review_of, score_all
from tests.ui.desks import Room
from ui.kit.preview import Preview
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.templates import DIMENSIONS, GRADES, SCORING, Templates

USUAL = "quarterly"


@pytest.fixture
def room(qtbot, zh, today, file):
    hire(12)
    return Room(qtbot, zh, today)


@pytest.fixture
def dialog(room):
    """The templates, opened from their button."""
    page = room.open(ReviewsPage)
    room.click(page.drawing)
    return page.findChild(Templates)


def weigh(dialog, **weights):
    for key, weight in weights.items():
        dialog.dimensions.rows[key].weight.put(Decimal(weight))


def save(dialog):
    dialog.save.click()
    return dialog.told.text()


def kept(key=USUAL):
    return queries.template(key)


def test_weights_are_kept_only_when_they_come_to_100_00(dialog):
    weigh(dialog, sales_result="29.99")
    assert dialog.dimensions.sum.text() == "合计 99.99，应为 100"
    assert save(dialog) == "权重合计 99.99，不等于 100。"
    assert kept() == queries.shipped()[0]
    weigh(dialog, growth="5.01")
    assert save(dialog) == "已保存"
    assert {each.id: each.weight for each in kept().dimensions}["growth"] == Decimal("5.01")
    revert(undoable().unit)
    assert kept() == queries.shipped()[0]


def test_what_is_no_number_is_refused_and_stays_as_typed(dialog):
    line = dialog.dimensions.rows["growth"].weight
    line.setText("五")
    assert "五" in save(dialog)
    assert line.text() == "五"
    assert kept() == queries.shipped()[0]


def test_a_dimension_is_added_with_its_section_and_its_five_behaviours(dialog):
    dialog.dimensions.add.click()
    row = dialog.dimensions.rows["own1"]
    row.name.put("竞品信息收集")
    row.section.put("市场")
    weigh(dialog, own1="5", growth="0")
    assert save(dialog) == "请为“竞品信息收集”写出五档行为描述。"
    assert dialog.dimensions.current == "own1"
    for box, text in zip(dialog.dimensions.about.anchors, "优良中差劣", strict=True):
        box.put(f"竞品信息{text}")
    dialog.dimensions.about.asked["peer"].put(True)
    assert save(dialog) == "已保存"
    added = kept().dimensions[-1]
    assert (added.name.zh, added.weight, added.asked) == ("竞品信息收集", 5, ("peer",))
    assert [text.zh for _, text in added.anchors] == [f"竞品信息{text}" for text in "优良中差劣"]
    assert kept().sections[-1].name.zh == "市场"
    assert added.section == kept().sections[-1].id


def test_dimensions_are_moved_and_taken_out(dialog):
    dialog.dimensions.choose("collection")
    dialog.dimensions.up.click()
    dialog.dimensions.choose("growth")
    dialog.dimensions.take.click()
    weigh(dialog, integrity="10")
    save(dialog)
    keys = [each.id for each in kept().dimensions]
    assert keys[:2] == ["collection", "sales_result"]
    assert "growth" not in keys


def test_english_is_written_beside_the_chinese(dialog):
    dialog.dimensions.rows["growth"].name.put("学习成长")
    dialog.tongue.setCurrentIndex(1)
    assert dialog.dimensions.rows["growth"].name.text() == "Learning and growth"
    dialog.dimensions.rows["growth"].name.put("Learning")
    save(dialog)
    name = next(each.name for each in kept().dimensions if each.id == "growth")
    assert (name.zh, name.en) == ("学习成长", "Learning")


def test_a_section_named_in_chinese_is_named_in_english_without_another_being_made(room, dialog):
    dialog.dimensions.rows["growth"].section.put("市场信息")
    dialog.tongue.setCurrentIndex(1)
    for end in range(1, 7):
        dialog.dimensions.rows["growth"].section.put("Market"[:end])
    save(dialog)
    assert [(each.name.zh, each.name.en) for each in kept().sections][-1] == ("市场信息", "Market")
    assert len(kept().sections) == 5


def test_what_is_written_in_english_alone_stands_for_the_chinese_too(qtbot, en, today, file):
    hire(3)
    room = Room(qtbot, en, today)
    page = room.open(ReviewsPage)
    room.click(page.drawing)
    dialog = page.findChild(Templates)
    assert dialog.tongue.currentIndex() == 1
    dialog.dimensions.add.click()
    dialog.dimensions.rows["own1"].name.put("Market intelligence")
    for nth, box in enumerate(dialog.dimensions.about.anchors):
        box.put(f"Behaviour {nth}")
    assert save(dialog) == "Kept"
    added = kept().dimensions[-1]
    assert (added.name.zh, added.name.en) == ("Market intelligence", "Market intelligence")
    assert added.anchors[0][1].zh == "Behaviour 0"


@pytest.mark.parametrize(
    ("key", "scale", "worst"),
    [("ten", (1, 10, 1), 2), ("hundred", (0, 100, 1), 20), ("halves", (1, 5, Decimal("0.5")), 1)],
)
def test_a_scale_is_chosen_and_the_behaviours_stand_at_its_fifths(dialog, key, scale, worst):
    dialog.scoring.scale.put(key)
    save(dialog)
    assert (kept().lowest, kept().highest, kept().step) == scale
    assert kept().dimensions[0].anchors[-1][0] == worst
    assert dialog.scoring.edges["highest"].value() == scale[1]


def test_scores_can_be_letters(dialog):
    dialog.scoring.scale.put("letters")
    save(dialog)
    assert [kept().written(score) for score in rules.choices(kept())] == ["D", "C", "B", "A", "S"]


def test_a_scale_of_the_owner_s_own_is_typed(dialog):
    dialog.scoring.edges["highest"].put(Decimal(7))
    assert dialog.scoring.scale.currentText() == "其他"
    dialog.scoring.edges["step"].put(Decimal(4))
    assert "分" in save(dialog)
    assert dialog.tabs.currentIndex() == SCORING
    dialog.scoring.edges["step"].put(Decimal(1))
    save(dialog)
    assert (kept().highest, kept().step) == (7, 1)


def test_raters_have_parts_that_come_to_100_and_someone_to_ask(dialog):
    dialog.scoring.raters["peer"].put(Decimal(20))
    assert save(dialog) == "权重合计 120，不等于 100。"
    assert dialog.tabs.currentIndex() == SCORING
    dialog.scoring.raters["superior"].put(Decimal(60))
    for row in dialog.draft.form.dimensions:
        dialog.dimensions.choose(row.id)
        dialog.dimensions.about.asked["peer"].put(False)
    assert save(dialog) == "“同事评价”占有得分权重，却没有一个维度请他们评。"
    dialog.dimensions.about.asked["peer"].put(True)
    dialog.scoring.policy.put("zero")
    save(dialog)
    assert (kept().weights, kept().policy) == ({"self": 20, "superior": 60, "peer": 20}, "zero")


def test_goals_take_a_part_of_the_total_with_a_cap_or_none(dialog):
    dialog.scoring.goal_weight.put(Decimal(30))
    weigh(dialog, sales_result="0")
    dialog.scoring.goal_cap.put(Decimal(120))
    assert dialog.scoring.goals.text() == "目标占总分的 30%：每项得分 = 权重 × 完成率，完成率最高按 120% 计。"
    save(dialog)
    assert (kept().goal_weight, kept().goal_cap) == (30, Decimal("1.2"))
    dialog.scoring.goal_cap.setText("")
    save(dialog)
    assert kept().goal_cap is None


def test_coefficients_do_not_rise_while_grades_fall(dialog):
    dialog.grades.lines["Performance coefficient", 1].put(Decimal("1.5"))
    said = save(dialog)
    assert "系数" in said
    assert dialog.tabs.currentIndex() == GRADES
    dialog.grades.lines["Performance coefficient", 0].put(Decimal("1.6"))
    dialog.grades.lines["Grade", 0].put("优")
    save(dialog)
    assert [(each.grade, each.factor) for each in kept().effects][:2] == [("优", Decimal("1.6")), ("A", Decimal("1.5"))]
    assert kept().levels[0].grade == "优"


def test_what_follows_from_a_grade_is_no_fine(dialog):
    dialog.grades.lines["What follows", 4].put("罚款 500 元")
    assert "无权罚款" in save(dialog)
    assert dialog.tabs.currentIndex() == GRADES
    assert kept() == queries.shipped()[0]


def test_a_firm_with_four_grades_has_four(dialog, today):
    dialog.grades.take_out(0)
    for nth, (grade, least, share) in enumerate((("优", 85, 20), ("良", 70, 50), ("中", 60, 25), ("差", 0, 5))):
        dialog.grades.lines["Grade", nth].put(grade)
        dialog.grades.lines["From a total of", nth].put(Decimal(least))
        dialog.grades.lines["Expected share in percent", nth].put(Decimal(share))
    assert save(dialog) == "已保存"
    assert [level.grade for level in kept().levels] == ["优", "良", "中", "差"]
    cycle = service.start(period=Period.parse("2026Q3"), template=USUAL, today=today)
    score_all(review_of(cycle, "李娜"), Decimal(4))
    score_all(review_of(cycle, "赵敏"), Decimal(3))
    assert [queries.sheet(review_of(cycle, name)).grade for name in ("李娜", "赵敏")] == ["良", "中"]
    assert [(each.grade, each.people) for each in side_by_side(cycle).grades] == [
        ("优", 0), ("良", 1), ("中", 1), ("差", 0),
    ]  # fmt: skip


def test_a_grade_is_added_above_the_lowest_and_wants_a_name(dialog):
    dialog.grades.add.click()
    assert save(dialog) == "每个维度和等级都要有名称。"
    assert dialog.tabs.currentIndex() == GRADES
    dialog.grades.lines["Grade", 4].put("C-")
    save(dialog)
    assert [(level.grade, level.least) for level in kept().levels][-2:] == [("C-", 30), ("D", 0)]
    assert kept().effects[4].factor == Decimal("0.5")


def test_grades_that_only_a_position_has_stand_in_the_spread_too(dialog, today):
    dialog._go("key_account")
    dialog.grades.lines["Grade", 1].put("A+")
    dialog.positions.list.put(["大客户经理"])
    save(dialog)
    cycle = service.start(period=Period.parse("2026Q3"), template=USUAL, today=today)
    score_all(review_of(cycle, "赵敏"), Decimal(4))
    assert {each.grade: each.people for each in side_by_side(cycle).grades}["A+"] == 1


def test_an_own_template_may_be_for_another_period_and_leaves_its_positions(room, dialog):
    assert not dialog.kind.isEnabled()
    dialog.copy.click()
    key = dialog.kept.id
    dialog.positions.list.put(["大客户经理"])
    save(dialog)
    dialog.kind.put("half")
    dialog.positions.list.put(["客户经理"])
    save(dialog)
    assert kept(key).kind == "half"
    assert queries.by_position("quarter") == {}
    assert queries.by_position("half") == {"客户经理": key}


def test_positions_have_a_template_of_their_own(dialog, today):
    dialog._go("key_account")
    dialog.positions.list.put(["大客户经理"])
    save(dialog)
    cycle = service.start(period=Period.parse("2026Q3"), template=USUAL, today=today)
    assert queries.form_of(review_of(cycle, "赵敏")).id == "key_account"
    assert queries.form_of(review_of(cycle, "李娜")).id == USUAL
    dialog._go(USUAL)
    words = [item.text() for item in dialog.positions.list.items()]
    assert words == ["大客户经理（现用“大客户经理季度评估”）", "客户经理"]


def test_a_template_is_copied_changed_renamed_and_removed(room, dialog):
    dialog.copy.click()
    key = dialog.kept.id
    assert dialog.name.text() == "季度绩效评估（客户经理）（自定）"
    dialog.name.put("电话销售季度评估")
    save(dialog)
    assert kept(key).name.zh == "电话销售季度评估"
    assert not dialog.restore.isVisible()
    dialog.name.put("年度绩效评估（客户经理）")
    assert save(dialog) == "已有名为“年度绩效评估（客户经理）”的模板。"
    dialog.name.put("电话销售季度评估")
    dialog.remove.click()
    [box] = dialog.findChildren(QMessageBox)
    room.button("移除", box).click()
    assert key not in [form.id for form in queries.templates()]


def test_running_and_signed_reviews_keep_the_template_they_began_with(room, today):
    cycle = service.start(period=Period.parse("2026Q3"), template=USUAL, today=today)
    signed, running = review_of(cycle, "陈志远"), review_of(cycle, "李娜")
    score_all(signed, Decimal(4))
    service.sign(review=signed, today=today)
    score_all(running, Decimal(4))
    before = [queries.sheet(each) for each in (signed, running)]
    page = room.open(ReviewsPage)
    room.click(page.drawing)
    dialog = page.findChild(Templates)
    weigh(dialog, sales_result="10", growth="25")
    dialog.scoring.scale.put("hundred")
    dialog.grades.lines["From a total of", 1].put(Decimal(88))
    assert save(dialog) == "已保存"
    assert [queries.sheet(each) for each in (signed, running)] == before


def test_what_was_typed_is_given_up_only_if_the_owner_says_so(room, dialog, qtbot):
    weigh(dialog, sales_result="31")
    dialog.list.setCurrentRow(1)
    [box] = dialog.findChildren(QMessageBox)
    assert dialog.kept.id == USUAL
    box.close()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    box = dialog.findChildren(QMessageBox)[-1]
    room.button("放弃", box).click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert kept() == queries.shipped()[0]
    assert dialog.tabs.currentIndex() == DIMENSIONS


def test_sections_stand_above_their_dimensions_with_what_they_weigh(room, today):
    service.start(period=Period.parse("2026Q3"), template=USUAL, today=today)
    page = room.open(ReviewsPage)
    assert [label.text() for label in page.sheet.board.sections] == [
        "业绩 · 55%", "客户 · 15%", "过程与能力 · 10%", "态度与品行 · 20%",
    ]  # fmt: skip


def test_a_blank_form_of_a_template_is_printed(dialog, qtbot):
    dialog._go("monthly_quick")
    dialog.blank.click()
    preview = dialog.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    assert preview._job.about().people == ()
    preview.close()
