"""Sets up, starts, tests and builds TeamHelm. Needs nothing but Python 3.11, 3.12 or 3.13.

python3 dev.py run [ARGUMENTS]   start the program; with no screen, make the sample firm's papers and pictures
python3 dev.py test [ARGUMENTS]  every check, then the tests, those of the real window first; arguments go to pytest and
                                 leave the real window out
python3 dev.py bench             the benchmarks, each beside its reference
python3 dev.py faults [KINDS]    kills, power cuts, failing disks, damage: the long form of each, or --short
python3 dev.py scans [COUNT]     600 ticked forms as scanners and telephones see them: what is read, what is asked
python3 dev.py shots [FOLDER]    a picture of every page in both languages and both themes
python3 dev.py build             the program as a folder that needs no Python, under dist/
python3 dev.py words             bring the catalogue up to date with the texts in the code
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = BIN / ("python.exe" if sys.platform == "win32" else "python")
STAMP = VENV / "requirements.sha256"
"""The lock file that was last installed."""
FROZEN = ROOT / "dist" / "teamhelm" / ("teamhelm.exe" if sys.platform == "win32" else "teamhelm")
"""The commands, frozen."""
FIREFOX = ROOT / "tests" / "reviews"
"""Where the engine of Firefox is named that forms are filled in with, in two files as npm reads them."""
ENGINE = VENV / "pdfjs"
"""Where that engine is put."""

PYTHONS = ((3, 11), (3, 13))
"""The oldest and the newest Python there are locked packages for."""

WINDOW = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt opens a window with on Linux, and the Debian package each library is in."""

CHECKS = (
    ("ruff", "check", "."),
    ("lint-imports", "--no-cache"),
    ("mypy",),
    ("deptry", "."),
)
"""What must hold before the tests are worth running."""


def main(arguments: list[str]) -> int:
    """Carry out one command; its exit code."""
    commands = {"run": run, "test": test, "bench": bench, "faults": faults, "scans": scans, "shots": shots,
                "build": build, "words": words}  # fmt: skip
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 2
    if not PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        print(f"This is Python {sys.version.split()[0]}. Start dev.py with Python 3.11, 3.12 or 3.13.")
        return 2
    os.chdir(ROOT)
    return commands[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Start the program, or show what it does where there is no screen."""
    set_up()
    if has_screen():
        return python("-m", "ui", *arguments)
    print("There is no screen here, so the sample firm's forms and pictures of every page go into demo/.", flush=True)
    return python("-m", "desktopapp", "demo", "demo") or python("-m", "tests.shots", "demo", **unseen())


def test(arguments: list[str]) -> int:
    """Run every check and then the tests, whose summary is the last line."""
    set_up()
    apt_install(missing_to_look())
    fetch_engine()
    failed = [tool for tool, *options in CHECKS if call(BIN / tool, *options)]
    if not arguments and on_a_screen("-m", "pytest", "-q", "-m", "screen", "tests/screen"):
        failed.append("the tests in a real window")
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    chosen = arguments or ["-q", "-n", str(os.cpu_count() or 1), "--dist", "loadfile"]
    return python("-m", "pytest", *chosen, **unseen()) or bool(failed)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks."""
    set_up()
    return python("-m", "tests.benchmarks", *arguments, **unseen())


def faults(arguments: list[str]) -> int:
    """Do to the program what must not cost the owner anything."""
    set_up()
    return python("-m", "tests.faults", *arguments, **unseen())


def scans(arguments: list[str]) -> int:
    """Read ticked forms that were scanned and photographed, and fail where a tick is read wrong."""
    set_up()
    return python("-m", "tests.reviews.scans", *arguments, **unseen())


def shots(arguments: list[str]) -> int:
    """Take the pictures."""
    set_up()
    return python("-m", "tests.shots", *(arguments or ["shots"]), **unseen())


def build(arguments: list[str]) -> int:
    """Freeze the program, and see that what was frozen prints: what only a run imports, no freezing notices."""
    set_up()
    apt_install(missing_to_freeze())
    if failed := python("-m", "PyInstaller", "--noconfirm", "--clean", *arguments, "build.spec"):
        return failed
    with tempfile.TemporaryDirectory(prefix="teamhelm-") as folder:
        failed = call(FROZEN, "demo", folder)
    print("The frozen program fails, as it says above." if failed else f"It is in {FROZEN.parent}.", flush=True)
    return failed


def words(_arguments: list[str]) -> int:
    """Rewrite the catalogue."""
    set_up()
    return python("-m", "tests.catalogue")


def set_up() -> None:
    """Make the environment and fill it from the lock file, where that has not been done."""
    apt_install(missing())
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not (PYTHON.exists() and has_pip(PYTHON)):
        make_venv()
    print("Installing the packages of requirements.lock ...", flush=True)
    if python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(LOCK)):
        sys.exit("The packages could not be installed; pip says why above.")
    STAMP.write_text(wanted)


