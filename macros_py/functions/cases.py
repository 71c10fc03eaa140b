"""Functions about cases: the columns of a ledger in, what the rules of the buttons say of each case out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import balances, compliance, limitation, priority, promise_check, promises, strategy
from macros_py.domain import columns as c
from macros_py.domain.arrays import days, whole
from macros_py.domain.kinds import CHINA, Column, Kind, conform
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Result as Judged
from macros_py.domain.tables import Tables
from macros_py.functions import catalogue as k
from macros_py.functions.areas import Given, Read, Result, one, read
from macros_py.functions.declaring import Parameter
from macros_py.functions.rules import rules_of

_BESIDE: Final = (  # what other rules would have found out, given here as arguments
    Column("broken_promises", Kind.INT, "", ""),
    Column("last_effective", Kind.DATE, "", ""),
    Column("last_contact", Kind.DATE, "", ""),
    Column("last_visit", Kind.DATE, "", ""),
    Column("hold", Kind.TEXT, "", ""),
    Column("hold_review", Kind.DATE, "", ""),
    Column("effective_today", Kind.INT, "", ""),
)
PROMISE_WORDS: Final = {state: zh for state, (zh, _) in promise_check.STATES.items()}  # as the sheet 承诺检查 says them
Rule = Callable[[Tables, Rules, dt.date], Judged]


def now() -> dt.datetime:
    """This minute in China, where the ledgers are kept."""
    return dt.datetime.now(CHINA).replace(tzinfo=None, second=0, microsecond=0)


@cache
def _nothing() -> Tables:
    """A workbook without anything in it: made once, for a cell is one call."""
    return Tables()


@cache
def _columns() -> tuple[Column, ...]:
    """The ledger columns that arguments stand for; rules take a column that is not there for unknown."""
    asked = {p.column for f in k.FUNCTIONS for p in f.parameters} | {"case_id"}
    return (*(column for column in c.CASE_COLUMNS if column.name in asked), *_BESIDE)


@lru_cache(maxsize=4)
def _case_ids(count: int) -> pd.Series:
    """A number for each row of a range; ranges of one size follow each other."""
    return pd.Series([str(n) for n in range(count)], dtype="str")


def _day(given: dict[str, Given]) -> dt.date:
    day = one(k.AS_OF, given)
    return now().date() if day is None else pd.Timestamp(day).date()


def _judged(parameters: Sequence[Parameter], given: dict[str, Given], rules: Sequence[Rule], at: dt.date) -> tuple[Read, pd.DataFrame]:
    """The arguments as cases, and what the rules add to them, one after the other."""
    cells = read([p for p in parameters if p.column], given)
    table = cells.table.rename(columns={p.name: p.column for p in parameters if p.column})
    table["case_id"] = _case_ids(len(table))
    cases = conform(table, _columns())
    day = np.datetime64(at, "D")
    since = (day - cases["last_effective"].to_numpy().astype("datetime64[D]")).astype("timedelta64[D]")
    cases = cases.assign(
        customer_last_contact=cases["last_contact"],
        days_since_effective=pd.Series(np.where(np.isnat(since), 0, since.astype(np.int64)), dtype="Int64").mask(np.isnat(since)),
    )
    tables, settings = _nothing().having(cases=cases), rules_of(given.get("rules"))
    for rule in rules:
        judged, _ = rule(tables, settings, at)
        tables = tables.having(cases=judged)
    return cells, tables.cases


def _column(
    parameters: Sequence[Parameter], given: dict[str, Given], rules: Sequence[Rule], name: str, at: dt.date | None = None
) -> Result:
    cells, cases = _judged(parameters, given, rules, _day(given) if at is None else at)
    return cells.laid(cases[name])


def days_past_due(**given: Given) -> Result:
    """Whole days; '' where the due date is not known."""
    return _column((k.DUE, k.AS_OF), given, (balances.ageing,), "days_past_due")


def bucket(**given: Given) -> Result:
    """M0 … M7+, 已核销."""
    return _column((k.DUE, k.AS_OF, k.WRITTEN_OFF), given, (balances.ageing,), "bucket")


_STANDING: Final = (balances.as_of, limitation.state)


def priority_(**given: Given) -> Result:
    """0–100 with two decimals."""
    return _column(k.SCORED, given, (*_STANDING, priority.number), "priority")


def priority_why(**given: Given) -> Result:
    """The strongest reasons in words."""
    return _column(k.SCORED, given, (*_STANDING, priority.words), "why")


def tier(**given: Given) -> Result:
    """The name of the tier as the ladder has it."""
    return _column(k.PLACED, given, (*_STANDING, strategy.tiers), "tier")


def next_action(**given: Given) -> Result:
    """The next step in words."""
    return _column(k.PLACED, given, (*_STANDING, strategy.steps), "next_action")


def next_date(**given: Given) -> Result:
    """A working day."""
    return _column(k.PLACED, given, (*_STANDING, strategy.steps), "next_on")


def _moment(given: dict[str, Given]) -> dt.datetime:
    moment = one(k.MOMENT, given)
    return now() if moment is None else pd.Timestamp(moment).to_pydatetime()


def may_contact(**given: Given) -> Result:
    """可以 or 不可, at a minute."""
    cells, cases = _judged(k.PERMITTED, given, _at_the_minute(given), _moment(given).date())
    return cells.laid(["可以" if why == "" else "不可" for why in cases["hold_why"]])


def may_contact_when(**given: Given) -> Result:
    """The first minute at which contact is allowed; '' where no day is known."""
    return _column(k.PERMITTED, given, _at_the_minute(given), "may_at", _moment(given).date())


def may_contact_why(**given: Given) -> Result:
    """Why not, citing the rule; '' where contact is allowed."""
    return _column(k.PERMITTED, given, _at_the_minute(given), "hold_why", _moment(given).date())


def _at_the_minute(given: dict[str, Given]) -> tuple[Rule, ...]:
    moment = _moment(given)
    return (*_STANDING, lambda tables, rules, _: compliance.permit(tables, rules, moment))


def limitation_date(**given: Given) -> Result:
    """The last day of the limitation."""
    return _column((k.DUE, k.DEMAND, k.AS_OF), given, (limitation.state,), "limitation_on")


def promise_state(**given: Given) -> Result:
    """已兑现, 部分兑现, 未兑现, 未到期."""
    function = next(f for f in k.FUNCTIONS if f.name == "DC_PROMISE_STATE")
    cells = read(function.parameters[:3], given)
    day, rules = _day(given), rules_of(given.get("rules"))
    due, amount = days(cells.table, "due_on"), whole(cells.table, "promised_amount")
    states = promises.alone(due, np.where(amount > 0, amount, promises.UNNAMED), whole(cells.table, "paid_amount"), rules, day)
    return cells.laid(["" if unknown else PROMISE_WORDS.get(state, "") for state, unknown in zip(states, np.isnat(due), strict=True)])
