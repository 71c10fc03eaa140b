"""The thin layer that does a list of actions on this PC, and notes each before it is done: cut off anywhere, it can be taken back."""

from __future__ import annotations

import compileall
import contextlib
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final, Protocol

from macros_py.installing import manifest as listed
from macros_py.installing.actions import Action, AddExtension, CopyFile, CopyFolder, MakeFolder, RegistryKind, SetRegistryValue, WriteText
from macros_py.installing.built import ours
from macros_py.installing.manifest import Manifest, PutExtension, PutFile, PutFolder, PutValue
from macros_py.installing.words import InstallError

STAMP: Final = "dunbook-program.txt"  # in the folder of a bundle's Python: the hash of all that is in it
KEPT: Final = ".before-dunbook"
_TESTS: Final = re.compile(r"[\\/]tests[\\/]")  # of other packages: never imported
_CACHE: Final = "__pycache__"
_MARK: Final = ":Zone.Identifier"  # the stream in which Windows marks a file from the Internet


class Registry(Protocol):
    """HKEY_CURRENT_USER."""

    def read(self, key: str, name: str) -> tuple[str | int, str] | None:
        """The value and its kind; None where there is none."""

    def has_key(self, key: str) -> bool: ...
    def write(self, key: str, name: str, kind: str, value: str | int) -> None: ...
    def delete(self, key: str, name: str) -> None: ...
    def delete_key_if_empty(self, key: str) -> None: ...


class Extensions(Protocol):
    """The extensions of LibreOffice."""

    def has(self, identifier: str, profile: PurePath | None) -> bool: ...
    def add(self, source: Path, profile: PurePath | None) -> None: ...
    def remove(self, identifier: str, profile: PurePath | None) -> None: ...


class Nothing:
    """A PC without a registry and without LibreOffice."""

    def has(self, identifier: str, profile: PurePath | None) -> bool:
        return False

    def has_key(self, key: str) -> bool:
        return False

    def read(self, key: str, name: str) -> tuple[str | int, str] | None:
        return None

    def _absent(self, *_: object) -> None:
        raise LookupError("there is nothing of this kind on this PC")

    add = remove = write = delete = delete_key_if_empty = _absent


@dataclass
class Machine:
    """This PC. kept_at: the file in which is noted what was put."""

    kept_at: Path
    registry: Registry
    extensions: Extensions

    def do(self, actions: Sequence[Action], version: str, said: Callable[[Action, bool], None]) -> None:
        """Do the actions in order; said: is told each and whether anything had to be done. InstallError: "in-use", "manifest-damaged"."""
        done = self._known()
        done.version = version
        for action in actions:
            with _in_words(_place(action)):
                said(action, self._do(action, done))
        self._note(done)

    def _known(self) -> Manifest:
        return known(self.kept_at)

    def _note(self, done: Manifest) -> None:
        listed.save(self.kept_at, done)

    def _do(self, action: Action, done: Manifest) -> bool:
        match action:
            case MakeFolder(path):
                return self._make_folder(Path(path), done)
            case CopyFile(source, target, keep):
                if keep and Path(target).exists() and not done.find(("file", str(target))):
                    return False
                return self._put(Path(target), Path(source).read_bytes(), done, keep=keep)
            case WriteText(path, text):
                return self._put(Path(path), text.encode("ascii"), done)
            case CopyFolder(source, target):
                return self._copy_folder(Path(source), Path(target), done)
            case SetRegistryValue(key, name, kind, value):
                return self._set(key, name, kind, value, done)
            case AddExtension(source, identifier, profile):
                return self._extend(Path(source), identifier, profile, done)

    def _make_folder(self, path: Path, done: Manifest) -> bool:
        if path.is_dir():
            return False
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                done.note(PutFolder(str(folder), made=True))
        self._note(done)
        path.mkdir(parents=True, exist_ok=True)  # the list of what was put may lie in it already
        return True

    def _put(self, path: Path, data: bytes, done: Manifest, *, keep: bool = False) -> bool:
        """A file of ours; what stood there before us is moved aside, and comes back on removal."""
        earlier = done.find(("file", str(path)))
        there = path.read_bytes() if path.exists() else None
        if keep and there is not None and isinstance(earlier, PutFile) and _hash(there) != earlier.sha256:
            return False  # worked in since we put it
        aside = earlier.kept if isinstance(earlier, PutFile) else ""
        if there is not None and earlier is None and not ours(path):  # one of ours whose list was lost is nobody's to have back
            aside = str(self.kept_at.parent / f"{path.name}{KEPT}")  # not beside it: Excel opens whatever lies in XLSTART
        done.note(PutFile(str(path), _hash(data), aside))
        self._note(done)
        if aside and there is not None and not Path(aside).exists():  # also when an earlier try was cut off right here
            shutil.copyfile(path, aside)
        if there != data:
            _write(path, data)
        unmark(path)
        return there != data

    def _copy_folder(self, source: Path, target: Path, done: Manifest) -> bool:
        done.note(PutFolder(str(target), made=True, whole=True))
        self._note(done)
        if source == target or _same_folder(source, target):
            return False
        part = part_of(target)
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(
            source, part, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(_CACHE)
        )  # bytes alone: no mark comes along
        _compile(part, target)
        if target.exists():
            shutil.rmtree(target)
        part.rename(target)
        return True

    def _set(self, key: str, name: str, kind: RegistryKind, value: str | int, done: Manifest) -> bool:
        before = self.registry.read(key, name)
        earlier = done.find(("value", key, name))
        if isinstance(earlier, PutValue):
            note = PutValue(key, name, value, earlier.before, earlier.before_kind, earlier.key_made)
        else:
            note = PutValue(key, name, value, before and before[0], before[1] if before else "", self._made(key, done))
        done.note(note)
        self._note(done)
        if before == (value, kind):
            return False
        self.registry.write(key, name, kind, value)
        return True

    def _made(self, key: str, done: Manifest) -> str:
        """The topmost key that is not there yet, or was not before an earlier value of ours."""
        ours = next((p.key_made for p in done.puts if isinstance(p, PutValue) and p.key == key), "")
        parts = key.split("\\")
        above = ("\\".join(parts[: i + 1]) for i in range(len(parts)))
        return ours or next((k for k in above if not self.registry.has_key(k)), "")

    def _extend(self, source: Path, identifier: str, profile: PurePath | None, done: Manifest) -> bool:
        note = PutExtension(identifier, str(profile or ""), _hash(source.read_bytes()))
        if done.find(listed.identity(note)) == note and self.extensions.has(identifier, profile):
            return False
        self.extensions.add(source, profile)
        done.note(note)
        self._note(done)
        return True


