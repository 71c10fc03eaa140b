"""One table of a statement before it is understood: its headers, what role each has, and the rows below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from macros_py.sheets import cells as k
from macros_py.sheets import statement_headers as heads
from macros_py.sheets.statement_states import Ints, Texts

DASHES: Final = re.compile(r"[-—_*/\\.\s]*")


@dataclass
class Section:
    """One table of a grid: headers by place, the rows below (texts trimmed), the Excel row of each."""

    headers: dict[int, str]
    body: k.Objects
    rows: Ints
    date1904: bool
    roles: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, header in self.headers.items():
            self.roles.setdefault(heads.role_of(header), []).append(place)

    def column(self, place: int) -> k.Cells:
        """The cells at one place."""
        return k.Cells.of(self.body[:, place])

    def texts(self, place: int) -> Texts:
        """A column as plain text, "" where it says nothing (blank, dashes, 无)."""
        out = np.array(["" if v is None else v if isinstance(v, str) else k.number_text(v) for v in self.body[:, place]], dtype=object)
        code, distinct = pd.factorize(out)
        plain = np.array(
            ["" if DASHES.fullmatch(t) or k.is_unknown_word(t) else " ".join(t.split()) for t in map(str, distinct)] + [""], dtype=object
        )
        return np.asarray(plain[code], dtype=object)

    def text(self, role: str) -> Texts:
        """The first column of a role that holds anything in each row."""
        out = np.full(len(self.body), "", dtype=object)
        for place in self.roles.get(role, ()):
            out = np.where(out == "", self.texts(place), out)
        return out
