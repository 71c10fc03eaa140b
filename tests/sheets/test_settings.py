"""Settings: what a manager types on the sheets of rules becomes the rules, and what the rules are becomes the sheets."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from macros_py.domain.changes import SheetModel
from macros_py.domain.problems import Problem
from macros_py.domain.rules import BUCKETS, ComplianceRules, LegalRule, PriorityRules, Rules, StrategyRules, scalars
from macros_py.domain.tables import Tables
from macros_py.hosts.host import Grid
from macros_py.reports.draw import draw
from macros_py.sheets.rule_rows import shipped_rules
from macros_py.sheets.settings import default_sheets, default_table, read_rules
from macros_py.sheets.tables import COLLECTORS, COMPLIANCE_SHEET, PRIORITY_RULES_SHEET, SETTINGS, SHEETS, STRATEGY_SHEET, TARGETS


def _grid(sheet: str, rows: list[list[Any]], top: int = 1, left: int = 1) -> Grid:
    width = max(len(row) for row in rows)
    cells = np.full((len(rows), width), None, dtype=object)
    for i, row in enumerate(rows):
        cells[i, : len(row)] = row
    return Grid(sheet, cells, top, left)


def _laid_out(model: SheetModel, lang: str = "zh") -> Grid:
    """The tables of a model one below the other under a title and a hint, as they stand on the drawn sheet."""
    rows: list[list[Any]] = [[model.facts["title"]], [model.facts["hint"]]]
    for name, table in model.tables.items():
        rows += [[], [model.facts["headings"].get(name, "")], [column.label(lang) for column in model.facts["columns"][name]]]
        rows += [[None if pd.isna(value) or value == "" else value for value in row] for row in table.to_numpy(dtype=object).tolist()]
    return _grid(model.name, rows)


def _there_and_back(rules: Rules, lang: str = "zh") -> tuple[Rules, list[Problem]]:
    sheets = default_sheets(rules, lang)
    grids = {title: _laid_out(model, lang) for title, model in sheets.items() if title != SETTINGS.zh}
    return read_rules(sheets[SETTINGS.zh].tables["rows"], grids)


def _read(*rows: tuple[str, str]) -> tuple[Rules, list[Problem]]:
    return read_rules(pd.DataFrame(rows, columns=["setting", "value"]), {})


def _defaults() -> Rules:
    return Rules(compliance=ComplianceRules(shipped_rules()))


def test_without_any_sheet_the_rules_are_the_defaults_with_the_shipped_legal_rules() -> None:
    assert read_rules(pd.DataFrame(), {}) == (_defaults(), [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_default_sheets_read_back_as_the_defaults(lang: str) -> None:
    assert _there_and_back(_defaults(), lang) == (_defaults(), [])


def test_the_drawn_sheets_read_back_as_the_defaults() -> None:
    models = default_sheets(_defaults())
    book = CalamineWorkbook.from_filelike(io.BytesIO(draw(list(models.values()))))
    raw = {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in models}
    grids = {title: _grid(title, [[None if v == "" else v for v in row] for row in rows]) for title, rows in raw.items()}
    typed = [row for row in raw[SETTINGS.zh] if row and str(row[0]).strip()]
    start = next(n for n, row in enumerate(typed) if row[0] == "设置" and row[1] == "值") + 1
    frame = pd.DataFrame([row[:2] for row in typed[start:]], columns=["setting", "value"])
    assert read_rules(frame, grids) == (_defaults(), [])


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12)


@st.composite
def changed_rules(draw_: st.DrawFn) -> Rules:
    rules = _defaults()
    for section, name, entry in scalars():
        value: Any = None
        if name in ("day_shift", "evening_shift", "work_start", "late_from", "language", "data_as_of", "trade_ageing"):
            continue
        if isinstance(entry.default, bool):
            value = draw_(st.booleans())
        elif isinstance(entry.default, int):
            value = draw_(st.integers(0, 100 if name.endswith("_percent") else 100_000))
        elif draw_(st.booleans()):
            value = draw_(TEXT)
        if value is not None:
            rules = dataclasses.replace(rules, **{section: dataclasses.replace(getattr(rules, section), **{name: value})})
    xs = draw_(st.lists(st.integers(0, 10**7), min_size=1, max_size=5, unique=True))
    shares = st.floats(0, 1, allow_nan=False).map(lambda y: round(y, 4))
    curve = tuple((float(x), draw_(shares)) for x in sorted(xs))
    parts = rules.priority.components
    parts = (dataclasses.replace(parts[0], points=parts[0].points + 5, curve=curve), dataclasses.replace(parts[1], points=15), *parts[2:])
    rates = tuple(draw_(st.integers(0, 1000)) / 1000 for _ in BUCKETS)
    preset = draw_(st.sampled_from(["value_urgency", "amount_days"]))
    ladder = tuple(
        dataclasses.replace(
            tier, days_to=draw_(st.none() | st.integers(0, 999)), sms_days=tuple(draw_(st.lists(st.integers(1, 90), max_size=3)))
        )
        for tier in rules.strategy.ladder
    )
    first = dataclasses.replace(
        rules.compliance.rules[0], value="21:00-09:00", valid_until=draw_(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
    )
    house = LegalRule(
        "house", "本公司规定", draw_(TEXT), "", "", "应", draw_(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
    )
    return dataclasses.replace(
        rules,
        priority=PriorityRules(preset, parts, rules.priority.amount_days, rates),
        strategy=dataclasses.replace(rules.strategy, ladder=ladder),
        compliance=ComplianceRules((first, house, *rules.compliance.rules[1:])),
    )


@given(changed_rules())
@settings(max_examples=40, deadline=None)
def test_changed_rules_survive_the_way_to_the_sheets_and_back(rules: Rules) -> None:
    back, problems = _there_and_back(rules)
    assert problems == []
    assert back == rules


@pytest.mark.parametrize(
    ("key", "typed", "section", "name", "value"),
    [
        ("换手上限", "15%", "planning", "max_changes_percent", 15),
        ("换手上限", "0.15", "planning", "max_changes_percent", 15),
        ("Most changes of owner", "20", "planning", "max_changes_percent", 20),
        ("max_changes_percent", "５", "planning", "max_changes_percent", 5),
        ("诉讼最低金额", "1.2万", "strategy", "minimum_claim_fen", 1_200_000),
        ("诉讼最低金额：", "¥3,000.50", "strategy", "minimum_claim_fen", 300_050),
        ("承诺宽限", "3个工作日", "promises", "grace_working_days", 3),
        ("默认班次", "9：00-12：00，13:00～17:30", "planning", "day_shift", "09:00-12:00,13:00-17:30"),
        ("客户默认上班时间", "8:30", "planning", "work_start", "08:30"),
        ("表格语言", "英文", "office", "language", "en"),
        ("数据截止日", "2026年11月20日", "office", "data_as_of", "2026-11-20"),
        ("债权人名称", " 某某公司 ", "office", "creditor", "某某公司"),
    ],
)
def test_settings_are_understood_as_people_type_them(key: str, typed: str, section: str, name: str, value: Any) -> None:
    rules, problems = _read((key, typed))
    assert problems == []
    assert getattr(getattr(rules, section), name) == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("换手上限", "很多"),
        ("换手上限", "150"),
        ("承诺宽限", "2.5"),
        ("承诺宽限", "-1"),
        ("诉讼最低金额", "不限额"),
        ("默认班次", "全天候"),
        ("表格语言", "法文"),
    ],
)
def test_a_value_that_cannot_be_used_is_said_and_the_default_stays(key: str, typed: str) -> None:
    frame = pd.DataFrame({"setting": [key], "value": [typed], "row": [9]})
    rules, problems = read_rules(frame, {})
    assert rules == _defaults()
    assert [(p.code, p.cell, p.values["key"]) for p in problems] == [("setting-unreadable", "B9", key)]
    assert problems[0].remedy("zh").startswith("请按说明填写：")


def test_an_unknown_setting_is_said_with_the_nearest_one_and_remembered_headers_are_none() -> None:
    rules, problems = _read(("换手上线", "5"), ("表头:金额", "loan_amount"), ("", "x"), ("承诺宽限", ""))
    assert rules == _defaults()
    assert [(p.code, p.values["nearest"]) for p in problems] == [("setting-unknown", "换手上限")]


PRIORITY = [
    ["优先级规则"],
    [],
    [None, "采用方案"],
    [None, "金额×天数"],
    [],
    ["方案", "评分项目", "分值", "曲线", "我的备注"],
    ["价值×紧迫", "逾期金额", 50, "0→0；5000->0.5\n10000:1", "改过"],
    ["价值×紧迫", "距下一账龄天数", 70, "30→1; 10→0"],
    ["价值×紧迫", "心情", 10, "0→0"],
    ["我的方案", "逾期金额", 10, "0→0"],
    [],
    ["账龄", "月回收率"],
    ["M1", "55%"],
    ["m2", 0.4],
    ["M3", 25],
    ["M9", 0.1],
    ["M4", "多"],
]


def test_priority_rules_are_read_with_rows_moved_removed_and_wrong() -> None:
    rules, problems = read_rules(pd.DataFrame(), {PRIORITY_RULES_SHEET: _grid(PRIORITY_RULES_SHEET, PRIORITY, top=3, left=2)})
    assert rules.priority.preset == "amount_days"
    amount, days = rules.priority.components
    assert (amount.name, amount.curve) == ("amount", ((0, 0), (5000, 0.5), (10000, 1)))
    assert amount.points + days.points == pytest.approx(100)
    assert amount.points == pytest.approx(100 * 50 / 120)
    assert days.curve == PriorityRules().components[1].curve
    assert rules.priority.amount_days == PriorityRules().amount_days
    assert rules.priority.cure_rates[1:5] == (0.55, 0.4, 0.25, 0.10)
    assert [(p.code, p.cell) for p in problems] == [
        ("setting-unreadable", "E10"),
        ("rule-row-unknown", "C11"),
        ("rule-row-unknown", "B12"),
        ("points-scaled", ""),
        ("rule-row-unknown", "B18"),
        ("setting-unreadable", "C19"),
    ]


STRATEGY = [
    ["档位", "逾期天数起", "逾期天数止", "未兑现承诺达", "可用渠道", "间隔工作日", "短信日"],
    ["正常", 0, "15天", None, "电话，短信", 0, "1,3"],
    ["加强", 16, None, 2, "电话/外访", "1个工作日", None],
    ["超级", 61, None, None, "电话", 1, None],
    ["法律", "很久", None, None, "电话", 1, None],
]


def test_the_ladder_is_read_row_by_row_and_a_removed_tier_is_not_used() -> None:
    rules, problems = read_rules(pd.DataFrame(), {STRATEGY_SHEET: _grid(STRATEGY_SHEET, STRATEGY)})
    normal, intensive, legal = rules.strategy.ladder
    assert (normal.name, normal.days_to, normal.channels, normal.every_working_days, normal.sms_days) == (
        "normal",
        15,
        ("电话", "短信"),
        1,
        (1, 3),
    )
    assert (intensive.name, intensive.days_to, intensive.channels) == ("intensive", None, ("电话", "外访"))
    assert legal.days_from == StrategyRules().ladder[3].days_from
    assert [(p.code, p.cell) for p in problems] == [("rule-row-unknown", "A4"), ("setting-unreadable", "B5")]


def test_a_legal_rule_whose_row_was_removed_stays_in_force_and_dates_are_read_as_typed() -> None:
    rows = [
        ["规则编号", "内容", "值", "生效日", "失效日"],
        ["hours", "夜间", "21:00-09:00", "2026年1月1日", dt.datetime(2027, 1, 1)],
        ["own", "x", 3, "何时", None],
    ]
    rules, problems = read_rules(pd.DataFrame(), {COMPLIANCE_SHEET: _grid(COMPLIANCE_SHEET, rows)})
    by_id = {rule.id: rule for rule in rules.compliance.rules}
    assert (by_id["hours"].value, by_id["hours"].valid_from, by_id["hours"].valid_until) == (
        "21:00-09:00",
        dt.date(2026, 1, 1),
        dt.date(2027, 1, 1),
    )
    assert by_id["hours"].source == next(r.source for r in shipped_rules() if r.id == "hours")
    assert by_id["own"].value == "3"
    assert {rule.id for rule in shipped_rules()} < set(by_id)
    assert [(p.code, p.cell) for p in problems] == [("setting-unreadable", "D3")]


def test_a_missing_collectors_sheet_begins_with_the_ledgers_collectors_and_targets_with_nothing() -> None:
    cases = Tables().cases.reindex(range(3)).assign(owner=["张三", " 李四", "张三"])
    made = default_table(COLLECTORS, Tables(cases=cases), Rules()).tables["rows"]
    assert made[["person", "skill", "active"]].to_numpy().tolist() == [["张三", "电催", "是"], ["李四", "电催", "是"]]
    assert made["minutes"].isna().all()
    assert default_table(TARGETS, Tables(cases=cases), Rules()).tables["rows"].empty


def test_every_sheet_of_ours_has_a_default_that_can_be_drawn() -> None:
    models = [default_table(sheet, Tables(), Rules()) for sheet in SHEETS if sheet.ours]
    assert CalamineWorkbook.from_filelike(io.BytesIO(draw(models))).sheet_names == [model.name for model in models]
