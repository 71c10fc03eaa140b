"""A closed .xlsx or .xlsm as a host: checked, read quickly, patched part by part, replaced whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from macros_py.hosts import atomic, graft, locks, patch, patch_append, patch_fill
from macros_py.hosts.host import BlockFill, CellWrite, Grid, HostError, RowAppend, SheetInfo
from macros_py.hosts.package import Package
from macros_py.hosts.reading import Workbook as Reading
from macros_py.hosts.reading import read_workbook
from macros_py.hosts.shared_formulas import formula_at, places
from macros_py.hosts.sheet_xml import SheetXml
from macros_py.hosts.total_row import Foot


class FileHost:
    """A closed workbook. Nothing is written before `save()`; parts that no call touches stay byte-identical.

    May differ after a save: the sheets written, the tables on them, styles.xml (appended to), workbook.xml, relationships,
    [Content_Types].xml, docProps/app.xml, and the calculation chain (dropped where a formula went). Sheet and workbook protection bind
    people at the keyboard: a closed file is written all the same, and what was protected stays so.
    """

    def __init__(self, path: Path) -> None:
        """Open for writing. HostError when an application holds the file ("locked", with its holder), when it is "read-only", or signed
        or otherwise refused (see refusals)."""
        locks.check(path)
        atomic.sweep(path)
        self._start(path, _bytes_of(path))
        self._expected: str | None = self._digest
        self._writable = True
        if any("digital-signature" in rel.type for rel in self._package.rels()):
            raise HostError("signed", file=path.name)

    @classmethod
    def for_reading(cls, path: Path) -> FileHost:
        """Open without asking whether it may be written; save() is refused."""
        made = cls.__new__(cls)
        made._start(path, _bytes_of(path))
        made._expected, made._writable = made._digest, False
        return made

    @classmethod
    def of_bytes(cls, data: bytes, path: Path, *, keep_strings: bool = False) -> FileHost:
        """A workbook that is not on the disk yet; save() puts it at `path`, unless something stands there by then.

        keep_strings: its table of texts is remembered for reading it again after a change, at the price of memory.
        """
        made = cls.__new__(cls)
        made._start(path, data, keep_strings=keep_strings)
        made._expected, made._writable = None, True
        return made

    def _start(self, path: Path, data: bytes, *, keep_strings: bool = False) -> None:
        self.path = path
        self._keep_strings = keep_strings
        self._digest = atomic.digest(data)
        try:
            self._reading: Reading | None = read_workbook(data)
            self._package = self._reading.package
        except HostError as error:
            error.values.setdefault("file", path.name)
            raise
        self._book: patch.Workbook | None = None
        self._formulas: dict[str, tuple[SheetXml, set[tuple[int, int]]]] = {}
        self._protected = {s.name: s.protected for s in self._reading.sheets()}

    # ---- reading -----------------------------------------------------------------------------------------------

    def sheets(self) -> list[SheetInfo]:
        """Every tab in its order, of whatever kind."""
        return self._current().sheets()

    def read(self, sheet: str) -> Grid:
        """The cells as they stand now, what was filled since included."""
        return self._current().read(sheet)

    def _current(self) -> Reading:
        if self._reading is None:
            guarded = (s.part.lower() for s in self._package.sheets() if self._protected.get(s.name))
            self._reading = Reading(self._package, frozenset(guarded))
        return self._reading

    # ---- writing -----------------------------------------------------------------------------------------------

    def _patch(self) -> patch.Workbook:
        self._reading = None
        if not self._keep_strings:
            self._package.forget_strings()
        return self._opened()

    def _opened(self) -> patch.Workbook:
        if self._book is None:
            self._book = patch.Workbook(self._package)
        return self._book

    def will_fill(self, sheet: str) -> None:
        """Begin to open a sheet that will be filled, on another core; nothing changes by it."""
        self._opened().open_ahead(sheet)

    def fill(self, block: BlockFill) -> int:
        """Write our columns for existing rows; see patch_fill.fill. Gives how many cells changed."""
        return patch_fill.fill(self._patch(), block)

    def append(self, rows: RowAppend) -> int:
        """Add rows below the last used one; see patch_append.append. Gives how many cells were written."""
        return patch_append.append(self._patch(), rows)

    def total_below(self, rows: RowAppend) -> Foot | None:
        """The total row that an append would push down."""
        return patch_append.total_below(self._opened(), rows)

    def formula(self, sheet: str, row: int, column: int) -> str | None:
        """The formula of a cell in Excel's words, as the file was opened; None where there is none or it spans several cells."""
        if sheet not in self._formulas:
            opened = self._opened().open(sheet)
            self._formulas[sheet] = (opened.xml, places(opened.xml))
        xml, held = self._formulas[sheet]
        return formula_at(xml, row, column) if (row, column) in held else None

    def asking(self, *words: str) -> list[tuple[str, int, int]]:
        """Sheet, row and column of every formula in which one of these words stands."""
        found = []
        for sheet in self._package.sheets():
            part = self._package.read(sheet.part) if sheet.kind == "worksheet" else b""
            if any(word.encode() in part for word in words):
                xml = self._opened().open(sheet.name).xml
                texts = ((at, formula_at(xml, *at) or "") for at in sorted(places(xml)))
                found += [(sheet.name, *at) for at, text in texts if any(word in text for word in words)]
        return found

    def write(self, cells: CellWrite) -> int:
        """Single cells; see patch.write. Gives how many changed."""
        return patch.write(self._patch(), cells)

    def adopt(self, drawn: bytes, sheets: Sequence[str], position: int | None = None) -> list[str]:
        """Take sheets of another workbook in, or redraw those of the same name in place; see graft.adopt. Gives those that changed."""
        return graft.adopt(self._patch(), Package(drawn), sheets, position)

    def remove(self, sheet: str) -> None:
        """Take a sheet out with all that only it used; see graft.remove."""
        graft.remove(self._patch(), sheet)

    # ---- the file ----------------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """The file as save() would write it; the very bytes that were opened when nothing changed."""
        return self._package.to_bytes()

    def save(self) -> bytes:
        """Replace the file whole and give its bytes; nothing is written when nothing changed.

        HostError: "changed-meanwhile" (somebody saved the file since it was opened), "locked", "read-only", "disk-full".
        """
        if not self._writable:
            raise HostError("read-only", file=self.path.name)
        data = self.to_bytes()
        if self._expected is None and self.path.exists() and self.path.read_bytes() != data:
            raise HostError("changed-meanwhile", file=self.path.name)
        digest = atomic.digest(data)
        if digest != self._expected:
            locks.check(self.path)
            atomic.replace(self.path, data, self._expected)
            self._expected = digest
        return data

    def close(self) -> None:
        """Let the workbook go; what was not saved is gone."""
        self._book = self._reading = None


def replace_file(path: Path, data: bytes, expected: str | None = None) -> None:
    """Put a whole workbook in the place of a file, under the same care as save(). expected: the digest that the file must still have."""
    locks.check(path)
    atomic.replace(path, data, expected)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise HostError("not-found", file=path.name) from error
    except OSError as error:
        raise HostError("read-only", file=path.name) from error
