"""What installing does on Linux: the extension into LibreOffice, and a note for it of where the program is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from macros_py.installing.actions import Action, AddExtension, MakeFolder, WriteText
from macros_py.installing.built import EXTENSION_ID
from macros_py.installing.words import InstallError


@dataclass(frozen=True)
class Pc:
    """home: our folder (~/.dunbook); folders: what the import path of Python needs; profile: a LibreOffice profile, None for the person's own."""

    home: PurePath
    folders: Sequence[PurePath]
    python: tuple[int, int]
    unopkg: PurePath | None
    root: bool = False
    profile: PurePath | None = None


def plan(pc: Pc, extension: PurePath) -> list[Action]:
    """The actions in their order. InstallError: "no-libreoffice", "root"."""
    check(pc)
    note = json.dumps({"folders": [str(f) for f in pc.folders], "python": list(pc.python)}, ensure_ascii=True)
    return [MakeFolder(pc.home), WriteText(pc.home / "calc.json", note + "\n"), AddExtension(extension, EXTENSION_ID, pc.profile)]


def check(pc: Pc) -> None:
    """Whether LibreOffice's unopkg can be asked at all."""
    if pc.unopkg is None:
        raise InstallError(
            "no-libreoffice",
            "没有找到 LibreOffice（unopkg）。请先安装 LibreOffice Calc 和 Python 支持（Debian/Ubuntu：libreoffice-calc 和 python3-uno），再运行一次。",
            "LibreOffice (unopkg) was not found: install LibreOffice Calc and its Python (Debian, Ubuntu: libreoffice-calc and python3-uno), then run this again.",
        )
    if pc.root:
        raise InstallError(
            "root",
            "LibreOffice 不允许 root 安装扩展。请用平时打开 LibreOffice 的用户运行（不要加 sudo），例如：su - 用户名 -c 'dunbook install'。",
            "LibreOffice does not let root add an extension: run this as the person who uses LibreOffice, without sudo, for example: su - NAME -c 'dunbook install'.",
        )
