"""The sheets on which a manager changes the rules: their columns, and the rows that say what the rules are now.

rule_rows reads the same columns back, so that writing and reading are inverse to each other.
"""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, Kind, conform
from macros_py.domain.rules import BUCKETS, Component, Curve, LegalRule, Rules, Tier, scalars
from macros_py.domain.tables import Tables
from macros_py.sheets import account_sheets
from macros_py.sheets.rule_models import KIND, Words, frame, model, rule_column
from macros_py.sheets.tables import COMPLIANCE_SHEET, PRIORITY_RULES_SHEET, SETTINGS, STRATEGY_SHEET, Sheet

PRESETS: Final = {"value_urgency": ("价值×紧迫", "Value × urgency"), "amount_days": ("金额×天数", "Amount × days")}
T, N, IN, D = Kind.TEXT, Kind.NUMBER, Kind.INT, Kind.DATE


PRESET: Final = rule_column("preset", T, "方案", "Preset", tuple(zh for zh, _ in PRESETS.values()))
PRESET_COLUMNS: Final = (
    rule_column("chosen", T, "采用方案", "Preset in use", PRESET.choices),
    rule_column("hint", T, "填写说明", "How to fill"),
)
COMPONENT_COLUMNS: Final = (
    PRESET,
    rule_column("component", T, "评分项目", "Component"),
    rule_column("points", N, "分值", "Points"),
    rule_column("curve", T, "曲线", "Curve"),
)
CURE_COLUMNS: Final = (
    rule_column("bucket", T, "账龄", "Bucket"),
    rule_column("rate", T, "月回收率", "Cure rate a month"),
    rule_column("hint", T, "填写说明", "How to fill"),
)
TIER_COLUMNS: Final = (
    rule_column("name", T, "档位代码", "Tier code", ("normal", "warning", "intensive", "legal")),
    rule_column("zh", T, "档位", "Tier"),
    rule_column("en", T, "英文名", "English name"),
    rule_column("days_from", IN, "逾期天数起", "Days from"),
    rule_column("days_to", IN, "逾期天数止", "Days to"),
    rule_column("broken_promises", IN, "未兑现承诺达", "Broken promises"),
    rule_column("channels", T, "可用渠道", "Channels"),
    rule_column("every_working_days", IN, "间隔工作日", "Every working days"),
    rule_column("action_zh", T, "下一步", "Next action"),
    rule_column("action_en", T, "下一步(英文)", "Next action (English)"),
    rule_column("letter", T, "函件模板", "Letter template"),
    rule_column("sms_days", T, "短信日", "SMS days"),
)
LEGAL_COLUMNS: Final = (
    rule_column("id", T, "规则编号", "Rule id"),
    rule_column("text", T, "内容", "Rule"),
    rule_column("value", T, "值", "Value"),
    rule_column("unit", T, "单位", "Unit"),
    rule_column("applies_to", T, "适用对象", "Applies to"),
    rule_column("force", T, "强制程度", "Force", ("禁止", "应", "宜")),
    rule_column("valid_from", D, "生效日", "Valid from"),
    rule_column("valid_until", D, "失效日", "Valid until"),
    rule_column("source", T, "来源", "Source"),
    rule_column("confidence", T, "可信度", "Confidence"),
)


WORDS: Final = {
    SETTINGS.zh: Words(
        ("设置", "Settings"),
        ("改“值”一列即可；留空则用默认值。金额以元填写。", "Change the value column; an empty value means the default. Amounts in yuan."),
    ),
    PRIORITY_RULES_SHEET: Words(
        ("优先级规则", "Priority rules"),
        (
            "先选采用方案；每个方案的分值合计为100。曲线写作 横坐标→得分(0至1)，以分号隔开，横坐标递增；金额以元。",
            "Choose the preset; the points of each preset add up to 100. A curve is x→share (0 to 1), x rising; amounts in yuan.",
        ),
        {"chosen": ("采用方案", "Preset in use"), "components": ("评分项目", "Components"), "cure_rates": ("月回收率", "Cure rates")},
    ),
    STRATEGY_SHEET: Words(
        ("策略", "Strategy ladder"),
        (
            "一行一档，按各案自己的逾期天数。止天留空为不封顶；渠道和短信日以顿号隔开。",
            "One row per tier, by each case's own days. An empty end is open; channels and SMS days are separated by commas.",
        ),
    ),
    COMPLIANCE_SHEET: Words(
        ("合规规则", "Compliance rules"),
        (
            "可改值和起止日。删除一行不会停用该规则；要停用请填失效日。标“待核实”的须由法务核对原文。",
            "Values and dates may be changed. Removing a row does not switch a rule off: give it an end date. Rows marked check must be verified.",
        ),
    ),
}


