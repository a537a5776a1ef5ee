"""When the program is locked, and the door that then stands in the window's place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Signal

from desktopapp.kernel.language import Language
from desktopapp.overview.protection import Tries
from ui.kit.idle import Idle, passed

if TYPE_CHECKING:
    from ui.kit.door import Door
    from ui.kit.session import Session

class Lock(QObject):
    """Watches a window for the time to lock it."""

    wanted = Signal()
    """It is time."""
    opened = Signal(object)
    """The door was opened."""
    failed = Signal(object)
    """The file could not be opened: a `Fault`."""

    def __init__(
        self, unlock: Callable[[str, Callable[[int, int], object]], object], parent: QObject,
        remembered: Path | None = None,
    ) -> None:  # fmt: skip
        """`remembered` is the file in which wrong tries outlast a restart."""
        super().__init__(parent)
        self._unlock = unlock
        self.tries = Tries(remembered, passed())
        self.door: Door | None = None
        self._idle = Idle(self, clock=passed)
        self._session: Session | None = None
        self._idle.left.connect(self.wanted)

    def arm(self, minutes: int) -> None:
        """Watch from now on."""
        self._idle.watch(minutes)
        if self._session is None:
            from ui.kit.session import Session  # here, because a program without a password listens to nothing

            self._session = Session(self)
            self._session.locked.connect(self.wanted)
            self._session.listen()

    def disarm(self) -> None:
        """Watch no more."""
        self._idle.watch(0)

    def stop(self) -> None:
        """Watch no more, and leave no door open."""
        self.disarm()
        if self.door:
            self.door.close()

    def shut(self, language: Language, geometry: QByteArray | None) -> None:
        """Show the door where the window stood."""
        from ui.kit.door import Door  # here, because a program without a password has none

        self.disarm()
        self.door = Door(language, self._open, self.tries, clock=passed)
        self.door.opened.connect(self.opened)
        self.door.failed.connect(self.failed)
        self.door.gone.connect(self._forget)
        self.door.stand(geometry)

    def _open(self, secret: str) -> object:
        return self._unlock(secret, self.door.told)

    def _forget(self) -> None:
        self.door = None
