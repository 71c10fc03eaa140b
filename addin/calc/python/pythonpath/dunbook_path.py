"""Where the Dunbook package is: `dunbook install` writes it into ~/.dunbook/calc.json."""

import json
import os
import pathlib
import site
import sys
import traceback

WHERE = pathlib.Path(os.environ.get("DUNBOOK_HOME") or pathlib.Path.home() / ".dunbook") / "calc.json"


class NotInstalledError(Exception):
    pass


class OtherPythonError(Exception):
    pass


def make_importable():
    """The folders of the installed package join the import path, once; NotInstalledError or OtherPythonError when that cannot work."""
    if "macros_py" in sys.modules:
        return
    try:
        told = json.loads(WHERE.read_text("utf-8"))
        folders, version = [str(f) for f in told["folders"]], [int(n) for n in told["python"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotInstalledError from None
    if version != list(sys.version_info[:2]):
        raise OtherPythonError
    for folder in folders:
        site.addsitedir(folder)


def sentence(error):
    """What went wrong, for a person; the steps in our code, without any value, go to a file."""
    if isinstance(error, (NotInstalledError, ModuleNotFoundError)):
        return "没有找到催收簿的程序。请在终端运行 dunbook install，再重启 LibreOffice。\n\nDunbook's program was not found. Run dunbook install in a terminal, then start LibreOffice again."
    if isinstance(error, OtherPythonError):
        here = ".".join(str(n) for n in sys.version_info[:2])
        return f"LibreOffice 用的是 Python {here}，催收簿装在另一个版本里。请用 Python {here} 安装催收簿，再运行 dunbook install。\n\nLibreOffice runs Python {here}, Dunbook is installed in another version. Install it with Python {here} and run dunbook install."
    kind = type(error).__name__
    try:
        steps = "".join(f"{f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
        WHERE.parent.mkdir(exist_ok=True)
        told = WHERE.parent / "diagnostic-calc.txt"
        told.write_text(f"{kind}\n{steps}", "utf-8")
    except OSError:
        return f"出现意外错误（{kind}）。\n\nUnexpected error ({kind})."
    return f"出现意外错误（{kind}）；诊断信息（不含个人数据）在 {told}。\n\nUnexpected error ({kind}); a diagnostic file without personal data is at {told}."
