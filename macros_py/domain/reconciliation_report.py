"""对账报告: that the statements tie — per account, by channel, by day — and every receipt with its case, exceptions first.

SheetModel(kind="reconciliation", name="对账报告"); tables by the names of BLOCKS, in that order; facts by FACTS.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.arrays import Flags, Ints, Texts, days, text, whole
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import conform
from macros_py.domain.reconciling import account_balances, standing
from macros_py.domain.reconciling.account_balances import table_with
from macros_py.domain.reconciling.match_words import WHY
from macros_py.domain.reconciling.own_transfers import own_numbers, plain_number
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables

KIND: Final = "reconciliation"
NAME: Final = "对账报告"

BLOCKS: Final = (
    Block("exceptions", "异常", "Exceptions", c.REC_EXCEPTIONS, "没有异常。", "There are no exceptions."),
    Block("accounts", "账户余额核对", "Accounts", c.REC_ACCOUNTS, "没有流水。", "There are no statement lines."),
    Block("channels", "按渠道", "By channel", c.REC_CHANNELS, "没有流水。", "There are no statement lines."),
    Block("ageing", "暂收挂账账龄", "Ageing of open receipts", c.REC_AGEING, "没有挂账。", "Nothing is open."),
    Block("days", "按日", "By day", c.REC_DAYS, "没有收款。", "There are no receipts."),
    Block("open", "未匹配与待确认", "Unmatched and to confirm", c.REC_LINES, "每笔收款都已入账。", "Every receipt is posted."),
    Block("posted", "已入账", "Posted", c.REC_LINES, "没有已入账的收款。", "No receipt is posted."),
)
FACTS: Final = {
    "as_of": "date",
    "language": "zh or en",
    "from": "date or None: of the first line",
    "until": "date or None: of the last line",
    "received": "fen: all receipts",
    "posted": "fen",
    "proposed": "fen",
    "unmatched": "fen",
    "difference": "fen: receipts − posted − proposed − unmatched",
    "balance_difference": "fen or None: the sum of the accounts' differences (their absolute values); None where no statement has balances",
    "places": "dict block name → tuple of (sheet, row) of its lines",
    "not_listed": "dict block name → (rows, fen) beyond those listed",
}
AGES: Final = (
    (7, "7 天内", "to 7 days"),
    (30, "8–30 天", "8–30 days"),
    (90, "31–90 天", "31–90 days"),
    (10**6, "90 天以上", "over 90 days"),
)
COUNTED: Final = ("；台账金额已含这一笔，不再分配", "; the ledger's amounts include it, so it is not split again")
SPLIT: Final = ("cost_fen", "penalty_fen", "interest_fen", "principal_fen", "credit_fen")


def report(tables: Tables, rules: Rules, today: date, split: pd.DataFrame | None = None) -> SheetModel:
    """The report as of the day.

    tables.payments: as reconcile leaves them, with row and sheet; split: line_key, case_id and SPLIT (fen) where receipts were split.
    Lines after the day do not count. Every block's sums tie to facts["received"].
    """
    lines = tables.payments
    lines = lines[days(lines, "paid_at") <= np.datetime64(today, "D")].reset_index(drop=True)
    counted = standing.counted(tables.having(payments=lines), rules.allocation.ledger_counts)
    return _Report(lines, rules, today, split, counted).model()


class _Report:
    """The lines of one report as arrays, and its blocks."""

    def __init__(self, lines: pd.DataFrame, rules: Rules, today: date, split: pd.DataFrame | None, counted: Flags) -> None:
        self.lines, self.rules, self.today, self.split, self.counted = lines, rules, today, split, counted
        self.en = int(rules.office.language == "en")
        self.fen, self.state, self.match = whole(lines, "amount"), text(lines, "state"), text(lines, "match")
        self.receipt: Flags = np.asarray(self.state == p.RECEIVED)
        self.day = days(lines, "paid_at")
        self.source = text(lines, "source")

    def of(self, match: str) -> Ints:
        """The fen of receipts of a match, 0 for all other lines."""
        return np.where(self.receipt & (self.match == match), self.fen, 0)

    def model(self) -> SheetModel:
        accounts, most = account_balances.accounts(self.lines), self.rules.reconcile.report_rows
        open_lines, posted = self.listed((p.UNMATCHED, p.PROPOSED)), self.listed((p.POSTED,))
        tables = {
            "exceptions": self.exceptions(accounts),
            "accounts": accounts,
            "channels": self.channels(),
            "ageing": self.ageing(),
            "days": self.by_day(),
            "open": self.table_of(open_lines[:most]),
            "posted": self.table_of(posted[:most]),
        }
        shares = {name: int(self.of(name).sum()) for name in p.MATCHES}
        received = int(self.fen[self.receipt].sum())
        known_differences = accounts["rec_difference"].dropna()
        facts: dict[str, Any] = {
            "as_of": self.today,
            "language": self.rules.office.language,
            "from": self.day.min().item() if len(self.day) else None,
            "until": self.day.max().item() if len(self.day) else None,
            "received": received,
            **shares,
            "difference": received - sum(shares.values()),
            "balance_difference": int(known_differences.abs().sum()) if len(known_differences) else None,
            "places": {"open": self.places(open_lines[:most]), "posted": self.places(posted[:most])},
            "not_listed": {
                n: (len(at) - most, int(self.fen[at[most:]].sum()))
                for n, at in (("open", open_lines), ("posted", posted))
                if len(at) > most
            },
        }
        return SheetModel(NAME, KIND, tables, facts)

    # totals --------------------------------------------------------------------------------------------------------------

    def channels(self) -> pd.DataFrame:
        """Receipts of each channel, and what became of them; own transfers count once, on the side where money arrives."""
        fee = np.where(self.receipt, np.abs(whole(self.lines, "fee")), 0)
        parts = {
            "rec_count": self.receipt.astype(np.int64),
            "rec_total": np.where(self.receipt, self.fen, 0),
            "rec_fee": fee,
            "rec_refunds": np.where((self.state == p.REFUND) & (self.fen < 0), -self.fen, 0),
            "rec_internal": np.where((self.state == p.INTERNAL) & (self.fen > 0), self.fen, 0),
        }
        table = self._sums(parts, {"rec_source": self.source})
        return table_with(table.assign(rec_net=table["rec_total"] - table["rec_fee"]), c.REC_CHANNELS)

    def by_day(self) -> pd.DataFrame:
        """Receipts of each day and channel."""
        parts = {"rec_count": self.receipt.astype(np.int64), "rec_total": np.where(self.receipt, self.fen, 0)}
        table = self._sums(parts, {"rec_day": self.day.astype("datetime64[s]"), "rec_source": self.source})
        return table_with(table[table["rec_count"] > 0].reset_index(drop=True), c.REC_DAYS)

    def _sums(self, parts: dict[str, Ints], by: dict[str, Any]) -> pd.DataFrame:
        matches = {"rec_posted": self.of(p.POSTED), "rec_proposed": self.of(p.PROPOSED), "rec_unmatched": self.of(p.UNMATCHED)}
        table = pd.DataFrame({**by, **parts, **matches}).groupby(list(by), as_index=False, sort=True).sum()
        ties = table["rec_total"] - table["rec_posted"] - table["rec_proposed"] - table["rec_unmatched"]
        return table.assign(rec_difference=ties)

    def ageing(self) -> pd.DataFrame:
        """How long receipts have been waiting for a case."""
        waiting = self.receipt & np.isin(self.match, (p.PROPOSED, p.UNMATCHED))
        age = (np.datetime64(self.today, "D") - self.day).astype(np.int64)
        step = np.searchsorted([limit for limit, _, _ in AGES], age)
        rows = []
        for k, (_, zh, en) in enumerate(AGES):
            mine = waiting & (step == k)
            if mine.any():
                row = {"rec_age": (zh, en)[self.en], "rec_count": int(mine.sum()), "rec_amount": int(self.fen[mine].sum())}
                rows.append(
                    row | {"rec_proposed": int(self.of(p.PROPOSED)[mine].sum()), "rec_unmatched": int(self.of(p.UNMATCHED)[mine].sum())}
                )
        return table_with(rows, c.REC_AGEING)

    # exceptions and lines --------------------------------------------------------------------------------------------------

    def exceptions(self, accounts: pd.DataFrame) -> pd.DataFrame:
        """What a reviewer has to look at, with the first row that it concerns."""
        rows: list[dict[str, Any]] = []

        def tell(words: tuple[str, str], remedy: tuple[str, str], at: Ints, fen: int) -> None:
            if len(at):
                place = f"{self.lines['sheet'].iloc[at[0]]}!A{int(self.lines['row'].iloc[at[0]])}" if "row" in self.lines else ""
                rows.append(
                    {
                        "rec_exception": words[self.en],
                        "rec_count": len(at),
                        "rec_amount": fen,
                        "rec_place": place,
                        "rec_remedy": remedy[self.en],
                    }
                )

        broken = account_balances.breaks(self.lines)
        tell(
            ("余额不连续，可能漏了一段流水", "balances do not run on; lines may be missing"),
            ("补导出缺少的日期后再导入", "export the missing days and import them"),
            np.array([i for _, i, _ in broken], dtype=np.int64), sum(abs(f) for _, _, f in broken),
        )  # fmt: skip
        for words, remedy, mask in self._kinds():
            at = np.flatnonzero(mask)
            tell(words, remedy, at, int(np.abs(self.fen[at]).sum()))
        return table_with(rows, c.REC_EXCEPTIONS)

    def _kinds(self) -> list[tuple[tuple[str, str], tuple[str, str], Flags]]:
        reversal, refund = (self.state == p.REVERSAL), (self.state == p.REFUND) & (self.fen < 0)
        lonely = reversal & np.isin(text(self.lines, "why"), ("", *WHY["reversal_open"]))
        return [
            (("冲正找不到原交易", "reversals without their transaction"), ("核对原流水", "look the transaction up"), lonely),
            (
                ("退款没有对应的入账", "refunds without a posted receipt"),
                ("核对是哪一案的退款", "find the case of the refund"),
                refund & (self.match != p.POSTED),
            ),
            (
                ("收款进了公司账户以外的账户", "receipts in accounts that are not the company's"),
                ("核实账户并上报", "verify the account and report it"),
                self._elsewhere(),
            ),
            (("处理中的流水", "pending lines"), ("到账后再导入一次", "import again when they have settled"), self.state == p.PENDING),
            (
                ("待确认的收款", "receipts to be confirmed"),
                ("在资金流水填案件编号和确认", "type case number and Yes"),
                self.receipt & (self.match == p.PROPOSED),
            ),
            (
                ("未匹配的收款", "unmatched receipts"),
                ("查明来源", "find out where they are from"),
                self.receipt & (self.match == p.UNMATCHED),
            ),
        ]

    def _elsewhere(self) -> Flags:
        """Receipts on accounts that are not among the company's, where the settings list those."""
        if not self.rules.reconcile.own_accounts.strip():
            return np.zeros(len(self.lines), dtype=bool)
        own = own_numbers(self.rules)
        account: Texts = text(self.lines, "account")
        return np.array([bool(r) and plain_number(a) not in own for a, r in zip(account, self.receipt, strict=True)], dtype=bool)

    def listed(self, matches: tuple[str, ...]) -> Ints:
        """The lines of these matches: the first named first, then the newest."""
        at = np.flatnonzero(self.receipt & np.isin(self.match, matches))
        rank = np.array([matches.index(m) for m in self.match[at]], dtype=np.int64)
        return at[np.lexsort((-self.day[at].astype(np.int64), rank))]

    def places(self, at: Ints) -> tuple[tuple[str, int], ...]:
        if "row" not in self.lines:
            return ()
        return tuple(zip(text(self.lines, "sheet")[at].tolist(), whole(self.lines, "row")[at].tolist(), strict=True))

    def table_of(self, at: Ints) -> pd.DataFrame:
        """Lines as they are listed, with the split of what is posted."""
        part = self.lines.iloc[at]
        candidates, split = text(part, "candidates"), self._split_of(part)
        reason = np.where(candidates == "", text(part, "why"), text(part, "why") + "；" + candidates)
        counted = self.counted[at] & (self.match[at] == p.POSTED) & (self.split is not None)
        table = pd.DataFrame(
            {
                "rec_match": self._words(self.match[at]),
                "rec_day": self.day[at].astype("datetime64[s]"),
                "rec_number": text(part, "transaction_id"),
                "rec_payer": text(part, "payer"),
                "rec_memo": text(part, "memo"),
                "rec_amount": self.fen[at],
                "rec_case": text(part, "case_id"),
                "rec_why": np.where(counted, reason + COUNTED[self.en], reason),
                "rec_place": [f"{sheet}!A{row}" for sheet, row in self.places(at)] if "row" in part else "",
            }
        )
        table = conform(table.assign(**split), c.REC_LINES)
        wanted = [k.name for k in c.REC_LINES if self.split is not None or k not in c.REC_SPLIT]
        return table[wanted]

    def _words(self, matches: Texts) -> list[str]:
        return [p.MATCH_WORDS[m][self.en] for m in matches.tolist()]

    def _split_of(self, part: pd.DataFrame) -> dict[str, Any]:
        if self.split is None or self.split.empty:
            return {}
        sums = self.split.groupby("line_key")[list(SPLIT)].sum()  # numbers of vouchers come again, fingerprints do not
        at = np.where(text(part, "line_key") == "", -1, sums.index.get_indexer(pd.Index(text(part, "line_key"))))
        names = [k.name for k in c.REC_SPLIT]
        return {
            n: pd.Series(np.append(sums[s].to_numpy(np.int64), 0)[at], dtype="Int64").mask(at < 0).to_numpy()
            for n, s in zip(names, SPLIT, strict=True)
        }
