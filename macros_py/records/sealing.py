"""How images of a workbook that needs a password to open are kept from others."""

from __future__ import annotations

from typing import Protocol


class Seal(Protocol):
    """Closes what goes to the disk and opens it again; open gives None for what another password closed."""

    def close(self, data: bytes) -> bytes: ...
    def open(self, data: bytes) -> bytes | None: ...
