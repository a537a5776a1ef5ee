"""The catalogue: every marked text of the program with its Chinese. `dev.py words` brings it up to date."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "resources/locale/zh_CN/LC_MESSAGES/desktopapp.po"
MO = PO.with_suffix(".mo")
SOURCES = ("desktopapp", "ui")
HEAD = "# The texts of TeamHelm in Chinese. Write the Chinese here; `dev.py words` does the rest."


class Chinese(Catalog):
    """A catalogue whose head says nothing that changes from one run to the next."""

    mime_headers = [  # noqa: RUF012 - the base class has it as a property
        ("Language", "zh_CN"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]

    def __init__(self) -> None:
        super().__init__(header_comment=HEAD, fuzzy=False)


def marked(root: Path = ROOT) -> dict[str, list[str]]:
    """Every marked text with the files it stands in."""
    found: dict[str, set[str]] = {}
    for top in SOURCES:
        texts = extract_from_dir(root / top, method_map=[("**.py", "python")], keywords={"N_": None, "M": (1,)})
        for name, _line, text, _comments, _context in texts:
            if text:
                found.setdefault(text, set()).add(f"{top}/{Path(name).as_posix()}")
    return {text: sorted(files) for text, files in sorted(found.items())}


def chinese(po: Path = PO) -> dict[str, str]:
    """The Chinese there is."""
    if not po.exists():
        return {}
    with po.open("rb") as file:
        return {each.id: each.string for each in read_po(file) if each.id}


def written(texts: Mapping[str, list[str]], words: Mapping[str, str]) -> tuple[bytes, bytes]:
    """The .po and the .mo of these texts, the same bytes for the same words."""
    catalogue = Chinese()
    for text, files in texts.items():
        catalogue.add(text, words.get(text, ""), locations=[(name, 0) for name in files])
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, width=120, sort_output=True, include_lineno=False)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def main(more: Mapping[str, str] = {}) -> int:
    """Rewrite the catalogue and name what has no Chinese; fails where there is any."""
    texts, words = marked(), {**chinese(), **more}
    PO.parent.mkdir(parents=True, exist_ok=True)
    for path, content in zip((PO, MO), written(texts, words), strict=True):
        path.write_bytes(content)
    missing = [text for text in texts if not words.get(text)]
    print(f"{len(texts)} texts, {len(missing)} without Chinese")
    for text in missing:
        print(f"  {text!r} in {texts[text][0]}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
