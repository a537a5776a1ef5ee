"""Ticked sheets, scanned or photographed: what is read, what is asked, and that nothing is read wrong."""

from __future__ import annotations

import io
import random
import sys

import pytest
from PIL import Image

from desktopapp.areas import TABLES
from desktopapp.exchange import scanned, sighting
from desktopapp.exchange.scanned import read_scan
from desktopapp.kernel import marks
from desktopapp.kernel.errors import Refused
from desktopapp.storage import close_file, open_file
from tests.reviews import scans

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """The sheet of every kind of rater, as it is printed."""
    place = tmp_path_factory.mktemp("scans")
    open_file(place / "data", TABLES)
    yield scans.sheets(place / "sheets")
    close_file()


@pytest.fixture(scope="module")
def clean(papers):
    return scans.pages(papers["peer"], 150)[0]


def why(path, zh):
    with pytest.raises(Refused) as no:
        read_scan(path)
    return zh.text(no.value.message)


def test_no_tick_is_read_wrong_and_few_in_good_order_are_asked(papers):
    found = scans.told(papers, range(24))
    assert {outcome for kind, outcome in found if kind != scans.UNREADABLE} == {scans.RIGHT, scans.ASKED}
    good = {each: sum(found[kind, each] for kind in scans.CLEAN) for each in (scans.RIGHT, scans.ASKED)}
    assert good[scans.RIGHT] > 20 * good[scans.ASKED]
    assert not any(kind == scans.UNREADABLE for kind, _ in found)


@pytest.mark.parametrize("kind", [scans.CORRECTED, scans.TWO, scans.BLANK, scans.SLIPPED, scans.DOT])
def test_what_is_no_clear_tick_is_asked_even_on_the_best_scan(clean, kind):
    page, chance = clean.copy(), random.Random(1)
    meant = scans.answer(page, scans.rows_of(clean), chance, unusual=0)
    row = scans.rows_of(clean)[2]
    again = clean.copy()
    pen = scans.Pen(again, chance)
    if kind in (scans.CORRECTED, scans.TWO):
        pen.tick(row, 0, scans.FILLED)
        pen.tick(row, 3, scans.CROSS)
    elif kind != scans.BLANK:
        pen.tick(row, 3, kind)
    seen = {each.question: each for each in sighting.sighted(again).rows}[row.question]
    assert not seen.is_sure or seen.choice == sighting.NOTHING
    assert {outcome for _, outcome in scans.outcome(meant, sighting.sighted(page))} == {scans.RIGHT}


@pytest.mark.parametrize("relation", scans.RELATIONS)
def test_the_square_tells_where_every_box_is(papers, relation):
    page = scans.pages(papers[relation], 200)[0]
    for row in scans.rows_of(page):
        for nth in range(row.count):
            x, y = (200 / 25.4 * part for part in (row.left + nth * row.step, row.middle))
            side = 200 / 25.4 * marks.BOX / 2
            line = page.crop((round(x - side - 2), round(y), round(x - side + 3), round(y) + 1)).tobytes()
            assert min(line) < 120, (row, nth)
            assert page.getpixel((round(x), round(y))) > 250


def test_a_file_is_read_page_by_page_in_a_process_of_its_own(papers, clean, tmp_path):
    """A stack out of a scanner with a blank back, a photo, and the printed file itself."""
    page, chance = clean.copy(), random.Random(3)
    meant = scans.answer(page, scans.rows_of(clean), chance, unusual=0)
    back = Image.new("L", page.size, 250)
    page.save(tmp_path / "stack.pdf", save_all=True, append_images=[back, page.rotate(180)], resolution=150)
    first, empty, turned = read_scan(tmp_path / "stack.pdf")
    assert [each.number for each in (first, empty, turned)] == [1, 2, 3]
    assert empty.sight.why == sighting.EMPTY
    for each in (first, turned):
        assert {row.question: row.choice for row in each.sight.rows} == {key: nth for key, (nth, _) in meant.items()}
    scans.photographed(page, chance).save(tmp_path / "photo.jpg", quality=80)
    [photo] = read_scan(tmp_path / "photo.jpg")
    assert photo.sight.said == first.sight.said
    assert not any(row.pixels for row in photo.sight.rows)
    [unticked] = read_scan(papers["peer"])
    assert {row.choice for row in unticked.sight.rows} == {sighting.NOTHING}
    assert all(len(row.pixels) == row.width * row.height > 0 for row in unticked.sight.rows)


def test_a_page_without_corners_or_square_says_which(clean):
    width, height = clean.size
    assert sighting.sighted(clean.crop((0, 0, width, height // 2))).why == sighting.CUT
    assert sighting.sighted(clean.crop((0, height // 2, width, height))).why == sighting.NO_SQUARE


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"x" * 500, "图片已损坏"),
        ("a.png", b"", "图片已损坏"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, "图片已损坏"),
        ("a.gif", b"GIF89a" + b"\0" * 50, "图片已损坏"),
    ],
    ids=["jpg", "png", "pdf", "gif"],
)
def test_what_is_no_picture_is_refused(tmp_path, zh, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    assert said in why(path, zh)


def test_a_picture_larger_than_any_scan_is_not_unpacked(tmp_path, zh):
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    assert "文件超过" in why(tmp_path / "bomb.png", zh)


def test_a_picture_of_something_else_bears_no_square(tmp_path):
    Image.effect_noise((600, 800), 90).save(tmp_path / "noise.png")
    [page] = read_scan(tmp_path / "noise.png")
    assert (page.sight.why, page.sight.rows) == (sighting.NO_SQUARE, ())


def test_without_its_part_the_program_says_what_is_missing(tmp_path, zh, monkeypatch, clean):
    """A child that cannot import the reader answers so; the owner reads what to do."""
    clean.save(tmp_path / "a.png")
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    out = io.BytesIO()
    scanned.answer([str(tmp_path / "a.png")], io.BytesIO(), out)
    assert out.getvalue() == b'{"refused": "no_reader"}\n'
    assert "缺少“scan”组件" in zh.text(scanned.REASONS[scanned.NO_READER])


def test_an_answer_without_end_is_cut_off(papers, monkeypatch):
    out = io.BytesIO()
    monkeypatch.setattr(scanned, "ANSWER", 1000)
    scanned.answer([str(papers["peer"])], io.BytesIO(), out)
    assert out.getvalue().endswith(b'{"refused": "unreadable"}\n')


def test_a_reader_that_hangs_is_given_up(tmp_path, zh, monkeypatch, clean):
    clean.save(tmp_path / "a.png")
    monkeypatch.setattr(scanned, "SECONDS", 0.05)
    assert "读取用时过长" in why(tmp_path / "a.png", zh)
