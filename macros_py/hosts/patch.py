"""One workbook being patched: a sheet is opened as bytes, some of its cells are written, everything else stays what it was."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from macros_py.hosts.cell_xml import CellWriter, cell_value, text_of
from macros_py.hosts.host import CellWrite, Formula, HostError, WriteCell
from macros_py.hosts.package import Package, SheetPart
from macros_py.hosts.references import Area, cell_name
from macros_py.hosts.safety import pieces
from macros_py.hosts.shared_formulas import array_ranges, masters, unshared
from macros_py.hosts.sheet_rows import Cell, Changed
from macros_py.hosts.sheet_xml import SheetXml, utf8
from macros_py.hosts.styles import Styles
from macros_py.hosts.table_xml import tables_of
from macros_py.hosts.workbook_xml import WorkbookXml
from macros_py.hosts.zip_parts import Entry, deflated

_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_ITEM_END: Final = re.compile(rb"</(?:\w+:)?si\s*>")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PREFIX: Final = re.compile(rb"<([A-Za-z_][\w.-]*:)?(?:sheetData|f|v|is)[\s/>]")


class SharedStrings:
    """The workbook's shared strings, decoded one by one as they are asked for."""

    def __init__(self, package: Package) -> None:
        part = package.related(package.workbook, "sharedStrings")
        xml = utf8(package.read(part)) if part else b""
        if b"<!--" in xml:
            xml = _COMMENT.sub(b"", xml)
        self._xml = xml
        end = _ITEM_END.search(xml)
        closing = end.group() if end else b"</si>"
        prefix = closing[2 : closing.index(b"si")]
        self._ends = array("Q", [0])
        if b"<" + prefix + b"si/>" in xml or not xml.count(closing):
            pattern = re.compile(rb"<" + prefix + rb"si\s*/>|</" + prefix + rb"si\s*>")
            self._ends.extend(m.end() for m in pattern.finditer(xml))
        else:
            self._find_ends(closing)

    def _find_ends(self, closing: bytes) -> None:
        find, note, length = self._xml.find, self._ends.append, len(closing)
        at = find(closing)
        while at >= 0:
            note(at + length)
            at = find(closing, at + length)

    def item(self, number: int) -> bytes:
        """The XML of one item. HostError("corrupt") for a number that is not there (some readers take −1 for the last)."""
        if not 0 <= number < len(self._ends) - 1:
            raise HostError("corrupt")
        return self._xml[self._ends[number] : self._ends[number + 1]]

    def __call__(self, number: int) -> str:
        return text_of(self.item(number))


def known_strings(package: Package) -> Callable[[int], str] | None:
    """The shared strings as they were read before, where they still are at hand."""
    part = package.related(package.workbook, "sharedStrings")
    texts = package.strings_of(part) if part else None
    if texts is None:
        return None

    def text(number: int) -> str:
        if not 0 <= number < len(texts):
            raise HostError("corrupt")
        return str(texts[number])

    return text


