"""What the import rules cannot say. That each rule bites is shown in test_contracts.py."""

import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import desktopapp
import ui
from desktopapp.areas import AREAS, TABLES
from desktopapp.exchange.parsers import PARSERS
from desktopapp.storage import Record
from desktopapp.storage.fields import KINDS
from tests import house
from tests.house import ROOT
from ui.kit.editors import CELLS, EDITORS

TOP = {
    "CHANGELOG.md", "LICENSE", "README.md", "build.spec", "desktopapp", "dev.py", "docs", "pyproject.toml",
    "requirements.lock", "resources", "tests", "ui",
}  # fmt: skip


def modules(package):
    """Every module of a package, imported."""
    names = [each.name for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


@pytest.mark.parametrize("check", house.CHECKS, ids=lambda check: check.__name__)
def test_the_sources_keep_the_rule(check):
    assert list(check(ROOT)) == []


@pytest.mark.parametrize("package", [desktopapp, ui], ids=lambda package: package.__name__)
def test_every_public_method_says_what_its_name_does_not(package):
    assert [found for module in modules(package) for found in house.undocumented(module)] == []


def test_every_table_belongs_to_exactly_one_area():
    modules(desktopapp)
    tables = [table for table in Record.__subclasses__() if table.__module__.startswith("desktopapp.")]
    assert set(TABLES) <= set(tables)
    assert list(house.homeless(tables, AREAS)) == []


def test_every_area_has_its_rooms_held():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [rooms] = [each["containers"] for each in settings["contracts"] if each["id"] == "slice"]
    assert sorted(rooms) == sorted(f"desktopapp.{area.key}" for area in AREAS)


def test_every_column_has_a_label_in_both_languages():
    assert list(house.unlabelled(TABLES)) == []


def test_every_column_is_of_a_known_kind():
    columns = [field for table in TABLES for field in table._meta.sorted_fields if not field.primary_key]
    assert [field for field in columns if type(field) not in KINDS] == []


@pytest.mark.parametrize("readers", [EDITORS, CELLS, PARSERS], ids=["editor", "cell", "import parser"])
def test_every_kind_of_value_has_one(readers):
    assert list(house.unread(readers)) == []


def test_nothing_else_stands_at_the_top():
    made = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - made == TOP


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/architecture.md"])
def test_every_file_a_page_points_to_is_there(page):
    pointed = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [each for each in pointed if not (ROOT / page).parent.joinpath(each).exists()] == []


def locked():
    """The version of each package in the lock file."""
    pinned = re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    return dict(pinned)


def test_the_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    wanted = [each for each in map(Requirement, asked) if each.name != project["name"]]
    assert [str(each) for each in wanted if locked().get(canonicalize_name(each.name), "") not in each.specifier] == []


def test_the_lock_names_no_place_to_fetch_from():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert all("--hash=sha256:" in part for part in re.split(r"\n(?=\S)", lock.strip()))


def test_the_word_for_a_fine_is_only_used_to_forbid_it():
    shipped = [*(ROOT / "resources/starter").iterdir(), *(ROOT / "resources/locale").rglob("*.po")]
    lines = [line for path in shipped for line in Path(path).read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if "罚款" in line and not re.search("不要使用|不得|违法|无权", line)] == []
