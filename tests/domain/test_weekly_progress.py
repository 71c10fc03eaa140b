"""The weekly tab: figures by definition, unknown is said, pressing twice changes nothing."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain import columns as c
from macros_py.domain import weekly_progress as wp
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.department import department, table

FRIDAY = dt.date(2026, 11, 27)

CASES = table(
    c.CASE_COLUMNS,
    case_id=["A1", "A2", "B1", "C1"],
    owner=["王丽", "王丽", "王丽", "李强"],
    overdue_amount=[1000, 1000, 500, 4000],
    due_date=pd.to_datetime(["2026-10-01", "2026-10-01", "2026-11-01", "2026-11-24"]),
).assign(customer_key=["A", "A", "B", "C"], open_amount=pd.array([400, 1000, 500, 4000], "Int64"), settled=False)

LOG = """
2026-11-17 09:00 | A1 | 王丽 | 电话 |        | 无人接听
2026-11-23 09:00 | A1 | 王丽 | 电话 |        | 无人接听
2026-11-23 10:00 | A2 | 王丽 | 电话 |        | 本人接通
2026-11-24 10:00 | B1 | 王丽 | 电话 | 配偶   | 第三方接通
2026-11-25 10:00 | A1 | 王丽 | 电话 |        | 承诺还款
2026-11-25 11:00 | C1 | 李强 | 短信 |        |
2026-11-28 11:00 | C1 | 李强 | 电话 |        | 承诺还款
"""


def contacts(text: str = LOG) -> pd.DataFrame:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    when, case_id, collector, channel, relation, outcome = map(list, zip(*rows, strict=True))
    numbers = [str(n) for n in range(len(rows))]
    amounts = [500 if o == "承诺还款" else None for o in outcome]
    return table(c.CONTACT_COLUMNS, entry_id=numbers, contacted_at=pd.to_datetime(when), case_id=case_id, collector=collector,
                 channel=channel, relation=relation, outcome=outcome, promised_amount=pd.array(amounts, "Int64"))  # fmt: skip


def receipts(*rows: tuple[str, str, int]) -> pd.DataFrame:
    day, case_id, amount = map(list, zip(*rows, strict=True))
    return table(c.RECEIPT_COLUMNS, paid_on=pd.to_datetime(day), case_id=case_id, amount=amount, pay_channel=["银行"] * len(rows))


def book(**tables: pd.DataFrame) -> Tables:
    people = table(c.COLLECTOR_COLUMNS, person=["王丽", "李强"])
    return Tables(cases=CASES, collectors=people, **tables)


def indicators(tables: Tables, day: dt.date = FRIDAY) -> pd.DataFrame:
    return wp.week(tables, Rules(), day).tables["indicators"].set_index("row_key")


def actual(tables: Tables, *names: str) -> list[object]:
    found = indicators(tables)["week_actual"]
    return [None if pd.isna(found[name]) else int(found[name]) for name in names]


def test_every_block_has_exactly_its_declared_columns_and_order() -> None:
    model = wp.week(department(300, 6), Rules(), FRIDAY)
    assert list(model.tables) == [block.name for block in wp.BLOCKS]
    for block in wp.BLOCKS:
        assert list(model.tables[block.name]) == [column.name for column in block.columns]
    assert set(wp.FACTS) == set(model.facts)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2026, 11, 23), "周进度2026W48"),
        (dt.date(2026, 12, 31), "周进度2026W53"),
        (dt.date(2027, 1, 3), "周进度2026W53"),
        (dt.date(2027, 1, 4), "周进度2027W01"),
        (dt.date(2024, 12, 30), "周进度2025W01"),
    ],
)
def test_the_tab_is_named_by_iso_year_and_week(day: dt.date, name: str) -> None:
    assert wp.week(book(), Rules(), day).name == name


def test_a_third_party_answering_is_connected_and_not_reached() -> None:
    names = ("worked", "dialled", "connected", "reached", "promisers", "promised")
    assert actual(book(contacts=contacts()), *names) == [3, 4, 3, 1, 1, 500]


def test_rates_are_shares_in_hundredths_of_a_percent() -> None:
    assert actual(book(contacts=contacts()), "connect_rate", "reachable", "ptp_rate") == [7500, 3333, 10000]


def test_last_week_and_month_stand_beside_and_what_lies_after_the_day_does_not_count() -> None:
    found = indicators(book(contacts=contacts()))
    assert (int(found.loc["dialled", "week_before"]), int(found.loc["dialled", "month_total"])) == (1, 5)


def test_recovery_is_cash_on_what_was_overdue_as_the_week_began() -> None:
    paid = receipts(("2026-11-23", "A1", 600), ("2026-11-20", "B1", 70), ("2026-11-24", "C1", 900))
    tables = book(receipts=paid)
    # A1 owed 400 + 600, A2 1000, B1 500 as the week began; C1 fell due on the 24th: new, and its receipt is not recovery
    assert actual(tables, "recovery", "recovery_customers", "new_overdue") == [2400, 5000, 4900]
    assert actual(tables, "received", "payers") == [1500, 2]


def test_an_overpaid_case_recovers_no_more_than_it_owed() -> None:
    cases = CASES.assign(open_amount=pd.array([0, 1000, 500, 4000], "Int64"))
    tables = book(receipts=receipts(("2026-11-24", "A1", 9000))).having(cases=cases, data_as_of=dt.date(2026, 11, 22))
    assert actual(tables, "recovery") == [4000]


def test_without_a_log_receipts_or_promises_the_figures_are_unknown_and_it_is_said() -> None:
    model = wp.week(book(), Rules(), FRIDAY)
    assert model.tables["indicators"][["week_target", "week_actual", "week_before", "month_total"]].isna().all(axis=None)
    assert len(model.tables["trend"]) == 0
    assert len(model.facts["said"]) == 5
    assert all("未知" in sentence for sentence in model.facts["said"])


def test_a_week_before_the_log_began_is_unknown_and_not_zero() -> None:
    found = indicators(book(contacts=contacts("2026-11-24 10:00 | A1 | 王丽 | 电话 | | 无人接听")))
    assert pd.isna(found.loc["dialled", "week_before"])
    assert int(found.loc["reached", "week_actual"]) == 0


def test_promises_in_their_grace_are_due_and_not_yet_judged() -> None:
    promises = pd.DataFrame(
        {
            "case_id": ["A1", "A2", "B1", "C1"],
            "due_on": pd.to_datetime(["2026-11-23", "2026-11-24", "2026-11-26", "2026-11-30"]),
            "state": ["kept", "broken", "open", "open"],
        }
    )
    assert actual(book(promises=promises), "due", "kept", "kept_rate") == [3, 1, 5000]


def test_the_week_s_target_is_what_its_days_owe_and_stays_the_same_through_the_week() -> None:
    targets = table(c.TARGET_COLUMNS, month=["2026-11", "2026-12"], person=["团队", "团队"], target_amount=[2100, 2300])
    tables = book(targets=targets, receipts=receipts(("2026-11-10", "A1", 1200), ("2026-11-24", "A1", 100)))
    found = [indicators(tables, dt.date(2026, 11, day)).loc["received", "week_target"] for day in (23, 25, 27)]
    assert found == [750, 750, 750]  # 900 are missing over the six working days from the 23rd, five of them in this week


def test_people_add_up_to_the_week() -> None:
    tables = book(contacts=contacts(), receipts=receipts(("2026-11-23", "A1", 600), ("2026-11-24", "C1", 900)))
    people = wp.week(tables, Rules(), FRIDAY).tables["people"].set_index("team_person")
    assert people.loc["王丽", ["week_worked", "week_dialled", "week_connected", "week_reached"]].tolist() == [2, 4, 3, 1]
    assert people.loc["李强", ["week_dialled", "week_payers", "week_received"]].tolist() == [0, 1, 900]
    assert (people["week_report"] == "未登记").all()


def test_the_trend_begins_with_the_receipts_and_has_twelve_weeks_at_most() -> None:
    short = wp.week(book(receipts=receipts(("2026-11-10", "A1", 1200))), Rules(), FRIDAY).tables["trend"]
    assert list(zip(short["view_week"], short["view_received"], strict=True)) == [("2026W46", 1200), ("2026W47", 0), ("2026W48", 0)]
    long = wp.week(book(receipts=receipts(("2026-01-10", "A1", 1200))), Rules(), FRIDAY).tables["trend"]
    assert len(long) == 12


def test_bucket_migration_needs_two_stored_month_ends() -> None:
    stored = snapshots("2026-09 | A1 | M1 | 300\n2026-09 | A2 | M2 | 100\n2026-09 | B1 | M1 | 100\n2026-09 | D1 | M1 | 600")
    tab = wp.week(book(snapshots=stored), Rules(), FRIDAY)
    assert tab.tables["migration"].empty
    assert not any("迁徙" in s for s in tab.facts["said"])
    more = snapshots("2026-10 | A1 | M2 | 250\n2026-10 | A2 | M1 | 90\n2026-10 | B1 | M1 | 100\n2026-10 | C1 | M1 | 70")
    tab = wp.week(book(snapshots=pd.concat([stored, more], ignore_index=True)), Rules(), FRIDAY)
    rows = tab.tables["migration"][["bucket_from", "bucket_to", "migration_move", "team_cases", "team_amount", "team_share"]]
    assert rows.astype(object).fillna("").to_numpy().tolist() == [
        ["M1", "—", "结清或退出", 1, 600, 0.6],
        ["M1", "M1", "停留", 1, 100, 0.1],
        ["M1", "M2", "下滚", 1, 300, 0.3],
        ["M2", "M1", "回转", 1, 100, 1.0],
        ["—", "M1", "新增", 1, 70, ""],
    ]
    assert any("2026-09 月末至 2026-10 月末" in s and "M1 30.0%、M2 0.0%" in s for s in tab.facts["said"])


def test_a_month_end_after_the_day_does_not_count_yet() -> None:
    stored = snapshots("2026-09 | A1 | M1 | 300\n2026-10 | A1 | M2 | 300\n2026-11 | A1 | M3 | 300")
    assert wp.week(book(snapshots=stored), Rules(), FRIDAY).tables["migration"]["bucket_to"].tolist() == ["M2"]


def snapshots(text: str) -> pd.DataFrame:
    month, case_id, bucket, fen = map(list, zip(*([w.strip() for w in line.split("|")] for line in text.splitlines()), strict=True))
    return table(c.SNAPSHOT_COLUMNS, snapshot_month=month, case_id=case_id, bucket=bucket, snapshot_balance=[int(f) for f in fen])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000), st.dates(dt.date(2026, 9, 1), dt.date(2027, 1, 10)))
def test_the_same_input_gives_the_same_tab(seed: int, day: dt.date) -> None:
    first, second = (wp.week(department(80, 3, seed, day), Rules(), day) for _ in range(2))
    assert (first.name, dict(first.facts)) == (second.name, dict(second.facts))
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)
    rates = first.tables["indicators"].query("indicator_unit == 'rate'")["week_actual"].dropna()
    assert rates.between(0, 10_000).all()
