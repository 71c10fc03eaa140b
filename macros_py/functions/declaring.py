"""How a worksheet function is declared. Light on purpose: builders of add-ins read it without loading a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["money", "date", "time", "int", "text", "name", "phone", "id", "flag", "range"]


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


@dataclass(frozen=True)
class Function:
    """One worksheet function. call: module:function in this package that computes it; its arguments are the parameters by name."""

    name: str
    zh: str
    en: str
    category: str
    parameters: tuple[Parameter, ...]
    call: str
