"""What people typed on plan sheets: it reaches the contact log once, and stays on the sheet as long as its line does.

Nothing typed is ever lost: a valid result goes into the log (`to_log`); what cannot be understood stays where it stands and is said;
notes, 下次 and added columns follow the customer to later plans (`carry`); what has no line any more goes into the log (`left`).

A cell that the reader could not read may come as text in "<column>_raw" beside the column; "<column>_cell" names its place ("P17").
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import line_keys
from macros_py.domain.arrays import text
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, Kind, conform
from macros_py.domain.money_words import with_currency
from macros_py.domain.personal_plan import KIND, NAME_PREFIX
from macros_py.domain.problems import Problem
from macros_py.domain.received import position_of
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables

TYPED: Final = tuple(column.name for column in c.PLAN_TYPED)
ANSWERS: Final = (c.RESULT.name, c.PLAN_PROMISED_ON.name, c.PLAN_PROMISED_AMOUNT.name)  # these are the day's result
LABELS: Final = {column.name: column.zh for column in c.PLAN_TYPED}
RAW, CELL = "_raw", "_cell"
IN_PERSON: Final = frozenset({"承诺还款", "本人接通", "拒绝还款", "困难", "争议", "投诉", "要求回访", "称已还款"})
# By what the task of a line begins with: "电话联系；外访（…前）" is a call, the visit beside it somebody else's.
CHANNELS: Final = (("外访", "外访"), ("Visit", "外访"), ("寄函", "信函"), ("Send a letter", "信函"), ("短信", "短信"), ("SMS", "短信"))
CALL: Final = "电话"
Row = Mapping[str, Any]


def to_log(tables: Tables, rules: Rules, today: date) -> tuple[pd.DataFrame, list[Problem]]:
    """The log entries of what was typed and is not in the log yet.

    tables.plan_entries: row_key, person, plan_day, case_id, PLAN_TYPED, sheet (and task, *_raw, *_cell where there are such)
    → CONTACT_COLUMNS, entry_id "P" + 12 hex digits of day, line and content: the same line typed again otherwise is a further entry.
    Problems: plan-result-unknown, plan-date-past, plan-amount; their rows are not logged and stay on the sheet.
    """
    there = set(tables.contacts["entry_id"])
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    answered = [row for row in _rows(tables.plan_entries) if _answered(row)]
    known_as = _known_as(tables, answered)
    for row in answered:
        found, stops = _checked(row)
        problems += found
        entry = _entry(row, today)
        if not stops and there.isdisjoint(_ids(row, entry, known_as)):
            there.add(entry[c.ENTRY_ID.name])
            rows.append(entry)
    return _table(rows, tables), problems


def carry(tables: Tables, model: SheetModel) -> SheetModel:
    """`model` with what people typed on the sheet that it replaces, and the columns that they added, by row key.

    A plan of the same day: everything verbatim. A plan of a later day: a result that is valid is in the log by then, and its cells open
    empty; 下次, 备注 and added columns stay by customer (from a colleague's plan where the customer has moved), and so does what
    could not be understood. Other sheets: by row key.
    """
    return carry_all(tables, [model])[0]


def carry_all(tables: Tables, models: Iterable[SheetModel]) -> list[SheetModel]:
    """`carry` for each of them; what people typed is read once for all."""

    @cache
    def lines(sheet: str) -> Sequence[_Line]:
        return [_line(sheet, row) for row in _rows(tables.typed.get(sheet, pd.DataFrame()))]

    return [_carried(model, _typed_rows(tables, model, lines)) for model in models]


def _carried(model: SheetModel, old: Mapping[str, dict[str, Any]]) -> SheetModel:
    if not old:
        return model
    added = list(dict.fromkeys(name for row in old.values() for name in row if _is_added(name)))
    blocks = {name: _filled(table, old, added) if c.ROW_KEY.name in table else table for name, table in model.tables.items()}
    return SheetModel(model.name, model.kind, blocks, model.facts)


def left(tables: Tables, models: Iterable[SheetModel], today: date) -> pd.DataFrame:
    """CONTACT_COLUMNS of typed plan rows whose customer has no line on any of the new plans: kept in the log, in words, in the note.

    What to_log takes is not repeated. The same rows give the same entry_id, so they are kept once.
    """
    stays = {
        _customer(key) for model in models for table in model.tables.values() if c.ROW_KEY.name in table for key in table[c.ROW_KEY.name]
    }
    there = set(tables.contacts["entry_id"])
    entries = {(row["sheet"], row[c.ROW_KEY.name]): row for row in _rows(tables.plan_entries)}
    gone = []
    for sheet, table in tables.typed.items():
        if not sheet.startswith(NAME_PREFIX):
            continue
        for row in _rows(table):
            key = str(row[c.ROW_KEY.name])
            known = {**_bare(key, sheet), **row, **entries.get((sheet, key), {})}
            words = _words(known, logged=_answered(known) and not _checked(known)[1])
            if words and _customer(key) not in stays:
                gone.append({**known, **dict.fromkeys(ANSWERS, None), c.PLAN_NOTE.name: words})
    known_as, rows = _known_as(tables, gone), []
    for row in gone:
        entry = _entry(row, today)
        if there.isdisjoint(_ids(row, entry, known_as)):
            there.add(entry[c.ENTRY_ID.name])
            rows.append(entry)
    return _table(rows, tables)


def _known_as(tables: Tables, rows: Sequence[Row]) -> Mapping[str, tuple[str, ...]]:
    """Customer of a row key → the keys under which the same line may have been logged before."""
    keys = list(dict.fromkeys(_customer(row[c.ROW_KEY.name]) for row in rows))
    return line_keys.others(tables.cases, keys) if keys else {}


def _ids(row: Row, entry: Row, known_as: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The numbers that the log may hold this entry under."""
    customer, at, day = str(row[c.ROW_KEY.name]).rpartition("@")
    if not customer:
        return {entry[c.ENTRY_ID.name]}
    return {_entry_id(f"{key}{at}{day}", entry, row) for key in known_as[customer]}


def _rows(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Typed rows are few: they are read one by one. Unknown is None, text is stripped of nothing."""
    for record in table.to_dict("records"):
        yield {str(name): None if not isinstance(value, str) and pd.isna(value) else value for name, value in record.items()}


def _bare(key: str, sheet: str) -> dict[str, Any]:
    day = _day(key.rpartition("@")[2])
    return {
        c.ROW_KEY.name: key,
        "person": sheet.removeprefix(NAME_PREFIX),
        "plan_day": day,
        "case_id": "",
        "sheet": sheet,
    }


@lru_cache(maxsize=1024)
def _day(said: str) -> pd.Timestamp | None:
    """The day at the end of a row key: thousands of rows name a few."""
    day = pd.to_datetime(said, errors="coerce", format="%Y-%m-%d")
    return None if pd.isna(day) else day


def _customer(key: object) -> str:
    """The part of a row key before the day."""
    return str(key).rpartition("@")[0] or str(key)


def _has(value: object) -> bool:
    return value is not None and value != ""


def _answered(row: Row) -> bool:
    """Whether the day's result was typed, readable or not."""
    return any(_has(row.get(name)) or _has(row.get(name + RAW)) for name in ANSWERS)


def _checked(row: Row) -> tuple[list[Problem], bool]:
    """What is wrong with a typed row, and whether that keeps it out of the log (a 下次 that is past only loses its day).

    An unreadable cell has been reported by the reader, so it only keeps the row out.
    """
    problems = []
    result, fen = row.get(c.RESULT.name), row.get(c.PLAN_PROMISED_AMOUNT.name)
    if _has(result) and str(result).strip() not in c.RESULT.choices:
        problems.append(_problem("plan-result-unknown", row, c.RESULT, shown=str(result)[:20]))
    if fen is not None and fen <= 0:
        problems.append(_problem("plan-amount", row, c.PLAN_PROMISED_AMOUNT, shown=with_currency(int(fen))))
    if _past(row.get(c.PLAN_PROMISED_ON.name), row["plan_day"]):
        problems.append(_problem("plan-date-past", row, c.PLAN_PROMISED_ON, label=c.PLAN_PROMISED_ON.zh))
    stops = bool(problems) or any(_has(row.get(name + RAW)) for name in TYPED)
    if _past(row.get(c.PLAN_NEXT_ON.name), row["plan_day"]):
        problems.append(_problem("plan-date-past", row, c.PLAN_NEXT_ON, label=c.PLAN_NEXT_ON.zh))
    return problems, stops


def _past(value: Any, day: Any) -> bool:
    return value is not None and day is not None and bool(value < day)


def _problem(code: str, row: Row, column: Column, **values: object) -> Problem:
    return Problem(code, str(row["sheet"]), str(row.get(column.name + CELL) or ""), values)


def _entry(row: Row, today: date) -> dict[str, Any]:
    """One log entry; case, customer and number are looked up for all entries together."""
    day = row["plan_day"] if row.get("plan_day") is not None else pd.Timestamp(today)
    next_on = row.get(c.PLAN_NEXT_ON.name)
    result = str(row.get(c.RESULT.name) or "").strip()
    promise = row.get(c.PLAN_PROMISED_ON.name), row.get(c.PLAN_PROMISED_AMOUNT.name)
    outcome = result or ("承诺还款" if any(map(_has, promise)) else "")
    note = str(row.get(c.PLAN_NOTE.name) or "")
    entry = {
        c.CONTACTED_AT.name: day,
        c.CASE_ID.name: str(row.get("case_id") or ""),
        c.COLLECTOR.name: str(row["person"]),
        c.CHANNEL.name: _channel(str(row.get(c.TASK.name) or "")) if outcome else "",
        c.RELATION.name: "本人" if outcome in IN_PERSON else "第三方" if outcome == "第三方接通" else "",
        c.OUTCOME.name: outcome,
        c.PROMISED_ON.name: promise[0],
        c.PROMISED_AMOUNT.name: promise[1],
        c.CALLBACK_ON.name: None if _past(next_on, day) else next_on,
        c.LOG_NOTE.name: note,
        "row_key": row[c.ROW_KEY.name],
    }
    return {c.ENTRY_ID.name: _entry_id(str(row[c.ROW_KEY.name]), entry, row), **entry}


def _channel(task: str) -> str:
    return next((channel for word, channel in CHANNELS if task.startswith(word)), CALL)


def _entry_id(row_key: str, entry: Row, row: Row) -> str:
    """The number of an entry: of the line, its day and all that was typed."""
    said = [entry[name] for name in (c.OUTCOME.name, c.PROMISED_ON.name, c.PROMISED_AMOUNT.name)]
    content = (f"{entry[c.CONTACTED_AT.name]:%Y-%m-%d}", row_key, *said, row.get(c.PLAN_NEXT_ON.name), entry[c.LOG_NOTE.name])
    return "P" + hashlib.sha256("\x1f".join(map(str, content)).encode()).hexdigest()[:12]


def _table(rows: list[dict[str, Any]], tables: Tables) -> pd.DataFrame:
    """CONTACT_COLUMNS; the case is that of the entry, else the customer's first; an unknown customer is named in the note."""
    names = [column.name for column in c.CONTACT_COLUMNS]
    if not rows:
        return conform(pd.DataFrame(columns=names), c.CONTACT_COLUMNS)[names]
    out = pd.DataFrame(rows)
    cases = tables.cases
    where = position_of(out[c.CASE_ID.name], cases)
    customer = out["row_key"].map(_customer)
    where = np.where(where < 0, line_keys.positions(cases, customer.tolist()), where)
    for name, source in ((c.CASE_ID.name, "case_id"), (c.CUSTOMER.name, "customer"), (c.NUMBER.name, "phone")):
        out[name] = np.where(where < 0, out.get(name, ""), np.append(text(cases, source), "")[where])
    called = out[c.CHANNEL.name].isin([CALL, "短信"])
    out[c.NUMBER.name] = out[c.NUMBER.name].where(called, "")
    lost = (where < 0) & (out[c.CASE_ID.name] == "")
    note = out[c.LOG_NOTE.name].astype(object)
    out[c.LOG_NOTE.name] = note.where(~lost, note + "（" + customer.astype(object) + "）")
    for column in c.CONTACT_COLUMNS:
        if column.kind in (Kind.DATE, Kind.TIME):
            out[column.name] = pd.to_datetime(out[column.name]).astype("datetime64[s]")
    return conform(out, c.CONTACT_COLUMNS)[names]


def _words(row: Row, *, logged: bool) -> str:
    """What a row without a line says, as one note; what went into the log as a result is left out."""
    said = []
    for name in TYPED:
        value: Any = _put_back(row, name)
        if _has(value) and not logged:
            shown = with_currency(int(value)) if name == c.PLAN_PROMISED_AMOUNT.name and not isinstance(value, str) else value
            said.append(f"{LABELS[name]} {shown:%Y-%m-%d}" if isinstance(shown, pd.Timestamp) else f"{LABELS[name]} {shown}")
    said += [f"{name} {value}" for name, value in row.items() if _is_added(name) and _has(value)]
    return "计划表遗留：" + "；".join(said) if said else ""


def _is_added(name: str) -> bool:
    """A column that people added to the sheet."""
    own = (*TYPED, c.WEEK_CAUSE.name, c.WEEK_MEASURE.name, c.ROW_KEY.name, "person", "plan_day", "case_id", "sheet", c.TASK.name)
    return name not in own and not name.endswith((RAW, CELL))


@dataclass(frozen=True)
class _Line:
    """A typed row of a plan: whose and of which day it is, what stays of it on a plan of the same day, and of a later one."""

    customer: str
    day: pd.Timestamp | None
    same: dict[str, Any]
    later: dict[str, Any]


def _line(sheet: str, row: dict[str, Any]) -> _Line:
    full = {**_bare(str(row[c.ROW_KEY.name]), sheet), **row}
    return _Line(_customer(row[c.ROW_KEY.name]), full["plan_day"], row, _for_later(full))


def _typed_rows(tables: Tables, model: SheetModel, lines: Callable[[str], Sequence[_Line]]) -> dict[str, dict[str, Any]]:
    """New row key → the typed row that belongs there."""
    if model.kind != KIND:
        table = tables.typed.get(model.name)
        return {} if table is None else {str(row[c.ROW_KEY.name]): row for row in _rows(table)}
    day = pd.Timestamp(model.facts["plan_day"])
    end = f"@{day:%Y-%m-%d}"
    others = [name for name in tables.typed if name.startswith(NAME_PREFIX) and name != model.name]
    out: dict[str, dict[str, Any]] = {}
    exact: set[str] = set()
    for line in (line for sheet in [model.name, *others] for line in lines(sheet)):
        key = line.customer + end
        same = line.day == day
        if key in exact or (key in out and not same):
            continue
        out[key] = line.same if same else line.later
        exact |= {key} if same else set()
    return out


def _for_later(row: dict[str, Any]) -> dict[str, Any]:
    """What stays of a row of an earlier day: without the result, when that is in the log."""
    if not _answered(row) or _checked(row)[1]:
        return row
    return {name: value for name, value in row.items() if name.removesuffix(RAW) not in ANSWERS}


def _filled(table: pd.DataFrame, old: Mapping[str, dict[str, Any]], added: list[str]) -> pd.DataFrame:
    """A block with typed values and added columns put back; an unreadable value comes back as the text that it was."""
    out = table.copy()
    keys = out[c.ROW_KEY.name].tolist()
    own = [name for name in (*TYPED, c.WEEK_CAUSE.name, c.WEEK_MEASURE.name) if name in out]
    for name in own:
        put = {place: _put_back(old[key], name) for place, key in enumerate(keys) if key in old}
        put = {place: value for place, value in put.items() if _has(value)}
        if put:
            values = out[name].astype(object)
            values.iloc[list(put)] = pd.Series(list(put.values()), index=values.index[list(put)], dtype=object)
            unread = any(isinstance(v, str) for v in put.values()) and not pd.api.types.is_string_dtype(out[name].dtype)
            out[name] = values if unread else values.astype(out[name].dtype)
    for name in added:
        out[name] = pd.Series([_or_blank(old.get(key, {}).get(name)) for key in keys], index=out.index, dtype=object)
    return out


def _put_back(row: Row, name: str) -> Any:
    raw = row.get(name + RAW)
    return raw if _has(raw) else row.get(name)


def _or_blank(value: Any) -> Any:
    return "" if value is None else value
