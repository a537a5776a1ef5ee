"""Ticked sheets as a scanner or a telephone would see them, drawn by chance that can be repeated.

`python -m tests.reviews.scans [COUNT]` reads so many, 600 where none is said, and tells how many ticks were read, how
many are asked, and whether any was read wrong; then it fails.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from desktopapp.areas import TABLES
from desktopapp.exchange import sighting
from desktopapp.kernel import marks
from desktopapp.kernel.language import language
from desktopapp.kernel.marks import BOX, Boxes
from desktopapp.kernel.period import Period
from desktopapp.reviews import report, rules, service
from desktopapp.storage import open_file
from tests.conftest import TODAY
from tests.reviews.team import hire, review_of

CROSS, CHECK, FILLED, FAINT, CORRECTED, BLANK, DOT, SLIPPED, TWO = (
    "cross", "check", "filled", "faint", "corrected", "blank", "dot", "slipped", "two"
)  # fmt: skip
CLEAN = (CROSS, CHECK, FILLED)
RESOLUTIONS = (150, 200, 300)


def pages(path: Path, dpi: int = 200) -> list[Image.Image]:
    """The pages of a sheet, as they come out of the printer."""
    document = pypdfium2.PdfDocument(path)
    found = [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    document.close()
    return found


def rows_of(page: Image.Image) -> tuple[Boxes, ...]:
    """The boxes of a page, as its square tells them."""
    return marks.read(sighting.sighted(page).said).rows


class Pen:
    """Ticks boxes on a page."""

    def __init__(self, page: Image.Image, chance: random.Random) -> None:
        self.page, self.chance = page, chance
        self.scale = page.width / marks.PAGE[0]
        self.draw = ImageDraw.Draw(page)

    def tick(self, row: Boxes, nth: int, kind: str) -> None:
        """One box, in one of the ways people do it."""
        getattr(self, f"_{kind}")(row.left + nth * row.step, row.middle)

    def _stroke(self, spots: Sequence[tuple[float, float]], ink: int, wide: float) -> None:
        line = [(x * self.scale, y * self.scale) for x, y in spots]
        self.draw.line(line, fill=ink, width=max(round(wide * self.scale), 1), joint="curve")

    def _off(self, most: float = 0.4) -> float:
        return self.chance.uniform(-most, most)

    def _cross(self, x: float, y: float, ink: int | None = None) -> None:
        ink, half = ink or self.chance.randint(20, 80), BOX / 2 * self.chance.uniform(0.65, 1.1)
        wide = self.chance.uniform(0.3, 0.6)
        x, y = x + self._off(), y + self._off()
        self._stroke([(x - half + self._off(), y - half + self._off()), (x + half, y + half)], ink, wide)
        self._stroke([(x + half + self._off(), y - half), (x - half, y + half + self._off())], ink, wide)

    def _check(self, x: float, y: float, ink: int | None = None) -> None:
        ink, wide = ink or self.chance.randint(20, 80), self.chance.uniform(0.3, 0.6)
        x, y = x + self._off(), y + self._off()
        self._stroke([(x - 1.6 + self._off(), y), (x - 0.3, y + 1.5), (x + 2.0 + self._off(), y - 2.0)], ink, wide)

    def _filled(self, x: float, y: float) -> None:
        half, ink = BOX / 2 * self.chance.uniform(0.7, 1.05), self.chance.randint(30, 90)
        for nth in range(9):
            at = y - half + 2 * half * nth / 8
            self._stroke([(x - half + self._off(), at + self._off()), (x + half + self._off(), at + self._off())], ink,
                         0.5)  # fmt: skip

    def _faint(self, x: float, y: float) -> None:
        """A pencil that is hardly pressed."""
        self.chance.choice((self._cross, self._check))(x, y, self.chance.randint(130, 200))

    def _dot(self, x: float, y: float) -> None:
        """The pen was put down and taken away."""
        self._stroke([(x, y), (x + self.chance.uniform(0.2, 0.7), y + self._off())], 60, 0.4)

    def _slipped(self, x: float, y: float) -> None:
        """A tick beside its box."""
        self._check(x + self.chance.choice((-1, 1)) * BOX * 0.95, y)


def answer(page: Image.Image, rows: Sequence[Boxes], chance: random.Random, unusual: float = 0.25) -> dict[int, tuple]:
    """Tick a whole page; gives for each question which box was meant and how it was ticked."""
    pen, meant = Pen(page, chance), {}
    for row in rows:
        kind, nth = chance.choice(CLEAN), chance.randrange(row.count)
        if chance.random() < unusual:
            kind = chance.choice((FAINT, CORRECTED, BLANK, DOT, SLIPPED, TWO))
        meant[row.question] = (nth, kind)
        other = (nth + chance.randrange(1, row.count)) % row.count
        if kind == CORRECTED:
            pen.tick(row, other, CROSS)
            pen.tick(row, other, FILLED)
            pen.tick(row, nth, chance.choice(CLEAN))
        elif kind == TWO:
            pen.tick(row, other, chance.choice(CLEAN))
            pen.tick(row, nth, chance.choice(CLEAN))
        elif kind != BLANK:
            pen.tick(row, nth, kind)
    return meant


def scanned(page: Image.Image, chance: random.Random, turn: float | None = None) -> Image.Image:
    """Out of a scanner: turned a little or upside down, blurred, with noise and a shadow of the lid."""
    angle = chance.uniform(-4, 4) + (chance.choice((0, 0, 0, 90, 180, 270)) if turn is None else turn)
    seen = page.rotate(angle, expand=True, fillcolor=chance.randint(225, 250), resample=Image.Resampling.BICUBIC)
    return _worn(seen, chance, blur=chance.uniform(0.3, 1.0))


def photographed(page: Image.Image, chance: random.Random, tilt: float = 0.05) -> Image.Image:
    """Out of a telephone: on a desk, from the side, in light that comes from one side."""
    width, height = page.size
    edge = 0.06 * width
    desk = Image.new("L", (round(width + 2 * edge), round(height + 2 * edge)), chance.randint(50, 170))
    desk.paste(page, (round(edge), round(edge)))

    def off() -> float:
        return chance.uniform(0, tilt) * width

    wide, high = desk.size
    corners = [(off(), off()), (wide - off(), off()), (wide - off(), high - off()), (off(), high - off())]
    way = sighting.solved(list(zip(corners, ((0, 0), (wide, 0), (wide, high), (0, high)), strict=True)))
    seen = desk.transform(desk.size, Image.Transform.PERSPECTIVE, way, Image.Resampling.BICUBIC, fillcolor=120)
    seen = seen.rotate(chance.uniform(-8, 8), expand=True, fillcolor=120, resample=Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(seen.size)
    light = light.point([round(255 - value * 0.3) for value in range(256)])
    return _worn(ImageChops.multiply(seen, light), chance, blur=chance.uniform(0.4, 1.2))


def _worn(seen: Image.Image, chance: random.Random, blur: float) -> Image.Image:
    seen = seen.filter(ImageFilter.GaussianBlur(blur))
    noise = Image.effect_noise(seen.size, chance.uniform(8, 28))
    return Image.blend(seen, noise, chance.uniform(0.05, 0.18))


RIGHT, ASKED, WRONG = "right", "asked", "wrong"
UNREADABLE = "unreadable"
"""Of a whole page: the owner is told to scan it again."""


def outcome(meant: Mapping[int, tuple], sight: sighting.Sight) -> Iterator[tuple[str, str]]:
    """For each question how it was ticked, and whether it was read right, is asked, or was read wrong.

    Where nothing is ticked there is nothing to be taken over, and the owner sees the piece of the picture.
    """
    for row in sight.rows:
        nth, kind = meant[row.question]
        if not row.is_sure or row.choice == sighting.NOTHING:
            yield kind, ASKED
        elif row.choice == nth and kind not in (CORRECTED, TWO, BLANK):
            yield kind, RIGHT
        else:
            yield kind, WRONG


RELATIONS = (rules.PEER, rules.CUSTOMER, rules.SUPERIOR, rules.OWN)


def sheets(folder: Path) -> dict[str, Path]:
    """The sheet of every kind of rater about one person, out of the open file."""
    folder.mkdir(exist_ok=True)
    people = hire(5)
    cycle = service.start(period=Period.parse("2025"), template="annual", today=TODAY)
    review, day = review_of(cycle, "李娜"), {"today": TODAY}
    service.ask_raters(review=review, relation=rules.PEER, people=[people["陈志远"]], **day)
    service.ask_raters(review=review, relation=rules.CUSTOMER, names=["北方物流 刘总"], **day)
    service.ask_raters(review=review, relation=rules.SUPERIOR, people=[people["覃晓岚"]], **day)
    service.issue(reviews=[review], **day)
    return {each: printed(folder / f"{each}.pdf", cycle, (each,)) for each in RELATIONS}


def printed(path: Path, cycle: int, relations: Sequence[str], languages: Sequence[str] = ("zh_CN",)) -> Path:
    """The sheets of some kinds of raters, as they go to the printer."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    spoken = tuple(map(language, languages))
    return report.rater_forms(path, spoken, cycle=cycle, firm=None, printed=now, relations=relations).path


