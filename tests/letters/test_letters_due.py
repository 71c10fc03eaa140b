"""Which letters and SMS are due, how they are numbered, and what stops them."""

from __future__ import annotations

import dataclasses
import io
import time
from datetime import date

import openpyxl
import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain.compliance import banned_words
from macros_py.domain.kinds import conform
from macros_py.domain.letters_due import file_name, is_company, letter_files, letters_due, numbers_after, register_rows
from macros_py.domain.rules import LegalRule, OfficeRules, Rules
from macros_py.domain.sms_text import finish, parts_of, sms_due, sms_file
from macros_py.domain.tables import Tables
from macros_py.letters import make
from macros_py.letters.making import BUILT_IN

TODAY = date(2026, 11, 23)
OFFICE = OfficeRules(
    creditor="明光消费金融有限公司",
    account_name="明光消费金融有限公司",
    account_bank="某某银行",
    account_number="3602 0001 0920",
    contact="020-88886666",
    sms_signature="明光",
)
RULES = Rules(office=OFFICE)
FOLDERS = (BUILT_IN / "letters", BUILT_IN / "sms")

LEDGER = """
case_id | customer | phone       | address | principal | interest | open_amount | due_date   | dpd | tier   | letter_due    | hold_why | settled
A1      | 张三      | 13800138001 | 广州1号  | 100000    | 500      | 100500      | 2026-11-13 | 10  | normal | reminder      |          |
A2      | 李四      | 13800138002 |         | 100000    | 500      | 100500      | 2026-09-14 | 70  | intensive | formal_demand |       |
A3      | 王五      | 13800138003 | 广州3号  | 100000    | 500      | 90000       | 2026-09-14 | 70  | intensive | formal_demand |       |
A4      | 赵六      | 13800138004 | 广州4号  | 100000    |          | 100000      | 2026-08-15 | 100 | legal  | legal_notice  | 投诉中    |
A5      | 某某有限公司 | 13800138005 | 广州5号 | 100000    |          | 100000      | 2026-08-15 | 100 | legal  | legal_notice  |          |
A6      | 孙七      | 13800138006 | 广州6号  | 100000    |          | 0           | 2026-11-13 | 10  | normal | reminder      |          |
A7      | 周八      | 13800138007 | 广州7号  | 100000    |          | 100000      | 2026-11-13 | 10  | normal | reminder      |          | yes
A8      |          | 13800138008 | 广州8号  | 100000    |          | 100000      | 2026-11-13 | 10  | normal | reminder      |          |
A9      | 吴九      | 13800138009 | 广州9号  | 100000    |          |             | 2026-11-13 | 10  | normal | reminder      |          |
"""


def cases(text: str = LEDGER) -> pd.DataFrame:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    table = pd.DataFrame(lines[1:], columns=lines[0])
    for name in ("principal", "interest", "open_amount", "dpd"):
        table[name] = pd.to_numeric(table[name]).astype("Int64")
    table["due_date"] = pd.to_datetime(table["due_date"])
    table["settled"] = table["settled"] == "yes"
    return conform(table.rename(columns={"dpd": "days_past_due"}), c.CASE_COLUMNS)


