"""The sheets on which a manager changes the rules: their columns, and the rows that say what the rules are now.

rule_rows reads the same columns back, so that writing and reading are inverse to each other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import DTYPES, Column, Kind, conform
from macros_py.domain.rules import BUCKETS, Component, Curve, LegalRule, Rules, Tier, scalars
from macros_py.domain.tables import Tables
from macros_py.sheets.tables import COMPLIANCE_SHEET, PRIORITY_RULES_SHEET, SETTINGS, STRATEGY_SHEET, Sheet

KIND: Final = "rules_table"
PRESETS: Final = {"value_urgency": ("价值×紧迫", "Value × urgency"), "amount_days": ("金额×天数", "Amount × days")}
T, N, IN, D = Kind.TEXT, Kind.NUMBER, Kind.INT, Kind.DATE


def _c(name: str, kind: Kind, zh: str, en: str, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, zh, en, choices=choices)


PRESET: Final = _c("preset", T, "方案", "Preset", tuple(zh for zh, _ in PRESETS.values()))
PRESET_COLUMNS: Final = (_c("chosen", T, "采用方案", "Preset in use", PRESET.choices), _c("hint", T, "填写说明", "How to fill"))
COMPONENT_COLUMNS: Final = (
    PRESET,
    _c("component", T, "评分项目", "Component"),
    _c("points", N, "分值", "Points"),
    _c("curve", T, "曲线", "Curve"),
)
CURE_COLUMNS: Final = (
    _c("bucket", T, "账龄", "Bucket"),
    _c("rate", T, "月回收率", "Cure rate a month"),
    _c("hint", T, "填写说明", "How to fill"),
)
TIER_COLUMNS: Final = (
    _c("name", T, "档位代码", "Tier code", ("normal", "warning", "intensive", "legal")),
    _c("zh", T, "档位", "Tier"),
    _c("en", T, "英文名", "English name"),
    _c("days_from", IN, "逾期天数起", "Days from"),
    _c("days_to", IN, "逾期天数止", "Days to"),
    _c("broken_promises", IN, "未兑现承诺达", "Broken promises"),
    _c("channels", T, "可用渠道", "Channels"),
    _c("every_working_days", IN, "间隔工作日", "Every working days"),
    _c("action_zh", T, "下一步", "Next action"),
    _c("action_en", T, "下一步(英文)", "Next action (English)"),
    _c("letter", T, "函件模板", "Letter template"),
    _c("sms_days", T, "短信日", "SMS days"),
)
LEGAL_COLUMNS: Final = (
    _c("id", T, "规则编号", "Rule id"),
    _c("text", T, "内容", "Rule"),
    _c("value", T, "值", "Value"),
    _c("unit", T, "单位", "Unit"),
    _c("applies_to", T, "适用对象", "Applies to"),
    _c("force", T, "强制程度", "Force", ("禁止", "应", "宜")),
    _c("valid_from", D, "生效日", "Valid from"),
    _c("valid_until", D, "失效日", "Valid until"),
    _c("source", T, "来源", "Source"),
    _c("confidence", T, "可信度", "Confidence"),
)


@dataclass(frozen=True)
class _Words:
    title: tuple[str, str]
    hint: tuple[str, str]
    headings: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)


WORDS: Final = {
    SETTINGS.zh: _Words(
        ("设置", "Settings"),
        ("改“值”一列即可；留空则用默认值。金额以元填写。", "Change the value column; an empty value means the default. Amounts in yuan."),
    ),
    PRIORITY_RULES_SHEET: _Words(
        ("优先级规则", "Priority rules"),
        (
            "先选采用方案；每个方案的分值合计为100。曲线写作 横坐标→得分(0至1)，以分号隔开，横坐标递增；金额以元。",
            "Choose the preset; the points of each preset add up to 100. A curve is x→share (0 to 1), x rising; amounts in yuan.",
        ),
        {"chosen": ("采用方案", "Preset in use"), "components": ("评分项目", "Components"), "cure_rates": ("月回收率", "Cure rates")},
    ),
    STRATEGY_SHEET: _Words(
        ("策略", "Strategy ladder"),
        (
            "一行一档，按各案自己的逾期天数。止天留空为不封顶；渠道和短信日以顿号隔开。",
            "One row per tier, by each case's own days. An empty end is open; channels and SMS days are separated by commas.",
        ),
    ),
    COMPLIANCE_SHEET: _Words(
        ("合规规则", "Compliance rules"),
        (
            "可改值和起止日。删除一行不会停用该规则；要停用请填失效日。标“待核实”的须由法务核对原文。",
            "Values and dates may be changed. Removing a row does not switch a rule off: give it an end date. Rows marked check must be verified.",
        ),
    ),
}


def default_sheets(rules: Rules, lang: str | None = None) -> dict[str, SheetModel]:
    """Title → model of 设置, 优先级规则, 策略 and 合规规则, saying what `rules` are; rule_rows and settings read them back.

    tables hold text, number and date columns by Column.name; facts: title, hint, columns (table → Columns), headings.
    """
    lang = lang or rules.office.language
    tables: dict[str, dict[str, tuple[pd.DataFrame, tuple[Column, ...]]]] = {
        SETTINGS.zh: {"rows": (setting_rows(rules, lang), SETTINGS.columns)},
        PRIORITY_RULES_SHEET: {
            "chosen": (_chosen(rules, lang), PRESET_COLUMNS),
            "components": (_components(rules, lang), COMPONENT_COLUMNS),
            "cure_rates": (_cure_rates(rules, lang), CURE_COLUMNS),
        },
        STRATEGY_SHEET: {"rows": (_frame([tier_row(t) for t in rules.strategy.ladder], TIER_COLUMNS), TIER_COLUMNS)},
        COMPLIANCE_SHEET: {"rows": (_frame([_legal_row(r) for r in rules.compliance.rules], LEGAL_COLUMNS), LEGAL_COLUMNS)},
    }
    return {title: _model(title, made, lang) for title, made in tables.items()}


def default_table(sheet: Sheet, tables: Tables, rules: Rules) -> SheetModel:
    """A sheet of ours that the workbook lacks: collectors from the ledger's owner column, else its headers alone (no invented figures)."""
    if sheet is SETTINGS:
        return default_sheets(rules)[SETTINGS.zh]
    lang = rules.office.language
    rows = _collectors(tables.cases) if sheet.name == "collectors" else pd.DataFrame()
    facts = {"language": lang, "title": sheet.en if lang == "en" else sheet.zh, "hint": HINTS.get(sheet.name, ("", ""))[lang == "en"]}
    return SheetModel(sheet.zh, KIND, {"rows": conform(rows, sheet.columns)}, {**facts, "columns": {"rows": sheet.columns}, "headings": {}})


