"""Taking away exactly what was put: what people changed or added since stays, and is named."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from macros_py.installing import manifest as listed
from macros_py.installing.actions import Action, AddExtension, CopyFile, CopyFolder, MakeFolder, SetRegistryValue, WriteText
from macros_py.installing.applying import Machine, known
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
    for put in puts:
        stays = _take(machine, put, running)
        if stays:
            left.append(stays)
        done.drop(put)
        listed.save(machine.kept_at, done)
    if not done.puts:
        machine.kept_at.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            machine.kept_at.parent.rmdir()
    return left


def _take(machine: Machine, put: Put, running: PurePath | None) -> Words | None:
    try:
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
    except OSError as error:
        place = getattr(put, "path", "")
        return Words(
            f"移不走 {place}（{type(error).__name__}）：可能正被占用，请关闭 Excel 后手工删除。",
            f"{place} could not be removed ({type(error).__name__}): it may be in use; close Excel and delete it by hand.",
        )
    return None


def _folder(path: Path, running: PurePath | None, *, made: bool, whole: bool) -> Words | None:
    if whole and running is not None and running.is_relative_to(path):
        return Words(
            f"程序文件夹 {path} 正在运行本命令，命令结束后请删除它（用 uninstall.cmd 卸载会自动删除）。",
            f"The folder {path} runs this command: delete it afterwards (uninstall.cmd does so by itself).",
        )
    if whole and path.exists():
        shutil.rmtree(path)
    elif made and path.is_dir():
        with contextlib.suppress(OSError):
            path.rmdir()  # only an empty one goes
    return None


def _file(put: PutFile) -> Words | None:
    path = Path(put.path)
    if not path.exists():
        return None
    if hashlib.sha256(path.read_bytes()).hexdigest() != put.sha256:
        return Words(f"{path} 安装后有人改过，保留不动。", f"{path} was changed since it was installed and stays.")
    path.unlink()
    if put.kept and Path(put.kept).exists():
        Path(put.kept).rename(path)
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
