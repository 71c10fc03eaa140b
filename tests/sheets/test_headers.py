"""Headers: known, near, ambiguous, confirmed, contradicted — settled by evidence or asked once, never guessed."""

from __future__ import annotations

import dataclasses
import datetime as dt

import opencc
import pandas as pd
import pytest

from macros_py.sheets import memory
from macros_py.sheets.aliases import Aliases
from macros_py.sheets.header_words import keys, unit_of_header
from macros_py.sheets.read import understand
from macros_py.sheets.tables import CASES
from tests.sheets import mess
from tests.sheets.mess import AS_OF
from tests.sheets.reading import assert_true, codes, grid, read, shown, told


@pytest.mark.parametrize(
    "headers",
    [
        {
            "case_id": "合同编号",
            "customer": "借款人",
            "id_number": "证件号码",
            "phone": "联系电话",
            "overdue_amount": "欠款总额",
            "due_date": "到期日",
        },
        {"case_id": " 案 件\n编 号 ", "customer": "客户姓名*", "overdue_amount": "逾期金额（元）", "days_past_due": "逾期天数(天)"},
        {
            "customer": "客戶姓名",
            "id_number": "身份證號",
            "phone": "手機號碼",
            "overdue_amount": "逾期金額",
            "due_date": "應還日期",
            "note": "備註",
        },
        {"case_id": "１．案件编号", "customer": "2、客户姓名", "overdue_amount": "【必填】逾期金额"},
        {
            "case_id": "Loan No.",
            "customer": "Borrower Name",
            "phone": "MOBILE",
            "overdue_amount": "Amount_Due",
            "due_date": "Due Date",
            "days_past_due": "DPD",
        },
    ],
)
def test_headers_are_known_by_many_names_and_however_they_are_set(headers: dict[str, str]) -> None:
    ledger = mess.renamed(mess.plain(), **headers)
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_a_near_header_is_left_unknown_and_proposed() -> None:
    ledger = mess.renamed(mess.plain(), penalty="罚息金颔")
    book = read(ledger)
    assert [(p.code, p.cell, p.values["name"]) for p in book.problems] == [("header-unconfirmed", "I1", "penalty")]
    assert book.tables.cases["penalty"].isna().all()
    assert [(p.header, p.candidates) for p in book.proposals] == [("罚息金颔", ("penalty",))]


def test_what_was_confirmed_settles_a_near_header() -> None:
    ledger = mess.renamed(mess.plain(), penalty="罚息金颔")
    book = read(ledger, confirmed={"罚息金颔": "penalty"})
    assert told(book) == {}
    assert_true(book, ledger)


def test_what_the_settings_sheet_remembers_settles_it_too() -> None:
    ledger = mess.renamed(mess.plain(), penalty="罚息金颔")
    headers = {"setting": "设置", "value": "值", "note": "备注"}
    settings = mess.Ledger([{"setting": "表头：罚息金颔", "value": "penalty", "note": ""}], [], headers, sheet="设置")
    assert_true(read(ledger, settings), ledger)


def test_a_header_that_someone_said_is_none_of_ours_is_let_alone() -> None:
    ledger = mess.renamed(mess.plain(), penalty="罚息金颔")
    assert told(read(ledger, confirmed={"罚息金颔": "-"})) == {}


def test_an_ambiguous_amount_is_settled_by_the_sum_of_the_parts() -> None:
    ledger = mess.renamed(mess.plain(), overdue_amount="金额")
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_two_ambiguous_amounts_are_settled_together() -> None:
    ledger = mess.renamed(mess.plain(), overdue_amount="金额", principal="余额")
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_an_amount_that_always_covers_the_principal_is_the_loan_where_nothing_else_is_left() -> None:
    ledger = mess.renamed(mess.plain(), loan_amount="金额")
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger)


def test_an_ambiguous_amount_that_nothing_settles_is_asked() -> None:
    ledger = mess.without(mess.renamed(mess.plain(), principal="金额"), "interest", "penalty", "overdue_amount")
    book = read(ledger)
    [problem] = [p for p in book.problems if p.code == "header-ambiguous"]
    assert (problem.cell, problem.values["first"]) == ("G1", "overdue_amount")
    assert book.tables.cases["principal"].isna().all()
    answered = read(ledger, confirmed={"金额": "principal"})
    assert told(answered) == {"overdue-taken": 1}


