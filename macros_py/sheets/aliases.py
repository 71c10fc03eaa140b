"""Under which headers people keep a column: declared aliases, matched exactly after folding; near misses are only proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from rapidfuzz import fuzz

from macros_py.domain import columns as c
from macros_py.domain.kinds import Column
from macros_py.sheets import header_words as words
from macros_py.sheets.alias_forms import debt
from macros_py.sheets.alias_forms import forms as same_meaning
from macros_py.sheets.tables import BY_NAME, CASES, SHEETS, Sheet

# Headers that name several things in a case ledger; the first candidate is the likeliest. They are settled by evidence or asked.
AMBIGUOUS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        (
            "金额",
            "总金额",
            "金额合计",
            "总额",
            "合计",
            "合计金额",
            "总计",
            "小计",
            "共计",
            "总和",
            "款项",
            "欠款合计",
            "amount",
            "total",
            "totalamount",
            "subtotal",
            "sum",
        ),
        ("overdue_amount", "loan_amount", "principal"),
    ),
    **dict.fromkeys(("余额", "账户余额", "当前余额", "结余", "balance", "currentbalance"), ("principal", "overdue_amount", "payoff")),
    **dict.fromkeys(("应还", "应收", "应还款", "应收款", "待还金额", "due"), ("overdue_amount", "payoff", "minimum_due")),
    **dict.fromkeys(("日期", "时间", "date", "到期"), ("due_date", "invoice_date", "settled_on")),
    **dict.fromkeys(("天数", "账期", "days"), ("days_past_due",)),
    **dict.fromkeys(
        ("账单金额", "账单余额", "本期账单金额", "本期账单余额", "statementbalance", "statementamount"),
        ("overdue_amount", "principal", "payoff"),
    ),
    **dict.fromkeys(("名称", "name1"), ("customer", "product")),
    **dict.fromkeys(("company", "公司"), ("customer", "employer")),
}
# Headers of line numbers and the like: of no table, and not worth a question.
NO_QUESTION: Final = frozenset(
    [
        "序号",
        "序",
        "行号",
        "序列",
        "no",
        "号",
        "笔数",
        "户数",
        "人数",
        "期数",
        "gps状态",
        "设备状态",
        "车辆状态",
        "号码状态",
        "手机状态",
        "逾期期数",
        "欠款期数",
        "拖欠期数",
        "已还期数",
        "剩余期数",
        "总期数",
        "利率",
        "年利率",
        "月利率",
        "执行利率",
        "期限",
        "性别",
        "年龄",
        "五级分类",
        "风险分类",
    ]
)
# Headers that may mean less than they say: what was due before anything was paid, the end of the contract, who sold the loan.
_SECOND_CHOICE: Final[Mapping[str, re.Pattern[str]]] = {
    "overdue_amount": re.compile(
        r"(?:当前|本期)?应[还付]\w{0,6}|委[案托外]\w{0,6}|案件金额|应收(?:账|货)?款?余额|(?:total)?(?:amount)?due(?:amount)?"
    ),
    "principal": re.compile(r"本金|贷款本金|应[还付收]本金|委案本金|principal(?:due)?"),
    "interest": re.compile(r"利息(?:金额)?|应[还付收]利息|正常利息|委案利息|interest(?:due)?"),
    "due_date": re.compile(r"(?:合同|贷款|借据|账款)?到期(?:日|日期)|账单到期日|maturity(?:date)?|expirydate"),
    "owner": re.compile(
        r"sales\w*|业务员|业务经理|销售员?|(?:管户)?(?:客户经理|信贷员)|管户\w{0,2}|(?:account)?manager|accountmanager|officer|经办人|处理人"
    ),
}
DERIVED_RANK: Final = 1000  # behind every declared alias
IGNORED: Final = ("", "-", "ignore", "忽略", "none", "不用")


def second_choice(name: str, forms: Iterable[str]) -> bool:
    """True for a header that gives way when another one names the same column more closely: 应还金额 beside 未还金额."""
    pattern = _SECOND_CHOICE.get(name)
    return pattern is not None and any(pattern.fullmatch(form) for form in forms)


def ambiguous(forms: Iterable[str]) -> tuple[str, ...]:
    """The columns that such a header may name, () when it is not one of the ambiguous words."""
    return next((AMBIGUOUS[f] for f in forms if f in AMBIGUOUS), ())


@dataclass
class Aliases:
    """Folded header → column for every declared sheet, with what people have confirmed on top."""

    confirmed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.confirmed = {words.bare(h): _column_name(v) for h, v in self.confirmed.items()}

    def column(self, sheet: Sheet, forms: Iterable[str]) -> tuple[Column, int] | None:
        """The column that one of the forms names, and the rank of the alias (0 is our own header)."""
        table, derived = _table(sheet.name), _derived(sheet.name)
        for form in forms:
            found = table.get(form) or derived.get(form)
            if found:
                return found
        return None

    def name(self, sheet: Sheet, forms: Iterable[str]) -> str:
        """The name of the column, also when it is only one of several that the header may mean; "" when unknown."""
        forms = tuple(forms)
        if (said := self.said(forms)) is not None:
            return said
        found = self.column(sheet, forms)
        if found:
            return found[0].name
        return "?" + forms[0] if sheet is CASES and ambiguous(forms) else ""

    def said(self, forms: Iterable[str]) -> str | None:
        """What a person confirmed for this header: a column name, "" for none of ours, None when nothing was said."""
        return next((self.confirmed[f] for f in forms if f in self.confirmed), None)

    def proposal(self, sheet: Sheet, forms: Iterable[str], taken: Iterable[str]) -> tuple[Column, int] | None:
        """The column whose aliases look most like the header, with the likeness in percent; for a person to confirm."""
        best: tuple[float, Column] | None = None
        forms = tuple(forms)
        if NO_QUESTION.intersection(forms):
            return None
        for form in forms:
            for alias, (column, _) in _table(sheet.name).items():
                score = _likeness(form, alias)
                if (
                    column.name not in taken
                    and column not in c.FILLED_COLUMNS
                    and score >= (66 if not form.isascii() else 84)
                    and (best is None or score > best[0])
                ):
                    best = (score, column)
        return (best[1], round(best[0])) if best else None


def _likeness(form: str, alias: str) -> float:
    if len(form) < 2 or len(alias) < 2 or form.isascii() != alias.isascii():
        return 0.0
    within = 80.0 if not form.isascii() and (alias in form or form in alias) and min(len(alias), len(form)) >= 2 else 0.0
    return max(within, fuzz.ratio(form, alias))


@cache
def _table(name: str) -> dict[str, tuple[Column, int]]:
    """Our own headers first, so that an alias of one column never hides another column's own header."""
    sheet = BY_NAME[name]
    out: dict[str, tuple[Column, int]] = {}
    for column in sheet.columns:
        for label in (column.zh, column.name):
            out.setdefault(words.bare(label), (column, 0))
    for column in sheet.columns:
        if column in c.FILLED_COLUMNS and sheet is CASES:
            continue
        for rank, alias in enumerate((column.en, *column.aliases), 1):
            key = words.bare(alias)
            if not (sheet is CASES and key in AMBIGUOUS):
                out.setdefault(key, (column, rank))
    return out