def default_sheets(rules: Rules, lang: str | None = None) -> dict[str, SheetModel]:
    """Title → model of 设置, 优先级规则, 策略, 合规规则, 入账顺序 and LPR, saying what `rules` are; rule_rows and settings read them back.

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
        STRATEGY_SHEET: {"rows": (frame([tier_row(t) for t in rules.strategy.ladder], TIER_COLUMNS), TIER_COLUMNS)},
        COMPLIANCE_SHEET: {"rows": (frame([_legal_row(r) for r in rules.compliance.rules], LEGAL_COLUMNS), LEGAL_COLUMNS)},
    }
    made = {title: model(title, WORDS[title], table, lang) for title, table in tables.items()}
    return made | account_sheets.models(rules, lang)


def default_table(sheet: Sheet, tables: Tables, rules: Rules) -> SheetModel:
    """A sheet of ours that the workbook lacks: collectors from the ledger's owner column, else its headers alone (no invented figures)."""
    if sheet is SETTINGS:
        return default_sheets(rules)[SETTINGS.zh]
    lang = rules.office.language
    rows = _collectors(tables.cases) if sheet.name == "collectors" else pd.DataFrame()
    facts = {"language": lang, "title": sheet.en if lang == "en" else sheet.zh, "hint": HINTS.get(sheet.name, ("", ""))[lang == "en"]}
    return SheetModel(sheet.zh, KIND, {"rows": conform(rows, sheet.columns)}, {**facts, "columns": {"rows": sheet.columns}, "headings": {}})


HINTS: Final = {
    "plans": (
        "每次提出、待签、签署各一行，由系统登记，以同一方案号的最后一行为准；作废请加一行，方案状态填 作废。",
        "One row for each proposal, agreement and signing; the last row of a plan number counts. To void one add a row with the state 作废.",
    ),
    "instalments": (
        "已签方案的每一期，金额精确到分；系统按回款判断是否履行，见承诺检查。",
        "Every instalment of signed plans, to the cent; whether it is kept is told from the receipts, see 承诺检查.",
    ),
    "adjustments": (
        "台账截至日以后新产生的费用、违约金、利息填 计提；减免填 减免。金额填正数，以元计。",
        "What accrued since the ledger's day is 计提, what was waived is 减免; positive amounts in yuan.",
    ),
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
    "payments": (
        "由“导入流水”登记，“对账”填写入账；待确认的请在“案件编号”填台账的编号、“确认”填 是（撤销已入账填 撤销），再按“对账”。指纹请勿改动。",
        "Lines come from imports; reconciliation says what they are. To decide one, type its case number and Yes (Undo takes a posting back).",
    ),
    "snapshots": (
        "每个月末由系统留存一次，用于账龄迁徙；请勿修改，太旧的月份可整行删除。",
        "Kept once a month end for bucket migration; please leave. Rows of months long past may be deleted.",
    ),
    "week_reports": (
        "一人一周一行：周如 2026W48，提交日为交报当天。全表空着就不判断周报状态。",
        "One row per person and week: week such as 2026W48, the day it was handed in. While it is empty no state is told.",
    ),
    "handouts": (
        "每个分发文件一行；交回日由人填写。",
        "One row for each pack; the day of return is typed by people.",
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
    return frame(rows, SETTINGS.columns)


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
    return frame([{"chosen": PRESETS[rules.priority.preset][0], "hint": hint}], PRESET_COLUMNS)


def _components(rules: Rules, lang: str) -> pd.DataFrame:
    sets: dict[str, tuple[Component, ...]] = {"value_urgency": rules.priority.components, "amount_days": rules.priority.amount_days}
    rows = [
        {"preset": PRESETS[preset][0], "component": p.en if lang == "en" else p.zh, "points": float(p.points), "curve": curve_text(p.curve)}
        for preset, parts in sets.items()
        for p in parts
    ]
    return frame(rows, COMPONENT_COLUMNS)


def _cure_rates(rules: Rules, lang: str) -> pd.DataFrame:
    hint = "per month; own history is used where there is enough" if lang == "en" else "每月；自有历史足够时以历史为准"
    pairs = zip(BUCKETS, rules.priority.cure_rates, strict=True)
    return frame([{"bucket": b, "rate": f"{_plain(float(Decimal(str(r)) * 100))}%", "hint": hint} for b, r in pairs], CURE_COLUMNS)


def tier_row(tier: Tier) -> dict[str, Any]:
    """A tier as a row of the 策略 sheet."""
    return {**dataclasses.asdict(tier), "channels": "、".join(tier.channels), "sms_days": "、".join(str(d) for d in tier.sms_days)}


def _legal_row(rule: LegalRule) -> dict[str, Any]:
    return {
        **dataclasses.asdict(rule),
        **{n: pd.Timestamp(v) if (v := getattr(rule, n)) else pd.NaT for n in ("valid_from", "valid_until")},
    }


def _collectors(cases: pd.DataFrame) -> pd.DataFrame:
    written = pd.unique(cases["owner"]).tolist() if len(cases) else []
    names = [name for name in dict.fromkeys(map(str.strip, written)) if name]
    return pd.DataFrame({"person": np.array(names, dtype=object), "skill": "电催", "active": "是"})
