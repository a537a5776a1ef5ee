"""The one preview of everything that is printed: the pages as they will be, the choices, and out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.language import language
from desktopapp.kernel.message import N_, M, Message
from ui.kit import ask
from ui.kit.button import Button, IconButton
from ui.kit.desk import Desk
from ui.kit.editors import Line, Picker
from ui.kit.keys import RETURN
from ui.kit.label import Label
from ui.kit.paper import Paper, PaperView, pages_of, print_pages

Make = Callable[..., object]
"""Writes the PDF for the choices, on the worker: `make(path, languages, filled=…)`.

One that takes `progress` is given it, so that it can say how far it is and be stopped.
"""
PDF = ((N_("PDF files"), "*.pdf"),)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice about what is printed: its name as an argument, its marked title, and what there is."""

    name: str
    title: str
    choices: Sequence[tuple[Any, str | Message]]
    start: int = 0


LANGUAGES = (
    (("zh_CN",), N_("Chinese")), (("zh_CN", "en"), N_("Chinese and English")), (("en",), N_("English")),
)  # fmt: skip
"""What every sheet offers for its option "languages"; `make` is given the `Language`s."""


class Copies(QSpinBox):
    """How many; the wheel leaves it alone."""

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class Preview(QDialog):
    """Shows a PDF before it is printed, and makes it anew for other choices.

    `name` is the file name offered for saving: 姓名_表名_周期.pdf.
    """

    ready = Signal()
    """The pages for the present choices are shown."""
    printed = Signal(int)
    """So many pages went to the printer."""

    def __init__(
        self, desk: Desk, title: str | Message, make: Make, options: Sequence[Option], name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._language, self._make, self._name = desk, desk.language, make, name
        self._folder = TemporaryDirectory(prefix="teamhelm-", ignore_cleanup_errors=True)
        self._made: Path | None = None
        self._wanted = 0
        self.setWindowTitle(self._language.text(title))
        self.view = PaperView()
        self.view.setAccessibleName(self._language.text(N_("Pages as they will be printed")))
        self.view.turned.connect(self._show_place)
        self.pickers = {option.name: self._picker(option) for option in options}
        self._lay_out(options)
        self._bind("Ctrl+P", self.print_now)
        self._bind("Ctrl+S", self.save)
        available = self.screen().availableGeometry().size()
        self.resize(min(1080, available.width() - 80), min(820, available.height() - 80))
        self._remake()

    def print_now(self) -> None:
        """Send the chosen pages to the printer."""
        if self.view.paper is None:
            return
        self.fault.hide()
        try:
            pages = pages_of(self.pages.text(), len(self.view.paper))
            printer = self.make_printer()
            print_pages(self.view.paper, printer, pages)
        except (Refused, Fault) as no:
            self._tell(no.message)
            return
        self.printed.emit(len(pages))
        self._desk.toast(M("Sent {count} pages to the printer.", count=len(pages)))
        self.close()

    def make_printer(self) -> Any:
        """The printer chosen, set for these pages."""
        from PySide6.QtGui import QPageSize
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

        found = QPrinterInfo.printerInfo(self.printers.value() or "")
        if found.isNull():
            raise Fault(M("No printer is installed on this PC. Save as PDF instead."))
        printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setCopyCount(self.copies.value())
        printer.setDocName(self.windowTitle())
        return printer

    def save(self) -> None:
        """Ask where, and write the PDF there."""
        if self._made:
            ask.save_file(self, self._language, N_("Save as PDF"), self._name, PDF, self.write)

    def write(self, path: Path) -> None:
        """Write the PDF, whole or not at all."""
        part = path.with_name(f".{path.name}.part")
        try:
            shutil.copyfile(self._made, part)
            part.replace(path)
        except OSError as no:
            self._tell(M("“{path}” cannot be written: {reason}", path=str(path), reason=no.strerror or str(no)))
            return
        self._desk.toast(M("Saved as {name}.", name=path.name))
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN:
            self.print_now() if self.print_button.isEnabled() else self.save()
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._wanted += 1
        self.view.close_paper()
        self._folder.cleanup()
        super().done(result)

    def _picker(self, option: Option) -> Picker:
        picker = Picker([(value, self._language.text(words)) for value, words in option.choices])
        picker.setCurrentIndex(option.start)
        picker.setAccessibleName(self._language.text(option.title))
        picker.changed.connect(self._remake)
        return picker

    def _remake(self) -> None:
        """Make the pages for the present choices; an older answer that comes late is dropped."""
        self._wanted += 1
        wanted, chosen = self._wanted, {name: picker.value() for name, picker in self.pickers.items()}
        self.print_button.setEnabled(False)
        self.save_button.setEnabled(False)
        path = Path(self._folder.name) / f"{wanted}.pdf"
        is_told = "progress" in signature(self._make).parameters
        spoken = tuple(language(code) for code in chosen.pop("languages", ("zh_CN",)))
        self._desk.tasks.run(
            lambda progress: self._make(path, spoken, **chosen, **({"progress": progress} if is_told else {})),
            lambda _made: self._show(path, wanted),
            lambda no: self._failed(no, wanted),
            words=M("Making the pages…"),
            stopped=self._stopped,
        )

    def _show(self, made: Path, wanted: int) -> None:
        if wanted != self._wanted:
            return
        self._made = made
        self.view.show_paper(Paper(made))
        self._show_place(0)
        self.print_button.setEnabled(bool(self.printers.count()))
        self.save_button.setEnabled(True)
        (self.print_button if self.print_button.isEnabled() else self.save_button).setFocus()
        self.ready.emit()

    def _stopped(self) -> None:
        if self._made is None:
            self.close()

    def _failed(self, no: Refused | Fault, wanted: int) -> None:
        if wanted == self._wanted:
            self._tell(no.message)

    def _tell(self, message: Message) -> None:
        self.fault.setText(self._language.text(message))
        self.fault.show()

    def _show_place(self, page: int) -> None:
        count = len(self.view.paper) if self.view.paper else 0
        self.place.setText(self._language.text(M("Page {page} of {count}", page=page + 1, count=count)))

    def _bind(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self, options: Sequence[Option]) -> None:
        across, side, left = QHBoxLayout(self), QVBoxLayout(), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        panel = QWidget(objectName="panelBody")
        panel.setLayout(side)
        panel.setFixedWidth(280)
        side.setContentsMargins(20, 20, 20, 16)
        side.setSpacing(6)
        for option in options:
            self._row(side, self._language.text(option.title), self.pickers[option.name])
        self.printers = Picker([(name, name) for name in installed_printers()])
        self.printers.setEnabled(bool(self.printers.count()))
        self._row(side, self._language.text(N_("Printer")), self.printers)
        self.copies = Copies(minimum=1, maximum=99)
        self._row(side, self._language.text(N_("Copies")), self.copies)
        self.pages = Line(self._language, 40)
        self.pages.setPlaceholderText(self._language.text(N_("all, or 1-3,5")))
        self._row(side, self._language.text(N_("Pages")), self.pages)
        self.fault = Label("", "bad", wrap=True)
        self.fault.hide()
        side.addWidget(self.fault)
        if not self.printers.count():
            side.addWidget(Label(self._language.text(N_("No printer is installed on this PC.")), "warn", wrap=True))
        side.addStretch(1)
        self.print_button = Button(self._language.text(N_("Print")), self.print_now, icon="printer", kind="primary")
        self.save_button = Button(self._language.text(N_("Save as PDF…")), self.save, icon="download")
        self.cancel_button = Button(self._language.text(N_("Cancel")), self.close)
        for button in (self.print_button, self.save_button, self.cancel_button):
            side.addWidget(button)
        left.setSpacing(0)
        left.addLayout(self._tools())
        left.addWidget(self.view, 1)
        across.addLayout(left, 1)
        across.addWidget(panel)

    def _row(self, side: QVBoxLayout, title: str, widget: QWidget) -> None:
        label = Label(title, "secondary")
        label.setBuddy(widget)
        widget.setAccessibleName(title)
        side.addWidget(label)
        side.addWidget(widget)
        side.addSpacing(6)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 6, 16, 6)
        self.place = Label("", "secondary")
        row.addWidget(self.place)
        row.addStretch(1)
        for icon, words, by in (("zoom-out", N_("Smaller"), -1), ("zoom-in", N_("Larger"), 1)):
            row.addWidget(IconButton(icon, self._language.text(words), lambda by=by: self.view.step(by)))
        return row


def installed_printers() -> list[str]:
    """The printers of this PC, its default first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    default = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name))
