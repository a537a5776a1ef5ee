"""The owner's session on the PC: hears when it is locked, as each system tells of it."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver",
          "org.ukui.ScreenSaver")  # fmt: skip
"""What tells of a locked screen on the desktops of Linux."""
LOGIN = "org.freedesktop.login1"
CHANGED, LOCKED = 0x02B1, 7
"""WM_WTSSESSION_CHANGE and WTS_SESSION_LOCK of Windows."""


class Session(QObject):
    """Tells when the session was locked; where the system does not say, it says nothing either."""

    locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._filter: Any = None

    def listen(self) -> None:
        """Listen from now on."""
        if sys.platform == "win32":
            self._listen_to_windows()
        elif sys.platform == "linux":
            self._listen_to_the_desktop()

    @Slot(bool)
    def screen_changed(self, locked: bool) -> None:  # noqa: FBT001 - as the desktop sends it
        """The desktop covered the screen, or uncovered it."""
        if locked:
            self.locked.emit()

    @Slot()
    def session_locked(self) -> None:
        """The session was locked."""
        self.locked.emit()

    def _listen_to_the_desktop(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # here, because only a program with a password listens

        here, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        for name in SAVERS if here.isConnected() else ():
            here.connect("", "", name, "ActiveChanged", self, _slot("screen_changed(bool)"))
        if system.isConnected():
            system.connect(LOGIN, "", f"{LOGIN}.Session", "Lock", self, _slot("session_locked()"))

    def _listen_to_windows(self) -> None:
        if sys.platform != "win32":
            return
        import ctypes

        self._ear = QWidget()  # never shown: Windows tells a window, and the program's own come and go
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(self._ear.winId()), 0)
        self._filter = _Filter(self)
        QCoreApplication.instance().installNativeEventFilter(self._filter)


class _Filter(QAbstractNativeEventFilter):
    """Hears what Windows sends to a window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def nativeEventFilter(self, kind: QByteArray, message: int) -> tuple[bool, int]:
        if kind == b"windows_generic_MSG":
            from ctypes import wintypes

            sent = wintypes.MSG.from_address(int(message))
            if (sent.message, sent.wParam) == (CHANGED, LOCKED):
                self._session.locked.emit()
        return False, 0


def _slot(signature: str) -> str:
    return str(SLOT(signature))
