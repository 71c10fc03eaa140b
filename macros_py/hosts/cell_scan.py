"""Read the cells of plain sheet XML by whole arrays: tags are found, classified and turned into values in numpy.

Only what every spreadsheet program writes is read here, exactly; at anything else `scan` says so (None) and the
sheet is read by `cell_walk` with a real parser. 1.5 million cells take about a second, ten times less than one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.hosts.cell_values import Stored
from macros_py.hosts.digits import MASKS, Flags, Ints, Words, decimals, position, short, whole, words_of
from macros_py.hosts.host import UNCACHED
from macros_py.hosts.xml_text import ESCAPES, plain, runs

Bytes = npt.NDArray[np.uint8]
_PAD: Final = bytes(64)
_ATTRIBUTES: Final = re.compile(r'(?:\s+[\w:]+="[^"<>]*")*\s*')
_ATTRIBUTE: Final = re.compile(r'\s([\w:]+)="([^"]*)"')
_HIDDEN_ROW: Final = re.compile(rb'<row\s[^>]*\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER: Final = re.compile(rb'\sr="(\d+)"')
_KINDS: Final = {"n": 0, "s": 1, "str": 2, "inlineStr": 3, "b": 4, "e": 5, "d": 6}
_NAMES: Final = tuple(_KINDS)
_FIVE: Final = MASKS[5]
_SEVEN: Final = MASKS[7]
_NUMBERED: Final = np.uint64(int.from_bytes(b'row r="', "little"))
_REFERENCE: Final = np.uint64(int.from_bytes(b'c r="', "little"))
_NOT_SECOND: Final = np.uint8(0xFD)
_WORDS: Final = 5
_KEPT: Final = 50_000


class Cells(NamedTuple):
    """Cells that are not blank: 1-based rows and columns, values; and the rows that are hidden."""

    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int32]
    values: npt.NDArray[np.object_]
    hidden: list[int]


@dataclass(frozen=True)
class _Tags:
    """All tags of a stretch of XML: where they begin and end, and the two bytes after the '<'."""

    begin: Ints
    end: Ints
    first: Bytes
    second: Bytes

    def named(self, at: Ints, name: bytes, closing: bool = False) -> Flags:
        """Is tag number `at` called `name` (one letter, or 'is' by its first two)?"""
        at = np.minimum(at, len(self.begin) - 1)
        if closing:
            found: Flags = (self.first[at] == 47) & (self.second[at] == name[0])
            return found
        after = self.second[at]
        fits = (after == name[1]) if len(name) > 1 else (after <= 32) | (after == 62) | (after == 47)
        alike: Flags = (self.first[at] == name[0]) & fits
        return alike


class Scanner:
    """Scans stretches of whole rows, one after the other; repeated inline strings are kept once."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored
        self._known: dict[str, str] = {}

    def scan(self, xml: bytes) -> Cells | None:
        """The cells of whole `<row>…</row>` elements without namespace prefix, in UTF-8; None when they need a real parser."""
        a = np.frombuffer(xml + _PAD, np.uint8)
        words = words_of(a)
        tags = _tags(a)
        hidden = _hidden(xml, words, tags) if tags is not None else None
        if tags is None or hidden is None:
            return None
        cell = np.flatnonzero(tags.named(np.arange(len(tags.begin)), b"c"))
        if not len(cell):
            return Cells(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, object), hidden)
        place = _places(a, words, tags.begin[cell])
        if place is None:
            return None
        rows, columns, rest = place
        closed = a[tags.end[cell] - 1] == 47
        look = _looks(xml, words, rest, tags.end[cell] - closed)
        if look is None:
            return None
        kinds, styles = look
        values = self._values(xml, a, words, tags, cell, closed, kinds, styles)
        if values is None:
            return None
        full = values != np.array(None)
        return Cells(rows[full].astype(np.int32), columns[full].astype(np.int32), values[full], hidden)

    def _values(
        self, xml: bytes, a: Bytes, words: Words, tags: _Tags, cell: Ints, closed: Flags, kinds: Ints, styles: Ints
    ) -> npt.NDArray[np.object_] | None:
        """The value of each cell; None when a cell holds something unusual."""
        values = np.full(len(cell), None, object)
        at = cell + 1
        formula = ~closed & tags.named(at, b"f")
        lone = a[tags.end[np.minimum(at, len(tags.end) - 1)] - 1] == 47
        at = at + np.where(formula, np.where(lone, 1, 2), 0)
        last = np.minimum(at, len(tags.end) - 1)
        bare = ~closed & tags.named(at, b"c", closing=True)
        single = a[tags.end[last] - 1] == 47
        valued = ~closed & tags.named(at, b"v")
        empty = valued & (single | (tags.end[last] + 1 == tags.begin[np.minimum(at + 1, len(tags.begin) - 1)]))
        inline = ~closed & tags.named(at, b"is")
        plain_v = valued & ~empty & tags.named(at + 1, b"v", closing=True) & tags.named(at + 2, b"c", closing=True)
        if not (closed | bare | empty | inline | plain_v).all():
            return None
        values[(bare | (empty & (kinds != 2))) & formula] = UNCACHED
        values[empty & (kinds == 2)] = ""
        begin, end = tags.end[last] + 1, tags.begin[np.minimum(at + 1, len(tags.begin) - 1)]
        self._strings(values, words, begin, end, plain_v & (kinds == 1))
        self._numbers(values, xml, words, begin, end, plain_v & (kinds == 0), styles)
        self._texts(values, a, begin, end, plain_v & (kinds == 2))
        self._others(values, xml, begin, end, plain_v & (kinds > 2), kinds, styles)
        return values if self._inlines(values, xml, a, tags, at, inline) else None

    def _strings(self, values: npt.NDArray[np.object_], words: Words, begin: Ints, end: Ints, where: Flags) -> None:
        number, ok = whole(words, begin[where], end[where] - begin[where])
        values[where] = self.stored.by_index(np.where(ok, number, -1))

    def _numbers(
        self, values: npt.NDArray[np.object_], xml: bytes, words: Words, begin: Ints, end: Ints, where: Flags, styles: Ints
    ) -> None:
        number, ok = decimals(words, begin[where], end[where] - begin[where])
        spot = np.flatnonzero(where)
        values[spot[ok]] = self.stored.numbers(number[ok], styles[where][ok])
        odd = spot[~ok]
        raw = [xml[b:e] for b, e in zip(begin[odd].tolist(), end[odd].tolist(), strict=True)]
        values[odd] = self.stored.spelled(raw, styles[odd])

    def _texts(self, values: npt.NDArray[np.object_], a: Bytes, begin: Ints, end: Ints, where: Flags) -> None:
        """Texts, decoded all at once; equal ones become one object."""
        if not where.any():
            return
        joined = _taken(a, begin[where], end[where]).decode("utf-8")
        texts = joined.split("\0")[:-1]
        if any(mark in joined for mark in ESCAPES):
            texts = [plain(t) for t in texts]
        if len(self._known) > _KEPT:
            self._known.clear()
        once = self._known.setdefault
        values[where] = [once(t, t) for t in texts]

    def _others(
        self,
        values: npt.NDArray[np.object_],
        xml: bytes,
        begin: Ints,
        end: Ints,
        where: Flags,
        kinds: Ints,
        styles: Ints,
    ) -> None:
        """Booleans, errors, ISO dates: few."""
        for i in np.flatnonzero(where).tolist():
            text = plain(xml[begin[i] : end[i]].decode("utf-8"))
            values[i] = self.stored.value(_NAMES[kinds[i]], text, int(styles[i]))

    def _inlines(self, values: npt.NDArray[np.object_], xml: bytes, a: Bytes, tags: _Tags, at: Ints, where: Flags) -> bool:
        """Inline strings: one plain <t>, or runs; False when an <is> is not where its type says."""
        spot = np.flatnonzero(where)
        first = at[spot]
        simple = tags.named(first + 1, b"t") & tags.named(first + 2, b"t", closing=True) & tags.named(first + 4, b"c", closing=True)
        inner = np.zeros(len(values), bool)
        inner[spot[simple]] = True
        begin, end = np.zeros(len(values), np.int64), np.zeros(len(values), np.int64)
        begin[spot[simple]] = tags.end[first[simple] + 1] + 1
        end[spot[simple]] = tags.begin[first[simple] + 2]
        self._texts(values, a, begin, end, inner)
        for i, b in zip(spot[~simple].tolist(), tags.begin[first[~simple]].tolist(), strict=True):
            stop = xml.find(b"</c>", b)
            if stop < 0:
                return False
            values[i] = runs(xml[b:stop].decode("utf-8"))
        return True


