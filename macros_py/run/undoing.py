"""撤销上一步: the bytes come back, or, where people typed since, the inverse of the press with its conflicts listed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from macros_py.hosts.files import FileHost, replace_file
from macros_py.hosts.host import Host, HostError
from macros_py.records.backups import Backups
from macros_py.records.journal import UNDO, Journal, Press, digest
from macros_py.records.undo import Conflict
from macros_py.run.opening import Live, journal_in, journal_of, remember_id, result_of
from macros_py.run.outcome import Outcome
from macros_py.run.recording import moment, replaced
from macros_py.run.recovering import apply, finish_undo, inverse_of, recover, writing


def undo(book: Path, who: str = "") -> Outcome:
    """Take the last press on this workbook back. The path of a .csv, .xls or .ods means the result that was made from it."""
    started = time.perf_counter()
    book = result_of(book)
    FileHost(book).close()  # says at once when the file is locked or unreadable
    journal = journal_of(book)
    recovered = recover(journal, book)
    press = _last(journal, book)
    with writing(journal, book):
        now = book.read_bytes() if book.exists() else b""
        conflicts = _undone(journal, book, now, press, who)
    return Outcome(book, UNDO, wrote=True, conflicts=tuple(conflicts), recovered=recovered, seconds=time.perf_counter() - started)


def undo_live(live: Live, who: str = "") -> Outcome:
    """Take the last press back in a workbook that an application has open, by the inverse of what it wrote."""
    started = time.perf_counter()
    host = live()
    journal = journal_in(host)
    journal.seal = host.seal
    recovered = recover(journal, host.path, host)
    if recovered:
        host.close()
        host = live()
    press = _last(journal, host.path)
    with writing(journal, host.path):
        conflicts = _inverse(journal, host, host.base, press, who, live=True)
    return Outcome(host.path, UNDO, wrote=True, conflicts=tuple(conflicts), recovered=recovered, seconds=time.perf_counter() - started)


def _last(journal: Journal, book: Path) -> Press:
    """The press to take back. A copy beside its original shares the journal: there the original is named."""
    presses = journal.presses()
    if not presses:
        raise HostError("nothing-to-undo", file=book.name)
    named = str(presses[-1].entry.get("book", book.name))
    if named != book.name and book.with_name(named).exists():
        raise HostError("copy-of", file=book.name, other=named)
    return presses[-1]


def _undone(journal: Journal, book: Path, now: bytes, press: Press, who: str) -> list[str]:
    if digest(now) != press.after:
        return _inverse(journal, FileHost(book), now, press, who)
    if not press.before:  # the press made the file: it goes; its image stays in the backups
        intent = _intent(journal, book, press, now, b"", who)
        book.unlink()
        return finish_undo(journal, intent)
    before = Backups.of(journal).find(press.before, book.suffix)
    if before is None:
        raise HostError("backup-missing", file=book.name)
    intent = _intent(journal, book, press, now, before, who)
    replaced(journal, intent, _Bytes(book, before, press.after))
    remember_id(book, journal.folder.name)  # the 设置 sheet that held the id may be gone with the press
    return finish_undo(journal, intent)


class _Bytes:
    """A whole image on its way to the place of the workbook."""

    def __init__(self, book: Path, data: bytes, expected: str) -> None:
        self.book, self.data, self.expected = book, data, expected

    def to_bytes(self) -> bytes:
        return self.data

    def save(self) -> bytes:
        replace_file(self.book, self.data, expected=self.expected)
        return self.data


def _inverse(journal: Journal, host: Host, now: bytes, press: Press, who: str, *, live: bool = False) -> list[str]:
    book = host.path
    found = inverse_of(journal, book, press.entry, now)
    backups = Backups.of(journal)
    before = backups.find(str(press.entry.get("base") or press.before), book.suffix)
    if found is None or before is None:
        raise HostError("backup-missing", file=book.name)
    try:
        apply(host, found, before)
        after = host.to_bytes()
        backups.keep(now, book)
        backups.keep(after, book)
        intent = _intent(journal, book, press, now, after, who, live=live)
        replaced(journal, intent, host)
    finally:
        host.close()
    remember_id(book, journal.folder.name)
    kept = finish_undo(journal, intent, len(found.conflicts))
    return [_place(c) for c in found.conflicts] + kept


def _intent(journal: Journal, book: Path, press: Press, now: bytes, after: bytes, who: str, *, live: bool = False) -> dict[str, Any]:
    letters: list[Mapping[str, Any]] = [{"path": f["path"], "sha256": f["sha256"]} for f in press.entry.get("files", ())]
    return journal.write(
        "intent",
        button=UNDO,
        at=moment(),
        who=who,
        book=book.name,
        press=press.seq,
        before=digest(now),
        base=digest(now),
        live=live,
        after=digest(after) if after else "",
        sheets={},
        fills=[],
        files=[],
        letters=letters,
        folders=list(press.entry.get("folders", ())),
    )


def _place(conflict: Conflict) -> str:
    letters, n = "", conflict.column
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{conflict.sheet}!{letters}{conflict.row}" if conflict.row else conflict.sheet
