"""Letters to fill in tests: contexts as letters_due makes them, and small templates made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document

from macros_py.domain.amount_in_words import capitals


def letter_context(number: int = 0, **other: Any) -> dict[str, Any]:
    """The context of one letter; amounts differ by `number` and add up."""
    parts = [("本金", 1_000_000 + number), ("利息", 23_456 + 7 * number), ("罚息（违约金）", 1_205)]
    total = sum(amount for _, amount in parts)
    return {
        "letter_no": f"催〔2026〕{number + 1:04d}号",
        "title": "正式催收函",
        "case_id": f"A{number:05d}",
        "customer": "张三",
        "address": "广州市天河区体育东路1号",
        "product": "消费贷",
        "due_date": date(2026, 9, 14),
        "days_past_due": 70,
        "components": [{"name": name, "amount": amount} for name, amount in parts],
        "total": total,
        "total_in_words": capitals(total),
        "as_of": date(2026, 11, 22),
        "deadline": date(2026, 11, 30),
        "made_on": date(2026, 11, 23),
        "creditor": "明光消费金融有限公司",
        "mandate": "",
        "account_name": "明光消费金融有限公司",
        "account_bank": "某某银行广州分行",
        "account_number": "3602000109200012345",
        "contact": "020-88886666",
        "objection": "020-88886667",
    } | other


def template(*paragraphs: str) -> bytes:
    """A .docx of these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def saved(folder: Path, content: bytes, name: str = "own.docx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def paragraphs(letter: bytes) -> list[str]:
    """What a reader sees: paragraphs and table cells, in order of their kind."""
    document = Document(io.BytesIO(letter))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + cells


def parts(letter: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(letter)) as box:
        assert box.testzip() is None
        return {name: box.read(name) for name in box.namelist()}


def altered(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]], added: Mapping[str, bytes] | None = None) -> bytes:
    """The package with some parts changed, and some added."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, part in (parts(content) | dict(added or {})).items():
            box.writestr(name, changes.get(name, lambda b: b)(part))
    return out.getvalue()
