"""Which rows under a header are records: totals, repeated headers, blank lines, section headings and notes are not.

Hidden and filtered rows are rows like any other. A row without any identity whose amount is the sum of rows above is a total even
when no word says so; one that is not stays a record when it has a date, and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from macros_py.sheets import amounts, header_words, other_tables
from macros_py.sheets import cells as k
from macros_py.sheets.tables import CASES, Sheet

IDENTITY: Final = ("case_id", "customer_id", "id_number", "customer", "phone")
DATES: Final = ("due_date", "days_past_due")
AMOUNTS: Final = ("overdue_amount", "principal", "loan_amount")
_TOTAL_WORDS: Final = ("计", "总", "共", "otal", "OTAL", "汇总", "累", "页", "均", "比", "verage", "VERAGE", "值", "数")
_WORDY_PARTS: Final = (
    "计",
    "汇",
    "总",
    "共",
    "otal",
    "OTAL",
    ":",
    "\uff1a",
    "页",
    "age",
    "AGE",
    "续表",
    "空白",
    "*",
    "※",
    "★",
    "repared",
    "均",
    "占比",
    "值",
)
_WORDY: Final = re.compile(
    r"[小合总共累]\s*计|汇\s*总|[总共]\s*\d|[Tt]otal|TOTAL|[:\uff1a]|第\s*\d+\s*页|[承过转接]\s*[前次下上]\s*页|[Pp]age|续表|以下空白|^[*※★]|[Pp]repared"
    r"|平\s*均|[户笔件人]均|占比|最[大小高低]值|[Aa]verage|AVERAGE",
    re.MULTILINE,
)
_TOTAL: Final = re.compile(
    r"(?:.{0,16}?)(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计|总\s*合\s*计|汇\s*总|sub-?\s*total|grand\s*total|total)s?:?(?:\(.{0,12}\))?"
    r"|.{0,6}?(?:合计|总计|小计|共计?|总共):?\s*[\d,,]+\s*(?:户|笔|条|人|件|个|项|案|家)?|total\s*:?\s*\d.*"
    r"|总(?:笔数|户数|件数|人数|案件数|金额|额|余额|欠款):?\s*[\d,.]*|[笔户件人]数(?:合计)?:?\s*\d*"
    r"|(?:[承过转接]\s*[前次下上]\s*页|(?:上页|本年|本月)累计|平\s*均[值数额]?|[户笔件人]均(?:金额)?|占比|比例|比重|百分比|最[大小高低]值|average|avg\.?|mean):?(?:\(.{0,12}\))?",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\d{1,6}\s*(?:户|笔|条|人|件|项|家)")
_NO_DIGIT: Final = re.compile(r"^[^\d\n]+$", re.MULTILINE)
_NOTE: Final = re.compile(
    r"(?:制表|制单|填表|填报|审核|审批|复核|核对|备注|说明|注|附注|批准|经办|主管|负责人|单位负责人|部门负责人|打印|数据来源|单位|金额单位|日期|截止|截至|数据|报表|联系人|签字|盖章|编制|附|提示|特别说明|温馨提示)"
    r"[^\d]{0,8}:.*|第\s*\d+\s*页.*|page\s*\d+.*|.*\(以下空白\).*|以下空白|note:.*|prepared by.*|.*续表.*|[*※★].*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DataRows:
    """Positions of the records, and of rows that are kept or left out only with a word about it."""

    kept: k.Positions
    unidentified: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    totals: int = 0
    ledgers_below: tuple[int, ...] = ()  # headers of further ledgers, which are not read
    tables_below: tuple[int, ...] = ()  # headers of other tables

    def told(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Code of a problem → the positions of the rows that it is about."""
        return (
            ("row-unidentified", self.unidentified),
            ("row-left-out", self.left_out),
            ("ledger-below", self.ledgers_below),
            ("table-below", self.tables_below),
        )


@dataclass
class _Sorting:
    grid: k.Objects
    sheet: Sheet
    columns: Mapping[str, k.Cells]
    heads: Mapping[str, Sequence[str]]
    keep: k.Mask
    unidentified: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)


