"""Ledgers as departments of very different trades keep them, drawn as real workbooks; the truth of every value is known by construction.

A ledger is a list of sheets of cells. A cell is a value, or (value, number format). Truth: one dict a case, money in yuan as text,
dates as ISO text, "" for unknown; `told`: the findings that must be said (code → how many cells), nothing else may be.
"""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from tests.sheets.mess import AS_OF, identity, serial

Line = list[Any]


@dataclass
class Page:
    name: str
    lines: list[Line]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # 0-based: top, left, bottom, right
    hidden: list[int] = field(default_factory=list)


@dataclass
class Department:
    pages: list[Page]
    truth: list[dict[str, str]]
    told: dict[str, int] = field(default_factory=dict)
    date1904: bool = False

    def workbook(self) -> bytes:
        """The ledger as Excel would keep it."""
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": self.date1904, "strings_to_urls": False})
        looks: dict[str, Any] = {}
        for page in self.pages:
            sheet = book.add_worksheet(page.name)
            for top, left, bottom, right in page.merged:
                sheet.merge_range(top, left, bottom, right, "")
            for r, line in enumerate(page.lines):
                for c, cell in enumerate(line):
                    value, code = cell if isinstance(cell, tuple) else (cell, "yyyy-mm-dd" if isinstance(cell, dt.date) else "")
                    look = looks.setdefault(code, book.add_format({"num_format": code})) if code else None
                    if isinstance(value, str) and value.startswith("#"):
                        sheet.write_formula(r, c, "=NA()", look, value)
                    elif isinstance(value, str) and not value.startswith("="):
                        sheet.write_string(r, c, value, look)
                    elif value is not None:
                        sheet.write(r, c, value, look)
            for row in page.hidden:
                sheet.set_row(row, None, None, {"hidden": True})
        book.close()
        return out.getvalue()


def _day(rng: random.Random) -> dt.date:
    return AS_OF - dt.timedelta(days=rng.choice((2, 9, 25, 44, 70, 100, 130, 170, 260, 420)) + rng.randint(0, 5))


def _yuan(rng: random.Random, low: int = 300, high: int = 90_000) -> float:
    return rng.randint(low * 100, high * 100) / 100


def _two(value: float) -> str:
    return f"{value:.2f}"


NAMES = ("王伟", "李娜", "张敏", "刘洋", "陈静", "杨磊", "赵军", "黄艳", "周涛", "吴超", "徐明", "孙丽")


def bank_cards(rng: random.Random) -> Department:
    """Bank cards in batches: full-width and spaced text numbers, M1…M7+, card numbers in fours, hand-in and hand-back dates, totals."""
    head = [
        "序号",
        "委案批次",
        "委托方",
        "卡号",
        "持卡人",
        "证件号码",
        "账龄",
        "逾期天数",
        "欠款总额",
        "其中：本金",
        "最低还款额",
        "账单日",
        "委案日期",
        "退案日期",
        "联系方式",
        "催收员",
    ]
    lines: list[Line] = [["信用卡委外催收清单（2026年11月批）"], head]
    truth = []
    for n in range(12):
        card = "6226" + f"{rng.randint(0, 10**12 - 1):012d}"
        days = rng.choice((5, 33, 62, 95, 125, 160, 400))
        bucket = f"M{min((days - 1) // 30 + 1, 7)}" + ("+" if days > 180 else "")
        owed, principal = _yuan(rng), 0.0
        principal = round(owed * 0.8, 2)
        least = round(owed / 10, 2)
        phone, who = f"139{rng.randint(0, 10**8 - 1):08d}", identity(rng)
        owed_cell = [_two(owed), f" {owed:,.2f}\u00a0", "".join(chr(ord(c) + 0xFEE0) for c in _two(owed)), owed][n % 4]
        lines.append(
            [n + 1, "WA202611-3", "某某银行", " ".join(card[i : i + 4] for i in range(0, 16, 4)), NAMES[n], who, bucket, days, owed_cell, principal, least, 5, "2026.11.02", dt.date(2027, 2, 1), f"{phone[:3]} {phone[3:7]} {phone[7:]}", rng.choice(("甲一", "乙二"))]
        )  # fmt: skip
        truth.append({"customer": NAMES[n], "id_number": who, "phone": phone, "overdue_amount": _two(owed), "principal": _two(principal), "minimum_due": _two(least), "days_past_due": str(days), "batch": "WA202611-3", "client": "某某银行", "hand_back": "2027-02-01"})  # fmt: skip
    lines.append(["合计", None, None, None, None, None, None, None, round(sum(float(t["overdue_amount"]) for t in truth), 2)])
    return Department([Page("信用卡", lines)], truth, {"due-derived": 1})


