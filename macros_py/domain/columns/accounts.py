"""账务调整: what accrued on a case and what was waived since the ledger's day."""

from __future__ import annotations

from macros_py.domain.columns.cases import CASE_ID
from macros_py.domain.columns.contacts import LOG_NOTE
from macros_py.domain.columns.declaring import D, M, T, column
from macros_py.domain.columns.office import APPROVED_BY

ADJUSTED_ON = column("adjusted_on", D, "日期", "Date", "调整日期", "计提日期", "减免日期")
ADJUST_KIND = column("adjust_kind", T, "类别", "Kind", "调整类别", choices=("计提", "减免"))
ADJUSTED_COST = column("adjusted_cost", M, "费用", "Costs")
ADJUSTED_PENALTY = column("adjusted_penalty", M, "违约金", "Penalty", "罚息")
ADJUSTED_INTEREST = column("adjusted_interest", M, "利息", "Interest")
ADJUSTED_PRINCIPAL = column("adjusted_principal", M, "本金", "Principal")
ADJUSTMENT_COLUMNS = (
    ADJUSTED_ON,
    CASE_ID,
    ADJUST_KIND,
    ADJUSTED_COST,
    ADJUSTED_PENALTY,
    ADJUSTED_INTEREST,
    ADJUSTED_PRINCIPAL,
    APPROVED_BY,
    LOG_NOTE,
)
