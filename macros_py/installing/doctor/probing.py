"""The probe: looks at this PC and changes nothing."""

from __future__ import annotations

import os
import platform
import re
import shutil
import struct
import subprocess
import sys
from importlib import metadata
from pathlib import Path, PureWindowsPath
from typing import Final

from macros_py import __version__
from macros_py.installing import built, extensions, this_pc, windows
from macros_py.installing.applying import known, marked
from macros_py.installing.conf import PROJECT
from macros_py.installing.doctor import probe_windows
from macros_py.installing.doctor.facts import Book, Calc, Excel, Facts, Installed, Program
from macros_py.installing.manifest import NAME, PutFile
from macros_py.installing.registry import WindowsRegistry
from macros_py.installing.words import InstallError

SECONDS: Final = 60
# On Windows a window is opened, for only that tells whether its libraries are found; elsewhere a screen may be missing.
_TK: Final = "import sys, tkinter; print((tkinter.Tk if sys.platform == 'win32' else tkinter.Tcl)().eval('info patchlevel'))"
_CONF_PYTHON: Final = re.compile(r'^"INTERPRETER_WIN","(.*)"', re.MULTILINE)


def look(book: Path | None = None, profile: Path | None = None) -> Facts:
    """The facts of this PC, and of a workbook. InstallError: "other-system"."""
    program = Program(
        platform.python_version(), str(struct.calcsize("P") * 8), __version__, _version("xlwings"), _version("pywin32"), _tk()
    )
    about = _book(book) if book else None
    if this_pc.system() == "windows":
        user, machine = WindowsRegistry(), WindowsRegistry(machine=True)
        excel: Excel = probe_windows.excel(user, machine, os.environ, Path(sys.prefix), program.xlwings)
        return Facts("windows", program, installed(this_pc.home()), excel, book=about, antivirus=probe_windows.guards(machine))
    return Facts("linux", program, installed(this_pc.home()), calc=_calc(profile), book=about)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _tk() -> str:
    """The version of the Tk that windows of a press are made with: by Calc's extension with the python3 of the path."""
    python = sys.executable if sys.platform == "win32" else shutil.which("python3") or sys.executable
    return _said(Path(python), "-c", _TK)


def installed(home: Path) -> Installed:
    """What the record of the installation says, and what of it is gone. A workbook that a person threw away is not missed."""
    try:
        done = known(home / NAME)
    except InstallError:
        return Installed(damaged=True)
    files = [Path(p.path) for p in done.puts if isinstance(p, PutFile)]
    lost = tuple(p.name for p in files if not p.exists() and p.suffix != ".xlsm")
    conf = next((p for p in files if p.name == f"{PROJECT}.conf"), None)
    if conf is None or not conf.exists():
        return Installed(done.version, lost=lost)
    found = _CONF_PYTHON.search(conf.read_text("ascii", "replace"))
    python = found[1] if found else ""
    return Installed(done.version, lost=lost, conf_python=python, conf_python_there=Path(os.path.expandvars(python)).is_file())


def _calc(profile: Path | None) -> Calc:
    unopkg = extensions.find()
    if unopkg is None:
        return Calc()
    folder = unopkg.resolve().parent
    root = os.geteuid() == 0 if sys.platform != "win32" else False
    found = "" if root else extensions.Unopkg(unopkg).version(built.EXTENSION_ID, profile)
    version = re.search(r"\d+(\.\d+)+", _said(folder / "soffice", "--version"))
    return Calc(version[0] if version else "?", unopkg=True, root=root, extension=found, python=_office_python(folder))


def _office_python(folder: Path) -> str:
    """The version of the Python that LibreOffice runs: its own, or the system's where uno can be imported."""
    for python in (folder / "python", folder / "python.bin", Path("/usr/bin/python3")):
        if python.exists() and (said := _said(python, "-c", "import uno, platform; print(platform.python_version())")):
            return said
    return ""


def _said(program: Path, *arguments: str) -> str:
    """What a program prints; "" when it fails."""
    try:
        ran = subprocess.run([program, *arguments], capture_output=True, text=True, errors="replace", timeout=SECONDS, check=False)  # noqa: S603 - programs of LibreOffice, fixed arguments
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout.strip() if ran.returncode == 0 else ""


def _book(path: Path) -> Book:
    """Where a workbook lies and what it carries; a workbook that is not ours carries nothing."""
    pure = PureWindowsPath(path.absolute())
    macros = path.suffix.lower() in (".xlsm", ".xlam")
    try:
        carried = built.carried(path) if macros and path.exists() else built.Carried()
    except (InstallError, OSError):
        carried = built.Carried()
    cloud = windows.in_cloud(str(path.absolute()), os.environ)
    return Book(str(path), cloud, marked(path), probe_windows.on_network(pure), macros, carried.dunbook)