HINTS: Final = {
    "collectors": (
        "每人一行；岗位填电催、外访或法务；地区、产品留空为不限；分钟留空按班次计算；离岗填 在岗=否。",
        "One row each; empty regions or products mean any; empty minutes follow the shift; mark leavers as not active.",
    ),
    "people": (
        "登录名是电脑或 Excel 的用户名；减免权限以元填写。",
        "Login is the user name of the computer or of Excel; the waiver limit is in yuan.",
    ),
    "targets": (
        "月份如 2026-11；催收员留空为团队目标；金额以元。没有填写就没有目标数。",
        "Month such as 2026-11; collector empty for the team; amounts in yuan. Nothing filled, no target.",
    ),
    "holds": (
        "停催须有批准人和复核日；范围可为案件、客户或地区。",
        "A hold needs an approver and a review date; scope is a case, a customer or a region.",
    ),
    "contacts": (
        "每次联系一行；计划上填写的结果会自动登记到这里。",
        "One row per contact; results typed on plans are entered here by themselves.",
    ),
    "letters": (
        "由系统编号登记；寄出日、运单号、签收由人填写。",
        "Numbered by the press; sent on, tracking and delivery are typed by people.",
    ),
    "snapshots": (
        "每个月末由系统留存一次，用于账龄迁徙；请勿修改，太旧的月份可整行删除。",
        "Kept once a month end for bucket migration; please leave. Rows of months long past may be deleted.",
    ),
    "week_reports": (
        "一人一周一行：周如 2026W48，提交日为交报当天。全表空着就不判断周报状态。",
        "One row per person and week: week such as 2026W48, the day it was handed in. While it is empty no state is told.",
    ),
    "calendar": (
        "只填与国务院通知不同或尚未公布的日子：上班 或 休息。",
        "Only days that differ from the official notice or are not yet published.",
    ),
}