def test_the_only_amount_of_a_ledger_is_not_guessed() -> None:
    names = [n for n in mess.MONEY if n != "overdue_amount"]
    ledger = mess.without(mess.renamed(mess.plain(), overdue_amount="金额"), *names)
    book = read(ledger)
    assert told(book) == {"header-ambiguous": 1, "column-missing": 1}
    assert_true(read(ledger, confirmed={"金额": "overdue_amount"}), ledger, without=names)


def test_an_ambiguous_date_is_settled_by_the_days_beside_it() -> None:
    ledger = mess.renamed(mess.plain(), due_date="日期")
    book = read(ledger, as_of=dt.date(2026, 11, 23))
    assert told(book) == {}
    assert_true(book, ledger)


def test_an_ambiguous_date_without_days_is_asked() -> None:
    ledger = mess.without(mess.renamed(mess.plain(), due_date="日期"), "days_past_due")
    assert told(read(ledger)) == {"header-ambiguous": 1, "column-missing": 1}


def test_of_two_due_dates_the_one_that_fits_the_days_is_taken() -> None:
    ledger = mess.renamed(mess.plain(), note="到期日期", due_date="逾期起始日")
    ledger = mess.rewritten(ledger, "note", [lambda _: dt.datetime(2027, 5, 1), lambda _: dt.datetime(2028, 1, 1)])
    assert_true(read(ledger), ledger, without=["note"])


def test_two_columns_of_one_name_that_differ_are_asked() -> None:
    ledger = mess.renamed(mess.plain(), note="欠息")
    ledger = mess.rewritten(ledger, "note", [lambda _: 1, lambda _: 2])
    book = read(ledger)
    assert told(book) == {"header-twice": 2}
    assert book.tables.cases["interest"].isna().all()


def test_two_columns_of_one_name_that_agree_or_of_which_one_is_empty_are_one() -> None:
    ledger = mess.renamed(mess.plain(), note="欠息")
    for form in (lambda _: None, None):
        other = (
            mess.rewritten(ledger, "note", [form])
            if form
            else dataclasses.replace(ledger, rows=[{**r, "note": r["interest"]} for r in ledger.rows])
        )
        book = read(other)
        assert told(book) == {}
        assert_true(book, ledger, without=["note"])


def test_a_header_over_other_contents_is_reported_and_left_unknown() -> None:
    ledger = mess.renamed(mess.plain(), customer="手机号", phone="客户姓名")
    book = read(ledger)
    assert {(p.code, p.values["name"]) for p in book.problems} == {("header-contradicted", "customer"), ("header-contradicted", "phone")}
    assert (book.tables.cases["customer"] == "").all()
    insisted = read(ledger, confirmed={"手机号": "customer", "客户姓名": "phone"})
    assert_true(insisted, ledger)


def test_extra_columns_of_the_department_are_let_alone() -> None:
    ledger = mess.renamed(mess.plain(), note="五级分类")
    ledger = mess.rewritten(ledger, "note", [lambda _: "次级", lambda _: "可疑"])
    book = read(ledger)
    assert told(book) == {}
    assert_true(book, ledger, without=["note"])


def test_a_missing_required_column_is_named() -> None:
    ledger = mess.without(mess.plain(), "due_date", "days_past_due")
    [problem] = read(ledger).problems
    assert (problem.code, problem.values["column"]) == ("column-missing", "应还日期/逾期天数")


def test_header_forms_and_units() -> None:
    assert keys("逾期金额（万元）")[:2] == ("逾期金额万元", "逾期金额")
    assert [unit_of_header(h) for h in ("金额(元)", "金额（单位：万元）", "金额/千元", "逾期金额")] == [1, 10_000, 1000, None]


def test_what_was_confirmed_can_be_kept_in_rows_or_beside_the_workbook() -> None:
    said = {"金额": "loan_amount", "联系方式|电话": "phone"}
    rows = memory.rows_to_remember(said)
    assert rows["setting"].tolist() == ["表头:金额", "表头:联系方式|电话"]
    assert memory.remembered(rows) == said
    assert memory.rows_to_remember(said, rows).empty
    assert memory.remembered(pd.DataFrame()) == {}
    assert memory.from_sidecar(memory.to_sidecar(said)) == said
    assert memory.from_sidecar("not ours") == memory.from_sidecar("[1]") == {}


