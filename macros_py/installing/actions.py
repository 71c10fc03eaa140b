"""What installing does to a PC, as values: shown before it is done, done by `applying`, taken back by `manifest`.

Paths are pure: the list for Windows is computed and tested anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from macros_py.installing.words import Words

RegistryKind = Literal["REG_SZ", "REG_DWORD"]


@dataclass(frozen=True)
class MakeFolder:
    """A folder that shall exist; taken away again when we made it and it is empty."""

    path: PurePath


@dataclass(frozen=True)
class CopyFile:
    """A file of ours to its place, without the mark that Windows gives to files from the Internet.

    keep: a file that stands there already is a person's own and stays.
    """

    source: PurePath
    target: PurePath
    keep: bool = False


@dataclass(frozen=True)
class CopyFolder:
    """A whole folder of ours (Python and the program). Its place belongs to us alone and goes whole."""

    source: PurePath
    target: PurePath


@dataclass(frozen=True)
class WriteText:
    """A small file of ours with this content, in ASCII."""

    path: PurePath
    text: str


@dataclass(frozen=True)
class SetRegistryValue:
    """A value under HKEY_CURRENT_USER; the one before comes back on removal."""

    key: str
    name: str
    kind: RegistryKind
    value: str | int


@dataclass(frozen=True)
class AddExtension:
    """An extension into a LibreOffice profile; None is the person's own."""

    source: PurePath
    identifier: str
    profile: PurePath | None


Action = MakeFolder | CopyFile | CopyFolder | WriteText | SetRegistryValue | AddExtension


def told(action: Action) -> Words:
    """What an action does, in words."""
    match action:
        case MakeFolder(path):
            return Words(f"建立文件夹 {path}", f"make the folder {path}")
        case CopyFile(source, target, keep):
            if keep:
                return Words(f"放入 {target}（已有同名文件则不动）", f"put {target} (a file of that name stays)")
            return Words(f"复制 {source.name} 到 {target}", f"copy {source.name} to {target}")
        case CopyFolder(source, target):
            return Words(f"复制文件夹 {source} 到 {target}", f"copy the folder {source} to {target}")
        case WriteText(path, _):
            return Words(f"写入 {path}", f"write {path}")
        case SetRegistryValue(key, name, _, value):
            return Words(f"注册表 HKCU\\{key}：{name} = {value}", f"registry HKCU\\{key}: {name} = {value}")
        case AddExtension(source, _, profile):
            where = Words(f"（用户配置 {profile}）", f" (profile {profile})") if profile else Words("", "")
            return Words(f"把扩展 {source.name} 装入 LibreOffice{where.zh}", f"add the extension {source.name} to LibreOffice{where.en}")
