"""The figures of any stretch of days, by the definitions of domain.md (Words and definitions). Unknown is None, never 0.

Money in fen, numbers in pieces, rates in 1/100 of a percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain import contact_results as log
from macros_py.domain.arrays import Days, Flags, Ints, Texts, days, flags, text, whole
from macros_py.domain.customers import customer_keys
from macros_py.domain.received import cash, day_targets, month_targets, owners, position_of
from macros_py.domain.tables import Tables
from macros_py.domain.working_days import WorkingDays

Figure = int | None
WHOLE_RATE: Final = 10_000
JUDGED: Final = ("kept", "part", "broken")


@dataclass(frozen=True)
class Span:
    """First to last day, both included; `who` restricts to one person ('' = everybody)."""

    first: date
    last: date
    who: str = ""


def rate(part: Figure, of: Figure) -> Figure:
    """part ÷ of, half up, in 1/100 of a percent; None where either is unknown or there is nothing to divide by."""
    return None if part is None or not of else (part * WHOLE_RATE * 2 + of) // (of * 2)


class Figures:
    """Log, receipts and promises up to today, asked for any span."""

    def __init__(self, tables: Tables, today: date) -> None:
        self.tables, self.today = tables, today
        self.calendar = WorkingDays.of(tables.calendar)
        self.keys = np.append(customer_keys(tables.cases), "")
        self.owner = np.append(owners(tables.cases), "")
        self._read_log()
        self._read_cash()
        self._read_promises()

    def _read_log(self) -> None:
        contacts = self.tables.contacts
        when = days(contacts, "contacted_at")
        kept = contacts[when <= np.datetime64(self.today, "D")]
        self.log_day: Days = days(kept, "contacted_at")
        self.log_who: Texts = text(kept, "collector")
        self.log_customer = self._customers(kept)
        self.dialled: Flags = log.dialled(kept)
        self.connected: Flags = log.connected(kept) & self.dialled
        self.reached: Flags = log.reached(kept)
        self.promised: Flags = log.promised(kept)
        self.promised_fen: Ints = whole(kept, "promised_amount")
        self.log_from = self.log_day.min() if len(kept) else None

    def _read_cash(self) -> None:
        paid = cash(self.tables, self.today)
        self.paid_day: Days = days(paid, "day")
        self.paid_fen: Ints = paid["fen"].to_numpy(dtype=np.int64)
        self.paid_case: Ints = paid["case"].to_numpy(dtype=np.int64)
        self.paid_who: Texts = paid["owner"].to_numpy(dtype=object)
        self.paid_customer: Texts = np.where(self.paid_case < 0, text(paid, "case_id"), self.keys[self.paid_case])
        self.paid_from = self.paid_day.min() if len(paid) else None

    def _read_promises(self) -> None:
        promises = self.tables.promises
        self.promises_known = {"case_id", "due_on", "state"} <= set(promises.columns)
        if self.promises_known:
            self.due_day: Days = days(promises, "due_on")
            self.due_state: Texts = text(promises, "state")
            self.due_who: Texts = self.owner[position_of(promises["case_id"], self.tables.cases)]

    def _customers(self, table: pd.DataFrame) -> Texts:
        where = position_of(table["case_id"], self.tables.cases)
        out: Texts = np.where(where < 0, text(table, "case_id"), self.keys[where])
        return out

    def _in(self, day: Days, who: Texts, span: Span) -> Flags:
        inside: Flags = (day >= np.datetime64(span.first, "D")) & (day <= np.datetime64(span.last, "D"))
        return inside & (who == span.who) if span.who else inside

    def logged(self, span: Span) -> bool:
        """Whether the log says anything of the span: it begins before the span ends."""
        return self.log_from is not None and self.log_from <= np.datetime64(span.last, "D")

    def banked(self, span: Span) -> bool:
        """Whether receipts are kept for the span: they begin before it ends."""
        return self.paid_from is not None and self.paid_from <= np.datetime64(span.last, "D")

    def names_in(self, span: Span) -> list[str]:
        """Who logged something, or whose cases paid, in the span."""
        logged = self.log_who[self._in(self.log_day, self.log_who, span)]
        paid = self.paid_who[self._in(self.paid_day, self.paid_who, span)]
        return sorted({str(name) for name in (*pd.unique(logged), *pd.unique(paid)) if name})

    def work(self, span: Span) -> dict[str, Figure]:
        """From the log: worked, dialled, connected, reached, promisers, promised, and their rates."""
        names = ("worked", "dialled", "connected", "reached", "promisers", "promised", "connect_rate", "reachable", "ptp_rate")
        if not self.logged(span):
            return dict.fromkeys(names)
        at = self._in(self.log_day, self.log_who, span)
        customer = self.log_customer
        out: dict[str, Figure] = {
            "worked": _distinct(customer[at]),
            "dialled": int((at & self.dialled).sum()),
            "connected": int((at & self.connected).sum()),
            "reached": _distinct(customer[at & self.reached]),
            "promisers": _distinct(customer[at & self.promised]),
            "promised": int(self.promised_fen[at & self.promised].sum()),
        }
        out["connect_rate"] = rate(out["connected"], out["dialled"])
        out["reachable"] = rate(out["reached"], out["worked"])
        out["ptp_rate"] = rate(out["promisers"], out["reached"])
        return out

    def promises(self, span: Span) -> dict[str, Figure]:
        """due: promises that fell due; kept; kept_rate: kept ÷ those judged already (the grace of the others still runs)."""
        if not self.promises_known:
            return {"due": None, "kept": None, "kept_rate": None}
        at = self._in(self.due_day, self.due_who, span)
        kept = int((at & (self.due_state == "kept")).sum())
        return {"due": int(at.sum()), "kept": kept, "kept_rate": rate(kept, int((at & np.isin(self.due_state, JUDGED)).sum()))}

    def money(self, span: Span) -> dict[str, Figure]:
        """Cash: received (fen) and payers (customers)."""
        if not self.banked(span):
            return {"received": None, "payers": None}
        at = self._in(self.paid_day, self.paid_who, span)
        return {"received": int(self.paid_fen[at].sum()), "payers": _distinct(self.paid_customer[at])}

    def recovery(self, span: Span) -> dict[str, Figure]:
        """recovery: cash on the balance that was overdue when the span began ÷ that balance, capped case by case; recovery_customers:
        the same by customers; new_overdue: the balance of cases that fell overdue within the span."""
        if not self.banked(span):
            return {"recovery": None, "recovery_customers": None, "new_overdue": None}
        start = np.datetime64(span.first, "D")
        base = self._balance_at(start)
        in_span = self._by_case(self._in(self.paid_day, self.paid_who, Span(span.first, span.last)))
        old = (self._due < start) & (base > 0)
        recovered = np.minimum(in_span, base)
        keys = self.keys[:-1]
        fresh = (self._due >= start) & (self._due < np.datetime64(span.last, "D"))
        return {
            "recovery": rate(int(recovered[old].sum()), int(base[old].sum())),
            "recovery_customers": rate(_distinct(keys[old & (recovered > 0)]), _distinct(keys[old])),
            "new_overdue": int(base[fresh].sum()),
        }

    @cached_property
    def _due(self) -> Days:
        """The due date, or today less the days past due where the ledger has only those."""
        cases = self.tables.cases
        due = days(cases, "due_date")
        known = cases["days_past_due"].notna().to_numpy(dtype=bool)
        counted = np.datetime64(self.today, "D") - whole(cases, "days_past_due")
        return np.where(np.isnat(due) & known, counted, due)

    def _by_case(self, at: Flags) -> Ints:
        out = np.zeros(len(self.tables.cases), dtype=np.int64)
        inside = at & (self.paid_case >= 0)
        np.add.at(out, self.paid_case[inside], self.paid_fen[inside])
        return out

    def _balance_at(self, start: np.datetime64) -> Ints:
        """What was overdue as a day began: what is open now and what was paid since.

        Where the ledger's amounts are older than that day, never more than they leave after the receipts between.
        """
        cases = self.tables.cases
        name = "open_amount" if "open_amount" in cases else "overdue_amount"
        still = np.where(flags(cases, "settled"), 0, whole(cases, name))
        base = np.maximum(still, 0) + self._by_case(self.paid_day >= start)
        as_of = self.tables.data_as_of
        if as_of is not None and np.datetime64(as_of, "D") < start:
            between = self._by_case((self.paid_day > np.datetime64(as_of, "D")) & (self.paid_day < start))
            known = cases["overdue_amount"].notna().to_numpy(dtype=bool)
            base = np.where(known, np.minimum(base, np.maximum(whole(cases, "overdue_amount") - between, 0)), base)
        return np.asarray(base, dtype=np.int64)

    def target(self, span: Span) -> Figure:
        """The target of the span's working days, as it stood when the span (or a month within it) began; None where a working day's is unknown."""
        total, start = 0, span.first
        while start <= span.last:
            month_end = (start.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
            target = month_targets(self.tables, start).get(span.who)
            if target is not None:
                before = self.money(Span(start.replace(day=1), start - timedelta(days=1), span.who))["received"] or 0
                by_day = day_targets(target, before, self.calendar, start)
                total += sum(fen for day, fen in by_day.items() if start <= day <= span.last)
            elif self.calendar.count(start, min(month_end, span.last)).any():
                return None
            start = month_end + timedelta(days=1)
        return total


def _distinct(keys: Texts) -> int:
    return len(pd.unique(keys[keys != ""]))
