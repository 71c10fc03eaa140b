"""What every drawn sheet keeps to, whatever it shows."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile

import numpy as np
import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain.changes import SheetModel
from macros_py.reports import paper
from macros_py.reports.draw import UnknownKindError, draw
from tests.reports import samples
from tests.reports.rendering import read


def opened(*models: SheetModel, lang: str = "zh"):
    return read(draw(models, lang))


def parts(drawn: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(drawn)) as package:
        return {n: package.read(n).decode("utf-8") for n in package.namelist()}


def cells_of(sheet) -> list[object]:
    return [x.value for row in sheet.iter_rows() for x in row if x.value is not None]


def test_the_same_models_give_the_same_bytes() -> None:
    assert draw(list(samples.everything().values())) == draw(list(samples.everything().values()))


def test_text_that_looks_like_a_formula_or_a_link_stays_text() -> None:
    lines = pd.concat([samples.plan_lines(len(samples.odd_texts()))], ignore_index=True)
    lines[c.PLAN_NOTE.name] = list(samples.odd_texts())
    model = dataclasses.replace(samples.personal(), tables={"routine": lines})
    drawn = draw([model])
    sheet = read(drawn).worksheets[0]
    shown = [v for v in cells_of(sheet) if isinstance(v, str)]
    for odd in (
        "=1+1",
        "+86 138",
        "-5",
        "@SUM(A1)",
        "http://example.com",
        "internal:x!A1",
        "abc",
        "_x0041_",
        "'quoted",
        " 前后空格 ",
        "𠮷野家",
    ):
        assert odd in shown
    assert max(len(v) for v in shown) <= 32_767
    assert all(x.data_type != "f" for row in sheet.iter_rows() for x in row)
    assert "<hyperlink" not in parts(drawn)["xl/worksheets/sheet1.xml"]


def test_money_is_exact_to_the_fen() -> None:
    fen = [1, 10, 99, 12_345, 99_999_999_999_99, -5_01, 807, 2_050]
    lines = samples.plan_lines(len(fen))
    lines[c.DUE_NOW.name] = pd.array(fen, dtype="Int64")
    xml = parts(draw([dataclasses.replace(samples.personal(), tables={"routine": lines})]))["xl/worksheets/sheet1.xml"]
    written = re.findall(r'<c r="G\d+" s="\d+"><v>([^<]+)</v>', xml)
    assert written == ["0.01", "0.10", "0.99", "123.45", "99999999999.99", "-5.01", "8.07", "20.50"]


@pytest.mark.parametrize("unknown", [[None, pd.NA], [np.nan, None]])
def test_an_unknown_amount_is_a_blank_and_a_zero_is_a_zero(unknown: list[object]) -> None:
    lines = samples.plan_lines(3)
    lines[c.DUE_NOW.name] = pd.array([*unknown, 0], dtype="Int64")
    sheet = opened(dataclasses.replace(samples.personal(), tables={"routine": lines})).worksheets[0]
    rows = [r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 1).value or "").startswith("K")]
    assert [sheet.cell(r, 7).value for r in rows] == [None, None, 0]


def test_a_target_that_is_not_known_is_a_dash_and_nothing_received_is_a_zero() -> None:
    model = samples.personal()
    facts = {**model.facts, "target_today": None, "received_today": 0}
    sheet = opened(dataclasses.replace(model, facts=facts)).worksheets[0]
    shown = {x.value: sheet.cell(x.row + 1, x.column).value for x in sheet[3] if x.value}
    assert (shown["今日目标"], shown["今日已回"]) == ("—", 0)


def test_every_line_can_be_found_by_the_row_key_in_the_hidden_first_column() -> None:
    sheet = opened(samples.personal()).worksheets[0]
    heads = [r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "行键"]
    keys = [sheet.cell(r, 1).value for r in range(1, sheet.max_row + 1) if "@" in str(sheet.cell(r, 1).value)]
    assert sheet.column_dimensions["A"].hidden
    assert len(heads) == 7
    assert len(keys) == 4 + 2 + 24 + 2 + 1 + 3 + 3
    for row in heads:
        assert [sheet.cell(row, 14 + i).value for i in range(5)] == [x.zh for x in c.PLAN_TYPED]


def test_sorting_a_block_takes_the_row_keys_along() -> None:
    sheet = opened(samples.personal()).worksheets[0]
    assert len(sheet.tables) == 7
    assert all(t.ref.startswith("A") for t in sheet.tables.values())


def test_what_people_typed_and_the_columns_that_they_added_are_drawn_as_theirs() -> None:
    lines = samples.plan_lines(6)
    lines["我的标记"] = ["★", "", "=1+1", "", "", "x"]
    lines["次数"] = pd.Series([1, None, 2.5, None, None, 3], dtype=object)
    sheet = opened(dataclasses.replace(samples.personal(), tables={"routine": lines})).worksheets[0]
    head = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "行键")
    assert [sheet.cell(head, 19).value, sheet.cell(head, 20).value] == ["我的标记", "次数"]
    assert [sheet.cell(head + i, 19).value for i in (1, 3)] == ["★", "=1+1"]
    assert [sheet.cell(head + i, 20).value for i in (1, 2, 3)] == [1, None, 2.5]
    assert sheet.cell(head + 4, 14).value == "承诺还款"
    for column in (14, 18, 19, 20):
        assert not sheet.cell(head + 1, column).protection.locked
        assert sheet.cell(head + 1, column).fill.fgColor.rgb == "FFFFFBE6"
    assert sheet.cell(head + 1, 4).protection.locked


def test_an_added_column_with_the_header_of_ours_still_opens() -> None:
    lines = samples.plan_lines(3)
    lines["备注"] = "second"
    lines["动作"] = "third"
    drawn = draw([dataclasses.replace(samples.personal(), tables={"routine": lines})])
    table = next(v for k, v in parts(drawn).items() if k.startswith("xl/tables/"))
    names = re.findall(r'<tableColumn id="\d+" name="([^"]+)"', table)
    assert len({n.casefold() for n in names}) == len(names) == 20


def test_where_there_are_no_figures_there_is_a_sentence_and_no_chart() -> None:
    team = samples.team()
    bare = {k: v.iloc[:0] for k, v in team.tables.items()}
    drawn = draw([dataclasses.replace(team, tables=bare)])
    assert not [n for n in parts(drawn) if "chart" in n]
    assert "没有在案金额。" in cells_of(read(drawn).worksheets[0])
    week = samples.week()
    drawn = draw([dataclasses.replace(week, tables={})])
    assert not [n for n in parts(drawn) if "chart" in n]
    assert "没有回款流水，无法画趋势。" in cells_of(read(drawn).worksheets[0])


def test_sheets_are_named_so_that_a_spreadsheet_takes_them() -> None:
    names = ["计划-a/b[c]:d*e?f\\g", "计划-" + "很" * 40, "'引号'", "", "同名", "同名", "ABC", "abc"]
    models = [dataclasses.replace(samples.holds(), name=n) for n in names]
    book = opened(*models)
    assert all(0 < len(s.title) <= 31 and not set(s.title) & set("[]:*?/\\") and s.title.strip("'") == s.title for s in book.worksheets)
    assert len({s.title.casefold() for s in book.worksheets}) == len(names)


def test_list_objects_have_ascii_names_that_are_unique_over_all_sheets() -> None:
    drawn = draw([samples.personal("王芳"), samples.personal("李雷"), samples.team(), samples.week()])
    names = [re.search(r'displayName="([^"]+)"', v).group(1) for k, v in parts(drawn).items() if k.startswith("xl/tables/")]
    assert len(set(names)) == len(names) > 10
    assert all(n.isascii() for n in names)


def test_ranges_stay_inside_their_own_sheet() -> None:
    drawn = draw([samples.personal(), samples.team(), samples.week()])
    own = {"xl/charts/chart1.xml": "团队计划", "xl/charts/chart2.xml": "团队计划", "xl/charts/chart3.xml": "周进度2026W48"}
    found = {k: set(re.findall(r"<c:f>'?([^'!]+)'?!", v)) for k, v in parts(drawn).items() if k.startswith("xl/charts/chart")}
    assert found == {k: {v} for k, v in own.items()}


def test_numbers_and_dates_fit_their_columns() -> None:
    lines = samples.plan_lines(3)
    lines[c.DUE_NOW.name] = pd.array([123_456_789_012_34, 1, 1], dtype="Int64")
    for model in (dataclasses.replace(samples.personal(), tables={"routine": lines}), samples.team(), samples.week()):
        sheet = opened(model).worksheets[0]
        spans = {m.start_cell.coordinate: m for m in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in (x for x in row if x.value is not None and x.data_type in ("n", "d")):
                span = spans.get(cell.coordinate)
                room = sum(width_of(sheet, k) for k in range(cell.column, (span.max_col if span else cell.column) + 1))
                assert shown(cell) < room, (cell.coordinate, cell.value, room)


def width_of(sheet, column: int) -> float:
    for dimension in sheet.column_dimensions.values():
        if dimension.min <= column <= dimension.max:
            return dimension.width
    return 8.43


def shown(cell) -> int:
    if cell.is_date:
        return 10
    return len(f"¥{cell.value:,.2f}") if "¥" in cell.number_format else len(f"{cell.value:,.0f}")


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("催收", 4), ("ｗｉｄｅ", 8), ("①·—", 6), ("a\n催收簿", 6), ("𠮷", 2), ("", 0)])
def test_chinese_takes_two_columns(text: str, columns: int) -> None:
    assert paper.width(text) == columns


def test_a_sheet_in_english_has_english_headers_and_words() -> None:
    shown = cells_of(opened(samples.personal("Wang Fang", 3, "en")).worksheets[0])
    assert {"Row key", "Customer / case", "Overdue due now", "Data as of", "Promised amount"} <= set(shown)
    assert "No callback is due today." in shown
    assert "Check results" in cells_of(opened(samples.problems("en")).worksheets[0])


def test_problems_stand_gravest_first_with_links_to_their_cells() -> None:
    sheet = opened(samples.problems()).worksheets[0]
    rows = [[x.value for x in row] for row in sheet.iter_rows(min_row=4)]
    assert [r[0] for r in rows if r[0]] == ["阻断", "问题", "问题", "问题"]
    links = {x.value: x.hyperlink.location for row in sheet.iter_rows() for x in row if x.hyperlink}
    assert links == {"H17": "'逾期台账''s 11月'!H17", "F3": "'逾期台账'!F3", "G29": "'逾期台账'!G29"}


def test_indicators_are_shown_each_in_its_own_unit() -> None:
    sheet = opened(samples.week()).worksheets[0]
    found = {sheet.cell(r, 2).value: r for r in range(1, sheet.max_row + 1)}
    for name, value, form in (("回款额", 1_200_000, "¥"), ("作业户", 900, "#,##0"), ("承诺兑现率", 0.7, "0.0%")):
        cell = next(x for x in sheet[found[name]][2:] if x.value is not None)
        assert cell.value == pytest.approx(value)
        assert form in cell.number_format


def test_a_sheet_that_waits_for_rows_has_its_header_and_drop_downs() -> None:
    sheet = opened(samples.holds()).worksheets[0]
    assert [x.value for x in sheet[3]][:3] == ["范围", "对象", "停催码"]
    assert sheet.max_row == 3
    assert any("死亡" in str(v.formula1) for v in sheet.data_validations.dataValidation)


def test_a_model_that_nobody_draws_is_refused() -> None:
    with pytest.raises(UnknownKindError):
        draw([SheetModel("x", "no such kind")])
