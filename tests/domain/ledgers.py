"""Ledgers made by a seed: cases with instalments and shared debtors, receipts with reversals, refunds, over-payments, waivers, and adjustments."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.tables import Tables

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 23)
PRODUCTS = ("信用卡", "消费贷", "车贷", "小额贷款")


def ledger(seed: int, cases: int = 7, receipts: int = 12) -> Tables:
    """At least 5 cases and 10 receipts, among them reversals (named and not), refunds, over-payments and back-dated ones."""
    return ledgers(range(seed, seed + 1), cases, receipts)


def ledgers(seeds: range, cases: int = 7, receipts: int = 12) -> Tables:
    """A ledger of each seed, side by side in one workbook: case numbers and debtors are those of their own ledger."""
    rows: tuple[list[dict[str, Any]], ...] = ([], [], [])
    for seed in seeds:
        dice = random.Random(seed)
        own = _cases(dice, cases, f"{seed}-")
        for table, more in zip(rows, (own, _receipts(dice, own, receipts), _adjustments(dice, own)), strict=True):
            table += more
    return Tables(
        cases=conform(pd.DataFrame(rows[0]), c.CASE_COLUMNS),
        receipts=conform(pd.DataFrame(rows[1]), c.RECEIPT_COLUMNS),
        adjustments=conform(pd.DataFrame(rows[2]), c.ADJUSTMENT_COLUMNS),
        data_as_of=FIRST if seeds.start % 2 else None,
    )


def _day(dice: random.Random) -> pd.Timestamp:
    return pd.Timestamp(FIRST + timedelta(days=dice.randrange(1, (LAST - FIRST).days)))


def _cases(dice: random.Random, count: int, book: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number in range(count):
        parts = {name: dice.choice((0, dice.randrange(1, 500_000))) for name in ("principal", "interest", "penalty", "fees")}
        case = rows[-1]["case_id"] if rows and dice.random() < 0.15 else f"{book}C{number:03d}"  # sometimes a further instalment
        total = sum(parts.values())
        stated = dice.choice((pd.NA, total, total // 2 + 1))
        rows.append(
            {"case_id": case, "customer_key": f"{book}K{dice.randrange(3)}", "product": dice.choice(PRODUCTS), "overdue_amount": stated,
             "due_date": pd.Timestamp(FIRST - timedelta(days=dice.randrange(-60, 200))), **parts}
        )  # fmt: skip
    return rows


def _receipts(dice: random.Random, cases: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number in range(count):
        to_debtor = dice.random() < 0.15
        case = dice.choice(cases)
        row = {
            "receipt_id": f"R{number:03d}" if dice.random() < 0.9 else "",
            "case_id": "" if to_debtor else case["case_id"],
            "customer_key": case["customer_key"] if to_debtor else "",
            "paid_on": _day(dice),
            "amount": dice.choice((50_000, 100_000, dice.randrange(1, 900_000), 3_000_000)),
            "pay_channel": dice.choice(("银行转账", "微信", "", "减免" if not to_debtor else "")),
            "reverses": "",
        }
        roll, before = dice.random(), [r for r in rows if r["amount"] > 0 and r["pay_channel"] != "减免"]
        if before and roll < 0.25:  # taken back: by number, or only by amount
            of = dice.choice(before)
            row |= {n: of[n] for n in ("case_id", "customer_key")} | {"amount": -of["amount"], "pay_channel": "冲正"}
            row |= {"paid_on": max(of["paid_on"], _day(dice)), "reverses": of["receipt_id"] if roll < 0.15 else ""}
        elif roll < 0.3:
            row |= {"amount": -dice.randrange(1, 200_000), "pay_channel": "退款"}
        rows.append(row)
    return rows


def _adjustments(dice: random.Random, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"case_id": dice.choice(cases)["case_id"], "adjusted_on": _day(dice), "adjust_kind": dice.choice(("计提", "减免")),
         **{f"adjusted_{part}": dice.choice((0, dice.randrange(1, 50_000))) for part in ("cost", "penalty", "interest", "principal")}}
        for _ in range(dice.randrange(0, 4))
    ]  # fmt: skip
