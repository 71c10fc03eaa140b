"""A workbook that is open in Excel or Calc, as a host.

What it holds is read from a copy that the application saves: the copy is wanted for the backup anyway, unsaved edits stand in it, and one
reader understands open and closed workbooks alike. Calls are carried out on that copy first. So before anything is written it is known
cell by cell what the workbook will hold, and a press that was cut off half-way can be taken back. `save()` then writes the cells that
differ into the open workbook, in blocks, through xlwings; it never saves the file, that is for the person to do.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import xlwings as xw

from macros_py.hosts import live_sheets, live_tables, live_totals, live_write
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import BlockFill, CellWrite, Grid, HostError, RowAppend, SheetInfo
from macros_py.hosts.live_calls import Calls, calls_for
from macros_py.hosts.live_fill import unlike
from macros_py.hosts.live_plan import Write, plan
from macros_py.hosts.passwords import Seal, decrypted
from macros_py.hosts.total_row import Foot

PENDING: Final = "_dunbook_pending"  # a hidden name in the workbook while a press is being written
W = TypeVar("W", BlockFill, RowAppend, CellWrite)
_PATIENCE: Final = 8.0  # seconds that a person has to finish editing a cell


class LiveHost:
    """An open workbook. Nothing is written before `save()`; filters, protection without a password, selection and the file stay as they are."""

    def __init__(self, book: xw.Book, patience: float = _PATIENCE, secret: str = "") -> None:
        """secret: the password to open, where there is one. HostError: "never-saved", "cloud-path" (the file has no path on this machine),
        "edit-mode" (a person edits a cell), "password-needed", "wrong-password", "password-format"."""
        self.book = book
        self.path = _path_of(book)
        self._calls: Calls = calls_for(book)
        self._patience = patience
        self._secret = secret
        self.seal = Seal(secret) if secret else None
        self._writes: dict[str, list[Write]] = {}
        self._feet: dict[str, list[Foot | None]] = {}
        self._before: dict[str, Grid] = {}
        self._asking: set[tuple[str, int, int]] = set()
        self._whole: list[Callable[[], None]] = []
        self.base = self._copied()
        self._copy = FileHost.of_bytes(self.base, self.path, keep_strings=True)
        self._seen: dict[str, Grid] = {}  # what was read before anything changed

    def _copied(self) -> bytes:
        """The workbook as it is now, as a file; a password is taken off in memory only."""
        self._wait()
        if not self._secret and self._calls.needs_password(self.book):
            raise HostError("password-needed", file=self.path.name)
        try:
            with tempfile.TemporaryDirectory(prefix="dunbook-") as folder, _quiet(self._calls, self.book):
                copy = self._calls.save_copy(self.book, Path(folder), self._secret).read_bytes()
            return decrypted(copy, self._secret) if self._secret else copy
        except HostError as refusal:
            refusal.values.setdefault("file", self.path.name)
            raise

    def _wait(self) -> None:
        until = time.monotonic() + self._patience
        while not self._calls.ready(self.book):
            if time.monotonic() > until:
                raise HostError("edit-mode", file=self.path.name)
            time.sleep(0.2)

    # ---- reading -----------------------------------------------------------------------------------------------

    def sheets(self) -> list[SheetInfo]:
        """Every tab in its order."""
        return self._copy.sheets()

    def read(self, sheet: str) -> Grid:
        """The cells as they will stand after save()."""
        if sheet in self._seen:
            return self._seen[sheet]
        found = self._copy.read(sheet)
        if not self._writes and not self._whole:
            found.cells.setflags(write=False)
            self._seen[sheet] = found
        return found

    def to_bytes(self) -> bytes:
        """The copy with everything carried out on it: what the workbook will hold."""
        return self._copy.to_bytes()

    @property
    def half_written(self) -> bool:
        """Whether an earlier press was cut off while it wrote into this workbook."""
        return PENDING in self.book.names

    # ---- writing -----------------------------------------------------------------------------------------------

    def fill(self, block: BlockFill) -> int:
        """As FileHost.fill; gives how many cells will change."""
        return self._noted(block, self._filled)

    def _filled(self, block: BlockFill) -> int:
        """Only what differs is compared in the sheet's XML, which an application writes in its own way."""
        if not self._writes and not self._whole:
            block = unlike(block, self._before[block.sheet])
        return self._copy.fill(block) if block.columns else 0

    def append(self, rows: RowAppend) -> int:
        """As FileHost.append; gives how many cells will be written. HostError("table-total-row") also where something stands below a table
        with a total row of its own: an application may move it when that row goes and comes."""
        foot = self._copy.total_below(rows)
        if foot and foot.table:
            live_totals.check_below(self._copy.read(rows.sheet), foot)
            self._asking.update(self._copy.asking(*live_totals.ASKING))
        return self._noted(rows, self._copy.append, foot)

    def write(self, cells: CellWrite) -> int:
        """As FileHost.write; gives how many cells will change."""
        return self._noted(cells, self._copy.write)

    def _noted(self, write: W, act: Callable[[W], int], foot: Foot | None = None) -> int:
        if write.sheet not in self._before:
            self._before[write.sheet] = self.read(write.sheet)
        changed = act(write)
        if changed:
            self._seen.clear()
            self._writes.setdefault(write.sheet, []).append(write)
            self._feet.setdefault(write.sheet, []).append(foot)
        return changed

    def adopt(self, drawn: bytes, sheets: Sequence[str]) -> list[str]:
        """As FileHost.adopt; gives the sheets that will change."""
        changed = self._copy.adopt(drawn, sheets)
        if changed:
            self._seen.clear()
            self._whole.append(lambda: live_sheets.adopt(self._calls, self.book, drawn, changed))
        return changed

    def remove(self, sheet: str) -> None:
        """As FileHost.remove."""
        self._copy.remove(sheet)
        self._seen.clear()
        self._whole.append(lambda: live_sheets.remove(self._calls, self.book, sheet))

    def save(self) -> bytes:
        """Write into the open workbook; gives a copy of it as it is then.

        HostError: "rows-moved" or "changed-meanwhile" (people typed since it was read), "edit-mode", "sheet-protected",
        "structure-protected"; after these nothing is written. "half-written" with the reason when writing had begun.
        """
        self._wait()
        after = {name: self._copy.read(name) for name in self._writes}
        plans = {name: plan(self._before[name], after[name], writes, self._feet[name]) for name, writes in self._writes.items()}
        for name, planned in plans.items():
            fills = [w for w in self._writes[name] if isinstance(w, BlockFill)]
            live_write.check_stands(self.book.sheets[name], self._before[name], planned, fills)
        if any(was.totals for name in plans for was, _ in live_tables.turned(self._before[name], after[name])):
            self._asking.update(self._copy.asking(*live_totals.ASKING))
        self._check_locks(plans)
        with _quiet(self._calls, self.book):
            self._mark()
            try:
                with live_totals.asked_for(self._calls, self.book, sorted(self._asking)):
                    for name, planned in plans.items():
                        live_write.write(self._calls, self.book.sheets[name], self._before[name], after[name], planned)
                for act in self._whole:
                    act()
            except Exception as error:
                raise HostError("half-written", file=self.path.name, reason=getattr(error, "code", type(error).__name__)) from error
            self.unmark()
        self._writes, self._feet, self._before, self._whole, self._asking = {}, {}, {}, [], set()
        return self._copied()

    def _check_locks(self, plans: Iterable[str]) -> None:
        """What a password forbids is refused before anything is written."""
        if self._whole and self._calls.structure_locked(self.book):
            raise HostError("structure-protected", file=self.path.name)
        for name in plans:
            with self._calls.unprotected(self.book.sheets[name]):
                pass

    def _mark(self) -> None:
        if not self.half_written:
            self._calls.hide_name(self.book.names.add(PENDING, "=1"))

    def unmark(self) -> None:
        """What was cut off has been settled."""
        if self.half_written:
            self.book.names[PENDING].delete()

    def close(self) -> None:
        """Let the workbook go; it stays open in its application."""
        self._copy.close()


def needs_password(book: xw.Book) -> bool:
    """Whether an open workbook is saved under a password to open; what cannot be asked now is asked by LiveHost."""
    calls = calls_for(book)
    return calls.ready(book) and calls.needs_password(book)


def _path_of(book: xw.Book) -> Path:
    try:
        name = book.fullname
    except Exception as error:  # xlwings cannot tell where a cloud workbook lies on this machine
        raise HostError("cloud-path", file=book.name) from error
    if "://" in name:
        raise HostError("cloud-path", file=book.name)
    path = Path(name)
    if not path.is_absolute() or not path.exists():
        raise HostError("never-saved", file=path.name)
    return path


@contextmanager
def _quiet(calls: Calls, book: xw.Book) -> Iterator[None]:
    """No flicker, no events of the person's own macros, no questions; the sheet that was looked at is looked at again."""
    app = book.app
    kept = app.screen_updating, app.enable_events, app.display_alerts
    active = book.sheets.active.name
    app.screen_updating = app.enable_events = app.display_alerts = False
    try:
        yield
    finally:
        if active in [s.name for s in book.sheets] and book.sheets.active.name != active:
            calls.look_at(book.sheets[active])
        app.screen_updating, app.enable_events, app.display_alerts = kept
