"""One model of every kind of sheet, with names, sums and long texts as a department has them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import (
    personal_plan,
    promise_check,
    proposal_sheet,
    reconciliation_report,
    repayment,
    team_plan,
    weekly_progress,
)
from macros_py.domain import promises as judged_promises
from macros_py.domain.affordability import Means
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, conform
from macros_py.domain.problems import Problem
from macros_py.domain.rules import OfficeRules, Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets

DAY = date(2026, 11, 23)
NAMES = ("王建国", "李秀英", "欧阳晓燕", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "黄志强", "上海明远建材贸易有限公司")
REASONS = (
    "正常·逾期 12 天；金额高；3 天后进入 M2",
    "预警·逾期 45 天；未兑现承诺 2 次；14 天没有本人触达",
    "加强·逾期 78 天；有能力无意愿；12 天后进入 M4",
    "法律·逾期 132 天；超过诉讼最低金额；时效还有 170 天",
)


def frame(columns: tuple[Column, ...], rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows given in the order of the columns, in the dtypes of their kinds."""
    raw = pd.DataFrame(rows, columns=[x.name for x in columns], dtype=object)
    return conform(raw, columns)


def plan_lines(count: int, first: int = 1, columns: tuple[Column, ...] = c.PLAN_LINE) -> pd.DataFrame:
    """`count` lines of a plan; the promised amount and next day of some are typed already."""
    rows = []
    for i in range(first, first + count):
        name = NAMES[i % len(NAMES)]
        typed = (
            ("承诺还款", pd.Timestamp(2026, 11, 27), 500_000, pd.Timestamp(2026, 11, 30), "说周五发工资后先还一半")
            if i % 9 == 4
            else ("", None, None, None, "")
        )
        who = f"{name} · HT2026{i:06d}" + ("（2案）" if i % 6 == 0 else "")
        slot = {c.MAY_ON_SHOWN.name: "2026-12-01", c.SCORE_SHOWN.name: 71.5 - i % 40}.get(
            columns[2].name, f"{8 + i % 10:02d}:{i % 4 * 15:02d}–{8 + i % 10:02d}:{i % 4 * 15 + 7:02d}"
        )
        why = "停催：投诉处理中，批准人 周主管，复核日 2026-12-01" if c.WHY_NOT in columns else REASONS[i % 4]
        rule = "停催登记" if c.WHY_NOT in columns else f"{i % 3}/3"
        rows.append(
            (f"K{i:05d}@2026-11-23", i, slot, who, f"138{i:08d}(本人)", f"{('个人消费贷', '信用卡', '车贷', '企业货款')[i % 4]} · M{1 + i % 4}",
             123_456 + i * 98_765, 2_345_678 + i * 123_457 if i % 3 else None, ("无人接听", "本人接通：要求分期", "第三方接通")[i % 3],
             "11-20 ¥3,000.00 未到账" if i % 4 == 1 else "", why, rule, ("电话预警", "电话提醒、短信", "外访（两人）")[i % 3], *typed)
        )  # fmt: skip
    return frame(columns, rows)


def personal(name: str = "王芳", routine: int = 24, lang: str = "zh") -> SheetModel:
    """A plan with all its blocks but callbacks and letters."""
    week = [
        (pd.Timestamp(2026, 11, 23 + i), "一二三四五"[i], 3 - i % 3, 1_234_500 * (i + 1), i, 34 - i, 2_600_000, 812_345 if i == 0 else None)
        for i in range(5)
    ]
    month = [
        (f"第{i + 1}周", pd.Timestamp(2026, 11, 2 + 7 * i), pd.Timestamp(2026, 11, 6 + 7 * i), 5, 13_000_000, 9_876_543, 3_123_457)
        for i in range(4)
    ]
    tables = {
        "promises": plan_lines(4),
        "new": plan_lines(2, 5),
        "routine": plan_lines(routine, 7),
        "visits": plan_lines(2, 7 + routine),
        "entered": plan_lines(1, 13),
        "not_now": plan_lines(3, 400, c.PLAN_NOT_NOW),
        "not_fitted": plan_lines(3, 500, c.PLAN_NOT_FITTED),
        "week": frame(c.PLAN_WEEK_VIEW, week),
        "month": frame(c.PLAN_MONTH_VIEW, month),
    }
    facts = {
        "person": name, "plan_day": DAY, "data_as_of": date(2026, 11, 20), "language": lang, "target_today": 2_600_000, "target_month": 52_000_000,
        "received_today": 812_345, "received_month": 30_441_974, "minutes_available": 450, "minutes_planned": 446, "partner": "郑国强",
        "counts": {k: len(v) for k, v in tables.items()}, "amounts": {"promises": 1_481_474, "routine": 20_000_000},
        "not_listed": {"not_fitted": (120, 345_600_000)}, "later": (86, 120_000_000),
    }  # fmt: skip
    ordered = {b.name: tables[b.name] for b in personal_plan.BLOCKS if b.name in tables}
    return SheetModel(f"计划-{name}", personal_plan.KIND, ordered, facts)


