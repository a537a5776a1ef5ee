"""Setting up on a fresh machine, without touching this one."""

import re
import runpy
import sys
from types import SimpleNamespace

import pytest

import dev
from ui.pages.settings.about import LIBRARIES, WITHIN


@pytest.fixture
def ran(monkeypatch):
    """The programs dev.py would run; each succeeds unless the test says otherwise."""
    told = []
    failing = set()

    def call(program, *arguments, **_settings):
        told.append((getattr(program, "name", program), *arguments))
        return int(bool(failing & {*told[-1]}))

    monkeypatch.setattr(dev, "call", call)
    call.told, call.failing = told, failing
    return call


@pytest.fixture
def machine(monkeypatch, tmp_path, ran):
    """An empty machine: no environment yet, one package to install."""
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "LOCK", tmp_path / "lock")
    monkeypatch.setattr(dev, "make_venv", dev.PYTHON.touch)
    monkeypatch.setattr(dev, "has_pip", lambda _python: True)
    monkeypatch.setattr(dev, "missing", list)
    monkeypatch.setattr(dev, "ENGINE", tmp_path / "pdfjs")
    dev.LOCK.write_text("one==1")
    return ran


@pytest.fixture
def debian(monkeypatch, ran):
    """A Debian whose user is as the test says."""
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    return lambda user: monkeypatch.setattr(dev.os, "geteuid", lambda: user, raising=False)


def test_an_unknown_command_shows_the_known_ones(capsys):
    assert dev.main(["fly"]) == 2
    assert "dev.py run" in capsys.readouterr().out


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_a_python_that_does_not_fit_is_refused_by_name(monkeypatch, capsys, version):
    monkeypatch.setattr(sys, "version_info", version)
    assert dev.main(["run"]) == 2
    assert "3.11, 3.12 or 3.13" in capsys.readouterr().out


def test_packages_are_installed_once_for_a_lock_file(machine):
    dev.set_up()
    dev.set_up()
    assert len(machine.told) == 1
    assert "--require-hashes" in machine.told[0]


def test_a_changed_lock_file_is_installed_again(machine):
    dev.set_up()
    dev.LOCK.write_text("one==2")
    dev.set_up()
    assert len(machine.told) == 2


def test_a_failed_install_is_tried_again_the_next_time(machine):
    machine.failing.add("pip")
    with pytest.raises(SystemExit, match="could not be installed"):
        dev.set_up()
    machine.failing.clear()
    dev.set_up()
    assert len(machine.told) == 2


def test_who_may_not_install_is_told_the_one_command(debian, ran, capsys):
    debian(1000)
    dev.apt_install(["libgl1", "libegl1"])
    assert "sudo apt-get install --no-install-recommends libgl1 libegl1" in capsys.readouterr().out
    assert ran.told == []


def test_root_installs_and_looks_for_news_only_where_that_fails(debian, ran):
    debian(0)
    dev.apt_install(["libgl1"])
    assert [told[1] for told in ran.told] == ["install"]
    ran.told.clear()
    ran.failing.add("install")
    dev.apt_install(["libgl1"])
    assert [told[1] for told in ran.told] == ["install", "update", "install"]


def test_nothing_missing_calls_nothing(debian, ran):
    debian(0)
    dev.apt_install([])
    assert ran.told == []


def test_the_tests_run_last_and_a_failed_check_is_not_forgotten(machine):
    machine.failing.add("mypy")
    assert dev.test(["-q"]) == 1
    assert [told[0] for told in machine.told[-5:]] == ["ruff", "lint-imports", "mypy", "deptry", "python"]
    assert machine.told[-1][1:] == ("-m", "pytest", "-q")


