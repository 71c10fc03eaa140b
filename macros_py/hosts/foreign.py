"""Files that are read but never written: .csv, .xls, .ods, and what calls itself .xls. Their result is a new .xlsx beside them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from macros_py.hosts.host import Grid, HostError
from macros_py.hosts.legacy import read_legacy
from macros_py.hosts.markup_tables import read_html, read_xml2003
from macros_py.hosts.open_document import read_open_document
from macros_py.hosts.sniffing import Format, sniffed
from macros_py.hosts.text_files import read_text

FORMATS: Final = frozenset({Format.TEXT, Format.XLS, Format.ODS, Format.HTML, Format.XML2003})
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TITLE_LENGTH: Final = 31


def is_foreign(path: Path) -> bool:
    """Is it a table that we read but never write, whatever its name says? False for a workbook, and for what is no table at all."""
    return sniffed(path.read_bytes()) in FORMATS


def read_foreign(path: Path) -> list[Grid]:
    """The sheets of a .csv, .xls, .ods, of HTML or Excel 2003 XML that calls itself .xls; told by content, not by name.

    Text files: every cell is text, exactly as written. HostError: a code of REFUSALS, with the file's name.
    """
    try:
        return list(_titled(_read(path.read_bytes(), path.stem)))
    except HostError as error:
        error.values.setdefault("file", path.name)
        raise


def _read(data: bytes, name: str) -> list[Grid]:
    kind = sniffed(data)
    if kind is Format.TEXT:
        return [read_text(data, name)]
    if kind is Format.XLS:
        return read_legacy(data)
    if kind is Format.ODS:
        return read_open_document(data)
    if kind is Format.HTML:
        return read_html(data, name)
    if kind is Format.XML2003:
        return read_xml2003(data)
    raise HostError("encrypted" if kind is Format.ENCRYPTED else "not-workbook")


def to_xlsx(path: Path) -> bytes:
    """A new .xlsx with the same sheets and cells: text stays text, dates are dates. HostError as read_foreign, and "text-too-long"."""
    grids = read_foreign(path)
    try:
        from macros_py.hosts.building import built  # most workbooks need no new file

        return built(grids)
    except HostError as error:
        error.values.setdefault("file", path.name)
        raise


def _titled(grids: Sequence[Grid]) -> Iterator[Grid]:
    """The grids under names that Excel takes: nothing forbidden, at most 31 characters, no two alike."""
    taken: set[str] = set()
    for grid in grids:
        base = _FORBIDDEN.sub("", grid.sheet).strip("'")[:_TITLE_LENGTH].strip() or "Sheet1"
        name, number = base, 2
        while name.casefold() in taken:
            name, number = f"{base[: _TITLE_LENGTH - 4]} ({number})", number + 1
        taken.add(name.casefold())
        yield dataclasses.replace(grid, sheet=name)
