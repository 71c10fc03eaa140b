"""Rows appended to a table that has a total row of its own: they go above it, and what it works out stays right."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openxml_audit import OpenXmlValidator

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import ColumnFill, HostError, RowAppend
from macros_py.hosts.package import Package
from tests.hosts.ledgers import differing_parts, opened, seen

BOOK = Path("book.xlsx")
NEW = (ColumnFill("案件编号", ["GJ3", "GJ4"], "@"), ColumnFill("承诺额", [30, 40], "0.00"))
SUM, HALF = "=SUBTOTAL(109,台账表[承诺额])", "=台账表[[#This Row],[承诺额]]/2"


def log(
    total: str = "sum",
    blank: int = 0,
    cells: dict[str, Any] | None = None,
    elsewhere: str = "",
    note: bool = False,
    merged: str = "",
    name: str = "台账",
) -> bytes:
    """A table B2:D4 of two rows (and `blank` ones) with a total row; other cells; a formula on another sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, money = book.add_worksheet(name), book.add_format({"num_format": "0.00"})
    columns: list[dict[str, Any]] = [
        {"header": "案件编号", "total_string": "合计"},
        {"header": "承诺额", "total_function": total, "total_value": 30, "format": money},
        {"header": "一半", "formula": HALF, "total_function": "average"},
    ]
    data = [["GJ1", 10], ["GJ2", 20], *[[None, None]] * blank]
    sheet.add_table(1, 1, 4 + blank, 3, {"name": "台账表", "columns": columns, "data": data, "total_row": True})
    sheet.write("A5", "旁")
    sheet.set_row(4 + blank, 30)
    sheet.conditional_format(2, 2, 3 + blank, 2, {"type": "data_bar"})
    sheet.data_validation(2, 1, 4 + blank, 1, {"validate": "any", "input_title": "案号"})
    for at, value in (cells or {}).items():
        sheet.write(at, value)
    if note:
        sheet.write_comment(f"C{5 + blank}", "注")
    if merged:
        sheet.merge_range(merged, "")
    if elsewhere:
        book.add_worksheet("看板").write_formula(0, 0, elsewhere, None, 1)
    book.close()
    return as_excel_writes(out.getvalue())


