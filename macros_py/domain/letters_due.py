"""Which letters are due today, numbered, with everything that their templates say. Nothing is written here.

A case gets each template once in one overdue cycle. The cycle begins on the case's oldest unpaid due date: a case that was settled, or
whose unpaid instalment is a later one, and is overdue anew, has a later due date, so a letter made before that date belongs to a cycle
that is over. A letter marked 作废 in the register counts as not made; its number is not used again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain.amount_in_words import capitals_of
from macros_py.domain.arrays import text
from macros_py.domain.changes import FileModel
from macros_py.domain.kinds import conform
from macros_py.domain.problems import Problem
from macros_py.domain.rules import OfficeRules, Rules
from macros_py.domain.tables import Result, Tables

TO_POST, TO_REVIEW, NO_ADDRESS, NO_RECIPIENT, VOID = "待寄", "待审核", "缺地址", "缺收件人", "作废"
COMPONENTS: Final = (("principal", "本金"), ("interest", "利息"), ("penalty", "罚息（违约金）"), ("fees", "费用"))
EXTRA: Final = (
    "template_file",
    "product",
    "due_date",
    "days_past_due",
    "as_of",
    "deadline",
    "total",
    "total_in_words",
    "components_add_up",
    "file",
)
SAID: Final = frozenset(
    ["letter_due", "customer", "product", "open_amount", "due_date", "days_past_due"]
    + [name for name, _ in COMPONENTS]
    + [column.name for column in c.LETTER_COLUMNS]
)  # what a letter needs of its case: a case has a hundred columns
NAMED_CASES: Final = 10  # so many case numbers are named in one finding


@dataclass(frozen=True)
class LetterTemplate:
    """A built-in template: its file's name, its title, its version, and whether a person reviews the letter before it is posted."""

    name: str
    zh: str
    en: str
    version: str
    reviewed: bool


TEMPLATES: Final = (
    LetterTemplate("reminder", "首次提醒函", "First reminder", "1", reviewed=False),
    LetterTemplate("second_reminder", "再次提醒函", "Second reminder", "1", reviewed=False),
    LetterTemplate("formal_demand", "正式催收函", "Formal demand", "1", reviewed=True),
    LetterTemplate("legal_notice", "法律程序评估告知函", "Notice of legal review", "1", reviewed=True),
    LetterTemplate("statement", "对账函", "Statement of account", "1", reviewed=False),
)
BY_NAME: Final = {t.name: t for t in TEMPLATES}
_BY_TITLE: Final = {t.zh: t.name for t in TEMPLATES} | {t.en: t.name for t in TEMPLATES}


def letters_due(tables: Tables, rules: Rules, today: date) -> Result:
    """The letters that are due today, in the order of the cases.

    tables.cases: case_id, customer, address, product, principal, interest, penalty, fees, open_amount (fen, after receipts), due_date,
    days_past_due, letter_due (template name or ''), hold_why ('' = may be contacted), settled
    tables.letters: the register so far: letter_no, case_id, template, made_on, letter_state
    → c.LETTER_COLUMNS + principal … fees, EXTRA. letter_no is '' for a letter that cannot be made (state 缺地址 or 缺收件人).
    Numbers continue the register's highest of this prefix and year without gaps.
    """
    due, problems = _wanted(tables, today)
    if due.empty:
        return _shaped(due), problems
    office = speaks_of_yuan(tables) or office_problems(rules.office)
    if office:
        return _shaped(due.iloc[:0]), [*problems, *office]
    due = _described(due, tables, rules.office, today)
    made = due["letter_state"].isin([TO_POST, TO_REVIEW]).to_numpy()
    due.loc[made, "letter_no"] = numbers_after(tables.letters["letter_no"], rules.office.letter_prefix, today.year, int(made.sum()))
    due["file"] = [file_name(no, case) for no, case in zip(due["letter_no"], due["case_id"], strict=True)]
    return _shaped(due), [*problems, *_missing(due), *_unequal(due)]


