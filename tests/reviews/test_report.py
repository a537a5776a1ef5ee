"""The review form on paper: blank and filled, in one language and in two."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageFilter
from pypdf import PdfReader

from desktopapp.goals import service as goals
from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.printing.form import Fonts
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.queries import StepLine
from desktopapp.team import queries as roster
from desktopapp.team import service as team

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
Q3 = Period.parse("2026Q3")
ZH, EN = (language("zh_CN"),), (language("en"),)
BOTH = ZH + EN


@pytest.fixture
def people(file):
    team.name_firm(name="远航商贸有限公司", owner="周建国")
    rows = [
        {"name": "王芳", "position": "客户经理", "team": "华东一组", "number": "A02", "joined": date(2023, 4, 10)},
        {"name": "𬱖媞", "joined": date(2022, 9, 1)},
        {"name": "李<b>&娜", "joined": date(2022, 9, 1)},
    ]
    return dict(zip(("wang", "rare", "tags"), team.add_many(rows, today=TODAY), strict=True))


@pytest.fixture
def cycle(people):
    goals.set_goal(person=people["wang"], period=Q3, name="到期应收回款率", metric="collection_rate",
                   target=Decimal(96), start=Decimal(89), weight=Decimal(100), today=date(2026, 7, 1))  # fmt: skip
    goals.check_in(goal=1, day=date(2026, 9, 30), value=Decimal("94.5"), today=TODAY)
    return service.start(period=Q3, template="quarterly", today=TODAY)


def review_of(cycle, person):
    return next(row.id for row in queries.reviews(cycle) if row.person == person)


@pytest.fixture
def judged(cycle, people):
    """王芳's review with everything in it but the signature."""
    review = review_of(cycle, people["wang"])
    for line in queries.sheet(review).dimensions:
        service.self_score(review=review, dimension=line.id, score=Decimal(5))
        service.score(review=review, dimension=line.id, score=Decimal(4))
    service.note_evidence(review=review, dimension="collection", evidence="1 笔逾期已收回")
    service.write(review=review, field="highlights", text="8月12日签下远大集团框架合同")
    service.write(review=review, field="opinion", text="同意")
    service.set_outcomes(review=review, outcomes=["reward"])
    service.set_steps(review=review, steps=[StepLine("新客户开发", by=date(2026, 12, 31))])
    return review


def show(tmp_path, languages=ZH, name="forms.pdf", **asked):
    printed = report.review_forms(tmp_path / name, languages, firm=roster.firm(), printed=AT, **asked)
    return printed, PdfReader(printed.path)


def words(pages):
    return "".join(re.sub(r"\s", "", page.extract_text()) for page in pages)


def test_one_file_holds_a_form_a_person_with_a_bookmark_each(cycle, tmp_path):
    printed, pdf = show(tmp_path, cycle=cycle, filled=False)
    assert (printed.forms, printed.pages, len(pdf.pages)) == (3, 6, 6)
    names = [row.name for row in queries.reviews(cycle)]
    assert [mark.title for mark in pdf.outline] == names
    assert set(names) == {"李<b>&娜", "王芳", "𬱖媞"}
    assert [pdf.get_destination_page_number(mark) for mark in pdf.outline] == [0, 2, 4]
    for page, name in zip(pdf.pages[::2], names, strict=True):
        assert name in words([page])
        assert "第1页共2页" in words([page])


def test_a_blank_form_knows_the_person_and_the_template_and_no_score(judged, people, cycle, tmp_path):
    printed, pdf = show(tmp_path, cycle=cycle, people=[people["wang"]], filled=False)
    text = words(pdf.pages)
    for known in (
        "王芳", "客户经理", "华东一组", "2023年4月10日", "2026年第三季度", "周建国", "2026Q3-A02", "1,270", "销售业绩",
        "30%", "在约定周期内完成签约额", "远航商贸有限公司", "打印时间2026年11月23日09:30",
    ):  # fmt: skip
        assert known in text, known
    for unknown in ("1笔逾期", "框架合同", "回款率", "同意。"):
        assert unknown not in text
    assert printed.pages == 2


def test_a_filled_form_says_everything_the_page_says(judged, people, cycle, tmp_path):
    _, pdf = show(tmp_path, cycle=cycle, people=[people["wang"]], filled=True)
    text = words(pdf.pages)
    for said in ("到期应收回款率", "96%", "94.5%", "78.6%", "基准值89%", "1笔逾期已收回", "25.2", "84", "A优秀", "1.15",
                 "8月12日签下远大集团框架合同", "新客户开发", "同意"):  # fmt: skip
        assert said in text, said


def test_a_signed_form_carries_its_code_on_every_page(judged, people, cycle, tmp_path):
    service.sign(review=judged, today=TODAY)
    _, pdf = show(tmp_path, cycle=cycle, people=[people["wang"]], filled=True)
    code = queries.sheet(judged).code
    assert all(f"校验码{code}" in words([page]) for page in pdf.pages)


def test_beside_the_signatures_stand_code_and_place_and_a_telephone_reads_the_same(judged, people, cycle, tmp_path):
    service.sign(review=judged, today=TODAY)
    for languages in (ZH, EN, BOTH):
        printed, pdf = show(tmp_path, languages, cycle=cycle, people=[people["wang"]], filled=True)
        code = queries.sheet(judged).code
        text = words([pdf.pages[-1]])
        assert printed.pages == 2
        assert f"{code}登记第1号，共1号" in text or f"{code}Registerno.1of1" in text
        assert scanned(printed.path) == [f"TH:SIGN:1:{code}"]


