"""Problems found while statements are imported and reconciled."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import B, N, P, Template

PAYMENTS: Final[dict[str, Template]] = {
    # import --------------------------------------------------------------------------------------------------------------
    "statement-unknown": Template(
        B,
        "没有认出交易明细：找不到同时有日期和金额的表头；现有表头：{headers}",
        "No table of transactions: no header row has both a date and an amount; found: {headers}",
        "请从网银、支付宝或微信重新导出明细（csv、xls、xlsx、MT940、CAMT.053），不要删掉表头行",
        "Export the transactions again from the bank, Alipay or WeChat and leave the header row in place",
    ),
    "statement-line-date": Template(
        P,
        "第 {line} 行的交易日期读不懂，没有导入这一行",
        "Line {line}: the date cannot be read; the line was not imported",
        "请对照原流水改正这一行的日期后再导入，已导入的行不会重复",
        "Mend the date of the line and import again; lines that are in already are not added twice",
    ),
    "statement-line-amount": Template(
        P,
        "第 {line} 行的金额读不懂，没有导入这一行",
        "Line {line}: the amount cannot be read; the line was not imported",
        "请对照原流水改正这一行的金额后再导入，已导入的行不会重复",
        "Mend the amount of the line and import again; lines that are in already are not added twice",
    ),
    "statement-line-currency": Template(
        P,
        "第 {line} 行是外币（{shown}），没有导入这一行",
        "Line {line} is in another currency ({shown}); it was not imported",
        "请按入账汇率折成人民币后登记到“回款流水”",
        "Convert it and enter it in the log of receipts by hand",
    ),
    "statement-line-zero": Template(
        N,
        "第 {line} 行金额为 0，没有导入",
        "Line {line} has a zero amount; it was not imported",
        "无需处理",
        "Nothing to do",
    ),
    "statement-lines-more": Template(
        P,
        "另有 {count} 行没有读懂，未逐行列出",
        "{count} more lines were not understood and are not listed",
        "请先改正以上各行再导入一次",
        "Mend the lines above and import again",
    ),
    # reconciliation -------------------------------------------------------------------------------------------------------
    "payments-none": Template(
        B,
        "还没有导入任何流水",
        "No statement has been imported yet",
        "请先用“导入流水”导入银行、支付宝或微信的明细",
        "Import a statement first",
    ),
    "payment-case-unknown": Template(
        P,
        "确认的案件编号“{shown}”不在台账里，没有入账",
        "The confirmed case number {shown} is not in the ledger; not posted",
        "请改为台账里的案件编号",
        "Type a case number of the ledger",
    ),
    "payment-case-unconfirmed": Template(
        P,
        "填了案件编号“{shown}”但没有在“确认”列填 是，没有入账",
        "Case number {shown} is typed but not confirmed; not posted",
        "确认无误请在“确认”列填 是；填错请清空案件编号",
        "Type Yes in the column Confirmed, or clear the case number",
    ),
    "payment-split-wrong": Template(
        P,
        "拆分“{shown}”的合计与流水金额不符，没有入账",
        "The split {shown} does not add up to the amount of the line; not posted",
        "请写作 案件编号=金额、案件编号=金额，合计等于该笔金额",
        "Write CASE=AMOUNT, CASE=AMOUNT so that the sum is the amount of the line",
    ),
    "payments-proposed": Template(
        N,
        "{count} 笔收款待人工确认（候选和依据见“资金流水”）",
        "{count} receipts wait for a person (candidates and reasons on the sheet of statement lines)",
        "在“案件编号”列填台账的编号、“确认”列填 是，再按一次“对账”",
        "Type the case number and Yes under Confirmed, then reconcile again",
    ),
    "payments-unmatched": Template(
        N,
        "{count} 笔收款没有找到对应的客户",
        "{count} receipts belong to no customer that we know",
        "请查明来源；确认是某案的回款，填案件编号和确认即可",
        "Find out where they are from; type a case number and Yes if they are a receipt of it",
    ),
    "payments-taken-back": Template(
        N,
        "{count} 笔此前自动入账的收款，与后来导入的流水一起判断后不能再自动入账，已退回待确认（依据见“资金流水”）",
        "{count} receipts that an earlier press posted are not certain any more beside the lines imported since; the postings were taken back",
        "请逐笔核对；确属该案的，填案号并在“确认”列填 是",
        "Check each of them; where the case was right, type its number and Yes under Confirmed",
    ),
    "payments-moved": Template(
        N,
        "{count} 笔此前自动入账的收款，与后来导入的流水一起判断后改入别的案号（多为同一合同的另一期；依据见“资金流水”）",
        "{count} receipts that an earlier press posted belong to another case beside the lines imported since, as a rule another instalment of the same contract",
        "请逐笔核对；要把某笔固定在一个案号，填该案号并在“确认”列填 是",
        "Check each of them; to keep one where it was, type that case number and Yes under Confirmed",
    ),
    "payment-case-overwritten": Template(
        P,
        "这一行的“案号”写的是 {shown}，没有在“确认”列填 是；按行内依据入账到 {case}，“案号”已改回",
        "The line said case {shown} without Yes under Confirmed; by its reason it is posted to {case}, and the case was set back",
        "如果 {shown} 才对，请重填案号并在“确认”列填 是，再按一次“对账”；否则无需处理",
        "If {shown} is right, type it again with Yes under Confirmed and reconcile again; otherwise nothing to do",
    ),
    "payment-cases-overwritten": Template(
        P,
        "另有 {count} 行的“案号”没有确认，已按行内依据改回，未逐行列出",
        "{count} more lines said another case without Yes under Confirmed and were set back; they are not listed",
        "请在“资金流水”里核对这些行；要固定案号，填案号并在“确认”列填 是",
        "Check these lines on the sheet of statement lines; to fix a case, type it with Yes under Confirmed",
    ),
    "balance-broken": Template(
        P,
        "账户 {shown} 的流水不连续：{file} 第 {line} 行的余额与上一笔对不上，差 {diff}",
        "The lines of account {shown} do not run on: {file} line {line} differs from the line before it by {diff}",
        "可能漏了一段流水，请补导出这几天的明细",
        "Some lines may be missing: export those days again",
    ),
}
