"""Which case a receipt belongs to, and why: stage by stage, in tables that a person can read."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.kinds import Column, Kind, conform
from macros_py.domain.reconcile import reconcile
from macros_py.domain.rules import OfficeRules, ReconcileRules, Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, table

LEDGER = """
case_id | contract_no | customer | customer_key | overdue_amount | due_date
CS2026-0001 | HT2026001 | 张三 | A | 500.00 | 2026-10-01
CS2026-0002 | HT2026002 | 李四 | B | 800.00 | 2026-10-01
CS2026-0003 | HT2026003 | 李四 | B | 300.00 | 2026-10-01
CS2026-0004 | HT2026004 | 王五 | C | 200.00 | 2026-09-01
CS2026-0005 | HT2026004 | 王五 | C | 200.00 | 2026-10-01
CS2026-0006 | HT2026006 | 上海明远建材贸易有限公司 | D | 9000.00 | 2026-10-01
CS2026-0007 | HT2026007 | 赵六 | E | 500.00 | 2026-10-01
CS2026-0008 | HT2026008 | 赵六 | F | 700.00 | 2026-10-01
1001 | 1001 | 孙七 | G | 100.00 | 2026-10-01
"""


def _ledger(text: str = LEDGER) -> pd.DataFrame:
    cases = table(text, (*c.CASE_COLUMNS, Column("customer_key", Kind.TEXT, "", "")))
    return cases.assign(open_amount=cases["overdue_amount"], settled=False)


def _lines(text: str) -> pd.DataFrame:
    lines = table(text, c.PAYMENT_COLUMNS)
    n = range(len(lines))
    stated = lines["stated"].where(lines["stated"] != "", lines["amount"].gt(0).map({True: p.RECEIVED, False: p.EXPENSE}))
    filled = lines.assign(stated=stated.astype("str"), state=stated.astype("str"), line_key=[f"L{i:03d}" for i in n])
    if not (lines["transaction_id"] != "").any():
        filled["transaction_id"] = [f"T{i:03d}" for i in n]
    if lines["paid_at"].isna().all():
        filled["paid_at"] = pd.Timestamp("2026-11-01 09:00") + pd.to_timedelta(pd.Series(n), "h")
    return conform(filled, c.PAYMENT_COLUMNS).assign(row=[i + 2 for i in n], sheet="资金流水")


def _found(text: str, rules: Rules | None = None, ledger: str = LEDGER) -> pd.DataFrame:
    return reconcile(Tables(cases=_ledger(ledger), payments=_lines(text)), rules or Rules(), MONDAY)[0]


def _shown(lines: pd.DataFrame) -> list[str]:
    return [" ".join(filter(None, row)) for row in zip(lines["match"], lines["stage"], lines["case_id"], strict=True)]


@pytest.mark.parametrize(
    "memo",
    [
        "CS2026-0001", "cs2026-0001", "还款CS20260001", "案号：cs 2026 0001 十月", "ＣＳ２０２６－０００１", "CS2026_0001还款500元", "NO.CS2026-0001",
        "Ref:CS2026-0001HK", "HT2026001", "合同ht-2026-001 还款 13800000000", "CS2026-0001 合同HT2026001",
    ],
)  # fmt: skip
def test_a_number_in_the_memo_is_found_in_any_spelling(memo: str) -> None:
    assert _shown(_found(f"payer | amount | memo\n某人 | 500.00 | {memo}")) == ["posted reference CS2026-0001"]


@pytest.mark.parametrize(
    ("memo", "expected"),
    [
        ("订单CS2026-00012", "unmatched"),  # a longer number is another number
        ("CS2026-0001和CS2026-0002", "proposed reference"),  # two contracts: a tie
        ("房间1001", "proposed reference"),  # a short number that stands there by chance
        ("案号1001", "posted reference 1001"),  # the same number, named
        ("20261001", "unmatched"),
    ],
)
def test_a_number_that_may_be_something_else_posts_nothing(memo: str, expected: str) -> None:
    assert _shown(_found(f"payer | amount | memo\n某人 | 500.00 | {memo}")) == [expected]


def test_a_short_number_counts_beside_the_customers_own_name() -> None:
    assert _shown(_found("payer | amount | memo\n孙七 | 100.00 | 1001")) == ["posted reference 1001"]


def test_numbers_with_chinese_words_inside_are_proved_by_their_whole_spelling() -> None:
    ledger = LEDGER + "（2026）沪借字第0012号 | | 周八 | H | 60.00 | 2026-10-01\n（2026）京借字第0012号 | | 吴九 | I | 60.00 | 2026-10-01\n"
    lines = "payer | amount | memo\n某人 | 60.00 | 还(2026)京借字第0012号\n某人 | 60.00 | 还2026年0012"
    assert _shown(_found(lines, ledger=ledger)) == ["posted reference （2026）京借字第0012号", "unmatched"]


def test_an_account_that_paid_under_the_customers_name_is_known_from_then_on() -> None:
    lines = _found("""
        payer | payer_account | amount | memo
        张三 | 622200000001 | 200.00 | CS2026-0001
        张三 | 622200000001 | 300.00 | 转账
        张三 | 622200000001 | 300.00 | 转账
        张三 | 622200000001 | 100.00 | 货款
    """)
    assert _shown(lines) == ["posted reference CS2026-0001", "posted account CS2026-0001", "proposed account", "proposed account"]
    assert "超过该合同尚未还清的部分" in lines["why"].iloc[2]


def test_an_account_of_a_third_party_or_of_several_debtors_or_masked_is_nobodys() -> None:
    lines = _found("""
        payer | payer_account | amount | memo
        某人 | 622200000002 | 200.00 | CS2026-0001
        某人 | 622200000002 | 100.00 |
        张三 | 6222****0003 | 100.00 | CS2026-0001
        路人 | 6222****0003 | 100.00 |
        张三 | 622200000004 | 100.00 | CS2026-0001
        张三 | 622200000004 | 100.00 | CS2026-0007
        张三 | 622200000004 | 50.00 |
    """)
    assert lines["match"].tolist() == ["posted", "unmatched", "posted", "unmatched", "posted", "posted", "proposed"]


def test_a_customer_with_several_contracts_is_a_tie_whatever_the_amount() -> None:
    lines = _found("payer | payer_account | amount | memo\n李四 | 622200000005 | 100.00 | CS2026-0002\n李四 | 622200000005 | 300.00 | 转账")
    assert _shown(lines)[1] == "proposed account"
    assert lines["candidates"].iloc[1].startswith("CS2026-0003 李四 300.00")


def test_a_name_and_an_amount_are_proposed_and_never_posted() -> None:
    lines = _found("payer | amount | memo\n张三 | 500.00 |\n赵六 | 500.00 |\n李四 | 123.45 |\n李四 | 5000.00 |")
    assert _shown(lines) == ["proposed payer_amount", "proposed payer_amount", "proposed part", "proposed payer"]
    assert lines["candidates"].tolist()[:2] == ["CS2026-0001 张三 500.00", "CS2026-0007 赵六 500.00"]


@pytest.mark.parametrize(("payer", "customer"), [("張　三", "张三"), ("支付宝-张三", "张三"), ("上海明远建材贸易公司", "上海明远"), ("上海明远建材贸易（集团）股份有限公司", "上海明远"), ("上海明远健材贸易有限公司", "上海明远")])  # fmt: skip
def test_names_are_compared_in_simplified_characters_without_spaces_and_legal_forms(payer: str, customer: str) -> None:
    lines = _found(f"payer | amount | memo\n{payer} | 77.00 |")
    assert lines["match"].tolist() == [p.PROPOSED]
    assert customer in lines["candidates"].iloc[0]


def test_persons_of_similar_names_are_different_persons() -> None:
    assert _shown(_found("payer | amount | memo\n张三丰 | 500.00 |\n王六 | 200.00 |")) == ["unmatched", "unmatched"]


def test_cases_of_one_customer_that_add_up_are_told_together() -> None:
    lines = _found("payer | amount | memo\n李四 | 1100.00 |")
    assert _shown(lines) == ["proposed several_cases"]
    assert lines["candidates"].iloc[0] == "CS2026-0002=800.00 + CS2026-0003=300.00"


def test_several_payments_that_make_one_instalment_are_told() -> None:
    assert set(_shown(_found("payer | amount | memo\n张三 | 200.00 |\n张三 | 300.00 |"))) == {"proposed several_payments"}


def test_a_customer_named_in_the_memo_is_who_was_paid_for() -> None:
    lines = _found("payer | amount | memo\n钱十 | 500.00 | 代张三还款")
    assert (_shown(lines), lines["candidates"].iloc[0]) == (["proposed other_payer"], "CS2026-0001 张三 500.00")


def test_identical_instalments_of_one_contract_go_by_their_due_dates_and_a_larger_sum_goes_on() -> None:
    one_each = "payer | amount | memo\n王五 | 200.00 | HT2026004\n王五 | 200.00 | HT2026004"
    assert _found(one_each)["case_id"].tolist() == ["CS2026-0004", "CS2026-0005"]
    assert _found("payer | amount | memo\n王五 | 450.00 | HT2026004")["case_id"].tolist() == ["CS2026-0004=200.00、CS2026-0005=250.00"]
    assert _found("payer | amount | memo\n王五 | 200.00 | CS2026-0005")["case_id"].tolist() == ["CS2026-0005"]


def test_fees_and_rounding_within_the_setting_count_as_equal() -> None:
    line = "payer | amount | memo\n张三 | 499.20 |"
    assert _shown(_found(line)) == ["proposed payer_amount"]
    assert _shown(_found(line, Rules(reconcile=ReconcileRules(tolerance_fen=0)))) == ["proposed part"]


def test_a_person_decides_and_the_account_is_remembered_and_the_decision_can_be_taken_back() -> None:
    lines = """
        payer | payer_account | amount | memo | case_id | confirmed
        钱十 | 622200000009 | 100.00 | | {} | {}
        钱十 | 622200000009 | 150.00 | | |
    """
    assert _shown(_found(lines.format("CS2026-0001", "yes"))) == ["posted confirmed CS2026-0001", "posted account CS2026-0001"]
    assert _shown(_found(lines.format("CS2026-0001", "undo"))) == ["unmatched", "unmatched"]
    assert _shown(_found(lines.format("CS2026-0001", ""))) == ["proposed confirmed CS2026-0001", "unmatched"]
    assert _shown(_found(lines.format("CS2026-0099", "yes"))) == ["proposed confirmed CS2026-0099", "unmatched"]


@pytest.mark.parametrize(("typed", "match"), [("CS2026-0002=800、CS2026-0003=300", "posted"), ("CS2026-0002=800、CS2026-0003=299", "proposed"), ("CS2026-0002=800.00 + CS2026-0003=300.00", "posted"), ("CS2026-0002、CS2026-0003", "proposed"), ("CS2026-0002=NaN、CS2026-0003=300", "proposed"), ("CS2026-0002=1E99、CS2026-0003=300", "proposed")])  # fmt: skip
def test_a_receipt_split_over_cases_must_add_up(typed: str, match: str) -> None:
    lines = _found(f"payer | amount | memo | case_id | confirmed\n李四 | 1100.00 | | {typed} | yes")
    assert lines["match"].tolist() == [match]


def test_undoing_a_posting_keeps_it_from_being_made_again() -> None:
    lines = _found("payer | amount | memo | case_id | confirmed | match\n张三 | 500.00 | CS2026-0001 | CS2026-0001 | undo | posted")
    assert _shown(lines) == ["proposed reference"]


def test_a_posting_stands_when_its_case_has_left_the_ledger() -> None:
    lines = _found("payer | amount | memo | case_id | match | stage\n刘十 | 500.00 | CS2025-0009 | CS2025-0009 | posted | reference")
    assert _shown(lines) == ["posted reference CS2025-0009"]


def test_a_posting_whose_case_has_left_is_not_moved_to_another_contract_of_the_customer() -> None:
    lines = """
        payer | payer_account | amount | memo | case_id | match | stage
        张三 | 622200000001 | 500.00 | HT2025009 | CS2025-0009 | posted | reference
        张三 | 622200000001 | 100.00 | CS2026-0001 | | |
        张三 | 622200000001 | 100.00 | 转账 | | |
    """
    assert _shown(_found(lines)) == ["posted reference CS2025-0009", "posted reference CS2026-0001", "posted account CS2026-0001"]
    other = _found(lines.replace("张三 | 622200000001 | 500.00", "刘十 | 622200000001 | 500.00"))  # the account paid for somebody else too
    assert (_shown(other)[2], "不止一位客户" in other["why"].iloc[2]) == ("proposed part", True)


def _pressed(text: str, *, again: str = "", ledger: str = LEDGER, **tables: object) -> tuple[pd.DataFrame, list[str]]:
    """A press over the lines of `text`, and a second one after the lines of `again` came: the lines, and the codes of its problems."""
    there = Tables(cases=_ledger(ledger), payments=_lines(text), **tables)  # type: ignore[arg-type]
    lines, problems = reconcile(there, Rules(), MONDAY)
    if again:
        fresh = _lines(again)
        fresh = fresh.assign(line_key=[f"M{i:03d}" for i in range(len(fresh))], transaction_id=[f"U{i:03d}" for i in range(len(fresh))])
        lines, problems = reconcile(there.having(payments=pd.concat([lines, fresh], ignore_index=True)), Rules(), MONDAY)
    return lines, [f"{q.code} {q.values['count']}" for q in problems]


HEAD = "paid_at | payer | payer_account | amount | memo\n"


def test_an_account_that_turns_out_to_be_of_two_customers_takes_its_postings_back_and_says_so() -> None:
    first = HEAD + "2026-11-01 | 张三 | 622200000001 | 200.00 | CS2026-0001\n2026-11-02 | 张三 | 622200000001 | 100.00 | 转账"
    assert _shown(_pressed(first)[0])[1] == "posted account CS2026-0001"
    lines, codes = _pressed(first, again=HEAD + "2026-11-03 | 张三 | 622200000001 | 100.00 | CS2026-0007")
    assert _shown(lines)[1] == "proposed part"
    assert "付款账号（尾号 0001）为不止一位客户付过款" in lines["why"].iloc[1]
    assert codes == ["payments-taken-back 1", "payments-proposed 1"][::-1]


def test_a_back_dated_receipt_takes_the_earlier_instalment_and_a_later_one_moves_on() -> None:
    first = HEAD + "2026-11-05 | 王五 | | 200.00 | HT2026004"
    assert _pressed(first)[0]["case_id"].tolist() == ["CS2026-0004"]
    lines, codes = _pressed(first, again=HEAD + "2026-11-01 | 王五 | | 200.00 | HT2026004")
    assert (lines["case_id"].tolist(), codes) == (["CS2026-0005", "CS2026-0004"], ["payments-moved 1"])


def test_what_the_ledger_counts_already_takes_nothing_of_what_is_left() -> None:
    """The ledger was brought up to date: the first instalment is paid off in it. The next payment pays the next one."""
    ledger = LEDGER.replace("C | 200.00 | 2026-09-01", "C | 0.00 | 2026-09-01").replace("A | 500.00", "A | 0.00")
    text = HEAD + "2026-11-01 | 王五 | | 200.00 | HT2026004\n2026-11-20 | 王五 | | 200.00 | HT2026004\n"
    text += "2026-11-01 | 张三 | 622200000001 | 200.00 | CS2026-0001\n2026-11-02 | 张三 | 622200000001 | 300.00 | 转账"
    lines, _ = _pressed(text, ledger=ledger, data_as_of=date(2026, 11, 10))
    assert lines["case_id"].tolist() == ["CS2026-0004", "CS2026-0005", "CS2026-0001", "CS2026-0001"]
    assert _shown(lines)[3] == "posted account CS2026-0001"


def test_an_instalment_that_people_logged_is_the_one_that_the_bank_line_pays() -> None:
    log = table("case_id | amount | paid_on\nCS2026-0004 | 200.00 | 2026-11-12", c.RECEIPT_COLUMNS)
    ledger = LEDGER.replace("C | 200.00 | 2026-09-01", "C | 0.00 | 2026-09-01")  # as balances.as_of leaves it: open amounts less the log
    text = HEAD + "2026-11-13 | 别人 | | 200.00 | HT2026004\n2026-11-20 | 别人 | | 200.00 | HT2026004"
    lines, _ = _pressed(text, ledger=ledger, receipts=log, data_as_of=date(2026, 11, 10))
    assert lines["case_id"].tolist() == ["CS2026-0004", "CS2026-0005"]


def test_a_receipt_that_a_person_split_over_two_customers_makes_its_account_nobodys_and_pays_each_contract_its_part() -> None:
    text = """
        payer | payer_account | amount | memo | case_id | confirmed
        钱十 | 622200000009 | 600.00 | | CS2026-0001=400.00、CS2026-0004=200.00 | yes
        钱十 | 622200000009 | 100.00 | | |
        王五 | | 200.00 | HT2026004 | |
        张三 | 622200000001 | 50.00 | CS2026-0001 | |
        张三 | 622200000001 | 60.00 | 转账 | |
    """
    lines = _found(text)
    assert (lines["match"].tolist()[:2], lines["case_id"].iloc[2]) == (["posted", "unmatched"], "CS2026-0005")
    assert _shown(lines)[4] == "proposed account"  # 400 + 50 of 500 are paid, 60 is more than is left


def test_a_reversal_of_a_part_is_taken_from_the_case_and_a_refund_can_be_given_a_case_by_hand_and_taken_back() -> None:
    text = """
        payer | amount | memo | stated | case_id | confirmed
        张三 | 500.00 | CS2026-0001 | received | |
        张三 | -200.00 | 冲正 | reversal | |
        某人 | -100.00 | 退款 | refund | {} | {}
    """
    lines = _found(text.format("CS2026-0001", "yes"))
    assert _shown(lines) == ["posted reference CS2026-0001", "posted refund CS2026-0001", "posted confirmed CS2026-0001"]
    assert lines["state"].tolist() == ["received", "refund", "refund"]
    assert _shown(_found(text.format("CS2026-0001", "")))[2] == "proposed confirmed CS2026-0001"
    undone = _found(
        "payer | amount | memo | stated | confirmed\n张三 | 500.00 | CS2026-0001 | received |\n张三 | -500.00 | 退款 | refund | undo"
    )
    assert (_shown(undone)[1], undone["why"].iloc[1]) == ("", "人工撤销了此前的入账")


def test_a_decision_typed_on_a_line_that_is_pending_or_reversed_is_kept() -> None:
    lines = _found("""
        payer | amount | stated | case_id | confirmed
        某人 | 300.00 | pending | CS2026-0003 | yes
        某人 | 500.00 | received | CS2026-0001 | yes
        某人 | -500.00 | reversal | |
    """)
    assert (lines["case_id"].tolist(), lines["match"].tolist()) == (["CS2026-0003", "CS2026-0001", ""], ["", "", ""])


def test_a_reversal_takes_back_one_line_and_neither_is_a_receipt() -> None:
    lines = _found("""
        payer | payer_account | amount | memo | stated
        张三 | 622200000001 | 500.00 | CS2026-0001 | received
        张三 | 622200000001 | 500.00 | CS2026-0001 | received
        张三 | 622200000001 | -500.00 | 冲正 | reversal
    """)
    assert lines["state"].tolist() == ["received", "reversed", "reversal"]
    assert lines["match"].tolist() == ["posted", "", ""]


def test_a_reversal_that_may_be_of_two_parties_takes_back_none() -> None:
    lines = _found("payer | amount | memo | stated\n张三 | 500.00 | | received\n赵六 | 500.00 | | received\n| -500.00 | 冲正 | reversal")
    assert lines["state"].tolist() == ["received", "received", "reversal"]
    assert "没有找到唯一的原交易" in lines["why"].iloc[2]


def test_a_settlement_of_a_channel_that_arrives_at_the_bank_counts_once() -> None:
    lines = _found("""
        source | account | payer | amount | memo | stated | fee
        支付宝 | 2088 | 张三 | 500.00 | CS2026-0001 | received |
        支付宝 | 2088 | | -500.00 | 提现 | internal | 1.00
        工商银行 | 6222 | 支付宝（中国）网络技术有限公司 | 499.00 | 转账 | received |
        工商银行 | 6222 | 支付宝（中国）网络技术有限公司 | 88.00 | 转账 | received |
    """)
    assert lines["state"].tolist() == ["received", "internal", "internal", "received"]
    assert lines.loc[lines["state"].eq("received"), "match"].tolist() == ["posted", "unmatched"]


def test_transfers_between_the_companys_own_accounts_are_no_receipts() -> None:
    rules = Rules(office=OfficeRules(account_name="某某公司"), reconcile=ReconcileRules(own_accounts="6222000099990000"))
    lines = _found("payer | payer_account | amount | memo\n某某公司 | | 500.00 |\n别名 | 6222 0000 9999 0000 | 500.00 |", rules)
    assert lines["state"].tolist() == ["internal", "internal"]


def test_a_refund_is_taken_from_the_case_whose_receipt_it_gives_back() -> None:
    lines = _found(
        "payer | amount | memo | stated\n张三 | 500.00 | CS2026-0001 | received\n张三 | -100.00 | 退款 | refund\n张三 | -900.00 | 退款 | refund"
    )
    assert _shown(lines) == ["posted reference CS2026-0001", "posted refund CS2026-0001", ""]


@pytest.mark.parametrize("word", ["", "是"])
def test_what_was_given_back_of_an_instalment_is_paid_again_by_the_next_receipt(word: str) -> None:
    """王五 pays the first of two equal instalments, gets it back, pays again, and then the second. The refund is found, or a person says it."""
    who = "别人" if word else "王五"  # 别人: no receipt bears the name
    typed = f"{'CS2026-0004' if word else ''} | {'yes' if word else ''}"
    text = f"""
        payer | amount | memo | stated | case_id | confirmed
        王五 | 200.00 | HT2026004 | received | |
        {who} | -200.00 | 退款 | refund | {typed}
        王五 | 200.00 | HT2026004 | received | |
        王五 | 200.00 | HT2026004 | received | |
    """
    assert _found(text)["case_id"].tolist() == ["CS2026-0004", "CS2026-0004", "CS2026-0004", "CS2026-0005"]


def test_refunds_of_several_instalments_are_followed_one_by_one_and_what_was_too_much_is_given_back_first() -> None:
    text = """
        payer | amount | memo | stated
        王五 | 200.00 | HT2026004 | received
        王五 | -200.00 | 退款 | refund
        王五 | 200.00 | HT2026004 | received
        王五 | -200.00 | 退款 CS2026-0004 | refund
        王五 | 250.00 | CS2026-0004 | received
        王五 | -50.00 | 退款 CS2026-0004 | refund
        王五 | 200.00 | HT2026004 | received
    """
    assert _found(text)["case_id"].tolist() == ["CS2026-0004"] * 6 + ["CS2026-0005"]


def test_a_refund_that_bears_a_number_is_of_that_case_and_of_no_other() -> None:
    text = """
        payer | amount | memo | stated
        张三 | 500.00 | CS2026-0001 | received
        李四 | 300.00 | CS2026-0003 | received
        | -100.00 | 退 CS2026-0001 | refund
        李四 | -100.00 | 退 CS2026-0002 | refund
    """
    assert _shown(_found(text))[2:] == ["posted refund CS2026-0001", ""]


def test_the_card_of_a_customer_that_a_file_prints_as_the_own_account_does_not_make_the_money_the_companys() -> None:
    text = """
        payer | payer_account | account | amount | memo
        李四 | | 622200009999 | 10.00 |
        张三 | 622200009999 | 861101000000 | 500.00 | CS2026-0001
        某某公司 | 622200009999 | 861101000000 | 500.00 |
    """
    lines = _found(text)
    assert lines["state"].tolist() == ["received", "received", "internal"]
    stated = _found(text, Rules(reconcile=ReconcileRules(own_accounts="6222 0000 9999")))
    assert stated["state"].tolist() == ["received", "internal", "internal"]


@pytest.mark.parametrize(("typed", "shown"), [("CS2026-0007", "CS2026-0007"), ("CS2026-9999", "CS2026-9999")])
def test_a_case_typed_over_a_posting_and_not_confirmed_is_set_back_and_said_with_its_cell(typed: str, shown: str) -> None:
    there = Tables(cases=_ledger(), payments=_lines("payer | amount | memo\n张三 | 500.00 | CS2026-0001"))
    once, _ = reconcile(there, Rules(), MONDAY)
    again, problems = reconcile(there.having(payments=once.assign(case_id=typed)), Rules(), MONDAY)
    assert again["case_id"].tolist() == ["CS2026-0001"]
    assert [(q.code, q.sheet, q.cell, q.values) for q in problems] == [
        ("payment-case-overwritten", "资金流水", "A2", {"shown": shown, "case": "CS2026-0001"})
    ]
    assert reconcile(there.having(payments=again), Rules(), MONDAY)[1] == []


def test_a_receipt_that_people_logged_under_its_number_is_posted_as_they_said() -> None:
    log = table("receipt_id | case_id | amount\nT000 | CS2026-0003 | 300.00", c.RECEIPT_COLUMNS)
    tables = Tables(cases=_ledger(), payments=_lines("payer | amount | memo\n某人 | 300.00 |"), receipts=log)
    assert _shown(reconcile(tables, Rules(), MONDAY)[0]) == ["posted logged CS2026-0003"]


def test_the_same_number_with_another_amount_is_another_receipt() -> None:
    log = table("receipt_id | case_id | amount\nT000 | CS2026-0003 | 299.99", c.RECEIPT_COLUMNS)
    tables = Tables(cases=_ledger(), payments=_lines("payer | amount | memo\n某人 | 300.00 | 还款CS2026-0001"), receipts=log)
    assert _shown(reconcile(tables, Rules(), MONDAY)[0]) == ["posted reference CS2026-0001"]


def test_every_line_says_why_in_both_languages() -> None:
    text = "payer | amount | memo | stated\n张三 | 500.00 | CS2026-0001 |\n李四 | 5.00 | |\n路人 | 6.00 | |\n| -7.00 | 冲正 | reversal"
    for language in ("zh", "en"):
        lines = _found(text, Rules(office=OfficeRules(language=language)))
        assert (lines["why"] != "").all()


def test_a_payer_whom_a_person_confirmed_is_proposed_for_that_customer_where_no_account_is_known() -> None:
    lines = _found("payer | amount | memo | case_id | confirmed\n钱十 | 100.00 | | CS2026-0001 | yes\n钱 十 | 150.00 | | |")
    assert _shown(lines) == ["posted confirmed CS2026-0001", "proposed alias"]
    assert lines["candidates"].iloc[1] == "CS2026-0001 张三 500.00"
