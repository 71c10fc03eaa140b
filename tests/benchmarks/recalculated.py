"""Run by the system's Python, which knows UNO: formulas filled down and array calls of our functions, recalculated in a headless LibreOffice.

python3 recalculated.py FOLDER < job.json
job: extensions (a folder with the unpacked extension), data and tables (rows of cells, on sheets of these names), and races: for each its
native formulas, one a column, as they stand in row 2 (the last column is the answer), ours, one array formula for all rows, and
alone, our function of one row, is filled down some rows. Tells for each race the seconds of a hard recalculation, native, ours and
of one row alone, and the first cells that do not agree. Before each recalculation rows of the data change places, for our functions keep
their answers to the cells they know; how long it takes when nothing has changed is told apart.
"""

import json
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "build"))

import uno  # noqa: F401 - makes com.sun.star importable
from com.sun.star.sheet.FillDirection import TO_BOTTOM
from in_calc import running

ROUNDS = 3
SINGLE = 40  # cells with our function of one row, which stand for all of them
DECIMALS = re.compile(r"\d+\.\d+")
CONTENTS = 1023  # com.sun.star.sheet.CellFlags: everything


def main():
    folder, job = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
    with running(folder, job["extensions"]) as context:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        document.enableAutomaticCalculation(False)  # what changes is worked out within the time that is taken
        for name in ("data", "tables"):
            put(document, name, job[name])
        rows = len(job["data"]) - 1
        print(json.dumps([race(document, rows, one) for one in job["races"]], ensure_ascii=False))
        document.close(True)


def put(document, name, rows):
    document.Sheets.insertNewByName(name, document.Sheets.Count)
    sheet = document.Sheets.getByName(name)
    sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1).setDataArray(tuple(tuple(row) for row in rows))


def race(document, rows, one):
    """Native first, then ours, on a sheet that holds nothing else; nothing else in the document is a formula."""
    native, theirs = filled_down(document, 1 if one["single"] else rows, one["native"])
    ours, again, mine = as_array(document, 1 if one["single"] else rows, one["ours"])
    count = 1 if one["single"] else rows
    apart = [[at + 2, a, b] for at, (a, b) in enumerate(zip(theirs[:count], mine[:count], strict=True)) if not same(a, b, one["close"])]
    told = {"native": native, "ours": ours, "again": again, "apart": apart[:3], "wrong": len(apart)}
    if not one["single"]:
        taken, found = filled_down(document, SINGLE, [one["alone"]])
        told |= {"alone": taken / SINGLE, "alike": found == mine[:SINGLE]}
    return told


def filled_down(document, rows, formulas):
    sheet = document.Sheets.getByIndex(0)
    for column, formula in enumerate(formulas):
        sheet.getCellByPosition(column, 1).setFormula(formula)
    last = len(formulas) - 1
    if rows > 1:
        sheet.getCellRangeByPosition(0, 1, last, rows).fillAuto(TO_BOTTOM, 1)
    taken, _ = recalculated(document)
    found = [row[0] for row in sheet.getCellRangeByPosition(last, 1, last, rows).getDataArray()]
    sheet.getCellRangeByPosition(0, 0, last, rows).clearContents(CONTENTS)
    return taken, found


def as_array(document, rows, formula):
    sheet = document.Sheets.getByIndex(0)
    cells = sheet.getCellRangeByPosition(0, 1, 0, rows)
    cells.setArrayFormula(formula)
    taken, again = recalculated(document)
    found = [row[0] for row in cells.getDataArray()]
    cells.setArrayFormula("")
    return taken, again, found


def recalculated(document):
    """The best of some rounds, each over data that never stood like this before, and the best when nothing has changed; the data stand as
    before in the end."""
    first = document.Sheets.getByName("data").getCellRangeByPosition(0, 1, 13, 1 + ROUNDS)
    before = first.getDataArray()
    taken = []
    for turn in range(1, 1 + ROUNDS):
        document.addActionLock()  # or Calc works an array out while its cells are set, before the time is taken
        first.setDataArray((*before[turn:], *before[:turn]))
        taken.append(timed(document))
        document.removeActionLock()
    again = [timed(document) for _ in range(ROUNDS)]
    first.setDataArray(before)
    document.calculateAll()
    return min(taken), min(again)


def timed(document):
    started = time.perf_counter()
    document.calculateAll()
    return time.perf_counter() - started


def same(a, b, close):
    if isinstance(a, float) and isinstance(b, float):
        return abs(a - b) < close
    if isinstance(a, str) and isinstance(b, str) and a != b:
        return DECIMALS.split(a) == DECIMALS.split(b) and all(
            abs(float(x) - float(y)) < close for x, y in zip(DECIMALS.findall(a), DECIMALS.findall(b), strict=True)
        )
    return a == b


main()
