"""LibreOffice's own program for extensions, unopkg."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import Final

from macros_py.installing.words import InstallError

SECONDS: Final = 180
_PLACES: Final = ("/usr/lib/libreoffice/program/unopkg", "/usr/lib64/libreoffice/program/unopkg", "/opt/libreoffice/program/unopkg")
Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


def find() -> Path | None:
    """Where unopkg is on this PC."""
    found = shutil.which("unopkg") or next((p for p in _PLACES if Path(p).exists()), None)
    return Path(found) if found else None


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False)  # noqa: S603 - a fixed program with arguments of ours


class Unopkg:
    """Extensions in a profile: the person's own, or a private one."""

    def __init__(self, program: Path, run: Run = _run) -> None:
        self.program, self._run = program, run

    def has(self, identifier: str, profile: PurePath | None) -> bool:
        return bool(self.version(identifier, profile))

    def version(self, identifier: str, profile: PurePath | None) -> str:
        """The version of an extension that is there; "" when it is not."""
        found = re.search(rf"^Identifier: {re.escape(identifier)}\s+Version: (\S*)", self._ask("list", profile).stdout, re.MULTILINE)
        return (found[1] or "?") if found else ""

    def add(self, source: Path, profile: PurePath | None) -> None:
        """InstallError: "unopkg"."""
        self._must(self._ask("add", profile, "--suppress-license", "--force", str(source)))

    def remove(self, identifier: str, profile: PurePath | None) -> None:
        """InstallError: "unopkg"."""
        self._must(self._ask("remove", profile, identifier))

    def _ask(self, what: str, profile: PurePath | None, *arguments: str) -> subprocess.CompletedProcess[str]:
        where = [f"-env:UserInstallation={Path(profile).resolve().as_uri()}"] if profile else []
        return self._run([str(self.program), what, *where, *arguments])

    def _must(self, ran: subprocess.CompletedProcess[str]) -> None:
        if ran.returncode == 0:
            return
        said = next((line.strip() for line in (ran.stderr + ran.stdout).splitlines() if "ERROR" in line), "")
        raise InstallError(
            "unopkg",
            f"LibreOffice 没有接受扩展。请关闭所有 LibreOffice 窗口后再运行一次。（{said}）",
            f"LibreOffice did not take the extension: close all its windows and run this again. ({said})",
        )