def data_rows(grid: k.Objects, sheet: Sheet, columns: Mapping[str, k.Cells], heads: Mapping[str, Sequence[str]]) -> DataRows:
    """Sort the rows below the header. heads: column → the header texts over it, to know a repeated header again."""
    count = len(grid)
    present = {name: cells.present for name, cells in columns.items()}
    some = np.logical_or.reduce([*present.values(), np.zeros(count, bool)])
    regular = _regular(sheet, present, count)
    again = _repeated(columns, heads, count)
    odd = _worded(sheet, columns) | again
    below: list[int] = []
    for i in _headers_below(grid, some & ~again & (~regular | _wordless(columns))) if sheet is CASES else []:
        if _in_other_words(columns, heads, i):
            again[i], some[i] = True, False
        else:
            below.append(i)
    for i in below:
        some[i : next((j for j in np.flatnonzero(again).tolist() if j > i), count)] = False
    for i in (0, *(np.flatnonzero(again) + 1).tolist()):
        some[i : i + 1] &= not (i < count and other_tables.numbers_the_columns(grid[i]))
    work = _Sorting(grid, sheet, columns, heads, some & regular & ~odd)
    for i in np.flatnonzero(some & (odd | ~regular)).tolist():
        _sort(work, i)
    ledgers = tuple(i for i in below if other_tables.names_debtors(grid[i]))
    others = tuple(i for i in below if i not in ledgers)
    return DataRows(np.flatnonzero(work.keep), tuple(work.unidentified), tuple(work.left_out), len(work.totals), ledgers, others)


def _wordless(columns: Mapping[str, k.Cells]) -> k.Mask:
    """Rows whose date or amount is a word without any digit: a header perhaps."""
    out: k.Mask = np.zeros(len(next(iter(columns.values())).raw) if columns else 0, bool)
    for name in (*DATES, *AMOUNTS):
        if name in columns:
            at, texts = columns[name].texts()
            out[at[[i for i in k.lines_with(_NO_DIGIT, ("",), texts) if i < len(texts)]]] = True
            break
    return out


def _headers_below(grid: k.Objects, likely: k.Mask) -> list[int]:
    return [i for i in np.flatnonzero(likely).tolist() if other_tables.begins_another_table(grid[i])]


def _in_other_words(columns: Mapping[str, k.Cells], heads: Mapping[str, Sequence[str]], i: int) -> bool:
    """True for a header of the same columns, perhaps worded otherwise."""
    own = {name: frozenset(map(header_words.bare, heads.get(name, ()))) for name in columns}
    return other_tables.same_header({n: c.raw[i] for n, c in columns.items()}, own)


def _regular(sheet: Sheet, present: Mapping[str, k.Mask], count: int) -> k.Mask:
    groups: list[Sequence[str]] = [IDENTITY, DATES, AMOUNTS] if sheet is CASES else [[c.name for c in g] for g in sheet.required]
    out = np.ones(count, bool)
    for group in groups:
        out &= np.logical_or.reduce([np.zeros(count, bool), *[present[n] for n in group if n in present]])
    return out


def _names(sheet: Sheet, columns: Mapping[str, k.Cells]) -> list[str]:
    wanted = IDENTITY if sheet is CASES else tuple(c.name for g in sheet.required for c in g)
    return [n for n in wanted if n in columns]


def _worded(sheet: Sheet, columns: Mapping[str, k.Cells]) -> k.Mask:
    """Rows with a word of totals or of notes in an identity column."""
    out: k.Mask = np.zeros(0, bool)
    for name in _names(sheet, columns):
        column = columns[name]
        out = out if len(out) else np.zeros(len(column.raw), bool)
        at, texts = column.texts()
        for i in k.lines_with(_WORDY, _WORDY_PARTS, texts):
            if i < len(texts):
                out[at[i]] |= is_total(texts[i]) or bool(_NOTE.fullmatch(k.folded(texts[i])))
    return out if len(out) else np.zeros(len(next(iter(columns.values())).raw) if columns else 0, bool)


def _repeated(columns: Mapping[str, k.Cells], heads: Mapping[str, Sequence[str]], count: int) -> k.Mask:
    """Rows in which half of the known columns hold their own header (the header printed on every page)."""
    hits = np.zeros(count, np.int64)
    for name, cells in columns.items():
        words = {*heads.get(name, ()), *(h.strip() for h in heads.get(name, ()))}
        for word in words:
            hits += np.asarray(cells.raw == word, bool)
    return hits * 2 >= max(2, len(columns))


