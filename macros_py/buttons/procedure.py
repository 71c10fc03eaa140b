"""What the buttons share, in the order of the department's procedure manual: from the tables as read to cases that are judged.

Rules meet here. Each step takes the tables that the steps before it left, and adds its own columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from macros_py.buttons import writing
from macros_py.domain import (
    ageing,
    balances,
    bank_receipts,
    compliance,
    customers,
    history,
    holds,
    letters_due,
    limitation,
    line_keys,
    month_end,
    plan_entries,
    plan_monitor,
    priority,
    promises,
    sms_text,
    statements,
    strategy,
)
from macros_py.domain import columns as c
from macros_py.domain.assignment import assign
from macros_py.domain.assignment_quality import AssignmentQuality
from macros_py.domain.changes import Append, FileModel, SheetModel
from macros_py.domain.kinds import conform
from macros_py.domain.problems import Problem
from macros_py.domain.reconcile import reconcile
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables
from macros_py.domain.targets import share_out
from macros_py.sheets import rule_sheets
from macros_py.sheets import tables as sheets
from macros_py.sheets.tables import COLLECTORS, Sheet

Rule = Callable[[Tables, Rules, date], Result]

JUDGING: tuple[Rule, ...] = (
    customers.gather,
    balances.as_of,
    ageing.told,
    history.of,
    promises.per_case,
    limitation.state,
    plan_monitor.per_case,
    holds.apply,
    strategy.place,
    priority.score,
    compliance.permit,
)


@dataclass
class Work:
    """The tables on their way through the procedure, with everything that was found wrong. matched: what 对账 has to say besides."""

    tables: Tables
    rules: Rules
    today: date
    problems: list[Problem] = field(default_factory=list)
    quality: AssignmentQuality | None = None
    matched: list[Problem] = field(default_factory=list)

    def step(self, rule: Rule) -> None:
        """Let one rule work on the cases."""
        cases, problems = rule(self.tables, self.rules, self.today)
        self.tables = self.tables.having(cases=cases)
        self.problems += problems

    @property
    def cases(self) -> pd.DataFrame:
        return self.tables.cases


def with_defaults(tables: Tables, rules: Rules, added: Sequence[Sheet]) -> tuple[Tables, list[Problem]]:
    """The tables as they will be once the sheets that the workbook lacks are there, and what has to be said of them.

    So a first press computes what a second one would: nothing differs but the sheets themselves.
    """
    said: list[Problem] = []
    if COLLECTORS in added and COLLECTORS.name not in tables.present:
        made = rule_sheets.default_table(COLLECTORS, tables, rules).tables["rows"]
        tables = tables.having(collectors=made)
        said += [Problem("collectors-from-ledger", COLLECTORS.zh, values={"count": len(made)})] if len(made) else []
    return tables.having(present=tables.present | {s.name for s in added}), said


def reconciled(tables: Tables, rules: Rules, today: date) -> tuple[pd.DataFrame, list[Problem]]:
    """The lines, matched with the cases as they stand on the day (the people's own receipts counted, the statements' not yet)."""
    work = Work(tables, rules, today)
    for rule in (customers.gather, balances.as_of):
        work.step(rule)
    return reconcile(work.tables, rules, today)


def with_bank_receipts(tables: Tables, rules: Rules, today: date) -> Tables:
    """tables.payments: as reconciled leaves them. The posted lines of statements count as receipts beside the people's own log, the same money once."""
    receipts, _ = bank_receipts.joined(tables, rules, today)
    return tables if receipts is tables.receipts else tables.having(receipts=receipts)


def judge(tables: Tables, rules: Rules, today: date) -> Work:
    """Receipts and promises first, then every case scored, placed on the ladder, held or permitted.

    Lines of statements are matched anew: what was imported since 对账 was pressed counts, and nobody who has paid is called.
    """
    found: list[Problem] = []
    if not tables.payments.empty:
        lines, found = reconciled(tables, rules, today)
        tables = tables.having(payments=lines)
    waiting = [p for p in found if p.code == "payments-proposed"]
    work = Work(with_bank_receipts(tables, rules, today), rules, today, waiting, matched=[p for p in found if p not in waiting])
    tables = work.tables
    judged, problems = promises.judge(tables, rules, today)
    work.tables = work.tables.having(promises=judged)
    work.problems += problems
    for rule in JUDGING:
        work.step(rule)
    work.tables = line_keys.renamed(work.tables)
    return work