class Workbook:
    """A package with what patching a sheet needs beside the sheet itself: styles, strings, tables, names."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package)
        self.workbook = WorkbookXml(package)
        self.date1904 = package.date1904
        self._strings: Callable[[int], str] | None = None
        self._formulas: bool | None = None
        self._ahead: dict[str, tuple[Entry, Future[OpenSheet]]] = {}

    def strings(self, number: int) -> str:
        if self._strings is None:
            self._strings = known_strings(self.package) or SharedStrings(self.package)
        return self._strings(number)

    def open(self, name: str) -> OpenSheet:
        """A worksheet for patching. HostError: "no-sheet", "sheet-kind" for chart and macro sheets."""
        sheet = self.package.sheet(name)
        if sheet.kind != "worksheet":
            raise HostError("sheet-kind", sheet=name)
        entry, begun = self._ahead.pop(sheet.name, (None, None))
        if begun is not None and entry is self.package.entry(sheet.part):
            return begun.result()
        return OpenSheet(self, sheet.name, sheet.part)

    def open_ahead(self, name: str) -> None:
        """Begin to open a worksheet that will be wanted; unpacking and indexing its rows need no interpreter lock."""
        sheet = self.package.sheet(name)
        if sheet.kind == "worksheet":
            pool = ThreadPoolExecutor(1)
            self._ahead[sheet.name] = (self.package.entry(sheet.part), pool.submit(self._opened_whole, sheet))
            pool.shutdown(wait=False)

    def _opened_whole(self, sheet: SheetPart) -> OpenSheet:
        opened = OpenSheet(self, sheet.name, sheet.part)
        _ = opened.xml.rows
        return opened

    def has_formulas(self, part: str = "", body: bytes = b"") -> bool:
        """Is there any formula in the workbook, whose result may have to be worked out anew? `body`: the rows of `part`, known already."""
        if self._formulas is None:
            sheets = [s.part for s in self.package.sheets() if s.kind == "worksheet" and s.part != part]
            chain = self.package.related(self.package.workbook, "calcChain")
            self._formulas = chain is not None or any_formula(body) or any(any_formula(self.package.read(other)) for other in sheets)
        return self._formulas

    def flush(self, formulas_gone: bool = False, formulas: bool = False) -> None:
        """Put styles and workbook back after a change; formulas are worked out when the file is opened."""
        self.styles.flush()
        self._formulas = formulas or self._formulas
        if self.has_formulas():
            self.workbook.recalculate()
        if formulas_gone:
            self.workbook.drop_calculation_chain()
        self.workbook.flush()


class Targets:
    """The cells that are about to be written: some rows across some columns."""

    def __init__(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        self.rows = rows  # ascending
        self.columns = columns

    def within(self, box: Area) -> Iterator[tuple[int, int]]:
        """Those that lie in a rectangle."""
        columns = [c for c in self.columns if box.left <= c <= box.right]
        for at in range(bisect_left(self.rows, box.top), bisect_right(self.rows, box.bottom) if columns else 0):
            yield from ((self.rows[at], c) for c in columns)


class OpenSheet:
    """One worksheet while it is patched. Protection on a sheet concerns people at the keyboard: a closed file is written all the same."""

    def __init__(self, book: Workbook, name: str, part: str) -> None:
        self.book = book
        self.name = name
        self.part = part
        entry = book.package.entry(part)
        self.xml = SheetXml.of_pieces(pieces(entry), entry.size)
        self.tables = tables_of(book.package, part)
        self.writer = CellWriter(self.xml.prefix.decode(), book.date1904)
        self.formulas_gone = False
        self._fitting: dict[tuple[str, str], str] = {}
        self._tailers: dict[str, Callable[[WriteCell], str]] = {}

    def value(self, row: int, column: int) -> str | float | bool | bytes | None:
        """What a cell holds now."""
        cell = self.xml.cell(row, column)
        return None if cell is None else cell_value(cell.attributes, cell.content, self.book.strings)

    def merge_at(self, row: int, column: int) -> Area | None:
        return next((a for a in self.xml.merged if a.holds(row, column)), None)

    def style_of(self, row: int, column: int) -> str:
        cell = self.xml.cell(row, column)
        return "0" if cell is None else cell.style

    def fitting(self, style: str, number_format: str) -> str:
        """A cell's own style; one without a number format of its own takes ours. A person's format is kept."""
        key = (style, number_format)
        if key not in self._fitting:
            general = number_format == "General" or self.book.styles.format_of(int(style)) != "General"
            self._fitting[key] = style if general else str(self.book.styles.with_format(int(style), number_format))
        return self._fitting[key]

    def tail(self, value: WriteCell, style: str) -> str:
        """A cell's XML after its reference, remembered per style."""
        write = self._tailers.get(style)
        if write is None:
            write = self._tailers[style] = self.writer.tailer(style)
        return write(value)

    def cell_xml(self, row: int, column: int, value: WriteCell, style: str) -> bytes:
        """A whole cell; b'' for a blank one without a style."""
        try:
            tail = self.tail(value, style)
        except HostError as error:
            raise HostError(error.code, **error.values, sheet=self.name, cell=cell_name(row, column)) from None
        return b"" if tail == "/>" else f'<{self.writer.prefix}c r="{cell_name(row, column)}"{tail}'.encode()

    def same(self, cell: Cell | None, value: WriteCell) -> bool:
        """Does the cell show this value already?"""
        attributes, content = (cell.attributes, cell.content) if cell else (b"", b"")
        return self.writer.same(attributes, content, value, self.book.strings)

    def guard(self, targets: Targets) -> None:
        """Refuse what cannot be written without destroying something; shared formulas whose first cell goes are written out.

        HostError: "merged" (a cell hidden under a merged one), "array-formula" (part of an array or a data table).
        """
        for merged in self.xml.merged:
            if any(at != (merged.top, merged.left) for at in targets.within(merged)):
                raise HostError("merged", sheet=self.name, cell=merged.text())
        for found in array_ranges(self.xml):
            if any(True for _ in targets.within(found)):
                raise HostError("array-formula", sheet=self.name, cell=found.text())
        groups = {group for at, group in masters(self.xml) if any(True for _ in targets.within(Area(*at, *at)))}
        if groups:
            self.xml.replace_body(unshared(self.xml, groups))

    def put(self, rows: Iterable[Changed]) -> None:
        """Take the new rows in, in ascending order of row number."""
        package = self.book.package
        self.book.has_formulas(self.part, b"" if self.xml.plain else self.xml.body)
        package.put_packed(self.part, deflated(self.part, self.xml.streamed(rows)))
        self.book.flush(self.formulas_gone)

    def note_headers(self, written: Mapping[tuple[int, int], WriteCell]) -> None:
        """Tables whose header cells were written say the same names."""
        for table in self.tables:
            row = table.area.top
            names = {c: self.writer.text(v) if v not in (None, "") else "" for (r, c), v in written.items() if r == row}
            inside = {c: name for c, name in names.items() if table.area.left <= c <= table.area.right}
            if inside and table.headers:
                table.rename(inside)


