"""The index behind "find anything": every pair of neighbouring characters of what may be found.

It answers as `LIKE '%x%'` would, letter case of ASCII aside, without reading the rows. It lives in
the owner's file, belongs to no record, and follows the trail: `catch_up` takes in what was
changed since it last looked, whoever wrote it, so that no request is slower for it and undo
needs nothing of its own.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from desktopapp.kernel.area import Findable, Found
from desktopapp.kernel.clean import clean
from desktopapp.kernel.pattern import pattern
from desktopapp.kernel.pinyin import spellings, spelt_out
from desktopapp.storage.unit import DB, exceptions, turn

CREATE = (
    "create virtual table found using fts5("
    "words, content='', contentless_delete=1, tokenize='ascii', prefix='1')",
    "create table found_state(seen integer not null, made text not null)",
    "insert into found_state values (0, '')",
    "insert into found(found, rank) values ('hashsize', 16777216)",  # a batch is one part of the index, not several
    "insert into found(found, rank) values ('usermerge', 2)",  # few parts, since each is looked into for each word
)
"""The index: rows numbered by kind and record, and up to which change, for which kinds, they were made."""

FORMAT = 1
"""Changed when rows would be written otherwise: the index is then made anew."""

BATCH = 2000
"""How many changes a transaction takes in: some tens of milliseconds, in which the owner may have to wait."""
SETTLE = 5000
"""From so many on, the index is put in order afterwards, which makes it several times as fast."""
STEP = 500
"""Pages put in order in one transaction."""

EXACT, BEGINS, INSIDE, BELONGS = range(4)
"""How well a record answers, the best first: it is that, begins so, holds it, or is his of whom that is the name."""

NAMESAKES = 3
"""Of more people than this, what belongs to them is not listed."""

_BITS = 40
_LAST = (1 << _BITS) - 1
_EDGE, _WHOSE = "\U0010fff0", "\U0010fff1"
"""The edge of a text, and what stands before the number of a record's owner."""
_OWN = 0x10FF00
"""From here on characters have no meaning but ours; in a text they count as unreadable."""
_SIGNS = dict.fromkeys(range(_OWN, 0x110000), 0xFFFD)
_SIGNS |= {code: _OWN + code for code in range(128) if not chr(code).isalnum()}
"""What the index would take for the end of a word is kept as a character of our own."""
_PLAIN = pattern(r"[0-9A-Za-z]{3,}")

Told = Callable[[int, int], object]


def _nobody(_part: int, _whole: int) -> None:
    """Where nobody wants to know how far it is."""