def setting_rows(rules: Rules, lang: str) -> pd.DataFrame:
    """setting, value, note: one row for every scalar, money in yuan."""
    rows = []
    for section, name, entry in scalars():
        value = getattr(getattr(rules, section), name)
        hint = entry.metadata["hint_en" if lang == "en" else "hint_zh"]
        rows.append({"setting": entry.metadata[lang if lang == "en" else "zh"], "value": shown(name, value), "note": hint})
    return _frame(rows, SETTINGS.columns)


def shown(name: str, value: Any) -> str:
    """A scalar as a person would type it: fen as yuan, flags as 是 and 否."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name.endswith("_fen"):
        return f"{(Decimal(value) / 100).normalize():f}"
    return str(value)


def curve_text(curve: Curve) -> str:
    """((0, 0), (1000, 0.2)) → "0→0; 1000→0.2"."""
    return "; ".join(f"{_plain(x)}→{_plain(y)}" for x, y in curve)


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def _chosen(rules: Rules, lang: str) -> pd.DataFrame:
    hint = "选 " + " 或 ".join(PRESET.choices) if lang != "en" else "one of " + ", ".join(PRESET.choices)
    return _frame([{"chosen": PRESETS[rules.priority.preset][0], "hint": hint}], PRESET_COLUMNS)


def _components(rules: Rules, lang: str) -> pd.DataFrame:
    sets: dict[str, tuple[Component, ...]] = {"value_urgency": rules.priority.components, "amount_days": rules.priority.amount_days}
    rows = [
        {"preset": PRESETS[preset][0], "component": p.en if lang == "en" else p.zh, "points": float(p.points), "curve": curve_text(p.curve)}
        for preset, parts in sets.items()
        for p in parts
    ]
    return _frame(rows, COMPONENT_COLUMNS)


def _cure_rates(rules: Rules, lang: str) -> pd.DataFrame:
    hint = "per month; own history is used where there is enough" if lang == "en" else "每月；自有历史足够时以历史为准"
    pairs = zip(BUCKETS, rules.priority.cure_rates, strict=True)
    return _frame([{"bucket": b, "rate": f"{_plain(float(Decimal(str(r)) * 100))}%", "hint": hint} for b, r in pairs], CURE_COLUMNS)


def tier_row(tier: Tier) -> dict[str, Any]:
    """A tier as a row of the 策略 sheet."""
    return {**dataclasses.asdict(tier), "channels": "、".join(tier.channels), "sms_days": "、".join(str(d) for d in tier.sms_days)}


def _legal_row(rule: LegalRule) -> dict[str, Any]:
    return {
        **dataclasses.asdict(rule),
        **{n: pd.Timestamp(v) if (v := getattr(rule, n)) else pd.NaT for n in ("valid_from", "valid_until")},
    }


def _frame(rows: list[dict[str, Any]], columns: tuple[Column, ...]) -> pd.DataFrame:
    made = {
        k.name: pd.Series([pd.NA if row.get(k.name) is None and k.kind is IN else row.get(k.name, "") for row in rows]) for k in columns
    }
    return pd.DataFrame({k.name: made[k.name].astype(DTYPES[k.kind]) for k in columns})  # type: ignore[call-overload]


def _model(title: str, made: Mapping[str, tuple[pd.DataFrame, tuple[Column, ...]]], lang: str) -> SheetModel:
    words, at = WORDS[title], int(lang == "en")
    facts = {
        "language": lang,
        "title": words.title[at],
        "hint": words.hint[at],
        "columns": {name: columns for name, (_, columns) in made.items()},
        "headings": {name: pair[at] for name, pair in words.headings.items()},
    }
    return SheetModel(title, KIND, {name: table for name, (table, _) in made.items()}, facts)


def _collectors(cases: pd.DataFrame) -> pd.DataFrame:
    names = pd.Series(pd.unique(cases["owner"].str.strip())) if len(cases) else pd.Series([], dtype="str")
    names = names[names.ne("")]
    return pd.DataFrame({"person": names.to_numpy(dtype=object), "skill": "电催", "active": "是"})