def is_total(text: str) -> bool:
    """Whether the words are those of a total row: 合计, 共12户, Total."""
    return any(w in text for w in _TOTAL_WORDS) and bool(_TOTAL.fullmatch(k.folded(text)))


def _sort(work: _Sorting, i: int) -> None:
    filled = [v for v in work.grid[i] if not (v is None or (isinstance(v, str) and not v.strip(k.SPACES)))]
    texts = [v for v in filled if isinstance(v, str)]
    identity = sum(bool(work.columns[n].codes[i] != k.BLANK) for n in _names(work.sheet, work.columns))
    dated = any(_tells(work, n, i) for n in DATES)
    if _header_again(work, i):
        return
    if not dated and _counts(work, i) and _amounts(work, i) and _is_sum(work, i):
        work.totals.append(i)
        return
    if any(is_total(t) for t in texts) and (identity <= 1 or (identity == 2 and not dated)):
        work.totals.append(i)
    elif any(_NOTE.fullmatch(k.folded(t)) for t in texts) and not dated and not _amounts(work, i) and identity <= max(2, len(filled)):
        return
    elif len(filled) == 1 and texts and work.grid.shape[1] > 2:
        if identity and _like_ids(work, i):
            work.keep[i] = True
    elif work.sheet is not CASES:
        work.keep[i] = identity > 0
    elif identity:
        work.keep[i] = True
    else:
        _nameless(work, i, dated)


def _header_again(work: _Sorting, i: int) -> bool:
    hits = 0
    for name, cells in work.columns.items():
        value = cells.raw[i]
        hits += isinstance(value, str) and header_words.bare(value) in {header_words.bare(h) for h in work.heads.get(name, ())} - {""}
    return hits >= 2 and hits * 2 >= sum(bool(c.codes[i] != k.BLANK) for c in work.columns.values())


def _amounts(work: _Sorting, i: int) -> bool:
    return any(_tells(work, n, i) for n in AMOUNTS)


def _counts(work: _Sorting, i: int) -> bool:
    """12户 stands where a number or a name would."""
    values = [work.columns[n].raw[i] for n in _names(work.sheet, work.columns)]
    return any(isinstance(v, str) and _COUNT.fullmatch(k.folded(v)) for v in values)


def _tells(work: _Sorting, name: str, i: int) -> bool:
    """There is a date or an amount, or something typed for one; 审核：王主任 in its column is neither."""
    if name not in work.columns or work.columns[name].codes[i] == k.BLANK:
        return False
    value = work.columns[name].raw[i]
    return not (isinstance(value, str) and _NOTE.fullmatch(k.folded(value)))


def _like_ids(work: _Sorting, i: int) -> bool:
    """A lone cell is a record only when it looks like the case numbers of the sheet."""
    column = work.columns.get("case_id")
    if column is None or column.codes[i] == k.BLANK:
        return False
    shapes = {re.sub(r"\d", "0", str(v)) for v in column.raw[np.flatnonzero(work.keep)[:50]]}
    return re.sub(r"\d", "0", str(column.raw[i])) in shapes


def _nameless(work: _Sorting, i: int, dated: bool) -> None:
    """A row without any identity: a total when its amount is a sum of rows above."""
    if _amounts(work, i) and _is_sum(work, i):
        work.totals.append(i)
    elif dated and _amounts(work, i):
        work.keep[i] = True
        work.unidentified.append(i)
    elif _amounts(work, i):
        work.left_out.append(i)


def _is_sum(work: _Sorting, i: int) -> bool:
    for name in AMOUNTS:
        if name not in work.columns or work.columns[name].codes[i] == k.BLANK:
            continue
        fen, _ = amounts.money(work.columns[name].take(np.arange(i + 1)))
        values = fen.to_numpy(np.int64, na_value=0)
        running = np.cumsum(np.where(work.keep[: i + 1], values, 0))
        starts = [0, *(running[t] for t in work.totals if t < i)]
        if values[i] and any(running[i] - start == values[i] for start in starts):
            return int(work.keep[:i].sum()) > 1
    return False
