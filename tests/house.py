"""The rules of the house that imports cannot say. Each takes the folder of the sources and names what breaks it."""

from __future__ import annotations

import ast
import inspect
import re
import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

from desktopapp.kernel.area import Area
from desktopapp.kernel.language import language
from desktopapp.storage import Record
from desktopapp.storage.fields import KINDS

ROOT = Path(__file__).resolve().parents[1]

SURE_VERBS = {
    "get_or_none", "get_by_id", "get_or_create", "insert_many", "bulk_create", "bulk_update", "delete_instance",
    "delete_by_id", "execute_sql", "atomic",
}  # fmt: skip
"""Calls that speak to the file whatever they are called on."""

TABLE_VERBS = {"select", "create", "insert", "update", "delete", "replace", "get", "execute", "save", "bulk"}
"""Calls that do when called on a table; Qt has some of the same names."""

CLOCKS = {
    "today": {"date", "datetime"},
    "now": {"datetime"},
    "utcnow": {"datetime"},
    "currentDate": {"QDate"},
    "currentDateTime": {"QDateTime"},
}
MAY_ASK_THE_TIME = {"ui/front.py", "ui/main.py", "desktopapp/cli.py", "desktopapp/storage/unit.py"}

NAMES_WITHOUT_MEANING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}

Offence = str
Check = Callable[[Path], Iterable[Offence]]


