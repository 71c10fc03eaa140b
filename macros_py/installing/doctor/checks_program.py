"""Checks of Python, of the installation and of a workbook: on every PC."""

from __future__ import annotations

from collections.abc import Iterator

from macros_py.buttons import BUTTONS
from macros_py.installing.doctor.facts import Facts
from macros_py.installing.doctor.finding import Finding, ok, warning, wrong


def python(facts: Facts) -> Iterator[Finding]:
    """Python 3.11 or newer, 64 bit."""
    version, bits = facts.program.python, facts.program.bits
    if tuple(int(n) for n in version.split(".")[:2]) < (3, 11):
        yield wrong(
            "python",
            f"Python 是 {version}，太旧",
            f"Python is {version}, too old",
            "请安装 Python 3.11 或更新，或使用分发包",
            "Install Python 3.11 or newer, or use the bundle",
        )
    elif bits != "64":
        yield wrong(
            "python",
            f"Python 是 {bits} 位的",
            f"Python is for {bits} bit",
            "请安装 64 位的 Python，或使用分发包",
            "Install the 64-bit Python, or use the bundle",
        )
    else:
        yield ok("python", f"Python {version}，64 位", f"Python {version}, 64 bit")


def installed(facts: Facts) -> Iterator[Finding]:
    """Installed, and by this very version."""
    put = facts.installed
    if put.damaged:
        yield wrong(
            "installed",
            "安装记录已损坏",
            "The record of what was installed is damaged",
            "请重新运行 dunbook install",
            "Run dunbook install again",
        )
    elif not put.version:
        yield wrong(
            "installed",
            "还没有安装",
            "Not installed yet",
            "请运行 dunbook install（分发包：双击 install.cmd）",
            "Run dunbook install (bundle: double-click install.cmd)",
        )
    elif put.version != facts.program.dunbook:
        yield wrong(
            "installed",
            f"安装的是 {put.version}，程序是 {facts.program.dunbook}",
            f"{put.version} is installed, the program is {facts.program.dunbook}",
            "请再运行一次 dunbook install",
            "Run dunbook install once more",
        )
    else:
        yield ok("installed", f"已安装 {put.version}", f"{put.version} is installed")


def lost(facts: Facts) -> Iterator[Finding]:
    """Files that we put and that are gone."""
    if not facts.installed.lost:
        return
    names, guards = "、".join(facts.installed.lost), "、".join(facts.antivirus) or "杀毒软件"
    yield wrong(
        "lost",
        f"安装后不见了：{names}；多半是被{guards}隔离了",
        f"Gone since it was installed: {', '.join(facts.installed.lost)}; most likely {', '.join(facts.antivirus) or 'antivirus'} took it away",
        "请在杀毒软件的隔离区恢复，并把这些文件所在的文件夹加入信任区，再运行 dunbook install",
        "Restore it from the quarantine, add its folder to the exceptions, then run dunbook install",
    )


def guards(facts: Facts) -> Iterator[Finding]:
    """Guards that are known to take add-ins and DLLs away, before they do."""
    names = [name for name in facts.antivirus if name != "Windows Defender"]
    if names and not facts.installed.lost:
        yield ok(
            "antivirus",
            f"电脑上有{'、'.join(names)}，没有发现它移走催收簿的文件；以后按键忽然不能用，请先看它的隔离区",
            "An antivirus program guards this PC and has taken nothing of ours; should buttons stop working, look into its quarantine first",
        )


def conf(facts: Facts) -> Iterator[Finding]:
    """The Python that the conf file names."""
    if facts.installed.version and not facts.installed.conf_python_there:
        yield wrong(
            "interpreter",
            f"Excel 要用的 Python 不在了：{facts.installed.conf_python or '（设置文件里没有写）'}",
            f"The Python that Excel shall start is not there: {facts.installed.conf_python or '(the conf file names none)'}",
            "Python 被移动或删除了，请再运行一次 dunbook install",
            "Python was moved or removed: run dunbook install once more",
        )


def tk(facts: Facts) -> Iterator[Finding]:
    """Tk, which forms and the progress window are made with. In Calc forms are Calc's own."""
    if facts.program.tk:
        yield ok(
            "tk", f"Tk {facts.program.tk}，填写窗口和进度窗口可以显示", f"Tk {facts.program.tk}: forms and the progress window can be shown"
        )
    elif facts.system == "windows":
        zh, en = ("、".join(b.zh for b in BUTTONS if b.asks), ", ".join(b.en for b in BUTTONS if b.asks))
        yield warning(
            "tk",
            f"没有能用的 Tk：要先填写的按键（{zh}）打不开填写窗口，没有进度窗口和“停止”",
            f"There is no Tk that works: buttons that ask first ({en}) cannot show their form, and there is no progress window with Stop",
            "分发包：请主管用 dunbook bundle --tk 重做一个；自己装的 Python：重新运行它的安装程序，选 Modify，勾选 tcl/tk and IDLE",
            "Bundle: have it made again with dunbook bundle --tk; a Python of your own: run its installer again, Modify, tick tcl/tk and IDLE",
        )
    else:
        yield warning(
            "tk",
            "没有能用的 Tk：在 Calc 里按键时没有进度窗口和“停止”（填写窗口是 Calc 自己的，不受影响）",
            "There is no Tk that works: presses in Calc show no progress window with Stop (forms are Calc's own and work)",
            "Debian、Ubuntu：sudo apt install python3-tk",
            "Debian, Ubuntu: sudo apt install python3-tk",
        )


def book(facts: Facts) -> Iterator[Finding]:
    """Where a workbook lies, its mark, and the version of its buttons."""
    book = facts.book
    if book is None:
        return
    if book.cloud:
        yield warning(
            "cloud",
            f"“{book.path}”在 OneDrive 或 SharePoint 里：同步中的文件可能被占用，按键可能找不到它",
            f"{book.path} lies in OneDrive or SharePoint: while it syncs it may be held, and buttons may not find it",
            "请放到本机文件夹（如“Dunbook”文件夹）里用，用完再上传",
            "Work on it in a folder of this PC (such as Dunbook), and upload it afterwards",
        )
    if book.marked:
        yield wrong(
            "book-marked",
            f"“{book.path}”带有“来自互联网”的标记，Excel 会禁用其中的宏",
            f"{book.path} has the mark of a file from the Internet: Excel blocks its macros",
            "右键 → 属性 → 勾选“解除锁定” → 确定",
            "Right-click → Properties → tick Unblock → OK",
        )
    if book.network and book.macros:
        yield warning(
            "network",
            f"“{book.path}”在网络盘上，Excel 可能不让宏运行",
            f"{book.path} lies on a network drive: Excel may not run its macros",
            "请复制到本机再用，或改用投放文件夹 dunbook watch",
            "Copy it to this PC, or use the drop folder, dunbook watch",
        )
    if book.dunbook and book.dunbook != facts.program.dunbook:
        yield warning(
            "book-version",
            f"“{book.path}”里的按键是 {book.dunbook} 版，程序是 {facts.program.dunbook}",
            f"The buttons in {book.path} are of {book.dunbook}, the program is {facts.program.dunbook}",
            "请用菜单上的“催收簿”按键，或换用新的空白台账",
            "Use the buttons of the ribbon tab, or move to a new empty workbook",
        )
    if not (book.cloud or book.marked or book.network):
        yield ok("book", f"“{book.path}”的位置没有问题", f"{book.path} lies in a good place")
