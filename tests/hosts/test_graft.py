"""Sheets of other workbooks taken in whole, replaced in place, and taken out again."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite, HostError
from macros_py.hosts.package import Package
from tests.hosts.handmade import parts_of, zipped
from tests.hosts.ledgers import PLAN, differing_parts, drawn_plan, ledger, opened, seen

BOOK = Path("book.xlsx")
LEDGER = ledger("编号|金额\nGJ1|1\nGJ2|2")


def adopted(data: bytes, drawn: bytes, *names: str, at: int | None = None) -> bytes:
    host = FileHost.of_bytes(data, BOOK)
    host.adopt(drawn, names or [PLAN], at)
    return host.to_bytes()


def removed(data: bytes, name: str) -> bytes:
    host = FileHost.of_bytes(data, BOOK)
    host.remove(name)
    return host.to_bytes()


def workbook_with(*names: str, formula: str = "", active: int = 0) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for i, name in enumerate(names):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, name)
        sheet.repeat_rows(i)
        if formula and i == 0:
            sheet.write_formula("B1", formula, None, 5)
        if i == active:
            sheet.activate()
    book.close()
    return out.getvalue()


def test_a_drawn_sheet_comes_with_all_that_it_carries() -> None:
    after = adopted(LEDGER, drawn_plan())
    found = Package(after)
    kinds = {r.kind for r in found.rels(found.sheet(PLAN).part)}
    assert kinds == {"drawing", "table", "comments", "vmlDrawing"}
    xml = found.read(found.sheet(PLAN).part)
    for mark in (b"dataValidation ", b"conditionalFormatting", b"x14:dataBar", b"pane ", b"pageSetup", b"oddFooter", b"hyperlink "):
        assert mark in xml
    names = found.read("xl/workbook.xml").decode()
    assert re.search(r'<definedName name="_xlnm.Print_Titles" localSheetId="1">', names)
    assert seen(after, PLAN)[2][:2] == ["客户0", 0]
    page = opened(after)[PLAN]
    assert (page["B3"].number_format, page["C3"].number_format, page["B3"].font.name) == ("#,##0.00", "yyyy-mm-dd", "微软雅黑")
    assert page.tables["Plan"].ref == "A2:D10"


def test_only_the_declared_parts_differ_and_the_ledger_keeps_its_bytes() -> None:
    after = adopted(LEDGER, drawn_plan())
    old = set(Package(LEDGER).parts())
    assert differing_parts(LEDGER, after) & old == {
        "[Content_Types].xml",
        "docProps/app.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
    }
    assert all(Package(after).has(part) for part in old)


def test_the_same_drawing_again_changes_not_one_byte() -> None:
    once = adopted(LEDGER, drawn_plan())
    host = FileHost.of_bytes(once, BOOK)
    assert host.adopt(drawn_plan(), [PLAN]) == []
    assert host.to_bytes() is once


def test_redrawing_every_week_does_not_let_the_file_grow() -> None:
    data = adopted(LEDGER, drawn_plan(rows=8))
    parts, styles = Package(data).parts(), Package(data).read("xl/styles.xml")
    for rows in (5, 9, 8):
        data = adopted(data, drawn_plan(rows=rows))
        assert Package(data).parts() == parts
        assert Package(data).read("xl/styles.xml") == styles
    assert data == adopted(LEDGER, drawn_plan(rows=8))


def test_a_redrawn_sheet_keeps_its_place_number_and_name_so_that_formulas_elsewhere_keep_meaning_it() -> None:
    data = workbook_with("汇总", PLAN, "尾页", formula=f"='{PLAN}'!B3")
    after = adopted(data, drawn_plan())
    before, now = Package(data).sheets(), Package(after).sheets()
    assert [(s.name, s.sheet_id, s.part) for s in before] == [(s.name, s.sheet_id, s.part) for s in now]
    assert seen(after, "汇总")[0][1] == f"='{PLAN}'!B3"
    assert Package(after).raw(now[0].part) == Package(data).raw(before[0].part)


def test_names_and_the_active_tab_follow_when_tabs_come_and_go() -> None:
    data = workbook_with("甲", "乙", "丙", active=1)
    after = adopted(data, drawn_plan(), at=0)
    root = Package(after).xml("xl/workbook.xml")
    scopes = {(e.get("localSheetId"), (e.text or "").split("!")[0]) for e in root.iter("{*}definedName")}
    assert scopes == {("0", f"'{PLAN}'"), ("1", "甲"), ("2", "乙"), ("3", "丙")} or scopes == {
        ("0", f"'{PLAN}'"), ("1", "'甲'"), ("2", "'乙'"), ("3", "'丙'")
    }  # fmt: skip
    assert root.find("{*}bookViews/{*}workbookView").get("activeTab") == "2"  # type: ignore[union-attr]
    back = Package(removed(after, PLAN)).xml("xl/workbook.xml")
    assert etree.tostring(back) == etree.tostring(Package(data).xml("xl/workbook.xml"))


def test_removing_an_adopted_sheet_leaves_nothing_of_it_but_formats() -> None:
    host = FileHost.of_bytes(LEDGER, BOOK)
    host.adopt(drawn_plan(), [PLAN])
    host.remove(PLAN)
    assert differing_parts(LEDGER, host.to_bytes()) <= {"xl/styles.xml", "xl/workbook.xml", "docProps/app.xml"}
    back = removed(adopted(LEDGER, drawn_plan()), PLAN)
    assert Package(back).parts() == Package(LEDGER).parts()
    assert seen(back) == seen(LEDGER)


def test_the_last_visible_sheet_is_not_removed() -> None:
    with pytest.raises(HostError, match="last-sheet"):
        removed(LEDGER, "台账")
    with pytest.raises(HostError, match="no-sheet"):
        removed(LEDGER, "没有")


def test_the_list_of_titles_in_the_properties_is_kept_right() -> None:
    def titles(data: bytes) -> tuple[list[str | None], list[str | None]]:
        root = Package(data).xml("docProps/app.xml")
        return [e.text for e in root.iterfind(".//{*}TitlesOfParts//{*}lpstr")], [e.text for e in root.iterfind(".//{*}i4")]

    after = adopted(LEDGER, drawn_plan())
    assert titles(after) == (["台账", PLAN], ["2"])
    assert titles(removed(after, PLAN)) == (["台账"], ["1"])


def test_tables_get_free_numbers_and_names() -> None:
    host = FileHost.of_bytes(ledger("编号|金额\nGJ1|1", table=True), BOOK)
    host.adopt(drawn_plan(), [PLAN])
    host.adopt(drawn_plan("计划-李四"), ["计划-李四"])
    found = Package(host.to_bytes())
    tables = [found.xml(part) for part in found.parts() if part.startswith("xl/tables/")]
    assert sorted(t.get("displayName") or "" for t in tables) == ["Plan", "Plan_2", "台账表"]
    assert sorted(t.get("id") or "" for t in tables) == ["1", "2", "3"]


def test_several_sheets_of_one_drawing_are_taken_in_their_order() -> None:
    after = adopted(LEDGER, workbook_with("甲", "乙", "丙"), "丙", "甲")
    assert [s.name for s in Package(after).sheets()] == ["台账", "丙", "甲"]


def test_a_strict_workbook_takes_the_sheet_in_its_own_namespaces() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1"><v>1</v></c></row>', strict=True))
    after = adopted(data, drawn_plan())
    found = Package(after)
    for part in set(found.parts()) - {"[Content_Types].xml"}:
        if part.endswith((".xml", ".rels")):
            text = found.read(part).decode()
            assert "schemas.openxmlformats.org/officeDocument" not in text, part
            assert "schemas.openxmlformats.org/spreadsheetml" not in text, part
            assert "schemas.openxmlformats.org/drawingml" not in text, part
    assert FileHost.of_bytes(after, BOOK).read(PLAN).cells[2, 0] == "客户0"
    assert FileHost.of_bytes(after, BOOK).adopt(drawn_plan(), [PLAN]) == []


def test_rich_text_keeps_its_runs_and_texts_their_escapes() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet(PLAN)
    sheet.write_rich_string(0, 0, "共", book.add_format({"bold": True}), "8<&", "件")
    sheet.write_string(1, 0, "=1+1")
    sheet.write_string(2, 0, " _x0041_ ")
    book.close()
    after = adopted(LEDGER, out.getvalue())
    assert [row[0] for row in FileHost.of_bytes(after, BOOK).read(PLAN).cells.tolist()] == ["共8<&件", "=1+1", " _x0041_ "]
    assert b"<b/>" in Package(after).read(Package(after).sheet(PLAN).part)


def test_undo_takes_a_sheet_back_out_of_a_backup_as_it_was() -> None:
    before = adopted(LEDGER, drawn_plan(rows=8))
    after = adopted(before, drawn_plan(rows=3))
    host = FileHost.of_bytes(after, BOOK)
    host.write(CellWrite("台账", [(2, 2, 77)]))
    host.adopt(before, [PLAN])
    found = Package(host.to_bytes())
    assert seen(host.to_bytes(), PLAN) == seen(before, PLAN)
    assert seen(host.to_bytes())[1][1] == 77
    part = found.sheet(PLAN).part
    assert re.sub(rb'\s(t="s"|s="\d+")', b"", found.read(part)).count(b"<c ") == Package(before).read(part).count(b"<c ")


def test_a_user_s_sheet_with_a_macro_name_keeps_it_when_it_is_redrawn() -> None:
    data = adopted(LEDGER, drawn_plan())
    found = Package(data)
    part = found.sheet(PLAN).part
    xml = found.read(part)
    named = xml.replace(b"<sheetPr", b'<sheetPr codeName="Sheet7"', 1)
    assert named != xml
    found.put(part, named)
    again = Package(adopted(found.to_bytes(), drawn_plan(rows=3)))
    assert b'codeName="Sheet7"' in again.read(part)


@pytest.mark.parametrize("name", ["长" * 32, "a/b", "'x", "History"])
def test_names_that_excel_does_not_take_are_refused(name: str) -> None:
    found = Package(drawn_plan())
    found.put("xl/workbook.xml", found.read("xl/workbook.xml").replace(PLAN.encode(), name.replace("'", "&apos;").encode()))
    with pytest.raises(HostError, match="sheet-name"):
        adopted(LEDGER, found.to_bytes(), name)


def test_a_workbook_with_protected_structure_takes_the_sheet_and_stays_protected() -> None:
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", '<workbookProtection lockStructure="1"/><sheets>')
    after = adopted(zipped(parts), drawn_plan())
    assert b'lockStructure="1"' in Package(after).read("xl/workbook.xml")
    assert [s.name for s in Package(after).sheets()] == ["台账", PLAN]


def test_parts_shared_with_another_sheet_survive_a_removal() -> None:
    data = adopted(LEDGER, drawn_plan())
    found = Package(data)
    drawing = found.related(found.sheet(PLAN).part, "drawing")
    assert drawing
    found.add_rel(found.sheet("台账").part, found.rel_base + "/drawing", drawing)
    left = Package(removed(found.to_bytes(), PLAN))
    assert left.has(drawing)
    assert not any(part.startswith("xl/tables/") for part in left.parts())
