"""Replacing a file whole: whoever looks sees the old one or the new one, whatever stops the program half-way."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
import time
from pathlib import Path
from typing import Final

from macros_py.hosts.host import HostError

MARK: Final = ".dunbook-"
_STALE: Final = 600.0  # seconds: a temporary file older than this belongs to a program that was stopped


def digest(data: bytes) -> str:
    """The hash by which a file is known again."""
    return hashlib.sha256(data).hexdigest()


def replace(path: Path, data: bytes, expected: str | None = None) -> None:
    """Write `data` in the place of `path`: a temporary file in the same folder, flushed to the disk, then renamed; the mode is kept.

    expected: the digest that the file had when it was read. HostError: "changed-meanwhile" when it has another now, "read-only" when
    the file or its folder cannot be written, "disk-full".
    """
    target = path.resolve()  # a link keeps pointing at the file
    sweep(target)
    if target.exists() and not os.access(target, os.W_OK):
        raise HostError("read-only", file=path.name)
    temporary = target.with_name(f"{MARK}{os.getpid()}-{secrets.token_hex(4)}-{target.name}.tmp")
    try:
        _write(temporary, data)
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        if expected is not None and (not target.exists() or digest(target.read_bytes()) != expected):
            raise HostError("changed-meanwhile", file=path.name)
        temporary.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise HostError("disk-full" if error.errno == 28 else "read-only", file=path.name) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _flush_folder(folder: Path) -> None:
    """The renaming itself reaches the disk; where folders cannot be flushed (Windows) the system sees to it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(path: Path) -> list[str]:
    """Take away temporary files of ours beside `path` whose program is gone; gives their names."""
    gone = []
    for left in path.parent.glob(f"{MARK}*-{_literal(path.name)}.tmp"):
        with contextlib.suppress(OSError, ValueError):
            process = int(left.name[len(MARK) :].split("-")[0])
            if process != os.getpid() and (not _alive(process) or time.time() - left.stat().st_mtime > _STALE):
                left.unlink()
                gone.append(left.name)
    return gone


def _literal(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _alive(process: int) -> bool:
    """Does a process of this number run? On Windows it cannot be asked without harm: age decides there."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
