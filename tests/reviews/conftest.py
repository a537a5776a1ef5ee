"""A round with forms sent out, for the tests of what comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktopapp.kernel.language import language
from desktopapp.kernel.period import Period
from desktopapp.reviews import queries, report, service
from desktopapp.team import service as team
from tests.conftest import TODAY

NAMES = ("李㛃𫖯", "王芳", "张伟")


class Sent:
    """A round whose people have got their forms."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        for name in NAMES:
            team.add(name=name, position="客户经理", joined=date(2023, 4, 10), today=TODAY)
        self.cycle = service.start(period=Period.parse("2026Q3"), template="quarterly", today=TODAY)
        self.reviews = {row.name: row.id for row in queries.reviews(self.cycle)}
        self.forms = service.issue(reviews=self.reviews.values(), today=TODAY)
        paths = report.forms_to_fill(folder, (language("zh_CN"),), forms=self.forms, firm=None)
        service.exported(forms=self.forms)
        self.paths = {path.name.split("_")[0]: path for path in paths}
        self.dimensions = [line.id for line in queries.sheet(self.reviews["王芳"]).dimensions]

    def answers(self, name: str) -> dict[str, str]:
        """Something for every field of a form, Chinese and rare characters in all that can hold them."""
        results = {f"result:{nth}:{part}": f"{nth} 月 {part} 华鼎（㛃）" for nth in range(1, 6)
                   for part in ("what", "proof", "whose")}  # fmt: skip
        scores = {f"score:{each}": str(nth % 5 + 1) for nth, each in enumerate(self.dimensions)}
        examples = {f"example:{each}": f"8 月 12 日，{each}，𫖯 总；㛃 & <b>" for each in self.dimensions}
        words = {"gain": "收获：大客户谈判。\n不足：报价偏慢 𫖯㛃", "needs": "谈判技巧\n\n英语"}
        return results | scores | examples | words | {"signer": name, "dated": "2026-11-20", "sure": "Yes"}


@pytest.fixture
def sent(file, tmp_path) -> Sent:
    return Sent(tmp_path / "out")
