"""Forms for other raters go out as files and come back: a superior's, a colleague's, a customer's."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from desktopapp import storage
from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.overview import history
from desktopapp.reviews import queries, report, rules, service
from desktopapp.reviews.imports import read_back
from desktopapp.reviews.models import Answer, RaterScore, Review
from desktopapp.reviews.rules import drafting
from desktopapp.reviews.service import Taken
from tests.conftest import TODAY
from tests.reviews import fill
from tests.reviews.team import hire, review_of, score_all
from tests.reviews.test_forms import ENGINES
from tests.reviews.test_paper import begun

pytestmark = pytest.mark.usefixtures("file")
RATERS = {"superior": "赵敏", "peer": "李娜", "customer": "华鼎/科技：王总 㛃𫖯"}
WORDS = "8 月 12 日，𫖯 总；㛃 & <b>"


class Asked:
    """A round in which one person is rated by others, whose forms are written as files."""

    def __init__(self, folder, begin=None):
        self.people, self.folder = hire(5), folder
        begin = begin or partial(service.start, template="annual")
        self.cycle = begin(period=Period.parse("2025"), today=TODAY)
        self.review = review_of(self.cycle, "陈志远")

    def ask(self, relation, *names):
        people = [self.people[name] for name in names if name in self.people]
        others = [name for name in names if name not in self.people]
        return service.ask_raters(review=self.review, relation=relation, people=people, names=others, today=TODAY)

    def write(self, forms):
        self.folder.mkdir(exist_ok=True)
        paths = report.forms_to_fill(self.folder, (language("zh_CN"),), forms=forms, firm=None)
        service.exported(forms=forms)
        return paths

    def answers(self, relation, score="4"):
        asked = rules.questions(queries.form_of(self.review), relation)
        said = {each.key: score if each.kind == rules.RATING else WORDS for each in asked}
        return said | {"sure": "Yes"} | ({"signer": RATERS[relation]} if relation == "superior" else {})


@pytest.fixture
def asked(tmp_path):
    return Asked(tmp_path / "out")


def accept(each, keys=None):
    chosen = frozenset(change.key for change in each.changes) if keys is None else frozenset(keys)
    service.accept(taken=[Taken(each.form.id, each.answers, chosen, each.path.name)], today=TODAY)


@pytest.mark.parametrize("relation", RATERS)
@pytest.mark.parametrize("by", ENGINES)
def test_what_a_rater_typed_comes_back_letter_by_letter(asked, tmp_path, by, relation):
    [path] = asked.write(asked.ask(relation, RATERS[relation]))
    said = asked.answers(relation)
    [found] = read_back([by(path, said, tmp_path / "back.pdf")])
    assert (found.refused, found.warnings) == (None, ())
    assert dict(found.answers) == {key: text for key, text in said.items() if key not in {"sure", "signer"}}


def test_a_file_is_named_by_who_gets_it_and_whom_it_is_about(asked):
    names = [asked.write(asked.ask(relation, name))[0].name for relation, name in RATERS.items()]
    assert names == [
        "赵敏_上级评分_陈志远_2025.pdf", "李娜_同事评价_陈志远_2025.pdf",
        "华鼎_科技：王总 㛃𫖯_客户评价_陈志远_2025.pdf",
    ]  # fmt: skip


def test_a_superior_s_form_fills_in_scores_evidence_and_comment(asked, tmp_path):
    [path] = asked.write(asked.ask("superior", "赵敏"))
    line = queries.sheet(asked.review).dimensions[0]
    service.score(review=asked.review, dimension=line.id, score=Decimal(2))
    [found] = read_back([fill.by_pypdf(path, asked.answers("superior"), tmp_path / "back.pdf")])
    assert [(c.before, c.after) for c in found.changes if c.key == f"score:{line.id}"] == [("2", "4")]
    accept(found)
    sheet = queries.sheet(asked.review)
    assert {each.score for each in sheet.dimensions} == {4}
    assert {each.evidence for each in sheet.dimensions} == {WORDS}
    assert sheet.comment == WORDS


def test_what_a_colleague_gave_is_covered_and_counts_from_the_third_on(asked, tmp_path, zh):
    score_all(asked.review, Decimal(4))
    paths = asked.write(asked.ask("peer", "李娜", "仇振华", "欧阳静"))
    found = read_back([fill.by_pypdf(path, asked.answers("peer", str(nth + 1)), tmp_path / f"{nth}.pdf")
                       for nth, path in enumerate(paths)])  # fmt: skip
    assert all(change.is_covered for each in found for change in each.changes)
    for each in found[:2]:
        accept(each)
    assert queries.in_words(asked.review) == []
    accept(found[2])
    teamwork = next(line for line in queries.sheet(asked.review).dimensions if line.id == "teamwork")
    assert teamwork.others == (("peer", Decimal(2)),)
    said = [zh.text(question) for question, _ in queries.in_words(asked.review)]
    best, change = "同事评价：他（她）做得最好的一点（请举例）", "同事评价：希望他（她）改变的一点（请举例）"
    assert said == [best] * 3 + [change] * 3
    assert list(Answer.select()) == []


def test_the_history_tells_nothing_of_what_a_colleague_gave(asked, tmp_path, zh):
    [path] = asked.write(asked.ask("peer", "李娜"))
    [found] = read_back([fill.by_pypdf(path, asked.answers("peer", "2"), tmp_path / "back.pdf")])
    accept(found)
    steps = [*history.history(Review, asked.review), *history.firm_history()]
    told = [zh.show(part) for step in steps for line in step.lines for part in (line.old, line.new)]
    assert "采纳一份关于陈志远的评价表" in [zh.text(step.words) for step in steps]
    assert not {WORDS, "2"} & set(told)


def test_n_says_that_somebody_cannot_tell(asked, tmp_path):
    [path] = asked.write(asked.ask("peer", "李娜"))
    [found] = read_back([fill.by_pypdf(path, asked.answers("peer") | {"score:teamwork": "N"}, tmp_path / "b.pdf")])
    assert found.answers["score:teamwork"] == ""
    accept(found)
    assert RaterScore.select().where(RaterScore.dimension == "teamwork").count() == 0


def test_a_colleague_s_form_is_refused_the_second_time_and_after_it_was_sent_back(asked, tmp_path, zh):
    [path] = asked.write(asked.ask("peer", "李娜"))
    back = fill.by_pypdf(path, asked.answers("peer"), tmp_path / "back.pdf")
    [found] = read_back([back])
    accept(found)
    assert "内容相同，不必重复读入" in zh.text(read_back([back])[0].refused)
    storage.revert(storage.undoable().unit)
    service.send_back(form=found.form.id, file=back.name, today=TODAY)
    assert "已在2026年11月23日退回" in zh.text(read_back([back])[0].refused)
    [new] = [row for row in queries.raters(asked.review) if row.rater == "李娜"]
    assert new.form != found.form.id


def test_a_superior_s_form_signed_by_another_is_refused(asked, tmp_path, zh):
    [path] = asked.write(asked.ask("superior", "赵敏"))
    back = fill.by_pypdf(path, asked.answers("superior") | {"signer": "李娜"}, tmp_path / "back.pdf")
    assert "赵敏" in zh.text(read_back([back])[0].refused)


def test_a_form_between_two_raters_is_not_swapped(asked, tmp_path, zh):
    """The nonce of one colleague's form in the form of a superior is noticed by its seal."""
    [peer] = asked.write(asked.ask("peer", "李娜"))
    [superior] = asked.write(asked.ask("superior", "赵敏"))
    nonce = fill.hidden(peer)["nonce"]
    mixed = fill.rewritten(superior, "hidden:nonce", nonce, tmp_path / "x.pdf")
    assert "被改动过" in zh.text(read_back([mixed])[0].refused)


@pytest.mark.parametrize(
    ("scale", "chosen", "kept"),
    [("ten", "10", "10"), ("hundred", "87", "87"), ("hundred", "n", ""), ("letters", "5", "5")],
)
@pytest.mark.parametrize("relation", RATERS)
def test_a_form_of_any_scale_goes_out_and_comes_back(tmp_path, scale, chosen, kept, relation):
    template = drafting.on_scale(queries.template("annual"), scale)
    asked = Asked(tmp_path / "out", lambda period, today: begun(template, period))
    [path] = asked.write(asked.ask(relation, RATERS[relation]))
    back = fill.by_pypdf(path, asked.answers(relation, chosen), tmp_path / "back.pdf", typed=scale == "hundred")
    [found] = read_back([back])
    assert (found.refused, found.warnings) == (None, ())
    assert {text for key, text in found.answers.items() if key.startswith("score:")} == {kept}
    accept(found)
