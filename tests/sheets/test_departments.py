"""Ledgers of other trades are read with every value as made, or unknown and said; never otherwise."""

from __future__ import annotations

import random

import pytest

from macros_py.hosts.reading import read_workbook
from macros_py.sheets.as_text import as_text_table
from macros_py.sheets.read import Book, understand
from macros_py.sheets.tables import BY_NAME
from tests.sheets.departments import DEPARTMENTS, Department
from tests.sheets.mess import AS_OF
from tests.sheets.reading import told


def understood(department: Department) -> Book:
    host = read_workbook(department.workbook())
    return understand([host.read(s.name) for s in host.sheets()], as_of=AS_OF)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", DEPARTMENTS)
def test_every_value_is_as_made_or_unknown_and_said(name: str, seed: int) -> None:
    department = DEPARTMENTS[name](random.Random(seed))
    book = understood(department)
    table = as_text_table(book.as_understood("cases"), BY_NAME["cases"].columns)
    assert len(table) == len(department.truth)
    for truth, row in zip(department.truth, table.to_dict("records"), strict=True):
        assert {n: row[n] for n in truth} == truth
    assert told(book) == department.told
