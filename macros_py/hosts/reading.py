"""Read raw cells out of a closed .xlsx or .xlsm, quickly and exactly."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from macros_py.hosts.cell_scan import Cells, Scanner
from macros_py.hosts.cell_values import Stored
from macros_py.hosts.cell_walk import walk
from macros_py.hosts.host import Grid, HostError, SheetInfo, TablePlace
from macros_py.hosts.number_formats import styles_of_part
from macros_py.hosts.package import Package, SheetPart
from macros_py.hosts.references import MAX_COLUMN, MAX_ROW, Area, area, cell_name
from macros_py.hosts.safety import inspected, pieces
from macros_py.hosts.xml_text import in_utf8, prefix_of, shared_strings

MAX_AREA: Final = 40_000_000  # cells of one sheet from A1 to its last one: 320 MB; a full sheet of 30 columns fits
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["\']([^"\']+)')
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_SHEET_DATA: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sheetData\s*(/?)>")
_STRETCH: Final = 1 << 20


def read_workbook(source: Path | bytes) -> Workbook:
    """Open a closed workbook for reading; it is checked first (see safety.check), so callers need not.

    HostError as safety.check, and "corrupt" or "not-workbook" when its parts do not hang together.
    """
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
        protected = inspected(data)
        return Workbook(Package(data), protected)
    except HostError as error:
        if isinstance(source, Path):
            error.values.setdefault("file", source.name)
        raise


class Workbook:
    """A closed workbook, read only."""

    def __init__(self, package: Package, protected: frozenset[str] = frozenset()) -> None:
        """protected: the worksheet parts, in lower case, that carry sheet protection."""
        self.package = package
        self._protected = protected
        self._sheets = package.sheets()

    def sheets(self) -> list[SheetInfo]:
        """Every tab in its order, hidden and chart sheets too."""
        return [SheetInfo(s.name, s.state == "visible", s.kind == "worksheet", s.part.lower() in self._protected) for s in self._sheets]

    def read(self, name: str) -> Grid:
        """The cells of one sheet, from A1 to the last cell that is not blank; see Grid.

        HostError: "no-sheet"; "far-cell" when a stray cell would make the grid too large; "corrupt".
        """
        sheet = next((s for s in self._sheets if s.name.casefold() == name.casefold()), None)
        if sheet is None:
            raise HostError("no-sheet", sheet=name)
        if sheet.kind != "worksheet":
            return Grid(sheet.name, np.empty((0, 0), object))
        cells, merged = self._cells(sheet.part)
        return Grid(
            sheet.name,
            _grid(cells, sheet.name),
            merged=tuple(merged),
            hidden_rows=frozenset(row for found in cells for row in found.hidden),
            date1904=self._stored.date1904,
            tables=tuple(self._tables(sheet)),
        )

    @cached_property
    def _stored(self) -> Stored:
        styles = self.package.related(self.package.workbook, "styles")
        shown = styles_of_part(self.package.xml(styles) if styles else None)
        return Stored(shared_strings(self.package), shown, self.package.date1904)

    def _cells(self, part: str) -> tuple[list[Cells], list[Area]]:
        entry = self.package.entry(part)
        found = _scanned(pieces(entry), self._stored)
        if found is not None:
            return found
        cells, merged = walk(pieces(entry), self._stored)
        return [cells], merged

    def _tables(self, sheet: SheetPart) -> Iterator[TablePlace]:
        """The list objects of a sheet."""
        for rel in self.package.rels(sheet.part):
            if rel.kind == "table" and not rel.external and self.package.has(rel.target):
                table = self.package.xml(rel.target)
                place = area(table.get("ref") or "")
                if place:
                    yield TablePlace(*place, int(table.get("totalsRowCount") or 0))


def _scanned(parts: Iterator[bytes], stored: Stored) -> tuple[list[Cells], list[Area]] | None:
    """The cells by the quick scanner; None when the part needs a real parser."""
    head = b""
    for piece in parts:
        head += piece
        if _SHEET_DATA.search(head) or len(head) > 4 * _STRETCH:
            break
    opened, prefix = _SHEET_DATA.search(head), prefix_of(head)
    if opened is None or prefix is None or not in_utf8(head) or b"<!" in head[: opened.start()]:
        return None
    if opened.group(1):
        return [], _merged(head[opened.end() :] + b"".join(parts))
    closing = b"</" + prefix + b"sheetData"
    tail: list[bytes] = []
    stretches = _stretches(head[opened.end() :], parts, b"</" + prefix + b"row>", closing)
    found = _scanned_in_turn(Scanner(stored), prefix, _until(stretches, closing, tail))
    return (found, _merged(tail[0])) if found is not None and tail else None


def _until(stretches: Iterator[bytes], closing: bytes, tail: list[bytes]) -> Iterator[bytes]:
    """The stretches of rows; what begins with `closing` goes to `tail`."""
    for stretch in stretches:
        if stretch.startswith(closing):
            tail.append(stretch)
            return
        yield stretch


def _scanned_in_turn(scanner: Scanner, prefix: bytes, stretches: Iterator[bytes]) -> list[Cells] | None:
    """Two stretches are scanned while the next is unpacked: zlib and numpy let go of the interpreter lock."""

    def scan(stretch: bytes) -> Cells | None:
        return scanner.scan(stretch.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else stretch)

    found: list[Cells] = []
    waiting: deque[Future[Cells | None]] = deque()
    with ThreadPoolExecutor(2) as pool:
        for stretch in chain(stretches, (None, None, None)):
            if len(waiting) > 2 or (stretch is None and waiting):
                cells = waiting.popleft().result()
                if cells is None:
                    return None
                found.append(cells)
            if stretch is not None:
                waiting.append(pool.submit(scan, stretch))
    return found


def _stretches(held: bytes, parts: Iterator[bytes], row_end: bytes, closing: bytes) -> Iterator[bytes]:
    """Stretches of whole rows, then everything from the end tag of sheetData on."""
    searched = 0
    while True:
        stop = held.find(closing, searched)
        if stop >= 0:
            if stop:
                yield held[:stop]
            yield held[stop:] + b"".join(parts)
            return
        searched = max(len(held) - len(closing), 0)
        if len(held) >= _STRETCH:
            cut = held.rfind(row_end) + len(row_end)
            if cut >= len(row_end):
                yield held[:cut]
                held, searched = held[cut:], 0
        piece = next(parts, None)
        if piece is None:
            return
        held += piece


def _merged(tail: bytes) -> list[Area]:
    found = (area(ref.decode("utf-8")) for ref in _MERGED.findall(_COMMENT.sub(b"", tail)))
    return [place for place in found if place]


def _grid(found: list[Cells], sheet: str) -> npt.NDArray[np.object_]:
    """One array from A1 on."""
    found = [cells for cells in found if len(cells.rows)]
    if not found:
        return np.empty((0, 0), object)
    rows = max(int(cells.rows.max()) for cells in found)
    columns = max(int(cells.columns.max()) for cells in found)
    if rows > MAX_ROW or columns > MAX_COLUMN or rows * columns > MAX_AREA:
        raise HostError("far-cell", sheet=sheet, cell=_farthest(found))
    grid = np.full((rows, columns), None, object)
    for cells in found:
        grid[cells.rows - 1, cells.columns - 1] = cells.values
    return grid


def _farthest(found: list[Cells]) -> str:
    rows = np.concatenate([cells.rows for cells in found]).astype(np.int64)
    columns = np.concatenate([cells.columns for cells in found]).astype(np.int64)
    at = int(np.argmax(rows * columns))
    return cell_name(int(rows[at]), int(columns[at]))
