"""The sheets of priority, strategy and legal rules, read as people left them: rows moved, added or removed, values typed anyhow."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from macros_py.domain.compliance import DEFAULT_RULES
from macros_py.domain.problems import Problem
from macros_py.domain.rules import BUCKETS, ComplianceRules, Component, Curve, LegalRule, PriorityRules, Rules, StrategyRules, Tier
from macros_py.sheets.cells import folded
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.rule_cells import (
    Row,
    UnreadableError,
    at_least_one,
    day_of,
    field_of,
    key_of,
    nearest_to,
    number_of,
    parts_of,
    table_rows,
    whole_of,
    whole_or_none,
)
from macros_py.sheets.rule_sheets import COMPONENT_COLUMNS, CURE_COLUMNS, LEGAL_COLUMNS, PRESET_COLUMNS, PRESETS, TIER_COLUMNS

_POINT: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(?:→|->|=>|:|=|,)\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*", re.IGNORECASE)
TOTAL: Final = 100


def with_legal_defaults(rules: Rules) -> Rules:
    """The rules with the shipped legal rules (source: rules-cn.md) in them."""
    return dataclasses.replace(rules, compliance=ComplianceRules(shipped_rules()))


def shipped_rules() -> tuple[LegalRule, ...]:
    """The legal rules as we ship them."""
    return DEFAULT_RULES


# priority ----------------------------------------------------------------------------------------------------------------


def read_priority(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """The chosen preset, points and curves per component, cure rates per bucket. Points that do not add up to 100 are scaled and said."""
    was, problems = rules.priority, list[Problem]()
    preset = _preset(grid, was, problems)
    sets = {name: _components(grid, name, default, problems) for name, default in _sets(was).items()}
    rates = _cure_rates(grid, was.cure_rates, problems)
    now = PriorityRules(preset, sets["value_urgency"], sets["amount_days"], rates)
    return dataclasses.replace(rules, priority=now), problems


def _sets(rules: PriorityRules) -> dict[str, tuple[Component, ...]]:
    return {"value_urgency": rules.components, "amount_days": rules.amount_days}


def _preset_of(typed: str) -> str | None:
    wanted = key_of(typed).replace("x", "×").replace("*", "×")
    return next((name for name, words in PRESETS.items() if wanted in (key_of(name), *(key_of(w) for w in words))), None)


def _preset(grid: RawGrid, was: PriorityRules, problems: list[Problem]) -> str:
    for row in table_rows(grid, PRESET_COLUMNS, 1):
        if typed := row.text("chosen"):
            if found := _preset_of(typed):
                return found
            known = [zh for zh, _ in PRESETS.values()]
            problems.append(row.problem("rule-row-unknown", "chosen", key=typed[:24], nearest=nearest_to(typed, known)))
    return was.preset


def _components(grid: RawGrid, preset: str, default: tuple[Component, ...], problems: list[Problem]) -> tuple[Component, ...]:
    by_word = {key_of(word): part for part in default for word in (part.name, part.zh, part.en)}
    made: dict[str, Component] = {}
    for row in table_rows(grid, COMPONENT_COLUMNS, 3):
        if _preset_of(row.text("preset")) != preset:
            if preset == "value_urgency" and _preset_of(row.text("preset")) is None:
                known = [zh for zh, _ in PRESETS.values()]
                problems.append(
                    row.problem("rule-row-unknown", "preset", key=row.text("preset")[:24], nearest=nearest_to(row.text("preset"), known))
                )
            continue
        part = by_word.get(key_of(row.text("component")))
        if part is None:
            nearest = nearest_to(row.text("component"), [p.zh for p in default])
            problems.append(row.problem("rule-row-unknown", "component", key=row.text("component")[:24], nearest=nearest))
            continue
        points = field_of(row, "points", part.points, _points, problems)
        made[part.name] = dataclasses.replace(part, points=points, curve=field_of(row, "curve", part.curve, curve, problems))
    return _scaled(tuple(made.values()), grid.sheet, preset, problems) if made else default


def _scaled(parts: tuple[Component, ...], sheet: str, preset: str, problems: list[Problem]) -> tuple[Component, ...]:
    total = sum(part.points for part in parts)
    if abs(total - TOTAL) < 1e-6:
        return parts
    problems.append(Problem("points-scaled", sheet, "", {"preset": PRESETS[preset][0], "total": f"{total:g}"}))
    scale = TOTAL / total if total > 0 else 0.0
    return tuple(dataclasses.replace(part, points=part.points * scale) for part in parts)


def _points(text: str) -> float:
    number = number_of(text)
    if not 0 <= number <= TOTAL:
        raise UnreadableError("0-100")
    return number


def curve(text: str) -> Curve:
    """ "0→0; 1000→0.2" → ((0, 0), (1000, 0.2)). UnreadableError unless x rises and y lies in 0..1."""
    parts = [part for part in re.split(r"[;；\n]+", folded(text).replace("，", ",")) if part.strip()]
    found = [_POINT.fullmatch(part) for part in parts]
    points = tuple((float(m[1]), float(m[2])) for m in found if m)
    rising = all(a[0] < b[0] for a, b in pairwise(points))
    if not points or len(points) < len(parts) or not rising or any(not 0 <= y <= 1 for _, y in points):
        raise UnreadableError("0→0; 1000→0.2; 5000→1")
    return points


def _cure_rates(grid: RawGrid, default: tuple[float, ...], problems: list[Problem]) -> tuple[float, ...]:
    rates = dict(zip(BUCKETS, default, strict=True))
    for row in table_rows(grid, CURE_COLUMNS, 2):
        bucket = row.text("bucket").upper()
        if bucket in rates:
            rates[bucket] = field_of(row, "rate", rates[bucket], _rate, problems)
        else:
            problems.append(row.problem("rule-row-unknown", "bucket", key=bucket[:24], nearest=nearest_to(bucket, BUCKETS)))
    return tuple(rates.values())


def _rate(text: str) -> float:
    """60% as text, or the 0.6 that a spreadsheet makes of it; a bare number over 1 is a percentage."""
    number = Decimal(str(number_of(text.removesuffix("%").strip())))
    share = number / 100 if text.endswith("%") or number > 1 else number
    if not 0 <= share <= 1:
        raise UnreadableError("60%")
    return float(share)


# strategy and legal rules ------------------------------------------------------------------------------------------------


def read_strategy(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """One tier per row, in the order of the sheet; a removed row is a tier that is not used. No readable row: the defaults."""
    problems: list[Problem] = []
    known = {tier.name: tier for tier in StrategyRules().ladder}
    by_word = {key_of(word): tier for tier in known.values() for word in (tier.name, tier.zh, tier.en)}
    made: dict[str, Tier] = {}
    for row in table_rows(grid, TIER_COLUMNS, 4):
        tier = by_word.get(key_of(row.text("name"))) or by_word.get(key_of(row.text("zh")))
        if tier is None:
            column = "name" if row.text("name") else "zh"
            typed = row.text(column)
            problems.append(row.problem("rule-row-unknown", column, key=typed[:24], nearest=nearest_to(typed, list(known))))
            continue
        made[tier.name] = _tier(row, tier, problems)
    ladder = tuple(made.values()) or rules.strategy.ladder
    return dataclasses.replace(rules, strategy=dataclasses.replace(rules.strategy, ladder=ladder)), problems


def _tier(row: Row, was: Tier, problems: list[Problem]) -> Tier:
    readers: dict[str, Any] = {
        "zh": str,
        "en": str,
        "days_from": whole_of,
        "days_to": whole_or_none,
        "broken_promises": whole_or_none,
        "channels": parts_of,
        "every_working_days": at_least_one,
        "action_zh": str,
        "action_en": str,
        "letter": str,
        "sms_days": lambda text: tuple(whole_of(part) for part in parts_of(text)),
    }
    there = {name: reader for name, reader in readers.items() if name in row.raw}
    return dataclasses.replace(was, **{name: field_of(row, name, getattr(was, name), reader, problems) for name, reader in there.items()})


def read_compliance(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """Rules of the sheet by their id; a shipped rule whose row was removed stays in force (an end date switches it off)."""
    problems: list[Problem] = []
    shipped = {rule.id: rule for rule in shipped_rules()}
    made: dict[str, LegalRule] = {}
    for row in table_rows(grid, LEGAL_COLUMNS, 4):
        if number := row.text("id"):
            made[number] = _legal(row, shipped.get(number) or LegalRule(number, "", "", "", "", "应"), problems)
    merged = (*made.values(), *(rule for number, rule in shipped.items() if number not in made))
    return dataclasses.replace(rules, compliance=ComplianceRules(merged)), problems


def _legal(row: Row, was: LegalRule, problems: list[Problem]) -> LegalRule:
    texts = dict.fromkeys(("text", "value", "unit", "applies_to", "force", "source", "confidence"), str)
    there = {name: field_of(row, name, getattr(was, name), reader, problems) for name, reader in texts.items() if name in row.raw}
    days = {name: day_of(row, name, problems) for name in ("valid_from", "valid_until") if name in row.raw}
    return dataclasses.replace(was, **there, **days)  # type: ignore[arg-type]
