"""What installing does on Windows, for one person and without an administrator: a pure list of actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath, PureWindowsPath
from typing import Final

from macros_py.installing.actions import Action, CopyFile, CopyFolder, MakeFolder, SetRegistryValue, WriteText
from macros_py.installing.conf import PROJECT, conf_text, in_ascii
from macros_py.installing.words import InstallError

OFFICES: Final = ("16.0", "15.0", "14.0")  # 2016 and later, 2013, 2010
NEWEST: Final = OFFICES[0]
_BEYOND: Final = 50  # the first start of an Excel writes locations of its own, from 0 on: ours must not lie in their way
OURS: Final = "Dunbook"  # the folders of ours, and how our trusted locations are described


@dataclass(frozen=True)
class Location:
    """A trusted location of Excel: the folder and its description."""

    path: str
    description: str = ""


@dataclass(frozen=True)
class Pc:
    """What the list depends on. environment: LOCALAPPDATA, APPDATA, USERPROFILE and those of OneDrive; package: the folder that holds macros_py.

    program: the folder of Python when it came in a bundle, else None; offices: such as "16.0"; locations: office → name → Location.
    """

    environment: Mapping[str, str]
    interpreter: PureWindowsPath
    package: PureWindowsPath
    program: PureWindowsPath | None = None
    offices: Sequence[str] = ()
    locations: Mapping[str, Mapping[str, Location]] = field(default_factory=dict)

    def folder(self, variable: str) -> PureWindowsPath:
        return PureWindowsPath(self.environment[variable])

    @property
    def home(self) -> PureWindowsPath:
        """What we keep for ourselves: the program and the list of what was put where."""
        return self.folder("LOCALAPPDATA") / OURS

    @property
    def start(self) -> PureWindowsPath:
        """Excel opens what lies here."""
        return self.folder("APPDATA") / "Microsoft" / "Excel" / "XLSTART"

    @property
    def books(self) -> PureWindowsPath:
        """Where the workbooks to start from go."""
        return self.folder("USERPROFILE") / OURS


@dataclass(frozen=True)
class Wanted:
    """What a person asked for. addin, workbooks: the built files; trust: further folders of workbooks with macros."""

    addin: PurePath
    workbooks: Sequence[PurePath] = ()
    trust: Sequence[PureWindowsPath] = ()
    version: str = ""
    xlwings_version: str = ""


def plan(pc: Pc, wanted: Wanted) -> list[Action]:
    """The actions in the order in which they are done. InstallError: "path-not-ascii", "trust-too-wide"."""
    for folder in wanted.trust:
        _check_trust(pc, folder)
    return [
        *_program(pc, wanted),
        *_conf(pc, wanted),
        MakeFolder(pc.start),
        CopyFile(wanted.addin, pc.start / wanted.addin.name),
        MakeFolder(pc.books),
        *(CopyFile(book, pc.books / book.name, keep=True) for book in wanted.workbooks),
        *_trusted(pc, (pc.start, pc.books, *wanted.trust)),
    ]


def _program(pc: Pc, wanted: Wanted) -> list[Action]:
    """A bundle may lie on a stick or in Downloads: Python goes to a place that stays, a folder of its own for each version.

    The built files go beside it, so that the Python that stays can install once more by itself.
    """
    if pc.program is None:
        return []
    files = pc.home / "files"
    copies = [CopyFile(path, files / path.name) for path in (wanted.addin, *wanted.workbooks)]
    return [MakeFolder(pc.home), CopyFolder(pc.program, _kept_program(pc, wanted.version)), MakeFolder(files), *copies]


def _kept_program(pc: Pc, version: str) -> PureWindowsPath:
    return pc.home / f"program-{version}"


def _conf(pc: Pc, wanted: Wanted) -> list[Action]:
    interpreter, package = pc.interpreter, pc.package
    if pc.program is not None:
        kept = _kept_program(pc, wanted.version)
        interpreter, package = (kept / p.relative_to(pc.program) for p in (interpreter, package))
    text = conf_text(in_ascii(interpreter, pc.environment), [in_ascii(package, pc.environment)], wanted.version, wanted.xlwings_version)
    folder = pc.folder("USERPROFILE") / f".{PROJECT}"
    return [MakeFolder(folder), WriteText(folder / f"{PROJECT}.conf", text)]


def _trusted(pc: Pc, folders: Sequence[PureWindowsPath]) -> Iterator[Action]:
    """One trusted location per Excel and folder, for the newest also where it was never started and has no key yet; a folder that is trusted already, but not by us, is left as it is."""
    for office in dict.fromkeys((NEWEST, *pc.offices)):
        known = dict(pc.locations.get(office, {}))
        for folder in folders:
            name = next((n for n, at in known.items() if same_folder(at.path, folder, pc.environment)), None)
            if name is not None and known[name].description != OURS:
                continue
            first = 0 if office in pc.offices else _BEYOND
            name = name or next(n for n in (f"Location{i}" for i in range(first, 1000)) if n not in known)
            known[name] = Location(str(folder), OURS)
            key = f"{trusted_key(office)}\\{name}"
            yield SetRegistryValue(key, "Path", "REG_SZ", f"{folder}\\")
            yield SetRegistryValue(key, "AllowSubfolders", "REG_DWORD", 1)
            yield SetRegistryValue(key, "Description", "REG_SZ", OURS)


def trusted_key(office: str) -> str:
    """Where an Excel keeps its trusted locations, below HKEY_CURRENT_USER."""
    return f"Software\\Microsoft\\Office\\{office}\\Excel\\Security\\Trusted Locations"


def same_folder(text: str, folder: PureWindowsPath, environment: Mapping[str, str]) -> bool:
    """Whether a path of the registry means this folder."""
    for name, value in environment.items():
        text = text.replace(f"%{name}%", value)
    return PureWindowsPath(text) == folder  # in any case, with or without a backslash at the end


def in_cloud(path: str, environment: Mapping[str, str]) -> bool:
    """Whether OneDrive or SharePoint holds a path."""
    folders = [PureWindowsPath(v) for name, v in environment.items() if name.upper().startswith("ONEDRIVE") and v]
    return "://" in path or any(PureWindowsPath(path).is_relative_to(folder) for folder in folders)


def _check_trust(pc: Pc, folder: PureWindowsPath) -> None:
    """Macros of every file in a trusted folder run: not of whatever is downloaded (zip files are unpacked in folders of Downloads), shared
    by others, or on a network. What OneDrive holds Excel opens from the cloud, where a trusted folder of the PC counts for nothing."""
    home = pc.folder("USERPROFILE")
    wide = {home / "Desktop", home / "Documents"}
    passing = (home / "Downloads", pc.folder("LOCALAPPDATA") / "Temp")
    if (
        folder.drive.startswith("\\\\")
        or not folder.is_absolute()
        or folder == PureWindowsPath(folder.anchor)
        or folder in wide
        or home.is_relative_to(folder)
        or any(folder.is_relative_to(p) for p in passing)
        or in_cloud(str(folder), pc.environment)
    ):
        raise InstallError(
            "trust-too-wide",
            f"不能把“{folder}”设为受信任位置：它太宽，在网络或 OneDrive 上，或者装的是下载来的文件。请指定本机上专门放催收工作簿的文件夹，如 {pc.books}。",
            f"{folder} is too wide, on a network or in OneDrive, or for downloads, and cannot be trusted: name a folder of this PC that holds collection workbooks only, such as {pc.books}.",
        )
