"""One column of raw cells: what each cell is, and what was found wrong with it. The parsers of the kinds build on this.

Raw cells are None, str, bool, int, float, datetime, date, time, an error value or a formula without a result. The two last are
recognised without knowing the host: an error value is a str subclass whose text is one of Excel's errors, an uncached formula is
an Enum whose value is "uncached". In text files an error stands as plain text and counts as one too.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Objects = npt.NDArray[np.object_]
Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

BLANK, TEXT, BOOL, WHOLE, FLOAT, MOMENT, DAY, ERROR, UNCACHED, OTHER = range(10)
KINDS: Final = 10

ERROR_TEXT: Final = re.compile(
    r"#(N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|BUSY!|PYTHON!|EXTERNAL!)"
)
_LONG_NUMBER: Final = re.compile(r"\d{11,18}[Xx]?")  # phone and identity numbers are not repeated in messages
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LATIN: Final = re.compile(r"[A-Za-z]+")
_PLAIN_HAN: Final = re.compile(
    r"(?:[元万亿千百十拾佰仟壹贰叁肆伍陆柒捌玖零一二三四五六七八九年月日号时分秒约期天第每至到整正圆角个多近超逾前后底初末内起届满]"
    r"|左右|以上|以下|不到|大约|期间|人民币|美元|港币|欧元|逾期|欠款|金额|本金|利息|罚息|已还|未还|已展期|上午|下午|长期|随时|待定|不详|未知|暂无|合计|上周|本周|下周|月底|月初)+"
)
_PLAIN_LATIN: Final = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "rmb",
        "cny",
        "usd",
        "hkd",
        "eur",
        "gbp",
        "day",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "yua",
        "tbd",
        "nul",
        "non",
        "unk",
        "abo",
        "app",
    ]
)
SPACES: Final = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u2002\u2003\u2009"
UNKNOWN_WORDS: Final = frozenset(
    [
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "//",
        "?",
        "??",
        ".",
        "*",
        "无",
        "没有",
        "暂无",
        "未知",
        "不详",
        "不明",
        "待定",
        "待查",
        "待核实",
        "空",
        "空白",
        "缺",
        "缺失",
        "未填",
        "未提供",
        "未登记",
        "无数据",
        "n/a",
        "na",
        "nan",
        "null",
        "none",
        "nil",
        "nat",
        "unknown",
        "tbd",
        "#n/a",
        "not",
        "available",
    ]
)


@dataclass(frozen=True)
class Found:
    """Cells of one column with the same trouble: their positions, and what stood there (never personal data)."""

    code: str
    at: Positions
    shown: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


class _Codes(dict[type, int]):
    """type → code; types not met before are placed once."""

    def __missing__(self, kind: type) -> int:
        self[kind] = code = _place(kind)
        return code


def _place(kind: type) -> int:
    if issubclass(kind, Enum):
        return UNCACHED if any(m.value == "uncached" for m in kind) else OTHER
    ladder: tuple[tuple[Any, int], ...] = (
        (str, ERROR),
        ((bool, np.bool_), BOOL),
        ((int, np.integer), WHOLE),
        ((float, np.floating, Decimal), FLOAT),
        (dt.datetime, MOMENT),
        (dt.date, DAY),
    )
    return next((code for base, code in ladder if issubclass(kind, base)), OTHER)


_CODES: Final = _Codes({type(None): BLANK, str: TEXT})


@dataclass(frozen=True)
class Cells:
    """A column with one code per cell. Text of spaces only is blank."""

    raw: Objects
    codes: npt.NDArray[np.int8]

    @classmethod
    def of(cls, raw: Objects) -> Cells:
        """Classify a column; nothing is parsed yet."""
        values = raw.tolist()
        kinds = list(map(type, values))
        if len(set(kinds)) == 1:
            codes = np.full(len(raw), _CODES[kinds[0]], np.int8)
        else:
            codes = np.fromiter(map(_CODES.__getitem__, kinds), np.int8, len(raw))
        _settle_texts(raw, codes, values)
        if (codes == FLOAT).any():
            at = np.flatnonzero(codes == FLOAT)
            codes[at[np.isnan(raw[at].astype(np.float64))]] = BLANK
        return cls(raw, codes)

    def at(self, *codes: int) -> Positions:
        """Positions of the cells of these codes."""
        if len(codes) == 1:
            return np.flatnonzero(self.codes == codes[0])
        asked = np.zeros(KINDS, bool)
        asked[list(codes)] = True
        return np.flatnonzero(asked[self.codes])

    def texts(self) -> tuple[Positions, list[str]]:
        """Positions and values of the text cells."""
        at = self.at(TEXT)
        return at, self.raw[at].tolist()

    @cached_property
    def looks(self) -> dict[Any, Positions]:
        """Positions of the numbers whose format says more than their digits, by what it says (`look`: see hosts.host.Look)."""
        marked = {t for t in set(map(type, self.raw.tolist())) if "look" in getattr(t, "__annotations__", {})}
        if not marked:
            return {}
        out: dict[Any, list[int]] = {}
        for i, value in enumerate(self.raw):
            if type(value) in marked:
                out.setdefault(value.look, []).append(i)
        return {look: np.array(at, np.int64) for look, at in out.items()}

    @property
    def present(self) -> Mask:
        """True where there is anything but a blank."""
        return np.asarray(self.codes != BLANK)

    def take(self, positions: Positions | Mask) -> Cells:
        """The same column, some cells only."""
        return Cells(self.raw[positions], self.codes[positions])

    def lost(self) -> list[Found]:
        """Error values and formulas without a result."""
        errors, uncached = self.at(ERROR), self.at(UNCACHED)
        found = [Found("cell-error", errors, tuple(str(self.raw[i]) for i in errors))] if len(errors) else []
        return found + ([Found("cell-uncached", uncached)] if len(uncached) else [])


def _settle_texts(raw: Objects, codes: npt.NDArray[np.int8], values: list[Any]) -> None:
    marked = np.flatnonzero(codes == ERROR)
    codes[marked] = [ERROR if ERROR_TEXT.fullmatch(str(raw[i])) else TEXT for i in marked]
    at = np.flatnonzero(codes == TEXT)
    if not len(at):
        return
    texts = values if len(at) == len(values) else raw[at].tolist()
    blank = np.fromiter(map(str.isspace, texts), bool, len(texts)) | (np.fromiter(map(len, texts), np.int64, len(texts)) == 0)
    codes[at[blank]] = BLANK
    joined = "\n".join(texts)
    if "#" in joined:
        codes[at] = [ERROR if t[:1] == "#" and ERROR_TEXT.fullmatch(t.strip()) else c for t, c in zip(texts, codes[at], strict=True)]
    if "\u200b" in joined or "\ufeff" in joined:
        codes[at] = [BLANK if c == TEXT and not t.strip(SPACES) else c for t, c in zip(texts, codes[at], strict=True)]


def folded(text: str) -> str:
    """Full-width forms folded to ordinary ones, outer spaces dropped."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip(SPACES)


