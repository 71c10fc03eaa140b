"""Statement files of banks, Alipay and WeChat → lines of the sheet 资金流水.

Every sheet of a file is searched for rows of headers that a statement has: a date, an amount, and who, what or how much is left. Which
bank it is does not matter for reading; it is looked up for the name of the source. A line is known by its fingerprint, so a file that is
imported twice, or two files that overlap, add nothing twice — and two equal lines of one day within one file stay two.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.kinds import conform, empty
from macros_py.domain.problems import Problem
from macros_py.sheets import cells as k
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.statement_header_rows import headers_of
from macros_py.sheets.statement_lines import Trouble, lines
from macros_py.sheets.statement_section import Section
from macros_py.sheets.statement_sources import account_of, also_named, source_of, texts_of

UNKNOWN_SOURCE: Final = "银行"
LISTED: Final = 200  # rows not understood that are told one by one; of the rest the number
MERGED: Final = (c.SOURCE, c.PAYMENT_PAYER, c.PAYER_ACCOUNT, c.ACCOUNT, c.MEMO, c.BALANCE, c.PAYMENT_FEE)  # a file may leave them out
_LIFE: Final = (p.PENDING, p.RECEIVED, p.EXPENSE, p.INTERNAL, p.FAILED, p.REFUND, p.REVERSAL)  # what a line is, one after the other
_TURN: Final = {state: turn for turn, state in enumerate(_LIFE)}
LONG_ID: Final = 8  # a transaction number so long is one; a shorter one may be a voucher number that comes again


class StatementFile(Protocol):
    """A file as given: its name and the cells of its sheets."""

    @property
    def name(self) -> str: ...
    @property
    def grids(self) -> Sequence[RawGrid]: ...


@dataclass(frozen=True)
class Imported:
    """lines: columns PAYMENT_COLUMNS, in the order of time, each fingerprint once. read: lines understood, repeated ones included."""

    lines: pd.DataFrame
    problems: list[Problem]
    read: int


def read_statements(files: Iterable[StatementFile]) -> Imported:
    """Every line of every file. problems: statement-unknown (no table of transactions), statement-line-… (a row, what, remedy)."""
    parts: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for file in files:
        found = [part for grid in file.grids for part in _of_grid(grid, file.name, problems)]
        if not found:
            problems.append(Problem("statement-unknown", file.name, "", {"headers": _shown(file.grids)}))
        parts += found
    if not parts:
        return Imported(empty(c.PAYMENT_COLUMNS), problems, 0)
    every = pd.concat(parts, ignore_index=True)
    once = fullest(every)
    once = once.iloc[np.argsort(once["paid_at"].to_numpy(), kind="stable")].reset_index(drop=True)
    return Imported(conform(once, c.PAYMENT_COLUMNS)[[k.name for k in c.PAYMENT_COLUMNS]], problems, len(every))


def fullest(every: pd.DataFrame) -> pd.DataFrame:
    """Each fingerprint once, where it stands first, with the most that is said of it: the later state, the longer text.

    So it does not matter which of two files that overlap was read first.
    """
    once = every.drop_duplicates("line_key").reset_index(drop=True)
    same = every[every["line_key"].duplicated(keep=False)]
    if same.empty:
        return once
    for name in (c.STATED.name, *(column.name for column in MERGED)):
        later = same[name].map(_TURN) if name == c.STATED.name else same[name].astype("string").str.len()
        ordered = same.assign(_size=later.fillna(-1)).sort_values(["_size", name], kind="stable")
        best = ordered.drop_duplicates("line_key", keep="last").set_index("line_key")[name]
        once[name] = once["line_key"].map(best).where(once["line_key"].isin(best.index), once[name]).astype(once[name].dtype)
    return once


def _of_grid(grid: RawGrid, file: str, problems: list[Problem]) -> list[pd.DataFrame]:
    """The tables of one sheet, one line table for all of them: equal lines are counted over the whole sheet."""
    cells = _trimmed(grid.cells)
    starts = headers_of(cells)
    found: list[pd.DataFrame] = []
    for n, (start, headers) in enumerate(starts):
        stop = starts[n + 1][0] if n + 1 < len(starts) else len(cells)
        rows = np.arange(start + 1, stop, dtype=np.int64) + grid.top
        section = Section(headers, cells[start + 1 : stop], rows, grid.date1904)
        table, trouble = lines(section)
        problems += _told(trouble, file, grid.sheet)
        if not len(table):
            continue
        above = cells[:start]
        around = [*texts_of(above), *section.headers.values(), grid.sheet, *texts_of(cells[stop - 3 : stop, :1])]
        source = source_of(around)
        account = table["account"].where(table["account"] != "", account_of(above))
        name = source or also_named(texts_of(above)) or source_of([file]) or UNKNOWN_SOURCE
        found.append(table.assign(source=name, account=account, file=file, line=table["row"], state=table["stated"], told=source))
    return [_keyed(_upwards(pd.concat(found, ignore_index=True)))] if found else []


def _trimmed(cells: k.Objects) -> k.Objects:
    """Texts without the padding, tabs and back quotes that channels put around them; blank where nothing is left."""
    strip = k.SPACES + "`"
    plain: list[Any] = [(v.strip(strip) or None) if type(v) is str else v for v in cells.ravel().tolist()]
    out = np.empty(len(plain), dtype=object)
    out[:] = plain
    return out.reshape(cells.shape)


def _upwards(table: pd.DataFrame) -> pd.DataFrame:
    """The lines in the order of time: a file that begins with the newest is turned round, so that balances run on."""
    when = table["paid_at"].to_numpy()
    down = (when[1:] < when[:-1]).sum() > (when[1:] > when[:-1]).sum()
    if not down and len(when) > 1 and when[0] == when[-1]:
        down = _runs_down(table)
    return table.iloc[::-1].reset_index(drop=True) if down else table


def _runs_down(table: pd.DataFrame) -> bool:
    """For lines of one moment: whether the balances run on from the last line to the first."""
    balance, fen = table["balance"].to_numpy(np.int64, na_value=0), table["amount"].to_numpy(np.int64)
    upwards, downwards = (balance[1:] - balance[:-1] == fen[1:]).sum(), (balance[:-1] - balance[1:] == fen[:-1]).sum()
    return bool(downwards > upwards)


def _keyed(table: pd.DataFrame) -> pd.DataFrame:
    """With line_key.

    A line with a transaction number is that number on its day with its amount: the bills of one channel agree in these. Where several
    different lines of a sheet share all three (a batch), and for lines without a number, it is everything that the line says, the account
    and bank too where no running balance tells accounts apart, and which of several equal lines of its sheet it is.
    """
    balance = table["balance"].astype("string").fillna("").astype("str")
    number, fen, when = table["transaction_id"], table["amount"].astype(str), table["paid_at"].astype("int64").astype(str)
    where = (table["account"] + "|" + table["told"]).where(balance == "", "")
    content = _joined(where, number, when, fen, table["payer"], table["payer_account"], table["memo"], balance)
    short = _joined(number, table["paid_at"].dt.strftime("%Y%m%d"), fen)
    sure = (number.str.len() >= LONG_ID) & ~number.str.contains(r"[xX*]{4}", regex=True)
    sure &= content.groupby(short).transform("nunique") == 1
    again = content.groupby(content).cumcount().where(~sure, 0).astype(str)
    keys = [_fingerprint(w, n) for w, n in zip(short.where(sure, content), again, strict=True)]
    return table.assign(line_key=pd.Series(keys, index=table.index, dtype="str")).drop(columns=["told", "row"])


def _joined(*parts: pd.Series) -> pd.Series:
    out = parts[0]
    for part in parts[1:]:
        out = out + "\x1f" + part
    return out


def _fingerprint(said: str, again: str) -> str:
    return "L" + hashlib.blake2b(f"{said}\x1f{again}".encode(), digest_size=10).hexdigest()


def _told(trouble: Sequence[Trouble], file: str, sheet: str) -> list[Problem]:
    problems = [Problem(t.code, file, f"A{t.row}", {"file": file, "tab": sheet, "line": t.row, "shown": t.shown}) for t in trouble[:LISTED]]
    rest = len(trouble) - LISTED
    return [*problems, Problem("statement-lines-more", file, "", {"count": rest})] if rest > 0 else problems


def _shown(grids: Sequence[RawGrid]) -> str:
    """The likeliest header of a file that is no statement: the row among the first that has most words.

    A row with a digit is data, which is nobody's to see in a message.
    """
    texts = ([v.strip() for v in row if isinstance(v, str) and v.strip()] for grid in grids for row in grid.cells[:40])
    rows = [row for row in texts if not any(ch.isdigit() for ch in "".join(row))]
    best = max(rows, key=len, default=[])
    return "、".join(v[:16] for v in best)[:160] or "—"
