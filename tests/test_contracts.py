"""Every rule of the house is seen to fail once: a copy of the sources is broken in one place, and that rule says so."""

import importlib.util
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from desktopapp.areas import AREAS
from desktopapp.kernel.area import Area
from desktopapp.storage import Record
from desktopapp.storage.fields import KINDS, Text
from tests import house
from tests.house import ROOT

IMPORTS = [
    ("order", "desktopapp/sales/models.py", "import desktopapp.goals.models"),
    ("order", "desktopapp/loyalty/__init__.py", ""),
    ("slice", "desktopapp/team/models.py", "import desktopapp.team.service"),
    ("slice", "desktopapp/team/helpers.py", ""),
    ("no-window", "desktopapp/team/service.py", "import PySide6.QtCore"),
    ("pure", "desktopapp/team/rules.py", "import peewee"),
    ("pure", "desktopapp/kernel/money.py", "import apsw"),
    ("paper", "desktopapp/team/queries.py", "import reportlab.pdfgen"),
    ("paper", "ui/window.py", "import reportlab.pdfgen"),
    ("no-sql", "ui/window.py", "import peewee"),
    ("file", "ui/window.py", "import desktopapp.storage"),
    ("pages", "ui/pages/one.py", "import ui.pages.other"),
    ("ui", "ui/kit/late.py", "import ui.pages"),
    ("ui", "ui/tools.py", ""),
]
"""A contract, a file, and the line that breaks it. A file that is not there yet is made."""

SOURCE = [
    (house.windows_write, "ui/window.py", "Person.select()"),
    (house.windows_write, "ui/window.py", "person.save()"),
    (house.windows_write, "ui/window.py", "person.delete_instance()"),
    (house.clocks, "desktopapp/team/rules.py", "date.today()"),
    (house.clocks, "ui/window.py", "QDate.currentDate()"),
    (house.units_out_of_place, "desktopapp/team/queries.py", "with unit('team.add', words): pass"),
    (house.units_out_of_place, "desktopapp/team/service.py", "with unit('goals.set', words): pass"),
    (house.markup_on_paper, "desktopapp/printing/late.py", "from reportlab.platypus import Paragraph"),
    (house.markup_on_paper, "desktopapp/team/report.py", "import reportlab.platypus.xpreformatted"),
    (house.rich_labels, "ui/window.py", "QLabel(name)"),
    (house.glued_texts, "ui/window.py", "N_(f'{count} people')"),
    (house.glued_texts, "ui/window.py", "M('people: ' + name)"),
    (house.glued_texts, "ui/window.py", "M('{count} people'.format(count=2))"),
    (house.missing_values, "ui/window.py", "M('{name} left', person=name)"),
    (house.missing_values, "ui/window.py", "M('{name} left')"),
    (house.chinese_in_code, "ui/window.py", "day.strftime('%Y年')"),
    (house.chinese_in_code, "ui/window.py", "f'{day:%Y年}'"),
    (house.empty_names, "ui/kit/helpers.py", ""),
    (house.first_lines, "ui/kit/late.py", "import this"),
]
"""A rule, a file, and the lines that break it."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    """A copy of the sources and the contracts."""
    copy = tmp_path_factory.mktemp("whole")
    for top in ("desktopapp", "ui"):
        shutil.copytree(ROOT / top, copy / top, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture(scope="module")
def broken_already(whole) -> set[str]:
    """The contracts the sources break as they are: none, or the first test says so."""
    return broken_contracts(whole)


@pytest.fixture
def broken(whole, broken_already, request):
    """The copy with one line too many, and as it was again afterwards."""
    place, line = request.param
    path = whole / place
    before = path.read_bytes() if path.exists() else None
    made = not path.parent.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((before or b"") + f"\n{line}\n".encode())
    other = whole / "ui/pages/other.py"
    other.touch()
    yield whole
    other.unlink()
    path.unlink()
    if before is not None:
        path.write_bytes(before)
    if made:
        path.parent.rmdir()


def broken_contracts(root: Path) -> set[str]:
    """The names of the contracts import-linter finds broken below a folder."""
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    told = subprocess.run(linter, cwd=root, capture_output=True, encoding="utf-8", check=False).stdout
    assert "Contracts" in told, told
    return {line.removesuffix(" BROKEN") for line in told.splitlines() if line.endswith(" BROKEN")}


def contracts() -> dict[str, str]:
    """The name of each contract by its id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {each["id"]: each["name"] for each in settings["tool"]["importlinter"]["contracts"]}


def test_the_sources_as_they_are_keep_every_contract(broken_already):
    assert broken_already == set()


@pytest.mark.parametrize(
    ("contract", "broken"), [(rule, (place, line)) for rule, place, line in IMPORTS], indirect=["broken"]
)
def test_a_breach_breaks_its_contract_and_no_other(contract, broken_already, broken):
    assert broken_contracts(broken) == broken_already | {contracts()[contract]}


def test_every_contract_is_seen_to_fail():
    assert {contract for contract, _, _ in IMPORTS} == contracts().keys()


@pytest.mark.parametrize(
    ("check", "broken"), [(rule, (place, line)) for rule, place, line in SOURCE], indirect=["broken"]
)
def test_a_breach_is_named_by_its_rule(check, broken, whole):
    [*found] = check(broken)
    assert found


def test_every_rule_of_the_source_is_seen_to_fail():
    assert {check for check, _, _ in SOURCE} == set(house.CHECKS)


def test_a_method_that_says_nothing_is_named(tmp_path):
    path = tmp_path / "breach.py"
    path.write_text("class Window:\n    def close(self): ...\n    def __len__(self): ...\n    def _own(self): ...\n")
    spec = importlib.util.spec_from_file_location("breach", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert list(house.undocumented(module)) == ["breach.Window.close"]


class Stray(Record):
    name = Text()


def test_a_table_without_an_area_is_named():
    assert list(house.homeless([Stray], AREAS)) == ["Stray in []"]


def test_a_table_of_two_areas_is_named():
    twice = (*AREAS, Area("second", "Second", AREAS[0].tables))
    assert len(list(house.homeless(AREAS[0].tables, twice))) == len(AREAS[0].tables)


def test_a_column_without_a_label_is_named():
    assert list(house.unlabelled([Stray])) == ["Stray.name"]


def test_a_kind_that_somebody_cannot_read_is_named():
    assert list(house.unread(KINDS[1:])) == [KINDS[0].__name__]
