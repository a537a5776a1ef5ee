"""The keys of the file: one made at random, and the slots that give it out to who may have it.

An open slot gives it to everybody; the others are sealed by a password or by the recovery code.
The whole key file is summed, so that damage is told from a wrong password: only where the sum is
right can a slot that does not open mean that the password is wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import unicodedata
from collections.abc import Iterable, Mapping
from math import ceil
from pathlib import Path
from typing import Any

from desktopapp.kernel.errors import Fault, Refused
from desktopapp.kernel.frozen import frozen, replace
from desktopapp.kernel.message import M
from desktopapp.storage.whole import write

NAME, COPY = "keys.json", "keys-copy.json"
FORMAT = 1
OPEN, PASSWORD, RECOVERY = "open", "password", "recovery"
MEMORY, PASSES = 64 * 2**20, 3
"""What a try costs at least: bytes of memory, and times it is gone through."""
SLOW = 0.25
"""Seconds a try takes on the PC the password is chosen on: there are more passes on a fast one."""
MOST = (2**30, 200)
"""No slot of ours asks for more."""
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of a recovery code: no letter that reads as another, as Crockford has them."""
MISREAD = str.maketrans("OIL", "011")
GROUPS, LONG = 8, 5
"""A recovery code is so many groups of so many digits: 200 bits."""


@frozen
class Keys:
    """What the file is encrypted with, and what other keys are derived of."""

    file: str
    """64 hex digits."""
    root: str
    """64 hex digits, the same when the file is encrypted anew: what was sealed before stays genuine."""


@frozen
class Slot:
    """One way to the keys."""

    kind: str
    key: str = ""
    root: str = ""
    """Both in clear in an open slot, in none of the others."""
    memory: int = 0
    passes: int = 0
    salt: str = ""
    nonce: str = ""
    sealed: str = ""


@frozen
class KeyFile:
    """The slots of one store."""

    store: str
    slots: tuple[Slot, ...]
    before: str = ""
    """While the file is being encrypted anew: the keys it had before, sealed by those it is getting."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of slot there are."""
        return frozenset(slot.kind for slot in self.slots)

    @property
    def is_open(self) -> bool:
        """Whether anybody who has the folder can read the file."""
        return OPEN in self.kinds

    def slot(self, kind: str) -> Slot | None:
        """The slot of that kind."""
        return next((slot for slot in self.slots if slot.kind == kind), None)


class Locked(Fault):
    """A password is needed."""

    def __init__(self, keys: KeyFile) -> None:
        super().__init__(M("This data is protected by a password."))
        self.keys = keys


class Wrong(Refused):
    """A password that opens no slot."""

    def __init__(self) -> None:
        super().__init__(M("Wrong password. Nothing was changed. Check Caps Lock and the input method, or use the "
                           "recovery code."), "password")  # fmt: skip


class Spoilt(Fault):
    """Neither of the key files can be read."""

    def __init__(self) -> None:
        super().__init__(M("The key file {name} is missing or damaged; this is not a wrong password. Insert the disk "
                           "with your backups and choose one of them: each holds the key file.",
                           name=NAME))  # fmt: skip


def fresh() -> tuple[KeyFile, Keys]:
    """The keys of a new store, in an open slot."""
    keys = Keys(os.urandom(32).hex(), os.urandom(32).hex())
    return KeyFile(os.urandom(16).hex(), (_open(keys),)), keys


def renewed(keys: Keys) -> Keys:
    """Keys to encrypt the file anew with."""
    return replace(keys, file=os.urandom(32).hex())


def opened(keys: KeyFile, slot: Slot | None = None) -> Keys:
    """The keys out of the open slot."""
    found = slot or keys.slot(OPEN)
    if found is None:
        raise Locked(keys)
    return Keys(found.key, found.root)


