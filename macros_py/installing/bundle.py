"""A folder or zip to hand out: Python, the packages, Dunbook, the add-in, the workbooks, and install.cmd. For PCs with nothing on them.

program/    the embeddable Python with all packages, and Tk where it was given: nothing is looked up outside it
files/      the add-in and the workbooks to start from
install.cmd, uninstall.cmd, watch.cmd, README.txt
The same inputs give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from macros_py import __version__
from macros_py.installing import bundle_texts, embedded, tk, wheels, zips
from macros_py.installing.applying import STAMP
from macros_py.installing.built import Built
from macros_py.installing.embedded import PACKAGES, Embedded
from macros_py.installing.words import InstallError

OURS: Final = ("macros_py", "workbook_templates")  # the packages of ours that run on the PC
_LEFT_OUT: Final = frozenset({"__pycache__", ".mypy_cache", ".ruff_cache"})


@dataclass(frozen=True)
class Ingredients:
    """python: the embeddable zip; wheels: for Windows; source: the folder that holds our packages; built: add-in and workbooks;
    tk: the folder of an ordinary Python for Windows that lends its Tk."""

    python: Path
    wheels: Sequence[Path]
    source: Path
    built: Built
    tk: Path | None = None


def make(ingredients: Ingredients, out: Path) -> int:
    """Write the bundle, a zip when `out` ends in .zip, else a folder that must not exist; → number of files. InstallError."""
    if out.exists() and out.suffix.lower() != ".zip":
        raise InstallError(
            "bundle-exists", f"“{out}”已存在。请删除它，或换一个名字。", f"{out} is there already: delete it, or choose another name."
        )
    python = embedded.opened(ingredients.python)
    with python.package:
        contents = _contents(ingredients, python)
    out.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(contents.items())
    if out.suffix.lower() == ".zip":
        zips.write(out, ((f"{out.stem}/{name}", data) for name, data in ordered))
    else:
        _write_folder(out, ordered)
    return len(ordered)


def _contents(ingredients: Ingredients, python: Embedded) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for name, data in _program(ingredients, python):
        _add(contents, f"program/{name}", data)
    contents[f"program/{python.pth}"] = python.pth_text().encode("ascii")
    contents[f"program/{STAMP}"] = _stamp(contents)
    for path in (ingredients.built.addin, *ingredients.built.workbooks):
        if path is not None:
            _add(contents, f"files/{path.name}", path.read_bytes())
    for name, text in bundle_texts.files(__version__).items():
        _add(contents, name, text)
    return contents


def _program(ingredients: Ingredients, python: Embedded) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of all that lies in the folder of Python."""
    for name in python.package.namelist():
        if not name.endswith("/") and name != python.pth:
            yield name, zips.read(python.package, name)
    if ingredients.tk is not None:
        yield from tk.of_installation(ingredients.tk, python).files()
    for wheel in ingredients.wheels:
        yield from wheels.laid_out(wheel)
    for top in OURS:
        for path in sorted((ingredients.source / top).rglob("*")):
            if path.is_file() and not _LEFT_OUT & set(path.parts) and path.suffix != ".pyc":
                yield f"{PACKAGES}/{path.relative_to(ingredients.source).as_posix()}", path.read_bytes()
    for name, text in bundle_texts.program_files().items():
        yield name, text


def _add(contents: dict[str, bytes], name: str, data: bytes) -> None:
    """One file; two that want the same place must be the same. InstallError: "wheels-clash"."""
    there = contents.get(name)
    if there is not None and there != data:
        raise InstallError(
            "wheels-clash",
            f"两个安装包都带有 {name}，内容不同。请检查 --wheels 文件夹里是否有同一个包的两个版本。",
            f"Two wheels bring {name} with different content: see whether one package is there in two versions.",
        )
    contents[name] = data


def _stamp(contents: dict[str, bytes]) -> bytes:
    """Dunbook's version and one hash over every name and content, by which a PC knows the same program again."""
    whole = hashlib.sha256()
    for name, data in sorted(contents.items()):
        whole.update(f"{name}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return f"Dunbook {__version__}\r\n{whole.hexdigest()}\r\n".encode("ascii")


def _write_folder(out: Path, contents: Sequence[tuple[str, bytes]]) -> None:
    """The folder, whole or not at all."""
    part = out.with_name(out.name + ".part")
    if part.exists():
        import shutil

        shutil.rmtree(part)
    for name, data in contents:
        path = part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    part.rename(out)
