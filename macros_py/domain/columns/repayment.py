"""Repayment plans: the register 还款方案 (a line for each proposal, and one more for each step that it takes) and the instalments 还款计划."""

from __future__ import annotations

from macros_py.domain.columns.cases import CASE_ID, CUSTOMER
from macros_py.domain.columns.contacts import LOG_NOTE
from macros_py.domain.columns.declaring import ID, IN, D, M, T, column
from macros_py.domain.columns.office import APPROVED_BY
from macros_py.domain.columns.plans import PLAN_NOTE, ROW_KEY

PROPOSED_STATE, READY_STATE, SIGNED_STATE, VOID_STATE = "建议", "待签", "已签", "作废"

BY_OVERDUE, BY_PAYOFF = "逾期应还", "结清金额"

PLAN_ID = column("plan_id", ID, "方案号", "Plan no.")
PROPOSAL_ROUND = column("proposal_round", IN, "轮次", "Round")
PROPOSAL_NO = column("proposal_no", IN, "方案", "Proposal")
PROPOSED_ON = column("proposed_on", D, "提出日", "Proposed on")
PLAN_KIND = column("plan_kind", T, "还款方式", "Kind")
PLAN_BASIS = column("plan_basis", T, "口径", "Basis", choices=(BY_OVERDUE, BY_PAYOFF))
PLAN_MONTHS = column("plan_months", IN, "期数", "Payments")
PLAN_PUT_OFF = column("plan_put_off", IN, "推迟月数", "Months put off")
PLAN_FIRST_DUE = column("plan_first_due", D, "首期日", "First due")
PLAN_LAST_DUE = column("plan_last_due", D, "末期日", "Last due")
PLAN_MONTHLY = column("plan_monthly", M, "月还款(最高)", "Monthly (most)")
PLAN_TOTAL = column("plan_total", M, "还款总额", "Total")
PLAN_COST = column("plan_cost", M, "其中费用", "of it costs")
PLAN_PENALTY = column("plan_penalty", M, "其中违约金", "of it penalty")
PLAN_DEBT_INTEREST = column("plan_debt_interest", M, "其中欠息", "of it interest owed")
PLAN_PRINCIPAL = column("plan_principal", M, "其中本金", "of it principal")
PLAN_INTEREST = column("plan_interest", M, "分期利息", "Interest of the plan")
WAIVED_PENALTY = column("waived_penalty", M, "减免违约金", "Penalty waived")
WAIVED_INTEREST = column("waived_interest", M, "减免利息", "Interest waived")
PLAN_RATE = column("plan_rate", T, "方案年利率", "Plan rate")
PLAN_APR = column("plan_apr", T, "年化利率", "APR")
PLAN_CAP = column("plan_cap", T, "利率上限", "Rate cap")
PLAN_AFFORDABLE = column("plan_affordable", M, "可负担月还款", "Affordable a month")
PLAN_APPROVAL = column("plan_approval", T, "审批", "Approval")
PLAN_STATE = column("plan_state", T, "方案状态", "Plan state", choices=(PROPOSED_STATE, READY_STATE, SIGNED_STATE, VOID_STATE))
PLAN_SIGNED_ON = column("plan_signed_on", D, "签署日", "Signed on")
PLAN_LETTER = column("plan_letter", ID, "协议文号", "Agreement no.")
PLAN_COLUMNS = (
    PLAN_ID,
    CASE_ID,
    PROPOSAL_ROUND,
    PROPOSAL_NO,
    PROPOSED_ON,
    PLAN_BASIS,
    PLAN_KIND,
    PLAN_MONTHS,
    PLAN_PUT_OFF,
    PLAN_FIRST_DUE,
    PLAN_LAST_DUE,
    PLAN_MONTHLY,
    PLAN_TOTAL,
    PLAN_COST,
    PLAN_PENALTY,
    PLAN_DEBT_INTEREST,
    PLAN_PRINCIPAL,
    PLAN_INTEREST,
    WAIVED_PENALTY,
    WAIVED_INTEREST,
    PLAN_RATE,
    PLAN_APR,
    PLAN_CAP,
    PLAN_AFFORDABLE,
    PLAN_APPROVAL,
    PLAN_STATE,
    PLAN_SIGNED_ON,
    APPROVED_BY,
    PLAN_LETTER,
    LOG_NOTE,
)

