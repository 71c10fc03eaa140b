"""Which case a person means who presses a button: that of the row that is selected, in the ledger, a log, a register or a plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import xlwings as xw

from macros_py.domain import columns as c
from macros_py.domain.line_keys import CASE, DATED
from macros_py.domain.proposal_sheet import title
from macros_py.hosts.host import Grid, key_text, shown_number
from macros_py.hosts.live_calls import calls_for
from macros_py.hosts.looks import look_of
from macros_py.sheets import memory, read
from macros_py.sheets.aliases import Aliases
from macros_py.sheets.drawn import is_drawn
from macros_py.sheets.headers import SEARCHED_ROWS, Heading, find_header
from macros_py.sheets.identifiers import ids
from macros_py.sheets.recognise import NOT_TABLES, by_title, fits
from macros_py.sheets.rows import is_total
from macros_py.sheets.tables import CASES, PROPOSAL_PREFIX, SETTINGS, Sheet

_KEY_CELLS: Final = 3  # the first columns of a drawn sheet, one of which bears the row's key
_HEADERS: Final = frozenset({c.CASE_ID.zh, c.CASE_ID.en})


@dataclass(frozen=True)
class _Ledger:
    """The numbers in one sheet of cases, as texts, row by row."""

    cases: tuple[str, ...]
    customers: tuple[str, ...]


def selected_case(book: xw.Book) -> str:
    """The case number of the selected row, in the ledger's spelling; "" where the selection tells no single case of the ledger."""
    try:
        return _case(book) if calls_for(book).ready(book) else ""
    except Exception:  # noqa: BLE001 - a form that is not filled in is still a form, whatever the application says
        return ""


def _case(book: xw.Book) -> str:
    selection = book.app.selection
    if selection is None or selection.shape[0] != 1 or selection.sheet.book.name != book.name:
        return ""
    sheet, row = selection.sheet, selection.row
    aliases = Aliases(_confirmed(book))
    if is_drawn(_grid(sheet)):
        return _of_drawn(sheet, row, list(_ledgers(book, aliases)))
    said = _of_table(sheet, row, aliases)
    return _only(case for ledger in _ledgers(book, aliases) for case in ledger.cases if case == said) if said else ""


def _of_table(sheet: xw.Sheet, row: int, aliases: Aliases) -> str:
    """The case number in a row below the header of a table."""
    found = _columns(sheet, by_title(sheet.name) or CASES, aliases)
    if found is None or row <= found[0] or c.CASE_ID.name not in found[1]:
        return ""
    said = _texts(sheet, row, row, found[1][c.CASE_ID.name])[0]
    return "" if is_total(said) else said


def _of_drawn(sheet: xw.Sheet, row: int, ledgers: list[_Ledger]) -> str:
    """The case of a proposal's own sheet; of a line of a plan, whose key names a case or a customer; of a row under our header."""
    cases = [case for ledger in ledgers for case in ledger.cases if case]
    if sheet.name.startswith(PROPOSAL_PREFIX):
        return _only(case for case in cases if title(case) == sheet.name)
    first, last = max(row - SEARCHED_ROWS, 1), _end(sheet)
    if row > last[0]:
        return ""
    above = sheet.range((first, 1), (row, last[1])).options(ndim=2).value
    key = next((found[1] for v in above[-1][:_KEY_CELLS] if (found := DATED.fullmatch(str(v)))), "")
    if key:
        return _only(_of_key(key, ledgers))
    place = next((j for cells in reversed(above[:-1]) for j, v in enumerate(cells) if v in _HEADERS), None)
    said = _texts(sheet, row, row, place)[0] if place is not None else ""
    return _only(case for case in cases if case == said)


def _of_key(key: str, ledgers: list[_Ledger]) -> Iterator[str]:
    """The cases that the key of a line names: one, or every one of a customer."""
    for ledger in ledgers:
        if key.startswith(CASE):
            yield from (case for case in ledger.cases if case == key.removeprefix(CASE))
        else:
            pairs = zip(ledger.cases, ledger.customers, strict=True)
            yield from (case for case, who in pairs if case and key_text(key) in (key_text(who), key_text(case)))


def _only(cases: Iterator[str]) -> str:
    """The one case among these; "" for none and for several."""
    found = set(cases)
    return found.pop() if len(found) == 1 else ""


def _ledgers(book: xw.Book, aliases: Aliases) -> Iterator[_Ledger]:
    """The sheets that read as tables of cases."""
    for sheet in book.sheets:
        if by_title(sheet.name) not in (CASES, None) or sheet.name in NOT_TABLES or is_drawn(_grid(sheet)):
            continue
        found = _columns(sheet, CASES, aliases)
        if found is None or c.CASE_ID.name not in found[1] or not (by_title(sheet.name) or fits(CASES, set(found[1]))):
            continue
        first, last = found[0] + 1, _end(sheet)[0]
        if last >= first:
            cases = _texts(sheet, first, last, found[1][c.CASE_ID.name])
            who = _texts(sheet, first, last, found[1][c.CUSTOMER_ID.name]) if c.CUSTOMER_ID.name in found[1] else ("",) * len(cases)
            yield _Ledger(cases, who)


def _columns(sheet: xw.Sheet, declared: Sheet, aliases: Aliases) -> tuple[int, dict[str, int]] | None:
    """The last row of the header, and our columns' places in it; of two headers for one column the closer one."""
    grid = _grid(sheet)
    header = find_header(grid, declared, aliases)
    if header is None:
        return None
    places: dict[str, tuple[int, int]] = {}
    for heading in header.headings:
        name, rank = _named(heading, declared, aliases)
        if name and rank < places.get(name, (rank + 1, 0))[0]:
            places[name] = rank, heading.place
    return header.last + 1, {name: place for name, (_, place) in places.items()}


def _named(heading: Heading, declared: Sheet, aliases: Aliases) -> tuple[str, int]:
    said = aliases.said(heading.forms)
    if said is not None:
        return said, -1
    found = aliases.column(declared, heading.forms)
    return (found[0].name, found[1]) if found else ("", 0)


def _confirmed(book: xw.Book) -> dict[str, str]:
    """Headers that people confirmed, as the sheet 设置 remembers them."""
    sheet = next((s for s in book.sheets if by_title(s.name) is SETTINGS), None)
    return memory.remembered(read.understand([_grid(sheet, _end(sheet)[0])]).settings) if sheet is not None else {}


def _grid(sheet: xw.Sheet, most: int = SEARCHED_ROWS) -> Grid:
    """The first rows as they are read of a file, but for merged cells and days."""
    bottom, right = _end(sheet)
    rows = sheet.range((1, 1), (min(bottom, most), right)).options(ndim=2).value
    cells = np.empty((len(rows), right), dtype=object)
    cells[:] = rows
    return Grid(sheet.name, cells)


def _end(sheet: xw.Sheet) -> tuple[int, int]:
    used = sheet.used_range
    return used.row + used.shape[0] - 1, used.column + used.shape[1] - 1


def _texts(sheet: xw.Sheet, first: int, last: int, place: int) -> tuple[str, ...]:
    """Numbers of one column as people see them: 00001235 where the format shows the zeros."""
    cells = sheet.range((first, place + 1), (last, place + 1))
    values: list[Any] = [row[0] for row in cells.options(ndim=2).value]
    look = look_of(cells.number_format or "General")
    if look is not None:
        values = [shown_number(v, look) if isinstance(v, (int, float)) and not isinstance(v, bool) else v for v in values]
    held: npt.NDArray[np.object_] = np.fromiter(values, dtype=object, count=len(values))
    return tuple(ids(held)[0].tolist())
