"""Delimited text as banks and colleagues export it: encodings, delimiters, preambles; every cell stays the text that it is."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Final

import numpy as np

from macros_py.hosts.host import Grid, HostError
from macros_py.hosts.references import MAX_COLUMN, MAX_ROW

_DELIMITERS: Final = ",\t;|"
_SAMPLE_LINES: Final = 200
_HEAD: Final = 4096
_FIELD_LIMIT: Final = 1 << 27
_RUNAWAY: Final = 30  # a quoted cell with more line breaks than this came from a quote that nobody closed
_HIGH: Final = re.compile(rb"[\x80-\xff]+")
_AS_TEXT: Final = re.compile(r'="((?:[^"]|"")*)"')
_DECLARED: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_text(data: bytes, sheet: str) -> Grid:
    """One sheet of text cells, blank where the text is empty; ="00123" (text as Excel exports it) is 00123.

    HostError: "corrupt" (no encoding fits), "too-large" (more rows or columns than a sheet has).
    """
    text = decoded(data).rstrip("\x1a")
    declared = _DECLARED.match(text)
    delimiter = declared.group(1) if declared else delimiter_of(text)
    rows = _rows(text[declared.end() :] if declared else text, delimiter)
    width = max(map(len, rows), default=0)
    if len(rows) > MAX_ROW or width > MAX_COLUMN:
        raise HostError("too-large")
    cells = np.full((len(rows), width), None, object)
    known: dict[str, str] = {}
    for i, row in enumerate(rows):
        cells[i, : len(row)] = [known.setdefault(t, t) for t in row]
        if len(known) > 50_000:
            known.clear()
    cells[cells == ""] = None
    if '="' in text:
        _unwrap(cells)
    full = np.argwhere(cells != np.array(None))
    rows_used, columns_used = (full.max(axis=0) + 1).tolist() if len(full) else (0, 0)
    return Grid(sheet, cells[:rows_used, :columns_used])


def decoded(data: bytes) -> str:
    """The text: UTF-8, UTF-16 (marked or not), GB18030, Western Windows, in this order of belief. HostError("corrupt") when none fits."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data[: len(data) // 2 * 2].decode("utf-16", "replace")
    head = data[:_HEAD]
    if head.count(b"\0") * 5 > len(head):  # half of UTF-16's ASCII is zeros: the first half where the high byte comes first
        high_first = head[::2].count(b"\0") > head[1::2].count(b"\0")
        return data[: len(data) // 2 * 2].decode("utf-16-be" if high_first else "utf-16-le", "replace")
    encodings = ("utf-8-sig", "cp1252") if _looks_western(data) else ("utf-8-sig", "gb18030")
    for cut in range(4):  # an export that was cut off may end inside a character
        for encoding in encodings:
            try:
                return data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    raise HostError("corrupt")


def _looks_western(data: bytes) -> bool:
    """Single accented letters between ASCII; Chinese text has pairs of high bytes."""
    lengths = Counter(len(run) == 1 for run in _HIGH.findall(data[: 1 << 20]))
    return lengths[True] > 2 * lengths[False]


def delimiter_of(text: str) -> str:
    """The delimiter that cuts the most lines into the same number of cells; preamble lines and commas within amounts do not mislead it."""
    lines = text[: 1 << 18].splitlines(keepends=True)[:_SAMPLE_LINES]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > most:
            best, most = delimiter, score
    return best


def _rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if text.count('"') % 2 and any(cell.count("\n") > _RUNAWAY for row in rows for cell in row):
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    return rows


def _unwrap(cells: np.ndarray[tuple[int, int], np.dtype[np.object_]]) -> None:
    for at in np.argwhere(cells != np.array(None)).tolist():
        text = cells[at[0], at[1]]
        found = _AS_TEXT.fullmatch(text) if text[:2] == '="' else None
        if found:
            cells[at[0], at[1]] = found.group(1).replace('""', '"') or None
