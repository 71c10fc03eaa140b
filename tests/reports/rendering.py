"""A drawn workbook as readable text: cells with their formats in brief, what is merged, validated, tinted, listed and charted."""

from __future__ import annotations

import io
import posixpath
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from lxml import etree

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read(drawn: bytes) -> Any:
    """The workbook as openpyxl reads it (which does not know the extension of solid data bars, and says so)."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(drawn))


def render(drawn: bytes) -> str:
    """The whole workbook, sheet by sheet."""
    book = read(drawn)
    lines: list[str] = []
    for place, sheet in enumerate(book.worksheets, 1):
        lines += [f"=== {sheet.title} ===", *_set_up(sheet), "--- cells", *_cells(sheet), "--- rules", *_rules(sheet)]
        lines += ["--- charts", *_charts(drawn, place)]
    return "\n".join(lines) + "\n"


def _set_up(sheet: Any) -> Iterator[str]:
    page = sheet.page_setup
    yield f"frozen {sheet.freeze_panes} · paper {page.paperSize} {page.orientation} · wide {page.fitToWidth} high {page.fitToHeight}"
    yield f"repeated {sheet.print_title_rows} · footer {sheet.oddFooter.center.text} · filter {sheet.auto_filter.ref}"
    widths = [
        f"{k}{'(hidden)' if d.hidden else ''}={d.width:g}" for k, d in sorted(sheet.column_dimensions.items(), key=lambda kv: kv[1].min)
    ]
    yield "widths " + " ".join(widths)
    yield "heights " + " ".join(f"{k}={d.height:g}" for k, d in sorted(sheet.row_dimensions.items()) if d.height)


def _cells(sheet: Any) -> Iterator[str]:
    for row in sheet.iter_rows():
        shown = [f"{c.coordinate}{_look(c)} {_value(c)}" for c in row if c.value is not None]
        if shown:
            yield " | ".join(shown)


def _value(cell: Any) -> str:
    return f"{cell.value!r}" if cell.data_type in ("s", "inlineStr") else f"{cell.value} <{cell.data_type}>"


def _look(cell: Any) -> str:
    fill = cell.fill.fgColor.rgb[2:] if cell.fill.patternType else ""
    marks = [
        fill,
        "b" if cell.font.bold else "",
        "" if cell.protection.locked else "open",
        "" if cell.number_format == "General" else cell.number_format,
    ]
    said = ",".join(m for m in marks if m)
    return f"[{said}]" if said else ""


def _rules(sheet: Any) -> Iterator[str]:
    yield from (f"merged {m}" for m in sorted(str(m) for m in sheet.merged_cells.ranges))
    for rule in sheet.data_validations.dataValidation:
        yield f"valid {rule.sqref} {rule.type} {rule.operator or ''} {rule.formula1}"
    for area in sheet.conditional_formatting:
        yield from (f"format {area.sqref} {r.type} {r.text or r.operator or ''}" for r in area.rules)
    for table in sheet.tables.values():
        yield f"list {table.displayName} {table.ref} filter {bool(table.autoFilter)} {'|'.join(c.name for c in table.tableColumns)}"
    for row in sheet.iter_rows():
        yield from (f"link {c.coordinate} {c.hyperlink.location}" for c in row if c.hyperlink)


def _charts(drawn: bytes, place: int) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(drawn)) as package:
        for drawing in _targets(package, f"xl/worksheets/sheet{place}.xml", "drawing"):
            for chart in _targets(package, drawing, "chart"):
                root = etree.fromstring(package.read(chart))
                title = "".join(t.text or "" for t in root.iter(f"{DRAWN}t"))
                yield f"chart {title!r}"
                for series in root.iter(f"{CHART}ser"):
                    form = etree.QName(series.getparent()).localname
                    yield f"  {form} " + " · ".join(f.text or "" for f in series.iter(f"{CHART}f"))


def _targets(package: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    folder, name = posixpath.split(part)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in package.namelist():
        return []
    found = [e.get("Target") or "" for e in etree.fromstring(package.read(rels)) if (e.get("Type") or "").endswith("/" + kind)]
    return [posixpath.normpath(posixpath.join(folder, t)) for t in found]
