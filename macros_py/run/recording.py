"""The durable part of a press: images before and after, intent, replace, commit. Kill it anywhere: old or new, never torn."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol

from macros_py.domain.changes import Fill
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import Grid, HostError
from macros_py.records.backups import KEEP, Backups
from macros_py.records.journal import Journal, digest


class Savable(Protocol):
    """The part of a host that recording needs. save gives what the workbook holds then."""

    def to_bytes(self) -> bytes: ...
    def save(self) -> bytes: ...


@dataclass(frozen=True)
class Event:
    """Who pressed what: everything of the intent that the button and the person decide."""

    button: str
    who: str
    role: str
    as_of: dt.date
    sheets: Mapping[str, Mapping[str, str]]  # drawn sheet → digests of its model and of its cells
    fills: Sequence[Fill]
    appended: Mapping[str, int]  # sheet → rows
    files: Sequence[tuple[Path, bytes]]
    source: str = ""  # digest of the file that the workbook was made from, when it was not a workbook
    known: bool = True  # whether the 人员 sheet knows the person
    details: Mapping[str, Any] | None = None  # case ids, columns, keyed hashes of old and new values
    live: bool = False  # written into a workbook that an application has open


def record(journal: Journal, workbook: Path, before: bytes | None, base: bytes, host: Savable, event: Event) -> None:
    """Back up, write the intent, replace the workbook, move the letters in, commit.

    before: the bytes on the disk, None when the press makes the file; base: what the host was opened with, before the press.
    """
    after = host.to_bytes()
    backups = Backups.of(journal)
    with ThreadPoolExecutor(1) as pool:  # hashing and writing images needs no interpreter lock
        kept = [pool.submit(backups.keep, image, workbook) for image in (base, after)]
        staged = _stage(journal, event.files)
        details = journal.write_details(_next_seq(journal), event.details) if event.details else ""
        base_name, after_name = (image.result() for image in kept)
    home = journal.folder.parent.parent
    intent = journal.write(
        "intent",
        button=event.button,
        at=moment(),
        who=event.who,
        known=event.known,
        role=event.role,
        as_of=event.as_of.isoformat(),
        book=workbook.name,
        before=base_name if before is base else digest(before) if before is not None else "",
        base=base_name,
        after=after_name,
        sheets={name: dict(digests) for name, digests in event.sheets.items()},
        fills=[_fill_line(f) for f in event.fills],
        appended=dict(event.appended),
        source=event.source,
        live=event.live,
        files=[
            {"path": _portable(final, home), "staged": part.name, "sha256": digest(data)}
            for (final, data), part in zip(event.files, staged, strict=True)
        ],
        folders=[_portable(folder, home) for folder in _to_be_made(path for path, _ in event.files)],
        details=details,
    )
    saved = replaced(journal, intent, host)
    finish(journal, intent, **(_as_saved(saved, workbook, backups, event) if event.live else {}))
    backups.prune(_wanted(journal))


def _as_saved(saved: bytes, workbook: Path, backups: Backups, event: Event) -> dict[str, Any]:
    """What the application made of it: formulas worked out, sheets as it tells them. That is what an undo finds."""
    backups.keep(saved, workbook)
    host = FileHost.of_bytes(saved, workbook)
    there = {s.name for s in host.sheets()}
    cells = {name: cells_digest(host.read(name)) for name in event.sheets if name in there}
    host.close()
    return {"after": digest(saved), "cells": cells}


HALF: Final = "half-written"  # a refusal after which an open workbook holds part of the press


def replaced(journal: Journal, intent: Mapping[str, Any], host: Savable) -> bytes:
    """Save; a refusal at the last moment (locked, changed meanwhile, disk full) closes the intent at once.

    Where part of it stands in an open workbook already, the intent stays open, to be taken back (recovering).
    """
    try:
        return host.save()
    except HostError as refusal:
        if refusal.code == HALF:
            raise
        journal.write("abandon", intent=intent["seq"], reason=refusal.code)
        shutil.rmtree(journal.folder / "staged", ignore_errors=True)
        raise


def finish(journal: Journal, intent: Mapping[str, Any], event: str = "commit", **more: Any) -> None:
    """Move the staged letters to their place and close the press in the journal, with what else is known of it by then."""
    for item in intent.get("files", ()):
        part, final = journal.folder / "staged" / item["staged"], at_home(journal, item["path"])
        if part.exists():
            final.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(part, final)
    journal.write(event, intent=intent["seq"], **more)
    shutil.rmtree(journal.folder / "staged", ignore_errors=True)


def moment() -> str:
    """Now, as the journal writes it."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def cells_digest(grid: Grid) -> str:
    """A hash of what every cell of a sheet holds."""
    return digest(repr(grid.cells.tolist()).encode())


def _fill_line(f: Fill) -> dict[str, Any]:
    columns = [c.name for c in f.columns]
    return {"sheet": f.sheet, "key_column": f.key_column, "header_row": f.header_row, "rows": len(f.rows), "columns": columns}


def _to_be_made(files: Iterable[Path]) -> list[Path]:
    """The folders of these files that are not there yet, inner ones first: an undo takes them away again when they are empty."""
    missing = {folder for path in files for folder in path.parents if not folder.exists()}
    return sorted(missing, key=lambda folder: (-len(folder.parts), folder))


def _portable(path: Path, home: Path) -> str:
    """Relative to the workbook's folder where it lies inside, so that the folder may be moved."""
    home = home.resolve()
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def at_home(journal: Journal, path: str) -> Path:
    """The path of a letter as the journal names it."""
    return journal.folder.parent.parent / path


def _wanted(journal: Journal) -> Iterable[str]:
    """The images of the last presses that can be taken back, and of the last undos."""
    presses = [p.entry for p in journal.presses()][-KEEP:]
    undos = [e for e in journal.entries() if e["event"] == "intent"][-KEEP:]
    return {str(e.get(name, "")) for e in [*presses, *undos] for name in ("before", "base", "after")}


def _next_seq(journal: Journal) -> int:
    return max((int(e["seq"]) for e in journal.entries()), default=0) + 1


def _stage(journal: Journal, files: Sequence[tuple[Path, bytes]]) -> list[Path]:
    folder = journal.folder / "staged"
    shutil.rmtree(folder, ignore_errors=True)
    parts = [folder / f"{i:05d}.part" for i in range(len(files))]
    if files:
        folder.mkdir(parents=True)
    for part, (_, data) in zip(parts, files, strict=True):
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    return parts


def free_name(path: Path) -> Path:
    """The path, or the next one beside it that nothing stands at: a letter never replaces a file."""
    others = (path.with_name(f"{path.stem}（{n}）{path.suffix}") for n in range(2, 10_000))
    return path if not path.exists() else next(p for p in islice(others, None) if not p.exists())
