"""A copy of everything of one person, and erasing it: by the tables themselves, so that none is ever passed over."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zipfile import ZipFile

import apsw
import pytest

from desktopapp.areas import TABLES
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M
from desktopapp.kernel.money import Money
from desktopapp.overview import bin as deleted
from desktopapp.overview import history, own_data, privacy, sample, search
from desktopapp.overview.belonging import RECORDS, by_which, is_someones
from desktopapp.reviews import queries as reviews
from desktopapp.reviews.models import Event, Review, Signature
from desktopapp.reviews.queries import register
from desktopapp.sales.models import Deal
from desktopapp.storage import DB, close_file, erase, open_file, rows, undoable, unit
from desktopapp.storage.unit import unlock
from desktopapp.team import queries as team
from desktopapp.team import service
from desktopapp.team.models import CATEGORIES, Person

TODAY = date(2026, 11, 23)
LATER = date(2029, 11, 23)
EVERY = tuple(category for category, _ in CATEGORIES)
PHONE, NAME = "13700001234", "慕容秋雁"


@pytest.fixture
def somebody(file):
    """The sample firm's people under the name of somebody whose name stands nowhere else, with all that is his."""
    sample.load(TODAY)
    person = next(row.id for row in team.people() if reviews.results(row.id))
    service.change(person=person, name=NAME, phone=PHONE, base_pay=Money.yuan(9000), note="家里有两个孩子")
    with unit("test.note", own_words()):
        Event.create(person=person, day=TODAY, text=f"{NAME}带来新客户")
        Deal.update(owner=NAME).where(Deal.person == person).execute()
    service.log_print(form="PF-01", at=datetime(2026, 11, 23, 8, tzinfo=UTC), pages=2, people=[(person, NAME)])
    return person


def own_words():
    return M("Name the firm “{name}”", name=NAME)


@pytest.fixture
def leaver(somebody):
    service.let_go(person=somebody, day=date(2026, 11, 20))
    return somebody


def plain_bytes(folder, tmp_path):
    """The whole file without its cipher, free pages and all."""
    copy = tmp_path / "plain.db"
    copy.write_bytes((folder / "teamhelm.db").read_bytes())
    plain = apsw.Connection(str(copy))
    unlock(plain, DB.key)
    plain.execute("pragma journal_mode=delete")
    plain.execute("pragma rekey=''")
    plain.close()
    return copy.read_bytes()


def test_every_table_that_names_people_is_either_erased_or_stays_without_the_name():
    """A table added later must take its place, or this fails."""
    placed = [table for tables in privacy.TABLES.values() for table in tables]
    assert len(placed) == len(set(placed))
    assert set(placed) | privacy.STAYING == {table for table in RECORDS if is_someones(table)}
    assert set(placed) & privacy.STAYING == set()


def test_every_column_of_the_roster_is_emptied_but_those_that_sums_are_made_of():
    emptied = {column.name for columns in privacy.COLUMNS.values() for column in columns}
    emptied |= {column.name for column in privacy.NAMES}
    everything = {field.name for field in Person._meta.sorted_fields if not field.primary_key}
    assert everything - emptied == {"team", "is_owner", "joined", "status", "left"}


def test_the_copy_has_every_column_of_every_row(somebody, tmp_path, zh):
    path = tmp_path / "copy.zip"
    count = own_data.write(path, somebody, (zh,), today=TODAY)
    with ZipFile(path) as archive:
        assert sorted(archive.namelist()) == ["data.json", "data.pdf"]
        stated = json.loads(archive.read("data.json"))
        assert archive.read("data.pdf").startswith(b"%PDF")
    by_name = {each["name"]: each for each in stated["tables"]}
    assert count == sum(len(each["rows"]) for each in stated["tables"])
    for table in RECORDS:
        name = table._meta.table_name
        if not is_someones(table) or name not in by_name:
            continue
        wanted = {field.column_name for field in table._meta.sorted_fields}
        assert all(set(row) == wanted for row in by_name[name]["rows"]), name
    assert by_name["person"]["rows"][0]["name"] == NAME
    assert by_name["person"]["rows"][0]["base_pay"] == "9000.00"
    assert len(by_name["deal"]["rows"]) == Deal.select().where(Deal.person == somebody).count()
    assert NAME in by_name["event"]["rows"][0]["text"]


def test_the_copy_holds_nothing_of_anybody_else(somebody, tmp_path, zh):
    found = own_data.kept(somebody)
    for each in found:
        column = by_which(each.table) if each.table is not Person else None
        if column is not None and column.name == "person":
            values = {row[column.column_name] for _, row in each.rows}
            assert values == {somebody}, each.table


def test_who_still_works_here_is_not_erased(somebody):
    with pytest.raises(Refused, match="works here"):
        privacy.forget(somebody, EVERY, today=TODAY)


def test_what_the_law_keeps_is_not_erased_before_its_time(leaver):
    with pytest.raises(Refused, match="The law"):
        privacy.forget(leaver, ("pay",), today=date(2028, 11, 20))
    privacy.forget(leaver, ("pay",), today=date(2028, 11, 21))
    assert team.person(leaver).base_pay is None
    assert team.person(leaver).name == NAME


def test_what_is_held_is_not_erased(leaver):
    service.hold(person=leaver, reason="劳动仲裁中", today=TODAY)
    with pytest.raises(Refused, match="Held"):
        privacy.forget(leaver, EVERY, today=LATER)
    assert privacy.due(LATER) == []
    service.release(person=leaver)
    assert [found.person for found in privacy.due(LATER)] == [leaver]