def register_rows(due: pd.DataFrame) -> pd.DataFrame:
    """The rows that the register gets: letters with a number, columns c.LETTER_COLUMNS."""
    return conform(due.loc[due["letter_no"] != "", [k.name for k in c.LETTER_COLUMNS]], c.LETTER_COLUMNS).reset_index(drop=True)


def letter_files(due: pd.DataFrame, rules: Rules) -> tuple[FileModel, ...]:
    """One file for each numbered letter of `due`, with what its template may say (amounts in fen, dates as dates)."""
    numbered = due[due["letter_no"] != ""]
    office = office_context(rules.office)
    return tuple(
        FileModel(name=row["file"], template=row["template_file"], context=office | _context(row), case_id=row["case_id"])
        for row in numbered.to_dict("records")
    )


def office_context(office: OfficeRules) -> dict[str, str]:
    """What every letter and SMS may say about us."""
    names = ("creditor", "mandate", "account_name", "account_bank", "account_number", "contact")
    return {n: getattr(office, n).strip() for n in names} | {"objection": office.objection.strip() or office.contact.strip()}


def speaks_of_yuan(tables: Tables) -> list[Problem]:
    """Letters, messages and agreements name yuan: none is made for a ledger in another currency."""
    return [] if tables.currency == "CNY" else [Problem("letters-foreign", values={"currency": tables.currency})]


def office_problems(office: OfficeRules) -> list[Problem]:
    """What the 设置 sheet must say before any letter can go out: no letter has an empty or a person's account."""
    needed = ("creditor", "account_name", "account_bank", "account_number", "contact")
    absent = [n for n in needed if not getattr(office, n).strip()]
    if absent:
        return [_rows_of_settings("letter-office-missing", absent)]
    if not is_company(office.account_name):
        return [_rows_of_settings("letter-account-personal", ["account_name"])]
    if len(re.sub(r"\D", "", unicodedata.normalize("NFKC", office.account_number))) < 6:
        return [_rows_of_settings("letter-office-missing", ["account_number"])]
    return []


def _rows_of_settings(code: str, names: Sequence[str]) -> Problem:
    """A problem about rows of 设置, named as they stand there in either language."""
    told = [OfficeRules.__dataclass_fields__[name].metadata for name in names]
    zh, en = "、".join(t["zh"] for t in told), ", ".join(t["en"] for t in told)
    return Problem(code, sheet="设置", values={"rows": zh, "rows_en": en, "row": zh, "row_en": en})


_COMPANY: Final = re.compile(
    r"公司|集团|银行|信用社|合作社|支行|分行|中心|事务所|企业|商行|基金|信托|厂|店|院|局|部|\b(co|ltd|inc|llc|plc|bank|gmbh|corp)\b",
    re.IGNORECASE,
)


def is_company(account_name: str) -> bool:
    """Whether an account's name is that of an organisation: demands never name a person's account (house rule `cash`)."""
    return bool(_COMPANY.search(unicodedata.normalize("NFKC", account_name)))


_NUMBER: Final = re.compile(r"^(.*?)[〔\[(【{]\s*(\d{4})\s*[〕\])】}]\s*(\d+)\s*号?$")


def numbers_after(register: pd.Series, prefix: str, year: int, count: int) -> list[str]:
    """The next `count` letter numbers <prefix>〔year〕0001号 after the register's highest; brackets and widths that people retyped are read too."""
    highest = 0
    for shown in register:
        found = _NUMBER.match(unicodedata.normalize("NFKC", str(shown)).strip())
        if found and found[1].strip() == unicodedata.normalize("NFKC", prefix).strip() and int(found[2]) == year:
            highest = max(highest, int(found[3]))
    return [f"{prefix.strip()}〔{year}〕{n:04d}号" for n in range(highest + 1, highest + count + 1)]


