"""Run by the system's Python: Monday's job on a workbook that is open in a headless LibreOffice, inside it and on its own thread, as a click
presses.

python3 pressed_in_calc.py FOLDER < job.json
job: extensions (a folder with the unpacked extension), folders (where the product and its packages lie), book, days (each pressed once)
Tells the seconds of each press.
"""

import json
import pathlib
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "build"))

import unohelper
from com.sun.star.awt import XCallback
from in_calc import opened, running

PATIENCE = 200  # seconds
SCRIPT = "vnd.sun.star.script:press.py$monday?language=Python&location=user"
PRESS = """
import datetime as dt
import sys
from pathlib import Path


def monday(path, day, *folders):
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    from macros_py.buttons import BUTTONS
    from macros_py.hosts.calc.bridge import uno
    from macros_py.hosts.calc.engine import attached, book_of
    from macros_py.hosts.live import LiveHost
    from macros_py.run.outcome import Request
    from macros_py.run.pressing import press

    book = book_of(attached(uno().getComponentContext()), XSCRIPTCONTEXT.getDocument())
    request = Request(Path(path), dt.date.fromisoformat(day), live=lambda: LiveHost(book))
    return press(request, "monday", next(b for b in BUTTONS if b.name == "monday").load()).seconds


g_exportedScripts = (monday,)
"""


class Called(unohelper.Base, XCallback):
    """What is called by the office's own thread."""

    def __init__(self, body):
        self.body, self.ended, self.found, self.error = body, threading.Event(), None, None

    def notify(self, data):
        try:
            self.found = self.body()
        except Exception as error:  # noqa: BLE001 - told where it is waited for
            self.error = error
        self.ended.set()


def main():
    folder, job = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
    scripts = folder / "profile" / "user" / "Scripts" / "python"
    scripts.mkdir(parents=True)
    (scripts / "press.py").write_text(PRESS)
    with running(folder, job["extensions"]) as context:
        desktop, service = (
            context.ServiceManager.createInstanceWithContext(name, context)
            for name in ("com.sun.star.frame.Desktop", "com.sun.star.awt.AsyncCallback")
        )
        document = opened(desktop, job["book"])
        document.calculateAll()
        script = document.getScriptProvider().getScript(SCRIPT)
        print(json.dumps([pressed(service, script, (job["book"], day, *job["folders"])) for day in job["days"]]))
        document.close(True)


def pressed(service, script, arguments):
    called = Called(lambda: script.invoke(arguments, (), ())[0])
    service.addCallback(called, None)
    if not called.ended.wait(PATIENCE) or called.error is not None:
        raise SystemExit(f"not pressed: {called.error}")
    return called.found


main()
