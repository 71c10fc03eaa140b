"""One press: read, compute, show, back up, apply, journal. The order never changes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from macros_py.buttons.button import Button
from macros_py.domain.changes import Append, Changes, SheetModel
from macros_py.domain.people import authority
from macros_py.domain.problems import Problem, blocking
from macros_py.hosts.host import HostError
from macros_py.run.bookkeeping import noted
from macros_py.run.encoding import block_fill, model_digest, row_append
from macros_py.run.opening import Opened, open_book, remember_id
from macros_py.run.outcome import Outcome, Request
from macros_py.run.recording import Event, record, recover
from macros_py.sheets.tables import BY_NAME, CHECK_SHEET

LETTER_FOLDER: Final = "信函"


def press(request: Request, name: str, button: Button) -> Outcome:
    """Press a button on a closed workbook. HostError when the file cannot be read, is locked or was changed meanwhile."""
    started = time.perf_counter()
    request.progress("读取与理解", "reading and understanding")
    with _collector_off():
        return _press(request, name, button, started)


@contextmanager
def _collector_off() -> Iterator[None]:
    """A press makes millions of small values and no cycles worth looking for: Python's collector would cost a tenth of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _press(request: Request, name: str, button: Button, started: float) -> Outcome:
    opened = open_book(request.book, request.today, request.confirmed, to_write=not request.dry_run)
    try:
        recovered = "" if request.dry_run else recover(opened.journal, opened.path)
        outcome = _pressed(opened, request, name, button)
        return replace(outcome, recovered=recovered, seconds=time.perf_counter() - started)
    finally:
        opened.host.close()


def _pressed(opened: Opened, request: Request, name: str, button: Button) -> Outcome:
    if blocking(opened.problems):
        return Outcome(opened.path, name, wrote=False, problems=opened.problems)
    request.progress("核对、评分、分层、分配、计划", "judging, scoring, assigning, planning")
    pressed = button.press(opened.tables, opened.rules, request.today)
    problems = (*opened.problems, *pressed.problems)
    made = replace(pressed.changes, sheets=(*pressed.changes.sheets, *_list_of(problems, opened))) if pressed.listed else pressed.changes
    changes = noted(made, opened, request.confirmed)
    outcome = Outcome(opened.path, name, wrote=False, counts=changes.counts(), figures=pressed.figures, problems=(*problems, *pressed.said))
    if request.dry_run or blocking(problems):
        return outcome
    fresh = _fresh(changes, opened)
    prepared = _apply(opened, fresh, request)
    if not prepared.changed and not changes.files:
        return replace(outcome, counts=prepared.counts)
    return _record(opened, fresh, prepared, request, outcome)


def _list_of(problems: Sequence[Problem], opened: Opened) -> tuple[SheetModel, ...]:
    """The sheet 体检结果; none where nothing was ever wrong."""
    if not problems and CHECK_SHEET not in opened.tables.titles:
        return ()
    facts = {"problems": tuple(problems), "language": opened.rules.office.language}
    return (SheetModel(CHECK_SHEET, "problems", {}, facts),)


@dataclass(frozen=True)
class _Prepared:
    """What the host holds now, not yet saved. sheets: those that really differ."""

    changed: bool
    counts: Mapping[str, int]
    sheets: Mapping[str, str]


def _fresh(changes: Changes, opened: Opened) -> Changes:
    """The changes without sheets that stand in the workbook as they would be drawn again."""
    known: dict[str, str] = {}
    for earlier in opened.journal.presses():
        known.update(earlier.entry.get("sheets", {}))

    def stands(model: SheetModel) -> bool:
        return model.name in opened.tables.titles and model.name in known and known[model.name] == model_digest(model)

    return replace(changes, sheets=tuple(m for m in changes.sheets if not stands(m)))


def _apply(opened: Opened, changes: Changes, request: Request) -> _Prepared:
    host, lang = opened.host, opened.rules.office.language
    request.progress("填写台账", "filling the ledger")
    filled = sum(host.fill(block_fill(f, lang)) for f in changes.fill)
    appended = 0
    for rows in changes.append:
        host.append(row_append(rows, *_log_place(opened, rows), lang))
        appended += len(rows.table)
    drawn = _adopt(opened, changes.sheets, request, lang)
    for title in changes.remove:
        host.remove(title)
    counts = {
        "fill": filled and changes.counts()["fill"],
        "append": appended,
        "sheets": len(drawn),
        "remove": len(changes.remove),
        "files": len(changes.files),
    }
    return _Prepared(bool(filled or appended or drawn or changes.remove), counts, drawn)


def _adopt(opened: Opened, models: Sequence[SheetModel], request: Request, lang: str) -> dict[str, str]:
    if not models:
        return {}
    from macros_py.reports.draw import draw

    request.progress("绘制工作表", "drawing sheets")
    bytes_drawn = draw(models, lang)
    request.progress("并入工作簿", "taking the sheets in")
    changed = set(opened.host.adopt(bytes_drawn, [m.name for m in models]))
    return {m.name: model_digest(m) for m in models if m.name in changed}


def _log_place(opened: Opened, rows: Append) -> tuple[int, dict[str, str]]:
    """Header row of the log, and under which headers it keeps our columns."""
    for table, sources in opened.book.sources.items():
        for source in sources:
            if source.sheet == rows.sheet or (table in BY_NAME and BY_NAME[table].zh == rows.sheet):
                grid = opened.host.read(source.sheet)
                header = grid.cells[source.header_row - grid.top]
                return source.header_row, {n: str(header[k - grid.left]) for n, k in source.columns.items()}
    raise HostError("no-sheet", sheet=rows.sheet)


def _record(opened: Opened, changes: Changes, prepared: _Prepared, request: Request, outcome: Outcome) -> Outcome:
    from macros_py.letters.errors import LetterError

    try:
        files = _letters(opened, changes, request)
    except LetterError as error:
        told = Problem("letter-not-made", values={"zh": error.text("zh"), "en": error.text("en")})
        return replace(outcome, problems=(*outcome.problems, told))
    request.progress("备份、写入、登记", "backing up, writing, journaling")
    who = authority(opened.tables.people, request.user)
    event = Event(
        outcome.button,
        who.person if who else request.user,
        who.role if who else "",
        request.today,
        prepared.sheets,
        changes.fill if prepared.counts["fill"] else (),
        {a.sheet: len(a.table) for a in changes.append},
        files,
        opened.source,
    )
    remember_id(opened.path, opened.workbook_id)
    record(opened.journal, opened.path, opened.before, opened.host, event)
    return replace(outcome, wrote=True, counts=prepared.counts, sheets=tuple(prepared.sheets), files=tuple(path for path, _ in files))


def _letters(opened: Opened, changes: Changes, request: Request) -> list[tuple[Path, bytes]]:
    if not changes.files:
        return []
    from macros_py.letters import making

    request.progress("生成信函", "making letters")
    folder = request.out or opened.path.parent / f"{opened.path.stem}-{LETTER_FOLDER}"
    made = making.make(changes.files, making.template_folders(opened.path))
    return [((folder / name).resolve(), data) for name, data in made]
