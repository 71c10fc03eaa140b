"""What a plan line says: the shown texts of lines, made only for the lines that a sheet lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.ageing import shown as shown_bucket
from macros_py.domain.arrays import Days, Ints, Texts, days, text, whole
from macros_py.domain.kinds import DTYPES, Column, Kind
from macros_py.domain.letters_due import BY_NAME
from macros_py.domain.money_words import with_currency
from macros_py.domain.plan_lines import LAST, Lines
from macros_py.domain.tables import Tables

WORDS: Final = {
    "own": ("本人", "own"),
    "other": ("备用", "other"),
    "no_number": ("无有效号码", "no valid number"),
    "cases": ("等{n}案", ", {n} cases in all"),
    "paid": ("已到", "paid "),
    "broken": ("已破", "broken"),
    "part": ("部分", "part"),
    "call": ("电话联系", "Call"),
    "call_beside": ("电话联系；{step}", "Call; {step}"),
    "first": ("首次联系", "First contact"),
    "callback": ("按约回访", "Call back as agreed"),
    "promise_broken": ("承诺未兑现，联系客户重新约定", "Promise not kept: contact, agree a new date"),
    "promise": ("承诺今日到期：提醒还款", "Promise due today: remind"),
    "promise_late": ("承诺过期{n}天：跟进", "Promise {n} days late: follow up"),
    "visit": ("外访（两人同行）", "Visit (two people)"),
    "visit_with": ("外访（同行：{who}）", "Visit (with {who})"),
    "visit_alone": ("外访（须约第二人同行）", "Visit (a second person is needed)"),
    "letter": ("寄函：{what}", "Send a letter: {what}"),
    "letter_due": ("；另寄{what}", "; also send {what}"),
    "letter_any": ("联系函", "contact letter"),
    "sms": ("短信提醒", "SMS reminder"),
    "search": ("核实联系方式（无有效号码）", "Find a valid number"),
    "entered": ("已登记", "Entered"),
    "left_alone": ("暂不联系", "Leave alone"),
    "unknown_day": ("待定", "unknown"),
    "no_channel": ("本档位没有可用渠道", "This tier has no channel that can be used"),
    "cap": ("今日拨打已达上限", "Today's calls have reached the cap"),
    "cap_rule": ("拨打上限", "calls cap"),
    "ladder_rule": ("策略", "ladder"),
    "hold_rule": ("停催登记", "holds"),
    "rule": ("合规规则", "compliance rules"),
}


def say(key: str, lang: str, **values: object) -> str:
    """The words of a key in a language."""
    return WORDS[key][lang == "en"].format(**values)


def letter_names(templates: str, lang: str) -> str:
    """What people call the letter templates joined by 、."""
    return (", " if lang == "en" else "、").join(letter_name(template, lang) for template in templates.split("、"))


def letter_name(template: str, lang: str) -> str:
    """What people call a letter template; an own template is called by its name."""
    known = BY_NAME.get(template)
    title = (known.en if lang == "en" else known.zh) if known else template
    return title or say("letter_any", lang)


def short_day(day: np.datetime64) -> str:
    """ "11-23" of a day, "" of NaT."""
    return "" if np.isnat(day) else str(day.astype("datetime64[D]"))[5:]


def shown(tables: Tables, lines: Lines, at: Ints, today: date, lang: str) -> dict[str, Texts | Ints]:
    """The texts and amounts that lines `at` show, whatever their block: by the names of PLAN_LINE, without slot, number and action."""
    cases = tables.cases
    lead = lines.lead[at]
    joined = _joined(text(cases, "product")[lead], shown_bucket(cases)[lead])
    return {
        c.ROW_KEY.name: np.array([f"{key}@{today.isoformat()}" for key in lines.key[at]], dtype=object),
        c.WHO.name: _who(text(cases, "customer")[lead], text(cases, "case_id")[lead], lines.asked_cases[at], lang),
        c.CALL_NUMBER.name: _numbers(lines.number[at], text(cases, "phone")[lead], lang),
        c.PRODUCT_BUCKET.name: joined,
        c.DUE_NOW.name: lines.asked_amount[at],
        c.PLAN_PAYOFF.name: lines.payoff[at],
        c.LAST_RESULT.name: _last_results(tables.contacts, lines.last[at]),
        c.OPEN_PROMISE.name: _open_promises(tables.promises, lines.promise[at], lang),
        c.TIER_REASON.name: _joined(text(cases, "tier")[lead], text(cases, "tier_why")[lead]),
        c.DIALLED_CAP.name: _of_cap(lines.dialled[at], lines.cap[at]),
    }


def _joined(left: Texts, right: Texts) -> Texts:
    return np.array([f"{a}·{b}" if a and b else a or b for a, b in zip(left, right, strict=True)], dtype=object)


def _who(customer: Texts, case_id: Texts, cases: Ints, lang: str) -> Texts:
    out = [
        f"{name} · {case}{say('cases', lang, n=n) if n > 1 else ''}" if name else case
        for name, case, n in zip(customer, case_id, cases.tolist(), strict=True)
    ]
    return np.array(out, dtype=object)


def _numbers(number: Texts, own: Texts, lang: str) -> Texts:
    mine, other, none = say("own", lang), say("other", lang), say("no_number", lang)
    out = [f"{n}({mine if n == o else other})" if n else none for n, o in zip(number, own, strict=True)]
    return np.array(out, dtype=object)


def _of_cap(dialled: Ints, cap: Ints) -> Texts:
    out = [f"{n}/{'—' if most == LAST else most}" for n, most in zip(dialled.tolist(), cap.tolist(), strict=True)]
    return np.array(out, dtype=object)


def _last_results(contacts: pd.DataFrame, last: Ints) -> Texts:
    return _looked_up(last, lambda at: _joined_days(days(contacts, "contacted_at")[at], text(contacts, "outcome")[at]))


def _joined_days(when: Days, words: Texts) -> Texts:
    return np.array([f"{short_day(day)} {word}".strip() for day, word in zip(when, words, strict=True)], dtype=object)


def _open_promises(promises: pd.DataFrame, position: Ints, lang: str) -> Texts:
    return _looked_up(position, lambda at: _promise_words(promises, at, lang))


def _promise_words(promises: pd.DataFrame, at: Ints, lang: str) -> Texts:
    marks = {"broken": say("broken", lang), "part": say("part", lang)}
    rows = zip(
        days(promises, "due_on")[at],
        whole(promises, "amount")[at].tolist(),
        whole(promises, "paid_fen")[at].tolist(),
        text(promises, "state")[at],
        strict=True,
    )
    out = []
    for due, fen, paid, state in rows:
        so_far = f"{say('paid', lang)}{with_currency(paid)}" if paid > 0 else ""
        words = (short_day(due), with_currency(fen) if fen else "", so_far, marks.get(state, ""))
        out.append(" ".join(word for word in words if word))
    return np.array(out, dtype=object)


def _looked_up(position: Ints, words: Callable[[Ints], Texts]) -> Texts:
    """The words of the rows at `position`, '' where that is −1."""
    out = np.full(len(position), "", dtype=object)
    has = position >= 0
    if has.any():
        out[has] = words(position[has])
    return out


def frame(columns: tuple[Column, ...], values: Mapping[str, object], length: int) -> pd.DataFrame:
    """A table with exactly `columns` in their dtypes; what `values` lacks is unknown."""
    blank: dict[Kind, object] = {Kind.FLAG: False, Kind.NUMBER: float("nan"), Kind.DATE: pd.NaT, Kind.TIME: pd.NaT}
    out: dict[str, object] = {}
    for column in columns:
        value = values.get(column.name)
        if value is None:
            unknown = "" if DTYPES[column.kind] == "str" else blank.get(column.kind, pd.NA)
            value = [unknown] * length
        out[column.name] = pd.Series(value, dtype=DTYPES[column.kind])
    return pd.DataFrame(out)


def part(table: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """Rows start … end − 1, numbered from 0."""
    out = table.iloc[start:end]
    out.index = pd.RangeIndex(len(out))
    return out
