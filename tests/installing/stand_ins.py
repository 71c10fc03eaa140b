"""A registry of the test's own, built files that stand in for those of `make build`, and what a folder holds."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import xlsxwriter

from macros_py.installing.built import EXTENSION_ID


class FakeRegistry:
    """HKEY_CURRENT_USER as a dictionary: key → name → (value, kind)."""

    def __init__(self, keys: dict[str, dict[str, tuple[str | int, str]]] | None = None) -> None:
        self.held: dict[str, dict[str, tuple[str | int, str]]] = {}
        for key, values in (keys or {}).items():
            self._make(key)
            self.held[key].update(values)

    def _make(self, key: str) -> None:
        parts = key.split("\\")
        for i in range(len(parts)):
            self.held.setdefault("\\".join(parts[: i + 1]), {})

    def read(self, key: str, name: str) -> tuple[str | int, str] | None:
        return self.held.get(key, {}).get(name)

    def has_key(self, key: str) -> bool:
        return key in self.held

    def keys(self, key: str) -> list[str]:
        return [k.rpartition("\\")[2] for k in self.held if k.rpartition("\\")[0] == key]

    def values(self, key: str) -> list[object]:
        return [value for value, _ in self.held.get(key, {}).values()]

    def write(self, key: str, name: str, kind: str, value: str | int) -> None:
        self._make(key)
        self.held[key][name] = (value, kind)

    def delete(self, key: str, name: str) -> None:
        self.held.get(key, {}).pop(name, None)

    def delete_key_if_empty(self, key: str) -> None:
        below = any(k.startswith(key + "\\") for k in self.held)
        if not below and not self.held.get(key, {"": 0}):
            del self.held[key]


def addin(**settings: str) -> bytes:
    """A workbook with the very hidden settings sheet that our add-in carries."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.add_worksheet("Dunbook")
    sheet = book.add_worksheet("dunbook.conf")
    sheet.write_string(0, 0, "UDF MODULES")
    for row, (name, value) in enumerate(settings.items(), 1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
    book.close()
    return made.getvalue()


def extension(version: str, identifier: str = EXTENSION_ID) -> bytes:
    """The smallest extension that LibreOffice takes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"/>',
        )
        package.writestr(
            "description.xml",
            '<?xml version="1.0" encoding="UTF-8"?><description xmlns="http://openoffice.org/extensions/description/2006">'
            f'<identifier value="{identifier}"/><version value="{version}"/></description>',
        )
    return made.getvalue()


def tree(folder: Path) -> dict[str, str]:
    """Every file (with its hash) and folder below `folder`."""
    return {
        p.relative_to(folder).as_posix(): "folder" if p.is_dir() else hashlib.sha256(p.read_bytes()).hexdigest()[:12]
        for p in sorted(folder.rglob("*"))
    }
