"""What is typed on plan sheets reaches the log once, and nothing typed is ever lost."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain import columns as c
from macros_py.domain import personal_plan as pp
from macros_py.domain import plan_entries as pe
from macros_py.domain.changes import SheetModel
from macros_py.domain.plan_words import frame
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from tests.domain.department import TODAY, table

SHEET = "计划-王丽"
DAY = pd.Timestamp(TODAY)
CASES = table(c.CASE_COLUMNS, case_id=["A1", "A2", "A3"], customer=["张三", "李四", "王五"], phone=["138", "139", "137"]).assign(
    customer_key=["K1", "K2", "K3"]
)


def typed(*rows: dict, sheet: str = SHEET, **tables) -> Tables:
    """A workbook on whose plan sheet these rows were typed: key, and fields by the names of PLAN_TYPED or as added columns."""
    full = [{"row_key": f"{row.pop('key')}@{row.pop('day', '2026-11-23')}", **row} for row in [dict(r) for r in rows]]
    names = [column.name for column in c.PLAN_TYPED]
    sheet_table = pd.DataFrame(full)
    for column in c.PLAN_TYPED:
        if column.name not in sheet_table:
            sheet_table[column.name] = None
    money = pd.array(sheet_table["plan_promised_amount"].tolist(), dtype="Int64")
    sheet_table = sheet_table.assign(plan_promised_amount=money)
    for name in ("plan_promised_on", "plan_next_on"):
        sheet_table[name] = pd.to_datetime(sheet_table[name]).astype("datetime64[s]")
    for name in ("result", "plan_note"):
        sheet_table[name] = sheet_table[name].fillna("").astype("str")
    entries = sheet_table.assign(
        person=sheet.removeprefix("计划-"),
        plan_day=pd.to_datetime([key.rpartition("@")[2] for key in sheet_table["row_key"]]),
        case_id="",
        sheet=sheet,
    )
    keep = [n for n in entries if n in (*names, "row_key", "person", "plan_day", "case_id", "sheet") or n.endswith(("_raw", "_cell"))]
    contacts = tables.pop("contacts", Tables().contacts)
    return Tables(cases=CASES, contacts=contacts, plan_entries=entries[keep], typed={sheet: sheet_table}, **tables)


def plan(*customers: str, day: str = "2026-11-23", sheet: str = SHEET) -> SheetModel:
    """A new plan with these customers in the routine block."""
    keys = [f"{customer}@{day}" for customer in customers]
    lines = frame(c.PLAN_LINE, {"row_key": keys}, len(keys))
    return SheetModel(sheet, pp.KIND, {"routine": lines}, {"plan_day": pd.Timestamp(day).date(), "person": sheet.removeprefix("计划-")})


def log(tables: Tables) -> tuple[pd.DataFrame, list[str]]:
    rows, problems = pe.to_log(tables, Rules(), TODAY)
    return rows, [p.code for p in problems]


def test_a_typed_promise_becomes_one_log_entry_with_case_customer_and_number() -> None:
    row = {"key": "K2", "result": "承诺还款", "plan_promised_on": DAY, "plan_promised_amount": 500_00, "plan_note": "发工资后"}
    rows, problems = log(typed(row))
    entry = rows.iloc[0]
    assert problems == []
    assert list(rows) == [column.name for column in c.CONTACT_COLUMNS]
    assert (entry["case_id"], entry["customer"], entry["number"], entry["collector"]) == ("A2", "李四", "139", "王丽")
    assert (entry["outcome"], entry["promised_amount"], entry["relation"], entry["channel"]) == ("承诺还款", 500_00, "本人", "电话")
    assert entry["entry_id"][0] == "P"
    assert len(entry["entry_id"]) == 13


def test_pressing_again_logs_nothing_and_an_edit_of_the_same_day_is_a_further_entry() -> None:
    rows, _ = log(typed({"key": "K1", "result": "无人接听"}))
    again, _ = log(typed({"key": "K1", "result": "无人接听"}, contacts=rows))
    edited, _ = log(typed({"key": "K1", "result": "本人接通"}, contacts=rows))
    assert (len(rows), len(again), len(edited)) == (1, 0, 1)
    assert edited.iloc[0]["entry_id"] != rows.iloc[0]["entry_id"]


def test_a_promise_without_a_result_code_is_a_promise() -> None:
    rows, _ = log(typed({"key": "K1", "plan_promised_on": DAY}))
    assert rows.iloc[0]["outcome"] == "承诺还款"


def test_a_note_alone_waits_on_the_sheet() -> None:
    assert len(log(typed({"key": "K1", "plan_note": "下周再说"}))[0]) == 0


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"result": "打了没人"}, "plan-result-unknown"),
        ({"result": "承诺还款", "plan_promised_on": pd.Timestamp("2026-11-01")}, "plan-date-past"),
        ({"result": "承诺还款", "plan_promised_amount": -5}, "plan-amount"),
    ],
)
def test_nonsense_is_said_is_not_logged_and_stays_on_the_sheet(row: dict, code: str) -> None:
    book = typed({"key": "K1", **row, "result_cell": "N17", "plan_promised_on_cell": "O17", "plan_promised_amount_cell": "P17"})
    rows, problems = pe.to_log(book, Rules(), TODAY)
    assert len(rows) == 0
    assert [(p.code, p.sheet) for p in problems] == [(code, SHEET)]
    assert problems[0].cell in ("N17", "O17", "P17")
    assert "{" not in problems[0].text() + problems[0].remedy("en")
    for day in ("2026-11-23", "2026-11-24"):
        kept = pe.carry(book, plan("K1", day=day)).tables["routine"].iloc[0]
        assert all(kept[name] == value for name, value in row.items())


def test_an_unreadable_amount_keeps_the_row_out_of_the_log_and_its_text_on_the_sheet() -> None:
    book = typed({"key": "K1", "result": "承诺还款", "plan_promised_amount_raw": "五百左右"})
    assert len(log(book)[0]) == 0
    assert pe.carry(book, plan("K1", day="2026-11-24")).tables["routine"].iloc[0]["plan_promised_amount"] == "五百左右"


def test_a_next_day_that_is_past_loses_only_its_day() -> None:
    rows, problems = log(typed({"key": "K1", "result": "本人接通", "plan_next_on": pd.Timestamp("2026-11-20")}))
    assert problems == ["plan-date-past"]
    assert pd.isna(rows.iloc[0]["callback_on"])


def test_the_same_day_everything_typed_stands_again_verbatim() -> None:
    row = {"key": "K1", "result": "困难", "plan_promised_amount": 100_00, "plan_next_on": DAY, "plan_note": " =住院 ", "心情": "差"}
    line = pe.carry(typed(row), plan("K2", "K1")).tables["routine"].iloc[1]
    assert (line["result"], line["plan_promised_amount"], line["plan_next_on"]) == ("困难", 100_00, DAY)
    assert (line["plan_note"], line["心情"]) == (" =住院 ", "差")


def test_a_later_day_opens_the_result_empty_and_keeps_note_next_and_added_columns_by_customer() -> None:
    row = {"key": "K1", "result": "困难", "plan_next_on": pd.Timestamp("2026-11-26"), "plan_note": "住院", "心情": "差"}
    frame_ = pe.carry(typed(row), plan("K2", "K1", day="2026-11-24")).tables["routine"]
    line = frame_.iloc[1]
    assert (line["result"], line["plan_note"], line["心情"]) == ("", "住院", "差")
    assert line["plan_next_on"] == pd.Timestamp("2026-11-26")
    assert list(frame_)[-1] == "心情"
    assert frame_.iloc[0]["心情"] == ""


def test_what_was_typed_follows_a_customer_to_a_colleague_s_plan() -> None:
    book = typed({"key": "K1", "plan_note": "住院"})
    other = plan("K1", day="2026-11-24", sheet="计划-李强")
    assert pe.carry(book, other).tables["routine"].iloc[0]["plan_note"] == "住院"
    assert len(pe.left(book, [other], TODAY)) == 0


def test_a_line_that_is_gone_leaves_its_words_in_the_log_once() -> None:
    book = typed({"key": "K3", "plan_note": "等工资", "心情": "好", "plan_next_on": pd.Timestamp("2026-11-26")})
    rows = pe.left(book, [plan("K1")], TODAY)
    assert rows.iloc[0]["note"] == "计划表遗留：下次 2026-11-26；备注 等工资；心情 好"
    assert (rows.iloc[0]["case_id"], rows.iloc[0]["callback_on"]) == ("A3", pd.Timestamp("2026-11-26"))
    assert (
        len(
            pe.left(
                typed({"key": "K3", "plan_note": "等工资", "心情": "好", "plan_next_on": pd.Timestamp("2026-11-26")}, contacts=rows),
                [],
                TODAY,
            )
        )
        == 0
    )


def test_a_line_that_is_gone_and_was_logged_is_not_logged_twice() -> None:
    assert len(pe.left(typed({"key": "K3", "result": "拒接", "plan_note": "挂断"}), [], TODAY)) == 0


def test_a_customer_that_the_ledger_no_longer_knows_is_named_in_the_note() -> None:
    rows, _ = log(typed({"key": "K9", "result": "拒接"}))
    assert "K9" in rows.iloc[0]["note"]


def test_causes_of_the_week_are_carried_by_row_key() -> None:
    block = frame(c.WEEK_INDICATORS, {"row_key": ["received", "kept"]}, 2)
    model = SheetModel("周进度2026W48", "weekly_progress", {"indicators": block})
    before = pd.DataFrame({"row_key": ["kept"], "week_cause": ["两人请假"], "week_measure": [""], "签字": ["李"]})
    out = pe.carry(Tables(typed={"周进度2026W48": before}), model).tables["indicators"]
    assert out["week_cause"].tolist() == ["", "两人请假"]
    assert out["签字"].tolist() == ["", "李"]


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), max_size=6)
row_drawn = st.fixed_dictionaries(
    {
        "key": st.sampled_from(["K1", "K2", "K3", "K9"]),
        "day": st.sampled_from(["2026-11-20", "2026-11-23"]),
        "result": st.sampled_from(["", "拒接", "承诺还款", "胡写"]),
        "plan_promised_on": st.sampled_from([None, pd.Timestamp("2026-11-30"), pd.Timestamp("2026-11-01")]),
        "plan_promised_amount": st.sampled_from([None, 500_00, -1]),
        "plan_next_on": st.sampled_from([None, pd.Timestamp("2026-12-05")]),
        "plan_note": words,
        "心情": words,
    }
)


@settings(max_examples=80, deadline=None)
@given(st.lists(row_drawn, min_size=1, max_size=5, unique_by=lambda r: r["key"]), st.sets(st.sampled_from(["K1", "K2", "K3", "K9"])))
def test_nothing_typed_is_ever_lost(rows: list[dict], stays: set[str]) -> None:
    book = typed(*rows)
    model = plan(*sorted(stays))
    logged, _ = pe.to_log(book, Rules(), TODAY)
    kept = pe.carry(book, model).tables["routine"]
    gone = pe.left(book, [model], TODAY)
    everything = "\n".join([logged.to_csv(), kept.to_csv(), gone.to_csv()]).replace('""', '"')
    for row in rows:
        for name in ("result", "plan_note", "心情"):
            assert row[name] in everything
        if row["plan_promised_on"] is not None:
            assert f"{row['plan_promised_on']:%Y-%m-%d}" in everything
    ids = pd.concat([logged, gone])["entry_id"]
    assert ids.is_unique
