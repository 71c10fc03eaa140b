"""The sheets of the office: holds, people, targets, working days, letter register, settings."""

from __future__ import annotations

from macros_py.domain.columns.cases import ADDRESS, CASE_ID
from macros_py.domain.columns.contacts import LOG_NOTE
from macros_py.domain.columns.declaring import ID, IN, D, M, T, column

HOLD_SCOPE = column("scope", T, "范围", "Scope", "对象类型", choices=("案件", "客户", "地区"))
HOLD_TARGET = column("target", T, "对象", "Target", "案号/客户号/地区", "案件编号", "客户号", "案号", "客户编号", "案件号", "停催对象")
HOLD_CODE = column(
    "hold_code",
    T,
    "停催码",
    "Hold code",
    "停催原因",
    "原因",
    "停催类型",
    "停催原因码",
    choices=("争议", "冒名", "死亡", "重病", "羁押", "投诉", "委托律师", "诉讼执行", "履行协议", "困难缓催", "宽缓"),
)
APPROVED_BY = column("approved_by", T, "批准人", "Approved by", "审批人")
HOLD_FROM = column("hold_from", D, "开始日", "From", "起始日", "停催日期")
REVIEW_ON = column("review_on", D, "复核日", "Review on", "复核日期", "到期复核日", "复查日期", "复核时间")
HOLD_COLUMNS = (HOLD_SCOPE, HOLD_TARGET, HOLD_CODE, APPROVED_BY, HOLD_FROM, REVIEW_ON, LOG_NOTE)

# --- people ----------------------------------------------------------------------------------------------------------
PERSON = column("person", T, "姓名", "Name", "催收员", "人员", "name")
SKILL = column("skill", T, "岗位", "Skill", "技能", "类型", "催收方式", "skill", choices=("电催", "外访", "法务"))
REGIONS = column("regions", T, "负责地区", "Regions", "地区", "regions")
PRODUCTS = column("products", T, "负责产品", "Products", "产品", "products")
SHIFT = column("shift", T, "班次", "Shift", "shift")
MINUTES = column("minutes", IN, "每日分钟", "Minutes a day", "产能分钟", "minutes")
ACTIVE = column("active", T, "在岗", "Active", "是否在岗", "active", choices=("是", "否"))
COLLECTOR_COLUMNS = (PERSON, SKILL, REGIONS, PRODUCTS, SHIFT, MINUTES, ACTIVE, LOG_NOTE)

LOGIN = column("login", T, "登录名", "Login", "用户名", "电脑用户名", "login", "user")
ROLE = column("role", T, "角色", "Role", "职务", "role", choices=("催收员", "催收经理", "财务", "法务"))
WAIVER_LIMIT = column("waiver_limit", M, "减免权限", "Waiver limit", "减免上限")
MAY_APPROVE = column("may_approve", T, "可审批", "May approve", "审批权限")
PEOPLE_COLUMNS = (PERSON, LOGIN, ROLE, WAIVER_LIMIT, MAY_APPROVE, LOG_NOTE)

# --- targets, calendar, letters register, settings ---------------------------------------------------------------------
MONTH = column("month", T, "月份", "Month", "目标月份")
TARGET_PERSON = column("person", T, "催收员", "Collector", "姓名", "对象", "团队/催收员")
TARGET_AMOUNT = column("target_amount", M, "目标金额", "Target amount", "回款目标", "月目标")
TARGET_CASES = column("target_cases", IN, "目标户数", "Target cases", "目标案数")
TARGET_COLUMNS = (MONTH, TARGET_PERSON, TARGET_AMOUNT, TARGET_CASES, LOG_NOTE)

DAY = column("day", D, "日期", "Date")
WORKING = column("working", T, "是否上班", "Working", choices=("上班", "休息"))
CALENDAR_COLUMNS = (DAY, WORKING, LOG_NOTE)

LETTER_NO = column("letter_no", ID, "文号", "Letter no.")
TEMPLATE = column("template", T, "模板", "Template")
TEMPLATE_VERSION = column("template_version", T, "模板版本", "Template version")
RECIPIENT = column("recipient", T, "收件人/关系", "Recipient")
MADE_ON = column("made_on", D, "生成日期", "Made on")
REVIEWER = column("reviewer", T, "审核人", "Reviewed by", typed=True)
SENT_ON = column("sent_on", D, "寄出日", "Sent on", typed=True)
TRACKING = column("tracking", T, "运单号", "Tracking no.", typed=True)
DELIVERY = column("delivery", T, "签收/退回", "Delivered / returned", typed=True)
LIMITATION_EFFECT = column("limitation_effect", T, "时效效果", "Limitation effect", typed=True)
LETTER_STATE = column("letter_state", T, "状态", "State")
LETTER_COLUMNS = (
    LETTER_NO,
    CASE_ID,
    RECIPIENT,
    ADDRESS,
    TEMPLATE,
    TEMPLATE_VERSION,
    MADE_ON,
    LETTER_STATE,
    REVIEWER,
    SENT_ON,
    TRACKING,
    DELIVERY,
    LIMITATION_EFFECT,
)

SETTING = column("setting", T, "设置", "Setting", "项目", "参数")
VALUE = column("value", T, "值", "Value", "取值")
SETTING_COLUMNS = (SETTING, VALUE, LOG_NOTE)
