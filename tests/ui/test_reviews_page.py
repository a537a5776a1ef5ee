"""Reviews as the owner does them: by clicks and by keys."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from desktopapp.goals import service as goals
from desktopapp.kernel.area import Link
from desktopapp.kernel.message import Both, Message
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, rules, service
from desktopapp.reviews.queries import StepLine
from desktopapp.team import service as team
from tests.ui.desks import Room
from ui.kit import printer
from ui.kit.preview import Preview
from ui.pages.reviews import ReviewsPage
from ui.pages.reviews.row import around
from ui.pages.reviews.score_line import ScoreLine
from ui.pages.reviews.segments import Segments

Q3 = Period.parse("2026Q3")
NAMES = ("王芳", "张伟", "曾国强")


@pytest.fixture
def people(file, today):
    """Three account managers."""
    return [team.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=today) for name in NAMES]


@pytest.fixture
def room(qtbot, zh, today):
    return Room(qtbot, zh, today)


@pytest.fixture
def cycle(people, today):
    """A round for the third quarter, just started."""
    return service.start(period=Q3, template="quarterly", today=today)


def rows(page):
    return list(page.sheet.board.rows.values())


def scores(review):
    return [None if line.score is None else int(line.score) for line in queries.sheet(review).dimensions]


def scores_of(review):
    return [line.score for line in queries.sheet(review).dimensions]


def score_all(review, score=4):
    for line in queries.sheet(review).dimensions:
        service.score(review=review, dimension=line.id, score=Decimal(score))


def press(qtbot, *keys):
    """Keys go where the focus is."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_starting_a_round_takes_three_clicks(room, people):
    page = room.open(ReviewsPage)
    room.click(page.add)
    room.click(page.form.save_button)
    assert room.clicks == 3
    [started] = queries.cycles()
    assert started.period == Q3
    assert started.people == 3
    assert room.heard.words == ["已为 3 人生成评估"]
    assert page.subtitle.text() == "季度绩效评估（客户经理） · 截止 2026年12月3日 · 已完成 0 / 3 · 已签字 0"


def test_a_person_is_scored_with_ten_digits_and_one_key_to_go_on(room, people, today, qtbot):
    service.start(period=Period.parse("2025"), template="annual", today=today)
    page = room.open(ReviewsPage)
    first = page.review
    page.arrive(first)
    press(qtbot, *"4352443453")
    assert scores(first) == [4, 3, 5, 2, 4, 4, 3, 4, 5, 3]
    assert page.sheet.heading.total.text() == "72.0"
    assert page.sheet.heading.grade.text.startswith("B")
    assert QApplication.focusWidget() is page.sheet.finish
    press(qtbot, Qt.Key.Key_Return)
    assert page.review != first
    assert rows(page)[0].grid.hasFocus()
    assert room.clicks == 1
    assert room.heard.saves == 10


