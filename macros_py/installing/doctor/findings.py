"""Judging the facts: each check gives one finding, fine or not, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from macros_py.installing.doctor.facts import Facts
from macros_py.installing.words import Words

Level = Literal["ok", "warning", "wrong"]
_NOTHING: Final = Words("", "")
MACROS_SIGNED_ONLY, MACROS_NEVER = 3, 4  # values of VBAWarnings


@dataclass(frozen=True)
class Finding:
    """One check. what: the state in a sentence; remedy: what to do, empty where all is well."""

    code: str
    level: Level
    what: Words
    remedy: Words = _NOTHING


def judge(facts: Facts) -> list[Finding]:
    """Every finding, in the order in which a person would mend them."""
    checks = (*_EVERYWHERE, *(_WINDOWS if facts.system == "windows" else _LINUX), *_OF_A_BOOK)
    return [finding for check in checks for finding in check(facts)]


def _python(facts: Facts) -> Iterator[Finding]:
    version, bits = facts.program.python, facts.program.bits
    if tuple(int(n) for n in version.split(".")[:2]) < (3, 11):
        yield _wrong(
            "python",
            f"Python 是 {version}，太旧",
            f"Python is {version}, too old",
            "请安装 Python 3.11 或更新，或使用分发包",
            "Install Python 3.11 or newer, or use the bundle",
        )
    elif bits != "64":
        yield _wrong(
            "python",
            f"Python 是 {bits} 位的",
            f"Python is for {bits} bit",
            "请安装 64 位的 Python，或使用分发包",
            "Install the 64-bit Python, or use the bundle",
        )
    else:
        yield _ok("python", f"Python {version}，64 位", f"Python {version}, 64 bit")


def _installed(facts: Facts) -> Iterator[Finding]:
    put = facts.installed
    if put.damaged:
        yield _wrong(
            "installed",
            "安装记录已损坏",
            "The record of what was installed is damaged",
            "请重新运行 dunbook install",
            "Run dunbook install again",
        )
    elif not put.version:
        yield _wrong(
            "installed",
            "还没有安装",
            "Not installed yet",
            "请运行 dunbook install（分发包：双击 install.cmd）",
            "Run dunbook install (bundle: double-click install.cmd)",
        )
    elif put.version != facts.program.dunbook:
        yield _wrong(
            "installed",
            f"安装的是 {put.version}，程序是 {facts.program.dunbook}",
            f"{put.version} is installed, the program is {facts.program.dunbook}",
            "请再运行一次 dunbook install",
            "Run dunbook install once more",
        )
    else:
        yield _ok("installed", f"已安装 {put.version}", f"{put.version} is installed")


def _lost(facts: Facts) -> Iterator[Finding]:
    if not facts.installed.lost:
        return
    names, guards = "、".join(facts.installed.lost), "、".join(facts.antivirus) or "杀毒软件"
    yield _wrong(
        "lost",
        f"安装后不见了：{names}；多半是被{guards}隔离了",
        f"Gone since it was installed: {', '.join(facts.installed.lost)}; most likely {', '.join(facts.antivirus) or 'antivirus'} took it away",
        "请在杀毒软件的隔离区恢复，并把这些文件所在的文件夹加入信任区，再运行 dunbook install",
        "Restore it from the quarantine, add its folder to the exceptions, then run dunbook install",
    )


def _conf(facts: Facts) -> Iterator[Finding]:
    if facts.installed.version and not facts.installed.conf_python_there:
        yield _wrong(
            "interpreter",
            f"Excel 要用的 Python 不在了：{facts.installed.conf_python or '（设置文件里没有写）'}",
            f"The Python that Excel shall start is not there: {facts.installed.conf_python or '(the conf file names none)'}",
            "Python 被移动或删除了，请再运行一次 dunbook install",
            "Python was moved or removed: run dunbook install once more",
        )


def _excel(facts: Facts) -> Iterator[Finding]:
    if facts.excel.offices:
        bits = f"，{facts.excel.bits} 位" if facts.excel.bits else ""
        bits_en = f", {facts.excel.bits} bit" if facts.excel.bits else ""
        yield _ok("excel", f"Excel {'、'.join(facts.excel.offices)}{bits}", f"Excel {', '.join(facts.excel.offices)}{bits_en}")
    elif facts.excel.wps:
        yield _wrong(
            "excel", "没有 Excel，只有 WPS：按键和函数在 WPS 里不能运行", "There is WPS and no Excel: buttons and functions do not run in WPS",
            "请用投放文件夹：dunbook watch 文件夹（分发包：把文件夹拖到 watch.cmd 上）", "Use the drop folder: dunbook watch FOLDER (bundle: drag the folder onto watch.cmd)",
        )  # fmt: skip
    else:
        yield _wrong(
            "excel",
            "没有找到 Excel",
            "Excel was not found",
            "请先打开一次 Excel 再体检；没有 Excel 的电脑请用投放文件夹 dunbook watch",
            "Open Excel once and check again; without Excel use the drop folder, dunbook watch",
        )


def _wps(facts: Facts) -> Iterator[Finding]:
    opens = facts.excel.opens.lower()
    if facts.excel.offices and facts.excel.wps and ("wps" in opens or opens.startswith(("et.", "ket."))):
        yield _warning(
            "wps", "双击工作簿时打开的是 WPS，不是 Excel；WPS 里按键不能运行", "A double-click opens workbooks in WPS, where buttons do not run",
            "请在 .xlsx 和 .xlsm 文件上点右键 → 打开方式 → 选择其他应用 → Excel → 始终", "Right-click an .xlsx and an .xlsm file → Open with → Excel → Always",
        )  # fmt: skip


def _xlwings(facts: Facts) -> Iterator[Finding]:
    if not facts.program.xlwings or not facts.program.pywin32:
        missing = "xlwings" if not facts.program.xlwings else "pywin32"
        yield _wrong(
            "xlwings",
            f"缺少 {missing}",
            f"{missing} is missing",
            "请运行 pip install xlwings pywin32，或使用分发包",
            "Run pip install xlwings pywin32, or use the bundle",
        )
    elif facts.excel.offices and not facts.excel.dll:
        bits = facts.excel.bits or "64"
        yield _wrong(
            "xlwings-dll",
            f"Python 旁边没有 xlwings{bits}-{facts.program.xlwings}.dll，函数不能计算（可能被杀毒软件移走）",
            f"xlwings{bits}-{facts.program.xlwings}.dll is not beside Python: functions cannot work (antivirus may have taken it)",
            "请运行 pip install --force-reinstall --no-deps xlwings，并把 Python 的文件夹加入杀毒软件的信任区",
            "Run pip install --force-reinstall --no-deps xlwings, and add Python's folder to the exceptions of the antivirus",
        )
    else:
        yield _ok("xlwings", f"xlwings {facts.program.xlwings}", f"xlwings {facts.program.xlwings}")


def _addin(facts: Facts) -> Iterator[Finding]:
    excel, program = facts.excel, facts.program
    if not excel.offices:
        return
    if not excel.addin:
        yield _wrong(
            "addin",
            "Excel 的启动文件夹里没有催收簿加载项",
            "The add-in is not in Excel's start folder",
            "请关闭 Excel，运行 dunbook install",
            "Close Excel and run dunbook install",
        )
    elif excel.addin != program.dunbook or excel.addin_xlwings not in ("", program.xlwings):
        yield _wrong(
            "addin-version",
            f"加载项是 {excel.addin}（xlwings {excel.addin_xlwings or '?'}），程序是 {program.dunbook}（xlwings {program.xlwings}）",
            f"The add-in is {excel.addin} (xlwings {excel.addin_xlwings or '?'}), the program {program.dunbook} (xlwings {program.xlwings})",
            "请关闭 Excel，再运行一次 dunbook install", "Close Excel and run dunbook install once more",
        )  # fmt: skip
    elif excel.addin_marked:
        yield _wrong(
            "addin-marked",
            "加载项带有“来自互联网”的标记，Excel 会不声不响地停用它",
            "The add-in has the mark of a file from the Internet: Excel silently drops it",
            "请再运行一次 dunbook install（会去掉标记）",
            "Run dunbook install once more: it takes the mark away",
        )
    elif excel.addin_disabled:
        yield _wrong(
            "addin-disabled", "Excel 曾因异常停用了催收簿加载项", "Excel disabled the add-in after a crash",
            "Excel：文件 → 选项 → 加载项 → 管理“禁用项目” → 转到 → 选中催收簿 → 启用", "Excel: File → Options → Add-ins → Manage Disabled Items → Go → choose Dunbook → Enable",
        )  # fmt: skip
    else:
        yield _ok("addin", f"加载项 {excel.addin}", f"Add-in {excel.addin}")


def _trust(facts: Facts) -> Iterator[Finding]:
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
        yield _wrong(
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
        yield _ok("trust", "受信任位置已设好", "Trusted locations are set")


def _calc(facts: Facts) -> Iterator[Finding]:
    calc = facts.calc
    if not calc.version or not calc.unopkg:
        yield _wrong(
            "libreoffice",
            "没有找到 LibreOffice",
            "LibreOffice was not found",
            "请安装 libreoffice-calc 和 python3-uno；不用 Calc 也可以用命令行和 dunbook watch",
            "Install libreoffice-calc and python3-uno; the commands and dunbook watch work without",
        )
        return
    yield _ok("libreoffice", f"LibreOffice {calc.version}", f"LibreOffice {calc.version}")
    if calc.root:
        yield _warning(
            "root",
            "现在是 root：看不到平时用户的扩展",
            "This is root: the extensions of the person who uses LibreOffice are not seen",
            "请用平时打开 LibreOffice 的用户体检",
            "Check as the person who uses LibreOffice",
        )
    elif not calc.extension:
        yield _wrong(
            "extension",
            "LibreOffice 里没有催收簿扩展",
            "LibreOffice does not have the extension",
            "请运行 dunbook install",
            "Run dunbook install",
        )
    elif calc.extension != facts.program.dunbook:
        yield _wrong(
            "extension",
            f"扩展是 {calc.extension}，程序是 {facts.program.dunbook}",
            f"The extension is {calc.extension}, the program {facts.program.dunbook}",
            "请再运行一次 dunbook install",
            "Run dunbook install once more",
        )
    else:
        yield _ok("extension", f"扩展 {calc.extension}", f"Extension {calc.extension}")


def _calc_python(facts: Facts) -> Iterator[Finding]:
    calc, own = facts.calc, ".".join(facts.program.python.split(".")[:2])
    if not calc.version:
        return
    if not calc.python:
        yield _wrong(
            "office-python",
            "LibreOffice 不能运行 Python",
            "LibreOffice cannot run Python",
            "请安装 python3-uno（或 libreoffice-script-provider-python）",
            "Install python3-uno (or libreoffice-script-provider-python)",
        )
    elif ".".join(calc.python.split(".")[:2]) != own:
        yield _wrong(
            "office-python", f"LibreOffice 用 Python {calc.python}，催收簿装在 Python {own} 里", f"LibreOffice runs Python {calc.python}, Dunbook is installed in {own}",
            f"请用 Python {calc.python} 建立环境并安装催收簿，再运行 dunbook install", f"Install Dunbook with Python {calc.python}, then run dunbook install",
        )  # fmt: skip
    else:
        yield _ok("office-python", f"LibreOffice 的 Python {calc.python}", f"LibreOffice's Python {calc.python}")


def _book(facts: Facts) -> Iterator[Finding]:
    book = facts.book
    if book is None:
        return
    if book.cloud:
        yield _warning(
            "cloud",
            f"“{book.path}”在 OneDrive 或 SharePoint 里：同步中的文件可能被占用，按键可能找不到它",
            f"{book.path} lies in OneDrive or SharePoint: while it syncs it may be held, and buttons may not find it",
            "请放到本机文件夹（如“Dunbook”文件夹）里用，用完再上传",
            "Work on it in a folder of this PC (such as Dunbook), and upload it afterwards",
        )
    if book.marked:
        yield _wrong(
            "book-marked",
            f"“{book.path}”带有“来自互联网”的标记，Excel 会禁用其中的宏",
            f"{book.path} has the mark of a file from the Internet: Excel blocks its macros",
            "右键 → 属性 → 勾选“解除锁定” → 确定",
            "Right-click → Properties → tick Unblock → OK",
        )
    if book.network and book.macros:
        yield _warning(
            "network",
            f"“{book.path}”在网络盘上，Excel 可能不让宏运行",
            f"{book.path} lies on a network drive: Excel may not run its macros",
            "请复制到本机再用，或改用投放文件夹 dunbook watch",
            "Copy it to this PC, or use the drop folder, dunbook watch",
        )
    if book.dunbook and book.dunbook != facts.program.dunbook:
        yield _warning(
            "book-version",
            f"“{book.path}”里的按键是 {book.dunbook} 版，程序是 {facts.program.dunbook}",
            f"The buttons in {book.path} are of {book.dunbook}, the program is {facts.program.dunbook}",
            "请用菜单上的“催收簿”按键，或换用新的空白台账",
            "Use the buttons of the ribbon tab, or move to a new empty workbook",
        )
    if not (book.cloud or book.marked or book.network):
        yield _ok("book", f"“{book.path}”的位置没有问题", f"{book.path} lies in a good place")


def _ok(code: str, zh: str, en: str) -> Finding:
    return Finding(code, "ok", Words(zh, en))


def _warning(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Finding:
    return Finding(code, "warning", Words(zh, en), Words(remedy_zh, remedy_en))


def _wrong(code: str, zh: str, en: str, remedy_zh: str, remedy_en: str) -> Finding:
    return Finding(code, "wrong", Words(zh, en), Words(remedy_zh, remedy_en))


Check = Callable[[Facts], Iterator[Finding]]
_EVERYWHERE: Final[tuple[Check, ...]] = (_python, _installed, _lost, _conf)
_WINDOWS: Final[tuple[Check, ...]] = (_excel, _wps, _xlwings, _addin, _trust)
_LINUX: Final[tuple[Check, ...]] = (_calc, _calc_python)
_OF_A_BOOK: Final[tuple[Check, ...]] = (_book,)
