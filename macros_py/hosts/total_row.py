"""The total row under a log: rows are appended above it, and its sums reach over them.

Moved is only what can be moved without harm: a row of words and formulas to which nothing else refers by its place. A total that was
typed as a number would be wrong from then on, so it is refused (HostError "total-row", for a table's own "table-total-row"), and the
person is told what to do. A table's total row moves within the table's columns; what stands beside the table stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from macros_py.hosts.cell_xml import escaped
from macros_py.hosts.host import HostError
from macros_py.hosts.patch import OpenSheet, is_formula
from macros_py.hosts.references import MAX_COLUMN, Area, area, areas, cell_name, column_number
from macros_py.hosts.shared_formulas import formula_at
from macros_py.hosts.sheet_rows import Cell
from macros_py.hosts.table_xml import Table

_TOTALS: Final = ("合计", "总计", "小计", "共计", "total", "subtotal", "grandtotal", "sum")
_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9_!'.$])(\$?[A-Za-z]{1,3}\$?)(\d+)(?::(\$?[A-Za-z]{1,3}\$?)(\d+))?(?![A-Za-z0-9_(!.])")
_NOT_CELLS: Final = re.compile(r"""("[^"]*"|'[^']*'|\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\])""")
_RANGE: Final = rb"(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(?::(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}))?(?![A-Za-z0-9_(])"
_HERE: Final = re.compile(rb"(?<![A-Za-z0-9_!'.$])" + _RANGE)
_CONDITIONS: Final = ("{*}formula", "{*}formula1", "{*}formula2", "{*}f")  # of conditional formats and validation
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?=[\s/>])[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_NUMBER: Final = re.compile(rb"""(\br\s*=\s*["'])(?:[A-Za-z]{1,3})?[0-9]+(["'])""")


def is_total(sheet: OpenSheet, row: int) -> bool:
    """Whether the first word of a row says that it is a total."""
    first = next((c for c in sheet.xml.cells(sheet.xml.row_bytes(row)) if c.filled), None)
    words = str(sheet.value(row, first.column) or "") if first else ""
    return re.sub(r"[\s：:]", "", words).casefold() in _TOTALS


@dataclass(frozen=True)
class Foot:
    """A total row about to move. row: where it is; log: the rows of the log above it, header included; by: how many rows down."""

    row: int
    log: range
    by: int
    table: Table | None = None

    @property
    def columns(self) -> range:
        """What moves of the row: a table's own cells, else all."""
        return range(self.table.area.left, self.table.area.right + 1) if self.table else range(1, MAX_COLUMN + 1)

    def refused(self, sheet: str) -> HostError:
        return HostError("table-total-row" if self.table else "total-row", sheet=sheet, row=self.row)


def take_out(sheet: OpenSheet, foot: Foot) -> tuple[int, bytes]:
    """The total row's new number and bytes; its old place is free afterwards. Sums that end at the end of the log, or between it and the
    total, take the new rows in. HostError("total-row", "table-total-row") where it cannot be moved without harm."""
    old, target = sheet.xml.row_bytes(foot.row), foot.row + foot.by
    _refuse_what_would_break(sheet, foot, old)
    cells = sheet.xml.cells(old)
    beside = [old[c.start : c.end] for c in cells if c.column not in foot.columns]
    new = {c.column: _cell(sheet, old[c.start : c.end], c, foot) for c in cells if c.column in foot.columns}
    head, end = old[: old.index(b">") + 1].replace(b"/>", b">"), b"</" + sheet.xml.prefix + b"row>"
    if foot.table and new and (beside or sheet.xml.row_bytes(target)):
        made = sheet.xml.merge_cells(target, new)
    else:
        made = _NUMBER.sub(rb"\g<1>%d\g<2>" % target, head, count=1) + b"".join(new.values()) + end
    start, stop = sheet.xml.find_row(foot.row) or (0, 0)
    rest = head + b"".join(beside) + end if beside else b""
    sheet.xml.replace_body(sheet.xml.body[:start] + rest + sheet.xml.body[stop:])
    return target, made


def _cell(sheet: OpenSheet, xml: bytes, cell: Cell, foot: Foot) -> bytes:
    at, p = cell_name(foot.row + foot.by, cell.column), sheet.writer.prefix
    if not is_formula(cell.content):
        return _NUMBER.sub(rb"\g<1>" + at.encode() + rb"\g<2>", xml, count=1)
    formula = formula_at(sheet.xml, foot.row, cell.column)
    text = None if formula is None or _names(formula, sheet.name) else grown(formula, foot)
    if text is None:
        raise foot.refused(sheet.name)
    sheet.formulas_gone = True  # it stands in another cell now
    style = f' s="{cell.style}"' if cell.style != "0" else ""
    return f'<{p}c r="{at}"{style}><{p}f>{escaped(text)}</{p}f></{p}c>'.encode()


def _names(formula: str, sheet: str) -> bool:
    """Whether a formula refers to a sheet by its name."""
    return f"{sheet}!" in formula or f"{sheet}'!" in formula.replace("''", "'")


def grown(formula: str, foot: Foot) -> str | None:
    """A formula of the total row at its new place; None for one that names rows of the log one by one. Table[Column] stays."""
    lost = False

    def new(found: re.Match[str]) -> str:
        nonlocal lost
        first, top, last, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
        if not all(column_number(name.replace("$", "")) in foot.columns for name in (first, last)):
            return found[0]
        lost |= found[3] is None and foot.log.start < top < foot.row
        top += foot.by if top == foot.row else 0
        bottom += foot.by if bottom >= foot.log[-1] and (found[3] or bottom == foot.row) else 0
        return f"{first}{top}:{last}{bottom}" if found[3] else f"{first}{top}"

    parts = _NOT_CELLS.split(formula)  # every second one is a text, a sheet's name or a table's column
    out = "".join(part if n % 2 else _REFERENCE.sub(new, part) for n, part in enumerate(parts))
    return None if lost else out


def grow_formulas(sheet: OpenSheet, foot: Foot) -> None:
    """What a table's definition says of its own totals follows the cells."""
    for formula in foot.table.total_formulas() if foot.table else ():
        text = None if formula.get("array") in ("1", "true") else grown(formula.text or "", foot)
        if text is None:
            raise foot.refused(sheet.name)
        formula.text = text


def _refuse_what_would_break(sheet: OpenSheet, foot: Foot, own: bytes) -> None:
    cells = [c for c in sheet.xml.cells(own) if c.column in foot.columns and c.filled]
    typed = any(not is_formula(c.content) and isinstance(sheet.value(foot.row, c.column), float | int) for c in cells)
    strip = Area(foot.row, foot.columns[0], foot.row, foot.columns[-1])
    if typed or any(a.meets(strip) for a in (*sheet.xml.merged, *_marked(sheet))) or _spoken_of(sheet, strip, own):
        raise foot.refused(sheet.name)


def _marked(sheet: OpenSheet) -> Iterator[Area]:
    """Cells with a link or a note, which would stay behind."""
    links = sheet.xml.element("hyperlinks")
    notes = sheet.book.package.related(sheet.part, "comments")
    refs = [] if links is None else [e.get("ref") or "" for e in links]
    refs += [e.get("ref") or "" for e in sheet.book.package.xml(notes).iter("{*}comment")] if notes else []
    yield from areas(" ".join(refs))


def _spoken_of(sheet: OpenSheet, strip: Area, own: bytes) -> bool:
    """Whether a formula outside the row, here or on another sheet, a chart or a name of the workbook refers to these cells by their place."""
    here = sheet.xml.body.replace(own, b"")
    number = b"%d" % strip.top
    formulas = [m.group(1) for m in _FORMULA.finditer(here) if m.group(1) and number in m.group(1)]
    formulas += [e.text.encode() for e in sheet.xml.frame.iter(*_CONDITIONS) if e.text]
    if any(_refers(formula, strip, _HERE) for formula in formulas):
        return True
    package, name = sheet.book.package, re.escape(escaped(sheet.name).encode())
    elsewhere = re.compile(name + rb"(?:'|&apos;)?!" + _RANGE)
    if _refers(package.read(package.workbook), strip, elsewhere, ends=False):  # a name that begins there; one that ends there grows
        return True
    parts = [s.part for s in package.sheets() if s.part != sheet.part and s.kind == "worksheet"]
    charts = [part for part in package.parts() if "/charts/" in part and part.endswith(".xml")]
    return any(_refers(package.read(part), strip, elsewhere) for part in (*parts, *charts)) or _refers(here, strip, elsewhere)


def _refers(xml: bytes, strip: Area, pattern: re.Pattern[bytes], ends: bool = True) -> bool:
    """Whether a reference begins (or ends) in the row, across its columns."""
    for m in pattern.finditer(xml):
        box = area(m.group(1).decode() + (f":{m.group(2).decode()}" if m.group(2) else ""))
        if box and (box.top == strip.top or (ends and box.bottom == strip.top)) and box.meets(strip):
            return True
    return False
