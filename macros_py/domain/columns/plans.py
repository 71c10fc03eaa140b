"""Plan sheets: what is drawn and what people type there."""

from __future__ import annotations

from macros_py.domain.columns.contacts import RESULTS
from macros_py.domain.columns.declaring import ID, IN, D, M, N, T, column

ROW_KEY = column("row_key", ID, "行键", "Row key")
RESULT = column(
    "result",
    T,
    "结果码",
    "Result",
    typed=True,
    choices=RESULTS,
)
PLAN_PROMISED_ON = column("plan_promised_on", D, "承诺日", "Promised on", typed=True)
PLAN_PROMISED_AMOUNT = column("plan_promised_amount", M, "承诺额", "Promised amount", typed=True)
PLAN_NEXT_ON = column("plan_next_on", D, "下次", "Next", typed=True)
PLAN_NOTE = column("plan_note", T, "备注", "Note", typed=True)
PLAN_TYPED = (RESULT, PLAN_PROMISED_ON, PLAN_PROMISED_AMOUNT, PLAN_NEXT_ON, PLAN_NOTE)
WEEK_CAUSE = column("week_cause", T, "原因", "Cause", typed=True)
WEEK_MEASURE = column("week_measure", T, "下周措施", "Measures next week", typed=True)

# --- personal plan: what is drawn, beside PLAN_TYPED -------------------------------------------------------------------
PLAN_NO = column("plan_no", IN, "序", "No.")
SLOT = column("slot", T, "时段", "Slot")
WHO = column("who", T, "客户/案号", "Customer / case")
CALL_NUMBER = column("call_number", T, "电话(关系)", "Phone (relation)")
PRODUCT_BUCKET = column("product_bucket", T, "产品·账龄", "Product · bucket")
DUE_NOW = column("due_now", M, "逾期应还", "Overdue due now")
PLAN_PAYOFF = column("plan_payoff", M, "结清金额", "Payoff")
LAST_RESULT = column("last_result", T, "上次结果", "Last result")
OPEN_PROMISE = column("open_promise", T, "未兑现承诺", "Open promise")
TIER_REASON = column("tier_reason", T, "档位·原因", "Tier · why")
DIALLED_CAP = column("dialled_cap", T, "今日已拨/上限", "Dialled / cap today")
TASK = column("task", T, "动作", "Action")
MAY_ON_SHOWN = column("may_on_shown", T, "可联日", "May be contacted on")
WHY_NOT = column("why_not", T, "暂不可联原因", "Why not now")
BY_RULE = column("by_rule", T, "依据规则", "By rule")
SCORE_SHOWN = column("score_shown", N, "优先级", "Priority")
PLAN_LINE = (
    ROW_KEY,
    PLAN_NO,
    SLOT,
    WHO,
    CALL_NUMBER,
    PRODUCT_BUCKET,
    DUE_NOW,
    PLAN_PAYOFF,
    LAST_RESULT,
    OPEN_PROMISE,
    TIER_REASON,
    DIALLED_CAP,
    TASK,
    *PLAN_TYPED,
)
# the same places on the sheet, other words: typed cells stand in the same columns in every block
PLAN_NOT_NOW = tuple({SLOT: MAY_ON_SHOWN, TIER_REASON: WHY_NOT, DIALLED_CAP: BY_RULE}.get(column, column) for column in PLAN_LINE)
PLAN_NOT_FITTED = tuple({SLOT: SCORE_SHOWN}.get(column, column) for column in PLAN_LINE)

VIEW_DAY = column("view_day", D, "日期", "Date")
VIEW_WEEKDAY = column("view_weekday", T, "星期", "Weekday")
PROMISES_DUE = column("promises_due", IN, "到期承诺户", "Promises due")
PROMISES_DUE_AMOUNT = column("promises_due_amount", M, "到期承诺额", "Promised amount due")
CALLBACKS_DUE = column("callbacks_due", IN, "回访户", "Callbacks")
TASKS_DUE = column("tasks_due", IN, "应作业户", "Customers due")
VIEW_TARGET = column("view_target", M, "目标", "Target")
VIEW_RECEIVED = column("view_received", M, "已回", "Received")
VIEW_EVEN = column("view_even", M, "原定目标", "Even target")
VIEW_TO_GO = column("view_to_go", M, "尚需完成", "Still to come")
VIEW_WEEK = column("view_week", T, "周", "Week")
VIEW_FROM = column("view_from", D, "起", "From")
VIEW_TO = column("view_to", D, "止", "To")
VIEW_WORKING_DAYS = column("view_working_days", IN, "工作日数", "Working days")
PLAN_WEEK_VIEW = (VIEW_DAY, VIEW_WEEKDAY, PROMISES_DUE, PROMISES_DUE_AMOUNT, CALLBACKS_DUE, TASKS_DUE, VIEW_TARGET, VIEW_RECEIVED)
PLAN_MONTH_VIEW = (VIEW_WEEK, VIEW_FROM, VIEW_TO, VIEW_WORKING_DAYS, VIEW_EVEN, VIEW_RECEIVED, VIEW_TO_GO)
