"""What the owner does every week, counted: from Today, with real clicks and keys."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktopapp.goals import queries as goals
from desktopapp.kernel.period import Period
from desktopapp.overview import sample, search
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import service as reviewing
from desktopapp.storage import undoable
from desktopapp.team import queries as team
from desktopapp.team import service as hiring
from tests.conftest import TODAY
from tests.reviews.team import review_of, score_all
from ui.kit import printer
from ui.kit.preview import Preview
from ui.pages.team.paste import PasteDialog

pytestmark = pytest.mark.screen

NAMES = ("王芳", "张伟", "曾国强")


@pytest.fixture
def people(file):
    """Three account managers and a firm that has a name, so that Today is the first page."""
    hiring.name_firm(name="远航商贸")
    return [hiring.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=TODAY) for name in NAMES]


@pytest.fixture
def sent(monkeypatch, tmp_path):
    """A printer whose paper is a file."""

    def ready(setting, *, is_landscape):
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / "out.pdf"))
        made.setResolution(72)
        return printer.put(made, setting, is_landscape=is_landscape)

    monkeypatch.setattr(printer, "installed", lambda: ["HP LaserJet 1020"])
    monkeypatch.setattr(printer, "prints_both_sides", lambda _name: False)
    monkeypatch.setattr(printer, "ready", ready)
    return tmp_path / "out.pdf"


def test_one_person_is_scored_with_a_click_and_ten_digits(people, hand):
    reviewing.start(period=Period.parse("2025"), template="annual", today=TODAY)
    owner = hand()
    owner.place("reviews")
    owner.click_row(owner.page.list.view, 1)
    person = owner.page.review
    owner.press(*"4352443453")
    assert [int(line.score) for line in reviews.sheet(person).dimensions] == [4, 3, 5, 2, 4, 4, 3, 4, 5, 3]
    owner.press("Return")
    assert owner.page.review != person
    assert owner.clicks == 2


def test_the_blank_forms_of_the_team_are_printed_in_three_clicks(people, hand, qtbot, sent):
    reviewing.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    owner = hand()
    owner.place("reviews")
    owner.click(owner.page.blank)
    preview = owner.page.findChild(Preview)
    qtbot.waitSignal(preview.ready, timeout=20_000).wait()
    owner.see(preview)
    with qtbot.waitSignal(preview.printed, timeout=20_000):
        owner.click(preview.panel.print_button)
    assert owner.clicks == 3
    assert sent.read_bytes().startswith(b"%PDF")
    assert len(team.prints(9)) == 1


def test_twenty_people_copied_in_excel_are_three_clicks_from_today(people, hand, qtbot):
    owner = hand()
    rows = "\n".join(f"新人{n:02}\t客户经理" for n in range(20))
    QApplication.clipboard().setText(f"姓名\t职位\n{rows}")
    owner.place("team")
    at_the_roster = owner.clicks
    owner.click(owner.page.paste)
    dialog = owner.page.findChild(PasteDialog)
    owner.see(dialog)
    owner.click(dialog.go)
    assert owner.clicks - at_the_roster == 2
    qtbot.waitUntil(lambda: team.head_count() == 23)  # a backup comes first
    owner.press("Ctrl+Z")
    assert team.head_count() == 3


def test_a_deletion_is_undone_by_ctrl_z(people, hand):
    owner = hand()
    owner.place("team")
    owner.click_row(owner.page.view, 0)
    owner.press("Delete")
    assert team.head_count() == 2
    owner.press("Ctrl+Z")
    assert team.head_count() == 3
    assert owner.clicks == 2


def test_somebody_is_found_by_initials_that_are_still_being_composed(people, hand, qtbot):
    owner = hand()
    owner.press("Ctrl+F")
    finder = owner.window.finder
    assert QApplication.focusWidget() is finder
    for letters in ("z", "zg", "z'g'q"):
        owner.type("", composed=letters)
    qtbot.waitUntil(lambda: finder.list.isVisible() and finder.list.model().rowCount() == 2)
    owner.press("Return")
    assert owner.page is owner.window.pages["home"]
    owner.type("曾国强")
    owner.press("Return")
    assert owner.page.shown == people[2]
    assert owner.clicks == 0


def test_what_was_agreed_is_looked_up_without_a_click(people, hand, qtbot):
    sample.load(TODAY)
    owner = hand()
    owner.press("Ctrl+F")
    owner.type("回款")
    qtbot.waitUntil(lambda: owner.window.finder.list.current() is not None)
    owner.press("Return")
    assert owner.page is not owner.window.pages["home"]
    assert owner.clicks == 0


def test_a_paper_in_the_hand_is_found_by_its_code_and_its_printing_by_its_file(people, hand, qtbot):
    started = reviewing.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
    judged = review_of(started, "张伟")
    score_all(judged, 4)
    reviewing.sign(review=judged, today=TODAY)
    job = hiring.log_print(form="PF-01", at=datetime(2026, 11, 23, 9, tzinfo=UTC), pages=2, file="张伟_2026Q3.pdf")
    search.catch_up()
    owner = hand()
    owner.press("Ctrl+F")
    owner.type(reviews.sheet(judged).code)
    owner.press("Return")
    assert (owner.page, owner.page.review) == (owner.window.pages["reviews"], judged)
    owner.press("Ctrl+F")
    owner.type("_2026Q3.pdf")
    owner.press("Return")
    assert owner.page is owner.window.pages["trail"]
    assert owner.page.paper.view.current_row().id == job
    assert owner.page.paper.view.hasFocus()
    assert owner.clicks == 0


def test_the_language_is_switched_where_one_stands(people, hand, qtbot):
    owner = hand()
    owner.place("settings")
    section = owner.page.show_section("look")
    section.language.setFocus()
    before = owner.window
    owner.press("Down")
    qtbot.waitUntil(lambda: owner.window is not before)
    owner.see(owner.window)
    assert owner.page.title.text() == "Settings & backup"
    assert owner.window.side.bar.tabText(0) == "Today"


def test_a_quarterly_review_is_started_in_three_clicks(people, hand):
    owner = hand()
    owner.place("reviews")
    owner.click(owner.page.add)
    owner.click(owner.page.form.save_button)
    assert owner.clicks == 3
    [started] = reviews.cycles()
    assert (started.period, started.people) == (Period.parse("2026Q3"), 3)


def test_a_team_member_is_added_with_two_clicks_and_a_name(people, hand):
    owner = hand()
    owner.place("team")
    owner.click(owner.page.add)
    owner.type("李娜")
    owner.press("Ctrl+Return")
    assert owner.clicks == 2
    assert "李娜" in {row.name for row in team.people()}


def test_a_goal_is_set_from_an_example_in_four_clicks(people, hand):
    owner = hand()
    owner.place("goals")
    owner.click(owner.page.add)
    form = owner.page.form
    owner.click(form.examples)
    owner.press(*["Down"] * form.examples.findText("季度签约额"), "Return")
    form.editors["weight"].setFocus()
    owner.type("60")
    owner.click(form.save_button)
    assert owner.clicks == 4
    [goal] = goals.standing(period=Period.parse("2026Q4"), today=TODAY)
    assert goal.weight == 60
    assert undoable() is not None


def test_keys_alone_lead_to_every_place(people, hand):
    owner = hand()
    for place in owner.window.places:
        owner.press(place.keys)
        assert owner.page is owner.window.pages[place.key]
    assert owner.clicks == 0
