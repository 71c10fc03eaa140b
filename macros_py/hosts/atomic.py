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
        _like(target, temporary)
        if expected is not None and (not target.exists() or digest(target.read_bytes()) != expected):
            raise HostError("changed-meanwhile", file=path.name)
        temporary.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise HostError("disk-full" if error.errno == 28 else "read-only", file=path.name) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    """For the writer's eyes only until it has the mode of the file that it replaces."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _like(target: Path, temporary: Path) -> None:
    """Mode and owner of the file to be replaced; those of any new file where there is none."""
    if not target.exists():
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        return
    old = target.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only an administrator may give a file away
            os.chown(temporary, old.st_uid, old.st_gid)
    temporary.chmod(stat.S_IMODE(old.st_mode))


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
