"""A ledger with case numbers and contract numbers: both are known, so that a payment may bear either."""

from __future__ import annotations

import numpy as np

from macros_py.hosts.host import Grid
from macros_py.sheets.read import understand


def _cases(headers: list[str], *rows: list[object]) -> list[tuple[str, str]]:
    cells = np.full((len(rows) + 1, len(headers)), None, dtype=object)
    for i, row in enumerate([headers, *rows]):
        cells[i] = row
    table = understand([Grid("案件台账", cells)]).tables.cases
    return list(zip(table["case_id"], table["contract_no"], strict=True))


def test_the_second_number_is_kept_beside_the_first() -> None:
    headers = ["案件编号", "合同编号", "客户姓名", "逾期金额", "应还日期"]
    rows = [["A1", "HT1", "张三", 100, "2026-10-01"], ["A2", "HT2", "李四", 200, "2026-10-01"]]
    assert _cases(headers, *rows) == [("A1", "HT1"), ("A2", "HT2")]


def test_a_ledger_with_one_number_has_no_second_one_and_a_copy_of_it_is_none() -> None:
    rows = [["HT1", "张三", 100, "2026-10-01"], ["HT2", "李四", 200, "2026-10-01"]]
    assert _cases(["合同编号", "客户姓名", "逾期金额", "应还日期"], *rows) == [("HT1", ""), ("HT2", "")]
    copies = [[r[0], r[0], *r[1:]] for r in rows]
    assert _cases(["案件编号", "合同编号", "客户姓名", "逾期金额", "应还日期"], *copies) == [("HT1", ""), ("HT2", "")]
