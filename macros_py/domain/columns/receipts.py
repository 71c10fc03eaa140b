"""Receipts."""

from __future__ import annotations

from macros_py.domain.columns.cases import CASE_ID, CUSTOMER
from macros_py.domain.columns.contacts import LOG_NOTE
from macros_py.domain.columns.declaring import ID, D, M, T, column

RECEIPT_ID = column(
    "receipt_id",
    ID,
    "流水号",
    "Receipt no.",
    "交易流水号、凭证号、receipt id、transaction id、回单号、单号、流水编号、交易号、receipt no、payment id",
    "transaction no",
)
PAID_ON = column(
    "paid_on",
    D,
    "回款日期",
    "Paid on",
    "日期、还款日期、入账日期、交易日期、到账日期、paid on、payment date、date、还款日、实际还款日、实际还款日期",
    "回款日、回款时间、到账日、收款日期、入账日、还款时间、付款日期、payment_date、缴款日期、扣款日期、记账日期",
    "转账日期、打款日期、实收日期、实还日期、登记日期、value date、posting date、paid date、date paid、received on",
    "receipt date",
)
AMOUNT = column(
    "amount",
    M,
    "回款金额",
    "Amount",
    "金额、还款金额、到账金额、入账金额、实还金额、amount、paid amount、回款额、实收金额、收款金额、付款金额",
    "交易金额、还款额、实际还款金额、还款本息合计、还款本息、实还本息、本次还款、本次还款金额、本次回款",
    "本次回款金额、缴款金额、扣款金额、打款金额、转账金额、贷方金额、收入金额、credit amount、paid、payment amount",
    "amount paid、received amount",
)
PAYER = column(
    "payer",
    T,
    "付款人",
    "Payer",
    "付款方、对方户名、打款人、缴款人、交款人、转账人、付款单位、对方账户名称、payer、付款户名、汇款人、还款人",
    "对方名称",
)
PAY_CHANNEL = column(
    "pay_channel",
    T,
    "回款渠道",
    "Channel",
    "渠道、还款方式、支付方式、还款途径、还款渠道、支付渠道、付款方式、收款渠道、到账渠道、入账渠道、收款方式",
    "回款方式、payment method、pay channel",
)
RECEIPT_COLUMNS = (RECEIPT_ID, PAID_ON, CASE_ID, CUSTOMER, AMOUNT, PAYER, PAY_CHANNEL, LOG_NOTE)
