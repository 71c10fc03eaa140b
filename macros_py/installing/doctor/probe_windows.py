"""What Windows and its registry tell about Excel, WPS and guards."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Any, Final, Protocol

from macros_py.installing import built
from macros_py.installing.applying import marked
from macros_py.installing.doctor.facts import Excel
from macros_py.installing.executables import bits
from macros_py.installing.windows import OFFICES, same_folder, trusted_key
from macros_py.installing.words import InstallError

_APP: Final = "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\excel.exe"
_OPENS: Final = "Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\FileExts\\.xlsx\\UserChoice"
_REMOTE: Final = 4  # DRIVE_REMOTE
_SERVICES: Final = "SYSTEM\\CurrentControlSet\\Services"
_GUARDS: Final = {
    "ZhuDongFangYu": "360",
    "QQPCRTP": "腾讯电脑管家",
    "HipsDaemon": "火绒",
    "kxescore": "金山毒霸",
    "WinDefend": "Windows Defender",
}


class Looking(Protocol):
    """A part of the registry, to look at."""

    def read(self, key: str, name: str) -> tuple[str | int, str] | None: ...
    def has_key(self, key: str) -> bool: ...
    def keys(self, key: str) -> list[str]: ...
    def values(self, key: str) -> list[Any]: ...


def excel(user: Looking, machine: Looking, environment: Mapping[str, str], prefix: Path, xlwings: str) -> Excel:
    """prefix: the folder of Python; xlwings: its version, which names the DLL."""
    offices = tuple(v for v in OFFICES if _started(user, f"Software\\Microsoft\\Office\\{v}\\Excel"))
    start = Path(environment.get("APPDATA", "")) / "Microsoft" / "Excel" / "XLSTART"
    found = _carried(start / built.ADDIN)
    bitness = _bits_of_excel(machine)
    macros, by_policy = _macros(user, offices)
    return Excel(
        offices,
        bitness,
        str((user.read(_OPENS, "ProgId") or ("", ""))[0]),
        user.has_key("Software\\Kingsoft\\Office") or machine.has_key("SOFTWARE\\Kingsoft\\Office"),
        any((folder / f"xlwings{bitness or 64}-{xlwings}.dll").exists() for folder in (prefix, prefix / "Scripts")),
        found.dunbook,
        found.xlwings,
        marked(start / built.ADDIN),
        _disabled(user, offices),
        bool(offices) and all(_trusted(user, office, PureWindowsPath(start), environment) for office in offices),
        any(user.read(f"{place}\\Trusted Locations", "AllLocationsDisabled") == (1, "REG_DWORD") for place in _security(offices)),
        macros,
        by_policy,
        on_network(PureWindowsPath(start)),
    )


def _started(user: Looking, key: str) -> bool:
    """Whether Excel was ever started: its key holds more than the trusted locations, which installing puts there beforehand."""
    return user.has_key(key) and user.keys(key) != ["Security"]


def guards(machine: Looking) -> tuple[str, ...]:
    """The names of guards against viruses whose services are on this PC."""
    return tuple(name for service, name in _GUARDS.items() if machine.has_key(f"{_SERVICES}\\{service}"))


def _carried(addin: Path) -> built.Carried:
    try:
        found = built.carried(addin) if addin.exists() else built.Carried()
    except (InstallError, OSError):
        return built.Carried("?")
    return found if found.dunbook or not addin.exists() else built.Carried("?", found.xlwings)


def _bits_of_excel(machine: Looking) -> str:
    place = str((machine.read(_APP, "") or ("", ""))[0]).strip('"')
    try:
        with Path(place).open("rb") as program:
            return bits(program.read(4096))
    except OSError:
        return ""


def _security(offices: tuple[str, ...]) -> list[str]:
    """Where the settings of safety are: of policies first."""
    return [f"Software\\{above}Microsoft\\Office\\{v}\\Excel\\Security" for above in ("Policies\\", "") for v in offices]


def _macros(user: Looking, offices: tuple[str, ...]) -> tuple[int | None, bool]:
    """VBAWarnings, and whether a policy sets it."""
    for place in _security(offices):
        found = user.read(place, "VBAWarnings")
        if found is not None and isinstance(found[0], int):
            return found[0], "\\Policies\\" in place
    return None, False


def _disabled(user: Looking, offices: tuple[str, ...]) -> bool:
    """Excel lists what it disabled as paths in UTF-16 inside binary values."""
    ours = built.ADDIN.encode("utf-16-le")
    items = (v for office in offices for v in user.values(f"Software\\Microsoft\\Office\\{office}\\Excel\\Resiliency\\DisabledItems"))
    return any(isinstance(v, bytes) and ours in v.lower() for v in items)


def _trusted(user: Looking, office: str, folder: PureWindowsPath, environment: Mapping[str, str]) -> bool:
    key = trusted_key(office)
    paths = (user.read(f"{key}\\{name}", "Path") for name in user.keys(key))
    return any(p is not None and same_folder(str(p[0]), folder, environment) for p in paths)


def on_network(path: PureWindowsPath) -> bool:
    """Whether a path lies on a network drive."""
    if path.drive.startswith("\\\\"):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE)
    return False
