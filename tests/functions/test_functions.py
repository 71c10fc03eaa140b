"""Worksheet functions: shapes, kinds of input, words for what cannot be read, rules from a range; and the same answers as the buttons."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import subprocess
import sys
import time
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py import udfs
from macros_py.buttons import procedure
from macros_py.domain.kinds import CHINA
from macros_py.domain.rules import Rules
from macros_py.functions import cases
from macros_py.run.opening import open_book
from macros_py.sheets import rule_sheets
from tests.run.conftest import MONDAY, ledger

DAY = dt.datetime(2026, 11, 23)
PRESET_HEADS = [c.zh for c in rule_sheets.PRESET_COLUMNS]
UNREAD = [PRESET_HEADS, ["不知道", *[None] * (len(PRESET_HEADS) - 1)]]


def column(values: list[Any]) -> list[list[Any]]:
    return [[v] for v in values]


def flat(area: list[list[Any]]) -> list[Any]:
    return [v for row in area for v in row]


def test_the_functions_take_what_the_catalogue_declares() -> None:
    for function in udfs.FUNCTIONS:
        signature = inspect.signature(getattr(udfs, function.name))
        assert list(signature.parameters) == [p.name for p in function.parameters], function.name
        for parameter in function.parameters:
            assert (signature.parameters[parameter.name].default is None) is parameter.optional, (function.name, parameter.name)
    names = {n for n in vars(udfs) if n.startswith("DC_")}
    assert names == {f.name for f in udfs.FUNCTIONS}


def test_every_declaration_fits_excels_function_wizard() -> None:
    for function in udfs.FUNCTIONS:
        for entry in (function, *function.parameters):
            assert entry.zh
            assert entry.en
            assert len(f"{entry.zh} · {entry.en}") <= 255


def test_a_range_gives_a_range_and_a_cell_a_cell() -> None:
    assert udfs.DC_DAYS_PAST_DUE(dt.datetime(2026, 11, 1), DAY) == [[22]]
    row = [[dt.datetime(2026, 11, 1), dt.datetime(2026, 11, 30)], [None, "2026年11月22日"]]
    assert udfs.DC_DAYS_PAST_DUE(row, [[DAY]]) == [[22, 0], ["", 1]]
    assert udfs.DC_BUCKET(row, DAY) == [["M1", "M0"], ["", "M1"]]


def test_dates_are_understood_as_serials_and_as_people_write_them() -> None:
    assert flat(udfs.DC_DAYS_PAST_DUE(column([46327.0, "2026-11-01", "2026/11/1", "20261101"]), 46349)) == [22] * 4


def test_what_cannot_be_read_says_so_in_its_cell_and_the_others_are_answered() -> None:
    assert flat(udfs.DC_DAYS_PAST_DUE(column(["明天吧", "2026-11-01"]), DAY)) == ["应还日期读不懂：明天吧 · due date: unreadable", 22]
    assert flat(udfs.DC_DAYS_PAST_DUE(column(["2026-11-01"] * 2), "明天吧")) == ["截至日读不懂：明天吧 · as-of day: unreadable"]
    assert flat(udfs.DC_AMOUNT_IN_CAPITALS(column(["一百块左右吧", 100, None]))) == [
        "金额读不懂：一百块左右吧 · amount: unreadable",
        "人民币壹佰元整",
        "",
    ]


def test_ranges_of_different_size_are_refused_in_words() -> None:
    assert "大小不一致" in udfs.DC_PRIORITY(column([1, 2]), column([DAY] * 3))[0][0]


def test_masks_and_checks() -> None:
    assert flat(udfs.DC_MASK_NAME(column(["张三", "欧阳娜娜", "李", "John Smith"]))) == ["张*", "欧阳**", "李*", "J*** S****"]
    assert flat(udfs.DC_MASK_PHONE(column([13812345678.0, "020-8888 7777", ""]))) == ["138****5678", "020****7777", ""]
    assert flat(udfs.DC_MASK_ID("11010519491231002X")) == ["1101**********002X"]
    checks = ["11010519491231002X", "110105194912310021", "123", 110105194912310020.0, None]
    assert flat(udfs.DC_CHECK_ID(column(checks))) == [
        "正确",
        "校验位不符 · wrong check digit",
        "位数不对 · wrong length",
        "末几位已丢失，请以文本录入 · last digits lost, enter it as text",
        "",
    ]
    assert flat(udfs.DC_CHECK_PHONE(column(["13812345678", "hello", None]))) == ["正确", "不是电话号码 · not a phone number", ""]


@given(st.text(st.sampled_from("张王李欧阳司马娜强伟"), min_size=1, max_size=6), st.integers(10**10, 10**11 - 1))
def test_a_masked_value_never_shows_the_whole_of_it(name: str, number: int) -> None:
    shown = str(flat(udfs.DC_MASK_PHONE(str(number)))[0])
    assert str(number) not in shown
    masked = str(flat(udfs.DC_MASK_NAME(name))[0])
    assert name[:1] == masked[:1]
    assert masked.endswith("*")
    assert set(masked[2:]) <= {"*"}


def test_working_days_count_make_up_days_and_refuse_years_without_a_calendar() -> None:
    first, last = dt.datetime(2026, 2, 14), dt.datetime(2026, 2, 28)  # 春节: 15–23 off, Saturdays 14 and 28 at work
    assert udfs.DC_WORKING_DAYS(first, last) == [[6]]
    assert "2027" in flat(udfs.DC_WORKING_DAYS(dt.datetime(2027, 1, 4), dt.datetime(2027, 1, 8)))[0]
    own = [["日期", "上班"], [dt.datetime(2026, 2, 16), "上班"]]
    assert flat(udfs.DC_WORKING_DAYS(first, last, own))[0] == flat(udfs.DC_WORKING_DAYS(first, last))[0] + 1


def test_limitation_ends_three_years_after_the_last_demand() -> None:
    assert udfs.DC_LIMITATION_DATE(dt.datetime(2024, 2, 29), None, DAY) == [[dt.datetime(2027, 2, 28)]]
    assert udfs.DC_LIMITATION_DATE("2024-02-29", "2025-05-01", DAY) == [[dt.datetime(2028, 5, 1)]]


def test_recovery_is_capped_case_by_case() -> None:
    assert udfs.DC_RECOVERY_RATE(column([100, 500, None]), column([200, 300, 500])) == [[0.4]]
    assert udfs.DC_RECOVERY_RATE(column([100]), column([0])) == [[""]]


def test_promises_are_judged_as_the_buttons_judge_them() -> None:
    due = column(["2026-11-10", "2026-11-10", "2026-11-10", "2026-11-30", None])
    paid = column([95, 50, None, None, 5])
    assert flat(udfs.DC_PROMISE_STATE(column([100] * 5), due, paid, DAY)) == ["已兑现", "部分兑现", "未兑现", "未到期", ""]
    stricter = [["设置", "值"], ["兑现比例", "100%"]]
    assert flat(udfs.DC_PROMISE_STATE(100, "2026-11-10", 95, DAY, stricter)) == ["部分兑现"]


def test_contact_is_answered_for_a_minute_with_the_rule() -> None:
    night, noon = dt.datetime(2026, 11, 23, 22, 30), dt.datetime(2026, 11, 23, 12, 0)
    assert udfs.DC_MAY_CONTACT("2026-10-01", noon) == [["可以"]]
    assert udfs.DC_MAY_CONTACT("2026-10-01", night) == [["不可"]]
    assert udfs.DC_MAY_CONTACT_WHEN("2026-10-01", night) == [[dt.datetime(2026, 11, 24, 8, 0)]]
    assert "22:00" in flat(udfs.DC_MAY_CONTACT_WHY("2026-10-01", night))[0]
    assert "争议" in flat(udfs.DC_MAY_CONTACT_WHY("2026-10-01", noon, None, None, "争议"))[0]
    later = [["编号", "规则", "值", "单位", "适用对象", "强制程度", "生效日", "失效日", "依据", "可信度"]]
    later.append(["hours", "", "23:00-07:00", "", "", "", "", "", "", ""])
    assert udfs.DC_MAY_CONTACT("2026-10-01", night, rules=_headed(later)) == [["可以"]]


def _headed(rows: list[list[Any]]) -> list[list[Any]]:
    return [[c.zh for c in rule_sheets.LEGAL_COLUMNS], *rows[1:]]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A ledger with everything that the functions ask for, judged by the button's procedure."""
    path = tmp_path_factory.mktemp("same") / "台账.xlsx"
    extra = (
        ("产品", ["信用卡", "消费贷", "消费贷", "信用卡", "消费贷"]),
        ("还款能力", ["有", "无", "有", "", "有"]),
        ("还款意愿", ["无", "有", "有", "", ""]),
        ("最近催告日", ["", "2026-11-01", "", "", "2026-10-01"]),
    )

    def log(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("联系记录")
        sheet.append(["案件编号", "联系时间", "方式", "结果", "承诺日期", "承诺金额", "催收员"])
        sheet.append(["A001", dt.datetime(2026, 11, 20, 10), "电话", "接通本人", None, None, "王丽"])
        sheet.append(["A003", dt.datetime(2026, 10, 1, 10), "电话", "接通本人，承诺还款", dt.datetime(2026, 10, 10), 1000, "陈刚"])
        sheet.append(["A002", dt.datetime(2026, 11, 23, 9), "电话", "未接", None, None, "王丽"])
        receipts = book.create_sheet("回款")
        receipts.append(["案件编号", "到账日期", "金额"])
        receipts.append(["A003", dt.datetime(2026, 9, 1), 1])

    path.write_bytes(ledger(extra, sheets=log))
    opened = open_book(path, MONDAY, {}, to_write=False)
    opened.host.close()
    return procedure.judge(opened.tables, Rules(), MONDAY).cases


def same(judged: Any, name: str) -> list[Any]:
    return [None if v != v else v for v in judged[name].tolist()]


@pytest.mark.parametrize(
    ("function", "result"),
    [
        ("DC_PRIORITY", "priority"),
        ("DC_PRIORITY_WHY", "why"),
        ("DC_TIER", "tier"),
        ("DC_NEXT_ACTION", "next_action"),
        ("DC_NEXT_DATE", "next_on"),
    ],
)
def test_cell_by_cell_the_same_as_the_button(judged: Any, function: str, result: str) -> None:
    declared = next(f for f in udfs.FUNCTIONS if f.name == function)
    given: dict[str, Any] = {}
    for parameter in declared.parameters:
        if parameter.column in judged:
            values = judged[parameter.column].tolist()
            money = parameter.kind == "money"
            given[parameter.name] = column([None if v is None or v != v or v == "" else v / 100 if money else v for v in values])
    found = flat(getattr(udfs, function)(as_of=DAY, **given))
    assert found == [v.to_pydatetime() if hasattr(v, "to_pydatetime") else v for v in judged[result].tolist()]
    assert len(set(found)) > 1


def test_a_rule_edited_in_a_range_changes_the_score() -> None:
    plain = flat(udfs.DC_PRIORITY(5000, "2026-10-01", DAY))[0]
    chosen = [PRESET_HEADS, ["金额×天数", *[None] * (len(PRESET_HEADS) - 1)]]
    other = flat(udfs.DC_PRIORITY(5000, "2026-10-01", DAY, rules=chosen))[0]
    assert isinstance(other, float)
    assert other != plain
    assert "规则" in flat(udfs.DC_PRIORITY(5000, "2026-10-01", DAY, rules=UNREAD))[0]


def test_answers_over_a_long_range_are_kept_for_the_same_cells_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that differs in its kind only (a 1 and a yes), or a change of the day, is another question; nobody can spoil what is kept."""
    worked_out: list[str] = []
    true_one = udfs._worked_out
    monkeypatch.setattr(udfs, "_worked_out", lambda function, given: (worked_out.append(function.name), true_one(function, given))[1])
    monkeypatch.setattr(udfs, "_KEPT", {})
    names = column(["张三"] * udfs.LONG)
    first = udfs.DC_MASK_NAME(names)
    first[0][0] = "spoilt"
    assert udfs.DC_MASK_NAME(column(["张三"] * udfs.LONG)) == column(["张*"] * udfs.LONG)
    assert worked_out == ["DC_MASK_NAME"]
    assert flat(udfs.DC_CHECK_PHONE(column([1.0] * udfs.LONG))) == flat(udfs.DC_CHECK_PHONE(column([True] * udfs.LONG)))
    udfs.DC_MASK_NAME([*names[1:], ["李四"]])
    assert worked_out[1:] == ["DC_CHECK_PHONE", "DC_CHECK_PHONE", "DC_MASK_NAME"]
    due = column([46266.0] * udfs.LONG)
    today = udfs.DC_DAYS_PAST_DUE(due)[0][0]
    clock = time.time()
    monkeypatch.setattr(udfs.time, "time", lambda: clock + 86_400)
    monkeypatch.setattr(cases, "now", lambda: dt.datetime.fromtimestamp(clock + 86_400, CHINA).replace(tzinfo=None))
    assert udfs.DC_DAYS_PAST_DUE(due)[0][0] == today + 1


def test_no_more_answers_are_kept_than_a_sheet_has_columns_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(udfs, "_KEPT", {})
    for n in range(udfs.MOST_KEPT + 3):
        udfs.DC_AMOUNT_IN_CAPITALS(column([float(n)] * udfs.LONG))
    assert len(udfs._KEPT) == udfs.MOST_KEPT


def test_long_columns_are_answered_as_their_cells_are_one_by_one() -> None:
    """Amounts put together from pieces, words read once, whole columns of numbers: each the same as its cell alone."""
    amounts = [n * 7.37 for n in range(700)] + [0.05, 10.05, 1_000_000.1, 10**8, 123_456_789.01, -5, None, "3万", "abc"]
    assert flat(udfs.DC_AMOUNT_IN_CAPITALS(column(amounts))) == [udfs.DC_AMOUNT_IN_CAPITALS(v)[0][0] for v in amounts]
    phones = ["13812345678", "13812345678\n13912345678", 13812345678.0, None, "hello", "020-88887777"] * 40
    assert flat(udfs.DC_MASK_PHONE(column(phones))) == [udfs.DC_MASK_PHONE(v)[0][0] for v in phones]
    able = ["有", "无", "", None, "#N/A", " 有 "] * 40
    asked = [3000, 46266.0, DAY, 0, None, None]
    assert flat(udfs.DC_PRIORITY(*asked, column(able), "无")) == [udfs.DC_PRIORITY(*asked, v, "无")[0][0] for v in able]


def test_no_function_imports_letters_drawing_or_solvers() -> None:
    """Every one is called once, with plain numbers: what it computes does not matter here."""
    code = (
        "import sys; from macros_py import udfs\n"
        "for f in udfs.FUNCTIONS: assert getattr(udfs, f.name)(*[[[46296.0]] for p in f.parameters if not p.optional])\n"
        "print([m for m in ('docxtpl','docx','xlsxwriter','scipy','openpyxl','lxml','jinja2','opencc','mt940') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_catalogue_is_read_without_loading_a_table() -> None:
    code = "import sys; from macros_py.functions.catalogue import FUNCTIONS; print(len(FUNCTIONS) > 15, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True False"


def test_every_error_in_a_cell_is_told_in_both_languages() -> None:
    wrong = [
        *flat(udfs.DC_DAYS_PAST_DUE(0, DAY)),
        *flat(udfs.DC_CHECK_ID(column(["123", "440106199001011234"]))),
        *flat(udfs.DC_CHECK_PHONE("不知道")),
        *flat(udfs.DC_WORKING_DAYS("2099-01-01", "2099-02-01")),
        *flat(udfs.DC_WORKING_DAYS("2026-01-01", "2026-02-01", column(["2026-01-03"]))),
        *flat(udfs.DC_AFFORDABLE(-1, 0)),
        *flat(udfs.DC_RECOVERY_RATE(column([1, 2]), column([1, 2, 3]))),
        *flat(udfs.DC_PRIORITY(5000, "2026-10-01", DAY, rules=UNREAD)),
    ]
    assert [words for words in wrong if not re.fullmatch(r"[^·]*[\u4e00-\u9fff][^·]* · [A-Za-z][^·]*", str(words))] == []
    assert wrong[0] == "应还日期读不懂：0 · due date: unreadable"


def test_an_argument_is_named_shortly_in_both_languages() -> None:
    names = {(p.short_zh, p.short_en) for f in udfs.FUNCTIONS for p in f.parameters}
    assert ("首期还款日", "first due date") in names
    assert ("欠本金", "principal owed") in names
    assert max(len(zh) for zh, _ in names) <= 12
    assert max(len(en) for _, en in names) <= 42