def consumer_loans(rng: random.Random) -> Department:
    """Consumer loans: two header rows with units, numbers in 万元 by header, instalments, notes beside, merged owner cells down a block."""
    upper = ["借据编号", "借款人", None, "贷款情况（万元）", None, "逾期情况", None, None, "责任人"]
    lower = [None, "姓名", "手机", "放款金额", "剩余本金", "逾期本息（元）", "应还日", "逾期期数", None]
    lines: list[Line] = [upper, lower]
    merged = [(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 0, 7), (0, 8, 1, 8)]
    truth = []
    for n in range(12):
        loan, left = rng.randint(10, 300) * 1000, 0
        left = loan - rng.randint(1, 9) * 500
        owed, due = _yuan(rng, 100, 5000), _day(rng)
        phone = f"158{rng.randint(0, 10**8 - 1):08d}"
        owner = ("钱三", "孙四", "李五")[n // 4]
        lines.append(
            [
                f"JJ{n + 1:06d}",
                NAMES[n],
                int(phone),
                loan / 10_000,
                left / 10_000,
                owed,
                due,
                f"欠{n % 4 + 1}期",
                owner if n % 4 == 0 else None,
            ]
        )
        truth.append({"case_id": f"JJ{n + 1:06d}", "customer": NAMES[n], "phone": phone, "loan_amount": _two(loan), "principal": _two(left), "overdue_amount": _two(owed), "due_date": due.isoformat(), "owner": owner})  # fmt: skip
    merged += [(2 + b * 4, 8, 5 + b * 4, 8) for b in range(3)]
    return Department([Page("消费贷", lines, merged)], truth)


def property_fees(rng: random.Random) -> Department:
    """Property fees: rooms for case numbers, owners with several rooms, a subtotal per owner, mixed ways of writing dates, a signature below."""
    head = ["房号", "业主姓名", "联系电话", "欠费金额", "应缴日期", "收费员", "备注"]
    lines: list[Line] = [["某某花园物业费欠缴明细表"], ["制表日期：2026年11月23日", None, None, None, None, "单位：元"], head]
    truth = []
    for n in range(12):
        owed, due = _yuan(rng, 200, 9000), _day(rng)
        tel = f"137{rng.randint(0, 10**8 - 1):08d}"
        second = f"020-8{rng.randint(0, 10**7 - 1):07d}"
        form = [
            f"{due.year}/{due.month}/{due.day}",
            f"{due.year}年{due.month}月{due.day}日",
            f"{due.year % 100}.{due.month}.{due.day}",
            due,
        ][n % 4]
        lines.append(
            [
                f"{n // 4 + 1}-{n % 4 + 1:02d}0{n % 9 + 1}",
                NAMES[n // 2],
                f"{tel[:3]} {tel[3:7]} {tel[7:]}/{second}" if n % 2 else tel,
                owed,
                form,
                "郑六",
                "房主在国外" if n == 3 else None,
            ]
        )
        truth.append(
            {
                "case_id": lines[-1][0],
                "customer": NAMES[n // 2],
                "phone": tel,
                "overdue_amount": _two(owed),
                "due_date": due.isoformat(),
                "owner": "郑六",
            }
        )
        if n % 2:
            lines.append([f"{NAMES[n // 2]} 小计", None, None, round(sum(float(t["overdue_amount"]) for t in truth[-2:]), 2)])
    lines += [[], ["制表：郑六", None, None, "审核：王主任"], ["", None, None, "（签字盖章）"]]
    return Department([Page("欠费", lines, [(0, 0, 0, 6)])], truth)


def invoices(rng: random.Random) -> Department:
    """Trade invoices in English, in dollars throughout, English dates, disputed ones, a footer."""
    head = [
        "Invoice No.",
        "Customer Name",
        "Invoice Date",
        "Due Date",
        "Invoice Amount",
        "Amount Outstanding",
        "Days Overdue",
        "Sales Rep",
        "Disputed",
    ]
    lines: list[Line] = [["Open Items Report"], ["As of 23 Nov 2026", None, None, None, "Currency: USD"], [], head]
    truth = []
    for n in range(12):
        amount = _yuan(rng, 1000, 50_000)
        owed, due = round(amount / (1 + n % 3), 2), _day(rng)
        made = due - dt.timedelta(days=30)
        lines.append([f"INV-{10_000 + n}", f"Acme {n // 3} Ltd", made.strftime("%d-%b-%Y"), due.strftime("%d %B %Y") if n % 2 else due.strftime("%b %d, %Y"), (amount, "[$$-409]#,##0.00"), f"${owed:,.2f}", (AS_OF - due).days, "J. Smith", "Yes" if n == 4 else "No"])  # fmt: skip
        truth.append({"case_id": f"INV-{10_000 + n}", "customer": f"Acme {n // 3} Ltd", "invoice_date": made.isoformat(), "due_date": due.isoformat(), "loan_amount": _two(amount), "overdue_amount": _two(owed), "days_past_due": str((AS_OF - due).days), "owner": "J. Smith", "disputed": "true" if n == 4 else "false"})  # fmt: skip
    lines += [
        ["Total", None, None, None, None, (sum(float(t["overdue_amount"]) for t in truth), "[$$-409]#,##0.00")],
        ["Prepared by: J. Smith"],
    ]
    return Department([Page("AR", lines)], truth, {"ledger-currency": 1})


def auto_loans(rng: random.Random) -> Department:
    """Car loans: plates and GPS beside, 万元 by number format, scaled by number format, 1904 dates, hidden rows, an error, a note for an amount."""
    head = [
        "合同号",
        "承租人",
        "车牌号",
        "车架号",
        "GPS状态",
        "融资金额",
        "未偿本金",
        "逾期金额",
        "约定还款日",
        "客户手机号",
        "跟进人",
        "备注",
    ]
    lines: list[Line] = [head]
    truth, told = [], {"cell-error": 1, "amount-unreadable": 1}
    for n in range(12):
        loan, left = rng.randint(50, 300) * 1000, rng.randint(10, 49) * 1000
        owed, due = _yuan(rng, 500, 20_000), _day(rng)
        phone = f"186{rng.randint(0, 10**8 - 1):08d}"
        owed_cell: Any = "#N/A" if n == 2 else "约1.2万" if n == 5 else owed
        lines.append([f"HZ{n:05d}", NAMES[n], f"粤A{n:05d}", f"LSV{n:014d}", "在线" if n % 3 else "离线", (loan / 10_000, '0.00"万元"'), (left, '0!.0,"万"'), owed_cell, due, phone, "周七", "GPS离线，约1.2万" if n == 5 else None])  # fmt: skip
        truth.append({"case_id": f"HZ{n:05d}", "customer": NAMES[n], "loan_amount": _two(loan), "principal": _two(left), "overdue_amount": "" if n in (2, 5) else _two(owed), "due_date": due.isoformat(), "phone": phone, "owner": "周七"})  # fmt: skip
    return Department([Page("车贷", lines, hidden=[3, 4, 8])], truth, told, date1904=True)


def by_collector(rng: random.Random) -> Department:
    """One sheet for each collector with a summary in front; ids by number format, status by colour and word."""
    head = ["案件编号", "姓名", "电话", "应还金额", "到期日", "状态"]
    pages, truth = [], []
    summary: list[Line] = [["催收员", "户数", "金额"]]
    for who, first in (("冯八", 0), ("陈九", 4), ("褚十", 8)):
        lines: list[Line] = [[f"{who}负责案件"], head]
        total = 0.0
        for n in range(first, first + 4):
            owed, due = _yuan(rng), _day(rng)
            phone = f"135{rng.randint(0, 10**8 - 1):08d}"
            lines.append([(n + 7, '"AJ"0000'), NAMES[n], phone, owed, (serial(due), "yyyy/m/d"), "跟进中"])
            truth.append(
                {
                    "case_id": f"AJ{n + 7:04d}",
                    "customer": NAMES[n],
                    "phone": phone,
                    "overdue_amount": _two(owed),
                    "due_date": due.isoformat(),
                }
            )
            total += owed
        lines.append(["合计", None, None, total])
        pages.append(Page(who, lines))
        summary.append([who, 4, total])
    return Department([Page("汇总", summary), *pages], truth)


def cross_tab(rng: random.Random) -> Department:
    """A printed report: title, unit in thousands in the title, owner as a heading with a subtotal, page breaks with the header again."""
    head = ["客户名称", "客户编号", "应收余额", "最迟付款日", "业务员"]
    lines: list[Line] = [["应收账款逾期明细"], ["截至 2026-11-23", None, None, "单位：千元"], head]
    truth = []
    for n in range(12):
        owed, due = rng.randint(5, 900) * 1000, _day(rng)
        lines.append([f"某某{NAMES[n][0]}记商行", f"00{n + 31}", owed / 1000, due.strftime("%Y%m%d"), ("蒋一", "沈二")[n // 6]])
        truth.append(
            {
                "customer": f"某某{NAMES[n][0]}记商行",
                "customer_id": f"00{n + 31}",
                "overdue_amount": _two(owed),
                "due_date": due.isoformat(),
                "owner": ("蒋一", "沈二")[n // 6],
            }
        )
        if n in (5, 11):
            lines += [["小计", None, sum(float(t["overdue_amount"]) for t in truth[-6:]) / 1000], [], head if n == 5 else []]
    lines += [["总计", None, sum(float(t["overdue_amount"]) for t in truth) / 1000]]
    return Department([Page("逾期明细", lines)], truth, {"case-id-made": 1})


def mixed_currencies(rng: random.Random) -> Department:
    """An exporter: yuan and foreign invoices in one list, told apart by a column 币种 or by the number format."""
    head = ["发票号", "客户", "币种", "未收金额", "到期日", "业务员"]
    lines: list[Line] = [head]
    truth, foreign = [], 0
    for n in range(12):
        owed, due = _yuan(rng), _day(rng)
        currency = ("人民币", "USD", "人民币", "港币")[n % 4] if n < 8 else None
        look = "[$€-407]#,##0.00" if n == 9 else "¥#,##0.00"
        other = currency in ("USD", "港币") or n == 9
        foreign += other
        lines.append([f"FP{n:04d}", f"某贸{n}", currency, (owed, look), due, "韩三"])
        truth.append({"case_id": f"FP{n:04d}", "overdue_amount": "" if other else _two(owed), "due_date": due.isoformat()})
    return Department([Page("发票", lines)], truth, {"amount-foreign": foreign})


def rough(rng: random.Random) -> Department:
    """Typed by hand for years: no title, blanks between, lost zeros, 3月5日 and 2026/3, masked and several phones, two people in one cell."""
    head = ["编号", "姓名", "身份证", "电话", "欠款", "应还日期", "负责人", "进展"]
    who = identity(rng)
    rows: list[tuple[Line, dict[str, str]]] = [
        ([1, "王伟", who, "13800000001", 1200, "2026-10-01", "杨四", "电话无人接"], {"case_id": "1", "id_number": who, "phone": "13800000001", "overdue_amount": "1200.00", "due_date": "2026-10-01"}),
        ([2, "李 娜", who + "\n" + identity(rng), "138 0000 0002 / 139-0000-0003", "1,500元", "3月5日", "杨四", None], {"case_id": "2", "customer": "李娜", "id_number": "", "phone": "13800000002", "phone2": "13900000003", "overdue_amount": "1500.00", "due_date": ""}),
        ([3, "张敏", "4401**********1234", "138****0004", "2000左右", "2026/3", "杨四", None], {"case_id": "3", "id_number": "", "phone": "", "overdue_amount": "", "due_date": ""}),
        ([4, "刘洋", None, "无", "3千", "26.3.5", "杨四", "已结清"], {"case_id": "4", "phone": "", "overdue_amount": "3000.00", "due_date": "2026-03-05"}),
        ([5, "陈静", None, 13800000005, "1万2", "2026.9.30", "杨四", None], {"case_id": "5", "phone": "13800000005", "overdue_amount": "", "due_date": "2026-09-30"}),
    ]  # fmt: skip
    lines: list[Line] = [head]
    for line, _ in rows:
        lines += [line, []]
    told = {
        "id-masked": 1,
        "id-several": 1,
        "phone-unreadable": 1,
        "amount-unreadable": 2,
        "date-unreadable": 1,
        "date-month-only": 1,
        "settled-noted": 1,
    }
    return Department([Page("Sheet1", lines)], [t for _, t in rows], told)


DEPARTMENTS: dict[str, Callable[[random.Random], Department]] = {
    f.__name__: f
    for f in (bank_cards, consumer_loans, property_fees, invoices, auto_loans, by_collector, cross_tab, mixed_currencies, rough)
}
