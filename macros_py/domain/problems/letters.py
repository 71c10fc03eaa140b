"""Problems of letters and SMS."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import N, P, Template

LETTERS: Final[dict[str, Template]] = {
    "letter-office-missing": Template(
        P,
        "设置表缺少信函必填项：{rows}；本次没有生成信函",
        "The settings sheet lacks what letters need: {rows_en}; no letter was made",
        "请在“设置”表填写这些行（收款账户只能是公司账户），再生成信函",
        "Fill these rows of the settings sheet (a company account only), then make the letters",
    ),
    "letters-foreign": Template(
        P,
        "台账以 {currency} 记账，而信函、短信和协议写的是人民币；本次没有生成",
        "The ledger is kept in {currency}, while letters, messages and agreements speak of yuan; none was made",
        "请先把金额折算成人民币",
        "Convert the amounts to yuan first",
    ),
    "letter-account-personal": Template(
        P,
        "“{row}”不像单位名称；信函只能写公司账户，本次没有生成信函",
        "{row_en} does not look like an organisation's name; letters name a company account only, so no letter was made",
        "请在“设置”表填写公司账户的户名全称",
        "Put the full name of the company's account on the settings sheet",
    ),
    "letter-address-missing": Template(
        P,
        "{count} 封到期信函没有收件地址，未生成：{cases}",
        "{count} letters are due without an address and were not made: {cases}",
        "请在台账补上地址",
        "Add the addresses to the ledger",
    ),
    "letter-recipient-missing": Template(
        P,
        "{count} 封到期信函没有客户姓名，未生成：{cases}",
        "{count} letters are due without a customer's name and were not made: {cases}",
        "请在台账补上客户姓名",
        "Add the names to the ledger",
    ),
    "letter-amount-unknown": Template(
        P,
        "{count} 封到期信函的欠款金额未知，未生成：{cases}",
        "{count} letters are due whose amount is unknown and were not made: {cases}",
        "请在台账补上逾期金额",
        "Add the overdue amounts to the ledger",
    ),
    "letter-case-id-missing": Template(
        P,
        "{count} 封到期信函没有案件编号，未生成",
        "{count} letters are due for cases without a case number and were not made",
        "请在台账补上案件编号",
        "Add the case numbers to the ledger",
    ),
    "letter-components-differ": Template(
        N,
        "{count} 封信函的本金、利息等分项之和与应还总额不一致，信中只写总额：{cases}",
        "In {count} letters the components do not add up to the total; only the total is shown: {cases}",
        "请核对台账各分项；已入账回款尚未分摊到分项时也会如此",
        "Check the components in the ledger; receipts not yet split over them also cause it",
    ),
    "sms-signature-missing": Template(
        P,
        "设置表没有“短信签名”，本次没有生成短信",
        "The settings sheet has no SMS signature; no SMS was made",
        "请在“设置”表填写短信签名",
        "Fill the SMS signature on the settings sheet",
    ),
    "sms-phone-unfit": Template(
        P,
        "{count} 条到期短信没有可用的手机号，未生成：{cases}",
        "{count} SMS are due without a usable mobile number and were not made: {cases}",
        "请在台账补上本人手机号",
        "Add the customers' mobile numbers to the ledger",
    ),
}
