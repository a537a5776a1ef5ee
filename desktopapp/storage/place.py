"""Where a folder lies: on this PC, in a folder that a program keeps in step with others, on the network, on a stick."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktopapp.kernel.errors import Fault
from desktopapp.kernel.frozen import frozen
from desktopapp.kernel.message import M, Message

SYNCED, NETWORK, REMOVABLE = "synced", "network", "removable"

FOLDERS: Mapping[str, str] = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive",
    "icloud drive": "iCloud", "iclouddrive": "iCloud", "com~apple~clouddocs": "iCloud", "mobile documents": "iCloud",
    "nutstore": "坚果云", "坚果云": "坚果云", "我的坚果云": "坚果云", "nutstore files": "坚果云",
    "wps云盘": "WPS云盘", "wpsdrive": "WPS云盘", "wps cloud files": "WPS云盘", "wps网盘": "WPS云盘",
    "baidusyncdisk": "百度网盘", "百度网盘": "百度网盘", "百度云同步盘": "百度网盘", "baidunetdisk": "百度网盘",
    "weiyun": "微云", "微云": "微云", "腾讯微云": "微云", "aliyundrive": "阿里云盘", "阿里云盘": "阿里云盘",
    "天翼云盘": "天翼云盘", "和彩云": "和彩云", "synologydrive": "Synology Drive", "synology drive": "Synology Drive",
    "seafile": "Seafile", "nextcloud": "Nextcloud", "owncloud": "ownCloud", "box sync": "Box", "megasync": "MEGA",
    "pcloud drive": "pCloud",
}  # fmt: skip
"""Names of folders, in small letters, that programs keep in step with another place."""
ENDINGS = (" - ", " (", "(")
"""What may follow such a name: the account."""
VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Of the surroundings, on Windows."""
REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "davfs",
                    "afpfs", "ncpfs"})  # fmt: skip
"""File systems of another machine, on Linux."""
PLUGGED = ("/media/", "/run/media/", "/Volumes/")
"""Where what is plugged in is found, on Linux and macOS."""
CROWDED = 200 * 2**20
"""Bytes below which the owner is told that the disk is nearly full."""


@frozen
class Lies:
    """A place that is not fit for the data."""

    kind: str
    name: str = ""
    """Of the program that keeps it in step."""


@frozen
class Surroundings:
    """What is known of the machine a path is on."""

    windows: bool
    variables: Mapping[str, str]
    drive: Callable[[str], str]
    """Gives the kind of a drive or of the file system at a path, as below; empty for a plain disk."""


class Misplaced(Fault):
    """The folder lies where the data may be damaged; it can be opened all the same."""

    def __init__(self, lies: Lies, folder: Path) -> None:
        super().__init__(warning(lies))
        self.lies, self.folder = lies, folder


def lies(folder: str, around: Surroundings) -> Lies | None:
    """How a folder lies amiss; nothing for one on a disk of this PC."""
    parts = [part.strip() for part in folder.replace("\\", "/").casefold().split("/") if part]
    for variable in VARIABLES if around.windows else ():
        chosen = around.variables.get(variable, "").replace("\\", "/").casefold().rstrip("/").split("/")
        if len(chosen) > 1 and [part for part in chosen if part] == parts[: len([part for part in chosen if part])]:
            return Lies(SYNCED, "OneDrive")
    for part in parts:
        if name := _synced(part):
            return Lies(SYNCED, name)
    if around.windows and folder.startswith("\\\\") and not folder.startswith(("\\\\?\\", "\\\\.\\")):
        return Lies(NETWORK)
    kind = around.drive(folder)
    return Lies(kind) if kind else None


def here() -> Surroundings:
    """This machine."""
    if sys.platform == "win32":
        return Surroundings(windows=True, variables=os.environ, drive=_windows_drive)
    return Surroundings(windows=False, variables=os.environ, drive=_mounted)


def warning(lies: Lies) -> Message:
    """What is wrong with a place, and what to do."""
    if lies.kind == SYNCED:
        return M("The folder is inside {name}, which can damage the data. Move it to this PC with one click, and let "
                 "{name} hold the encrypted backups.", name=lies.name)  # fmt: skip
    if lies.kind == NETWORK:
        return M("The folder is on a network drive. When the network breaks off, the data can be damaged. Move it to "
                 "this PC with one click, and keep the encrypted backups there.")  # fmt: skip
    return M("The folder is on a removable disk. When it is pulled out while the program runs, the data can be "
             "damaged. Move it to this PC with one click, and keep the encrypted backups there.")  # fmt: skip


def free_space(folder: Path) -> int:
    """Bytes that can still be written there."""
    import shutil  # here, because the first window needs none of it

    return shutil.disk_usage(folder).free


def copies(path: Path) -> list[str]:
    """Names of files beside the data that a program which keeps folders in step has made of it: conflicts."""
    beside = (each.name for each in path.parent.glob(f"{path.stem}*{path.suffix}"))
    return sorted(name for name in beside if name != path.name)


def sticks() -> list[Path]:
    """The removable disks that are plugged in and can be written."""
    if sys.platform == "win32":
        roots = [Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
        return [root for root in roots if _windows_drive(str(root)) == REMOVABLE and root.exists()]
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return [each for each in Path("/Volumes").glob("*") if not each.is_symlink()]
    return [each for each in plugged(mounts) if os.access(each, os.W_OK)]


def plugged(mounts: list[str]) -> list[Path]:
    """Of what is mounted, what was plugged in."""
    at = (line.split(" ")[1].replace("\\040", " ") for line in mounts)
    return [Path(each) for each in at if each.startswith(PLUGGED)]


def _synced(part: str) -> str:
    """The program that keeps a folder of this name in step."""
    for name, program in FOLDERS.items():
        if part == name or any(part.startswith(f"{name}{ending}") for ending in ENDINGS):
            return program
    return ""


def _windows_drive(folder: str) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    kind = ctypes.windll.kernel32.GetDriveTypeW(os.path.splitdrive(folder)[0] + "\\")
    return {2: REMOVABLE, 4: NETWORK}.get(kind, "")


def _mounted(folder: str) -> str:
    """The kind of the file system a folder is on."""
    if folder.startswith(PLUGGED) and not folder.startswith("/Volumes/Macintosh HD"):
        return REMOVABLE
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return remote(folder, mounts)


def remote(folder: str, mounts: list[str]) -> str:
    """Whether a folder is on another machine, by what is mounted."""
    found = ""
    longest = 0
    for line in mounts:
        _device, at, kind, *_rest = line.split(" ")
        at = at.replace("\\040", " ").rstrip("/")
        if len(at) >= longest and (folder == at or folder.startswith(f"{at}/")):
            longest, found = len(at), kind
    return NETWORK if found in REMOTE else ""
