"""The small window of a press: what is being done, and 停止. A program of its own, run by its path; it needs nothing but tkinter.

It reads lines: a text to show, or a word between dots: .lock. (writing has begun: no stopping any more), .hide., .show., .end.
Pressing 停止 ends it with exit code 3.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from typing import Any

STOPPED = 3
DELAY = 1.2  # seconds: a press that is done sooner shows no window
EVERY = 80  # milliseconds between looks at what has come


def main() -> int:
    """Show until the input ends; → the exit code."""
    import tkinter as tk

    said: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(said,), daemon=True).start()
    root = tk.Tk()
    text, button = _drawn(root)
    outcome = {"code": 0}

    def stop() -> None:
        outcome["code"] = STOPPED
        root.destroy()

    button.configure(command=stop)
    root.protocol("WM_DELETE_WINDOW", lambda: stop() if str(button["state"]) == "normal" else None)
    started, shown = time.monotonic(), {"wanted": True}

    def look() -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                line = said.get_nowait()
                if line == ".end.":
                    root.destroy()
                    return
                if line == ".lock.":
                    button.configure(state="disabled")
                elif line in (".hide.", ".show."):
                    shown["wanted"] = line == ".show."
                    root.withdraw()
                else:
                    text.set(line)
        if shown["wanted"] and time.monotonic() - started > DELAY and root.state() == "withdrawn":
            root.eval("tk::PlaceWindow . center")
            root.deiconify()
        root.after(EVERY, look)

    look()
    root.mainloop()
    return outcome["code"]


def _drawn(root: Any) -> tuple[Any, Any]:
    """The text and the button of the window, which is not shown yet."""
    import tkinter as tk

    root.withdraw()
    root.title("催收簿 Dunbook")
    root.resizable(False, False)
    root.attributes("-topmost", True)
    text = tk.StringVar(value="…")
    tk.Label(root, textvariable=text, width=44, anchor="w", padx=16, pady=14).pack()
    button = tk.Button(root, text="停止 Stop", padx=12)
    button.pack(pady=(0, 12))
    return text, button


def _listen(said: queue.Queue[str]) -> None:
    for line in sys.stdin.buffer:
        said.put(line.decode("utf-8").rstrip("\r\n"))
    said.put(".end.")


if __name__ == "__main__":
    code = main()
    os._exit(code)  # not by SystemExit: Python aborts (-6) when it ends while a thread waits for a line, and 停止 would not be heard