@cache
def _derived(name: str) -> dict[str, tuple[Column, int]]:
    """Other ways of writing the aliases; those that two columns could claim are left out."""
    sheet, table = BY_NAME[name], _table(name)
    out: dict[str, tuple[Column, int]] = {}
    claimed: dict[str, set[str]] = {}
    for column in sheet.columns:
        if column in c.FILLED_COLUMNS and sheet is CASES:
            continue
        for alias in (column.zh, column.en, *column.aliases):
            for form in same_meaning(column, alias):
                claimed.setdefault(form, set()).add(column.name)
                out.setdefault(form, (column, DERIVED_RANK))
    if sheet is CASES:
        for form in debt():
            claimed.setdefault(form, set()).add(c.OVERDUE_AMOUNT.name)
            out.setdefault(form, (c.OVERDUE_AMOUNT, DERIVED_RANK))
    taken = set(table) | (set(AMBIGUOUS) if sheet is CASES else set()) | NO_QUESTION
    return {form: found for form, found in out.items() if form not in taken and len(claimed[form]) == 1}


def _column_name(value: str) -> str:
    """`value` as typed by a person (column name or Chinese label) → the name of the column."""
    text = value.strip()
    if text.lower() in IGNORED:
        return ""
    for sheet in SHEETS:
        for column in sheet.columns:
            if text == column.name or words.bare(text) in (words.bare(column.zh), words.bare(column.en)):
                return column.name
    return text
