"""Judging the facts: each check gives its findings, fine or not, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from macros_py.installing.doctor import checks_calc, checks_excel, checks_program
from macros_py.installing.doctor.facts import Facts
from macros_py.installing.doctor.finding import Finding

Check = Callable[[Facts], Iterator[Finding]]
_PROGRAM: Final[tuple[Check, ...]] = (
    checks_program.python,
    checks_program.installed,
    checks_program.lost,
    checks_program.guards,
    checks_program.conf,
    checks_program.tk,
)
_EXCEL: Final[tuple[Check, ...]] = (
    checks_excel.excel,
    checks_excel.wps,
    checks_excel.xlwings,
    checks_excel.addin,
    checks_excel.start_folder,
    checks_excel.trust,
)
_CALC: Final[tuple[Check, ...]] = (checks_calc.calc, checks_calc.calc_python)


def judge(facts: Facts) -> list[Finding]:
    """Every finding, in the order in which a person would mend them."""
    checks = (*_PROGRAM, *(_EXCEL if facts.system == "windows" else _CALC), checks_program.book)
    return [finding for check in checks for finding in check(facts)]
