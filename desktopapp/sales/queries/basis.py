"""What the owner measures sales by."""

from __future__ import annotations

from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.money import Money
from desktopapp.sales.models import Basis
from desktopapp.storage import once, rows


@frozen
class BasisRow:
    """What the owner measures by."""

    key_account: Money = Basis.key_account.default
    no_contact: int = Basis.no_contact.default


@once
def basis() -> BasisRow:
    """What the owner measures by, or what is usual."""
    for row in rows(Basis.select(Basis.key_account, Basis.no_contact)):
        return BasisRow(*row)
    return BasisRow()
