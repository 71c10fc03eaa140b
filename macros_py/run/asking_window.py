"""The form of a button that asks for something. A program of its own, run by its path; it needs nothing but tkinter.

Reads one line of JSON: {"title", "said", "ok", "cancel", "choose", "fields": [{"name", "kind", "label", "many", "choices", "shown", "told"}]}, writes what was
typed as JSON {name: text, true/false, or paths}. Cancelled: exit code 3.
"""

from __future__ import annotations

import json
import sys
from typing import Any

CANCELLED = 3
WRONG = "#9C0006"
WIDE = 560  # pixels


def main() -> int:
    """Show the form; → the exit code."""
    import tkinter as tk

    spec = json.loads(sys.stdin.buffer.readline().decode("utf-8"))
    root = tk.Tk()
    root.withdraw()  # until everything is in its place
    root.title(spec["title"])
    root.resizable(False, False)
    root.attributes("-topmost", True)
    tk.Label(root, text=spec["title"], font=("TkDefaultFont", 12, "bold")).grid(
        row=0, column=0, columnspan=4, sticky="w", padx=12, pady=(12, 6)
    )
    if spec["said"]:
        tk.Label(root, text=spec["said"], fg=WRONG, wraplength=WIDE, justify="left").grid(
            row=1, column=0, columnspan=4, sticky="w", padx=12
        )
    held: dict[str, Any] = {}
    for row, asked in enumerate(spec["fields"], start=2):
        tk.Label(root, text=asked["label"], anchor="w", wraplength=300, justify="left").grid(row=row, column=0, sticky="w", padx=12, pady=6)
        held[asked["name"]] = _field(root, row, asked, spec["choose"])
        if asked["told"]:
            tk.Label(root, text=asked["told"], fg=WRONG).grid(row=row, column=3, sticky="w", padx=12)
    outcome = {"code": CANCELLED}

    def done() -> None:
        outcome["code"] = 0
        root.quit()

    buttons = tk.Frame(root)
    buttons.grid(row=len(spec["fields"]) + 2, column=0, columnspan=4, pady=12)
    tk.Button(buttons, text=spec["ok"], width=12, command=done).pack(side="left", padx=8)
    tk.Button(buttons, text=spec["cancel"], width=12, command=root.quit).pack(side="left", padx=8)
    root.bind("<Return>", lambda _: done())
    root.bind("<Escape>", lambda _: root.quit())
    root.eval("tk::PlaceWindow . center")
    root.deiconify()
    _begin(root, spec["fields"])
    root.mainloop()
    if outcome["code"] == 0:
        typed = {name: value if isinstance(value, list) else value.get() for name, value in held.items()}
        sys.stdout.buffer.write(json.dumps(typed, ensure_ascii=False).encode("utf-8"))
    return outcome["code"]


def _begin(root: Any, fields: list[dict[str, Any]]) -> None:
    """The keyboard is in the first field that is wrong, else in the first one."""
    entries = [w for w in root.winfo_children() if w.winfo_class() in ("Entry", "TCombobox", "Checkbutton")]
    wrong = next((at for at, field in enumerate(fields) if field["told"]), 0)
    root.lift()
    root.focus_force()
    if entries:
        entries[wrong].focus_set()
        if entries[wrong].winfo_class() == "Entry":
            entries[wrong].selection_range(0, "end")
            entries[wrong].icursor("end")


def _field(root: Any, row: int, asked: dict[str, Any], choose: str) -> Any:
    """What a person types, ticks or chooses there; → the list of paths, else the variable that will hold it."""
    import tkinter as tk
    from tkinter import ttk

    if asked["kind"] == "flag":
        flag = tk.BooleanVar(value=bool(asked["shown"]))
        tk.Checkbutton(root, variable=flag).grid(row=row, column=1, sticky="w", padx=12)
        return flag
    if asked["kind"] == "file":
        return _files(root, row, asked, choose)
    text = tk.StringVar(value=asked["shown"])
    if asked["choices"]:
        ttk.Combobox(root, textvariable=text, values=asked["choices"], state="readonly", width=36).grid(row=row, column=1, padx=12)
    else:
        tk.Entry(root, textvariable=text, width=38, show="●" if asked["kind"] == "secret" else "").grid(row=row, column=1, padx=12)
    return text


def _files(root: Any, row: int, asked: dict[str, Any], choose: str) -> list[str]:
    """The paths that are chosen; those of an earlier showing of the form stay until others are."""
    import tkinter as tk
    from tkinter import filedialog

    paths: list[str] = list(asked["shown"] or ())
    shown = tk.StringVar(value=_names(paths))

    def chosen() -> None:
        found = filedialog.askopenfilenames(parent=root) if asked["many"] else (filedialog.askopenfilename(parent=root),)
        paths[:] = [path for path in found if path] or paths
        shown.set(_names(paths))

    tk.Entry(root, textvariable=shown, width=38, state="readonly").grid(row=row, column=1, padx=12)
    tk.Button(root, text=choose, command=chosen).grid(row=row, column=2, padx=12)
    return paths


def _names(paths: list[str]) -> str:
    return "、".join(path.rpartition("/")[2] for path in paths)


if __name__ == "__main__":
    raise SystemExit(main())
