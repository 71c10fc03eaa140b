"""Images of a workbook before and after each press, as protected as the workbook itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from macros_py.records.journal import digest

KEEP: Final = 20  # presses whose images are kept; older ones are removed and can no longer be taken back


class Backups:
    """The folder of images of one workbook, beside its journal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "backups"

    def _path(self, name: str, suffix: str) -> Path:
        return self.folder / f"{name[:24]}{suffix}"

    def keep(self, data: bytes, like: Path) -> str:
        """Store one image under its own hash, with the permissions of the workbook; gives the hash. Durable on return."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = digest(data)
        path = self._path(name, like.suffix)
        if path.exists() and path.stat().st_size == len(data):
            os.utime(path)
            return name
        temporary = path.with_suffix(".part")
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if like.exists():
            shutil.copymode(like, temporary)
        temporary.replace(path)
        return name

    def find(self, name: str, suffix: str) -> bytes | None:
        """The image with this hash; None when it was removed or does not match its name any more."""
        path = self._path(name, suffix)
        if not path.exists():
            return None
        data = path.read_bytes()
        return data if digest(data) == name else None

    def prune(self, wanted: Iterable[str]) -> None:
        """Remove images whose hash nobody names any more, and halves of images that a crash left."""
        names = {name[:24] for name in wanted}
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.is_file() and (path.suffix == ".part" or path.name[:24] not in names):
                path.unlink()
