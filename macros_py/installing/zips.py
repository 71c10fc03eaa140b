"""Zip files of others are read safely; zip files of ours are the same bytes for the same content."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from macros_py.installing.words import InstallError

MOST_BYTES: Final = 2_000_000_000  # a zip that unpacks to more is none of the kinds that we read
_MADE: Final = (1980, 1, 1, 0, 0, 0)
_FILE: Final = (stat.S_IFREG | 0o644) << 16


def opened(path: Path) -> zipfile.ZipFile:
    """A zip whose names stay inside the folder that it is unpacked to. InstallError: "not-a-zip", "unsafe-zip"."""
    try:
        package = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise InstallError(
            "not-a-zip",
            f"“{path}”不存在或不是完整的 zip 文件，请重新下载。",
            f"{path} is not there or not an intact zip file: download it again.",
        ) from error
    try:
        _check(path, package)
    except InstallError:
        package.close()
        raise
    return package


def _check(path: Path, package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [e.filename.rstrip("/").casefold() for e in entries]
    escapes = [e.filename for e in entries if not inside(e.filename) or stat.S_ISLNK(e.external_attr >> 16)]
    if escapes or len(set(names)) != len(names) or sum(e.file_size for e in entries) > MOST_BYTES:
        raise InstallError(
            "unsafe-zip",
            f"“{path.name}”里有会写到文件夹之外的、重复的或过大的内容，不使用。请从官方网站重新下载。",
            f"{path.name} holds names that escape, names twice, or too much: it is not used. Download it again from its official site.",
        )


def inside(name: str) -> bool:
    """Whether a name in a zip stays below the folder that it is unpacked to, on Windows as well."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not any(c in name for c in '\\:*?"<>|') and name.isprintable()


def read(package: zipfile.ZipFile, name: str) -> bytes:
    """One entry, its checksum proved. InstallError: "not-a-zip"."""
    try:
        return package.read(name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise InstallError(
            "not-a-zip",
            f"“{package.filename}”中的 {name} 已损坏，请重新下载。",
            f"{name} in {package.filename} is damaged: download the file again.",
        ) from error


def write(path: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """A zip of these entries in their order, whole or not at all: no clock, no user, no system in it."""
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _FILE, 3
            package.writestr(entry, data)
    part.replace(path)
