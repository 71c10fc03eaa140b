"""Amounts in capitals 大写金额, as cheques and letters of demand want them.

Source: 正确填写票据和结算凭证的基本规定 (Payment and Settlement Measures, annex 1): 壹拾 and not 拾; one 零 for a run of zeros inside;
整 after 元; no 整 after 分; after 角 it may be left out, and is. 零 stands between 元 and 分 when there are no 角.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("仟", "佰", "拾", "")
WAN: Final = 10**4
YI: Final = 10**8
MANY: Final = 500  # amounts for which the pieces are worth making


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


def capitals(fen: int) -> str:
    """`fen` as 人民币 … 元 … 角 … 分, or … 整.

    >>> capitals(10_05), capitals(0), capitals(-50)
    ('人民币壹拾元零伍分', '人民币零元整', '人民币负伍角')
    """
    yuan, cents = divmod(abs(fen), 100)
    return "人民币" + ("负" if fen < 0 else "") + (_whole(yuan) if yuan else "") + _cents(cents, above=yuan > 0)


def _cents(cents: int, *, above: bool) -> str:
    """What follows the number of yuan: 元整, 元伍角, 元零伍分; where there are none, 零元整, 伍角, 伍分."""
    jiao, rest = divmod(cents, 10)
    words = "元" if above else "" if cents else DIGITS[0] + "元"
    if jiao:
        words += DIGITS[jiao] + "角"
    elif rest and above:
        words += DIGITS[0]
    return words + (DIGITS[rest] + "分" if rest else "" if cents else "整")


def capitals_of(amounts: pd.Series) -> pd.Series:
    """A column of fen (Int64) in capitals; '' where the amount is unknown. A long one is put together from finished pieces."""
    unknown = amounts.isna().to_numpy()
    fen = amounts.fillna(0).to_numpy(dtype="int64")
    words = _joined(fen) if len(fen) >= MANY else [capitals(n) for n in fen.tolist()]
    for at in unknown.nonzero()[0].tolist():
        words[at] = ""
    return type(amounts)(words, index=amounts.index, dtype="str")


def _joined(fen: npt.NDArray[np.int64]) -> list[str]:
    """Each amount as 万, what is below it, and 元 with 角 and 分; from a 亿 up and below zero, where that is not enough, one by one."""
    import numpy as np

    wan, first, after, cents = _pieces()
    plain = (fen >= 0) & (fen < 100 * YI)
    yuan = np.where(plain, fen, 0) // 100
    high, low = yuan // WAN, yuan % WAN
    behind = cents[np.where(yuan > 0, fen % 100, 100 + fen % 100)]
    words = [
        a + b + c for a, b, c in zip(wan[high].tolist(), np.where(high > 0, after[low], first[low]).tolist(), behind.tolist(), strict=True)
    ]
    for at in np.flatnonzero(~plain).tolist():
        words[at] = capitals(int(fen[at]))
    return words


@cache
def _pieces() -> tuple[npt.NDArray[np.object_], ...]:
    """1–9999 万; 0–9999 at the beginning; the same behind 万; what follows whole yuan, and nothing, for every number of fen below a yuan."""
    import numpy as np

    four = ["", *map(_four, range(1, WAN))]
    wan = [f"人民币{words}万" if words else "人民币" for words in four]
    after = [("零" if 0 < n < WAN // 10 else "") + words for n, words in enumerate(four)]
    whole = [_cents(n, above=True) for n in range(100)]
    return tuple(np.array(words, dtype=object) for words in (wan, four, after, whole + [_cents(n, above=False) for n in range(100)]))
