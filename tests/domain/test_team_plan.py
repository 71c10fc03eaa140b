"""The team plan: it ties to the ledger to the fen, and shows what the manager has to look at."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain import ageing, personal_plan, team_plan
from macros_py.domain import columns as c
from macros_py.domain.plan_day import VISIT, divide
from macros_py.domain.rules import Rules
from tests.domain.department import TODAY, department, table


def exceptions(tables) -> set[tuple[str, str]]:
    model = team_plan.plan(tables, Rules(), TODAY)
    rows = model.tables["exceptions"]
    return set(zip(rows["team_person"], rows["exception"], strict=True))


def test_every_block_has_exactly_its_declared_columns_and_order() -> None:
    model = team_plan.plan(department(300, 6), Rules(), TODAY)
    assert (model.kind, model.name) == ("team_plan", "团队计划")
    assert list(model.tables) == [block.name for block in team_plan.BLOCKS]
    for block in team_plan.BLOCKS:
        assert list(model.tables[block.name]) == [column.name for column in block.columns]
    assert set(team_plan.FACTS) == set(model.facts)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 300), st.integers(1, 8), st.booleans())
def test_people_unassigned_and_buckets_each_tie_to_the_ledger_to_the_fen(seed: int, cases: int, people: int, orphans: bool) -> None:
    tables = department(cases, people, seed)
    if orphans:
        ledger = tables.cases.assign(assigned_owner=tables.cases["assigned_owner"].where(tables.cases["customer_key"].str[-1] != "3", ""))
        tables = tables.having(cases=ledger)
    model = team_plan.plan(tables, Rules(), TODAY)
    owing = tables.cases[~tables.cases["settled"] & tables.cases["open_amount"].gt(0)]
    whole = int(owing["open_amount"].sum())
    found = model.tables
    assert int(found["people"]["team_amount"].sum() + found["unassigned"]["due_now"].sum()) == whole
    assert int(found["buckets"]["team_amount"].sum()) == int(found["total"]["team_amount"].iloc[0]) == model.facts["open_amount"] == whole
    assert int(found["buckets"]["team_cases"].sum()) == model.facts["cases"] == len(owing)
    assert int(found["buckets"]["team_customers"].sum()) == model.facts["customers"] == owing["customer_key"].nunique()


def test_a_mixed_book_shows_loans_by_months_and_invoices_by_their_own_ageing() -> None:
    tables = department(6, 2)
    trade = tables.cases.index < 3
    ledger = tables.cases.assign(
        product=tables.cases["product"].where(~trade, "货款"),
        bucket=["M2", "M2", "M1", "M2", "M1", "M1"],
        days_past_due=pd.array([45, 45, 20, 45, 20, 20], dtype="Int64"),
        days_to_due=0,
        settled=False,
    )
    tables = tables.having(cases=ledger)
    model = team_plan.plan(tables.having(cases=ageing.told(tables, Rules(), TODAY)[0]), Rules(), TODAY)
    shown = model.tables["buckets"]
    assert dict(zip(shown["bucket"], shown["team_cases"], strict=True)) == {"M1": 2, "M2": 1, "0–30天": 1, "31–60天": 2}


def test_the_load_is_that_of_the_personal_plans() -> None:
    tables = department(300, 4)
    work = divide(tables, Rules(), TODAY)
    plans = personal_plan.plans(tables, Rules(), TODAY, work)
    people = team_plan.plan(tables, Rules(), TODAY, work).tables["people"]
    assert people["team_minutes"].tolist() == [model.facts["minutes_planned"] for model in plans]
    assert people["team_capacity"].tolist() == [model.facts["minutes_available"] for model in plans]
    assert people["team_received"].tolist() == [model.facts["received_month"] for model in plans]


def test_cash_of_the_month_counts_once_waivers_do_not_and_lost_receipts_are_the_team_s() -> None:
    tables = department(50, 2)
    paid = table(
        c.RECEIPT_COLUMNS,
        paid_on=pd.to_datetime(["2026-11-02", "2026-11-03", "2026-10-31", "2026-11-24", "2026-11-05"]),
        case_id=["LN000001", "LN000001", "LN000001", "LN000001", "UNKNOWN"],
        amount=[100, 20, 3, 4, 50],
        pay_channel=["银行", "减免", "银行", "银行", "银行"],
    )
    model = team_plan.plan(tables.having(receipts=paid), Rules(), TODAY)
    assert model.facts["received_month"] == 150
    assert int(model.tables["people"]["team_received"].sum()) == 100


def test_gaps_of_the_people_and_receipts_of_nobody_make_the_gap_of_the_team() -> None:
    tables = department(50, 2)
    names = team_plan.plan(tables, Rules(), TODAY).tables["people"]["team_person"]
    targets = table(c.TARGET_COLUMNS, month=["2026-11"] * 2, person=list(names), target_amount=[100, 5000])
    case = tables.cases["case_id"][tables.cases["assigned_owner"].eq(names[0])].iloc[0]
    paid = table(
        c.RECEIPT_COLUMNS,
        paid_on=pd.to_datetime(["2026-11-02", "2026-11-05"]),
        case_id=[case, "UNKNOWN"],
        amount=[700, 50],
        pay_channel=["银行", "银行"],
    )
    found = team_plan.plan(tables.having(receipts=paid, targets=targets), Rules(), TODAY).tables
    assert found["people"]["team_gap"].tolist() == [-600, 5000], "over the target by 600"
    assert found["total"]["team_gap"].tolist() == [-600 + 5000 - 50]


def test_time_gone_is_counted_in_working_days() -> None:
    assert team_plan.plan(department(20, 2), Rules(), TODAY).facts["time_gone"] == 15 / 21


def test_without_targets_achievement_is_unknown_and_not_zero() -> None:
    tables = department(20, 2)
    model = team_plan.plan(tables.having(targets=tables.targets.iloc[:0]), Rules(), TODAY)
    assert model.facts["target_month"] is None
    assert model.tables["people"][["team_target", "team_gap", "team_achieved"]].isna().all(axis=None)


def test_changes_of_owner_name_both_and_unassigned_customers_are_listed() -> None:
    tables = department(40, 3)
    keys = tables.cases["customer_key"]
    now = tables.cases["assigned_owner"].mask(keys == keys[0], "员工03").mask(keys == keys[1], "")
    before = tables.cases["assigned_owner"].mask(keys == keys[0], "员工01")
    model = team_plan.plan(tables.having(cases=tables.cases.assign(assigned_owner=now, owner_before=before)), Rules(), TODAY)
    moves = model.tables["moves"]
    assert [k.rpartition("@")[0] for k in model.tables["unassigned"]["row_key"]] == [keys[1]]
    assert moves[["moved_from", "moved_to"]].to_numpy().tolist() == [["员工01", "员工03"]]


def test_cases_of_one_debtor_gathered_with_one_collector_are_named_so() -> None:
    tables = department(60, 3)
    keys = tables.cases["customer_key"].to_numpy().copy()
    keys[1] = keys[0]
    owner = tables.cases["assigned_owner"].mask(tables.cases["customer_key"].isin([keys[0]]), "员工01").to_numpy().copy()
    before = owner.copy()
    owner[:2], before[0], before[1] = "员工01", "员工02", "员工01"
    cases = tables.cases.assign(customer_key=keys, assigned_owner=owner, owner_before=before)
    moves = team_plan.plan(tables.having(cases=cases), Rules(), TODAY).tables["moves"]
    assert moves[["moved_from", "moved_to", "moved_why"]].to_numpy().tolist() == [["员工02", "员工01", "归户：同一客户的案件归员工01"]]


def test_visits_that_are_due_and_in_nobodys_day_are_exceptions() -> None:
    tables = department(200, 6)
    step = tables.cases["next_action"].where(tables.cases["tier"] != "加强", "外访（2026-11-30前）")
    tables = tables.having(cases=tables.cases.assign(next_action=step, next_on=pd.Timestamp(TODAY)))
    day = divide(tables, Rules(), TODAY)
    rows = team_plan.plan(tables, Rules(), TODAY, day).tables["exceptions"]
    missing = rows[rows["exception"] == "外访未安排"].set_index("team_person")["exception_count"]
    wanted = pd.Series(day.lines.owner)[tables.cases["next_action"].to_numpy()[day.lines.lead] == "外访（2026-11-30前）"]
    assert 0 < missing.sum() <= len(wanted)
    by_phone = {d.person for d in day.days if not (d.kinds == VISIT).any()}
    assert by_phone & set(missing.index)
    assert "外访未安排" not in set(team_plan.plan(department(200, 6), Rules(), TODAY).tables["exceptions"]["exception"])


def test_people_who_are_away_unknown_or_idle_are_exceptions() -> None:
    tables = department(60, 3)
    people = tables.collectors[:2].assign(active=["是", "否"])
    log = table(
        c.CONTACT_COLUMNS,
        entry_id=["1"],
        contacted_at=[pd.Timestamp("2026-11-20 10:00")],
        case_id=["LN000001"],
        collector=["员工09"],
        channel=["电话"],
        outcome=["无人接听"],
    )
    found = exceptions(tables.having(collectors=people, contacts=log))
    assert {("员工02", "不在岗仍有案件"), ("员工03", "不在催收员名册"), ("员工01", "上一工作日无记录")} <= found


def test_a_day_without_any_log_makes_nobody_idle() -> None:
    tables = department(60, 3)
    assert "上一工作日无记录" not in {what for _, what in exceptions(tables.having(contacts=tables.contacts.iloc[:0]))}


def test_an_empty_ledger_gives_an_empty_team_plan() -> None:
    tables = department(30, 2)
    model = team_plan.plan(tables.having(cases=tables.cases.assign(settled=True)), Rules(), TODAY)
    assert model.facts["open_amount"] == 0
    assert len(model.tables["buckets"]) == 0
