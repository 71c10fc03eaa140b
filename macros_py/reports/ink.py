"""A panel written into its place: header, cells by kind, list object, validations, tints of the tiers, data bars, totals."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name

from macros_py.domain.columns import ROW_KEY
from macros_py.domain.kinds import Column, Kind
from macros_py.reports import paper
from macros_py.reports.grid import Grid, Span
from macros_py.reports.panel import UNIT_COLUMNS, Field, Panel, Values, single
from macros_py.reports.paper import Paper

NUMERIC: Final = (Kind.MONEY, Kind.INT, Kind.NUMBER)
CENTRED: Final = (Kind.DATE, Kind.TIME, Kind.FLAG)
TEXT_COLUMN: Final = Column("text", Kind.TEXT, "", "")
WRAPPED: Final = (Kind.TEXT, Kind.ID, Kind.PHONE)
TIER_COLUMNS: Final = ("tier", "tier_reason")
_HEAD_LINES: Final = 3
_BUTTON: Final = 3  # characters that a filter button takes
_LINE_HEIGHT: Final = 14.5  # points
_LIST_LIMIT: Final = 255  # characters that a list typed into a validation may hold


@dataclass(frozen=True)
class Placed:
    """Where a panel came to stand: its header row, first and last row of values, and the span of each column. 0-based."""

    header: int
    first: int
    last: int
    spans: dict[str, Span]


@dataclass(frozen=True)
class Ink:
    """Writes on one sheet."""

    out: Paper
    sheet: Any
    grid: Grid

    def cell(self, row: int, span: Span, value: str | float | Decimal | None, look: Any) -> None:
        """One value over one or several grid columns. Text is always written as text: '=1+1' stays what it is."""
        left, right = span
        if right > left:
            self.sheet.merge_range(row, left, row, right, "", look)
        if value is None or value == "":
            self.sheet.write_blank(row, left, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, left, value, look)
        else:
            self.sheet.write_number(row, left, value, look)

    def line(self, row: int, text: str, look: Any) -> int:
        """Words over the whole width, as high as they need; → the next row."""
        clean = paper.clean_text([text])[0]
        self.cell(row, self.grid.whole, clean, look)
        self.sheet.set_row(row, height(paper.lines(clean, max(self.grid.width(self.grid.whole), 20) - 2)))
        return row + 1

    def panel(self, panel: Panel, fields: list[Field], spans: list[Span], cells: list[Values], header: int, name: str) -> Placed:
        """Header and rows from row `header` on, then what belongs to them; totals stand right below `last`."""
        first = header + 1
        last = header + len(panel.table)
        spanned = any(left != right for left, right in spans)
        self._heads(panel, fields, spans, header)
        for entry, span, column in zip(fields, spans, cells, strict=True):
            self._column(panel, entry, span, column, first)
            self._dress(panel, entry, span[0], first, last + panel.spare)
            if panel.spare:
                self._ready(panel, entry, span[0])
        self._heights(fields, spans, cells, first)
        if not spanned and panel.listed and last > header:
            self._list_object(panel, fields, spans, header, last, name)
        placed = Placed(header, first, last, {f.name: s for f, s in zip(fields, spans, strict=True)})
        if panel.summed or panel.totals:
            self._totals(panel, fields, cells, placed)
        return placed

    def _heads(self, panel: Panel, fields: list[Field], spans: list[Span], row: int) -> None:
        most = 1
        for entry, span in zip(fields, spans, strict=True):
            self.cell(row, span, entry.header, self._head_look(panel, entry))
            if entry.name != ROW_KEY.name:
                most = max(most, paper.lines(entry.header, self.grid.width(span) - _BUTTON))
        self.sheet.set_row(row, 3 + height(min(most, _HEAD_LINES)))

    def _head_look(self, panel: Panel, entry: Field) -> Any:
        typed = entry.typed and not panel.inputs
        ink, fill = (paper.ACCENT, paper.INPUT_HEAD) if typed else ("#FFFFFF", paper.ACCENT)
        return self.out.format(bold=True, font_color=ink, bg_color=fill, border=1, border_color=paper.LINE, text_wrap=True, align="center")

    def _cell_look(self, panel: Panel, entry: Field) -> Any:
        look: dict[str, Any] = {"border": 1, "border_color": paper.LINE}
        asked = entry.typed or panel.inputs
        if asked and entry.name not in panel.fixed:
            look |= {"bg_color": paper.INPUT, "locked": False}
        if entry.column is None:
            return self.out.format(**look, text_wrap=True)
        if entry.kind in NUMERIC:
            plain = panel.inputs and entry.kind is Kind.NUMBER
            look |= {"num_format": "General" if plain else paper.number_format(entry.column), "align": "right", "indent": 1}
        elif entry.kind in CENTRED:
            look |= {"num_format": paper.number_format(entry.column), "align": "center"}
        elif asked or entry.kind in (Kind.ID, Kind.PHONE):
            look |= {"num_format": "@", "text_wrap": True}
        else:
            look["text_wrap"] = True
        return self.out.format(**look)

    def _column(self, panel: Panel, entry: Field, span: Span, column: Values, first: int) -> None:
        look = self._cell_look(panel, entry)
        left, right = span
        if left != right or entry.units:
            looks = self._unit_looks(panel, entry) if entry.units else [look] * len(column)
            for row, (value, own) in enumerate(zip(column, looks, strict=True), first):
                self.cell(row, span, value, own)
            return
        text, number, blank = self.sheet.write_string, self.sheet.write_number, self.sheet.write_blank
        for row, value in enumerate(column, first):
            if value is None or value == "":
                blank(row, left, None, look)
            elif isinstance(value, str):
                text(row, left, value, look)
            else:
                number(row, left, value, look)

    def _unit_looks(self, panel: Panel, entry: Field) -> list[Any]:
        """Rows of different units in one column: each shown in its own."""
        by_unit = {u: self._cell_look(panel, dataclasses.replace(entry, column=c, units=())) for u, c in UNIT_COLUMNS.items()}
        return [by_unit[u] for u in entry.units]

    def _heights(self, fields: list[Field], spans: list[Span], cells: list[Values], first: int) -> None:
        """Rows with wrapped text get their height here: not every program finds it when it opens the file.

        Rows of one line are left to the program, so that they grow with what people type.
        """
        most: dict[int, int] = {}
        for entry, span, column in zip(fields, spans, cells, strict=True):
            if entry.name == ROW_KEY.name or entry.kind not in WRAPPED:
                continue
            room = self.grid.width(span) - 1
            wrapped = {t: paper.lines(t, room) for t in set(column) if isinstance(t, str) and (2 * len(t) > room or "\n" in t)}
            for place, text in enumerate(column):
                if wrapped.get(text, 1) > most.get(place, 1):
                    most[place] = wrapped[text]
        for place, count in most.items():
            self.sheet.set_row(first + place, height(count))

    def _ready(self, panel: Panel, entry: Field, column: int) -> None:
        """Cells that are typed later in this column show dates as dates and keep the zeros in front of a number."""
        form = paper.number_format(entry.column) if entry.column else "General"
        self.sheet.set_column(
            column, column, round(self.grid.widths[column - self.grid.shift], 1), self.out.format(num_format=form, locked=False)
        )

    def _dress(self, panel: Panel, entry: Field, column: int, first: int, last: int) -> None:
        """Validation where people type, tints of the tiers, data bars."""
        asked = (entry.typed or panel.inputs or panel.advised) and entry.name not in panel.fixed
        rule = validation(entry.column, self.out) if entry.column is not None and asked else None
        if rule and panel.advised:
            rule["error_type"] = "warning"
        if rule:
            self.sheet.data_validation(first, column, last, column, rule)
        if entry.name in TIER_COLUMNS:
            self._tints(column, first, last)
        if entry.name in panel.bars:
            self.sheet.conditional_format(first, column, last, column, _bar(entry.column))
        if entry.name in panel.alarms:
            self.sheet.conditional_format(first, column, last, column, {**panel.alarms[entry.name], "format": self.out.alarm})

    def _tints(self, column: int, first: int, last: int) -> None:
        """By the word at the beginning; on an English sheet a tier may still be told in Chinese, as the ledger has it."""
        for (zh, en, _, _), look in zip(paper.TIERS, self.out.tints, strict=True):
            for word in dict.fromkeys((self.out.say(zh, en), zh)):
                begins = {"type": "text", "criteria": "begins with", "value": word, "format": look}
                self.sheet.conditional_format(first, column, last, column, begins)

    def _list_object(self, panel: Panel, fields: list[Field], spans: list[Span], header: int, last: int, name: str) -> None:
        heads = [{"header": f.header, "header_format": self._head_look(panel, f)} for f in fields]
        filtered = panel.filtered and last > header + 1
        options = {"name": self.out.table_name(name), "columns": heads, "style": None, "autofilter": filtered}
        self.sheet.add_table(header, spans[0][0], last, spans[-1][1], options)

    def _totals(self, panel: Panel, fields: list[Field], cells: list[Values], placed: Placed) -> None:
        """Sums follow a filter (SUBTOTAL) and carry their value; other totals stand as they were given."""
        line = {"bold": True, "top": 2, "top_color": paper.ACCENT, "bottom": 1, "bottom_color": paper.LINE, "bg_color": paper.PALE}
        row, word = placed.last + 1, self.out.say("合计", "Total")
        for entry, column in zip(fields, cells, strict=True):
            if entry.name == ROW_KEY.name:
                continue
            span = placed.spans[entry.name]
            numeric = (
                {"num_format": paper.number_format(entry.column), "align": "right", "indent": 1}
                if entry.column and entry.kind in NUMERIC
                else {}
            )
            look = self.out.format(**line, **numeric)
            if entry.name in panel.totals:
                self.cell(row, span, single(panel.totals[entry.name], entry.column or TEXT_COLUMN, self.out.lang, self.out.date1904), look)
            elif entry.name in panel.summed:
                self._sum(row, span, column, placed, look)
            else:
                self.cell(row, span, word, look)
                word = ""

    def _sum(self, row: int, span: Span, column: Values, placed: Placed, look: Any) -> None:
        letters = xl_col_to_name(span[0])
        total = round(sum(v for v in column if v is not None), 2)
        self.cell(row, span, None, look)
        self.sheet.write_formula(row, span[0], f"=SUBTOTAL(109,{letters}{placed.first + 1}:{letters}{placed.last + 1})", look, total)


def height(lines: int) -> float:
    """Points for a row of so many lines."""
    return 3 + _LINE_HEIGHT * min(lines, 27)


def _bar(column: Column | None) -> dict[str, Any]:
    """A solid bar from 0; shares reach to the full cell at 100%."""
    ends = {"min_type": "num", "min_value": 0}
    if column is not None and paper.is_share(column):
        ends |= {"max_type": "num", "max_value": 1}
    return {"type": "data_bar", "bar_color": "#9CC3E6", "bar_solid": True, "bar_negative_color": paper.OKABE_ITO[3], **ends}


def validation(column: Column, out: Paper) -> dict[str, Any] | None:
    """What may be typed in a column: one of its choices, a date, an amount from 0, a whole number from 0."""
    title = out.say("请检查", "Please check")
    if column.choices:
        if len(",".join(column.choices)) > _LIST_LIMIT:
            return None
        message = out.say("请从下拉列表中选择。", "Please choose from the list.")
        return {"validate": "list", "source": list(column.choices), "error_title": title, "error_message": message}
    if column.kind is Kind.MONEY:
        message = out.say("请输入不小于 0 的金额（元），如 1234.50。", "Please type an amount in yuan, 0 or more, such as 1234.50.")
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": title, "error_message": message}
    if column.kind is Kind.INT:
        message = out.say("请输入不小于 0 的整数。", "Please type a whole number, 0 or more.")
        return {"validate": "integer", "criteria": ">=", "value": 0, "error_title": title, "error_message": message}
    if column.kind in (Kind.DATE, Kind.TIME):
        message = out.say("请输入日期，如 2026-11-23。", "Please type a date such as 2026-11-23.")
        return {"validate": "date", "criteria": ">=", "value": paper.FIRST_DAY, "error_title": title, "error_message": message}
    return None
