"""Images of a workbook before and after each press, as protected as the workbook itself."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from macros_py.records.journal import digest

KEEP: Final = 20  # images of the last presses; older ones are removed and can no longer be taken back


@dataclass(frozen=True)
class Images:
    """The bytes of one press: before it and after it. Either may have been removed since."""

    before: bytes | None
    after: bytes | None


class Backups:
    """The folder of images of one workbook, beside its journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "backups"

    def _path(self, name: str, suffix: str) -> Path:
        return self.folder / f"{name[:24]}{suffix}"

    def keep(self, data: bytes, like: Path) -> None:
        """Store one image under its own hash, with the permissions of the workbook. Durable on return."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(digest(data), like.suffix)
        if path.exists() and path.stat().st_size == len(data):
            os.utime(path)
            return
        temporary = path.with_suffix(".part")
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if like.exists():
            shutil.copymode(like, temporary)
        temporary.replace(path)
        self._prune()

    def find(self, name: str, suffix: str) -> bytes | None:
        """The image with this hash; None when it was removed or does not match its name any more."""
        path = self._path(name, suffix)
        if not path.exists():
            return None
        data = path.read_bytes()
        return data if digest(data) == name else None

    def _prune(self) -> None:
        images = sorted((p for p in self.folder.iterdir() if p.is_file()), key=lambda p: p.stat().st_mtime)
        for old in images[: -2 * KEEP]:
            old.unlink()
