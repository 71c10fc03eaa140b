"""The rows of a fill: new cells are joined to a row's end as text, rows that have cells there already are compared cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from macros_py.hosts.host import ColumnFill, HostError, WriteCell
from macros_py.hosts.patch import OpenSheet, is_formula
from macros_py.hosts.references import letters
from macros_py.hosts.sheet_rows import Cell


@dataclass(frozen=True)
class Place:
    """Where one column stands: its number, what is written, and for a new one the style of its cells ('' for one that exists)."""

    column: int
    fill: ColumnFill
    new_style: str = ""


class RowFiller:
    """Makes the new bytes of each row; rows that show the values already are left alone. changed: cells that differ, so far."""

    def __init__(self, sheet: OpenSheet, places: list[Place]) -> None:
        self.sheet = sheet
        self.places = places  # ascending by column
        self.changed = 0
        self._columns = (places[0].column, places[-1].column) if places else (1, 1)
        self._close = b"</" + sheet.xml.prefix + b"row>"
        self._tags: dict[bytes, bytes] = {}

    def rows(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[tuple[int, bytes]]:
        """The rows (ascending) that change, with their bytes."""
        if all(p.new_style for p in self.places):
            return self._joined(rows, values)
        return self._compared(rows, values)

    def _joined(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[tuple[int, bytes]]:
        """All columns are new: `head` row-number `tail` of every cell, one join per row."""
        sheet, xml = self.sheet, self.sheet.xml
        prefix = sheet.writer.prefix
        heads = [f'<{prefix}c r="{letters(p.column)}' for p in self.places]
        glued = self._tails(heads, [p.new_style for p in self.places], rows, values)
        first_head, body = heads[0], xml.body
        opening, known, first_column = b"<" + xml.prefix + b"c ", dict[bytes, bool](), self._columns[0]
        self.changed += sum(len(v) - v.count(None) for v in map(list, values))
        for row, pieces, (start, end) in zip(rows, zip(*glued, strict=True), xml.places(rows), strict=True):
            found = body.rfind(opening, start, end)
            at = found + len(opening) + 3
            left = known.get(body[at : at + 4]) if found >= 0 else None
            if left is None:
                cells = xml.cells(body[start:end])
                left = not cells or cells[-1].column < first_column
                if cells and body[at - 3 : at] == b'r="':
                    known[body[at : at + 4]] = left
            added = f'{row}"'.join((first_head, *pieces)).encode()
            if left:
                yield row, self._with_end(row, start, end, added)
            else:
                yield row, xml.merge_cells(row, {c.column: added[c.start : c.end] for c in xml.cells(added)})

    def _with_end(self, row: int, start: int, end: int, added: bytes) -> bytes:
        """A row with cells added at its end."""
        xml = self.sheet.xml
        gt = xml.body.find(b">", start, end) + 1
        tag = xml.body[start:gt]
        at = tag.find(b" spans=")
        rest = tag[at:] if at > 0 and b' r="' in tag and tag[-2] != 47 else b""
        wide = self._tags.get(rest)
        if wide is None:
            full, _ = xml.row_tag(row, tag, self._columns)
            if rest:
                self._tags[rest] = full[at:] if full[:at] == tag[:at] else b""
            opened = full
        else:
            opened = tag[:at] + wide if wide else xml.row_tag(row, tag, self._columns)[0]
        kept = xml.body[gt : end - len(self._close)] if end and tag[-2] != 47 else b""
        return b"".join((opened, kept, added, self._close))

    def _tails(self, heads: list[str], styles: list[str], rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> list[list[str]]:
        """Per column, what follows the row number up to the next column's head."""
        write = self.sheet.writer.tails
        out = []
        for place, style, column, head in zip(self.places, styles, values, [*heads[1:], ""], strict=True):
            try:
                out.append(write(column, style, head))
            except HostError:
                for row, value in zip(rows, column, strict=True):
                    self.sheet.cell_xml(row, place.column, value, style)  # says which cell it is
                raise
        return out

    def _compared(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[tuple[int, bytes]]:
        """Some columns stand already. A row that ends as an earlier fill of the same values left it is passed by at a glance."""
        sheet, xml = self.sheet, self.sheet.xml
        first = letters(self._columns[0]).encode()
        there = {c.column: c for c in xml.cells(xml.row_bytes(rows[0]))} if rows else {}
        styles = [there[p.column].style if p.column in there else "0" for p in self.places]
        heads = [f'<{sheet.writer.prefix}c r="{letters(p.column)}' for p in self.places]
        glued = self._tails(heads, styles, rows, values)
        for number, (row, (start, end)) in enumerate(zip(rows, xml.places(rows), strict=True)):
            same_end = f'{row}"'.join((heads[0], *(g[number] for g in glued))).encode() + self._close
            if xml.body.endswith(same_end, start, end):
                continue
            old = xml.body[start:end]
            at = old.find(b' r="%s%d"' % (first, row))
            there = {c.column: c for c in xml.cells(old, old.rfind(b"<", 0, at) if at > 0 else old.find(b">") + 1)}
            new = self._differing(row, there, [v[number] for v in values])
            self.changed += len(new)
            if new:
                yield row, xml.merge_cells(row, new)

    def _differing(self, row: int, there: Mapping[int, Cell], values: Sequence[WriteCell]) -> dict[int, bytes]:
        sheet = self.sheet
        new: dict[int, bytes] = {}
        for place, value in zip(self.places, values, strict=True):
            cell = there.get(place.column)
            if sheet.same(cell, value):
                continue
            sheet.formulas_gone |= cell is not None and is_formula(cell.content)
            style = place.new_style or sheet.fitting(cell.style if cell else "0", place.fill.number_format)
            new[place.column] = sheet.cell_xml(row, place.column, value, style)
        return new
