"""Tables of an open workbook reach as far to the right as they do in its copy: columns of ours that were added come in, columns whose
header is taken back leave. A column beside its table would stay behind when the table is sorted.
"""

from __future__ import annotations

from collections.abc import Iterator

import xlwings as xw

from macros_py.hosts import live_totals
from macros_py.hosts.host import Grid, TablePlace
from macros_py.hosts.live_calls import Calls


def turned(before: Grid, after: Grid) -> Iterator[tuple[TablePlace, TablePlace]]:
    """The tables whose right end differs, as they were and as they are to be. Not a table with a total row and something under it: an
    application may move that when the total row goes and comes."""
    known = {table[:2]: table for table in before.tables}
    for to in after.tables:
        was = known.get(to[:2])
        if was is not None and was.right != to.right and not (was.totals and live_totals.stands_below(before, was)):
            yield was, to


def narrow(calls: Calls, sheet: xw.Sheet, before: Grid, after: Grid) -> None:
    """Before headers are emptied: a table gives a name of its own to a blank one."""
    for was, to in turned(before, after):
        if to.right < was.right:
            _fit(calls, sheet, to)


def widen(calls: Calls, sheet: xw.Sheet, before: Grid, after: Grid) -> None:
    """After the new headers were written, from which the table names its columns."""
    for was, to in turned(before, after):
        if to.right > was.right:
            _fit(calls, sheet, to)


def _fit(calls: Calls, sheet: xw.Sheet, to: TablePlace) -> None:
    table = live_totals.table_at(sheet, to.top, to.left)
    if table is None or to.right == to.left + table.range.shape[1] - 1:
        return
    last = to.top + table.range.shape[0] - 1
    with live_totals.without_total(calls, sheet, table) as shown:
        table.resize(sheet.range((to.top, to.left), (last - shown, to.right)))
