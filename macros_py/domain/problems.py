"""What is wrong is a value: collected in one pass, shown once, together, each with its place and its remedy.

The catalogue is the only place where a problem has words. A module that finds a new kind of problem adds its code here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """blocking: nothing is written. problem: done without it, and said. note: worth knowing."""

    BLOCKING = "blocking"
    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True)
class Template:
    """The words of one kind of problem, zh and en; fields in braces come from Problem.values. Never personal data."""

    severity: Severity
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Problem:
    """One finding. `cell` is like "C17"; `values` fill the template and hold no personal data."""

    code: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def template(self) -> Template:
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        return self.template.severity

    def text(self, lang: str = "zh") -> str:
        """What is wrong, in one sentence; for many cells alike (values alike, cells) with their number and the first of them."""
        words = (self.template.en if lang == "en" else self.template.zh).format_map(_Lenient(self.values))
        if "alike" not in self.values:
            return words
        many = "; {alike} cells alike, first {cells}" if lang == "en" else "（同类共 {alike} 处，前几处：{cells}）"
        return words + many.format_map(_Lenient(self.values))

    def remedy(self, lang: str = "zh") -> str:
        """What the person can do about it."""
        return (self.template.remedy_en if lang == "en" else self.template.remedy_zh).format_map(_Lenient(self.values))

    def place(self, row_shift: int) -> Problem:
        """The same problem, its cell moved down by `row_shift` rows."""
        letters = self.cell.rstrip("0123456789")
        return dataclasses.replace(self, cell=f"{letters}{int(self.cell[len(letters) :]) + row_shift}") if self.cell else self


class _Lenient(dict[str, object]):
    """Values for a template: where no English word is given the other one stands, and "?" for what is not given at all."""

    def __missing__(self, key: str) -> object:
        return self.get(key.removesuffix("_en"), "?") if key.endswith("_en") else "?"


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Those for which nothing may be written."""
    return [p for p in problems if p.severity is Severity.BLOCKING]


_B, _P, _N = Severity.BLOCKING, Severity.PROBLEM, Severity.NOTE

