"""What a case table says as of one day: days past due, what is open, what is taken for the overdue amount, which rows count once.

Days past due are the as-of day minus the due date (0 on the due date, negative before it). A case settled on or before the day has 0
days and 0 overdue; one settled later is open on that day. Nothing unknown is filled in without a note.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.characters import simplified
from macros_py.domain.problems import Problem
from macros_py.sheets.findings import Finding

SETTLED: Final = frozenset(
    [
        "已结清",
        "结清",
        "已还清",
        "还清",
        "已结案",
        "结案",
        "已核结",
        "已还款",
        "已收回",
        "paid",
        "settled",
        "closed",
        "已付清",
        "已收款",
        "全额结清",
    ]
)
PARTS: Final = ("principal", "interest", "penalty", "fees")
_ZH: Final = {"principal": "剩余本金", "interest": "欠息", "penalty": "罚息", "fees": "费用", "loan_amount": "贷款金额"}
_EN: Final = {
    "principal": "principal",
    "interest": "interest",
    "penalty": "penalty",
    "fees": "fees",
    "loan_amount": "the loan or invoice amount",
}
Days = npt.NDArray[np.float64]


@dataclass
class AsOf:
    """The cases of one sheet being brought to one day. places: column → Excel column number."""

    table: pd.DataFrame
    sheet: str
    places: dict[str, int]
    day: dt.date | None
    stated: dt.date | None
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    printed_day: dt.date | None = None
    open: frozenset[str] = frozenset()  # columns that an unconfirmed header may be
    paid: str = ""  # the header of what was paid already, where nothing shows that it is deducted
    beside: Any = None  # Int64 fen: further interest, penalty and fees of each case, None where there is no such column

    def run(self) -> pd.DataFrame:
        """The table with days_past_due, due_date, overdue_amount, settled_on and case_status as of the day."""
        due = _day_numbers(self.table["due_date"])
        printed = self.table["days_past_due"].to_numpy(np.float64, na_value=np.nan)
        self.printed_day = _agreed(due + printed)
        day = self.day or self.stated or self.printed_day
        ever_settled = self.table["settled_on"].notna().to_numpy()
        settled = self._settled(day)
        if day is not None:
            self._compare(due, printed, day, settled | ever_settled)
            self._days(due, printed, day)
        self._overdue(settled)
        return self.table

    def _note(self, code: str, **values: object) -> None:
        self.problems.append(Problem(code, self.sheet, "", values))

    def _found(self, code: str, column: str, where: npt.NDArray[np.bool_], **values: object) -> None:
        rows = self.table["row"].to_numpy(np.int64)[where]
        if len(rows):
            self.findings.append(Finding(code, self.sheet, self.places.get(column, 0), rows, (), values))

    def _compare(self, due: Days, printed: Days, day: dt.date, settled: npt.NDArray[np.bool_]) -> None:
        """Printed days against the day that they are of: the day that nearly all agree on, else the as-of day."""
        of = self.printed_day or self.stated or day
        if of != day and self.printed_day:
            self._note("printed-days-of", day=of.isoformat(), as_of=day.isoformat())
        computed = _number(of) - due
        wrong = ~np.isnan(printed) & ~np.isnan(computed) & (printed != computed) & ~((printed == 0) & (computed < 0)) & ~settled
        if wrong.any():
            each = tuple({"printed": int(p), "computed": int(c)} for p, c in zip(printed[wrong], computed[wrong], strict=True))
            rows = self.table["row"].to_numpy(np.int64)[wrong]
            place = self.places.get("days_past_due", 0)
            self.findings.append(Finding("dpd-differs", self.sheet, place, rows, (), {"as_of": of.isoformat()}, each))

    def _days(self, due: Days, printed: Days, day: dt.date) -> None:
        of = self.stated or self.printed_day or day
        derived = np.isnan(due) & ~np.isnan(printed)
        if "due_date" in self.places:
            self._found("due-derived", "due_date", derived, as_of=of.isoformat())
        elif derived.any():
            self._note("due-derived", as_of=of.isoformat())
        due = np.where(derived, _number(of) - printed, due)
        self.table["due_date"] = _moments(due)
        self.table["days_past_due"] = _ints(_number(day) - due)

    def _settled(self, day: dt.date | None) -> npt.NDArray[np.bool_]:
        """True for cases settled on or before the day; what was settled later loses its future."""
        on = _day_numbers(self.table["settled_on"])
        worded = np.zeros(len(on), bool)
        if "case_status" in self.places:
            worded = self._says_settled("case_status")
        later = ~np.isnan(on) & (on > _number(day)) if day else np.zeros(len(on), bool)
        if later.any() and day:
            self._note("settled-later", count=int(later.sum()), as_of=day.isoformat())
            self.table.loc[later, "settled_on"] = pd.NaT
            self.table.loc[later & worded, "case_status"] = ""
        settled = np.asarray((~np.isnan(on) | worded) & ~later)
        self._doubtful(settled, later)
        self.table.loc[settled & (self.table["case_status"] == "").to_numpy(), "case_status"] = "已结清"
        return settled

    def _says_settled(self, name: str) -> npt.NDArray[np.bool_]:
        """Where the whole cell is a word for settled."""
        distinct = self.table[name].unique()
        words = [w for w, said in zip(distinct, simplified(distinct), strict=True) if said.strip(" 。.!！").lower() in SETTLED]
        return self.table[name].isin(words).to_numpy(bool)

    def _doubtful(self, settled: npt.NDArray[np.bool_], later: npt.NDArray[np.bool_]) -> None:
        """Settled cases that still show an amount, and notes that say a case is settled while nothing else does."""
        if "overdue_amount" in self.places:
            self._found("settled-owing", "overdue_amount", settled & (self.table["overdue_amount"].fillna(0) > 0).to_numpy(bool))
        if "note" in self.places:
            noted = self._says_settled("note")
            self._found("settled-noted", "note", noted & ~settled & ~later)

    def _overdue(self, settled: npt.NDArray[np.bool_]) -> None:
        if "overdue_amount" not in self.places:
            self.table["overdue_amount"] = self._taken()
        if settled.any():
            self.table.loc[settled, "overdue_amount"] = 0
            self.table.loc[settled, "days_past_due"] = 0

    def _taken(self) -> Any:
        """What stands in for the overdue amount: the parts that the sheet has, else the whole amount."""
        names = [n for n in PARTS if n in self.places] if "principal" in self.places else ["loan_amount"]
        if names[0] not in self.places:
            return self.table["overdue_amount"]
        if self.open & {"overdue_amount", *(PARTS if names[0] == "principal" else ("principal",))}:
            self.problems.append(Problem("overdue-open", self.sheet))
            return self.table["overdue_amount"]
        if self.paid and names[0] == "loan_amount":
            self._note("overdue-paid", paid=self.paid, taken=_ZH[names[0]], taken_en=_EN[names[0]])
            return self.table["overdue_amount"]
        zh, en = "+".join(_ZH[n] for n in names), " + ".join(_EN[n] for n in names)
        self._note("overdue-taken", taken=zh, taken_en=en)
        total = self.table[names[0]].copy()
        for name in names[1:]:
            total = total + self.table[name].fillna(0)
        if self.beside is not None and names[0] == "principal":
            total = total + self.beside
        return total


def _number(day: dt.date) -> float:
    return float((day - dt.date(1970, 1, 1)).days)


def _day_numbers(moments: pd.Series) -> Days:
    values = moments.to_numpy("datetime64[D]")
    return np.where(np.isnat(values), np.nan, values.astype(np.int64).astype(np.float64))


def _moments(numbers: Days) -> npt.NDArray[np.datetime64]:
    known = ~np.isnan(numbers)
    out = np.full(len(numbers), np.datetime64("NaT", "s"), "datetime64[s]")
    out[known] = numbers[known].astype(np.int64).astype("datetime64[D]").astype("datetime64[s]")
    return out


def _ints(numbers: Days) -> pd.arrays.IntegerArray:
    unknown = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(unknown, 0, numbers).astype(np.int64), unknown)


def _agreed(days: Days) -> dt.date | None:
    """The one day that at least 90% of due date + printed days agree on (five rows or more)."""
    known = days[~np.isnan(days)]
    if len(known) < 5:
        return None
    middle = float(np.median(known))
    if not middle.is_integer() or np.mean(known == middle) < 0.9:
        return None
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(middle))


def once(table: pd.DataFrame, places: dict[str, dict[str, int]]) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    """Every case once: (first rows, repeated rows, findings). Rows without a case number get their row number for one."""
    table = _numbered(table)
    repeated = table.duplicated("case_id").to_numpy(bool)
    if not repeated.any():
        return table, table.iloc[:0], []
    first = table.groupby("case_id", sort=False)["row"].transform("first").to_numpy(np.int64)
    contents = [c for c in table.columns if c not in ("row", "sheet", "case_id_made")]
    involved = table[table["case_id"].isin(table["case_id"][repeated])]
    whole = set(involved.index[involved.duplicated(contents)].tolist())
    found: list[Finding] = []
    for code, wanted in (("case-duplicate-whole", True), ("case-duplicate", False)):
        at = np.array([i for i in np.flatnonzero(repeated) if (int(table.index.to_numpy()[i]) in whole) is wanted], np.int64)
        for sheet in table["sheet"].iloc[at].unique():
            mine = at[(table["sheet"].iloc[at] == sheet).to_numpy()]
            each = tuple({"first_row": int(first[i])} for i in mine)
            rows = table["row"].to_numpy(np.int64)[mine]
            found.append(Finding(code, str(sheet), places.get(str(sheet), {}).get("case_id", 1), rows, (), {}, each))
    return table[~repeated].reset_index(drop=True), table[repeated].reset_index(drop=True), found


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    made = (table["case_id"] == "").to_numpy(bool)
    table = table.assign(case_id_made=made)
    if made.any():
        several = len(set(table["sheet"])) > 1
        rows, sheets = table["row"].to_numpy(), table["sheet"].to_numpy(object)
        names = table["case_id"].to_numpy(object).copy()
        names[made] = [f"{s if several else ''}第{r}行" for r, s in zip(rows[made], sheets[made], strict=True)]
        table["case_id"] = pd.Series(names, index=table.index, dtype="str")
    return table
