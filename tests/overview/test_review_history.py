"""The way somebody's reviews went, on paper."""

from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from desktopapp.kernel.period import Period
from desktopapp.overview import review_history
from desktopapp.reviews import queries, service
from desktopapp.team import service as team
from tests.overview.test_charts import judged  # noqa: F401 - a fixture
from tests.reviews.test_report import AT, BOTH, EN, TODAY, ZH, words


def show(tmp_path, people, languages=ZH, **more):
    printed = review_history.history_forms(
        tmp_path / "history.pdf", languages, people=people, printed=AT, **more
    )  # fmt: skip
    return printed, PdfReader(printed.path)


@pytest.mark.parametrize("languages", [ZH, EN, BOTH])
def test_every_signed_review_stands_with_its_change_and_the_line_of_totals_above(judged, tmp_path, languages):  # noqa: F811
    printed, pdf = show(tmp_path, [judged], languages)
    text = words(pdf.pages)
    for said in ("张伟", "2026Q1", "2026Q2", "2026Q3", "40", "60", "80", "+20"):
        assert said in text, said
    titles = ["绩效历程表", "得分走势"] * languages[0].is_chinese
    titles += ["Reviewhistory", "Courseofthetotals"] * (not languages[-1].is_chinese)
    assert [each for each in titles if each not in text] == []
    assert (printed.forms, printed.pages) == (1, 1)


def test_the_last_review_stands_beside_the_one_before_dimension_by_dimension(judged, tmp_path):  # noqa: F811
    text = words(show(tmp_path, [judged])[1].pages)
    assert "销售业绩30%34+1" in text


def test_a_month_is_beside_a_month_and_a_quarter_beside_a_quarter(judged, tmp_path):  # noqa: F811
    for period, score in (("2026-09", 5), ("2026-10", 2)):
        cycle = service.start(period=Period.parse(period), template="monthly_quick", today=TODAY)
        [row] = queries.reviews(cycle)
        for each in queries.form(cycle).dimensions:
            service.score(review=row.id, dimension=each.id, score=Decimal(score))
        service.sign(review=row.id, today=TODAY)
    text = words(show(tmp_path, [judged])[1].pages)
    assert "-60" in text
    assert "销售业绩40%52-3" in text


def test_who_was_never_reviewed_gets_an_empty_sheet_and_a_rare_name_is_found(judged, tmp_path):  # noqa: F811
    new = team.add(name="李㛃𫖯", joined=date(2026, 11, 2), today=TODAY)
    printed, pdf = show(tmp_path, [judged, new])
    assert (printed.forms, printed.pages) == (2, 2)
    assert [mark.title for mark in pdf.outline] == ["张伟", "李㛃𫖯"]
    assert "李㛃𫖯" in words([pdf.pages[1]])
    assert "2026Q3" not in words([pdf.pages[1]])
    assert review_history.missing_glyphs(ZH[0], people=[judged, new]) == []


def test_a_batch_of_histories_that_is_stopped_leaves_no_file(judged, tmp_path):  # noqa: F811
    def stop(done, whole):
        raise KeyboardInterrupt((done, whole))

    with pytest.raises(KeyboardInterrupt, match=r"\(1, 1\)"):
        show(tmp_path, [judged], progress=stop)
    assert list(tmp_path.glob("*.pdf*")) == []
