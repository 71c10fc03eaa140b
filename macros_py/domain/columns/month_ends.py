"""Month-end snapshots, and the register of weekly reports."""

from __future__ import annotations

from macros_py.domain.columns.cases import CASE_ID
from macros_py.domain.columns.contacts import LOG_NOTE
from macros_py.domain.columns.declaring import D, M, T, column
from macros_py.domain.columns.filled import BUCKET
from macros_py.domain.columns.office import PERSON

SNAPSHOT_MONTH = column("snapshot_month", T, "月末", "Month end", "月份", "快照月份")
SNAPSHOT_BALANCE = column("snapshot_balance", M, "月末余额", "Balance", "余额")
SNAPSHOT_TAKEN = column("snapshot_taken", D, "留存日", "Kept on")
SNAPSHOT_COLUMNS = (SNAPSHOT_MONTH, CASE_ID, BUCKET, SNAPSHOT_BALANCE, SNAPSHOT_TAKEN)

REPORT_WEEK = column("report_week", T, "周", "Week", "周次", "ISO周")
REPORT_SUBMITTED = column("report_submitted", D, "提交日", "Submitted on", "提交日期", "交报日期")
WEEK_REPORT_COLUMNS = (REPORT_WEEK, PERSON, REPORT_SUBMITTED, LOG_NOTE)