def known(path: Path) -> Manifest:
    """What was put. InstallError: "manifest-damaged"."""
    try:
        return listed.load(path)
    except ValueError as error:
        raise InstallError(
            "manifest-damaged",
            f"安装记录“{path}”已损坏。请把它改名后重新运行 dunbook install，再卸载。",
            f"The record of what was installed, {path}, is damaged: rename it, run dunbook install again, then uninstall.",
        ) from error


def part_of(folder: Path) -> Path:
    """Where a folder is copied to before it is whole."""
    return folder.with_name(folder.name + ".part")


def unmark(path: Path) -> None:
    """Take the mark of a file from the Internet away: Excel silently drops an add-in that has it."""
    with contextlib.suppress(OSError):
        Path(f"{path}{_MARK}").unlink()


def marked(path: Path) -> bool:
    """Whether Windows marks the file as one from the Internet."""
    try:
        return Path(f"{path}{_MARK}").exists()
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _compile(part: Path, target: Path) -> None:
    """xlwings starts Python with -B, which keeps no compiled modules: made here once, a press need not make them every time."""
    compileall.compile_dir(part, quiet=2, stripdir=str(part), prependdir=str(target), rx=_TESTS)


def _same_folder(source: Path, target: Path) -> bool:
    """Whether the same bundle lies there whole: its stamp, and every file with its size."""
    stamps = [folder / STAMP for folder in (source, target)]
    if not all(s.exists() for s in stamps) or stamps[0].read_bytes() != stamps[1].read_bytes():
        return False
    there = ((f, target / f.relative_to(source)) for f in source.rglob("*") if f.is_file() and _CACHE not in f.parts)
    return all(copy.is_file() and copy.stat().st_size == f.stat().st_size for f, copy in there)


def _place(action: Action) -> str:
    match action:
        case MakeFolder(path) | WriteText(path, _):
            return str(path)
        case CopyFile(_, target, _) | CopyFolder(_, target):
            return str(target)
        case SetRegistryValue(key, _, _, _):
            return f"HKCU\\{key}"
        case AddExtension(source, _, _):
            return str(source)


@contextlib.contextmanager
def _in_words(place: str) -> Iterator[None]:
    """What the system refuses, in words."""
    try:
        yield
    except PermissionError as error:
        raise InstallError(
            "in-use",
            f"写不了“{place}”：可能正被 Excel 占用，或没有权限。请关闭所有 Excel 窗口后再运行一次。",
            f"{place} cannot be written: Excel may hold it, or it is not permitted. Close all windows of Excel and run this again.",
        ) from error
    except OSError as error:
        raise InstallError(
            "not-written",
            f"写不了“{place}”（{type(error).__name__}）。请检查磁盘空间和文件夹是否存在，再运行一次。",
            f"{place} cannot be written ({type(error).__name__}): check the space on the disk and that the folder exists, then run this again.",
        ) from error
