"""The official embeddable Python for Windows: whether a zip is one, and how its ._pth file must read for our packages."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from macros_py.installing import zips
from macros_py.installing.executables import bits
from macros_py.installing.words import InstallError

PACKAGES: Final = "Lib/site-packages"
OLDEST: Final = (3, 11)
_PTH: Final = re.compile(r"python3(\d+)\._pth")


@dataclass(frozen=True)
class Embedded:
    """An opened zip of an embeddable Python; version such as (3, 11)."""

    package: zipfile.ZipFile
    version: tuple[int, int]

    @property
    def pth(self) -> str:
        return f"python3{self.version[1]}._pth"

    def library(self) -> bytes:
        """The DLL that is Python itself: what is compiled for it imports it by name."""
        return zips.read(self.package, f"python3{self.version[1]}.dll")

    def pth_text(self) -> str:
        """Its import path with our packages: `import site` makes the .pth files in them count (pywin32 has one)."""
        return "\r\n".join([f"python3{self.version[1]}.zip", ".", PACKAGES.replace("/", "\\"), "import site", ""])


def opened(path: Path) -> Embedded:
    """The embeddable Python in a zip. InstallError: "not-embeddable", "python-too-old", "not-64-bit", and those of zips.opened."""
    package = zips.opened(path)
    try:
        version = _version(path, package)
        for program in ("python.exe", f"python3{version[1]}.dll"):
            _check_bits(path, zips.read(package, program))
    except InstallError:
        package.close()
        raise
    return Embedded(package, version)


def _version(path: Path, package: zipfile.ZipFile) -> tuple[int, int]:
    names = set(package.namelist())
    found = [m for name in names if (m := _PTH.fullmatch(name))]
    minor = int(found[0][1]) if len(found) == 1 else 0
    if len(found) != 1 or not {"python.exe", f"python3{minor}.dll", f"python3{minor}.zip"} <= names:
        raise InstallError(
            "not-embeddable",
            f"“{path.name}”不是官方的 Windows 嵌入式 Python。请在 python.org 的 Windows 下载页选 Windows embeddable package (64-bit)。",
            f"{path.name} is not the official embeddable Python: on the Windows downloads of python.org choose Windows embeddable package (64-bit).",
        )
    if (3, minor) < OLDEST:
        raise InstallError(
            "python-too-old",
            f"“{path.name}”是 Python 3.{minor}，需要 3.{OLDEST[1]} 或更新。",
            f"{path.name} is Python 3.{minor}; 3.{OLDEST[1]} or newer is needed.",
        )
    return 3, minor


def _check_bits(path: Path, program: bytes) -> None:
    found = bits(program)
    if found != "64":
        raise InstallError(
            "not-64-bit",
            f"“{path.name}”里的 Python 是 {found or '未知'} 位的，需要 64 位（amd64）。请重新下载 64-bit 版本。",
            f"The Python in {path.name} is for {found or 'unknown'}, not 64 bit (amd64): download the 64-bit one.",
        )
