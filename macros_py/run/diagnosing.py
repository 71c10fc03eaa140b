"""What nobody expected: one message for the person, and a file without personal data for whoever can help."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import traceback
from pathlib import Path
from typing import Final

from macros_py import __version__

KEPT: Final = 20  # files of this kind, the newest


def unexpected(error: Exception) -> tuple[str, str]:
    """One message, zh and en; the places in the code go to a file for whoever can help (no values, no folders: they may be personal)."""
    steps = "".join(f"{_place(f.filename)}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
    kind = type(error).__name__
    folder = Path.home() / ".dunbook"
    name = folder / f"diagnostic-{dt.datetime.now():%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(exist_ok=True)
        name.write_text(f"dunbook {__version__} python {sys.version.split()[0]}\n{kind}\n{steps}", "utf-8")
        _tidy(folder)
    except OSError:
        return f"出现意外错误（{kind}），没有写入。", f"Unexpected error ({kind}); nothing was written."
    return (
        f"出现意外错误，没有写入；诊断信息（不含个人数据）在：{name}，请发给维护人员。",
        f"Unexpected error; nothing was written. A diagnostic file without personal data is at {name}: please send it to the maintainers.",
    )


def _tidy(folder: Path) -> None:
    """Only the newest files stay; their names sort by time. One that somebody has open stays too."""
    for old in sorted(folder.glob("diagnostic-*.txt"))[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()


def _place(file: str) -> str:
    """A file below the folder that holds its package: where Python is installed may tell a person's name."""
    parts = Path(file).parts
    at = max((i for i, part in enumerate(parts) if part in ("macros_py", "site-packages")), default=len(parts) - 1)
    return "/".join(parts[at:])
