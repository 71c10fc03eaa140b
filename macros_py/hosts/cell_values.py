"""A stored cell (type, text, style) as the value that the grid holds."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from macros_py.hosts.host import UNCACHED, CellError, RawCell
from macros_py.hosts.number_formats import Styles
from macros_py.hosts.xml_text import unescaped

_NUMBER: Final = re.compile(rb"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*")
_BAD_INDEX: Final = CellError("#REF!")  # a string that the table does not have: an error, never a wrong string
_BAD_VALUE: Final = CellError("#VALUE!")
_INFINITE: Final = CellError("#NUM!")


@dataclass(frozen=True)
class Stored:
    """What cells of one workbook refer to: its string table, how each style shows numbers, its calendar."""

    strings: npt.NDArray[np.object_]
    styles: Styles = Styles()
    date1904: bool = False

    def value(self, kind: str, text: str | None, style: int = 0, formula: bool = False) -> RawCell:
        """One cell. text: of its <v> or <is>, already free of XML; None when there is none."""
        if text is None or (not text and kind not in ("str", "inlineStr")):
            return UNCACHED if formula else None
        if kind in ("str", "inlineStr"):
            return text
        if kind == "s":
            return self._string(text)
        if kind == "b":
            return text.strip().lower() in ("1", "true")
        if kind == "e":
            return CellError(text.strip())
        if kind == "d":
            return iso_moment(text.strip())
        return self._number(text, style)

    def _string(self, text: str) -> RawCell:
        index = int(text) if text.strip().isdecimal() else -1
        return self.strings[index] if 0 <= index < len(self.strings) else _BAD_INDEX

    def _number(self, text: str, style: int) -> RawCell:
        value: RawCell = self.spelled([text.encode()], np.array([style]))[0]
        return value

    def spelled(self, texts: list[bytes], styles: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
        """Numbers in any spelling (17 digits, exponents); what is no number or not finite becomes an error value."""
        good = np.array([_NUMBER.fullmatch(t) is not None for t in texts], bool)
        number = np.array([float(t) if ok else 0.0 for t, ok in zip(texts, good.tolist(), strict=True)], np.float64)
        finite = np.isfinite(number)
        out = self.numbers(np.where(finite, number, 0.0), styles)
        out[~good] = _BAD_VALUE
        out[~finite] = _INFINITE
        return out

    def by_index(self, index: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
        """Shared strings by their numbers."""
        if not len(self.strings):
            return np.array([_BAD_INDEX] * len(index), object)
        good = (index >= 0) & (index < len(self.strings))
        out: npt.NDArray[np.object_] = self.strings[np.where(good, index, 0)]
        out[~good] = _BAD_INDEX
        return out

    def numbers(self, values: npt.NDArray[np.float64], styles: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
        """Numbers as int, float, or what their style shows them as."""
        return self.styles.numbers(values, styles, self.date1904)


def iso_moment(text: str) -> RawCell:
    """An ISO 8601 date, time or both (cell type d); the text itself when it is none."""
    try:
        if "T" not in text and ":" in text:
            return dt.time.fromisoformat(text)
        moment = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return moment.date() if moment.time() == dt.time() else moment


def as_stored(text: str, kind: str) -> str:
    """Text from a parser as the cell means it: _xHHHH_ escapes belong to strings only."""
    return unescaped(text) if kind in ("str", "inlineStr") else text
