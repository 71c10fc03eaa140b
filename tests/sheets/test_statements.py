"""Statement exports become lines: whose bank it is does not matter, only that there are a date, an amount and something more."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from macros_py.hosts.host import Grid, HostError
from macros_py.hosts.text_files import read_text
from macros_py.run.given import read_file
from macros_py.sheets.statements import Imported, read_statements
from tests.sheets import statement_samples as samples


@dataclass(frozen=True)
class File:
    name: str
    grids: tuple[Grid, ...]


def _read(*texts: str, encoding: str = "gb18030") -> Imported:
    return read_statements([File(f"流水{i}.csv", (read_text(t.encode(encoding), "流水"),)) for i, t in enumerate(texts)])


def _shown(found: Imported) -> list[str]:
    """source | account | moment | fen | payer | number | state of every line."""
    rows = found.lines
    when = rows["paid_at"].dt.strftime("%m-%d %H:%M")
    columns = (
        rows["source"],
        rows["account"],
        when,
        rows["amount"].astype(str),
        rows["payer"],
        rows["transaction_id"],
        rows["state"],
    )
    return [" | ".join(values) for values in zip(*columns, strict=True)]


EXPECTED = {
    "CMB": [
        "招商银行 | 755900001234567 | 11-02 10:00 | 123456 | 张三 | FT00000001 | received",
        "招商银行 | 755900001234567 | 11-03 09:30 | -8800 |  | FT00000002 | expense",
        "招商银行 | 755900001234567 | 11-04 11:00 | -123456 | 张三 | FT00000003 | reversal",
    ],
    "ABC": [
        "农业银行 | 622848001234567890 | 11-02 10:00 | 50000 | 李四 |  | received",
        "农业银行 | 622848001234567890 | 11-03 16:20 | -20000 | 王五 |  | expense",
    ],
    "BOCOM": [
        "交通银行 | 62226011****1234 | 11-02 10:00 | 30000 | 赵六 |  | received",
        "交通银行 | 62226011****1234 | 11-02 11:00 | -10000 | 孙七 |  | expense",
    ],
    "CITIC": [
        "银行 | 8110700012345678 | 11-02 00:00 | 25000 | 周八 | EBK000000001 | received",
        "银行 | 8110700012345678 | 11-02 00:00 | 25000 | 周八 | EBK000000002 | received",
    ],
    "PAB": [
        "银行 | 15000012345678 | 11-02 10:00 | 100000 | 吴九 | P202611020001 | received",
        "银行 | 15000012345678 | 11-02 10:05 | -1000 |  | P202611020002 | expense",
    ],
    "WECHAT_FUNDS": [
        "微信 |  | 11-02 10:00 | 50000 |  | 4200000001202611020000000001 | received",
        "微信 |  | 11-02 23:00 | -300 |  | 4200000001202611020000000002 | expense",
        "微信 |  | 11-03 02:00 | -149700 |  | 4200000001202611020000000003 | internal",
        "微信 |  | 11-03 12:00 | -10000 |  | 4200000001202611020000000001 | refund",
    ],
    "WECHAT_TRADES": [
        "微信 | 1900000109 | 11-02 10:00 | 50000 | oUp1 | 4200000001202611020000000011 | received",
        "微信 | 1900000109 | 11-02 11:00 | -20000 | oUp2 | 4200000001202611020000000012 | refund",
    ],
    "ALIPAY_FUNDS": [
        "支付宝 | 20880000111122220156 | 11-02 10:00 | 50000 |  | 2026110222001 | received",
        "支付宝 | 20880000111122220156 | 11-02 10:00 | -300 |  | 2026110222001 | expense",
        "支付宝 | 20880000111122220156 | 11-03 09:00 | -49700 |  | 2026110322001 | internal",
    ],
    "ENGLISH": [
        "银行 | GB12ABCD00001111 | 11-02 00:00 | 100000 |  |  | received",
        "银行 | GB12ABCD00001111 | 11-13 00:00 | -2550 |  |  | expense",
        "银行 | GB12ABCD00001111 | 11-14 00:00 | 5000 |  |  | pending",
        "银行 | GB12ABCD00001111 | 11-15 00:00 | 7000 |  |  | failed",
    ],
    "SIGNED": [
        "银行 |  | 11-02 00:00 | 10000 | J SMITH | TX10000001 | received",
        "银行 |  | 11-03 00:00 | -2000 | OFFICE LTD | TX10000002 | expense",
    ],
    "RURAL": [
        "江南县农村商业银行 | 3205 8801 0010 1234 567 | 11-03 09:30 | 30000 | 张三 | 0001 | received",
        "江南县农村商业银行 | 3205 8801 0010 1234 567 | 11-04 11:15 | -1550 |  | 0004 | expense",
        "江南县农村商业银行 | 3205 8801 0010 1234 567 | 11-09 09:00 | 100000 | 周八 | 0009 | received",
        "江南县农村商业银行 | 3205 8801 0010 1234 567 | 11-09 09:30 | -100000 | 周八 | 0010 | reversal",
    ],
    "OVERSEAS": [
        "Example Bank | 808-123456-001 | 11-02 00:00 | 150000 |  |  | received",
        "Example Bank | 808-123456-001 | 11-02 00:00 | 150000 |  |  | received",
        "Example Bank | 808-123456-001 | 11-04 00:00 | -150000 |  |  | reversal",
        "Example Bank | 808-123456-001 | 11-05 00:00 | -3500 |  |  | expense",
    ],
    "WALLET": [
        "京东支付 | 110225566001 | 11-14 09:05 | 25050 | 张三 | JD900001 | received",
        "京东支付 | 110225566001 | 11-14 09:07 | -5050 | 张三 | JD900003 | refund",
        "京东支付 | 110225566001 | 11-14 09:08 | -20000 |  | JD900004 | internal",
    ],
    "ABROAD": [
        "银行 |  | 11-20 09:00 | 138000 | Zhang San | R0000000001 | received",
        "银行 |  | 11-20 09:01 | -8000 |  | R0000000002 | expense",
    ],
    "PAYERS": [
        "银行 |  | 11-20 14:00 | 700000 | 张三 | Z000000009 | received",
        "银行 |  | 11-22 14:00 | -15000 | 张三 | Z000000010 | refund",
        "银行 |  | 11-23 14:00 | -2000 |  | Z000000011 | expense",
    ],
    "MARKED": ["银行 |  | 11-02 00:00 | 10000 |  |  | received", "银行 |  | 11-03 00:00 | -500 |  |  | expense"],
    "UNSIGNED": [
        "银行 |  | 11-02 00:00 | 10000 | 张三 |  | received",
        "银行 |  | 11-03 00:00 | -5000 | 李四 |  | expense",
        "银行 |  | 11-04 00:00 | 3000 | 王五 |  | received",
    ],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_export_is_read_by_its_headers(name: str) -> None:
    assert _shown(_read(getattr(samples, name))) == EXPECTED[name]


def test_numbers_of_cases_are_in_the_memo_wherever_the_file_has_them() -> None:
    memos = [
        _read(getattr(samples, n)).lines["memo"].iloc[0]
        for n in ("CMB", "ABC", "CITIC", "WECHAT_FUNDS", "WECHAT_TRADES", "ALIPAY_FUNDS", "ENGLISH")
    ]
    assert [("CS2026000" in m) for m in memos] == [True] * 7


@pytest.mark.parametrize(("text", "end", "total"), [(samples.MT940, ".sta", 48_000), (samples.CAMT, ".xml", 47_000)])
def test_messages_of_banks_are_read_with_their_balances(tmp_path: Path, text: str, end: str, total: int) -> None:
    path = tmp_path / f"message{end}"
    path.write_text(text, encoding="utf-8")
    lines = read_statements([read_file(path)]).lines
    assert lines["amount"].sum() == total
    assert lines["balance"].iloc[-1] == 100_000 + total
    assert "CS20260001" in lines["memo"].iloc[0]
    assert lines["account"].iloc[0] in ("12345678/0001234567", "DE02120300000000202051")


@pytest.mark.parametrize("broken", ['<Amt Ccy="CNY">many</Amt>', '<Amt Ccy="CNY"/>', ""])
def test_a_message_whose_amounts_cannot_be_read_is_refused_as_damaged(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "message.xml"
    path.write_text(re.sub(r"<Amt Ccy=\"CNY\">[^<]*</Amt>", broken, samples.CAMT), encoding="utf-8")
    with pytest.raises(HostError, match="corrupt"):
        read_file(path)


def test_what_is_said_of_a_file_that_is_no_statement_shows_its_header_and_nobody() -> None:
    (problem,) = _read("姓名,手机号,地址\n张三,13800000001,体育东路1号,来访\n").problems
    assert problem.values["headers"] == "姓名、手机号、地址"
    (without,) = _read("张三,13800000001,体育东路1号\n").problems
    assert without.values["headers"] == "—"


def test_a_message_says_by_its_mark_which_way_a_reversal_went(tmp_path: Path) -> None:
    path = tmp_path / "reversed.sta"
    path.write_text(samples.MT940_REVERSED, encoding="utf-8")
    lines = read_statements([read_file(path)]).lines
    assert list(zip(lines["amount"], lines["state"], lines["balance"], strict=True)) == [
        (45_000, "received", 145_000),
        (-45_000, "reversal", 100_000),
        (-2_000, "expense", 98_000),
        (2_000, "reversal", 100_000),
    ]


def test_no_balance_of_a_message_knows_of_what_is_pending_and_a_reversal_names_who_had_paid(tmp_path: Path) -> None:
    path = tmp_path / "pending.xml"
    path.write_text(samples.CAMT_PENDING, encoding="utf-8")
    lines = read_statements([read_file(path)]).lines
    assert list(zip(lines["amount"], lines["state"], lines["payer"], lines["balance"].fillna(0), strict=True)) == [
        (7_700, "pending", "", 0),
        (50_000, "received", "Zhang San", 150_000),
        (-50_000, "reversal", "Zhang San", 100_000),
    ]


@pytest.mark.parametrize(
    ("above", "source"),
    [
        ("Metro Commerce Bank plc - Statement of account", "Metro Commerce Bank"),
        ("Bank of East Asia transactions", "Bank of East Asia"),
        ("HSBC Business Banking", "HSBC"),
        ("银联商务对账单", "银联商务"),
        ("Your Bank Statement", "银行"),
        ("Beneficiary Bank Name: X", "银行"),
    ],
)
def test_a_bank_that_is_not_on_our_list_is_called_by_the_name_above_its_table_and_its_lines_stay_the_same(above: str, source: str) -> None:
    table = "Date,Description,Payer,Amount\n2026-11-02,repay,Zhang San,100.00\n"
    named, plain = (_read(f"{head},,,\n{table}").lines for head in (above, "List"))
    assert named["source"].tolist() == [source]
    assert named["line_key"].tolist() == plain["line_key"].tolist()


def test_nothing_of_a_message_that_cannot_be_read_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "garbage.sta"
    path.write_text(samples.MT940.replace("2611021102C500,00NTRF", "ZHANG SAN "), encoding="utf-8")
    with pytest.raises(HostError):
        read_file(path)
    assert "ZHANG" not in caplog.text


def test_an_entity_in_a_message_is_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CS99999999", encoding="utf-8")
    hostile = samples.CAMT.replace('encoding="UTF-8"?>', f'encoding="UTF-8"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>').replace(
        "<Ustrd>CS20260001", "<Ustrd>&x;"
    )
    path = tmp_path / "message.xml"
    path.write_text(hostile, encoding="utf-8")
    assert "CS99999999" not in read_statements([read_file(path)]).lines["memo"].iloc[0]


def test_a_file_twice_and_files_that_overlap_add_nothing_twice_but_two_equal_lines_of_one_day_stay_two() -> None:
    *head, one, _ = samples.ABC.splitlines(keepends=True)
    equal = "2026-11-05 00:00:00,300.00,,,6217001111,李四,还款,转存\n"
    first = "".join([*head, one]) + equal * 2
    second = "".join(head) + equal * 2 + "2026-11-06 00:00:00,10.00,,,6217001111,李四,还款,转存\n"
    found = _read(first, first, second)
    assert found.lines["amount"].tolist().count(30_000) == 2
    assert found.lines["amount"].sum() == _read(first).lines["amount"].sum() + 1_000
    assert found.read == 3 * 2 + 3


def test_two_bills_of_one_channel_agree_on_a_payment_and_a_batch_of_equal_payments_stays_whole() -> None:
    funds = samples.WECHAT_FUNDS
    trade = samples.WECHAT_TRADES.replace("4200000001202611020000000011", "4200000001202611020000000001").replace("10:00:01", "09:59:58")
    found = _read(funds, trade)
    assert found.lines["transaction_id"].tolist().count("4200000001202611020000000001") == 2  # the payment once, and its refund
    batch = "日期,金额,流水号,对方户名\n" + "".join(f"2026-11-02,500.00,PL202611020001,{name}\n" for name in ("张三", "李四", "王五"))
    assert len(_read(batch, batch).lines) == 3


def test_the_same_lines_with_and_without_the_lines_above_the_table_are_the_same_lines() -> None:
    assert len(_read(samples.CMB, "".join(samples.CMB.splitlines(keepends=True)[2:])).lines) == 3


def test_a_list_of_what_debtors_paid_and_a_file_with_value_dates_only_are_read() -> None:
    assert _shown(_read("付款日期,付款人,付款金额,备注\n2026-11-02,张三,500.00,还款\n")) == [
        "银行 |  | 11-02 00:00 | 50000 | 张三 |  | received"
    ]
    assert _shown(_read("Value Date,Credit,Debit,Narrative\n2026-11-02,5.00,,x\n2026-11-03,,6.00,y\n")) == [
        "银行 |  | 11-02 00:00 | 500 |  |  | received",
        "银行 |  | 11-03 00:00 | -600 |  |  | expense",
    ]


def test_the_order_of_files_does_not_matter() -> None:
    texts = [samples.CMB, samples.ABC, samples.ALIPAY_FUNDS, samples.ABC]
    one, other = (_read(*order).lines.sort_values("line_key")["line_key"].tolist() for order in (texts, texts[::-1]))
    assert one == other


def test_of_a_payment_that_two_bills_hold_the_fuller_words_are_kept_whichever_comes_first() -> None:
    short = "付款时间,交易订单号,金额,对方户名,摘要,状态\n2026-11-02 10:00:00,2026110222001400000001,500.00,,还款,等待付款\n"
    full = short.replace(",,还款,等待付款", ",张三,还款 案号CS20260001,交易成功")
    one, other = _read(short, full).lines, _read(full, short).lines
    assert one[["payer", "memo", "stated"]].to_numpy().tolist() == [["张三", "还款 案号CS20260001", "received"]]
    assert other[["payer", "memo", "stated"]].to_numpy().tolist() == one[["payer", "memo", "stated"]].to_numpy().tolist()


def test_sums_beside_a_date_are_no_transactions() -> None:
    found = _read(
        "日期,摘要,收入,支出,余额\n2026-11-02,还款,5.00,,15.00\n2026-11-02,本日合计,5.00,0.00,15.00\n2026-11-30,期末余额,5.00,,15.00\n"
    )
    assert (found.lines["amount"].tolist(), found.problems) == ([500], [])


def test_a_reference_that_people_typed_twice_numbers_nothing_and_neither_payment_is_lost() -> None:
    lines = "Date,Amount,Reference,Description\n" + "2026-11-02,500.00,CS20260001,inward\n" * 2
    assert _read(lines).lines["amount"].tolist() == [50_000, 50_000]


def test_a_header_of_two_rows_tells_whose_name_and_account_stand_below() -> None:
    cells = np.full((5, 8), None, dtype=object)
    cells[0] = ["交易时间", "对方信息", None, "发生额（元）", None, "账户余额", "业务摘要", "全局流水号"]
    cells[1] = [None, "户名", "账号", "收入", "支出", None, None, None]
    cells[2] = ["2026/11/3 10:03", "张三", "62170000111", 800, "--", 1800, "还款", "GL202611030000001"]
    cells[3] = ["2026/11/6 10:05", "李四", "62170000112", None, -100, 1700, "退款", "GL202611060000005"]
    cells[4] = ["合计", None, None, 800, 100, None, None, None]
    found = read_statements([File("明细.xlsx", (Grid("Sheet1", cells),))])
    assert _shown(found) == [
        "银行 |  | 11-03 10:03 | 80000 | 张三 | GL202611030000001 | received",
        "银行 |  | 11-06 10:05 | -10000 | 李四 | GL202611060000005 | refund",
    ]
    assert (found.lines["payer_account"].tolist(), found.problems) == (["62170000111", "62170000112"], [])


def test_a_table_with_cells_of_a_spreadsheet_is_read_like_a_text_file() -> None:
    cells = np.full((5, 6), None, dtype=object)
    cells[0, 0] = "账户明细"
    cells[1] = ["日期", "发生额", None, "余额", "对方户名", "摘要"]
    cells[2] = [None, "收入", "支出", None, None, None]
    cells[3] = [dt.datetime(2026, 11, 2, 9, 30), 100.5, None, 1100.5, "张三", "还款"]
    cells[4] = [dt.datetime(2026, 11, 3), None, 20, 1080.5, None, "手续费"]
    found = read_statements([File("明细.xlsx", (Grid("Sheet1", cells),))])
    assert _shown(found) == ["银行 |  | 11-02 09:30 | 10050 | 张三 |  | received", "银行 |  | 11-03 00:00 | -2000 |  |  | expense"]


def test_a_statement_from_the_newest_down_is_turned_so_that_its_balances_run_on() -> None:
    lines = _read("日期,收入,支出,余额,摘要\n2026-11-02,30.00,,130.00,丙\n2026-11-02,,20.00,100.00,乙\n2026-11-02,50.00,,120.00,甲\n").lines
    assert lines["memo"].tolist() == ["甲", "乙", "丙"]
    assert (lines["balance"].diff().iloc[1:] == lines["amount"].iloc[1:]).all()


def test_rows_that_are_not_understood_are_listed_with_their_line_and_the_remedy() -> None:
    found = _read(
        "日期,金额,对方户名,摘要\n2026-13-45,100.00,张三,还款\n2026-11-02,一百多,李四,还款\n2026-11-03,0.00,王五,利息\n2026-11-04,5.00,赵六,还款\n合计,105.00,,\n"
    )
    assert len(found.lines) == 1
    assert [(p.code, p.values["line"]) for p in found.problems] == [
        ("statement-line-date", 2),
        ("statement-line-amount", 3),
        ("statement-line-zero", 4),
    ]
    assert all(p.sheet == "流水0.csv" and p.text() and p.remedy() and p.text("en") for p in found.problems)


def test_another_currency_is_told_and_not_imported() -> None:
    found = _read(samples.BOCOM)
    assert [(p.code, p.cell) for p in found.problems] == [("statement-line-currency", "A6")]


def test_a_file_without_transactions_says_which_headers_it_has() -> None:
    found = _read("姓名,电话,地址\n张三,13800000000,某处\n")
    assert [p.code for p in found.problems] == ["statement-unknown"]
    assert "姓名、电话、地址" in found.problems[0].text()


SHARED = {  # file → lines, sum of all amounts in fen, sum of the receipts
    "alipay.csv": (10, 22_222_850),
    "wechat.xlsx": (27, 35 + 2_300 + 7 + 7 + 500),
    "icbc-debit.csv": (11, 3_000 + 34_158 + 123_456 + 123_456),
    "ccb-debit.xls": (6, 0),
    "boc-debit.csv": (17, 100_000 + 577_100),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SHARED))
def test_real_exports_are_read_whole_and_without_a_problem(shared: Path, name: str) -> None:
    found = read_statements([read_file(shared / "data" / "statements" / name)])
    received = found.lines["amount"][found.lines["stated"] == "received"].sum()
    assert (len(found.lines), received, found.problems) == (*SHARED[name], [])


@pytest.mark.shared
def test_the_balances_of_a_real_export_run_on_to_the_fen(shared: Path) -> None:
    lines = read_statements([read_file(shared / "data" / "statements" / "boc-debit.csv")]).lines
    moved = pd.Series(lines["balance"]).diff().iloc[1:]
    assert (moved == lines["amount"].iloc[1:]).mean() > 0.9
