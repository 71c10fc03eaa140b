"""A worksheet part in two halves: the frame (a small tree that can be edited) and the rows (bytes that are copied, not parsed)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from macros_py.hosts.host import HostError
from macros_py.hosts.package import parsed
from macros_py.hosts.references import Area, areas, column_number, letters

_DECLARED: Final = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_REF: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]+)["']""")
_ROW_NUMBER: Final = re.compile(rb"""\br\s*=\s*["']([0-9]+)["']""")
_SPANS: Final = re.compile(rb"""\sspans\s*=\s*["']([0-9:]+)["']""")
STYLE: Final = re.compile(rb"""\bs\s*=\s*["']([0-9]+)["']""")
_GLIMPSES: Final = 200  # rows looked for one by one before all are indexed
_MARK: Final = b"ROWS-OF-THE-SHEET"

# What follows sheetData in a worksheet, in the order of the schema (ECMA-376 part 1, 18.3.1.99)
_AFTER_EACH_OTHER: Final = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState "
    "dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
    "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing drawingHF legacyDrawing "
    "legacyDrawingHF picture oleObjects controls webPublishItems tableParts extLst"
)
ORDER: Final = tuple(_AFTER_EACH_OTHER.split())


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


def utf8(xml: bytes) -> bytes:
    """The part in UTF-8 without a byte order mark."""
    if xml[:3] == b"\xef\xbb\xbf":
        xml = xml[3:]
    declared = _DECLARED.match(xml[:200])
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared.group(1).lower() not in (b"utf-8", b"utf8", b"us-ascii")):
        return etree.tostring(parsed(xml), encoding="UTF-8", xml_declaration=True, standalone=True)
    return xml


