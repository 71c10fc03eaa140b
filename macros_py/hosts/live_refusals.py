"""Why an application that has a workbook open refuses: codes of HostError with words and remedy."""

from __future__ import annotations

from typing import Final

from macros_py.hosts.refusal import Refusal

LIVE_REFUSALS: Final[dict[str, Refusal]] = {
    "never-saved": Refusal(
        "“{file}”还没有保存过，没有存放操作记录和备份的地方",
        "{file} was never saved, so there is no place for its records and backups",
        "请先按 Ctrl+S 保存到自己的文件夹，再按一次",
        "Save it into a folder of yours with Ctrl+S and press again",
    ),
    "cloud-path": Refusal(
        "“{file}”是从网盘地址直接打开的，在本机找不到它的文件夹",
        "{file} was opened from a cloud address; its folder on this machine cannot be found",
        "请从资源管理器里 OneDrive 的同步文件夹打开它，或另存到本机，再试",
        "Open it from the synchronised OneDrive folder in the file explorer, or save it on this machine, and try again",
    ),
    "edit-mode": Refusal(
        "“{file}”里有单元格正在编辑，或有对话框开着，表格程序暂时不接受操作",
        "A cell of {file} is being edited or a dialog is open, so the spreadsheet takes no calls",
        "请按 Enter 结束编辑、关闭对话框，再按一次",
        "Finish editing with Enter, close the dialog and press again",
    ),
    "sheet-protected": Refusal(
        "表“{sheet}”设有保护密码，无法写入",
        "Sheet {sheet} is protected by a password and cannot be written",
        "请在“审阅 → 撤消工作表保护”中取消保护，再试",
        "Take the protection off under Review → Unprotect Sheet and try again",
    ),
    "password-needed": Refusal(
        "“{file}”设有打开密码，备份也要用它加密，而这里问不了密码",
        "{file} needs a password to open; its backups need it too, and it cannot be asked for here",
        "请在“文件 → 信息 → 保护工作簿 → 用密码进行加密”中清空密码并保存，按完再设回",
        "Clear it under File → Info → Protect Workbook → Encrypt with Password and save; set it again after the press",
    ),
    "wrong-password": Refusal(
        "密码不对，打不开“{file}”",
        "This is not the password of {file}",
        "请填写打开这个工作簿时用的密码",
        "Type the password with which this workbook is opened",
    ),
    "password-format": Refusal(
        "“{file}”不是用 Office 的方式加密的，或设了密码还没有保存",
        "{file} is not encrypted in Office's way, or its password was set and not saved yet",
        "请保存一次再按；.ods 文件请先清空打开密码，或另存为 .xlsx",
        "Save it and press again; clear the password of an .ods file, or save it as .xlsx",
    ),
    "structure-protected": Refusal(
        "“{file}”的工作簿结构受保护，不能加入或更换工作表",
        "The structure of {file} is protected; sheets cannot be added or replaced",
        "请在“审阅 → 保护工作簿”中取消保护，再试",
        "Take the protection off under Review → Protect Workbook and try again",
    ),
    "array-reference": Refusal(
        "表“{sheet}”的 {cell} 是引用待重画工作表的数组公式，换表后无法复原",
        "{cell} of sheet {sheet} is an array formula that points at a sheet to be redrawn and could not be put back",
        "请把该公式改为普通公式，或移到别的工作簿，再试",
        "Make it an ordinary formula or move it to another workbook and try again",
    ),
    "not-taken": Refusal(
        "表“{sheet}”的 {cell} 写入后读回的内容不一致，已退回全部改动",
        "{cell} of sheet {sheet} did not hold what was written; everything was taken back",
        "请检查该单元格的数据有效性和格式，再试",
        "Check the validation and format of that cell and try again",
    ),
    "half-written": Refusal(
        "“{file}”写到一半被表格程序拒绝",
        "The spreadsheet refused in the middle of writing {file}",
        "请不要保存，再按一次任意按钮即可退回；或关闭而不保存",
        "Do not save; press any button again and it will be taken back, or close without saving",
    ),
    "application-refused": Refusal(
        "表格程序拒绝了写入“{file}”，已退回全部改动",
        "The spreadsheet refused to write {file}; everything was taken back",
        "请关闭其他对话框后再按一次；仍不行时，关闭工作簿后用文件方式处理",
        "Close other dialogs and press again; if that fails, close the workbook and press on the file",
    ),
    "no-application": Refusal(
        "“{file}”所在的表格程序不受支持",
        "The application that has {file} open is not supported",
        "请用 Excel 或 LibreOffice 打开",
        "Open it in Excel or LibreOffice",
    ),
    "no-form": Refusal(
        "这里显示不了填写窗口（Python 没有 tkinter，或没有显示器）",
        "The form cannot be shown here (this Python has no tkinter, or there is no display)",
        "分发包请主管用 dunbook bundle --tk 重做；也可以改用 dunbook --help 列出的同名命令",
        "Have a bundle made again with dunbook bundle --tk, or use the command of the same name; dunbook --help lists them",
    ),
    "no-uno": Refusal(
        "没有找到 LibreOffice 的 Python 接口（uno）",
        "LibreOffice's Python bridge (uno) was not found",
        "请安装系统软件包 python3-uno，再试",
        "Install the system package python3-uno and try again",
    ),
    "no-office": Refusal(
        "LibreOffice 无法启动",
        "LibreOffice cannot be started",
        "请确认已安装 LibreOffice Calc，再试",
        "Make sure that LibreOffice Calc is installed and try again",
    ),
}
