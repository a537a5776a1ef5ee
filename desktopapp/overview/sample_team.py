"""The sample firm's people: who they are, what they are asked to sell, and how they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from desktopapp.kernel.money import Money
from desktopapp.kernel.starter import rows
from desktopapp.overview.sample_sales import Seller
from desktopapp.team.models import ACTIVE, PROBATION

FIRM = "远航商贸"
OWNER = "周建国"
WRITTEN = date(2026, 11, 23)
"""The day the list of people was written for; loaded on another day, all its dates move with it."""

QUOTAS = {
    "见习客户经理": 30, "客户经理助理": 45, "客户经理": 75, "销售组长": 100, "高级客户经理": 110,
    "资深客户经理": 120, "大客户经理": 130,
}  # fmt: skip
"""What each position is asked to sell in a quarter, in 万元."""
GRADES = {
    "见习客户经理": "P1", "客户经理助理": "P2", "客户经理": "P3", "高级客户经理": "P4", "大客户经理": "P4",
    "资深客户经理": "P5", "销售组长": "M1", "老总": "M3",
}  # fmt: skip
SKILLS = {
    "张伟": "1.14", "王芳": "0.96", "曾国强": "1.07", "李娜": "0.91", "欧阳静": "0.64", "陈志远": "0.72",
    "赵敏": "1.10", "单文博": "0.84", "覃晓岚": "1.01", "仇振华": "0.90", "冼美琪": "0.93",
}  # fmt: skip
WOMEN = {"王芳", "李娜", "欧阳静", "赵敏", "覃晓岚", "冼美琪"}
BY_THE_MOON = {"曾国强", "覃晓岚"}
"""Who keeps the birthday by the lunar calendar."""
PAY = {"P1": 5000, "P2": 5500, "P3": 7000, "P4": 9500, "P5": 11000, "M1": 10500}
TERM = 3
"""Years a labour contract runs."""


def people(today: date) -> Iterator[dict[str, Any]]:
    """Everyone of the sample firm, the owner first, as the roster takes them."""
    for nth, row in enumerate(rows("sample_team"), 1):
        yield _person(nth, row, today - WRITTEN, today)


def sellers(people: Iterable[dict[str, Any]]) -> list[Seller]:
    """Those of these people who sell."""
    return [
        Seller(
            each["name"], each["joined"], Money.yuan(QUOTAS[each["position"]] * 10_000), Decimal(SKILLS[each["name"]])
        )
        for each in people
        if each["name"] in SKILLS
    ]


def _person(nth: int, row: dict[str, str], moved: timedelta, today: date) -> dict[str, Any]:
    name, position = row["name_zh"], row["role_zh"]
    joined = date.fromisoformat(row["joined"]) + moved
    trial = joined + timedelta(days=183)
    grade = GRADES[position]
    return {
        "number": f"YH{nth:03}",
        "name": name,
        "pinyin": row["pinyin"],
        "gender": "female" if name in WOMEN else "male",
        "position": position,
        "grade": grade,
        "team": row["team_zh"],
        "is_owner": name == OWNER,
        "phone": row["phone"],
        "email": f"{row['pinyin']}@example.com",
        "joined": joined,
        "probation_end": trial,
        "contract_end": None if name == OWNER else _contract_end(joined, today),
        "status": PROBATION if trial > today else ACTIVE,
        "base_pay": Money.yuan(PAY[grade]) if grade in PAY else None,
        "birthday": date.fromisoformat(row["birthday"]) + moved,
        "birthday_calendar": "lunar" if name in BY_THE_MOON else "solar",
        "emergency_name": f"{name[:2] if name.startswith('欧阳') else name[0]}{'女士' if nth % 2 else '先生'}",
        "emergency_relation": ("配偶", "父亲", "母亲")[nth % 3],
        "emergency_phone": f"139000{nth:05}",
    }


def _contract_end(joined: date, today: date) -> date:
    """The end of the contract now running."""
    end = joined
    while end <= today:
        end = date(end.year + TERM, end.month, min(end.day, 28))
    return end - timedelta(days=1)
