"""What a ledger of cases keeps."""

from __future__ import annotations

from macros_py.domain.columns.declaring import ID, IN, PH, D, F, M, T, column

CASE_ID = column(
    "case_id",
    ID,
    "案件编号",
    "Case no.",
    "案号、案件号、案件ID、编号、借据号、借据编号、合同号、合同编号、贷款合同号、贷款账号、账户号、委案编号、订单号",
    "invoiceNumber、invoice no、invoice、发票号、发票号码、case id、case number、loan id、loan no、account no",
    "account number、contract no、案件序号、案件代码、案件编码、业务编号、贷款编号、借款编号、借款合同号",
    "借款合同编号、贷款合同编号、借据号码、借据、账号、贷款帐号、卡号、信用卡号、账单号、单据编号、单据号、应收单号",
    "合同、invoice_id、case no、loan_id、account、contract number、reference、ref no、案件流水号、案件序列号",
    "个案序列号、协议号、协议编号、业务流水号、工单号、资产编号、债权编号、标的编号、保单号、进件编号、申请编号",
    "单号、房号、房间号、房屋编号、单元房号、户号",
    "agreement no、agreement ref、agreement reference、deal no、facility no、document no、case ref、case reference、loan reference",
)
CUSTOMER_ID = column(
    "customer_id",
    ID,
    "客户号",
    "Customer no.",
    "客户编号、客户代码、客户ID、会员号、customerID、customer id、customer number、cust id、client id、客户编码",
    "客户内码、客户标识、核心客户号、cif、cif no、client no、client number、debtor id、用户编号、用户号、学号",
)
CUSTOMER = column(
    "customer",
    T,
    "客户姓名",
    "Customer",
    "姓名、客户、客户名称、借款人、借款人姓名、债务人、债务人姓名、欠款人、持卡人、户名、单位名称、公司名称",
    "customer name、name、borrower、debtor、客户名、名字、全称、客户全称、单位全称、姓名/名称、借款人名称",
    "借款人/企业名称、债务人名称、欠款单位、客户单位、企业名称、往来单位、购货单位、主借款人、主借人、被催收人",
    "逾期客户、逾期人、client name、debtor name、borrower name、full name、company name、account name、主贷人",
    "承租人、购车人、客户简称、客户全名、往来单位名称、买方、买方名称、欠款方、被执行人、cardholder、card holder",
    "业主姓名、业主、业主名称、住户姓名、户主、户主姓名、住户、学生姓名、学员姓名、患者姓名、病人姓名、用户名称、租户、租户名称",
    "obligor、lessee、buyer、buyer name、customer full name、client full name、debtor full name、borrower full name",
)
ID_NUMBER = column(
    "id_number",
    ID,
    "身份证号",
    "ID number",
    "身份证、身份证号码、证件号、证件号码、公民身份号码、id number、id card、id no、national id、身份证件号",
    "身份证件号码、证件编号、客户证件号、客户证件号码、借款人身份证号、借款人证件号、身份证号(加密)",
    "统一社会信用代码、社会信用代码、identity number、id card number、ssn、公民身份证号、居民身份证号、身份证明号码",
    "ic no、passport no",
)
PHONE = column(
    "phone",
    PH,
    "手机号",
    "Phone",
    "手机、手机号码、电话、联系电话、联系方式、本人电话、本人手机、移动电话、phone、mobile、tel、telephone",
    "phone number、客户电话、客户手机、客户手机号、借款人电话、借款人手机、借款人手机号、联系手机、手机1、电话1",
    "患者电话、家长电话、学生电话、学员电话、业主电话、住户电话、租户电话",
    "联系电话1、电话号码、联系号码、手机电话、常用电话、主叫电话、本人手机号、本人联系电话、mobile phone",
    "mobile number、cell、cell phone、contact number、contact phone、主要电话、预留手机、预留电话、银行预留手机",
    "注册手机、绑定手机、首选电话、第一联系电话、primary phone、registered phone、registered mobile",
)
PHONE2 = column(
    "phone2",
    PH,
    "备用电话",
    "Other phone",
    "其他电话、第二联系电话、家庭电话、单位电话、other phone、alternate phone、备用手机、备用号码、备用联系电话",
    "手机2、电话2、联系电话2、第二电话、其他联系电话、座机、固定电话、固话、住宅电话、单位联系电话、紧急联系人电话",
    "紧急联系人手机、紧急联系人手机号、联系人电话、联系人手机、home phone、work phone、phone 2、second phone",
)
PRODUCT = column(
    "product",
    T,
    "产品",
    "Product",
    "产品名称、产品类型、贷款品种、业务品种、贷款类型、贷款种类、product、product type、loan type、产品名、业务类型",
    "业务种类、业务产品、贷款产品、贷款产品名称、信贷产品、授信品种、卡种、product name、product code、loan product",
    "信贷品种、产品种类、产品线、贷种",
)
LOAN_AMOUNT = column(
    "loan_amount",
    M,
    "贷款金额",
    "Loan amount",
    "放款金额、借款金额、合同金额、授信金额、原始金额、发放金额、贷款本金、InvoiceAmount、invoice amount",
    "loan amount、original amount、发票金额、应收金额、贷款总额、贷款总金额、贷款发放金额、发放贷款金额、放款额",
    "放款本金、借款本金、借款总额、合同本金、贷款额、贷款额度、借据金额、初始本金、原始本金、初始金额、开票金额",
    "应收账款金额、价税合计、principal amount、disbursed amount、original principal、amount financed、invoice total",
    "total invoice amount、融资金额、融资额、原始借款金额、初始贷款金额、车贷金额、购车贷款金额、销售金额、合同总价",
    "contract amount、facility amount、sanctioned amount、loan principal",
)
PRINCIPAL = column(
    "principal",
    M,
    "剩余本金",
    "Principal left",
    "本金余额、贷款余额、未还本金、剩余贷款本金、欠本、欠款本金、本金、principal、outstanding principal",
    "principal balance、剩余未还本金、未还本金余额、结欠本金、尚欠本金、在贷余额、在贷本金、当前本金、当前本金余额",
    "贷款本金余额、本金结余、拖欠本金、未偿本金、应还本金、逾期本金、principal outstanding、remaining principal",
    "unpaid principal、principal due、借据余额、剩余贷款金额、当前余额本金、逾期贷款本金、loan balance",
    "outstanding loan balance",
)
INTEREST = column(
    "interest",
    M,
    "欠息",
    "Interest",
    "应收利息、欠利息、利息、拖欠利息、逾期利息、interest、interest due、结欠利息、尚欠利息、应还利息、未还利息",
    "应付利息、欠息金额、欠息合计、利息余额、利息金额、正常利息、表内欠息、未结利息、accrued interest",
    "interest accrued、interest outstanding",
)
PENALTY = column(
    "penalty",
    M,
    "罚息",
    "Penalty",
    "违约金、滞纳金、罚息金额、逾期罚息、复利、penalty、penalty interest、late fee、违约金额、逾期违约金",
    "罚息及复利、罚息复利、应还罚息、未还罚息、罚金、逾期费、penalties、penalty amount、late charge、late charges",
    "default interest、逾期费用、延期违约金、late payment fee、late payment charge、lpc",
)
FEES = column(
    "fees",
    M,
    "费用",
    "Fees",
    "手续费、服务费、其他费用、应收费用、fees、fee、charges、应还费用、其他应还费用、其他费、管理费、服务费用",
    "费用合计、fee amount、other charges",
)
OVERDUE_AMOUNT = column(
    "overdue_amount",
    M,
    "逾期金额",
    "Overdue amount",
    "逾期应还、逾期总额、欠款金额、欠款总额、欠款、拖欠金额、逾期余额、应还金额、应还款额、逾期本息、委案金额",
    "未付金额、overdue amount、amount due、amount overdue、past due amount、outstanding、balance due、open amount",
    "逾期总金额、逾期总欠款、逾期款、逾期欠款、逾期欠款金额、逾期本息合计、逾期应还金额、逾期应还总额、逾期应还款",
    "当前逾期金额、拖欠总额、欠款总金额、欠款余额、总欠款、欠款额、应还总额、应还总金额、应还合计、应还本息",
    "应还本息合计、结欠金额、结欠合计、结欠总额、欠款本息合计、本息合计、未还金额、未还总额、未收金额、应收余额",
    "未回款金额、未收余额、未付余额、未还余额、未回款余额、尚欠金额、尚欠款、欠款本息、欠缴金额、拖欠款、未收款",
    "待还总额、委托金额、委托催收金额、overdue、overdue balance、amount outstanding、outstanding amount",
    "outstanding balance、arrears、total due、total overdue、past due、due amount、未回款、未还款、未付款、未收",
    "未结清金额、应收账款余额、案件金额、逾期款项、拖欠款项、剩余欠款、催收金额、应催金额、委案总金额、委案余额",
    "欠费、欠缴、欠缴费用、欠费数额、应缴未缴金额、欠费金额、欠费总额、欠费合计、未付租金、欠租、欠租金额、欠付租金",
    "欠款数额、欠款数、贷款逾期金额、逾期合计、逾期小计、delinquent amount、open balance、total amount due",
    "total outstanding、amount past due、unpaid balance、unpaid amount",
)
PAYOFF = column(
    "payoff",
    M,
    "结清金额",
    "Payoff",
    "结清总额、提前结清金额、一次性结清金额、payoff、payoff amount、settlement amount、全额结清、结清应还",
    "结清应还金额、提前还款金额",
)
MINIMUM_DUE = column(
    "minimum_due",
    M,
    "最低还款额",
    "Minimum due",
    "最低应还、minimum due、minimum payment、最低还款、最低应还款额、本期最低还款额、最低还款金额",
)
DUE_DATE = column(
    "due_date",
    D,
    "应还日期",
    "Due date",
    "应还日、到期日、到期日期、还款日、还款日期、还款到期日、最早应还日、逾期日期、逾期起始日、逾期开始日期",
    "DueDate、due date、maturity date、payment due、应还款日、应还款日期、最后还款日、最后还款日期、最迟还款日",
    "最迟付款日、付款截止日、还款截止日、付款日期、到期还款日、本期应还日、约定还款日、约定还款日期、应收日期",
    "逾期起始日期、逾期日、逾期开始日、首次逾期日、首次逾期日期、最早逾期日、最早逾期日期、贷款到期日、合同到期日",
    "借据到期日、付款到期日、账款到期日、date due、due on、payment due date、overdue since、maturity、首逾日期",
    "应缴日期、应缴日、应缴费日期、缴费截止日、缴费截止日期、缴费到期日、最后缴费日、缴费期限、缴款期限",
    "最早欠费日期、最早欠费日、首次欠费日期、首次欠费日、欠费起始日期、欠费起始日、应结日期、应结日、最后期限",
    "首逾日、账单到期日、应付日期、逾期起算日、开始逾期日期、逾期始日、收款到期日、约定付款日期、最早欠款日",
    "欠款起始日、overdue date、past due since、delinquency date、expiry date、installment due date",
    "instalment due date",
)
DAYS_PAST_DUE = column(
    "days_past_due",
    IN,
    "逾期天数",
    "Days past due",
    "逾期日数、超期天数、逾期时长、days past due、dpd、days overdue、overdue days、days late、当前逾期天数",
    "最大逾期天数、拖欠天数、逾期天、已逾期天数、超期日数、逾期(天)、欠款天数、past due days、day past due",
    "days delinquent、dayslate、超账期天数、拖延天数、逾期总天数、aging、aging days、days in arrears",
    "no of days overdue、number of days overdue、number of days past due、no of days past due、delinquency days",
    "delinquent days、days beyond terms",
)
ADDRESS = column(
    "address",
    T,
    "地址",
    "Address",
    "住址、家庭住址、居住地址、家庭地址、通讯地址、联系地址、address、home address、mailing address、现住址",
    "现居住地址、居住地、家庭详细地址、详细地址、通信地址、客户地址、住宅地址、常住地址、residential address",
    "customer address、现居地址、住所、current address、postal address、户籍地址、身份证地址、单位地址、经营地址",
    "办公地址、注册地址、收货地址",
)
REGION = column(
    "region",
    T,
    "地区",
    "Region",
    "区域、城市、所在地区、省市、region、city、area、countrycode、country、所在城市、所在地、所属地区、所属区域",
    "省份、分行、支行、机构、所属机构、经办机构、网点、branch、province、state",
)
EMPLOYER = column(
    "employer",
    T,
    "工作单位",
    "Employer",
    "单位、单位名称及地址、employer、company、单位名、就职单位、所在单位、任职单位、employer name",
)
OWNER = column(
    "owner",
    T,
    "催收员",
    "Collector",
    "责任人、经办人、催收人、催收专员、负责人、跟进人、作业员、催收人员、owner、collector、assigned to、agent",
    "催收责任人、催收经办人、催收经理、跟进人员、清收责任人、清收人、清收人员、管户经理、管户人、管户客户经理",
    "客户经理、主办人、承办人、处理人、业务员、销售员、collector name、case owner、assignee、handler",
    "account manager、电催员、外访员、当前催收员、分配催收员、所属催收员、跟进员、案件负责人、坐席、催员、催收岗",
    "收费员、物业管家、催缴人、催缴员、催缴人员、催费员、经办、经办员、sales rep、sales representative、salesperson、account rep",
    "责任清收人、信贷员、管户信贷员、业务经理、case officer、collection officer、collections officer",
    "recovery officer、assigned collector、assigned agent、officer、responsible、pic",
)
NOTE = column(
    "note",
    T,
    "备注",
    "Note",
    "说明、备注说明、跟进情况、催收情况、note、notes、remark、remarks、comment、comments、备注信息、备注栏、备注1",
    "其他说明、情况说明、客户情况、跟进记录、跟进备注、催收备注、催收记录、催收进展、remarks/notes、最新进展、附注",
    "进展、进度说明、催收进度、备考、特殊情况、其他备注、memo",
)
CASE_STATUS = column(
    "case_status",
    T,
    "案件状态",
    "Case status",
    "状态、贷款状态、催收状态、status、case status、案件阶段、当前状态、账户状态、还款状态、借据状态、loan status",
    "account status、payment status",
)
SETTLED_ON = column(
    "settled_on",
    D,
    "结清日期",
    "Settled on",
    "结清日、还清日期、SettledDate、settled date、paid date、closed date、结清时间、还清日、还款完成日期",
    "实际结清日期、核销回收日期、付清日期、settlement date、date settled、date paid、clear date、payment date",
)
DISPUTED = column(
    "disputed",
    F,
    "有争议",
    "Disputed",
    "争议、是否争议、Disputed、dispute、争议标志、是否有争议、有无争议、纠纷、是否纠纷、是否有纠纷、有无纠纷、纠纷标志、in dispute",
)
INVOICE_DATE = column(
    "invoice_date",
    D,
    "发票日期",
    "Invoice date",
    "开票日期、放款日期、贷款日期、起息日、InvoiceDate、invoice date、loan date、start date、放款日、发放日期",
    "贷款发放日、贷款发放日期、借款日期、起始日期、合同起始日、贷款起始日、贷款起始日期、签约日期、issue date",
    "disbursement date、origination date",
)
CLIENT = column(
    "client",
    T,
    "委托方",
    "Client",
    "委案方、委托机构、client、principal name、委案机构、委托单位、委托银行、资产方、资方、creditor",
)
BATCH = column("batch", T, "批次", "Batch", "委案批次、批次号、batch、批次编号、委托批次、batch no、batch number")
HAND_BACK = column(
    "hand_back",
    D,
    "退案日期",
    "Hand-back date",
    "退案日、委案到期日、留案到期日、hand back date、委托到期日、委托截止日、退案时间",
)
WILLINGNESS = column("willingness", T, "还款意愿", "Willingness", "意愿", "willingness", choices=("有", "无", "未知"))
ABILITY = column("ability", T, "还款能力", "Ability to pay", "能力", "ability", choices=("有", "无", "未知"))
HARDSHIP = column("hardship", T, "困难情形", "Hardship", "困难", "困难原因", "hardship")
LAST_DEMAND = column(
    "last_demand", D, "上次时效中断日", "Limitation restarted", "时效中断日", "最近主张权利日", "上次签收催收函日期", "last demand date"
)
WORK_START = column("work_start", T, "客户上班时间", "Customer starts work", "上班时间", "方便联系时间", "work start")
WRITTEN_OFF = column("written_off", F, "已核销", "Written off", "核销、是否核销、written off、核销标志、核销状态")

CONTRACT_NO = column(
    "contract_no", ID, "其他编号", "Other number"
)  # a second number of the case: a ledger may have case and contract numbers

CASE_COLUMNS = (
    CASE_ID,
    CONTRACT_NO,
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
