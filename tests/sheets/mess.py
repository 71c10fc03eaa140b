"""Ledgers as departments keep them, made from a seed, each kind of mess with its truth.

A kind of mess takes a Ledger (plain cells and the truth of each record) and returns another one. Truth: column → value, money in
fen, dates as ISO text, "" or None for unknown, `row` the Excel row.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import numpy as np

from macros_py.hosts.host import Grid

AS_OF = dt.date(2026, 11, 23)
HEADERS = {
    "case_id": "案件编号",
    "customer": "客户姓名",
    "id_number": "身份证号",
    "phone": "手机号",
    "product": "产品",
    "loan_amount": "贷款金额",
    "principal": "剩余本金",
    "interest": "欠息",
    "penalty": "罚息",
    "overdue_amount": "逾期金额",
    "due_date": "应还日期",
    "days_past_due": "逾期天数",
    "address": "地址",
    "owner": "催收员",
    "note": "备注",
}
MONEY = ("loan_amount", "principal", "interest", "penalty", "overdue_amount")
CHECK = "10X98765432"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
Row = dict[str, Any]


@dataclass(frozen=True)
class Ledger:
    """`rows`: what stands in each record's cells, by column; `truth`: what they mean; `above`/`below`: further lines of cells."""

    rows: list[Row]
    truth: list[Row]
    headers: dict[str, str] = field(default_factory=lambda: dict(HEADERS))
    above: list[list[Any]] = field(default_factory=list)
    below: list[list[Any]] = field(default_factory=list)
    between: dict[int, list[list[Any]]] = field(default_factory=dict)  # before record i
    header_rows: list[list[Any]] | None = None
    merged: tuple[tuple[int, int, int, int], ...] = ()
    date1904: bool = False
    sheet: str = "案件台账"
    left: int = 1
    confirmed: dict[str, str] = field(default_factory=dict)

    def lines(self) -> tuple[list[list[Any]], list[int]]:
        """All lines of cells, and the 0-based line of each record."""
        head = self.header_rows or [list(self.headers.values())]
        lines = [*self.above, *head]
        places = []
        for i, row in enumerate(self.rows):
            lines += self.between.get(i, [])
            places.append(len(lines))
            lines.append([row.get(name) for name in self.headers])
        return lines + self.below, places

    def grid(self) -> Grid:
        """The raw grid."""
        lines, _ = self.lines()
        cells = np.full((len(lines), max(map(len, lines))), None, object)
        for i, line in enumerate(lines):
            for j, value in enumerate(line):
                cells[i, j] = value
        return Grid(self.sheet, cells, 1, self.left, self.merged, frozenset(), self.date1904)

    def expected(self) -> list[Row]:
        """The truth with the Excel row of each record."""
        _, places = self.lines()
        return [{**t, "row": p + 1} for t, p in zip(self.truth, places, strict=True) if t]


def identity(rng: random.Random) -> str:
    """A valid identity number of a made-up person."""
    body = f"440106{rng.randint(1960, 2004)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(1, 999):03d}"
    return body + CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def yuan(fen: int) -> int | float:
    """The number that a spreadsheet holds."""
    return fen // 100 if fen % 100 == 0 else float(Decimal(fen) / 100)


def serial(day: dt.date, date1904: bool = False) -> int:
    """Excel's number of a day."""
    return (day - (dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30))).days


def plain(seed: int = 7, count: int = 24) -> Ledger:
    """A tidy ledger: numbers are numbers, dates are dates."""
    rng = random.Random(seed)
    truth, rows = [], []
    for n in range(1, count + 1):
        principal = rng.randint(100_000, 30_000_000)
        interest, penalty = rng.randint(1, 500_000), rng.randint(1, 90_000)
        due = AS_OF - dt.timedelta(days=rng.choice((1, 3, 12, 31, 61, 95, 200, 400)) + rng.randint(0, 9))
        record = {
            "case_id": f"CS2026{n:05d}",
            "customer": rng.choice("赵钱孙李周吴郑王") + rng.choice("明丽华强芳磊娜") + rng.choice(["", "文", "军", "燕"]),
            "id_number": identity(rng),
            "phone": f"13{rng.randint(0, 999_999_999):09d}",
            "product": rng.choice(["信用卡", "车贷", "经营贷"]),
            "loan_amount": principal // 100_000 * 100_000 + 1_000_000,
            "principal": principal,
            "interest": interest,
            "penalty": penalty,
            "overdue_amount": principal + interest + penalty,
            "due_date": due.isoformat(),
            "days_past_due": (AS_OF - due).days,
            "address": f"广东省广州市天河区民路{n}号",
            "owner": rng.choice(["王丽", "陈晓燕", "", "孙浩"]),
            "note": rng.choice(["", "-拒接", "=已联系家属", "+86号码打不通", "@微信已读"]),
        }
        truth.append(record)
        rows.append(cells_of(record))
    return Ledger(rows, truth)


