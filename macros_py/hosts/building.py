"""Build a new .xlsx from grids: XlsxWriter draws the frame, the cells are streamed in as the patcher writes them."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import xlsxwriter

from macros_py.hosts.cell_xml import CellWriter, escaped
from macros_py.hosts.host import CellError, Grid, HostError, Look, RawCell, ShownFloat, ShownInt, Uncached
from macros_py.hosts.package import Package
from macros_py.hosts.references import MAX_COLUMN, MAX_ROW, Area, letters

DATE, MOMENT, TIME, ELAPSED = "1", "2", "3", "4"
_FORMATS: Final = ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss", "[h]:mm:ss")
_SHEET_DATA: Final = re.compile(rb"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"/>')
_WIDTH_ROWS: Final = 200
_OUT_OF_THE_WAY: Final = 1_000_000
_DAY: Final = dt.timedelta(days=1)


def built(grids: Sequence[Grid]) -> bytes:
    """The workbook. Errors stay errors, formulas without a result become blank; merged ranges and hidden rows are kept.

    HostError("text-too-long") with the cell when a text is longer than a cell can hold.
    """
    grids = grids or [Grid("Sheet1", np.empty((0, 0), object))]
    looks = _looks(grids)
    package = Package(_frame(grids, [look.code for look in looks]))
    styles = {look: str(n) for n, look in enumerate(looks, len(_FORMATS) + 1)}
    for grid, sheet in zip(grids, package.sheets(), strict=True):
        frame = _DIMENSION.sub(b"", package.read(sheet.part))
        found = _SHEET_DATA.search(frame)
        if found is None:
            raise HostError("corrupt", part=sheet.part)
        package.put(sheet.part, _stream(frame[: found.start()], grid, frame[found.end() :], styles))
    return package.to_bytes()


def _looks(grids: Sequence[Grid]) -> list[Look]:
    """Every look that numbers of the grids have."""
    found: dict[Look, None] = {}
    for grid in grids:
        cells = grid.cells.ravel()
        if not {ShownInt, ShownFloat}.isdisjoint(map(type, cells)):
            found |= dict.fromkeys(v.look for v in cells if isinstance(v, ShownInt | ShownFloat))
    return list(found)


def _frame(grids: Sequence[Grid], codes: Sequence[str]) -> bytes:
    """A workbook with the sheets, widths and merged ranges, and the cell styles 1–4 for dates and times, from 5 on for `codes`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = [book.add_format({"num_format": code}) for code in (*_FORMATS, *codes)]
    for grid in grids:
        sheet = book.add_worksheet(grid.sheet)
        for i, style in enumerate(formats):
            sheet.write_number(_OUT_OF_THE_WAY, i, 1, style)  # a style that no cell uses would be left out
        for i, width in enumerate(_widths(grid)):
            sheet.set_column(i, i, width)
        for top, left, bottom, right in _apart(grid.merged):
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # no clock: the same cells give the same file
    book.close()
    return out.getvalue()


def _apart(merged: Sequence[tuple[int, int, int, int]]) -> Iterator[Area]:
    """Merged ranges of more than one cell that do not overlap an earlier one: others Excel calls damage."""
    kept: list[Area] = []
    for corners in merged:
        area = Area(*corners)
        fits = (area.top, area.left) != (area.bottom, area.right) and area.bottom <= MAX_ROW and area.right <= MAX_COLUMN
        if fits and not any(area.meets(other) for other in kept):
            kept.append(area)
            yield area


def _widths(grid: Grid) -> list[float]:
    """Column widths by the first rows; a Chinese character is two wide."""
    widths = []
    for column in grid.cells[:_WIDTH_ROWS].T:
        longest = max(
            (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in str(v)[:60]) for v in column if v is not None), default=0
        )
        widths.append(float(min(max(longest + 2, 8), 40)))
    return widths


def _stream(before: bytes, grid: Grid, after: bytes, styles: Mapping[Look, str]) -> Iterator[bytes]:
    yield before + b"<sheetData>"
    names = [letters(c) for c in range(1, grid.cells.shape[1] + 1)]
    writer = CellWriter()
    plain = writer.tailer("")  # remembers: ledgers repeat themselves
    for number, row in enumerate(grid.cells, start=1):
        hidden = ' hidden="1"' if number in grid.hidden_rows else ""
        try:
            cells = "".join(
                f'<c r="{name}{number}"{plain(value)}' if value.__class__ is str else _cell(f"{name}{number}", value, writer, styles)
                for name, value in zip(names, row, strict=True)
                if value is not None
            )
        except HostError as error:
            error.values.setdefault("cell", f"{grid.sheet}!{number}")
            raise
        if cells or hidden:
            yield f'<row r="{number}"{hidden}>{cells}</row>'.encode()
    yield b"</sheetData>" + after


def _cell(place: str, value: RawCell, writer: CellWriter, styles: Mapping[Look, str]) -> str:
    """One cell's XML; nothing for a formula without a result."""
    if isinstance(value, Uncached):
        return ""
    if isinstance(value, CellError):
        return f'<c r="{place}" t="e"><v>{escaped(value)}</v></c>'
    if isinstance(value, dt.time):
        span = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
        return f'<c r="{place}"{writer.tail(span / _DAY, TIME)}'
    if isinstance(value, dt.timedelta):
        return f'<c r="{place}"{writer.tail(value / _DAY, ELAPSED)}'
    if isinstance(value, ShownInt | ShownFloat):
        return f'<c r="{place}"{writer.tail(value, styles[value.look])}'
    style = MOMENT if isinstance(value, dt.datetime) else DATE if isinstance(value, dt.date) else ""
    return f'<c r="{place}"{writer.tail(value, style)}'