INSTALMENT_NO = column("instalment_no", IN, "期次", "No.")
INSTALMENT_DUE = column("instalment_due", D, "应还日", "Due on")
INSTALMENT_AMOUNT = column("instalment_amount", M, "应还金额", "Amount")
INSTALMENT_PRINCIPAL = column("instalment_principal", M, "本金", "Principal")
INSTALMENT_INTEREST = column("instalment_interest", M, "利息", "Interest")
INSTALMENT_FEES = column("instalment_fees", M, "费用与违约金", "Costs and penalty")
INSTALMENT_COLUMNS = (
    PLAN_ID,
    CASE_ID,
    INSTALMENT_NO,
    INSTALMENT_DUE,
    INSTALMENT_AMOUNT,
    INSTALMENT_PRINCIPAL,
    INSTALMENT_INTEREST,
    INSTALMENT_FEES,
    LOG_NOTE,
)

# --- the drawn sheet of one case's proposals ----------------------------------------------------------------------------
WORKING_LINE = column("working_line", T, "项目", "Line")
WORKING_AMOUNT = column("working_amount", M, "金额", "Amount")
WORKING = column("working", T, "计算与依据", "Working")
PROPOSAL_WAIVED = column("proposal_waived", M, "减免金额", "Waived")
WORKING_COLUMNS = (WORKING_LINE, WORKING_AMOUNT, WORKING)
PROPOSAL_COLUMNS = (
    PROPOSAL_NO,
    PLAN_KIND,
    PLAN_MONTHS,
    PLAN_FIRST_DUE,
    PLAN_LAST_DUE,
    PLAN_MONTHLY,
    PLAN_TOTAL,
    PROPOSAL_WAIVED,
    PLAN_INTEREST,
    PLAN_APR,
    PLAN_APPROVAL,
)
SCHEDULE_1 = column("schedule_1", M, "方案1", "Proposal 1")
SCHEDULE_2 = column("schedule_2", M, "方案2", "Proposal 2")
SCHEDULE_3 = column("schedule_3", M, "方案3", "Proposal 3")
SCHEDULE_COLUMNS = (INSTALMENT_DUE, SCHEDULE_1, SCHEDULE_2, SCHEDULE_3)

# --- 承诺检查: what is drawn ----------------------------------------------------------------------------------------------
CHECK_KIND = column("check_kind", T, "类别", "Kind")
CHECK_OWNER = column("check_owner", T, "催收员", "Collector")
CHECK_MADE = column("check_made", D, "承诺/签署日", "Made on")
CHECK_DUE = column("check_due", D, "到期日", "Due on")
CHECK_AMOUNT = column("check_amount", M, "应付金额", "Amount")
CHECK_PAID = column("check_paid", M, "已到账", "Received")
CHECK_MISSING = column("check_missing", M, "差额", "Missing")
CHECK_DEADLINE = column("check_deadline", D, "宽限至", "Grace until")
CHECK_STATE = column("check_state", T, "状态", "State")
CHECK_TASK = column("check_task", T, "待办", "Task")
PROMISE_CHECK_COLUMNS = (
    ROW_KEY,
    CHECK_KIND,
    CASE_ID,
    CUSTOMER,
    CHECK_OWNER,
    CHECK_MADE,
    CHECK_DUE,
    CHECK_AMOUNT,
    CHECK_PAID,
    CHECK_MISSING,
    CHECK_DEADLINE,
    CHECK_STATE,
    CHECK_TASK,
    PLAN_NOTE,
)
