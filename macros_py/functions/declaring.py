"""How a worksheet function is declared. Light on purpose: builders of add-ins read it without loading a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

CellKind = Literal["money", "date", "time", "int", "text", "name", "phone", "id", "flag", "range"]
_MORE: Final = re.compile(r"[，；：（,;:(]| in yuan")  # what follows says more than what it is


@dataclass(frozen=True)
class Parameter:
    """One argument: a cell or a range, by position. kind: how its cells are read; zh and en: what belongs there.

    column: the ledger column that it stands for, where it stands for one. range: taken as it is, not cell by cell.
    """

    name: str
    kind: CellKind
    zh: str
    en: str
    optional: bool = False
    column: str = ""

    @property
    def short_zh(self) -> str:
        """What it is, without how it is given."""
        return _MORE.split(self.zh)[0].strip()

    @property
    def short_en(self) -> str:
        """What it is, without how it is given."""
        return _MORE.split(self.en)[0].strip()


@dataclass(frozen=True)
class Function:
    """One worksheet function. call: module:function in this package that computes it; its arguments are the parameters by name."""

    name: str
    zh: str
    en: str
    category: str
    parameters: tuple[Parameter, ...]
    call: str