@pytest.mark.parametrize(
    ("headers", "column"),
    [
        ("剩余应还本金、未清本金、本金欠款、逾期未还本金、Overdue Principal、Principal_OS", "principal"),
        ("待还利息、拖欠利息余额、所欠利息、Unpaid Interest、Interest_OS", "interest"),
        ("应收罚息、逾期滞纳金、未还违约金、Late Fees、Penalty_OS、Overdue Penalty", "penalty"),
        ("未回款、逾期未还金额、逾期应收款、剩余应还金额、Total Amount Due、Open Balance、Total_OS、Amount Past Due", "overdue_amount"),
        ("首逾日期、逾期起算日、收款到期日、Overdue Date、Installment Due Date", "due_date"),
        ("Days in Arrears、No. of Days Overdue、Number of Days Past Due", "days_past_due"),
        ("手机号1、电话一、预留手机号、Phone 1、Mobile 1", "phone"),
        ("手机号2、电话三、联系电话2、Phone 2、Mobile 2", "phone2"),
        ("A.逾期金额：、(三)逾期金额、(3)逾期金额、D)逾期金额:", "overdue_amount"),
        ("主贷人姓名、承租人、买方名称、Cardholder、Lessee", "customer"),
        ("当前催收员、电催员、案件负责人、Collection Officer", "owner"),
    ],
)
def test_what_is_owed_is_known_in_the_words_of_other_offices(headers: str, column: str) -> None:
    known = {header: Aliases().name(CASES, keys(header)) for header in headers.split("、")}
    assert set(known.values()) == {column}, known


@pytest.mark.parametrize(
    "header",
    [
        "已还本金",
        "减免罚息",
        "实还利息",
        "承诺还款金额",
        "最近还款日期",
        "下次还款日",
        "担保人电话",
        "配偶电话",
        "罚息利率",
        "违约金比例",
        "核销本金",
        "首付款",
        "月供",
        "可用额度",
        "利息减免",
        "Interest_Rate",
        "Last_Payment_Date",
        "Paid_Amount",
        "Principal_Paid",
        "Guarantor_Phone",
        "Credit_Limit",
        "Promise_Date",
    ],
)
def test_what_was_paid_waived_promised_or_is_anothers_is_not_taken_for_the_debt(header: str) -> None:
    assert Aliases().name(CASES, keys(header.replace("_", " "))) == ""


