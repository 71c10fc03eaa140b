"""Is the workbook open somewhere? Excel, LibreOffice and WPS each leave an owner file beside it, mostly with the holder's name."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from macros_py.hosts.host import HostError

_NAME_BYTES: Final = 54  # an owner file: a length byte, the name in the holder's code page padded to 54, then length and name in UTF-16
_WORD: Final = re.compile(r"\\(.)")


def check(path: Path) -> None:
    """HostError: "locked" with `holder` ('' unknown) when an application holds the file, "read-only" when it cannot be written."""
    for lock, read in ((excel_lock(path), _excel_holder), (calc_lock(path), _calc_holder), (wps_lock(path), _no_holder)):
        if lock.exists() and not _stale(lock):
            raise HostError("locked", file=path.name, holder=read(lock), lock=lock.name)
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise HostError("read-only", file=path.name)
    if path.exists() and os.name == "nt":  # there an open workbook cannot be opened for writing
        try:
            path.open("r+b").close()
        except PermissionError as error:
            raise HostError("locked", file=path.name, holder="") from error


def excel_lock(path: Path) -> Path:
    """~$name.xlsx: Excel (and WPS) put it beside a workbook that somebody edits."""
    return path.with_name("~$" + path.name)


def calc_lock(path: Path) -> Path:
    """.~lock.name.xlsx#: LibreOffice's."""
    return path.with_name(f".~lock.{path.name}#")


def wps_lock(path: Path) -> Path:
    """.~name.xlsx: WPS's; it does not say in a form that we know who holds it."""
    return path.with_name(f".~{path.name}")


def _no_holder(lock: Path) -> str:
    return ""


def _stale(lock: Path) -> bool:
    """An empty owner file is a leftover; others are believed."""
    return lock.stat().st_size == 0


def _excel_holder(lock: Path) -> str:
    try:
        data = lock.read_bytes()
    except OSError:
        return ""  # Excel keeps it shut on the holder's own machine
    wide = data[_NAME_BYTES + 1 :]
    if len(wide) >= 4:
        length = int.from_bytes(wide[:2], "little")
        name = wide[2 : 2 + 2 * length].decode("utf-16-le", "ignore").strip("\x00 ")
        if length and name:
            return name
    return data[1 : 1 + data[0]].decode("mbcs" if os.name == "nt" else "gb18030", "ignore").strip("\x00 ") if data else ""


def _calc_holder(lock: Path) -> str:
    """name,user,host,date,profile; with commas and backslashes escaped."""
    fields = re.split(r"(?<!\\),", lock.read_text("utf-8", "replace").strip().rstrip(";"))
    names = [_WORD.sub(r"\1", field).strip() for field in fields[:3]]
    return next((name for name in names if name), "")
