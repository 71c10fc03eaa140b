"""What lies in a drop folder and what of it is to be worked on: names, and whether a file is still being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SHEETS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv"})  # what we cannot read is answered as well
ANSWER: Final = ".结果.txt"
UNDO: Final = ("撤销", "undo")
_NOT_OURS: Final = ("~$", ".")  # owner files of Excel, LibreOffice (.~lock) and WPS (.~), temporary files of ours, hidden files


@dataclass(frozen=True)
class Seen:
    """How a file looked: size in bytes and when it was changed, in nanoseconds of its own file system's clock."""

    size: int
    changed: int


def look(folder: Path) -> dict[str, Seen]:
    """The workbooks and wishes in the folder. OSError when it cannot be read (a network drive that is away)."""
    return {path.name: seen for path in folder.iterdir() if _concerns_us(path.name) and (seen := seen_now(path))}


def seen_now(path: Path) -> Seen | None:
    """How a file looks; None when it has just gone or is no file."""
    try:
        state = path.stat()
    except OSError:
        return None
    return Seen(state.st_size, state.st_mtime_ns) if path.is_file() else None


def _concerns_us(name: str) -> bool:
    if name.startswith(_NOT_OURS) or name.endswith(ANSWER):
        return False
    return Path(name).suffix.lower() in SHEETS or undo_wish(name) is not None


def undo_wish(name: str) -> str | None:
    """The workbook whose last press a person wants back, who saved a text file 撤销 台账.txt; None for other files."""
    if not name.lower().endswith(".txt"):
        return None
    word = next((w for w in UNDO if name.lower().startswith(w)), None)
    wanted = name[len(word) : -len(".txt")].strip(" -_　") if word else ""
    return wanted or None


def settled(earlier: Mapping[str, Seen], now: Mapping[str, Seen]) -> list[str]:
    """Names that looked the same twice and hold something: nobody is writing them any more. In the order of their saving."""
    same = [name for name, seen in now.items() if earlier.get(name) == seen and (seen.size or undo_wish(name))]
    return sorted(same, key=lambda name: (now[name].changed, name))


def meant(wanted: str, names: Mapping[str, Seen]) -> str | None:
    """The workbook that a wish names, with or without the end of its name; None when there is none or several."""
    exact = [name for name in names if name == wanted]
    found = exact or [name for name in names if Path(name).stem == wanted and Path(name).suffix.lower() in SHEETS]
    return found[0] if len(found) == 1 else None
