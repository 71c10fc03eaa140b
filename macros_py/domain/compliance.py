"""合规: may this person be contacted now, by which channel, and if not: why, by which rule, and when.

The rules are dated rows (合规规则 sheet; shipped ones in domain.legal_rules). A rule binds from valid_from to valid_until and only the
segments that it names: 中银协 and GB/T 45251 do not bind business-to-business receivables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain import legal_rules
from macros_py.domain.arrays import NO_DAY, Days, Flags, Texts, days, flags, known, text, whole
from macros_py.domain.balances import ASKED
from macros_py.domain.code_names import code_name
from macros_py.domain.problems import Problem
from macros_py.domain.rule_names import cited
from macros_py.domain.rules import ComplianceRules, LegalRule, Rules
from macros_py.domain.segments import CARD, SEGMENTS, segments_of
from macros_py.domain.tables import Result, Tables

DEFAULT_RULES: Final = legal_rules.DEFAULT_RULES
SHEET: Final = "合规规则"
REMINDER_DAYS: Final = 3  # before the due date: T−3 and T−1 get a friendly SMS (domain.md, Default ladder)
CLAIM_DAYS: Final = 3  # who says he has paid is left alone so many days while the receipt is looked for
SPAN: Final = re.compile(r"(\d{1,2})[:：](\d{2})\s*(?:-|–|—|~|～|至|到)\s*(\d{1,2})[:：](\d{2})")
GATEWAY_RULE, SCRIPT_RULE = "sms_words", "credit_repair"  # rules that list words
EVERYBODY: Final = frozenset({"", "全部", "所有", "all"})

WHY: Final = {
    "settled": ("已结清", "settled"),
    "paid": ("回款已足额，待销账", "paid in full by receipts; the ledger is to be closed"),
    "unconfirmed": ASKED,
    "claims_paid": ("客户称已还款，核对回款", "says it is paid; look for the receipt"),
    "limitation": ("时效存疑，转法务复核", "limitation in doubt: to legal review"),
    "hand_back": ("委案已过退案日", "past the hand-back date"),
    "days_unknown": ("账龄未知，先核实应还日期", "days past due unknown: find the due date first"),
    "not_due": ("未到期", "not due yet"),
    "grace": ("宽限期内", "within the days of grace"),
    "card_grace": ("信用卡容时容差内", "within the card's grace days or amount"),
    "calls_effective": ("今日有效通话已达{value}次", "{value} effective calls today already"),
    "hours": ("{value}不得联系", "no contact {value}"),
}
CITED: Final = {"paid": "receipts", "unconfirmed": "receipts", "claims_paid": "receipts", "settled": "settled", "days_unknown": "due_date"}
HOLD: Final = ("停催：{code}", "hold: {code}")
HOLD_PARTS: Final = {
    "by": ("批准人{by}", "approved by {by}"),
    "nobody": ("未登记批准人", "no approver on record"),
    "ledger": ("依台账", "by the ledger"),
    "plan": ("依已签还款方案", "by the signed repayment plan"),
    "provisional": ("待主管复核", "to be reviewed"),
    "review": ("复核{day}", "review {day}"),
    "passed": ("复核日已过{day}", "review was due {day}"),
    "of": ("同一客户案件{case}", "by case {case} of the same customer"),
}


@dataclass(frozen=True)
class _Verdict:
    """What forbids contact with each case: a reason, the rule cited, and the first day on which it may be done (NaT unknown)."""

    reason: Texts
    rule: Texts
    may_on: Days

    @classmethod
    def none(cls, n: int) -> _Verdict:
        return cls(np.full(n, "", dtype=object), np.full(n, "", dtype=object), np.full(n, NO_DAY))

    def put(self, where: Flags, reason: str, rule: str, may_on: Days | np.datetime64 = NO_DAY) -> None:
        """An earlier verdict stands."""
        new = where & (self.reason == "")
        self.reason[new] = reason
        self.rule[new] = rule
        self.may_on[new] = np.broadcast_to(may_on, new.shape)[new]


def permit(tables: Tables, rules: Rules, at: date) -> Result:
    """Whether each case may be contacted on a day (a date), or at a minute (a datetime: legal hours are looked at too).

    tables.cases: as the rules before leave it (settled, balance_state, hold …, limitation_state, days_past_due, days_to_due,
    due_date, product, open_amount, effective_today, dialled_today, claims_paid, number_bad, misses_in_a_row, hand_back)
    → cases + hold_why ('' = may be contacted; else why, citing the rule), hold_rule (its id), may_on (date; NaT unknown),
      may_at (date and time where `at` has a time), calls_cap (Int; NA = none binds), may_call, may_sms, may_visit, may_letter,
      may_third_party (flags)
    """
    cases = tables.cases
    today = at.date() if isinstance(at, datetime) else at
    book = Book(rules.compliance, today)
    segment = segments_of(cases)
    verdict = _Verdict.none(len(cases))
    _debt(verdict, cases, today)
    _grace(verdict, cases, segment, rules, today)
    tomorrow = np.datetime64(today + timedelta(days=1), "D")
    talked = book.binds("calls_effective", segment) & (whole(cases, "effective_today") >= book.number("calls_effective", 3))
    verdict.put(talked, "calls_effective", "calls_effective", tomorrow)
    may_at = _hours(verdict, book, segment, at)
    free = verdict.reason == ""
    cap = pd.Series(book.number("calls_attempted", 6), index=cases.index, dtype="Int64").mask(~book.binds("calls_attempted", segment))
    below = whole(cases, "dialled_today") < cap.fillna(np.iinfo(np.int64).max).to_numpy(dtype=np.int64)
    due = whole(cases, "days_past_due") > 0
    alone = flags(cases, "number_bad") | (whole(cases, "misses_in_a_row") >= book.number("third_party", 3))
    table = cases.assign(
        hold_why=pd.Series(_words(verdict, cases, book, rules.office.language, today), index=cases.index, dtype="str"),
        hold_rule=pd.Series(verdict.rule, index=cases.index, dtype="str"),
        may_on=np.where(free, np.datetime64(today, "D"), verdict.may_on).astype("datetime64[s]"),
        may_at=may_at,
        calls_cap=cap,
        may_call=free & due & below,
        may_sms=free,
        may_visit=free & due,
        may_letter=free & due,
        may_third_party=free & due & below & (alone | ~book.binds("third_party", segment)),
    )
    return table, book.problems


class Book:
    """The rules in force on a day. The latest of several rows with one id binds."""

    def __init__(self, compliance: ComplianceRules, today: date) -> None:
        begun = [r for r in compliance.rules or DEFAULT_RULES if in_force(r, today)]
        self.rules = {r.id: r for r in sorted(begun, key=lambda r: r.valid_from or date.min)}
        self.problems: list[Problem] = []

    def binds(self, rule_id: str, segment: Texts) -> Flags:
        """Where a rule binds cases of these segments."""
        rule = self.rules.get(rule_id)
        if rule is None:
            return np.zeros(len(segment), dtype=bool)
        return np.asarray(pd.Index(segment).isin([name for name in SEGMENTS if applies(rule, name)]), dtype=bool)

    def number(self, rule_id: str, default: int) -> int:
        """The whole number that a rule states; the default, and a problem, where it states none."""
        rule = self.rules.get(rule_id)
        found = re.search(r"\d+", rule.value) if rule else None
        if rule and not found:
            self._unreadable(rule)
        return int(found[0]) if found else default

    def quiet(self) -> tuple[int, int]:
        """The minutes of the day from and to which nobody is contacted, as rule "hours" states them."""
        rule = self.rules["hours"]
        found = SPAN.search(rule.value)
        if not found:
            self._unreadable(rule)
            return 22 * 60, 8 * 60
        a, b, c, d = map(int, found.groups())
        return a * 60 + b, c * 60 + d

    def _unreadable(self, rule: LegalRule) -> None:
        problem = Problem("rule-unreadable", SHEET, "", {"rule": rule.id, "shown": rule.value})
        if problem not in self.problems:
            self.problems.append(problem)


def in_force(rule: LegalRule, today: date) -> bool:
    """Whether a rule binds on a day at all."""
    return (rule.valid_from is None or rule.valid_from <= today) and (rule.valid_until is None or today <= rule.valid_until)


def applies(rule: LegalRule, segment: str) -> bool:
    """Whether a rule names a segment; empty and 全部 mean everybody."""
    return rule.applies_to.strip().lower() in EVERYBODY or segment in rule.applies_to


def banned_words(compliance: ComplianceRules, today: date) -> tuple[str, ...]:
    """The words that no message may hold on a day: what gateways refuse (the shipped words where no rule in force names any), and what
    scripts may not mention."""
    binding = Book(compliance, today).rules
    gateway, scripts = (_listed(binding[name]) if name in binding else () for name in (GATEWAY_RULE, SCRIPT_RULE))
    return (gateway or GATEWAY_WORDS) + scripts


def _listed(rule: LegalRule) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[、,，;；\s]+", rule.value) if word)


GATEWAY_WORDS: Final = _listed(next(rule for rule in DEFAULT_RULES if rule.id == GATEWAY_RULE))


def words_in(said: str, words: Iterable[str]) -> list[str]:
    """Those of the words that stand in a text, each once, whatever width, case, spaces and punctuation they are written in."""
    plain = _folded(said)
    return [w for w in dict.fromkeys(words) if _folded(w) and _folded(w) in plain]


def _folded(words: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words)).casefold()


def _debt(verdict: _Verdict, cases: pd.DataFrame, today: date) -> None:
    """Who has paid, may not be contacted, or whose claim is in doubt."""
    day = np.datetime64(today, "D")
    state = text(cases, "balance_state")
    verdict.put(state == "paid", "paid", CITED["paid"])
    verdict.put(flags(cases, "settled"), "settled", CITED["settled"])
    review = days(cases, "hold_review")
    verdict.put(text(cases, "hold") != "", "hold", "holds", np.where(review > day, review, NO_DAY))
    verdict.put(state == "unconfirmed", "unconfirmed", CITED["unconfirmed"])
    verdict.put(np.isin(text(cases, "limitation_state"), ("expired", "doubtful")), "limitation", "limitation")
    verdict.put(days(cases, "hand_back") < day, "hand_back", "hand_back")
    verdict.put(~known(cases, "days_past_due"), "days_unknown", CITED["days_unknown"])
    claimed = days(cases, "claims_paid")
    open_claim = (claimed >= days(cases, "last_contact")) & (claimed > day - CLAIM_DAYS)
    verdict.put(open_claim, "claims_paid", CITED["claims_paid"], claimed + CLAIM_DAYS)


def first_contact_days(segment: Texts, rules: Rules) -> npt.NDArray[np.int64]:
    """The day past due from which each case may be contacted: after the days of grace, for cards after 容时."""
    first = rules.strategy.first_contact_day
    return np.where(segment == CARD, max(first, rules.strategy.card_grace_days + 1), first)


def _grace(verdict: _Verdict, cases: pd.DataFrame, segment: Texts, rules: Rules, today: date) -> None:
    """Before the due date only the friendly SMS of the last days; then the days of grace; for cards the amount of grace too."""
    past, ahead = whole(cases, "days_past_due"), whole(cases, "days_to_due")
    first = first_contact_days(segment, rules)
    begins = days(cases, "due_date") + first
    early = (past == 0) & (ahead > 0)
    verdict.put(early & (ahead > REMINDER_DAYS), "not_due", "grace", days(cases, "due_date") - REMINDER_DAYS)
    card = segment == CARD
    verdict.put(card & ~early & (past < first), "card_grace", "card_grace", begins)
    verdict.put(~card & ~early & (past < first), "grace", "grace", begins)
    little = card & known(cases, "open_amount") & (whole(cases, "open_amount") <= rules.strategy.card_grace_fen)
    verdict.put(little & (past > 0), "card_grace", "card_grace")


def _hours(verdict: _Verdict, book: Book, segment: Texts, at: date) -> npt.NDArray[np.datetime64]:
    """The quiet hours, where a minute is asked for; returns when contact may begin, to the minute."""
    begins = verdict.may_on.astype("datetime64[s]")
    if not isinstance(at, datetime):
        return begins
    if "hours" in book.rules:
        closes, opens = book.quiet()
        minute = at.hour * 60 + at.minute
        quiet = minute >= closes or minute < opens if closes > opens else closes <= minute < opens
        next_open = at.date() + timedelta(days=int(closes > opens and minute >= closes))
        binding = book.binds("hours", segment)
        if quiet:
            verdict.put(binding, "hours", "hours", np.datetime64(next_open, "D"))
        begins = np.where(binding, verdict.may_on.astype("datetime64[s]") + np.timedelta64(opens, "m"), begins)
    return np.where(verdict.reason == "", np.datetime64(at.replace(second=0, microsecond=0, tzinfo=None), "s"), begins)


def _words(verdict: _Verdict, cases: pd.DataFrame, book: Book, lang: str, today: date) -> Texts:
    """Why not now, in words that cite the rule: made once per kind, for holds once per held case."""
    en = lang == "en"
    out = np.full(len(cases), "", dtype=object)
    for reason in WHY:
        rows = verdict.reason == reason
        if rows.any():
            rule = verdict.rule[np.argmax(rows)]
            value = book.rules[rule].value if rule in book.rules else ""
            out[rows] = WHY[reason][en].format(value=value) + cited(rule, lang)
    held = np.flatnonzero(verdict.reason == "hold")
    if len(held):
        code, source, by, of = (text(cases, name)[held] for name in ("hold", "hold_source", "hold_by", "hold_of"))
        rows_ = zip(code, source, by, of, days(cases, "hold_review")[held], strict=True)
        out[held] = [_hold(*row, np.datetime64(today, "D"), en) for row in rows_]
    return out


def _hold(code: str, source: str, by: str, of: str, review: np.datetime64, today: np.datetime64, en: bool) -> str:
    """ "停催：争议（批准人韩梅；复核2026-12-01）〔停催登记〕"."""
    who = "by" if by else source if source in ("ledger", "plan", "provisional") else "nobody"
    parts = [HOLD_PARTS[who][en].format(by=by)]
    if not np.isnat(review):
        parts.append(HOLD_PARTS["passed" if review < today else "review"][en].format(day=review))
    if of:
        parts.append(HOLD_PARTS["of"][en].format(case=of))
    inside = f" ({'; '.join(parts)})" if en else f"（{'；'.join(parts)}）"
    return HOLD[en].format(code=code_name(code, "en" if en else "zh")) + inside + cited("holds", "en" if en else "zh")
