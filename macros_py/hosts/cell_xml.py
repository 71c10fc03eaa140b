"""Values as the XML of a cell, and a cell's XML as a value: text stays text whatever it begins with."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from html import unescape
from typing import Final

from macros_py.hosts.host import Formula, HostError, WriteCell

TEXT_LIMIT: Final = 32_767  # UTF-16 units in one cell; Excel cuts the rest without a word
_EXACT_INT: Final = 10**15  # a spreadsheet keeps 15 digits of a number: longer ones stay whole as text only
_EXACT_DIGITS: Final = 15
_SOME: Final = 4096  # texts worked out together
_PLAIN_DIGITS: Final = re.compile("[-.0-9]*")
_BAD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|\r")
_NEEDS_CARE: Final = "&<> _"  # markup, spaces that must be kept, what looks like an escape
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RUN: Final = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?t>)", re.DOTALL)
_PHONETIC: Final = re.compile(rb"<(\w+:)?rPh\b.*?</(\w+:)?rPh>", re.DOTALL)
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(.*?)</(?:\w+:)?v>", re.DOTALL)
_TYPE: Final = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")


def escaped(text: str) -> str:
    """Text for XML content: markup escaped, characters that XML cannot hold as _xHHHH_, look-alikes of that kept apart."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    if not text.isprintable():
        text = _BAD.sub(lambda m: f"_x{ord(m.group()):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(xml: bytes) -> str:
    """XML content as the text that a person sees."""
    text = unescape(xml.decode("utf-8")) if b"&" in xml else xml.decode("utf-8")
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text) if "_x" in text else text


def serial(day: dt.date, date1904: bool = False) -> float | int | None:
    """The day as a spreadsheet counts it; None before its calendar begins. 1900 has a 29 February there."""
    moment = day if isinstance(day, dt.datetime) else None
    days = day.toordinal() - (dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)).toordinal()
    if not date1904 and days < 61:
        days -= 1
    if days < (0 if date1904 else 1):
        return None
    if moment is None:
        return days
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1e6
    return days + seconds / 86400 if seconds else days


def text_of(content: bytes) -> str:
    """The text of a shared-string item or inline string: its runs together, reading aids left out."""
    if content.count(b"<") == 4 and content[-9:-4] == b"</t><":  # one plain run in <si> or <is>, as nearly always
        return plain(content[content.rindex(b">", 0, -9) + 1 : -9])
    if b"rPh" in content:
        content = _PHONETIC.sub(b"", content)
    return "".join(plain(run) for run in _RUN.findall(content))


