"""How often what is worked out by rule is right: headings of a system never seen, and encodings of short lists."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from desktopapp.exchange.encoding import encoding_of
from desktopapp.exchange.headings import guessed
from desktopapp.exchange.traditional import PAIRS
from desktopapp.kernel.starter import rows as starter_rows
from desktopapp.sales.imports import ENTITIES

GLOSSARY = Path(__file__).parents[1] / "glossary.tsv"
KINDS = {each.kind.key: each.kind for each in ENTITIES}


def foretold(system):
    """Each heading of a system as the others and our own words foretell it: right, wrong, or silent."""
    found = Counter()
    wanted = [row for row in starter_rows("header_aliases") if row["source_system"] == system]
    for row in wanted:
        kind, heading = KINDS[row["target_entity"]], row["header"]
        same = (each for each in wanted if (each["target_entity"], each["header"]) == (row["target_entity"], heading))
        meant = {each["target_field"] for each in same}
        [column] = guessed([heading], kind, {}, without=system).columns
        known = [target.name for target in kind.targets if meant.intersection(target.meanings)]
        if column.target is not None:
            found["right" if column.target.name in known else "wrong"] += 1
        elif known:
            found["silent"] += 1
    return found


def test_headings_of_a_system_never_seen_are_rarely_taken_for_something_else(record_property):
    systems = {row["source_system"] for row in starter_rows("header_aliases")}
    found = sum(map(foretold, systems), Counter())
    precision = found["right"] / (found["right"] + found["wrong"])
    recall = found["right"] / found.total()
    record_property("precision", f"{precision:.3f}")
    record_property("recall", f"{recall:.3f}")
    print(f"\nof headings applied {precision:.1%} right; of those there is a field for {recall:.1%} found")
    assert found.total() > 450
    assert precision >= 0.97
    assert recall >= 0.65


ACCENTS = ("José", "Müller", "Zoë", "Señor", "Façade", "Crème", "Málaga", "Köln", "£", "café", "naïve")
TRADITIONAL = str.maketrans({simple: other for other, simple in reversed(PAIRS)})
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "cp1252")
SAMPLES_EACH = 70


@cache
def words(language):
    """The terms of the trade in a language."""
    with GLOSSARY.open(encoding="utf-8") as file:
        return [row[language] for row in csv.DictReader(file, delimiter="\t")]


def sample(chance, encoding):
    """A short list as somebody would save it: a dozen words of the trade, some of them cut off early."""
    chinese, english = words("chinese"), words("english")
    if encoding == "cp1252":
        chosen = [chance.choice(ACCENTS) if chance.random() < 0.4 else each for each in chance.sample(english, 8)]
    else:
        chosen = chance.sample(chinese, 30)
    if encoding == "big5":
        chosen = [each.translate(TRADITIONAL) for each in chosen]
    kept = [each for each in chosen if each.encode(encoding, "ignore").decode(encoding) == each][:12]
    text = "\r\n".join(",".join(kept[at : at + 3]) for at in range(0, len(kept), 3)) + "\r\n"
    return text[: chance.randrange(20, 60)] if chance.random() < 0.5 else text


@pytest.mark.parametrize("seed", range(2))
def test_of_490_short_lists_in_seven_encodings_99_of_100_read_as_they_were_written(seed):
    chance = Random(seed)
    missed = []
    for encoding in ENCODINGS * SAMPLES_EACH:
        text = sample(chance, encoding)
        found = encoding_of(text.encode(encoding))
        if found is None or text.encode(encoding).decode(found) != text:
            missed.append((encoding, found, text))
    assert len(missed) <= len(ENCODINGS) * SAMPLES_EACH // 100, missed
