"""Cells in, cells out: what a worksheet function is given becomes columns of equal length, and its result takes the shape of the range."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain.kinds import DTYPES, Kind
from macros_py.functions.declaring import CellKind, Parameter
from macros_py.functions.troubles import FunctionError, said, said_of
from macros_py.sheets import amounts, dates, identifiers, quantities
from macros_py.sheets.cells import Cells, Found, Objects, number_text

Given = Any  # a value, a row of values, or rows of values; None when left out
Result = list[list[Any]]
Reader = Callable[[Cells], tuple[Any, list[Found]]]
_NEVER_BLANK: Final = frozenset({float, int, type(None)})
_RECURRING: Final = frozenset({"text", "flag"})
READERS: Final[Mapping[CellKind, tuple[Kind, Reader]]] = {
    "money": (Kind.MONEY, amounts.money),
    "date": (Kind.DATE, dates.dates),
    "time": (Kind.TIME, lambda cells: dates.dates(cells, keep_time=True)),
    "int": (Kind.INT, quantities.ints),
    "text": (Kind.TEXT, quantities.texts),
    "name": (Kind.TEXT, lambda cells: quantities.texts(cells, names=True)),
    "phone": (Kind.PHONE, lambda cells: (lambda found: (found[0], found[2]))(identifiers.phones(cells))),
    "id": (Kind.ID, lambda cells: _without(identifiers.identity_numbers(cells), "id-checksum")),
    "flag": (Kind.FLAG, quantities.flags),
}


def _without(read: tuple[Any, list[Found]], code: str) -> tuple[Any, list[Found]]:
    return read[0], [f for f in read[1] if f.code != code]


@dataclass
class Read:
    """The arguments, cell by cell. table: one column per parameter that was given; troubles: position → words for the cell."""

    shape: tuple[int, int]
    table: pd.DataFrame
    filled: Any  # where a needed argument holds anything
    troubles: dict[int, str] = field(default_factory=dict)

    def laid(self, values: Sequence[Any] | pd.Series) -> Result:
        """One value per cell in the shape of the range; '' where nothing was asked, words where something could not be read."""
        cells = _column(values) if isinstance(values, pd.Series) else _all_plain(values)
        for at in np.flatnonzero(~self.filled).tolist():
            cells[at] = ""
        for at, words in self.troubles.items():
            cells[at] = words
        rows, columns = self.shape
        if columns == 1:
            return [[v] for v in cells]
        return [cells[i * columns : (i + 1) * columns] for i in range(rows)]


def read(parameters: Sequence[Parameter], given: Mapping[str, Given]) -> Read:
    """Every argument read in its kind. FunctionError when ranges differ in size; one cell goes with a range of any size."""
    areas = {p: area(given.get(p.name)) for p in parameters if not (p.optional and left_out(given.get(p.name)))}
    shapes = {a[1] for a in areas.values() if a[1] != (1, 1)}
    if len(shapes) > 1:
        raise FunctionError(said("different-sizes"))
    shape = shapes.pop() if shapes else (1, 1)
    count = shape[0] * shape[1]
    columns: dict[str, Any] = {}
    out = Read(shape, pd.DataFrame(), np.zeros(count, dtype=bool))
    for parameter, (values, its_shape) in areas.items():
        kind = READERS[parameter.kind][0]
        found, troubles, present = _understood(parameter.kind, values)
        many = 1 if its_shape == shape else count
        held = found if many == 1 else np.repeat(found, many) if isinstance(found, np.ndarray) else found.repeat(many)
        columns[parameter.name] = pd.Series(held, dtype=DTYPES[kind])
        if not parameter.optional:
            out.filled |= present if many == 1 else np.repeat(present, many)
        for trouble in troubles:
            _note(out, trouble, parameter, values, many)
    out.table = pd.DataFrame(columns, index=pd.RangeIndex(count), copy=False)
    return out


def _understood(kind: CellKind, values: Objects) -> tuple[Any, list[Found], Any]:
    """What the cells hold, the troubles with them, and which hold anything. Words that recur all down a column are read once each."""
    reader = READERS[kind][1]
    if kind not in _RECURRING or not set(map(type, values.tolist())) <= {str, type(None)}:
        cells = Cells.of(values)
        return *reader(cells), cells.present
    codes, distinct = pd.factorize(values, use_na_sentinel=False)
    distinct[pd.isna(distinct)] = None
    cells = Cells.of(distinct)
    found, troubles = reader(cells)
    every = [Found(t.code, np.flatnonzero(np.isin(codes, t.at)), values=t.values) for t in troubles]
    return found[codes], every, cells.present[codes]


def _note(out: Read, trouble: Found, parameter: Parameter, values: Objects, many: int) -> None:
    for at in trouble.at.tolist():
        shown = "" if parameter.kind in ("phone", "id") else number_text(values[at])  # never the number that is to be hidden
        words = said_of(parameter, trouble.code, shown)
        for place in range(at, at + 1) if many == 1 else range(many):
            out.troubles.setdefault(place, words)


def one(parameter: Parameter, given: Mapping[str, Given]) -> Any:
    """The value of an argument that is one cell; None where it is left out or blank. FunctionError when it cannot be read."""
    if left_out(given.get(parameter.name)):
        return None
    found = read([parameter], {parameter.name: area(given[parameter.name])[0][0]})
    if found.troubles:
        raise FunctionError(next(iter(found.troubles.values())))
    value = found.table[parameter.name].iloc[0]
    return None if pd.isna(value) else value


def rows(given: Given) -> list[list[Any]]:
    """A range as it is; [] where it is left out."""
    if left_out(given):
        return []
    values, shape = area(given)
    return [values[i * shape[1] : (i + 1) * shape[1]].tolist() for i in range(shape[0])]


def left_out(given: Given) -> bool:
    """Whether an argument is missing, or one blank cell, which is what xlwings makes of a missing one."""
    if isinstance(given, (list, tuple)) and len(given) > 1:
        return False
    values, shape = area(given)
    return shape in ((0, 0), (1, 1)) and all(v is None for v in values)


def area(given: Given) -> tuple[Objects, tuple[int, int]]:
    """Values row by row, and the shape; a flat list stands in a column."""
    if not isinstance(given, (list, tuple)):
        table: Sequence[Sequence[Any]] = [[given]]
    elif given and isinstance(given[0], (list, tuple)):
        table = given
    else:
        table = [[v] for v in given]
    shape = len(table), len(table[0]) if table else 0
    flat = list(chain.from_iterable(table))
    if len(flat) != shape[0] * shape[1]:
        raise FunctionError(said("different-sizes"))
    cells = flat if set(map(type, flat)) <= _NEVER_BLANK else [None if v == "" else v for v in flat]
    return np.fromiter(cells, dtype=object, count=len(cells)), shape


def _column(values: pd.Series) -> list[Any]:
    """The values of a column as cells take them: the whole of it at once, for a column knows what it holds."""
    kind = values.dtype.kind
    if kind == "M":
        return ["" if v is None else v for v in values.to_numpy().astype("datetime64[s]").tolist()]
    if kind == "i" and pd.api.types.is_extension_array_dtype(values.dtype):
        cells: list[Any] = values.fillna(0).to_numpy(dtype=np.int64).tolist()
        for at in np.flatnonzero(values.isna().to_numpy()).tolist():
            cells[at] = ""
        return cells
    return _all_plain(values.to_numpy(dtype=object).tolist() if kind == "O" else values.tolist())


def _all_plain(values: Sequence[Any]) -> list[Any]:
    """Each value as a cell takes it; at once where none needs a second look."""
    kinds = set(map(type, values))
    if kinds <= {str, int, bool} or (kinds == {float} and not np.isnan(values).any()):
        return list(values)
    return [_plain(v) for v in values]


def _plain(value: Any) -> Any:
    """A value as a cell takes it: blank for unknown, days and moments as datetime."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if isinstance(value, np.generic) else value
