"""What the owner sets for his firm: its names, its forms, its season, its working days."""

from datetime import date

import pypdf
import pytest

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.period import HALF, QUARTER, Period
from desktopapp.kernel.workday import is_workday
from desktopapp.overview import history
from desktopapp.storage import revert, undoable
from desktopapp.team import queries, report, service
from tests.conftest import TODAY
from tests.kernel.test_workday import NOTICE

pytestmark = pytest.mark.usefixtures("file")


def paper(tmp_path, *languages) -> str:
    path = tmp_path / "roster.pdf"
    report.roster(path, languages, today=TODAY)
    return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_only_what_is_given_of_the_firm_changes():
    service.name_firm(name="远航商贸", owner="周建国")
    service.change_firm(printed_name="远航商贸有限公司", seal="名称上")
    firm = queries.firm()
    assert (firm.name, firm.owner, firm.printed_name, firm.seal) == ("远航商贸", "周建国", "远航商贸有限公司", "名称上")


def test_what_is_left_as_it_was_is_no_step_of_undo():
    service.name_firm(name="远航商贸")
    before = undoable()
    service.change_firm(name="远航商贸")
    assert undoable() == before


def test_a_season_may_be_chosen_before_the_firm_has_a_name():
    service.change_firm(season="half")
    assert queries.season().of(TODAY) == Period(date(2026, 7, 1), HALF)
    assert queries.firm().name == ""


def test_without_a_word_of_it_the_season_is_the_quarter_of_the_calendar():
    assert queries.season().of(TODAY) == Period(date(2026, 10, 1), QUARTER)


def test_a_form_bears_the_firm_s_registered_name_its_number_and_the_place_of_the_seal(tmp_path, zh):
    service.name_firm(name="远航")
    service.change_firm(printed_name="远航商贸有限公司", seal="名称上")
    service.number_form(form="TE-01", number="YH-RS-07")
    text = paper(tmp_path, zh)
    assert "远航商贸有限公司（盖章：名称上）" in text
    assert "YH-RS-07 · v" in text
    assert "TE-01" not in text


def test_the_number_that_ships_comes_back_when_the_field_is_cleared(tmp_path, zh):
    service.name_firm(name="远航")
    service.number_form(form="TE-01", number="YH-RS-07")
    service.number_form(form="TE-01", number=" ")
    assert queries.form_numbers() == {}
    assert "TE-01" in paper(tmp_path, zh)


def test_two_forms_cannot_bear_one_number(zh):
    with pytest.raises(Refused) as no:
        service.number_form(form="TE-01", number="PF-01")
    assert (no.value.field, zh.text(no.value.message)) == ("TE-01", "表单 PF-01 已使用这个编号。")
    service.number_form(form="PF-01", number="KH-1")
    service.number_form(form="TE-01", number="PF-01")


def test_the_calendar_that_ships_holds_without_a_word_of_the_owner():
    assert is_workday(date(2026, 2, 14), queries.swaps())
    assert not is_workday(date(2026, 10, 1), queries.swaps())
    assert (len(queries.holidays(2026)), queries.knows_holidays(2027)) == (39, False)


def test_the_owner_s_day_stands_over_the_one_that_ships_and_undo_takes_it_back():
    service.set_holiday(day=date(2026, 11, 27), kind="off", name="公司年会")
    service.drop_holiday(day=date(2026, 10, 10))
    assert not is_workday(date(2026, 11, 27), queries.swaps())
    assert not is_workday(date(2026, 10, 10), queries.swaps())
    assert date(2026, 10, 10) not in [row.day for row in queries.holidays(2026)]
    revert(undoable().unit)
    assert is_workday(date(2026, 10, 10), queries.swaps())


def test_a_notice_pasted_for_a_year_is_known_from_then_on(zh):
    assert service.take_in_holidays(text=NOTICE.replace("2026", "2027"), year=2027) == 39
    assert queries.knows_holidays(2027)
    assert next((row.day, row.kind, row.name, row.is_own) for row in queries.holidays(2027)) == (
        date(2027, 1, 1), "off", "元旦", True,
    )  # fmt: skip
    service.restore_holidays(year=2027)
    assert not queries.knows_holidays(2027)
    assert queries.knows_holidays(2026)


def test_a_text_without_dates_is_refused():
    with pytest.raises(Refused) as no:
        service.take_in_holidays(text="放假通知", year=2027)
    assert no.value.field == "text"
    assert queries.holidays(2027) == []


def test_the_history_tells_of_it_in_words(zh):
    service.number_form(form="TE-01", number="YH-RS-07")
    entry = history.firm_history()[0]
    assert zh.text(entry.words) == "修改“团队花名册”的编号"
