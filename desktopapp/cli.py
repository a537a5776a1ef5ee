"""The commands without a window.

Exit code 0: done. 1: done, and there is something to look at: the file is not sound, or rows were
rejected. 2: not done, for the reason told; nothing was changed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from typing import TextIO

from desktopapp.areas import AREAS, TABLES
from desktopapp.exchange.mapping import Problem
from desktopapp.kernel.arguments import CHINESE, ENGLISH, answered_in, language_of
from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.file_name import free, legal
from desktopapp.kernel.folder import default_folder
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.language import Language, language
from desktopapp.kernel.message import N_, M, Message
from desktopapp.kernel.period import Period
from desktopapp.overview import backups, daily, everything, sample, standing
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import report as review_report
from desktopapp.reviews.queries import register
from desktopapp.sales import imports as sales_imports
from desktopapp.sales import service as sales_service
from desktopapp.storage import Record, check_file, close_file, open_file
from desktopapp.team import imports as team_imports
from desktopapp.team import queries as team
from desktopapp.team import report as team_report
from desktopapp.team import service as team_service
from desktopapp.team.imports import CHANGED, NEW, SAME

DONE, FOUND, FAILED = 0, 1, 2
PAPER = {"zh": (CHINESE,), "en": (ENGLISH,), "both": (CHINESE, ENGLISH)}
"""The languages of a paper, by what `--lang` of a print command says."""

Say = Callable[[str | Message], None]
Place = Callable[[str], Path]
"""Gives the path of a file of that name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; its exit code."""
    _never_fail_to_write(sys.stdout, sys.stderr)
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = language_of(given)
    with answered_in(words):
        asked = _parser(words).parse_args(given, argparse.Namespace(data=None, today=None))
    try:
        code: int = asked.command(asked, lambda text: print(words.text(text)))
    except (Refused, Fault) as no:
        print(words.text(no.message), file=sys.stderr)
        return FAILED
    return code


def _never_fail_to_write(*streams: TextIO) -> None:
    """A console that cannot show a character shows another; it does not end the command."""
    for stream in streams:
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def _parser(words: Language) -> argparse.ArgumentParser:
    def told(text: str) -> str:
        return words.text(text)

    everywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    folder = told(N_("DIR"))
    everywhere.add_argument("--data", type=Path, metavar=folder, help=told(N_("the folder with the data")))
    everywhere.add_argument("--today", type=date.fromisoformat, help=argparse.SUPPRESS)
    parser = argparse.ArgumentParser(
        "teamhelm", parents=[everywhere], description=told(N_("What the program does without its window."))
    )
    commands = parser.add_subparsers(required=True, metavar=told(N_("COMMAND")))

    def command(
        name: str, does: Callable[[argparse.Namespace, Say], int], helps: str, *languages: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[everywhere], help=told(helps), description=told(helps))
        added.add_argument("--lang", choices=languages or ("zh", "en"), help=told(N_("the language to use")))
        added.set_defaults(command=does)
        return added

    shown = command("demo", demo, N_("put the sample firm and its papers into a folder"))
    shown.add_argument("folder", type=Path, metavar=folder)
    papers = command("print", print_paper, N_("make a PDF"), *PAPER)
    papers.add_argument("what", choices=tuple(PAPERS))
    papers.set_defaults(lang="en" if words.code == ENGLISH else "zh")
    papers.add_argument("--out", type=Path, default=Path(), metavar=folder, help=told(N_("the folder to print into")))
    papers.add_argument("--period", metavar="2026Q3", help=told(N_("the period of the reviews")))
    papers.add_argument("--blank", action="store_true", help=told(N_("nothing filled in")))
    papers.add_argument("--person", metavar=told(N_("NAME")), help=told(N_("only this person")))
    taken = command("import", import_files, N_("take in files of the CRM, or lists of people"))
    taken.add_argument("files", type=Path, nargs="+", metavar=told(N_("FILE")))
    taken.add_argument(
        "--owner", action="append", default=[], metavar=told(N_("LABEL=NAME")),
        help=told(N_("who is meant by a name in the owner column; nobody, if no name is given")),
    )  # fmt: skip
    taken.add_argument(
        "--say", action="append", default=[], metavar="COLUMN=ANSWER",
        help=told(N_("the answer to what was asked about a column: dmy, mdy, percent, share …")),
    )  # fmt: skip
    taken.add_argument("--roster", action="store_true", help=told(N_("the files are lists of the people on the team")))
    taken_out = command("export", export, N_("write everything of the firm into a folder: tables, papers, dates"))
    taken_out.add_argument("folder", type=Path, metavar=folder)
    taken_out.set_defaults(lang="en" if words.code == ENGLISH else "zh")
    command("check", check, N_("see whether the data is sound"))
    return parser


@contextmanager
def _opened(folder: Path | None) -> Iterator[None]:
    open_file(folder or default_folder(), TABLES, now=_now())
    try:
        yield
    finally:
        close_file()


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _day(asked: argparse.Namespace) -> date:
    day: date = asked.today or _now().date()
    return day


def _printed(asked: argparse.Namespace) -> datetime:
    """When it was printed; at nine on a day that was given, so that the same command gives the same bytes."""
    return datetime.combine(asked.today, time(9)) if asked.today else _now()


def demo(asked: argparse.Namespace, say: Say) -> int:
    """Fill a folder with the sample firm's data and papers."""
    today = _day(asked)
    with _opened(asked.data or asked.folder / "data"):
        if sample.is_sample():
            sample.remove()
        if team.people(leavers=True, owner=True):
            raise Refused(M("There is other data in {folder}. Choose an empty folder.", folder=str(asked.folder)))
        sample.load(today)
        last = team.season().of(today).before
        place = partial(_path, asked.folder)
        for paper in PAPER:
            for blank in (False, True):
                _review_forms(place, paper, last, say, printed=_printed(asked), blank=blank)
            _roster(place, paper, today, say, _printed(asked))
            _daily(place, paper, today, say, _printed(asked))
    return DONE


