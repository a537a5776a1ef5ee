"""Filled review forms beside the same content set by Typst, where its package is installed (`pip install typst`)."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from desktopapp.kernel.language import Language, language
from desktopapp.kernel.share import Share
from desktopapp.printing import spec
from desktopapp.printing.fonts import FOLDER
from desktopapp.reviews import report
from desktopapp.reviews.queries import ReviewSheet
from tests.benchmarks import paper
from tests.benchmarks.case import Case, called

TICKED = ("奖励", "培训")
SOURCE = """
#let data = json("forms.json")
#set page(paper: "a4", margin: (top: 18mm, bottom: 18mm, left: 20mm, right: 15mm))
#set text(font: "Noto Sans SC", size: 9.5pt, lang: "zh")
#set par(spacing: 0pt)
#let band(title) = rect(width: 100%, fill: luma(227), stroke: 0.45pt, inset: 4pt)[*#title*]
#let fields(of) = {
  band(of.title)
  table(columns: (1fr,) * of.pairs * 2, stroke: 0.45pt, inset: 4pt,
    ..of.cells.map(pair => ([*#pair.at(0)*], pair.at(1))).flatten())
}
#let rows(of) = {
  band(of.title)
  table(columns: of.widths.map(each => each * 1fr), stroke: 0.45pt, inset: 4pt,
    table.header(..of.heads.map(each => [*#each*])), ..of.rows.flatten())
}
#let box-of(of, height) = {
  band(of.title)
  rect(width: 100%, height: height, stroke: 0.45pt, inset: 4pt, text(10pt, of.text))
}
#let tick(of) = {
  [*#of.title* #h(4mm)]
  for (words, on) in of.options { box(width: 8.5pt, height: 8.5pt, stroke: 0.5pt, if on [x]); [ #words #h(3mm)] }
}
#for each in data {
  set page(header: [#each.firm #h(1fr) #each.subject],
    footer: context [PF-01 · v1 #h(1fr) #counter(page).display() #h(1fr) #each.printed])
  counter(page).update(1)
  align(center, text(18pt)[*#each.title*])
  v(4mm)
  fields(each.basics)
  rows(each.goals)
  rows(each.scores)
  text(8.5pt, each.note)
  fields(each.result)
  box-of(each.high, 20mm)
  pagebreak()
  box-of(each.low, 35mm)
  rows(each.steps)
  tick(each.ticks)
  box-of(each.comment, 50mm)
  box-of(each.opinion, 50mm)
  grid(columns: (1fr,) * 3, rows: 25mm, stroke: 0.45pt, inset: 4pt,
    ..each.signs.map(cell => [*#cell* #v(1fr) #h(1fr) ____年__月__日]))
  text(8.5pt, each.last)
  pagebreak(weak: true)
}
"""


def plain(of: ReviewSheet, words: Language) -> dict[str, Any]:
    """The words of a form, section by section."""
    stated = spec.form(report.CODE)
    basics, goals, scores, note, result, high, low, steps, ticks, comment, opinion, signs, last = stated.sections
    show, text = words.show, words.text

    def pairs(section: spec.Fields, values: Sequence[object]) -> dict[str, Any]:
        cells = [(text(label), show(value)) for label, value in zip(section.labels, values, strict=True)]
        return {"title": text(section.title), "pairs": section.pairs, "cells": cells}

    def table(section: spec.Table, rows: Sequence[Sequence[object]]) -> dict[str, Any]:
        return {
            "title": text(section.title), "widths": [each.width for each in section.columns],
            "heads": [text(each.label) for each in section.columns], "rows": [list(map(show, row)) for row in rows],
        }  # fmt: skip

    def box(section: spec.Box, said: str) -> dict[str, str]:
        return {"title": text(section.title), "text": said}

    facts = (of.name, of.position, of.team, of.joined, of.period, paper.FIRM.owner, of.days, f"{of.period}-{of.number}")
    lines = [(line.name, Share(line.weight / 100), line.definition, line.self_score, line.score, line.points,
              line.evidence) for line in of.dimensions]  # fmt: skip
    reached = [(n, g.name, g.target, g.actual, g.attainment, g.note) for n, g in enumerate(of.goals, 1)]
    return {
        "firm": paper.FIRM.name, "subject": f"{of.name} · {show(of.period)} · {of.code}", "printed": show(paper.AT),
        "title": text(stated.title), "basics": pairs(basics, facts),
        "goals": table(goals, reached),
        "scores": table(scores, [*lines, ("合计", Share(1), "", "", "", of.total, "")]), "note": text(note.text),
        "result": pairs(result, (of.total, f"{of.grade} {of.level.name.zh}", of.factor, of.last_total)),
        "high": box(high, of.highlights), "low": box(low, of.improve),
        "steps": table(steps, [(s.item, s.action, s.measure, s.by, s.support) for s in of.steps]),
        "ticks": {"title": text(ticks.title), "options": [(each, each in TICKED) for each in map(text, ticks.options)]},
        "comment": box(comment, of.comment), "opinion": box(opinion, of.opinion),
        "signs": [text(cell) for cell in signs.cells], "last": text(last.text),
    }  # fmt: skip


def by_typst(count: int) -> dict[str, float]:
    """So many forms set by Typst into one file, in our fonts; putting the words together is no part of its time."""
    compiler: Callable[..., Any] = import_module(paper.TYPST).Compiler
    words = [plain(paper.sheet(n), language("zh_CN")) for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder, "forms.typ"), Path(folder, "forms.pdf")
        source.write_text(SOURCE, encoding="utf-8")
        Path(folder, "forms.json").write_text(json.dumps(words), encoding="utf-8")
        start = time.process_time()
        compiler(str(source), root=folder, font_paths=[str(FOLDER)], ignore_system_fonts=True).compile(output=str(path))
        taken = time.process_time() - start
        assert path.stat().st_size > count * 1000
    return {"cpu": taken / count}


def thousand() -> dict[str, float]:
    return by_typst(paper.COUNT)


def cases() -> list[Case]:
    ours = Case("paper.typst", f"{paper.COUNT} filled review forms, each, beside Typst",
                partial(called, paper.__name__, "thousand"), partial(called, __name__, "thousand"),
                goal=1.0)  # fmt: skip
    return [ours] if find_spec(paper.TYPST) else []
