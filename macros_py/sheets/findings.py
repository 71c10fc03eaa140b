"""What was found while reading, cell by cell, and the short list of it that a person reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from macros_py.domain.problems import Problem
from macros_py.sheets.cells import Found
from macros_py.sheets.matching import cell_name

ALIKE = 20
_FIELD = {"cell-error": "error"}


@dataclass(frozen=True)
class Finding:
    """Cells of one column of one sheet with the same trouble: Excel rows, what stood there, further values per cell."""

    code: str
    sheet: str
    column: int
    rows: npt.NDArray[np.int64]
    shown: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    each: tuple[Mapping[str, object], ...] = ()

    def every(self) -> Iterator[Problem]:
        """One problem per cell."""
        for i, row in enumerate(self.rows.tolist()):
            yield Problem(self.code, self.sheet, cell_name(row, self.column) if self.column else f"A{row}", self._values(i))

    def _values(self, i: int) -> dict[str, object]:
        values = dict(self.values)
        if self.shown:
            values[_FIELD.get(self.code, "shown")] = self.shown[i]
        return values | dict(self.each[i] if self.each else {})

    def told(self) -> list[Problem]:
        """One problem per cell up to 20 alike, else one with the count and the first cells."""
        if len(self.rows) <= ALIKE:
            return list(self.every())
        first = next(iter(self.every()))
        cells = [cell_name(int(r), self.column or 1) for r in self.rows[:5]]
        return [
            dataclasses.replace(
                first, values={**first.values, "alike": len(self.rows), "cells": "、".join(cells), "cells_en": ", ".join(cells)}
            )
        ]


def placed(found: Found, sheet: str, column: int, rows: npt.NDArray[np.int64]) -> Finding:
    """A finding of a parser on the sheet: `rows` are the Excel rows of the parsed cells."""
    return Finding(found.code, sheet, column, rows[found.at], found.shown, found.values)
