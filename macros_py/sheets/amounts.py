"""Amounts as people write them → whole fen.

Numbers are rounded half up at the fen as their shortest decimal says (1.005 is 1.01). Text may carry a currency, thousands marks,
full-width digits, a unit (万, 亿 …), brackets for minus, 整 behind, or be written in capitals (壹万元整).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.sheets import cells as k
from macros_py.sheets import currencies

_PLAIN: Final = re.compile(r"-?\d{1,13}(?:\.\d{1,2})?")
_UNITS: Final = {"": 0, "百": 2, "千": 3, "k": 3, "万": 4, "萬": 4, "w": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "億": 8, "m": 6}
_CURRENCY: Final = rf"{currencies.FOREIGN}|rmb¥?|¥|cny|cnh|人民币|元"
_AMOUNT: Final = re.compile(
    rf"[+]?(?P<minus>[-−–—‐△▲负])?(?P<money>{_CURRENCY})?[:]?(?P<minus2>[-−–])?"
    r"(?P<number>\d[\d,.']*|\.\d+)(?P<unit>十万|百万|千万|[百千万萬亿億wkm])?"
    rf"(?P<tail>元人民币|圆|块钱|块|yuan|{_CURRENCY})?(?:整|正)?(?P<minus3>(?<!\.)-)?"
    r"(?:(?<=\.)[-−–—]{1,2})?"  # 5000.- has no fen
)
_GROUPS: Final = re.compile(r"\d{1,3}(?:[,']\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+")
_MARKED: Final = re.compile(r"¥?(?:\d{1,3}(?:,\d{3}){0,3}|\d{1,12})(?:\.\d{1,4})?元?", re.ASCII)
_COMMA_DECIMAL: Final = re.compile(r"\d{1,3}(?:[.']\d{3})+,\d{1,2}\D*|\D*\d{1,3}(?:\.\d{3})+,\d{1,2}\D*")
_CAPITALS: Final = str.maketrans(
    "壹贰貳叁參叄肆伍陆陸柒捌玖零〇拾佰仟萬億圆圓兩两一二三四五六七八九", "122333456678900十百千万亿元元22123456789"
)
_BAD: Final = object()


def money(
    raw: k.Objects | k.Cells, unit: int = 1, currency: str = "", stated: Callable[[k.Cells], currencies.Stated | None] | None = None
) -> tuple[pd.arrays.IntegerArray, list[k.Found]]:
    """Fen (Int64), unknown where blank, said to be unknown, or not understood.

    unit: how many yuan one number without a unit of its own stands for (10000 under 万元). currency: the one in which the ledger is kept,
    by default the only one that the column states; stated: what each cell states, if more than stated_in is known of it.
    Found: amount-unreadable, amount-format (the number format contradicts itself or speaks of no amount), amount-foreign.
    """
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    fen = np.zeros(len(column.raw), np.int64)
    known = np.zeros(len(column.raw), bool)
    looks = column.looks
    odd = _looked(column.raw, looks, fen, known, unit)
    bad: list[int] = []
    for code in (k.WHOLE, k.FLOAT):
        at = np.setdiff1d(column.at(code), np.concatenate(list(looks.values()))) if looks else column.at(code)
        if len(at):
            bad += at[~_numbers(column.raw, at, fen, known, unit)].tolist()
    _texts(column, fen, known, bad, unit)
    bad += column.at(k.BOOL, k.MOMENT, k.DAY, k.OTHER).tolist()
    bad.sort()
    shown = [k.number_text(column.raw[i]) for i in bad]
    found = column.lost() + k.found("amount-unreadable", bad, shown) + odd
    found += _foreign(column, known, currency, (stated or stated_in)(column))
    return pd.arrays.IntegerArray(fen, ~known), found


def _looked(raw: k.Objects, looks: Mapping[Any, k.Positions], fen: npt.NDArray[np.int64], known: k.Mask, unit: int) -> list[k.Found]:
    """Numbers whose format states a unit or scales them."""
    found = []
    for look, at in looks.items():
        scale = _scale(look, unit)
        if scale is None:
            found.append(k.Found("amount-format", at, (look.code,) * len(at)))
        else:
            _numbers(raw, at, fen, known, scale)
    return found


def _scale(look: Any, unit: int) -> int | None:
    """Yuan per stored number by its format; None where the format is no amount's or shows another figure than it says.

    A format that shows stored yuan as ten-thousandths (0!.0,"万元") leaves the stored number the amount; the word alone
    (0.00"万元") makes the figure that people see ten thousand times as much.
    """
    scales = set()
    for before, after, power in look.sections:
        own = _own_unit(f"{before}1{after}")
        if own is _BAD:
            return None
        worded = unit if own is None else own
        shown_as = Decimal(worded).scaleb(power)
        scales.add(worded if power == 0 else 1 if shown_as == 1 or (own is None and unit == 1) else None)
    return scales.pop() if len(scales) == 1 else None


def _own_unit(shown: str) -> Any:
    """Yuan per one as a format's words say, None where they say nothing of it, the mark for unreadable for other words."""
    match = _AMOUNT.fullmatch(re.sub(r"\s", "", k.folded(shown)).lower())
    if match is None:
        return _BAD
    return 10 ** _UNITS[match["unit"] or ""] if match["unit"] or match["tail"] else None