@frozen
class Paper:
    """A PDF that was made, as the log of paper knows it."""

    form: str
    path: Path
    pages: int
    people: Sequence[tuple[int, str]] = ()
    period: Period | None = None


def print_paper(asked: argparse.Namespace, say: Say) -> int:
    """Make one PDF, beside whatever is there, and write it down in the log of paper."""
    with _opened(asked.data):
        made = PAPERS[asked.what](asked, lambda name: free(_path(asked.out, name)), say)
        team_service.log_print(
            form=made.form, at=_printed(asked), pages=made.pages, people=made.people, period=made.period,
            file=made.path.name,
        )  # fmt: skip
    return DONE


def _print_review_forms(asked: argparse.Namespace, place: Place, say: Say) -> Paper:
    if not asked.period:
        raise Refused(M("Say which period: --period 2026Q3."), "period")
    period = Period.parse(asked.period)
    return _review_forms(
        place, asked.lang, period, say, printed=_printed(asked), blank=asked.blank, person=asked.person
    )


def _review_forms(
    place: Place, paper: str, period: Period, say: Say, *, printed: datetime, blank: bool, person: str | None = None
) -> Paper:
    cycle = next((each.id for each in reviews.cycles() if each.period == period), None)
    if cycle is None and not blank:
        raise Refused(M("There are no reviews of {period}.", period=period), "period")
    people, firm = [_person(person)] if person else None, team.firm()
    parts = ("review-forms", str(period), paper, "blank" if blank else "", person or "")
    path = place(legal("-".join(filter(None, parts)) + ".pdf"))
    missing = review_report.missing_glyphs(
        _languages(paper)[0], filled=not blank, firm=firm, cycle=cycle, people=people, period=period
    )
    _tell_missing(missing, say)
    made = review_report.review_forms(
        path, _languages(paper), cycle=cycle, people=people, filled=not blank, firm=firm, printed=printed,
        period=period,
    )  # fmt: skip
    say(M("Printed: {path}", path=str(path)))
    code = review_report.CODE if cycle is None else review_report.code_of(reviews.form(cycle).kind)
    return Paper(code, path, made.pages, _whose(cycle, people), period)


