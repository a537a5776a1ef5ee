"""A large batch takes no more memory than a small one, and little room on the disk."""

import tracemalloc
from pathlib import Path

from desktopapp.printing.form import Booklet
from tests.printing.conftest import LANGUAGES
from tests.printing.filled import review


def peak(path: Path, forms: int) -> int:
    """The most memory taken while so many forms were printed."""
    tracemalloc.start()
    with Booklet(path, LANGUAGES["zh"]) as booklet:
        for nth in range(forms):
            name = f"员工{nth}"
            booklet.form("PF-01", review(name, evidence=f"{nth} 月签约额 {nth} 万元"), bookmark=name)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return taken


def test_ten_times_the_forms_take_hardly_more_memory(tmp_path: Path) -> None:
    with Booklet(tmp_path / "warm.pdf", LANGUAGES["zh"]) as booklet:
        booklet.form("PF-01", review())
    few, many = peak(tmp_path / "few.pdf", 12), peak(tmp_path / "many.pdf", 120)
    assert many - few < 1_500_000
    assert (tmp_path / "many.pdf").stat().st_size / 120 < 20_000
