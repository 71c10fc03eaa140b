"""Checks of Excel, WPS, xlwings, the add-in and trust: on Windows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from macros_py.installing.doctor.facts import Facts
from macros_py.installing.doctor.finding import Finding, ok, warning, wrong
from macros_py.installing.words import Words

MACROS_NEVER: Final = 4  # the value of VBAWarnings that lets no macro run


def excel(facts: Facts) -> Iterator[Finding]:
    """Excel is there."""
    if facts.excel.offices:
        bits = f"，{facts.excel.bits} 位" if facts.excel.bits else ""
        bits_en = f", {facts.excel.bits} bit" if facts.excel.bits else ""
        yield ok("excel", f"Excel {'、'.join(facts.excel.offices)}{bits}", f"Excel {', '.join(facts.excel.offices)}{bits_en}")
    elif facts.excel.wps:
        yield wrong(
            "excel", "没有 Excel，只有 WPS：按键和函数在 WPS 里不能运行", "There is WPS and no Excel: buttons and functions do not run in WPS",
            "请用投放文件夹：dunbook watch 文件夹（分发包：把文件夹拖到 watch.cmd 上）", "Use the drop folder: dunbook watch FOLDER (bundle: drag the folder onto watch.cmd)",
        )  # fmt: skip
    else:
        yield wrong(
            "excel",
            "没有找到 Excel",
            "Excel was not found",
            "请先打开一次 Excel 再体检；没有 Excel 的电脑请用投放文件夹 dunbook watch",
            "Open Excel once and check again; without Excel use the drop folder, dunbook watch",
        )


def wps(facts: Facts) -> Iterator[Finding]:
    """Which program a double-click opens workbooks with."""
    opens = facts.excel.opens.lower()
    if facts.excel.offices and facts.excel.wps and ("wps" in opens or opens.startswith(("et.", "ket."))):
        yield warning(
            "wps", "双击工作簿时打开的是 WPS，不是 Excel；WPS 里按键不能运行", "A double-click opens workbooks in WPS, where buttons do not run",
            "请在 .xlsx 和 .xlsm 文件上点右键 → 打开方式 → 选择其他应用 → Excel → 始终", "Right-click an .xlsx and an .xlsm file → Open with → Excel → Always",
        )  # fmt: skip


def xlwings(facts: Facts) -> Iterator[Finding]:
    """xlwings, pywin32 and the DLL for the bitness of Excel, which may differ from that of Python."""
    if not facts.program.xlwings or not facts.program.pywin32:
        missing = "xlwings" if not facts.program.xlwings else "pywin32"
        yield wrong(
            "xlwings",
            f"缺少 {missing}",
            f"{missing} is missing",
            "请运行 pip install xlwings pywin32；用分发包装的，请关闭 Excel，再双击一次分发包里的 install.cmd",
            "Run pip install xlwings pywin32; with the bundle, close Excel and double-click its install.cmd again",
        )
    elif facts.excel.offices and not facts.excel.dll:
        bits = facts.excel.bits or "64"
        yield wrong(
            "xlwings-dll",
            f"Python 旁边没有 xlwings{bits}-{facts.program.xlwings}.dll，函数不能计算（可能被杀毒软件移走）",
            f"xlwings{bits}-{facts.program.xlwings}.dll is not beside Python: functions cannot work (antivirus may have taken it)",
            "请把 Python 的文件夹加入杀毒软件的信任区，再运行 pip install --force-reinstall --no-deps xlwings（用分发包装的：再双击一次 install.cmd）",
            "Add Python's folder to the exceptions of the antivirus, then run pip install --force-reinstall --no-deps xlwings (with the bundle: double-click install.cmd again)",
        )
    else:
        yield ok("xlwings", f"xlwings {facts.program.xlwings}", f"xlwings {facts.program.xlwings}")


def addin(facts: Facts) -> Iterator[Finding]:
    """The add-in is there, of this version, unmarked and enabled."""
    excel, program = facts.excel, facts.program
    if not excel.offices:
        return
    if not excel.addin:
        yield wrong(
            "addin",
            "Excel 的启动文件夹里没有催收簿加载项",
            "The add-in is not in Excel's start folder",
            "请关闭 Excel，运行 dunbook install",
            "Close Excel and run dunbook install",
        )
    elif excel.addin != program.dunbook or excel.addin_xlwings not in ("", program.xlwings):
        yield wrong(
            "addin-version",
            f"加载项是 {excel.addin}（xlwings {excel.addin_xlwings or '?'}），程序是 {program.dunbook}（xlwings {program.xlwings}）",
            f"The add-in is {excel.addin} (xlwings {excel.addin_xlwings or '?'}), the program {program.dunbook} (xlwings {program.xlwings})",
            "请关闭 Excel，再运行一次 dunbook install", "Close Excel and run dunbook install once more",
        )  # fmt: skip
    elif excel.addin_marked:
        yield wrong(
            "addin-marked",
            "加载项带有“来自互联网”的标记，Excel 会不声不响地停用它",
            "The add-in has the mark of a file from the Internet: Excel silently drops it",
            "请再运行一次 dunbook install（会去掉标记）",
            "Run dunbook install once more: it takes the mark away",
        )
    elif excel.addin_disabled:
        yield wrong(
            "addin-disabled", "Excel 曾因异常停用了催收簿加载项", "Excel disabled the add-in after a crash",
            "Excel：文件 → 选项 → 加载项 → 管理“禁用项目” → 转到 → 选中催收簿 → 启用", "Excel: File → Options → Add-ins → Manage Disabled Items → Go → choose Dunbook → Enable",
        )  # fmt: skip
    else:
        yield ok("addin", f"加载项 {excel.addin}", f"Add-in {excel.addin}")


def start_folder(facts: Facts) -> Iterator[Finding]:
    """The start folder lies on this PC."""
    if facts.excel.offices and facts.excel.start_on_network:
        yield warning(
            "start-on-network",
            "%APPDATA% 在网络上，加载项所在的启动文件夹也在其中；Excel 默认不信任网络上的文件夹，断网时按键也会消失",
            "%APPDATA% lies on a network, and with it the start folder of the add-in: Excel does not trust folders on a network unless told to, and without the network there are no buttons",
            "Excel：文件 → 选项 → 信任中心 → 信任中心设置 → 受信任位置 → 勾选“允许网络上的受信任位置”；不允许时请管理员把 AppData 留在本机，或改用投放文件夹 dunbook watch",
            "Excel: File → Options → Trust Center → Settings → Trusted Locations → Allow trusted locations on my network; else ask the administrator to keep AppData on the PC, or use the drop folder, dunbook watch",
        )


def trust(facts: Facts) -> Iterator[Finding]:
    """Macros may run where our files lie."""
    excel = facts.excel
    if not excel.offices:
        return
    whose = (
        Words("单位的策略", "a policy of the company")
        if excel.macros_by_policy or excel.trust_forbidden
        else Words("Excel 的设置", "a setting of Excel")
    )
    drop = Words("请让管理员放行，或改用投放文件夹 dunbook watch", "Ask the administrator, or use the drop folder, dunbook watch")
    if excel.trust_forbidden:
        yield Finding(
            "trust",
            "wrong",
            Words(f"{whose.zh}停用了受信任位置，宏不能运行", f"Trusted locations are switched off by {whose.en}: macros cannot run"),
            drop,
        )
    elif not excel.trusted:
        yield wrong(
            "trust",
            "催收簿的文件夹不是受信任位置",
            "Dunbook's folder is no trusted location",
            "请再运行一次 dunbook install",
            "Run dunbook install once more",
        )
    elif excel.macros == MACROS_NEVER and excel.macros_by_policy:
        yield Finding(
            "macros",
            "warning",
            Words(
                f"{whose.zh}禁用了宏；受信任位置里的工作簿一般仍可运行",
                f"Macros are switched off by {whose.en}; workbooks in trusted locations usually still run",
            ),
            drop,
        )
    else:
        yield ok("trust", "受信任位置已设好", "Trusted locations are set")