def team(lang: str = "zh") -> SheetModel:
    """Eight collectors, every bucket, some exceptions, no unassigned customer."""
    rows = [
        (n, 180 + i, 201 + i, 345_678_900 + i * 11_111_111, 380 + i * 9, 450, 52_000_000, 20_000_000 + i * 4_321_000, 0.38 + i * 0.083, 0.727,
         32_000_000 - i * 4_321_000, i % 4, (i * 7) % 5, i % 3, int(i == 2), int(i == 5))
        for i, n in enumerate(NAMES[:8])
    ]  # fmt: skip
    people = frame(c.TEAM_PEOPLE, rows)
    sums = {x.name: people[x.name].sum() for x in c.TEAM_PEOPLE if x.name != "team_person"} | {
        "team_person": "合计",
        "team_achieved": 0.67,
        "team_time": 0.727,
    }
    total = frame(c.TEAM_PEOPLE, [tuple(sums[x.name] for x in c.TEAM_PEOPLE)])
    buckets = [
        (f"M{i}" if i < 7 else "M7+", 300 - i * 30, 330 - i * 30, 900_000_000 - i * 100_000_000, 0.22 - i * 0.025) for i in range(1, 8)
    ]
    exceptions = [
        ("欧阳晓燕", "今日联系次数接近上限", 3, 4_567_800, "改用短信或明日再拨"),
        ("陈静", "有未办结投诉", 1, 98_700, "15 日内答复投诉人；答复前停催"),
        ("", "数据截止日早于今天", 1, None, "请让财务更新台账金额后再按一次"),
    ]
    moves = [
        ("K00012", "李秀英 · HT2026000012", "信用卡 · M2", 1_234_567, "张伟", "王建国", "原催收员 42 天没有有效触达；同片区；技能相符")
    ]
    tables = {
        "people": people,
        "total": total,
        "buckets": frame(c.TEAM_BUCKETS, buckets),
        "exceptions": frame(c.TEAM_EXCEPTIONS, exceptions),
        "moves": frame(c.TEAM_MOVES, moves),
        "unassigned": frame(c.TEAM_UNASSIGNED, []),
    }
    facts = {
        "plan_day": DAY, "data_as_of": date(2026, 11, 20), "language": lang, "time_gone": 0.727, "target_month": 416_000_000,
        "received_month": 280_988_000, "open_amount": 3_076_542_388, "cases": 1_836, "customers": 1_468, "headcount_gap": 2, "not_listed": {},
    }  # fmt: skip
    return SheetModel(team_plan.NAME, team_plan.KIND, tables, facts)


def week(lang: str = "zh", typed: str = "雨天外访减少") -> SheetModel:
    """Indicators in three units, eight people, six weeks of trend, migration between two month ends."""
    indicators = [
        ("recovered", "回款额", "money", 120_000_000, 98_765_432, 0.823, 101_000_000, 298_765_432, typed, "=1+1 下周补两天外访"),
        ("worked", "作业户", "count", 900, 934, 1.038, 870, 2_801, "", ""),
        ("kept", "承诺兑现率", "rate", 7_000, 6_543, 0.935, None, 6_600, "", ""),
    ]
    people = [
        (
            n,
            100 + i,
            260 + i * 3,
            120 + i,
            60 + i,
            14,
            3_456_700 + i * 100_000,
            9,
            6,
            8,
            2_345_600 + i * 77_700,
            "未到期",
            "已交" if i % 3 else "迟交",
        )
        for i, n in enumerate(NAMES[:8])
    ]
    trend = [
        (
            f"2026W{43 + i}",
            pd.Timestamp(2026, 10, 19) + pd.Timedelta(days=7 * i),
            100_000_000 + 4_000_000 * i,
            82_000_000 + 5_000_000 * (i % 4),
            0.82 + i * 0.03,
        )
        for i in range(6)
    ]
    migration = [
        ("M1", "M1", "停留", 120, 96_000_000, 0.6),
        ("M1", "M2", "下滚", 80, 64_000_000, 0.4),
        ("—", "M1", "新增", 60, 33_000_000, None),
    ]
    tables = {
        "indicators": frame(c.WEEK_INDICATORS, indicators),
        "people": frame(c.WEEK_PEOPLE, people),
        "trend": frame(c.WEEK_TREND, trend),
        "migration": frame(c.WEEK_MIGRATION, migration),
    }
    facts = {
        "week": "2026W48", "monday": DAY, "sunday": date(2026, 11, 29), "as_of": DAY, "data_as_of": date(2026, 11, 20), "language": lang,
        "said": ("逾期率需要全部贷款的台账；本台账只有逾期案件，未计算。",),
    }  # fmt: skip
    return SheetModel("周进度2026W48", weekly_progress.KIND, tables, facts)