def test_the_tests_in_a_real_window_run_before_the_others(machine, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    machine.failing.add("tests/screen")
    assert dev.test([]) == 1
    assert machine.told[-2][:3] == ("xvfb-run", "-a", "-s")
    assert machine.told[-2][-2:] == ("screen", "tests/screen")
    assert machine.told[-1][1:3] == ("-m", "pytest")


def test_without_xvfb_it_is_said_that_they_are_left_out(machine, monkeypatch, capsys):
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    assert dev.test([]) == 0
    assert machine.told[-1][1:3] == ("-m", "pytest")
    assert "there is no Xvfb" in capsys.readouterr().out


def test_the_engine_of_firefox_is_fetched_once_by_its_hash(machine, debian):
    dev.fetch_engine()
    (dev.ENGINE / "node_modules").mkdir()
    dev.fetch_engine()
    assert [told[:2] for told in machine.told] == [("/usr/bin/npm", "ci")]
    assert '"integrity": "sha512-' in (dev.ENGINE / "package-lock.json").read_text()


def test_an_engine_that_could_not_be_fetched_is_tried_again(machine, debian, capsys):
    machine.failing.add("ci")
    dev.fetch_engine()
    assert "npm says why above" in capsys.readouterr().out
    dev.fetch_engine()
    assert len(machine.told) == 2


def test_without_node_no_engine_is_fetched_and_it_is_said(machine, monkeypatch, capsys):
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    dev.fetch_engine()
    assert machine.told == []
    assert "there is no Node" in capsys.readouterr().out


def test_faults_are_done_as_asked(machine):
    assert dev.main(["faults", "--short", "kills"]) == 0
    assert machine.told[-1][1:] == ("-m", "tests.faults", "--short", "kills")


def test_so_many_scans_are_read_as_are_asked_for(machine):
    assert dev.main(["scans", "60"]) == 0
    assert machine.told[-1][1:] == ("-m", "tests.reviews.scans", "60")


@pytest.mark.parametrize(("broken", "code", "runs"), [("", 0, 2), ("demo", 1, 2), ("PyInstaller", 1, 1)])
def test_what_was_frozen_is_tried_before_it_is_called_built(machine, monkeypatch, capsys, broken, code, runs):
    monkeypatch.setattr(dev, "missing_to_freeze", list)
    dev.main(["words"])
    machine.told.clear()
    machine.failing |= {broken}
    assert dev.main(["build"]) == code
    assert [told[0] for told in machine.told] == ["python", dev.FROZEN.name][:runs]
    assert ("It is in" in capsys.readouterr().out) == (code == 0)


def test_the_frozen_program_has_all_data_and_what_is_imported_by_name():
    """build.spec is carried out with stand-ins, which note what would be taken in."""
    taken = frozen_parts()
    assert ("resources", "resources") in taken["datas"]
    assert any(into.startswith("pypinyin") for _, into in taken["datas"])
    assert ("LICENSE", ".") in taken["datas"]
    told = {re.sub(r"-[0-9].*", "", into) for _, into in taken["datas"] if into.endswith(".dist-info")}
    assert told == {package.lower().replace("-", "_") for _, package, _ in LIBRARIES if package not in WITHIN}
    assert {"code128", "widgets", "qrencoder"} <= {
        name.removeprefix("reportlab.graphics.barcode.") for name in taken["hiddenimports"]
    }
    assert not {"reportlab", "PIL", "pypdf", "peewee"} & set(taken["excludes"])
    assert taken["scripts"] == ["ui/__main__.py", "desktopapp/__main__.py"]


def frozen_parts() -> dict[str, object]:
    """What build.spec names to be taken in."""
    taken = {}

    def analysis(scripts, **named):
        taken.update(named, scripts=scripts)
        return SimpleNamespace(binaries=[], datas=[], pure=[], scripts=[])

    stand_ins = {name: lambda *_parts, **_named: None for name in ("PYZ", "EXE", "COLLECT")}
    runpy.run_path(str(dev.ROOT / "build.spec"), {**stand_ins, "Analysis": analysis, "SPECPATH": str(dev.ROOT)})
    return taken


def test_without_a_screen_the_sample_firm_is_shown_in_files(machine, monkeypatch, capsys):
    monkeypatch.setattr(dev, "has_screen", lambda: False)
    assert dev.run([]) == 0
    assert [told[2:] for told in machine.told[-2:]] == [("desktopapp", "demo", "demo"), ("tests.shots", "demo")]
    assert "demo/" in capsys.readouterr().out
