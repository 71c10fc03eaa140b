"""How a scalar setting is declared: with its label and with what to type, for its own row in the 设置 sheet."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def setting(default: Any, zh: str, en: str, hint_zh: str, hint_en: str) -> Any:
    """A scalar that has its own row in the 设置 sheet, with label and what to type."""
    return field(default=default, metadata={"zh": zh, "en": en, "hint_zh": hint_zh, "hint_en": hint_en})
