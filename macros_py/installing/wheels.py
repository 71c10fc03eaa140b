"""Wheels for Windows: fetched by pip for a Python that is not here, checked against their own record, and laid out."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from macros_py.installing import zips
from macros_py.installing.embedded import PACKAGES
from macros_py.installing.words import InstallError

_LIBRARY: Final = ("purelib", "platlib")


def fetch(requirements: Sequence[Path], version: tuple[int, int], folder: Path) -> list[Path]:
    """The wheels of pinned requirements for 64-bit Windows, by pip, into `folder`. InstallError: "no-wheels"."""
    lists = [argument for path in requirements for argument in ("-r", str(path))]
    target = ["--platform", "win_amd64", "--implementation", "cp", "--python-version", ".".join(map(str, version))]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        *target,
        "--dest",
        str(folder),
        *lists,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603 - pip, with arguments of ours
    if ran.returncode:
        said = next((line for line in ran.stderr.splitlines() if line.startswith("ERROR")), "")
        raise InstallError(
            "no-wheels",
            f"下载 Windows 安装包失败：{said}。请检查网络；没有网络时，用 --wheels 指出已下载好的文件夹。",
            f"The wheels for Windows could not be fetched: {said}. Check the network, or name a folder of wheels with --wheels.",
        )
    return of_folder(folder, version)


def of_folder(folder: Path, version: tuple[int, int]) -> list[Path]:
    """The wheels of a folder. InstallError: "no-wheels", "other-wheel" (not for this Python on 64-bit Windows)."""
    found = sorted(folder.glob("*.whl"))
    if not found:
        raise InstallError("no-wheels", f"文件夹“{folder}”里没有 .whl 文件。", f"There are no .whl files in {folder}.")
    for path in found:
        if not fits(path.name, version):
            raise InstallError(
                "other-wheel",
                f"“{path.name}”不适用于 64 位 Windows 上的 Python {version[0]}.{version[1]}。",
                f"{path.name} is not for Python {version[0]}.{version[1]} on 64-bit Windows.",
            )
    return found


def fits(name: str, version: tuple[int, int]) -> bool:
    """Whether a wheel's name says that it runs on this Python on 64-bit Windows."""
    parts = name.removesuffix(".whl").split("-")
    if len(parts) not in (5, 6):
        return False
    pythons, abis, platforms = (set(p.split(".")) for p in parts[-3:])
    own = f"cp{version[0]}{version[1]}"
    if platforms == {"any"}:
        return bool(pythons & {"py3", "py2.py3", own, f"py{version[0]}{version[1]}"})
    older = {f"cp{version[0]}{minor}" for minor in range(2, version[1] + 1)}
    exact = own in pythons and bool(abis & {own, "none"})
    stable = "abi3" in abis and bool(pythons & older)
    return "win_amd64" in platforms and (exact or stable)


def project(name: str) -> tuple[str, str]:
    """Project, in pip's one spelling, and version of a wheel's name."""
    parts = name.split("-")
    return parts[0].lower().replace("_", "-").replace(".", "-"), parts[1]


def pinned(requirements: Sequence[Path]) -> dict[str, str]:
    """Project → version of lists of pinned requirements."""
    lines = (line.split("#")[0].strip() for path in requirements for line in path.read_text("utf-8").splitlines())
    pairs = (line.partition("==") for line in lines if "==" in line)
    return {name.strip().lower().replace("_", "-").replace(".", "-"): version.strip() for name, _, version in pairs}


def check_pinned(wheels: Sequence[Path], wanted: dict[str, str]) -> None:
    """Exactly the pinned versions, none missing. InstallError: "no-wheels"."""
    there = dict(project(path.name) for path in wheels)
    wrong = sorted(f"{name}=={version}" for name, version in wanted.items() if there.get(name) != version)
    if wrong:
        raise InstallError(
            "no-wheels",
            f"缺少安装包：{'、'.join(wrong)}。请补齐后再试。",
            f"Wheels are missing: {', '.join(wrong)}. Add them and try again.",
        )


def laid_out(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name below the folder of Python, bytes) of every file of a wheel. InstallError: "wheel-damaged", and those of zips.opened.

    Programs (.data/scripts) and headers are left out: nothing in a bundle starts them.
    """
    with zips.opened(path) as package:
        recorded = _record(path, package)
        for name in sorted(n for n in package.namelist() if not n.endswith("/")):
            place = _place(name)
            data = zips.read(package, name)
            if not _unhashed(name) and recorded.get(name) != _recorded_hash(data):
                raise _damaged(path, name)
            if place:
                yield place, data


def _place(name: str) -> str:
    """Where a file of a wheel belongs below the folder of Python; "" for one that is left out."""
    top, _, rest = name.partition("/")
    if not top.endswith(".data"):
        return f"{PACKAGES}/{name}"
    kind, _, rest = rest.partition("/")
    if kind in _LIBRARY:
        return f"{PACKAGES}/{rest}"
    return rest if kind == "data" else ""


def _record(path: Path, package: zipfile.ZipFile) -> dict[str, str]:
    """Name → hash as the wheel itself records it; "" for the record itself."""
    found = [n for n in package.namelist() if n.endswith(".dist-info/RECORD") and n.count("/") == 1]
    if len(found) != 1:
        raise _damaged(path, "RECORD")
    rows = csv.reader(io.StringIO(zips.read(package, found[0]).decode("utf-8")))
    return {row[0]: row[1] for row in rows if len(row) >= 2}


def _recorded_hash(data: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _unhashed(name: str) -> bool:
    """The record cannot hold its own hash, nor that of its signatures."""
    return name.endswith((".dist-info/RECORD", ".dist-info/RECORD.jws", ".dist-info/RECORD.p7s"))


def _damaged(path: Path, name: str) -> InstallError:
    return InstallError(
        "wheel-damaged",
        f"安装包“{path.name}”中的 {name} 与它自己的清单不符，不使用。请重新下载。",
        f"{name} in {path.name} is not what its own record says: it is not used. Fetch it again.",
    )