def write(book: Workbook, cells: CellWrite) -> int:
    """Single cells, each keeping its style. Gives how many changed; None takes the value away."""
    sheet = book.open(cells.sheet)
    wanted = {(row, column): value for row, column, value in cells.cells}
    changed = {at: value for at, value in wanted.items() if _differs(sheet, sheet.xml.cell(*at), value)}
    ending = [(t, end) for end in cells.tables for t in sheet.tables if t.area[:2] == (end.top, end.left)]
    if not changed and not ending:
        return 0
    looks = {
        (end.bottom, c): sheet.xml.cell(t.area.bottom, c)
        for t, end in ending
        if end.totals and t.totals
        for c in range(t.area.left, t.area.right + 1)
    }
    for row in sorted({row for row, _ in changed}):
        sheet.guard(Targets([row], [c for r, c in changed if r == row]))
    by_row: dict[int, dict[int, bytes]] = {}
    for (row, column), value in sorted(changed.items()):
        old = sheet.xml.cell(row, column)
        sheet.formulas_gone |= old is not None and is_formula(old.content)
        like = looks.get((row, column), old)
        by_row.setdefault(row, {})[column] = sheet.cell_xml(row, column, value, like.style if like else "0")
    restored = any(isinstance(value, Formula) for value in changed.values())
    sheet.formulas_gone |= restored  # the order in which formulas are worked out does not know them
    grown = [at for at, value in changed.items() if value not in (None, "")]
    for row, column in grown:
        sheet.xml.grow_dimension(Area(row, column, row, column))
    sheet.note_headers(changed)
    for table, end in ending:
        table.end_at(end.bottom, end.totals, {c: v for (r, c), v in changed.items() if r == end.bottom and isinstance(v, Formula)})
    sheet.put([(row, sheet.xml.merge_cells(row, new)) for row, new in by_row.items()])
    if restored:
        book.flush(formulas=True)
    return len(changed)


def _differs(sheet: OpenSheet, cell: Cell | None, value: WriteCell) -> bool:
    """A formula without a result looks blank and is taken away all the same."""
    blank = value is None or value == ""
    return not sheet.same(cell, value) or (blank and cell is not None and is_formula(cell.content))


def is_formula(content: bytes) -> bool:
    """Does a cell's content hold a formula?"""
    return _FORMULA.search(content) is not None


def any_formula(sheet: bytes) -> bool:
    """Does a sheet hold a formula? Its end tag is looked for: finding bytes is far quicker than a pattern."""
    found = _PREFIX.search(sheet)
    return b"</" + (found.group(1) or b"" if found else b"") + b"f>" in sheet
