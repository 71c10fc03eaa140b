"""Workbooks written by hand, tag by tag, so that a test can hold what no library would write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)


def zipped(parts: Mapping[str, str | bytes] | list[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts; a list may hold a name twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def rels(*targets: tuple[str, str], strict: bool = False) -> str:
    """A relationships part: (kind, target) as rId1, rId2 …"""
    base = _STRICT_REL if strict else _REL
    inner = "".join(f'<Relationship Id="rId{i}" Type="{base}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def parts_of(
    sheet_data: str = "",
    after: str = "",
    strings: str | None = None,
    formats: tuple[str, ...] = (),
    date1904: bool = False,
    strict: bool = False,
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet 台账. formats: number format codes of the styles 1, 2, …"""
    main, rel = (STRICT, _STRICT_REL) if strict else (MAIN, _REL)
    codes = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    xfs = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    targets = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml"), strict=strict),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{rel}"><workbookPr date1904="{int(date1904)}"/>'
        f'<sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData>{after}</worksheet>',
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{strings}</sst>'
        targets.append(("sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = rels(*targets, strict=strict)
    return parts