def test_whoever_is_picked_in_the_list_is_scored_by_the_next_digits(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    view = page.list.view
    row = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert view.hasFocus()
    press(qtbot, *"342")
    assert page.review == page.rows[2].id
    assert scores(page.review)[:4] == [3, 4, 2, None]


def test_the_keys_move_clear_and_nudge(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    page.arrive(page.review)
    press(qtbot, Qt.Key.Key_3, Qt.Key.Key_Up)
    assert rows(page)[0].grid.hasFocus()
    press(qtbot, Qt.Key.Key_Right)
    assert scores(page.review)[0] == 4
    press(qtbot, Qt.Key.Key_Backspace)
    assert scores(page.review)[0] is None
    press(qtbot, Qt.Key.Key_Down, Qt.Key.Key_5, Qt.Key.Key_Up, Qt.Key.Key_0)
    assert scores(page.review)[1] is None
    press(qtbot, Qt.Key.Key_7)
    assert rows(page)[1].grid.hasFocus()


def test_a_cell_is_scored_by_a_click_and_cleared_by_another(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    grid = rows(page)[2].grid
    middle = grid.cell(3).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle)
    assert scores(page.review)[2] == 4
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle)
    assert scores(page.review)[2] is None


def test_the_switch_lets_the_digits_write_the_self_assessment(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    page.arrive(page.review)
    room.click(page.sheet.board.by_self)
    page.sheet.board.begin()
    press(qtbot, *"54")
    lines = queries.sheet(page.review).dimensions
    assert [lines[0].self_score, lines[1].self_score, lines[0].score] == [5, 4, None]
    room.click(page.sheet.board.by_manager)
    assert rows(page)[0].caption.text() == "权重 30% · 自评 5"


def test_what_a_score_means_unfolds_under_the_row_worked_on(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    page.arrive(page.review)
    first, second = rows(page)[:2]
    assert first.anchors.isVisible()
    assert not second.anchors.isVisible()
    press(qtbot, Qt.Key.Key_2)
    assert second.anchors.isVisible()
    assert [line.text().split("：")[0] for line in first.anchors.lines] == ["2 分 · 待改进", "3 分 · 合格"]


def test_evidence_is_kept_when_it_is_left_and_figures_are_offered(room, people, today, qtbot):
    goals.set_goal(person=people[0], period=Period.parse("2026Q4"), name="季度签约额", metric="signed_amount",
                   target=Decimal(700000), weight=Decimal(100), today=today)  # fmt: skip
    service.start(period=Period.parse("2026Q4"), template="quarterly", today=today)
    page = room.open(ReviewsPage)
    review = next(row.id for row in page.rows if row.person == people[0])
    page.arrive(review)
    row = rows(page)[0]
    room.click(row.offers.itemAt(0).widget())
    assert queries.sheet(review).dimensions[0].evidence == "季度签约额：达成目标的 0%"
    assert row.offers.count() == 0
    row.evidence.setFocus()
    row.evidence.moveCursor(row.evidence.textCursor().MoveOperation.End)
    qtbot.keyClicks(row.evidence, " ok")
    assert queries.sheet(review).dimensions[0].evidence.endswith("0%")
    press(qtbot, Qt.Key.Key_Tab)
    assert queries.sheet(review).dimensions[0].evidence.endswith("0% ok")


def test_texts_steps_and_uses_are_kept_without_a_button(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    sheet = page.sheet
    sheet.texts.boxes["highlights"].setFocus()
    qtbot.keyClicks(sheet.texts.boxes["highlights"], "won")
    grid = sheet.steps.grid
    grid.setFocus()
    press(qtbot, *"visits", Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.hasFocus()) == (1, True)
    room.click(sheet.outcomes.boxes["training"])
    kept = queries.sheet(page.review)
    assert (kept.highlights, kept.steps, kept.outcomes) == ("won", (StepLine("visits"),), ("training",))


def test_a_step_without_a_name_is_refused_in_words_and_stays_as_typed(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    grid = page.sheet.steps.grid
    grid.setFocus()
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Tab, *"12", Qt.Key.Key_Tab)
    assert page.sheet.state.text() == "请写明改进事项。"
    assert grid.cells.index(0, 2).data() == "12"
    assert queries.sheet(page.review).steps == ()


def test_going_on_with_gaps_leads_to_the_first_gap(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    review = page.review
    page.arrive(review)
    press(qtbot, *"44")
    room.click(page.sheet.finish)
    assert page.review == review
    assert page.sheet.state.text() == "还有 7 项未评分"
    assert rows(page)[2].grid.hasFocus()


def test_signing_says_what_is_frozen_and_leaves_the_review_to_be_read_only(room, cycle):
    page = room.open(ReviewsPage)
    assert not page.sheet.signing.isEnabled()
    score_all(page.review)
    room.click(page.sheet.signing)
    [box] = page.sheet.findChildren(QMessageBox)
    assert "80.0 分，A 级" in box.text()
    assert "固定" in box.text()
    room.click(room.button("签字确认", box))
    sheet = queries.sheet(page.review)
    assert sheet.signed is not None
    assert sheet.code[:4] in page.sheet.proof.words.text()
    assert page.sheet.signing.isHidden()
    row = rows(page)[0]
    assert row.grid.is_fixed
    assert row.evidence.isReadOnly()
    assert not page.sheet.outcomes.boxes["keep"].isEnabled()
    assert page.sheet.steps.grid.cells.rowCount() == 0
    assert room.heard.words[-1].endswith("的评估已签字确认")


def test_undo_leaves_a_signed_review_as_it_is(room, cycle):
    page = room.open(ReviewsPage)
    score_all(page.review)
    service.sign(review=page.review, today=room.desk.day)
    team.name_firm(name="远航商贸")
    room.changes.undo()
    assert room.changes.undoable().action == "team.add"
    assert page.sheet.proof.isVisible()
    assert rows(page)[0].grid.is_fixed


def test_blank_forms_for_the_team_are_three_clicks_away(room, cycle, qtbot, monkeypatch):
    sent = []
    monkeypatch.setattr(printer, "installed", lambda: ["HP"])
    monkeypatch.setattr(Preview, "print_now", lambda self: sent.append(len(self.view.paper)))
    page = room.open(ReviewsPage)
    room.click(page.blank)
    [preview] = page.findChildren(Preview)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    qtbot.keyClick(preview.focusWidget(), Qt.Key.Key_Return)
    room.clicks += 1
    assert room.clicks == 3
    assert sent[0] >= 2 * len(NAMES)
    preview.close()


def test_one_persons_filled_form_is_printed_from_the_foot(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    score_all(page.review)
    room.click(page.sheet.paper)
    [preview] = page.findChildren(Preview)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert [preview.pickers[name].value() for name in ("filled", "everyone")] == [True, False]
    assert len(preview.view.paper) < 2 * len(NAMES)
    preview.close()


def test_people_are_found_by_name_pinyin_and_initials(room, cycle, qtbot):
    page = room.open(ReviewsPage)
    for typed, found in (("zw", "张伟"), ("zengguo", "曾国强"), ("cgq", "曾国强"), ("芳", "王芳")):
        page.list.search.clear()
        qtbot.keyClicks(page.list.search, typed) if typed.isascii() else page.list.search.setText(typed)
        assert [page.list.model.row(n).name for n in range(page.list.model.rowCount())] == [found]


def test_previous_and_next_walk_through_the_list(room, cycle):
    page = room.open(ReviewsPage)
    order = [row.id for row in page.rows]
    assert page.review == order[0]
    room.click(page.sheet.previous)
    assert page.review == order[-1]
    score_all(order[-1])
    room.click(page.sheet.finish)
    assert page.review == order[0]
    assert page.list.view.current_row().id == order[0]


def test_when_all_are_signed_the_page_says_so(room, cycle, today):
    page = room.open(ReviewsPage)
    for row in page.rows:
        score_all(row.id)
        service.sign(review=row.id, today=today)
    room.click(page.sheet.finish)
    assert room.heard.words == ["本轮评估已全部完成。"]


def test_an_empty_file_leads_to_the_roster_and_a_roster_to_the_first_round(room, file, today):
    page = room.open(ReviewsPage)
    assert page.nobody.isVisible()
    room.click(page.nobody.button)
    assert room.heard.went == [Link("team")]
    team.add(name="张伟", joined=date(2023, 1, 1), today=today)
    assert page.no_round.isVisible()
    room.click(page.no_round.button)
    assert page.form.isVisible()


def test_a_round_that_is_there_already_is_refused_beside_the_template(room, cycle):
    page = room.open(ReviewsPage)
    room.click(page.add)
    assert page.form.editors["period"].value() == Period.parse("2026Q4")
    page.form.editors["period"].put(Q3)
    room.click(page.form.save_button)
    assert page.form.fault("template")
    assert len(queries.cycles()) == 1


def test_another_template_brings_its_own_period(room, people):
    page = room.open(ReviewsPage)
    room.click(page.add)
    page.form.editors["template"].put("annual")
    assert page.form.editors["period"].value() == Period.parse("2025")


def test_the_comparison_hides_where_the_window_is_narrow(room, cycle):
    page = room.open(ReviewsPage)
    assert page.sheet.side.isVisible()
    room.resize(QSize(1072, 628))
    QApplication.processEvents()
    assert not page.sheet.side.isVisible()
    assert page.width() == 1072


def test_fifty_people_are_listed_and_scored(room, file, today, qtbot):
    for nth in range(50):
        team.add(name=f"王小{nth}", joined=date(2023, 1, 1), today=today)
    service.start(period=Q3, template="quarterly", today=today)
    page = room.open(ReviewsPage)
    assert page.list.model.rowCount() == 50
    page.arrive(page.rows[40].id)
    press(qtbot, *"333333333", Qt.Key.Key_Return)
    assert page.review == page.rows[41].id


@pytest.fixture
def scaled(people, today):
    """Starts a round on another scale than the usual."""

    def start(*scale, letters=()):
        form = rules.rescaled(queries.template("quarterly"), *map(Decimal, scale), letters)
        own = service.add_template(form=form, name=Both("另一种分制", "Another scale"))
        return service.start(period=Q3, template=own, today=today)

    return start


def test_a_hundred_points_are_typed_and_enter_goes_on(room, scaled, qtbot):
    scaled(0, 100, 1)
    page = room.open(ReviewsPage)
    page.arrive(page.review)
    press(qtbot, *"85", Qt.Key.Key_Return, *"0", Qt.Key.Key_Down, *"100", Qt.Key.Key_Up)
    assert scores(page.review)[:4] == [85, 0, 100, None]
    assert rows(page)[1].grid.hasFocus()
    press(qtbot, Qt.Key.Key_Delete, Qt.Key.Key_Return)
    assert scores(page.review)[:3] == [85, None, 100]
    assert "85" in rows(page)[0].grid.text()


def test_a_score_off_a_scale_of_ten_stays_as_typed_and_the_reason_is_told(room, scaled, qtbot):
    """The defect of the trade: 10.9 passed for ten."""
    scaled(0, 10, "0.5")
    page = room.open(ReviewsPage)
    page.arrive(page.review)
    for typed, told in (("10.9", "评分须在 0 到 10 之间"), ("9.7", "评分以 0.5 分为一档")):
        press(qtbot, *typed, Qt.Key.Key_Return)
        assert scores_of(page.review)[0] is None
        assert told in page.sheet.state.text()
        assert rows(page)[0].grid.hasFocus()
        assert rows(page)[0].grid.text() == typed
    press(qtbot, *"9.5", Qt.Key.Key_Return)
    assert scores_of(page.review)[0] == Decimal("9.5")
    assert rows(page)[1].grid.hasFocus()


def test_letters_are_scored_by_their_keys(room, scaled, qtbot):
    scaled(1, 5, 1, letters=tuple("DCBAS"))
    page = room.open(ReviewsPage)
    page.arrive(page.review)
    press(qtbot, *"SAB3")
    assert scores(page.review)[:4] == [5, 4, 3, 3]
    assert rows(page)[0].grid.accessibleDescription() == "S"
    assert "按 D–S 键" in page.sheet.board.keys.text()
    assert rows(page)[0].grid.KEYS[0][0] == "D … S"


def test_the_fields_follow_from_a_round_of_cells_to_a_round_of_numbers(room, cycle, scaled):
    page = room.open(ReviewsPage)
    [of_cells, of_numbers] = [cycle, scaled(0, 100, 1)]
    for number, kind in ((of_cells, Segments), (of_numbers, ScoreLine), (of_cells, Segments)):
        page.rounds.put(number)
        assert {type(row.grid) for row in rows(page)} == {kind}


def test_a_changed_scale_shows_the_anchor_below_and_the_next():
    anchors = [(Decimal(n), Message(str(n))) for n in range(1, 6)]
    found = {score: [int(at) for at, _ in around(anchors, score)]
             for score in (None, Decimal(1), Decimal("2.5"), Decimal(5))}  # fmt: skip
    assert found == {None: [3, 4], Decimal(1): [1, 2], Decimal("2.5"): [2, 3], Decimal(5): [5]}


def test_characters_no_font_has_are_told_before_printing(room, file, today, qtbot):
    team.add(name="王\U000323af", joined=date(2023, 1, 1), today=today)
    service.start(period=Q3, template="quarterly", today=today)
    page = room.open(ReviewsPage)
    room.click(page.blank)
    [preview] = page.findChildren(Preview)
    with qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert preview.missing.isVisible()
    assert "王\U000323af的“\U000323af”" in preview.missing.words.text()
    preview.close()


def test_the_course_of_the_reviews_stands_beside_the_scores_and_is_printed(room, cycle, people, today):
    for period, score in (("2026Q1", 2), ("2026Q2", 3)):
        before = service.start(period=Period.parse(period), template="quarterly", today=today)
        for row in queries.reviews(before)[:1]:
            score_all(row.id, score)
            service.sign(review=row.id, today=today)
    page = room.open(ReviewsPage)
    page.arrive(queries.reviews(cycle)[1].id)
    assert page.sheet.aside.past.isHidden()
    page.arrive(queries.reviews(cycle)[0].id)
    assert not page.sheet.aside.past.isHidden()
    told = page.sheet.aside.course.accessibleDescription()
    assert [said in told for said in ("2026Q1", "40", "2026Q2", "60")] == [True] * 4
    room.click(page.sheet.aside.paper)
    [preview] = page.findChildren(Preview)
    with room.qtbot.waitSignal(preview.ready, timeout=20_000):
        pass
    assert len(preview.view.paper) == 1
    assert preview.windowTitle().startswith("绩效历程")
    preview.close()
