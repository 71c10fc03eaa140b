"""The inverse of a press takes back what the press wrote and nothing that a person typed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.records.undo import Conflict, inverse


@dataclass(frozen=True)
class Grid:
    cells: npt.NDArray[np.object_]
    top: int = 1
    left: int = 1


def grid(text: str) -> Grid:
    """A grid from lines of words; "." is blank."""
    rows = [[None if w == "." else w for w in line.split()] for line in text.strip().splitlines()]
    out = np.full((len(rows), max(map(len, rows))), None, dtype=object)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return Grid(out)


BEFORE = "case amount\nA 10\nB 20"
AFTER = "case amount score\nA 10 71\nB 20 44"


def test_untouched_cells_go_back() -> None:
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(AFTER)}, {"L": 1}, frozenset())
    assert out.cells == {"L": [(1, 3, None), (2, 3, None), (3, 3, None)]}
    assert out.conflicts == []


def test_a_cell_changed_by_a_person_stays_and_is_listed() -> None:
    now = "case amount score\nA 10 99\nB 25 44"
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(now)}, {"L": 1}, frozenset())
    assert out.cells == {"L": [(1, 3, None), (3, 3, None)]}
    assert out.conflicts == [Conflict("L", 2, 3)]


def test_rows_that_moved_are_followed_by_their_key() -> None:
    now = "case amount score\nZ 1 .\nB 20 44\nA 10 71"
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(now)}, {"L": 1}, frozenset())
    assert out.cells == {"L": [(1, 3, None), (4, 3, None), (3, 3, None)]}
    assert out.conflicts == []


def test_drawn_sheets_are_removed_restored_or_kept() -> None:
    before = {"old": grid("a"), "same": grid("s")}
    after = {"old": grid("b"), "new": grid("n"), "typed": grid("t"), "same": grid("s")}
    now = {"old": grid("b"), "new": grid("n"), "typed": grid("t\nmine"), "same": grid("s")}
    out = inverse(before, after, now, {}, frozenset(after))
    assert (out.remove, out.restore, out.conflicts) == (["new"], ["old"], [Conflict("typed")])


words = st.sampled_from([None, "1", "2", "3"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=8))
def test_typed_values_survive_and_the_rest_goes_back(cells: list[tuple[str | None, str | None, str | None]]) -> None:
    def column(i: int) -> Grid:
        return Grid(np.array([[row[i]] for row in cells], dtype=object))

    before, after, now = column(0), column(1), column(2)
    out = inverse({"S": before}, {"S": after}, {"S": now}, {}, frozenset())
    result = [row[2] for row in cells]
    for row, _, value in out.cells.get("S", []):
        result[row - 1] = value
    for i, (old, wrote, stands) in enumerate(cells):
        typed_since = stands != wrote
        assert result[i] == (stands if typed_since else old)
