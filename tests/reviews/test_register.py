"""The register of what was signed, tampered with in every way: what it tells, and what only paper tells."""

from __future__ import annotations

import json
from random import Random

import pytest

from desktopapp.kernel.language import language
from desktopapp.reviews.rules import register
from desktopapp.reviews.rules.register import Entry, Kept

COUNT, ATTACKS, EVERY = 300, 200, 50


def made(texts: list[str], after: list[Kept] | None = None) -> list[Kept]:
    """A register of these texts, as signing makes it; one that goes on after entries that are there."""
    entries = list(after or ())
    for number, text in enumerate(texts, len(entries) + 1):
        entry = Entry(number, entries[-1].sha256 if entries else "")
        document = register.canonical({"text": text, "entry": register.plain(entry)})
        entries.append(Kept(number, document, register.fingerprint(document)))
    return entries


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [f"王芳 {n}：{n % 41 + 60} 分" for n in range(1, COUNT + 1)]


@pytest.fixture(scope="module")
def whole(texts) -> list[Kept]:
    return made(texts)


@pytest.fixture
def luck() -> Random:
    return Random(20261123)


def papers(entries, every=1):
    """The codes that stand on paper: of every form, or of every fiftieth."""
    return {each.code for each in entries[every - 1 :: every]}


def is_told(entries, printed=frozenset()):
    """Whether the register itself, or a paper held against it, tells that something was done to it."""
    return bool(register.faults(entries)) or not printed <= papers(entries)


def test_an_untouched_register_hangs_together(whole):
    assert register.faults(whole) == []
    assert not is_told(whole, papers(whole))


def test_every_altered_entry_is_told(whole, luck):
    for _ in range(ATTACKS):
        at = luck.randrange(COUNT)
        old = whole[at]
        altered = Kept(old.number, old.document.replace("分", "份"), old.sha256)
        assert register.faulty([*whole[:at], altered, *whole[at + 1 :]]) == {old.number}


def test_an_entry_altered_with_a_new_fingerprint_breaks_the_next_one(whole, luck):
    for _ in range(ATTACKS):
        at = luck.randrange(COUNT - 1)
        document = whole[at].document.replace("分", "份")
        altered = Kept(at + 1, document, register.fingerprint(document))
        assert register.faulty([*whole[:at], altered, *whole[at + 1 :]]) == {at + 2}


def test_every_entry_taken_out_of_the_middle_is_told(whole, luck):
    for _ in range(ATTACKS):
        at = luck.randrange(COUNT - 1)
        assert register.faulty(whole[:at] + whole[at + 1 :]) == {at + 1}


def test_two_entries_that_change_places_are_told(whole, luck):
    for _ in range(ATTACKS):
        at = luck.randrange(COUNT - 1)
        one, other = whole[at], whole[at + 1]
        swapped = [Kept(one.number, other.document, other.sha256), Kept(other.number, one.document, one.sha256)]
        assert register.faults([*whole[:at], *swapped, *whole[at + 2 :]])


def test_a_register_made_wholly_anew_is_told_by_no_rule_but_by_paper(texts, whole, luck):
    by_all = by_some = 0
    for _ in range(ATTACKS):
        at = luck.randrange(COUNT)
        forged = made([texts[at] + "（改）", *texts[at + 1 :]], after=whole[:at])
        assert register.faults(forged) == []
        by_all += is_told(forged, papers(whole))
        by_some += is_told(forged, papers(whole, EVERY))
    assert by_all == ATTACKS
    assert by_some == ATTACKS  # the last entry is a fiftieth, so a paper comes after each


def test_with_a_paper_for_every_fiftieth_only_what_comes_after_the_last_can_be_made_anew(texts, whole, luck):
    count = COUNT - 10
    printed, last = papers(whole[:count], EVERY), count // EVERY * EVERY
    told = {}
    for _ in range(ATTACKS):
        at = luck.randrange(count)
        told[at] = is_told(made(["改", *texts[at + 1 : count]], after=whole[:at]), printed)
    assert all(found == (at < last) for at, found in told.items())
    assert not all(told.values())


def test_a_tail_cut_off_is_told_by_a_paper_of_it_alone(whole):
    cut = whole[:-30]
    assert register.faults(cut) == []
    assert is_told(cut, papers(whole))
    assert not is_told(cut, papers(whole[:-30], EVERY))


def test_entries_the_program_took_out_itself_are_no_fault(whole):
    zh = language("zh_CN")
    assert [zh.text(each) for each in register.faults(whole[3:])] == ["第 1 至 3 号缺失"]
    assert register.faults(whole[3:], removed={1, 2, 3}) == []
    assert register.faulty(whole[3:], removed={1, 2}) == {3}


def test_an_entry_that_is_no_text_of_ours_is_told(whole):
    for document in ("", "[]", "{}", '{"entry":[1]}', "x" * 10):
        forged = Kept(2, document, register.fingerprint(document))
        assert register.faulty([whole[0], forged]) == {2}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0123 4567 89AB CDEF", ("0123456789ABCDEF", None)),
        ("０１２３４５６７８９ａｂｃｄｅｆ", ("0123456789ABCDEF", None)),
        ("0123-4567-89ab-cdef\n", ("0123456789ABCDEF", None)),
        ("O123 4567 89AB CDEF", ("0123456789ABCDEF", None)),
        ("TH:SIGN:12:0123456789ABCDEF", ("0123456789ABCDEF", 12)),
        ("th:sign:7:0123456789abcdef ", ("0123456789ABCDEF", 7)),
        ("王芳", ("王芳", None)),
        ("", ("", None)),
    ],
)
def test_a_code_is_read_however_it_is_typed(text, meant):
    assert register.typed(text) == meant


def test_one_slip_names_the_entry_it_is_nearest_to():
    codes = ["0123456789ABCDEF", "FEDCBA9876543210"]
    assert register.near("0123456789ABCDE8", codes) == codes[0]
    assert register.near("0123456789ABCDEF", codes) is None
    assert register.near("AAAAAAAAAAAAAAAA", codes) is None
    assert register.near("0123", codes) is None


def test_the_same_values_are_the_same_text_letter_by_letter():
    composed, apart = "caf\u00e9", "cafe\u0301"
    assert register.canonical({"b": composed, "a": 1}) == register.canonical({"a": 1, "b": apart})
    assert json.loads(register.canonical({"a": "王芳"})) == {"a": "王芳"}
