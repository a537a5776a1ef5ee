"""One program a folder: a second start brings the first window forward."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QThread

GREETING = "raise"
PATIENCE = 10.0
"""Seconds a second start waits for the first one to hear it."""


def raise_first(folder: Path, patience: float = PATIENCE) -> bool:
    """Bring the window forward that has this folder open; whether there is one.

    One that is just starting hears nobody yet: who clicks twice in a hurry waits for it.
    """
    from PySide6.QtNetwork import QLocalSocket  # here, because only a second start needs it

    socket, until = QLocalSocket(), monotonic() + patience
    socket.connectToServer(_address(folder))
    while not socket.waitForConnected(500):
        if monotonic() > until:
            return False
        QThread.msleep(100)
        socket.connectToServer(_address(folder))
    _let_others_come_forward()
    socket.write(GREETING.encode())
    socket.waitForBytesWritten(500)
    socket.disconnectFromServer()
    return True


def _let_others_come_forward() -> None:
    """Windows lets no program take the foreground but the one just started; that one may give it away."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def listen(folder: Path, forward: Callable[[], object], parent: QObject) -> QObject:
    """Hear a second start of the program on the same folder."""
    from PySide6.QtNetwork import QLocalServer  # here, because it can wait until the window is seen

    server = QLocalServer(parent)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    QLocalServer.removeServer(_address(folder))
    server.listen(_address(folder))
    server.newConnection.connect(forward)
    return server


def _address(folder: Path) -> str:
    """Where the program that has this folder open listens."""
    return f"teamhelm-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