def test_a_form_that_is_not_signed_has_no_code(judged, people, cycle, tmp_path):
    printed, pdf = show(tmp_path, cycle=cycle, people=[people["wang"]], filled=True)
    assert scanned(printed.path) == []
    assert "登记第" not in words(pdf.pages)


def test_a_corrected_form_names_what_it_corrects_and_the_old_one_is_void(judged, people, cycle, tmp_path):
    service.sign(review=judged, today=TODAY)
    old = queries.sheet(judged)
    service.amend(review=judged, reason="漏计")
    service.score(review=judged, dimension="collection", score=Decimal(5))
    service.sign(review=judged, today=TODAY)
    _, pdf = show(tmp_path, cycle=cycle, people=[people["wang"]], filled=True)
    assert "登记第2号，共2号第2版，更正第1号" in words(pdf.pages)
    printed = report.version_form(
        tmp_path / "old.pdf", BOTH, review=judged, version=1, firm=roster.firm(), printed=AT
    )  # fmt: skip
    text = words(PdfReader(printed.path).pages)
    assert f"{old.code}登记第1号，共2号" in text
    assert "作废，已由第2号取代" in text
    assert scanned(printed.path) == [f"TH:SIGN:1:{old.code}"]


def scanned(path, scale=1.4):
    """What a camera reads on the last page: a hundred dots an inch, a little out of focus."""
    with pypdfium2.PdfDocument(path) as document:
        picture = document[len(document) - 1].render(scale=scale, grayscale=True).to_pil()
    return [each.text for each in zxingcpp.read_barcodes(picture.filter(ImageFilter.GaussianBlur(0.6)))]


def test_both_languages_stand_on_the_same_two_pages(judged, people, cycle, tmp_path):
    for filled in (True, False):
        printed, pdf = show(tmp_path, BOTH, cycle=cycle, people=[people["wang"]], filled=filled)
        text = words(pdf.pages)
        for both in ("客户经理季度绩效评估表", "Accountmanagerquarterlyreview", "回款与应收", "Collections", "被评估人",
                     "Personreviewed", "第1页共2页", "Page1of2"):  # fmt: skip
            assert both in text, both
        assert printed.pages == 2


def test_an_english_form_says_nothing_in_chinese_but_what_people_wrote(people, tmp_path):
    team.change(person=people["wang"], name="Wang", position="", team="")
    team.name_firm(name="Far Trading", owner="Zhou")
    _, pdf = show(tmp_path, EN, people=[people["wang"]], period=Q3, filled=False)
    text = words(pdf.pages)
    assert "Standardinbrief" in text
    assert not re.search("[\u4e00-\u9fff]", text)


def test_signatures_are_never_parted(judged, people, cycle, tmp_path):
    service.write(review=judged, field="comment", text="一段很长的评语。" * 400)
    for languages in (ZH, EN, BOTH):
        _, pdf = show(tmp_path, languages, cycle=cycle, people=[people["wang"]], filled=True)
        holding = [words([page]) for page in pdf.pages][-1]
        signs = ("被评估人", "总经理审定") if languages[0].is_chinese else ("Personreviewed", "Generalmanager")
        assert all(sign in holding for sign in signs)


def test_without_a_round_the_team_gets_blank_forms_and_so_does_nobody(people, tmp_path):
    printed, _ = show(tmp_path, filled=False, period=Q3)
    assert printed.forms == 3
    for person in people.values():
        team.let_go(person=person, day=TODAY)
    printed, pdf = show(tmp_path, filled=False)
    assert (printed.forms, printed.pages) == (1, 2)
    assert "销售业绩" in words(pdf.pages)


def test_a_filled_form_without_a_round_is_a_slip_in_the_code(people, tmp_path):
    with pytest.raises(ValueError, match="round"):
        show(tmp_path, filled=True)
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_round_on_another_template_is_headed_by_its_name(people, tmp_path):
    cycle = service.start(period=Q3, template="key_account", today=TODAY)
    _, pdf = show(tmp_path, cycle=cycle, filled=False)
    assert "大客户经理季度评估" in words([pdf.pages[0]])
    assert "客户经理季度绩效评估表" not in words([pdf.pages[0]])


def test_characters_no_font_has_are_told_by_person_before_printing(people, cycle):
    team.change(person=people["wang"], name="王\U0001f600")
    assert report.missing_glyphs(ZH[0], filled=True, cycle=cycle) == [("王\U0001f600", "\U0001f600")]
    assert report.missing_glyphs(ZH[0], filled=False, people=[people["rare"]]) == []


def test_the_same_reviews_give_the_same_bytes(judged, cycle, tmp_path):
    first, _ = show(tmp_path, BOTH, cycle=cycle, filled=True)
    second, _ = show(tmp_path, BOTH, "again.pdf", cycle=cycle, filled=True)
    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_batch_that_is_stopped_leaves_no_file(cycle, tmp_path):
    def stop(done, whole):
        assert whole == 3
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        show(tmp_path, cycle=cycle, filled=False, progress=stop)
    assert list(tmp_path.glob("*.pdf*")) == []


def test_a_batch_cuts_its_fonts_once(cycle, tmp_path, monkeypatch):
    fonts, cut = Fonts(), []
    make = type(fonts.regular)._make_program
    monkeypatch.setattr(type(fonts.regular), "_make_program", lambda font: cut.append(font) or make(font))
    show(tmp_path, cycle=cycle, filled=False, fonts=fonts)
    show(tmp_path, name="again.pdf", cycle=cycle, filled=False, fonts=fonts)
    assert len(cut) == 2
