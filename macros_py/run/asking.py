"""What a button asks for, asked for in a form and understood as cells are: 1,234.50 and 1234.5元 are one amount, 2026年11月23日 is a date."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.buttons.asking import Asked
from macros_py.hosts.host import HostError
from macros_py.interpreter import program as python
from macros_py.run.asking_window import CANCELLED
from macros_py.run.outcome import StoppedError
from macros_py.sheets import amounts, dates, quantities
from macros_py.sheets.cells import Cells, Found

Typed = Mapping[str, Any]
Form = Callable[[Mapping[str, Any]], Typed]  # shows what is wanted, gives what was typed; StoppedError when cancelled
NEEDED: Final = ("必须填写", "needed")
READERS: Final[Mapping[str, Callable[[Cells], tuple[Any, list[Found]]]]] = {
    "money": amounts.money,
    "int": quantities.ints,
    "number": quantities.numbers,
}
UNREAD: Final[Mapping[str, tuple[str, str]]] = {
    "money": ("请填金额，如 8000 或 1.2万", "an amount, such as 8000 or 1234.50"),
    "int": ("请填整数，如 2", "a whole number, such as 2"),
    "number": ("请填数字，如 4.5", "a number, such as 4.5"),
    "date": ("请填日期，如 2026-12-01", "a date, such as 2026-12-01"),
}


class Asking:
    """The form of one press. What was typed stays in it when it comes again, with what was wrong."""

    def __init__(self, title: str, asks: Sequence[Asked], lang: str, form: Form | None = None, offered: Typed | None = None) -> None:
        """offered: what stands in the form when it comes first."""
        self.said = ""  # why the form comes again although everything could be read
        self._title, self._asks, self._lang = title, asks, lang
        self._show = form or shown
        self._typed: Typed = offered or {}

    def values(self) -> dict[str, Any]:
        """The values as a button takes them, files as paths. The form comes again until everything can be read. StoppedError when cancelled."""
        told: dict[str, str] = {}
        while True:
            self._typed = self._show(_spec(self._title, self._asks, self._typed, told, self._lang, self.said))
            values, told = understood(self._asks, self._typed, self._lang)
            if not told:
                return values
            self.said = ""


def understood(asks: Sequence[Asked], typed: Typed, lang: str) -> tuple[dict[str, Any], dict[str, str]]:
    """(values by name, what was wrong by name). What was left empty is left out."""
    values: dict[str, Any] = {}
    told: dict[str, str] = {}
    for asked in asks:
        given = typed.get(asked.name)
        if given in (None, "", [], False):
            if asked.needed:
                told[asked.name] = NEEDED[lang == "en"]
            continue
        parts = given if isinstance(given, list) else given.replace("，", ",").replace("、", ",").split(",") if asked.many else [given]
        read = [_value(asked, part) for part in parts]
        if any(v is None for v in read):
            told[asked.name] = UNREAD[asked.kind][lang == "en"]
        else:
            values[asked.name] = tuple(read) if asked.many else read[0]
    return values, told


def _value(asked: Asked, given: Any) -> Any:
    """One value; None when it cannot be read."""
    if asked.kind in ("flag", "text", "secret"):
        return given
    if asked.kind == "file":
        return Path(given)
    cells = Cells.of(np.array([str(given)], dtype=object))
    if asked.kind == "date":
        moments, found = dates.dates(cells)
        return None if found or pd.isna(moments[0]) else pd.Timestamp(moments[0]).date()
    values, found = READERS[asked.kind](cells)
    if found or pd.isna(values[0]):
        return None
    return float(values[0]) if asked.kind == "number" else int(values[0])


def _spec(title: str, asks: Sequence[Asked], typed: Typed, told: Mapping[str, str], lang: str, said: str) -> dict[str, Any]:
    en = lang == "en"
    fields = [
        {
            "name": a.name,
            "kind": a.kind,
            "label": (a.en if en else a.zh) + (" *" if a.needed else ""),
            "many": a.many,
            "choices": list(a.choices),
            "shown": typed.get(a.name, ""),
            "told": told.get(a.name, ""),
        }
        for a in asks
    ]
    words = ("OK", "Cancel", "Choose…") if en else ("确定", "取消", "选择…")
    return {"title": title, "said": said, **dict(zip(("ok", "cancel", "choose"), words, strict=True)), "fields": fields}


def shown(spec: Mapping[str, Any]) -> Typed:
    """The form in a window of its own. HostError("no-form") where no window can be shown."""
    program = python()
    script = str(Path(__file__).with_name("asking_window.py"))
    if program is None:
        raise HostError("no-form")
    done = subprocess.run(  # noqa: S603 - our own file by our own interpreter
        [program, script],
        input=json.dumps(spec, ensure_ascii=False).encode() + b"\n",
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    if done.returncode == CANCELLED:
        raise StoppedError
    if done.returncode != 0:
        raise HostError("no-form")
    typed: Typed = json.loads(done.stdout.decode("utf-8"))
    return typed
