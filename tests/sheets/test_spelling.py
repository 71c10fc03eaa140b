"""One case and one person under several spellings in a workbook."""

from __future__ import annotations

from macros_py.sheets.read import understand
from tests.sheets.mess import AS_OF
from tests.sheets.reading import codes, grid, shown

LEDGER = """
    合同号 | 姓名 | 逾期金额 | 到期日 | 催收员
    （2026）川01号 | 王伟 | 1000 | 2026-10-01 | 张晓东
    HT2026-002 | 李芳 | 2000 | 2026-10-02 | 张晓东（电催）
    ＨＴ2026-003 | 张敏 | 3000 | 2026-10-03 | 李慧(外访)
    ht-1 | 刘静 | 4000 | 2026-10-04 | 同上
    HT-1 | 陈强 | 5000 | 2026-10-05 | 〃
    """


def test_case_numbers_keep_their_brackets_and_lose_the_width_of_letters_and_digits() -> None:
    book = understand([grid("台账", LEDGER)], as_of=AS_OF)
    assert [*book.tables.cases["case_id"]] == ["（2026）川01号", "HT2026-002", "HT2026-003", "ht-1", "HT-1"]


def test_a_receipt_finds_its_case_however_the_number_is_spelled_but_not_where_two_cases_could_be_meant() -> None:
    receipts = "案件编号 | 还款日期 | 还款金额\n(2026)川01号 | 2026-11-20 | 10\nht2026-002 | 2026-11-20 | 20\nHt-1 | 2026-11-20 | 30"
    book = understand([grid("台账", LEDGER), grid("回款流水", receipts)], as_of=AS_OF)
    assert shown(book, "case_id", "amount", table="receipts") == ["（2026）川01号|10.00", "HT2026-002|20.00", "Ht-1|30.00"]


def test_a_case_typed_on_the_statement_lines_is_read_in_the_spelling_of_the_ledger() -> None:
    lines = "指纹 | 交易时间 | 金额 | 案号 | 确认\nL01 | 2026-11-20 | 20 | ht2026-002 | 是\nL02 | 2026-11-20 | 30 | HT2026-002=10、HT2026-003=20 | 是"
    book = understand([grid("台账", LEDGER), grid("资金流水", lines)], as_of=AS_OF)
    assert [*book.tables.payments["case_id"]] == ["HT2026-002", "HT2026-002=10、HT2026-003=20"]


def test_a_role_behind_a_name_is_dropped_only_where_the_bare_name_stands_as_well() -> None:
    book = understand([grid("台账", LEDGER)], as_of=AS_OF)
    assert shown(book, "owner") == ["张晓东", "张晓东", "李慧(外访)", "李慧(外访)", "李慧(外访)"]
    assert codes(book) == []