def sources(root: Path, *tops: str) -> Iterator[tuple[str, ast.Module]]:
    """Every source file below these folders, by its place and its tree."""
    for top in tops or ("desktopapp", "ui"):
        for path in sorted((root / top).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    """The last name of what is called: `save` of `row.person.save()`."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def owner(call: ast.Call) -> str:
    """The name before that: `person` of `row.person.save()`."""
    before = getattr(call.func, "value", None)
    return getattr(before, "attr", getattr(before, "id", ""))


def windows_write(root: Path) -> Iterator[Offence]:
    """Windows ask queries and services; no word of the database is spoken in them."""
    for place, tree in sources(root, "ui"):
        for call in calls(tree):
            verb, on = called(call), owner(call)
            of_a_table = verb in TABLE_VERBS and re.match(r"(?!Q[A-Z])[A-Z][a-z]", on)
            of_a_row = verb == "save" and not call.args and on and not on.endswith(("self", "painter"))
            if verb in SURE_VERBS or of_a_table or of_a_row:
                yield f"{place}:{call.lineno} {on}.{verb}()"


def clocks(root: Path) -> Iterator[Offence]:
    """The day is an argument: only the two ways in ask for it, and the trail for its time stamp."""
    for place, tree in sources(root):
        for call in calls(tree):
            if owner(call) in CLOCKS.get(called(call), ()) and place not in MAY_ASK_THE_TIME:
                yield f"{place}:{call.lineno} {owner(call)}.{called(call)}()"


def units_out_of_place(root: Path) -> Iterator[Offence]:
    """A unit stands in a service, or in the overview where areas act as one, and its name begins with the area's."""
    for place, tree in sources(root):
        top, area, *rest = place.split("/")
        if (top, area) == ("desktopapp", "storage"):
            continue
        known = constants(tree)
        for call in calls(tree):
            if not (isinstance(call.func, ast.Name) and call.func.id == "unit"):
                continue
            if area != "overview" and rest[0] not in ("service.py", "service"):
                yield f"{place}:{call.lineno} unit()"
            name = known.get(getattr(call.args[0], "id", ""), getattr(call.args[0], "value", None))
            if not re.fullmatch(rf"{area}\.[a-z_]+", str(name)):
                yield f"{place}:{call.lineno} {name} does not begin with {area}."


def constants(tree: ast.Module) -> dict[str, object]:
    """The values that names of a module stand for."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def markup_on_paper(root: Path) -> Iterator[Offence]:
    """ReportLab's paragraphs read markup and open files named in it, so none is made: text is drawn as it is."""
    for place, tree in sources(root):
        for node in ast.walk(tree):
            imported = [each.name for each in getattr(node, "names", ())] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                imported = [node.module or ""]
            if any(name.startswith("reportlab.platypus") for name in imported):
                yield f"{place}:{getattr(node, 'lineno', 0)} reportlab.platypus"


def rich_labels(root: Path) -> Iterator[Offence]:
    """Qt's own label guesses whether a text is markup; the kit's never does."""
    for place, tree in sources(root, "ui"):
        for call in calls(tree):
            if called(call) == "QLabel" and place != "ui/kit/label.py":
                yield f"{place}:{call.lineno} QLabel()"


def glued_texts(root: Path) -> Iterator[Offence]:
    """A marked text is one literal, so that it can be found and translated whole."""
    for place, tree in sources(root):
        for call in calls(tree):
            if called(call) in {"N_", "M"} and not is_whole(call.args[0] if call.args else None):
                yield f"{place}:{call.lineno} {called(call)}()"


def is_whole(text: ast.expr | None) -> bool:
    """Whether a text is a literal, or a name for one that is marked elsewhere."""
    if isinstance(text, ast.Call):
        return called(text) == "N_"
    return text is not None and not isinstance(text, ast.JoinedStr | ast.BinOp)


def missing_values(root: Path) -> Iterator[Offence]:
    """What a message leaves open is given with it, and nothing else is."""
    for place, tree in sources(root):
        for call in calls(tree):
            if called(call) != "M" or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            given = {each.arg for each in call.keywords}
            if None not in given and given != placeholders(call.args[0].value):
                yield f"{place}:{call.lineno} {call.args[0].value!r} with {sorted(map(str, given))}"


def placeholders(text: str) -> set[str]:
    """The names a text leaves open."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def chinese_in_code(root: Path) -> Iterator[Offence]:
    """Dates are not formatted with Chinese: the C library of some systems drops it."""
    for place, tree in sources(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "strftime":
                formats: list[ast.AST] = list(node.args)
            elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
                formats = [node.format_spec]
            else:
                continue
            if not all(ast.unparse(each).isascii() for each in formats):
                yield f"{place}:{node.lineno} a date format with Chinese"


def empty_names(root: Path) -> Iterator[Offence]:
    """A file is named by a noun of the trade."""
    for place, _ in sources(root):
        if NAMES_WITHOUT_MEANING & set(Path(place).with_suffix("").parts):
            yield place


def first_lines(root: Path) -> Iterator[Offence]:
    """A file's first line says which idea it holds."""
    for place, tree in sources(root):
        if not ast.get_docstring(tree):
            yield place


CHECKS: tuple[Check, ...] = (
    windows_write, clocks, units_out_of_place, markup_on_paper, rich_labels, glued_texts, missing_values,
    chinese_in_code, empty_names, first_lines,
)  # fmt: skip
"""Every rule that is read off the source."""


def undocumented(module: ModuleType) -> Iterator[Offence]:
    """A public method says what its name does not, unless a parent or a protocol of the module says it."""
    kinds = [kind for kind in vars(module).values() if inspect.isclass(kind) and kind.__module__ == module.__name__]
    protocols = [kind for kind in kinds if getattr(kind, "_is_protocol", False)]
    for kind in kinds:
        for name, member in vars(kind).items():
            function = inspect.unwrap(getattr(member, "__func__", member))
            if kind.__name__.startswith("_") or name.startswith("_") or not inspect.isfunction(function):
                continue
            elsewhere = [*kind.__mro__[1:], *(each for each in protocols if each is not kind)]
            if not function.__doc__ and not any(hasattr(each, name) for each in elsewhere):
                yield f"{module.__name__}.{kind.__name__}.{name}"


def homeless(tables: Iterable[type], areas: Iterable[Area]) -> Iterator[Offence]:
    """A table belongs to one area, whose models it stands among."""
    for table in tables:
        homes = [area.key for area in areas if table in area.tables]
        if len(homes) != 1 or table.__module__ != f"desktopapp.{homes[0]}.models":
            yield f"{table.__name__} in {homes}"


def unlabelled(tables: Iterable[type[Record]]) -> Iterator[Offence]:
    """A column has a label, worded in Chinese."""
    zh = language("zh_CN")
    for table in tables:
        for field in table._meta.sorted_fields:
            if not field.primary_key and zh.text(field.verbose_name or "") in {"", field.verbose_name}:
                yield f"{table.__name__}.{field.name}"


def unread(readers: Iterable[type], kinds: Iterable[type] = KINDS) -> Iterator[Offence]:
    """Whoever reads kinds of value reads all of them."""
    yield from (kind.__name__ for kind in set(kinds) ^ set(readers))