def register(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Rows of letter_no, case_id, template, made_on."""
    table = pd.DataFrame(rows, columns=["letter_no", "case_id", "template", "made_on"])
    table["made_on"] = pd.to_datetime(table["made_on"])
    return conform(table, c.LETTER_COLUMNS)


def due(tables: Tables | None = None, rules: Rules = RULES) -> tuple[dict[str, str], set[str]]:
    """case → number or state, and the codes of what was said."""
    table, problems = letters_due(tables or Tables(cases=cases()), rules, TODAY)
    return {r.case_id: r.letter_no or r.letter_state for r in table.itertuples()}, {p.code for p in problems}


def test_letters_are_numbered_in_the_ledgers_order_and_what_cannot_be_made_takes_no_number() -> None:
    numbers, said = due()
    assert numbers == {"A1": "催〔2026〕0001号", "A2": "缺地址", "A3": "催〔2026〕0002号", "A5": "催〔2026〕0003号", "A8": "缺收件人"}
    assert said == {"letter-address-missing", "letter-recipient-missing", "letter-amount-unknown", "letter-components-differ"}


def test_a_reminder_may_be_posted_and_a_demand_or_notice_is_reviewed_first() -> None:
    table, _ = letters_due(Tables(cases=cases()), RULES, TODAY)
    states = table.set_index("case_id")["letter_state"]
    assert states[["A1", "A3", "A5"]].to_list() == ["待寄", "待审核", "待审核"]
    own = cases().assign(letter_due="我们的函").iloc[:1]
    assert letters_due(Tables(cases=own), RULES, TODAY)[0]["letter_state"].to_list() == ["待审核"]


def test_pressed_twice_there_is_no_second_letter() -> None:
    first, _ = letters_due(Tables(cases=cases()), RULES, TODAY)
    again, _ = letters_due(Tables(cases=cases(), letters=register_rows(first)), RULES, TODAY)
    assert again["letter_no"].to_list() == ["", ""]
    assert again["letter_state"].to_list() == ["缺地址", "缺收件人"]
    later, _ = letters_due(Tables(cases=cases(), letters=register_rows(first)), RULES, date(2027, 2, 1))
    assert register_rows(later).empty


def test_a_case_settled_and_overdue_anew_gets_its_reminder_again() -> None:
    old = register(("催〔2026〕0007号", "A1", "首次提醒函", "2026-11-12"))
    assert due(Tables(cases=cases(), letters=old))[0]["A1"] == "催〔2026〕0008号"
    same_cycle = register(("催〔2026〕0007号", "A1", "首次提醒函", "2026-11-13"))
    assert "A1" not in due(Tables(cases=cases(), letters=same_cycle))[0]
    undated = register(("催〔2026〕0007号", "A1", "reminder", ""))
    assert "A1" not in due(Tables(cases=cases(), letters=undated))[0]
    void = same_cycle.assign(letter_state="作废")
    assert due(Tables(cases=cases(), letters=void))[0]["A1"] == "催〔2026〕0008号"


def test_another_template_of_the_same_case_is_another_letter() -> None:
    held = register(("催〔2026〕0001号", "A3", "首次提醒函", "2026-10-01"))
    assert due(Tables(cases=cases(), letters=held))[0]["A3"] == "催〔2026〕0003号"


def test_numbers_continue_the_highest_of_prefix_and_year_however_people_retyped_them() -> None:
    held = pd.Series(["催〔2026〕0009号", "催[2026]12号", "催（2026）０００３号", "法〔2026〕0099号", "催〔2025〕0500号", "", "乱写"])
    assert numbers_after(held, "催", 2026, 2) == ["催〔2026〕0013号", "催〔2026〕0014号"]
    assert numbers_after(held, "催", 2027, 1) == ["催〔2027〕0001号"]
    assert numbers_after(pd.Series(["催〔2026〕9999号"]), "催", 2026, 1) == ["催〔2026〕10000号"]


@pytest.mark.parametrize("field", ["creditor", "account_name", "account_bank", "account_number", "contact"])
def test_without_the_offices_own_data_no_letter_is_made_and_the_row_is_named(field: str) -> None:
    rules = Rules(office=dataclasses.replace(OFFICE, **{field: " "}))
    table, problems = letters_due(Tables(cases=cases()), rules, TODAY)
    assert table.empty
    label = OfficeRules.__dataclass_fields__[field].metadata["zh"]
    [said] = [p for p in problems if p.code == "letter-office-missing"]
    assert label in said.text()


def test_a_persons_account_is_never_put_into_a_letter() -> None:
    numbers, said = due(rules=Rules(office=dataclasses.replace(OFFICE, account_name="张三丰")))
    assert (numbers, "letter-account-personal" in said) == ({}, True)
    assert [is_company(n) for n in ("某某银行股份有限公司", "Acme Ltd", "李四", "张小部")][:3] == [True, True, False]


def test_amounts_by_component_stand_only_where_they_add_up() -> None:
    table, _ = letters_due(Tables(cases=cases(), data_as_of=date(2026, 11, 20)), RULES, TODAY)
    files = {f.case_id: f.context for f in letter_files(table, RULES)}
    assert files["A1"]["components"] == [{"name": "本金", "amount": 100000}, {"name": "利息", "amount": 500}]
    assert files["A3"]["components"] == []
    assert (files["A3"]["total"], files["A3"]["total_in_words"]) == (90000, "人民币玖佰元整")
    assert (files["A1"]["as_of"], files["A1"]["deadline"], files["A1"]["made_on"]) == (date(2026, 11, 20), date(2026, 11, 30), TODAY)
    assert (files["A1"]["customer"], files["A5"]["customer"]) == ("张三", "某某有限公司")
    assert files["A1"]["objection"] == OFFICE.contact


def test_the_letters_due_can_be_made_as_they_are() -> None:
    table, _ = letters_due(Tables(cases=cases()), RULES, TODAY)
    made = make(letter_files(table, RULES), FOLDERS)
    assert [name for name, _ in made] == ["催〔2026〕0001号_A1.docx", "催〔2026〕0002号_A3.docx", "催〔2026〕0003号_A5.docx"]


def test_a_file_name_is_number_and_case_id_without_anything_that_leads_elsewhere() -> None:
    assert file_name("催〔2026〕0001号", "../../x\\y:z*") == "催〔2026〕0001号_x-y-z.docx"
    assert file_name("../催〔2026〕0001号", "..") == "催〔2026〕0001号.docx"
    assert file_name("", "A1") == ""


def test_the_register_gets_exactly_its_declared_columns() -> None:
    table, _ = letters_due(Tables(cases=cases()), RULES, TODAY)
    rows = register_rows(table)
    assert list(rows.columns) == [k.name for k in c.LETTER_COLUMNS]
    assert rows["recipient"].to_list() == ["张三（本人）", "王五（本人）", "某某有限公司（本单位）"]
    assert register_rows(table.iloc[:0]).empty
    assert letters_due(Tables(), RULES, TODAY)[0].columns.equals(table.columns)


def test_a_hundred_thousand_cases_with_ten_thousand_letters_take_a_moment() -> None:
    many = cases().iloc[[0] * 100_000].reset_index(drop=True)
    many["case_id"] = [f"C{n}" for n in range(len(many))]
    many.loc[10_000:, "letter_due"] = ""
    started = time.perf_counter()
    table, _ = letters_due(Tables(cases=many), RULES, TODAY)
    assert len(table) == 10_000
    assert time.perf_counter() - started < 2


# --- SMS -------------------------------------------------------------------------------------------------------------

SMS_LEDGER = """
case_id | customer | phone          | open_amount | due_date   | dpd | tier   | letter_due | hold_why | settled
S1      | 张三      | 13800138001    | 100500      | 2026-11-22 | 1   | Normal |            |          |
S2      | 李四      | 13800138002    | 100500      | 2026-11-16 | 7   | normal |            |          |
S3      | =王五     | +8613800138003 | 100500      | 2026-11-08 | 15  | 正常    |            |          |
S4      | 赵六      | 020-88886666   | 100500      | 2026-11-22 | 1   | normal |            |          |
S5      | 孙七      | 13800138005    | 100500      | 2026-11-22 | 1   | normal |            | 投诉中    |
S6      | 周八      | 13800138006    | 100500      | 2026-11-26 | 0   | normal |            |          |
S7      | 吴九      | 13800138007    | 100500      | 2026-11-12 | 11  | normal |            |          |
"""


def sms_cases() -> pd.DataFrame:
    lines = SMS_LEDGER.replace("case_id |", "principal | interest | case_id |", 1).replace("\nS", "\n | | S")
    return cases(lines)


def test_sms_are_due_on_the_ladders_days_and_a_weekend_is_caught_up() -> None:
    table, problems = sms_due(Tables(cases=sms_cases()), RULES, TODAY)
    found = {r.case_id: (r.letter_no, r.template_file) for r in table.itertuples()}
    assert found == {
        "S1": ("短信〔2026〕0001号", "overdue_1"),
        "S2": ("短信〔2026〕0002号", "overdue_5"),
        "S3": ("短信〔2026〕0003号", "overdue_15"),
        "S6": ("短信〔2026〕0004号", "reminder_before_due"),
    }
    assert [(p.code, p.values["cases"]) for p in problems] == [("sms-phone-unfit", "S4")]


def test_no_sms_goes_to_a_number_that_was_found_invalid() -> None:
    bad = sms_cases().assign(number_bad=[True] + [False] * 6)
    assert "S1" not in sms_due(Tables(cases=bad), RULES, TODAY)[0]["case_id"].to_list()


def test_nobody_is_pressed_whose_promise_still_runs() -> None:
    first = sms_due(Tables(cases=sms_cases()), RULES, TODAY)[0]
    promised = sms_cases().assign(promise_due=pd.Timestamp(TODAY) + pd.Timedelta(days=1))
    table = sms_due(Tables(cases=promised), RULES, TODAY)[0]
    assert set(table["template_file"]) == {"reminder_before_due"} < set(first["template_file"])


def test_an_sms_in_the_register_or_in_the_contact_log_is_not_sent_again() -> None:
    table, _ = sms_due(Tables(cases=sms_cases()), RULES, TODAY)
    assert sms_due(Tables(cases=sms_cases(), letters=register_rows(conform(table, c.LETTER_COLUMNS))), RULES, TODAY)[0].empty
    log = pd.DataFrame({"case_id": ["S1", "S2"], "channel": ["短信", "电话"], "contacted_at": pd.to_datetime(["2026-11-23 09:00"] * 2)})
    again, _ = sms_due(Tables(cases=sms_cases(), contacts=conform(log, c.CONTACT_COLUMNS)), RULES, TODAY)
    assert again["case_id"].to_list() == ["S2", "S3", "S6"]


def test_without_a_signature_no_sms_is_made() -> None:
    table, problems = sms_due(Tables(cases=sms_cases()), Rules(office=dataclasses.replace(OFFICE, sms_signature="")), TODAY)
    assert table.empty
    assert [p.code for p in problems] == ["sms-signature-missing"]


def test_the_sms_list_is_text_and_says_what_may_not_be_sent() -> None:
    table, _ = sms_due(Tables(cases=sms_cases()), RULES, TODAY)
    table.loc[table["case_id"] == "S2", "customer"] = "某某贷 款公司"
    [(name, content)] = make(sms_file(table, RULES, TODAY), FOLDERS)
    assert name == "短信-20261123.xlsx"
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True))
    assert [(r[1], r[2], r[7]) for r in rows] == [
        ("S1", "13800138001", "可发"),
        ("S2", "13800138002", "不发"),
        ("S3", "+8613800138003", "可发"),
        ("S6", "13800138006", "可发"),
    ]
    assert "贷款" in rows[1][8]
    assert (
        rows[0][4] == "【明光】张三您好，您有一笔款项已于2026年11月22日到期，应还1,005.00元，请及时还款。如已还款请忽略。咨询：020-88886666"
    )
    assert "=王五" in rows[2][4]
    assert make(sms_file(table, RULES, TODAY), FOLDERS) == [(name, content)]


@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
def test_an_sms_is_seventy_characters_then_sixty_seven_each(length: int, parts: int) -> None:
    assert parts_of("字" * length) == parts


def test_the_signature_counts_and_an_emoji_counts_twice() -> None:
    made = finish("字" * 66, "明光")
    assert (made.length, made.parts) == (70, 1)
    assert finish("字" * 65 + "😀", "明光").parts == 2
    assert finish("字" * 400, "明光").refused.startswith("过长")


@pytest.mark.parametrize("text", ["请偿还贷款", "贷 款", "贷-款", "贷\u3000款"])
def test_a_banned_word_is_found_however_it_is_spaced(text: str) -> None:
    assert finish(text, "明光").refused.startswith("含禁用词：贷款")


def test_banned_words_come_from_the_rule_in_force() -> None:
    rule = LegalRule("sms_words", "", "还款、逾期", "", "", "禁止", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    rules = dataclasses.replace(RULES.compliance, rules=(rule,))
    assert banned_words(rules, TODAY) == ("还款", "逾期")
    assert "贷款" in banned_words(rules, date(2027, 1, 1))


def test_a_message_may_not_speak_of_what_scripts_may_not_mention() -> None:
    [model] = sms_file(sms_due(Tables(cases=sms_cases()), RULES, TODAY)[0], RULES, TODAY)
    assert finish("可办理征信修复", "明光", model.context["banned"]).refused.startswith("含禁用词：征信修复")
