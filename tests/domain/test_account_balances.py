"""Opening + in − out = closing per account, against the balances that the statement prints."""

from __future__ import annotations

from datetime import date

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.reconciliation_report import SPLIT, report
from macros_py.domain.reconciling.account_balances import accounts, balance_problems, breaks
from macros_py.domain.rules import ReconcileRules, Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, shown, table

HEAD = "account | source | paid_at | amount | balance | state | match\n"
GOOD = (
    HEAD
    + """\
1111 | 工行 | 2026-11-02 09:00 | 100.00 | 1100.00 | received | posted
1111 | 银行 | 2026-11-02 09:00 | -30.00 | 1070.00 | expense |
1111 | 工行 | 2026-11-03 10:00 | 50.00 | | failed |
1111 | 工行 | 2026-11-04 10:00 | 20.00 | 1090.00 | received | unmatched
"""
)


def _lines(text: str) -> pd.DataFrame:
    return table(text, c.PAYMENT_COLUMNS)


def test_an_account_ties_whatever_the_files_call_its_bank_and_failed_lines_do_not_count() -> None:
    found = accounts(_lines(GOOD))
    assert shown(found, "rec_account", "rec_opening", "rec_in", "rec_out", "rec_closing", "rec_stated", "rec_difference") == [
        "1111 | 100000 | 12000 | 3000 | 109000 | 109000 | 0"
    ]
    assert breaks(_lines(GOOD)) == []


def test_a_missing_line_is_found_where_the_balance_jumps() -> None:
    gap = "".join(line for line in GOOD.splitlines(keepends=True) if "-30.00" not in line)
    assert breaks(_lines(gap)) == [("1111", 2, -3000)]
    assert accounts(_lines(gap))["rec_difference"].tolist() == [3000]
    assert [p.values["diff"] for p in balance_problems(_lines(gap), MONDAY)] == ["-30.00"]


def test_lines_of_one_day_run_from_balance_to_balance_whichever_half_was_imported_first() -> None:
    day = [
        f"1111 | 工行 | 2026-11-02 | {fen} | {balance} | received |\n"
        for fen, balance in (("100.00", "100.00"), ("-100.00", "0.00"), ("100.00", "100.00"), ("50.00", "150.00"), ("-30.00", "120.00"))
    ]
    next_day = "1111 | 工行 | 2026-11-03 | 1.00 | 121.00 | received |\n"
    for order in (day, day[3:] + day[:3], day[::-1]):
        lines = _lines(HEAD + "".join([*order, next_day]))
        assert breaks(lines) == []
        assert shown(accounts(lines), "rec_opening", "rec_closing", "rec_difference") == ["0 | 12100 | 0"]
    before = "1111 | 工行 | 2026-11-01 | -1.00 | 0.00 | expense |\n"
    assert breaks(_lines(HEAD + "".join([before, *day[3:], *day[:2], next_day]))) != []  # a line is missing: said, whatever the order


def test_an_account_without_balances_has_no_difference_rather_than_none() -> None:
    found = accounts(_lines(HEAD + "a@b.c | 支付宝 | 2026-11-02 09:00 | 100.00 | | received | posted"))
    assert found["rec_difference"].isna().all()
    assert found["rec_in"].tolist() == [10_000]


def test_every_block_of_the_report_ties_to_the_receipts() -> None:
    model = report(Tables(payments=_lines(GOOD)), Rules(), MONDAY)
    assert model.facts["received"] == 12_000 == model.facts["posted"] + model.facts["proposed"] + model.facts["unmatched"]
    for block, column in (("channels", "rec_total"), ("days", "rec_total")):
        assert model.tables[block][column].sum() == 12_000
        assert (model.tables[block]["rec_difference"] == 0).all()
    assert model.tables["ageing"]["rec_amount"].sum() == model.facts["unmatched"]
    assert model.tables["open"]["rec_amount"].sum() + model.tables["posted"]["rec_amount"].sum() == 12_000


def test_lines_after_the_day_do_not_count() -> None:
    later = GOOD + "1111 | 工行 | 2026-12-04 10:00 | 20.00 | 1110.00 | received | unmatched\n"
    assert report(Tables(payments=_lines(later)), Rules(), MONDAY).facts == report(Tables(payments=_lines(GOOD)), Rules(), MONDAY).facts


def test_receipts_in_accounts_that_are_not_the_companys_are_an_exception() -> None:
    for own, told in (("2222", True), ("1111、2222", False), ("", False)):
        model = report(Tables(payments=_lines(GOOD)), Rules(reconcile=ReconcileRules(own_accounts=own)), MONDAY)
        assert model.tables["exceptions"]["rec_exception"].str.contains("公司账户以外").any() == told


def test_a_receipt_that_the_ledger_counts_already_says_why_it_has_no_split() -> None:
    lines = _lines(
        "paid_at | amount | transaction_id | state | match | case_id | account\n"
        "2026-11-02 | 5.00 | T1 | received | posted | A | a\n2026-11-05 | 6.00 | T2 | received | posted | A | a\n2026-11-05 | 7.00 | T3 | received | proposed | | a"
    ).assign(why="摘要含编号 A", line_key=["L1", "L2", "L3"])
    split = pd.DataFrame({"line_key": ["L2"], **{name: [600 if name == "principal_fen" else 0] for name in SPLIT}})
    tables = Tables(payments=lines, data_as_of=date(2026, 11, 3))
    posted = report(tables, Rules(), MONDAY, split).tables["posted"]
    assert dict(zip(posted["rec_number"], posted["rec_why"], strict=True)) == {
        "T1": "摘要含编号 A；台账金额已含这一笔，不再分配",
        "T2": "摘要含编号 A",
    }
    assert posted["rec_principal"].isna().tolist() == [False, True]
    uncounted = report(Tables(payments=lines), Rules(), MONDAY, split).tables["posted"]
    assert not uncounted["rec_why"].str.contains("台账金额").any()
