"""策略档位: where each case stands on the ladder, what may be done there, what is next and when.

By each case's own days, not by the team's calendar (domain.md, Default ladder). Calls may be made on any day within legal hours, but
what we schedule falls on working days: next_on is always one (a plan for a rest day is the manager's own decision).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import ladder_words as words
from macros_py.domain.arrays import NO_DAY, Days, Flags, Ints, Texts, days, flags, known, text, whole
from macros_py.domain.characters import simplified
from macros_py.domain.customers import customer_keys
from macros_py.domain.letters_due import VOID, template_name
from macros_py.domain.rules import Rules, Tier
from macros_py.domain.segments import CARD, segments_of
from macros_py.domain.tables import Result, Tables
from macros_py.domain.working_days import WorkingDays

YES, NO = "有", "无"
VISIT, SMS = "外访", "短信"
NOT_HARD: Final = frozenset({"", "无", "否", "没有", "不", "no", "none", "n", "0", "未知"})
REMINDERS: Final = (3, 1)  # days before the due date


@dataclass(frozen=True)
class _Facts:
    """What the ladder asks of each case."""

    past: Ints
    broken: Ints
    fen: Ints
    claim: Flags  # at or above the minimum claim
    able: Flags
    unable: Flags
    willing: Flags
    unwilling: Flags
    refuses: Flags
    hard: Flags
    near: Flags
    doubtful: Flags


def place(tables: Tables, rules: Rules, today: date) -> Result:
    """Tier, channels, next step and its day for every case.

    tables.cases: as balances, history, promises, limitation and holds leave it (what is missing counts as unknown)
    → cases + tier (its name on the sheet), tier_name, tier_why, channels (joined by 、), next_action, next_on (a working day; NaT where
      nothing is to be done), letter_due (template of the tier, '' when made already), visit_by, legal_review_by (dates), offer_plan
      (flag), hard (flag), is_new (flag: never contacted and within its first days)
    """
    cases, lang = tables.cases, rules.office.language
    facts = _facts(cases, rules)
    tier, raised = _tiers(facts, rules)
    calendar = WorkingDays.of(tables.calendar)
    visit_by, review_by = _deadlines(cases, facts, tier, calendar, rules)
    first = _first_contact(cases, segments_of(cases), rules)
    action, on = _next(tables, facts, tier, visit_by, review_by, first, calendar, rules, today)
    shown = _index(cases)
    table = cases.assign(
        tier=shown(_named(tier, rules)),
        tier_name=shown(np.array([t.name for t in rules.strategy.ladder], dtype=object)[tier]),
        tier_why=shown(words.tier_why(facts.past, facts.broken, raised, _known_days(cases), lang)),
        channels=shown(_channels(facts, tier, cases, rules)),
        next_action=shown(action),
        next_on=on.astype("datetime64[s]"),
        letter_due=shown(_letters(tables, facts, tier, rules, today)),
        visit_by=visit_by.astype("datetime64[s]"),
        legal_review_by=review_by.astype("datetime64[s]"),
        offer_plan=facts.hard | (facts.willing & facts.unable),
        hard=facts.hard,
        is_new=np.isnat(days(cases, "last_contact")) & (facts.past >= first) & (facts.past < first + rules.planning.new_case_days),
    )
    return table, calendar.problems(on)


def tiers(tables: Tables, rules: Rules, today: date) -> Result:
    """The tier alone, as place gives it: cases + tier."""
    tier, _ = _tiers(_facts(tables.cases, rules), rules)
    return tables.cases.assign(tier=_index(tables.cases)(_named(tier, rules))), []


def steps(tables: Tables, rules: Rules, today: date) -> Result:
    """The next step alone, as place gives it: cases + next_action, next_on."""
    cases = tables.cases
    facts = _facts(cases, rules)
    tier, _ = _tiers(facts, rules)
    calendar = WorkingDays.of(tables.calendar)
    first = _first_contact(cases, segments_of(cases), rules)
    action, on = _next(tables, facts, tier, *_deadlines(cases, facts, tier, calendar, rules), first, calendar, rules, today)
    return cases.assign(next_action=_index(cases)(action), next_on=on.astype("datetime64[s]")), calendar.problems(on)


def _named(tier: Ints, rules: Rules) -> Texts:
    """The tiers as the sheet calls them."""
    names = [t.en if rules.office.language == "en" else t.zh for t in rules.strategy.ladder]
    return np.asarray(np.array(names, dtype=object)[tier], dtype=object)


def _deadlines(cases: pd.DataFrame, x: _Facts, tier: Ints, calendar: WorkingDays, rules: Rules) -> tuple[Days, Days]:
    """By when a visit and a legal review are due, counted from the day on which the case entered its tier; NaT where none is."""
    entered = days(cases, "due_date") + np.array([t.days_from for t in rules.strategy.ladder])[tier]
    visit_by = np.where(_visits(cases, x, tier, rules, entered), entered + rules.strategy.visit_within_days, NO_DAY)
    legal = (tier == _at(rules, "legal")) & ~x.doubtful
    return visit_by, np.where(legal, calendar.add(entered, rules.strategy.legal_review_working_days), NO_DAY)


def _index(cases: pd.DataFrame) -> Any:
    return lambda values: pd.Series(values, index=cases.index, dtype="str")


def _known_days(cases: pd.DataFrame) -> Flags:
    return known(cases, "days_past_due")


def _facts(cases: pd.DataFrame, rules: Rules) -> _Facts:
    able, willing = text(cases, "ability"), text(cases, "willingness")
    fen = whole(cases, "open_amount")
    code, distinct = pd.factorize(text(cases, "hardship"))
    stated = np.array([w.strip().lower() not in NOT_HARD for w in simplified(distinct)] + [False], dtype=bool)[code]
    state = text(cases, "limitation_state")
    return _Facts(
        past=whole(cases, "days_past_due"),
        broken=whole(cases, "broken_promises"),
        fen=fen,
        claim=fen >= rules.strategy.minimum_claim_fen,
        able=able == YES,
        unable=able == NO,
        willing=willing == YES,
        unwilling=willing == NO,
        refuses=flags(cases, "refuses"),
        hard=_any_of_customer(cases, stated | flags(cases, "hardship_said")),
        near=state == "near",
        doubtful=np.isin(state, ("expired", "doubtful")),
    )


def _any_of_customer(cases: pd.DataFrame, where: Flags) -> Flags:
    """True for every case of a customer of whom one case is marked."""
    group = pd.factorize(customer_keys(cases))[0]
    marked = np.bincount(group, weights=where, minlength=int(group.max(initial=-1)) + 1) > 0
    return np.asarray(marked[group], dtype=bool)


def _at(rules: Rules, name: str) -> int:
    """Position of a tier on the ladder; the highest one where a manager has renamed them all."""
    names = [t.name for t in rules.strategy.ladder]
    return names.index(name) if name in names else len(names) - 1


def _tiers(x: _Facts, rules: Rules) -> tuple[Ints, Ints]:
    """The tier of each case, and what raised or lowered it (bits of words.RAISED)."""
    ladder = rules.strategy.ladder
    legal = _at(rules, "legal")
    tier = _by_days(x.past, ladder)
    why = np.zeros(len(tier), dtype=np.int64)

    def lift(where: Flags, to: Ints | int, bit: str) -> None:
        nonlocal tier, why
        new = where & (tier < to)
        why = why | np.where(new, words.RAISED[bit].bit, 0)
        tier = np.where(new, to, tier)

    below = (tier >= legal) & ~x.claim
    why = np.where(below, words.RAISED["small"].bit, why)
    tier = np.where(below, max(legal - 1, 0), tier)
    for position, step in enumerate(ladder):
        if step.broken_promises is not None:
            lift(x.broken >= step.broken_promises, position, "broken")
    stubborn = x.able & x.unwilling
    raised = np.minimum(np.maximum(tier + 1, _at(rules, "intensive")), np.where(x.claim, legal, max(legal - 1, 0)))
    lift(stubborn & (x.past > 0), raised, "unwilling")
    lift(x.able & x.refuses & x.claim & (x.past > 0), legal, "refuses")
    gentler = x.hard & (tier > 0)
    why = why | np.where(gentler, words.RAISED["hardship"].bit, 0)
    tier = np.where(gentler, tier - 1, tier)
    lift(x.near, legal, "near")  # a claim about to lapse is looked at by the legal desk, hardship or not
    why = np.where(x.doubtful, words.RAISED["doubtful"].bit, why)
    return np.where(x.doubtful, legal, tier), why


def _by_days(past: Ints, ladder: tuple[Tier, ...]) -> Ints:
    """The highest tier that has begun by the days past due."""
    tier = np.zeros(len(past), dtype=np.int64)
    for position, step in enumerate(ladder):
        tier = np.where(past >= step.days_from, position, tier)
    return tier


def _visits(cases: pd.DataFrame, x: _Facts, tier: Ints, rules: Rules, entered: Days) -> Flags:
    """A visit is due: the intensive tier allows it, nobody came since the case entered it, an address is known, no hardship."""
    allowed = np.array([VISIT in t.channels and position == _at(rules, "intensive") for position, t in enumerate(rules.strategy.ladder)])
    missing = ~(days(cases, "last_visit") >= entered)
    return np.asarray(allowed[tier] & missing & ~x.hard & (text(cases, "address") != ""), dtype=bool)


def _channels(x: _Facts, tier: Ints, cases: pd.DataFrame, rules: Rules) -> Texts:
    """The channels of the tier; no visit in hardship; before the due date SMS only; none while the limitation is in doubt."""
    every = [t.channels for t in rules.strategy.ladder]
    plain = np.array(["、".join(c) for c in every], dtype=object)
    gentle = np.array(["、".join(name for name in c if name != VISIT) for c in every], dtype=object)
    out = np.where(x.hard, gentle[tier], plain[tier])
    out = np.where(_known_days(cases) & (x.past == 0), SMS, out)
    return np.where(x.doubtful | flags(cases, "settled"), "", out)


def _first_contact(cases: pd.DataFrame, segment: Texts, rules: Rules) -> Ints:
    first = rules.strategy.first_contact_day
    return np.where(segment == CARD, max(first, rules.strategy.card_grace_days + 1), first)


def _next(
    tables: Tables, x: _Facts, tier: Ints, visit_by: Days, review_by: Days, first: Ints, calendar: WorkingDays, rules: Rules, today: date
) -> tuple[Texts, Days]:
    """The next step and its working day: the first that fits, from the strongest reason down."""
    cases = tables.cases
    day = np.datetime64(today, "D")
    say = words.Actions(rules)
    due, callback, promise = (days(cases, name) for name in ("due_date", "callback", "promise_due"))
    cadence = np.array([t.every_working_days for t in rules.strategy.ladder])[tier]
    last = days(cases, "customer_last_contact")  # one debtor has one call slot: a call for one case is a call for all
    begins = np.where(np.isnat(due), day, due + first)
    routine = np.fmax(np.where(np.isnat(last), begins, calendar.add(np.where(np.isnat(last), day, last), cadence)), begins)
    ahead = whole(cases, "days_to_due")
    coming = np.where(ahead >= REMINDERS[0], REMINDERS[0], REMINDERS[1])
    review = days(cases, "hold_review")
    claimed = days(cases, "claims_paid") >= days(cases, "last_contact")
    steps: list[tuple[Flags, Texts | str, Days | np.datetime64]] = [
        (flags(cases, "settled"), "", NO_DAY),
        (x.doubtful, say("limitation"), day),
        (text(cases, "hold") != "", say("hold"), np.where(review > day, review, day)),
        (text(cases, "balance_state") != "", say("confirm"), day),
        (days(cases, "hand_back") < day, "", NO_DAY),
        (~_known_days(cases), say("days_unknown"), day),
        ((x.past == 0) & (ahead > 0), say("before_due"), due - coming),
        (claimed & (days(cases, "claims_paid") > day - 3), say("confirm"), day),
        (~np.isnat(promise), say("promise"), promise),
        (callback >= day, say("callback"), callback),
        (~np.isnat(visit_by), say.visit(visit_by, day), np.where(routine > visit_by, visit_by, routine)),
        (~np.isnat(review_by) & (review_by >= day), say.review(review_by), routine),
        (x.hard, say("hardship"), routine),
        (x.willing & x.unable, say("plan"), routine),
        (x.unwilling & x.unable, say("long_plan"), routine),
        (np.isnat(last), say("first"), routine),
    ]
    action, on = say.of_tier(tier), routine
    for where, what, when in reversed(steps):
        action, on = np.where(where, what, action), np.where(where, when, on)
    return action.astype(object), calendar.add(np.where(np.isnat(on), NO_DAY, np.fmax(on, day)), 0)


def _letters(tables: Tables, x: _Facts, tier: Ints, rules: Rules, today: date) -> Texts:
    """The template that is due: once per tier and per overdue cycle, for a confirmed amount, not while a promise is open or a letter's term runs.

    A claim about to lapse does not wait: its letter may be what interrupts the limitation.
    """
    cases = tables.cases
    template = np.array([t.letter for t in rules.strategy.ladder], dtype=object)[tier]
    past = x.past >= np.where(tier == 0, rules.strategy.letter_day, rules.strategy.first_contact_day)
    confirmed = flags(cases, "amount_confirmed") if "amount_confirmed" in cases else known(cases, "open_amount")
    free = ~flags(cases, "settled") & (text(cases, "hold") == "") & ~x.doubtful & (text(cases, "balance_state") == "")
    free &= ~(days(cases, "hand_back") < np.datetime64(today, "D"))
    wanted = past & confirmed & free & (x.fen > 0) & np.isnat(days(cases, "promise_due"))
    wanted &= x.near | ~_term_runs(tables, template, rules, today)
    return np.where(wanted & ~_made(tables, template, today), template, "").astype(object)


def _term_runs(tables: Tables, template: Texts, rules: Rules, today: date) -> Flags:
    """Whether the case has a letter of another tier whose term to pay has not run out: a threat on the day after a deadline was set undoes it."""
    register = tables.letters
    day = np.datetime64(today, "D")
    made = days(register, "made_on")
    open_term = (made <= day) & (made + rules.office.letter_deadline_days >= day) & (text(register, "letter_state") != VOID)
    register = register[open_term]
    name = np.array([template_name(str(shown)) for shown in text(register, "template")], dtype=object)
    ladder = np.isin(name, [step.letter for step in rules.strategy.ladder if step.letter])
    running = pd.MultiIndex.from_arrays([text(register, "case_id")[ladder], name[ladder]]).drop_duplicates()
    if running.empty:
        return np.zeros(len(template), dtype=bool)
    cases = text(tables.cases, "case_id")
    of_case = running.get_level_values(0).value_counts().reindex(cases, fill_value=0).to_numpy()
    return np.asarray(of_case > pd.MultiIndex.from_arrays([cases, template]).isin(running), dtype=bool)


def _made(tables: Tables, template: Texts, today: date) -> Flags:
    """Whether the register holds this template for the case since its due date (an undated letter counts).

    A letter made today still is today's work: a plan drawn again on the same day says the same (letters_due makes no second one).
    """
    register = tables.letters
    register = register[(text(register, "letter_state") != VOID) & ~(days(register, "made_on") == np.datetime64(today, "D"))]
    if register.empty:
        return np.zeros(len(template), dtype=bool)
    distinct = {name: template_name(str(name)) for name in pd.unique(register["template"])}
    key = pd.MultiIndex.from_arrays([text(register, "case_id"), register["template"].map(distinct).to_numpy(dtype=object)])
    made = np.where(np.isnat(days(register, "made_on")), np.datetime64("2200-01-01", "D"), days(register, "made_on"))
    latest = pd.Series(made.astype("datetime64[s]"), index=key).groupby(level=[0, 1]).max()
    asked = pd.MultiIndex.from_arrays([text(tables.cases, "case_id"), template])
    found = latest.reindex(asked).to_numpy().astype("datetime64[D]")
    begun = days(tables.cases, "due_date")
    return np.asarray(~np.isnat(found) & ~(found < begun), dtype=bool)
