"""A column of cells is written all at once, and reads as cells written one by one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py.hosts.cell_xml import CellWriter, cell_value
from macros_py.hosts.host import HostError, WriteCell

ONE_KIND: tuple[st.SearchStrategy[WriteCell], ...] = (
    st.text(max_size=12),
    st.sampled_from(["加强", "a & b", "<x>", " 前后 ", "两  空", "_x0041_", "行\n行", "\x07", "=1+1", ""]),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**11), max_value=10**11),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**14), 10**14),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
    st.booleans(),
)
COLUMN = st.one_of(*(st.lists(st.one_of(st.none(), kind), max_size=8) for kind in ONE_KIND)) | st.lists(st.one_of(*ONE_KIND), max_size=8)


def _read(tail: bytes) -> object:
    """The value of a cell from what stands behind its reference."""
    tag, _, rest = tail.partition(b">")
    return None if tag.endswith(b"/") else cell_value(tag, rest.removesuffix(b"</c>"), lambda n: "")


@given(COLUMN)
def test_a_column_reads_as_its_cells_written_one_by_one(values: list[WriteCell]) -> None:
    writer = CellWriter()
    made = writer.tails(values, "3", b"<next")
    assert all(tail.endswith(b"<next") for tail in made)
    whole = [tail.removesuffix(b"<next") for tail in made]
    assert [_read(tail) for tail in whole] == [_read(writer.tail(value, "3").encode()) for value in values]
    assert all(b' s="3"' in tail for tail in whole)


def test_amounts_keep_their_cents_and_blanks_between_them_stay_blank() -> None:
    made = CellWriter("x:").tails([Decimal("1234.50"), None, Decimal(7)], "2")
    assert made == [b' s="2"><x:v>1234.50</x:v></x:c>', b' s="2"/>', b' s="2"><x:v>7</x:v></x:c>']


def test_a_text_that_no_cell_can_hold_is_refused_in_a_column_too() -> None:
    with pytest.raises(HostError) as refused:
        CellWriter().tails(["短", "长" * 40_000], "1")
    assert refused.value.code == "text-too-long"
