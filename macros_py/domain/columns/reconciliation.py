"""The reconciliation report."""

from __future__ import annotations

from macros_py.domain.columns.declaring import ID, IN, D, M, T, column

REC_EXCEPTION = column("rec_exception", T, "异常", "Exception")
REC_COUNT = column("rec_count", IN, "笔数", "Lines")
REC_AMOUNT = column("rec_amount", M, "金额", "Amount")
REC_REMEDY = column("rec_remedy", T, "处理", "What to do")
REC_PLACE = column("rec_place", T, "来源行", "Row")
REC_EXCEPTIONS = (REC_EXCEPTION, REC_COUNT, REC_AMOUNT, REC_PLACE, REC_REMEDY)

REC_ACCOUNT = column("rec_account", ID, "账户", "Account")
REC_SOURCE = column("rec_source", T, "渠道", "Source")
REC_FROM = column("rec_from", D, "起", "From")
REC_UNTIL = column("rec_until", D, "止", "Until")
REC_OPENING = column("rec_opening", M, "期初余额", "Opening")
REC_IN = column("rec_in", M, "收", "In")
REC_OUT = column("rec_out", M, "支", "Out")
REC_CLOSING = column("rec_closing", M, "期末余额", "Closing")
REC_STATED = column("rec_stated", M, "流水余额", "Statement")
REC_DIFFERENCE = column("rec_difference", M, "差异", "Difference")
REC_ACCOUNTS = (
    REC_ACCOUNT, REC_SOURCE, REC_FROM, REC_UNTIL, REC_OPENING, REC_IN, REC_OUT, REC_CLOSING, REC_STATED, REC_DIFFERENCE,
)  # fmt: skip

REC_TOTAL = column("rec_total", M, "总额", "Gross")
REC_FEE = column("rec_fee", M, "手续费", "Fees")
REC_NET = column("rec_net", M, "净额", "Net")
REC_REFUNDS = column("rec_refunds", M, "退款", "Refunds")
REC_INTERNAL = column("rec_internal", M, "内部划转", "Own transfers")
REC_POSTED = column("rec_posted", M, "已入账", "Posted")
REC_PROPOSED = column("rec_proposed", M, "待确认", "To confirm")
REC_UNMATCHED = column("rec_unmatched", M, "未匹配", "Unmatched")
REC_CHANNELS = (
    REC_SOURCE, REC_COUNT, REC_TOTAL, REC_FEE, REC_NET, REC_REFUNDS, REC_INTERNAL, REC_POSTED, REC_PROPOSED, REC_UNMATCHED, REC_DIFFERENCE,
)  # fmt: skip

REC_DAY = column("rec_day", D, "日期", "Day")
REC_DAYS = (REC_DAY, REC_SOURCE, REC_COUNT, REC_TOTAL, REC_POSTED, REC_PROPOSED, REC_UNMATCHED, REC_DIFFERENCE)

REC_AGE = column("rec_age", T, "挂账时间", "Open for")
REC_AGEING = (REC_AGE, REC_COUNT, REC_AMOUNT, REC_PROPOSED, REC_UNMATCHED)

REC_MATCH = column("rec_match", T, "入账", "Match")
REC_NUMBER = column("rec_number", ID, "流水号", "Transaction no.")
REC_PAYER = column("rec_payer", T, "付款人", "Payer")
REC_MEMO = column("rec_memo", T, "摘要", "Memo")
REC_CASE = column("rec_case", T, "案号", "Case no.")
REC_COST = column("rec_cost", M, "费", "Costs")
REC_PENALTY = column("rec_penalty", M, "罚", "Penalty")
REC_INTEREST = column("rec_interest", M, "息", "Interest")
REC_PRINCIPAL = column("rec_principal", M, "本", "Principal")
REC_CREDIT = column("rec_credit", M, "溢缴", "Credit")
REC_WHY = column("rec_why", T, "依据", "Why")
REC_SPLIT = (REC_COST, REC_PENALTY, REC_INTEREST, REC_PRINCIPAL, REC_CREDIT)
REC_LINES = (REC_MATCH, REC_DAY, REC_NUMBER, REC_PAYER, REC_MEMO, REC_AMOUNT, REC_CASE, *REC_SPLIT, REC_WHY, REC_PLACE)
REC_COLUMNS = (*REC_EXCEPTIONS, *REC_ACCOUNTS, *REC_CHANNELS, *REC_DAYS, *REC_AGEING, *REC_LINES)