def _whose(cycle: int | None, people: Sequence[int] | None) -> list[tuple[int, str]]:
    """Whose forms were printed: of a round or, without one, of the team."""
    everyone = ([(row.person, row.name) for row in reviews.reviews(cycle)] if cycle is not None
                else [(row.id, row.name) for row in team.people()])  # fmt: skip
    return [who for who in everyone if people is None or who[0] in people]


def _tell_missing(missing: Iterable[tuple[str, str]], say: Say) -> None:
    """Name everybody whose paper would show an empty box, with the characters."""
    for name, characters in missing:
        say(M("{name}: no font here draws {characters}", name=name, characters=characters))


def _print_roster(asked: argparse.Namespace, place: Place, say: Say) -> Paper:
    return _roster(place, asked.lang, _day(asked), say, _printed(asked))


def _roster(place: Place, paper: str, today: date, say: Say, printed: datetime) -> Paper:
    path = place(f"roster-{today}-{paper}.pdf")
    _tell_missing(team_report.missing_glyphs(_languages(paper)[0]), say)
    made = team_report.roster(path, _languages(paper), today=today, printed=printed, grades=standing.grades())
    say(M("Printed: {path}", path=str(path)))
    return Paper(team_report.CODE, path, made.pages)


def _print_daily(asked: argparse.Namespace, place: Place, say: Say) -> Paper:
    return _daily(place, asked.lang, _day(asked), say, _printed(asked))


def _daily(place: Place, paper: str, today: date, say: Say, printed: datetime) -> Paper:
    path = place(f"daily-list-{today}-{paper}.pdf")
    _tell_missing(daily.missing_glyphs(_languages(paper)[0]), say)
    made = daily.daily_list(path, _languages(paper), today=today, printed=printed)
    say(M("Printed: {path}", path=str(path)))
    return Paper(daily.CODE, path, made.pages)


PAPERS = {"review-forms": _print_review_forms, "roster": _print_roster, "daily": _print_daily}
"""What can be printed."""


