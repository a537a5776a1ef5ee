"""What a form asks of whoever fills it in, and what counts for an answer."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from desktopapp.kernel.clean import clean, clean_line
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import N_, M, Message
from desktopapp.reviews.rules.form import Form, asked, check_score, choices
from desktopapp.reviews.rules.raters import CUSTOMER, NAMELESS, OWN, PEER, REPORT, SUPERIOR

RATING, WORDS, LINE, TICK = "rating", "words", "line", "tick"
RESULTS = 5
"""How many results a self-assessment has room for."""
SIGNER, SURE, DATED = "signer", "sure", "dated"
"""What stands for a signature on a form that is filled in on the screen."""
YES = "Yes"
UNKNOWN = "N"
"""What is chosen or written where somebody cannot tell; it counts as no answer."""
COMMENT = "comment"
_COLLEAGUES = (("best", N_("What this person does best, with an example")),
               ("change", N_("One thing to change, with an example")))  # fmt: skip
REMARKS = {
    SUPERIOR: ((COMMENT, N_("Reviewer's comment")),),
    PEER: _COLLEAGUES,
    REPORT: _COLLEAGUES,
    CUSTOMER: (("praise", N_("What you are content with")), ("requests", N_("What we should do better"))),
}
"""What others are asked to say in their own words, by how they stand to the person reviewed."""


@frozen
class Question:
    """One thing a form asks; its key names it in the file, whatever language the file is in."""

    key: str
    kind: str
    label: Message
    most: int = 0
    """The most characters of its answer."""
    dimension: str = ""
    """What a rating is of."""


def questions(form: Form, relation: str) -> tuple[Question, ...]:
    """What a form asks of whoever stands so to the person reviewed, in the order of the paper."""
    return _of_himself(form) if relation == OWN else tuple(_of_another(form, relation))


def _of_another(form: Form, relation: str) -> Iterator[Question]:
    for each in asked(form, relation):
        yield Question(f"score:{each.id}", RATING, M("Rating of “{dimension}”", dimension=each.name), 8, each.id)
        if relation == SUPERIOR:
            yield Question(
                f"evidence:{each.id}", WORDS, M("Evidence for “{dimension}”", dimension=each.name), 400, each.id
            )
    for key, label in REMARKS[relation]:
        yield Question(key, WORDS, Message(label), 1000)


def _of_himself(form: Form) -> tuple[Question, ...]:
    results = tuple(
        Question(f"result:{nth}:{part}", LINE, M(label, nth=nth), 200)
        for nth in range(1, RESULTS + 1)
        for part, label in (("what", N_("Result {nth}")), ("proof", N_("Result {nth}: numbers and dates")),
                            ("whose", N_("Result {nth}: customer or product")))
    )  # fmt: skip
    rated = tuple(
        each
        for one in form.dimensions
        for each in (
            Question(f"score:{one.id}", RATING, M("Self-assessment of “{dimension}”", dimension=one.name), 8, one.id),
            Question(f"example:{one.id}", WORDS, M("Example for “{dimension}”", dimension=one.name), 400),
        )
    )
    return (
        *results, *rated,
        Question("gain", WORDS, M("Biggest gain and shortfall"), 1000),
        Question("needs", WORDS, M("Support and training needed"), 1000),
    )  # fmt: skip


CIRCLES = 10
"""Of more scores than this a number is written instead of one of them being chosen."""
TICKED = 35
"""The most questions of a form on paper that a scan is read of."""


def options(form: Form, relation: str) -> tuple[str, ...]:
    """What a rating is chosen from, where it is chosen; colleagues and customers may also not know."""
    scores = tuple(f"{score.normalize():f}" for score in choices(form))
    return (*scores, UNKNOWN) if relation in NAMELESS else scores


def ticked(form: Form, relation: str) -> tuple[str, ...]:
    """The questions that a tick answers on paper, in their order; none where scores are written as numbers."""
    rated = tuple(each.key for each in questions(form, relation) if each.kind == RATING)
    return rated if len(choices(form)) <= CIRCLES and len(rated) <= TICKED else ()


def answer(question: Question, text: str, form: Form) -> str:
    """What was answered as it is kept: a score as a plain number, words without what cannot be seen.

    Raises `Refused` where it is no answer to the question.
    """
    said = clean(text).strip() if question.kind == WORDS else clean_line(text)
    if len(said) > question.most:
        raise Refused(M("At most {most} characters; this has {length}.", most=question.most, length=len(said)))
    if question.kind != RATING or not said:
        return said
    if said.upper() == UNKNOWN:
        return ""
    if not said.replace(".", "", 1).isdecimal() or not said.isascii():
        raise Refused(M("“{text}” is no score.", text=said))
    score = Decimal(said)
    check_score(score, form)
    return f"{score.normalize():f}"


def seal(key: bytes, known: Mapping[str, str], *contents: str) -> str:
    """What nobody but the holder of the key could have written over a form: what it is known by and what it asks."""
    sealed = json.dumps([sorted(known.items()), contents], ensure_ascii=True).encode()
    return hmac.new(key, sealed, hashlib.sha256).hexdigest()
