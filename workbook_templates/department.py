"""A fictional department, made from a seed: cases, contact log, receipts, letters sent, holds, people and targets.

Names, numbers and addresses are drawn at random; identity numbers name a region that does not exist, phones a range that does not.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any, Final

SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰玉萍红鹏辉建华文斌宇浩凯雪梅琳波宁旭"
PRODUCTS: Final = (("信用卡", 0.4), ("个人消费贷", 0.35), ("车贷", 0.15), ("经营贷", 0.1))
REGIONS: Final = (
    ("广东省广州市天河区", "广州"),
    ("广东省深圳市南山区", "深圳"),
    ("浙江省杭州市西湖区", "杭州"),
    ("四川省成都市武侯区", "成都"),
    ("湖北省武汉市洪山区", "武汉"),
)
PHONE_TEAM: Final = ("陈晓燕", "王丽", "刘洋", "赵国庆", "李志强", "孙浩", "周敏", "吴桐")
FIELD_TEAM: Final = ("郑海", "冯波", "何军", "许峰")
AS_OF: Final = dt.date(2026, 11, 23)
BUCKET_DAYS: Final = ((1, 30, 0.42), (31, 60, 0.2), (61, 90, 0.12), (91, 180, 0.14), (181, 720, 0.09), (721, 1300, 0.03))
OUTCOMES: Final = (
    ("无人接听", 0.42),
    ("本人接通", 0.16),
    ("承诺还款", 0.14),
    ("第三方接通", 0.08),
    ("号码无效", 0.06),
    ("拒接", 0.09),
    ("拒绝还款", 0.03),
    ("困难", 0.02),
)
NOTES: Final = ("", "", "", "", "关机", "-拒接", "@微信已读", "=已联系家属", "+86号码打不通", "生病住院,申请延期", "下午方便联系")


@dataclass
class Department:
    """The rows of every sheet of the demo workbook, plus what the generator needs to remember."""

    as_of: dt.date
    cases: list[list[Any]] = field(default_factory=list)
    contacts: list[list[Any]] = field(default_factory=list)
    receipts: list[list[Any]] = field(default_factory=list)
    holds: list[list[Any]] = field(default_factory=list)
    collectors: list[list[Any]] = field(default_factory=list)
    people: list[list[Any]] = field(default_factory=list)
    targets: list[list[Any]] = field(default_factory=list)
    letters: list[list[Any]] = field(default_factory=list)


CASE_HEADERS: Final = (
    "案件编号", "客户号", "客户姓名", "身份证号", "手机号", "产品", "贷款金额", "剩余本金", "欠息", "罚息", "逾期金额", "应还日期", "逾期天数", "地址", "催收员", "备注",
)  # fmt: skip
CONTACT_HEADERS: Final = (
    "记录号",
    "联系时间",
    "案件编号",
    "客户姓名",
    "催收员",
    "渠道",
    "号码",
    "关系",
    "结果",
    "承诺日",
    "承诺额",
    "下次",
    "备注",
)
LETTER_HEADERS: Final = (
    "文号", "案件编号", "收件人/关系", "地址", "模板", "模板版本", "生成日期", "状态", "审核人", "寄出日", "运单号", "签收/退回", "时效效果",
)  # fmt: skip
RECEIPT_HEADERS: Final = ("流水号", "回款日期", "案件编号", "客户姓名", "回款金额", "付款人", "回款渠道", "备注")


def _pick(rng: random.Random, table: tuple[tuple[Any, float], ...]) -> Any:
    return rng.choices([t[0] for t in table], weights=[t[1] for t in table])[0]


def _name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))


def _id_number(rng: random.Random) -> str:
    """18 characters of a region that does not exist: nobody's number, though its check digit is right."""
    body = f"999999{rng.randint(1960, 2002)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(1, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(ch) * w for ch, w in zip(body, weights, strict=True)) % 11]


def _customer(rng: random.Random, number: int) -> dict[str, Any]:
    address, region = rng.choice(REGIONS)
    return {
        "no": f"KH{number:05d}",
        "name": _name(rng),
        "id": _id_number(rng),
        "phone": f"154{rng.randint(0, 99_999_999):08d}",  # a range that no operator has
        "address": f"{address}{rng.choice('建民人中解放')}{rng.choice('路街')}{rng.randint(1, 999)}号",
        "region": region,
    }


def _messy_money(rng: random.Random, yuan: float) -> Any:
    kind = rng.random()
    if kind < 0.88:
        return round(yuan, 2)
    return rng.choice((f"¥{yuan:,.2f}", f"{yuan:,.2f}元", f"{yuan:.2f}"))


def _messy_date(rng: random.Random, day: dt.date) -> Any:
    kind = rng.random()
    if kind < 0.8:
        return day
    return rng.choice(
        (f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day.year}.{day.month}.{day.day}", f"{day.year}/{day.month}/{day.day}")
    )


def _days_past_due(rng: random.Random) -> int:
    low, high, _ = rng.choices(BUCKET_DAYS, weights=[b[2] for b in BUCKET_DAYS])[0]
    return rng.randint(low, high)


def make(seed: int = 20261123, cases: int = 2000, as_of: dt.date = AS_OF) -> Department:
    """The department as of a day; the same seed makes the same rows."""
    rng = random.Random(seed)
    out = Department(as_of)
    _people(out)
    customers: list[dict[str, Any]] = []
    for number in range(1, cases + 1):
        again = customers and rng.random() < 0.15
        customer = rng.choice(customers) if again else _customer(rng, len(customers) + 1)
        if not again:
            customers.append(customer)
        _case(rng, out, number, customer)
    rng.shuffle(out.contacts)
    out.contacts.sort(key=lambda row: row[1])
    for number, row in enumerate(out.contacts, start=1):
        row[0] = f"JL{number:06d}"
    for number, row in enumerate(sorted(out.letters, key=lambda row: row[6]), start=1):
        row[0] = f"催〔{row[6].year}〕{number:04d}号"
    out.letters.sort(key=lambda row: row[0])
    out.receipts.sort(key=lambda row: row[1])
    for number, row in enumerate(out.receipts, start=1):
        row[0] = f"LS{number:06d}"
    return out


