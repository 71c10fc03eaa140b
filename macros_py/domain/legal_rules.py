"""The legal and office rules as shipped: rows of the 合规规则 sheet, each with its source and how sure it is.

Source: rules-cn.md. "check" = seen only second-hand: the user's legal desk verifies the text, and the sheet says so.
中银协 and GB/T 45251 do not bind business-to-business receivables: their rows name the segments of persons only.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from macros_py.domain.rules import LegalRule

PERSONS: Final = "个人贷款、信用卡、车贷、经营贷、小额贷款"
ALL: Final = "全部"
CARDS: Final = "信用卡"
GOOD, CHECK = "可靠", "待核实"
GB: Final = "GB/T 45251—2025"
CBA: Final = "中银协 催收工作指引(试行)"
CBA_FROM: Final = date(2026, 1, 30)
GB_FROM: Final = date(2025, 2, 28)

DEFAULT_RULES: Final = (
    LegalRule("hours", "每日该时段内不得联系，另有约定除外", "22:00-08:00", "时段", PERSONS, "禁止", GB_FROM, None, f"{GB}；{CBA}", GOOD),
    LegalRule("calls_effective", "对同一债务人每日主动语音有效通话（含AI）不超过该次数", "3", "次/人/日", PERSONS, "应", GB_FROM, None, GB, CHECK),
    LegalRule("calls_attempted", "未接通时对同一号码每日拨打不超过该次数，另有约定除外", "6", "次/号码/日", PERSONS, "宜", CBA_FROM, None, CBA, CHECK),
    LegalRule(
        "third_party", "无关第三人：仅在本人号码失效或连续该次数未联系上本人时方可联系；不得透露债务；对方拒绝即停止；担保人、共债配偶不是第三人",
        "3", "次", PERSONS, "应", CBA_FROM, None, f"{CBA}；{GB}", CHECK,
    ),
    LegalRule("visits", "外访至少该人数，出示身份，经同意方可进入，通话录音", "2", "人", PERSONS, "应", CBA_FROM, None, f"{CBA} 第22条", CHECK),
    LegalRule("conduct", "不得公开张贴、收取额外费用、强迫借新还旧、冒充国家机关", "是", "", PERSONS, "禁止", CBA_FROM, None, CBA, GOOD),
    LegalRule("card_plan", "信用卡个性化分期最长该月数；签约且履行期间停止催收，口头方案记录至结清", "60", "月", CARDS, "应", None, None, "商业银行信用卡业务监督管理办法 第70条", GOOD),
    LegalRule("records", "催收记录至少保存该年限", "5", "年", PERSONS, "应", None, None, "消费金融公司管理办法", CHECK),
    LegalRule("allocation", "同一债务的抵充顺序，另有约定除外", "费用、利息、本金", "", ALL, "应", None, None, "民法典 第561条", GOOD),
    LegalRule("allocation_card", "信用卡：逾期该日数内先利息费用，超过后先本金", "90", "天", CARDS, "应", None, None, "信用卡业务监督管理办法（第57条，条号待核实）", GOOD),
    LegalRule("allocation_many", "数笔债务的抵充顺序：债务人指定、先到期、担保最少、负担最重、先成立、按比例", "民法典560", "", ALL, "应", None, None, "民法典 第560条", GOOD),
    LegalRule("limitation", "诉讼时效年限（最长20年）；分期债务自最后一期届满之日起算；已过或存疑的转法务，不排催收", "3", "年", ALL, "应", None, None, "民法典 第188、189条", GOOD),
    LegalRule("limitation_restart", "催告送达、债务人承认、起诉时时效中断并重新起算；银行扣款、承诺还款计划亦可", "是", "", ALL, "应", None, None, "民法典 第195条；诉讼时效规定 第8、14条", GOOD),
    LegalRule("guarantee", "保证期间，自到期日起，另有约定除外；主债务时效中断不延长保证期间", "6", "月", ALL, "应", None, None, "民法典 第692条", GOOD),
    LegalRule("enforcement", "申请强制执行的期限", "2", "年", ALL, "应", None, None, "民事诉讼法", CHECK),
    LegalRule("recordings", "信用卡催收录音至少保存该年限；佣金不得仅按回款计算", "2", "年", CARDS, "应", None, None, "信用卡办法 第66、68、69条", CHECK),
    LegalRule("complaints", "投诉在该天数内答复，可延长", "15", "天", ALL, "应", None, None, "行业规定", CHECK),
    LegalRule("dispute_scope", "这些对象的争议只停所争议的案件（发票），同一债务人的其他案件照常；其余对象停该债务人全部案件", "本案", "", "货款", "应", None, None, "公司制度", GOOD),
    LegalRule("cash", "不收现金，不得付入个人账户", "是", "", ALL, "禁止", None, None, "公司制度", GOOD),
    LegalRule("small_loan", "小额贷款公司新放贷款年化上限，2027年底前逐步降至4倍LPR；2020-08-20前的合同有过渡规定", "24", "%/年", "小额贷款", "应", None, None, "监管通知", CHECK),
    LegalRule("credit_repair", "一次性信用修复已于2026-03-31结束，话术不得提及", "信用修复、征信修复", "词", ALL, "禁止", date(2026, 4, 1), None, "人民银行公告", CHECK),
    LegalRule("pack_encryption", "含个人信息的分发包默认加密", "是", "", ALL, "应", None, None, "刑法 第253条之一；个人信息保护法", GOOD),
    LegalRule("rate_cap", "民间借贷利率上限为签约时一年期LPR的该倍数，含违约金；持牌机构另有规定", "4", "倍", ALL, "应", None, None, "民间借贷规定 第25、28、29条；LPR 为数据", GOOD),
    LegalRule("penalty", "违约金超过损失该比例的，通常视为过高", "30", "%", ALL, "宜", None, None, "合同编通则解释 第65条", GOOD),
    LegalRule("privacy", "委托处理合同；账户、位置信息单独同意；影响评估；默认脱敏", "是", "", ALL, "应", None, None, "个人信息保护法 第21、28、29、55条", GOOD),
    LegalRule("sms_words", "商业短信网关拒发的词", "催款、贷款、上门追讨、法院诉讼、传票、征信黑名单", "词", ALL, "禁止", None, None, "短信网关规则", GOOD),
)  # fmt: skip
