"""Taking away exactly what was put: what people changed or added since stays, and is named."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from macros_py.installing import manifest as listed
from macros_py.installing.actions import Action, AddExtension, CopyFile, CopyFolder, MakeFolder, SetRegistryValue, WriteText
from macros_py.installing.applying import STAMP, Machine, known, part_of
from macros_py.installing.built import ours
from macros_py.installing.manifest import Put, PutExtension, PutFile, PutFolder, PutValue
from macros_py.installing.words import Words


def told(put: Put) -> Words:
    """What will be taken away, in words."""
    match put:
        case PutFolder(path, _, whole):
            return (
                Words(f"移除文件夹 {path}", f"remove the folder {path}")
                if whole
                else Words(f"移除空文件夹 {path}", f"remove the folder {path} if empty")
            )
        case PutFile(path, _, kept):
            return Words(f"恢复原来的 {path}", f"put the earlier {path} back") if kept else Words(f"移除 {path}", f"remove {path}")
        case PutValue(key, name, _, before):
            return (
                Words(f"恢复注册表 HKCU\\{key}：{name}", f"registry HKCU\\{key}: put {name} back")
                if before is not None
                else Words(f"移除注册表 HKCU\\{key}：{name}", f"registry HKCU\\{key}: remove {name}")
            )
        case PutExtension(identifier, _, _):
            return Words(f"从 LibreOffice 移除扩展 {identifier}", f"remove the extension {identifier} from LibreOffice")


def identities(actions: Iterable[Action]) -> list[tuple[str, ...]]:
    """What the actions put, as the manifest knows it."""
    out: list[tuple[str, ...]] = []
    for action in actions:
        match action:
            case MakeFolder(path):
                out += [("folder", str(p)) for p in (path, *path.parents)]
            case CopyFolder(_, target):
                out.append(("folder", str(target)))
            case CopyFile(_, target, _) | WriteText(target, _):
                out.append(("file", str(target)))
            case SetRegistryValue(key, name, _, _):
                out.append(("value", key, name))
            case AddExtension(_, identifier, profile):
                out.append(("extension", identifier, str(profile or "")))
    return out


def take_back(machine: Machine, puts: Sequence[Put], running: PurePath | None = None) -> list[Words]:
    """Take these things away, the last first; → what stays, with the reason. running: the folder of the Python that does it."""
    left: list[Words] = []
    done = known(machine.kept_at)
    held: list[Path] = []  # what could not be taken now stays on the list, and the folders around it: the next try takes them
    for put in puts:
        try:
            stays = _take(machine, put, running)
        except OSError as error:
            left.append(_failed(put, error))
            held.append(Path(getattr(put, "path", "")))
            continue
        if stays:
            left.append(stays)
        if isinstance(put, PutFolder) and any(path.is_relative_to(put.path) for path in held):
            continue
        done.drop(put)
        listed.save(machine.kept_at, done)
    if not done.puts:
        machine.kept_at.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            machine.kept_at.parent.rmdir()
    return left


def _failed(put: Put, error: OSError) -> Words:
    what = told(put)
    return Words(
        f"没有做成：{what.zh}（{type(error).__name__}）。可能正被占用，请关闭 Excel 后再运行一次。",
        f"Not done: {what.en} ({type(error).__name__}). It may be in use: close Excel and run this again.",
    )


def _take(machine: Machine, put: Put, running: PurePath | None) -> Words | None:
    """Take one thing away; → why it stays, None when it is gone. OSError when the system refuses."""
    match put:
        case PutFolder(path, made, whole):
            return _folder(Path(path), running, made=made, whole=whole)
        case PutFile():
            return _file(put)
        case PutValue():
            return _value(machine, put)
        case PutExtension(identifier, profile, _):
            where = Path(profile) if profile else None
            if machine.extensions.has(identifier, where):
                machine.extensions.remove(identifier, where)
    return None


def _folder(path: Path, running: PurePath | None, *, made: bool, whole: bool) -> Words | None:
    if whole and running is not None and running.is_relative_to(path):
        return Words(
            f"程序文件夹 {path} 正在运行本命令，命令结束后请删除它（用 uninstall.cmd 卸载会自动删除）。",
            f"The folder {path} runs this command: delete it afterwards (uninstall.cmd does so by itself).",
        )
    if whole:
        shutil.rmtree(part_of(path), ignore_errors=True)  # an installation that was cut off
        return _whole_folder(path)
    if made and path.is_dir():
        with contextlib.suppress(OSError):
            path.rmdir()  # only an empty one goes
    return None


def _whole_folder(path: Path) -> Words | None:
    """The program's folder goes whole, but only when it is one: the list could name any folder by mistake."""
    if path.exists() and not (path / STAMP).exists():
        return Words(
            f"文件夹 {path} 里没有 {STAMP}，不像是催收簿的程序，保留不动。",
            f"The folder {path} has no {STAMP} and does not look like our program: it stays.",
        )
    if path.exists():
        shutil.rmtree(path)
    return None


def _file(put: PutFile) -> Words | None:
    path = Path(put.path)
    if not path.exists():
        return None
    if hashlib.sha256(path.read_bytes()).hexdigest() != put.sha256:
        return Words(f"{path} 安装后有人改过，保留不动。", f"{path} was changed since it was installed and stays.")
    path.unlink()
    if put.kept and Path(put.kept).exists():
        if ours(Path(put.kept)):
            Path(put.kept).unlink()  # an older one of ours, taken for somebody's after the list was lost
        else:
            shutil.move(put.kept, path)  # a roaming profile may lie on another drive
    return None


def _value(machine: Machine, put: PutValue) -> Words | None:
    now = machine.registry.read(put.key, put.name)
    if now is not None and now[0] != put.value:
        return Words(
            f"注册表 HKCU\\{put.key}：{put.name} 安装后有人改过，保留不动。",
            f"Registry HKCU\\{put.key}: {put.name} was changed since and stays.",
        )
    if now is not None and put.before is not None:
        machine.registry.write(put.key, put.name, put.before_kind, put.before)
    elif now is not None:
        machine.registry.delete(put.key, put.name)
    key = put.key
    while put.key_made and key.startswith(put.key_made):
        machine.registry.delete_key_if_empty(key)
        key = key.rpartition("\\")[0]
    return None