def _people(out: Department) -> None:
    for i, name in enumerate(PHONE_TEAM):
        out.collectors.append(
            [name, "电催", "", "", "08:30-12:00,14:00-18:00" if i < 6 else "08:30-12:00,14:00-18:00,18:00-20:00", "", "是", ""]
        )
    for i, name in enumerate(FIELD_TEAM):
        regions = ("广州、深圳", "广州、深圳", "杭州、武汉", "成都、武汉")[i]
        out.collectors.append([name, "外访", regions, "", "08:30-12:00,14:00-18:00", "", "是", ""])
    out.people.append(["韩梅", "manager", "催收经理", 20000, "停催、减免", ""])
    out.people.append(["秦朗", "finance", "财务", 0, "", ""])
    month = f"{out.as_of:%Y-%m}"
    out.targets.append([month, "团队", 2_600_000, "", ""])


def _case(rng: random.Random, out: Department, number: int, customer: dict[str, Any]) -> None:
    days = _days_past_due(rng)
    due = out.as_of - dt.timedelta(days=days)
    loan = rng.choice((5_000, 10_000, 20_000, 30_000, 50_000, 80_000, 123_456, 200_000))
    principal = round(loan * rng.randint(15, 95) / 100, 2)
    interest = round(principal * 0.00036 * days, 2)
    penalty = round(principal * 0.00018 * days, 2)
    overdue = round(principal + interest + penalty, 2)
    owner = rng.choice(PHONE_TEAM) if rng.random() < 0.86 else ""
    case_id = f"AJ{out.as_of.year}{number:05d}"
    phone: Any = customer["phone"] if rng.random() < 0.7 else f"{customer['phone'][:3]}-{customer['phone'][3:7]}-{customer['phone'][7:]}"
    out.cases.append([
        case_id, customer["no"], customer["name"], customer["id"], phone, _pick(rng, PRODUCTS), loan, _messy_money(rng, principal), _messy_money(rng, interest),
        _messy_money(rng, penalty), _messy_money(rng, overdue), _messy_date(rng, due), days if rng.random() < 0.93 else f"{days}天", customer["address"], owner, rng.choice(NOTES),
    ])  # fmt: skip
    if rng.random() < 0.012:
        code = rng.choice(("争议", "投诉", "委托律师", "重病", "履行协议"))
        out.holds.append(
            [
                "案件",
                case_id,
                code,
                "韩梅",
                out.as_of - dt.timedelta(days=rng.randint(3, 20)),
                out.as_of + dt.timedelta(days=rng.randint(5, 40)),
                "",
            ]
        )
    _letters_so_far(out, case_id, customer, due, days)
    _history(rng, out, case_id, customer, owner or rng.choice(PHONE_TEAM), due, overdue)


LETTER_STEPS: Final = ((7, "首次提醒函"), (31, "二次提醒函"), (61, "正式催收函"), (91, "法律程序评估告知函"))


def _letters_so_far(out: Department, case_id: str, customer: dict[str, Any], due: dt.date, days: int) -> None:
    """What went out up to last Friday; a letter whose day came since is due now."""
    for step, template in LETTER_STEPS:
        day = due + dt.timedelta(days=step)
        if days >= step and day < out.as_of - dt.timedelta(days=3):
            year_start = dt.date(out.as_of.year, 1, 1)
            made = max(day, year_start)
            out.letters.append(["", case_id, customer["name"], customer["address"], template, "1", made, "已寄", "韩梅", made, "", "", ""])


def _history(rng: random.Random, out: Department, case_id: str, customer: dict[str, Any], owner: str, due: dt.date, overdue: float) -> None:
    """Three months of calls, promises and the receipts that followed them."""
    day = max(due + dt.timedelta(days=2), out.as_of - dt.timedelta(days=90))
    while day < out.as_of:
        if day.weekday() < 6 and rng.random() < 0.75:
            _contact(rng, out, case_id, customer, owner, day, overdue)
        day += dt.timedelta(days=rng.randint(5, 16))


def _contact(rng: random.Random, out: Department, case_id: str, customer: dict[str, Any], owner: str, day: dt.date, overdue: float) -> None:
    outcome = _pick(rng, OUTCOMES)
    at = dt.datetime.combine(day, dt.time(rng.choice((8, 9, 10, 11, 14, 15, 16, 17)), rng.randint(0, 59)))
    promised_on: dt.date | str = ""
    promised: float | str = ""
    if outcome == "承诺还款":
        promised_on = day + dt.timedelta(days=rng.randint(1, 6))
        promised = round(max(100.0, overdue * rng.choice((0.1, 0.2, 0.3))), 2)
        if promised_on < out.as_of and rng.random() < 0.55:
            paid = promised if rng.random() < 0.8 else round(promised * 0.5, 2)
            channel = rng.choice(("银行转账", "支付宝", "微信", "代扣"))
            out.receipts.append(["", promised_on, case_id, customer["name"], paid, customer["name"], channel, ""])
    callback = day + dt.timedelta(days=rng.randint(1, 4)) if outcome == "本人接通" and rng.random() < 0.4 else ""
    relation = {"第三方接通": "家属"}.get(outcome, "本人")
    out.contacts.append(
        ["", at, case_id, customer["name"], owner, "电话", customer["phone"], relation, outcome, promised_on, promised, callback, ""]
    )
