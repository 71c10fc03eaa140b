"""What a package says of itself, read without the code that wrote it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import olefile
from lxml import etree
from oletools.olevba import VBA_Parser


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {n: opened.read(n) for n in opened.namelist()}


def modules(package: bytes) -> dict[str, str]:
    """Module → source as olevba reads it, without the attributes at its head, in lines of \\n."""
    project = parts(package)["xl/vbaProject.bin"]
    found = {}
    for _, _, name, code in VBA_Parser("vbaProject.bin", data=project).extract_macros():
        text = code.decode("cp1252") if isinstance(code, bytes) else code
        lines = [line.rstrip("\r") for line in text.split("\n")]
        found[Path(name).stem] = "\n".join(line for line in lines if not line.startswith("Attribute VB_")).rstrip("\n") + "\n"
    return found


def project_stream(package: bytes, *name: str) -> bytes:
    with olefile.OleFileIO(io.BytesIO(parts(package)["xl/vbaProject.bin"]), raise_defects=olefile.DEFECT_INCORRECT) as compound:
        data: bytes = compound.openstream(list(name)).read()
        return data


def documents(package: bytes) -> list[str]:
    """Code names of the document modules that the project declares."""
    return re.findall(r"Document=(\w+)/", project_stream(package, "PROJECT").decode("cp1252"))


def code_names(package: bytes) -> list[str]:
    """Code names that the workbook and its sheets claim."""
    named = [n for n in parts(package).items() if n[0] == "xl/workbook.xml" or n[0].startswith("xl/worksheets/sheet")]
    return [
        str(c)
        for _, xml in named
        for c in etree.fromstring(xml).xpath("//*[local-name()='workbookPr' or local-name()='sheetPr']/@codeName")
    ]


def macros(package: bytes) -> set[str]:
    """Every macro that a shape or a ribbon control names."""
    found = set()
    for name, xml in parts(package).items():
        if name.startswith("xl/drawings/drawing"):
            found |= {str(m).removeprefix("[0]!") for m in etree.fromstring(xml).xpath("//@macro") if m}
        if name.startswith("customUI/"):
            found |= {str(m) for m in etree.fromstring(xml).xpath("//@onAction")}
    return found


def procedures(package: bytes) -> set[str]:
    """Every public procedure of its modules."""
    return set(re.findall(r"^(?:Public )?(?:Sub|Function) (\w+)", "\n".join(modules(package).values()), re.MULTILINE))


def shapes(package: bytes) -> Iterator[tuple[str, str, str]]:
    """(name, macro, text) of every shape."""
    spaces = {
        "x": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    }
    for name, xml in parts(package).items():
        if name.startswith("xl/drawings/drawing"):
            for shape in etree.fromstring(xml).iterfind(".//x:sp", spaces):
                about = shape.find("x:nvSpPr/x:cNvPr", spaces)
                assert about is not None
                text = "".join(t.text or "" for t in shape.iterfind(".//a:t", spaces))
                yield str(about.get("name")), str(shape.get("macro")), text
