"""A registry of the test's own, built files that stand in for those of `make build`, and what a folder holds."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Sequence
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


def program(machine: int = 0x8664, imports: Sequence[str] = ()) -> bytes:
    """A Windows program or DLL without code: the headers, and one section with the table of what it imports."""
    base, raw = 0x1000, 0x400
    names = b"".join(name.encode() + b"\0" for name in imports)
    table, at = b"", base + 20 * (len(imports) + 1)
    for name in imports:
        table += struct.pack("<5I", 0, 0, 0, at, 0)
        at += len(name) + 1
    section = table + b"\0" * 20 + names
    wide = machine != 0x14C
    directories = struct.pack("<4I", 0, 0, base if imports else 0, len(section)) + b"\0" * 14 * 8
    optional = struct.pack("<H", 0x20B if wide else 0x10B) + b"\0" * (110 if wide else 94) + directories
    header = struct.pack("<4s2H3I2H", b"PE\0\0", machine, 1, 0, 0, 0, len(optional), 0x2022)
    sections = struct.pack("<8s6I2HI", b".rdata", len(section), base, len(section), raw, 0, 0, 0, 0, 0x40000040)
    head = b"MZ" + b"\0" * 0x3A + struct.pack("<I", 0x80) + b"\0" * 0x40 + header + optional + sections
    return head.ljust(raw, b"\0") + section


def installation(folder: Path, minor: int = 11, machine: int = 0x8664, without: str = "") -> Path:
    """What the installer of python.org lays for Tk, and what beside it is none of ours."""
    dlls = {
        "_tkinter.pyd": (f"python3{minor}.dll", "tcl86t.dll", "tk86t.dll", "VCRUNTIME140.dll", "KERNEL32.dll"),
        "tcl86t.dll": ("zlib1.dll", "KERNEL32.dll"),
        "tk86t.dll": ("tcl86t.dll", "USER32.dll"),
        "zlib1.dll": ("KERNEL32.dll",),
        "_ssl.pyd": (f"python3{minor}.dll",),
    }
    held = {f"DLLs/{name}": program(machine, imported) for name, imported in dlls.items()}
    texts = (
        *("Lib/os.py", "Lib/tkinter/__init__.py", "Lib/tkinter/filedialog.py", "Lib/tkinter/test/widget_tests.py"),
        *("Lib/tkinter/__pycache__/x.pyc", "tcl/tcl8.6/init.tcl", "tcl/tcl8.6/encoding/cp936.enc", "tcl/tcl8/8.6/msgcat-1.6.1.tm"),
        *(
            "tcl/tk8.6/tk.tcl",
            "tcl/tk8.6/ttk/ttk.tcl",
            "tcl/tk8.6/demos/widget",
            "tcl/tcl86t.lib",
            "tcl/tclConfig.sh",
            "tcl/nmake/rules.vc",
        ),
    )
    for name, data in {**held, **{name: name.encode() for name in texts}}.items():
        if name != without:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return folder
