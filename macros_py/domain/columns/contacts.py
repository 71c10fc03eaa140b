"""The contact log."""

from __future__ import annotations

from macros_py.domain.columns.cases import CASE_ID, CUSTOMER
from macros_py.domain.columns.declaring import ID, PH, TM, D, M, T, column

RESULTS = (
    "承诺还款",
    "本人接通",
    "第三方接通",
    "无人接听",
    "号码无效",
    "拒接",
    "拒绝还款",
    "困难",
    "争议",
    "投诉",
    "要求回访",
    "称已还款",
)
ENTRY_ID = column("entry_id", ID, "记录号", "Entry no.", "序号", "流水", "entry id")
CONTACTED_AT = column(
    "contacted_at",
    TM,
    "联系时间",
    "Contacted at",
    "时间、日期、联系日期、催收时间、催收日期、拨打时间、contacted at、date、time、通话时间、呼叫时间、联系日期时间",
    "跟进日期、跟进时间、登记时间、外呼时间、催记时间、沟通时间、行动时间、致电时间、contact date、contact time",
    "call time、call date",
)
COLLECTOR = column("collector", T, "催收员", "Collector", "经办人、催收人、坐席、collector、agent")
CHANNEL = column(
    "channel", T, "渠道", "Channel", "方式", "联系方式", "催收方式", "channel", choices=("电话", "短信", "信函", "外访", "邮件")
)
NUMBER = column("number", PH, "号码", "Number", "拨打号码、电话、联系电话、被叫号码、拨打电话、外呼号码、对方号码、number")
RELATION = column(
    "relation",
    T,
    "关系",
    "Relation",
    "与客户关系、接听人、拨打对象、联系对象、接听对象、通话对象、对象、与借款人关系、联系人关系、relation",
)
OUTCOME = column(
    "outcome",
    T,
    "结果",
    "Outcome",
    "结果码、联系结果、催收结果、通话结果、outcome、result、跟进结果、联系情况、催收状态、电话结果、处理结果",
    "拨打结果、外呼结果、接听结果、接听情况、接通情况、沟通结果、催记结果、通话状态、拨打状态、行动结果、行动码",
    "call result、contact result",
    choices=RESULTS,
)
PROMISED_ON = column("promised_on", D, "承诺日", "Promised on", "承诺日期、承诺还款日、promise date、承诺还款时间、ptp date、promised on")
PROMISED_AMOUNT = column(
    "promised_amount", M, "承诺额", "Promised amount", "承诺金额、承诺还款金额、promise amount、ptp amount、promised amount"
)
CALLBACK_ON = column("callback_on", D, "下次", "Next", "下次联系、回访日期、下次跟进日期、callback on、follow up on")
LOG_NOTE = column(
    "note",
    T,
    "备注",
    "Note",
    "内容、催收内容、沟通内容、催记、催记内容、跟进内容、通话内容、联系内容、催收记录、跟进情况、详情、说明、摘要",
    "note、notes",
)
CONTACT_COLUMNS = (
    ENTRY_ID,
    CONTACTED_AT,
    CASE_ID,
    CUSTOMER,
    COLLECTOR,
    CHANNEL,
    NUMBER,
    RELATION,
    OUTCOME,
    PROMISED_ON,
    PROMISED_AMOUNT,
    CALLBACK_ON,
    LOG_NOTE,
)
