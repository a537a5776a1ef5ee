"""Headings to declared fields.

A heading is applied by itself only where it is known: what the owner chose, what the system that wrote the
file calls a field, what all systems agree on, or our own label. What merely looks alike is suggested.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from peewee import Field

from desktopapp.exchange.origins import signed_by
from desktopapp.exchange.traditional import simplified
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import CODES, language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.starter import rows as starter_rows

HITS = 3
"""How many headings must be a system's own before a file is taken for one of its exports."""
HINT = 2
"""How many headings the name of a file or sheet is worth."""
MANY = 8
"""How many known headings are enough whatever else stands there."""
ALIKE = 0.82
"""From which likeness on a heading is suggested."""

CHOSEN, REMEMBERED, SYSTEM, AGREED, OURS, RULE, SAME, ITSELF = (
    "chosen", "remembered", "system", "agreed", "ours", "rule", "same", "itself",
)  # fmt: skip
WHY: Mapping[str, str] = {
    CHOSEN: N_("as you chose"),
    REMEMBERED: N_("as last time"),
    SYSTEM: N_("the system's own heading"),
    AGREED: N_("known from other systems"),
    OURS: N_("the usual heading"),
    RULE: N_("a known heading with the record's name before it"),
    SAME: N_("another word for a known heading"),
    ITSELF: N_("what such a record is called"),
}
"""Why a column fills what it fills."""

