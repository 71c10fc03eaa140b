"""The lines of the statements on their way through the stages of a reconciliation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Ints, Texts, text, whole
from macros_py.domain.problems import Problem
from macros_py.domain.reconciling import candidates, own_transfers, standing
from macros_py.domain.reconciling.decisions import Decisions, decided, typed_elsewhere
from macros_py.domain.reconciling.match_words import shown
from macros_py.domain.reconciling.open_items import OpenItems
from macros_py.domain.reconciling.payer_names import comparable
from macros_py.domain.reconciling.references import NONE, References
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables


@dataclass
class Work:
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
    problems: list[Problem]
    match: Texts = field(init=False)
    stage: Texts = field(init=False)
    why: Texts = field(init=False)
    candidates: Texts = field(init=False)
    contract: Ints = field(init=False)
    fixed: Ints = field(init=False)
    parts: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    shared: dict[int, str] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    returned: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = len(self.lines)
        self.match, self.stage, self.why, self.candidates = (np.full(n, "", dtype=object) for _ in range(4))
        self.contract, self.fixed = (np.full(n, NONE, dtype=np.int64) for _ in range(2))

    @classmethod
    def of(cls, tables: Tables, rules: Rules, today: date) -> Work:
        lines = tables.payments
        items = OpenItems.of(tables.cases, today)
        state, back = own_transfers.settled_states(lines, rules, items.name)
        receipt, known = state == p.RECEIVED, set(text(tables.cases, "case_id").tolist())
        given_back = np.isin(state, (p.REFUND, p.REVERSAL)) & (whole(lines, "amount") < 0)
        given_back[list(back)] = False  # these are explained: each takes back one line
        money = receipt | given_back
        decisions = decided(lines, known, money)
        before = standing.by_program(lines, receipt, decisions)
        order = np.lexsort((text(lines, "line_key").astype(str), lines["paid_at"].to_numpy()))
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

    def shares(self) -> tuple[Ints, Ints, Ints]:
        """Postings to contracts of the ledger: line, contract, fen; a receipt that is split gives one for each part."""
        whole_ones = (self.match == p.POSTED) & (self.contract >= 0)
        whole_ones[list(self.parts)] = False
        at = np.flatnonzero(whole_ones)
        more = np.array([(i, self.items.contract[row], fen) for i, ps in self.parts.items() for row, fen in ps if row >= 0], dtype=np.int64)
        every = np.concatenate([np.column_stack([at, self.contract[at], self.fen[at]]), more.reshape(-1, 3)])
        return every[:, 0], every[:, 1], every[:, 2]

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
