"""A large ledger of the messy kind: title rows, notations mixed within a column, totals; made quickly and the same every time."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import xlsxwriter

HEADERS = (
    "案件编号",
    "客户姓名",
    "身份证号",
    "手机号",
    "产品",
    "贷款金额",
    "剩余本金",
    "欠息",
    "罚息",
    "逾期金额",
    "应还日期",
    "逾期天数",
    "地址",
    "催收员",
    "备注",
)
OWNERS = ("陈晓燕", "王丽", "刘洋", "赵国庆", "李志强", "孙浩", "周敏", "吴桐", "郑海", "冯波")
AS_OF = dt.date(2026, 11, 23)


def write(path: Path, rows: int, extra_columns: int = 0, seed: int = 7) -> None:
    """`rows` cases in the 15 usual columns, and further plain columns when asked for."""
    rng = random.Random(seed)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("案件台账")
    date = book.add_format({"num_format": "yyyy/m/d"})
    sheet.write_string(0, 0, "某某分行零售信贷逾期客户台账")
    sheet.write_string(1, 0, f"制表日期：{AS_OF:%Y-%m-%d}")
    sheet.write_row(3, 0, (*HEADERS, *(f"附加{i}" for i in range(extra_columns))))
    for number in range(rows):
        _row(sheet, 4 + number, number, rng, date, extra_columns)
    sheet.autofilter(3, 0, 3 + rows, len(HEADERS) + extra_columns - 1)
    book.close()


def _row(sheet: object, at: int, number: int, rng: random.Random, date: object, extra: int) -> None:
    days = int(rng.triangular(1, 400, 20))
    due = AS_OF - dt.timedelta(days=days)
    principal = rng.randint(100_000, 30_000_000)
    interest, penalty = principal * days // 30_000, principal * days // 60_000
    name = rng.choice("赵钱孙李周吴郑王冯陈") + rng.choice("伟芳娜敏静丽强磊军洋") + rng.choice("勇艳杰娟涛明超秀英霞")
    w = sheet
    w.write_string(at, 0, f"CS{number:09d}")  # type: ignore[attr-defined]
    w.write_string(at, 1, name)  # type: ignore[attr-defined]
    w.write_string(at, 2, f"9999991980{rng.randint(1000, 9999)}{number % 10_000:04d}")  # type: ignore[attr-defined]
    phone = 15_400_000_000 + number  # a range that no operator has
    w.write(at, 3, phone if number % 2 else str(phone))  # type: ignore[attr-defined]
    w.write_string(at, 4, rng.choice(("信用卡", "个人消费贷", "车贷", "经营贷")))  # type: ignore[attr-defined]
    for column, fen in ((5, principal * 2), (6, principal), (7, interest), (8, penalty), (9, principal + interest + penalty)):
        _money(w, at, column, fen, rng)
    kind = rng.random()
    if kind < 0.67:
        w.write_datetime(at, 10, due, date)  # type: ignore[attr-defined]
    else:
        w.write_string(at, 10, f"{due:%Y%m%d}" if kind < 0.85 else f"{due.year}/{due.month}/{due.day}")  # type: ignore[attr-defined]
    w.write(at, 11, days if rng.random() < 0.95 else f"{days}天")  # type: ignore[attr-defined]
    w.write_string(at, 12, f"广东省广州市天河区建路{number % 999}号")  # type: ignore[attr-defined]
    w.write_string(at, 13, rng.choice(OWNERS) if rng.random() < 0.86 else "")  # type: ignore[attr-defined]
    w.write_string(at, 14, rng.choice(("", "关机", "-拒接", "=已联系家属", "@微信已读")))  # type: ignore[attr-defined]
    for i in range(extra):
        w.write(at, 15 + i, number * (i + 1) if i % 2 else f"附注{number % 97}")  # type: ignore[attr-defined]


def _money(sheet: object, at: int, column: int, fen: int, rng: random.Random) -> None:
    yuan = f"{fen // 100}.{fen % 100:02d}"
    kind = rng.random()
    if kind < 0.86:
        sheet.write_number(at, column, float(yuan))  # type: ignore[attr-defined]
    elif kind < 0.9:
        sheet.write_string(at, column, f"¥{int(yuan[:-3]):,}{yuan[-3:]}")  # type: ignore[attr-defined]
    elif kind < 0.95:
        sheet.write_string(at, column, yuan + "元")  # type: ignore[attr-defined]
    else:
        sheet.write_string(at, column, "".join(chr(ord(ch) + 0xFEE0) if ch.isdigit() else ch for ch in yuan))  # type: ignore[attr-defined]
