"""The pictures of the handbook and of the README: scenes of the real window over the sample firm, kept small.

`python -m tests.shots --help-pictures` makes them all; by itself this module makes those of one data folder.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any

from PIL import Image
from PySide6.QtCore import QBuffer, QEvent, QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktopapp.areas import TABLES
from desktopapp.goals import queries as goals
from desktopapp.goals import service as goal_service
from desktopapp.kernel.area import Link
from desktopapp.kernel.language import language
from desktopapp.reviews import queries as reviews
from desktopapp.reviews import report
from desktopapp.storage import close_file, open_file
from desktopapp.team import queries as team
from desktopapp.team import service as team_service
from ui.kit import printer
from ui.kit.reading import HELP, SHARP, WIDEST
from ui.main import Program

ROOT = Path(__file__).resolve().parents[1]
PICTURES, SHOWN = HELP / "pictures", ROOT / "docs/pictures"
DAY = date(2026, 11, 23)
WINDOW, WIDER, README = (1100, 640), (1300, 700), (1366, 768)
"""Of the handbook's pictures, and of the README's."""
COLOURS, MOST = (96, 64, 48, 32, 24, 16), 58_000
"""Numbers of colours, tried until a picture is of at most so many bytes."""
FORM_HEIGHT = 900
PATIENCE = 20
"""Seconds a scene may take to be ready."""
DEALS = """商机编号,商机名称,客户名称,负责人,销售阶段,金额,预计成交日期
D-2101,华北仓储系统二期,北方物流,王芳,赢单,380000,2026-11-12
D-2102,年度维保,宏图电器,李娜,赢单,96000,2026-11-16
D-2103,门店改造,星火连锁,小张,谈判,240000,2026-12-20
D-2104,检测设备,蓝海食品,小张,报价,185000,2026-12-28
D-2105,备件采购,北方物流,王芳,谈判,四万,2026-12-05
"""


class Stage:
    """The program in one language, and what a scene does in it."""

    def __init__(self, app: QApplication, data: Path, code: str, size: tuple[int, int]) -> None:
        self.app, self.data = app, data
        self.program = Program(app, data, language=code, scheme="light", today=DAY)
        self.program.choose(scheme="light", scale=100)
        self.program.start()
        self.program.window.resize(*size)
        self.program.window.activateWindow()
        self.settle()

    @property
    def window(self) -> Any:
        return self.program.window

    def go(self, key: str) -> Any:
        """Turn to a place and give its page time to be drawn."""
        self.window.go(Link(key))
        self.settle()
        return self.window.page

    def settle(self) -> None:
        for _ in range(4):
            self.app.processEvents()

    @contextmanager
    def wider(self) -> Iterator[None]:
        """For a while, with room for a table's columns."""
        before = self.window.size()
        self.window.resize(*WIDER)
        self.settle()
        yield
        self.window.resize(before)
        self.settle()

    def wait(self, ready: Callable[[], Any]) -> Any:
        """Go on until something is there; gives it."""
        until = monotonic() + PATIENCE
        while not (found := ready()):
            if monotonic() > until:
                raise TimeoutError(ready)
            self.app.processEvents()
        self.settle()
        return found

    def opened(self, parent: QWidget, kind: type[QWidget], size: tuple[int, int]) -> Any:
        """A dialog as soon as it is there, in a size."""
        dialog = self.wait(lambda: parent.findChild(kind))
        dialog.resize(*size)
        self.settle()
        return dialog


def welcome(stage: Stage) -> QPixmap:
    return stage.window.page.grab(QRect(0, 0, 892, 430))


def home(stage: Stage) -> QPixmap:
    return stage.go("home").grab()


def find(stage: Stage) -> QPixmap:
    stage.go("home")
    finder = stage.window.finder
    finder.begin()
    finder.setText("zw")
    stage.wait(lambda: finder.list.isVisible() and finder.list.current())
    finder.list.scrollToTop()
    stage.settle()
    picture = stage.window.grab(QRect(0, 0, 860, 380))
    finder.clear()
    return picture


def roster(stage: Stage) -> QPixmap:
    return stage.go("team").grab()


def goal_list(stage: Stage) -> QPixmap:
    page = stage.go("goals")
    page.arrive(goals.standing(period=page.period, today=DAY)[0].id)
    with stage.wider():
        return page.grab()


def goal_form(stage: Stage) -> QPixmap:
    page = stage.go("goals")
    page.add_goal()
    page.form.examples.setCurrentIndex(1)
    stage.settle()
    page.form.findChild(QWidget, "panelBody").parent().parent().verticalScrollBar().setValue(10_000)
    stage.settle()
    picture = page.form.grab()
    page.form.leave()
    return picture


def scoring(stage: Stage) -> QPixmap:
    page = stage.go("reviews")
    page.arrive(next(row.id for row in page.rows if not row.done))
    dimensions = [line.id for line in page.sheet.sheet.dimensions]
    for dimension, score in zip(dimensions, (4, 3, 4, 5), strict=False):
        page.sheet.score(dimension, Decimal(score))
    page.sheet.board.begin()
    stage.settle()
    return page.grab()


def signed(stage: Stage) -> QPixmap:
    page = stage.go("reviews")
    page.arrive(next(row.id for row in page.rows if row.signed))
    stage.settle()
    return page.grab(QRect(0, 0, page.width(), 380))


def deals(stage: Stage) -> QPixmap:
    page = stage.go("sales")
    with stage.wider():
        return page.grab(QRect(0, 0, page.width(), 500))


