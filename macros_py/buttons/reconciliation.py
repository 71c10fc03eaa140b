"""对账 and 对账报告: every receipt of the statements posted, proposed or left, with its reason; and the report that ties and is signed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from macros_py.buttons import procedure
from macros_py.buttons.button import Pressed
from macros_py.buttons.statement_import import filled
from macros_py.domain import allocation, bank_receipts, payments, reconciliation_report
from macros_py.domain import columns as c
from macros_py.domain.arrays import text, whole
from macros_py.domain.changes import Changes
from macros_py.domain.problems import Problem
from macros_py.domain.reconciling.account_balances import balance_problems
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables


class Reconcile:
    """Match the lines of the sheet 资金流水 with the cases. Pressed twice it changes nothing."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        if tables.payments.empty:
            return Pressed(Changes(), (Problem("payments-none"),))
        lines, problems = procedure.reconciled(tables, rules, today)
        return Pressed(Changes(fill=filled(tables, rules, lines, c.RECONCILED)), tuple(problems), figures(lines))


class Report:
    """对账, and the sheet 对账报告 of what came of it."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        if tables.payments.empty:
            return Pressed(Changes(), (Problem("payments-none"),))
        lines, problems = procedure.reconciled(tables, rules, today)
        seen = procedure.with_bank_receipts(tables.having(payments=lines), rules, today)
        split, found = allocation.allocate(seen, rules, today)
        model = reconciliation_report.report(seen, rules, today, bank_receipts.split_of_lines(split, seen.receipts))
        problems += [*balance_problems(lines, today), *found]
        return Pressed(Changes(fill=filled(tables, rules, lines, c.RECONCILED), sheets=(model,)), tuple(problems), figures(lines))


def figures(lines: pd.DataFrame) -> dict[str, int]:
    """Counts for the line of result."""
    receipt, match = text(lines, "state") == payments.RECEIVED, text(lines, "match")
    out = {name: int((receipt & (match == name)).sum()) for name in payments.MATCHES}
    return {
        "receipts_seen": int(receipt.sum()),
        **out,
        "posted_fen": int(whole(lines, "amount")[receipt & (match == payments.POSTED)].sum()),
    }