def _path(folder: Path, name: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as no:
        raise Fault(M("The folder {folder} cannot be written. Choose another place.", folder=str(folder))) from no
    return folder / name


def _languages(paper: str) -> tuple[Language, ...]:
    return tuple(map(language, PAPER[paper]))


def _person(name: str) -> int:
    """The number of the person of that name; refused where nobody or more than one has it."""
    found = [row.id for row in team.people(leavers=True) if row.name == name.strip()]
    if len(found) != 1:
        raise Refused(M("{count} {count:person is|people are} called {name}.", count=len(found), name=name), "person")
    return found[0]


def import_files(asked: argparse.Namespace, say: Say) -> int:
    """Take in files of the CRM or lists of people, each whole; says what each brings first."""
    today = _day(asked)
    with _opened(asked.data):
        backups.back_up_before(why=backups.IMPORT, now=_now())
        if asked.roster:
            rejected = [_import_roster(path, today, say) for path in asked.files]
            return FOUND if any(rejected) else DONE
        return _import(asked.files, dict(map(_owner, asked.owner)), dict(map(_said, asked.say)), today, say)


def _said(text: str) -> tuple[str, str]:
    column, equals, answer = text.rpartition("=")
    if not equals:
        raise Refused(M("Write an answer as COLUMN=ANSWER, not “{text}”.", text=text), "say")
    return column.strip(), answer.strip()


def _owner(said: str) -> tuple[str, int | None]:
    label, equals, name = said.partition("=")
    if not equals:
        raise Refused(M("Write an owner as LABEL=NAME, not “{text}”.", text=said), "owner")
    return label.strip(), _person(name) if name.strip() else None


def _import(
    files: Sequence[Path], owners: dict[str, int | None], said: Mapping[str, str], today: date, say: Say
) -> int:
    found = sales_imports.examine(_answered(sales_imports.look(files), files, said), today=today)
    for each in found.findings:
        _tell_finding(each, say)
    if not found.deliveries or found.is_asking:
        raise Refused(M("Nothing was taken in."))
    unknown = [owner.label for owner in found.owners if owner.asked and owner.label not in owners]
    for label in unknown:
        say(M("Nobody on the team is called “{label}”; --owner says who is meant.", label=label))
    counts = sales_service.take_in(
        found.deliveries, owners=owners, seen=found.owners, files=found.files, today=today
    )
    say(M("Taken in: {new} new, {changed} changed, {same} as before.", new=counts.new, changed=counts.changed,
          same=counts.same))  # fmt: skip
    return FOUND if counts.rejected else DONE


def _answered(drop: sales_imports.Drop, files: Sequence[Path], said: Mapping[str, str]) -> sales_imports.Drop:
    """The files with the answers given on the command line."""
    answers = {}
    for part in drop.parts:
        told = part.answers
        for question in part.questions:
            if question.of in said:
                told = sales_imports.answered(told, question, said[question.of])
        answers[part.key] = told
    return sales_imports.look(files, answers, drop) if said else drop


def _tell_finding(found: sales_imports.Finding, say: Say) -> None:
    part, counts = found.part, found.counts
    if not part.taken:
        say(M("{file} is left out. {why}", file=part.file, why=part.why_not or ""))
        return
    say(M("{file}: {rows} {rows:row|rows}, {rejected} rejected, {twice} twice", file=part.file, rows=counts.rows,
          rejected=counts.rejected, twice=counts.twice))  # fmt: skip
    for question in part.questions:
        say(question.words)
        for key, words in question.options:
            say(M("  --say {column}={answer}  {words}", column=question.of, answer=key, words=words))
    _tell(found.problems, say)


def _import_roster(path: Path, today: date, say: Say) -> int:
    preview = team_imports.preview(path)
    say(M("{file}: {rows} {rows:row|rows}, {rejected} rejected",
          file=preview.file, rows=len(preview.lines) + preview.rejected,
          rejected=preview.rejected))  # fmt: skip
    _tell(preview.problems, say)
    new = [line.values for line in preview.lines if line.does == NEW]
    changed = {line.person: line.values for line in preview.lines if line.does == CHANGED and line.person}
    if new or changed:
        team_service.take_in(new, changed, today=today)
    say(M("Taken in: {new} new, {changed} changed, {same} as before.", new=len(new), changed=len(changed),
          same=preview.count(SAME)))  # fmt: skip
    return preview.rejected


def _tell(problems: Iterable[Problem], say: Say) -> None:
    for problem in problems:
        say(M("Row {row}, {column}: {message}", row=problem.row, column=problem.column, message=problem.message))


def export(asked: argparse.Namespace, say: Say) -> int:
    """Write everything of the firm into a new folder, and write that down."""
    words = _languages(asked.lang)[0]
    with _opened(asked.data):
        made = everything.export(asked.folder, words, today=_day(asked), made=_printed(asked))
        team_service.log_export(what=everything.WHAT, at=_printed(asked), rows=made.rows, file=str(made.folder.name))
    say(M("{tables} {tables:table|tables} and {papers} {papers:paper|papers} are in {folder}",
          tables=made.tables, papers=made.papers, folder=str(made.folder)))  # fmt: skip
    return DONE


def check(asked: argparse.Namespace, say: Say) -> int:
    """Say whether the file is sound, and what is in it."""
    with _opened(asked.data):
        faults = check_file()
        for fault in faults:
            say(M("Fault: {fault}", fault=fault))
        changed = list(_changed_after_signing())
        for name, period in changed:
            say(M("The review of {name} for {period} is not as it was signed.", name=name, period=period))
        broken = register.faults()
        for each in broken:
            say(M("Register of what was signed: {fault}", fault=each))
        for area in AREAS:
            count = sum(table.select().count() for table in area.tables if issubclass(table, Record))
            say(M("{area}: {count} {count:record|records}", area=M(area.title), count=count))
    if faults or changed or broken:
        return FOUND
    say(M("The data is sound."))
    return DONE


def _changed_after_signing() -> Iterator[tuple[str, Period]]:
    for cycle in reviews.cycles():
        for row in reviews.reviews(cycle.id):
            if row.signed and not register.genuine(row.id):
                yield row.name, cycle.period


