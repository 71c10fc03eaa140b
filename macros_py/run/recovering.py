"""What a press finds when the one before it was cut off, and how it is settled."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite, Formula, Grid, Host, HostError, TablePlace
from macros_py.hosts.references import cell_name
from macros_py.hosts.shared_formulas import translated
from macros_py.records.backups import Backups
from macros_py.records.followed import Anchor
from macros_py.records.journal import UNDO, Journal, digest
from macros_py.records.turn import BusyError, turn
from macros_py.records.undo import Inverse, inverse
from macros_py.run.recording import at_home, finish

if TYPE_CHECKING:
    from macros_py.hosts.live import LiveHost

COMPLETED, ABANDONED, TAKEN_BACK, UNCLEAR = "completed", "abandoned", "taken-back", "unclear"


@contextmanager
def writing(journal: Journal, workbook: Path) -> Iterator[None]:
    """Hold the journal alone. HostError "locked" when another press on this workbook is writing."""
    try:
        with turn(journal.folder):
            yield
    except BusyError:
        raise HostError("locked", file=workbook.name, holder="dunbook", lock="lock") from None
    except PermissionError:
        raise HostError("read-only", file=workbook.name) from None


def recover(journal: Journal, workbook: Path, live: LiveHost | None = None) -> str:
    """Settle a press or an undo that was cut off: → "" (nothing pending), "completed", "abandoned", "taken-back" or "unclear".

    The workbook may have been saved by a person since: then the cells tell whether the press had been written. What was cut off while
    it wrote into an open workbook is taken back, there or, where only the file is left, in the file. live: the workbook where it is open.
    """
    if live is not None and live.half_written and journal.pending() is None:
        live.unmark()  # the records of that press are not here, as when the workbook came from elsewhere
        return UNCLEAR
    if not journal.folder.exists():
        return ""
    with writing(journal, workbook):
        journal.sweep()
        pending = journal.pending()
        if pending is None:
            shutil.rmtree(journal.folder / "staged", ignore_errors=True)  # left by a kill before the intent
            return ""
        if pending.get("live"):
            return _taken_back(journal, workbook, pending, live)
        named = workbook.with_name(str(pending["book"]))
        state, found = _state(journal, named if named.exists() else workbook, pending)
        if state == COMPLETED:
            if pending["button"] == UNDO:
                finish_undo(journal, pending)
            else:
                finish(journal, pending, "recover")
            return state
        journal.write("abandon", intent=pending["seq"], found=found)
        shutil.rmtree(journal.folder / "staged", ignore_errors=True)
        return state


def _taken_back(journal: Journal, workbook: Path, pending: Mapping[str, Any], live: LiveHost | None) -> str:
    host = live or FileHost(workbook)
    found = inverse_of(journal, workbook, pending, live.base if live else workbook.read_bytes())
    state = UNCLEAR if found is None else TAKEN_BACK if found.finds_the_press else ABANDONED
    if found is not None and found.finds_the_press:
        apply(host, found, Backups.of(journal).find(str(pending["base"] or pending["before"]), workbook.suffix) or b"")
        host.save()
    if live is not None:
        live.unmark()
    journal.write("abandon", intent=pending["seq"], found=state)
    shutil.rmtree(journal.folder / "staged", ignore_errors=True)
    return state


def apply(host: Host, found: Inverse, before: bytes) -> None:
    """Carry out what takes a press back; nothing is written before the host saves. before: the image from before the press."""
    for sheet, cells in found.cells.items():
        host.write(CellWrite(sheet, cells, [TablePlace(*place) for place in found.tables.get(sheet, ())]))
    if found.restore:
        host.adopt(before, found.restore)
    for sheet in found.remove:
        host.remove(sheet)


def _state(journal: Journal, workbook: Path, pending: Mapping[str, Any]) -> tuple[str, str]:
    data = workbook.read_bytes() if workbook.exists() else b""
    now = digest(data) if data else ""
    if now == pending["after"]:
        return COMPLETED, now
    if now == pending["before"] or not data:
        return ABANDONED, now
    found = inverse_of(journal, workbook, pending, data)
    return (UNCLEAR if found is None else COMPLETED if found.finds_the_press else ABANDONED), now


def inverse_of(journal: Journal, workbook: Path, entry: Mapping[str, Any], now: bytes) -> Inverse | None:
    """What would take this press back in the workbook as it is; None when an image is missing."""
    backups = Backups.of(journal)
    images = [backups.find(str(entry[name]), workbook.suffix) for name in ("base" if entry.get("base") else "before", "after")]
    if images[0] is None or images[1] is None:
        return None
    before, after, there = (_grids(data, workbook) for data in (images[0], images[1], now))
    base = FileHost.of_bytes(images[0], workbook)

    def formula(sheet: str, at: tuple[int, int], there: tuple[int, int]) -> Formula | None:
        text = base.formula(sheet, *at)
        return None if text is None else Formula(text if at == there else translated(text, cell_name(*at), cell_name(*there)))

    anchors = {f["sheet"]: Anchor(int(f["key_column"]), int(f.get("header_row", 0))) for f in entry.get("fills", ())}
    try:
        return inverse(before, after, there, anchors, frozenset(entry.get("sheets", ())), formula)
    finally:
        base.close()


def _grids(data: bytes, workbook: Path) -> dict[str, Grid]:
    host = FileHost.of_bytes(data, workbook)
    try:
        return {s.name: host.read(s.name) for s in host.sheets() if s.worksheet}
    finally:
        host.close()


def finish_undo(journal: Journal, intent: Mapping[str, Any], conflicts: int = 0) -> list[str]:
    """Take the letters of the press away, unless a person has changed them since, and the folders made for them, if they are empty.

    Then the undo is closed; → the letters that stay.
    """
    kept = []
    for item in intent.get("letters", ()):
        path = at_home(journal, item["path"])
        if not path.exists():
            continue
        if digest(path.read_bytes()) == item["sha256"]:
            path.unlink()
        else:
            kept.append(path.name)
    for folder in intent.get("folders", ()):
        with contextlib.suppress(OSError):  # gone already, or not empty: somebody keeps something there
            at_home(journal, folder).rmdir()
    journal.write("undone", intent=intent["seq"], press=intent["press"], after=intent["after"], conflicts=conflicts + len(kept))
    return kept
