"""Ledgers of departments with other habits: their header words, their logs, their unconfirmed columns."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from macros_py.domain.columns import CASE_COLUMNS
from macros_py.hosts.reading import read_workbook
from macros_py.sheets.aliases import Aliases
from macros_py.sheets.header_words import keys
from macros_py.sheets.read import understand
from macros_py.sheets.tables import CASES
from tests.sheets.mess import AS_OF
from tests.sheets.reading import codes, grid, shown


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("发放日", "invoice_date"),
        ("借款额", "loan_amount"),
        ("尚欠总额", "overdue_amount"),
        ("未收余额", "overdue_amount"),
        ("最低应还额", "minimum_due"),
        ("罚息合计", "penalty"),
        ("当前剩余本金", "principal"),
        ("债务人身份证号码", "id_number"),
        ("持卡人手机号", "phone"),
        ("手机号①", "phone"),
        ("客户经理姓名", "owner"),
        ("最迟还款日", "due_date"),
        ("贷款帐号", "case_id"),
        ("Mobile No.", "phone"),
        ("Principal O/S", "principal"),
        ("Days O/D", "days_past_due"),
        ("O/S Bal", "overdue_amount"),
        ("Inv Amt", "loan_amount"),
        ("CustName", "customer"),
        ("Balance Outstanding", "overdue_amount"),
    ],
)
def test_another_way_of_writing_a_known_header_is_known(header: str, column: str) -> None:
    assert Aliases().name(CASES, keys(header)) == column


@pytest.mark.parametrize("header", ["上次还款日", "授信额度", "已收金额", "账单日", "利率", "Due", "账单金额"])
def test_a_header_that_means_something_else_is_not_taken_for_a_known_one(header: str) -> None:
    assert Aliases().name(CASES, keys(header)) not in {c.name for c in CASE_COLUMNS}


def test_sums_decide_what_an_amount_is_though_some_cells_are_errors_or_mistyped() -> None:
    book = understand(
        [
            grid(
                "Sheet1",
                """
                案件编码 | 借款人 | 本金 | 利息 | 金额 | 到期日
                A1 | 王伟 | 1000 | 10 | 1010 | 2026-10-01
                A2 | 李芳 | 2000 | 20 | 2020 | 2026-10-02
                A3 | 张敏 | 3000 | #N/A | 3030 | 2026-10-03
                A4 | 刘静 | 4000 | 40 | ∅ | 2026-10-04
                A5 | 陈强 | 5000 | 50 | 5050 | 2026-10-05
                A6 | 杨磊 | 6000 | 60 | 6060 | 2026-10-06
                A7 | 赵军 | 7000 | 70 | 7077 | 2026-10-07
                A8 | 黄洋 | 8000 | | 8000 | 2026-10-08
                A9 | 周勇 | 9000 | 90 | 9090 | 2026-10-09
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "interest", "overdue_amount")[2:4] == ["|3030.00", "40.00|"]
    assert codes(book) == ["cell-error", "cell-uncached"]


