"""The roster as the owner keeps it: finding, adding, changing, leaving and coming back, lists out of Excel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.overview import backups, sample
from desktopapp.reviews import queries as judged
from desktopapp.reviews import service as judging
from desktopapp.storage import backup
from desktopapp.team import queries, service
from tests.ui.desks import Room
from ui.kit import ask
from ui.kit.chart import ChartView
from ui.kit.covered import COVER
from ui.kit.preview import Preview
from ui.pages.team import TeamPage
from ui.pages.team.paste import PasteDialog

LIST = (
    "工号\t姓名\t手机\t职位\t部门\t入职日期\n"
    "A1\t欧阳静\t13900000001\t客户经理\t华东一组\t2024-03-01\n"
    "A2\t曾国强\t139\t\t\t"
)


@pytest.fixture
def room(qtbot, zh, today):
    QApplication.clipboard().clear()
    return Room(qtbot, zh, today)


def add(name, **more):
    return service.add(name=name, today=date(2026, 11, 23), **more)


def names(page):
    return [page.model.row(n).name for n in range(page.model.rowCount())]


def compose(field, text):
    """What an input method has not turned into characters yet."""
    QApplication.sendEvent(field, QInputMethodEvent(text, []))


def said(widget):
    """Every word a part of the page says."""
    return [label.text() for label in widget.findChildren(QLabel)]


def pasted(page):
    return page.findChild(PasteDialog)


def shown(dialog):
    """The rows of a preview, each with its state and what is wrong."""
    rows = [dialog.model.row(n) for n in range(dialog.model.rowCount())]
    words = dialog.desk.language.text
    return [(row.name, words(row.does.text), words(row.why) if row.why else "") for row in rows]


def test_an_empty_roster_teaches_and_its_button_adds(room, file):
    page = room.open(TeamPage)
    assert page.detail.nobody.sentence.text().startswith("这里集中显示一位成员的业绩")
    room.click(page.view.empty.button)
    assert page.form.isVisible()


def test_who_finds_nobody_is_led_back_to_everybody(room, file):
    add("张伟")
    page = room.open(TeamPage)
    room.write(page.search, "xyz")
    assert not page.view.empty.isVisible()
    assert page.detail.nobody.sentence.text() == "请在左侧选择一位。"
    room.click(room.button("全部显示", page.view))
    assert (names(page), page.search.text()) == (["张伟"], "")


def test_a_person_is_added_with_two_clicks_and_a_name(room, file):
    page = room.open(TeamPage)
    room.click(page.add)
    assert room.clicks == 2
    room.write(page.form.editors["name"], "曾国强")
    room.qtbot.keyClick(page.form.editors["name"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [row] = queries.people()
    assert (row.name, row.pinyin, row.initials, row.status) == ("曾国强", "zengguoqiang", "zgq", "active")
    assert page.detail.name.text() == "曾国强"


def test_every_field_of_the_form_is_kept(room, file):
    page = room.open(TeamPage)
    room.click(page.add)
    typed = {"name": "王芳", "phone": "138", "joined": "2023.4.10", "base_pay": "1.2万", "birthday": "1995-02-12"}
    for name, text in typed.items():
        room.write(page.form.editors[name], text)
    room.click(page.form.save_button)
    [row] = queries.people()
    assert (row.joined, row.base_pay, row.birthday) == (date(2023, 4, 10), Money.yuan(12_000), date(1995, 2, 12))


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(room, file):
    add("张伟", number="A1")
    page = room.open(TeamPage)
    room.click(page.add)
    room.write(page.form.editors["name"], "王芳")
    room.write(page.form.editors["number"], "A1")
    room.click(page.form.save_button)
    assert page.form.fault("number") == "张伟已使用这个工号。"
    assert page.form.editors["name"].text() == "王芳"
    assert len(queries.people()) == 1


def test_a_person_without_a_name_is_refused_beside_the_name(room, file):
    page = room.open(TeamPage)
    room.click(page.add)
    room.click(page.form.save_button)
    assert page.form.fault("name") == "请填写姓名。"


def test_cancelling_keeps_the_roster_as_it_was(room, file, monkeypatch):
    monkeypatch.setattr(ask, "confirm", lambda _parent, _language, _question, _act, yes, *_no: yes())
    page = room.open(TeamPage)
    room.click(page.add)
    room.write(page.form.editors["name"], "王芳")
    room.click(page.form.cancel_button)
    assert page.form is None
    assert queries.people() == []


def test_somebody_is_found_by_name_spelling_and_first_letters(room, file):
    for name in ("曾国强", "张伟", "欧阳静"):
        add(name)
    page = room.open(TeamPage)
    for typed in ("曾", "zgq", "zengguo", "cengguo", "cgq"):
        page.search.clear()
        room.write(page.search, typed)
        assert names(page) == ["曾国强"], typed
    room.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 3


def test_the_list_follows_while_pinyin_is_still_being_composed(room, file):
    for name in ("曾国强", "张伟"):
        add(name)
    page = room.open(TeamPage)
    page.search.setFocus()
    compose(page.search, "zhang'w")
    assert names(page) == ["张伟"]
    compose(page.search, "")
    assert len(names(page)) == 2


def test_the_list_is_narrowed_by_team_and_status(room, file):
    add("张伟", team="华东一组")
    add("王芳", team="华南组")
    service.let_go(person=add("李娜", team="华南组"), day=date(2026, 10, 1))
    page = room.open(TeamPage)
    assert names(page) == ["王芳", "张伟"]
    page.group.setCurrentIndex(page.group.findData("华南组"))
    assert names(page) == ["王芳"]
    page.status.setCurrentIndex(page.status.findData("left"))
    assert names(page) == ["李娜"]


def test_changing_somebody_changes_what_is_shown(room, file):
    add("张伟", phone="1")
    page = room.open(TeamPage)
    room.click(page.detail.edit)
    page.form.editors["phone"].selectAll()
    room.write(page.form.editors["phone"], "13800000002")
    room.click(page.form.save_button)
    assert "13800000002" in page.detail.line.text()


def test_the_longest_name_takes_no_room_from_the_list(room, file):
    short, long = add("张伟"), add("名" * 50)
    page = room.open(TeamPage)
    page.arrive(short)
    room.qtbot.waitUntil(lambda: 0 < page.detail.name.width() < 100)
    wide = page.view.width()
    page.arrive(long)
    room.qtbot.waitUntil(lambda: page.detail.name.width() > 200)
    assert page.view.width() == wide


def test_the_form_shows_pay_as_it_is_kept(room, file):
    add("张伟", base_pay=Money.yuan(8000))
    page = room.open(TeamPage)
    room.click(page.detail.edit)
    assert page.form.editors["base_pay"].value() == Money.yuan(8000)


def test_pay_is_covered_until_it_is_asked_for(room, file):
    add("张伟", base_pay=Money.yuan(8_000))
    page = room.open(TeamPage)
    pay = page.detail.covered["base_pay"]
    assert pay.value.text() == COVER
    assert not any("8,000" in text for text in said(page))
    room.click(pay.button)
    assert pay.value.text() == "¥8,000.00"
    room.click(pay.button)
    assert pay.value.text() == COVER


FAMILY = {"emergency_name": "张女士", "emergency_relation": "配偶", "emergency_phone": "13911112222"}


def test_whom_to_call_is_covered_too_and_one_press_shows_all_of_the_person(room, file):
    add("张伟", base_pay=Money.yuan(8_000), **FAMILY)
    page = room.open(TeamPage)
    assert not any(value in text for text in said(page) for value in FAMILY.values())
    room.click(page.detail.covered["emergency_name"].button)
    shown = {name: covered.value.text() for name, covered in page.detail.covered.items()}
    assert shown == {**FAMILY, "base_pay": "¥8,000.00"}


def test_another_person_is_covered_again(room, file):
    add("张伟", base_pay=Money.yuan(8_000))
    other = add("王芳", base_pay=Money.yuan(9_000))
    page = room.open(TeamPage)
    room.click(page.detail.covered["base_pay"].button)
    page.arrive(other)
    assert page.detail.covered["base_pay"].value.text() == COVER


def test_a_form_covers_pay_and_family_until_one_press_and_saves_them_untouched(room, file):
    add("张伟", base_pay=Money.yuan(8_000), **FAMILY)
    page = room.open(TeamPage)
    room.click(page.detail.edit)
    private = ["base_pay", *FAMILY]
    rows = page.form.rows
    assert not any(rows[name].editor.isVisible() for name in private)
    assert {rows[name].covered.value.text() for name in private} == {COVER}
    room.write(rows["position"].editor, "高级客户经理")
    room.click(page.form.save_button)
    row = queries.people()[0]
    assert (row.position, row.base_pay, row.emergency_phone) == ("高级客户经理", Money.yuan(8_000), "13911112222")


def test_what_a_form_covers_is_shown_for_the_record_and_changed(room, file):
    add("张伟", base_pay=Money.yuan(8_000), **FAMILY)
    page = room.open(TeamPage)
    room.click(page.detail.edit)
    pay = page.form.rows["base_pay"]
    room.click(pay.covered.button)
    assert pay.editor.text() == "8,000.00"
    assert page.form.rows["emergency_phone"].editor.isVisible()
    assert page.form.focusWidget() is pay.editor
    room.write(pay.editor, "9000")
    room.click(page.form.save_button)
    assert queries.people()[0].base_pay == Money.yuan(9_000)


def test_nobody_new_has_anything_to_cover(room, file):
    add("张伟")
    page = room.open(TeamPage)
    page.add_person()
    assert [row.covered for row in page.form.rows.values() if row.covered] == []


def test_no_window_is_titled_with_what_is_covered(room, file):
    add("张伟", base_pay=Money.yuan(8_000), **FAMILY)
    page = room.open(TeamPage)
    for form in (page.edit_person, page.let_go, page.show_past):
        form()
        titles = [each.windowTitle() for each in QApplication.topLevelWidgets()] + [page.form.title.text()]
        assert not any(value in title for title in titles for value in ("8,000", *FAMILY.values()))


def test_a_lunar_birthday_says_both_days(room, file):
    add("张伟", birthday=date(1988, 11, 24), birthday_calendar="lunar")
    page = room.open(TeamPage)
    assert "2026年11月24日（农历十月十六）" in said(page.detail)


def test_somebody_leaves_and_comes_back(room, file):
    add("张伟", joined=date(2024, 1, 1))
    page = room.open(TeamPage)
    page.leave.trigger()
    room.write(page.form.editors["reason"], "回老家")
    room.click(page.form.save_button)
    assert queries.people() == []
    assert names(page) == []
    assert room.heard.words == ["办理离职：张伟"]
    page.status.setCurrentIndex(page.status.findData("left"))
    assert not page.leave.isVisible()
    assert "离职 · 回老家" in said(page.detail)
    page.back.trigger()
    room.click(page.form.save_button)
    assert [row.status for row in queries.people()] == ["active"]


def test_nobody_leaves_before_he_came(room, file):
    add("张伟", joined=date(2024, 1, 1))
    page = room.open(TeamPage)
    page.leave.trigger()
    page.form.editors["day"].selectAll()
    room.write(page.form.editors["day"], "2023-01-01")
    room.click(page.form.save_button)
    assert page.form.fault("day") == "早于入职日期。"
    assert len(queries.people()) == 1


def test_a_probation_is_confirmed(room, file):
    add("张伟", status="probation", joined=date(2026, 6, 1))
    page = room.open(TeamPage)
    page.confirm.trigger()
    room.click(page.form.save_button)
    assert page.detail.pill.text == "在岗"


def test_a_link_finds_somebody_who_left_whatever_is_filtered(room, file):
    gone = add("李娜")
    add("张伟")
    service.let_go(person=gone, day=date(2026, 10, 1))
    page = room.open(TeamPage)
    room.write(page.search, "张")
    page.arrive(gone)
    assert page.detail.name.text() == "李娜"
    assert page.search.text() == ""


def test_what_was_copied_in_excel_is_two_clicks_from_the_roster(room, file):
    QApplication.clipboard().setText(LIST)
    page = room.open(TeamPage)
    room.click(page.paste)
    dialog = pasted(page)
    assert shown(dialog) == [("欧阳静", "新增", ""), ("曾国强", "新增", "")]
    room.click(dialog.go)
    assert room.clicks == 3
    assert [row.name for row in queries.people()] == ["欧阳静", "曾国强"]
    assert queries.people()[0].joined == date(2024, 3, 1)
    assert room.heard.words == ["已导入 2 人"]
    room.desk.changes.undo()
    assert queries.people() == []


def paste_many(room):
    """Paste a list so long that a backup is made before it is taken in; gives the dialog."""
    add("张伟")
    names = [f"周{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"]
    QApplication.clipboard().setText("\n".join(("姓名", *names)))
    page = room.open(TeamPage)
    room.click(page.paste)
    room.click(pasted(page).go)
    return page


def test_before_a_long_list_is_taken_in_a_backup_is_made(room, file):
    page = paste_many(room)
    room.qtbot.waitUntil(lambda: pasted(page) is None)
    assert [(each.why, backup.manifest(each.path).counts["person"]) for each in backups.kept()] == [("import", 1)]
    assert queries.head_count() == 21


def test_where_that_backup_cannot_be_made_nothing_is_taken_in_and_the_list_stays(room, file, monkeypatch):
    monkeypatch.setattr(backup, "free_space", lambda _folder: 0)
    page = paste_many(room)
    room.qtbot.waitUntil(lambda: "没有改动" in pasted(page).line.text())
    assert "周甲" in pasted(page).text.toPlainText()
    assert queries.head_count() == 1


def test_who_pastes_what_is_shown_already_has_the_list_once(room, file, qtbot):
    QApplication.clipboard().setText(LIST)
    page = room.open(TeamPage)
    room.click(page.paste)
    dialog = pasted(page)
    qtbot.keyClick(dialog.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert shown(dialog) == [("欧阳静", "新增", ""), ("曾国强", "新增", "")]


def test_a_row_that_cannot_be_is_shown_with_its_reason_and_left_out(room, file):
    add("张伟", number="A2", phone="138")
    QApplication.clipboard().setText(f"{LIST}\nA3\t\t139\t\t\t\nA4\t赵敏\t\t\t\t2026-13-45")
    page = room.open(TeamPage)
    room.click(page.paste)
    rows = shown(pasted(page))
    assert [why.split("：")[0] for _, state, why in rows if state == "未导入"] == ["姓名", "入职日期"]
    assert ("张伟", "更新", "") in rows
    assert pasted(page).go.text() == "导入 2 人"


def test_a_list_without_names_is_refused_in_words_and_what_was_pasted_stays(room, file):
    page = room.open(TeamPage)
    room.click(page.paste)
    dialog = pasted(page)
    dialog.text.setPlainText("手机\t职位\n139\t客户经理")
    assert "姓名" in dialog.line.text()
    assert not dialog.go.isEnabled()
    assert dialog.text.toPlainText().startswith("手机")


def test_the_same_list_again_changes_nothing(room, file):
    QApplication.clipboard().setText(LIST)
    page = room.open(TeamPage)
    room.click(page.paste)
    room.click(pasted(page).go)
    room.qtbot.waitUntil(lambda: pasted(page) is None)
    room.click(page.paste)
    assert [state for _, state, _ in shown(pasted(page))] == ["相同", "相同"]
    assert not pasted(page).go.isEnabled()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_dropped_on_the_page_is_previewed(room, file, tmp_path, encoding):
    path = tmp_path / "花名册.csv"
    path.write_text(LIST.replace("\t", ","), encoding=encoding)
    page = room.open(TeamPage)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = QPointF(QPoint(200, 200))
    page.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))  # fmt: skip
    dialog = pasted(page)
    room.qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    assert shown(dialog)[0] == ("欧阳静", "新增", "")


def test_a_file_that_is_no_list_is_refused_in_words(room, file, tmp_path, monkeypatch):
    path = tmp_path / "空.csv"
    path.write_bytes(b"")
    monkeypatch.setattr(ask, "open_file", lambda _parent, _language, _title, _kinds, then: then(Path(path)))
    page = room.open(TeamPage)
    room.click(page.take)
    dialog = pasted(page)
    room.qtbot.waitUntil(lambda: "空.csv" in dialog.line.text())
    assert not dialog.go.isEnabled()


def test_the_roster_is_previewed_as_paper(room, file, today):
    sample.load(today)
    page = room.open(TeamPage)
    room.click(page.print)
    preview = page.findChild(Preview)
    with room.qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert len(preview.view.paper) >= 1
    preview.close()


def test_the_year_goals_and_last_grades_of_somebody_are_shown(room, file, today):
    sample.load(today)
    page = room.open(TeamPage)
    page.arrive(next(row.id for row in queries.people() if row.name == "王芳"))
    words = said(page.detail)
    assert "近 12 个月业绩" in words
    assert "季度签约额" in words
    assert "近期评估" in words


def test_a_narrow_page_stands_in_one_column(room, file):
    add("张伟")
    page = room.open(TeamPage)
    wide = page.detail.columns.direction()
    room.resize(QSize(752, 512))
    QApplication.processEvents()
    assert page.detail.columns.direction() != wide


def test_the_last_review_and_the_course_of_all_are_drawn(room, file, today):
    who = add("张伟", joined=date(2023, 4, 10))
    for nth, period in enumerate(("2026Q2", "2026Q3"), 3):
        cycle = judging.start(period=Period.parse(period), template="quarterly", today=today)
        review = judged.reviews(cycle)[0].id
        for each in judged.form(cycle).dimensions:
            judging.score(review=review, dimension=each.id, score=Decimal(nth))
        judging.sign(review=review, today=today)
    page = room.open(TeamPage)
    page.arrive(who)
    drawn = {each.accessibleName(): each.accessibleDescription() for each in page.detail.findChildren(ChartView)}
    assert set(drawn) == {"近 12 个月业绩", "最近一次评估", "评估走势"}
    assert "回款  4 / 3" in drawn["最近一次评估"]
    assert drawn["评估走势"] == "最终得分 2026Q2  60\n最终得分 2026Q3  80"
