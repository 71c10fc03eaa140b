"""对账: which case every receipt belongs to, stage by stage, each with its reason.

Posted by the program: what a person decided, what bears a case or contract number, and what comes from an account that is known to be
the customer's and can belong to one contract only. A name, an amount, a likeness are reasons to propose, never to post; a tie between
debtors or contracts is never decided. The result depends on the lines alone, not on the order in which they were imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Ints, Texts, text, whole
from macros_py.domain.money_words import plain_yuan
from macros_py.domain.problems import Problem
from macros_py.domain.reconciling import candidates, known_accounts, own_transfers, refunds
from macros_py.domain.reconciling.decisions import Decisions, decided
from macros_py.domain.reconciling.instalments import rows_of
from macros_py.domain.reconciling.match_words import shown, why
from macros_py.domain.reconciling.open_items import OpenItems, expand, groups
from macros_py.domain.reconciling.payer_names import comparable
from macros_py.domain.reconciling.references import MANY, NONE, References, Referred, refer
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables


def reconcile(tables: Tables, rules: Rules, today: date) -> Result:
    """Every line of the statements with what it is and whose it is.

    tables.payments: PAYMENT_COLUMNS as imported and typed; tables.cases: as customers.gather and balances.as_of leave them;
    tables.receipts: the people's own log (receipt_id, case_id)
    → payments with state, case_id ("A", or "A=500.00、B=300.00" for one that pays several), match (posted | proposed | unmatched; "" for
      what is no receipt), stage, why, candidates
    """
    work = _Work.of(tables, rules, today)
    work.by_people()
    work.by_log(tables.receipts)
    work.by_reference()
    work.by_account()
    work.by_alias()
    work.by_name()
    work.settle()
    return work.table(), work.problems


@dataclass
class _Work:
    """The lines on their way through the stages. row: the row of the ledger, NONE while undecided."""

    lines: pd.DataFrame
    items: OpenItems
    rules: Rules
    state: Texts
    back: dict[int, int]
    order: Ints
    receipt: Flags
    fen: Ints
    payer: Texts
    decisions: Decisions
    case: Texts
    match: Texts
    stage: Texts
    why: Texts
    candidates: Texts
    contract: Ints
    fixed: Ints
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Tables, rules: Rules, today: date) -> _Work:
        lines, n = tables.payments, len(tables.payments)
        state, back = own_transfers.settled_states(lines, rules)
        receipt = state == p.RECEIVED
        decisions = decided(lines, set(text(tables.cases, "case_id").tolist()), receipt)
        order = np.lexsort((text(lines, "line_key").astype(str), lines["paid_at"].to_numpy()))

        def blank() -> Texts:
            return np.full(n, "", dtype=object)

        return cls(
            lines=lines,
            items=OpenItems.of(tables.cases, today),
            rules=rules,
            state=state,
            back=back,
            order=order,
            receipt=receipt,
            fen=whole(lines, "amount"),
            payer=comparable(text(lines, "payer")),
            decisions=decisions,
            case=blank(),
            match=blank(),
            stage=blank(),
            why=blank(),
            candidates=blank(),
            contract=np.full(n, NONE, dtype=np.int64),
            fixed=np.full(n, NONE, dtype=np.int64),
            problems=list(decisions.problems),
        )

    @property
    def lang(self) -> str:
        return self.rules.office.language

    def left(self) -> Ints:
        """Receipts that no stage has spoken of."""
        return np.flatnonzero(self.receipt & (self.match == ""))

    def post(self, i: int, stage: str, reason: str, contract: int, fixed: int = NONE) -> None:
        """To a contract; which of its rows is settled when all are known."""
        self.match[i], self.stage[i], self.why[i] = p.POSTED, stage, reason
        self.contract[i], self.fixed[i] = contract, fixed

    def propose(self, i: int, stage: str, reason: str, rows: tuple[int, ...], together: tuple[int, ...] = ()) -> None:
        """For a person to decide, with candidates."""
        self.match[i], self.stage[i], self.why[i] = p.PROPOSED, stage, reason
        self.candidates[i] = shown(self.items, rows, together, candidates.SHOWN, self.lang)

    # the stages ----------------------------------------------------------------------------------------------------------

    def by_people(self) -> None:
        """Decisions stand over everything; what was typed and not confirmed waits."""
        rows = self.items.first_row
        for i, parts in self.decisions.taken.items():
            first = rows.get(parts[0][0], NONE)
            self.post(i, "confirmed", why("confirmed", self.lang), int(self.items.contract[first]) if first >= 0 else NONE, first)
            self.case[i] = str(self.lines["case_id"].iloc[i])
        for i, typed in self.decisions.waiting.items():
            self.propose(i, "confirmed", why("typed", self.lang), (rows[typed],) if typed in rows else ())
            self.case[i] = typed

    def by_log(self, receipts: pd.DataFrame) -> None:
        """The people's own log says the case for the very transaction number and amount (1, 2, 3 may be the log's own numbering)."""
        number, fen = text(receipts, "receipt_id"), whole(receipts, "amount")
        at = np.flatnonzero((number != "") & (text(receipts, "case_id") != ""))
        known = pd.Series(at, index=number[at])
        known = known[~known.index.duplicated(keep=False)]
        rows = self.items.first_row
        numbers = text(self.lines, "transaction_id")
        for i in self.left()[pd.Index(numbers[self.left()]).isin(known.index)].tolist():
            logged = int(known[numbers[i]])
            row = rows.get(str(receipts["case_id"].iloc[logged]), NONE)
            if row >= 0 and fen[logged] == self.fen[i] and i not in self.decisions.undone:
                self.post(i, "logged", why("logged", self.lang), int(self.items.contract[row]), row)

    def by_reference(self) -> None:
        """A number of a case or contract in the memo; several contracts are a tie, a short number needs the customer's name."""
        items, at = self.items, self.left()
        numbers = References(items.case_id, items.contract_no, items.contract)
        found = refer(numbers, text(self.lines, "memo")[at].tolist())
        for k in np.flatnonzero(found.row != NONE).tolist():
            self._referred(int(at[k]), k, found)

    def _referred(self, i: int, k: int, found: Referred) -> None:
        row, number = int(found.row[k]), str(found.number[k])
        if row == MANY:
            self.propose(i, "reference", why("tie_reference", self.lang), found.rows[k])
        elif i in self.decisions.undone:
            self.propose(i, "reference", why("undone", self.lang), (row,))
        elif not found.sure[k] and self.payer[i] != self.items.name[row]:
            self.propose(i, "reference", why("weak_reference", self.lang, number), (row,))
        elif found.exact[k] or self.items.in_contract[row] == 1:
            self.post(i, "reference", why("reference", self.lang, number), int(self.items.contract[row]), row)
        else:
            self.post(i, "reference", why("reference_due", self.lang, number), int(self.items.contract[row]))

    def by_account(self) -> None:
        """Accounts that a person confirmed, or from which the customer paid under the own name with a reference."""
        posted = np.flatnonzero(self.receipt & (self.match == p.POSTED) & (self.contract >= 0))
        debtors = known_accounts.learned(self.lines, posted, self.stage, self.payer, self.contract, self.items)
        sums = pd.Series(self.fen[posted]).groupby(self.contract[posted]).sum()
        paid = {int(k): int(v) for k, v in zip(sums.index, sums, strict=True)}
        found = known_accounts.judged(self.lines, self.left(), debtors, self.fen, self.items, self.order, paid, self.rules)
        for i, verdict in found.items():
            reason = why("undone" if i in self.decisions.undone else verdict.reason, self.lang, tail=verdict.tail)
            if verdict.contract >= 0 and i not in self.decisions.undone:
                self.post(i, "account", reason, verdict.contract)
            else:
                self.propose(i, "account", reason, verdict.rows)

    def by_alias(self) -> None:
        """Payers that a person has confirmed for one debtor before: a name is no account, so they are proposed."""
        debtors = known_accounts.aliases(np.flatnonzero(self.stage == "confirmed"), self.payer, self.contract, self.items)
        if debtors.empty:
            return
        index = groups(self.items.debtor)
        for i in self.left()[pd.Index(self.payer[self.left()]).isin(debtors.index)].tolist():
            rows = expand(index, np.array([debtors[self.payer[i]]], dtype=np.int64))[1]
            reason = "undone" if i in self.decisions.undone else "alias"
            self.propose(i, "alias", why(reason, self.lang), tuple(rows[: candidates.SHOWN + 1].tolist()))

    def by_name(self) -> None:
        """Names and amounts: proposals."""
        at = self.left()
        settings = self.rules.reconcile
        memo = text(self.lines, "memo")[at]
        found = candidates.by_name(self.items, self.payer[at], memo, self.fen[at], settings.tolerance_fen, settings.similar_percent)
        for k in np.flatnonzero(found.stage != "").tolist():
            stage = str(found.stage[k])
            reason = "undone" if int(at[k]) in self.decisions.undone else stage
            self.propose(int(at[k]), stage, why(reason, self.lang), found.rows[k], found.together.get(k, ()))
        for i in self.left().tolist():
            self.match[i] = p.UNMATCHED
            self.why[i] = why("undone" if i in self.decisions.undone else "nothing", self.lang)

    # what follows from all -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Rows within contracts, refunds, what is no receipt, and postings of earlier presses whose case has left the ledger."""
        at = np.flatnonzero((self.match == p.POSTED) & (self.contract >= 0))
        order = np.argsort(np.argsort(self.order)[at], kind="stable")
        rows, splits = rows_of(self.items, self.contract[at], self.fen[at], self.fixed[at], order)
        for k, (i, row) in enumerate(zip(at.tolist(), rows.tolist(), strict=True)):
            if self.case[i] == "":
                parts = splits.get(k)
                self.case[i] = "、".join(f"{self.items.case_id[r]}={plain_yuan(f)}" for r, f in parts) if parts else self.items.case_id[row]
        self._stand()
        self._others()
        for code, match in (("payments-proposed", p.PROPOSED), ("payments-unmatched", p.UNMATCHED)):
            count = int((self.receipt & (self.match == match)).sum())
            if count:
                self.problems.append(Problem(code, values={"count": count}))

    def _stand(self) -> None:
        """A posting made before stands until a person changes it: the case may have left the ledger since, paid in full."""
        before = (text(self.lines, "match") == p.POSTED) & (text(self.lines, "case_id") != "") & self.receipt & (self.match != p.POSTED)
        for i in np.flatnonzero(before).tolist():
            if i not in self.decisions.undone:
                self.match[i] = p.POSTED
                self.case[i] = str(self.lines["case_id"].iloc[i])
                self.stage[i], self.why[i] = str(self.lines["stage"].iloc[i]), str(self.lines["why"].iloc[i])
                self.candidates[i] = ""

    def _others(self) -> None:
        number = text(self.lines, "transaction_id")
        for i, j in self.back.items():
            self.why[i] = why("reversal", self.lang, str(number[j]))
            self.why[j] = why("reversed", self.lang, str(number[i]))
        for i in np.flatnonzero(self.state == p.REVERSAL).tolist():
            if i not in self.back:
                self.why[i] = why("reversal_open", self.lang)
        self.why[(self.state == p.INTERNAL) & (self.why == "")] = why("own", self.lang)
        for i, case in refunds.cases_of(self.lines, self.state, self.match, self.case, self.payer, self.fen, self.order).items():
            self.why[i] = why("refund" if case else "refund_open", self.lang)
            if case:
                self.match[i], self.stage[i], self.case[i] = p.POSTED, "refund", case

    def table(self) -> pd.DataFrame:
        """The lines with what was found."""
        made = {
            "state": self.state,
            "case_id": self.case,
            "match": self.match,
            "stage": self.stage,
            "why": self.why,
            "candidates": self.candidates,
        }
        return self.lines.assign(**{name: pd.Series(values, index=self.lines.index, dtype="str") for name, values in made.items()})
