"""Ledgers and statements made by chance, with the truth: which contract every line really belongs to.

What makes real reconciliation hard is all there: round and equal amounts, parallel contracts and identical instalments of one contract,
namesakes, part payments in round sums, payments by somebody else, strangers with the name or the amount of a customer, customers who pay
for something else, reversals, refunds, over-payments, settlements of channels, transfers between own accounts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.kinds import conform
from macros_py.domain.tables import Tables

SURNAMES = np.array(list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), dtype=object)
GIVEN = np.array(list("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鑫建国"), dtype=object)
ROUND = np.array([50_000, 100_000, 200_000, 500_000], dtype=np.int64)
START = np.datetime64("2026-10-01T08:00:00", "s")
BANK, ALIPAY = "622200001111222233", "2088000011112222"

KINDS = (
    "reference", "reference_part", "reference_more", "other_payer_reference", "account", "account_part", "name", "name_part", "other_payer",
    "stranger", "namesake", "unrelated", "reversed", "refund", "settlement", "own",
)  # fmt: skip
SHARES = np.array([22, 5, 3, 6, 18, 8, 8, 4, 4, 6, 4, 4, 3, 1, 2, 2], dtype=float)


@dataclass(frozen=True)
class Generated:
    """tables: cases and payments; truth: per line the row of a case of the contract that it belongs to, −1 for none; kind: see KINDS."""

    tables: Tables
    truth: np.ndarray
    contract: np.ndarray  # per case row
    kind: np.ndarray
    ledger: np.ndarray  # per line, which of the ledgers it is of


def generate(seed: int, debtors: int = 5, lines: int = 18, ledgers: int = 1) -> Generated:
    """`ledgers` ledgers side by side that share nothing: no name, number, account or month.

    Each has `debtors` debtors with one to three contracts each, and `lines` lines of the kinds above, a reversal and an over-payment
    among them; reversals and settlements are two lines.
    """
    rng = np.random.default_rng(seed)
    cases, contract = _cases(rng, debtors, ledgers)
    payments, truth, kind, ledger = _lines(rng, cases, lines, ledgers)
    return Generated(Tables(cases=cases, payments=payments), truth, contract, kind, ledger)


def mark(ledger: np.ndarray) -> np.ndarray:
    """A rare character for each ledger, so that no two of them share a name; none where there is one ledger only."""
    return np.array([chr(0x9A00 + k) if k else "" for k in ledger.tolist()], dtype=object)


def _names(rng: np.random.Generator, count: int) -> np.ndarray:
    """Chinese names of two or three characters; in a large ledger many people bear the same."""
    short = rng.random(count) < 0.2
    second = np.where(short, "", GIVEN[rng.integers(0, len(GIVEN), count)])
    return SURNAMES[rng.integers(0, len(SURNAMES), count)] + GIVEN[rng.integers(0, len(GIVEN), count)] + second


def _cases(rng: np.random.Generator, debtors: int, ledgers: int) -> tuple[pd.DataFrame, np.ndarray]:
    total = debtors * ledgers
    contracts = rng.choice([1, 1, 1, 2, 3], total)
    debtor = np.repeat(np.arange(total), contracts)
    rows = rng.choice([1, 1, 1, 1, 3], len(debtor))
    contract = np.repeat(np.arange(len(debtor)), rows)
    owner = debtor[contract]
    amount = np.where(rng.random(len(debtor)) < 0.6, rng.choice(ROUND, len(debtor)), rng.integers(10_000, 900_000, len(debtor)))[contract]
    n = len(contract)
    first = np.concatenate([[0], np.cumsum(rows)])[contract]
    due = np.datetime64("2026-06-15", "s") + ((np.arange(n) - first) * 30).astype("timedelta64[D]")
    name = _names(rng, total) + mark(np.arange(total) // debtors)
    number = np.array([f"HT2026{k:07d}" for k in range(len(debtor))], dtype=object)
    cases = pd.DataFrame(
        {
            "case_id": np.array([f"CS2026-{i:07d}" for i in range(n)], dtype=object),
            "contract_no": number[contract],
            "customer": name[owner],
            "customer_key": np.array([f"D{k}" for k in range(total)], dtype=object)[owner],
            "overdue_amount": amount,
            "due_date": due,
        }
    )
    cases = conform(cases, c.CASE_COLUMNS)
    return cases.assign(open_amount=cases["overdue_amount"], settled=False), contract


def _spelled(rng: np.random.Generator, case_id: str, contract_no: str) -> str:
    """A number as people write it into a memo."""
    number = case_id if rng.random() < 0.7 else contract_no
    ways = (
        number,
        number.lower(),
        number.replace("-", ""),
        number.replace("2026", " 2026 ").replace("-", ""),
        "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in number),
        f"还款{number}张三代",
        f"案号：{number} 10月",
        f"NO.{number}",
        f"{number[:6]}-{number[6:]}" if "-" not in number else number.replace("-", " - "),
    )
    return ways[int(rng.integers(len(ways)))]


def _lines(
    rng: np.random.Generator, cases: pd.DataFrame, count: int, ledgers: int
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    total = count * ledgers
    ledger = np.repeat(np.arange(ledgers), count)
    kind = rng.choice(np.array(KINDS, dtype=object), total, p=SHARES / SHARES.sum())
    kind[::count], kind[1::count], kind[2::count] = "reference", "reversed", "reference_more"
    owner = cases["customer_key"].str[1:].astype("int64").to_numpy() * ledgers // (int(cases["customer_key"].nunique()) or 1)
    first, size = np.searchsorted(owner, np.arange(ledgers)), np.bincount(owner, minlength=ledgers)
    row = first[ledger] + rng.integers(0, 1 << 30, total) % size[ledger]
    amount = cases["overdue_amount"].to_numpy(np.int64)
    number, names = cases["case_id"].to_numpy(object), cases["customer"].to_numpy(object)
    holder = cases["customer_key"].to_numpy(object)
    contract_no = cases["contract_no"].to_numpy(object)
    strangers = _names(rng, total) + mark(ledger)
    plains = np.array(["", "转账", "还款", "网银转账 20261015", "手机转账 订单99812"], dtype=object)[rng.integers(0, 5, total)]
    clock = ledger * 100 * 86_400 + np.cumsum(rng.integers(60, 40_000, total).reshape(ledgers, count), axis=1).ravel()
    made: list[tuple[object, ...]] = []
    for i in range(total):
        r, k = int(row[i]), str(kind[i])
        second, bank, channel = int(clock[i]), f"{BANK}{ledger[i]:03d}", f"{ALIPAY}{ledger[i]:03d}"
        fen = int(amount[r])
        part = int(min(rng.choice(ROUND), max(fen - 10_000, 5_000))) if rng.random() < 0.7 else max(fen // 3, 1)
        own = (names[r], f"6222{abs(hash_of(holder[r])):014d}")
        other = (strangers[i], f"6217{int(rng.integers(10**13, 10**14))}")
        ref = _spelled(rng, number[r], contract_no[r])
        plain = plains[i]
        line = {
            "reference": (*own, fen, ref, r),
            "reference_part": (*own, part, ref, r),
            "reference_more": (*own, fen + 10_000, ref, r),
            "other_payer_reference": (*other, fen, ref, r),
            "account": (*own, fen, plain, r),
            "account_part": (*own, part, plain, r),
            "name": (own[0], "", fen, plain, r),
            "name_part": (own[0], "", part, plain, r),
            "other_payer": (*other, fen, f"代{names[r]}还款", r),
            "stranger": (*other, int(rng.choice(ROUND)), plain, -1),
            "namesake": (names[r], other[1], fen, plain, -1),
            "unrelated": (*own, fen, "货款", -1),
            "reversed": (*own, fen, ref, -1),
            "refund": (own[0], own[1], -part, "退款", -1),
            "settlement": ("支付宝（中国）网络技术有限公司", "215500690", fen, "支付宝提现到账", -1),
            "own": ("某某催收公司", bank, fen, "内部划转", -1),
        }[k]
        state = {"refund": "refund", "own": "internal"}.get(k, "received")
        made.append((second, "工商银行", bank, *line, state, k, ledger[i]))
        if k == "reversed":
            made.append((second + 30, "工商银行", bank, own[0], own[1], -fen, "冲正", -1, "reversal", k, ledger[i]))
        if k == "settlement":
            made.append((second - 30, "支付宝", channel, "", "", -fen, "提现", -1, "internal", k, ledger[i]))
    return _table(made)


def hash_of(key: object) -> int:
    """A number of an account for a debtor, the same at every run."""
    return int(str(key)[1:]) * 7_919 + 13


def _table(made: list[tuple[object, ...]]) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    names = ["second", "source", "account", "payer", "payer_account", "amount", "memo", "truth", "stated", "kind", "ledger"]
    lines = pd.DataFrame(made, columns=names)
    lines["paid_at"] = START + lines["second"].to_numpy(np.int64).astype("timedelta64[s]")
    lines["transaction_id"] = [f"T{i:09d}" for i in range(len(lines))]
    lines["line_key"] = [f"L{i:019d}" for i in range(len(lines))]
    lines["state"] = lines["stated"]
    payments = conform(lines, c.PAYMENT_COLUMNS)[[k.name for k in c.PAYMENT_COLUMNS]]
    payments = payments.assign(row=np.arange(len(lines)) + 2, sheet="资金流水")
    return payments, lines["truth"].to_numpy(np.int64), lines["kind"].to_numpy(object), lines["ledger"].to_numpy(np.int64)


def large(lines: int, rows: int, seed: int = 3) -> Generated:
    """A large ledger of mostly round amounts made at once: `rows` open items (every second contract in instalments of one amount), and
    receipts by number, by known account, by name only, and by strangers, in equal parts. truth and kind are not told line by line."""
    rng = np.random.default_rng(seed)
    debtors = rows // 2
    owner = np.arange(rows) // 2
    amount = np.where(rng.random(rows) < 0.8, rng.choice(ROUND, rows), rng.integers(10_000, 900_000, rows))
    contract = np.where(owner % 2 == 0, owner * 2, np.arange(rows))
    amount = amount[contract]
    name = _names(rng, debtors) + mark_of(np.arange(debtors) % 400)
    number = pd.Series(np.arange(rows)).astype(str).str.zfill(8).to_numpy(object)
    cases = pd.DataFrame(
        {
            "case_id": "CS" + number,
            "contract_no": "HT" + number[contract],
            "customer": name[owner],
            "customer_key": ("D" + number)[owner],
            "overdue_amount": amount,
            "due_date": np.datetime64("2026-06-15", "s") + ((np.arange(rows) % 2) * 30).astype("timedelta64[D]"),
        }
    )
    cases = conform(cases, c.CASE_COLUMNS).assign(open_amount=lambda t: t["overdue_amount"], settled=False)
    row, way = rng.integers(0, rows, lines), rng.integers(0, 4, lines)
    way[: lines // 8], row[: lines // 8] = 0, np.arange(lines // 8) * 4 % rows
    stranger = _names(rng, lines) + mark_of(rng.integers(0, 400, lines))
    account = pd.Series(owner[row]).astype(str).str.zfill(12).to_numpy(object)
    table = pd.DataFrame(
        {
            "source": "工商银行",
            "account": BANK,
            "paid_at": START + np.arange(lines).astype("timedelta64[s]") * 10,
            "amount": amount[row],
            "payer": np.where(way == 3, stranger, name[owner[row]]),
            "payer_account": np.where(way <= 1, "6222" + account, ""),
            "memo": np.where(way == 0, "还款 cs-" + number[row] + " 十月", "转账"),
            "stated": "received",
            "state": "received",
            "transaction_id": "T" + pd.Series(np.arange(lines)).astype(str).str.zfill(9).to_numpy(object),
            "line_key": "L" + pd.Series(np.arange(lines)).astype(str).str.zfill(9).to_numpy(object),
        }
    )
    payments = conform(table, c.PAYMENT_COLUMNS).assign(row=np.arange(lines) + 2, sheet="资金流水")
    nobody = np.full(lines, -1, dtype=np.int64)
    return Generated(Tables(cases=cases, payments=payments), nobody, contract, way.astype(object), np.zeros(lines, dtype=np.int64))


def mark_of(code: np.ndarray) -> np.ndarray:
    """A further character of a name, so that names are as many as in a city."""
    return np.array([chr(0x5F20 + k) for k in range(400)], dtype=object)[code]
