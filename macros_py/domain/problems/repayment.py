"""Problems of repayment plans, agreements and their monitoring."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import B, N, P, Template

REPAYMENT: Final[dict[str, Template]] = {
    "plan-no-case": Template(
        B,
        "台账中没有这个案件编号",
        "The ledger has no case of this number",
        "请核对案件编号",
        "Check the case number",
    ),
    "plan-nothing-owed": Template(
        B,
        "该案件没有应还金额，不能做还款方案",
        "The case owes nothing that is known; there is nothing to plan",
        "请核对台账的逾期金额、结清金额与回款",
        "Check overdue amount, payoff and receipts",
    ),
    "plan-means-missing": Template(
        B,
        "没有填写月收入和月支出，无法评估付款能力",
        "Monthly income and expenses are not given; the ability to pay cannot be told",
        "请填写月收入和月支出；没有收入的填 0",
        "Give both; 0 for no income",
    ),
    "plan-means-negative": Template(
        B,
        "收入、支出、其他债务、家属人数不能为负",
        "Income, expenses, other debts and dependants are not below zero",
        "请改正后再按",
        "Correct them and press again",
    ),
    "plan-first-due-past": Template(
        B,
        "首期日 {day} 不在签署日之后",
        "The first due date {day} does not lie after the signing",
        "请重新做还款方案，或改首期日",
        "Propose again, or choose another first due date",
    ),
    "plan-receipts-unconfirmed": Template(
        P,
        "该案件近日有回款尚未核实，方案金额可能有变",
        "Recent receipts of the case are not confirmed; the amounts may change",
        "请先对账再签协议",
        "Reconcile before an agreement is signed",
    ),
    "plan-over-cap": Template(
        P,
        "有方案的年化利率超过上限 {cap}，不能签署",
        "A proposal's yearly rate is above the cap of {cap} and cannot be signed",
        "请在设置中降低方案年利率",
        "Lower the plan rate in the settings",
    ),
    "lpr-missing": Template(
        P,
        "LPR 表没有 {day} 及以前的利率，无法核对利率上限",
        "The LPR sheet has no rate on or before {day}; the cap cannot be checked",
        "请在 LPR 表补一行",
        "Add a row to the LPR sheet",
    ),
    "lpr-old": Template(
        N,
        "LPR 表最近一条是 {day} 的 {rate}，请核对之后是否已有调整",
        "The last row of the LPR sheet is {rate} of {day}; check whether it has changed since",
        "请在 LPR 表补上最新公布的利率",
        "Add the latest published rate to the LPR sheet",
    ),
    "agree-no-proposal": Template(
        B,
        "登记中没有该案件的方案 {number}",
        "The register has no proposal {number} of this case",
        "请先按 还款方案，再选其中一个方案",
        "Press Propose first, then choose one of the proposals",
    ),
    "agree-debt-changed": Template(
        B,
        "提出方案后欠款已由 {before} 元变为 {now} 元，该方案不能再签",
        "The debt has changed from {before} to {now} yuan since the proposal; it cannot be signed any more",
        "请重新做还款方案",
        "Propose again",
    ),
    "agree-proposal-old": Template(
        B,
        "方案提出已 {aged} 天，超过有效的 {days} 天",
        "The proposal is {aged} days old; it stood for {days} days",
        "请重新做还款方案",
        "Propose again",
    ),
    "agree-over-cap": Template(
        B,
        "该方案年化利率 {rate} 超过上限 {cap}，不能签署",
        "The plan's yearly rate of {rate} is above the cap of {cap}; it cannot be signed",
        "请降低方案年利率后重新做方案",
        "Lower the plan rate and propose again",
    ),
    "agree-needs-approval": Template(
        B,
        "该方案须有权限的人批准：{asks}；有权限：{people}",
        "The plan needs approval: {asks_en}; who may: {people_en}",
        "请由其批准，并在“批准人”写明",
        "Have one of them approve it, and name them as approver",
    ),
    "agree-signed-already": Template(
        N,
        "该方案已登记为已签，没有重复登记",
        "The plan stands as signed already; nothing was added",
        "如需更改，请重新做还款方案",
        "To change it, propose again",
    ),
    "agree-other-plan": Template(
        B,
        "该案件已有履行中的方案 {plan}",
        "The case has a plan that runs already: {plan}",
        "请先在还款方案表为原方案加一行，方案状态填 作废",
        "First add a row for the earlier plan with the state 作废 to the register",
    ),
    "agree-signed-later": Template(
        B,
        "签署日 {day} 晚于今天",
        "The day of signing, {day}, lies in the future",
        "请填写实际签署日",
        "Give the day on which it was signed",
    ),
    "sheet-title-taken": Template(
        B,
        "工作表“{title}”已存在但读不懂，不能登记",
        "The sheet {title} exists but cannot be read; nothing can be registered there",
        "请把该表改名，系统会新建一张",
        "Rename that sheet; a new one will be made",
    ),
    "plan-breached": Template(
        P,
        "{count} 个还款方案已违约，恢复催收并列为待办",
        "{count} repayment plans are breached; collection goes on, and there is a task for each",
        "请联系客户，重新做还款方案",
        "Contact the customer and propose again",
    ),
    "plan-instalment-late": Template(
        P,
        "{count} 个还款方案有逾期期款，已列为待办",
        "{count} repayment plans have an overdue instalment; there is a task for each",
        "请提醒客户补足",
        "Remind the customer",
    ),
    "plans-unjudged": Template(
        P,
        "工作簿没有回款流水，{count} 个还款方案无法判断是否履行",
        "The workbook has no receipts; whether {count} plans are kept cannot be told",
        "请导入回款流水",
        "Import the receipts",
    ),
    "instalments-missing": Template(
        P,
        "{count} 个已签方案在还款计划表没有期款，无法监督",
        "{count} signed plans have no instalments on their sheet and cannot be monitored",
        "请恢复还款计划表中的期款",
        "Restore their instalments",
    ),
}
