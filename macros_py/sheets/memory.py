"""What people confirmed about headers, remembered: rows of the 设置 sheet, or a small file beside a workbook that has none of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import pandas as pd

PREFIX: Final = "表头:"
OURS: Final = "本系统列:"  # which columns of a ledger were added by a press; any other of the same name is the person's own
SEPARATOR: Final = "、"
VERSION: Final = 1


def remembered(settings: pd.DataFrame) -> dict[str, str]:
    """Rows of the settings sheet named 表头:<header> → {header: column name}."""
    if settings.empty or "setting" not in settings or "value" not in settings:
        return {}
    names = [str(n).replace("\uff1a", ":", 1) for n in settings["setting"]]
    return {n.removeprefix(PREFIX).strip(): str(v).strip() for n, v in zip(names, settings["value"], strict=True) if n.startswith(PREFIX)}


def rows_to_remember(confirmed: Mapping[str, str], settings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows (setting, value, note) to append for what is not remembered yet."""
    known = remembered(settings) if settings is not None else {}
    new = {h: n for h, n in confirmed.items() if known.get(h) != n}
    note = "表头已确认 / header confirmed"
    return pd.DataFrame({"setting": [PREFIX + h for h in new], "value": list(new.values()), "note": [note] * len(new)}, dtype="str")


def to_sidecar(confirmed: Mapping[str, str]) -> str:
    """The text of the file beside the workbook."""
    return json.dumps({"version": VERSION, "headers": dict(sorted(confirmed.items()))}, ensure_ascii=False, indent=2) + "\n"


def from_sidecar(text: str) -> dict[str, str]:
    """What the file beside the workbook remembers; nothing when it is not one of ours."""
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    headers = said.get("headers") if isinstance(said, dict) else None
    if not isinstance(headers, dict):
        return {}
    return {h: n for h, n in headers.items() if isinstance(h, str) and isinstance(n, str)}


def our_columns(settings: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Rows of the settings sheet named 本系统列:<sheet> → {sheet: headers that a press added there}."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in zip(settings.get("setting", ()), settings.get("value", ()), strict=True):
        key = str(name).replace("：", ":", 1)
        if key.startswith(OURS):
            sheet = key.removeprefix(OURS).strip()
            found[sheet] = (*found.get(sheet, ()), *(h for h in str(value).split(SEPARATOR) if h))
    return found


def our_columns_rows(added: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Rows (setting, value, note) to append for the headers that a press adds to each sheet."""
    note = "由催收簿填写的列 / columns filled by Dunbook"
    rows = {OURS + sheet: SEPARATOR.join(headers) for sheet, headers in added.items() if headers}
    return pd.DataFrame({"setting": list(rows), "value": list(rows.values()), "note": [note] * len(rows)}, dtype="str")
