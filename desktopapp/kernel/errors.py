"""The two ways a request can fail without being a bug."""

from __future__ import annotations

from desktopapp.kernel.message import Message


class Refused(Exception):
    """A rule says no; the owner can mend it. `field` names the input at fault."""

    def __init__(self, message: Message, field: str | None = None) -> None:
        super().__init__(message.msgid, dict(message.values))
        self.message = message
        self.field = field


class Fault(Exception):
    """The surroundings say no: the disk, the file, another program. Says what to do about it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.msgid, dict(message.values))
        self.message = message