def problems(lang: str = "zh") -> SheetModel:
    """One of each severity, out of order, in sheets with awkward names."""
    found = (
        Problem("dpd-differs", "逾期台账's 11月", "H17", {"printed": 40, "as_of": "2026-11-20", "computed": 43}),
        Problem(
            "header-ambiguous", "逾期台账", "F3", {"header": "金额", "candidates": "贷款金额、剩余本金、逾期金额", "first": "loan_amount"}
        ),
        Problem("no-case-sheet"),
        Problem("cell-error", "逾期台账", "G29", {"error": "#DIV/0!"}),
    )
    return SheetModel(sheets.CHECK_SHEET, "problems", {}, {"problems": found, "language": lang})


def collectors() -> SheetModel:
    """A sheet of defaults with drop-downs."""
    rows = [
        (n, "外访" if i > 6 else "电催", "浦东新区", "个人消费贷、信用卡", "08:30-12:00,14:00-18:00", 450, "是", "")
        for i, n in enumerate(NAMES[:9])
    ]
    facts = {"hint": "每行一位催收员；不在岗的请把“在岗”改为“否”。分钟数为每天可用于作业的分钟。"}
    return SheetModel("催收员", "rules_table", {"collectors": frame(c.COLLECTOR_COLUMNS, rows)}, facts)


def holds() -> SheetModel:
    """A sheet that waits for its first row."""
    return SheetModel(
        "停催登记", "rules_table", {"holds": frame(c.HOLD_COLUMNS, [])}, {"hint": "登记后该案件或客户停止拨打、短信、外访与信函。"}
    )


def guide() -> SheetModel:
    """The first sheet."""
    listed = (("团队计划", "全队负荷、目标、异常"), ("计划-王芳", "王芳今天的任务"))
    facts = {"version": "0.1.0", "source": "逾期客户台账.xlsx", "as_of": DAY, "sheets": listed}
    return SheetModel("使用说明", "guide", {}, facts)


def reconciliation(lang: str = "zh") -> SheetModel:
    """A report over two accounts: a receipt of every kind, a gap in one account's balances, one that waits for months."""
    rows = [
        (
            "工商银行",
            "6222000099990001",
            "2026-11-02 09:00",
            123_456,
            "张伟",
            "案号 CS20260001",
            "received",
            "CS20260001",
            "posted",
            1_123_456,
        ),
        ("工商银行", "6222000099990001", "2026-11-03 10:00", 50_000, "李秀英", "还款", "received", "", "proposed", 1_173_456),
        ("工商银行", "6222000099990001", "2026-11-04 11:00", -8_800, "", "手续费", "expense", "", "", 1_165_656),
        (
            "工商银行",
            "6222000099990001",
            "2026-11-05 11:00",
            30_000,
            "支付宝（中国）网络技术有限公司",
            "结算",
            "internal",
            "",
            "",
            1_195_656,
        ),
        ("支付宝", "2088000011112222", "2026-08-01 12:00", 7_700, "", "", "received", "", "unmatched", None),
        ("支付宝", "2088000011112222", "2026-11-05 01:00", -30_000, "", "提现", "internal", "", "", None),
        ("支付宝", "2088000011112222", "2026-11-06 01:00", -10_000, "张伟", "退款", "refund", "CS20260001", "posted", None),
    ]
    names = ["source", "account", "paid_at", "amount", "payer", "memo", "state", "case_id", "match", "balance"]
    lines = conform(
        pd.DataFrame(rows, columns=names, dtype=object).assign(paid_at=lambda t: pd.to_datetime(t["paid_at"])), c.PAYMENT_COLUMNS
    )
    lines = lines.assign(
        transaction_id=[f"T{i:03d}" for i in range(len(lines))],
        line_key=[f"L{i:03d}" for i in range(len(lines))],
        why=["摘要含编号 CS20260001", "付款人与客户同名，金额等于应还", "", "", "没有找到编号、已知账号或同名客户", "", ""],
        candidates=["", "CS20260002 李秀英 500.00", "", "", "", "", ""],
        file="11月.csv",
        line=pd.array(range(3, 3 + len(lines)), dtype="Int64"),
        row=range(5, 5 + len(lines)),
        sheet="资金流水",
    )
    split = pd.DataFrame(
        [("L000", "CS20260001", 3_456, 20_000, 0, 100_000, 0)], columns=["line_key", "case_id", *reconciliation_report.SPLIT]
    )
    rules = Rules(office=OfficeRules(language=lang))
    return reconciliation_report.report(Tables(payments=lines), rules, DAY, split)


