"""What stands on the sheet of a ledger and is not part of it: other tables, page totals, averages, numbered columns."""

from __future__ import annotations

import dataclasses

import pytest

from macros_py.sheets.read import understand
from tests.sheets.mess import AS_OF, MONEY, Ledger, plain, yuan
from tests.sheets.reading import assert_true, codes, grid, read, shown, told


def line(ledger: Ledger, word: str, of: int) -> list[object]:
    """A word in the first column and the sums of the first records under the amounts."""
    names = list(ledger.headers)
    out: list[object] = [None] * len(names)
    out[0] = word
    for name in MONEY:
        out[names.index(name)] = yuan(sum(t[name] for t in ledger.truth[:of]))
    return out


@pytest.mark.parametrize(
    ("before", "behind"), [("过次页", "承前页"), ("转下页", "接上页"), ("本页小计", "上页累计"), ("以上共8户", "承上页"), ("平均", "占比")]
)
def test_carried_forward_lines_and_averages_are_no_cases(before: str, behind: str) -> None:
    ledger = plain()
    between = {i: [line(ledger, before, i), list(ledger.headers.values()), line(ledger, behind, i)] for i in (8, 16)}
    ledger = dataclasses.replace(ledger, between=between, below=[line(ledger, "户均", 3), line(ledger, "Average", 3)])
    assert_true(read(ledger), ledger)


@pytest.mark.parametrize(
    "numbered", [[*list("甲乙丙丁"), "1", "2", "3", "4", "5", "6=2+3"], list(range(1, 16)), [f"({n})" for n in range(1, 16)]]
)
def test_a_line_that_numbers_the_columns_is_no_case(numbered: list[object]) -> None:
    ledger = plain()
    ledger = dataclasses.replace(ledger, header_rows=None, between={0: [numbered]})
    assert_true(read(ledger), ledger)


SUMMARY: list[list[object]] = [
    [],
    ["账龄", "户数", None, None, None, "金额"],
    ["M1", 3, None, None, None, 1000],
    ["M2", 5, None, None, None, 2000],
]


def test_a_summary_below_the_ledger_is_no_case_and_is_said() -> None:
    ledger = dataclasses.replace(plain(), below=SUMMARY)
    book = read(ledger)
    assert_true(book, ledger)
    assert told(book)["table-below"] == 1


def test_a_ledger_with_other_headers_below_is_not_read_under_the_wrong_ones() -> None:
    book = understand(
        [
            grid(
                "清单",
                """
                合同号 | 姓名 | 手机 | 逾期金额 | 逾期日
                A1 | 王伟 | 13800000001 | 1000 | 2026-10-01
                A2 | 李芳 | 13800000002 | 2000 | 2026-10-02

                卡号 | 持卡人 | 最后还款日 | 手机号 | 欠款余额
                B1 | 张敏 | 2026-10-03 | 13800000003 | 3000
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "case_id", "phone", "overdue_amount") == ["A1|13800000001|1000.00", "A2|13800000002|2000.00"]
    assert [(p.code, p.cell) for p in book.problems] == [("ledger-below", "A5")]


def test_a_header_repeated_in_other_words_for_the_same_columns_is_the_same_ledger() -> None:
    book = understand(
        [
            grid(
                "清单",
                """
                合同号 | 姓名 | 手机 | 逾期金额 | 逾期日
                A1 | 王伟 | 13800000001 | 1000 | 2026-10-01
                合同编号 | 客户姓名 | 手机号 | 逾期总额 | 逾期日期
                B1 | 张敏 | 13800000003 | 3000 | 2026-10-03
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "case_id", "overdue_amount") == ["A1|1000.00", "B1|3000.00"]
    assert codes(book) == []


BESIDE = {
    "right": """
        合同号 | 姓名 | 逾期金额 | 逾期日 | 催收员 | | 催收员 | 户数 | 逾期金额
        A1 | 王伟 | 1000 | 2026-10-01 | 李 | | 李 | 1 | 9000
        A2 | 李芳 | 2000 | 2026-10-02 | 张 | | 张 | 2 | 8000
        A3 | 张敏 | 3000 | 2026-10-03 | 张 | | | |
        """,
    "left": """
        催收员 | 户数 | 逾期金额 | | 合同号 | 姓名 | 逾期金额 | 逾期日 | 催收员
        李 | 1 | 9000 | | A1 | 王伟 | 1000 | 2026-10-01 | 李
        张 | 2 | 8000 | | A2 | 李芳 | 2000 | 2026-10-02 | 张
        | | | | A3 | 张敏 | 3000 | 2026-10-03 | 张
        """,
    "counted": """
        合同号 | 姓名 | 逾期金额 | 逾期日 | 催收员 | | 支行 | 户数
        A1 | 王伟 | 1000 | 2026-10-01 | 李 | | 朝阳 | 1
        A2 | 李芳 | 2000 | 2026-10-02 | 张 | | 海淀 | 2
        A3 | 张敏 | 3000 | 2026-10-03 | 张 | | |
        """,
}


@pytest.mark.parametrize("where", BESIDE)
def test_a_table_beside_the_ledger_gives_it_no_values(where: str) -> None:
    book = understand([grid("清单", BESIDE[where])], as_of=AS_OF)
    assert shown(book, "case_id", "overdue_amount", "owner", "region") == ["A1|1000.00|李|", "A2|2000.00|张|", "A3|3000.00|张|"]
    assert codes(book) == []


def test_columns_of_the_ledger_behind_an_empty_column_still_belong_to_it() -> None:
    book = understand(
        [
            grid(
                "清单",
                """
                合同号 | 姓名 | | 逾期金额 | 逾期日 | | 催收员 | 备注
                A1 | 王伟 | | 1000 | 2026-10-01 | | 李 |
                A2 | 李芳 | | 2000 | 2026-10-02 | | 张 | 已联系
                """,
            )
        ],
        as_of=AS_OF,
    )
    assert shown(book, "case_id", "overdue_amount", "owner", "note") == ["A1|1000.00|李|", "A2|2000.00|张|已联系"]


def test_counts_and_sums_in_words_below_the_ledger_are_no_cases() -> None:
    ledger = plain()
    below: list[list[object]] = [["总笔数", len(ledger.rows)], ["总金额", 12345.67], ["户数合计", 24], ["合计：24户"]]
    ledger = dataclasses.replace(ledger, below=below)
    assert_true(read(ledger), ledger)


def test_customers_whose_names_look_like_totals_stay() -> None:
    names = ["上海总汇贸易有限公司", "合计科技有限公司", "道达尔(Total)石油", "共和建材", "平均律琴行", "小计算机服务部"]
    ledger = plain(count=6)
    ledger = dataclasses.replace(
        ledger,
        rows=[{**row, "customer": name} for row, name in zip(ledger.rows, names, strict=True)],
        truth=[{**row, "customer": name} for row, name in zip(ledger.truth, names, strict=True)],
    )
    assert_true(read(ledger), ledger)
