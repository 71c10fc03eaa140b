"""The codes of domain.payments as people read them on the sheet 资金流水, in either language, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from macros_py.domain import payments as p

Words = Mapping[str, tuple[str, str]]

STATES: Final[Words] = {
    p.RECEIVED: ("收款", "Received"),
    p.REFUND: ("退款", "Refund"),
    p.REVERSAL: ("冲正", "Reversal"),
    p.REVERSED: ("已被冲正", "Reversed"),
    p.EXPENSE: ("支出", "Paid out"),
    p.PENDING: ("处理中", "Pending"),
    p.FAILED: ("失败", "Failed"),
    p.INTERNAL: ("内部划转", "Own transfer"),
}
MATCHES: Final[Words] = p.MATCH_WORDS  # the report needs them too
STAGES: Final[Words] = {
    "confirmed": ("人工确认", "Confirmed by a person"),
    "logged": ("回款流水已登记", "In the log of receipts"),
    "reference": ("案号/合同号", "Case or contract no."),
    "account": ("已知付款账号", "Account known"),
    "alias": ("确认过的付款人", "Payer confirmed before"),
    "payer_amount": ("付款人+金额", "Payer and amount"),
    "payer": ("仅付款人", "Payer only"),
    "fuzzy": ("近似付款人", "Similar payer"),
    "several_cases": ("多案合计", "Several cases"),
    "several_payments": ("多笔合计", "Several payments"),
    "part": ("部分还款", "Part payment"),
    "other_payer": ("他人代付", "Paid by someone else"),
    "refund": ("退款对应原收款", "Refund of a receipt"),
}
CONFIRMED: Final[Words] = {p.YES: ("是", "Yes"), p.UNDO: ("撤销", "Undo")}
_MORE: Final = {
    p.YES: ("√", "✓", "✔", "y", "1", "确认", "已确认", "对", "true", "ok", "confirmed"),
    p.UNDO: ("取消", "cancel", "撤消", "否", "no", "n", "0"),
}
COLUMNS: Final[Mapping[str, Words]] = {
    "state": STATES,
    "stated": STATES,
    "match": MATCHES,
    "stage": STAGES,
    "confirmed": CONFIRMED,
}


def as_codes(table: pd.DataFrame) -> pd.DataFrame:
    """The table with words, in whichever language, as codes. A word that we do not know stays as it is."""
    return table.assign(**{name: _mapped(table[name], _codes(name)) for name in COLUMNS if name in table})


def as_words(table: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The table with codes as words of the language."""
    at = int(lang == "en")
    return table.assign(**{name: _mapped(table[name], {c: w[at] for c, w in COLUMNS[name].items()}) for name in COLUMNS if name in table})


def _codes(name: str) -> dict[str, str]:
    known = {word.casefold(): code for code, words in COLUMNS[name].items() for word in words}
    if name == "confirmed":
        known |= {word: code for code, words in _MORE.items() for word in words}
    return known


def _mapped(values: pd.Series, known: Mapping[str, str]) -> pd.Series:
    code, distinct = pd.factorize(values)
    words = pd.Series([known.get(str(w).strip().casefold(), known.get(str(w), str(w))) for w in distinct], dtype="str")
    return pd.Series(words.take(code).to_numpy(dtype=object), index=values.index, dtype="str")
