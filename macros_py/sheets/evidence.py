"""What the values of a sheet prove about its headers: sums that come out, days that fit dates, contents that cannot be what the header says."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from macros_py.domain.kinds import Column, Kind
from macros_py.sheets import amounts, dates, identifiers, quantities
from macros_py.sheets import cells as k

SHARE: Final = 0.95
SUM_SHARE: Final = 0.85  # sums that come out to the fen are no accident; a few mistyped cells do not unsay them
FEWEST: Final = 3
Numbers = npt.NDArray[np.float64]


@dataclass
class Evidence:
    """Columns of a sample of rows, parsed when asked for. `cell(place)` gives the raw column at a place."""

    cell: Callable[[int], k.Cells]
    date1904: bool = False
    beside: list[int] = field(default_factory=list)  # places of further components (复利 beside 罚息)

    def fen(self, place: int) -> Numbers:
        """Amounts as floats of fen, NaN unknown (exact far beyond any ledger's sums)."""
        values, _ = amounts.money(self.cell(place))
        return values.to_numpy(np.float64, na_value=np.nan)

    def part(self, place: int) -> Numbers:
        """Amounts as floats of fen where a blank adds nothing; NaN where a cell holds something unreadable or an error."""
        return np.where(self.cell(place).codes == k.BLANK, 0.0, self.fen(place))

    def days(self, place: int) -> Numbers:
        """Days as floats, NaN unknown."""
        values, _ = quantities.ints(self.cell(place))
        return values.to_numpy(np.float64, na_value=np.nan)

    def dates(self, place: int) -> Numbers:
        """Dates as day numbers, NaN unknown."""
        moments, _ = dates.dates(self.cell(place), self.date1904)
        out = moments.astype("datetime64[D]").astype(np.int64).astype(np.float64)
        out[np.isnat(moments)] = np.nan
        return out

    def sums_up(self, known: Mapping[str, int]) -> bool:
        """True when principal + interest (+ penalty, + fees) is the overdue amount on at least 95% of the rows."""
        if not {"principal", "overdue_amount"} <= known.keys() or len({known[n] for n in known}) < len(known):
            return False
        parts = [known[n] for n in ("interest", "penalty", "fees") if n in known] + self.beside[:4]
        base, total = self.fen(known["principal"]), self.fen(known["overdue_amount"])
        chosen = [some for size in range(len(parts), 0, -1) for some in itertools.combinations(parts, size)]
        return any(_agree(base, [self.part(place) for place in some], total) for some in chosen)

    def days_fit(self, date_place: int, days_place: int) -> bool:
        """True when date + days is one and the same day on at least 95% of the rows."""
        day = self.dates(date_place) + self.days(days_place)
        day = day[~np.isnan(day)]
        distinct = len(np.unique(self.dates(date_place)[~np.isnan(self.dates(date_place))]))
        return len(day) >= FEWEST and distinct > 1 and bool(np.mean(day == np.median(day)) >= SHARE)

    def same(self, one: int, other: int) -> bool:
        """True when two columns of amounts agree on at least 95% of the rows."""
        a, b = self.fen(one), self.fen(other)
        both = ~np.isnan(a) & ~np.isnan(b)
        return int(both.sum()) >= FEWEST and bool(np.mean(a[both] == b[both]) >= SHARE)

    def left(self, whole: int, paid: int, rest: int) -> bool:
        """True when the whole minus what was paid is the rest on at least 95% of the rows, three of them with a payment."""
        a, b, c = self.fen(whole), self.part(paid), self.fen(rest)
        known = ~np.isnan(a) & ~np.isnan(b) & ~np.isnan(c)
        fits = np.abs(a[known] - b[known] - c[known]) <= 1
        return int((fits & (b[known] > 0)).sum()) >= FEWEST and bool(np.mean(fits) >= SHARE)

    def covers(self, bigger: int, smaller: int) -> bool:
        """True when one column of amounts is never (99%) below another and not equal to it."""
        a, b = self.fen(bigger), self.fen(smaller)
        both = ~np.isnan(a) & ~np.isnan(b)
        return int(both.sum()) >= FEWEST and bool(np.mean(a[both] >= b[both]) >= 0.99) and bool((a[both] > b[both]).any())


def _agree(base: Numbers, parts: list[Numbers], total: Numbers) -> bool:
    added = np.sum(parts, axis=0)
    both = ~np.isnan(base) & ~np.isnan(total) & ~np.isnan(added)
    if int(both.sum()) < FEWEST:
        return False
    fits = np.abs(base[both] + added[both] - total[both]) <= 1
    return int((fits & (added[both] > 0)).sum()) >= FEWEST and bool(np.mean(fits) >= SUM_SHARE)


def settle(asked: Mapping[int, tuple[str, ...]], known: Mapping[str, int], evidence: Evidence) -> dict[int, str]:
    """Ambiguous places → the column that the sheet's own arithmetic proves; "" for a copy of a column that is known."""
    decided = _by_sums(asked, known, evidence)
    taken = {**known, **{name: place for place, name in decided.items()}}
    for place, candidates in asked.items():
        if place not in decided and (name := _alone(place, candidates, taken, evidence)) is not None:
            decided[place] = name
            taken.update({name: place} if name else {})
    return decided


def _by_sums(asked: Mapping[int, tuple[str, ...]], known: Mapping[str, int], evidence: Evidence) -> dict[int, str]:
    amounts_asked = {p: [n for n in names if n in ("overdue_amount", "principal") and n not in known] for p, names in asked.items()}
    amounts_asked = {p: names for p, names in amounts_asked.items() if names}
    if not amounts_asked or len(amounts_asked) > 5:
        return {}
    proven: list[dict[int, str]] = []
    for choice in itertools.product(*[[*names, ""] for names in amounts_asked.values()]):
        trial = {p: n for p, n in zip(amounts_asked, choice, strict=True) if n}
        if trial and len(set(trial.values())) == len(trial) and evidence.sums_up({**known, **{n: p for p, n in trial.items()}}):
            proven.append(trial)
    minimal = [t for t in proven if not any(set(o.items()) < set(t.items()) for o in proven)]
    return minimal[0] if len(minimal) == 1 else {}


def _alone(place: int, candidates: tuple[str, ...], taken: Mapping[str, int], evidence: Evidence) -> str | None:
    """What one ambiguous column is, by its neighbours; None when they do not decide."""
    if "due_date" in candidates:
        fits = "days_past_due" in taken and evidence.days_fit(place, taken["days_past_due"])
        return "due_date" if fits and "due_date" not in taken else None
    if candidates == ("days_past_due",):
        fits = "due_date" in taken and evidence.days_fit(taken["due_date"], place)
        return "days_past_due" if fits and "days_past_due" not in taken else None
    if candidates == ("customer", "employer"):
        return "employer" if "customer" in taken and "employer" not in taken else None
    if any(n in taken and evidence.same(place, taken[n]) for n in candidates):
        return ""
    left = [n for n in candidates if n not in taken]
    if left == ["loan_amount"] and {"principal", "overdue_amount"} <= taken.keys() and evidence.covers(place, taken["principal"]):
        return "loan_amount"
    return None


_PHONE: Final = re.compile(r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?:\.0)?")
_IDENTITY: Final = re.compile(r"\d{17}[\dXx]")
_SCIENCE: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_NUMERIC: Final = re.compile(r"[-+]?[\d,.]+")


def contradicts(column: Column, cells: k.Cells, date1904: bool) -> bool:
    """True when most of the values cannot be what the header says: a name column full of phone numbers."""
    filled = cells.take(np.flatnonzero((cells.codes != k.BLANK) & (cells.codes != k.ERROR) & (cells.codes != k.UNCACHED))[:2000])
    if len(filled.raw) < 5:
        return False
    words = [k.folded(v) if isinstance(v, str) else k.number_text(v) for v in filled.raw]
    if column.name in ("customer", "owner", "collector", "person", "address"):
        return _share(words, (_PHONE, _IDENTITY)) > 0.5 or (column.name != "customer" and _share(words, (_NUMERIC,)) > 0.8)
    if column.name == "id_number":
        return _share(words, (_PHONE,)) > 0.5 or sum(not re.search(r"\d", w) for w in words) > 0.5 * len(words)
    return _unreadable(column, filled, words, date1904) > 0.6 * len(words)


def _unreadable(column: Column, cells: k.Cells, words: list[str], date1904: bool) -> int:
    """How many cells cannot be read as the column's kind."""
    if column.kind is Kind.MONEY:
        _, found = amounts.money(cells)
    elif column.kind in (Kind.DATE, Kind.TIME):
        _, found = dates.dates(cells, date1904)
    elif column.kind is Kind.INT:
        _, found = quantities.ints(cells)
    elif column.kind is Kind.PHONE:
        _, _, found = identifiers.phones(cells)
        return sum(len(f.at) for f in found) - sum("*" in w or bool(_SCIENCE.fullmatch(w)) for w in words)
    else:
        return 0
    return sum(len(f.at) for f in found if f.code.endswith(("unreadable", "ambiguous")) and f.code != "date-ambiguous")


def _share(words: Iterable[str], patterns: tuple[re.Pattern[str], ...]) -> float:
    hits = [any(p.fullmatch(w) for p in patterns) for w in words]
    return sum(hits) / len(hits)
