"""What this program is, what it is made of, and under which licences."""

from __future__ import annotations

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
LAST = 2
"""The column that takes what room is left."""
LIBRARIES = (
    ("Qt, PySide6", "PySide6_Essentials", "LGPL-3.0"),
    ("SQLite, SQLite3 Multiple Ciphers, APSW", "apsw-sqlite3mc", "public domain · MIT · any-OSI"),
    ("peewee", "peewee", "MIT"),
    ("ReportLab", "reportlab", "BSD-3-Clause"),
    ("pypdfium2, PDFium", "pypdfium2", "BSD-3-Clause · Apache-2.0"),
    ("python-calamine", "python-calamine", "MIT"),
    ("xlrd", "xlrd", "BSD-3-Clause"),
    ("XlsxWriter", "XlsxWriter", "BSD-2-Clause"),
    ("pypinyin", "pypinyin", "MIT"),
    ("PyYAML", "PyYAML", "MIT"),
    ("borax", "borax", "MIT"),
)
"""What is in the program: the name, the package its version is read of, the licence."""


class AboutSection(Section):
    """The program itself."""

    def build(self) -> None:
        card = self.card(M("TeamHelm {version}", version=desktopapp.__version__))
        card.body.addWidget(Label(self.words(N_("For the owner of a small firm, on one PC, without the network.")),
                                  "secondary", wrap=True))  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(4)
        self.licences = [Button(self.words(name), partial(self.show_licence, name, path), kind="link")
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
        for n, (name, package, licence) in enumerate(LIBRARIES):
            for at, text in enumerate((name, version(package), licence)):
                grid.addWidget(Label(text, "body" if at == 0 else "secondary", wrap=at == LAST), n, at)
        card.body.addLayout(grid)

    def show_licence(self, name: str, path: Path) -> None:
        """Show the text of a licence."""
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.words(name))
        dialog.resize(720, 520)
        text = QPlainTextEdit(path.read_text(encoding="utf-8"), readOnly=True)
        text.setAccessibleName(self.words(name))
        column = QVBoxLayout(dialog)
        column.addWidget(text)
        column.addWidget(Button(self.words(N_("Close")), dialog.close), 0, Qt.AlignmentFlag.AlignRight)
        dialog.open()


def version(package: str) -> str:
    """The version of a library that is in use; nothing where it does not say."""
    if package.startswith("PySide6"):
        return qVersion()
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
