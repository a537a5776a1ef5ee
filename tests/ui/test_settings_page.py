"""The owner makes the program his."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import partial
from importlib import metadata

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from desktopapp.kernel.area import Link
from desktopapp.kernel.message import Both
from desktopapp.overview import history, sample
from desktopapp.overview.papers import papers
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import rules
from desktopapp.reviews import service as reviewing
from desktopapp.reviews.rules import drafting
from desktopapp.storage import DB
from desktopapp.team import queries, service
from tests.kernel.test_workday import NOTICE
from tests.ui.desks import Room
from ui.kit import ask
from ui.kit.theme import RESOURCES
from ui.pages.settings import SettingsPage
from ui.pages.settings.about import LIBRARIES, LICENCES, licence_files, version
from ui.pages.settings.holidays import Notice


class Around:
    """The program around the page: what was chosen."""

    language, scheme, scale, density, sums, section = "zh_CN", "system", 100, "standard", "wan", ""

    def __init__(self, folder):
        self.folder, self.chosen, self.redrawn = folder, [], 0

    def choose(self, **chosen):
        self.chosen.append(chosen)

    def redraw(self):
        self.redrawn += 1


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def around(file):
    return Around(file)


@pytest.fixture
def page(room, around):
    return room.open(partial(SettingsPage, program=around))


@pytest.fixture
def section(page):
    return page.show_section


def type_over(room, editor, text):
    editor.setFocus()
    editor.selectAll()
    if text:
        room.write(editor, text)
    else:
        room.qtbot.keyClick(editor, Qt.Key.Key_Delete)
    room.qtbot.keyClick(editor, Qt.Key.Key_Tab)


def choose(room, picker, steps=1):
    picker.setFocus()
    for _ in range(steps):
        room.qtbot.keyClick(picker, Qt.Key.Key_Down)


def test_sections_are_a_list_for_the_keyboard_and_built_when_opened(room, page, around):
    assert list(page.sections) == ["firm"]
    page.list.setFocus()
    room.qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert list(page.sections) == ["firm", "look"]
    assert page.sections["look"].isVisible()
    assert around.section == "look"


def test_the_section_that_was_open_is_open_again(room, around):
    around.section = "about"
    page = room.open(partial(SettingsPage, program=around))
    assert list(page.sections) == ["about"]


def test_the_firm_is_kept_on_leaving_a_field(room, section):
    rows = section("firm").fields.rows
    type_over(room, rows["name"].editor, "远航商贸")
    assert queries.firm().name == "远航商贸"
    type_over(room, rows["owner"].editor, "周建国")
    assert queries.firm().owner == "周建国"
    assert room.heard.saves == 2


def test_a_field_left_as_it_was_writes_nothing(room, section):
    service.name_firm(name="远航商贸", owner="周建国")
    steps = len(history.firm_history())
    type_over(room, section("firm").fields.rows["owner"].editor, "周建国")
    assert len(history.firm_history()) == steps
    assert room.heard.saves == 0


def test_a_firm_without_a_name_is_refused_beside_the_field(room, section):
    service.name_firm(name="远航商贸")
    row = section("firm").fields.rows["name"]
    type_over(room, row.editor, "")
    assert row.fault.text() == "请填写公司名称。"
    assert queries.firm().name == "远航商贸"


def test_a_full_disk_leaves_what_was_typed_in_its_field(room, section):
    service.name_firm(name="远航商贸")
    row = section("firm").fields.rows["owner"]
    DB.execute_sql("pragma query_only = 1")
    type_over(room, row.editor, "周建国")
    DB.execute_sql("pragma query_only = 0")
    assert row.editor.text() == "周建国"
    assert row.fault.text().startswith("此位置不能写入")
    assert queries.firm().owner == ""


def test_another_season_is_kept_and_every_page_is_built_anew(room, section, around, today):
    choose(room, section("firm").fields.rows["season"].editor)
    assert (queries.firm().season, around.redrawn) == ("half", 1)
    assert queries.season().of(today).months == 6


def test_a_business_year_may_begin_in_april(room, section, today):
    choose(room, section("firm").fields.rows["first_month"].editor, 3)
    assert queries.season().of(today, 12).start == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("picker", "steps", "chosen"),
    [
        ("scheme", 2, {"scheme": "dark"}),
        ("density", 1, {"density": "compact"}),
        ("scale", 1, {"scale": 115}),
        ("language", 1, {"language": "en"}),
        ("sums", 1, {"sums": "yuan"}),
    ],
)
def test_look_and_language_are_taken_at_once(room, section, around, picker, steps, chosen):
    choose(room, getattr(section("look"), picker), steps)
    assert around.chosen[-1] == chosen


def test_every_form_the_program_prints_can_be_given_another_number(room, section):
    printing = section("printing")
    assert list(printing.numbers) == [code for code, _ in papers()]
    type_over(room, printing.numbers["TE-01"], "YH-07")
    assert queries.form_numbers() == {"TE-01": "YH-07"}
    type_over(room, printing.numbers["TE-01"], "")
    assert queries.form_numbers() == {}
    assert printing.numbers["TE-01"].placeholderText() == "TE-01"


def test_a_number_in_use_is_refused_below_its_field_and_stays_typed(room, section):
    printing = section("printing")
    type_over(room, printing.numbers["TE-01"], "PF-01")
    assert printing.faults["TE-01"].text() == "表单 PF-01 已使用这个编号。"
    assert printing.numbers["TE-01"].text() == "PF-01"


def test_what_heads_the_forms_is_kept(room, section):
    rows = section("printing").fields.rows
    type_over(room, rows["printed_name"].editor, "远航商贸有限公司")
    choose(room, rows["paper"].editor)
    assert (queries.firm().printed_name, queries.firm().paper) == ("远航商贸有限公司", "zh_CN en")


def test_weights_are_kept_once_they_add_up_and_stay_typed_until_then(room, section):
    scale = section("scale")
    (first, a), (second, b) = [(key, line) for key, line in scale.lines.items() if key[0] == "weight"][:2]
    type_over(room, a, "25")
    assert scale.faults["weight"].text() == "权重合计 95，不等于 100。"
    assert scale.sum.text() == "95"
    assert a.text() == "25"
    assert reviews.templates() == reviews.shipped()
    type_over(room, b, "20")
    assert not scale.faults["weight"].isVisible()
    now = reviews.figures(reviews.template("quarterly"))
    assert (now[first], now[second]) == (25, 20)
    assert room.heard.saves == 1


def test_a_grade_and_its_coefficient_are_the_owner_s(room, section):
    scale = section("scale")
    type_over(room, scale.lines["least", "S"], "92")
    type_over(room, scale.lines["factor", "S"], "1.8")
    now = reviews.figures(reviews.template("quarterly"))
    assert (now["least", "S"], now["factor", "S"]) == (92, Decimal("1.8"))
    type_over(room, scale.lines["least", "A"], "95")
    assert "等级越高" in scale.faults["least"].text()
    room.click(scale.restore)
    assert reviews.templates() == reviews.shipped()
    assert (scale.lines["least", "A"].text(), scale.faults["least"].text()) == ("80", "")
    assert not scale.restore.isVisible()


def test_each_template_has_its_own_figures(room, section):
    scale = section("scale")
    type_over(room, scale.lines["least", "S"], "92")
    choose(room, scale.template)
    assert scale.lines["least", "S"].text() == "90"


def test_templates_drawn_up_elsewhere_are_offered_with_their_dimensions(room, section):
    scale = section("scale")
    key = reviewing.add_template(form=reviews.template("quarterly"), name=Both("电话销售评估", ""))
    assert scale.template.itemText(scale.template.count() - 1) == "电话销售评估"
    choose(room, scale.template, scale.template.count() - 1)
    shorter = drafting.without(reviews.template(key), "growth")
    reviewing.edit_template(form=rules.adjusted(shorter, {("weight", "integrity"): Decimal(10)}))
    assert ("weight", "growth") not in scale.lines
    assert scale.lines["weight", "integrity"].text() == "10"
    assert scale.sum.text() == "100"
    reviewing.remove_template(template=key)
    assert scale.template.value() == "quarterly"
    assert scale.lines["weight", "growth"].text() == "5"


def test_the_calendar_of_the_year_stands_there_and_the_next_is_not_known_yet(room, section):
    holidays = section("holidays")
    assert (holidays.title.text(), holidays.count.text()) == ("2026", "248 个工作日")
    assert holidays.model.rowCount() == 39
    assert not holidays.unknown.isVisible()
    room.click(holidays.after)
    assert holidays.unknown.words.text() == "2027 年尚无调休安排，按周末计算。通知发布后请粘贴进来。"
    assert holidays.unknown.isVisible()


def test_a_day_is_added_and_taken_out_again(room, section):
    holidays = section("holidays")
    room.write(holidays.rows["day"].editor, "11.27")
    room.write(holidays.rows["name"].editor, "公司年会")
    room.click(holidays.add)
    assert holidays.count.text() == "247 个工作日"
    holidays.view.select(lambda row: row.day == date(2026, 11, 27))
    room.click(holidays.remove)
    assert holidays.count.text() == "248 个工作日"
    assert "2026年11月27日" in room.heard.words[-1]


def test_what_is_no_date_is_refused_beside_the_field(room, section):
    holidays = section("holidays")
    room.click(holidays.add)
    assert holidays.rows["day"].fault.text() == "请填写日期。"
    room.write(holidays.rows["day"].editor, "某天")
    room.click(holidays.add)
    assert holidays.rows["day"].fault.text()
    assert len(queries.holidays(2026)) == 39


def test_the_notice_of_a_new_year_is_pasted_and_counted_before_it_is_kept(room, section):
    holidays = section("holidays")
    room.click(holidays.after)
    room.click(holidays.paste)
    notice = holidays.findChild(Notice)
    assert not notice.take.isEnabled()
    notice.text.insertPlainText(NOTICE)
    assert notice.found.text() == "找到：休 33 天，周末上班 6 天"
    room.click(notice.take)
    assert holidays.model.rowCount() == 39
    assert room.heard.words == ["已录入 39 天"]
    assert holidays.restore.isVisible()
    room.click(holidays.restore)
    assert holidays.model.rowCount() == 0


def test_the_sample_comes_and_goes(room, section, monkeypatch):
    data = section("data")
    assert not data.remove.isVisible()
    room.click(data.load)
    room.qtbot.waitUntil(lambda: room.heard.words == ["示例数据已载入"], timeout=20_000)
    assert data.remove.isVisible()
    assert not data.load.isVisible()
    monkeypatch.setattr(ask, "confirm", lambda _parent, _language, _question, _act, yes: yes())
    room.click(data.remove)
    assert not sample.is_sample()
    assert room.heard.words == ["示例数据已载入", "示例数据已移除"]


def test_it_says_where_the_data_lives_and_opens_the_folder(room, section, file, monkeypatch):
    data = section("data")
    assert data.path.text() == str(file)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    room.click(data.open)
    assert [url.toLocalFile() for url in opened] == [str(file)]


def test_the_data_is_checked_on_demand(room, section):
    data = section("data")
    room.click(data.check)
    room.qtbot.waitUntil(data.checked.isVisible)
    assert data.checked.text() == "资料完好。"
    assert data.check.isEnabled()


def test_damage_is_told_with_what_to_do(room, section, monkeypatch):
    data = section("data")
    monkeypatch.setattr(history, "check", lambda: ("page 7 is torn", "page 9 is torn"))
    room.click(data.check)
    room.qtbot.waitUntil(data.checked.isVisible)
    assert "2 处错误" in data.checked.text()
    assert "备份" in data.checked.text()


def test_the_list_of_what_was_done_is_one_click_away(room, section):
    room.click(section("data").trail)
    assert room.heard.went == [Link("trail")]


@pytest.mark.parametrize("nth", range(len(LICENCES)))
def test_every_licence_can_be_read(room, page, section, nth):
    room.click(section("about").licences[nth])
    [dialog] = [each for each in page.findChildren(QDialog) if each.isVisible()]
    assert len(dialog.findChild(QPlainTextEdit).toPlainText()) > 300
    dialog.close()


def test_every_library_is_named_with_its_version_and_licence():
    assert [name for name, package, licence in LIBRARIES if not (version(package) and licence)] == []
    assert version("no such package") == ""


def test_no_library_that_comes_along_is_left_out():
    """What pyproject.toml asks for, and what that asks for in turn, on the system the test runs on."""
    seen = set()
    asked = tomllib.loads((RESOURCES.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs = [*asked["dependencies"], *asked["optional-dependencies"]["scan"]]
    while needs:
        need = needs.pop()
        name = re.match(r"[\w.-]+", need)[0].lower().replace("_", "-")
        if name in seen or "extra ==" in need or not installed(name):
            continue
        seen.add(name)
        needs += metadata.requires(name) or ()
    told = {package.lower().replace("_", "-") for _, package, _ in LIBRARIES}
    assert seen - told == {"shiboken6"}  # a part of PySide6


def installed(package):
    """Whether a library is there; one for another system is not."""
    try:
        return bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False


def test_the_licence_of_every_library_can_be_read(room, page, section):
    about = section("about")
    for package, button in about.libraries.items():
        room.click(button)
        [dialog] = [each for each in page.findChildren(QDialog) if each.isVisible()]
        assert len(dialog.findChild(QPlainTextEdit).toPlainText()) > 300, package
        dialog.close()
    assert licence_files("no such package") == ()


def test_everything_of_the_firm_is_taken_along_in_a_folder(room, section, tmp_path, monkeypatch):
    monkeypatch.setattr(ask, "open_folder", lambda _parent, _language, _title, then: then(tmp_path / "out"))
    room.click(section("data").all)
    room.qtbot.waitUntil(lambda: bool(room.heard.words), timeout=20_000)
    [made] = (tmp_path / "out").iterdir()
    assert room.heard.files == [made]
    assert "份表单已写入" in room.heard.words[0]
    assert (made / "日期.ics").exists()


def test_all_dates_go_into_a_calendar_file(room, section, tmp_path, monkeypatch):
    path = tmp_path / "日期.ics"
    monkeypatch.setattr(ask, "save_file", lambda *given: given[-1](path))
    room.click(section("data").dates)
    assert room.heard.words == ["“日期.ics”中有 1 个日期"]
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR")
