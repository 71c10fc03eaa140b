"""Functions about single values: amounts in capitals, masks, checks, working days, a rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from macros_py.domain import masking
from macros_py.domain.amount_in_words import capitals_of
from macros_py.domain.working_days import WorkingDays
from macros_py.functions import areas, catalogue
from macros_py.functions.areas import Given, Read, Result, read
from macros_py.functions.declaring import Parameter
from macros_py.functions.troubles import TROUBLES, FunctionError, said
from macros_py.sheets import dates, identifiers
from macros_py.sheets.cells import Cells, Found

RIGHT = "正确"


def _parameters(name: str) -> tuple[Parameter, ...]:
    return next(f.parameters for f in catalogue.FUNCTIONS if f.name == name)


def _cells(name: str, given: dict[str, Given]) -> tuple[Read, pd.Series]:
    found = read(_parameters(name), given)
    return found, found.table["cells"]


def amount_in_capitals(**given: Given) -> Result:
    """人民币…元…角…分; '' for blank."""
    found, fen = _cells("DC_AMOUNT_IN_CAPITALS", given)
    return found.laid(capitals_of(fen).tolist())


def mask_id(**given: Given) -> Result:
    """4401**********1234."""
    found, values = _cells("DC_MASK_ID", given)
    return found.laid(masking.identity_numbers(values.to_numpy(dtype=object)).tolist())


def mask_phone(**given: Given) -> Result:
    """138****5678."""
    found, values = _cells("DC_MASK_PHONE", given)
    return found.laid(masking.phones(values.to_numpy(dtype=object)).tolist())


def mask_name(**given: Given) -> Result:
    """张*."""
    found, values = _cells("DC_MASK_NAME", given)
    return found.laid(masking.names(values.to_numpy(dtype=object)).tolist())


def check_id(**given: Given) -> Result:
    """正确, or what is wrong: lost digits, a check digit that does not fit (GB 11643), or no identity number at all."""
    return _checked(given, identifiers.identity_numbers, lambda number: len(number) in (15, 18), "id-length")


def check_phone(**given: Given) -> Result:
    """正确, or not a number."""
    return _checked(given, lambda cells: identifiers.phones(cells)[::2], bool, "phone-unreadable")


def _checked(given: dict[str, Given], reader: Any, fits: Any, otherwise: str) -> Result:
    values, shape = areas.area(given.get("cells"))
    cells = Cells.of(values)
    read_: tuple[Any, list[Found]] = reader(cells)
    wrong = said(otherwise)
    out = [RIGHT if fits(number) else wrong for number in read_[0]]
    for found in read_[1]:
        for at in found.at.tolist():
            out[at] = said(found.code if found.code in TROUBLES else "cell-error")
    return Read(shape, pd.DataFrame(index=pd.RangeIndex(len(out))), cells.present).laid(out)


def working_days(**given: Given) -> Result:
    """How many working days, both ends included. Words where the calendar of a year is not known: nothing is guessed."""
    found = read(_parameters("DC_WORKING_DAYS")[:2], given)
    calendar = WorkingDays.of(_calendar(areas.rows(given.get("own_days"))))
    first, last = (found.table[name].to_numpy().astype("datetime64[D]") for name in ("first_day", "last_day"))
    years = [np.where(np.isnat(d), 0, d.astype("datetime64[Y]").astype(int) + 1970) for d in (first, last)]
    for at in np.flatnonzero(~np.isin(years[0], (0, *calendar.covered)) | ~np.isin(years[1], (0, *calendar.covered))).tolist():
        found.troubles.setdefault(at, said("calendar-year", year=max(years[0][at], years[1][at])))
    known = ~np.isnat(first) & ~np.isnat(last)
    return found.laid([int(n) if there else "" for n, there in zip(calendar.count(first, last), known, strict=True)])


def _calendar(rows: list[list[Any]]) -> pd.DataFrame | None:
    if not rows:
        return None
    if len(rows[0]) < 2:
        raise FunctionError(said("calendar-columns"))
    column = np.empty(len(rows), dtype=object)
    column[:] = [row[0] for row in rows]
    days, _ = dates.dates(Cells.of(column))
    return pd.DataFrame({"day": days, "working": ["" if r[1] is None else str(r[1]) for r in rows]})


def recovery_rate(**given: Given) -> Result:
    """One number: what came in, capped by each case's balance, over all balances. '' where nothing was owed."""
    found = read(_parameters("DC_RECOVERY_RATE"), given)
    if found.troubles:
        raise FunctionError(next(iter(found.troubles.values())))
    received, balance = (np.maximum(found.table[n].fillna(0).to_numpy(dtype=np.int64), 0) for n in ("received", "balance"))
    total = int(balance.sum())
    return [[float(np.minimum(received, balance).sum() / total) if total else ""]]