def test_nothing_is_proposed_before_its_time_and_everything_after(leaver):
    assert privacy.due(TODAY) == []
    assert privacy.plan(leaver, date(2027, 12, 1)).due == ("noted",)
    assert set(privacy.plan(leaver, LATER).due) == set(EVERY)


def test_the_owner_may_keep_longer_but_not_shorter_than_the_law(leaver):
    service.keep_for(category="noted", months=36)
    assert "noted" not in privacy.plan(leaver, date(2029, 11, 20)).due
    with pytest.raises(Refused, match="at least"):
        service.keep_for(category="pay", months=12)


def test_not_a_byte_of_who_is_erased_is_left_in_the_file(leaver, file, tmp_path):
    assert NAME.encode() in plain_bytes(file, tmp_path)
    done = privacy.forget(leaver, EVERY, today=LATER)
    left = plain_bytes(file, tmp_path)
    assert PHONE.encode() not in left
    assert "家里有两个孩子".encode() not in left
    assert NAME.encode() not in left
    assert done.is_whole
    assert done.mentions == ()


def test_sums_are_what_they_were_and_the_file_is_sound(leaver):
    before = rows(Deal.select(Deal.person, Deal.amount, Deal.status).order_by(Deal.id))
    privacy.forget(leaver, EVERY, today=LATER)
    assert rows(Deal.select(Deal.person, Deal.amount, Deal.status).order_by(Deal.id)) == before
    assert team.person(leaver).name == f"#{leaver}"
    assert history.check() == ()


def test_neither_undo_nor_the_bin_brings_anything_back(leaver):
    privacy.forget(leaver, EVERY, today=LATER)
    told = [str(gone.what.values) for gone in deleted.deleted(TODAY)]
    assert not any(NAME in each for each in told)
    for _ in range(20):
        if (step := undoable()) is None:
            break
        history.undo(step.unit)
    assert erase.mentions(NAME) == []


def test_the_register_hangs_together_without_the_entries_that_went(leaver, zh):
    codes = [each.code for each in register.versions(reviews.results(leaver)[0].review)]
    privacy.forget(leaver, EVERY, today=LATER)
    assert Review.select().where(Review.person == leaver).count() == 0
    assert Signature.select().count() > 0
    assert register.check(codes[0]).matches is False
    assert "已" in zh.text(register.check(codes[0]).says[0])
    assert register.check(codes[0]).faults == ()


def test_a_name_that_others_have_too_is_left_in_what_is_not_his(leaver):
    service.add(name=NAME, today=TODAY)
    done = privacy.forget(leaver, EVERY, today=LATER)
    assert done.is_whole
    assert {each.table for each in done.mentions} >= {"person"}
    assert team.person(leaver).name == f"#{leaver}"


def test_a_backup_that_is_put_back_does_not_bring_him_back(leaver, file):
    close_file()
    backup = (file / "teamhelm.db").read_bytes()
    open_file(file, TABLES)
    privacy.forget(leaver, EVERY, today=LATER)
    assert privacy.honour(LATER) == 0
    close_file()
    (file / "teamhelm.db").write_bytes(backup)
    (file / "seal.json").unlink()
    open_file(file, TABLES)
    assert team.person(leaver).name == NAME
    assert privacy.honour(LATER) == 1
    assert team.person(leaver).name == f"#{leaver}"
    assert erase.mentions(NAME) == []


def test_what_is_remembered_of_him_tells_nobody_who_he_was(leaver, file):
    privacy.forget(leaver, EVERY, today=LATER)
    stated = (file / "forgotten.json").read_text()
    assert NAME not in stated
    assert str(leaver) in stated


def test_a_stranger_with_his_number_in_another_file_is_left_alone(leaver, file):
    privacy.forget(leaver, EVERY, today=LATER)
    with unit("test.rename", own_words()):
        Person.update(name="别人").where(Person.id == leaver).execute()
    assert privacy.honour(LATER) == 0
    assert team.person(leaver).name == "别人"


def test_a_failure_half_way_leaves_everything_as_it_was(leaver, monkeypatch):
    def torn(*_args):
        raise OSError(28, "no space")

    monkeypatch.setattr(erase, "rename", torn)
    with pytest.raises(Exception, match=r"."):
        privacy.forget(leaver, EVERY, today=LATER)
    monkeypatch.undo()
    assert team.person(leaver).name == NAME
    assert Review.select().where(Review.person == leaver).count() > 0
    service.change(person=leaver, phone="13800000000")
    assert undoable() is not None
    assert privacy.honour(LATER) == 0
    assert team.person(leaver).name == NAME


@pytest.mark.parametrize(("at", "is_kept"), [("erase", False), ("compact", True)])
def test_an_erasing_that_is_broken_off_was_done_or_was_not(leaver, file, monkeypatch, at, is_kept):
    """Where it was done, a backup from before brings nobody back; where it was not, nothing goes behind one's back."""

    class Off(BaseException):
        """The power went."""

    def off(*_args):
        raise Off

    search.catch_up()
    close_file()
    backup = (file / "teamhelm.db").read_bytes()
    open_file(file, TABLES)
    monkeypatch.setattr(erase, at, off)
    with pytest.raises(Off):
        privacy.forget(leaver, EVERY, today=LATER)
    monkeypatch.undo()
    assert privacy.honour(LATER) == 0
    assert (erase.mentions(NAME) == []) == is_kept
    assert (search.INDEX.holding(NAME, 100) == []) == is_kept
    close_file()
    (file / "teamhelm.db").write_bytes(backup)
    open_file(file, TABLES)
    assert privacy.honour(LATER) == int(is_kept)
    assert (team.person(leaver).name == NAME) != is_kept
