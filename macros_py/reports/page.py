"""One sheet laid out from top to bottom: title, figures, panels one below the other, sentences and charts on one shared column grid."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Final

from macros_py.domain.columns import ROW_KEY
from macros_py.domain.kinds import Column, Kind
from macros_py.reports import paper
from macros_py.reports.charts import Chart, draw_chart
from macros_py.reports.grid import Grid, Span, Want
from macros_py.reports.ink import NUMERIC, Ink, Placed
from macros_py.reports.panel import Field, Fit, Panel, cells, need, single
from macros_py.reports.paper import Paper

_TILE: Final = 13.0
UNKNOWN: Final = "—"  # a figure that is not known is said to be so: not left blank, and not a zero


@dataclass(frozen=True)
class Figure:
    """One figure of the top panel: a label over a value, shown by its kind; a share is shown as per cent."""

    label: str
    value: Any
    kind: Kind = Kind.TEXT
    share: bool = False

    @property
    def column(self) -> Column:
        """The figure as a column of one row, so that it is formatted like any other."""
        return Column("share" if self.share else "figure", self.kind, self.label, self.label)


@dataclass(frozen=True)
class Sentence:
    """A line of words over the whole width; quiet ones in grey."""

    text: str
    quiet: bool = True


class Page:
    """Collects what a sheet shows, then draws it in one go, when the widths of all panels are known."""

    def __init__(self, out: Paper, name: str, title: str, subtitle: str = "") -> None:
        self.out, self.title, self.subtitle = out, title, subtitle
        self.sheet = out.sheet(name)
        self.figures: list[Figure] = []
        self.items: list[Panel | Sentence | Chart] = []
        self.frozen = ""  # the main panel's column up to which the sheet is frozen at its left
        self.repeat_header = True  # on every printed page; False where the blocks have different columns: then the title is repeated
        self._stem = f"dun_{zlib.crc32(name.encode()):08x}"
        self._row = 0
        self._breaks: list[int] = []
        self.placed: dict[str, Placed] = {}

    def add(self, *items: Panel | Sentence | Chart) -> None:
        """Further down the sheet."""
        self.items.extend(items)

    def draw(self) -> None:
        """Everything, once. An unknown chart panel (one without rows) is passed over."""
        self._cells = {b.key: [cells(b, f, self.out.lang, self.out.date1904) for f in b.fields(self.out.lang)] for b in self._panels()}
        self.grid = Grid(int(any(b.keyed for b in self._panels())))
        self._measure()
        self.ink = Ink(self.out, self.sheet, self.grid)
        self._top()
        for item in self.items:
            if isinstance(item, Panel):
                self._panel(item)
            elif isinstance(item, Sentence):
                self._sentence(item.text, item.quiet)
            else:
                self._row = draw_chart(self.out, self.sheet, self.grid, item, self.placed, self._row)
        self._finish()

    def _panels(self) -> list[Panel]:
        return [i for i in self.items if isinstance(i, Panel)]

    def _main(self) -> Panel | None:
        """The panel whose columns the sheet is about: the first with rows that sets the grid."""
        return next((b for b in self._panels() if b.fit is Fit.GRID and b.shown), None)

    # --- widths -----------------------------------------------------------------------------------------------------
    def _measure(self) -> None:
        """GRID panels first, then SHARE, then SPAN panels and the figures, which at most add columns at the right."""
        drawn = [b for b in self._panels() if b.shown]
        for panel in sorted(drawn, key=lambda b: list(Fit).index(b.fit)):
            if panel.fit is Fit.SPAN:
                self.grid.spread([w for w, _ in self._wants(panel)])
            else:
                self.grid.widen(self._wants(panel), panel.fit is Fit.GRID)
        self.grid.spread(self._tiles())
        while self.grid.width(self.grid.whole) < min(60, paper.width(self.title) * 1.8):
            self.grid.widths.append(10)

    def _wants(self, panel: Panel) -> list[Want]:
        fields = panel.fields(self.out.lang)
        return [need(panel, f, c) for f, c in zip(fields, self._cells[panel.key], strict=True) if f.name != ROW_KEY.name]

    def _tiles(self) -> list[float]:
        return [max(_TILE, paper.width(f.label) + 4, _shown_width(f) * 1.25 + 4) for f in self.figures]

    # --- the top ----------------------------------------------------------------------------------------------------
    def _top(self) -> None:
        title = self.out.format(bold=True, font_size=16, font_color=paper.ACCENT)
        self.sheet.write_string(0, self.grid.shift, paper.clean_text([self.title])[0], title)
        self.sheet.set_row(0, 27)
        self._row = 1
        if self.subtitle:
            self._sentence(self.subtitle, quiet=True)
        if self.figures:
            self._figures()
        main = self._main()
        names = [f.name for f in main.fields(self.out.lang)] if main else []
        self.sheet.freeze_panes(self._row, names.index(self.frozen) + 1 if self.frozen in names else self.grid.shift)

    def _figures(self) -> None:
        base = {"bg_color": paper.PALE, "left": 5, "left_color": paper.ACCENT, "indent": 1, "align": "left"}
        label = self.out.format(**base, font_size=9, font_color=paper.QUIET)
        for figure, span in zip(self.figures, self.grid.spread(self._tiles()), strict=True):
            form = {} if figure.kind is Kind.TEXT else {"num_format": paper.number_format(figure.column)}
            look = self.out.format(**base, **form, bold=True, font_size=12, font_color=paper.ACCENT)
            self.ink.cell(self._row, span, figure.label, label)
            value = single(figure.value, figure.column, self.out.lang, self.out.date1904)
            self.ink.cell(self._row + 1, span, UNKNOWN if value is None else value, look)
        self.sheet.set_row(self._row, 17)
        self.sheet.set_row(self._row + 1, 22)
        self._row += 2

    # --- panels and sentences ---------------------------------------------------------------------------------------
    def _panel(self, panel: Panel) -> None:
        if panel.title:
            self._row += 1
            if panel.new_page and panel.shown:
                self._breaks.append(self._row)
            self.sheet.write_string(
                self._row, self.grid.shift, panel.title, self.out.format(bold=True, font_size=12, font_color=paper.ACCENT)
            )
            self.sheet.set_row(self._row, 21)
            self._row += 1
        if panel.note:
            self._sentence(panel.note, quiet=True)
        if not panel.shown:
            self._sentence(panel.empty or self.out.say("没有记录。", "Nothing here."), quiet=True)
            return
        fields = panel.fields(self.out.lang)
        name = f"{self._stem}_{panel.key}"
        placed = self.ink.panel(panel, fields, self._places(panel, fields), self._cells[panel.key], self._row, name)
        self.placed[panel.key] = placed
        self._row = placed.last + 1 + int(bool(panel.summed or panel.totals))

    def _places(self, panel: Panel, fields: list[Field]) -> list[Span]:
        drawn = len(fields) - int(panel.keyed)
        spread = panel.fit is Fit.SPAN
        spans = self.grid.spread([w for w, _ in self._wants(panel)]) if spread else self.grid.one_by_one(drawn)
        return [(0, 0), *spans] if panel.keyed else spans

    def _sentence(self, text: str, quiet: bool) -> None:
        look = self.out.format(font_color=paper.QUIET if quiet else paper.INK, text_wrap=True, font_size=9 if quiet else 10)
        self._row = self.ink.line(self._row, text, look)

    def _finish(self) -> None:
        if self.grid.shift:
            self.sheet.set_column(0, 0, 8, None, {"hidden": True})
        ready = {s[0] for p in self._panels() if p.spare and p.key in self.placed for s in self.placed[p.key].spans.values()}
        for place, wide in enumerate(self.grid.widths, self.grid.shift):
            if place not in ready:
                self.sheet.set_column(place, place, round(wide, 1))
        main = self._main()
        if main:
            self.sheet.repeat_rows(self.placed[main.key].header if self.repeat_header else 0)
        if self._breaks:
            self.sheet.set_h_pagebreaks(self._breaks)


def _shown_width(figure: Figure) -> int:
    value = single(figure.value, figure.column, "zh")
    if value is None or isinstance(value, str):
        return paper.width(value or "")
    if figure.kind in NUMERIC:
        return len(f"¥{value:,.2f}") if figure.kind is Kind.MONEY else len(f"{value:,.0f}") + 3
    return 16 if figure.kind is Kind.TIME else 10
