"""A department of 2,000 cases: plans, team and week of one Monday, then what was typed on them comes back on Tuesday."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import personal_plan, plan_day, plan_entries, team_plan, weekly_progress
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Rules
from tests.domain.department import TODAY, department

TUESDAY = TODAY + dt.timedelta(days=1)


def test_monday_is_planned_and_tuesday_knows_what_was_typed() -> None:
    tables, rules = department(2000, 12), Rules()
    work = plan_day.divide(tables, rules, TODAY)
    plans = personal_plan.plans(tables, rules, TODAY, work)
    team = team_plan.plan(tables, rules, TODAY, work)
    week = weekly_progress.week(tables, rules, TODAY)
    owing = ~tables.cases["settled"] & tables.cases["open_amount"].gt(0)
    assert (len(plans), team.facts["cases"], week.name) == (12, int(owing.sum()), "周进度2026W48")
    assert all(model.tables["routine"].shape[0] for model in plans)

    sheet, line = plans[0].name, plans[0].tables["routine"].iloc[0]
    typed = pd.DataFrame({"row_key": [line["row_key"]], "result": ["无人接听"], "plan_note": ["换号再打"]})
    entries = conform(typed, c.PLAN_TYPED).assign(
        person=plans[0].facts["person"], plan_day=pd.Timestamp(TODAY), case_id="", sheet=sheet, row_key=typed["row_key"]
    )
    pressed = tables.having(plan_entries=entries, typed={sheet: typed})
    rows, problems = plan_entries.to_log(pressed, rules, TUESDAY)
    assert (len(rows), problems) == (1, [])
    logged = pressed.having(contacts=conform(pd.concat([tables.contacts, rows], ignore_index=True), c.CONTACT_COLUMNS))

    again = [plan_entries.carry(logged, model) for model in personal_plan.plans(logged, rules, TUESDAY)]
    customer = line["row_key"].rpartition("@")[0]
    found = next(
        t[t["row_key"] == f"{customer}@2026-11-24"]
        for t in again[0].tables.values()
        if "row_key" in t and customer in "".join(t["row_key"])
    )
    assert found[["last_result", "result", "plan_note"]].to_numpy().tolist() == [["11-23 无人接听", "", "换号再打"]]
    assert len(plan_entries.to_log(logged, rules, TUESDAY)[0]) == 0
    before, after = (
        weekly_progress.week(t, rules, TUESDAY).tables["indicators"].set_index("row_key")["week_actual"] for t in (tables, logged)
    )
    assert after["dialled"] - before["dialled"] == 1