def import_(stage: Stage) -> QPixmap:
    from ui.pages.sales.take_in import TakeIn

    page, file = stage.go("sales"), stage.data / "商机导出-11月.csv"
    file.write_text(DEALS, encoding="utf-8")
    page.read_files([file])
    dialog = stage.opened(page, TakeIn, (840, 600))
    picture = dialog.grab()
    dialog.close()
    return picture


def preview(stage: Stage) -> QPixmap:
    from ui.kit.preview import Preview

    page = stage.go("reviews")
    with _printer():
        page.print_forms(filled=True, everyone=True)
        dialog = stage.opened(page, Preview, (980, 640))
        stage.wait(lambda: dialog.view.paper)
        stage.settle()
        picture = dialog.grab()
        dialog.close()
    stage.wait(lambda: not stage.window.tasks.busy)
    return picture


def done(stage: Stage) -> QPixmap:
    """The last: it changes what is there."""
    someone = team.people()[0]
    row = next(each for each in goals.standing(person=someone.id, today=DAY) if each.reason == "" and each.metric)
    team_service.change(person=someone.id, phone="13900001234", grade="P5")
    goal_service.close_goal(goal=row.id, reason=language("zh_CN").text("客户推迟到明年立项"))
    goal_service.delete_goal(goal=row.id)
    return stage.go("trail").grab(QRect(0, 0, 892, 460))


def choices(stage: Stage) -> QPixmap:
    return stage.go("settings").grab()


SCENES: dict[str, Callable[[Stage], QPixmap]] = {
    "home": home, "find": find, "team": roster, "goals": goal_list, "goal": goal_form, "reviews": scoring,
    "signed": signed, "sales": deals, "import": import_, "preview": preview, "settings": choices, "trail": done,
}  # fmt: skip
"""What is shown of the sample firm, by the name of the picture."""


@contextmanager
def _printer() -> Iterator[None]:
    """A PC with a printer that turns the sheet."""
    before = printer.installed, printer.prints_both_sides
    printer.installed, printer.prints_both_sides = lambda: ["HP LaserJet Pro"], lambda _name: True
    yield
    printer.installed, printer.prints_both_sides = before


def save(picture: QPixmap, path: Path, width: int = 0) -> None:
    """Write a picture, scaled down and in few colours."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    if width and image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_small(image, MOST if width else 4 * MOST))


def _small(image: Image.Image, most: int) -> bytes:
    """The PNG with as many colours as may be."""
    for colours in COLOURS:
        written = io.BytesIO()
        image.quantize(palette=_palette(image, colours), dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
        if written.tell() <= most:
            break
    return written.getvalue()


def _palette(image: Image.Image, colours: int) -> Image.Image:
    """The colours seen most, as they are, so that grounds keep theirs; and what stands best for the others."""
    seen = sorted(image.getcolors(image.width * image.height), reverse=True)[: colours // 2]
    mean = image.quantize(colours - len(seen), Image.Quantize.MAXCOVERAGE).getpalette() or []
    made = Image.new("P", (1, 1))
    made.putpalette([part for _, colour in seen for part in colour] + mean[: 3 * (colours - len(seen))])
    return made


def handbook(app: QApplication, sample: Path, empty: Path, code: str) -> None:
    """Every picture of the handbook in one language."""
    width = round(WIDEST * SHARP)
    with _on_stage(app, empty, code, WINDOW) as stage:
        save(welcome(stage), PICTURES / code / "welcome.png", width)
    with _on_stage(app, sample, code, WINDOW) as stage:
        for name, scene in SCENES.items():
            save(scene(stage), PICTURES / code / f"{name}.png", width)


def readme(app: QApplication, sample: Path) -> None:
    """The three pictures of the README."""
    with _on_stage(app, sample, "zh_CN", README) as stage:
        for name in ("home", "reviews"):
            page = stage.go(name)
            if name == "reviews":
                page.arrive(next(row.id for row in page.rows if row.total is not None and not row.signed))
                stage.settle()
            save(stage.window.grab(), SHOWN / {"home": "today.png"}.get(name, f"{name}.png"))
        _form(sample)


def _form(folder: Path) -> None:
    """The first page of a review as it is printed."""
    import pypdfium2

    cycle = next(each for each in reviews.cycles() if each.signed)
    person = next(row.person for row in reviews.reviews(cycle.id) if row.signed)
    path = folder / "form.pdf"
    report.review_forms(path, (language("zh_CN"),), cycle=cycle.id, people=[person], filled=True, firm=team.firm(),
                        printed=datetime.combine(DAY, time(9)))  # fmt: skip
    page = pypdfium2.PdfDocument(path)[0]
    image = page.render(scale=FORM_HEIGHT / page.get_height()).to_pil().convert("RGB")
    (SHOWN / "form.png").write_bytes(_small(image, 4 * MOST))


@contextmanager
def _on_stage(app: QApplication, data: Path, code: str, size: tuple[int, int]) -> Iterator[Stage]:
    open_file(data, TABLES)
    stage = Stage(app, data, code, size)
    yield stage
    stage.program.stop()
    stage.program.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    close_file()


def main(what: str, sample: str, empty: str) -> int:
    """Make the pictures of the handbook in a language, or those of the README."""
    app = QApplication(["teamhelm"])
    if what == "readme":
        readme(app, Path(sample))
    else:
        handbook(app, Path(sample), Path(empty), what)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