class SheetXml:
    """frame: the tree without its rows; body: the rows' bytes; prefix: the namespace prefix of rows and cells (b'' or b'x:')."""

    def __init__(self, xml: bytes) -> None:
        xml = utf8(xml)
        found = re.search(rb"<(\w+:)?sheetData(?:\s[^>]*?)?(/)?>", xml)
        if found is None:
            raise HostError("corrupt")
        self.prefix = found.group(1) or b""
        close = b"</" + self.prefix + b"sheetData>"
        end = found.end() if found.group(2) else xml.rfind(close)
        if end < 0:
            raise HostError("corrupt")
        self.body = b"" if found.group(2) else xml[found.end() : end]
        after = end if found.group(2) else end + len(close)
        self.frame = parsed(xml[: found.start()] + b"<" + self.prefix + b"sheetData/>" + xml[after:])
        self.ns = str(etree.QName(self.frame).namespace)
        if b"<!" in self.body or b"<?" in self.body:  # comments and CDATA would hide tags from a search in bytes
            self.body = self._without_comments()
        self._cell = re.compile(rb"<" + self.prefix + rb"c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</" + self.prefix + rb"c\s*>)", re.DOTALL)
        self._rows: tuple[list[int], list[int], list[int]] | None = None
        self._merged: list[Area] | None = None
        self._glimpses = 0

    def _without_comments(self) -> bytes:
        head, tail = self._halves()
        root = parsed(head + self.body + tail)
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        out = etree.tostring(root, encoding="UTF-8")
        close = b"</" + self.prefix + b"sheetData>"
        return out[out.index(b">", out.index(b"<" + self.prefix + b"sheetData")) + 1 : out.rindex(close)]

    def replace_body(self, body: bytes) -> None:
        """Other bytes for the rows."""
        self.body = body
        self._rows = None

    # ---- rows --------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[list[int], list[int], list[int]]:
        """Row numbers with start and end of their bytes, in order; rows without a number follow the one before."""
        if self._rows is None:
            self._rows = self._index()
        return self._rows

    def _index(self) -> tuple[list[int], list[int], list[int]]:
        body, opening, closing = self.body, b"<" + self.prefix + b"row", b"</" + self.prefix + b"row>"
        usual, skip, length = opening + b' r="', len(opening) + 4, len(closing)
        numbers: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        position, last = body.find(opening), 0
        while position >= 0:
            gt = body.find(b">", position)
            if body.startswith(usual, position):
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

    def last_used_column(self, from_row: int = 1) -> int:
        """The last column that holds a value or formula in the rows from `from_row` on."""
        numbers, starts, ends = self.rows
        body, opening, widest = self.body, b"<" + self.prefix + b"c ", 0
        usual, empty_end, known = len(opening) + 3, b"/>" + b"</" + self.prefix + b"row>", dict[bytes, int]()
        for at in range(bisect_left(numbers, from_row), len(numbers)):
            found = body.rfind(opening, starts[at], ends[at])
            if found >= 0 and not body.endswith(empty_end, found, ends[at]):
                name = body[found + usual : found + usual + 3].rstrip(b"0123456789")
                column = known.get(name)
                if column is None:
                    ref = _REF.match(body, found + len(opening))
                    if ref is None:
                        return max((c.column for c in self._filled_cells(from_row)), default=0)
                    column = known[ref.group(1)] = column_number(ref.group(1).decode())
                widest = max(widest, column)
            elif found >= 0:
                filled = [c.column for c in self.cells(body[starts[at] : ends[at]]) if c.filled]
                widest = max(widest, filled[-1] if filled else 0)
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

    def streamed(self, changed: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
        """The whole part, piece by piece, with some rows (in ascending order) replaced or added; all other rows keep their bytes."""
        head, tail = self._halves()
        yield head
        places = [self.find_row(row) for row, _ in changed] if isinstance(changed, list) and len(changed) < 50 else [None]
        if self._rows is None and None not in places:
            done = 0
            for (_, xml), place in zip(changed, places, strict=True):
                assert place is not None
                yield self.body[done : place[0]]
                yield xml
                done = place[1]
            yield self.body[done:]
        else:
            yield from self._spliced(changed)
        yield tail

    def _spliced(self, changed: Iterable[tuple[int, bytes]]) -> Iterator[bytes]:
        numbers, starts, ends = self.rows
        body, view, done, at, count = self.body, memoryview(self.body), 0, 0, len(numbers)
        held: list[bytes | memoryview] = []
        for row, xml in changed:
            if at >= count or numbers[at] != row:
                at = bisect_left(numbers, row, min(at, count))
            start = starts[at] if at < count else len(body)
            if start > done:
                held.append(view[done:start])
            held.append(xml)
            done = start
            if at < count and numbers[at] == row:
                done, at = ends[at], at + 1
            if len(held) > 512:
                yield b"".join(held)
                held.clear()
        yield b"".join(held)
        for start in range(done, len(body), 1 << 20):
            yield body[start : start + (1 << 20)]

    def _halves(self) -> tuple[bytes, bytes]:
        data = self.frame.find("{*}sheetData")
        assert data is not None
        data.text = _MARK.decode()
        xml = etree.tostring(self.frame, xml_declaration=True, encoding="UTF-8", standalone=True)
        data.text = None
        head, _, tail = xml.partition(_MARK)
        return head, tail

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

    # ---- the frame ---------------------------------------------------------------------------------------------

    def element(self, name: str) -> etree._Element | None:
        return self.frame.find(f"{{{self.ns}}}{name}")

    def make(self, name: str) -> etree._Element:
        """The frame's element of this name, made in the place that the schema gives it when it is missing."""
        found = self.element(name)
        if found is None:
            found = etree.Element(f"{{{self.ns}}}{name}")
            later = set(ORDER[ORDER.index(name) + 1 :])
            at = next(
                (i for i, e in enumerate(self.frame) if isinstance(e.tag, str) and etree.QName(e).localname in later), len(self.frame)
            )
            self.frame.insert(at, found)
        return found

    @property
    def merged(self) -> list[Area]:
        """The merged ranges."""
        if self._merged is None:
            element = self.element("mergeCells")
            refs = "" if element is None else " ".join(e.get("ref") or "" for e in element if isinstance(e.tag, str))
            self._merged = areas(refs)
        return self._merged

    def grow_dimension(self, box: Area) -> None:
        """The sheet says that it reaches as far as this rectangle too."""
        element = self.element("dimension")
        old = areas(element.get("ref") or "") if element is not None else []
        if element is None or not old:
            return
        a = old[0]
        wide = Area(min(a.top, box.top), min(a.left, box.left), max(a.bottom, box.bottom), max(a.right, box.right))
        element.set("ref", wide.text())

    def ranges(self) -> Iterator[tuple[str, Callable[[str], None]]]:
        """Every range that follows the rows (filter, sorting, conditional formats, validation …) with the way to change it."""
        follow = {"autoFilter": "ref", "sortState": "ref", "conditionalFormatting": "sqref", "dataValidation": "sqref"}
        follow |= {"ignoredError": "sqref", "protectedRange": "sqref", "sortCondition": "ref"}
        for element in self.frame.iter():
            name = str(element.tag).rpartition("}")[2]
            if name == "sqref" and element.text:
                yield element.text, lambda ref, e=element: setattr(e, "text", ref)  # type: ignore[misc]
            elif name in follow and element.get(follow[name]):
                yield element.get(follow[name]) or "", lambda ref, e=element, a=follow[name]: e.set(a, ref)  # type: ignore[misc]