def test_one_component_in_several_columns_is_said_and_all_of_it_is_overdue() -> None:
    book = understand(
        [
            grid(
                "清单",
                """
                合同号 | 姓名 | 本金 | 利息 | 罚息 | 复利 | 到期日
                A1 | 王伟 | 1000 | 10 | 5 | 1 | 2026-10-01
                A2 | 李芳 | 2000 | 20 | 6 | | 2026-10-02
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "penalty", "overdue_amount") == ["5.00|1016.00", "6.00|2026.00"]
    assert codes(book) == ["column-chosen", "overdue-taken"]


def test_a_total_is_proved_by_all_components_together() -> None:
    lines = "\n".join(f"A{n} | 王伟 | {n}000 | {n}0 | {n} | 7 | {n * 1011 + 7} | 2026-10-0{n}" for n in range(1, 7))
    book = understand([grid("清单", "合同号 | 姓名 | 本金 | 利息 | 罚息 | 违约金 | 合计 | 到期日\n" + lines)], as_of=AS_OF)
    assert shown(book, "overdue_amount")[:2] == ["1018.00", "2029.00"]


def test_the_overdue_amount_is_not_made_up_while_a_header_that_may_be_it_is_open() -> None:
    lines = "\n".join(f"A{n} | 王伟 | {n}000 | {n}77 | 2026-10-0{n}" for n in range(1, 7))
    book = understand([grid("清单", "合同号 | 姓名 | 放款金额 | 逾期欠款数目 | 到期日\n" + lines)], as_of=AS_OF)
    assert shown(book, "loan_amount", "overdue_amount")[0] == "1000.00|"
    assert codes(book) == ["header-unconfirmed", "overdue-open"]


def test_where_someone_lives_comes_before_where_he_is_registered() -> None:
    text = "合同号 | 姓名 | 逾期金额 | 到期日 | 户籍地址 | 单位地址 | 现住址\nA1 | 王伟 | 1000 | 2026-10-01 | 甲县 | 乙厂 | 丙路1号"
    book = understand([grid("清单", text)], as_of=AS_OF)
    assert shown(book, "address") == ["丙路1号"]
    assert codes(book) == ["column-chosen"]


@pytest.mark.parametrize(
    ("headers", "name", "taken"),
    [
        ("应还金额 | 未还金额", "overdue_amount", "200.00"),
        ("委案金额 | 欠款余额", "overdue_amount", "200.00"),
        ("Total Due | Outstanding Balance", "overdue_amount", "200.00"),
        ("本金 | 剩余应还本金", "principal", "200.00"),
        ("利息 | 未还利息", "interest", "200.00"),
        ("到期日 | 首次逾期日", "due_date", "2026-10-02"),
        ("业务员 | 当前催收员", "owner", "李"),
    ],
)
def test_of_two_headers_for_a_column_the_closer_one_is_taken_and_said(headers: str, name: str, taken: str) -> None:
    cells = {"due_date": "2026-10-01 | 2026-10-02", "owner": "张 | 李"}.get(name, "100 | 200")
    rest = {"overdue_amount": "贷款余额", "due_date": "还清情况"}.get(name, "逾期金额")
    text = f"合同号 | 姓名 | {headers} | {rest} | 逾期天数\nA1 | 王伟 | {cells} | 9 | 52\nA2 | 李芳 | {cells} | 9 | 52"
    book = understand([grid("清单", text)], as_of=AS_OF)
    assert shown(book, name)[0] == taken
    assert "column-chosen" in codes(book)


def test_a_header_is_as_high_as_its_highest_merged_cell() -> None:
    """Three rows under a title: what is past due is found below 其中 and 已逾期, and taken rather than the whole balance."""
    text = """账龄分析表
        编制单位：某某公司
        客户编码 | 客户名称 | 业务员 | 应收账款余额 | 其中   |          |         | 最早到期日
                 |          |        |              | 未到期 | 已逾期   |         |
                 |          |        |              |        | 逾期合计 | 1-30天  |
        KH1      | 甲公司   | 林     | 300          | 100    | 200      | 200     | 2026-10-01
        KH2      | 乙公司   | 林     | 500          | 100    | 400      | 400     | 2026-10-02"""
    merged = ((1, 1, 1, 8), (3, 5, 3, 7), (4, 6, 4, 7), (4, 5, 5, 5), *((3, column, 5, column) for column in (1, 2, 3, 4, 8)))
    table = dataclasses.replace(grid("账龄", text), merged=merged)
    book = understand([table], as_of=AS_OF, confirmed={"最早到期日": "due_date"})
    assert shown(book, "overdue_amount") == ["200.00", "400.00"]
    assert shown(book, "due_date") == ["2026-10-01", "2026-10-02"]
    chosen = next(p for p in book.problems if p.code == "column-chosen")
    assert (chosen.cell, chosen.values["taken"]) == ("F5", "其中|已逾期|逾期合计")


@pytest.mark.parametrize("header", ["是否争议", "是否纠纷", "有无纠纷"])
def test_a_dispute_is_known_by_its_other_word(header: str) -> None:
    book = understand(
        [grid("台账", f"合同号 | 姓名 | 逾期金额 | 逾期天数 | {header}\nA1 | 甲 | 9 | 52 | 是\nA2 | 乙 | 9 | 52 | 否")], as_of=AS_OF
    )
    assert book.tables.cases["disputed"].tolist() == [True, False]


@pytest.mark.parametrize(("title", "asked"), [("欠款台账", True), ("台账2026", True), ("收款台账", False), ("Sheet1", False)])
def test_a_ledger_in_vague_words_is_asked_about_and_not_taken_for_receipts(title: str, asked: bool) -> None:
    text = "编号 | 客户 | 电话 | 金额 | 日期\n1 | 王伟 | 13900000001 | 100 | 2026-10-01\n2 | 李芳 | 13900000002 | 200 | 2026-10-02"
    book = understand([grid(title, text)], as_of=AS_OF)
    assert ("receipts" in book.sources) is not asked
    assert ("header-ambiguous" in codes(book)) is asked


@pytest.mark.parametrize("region", ["s2t", "s2tw", "s2hk"])
def test_every_header_is_known_in_traditional_characters(region: str) -> None:
    """爭議, 結清日期, 負責人: a ledger of Hong Kong or Taiwan has the same holds and the same people."""
    written = opencc.OpenCC(region)
    words = {word for column in CASES.columns for word in (column.zh, *column.aliases)}
    assert {word: written.convert(word) for word in words if keys(written.convert(word))[0] != keys(word)[0]} == {}
