"""Run by the system's Python: a workbook in a window of LibreOffice Calc on a screen of its own, and a click by mouse on one of its buttons.

python3 click_in_calc.py FOLDER < job.json
job: extensions (a folder with the unpacked extension), book, button (the shape's name), sheet (the one to look at when the press is over).
The screen is copied, in the format of xwd, to FOLDER/before.xwd and at the end to FOLDER/after.xwd.
"""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import uno  # noqa: F401 - makes com.sun.star importable
from com.sun.star.accessibility.AccessibleRole import ALERT, PAGE_TAB, PUSH_BUTTON, SHAPE, TABLE
from com.sun.star.awt.PosSize import POSSIZE
from com.sun.star.lang import DisposedException
from com.sun.star.view.DocumentZoomType import BY_VALUE
from in_calc import opened, running

WIDTH, HEIGHT = 1600, 1000
PATIENCE = 60  # seconds
WINDOWS = ("--nodefault", "--nofirststartwizard")
MANY = 300  # more accessible children than this has only a sheet: its cells
ROWS, COLUMNS = 30, 8  # the part of a sheet that is looked at


def shown_in_calc(look):
    """Print what look(folder, job, document, toolkit, display) tells of the job's book in a window."""
    folder, job = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
    with screen(folder) as display, running(folder, job["extensions"], WINDOWS, DISPLAY=display, SAL_USE_VCLPLUGIN="gen") as context:
        desktop, toolkit = (
            context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context) for name in ("frame.Desktop", "awt.Toolkit")
        )
        document = opened(desktop, job["book"])
        print(json.dumps(look(folder, job, document, toolkit, display), ensure_ascii=False))
        document.close(True)


@contextlib.contextmanager
def screen(folder):
    """A display whose number is free; its pixels lie in the file screen/Xvfb_screen0."""
    (folder / "screen").mkdir()
    told, tells = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(tells),
        "-screen",
        "0",
        f"{WIDTH}x{HEIGHT}x24",
        "-fbdir",
        str(folder / "screen"),
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[tells], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        with os.fdopen(told) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(20)


def clicked(folder, job, document, toolkit, display):
    """Click the button, answer the message with which a press ends, click the sheet's tab; → what is shown at each step."""
    controller = document.CurrentController
    window = controller.Frame.ContainerWindow
    window.setPosSize(0, 0, WIDTH, HEIGHT, POSSIZE)
    window.toFront()
    controller.ZoomType, controller.ZoomValue = BY_VALUE, 100
    shown = [controller.ActiveSheet.Name]
    button = settled("the button", lambda: bounds(found(window, SHAPE, job["button"])))
    shutil.copy(folder / "screen" / "Xvfb_screen0", folder / "before.xwd")
    click(display, button)
    box = awaited("the message", lambda: message(toolkit))
    shown.append(controller.ActiveSheet.Name)
    said = [one.AccessibleContext.AccessibleName for one in below(box)]
    click(display, settled("the message's button", lambda: bounds(found(box, PUSH_BUTTON))))
    awaited("the end of the message", lambda: message(toolkit) is None)
    click(display, settled("the sheet's tab", lambda: bounds(found(window, PAGE_TAB, job["sheet"]))))
    awaited("the sheet", lambda: controller.ActiveSheet.Name == job["sheet"])
    fills = settled("the sheet's cells", lambda: filled(controller.ActiveSheet, window))
    time.sleep(0.5)  # the last of the painting
    shutil.copy(folder / "screen" / "Xvfb_screen0", folder / "after.xwd")
    shown.append(controller.ActiveSheet.Name)
    return {"shown": shown, "said": said, "fills": fills}


def awaited(what, look):
    """What `look` finds, as soon as it finds something. Not by its truth: an empty container of UNO is false."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(DisposedException):  # a window that went while it was looked at
            seen = look()
            if seen is not None and seen is not False:
                return seen
        time.sleep(0.2)
    raise SystemExit(f"waited in vain for {what}")


def settled(what, look):
    """What `look` finds twice running: what still moves is not clicked."""
    seen = [None]

    def twice():
        seen.append(look())
        return seen[-1] if seen[-1] == seen[-2] else None

    return awaited(what, twice)


def click(display, place):
    """The left button of the mouse, in the middle of a place."""
    left, top, width, height = place
    there = [str(left + width // 2), str(top + height // 2)]
    subprocess.run(["xdotool", "mousemove", *there, "click", "1"], env={**os.environ, "DISPLAY": display}, check=True)


# ---- what an office tells to readers of the screen ------------------------------------------------------------------


def below(root):
    """The accessible objects under `root`, nearest first; not the cells of sheets."""
    waiting = [root]
    while waiting:
        one = waiting.pop(0)
        if role(one) is None:
            continue
        yield one
        inside = one.AccessibleContext
        count = inside.AccessibleChildCount
        waiting += [inside.getAccessibleChild(at) for at in range(count)] if count <= MANY else []


def role(one):
    """What an accessible object is; None for one that has just gone."""
    part = one.AccessibleContext if one is not None else None
    return part.AccessibleRole if part is not None else None


def found(root, wanted, name=None):
    """The first accessible object of this role and, if given, name; None without one."""
    return next((one for one in below(root) if role(one) == wanted and name in (None, one.AccessibleContext.AccessibleName)), None)


def bounds(one):
    """Left, top, width, height on the screen, in pixels; None without extent."""
    if one is None:
        return None
    part = one.AccessibleContext
    place, size = part.getLocationOnScreen(), part.getSize()
    return (place.X, place.Y, size.Width, size.Height) if size.Width > 0 < size.Height else None


def message(toolkit):
    """The message box that waits for an answer, None without one."""
    tops = [toolkit.getTopWindow(at) for at in range(toolkit.getTopWindowCount())]
    return next((one for one in tops if role(one) == ALERT and one.isVisible()), None)  # an answered one stays while it is referred to


def filled(sheet, window):
    """Of the cells in the upper left of the shown sheet that have a fill and are wholly seen: colour, and place on the screen."""
    colours = {(row, column): sheet.getCellByPosition(column, row).CellBackColor for row in range(ROWS) for column in range(COLUMNS)}
    seen = []
    for pane in (one for one in below(window) if role(one) == TABLE):
        around = bounds(pane)
        cells = ((colour, bounds(pane.AccessibleContext.getAccessibleCellAt(*at))) for at, colour in colours.items() if colour >= 0)
        seen += [(colour, *place) for colour, place in cells if place and around and _inside(place, around)]
    return seen


def _inside(place, around):
    left, top, width, height = place
    return around[0] <= left and around[1] <= top and left + width <= around[0] + around[2] and top + height <= around[1] + around[3]


if __name__ == "__main__":
    shown_in_calc(clicked)
