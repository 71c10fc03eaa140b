"""How the number formats of a workbook show numbers: as dates, with words or a scale; and which day a serial number is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt
from lxml import etree

from macros_py.hosts.host import Look, shown_number
from macros_py.hosts.looks import looks_of


class Shown(IntEnum):
    """How a number is shown: as a number, a day (perhaps with the time), a time of day, or hours that run on ([h]:mm)."""

    NUMBER = 0
    DATE = 1
    TIME = 2
    ELAPSED = 3


# Built-in formats without a code of their own in the file (ECMA-376 part 1, 18.8.30, with the Chinese ones)
_BUILT_IN: Final = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58), Shown.DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), Shown.TIME),
    46: Shown.ELAPSED,
}
_PERCENT: Final[dict[str | int, str]] = {9: "0%", 10: "0.00%"}
LOOKED: Final = 64  # LOOKED + n: a number that the n-th look says more of
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general|g/通用格式|e[+-]', re.IGNORECASE)
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_EPOCH_1900: Final = np.datetime64("1899-12-30", "D")
_EPOCH_1904: Final = np.datetime64("1904-01-01", "D")
_DAY_MS: Final = 86_400_000
_WHOLE: Final = 1e15  # numbers from here on have lost digits: they stay floats


def shown_by(code: str) -> Shown:
    """How the first section of a number format code shows a number."""
    section = _LITERAL.sub("", code).split(";")[0].lower()
    if _ELAPSED.search(section):
        return Shown.ELAPSED
    if re.search(r"[yd]|e", section) or ("m" in section and not re.search(r"[hs]", section)):
        return Shown.DATE
    return Shown.TIME if re.search(r"[hs]", section) else Shown.NUMBER


@dataclass(frozen=True)
class Styles:
    """For every cell style how it shows numbers, a Shown or LOOKED + the number of its look. At least one entry."""

    shown: npt.NDArray[np.int16] = field(default_factory=lambda: np.zeros(1, np.int16))
    looks: tuple[Look, ...] = ()

    def of(self, styles: npt.NDArray[np.int64]) -> npt.NDArray[np.int16]:
        """How cells of these styles show numbers; an unknown style shows numbers."""
        known = (styles >= 0) & (styles < len(self.shown))
        return np.where(known, self.shown[np.clip(styles, 0, len(self.shown) - 1)], np.int16(0))

    def numbers(self, values: npt.NDArray[np.float64], styles: npt.NDArray[np.int64], date1904: bool) -> npt.NDArray[np.object_]:
        """Numbers as int, float, or what their style shows them as."""
        out = np.empty(len(values), object)
        shown = self.of(styles)
        plain = shown == 0
        whole = plain & (np.floor(values) == values) & (np.abs(values) < _WHOLE)
        out[whole] = values[whole].astype(np.int64).astype(object)
        parts = plain & ~whole
        out[parts] = values[parts].astype(object)
        looked = shown >= LOOKED
        dated = ~(plain | looked)
        out[dated] = moments(values[dated], shown[dated], date1904)
        if looked.any():
            out[looked] = [
                shown_number(v, self.looks[s - LOOKED]) for v, s in zip(values[looked].tolist(), shown[looked].tolist(), strict=True)
            ]
        return out


def styles_of(codes: Iterable[str | int]) -> Styles:
    """Number formats (codes, or numbers of built-in ones without a code) → how each shows numbers."""
    codes = [_PERCENT.get(code, code) for code in codes]
    distinct = {code: n for n, code in enumerate(dict.fromkeys(c for c in codes if isinstance(c, str)))}
    found = dict(zip(distinct, looks_of(distinct), strict=True))
    looks = list(dict.fromkeys(look for look in found.values() if look))
    kinds = []
    for code in codes:
        if isinstance(code, int):
            kinds.append(int(_BUILT_IN.get(code, Shown.NUMBER)))
            continue
        shown, look = shown_by(code), found[code]
        kinds.append(LOOKED + looks.index(look) if shown == Shown.NUMBER and look else int(shown))
    return Styles(np.array(kinds or [0], np.int16), tuple(looks))


def styles_of_part(styles: etree._Element | None) -> Styles:
    """The same for every cell style (cellXfs) of a styles part."""
    if styles is None:
        return Styles()
    codes = {e.get("numFmtId"): e.get("formatCode") or "" for e in styles.iterfind("{*}numFmts/{*}numFmt")}
    numbers = [xf.get("numFmtId") or "0" for xf in styles.iterfind("{*}cellXfs/{*}xf")]
    return styles_of(codes[n] if n in codes else int(n) for n in numbers)


def moments(serials: npt.NDArray[np.float64], shown: npt.NDArray[np.int16], date1904: bool = False) -> npt.NDArray[np.object_]:
    """Serial numbers as what they are shown as: date on whole days, else datetime; time of day; timedelta.

    What no calendar has stays a number: below day 1, day 60 of 1900 (which Excel invented), after 9999-12-31.
    """
    out = np.empty(len(serials), object)
    last = _LAST_DAY - (1462 if date1904 else 0)
    first = 0 if date1904 else 1
    ms = np.round(np.where(np.abs(serials) <= _LAST_DAY, serials, 0) * _DAY_MS).astype(np.int64)
    days = ms // _DAY_MS
    dated = (shown == Shown.DATE) | ((shown == Shown.TIME) & (serials >= 1))
    dated &= (days >= first) & (days <= last) & (np.abs(serials) < _LAST_DAY + 1)
    if not date1904:
        dated &= days != 60
    timed = (shown == Shown.TIME) & (serials >= 0) & (ms < _DAY_MS) & ~dated
    elapsed = (shown == Shown.ELAPSED) & (np.abs(serials) <= _LAST_DAY)
    _put_dates(out, dated, days, ms % _DAY_MS, date1904)
    out[timed] = [(dt.datetime.min + dt.timedelta(milliseconds=t)).time() for t in ms[timed].tolist()]
    out[elapsed] = [dt.timedelta(milliseconds=t) for t in ms[elapsed].tolist()]
    other = ~(dated | timed | elapsed)
    out[other] = [int(v) if v.is_integer() and abs(v) < 1e15 else v for v in serials[other].tolist()]
    return out


def _put_dates(
    out: npt.NDArray[np.object_], dated: npt.NDArray[np.bool_], days: npt.NDArray[np.int64], rest: npt.NDArray[np.int64], date1904: bool
) -> None:
    """Fill in dates and datetimes; in the 1900 system days before 60 count one less."""
    epoch = _EPOCH_1904 if date1904 else _EPOCH_1900
    shift = 0 if date1904 else (days < 60).astype(np.int64)
    whole = dated & (rest == 0)
    moment = dated & (rest != 0)
    day = epoch + (days + shift).astype("timedelta64[D]")
    out[whole] = day[whole].astype("datetime64[D]").astype(object)
    out[moment] = (day[moment].astype("datetime64[ms]") + rest[moment].astype("timedelta64[ms]")).astype(object)
