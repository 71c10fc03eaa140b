"""Every column of the product, once: name, kind, zh/en label, and the headers under which people keep it.

Aliases are compared after sheets.headers has folded case, width, spaces and punctuation away.
"""

from __future__ import annotations

from macros_py.domain.kinds import Column, Kind

T, ID, PH, M, D, TM, IN, N, F = Kind.TEXT, Kind.ID, Kind.PHONE, Kind.MONEY, Kind.DATE, Kind.TIME, Kind.INT, Kind.NUMBER, Kind.FLAG


def _c(name: str, kind: Kind, zh: str, en: str, *aliases: str, typed: bool = False, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, zh, en, tuple(aliases), typed, choices)


# --- cases: what a ledger keeps ------------------------------------------------------------------------------------
CASE_ID = _c(
    "case_id",
    ID,
    "案件编号",
    "Case no.",
    "案号",
    "案件号",
    "案件ID",
    "编号",
    "借据号",
    "借据编号",
    "合同号",
    "合同编号",
    "贷款合同号",
    "贷款账号",
    "账户号",
    "委案编号",
    "订单号",
    "invoiceNumber",
    "invoice no",
    "invoice",
    "发票号",
    "发票号码",
    "case id",
    "case number",
    "loan id",
    "loan no",
    "account no",
    "account number",
    "contract no",
    "案件序号",
    "案件代码",
    "案件编码",
    "业务编号",
    "贷款编号",
    "借款编号",
    "借款合同号",
    "借款合同编号",
    "贷款合同编号",
    "借据号码",
    "借据",
    "账号",
    "贷款帐号",
    "卡号",
    "信用卡号",
    "账单号",
    "单据编号",
    "单据号",
    "应收单号",
    "合同",
    "invoice_id",
    "case no",
    "loan_id",
    "account",
    "contract number",
    "reference",
    "ref no",
)
CUSTOMER_ID = _c(
    "customer_id",
    ID,
    "客户号",
    "Customer no.",
    "客户编号",
    "客户代码",
    "客户ID",
    "会员号",
    "customerID",
    "customer id",
    "customer number",
    "cust id",
    "client id",
    "客户编码",
    "客户内码",
    "客户标识",
    "核心客户号",
    "cif",
    "cif no",
    "client no",
    "client number",
    "debtor id",
)
CUSTOMER = _c(
    "customer",
    T,
    "客户姓名",
    "Customer",
    "姓名",
    "客户",
    "客户名称",
    "借款人",
    "借款人姓名",
    "债务人",
    "债务人姓名",
    "欠款人",
    "持卡人",
    "户名",
    "单位名称",
    "公司名称",
    "customer name",
    "name",
    "borrower",
    "debtor",
    "客户名",
    "名字",
    "全称",
    "客户全称",
    "单位全称",
    "姓名/名称",
    "借款人名称",
    "借款人/企业名称",
    "债务人名称",
    "欠款单位",
    "客户单位",
    "企业名称",
    "往来单位",
    "购货单位",
    "主借款人",
    "主借人",
    "被催收人",
    "逾期客户",
    "逾期人",
    "client name",
    "debtor name",
    "borrower name",
    "full name",
    "company name",
    "account name",
)
ID_NUMBER = _c(
    "id_number",
    ID,
    "身份证号",
    "ID number",
    "身份证",
    "身份证号码",
    "证件号",
    "证件号码",
    "公民身份号码",
    "id number",
    "id card",
    "id no",
    "national id",
    "身份证件号",
    "身份证件号码",
    "证件编号",
    "客户证件号",
    "客户证件号码",
    "借款人身份证号",
    "借款人证件号",
    "身份证号(加密)",
    "统一社会信用代码",
    "社会信用代码",
    "identity number",
    "id card number",
    "ssn",
)
PHONE = _c(
    "phone",
    PH,
    "手机号",
    "Phone",
    "手机",
    "手机号码",
    "电话",
    "联系电话",
    "联系方式",
    "本人电话",
    "本人手机",
    "移动电话",
    "phone",
    "mobile",
    "tel",
    "telephone",
    "phone number",
    "客户电话",
    "客户手机",
    "客户手机号",
    "借款人电话",
    "借款人手机",
    "借款人手机号",
    "联系手机",
    "手机1",
    "电话1",
    "联系电话1",
    "电话号码",
    "联系号码",
    "手机电话",
    "常用电话",
    "主叫电话",
    "本人手机号",
    "本人联系电话",
    "mobile phone",
    "mobile number",
    "cell",
    "cell phone",
    "contact number",
    "contact phone",
)
PHONE2 = _c(
    "phone2",
    PH,
    "备用电话",
    "Other phone",
    "其他电话",
    "第二联系电话",
    "家庭电话",
    "单位电话",
    "other phone",
    "alternate phone",
    "备用手机",
    "备用号码",
    "备用联系电话",
    "手机2",
    "电话2",
    "联系电话2",
    "第二电话",
    "其他联系电话",
    "座机",
    "固定电话",
    "固话",
    "住宅电话",
    "单位联系电话",
    "紧急联系人电话",
    "紧急联系人手机",
    "紧急联系人手机号",
    "联系人电话",
    "联系人手机",
    "home phone",
    "work phone",
    "phone 2",
    "second phone",
)
PRODUCT = _c(
    "product",
    T,
    "产品",
    "Product",
    "产品名称",
    "产品类型",
    "贷款品种",
    "业务品种",
    "贷款类型",
    "贷款种类",
    "product",
    "product type",
    "loan type",
    "产品名",
    "业务类型",
    "业务种类",
    "业务产品",
    "贷款产品",
    "贷款产品名称",
    "信贷产品",
    "授信品种",
    "卡种",
    "product name",
    "product code",
    "loan product",
)
LOAN_AMOUNT = _c(
    "loan_amount",
    M,
    "贷款金额",
    "Loan amount",
    "放款金额",
    "借款金额",
    "合同金额",
    "授信金额",
    "原始金额",
    "发放金额",
    "贷款本金",
    "InvoiceAmount",
    "invoice amount",
    "loan amount",
    "original amount",
    "发票金额",
    "应收金额",
    "贷款总额",
    "贷款总金额",
    "贷款发放金额",
    "发放贷款金额",
    "放款额",
    "放款本金",
    "借款本金",
    "借款总额",
    "合同本金",
    "贷款额",
    "贷款额度",
    "借据金额",
    "初始本金",
    "原始本金",
    "初始金额",
    "开票金额",
    "应收账款金额",
    "价税合计",
    "principal amount",
    "disbursed amount",
    "original principal",
    "amount financed",
    "invoice total",
    "total invoice amount",
)
PRINCIPAL = _c(
    "principal",
    M,
    "剩余本金",
    "Principal left",
    "本金余额",
    "贷款余额",
    "未还本金",
    "剩余贷款本金",
    "欠本",
    "欠款本金",
    "本金",
    "principal",
    "outstanding principal",
    "principal balance",
    "剩余未还本金",
    "未还本金余额",
    "结欠本金",
    "尚欠本金",
    "在贷余额",
    "在贷本金",
    "当前本金",
    "当前本金余额",
    "贷款本金余额",
    "本金结余",
    "拖欠本金",
    "未偿本金",
    "应还本金",
    "逾期本金",
    "principal outstanding",
    "remaining principal",
    "unpaid principal",
    "principal due",
)
INTEREST = _c(
    "interest",
    M,
    "欠息",
    "Interest",
    "应收利息",
    "欠利息",
    "利息",
    "拖欠利息",
    "逾期利息",
    "interest",
    "interest due",
    "结欠利息",
    "尚欠利息",
    "应还利息",
    "未还利息",
    "应付利息",
    "欠息金额",
    "欠息合计",
    "利息余额",
    "利息金额",
    "正常利息",
    "表内欠息",
    "未结利息",
    "accrued interest",
    "interest accrued",
    "interest outstanding",
)
PENALTY = _c(
    "penalty",
    M,
    "罚息",
    "Penalty",
    "违约金",
    "滞纳金",
    "罚息金额",
    "逾期罚息",
    "复利",
    "penalty",
    "penalty interest",
    "late fee",
    "违约金额",
    "逾期违约金",
    "罚息及复利",
    "罚息复利",
    "应还罚息",
    "未还罚息",
    "罚金",
    "逾期费",
    "penalties",
    "penalty amount",
    "late charge",
    "late charges",
    "default interest",
)
FEES = _c(
    "fees",
    M,
    "费用",
    "Fees",
    "手续费",
    "服务费",
    "其他费用",
    "应收费用",
    "fees",
    "fee",
    "charges",
    "应还费用",
    "其他应还费用",
    "其他费",
    "管理费",
    "服务费用",
    "费用合计",
    "fee amount",
    "other charges",
)
OVERDUE_AMOUNT = _c(
    "overdue_amount",
    M,
    "逾期金额",
    "Overdue amount",
    "逾期应还",
    "逾期总额",
    "欠款金额",
    "欠款总额",
    "欠款",
    "拖欠金额",
    "逾期余额",
    "应还金额",
    "应还款额",
    "逾期本息",
    "委案金额",
    "未付金额",
    "overdue amount",
    "amount due",
    "amount overdue",
    "past due amount",
    "outstanding",
    "balance due",
    "open amount",
    "逾期总金额",
    "逾期总欠款",
    "逾期款",
    "逾期欠款",
    "逾期欠款金额",
    "逾期本息合计",
    "逾期应还金额",
    "逾期应还总额",
    "逾期应还款",
    "当前逾期金额",
    "拖欠总额",
    "欠款总金额",
    "欠款余额",
    "总欠款",
    "欠款额",
    "应还总额",
    "应还总金额",
    "应还合计",
    "应还本息",
    "应还本息合计",
    "结欠金额",
    "结欠合计",
    "结欠总额",
    "欠款本息合计",
    "本息合计",
    "未还金额",
    "未还总额",
    "未收金额",
    "应收余额",
    "未回款金额",
    "未收余额",
    "未付余额",
    "未还余额",
    "未回款余额",
    "尚欠金额",
    "尚欠款",
    "欠款本息",
    "欠缴金额",
    "拖欠款",
    "未收款",
    "待还总额",
    "委托金额",
    "委托催收金额",
    "overdue",
    "overdue balance",
    "amount outstanding",
    "outstanding amount",
    "outstanding balance",
    "arrears",
    "total due",
    "total overdue",
    "past due",
    "due amount",
)
PAYOFF = _c(
    "payoff",
    M,
    "结清金额",
    "Payoff",
    "结清总额",
    "提前结清金额",
    "一次性结清金额",
    "payoff",
    "payoff amount",
    "settlement amount",
    "全额结清",
    "结清应还",
    "结清应还金额",
    "提前还款金额",
)
MINIMUM_DUE = _c(
    "minimum_due",
    M,
    "最低还款额",
    "Minimum due",
    "最低应还",
    "minimum due",
    "minimum payment",
    "最低还款",
    "最低应还款额",
    "本期最低还款额",
    "最低还款金额",
)
DUE_DATE = _c(
    "due_date",
    D,
    "应还日期",
    "Due date",
    "应还日",
    "到期日",
    "到期日期",
    "还款日",
    "还款日期",
    "还款到期日",
    "最早应还日",
    "逾期日期",
    "逾期起始日",
    "逾期开始日期",
    "DueDate",
    "due date",
    "maturity date",
    "payment due",
    "应还款日",
    "应还款日期",
    "最后还款日",
    "最后还款日期",
    "最迟还款日",
    "最迟付款日",
    "付款截止日",
    "还款截止日",
    "付款日期",
    "到期还款日",
    "本期应还日",
    "约定还款日",
    "约定还款日期",
    "应收日期",
    "逾期起始日期",
    "逾期日",
    "逾期开始日",
    "首次逾期日",
    "首次逾期日期",
    "最早逾期日",
    "最早逾期日期",
    "贷款到期日",
    "合同到期日",
    "借据到期日",
    "付款到期日",
    "账款到期日",
    "date due",
    "due on",
    "payment due date",
    "overdue since",
    "maturity",
)
DAYS_PAST_DUE = _c(
    "days_past_due",
    IN,
    "逾期天数",
    "Days past due",
    "逾期日数",
    "超期天数",
    "逾期时长",
    "days past due",
    "dpd",
    "days overdue",
    "overdue days",
    "days late",
    "当前逾期天数",
    "最大逾期天数",
    "拖欠天数",
    "逾期天",
    "已逾期天数",
    "超期日数",
    "逾期(天)",
    "欠款天数",
    "past due days",
    "day past due",
    "days delinquent",
    "dayslate",
)
ADDRESS = _c(
    "address",
    T,
    "地址",
    "Address",
    "住址",
    "家庭住址",
    "居住地址",
    "家庭地址",
    "通讯地址",
    "联系地址",
    "户籍地址",
    "address",
    "home address",
    "mailing address",
    "现住址",
    "现居住地址",
    "居住地",
    "家庭详细地址",
    "详细地址",
    "通信地址",
    "客户地址",
    "住宅地址",
    "单位地址",
    "常住地址",
    "residential address",
    "customer address",
)
REGION = _c(
    "region",
    T,
    "地区",
    "Region",
    "区域",
    "城市",
    "所在地区",
    "省市",
    "region",
    "city",
    "area",
    "countrycode",
    "country",
    "所在城市",
    "所在地",
    "所属地区",
    "所属区域",
    "省份",
    "分行",
    "支行",
    "机构",
    "所属机构",
    "经办机构",
    "网点",
    "branch",
    "province",
    "state",
)
EMPLOYER = _c(
    "employer",
    T,
    "工作单位",
    "Employer",
    "单位",
    "单位名称及地址",
    "employer",
    "company",
    "单位名",
    "就职单位",
    "所在单位",
    "任职单位",
    "employer name",
)
OWNER = _c(
    "owner",
    T,
    "催收员",
    "Collector",
    "责任人",
    "经办人",
    "催收人",
    "催收专员",
    "负责人",
    "跟进人",
    "作业员",
    "催收人员",
    "owner",
    "collector",
    "assigned to",
    "agent",
    "催收责任人",
    "催收经办人",
    "催收经理",
    "跟进人员",
    "清收责任人",
    "清收人",
    "清收人员",
    "管户经理",
    "管户人",
    "管户客户经理",
    "客户经理",
    "主办人",
    "承办人",
    "处理人",
    "业务员",
    "销售员",
    "collector name",
    "case owner",
    "assignee",
    "handler",
    "account manager",
)
NOTE = _c(
    "note",
    T,
    "备注",
    "Note",
    "说明",
    "备注说明",
    "跟进情况",
    "催收情况",
    "note",
    "notes",
    "remark",
    "remarks",
    "comment",
    "comments",
    "备注信息",
    "备注栏",
    "备注1",
    "其他说明",
    "情况说明",
    "客户情况",
    "跟进记录",
    "跟进备注",
    "催收备注",
    "催收记录",
    "催收进展",
    "remarks/notes",
)
CASE_STATUS = _c(
    "case_status",
    T,
    "案件状态",
    "Case status",
    "状态",
    "贷款状态",
    "催收状态",
    "status",
    "case status",
    "案件阶段",
    "当前状态",
    "账户状态",
    "还款状态",
    "借据状态",
    "loan status",
    "account status",
    "payment status",
)
SETTLED_ON = _c(
    "settled_on",
    D,
    "结清日期",
    "Settled on",
    "结清日",
    "还清日期",
    "SettledDate",
    "settled date",
    "paid date",
    "closed date",
    "结清时间",
    "还清日",
    "还款完成日期",
    "实际结清日期",
    "核销回收日期",
    "付清日期",
    "settlement date",
    "date settled",
    "date paid",
    "clear date",
    "payment date",
)
DISPUTED = _c(
    "disputed", F, "有争议", "Disputed", "争议", "是否争议", "Disputed", "dispute", "争议标志", "是否有争议", "有无争议", "in dispute"
)
INVOICE_DATE = _c(
    "invoice_date",
    D,
    "发票日期",
    "Invoice date",
    "开票日期",
    "放款日期",
    "贷款日期",
    "起息日",
    "InvoiceDate",
    "invoice date",
    "loan date",
    "start date",
    "放款日",
    "发放日期",
    "贷款发放日",
    "贷款发放日期",
    "借款日期",
    "起始日期",
    "合同起始日",
    "贷款起始日",
    "贷款起始日期",
    "签约日期",
    "issue date",
    "disbursement date",
    "origination date",
)
CLIENT = _c(
    "client",
    T,
    "委托方",
    "Client",
    "委案方",
    "委托机构",
    "client",
    "principal name",
    "委案机构",
    "委托单位",
    "委托银行",
    "资产方",
    "资方",
    "creditor",
)
BATCH = _c("batch", T, "批次", "Batch", "委案批次", "批次号", "batch", "批次编号", "委托批次", "batch no", "batch number")
HAND_BACK = _c(
    "hand_back",
    D,
    "退案日期",
    "Hand-back date",
    "退案日",
    "委案到期日",
    "留案到期日",
    "hand back date",
    "委托到期日",
    "委托截止日",
    "退案时间",
)
WILLINGNESS = _c("willingness", T, "还款意愿", "Willingness", "意愿", "willingness", choices=("有", "无", "未知"))
ABILITY = _c("ability", T, "还款能力", "Ability to pay", "能力", "ability", choices=("有", "无", "未知"))
HARDSHIP = _c("hardship", T, "困难情形", "Hardship", "困难", "困难原因", "hardship")
LAST_DEMAND = _c(
    "last_demand", D, "上次时效中断日", "Limitation restarted", "时效中断日", "最近主张权利日", "上次签收催收函日期", "last demand date"
)
WORK_START = _c("work_start", T, "客户上班时间", "Customer starts work", "上班时间", "方便联系时间", "work start")
WRITTEN_OFF = _c("written_off", F, "已核销", "Written off", "核销", "是否核销", "written off", "核销标志", "核销状态")

