"""Read the cells of any valid sheet XML with a parser: other encodings, cells and rows without numbers, comments, CDATA."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from lxml import etree

from macros_py.hosts.cell_scan import Cells
from macros_py.hosts.cell_values import Stored, as_stored
from macros_py.hosts.host import HostError, RawCell
from macros_py.hosts.references import Area, area
from macros_py.hosts.xml_text import PieceReader, element_runs


def walk(parts: Iterator[bytes], stored: Stored) -> tuple[Cells, list[Area]]:
    """The cells and merged ranges of a whole worksheet part. HostError("corrupt") when it is not XML."""
    rows: list[int] = []
    columns: list[int] = []
    values: list[RawCell] = []
    hidden: list[int] = []
    merged: list[Area] = []
    row = 0
    try:
        for element in _elements(parts):
            if str(element.tag).endswith("}row") or element.tag == "row":
                row = _number(element.get("r"), row + 1)
                if (element.get("hidden") or "").lower() in ("1", "true"):
                    hidden.append(row)
                for at, column, value in _cells(element, row, stored):
                    rows.append(at)
                    columns.append(column)
                    values.append(value)
            elif found := area(element.get("ref") or ""):
                merged.append(found)
    except etree.XMLSyntaxError as error:
        raise HostError("corrupt") from error
    held = np.empty(len(values), object)
    held[:] = values
    return Cells(np.array(rows, np.int32), np.array(columns, np.int32), held, hidden), merged


def _elements(parts: Iterator[bytes]) -> Iterator[etree._Element]:
    source = PieceReader(parts)
    for _, element in etree.iterparse(
        source, events=("end",), tag=("{*}row", "{*}mergeCell"), resolve_entities=False, no_network=True, huge_tree=True
    ):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default


def _cells(row: etree._Element, number: int, stored: Stored) -> Iterator[tuple[int, int, RawCell]]:
    column = 0
    for cell in row.iterchildren("{*}c"):
        at, column = number, column + 1
        place = area(cell.get("r") or "")
        if place:
            at, column = place[0], place[1]
        value = _value(cell, stored)
        if value is not None:
            yield at, column, value


def _value(cell: etree._Element, stored: Stored) -> RawCell:
    kind = cell.get("t") or "n"
    text: str | None = None
    formula = False
    for child in cell.iterchildren("{*}v", "{*}f", "{*}is"):
        name = str(child.tag).rsplit("}", 1)[-1]
        if name == "f":
            formula = True
        elif name == "is":
            text, kind = element_runs(child), "inlineStr"
        else:
            text = as_stored("".join(str(t) for t in child.itertext(with_tail=False)), kind)
    style = cell.get("s") or "0"
    return stored.value(kind, text, int(style) if style.isdecimal() else 0, formula)
