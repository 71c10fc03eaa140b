"""What was asked for and what came of it, as values that a terminal, a ribbon or a test can show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros_py.domain.problems import Problem

if TYPE_CHECKING:
    from macros_py.hosts.live import LiveHost

Progress = Callable[[str, str], None]  # (zh, en): a step has begun


def silent(zh: str, en: str) -> None:
    """No progress shown."""


class StoppedError(Exception):
    """The person pressed 停止; nothing has been written."""


@dataclass(frozen=True)
class Request:
    """One press. today: the as-of date; out: where letters go; confirmed: header → column name, settled by a person.

    live: opens a host over the workbook where an application has it open (None: the file itself); progress may raise StoppedError; agreed
    is asked with what would be written, just before it is.
    """

    book: Path
    today: dt.date
    out: Path | None = None
    dry_run: bool = False
    confirmed: Mapping[str, str] = field(default_factory=dict)
    user: str = ""
    progress: Progress = silent
    live: Callable[[], LiveHost] | None = None
    agreed: Callable[[Outcome], bool] = lambda outcome: True


@dataclass(frozen=True)
class Outcome:
    """book: the workbook written (another one than asked for when a .csv, .xls or .ods was read); counts: per kind of change.

    sheets: those drawn anew; logged: those that got rows, or else were filled; files: letters and packs made; conflicts: what an undo could
    not take back; recovered: what became of a press that was cut off before; again: the button refused what was given to it.
    """

    book: Path
    button: str
    wrote: bool
    counts: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ()
    logged: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    conflicts: tuple[str, ...] = ()
    recovered: str = ""
    language: str = "zh"  # of the workbook
    again: bool = False
    ask: bool = False  # whether the person wants to be asked before anything is written
    passwords: Mapping[str, str] = field(default_factory=dict, repr=False)  # file name → password; shown once, stored nowhere
    seconds: float = 0.0
