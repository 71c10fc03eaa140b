"""A list of SMS for the gateway: each text filled, signed, measured, and marked 不发 with the reason when it may not be sent."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from jinja2 import Template, TemplateError, UndefinedError

from macros_py.domain.sms_text import SmsText, finish
from macros_py.letters.errors import LetterError
from macros_py.letters.sandbox import LetterEnvironment, plain, unknown_variable

MAX_TEXT: Final = 2_000
HEADERS: Final = ("编号", "案件编号", "手机号", "模板", "短信正文", "字数", "条数", "发送", "不发原因")
WIDTHS: Final = (20, 18, 16, 26, 80, 8, 8, 8, 30)


def texts(rows: Sequence[Mapping[str, Any]], sources: Mapping[str, str], signature: str, banned: Iterable[str]) -> list[SmsText]:
    """The finished text of each row (template_file, context); LetterError names a template's fault."""
    environment = LetterEnvironment(autoescape=False, loops=False)  # not markup; without loops it needs no time limit
    words = tuple(banned)
    compiled: dict[str, Template] = {}
    out = []
    for row in rows:
        name = row["template_file"]
        if name not in compiled:
            compiled[name] = _compiled(environment, name, sources)
        out.append(finish(_filled(compiled[name], name, row["context"]), signature, words))
    return out


def _compiled(environment: LetterEnvironment, name: str, sources: Mapping[str, str]) -> Template:
    if name not in sources:
        raise LetterError("template-missing", template=name)
    if len(sources[name]) > MAX_TEXT:
        raise LetterError("template-too-big", template=name, what="字数", limit=MAX_TEXT)
    return environment.compiled(sources[name].strip(), name)


def _filled(compiled: Template, name: str, context: Mapping[str, Any]) -> str:
    data = plain(dict(context))
    assert isinstance(data, dict)
    try:
        return compiled.render(data)
    except UndefinedError as error:
        raise unknown_variable(error, name, data) from error
    except (TemplateError, TypeError, ValueError, ZeroDivisionError) as error:
        raise LetterError("template-fails", template=name, what=str(error)[:120]) from error


def workbook(rows: Sequence[Mapping[str, Any]], made: Sequence[SmsText]) -> bytes:
    """The list as .xlsx: every cell is text (a phone keeps its digits, a name that begins with = is no formula)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1)})
    head, wrap = (
        book.add_format({"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet = book.add_worksheet("短信")
    sheet.freeze_panes(1, 3)
    for column, (title, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for line, (row, sms) in enumerate(zip(rows, made, strict=True), start=1):
        cells = (row["letter_no"], row["case_id"], row["phone"], row["template"], sms.text)
        for column, text in enumerate(cells):
            sheet.write_string(line, column, str(text), wrap)
        sheet.write_number(line, 5, sms.length, wrap)
        sheet.write_number(line, 6, sms.parts, wrap)
        sheet.write_string(line, 7, "不发" if sms.refused else "可发", wrap)
        sheet.write_string(line, 8, sms.refused, wrap)
    sheet.autofilter(0, 0, max(1, len(made)), len(HEADERS) - 1)
    book.close()
    return out.getvalue()


def sources(folders: Sequence[Path]) -> dict[str, str]:
    """The SMS templates by name; a folder that stands earlier wins."""
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
            if path.stem not in found and path.stat().st_size <= 4 * MAX_TEXT:
                found[path.stem] = _text(path)
    return found


def _text(path: Path) -> str:
    """A template's text: UTF-8, or GB18030 as Notepad saves it on a Chinese Windows."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise LetterError("template-unreadable", template=path.stem) from error
