"""What the columns of a statement are, told by their headers: of banks and channels that are known, and of those that are not.

A role is given by the first rule that fits the folded header (whole, then without brackets). Several headers may have one role: which
of them is used is settled by what stands below (sheets.statement_amounts).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from macros_py.sheets import header_words as words

_NUMBER: Final = r"(?:账号|帐号|卡号|账户号码?|帐户号码?|号码|账户|帐户|accountnumber|accountno|account|iban|卡号账号|账号卡号)"
_OTHER: Final = r"(?:对方|对手方?|交易对手|收付方|收方付方|往来|counterparty|beneficiaryorpayer|otherparty)"
_PAYER: Final = r"(?:付款人|付款方|付款|汇款人|汇款方|付方|缴款人|转出方|payer|sender|remitter|debtor|orderingparty|orderingcustomer|from)"
_PAYEE: Final = r"(?:收款人|收款方|收款|收方|转入方|beneficiary|receiver|creditor|to)"
_NAME: Final = r"(?:账户|帐户)?(?:户名|名称|姓名|名|全称|单位名称?|单位|信息|账户名称|name)"
_IN: Final = r"(?:收入|贷方|贷记|贷|存入|转入|入账|流入|进账|收款|来账|credits?|deposits?|moneyin|paidin|received|receipts?|inflow|cr)"
_OUT: Final = r"(?:支出|借方|借记|借|支取|转出|流出|付款|往账|debits?|withdrawals?|withdrawn|moneyout|paidout|payments?|outflow|dr)"
_SUM: Final = r"(?:金额|发生额|额|总额|款额|amounts?)"

RULES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (
            "direction",
            r"(?:收支|收付|借贷|收支付|收或支|出入账|存取|drcr|crdr|debitcredit|creditdebit|dc|cd)(?:标志|标识|标记|状态|方向|类型|mark|indicator|flag|type)?|(?:交易|资金)(?:方向|流向)|方向|收付款?标志|direction|creditdebitindicator|资金变动",
        ),
        ("balance", r".*(?:余额|结余|balance).*"),
        ("fee", r".*(?:手续费|服务费|佣金).*|(?:transaction|service|bank|processing|merchant)?(?:fees?|charges?|commission)"),
        ("refunded", r"(?:申请|实际)?退款金额|refund(?:ed)?amount"),
        ("net", r"商家实收|实收(?:金额|净额)?|(?:实际)?结算(?:金额|净额)|净额|净收|net(?:amount)?|settle(?:d|ment)?amount"),
        ("ignored", r".*(?:开户行|开户银行|银行名|行名|行号|行地址|联行|网点|机构|省市|地区|国家|费率|红包|代金券|充值券|优惠|批次|凭证种类|积分|折扣|子公司|分行|手机|电话).*|.*(?:bank|branch|country|rate)$|钞汇|钞汇标志|子账户.*|序号|no|子?账户序号"),
        ("payer_account", rf"{_OTHER}{_NUMBER}|{_OTHER}(?:卡号或账号|账卡号)|交易对方账[号户]|counterpartyaccount.*"),
        ("payer", rf"{_OTHER}{_NAME}?|{_OTHER}账户名称?|交易对方|交易对象|payee(?:name)?|counterpartyname|payer/?payee|sender/?receiver|name|description/payee|商户名称|客户名称|往来单位|用户标识"),
        ("from_account", rf"{_PAYER}{_NUMBER}"),
        ("from_name", rf"{_PAYER}{_NAME}?|来款人|打款人|缴费人|扣款人|持卡人|转账人|支付人|买家(?:姓名|名称|信息|支付宝账号)?|customer(?:name)?"),
        ("to_account", rf"{_PAYEE}{_NUMBER}"),
        ("to_name", rf"{_PAYEE}{_NAME}?"),
        ("income", rf"(?:交易|记账|账户)?{_SUM}?{_IN}{_SUM}?(?:元|cny|rmb)?|{_OUT}?不?入账{_SUM}"),
        ("expense", rf"(?:交易|记账|账户)?{_SUM}?{_OUT}{_SUM}?(?:元|cny|rmb)?"),
        ("income", rf"(?:贷方|贷记|借方|借记)?{_IN}(?:收入|转入|存入|贷方|{_SUM})+(?:元)?"),
        ("expense", rf"(?:借方|借记)?{_OUT}(?:支出|转出|支取|{_SUM})+(?:元)?"),
        ("amount", r"(?:交易|发生|收支|收付|记账|入账|到账|支付|订单|应结订单|变动|本次|账务|资金|实际|实付|动账|缴费|扣款|代扣|transaction|txn|payment|gross|local|original)?(?:总)?(?:金额|发生额|款额|amount|amt|value)(?:元|人民币|cny|rmb|inaccountcurrency)?"),
        ("status", r"(?:当前|交易|订单|支付|处理|业务|到账|记账|transaction|payment)?(?:状态|status|state|结果)|(?:冲账|冲正|抹账|红字|撤销|退款)(?:标志|标识|状态)"),
        ("currency", r"(?:交易|记账|账户|结算)?(?:币种|币别|货币|货币种类|currency|ccy)(?:名称)?"),
        ("date", r"起息日期?|valuedate|value|interestdate|(?:交易|发生|记账|入账|到账|付款|支付|创建|完成|账务|过账|会计|清算|结算|收款|办理|业务|转账|成功|订单|账单|银行|实际|核算|受理|动账|缴费|扣款|代扣|处理){0,3}(?:日期时间|日期|时间戳|时间|日|时刻)|(?:transaction|txn|trans|tran|posting|posted|booking|book|entry|payment|transfer|settlement|settled|paid|completed|completion|created|trade|effective|operation|process(?:ed|ing)?|received|receipt|clearing|credit(?:ed)?){0,2}(?:dateandtime|datetime|date|time|on|timestamp)|日期及时间|time.*(?:utc|zone).*"),
        ("type", r"(?:交易|业务|收支|账务|transaction|txn|payment)?(?:类型|分类|种类|类别|方式|代码名称|type|category)|交易名称|业务名称|method"),
        ("id", r"(?:支付宝|微信|微信支付|资金|账务|银行|核心|主机|系统|柜员|交易|业务|入账|渠道|商户|平台|全局|电子|联机|会计|国结|企业)*(?:流水|交易|订单|业务|日志|参考|回单|业务参考|交易订单|业务单|支付业务单|资金流水单|交易流水)(?:序列)?(?:编号|单号|号码|号|id)|(?!原|对方|关联|上笔)[\u4e00-\u9fff]{1,6}流水[单编]?号码?|单号|流水编号|凭证(?:号码?|编号)|票据号码?|(?:transaction|txn|payment|bank|entry|trans|unique|statement)?(?:id|customerid|reference(?:id|number|no)?|ref(?:number|no|id)?|number|traceno|tracenumber)|业务凭证号|uuid|endtoendid"),
        ("account", r"(?:本方|我方|查询|交易|客户|借记|银行|结算|收付|自有)?(?:账号|帐号|卡号|借记卡号|账户|帐户|账户号)|account(?:number|no)?|商户号|特约商户号|ownaccount|iban"),
        ("memo", r".*(?:摘要|附言|用途|备注|说明|商品|详情|描述|留言|明细|场所|地点|产品|数据包|附注|事由|产品名称|备注信息|业务摘要).*|(?:transaction|payment)?(?:details?|descriptions?|narratives?|narration|memo|notes?|remarks?|purpose|particulars|information|remittanceinformation|paymentreference|(?:customer|your|their|sender|payer|remitter|client)s?(?:reference|ref)(?:number|no)?|text|message)\d*"),
    )
)  # fmt: skip
ALSO_MEMO: Final = re.compile(r".*(?:商户订单|商户单号|票据号|reference|ref$|参考号|凭证号|业务参考).*")
LATE_DATES: Final = (
    "完成", "交易", "发生", "支付", "付款", "到账", "入账", "transaction", "txn", "completed", "记账", "记帐", "posting", "booking", "日期", "date",
)  # fmt: skip
IDS: Final = (
    "支付宝交易号", "交易订单号", "交易单号", "微信订单号", "微信支付业务单号", "业务流水号", "资金流水单号", "账务流水号", "交易流水号", "核心流水号", "流水号", "流水单号", "transactionid", "txnid",
    "交易号", "日志号", "entryreference", "reference", "参考号",
)  # fmt: skip


@lru_cache(maxsize=4096)
def role_of(header: str) -> str:
    """date, amount, income, expense, direction, payer, payer_account, from_*, to_*, account, memo, id, balance, fee, net, refunded, type,
    status, currency or ignored; "" for what is no header of a statement."""
    if not header.strip() or len(header) > 60:
        return ""
    for form in words.keys(header):
        for role, rule in RULES:
            if rule.fullmatch(form):
                return role
    return ""


def is_header(roles: Sequence[str]) -> bool:
    """A row of headers of a statement: it has a date, an amount and something more."""
    told = {r for r in roles if r}
    amounts = told & {"amount", "income", "expense", "net"}
    return "date" in told and bool(amounts) and len(told - {"ignored"}) >= 3


def rank(header: str, order: Sequence[str]) -> int:
    """The place of the first word of `order` that the header holds."""
    form = words.bare(header)
    return next((i for i, word in enumerate(order) if word in form), len(order))
