"""对账: which case every receipt belongs to, stage by stage, each with its reason.

Posted by the program: what a person decided, what bears a case or contract number, and what comes from an account that is known to be
the customer's and can belong to one contract only. A name, an amount, a likeness are reasons to propose, never to post; a tie between
debtors or contracts is never decided. The result depends on the lines, the cases and what people decided, not on the order in which lines
were imported nor on the presses between: the program's own postings are judged again every time (but see reconciling.standing).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import text
from macros_py.domain.reconciling import candidates, known_accounts, logged
from macros_py.domain.reconciling.match_words import why
from macros_py.domain.reconciling.open_items import expand, groups
from macros_py.domain.reconciling.references import MANY, NONE, Referred, refer
from macros_py.domain.reconciling.settling import settle
from macros_py.domain.reconciling.work import Work
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables


def reconcile(tables: Tables, rules: Rules, today: date) -> Result:
    """Every line of the statements with what it is and whose it is.

    tables.payments: PAYMENT_COLUMNS as imported and typed; tables.cases: as customers.gather and balances.as_of leave them;
    tables.receipts: the people's own log (receipt_id, case_id)
    → payments with state, case_id ("A", or "A=500.00、B=300.00" for one that pays several), match (posted | proposed | unmatched; "" for
      what is no receipt), stage, why, candidates
    """
    work = Work.of(tables, rules, today)
    for stage in (by_people, stand, by_log, by_reference, by_account, by_alias, by_name, settle):
        stage(work)
    return work.table(), work.problems


def by_people(work: Work) -> None:
    """Decisions stand over everything; what was typed and not confirmed waits."""
    rows = work.items.first_row
    for i, parts in work.decisions.taken.items():
        at = tuple((rows.get(case, NONE), fen) for case, fen in parts)
        first = next((row for row, _ in at if row >= 0 and work.receipt[i]), NONE)
        work.post(i, "confirmed", why("confirmed", work.lang), int(work.items.contract[first]) if first >= 0 else NONE, first)
        work.case[i] = str(work.lines["case_id"].iloc[i])
        if work.given_back[i]:
            work.state[i] = p.REFUND
        elif len(at) > 1:
            work.parts[i] = at
    for i, typed in work.decisions.waiting.items():
        work.propose(i, "confirmed", why("typed", work.lang), (rows[typed],) if typed in rows else ())
        work.case[i] = typed


def stand(work: Work) -> None:
    """Postings of earlier presses whose case has left the ledger since, paid in full: nothing is left to judge them by.

    Where the memo bears another case number that is in the ledger, the one on the line was typed by a person who did not confirm it.
    """
    at = np.flatnonzero(work.gone)
    found = refer(work.numbers, text(work.lines, "memo")[at].tolist())
    work.gone[at[(found.row >= 0) & found.sure & found.exact.astype(bool)]] = False
    for i in np.flatnonzero(work.gone).tolist():
        work.match[i] = p.POSTED
        work.case[i], work.stage[i], work.why[i] = (str(work.lines[name].iloc[i]) for name in ("case_id", "stage", "why"))


def by_log(work: Work) -> None:
    """The people's own log says the case for the very transaction number and amount."""
    for i, row in logged.by_number(work.lines, work.left(), work.fen, work.receipts, work.items).items():
        if i not in work.decisions.undone:
            work.post(i, "logged", why("logged", work.lang), int(work.items.contract[row]), row)


def by_reference(work: Work) -> None:
    """A number of a case or contract in the memo; several contracts are a tie, a short number needs the customer's name."""
    items, at = work.items, np.concatenate([work.left(), np.flatnonzero(work.given_back & (work.match == ""))])
    found = refer(work.numbers, text(work.lines, "memo")[at].tolist())
    for k in np.flatnonzero(found.row != NONE).tolist():
        if work.receipt[at[k]]:
            _referred(work, int(at[k]), k, found)
        elif found.row[k] >= 0 and found.sure[k] and (found.exact[k] or items.in_contract[found.row[k]] == 1):
            work.named[int(at[k])] = str(items.case_id[found.row[k]])


def _referred(work: Work, i: int, k: int, found: Referred) -> None:
    row, number = int(found.row[k]), str(found.number[k])
    if row == MANY:
        work.propose(i, "reference", why("tie_reference", work.lang), found.rows[k])
    elif i in work.decisions.undone:
        work.propose(i, "reference", why("undone", work.lang), (row,))
    elif not found.sure[k] and work.payer[i] != work.items.name[row]:
        work.propose(i, "reference", why("weak_reference", work.lang, number), (row,))
    elif found.exact[k] or work.items.in_contract[row] == 1:
        work.post(i, "reference", why("reference", work.lang, number), int(work.items.contract[row]), row)
    else:
        work.post(i, "reference", why("reference_due", work.lang, number), int(work.items.contract[row]))


def by_account(work: Work) -> None:
    """Accounts that a person confirmed, or from which the customer paid under the own name with a reference."""
    at, contract, fen = work.shares()
    debtors, shared = known_accounts.learned(work.lines, at, work.stage, work.payer, contract, work.items, np.flatnonzero(work.gone))
    fresh = ~work.counted[at]
    sums = pd.Series(fen[fresh]).groupby(contract[fresh]).sum()
    paid = {int(k): int(v) for k, v in zip(sums.index, sums, strict=True)}
    found = known_accounts.judged(work.lines, work.left(), debtors, work.fen, work.items, work.order, work.counted, paid, work.rules)
    for i, verdict in found.items():
        reason = why("undone" if i in work.decisions.undone else verdict.reason, work.lang, tail=verdict.tail)
        if verdict.contract >= 0 and i not in work.decisions.undone:
            work.post(i, "account", reason, verdict.contract)
        else:
            work.propose(i, "account", reason, verdict.rows)
    work.shared = known_accounts.among(work.lines, work.left(), shared)


def by_alias(work: Work) -> None:
    """Payers that a person has confirmed for one debtor before: a name is no account, so they are proposed."""
    at, contract, _ = work.shares()
    confirmed = work.stage[at] == "confirmed"
    debtors = known_accounts.aliases(at[confirmed], work.payer, contract[confirmed], work.items)
    if debtors.empty:
        return
    index = groups(work.items.debtor)
    for i in work.left()[pd.Index(work.payer[work.left()]).isin(debtors.index)].tolist():
        rows = expand(index, np.array([debtors[work.payer[i]]], dtype=np.int64))[1]
        reason = "undone" if i in work.decisions.undone else "alias"
        work.propose(i, "alias", why(reason, work.lang), tuple(rows[: candidates.SHOWN + 1].tolist()))


def by_name(work: Work) -> None:
    """Names and amounts: proposals."""
    at = work.left()
    settings = work.rules.reconcile
    memo = text(work.lines, "memo")[at]
    found = candidates.by_name(work.items, work.payer[at], memo, work.fen[at], settings.tolerance_fen, settings.similar_percent)
    for k in np.flatnonzero(found.stage != "").tolist():
        stage = str(found.stage[k])
        reason = "undone" if int(at[k]) in work.decisions.undone else stage
        work.propose(int(at[k]), stage, why(reason, work.lang), found.rows[k], found.together.get(k, ()))
    for i in work.left().tolist():
        work.match[i] = p.UNMATCHED
        work.why[i] = why("undone" if i in work.decisions.undone else "nothing", work.lang)
    for i, tail in work.shared.items():
        work.why[i] += why("shared", work.lang, tail=tail)
