"""The form of a button that asks for something. A program of its own, run by its path; it needs nothing but tkinter.

Reads one line of JSON: {"title", "ok", "cancel", "choose", "fields": [{"name", "kind", "label", "many", "choices", "shown", "told"}]}, writes what was
typed as JSON {name: text, true/false, or paths}. Cancelled: exit code 3.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import Any

CANCELLED = 3


def main() -> int:
    """Show the form; → the exit code."""
    import tkinter as tk
    from tkinter import filedialog, ttk

    spec = json.loads(sys.stdin.buffer.readline().decode("utf-8"))
    root = tk.Tk()
    root.title(spec["title"])
    root.resizable(False, False)
    root.attributes("-topmost", True)
    held: dict[str, Any] = {}

    def chooser(name: str, many: bool, shown: tk.StringVar) -> None:
        found = filedialog.askopenfilenames(parent=root) if many else (filedialog.askopenfilename(parent=root),)
        held[name] = [path for path in found if path]
        shown.set("、".join(path.rpartition("/")[2] for path in held[name]))

    for row, field in enumerate(spec["fields"]):
        tk.Label(root, text=field["label"], anchor="w", wraplength=300, justify="left").grid(row=row, column=0, sticky="w", padx=12, pady=6)
        if field["kind"] == "flag":
            flag = tk.BooleanVar(value=bool(field["shown"]))
            tk.Checkbutton(root, variable=flag).grid(row=row, column=1, sticky="w", padx=12)
            held[field["name"]] = flag
            continue
        text = tk.StringVar(value="" if field["kind"] == "file" else field["shown"])
        if field["choices"]:
            ttk.Combobox(root, textvariable=text, values=field["choices"], state="readonly", width=36).grid(row=row, column=1, padx=12)
        else:
            tk.Entry(root, textvariable=text, width=38, state="readonly" if field["kind"] == "file" else "normal").grid(
                row=row, column=1, padx=12
            )
        if field["kind"] == "file":
            held[field["name"]] = []
            tk.Button(root, text=spec["choose"], command=partial(chooser, field["name"], field["many"], text)).grid(
                row=row, column=2, padx=12
            )
        else:
            held[field["name"]] = text
        if field["told"]:
            tk.Label(root, text=field["told"], fg="#9C0006").grid(row=row, column=3, sticky="w", padx=12)
    outcome = {"code": CANCELLED}

    def done() -> None:
        outcome["code"] = 0
        root.quit()

    buttons = tk.Frame(root)
    buttons.grid(row=len(spec["fields"]), column=0, columnspan=4, pady=12)
    tk.Button(buttons, text=spec["ok"], width=12, command=done).pack(side="left", padx=8)
    tk.Button(buttons, text=spec["cancel"], width=12, command=root.quit).pack(side="left", padx=8)
    root.bind("<Return>", lambda _: done())
    root.bind("<Escape>", lambda _: root.quit())
    root.eval("tk::PlaceWindow . center")
    root.mainloop()
    if outcome["code"] == 0:
        typed = {name: value if isinstance(value, list) else value.get() for name, value in held.items()}
        sys.stdout.buffer.write(json.dumps(typed, ensure_ascii=False).encode("utf-8"))
    return outcome["code"]


if __name__ == "__main__":
    raise SystemExit(main())
