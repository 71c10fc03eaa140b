"""Why a file is refused: every code of a HostError with its words and its remedy, zh and en, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from macros_py.hosts.host import HostError


@dataclass(frozen=True)
class Refusal:
    """The words of one code. Fields in braces come from HostError.values; {file} is the name of the file."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def explain(error: HostError, lang: str = "zh", file: str = "") -> str:
    """What is wrong and what the person can do, in two sentences. `file` names the file when the error itself does not."""
    refusal = REFUSALS.get(error.code, _UNKNOWN)
    said: Mapping[str, object] = _Lenient({"file": file or "?", "code": error.code, **error.values})
    if lang == "en":
        return f"{refusal.en.format_map(said)}. {refusal.remedy_en.format_map(said)}."
    return f"{refusal.zh.format_map(said)}。{refusal.remedy_zh.format_map(said)}。"


_UNKNOWN: Final = Refusal(
    "“{file}”无法处理（{code}）", "{file} cannot be used ({code})", "请换一份文件再试", "Try another copy of the file"
)

REFUSALS: Final[dict[str, Refusal]] = {
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
    "result-exists": Refusal(
        "“{file}”的内容变了，而上次的结果“{result}”还在",
        "{file} has changed, and the result of the last time, {result}, still stands beside it",
        "请直接在“{result}”上继续，或先把它改名、移走再按",
        "Go on with {result}, or rename or move it first and press again",
    ),
}
