"""A form that was filled in on the screen and came back, read in a process of its own.

The file passed through hands and programs that are not ours, so nothing of it is trusted: a child
with little time and memory reads it, looks for what has no place in a form (scripts, attachments,
a password), and answers in JSON on the standard output with the values of its fields and with two
fingerprints. `content` covers what the form asks: its words, and each field's name, kind, place
and choices; `drawn` covers how its pages are drawn. Whoever wrote the form sealed both.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from desktopapp.exchange.child import answered
from desktopapp.kernel.errors import Refused
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

SECONDS = 20
MEMORY = 512 << 20
BYTES, PAGES = 10 << 20, 50
FIELDS, OBJECTS, DEPTH = 500, 60_000, 20
LONGEST, ANSWER = 20_000, 1 << 20
"""The most characters of a value, and bytes of an answer."""
HIDDEN = "hidden:"
"""How the names begin of fields that are not seen."""
SEAL = "seal"

NO_PDF, LARGE, LONG, UNREADABLE, SLOW = "no_pdf", "large", "long", "unreadable", "slow"
ENCRYPTED, SCRIPTED, ATTACHED, XFA, FLAT, FOREIGN = "encrypted", "scripted", "attached", "xfa", "flat", "foreign"
REASONS: Mapping[str, Message] = {
    NO_PDF: M("This is no PDF file. Only forms that were sent out from here can be taken back."),
    LARGE: M("This file is larger than {most} MB, far more than a form can be. It was not opened.", most=BYTES >> 20),
    LONG: M("This file has more than {most} pages, so it is not one of our forms.", most=PAGES),
    UNREADABLE: M("This file is damaged and cannot be read. Ask for it to be saved and sent again."),
    SLOW: M("Reading this file took too long, so it was given up. Ask for it to be saved and sent again."),
    ENCRYPTED: M("This file has a password. Ask for it to be saved without one and sent again."),
    SCRIPTED: M("This file holds a script or a command, which our forms never do. Nothing of it was run or read."),
    ATTACHED: M("Another file is hidden in this one, which our forms never have. It was not opened."),
    XFA: M("This form was made over by another program (XFA). Ask for the original to be filled in."),
    FLAT: M("This file has no fields left: it was printed to PDF or scanned. Ask for the saved form itself."),
    FOREIGN: M("This form was not sent out from here."),
}
"""Why a file was not read, by the key its reader answers with."""

_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/ResetForm", "/Hide", "/Named", "/SetOCGState", "/Trans",
}  # fmt: skip
_SCRIPTS = {"/JS", "/JavaScript", "/AA"}
_FILES = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/RichMedia", "/RichMediaContent", "/AF"}
_RADIO, _WRAPS = 1 << 15, 1 << 12


@frozen
class Sheet:
    """What a returned form says."""

    hidden: Mapping[str, str]
    """What it is known by."""
    values: Mapping[str, str]
    """What was filled in, by the name of the field; nothing where nothing was."""
    content: str
    drawn: str
    added: int
    """Notes, drawings or stamps somebody put over it."""


def read_form(path: Path) -> Sheet:
    """A form as it came back. Raises `Refused`, with the sentence that says why."""
    try:
        if path.stat().st_size > BYTES:
            raise Refused(REASONS[LARGE], "file")
        answer = _asked(path)
    except subprocess.TimeoutExpired as late:
        raise Refused(REASONS[SLOW], "file") from late
    except (OSError, subprocess.SubprocessError, ValueError) as failed:
        raise Refused(REASONS[UNREADABLE], "file") from failed
    if reason := answer.get("refused"):
        raise Refused(REASONS.get(reason, REASONS[UNREADABLE]), "file")
    return Sheet(**answer)


def _asked(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answered("returned", str(path.resolve()), seconds=SECONDS))
    return told


def answer(arguments: Sequence[str], _given: IO[bytes], out: IO[bytes]) -> None:
    """Read the file that is named."""
    told = json.dumps(_answer(Path(arguments[-1])), ensure_ascii=True)
    if len(told) > ANSWER:
        told = json.dumps({"refused": UNREADABLE})
    out.write(told.encode())


class _No(Exception):
    """The file is not to be read; says why by its key."""


def _answer(path: Path) -> dict[str, object]:
    try:
        sheet = look(path)
    except _No as no:
        return {"refused": str(no)}
    except BaseException:  # noqa: BLE001 - whatever a stranger's file brings about, it is only not read
        return {"refused": UNREADABLE}
    return {name: getattr(sheet, name) for name in Sheet.__match_args__}


def look(path: Path) -> Sheet:
    """Read a form in this very process: for a file that has just been written here."""
    from pypdf import PdfReader

    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise _No(NO_PDF)
        reader = PdfReader(file, strict=False)
        if reader.is_encrypted:
            raise _No(ENCRYPTED)
        root = reader.root_object
        pages = list(_pages(root))
        _search(root)
        return _read(reader, root, pages)


def _read(reader: Any, root: Any, pages: Sequence[Any]) -> Sheet:
    form = _plain(root.get("/AcroForm"))
    if not isinstance(form, dict) or not form.get("/Fields"):
        raise _No(FLAT)
    if "/XFA" in form:
        raise _No(XFA)
    fields = list(_fields(form["/Fields"]))
    hidden = {name.removeprefix(HIDDEN): _value(field) for name, field, _ in fields if name.startswith(HIDDEN)}
    if SEAL not in hidden:
        raise _No(FOREIGN)
    asked = [each for each in fields if not each[0].startswith(HIDDEN)]
    places = {_number(note): at for at, page in enumerate(pages) for note in _notes(page)}
    ours = {_number(widget) for _, _, widgets in fields for widget in widgets}
    words = [_solid(page.extract_text()) for page in reader.pages]
    asks = sorted(_asks(name, field, widgets, places) for name, field, widgets in asked)
    drawn = b"\n".join(_drawn(page) for page in pages)
    return Sheet(
        hidden=hidden,
        values={name: _value(field) for name, field, _ in asked},
        content=_fingerprint(json.dumps([words, asks], ensure_ascii=False).encode("utf-8", "surrogatepass")),
        drawn=_fingerprint(drawn),
        added=sum(number not in ours for number in places),
    )


def _plain(value: Any) -> Any:
    """What a reference leads to."""
    return value.get_object() if hasattr(value, "get_object") else value


def _number(value: Any) -> tuple[int, int]:
    """What tells one object from all others."""
    refers = value if hasattr(value, "idnum") else getattr(value, "indirect_reference", None)
    return (refers.idnum, refers.generation) if refers is not None else (0, id(value))


def _pages(root: Any) -> Iterator[Any]:
    """The pages, however the tree that holds them is bent."""
    waiting, seen, count = [root["/Pages"]], set(), 0
    while waiting:
        each = waiting.pop()
        if _number(each) in seen:
            raise _No(UNREADABLE)
        seen.add(_number(each))
        node = _plain(each)
        if "/Kids" in node:
            waiting.extend(reversed(list(_plain(node["/Kids"]))))
        else:
            count += 1
            yield node
        if count > PAGES or len(seen) > PAGES * 10:
            raise _No(LONG)


def _search(root: Any) -> None:
    """Look at everything the file can lead to for what has no place in a form."""
    waiting, seen = [root], set()
    left = OBJECTS
    while waiting:
        each = waiting.pop()
        if hasattr(each, "idnum"):
            if _number(each) in seen:
                continue
            seen.add(_number(each))
        node = _plain(each)
        left -= 1
        if left < 0:
            raise _No(UNREADABLE)
        if isinstance(node, dict):
            _suspect(node)
            waiting.extend(value for value in dict.values(node) if _may_lead_on(value))
        elif isinstance(node, list):
            waiting.extend(value for value in list.__iter__(node) if _may_lead_on(value))


def _may_lead_on(value: Any) -> bool:
    return isinstance(value, (dict, list)) or hasattr(value, "idnum")


def _suspect(node: Any) -> None:
    keys = node.keys()
    first = _plain(node.get("/OpenAction"))
    is_command = isinstance(first, dict) and first.get("/S") != "/GoTo"
    if keys & _SCRIPTS or str(_plain(node.get("/S"))) in _ACTIONS or is_command:
        raise _No(SCRIPTED)
    if keys & _FILES or node.get("/Subtype") == "/FileAttachment":
        raise _No(ATTACHED)


def _fields(found: Any) -> Iterator[tuple[str, Any, list[Any]]]:
    """Each field by its whole name, with the places it has on pages."""
    waiting = [(each, "", 0) for each in reversed(_plain(found))]
    seen: set[tuple[int, int]] = set()
    while waiting:
        each, above, depth = waiting.pop()
        if _number(each) in seen or depth > DEPTH or len(seen) > FIELDS:
            raise _No(UNREADABLE)
        seen.add(_number(each))
        field = _plain(each)
        name = ".".join(filter(None, (above, str(_plain(field.get("/T", ""))))))
        below = list(list.__iter__(_plain(field.get("/Kids")) or []))
        if len(below) > FIELDS:
            raise _No(UNREADABLE)
        if any("/T" in _plain(kid) for kid in below):
            waiting.extend((kid, name, depth + 1) for kid in reversed(below))
        else:
            yield name, field, below or [each]


def _notes(page: Any) -> list[Any]:
    """What lies on a page, as it is referred to."""
    found = _plain(page.get("/Annots"))
    return list(list.__iter__(found)) if isinstance(found, list) else []


def _asks(name: str, field: Any, widgets: Sequence[Any], places: Mapping[tuple[int, int], int]) -> list[Any]:
    """A field as it was drawn up: nothing that filling it in may change."""
    flags, most = int(_plain(field.get("/Ff", 0))), int(_plain(field.get("/MaxLen", 0)))
    about = [name, str(field.get("/FT")), flags & (_RADIO | _WRAPS), most, str(_plain(field.get("/TU", "")))]
    return [*about, [_place(widget, places) for widget in widgets]]


def _place(widget: Any, places: Mapping[tuple[int, int], int]) -> list[Any]:
    """Where a part of a field lies, and what choosing it means."""
    node = _plain(widget)
    corners = [round(float(_plain(each))) for each in _plain(node["/Rect"])]
    looks = _plain(_plain(node.get("/AP", {})).get("/N"))
    chosen = sorted(str(key) for key in looks if key != "/Off") if node.get("/AS") is not None else []
    return [places.get(_number(widget), -1), corners, chosen]


def _value(field: Any) -> str:
    """What a field says; nothing for a button that is off."""
    value = _plain(field.get("/V"))
    if value is None or value == "/Off":
        return _on(field)
    if hasattr(value, "get_data"):
        value = value.get_data()
    if isinstance(value, bytes):
        value = _decoded(value)
    text = str(value)
    if len(text) > LONGEST:
        raise _No(UNREADABLE)
    return text.removeprefix("/") if str(field.get("/FT")) == "/Btn" else text


def _on(field: Any) -> str:
    """The choice that is shown, where a program has set nothing but how it looks."""
    if str(field.get("/FT")) != "/Btn":
        return ""
    shown = {str(_plain(_plain(each).get("/AS", "/Off"))) for each in (_plain(field.get("/Kids")) or [field])}
    chosen = shown - {"/Off"}
    return chosen.pop().removeprefix("/") if len(chosen) == 1 else ""


def _decoded(value: bytes) -> str:
    """The text of bytes that no mark tells how to read."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")


def _drawn(page: Any) -> bytes:
    """How a page is drawn, and from how many pictures."""
    content = _plain(page.get("/Contents"))
    parts = [_plain(each) for each in content] if isinstance(content, list) else [content]
    pictures = len(_plain(_plain(page.get("/Resources", {})).get("/XObject", {})))
    drawn: bytes = b" ".join(each.get_data() for each in parts if each is not None)
    return b" ".join(drawn.split()) + str(pictures).encode()


def _solid(text: str) -> str:
    """Text without the space between its characters, which programs set as they please."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

