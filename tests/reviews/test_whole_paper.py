"""Every form of the reviews, PF-01 to PF-09: there in both languages, blank and filled, for the whole team in one job,
with names that few fonts can draw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from pypdf import PdfReader

from desktopapp.kernel.frozen import replace
from desktopapp.kernel.message import M
from desktopapp.kernel.period import Period
from desktopapp.overview import review_history
from desktopapp.printing.spec import form_title
from desktopapp.reviews import queries, report, service
from desktopapp.reviews.imports import read_back
from desktopapp.storage import unit
from desktopapp.team import queries as roster
from desktopapp.team import service as team
from tests.conftest import TODAY
from tests.reviews.team import hire, score_all
from tests.reviews.test_forms import back, by_accepting
from tests.reviews.test_report import AT, BOTH, EN, ZH, words

RARE = "李㛃𫖯"
PEOPLE = ("陈志远", "仇振华", "李㛃𫖯", "欧阳静")


class Round:
    """A quarter and a month of four people, all scored, the quarter signed, with everything around it."""

    def __init__(self) -> None:
        people = hire(4)
        team.change(person=people["李娜"], name=RARE)
        team.name_firm(name="远航商贸有限公司", owner="周建国")
        self.month = service.start(period=Period.parse("2026-09"), template="monthly_quick", today=TODAY)
        self.cycle = service.start(period=Period.parse("2026H1"), template="half_year", today=TODAY)
        self.reviews = [row.id for row in queries.reviews(self.cycle)]
        self.people = [row.person for row in queries.reviews(self.cycle)]
        service.ask_peers(cycle=self.cycle, today=TODAY)
        with unit("tests.score", M("Score everybody")):
            for row in (*queries.reviews(self.month), *queries.reviews(self.cycle)):
                score_all(row.id, Decimal(2))
                score_all(row.id, Decimal(3), by=service.self_score)

    def around(self) -> None:
        """What follows: signatures, objections, talks, plans."""
        for each in self.reviews:
            service.sign(review=each, today=TODAY)
            service.object_to(review=each, text=f"漏计回款 {RARE}", today=TODAY)
            service.arrange(review=each, planned=date(2026, 11, 25), time="14:00", place="小会议室", kind="quarterly",
                            interviewer="周建国", today=TODAY)  # fmt: skip
            service.open_improvement(review=each, today=TODAY)


@pytest.fixture
def whole(file) -> Round:
    return Round()


def printed_forms(of: Round, *, filled: bool) -> dict[str, Callable[..., Any]]:
    """How each form is printed for everybody."""
    firm = roster.firm()
    more = {"firm": firm, "printed": AT}
    found = {
        "PF-01": partial(report.review_forms, cycle=of.cycle, filled=filled, **more),
        "PF-02": partial(report.review_forms, cycle=of.month, filled=filled, **more),
        "PF-04": partial(report.interview_forms, reviews=of.reviews, filled=filled, **more),
        "PF-07": partial(report.improvement_forms, reviews=of.reviews, filled=filled, **more),
        "PF-08": partial(report.objection_forms, reviews=of.reviews, filled=filled, **more),
    }
    if filled:
        found["PF-03"] = partial(report.self_forms, reviews=of.reviews, **more)
        found["PF-09"] = partial(review_history.history_forms, people=of.people, printed=AT)
        return found
    service.issue(reviews=of.reviews, today=TODAY)
    found["PF-03"] = partial(report.rater_forms, cycle=of.cycle, relations=("self",), **more)
    found["PF-05"] = partial(report.rater_forms, cycle=of.cycle, **more)
    return found


@pytest.mark.parametrize("languages", [ZH, EN, BOTH], ids=["zh", "en", "both"])
def test_each_form_of_the_whole_team_is_one_job_in_every_language(whole, tmp_path, languages):
    look(tmp_path, languages, printed_forms(whole, filled=False))
    whole.around()
    look(tmp_path, languages, printed_forms(whole, filled=True))


def look(tmp_path, languages, jobs):
    """Print each, and look for everybody's page, the form's number and its titles."""
    for code, make in jobs.items():
        path = tmp_path / f"{code}.pdf"
        made = make(path, languages)
        pdf = PdfReader(path)
        text = words(pdf.pages)
        assert made.forms == len(pdf.outline) >= len(PEOPLE), code
        assert {mark.title for mark in pdf.outline} == set(PEOPLE), code
        assert all(name in text for name in PEOPLE), code
        assert f"{code}·v1" in text, code
        titles = [words_of for words_of, in_it in ((form_title(code).zh, languages[0].is_chinese),
                                                   (form_title(code).en, not languages[-1].is_chinese)) if in_it]
        if code != "PF-01":  # headed by its template
            assert [each for each in titles if each.replace(" ", "") not in text] == [], code


def test_customers_sheets_are_one_job_too(file, tmp_path):
    people = hire(2)
    cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
    for row in queries.reviews(cycle):
        service.ask_raters(review=row.id, relation="customer", names=["铁塔公司 刘总", "㛃𫖯商行", "华鼎"], today=TODAY)
    for languages in (ZH, EN, BOTH):
        made = report.rater_forms(tmp_path / "c.pdf", languages, cycle=cycle, firm=None, printed=AT)
        text = words(PdfReader(made.path).pages)
        assert made.forms == 3 * len(people)
        assert "㛃𫖯商行" in text
        assert "PF-06·v1" in text


def test_a_self_assessment_is_printed_as_it_was_handed_in(sent, tmp_path):
    [found] = read_back([back(sent, tmp_path, RARE)])
    service.accept(taken=[by_accepting(found)], today=TODAY)
    made = report.self_forms(tmp_path / "selves.pdf", ZH, reviews=[sent.reviews[RARE], sent.reviews["王芳"]],
                             firm=None, printed=AT)  # fmt: skip
    pdf = PdfReader(made.path)
    at = pdf.get_destination_page_number(pdf.outline[1])
    answered, silent = words(pdf.pages[:at]), words(pdf.pages[at:])
    for said in (RARE, "收获：大客户谈判。", "谈判技巧", "1月what华鼎（㛃）", "8月12日，sales_result，𫖯总"):
        assert said in answered, said
    assert "王芳" in silent
    assert "华鼎" not in silent


def test_no_character_of_a_rare_name_is_missing_on_any_form(whole):
    whole.around()
    for missing in (
        report.missing_glyphs(ZH[0], filled=True, cycle=whole.cycle),
        report.missing_glyphs(ZH[0], filled=True, cycle=whole.month),
        report.missing_in_selves(ZH[0], reviews=whole.reviews),
        report.missing_in_interviews(ZH[0], reviews=whole.reviews, filled=True),
        report.missing_in_improvements(ZH[0], reviews=whole.reviews, filled=True),
        report.missing_in_objections(ZH[0], reviews=whole.reviews, filled=True),
        report.missing_in_sheets(whole.cycle),
        review_history.missing_glyphs(ZH[0], people=whole.people),
    ):
        assert missing == []


def test_dimensions_stand_under_their_sections_and_one_section_needs_no_heading(whole, tmp_path):
    service.issue(reviews=whole.reviews, today=TODAY)
    of = {"cycle": whole.cycle, "people": whole.people[:1], "firm": None, "printed": AT}
    appraisal = report.review_forms(tmp_path / "1.pdf", ZH, filled=True, **of)
    peers = report.rater_forms(tmp_path / "5.pdf", ZH, **of)
    selves = report.self_forms(tmp_path / "3.pdf", ZH, reviews=whole.reviews[:1], firm=None, printed=AT)
    for made, headings in (
        (appraisal, ("业绩·60%销售业绩", "客户·15%客户满意与服务")), (selves, ("业绩销售业绩", "态度与品行团队协作")),
        (peers, ("态度与品行团队协作",)),
    ):  # fmt: skip
        text = words(PdfReader(made.path).pages)
        assert [each for each in headings if each not in text] == [], text
    form = queries.template("half_year")
    service.edit_template(form=replace(form, sections=form.sections[:1],
                                       dimensions=tuple(replace(each, section="results") for each in form.dimensions)))
    plain = report.review_forms(tmp_path / "p.pdf", ZH, filled=False, firm=None, printed=AT, template="half_year")
    assert "业绩·" not in words(PdfReader(plain.path).pages)