def missing() -> list[str]:
    """The Debian packages this system lacks, of those that Python and Qt stand on."""
    if sys.platform != "linux":
        return []
    packages = [package for library, package in WINDOW.items() if not loads(library)]
    if not PYTHON.exists() and not importlib.util.find_spec("ensurepip"):
        packages.append(f"python3.{sys.version_info[1]}-venv")
    return packages


def missing_to_freeze() -> list[str]:
    """The Debian packages this system lacks, of those that PyInstaller calls."""
    if sys.platform != "linux":
        return []
    shared = f"libpython3.{sys.version_info[1]}"
    packages = [] if shutil.which("objdump") else ["binutils"]
    if sys.base_prefix == "/usr" and not loads(f"{shared}.so.1.0"):
        packages.append(shared)
    return packages


def missing_to_look() -> list[str]:
    """The Debian packages this system lacks, of those that look at the papers as another program would."""
    if sys.platform != "linux":
        return []
    return [] if shutil.which("pdftotext") and shutil.which("pdffonts") else ["poppler-utils"]


def fetch_engine() -> None:
    """Fetch the engine of Firefox by its hash, where there is Node to run it and that has not been done."""
    npm, wanted, there = shutil.which("npm"), FIREFOX / "package-lock.json", ENGINE / "package-lock.json"
    if not (npm and shutil.which("node")):
        print("Forms are not filled in as Firefox does: there is no Node here.", flush=True)
        return
    if (ENGINE / "node_modules").exists() and there.exists() and there.read_bytes() == wanted.read_bytes():
        return
    ENGINE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(FIREFOX / name, ENGINE)
    options = ("--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if call(npm, "ci", *options, "--prefix", str(ENGINE.resolve())):
        there.unlink()
        print("Forms are not filled in as Firefox does: npm says why above.", flush=True)


def make_venv() -> None:
    """Make `.venv`, whole or not at all."""
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("Python cannot make .venv without its venv package.")
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def has_pip(python: Path) -> bool:
    """Whether an environment was made to its end."""
    asked = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def has_screen() -> bool:
    """Whether a window could be seen."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def loads(library: str) -> bool:
    """Whether the system has a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt_install(packages: list[str]) -> None:
    """Install Debian packages where we may; else name the command and go on."""
    if not packages:
        return
    if not shutil.which("apt-get"):
        print(f"Missing on this system, by their Debian names: {' '.join(packages)}", flush=True)
    elif os.geteuid() != 0:
        print(f"Missing on this system: sudo apt-get install --no-install-recommends {' '.join(packages)}", flush=True)
    else:
        print(f"Installing {' '.join(packages)} ...", flush=True)
        install = ("apt-get", "install", "-qq", "--no-install-recommends", *packages)
        if call(*install, **quiet()) and (call("apt-get", "update", "-qq") or call(*install, **quiet())):
            print("Could not be installed; apt-get says why above.", flush=True)


def quiet() -> dict[str, str]:
    """Settings under which apt asks nothing."""
    return {"DEBIAN_FRONTEND": "noninteractive"}


def unseen() -> dict[str, str]:
    """Settings under which Qt draws without a screen, the same on every machine."""
    return {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def on_a_screen(*arguments: str) -> int:
    """Run the environment's Python with a screen that nobody sees; its exit code, 0 where there is no such screen."""
    if sys.platform == "linux":
        apt_install([] if shutil.which("xvfb-run") and shutil.which("xauth") else ["xvfb", "xauth"])
    if not (shutil.which("xvfb-run") and shutil.which("xauth")):
        print("The tests in a real window were left out: there is no Xvfb here to show it on.", flush=True)
        return 0
    screen = ("-a", "-s", "-screen 0 1440x900x24")
    return call("xvfb-run", *screen, str(PYTHON), *arguments, QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8")


def python(*arguments: str, **settings: str) -> int:
    """Run the environment's Python; its exit code."""
    return call(PYTHON, *arguments, **settings)


def call(program: str | Path, *arguments: str, **settings: str) -> int:
    """Run a program with these settings in its surroundings; its exit code."""
    surroundings = {**os.environ, "PYTHONUTF8": "1", **settings}
    return subprocess.run([str(program), *arguments], env=surroundings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