class Index:
    """The words of several kinds of records, in the order in which they are shown."""

    def __init__(self, kinds: Sequence[Findable]) -> None:
        self.kinds = tuple(kinds)
        self._made = _fingerprint(self.kinds)
        self._readers: dict[tuple[int, int], _Reader] = {}
        people = {kind.whose.rel_model for kind in self.kinds if kind.whose is not None}
        self._people = [n for n, kind in enumerate(self.kinds) if kind.table in people]

    def behind(self) -> int:
        """How many changes it has yet to take in."""
        [[last]] = DB.execute_sql("select coalesce(max(id), 0) from change").fetchall()
        return int(last) - self._seen()

    def catch_up(self, told: Told = _nobody) -> int:
        """Take in what was written since, in short transactions; gives how many changes those were.

        `told(part, whole)` hears how far it is; what it raises stops the work, of which nothing is lost.
        """
        whole, done = self.behind(), 0
        while taken := self._take_in():
            done += taken
            told(done, max(whole, done))
        if done >= SETTLE:
            self._settle(told)
        return done

    def find(self, text: str, limit: int) -> list[Found]:
        """The records that answer to a text, at most so many of a kind, the best of each first."""
        needle = clean(text)
        if not needle.strip():
            return []
        hits = self.holding(needle, limit) or self._every_word(spelt_out(needle), limit)
        found: list[Found] = []
        for n, ranked in groupby(sorted(hits, key=self._shown_at), key=lambda hit: hit[0]):
            found += self._read(n, [(rank, record) for _, rank, record in ranked], limit)
        return found

    def _shown_at(self, hit: tuple[int, int, int]) -> tuple[bool, tuple[int, int, int]]:
        """Logs stand last; in the index they do not, because each kind after the largest costs another look."""
        return self.kinds[hit[0]].is_log, hit

    def holding(self, text: str, limit: int) -> list[tuple[int, int, int]]:
        """The kind, the rank and the number of each record that holds a text, and of what belongs to its owner."""
        ranks: dict[int, int] = {}
        for rank in (INSIDE, BEGINS, EXACT):
            if not (better := dict.fromkeys(self._scan(_phrase(text, rank), limit), rank)):
                break
            ranks |= better
        namesakes = [row for row in ranks if row >> _BITS in self._people and ranks[row] <= BEGINS]
        if 0 < len(namesakes) <= NAMESAKES:
            owned = " OR ".join(f'"{_WHOSE}{_number(row)}"' for row in namesakes)
            ranks = dict.fromkeys(self._scan(owned, limit), BELONGS) | ranks
        return [(row >> _BITS, rank, _number(row)) for row, rank in ranks.items()]

    def _every_word(self, text: str, limit: int) -> list[tuple[int, int, int]]:
        """What holds each word of a text somewhere, full-width letters and figures read as plain ones."""
        words = unicodedata.normalize("NFKC", text).split()
        rows = self._scan(" AND ".join(map(_phrase, words)), limit) if words else ()
        return [(row >> _BITS, INSIDE, _number(row)) for row in rows]

    def _scan(self, phrase: str, limit: int) -> Iterator[int]:
        """The first rows of each kind that match; from a kind that has given enough, on to the next."""
        after, given, many = 0, Counter[int](), limit * 2
        last = len(self.kinds) << _BITS
        while after < last:
            rows = DB.execute_sql(
                "select rowid from found where found match ? and rowid > ? limit ?", (phrase, after, many)
            ).fetchall()
            for (row,) in rows:
                given[row >> _BITS] += 1
                if given[row >> _BITS] <= limit:
                    yield row
            if len(rows) < many:
                return
            after = rows[-1][0]
            if given[after >> _BITS] >= limit:
                after = (after >> _BITS) + 1 << _BITS

    def _read(self, n: int, hits: list[tuple[int, int]], limit: int) -> list[Found]:
        """What is shown of records of a kind, in each rank as they are read but marked ones (leavers) last."""
        if (n, limit) not in self._readers:
            self._readers[n, limit] = _Reader(self.kinds[n], limit)
        best = [record for _, record in sorted(hits, key=lambda hit: (hit[0], -hit[1]))][:limit]
        read = self._readers[n, limit](best)
        rank = {record: rank for rank, record in hits}
        return [read[record] for record in sorted(read, key=lambda record: (rank[record], bool(read[record].mark)))]

    def _seen(self) -> int:
        [[seen, made]] = DB.execute_sql("select seen, made from found_state").fetchall()
        return int(seen) if made == self._made else 0

    def _take_in(self) -> int:
        """Take in the next changes; gives how many."""
        with turn, DB.atomic("immediate"):
            seen = self._seen()
            [[upto]] = DB.execute_sql(
                "select coalesce(max(id), 0) from (select id from change where id > ? order by id limit ?)",
                (seen, BATCH),
            ).fetchall()
            if not upto:
                return 0
            if not seen:
                DB.execute_sql("insert into found(found) values ('delete-all')")
            touched = defaultdict(set)
            for table, record in DB.execute_sql(
                'select "table", record from change where id > ? and id <= ?', (seen, upto)
            ):
                touched[table].add(record)
            for n, kind in enumerate(self.kinds):
                self._renew(n, kind, touched[kind.table._meta.table_name])  # type: ignore[attr-defined]  # peewee's
            DB.execute_sql("update found_state set seen = ?, made = ?", (upto, self._made))
            if upto - seen < BATCH:
                DB.execute_sql("insert into found(found, rank) values ('merge', ?)", (STEP,))
        return int(upto) - seen

    def _renew(self, n: int, kind: Findable, touched: set[int]) -> None:
        """Write the rows of a kind's records that were changed anew, and take out those that are gone."""
        if not touched:
            return
        name = kind.table._meta.table_name  # type: ignore[attr-defined]  # peewee's
        columns = ", ".join(f'"{column.column_name}"' for column in _columns(kind))
        kept = DB.execute_sql(  # in the order of the index, which else would write a part of itself for each row
            f'select id, {columns} from "{name}" where id in ({",".join(map(str, touched))}) order by id desc'
        ).fetchall()
        gone = touched - {row[0] for row in kept}
        with exceptions():
            DB.cursor().executemany("delete from found where rowid = ?", [(_row(n, record),) for record in gone])
            DB.cursor().executemany(
                "insert or replace into found(rowid, words) values (?, ?)",
                [(_row(n, record), _document(kind, values)) for record, *values in kept],
            )

    def _settle(self, told: Told) -> None:
        """Bring the parts of the index together, a little at a time."""
        pages, moved = -STEP, 2
        while moved > 1:  # the merging of nothing counts as one
            told(0, 0)
            with turn, DB.atomic("immediate"):
                before = DB.connection().total_changes()
                DB.execute_sql("insert into found(found, rank) values ('merge', ?)", (pages,))
                moved = DB.connection().total_changes() - before
            pages = STEP


