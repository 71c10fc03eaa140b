"""对账: which case every receipt belongs to, stage by stage, each with its reason.

Posted by the program: what a person decided, what bears a case or contract number, and what comes from an account that is known to be
the customer's and can belong to one contract only. A name, an amount, a likeness are reasons to propose, never to post; a tie between
debtors or contracts is never decided. The result depends on the lines, the cases and what people decided, not on the order in which lines
were imported nor on the presses between: the program's own postings are judged again every time (but see reconciling.standing).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Ints, Texts, days, text, whole
from macros_py.domain.money_words import plain_yuan
from macros_py.domain.problems import Problem
from macros_py.domain.reconciling import candidates, known_accounts, logged, own_transfers, refunds, standing
from macros_py.domain.reconciling.decisions import Decisions, decided, typed_elsewhere
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
    work.stand()
    work.by_log()
    work.by_reference()
    work.by_account()
    work.by_alias()
    work.by_name()
    work.settle()
    return work.table(), work.problems


_NOTHING: Final = np.zeros((0, 5), dtype=np.int64)


@dataclass
class _Work:
    """The lines on their way through the stages. contract, fixed: of a posting, NONE while undecided or not of this ledger.

    given_back: refunds, and reversals that take back no one line: perhaps a part;
    before: what the program posted at an earlier press; gone: of it, what stands because its case has left the ledger;
    counted: lines that the ledger's amounts know of; parts: (row, fen) of a receipt that a person split over cases; shared: lines from an
    account that paid for several customers, with its last digits; named: what was given back, with the case whose number it bears;
    returned: of it, what no person has spoken of, with its case, "" where that is not certain.
    """

    lines: pd.DataFrame
    receipts: pd.DataFrame
    base: date | None
    items: OpenItems
    rules: Rules
    state: Texts
    back: dict[int, int]
    order: Ints
    receipt: Flags
    given_back: Flags
    fen: Ints
    payer: Texts
    decisions: Decisions
    before: Flags
    gone: Flags
    counted: Flags
    case: Texts
    match: Texts
    stage: Texts
    why: Texts
    candidates: Texts
    contract: Ints
    fixed: Ints
    parts: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    shared: dict[int, str] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    returned: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Tables, rules: Rules, today: date) -> _Work:
        lines, n = tables.payments, len(tables.payments)
        items = OpenItems.of(tables.cases, today)
        state, back = own_transfers.settled_states(lines, rules, items.name)
        receipt, known = state == p.RECEIVED, set(text(tables.cases, "case_id").tolist())
        given_back = np.isin(state, (p.REFUND, p.REVERSAL)) & (whole(lines, "amount") < 0)
        given_back[list(back)] = False  # these are explained: each takes back one line
        money = receipt | given_back
        decisions = decided(lines, known, money)
        before = standing.by_program(lines, receipt, decisions)
        order = np.lexsort((text(lines, "line_key").astype(str), lines["paid_at"].to_numpy()))

        def blank() -> Texts:
            return np.full(n, "", dtype=object)

        return cls(
            lines=lines,
            receipts=tables.receipts,
            base=tables.data_as_of,
            items=items,
            rules=rules,
            state=state,
            back=back,
            order=order,
            receipt=receipt,
            given_back=given_back,
            fen=whole(lines, "amount"),
            payer=comparable(text(lines, "payer")),
            decisions=decisions,
            before=before,
            gone=standing.departed(lines, before, known),
            counted=standing.counted(tables, rules.allocation.ledger_counts),
            case=typed_elsewhere(lines, money),
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

    @cached_property
    def numbers(self) -> References:
        """The case and contract numbers of the ledger."""
        return References(self.items.case_id, self.items.contract_no, self.items.contract)

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
            at = tuple((rows.get(case, NONE), fen) for case, fen in parts)
            first = next((row for row, _ in at if row >= 0 and self.receipt[i]), NONE)
            self.post(i, "confirmed", why("confirmed", self.lang), int(self.items.contract[first]) if first >= 0 else NONE, first)
            self.case[i] = str(self.lines["case_id"].iloc[i])
            if self.given_back[i]:
                self.state[i] = p.REFUND
            elif len(at) > 1:
                self.parts[i] = at
        for i, typed in self.decisions.waiting.items():
            self.propose(i, "confirmed", why("typed", self.lang), (rows[typed],) if typed in rows else ())
            self.case[i] = typed

    def stand(self) -> None:
        """Postings of earlier presses whose case has left the ledger since, paid in full: nothing is left to judge them by.

        Where the memo bears another case number that is in the ledger, the one on the line was typed by a person who did not confirm it.
        """
        at = np.flatnonzero(self.gone)
        found = refer(self.numbers, text(self.lines, "memo")[at].tolist())
        self.gone[at[(found.row >= 0) & found.sure & found.exact.astype(bool)]] = False
        for i in np.flatnonzero(self.gone).tolist():
            self.match[i] = p.POSTED
            self.case[i], self.stage[i], self.why[i] = (str(self.lines[name].iloc[i]) for name in ("case_id", "stage", "why"))

    def by_log(self) -> None:
        """The people's own log says the case for the very transaction number and amount."""
        for i, row in logged.by_number(self.lines, self.left(), self.fen, self.receipts, self.items).items():
            if i not in self.decisions.undone:
                self.post(i, "logged", why("logged", self.lang), int(self.items.contract[row]), row)

    def by_reference(self) -> None:
        """A number of a case or contract in the memo; several contracts are a tie, a short number needs the customer's name."""
        items, at = self.items, np.concatenate([self.left(), np.flatnonzero(self.given_back & (self.match == ""))])
        found = refer(self.numbers, text(self.lines, "memo")[at].tolist())
        for k in np.flatnonzero(found.row != NONE).tolist():
            if self.receipt[at[k]]:
                self._referred(int(at[k]), k, found)
            elif found.row[k] >= 0 and found.sure[k] and (found.exact[k] or items.in_contract[found.row[k]] == 1):
                self.named[int(at[k])] = str(items.case_id[found.row[k]])

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
        at, contract, fen = self.shares()
        debtors, shared = known_accounts.learned(self.lines, at, self.stage, self.payer, contract, self.items, np.flatnonzero(self.gone))
        fresh = ~self.counted[at]
        sums = pd.Series(fen[fresh]).groupby(contract[fresh]).sum()
        paid = {int(k): int(v) for k, v in zip(sums.index, sums, strict=True)}
        found = known_accounts.judged(self.lines, self.left(), debtors, self.fen, self.items, self.order, self.counted, paid, self.rules)
        for i, verdict in found.items():
            reason = why("undone" if i in self.decisions.undone else verdict.reason, self.lang, tail=verdict.tail)
            if verdict.contract >= 0 and i not in self.decisions.undone:
                self.post(i, "account", reason, verdict.contract)
            else:
                self.propose(i, "account", reason, verdict.rows)
        self.shared = known_accounts.among(self.lines, self.left(), shared)

    def shares(self) -> tuple[Ints, Ints, Ints]:
        """Postings to contracts of the ledger: line, contract, fen; a receipt that is split gives one for each part."""
        whole_ones = (self.match == p.POSTED) & (self.contract >= 0)
        whole_ones[list(self.parts)] = False
        at = np.flatnonzero(whole_ones)
        more = np.array([(i, self.items.contract[row], fen) for i, ps in self.parts.items() for row, fen in ps if row >= 0], dtype=np.int64)
        every = np.concatenate([np.column_stack([at, self.contract[at], self.fen[at]]), more.reshape(-1, 3)])
        return every[:, 0], every[:, 1], every[:, 2]

    def by_alias(self) -> None:
        """Payers that a person has confirmed for one debtor before: a name is no account, so they are proposed."""
        at, contract, _ = self.shares()
        confirmed = self.stage[at] == "confirmed"
        debtors = known_accounts.aliases(at[confirmed], self.payer, contract[confirmed], self.items)
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
        for i, tail in self.shared.items():
            self.why[i] += why("shared", self.lang, tail=tail)

    # what follows from all -----------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Rows within contracts, refunds, what is no receipt, and what all this changes in the postings of earlier presses."""
        self._rows()
        self._others()
        for code, match in (("payments-proposed", p.PROPOSED), ("payments-unmatched", p.UNMATCHED)):
            count = int((self.receipt & (self.match == match)).sum())
            if count:
                self.problems.append(Problem(code, values={"count": count}))
        self.problems += standing.rejudged(self.lines, self.before, self.match, self.case, self.receipt, self.items)

    def _rows(self) -> None:
        """The case of every posting to a contract: the one that it names, else that under which people logged it, else by due date.

        What is given back may be paid again, and whose receipt it was follows from the rows of the receipts before it: so the two are found in
        turn, the refunds at least one by one in the order of time.
        """
        at, contract, fen = self.shares()
        fixed, counted = self._fixed(at, contract, fen)
        typed, back = self.case, _NOTHING
        for _ in range(int(self.given_back.sum()) + 1):
            self.case = typed.copy()
            parts = np.concatenate([np.column_stack([at, contract, fen, fixed, counted]), back])
            self._place(parts)
            self.returned = self._refunds()
            found = self._backs()
            if np.array_equal(found, back):
                break
            back = found

    def _fixed(self, at: Ints, contract: Ints, fen: Ints) -> tuple[Ints, Flags]:
        """Per posting: the row that is settled already, NONE for none, and whether what is open is less by it."""
        split = np.isin(at, list(self.parts))
        fixed = self.fixed[at].copy()
        fixed[split] = [row for ps in self.parts.values() for row, _ in ps if row >= 0]
        counted = self.counted[at].copy()
        when, order = days(self.lines, "paid_at")[at], self._in_time(at)
        near = self.rules.reconcile.log_days
        for k, (row, less) in logged.rows_of(when, contract, fen, order, self.receipts, self.items, near, self.base).items():
            if fixed[k] in (NONE, row):
                fixed[k], counted[k] = row, counted[k] | less
        return fixed, counted

    def _in_time(self, at: Ints) -> Ints:
        rank = np.empty(len(self.order), dtype=np.int64)
        rank[self.order] = np.arange(len(rank))
        return np.argsort(rank[at], kind="stable")

    def _place(self, postings: Ints) -> None:
        """postings: line, contract, fen, fixed row, counted; fen below zero for what is given back, whose case is not settled here."""
        at, contract, fen, fixed, counted = postings.T
        rows, splits = rows_of(self.items, contract, fen, fixed, self._in_time(at), counted.astype(bool))
        for k, (i, row) in enumerate(zip(at.tolist(), rows.tolist(), strict=True)):
            if self.case[i] == "" and fen[k] > 0:
                parts = splits.get(k)
                self.case[i] = "、".join(f"{self.items.case_id[r]}={plain_yuan(f)}" for r, f in parts) if parts else self.items.case_id[row]

    def _backs(self) -> Ints:
        """What is given back to contracts of several rows, as _place takes it."""
        said = {i: parts for i, parts in self.decisions.taken.items() if self.given_back[i]}
        said |= {i: ((case, int(self.fen[i])),) for i, case in self.returned.items() if case}
        rows = [(i, self.items.first_row.get(case, NONE), fen) for i, parts in said.items() for case, fen in parts]
        kept = [(i, row, fen) for i, row, fen in rows if row >= 0 and self.items.in_contract[row] > 1]
        if not kept:
            return _NOTHING
        return np.array([(i, self.items.contract[row], fen, row, self.counted[i]) for i, row, fen in kept], dtype=np.int64)

    def _others(self) -> None:
        number, day = text(self.lines, "transaction_id"), days(self.lines, "paid_at")
        for i, j in self.back.items():
            self.why[i] = why("reversal", self.lang, str(number[j] or day[j]))
            self.why[j] = why("reversed", self.lang, str(number[i] or day[i]))
        for i in np.flatnonzero(self.state == p.REVERSAL).tolist():
            if i not in self.back:
                self.why[i] = why("reversal_open", self.lang)
        self.why[(self.state == p.INTERNAL) & (self.why == "")] = why("own", self.lang)
        undone = np.isin(np.arange(len(self.state)), list(self.decisions.undone))
        self.why[self.given_back & (self.match == "") & undone] = why("undone", self.lang)
        for i, case in self.returned.items():
            if case:
                self.match[i], self.stage[i], self.case[i], self.why[i] = p.POSTED, "refund", case, why("refund", self.lang)
                self.state[i] = p.REFUND
            elif self.state[i] == p.REFUND:
                self.why[i] = why("refund_open", self.lang)

    def _refunds(self) -> dict[int, str]:
        """What was given back and of which no person has said anything, with its case; a reversal that equals no receipt gives back a part of one."""
        undone = np.isin(np.arange(len(self.state)), list(self.decisions.undone))
        at = self.order[(self.given_back & (self.match == "") & ~undone)[self.order]]
        lines, state, match, case = self.lines, self.state, self.match, self.case
        return refunds.cases_of(lines, at, state, match, case, self.payer, self.fen, self.order, self.named)

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
