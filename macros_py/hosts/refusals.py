"""Why a file is refused: every code of a HostError with its words and its remedy, zh and en, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from macros_py.hosts.host import HostError
from macros_py.hosts.live_refusals import LIVE_REFUSALS
from macros_py.hosts.refusal import Refusal


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def explain(error: HostError, lang: str = "zh", file: str = "") -> str:
    """What is wrong and what the person can do, in two sentences. `file` names the file when the error itself does not."""
    refusal = REFUSALS.get(error.code, _UNKNOWN)
    someone = {"holder": "another program" if lang == "en" else "其他程序", "lock": "-"}
    known = {name: value for name, value in error.values.items() if value not in ("", None)}
    said: Mapping[str, object] = _Lenient({"file": file or "?", "code": error.code, **someone, **known})
    if lang == "en":
        return f"{refusal.en.format_map(said)}. {refusal.remedy_en.format_map(said)}."
    return f"{refusal.zh.format_map(said)}。{refusal.remedy_zh.format_map(said)}。"


_UNKNOWN: Final = Refusal(
    "“{file}”无法处理（{code}）", "{file} cannot be used ({code})", "请换一份文件再试", "Try another copy of the file"
)

REFUSALS: Final[dict[str, Refusal]] = {
    **LIVE_REFUSALS,
    # the container -----------------------------------------------------------------------------------------------
    "encrypted": Refusal(
        "“{file}”设有打开密码，无法读取",
        "{file} is protected by a password to open and cannot be read",
        "请在 Excel 中打开，选“文件 → 信息 → 保护工作簿 → 用密码进行加密”，清空密码后保存，再试",
        "Open it in Excel, clear the password under File → Info → Protect Workbook → Encrypt with Password, save and try again",
    ),
    "corrupt": Refusal(
        "“{file}”已损坏，内容不完整或校验不符",
        "{file} is damaged: something in it is incomplete or fails its checksum",
        "请重新下载或向发件人再要一份；也可在 Excel 中用“打开并修复”另存为 .xlsx",
        "Download it again or ask the sender for it; or use Open and Repair in Excel and save as .xlsx",
    ),
    "not-workbook": Refusal(
        "“{file}”不是能读的表格文件",
        "{file} is not a spreadsheet that can be read",
        "请提供 .xlsx、.xlsm、.xls、.ods 或 .csv 文件",
        "Give an .xlsx, .xlsm, .xls, .ods or .csv file",
    ),
    "other-format": Refusal(
        "“{file}”其实是 {format} 格式，不是 .xlsx/.xlsm",
        "{file} is really a {format} file, not .xlsx/.xlsm",
        "请在 Excel 中打开并另存为 .xlsx，再试",
        "Open it in Excel, save it as .xlsx and try again",
    ),
    "duplicate-part": Refusal(
        "“{file}”里有两份同名的内容（{part}），不知以哪份为准",
        "{file} holds two parts of one name ({part}); which one counts cannot be told",
        "请在 Excel 中打开，核对内容后另存为新文件，再试",
        "Open it in Excel, check what it shows, save it under a new name and try again",
    ),
    "unsafe-name": Refusal(
        "“{file}”内含指向文件夹之外的路径，可能是恶意文件",
        "{file} holds a path that leads outside its folder; it may be malicious",
        "请勿打开，向发件人核实来源",
        "Do not open it; check with the sender where it comes from",
    ),
    "bomb": Refusal(
        "“{file}”解压后异常庞大（{part}），可能是压缩炸弹",
        "{file} unpacks to an abnormal size ({part}); it may be a zip bomb",
        "请向发件人核实来源；确是业务文件时，请在 Excel 中另存为新文件，再试",
        "Check with the sender; if it is a real file, save it under a new name in Excel and try again",
    ),
    "dtd": Refusal(
        "“{file}”内含外部实体声明（{part}），正常的表格文件不会有",
        "{file} declares entities ({part}), which no ordinary spreadsheet does",
        "请勿打开，向发件人核实来源",
        "Do not open it; check with the sender where it comes from",
    ),
    "too-large": Refusal(
        "“{file}”太大，超出能处理的范围",
        "{file} is larger than can be handled",
        "请按年份或批次拆成几个文件，再试",
        "Split it by year or batch into several files and try again",
    ),
    # the cells ---------------------------------------------------------------------------------------------------
    "far-cell": Refusal(
        "“{file}”的表“{sheet}”在很远的位置（{cell}）有一个单元格，整张表会大得无法处理",
        "Sheet {sheet} of {file} has a cell far away ({cell}); the sheet becomes too large to handle",
        "请在 Excel 中按 Ctrl+End 找到它，删除其后多余的行和列，保存后再试",
        "Press Ctrl+End in Excel to find it, delete the surplus rows and columns, save and try again",
    ),
    "no-sheet": Refusal(
        "“{file}”里没有名为“{sheet}”的工作表",
        "{file} has no sheet named {sheet}",
        "请核对工作表名称",
        "Check the name of the sheet",
    ),
    "text-too-long": Refusal(
        "“{file}”的单元格 {cell} 超过 32,767 个字符，Excel 存不下",
        "Cell {cell} of {file} holds more than the 32,767 characters that Excel can keep",
        "请缩短该单元格的文字，再试",
        "Shorten the text of that cell and try again",
    ),
    # writing -----------------------------------------------------------------------------------------------------
    "not-found": Refusal("找不到文件“{file}”", "There is no file {file}", "请核对文件名和所在文件夹", "Check the name and the folder"),
    "locked": Refusal(
        "“{file}”正被 {holder} 打开（锁文件 {lock}）",
        "{file} is open by {holder} (lock file {lock})",
        "请先在 Excel、WPS 或 LibreOffice 中关闭它，再试；确已关闭而锁文件残留时，可删除锁文件",
        "Close it in Excel, WPS or LibreOffice and try again; if it is closed and the lock file was left behind, delete that file",
    ),
    "read-only": Refusal(
        "“{file}”或所在文件夹是只读的，无法写入",
        "{file} or its folder is read-only and cannot be written",
        "请把文件复制到自己的文件夹，或取消只读属性，再试",
        "Copy the file into a folder of your own, or clear its read-only mark, and try again",
    ),
    "disk-full": Refusal(
        "磁盘已满，“{file}”没有改动", "The disk is full; {file} was not changed", "请腾出空间，再试", "Free some space and try again"
    ),
    "changed-meanwhile": Refusal(
        "“{file}”在处理期间被别人改动，为免覆盖没有写入",
        "{file} was changed by someone else meanwhile; nothing was written over it",
        "请再按一次",
        "Press again",
    ),
    "signed": Refusal(
        "“{file}”带有数字签名，写入会使签名失效",
        "{file} carries a digital signature, which writing would make invalid",
        "请在 Excel 中另存一份不带签名的副本，再试",
        "Save a copy without the signature in Excel and try again",
    ),
    "rows-moved": Refusal(
        "表“{sheet}”第 {row} 行的案件已不是原来那一件，为免写错行没有写入",
        "Row {row} of sheet {sheet} no longer holds the case it held; nothing was written, lest it go to a wrong row",
        "请再按一次",
        "Press again",
    ),
    "rows-below": Refusal(
        "表“{sheet}”的表格下方第 {row} 行还有内容，无法追加",
        "Sheet {sheet} has something below the table, in row {row}; rows cannot be appended",
        "请把表格下方的内容移到别处，再试",
        "Move what stands below the table elsewhere and try again",
    ),
    "total-row": Refusal(
        "表“{sheet}”第 {row} 行是合计行，不能把它下移以便在其上追加",
        "Row {row} of sheet {sheet} is a total that cannot be moved down to make room for new rows",
        "请把合计改成公式（如 =SUM(C2:C10)），或把合计行移到表头上方，再试",
        "Make the totals formulas such as =SUM(C2:C10), or move the row above the header, and try again",
    ),
    "table-total-row": Refusal(
        "表“{sheet}”第 {row} 行是表格的汇总行，不能把它下移以便在其上追加",
        "Row {row} of sheet {sheet} is the total row of a table and cannot be moved down to make room for new rows",
        "请在“表设计”中取消“汇总行”，再按一次，然后重新勾选（Excel 会记住原来的汇总方式）",
        "Untick Total Row under Table Design, press again, then tick it again; Excel remembers what it worked out",
    ),
    "merged": Refusal(
        "表“{sheet}”要写入的位置 {cell} 是合并单元格",
        "{cell} of sheet {sheet}, where something is to be written, is merged",
        "请取消合并，再试",
        "Unmerge the cells and try again",
    ),
    "array-formula": Refusal(
        "表“{sheet}”要写入的位置 {cell} 是数组公式",
        "{cell} of sheet {sheet}, where something is to be written, is an array formula",
        "请把该数组公式移到别处，再试",
        "Move the array formula elsewhere and try again",
    ),
    "too-many-columns": Refusal(
        "表“{sheet}”的列已到最后一列，加不下",
        "Sheet {sheet} has no column left",
        "请删除右侧不用的列，再试",
        "Delete unused columns at its right and try again",
    ),
    "too-many-rows": Refusal(
        "表“{sheet}”的行已到最后一行，加不下",
        "Sheet {sheet} has no row left",
        "请把旧记录移到另一个工作簿，再试",
        "Move old records to another workbook and try again",
    ),
    "too-many-formats": Refusal(
        "“{file}”的单元格格式已达上限（{limit}）",
        "{file} has as many cell formats as a workbook can have ({limit})",
        "请在 Excel 中清除多余格式后保存，再试",
        "Clear surplus formats in Excel, save and try again",
    ),
    "last-sheet": Refusal(
        "“{sheet}”是“{file}”的最后一张表，不能删除",
        "{sheet} is the last sheet of {file} and cannot be removed",
        "请先添加另一张表",
        "Add another sheet first",
    ),
    "pivot-in-sheet": Refusal(
        "要加入的表里有数据透视表", "The sheet to be added holds a pivot table", "请改用不含数据透视表的模板", "Use a template without one"
    ),
    "sheet-kind": Refusal(
        "“{sheet}”不是普通工作表（图表或宏表），不能重画",
        "{sheet} is a chart or macro sheet and cannot be redrawn",
        "请把它改名，再试",
        "Rename it and try again",
    ),
    "sheet-name": Refusal(
        "“{sheet}”不能用作工作表名称",
        "{sheet} cannot be the name of a sheet",
        "请改用不含 []:*?/\\ 且不超过 31 个字符的名称",
        "Use a name without []:*?/\\ of at most 31 characters",
    ),
    # undo and results --------------------------------------------------------------------------------------------
    "nothing-to-undo": Refusal(
        "“{file}”没有可以撤销的操作",
        "There is nothing to take back in {file}",
        "请确认是同一个工作簿，且旁边的 .dunbook 文件夹还在",
        "Make sure that it is the same workbook and that the .dunbook folder beside it is still there",
    ),
    "backup-missing": Refusal(
        "“{file}”的备份已被删除或改动，无法撤销",
        "The backup of {file} was removed or changed, so the press cannot be taken back",
        "只保留最近 20 次操作的备份；请从自己的副本恢复",
        "Images of the last 20 presses are kept; restore a copy of your own",
    ),
    "copy-of": Refusal(
        "“{file}”是“{other}”的副本，两者共用一份操作记录",
        "{file} is a copy of {other}; they share one journal",
        "请在“{other}”上撤销；副本可以直接弃用",
        "Undo in {other}; discard the copy or keep it as it is",
    ),
    "result-exists": Refusal(
        "“{file}”的内容变了，而上次的结果“{result}”还在",
        "{file} has changed, and the result of the last time, {result}, still stands beside it",
        "请直接在“{result}”上继续，或先把它改名、移走再按",
        "Go on with {result}, or rename or move it first and press again",
    ),
}
