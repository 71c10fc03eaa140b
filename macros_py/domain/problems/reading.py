"""Problems found while reading a workbook."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import B, N, P, Template

READING: Final[dict[str, Template]] = {
    # reading -----------------------------------------------------------------------------------------------------
    "no-case-sheet": Template(
        B,
        "没有找到案件台账：没有一张表的表头能认出案件",
        "No case ledger found: no sheet has a header row that reads as cases",
        "请确认台账有表头行（如 案件编号、客户姓名、逾期金额、应还日期），或用 --map 表头=列名 指定",
        "Give the ledger a header row, or name columns with --map HEADER=column",
    ),
    "column-missing": Template(
        B,
        "缺少必需的列“{column}”；现有表头：{headers}",
        "The required column {column_en} is missing; headers found: {headers}",
        "请补上该列，或用 --map 表头={name} 指定哪一列就是它",
        "Add the column, or say which header it is with --map HEADER={name}",
    ),
    "header-ambiguous": Template(
        P,
        "表头“{header}”可能是：{candidates}；未经确认，按未知处理",
        "Header {header} may be any of: {candidates_en}; left unknown until confirmed",
        "请用 --map {header}={first} 确认一次，之后会记住",
        "Confirm once with --map {header}={first}; it is remembered",
    ),
    "header-unconfirmed": Template(
        P,
        "表头“{header}”像是“{column}”（相似度 {score}），未经确认，按未知处理",
        "Header {header} looks like {column_en} (similarity {score}); left unknown until confirmed",
        "请用 --map {header}={name} 确认一次，之后会记住",
        "Confirm once with --map {header}={name}; it is remembered",
    ),
    "case-id-spelled": Template(
        N,
        "{count} 行的案件编号写法与台账不同（如短横、大小写、前导零），已按台账中唯一相同的编号认作同一案件，首个：{first}",
        "{count} rows write case numbers otherwise than the ledger does (dashes, case, leading zeros); each is taken for the only ledger "
        "number that reads the same, first: {first}",
        "如有认错，请改成与台账完全一致的编号",
        "Where one is mistaken, write the number exactly as the ledger does",
    ),
    "amount-unreadable": Template(
        P,
        "金额“{shown}”读不懂，按未知处理",
        "The amount {shown} cannot be read; taken as unknown",
        "请改为数字，如 1234.50",
        "Type a number such as 1234.50",
    ),
    "date-unreadable": Template(
        P,
        "日期“{shown}”读不懂，按未知处理",
        "The date {shown} cannot be read; taken as unknown",
        "请改为日期，如 2026-03-05",
        "Type a date such as 2026-03-05",
    ),
    "cell-error": Template(
        P,
        "单元格是错误值 {error}，不是空白也不是 0",
        "The cell holds the error {error}, which is neither blank nor 0",
        "请修正公式或清空该单元格",
        "Mend the formula or clear the cell",
    ),
    "cell-uncached": Template(
        P,
        "公式没有保存计算结果，按未知处理",
        "The formula has no stored result; taken as unknown",
        "请用 Excel 打开、计算并保存一次",
        "Open in Excel, recalculate and save once",
    ),
    "id-damaged": Template(
        P,
        "编号或证件号被存成了数字，末位已丢失，无法恢复",
        "The number was stored as a figure and its last digits are lost for good",
        "请从原始资料重新以文本录入",
        "Type it again, as text, from the original papers",
    ),
    "dpd-differs": Template(
        P,
        "打印的逾期天数 {printed} 与按 {as_of} 计算的 {computed} 不一致，以计算为准",
        "Printed days past due {printed} differ from {computed} computed as of {as_of}; the computed figure is used",
        "请核对应还日期或截至日",
        "Check the due date or the as-of date",
    ),
    "case-duplicate": Template(
        P,
        "案件编号重复：与第 {first_row} 行相同",
        "Duplicate case number: the same as row {first_row}",
        "请删除或更正其中一行；计划中只排一次",
        "Remove or correct one of them; it is planned once",
    ),
    # reading: headers, cells and rows (sheets) ---------------------------------------------------------------------
    "header-twice": Template(
        P,
        "表头“{header}”出现两次而内容不同，可能是：{candidates}；未经确认，按未知处理",
        "Header {header} occurs twice with different contents, may be: {candidates_en}; left unknown until confirmed",
        "请给其中一列改名，例如写明是谁的、哪一种",
        "Rename one of the two, saying whose or which it is",
    ),
    "header-contradicted": Template(
        P,
        "表头“{header}”认作“{column}”，但下面的内容不是；该列按未知处理",
        "Header {header} reads as {column_en}, but the values below it are something else; left unknown",
        "请核对表头是否错位，或用 --map {header}={name} 坚持",
        "Check whether the headers are shifted, or insist with --map {header}={name}",
    ),
    "date-month-only": Template(
        P,
        "日期“{shown}”只有年月，按未知处理",
        "The date {shown} gives a month only; taken as unknown",
        "请补上日",
        "Add the day",
    ),
    "date-ambiguous": Template(
        P,
        "日期“{shown}”分不清日和月，这一列没有能证明的值，按未知处理",
        "In the date {shown} day and month cannot be told apart and no value of the column proves it; taken as unknown",
        "请改为 2026-03-05 的写法",
        "Write dates as 2026-03-05",
    ),
    "number-unreadable": Template(
        P,
        "数字“{shown}”读不懂，按未知处理",
        "The number {shown} cannot be read; taken as unknown",
        "请改为整数，如 92",
        "Type a whole number such as 92",
    ),
    "flag-unreadable": Template(
        P, "“{shown}”读不出是或否，按否处理", "{shown} is neither yes nor no; taken as no", "请填 是 或 否", "Type 是 or 否 (yes or no)"
    ),
    "phone-unreadable": Template(
        P,
        "电话号码读不懂或不完整，按未知处理",
        "The phone number cannot be read or is incomplete; taken as unknown",
        "请填完整号码，多个号码用顿号隔开",
        "Type whole numbers, several of them parted by a comma",
    ),
    "id-checksum": Template(
        N,
        "身份证号校验位不对，可能录入有误",
        "The check digit of the ID number does not fit; it may be mistyped",
        "请对照原始资料核对",
        "Compare with the original papers",
    ),
    "row-unidentified": Template(
        P,
        "这一行有金额和日期，但没有编号、姓名、证件号和电话",
        "The row has an amount and a date but no number, name, ID or phone",
        "请补上案件编号或客户姓名",
        "Add a case number or the customer's name",
    ),
    "row-left-out": Template(
        P,
        "这一行只有金额，没有编号、姓名和日期，也不是上面各行的合计；没有当作案件",
        "The row has an amount only and is not the sum of the rows above; not taken as a case",
        "是案件请补全，是合计请核对金额",
        "Complete it if it is a case, check the sum if it is a total",
    ),
    "case-duplicate-whole": Template(
        P,
        "与第 {first_row} 行完全相同，只算一次",
        "The row is the same as row {first_row} throughout; counted once",
        "请删除重复的一行",
        "Remove one of the two rows",
    ),
    "case-id-made": Template(
        N,
        "台账没有案件编号，暂以行号代替",
        "The ledger has no case number; the row number stands in for it",
        "请加一列不变的案件编号，否则行移动后对不上",
        "Add a column of lasting case numbers; row numbers change when rows move",
    ),
    "overdue-taken": Template(
        N,
        "没有“逾期金额”，以{taken}作为逾期应还",
        "There is no overdue amount; {taken_en} is taken for it",
        "如不对，请补一列“逾期金额”",
        "Add a column of overdue amounts if this is wrong",
    ),
    "due-derived": Template(
        N,
        "没有应还日期，按逾期天数与 {as_of} 推算",
        "The due date is missing and derived from the days past due as of {as_of}",
        "请补上应还日期",
        "Add the due date",
    ),
    "printed-days-of": Template(
        N,
        "打印的逾期天数是 {day} 的，不是 {as_of} 的；按 {as_of} 重算",
        "The printed days past due are as of {day}, not {as_of}; computed anew",
        "无需处理；要按原日计算请用 --as-of {day}",
        "Nothing to do; use --as-of {day} for the printed day",
    ),
    "settled-later": Template(
        N,
        "{count} 笔在 {as_of} 之后才结清，按当日仍未结清处理",
        "{count} cases were settled after {as_of} and count as open on that day",
        "无需处理",
        "Nothing to do",
    ),
    "sheet-copy": Template(
        N,
        "“{other}”的案件大多已在“{sheet}”中，没有重复读取",
        "Most cases of {other} stand in {sheet} already; not read twice",
        "如果不是副本，请用不同的案件编号",
        "Use different case numbers if it is not a copy",
    ),
    "sheet-left-out": Template(
        P,
        "这张表像是案件，但缺少“{column}”，没有读入",
        "The sheet looks like cases but lacks {column_en}; it was not read",
        "请补上该列，或用 --map 表头={name} 指定哪一列就是它",
        "Add the column, or say which header it is with --map HEADER={name}",
    ),
    "map-header-missing": Template(
        P,
        "--map 指定的表头“{header}”在工作簿里没有找到",
        "The header {header} given with --map is nowhere in the workbook",
        "请照表头原样填写；两级表头写作 上级|下级",
        "Write the header as it stands; a header of two levels as upper|lower",
    ),
    "map-unknown": Template(
        P,
        "--map 指定的列名“{name}”不认识（表头“{header}”）",
        "The column name {name} given for header {header} is not known",
        "可用的列名见 dunbook table --help",
        "See dunbook table --help for the names",
    ),
    # the press -----------------------------------------------------------------------------------------------------------
    "letter-not-made": Template(B, "{zh}", "{en}", "改正后再按一次；工作簿未改动", "Mend it and press again; the workbook was not changed"),
}
