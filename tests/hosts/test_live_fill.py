"""What of a fill an open workbook shows already is left out; never anything that differs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from macros_py.hosts.host import UNCACHED, BlockFill, CellError, ColumnFill, Grid
from macros_py.hosts.live_fill import unlike


def grid(*rows: list[Any], merged: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    cells = np.empty((len(rows), len(rows[0])), object)
    cells[:] = rows
    return Grid("台账", cells, merged=merged)


def block(keys: list[str], **columns: list[Any]) -> BlockFill:
    return BlockFill("台账", 1, 1, range(2, 2 + len(keys)), keys, [ColumnFill(h, v) for h, v in columns.items()])


STANDS = grid(["编号", "分", "层", "日"], ["A1", 1.5, "高", dt.date(2026, 3, 1)], ["A2", 2, None, None], ["A3", 3, "低", None])


def test_what_stands_already_leaves_nothing_to_fill() -> None:
    same = block(["A1", "a 2", "A3"], 分=[Decimal("1.5"), 2, Decimal(3)], 层=["高", "", "低"], 日=[dt.date(2026, 3, 1), None, None])
    assert unlike(same, STANDS).columns == ()


def test_only_rows_and_columns_with_a_difference_are_left() -> None:
    left = unlike(block(["A1", "A2", "A3"], 分=[1.5, 2, 4], 层=["高", None, "低"], 新=[None, "x", None]), STANDS)
    assert [c.header for c in left.columns] == ["分", "新"]
    assert list(left.rows) == [2, 3, 4]
    left = unlike(block(["A1", "A2", "A3"], 分=[1.5, 2, 4], 层=["中", None, "低"]), STANDS)
    assert (list(left.rows), list(left.keys)) == ([2, 4], ["A1", "A3"])
    assert [(c.header, list(c.values)) for c in left.columns] == [("分", [1.5, 4]), ("层", ["中", "低"])]


@pytest.mark.parametrize(
    ("held", "wanted"),
    [(True, 1), (1, True), (CellError("#N/A"), "#N/A"), (UNCACHED, None), (dt.datetime(2026, 3, 1, 9), dt.date(2026, 3, 1))],
)
def test_what_only_looks_the_same_is_compared_by_the_fill_itself(held: Any, wanted: Any) -> None:
    assert [c.values for c in unlike(block(["A1"], 分=[wanted]), grid(["编号", "分"], ["A1", held])).columns] == [[wanted]]


def test_rows_that_moved_and_merged_headers_are_left_to_the_fill() -> None:
    moved = block(["A1", "A3", "A2"], 分=[1.5, 2, 3])
    assert unlike(moved, STANDS) is moved
    below = block(["A1", "A2", "A3", "A4"], 分=[1.5, 2, 3, 4])
    assert unlike(below, STANDS) is below
    standing = block(["A1"], 分=[1.5])
    assert unlike(standing, grid(["编号", "分"], ["A1", 1.5], merged=((1, 2, 1, 3),))) is standing
