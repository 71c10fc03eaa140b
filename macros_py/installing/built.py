"""The files that `make build` makes, found by name, and the versions that they carry."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from macros_py.installing.conf import MARK, PROJECT
from macros_py.installing.words import InstallError

ADDIN: Final = "dunbook.xlam"
EXTENSION: Final = "dunbook.oxt"
EXTENSION_ID: Final = "org.dunbook.calc"
_CONF_SHEET: Final = f"{PROJECT}.conf"
_DESCRIPTION: Final = "{http://openoffice.org/extensions/description/2006}"


@dataclass(frozen=True)
class Built:
    """What a folder holds of ours: the add-in, the extension, the workbooks to start from. None or empty: not built."""

    folder: Path
    addin: Path | None
    extension: Path | None
    workbooks: tuple[Path, ...] = field(default=())


@dataclass(frozen=True)
class Carried:
    """The versions in a built file; "" where it does not say."""

    dunbook: str = ""
    xlwings: str = ""


def look(folder: Path) -> Built:
    """The built files of a folder."""
    addin, extension = folder / ADDIN, folder / EXTENSION
    books = tuple(sorted(p for p in folder.glob("*.xlsm") if not p.name.startswith("~$")))
    return Built(folder, addin if addin.exists() else None, extension if extension.exists() else None, books)


def not_built(name: str, folder: Path) -> InstallError:
    return InstallError(
        "not-built",
        f"文件夹“{folder}”里没有 {name}。请先运行 make build，或用 --files 指出放着它的文件夹。",
        f"There is no {name} in {folder}: run make build first, or name the folder that holds it with --files.",
    )


def carried(path: Path) -> Carried:
    """The versions in the very hidden settings sheet of an add-in or workbook. InstallError: "addin-unreadable"."""
    rows = _settings(path)
    return Carried(rows.get("DUNBOOK_VERSION", ""), rows.get("XLWINGS_VERSION", ""))


def ours(path: Path) -> bool:
    """Whether a file is of our making, whatever its version: an add-in or workbook by its settings sheet, a conf file by its lines."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return f'"{MARK}"'.encode() in data
    try:
        return bool(carried(path).dunbook)
    except InstallError:
        return False


def _settings(path: Path) -> Mapping[str, str]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())) as book:
            if _CONF_SHEET not in book.sheet_names:
                return {}
            rows = book.get_sheet_by_name(_CONF_SHEET).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise _unreadable(path) from error
    return {str(r[0]).strip().upper(): str(r[1]).strip() for r in rows if len(r) > 1}


def extension_version(path: Path) -> str:
    """The version in an extension's description. InstallError: "addin-unreadable" when it is not ours."""
    try:
        with zipfile.ZipFile(path) as package:
            root = ElementTree.fromstring(package.read("description.xml"))  # noqa: S314 - a file of ours, built beside
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise _unreadable(path) from error
    identifier, version = (root.find(f"{_DESCRIPTION}{name}") for name in ("identifier", "version"))
    if identifier is None or identifier.get("value") != EXTENSION_ID or version is None:
        raise _unreadable(path)
    return version.get("value", "")


def _unreadable(path: Path) -> InstallError:
    return InstallError(
        "addin-unreadable",
        f"“{path.name}”不是完好的催收簿文件（可能被杀毒软件截断）。请重新运行 make build，或重新解压分发包。",
        f"{path.name} is not an intact Dunbook file (antivirus may have cut it): run make build again, or unpack the bundle again.",
    )


def check_versions(path: Path, found: Carried, dunbook: str, xlwings: str) -> None:
    """The handshake: macros and program must be of one version. InstallError: "version-differs"."""
    pairs = (("Dunbook", found.dunbook, dunbook), ("xlwings", found.xlwings, xlwings))
    for what, theirs, ours in pairs:
        if theirs and theirs != ours:
            raise InstallError(
                "version-differs",
                f"“{path.name}”里的 {what} 是 {theirs}，程序里的是 {ours}，两者必须一致。请重新运行 make build，或使用同一个分发包里的文件。",
                f"{path.name} carries {what} {theirs}, the program has {ours}; they must be the same: run make build again, or use the files of one bundle.",
            )
