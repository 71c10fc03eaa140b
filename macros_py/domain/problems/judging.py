"""Problems of customers, balances, promises, priority, holds and compliance."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import N, P, Template

JUDGING: Final[dict[str, Template]] = {
    "customer-by-name": Template(
        N,
        "{count} 个案件只凭姓名和电话归到同一客户，请确认",
        "{count} cases were gathered under a customer by name and phone only; please confirm",
        "请补上客户号或身份证号；不是同一人的请更正电话",
        "Add customer or ID numbers; correct the phone where it is not the same person",
    ),
    "id-number-shared": Template(
        P,
        "{count} 个案件的证件号同时登记在不同姓名下，未据此归户",
        "The ID numbers of {count} cases stand under different names; nobody was gathered by them",
        "请核对证件号",
        "Check the ID numbers",
    ),
    "receipt-unconfirmed": Template(
        P,
        "{count} 个案件近日已有足额回款，但不知台账是否已扣减；确认前不催",
        "{count} cases have receipts that cover them, but whether the ledger counts these is unknown; not contacted until confirmed",
        "请更新台账，或在“设置”填写数据截止日",
        "Bring the ledger up to date, or fill in 数据截止日 (data as of) on the settings sheet",
    ),
    "receipt-without-case": Template(
        P,
        "{count} 笔回款没有案件编号，或台账中没有该案件",
        "{count} receipts have no case number or one that the ledger lacks",
        "请在回款流水补上案件编号；姓名相符且足以覆盖欠款的客户暂不催收",
        "Add the case numbers; customers of the same name whose debt they cover are not contacted meanwhile",
    ),
    "overdue-unknown": Template(
        P,
        "{count} 个案件的逾期金额未知，不出信函，按 0 评分",
        "The overdue amounts of {count} cases are unknown: no letters, scored as 0",
        "请补上逾期金额",
        "Add the overdue amounts",
    ),
    "days-unknown": Template(
        P,
        "{count} 个案件既无应还日期也无逾期天数，账龄未知，暂不联系",
        "{count} cases have neither due date nor days past due; their bucket is unknown, they are not contacted",
        "请补上应还日期",
        "Add the due dates",
    ),
    "promise-undated": Template(
        P,
        "催收记录中 {count} 条承诺只有金额没有日期，无法判断是否兑现",
        "{count} promises in the log have an amount and no date, and cannot be judged",
        "请补上承诺日",
        "Add the promised dates",
    ),
    "promises-unjudged": Template(
        N,
        "没有回款流水，{count} 条承诺是否兑现无从判断，不计为失信",
        "There is no receipts sheet, so {count} promises cannot be judged; none is counted as broken",
        "请加“回款流水”表（案件编号、回款日期、回款金额）",
        "Add a receipts sheet (case number, date, amount)",
    ),
    "limitation-expired": Template(
        P,
        "{count} 个案件诉讼时效可能已过，转法务复核，不排催收",
        "The limitation of {count} cases may have expired: to legal review, nobody is contacted",
        "请法务复核；有中断证据的填写“上次时效中断日”",
        "Have the legal desk review them; fill in the day on which the limitation restarted where there is evidence",
    ),
    "limitation-doubtful": Template(
        P,
        "{count} 个案件时效存疑：按应还日已过，但有还款、承诺或签收可能使其中断",
        "The limitation of {count} cases is doubtful: expired by the due date, but a payment, promise or delivered letter may have restarted it",
        "请法务确认后填写“上次时效中断日”",
        "Let the legal desk confirm, then fill in the day on which it restarted",
    ),
    "priority-weights": Template(
        P,
        "优先级各项分值合计为 {total}，已按比例折算为 100",
        "The points of the priority components add to {total}; they were scaled to 100",
        "请在“优先级规则”表改为合计 100",
        "Make them add to 100 on the priority rules sheet",
    ),
    "priority-component-unknown": Template(
        P,
        "优先级规则“{name}”不认识，未采用",
        "The priority component {name} is unknown and not used",
        "请改回原名或删除该行",
        "Correct the name or remove the row",
    ),
    "hold-no-approver": Template(
        P,
        "停催登记有 {count} 条没有批准人；仍按停催处理",
        "{count} holds name nobody who approved; they are respected",
        "请补上批准人",
        "Fill in who approved",
    ),
    "hold-review-passed": Template(
        P,
        "停催登记有 {count} 条复核日已过；复核前继续停催",
        "The review date of {count} holds has passed; they stay until reviewed",
        "请复核后改复核日，或删除该行",
        "Review them, then change the date or remove the row",
    ),
    "hold-no-review": Template(
        P, "停催登记有 {count} 条没有复核日", "{count} holds have no review date", "请补上复核日", "Fill in the review dates"
    ),
    "hold-no-match": Template(
        P,
        "停催登记有 {count} 条的对象在台账里找不到",
        "{count} holds name a case, customer or region that the ledger lacks",
        "请核对案件编号、客户号或地区",
        "Check the case number, customer number or region",
    ),
    "hold-provisional": Template(
        P,
        "{count} 个案件因“{reason}”暂停联系，尚未登记停催",
        "{count} cases are left alone for {reason_en}, though no hold is on record",
        "请主管复核：登记停催，或更正备注/催收记录",
        "Review: enter a hold, or correct the note or the log",
    ),
    "note-hint": Template(
        N,
        "{count} 个案件的备注提到“{reason}”，请看是否需要停催或困难宽缓：{first}",
        "The notes of {count} cases mention {reason_en}; see whether a hold or leniency is due: {first_en}",
        "属实的请登记停催，或填写“困难情形”",
        "Enter a hold, or fill in the hardship column, where it is so",
    ),
    "rule-unreadable": Template(
        P,
        "合规规则“{rule}”的值“{shown}”读不懂，按默认值处理",
        "The value {shown} of rule {rule} cannot be read; the default is used",
        "请对照手册填写",
        "Fill it as the manual says",
    ),
}
