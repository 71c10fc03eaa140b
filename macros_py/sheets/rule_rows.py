"""The sheets of priority, strategy and legal rules, read as people left them: rows moved, added or removed, values typed anyhow."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.compliance import DEFAULT_RULES
from macros_py.domain.kinds import Column
from macros_py.domain.problems import Problem
from macros_py.domain.rules import BUCKETS, ComplianceRules, Component, Curve, LegalRule, PriorityRules, Rules, StrategyRules, Tier
from macros_py.sheets.cells import Cells, folded, number_text
from macros_py.sheets.dates import dates
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.matching import cell_name
from macros_py.sheets.rule_sheets import COMPONENT_COLUMNS, CURE_COLUMNS, LEGAL_COLUMNS, PRESET_COLUMNS, PRESETS, TIER_COLUMNS

_POINT: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(?:→|->|=>|:|=|,)\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*", re.IGNORECASE)
_APART: Final = re.compile(r"[、,;/\s]+")
TOTAL: Final = 100


class UnreadableError(ValueError):
    """A cell whose value a rule cannot use; the message says what to type."""


@dataclass(frozen=True)
class _Row:
    """One row of a table: column name → raw cell, and where each stands."""

    sheet: str
    raw: dict[str, Any]
    cells: dict[str, str]

    def words(self, name: str) -> str:
        """What stands there, as typed."""
        value = self.raw.get(name)
        return "" if value is None else (value if isinstance(value, str) else number_text(value)).strip()

    def text(self, name: str) -> str:
        """The same with full-width forms folded, to be understood."""
        return folded(self.words(name))

    def problem(self, code: str, name: str, **values: object) -> Problem:
        return Problem(code, self.sheet, self.cells.get(name, ""), values)


def with_legal_defaults(rules: Rules) -> Rules:
    """The rules with the shipped legal rules (source: rules-cn.md) in them."""
    return dataclasses.replace(rules, compliance=ComplianceRules(shipped_rules()))


def shipped_rules() -> tuple[LegalRule, ...]:
    """The legal rules as we ship them."""
    return DEFAULT_RULES


# tables in a grid --------------------------------------------------------------------------------------------------------


def _rows(grid: RawGrid, columns: Sequence[Column], least: int) -> Iterator[_Row]:
    """The rows under every header row that holds at least `least` of the columns, down to a blank row or the next header."""
    names = {_key(label): k.name for k in columns for label in (k.zh, k.en, k.name)}
    heads: dict[int, str] = {}
    for i in range(grid.cells.shape[0]):
        cells = grid.cells[i].tolist()
        found = {j: names[_key(v)] for j, v in enumerate(cells) if isinstance(v, str) and _key(v) in names}
        if len(set(found.values())) >= least:
            heads = found
        elif not any(v is not None and v != "" for v in cells):
            heads = {}
        elif heads:
            raw = {name: cells[j] for j, name in heads.items()}
            if any(v is not None and v != "" for v in raw.values()):
                yield _Row(grid.sheet, raw, {name: cell_name(grid.top + i, grid.left + j) for j, name in heads.items()})


def _key(label: str) -> str:
    return re.sub(r"[\s_*()（）%]", "", folded(label)).lower()


def _nearest(typed: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(typed, known, 1, 0.2)
    return near[0] if near else "—"


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
    wanted = _key(typed).replace("x", "×").replace("*", "×")
    return next((name for name, words in PRESETS.items() if wanted in (_key(name), *(_key(w) for w in words))), None)


def _preset(grid: RawGrid, was: PriorityRules, problems: list[Problem]) -> str:
    for row in _rows(grid, PRESET_COLUMNS, 1):
        if typed := row.text("chosen"):
            if found := _preset_of(typed):
                return found
            known = [zh for zh, _ in PRESETS.values()]
            problems.append(row.problem("rule-row-unknown", "chosen", key=typed[:24], nearest=_nearest(typed, known)))
    return was.preset


def _components(grid: RawGrid, preset: str, default: tuple[Component, ...], problems: list[Problem]) -> tuple[Component, ...]:
    by_word = {_key(word): part for part in default for word in (part.name, part.zh, part.en)}
    made: dict[str, Component] = {}
    for row in _rows(grid, COMPONENT_COLUMNS, 3):
        if _preset_of(row.text("preset")) != preset:
            if preset == "value_urgency" and _preset_of(row.text("preset")) is None:
                known = [zh for zh, _ in PRESETS.values()]
                problems.append(
                    row.problem("rule-row-unknown", "preset", key=row.text("preset")[:24], nearest=_nearest(row.text("preset"), known))
                )
            continue
        part = by_word.get(_key(row.text("component")))
        if part is None:
            nearest = _nearest(row.text("component"), [p.zh for p in default])
            problems.append(row.problem("rule-row-unknown", "component", key=row.text("component")[:24], nearest=nearest))
            continue
        points = _field(row, "points", part.points, _points, problems)
        made[part.name] = dataclasses.replace(part, points=points, curve=_field(row, "curve", part.curve, curve, problems))
    return _scaled(tuple(made.values()), grid.sheet, preset, problems) if made else default


def _scaled(parts: tuple[Component, ...], sheet: str, preset: str, problems: list[Problem]) -> tuple[Component, ...]:
    total = sum(part.points for part in parts)
    if abs(total - TOTAL) < 1e-6:
        return parts
    problems.append(Problem("points-scaled", sheet, "", {"preset": PRESETS[preset][0], "total": f"{total:g}"}))
    scale = TOTAL / total if total > 0 else 0.0
    return tuple(dataclasses.replace(part, points=part.points * scale) for part in parts)


def _points(text: str) -> float:
    number = _number(text)
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
    for row in _rows(grid, CURE_COLUMNS, 2):
        bucket = row.text("bucket").upper()
        if bucket in rates:
            rates[bucket] = _field(row, "rate", rates[bucket], _rate, problems)
        else:
            problems.append(row.problem("rule-row-unknown", "bucket", key=bucket[:24], nearest=_nearest(bucket, BUCKETS)))
    return tuple(rates.values())


def _rate(text: str) -> float:
    """60% as text, or the 0.6 that a spreadsheet makes of it; a bare number over 1 is a percentage."""
    number = Decimal(str(_number(text.removesuffix("%").strip())))
    share = number / 100 if text.endswith("%") or number > 1 else number
    if not 0 <= share <= 1:
        raise UnreadableError("60%")
    return float(share)


# strategy and legal rules ------------------------------------------------------------------------------------------------


def read_strategy(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """One tier per row, in the order of the sheet; a removed row is a tier that is not used. No readable row: the defaults."""
    problems: list[Problem] = []
    known = {tier.name: tier for tier in StrategyRules().ladder}
    by_word = {_key(word): tier for tier in known.values() for word in (tier.name, tier.zh, tier.en)}
    made: dict[str, Tier] = {}
    for row in _rows(grid, TIER_COLUMNS, 4):
        tier = by_word.get(_key(row.text("name"))) or by_word.get(_key(row.text("zh")))
        if tier is None:
            column = "name" if row.text("name") else "zh"
            typed = row.text(column)
            problems.append(row.problem("rule-row-unknown", column, key=typed[:24], nearest=_nearest(typed, list(known))))
            continue
        made[tier.name] = _tier(row, tier, problems)
    ladder = tuple(made.values()) or rules.strategy.ladder
    return dataclasses.replace(rules, strategy=dataclasses.replace(rules.strategy, ladder=ladder)), problems


def _tier(row: _Row, was: Tier, problems: list[Problem]) -> Tier:
    readers: dict[str, Any] = {
        "zh": str,
        "en": str,
        "days_from": _whole,
        "days_to": _whole_or_none,
        "broken_promises": _whole_or_none,
        "channels": _parts,
        "every_working_days": _at_least_one,
        "action_zh": str,
        "action_en": str,
        "letter": str,
        "sms_days": lambda text: tuple(_whole(part) for part in _parts(text)),
    }
    there = {name: reader for name, reader in readers.items() if name in row.raw}
    return dataclasses.replace(was, **{name: _field(row, name, getattr(was, name), reader, problems) for name, reader in there.items()})


def read_compliance(grid: RawGrid, rules: Rules) -> tuple[Rules, list[Problem]]:
    """Rules of the sheet by their id; a shipped rule whose row was removed stays in force (an end date switches it off)."""
    problems: list[Problem] = []
    shipped = {rule.id: rule for rule in shipped_rules()}
    made: dict[str, LegalRule] = {}
    for row in _rows(grid, LEGAL_COLUMNS, 4):
        if number := row.text("id"):
            made[number] = _legal(row, shipped.get(number) or LegalRule(number, "", "", "", "", "应"), problems)
    merged = (*made.values(), *(rule for number, rule in shipped.items() if number not in made))
    return dataclasses.replace(rules, compliance=ComplianceRules(merged)), problems


def _legal(row: _Row, was: LegalRule, problems: list[Problem]) -> LegalRule:
    texts = dict.fromkeys(("text", "value", "unit", "applies_to", "force", "source", "confidence"), str)
    there = {name: _field(row, name, getattr(was, name), reader, problems) for name, reader in texts.items() if name in row.raw}
    days = {name: _day(row, name, problems) for name in ("valid_from", "valid_until") if name in row.raw}
    return dataclasses.replace(was, **there, **days)  # type: ignore[arg-type]


# cells -------------------------------------------------------------------------------------------------------------------


def _field(row: _Row, name: str, default: Any, read: Any, problems: list[Problem]) -> Any:
    """The value of a cell, or the default with a problem that says where and what to type."""
    text = row.words(name) if read is str else row.text(name)
    try:
        return read(text)
    except UnreadableError as trouble:
        label = next((k.zh for k in (*COMPONENT_COLUMNS, *CURE_COLUMNS, *TIER_COLUMNS) if k.name == name), name)
        problems.append(row.problem("setting-unreadable", name, key=label, shown=text[:24], hint=str(trouble)))
        return default


def _day(row: _Row, name: str, problems: list[Problem]) -> dt.date | None:
    moments, found = dates(Cells.of(np.array([row.raw[name]], dtype=object)))
    if found:
        label = next(k.zh for k in LEGAL_COLUMNS if k.name == name)
        problems.append(row.problem("setting-unreadable", name, key=label, shown=row.text(name)[:24], hint="2026-03-05"))
    return None if found or pd.isna(moments[0]) else dt.date.fromisoformat(str(moments[0])[:10])


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError as trouble:
        raise UnreadableError("12.5") from trouble


def _whole(text: str) -> int:
    number = _number(re.sub(r"(个?工作日|天|日|次)$", "", text))
    if not number.is_integer() or number < 0:
        raise UnreadableError("0, 1, 2 …")
    return int(number)


def _whole_or_none(text: str) -> int | None:
    return _whole(text) if text else None


def _at_least_one(text: str) -> int:
    return max(_whole(text), 1)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in _APART.split(text) if part)
