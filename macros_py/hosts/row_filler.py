"""The rows of a fill: new cells are joined to a row's end as text, rows that have cells there already are compared cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from macros_py.hosts.host import ColumnFill, HostError, WriteCell
from macros_py.hosts.patch import OpenSheet, is_formula
from macros_py.hosts.references import letters
from macros_py.hosts.sheet_rows import Cell, Changed, Stretch

BLOCK: Final = 1024  # rows whose cells are worked out together: the text of all of them would need as much memory as the sheet


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
        self._opening = b"<" + sheet.xml.prefix + b"c "
        self._tags: dict[bytes, bytes] = {}
        self._left: dict[bytes, bool] = {}

    def rows(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[Changed]:
        """The rows (ascending) that change, with their bytes."""
        if all(p.new_style for p in self.places):
            return self._joined(rows, values)
        return self._compared(rows, values)

    def _joined(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[Changed]:
        """All columns are new: `head` row-number `tail` of every cell, one join for many rows where they end left of ours."""
        self.changed += sum(len(v) - v.count(None) for v in values)
        heads = [self._head(p.column) for p in self.places]
        styles = [p.new_style for p in self.places]
        for at in range(0, len(rows), BLOCK):
            some = rows[at : at + BLOCK]
            glued = self._tails(heads, styles, some, [v[at : at + BLOCK] for v in values])
            places = list(self.sheet.xml.places(some))
            filled_from = self.sheet.xml.filled_from
            if filled_from is not None and filled_from <= some[0] and (0, 0) not in places:
                yield Stretch(some[0], self._together(some, places, heads[0], glued), some[-1])
                continue
            for row, pieces, (start, end) in zip(some, zip(*glued, strict=True), places, strict=True):
                added = (b'%d"' % row).join((heads[0], *pieces))
                yield row, self._with_end(row, start, end, added) if self._left_of_ours(start, end) else self._merged(row, added)

    def _together(self, rows: Sequence[int], places: list[tuple[int, int]], head: bytes, glued: list[list[bytes]]) -> bytes:
        """The bytes from the first row to the last, with cells added at the end of each; what stands between them stays."""
        view, close = memoryview(self.sheet.xml.body), self._close
        tags = [self._opened(row, start, end) for row, (start, end) in zip(rows, places, strict=True)]
        width = 5 + 2 * len(glued)
        out: list[bytes | memoryview] = [close] * (width * len(rows))
        out[0::width] = [view[end:start] for (_, end), (start, _) in zip([(0, places[0][0]), *places], places, strict=False)]
        out[1::width] = [tag for tag, _ in tags]
        out[2::width] = [view[gt : max(gt, end - len(close))] for (_, gt), (_, end) in zip(tags, places, strict=True)]
        out[3::width] = [head] * len(rows)
        numbers = [b'%d"' % row for row in rows]
        for place, pieces in enumerate(glued):
            out[4 + 2 * place :: width] = numbers
            out[5 + 2 * place :: width] = pieces
        return b"".join(out)

    def _head(self, column: int) -> bytes:
        """A cell's start tag up to the row number of its reference."""
        return f'<{self.sheet.writer.prefix}c r="{letters(column)}'.encode()

    def _left_of_ours(self, start: int, end: int) -> bool:
        """Does a row end before our first column? Told by its last cell's letters, remembered."""
        xml = self.sheet.xml
        found = xml.body.rfind(self._opening, start, end)
        at = found + len(self._opening)
        name = xml.body[at : at + len('r="AB12')]
        left = self._left.get(name) if found >= 0 else None
        if left is None:
            cells = xml.cells(xml.body[start:end])
            left = not cells or cells[-1].column < self._columns[0]
            if cells and cells[-1].start == found - start and name.startswith(b'r="'):
                self._left[name] = left
        return left

    def _merged(self, row: int, added: bytes) -> bytes:
        xml = self.sheet.xml
        return xml.merge_cells(row, {c.column: added[c.start : c.end] for c in xml.cells(added)})

    def _with_end(self, row: int, start: int, end: int, added: bytes) -> bytes:
        """A row with cells added at its end."""
        tag, gt = self._opened(row, start, end)
        return b"".join((tag, self.sheet.xml.body[gt : max(gt, end - len(self._close))], added, self._close))

    def _opened(self, row: int, start: int, end: int) -> tuple[bytes, int]:
        """A row's start tag, open and as wide as the row will be; and where its cells begin."""
        xml = self.sheet.xml
        gt = xml.body.find(b">", start, end) + 1
        tag = xml.body[start:gt]
        at = tag.find(b" spans=")
        if at < 0 and tag[-2:] != b"/>" and b' r="' in tag:
            return tag, gt
        rest = tag[at:] if at > 0 and b' r="' in tag and tag[-2] != 47 else b""
        wide = self._tags.get(rest)
        if wide is None:
            full, _ = xml.row_tag(row, tag, self._columns)
            if rest:
                self._tags[rest] = full[at:] if full[:at] == tag[:at] else b""
            opened = full
        else:
            opened = tag[:at] + wide if wide else xml.row_tag(row, tag, self._columns)[0]
        return opened, gt

    def _tails(
        self, heads: list[bytes], styles: list[str], rows: Sequence[int], values: Sequence[Sequence[WriteCell]]
    ) -> list[list[bytes]]:
        """Per column, what follows the row number up to the next column's head."""
        write = self.sheet.writer.tails
        out = []
        for place, style, column, head in zip(self.places, styles, values, [*heads[1:], b""], strict=True):
            try:
                out.append(write(column, style, head))
            except HostError:
                for row, value in zip(rows, column, strict=True):
                    self.sheet.cell_xml(row, place.column, value, style)  # says which cell it is
                raise
        return out

    def _compared(self, rows: Sequence[int], values: Sequence[Sequence[WriteCell]]) -> Iterator[tuple[int, bytes]]:
        """Some columns stand already. A row that ends as an earlier fill of the same values left it is passed by at a glance."""
        xml = self.sheet.xml
        first = letters(self._columns[0]).encode()
        there = {c.column: c for c in xml.cells(xml.row_bytes(rows[0]))} if rows else {}
        styles = [there[p.column].style if p.column in there else "0" for p in self.places]
        heads = [self._head(p.column) for p in self.places]
        glued = self._tails(heads, styles, rows, values)
        for number, (row, (start, end)) in enumerate(zip(rows, xml.places(rows), strict=True)):
            same_end = (b'%d"' % row).join((heads[0], *(g[number] for g in glued))) + self._close
            if xml.body.endswith(same_end, start, end):
                continue
            old = xml.body[start:end]
            at = old.find(b' r="%s%d"' % (first, row))
            there = {c.column: c for c in xml.cells(old, old.rfind(b"<", 0, at) if at > 0 else old.find(b">") + 1)}
            new = self._differing(row, there, [v[number] for v in values])
            self.changed += len(new)
            if new:
                yield row, self._exchanged(old, there, new) or xml.merge_cells(row, new)

    def _exchanged(self, old: bytes, there: Mapping[int, Cell], new: Mapping[int, bytes]) -> bytes:
        """A row in which cells that stand are exchanged, their neighbours untouched; b"" where a cell is new or has no reference."""
        out: list[bytes] = []
        done = 0
        for column, xml in sorted(new.items()):
            cell = there.get(column)
            if cell is None or b'r="' not in cell.attributes:
                return b""
            out += (old[done : cell.start], xml)
            done = cell.end
        return b"".join((*out, old[done:]))

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
