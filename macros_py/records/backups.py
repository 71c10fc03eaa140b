"""Images of a workbook before and after each press, as protected as the workbook itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from macros_py.records.journal import Journal, digest
from macros_py.records.sealing import Seal

_ZIP: Final = b"PK"  # how a workbook begins that nothing closes
KEEP: Final = 20  # presses whose images are kept; older ones are removed and can no longer be taken back


class Backups:
    """The folder of images of one workbook, beside its journal. With a seal no image lies there that can be read without it."""

    def __init__(self, folder: Path, seal: Seal | None = None) -> None:
        self.folder = folder / "backups"
        self._seal = seal

    @staticmethod
    def of(journal: Journal) -> Backups:
        """The images beside a journal."""
        return Backups(journal.folder, journal.seal)

    def _path(self, name: str, suffix: str) -> Path:
        return self.folder / f"{name[:24]}{suffix}"

    def keep(self, data: bytes, like: Path) -> str:
        """Store one image under its own hash, with the permissions of the workbook; gives the hash. Durable on return."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = digest(data)
        path = self._path(name, like.suffix)
        if self._seal is not None:
            self._close_open_ones()
        if path.exists() and (self._seal is not None or path.stat().st_size == len(data)):
            os.utime(path)
        else:
            self._put(path, self._seal.close(data) if self._seal is not None else data, like)
        return name

    def _close_open_ones(self) -> None:
        """Images from before the workbook got its password."""
        for path in self.folder.iterdir():
            data = path.read_bytes() if path.suffix != ".part" else b""
            if self._seal is not None and data.startswith(_ZIP):
                self._put(path, self._seal.close(data), path)

    @staticmethod
    def _put(path: Path, data: bytes, like: Path) -> None:
        temporary = path.with_suffix(".part")
        with temporary.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if like.exists():
            shutil.copymode(like, temporary)
        temporary.replace(path)

    def find(self, name: str, suffix: str) -> bytes | None:
        """The image with this hash; None when it was removed or does not match its name any more."""
        path = self._path(name, suffix)
        if not path.exists():
            return None
        data: bytes | None = path.read_bytes()
        if self._seal is not None and data and not data.startswith(_ZIP):
            data = self._seal.open(data)
        return data if data is not None and digest(data) == name else None

    def prune(self, wanted: Iterable[str]) -> None:
        """Remove images whose hash nobody names any more, and halves of images that a crash left."""
        names = {name[:24] for name in wanted}
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.is_file() and (path.suffix == ".part" or path.name[:24] not in names):
                path.unlink()