def unlocked(keys: KeyFile, secret: str) -> tuple[Keys, str]:
    """The keys that a password or the recovery code gives, and which of the two it was. Raises `Wrong`.

    Takes a quarter of a second or more, and says nothing about where it went wrong.
    """
    if keys.is_open:
        return opened(keys), OPEN
    ways = [(PASSWORD, typed(secret)), (RECOVERY, plain(secret))]
    if len(plain(secret)) != GROUPS * LONG:
        ways.pop()
    for kind, said in reversed(ways):
        slot = keys.slot(kind)
        if slot and (found := _unsealed(keys.store, slot, said)):
            return found, kind
    raise Wrong


def before(keys: KeyFile, now: Keys) -> Keys | None:
    """The keys the file had until it was to be encrypted anew, where that has not been finished."""
    if not keys.before:
        return None
    opened = _decrypted(keys.before, bytes.fromhex(now.file), _aad(keys.store, "before"))
    if opened is None:
        raise Spoilt
    return _unpacked(opened)


def protected(keys: KeyFile, now: Keys, password: str, code: str = "") -> KeyFile:
    """The slots with another password; with another recovery code too, where one is given."""
    slots = [_sealed(keys.store, PASSWORD, now, typed(password))]
    if code:
        slots.append(_sealed(keys.store, RECOVERY, now, plain(code)))
    elif old := keys.slot(RECOVERY):
        slots.append(old)
    return KeyFile(keys.store, tuple(slots))


def with_code(keys: KeyFile, now: Keys, code: str) -> KeyFile:
    """The slots with another recovery code."""
    others = tuple(slot for slot in keys.slots if slot.kind != RECOVERY)
    return KeyFile(keys.store, (*others, _sealed(keys.store, RECOVERY, now, plain(code))))


def unprotected(keys: KeyFile, now: Keys) -> KeyFile:
    """An open slot and no other."""
    return KeyFile(keys.store, (_open(now),))


def changing(keys: KeyFile, old: Keys, new: Keys) -> KeyFile:
    """These slots, with the keys of before beside them until the file is encrypted anew."""
    sealed = _encrypted(_packed(old), bytes.fromhex(new.file), _aad(keys.store, "before"))
    return replace(keys, before=sealed)


def code() -> str:
    """A new recovery code: 8 groups of 5."""
    return grouped("".join(DIGITS[byte % len(DIGITS)] for byte in os.urandom(GROUPS * LONG)))


def grouped(digits: str) -> str:
    """A recovery code as it is printed."""
    return "-".join(digits[at : at + LONG] for at in range(0, len(digits), LONG))


def plain(code: str) -> str:
    """A recovery code as it is meant, however it was typed: small letters, blanks, O for 0, I and L for 1."""
    meant = typed(code).upper().translate(MISREAD)
    return "".join(each for each in meant if each in DIGITS)


def load(folder: Path) -> KeyFile:
    """The key file of a folder; where one of the two is damaged, out of the other, which mends it.

    Raises `Spoilt`, or `OSError` where the disk does not give them.
    """
    first, second = _read(folder / NAME), _read(folder / COPY)
    keys = first or second
    if keys is None:
        _reach(folder)
        raise Spoilt
    if first is None or second != first:
        _mend(folder, keys, mends=NAME if first is None else COPY)
    return keys


def save(folder: Path, keys: KeyFile) -> None:
    """Keep the key file, twice."""
    for name in (NAME, COPY):
        write(folder / name, written(keys))


def written(keys: KeyFile) -> bytes:
    """The key file's content."""
    stated: dict[str, Any] = {"format": FORMAT, "store": keys.store}
    stated["slots"] = [_stated(slot) for slot in keys.slots]
    if keys.before:
        stated["before"] = keys.before
    return json.dumps({**stated, "sum": _sum(stated)}, indent=1).encode()


def read(content: bytes) -> KeyFile:
    """The key file that was so written. Raises `ValueError` where anything in it is not as it was."""
    stated = json.loads(content)
    if not isinstance(stated, dict) or stated.pop("sum", None) != _sum(stated) or stated["format"] != FORMAT:
        raise ValueError("not as it was written")
    slots = tuple(Slot(**each) for each in stated["slots"])
    return KeyFile(stated["store"], slots, stated.get("before", ""))


