"""Receipts as the rules count them: the people's own log and the posted lines of statements, the same money once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Texts, days, text, whole
from macros_py.domain.kinds import conform
from macros_py.domain.reconciling.decisions import parts_of
from macros_py.domain.reconciling.payer_names import comparable
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result, Tables

REFUNDED: Final = "退款"  # pay_channel of what was given back
WAITING: Final = "待确认"  # pay_channel of a receipt that waits for a person: nobody's yet, and a reason to ask before anybody is called


def joined(tables: Tables, rules: Rules, today: date) -> Result:
    """tables.receipts and what the statements add to them.

    tables.payments: as reconcile leaves them; tables.receipts: the people's own log; tables.cases: case_id, customer
    → receipts (RECEIPT_COLUMNS): the log, then posted lines that it lacks (a line for several cases gives a row each; a refund is
      negative), then lines that wait for a person, under their customer's name and without a case.
    A logged receipt and a line are the same money when they bear the same number, else when case (or payer) and amount are the same and
    the days are near (rules.reconcile.log_days). Of the two the one that knows its case counts. line_key: the line that a receipt is.
    """
    lines = in_time(tables.payments)
    counted = np.isin(text(lines, "state"), (p.RECEIVED, p.REFUND))
    match = text(lines, "match")
    posted, waiting = counted & (match == p.POSTED), counted & (match == p.PROPOSED) & (whole(lines, "amount") > 0)
    if not (posted | waiting).any():
        return tables.receipts, []
    added = pd.concat([_posted(lines[posted]), _waiting(lines[waiting], tables.cases)], ignore_index=True)
    keep_log, keep_added, same = _once(tables.receipts, added, rules.reconcile.log_days)
    both = pd.concat(
        [tables.receipts.assign(line_key=same)[keep_log], conform(added[keep_added], tuple(c.RECEIPT_COLUMNS))], ignore_index=True
    )
    return conform(both, (*c.RECEIPT_COLUMNS, c.LINE_KEY)), []


def split_of_lines(split: pd.DataFrame, receipts: pd.DataFrame) -> pd.DataFrame:
    """The rows of allocation.allocate with the line_key of the line that each receipt is, "" for none. receipts: as joined gives them."""
    return split.assign(line_key=pd.Series(text(receipts, "line_key")[split["receipt"].to_numpy(np.int64)], index=split.index, dtype="str"))


def in_time(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines in the order of time, those of one moment by their fingerprints: the order of import tells nothing."""
    return lines.iloc[np.lexsort((text(lines, "line_key").astype(str), lines["paid_at"].to_numpy()))]


def _posted(lines: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        list(_rows(lines)), columns=["receipt_id", "paid_on", "case_id", "customer", "amount", "payer", "pay_channel", "line_key"]
    )


def _rows(lines: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    number = np.where(text(lines, "transaction_id") == "", text(lines, "line_key"), text(lines, "transaction_id"))
    refund = text(lines, "state") == p.REFUND
    columns = (
        number,
        days(lines, "paid_at"),
        text(lines, "case_id"),
        whole(lines, "amount"),
        text(lines, "payer"),
        text(lines, "source"),
        refund,
        text(lines, "line_key"),
    )
    for receipt, day, case, fen, payer, source, back, key in zip(*columns, strict=True):
        for one, part in (parts_of(case, int(fen)) or ()) if "=" in case else ((case, int(fen)),):
            yield receipt, day, one, "", part, payer, REFUNDED if back else source, key


def _waiting(lines: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    customer = dict(zip(text(cases, "case_id").tolist(), text(cases, "customer").tolist(), strict=True))
    names = [{customer.get(_first(part), "") for part in str(said).replace(" + ", "；").split("；")} for said in text(lines, "candidates")]
    return pd.DataFrame(
        {
            "receipt_id": np.where(text(lines, "transaction_id") == "", text(lines, "line_key"), text(lines, "transaction_id")),
            "paid_on": days(lines, "paid_at"),
            "case_id": "",
            "customer": [n.pop() if len(n - {""}) == 1 and len(n) == 1 else "" for n in names],
            "amount": whole(lines, "amount"),
            "payer": text(lines, "payer"),
            "pay_channel": WAITING,
            "line_key": text(lines, "line_key"),
        }
    )


def _first(candidate: str) -> str:
    return candidate.split("=")[0].split(" ")[0]


def _once(log: pd.DataFrame, added: pd.DataFrame, near: int) -> tuple[Flags, Flags, Texts]:
    """Which rows of the log and which lines count, and for each row of the log the line that is the same money."""
    keep_log, keep_added = np.ones(len(log), dtype=bool), np.ones(len(added), dtype=bool)
    line = np.full(len(log), "", dtype=object)
    if log.empty:
        return keep_log, keep_added, line
    free = np.ones(len(log), dtype=bool)
    known = text(log, "case_id")
    for how in (_numbers, _cases, _payers):
        waiting: dict[tuple[str, int], list[int]] = {}
        for j, key in enumerate(how(log)):
            if key and free[j]:
                waiting.setdefault(key, []).append(j)
        for i, key in enumerate(how(added)):
            if not key or not keep_added[i]:
                continue
            same = [j for j in waiting.get(key, ()) if free[j] and (how is _numbers or _days_apart(log, j, added, i) <= near)]
            if not same:
                continue
            j = min(same, key=lambda j: (_days_apart(log, j, added, i), j))
            free[j] = False
            line[j] = added["line_key"].iloc[i]
            if known[j] == "" and added["case_id"].iloc[i] != "":
                keep_log[j] = False
            else:
                keep_added[i] = False
    return keep_log, keep_added, line


Keys = list[tuple[str, int] | None]


def _numbers(table: pd.DataFrame) -> Keys:
    fen = whole(table, "amount").tolist()
    return [(str(n), f) if n else None for n, f in zip(text(table, "receipt_id"), fen, strict=True)]


def _cases(table: pd.DataFrame) -> Keys:
    fen = whole(table, "amount").tolist()
    return [(str(n), f) if n else None for n, f in zip(text(table, "case_id"), fen, strict=True)]


def _payers(table: pd.DataFrame) -> Keys:
    """Rows whose case one of the two does not know, by the name that they bear."""
    payer, customer = comparable(text(table, "payer")), comparable(text(table, "customer"))
    name: Texts = np.where(payer == "", customer, payer)
    fen = whole(table, "amount").tolist()
    return [(str(n), f) if n else None for n, f in zip(name, fen, strict=True)]


def _days_apart(log: pd.DataFrame, j: int, added: pd.DataFrame, i: int) -> int:
    first, second = log["paid_on"].to_numpy()[j], added["paid_on"].to_numpy()[i]
    if np.isnat(first) or np.isnat(second):
        return 10_000
    return abs(int((first.astype("datetime64[D]") - second.astype("datetime64[D]")).astype(np.int64)))
