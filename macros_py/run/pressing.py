"""One press: read, compute, show, back up, apply, journal. The order never changes."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from macros_py.buttons.button import Button
from macros_py.domain.changes import Append, Changes, SheetModel
from macros_py.domain.people import authority
from macros_py.domain.problems import Problem, blocking
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import HostError
from macros_py.reports.beside import LARGE, Drawing
from macros_py.run import packs
from macros_py.run.bookkeeping import noted
from macros_py.run.encoding import block_fill, model_digest, row_append
from macros_py.run.memory import give_back, keep_together
from macros_py.run.opening import Live, Opened, drawn_before, open_book, remember_id
from macros_py.run.outcome import Outcome, Request, StoppedError
from macros_py.run.recording import HALF, Event, cells_digest, free_name, record
from macros_py.run.recovering import UNCLEAR, recover, writing
from macros_py.run.touched import details
from macros_py.sheets.tables import BY_NAME, CHECK_SHEET

LETTER_FOLDER: Final = "信函"
PACK_FOLDER: Final = "分发"
NO_SALT: Final = "0" * 16  # a dry run keeps no hashes, and makes no folder for a journal


def press(request: Request, name: str, button: Button) -> Outcome:
    """Press a button on a workbook, closed or open in an application (request.live).

    HostError when it cannot be read, is locked or was changed meanwhile; StoppedError when the person stopped it before anything was written.
    """
    started = time.perf_counter()
    request.progress("读取与理解", "reading and understanding")
    keep_together()
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
    opened, recovered = _opened(request)
    try:
        large = isinstance(opened.host, FileHost) and len(opened.tables.cases) >= LARGE
        with closing(Drawing(beside=large)) as drawing:
            if large and isinstance(opened.host, FileHost) and len(opened.tables.places) == 1:
                opened.host.will_fill(opened.tables.places[0].sheet)
            outcome = _pressed(opened, request, name, button, drawing)
    except HostError as refusal:
        if refusal.code != HALF or request.live is None:
            raise
        raise _taken_back(opened, request.live, refusal) from refusal
    else:
        return replace(outcome, recovered=recovered, seconds=time.perf_counter() - started)
    finally:
        opened.host.close()


def _taken_back(opened: Opened, live: Live, refusal: HostError) -> HostError:
    """The application refused half-way: what stands there already goes again; → why it refused."""
    state = recover(opened.journal, opened.path, live())
    cause = refusal.__cause__
    if state == UNCLEAR:
        return refusal
    return cause if isinstance(cause, HostError) else HostError("application-refused", file=opened.path.name)


def _opened(request: Request) -> tuple[Opened, str]:
    """The workbook, once a press that was cut off is settled; then it is read again, for the journal says more."""
    opened = open_book(request.book, request.today, request.confirmed, to_write=not request.dry_run, pressing=True, live=request.live)
    try:
        recovered = "" if request.dry_run else recover(opened.journal, opened.path, opened.live)
    except BaseException:
        opened.host.close()
        raise
    if not recovered:
        return opened, ""
    opened.host.close()
    return open_book(request.book, request.today, request.confirmed, pressing=True, live=request.live), recovered


def _pressed(opened: Opened, request: Request, name: str, button: Button, drawing: Drawing) -> Outcome:
    office = opened.rules.office
    if blocking(opened.problems):
        return Outcome(opened.path, name, wrote=False, problems=opened.problems, language=office.language)
    give_back()
    request.progress("核对、评分、分层、分配、计划", "judging, scoring, assigning, planning")
    pressed = button.press(opened.tables.having(presser=request.user), opened.rules, request.today)
    problems = (*opened.problems, *pressed.problems)
    made = replace(pressed.changes, sheets=(*pressed.changes.sheets, *_list_of(problems, opened))) if pressed.listed else pressed.changes
    changes = noted(made, opened, request.confirmed)
    outcome = Outcome(
        opened.path,
        name,
        wrote=False,
        figures=pressed.figures,
        problems=(*problems, *pressed.said),
        language=office.language,
        again=bool(blocking(pressed.problems)),
        ask=office.ask_first,
    )
    if blocking(problems):
        return outcome
    fresh = _fresh(changes, opened)
    opened.let_go()
    prepared = _apply(opened, fresh, request, drawing)
    if request.dry_run:
        return replace(outcome, counts=prepared.counts, sheets=tuple(prepared.sheets))
    if not prepared.changed and not changes.files and not changes.packs:
        return replace(outcome, counts=prepared.counts)
    if not request.agreed(replace(outcome, counts=prepared.counts, sheets=tuple(prepared.sheets))):
        raise StoppedError
    return _record(opened, fresh, prepared, request, outcome)


def _list_of(problems: Sequence[Problem], opened: Opened) -> tuple[SheetModel, ...]:
    """The sheet 体检结果; none where nothing was ever wrong."""
    if not problems and CHECK_SHEET not in opened.tables.titles:
        return ()
    facts = {"problems": tuple(problems), "language": opened.rules.office.language}
    return (SheetModel(CHECK_SHEET, "problems", {}, facts),)


@dataclass(frozen=True)
class _Prepared:
    """What the host holds now, not yet saved. sheets: those that really differ; details: which cases are touched, None without any."""

    changed: bool
    counts: Mapping[str, int]
    sheets: Mapping[str, Mapping[str, str]]
    details: Mapping[str, Any] | None


def _fresh(changes: Changes, opened: Opened) -> Changes:
    """The changes without sheets that stand in the workbook as they would be drawn again."""
    known = drawn_before(opened.journal)
    there = {n: d["model"] for n, d in known.items() if opened.drawn.get(n) == d["cells"]}  # as the press left it, not an older copy
    return replace(changes, sheets=tuple(m for m in changes.sheets if m.name not in there or there[m.name] != model_digest(m)))


def _apply(opened: Opened, changes: Changes, request: Request, drawing: Drawing) -> _Prepared:
    host, lang = opened.host, opened.rules.office.language
    give_back()
    request.progress("填写台账", "filling the ledger")
    drawing.begin(changes.sheets, lang, date1904=opened.date1904)
    blocks = [block_fill(f, lang) for f in changes.fill]
    names = {f.sheet: [k.name for k in f.columns] for f in changes.fill}
    touched = details(blocks, names, opened.held, NO_SALT if request.dry_run else opened.journal.salt())
    give_back()
    filled = sum(host.fill(b) for b in blocks)
    appended = 0
    for rows in changes.append:
        host.append(row_append(rows, *_log_place(opened, rows), lang))
        appended += len(rows.table)
    drawn = _adopt(opened, changes.sheets, request, drawing)
    for title in changes.remove:
        host.remove(title)
    counts = {
        "fill": sum(len(one["keys"]) for one in touched.values()) if filled else 0,
        "append": appended,
        "sheets": len(drawn),
        "remove": len(changes.remove),
        "files": len(changes.files) + len(changes.packs),
    }
    return _Prepared(bool(filled or appended or drawn or changes.remove), counts, drawn, touched if filled else None)


def _adopt(opened: Opened, models: Sequence[SheetModel], request: Request, drawing: Drawing) -> dict[str, Mapping[str, str]]:
    if not models:
        return {}
    request.progress("绘制工作表", "drawing sheets")
    bytes_drawn = drawing.drawn()
    request.progress("并入工作簿", "taking the sheets in")
    changed = set(opened.host.adopt(bytes_drawn, [m.name for m in models]))
    made = FileHost.of_bytes(bytes_drawn, opened.path)
    return {m.name: {"model": model_digest(m), "cells": cells_digest(made.read(m.name))} for m in models if m.name in changed}


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
        handed, passwords = _packs(opened, changes, request)
    except packs.NoTemplateError:
        return _hindered(outcome, Problem("pack-template-missing"))
    except LetterError as error:
        return _hindered(outcome, Problem("letter-not-made", values={"zh": error.text("zh"), "en": error.text("en")}))
    files += handed
    give_back()
    request.progress("备份、写入、登记", "backing up, writing, journaling")
    who = authority(opened.tables.people, request.user)
    event = Event(
        outcome.button,
        who.person if who else request.user,
        who.role if who else "",
        request.today,
        prepared.sheets,
        changes.fill if prepared.details is not None else (),
        {a.sheet: len(a.table) for a in changes.append},
        files,
        opened.source,
        who is not None,
        prepared.details,
        live=request.live is not None,
    )
    with writing(opened.journal, opened.path):
        remember_id(opened.path, opened.workbook_id)
        record(opened.journal, opened.path, opened.before, opened.base, opened.host, event)
    return replace(
        outcome,
        wrote=True,
        counts=prepared.counts,
        sheets=tuple(prepared.sheets),
        logged=tuple(dict.fromkeys([*(a.sheet for a in changes.append), *(f.sheet for f in changes.fill)])),
        files=tuple(path for path, _ in files),
        passwords=passwords,
    )


def _hindered(outcome: Outcome, problem: Problem) -> Outcome:
    """Files that could not be made: nothing is written, and no figure speaks of them as if they were."""
    return replace(outcome, problems=(*outcome.problems, problem), counts={}, figures={})


def _letters(opened: Opened, changes: Changes, request: Request) -> list[tuple[Path, bytes]]:
    if not changes.files:
        return []
    from macros_py.letters import making

    request.progress("生成信函", "making letters")
    made = making.make(changes.files, making.template_folders(opened.path))
    return [(_free(opened, request, LETTER_FOLDER, name), data) for name, data in made]


def _packs(opened: Opened, changes: Changes, request: Request) -> tuple[list[tuple[Path, bytes]], dict[str, str]]:
    """Files to be handed out, and the password of each that has one."""
    if changes.packs:
        request.progress("生成分发文件", "making the packs")
    made = packs.make(changes.packs, opened.rules.office.language)
    placed = [(_free(opened, request, PACK_FOLDER, name), name, data) for name, data in made.files]
    passwords = {path.name: made.passwords[name] for path, name, _ in placed if name in made.passwords}
    return [(path, data) for path, _, data in placed], passwords


def _free(opened: Opened, request: Request, kind: str, name: str) -> Path:
    """Where a file goes: the folder that was asked for, else one beside the workbook; nothing there is replaced."""
    folder = request.out or opened.path.parent / f"{opened.path.stem}-{kind}"
    return free_name((folder / name).resolve())
