"""What is wrong is a value: collected in one pass, shown once, together, each with its place and its remedy.

The catalogue is the only place where a problem has words. A capability that finds new kinds of problems adds a module of them here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from macros_py.domain.problems.accounts import ACCOUNTS
from macros_py.domain.problems.entries import ENTRIES
from macros_py.domain.problems.judging import JUDGING
from macros_py.domain.problems.letters import LETTERS
from macros_py.domain.problems.packs import PACKS
from macros_py.domain.problems.payments import PAYMENTS
from macros_py.domain.problems.planning import PLANNING
from macros_py.domain.problems.reading import READING
from macros_py.domain.problems.repayment import REPAYMENT
from macros_py.domain.problems.template import Severity as Severity
from macros_py.domain.problems.template import Template as Template

CATALOGUE: Final[dict[str, Template]] = {
    **READING,
    **PLANNING,
    **LETTERS,
    **JUDGING,
    **ENTRIES,
    **ACCOUNTS,
    **PACKS,
    **PAYMENTS,
    **REPAYMENT,
}


@dataclass(frozen=True)
class Problem:
    """One finding. `cell` is like "C17"; `values` fill the template and hold no personal data."""

    code: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def template(self) -> Template:
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        return self.template.severity

    def text(self, lang: str = "zh") -> str:
        """What is wrong, in one sentence; for many cells alike (values alike, cells) with their number and the first of them."""
        words = (self.template.en if lang == "en" else self.template.zh).format_map(_Lenient(self.values))
        if "alike" not in self.values:
            return words
        many = "; {alike} cells alike, first {cells_en}" if lang == "en" else "（同类共 {alike} 处，前几处：{cells}）"
        return words + many.format_map(_Lenient(self.values))

    def remedy(self, lang: str = "zh") -> str:
        """What the person can do about it."""
        return (self.template.remedy_en if lang == "en" else self.template.remedy_zh).format_map(_Lenient(self.values))

    def place(self, row_shift: int) -> Problem:
        """The same problem, its cell moved down by `row_shift` rows."""
        letters = self.cell.rstrip("0123456789")
        return dataclasses.replace(self, cell=f"{letters}{int(self.cell[len(letters) :]) + row_shift}") if self.cell else self


class _Lenient(dict[str, object]):
    """Values for a template: where no English word is given the other one stands, and "?" for what is not given at all."""

    def __missing__(self, key: str) -> object:
        return self.get(key.removesuffix("_en"), "?") if key.endswith("_en") else "?"


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Those for which nothing may be written."""
    return [p for p in problems if p.severity is Severity.BLOCKING]
