"""The rows of a worksheet as bytes: found, looked at and spliced, never parsed as a whole."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from macros_py.hosts.host import HostError
from macros_py.hosts.references import column_number, letters
from macros_py.hosts.row_index import row_index

_REF: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]+)["']""")
_ROW_NUMBER: Final = re.compile(rb"""\br\s*=\s*["']([0-9]+)["']""")
_SPANS: Final = re.compile(rb"""\sspans\s*=\s*["']([0-9:]+)["']""")
STYLE: Final = re.compile(rb"""\bs\s*=\s*["']([0-9]+)["']""")
_GLIMPSES: Final = 200  # rows looked for one by one before all are indexed


@dataclass(frozen=True)
class Cell:
    """One cell in a row's bytes: column, span, start-tag attributes and content."""

    column: int
    start: int
    end: int
    attributes: bytes
    content: bytes

    @property
    def style(self) -> str:
        found = STYLE.search(self.attributes)
        return found.group(1).decode() if found else "0"

    @property
    def filled(self) -> bool:
        """Has it a value, text or formula?"""
        return bool(self.content.strip())


class Stretch(NamedTuple):
    """New bytes for all that stands from one row to another."""

    row: int
    xml: bytes
    last: int


Changed = tuple[int, bytes] | Stretch  # the new bytes of a row, or of several at once