def cells_of(record: Row) -> Row:
    """The tidy cells of a record."""
    row: Row = dict(record)
    row.update({name: yuan(record[name]) for name in MONEY})
    row["due_date"] = dt.datetime.fromisoformat(record["due_date"])
    return row


def rewritten(ledger: Ledger, column: str, forms: list[Callable[[Any], Any]]) -> Ledger:
    """The same ledger, the cells of one column written by the forms in turn; a form gets the true value."""
    rows = [{**row, column: forms[i % len(forms)](ledger.truth[i][column])} for i, row in enumerate(ledger.rows)]
    return replace(ledger, rows=rows)


def full_width(text: str) -> str:
    """12.5 → １２．５"""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _two(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _commas(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


AMOUNT_FORMS: dict[str, Callable[[int], Any]] = {
    "yen sign": lambda f: f"¥{_commas(f)}",
    "full-width yen sign": lambda f: f"￥{_two(f)}",
    "yuan behind": lambda f: f"{_commas(f)}元",
    "full-width digits": lambda f: full_width(_two(f)),
    "text": _two,
    "text with spaces": lambda f: f" {_commas(f)}　",
    "currency letters": lambda f: f"RMB {_two(f)}",
    "renminbi": lambda f: f"人民币{_commas(f)}元整",
    "Chinese commas": lambda f: _commas(f).replace(",", "，"),
    "spaces for thousands": lambda f: _commas(f).replace(",", " "),
    "ten thousands": lambda f: f"{Decimal(f) / 1_000_000}万",
    "ten thousands of yuan": lambda f: f"{Decimal(f) / 1_000_000}万元",
    "apostrophe": lambda f: f"'{_two(f)}",
    "plus sign": lambda f: f"+{_commas(f)}",
    "float noise": lambda f: f / 100 + 1e-9,
}

DATE_FORMS: dict[str, Callable[[str], Any]] = {
    "Chinese": lambda d: f"{d[:4]}年{int(d[5:7])}月{int(d[8:])}日",
    "Chinese with hao": lambda d: f"{d[:4]}年{d[5:7]}月{d[8:]}号",
    "solid text": lambda d: d.replace("-", ""),
    "solid number": lambda d: int(d.replace("-", "")),
    "solid float": lambda d: float(d.replace("-", "")),
    "dots": lambda d: d.replace("-", "."),
    "slashes without zeros": lambda d: f"{d[:4]}/{int(d[5:7])}/{int(d[8:])}",
    "text with time": lambda d: f"{d} 00:00:00",
    "ISO with T": lambda d: f"{d}T08:30:00",
    "full width": full_width,
    "serial": lambda d: serial(dt.date.fromisoformat(d)),
    "serial with time": lambda d: serial(dt.date.fromisoformat(d)) + 0.375,
    "serial as text": lambda d: str(serial(dt.date.fromisoformat(d))),
    "date and time": lambda d: dt.datetime.fromisoformat(d) + dt.timedelta(hours=9),
    "date": dt.date.fromisoformat,
    "weekday behind": lambda d: f"{d} 星期一",
    "year first, month name": lambda d: dt.date.fromisoformat(d).strftime("%Y-%b-%d"),
    "month name": lambda d: dt.date.fromisoformat(d).strftime("%d-%b-%Y"),
    "two-digit year": lambda d: f"{int(d[2:4])}-{int(d[5:7])}-{int(d[8:])}",
}

PHONE_FORMS: dict[str, Callable[[str], Any]] = {
    "dashes": lambda p: f"{p[:3]}-{p[3:7]}-{p[7:]}",
    "spaces": lambda p: f"{p[:3]} {p[3:7]} {p[7:]}",
    "number": int,
    "float": float,
    "plus 86": lambda p: f"+86 {p}",
    "0086": lambda p: f"0086{p}",
    "86": lambda p: f"86-{p}",
    "full width": full_width,
    "label": lambda p: f"手机：{p}",
    "relation behind": lambda p: f"{p}（本人）",
    "word behind": lambda p: f"{p} 本人",
    "whose before": lambda p: f"妻：{p}",
    "comma behind": lambda p: f"{p},",
    "text of a float": lambda p: f"{p}.0",
    "apostrophe": lambda p: f"'{p}",
}

ID_FORMS: dict[str, Callable[[str], Any]] = {
    "small x": str.lower,
    "full width": full_width,
    "apostrophe": lambda i: f"'{i}",
    "groups": lambda i: f"{i[:6]} {i[6:14]} {i[14:]}",
    "spaces round it": lambda i: f" {i}　",
    "label": lambda i: f"身份证：{i}",
    "kind behind": lambda i: f"{i}（身份证）",
}

DAY_FORMS: dict[str, Callable[[int], Any]] = {
    "tian": lambda n: f"{n}天",
    "overdue tian": lambda n: f"逾期{n}天",
    "float": float,
    "text": str,
    "text float": lambda n: f"{n}.0",
    "full width": lambda n: full_width(str(n)),
}


def titled(ledger: Ledger) -> Ledger:
    """A merged title, a line with the day and the unit, a blank line."""
    width = len(ledger.headers)
    lines: list[list[Any]] = [["某某分行零售信贷逾期客户台账"], ["制表日期：2026-11-23", None, None, "单位：元"], []]
    return replace(ledger, above=lines, merged=((1, 1, 1, width),))


def deep(ledger: Ledger) -> Ledger:
    """A page of instructions first: the header stands below row 20."""
    lines: list[list[Any]] = [["填表说明"], *[[f"{i}、请按实际情况填写，金额保留两位小数"] for i in range(1, 26)], []]
    return replace(ledger, above=lines)


def two_levels(ledger: Ledger, *, merged: bool = True) -> Ledger:
    """Parents over children, merged or left empty to the right of the parent."""
    parents = {"customer": "客户信息", "loan_amount": "金额（元）", "due_date": "逾期情况"}
    spans = {"customer": 3, "loan_amount": 5, "due_date": 2}
    names = list(ledger.headers)
    upper: list[Any] = [None] * len(names)
    lower: list[Any] = [None] * len(names)
    ranges, row = [], len(ledger.above) + 1
    for j, name in enumerate(names):
        parent = next((p for p in parents if names.index(p) <= j < names.index(p) + spans[p]), None)
        if parent is None:
            upper[j] = ledger.headers[name]
            ranges.append((row, j + 1, row + 1, j + 1))
            continue
        lower[j] = {"customer": "姓名", "id_number": "身份证", "phone": "电话"}.get(name, ledger.headers[name])
        if name == parent:
            upper[j] = parents[parent]
            ranges.append((row, j + 1, row, j + spans[parent]))
    return replace(ledger, header_rows=[upper, lower], merged=tuple(ranges) if merged else ())


def subtotals(ledger: Ledger, words: tuple[str, ...] = ("小计", "本页小计", "合计")) -> Ledger:
    """A subtotal after every eight records, a blank line behind it, a total and notes at the end."""
    names = list(ledger.headers)

    def line(word: str | None, rows: list[Row], label_at: int = 0) -> list[Any]:
        out: list[Any] = [None] * len(names)
        if word:
            out[label_at] = word
        for name in MONEY:
            if name in names:
                out[names.index(name)] = yuan(sum(t[name] for t in rows))
        return out

    truth = ledger.truth
    between = {i: [line(words[i // 8 % 2], truth[i - 8 : i]), []] for i in range(8, len(truth), 8)}
    notes: list[list[Any]] = [[], ["制表人：王丽", None, None, "审核：李志强"], ["备注：以上数据仅供内部使用"], ["  "]]
    return replace(ledger, between=between, below=[line(words[2], truth), line(f"共{len(truth)}户", truth, 1), *notes])


def paged(ledger: Ledger) -> Ledger:
    """The title and the header printed again on every page, page numbers between."""
    again: list[list[Any]] = [["第 1 页 共 3 页"], ["某某分行零售信贷逾期客户台账（续表）"], list(ledger.headers.values())]
    return replace(ledger, between=dict.fromkeys(range(10, len(ledger.rows), 10), again))


def silent_totals(ledger: Ledger) -> Ledger:
    """Sums without a word beside them."""
    names = list(ledger.headers)
    sums: list[Any] = [None] * len(names)
    for name in MONEY:
        sums[names.index(name)] = yuan(sum(t[name] for t in ledger.truth))
    return replace(ledger, below=[sums])


def without(ledger: Ledger, *names: str) -> Ledger:
    """The ledger without some columns."""
    headers = {n: h for n, h in ledger.headers.items() if n not in names}
    return replace(ledger, headers=headers)


def renamed(ledger: Ledger, **headers: str) -> Ledger:
    """Other headers for some columns."""
    return replace(ledger, headers={n: headers.get(n, h) for n, h in ledger.headers.items()})
