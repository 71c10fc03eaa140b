"""Run by the system's Python: a workbook in a window of LibreOffice Calc, Monday's job started by mouse on its button, and stopped by mouse.

python3 stop_in_calc.py FOLDER < job.json
job: extensions (a folder with the unpacked extension), book, button (the shape's name), title (a part of that of the window with 停止).
The screen is copied, in the format of xwd, to FOLDER/asked.xwd when that window is there and to FOLDER/stopped.xwd at the end. While a
press runs, the office answers nobody; the window is a program of its own and is found by its title.
"""

import hashlib
import os
import shutil
import subprocess
import time

import uno  # noqa: F401 - makes com.sun.star importable
from click_in_calc import HEIGHT, WIDTH, awaited, bounds, click, found, message, settled, shown_in_calc
from com.sun.star.accessibility.AccessibleRole import SHAPE
from com.sun.star.awt.PosSize import POSSIZE

OVER = 8  # seconds after which a press that was not stopped would have drawn its sheets
FROM_BELOW = 27  # pixels from the lower edge of the window to the middle of its button


def stopped(folder, job, document, toolkit, display):
    """→ what the document holds before and after, and whether a message waits for an answer."""
    controller = document.CurrentController
    window = controller.Frame.ContainerWindow
    window.setPosSize(0, 0, WIDTH, HEIGHT, POSSIZE)
    window.toFront()
    button = settled("the button", lambda: bounds(found(window, SHAPE, job["button"])))
    before = held(document)
    click(display, button)
    place = settled("the window with the button", lambda: window_of(display, job["title"]))
    shutil.copy(folder / "screen" / "Xvfb_screen0", folder / "asked.xwd")
    left, top, width, height = place
    click(display, (left, top + height - 2 * FROM_BELOW, width, 2 * FROM_BELOW))
    awaited("the end of the window", lambda: window_of(display, job["title"]) is None)
    time.sleep(OVER)
    shutil.copy(folder / "screen" / "Xvfb_screen0", folder / "stopped.xwd")
    return {
        "before": before,
        "after": held(document),
        "asks": message(toolkit) is not None,
        "modified": document.isModified(),
        "names": list(document.NamedRanges.ElementNames),
    }


def held(document):
    """Sheet → a word that differs when any cell does."""
    sheets = (document.Sheets.getByName(name) for name in document.Sheets.ElementNames)
    return {sheet.Name: content(sheet) for sheet in sheets}


def content(sheet):
    """Its cells as they were typed; a hash, for a ledger is large."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    cells = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()
    return hashlib.sha256(repr(cells).encode()).hexdigest()


def window_of(display, title):
    """Left, top, width, height of the window of this title that is seen; None without one."""
    environment = {**os.environ, "DISPLAY": display}
    seen = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", title], env=environment, capture_output=True, text=True, check=False
    )
    for number in seen.stdout.split():
        told = subprocess.run(
            ["xdotool", "getwindowgeometry", "--shell", number], env=environment, capture_output=True, text=True, check=False
        )
        found_ = dict(line.split("=") for line in told.stdout.split() if "=" in line)
        if {"X", "Y", "WIDTH", "HEIGHT"} <= set(found_):
            return tuple(int(found_[k]) for k in ("X", "Y", "WIDTH", "HEIGHT"))
    return None


if __name__ == "__main__":
    shown_in_calc(stopped)