def as_excel_writes(data: bytes) -> bytes:
    """Excel names the table in its formulas, which XlsxWriter leaves out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            new.writestr(info, re.sub(rb"(SUBTOTAL\(\d+,)\[", rb"\1" + "台账表[".encode(), old.read(info)))
    return out.getvalue()


def appended(data: bytes, *columns: ColumnFill, sheet: str = "台账") -> bytes:
    host = FileHost.of_bytes(data, BOOK)
    host.append(RowAppend(sheet, 2, columns or NEW))
    return host.to_bytes()


def inside(data: bytes) -> list[list[Any]]:
    return [row[1:4] for row in seen(data)[2:]]


def test_rows_go_above_the_total_row_and_the_table_grows_round_them() -> None:
    after = appended(log())
    assert inside(after) == [
        ["GJ1", 10, HALF],
        ["GJ2", 20, HALF],
        ["GJ3", 30, HALF],
        ["GJ4", 40, HALF],
        ["合计", SUM, "=SUBTOTAL(101,台账表[一半])"],
    ]
    table = opened(after)["台账"].tables["台账表"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("B2:D7", "B2:D6", 1)
    assert [c.totalsRowFunction for c in table.tableColumns] == [None, "sum", "average"]
    assert [opened(after)["台账"][f"C{r}"].number_format for r in (5, 6, 7)] == ["0.00"] * 3


def test_the_results_of_the_totals_are_worked_out_anew_at_opening() -> None:
    after = Package(appended(log()))
    xml = after.read("xl/worksheets/sheet1.xml")
    assert f"<f>{SUM[1:]}</f></c>".encode() in xml
    assert b'fullCalcOnLoad="1"' in after.read("xl/workbook.xml")


def test_what_stands_beside_the_table_stays_where_it_is() -> None:
    after = opened(appended(log(cells={"F5": "旁边", "F7": 7})))["台账"]
    assert (after["A5"].value, after["F5"].value, after["F7"].value) == ("旁", "旁边", 7)
    assert (after["B5"].value, after["B7"].value) == ("GJ3", "合计")


def test_formats_and_validation_that_ended_above_or_in_the_total_row_end_there_again() -> None:
    xml = Package(appended(log())).read("xl/worksheets/sheet1.xml").decode()
    assert 'conditionalFormatting sqref="C3:C6"' in xml
    assert 'sqref="B3:B7"' in xml


def test_only_the_parts_that_may_differ_do() -> None:
    data = log(elsewhere="=台账表[[#Totals],[承诺额]]")
    assert differing_parts(data, appended(data, ColumnFill("案件编号", ["GJ3"]))) == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"}


def test_blank_rows_above_the_total_row_are_used_first() -> None:
    fits, grows = appended(log(blank=2)), appended(log(blank=1))
    assert opened(fits)["台账"].tables["台账表"].ref == "B2:D7"
    assert opened(grows)["台账"].tables["台账表"].ref == "B2:D7"
    assert [row[0] for row in inside(fits)] == [row[0] for row in inside(grows)] == ["GJ1", "GJ2", "GJ3", "GJ4", "合计"]
    assert 'sqref="C3:C6"' in Package(grows).read("xl/worksheets/sheet1.xml").decode()


def test_two_appends_follow_each_other() -> None:
    after = appended(appended(log()), ColumnFill("案件编号", ["GJ5"]))
    assert [row[0] for row in inside(after)] == ["GJ1", "GJ2", "GJ3", "GJ4", "GJ5", "合计"]


def test_a_column_that_is_added_belongs_to_the_table_too() -> None:
    after = appended(log(), *NEW, ColumnFill("登记人", ["王", "李"]))
    table = opened(after)["台账"].tables["台账表"]
    assert (table.ref, [c.name for c in table.tableColumns][-1]) == ("B2:E7", "登记人")
    assert [c.value for c in opened(after)["台账"]["E"]] == [None, "登记人", None, None, "王", "李", None]


def test_a_total_of_a_person_s_own_reaches_over_the_new_rows_in_cell_and_definition() -> None:
    after = appended(log("=SUM(C3:C4)*COUNTA(台账表[Q4])"))
    assert opened(after)["台账"]["C7"].value == "=SUM(C3:C6)*COUNTA(台账表[Q4])"
    table = Package(after).read("xl/tables/table1.xml").decode()
    assert "<totalsRowFormula>SUM(C3:C6)*COUNTA(台账表[Q4])</totalsRowFormula>" in table


def test_a_table_called_like_its_sheet_is_no_reference_to_the_sheet() -> None:
    data = log("=SUM(台账表[承诺额])")
    assert opened(appended(data))["台账"]["C7"].value == "=SUM(台账表[承诺额])"


def test_structured_references_to_the_total_from_elsewhere_stay() -> None:
    after = appended(log(elsewhere="=台账表[[#Totals],[承诺额]]"))
    assert opened(after)["看板"]["A1"].value == "=台账表[[#Totals],[承诺额]]"


def test_formulas_that_name_other_cells_of_that_row_do_not_hinder() -> None:
    after = appended(log(cells={"F3": "=A5"}, elsewhere="=台账!A5"))
    assert opened(after)["台账"]["F3"].value == "=A5"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (log(cells={"C5": 30}), "table-total-row"),
        (log("=C3+C4"), "table-total-row"),
        (log(elsewhere="=台账!C5"), "table-total-row"),
        (log(elsewhere="=SUM(台账!$A$5:$Z$5)"), "table-total-row"),
        (log(cells={"F9": "=C5*2"}), "table-total-row"),
        (log(note=True), "table-total-row"),
        (log(cells={"B6": "制表：王"}), "rows-below"),
        (log(cells={"D7": 1}), "rows-below"),
        (log(merged="C7:E7"), "merged"),
    ],
    ids=[
        "typed",
        "row by row",
        "asked for elsewhere",
        "in a range elsewhere",
        "asked for here",
        "a note",
        "below",
        "where it goes",
        "merged",
    ],
)
def test_a_total_row_that_cannot_be_moved_without_harm_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(HostError) as refused:
        appended(data)
    assert refused.value.code == code


@pytest.mark.office
def test_calc_works_the_totals_out_over_the_new_rows(office: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(appended(log("=SUM(C3:C4)")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "book.csv").read_text().splitlines()[2:]
    assert [line.split(",")[1:3] for line in lines] == [
        ["GJ1", "10.00"],
        ["GJ2", "20.00"],
        ["GJ3", "30.00"],
        ["GJ4", "40.00"],
        ["合计", "100.00"],
    ]


@pytest.mark.parametrize("data", [log(), log("=SUM(C3:C4)"), log(blank=1)], ids=["functions", "own formula", "blank rows"])
def test_a_validator_finds_nothing(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(appended(data, *NEW, ColumnFill("登记人", ["王", "李"])))
    found = OpenXmlValidator().validate(path)
    assert (found.is_valid, [str(e) for e in found.errors]) == (True, [])