def repayment_proposals(lang: str = "zh") -> SheetModel:
    """Three proposals for one case, one of them for another to approve."""
    cases = pd.DataFrame(
        [
            {
                "case_id": "CS20260001",
                "customer": "张伟",
                "product": "消费贷",
                "due_date": pd.Timestamp("2026-09-01"),
                "fees": 10_000,
                "penalty": 80_000,
                "interest": 110_000,
                "principal": 1_000_000,
                "overdue_amount": 1_200_000,
            }
        ]
    )
    people = pd.DataFrame([{"person": "王经理", "login": "wang", "role": "催收经理", "waiver_limit": 500_000, "may_approve": "减免"}])
    tables = Tables(cases=conform(cases, c.CASE_COLUMNS), people=conform(people, c.PEOPLE_COLUMNS))
    rules = Rules(office=OfficeRules(language=lang))
    means = Means(income_fen=800_000, expenses_fen=300_000, other_debts_fen=100_000, dependants=1)
    made, _ = repayment.propose(tables, rules, DAY, repayment.PlanRequest("CS20260001", means))
    assert made is not None
    return proposal_sheet.sheet(made, tables, rules, DAY)


def promises(lang: str = "zh") -> SheetModel:
    """A promise that is due, one that was broken, one that was kept in part."""
    cases = pd.DataFrame({"case_id": ["CS20260001", "CS20260002", "CS20260003"], "customer": ["张伟", "李秀英", "王芳"], "owner": "孙浩"})
    log = pd.DataFrame(
        {
            "case_id": cases["case_id"],
            "contacted_at": pd.Timestamp("2026-11-09 10:00"),
            "promised_on": pd.to_datetime(["2026-11-23", "2026-11-12", "2026-11-13"]),
            "promised_amount": [50_000, 60_000, 70_000],
        }
    )
    came = pd.DataFrame([{"case_id": "CS20260003", "paid_on": pd.Timestamp("2026-11-13"), "amount": 20_000}])
    tables = Tables(
        cases=conform(cases, c.CASE_COLUMNS), contacts=conform(log, c.CONTACT_COLUMNS), receipts=conform(came, c.RECEIPT_COLUMNS)
    )
    rules = Rules(office=OfficeRules(language=lang))
    made, _ = judged_promises.judge(tables, rules, DAY)
    return promise_check.check(tables.having(promises=made), rules, DAY)


def everything() -> dict[str, SheetModel]:
    """By a short name: every kind."""
    return {
        "personal_plan": personal(), "personal_plan_en": personal("Wang Fang", 3, "en"), "team_plan": team(), "weekly_progress": week(),
        "weekly_progress_en": week("en"), "problems": problems(), "collectors": collectors(), "holds": holds(), "guide": guide(),
        "reconciliation": reconciliation(), "reconciliation_en": reconciliation("en"),
        "proposals": repayment_proposals(), "proposals_en": repayment_proposals("en"), "promises": promises(), "promises_en": promises("en"),
    }  # fmt: skip


def odd_texts() -> tuple[str, ...]:
    """What would turn into a formula, a link or a broken file if it were not written as text."""
    return (
        "=1+1",
        "+86 138",
        "-5",
        "@SUM(A1)",
        "http://example.com",
        "internal:x!A1",
        "a\x00b\x0bc",
        "_x0041_",
        "'quoted",
        " 前后空格 ",
        "长" * 40_000,
        "𠮷野家",
    )


def no_numbers() -> np.ndarray:
    """Unknown amounts of every make."""
    return np.array([None, pd.NA, np.nan], dtype=object)
