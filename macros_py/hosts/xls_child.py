"""Run by `legacy` in a process of its own: an .xls from standard input, its cells as JSON on standard output.

A process of its own, because a broken or hostile file may make the parser hang, eat memory or fail in any way.
Exit codes: 0 done, 3 needs a password, anything else: cannot be read.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

MEMORY = 3 << 30  # bytes


def main() -> int:
    """Read, convert, print."""
    import xlrd

    _limit_memory()
    try:
        book = xlrd.open_workbook(file_contents=sys.stdin.buffer.read(), formatting_info=True, logfile=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            return 3
        raise
    own = {f.format_key: f.format_str for f in book.format_list}  # the others are built in: their currency is the PC's, not the file's
    formats = [own.get(xf.format_key, xf.format_key) for xf in book.xf_list]
    answer = {"date1904": bool(book.datemode), "formats": formats, "sheets": [_sheet(s, xlrd.error_text_from_code) for s in book.sheets()]}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _sheet(sheet: Any, errors: dict[int, str]) -> dict[str, Any]:
    """Cells as parallel lists; kinds as xlrd numbers them: 1 text, 2 number, 3 date, 4 boolean, 5 error."""
    rows, columns, kinds, values, styles = [], [], [], [], []
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype in (1, 2, 3, 4, 5):
                rows.append(row + 1)
                columns.append(column + 1)
                kinds.append(cell.ctype)
                values.append(errors.get(cell.value, "#VALUE!") if cell.ctype == 5 else cell.value)
                styles.append(cell.xf_index)
    hidden = [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden]
    merged = [[top + 1, left + 1, bottom, right] for top, bottom, left, right in sheet.merged_cells]
    return dict(name=sheet.name, rows=rows, columns=columns, kinds=kinds, values=values, styles=styles, hidden=hidden, merged=merged)  # noqa: C408


if __name__ == "__main__":
    raise SystemExit(main())
