"""The look: readable in light and dark, in every size, and the same icons in both."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.table import Column, RecordTable, TableView
from ui.kit.theme import DARK, LIGHT, RESOURCES, SCALES, dress, font, icon, style_sheet, text_pairs


def brightness(colour: str) -> float:
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    light, dark = sorted((brightness(ink), brightness(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), text_pairs())
def test_every_text_can_be_read_on_its_ground(look, ink, ground):
    assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_a_field_stands_out_from_its_page(look):
    assert contrast(look.input, look.surface) >= 3


def test_the_owner_s_choice_of_dark_is_taken_at_once(qapp):
    dress(qapp, "light")
    dressed = dress(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.bg)
    dressed.choose(scheme="light")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.bg)


@pytest.mark.parametrize("scale", SCALES)
def test_text_grows_with_the_owner_s_choice(qapp, scale):
    dress(qapp, "light", scale)
    assert font().pixelSize() == round(14 * scale / 100)
    assert f"font-size: {round(22 * scale / 100)}px" in style_sheet(LIGHT, scale)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_no_name_is_left_over_in_the_style_sheet(look):
    assert "@" not in style_sheet(look, 100)
    for file in re.findall(r'url\("([^"]+)"\)', style_sheet(look, 100)):
        assert (RESOURCES / "icons" / file.rsplit("/", 1)[1]).is_file()


def test_chinese_is_drawn_with_a_font_that_has_it(qtbot):
    label = QLabel("客户经理 𬍛")
    qtbot.addWidget(label)
    label.setFont(font())
    assert label.fontMetrics().inFontUcs4(ord("客"))


def test_icons_follow_the_look(qapp):
    drawn = icon("users", "text")
    dress(qapp, "light")
    light = drawn.pixmap(32).toImage()
    dress(qapp, "dark")
    assert drawn.pixmap(32).toImage() != light
    assert not light.isNull()


def test_every_icon_is_drawn(qapp):
    for file in sorted((RESOURCES / "icons").glob("*.svg")):
        image = icon(file.stem).pixmap(24).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), file.name


def test_icons_carry_their_licence():
    assert "ISC License" in (RESOURCES / "icons" / "LICENSE-Lucide.txt").read_text(encoding="utf-8")


def test_a_button_s_ampersand_is_a_letter(qtbot):
    button = Button("Settings & backup")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Settings & backup"
    assert button.shortcut().isEmpty()


def test_qt_speaks_the_language_of_the_program(qapp, zh, en):
    from ui.kit.language import speak

    speak(qapp, zh)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    speak(qapp, en)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_no_rule_walks_up_from_every_label_and_button():
    sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    rules = re.findall(r"^([^{}/*@]+)\{", sheet, re.MULTILINE)
    selectors = [selector.strip() for rule in rules for selector in rule.split(",")]
    walking = [each for each in selectors if re.search(r"(\]|QWidget|QFrame|QDialog|Box) Q(Label|PushButton)", each)]
    assert len(selectors) > 100
    assert walking == []


def test_compact_takes_height_off_rows_and_controls_at_once(qtbot, qapp, zh):
    view = TableView(RecordTable((Column("Name", str),), zh), zh, name="Name")
    button, card = Button("保存"), Card("公司")
    for made in (view, button, card):
        qtbot.addWidget(made)
        made.show()
    look = dress(qapp, "light")

    def taken():
        rows, air = view.verticalHeader().defaultSectionSize(), card.body.contentsMargins().left()
        return rows, button.sizeHint().height(), air

    standard = taken()
    look.choose(density="compact")
    assert (standard, taken()) == ((44, 36, 16), (36, 30, 12))
    look.choose(density="standard")
    assert view.verticalHeader().defaultSectionSize() == 44