def _taken(a: Bytes, begin: Ints, end: Ints) -> bytes:
    """The bytes of many stretches (ascending, apart), each followed by a NUL, which XML does not have."""
    lengths = np.empty(2 * len(begin) + 1, np.int64)  # of what is left out and what is taken, in turn
    lengths[1::2] = end + 1 - begin
    lengths[0::2] = np.append(begin, len(a)) - np.append(0, end + 1)
    taken = np.repeat(np.arange(len(lengths)) % 2 == 1, lengths)
    marked = a.copy()
    marked[end] = 0
    return bytes(marked[taken])


def _tags(a: Bytes) -> _Tags | None:
    """Every tag; None when '<' and '>' do not pair up one by one, or there are comments, CDATA or instructions."""
    marks = np.flatnonzero((a & _NOT_SECOND) == 60)  # '<' and '>' differ in one bit
    begin, end = marks[0::2].copy(), marks[1::2].copy()
    if len(begin) != len(end) or (a[begin] != 60).any() or (a[end] != 62).any():
        return None
    first = a[begin + 1]
    if ((first == 33) | (first == 63)).any():
        return None
    return _Tags(begin, end, first, a[begin + 2])


def _hidden(xml: bytes, words: Words, tags: _Tags) -> list[int] | None:
    """The hidden rows; None when a row has no number."""
    row = tags.begin[(tags.first == 114) & (tags.second == 111)]
    if ((words[row + 1] & _SEVEN) != _NUMBERED).any():
        return None
    if b"hidden=" not in xml:
        return []
    numbers = [_ROW_NUMBER.search(tag) for tag in _HIDDEN_ROW.findall(xml)]
    return [int(n.group(1)) for n in numbers if n]


