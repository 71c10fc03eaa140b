"""What a line of a statement is — received, refund, reversal, expense, pending, failed, own transfer — and which way the money went."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import payments as p

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

_FAILED: Final = re.compile(
    r"失败|关闭|取消|作废|已撤[销单]|撤销|未支付|拒绝|异常|fail|closed|cancel|declin|reject|revoked|payerror|void", re.IGNORECASE
)
_PENDING: Final = re.compile(
    r"待|等待|处理中|进行中|未到账|未入账|未记账|在途|受理|pending|process(?!ed)|created|userpaying|notpay|in progress|scheduled",
    re.IGNORECASE,
)
_REVERSAL: Final = re.compile(
    r"冲正|冲销|冲账|红冲|红字|抹账|反交易|退汇|退票|错账|撤销交易|revers(?:al|ed)|chargeback|returned (?:item|payment)|bounced|unpaid item",
    re.IGNORECASE,
)
_REFUND: Final = re.compile(r"退款|退回|退还|退货|refund", re.IGNORECASE)
_OWN: Final = re.compile(
    r"提现|余额宝|零钱通|理财|基金|归集|内部划转|内部转账|同名划转|自有账户|结算(?!单)|充值|转入零钱|信用卡还款|own account|payout|internal transfer|sweep",
    re.IGNORECASE,
)
_CHANNEL: Final = re.compile(r"支付宝|财付通|微信|理财通|零钱|余额宝|alipay|wechat|tenpay", re.IGNORECASE)
_IN: Final = re.compile(r"^\+$|^[收贷入来存进]|^不?收入|^cr?$|^credit|^in\b|^incoming|^deposit|贷", re.IGNORECASE)
_OUT: Final = re.compile(r"^-$|^[支付借出往取]|^dr?$|^debit|^out\b|^outgoing|^withdraw|借", re.IGNORECASE)
_LEAVES: Final = re.compile(r"提现|转出|购买|买入|还款|支出|结算", re.IGNORECASE)
_ENTERS: Final = re.compile(r"退款|充值|赎回|卖出|转入|收益|-到(?:零钱|余额)", re.IGNORECASE)
_YES: Final = re.compile(r"^(?:是|y|yes|1|true|冲正|冲账|已冲|r)$", re.IGNORECASE)


def per_distinct(values: Texts, judge: Callable[[str], object], dtype: str) -> npt.NDArray[np.generic]:
    """`judge` of every text, each distinct one judged once."""
    code, distinct = pd.factorize(values)
    return np.array([judge(str(v)) for v in distinct], dtype=dtype)[code] if len(distinct) else np.zeros(len(values), dtype=dtype)


def found(pattern: re.Pattern[str], values: Texts) -> Flags:
    """Where the pattern occurs."""
    return np.asarray(per_distinct(values, lambda v: bool(pattern.search(v)), "bool"))


def way(direction: Texts, words: Texts) -> tuple[Ints, Flags]:
    """+1 in, −1 out of each mark (收入, 贷, Cr …), and where the mark says neither: there the words of the line decide."""
    sign = np.asarray(per_distinct(direction, _way, "int64"))
    neutral = sign == 0
    told = np.asarray(per_distinct(words, _way_of_words, "int64"))
    return np.where(neutral, told, sign), neutral


def _way(mark: str) -> int:
    text = mark.strip()
    if text.startswith("不计"):
        return 0
    return -1 if _OUT.search(text) and not re.match(r"贷|收", text) else 1 if _IN.search(text) else 0


def _way_of_words(text: str) -> int:
    if re.search(r"-到(?:零钱|余额)|卖出|赎回|退款|充值", text):
        return 1
    return -1 if _LEAVES.search(text) and not _ENTERS.search(text) else 1


def states(fen: Ints, status: Texts, kind: Texts, memo: Texts, payer: Texts, flag: Texts, neutral: Flags, red: Flags) -> Texts:
    """The state code of every line.

    fen: signed; status, kind (type of transaction), memo, payer: as the file says; flag: what stands in a column 冲正标志;
    neutral: the file says neither in nor out; red: an amount booked negative on its own side (a correction in red).
    """
    texts = kind + "|" + memo
    failed, pending = found(_FAILED, status), found(_PENDING, status)
    reversal = found(_REVERSAL, status + "|" + texts) | found(_YES, flag) | red
    short = np.asarray(per_distinct(memo, lambda m: len(m) <= 8 or m.startswith(("退款", "退回")), "bool"))
    refund = found(_REFUND, status + "|" + kind) | (found(_REFUND, memo) & (short | (fen < 0)))
    own = found(_OWN, texts)
    cashed = found(re.compile("提现"), texts) & found(_CHANNEL, texts + "|" + payer)
    internal = (
        neutral
        | (own & (fen < 0) & found(re.compile("提现|归集|划转|结算|零钱通|余额宝|payout|sweep|internal|own", re.IGNORECASE), texts))
        | cashed
    )
    internal |= found(re.compile("内部划转|内部转账|同名划转|资金归集|internal transfer|own account", re.IGNORECASE), texts)
    chosen = [failed & ~reversal, pending & ~reversal & ~refund, reversal, refund, internal, fen < 0]
    names = np.array([p.FAILED, p.PENDING, p.REVERSAL, p.REFUND, p.INTERNAL, p.EXPENSE, p.RECEIVED], dtype=object)
    first = np.argmax(np.column_stack([*chosen, np.ones(len(fen), dtype=bool)]), axis=1)
    return np.asarray(names[first], dtype=object)