def test_a_ledger_whose_amount_nobody_confirmed_is_read_without_it_and_blocks() -> None:
    book = understand(
        [
            grid(
                "客户",
                """
                序号 | 姓名 | 电话 | 金额 | 到期日
                1 | 王伟 | 13800000001 | 1000 | 2026.10.1
                2 | 李芳 | 13800000002 | 2000 | 2026.10.02
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "customer", "phone", "loan_amount", "overdue_amount", "due_date", "days_past_due") == [
        "王伟|13800000001|||2026-10-01|53",
        "李芳|13800000002|||2026-10-02|52",
    ]
    assert {str(p.severity) for p in book.problems if p.code == "column-missing"} == {"blocking"}
    assert [(p.header, p.candidates) for p in book.proposals] == [("金额", ("overdue_amount", "loan_amount", "principal"))]


def test_branches_are_given_in_the_order_of_their_tabs_however_full_they_are() -> None:
    first = grid("城东", "案号 | 姓名 | 欠款总额 | 应还日\nA1 | 王伟 | 100 | 2026-10-01")
    second = grid("城西", "案号 | 姓名 | 欠款总额 | 应还日 | 手机 | 地址\nB1 | 李芳 | 200 | 2026-10-02 | 13800000002 | 文一路1号")
    book = understand([first, second], as_of=AS_OF)
    assert shown(book, "sheet", "case_id", "overdue_amount") == ["城东|A1|100.00", "城西|B1|200.00"]
    assert [s.sheet for s in book.sources["cases"]] == ["城东", "城西"]


def test_a_branch_that_cannot_be_read_is_not_passed_over_in_silence() -> None:
    first = grid("城东", "案号 | 姓名 | 欠款总额 | 应还日\nA1 | 王伟 | 100 | 2026-10-01")
    second = grid("城西", "案号 | 姓名 | 手机 | 金额 | 应还日\nB1 | 李芳 | 13800000002 | 200 | 2026-10-02")
    book = understand([first, second], as_of=AS_OF)
    assert shown(book, "case_id") == ["A1"]
    assert [(p.code, p.sheet) for p in book.problems] == [("header-ambiguous", "城西"), ("sheet-left-out", "城西")]


CASES_OF_LOGS = grid("案件", "案件号 | 姓名 | 逾期总额 | 应还日\nA1 | 王伟 | 100 | 2026-10-01\nA2 | 李芳 | 200 | 2026-10-02")


def test_receipts_and_contacts_are_known_under_other_words() -> None:
    receipts = grid(
        "还款登记",
        """
        登记日期 | 借据编号 | 客户名称 | 还款本息合计 | 打款人 | 还款途径
        2026.11.03 | A1 | 王伟 | 1.2万 | 王伟 | 微信
        合计 | | | 12000
        """,
    )
    contacts = grid(
        "催记明细",
        """
        拨打日期 | 案件号 | 拨打对象 | 拨打结果 | 承诺还款日期 | 承诺还款金额 | 沟通内容
        2026-11-10 09:15 | A1 | 本人 | 承诺还款 | 2026-11-28 | 3000元 | 答应月底还
        """,
    )
    book = understand([CASES_OF_LOGS, receipts, contacts], as_of=AS_OF)
    assert shown(book, "case_id", "paid_on", "amount", "payer", "pay_channel", table="receipts") == ["A1|2026-11-03|12000.00|王伟|微信"]
    assert shown(book, "case_id", "relation", "outcome", "promised_on", "promised_amount", table="contacts") == [
        "A1|本人|承诺还款|2026-11-28|3000.00"
    ]
    assert codes(book) == []


def test_a_sheet_that_is_called_receipts_but_cannot_be_used_blocks() -> None:
    book = understand([CASES_OF_LOGS, grid("11月还款情况", "案件号 | 还款金额 | 到的那天\nA1 | 100 | 2026-11-03")], as_of=AS_OF)
    assert [(p.code, p.sheet, str(p.severity)) for p in book.problems] == [("column-missing", "11月还款情况", "blocking")]


@pytest.mark.parametrize("title", ["还款计划", "回款汇总", "回款目标"])
def test_plans_and_summaries_of_repayment_are_not_mistaken_for_receipts(title: str) -> None:
    book = understand([CASES_OF_LOGS, grid(title, "案件号 | 还款金额 | 期数\nA1 | 100 | 3")], as_of=AS_OF)
    assert codes(book) == []


def test_short_years_follow_the_order_that_the_column_proves() -> None:
    book = understand(
        [
            grid(
                "Loans",
                """
                Loan ID | Customer Name | Outstanding Balance | Due Date
                L1 | Ann | 100 | 07/28/2026
                L2 | Bob | 200 | 3/5/26
                L3 | Cem | 300 | 03/04/2026
                L4 | Dan | 400 | 2026、11、15
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "due_date") == ["2026-07-28", "2026-03-05", "2026-03-04", "2026-11-15"]


def test_case_numbers_keep_the_zeros_that_their_format_shows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["合同编号", "名字", "逾期金额", "应还日期"])
    for number in (1235, 12345678, 7):
        sheet.append([number, "王伟", 100, dt.date(2026, 10, 1)])
        sheet.cell(sheet.max_row, 1).number_format = "00000000"
    file = io.BytesIO()
    book.save(file)
    read = understand([read_workbook(file.getvalue()).read("Sheet")], as_of=AS_OF)
    assert shown(read, "case_id", "customer") == ["00001235|王伟", "12345678|王伟", "00000007|王伟"]
    assert read.sources["cases"][0].key_texts == ("1235", "12345678", "7")


def test_a_confirmed_header_that_stands_nowhere_is_said() -> None:
    book = understand([CASES_OF_LOGS], as_of=AS_OF, confirmed={"金額": "loan_amount", "逾期总额": "overdue_amount"})
    assert [(p.code, p.values["header"]) for p in book.problems] == [("map-header-missing", "金額")]


def test_english_messages_name_columns_in_english() -> None:
    book = understand([grid("客户", "姓名 | 电话 | 金额 | 到期日 | 催收员\n王伟 | 13800000001 | 1000 | 2026.10.1 | 李")], as_of=AS_OF)
    for problem in book.problems:
        told = problem.text("en").replace("金额", "").split("headers found")[0]
        assert told.isascii(), told
