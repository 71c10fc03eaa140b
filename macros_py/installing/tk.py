"""Tk for a bundle, taken from an ordinary installation of Python for Windows: the embeddable Python has none.

An installation of python.org keeps DLLs/_tkinter.pyd, the DLLs of Tcl and Tk beside it (and zlib1.dll from 3.11 on), Lib/tkinter, and the libraries in
Tcl's own language in tcl/. In the bundle the DLLs lie beside python.exe, where _tkinter.pyd finds them, and tcl/ too: _tkinter looks for
tcl/tcl8.6 below sys.prefix, which is the folder of the ._pth file, and Tk for tk8.6 beside Tcl. So no environment variable is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from macros_py.installing.embedded import PACKAGES, Embedded
from macros_py.installing.executables import bits, imports
from macros_py.installing.words import InstallError

EXTENSION: Final = "_tkinter.pyd"
_PYTHON: Final = re.compile(r"python3(\d+)\.dll")  # not python3.dll, which fits every version
_TCL: Final = re.compile(r"tcl(\d)(\d+)t?\.dll")
_CARRIED: Final = re.compile(r"(tcl|tk|zlib|libtommath).*\.dll")  # what Windows does not have by itself
# Beside these in tcl/: what other programs use (tix, dde, reg) and what one builds with (nmake, *.lib).
_LIBRARY: Final = re.compile(r"(tcl|tk)\d[\d.]*")
_NEEDLESS: Final = frozenset({"__pycache__", "test", "demos"})


@dataclass(frozen=True)
class Tk:
    """What of an installation goes into a bundle. dlls: _tkinter.pyd and the DLLs that it needs; version: of Tcl and Tk."""

    folder: Path
    dlls: tuple[Path, ...]
    version: str

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Name below the folder of Python, and bytes."""
        for path in self.dlls:
            yield path.name, path.read_bytes()
        libraries = [f for f in sorted((self.folder / "tcl").iterdir()) if f.is_dir() and _LIBRARY.fullmatch(f.name)]
        for top, place in ((self.folder / "Lib" / "tkinter", f"{PACKAGES}/tkinter"), *((f, f"tcl/{f.name}") for f in libraries)):
            for path in sorted(top.rglob("*")):
                name = path.relative_to(top)
                if path.is_file() and not _NEEDLESS & set(name.parts):
                    yield f"{place}/{name.as_posix()}", path.read_bytes()


def of_installation(folder: Path, python: Embedded) -> Tk:
    """Tk of an installation, as this embeddable Python takes it. InstallError: "tk-missing", "tk-other-python", "tk-other-bits"."""
    there = {path.name.lower(): path for path in sorted((folder / "DLLs").glob("*")) if path.is_file()}
    if EXTENSION not in there:
        raise _missing(folder, f"DLLs\\{EXTENSION}", python)
    extension = there[EXTENSION].read_bytes()
    _check_fits(folder, extension, python)
    needed = _needed(there)
    lost = next((name for name in needed if name not in there), "")
    version = next((f"{m[1]}.{m[2]}" for name in needed if (m := _TCL.fullmatch(name))), "")
    if lost or not version:
        raise _missing(folder, f"DLLs\\{lost or 'tcl86t.dll'}", python)
    for name in ("Lib/tkinter/__init__.py", f"tcl/tcl{version}/init.tcl", f"tcl/tk{version}/tk.tcl"):
        if not (folder / name).is_file():
            raise _missing(folder, name.replace("/", "\\"), python)
    return Tk(folder, tuple(there[name] for name in needed), version)


def _needed(there: dict[str, Path]) -> list[str]:
    """_tkinter.pyd and what it needs beside Python and Windows, DLLs of DLLs too."""
    needed, waiting = [], [EXTENSION]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.append(name)
            waiting += [n for n in imports(there[name].read_bytes()) if _CARRIED.fullmatch(n)] if name in there else []
    return sorted(needed)


def _check_fits(folder: Path, extension: bytes, python: Embedded) -> None:
    """The same minor version by the DLL of Python that is imported, the same machine by the headers of both."""
    minor = next((int(m[1]) for name in imports(extension) if (m := _PYTHON.fullmatch(name))), None)
    ours, theirs = bits(python.library()), bits(extension)
    if minor is None or (3, minor) != python.version:
        found = f"Python 3.{minor}" if minor is not None else "?"
        raise InstallError(
            "tk-other-python",
            f"“{folder}”里的 Tk 是给 {found} 的，嵌入式 Python 是 3.{python.version[1]}，两者必须一致。{_remedy_zh(python)}",
            f"The Tk in {folder} is for {found}, the embeddable Python is 3.{python.version[1]}; they must be the same. {_remedy_en(python)}",
        )
    if ours != theirs:
        raise InstallError(
            "tk-other-bits",
            f"“{folder}”里的 Tk 是 {theirs or '未知'} 位的，嵌入式 Python 是 {ours or '未知'} 位的，两者必须一致。{_remedy_zh(python)}",
            f"The Tk in {folder} is for {theirs or 'unknown'}, the embeddable Python for {ours or 'unknown'} bit; they must be the same. {_remedy_en(python)}",
        )


def _missing(folder: Path, name: str, python: Embedded) -> InstallError:
    return InstallError(
        "tk-missing",
        f"“{folder}”里没有完整的 Tk（缺少 {name}）。{_remedy_zh(python)}",
        f"There is no whole Tk in {folder} ({name} is missing). {_remedy_en(python)}",
    )


def _remedy_zh(python: Embedded) -> str:
    return f"请在一台 Windows 电脑上用 python.org 的安装程序安装 Python 3.{python.version[1]}（64 位，勾选 tcl/tk and IDLE），再用 --tk 指出它的文件夹。"


def _remedy_en(python: Embedded) -> str:
    return f"Install Python 3.{python.version[1]} (64 bit, with tcl/tk and IDLE ticked) by the installer of python.org on a Windows PC, and name its folder with --tk."
