"""Personal plans: who is called, who is left alone and why, what did not fit, and what the week and the month say."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain import ageing
from macros_py.domain import columns as c
from macros_py.domain import personal_plan as pp
from macros_py.domain.changes import SheetModel
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.department import TODAY, department, table

TASKS = (*pp.WORK_BLOCKS, "not_fitted")


def book(rows: list[dict], **tables: pd.DataFrame) -> Tables:
    """Cases of one collector, 王丽, from a few readable fields."""
    plain = {
        "customer": "张三", "phone": "13800000000", "address": "天河路1号", "product": "信用卡", "bucket": "M2", "tier": "预警", "tier_why": "逾期45天",
        "channels": "电话、短信", "next_action": "电话预警", "hold": "", "hold_why": "", "assigned_owner": "王丽", "owner": "王丽",
        "letter_due": "", "days_past_due": 45, "open_amount": 100_00, "settled": False, "priority": 50.0,
    }  # fmt: skip
    filled = [{**plain, "customer_key": row.get("customer_key", row["case_id"]), "rank": n + 1, **row} for n, row in enumerate(rows)]
    known = {column.name for column in c.CASE_COLUMNS}
    cases = table(c.CASE_COLUMNS, **{name: [r[name] for r in filled] for name in filled[0] if name in known})
    extra = pd.DataFrame(filled)
    for name in [n for n in extra if n not in known]:
        cases[name] = extra[name].astype("Int64") if name in ("open_amount", "rank", "dialled_today", "calls_cap") else extra[name]
    people = tables.pop("collectors", table(c.COLLECTOR_COLUMNS, person=["王丽"], skill=["电催"]))
    return Tables(cases=cases, collectors=people, data_as_of=TODAY, **tables)


def lines(model: SheetModel) -> dict[str, list[str]]:
    """Block → customers, for blocks that have any."""
    blocks = {name: [k.rpartition("@")[0] for k in frame["row_key"]] for name, frame in model.tables.items() if "row_key" in frame}
    return {name: keys for name, keys in blocks.items() if keys}


def one(tables: Tables, rules: Rules | None = None) -> SheetModel:
    return pp.plan("王丽", tables, rules or Rules(), TODAY)


def test_every_block_has_exactly_its_declared_columns_and_order() -> None:
    model = pp.plans(department(300, 6), Rules(), TODAY)[0]
    assert list(model.tables) == [block.name for block in pp.BLOCKS]
    for block in pp.BLOCKS:
        assert list(model.tables[block.name]) == [column.name for column in block.columns]
    assert set(pp.FACTS) <= set(model.facts) | {"not_listed"}


def test_one_line_per_customer_with_the_cases_behind_it() -> None:
    model = one(book([{"case_id": "A1", "customer_key": "K1"}, {"case_id": "A2", "customer_key": "K1", "open_amount": 50_01}]))
    line = model.tables["routine"].iloc[0]
    assert (line["row_key"], line["who"], line["due_now"]) == ("K1@2026-11-23", "张三 · A1等2案", 150_01)
    assert (line["call_number"], line["product_bucket"], line["tier_reason"]) == ("13800000000(本人)", "信用卡·M2", "预警·逾期45天")


def test_an_invoice_shows_the_ageing_of_trade_receivables() -> None:
    tables = book([{"case_id": "A1", "product": "货款", "days_to_due": 0}, {"case_id": "A2", "days_to_due": 0}])
    model = one(tables.having(cases=ageing.told(tables, Rules(), TODAY)[0]))
    assert model.tables["routine"]["product_bucket"].tolist() == ["货款·31–60天", "信用卡·M2"]


def test_who_has_settled_has_no_line_at_all() -> None:
    model = one(book([{"case_id": "A1", "settled": True}, {"case_id": "A2", "open_amount": 0}, {"case_id": "A3"}]))
    assert lines(model) == {"routine": ["A3"]}


def test_a_hold_on_one_case_holds_the_customer_and_says_why_when_and_by_what() -> None:
    held = {"hold": "投诉", "hold_why": "投诉处理中", "may_on": pd.Timestamp("2026-12-01"), "hold_rule": "停催登记"}
    free = {"hold": "", "hold_why": "", "may_on": pd.NaT, "hold_rule": ""}
    model = one(book([{"case_id": "A1", "customer_key": "K1", **free}, {"case_id": "A2", "customer_key": "K1", **held}]))
    assert lines(model) == {"not_now": ["K1"]}
    line = model.tables["not_now"].iloc[0]
    assert (line["why_not"], line["may_on_shown"], line["by_rule"]) == ("投诉处理中", "2026-12-01", "停催登记")


def test_grace_on_one_case_leaves_the_customer_s_other_case_to_be_worked() -> None:
    model = one(book([{"case_id": "A1", "customer_key": "K1", "hold_why": "宽限期内"}, {"case_id": "A2", "customer_key": "K1"}]))
    assert lines(model) == {"routine": ["K1"]}
    assert model.tables["routine"].iloc[0]["who"].startswith("张三 · A2")


def test_a_disputed_invoice_is_not_asked_for_while_the_others_are() -> None:
    disputed = {"hold": "争议", "hold_own_case": True, "hold_why": "停催：争议〔停催登记〕", "open_amount": 900_00, "rank": 1}
    other = {"hold": "", "hold_own_case": False, "hold_why": "", "open_amount": 100_00, "rank": 2}
    model = one(book([{"case_id": "A1", "customer_key": "K1", **disputed}, {"case_id": "A2", "customer_key": "K1", **other}]))
    line = model.tables["routine"].iloc[0]
    assert (line["who"], line["due_now"]) == ("张三 · A2", 100_00)
    assert model.facts["amounts"]["routine"] == 100_00
    all_held = one(book([{"case_id": "A1", "customer_key": "K1", **disputed}, {"case_id": "A2", "customer_key": "K1", **disputed}]))
    assert all_held.tables["not_now"].iloc[0]["due_now"] == 1800_00


def test_a_number_found_invalid_is_not_dialled_again() -> None:
    cases = [{"case_id": "A1", "number_bad": True, "phone2": ""}, {"case_id": "A2", "number_bad": True, "phone2": "13911112222"}]
    task = one(book(cases)).tables["routine"].set_index("row_key")[["call_number", "task"]]
    assert task.loc["A1@2026-11-23"].tolist() == ["无有效号码", "核实联系方式（无有效号码）"]
    assert task.loc["A2@2026-11-23", "call_number"] == "13911112222(备用)"


def test_a_collector_by_phone_is_told_to_call_while_the_visit_or_the_review_is_due() -> None:
    cases = [{"case_id": "A1", "next_action": "外访（2026-11-26前）"}, {"case_id": "A2", "next_action": "法务评审"}]
    cases += [{"case_id": "A3", "next_action": "电话提醒"}]
    assert one(book(cases)).tables["routine"]["task"].tolist() == ["电话联系；外访（2026-11-26前）", "电话联系；法务评审", "电话提醒"]


def test_the_rule_is_named_in_words_and_once() -> None:
    held = {"hold": "", "hold_why": "时效存疑，转法务复核〔诉讼时效〕", "hold_rule": "limitation"}
    line = one(book([{"case_id": "A1", **held}])).tables["not_now"].iloc[0]
    assert (line["why_not"], line["by_rule"]) == ("时效存疑，转法务复核", "诉讼时效")


def test_promises_callbacks_and_new_cases_come_first_whatever_the_score() -> None:
    promises = pd.DataFrame(
        {
            "case_id": ["P1"],
            "due_on": pd.to_datetime(["2026-11-23"]),
            "amount": pd.array([500_00], "Int64"),
            "paid_fen": pd.array([200_00], "Int64"),
            "state": ["open"],
        }
    )
    contacts = table(
        c.CONTACT_COLUMNS,
        entry_id=["1", "2"],
        contacted_at=pd.to_datetime(["2026-11-20 10:00", "2026-11-20 11:00"]),
        case_id=["C1", "R1"],
        channel=["电话", "电话"],
        outcome=["要求回访", "无人接听"],
        callback_on=pd.to_datetime(["2026-11-23", None]),
        note=["下午3点再打", ""],
    )
    cases = [{"case_id": "R1"}, {"case_id": "N1", "days_past_due": 2}, {"case_id": "C1"}, {"case_id": "P1"}]
    tight = table(c.COLLECTOR_COLUMNS, person=["王丽"], skill=["电催"], minutes=[18])
    model = one(book(cases, contacts=contacts, promises=promises, collectors=tight))
    assert lines(model) == {"promises": ["P1"], "callbacks": ["C1"], "new": ["N1"], "not_fitted": ["R1"]}
    assert model.tables["promises"].iloc[0]["open_promise"] == "11-23 ¥500.00 已到¥200.00"
    assert model.tables["not_fitted"].iloc[0]["last_result"] == "11-20 无人接听"


def test_a_callback_that_was_made_is_not_asked_for_again() -> None:
    contacts = table(
        c.CONTACT_COLUMNS,
        entry_id=["1", "2"],
        contacted_at=pd.to_datetime(["2026-11-18", "2026-11-20"]),
        case_id=["C1", "C1"],
        channel=["电话", "电话"],
        outcome=["要求回访", "本人接通"],
        callback_on=pd.to_datetime(["2026-11-19", None]),
    )
    assert lines(one(book([{"case_id": "C1"}], contacts=contacts))) == {"routine": ["C1"]}


def test_a_log_entry_of_tomorrow_does_not_change_the_plan_of_today() -> None:
    later = table(c.CONTACT_COLUMNS, entry_id=["1"], contacted_at=[pd.Timestamp("2026-11-24 09:00")], case_id=["C1"], outcome=["承诺还款"])
    assert one(book([{"case_id": "C1"}], contacts=later)).tables["routine"].equals(one(book([{"case_id": "C1"}])).tables["routine"])


def test_who_cannot_be_phoned_gets_a_letter_where_the_tier_allows_it_else_the_number_is_looked_for() -> None:
    cases = [
        {"case_id": "A1", "phone": "", "channels": "电话、信函"},
        {"case_id": "A2", "phone": ""},
        {"case_id": "A3", "channels": "信函", "address": ""},
    ]
    model = one(book(cases))
    assert lines(model) == {"letters": ["A1"], "routine": ["A2"], "not_now": ["A3"]}
    assert model.tables["routine"].iloc[0]["task"].startswith("核实联系方式")
    assert model.tables["not_now"].iloc[0]["why_not"] == "本档位没有可用渠道"


def test_who_has_reached_the_calls_cap_is_left_alone() -> None:
    model = one(book([{"case_id": "A1", "dialled_today": 6, "calls_cap": 6}, {"case_id": "A2", "dialled_today": 5, "calls_cap": 6}]))
    assert lines(model) == {"routine": ["A2"], "not_now": ["A1"]}
    assert model.tables["routine"].iloc[0]["dialled_cap"] == "5/6"
    assert model.tables["not_now"]["may_on_shown"].tolist() == [str(TODAY + dt.timedelta(days=1))]


def test_who_is_not_due_by_cadence_is_counted_and_not_listed() -> None:
    model = one(book([{"case_id": "A1", "next_on": pd.Timestamp("2026-11-25")}]))
    assert lines(model) == {}
    assert model.facts["later"] == (1, 100_00)
    assert model.tables["week"].set_index("view_day").loc["2026-11-25", "tasks_due"] == 1


def test_a_letter_for_somebody_whom_nobody_calls_today_is_a_task_of_its_own() -> None:
    later = {"next_on": pd.Timestamp(TODAY) + pd.Timedelta(days=2), "letter_due": "reminder"}
    model = one(
        book([{"case_id": "A1", **later}, {"case_id": "A2", **later, "address": ""}, {"case_id": "A3", **later, "hold_why": "宽限期内"}])
    )
    assert lines(model) == {"letters": ["A1"], "not_now": ["A3"]}
    assert model.tables["letters"]["task"].tolist() == ["寄函：首次提醒函"]
    assert model.facts["later"][0] == 1  # a letter without an address waits for the address


def test_all_letters_of_a_customer_are_named() -> None:
    rows = [
        {"case_id": f"A{n}", "customer_key": "K", "letter_due": name} for n, name in enumerate(("reminder", "legal_notice", "reminder"))
    ]
    assert one(book(rows)).tables["routine"]["task"].tolist() == ["电话预警；另寄首次提醒函、法律程序评估告知函"]


def test_what_did_not_fit_is_capped_and_the_rest_is_told() -> None:
    people = table(c.COLLECTOR_COLUMNS, person=["王丽"], skill=["电催"], minutes=[0])
    rules = Rules()
    object.__setattr__(rules.planning, "list_rows", 2)
    model = one(book([{"case_id": f"A{n}"} for n in range(5)], collectors=people), rules)
    assert lines(model) == {"not_fitted": ["A0", "A1"]}
    assert model.facts["not_listed"] == {"not_fitted": (3, 300_00)}
    assert model.facts["counts"]["not_fitted"] == 5


def test_field_collectors_go_in_pairs_and_never_at_the_same_time() -> None:
    people = table(c.COLLECTOR_COLUMNS, person=["王丽", "郑海"], skill=["外访", "外访"])
    there = {"channels": "电话、外访"}
    cases = [{"case_id": f"A{n}", "assigned_owner": ("王丽", "郑海")[n % 2], **there} for n in range(12)]
    first, second = pp.plans(book(cases, collectors=people), Rules(), TODAY)
    assert list(first.tables["visits"]["slot"]) == list(second.facts["accompanies"]) != []
    assert list(second.tables["visits"]["slot"]) == list(first.facts["accompanies"]) != []
    assert first.tables["visits"].iloc[0]["task"] == "外访（同行：郑海）"
    assert not set(first.facts["accompanies"]) & set(second.facts["accompanies"])


def test_a_lone_field_collector_is_told_to_find_a_second_person() -> None:
    people = table(c.COLLECTOR_COLUMNS, person=["王丽"], skill=["外访"])
    model = one(book([{"case_id": "A1", "channels": "外访"}], collectors=people))
    assert model.tables["visits"].iloc[0]["task"] == "外访（须约第二人同行）"


def test_the_month_target_lies_on_working_days_to_the_fen() -> None:
    targets = table(c.TARGET_COLUMNS, month=["2026年11月"], person=["王丽"], target_amount=[1_000_01])
    receipts = table(c.RECEIPT_COLUMNS, paid_on=[pd.Timestamp("2026-11-10")], case_id=["A1"], amount=[300_00], pay_channel=["银行"])
    waived = table(c.RECEIPT_COLUMNS, paid_on=[pd.Timestamp("2026-11-10")], case_id=["A1"], amount=[900_00], pay_channel=["减免"])
    model = one(book([{"case_id": "A1"}], targets=targets, receipts=pd.concat([receipts, waived], ignore_index=True)))
    month = model.tables["month"]
    assert model.facts["received_month"] == 300_00
    assert int(month["view_even"].sum()) == 1_000_01
    assert month["view_to_go"].isna().tolist() == [True] * 4 + [False] * 2
    assert int(month["view_to_go"].sum()) == 700_01
    assert model.facts["target_today"] in (116_66, 116_67)


def test_without_a_target_nothing_is_invented() -> None:
    model = one(book([{"case_id": "A1"}]))
    assert model.facts["target_month"] is None
    assert model.tables["month"][["view_even", "view_to_go"]].isna().all(axis=None)


def test_a_line_with_a_result_of_today_stays_as_entered() -> None:
    entries = pd.DataFrame({"row_key": ["A1@2026-11-23"], "person": ["王丽"], "plan_day": pd.to_datetime(["2026-11-23"]), "case_id": ["A1"],
                            "result": ["无人接听"], "sheet": ["计划-王丽"]})  # fmt: skip
    assert lines(one(book([{"case_id": "A1"}, {"case_id": "A2"}], plan_entries=entries))) == {"routine": ["A2"], "entered": ["A1"]}


def test_who_is_away_has_no_plan() -> None:
    people = table(c.COLLECTOR_COLUMNS, person=["王丽", "李四"], active=["是", "否"])
    assert [m.name for m in pp.plans(book([{"case_id": "A1"}], collectors=people), Rules(), TODAY)] == ["计划-王丽"]
    with pytest.raises(KeyError):
        pp.plan("李四", book([{"case_id": "A1"}], collectors=people), Rules(), TODAY)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(20, 400), st.integers(1, 9))
def test_nobody_settled_or_held_gets_a_task_and_nobody_is_planned_twice(seed: int, cases: int, people: int) -> None:
    tables = department(cases, people, seed)
    models = pp.plans(tables, Rules(), TODAY)
    ledger = tables.cases
    owing = ~ledger["settled"] & ledger["open_amount"].gt(0)
    stopped = set(ledger["customer_key"][owing & ledger["hold_why"].ne("")])
    paid = set(ledger["customer_key"]) - set(ledger["customer_key"][owing])
    given_ = [key for model in models for name in TASKS for key in lines(model).get(name, [])]
    assert not set(given_) & (stopped | paid)
    assert len(given_) == len(set(given_))
    for model in models:
        assert model.facts["minutes_planned"] <= model.facts["minutes_available"]
    counted = sum(sum(m.facts["counts"].values()) + m.facts["later"][0] for m in models)
    assert counted == ledger["customer_key"][owing].nunique()
    total = sum(sum(m.facts["amounts"].values()) + m.facts["later"][1] for m in models)
    free = owing & ledger["hold_why"].eq("")
    asked = free | (owing & ~ledger["customer_key"].isin(set(ledger["customer_key"][free])))
    assert total == int(ledger["open_amount"][asked].sum())


def test_the_same_input_gives_the_same_plans() -> None:
    first, second = (pp.plans(department(400, 5), Rules(), TODAY) for _ in range(2))
    for a, b in zip(first, second, strict=True):
        assert dict(a.facts) == dict(b.facts)
        assert all(a.tables[name].equals(b.tables[name]) for name in a.tables)


def test_a_plan_on_a_sunday_and_in_an_uncovered_year_is_made_all_the_same() -> None:
    for day in (dt.date(2026, 11, 22), dt.date(2027, 1, 4)):
        assert len(pp.plans(department(60, 3, today=day), Rules(), day)) == 3


def test_slots_of_a_person_do_not_overlap_across_blocks() -> None:
    model = pp.plans(department(600, 2), Rules(), TODAY)[0]
    slots = np.concatenate([model.tables[name]["slot"].to_numpy(dtype=object) for name in pp.WORK_BLOCKS])
    assert len(slots) == len(set(slots)) > 20


def test_a_letter_that_the_press_has_made_today_stays_on_the_plan() -> None:
    due = one(book([{"case_id": "A1", "letter_due": "formal_demand"}]))
    register = table(
        c.LETTER_COLUMNS, letter_no=["1", "2"], case_id=["A1", "A1"], template=["正式催收函", "短信 overdue_1 T+1"], made_on=[TODAY] * 2
    )
    made = one(book([{"case_id": "A1"}], letters=register))
    assert due.tables["routine"].iloc[0]["task"] == "电话预警；另寄正式催收函"
    assert made.tables["routine"].equals(due.tables["routine"])