def file_name(letter_no: str, case_id: str, suffix: str = ".docx") -> str:
    """A file's name made of number and case id only (never the customer's words): letters, digits, 〔〕, - and _; '' without a number."""
    safe = [re.sub(r"[^\w〔〕-]+", "-", unicodedata.normalize("NFKC", part)).strip("-")[:60] for part in (letter_no, case_id)]
    return "_".join(p for p in safe if p) + suffix if letter_no else ""


def template_name(shown: str) -> str:
    """The template's name for what a register shows (its title or its name)."""
    return _BY_TITLE.get(shown.strip(), shown.strip())


# --- steps -----------------------------------------------------------------------------------------------------------


def _wanted(tables: Tables, today: date) -> Result:
    """Cases with a letter that is due, allowed, not made yet in this cycle, and whose amount is known."""
    cases = tables.cases
    if cases.empty or "letter_due" not in cases:
        return cases.iloc[:0].copy(), []
    free = (_text(cases, "letter_due") != "") & (_text(cases, "hold_why") == "") & ~_flag(cases, "settled")
    due = cases.loc[free.to_numpy(), [name for name in cases.columns if name in SAID]].copy()
    code, distinct = pd.factorize(text(due, "letter_due"))
    due["template_file"] = np.array([template_name(shown) for shown in distinct], dtype=object)[code]
    due["cycle"] = cycle_start(due, today)
    due = due[~already_made(due["case_id"], due["template_file"], due["cycle"], tables.letters).to_numpy()]
    problems = _said("letter-case-id-missing", due[due["case_id"] == ""], count_only=True)
    due = due[due["case_id"] != ""].drop_duplicates(["case_id", "template_file"])
    problems += _said("letter-amount-unknown", due[due["open_amount"].isna()])
    return due[(due["open_amount"].fillna(0) > 0).to_numpy(dtype=bool)].reset_index(drop=True), problems


def cycle_start(cases: pd.DataFrame, today: date) -> pd.Series:
    """The day on which the present overdue cycle began: the due date, else counted back from the days past due."""
    days = pd.to_numeric(cases["days_past_due"], errors="coerce").astype("float64").fillna(0).to_numpy().astype("timedelta64[D]")
    counted = pd.Series(np.datetime64(today, "D") - days, index=cases.index).astype("datetime64[s]")
    return cases["due_date"].astype("datetime64[s]").fillna(counted)


def already_made(case_ids: pd.Series, templates: pd.Series, cycles: pd.Series, register: pd.DataFrame) -> pd.Series:
    """Whether the register holds this case's letter of this template, made on or after the day the cycle began (an undated one counts)."""
    held = register[register["letter_state"] != VOID]
    made = pd.DataFrame({"case": held["case_id"], "template": held["template"].map(template_name), "made_on": held["made_on"]})
    made["made_on"] = made["made_on"].fillna(pd.Timestamp("2200-01-01")).astype("datetime64[s]")
    latest = made.groupby(["case", "template"])["made_on"].max()
    if latest.empty:
        return pd.Series(data=False, index=case_ids.index)
    found = latest.reindex(pd.MultiIndex.from_arrays([case_ids, templates])).to_numpy()
    return pd.Series(found >= cycles.to_numpy(), index=case_ids.index)


def _described(due: pd.DataFrame, tables: Tables, office: OfficeRules, today: date) -> pd.DataFrame:
    """`due` with the register's columns and all that a letter says, apart from numbers."""
    known = due["template_file"].map(BY_NAME.get)
    due["recipient"] = [f"{name}（{'本单位' if is_company(name) else '本人'}）" if name else "" for name in _text(due, "customer")]
    due["template"] = [t.zh if t else name for t, name in zip(known, due["template_file"], strict=True)]
    due["template_version"] = [t.version if t else "自定" for t in known]
    due["letter_state"] = [TO_POST if t and not t.reviewed else TO_REVIEW for t in known]  # a template of one's own is reviewed too
    due.loc[_text(due, "address") == "", "letter_state"] = NO_ADDRESS
    due.loc[_text(due, "customer") == "", "letter_state"] = NO_RECIPIENT
    due["letter_no"] = ""
    due["made_on"] = pd.Timestamp(today)
    due["as_of"] = pd.Timestamp(tables.data_as_of or today)
    due["deadline"] = pd.Timestamp(today) + pd.Timedelta(days=office.letter_deadline_days)
    due["total"] = due["open_amount"]
    due["total_in_words"] = capitals_of(due["total"])
    due["components_add_up"] = _component_sum(due) == due["total"].to_numpy(dtype="int64")
    return due