CATALOGUE: Final[dict[str, Template]] = {
    # reading -----------------------------------------------------------------------------------------------------
    "no-case-sheet": Template(
        _B,
        "没有找到案件台账：没有一张表的表头能认出案件",
        "No case ledger found: no sheet has a header row that reads as cases",
        "请确认台账有表头行（如 案件编号、客户姓名、逾期金额、应还日期），或用 --map 表头=列名 指定",
        "Give the ledger a header row, or name columns with --map HEADER=column",
    ),
    "column-missing": Template(
        _B,
        "缺少必需的列“{column}”；现有表头：{headers}",
        "The required column {column_en} is missing; headers found: {headers}",
        "请补上该列，或用 --map 表头={name} 指定哪一列就是它",
        "Add the column, or say which header it is with --map HEADER={name}",
    ),
    "header-ambiguous": Template(
        _P,
        "表头“{header}”可能是：{candidates}；未经确认，按未知处理",
        "Header {header} may be any of: {candidates_en}; left unknown until confirmed",
        "请用 --map {header}={first} 确认一次，之后会记住",
        "Confirm once with --map {header}={first}; it is remembered",
    ),
    "header-unconfirmed": Template(
        _P,
        "表头“{header}”像是“{column}”（相似度 {score}），未经确认，按未知处理",
        "Header {header} looks like {column_en} (similarity {score}); left unknown until confirmed",
        "请用 --map {header}={name} 确认一次，之后会记住",
        "Confirm once with --map {header}={name}; it is remembered",
    ),
    "amount-unreadable": Template(
        _P,
        "金额“{shown}”读不懂，按未知处理",
        "The amount {shown} cannot be read; taken as unknown",
        "请改为数字，如 1234.50",
        "Type a number such as 1234.50",
    ),
    "date-unreadable": Template(
        _P,
        "日期“{shown}”读不懂，按未知处理",
        "The date {shown} cannot be read; taken as unknown",
        "请改为日期，如 2026-03-05",
        "Type a date such as 2026-03-05",
    ),
    "cell-error": Template(
        _P,
        "单元格是错误值 {error}，不是空白也不是 0",
        "The cell holds the error {error}, which is neither blank nor 0",
        "请修正公式或清空该单元格",
        "Mend the formula or clear the cell",
    ),
    "cell-uncached": Template(
        _P,
        "公式没有保存计算结果，按未知处理",
        "The formula has no stored result; taken as unknown",
        "请用 Excel 打开、计算并保存一次",
        "Open in Excel, recalculate and save once",
    ),
    "id-damaged": Template(
        _P,
        "编号或证件号被存成了数字，末位已丢失，无法恢复",
        "The number was stored as a figure and its last digits are lost for good",
        "请从原始资料重新以文本录入",
        "Type it again, as text, from the original papers",
    ),
    "dpd-differs": Template(
        _P,
        "打印的逾期天数 {printed} 与按 {as_of} 计算的 {computed} 不一致，以计算为准",
        "Printed days past due {printed} differ from {computed} computed as of {as_of}; the computed figure is used",
        "请核对应还日期或截至日",
        "Check the due date or the as-of date",
    ),
    "case-duplicate": Template(
        _P,
        "案件编号重复：与第 {first_row} 行相同",
        "Duplicate case number: the same as row {first_row}",
        "请删除或更正其中一行；计划中只排一次",
        "Remove or correct one of them; it is planned once",
    ),
    # reading: headers, cells and rows (sheets) ---------------------------------------------------------------------
    "header-twice": Template(
        _P,
        "表头“{header}”出现两次而内容不同，可能是：{candidates}；未经确认，按未知处理",
        "Header {header} occurs twice with different contents, may be: {candidates_en}; left unknown until confirmed",
        "请给其中一列改名，例如写明是谁的、哪一种",
        "Rename one of the two, saying whose or which it is",
    ),
    "header-contradicted": Template(
        _P,
        "表头“{header}”认作“{column}”，但下面的内容不是；该列按未知处理",
        "Header {header} reads as {column_en}, but the values below it are something else; left unknown",
        "请核对表头是否错位，或用 --map {header}={name} 坚持",
        "Check whether the headers are shifted, or insist with --map {header}={name}",
    ),
    "date-month-only": Template(
        _P,
        "日期“{shown}”只有年月，按未知处理",
        "The date {shown} gives a month only; taken as unknown",
        "请补上日",
        "Add the day",
    ),
    "date-ambiguous": Template(
        _P,
        "日期“{shown}”分不清日和月，这一列没有能证明的值，按未知处理",
        "In the date {shown} day and month cannot be told apart and no value of the column proves it; taken as unknown",
        "请改为 2026-03-05 的写法",
        "Write dates as 2026-03-05",
    ),
    "number-unreadable": Template(
        _P,
        "数字“{shown}”读不懂，按未知处理",
        "The number {shown} cannot be read; taken as unknown",
        "请改为整数，如 92",
        "Type a whole number such as 92",
    ),
    "flag-unreadable": Template(
        _P, "“{shown}”读不出是或否，按否处理", "{shown} is neither yes nor no; taken as no", "请填 是 或 否", "Type 是 or 否 (yes or no)"
    ),
    "phone-unreadable": Template(
        _P,
        "电话号码读不懂或不完整，按未知处理",
        "The phone number cannot be read or is incomplete; taken as unknown",
        "请填完整号码，多个号码用顿号隔开",
        "Type whole numbers, several of them parted by a comma",
    ),
    "id-checksum": Template(
        _N,
        "身份证号校验位不对，可能录入有误",
        "The check digit of the ID number does not fit; it may be mistyped",
        "请对照原始资料核对",
        "Compare with the original papers",
    ),
    "row-unidentified": Template(
        _P,
        "这一行有金额和日期，但没有编号、姓名、证件号和电话",
        "The row has an amount and a date but no number, name, ID or phone",
        "请补上案件编号或客户姓名",
        "Add a case number or the customer's name",
    ),
    "row-left-out": Template(
        _P,
        "这一行只有金额，没有编号、姓名和日期，也不是上面各行的合计；没有当作案件",
        "The row has an amount only and is not the sum of the rows above; not taken as a case",
        "是案件请补全，是合计请核对金额",
        "Complete it if it is a case, check the sum if it is a total",
    ),
    "case-duplicate-whole": Template(
        _P,
        "与第 {first_row} 行完全相同，只算一次",
        "The row is the same as row {first_row} throughout; counted once",
        "请删除重复的一行",
        "Remove one of the two rows",
    ),
    "case-id-made": Template(
        _N,
        "台账没有案件编号，暂以行号代替",
        "The ledger has no case number; the row number stands in for it",
        "请加一列不变的案件编号，否则行移动后对不上",
        "Add a column of lasting case numbers; row numbers change when rows move",
    ),
    "overdue-taken": Template(
        _N,
        "没有“逾期金额”，以{taken}作为逾期应还",
        "There is no overdue amount; {taken_en} is taken for it",
        "如不对，请补一列“逾期金额”",
        "Add a column of overdue amounts if this is wrong",
    ),
    "due-derived": Template(
        _N,
        "没有应还日期，按逾期天数与 {as_of} 推算",
        "The due date is missing and derived from the days past due as of {as_of}",
        "请补上应还日期",
        "Add the due date",
    ),
    "printed-days-of": Template(
        _N,
        "打印的逾期天数是 {day} 的，不是 {as_of} 的；按 {as_of} 重算",
        "The printed days past due are as of {day}, not {as_of}; computed anew",
        "无需处理；要按原日计算请用 --as-of {day}",
        "Nothing to do; use --as-of {day} for the printed day",
    ),
    "settled-later": Template(
        _N,
        "{count} 笔在 {as_of} 之后才结清，按当日仍未结清处理",
        "{count} cases were settled after {as_of} and count as open on that day",
        "无需处理",
        "Nothing to do",
    ),
    "sheet-copy": Template(
        _N,
        "“{other}”的案件大多已在“{sheet}”中，没有重复读取",
        "Most cases of {other} stand in {sheet} already; not read twice",
        "如果不是副本，请用不同的案件编号",
        "Use different case numbers if it is not a copy",
    ),
    "sheet-left-out": Template(
        _P,
        "这张表像是案件，但缺少“{column}”，没有读入",
        "The sheet looks like cases but lacks {column_en}; it was not read",
        "请补上该列，或用 --map 表头={name} 指定哪一列就是它",
        "Add the column, or say which header it is with --map HEADER={name}",
    ),
    "map-header-missing": Template(
        _P,
        "--map 指定的表头“{header}”在工作簿里没有找到",
        "The header {header} given with --map is nowhere in the workbook",
        "请照表头原样填写；两级表头写作 上级|下级",
        "Write the header as it stands; a header of two levels as upper|lower",
    ),
    "map-unknown": Template(
        _P,
        "--map 指定的列名“{name}”不认识（表头“{header}”）",
        "The column name {name} given for header {header} is not known",
        "可用的列名见 dunbook table --help",
        "See dunbook table --help for the names",
    ),
    # the press -----------------------------------------------------------------------------------------------------------
    "letter-not-made": Template(
        _B, "{zh}", "{en}", "改正后再按一次；工作簿未改动", "Mend it and press again; the workbook was not changed"
    ),
    # people and rules --------------------------------------------------------------------------------------------
    "setting-unknown": Template(
        _P,
        "设置“{key}”不认识，最接近的是“{nearest}”",
        "Unknown setting {key}; the nearest is {nearest}",
        "请对照手册改名或删除该行",
        "Correct or remove the row; see the manual",
    ),
    "setting-unreadable": Template(
        _P,
        "设置“{key}”的值“{shown}”读不懂，按默认值处理",
        "The value {shown} of setting {key} cannot be read; the default is used",
        "请按说明填写：{hint}",
        "Fill it as described: {hint}",
    ),
    "year-uncovered": Template(
        _P,
        "{year} 年的调休工作日还没有公布或未收录",
        "Make-up workdays of {year} are not known yet",
        "请在“工作日”表补上该年的休息日与补班日",
        "Add that year's holidays and make-up workdays to the calendar sheet",
    ),
    # working days, settings, assignment, targets -------------------------------------------------------------------
    "calendar-unreadable": Template(
        _P,
        "工作日表的“{shown}”读不懂，该行未采用",
        "The word {shown} on the calendar sheet cannot be read; that row is not used",
        "请填 上班 或 休息",
        "Type 上班 (working) or 休息 (rest)",
    ),
    "collector-duplicate": Template(
        _P,
        "催收员表有 {count} 个重复的姓名，只用第一行",
        "{count} names stand twice on the collectors sheet; the first row is used",
        "请删除重复行",
        "Remove the rows that repeat a name",
    ),
    "owner-not-listed": Template(
        _P,
        "台账中有 {count} 位催收员不在催收员表里，按电催、默认班次计算",
        "{count} collectors of the ledger are not on the collectors sheet; taken as phone collectors in the default shift",
        "请在催收员表补上，离岗的填 在岗=否",
        "Add them there; mark those who have left as not active",
    ),
    "collectors-from-ledger": Template(
        _N,
        "催收员表没有人员，{count} 位催收员取自台账，按电催、默认班次计算",
        "The collectors sheet is empty; {count} collectors are taken from the ledger, by phone in the default shift",
        "请在催收员表核对岗位、班次和地区",
        "Check skill, shift and regions on the collectors sheet",
    ),
    "no-collectors": Template(
        _P,
        "没有在岗的催收员，无法分配案件",
        "There is no active collector, so no case can be assigned",
        "请在催收员表填写人员，或在台账填写催收员列",
        "Fill the collectors sheet, or the collector column of the ledger",
    ),
    "unassigned": Template(
        _P,
        "{customers} 户没有分配：分钟不够 {full} 户，没有在岗催收员负责其地区、产品或岗位 {nobody} 户",
        "{customers} customers have no collector: {full} for want of capacity, {nobody} because nobody covers their region, product or skill",
        "请增加产能，或调整催收员表的岗位、地区、产品",
        "Add capacity, or change skills, regions and products on the collectors sheet",
    ),
    "capacity-short": Template(
        _N,
        "{customers} 户沿用原催收员但本期排不下，约缺 {minutes} 分钟",
        "{customers} customers keep their collector but do not fit this period; about {minutes} minutes are short",
        "请看团队计划的产能缺口",
        "See the headcount gap on the team plan",
    ),
    "no-target": Template(
        _N,
        "目标表没有 {month} 的目标，计划不含目标数",
        "The targets sheet has no target for {month}; plans show none",
        "请在目标表填写该月的团队目标（催收员留空）",
        "Fill in the team's target of that month (collector left empty)",
    ),
    "target-unreadable": Template(
        _P,
        "目标表的月份“{shown}”读不懂，该行未采用",
        "The month {shown} on the targets sheet cannot be read; that row is not used",
        "请填写如 2026-11",
        "Type a month such as 2026-11",
    ),
    "target-persons-differ": Template(
        _P,
        "{month} 个人目标合计 {persons} 元，与团队目标 {team} 元不一致，差额由其他人分担",
        "Personal targets of {month} add up to {persons} yuan against the team's {team}; the others share the rest",
        "请核对目标表",
        "Check the targets sheet",
    ),
    "points-scaled": Template(
        _P,
        "优先级规则“{preset}”的分值合计为 {total}，不是 100，已按比例折算",
        "The points of preset {preset} add up to {total}, not 100; they were scaled",
        "请把各项分值改为合计 100",
        "Change the points so that they add up to 100",
    ),
    "rule-row-unknown": Template(
        _P,
        "“{key}”不是已知的项目（最接近：{nearest}），该行未采用",
        "{key} is not a known entry (nearest: {nearest}); that row is not used",
        "请改名或删除该行",
        "Correct or remove the row",
    ),
    # end of working days, settings, assignment, targets ------------------------------------------------------------
    # letters and SMS ------------------------------------------------------------------------------------------------
    "letter-office-missing": Template(
        _P,
        "设置表缺少信函必填项：{rows}；本次没有生成信函",
        "The settings sheet lacks what letters need: {rows}; no letter was made",
        "请在“设置”表填写这些行（收款账户只能是公司账户），再生成信函",
        "Fill these rows of the settings sheet (a company account only), then make the letters",
    ),
    "letter-account-personal": Template(
        _P,
        "“{row}”不像单位名称；信函只能写公司账户，本次没有生成信函",
        "{row} does not look like an organisation's name; letters name a company account only, so no letter was made",
        "请在“设置”表填写公司账户的户名全称",
        "Put the full name of the company's account on the settings sheet",
    ),
    "letter-address-missing": Template(
        _P,
        "{count} 封到期信函没有收件地址，未生成：{cases}",
        "{count} letters are due without an address and were not made: {cases}",
        "请在台账补上地址",
        "Add the addresses to the ledger",
    ),
    "letter-recipient-missing": Template(
        _P,
        "{count} 封到期信函没有客户姓名，未生成：{cases}",
        "{count} letters are due without a customer's name and were not made: {cases}",
        "请在台账补上客户姓名",
        "Add the names to the ledger",
    ),
    "letter-amount-unknown": Template(
        _P,
        "{count} 封到期信函的欠款金额未知，未生成：{cases}",
        "{count} letters are due whose amount is unknown and were not made: {cases}",
        "请在台账补上逾期金额",
        "Add the overdue amounts to the ledger",
    ),
    "letter-case-id-missing": Template(
        _P,
        "{count} 封到期信函没有案件编号，未生成",
        "{count} letters are due for cases without a case number and were not made",
        "请在台账补上案件编号",
        "Add the case numbers to the ledger",
    ),
    "letter-components-differ": Template(
        _N,
        "{count} 封信函的本金、利息等分项之和与应还总额不一致，信中只写总额：{cases}",
        "In {count} letters the components do not add up to the total; only the total is shown: {cases}",
        "请核对台账各分项；已入账回款尚未分摊到分项时也会如此",
        "Check the components in the ledger; receipts not yet split over them also cause it",
    ),
    "sms-signature-missing": Template(
        _P,
        "设置表没有“短信签名”，本次没有生成短信",
        "The settings sheet has no SMS signature; no SMS was made",
        "请在“设置”表填写短信签名",
        "Fill the SMS signature on the settings sheet",
    ),
    "sms-phone-unfit": Template(
        _P,
        "{count} 条到期短信没有可用的手机号，未生成：{cases}",
        "{count} SMS are due without a usable mobile number and were not made: {cases}",
        "请在台账补上本人手机号",
        "Add the customers' mobile numbers to the ledger",
    ),
    # end of letters and SMS -----------------------------------------------------------------------------------------
    # customers, balances, promises, priority, holds, compliance (rules) ------------------------------------------------
    "customer-by-name": Template(
        _N,
        "{count} 个案件只凭姓名和电话归到同一客户，请确认",
        "{count} cases were gathered under a customer by name and phone only; please confirm",
        "请补上客户号或身份证号；不是同一人的请更正电话",
        "Add customer or ID numbers; correct the phone where it is not the same person",
    ),
    "id-number-shared": Template(
        _P,
        "{count} 个案件的证件号同时登记在不同姓名下，未据此归户",
        "The ID numbers of {count} cases stand under different names; nobody was gathered by them",
        "请核对证件号",
        "Check the ID numbers",
    ),
    "receipt-unconfirmed": Template(
        _P,
        "{count} 个案件近日已有足额回款，但不知台账是否已扣减；确认前不催",
        "{count} cases have receipts that cover them, but whether the ledger counts these is unknown; not contacted until confirmed",
        "请更新台账，或在“设置”填写数据截止日",
        "Bring the ledger up to date, or fill in 数据截止日 (data as of) on the settings sheet",
    ),
    "receipt-without-case": Template(
        _P,
        "{count} 笔回款没有案件编号，或台账中没有该案件",
        "{count} receipts have no case number or one that the ledger lacks",
        "请在回款流水补上案件编号；姓名相符且足以覆盖欠款的客户暂不催收",
        "Add the case numbers; customers of the same name whose debt they cover are not contacted meanwhile",
    ),
    "overdue-unknown": Template(
        _P,
        "{count} 个案件的逾期金额未知，不出信函，按 0 评分",
        "The overdue amounts of {count} cases are unknown: no letters, scored as 0",
        "请补上逾期金额",
        "Add the overdue amounts",
    ),
    "days-unknown": Template(
        _P,
        "{count} 个案件既无应还日期也无逾期天数，账龄未知，暂不联系",
        "{count} cases have neither due date nor days past due; their bucket is unknown, they are not contacted",
        "请补上应还日期",
        "Add the due dates",
    ),
    "promise-undated": Template(
        _P,
        "催收记录中 {count} 条承诺只有金额没有日期，无法判断是否兑现",
        "{count} promises in the log have an amount and no date, and cannot be judged",
        "请补上承诺日",
        "Add the promised dates",
    ),
    "promises-unjudged": Template(
        _N,
        "没有回款流水，{count} 条承诺是否兑现无从判断，不计为失信",
        "There is no receipts sheet, so {count} promises cannot be judged; none is counted as broken",
        "请加“回款流水”表（案件编号、回款日期、回款金额）",
        "Add a receipts sheet (case number, date, amount)",
    ),
    "limitation-expired": Template(
        _P,
        "{count} 个案件诉讼时效可能已过，转法务复核，不排催收",
        "The limitation of {count} cases may have expired: to legal review, nobody is contacted",
        "请法务复核；有中断证据的填写“上次时效中断日”",
        "Have the legal desk review them; fill in the day on which the limitation restarted where there is evidence",
    ),
    "limitation-doubtful": Template(
        _P,
        "{count} 个案件时效存疑：按应还日已过，但有还款、承诺或签收可能使其中断",
        "The limitation of {count} cases is doubtful: expired by the due date, but a payment, promise or delivered letter may have restarted it",
        "请法务确认后填写“上次时效中断日”",
        "Let the legal desk confirm, then fill in the day on which it restarted",
    ),
    "priority-weights": Template(
        _P,
        "优先级各项分值合计为 {total}，已按比例折算为 100",
        "The points of the priority components add to {total}; they were scaled to 100",
        "请在“优先级规则”表改为合计 100",
        "Make them add to 100 on the priority rules sheet",
    ),
    "priority-component-unknown": Template(
        _P,
        "优先级规则“{name}”不认识，未采用",
        "The priority component {name} is unknown and not used",
        "请改回原名或删除该行",
        "Correct the name or remove the row",
    ),
    "hold-no-approver": Template(
        _P,
        "停催登记有 {count} 条没有批准人；仍按停催处理",
        "{count} holds name nobody who approved; they are respected",
        "请补上批准人",
        "Fill in who approved",
    ),
    "hold-review-passed": Template(
        _P,
        "停催登记有 {count} 条复核日已过；复核前继续停催",
        "The review date of {count} holds has passed; they stay until reviewed",
        "请复核后改复核日，或删除该行",
        "Review them, then change the date or remove the row",
    ),
    "hold-no-review": Template(
        _P, "停催登记有 {count} 条没有复核日", "{count} holds have no review date", "请补上复核日", "Fill in the review dates"
    ),
    "hold-no-match": Template(
        _P,
        "停催登记有 {count} 条的对象在台账里找不到",
        "{count} holds name a case, customer or region that the ledger lacks",
        "请核对案号、客户号或地区",
        "Check the case number, customer number or region",
    ),
    "hold-provisional": Template(
        _P,
        "{count} 个案件因“{reason}”暂停联系，尚未登记停催",
        "{count} cases are left alone for {reason}, though no hold is on record",
        "请主管复核：登记停催，或更正备注/催收记录",
        "Review: enter a hold, or correct the note or the log",
    ),
    "note-hint": Template(
        _N,
        "{count} 个案件的备注提到“{reason}”，请看是否需要停催或困难宽缓：{first}",
        "The notes of {count} cases mention {reason_en}; see whether a hold or leniency is due: {first_en}",
        "属实的请登记停催，或填写“困难情形”",
        "Enter a hold, or fill in the hardship column, where it is so",
    ),
    "rule-unreadable": Template(
        _P,
        "合规规则“{rule}”的值“{shown}”读不懂，按默认值处理",
        "The value {shown} of rule {rule} cannot be read; the default is used",
        "请对照手册填写",
        "Fill it as the manual says",
    ),
    # end of customers, balances, promises, priority, holds, compliance (rules) -----------------------------------------
    # what is typed on plan sheets ----------------------------------------------------------------------------------
    "plan-result-unknown": Template(
        _P,
        "结果码“{shown}”不认识，未登记，原样保留",
        "The result {shown} is not known; not logged, left as it stands",
        "请从下拉列表选择",
        "Choose one from the list",
    ),
    "plan-date-past": Template(
        _P,
        "“{label}”早于计划日，该日期未登记",
        "{label} lies before the plan's day; the date is not logged",
        "请改为计划日或以后的日期",
        "Type the plan's day or a later one",
    ),
    "plan-amount": Template(
        _P,
        "承诺额 {shown} 不大于零，未登记，原样保留",
        "The promised amount {shown} is not above zero; not logged, left as it stands",
        "请填写大于零的金额",
        "Type an amount above zero",
    ),
    # end of what is typed on plan sheets ---------------------------------------------------------------------------
}
