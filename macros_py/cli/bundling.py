"""dunbook bundle: a folder or zip to hand out to PCs without Python and without an administrator."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros_py import __version__
from macros_py.buttons import BUTTONS
from macros_py.cli.command import DONE, Arguments, Command, spoken
from macros_py.cli.installing import built_files, in_words

if TYPE_CHECKING:
    from macros_py.installing.words import Words


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--python",
        type=Path,
        required=True,
        metavar="ZIP",
        help="官方的 Windows 嵌入式 Python（64 位）zip / the official embeddable Python for Windows, 64 bit",
    )
    parser.add_argument(
        "--wheels", type=Path, metavar="DIR", help="已下载的 Windows 安装包文件夹（没有网络时）/ a folder of wheels, without a network"
    )
    parser.add_argument(
        "--requirements",
        type=Path,
        action="append",
        metavar="FILE",
        help="版本清单，默认 requirements.lock 和 requirements-windows.lock / pinned versions, our locks unless given",
    )
    parser.add_argument(
        "--tk",
        type=Path,
        metavar="DIR",
        help="同版本普通 Python 的 Windows 安装文件夹，填写窗口要用其中的 Tk；在 Windows 上默认是正在运行的 Python / "
        "the folder of an ordinary Python for Windows of the same version, for the Tk that forms need; on Windows the one that runs this unless given",
    )
    built_files(parser)
    parser.add_argument(
        "--out", type=Path, metavar="PATH", help="生成的文件夹，或以 .zip 结尾的压缩包 / the folder to make, or a zip when it ends in .zip"
    )
    spoken(parser)


def _bundle(arguments: Arguments) -> int:
    from macros_py.installing import built, bundle, this_pc

    found = built.look(arguments.files or this_pc.default_files())
    if found.addin is None:
        raise built.not_built(built.ADDIN, found.folder)
    out = arguments.out or Path(f"dunbook-{__version__}-windows.zip")
    tk, without = _tk(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wheels = _wheels(arguments, Path(folder))
        count = bundle.make(bundle.Ingredients(arguments.python, wheels, this_pc.PACKAGE, found, tk), out)
    if arguments.json:
        print(json.dumps({"out": str(out), "files": count, "wheels": [w.name for w in wheels], "tk": tk is not None}, ensure_ascii=False))
    elif arguments.lang == "en":
        print(f"Made {out}: {count} files, {len(wheels)} packages. Hand it out; install.cmd in it installs.")
    else:
        print(f"已生成 {out}：{count} 个文件，{len(wheels)} 个安装包。发给使用者，解压后双击 install.cmd 即可。")
    if tk is None and not arguments.json:
        print(without.text(arguments.lang))
    return DONE


def _tk(arguments: Arguments) -> tuple[Path | None, Words]:
    """The installation that lends its Tk, else what will not work without. A folder that was named must fit: InstallError as in tk.py."""
    from macros_py.installing import embedded, this_pc, tk
    from macros_py.installing.words import InstallError, Words

    folder = arguments.tk or this_pc.lends_tk()
    python = embedded.opened(arguments.python)
    why = Words(
        f"请在装有 Python 3.{python.version[1]}（64 位，python.org 的安装程序，勾选 tcl/tk and IDLE）的 Windows 电脑上运行，或用 --tk 指出这样的安装文件夹。",
        f"Run this on a Windows PC with Python 3.{python.version[1]} (64 bit, by the installer of python.org, tcl/tk and IDLE ticked), or name such a folder with --tk.",
    )
    with python.package:
        if folder is not None:
            try:
                tk.of_installation(folder, python)
                return folder, why
            except InstallError as misfit:
                if arguments.tk:
                    raise
                why = misfit.words
    zh, en = ("、".join(b.zh for b in BUTTONS if b.asks), ", ".join(b.en for b in BUTTONS if b.asks))
    return None, Words(
        f"注意：没有带上 Tk。在使用者的 Excel 里，要先填写的按键（{zh}）打不开填写窗口，打开时要密码的工作簿也不能按键，进度窗口和“停止”不会出现；其余都能用。{why.zh}",
        f"Note: there is no Tk in it. In the Excel of those who get it, buttons that ask first ({en}) cannot show their form, workbooks with a password to open cannot be pressed on, and there is no progress window with Stop; all else works. {why.en}",
    )


def _wheels(arguments: Arguments, folder: Path) -> list[Path]:
    """The wheels of the lists: of a folder, else fetched."""
    from macros_py.installing import embedded, this_pc, wheels
    from macros_py.installing.words import InstallError

    lists = arguments.requirements or [this_pc.PACKAGE / name for name in ("requirements.lock", "requirements-windows.lock")]
    missing = next((path for path in lists if not path.exists()), None)
    if missing is not None:
        raise InstallError(
            "no-requirements",
            f"没有找到版本清单“{missing}”。请在源代码文件夹里运行，或用 --requirements 指出。",
            f"The list of versions {missing} was not found: run this in the source folder, or name it with --requirements.",
        )
    python = embedded.opened(arguments.python)
    python.package.close()
    found = wheels.of_folder(arguments.wheels, python.version) if arguments.wheels else wheels.fetch(lists, python.version, folder)
    wheels.check_pinned(found, wheels.pinned(lists))
    return found


COMMANDS: Final = (
    Command(
        "bundle",
        "分发包：给没有 Python、没有管理员权限的 Windows 电脑",
        "Bundle: for Windows PCs without Python and without an administrator",
        "dunbook bundle --python python-3.11.9-embed-amd64.zip --out 分发包.zip",
        _declare,
        in_words(_bundle),
    ),
)