def stated_in(column: k.Cells) -> currencies.Stated | None:
    """The currency that each cell states by its text or its number format, "" for none; None where no cell states any."""
    at, texts = column.texts()
    told = currencies.stated(texts) if texts else None
    looks = column.looks
    if told is None and not looks:
        return None
    out = np.full(len(column.raw), "", object)
    if told is not None:
        out[at] = told
    for look, where in looks.items():
        said = {currencies.in_text(before + after) for before, after, _ in look.sections}
        out[where] = said.pop() if len(said) == 1 else currencies.SEVERAL
    return out


def _foreign(column: k.Cells, known: k.Mask, currency: str, stated: currencies.Stated | None) -> list[k.Found]:
    """Amounts in another currency than the ledger's become unknown: nothing says at which rate they count."""
    kinds = set(stated.tolist()) - {""} if stated is not None else set()
    if not kinds - {currency or currencies.HOME} or (not currency and len(kinds) == 1):
        return []
    other = np.asarray((stated != "") & (stated != (currency or currencies.HOME)) & known)
    at = np.flatnonzero(other)
    known[at] = False
    assert stated is not None
    return [k.Found("amount-foreign", at, tuple(str(stated[i]) for i in at))] if len(at) else []


def _numbers(raw: k.Objects, at: k.Positions, fen: npt.NDArray[np.int64], known: k.Mask, unit: int) -> k.Mask:
    values = raw[at].astype(np.float64)
    good = np.abs(values) * unit < 1e14
    fen[at[good]] = to_fen(values[good], unit)
    known[at[good]] = True
    return good


def to_fen(values: npt.NDArray[np.float64], unit: int = 1) -> npt.NDArray[np.int64]:
    """Yuan as floats → fen, half up as the shortest decimal of each float says."""
    scaled = values * (100 * unit)
    out = np.rint(scaled).astype(np.int64)
    near_half = np.flatnonzero(np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) < np.maximum(1e-3, np.abs(scaled) * 1e-12))
    out[near_half] = [_round(Decimal(repr(float(values[i]))) * unit) for i in near_half]
    return out


def _round(yuan: Decimal) -> int:
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _texts(column: k.Cells, fen: npt.NDArray[np.int64], known: k.Mask, bad: list[int], unit: int) -> None:
    at, texts = column.texts()
    if not texts:
        return
    plain = np.fromiter(map(bool, map(_PLAIN.fullmatch, texts)), bool, len(texts))
    if plain.any():
        fen[at[plain]] = to_fen(np.fromiter((float(t) for t, p in zip(texts, plain, strict=True) if p), np.float64), unit)
        known[at[plain]] = True
    odd = [k.folded(t) for t, p in zip(texts, plain, strict=True) if not p]
    comma = _decimal_comma(odd)
    at = at[~plain]
    if unit == 1 and not comma:
        at, odd = _marked(at, odd, fen, known)
    for i, value in zip(at.tolist(), k.by_distinct(odd, lambda t: read_amount(t, unit, comma)), strict=True):
        if value is _BAD:
            bad.append(i)
        elif value is not None:
            fen[i], known[i] = value, True