_HINTS = re.compile(r"\((元|[¥%]|rmb|cny|人民币|必填|选填|是/否|required|optional)\)$")
_UNIT = re.compile(
    r"\(\s*(?:单位:)?\s*(?:人民币)?\s*(?:百万|千万|千|万|亿)元?\s*\)\s*$|[-/:_ ]*(?:百万|千万|千|万|亿)元$|[-/:_ ]元$"
)
_NAME_OF = re.compile(r"_id__r$|__r$")
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[\s_\-./*:()'\"#\ufeff]+")
_VARIANTS = (("帐", "账"), ("日期", "时间"), ("datetime", "time"), ("date", "time"), ("created", "create"),
             ("modified", "modify"), ("phonenumber", "phone"))  # fmt: skip
_SAME = tuple((re.compile(written), one) for written, one in (
    (r"^(?:当前|目前|所属|对应|关联|相关|本次|含税)(?=..)", ""),
    (r"预期|预估|估计", "预计"), (r"销售机会|商业机会", "商机"),
    (r"签单|签订|成单|结单|成交", "签约"), (r"到账|来款|收款|入账", "回款"),
    (r"(?:全称|(?<!姓)名)$", "名称"), (r"(?:编码|代码|单号|号码|号|id)$", "编号"), (r"日$", "时间"),
    (r"(?:[金总]?额|款项)$", "金额"), (r"(?:所有|经手|经办|跟进|负责)(?:人员|人|者)$", "负责人"),
    (r"^(?:est|estimated|expected)(?=..)", "expected"), (r"organi[sz]ation(?:name)?$", "company"),
))  # fmt: skip
"""Words that say the same in a heading, each with the one that stands for them."""
_CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff0-9]*")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’.\- ]*[A-Za-zÀ-ÿ.]")
_TWO_TONGUES = re.compile(
    rf"({_CHINESE.pattern})[\s/|(:\-_]+({_LATIN.pattern})(?:\)|\s*\(.*\))?|"
    rf"({_LATIN.pattern})[\s/|(:\-_]+({_CHINESE.pattern})(?:\)|\s*\(.*\))?"
)
SPOKEN = 4
"""From how many letters on the other half of a heading is the same in another language."""
_NUMBERED = re.compile(r"(.+?)(?:ids?|ids?primary)")
_MONEY_OF = re.compile(r"(.+?)(?:currency|币种|货币)")
"""A heading that says whose money the sums under another are: Amount Currency."""
_RECORDS = frozenset(("owner", "account", "contact", "deal", "order"))
"""What a heading may name by its number: 客户 ID."""
_EVERYWHERE = frozenset((
    "owner", "owner_id", "created_at", "currency", "source", "account", "account_id", "deal", "deal_id", "order",
    "last_activity_at", "phone", "mobile", "email", "department", "lost_reason", "probability", "description",
))  # fmt: skip
"""Meanings that are the same whatever a record is of."""


@cache
def normal(heading: str) -> str:
    """A heading without what differs between files that mean the same: width, case, signs, stars, units, writing."""
    text = _UNIT.sub("", simplified(unicodedata.normalize("NFKC", heading).strip()))
    text = _HINTS.sub("", "".join(text.casefold().replace("*", "").rstrip(":：").split()))
    return _PUNCTUATION.sub("", _CUSTOM.sub("", text).replace("帐", "账"))


@cache
def _loose(heading: str, words: tuple[str, ...]) -> str:
    """The same without the name of the record before it, and with one word for dates and times."""
    text = normal(_NAME_OF.sub("", heading))
    word = next((each for each in words if text.startswith(each) and len(text) > len(each)), "")
    text = text[len(word) :]
    for one, other in _VARIANTS:
        text = text.replace(one, other)
    return text


@cache
def _meant(heading: str, words: tuple[str, ...]) -> str:
    """The same with one word for all that say the same: 签单日 and 成交时间."""
    text = _loose(heading, words)
    for written, one in _SAME:
        text = written.sub(one, text)
    return text


@frozen
class Target:
    """A field a file may fill."""

    name: str
    field: Field
    meanings: tuple[str, ...] = ()
    """The words the table of aliases has for it, the best first."""
    headings: tuple[str, ...] = ()
    """Headings it is known by besides its own label."""
    required: bool = False


@frozen
class Kind:
    """What the records of a table may be, and what such a table fills."""

    key: str
    """As the table of aliases calls it."""
    targets: tuple[Target, ...]
    words: tuple[str, ...] = ()
    """What such a record is called, in normal writing: before its headings, and in the names of files."""
    hints: tuple[str, ...] = ()
    """What else the names of such files hold."""
    needs: tuple[tuple[str, ...], ...] = ()
    """Targets of which one each must be there, or it is no such table."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Its words as they stand before a heading, the longest first; no plurals, which would eat a letter."""
        singular = (each for each in self.words if each.removesuffix("s") == each or each[:-1] not in self.words)
        return tuple(sorted(singular, key=len, reverse=True))

    def target(self, name: str) -> Target | None:
        """The target of a name."""
        return next((each for each in self.targets if each.name == name), None)


@frozen
class Mapped:
    """One column of a file and the field it fills, if any."""

    at: int
    heading: str
    target: Target | None = None
    why: str = ""
    """A key of `WHY`."""
    suggested: Target | None = None
    """What it might fill; never filled by itself."""


@frozen
class Rivals:
    """Columns that all mean the same."""

    target: Target
    headings: tuple[str, ...]


@frozen
class Guess:
    """What each column fills, and what has to be asked."""

    columns: tuple[Mapped, ...]
    rivals: tuple[Rivals, ...] = ()
    missing: tuple[tuple[Target, ...], ...] = ()
    """Of each of these one is needed and none is there."""


@frozen
class Recognised:
    """What the headings of a file say about where it comes from."""

    system: str
    """Empty where it is no known one."""
    entity: str
    meanings: Mapping[str, str]
    """Normal headings with the word the table of aliases has for each."""
    score: float
    """How many headings say so."""
    is_likely: bool = False
    """Whether so many do that it is no chance."""
    is_sure: bool = False
    """Whether so much of the file is known that it can be taken in without asking."""


Rows = tuple[tuple[str, str, str, str], ...]


@cache
def _rows() -> Rows:
    """Family of systems, layout, entity and heading of each alias."""
    return tuple(
        (row["source_system"], row["target_entity"], row["header"], row["target_field"])
        for row in starter_rows("header_aliases")
    )


@cache
def _aliases() -> Mapping[tuple[str, str], dict[str, str]]:
    """System and entity to normal headings with their meaning; a heading with two meanings has none."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for system, entity, heading, meaning in _rows():
        _agree(found.setdefault((family(system), entity), {}), normal(heading), meaning)
    return found


@cache
def _common(system: str) -> Mapping[str, str]:
    """What a system means by a heading whatever the record is: of numbers, owners and times, where all tables agree."""
    found: dict[str, str] = {}
    for of, _, heading, meaning in _rows():
        if family(of) == system:
            _agree(found, normal(heading), meaning)
    return {name: meaning for name, meaning in found.items() if meaning in (*_EVERYWHERE, "external_id")}


@cache
def _words_of(system: str) -> frozenset[str]:
    """All headings of a system's, in normal writing."""
    return frozenset(normal(heading) for of, _, heading, _ in _rows() if family(of) == system)


def _agree(known: dict[str, str], name: str, meaning: str) -> None:
    """Note what a heading means, or that it means different things."""
    known[name] = meaning if known.get(name, meaning) == meaning else ""


def family(system: str) -> str:
    """The product behind a layout: its backup, its reports and its pages share their numbers."""
    return system.partition("_")[0]


def signature(heading: Sequence[str]) -> str:
    """What tells a layout from others: its headings in their order."""
    return "\x1f".join(map(normal, heading))


def recognised(heading: Iterable[str], kinds: Iterable[Kind], hint: str = "") -> tuple[Recognised, ...]:
    """What the records may be, and whose file it is, the best first; `hint` is the name of the file and the sheet."""
    written = [each for each in heading if each]
    system = _origin(written)
    found = [_fitting(written, kind, system, normal(hint)) for kind in kinds]
    return tuple(sorted(found, key=lambda each: -each.score))


def _origin(written: Sequence[str]) -> str:
    """Whose file it is; empty where nothing says so, or too little else of it is theirs."""
    present = {normal(each) for each in written}
    return next((each for each in signed_by(written) if len(present & _words_of(each)) >= min(HITS, len(present))), "")


def _fitting(written: Sequence[str], kind: Kind, system: str, hint: str) -> Recognised:
    """How well headings fit one kind of content, by what its system calls it and by what we do."""
    present = {normal(each) for each in written}
    known = _aliases().get((system, kind.key), {})
    hits = len(present & known.keys())
    meanings = {**_common(system), **known} if system else {}
    guess = guessed(written, kind, meanings)
    fit = sum(column.target is not None for column in guess.columns) + len(guess.rivals)
    hinted = any(word in hint for word in (*kind.words, *kind.hints))
    score = (hits + fit + (HINT if hinted else 0)) / (4 if guess.missing else 1)
    many = fit >= 2 and fit * 4 >= len(present)
    is_likely = hits >= HITS or (fit >= HITS if guess.missing else many or (hinted and fit >= 1))
    said = max(hits, fit)
    is_sure = said * 2 >= len(present) or said >= MANY or (hinted and said >= HITS and said * 4 >= len(present))
    is_whole = len(guess.missing) < 2
    return Recognised(system, kind.key, meanings, score, is_likely, is_likely and is_sure and is_whole)


@frozen
class Lexicon:
    """What headings mean in the systems that have them, for one kind of record."""

    exact: Mapping[str, str]
    loose: Mapping[str, str]
    everywhere: Mapping[str, str]
    same: Mapping[str, str]


@cache
def lexicon(entity: str, prefixes: tuple[str, ...] = (), without: str = "") -> Lexicon:
    """The meanings all systems agree on; `without` leaves one layout out, to see how well the others foretell it."""
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    everywhere: dict[str, str] = {}
    same: dict[str, str] = {}
    for system, of, heading, meaning in _rows():
        if system == without:
            continue
        if of == entity:
            _agree(exact, normal(heading), meaning)
            _agree(loose, _loose(heading, prefixes), meaning)
            _agree(same, _meant(heading, prefixes), meaning)
        _agree(everywhere, _loose(heading, ()), meaning)
    wide = {name: each for name, each in everywhere.items() if each in _EVERYWHERE}
    return Lexicon(exact, loose, wide, same)


def agreed(entity: str) -> Mapping[str, str]:
    """What headings mean in every system that has them: for a file of no known system."""
    return lexicon(entity).exact


def guessed(
    heading: Sequence[str],
    kind: Kind,
    meanings: Mapping[str, str],
    chosen: Mapping[str, str] | None = None,
    *,
    remembered: bool = False,
    filled: Sequence[bool] | None = None,
    without: str = "",
) -> Guess:
    """Each column with the field it fills, why, and what has to be asked.

    What the owner chose (heading to target, "" for none) stands above what the system means by a
    heading, that above our own labels, and those above what other systems mean. Of columns that
    mean the same, empty ones give way; `filled` says which hold anything.
    """
    said = {normal(each): name for each, name in (chosen or {}).items()}
    known = lexicon(kind.key, kind.prefixes, without)
    ways: tuple[tuple[str, Mapping[str, str], bool], ...] = (
        (REMEMBERED if remembered else CHOSEN, said, False),
        (SYSTEM, meanings, True),
        (OURS, _labels(kind.targets), False),
        (AGREED, known.exact, True),
        (RULE, known.loose, True),
        (RULE, _labels(kind.targets, kind.prefixes), False),
        (RULE, known.everywhere, True),
        (SAME, _meant_labels(kind.targets, kind.prefixes), False),
        (SAME, known.same, True),
        (ITSELF, dict.fromkeys(kind.words, "name"), False),
    )
    taken = {at for at, each in enumerate(heading) if said.get(normal(each)) == ""}
    meant = {meaning for target in kind.targets for meaning in target.meanings}
    foreign = {at for at, each in enumerate(heading) if meanings.get(normal(each), "") not in ("", *meant)}
    found: dict[int, tuple[Target, str]] = {}
    rivals: dict[str, Rivals] = {}
    for nth, (why, words, by_meaning) in enumerate(ways):
        names = ["" if nth > 2 and at in foreign else _named(each, nth, kind, words) for at, each in enumerate(heading)]
        for target in kind.targets:
            if any(each is target for each, _ in found.values()) or target.name in rivals:
                continue
            places = _places(names, target.meanings if by_meaning else (target.name,), {*taken, *found}, filled)
            if len(places) == 1:
                found[places[0]] = target, why
            elif places:
                rivals[target.name] = Rivals(target, tuple(heading[at] for at in places))
                taken.update(places)
    columns = tuple(
        Mapped(at, each or letters(at), *found[at])
        if at in found
        else Mapped(at, each or letters(at), suggested=_suggestion(each, kind, found, known, said))
        for at, each in enumerate(heading)
    )
    return Guess(columns, tuple(rivals.values()), _missing(kind, {each.name for each, _ in found.values()} | {*rivals}))


def _named(heading: str, way: int, kind: Kind, words: Mapping[str, str]) -> str:
    """What a heading is called by one of the ways: by itself, or by both its halves where it is in two languages."""
    if not heading:
        return ""
    if name := _spelled(heading, way, kind, words):
        return name
    names = {_spelled(half, way, kind, words) for half in halves(heading)} - {""}
    return names.pop() if len(names) == 1 else ""


@cache
def halves(heading: str) -> tuple[str, ...]:
    """The Chinese and the other half of a heading that says the same twice: 客户名称 Customer; none of any other."""
    found = _TWO_TONGUES.fullmatch(" ".join(unicodedata.normalize("NFKC", heading).replace("*", "").split()))
    if not found:
        return ()
    chinese, latin = found[1] or found[4], (found[2] or found[3]).strip()
    return (chinese, latin) if len(latin) >= SPOKEN else ()


def _spelled(heading: str, way: int, kind: Kind, words: Mapping[str, str]) -> str:
    """The same for one spelling: exactly, without the record's name, as a number of another, or by other words."""
    if way < 4:
        name = words.get(normal(heading), "")
        return name or (words.get(normal(heading.rpartition("/")[2]), "") if "/" in heading and way in (0, 2) else "")
    if way == 9:
        return words.get(normal(heading), "")
    if way > 6:
        return words.get(_meant(heading, kind.prefixes), "")
    if way == 5:
        return words.get(_loose(heading, kind.prefixes), "")
    found = _loosely(_loose(heading, kind.prefixes), words)
    return found or (_loosely(_loose(heading, ()), words) if way == 6 else "")


def _loosely(loose: str, words: Mapping[str, str]) -> str:
    """What a heading means that was loosened: as it is, as the money of a sum, or as the number of another record."""
    if meaning := words.get(loose):
        return meaning
    if (money := _MONEY_OF.fullmatch(loose)) and words.get(money[1]) == "amount":
        return "currency"
    numbered = _NUMBERED.fullmatch(loose)
    meaning = words.get(numbered[1], "") if numbered else ""
    return f"{meaning}_id" if meaning in _RECORDS else ""


def _places(names: Sequence[str], words: Sequence[str], taken: set[int], filled: Sequence[bool] | None) -> list[int]:
    """The columns known by the first of the words that any is known by; those that hold something, if any does."""
    for word in words:
        places = [at for at, name in enumerate(names) if name == word and at not in taken]
        if len(places) > 1 and filled:
            places = [at for at in places if filled[at]] or places[:1]
        if places:
            return places
    return []


def _suggestion(
    heading: str,
    kind: Kind,
    found: Mapping[int, tuple[Target, str]],
    known: Lexicon,
    said: Mapping[str, str],
) -> Target | None:
    """The free target whose headings look most like this one, where it is known by none."""
    if not heading or normal(heading) in said:
        return None
    free = [target for target in kind.targets if all(each is not target for each, _ in found.values())]
    by_meaning = {meaning: target for target in reversed(free) for meaning in target.meanings}
    names = {name: by_meaning[meaning] for name, meaning in known.loose.items() if meaning in by_meaning}
    names |= {_loose(label, kind.prefixes): target for target in free for label in _label_words(target)}
    close = difflib.get_close_matches(_loose(heading, kind.prefixes), names, 1, ALIKE)
    return names[close[0]] if close else None


def _missing(kind: Kind, present: set[str]) -> tuple[tuple[Target, ...], ...]:
    needed = (*((each.name,) for each in kind.targets if each.required), *kind.needs)
    lacking = (group for group in needed if not present.intersection(group))
    return tuple(tuple(each for each in kind.targets if each.name in group) for group in lacking)


def mapped(
    heading: Sequence[str],
    targets: Sequence[Target],
    meanings: Mapping[str, str],
    chosen: Mapping[str, str] | None = None,
) -> tuple[Mapped, ...]:
    """Each column with the field it fills, where nothing can be asked.

    Raises `Refused`, naming the headings, where one stands twice, two mean the same, or a needed
    one is missing.
    """
    _refuse_twice(heading)
    guess = guessed(heading, Kind("", tuple(targets)), meanings, chosen)
    for each in guess.rivals:
        label = Message(each.target.field.verbose_name)
        told = M("The columns {columns} all mean “{field}”. Keep one.", columns=each.headings, field=label)
        raise Refused(told, "file")
    if guess.missing:
        labels = tuple(Message(group[0].field.verbose_name) for group in guess.missing)
        raise Refused(M("The file has no column for: {columns}.", columns=labels), "file")
    return guess.columns


def _refuse_twice(heading: Sequence[str]) -> None:
    normals = [normal(each) for each in heading]
    twice = {each: None for each, name in zip(heading, normals, strict=True) if name and normals.count(name) > 1}
    if twice:
        raise Refused(M("Headings that stand twice in the file: {columns}.", columns=tuple(twice)), "file")


def _labels(targets: Sequence[Target], prefixes: tuple[str, ...] | None = None) -> Mapping[str, str]:
    """Our own labels, in every language, with the name of their target; without the record's name if that is given."""
    known: dict[str, str] = {}
    for target in targets:
        for label in _label_words(target):
            known.setdefault(normal(label) if prefixes is None else _loose(label, prefixes), target.name)
    return known


def _meant_labels(targets: Sequence[Target], prefixes: tuple[str, ...]) -> Mapping[str, str]:
    """Our own labels with one word for all that say the same; those that then mean two things mean none."""
    known: dict[str, str] = {}
    for target in targets:
        for label in _label_words(target):
            _agree(known, _meant(label, prefixes), target.name)
    return known


def _label_words(target: Target) -> Iterator[str]:
    yield from (language(code).text(target.field.verbose_name) for code in CODES)
    yield from target.headings


def letters(at: int) -> str:
    """A column without heading by the letters a spreadsheet gives it."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
