"""What follows from all postings: the row of each within its contract, whose receipts refunds give back, and what changes by it."""

from __future__ import annotations

from typing import Final

import numpy as np

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Ints, days, text
from macros_py.domain.money_words import plain_yuan
from macros_py.domain.problems import Problem
from macros_py.domain.reconciling import logged, refunds, standing
from macros_py.domain.reconciling.instalments import rows_of
from macros_py.domain.reconciling.match_words import why
from macros_py.domain.reconciling.references import NONE
from macros_py.domain.reconciling.work import Work

_NOTHING: Final = np.zeros((0, 5), dtype=np.int64)


def settle(work: Work) -> None:
    """Rows within contracts, refunds, what is no receipt, and what all this changes in the postings of earlier presses."""
    _rows(work)
    _others(work)
    for code, match in (("payments-proposed", p.PROPOSED), ("payments-unmatched", p.UNMATCHED)):
        count = int((work.receipt & (work.match == match)).sum())
        if count:
            work.problems.append(Problem(code, values={"count": count}))
    work.problems += standing.rejudged(work.lines, work.before, work.match, work.case, work.receipt, work.items)


def _rows(work: Work) -> None:
    """The case of every posting to a contract: the one that it names, else that under which people logged it, else by due date.

    What is given back may be paid again, and whose receipt it was follows from the rows of the receipts before it: so the two are found in
    turn, the refunds at least one by one in the order of time.
    """
    at, contract, fen = work.shares()
    fixed, counted = _fixed(work, at, contract, fen)
    typed, back = work.case, _NOTHING
    for _ in range(int(work.given_back.sum()) + 1):
        work.case = typed.copy()
        parts = np.concatenate([np.column_stack([at, contract, fen, fixed, counted]), back])
        _place(work, parts)
        work.returned = _refunds(work)
        found = _backs(work)
        if np.array_equal(found, back):
            break
        back = found


def _fixed(work: Work, at: Ints, contract: Ints, fen: Ints) -> tuple[Ints, Flags]:
    """Per posting: the row that is settled already, NONE for none, and whether what is open is less by it."""
    split = np.isin(at, list(work.parts))
    fixed = work.fixed[at].copy()
    fixed[split] = [row for ps in work.parts.values() for row, _ in ps if row >= 0]
    counted = work.counted[at].copy()
    when, order = days(work.lines, "paid_at")[at], _in_time(work, at)
    near = work.rules.reconcile.log_days
    for k, (row, less) in logged.rows_of(when, contract, fen, order, work.receipts, work.items, near, work.base).items():
        if fixed[k] in (NONE, row):
            fixed[k], counted[k] = row, counted[k] | less
    return fixed, counted


def _in_time(work: Work, at: Ints) -> Ints:
    rank = np.empty(len(work.order), dtype=np.int64)
    rank[work.order] = np.arange(len(rank))
    return np.argsort(rank[at], kind="stable")


def _place(work: Work, postings: Ints) -> None:
    """postings: line, contract, fen, fixed row, counted; fen below zero for what is given back, whose case is not settled here."""
    at, contract, fen, fixed, counted = postings.T
    rows, splits = rows_of(work.items, contract, fen, fixed, _in_time(work, at), counted.astype(bool))
    for k, (i, row) in enumerate(zip(at.tolist(), rows.tolist(), strict=True)):
        if work.case[i] == "" and fen[k] > 0:
            parts = splits.get(k)
            work.case[i] = "、".join(f"{work.items.case_id[r]}={plain_yuan(f)}" for r, f in parts) if parts else work.items.case_id[row]


def _backs(work: Work) -> Ints:
    """What is given back to contracts of several rows, as _place takes it."""
    said = {i: parts for i, parts in work.decisions.taken.items() if work.given_back[i]}
    said |= {i: ((case, int(work.fen[i])),) for i, case in work.returned.items() if case}
    rows = [(i, work.items.first_row.get(case, NONE), fen) for i, parts in said.items() for case, fen in parts]
    kept = [(i, row, fen) for i, row, fen in rows if row >= 0 and work.items.in_contract[row] > 1]
    if not kept:
        return _NOTHING
    return np.array([(i, work.items.contract[row], fen, row, work.counted[i]) for i, row, fen in kept], dtype=np.int64)


def _others(work: Work) -> None:
    number, day = text(work.lines, "transaction_id"), days(work.lines, "paid_at")
    for i, j in work.back.items():
        work.why[i] = why("reversal", work.lang, str(number[j] or day[j]))
        work.why[j] = why("reversed", work.lang, str(number[i] or day[i]))
    for i in np.flatnonzero(work.state == p.REVERSAL).tolist():
        if i not in work.back:
            work.why[i] = why("reversal_open", work.lang)
    work.why[(work.state == p.INTERNAL) & (work.why == "")] = why("own", work.lang)
    undone = np.isin(np.arange(len(work.state)), list(work.decisions.undone))
    work.why[work.given_back & (work.match == "") & undone] = why("undone", work.lang)
    for i, case in work.returned.items():
        if case:
            work.match[i], work.stage[i], work.case[i], work.why[i] = p.POSTED, "refund", case, why("refund", work.lang)
            work.state[i] = p.REFUND
        elif work.state[i] == p.REFUND:
            work.why[i] = why("refund_open", work.lang)


def _refunds(work: Work) -> dict[int, str]:
    """What was given back and of which no person has said anything, with its case; a reversal that equals no receipt gives back a part of one."""
    undone = np.isin(np.arange(len(work.state)), list(work.decisions.undone))
    at = work.order[(work.given_back & (work.match == "") & ~undone)[work.order]]
    lines, state, match, case = work.lines, work.state, work.match, work.case
    return refunds.cases_of(lines, at, state, match, case, work.payer, work.fen, work.order, work.named)
