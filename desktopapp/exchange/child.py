"""A process of its own for a file that is a stranger's: little memory and time, no file to write, no network.

A hostile file can only end that process. It answers on its standard output with text and figures, which cannot do
anything here. Run as `python -m desktopapp.exchange.child KIND …`; the packed program starts itself with `FLAG`,
which its two `__main__` files look for before anything else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import IO, Any

FLAG = "--read"
"""The argument that makes the packed program read a file and end."""
KINDS = ("workbook", "separated", "archive", "returned", "scanned")
"""What reads, each a module here with `MEMORY`, `SECONDS` and `answer(arguments, given, out)`."""

_BARRED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.startfile",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.", "ftplib.",
    "http.", "urllib.", "smtplib.", "webbrowser.", "winreg.",
)  # fmt: skip
"""What a reader never does, by the beginning of the name Python calls it by."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def answered(kind: str, *arguments: str, given: bytes = b"", seconds: float) -> bytes:
    """All that a reader answers. Raises `OSError`, or `SubprocessError` where it died or took too long."""
    started = [*command(kind), *arguments]
    done = subprocess.run(started, input=given, stdout=subprocess.PIPE, timeout=seconds, check=True, **_around())
    told: bytes = done.stdout
    return told


@contextmanager
def answering(kind: str, *arguments: str, given: bytes, seconds: float) -> Iterator[IO[bytes]]:
    """What a reader answers while it does, so that neither side holds the whole of it. Raises `OSError`.

    It is ended in any case, and after some time: the answer is then cut short, which its own end must show.
    """
    started = [*command(kind), *arguments]
    process = subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **_around())
    late = Timer(seconds, process.kill)
    late.daemon = True
    late.start()
    try:
        if process.stdin is None or process.stdout is None:
            raise OSError
        with suppress(OSError), process.stdin:  # it may have ended already
            process.stdin.write(given)  # it answers nothing before it has read the whole
        yield process.stdout
    finally:
        late.cancel()
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


def command(kind: str) -> list[str]:
    """What starts a reader."""
    return [sys.executable, *([FLAG] if _is_packed() else ["-m", "desktopapp.exchange.child"]), kind]


def _is_packed() -> bool:
    return getattr(sys, "frozen", False)


def _around() -> dict[str, Any]:
    return {
        "stderr": subprocess.DEVNULL,
        "cwd": None if _is_packed() else Path(__file__).resolve().parents[2],
        "creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Be a reader: what is given comes in on the standard input, the answer goes out on the standard output."""
    kind, *rest = [each for each in (sys.argv[1:] if arguments is None else arguments) if each != FLAG]
    if kind not in KINDS:
        return 2
    reader = import_module(f"desktopapp.exchange.{kind}")
    confine(reader.MEMORY, reader.SECONDS)
    # sys.stdin and sys.stdout are missing in a packed program without a console
    with open(0, "rb", closefd=False) as given, open(1, "wb", closefd=False) as out:
        reader.answer(rest, given, out)
    return 0


def confine(memory: int, seconds: int) -> None:
    """Give up what a reader does not need. On Windows only deeds are barred, and the parent has little patience."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_bar)
    if sys.platform != "win32":
        import resource

        for limit, most in (("AS", memory), ("CPU", seconds), ("FSIZE", 0), ("CORE", 0)):
            resource.setrlimit(getattr(resource, f"RLIMIT_{limit}"), (most, most))


def _bar(event: str, told: tuple[Any, ...]) -> None:
    is_write = event == "open" and not isinstance(told[0], int) and isinstance(told[2], int) and told[2] & _WRITES
    if is_write or event.startswith(_BARRED):
        raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main())