def _places(a: Bytes, words: Words, begin: Ints) -> tuple[Ints, Ints, Ints] | None:
    """Row, column and the end of `r="AB12"` for cells whose first attribute is a reference; None when one has another form."""
    if ((words[begin + 1] & _FIVE) != _REFERENCE).any():
        return None
    at = begin + 6
    column = np.zeros(len(begin), np.int64)
    for _ in range(3):
        byte = a[at]
        letter = (byte >= 65) & (byte <= 90)
        if not letter.any():
            break
        column = np.where(letter, column * 26 + byte - 64, column)
        at = at + letter
    word = words[at]
    length = position(word, 34)
    row, ok = short(word, np.minimum(length, 7))
    if not (ok & (length < 8) & (row > 0) & (column > 0)).all():
        return None
    return row, column, at + length + 1


def _looks(xml: bytes, words: Words, begin: Ints, end: Ints) -> tuple[Ints, Ints] | None:
    """Type and style of each cell, from the rest of its attributes: few different ones, each read once."""
    length = end - begin
    if length.max() > 8 * _WORDS:
        return None
    group = np.zeros(len(begin), np.int64)
    for k in range(-(-int(length.max()) // 8)):
        word = words[begin + 8 * k] & MASKS[np.clip(length - 8 * k, 0, 8)]
        code, distinct = pd.factorize(word)
        group, _ = pd.factorize(group * len(distinct) + code)
    sample = np.zeros(int(group.max()) + 1, np.int64)
    sample[group] = np.arange(len(group))
    read = [_look(xml[begin[i] : end[i]]) for i in sample.tolist()]
    table = [r for r in read if r is not None]
    if len(table) < len(read):
        return None
    return np.array([k for k, _ in table])[group], np.array([s for _, s in table])[group]


def _look(attributes: bytes) -> tuple[int, int] | None:
    text = attributes.decode("utf-8")
    if not _ATTRIBUTES.fullmatch(text):
        return None
    found = dict(_ATTRIBUTE.findall(text))
    kind, style = _KINDS.get(found.get("t", "n")), found.get("s", "0")
    return None if kind is None or not style.isdecimal() else (kind, int(style))
