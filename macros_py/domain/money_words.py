"""Whole fen as people read them; never by way of a float."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """123450 → "1,234.50"."""
    return f"{_sign(fen)}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def plain_yuan(fen: int) -> str:
    """123450 → "1234.50", as a cell or a person's own line takes it."""
    return f"{_sign(fen)}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def with_currency(fen: int) -> str:
    """123450 → "¥1,234.50", -5 → "-¥0.05"."""
    return f"{_sign(fen)}¥{yuan(abs(fen))}"


def _sign(fen: int) -> str:
    return "-" if fen < 0 else ""