def simulated(papers: Mapping[str, Path], seeds: Iterable[int]) -> Iterator[tuple[Image.Image, dict[int, tuple]]]:
    """The first page of one sheet after the other, ticked, then scanned or photographed; and what was meant.

    By turns: the three resolutions, the four kinds of sheets, three scans and two photos.
    """
    clean: dict[tuple[str, int], Image.Image] = {}
    for seed in seeds:
        chance, at = random.Random(seed), (RELATIONS[seed % 4], RESOLUTIONS[seed % 3])
        if at not in clean:
            clean[at] = pages(papers[at[0]], at[1])[0]
        page = clean[at].copy()
        meant = answer(page, rows_of(clean[at]), chance)
        yield (photographed if seed % 5 > 2 else scanned)(page, chance), meant


def told(papers: Mapping[str, Path], seeds: Iterable[int]) -> Counter[tuple[str, str]]:
    """How often ticks of each kind came to what."""
    found: Counter[tuple[str, str]] = Counter()
    for picture, meant in simulated(papers, seeds):
        sight = sighting.sighted(picture)
        found.update([(UNREADABLE, sight.why)] if sight.why else outcome(meant, sight))
    return found


def main(arguments: Sequence[str]) -> int:
    count = int(arguments[0]) if arguments else 600
    with tempfile.TemporaryDirectory() as place:
        open_file(Path(place) / "data", TABLES)
        found = told(sheets(Path(place) / "sheets"), range(count))
    kinds = [kind for kind in dict.fromkeys(kind for kind, _ in found) if kind != UNREADABLE]
    print(f"{count} scans and photos of ticked sheets")
    for kind in sorted(kinds, key=lambda each: (each not in CLEAN, each)):
        print(line(kind, [kind], found))
    print(line("in good order", CLEAN, found))
    print(line("all", kinds, found))
    print(f"pages that have to be scanned again: {sum(n for (kind, _), n in found.items() if kind == UNREADABLE)}")
    return int(any(outcome == WRONG for _, outcome in found))


def line(name: str, kinds: Iterable[str], found: Mapping[tuple[str, str], int]) -> str:
    right, asked, wrong = (sum(found.get((kind, each), 0) for kind in kinds) for each in (RIGHT, ASKED, WRONG))
    whole = max(right + asked + wrong, 1)
    return f"{name:14} {right:6} read   {asked:6} asked ({asked / whole:.1%})   {wrong:6} wrong"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
