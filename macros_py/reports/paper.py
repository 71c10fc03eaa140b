"""What every drawn sheet looks like: fonts, colours, number formats, page set-up, widths. Good accounting paper.

A `Paper` is one small workbook in the making; its bytes are the same for the same content (fixed creation date, fixed zip times).
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from macros_py.domain import columns as c
from macros_py.domain.kinds import Column, Kind

FONT: Final = "微软雅黑"
ACCENT: Final = "#1F4E79"
INK: Final = "#262626"
QUIET: Final = "#6B6B6B"
LINE: Final = "#BFBFBF"
PALE: Final = "#EAF0F6"
INPUT: Final = "#FFFBE6"  # where people type
INPUT_HEAD: Final = "#FFF2CC"
# Okabe–Ito: told apart by people who see colours differently, and in grey print by their lightness
OKABE_ITO: Final = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#000000")
TIERS: Final = (  # word zh, word en, tint, ink: a tier is always told by its word; the colour only repeats it
    ("正常", "Normal", "#D9F0E8", "#00563F"),
    ("预警", "Warning", "#FBEBCC", "#7A5400"),
    ("加强", "Intensive", "#F8DCCC", "#7F3800"),
    ("法律", "Legal", "#F3DDE9", "#6E2A52"),
)
NUMBER_FORMATS: Final = {
    Kind.MONEY: "¥#,##0.00;-¥#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm",
    Kind.INT: "#,##0",
    Kind.NUMBER: "0.0",
}
PERCENT: Final = "0.0%"
SHARES: Final = frozenset({c.TEAM_ACHIEVED.name, c.TEAM_TIME.name, c.TEAM_SHARE.name, c.WEEK_ACHIEVED.name, "rate", "share"})
MADE: Final = dt.datetime(2020, 1, 1)
FIRST_DAY: Final = dt.date(2000, 1, 1)  # no date that people type in a plan is older
LONGEST: Final = 32_767  # characters that a cell can hold

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Paper:
    """One workbook in the making: formats are made once each, sheet and table names are unique."""

    def __init__(self, lang: str = "zh", folder: Path | None = None, *, date1904: bool = False) -> None:
        """folder: where the sheets are put together, if not in memory; the caller removes it. date1904: days are counted from 1904."""
        self.lang, self.date1904 = lang, date1904
        self._bytes = io.BytesIO()
        where = {"in_memory": True} if folder is None else {"tmpdir": str(folder)}
        self.book = xlsxwriter.Workbook(self._bytes, {**where, "date_1904": date1904})
        self.book.set_properties({"created": MADE, "author": "Dunbook", "title": "", "comments": ""})
        self.book.set_calc_mode("auto")
        self.tints = [self.book.add_format({"bg_color": tint, "font_color": ink}) for _, _, tint, ink in TIERS]
        self.alarm = self.book.add_format({"bold": True, "font_color": "#A33B00"})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._tables: set[str] = set()
        self._sheets: set[str] = set()

    def say(self, zh: str, en: str) -> str:
        """The words in the language of this paper."""
        return en if self.lang == "en" else zh

    def format(self, **look: Any) -> Any:
        """The format with these properties, on top of the house font; made once, reused ever after."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self._formats[key] = self.book.add_format(base | look)
        return self._formats[key]

    def sheet(self, name: str) -> Any:
        """A new worksheet under a legal and unused name, A4 landscape, one page wide."""
        sheet = self.book.add_worksheet(self._unused(sheet_name(name)))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_header(f'&L&"{FONT},Regular"&9&K6B6B6B{_header_text(sheet.get_name())}', {"margin": 0.3})
        sheet.set_footer(f'&C&"{FONT},Regular"&9&K6B6B6B' + self.say("第 &P / &N 页", "Page &P of &N"), {"margin": 0.3})
        return sheet

    def table_name(self, stem: str) -> str:
        """An unused ASCII name for a list object."""
        base = re.sub(r"[^A-Za-z0-9_]", "_", stem)[:200] or "t"
        name, n = base, 1
        while name.lower() in self._tables:
            n += 1
            name = f"{base}_{n}"
        self._tables.add(name.lower())
        return name

    def close(self) -> bytes:
        """The finished workbook."""
        self.book.close()
        return self._bytes.getvalue()

    def _unused(self, name: str) -> str:
        candidate, n = name, 1
        while candidate.lower() in self._sheets:
            n += 1
            candidate = f"{name[: 31 - len(str(n)) - 1]}_{n}"
        self._sheets.add(candidate.lower())
        return candidate


def sheet_name(name: str) -> str:
    """`name` as a spreadsheet accepts it: none of []:*?/\\, at most 31 UTF-16 units, no apostrophe at its ends, not empty."""
    clean = _FORBIDDEN.sub("_", name).strip("'")
    while len(clean.encode("utf-16-le")) > 62:
        clean = clean[:-1]
    return clean.strip("'") or "_"


def _header_text(name: str) -> str:
    """In a page header & begins a code, and a digit right after a font size would join it."""
    return " " + name.replace("&", "&&")


def clean_text(texts: Iterable[object]) -> list[str]:
    """Texts that a cell can hold: no control characters, not over 32,767 characters; unknown is ''."""
    out = [t if isinstance(t, str) else _plain(t) for t in texts]
    if _CONTROL.search("".join(out)):
        out = [_CONTROL.sub("", t) for t in out]
    if out and len(max(out, key=len)) > LONGEST // 2:
        out = [_cut(t) for t in out]
    return out


def _plain(value: object) -> str:
    unknown = value is None or value != value
    return "" if unknown else str(value)


def _cut(text: str) -> str:
    """A cell counts UTF-16 units, so a rare character counts twice."""
    while len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = text[: LONGEST // 2 if len(text) > LONGEST * 2 else len(text) - 1 - max(0, len(text) - LONGEST)]
    return text


def width(text: str) -> int:
    """How many columns of a half-width character the longest line takes; east-asian wide and ambiguous ones take two."""
    if "\n" in text:
        return max(width(line) for line in text.split("\n"))
    return len(text) if text.isascii() else len(text) + _wide_characters().subn("", text)[1]


@cache
def _wide_characters() -> re.Pattern[str]:
    """The characters that take two columns, as one pattern: counting with it is several times faster than asking character by character."""
    wide = [unicodedata.east_asian_width(chr(code)) in "WFA" for code in range(0x10000)]
    edges = [code for code in range(1, 0x10000) if wide[code] != wide[code - 1]] + [0x10000]
    ranges = "".join(f"\\u{start:04x}-\\u{end - 1:04x}" for start, end in zip(edges[::2], edges[1::2], strict=False))
    return re.compile(f"[{ranges}\U0001f300-\U0001faff\U00020000-\U0003ffff]")


def widest(texts: Iterable[str], enough: int) -> int:
    """The width of the widest text, looked at no further once it reaches `enough`."""
    most = 0
    for text in sorted(set(texts), key=len, reverse=True):
        if most >= enough or 2 * len(text) <= most:
            break
        most = max(most, width(text))
    return min(most, enough)


def lines(text: str, columns: float) -> int:
    """How many lines the text takes when wrapped at `columns` half-width characters."""
    return sum(max(1, -(-width(line) // max(1, int(columns)))) for line in text.split("\n"))


def number_format(column: Column) -> str:
    """How values of the column are shown; shares of one as per cent."""
    return PERCENT if is_share(column) else NUMBER_FORMATS.get(column.kind, "@")


def is_share(column: Column) -> bool:
    """Whether the numbers of the column are shares of one, shown as per cent."""
    return column.kind is Kind.NUMBER and column.name in SHARES