def assign_owners(work: Work) -> None:
    """One owner per debtor; → cases + assigned_owner, assigned_why, owner_seen, and the ranks within owner."""
    cases, problems, work.quality = assign(work.tables, work.rules, work.today)
    work.tables = work.tables.having(cases=cases)
    work.problems += problems
    work.step(priority.within_owner)
    targets, problems = share_out(work.tables, work.rules, work.today)
    work.tables = work.tables.having(targets=targets)
    work.problems += problems


def log_typed_results(tables: Tables, rules: Rules, today: date) -> tuple[Tables, pd.DataFrame, list[Problem]]:
    """What people typed on plans, as rows of the contact log that it lacks; they count from now on."""
    known = tables if tables.plan_entries.empty else tables.having(cases=customers.gather(tables, rules, today)[0])
    entries, problems = plan_entries.to_log(known, rules, today)
    if entries.empty:
        return tables, entries, problems
    log = pd.concat([tables.contacts, entries[list(tables.contacts.columns.intersection(entries.columns))]], ignore_index=True)
    return tables.having(contacts=conform(log, c.CONTACT_COLUMNS)), entries, problems


def with_left(work: Work, entries: pd.DataFrame, plans: Sequence[SheetModel]) -> pd.DataFrame:
    """The log entries, and those for what was typed on lines that no plan has any more: nothing typed is lost."""
    left = plan_entries.left(work.tables, plans, work.today)
    return entries if left.empty else pd.concat([entries, left], ignore_index=True)


def month_end_kept(work: Work) -> tuple[tuple[Append, ...], tuple[SheetModel, ...]]:
    """The snapshot of the last month end, where it is due: rows for its sheet. It counts on the tab of the same press."""
    rows, problems = month_end.snapshot(work.tables, work.rules, work.today)
    work.problems += problems
    kept = writing.added(work.tables, work.rules, sheets.SNAPSHOTS, rows)
    work.tables = work.tables.having(snapshots=pd.concat([work.tables.snapshots, rows], ignore_index=True))
    return kept


OF_THESE_LETTERS = "letter-components-differ"  # a second press makes no letter and has nothing to say of it


@dataclass(frozen=True)
class Letters:
    """What is due to be written today: rows for the register, files to make. said: what holds for these very letters only."""

    register: pd.DataFrame
    files: tuple[FileModel, ...]
    count: int
    sms: int
    said: tuple[Problem, ...] = ()


def letters(work: Work) -> Letters:
    """Letters and SMS that are due, numbered; nothing for those who have paid or are on hold."""
    due, problems = letters_due.letters_due(work.tables, work.rules, work.today)
    accounts, other = statements.statements_due(work.tables, work.rules, work.today, due["letter_no"])
    texts, more = sms_text.sms_due(work.tables, work.rules, work.today)
    said = tuple(p for p in problems if p.code == OF_THESE_LETTERS)
    work.problems += [p for p in problems + [o for o in other if o not in problems] + more if p.code != OF_THESE_LETTERS]
    rows = [letters_due.register_rows(due), accounts.register] + (
        [conform(texts, c.LETTER_COLUMNS)[[k.name for k in c.LETTER_COLUMNS]]] if len(texts) else []
    )
    files = letters_due.letter_files(due, work.rules) + accounts.files + sms_text.sms_file(texts, work.rules, work.today)
    return Letters(pd.concat(rows, ignore_index=True), files, int((due["letter_no"] != "").sum()) + len(accounts.files), len(texts), said)


TASK_BLOCKS = ("promises", "callbacks", "new", "routine", "visits", "letters")


def figures(work: Work) -> dict[str, int]:
    """The figures of the one line of result."""
    cases = work.cases
    settled = cases["settled"].to_numpy(dtype=bool)
    out = {
        "cases": len(cases),
        "customers": int(cases["customer_key"].nunique()),
        "settled": int(settled.sum()),
        "held": int((~settled & cases["hold_why"].ne("").to_numpy(dtype=bool)).sum()),
    }
    if work.quality is not None:
        out["unassigned"] = work.quality.unassigned
        out["moved"] = int(work.quality.changes)
        out["gap_basis_points"] = round(float(work.quality.gap) * 100)
    return out
