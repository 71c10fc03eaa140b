"""What was asked for and what came of it, as values that a terminal, a ribbon or a test can show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros_py.domain.problems import Problem

Progress = Callable[[str, str], None]  # (zh, en): a step has begun


def silent(zh: str, en: str) -> None:
    """No progress shown."""


@dataclass(frozen=True)
class Request:
    """One press. today: the as-of date; out: where letters go; confirmed: header → column name, settled by a person."""

    book: Path
    today: dt.date
    out: Path | None = None
    dry_run: bool = False
    confirmed: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    progress: Progress = silent


@dataclass(frozen=True)
class Outcome:
    """book: the workbook written (another one than asked for when a .csv, .xls or .ods was read); counts: per kind of change.

    changed: cells that differ now; files: letters made; refusal: stable code of why the host could not, with its values.
    """

    book: Path
    button: str
    wrote: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    conflicts: tuple[str, ...] = ()
    recovered: str = ""
    seconds: float = 0.0
