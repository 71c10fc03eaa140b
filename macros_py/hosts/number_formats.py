"""Which numbers are shown as dates, and which day a serial number is."""

from __future__ import annotations

import datetime as dt
import re
from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt
from lxml import etree


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
PADDED: Final = 64  # PADDED + n: a number shown in at least n digits (format 00000000)
_ZEROS: Final = re.compile(r"0{4,20}")
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general|g/通用格式|e[+-]', re.IGNORECASE)
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LAST_DAY: Final = 2_958_465  # 9999-12-31
_EPOCH_1900: Final = np.datetime64("1899-12-30", "D")
_EPOCH_1904: Final = np.datetime64("1904-01-01", "D")
_DAY_MS: Final = 86_400_000


def shown_by(code: str) -> Shown:
    """How the first section of a number format code shows a number."""
    section = _LITERAL.sub("", code).split(";")[0].lower()
    if _ELAPSED.search(section):
        return Shown.ELAPSED
    if re.search(r"[yd]|e", section) or ("m" in section and not re.search(r"[hs]", section)):
        return Shown.DATE
    return Shown.TIME if re.search(r"[hs]", section) else Shown.NUMBER


def _kind(code: str) -> int:
    first = code.split(";")[0].removesuffix("_ ")
    return PADDED + len(first) if _ZEROS.fullmatch(first) else shown_by(code)


def shown_by_style(styles: etree._Element | None) -> npt.NDArray[np.int8]:
    """For every cell style (cellXfs) of a styles part: how it shows numbers, a Shown or PADDED + digits. At least one entry."""
    if styles is None:
        return np.zeros(1, np.int8)
    codes = {e.get("numFmtId"): e.get("formatCode") or "" for e in styles.iterfind("{*}numFmts/{*}numFmt")}
    kinds = []
    for xf in styles.iterfind("{*}cellXfs/{*}xf"):
        number = xf.get("numFmtId") or "0"
        kinds.append(_kind(codes[number]) if number in codes else _BUILT_IN.get(int(number), Shown.NUMBER))
    return np.array(kinds or [Shown.NUMBER], np.int8)


def moments(serials: npt.NDArray[np.float64], shown: npt.NDArray[np.int8], date1904: bool = False) -> npt.NDArray[np.object_]:
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
