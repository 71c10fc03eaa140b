"""客户类型: which set of rules a case falls under, by its product. The unknown one counts as a personal loan, the strictest.

A row without a product that has an invoice date is an invoice: trade receivables.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import Texts, days, text

PERSONAL, CARD, CAR, BUSINESS, SMALL, TRADE = "个人贷款", "信用卡", "车贷", "经营贷", "小额贷款", "货款"
SEGMENTS: Final = (PERSONAL, CARD, CAR, BUSINESS, SMALL, TRADE)

_WORDS: Final = (
    (CARD, re.compile(r"信用卡|贷记卡|credit ?card", re.IGNORECASE)),
    (TRADE, re.compile(r"货款|应收账款|贸易|赊销|invoice|receivable|trade", re.IGNORECASE)),
    (CAR, re.compile(r"车|auto|vehicle|\bcar\b", re.IGNORECASE)),
    (BUSINESS, re.compile(r"经营|企业|对公|公司|流动资金|business|corporate", re.IGNORECASE)),
    (SMALL, re.compile(r"小额|小贷|micro|small loan", re.IGNORECASE)),
)


def segment(product: str) -> str:
    """The segment of one product name."""
    return next((name for name, words in _WORDS if words.search(product)), PERSONAL)


def segments(products: Texts) -> Texts:
    """The segment of each product; each distinct name is judged once."""
    code, distinct = pd.factorize(products)
    judged = np.array([segment(str(p)) for p in distinct], dtype=object)
    return np.asarray(judged[code], dtype=object)


def segments_of(cases: pd.DataFrame) -> Texts:
    """The segment of each case (product, invoice_date)."""
    invoice = (text(cases, "product") == "") & ~np.isnat(days(cases, "invoice_date"))
    return np.where(invoice, TRADE, segments(text(cases, "product"))).astype(object)