def _marked(at: k.Positions, texts: list[str], fen: npt.NDArray[np.int64], known: k.Mask) -> tuple[k.Positions, list[str]]:
    """¥1,234.50 and 1234.5元, the commonest of the odd ones, at once; → what is left to be read one by one."""
    simple = np.fromiter(map(bool, map(_MARKED.fullmatch, texts)), bool, len(texts))
    if simple.any():
        bare = [t.strip("¥元").replace(",", "") for t, s in zip(texts, simple, strict=True) if s]
        fen[at[simple]] = to_fen(np.fromiter(map(float, bare), np.float64, len(bare)))
        known[at[simple]] = True
    return at[~simple], [t for t, s in zip(texts, simple, strict=True) if not s]


def _decimal_comma(texts: list[str]) -> bool:
    """True where the column proves that its comma is the decimal mark: 1.234,50 occurs, 1,234.50 does not."""
    if any(_COMMA_DECIMAL.fullmatch(t) for t in texts):
        return not any(re.search(r",\d{3}\.", t) for t in texts)
    commas = [t for t in texts if "," in t]
    return bool(commas) and not any("." in t for t in texts) and all(re.fullmatch(r"\D*\d+,\d{1,2}\D*", t) for t in commas)


def read_amount(text: str, unit: int = 1, decimal_comma: bool = False) -> Any:
    """Fen, None where the text says unknown, or a mark of its own where it cannot be read."""
    if k.is_unknown_word(text):
        return None
    body = re.sub(r"\s", "", text).lower().replace("。", ".").replace("、", ",").removeprefix("'").replace("￥", "¥")
    bracketed = body.startswith("(") and body.endswith(")")
    body = body.strip("()") if bracketed else re.sub(r"\((元|人民币|rmb|cny|cr|dr)\)$", "", body)
    match = _AMOUNT.fullmatch(body)
    if match is None:
        return _in_words(body)
    number = _decimal(match["number"], decimal_comma)
    if number is None:
        return _BAD
    own = match["unit"] or match["tail"]
    yuan = number.scaleb(_UNITS[match["unit"] or ""]) if own else number * unit
    minus = bracketed != bool(match["minus"] or match["minus2"] or match["minus3"])
    if yuan >= Decimal(10) ** 14:
        return _BAD
    return -_round(yuan) if minus else _round(yuan)


def _decimal(number: str, decimal_comma: bool) -> Decimal | None:
    if decimal_comma:
        number = number.replace(".", "").replace(",", ".")
    if not _GROUPS.fullmatch(number):
        return None
    try:
        return Decimal(number.replace(",", "").replace("'", ""))
    except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
        return None


_WORDS: Final = re.compile(r"(?:(?P<yuan>[\d.十百千万亿]+)元)?(?:(?P<jiao>\d)角)?0?(?:(?P<fen>\d)分)?")


def _in_words(body: str) -> Any:
    """壹万贰仟元整, 一万二千元, 1234元5角 …; the mark for unreadable otherwise."""
    words = re.sub(r"^(人民币|¥|rmb):?", "", body).translate(_CAPITALS)
    words = re.sub(r"[整正]$", "", words)
    if re.fullmatch(r"[\d.十百千万亿]*[十百千万亿]", words) or re.fullmatch(r"0", words):
        words += "元"
    match = _WORDS.fullmatch(words)
    if match is None or not words or not any(match.groups()):
        return _BAD
    yuan = _spoken(match["yuan"]) if match["yuan"] else Decimal(0)
    if yuan is None:
        return _BAD
    return _round(yuan) + 10 * int(match["jiao"] or 0) + int(match["fen"] or 0)


def _spoken(words: str) -> Decimal | None:
    """1万2千3百 → 12300; None where it does not add up."""
    total = section = Decimal(0)
    pieces = re.findall(r"(\d+(?:\.\d+)?)?([十百千万亿])?", words)[:-1]
    if "".join(n + u for n, u in pieces) != words:
        return None
    last = Decimal("inf")
    for number, mark in pieces:
        value = Decimal(number) if number else Decimal(1 if mark == "十" else 0)
        if mark in ("万", "亿"):
            whole = total + section + value
            total = whole * Decimal(10) ** 8 if mark == "亿" else total + (section + value) * Decimal(10) ** 4
            section, last = Decimal(0), Decimal("inf")
        elif mark:
            power = Decimal(10) ** {"十": 1, "百": 2, "千": 3}[mark]
            if power >= last:
                return None
            section, last = section + value * power, power
        else:
            if last != Decimal("inf") and not number.startswith("0") and (last > 10 or value > 9):
                return None  # 3万5 and 3千5 are spoken short forms: not guessed
            section += value
    return total + section
