"""Team plan, weekly progress, check results."""

from __future__ import annotations

from macros_py.domain.columns.declaring import IN, M, N, T, column
from macros_py.domain.columns.filled import BUCKET
from macros_py.domain.columns.plans import (
    DUE_NOW,
    PRODUCT_BUCKET,
    ROW_KEY,
    VIEW_FROM,
    VIEW_RECEIVED,
    VIEW_TARGET,
    VIEW_WEEK,
    WEEK_CAUSE,
    WEEK_MEASURE,
    WHO,
)

TEAM_PERSON = column("team_person", T, "催收员", "Collector")
TEAM_CUSTOMERS = column("team_customers", IN, "户", "Customers")
TEAM_CASES = column("team_cases", IN, "案", "Cases")
TEAM_AMOUNT = column("team_amount", M, "在案金额", "Amount in hand")
TEAM_MINUTES = column("team_minutes", IN, "已排分钟", "Minutes planned")
TEAM_CAPACITY = column("team_capacity", IN, "容量分钟", "Minutes available")
TEAM_TARGET = column("team_target", M, "月目标", "Month target")
TEAM_RECEIVED = column("team_received", M, "已回", "Received")
TEAM_ACHIEVED = column("team_achieved", N, "达成率", "Achieved")
TEAM_TIME = column("team_time", N, "时间进度", "Time gone")
TEAM_GAP = column("team_gap", M, "缺口", "Gap")
TEAM_PROMISES = column("team_promises", IN, "今日到期承诺", "Promises due today")
TEAM_LATE = column("team_late", IN, "超期任务", "Overdue tasks")
TEAM_NEW = column("team_new", IN, "新案未触", "New, untouched")
TEAM_NEAR_CAP = column("team_near_cap", IN, "接近上限", "Near the cap")
TEAM_COMPLAINTS = column("team_complaints", IN, "投诉", "Complaints")
TEAM_PEOPLE = (
    TEAM_PERSON,
    TEAM_CUSTOMERS,
    TEAM_CASES,
    TEAM_AMOUNT,
    TEAM_MINUTES,
    TEAM_CAPACITY,
    TEAM_TARGET,
    TEAM_RECEIVED,
    TEAM_ACHIEVED,
    TEAM_TIME,
    TEAM_GAP,
    TEAM_PROMISES,
    TEAM_LATE,
    TEAM_NEW,
    TEAM_NEAR_CAP,
    TEAM_COMPLAINTS,
)
TEAM_SHARE = column("team_share", N, "占比", "Share")
TEAM_BUCKETS = (BUCKET, TEAM_CUSTOMERS, TEAM_CASES, TEAM_AMOUNT, TEAM_SHARE)
EXCEPTION = column("exception", T, "异常", "Exception")
EXCEPTION_COUNT = column("exception_count", IN, "数量", "Count")
EXCEPTION_AMOUNT = column("exception_amount", M, "涉及金额", "Amount")
EXCEPTION_REMEDY = column("exception_remedy", T, "处理", "What to do")
TEAM_EXCEPTIONS = (TEAM_PERSON, EXCEPTION, EXCEPTION_COUNT, EXCEPTION_AMOUNT, EXCEPTION_REMEDY)
MOVED_FROM = column("moved_from", T, "原催收员", "From")
MOVED_TO = column("moved_to", T, "现催收员", "To")
MOVED_WHY = column("moved_why", T, "依据", "Why")
TEAM_MOVES = (ROW_KEY, WHO, PRODUCT_BUCKET, DUE_NOW, MOVED_FROM, MOVED_TO, MOVED_WHY)
TEAM_UNASSIGNED = (ROW_KEY, WHO, PRODUCT_BUCKET, DUE_NOW, MOVED_WHY)

# --- weekly progress ---------------------------------------------------------------------------------------------------
# The four figures of an indicator are whole numbers in the unit of its row: money in fen, count in pieces, rate in 1/100 of a percent.
INDICATOR = column("indicator", T, "指标", "Indicator")
INDICATOR_UNIT = column("indicator_unit", T, "单位", "Unit", choices=("money", "count", "rate"))
WEEK_TARGET = column("week_target", IN, "本周目标", "Target this week")
WEEK_ACTUAL = column("week_actual", IN, "实际", "Actual")
WEEK_ACHIEVED = column("week_achieved", N, "达成", "Achieved")
WEEK_BEFORE = column("week_before", IN, "上周", "Last week")
MONTH_TOTAL = column("month_total", IN, "月累计", "Month to date")
WEEK_INDICATORS = (
    ROW_KEY,
    INDICATOR,
    INDICATOR_UNIT,
    WEEK_TARGET,
    WEEK_ACTUAL,
    WEEK_ACHIEVED,
    WEEK_BEFORE,
    MONTH_TOTAL,
    WEEK_CAUSE,
    WEEK_MEASURE,
)
WEEK_WORKED = column("week_worked", IN, "作业户", "Customers worked")
WEEK_DIALLED = column("week_dialled", IN, "拨打", "Dialled")
WEEK_CONNECTED = column("week_connected", IN, "接通", "Connected")
WEEK_REACHED = column("week_reached", IN, "本人触达", "Reached in person")
WEEK_PROMISERS = column("week_promisers", IN, "承诺户", "Customers promised")
WEEK_PROMISED = column("week_promised", M, "承诺额", "Promised")
WEEK_DUE = column("week_due", IN, "到期", "Promises due")
WEEK_KEPT = column("week_kept", IN, "兑现", "Kept")
WEEK_PAYERS = column("week_payers", IN, "回款户", "Customers paid")
WEEK_RECEIVED = column("week_received", M, "回款额", "Received")
WEEK_REPORT = column("week_report", T, "周报状态", "Weekly report")
WEEK_REPORT_BEFORE = column("week_report_before", T, "上周周报", "Report of last week")
WEEK_PEOPLE = (
    TEAM_PERSON,
    WEEK_WORKED,
    WEEK_DIALLED,
    WEEK_CONNECTED,
    WEEK_REACHED,
    WEEK_PROMISERS,
    WEEK_PROMISED,
    WEEK_DUE,
    WEEK_KEPT,
    WEEK_PAYERS,
    WEEK_RECEIVED,
    WEEK_REPORT,
    WEEK_REPORT_BEFORE,
)
WEEK_TREND = (VIEW_WEEK, VIEW_FROM, VIEW_TARGET, VIEW_RECEIVED, WEEK_ACHIEVED)
BUCKET_FROM = column("bucket_from", T, "原账龄", "Bucket before")
BUCKET_TO = column("bucket_to", T, "现账龄", "Bucket now")
MIGRATION_MOVE = column("migration_move", T, "去向", "Move")
WEEK_MIGRATION = (BUCKET_FROM, BUCKET_TO, MIGRATION_MOVE, TEAM_CASES, TEAM_AMOUNT, TEAM_SHARE)

# --- check results -----------------------------------------------------------------------------------------------------
CHECK_SEVERITY = column("check_severity", T, "级别", "Severity")
CHECK_SHEET = column("check_sheet", T, "工作表", "Sheet")
CHECK_PLACE = column("check_cell", T, "单元格", "Cell")
CHECK_WHAT = column("check_what", T, "哪里不对", "What is wrong")
CHECK_REMEDY = column("check_remedy", T, "怎么办", "What to do")
CHECK_COLUMNS = (CHECK_SEVERITY, CHECK_SHEET, CHECK_PLACE, CHECK_WHAT, CHECK_REMEDY)