def _read(path: Path) -> KeyFile | None:
    try:
        return read(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _reach(folder: Path) -> None:
    """Raises `OSError` where it is the disk that does not give the key files: they may be whole."""
    for name in (NAME, COPY):
        if (folder / name).is_file():
            (folder / name).read_bytes()


def _mend(folder: Path, keys: KeyFile, *, mends: str) -> None:
    """Write the one that is not as it should be; where that cannot be, the next start tries again."""
    try:
        write(folder / mends, written(keys))
    except OSError:
        return


def _sum(stated: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def _stated(slot: Slot) -> dict[str, Any]:
    fields: Iterable[str] = ("kind", "key", "root", "memory", "passes", "salt", "nonce", "sealed")
    return {name: value for name in fields if (value := getattr(slot, name))}


def _open(keys: Keys) -> Slot:
    return Slot(OPEN, key=keys.file, root=keys.root)


def typed(secret: str) -> str:
    """What was typed, the same whether the input method wrote wide letters or narrow ones."""
    return unicodedata.normalize("NFKC", secret)


def _packed(keys: Keys) -> bytes:
    return bytes.fromhex(keys.file + keys.root)


def _unpacked(opened: bytes) -> Keys:
    return Keys(opened[:32].hex(), opened[32:].hex())


def _aad(store: str, kind: str, *costs: int) -> bytes:
    """What a sealed text is bound to, so that it opens in no other place."""
    return json.dumps(["teamhelm", FORMAT, store, kind, *costs]).encode()


def _sealed(store: str, kind: str, keys: Keys, secret: str) -> Slot:
    salt, passes = os.urandom(16), measured()
    sealed = _encrypted(_packed(keys), _stretched(secret, salt, MEMORY, passes), _aad(store, kind, MEMORY, passes))
    nonce, text = sealed[:48], sealed[48:]
    return Slot(kind, memory=MEMORY, passes=passes, salt=salt.hex(), nonce=nonce, sealed=text)


def _unsealed(store: str, slot: Slot, secret: str) -> Keys | None:
    if slot.memory > MOST[0] or slot.passes > MOST[1]:
        raise Spoilt
    key = _stretched(secret, bytes.fromhex(slot.salt), slot.memory, slot.passes)
    opened = _decrypted(slot.nonce + slot.sealed, key, _aad(store, slot.kind, slot.memory, slot.passes))
    return _unpacked(opened) if opened else None


def measured() -> int:
    """Passes that make a try slow enough on this PC, by its own time: the clock runs on while others use the PC."""
    one = min(_taken() for _ in range(3)) / PASSES
    return min(MOST[1], max(PASSES, ceil(SLOW / one)))


def _taken() -> float:
    started = time.thread_time()
    _stretched("measured", bytes(16), MEMORY, PASSES)
    return time.thread_time() - started


def _stretched(secret: str, salt: bytes, memory: int, passes: int) -> bytes:
    """Argon2id."""
    from nacl import exceptions, pwhash  # here, because a store without a password needs none of it

    try:
        found: bytes = pwhash.argon2id.kdf(32, secret.encode(), salt, opslimit=passes, memlimit=memory)
    except exceptions.RuntimeError as none_left:
        raise MemoryError from none_left
    return found


def _encrypted(text: bytes, key: bytes, aad: bytes) -> str:
    """XChaCha20-Poly1305: the nonce, then the sealed text, in hex."""
    from nacl import bindings

    nonce = os.urandom(24)
    sealed: bytes = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(text, aad, nonce, key)
    return (nonce + sealed).hex()


def _decrypted(sealed: str, key: bytes, aad: bytes) -> bytes | None:
    from nacl import bindings, exceptions

    whole = bytes.fromhex(sealed)
    try:
        text: bytes = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(whole[24:], aad, whole[:24], key)
    except exceptions.CryptoError:
        return None
    return text
