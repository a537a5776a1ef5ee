"""One page of a scan or photo: found by its square and marks, laid flat, and its boxes measured.

Everything is worked out on greys: no picture is kept but the cut-outs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from desktopapp.kernel import marks
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.marks import BOX, CORNERS, MARK, PAGE, SIDE, SQUARE, Boxes, Code

if TYPE_CHECKING:
    from PIL.Image import Image

NO_SQUARE, EMPTY, SIGNED, CUT = "no_square", "empty", "signed", "cut"
"""Why a page was not read: no square of ours, nothing on it at all, the square of a signed form, corners cut off."""
NOTHING = -1
"""The choice of a row in which nothing is ticked."""

_AVERAGE = 4
"""How Pillow is told to average when it makes a picture smaller: `Resampling.BOX`."""
_FLAT = 8
"""Pixels a millimetre of the page laid flat."""
_COARSE = 3
"""Pixels a millimetre when looking for marks."""
_FEWEST = 3
"""Corner marks that must be seen."""
_OFF = 1.6
"""Millimetres the square may lie off where the marks put it."""
_DRIFT = 1.2
"""Millimetres a row of boxes may lie off: paper is not flat."""
_INNER = 1.35
"""Millimetres from the middle of a box that are measured, clear of its line."""
_LINE = 0.16
"""How dark the line around the boxes is at least, of black."""
_EMPTY, _TICKED = 0.014, 0.06
"""The ink of an empty box is no more than the first, that of a ticked one no less than the second, of black."""
_SPOT_EMPTY = 0.03
"""The part of an empty box that is dark at most."""
_STRAY = 0.035
"""Ink beside the boxes of a row from which on it is looked at."""
_DARK, _SPECKS = 120, 0.001
"""The greys that are ink, and the part of an empty page that may be so."""
_FAINT = 60
"""Less between black and white is too little to tell."""

Spot = tuple[float, float]


@frozen
class Row:
    """The boxes of one question as they were seen."""

    question: int
    choice: int
    """The box that is ticked, from 0; `NOTHING`. Where it is not sure, the likeliest."""
    is_sure: bool
    width: int
    height: int
    pixels: bytes
    """A cut-out of a row that is asked, a byte of grey each."""


@frozen
class Sight:
    """What was seen of a page."""

    said: str
    """What its square says."""
    rows: tuple[Row, ...] = ()
    why: str = ""
    """Why it was not read."""


def sighted(image: Image) -> Sight:
    """Read one page."""
    if _is_empty(image):
        return Sight("", (), EMPTY)
    text, square = _square(image)
    code = marks.read(text)
    if code is None:
        return Sight("", (), SIGNED if text.startswith("TH") else NO_SQUARE)
    try:
        way = _way(image, square)
    except ZeroDivisionError:  # corners in one line, as no camera sees them
        way = None
    if way is None:
        return Sight(text, (), CUT)
    flat = _laid_flat(image, way)
    return Sight(text, tuple(_rows(flat, code)))


def _is_empty(image: Image) -> bool:
    """Whether it is the back of a sheet: as good as no dark on it."""
    small = image.resize((max(image.width // 8, 1), max(image.height // 8, 1)), _AVERAGE)
    counts = small.histogram()
    return sum(counts[:_DARK]) <= _SPECKS * sum(counts)


# The square


def _square(image: Image) -> tuple[str, tuple[Spot, ...]]:
    """What the square of the page says, and its corners; another square where there is none of ours."""
    other: tuple[str, tuple[Spot, ...]] = ("", ())
    for tried, scale, left, top in _tries(image):
        for text, corners in _read(tried):
            spots = tuple((x / scale + left, y / scale + top) for x, y in corners)
            if marks.read(text) is not None:
                return text, spots
            other = (text, spots)
    return other


def _read(image: Image) -> Iterator[tuple[str, tuple[Spot, ...]]]:
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for found in zxingcpp.read_barcodes(image, formats=wanted):
        at = found.position
        yield found.text, tuple((spot.x, spot.y) for spot in (at.top_left, at.top_right, at.bottom_right,
                                                              at.bottom_left))  # fmt: skip


def _tries(image: Image) -> Iterator[tuple[Image, float, float, float]]:
    """The picture, then harder looks at it: each with its scale and where it begins."""
    from PIL import ImageFilter, ImageOps
    from PIL.Image import Resampling

    yield image, 1.0, 0.0, 0.0
    yield ImageOps.autocontrast(image.filter(ImageFilter.GaussianBlur(1)), cutoff=2), 1.0, 0.0, 0.0
    for left in (0.0, 0.4):
        for top in (0.0, 0.4):
            box = tuple(round(part) for part in (image.width * left, image.height * top, image.width * (left + 0.6),
                                                 image.height * (top + 0.6)))  # fmt: skip
            part = image.crop((box[0], box[1], box[2], box[3]))
            larger = part.resize((part.width * 2, part.height * 2), Resampling.BICUBIC)
            yield ImageOps.autocontrast(larger, cutoff=2), 2.0, box[0], box[1]


# The way from the paper to the picture

Way = tuple[float, ...]
"""Eight numbers by which a place on the paper, in millimetres, is found in the picture."""


def _way(image: Image, square: Sequence[Spot]) -> Way | None:
    """From the square to the corners, the nearest first: each that is found tells better where the next one is."""
    x, y = SQUARE
    known = list(zip(((x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE)), square, strict=True))
    scale = _length(square) / (4 * SIDE)
    found: list[tuple[Spot, Spot]] = []
    for nth, reach in ((1, 6.0), (0, 24.0), (2, 24.0), (3, 14.0)):
        corner = CORNERS[nth]
        guesses = [solved(known + found), _straight(known + found)]
        if spot := next((seen for way in guesses if (seen := _mark(image, placed(way, corner), scale, reach))), None):
            found.append((corner, spot))
    if len(found) < _FEWEST:
        return None
    way = solved(found if len(found) == len(CORNERS) else known + found)
    off = max(_apart(placed(way, paper), seen) for paper, seen in known)
    return way if off <= _OFF * scale else None


def _length(corners: Sequence[Spot]) -> float:
    return sum(_apart(one, other) for one, other in pairwise((*corners, corners[0])))


def _apart(one: Spot, other: Spot) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def placed(way: Way, spot: Spot) -> Spot:
    """Where a place on the paper is in the picture."""
    x, y = spot
    depth = way[6] * x + way[7] * y + 1
    return (way[0] * x + way[1] * y + way[2]) / depth, (way[3] * x + way[4] * y + way[5]) / depth


def solved(pairs: Sequence[tuple[Spot, Spot]]) -> Way:
    """The way that fits pairs of places on the paper and in the picture best: four at least."""
    lines = []
    for (x, y), (u, v) in pairs:
        lines.append(([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], u))
        lines.append(([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y], v))
    return _least(lines, 8)


def _straight(pairs: Sequence[tuple[Spot, Spot]]) -> Way:
    """The same without depth, which a square that is small tells badly."""
    lines = []
    for (x, y), (u, v) in pairs:
        lines.append(([x, y, 1.0, 0.0, 0.0, 0.0], u))
        lines.append(([0.0, 0.0, 0.0, x, y, 1.0], v))
    return (*_least(lines, 6), 0.0, 0.0)


def _least(lines: Sequence[tuple[Sequence[float], float]], count: int) -> Way:
    """Least squares by elimination."""
    table = [
        [sum(line[i] * line[j] for line, _ in lines) for j in range(count)]
        + [sum(line[i] * value for line, value in lines)]
        for i in range(count)
    ]
    for i in range(count):
        best = max(range(i, count), key=lambda row: abs(table[row][i]))
        table[i], table[best] = table[best], table[i]
        for row in range(count):
            if row != i and table[row][i]:
                share = table[row][i] / table[i][i]
                table[row] = [a - share * b for a, b in zip(table[row], table[i], strict=True)]
    return tuple(table[i][count] / table[i][i] for i in range(count))


# The marks in the corners


def _mark(image: Image, at: Spot, scale: float, reach: float) -> Spot | None:
    """The middle of a black square so far around a place, or nothing."""
    window = _window(image, at, (reach + MARK) * scale)
    if window is None:
        return None
    left, top, right, bottom = window
    shrunk = _COARSE / scale
    size = max(round((right - left) * shrunk), 1), max(round((bottom - top) * shrunk), 1)
    seen = [
        ((x + 0.5) * (right - left) / size[0] + left, (y + 0.5) * (bottom - top) / size[1] + top)
        for x, y in _blots(image.crop(window).resize(size, _AVERAGE))
    ]
    near = min(seen, key=lambda spot: _apart(spot, at), default=None)
    if near is None or _apart(near, at) > reach * scale:
        return None
    return _middle(image, near, scale)


def _window(image: Image, at: Spot, half: float) -> tuple[int, int, int, int] | None:
    """The part of the picture so far around a place."""
    left, top = max(round(at[0] - half), 0), max(round(at[1] - half), 0)
    right, bottom = min(round(at[0] + half), image.width), min(round(at[1] + half), image.height)
    return (left, top, right, bottom) if right - left > half / 4 and bottom - top > half / 4 else None


def _between(grey: Image) -> int | None:
    """Half-way from black to white in a part of the picture; nothing where there is no black and white."""
    counts = grey.histogram()
    whole, seen, black, white = grey.width * grey.height, 0, None, 255
    for value, count in enumerate(counts):
        seen += count
        if black is None and seen >= whole * 0.01:
            black = value
        if seen >= whole * 0.8:
            white = value
            break
    return None if black is None or white - black < _FAINT else (white + black) // 2


def _blots(grey: Image) -> Iterator[Spot]:
    """The middles of what is as large and as compact as a mark."""
    limit = _between(grey)
    if limit is None:
        return
    width, height = grey.size
    cells = bytearray(grey.point([int(v < limit) for v in range(256)]).tobytes())
    wanted = (MARK * _COARSE) ** 2
    for start in range(len(cells)):
        if not cells[start]:
            continue
        spots = list(_filled(cells, start, width, height))
        count = len(spots)
        if not 0.45 * wanted <= count <= 2 * wanted:
            continue
        x, y = sum(at % width for at in spots) / count, sum(at // width for at in spots) / count
        spread = sum((at % width - x) ** 2 + (at // width - y) ** 2 for at in spots) / count**2
        if 0.14 <= spread <= 0.2:  # of a square 1/6
            yield x, y


def _filled(cells: bytearray, start: int, width: int, height: int) -> Iterator[int]:
    """All that hangs together with a dark cell; it is wiped out."""
    cells[start] = 0
    waiting = [start]
    while waiting:
        at = waiting.pop()
        yield at
        x, y = at % width, at // width
        for near, is_there in ((at - 1, x > 0), (at + 1, x < width - 1), (at - width, y > 0),
                               (at + width, y < height - 1)):  # fmt: skip
            if is_there and cells[near]:
                cells[near] = 0
                waiting.append(near)


def _middle(image: Image, near: Spot, scale: float) -> Spot | None:
    """The middle of a mark, to parts of a pixel."""
    window = _window(image, near, MARK * 0.8 * scale)
    if window is None:
        return None
    grey = image.crop(window)
    limit = _between(grey)
    if limit is None:
        return None
    weights = grey.point([max(limit - v, 0) for v in range(256)])
    across = weights.resize((grey.width, 1), _AVERAGE).tobytes()
    down = weights.resize((1, grey.height), _AVERAGE).tobytes()
    if not sum(across) or not sum(down):
        return near
    x = sum(nth * weight for nth, weight in enumerate(across)) / sum(across)
    y = sum(nth * weight for nth, weight in enumerate(down)) / sum(down)
    return window[0] + x + 0.5, window[1] + y + 0.5


# The boxes


def _laid_flat(image: Image, way: Way) -> Image:
    from PIL.Image import Resampling, Transform

    a, b, c, d, e, f, g, h = way
    data = (a / _FLAT, b / _FLAT, c, d / _FLAT, e / _FLAT, f, g / _FLAT, h / _FLAT)
    size = round(PAGE[0] * _FLAT), round(PAGE[1] * _FLAT)
    return image.transform(size, Transform.PERSPECTIVE, data, Resampling.BILINEAR, fillcolor=255)


def _rows(flat: Image, code: Code) -> Iterator[Row]:
    black = _black(flat)
    looked = [_Looked(flat, row, black) for row in code.rows]
    base = _usual([each for row in looked for each in row.inks], 1 / 3)
    beside = _usual([each for row in looked for each in row.beside], 1 / 2)
    for row in looked:
        choice, is_sure = row.verdict(base, beside)
        is_asked = not is_sure or choice == NOTHING
        yield Row(row.boxes.question, choice, is_sure, *(row.cut() if is_asked else (0, 0, b"")))


def _black(flat: Image) -> float:
    """How dark the darkest corner mark is, as a part of the white beside it; faint paper has no black."""
    found = []
    for x, y in CORNERS:
        inner, outer = _part(flat, x - 1.5, y - 1.5, x + 1.5, y + 1.5), _part(flat, x - 5, y - 5, x + 5, y + 5)
        white = _share(outer, 0.85)
        found.append(_mean(inner) / max(white, 1))
    return sorted(found)[1]


def _part(flat: Image, left: float, top: float, right: float, bottom: float) -> Image:
    """A part of the page, in millimetres."""
    return flat.crop((round(left * _FLAT), round(top * _FLAT), round(right * _FLAT), round(bottom * _FLAT)))


def _share(grey: Image, share: float) -> int:
    """The grey below which such a share of a picture lies."""
    left = grey.width * grey.height * share
    for value, count in enumerate(grey.histogram()):
        left -= count
        if left <= 0:
            return value
    return 255


def _mean(grey: Image) -> float:
    counts = grey.histogram()
    return sum(value * count for value, count in enumerate(counts)) / max(sum(counts), 1)


def _usual(values: Sequence[float], share: float) -> float:
    """The value below which such a share of them lies."""
    return sorted(values)[int(len(values) * share)] if values else 0.0


class _Looked:
    """One row, measured."""

    def __init__(self, flat: Image, boxes: Boxes, black: float) -> None:
        self.boxes, self._flat = boxes, flat
        first, last = boxes.left, boxes.left + boxes.step * (boxes.count - 1)
        strip = _part(flat, first - 5, boxes.middle - 4, last + 5, boxes.middle + 4)
        self.white = float(_share(strip, 0.7))
        self.contrast = self.white * (1 - black)
        self.is_clear = self.contrast >= _FAINT
        self.across, sides = self._drift(self._columns(), [first + nth * boxes.step for nth in range(boxes.count)])
        self.down, lines = self._drift(self._lines(), [boxes.middle])
        self.is_framed = min(sides, lines) >= _LINE
        self.inks = [self._ink(x) for x in self._middles()]
        self.spots = [self._dark(x) for x in self._middles()]
        self.beside = [self._beside(x) for x in self._middles()]

    def _middles(self) -> list[float]:
        return [self.boxes.left + self.across + nth * self.boxes.step for nth in range(self.boxes.count)]

    def _columns(self) -> tuple[float, list[float]]:
        """How dark the row is from left to right, from where on."""
        half, middle = BOX / 2 - 0.4, self.boxes.middle
        left, right = self.boxes.left - BOX, self.boxes.left + self.boxes.step * (self.boxes.count - 1) + BOX
        part = _part(self._flat, left, middle - half, right, middle + half)
        return left, self._darkness(part.resize((part.width, 1), _AVERAGE).tobytes())

    def _lines(self) -> tuple[float, list[float]]:
        """How dark the boxes are from top to bottom, from where on."""
        half, top, bottom = BOX / 2 - 0.4, self.boxes.middle - BOX, self.boxes.middle + BOX
        profiles = []
        for nth in range(self.boxes.count):
            x = self.boxes.left + self.across + nth * self.boxes.step
            part = _part(self._flat, x - half, top, x + half, bottom)
            profiles.append(self._darkness(part.resize((1, part.height), _AVERAGE).tobytes()))
        return top, [sum(each) / len(each) for each in zip(*profiles, strict=True)]

    def _darkness(self, greys: bytes) -> list[float]:
        return [max(self.white - grey, 0) / max(self.contrast, 1) for grey in greys]

    @staticmethod
    def _drift(profile: tuple[float, list[float]], middles: Sequence[float]) -> tuple[float, float]:
        """How far the lines of boxes are off where they should be, and how dark they are there."""
        start, dark = profile
        ends = [middle + side for middle in middles for side in (-BOX / 2, BOX / 2)]
        best = (-1.0, 0.0)
        reach = round(_DRIFT * _FLAT)
        for off in range(-reach, reach + 1):
            at = [round((end - start) * _FLAT) + off for end in ends]
            seen = sum(max(dark[max(each - 1, 0) : each + 1], default=0.0) for each in at) / len(at)
            best = max(best, (seen - abs(off) * 0.002, off / _FLAT))
        return best[1], best[0]

    def _inner(self, x: float) -> Image:
        y = self.boxes.middle + self.down
        return _part(self._flat, x - _INNER, y - _INNER, x + _INNER, y + _INNER)

    def _paper(self, x: float) -> int:
        """How white the paper is around a box: light seldom falls evenly."""
        y = self.boxes.middle + self.down
        return _share(_part(self._flat, x - BOX, y - BOX, x + BOX, y + BOX), 0.7)

    def _ink(self, x: float) -> float:
        return (self._paper(x) - _mean(self._inner(x))) / max(self.contrast, 1)

    def _dark(self, x: float) -> float:
        """The part of a box that is clearly darker than paper, once its noise is smoothed."""
        from PIL import ImageFilter

        inner = self._inner(x).filter(ImageFilter.BoxBlur(1))
        limit = int(self._paper(x) - 0.22 * self.contrast)
        counts = inner.histogram()
        return sum(counts[: max(limit, 0)]) / max(sum(counts), 1)

    def _beside(self, x: float) -> float:
        """Ink beside and below a box, where nothing is printed."""
        y = self.boxes.middle + self.down
        half, room = BOX / 2 + 0.5, min(self.boxes.step / 2, BOX / 2 + 1.6)
        parts = (
            _part(self._flat, x - room, y - 1.5, x - half, y + 1.5),
            _part(self._flat, x + half, y - 1.5, x + room, y + 1.5),
        )
        white = self._paper(x)
        return max((white - _mean(each)) / max(self.contrast, 1) if each.width else 0.0 for each in parts)

    def verdict(self, base: float, beside: float) -> tuple[int, bool]:
        """Which box is ticked, and whether that is sure."""
        inks = [ink - base for ink in self.inks]
        likeliest = max(range(len(inks)), key=inks.__getitem__)
        empty = [ink <= _EMPTY and spot <= _SPOT_EMPTY for ink, spot in zip(inks, self.spots, strict=True)]
        is_seen = self.is_clear and self.is_framed
        if all(empty):
            return NOTHING, is_seen and max(self.beside) - beside <= _STRAY
        others = [each for nth, each in enumerate(empty) if nth != likeliest]
        return likeliest, is_seen and inks[likeliest] >= _TICKED and all(others)

    def cut(self) -> tuple[int, int, bytes]:
        """A cut-out of the row: width, height, greys."""
        y, last = self.boxes.middle, self.boxes.left + self.boxes.step * (self.boxes.count - 1)
        part = _part(self._flat, self.boxes.left - 4, y - 6.2, last + 4, y + 3.6)
        part = part.resize((part.width * 3 // 4, part.height * 3 // 4), _AVERAGE)
        return part.width, part.height, part.tobytes()