CASE_COLUMNS = (
    CASE_ID,
    CUSTOMER_ID,
    CUSTOMER,
    ID_NUMBER,
    PHONE,
    PHONE2,
    PRODUCT,
    LOAN_AMOUNT,
    PRINCIPAL,
    INTEREST,
    PENALTY,
    FEES,
    OVERDUE_AMOUNT,
    PAYOFF,
    MINIMUM_DUE,
    DUE_DATE,
    DAYS_PAST_DUE,
    ADDRESS,
    REGION,
    EMPLOYER,
    OWNER,
    NOTE,
    CASE_STATUS,
    SETTLED_ON,
    DISPUTED,
    INVOICE_DATE,
    CLIENT,
    BATCH,
    HAND_BACK,
    WILLINGNESS,
    ABILITY,
    HARDSHIP,
    LAST_DEMAND,
    WORK_START,
    WRITTEN_OFF,
)

# --- cases: our own columns, filled by a press ------------------------------------------------------------------------
PRIORITY = _c("priority", N, "优先级", "Priority", "优先级分数", "priority")
RANK = _c("rank", IN, "排名", "Rank", "总排名")
OWNER_RANK = _c("owner_rank", IN, "员内排名", "Rank within owner")
BUCKET_RANK = _c("bucket_rank", IN, "账龄内排名", "Rank within bucket")
BUCKET = _c("bucket", T, "账龄", "Bucket", "账龄段", "逾期阶段", "bucket")
WHY = _c("why", T, "优先原因", "Why", "评分原因")
WHAT_WOULD_CHANGE = _c("what_would_change", T, "如何变化", "What would change it")
TIER = _c("tier", T, "策略档位", "Tier", "档位", "策略")
TIER_WHY = _c("tier_why", T, "档位原因", "Why this tier")
CHANNELS = _c("channels", T, "可用渠道", "Channels")
NEXT_ACTION = _c("next_action", T, "下一步", "Next action", "下一步动作")
NEXT_ON = _c("next_on", D, "下次日期", "Next on", "下次联系日期")
HOLD = _c("hold", T, "停催", "Hold", "停催码")
HOLD_WHY = _c("hold_why", T, "暂不可联原因", "Why not now")
ASSIGNED_OWNER = _c("assigned_owner", T, "责任催收员", "Assigned collector")
ASSIGNED_WHY = _c("assigned_why", T, "分配依据", "Why this collector")
OWNER_SEEN = _c("owner_seen", T, "分配时催收员", "Collector when assigned")

