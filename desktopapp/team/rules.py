"""Who may be put on the roster how. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktopapp.kernel.errors import Refused
from desktopapp.kernel.message import M

FIRM, TEAM, PERSON = "firm", "team", "person"
"""Whose something is, the widest first."""
PAY, DETAILS, NOTED, JUDGED, PAPER = "pay", "details", "noted", "judged", "paper"
"""Kinds of data that are kept of people, each for a time of its own."""
USUAL_MONTHS: Mapping[str, int] = {PAY: 24, DETAILS: 24, NOTED: 12, JUDGED: 24, PAPER: 24}
"""Months after leaving, unless the owner says otherwise."""
LEAST: Mapping[str, int] = {PAY: 24, DETAILS: 24, NOTED: 0, JUDGED: 0, PAPER: 0}
"""Months the law asks for: of contracts the Labour Contract Law, art. 50, of pay the Interim Provisions on Payment of
Wages, art. 6."""
MOST = 600
SOON = 30
"""Days ahead the owner is told of the end of a probation or a contract."""


def check_firm(name: str) -> None:
    """Refuse a firm without a name."""
    if not name.strip():
        raise Refused(M("Write the firm's name."), "name")


def check_form_number(form: str, number: str, taken: Mapping[str, str]) -> None:
    """Refuse a form's number that another form goes by; `taken` gives each form's."""
    others = {each: other for other, each in taken.items() if other != form}
    if number in others:
        raise Refused(M("The form {form} already has this number.", form=others[number]), form)


def check(values: Mapping[str, Any], taken_numbers: Mapping[str, str]) -> None:
    """Refuse a person that cannot be: without a name, with somebody's number, with dates in the wrong order.

    `taken_numbers` gives the name behind each employee number in use by somebody else.
    """
    if not values.get("name", "").strip():
        raise Refused(M("Write the person's name."), "name")
    number = values.get("number", "").strip()
    if number and number in taken_numbers:
        raise Refused(M("{name} already has this number.", name=taken_numbers[number]), "number")
    pay = values.get("base_pay")
    if pay is not None and pay.fen < 0:
        raise Refused(M("A salary is not below zero."), "base_pay")
    _in_order(values, "joined", "probation_end", M("The probation cannot end before the hire date."))
    _in_order(values, "joined", "contract_end", M("The contract cannot end before the hire date."))
    _in_order(values, "birthday", "joined", M("The hire date cannot be before the birthday."))


def _in_order(values: Mapping[str, Any], first: str, second: str, otherwise: Any) -> None:
    earlier, later = values.get(first), values.get(second)
    if earlier and later and later < earlier:
        raise Refused(otherwise, second)


def check_leaving(joined: date | None, day: date) -> None:
    """Refuse to let somebody leave before he came."""
    if joined and day < joined:
        raise Refused(M("This is before the hire date."), "day")


def check_return(left: date | None, day: date) -> None:
    """Refuse to let somebody come back before he left."""
    if left and day < left:
        raise Refused(M("This is before the day of leaving."), "day")


def years_of_service(joined: date, on: date) -> float:
    """Years with the firm, to one place, as the roster shows them."""
    return round(max((on - joined).days, 0) / 365.25, 1)


def is_near(day: date, today: date) -> bool:
    """Whether an end is close enough to be told of, or past."""
    return (day - today).days <= SOON


_DIGITS = "零一二三四五六七八九"
_ONE = "[一二三四五六七八九]"
_NUMBER = re.compile(rf"\d+|(?P<tens>{_ONE})?(?P<ten>十)(?P<more>{_ONE})?|(?P<ones>{_ONE})")


def order_of(team: str) -> str:
    """What teams are sorted by, so that 一组, 二组, 三组 and 2 组, 10 组 stand as they are counted."""
    return _NUMBER.sub(_counted, team)


def _counted(number: re.Match[str]) -> str:
    if number["ten"]:
        return f"{_DIGITS.index(number['tens'] or '一') * 10 + _DIGITS.index(number['more'] or '零'):06}"
    return f"{_DIGITS.index(number['ones']) if number['ones'] else int(number[0]):06}"


def check_months(category: str, months: int) -> None:
    """Refuse to keep a kind of data for less time than the law has it, or for more than a working life."""
    if months < LEAST[category]:
        raise Refused(M("The law has this kept for at least {months} {months:month|months}.",
                        months=LEAST[category]), category)  # fmt: skip
    if months > MOST:
        raise Refused(M("At most {months} {months:month|months}.", months=MOST), category)
