"""Statement exports of banks and channels, as text: the shapes that finance meets, with invented names and numbers."""

from __future__ import annotations

CMB = """\
招商银行企业账户交易明细,,,,,,,,,
账号：[755900001234567],户名：某某催收公司,,,,,,,,
交易日,交易时间,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号,用途
20261102,10:00:01,,"1,234.56","11,234.56",转账,FT00000001,张三,6222020200001111,案号CS20260001还款
20261103,09:30:00,88.00,,"11,146.56",手续费,FT00000002,,,
20261104,11:00:00,,-1234.56,"9,912.00",冲正,FT00000003,张三,6222020200001111,
合计,,88.00,0.00,,,,,,
"""
ABC = """\
中国农业银行账户明细查询
账号：,622848001234567890,,币种：,人民币,,,
交易时间,收入金额,支出金额,账户余额,对方账号,对方户名,交易用途,摘要
2026-11-02 10:00:01,500.00,,"1,500.00",6217001111,李四,还款CS20260002,转存
2026-11-03 16:20:00,,200.00,"1,300.00",6217002222,王五,差旅报销,转支
"""
BOCOM = """\
交通银行股份有限公司交易明细
卡号: 62226011****1234
交易日期,交易时间,交易方式,借贷状态,币种,交易金额,余额,对方账号,对方户名,摘要
2026-11-02,10:00:01,网银转账,贷 Cr,CNY 人民币,300.00,1300.00,6217003333,赵六,还款
2026-11-02,11:00:00,手机银行,借 Dr,CNY 人民币,100.00,1200.00,6217004444,孙七,转账
2026-11-03,12:00:00,汇款,贷 Cr,USD 美元,50.00,50.00,9999001111,JOHN,wire
"""
CITIC = """\
账户名称:,某某催收公司
账号,8110700012345678
交易日期,借方发生额,贷方发生额,账户余额,对方账号,对方账户名称,对方开户行名称,摘要,柜员交易号
2026/11/02,,250.00,2250.00,6217005555,周八,中信银行北京分行,CS20260003,EBK000000001
2026/11/02,,250.00,2500.00,6217005555,周八,中信银行北京分行,CS20260003,EBK000000002
"""
PAB = """\
交易时间,账号,收入,支出,账户余额,对方账户,对方账户名称,交易流水号,摘要,用途
2026-11-02 10:00:01,15000012345678,"¥1,000.00",--,"¥5,000.00",6217006666,吴九,P202611020001,转入,还款
2026-11-02 10:05:00,15000012345678,--,¥10.00,"¥4,990.00",--,--,P202611020002,手续费,--
"""
WECHAT_FUNDS = """\
记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号
`2026-11-02 10:00:01,`4200000001202611020000000001,`1000000000000000000000000001,`交易,`交易,`收入,`500.00,`1500.00,`system,`CS20260001,`HT2026001
`2026-11-02 23:00:00,`4200000001202611020000000002,`1000000000000000000000000002,`扣除交易手续费,`扣除交易手续费,`支出,`3.00,`1497.00,`system,`,`HT2026001
`2026-11-03 02:00:00,`4200000001202611020000000003,`1000000000000000000000000003,`提现,`提现,`支出,`1497.00,`0.00,`system,`提现至招商银行,`
`2026-11-03 12:00:00,`4200000001202611020000000001,`1000000000000000000000000004,`退款,`退款,`支出,`100.00,`-100.00,`system,`,`HT2026001
资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
`4,`1,`500.00,`3,`1600.00
"""
WECHAT_TRADES = """\
交易时间,公众账号ID,商户号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,退款金额,退款状态,商品名称,手续费,费率,订单金额
`2026-11-02 10:00:01,`wx01,`1900000109,`4200000001202611020000000011,`CS20260001A,`oUp1,`JSAPI,`SUCCESS,`CMB_DEBIT,`CNY,`500.00,`0.00,`0,`0.00,`,`贷款还款,`3.00,`0.60%,`500.00
`2026-11-02 11:00:01,`wx01,`1900000109,`4200000001202611020000000012,`CS20260002A,`oUp2,`JSAPI,`REFUND,`CMB_DEBIT,`CNY,`0.00,`0.00,`5030000001,`200.00,`SUCCESS,`贷款还款,`-1.20,`0.60%,`0.00
总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
`2,`500.00,`200.00,`0.00,`1.80,`500.00,`200.00
"""
ALIPAY_FUNDS = """\
#支付宝账务明细查询
#账号：[20880000111122220156]
#起始日期：[2026年11月01日 00:00:00]   终止日期：[2026年11月30日 23:59:59]
#-----------------------------------------账务明细列表----------------------------------------
账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注
301110000001\t,2026110222001\t,CS20260001-1\t,贷款还款,2026-11-02 10:00:01,张三(138****0001),500.00,0.00,500.00,支付宝,在线支付,
301110000002\t,2026110222001\t,CS20260001-1\t,贷款还款,2026-11-02 10:00:02,,0.00,-3.00,497.00,支付宝,收费,手续费
301110000003\t,2026110322001\t,\t,,2026-11-03 09:00:00,,0.00,-497.00,0.00,支付宝,提现,提现到银行卡
#-----------------------------------------账务明细列表结束------------------------------------
#支出合计：2笔，共-500.00元
#收入合计：1笔，共500.00元
#导出时间：[2026年11月30日 10:00:00]
"""
ENGLISH = """\
Account Number: GB12ABCD00001111
Date,Description,Reference,Money Out,Money In,Balance,Status
02/11/2026,Transfer from J SMITH,LOAN CS20260001,,"1,000.00","3,000.00",Completed
13/11/2026,Card purchase,POS,25.50,,"2,974.50",Completed
14/11/2026,Transfer from A BROWN,CS20260002,,50.00,"2,974.50",Pending
15/11/2026,Transfer from B GREEN,CS20260003,,70.00,"2,974.50",Failed
"""
SIGNED = """\
Transaction Date;Payee;Memo;Amount;Transaction ID
2026-11-02;J SMITH;repayment;100.00;TX10000001
2026-11-03;OFFICE LTD;paper;-20.00;TX10000002
"""
MARKED = """\
Posting Date,Details,Amount,Dr/Cr,Running Balance
2026-11-02,REPAYMENT CS20260001,100.00,CR,600.00
2026-11-03,FEE,5.00,DR,595.00
"""
UNSIGNED = """\
日期,金额,余额,对方户名,摘要
2026-11-02,100.00,600.00,张三,还款
2026-11-03,50.00,550.00,李四,付款
2026-11-04,30.00,580.00,王五,还款
"""
MT940 = """\
:20:STMT0001
:25:12345678/0001234567
:28C:00001/001
:60F:C261101CNY1000,00
:61:2611021102C500,00NTRFCS20260001//BANKREF001
:86:REPAYMENT CS20260001 ZHANG SAN
:61:2611031103D20,00NCHGNONREF//BANKREF002
:86:SERVICE CHARGE
:62F:C261103CNY1480,00
"""
CAMT = """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1470.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="CNY">500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt>
<AcctSvcrRef>REF0000001</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Zhang San</Nm></Dbtr>
<DbtrAcct><Id><IBAN>DE75512108001245126199</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>CS20260001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="CNY">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt>
<AcctSvcrRef>REF0000002</AcctSvcrRef></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""

MT940_REVERSED = """\
:20:STMT0002
:25:12345678/0001234567
:28C:00002/001
:60F:C261103CNY1000,00
:61:2611041104C450,00NTRFNONREF//B00004711
:86:REPAYMENT CS20260001
:61:2611041104RC450,00NTRFNONREF//B00004712
:86:REVERSAL OF B00004711
:61:2611041104D20,00NCHGNONREF//B00004713
:86:SERVICE CHARGE
:61:2611041104RD20,00NCHGNONREF//B00004714
:86:REVERSAL OF CHARGE
:62F:C261104CNY1000,00
"""
CAMT_PENDING = """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>2</Id>
<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="CNY">77.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>REF0000011</AcctSvcrRef></Ntry>
<Ntry><Amt Ccy="CNY">500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>REF0000012</AcctSvcrRef>
<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Zhang San</Nm></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="CNY">500.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt>
<AcctSvcrRef>REF0000013</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Zhang San</Nm></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""
WALLET = """\
京东支付商户账单
商户号：110225566001
交易完成时间,京东流水单号,商户订单号,交易类型,付款方,订单金额(元),收支方向,服务费,结算净额,订单状态,订单备注
2026/11/14 9:05,JD900001,M1,收款,张三,250.50,收入,0.50,250.00,交易成功,还CS20260001
2026/11/14 9:07,JD900003,M3,退款,张三,50.50,支出,0,50.50,退款成功,退CS20260001
2026/11/14 9:08,JD900004,M4,提现,,200.00,不计收支,0,200.00,成功,提现到银行卡
总计,,,,,501.00,,,,,
"""
ABROAD = """\
Transfer Date,Remitter Name,Remitter Account,CR Amount,DR Amount,Ledger Balance,Remarks,Bank Ref No
2026-11-20 09:00,Zhang San,622200000001,"1,380.00",,"11,380.00",CS20260001,R0000000001
2026-11-20 09:01,Office Ltd,622200000002,,80.00,"11,300.00",paper,R0000000002
"""
PAYERS = """\
结算时间,付款人名称,付款人账号,动账金额,客户备注,网银流水号
2026-11-20 14:00:00,张三,62220006,7000.00,CS20260001,Z000000009
2026-11-22 14:00:00,张三,62220006,-150.00,退款,Z000000010
2026-11-23 14:00:00,某公司,8611010000000777,-20.00,手续费,Z000000011
"""

