"""Which bank or channel a statement is from, and which account of the company it is about: told by what stands around the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from macros_py.sheets import cells as k

_NAMES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("支付宝", r"支付宝|alipay"),
        ("微信", r"微信支付|微信昵称|微信号|wechat|财付通商户|公众账号ID|微信订单号"),
        ("工商银行", r"工商银行|工行|\bICBC\b|industrial and commercial bank|钞/汇"),
        ("建设银行", r"建设银行|建行|china construction bank|\bCCB\b"),
        ("农业银行", r"农业银行|农行|agricultural bank of china|\bABC\b"),
        ("交通银行", r"交通银行|交行|bank of communications|\bBOCOM\b"),
        ("招商银行", r"招商银行|招行|china merchants bank|\bCMB\b|收[（(]?/?付[）)]?方(?:名称|账号|帐号)"),
        ("中国银行", r"中国银行|中行|\bbank of china\b|\bBOC\b"),
        ("中信银行", r"中信银行|china citic bank|\bCITIC\b"),
        ("平安银行", r"平安银行|ping ?an bank|\bPAB\b"),
        ("浦发银行", r"浦发|浦东发展|\bSPDB\b"),
        ("民生银行", r"民生银行|\bCMBC\b"),
        ("兴业银行", r"兴业银行|industrial bank"),
        ("光大银行", r"光大银行|everbright"),
        ("邮储银行", r"邮政储蓄|邮储|\bPSBC\b"),
        ("华夏银行", r"华夏银行"),
        ("广发银行", r"广发银行"),
    )
)
_ANY: Final = re.compile(r"([\u4e00-\u9fff]{2,8}?(?:银行|信用社))")
_NOT_A_BANK: Final = re.compile(r"产生银行|对方银行|开户银行|其他银行|本银行|他行银行|的银行|我的银行|收款银行|付款银行")
_ALSO: Final = re.compile(
    r"京东支付|京东钱包|云闪付|银联商务|拉卡拉|抖音支付|美团支付|度小满|壹钱包|通联支付|汇付天下|收钱吧|快钱|易宝支付|连连支付"
    r"|(?:HSBC|DBS|Citibank|Standard Chartered|PayPal|Stripe)\b"
    r"|(?:[A-Z][\w&.'’]*[ ]){1,4}Bank\b(?:[ ]of(?:[ ][A-Z]\w+){1,2})?"
    r"|Bank[ ]of(?:[ ][A-Z]\w+){1,2}"
)
_NO_NAME: Final = re.compile(
    r"^(?:The|Your|Our|My|This|Name|Bank(?! of)|Other|Opening|Receiving|Beneficiary|Issuing|Account|Sender|Payer|Correspondent)\b"
)
_LABEL: Final = r"(?:本方|查询|对账|客户|我方|交易|结算|银行)?\s*(?:支付宝账[户号]|微信昵称|微信商户号|商户号|账\s*号|帐\s*号|卡\s*号|账\s*户|帐\s*户|account\s*(?:number|no\.?|id)?|iban)"
_ACCOUNT: Final = re.compile(rf"^[#\s]*{_LABEL}\s*[:：]\s*[\[【]?\s*([^\]】\s,，;；]*)", re.IGNORECASE)
_LABEL_ALONE: Final = re.compile(rf"^[#\s]*{_LABEL}\s*[:：]?$", re.IGNORECASE)


def source_of(around: Sequence[str]) -> str:
    """The bank or channel that the texts around a table (lines above, headers, title) name, "" when none does."""
    joined = "\n".join(around)
    for name, pattern in _NAMES:
        if pattern.search(joined):
            return name
    plain = _NOT_A_BANK.sub("", joined)
    found = _ANY.search(plain)
    return found[1] if found else ""


def also_named(above: Sequence[str]) -> str:
    """A bank or channel that the lines above a table name and source_of does not know: Metro Commerce Bank, 银联商务; "" when none.

    For showing only: the fingerprints of lines that are imported already hold to what source_of tells.
    """
    for line in above:
        for found in _ALSO.finditer(line):
            if not _NO_NAME.match(found[0]):
                return found[0]
    return ""


def account_of(rows: k.Objects) -> str:
    """The company's account in the lines above a table: 卡号: 6222…, or a label with the number in the next cell."""
    for row in rows:
        cells = [str(v).strip(k.SPACES) if v is not None else "" for v in row]
        for i, cell in enumerate(cells):
            match = _ACCOUNT.match(cell)
            value = match[1] if match else ""
            if not value and _LABEL_ALONE.match(cell):
                value = next((c for c in cells[i + 1 :] if c), "")
            if value and not _LABEL_ALONE.match(value):
                return value.strip("`'\"[]")
    return ""


def texts_of(rows: k.Objects) -> list[str]:
    """Every text of some rows."""
    return [v for v in np.asarray(rows, dtype=object).ravel().tolist() if isinstance(v, str) and v.strip()]
