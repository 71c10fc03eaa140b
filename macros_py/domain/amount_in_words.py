"""Amounts in capitals 大写金额, as cheques and letters of demand want them.

Source: 正确填写票据和结算凭证的基本规定 (Payment and Settlement Measures, annex 1): 壹拾 and not 拾; one 零 for a run of zeros inside;
整 after 元; no 整 after 分; after 角 it may be left out, and is. 零 stands between 元 and 分 when there are no 角.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("仟", "佰", "拾", "")
WAN: Final = 10**4
YI: Final = 10**8


def _four(number: int) -> str:
    """1–9999 in capitals; zeros inside are said once, zeros at the end not at all."""
    out, skipped = "", False
    for digit, place in zip(f"{number:04d}", PLACES, strict=True):
        if digit == "0":
            skipped = bool(out)
            continue
        out += ("零" if skipped else "") + DIGITS[int(digit)] + place
        skipped = False
    return out


def _whole(number: int) -> str:
    """A whole number above zero in capitals; above 亿 the same rule is applied to the number of 亿, so there is no largest one."""
    for unit, word in ((YI, "亿"), (WAN, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            gap = "零" if 0 < low < unit // 10 else ""
            return _whole(high) + word + gap + (_whole(low) if low else "")
    return _four(number)


@lru_cache(maxsize=65_536)
def capitals(fen: int) -> str:
    """`fen` as 人民币 … 元 … 角 … 分, or … 整.

    >>> capitals(10_05), capitals(0), capitals(-50)
    ('人民币壹拾元零伍分', '人民币零元整', '人民币负伍角')
    """
    yuan, cents = divmod(abs(fen), 100)
    jiao, rest = divmod(cents, 10)
    words = "人民币" + ("负" if fen < 0 else "")
    if yuan or not cents:
        words += (_whole(yuan) if yuan else DIGITS[0]) + "元"
    if jiao:
        words += DIGITS[jiao] + "角"
    elif rest and yuan:
        words += DIGITS[0]
    return words + (DIGITS[rest] + "分" if rest else "" if cents else "整")


def capitals_of(amounts: pd.Series) -> pd.Series:
    """A column of fen (Int64) in capitals; '' where the amount is unknown. Equal amounts are worded once."""
    codes, seen = amounts.factorize()
    words = [capitals(int(fen)) for fen in seen] + [""]  # code -1, the unknown, takes the last one
    return type(amounts)([words[code] for code in codes], index=amounts.index, dtype="str")