RURAL = """\
江南县农村商业银行对公账户交易明细
户名：某某催收有限公司,,账号：,3205 8801 0010 1234 567
起止日期：20261101-20261110,币种：人民币

序号,交易日期,交易时间,借贷标志,交易金额,账户余额,对方账号,对方户名,摘要,凭证号
1,\t20261109,\t093000,\t借,"\t1,000.00","\t1,284.50",\t6222021001000000005,\t周八,\t冲账 还款,\t0010
2,\t20261109,\t090000,\t贷,"\t1,000.00","\t2,284.50",\t6222021001000000005,\t周八,\t还款,\t0009
3,\t20261104,\t111500,\t借,\t15.50,"\t1,284.50",\t,\t,\t账户管理费,\t0004
4,\t20261103,\t093015,\t贷,\t300.00,"\t1,300.00",\t6222 0210 0100 0000 001,\t张三,\t还款 cs20260001,\t0001
借方笔数：2,,借方金额合计：,"1,015.50",,贷方笔数：2
本明细仅供参考，以柜台打印为准
"""
OVERSEAS = """\
Example Bank (China) Company Limited
Account name,SOME COLLECTION CO LTD
Account number,"808-123456-001"
Statement period,01 Nov 2026 to 10 Nov 2026

Date,Value date,Transaction type,Description,Customer reference,Money out,Money in,Balance (CNY)
01 Nov 2026,,,Opening balance,,,,"10,000.00 CR"
02 Nov 2026,02 Nov 2026,Transfer,INWARD,CS20260001,,"1,500.00","11,500.00 CR"
02 Nov 2026,02 Nov 2026,Transfer,INWARD,CS20260001,,"1,500.00","13,000.00 CR"
04 Nov 2026,04 Nov 2026,Reversal,REVERSAL OF INWARD,,"1,500.00",,"11,500.00 CR"
05 Nov 2026,05 Nov 2026,Charge,MONTHLY FEE,,(35.00),,"11,465.00 CR"
10 Nov 2026,,,Closing balance,,"1,535.00","3,000.00","11,465.00 CR"
"Please examine this statement at once and report any errors within 90 days."
"""