class SheetRows:
    """body: the bytes between the tags of sheetData; prefix: the namespace prefix of rows and cells (b'' or b'x:')."""

    def __init__(self, prefix: bytes, body: bytes) -> None:
        self.prefix = prefix
        self.body = body
        self._cell = re.compile(rb"<" + prefix + rb"c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</" + prefix + rb"c\s*>)", re.DOTALL)
        self._rows: tuple[list[int], list[int], list[int]] | None = None
        self.plain = False  # known to hold no formula
        self.filled_from: int | None = None  # known that from this row on none ends with a cell that holds nothing
        self._glimpses = 0

    def replace_body(self, body: bytes) -> None:
        """Other bytes for the rows."""
        self.body = body
        self._rows, self.plain, self.filled_from = None, False, None

    # ---- rows --------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[list[int], list[int], list[int]]:
        """Row numbers with start and end of their bytes, in order; rows without a number follow the one before."""
        if self._rows is None:
            self._rows = self._index()
        return self._rows

    def _index(self) -> tuple[list[int], list[int], list[int]]:
        if not self.prefix and (usual := row_index(self.body)) is not None:
            self.plain = usual.plain
            return usual[:3]
        body, opening, closing = self.body, b"<" + self.prefix + b"row", b"</" + self.prefix + b"row>"
        numbered, skip, length = opening + b' r="', len(opening) + 4, len(closing)
        numbers: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        position, last = body.find(opening), 0
        while position >= 0:
            gt = body.find(b">", position)
            if body.startswith(numbered, position):
                number = int(body[position + skip : body.find(b'"', position + skip)])
            else:
                found = _ROW_NUMBER.search(body, position, gt)
                number = int(found.group(1)) if found else last + 1
            end = gt + 1 if body[gt - 1] == 47 else body.find(closing, gt) + length
            if gt < 0 or end < length or number <= last:
                raise HostError("corrupt")  # not closed, or rows out of order: Excel would repair such a file
            numbers.append(number)
            starts.append(position)
            ends.append(end)
            position, last = body.find(opening, end), number
        return numbers, starts, ends

    def find_row(self, row: int) -> tuple[int, int] | None:
        """Where a row's bytes are; None when the sheet has none."""
        if self._rows is None and self._glimpses < _GLIMPSES:
            self._glimpses += 1
            if found := self._glimpsed(row):
                return found
        numbers, starts, ends = self.rows
        at = bisect_left(numbers, row)
        return (starts[at], ends[at]) if at < len(numbers) and numbers[at] == row else None

    def places(self, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Where the bytes of many rows (ascending) are; (0, 0) for a row that is not there."""
        numbers, starts, ends = self.rows
        at, count = 0, len(numbers)
        for row in rows:
            if at >= count or numbers[at] != row:
                at = bisect_left(numbers, row)
            if at < count and numbers[at] == row:
                yield starts[at], ends[at]
                at += 1
            else:
                yield 0, 0

    def _glimpsed(self, row: int) -> tuple[int, int] | None:
        """A row found without an index of all rows, which a single cell would not be worth."""
        start = self.body.find(b"<" + self.prefix + b'row r="%d"' % row)
        gt = self.body.find(b">", start)
        if start < 0 or gt < 0 or self.body[gt - 1] == 47:
            return None
        closing = b"</" + self.prefix + b"row>"
        end = self.body.find(closing, gt)
        return (start, end + len(closing)) if end >= 0 else None

    def row_bytes(self, row: int) -> bytes:
        found = self.find_row(row)
        return self.body[found[0] : found[1]] if found else b""

    def cells(self, row_xml: bytes, start: int = 0) -> list[Cell]:
        """The cells of one row's bytes, from a position on."""
        out: list[Cell] = []
        column = 0
        for m in self._cell.finditer(row_xml, start):
            ref = _REF.search(m.group(1))
            column = column_number(ref.group(1).decode()) if ref else column + 1
            out.append(Cell(column, m.start(), m.end(), m.group(1), m.group(2) or b""))
        return out

    def cell(self, row: int, column: int) -> Cell | None:
        """One cell."""
        found = self.find_row(row)
        if found is None:
            return None
        at = self.body.find(b' r="%s%d"' % (letters(column).encode(), row), *found)
        if at >= 0:
            m = self._cell.match(self.body, self.body.rfind(b"<", found[0], at), found[1])
            if m:
                return Cell(column, m.start(), m.end(), m.group(1), m.group(2) or b"")
        return next((c for c in self.cells(self.body[found[0] : found[1]]) if c.column == column), None)

    def unlike(self, rows: Iterable[int], column: int, texts: Iterable[bytes]) -> Iterator[tuple[int, tuple[bytes, bytes] | None]]:
        """Which cells of one column are no inline string of just these bytes: position in `rows` (ascending), attributes and content.

        None instead of the two where the cell is missing or its tag is written in an unusual way.
        """
        body, close = self.body, b"</" + self.prefix + b"c>"
        head = b"<" + self.prefix + b'c r="' + letters(column).encode()
        name, after = len(self.prefix) + 2, len(head)
        for number, ((start, end), text) in enumerate(zip(self.places(rows), texts, strict=True)):
            at = body.find(head, start, end)
            gt = body.find(b">", at, end)
            if at < 0 or gt < 0 or not 48 <= body[at + after] <= 57:
                yield number, None
            elif body.startswith(text, gt + 1) and body.find(b"inlineStr", at, gt) > 0:
                continue
            elif body[gt - 1] == 47:
                yield number, (body[at + name : gt - 1], b"")
            else:
                yield number, (body[at + name : gt], body[gt + 1 : body.find(close, gt, end)])

    def last_used_column(self, from_row: int = 1) -> int:
        """The last column that holds a value or formula in the rows from `from_row` on."""
        numbers, starts, ends = self.rows
        body, opening, widest = self.body, b"<" + self.prefix + b"c ", 0
        usual, empty_end, known = len(opening) + 3, b"/>" + b"</" + self.prefix + b"row>", dict[bytes, int]()
        self.filled_from = from_row
        for at in range(bisect_left(numbers, from_row), len(numbers)):
            found = body.rfind(opening, starts[at], ends[at])
            if found >= 0 and not body.endswith(empty_end, found, ends[at]):
                name = body[found + usual : found + usual + 3].rstrip(b"0123456789")
                column = known.get(name)
                if column is None:
                    ref = _REF.match(body, found + len(opening))
                    if ref is None:
                        self.filled_from = None
                        return max((c.column for c in self._filled_cells(from_row)), default=0)
                    column = known[ref.group(1)] = column_number(ref.group(1).decode())
                widest = max(widest, column)
            elif found >= 0:
                self.filled_from = None
                filled = [c.column for c in self.cells(body[starts[at] : ends[at]]) if c.filled]
                widest = max(widest, filled[-1] if filled else 0)
            elif body.find(opening[:-1], starts[at], ends[at]) >= 0:
                self.filled_from = None
        return widest

    def _filled_cells(self, from_row: int) -> Iterator[Cell]:
        numbers, starts, ends = self.rows
        for number, start, end in zip(numbers, starts, ends, strict=True):
            if number >= from_row:
                yield from (c for c in self.cells(self.body[start:end]) if c.filled)

    def last_used_row(self, left: int = 1, right: int = 1 << 14) -> int:
        """The last row with a value or formula between two columns."""
        numbers, starts, ends = self.rows
        for number, start, end in zip(reversed(numbers), reversed(starts), reversed(ends), strict=True):
            if any(c.filled and left <= c.column <= right for c in self.cells(self.body[start:end])):
                return number
        return 0

    # ---- writing -----------------------------------------------------------------------------------------------

    def spliced(self, changed: Iterable[Changed]) -> Iterator[bytes]:
        """The bytes of all rows, piece by piece, with some (in ascending order) replaced or added; all others keep theirs."""
        places = [self.find_row(row) for row, *_ in changed] if isinstance(changed, list) and len(changed) < 50 else [None]
        if self._rows is None and None not in places:
            done = 0
            for (_, xml, *_), place in zip(changed, places, strict=True):
                assert place is not None
                yield self.body[done : place[0]]
                yield xml
                done = place[1]
            yield self.body[done:]
        else:
            yield from self._spliced(changed)

    def _spliced(self, changed: Iterable[Changed]) -> Iterator[bytes]:
        numbers, starts, ends = self.rows
        body, view, done, at, count = self.body, memoryview(self.body), 0, 0, len(numbers)
        held: list[bytes | memoryview] = []
        for row, xml, *last in changed:
            if at >= count or numbers[at] != row:
                at = bisect_left(numbers, row, min(at, count))
            start = starts[at] if at < count else len(body)
            if start > done:
                held.append(view[done:start])
            held.append(xml)
            done = start
            if at < count and numbers[at] == row:
                at = bisect_left(numbers, last[0], at) if last else at
                done, at = ends[at], at + 1
            if last or len(held) > 512:
                yield b"".join(held)
                held.clear()
        yield b"".join(held)
        for start in range(done, len(body), 1 << 20):
            yield body[start : start + (1 << 20)]

    def row_tag(self, row: int, row_xml: bytes, columns: tuple[int, int]) -> tuple[bytes, int]:
        """A row's start tag with its number and spans that cover `columns`, always open; and where the old tag ended."""
        if not row_xml:
            return b"<" + self.prefix + b'row r="%d">' % row, 0
        gt = row_xml.index(b">")
        tag = row_xml[:gt].rstrip(b"/ ")
        spans = _SPANS.search(tag)
        if spans:
            first, _, last = spans.group(1).partition(b":")
            wide = b' spans="%d:%d"' % (min(int(first), columns[0]), max(int(last or first), columns[1]))
            tag = tag[: spans.start()] + wide + tag[spans.end() :]
        if not _ROW_NUMBER.search(tag):
            name = len(self.prefix) + 4
            tag = tag[:name] + b' r="%d"' % row + tag[name:]
        return tag + b">", gt + 1

    def merge_cells(self, row: int, new: Mapping[int, bytes]) -> bytes:
        """A row's new bytes with some cells replaced or added (b'' takes a cell away); the others keep theirs."""
        old = self.row_bytes(row)
        tag, start = self.row_tag(row, old, (min(new), max(new)))
        kept = {}
        for c in self.cells(old, start):
            xml = old[c.start : c.end]
            if not _REF.search(c.attributes):
                name = len(self.prefix) + 2
                xml = xml[:name] + b' r="%s%d"' % (letters(c.column).encode(), row) + xml[name:]
            kept[c.column] = xml
        kept.update(new)
        return tag + b"".join(kept[column] for column in sorted(kept)) + b"</" + self.prefix + b"row>"
