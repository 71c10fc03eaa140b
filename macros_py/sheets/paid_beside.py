"""Amounts due beside amounts paid: what was due before anything was paid is not what is owed.

应还金额 or 委案金额 beside 已还金额 may be before or after the payments. Where a column is their difference on the sheet's own
rows, that column is what is owed; where none is, nothing is taken for it until a person says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from macros_py.sheets.aliases import second_choice
from macros_py.sheets.evidence import Evidence
from macros_py.sheets.headers import Heading

_WHOLE: Final = re.compile(
    r"(?:截至\w{0,6})?(?:累计|本期|当期|其中)?(?:已还|已付|已收|已缴|已回|已偿还|已归还|已清偿|实还|实收|实付|累计还|累计回|已回收|已收回)(?:款|款项|款额)?"
    r"(?:金额|总金额|总额|本息|本息合计|额|合计|数额)?"
    r"|累计(?:还款|回款|收款|已还|已收)(?:金额|总额|额)?|(?:回款|已回款|收款|已收款|委后回款|委后还款)(?:金额|总额|额|合计)?"
    r"|(?:total|amounts?|cash|sum)?(?:paid|received|collected|repaid)(?:amounts?|todate|sofar|total)?|payments?(?:received|todate|made)"
)
_PRINCIPAL: Final = re.compile(
    r"(?:累计|本期|其中)?(?:已还|已收|已偿还|已归还|实还|归还)本金(?:金额|合计)?|principal(?:paid|repaid|received)|paidprincipal"
)
_OF: Final = {"overdue_amount": _WHOLE, "principal": _PRINCIPAL}


def is_paid(heading: Heading) -> bool:
    """Whether a header says what was paid."""
    return any(pattern.fullmatch(form) for pattern in _OF.values() for form in heading.forms)


def paid_beside(name: str, headings: Iterable[Heading], evidence: Evidence) -> Heading | None:
    """The column of what was paid of `name`, when something was paid at all."""
    for heading in headings:
        if any(_OF[name].fullmatch(form) for form in heading.forms) and bool((evidence.part(heading.place) > 0).any()):
            return heading
    return None


def before_payments(name: str, heading: Heading, headings: Iterable[Heading], evidence: Evidence) -> Heading | None:
    """The column of payments that a column of `name` may not have deducted yet, None when its header says what is left."""
    return paid_beside(name, headings, evidence) if second_choice(name, heading.forms) else None


def difference(asked: Mapping[int, tuple[str, ...]], wholes: Iterable[int], paid: int, evidence: Evidence) -> int | None:
    """The one column in question that is, on the sheet's rows, a whole amount minus what was paid."""
    wholes = tuple(wholes)
    fits = [p for p, names in asked.items() if "overdue_amount" in names and any(evidence.left(w, paid, p) for w in wholes)]
    return fits[0] if len(fits) == 1 else None
