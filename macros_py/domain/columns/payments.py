"""Lines of bank, Alipay and WeChat statements, as imported, with what reconciliation made of them."""

from __future__ import annotations

from macros_py.domain.columns.declaring import ID, IN, TM, M, T, column

SOURCE = column("source", T, "渠道", "Source")
TRANSACTION_ID = column("transaction_id", ID, "流水号", "Transaction no.")
PAID_AT = column("paid_at", TM, "交易时间", "Paid at")
PAYMENT_AMOUNT = column("amount", M, "金额", "Amount")  # signed: what came in is positive
PAYMENT_FEE = column("fee", M, "手续费", "Fee")  # kept back by the channel
PAYMENT_PAYER = column("payer", T, "对方户名", "Counterparty")
PAYER_ACCOUNT = column("payer_account", ID, "对方账号", "Counterparty account")
ACCOUNT = column("account", ID, "本方账号", "Own account")
MEMO = column("memo", T, "摘要", "Memo")
BALANCE = column("balance", M, "余额", "Balance")
STATE = column("state", T, "状态", "State")
STATED = column("stated", T, "原状态", "State in the file")
PAYMENT_CASE = column("case_id", ID, "案件编号", "Case no.", "案号", typed=True)
CONFIRMED = column("confirmed", T, "确认", "Confirmed", typed=True, choices=("是", "撤销"))
MATCH = column("match", T, "入账", "Match")
STAGE = column("stage", T, "匹配方式", "Matched by")
PAYMENT_WHY = column("why", T, "依据", "Why")
CANDIDATES = column("candidates", T, "候选", "Candidates")
FILE = column("file", T, "来源文件", "File")
LINE = column("line", IN, "来源行", "Line")
LINE_KEY = column("line_key", ID, "指纹", "Fingerprint")

IMPORTED = (
    SOURCE, TRANSACTION_ID, PAID_AT, PAYMENT_AMOUNT, PAYMENT_PAYER, PAYER_ACCOUNT, ACCOUNT, MEMO, BALANCE, PAYMENT_FEE, STATED, FILE, LINE,
    LINE_KEY,
)  # fmt: skip
RECONCILED = (STATE, PAYMENT_CASE, MATCH, STAGE, PAYMENT_WHY, CANDIDATES)
PAYMENT_COLUMNS = (
    SOURCE, TRANSACTION_ID, PAID_AT, PAYMENT_AMOUNT, PAYMENT_PAYER, ACCOUNT, MEMO, STATE, PAYMENT_CASE, CONFIRMED, MATCH, PAYMENT_WHY,
    CANDIDATES, STAGE, PAYER_ACCOUNT, BALANCE, PAYMENT_FEE, STATED, FILE, LINE, LINE_KEY,
)  # fmt: skip
