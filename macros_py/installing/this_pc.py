"""This PC as the lists of actions need to know it."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path, PurePath, PureWindowsPath
from typing import Final

import macros_py
from macros_py.installing import extensions, linux, windows
from macros_py.installing.applying import STAMP, Machine, Nothing
from macros_py.installing.manifest import NAME
from macros_py.installing.registry import WindowsRegistry
from macros_py.installing.words import InstallError

PACKAGE: Final = Path(macros_py.__file__).resolve().parents[1]  # the folder that holds macros_py


def system() -> str:
    """ "windows" or "linux". InstallError: "other-system"."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform.startswith("linux"):
        return "linux"
    raise InstallError(
        "other-system",
        "dunbook install 只支持 Windows（Excel）和 Linux（LibreOffice）。其他电脑请用命令行，或把工作簿放进 dunbook watch 的文件夹。",
        "dunbook install knows Windows (Excel) and Linux (LibreOffice): on others use the commands, or save workbooks to the folder of dunbook watch.",
    )


def program() -> Path | None:
    """The folder of Python when it came in a bundle."""
    here = Path(sys.prefix)
    return here if (here / STAMP).exists() else None


def default_files() -> Path:
    """Where the built files lie: in the bundle, else dist/ of this checkout."""
    bundled = program()
    return bundled.parent / "files" if bundled else PACKAGE / "dist"


def lends_tk() -> Path | None:
    """The installation behind the Python that runs this, where bundles may take Tk from: on Windows only."""
    return Path(sys.base_prefix) if sys.platform == "win32" else None


def of_windows() -> windows.Pc:
    """Windows as it stands."""
    registry = WindowsRegistry()
    offices = [v for v in windows.OFFICES if registry.has_key(f"Software\\Microsoft\\Office\\{v}\\Excel")]
    bundled = program()
    cloud = {name: value for name, value in os.environ.items() if name.upper().startswith("ONEDRIVE")}
    return windows.Pc(
        {**{name: os.environ[name] for name in ("LOCALAPPDATA", "APPDATA", "USERPROFILE")}, **cloud},
        PureWindowsPath(sys.executable),
        PureWindowsPath(PACKAGE),
        PureWindowsPath(bundled) if bundled else None,
        offices,
        {office: _locations(registry, windows.trusted_key(office)) for office in offices},
    )


def _locations(registry: WindowsRegistry, key: str) -> dict[str, windows.Location]:
    def text(name: str, value: str) -> str:
        return str((registry.read(f"{key}\\{name}", value) or ("", ""))[0])

    return {name: windows.Location(text(name, "Path"), text(name, "Description")) for name in registry.keys(key)}


def of_linux(profile: Path | None) -> linux.Pc:
    """Linux as it stands."""
    folders = dict.fromkeys([Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("platlib")), PACKAGE])
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return linux.Pc(home(), list(folders), sys.version_info[:2], extensions.find(), root, profile.resolve() if profile else None)


def home() -> Path:
    """Our folder: the program and the list of what was put where."""
    if sys.platform == "win32":
        return Path(os.environ["LOCALAPPDATA"]) / windows.OURS
    return Path(os.environ.get("DUNBOOK_HOME") or Path.home() / ".dunbook")


def machine(unopkg: PurePath | None = None) -> Machine:
    """This PC, ready to be worked on."""
    if sys.platform == "win32":
        return Machine(home() / NAME, WindowsRegistry(), Nothing())
    found = Path(unopkg) if unopkg else extensions.find()
    return Machine(home() / NAME, Nothing(), extensions.Unopkg(found) if found else Nothing())
