"""Cash is what came in: what was given back is taken off however a ledger writes it, and what is no money never counts."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain.received import cash
from macros_py.domain.tables import Tables
from tests.domain.department import table

FRIDAY = dt.date(2026, 11, 27)


def counted(channel: str, fen: int) -> int:
    row = {"case_id": ["A1"], "paid_on": pd.to_datetime(["2026-11-20"]), "amount": [fen], "pay_channel": [channel]}
    cases = table(c.CASE_COLUMNS, case_id=["A1"], owner=["王丽"])
    return int(cash(Tables(cases=cases, receipts=table(c.RECEIPT_COLUMNS, **row)), FRIDAY)["fen"].sum())


@pytest.mark.parametrize(
    ("channel", "fen", "total"),
    [
        ("银行", 500, 500),
        ("银行", -500, -500),
        ("退款", 500, -500),
        ("退款", -500, -500),
        ("冲正", 500, -500),
        ("refund", 500, -500),
        ("减免", 500, 0),
        ("核销", 500, 0),
        ("待确认", 500, 0),
    ],
)
def test_what_counts_as_cash(channel: str, fen: int, total: int) -> None:
    assert counted(channel, fen) == total
