"""Which cases a press touches: equal cells have equal hashes, whoever wrote them and whatever else stands in the column."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from macros_py.hosts.host import BlockFill, ColumnFill, Look, ShownAs, shown_number
from macros_py.run.touched import details

SALT = "0123456789abcdef"


def _touched(old: list[object], new: list[object], salt: str = SALT) -> dict[str, list[str]]:
    block = BlockFill("台账", 1, 1, range(2, 2 + len(new)), [f"C{i}" for i in range(len(new))], [ColumnFill("列", new)])  # type: ignore[arg-type]
    held = np.empty(len(old), dtype=object)
    held[:] = old
    made: dict[str, dict[str, list[str]]] = details([block], {"台账": ["k"]}, {"台账": {"列": held}}, salt)
    return made["台账"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (1, 1.0),
        (2.5, Decimal("2.5")),
        (0.0, -0.0),
        (None, ""),
        (None, float("nan")),
        ("", None),
        (shown_number(7, Look("0000", (ShownAs("", "", 0),), 4)), 7),
        (dt.datetime(2026, 11, 23), dt.date(2026, 11, 23)),
        ("甲", "甲"),
    ],
)
@pytest.mark.parametrize("company", [[], ["文字"], [3], [True]])
def test_equal_cells_are_not_touched(old: object, new: object, company: list[object]) -> None:
    assert _touched([old, *company], [new, *company])["keys"] == []
    assert _touched([old, *company], [new, *company[:0], *(["别的"] * len(company))])["keys"] == (["C1"] if company else [])


@pytest.mark.parametrize(("old", "new"), [(1, "1"), (1, 2), ("甲", "乙"), (None, 0), (True, 1), ("", " ")])
def test_different_cells_are_touched(old: object, new: object) -> None:
    assert _touched([old, "x"], [new, "x"])["keys"] == ["C0"]
    assert _touched([old], [new])["keys"] == ["C0"]


def test_many_equal_words_and_few_are_hashed_alike() -> None:
    many = ["甲", "乙"] * 50
    assert _touched(many, [*many[:99], "丙"])["keys"] == ["C99"]


def test_the_hashes_tell_nothing_without_the_key() -> None:
    first, second = _touched([1], [2]), _touched([1], [2], "fedcba9876543210")
    assert first["new"] != second["new"]
    assert first["old"] != second["old"]
