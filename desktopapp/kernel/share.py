"""Parts of one."""

from __future__ import annotations

from decimal import Decimal


class Share(Decimal):
    """A part of one: 0.85 is 85 %. It becomes percent only when it is shown.

    A type of its own so that a `Language` can tell it from a plain number. Arithmetic gives
    plain decimals back; a rule that means a share says so by wrapping its result.
    """

    __slots__ = ()
