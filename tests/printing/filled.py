"""A quarterly review of an invented person, as the reviews area would fill it in."""

from datetime import date
from decimal import Decimal

from desktopapp.kernel.message import Both
from desktopapp.kernel.money import Money
from desktopapp.kernel.period import Period
from desktopapp.kernel.share import Share
from desktopapp.printing.form import Filled

DIMENSIONS = tuple(Both(f"维度{nth}", f"Dimension {nth}") for nth in range(1, 11))
STANDARD = Both("目标完成 100%–109%，毛利达标，各月完成较均衡",
                "Reaches 100–109%, margin on standard, months fairly even")


def review(name: str = "曾国强", evidence: str = "三季度签约额 134 万元，超额 11.8%") -> Filled:
    return Filled(
        fields={
            "Name": name, "Position": "高级客户经理", "Team": "华东一组", "Joined on": date(2021, 11, 23),
            "Review period": Period.parse("2026Q3"), "Reviewer": "王海燕", "Days in post": 1827,
            "Form no.": "PF-2026Q3-007", "Total": Decimal("82.4"), "Grade": "A", "Bonus factor": Decimal("1.1"),
            "Last total": Decimal("78.5"),
        },
        rows={
            "1. Goals this period": [
                (None, "新签合同额", Money.yuan(1_200_000), Money.yuan("1342500.50"), Share("1.118"), "提前签约"),
                (None, "新客户开发", Decimal(6), Decimal(5), Share("0.833"), None),
            ],
            "2. Scores (1 to 5)": [
                (each, Share("0.1"), STANDARD, Decimal(4), Decimal("3.5"), Decimal(7), evidence)
                for each in DIMENSIONS
            ],
            "6. Improvement and growth next period": [
                ("大客户拜访", "每月两次高层拜访", "记录完整", date(2026, 12, 31), "王海燕"),
            ],
        },
        totals={"2. Scores (1 to 5)": (None, Share(1), None, None, None, Decimal("82.4"), None)},
        texts={
            "4. Highlights, with date, customer and result": "8 月 12 日，独立完成年度框架协议谈判。",
            "8. Reviewer's overall comment and expectations": "业绩扎实。",
        },
        ticked={"7. Use of the result": {"Reward", "Training"}},
    )
