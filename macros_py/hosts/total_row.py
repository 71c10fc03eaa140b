"""The total row under a log: rows are appended above it, and its sums reach over them.

Moved is only what can be moved without harm: a row of words and formulas to which nothing else refers. A total that was typed as a
number would be wrong from then on, so it is refused (HostError "total-row"), and the person is told to make it a formula.
"""

from __future__ import annotations

import re
from typing import Final

from macros_py.hosts.cell_xml import escaped
from macros_py.hosts.host import HostError
from macros_py.hosts.patch import OpenSheet, is_formula
from macros_py.hosts.references import cell_name
from macros_py.hosts.shared_formulas import formula_at
from macros_py.hosts.sheet_rows import Cell

_TOTALS: Final = ("合计", "总计", "小计", "共计", "total", "subtotal", "grandtotal", "sum")
_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9_!'.$])(\$?[A-Za-z]{1,3}\$?)(\d+)(?::(\$?[A-Za-z]{1,3}\$?)(\d+))?(?![A-Za-z0-9_(!.])")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?=[\s/>])[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.DOTALL)
_NUMBER: Final = re.compile(rb"""(\br\s*=\s*["'])(?:[A-Za-z]{1,3})?[0-9]+(["'])""")


def is_total(sheet: OpenSheet, row: int) -> bool:
    """Whether the first word of a row says that it is a total."""
    first = next((c for c in sheet.xml.cells(sheet.xml.row_bytes(row)) if c.filled), None)
    words = str(sheet.value(row, first.column) or "") if first else ""
    return re.sub(r"[\s：:]", "", words).casefold() in _TOTALS


def moved(sheet: OpenSheet, row: int, last: int, by: int) -> bytes:
    """The bytes of the total row `by` rows further down. last: the last row of the log above it, so that sums that end between the two
    take the new rows in. HostError("total-row") where it cannot be moved without harm."""
    xml = sheet.xml.row_bytes(row)
    _refuse_what_would_break(sheet, row)
    tag = _NUMBER.sub(rb"\g<1>%d\g<2>" % (row + by), xml[: xml.index(b">") + 1].replace(b"/>", b">"), count=1)
    cells = [_cell(sheet, xml[c.start : c.end], c, row, last, by) for c in sheet.xml.cells(xml)]
    return tag + b"".join(cells) + b"</" + sheet.xml.prefix + b"row>"


def _cell(sheet: OpenSheet, xml: bytes, cell: Cell, row: int, last: int, by: int) -> bytes:
    at, p = cell_name(row + by, cell.column), sheet.writer.prefix
    if not is_formula(cell.content):
        return _NUMBER.sub(rb"\g<1>" + at.encode() + rb"\g<2>", xml, count=1)
    formula = formula_at(sheet.xml, row, cell.column)
    if formula is None:
        raise HostError("total-row", sheet=sheet.name, row=row)
    text = grown(formula, row, last, by)
    if text is None or sheet.name in formula:
        raise HostError("total-row", sheet=sheet.name, row=row)
    sheet.formulas_gone = True  # it stands in another cell now
    style = f' s="{cell.style}"' if cell.style != "0" else ""
    return f'<{p}c r="{at}"{style}><{p}f>{escaped(text)}</{p}f></{p}c>'.encode()


def grown(formula: str, row: int, last: int, by: int) -> str | None:
    """A formula of the total row after `by` rows were put in below row `last`; None for one that names rows of the log one by one."""
    lost = False

    def new(found: re.Match[str]) -> str:
        nonlocal lost
        column, top, to, bottom = found[1], int(found[2]), found[3], found[4]
        if to is None:
            lost |= top < row and top > 1
            return f"{column}{top + by}" if top >= row else found[0]
        end = int(bottom)
        return f"{column}{top}:{to}{end + by}" if end >= last else found[0]

    parts = formula.split('"')  # what stands between quotation marks is text
    out = '"'.join(part if n % 2 else _REFERENCE.sub(new, part) for n, part in enumerate(parts))
    return None if lost else out


def _refuse_what_would_break(sheet: OpenSheet, row: int) -> None:
    xml = sheet.xml.row_bytes(row)
    typed = any(
        c.filled and not is_formula(c.content) and isinstance(sheet.value(row, c.column), float | int) for c in sheet.xml.cells(xml)
    )
    if typed or any(a.top <= row <= a.bottom for a in sheet.xml.merged) or _spoken_of(sheet, row, xml):
        raise HostError("total-row", sheet=sheet.name, row=row)


def _spoken_of(sheet: OpenSheet, row: int, own: bytes) -> bool:
    """Whether a formula outside the row, here or on another sheet, or a name of the workbook, refers to the row by its number."""
    cell = rb"\$?[A-Za-z]{1,3}\$?%d(?![0-9])" % row
    here = sheet.xml.body.replace(own, b"")
    if any(m.group(1) and re.search(rb"(?<![A-Za-z0-9_!'.])" + cell, m.group(1)) for m in _FORMULA.finditer(here)):
        return True
    sheet_name = re.escape(escaped(sheet.name).encode()) + rb"(?:'|&apos;)?!"
    elsewhere = re.compile(sheet_name + rb"(?:\$?[A-Za-z]{1,3}\$?[0-9]+:)?" + cell)
    package = sheet.book.package
    if re.search(sheet_name + cell, package.read(package.workbook)):  # a name that begins there; one that ends there grows
        return True
    parts = [s.part for s in package.sheets() if s.part != sheet.part and s.kind == "worksheet"]
    return any(elsewhere.search(package.read(part)) for part in parts)
