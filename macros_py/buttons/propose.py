"""还款方案: two or three repayment proposals for one case, on a sheet of their own and in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.domain import plan_register, proposal_sheet
from macros_py.domain.affordability import Means
from macros_py.domain.changes import Changes
from macros_py.domain.problems import Problem
from macros_py.domain.repayment import PlanRequest, Proposed, propose
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets


@dataclass(frozen=True)
class Propose:
    """What the debtor told of income and expenses → what is affordable → proposals to the cent."""

    case: str
    income_fen: int | None = None
    expenses_fen: int | None = None
    other_debts_fen: int = 0
    dependants: int = 0
    whole: bool = False
    first_on: date | None = None

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        means, wrong = self._means(today)
        stopped = (*writing.title_taken(tables, sheets.PLANS), *wrong)
        if means is None or stopped:
            return Pressed(Changes(), stopped)
        work = procedure.judge(tables, rules, today)
        made, problems = propose(work.tables, rules, today, PlanRequest(self.case.strip(), means, self.whole, self.first_on))
        if made is None:
            return Pressed(Changes(), tuple(problems))
        rows = plan_register.rows(made, tables.plans, today, rules.office.language)
        register, register_sheet = writing.added(tables, rules, sheets.PLANS, rows)
        sheet = proposal_sheet.sheet(made, work.tables, rules, today)
        defaults = writing.missing(tables, rules, (), writing.ACCOUNT_SHEETS)
        changes = Changes(append=register, sheets=(sheet, *register_sheet, *defaults))
        return Pressed(changes, tuple(problems), figures(made))

    def _means(self, today: date) -> tuple[Means | None, list[Problem]]:
        """What was told, or why nothing can be made of it."""
        if self.income_fen is None or self.expenses_fen is None:
            return None, [Problem("plan-means-missing")]
        if min(self.income_fen, self.expenses_fen, self.other_debts_fen, self.dependants) < 0:
            return None, [Problem("plan-means-negative")]
        if self.first_on is not None and self.first_on <= today:
            return None, [Problem("plan-first-due-past", values={"day": self.first_on})]
        return Means(self.income_fen, self.expenses_fen, self.other_debts_fen, self.dependants), []


def figures(made: Proposed) -> dict[str, int]:
    """The debt, what is affordable, and of each proposal the payments, the total, the waiver and the yearly rate (basis points)."""
    out = {"proposals": len(made.proposals), "debt_fen": sum(made.debt.values()), "affordable_fen": made.ability.affordable_fen}
    for p in made.proposals:
        values = {"months": len(p.schedule), "total_fen": p.total, "waived_fen": p.waived, "apr_points": p.apr}
        out |= {f"proposal_{p.number}_{name}": value for name, value in values.items()}
    return out
