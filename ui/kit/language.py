"""Qt's own words in the language of the program: dialogs' buttons, menus of text fields, dates."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktopapp.kernel.language import Language

_LOCALES = {"zh_CN": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
            "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)}  # fmt: skip
_worn: list[QTranslator] = []


def speak(app: QApplication, language: Language) -> None:
    """Have Qt speak a language, in place of the one it spoke."""
    while _worn:
        app.removeTranslator(_worn.pop())
    QLocale.setDefault(_LOCALES[language.code])
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language.is_chinese and translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
        _worn.append(translator)
