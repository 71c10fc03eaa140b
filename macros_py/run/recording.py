"""The durable part of a press: images before and after, intent, replace, commit; and what the next press finds after a crash."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from macros_py.domain.changes import Fill
from macros_py.records.backups import Backups
from macros_py.records.journal import Journal, digest
from macros_py.run.encoding import frame_digest


class Savable(Protocol):
    """The part of a host that recording needs."""

    def to_bytes(self) -> bytes: ...
    def save(self) -> bytes: ...


@dataclass(frozen=True)
class Event:
    """Who pressed what: everything of the intent that the button and the person decide."""

    button: str
    who: str
    role: str
    as_of: dt.date
    sheets: Mapping[str, str]  # drawn sheet → digest of its model
    fills: Sequence[Fill]
    appended: Mapping[str, int]  # sheet → rows
    files: Sequence[tuple[Path, bytes]]
    source: str = ""  # digest of the file that the workbook was made from, when it was not a workbook


def record(journal: Journal, workbook: Path, before: bytes | None, host: Savable, event: Event) -> None:
    """Back up, write the intent, replace the workbook, move the letters in, commit. Kill it anywhere: old or new, never torn."""
    after = host.to_bytes()
    backups = Backups(journal.folder)
    if before is not None:
        backups.keep(before, workbook)
    backups.keep(after, workbook)
    staged = _stage(journal, event.files)
    intent = journal.write(
        "intent",
        button=event.button,
        at=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        who=event.who,
        role=event.role,
        as_of=event.as_of.isoformat(),
        book=workbook.name,
        before=digest(before) if before is not None else "",
        after=digest(after),
        sheets=dict(event.sheets),
        fills=[
            {"sheet": f.sheet, "key_column": f.key_column, "rows": len(f.rows), "columns": [c.name for c in f.columns]} for f in event.fills
        ],
        appended=dict(event.appended),
        source=event.source,
        files=[
            {"path": str(final), "staged": part.name, "sha256": digest(data)}
            for (final, data), part in zip(event.files, staged, strict=True)
        ],
        details=journal.write_details(_next_seq(journal), _details(journal, event.fills)),
    )
    host.save()
    finish(journal, intent)


def finish(journal: Journal, intent: Mapping[str, Any], event: str = "commit") -> None:
    """Move the staged letters to their place and close the press in the journal."""
    for item in intent.get("files", ()):
        part, final = journal.folder / "staged" / item["staged"], Path(item["path"])
        if part.exists():
            final.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(part, final)
    journal.write(event, intent=intent["seq"])
    shutil.rmtree(journal.folder / "staged", ignore_errors=True)


def recover(journal: Journal, workbook: Path) -> str:
    """Settle a press that was cut off: → "" (nothing pending), "abandoned", "completed" or "unclear"."""
    pending = journal.pending()
    if pending is None:
        return ""
    now = digest(workbook.read_bytes()) if workbook.exists() else ""
    if now == pending["after"]:
        finish(journal, pending, "recover")
        return "completed"
    journal.write("abandon", intent=pending["seq"], found=now)
    shutil.rmtree(journal.folder / "staged", ignore_errors=True)
    return "abandoned" if now == pending["before"] else "unclear"


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
    if files:
        os.sync() if hasattr(os, "sync") else None
    return parts


def _details(journal: Journal, fills: Sequence[Fill]) -> dict[str, Any]:
    """Case ids, columns and one keyed hash per case over what was written."""
    salt = journal.salt()
    return {
        f.sheet: {
            "keys": list(f.keys),
            "columns": [c.name for c in f.columns],
            "new": [f"{h:016x}" for h in frame_digest(f.table, salt).tolist()],
        }
        for f in fills
    }
