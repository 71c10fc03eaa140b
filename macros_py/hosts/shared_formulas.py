"""Formulas that several cells share, and arrays: found, and written out cell by cell where the cell that holds the text goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from macros_py.hosts.cell_xml import escaped
from macros_py.hosts.host import HostError
from macros_py.hosts.references import Area, area, cell_name
from macros_py.hosts.sheet_rows import SheetRows

_SHARED: Final = re.compile(rb"""\bt\s*=\s*["']shared["']""")
_GROUP: Final = re.compile(rb"""\bsi\s*=\s*["']([0-9]+)["']""")
_RANGE: Final = re.compile(rb"""\bref\s*=\s*["']([A-Z0-9:$]+)["']""")
_OWNER: Final = re.compile(rb"""\br\s*=\s*["']([A-Z]+[0-9]+)["']""")
_ARRAY: Final = re.compile(rb"""<(?:\w+:)?f\b[^>]*\bt\s*=\s*["'](?:array|dataTable)["'][^>]*>""")


def array_ranges(xml: SheetRows) -> list[Area]:
    """The ranges of array formulas and data tables."""
    if b"array" not in xml.body and b"dataTable" not in xml.body:
        return []
    found = (_RANGE.search(m.group()) for m in _ARRAY.finditer(xml.body))
    return [box for m in found if m and (box := area(m.group(1).decode()))]


def _formula_cells(xml: SheetRows) -> Iterator[re.Match[bytes]]:
    """Cells that begin with a formula: 1 cell attributes, 2 formula attributes, 3 formula text."""
    p = xml.prefix
    pattern = rb"<" + p + rb"c(?=\s)([^>]*[^/>])>\s*<" + p + rb"f(?=[\s/>])([^>]*?)(?:/>|>(.*?)</" + p + rb"f>)"
    return re.finditer(pattern, xml.body, re.DOTALL)


def places(xml: SheetRows) -> set[tuple[int, int]]:
    """(row, column) of the cells that hold a formula."""
    owners = (_OWNER.search(m.group(1)) for m in _formula_cells(xml))
    boxes = (area(owner.group(1).decode()) for owner in owners if owner)
    return {(box.top, box.left) for box in boxes if box}


def masters(xml: SheetRows) -> list[tuple[tuple[int, int], bytes]]:
    """Where the text of each shared formula stands: (row, column) and the group."""
    if b"shared" not in xml.body:
        return []
    found = []
    for m in _formula_cells(xml):
        group, owner = _GROUP.search(m.group(2)), _OWNER.search(m.group(1))
        if group and owner and _SHARED.search(m.group(2)) and m.group(3):
            box = area(owner.group(1).decode())
            assert box is not None
            found.append(((box.top, box.left), group.group(1)))
    return found


def translated(formula: str, origin: str, to: str) -> str:
    """A formula moved from one cell to another, its relative references with it."""
    from openpyxl.formula.translate import Translator  # type: ignore[import-untyped]  # loaded only where it is needed: 0.2 s

    return str(Translator("=" + formula, origin=origin).translate_formula(to))[1:]


def unshared(xml: SheetRows, groups: set[bytes]) -> bytes:
    """The rows with every formula of these groups written out in its own cell; results stay."""
    texts: dict[bytes, tuple[str, str]] = {}
    out: list[bytes] = []
    done, p = 0, xml.prefix
    for m in _formula_cells(xml):
        group, owner = _GROUP.search(m.group(2)), _OWNER.search(m.group(1))
        if not group or group.group(1) not in groups or not _SHARED.search(m.group(2)):
            continue
        if owner is None:
            raise HostError("corrupt")
        cell = owner.group(1).decode()
        if m.group(3):
            texts[group.group(1)] = (unescape(m.group(3).decode()), cell)
        formula, origin = texts[group.group(1)]
        start = xml.body.index(b"<" + p + b"f", m.start() + 2 + len(p))
        out += (xml.body[done:start], b"<" + p + b"f>" + escaped(translated(formula, origin, cell)).encode() + b"</" + p + b"f>")
        done = m.end()
    out.append(xml.body[done:])
    return b"".join(out)


def formula_at(xml: SheetRows, row: int, column: int) -> str | None:
    """A cell's own formula as text, shared ones worked out; None where there is none or it is part of an array."""
    cell = xml.cell(row, column)
    m = re.search(rb"<(?:\w+:)?f(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:\w+:)?f>)", cell.content, re.DOTALL) if cell else None
    if m is None or b"array" in m.group(1) or b"dataTable" in m.group(1):
        return None
    if m.group(2):
        return unescape(m.group(2).decode())
    group = _GROUP.search(m.group(1))
    for other in _formula_cells(xml) if group else ():
        found, owner = _GROUP.search(other.group(2)), _OWNER.search(other.group(1))
        if found and owner and other.group(3) and group and found.group(1) == group.group(1):
            return translated(unescape(other.group(3).decode()), owner.group(1).decode(), cell_name(row, column))
    return None
