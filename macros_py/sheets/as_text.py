"""A table as text for other programs: yuan with two places, ISO dates, "" for unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from macros_py.domain.kinds import Column, Kind
from macros_py.domain.money_words import plain_yuan


def as_text_table(frame: pd.DataFrame, columns: Sequence[Column], further: Sequence[str] = ("row", "sheet")) -> pd.DataFrame:
    """Every declared column of `frame` as text, then the `further` ones that it has. Case numbers that we made up are left blank."""
    out: dict[str, Any] = {}
    for column in columns:
        if column.name in frame and column.name not in out:
            out[column.name] = _texts(frame[column.name], column.kind)
    if "case_id_made" in frame and "case_id" in out:
        out["case_id"] = np.where(frame["case_id_made"].to_numpy(bool), "", out["case_id"])
    for name in further:
        if name in frame:
            out[name] = frame[name].astype(str).to_numpy(object)
    return pd.DataFrame(out, dtype="str")


def _texts(series: pd.Series, kind: Kind) -> Any:
    unknown = series.isna().to_numpy()
    if kind is Kind.MONEY:
        words = [plain_yuan(v) for v in series.fillna(0).astype("int64").tolist()]
    elif kind is Kind.DATE:
        words = np.datetime_as_string(series.to_numpy("datetime64[D]")).tolist()
    elif kind is Kind.TIME:
        words = [t.replace("T", " ") for t in np.datetime_as_string(series.to_numpy("datetime64[s]")).tolist()]
    elif kind is Kind.FLAG:
        words = ["true" if v else "false" for v in series.tolist()]
    else:
        words = [str(v) for v in series.tolist()]
    return np.where(unknown, "", np.array(words, object))
