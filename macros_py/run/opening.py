"""From a file to tables and rules: what every button, `check` and `table` begin with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from macros_py.domain.columns import FILLED_COLUMNS, RECONCILED
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Place, Tables
from macros_py.hosts import foreign
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import Grid, Host, HostError
from macros_py.records.journal import FOLDER, Journal, digest, new_workbook_id
from macros_py.run.own_columns import MINE, apart
from macros_py.run.recording import cells_digest
from macros_py.run.touched import Held
from macros_py.sheets import memory, read, settings
from macros_py.sheets.as_text import as_text_table
from macros_py.sheets.headers import RawGrid
from macros_py.sheets.tables import (
    BY_NAME,
    CASES,
    COMPLIANCE_SHEET,
    LPR_SHEET,
    PAYMENT_ORDER_SHEET,
    PAYMENTS,
    PRIORITY_RULES_SHEET,
    STRATEGY_SHEET,
)

if TYPE_CHECKING:
    from macros_py.hosts.live import LiveHost

Live = Callable[[], "LiveHost"]  # opens a host over a workbook that an application holds
NEVER_WRITTEN: Final = frozenset({".csv", ".txt", ".tsv", ".xls", ".ods"})
RESULT: Final = ".催收簿.xlsx"  # ledger.csv → ledger.催收簿.xlsx
OUR_HEADERS: Final = frozenset(k.label(lang) + end for k in FILLED_COLUMNS for lang in ("zh", "en") for end in ("", MINE))
LINE_HEADERS: Final = frozenset(k.label(lang) for k in RECONCILED for lang in ("zh", "en"))
RULE_SHEETS: Final = (PRIORITY_RULES_SHEET, STRATEGY_SHEET, COMPLIANCE_SHEET, PAYMENT_ORDER_SHEET, LPR_SHEET)


@dataclass
class Opened:
    """A workbook as understood, with the host that can write it. before: its bytes; None when the press will make the file."""

    path: Path
    host: Host
    before: bytes | None
    book: read.Book
    tables: Tables
    rules: Rules
    problems: tuple[Problem, ...]
    workbook_id: str
    journal: Journal
    headers: Mapping[str, tuple[str, ...]]  # ledger sheet → the texts of its header row
    base: bytes = b""  # what the host was opened with
    held: Mapping[str, Held] = field(default_factory=dict)  # ledger sheet → what our columns hold
    drawn: Mapping[str, str] = field(default_factory=dict)  # sheet drawn earlier → digest of its cells as they stand
    live: LiveHost | None = None  # the host, where an application has the workbook open
    beside: Mapping[str, str] = field(default_factory=dict)  # headers confirmed in the file beside the workbook, not in its 设置 sheet
    date1904: bool = False  # its days are counted from 1904
    source: str = ""  # digest of the .csv, .xls or .ods that the workbook was made from

    def let_go(self) -> None:
        """The long tables, which nothing reads once a press is judged, give their memory back: what follows needs as much again."""
        none = Tables()
        self.tables = self.tables.having(cases=none.cases, contacts=none.contacts, receipts=none.receipts, payments=none.payments)
        self.book = replace(self.book, tables=self.tables)


@dataclass(frozen=True)
class Look:
    """A workbook looked at without any intention to write."""

    book: read.Book
    problems: tuple[Problem, ...]
    sizes: Mapping[str, int] = field(default_factory=dict)

    def table(self, name: str) -> pd.DataFrame:
        """The table as understood, as text: yuan with two places, ISO dates, "" for unknown."""
        return as_text_table(self.book.as_understood(name), BY_NAME[name].columns)


def look(path: Path, as_of: dt.date, confirmed: Mapping[str, str]) -> Look:
    """Read and understand; the workbook is not written, and a lock does not matter.

    Headers confirmed for a workbook without a 设置 sheet are remembered in a small file beside it.
    """
    opened = open_book(path, as_of, confirmed, to_write=False)
    opened.host.close()
    book = opened.book
    missing = {p.values["header"] for p in book.problems if p.code == "map-header-missing"}
    found = {header: name for header, name in confirmed.items() if header not in missing}
    if found and BY_NAME["settings"].name not in book.sources:
        _remember_beside(path, {**from_beside(path), **found})
    sizes = {name: len(book.as_understood(name)) for name in book.sources}
    return Look(book, opened.problems, sizes)


def open_book(
    path: Path, as_of: dt.date, confirmed: Mapping[str, str], *, to_write: bool = True, pressing: bool = False, live: Live | None = None
) -> Opened:
    """The workbook with its tables, rules, problems and journal. HostError when it cannot be read or is locked.

    live: where an application holds the workbook; else the file is opened. pressing: for a press, or a dry run of one: then an earlier result
    of a .csv, .xls or .ods is opened in its place, as it is to be written.
    """
    if live is not None:
        return _open_live(live(), as_of, confirmed)
    target, host, before = _host(path, to_write=to_write, pressing=pressing)
    try:
        opened = _understood(target, host, before, as_of, confirmed, from_beside(path))
        return opened if target == path else replace(opened, source=digest(path.read_bytes()))
    except BaseException:
        host.close()
        raise


def _open_live(host: LiveHost, as_of: dt.date, confirmed: Mapping[str, str]) -> Opened:
    try:
        opened = replace(_understood(host.path, host, host.base, as_of, confirmed, from_beside(host.path)), live=host)
        opened.journal.seal = host.seal
        return opened
    except BaseException:
        host.close()
        raise


def _understood(
    target: Path, host: Host, before: bytes | None, as_of: dt.date, confirmed: Mapping[str, str], beside: Mapping[str, str]
) -> Opened:
    every = {s.name: host.read(s.name) for s in host.sheets() if s.worksheet}
    grids = dict(every)
    rule_grids: dict[str, RawGrid] = {str(name): grids.pop(name) for name in RULE_SHEETS if name in grids}
    book = read.understand(grids.values(), confirmed=confirmed, beside=beside, as_of=as_of)
    rules, found = settings.read_rules(book.settings, rule_grids)
    workbook_id = rules.office.workbook_id or _known_id(target) or new_workbook_id()
    journal = Journal.beside(target, workbook_id)
    sources = book.sources.get("cases", ())
    held = {p.sheet: _held(grids[p.sheet], p.header_row, p.rows, OUR_HEADERS) for p in sources}
    held |= {p.sheet: _held(grids[p.sheet], p.header_row, p.rows, LINE_HEADERS) for p in book.sources.get(PAYMENTS.name, ())}
    numbered = {p.sheet: _numbered(grids[p.sheet], p.header_row) for p in sources}
    tables = book.tables.having(
        cases=apart(book.tables.cases, sources, numbered, memory.our_columns(book.settings), held),
        places=_places(book, CASES.name),
        payment_places=_places(book, PAYMENTS.name),
        present=frozenset(book.sources),
        titles=frozenset(s.name for s in host.sheets()),
        last_press=_last_press(journal),
    )
    if rules.office.data_as_of and (tables.data_as_of is None or tables.as_of_counted):  # a day above the table is the newer word
        tables = tables.having(data_as_of=settings.day_of(rules.office.data_as_of) or tables.data_as_of, as_of_counted=False)
    headers = {p.sheet: _header_texts(grids[p.sheet], p.header_row) for p in sources}
    return Opened(
        target,
        host,
        before,
        book,
        tables,
        rules,
        (*book.problems, *found),
        workbook_id,
        journal,
        headers,
        base=before if before is not None else host.to_bytes(),
        held=held,
        beside={h: n for h, n in beside.items() if h not in memory.remembered(book.settings)},
        drawn={name: cells_digest(every[name]) for name in drawn_before(journal) if name in every},
        date1904=any(grid.date1904 for grid in every.values()),
    )


def _places(book: read.Book, name: str) -> tuple[Place, ...]:
    """Where the rows of a table stand."""
    return tuple(Place(p.sheet, p.header_row, p.key_column, tuple(p.rows.tolist()), p.key_texts) for p in book.sources.get(name, ()))


def _held(grid: Grid, header_row: int, rows: npt.NDArray[np.int64], ours: frozenset[str]) -> dict[str, npt.NDArray[np.object_]]:
    """The cells of every column that bears one of our headers, in the order of the rows."""
    header = grid.cells[header_row - grid.top].tolist()
    return {str(h).strip(): grid.cells[rows - grid.top, j] for j, h in enumerate(header) if h is not None and str(h).strip() in ours}


def drawn_before(journal: Journal) -> dict[str, Mapping[str, str]]:
    """Sheet → digests of its model and its cells as the last press that drew it left them."""
    known: dict[str, Mapping[str, str]] = {}
    for press in journal.presses():
        known.update({n: d for n, d in press.entry.get("sheets", {}).items() if isinstance(d, dict)})
    return known


def _numbered(grid: Grid, row: int) -> dict[int, str]:
    return {grid.left + j: str(v).strip() for j, v in enumerate(grid.cells[row - grid.top]) if v is not None}


def _header_texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(str(v).strip() for v in grid.cells[row - grid.top] if v is not None)


def _host(path: Path, *, to_write: bool, pressing: bool) -> tuple[Path, Host, bytes | None]:
    """The workbook to write: the one asked for, or a new .xlsx beside a .csv, .xls or .ods."""
    if not path.is_file():
        raise HostError("not-found", file=path.name)
    if not foreign.is_foreign(path):
        return path, *_file(path, to_write=to_write)
    target = result_of(path)
    made = foreign.to_xlsx(path)
    if not (pressing and target.exists()):
        return target, FileHost.of_bytes(made, target), None
    if _known_source(target) != digest(path.read_bytes()):  # an earlier result is worked on as long as its source is the same
        raise HostError("result-exists", file=path.name, result=target.name)
    return target, *_file(target, to_write=to_write)


def _file(path: Path, *, to_write: bool) -> tuple[Host, bytes]:
    host = FileHost(path) if to_write else FileHost.for_reading(path)
    return host, host.to_bytes()  # nothing is changed yet: the very bytes of the file


def result_of(path: Path) -> Path:
    """The workbook that a press writes for this file: itself, or the .xlsx beside a .csv, .xls or .ods."""
    if (path.exists() and foreign.is_foreign(path)) or (not path.exists() and path.suffix.lower() in NEVER_WRITTEN):
        return path.with_name(path.stem + RESULT)
    return path


def _known_source(target: Path) -> str:
    entries = [e for e in journal_of(target).entries() if e["event"] == "intent" and e.get("source")]
    return str(entries[-1]["source"]) if entries else ""


def _last_press(journal: Journal) -> dt.date | None:
    presses = journal.presses()
    return dt.date.fromisoformat(presses[-1].entry["as_of"]) if presses else None


# which journal ---------------------------------------------------------------------------------------------------------


def journal_of(path: Path) -> Journal:
    """The journal of a workbook: by the id in its 设置 sheet, else by its name beside earlier journals."""
    if not path.is_file():
        raise HostError("not-found", file=path.name)
    path = result_of(path)
    if not path.exists():
        return Journal.beside(path, _known_id(path))
    host = FileHost.for_reading(path)
    try:
        return journal_in(host)
    finally:
        host.close()


def journal_in(host: Host) -> Journal:
    """The journal of a workbook that is open in a host."""
    grids = {s.name: host.read(s.name) for s in host.sheets() if s.worksheet and s.name == BY_NAME["settings"].zh}
    book = read.understand(grids.values())
    rules, _ = settings.read_rules(book.settings, {})
    return Journal.beside(host.path, rules.office.workbook_id or _known_id(host.path))


def _index(path: Path) -> Path:
    return path.parent / FOLDER / "books.json"


def _known_id(path: Path) -> str:
    """The id under which a press on a file of this name is remembered; "" when there was none."""
    try:
        known = json.loads(_index(path).read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    return str(known.get(path.name, "")) if isinstance(known, dict) else ""


def remember_id(path: Path, workbook_id: str) -> None:
    """Remember the id by the file's name, for the time when an undo has taken the 设置 sheet away again."""
    if _known_id(path) == workbook_id:
        return
    index = _index(path)
    index.parent.mkdir(parents=True, exist_ok=True)
    try:
        known = json.loads(index.read_text("utf-8"))
    except (OSError, ValueError):
        known = {}
    known[path.name] = workbook_id
    temporary = index.with_suffix(".part")
    temporary.write_text(json.dumps(known, ensure_ascii=False, indent=1), "utf-8")
    temporary.replace(index)


def from_beside(path: Path) -> dict[str, str]:
    """Header → column, as the file beside the workbook remembers it."""
    sidecar = _beside(path)
    try:
        return memory.from_sidecar(sidecar.read_text("utf-8")) if sidecar.exists() else {}
    except (OSError, UnicodeDecodeError):
        return {}


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".headers.json")


def _remember_beside(path: Path, confirmed: Mapping[str, str]) -> None:
    """Written whole or not at all; in a folder where nothing may be written the header is asked again."""
    sidecar = _beside(path)
    temporary = sidecar.with_suffix(".part")
    try:
        temporary.write_text(memory.to_sidecar(confirmed), "utf-8")
        temporary.replace(sidecar)
    except OSError:
        temporary.unlink(missing_ok=True)
