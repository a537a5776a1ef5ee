"""What this program is, what it is made of, and under which licences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout

import desktopapp
from desktopapp.kernel.message import N_, M
from ui.kit.button import Button
from ui.kit.label import Label
from ui.kit.theme import RESOURCES
from ui.pages.settings.section import Section

LICENCES = (
    (N_("This program (MIT)"), RESOURCES.parent / "LICENSE"),
    (N_("Font Noto Sans SC (OFL)"), RESOURCES / "fonts" / "LICENSE-NotoSansSC.txt"),
    (N_("Icons by Lucide (ISC)"), RESOURCES / "icons" / "LICENSE-Lucide.txt"),
)
QT = "PySide6_Essentials"
"""Comes without the text of its licence."""
QT_LICENCES = tuple(RESOURCES / "licences" / f"LICENSE-{name}-3.0.txt" for name in ("LGPL", "GPL"))
LIBRARIES = (
    ("Qt, PySide6", QT, "LGPL-3.0"),
    ("SQLite, SQLite3 Multiple Ciphers", "apsw-sqlite3mc", "public domain · MIT"),
    ("APSW", "apsw", "any-OSI"),
    ("peewee", "peewee", "MIT"),
    ("ReportLab", "reportlab", "BSD-3-Clause"),
    ("pypdf", "pypdf", "BSD-3-Clause"),
    ("pypdfium2, PDFium", "pypdfium2", "BSD-3-Clause · Apache-2.0"),
    ("Pillow", "pillow", "MIT-CMU"),
    ("zxing-cpp", "zxing-cpp", "Apache-2.0"),
    ("python-calamine", "python-calamine", "MIT"),
    ("xlrd", "xlrd", "BSD-3-Clause"),
    ("XlsxWriter", "XlsxWriter", "BSD-2-Clause"),
    ("pypinyin", "pypinyin", "MIT"),
    ("PyYAML", "PyYAML", "MIT"),
    ("borax", "borax", "MIT"),
    ("PyNaCl, libsodium", "PyNaCl", "Apache-2.0 · ISC"),
    ("cffi", "cffi", "MIT-0"),
    ("pycparser", "pycparser", "BSD-3-Clause"),
    ("icalendar", "icalendar", "BSD-2-Clause"),
    ("python-dateutil", "python-dateutil", "BSD-3-Clause"),
    ("tzdata", "tzdata", "Apache-2.0"),
    ("charset-normalizer", "charset-normalizer", "MIT"),
    ("typing-extensions", "typing_extensions", "PSF-2.0"),
)
"""What is in the program: the name, the package its version is read of, the licence."""
WITHIN = {"apsw": "apsw-sqlite3mc"}
"""What comes inside another package."""


class AboutSection(Section):
    """The program itself."""

    def build(self) -> None:
        card = self.card(M("TeamHelm {version}", version=desktopapp.__version__))
        card.body.addWidget(Label(self.words(N_("For the owner of a small firm, on one PC, without the network.")),
                                  "secondary", wrap=True))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(4)
        self.licences = [Button(self.words(name), partial(self.show_licence, self.words(name), (path,)), kind="link")
                         for name, path in LICENCES]  # fmt: skip
        for button in self.licences:
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        card = self.card(N_("Made with"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        self.libraries = {}
        for n, (name, package, licence) in enumerate(LIBRARIES):
            grid.addWidget(Label(name, "body"), n, 0)
            grid.addWidget(Label(version(package), "secondary"), n, 1)
            button = Button(licence, partial(self.show_licence, name, licence_files(package)), kind="link")
            button.setAccessibleName(f"{name}: {licence}")
            self.libraries[package] = button
            grid.addWidget(button, n, 2, Qt.AlignmentFlag.AlignLeft)
        card.body.addLayout(grid)

    def show_licence(self, name: str, paths: Sequence[Path]) -> None:
        """Show the text of a licence, or of several one below the other."""
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(name)
        dialog.resize(720, 520)
        written = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
        text = QPlainTextEdit("\n\n".join(written), readOnly=True)
        text.setAccessibleName(name)
        column = QVBoxLayout(dialog)
        column.addWidget(text)
        column.addWidget(Button(self.words(N_("Close")), dialog.close), 0, Qt.AlignmentFlag.AlignRight)
        dialog.open()


def licence_files(package: str) -> tuple[Path, ...]:
    """The licences a library came with."""
    if package == QT:
        return QT_LICENCES
    package = WITHIN.get(package, package)
    try:
        files = metadata.files(package) or ()
    except metadata.PackageNotFoundError:
        return ()
    named = [Path(str(each.locate())) for each in files if ".dist-info" in str(each) and "licen" in str(each).lower()]
    return tuple(path for path in named if path.is_file())


def version(package: str) -> str:
    """The version of a library that is in use; nothing where it does not say."""
    if package.startswith("PySide6"):
        return qVersion()
    package = WITHIN.get(package, package)
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