class CellWriter:
    """Writes what follows `r="A1"` in a cell's start tag: style, type, value and end tag, under one namespace prefix."""

    def __init__(self, prefix: str = "", date1904: bool = False) -> None:
        self.prefix = prefix
        self.date1904 = date1904

    def tail(self, value: WriteCell, style: str = "") -> str:
        """A cell's tail. HostError("text-too-long") over 32,767 characters."""
        lead = f' s="{style}"' if style and style != "0" else ""
        p = self.prefix
        if value is None or value == "":
            return f"{lead}/>"
        if isinstance(value, bool):
            return f'{lead} t="b"><{p}v>{int(value)}</{p}v></{p}c>'
        if isinstance(value, Formula):
            return f"{lead}><{p}f>{escaped(value)}</{p}f></{p}c>"
        number = self.number(value)
        if number is not None:
            return f"{lead}><{p}v>{number}</{p}v></{p}c>"
        if isinstance(value, (float, Decimal)):
            return f"{lead}/>"  # not a number: blank
        text = self.text(value)
        keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
        return f'{lead} t="inlineStr"><{p}is><{p}t{keep}>{escaped(text)}</{p}t></{p}is></{p}c>'

    def text(self, value: WriteCell) -> str:
        """The text that is written for a value that is no number."""
        if isinstance(value, dt.datetime):
            return value.isoformat(" ", "seconds")
        text = value.isoformat() if isinstance(value, dt.date) else str(value).replace("\r\n", "\n")
        if len(text) > TEXT_LIMIT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LIMIT:
            raise HostError("text-too-long", limit=TEXT_LIMIT)
        return text

    def number(self, value: WriteCell) -> str | None:
        """The number as written, None when the value is no number or would lose digits."""
        if isinstance(value, str) or value is None:
            return None
        if isinstance(value, dt.date):
            days = serial(value, self.date1904)
            return None if days is None else repr(days)
        if isinstance(value, Decimal):
            return format(value, "f") if value.is_finite() else None
        if isinstance(value, float):
            return (repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))) if math.isfinite(value) else None
        return str(int(value)) if abs(int(value)) < _EXACT_INT else None

    def tailer(self, style: str) -> Callable[[WriteCell], str]:
        """`tail` for single cells of one style, remembering what it wrote: ledgers repeat themselves."""
        known: dict[tuple[type, WriteCell], str] = {}

        def write(value: WriteCell) -> str:
            key = (value.__class__, value)
            found = known.get(key)
            if found is None:
                found = self.tail(value, style)
                if len(known) < 20_000:
                    known[key] = found
            return found

        return write

    def tails(self, values: Sequence[WriteCell], style: str, after: bytes = b"") -> list[bytes]:
        """The tail of every value of a column in UTF-8, each followed by `after`; a value that comes often is worked out once."""
        kinds = set(map(type, values)) - {type(None)}
        if kinds in ({Decimal}, {float}, {int}):
            return self._numbers(values, style, after)
        if bool in kinds and len(kinds) > 1:  # True and 1 are one key
            return [self.tail(value, style).encode() + after for value in values]
        distinct = list(set(values) - {None, ""})
        plain_ones = kinds == {str} and distinct and self._plain("".join(map(str, distinct)), max(map(len, map(str, distinct))))
        if plain_ones:
            made = self._around("-", map(str, distinct), style, after)
        else:
            made = [self.tail(value, style).encode() + after for value in distinct]
        table: dict[WriteCell, bytes] = dict(zip(distinct, made, strict=True))
        table |= dict.fromkeys((None, ""), self.tail(None, style).encode() + after)
        return list(map(table.__getitem__, values))

    def inline_texts(self, texts: Sequence[str]) -> Iterator[bytes]:
        """What stands between a cell's tags and its end tag for texts without markup, as every program writes it; of others something else."""
        before, end = f"<{self.prefix}is><{self.prefix}t>", f"</{self.prefix}t></{self.prefix}is></{self.prefix}c>"
        for at in range(0, len(texts), _SOME):
            some = texts[at : at + _SOME]
            yield from (before + (end + "\0" + before).join(some) + end).encode("utf-8", "surrogatepass").split(b"\0")

    def _plain(self, together: str, longest: int) -> bool:
        """Does none of these texts hold anything that XML writes in another way, or that may be too long?"""
        return longest <= TEXT_LIMIT // 2 and together.isprintable() and not any(mark in together for mark in _NEEDS_CARE)

    def _numbers(self, values: Sequence[WriteCell], style: str, after: bytes) -> list[bytes]:
        """Amounts, scores and ranks seldom repeat: as Python writes them, unless one needs an exponent, is no number or has too many digits."""
        texts = ["" if value is None else str(value).removesuffix(".0") for value in values]
        if not _PLAIN_DIGITS.fullmatch("".join(texts)) or max(map(len, texts)) > _EXACT_DIGITS:
            return [self.tail(value, style).encode() + after for value in values]
        made, blank = self._around(0, texts, style, after), self.tail(None, style).encode() + after
        return [tail if text else blank for tail, text in zip(made, texts, strict=True)] if "" in texts else made

    def _around(self, sample: WriteCell, contents: Iterable[str], style: str, after: bytes) -> list[bytes]:
        """The tail of `sample` with each content in its place; all are joined and encoded at once."""
        before, mark, behind = self.tail(sample, style).rpartition(f"{sample}</{self.prefix}{'t' if isinstance(sample, str) else 'v'}>")
        end = mark.removeprefix(str(sample)) + behind + after.decode()
        return (before + (end + "\0" + before).join(contents) + end).encode().split(b"\0")

    def same(self, attributes: bytes, content: bytes, value: WriteCell, strings: Callable[[int], str]) -> bool:
        """Does the cell already show this value?"""
        stands = cell_value(attributes, content, strings)
        if stands.__class__ is value.__class__ and stands == value:
            return True
        if isinstance(value, Formula):
            return False
        if isinstance(value, float) and not math.isfinite(value):
            value = None
        if value is None or value == "":
            return stands is None or stands == ""
        if isinstance(value, bool) or isinstance(stands, bool):
            return isinstance(value, bool) and isinstance(stands, bool) and stands == value
        number = self.number(value)
        if number is not None:
            return isinstance(stands, float) and math.isclose(stands, float(number), rel_tol=1e-14, abs_tol=1e-9)
        return isinstance(stands, str) and stands == self.text(value)


def cell_value(attributes: bytes, content: bytes, strings: Callable[[int], str]) -> str | float | bool | bytes | None:
    """A cell's stored value: text, number, bool, bytes for an error value, None for a blank."""
    found = _TYPE.search(attributes)
    kind = found.group(1) if found else b"n"
    if kind == b"inlineStr":
        return text_of(content)
    if content[:3] == b"<v>" and content[-4:] == b"</v>":
        return _typed(kind, content[3:-4], strings) if len(content) > 7 or kind == b"str" else None
    stored = _VALUE.search(content) if content else None
    if stored is None or (not stored.group(1) and kind != b"str"):
        return None
    return _typed(kind, stored.group(1), strings)


def _typed(kind: bytes, raw: bytes, strings: Callable[[int], str]) -> str | float | bool | bytes | None:
    try:
        if kind == b"s":
            return strings(int(raw))
        if kind == b"n":
            return float(raw)
    except (ValueError, IndexError):
        return bytes(raw)
    if kind == b"b":
        return raw.strip() == b"1"
    return bytes(raw) if kind == b"e" else plain(raw)
