"""The score: transparent, exact, monotone, and never on top for those who may not be worked."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from functools import reduce

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros_py.domain import columns as c
from macros_py.domain import priority, reasons
from macros_py.domain.kinds import conform
from macros_py.domain.rules import Component, OfficeRules, PriorityRules, Rules
from macros_py.domain.tables import Tables
from tests.domain.written import MONDAY, cases, contacts, hold_rows, judged, receipts, shown


def scored(ledger: str, rules: Rules | None = None, **more) -> pd.DataFrame:
    return judged(Tables(cases=cases(ledger), data_as_of=MONDAY, **more), rules)[0].cases


def test_the_points_of_a_case_worked_out_by_hand() -> None:
    table = scored(
        """case_id | phone       | overdue_amount | due_date
           A       | 13800000001 | 10000          | 2026-10-27"""
    )
    # 27 days: M1, next bucket in 4 days; 10,000 × 60% = 6,000 → 0.5 + 0.3 × 1/15 = 0.52; amount 0.4; never reached 1; valid number 0.5
    points = [
        f"{name} {table[f'points_{name}'][0]:.2f}" for name in ("expected", "next_bucket", "amount", "broken", "silence", "reachable")
    ]
    assert points == ["expected 18.20", "next_bucket 20.00", "amount 6.00", "broken 0.00", "silence 8.00", "reachable 3.50"]
    assert table["priority"][0] == 55.7
    assert table["why"][0] == "距下一账龄4天（20.00分）；预期可回¥6,000（18.20分）；从未触达本人（8.00分）"


def test_what_would_change_it_is_what_scoring_again_says() -> None:
    ledger = "case_id | phone | overdue_amount | due_date\nA | 13800000001 | {} | {}"
    now = scored(ledger.format("10000", "2026-10-27"))
    paid = scored(ledger.format("5000", "2026-10-27"))
    later = judged(Tables(cases=cases(ledger.format("10000", "2026-10-27"))), None, MONDAY + timedelta(days=4))[0].cases
    assert now["what_would_change"][0] == f"还款¥5,000后为{paid['priority'][0]:.2f}；4天后进入M2时为{later['priority'][0]:.2f}"


def test_the_words_are_english_where_the_sheets_are() -> None:
    rules = Rules(office=OfficeRules(language="en"))
    table = scored("case_id | phone | overdue_amount | due_date\nA | 13800000001 | 23456.78 | 2026-10-27", rules)
    assert table["why"][0] == "¥14,000 expected (23.85); next bucket in 4 days (20.00); never reached in person (8.00)"
    assert table["what_would_change"][0].startswith("after ¥11,700 paid ")


def test_the_second_preset_puts_longer_and_larger_first() -> None:
    rules = Rules(priority=PriorityRules(preset="amount_days"))
    table = scored(
        """case_id | overdue_amount | due_date
           A       | 500000         | 2026-01-01
           B       | 250000         | 2026-08-25
           C       | 250000         | 2026-09-25""",
        rules,
    )
    assert shown(table, "priority", "rank") == ["100.0 | 1", "50.0 | 2", "41.39 | 3"]


def test_weights_that_do_not_add_to_100_are_scaled_and_said() -> None:
    parts = tuple(Component(n, n, n, 1, ((0, 1), (1, 1))) for n in ("amount", "days", "broken"))
    components, problems = priority.effective_components(
        PriorityRules(components=(*parts, Component("luck", "运气", "luck", 5, ((0, 1), (1, 1)))))
    )
    assert [c.points for c in components] == [33.34, 33.33, 33.33]
    assert {p.code for p in problems} == {"priority-weights", "priority-component-unknown"}


def test_ranks_within_owner_and_bucket_follow_the_overall_rank_and_ties_go_by_amount_then_number() -> None:
    table = scored(
        """case_id | overdue_amount | due_date   | owner
           B       | 1000           | 2026-10-27 | 甲
           A       | 1000           | 2026-10-27 | 乙
           C       | 9000           | 2026-09-27 | 甲
           D       | 900000         | 2026-10-27 | 乙
           E       | 600000         | 2026-10-27 | 甲"""
    )
    assert table["priority"][3] == table["priority"][4]  # both at the end of the curves
    assert shown(table, "case_id", "rank", "owner_rank", "bucket_rank") == [
        "B | 5 | 3 | 4",
        "A | 4 | 2 | 3",
        "C | 3 | 2 | 1",
        "D | 1 | 1 | 1",
        "E | 2 | 1 | 2",
    ]


def test_after_the_assignment_the_rank_within_owner_is_that_of_the_new_owner() -> None:
    table = scored("case_id | overdue_amount | due_date | owner\nA | 1000 | 2026-10-27 | 甲\nB | 9000 | 2026-10-27 | 甲")
    worked, _ = priority.within_owner(Tables(cases=table.assign(assigned_owner=["乙", "甲"])), Rules(), MONDAY)
    assert worked["owner_rank"].tolist() == [1, 1]


def test_what_is_not_scored_says_why() -> None:
    table = scored(
        """case_id | overdue_amount | due_date
           A       | 900            | 2026-11-25
           B       | 900            |
           C       | 900            | 2026-10-27""",
        receipts=receipts("case_id | paid_on | amount\nC | 2026-11-23 | 900"),
    )
    assert table["why"].tolist() == ["不评分：未逾期", "不评分：账龄未知", "不评分：回款待核对"]


def test_expired_doubtful_settled_and_held_cases_never_stand_in_the_ranking() -> None:
    table = scored(
        """case_id | overdue_amount | due_date   | case_status | hand_back
           A       | 900000         | 2023-11-22 |             |
           B       | 900000         | 2026-10-27 | 结清        |
           C       | 900000         | 2026-10-27 |             |
           D       | 900000         | 2026-10-27 |             | 2026-11-22
           E       | 10             | 2026-10-27 |             | 2026-11-23""",
        holds=hold_rows("target | hold_code | approved_by | review_on\nC | 争议 | 韩梅 | 2026-12-01"),
    )
    assert shown(table, "case_id", "rank") == ["A | ", "B | ", "C | ", "D | ", "E | 1"]
    assert table["priority"].tolist()[:2] == [0, 0]
    assert table["why"].tolist()[:2] == ["不评分：时效存疑", "不评分：已结清"]
    assert table["what_would_change"][1] == ""


@pytest.mark.parametrize(
    ("fen", "en", "words"),
    [(0, False, "¥0"), (950, False, "¥9.50"), (51_200, False, "¥512"), (2_780_000, False, "¥2.78万"), (2_780_000, True, "¥27,800"), (12_000_000_000, False, "¥1.2亿")],
)  # fmt: skip
def test_short_amounts_read_as_people_say_them(fen: int, en: bool, words: str) -> None:
    assert reasons.short_yuan(fen, en) == words


@given(st.integers(0, 10**14))
def test_the_code_of_an_amount_stands_for_its_first_three_digits(fen: int) -> None:
    cut = int(reasons.cut(np.array([fen]))[0])
    assert cut <= fen
    assert str(cut).rstrip("0") == str(fen)[:3].rstrip("0")
    code = int(reasons.money_code(np.array([fen]))[0])
    assert code % 1000 * int(reasons.SCALE[code // 1000]) == cut


inputs = st.builds(
    lambda rows: priority.Inputs(
        fen=np.array([r[0] for r in rows], dtype=np.int64),
        bucket=np.searchsorted((1, 31, 61, 91, 121, 151, 181), [r[1] for r in rows], side="right").astype(np.int64),
        days=np.array([r[1] for r in rows], dtype=np.int64),
        broken=np.array([r[2] for r in rows], dtype=np.int64),
        silence=np.array([r[3] for r in rows], dtype=np.int64),
        reachable=np.array([r[4] for r in rows]) / 2,
        unwilling=np.array([r[5] for r in rows], dtype=bool),
        limitation=np.array([r[6] for r in rows], dtype=np.int64),
        scored=np.array([r[7] for r in rows], dtype=bool),
    ),
    st.lists(
        st.tuples(
            st.integers(0, 10**11), st.integers(0, 1200), st.integers(0, 9), st.integers(0, 9999), st.integers(0, 2), st.booleans(),
            st.integers(-99, 1095), st.booleans(),
        ),
        min_size=1,
        max_size=12,
    ),
)  # fmt: skip
COMPONENTS = priority.effective_components(PriorityRules())[0]


@settings(max_examples=80, deadline=None)
@given(inputs, st.integers(0, 10**10))
def test_scores_lie_in_0_to_100_add_up_and_never_fall_when_more_is_overdue(x: priority.Inputs, more: int) -> None:
    scores = priority.compute(x, COMPONENTS, PriorityRules())
    assert ((scores.total >= 0) & (scores.total <= 10_000)).all()
    assert (scores.points.sum(axis=0) == scores.total).all()
    assert (scores.total[~x.scored] == 0).all()
    for change in ({"fen": x.fen + more}, {"broken": x.broken + 1}, {"unwilling": np.ones(len(x.fen), dtype=bool)}):
        again = priority.compute(dataclasses.replace(x, **change), COMPONENTS, PriorityRules())
        assert (again.total >= scores.total).all()
        assert (priority.rescored(x, scores, PriorityRules(), **change) == again.total).all()


@settings(max_examples=40, deadline=None)
@given(inputs)
def test_the_reasons_are_the_three_components_with_most_points(x: priority.Inputs) -> None:
    scores = priority.compute(x, COMPONENTS, PriorityRules())
    for row in range(len(x.fen)):
        best = sorted((-int(p), k) for k, p in enumerate(scores.points[:, row]) if p > 0)[:3]
        assert [k for k in scores.top[row].tolist() if k >= 0] == [k for _, k in best]


WORDS = ("", "结清", "停催", "诉讼", "催收中")
case = st.tuples(
    st.sampled_from(["K1", "K2", "K3", ""]), st.integers(0, 10**8), st.integers(-10, 1300), st.sampled_from(WORDS), st.booleans(),
    st.sampled_from(["信用卡", "货款", ""]), st.sampled_from(["", "困难", "客户已去世"]), st.one_of(st.none(), st.integers(-5, 5)),
)  # fmt: skip
receipt = st.tuples(st.integers(0, 7), st.integers(0, 20), st.integers(1, 10**8))
entry = st.tuples(st.integers(0, 7), st.integers(0, 20), st.sampled_from(["承诺还款", "投诉", "称已还款", "无人接听", "拒绝还款", "困难"]))


def _ledger(rows: list) -> pd.DataFrame:
    day = pd.Timestamp(MONDAY)
    raw = {
        "case_id": [f"C{i}" for i in range(len(rows))],
        "customer_id": [r[0] for r in rows],
        "overdue_amount": [r[1] for r in rows],
        "due_date": [day - pd.Timedelta(days=r[2]) for r in rows],
        "case_status": [r[3] for r in rows],
        "disputed": [r[4] for r in rows],
        "product": [r[5] for r in rows],
        "note": [r[6] for r in rows],
        "hand_back": [pd.NaT if r[7] is None else day + pd.Timedelta(days=r[7]) for r in rows],
    }
    return conform(pd.DataFrame(raw), c.CASE_COLUMNS)


@settings(max_examples=60, deadline=None)
@given(st.lists(case, min_size=1, max_size=8), st.lists(receipt, max_size=6), st.lists(entry, max_size=6), st.booleans())
def test_nobody_who_paid_is_held_or_has_an_expired_claim_is_ranked_or_contacted(rows: list, paid: list, log: list, dated: bool) -> None:
    day = pd.Timestamp(MONDAY)
    money = {
        "case_id": [f"C{r[0]}" for r in paid],
        "paid_on": [day - pd.Timedelta(days=r[1]) for r in paid],
        "amount": [r[2] for r in paid],
    }
    said = {
        "case_id": [f"C{e[0]}" for e in log],
        "contacted_at": [day - pd.Timedelta(days=e[1]) + pd.Timedelta(hours=9) for e in log],
        "outcome": [e[2] for e in log],
    }
    tables = Tables(
        cases=_ledger(rows),
        receipts=conform(pd.DataFrame(money), c.RECEIPT_COLUMNS),
        contacts=conform(pd.DataFrame(said), c.CONTACT_COLUMNS),
        data_as_of=date(2026, 11, 16) if dated else None,
    )
    table = judged(tables)[0].cases
    done = table["settled"] | table["balance_state"].ne("")
    stopped = table["hold"].ne("") | table["limitation_state"].isin(["expired", "doubtful"]) | (table["hand_back"] < day)
    never = (done | stopped).to_numpy(dtype=bool)
    assert table.loc[never, "rank"].isna().all()
    assert not table.loc[never, ["may_call", "may_sms", "may_visit", "may_letter", "may_third_party"]].any(axis=None)
    assert table.loc[never, "hold_why"].ne("").all()
    assert table.loc[never, "letter_due"].eq("").all()
    held = table.loc[table["hold"].ne("") & ~table["settled"] & ~table["hold_own_case"], "customer_key"]
    assert table.loc[table["customer_key"].isin(held), ["may_call", "may_letter"]].eq(False).all(axis=None)
    ranks = sorted(table["rank"].dropna())
    assert ranks == list(range(1, len(ranks) + 1))
    points = [table[name] for name in table if name.startswith("points_")]
    assert (reduce(lambda a, b: a + b, points) - table["priority"]).abs().max() < 1e-9


def test_a_log_entry_of_yesterday_lowers_the_silence_points() -> None:
    ledger = "case_id | overdue_amount | due_date\nA | 1000 | 2026-10-27"
    quiet = scored(ledger)["points_silence"][0]
    spoken = scored(ledger, contacts=contacts("case_id | contacted_at | channel | outcome\nA | 2026-11-22 09:00 | 电话 | 本人接通"))
    assert (quiet, spoken["points_silence"][0]) == (8.0, 0.8)
