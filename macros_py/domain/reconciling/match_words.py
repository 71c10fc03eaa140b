"""Why a line was posted, proposed or left: in words, for every line, in the language of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from macros_py.domain.money_words import plain_yuan, yuan
from macros_py.domain.reconciling.open_items import OpenItems

WHY: Final[dict[str, tuple[str, str]]] = {
    "confirmed": ("人工确认的案号", "case number confirmed by a person"),
    "logged": ("“回款流水”里同一流水号已登记为该案", "the log of receipts has this transaction number for the case"),
    "reference": ("摘要含编号 {number}", "the memo bears the number {number}"),
    "reference_due": (
        "摘要含合同编号 {number}；同一合同按应还日期先后",
        "the memo bears the contract number {number}; instalments go by their due dates",
    ),
    "account": (
        "付款账号（尾号 {tail}）此前已确认属于该客户，且只有这一份合同",
        "the paying account (…{tail}) is known to be the customer's, who has this contract only",
    ),
    "account_amount": (
        "付款账号（尾号 {tail}）是该客户的，金额等于其中一份合同的应还；客户有几份合同，需人工确认",
        "the paying account (…{tail}) is the customer's and the amount is that of one contract; there are several: please confirm",
    ),
    "alias": (
        "此前确认过这个付款人为该客户还款；只有姓名，需人工确认",
        "a person confirmed this payer for the customer before; a name alone posts nothing",
    ),
    "payer_amount": (
        "付款人与客户同名，金额等于应还；同名不足以自动入账",
        "the payer bears the customer's name and the amount fits; a name alone posts nothing",
    ),
    "payer": ("付款人与客户同名，金额对不上任何应还", "the payer bears the customer's name; the amount fits nothing that is due"),
    "part": ("付款人与客户同名，金额少于应还，可能是部分还款", "the payer bears the customer's name; perhaps a part payment"),
    "fuzzy": ("付款人与客户名称近似", "the payer's name is like the customer's"),
    "several_cases": ("付款人与客户同名，金额等于该客户几笔应还之和", "the amount is the sum of several cases of the customer"),
    "several_payments": (
        "付款人与客户同名，与其他几笔合计等于一笔应还",
        "together with other receipts it is exactly what one case asks for",
    ),
    "other_payer": ("摘要写有客户姓名，由他人代付", "the memo names the customer; somebody else paid"),
    "tie_reference": ("摘要里有几份合同的编号", "the memo bears numbers of several contracts"),
    "weak_reference": (
        "摘要里有短编号 {number}，付款人不同名，需人工确认",
        "the memo has the short number {number} and another payer: please confirm",
    ),
    "account_tie": (
        "付款账号已知，客户有几份合同，金额分不清是哪一份",
        "the account is known; the customer has several contracts and the amount does not tell which",
    ),
    "account_more": (
        "付款账号已知，金额超过该合同尚未还清的部分",
        "the account is known; the amount is more than is left to pay on the contract",
    ),
    "shared": (
        "；付款账号（尾号 {tail}）为不止一位客户付过款，不能据以入账",
        "; the paying account (…{tail}) has paid for more than one customer and decides nothing",
    ),
    "unrelated": ("摘要像是其他款项，不自动入账", "the memo speaks of another payment; not posted by itself"),
    "undone": ("人工撤销了此前的入账", "a person took the posting back"),
    "typed": ("案号已填写，尚未确认", "a case number is typed and not yet confirmed"),
    "nothing": ("没有找到编号、已知账号或同名客户", "no number, no known account, no customer of that name"),
    "reversed": ("已被冲正：{number}", "reversed by {number}"),
    "reversal": ("冲正原交易：{number}", "reverses {number}"),
    "reversal_open": ("没有找到唯一的原交易", "the transaction that it takes back was not found for certain"),
    "own": ("公司自有账户之间的划转，不计收款", "between the company's own accounts; no receipt"),
    "refund": ("退还此前入账的收款", "gives back a receipt that was posted"),
    "refund_open": ("没有找到对应的已入账收款", "no posted receipt was found for it"),
}
_MORE: Final = ("等", "and more")


def why(name: str, lang: str, number: str = "", tail: str = "") -> str:
    """The reason of that name in words."""
    return WHY[name][lang == "en"].format(number=number, tail=tail)


def shown(items: OpenItems, rows: Sequence[int], together: Sequence[int], most: int, lang: str) -> str:
    """Candidates as people read them: case number, customer, amount due; those that add up joined with +, as they may be typed."""
    if together:
        return " + ".join(f"{items.case_id[r]}={plain_yuan(int(items.amounts[r, 0]))}" for r in together)
    words = [f"{items.case_id[r]} {items.customer[r]} {yuan(max(int(items.amounts[r, 0]), 0))}".replace("  ", " ") for r in rows[:most]]
    return "；".join(words) + (_MORE[lang == "en"] if len(rows) > most else "")
