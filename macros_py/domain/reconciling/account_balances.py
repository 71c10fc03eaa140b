"""Opening + in − out = closing of every account of the statements, and where a printed balance does not follow from the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import payments as p
from macros_py.domain.arrays import Days, Flags, Ints, days, known, text, whole
from macros_py.domain.kinds import Column, conform
from macros_py.domain.money_words import plain_yuan
from macros_py.domain.problems import Problem

MOVED: Final = (p.RECEIVED, p.REVERSED, p.REFUND, p.REVERSAL, p.EXPENSE, p.INTERNAL)  # states in which money did move


def accounts(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per account and source: columns REC_ACCOUNTS (fen). Opening, closing and difference are unknown without printed balances.

    The closing balance is computed from the first printed one and every line; the difference is what the last printed one says less.
    """
    fen, balance, when = whole(lines, "amount"), whole(lines, "balance"), days(lines, "paid_at")
    stated = known(lines, "balance")
    rows = []
    for account, source, at in _each(lines):
        counted = at[_moved(lines)[at]]
        printed = counted[stated[counted]]
        came, gone = int(fen[counted].clip(min=0).sum()), int(-fen[counted].clip(max=0).sum())
        row: dict[str, Any] = {"rec_account": account, "rec_source": source, "rec_in": came, "rec_out": gone}
        row |= {"rec_from": when[at].min(), "rec_until": when[at].max()}
        if len(printed):
            first, last = (int(np.flatnonzero(counted == i)[0]) for i in (printed[0], printed[-1]))
            opening = int(balance[printed[0]] - fen[counted[: first + 1]].sum())
            printed_end = int(balance[printed[-1]] + fen[counted[last + 1 :]].sum())
            row |= {"rec_opening": opening, "rec_closing": opening + came - gone, "rec_stated": printed_end}
            row["rec_difference"] = row["rec_closing"] - printed_end
        rows.append(row)
    return table_with(rows, c.REC_ACCOUNTS)


def breaks(lines: pd.DataFrame) -> list[tuple[str, int, int]]:
    """(account, position of the line, fen) where a balance does not follow from the one before it."""
    fen, balance = whole(lines, "amount"), whole(lines, "balance")
    usable = _moved(lines) & known(lines, "balance")
    found = []
    for account, _, every in _each(lines):
        at = every[usable[every]]
        off = balance[at[1:]] - balance[at[:-1]] - fen[at[1:]]
        found += [(account, int(at[k + 1]), int(off[k])) for k in np.flatnonzero(off)]
    return found


def balance_problems(lines: pd.DataFrame, today: date) -> list[Problem]:
    """One problem per break, for lines up to the day."""
    lines = lines[days(lines, "paid_at") <= np.datetime64(today, "D")].reset_index(drop=True)
    return [
        Problem(
            "balance-broken",
            str(lines["sheet"].iloc[i]) if "sheet" in lines else "",
            f"A{int(lines['row'].iloc[i])}" if "row" in lines else "",
            {
                "shown": f"…{account[-4:]}" if len(account) > 4 else account or "—",
                "file": str(lines["file"].iloc[i]),
                "line": str(lines["line"].iloc[i]),
                "diff": plain_yuan(fen),
            },
        )
        for account, i, fen in breaks(lines)
    ]


def _moved(lines: pd.DataFrame) -> Flags:
    return np.isin(text(lines, "state"), MOVED)


def _each(lines: pd.DataFrame) -> Iterator[tuple[str, str, Ints]]:
    """Account, source and its lines in the order of time; lines of one moment run from balance to balance, else as the sheet has them."""
    when, account, source = lines["paid_at"].to_numpy(), text(lines, "account"), text(lines, "source")
    fen, balance = whole(lines, "amount"), whole(lines, "balance")
    usable = _moved(lines) & known(lines, "balance")
    keys = pd.Series(np.where(account == "", "\x1f" + source, account))  # one file may name the bank and the next only the account
    for where in keys.groupby(keys).indices.values():
        at = np.asarray(where, dtype=np.int64)
        at = at[np.argsort(when[at], kind="stable")]
        places = np.flatnonzero(usable[at])
        mine = at[places]
        if (balance[mine[1:]] - balance[mine[:-1]] != fen[mine[1:]]).any():
            at[places] = _running(mine, when, fen, balance)
        yield str(account[at[0]]), str(source[at[0]]), at


def _running(at: Ints, when: Days, fen: Ints, balance: Ints) -> Ints:
    """Lines with printed balances, those of one moment in the order in which one balance follows from the other, where there is one.

    Many banks print days only, and of two files that share a day the later half may be imported first.
    """
    out: list[int] = []
    ends = [*(np.flatnonzero(when[at][1:] != when[at][:-1]) + 1).tolist(), len(at)]
    for start, stop in zip([0, *ends[:-1]], ends, strict=True):
        same = at[start:stop].tolist()
        out += _trail(same, fen, balance, int(balance[out[-1]]) if out else None) or same
    return np.array(out, dtype=np.int64)


def _trail(same: list[int], fen: Ints, balance: Ints, stand: int | None) -> list[int]:
    """Every line once, each beginning with the balance with which the one before it ended (an Eulerian trail); [] where there is none."""
    leaving: dict[int, list[int]] = {}
    excess: dict[int, int] = {}
    for i in reversed(same):
        before, after = int(balance[i] - fen[i]), int(balance[i])
        leaving.setdefault(before, []).append(i)
        excess[before], excess[after] = excess.get(before, 0) + 1, excess.get(after, 0) - 1
    begins = [node for node, more in excess.items() if more > 0]
    first = begins[0] if begins else stand if stand in leaving else int(balance[same[0]] - fen[same[0]])
    path: list[int] = []
    open_ends: list[tuple[int, int]] = [(first, -1)]
    while open_ends:
        node, line = open_ends[-1]
        if leaving.get(node):
            taken = leaving[node].pop()
            open_ends.append((int(balance[taken]), taken))
        else:
            open_ends.pop()
            path.append(line)
    found = [line for line in reversed(path) if line >= 0]
    follows = all(balance[j] - fen[j] == balance[i] for i, j in pairwise(found))
    return found if len(found) == len(same) and follows else []


def table_with(rows: list[dict[str, Any]] | pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """Rows as a table of exactly these columns, in their order."""
    names = [k.name for k in columns]
    made = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows or {n: [] for n in names})
    return conform(made, columns)[names]
