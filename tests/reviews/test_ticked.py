"""Sheets ticked by hand come back as scans and photos: matched, judged, and taken over as the owner says."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from PIL import Image

from desktopapp.kernel import marks
from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.printing.square import modules
from desktopapp.reviews import queries, report, rules, service
from desktopapp.reviews.imports import read_back
from desktopapp.reviews.service import Taken
from desktopapp.storage import revert, undoable
from tests.conftest import TODAY
from tests.reviews import fill, scans
from tests.reviews.scans import CROSS, FILLED
from tests.reviews.team import hire, review_of, score_all
from tests.reviews.test_hostile import everything

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("file")]
DPI = 130


class Round:
    """李娜 is rated by others, on paper."""

    def __init__(self, folder):
        self.folder, self.chance = folder, random.Random(5)
        self.people = hire(6)
        self.cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
        self.review = review_of(self.cycle, "李娜")

    def ask(self, relation, *names):
        people = [self.people[name] for name in names if name in self.people]
        others = [name for name in names if name not in self.people]
        return service.ask_raters(review=self.review, relation=relation, people=people, names=others, today=TODAY)

    def printed(self, relation="peer", languages=("zh_CN",), dpi=DPI):
        """The pages of every sheet of a kind that is still out."""
        return scans.pages(scans.printed(self.folder / "out.pdf", self.cycle, (relation,), languages), dpi)

    def tick(self, page, score, how=CROSS):
        """The same box in every row."""
        ticked = page.copy()
        pen = scans.Pen(ticked, self.chance)
        for row in scans.rows_of(page):
            pen.tick(row, score - 1, how)
        return ticked

    def save(self, page, name):
        path = self.folder / name
        page.save(path)
        return path

    def line(self, name="teamwork"):
        return next(line for line in queries.sheet(self.review).dimensions if line.id == name)


@pytest.fixture
def round_(tmp_path):
    return Round(tmp_path)


def accept(each, **decided):
    chosen = frozenset(change.key for change in each.changes) | decided.keys()
    service.accept(
        taken=[Taken(each.form.id, {**each.answers, **decided}, chosen, each.path.name, each.way)], today=TODAY
    )


def why(found, zh):
    return [zh.text(each.refused) for each in found if each.refused]


def test_a_stack_of_sheets_in_one_scan_fills_in_what_colleagues_gave(round_, tmp_path):
    score_all(round_.review, Decimal(4))
    forms = round_.ask("peer", "陈志远", "仇振华", "欧阳静")
    first, *others = [round_.tick(page, nth + 1) for nth, page in enumerate(round_.printed())]
    first.save(tmp_path / "stack.pdf", save_all=True, append_images=[Image.new("L", first.size, 255), *others],
               resolution=DPI)  # fmt: skip
    before = everything()
    found = read_back([tmp_path / "stack.pdf"])
    assert everything() == before
    assert [(each.form.id, each.pages, each.refused, each.doubts) for each in found] == [
        (form, (page,), None, ()) for form, page in zip(forms, (1, 3, 4), strict=True)
    ]
    assert all(change.is_covered for each in found for change in each.changes)
    for each in found:
        accept(each)
    assert round_.line().others == (("peer", Decimal(2)),)
    assert {(row.state, row.way) for row in queries.raters(round_.review)} == {("accepted", "scan")}


def test_a_photo_of_a_superior_s_sheet_shows_before_and_after_and_can_be_undone(round_):
    round_.ask("superior", "覃晓岚")
    service.score(review=round_.review, dimension="teamwork", score=Decimal(2))
    [page] = round_.printed("superior", dpi=200)
    photo = scans.photographed(round_.tick(page, 4), random.Random(2), tilt=0.02)
    [found] = read_back([round_.save(photo, "photo.jpg")])
    assert [(c.before, c.after) for c in found.changes if c.key == "score:teamwork"] == [("2", "4")]
    accept(found)
    assert {line.score for line in queries.sheet(round_.review).dimensions} == {4}
    revert(undoable().unit)
    assert round_.line().score == 2


def test_a_self_assessment_on_paper_is_read_too(round_, tmp_path):
    service.issue(reviews=[round_.review], today=TODAY)
    first, second = round_.printed("self")
    paths = [round_.save(round_.tick(first, 3), "a.png"), round_.save(second, "b.png")]
    [found] = read_back(paths)
    assert (found.refused, found.doubts, len(found.changes)) == (None, (), 10)
    accept(found)
    assert {line.self_score for line in queries.sheet(round_.review).dimensions} == {3}


def test_n_is_no_answer_and_nothing_to_be_asked(round_):
    round_.ask("customer", "北方物流 刘总")
    [page] = round_.printed("customer")
    count = len(rules.options(queries.form_of(round_.review), "customer"))
    [found] = read_back([round_.save(round_.tick(page, count), "n.png")])
    assert (found.refused, found.changes, found.doubts) == (None, (), ())


def test_an_unclear_row_is_asked_with_its_picture_and_never_answered_by_itself(round_):
    round_.ask("superior", "覃晓岚")
    [page] = round_.printed("superior")
    rows = scans.rows_of(page)
    ticked = round_.tick(page, 4)
    scans.Pen(ticked, round_.chance).tick(rows[1], 0, FILLED)
    [found] = read_back([round_.save(ticked, "two.png")])
    [doubt] = found.doubts
    assert doubt.key not in found.answers
    assert doubt.key not in {change.key for change in found.changes}
    assert [kept for kept, _ in doubt.options] == ["1", "2", "3", "4", "5"]
    assert (doubt.is_empty, len(doubt.pixels)) == (False, doubt.width * doubt.height)
    assert min(doubt.pixels) < 100 < max(doubt.pixels)
    accept(found, **{doubt.key: "4"})
    assert {line.score for line in queries.sheet(round_.review).dimensions} == {4}


def test_an_empty_sheet_says_so_and_answers_nothing(round_, zh):
    round_.ask("peer", "陈志远")
    [found] = read_back([round_.save(round_.printed()[0], "empty.png")])
    assert [zh.text(each) for each in found.warnings] == ["这张表上一格也没有选。"]
    assert (found.answers, found.changes) == ({}, ())
    assert all(each.is_empty for each in found.doubts)


def test_a_sheet_is_read_in_whichever_languages_it_was_printed(round_):
    round_.ask("superior", "覃晓岚")
    for languages in (("en",), ("zh_CN", "en")):
        pages = round_.printed("superior", languages)
        paths = [round_.save(round_.tick(page, 5), f"{nth}.png") for nth, page in enumerate(pages)]
        [found] = read_back(paths)
        assert (found.refused, {change.after for change in found.changes}) == (None, {"5"})


def test_a_page_that_did_not_come_back_is_told(round_, zh, monkeypatch):
    """A form so long that its ratings fill two pages."""
    round_.ask("superior", "覃晓岚")
    first, *_ = round_.printed("superior")
    asked = rules.ticked(queries.form_of(round_.review), "superior")
    monkeypatch.setattr(rules, "ticked", lambda *_: (*asked, "score:more", "score:most"))
    monkeypatch.setattr(queries, "square_seal", lambda _form, _said: marks.parted(said)[1])
    said = scans.sighting.sighted(first).said
    [found] = read_back([round_.save(round_.tick(first, 5), "a.png")])
    assert [zh.text(each) for each in found.warnings] == ["有一页没有交回，上面有 2 项评分。"]


# What is not taken


def test_a_sheet_that_was_taken_over_is_refused_the_second_time(round_, zh):
    round_.ask("peer", "陈志远")
    [page] = round_.printed()
    path = round_.save(round_.tick(page, 3), "a.png")
    accept(*read_back([path]))
    other = round_.save(round_.tick(page, 5), "b.png")
    [again], [differing] = why(read_back([path]), zh), why(read_back([other]), zh)
    assert again == "陈志远的这张表已在2026年11月23日采纳，这个文件的内容相同，不必重复读入。"
    assert differing.startswith("陈志远的这张表已在2026年11月23日采纳；这个文件的内容与当时不同，")


def test_a_sheet_sent_back_is_refused(round_, zh):
    [form] = round_.ask("peer", "陈志远")
    path = round_.save(round_.tick(round_.printed()[0], 3), "a.png")
    service.send_back(form=form, file="a.png", today=TODAY)
    assert "退回" in why(read_back([path]), zh)[0]


def test_nothing_is_taken_of_a_sheet_about_a_signed_review(round_, zh):
    round_.ask("peer", "陈志远")
    path = round_.save(round_.tick(round_.printed()[0], 3), "a.png")
    score_all(round_.review, Decimal(4))
    service.sign(review=round_.review, today=TODAY)
    assert why(read_back([path]), zh) == ["李娜的评估已签字，内容不再改动。"]


def test_the_same_sheet_twice_counts_once_and_two_that_differ_not_at_all(round_, zh):
    round_.ask("peer", "陈志远")
    [page] = round_.printed()
    ticked = round_.tick(page, 3)
    one, again = round_.save(ticked, "a.png"), round_.save(ticked.rotate(180), "b.jpg")
    other = round_.save(round_.tick(page, 5), "c.png")
    found = read_back([one, again])
    assert [each.refused is None for each in found] == [True, False]
    assert why(found, zh) == ["与 a.png 中的是同一张表，勾选相同。"]
    assert why(read_back([one, other]), zh) == [
        f"这张表交回了两次，勾选不一致，另见 {name} 第 1 页。请只放入作数的那一张。" for name in ("c.png", "a.png")
    ]


def test_a_file_and_a_sheet_of_the_same_form_that_differ_are_both_refused(round_, zh):
    forms = round_.ask("superior", "覃晓岚")
    [page] = round_.printed("superior")
    [path] = report.forms_to_fill(round_.folder, (language("zh_CN"),), forms=forms, firm=None)
    asked = rules.ticked(queries.form_of(round_.review), "superior")
    typed = fill.by_pypdf(path, dict.fromkeys(asked, "2") | {"sure": "Yes"}, round_.folder / "typed.pdf")
    found = read_back([typed, round_.save(round_.tick(page, 5), "a.png")])
    assert [text[:9] for text in why(found, zh)] == ["同一张表交回了几个"] * 2


def test_a_square_that_was_altered_or_copied_from_another_firm_is_refused(round_, zh):
    forms = round_.ask("peer", "陈志远", "仇振华")
    one, other = round_.printed()
    said = scans.sighting.sighted(one).said
    body, seal = marks.parted(said)

    def with_square(text):
        page = round_.tick(one, 3)
        rows, side = modules(text, fine=False), marks.SIDE / 25.4 * DPI
        left, top = (part / 25.4 * DPI for part in marks.SQUARE)
        page.paste(255, (round(left) - 2, round(top) - 2, round(left + side) + 3, round(top + side) + 3))
        step = side / len(rows)
        for nth, row in enumerate(rows):
            for start, count in row:
                scans.ImageDraw.Draw(page).rectangle(
                    (left + start * step, top + nth * step, left + (start + count) * step - 0.6,
                     top + (nth + 1) * step - 0.6), fill=0)  # fmt: skip
        return why(read_back([round_.save(page, "a.png")]), zh)

    assert with_square(said) == []
    turned = body.replace(body[14:17], marks._number(int(body[14:17], 36) + 1, 3))
    assert with_square(marks.sealed(turned, seal))[0].startswith("这张表的二维码被改动过")
    strange = "当前数据里没有发出过这个编号的表"
    nonce = scans.sighting.sighted(other).said[8:14]
    assert with_square(marks.sealed(body[:8] + nonce + body[14:], seal))[0].startswith(strange)
    assert with_square(marks.sealed(body[:4] + "0ZZZ" + body[8:], seal))[0].startswith(strange)
    assert forms


def test_pages_without_a_square_say_why_each(round_, zh):
    round_.ask("peer", "陈志远")
    [page] = round_.printed()
    width, height = page.size
    paths = [
        round_.save(Image.effect_noise((900, 1200), 60), "cat.jpg"),
        round_.save(page.crop((0, 0, width, height // 2)), "half.png"),
        round_.save(Image.new("L", (900, 1200), 255), "white.png"),
    ]
    assert [text[:7] for text in why(read_back(paths), zh)] == ["本页没有可识别", "四角的黑块没有", "本页是空白的。"]


def test_a_scan_of_a_signed_review_is_told_as_that(round_, zh):
    from datetime import UTC, datetime

    score_all(round_.review, Decimal(4))
    service.sign(review=round_.review, today=TODAY)
    path = round_.folder / "signed.pdf"
    report.review_forms(path, (language("zh_CN"),), filled=True, firm=None, cycle=round_.cycle,
                        people=[round_.people["李娜"]], printed=datetime(2026, 11, 23, tzinfo=UTC))  # fmt: skip
    paths = [round_.save(page, f"{nth}.png") for nth, page in enumerate(scans.pages(path, 200))]
    assert any("已签署的评估表" in text for text in why(read_back(paths), zh))


def test_a_folder_stands_for_the_pictures_in_it_too(round_):
    round_.ask("peer", "陈志远")
    (round_.folder / "back").mkdir()
    round_.save(round_.tick(round_.printed()[0], 3), "back/a.PNG")
    (round_.folder / "back" / "notes.txt").write_text("x")
    [found] = read_back([round_.folder / "back"])
    assert found.refused is None


def test_without_the_part_that_reads_scans_the_owner_is_told(round_, zh, monkeypatch):
    from desktopapp.exchange import scanned

    round_.ask("peer", "陈志远")
    path = round_.save(round_.printed()[0], "a.png")
    monkeypatch.setattr(scanned, "_asked", lambda _path: [{"refused": scanned.NO_READER}])
    assert "缺少“scan”组件" in why(read_back([path]), zh)[0]
    scan = round_.folder / "scan.pdf"
    round_.printed()[0].save(scan)
    assert "缺少“scan”组件" in why(read_back([scan]), zh)[0]
