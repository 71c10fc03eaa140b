"""撤销上一步: the bytes come back, or, where people typed since, the inverse of the press with its conflicts listed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros_py.hosts.files import FileHost, replace_file
from macros_py.hosts.host import CellWrite, Grid, HostError
from macros_py.records.backups import Backups
from macros_py.records.journal import Journal, Press, digest
from macros_py.records.undo import Conflict, Inverse, inverse
from macros_py.run.opening import journal_of
from macros_py.run.outcome import Outcome
from macros_py.run.recording import recover


def undo(book: Path) -> Outcome:
    """Take the last press on this workbook back."""
    started = time.perf_counter()
    host = FileHost(book)  # says at once when the file is locked or unreadable
    host.close()
    journal = journal_of(book)
    recovered = recover(journal, book)
    presses = journal.presses()
    if not presses:
        raise HostError("nothing-to-undo", file=book.name)
    press = presses[-1]
    now = book.read_bytes()
    untouched = digest(now) == press.after
    conflicts = _bytes_back(journal, book, press) if untouched else _inverse(journal, book, now, press)
    conflicts += _take_letters_back(press)
    journal.write("undone", press=press.seq, after=digest(book.read_bytes()) if book.exists() else "", conflicts=len(conflicts))
    return Outcome(book, "undo", wrote=True, conflicts=tuple(conflicts), recovered=recovered, seconds=time.perf_counter() - started)


def _bytes_back(journal: Journal, book: Path, press: Press) -> list[str]:
    if not press.before:  # the press made the file: it goes back to the backups
        book.unlink()
        return []
    before = Backups(journal.folder).find(press.before, book.suffix)
    if before is None:
        raise HostError("backup-missing", file=book.name)
    replace_file(book, before, expected=press.after)
    return []


def _inverse(journal: Journal, book: Path, now: bytes, press: Press) -> list[str]:
    backups = Backups(journal.folder)
    images = [backups.find(name, book.suffix) if name else b"" for name in (press.before, press.after)]
    if images[1] is None or not images[0]:
        raise HostError("backup-missing", file=book.name)
    backups.keep(now, book)
    with_before, with_after = FileHost.of_bytes(images[0], book), FileHost.of_bytes(images[1], book)
    host = FileHost(book)
    try:
        keys = {f["sheet"]: int(f["key_column"]) for f in press.entry.get("fills", ())}
        drawn = frozenset(press.entry.get("sheets", ()))
        found = inverse(_grids(with_before), _grids(with_after), _grids(host), keys, drawn)
        _apply(host, found, images[0])
        host.save()
        return [_place(c) for c in found.conflicts]
    finally:
        for each in (with_before, with_after, host):
            each.close()


def _apply(host: FileHost, found: Inverse, before: bytes) -> None:
    for sheet, cells in found.cells.items():
        host.write(CellWrite(sheet, cells))
    if found.restore:
        host.adopt(before, found.restore)
    for sheet in found.remove:
        host.remove(sheet)


def _grids(host: FileHost) -> Mapping[str, Grid]:
    return {s.name: host.read(s.name) for s in host.sheets() if s.worksheet}


def _place(conflict: Conflict) -> str:
    letters, n = "", conflict.column
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{conflict.sheet}!{letters}{conflict.row}" if conflict.row else conflict.sheet


def _take_letters_back(press: Press) -> list[str]:
    """Remove the letters that the press made, unless a person has changed them since; → those that stay."""
    kept = []
    items: list[Mapping[str, Any]] = list(press.entry.get("files", ()))
    for item in items:
        path = Path(item["path"])
        if not path.exists():
            continue
        if digest(path.read_bytes()) == item["sha256"]:
            path.unlink()
        else:
            kept.append(path.name)
    return kept
