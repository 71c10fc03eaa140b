"""Dates as people write them → datetime64[s] at midnight (or with the time of day for log entries).

Which of 05/03/2026 is the day is decided for a whole column by the values that prove it (31/12/2012); where none does, those
values are unknown and said so. A month without a day (2026年3月) is unknown and said so. Numbers in a date column are
20260305 or an Excel serial, counted from 1904 where the workbook does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.sheets import cells as k

Moments = npt.NDArray[np.datetime64]
FAR: Final = 20  # years: a date of a two-digit year further off is read otherwise
FIRST, LAST = dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1)
_TAIL: Final = r"(?:[ T,]*(?:星期|周|礼拜)[一二三四五六日天])?(?:[ T]*(?P<h>\d{1,2})[:时点](?P<mi>\d{1,2})分?(?::?(?P<s>\d{1,2})(?:\.\d+)?秒?)?(?:z|\+08:?00)?)?"
_YMD: Final = re.compile(r"(?P<y>(?:19|20)\d\d)\s*[-/.,、年\\ ]\s*(?P<m>\d{1,2})\s*[-/.,、月\\ ]\s*(?P<d>\d{1,2})\s*[日号]?" + _TAIL)
_SHORT_CN: Final = re.compile(r"(?P<y>\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?" + _TAIL)
_SOLID: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:[ T]?(?P<h>\d\d):?(?P<mi>\d\d):?(?P<s>\d\d)?)?")
_THREE: Final = re.compile(r"(?P<a>\d{1,2})\s*[-/.]\s*(?P<b>\d{1,2})\s*[-/.]\s*(?P<c>\d{4}|\d{1,2})" + _TAIL)
_MONTH: Final = re.compile(r"(?:19|20)\d\d(?:年(?:0?[1-9]|1[0-2])月份?|[-/.](?:0?[1-9]|1[0-2]))")
_SERIAL: Final = re.compile(r"\d{5}(?:\.\d+)?")
_NAMES: Final = {m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_DAY_NAME: Final = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[- ,.]*(?P<n>[a-z]{3})[a-z]*[- ,.]*(?P<y>\d{4}|\d\d)" + _TAIL)
_NAME_DAY: Final = re.compile(r"(?P<n>[a-z]{3})[a-z]*[- .]*(?P<d>\d{1,2})(?:st|nd|rd|th)?[- ,.]+(?P<y>\d{4}|\d\d)" + _TAIL)
_YEAR_NAME: Final = re.compile(r"(?P<y>\d{4})[- ,./]+(?P<n>[a-z]{3})[a-z]*[- ,./]+(?P<d>\d{1,2})" + _TAIL)
_SPOKEN: Final = re.compile(r"([零〇○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?")
_DIGITS: Final = str.maketrans("零〇○一二三四五六七八九", "000123456789")


@dataclass(frozen=True)
class _Trouble:
    code: str


_BAD, _MONTH_ONLY, _ORDER = _Trouble("date-unreadable"), _Trouble("date-month-only"), _Trouble("date-ambiguous")


def dates(raw: k.Objects | k.Cells, date1904: bool = False, near: int = 2026, *, keep_time: bool = False) -> tuple[Moments, list[k.Found]]:
    """Midnights (datetime64[s], NaT unknown); found: date-unreadable, date-month-only, date-ambiguous.

    near: a year about which dates of two-digit years are expected. keep_time: the time of day is kept.
    """
    column = raw if isinstance(raw, k.Cells) else k.Cells.of(raw)
    out = np.full(len(column.raw), np.datetime64("NaT", "s"), "datetime64[s]")
    trouble: dict[str, list[int]] = {}
    at = column.at(k.MOMENT, k.DAY)
    if len(at):
        out[at] = _from_moments(column.raw[at])
    numbers = column.at(k.WHOLE, k.FLOAT)
    if len(numbers):
        out[numbers] = _from_numbers(column.raw[numbers].astype(np.float64), date1904)
    _from_texts(column, out, date1904, near, trouble)
    mute = np.concatenate([at, numbers, column.at(k.BOOL, k.OTHER)])
    wrong = np.isnat(out[mute]) | (out[mute] < np.datetime64(FIRST, "s")) | (out[mute] >= np.datetime64(LAST, "s"))
    out[mute[wrong]] = np.datetime64("NaT", "s")
    trouble.setdefault(_BAD.code, []).extend(mute[wrong].tolist())
    if not keep_time:
        out = out.astype("datetime64[D]").astype("datetime64[s]")
    return out, column.lost() + [f for code, where in trouble.items() for f in _told(column, code, sorted(where))]


def _told(column: k.Cells, code: str, at: list[int]) -> list[k.Found]:
    return k.found(code, at, [k.number_text(column.raw[i]) for i in at])


def _from_moments(values: k.Objects) -> Moments:
    """Dates and moments, several times faster by pandas than one by one; those with a time zone by what their clock shows."""
    try:
        return np.asarray(pd.DatetimeIndex(values).tz_localize(None).to_numpy(), dtype="datetime64[s]")
    except (ValueError, TypeError):  # some with a zone, some without; a year beyond pandas' calendar
        return np.asarray(k.by_distinct(values, _naive).astype("datetime64[s]"))


def _naive(value: Any) -> Any:
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) and value.tzinfo else value


def _from_numbers(values: npt.NDArray[np.float64], date1904: bool) -> Moments:
    out = np.full(len(values), np.datetime64("NaT", "s"), "datetime64[s]")
    serial = (values >= 10000) & (values < 80000)
    days = np.floor(values[serial])
    seconds = np.rint((values[serial] - days) * 86400)
    epoch = np.datetime64("1904-01-01" if date1904 else "1899-12-30", "s")
    out[serial] = epoch + (days * 86400 + seconds).astype("timedelta64[s]")
    solid = (values >= 19500101) & (values < 21000101)
    whole = values[solid].astype(np.int64)
    out[solid] = k.by_distinct(map(str, whole), lambda t: _moment(t[:4], t[4:6], t[6:8])).astype("datetime64[s]")
    return out


def _moment(y: str, m: str, d: str, h: str | None = None, mi: str | None = None, s: str | None = None) -> dt.datetime | None:
    try:
        return dt.datetime(int(y), int(m), int(d), int(h or 0), int(mi or 0), int(s or 0))
    except ValueError:
        return None


def _from_texts(column: k.Cells, out: Moments, date1904: bool, near: int, trouble: dict[str, list[int]]) -> None:
    at, texts = column.texts()
    if not texts:
        return
    odd = [m for m in map(_THREE.fullmatch, dict.fromkeys(map(k.folded, dict.fromkeys(texts)))) if m]
    whole = [m for m in odd if len(m["c"]) == 4]
    long, short = _order(whole, near), _order([m for m in odd if len(m["c"]) != 4], near, _proven(whole))

    def order(match: re.Match[str]) -> Any:
        return (long if len(match["c"]) == 4 else short)(match)

    values = k.by_distinct(texts, lambda t: read_date(t, date1904, order))
    wrong = np.fromiter((type(v) is _Trouble for v in values), bool, len(values))
    for i in np.flatnonzero(wrong):
        trouble.setdefault(values[i].code, []).append(int(at[i]))
    out[at[~wrong]] = values[~wrong].astype("datetime64[s]")


def _proven(whole: list[re.Match[str]]) -> str:
    """The order that the dates with four-digit years prove, "" when they leave it open."""
    orders = [o for o in ("dmy", "mdy") if whole and all(_arranged(m, o) for m in whole)]
    return orders[0] if len(orders) == 1 else ""


def _order(matches: list[re.Match[str]], near: int, proven: str = "") -> Callable[[re.Match[str]], Any]:
    """Decide by the values of the whole column which of a/b/c is year, month and day."""
    orders = [o for o in ("ymd", "dmy", "mdy") if all(_arranged(m, o) for m in matches)]
    if orders == ["ymd"] and not _years_fit(matches, "a", near):
        orders = []
    if proven in orders and all("/" in m[0] for m in matches):
        orders = [proven]
    if "ymd" in orders and len(orders) > 1:
        orders = _plausible(matches, orders, near)

    def decide(match: re.Match[str]) -> Any:
        readings = {value for o in orders if (value := _arranged(match, o))}
        if len(readings) == 1:
            return readings.pop()
        if readings:
            return _ORDER
        single = {
            value
            for o in ("ymd", "dmy", "mdy")
            if (value := _arranged(match, o)) and (len(match["c"]) == 4 or abs(value.year - near) <= FAR)
        }
        return single.pop() if len(single) == 1 else (_ORDER if single else _BAD)

    return decide


def _plausible(matches: list[re.Match[str]], orders: list[str], near: int) -> list[str]:
    first, last = _years_fit(matches, "a", near), _years_fit(matches, "c", near)
    nearer = first and _years_off(matches, "a", near) <= _years_off(matches, "c", near)  # 26-03-10, but not 11-05-26
    if first and (not last or (nearer and not any("/" in m[0] for m in matches))):
        return ["ymd"]
    return [o for o in orders if o != "ymd"] if last and not first else orders


def _years_fit(matches: list[re.Match[str]], key: str, near: int) -> bool:
    return all(near - FAR <= 2000 + int(m[key]) <= near + 10 for m in matches)


def _years_off(matches: list[re.Match[str]], key: str, near: int) -> int:
    return max((abs(2000 + int(m[key]) - near) for m in matches), default=0)


def _arranged(match: re.Match[str], order: str) -> dt.datetime | None:
    a, b, c = match["a"], match["b"], match["c"]
    if order == "ymd":
        return None if len(c) == 4 or len(a) == 1 else _moment("20" + a, b, c, match["h"], match["mi"], match["s"])
    if len(c) == 1:
        return None
    year = c if len(c) == 4 else "20" + c
    day, month = (a, b) if order == "dmy" else (b, a)
    return _moment(year, month, day, match["h"], match["mi"], match["s"])


def read_date(text: str, date1904: bool, order: Callable[[re.Match[str]], Any]) -> Any:
    """A datetime, None where the text says unknown, or the trouble with it."""
    body = k.folded(text).removeprefix("'").strip(" '")
    if k.is_unknown_word(body):
        return None
    for pattern in (_YMD, _SOLID, _SHORT_CN):
        if match := pattern.fullmatch(body):
            year = match["y"] if len(match["y"]) == 4 else "20" + match["y"]
            return _sane(_moment(year, match["m"], match["d"], match["h"], match["mi"], match["s"]))
    if match := _THREE.fullmatch(body):
        return order(match)
    if _MONTH.fullmatch(body) or re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", body):
        return _MONTH_ONLY
    if _SERIAL.fullmatch(body) or re.fullmatch(r"(?:19|20)\d{6}\.0+", body):
        value = _from_numbers(np.array([float(body)]), date1904)[0]
        return _BAD if np.isnat(value) else _sane(value.astype(dt.datetime))
    return _named(body.lower())


def _sane(value: dt.datetime | None) -> Any:
    return value if value is not None and FIRST <= value < LAST else _BAD


def _named(body: str) -> Any:
    match = _DAY_NAME.fullmatch(body) or _NAME_DAY.fullmatch(body) or _YEAR_NAME.fullmatch(body)
    if match and match["n"] in _NAMES:
        year = match["y"] if len(match["y"]) == 4 else "20" + match["y"]
        return _sane(_moment(year, str(_NAMES[match["n"]]), match["d"], match["h"], match["mi"], match["s"]))
    if match := _SPOKEN.fullmatch(body):
        year, month, day = match.groups()
        return _sane(_moment(year.translate(_DIGITS), _small(month), _small(day)))
    return _BAD


def _small(words: str) -> str:
    """十 → 10, 二十三 → 23."""
    tens, ten, ones = words.partition("十")
    if not ten:
        return words.translate(_DIGITS)
    return str(10 * int((tens or "一").translate(_DIGITS)) + int((ones or "零").translate(_DIGITS)))
