"""Everything of the firm leaves in one folder, and all dates as a calendar."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import icalendar
import pytest

from desktopapp import cli
from desktopapp.areas import TABLES
from desktopapp.exchange.calendar import Entry, as_ics
from desktopapp.goals import service as goals
from desktopapp.goals.models import Goal
from desktopapp.kernel.errors import Fault
from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.overview import dates, everything, sample
from desktopapp.storage import close_file, open_file
from desktopapp.team import service as team
from tests.sales.made import planned

TODAY = date(2026, 11, 23)
MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
ZH, EN = language("zh_CN"), language("en")


def events(path):
    """What stands in a calendar file: the first and last day, and the words, by key."""
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(each["uid"]): (each.decoded("dtstart"), str(each["summary"])) for each in calendar.walk("VEVENT")}


@pytest.fixture
def wang(file):
    return team.add(name="王芳", today=TODAY, probation_end=date(2026, 12, 31), contract_end=date(2027, 3, 1),
                    birthday=date(1990, 12, 1), birthday_calendar="lunar")  # fmt: skip


def test_every_date_is_there_with_its_reminder(wang, tmp_path):
    goals.set_goal(person=wang, period=Period.parse("2026Q4"), name="签约 100 万", target=Decimal(1_000_000),
                   unit="元", weight=100, today=TODAY)  # fmt: skip
    planned("蓝海", 700, date(2026, 12, 2))
    path = tmp_path / "dates.ics"
    assert dates.write(path, ZH, today=TODAY, made=MADE) == 8
    found = events(path)
    assert found[f"probation-{wang}@teamhelm"] == (date(2026, 12, 31), "王芳试用期到期")
    assert found[f"contract-{wang}@teamhelm"] == (date(2027, 3, 1), "王芳合同到期")
    assert (date(2026, 12, 31), "王芳的目标到期：签约 100 万") in found.values()
    assert (date(2026, 12, 2), "蓝海应付 ¥700.00") in found.values()
    assert b"BEGIN:VALARM" in path.read_bytes()


def test_a_lunar_birthday_falls_on_its_own_day_each_year(wang):
    born = [each for each in dates.dates(TODAY) if each.key.startswith("birthday")]
    assert [each.day for each in born] == [date(2026, 11, 23), date(2027, 11, 12), date(2028, 11, 30)]


def test_a_calendar_taken_in_twice_moves_its_entries(wang):
    first = as_ics([Entry("goal-1", TODAY, "目标")], name="x", made=MADE)
    assert as_ics([Entry("goal-1", TODAY, "目标")], name="x", made=MADE) == first
    assert b"UID:goal-1@teamhelm" in first
    assert b"DTEND;VALUE=DATE:20261124" in first


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """The sample firm, taken out in Chinese by the command."""
    folder = tmp_path_factory.mktemp("all")
    open_file(folder / "data", TABLES)
    sample.load(TODAY)
    close_file()
    out = folder / "out"
    given = ["export", str(out), "--data", str(folder / "data"), "--today", "2026-11-23", "--lang", "zh"]
    assert cli.main(given) == 0
    [made] = out.iterdir()
    return made


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_sample_firm_is_all_there(taken):
    assert taken.name == "远航商贸_2026-11-23"
    names = {path.name for path in taken.iterdir()}
    assert {"商机.csv", "客户.csv", "回款.csv", "团队名册_人员.csv", "目标_目标.csv", "日期.ics"} <= names
    assert len([name for name in names if name.endswith(".pdf")]) >= 5
    assert not any(name.endswith(".part") for name in names)


def test_the_contents_name_every_file_with_its_rows(taken):
    heading, *listed = read(taken / "本文件夹内容.csv")
    assert heading == ["文件", "内容", "行数或页数"]
    assert {row[0] for row in listed} == {path.name for path in taken.iterdir()} - {"本文件夹内容.csv"}
    counts = {row[0]: int(row[2]) for row in listed}
    assert counts["商机.csv"] == len(read(taken / "商机.csv")) - 1 == 471
    assert all(count > 0 for count in counts.values())


def test_what_refers_to_somebody_says_his_name(taken):
    heading, *rows = read(taken / "目标_目标.csv")
    assert {row[heading.index(ZH.text(Goal.person.verbose_name))] for row in rows} > {"王芳", "张伟"}


def test_what_a_nameless_rater_gave_is_not_in_it(taken):
    assert not [path for path in taken.iterdir() if "不记名" in path.name]


def test_stopping_leaves_nothing_behind(file, tmp_path):
    sample.load(TODAY)

    class Stopped(Exception):
        pass

    def stop(part, _whole):
        if part == 3:
            raise Stopped

    with pytest.raises(Stopped):
        everything.export(tmp_path / "out", EN, today=TODAY, made=MADE, told=stop)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(file, tmp_path):
    place = tmp_path / "a file"
    place.write_text("x")
    with pytest.raises(Fault):
        everything.export(place, ZH, today=TODAY, made=MADE)
