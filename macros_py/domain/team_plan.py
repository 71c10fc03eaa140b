"""The team's plan for one day: load, targets, exceptions, changes of owner, what nobody owns.

SheetModel(kind="team_plan", name="团队计划"); tables by the names of BLOCKS, in that order; facts by FACTS.
The table "total" has one row, under the people. It counts what nobody owns, too.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import ageing
from macros_py.domain import columns as c
from macros_py.domain import contact_results as log
from macros_py.domain.arrays import Flags, Ints, Texts, text, whole
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column
from macros_py.domain.open_lines import lines_of
from macros_py.domain.plan_day import VISIT, Department, divide
from macros_py.domain.plan_lines import NOT_NOW, ROUTINE
from macros_py.domain.plan_words import frame, part, shown
from macros_py.domain.received import cash, month_targets
from macros_py.domain.rules import Rules
from macros_py.domain.slots import MINUTE
from macros_py.domain.tables import Tables
from macros_py.domain.working_days import WorkingDays

KIND: Final = "team_plan"
NAME: Final = "团队计划"

BLOCKS: Final = (
    Block("people", "催收员", "Collectors", c.TEAM_PEOPLE, "没有在岗的催收员。", "There is no active collector."),
    Block("total", "合计", "Total", c.TEAM_PEOPLE, "没有合计。", "There is no total."),
    Block("buckets", "账龄×金额", "Buckets by amount", c.TEAM_BUCKETS, "没有在案金额。", "There is no open amount."),
    Block("exceptions", "异常", "Exceptions", c.TEAM_EXCEPTIONS, "没有异常。", "There are no exceptions."),
    Block("moves", "换手清单", "Changes of owner", c.TEAM_MOVES, "这次没有换手。", "No case changes hands."),
    Block("unassigned", "未分配", "Unassigned", c.TEAM_UNASSIGNED, "所有案件都有责任人。", "Every case has an owner."),
)

FACTS: Final = {
    "plan_day": "date",
    "data_as_of": "date or None",
    "language": "zh or en",
    "time_gone": "share of the month's working days gone before today, 0..1",
    "target_month": "fen or None",
    "received_month": "fen",
    "open_amount": "fen: the ledger's open amount; the people, the unassigned and the buckets tie to it",
    "cases": "int: open cases",
    "customers": "int: customers with an open case",
    "headcount_gap": "int or None: people short for today's work",
    "not_listed": "dict block name → (rows, fen) beyond the rows that the sheet lists",
}

SAID: Final = {
    "total": ("合计", "Total"),
    "unknown": ("账龄不明", "unknown"),
    "and": ("、", ", "),
    "gathered": ("归户：同一客户的案件归{owner}", "one debtor, one collector: the cases go to {owner}"),
}
EXCEPTIONS: Final = {
    "unknown_person": (("不在催收员名册", "not on the roster"), ("在“催收员”表补上，或重新分配", "add to the roster, or reassign")),
    "away": (("不在岗仍有案件", "away, still owns cases"), ("重新分配", "reassign")),
    "overloaded": (("今日排不下", "does not fit today"), ("减少分配或加派人手", "assign fewer or add people")),
    "idle": (("上一工作日无记录", "no log on the last working day"), ("核实原因，补登记录", "ask why, and complete the log")),
    "late": (("超期任务", "overdue tasks"), ("今日先做", "to be done first today")),
    "new": (("新案未触", "new, untouched"), ("今日首次联系", "first contact today")),
    "visits": (("外访未安排", "visits not arranged"), ("请外访人员协同或转派", "have a field collector go along, or reassign")),
    "near_cap": (("接近拨打上限", "near the calls cap"), ("改用其他渠道", "use another channel")),
    "complaints": (("投诉", "complaints"), ("按投诉流程答复", "answer by the complaints procedure")),
}


def plan(tables: Tables, rules: Rules, today: date, department: Department | None = None) -> SheetModel:
    """The team's day.

    tables: as in plan_lines, with assigned_owner and assigned_why, and owner_before (who had the case before this press; the
    ledger's own collector where the column is missing). Amounts: fen; what the people own, what nobody owns and the buckets
    each add up to the open amount of the ledger.
    """
    team = _Team(tables, rules, today, department or divide(tables, rules, today))
    moves, unassigned = team.moves(), team.unassigned()
    most = rules.planning.list_rows
    blocks = {
        "people": team.people(),
        "total": team.total(),
        "buckets": team.buckets(),
        "exceptions": team.exceptions(),
        "moves": part(moves, 0, min(len(moves), most)),
        "unassigned": part(unassigned, 0, min(len(unassigned), most)),
    }
    beyond = {"moves": moves.iloc[most:], "unassigned": unassigned.iloc[most:]}
    not_listed = {name: (len(rows), int(rows[c.DUE_NOW.name].sum())) for name, rows in beyond.items() if len(rows)}
    return SheetModel(NAME, KIND, blocks, {**team.facts(), "not_listed": not_listed})


class _Team:
    """Figures by person, counted once over all lines. The last place stands for lines that nobody owns."""

    def __init__(self, tables: Tables, rules: Rules, today: date, work: Department) -> None:
        self.tables, self.rules, self.today = tables, rules, today
        self.lang = rules.office.language
        self.lines, self.days = work.lines, {day.person: day for day in work.days}
        listed = [str(name) for name in tables.collectors["person"] if name]
        self.names = list(dict.fromkeys([*listed, *self.days, *(str(o) for o in pd.unique(self.lines.owner) if o)]))
        self.known = set(listed) or set(self.days)
        place = pd.Index(self.names).get_indexer(pd.Index(self.lines.owner))
        self.place = np.where(place < 0, len(self.names), place)
        self.paid = self._paid()
        self.targets = month_targets(tables, today)
        working = [d.item() for d in WorkingDays.of(tables.calendar).working_days_in(today)]
        self.time_gone = sum(d < today for d in working) / len(working) if working else 0.0
        self.counts = self._counts()
        step = pd.Series(text(tables.cases, "next_action")[self.lines.lead])
        self.wants_visit = (self.lines.turn <= ROUTINE) & ~self.lines.letter_only & log.says(step, log.VISIT)

    def _paid(self) -> Ints:
        """Cash of this month by person; what belongs to no person stands last, so that the total is the team's."""
        paid = cash(self.tables, self.today)
        month = paid[paid["day"].to_numpy() >= np.datetime64(self.today.replace(day=1), "s")]
        place = pd.Index(self.names).get_indexer(pd.Index(month["owner"]))
        out = np.zeros(len(self.names) + 1, dtype=np.int64)
        np.add.at(out, np.where(place < 0, len(self.names), place), month["fen"].to_numpy(dtype=np.int64))
        return out

    def _per_person(self, what: Flags | Ints) -> Ints:
        out = np.zeros(len(self.names) + 1, dtype=np.int64)
        np.add.at(out, self.place, np.asarray(what, dtype=np.int64))
        return out

    def _counts(self) -> dict[str, Ints]:
        """By column of the people's table."""
        lines, day = self.lines, np.datetime64(self.today, "D")
        free = lines.turn != NOT_NOW
        late = (lines.due < day) | (lines.callback < day) | ((lines.turn == ROUTINE) & (lines.next_on < day))
        return {
            c.TEAM_CUSTOMERS.name: self._per_person(np.ones(len(lines), dtype=np.int64)),
            c.TEAM_CASES.name: self._per_person(lines.cases),
            c.TEAM_AMOUNT.name: self._per_person(lines.amount),
            c.TEAM_PROMISES.name: self._per_person(free & (lines.due == day)),
            c.TEAM_LATE.name: self._per_person(free & late),
            c.TEAM_NEW.name: self._per_person(free & lines.is_new),
            c.TEAM_NEAR_CAP.name: self._per_person((lines.dialled > 0) & (lines.dialled >= lines.cap - 1)),
            c.TEAM_COMPLAINTS.name: self._per_person(self._complaints()),
        }

    def _complaints(self) -> Flags:
        """Customers with a complaint that stops contact, or one in this month's log."""
        held = log.says(pd.Series(text(self.tables.cases, "hold")[self.lines.why_position]), log.COMPLAINT)
        contacts = self.tables.contacts
        when = contacts["contacted_at"].to_numpy()
        first = np.datetime64(self.today.replace(day=1), "s")
        recent = contacts[(when >= first) & (when < np.datetime64(self.today, "D") + 1) & log.complained(contacts)]
        line = lines_of(recent, self.tables.cases, self.lines.of_case)
        held[line[line >= 0]] = True
        return held

    def _figures(self, number: int, name: str) -> dict[str, Any]:
        target = self.targets.get(name)
        received = int(self.paid[number])
        day = self.days.get(name)
        return {
            c.TEAM_PERSON.name: name,
            **{column: int(values[number]) for column, values in self.counts.items()},
            c.TEAM_MINUTES.name: day.minutes_planned if day else 0,
            c.TEAM_CAPACITY.name: day.hours.seconds // MINUTE if day else 0,
            c.TEAM_TARGET.name: target if target is not None else pd.NA,
            c.TEAM_RECEIVED.name: received,
            c.TEAM_ACHIEVED.name: received / target if target else float("nan"),
            c.TEAM_TIME.name: self.time_gone,
            c.TEAM_GAP.name: target - received if target is not None else pd.NA,
        }

    def people(self) -> pd.DataFrame:
        """One row per person on the roster or owning cases."""
        return _table(c.TEAM_PEOPLE, [self._figures(number, name) for number, name in enumerate(self.names)])

    def total(self) -> pd.DataFrame:
        """One row over everything, what nobody owns included."""
        target, received = self.targets.get(""), int(self.paid.sum())
        row = {
            c.TEAM_PERSON.name: SAID["total"][self.lang == "en"],
            **{column: int(values.sum()) for column, values in self.counts.items()},
            c.TEAM_MINUTES.name: sum(day.minutes_planned for day in self.days.values()),
            c.TEAM_CAPACITY.name: sum(day.hours.seconds // MINUTE for day in self.days.values()),
            c.TEAM_TARGET.name: target if target is not None else pd.NA,
            c.TEAM_RECEIVED.name: received,
            c.TEAM_ACHIEVED.name: received / target if target else float("nan"),
            c.TEAM_TIME.name: self.time_gone,
            c.TEAM_GAP.name: target - received if target is not None else pd.NA,
        }
        return _table(c.TEAM_PEOPLE, [row])

    def buckets(self) -> pd.DataFrame:
        """Open cases by bucket, in the order of ageing; a customer counts once, in the worst bucket of its cases."""
        cases = self.tables.cases
        at = np.flatnonzero(self.lines.of_case >= 0)
        order = list(ageing.order(self.rules))
        code = pd.Index(order).get_indexer(pd.Index(ageing.shown(cases)[at]))
        code = np.where(code < 0, len(order), code)
        fen = np.zeros(len(order) + 1, dtype=np.int64)
        np.add.at(fen, code, whole(cases, "open_amount")[at])
        worst = np.full(len(self.lines), -1, dtype=np.int64)
        np.maximum.at(worst, self.lines.of_case[at], np.where(code == len(order), -1, code))
        customers = np.bincount(np.where(worst < 0, len(order), worst), minlength=len(order) + 1)
        number = np.bincount(code, minlength=len(order) + 1)
        everything = int(fen.sum())
        rows = [
            {
                c.BUCKET.name: label,
                c.TEAM_CUSTOMERS.name: int(customers[i]),
                c.TEAM_CASES.name: int(number[i]),
                c.TEAM_AMOUNT.name: int(fen[i]),
                c.TEAM_SHARE.name: fen[i] / everything if everything else float("nan"),
            }
            for i, label in enumerate([*order, SAID["unknown"][self.lang == "en"]])
            if number[i] or customers[i]
        ]
        return _table(c.TEAM_BUCKETS, rows)

    def exceptions(self) -> pd.DataFrame:
        """What the manager has to look at, person by person."""
        idle = self._idle()
        rows = []
        for number, name in enumerate(self.names):
            day = self.days.get(name)
            amount = int(self.counts[c.TEAM_AMOUNT.name][number])
            found = [
                ("unknown_person", int(self.counts[c.TEAM_CUSTOMERS.name][number]) if name not in self.known else 0, amount),
                ("away", int(self.counts[c.TEAM_CUSTOMERS.name][number]) if day is None and name in self.known else 0, amount),
                ("overloaded", len(day.not_fitted) if day else 0, int(self.lines.amount[day.not_fitted].sum()) if day else 0),
                ("idle", int(name in idle), pd.NA),
                ("late", int(self.counts[c.TEAM_LATE.name][number]), pd.NA),
                ("new", int(self.counts[c.TEAM_NEW.name][number]), pd.NA),
                ("visits", *self._visits(name)),
                ("near_cap", int(self.counts[c.TEAM_NEAR_CAP.name][number]), pd.NA),
                ("complaints", int(self.counts[c.TEAM_COMPLAINTS.name][number]), pd.NA),
            ]
            rows += [self._exception(name, what, count, fen) for what, count, fen in found if count]
        return _table(c.TEAM_EXCEPTIONS, rows)

    def _exception(self, name: str, what: str, count: int, fen: Any) -> dict[str, Any]:
        zh_en, remedy = EXCEPTIONS[what]
        return {
            c.TEAM_PERSON.name: name,
            c.EXCEPTION.name: zh_en[self.lang == "en"],
            c.EXCEPTION_COUNT.name: count,
            c.EXCEPTION_AMOUNT.name: fen,
            c.EXCEPTION_REMEDY.name: remedy[self.lang == "en"],
        }

    def _visits(self, name: str) -> tuple[int, int]:
        """Customers of a person whose next step is a visit that nobody's day holds, and what they owe."""
        day, planned = self.days.get(name), set()
        if day is not None:
            planned = set(day.planned[day.kinds == VISIT].tolist())
        mine = np.flatnonzero(self.wants_visit & (self.lines.owner == name))
        left = [line for line in mine.tolist() if line not in planned]
        return len(left), int(self.lines.amount[left].sum())

    def _idle(self) -> set[str]:
        """Who logged nothing on the last working day, on a day on which others did."""
        calendar = WorkingDays.of(self.tables.calendar)
        before = self.today - timedelta(days=1)
        while not bool(calendar.is_working(before)) and self.today - before < timedelta(days=15):
            before -= timedelta(days=1)
        when = self.tables.contacts["contacted_at"].to_numpy().astype("datetime64[D]")
        busy = set(self.tables.contacts["collector"][when == np.datetime64(before, "D")])
        return set(self.days) - busy if busy else set()

    def moves(self) -> pd.DataFrame:
        """Customers of whom a case had another collector than now, the largest first; a mere gathering of one debtor's cases says so."""
        cases, lines = self.tables.cases, self.lines
        before = text(cases, "owner_before" if "owner_before" in cases else "owner")
        at = np.flatnonzero((lines.of_case >= 0) & (before != ""))
        now = lines.owner[lines.of_case[at]]
        at = at[np.isin(lines.of_case[at], lines.of_case[at[(now != "") & (before[at] != now)]])]
        had: dict[int, dict[str, None]] = {}
        for line, name in zip(lines.of_case[at].tolist(), before[at], strict=True):
            had.setdefault(line, {})[name] = None
        moved = list(had)
        from_, why = np.full(len(lines), "", dtype=object), text(cases, "assigned_why")[lines.lead].copy()
        for n in moved:
            from_[n] = SAID["and"][self.lang == "en"].join(name for name in had[n] if name != lines.owner[n])
            if lines.owner[n] in had[n]:
                why[n] = SAID["gathered"][self.lang == "en"].format(owner=lines.owner[n])
        more = {c.MOVED_FROM.name: from_, c.MOVED_TO.name: lines.owner, c.MOVED_WHY.name: why}
        return self._listed(c.TEAM_MOVES, np.array(moved, dtype=np.int64), more)

    def unassigned(self) -> pd.DataFrame:
        """Customers without a collector, the largest first, with what the assignment says of it."""
        return self._listed(c.TEAM_UNASSIGNED, np.flatnonzero(self.lines.owner == ""), {})

    def _listed(self, columns: tuple[Column, ...], at: Ints, more: dict[str, Texts]) -> pd.DataFrame:
        at = at[np.argsort(-self.lines.amount[at], kind="stable")]
        values: dict[str, Any] = {**shown(self.tables, self.lines, at, self.today, self.lang)}
        values |= {c.DUE_NOW.name: self.lines.amount[at]}  # what is in hand, not what is asked for today
        values[c.MOVED_WHY.name] = text(self.tables.cases, "assigned_why")[self.lines.lead[at]]
        values |= {name: column[at] for name, column in more.items()}
        return frame(columns, values, len(at))

    def facts(self) -> dict[str, Any]:
        """The figures of the sheet's head."""
        capacity = [day.hours.seconds for day in self.days.values() if day.hours.seconds]
        unmet = sum(day.seconds_not_fitted for day in self.days.values())
        return {
            "plan_day": self.today,
            "data_as_of": self.tables.data_as_of,
            "language": self.lang,
            "time_gone": self.time_gone,
            "target_month": self.targets.get(""),
            "received_month": int(self.paid.sum()),
            "open_amount": int(self.lines.amount.sum()),
            "cases": int(self.lines.cases.sum()),
            "customers": len(self.lines),
            "headcount_gap": -(-unmet * len(capacity) // sum(capacity)) if capacity else None,
        }


def _table(columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> pd.DataFrame:
    return frame(columns, {column.name: [row[column.name] for row in rows] for column in columns}, len(rows))
