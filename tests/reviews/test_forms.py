"""A form goes out as a file and comes back filled in."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktopapp import storage
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.language import language
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.imports import read_back
from desktopapp.reviews.service import Taken
from tests.reviews import fill


def back(sent, tmp_path, name, by=fill.by_pypdf, **more):
    """The form of somebody, filled in."""
    folder = tmp_path / "back"
    folder.mkdir(exist_ok=True)
    return by(sent.paths[name], sent.answers(name) | more, folder / f"{name}.pdf")


def by_accepting(each):
    chosen = frozenset(change.key for change in each.changes)
    return Taken(each.form.id, each.answers, chosen, each.path.name)


needs_pdfjs = pytest.mark.skipif(
    not (fill.NODE and fill.PDFJS.exists()), reason="needs Node, and pdf.js as dev.py test fetches it"
)
ENGINES = [fill.by_pypdf, fill.by_pdfium, pytest.param(fill.by_pdfjs, marks=needs_pdfjs)]


@pytest.mark.parametrize("by", ENGINES)
def test_what_was_typed_comes_back_letter_by_letter(sent, tmp_path, by):
    path = back(sent, tmp_path, "李㛃𫖯", by)
    [found] = read_back([path])
    assert found.refused is None
    assert found.warnings == ()
    kept = {key: text for key, text in sent.answers("李㛃𫖯").items() if key not in {"signer", "dated", "sure"}}
    assert dict(found.answers) == kept
    assert {change.key: change.after for change in found.changes} == kept


@pytest.mark.parametrize("by", ENGINES)
def test_what_was_typed_is_seen_on_the_page_without_a_font_of_the_system(sent, tmp_path, by):
    empty = [page.convert("L") for page in fill.pictures(sent.paths["王芳"])]
    full = [page.convert("L") for page in fill.pictures(back(sent, tmp_path, "王芳", by))]
    assert len(empty) == len(full) == 2
    for before, after in zip(empty, full, strict=True):
        inked = sum(after.histogram()[:100]) - sum(before.histogram()[:100])
        assert inked > 1000


def test_the_font_of_the_fields_holds_every_character_of_the_list_for_names(sent):
    form = PdfReader(sent.paths["王芳"]).root_object["/AcroForm"]
    assert form["/NeedAppearances"] == False  # noqa: E712 - a boolean of the format's own
    unicode = form["/DR"]["/Font"]["/Wingdings"]["/ToUnicode"].get_data().decode("ascii")
    for character in "玥喆堃祎㛃𫖯䶮":
        assert f"<{character.encode('utf-16-be').hex().upper()}>" in unicode


def test_a_file_is_named_to_be_sent_as_it_is(sent):
    assert sent.paths["王芳"].name == "王芳_员工自评表_2026Q3.pdf"
    assert sent.paths["王芳"].stat().st_size < 3 << 20


def test_a_form_written_again_is_the_same_form(sent, tmp_path):
    again = service.issue(reviews=sent.reviews.values(), today=None)
    assert again == sent.forms
    [path] = report.forms_to_fill(tmp_path, (language("zh_CN"),), forms=again[1:2], firm=None)
    name = path.name.split("_")[0]
    assert path.read_bytes() == sent.paths[name].read_bytes()


def test_reading_back_writes_nothing(sent, tmp_path):
    before = storage.latest()
    read_back([back(sent, tmp_path, "王芳")])
    assert storage.latest() == before
    assert queries.answers(sent.reviews["王芳"]) == {}


def test_only_what_the_owner_ticks_is_taken_over(sent, tmp_path, today):
    [found] = read_back([back(sent, tmp_path, "王芳")])
    key = f"score:{sent.dimensions[3]}"
    service.accept(taken=[Taken(found.form.id, found.answers, frozenset({key, "gain"}), "王芳.pdf")], today=today)
    lines = queries.sheet(sent.reviews["王芳"]).dimensions
    assert [line.self_score for line in lines if line.self_score is not None] == [Decimal(4)]
    assert queries.answers(sent.reviews["王芳"]) == {key: "4", "gain": sent.answers("王芳")["gain"]}
    assert [text for _, text in queries.in_words(sent.reviews["王芳"])] == [sent.answers("王芳")["gain"]]


def test_taking_over_is_one_step_of_undo(sent, tmp_path, today, zh):
    found = read_back([back(sent, tmp_path, "王芳"), back(sent, tmp_path, "张伟")])
    service.accept(taken=list(map(by_accepting, found)), today=today)
    assert queries.reviews(sent.cycle)[0].state in ("self", "manager")
    step = storage.undoable()
    assert zh.text(step.words) == "采纳 2 人的自评表"
    storage.revert(step.unit)
    assert queries.answers(sent.reviews["王芳"]) == {}
    assert all(line.self_score is None for line in queries.sheet(sent.reviews["王芳"]).dimensions)
    [again] = read_back([tmp_path / "back" / "王芳.pdf"])
    assert again.refused is None


def test_sending_out_is_no_step_of_undo(sent):
    assert storage.undoable().words.msgid == "Start the reviews of {period}"


def test_a_whole_self_assessment_moves_the_review_on(sent, tmp_path, today):
    [found] = read_back([back(sent, tmp_path, "王芳")])
    service.accept(taken=[by_accepting(found)], today=today)
    assert {row.name: row.state for row in queries.reviews(sent.cycle)}["王芳"] == "manager"
    [form] = [row for row in queries.rater_forms(sent.cycle) if row.name == "王芳"]
    assert (form.state, form.returned) == ("accepted", today)


def test_a_form_of_which_nothing_is_ticked_is_kept_and_can_be_taken_over_later(sent, tmp_path, today):
    path = back(sent, tmp_path, "王芳")
    [found] = read_back([path])
    service.accept(taken=[Taken(found.form.id, found.answers, frozenset(), path.name)], today=today)
    assert queries.answers(sent.reviews["王芳"]) == {}
    assert queries.came_back(found.form.id) == dict(found.answers)
    [again] = read_back([path])
    service.accept(taken=[by_accepting(again)], today=today)
    assert queries.answers(sent.reviews["王芳"]) == dict(found.answers)


def test_before_and_after_stand_side_by_side(sent, tmp_path, today):
    key = sent.dimensions[0]
    service.self_score(review=sent.reviews["王芳"], dimension=key, score=Decimal(5))
    service.self_score(review=sent.reviews["王芳"], dimension=sent.dimensions[1], score=Decimal(2))
    [found] = read_back([back(sent, tmp_path, "王芳")])
    assert [(c.before, c.after) for c in found.changes if c.key == f"score:{key}"] == [("5", "1")]
    assert found.same == {f"score:{sent.dimensions[1]}"}


def test_a_folder_stands_for_the_forms_in_it(sent, tmp_path):
    back(sent, tmp_path, "王芳")
    back(sent, tmp_path, "张伟")
    (tmp_path / "back" / "说明.txt").write_text("请查收", encoding="utf-8")
    told = []
    found = read_back([tmp_path / "back"], lambda *how_far: told.append(how_far))
    assert sorted(each.form.name for each in found) == ["张伟", "王芳"]
    assert told == [(1, 2), (2, 2)]


def said(found, zh):
    return zh.text(found.refused) if found.refused else ""


def test_a_form_taken_over_is_refused_the_second_time(sent, tmp_path, today, zh):
    path = back(sent, tmp_path, "王芳")
    [found] = read_back([path])
    service.accept(taken=[by_accepting(found)], today=today)
    assert said(read_back([path])[0], zh) == "王芳的这张表已在2026年11月23日采纳，这个文件的内容相同，不必重复读入。"
    other = back(sent, tmp_path, "王芳", gain="另一种说法")
    assert "内容与当时不同" in said(read_back([other])[0], zh)
    with pytest.raises(Refused):
        service.accept(taken=[by_accepting(found)], today=today)


def test_the_same_form_twice_counts_once_and_two_versions_not_at_all(sent, tmp_path, zh):
    one = back(sent, tmp_path, "王芳")
    same = Path(shutil.copy(one, tmp_path / "back" / "王芳 (1).pdf"))
    first, second = read_back([one, same])
    assert said(first, zh) == ""
    assert said(second, zh) == "与 王芳.pdf 是同一张表，内容相同。"
    other = fill.by_pypdf(sent.paths["王芳"], {"gain": "改过的"}, tmp_path / "back" / "王芳 (2).pdf")
    assert all("几个内容不同的文件" in said(each, zh) for each in read_back([one, other]))


def test_a_form_with_somebody_elses_name_under_it_is_refused(sent, tmp_path, zh):
    path = back(sent, tmp_path, "王芳", signer="张伟")
    assert said(read_back([path])[0], zh) == "这是王芳的表，但填表人写的是张伟。"


def test_a_signed_review_takes_nothing(sent, tmp_path, today, zh):
    for key in sent.dimensions:
        service.score(review=sent.reviews["王芳"], dimension=key, score=Decimal(3))
    service.sign(review=sent.reviews["王芳"], today=today)
    path = back(sent, tmp_path, "王芳")
    assert said(read_back([path])[0], zh) == "王芳的评估已签字，内容不再改动。"


def test_a_form_that_was_sent_back_is_refused_and_a_new_one_goes_out(sent, tmp_path, today, zh):
    path = back(sent, tmp_path, "王芳")
    [found] = read_back([path])
    service.send_back(form=found.form.id, file=path.name, today=today)
    assert "已在2026年11月23日退回" in said(read_back([path])[0], zh)
    assert service.issue(reviews=[sent.reviews["王芳"]], today=today) != (found.form.id,)


def test_nothing_filled_in_is_said(sent, zh):
    [found] = read_back([sent.paths["王芳"]])
    assert found.refused is None
    assert [zh.text(each) for each in found.warnings] == ["表里什么也没有填。", "没有勾选“以上由本人填写，内容属实”。"]


def test_who_is_signed_gets_no_form(sent, today):
    for key in sent.dimensions:
        service.score(review=sent.reviews["王芳"], dimension=key, score=Decimal(3))
    service.sign(review=sent.reviews["王芳"], today=today)
    with pytest.raises(Refused):
        service.issue(reviews=[sent.reviews["王芳"]], today=today)


def test_the_history_names_the_questions(sent, tmp_path, today, zh):
    from desktopapp.overview import wording

    [found] = read_back([back(sent, tmp_path, "王芳")])
    service.accept(taken=[by_accepting(found)], today=today)
    traces = storage.traces_in(storage.undoable().unit, 200)
    names = {zh.show(wording.called((each.table, each.record), within=True)) for each in traces}
    assert "成果 1：数字与时间" in names
    assert "自评：销售业绩" in names
