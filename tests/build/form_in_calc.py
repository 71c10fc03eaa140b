"""Run by the system's Python: a workbook in a window of LibreOffice Calc, whose buttons ask first; the forms are filled in by keyboard and mouse.

python3 form_in_calc.py FOLDER < job.json
job: extensions (a folder with the unpacked extension), book, statement (a file to import), without (a folder whose tkinter fails)
The screen is copied, in the format of xwd, to FOLDER/NAME.xwd: asked, wrong, picker, chosen.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import uno  # noqa: F401 - makes com.sun.star importable
from click_in_calc import HEIGHT, WIDTH, WINDOWS, awaited, below, bounds, click, found, message, role, screen, settled
from com.sun.star.accessibility.AccessibleRole import DIALOG, FILE_CHOOSER, LABEL, PUSH_BUTTON, SHAPE, STATIC, TEXT
from com.sun.star.awt.PosSize import POSSIZE
from in_calc import opened, running


def main():
    folder, job = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
    variables = {"SAL_USE_VCLPLUGIN": "gen", "PYTHONPATH": job["without"]}
    with screen(folder) as display, running(folder, job["extensions"], WINDOWS, DISPLAY=display, **variables) as context:
        desktop, toolkit = (
            context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", context) for name in ("frame.Desktop", "awt.Toolkit")
        )
        document = opened(desktop, job["book"])
        window = document.CurrentController.Frame.ContainerWindow
        window.setPosSize(0, 0, WIDTH, HEIGHT, POSSIZE)
        window.toFront()
        desk = Desk(folder, display, toolkit, document)
        told = {"propose": desk.proposes(), "import": desk.imports(job["statement"])}
        before = held(document)
        told["cancelled"] = desk.cancels() and held(document) == before
        print(json.dumps({**told, "held": before}, ensure_ascii=False))
        document.close(True)


class Desk:
    """Who sits before the screen."""

    def __init__(self, folder, display, toolkit, document):
        self.folder, self.display, self.toolkit, self.document = folder, display, toolkit, document
        self.sheet = document.CurrentController.ActiveSheet

    def proposes(self):
        """A field that cannot be read comes again; → what the form says at first, at last, and the result."""
        form = self.pressed("propose", "还款方案")
        first = texts(form)
        self.types("A001", "Tab", "8000", "Tab", "3000", "Tab", "Tab", "abc")
        self.keep("asked")
        self.key("Return")
        again = awaited("the form again", lambda: self.form("还款方案", lambda texts: any("整数" in t for t in texts)))
        self.settle(again)
        self.keep("wrong")
        second = texts(again)
        self.types("1")
        self.key("Return")
        return [first, second, self.answered()]

    def imports(self, path):
        form = self.pressed("import", "导入流水")
        click(self.display, settled("the button of files", lambda: bounds(chooser(form))))
        picker = awaited(
            "the file dialog", lambda: self.top(lambda one: role(one) in (DIALOG, FILE_CHOOSER) and not titled(one, "导入流水"))
        )
        self.settle(picker)
        self.keep("picker")
        self.types(path)
        self.key("Return")
        shown = awaited("the file's name", lambda: self.form("导入流水", lambda texts: any(pathlib.Path(path).name in t for t in texts)))
        self.settle(shown)
        self.keep("chosen")
        click(self.display, settled("the button OK", lambda: bounds(found(shown, PUSH_BUTTON, "确定"))))
        return self.answered()

    def cancels(self):
        self.settle(self.pressed("agree", "还款协议"))
        self.key("Escape")
        awaited("the end of the form", lambda: self.form("还款协议") is None)
        time.sleep(1)
        return message(self.toolkit) is None

    # ---- hands and eyes

    def pressed(self, name, title):
        """The form of a button that is clicked on its sheet."""
        controller = self.document.CurrentController
        controller.setActiveSheet(self.sheet)
        window = controller.Frame.ContainerWindow
        click(self.display, settled("the button", lambda: bounds(found(window, SHAPE, name))))
        form = awaited("the form", lambda: self.form(title))
        self.settle(form)
        return form

    def settle(self, one):
        """The keyboard goes to a window, as a manager of windows would have it."""
        left, top, _, height = settled("the window", lambda: bounds(one))
        self.do("mousemove", str(left + 4), str(top + height // 2))
        under = dict(line.split("=") for line in self.do("getmouselocation", "--shell").split())
        self.do("windowfocus", "--sync", under["WINDOW"])
        time.sleep(0.5)

    def form(self, title, fits=lambda texts: True):
        return self.top(lambda one: role(one) == DIALOG and titled(one, title) and fits(texts(one)))

    def top(self, fits):
        tops = [self.toolkit.getTopWindow(at) for at in range(self.toolkit.getTopWindowCount())]
        return next((one for one in tops if one.isVisible() and fits(one)), None)

    def answered(self):
        """What the message says with which a press ends; it is closed."""
        box = awaited("the message", lambda: message(self.toolkit))
        said = [one.AccessibleContext.AccessibleName for one in below(box)]
        self.settle(box)

        def gone():
            """A click that comes while a window is still being drawn may be lost: then it is clicked again."""
            if message(self.toolkit) is None:
                return True
            click(self.display, settled("the message's button", lambda: bounds(found(box, PUSH_BUTTON))))
            time.sleep(2)
            return None

        awaited("the end of the message", gone)
        return said

    def types(self, *words):
        for word in words:
            self.key(word) if word == "Tab" else self.do("type", "--delay", "30", word)

    def key(self, name):
        self.do("key", name)
        time.sleep(0.1)

    def do(self, *arguments):
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(["xdotool", *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True, timeout=20).stdout

    def keep(self, name):
        time.sleep(0.5)  # the last of the painting
        shutil.copy(self.folder / "screen" / "Xvfb_screen0", self.folder / f"{name}.xwd")


def held(document):
    """Sheet → what its cells hold."""
    sheets = [document.Sheets.getByName(name) for name in document.Sheets.ElementNames]
    return {sheet.Name: values(sheet) for sheet in sheets}


def values(sheet):
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()
    return [value for row in rows for value in row if value != ""]


def titled(one, title):
    return title in one.AccessibleContext.AccessibleName


def chooser(form):
    """The button that opens the file dialog; an office tells its name without the dots."""
    return next((one for one in below(form) if role(one) == PUSH_BUTTON and one.AccessibleContext.AccessibleName.startswith("选择")), None)


def texts(form):
    """What stands on a form: labels and what is typed."""
    return [
        t for one in below(form) if role(one) in (LABEL, STATIC, TEXT) for t in (one.AccessibleContext.AccessibleName, written(one)) if t
    ]


def written(one):
    text = one.AccessibleContext
    return text.getText() if hasattr(text, "getText") else ""


if __name__ == "__main__":
    main()