class _Reader:
    """What is shown of a kind, asked for by number: worded as SQL once, since that costs more than the asking."""

    def __init__(self, kind: Findable, limit: int) -> None:
        asked = kind.rows.where(kind.table.id.in_(range(limit)))  # type: ignore[attr-defined]  # peewee's
        self._statement, values = asked.sql()
        self._values = values[:-limit]
        self._limit, self._show = limit, kind.show
        self._kinds = [getattr(column, "python_value", None) for column in asked._returning]

    def __call__(self, records: Sequence[int]) -> dict[int, Found]:
        none = [-1] * (self._limit - len(records))
        rows = DB.execute_sql(self._statement, (*self._values, *records, *none)).fetchall()
        return {row[0]: self._show(*self._valued(row)) for row in rows}

    def _valued(self, row: Sequence[Any]) -> Iterator[Any]:
        return (valued(each) if valued else each for valued, each in zip(self._kinds, row, strict=True))


def _columns(kind: Findable) -> list[Any]:
    """What is read of a kind to be found by: its columns, the one that is spelt, the one that names the owner."""
    return [*kind.columns, *(each for each in (kind.spelt, kind.whose) if each is not None)]


def _document(kind: Findable, values: Sequence[Any]) -> str:
    """What a record can be found by, as the index takes it."""
    rest = list(values[len(kind.columns) :])
    texts = _needed([str(text) for text in values[: len(kind.columns)] if text])
    if kind.spelt is not None:
        texts += spellings(rest.pop(0))
    owned = [f"{_WHOSE}{rest[0]}"] if kind.whose is not None and rest[0] is not None else []
    return " ".join([word for text in texts for word in _words(text)] + owned)


def _needed(texts: Sequence[str]) -> list[str]:
    """The texts without those that another begins with: a deal's name often begins with its customer's."""
    longest = sorted(set(texts), key=len, reverse=True)
    return [text for n, text in enumerate(longest) if not any(other.startswith(text) for other in longest[:n])]


def _words(text: str) -> list[str]:
    """A text as words of the index: how it begins, by one character and by two, and its neighbours two by two.

    Neighbours among ten figures are too many to tell numbers apart fast, so theirs stand by three as well.
    """
    signs = f"{_EDGE}{text.translate(_SIGNS)}{_EDGE}"
    words = [signs[:2], signs[:3], *[one + other for one, other in pairwise(signs[1:])]]
    for run in _PLAIN.findall(text):
        words += [*_threes(run), _EDGE]
    return words


def _threes(run: str) -> list[str]:
    return [run[at : at + 3] for at in range(len(run) - 2)]


def _phrase(text: str, rank: int = INSIDE) -> str:
    """What matches the rows with a text that holds, begins with or is this one."""
    signs = text.translate(_SIGNS)
    if rank == INSIDE and len(signs) == 1:
        return f'"{signs}"*'
    if rank == INSIDE and _PLAIN.fullmatch(text):
        return f'"{" ".join(_threes(text))}"'
    if rank == BEGINS and len(signs) == 1:
        return f'"{_EDGE}{signs}"'
    ended = signs + _EDGE if rank == EXACT else signs
    first = [] if rank == INSIDE else [_EDGE + ended[:2]]
    return f'"{" ".join([*first, *(one + other for one, other in pairwise(ended))])}"'


def _row(n: int, record: int) -> int:
    """Where a record stands in the index: by kind, the newest first."""
    return (n << _BITS) + _LAST - record


def _number(row: int) -> int:
    return _LAST - (row & _LAST)


def _fingerprint(kinds: Iterable[Findable]) -> str:
    """Changes when what is found by changes, so that the index is made anew."""
    said = [(kind.table.__name__, [column.name for column in _columns(kind)]) for kind in kinds]
    return hashlib.sha256(repr((FORMAT, said)).encode()).hexdigest()
