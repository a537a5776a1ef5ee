"""What the program asks of the disk, heard before it is done: by SQLite below its cipher, by Python beside it.

SQLite3 Multiple Ciphers wraps any VFS it is asked for by the name "multipleciphers-NAME". So a shim
made by apsw lies *below* the cipher, and what passes it is enciphered, as it is on the disk. Put
above, it would see the text, and a torn sector would be one of the text.
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

CIPHER = "multipleciphers-"
OPEN, READ, WRITE, TRUNCATE, SYNC, DELETE, RENAME = "open", "read", "write", "truncate", "sync", "delete", "rename"


@dataclass(frozen=True)
class Asked:
    """One thing asked of the disk."""

    kind: str
    path: str
    at: int = 0
    """Where a write begins, or how long a file is after it was cut."""
    data: bytes = b""
    to: str = ""
    """The new name."""
    is_new: bool = False
    """Whether opening makes the file, or empties it."""
    by_sqlite: bool = False


Hears = Callable[[Asked], object]
"""Hears what is asked before it is done; what it raises is the answer."""


@contextmanager
def heard(folder: Path, hears: Hears) -> Iterator[None]:
    """Have everything that is asked of the disk in a folder heard."""
    global _hears
    before, usual = _hears, apsw.vfs_names()[0]
    inside = f"{folder.resolve()}{os.sep}"
    _hears = lambda asked: hears(asked) if f"{asked.path}{os.sep}".startswith(inside) else None  # noqa: E731
    _registered()
    apsw.set_default_vfs(_NAME)
    try:
        with patch.multiple(os, **_system()), patch.object(io, "open", _open), patch.object(builtins, "open", _open):
            yield
    finally:
        _hears = before
        apsw.set_default_vfs(usual)


_hears: Hears = lambda _asked: None  # noqa: E731
_NAME = f"{CIPHER}heard"
_shims: list[_Shim] = []
_paths: dict[int, str] = {}
"""What is open, by its number."""
_real_open = io.open


def _full(path: Any) -> str:
    return str(Path(path).absolute())


def _tell(kind: str, path: Any, **more: Any) -> None:
    _hears(Asked(kind, _full(path), **more))


def _registered() -> None:
    """Put the shim below the cipher, once a process."""
    if _shims:
        return
    _shims.append(_Shim())
    apsw.Connection(":memory:", vfs=_NAME).close()  # this is what makes the cipher wrap it


class _Shim(apsw.VFS):
    """The system's own way to files, heard."""

    def __init__(self) -> None:
        self.base = next(name.removeprefix(CIPHER) for name in apsw.vfs_names() if name.startswith(CIPHER))
        super().__init__("heard", self.base)

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path:
            _tell(OPEN, path, is_new=not Path(path).exists(), by_sqlite=True)
        return _File(self.base, name, flags, path or "")

    def xDelete(self, path: str, sync: bool) -> None:
        _tell(DELETE, path, by_sqlite=True)
        super().xDelete(path, sync)
        if sync:
            _tell(SYNC, Path(path).parent, by_sqlite=True)


class _File(apsw.VFSFile):
    def __init__(self, base: str, name: Any, flags: list[int], path: str) -> None:
        super().__init__(base, name, flags)
        self.path = path

    def xRead(self, amount: int, offset: int) -> bytes:
        _tell(READ, self.path, at=offset, by_sqlite=True)
        found: bytes = super().xRead(amount, offset)
        return found

    def xWrite(self, data: bytes, offset: int) -> None:
        _tell(WRITE, self.path, at=offset, data=bytes(data), by_sqlite=True)
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        _tell(TRUNCATE, self.path, at=size, by_sqlite=True)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        _tell(SYNC, self.path, by_sqlite=True)
        super().xSync(flags)


class _Raw(io.FileIO):
    """A file Python has open."""

    def __init__(self, path: str, mode: str) -> None:
        _tell(OPEN, path, is_new="w" in mode or "x" in mode or ("a" in mode and not Path(path).exists()))
        super().__init__(path, mode)
        self.path = path
        _paths[self.fileno()] = path

    def readinto(self, buffer: Any) -> int | None:
        _tell(READ, self.path)
        return super().readinto(buffer)

    def readall(self) -> bytes | None:
        _tell(READ, self.path)
        return super().readall()

    def write(self, data: Any) -> int:
        _tell(WRITE, self.path, at=self._at(), data=bytes(data))
        return super().write(data)

    def truncate(self, size: int | None = None) -> int:
        _tell(TRUNCATE, self.path, at=self.tell() if size is None else size)
        return super().truncate(size)

    def _at(self) -> int:
        return os.fstat(self.fileno()).st_size if "a" in self.mode else self.tell()

    def close(self) -> None:
        if not self.closed:
            _paths.pop(self.fileno(), None)
        super().close()


def _open(path: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None,
          newline: Any = None, closefd: bool = True, opener: Any = None) -> Any:  # fmt: skip
    """`open`, heard."""
    if isinstance(path, int) or opener:
        return _real_open(path, mode, buffering, encoding, errors, newline, closefd, opener)
    raw = _Raw(_full(path), mode.replace("t", ""))
    if buffering == 0:
        return raw
    kind = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
    whole: Any = kind(raw)
    return whole if "b" in mode else io.TextIOWrapper(whole, encoding or "utf-8", errors, newline)


def _system() -> dict[str, Any]:
    """Functions of `os`, heard."""
    real_open, real_close = os.open, os.close

    def opened(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        number = real_open(path, flags, mode, **more)
        if not isinstance(path, int):
            _paths[number] = _full(path)
        return number

    def close(number: int) -> None:
        _paths.pop(number, None)
        real_close(number)

    def telling(kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def told(path: Any, *rest: Any, **more: Any) -> Any:
            where = _paths.get(path, "") if isinstance(path, int) else path
            to = {"to": _full(rest[0])} if kind == RENAME else {}
            _tell(kind, where, **to)
            return real(path, *rest, **more)

        return told

    def sendfile(*_given: Any) -> int:
        raise OSError("not here: what is copied shall be heard")

    return {
        "open": opened, "close": close, "sendfile": sendfile, "fsync": telling(SYNC, os.fsync),
        "replace": telling(RENAME, os.replace), "rename": telling(RENAME, os.rename),
        "unlink": telling(DELETE, os.unlink), "remove": telling(DELETE, os.remove),
    }  # fmt: skip