def _component_sum(due: pd.DataFrame) -> Any:
    return sum(due[name].fillna(0).to_numpy(dtype="int64") for name, _ in COMPONENTS if name in due)


def _context(row: dict[Any, Any]) -> dict[str, Any]:
    """One letter's own words. The components are there only when they add up to the total."""
    shown = (
        [{"name": zh, "amount": int(row[n])} for n, zh in COMPONENTS if not pd.isna(row[n]) and row[n]] if row["components_add_up"] else []
    )
    days = row["days_past_due"]
    return {
        "letter_no": row["letter_no"],
        "title": row["template"],
        "case_id": row["case_id"],
        "customer": row["recipient"].rpartition("（")[0],
        "address": " ".join(row["address"].split()),
        "product": row["product"].strip(),
        "due_date": None if pd.isna(row["due_date"]) else row["due_date"].date(),
        "days_past_due": None if pd.isna(days) else int(days),
        "components": shown,
        "total": int(row["total"]),
        "total_in_words": row["total_in_words"],
        **{n: row[n].date() for n in ("as_of", "deadline", "made_on")},
    }


def _shaped(due: pd.DataFrame) -> pd.DataFrame:
    """The declared columns, in their dtypes and order."""
    money = tuple(k for k in (c.PRINCIPAL, c.INTEREST, c.PENALTY, c.FEES))
    out = conform(due, (*c.LETTER_COLUMNS, *money, c.PRODUCT, c.DUE_DATE, c.DAYS_PAST_DUE))
    extra = {"template_file": "str", "file": "str", "total_in_words": "str", "total": "Int64", "components_add_up": "bool"}
    for name in EXTRA:
        if name not in out:
            out[name] = pd.Series([], dtype=extra.get(name, "datetime64[s]"))
    order = [k.name for k in c.LETTER_COLUMNS] + [k.name for k in money] + list(EXTRA)
    return out[order].reset_index(drop=True)


def _missing(due: pd.DataFrame) -> list[Problem]:
    return _said("letter-address-missing", due[due["letter_state"] == NO_ADDRESS]) + _said(
        "letter-recipient-missing", due[due["letter_state"] == NO_RECIPIENT]
    )


def _unequal(due: pd.DataFrame) -> list[Problem]:
    numbered = due[due["letter_no"] != ""]
    return _said("letter-components-differ", numbered[~numbered["components_add_up"]])


def _said(code: str, cases: pd.DataFrame, *, count_only: bool = False) -> list[Problem]:
    """One finding for all these cases: how many, and the first case numbers."""
    if cases.empty:
        return []
    named: Sequence[str] = [] if count_only else list(cases["case_id"].iloc[:NAMED_CASES])
    more = " …" if len(cases) > len(named) else ""
    return [Problem(code, values={"count": len(cases), "cases": "、".join(named) + more})]


def _text(table: pd.DataFrame, name: str) -> pd.Series:
    if name not in table:
        return pd.Series("", index=table.index, dtype="str")
    code, distinct = pd.factorize(text(table, name))  # few different ones
    return pd.Series(np.array([w.strip() for w in distinct], dtype=object)[code], index=table.index, dtype="str")


def _flag(table: pd.DataFrame, name: str) -> pd.Series:
    return table[name].fillna(False).astype(bool) if name in table else pd.Series(False, index=table.index)