FILLED_COLUMNS = (
    PRIORITY,
    RANK,
    OWNER_RANK,
    BUCKET_RANK,
    BUCKET,
    WHY,
    WHAT_WOULD_CHANGE,
    TIER,
    TIER_WHY,
    CHANNELS,
    NEXT_ACTION,
    NEXT_ON,
    HOLD,
    HOLD_WHY,
    ASSIGNED_OWNER,
    ASSIGNED_WHY,
    OWNER_SEEN,
)

# --- contact log -----------------------------------------------------------------------------------------------------
ENTRY_ID = _c("entry_id", ID, "记录号", "Entry no.", "序号", "流水", "entry id")
CONTACTED_AT = _c(
    "contacted_at",
    TM,
    "联系时间",
    "Contacted at",
    "时间",
    "日期",
    "联系日期",
    "催收时间",
    "催收日期",
    "拨打时间",
    "contacted at",
    "date",
    "time",
    "通话时间",
    "呼叫时间",
    "联系日期时间",
    "跟进日期",
    "跟进时间",
    "登记时间",
    "外呼时间",
    "催记时间",
    "沟通时间",
    "行动时间",
    "致电时间",
    "contact date",
    "contact time",
    "call time",
    "call date",
)
COLLECTOR = _c("collector", T, "催收员", "Collector", "经办人", "催收人", "坐席", "collector", "agent")
CHANNEL = _c("channel", T, "渠道", "Channel", "方式", "联系方式", "催收方式", "channel", choices=("电话", "短信", "信函", "外访", "邮件"))
NUMBER = _c("number", PH, "号码", "Number", "拨打号码", "电话", "联系电话", "被叫号码", "拨打电话", "外呼号码", "对方号码", "number")
RELATION = _c(
    "relation",
    T,
    "关系",
    "Relation",
    "与客户关系",
    "接听人",
    "拨打对象",
    "联系对象",
    "接听对象",
    "通话对象",
    "对象",
    "与借款人关系",
    "联系人关系",
    "relation",
)
OUTCOME = _c(
    "outcome",
    T,
    "结果",
    "Outcome",
    "结果码",
    "联系结果",
    "催收结果",
    "通话结果",
    "outcome",
    "result",
    "跟进结果",
    "联系情况",
    "催收状态",
    "电话结果",
    "处理结果",
    "拨打结果",
    "外呼结果",
    "接听结果",
    "接听情况",
    "接通情况",
    "沟通结果",
    "催记结果",
    "通话状态",
    "拨打状态",
    "行动结果",
    "行动码",
    "call result",
    "contact result",
)
PROMISED_ON = _c(
    "promised_on", D, "承诺日", "Promised on", "承诺日期", "承诺还款日", "promise date", "承诺还款时间", "ptp date", "promised on"
)
PROMISED_AMOUNT = _c(
    "promised_amount", M, "承诺额", "Promised amount", "承诺金额", "承诺还款金额", "promise amount", "ptp amount", "promised amount"
)
CALLBACK_ON = _c("callback_on", D, "下次", "Next", "下次联系", "回访日期", "下次跟进日期", "callback on", "follow up on")
LOG_NOTE = _c(
    "note",
    T,
    "备注",
    "Note",
    "内容",
    "催收内容",
    "沟通内容",
    "催记",
    "催记内容",
    "跟进内容",
    "通话内容",
    "联系内容",
    "催收记录",
    "跟进情况",
    "详情",
    "说明",
    "摘要",
    "note",
    "notes",
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

# --- receipts --------------------------------------------------------------------------------------------------------
RECEIPT_ID = _c(
    "receipt_id",
    ID,
    "流水号",
    "Receipt no.",
    "交易流水号",
    "凭证号",
    "receipt id",
    "transaction id",
    "回单号",
    "单号",
    "流水编号",
    "交易号",
    "receipt no",
    "payment id",
    "transaction no",
)
PAID_ON = _c(
    "paid_on",
    D,
    "回款日期",
    "Paid on",
    "日期",
    "还款日期",
    "入账日期",
    "交易日期",
    "到账日期",
    "paid on",
    "payment date",
    "date",
    "还款日",
    "实际还款日",
    "实际还款日期",
    "回款日",
    "回款时间",
    "到账日",
    "收款日期",
    "入账日",
    "还款时间",
    "付款日期",
    "payment_date",
    "缴款日期",
    "扣款日期",
    "记账日期",
    "转账日期",
    "打款日期",
    "实收日期",
    "实还日期",
    "登记日期",
    "value date",
    "posting date",
    "paid date",
    "date paid",
    "received on",
    "receipt date",
)
AMOUNT = _c(
    "amount",
    M,
    "回款金额",
    "Amount",
    "金额",
    "还款金额",
    "到账金额",
    "入账金额",
    "实还金额",
    "amount",
    "paid amount",
    "回款额",
    "实收金额",
    "收款金额",
    "付款金额",
    "交易金额",
    "还款额",
    "实际还款金额",
    "还款本息合计",
    "还款本息",
    "实还本息",
    "本次还款",
    "本次还款金额",
    "本次回款",
    "本次回款金额",
    "缴款金额",
    "扣款金额",
    "打款金额",
    "转账金额",
    "贷方金额",
    "收入金额",
    "credit amount",
    "paid",
    "payment amount",
    "amount paid",
    "received amount",
)
PAYER = _c(
    "payer",
    T,
    "付款人",
    "Payer",
    "付款方",
    "对方户名",
    "打款人",
    "缴款人",
    "交款人",
    "转账人",
    "付款单位",
    "对方账户名称",
    "payer",
    "付款户名",
    "汇款人",
    "还款人",
    "对方名称",
)
PAY_CHANNEL = _c(
    "pay_channel",
    T,
    "回款渠道",
    "Channel",
    "渠道",
    "还款方式",
    "支付方式",
    "还款途径",
    "还款渠道",
    "支付渠道",
    "付款方式",
    "收款渠道",
    "到账渠道",
    "入账渠道",
    "收款方式",
    "回款方式",
    "payment method",
    "pay channel",
)
RECEIPT_COLUMNS = (RECEIPT_ID, PAID_ON, CASE_ID, CUSTOMER, AMOUNT, PAYER, PAY_CHANNEL, LOG_NOTE)

# --- holds and bulk leniency ------------------------------------------------------------------------------------------
HOLD_SCOPE = _c("scope", T, "范围", "Scope", "对象类型", choices=("案件", "客户", "地区"))
HOLD_TARGET = _c("target", T, "对象", "Target", "案号/客户号/地区", "案件编号", "客户号", "案号", "客户编号", "案件号", "停催对象")
HOLD_CODE = _c(
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
APPROVED_BY = _c("approved_by", T, "批准人", "Approved by", "审批人")
HOLD_FROM = _c("hold_from", D, "开始日", "From", "起始日", "停催日期")
REVIEW_ON = _c("review_on", D, "复核日", "Review on", "复核日期", "到期复核日", "复查日期", "复核时间")
HOLD_COLUMNS = (HOLD_SCOPE, HOLD_TARGET, HOLD_CODE, APPROVED_BY, HOLD_FROM, REVIEW_ON, LOG_NOTE)

# --- people ----------------------------------------------------------------------------------------------------------
PERSON = _c("person", T, "姓名", "Name", "催收员", "人员", "name")
SKILL = _c("skill", T, "岗位", "Skill", "技能", "类型", "催收方式", "skill", choices=("电催", "外访", "法务"))
REGIONS = _c("regions", T, "负责地区", "Regions", "地区", "regions")
PRODUCTS = _c("products", T, "负责产品", "Products", "产品", "products")
SHIFT = _c("shift", T, "班次", "Shift", "shift")
MINUTES = _c("minutes", IN, "每日分钟", "Minutes a day", "产能分钟", "minutes")
ACTIVE = _c("active", T, "在岗", "Active", "是否在岗", "active", choices=("是", "否"))
STARTS_ON = _c("starts_on", D, "在岗起", "From", "入职日期")
COLLECTOR_COLUMNS = (PERSON, SKILL, REGIONS, PRODUCTS, SHIFT, MINUTES, ACTIVE, LOG_NOTE)

LOGIN = _c("login", T, "登录名", "Login", "用户名", "电脑用户名", "login", "user")
ROLE = _c("role", T, "角色", "Role", "职务", "role", choices=("催收员", "催收经理", "财务", "法务"))
WAIVER_LIMIT = _c("waiver_limit", M, "减免权限", "Waiver limit", "减免上限")
MAY_APPROVE = _c("may_approve", T, "可审批", "May approve", "审批权限")
PEOPLE_COLUMNS = (PERSON, LOGIN, ROLE, WAIVER_LIMIT, MAY_APPROVE, LOG_NOTE)

# --- targets, calendar, letters register, settings ---------------------------------------------------------------------
MONTH = _c("month", T, "月份", "Month", "目标月份")
TARGET_PERSON = _c("person", T, "催收员", "Collector", "姓名", "对象", "团队/催收员")
TARGET_AMOUNT = _c("target_amount", M, "目标金额", "Target amount", "回款目标", "月目标")
TARGET_CASES = _c("target_cases", IN, "目标户数", "Target cases", "目标案数")
TARGET_COLUMNS = (MONTH, TARGET_PERSON, TARGET_AMOUNT, TARGET_CASES, LOG_NOTE)

DAY = _c("day", D, "日期", "Date")
WORKING = _c("working", T, "是否上班", "Working", choices=("上班", "休息"))
CALENDAR_COLUMNS = (DAY, WORKING, LOG_NOTE)

LETTER_NO = _c("letter_no", ID, "文号", "Letter no.")
TEMPLATE = _c("template", T, "模板", "Template")
TEMPLATE_VERSION = _c("template_version", T, "模板版本", "Template version")
RECIPIENT = _c("recipient", T, "收件人/关系", "Recipient")
MADE_ON = _c("made_on", D, "生成日期", "Made on")
REVIEWER = _c("reviewer", T, "审核人", "Reviewed by", typed=True)
SENT_ON = _c("sent_on", D, "寄出日", "Sent on", typed=True)
TRACKING = _c("tracking", T, "运单号", "Tracking no.", typed=True)
DELIVERY = _c("delivery", T, "签收/退回", "Delivered / returned", typed=True)
LIMITATION_EFFECT = _c("limitation_effect", T, "时效效果", "Limitation effect", typed=True)
LETTER_STATE = _c("letter_state", T, "状态", "State")
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

SETTING = _c("setting", T, "设置", "Setting", "项目", "参数")
VALUE = _c("value", T, "值", "Value", "取值")
SETTING_COLUMNS = (SETTING, VALUE, LOG_NOTE)

# --- plan sheets: what is typed there ----------------------------------------------------------------------------------
ROW_KEY = _c("row_key", ID, "行键", "Row key")
RESULT = _c(
    "result",
    T,
    "结果码",
    "Result",
    typed=True,
    choices=(
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
    ),
)
PLAN_PROMISED_ON = _c("plan_promised_on", D, "承诺日", "Promised on", typed=True)
PLAN_PROMISED_AMOUNT = _c("plan_promised_amount", M, "承诺额", "Promised amount", typed=True)
PLAN_NEXT_ON = _c("plan_next_on", D, "下次", "Next", typed=True)
PLAN_NOTE = _c("plan_note", T, "备注", "Note", typed=True)
PLAN_TYPED = (RESULT, PLAN_PROMISED_ON, PLAN_PROMISED_AMOUNT, PLAN_NEXT_ON, PLAN_NOTE)
WEEK_CAUSE = _c("week_cause", T, "原因", "Cause", typed=True)
WEEK_MEASURE = _c("week_measure", T, "下周措施", "Measures next week", typed=True)

# --- personal plan: what is drawn, beside PLAN_TYPED -------------------------------------------------------------------
PLAN_NO = _c("plan_no", IN, "序", "No.")
SLOT = _c("slot", T, "时段", "Slot")
WHO = _c("who", T, "客户/案号", "Customer / case")
CALL_NUMBER = _c("call_number", T, "电话(关系)", "Phone (relation)")
PRODUCT_BUCKET = _c("product_bucket", T, "产品·账龄", "Product · bucket")
DUE_NOW = _c("due_now", M, "逾期应还", "Overdue due now")
PLAN_PAYOFF = _c("plan_payoff", M, "结清金额", "Payoff")
LAST_RESULT = _c("last_result", T, "上次结果", "Last result")
OPEN_PROMISE = _c("open_promise", T, "未兑现承诺", "Open promise")
TIER_REASON = _c("tier_reason", T, "档位·原因", "Tier · why")
DIALLED_CAP = _c("dialled_cap", T, "今日已拨/上限", "Dialled / cap today")
TASK = _c("task", T, "动作", "Action")
MAY_ON_SHOWN = _c("may_on_shown", T, "可联日", "May be contacted on")
WHY_NOT = _c("why_not", T, "暂不可联原因", "Why not now")
BY_RULE = _c("by_rule", T, "依据规则", "By rule")
SCORE_SHOWN = _c("score_shown", N, "优先级", "Priority")
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

VIEW_DAY = _c("view_day", D, "日期", "Date")
VIEW_WEEKDAY = _c("view_weekday", T, "星期", "Weekday")
PROMISES_DUE = _c("promises_due", IN, "到期承诺户", "Promises due")
PROMISES_DUE_AMOUNT = _c("promises_due_amount", M, "到期承诺额", "Promised amount due")
CALLBACKS_DUE = _c("callbacks_due", IN, "回访户", "Callbacks")
TASKS_DUE = _c("tasks_due", IN, "应作业户", "Customers due")
VIEW_TARGET = _c("view_target", M, "目标", "Target")
VIEW_RECEIVED = _c("view_received", M, "已回", "Received")
VIEW_GAP = _c("view_gap", M, "缺口", "Gap")
VIEW_EVEN = _c("view_even", M, "原定目标", "Even target")
VIEW_TO_GO = _c("view_to_go", M, "尚需完成", "Still to come")
VIEW_WEEK = _c("view_week", T, "周", "Week")
VIEW_FROM = _c("view_from", D, "起", "From")
VIEW_TO = _c("view_to", D, "止", "To")
VIEW_WORKING_DAYS = _c("view_working_days", IN, "工作日数", "Working days")
PLAN_WEEK_VIEW = (VIEW_DAY, VIEW_WEEKDAY, PROMISES_DUE, PROMISES_DUE_AMOUNT, CALLBACKS_DUE, TASKS_DUE, VIEW_TARGET, VIEW_RECEIVED)
PLAN_MONTH_VIEW = (VIEW_WEEK, VIEW_FROM, VIEW_TO, VIEW_WORKING_DAYS, VIEW_EVEN, VIEW_RECEIVED, VIEW_TO_GO)

# --- team plan ---------------------------------------------------------------------------------------------------------
TEAM_PERSON = _c("team_person", T, "催收员", "Collector")
TEAM_CUSTOMERS = _c("team_customers", IN, "户", "Customers")
TEAM_CASES = _c("team_cases", IN, "案", "Cases")
TEAM_AMOUNT = _c("team_amount", M, "在案金额", "Amount in hand")
TEAM_MINUTES = _c("team_minutes", IN, "已排分钟", "Minutes planned")
TEAM_CAPACITY = _c("team_capacity", IN, "容量分钟", "Minutes available")
TEAM_TARGET = _c("team_target", M, "月目标", "Month target")
TEAM_RECEIVED = _c("team_received", M, "已回", "Received")
TEAM_ACHIEVED = _c("team_achieved", N, "达成率", "Achieved")
TEAM_TIME = _c("team_time", N, "时间进度", "Time gone")
TEAM_GAP = _c("team_gap", M, "缺口", "Gap")
TEAM_PROMISES = _c("team_promises", IN, "今日到期承诺", "Promises due today")
TEAM_LATE = _c("team_late", IN, "超期任务", "Overdue tasks")
TEAM_NEW = _c("team_new", IN, "新案未触", "New, untouched")
TEAM_NEAR_CAP = _c("team_near_cap", IN, "接近上限", "Near the cap")
TEAM_COMPLAINTS = _c("team_complaints", IN, "投诉", "Complaints")
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
TEAM_SHARE = _c("team_share", N, "占比", "Share")
TEAM_BUCKETS = (BUCKET, TEAM_CUSTOMERS, TEAM_CASES, TEAM_AMOUNT, TEAM_SHARE)
EXCEPTION = _c("exception", T, "异常", "Exception")
EXCEPTION_COUNT = _c("exception_count", IN, "数量", "Count")
EXCEPTION_AMOUNT = _c("exception_amount", M, "涉及金额", "Amount")
EXCEPTION_REMEDY = _c("exception_remedy", T, "处理", "What to do")
TEAM_EXCEPTIONS = (TEAM_PERSON, EXCEPTION, EXCEPTION_COUNT, EXCEPTION_AMOUNT, EXCEPTION_REMEDY)
MOVED_FROM = _c("moved_from", T, "原催收员", "From")
MOVED_TO = _c("moved_to", T, "现催收员", "To")
MOVED_WHY = _c("moved_why", T, "依据", "Why")
TEAM_MOVES = (ROW_KEY, WHO, PRODUCT_BUCKET, DUE_NOW, MOVED_FROM, MOVED_TO, MOVED_WHY)
TEAM_UNASSIGNED = (ROW_KEY, WHO, PRODUCT_BUCKET, DUE_NOW, MOVED_WHY)

# --- weekly progress ---------------------------------------------------------------------------------------------------
# The four figures of an indicator are whole numbers in the unit of its row: money in fen, count in pieces, rate in 1/100 of a percent.
INDICATOR = _c("indicator", T, "指标", "Indicator")
INDICATOR_UNIT = _c("indicator_unit", T, "单位", "Unit", choices=("money", "count", "rate"))
WEEK_TARGET = _c("week_target", IN, "本周目标", "Target this week")
WEEK_ACTUAL = _c("week_actual", IN, "实际", "Actual")
WEEK_ACHIEVED = _c("week_achieved", N, "达成", "Achieved")
WEEK_BEFORE = _c("week_before", IN, "上周", "Last week")
MONTH_TOTAL = _c("month_total", IN, "月累计", "Month to date")
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
WEEK_WORKED = _c("week_worked", IN, "作业户", "Customers worked")
WEEK_DIALLED = _c("week_dialled", IN, "拨打", "Dialled")
WEEK_CONNECTED = _c("week_connected", IN, "接通", "Connected")
WEEK_REACHED = _c("week_reached", IN, "本人触达", "Reached in person")
WEEK_PROMISERS = _c("week_promisers", IN, "承诺户", "Customers promised")
WEEK_PROMISED = _c("week_promised", M, "承诺额", "Promised")
WEEK_DUE = _c("week_due", IN, "到期", "Promises due")
WEEK_KEPT = _c("week_kept", IN, "兑现", "Kept")
WEEK_PAYERS = _c("week_payers", IN, "回款户", "Customers paid")
WEEK_RECEIVED = _c("week_received", M, "回款额", "Received")
WEEK_REPORT = _c("week_report", T, "周报状态", "Weekly report")
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
)
WEEK_TREND = (VIEW_WEEK, VIEW_FROM, VIEW_TARGET, VIEW_RECEIVED, WEEK_ACHIEVED)
BUCKET_FROM = _c("bucket_from", T, "原账龄", "Bucket before")
BUCKET_TO = _c("bucket_to", T, "现账龄", "Bucket now")
WEEK_MIGRATION = (BUCKET_FROM, BUCKET_TO, TEAM_CASES, TEAM_AMOUNT, TEAM_SHARE)

# --- check results -----------------------------------------------------------------------------------------------------
CHECK_SEVERITY = _c("check_severity", T, "级别", "Severity")
CHECK_SHEET = _c("check_sheet", T, "工作表", "Sheet")
CHECK_PLACE = _c("check_cell", T, "单元格", "Cell")
CHECK_WHAT = _c("check_what", T, "哪里不对", "What is wrong")
CHECK_REMEDY = _c("check_remedy", T, "怎么办", "What to do")
CHECK_COLUMNS = (CHECK_SEVERITY, CHECK_SHEET, CHECK_PLACE, CHECK_WHAT, CHECK_REMEDY)
