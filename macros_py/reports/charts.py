"""Native charts over the cells of a panel on the same sheet. A panel without rows has no chart: its sentence stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from macros_py.reports import paper
from macros_py.reports.grid import Grid
from macros_py.reports.ink import Placed
from macros_py.reports.paper import Paper

ROWS: Final = 15  # rows of the sheet kept free for a chart
_ROW_PIXELS: Final = 20
_CHARACTER_PIXELS: Final = 7
_WIDEST: Final = 980
_NARROWEST: Final = 400
_GAP: Final = 10


@dataclass(frozen=True)
class Series:
    """One column of a panel, drawn as columns, bars or a line."""

    column: str
    form: Literal["column", "line", "bar"] = "column"
    colour: str = paper.OKABE_ITO[0]
    dashed: bool = False
    second_axis: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of the panel `panel`: its `category` column against the series; they share the form of the first, lines are laid over."""

    panel: str
    title: str
    category: str
    series: tuple[Series, ...]
    number_format: str = "#,##0"
    labels: bool = False
    beside: str = ""  # the panel at whose right it stands, where there is room
    share: tuple[int, int] = (0, 1)  # which of how many charts that stand there side by side


def draw_chart(out: Paper, sheet: Any, grid: Grid, chart: Chart, placed: Mapping[str, Placed], row: int) -> int:
    """The chart beside its panel or in kept-free rows from `row` on; → the next row. Without its panel there is no chart."""
    if chart.panel not in placed:
        return row
    drawn = _drawn(out, sheet, chart, placed[chart.panel])
    left, top, wide = _place(grid, placed.get(chart.beside), row)
    nth, many = chart.share
    pixels = max(min(int(wide * _CHARACTER_PIXELS / many) - 2 * _GAP, _WIDEST), _NARROWEST)
    drawn.set_size({"width": pixels, "height": (ROWS - 1) * _ROW_PIXELS})
    sheet.insert_chart(top, left, drawn, {"object_position": 2, "x_offset": _GAP + nth * (pixels + _GAP), "y_offset": 4})
    return max(row, top + ROWS) if nth == many - 1 else row


def _place(grid: Grid, beside: Placed | None, row: int) -> tuple[int, int, float]:
    """(column, row, characters wide) of the room for charts."""
    if beside:
        after = max(right for _, right in beside.spans.values()) + 1
        room = grid.width((after, grid.whole[1]))
        if room * _CHARACTER_PIXELS > _NARROWEST + 2 * _GAP:
            return after, beside.header, room
    return grid.shift, row, grid.width(grid.whole)


def _drawn(out: Paper, sheet: Any, chart: Chart, placed: Placed) -> Any:
    main = chart.series[0].form
    drawn = out.book.add_chart({"type": main})
    for series in (s for s in chart.series if s.form == main):
        drawn.add_series(_series(sheet, chart, series, placed))
    over = [s for s in chart.series if s.form != main]
    if over:
        second = out.book.add_chart({"type": over[0].form})
        for series in over:
            second.add_series(_series(sheet, chart, series, placed))
        drawn.combine(second)
    _dress(drawn, chart)
    return drawn


def _series(sheet: Any, chart: Chart, series: Series, placed: Placed) -> dict[str, Any]:
    name = sheet.get_name()
    value, category = placed.spans[series.column][0], placed.spans[chart.category][0]
    look: dict[str, Any] = {
        "name": [name, placed.header, value],
        "categories": [name, placed.first, category, placed.last, category],
        "values": [name, placed.first, value, placed.last, value],
    }
    if series.form == "line":
        dash = {"dash_type": "dash"} if series.dashed else {}
        look |= {"line": {"color": series.colour, "width": 2.25, **dash}}
        look |= (
            {}
            if series.dashed
            else {"marker": {"type": "circle", "size": 6, "fill": {"color": series.colour}, "border": {"color": series.colour}}}
        )
    else:
        look |= {"fill": {"color": series.colour}, "border": {"none": True}, "gap": 60}
    if chart.labels:
        look |= {"data_labels": {"value": True, "num_format": chart.number_format, "font": {"name": paper.FONT, "size": 9}}}
    return look


def _dress(drawn: Any, chart: Chart) -> None:
    small = {"name": paper.FONT, "size": 9, "color": paper.QUIET}
    quiet = {"num_font": small, "line": {"color": paper.LINE}}
    drawn.set_title(
        {"name": chart.title, "overlay": False, "name_font": {"name": paper.FONT, "size": 11, "bold": True, "color": paper.ACCENT}}
    )
    amounts = quiet | {"num_format": chart.number_format, "major_gridlines": {"visible": True, "line": {"color": "#E3E3E3"}}, "min": 0}
    flat = chart.series[0].form == "bar"
    drawn.set_x_axis(amounts if flat else quiet | {"text_axis": True})
    drawn.set_y_axis(quiet | {"reverse": True, "major_gridlines": {"visible": False}} if flat else amounts)
    drawn.set_legend({"position": "bottom", "font": small} if len(chart.series) > 1 else {"none": True})
    drawn.set_chartarea({"border": {"color": paper.LINE}})
    drawn.show_hidden_data()
    drawn.show_blanks_as("gap")
