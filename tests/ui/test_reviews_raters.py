"""Raters in the window: who is asked, what came back on paper typed in by digits, and nobody told by what he gave."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, report, service
from desktopapp.storage import revert, undoable
from tests.reviews.team import hire, review_of, score_all
from tests.ui.desks import Room
from ui.kit.label import Label
from ui.kit.preview import Preview
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.page import PROGRESS
from ui.pages.reviews.typing import TypeIn


@pytest.fixture
def people(file):
    return hire(5)


@pytest.fixture
def page(qtbot, zh, today, people):
    """An annual round of five, 陈志远 shown."""
    cycle = service.start(period=Period.parse("2025"), template="annual", today=today)
    page = Room(qtbot, zh, today).open(ReviewsPage)
    page.open_review(review_of(cycle, "陈志远"))
    return page


def room(page):
    return page.window()


def told(page):
    """What stands among the raters, once what took the place of what stood there is seen."""
    room(page).qtbot.waitUntil(page.sheet.raters.buttons["ask", "peer"].isVisible)
    return [each.text() for each in page.sheet.raters.findChildren(Label) if each.isVisible()]


def click_on(page, what, relation):
    """A click beside a kind of raters."""
    room(page).qtbot.waitUntil(page.sheet.raters.buttons[what, relation].isVisible)
    room(page).click(page.sheet.raters.buttons[what, relation])


def ask_peers(page, *names):
    click_on(page, "ask", "peer")
    tick(page.form.people, *names)
    room(page).click(page.form.save_button)


def tick(people, *names):
    people.put([item.data(Qt.ItemDataRole.UserRole)[0] for item in people.items() if item.text() in names])


def typing(page, relation="peer"):
    """The dialog in which forms are typed in, opened beside the raters."""
    click_on(page, "type", relation)
    return page.findChild(TypeIn)


def digits(qtbot, dialog, key):
    """The same digit on each dimension, and Enter on the button they lead to."""
    for _ in dialog.fields:
        qtbot.keyClick(dialog.focusWidget(), key)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def test_each_kind_says_its_part_and_how_many_are_back(page):
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    words = told(page)
    assert words[words.index("自评") + 1] == "占得分 10%"
    assert words.count("尚未填齐") == 2
    assert "应收 3 份，已收 0 份" in words
    assert "仇振华、李娜、欧阳静" in words
    assert words.count("尚未指定评分人。") == 1
    assert "有人未评分时：不计入，其余权重按比例折算" in words


def test_while_two_are_ticked_the_form_says_what_two_mean(page):
    click_on(page, "ask", "peer")
    assert [item.text() for item in page.form.people.items()] == ["李娜", "欧阳静", "覃晓岚", "仇振华"]
    tick(page.form.people, "仇振华", "李娜")
    assert page.form.few.text().startswith("同类评分人不足 3 位时，不单独显示，也不计入得分")
    tick(page.form.people, "仇振华", "李娜", "欧阳静")
    assert page.form.few.text() == ""


def test_customers_are_asked_by_name_and_struck_off_the_same_way(page):
    click_on(page, "ask", "customer")
    room(page).write(page.form.names, "北方物流 刘总\n华联商超；顺达")
    room(page).click(page.form.save_button)
    assert "北方物流 刘总、华联商超、顺达" in told(page)
    click_on(page, "ask", "customer")
    page.form.names.put("华联商超")
    room(page).click(page.form.save_button)
    assert [row.rater for row in queries.raters(page.review)] == ["华联商超"]
    revert(undoable().unit)
    assert len(queries.raters(page.review)) == 3


def test_who_has_rated_is_struck_off_no_more(page, qtbot):
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    digits(qtbot, typing(page), "3")
    click_on(page, "ask", "peer")
    tick(page.form.people)
    room(page).click(page.form.save_button)
    assert page.form.fault("people") == "仇振华的评分已交回，不能再从名单中去掉。"
    assert len(queries.raters(page.review)) == 3


def test_three_peers_are_typed_in_by_digits_and_only_then_count(page, qtbot):
    score_all(page.review, 4)
    page.refresh(page.tables)
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    dialog = typing(page)
    assert dialog.forms.currentText() == "陈志远 · 同事评价 · 第 1 份"
    assert "仇振华" not in [dialog.forms.itemText(n) for n in range(dialog.forms.count())]
    for nth, key in enumerate("225"):
        assert queries.sheet(page.review).total == 80
        assert not any(line.others for line in queries.sheet(page.review).dimensions), nth
        digits(qtbot, dialog, key)
    assert queries.sheet(page.review).total < 80
    assert {line.id: line.others for line in queries.sheet(page.review).dimensions}["attitude"] == (("peer", 3),)
    assert dialog.told.text() == "应收的评分表已全部收齐。"
    assert not dialog.save.isEnabled()


def test_a_field_left_empty_stays_out_and_an_empty_form_is_refused(page, qtbot):
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    dialog = typing(page)
    room(page).click(dialog.save)
    assert dialog.fault.text() == "表里什么也没有填。"
    qtbot.keyClick(next(iter(dialog.fields.values())), "4")
    room(page).click(dialog.save)
    assert dialog.forms.currentText() == "陈志远 · 同事评价 · 第 2 份"
    assert [row.state for row in queries.raters(page.review)].count("accepted") == 1


def test_a_form_typed_in_wrongly_is_typed_in_again_and_keeps_its_number(page, qtbot):
    score_all(page.review, 4)
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    dialog = typing(page)
    for key in "215":
        digits(qtbot, dialog, key)
    words = [dialog.forms.itemText(n) for n in range(dialog.forms.count())]
    assert words == ["", *(f"陈志远 · 同事评价 · 第 {n} 份（已录入）" for n in (1, 2, 3))]
    dialog.forms.setCurrentIndex(2)
    assert dialog.told.text() == "这份已录入。现在录入的内容将取代原来的。"
    digits(qtbot, dialog, "5")
    assert {line.id: line.others for line in queries.sheet(page.review).dimensions}["attitude"] == (("peer", 4),)


def test_the_board_of_the_round_leads_to_typing_while_forms_are_out(page):
    page.tabs.setCurrentIndex(PROGRESS)
    assert not page.views[PROGRESS].paper.isVisible()
    page.arrive(page.review)
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    page.tabs.setCurrentIndex(PROGRESS)
    room(page).click(page.views[PROGRESS].paper)
    assert page.findChild(TypeIn).forms.count() == 3
    QApplication.activeWindow().close()


def test_their_sheets_are_printed_from_the_board(page, qtbot):
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    page.tabs.setCurrentIndex(PROGRESS)
    room(page).click(page.views[PROGRESS].sheets)
    preview = page.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    assert preview._job.form == "PF-05"
    assert [name for _, name in preview._job.about().people] == ["陈志远"]
    preview.close()


def test_the_sheets_about_one_person_are_printed_beside_his_raters_and_everybodys_from_there_too(page, qtbot, today):
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    other = review_of(page.cycle, "李娜")
    service.set_raters(review=other, relation="peer", people=[row.person for row in page.rows][:1], today=today)
    click_on(page, "print", "peer")
    preview = page.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    assert [name for _, name in preview._job.about().people] == ["陈志远"]
    assert len(preview.view.paper) == 3
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        preview.pickers["everyone"].put(True)
    assert len(preview.view.paper) == 4
    preview.close()


def test_a_self_assessment_is_printed_to_be_ticked_and_as_it_stands(page, qtbot):
    click_on(page, "print", "self")
    preview = page.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    assert (preview._job.form, [preview.pickers[each].value() for each in ("filled", "everyone")]) == (
        "PF-03", [False, False]
    )  # fmt: skip
    assert [row.name for row in report.rated(page.cycle, ["self"])] == ["陈志远"]
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        preview.pickers["filled"].put(True)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        preview.pickers["everyone"].put(True)
    assert len(preview.view.paper) == len(page.rows)
    preview.close()


def test_once_all_sheets_are_back_none_is_offered_for_printing(page, qtbot):
    ask_peers(page, "仇振华", "李娜", "欧阳静")
    dialog = typing(page)
    for key in "345":
        digits(qtbot, dialog, key)
    assert ("print", "peer") not in page.sheet.raters.buttons
    assert ("print", "customer") not in page.sheet.raters.buttons


def test_a_template_that_waits_says_for_whom_and_is_not_signed(qtbot, zh, today, people):
    from desktopapp.kernel.frozen import replace

    form = queries.template("annual")
    service.edit_template(form=replace(form, policy="block"))
    cycle = service.start(period=Period.parse("2025"), template="annual", today=today)
    page = Room(qtbot, zh, today).open(ReviewsPage)
    page.open_review(review_of(cycle, "陈志远"))
    score_all(page.review, 4)
    page.refresh(page.tables)
    assert page.sheet.heading.total_of.text() == "待评：自评"
    assert "有人未评分时：等全部评完才出结果" in told(page)
    score_all(page.review, 4, by=service.self_score)
    page.refresh(page.tables)
    assert page.sheet.heading.total.text() == "80.0"


def test_the_forms_about_one_person_go_out_as_files_his_own_among_them(page, qtbot, tmp_path, monkeypatch):
    from ui.kit import ask

    ask_peers(page, "仇振华", "李娜")
    page.tabs.setCurrentIndex(PROGRESS)
    board = page.views[PROGRESS]
    board.view.select(lambda row: row.name == "陈志远")
    monkeypatch.setattr(ask, "open_folder", lambda *given: given[-1](tmp_path))
    room(page).click(board.send)
    qtbot.waitUntil(lambda: "3 份表已生成，可以发出" in room(page).heard.words, timeout=20_000)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "仇振华_同事评价_陈志远_2025.pdf", "李娜_同事评价_陈志远_2025.pdf", "陈志远_员工自评表_2025.pdf",
    ]  # fmt: skip
    assert {row.state for row in queries.rater_forms(page.cycle)} == {"exported"}
