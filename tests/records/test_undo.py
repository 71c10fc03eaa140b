"""The inverse of a press takes back what the press wrote and nothing that a person typed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.records.followed import Anchor
from macros_py.records.undo import Conflict, inverse


@dataclass(frozen=True)
class Grid:
    cells: npt.NDArray[np.object_]
    top: int = 1
    left: int = 1
    tables: tuple[tuple[int, int, int, int, int], ...] = ()


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
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(AFTER)}, {"L": Anchor(1, 1)}, frozenset())
    assert out.cells == {"L": [(1, 3, None), (2, 3, None), (3, 3, None)]}
    assert out.conflicts == []


def test_a_cell_changed_by_a_person_stays_and_is_listed() -> None:
    now = "case amount score\nA 10 99\nB 25 44"
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(now)}, {"L": Anchor(1, 1)}, frozenset())
    assert out.cells == {"L": [(1, 3, None), (3, 3, None)]}
    assert out.conflicts == [Conflict("L", 2, 3)]


def test_rows_that_moved_are_followed_by_their_key() -> None:
    now = "case amount score\nZ 1 .\nB 20 44\nA 10 71"
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(now)}, {"L": Anchor(1, 1)}, frozenset())
    assert out.cells == {"L": [(1, 3, None), (4, 3, None), (3, 3, None)]}
    assert out.conflicts == []


def test_drawn_sheets_are_removed_restored_or_kept() -> None:
    before = {"old": grid("a"), "same": grid("s")}
    after = {"old": grid("b"), "new": grid("n"), "typed": grid("t"), "same": grid("s")}
    now = {"old": grid("b"), "new": grid("n"), "typed": grid("t\nmine"), "same": grid("s")}
    out = inverse(before, after, now, {}, frozenset(after))
    assert (out.remove, out.restore, out.conflicts) == (["new"], ["old"], [Conflict("typed"), Conflict("typed", 2, 1)])


words = st.sampled_from([None, "1", "2", "3"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=8), st.randoms(use_true_random=False), st.booleans())
def test_typed_values_survive_sorting_and_inserting_and_the_rest_goes_back(
    cells: list[tuple[str | None, str | None, str | None]], random: Random, wider: bool
) -> None:
    def table(i: int, order: list[int], extra: bool) -> Grid:
        rows = [["case", "score"], *([f"C{n}", cells[n][i]] for n in order)]
        return Grid(np.array([["mine", *row] if extra else row for row in rows], dtype=object))

    order = list(range(len(cells)))
    now_order = random.sample(order, len(order))
    before, after, now = table(0, order, False), table(1, order, False), table(2, now_order, wider)
    out = inverse({"S": before}, {"S": after}, {"S": now}, {"S": Anchor(1, 1)}, frozenset())
    result = {n: cells[n][2] for n in order}
    for row, column, value in out.cells.get("S", []):
        assert column == 2 + wider
        result[now_order[row - 2]] = value
    for n, (old, wrote, stands) in enumerate(cells):
        assert result[n] == (stands if stands != wrote else old)


def test_a_row_that_was_deleted_is_passed_over_and_a_key_that_stands_twice_now_is_left_alone() -> None:
    now = "case amount score\nA 10 71\nA 99 71"
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"L": grid(now)}, {"L": Anchor(1, 1)}, frozenset())
    assert out.cells == {"L": [(1, 3, None)]}


def test_rows_appended_to_a_log_are_found_by_what_they_say() -> None:
    before, after = "no case\n1 A", "no case\n1 A\n2 B\n3 C"
    now = "no case\n3 C\n2 B\n1 A\n4 mine"
    out = inverse({"log": grid(before)}, {"log": grid(after)}, {"log": grid(now)}, {}, frozenset())
    assert sorted(out.cells["log"]) == [(2, 1, None), (2, 2, None), (3, 1, None), (3, 2, None)]


def test_a_ledger_that_was_renamed_is_followed() -> None:
    out = inverse({"L": grid(BEFORE)}, {"L": grid(AFTER)}, {"老台账": grid(AFTER)}, {"L": Anchor(1, 1)}, frozenset())
    assert list(out.cells) == ["老台账"]


LONGER = ("n x\nA 1\nsum 1", "n x\nA 1\nB 2\nC 3\nsum 6")


def with_table(text: str, bottom: int) -> Grid:
    return Grid(grid(text).cells, tables=((1, 1, bottom, 2, 1),))


def back(now: str, bottom: int = 5) -> tuple[list[tuple[int, int, object]], list[tuple[int, ...]], list[Conflict]]:
    """What an undo does to a table of a row and a total row that took two rows, as the sheet stands now."""
    before, after = with_table(LONGER[0], 3), with_table(LONGER[1], 5)
    out = inverse({"T": before}, {"T": after}, {"T": with_table(now, bottom)}, {}, frozenset())
    return sorted(out.cells["T"], key=lambda c: c[:2]), list(out.tables.get("T", [])), out.conflicts


WHOLE = [(3, 1, "sum"), (3, 2, "1"), (4, 1, None), (4, 2, None), (5, 1, None), (5, 2, None)]


def test_a_table_ends_again_where_it_ended_with_its_total_row() -> None:
    assert back(LONGER[1]) == (WHOLE, [(1, 1, 3, 2, 1)], [])


def test_a_table_cut_off_amid_its_total_row_is_put_right_too() -> None:
    assert back("n x\nA 1\n. .\nC .\n. .", bottom=4) == (WHOLE, [(1, 1, 3, 2, 1)], [])


def test_a_table_into_which_somebody_typed_stays_as_long_as_it_is() -> None:
    cells, ends, conflicts = back("n x\nA 1\nB 2\nC 9\nsum 12")
    assert (cells, ends) == ([(3, 1, None), (3, 2, None), (4, 1, None)], [])
    assert conflicts == [Conflict("T", 4, 2)]


def test_a_table_below_which_something_stands_now_stays_as_long_as_it_is() -> None:
    cells, ends, _ = back(LONGER[1] + "\n. .\nby me")
    assert (cells, ends) == ([(3, 1, None), (3, 2, None), (4, 1, None), (4, 2, None)], [])
