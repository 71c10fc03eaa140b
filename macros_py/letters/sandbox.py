"""Templates are data: a small language of placeholders, conditions and loops over what the letter was given, and nothing else.

Four walls, each enough for what it stands against:
1. Only the node types of ALLOWED may stand in a template: no calls, includes, macros, assignments or blocks that switch escaping off.
2. jinja2's immutable sandbox with no globals, our own filters only, and arithmetic on numbers only.
3. Data is cleaned to plain text (`plain`) and escaped when it is put in; a placeholder inside data stays text.
4. What a template puts out is counted while it is put out, and a template that goes on for ever is stopped (letters.batch).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from macros_py.domain.amount_in_words import capitals
from macros_py.letters.errors import LetterError

ALLOWED: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test),
    *(nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.FloorDiv, nodes.Mod, nodes.Keyword),
)
MAX_OUTPUT: Final = 4_000_000  # characters of one part of one letter; a long letter has 100,000

_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_NEWLINE: Final = re.compile("\r\n?|\x85|\u2028|\u2029")

Plain = None | bool | int | str | date | list["Plain"] | dict[str, "Plain"]


def plain(value: Any) -> Plain:
    """`value` as plain data: text without control and direction characters, whole numbers, dates, lists, dicts. Else TypeError."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _HIDDEN.sub("", _NEWLINE.sub("\n", value))
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    raise TypeError(f"a letter takes text, whole numbers and dates, not {type(value).__name__}")


def money(fen: Any) -> str:
    """Fen as 1,234.50."""
    whole = _whole(fen)
    yuan, cents = divmod(abs(whole), 100)
    return f"{'-' if whole < 0 else ''}{yuan:,}.{cents:02d}"


def in_capitals(fen: Any) -> str:
    """Fen as 人民币…元…角…分."""
    return capitals(_whole(fen))


def written_date(day: Any, style: str = "zh") -> str:
    """A date as 2026年3月5日, or as 2026-03-05 with style "iso"; '' when unknown."""
    if day is None:
        return ""
    if not isinstance(day, date):
        raise TypeError("the date filter takes a date")
    return day.isoformat() if style == "iso" else f"{day.year}年{day.month}月{day.day}日"


def _whole(fen: Any) -> int:
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise TypeError("amounts are whole fen")
    return fen


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """The jinja2 environment of letters and SMS: see the module."""

    intercepted_binops = frozenset({"+", "-", "*", "//", "%"})

    def __init__(self, *, autoescape: bool = True, loops: bool = True) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=autoescape, cache_size=0)
        self._nodes = tuple(n for n in ALLOWED if loops or n is not nodes.For)
        self.globals.clear()
        self.filters.clear()
        self.filters.update(money=money, capitals=in_capitals, date=written_date, length=len, default=_default)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on whole numbers of a sensible size only: text is not multiplied or formatted."""
        if not (isinstance(left, int) and isinstance(right, int)) or max(abs(left), abs(right)) > 10**18:
            raise SecurityError(f"“{operator}” takes whole numbers")
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """A letter's data are dicts and lists (reached by key); of objects only the day, month and year of a date are seen."""
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        return isinstance(obj, date) and attr in {"year", "month", "day"}

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def compiled(self, source: str, template: str) -> Template:
        """The template, compiled, when it holds allowed nodes only; else LetterError with the line (the paragraph) and the text there."""
        try:
            tree = self.parse(source, template)
            self._check(tree, source, template)
            return Template.from_code(self, self.compile(tree, template, template), self.make_globals(None))
        except TemplateSyntaxError as error:
            raise syntax_error(error.message or "?", error.lineno, source, template) from error
        except (SyntaxError, RecursionError, ValueError, OverflowError, MemoryError) as error:
            raise LetterError(
                "template-fails", template=template, what="写法过深或数字过大 / nested too deep or a number too big"
            ) from error

    def _check(self, tree: nodes.Template, source: str, template: str) -> None:
        for node in tree.find_all(nodes.Node):
            name = str(getattr(node, "name", ""))
            known = self.filters if isinstance(node, nodes.Filter) else self.tests if isinstance(node, nodes.Test) else None
            if not isinstance(node, self._nodes) or (known is not None and name not in known):
                word = name if known is not None else type(node).__name__
                raise syntax_error(f"不支持 {word} / {word} is not allowed", node.lineno, source, template)


_LOOP: Final = frozenset({"index", "index0", "first", "last", "length", "revindex"})


def _default(value: Any, other: Any = "") -> Any:
    return other if isinstance(value, Undefined) or value is None or value == "" else value


def syntax_error(what: str, line: int | None, source: str, template: str) -> LetterError:
    """A syntax error with the visible text around its line; lines are paragraphs of the document."""
    lines, line = source.splitlines(), line or 1
    near = re.sub(r"<[^>]*>", "", lines[min(line, len(lines)) - 1] if lines else "").strip()[:60]
    return LetterError("template-syntax", template=template, line=line, what=what, near=near)


_MISSING: Final = re.compile(r"'([^']*)' is undefined|has no (?:attribute|element) '?([^']*)'?")


def unknown_variable(error: UndefinedError, template: str, data: Mapping[str, Any]) -> LetterError:
    """Which variable a template asked for in vain, and which there are."""
    found = _MISSING.search(str(error))
    name = next((g for g in found.groups() if g), "?") if found else "?"
    return LetterError("variable-missing", template=template, name=name, known="、".join(sorted(data)))