def is_unknown_word(text: str) -> bool:
    """True for —, 无, N/A and the like: someone says that it is not known."""
    return text.strip().lower() in UNKNOWN_WORDS


def by_distinct(values: Iterable[Any], parse: Callable[[Any], Any]) -> Objects:
    """`parse` of every value (texts, or dates), each distinct one parsed once."""
    codes, distinct = pd.factorize(_objects(list(values)))
    return _objects([parse(v) for v in distinct])[codes]


def _objects(values: list[Any]) -> Objects:
    out = np.empty(len(values), object)
    out[:] = values
    return out


def lines_with(pattern: re.Pattern[str], words: tuple[str, ...], texts: list[str]) -> set[int]:
    """Positions of the texts in which a pattern occurs, found in one pass; `words`: without any of them it cannot occur."""
    joined = "\n".join(texts)
    if not any(w in joined for w in words):
        return set()
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    return {int(i) for i in np.searchsorted(ends, [m.start() for m in pattern.finditer(joined)], side="right")}


def number_text(value: Any) -> str:
    """A numeric cell as the text that a person meant: 12.0 → "12"."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).upper()
    if isinstance(value, float | np.floating | Decimal):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e21 else repr(number)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def found(code: str, at: list[int], shown: list[str] | None = None) -> list[Found]:
    """One finding, or none when no cell is concerned."""
    if not at:
        return []
    return [Found(code, np.asarray(at, np.int64), tuple(impersonal(s)[:24] for s in shown or ()))]


def impersonal(text: str) -> str:
    """A cell as a message may quote it: figures and words of amounts and dates stay, names and long numbers do not."""
    short = _LONG_NUMBER.sub("***", text)
    short = _HAN.sub(lambda m: m[0] if _PLAIN_HAN.fullmatch(m[0]) else "…", short)
    return _LATIN.sub(lambda m: m[0] if len(m[0]) < 3 or m[0].lower()[:3] in _PLAIN_LATIN else "…", short)
