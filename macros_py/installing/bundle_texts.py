"""The small text files of a bundle. What cmd.exe reads is ASCII with CRLF: Chinese comes from Python, or from README.txt."""

from __future__ import annotations

from typing import Final

_INSTALL: Final = """@echo off
rem Dunbook: installs for this person only; no administrator is needed.
chcp 65001 >nul
pushd "%~dp0"
if not exist "program\\python.exe" goto unpack
"program\\python.exe" -m macros_py.cli install --dry-run %*
if errorlevel 1 goto failed
echo.
echo Press a key to install (a minute or two the first time), or close this window.
pause >nul
"program\\python.exe" -m macros_py.cli install %*
if errorlevel 1 goto failed
"program\\python.exe" -m macros_py.cli doctor
popd
pause
exit /b 0
:unpack
echo Please unpack the whole zip file first, then run install.cmd from the unpacked folder.
popd
pause
exit /b 3
:failed
"program\\python.exe" -m macros_py.cli doctor
popd
pause
exit /b 1
"""
_UNINSTALL: Final = """@echo off
chcp 65001 >nul
pushd "%~dp0"
"program\\python.exe" -m macros_py.cli uninstall %*
popd
pause
"""
_WATCH: Final = """@echo off
rem Drop a folder onto this file: workbooks saved in it come back with their plan. Close this window to end.
chcp 65001 >nul
if "%~1"=="" goto which
"%~dp0program\\python.exe" -m macros_py.cli watch %*
pause
exit /b 0
:which
echo Drag the folder that shall be watched onto watch.cmd.
pause
exit /b 2
"""
_DUNBOOK: Final = """@echo off
"%~dp0python.exe" -m macros_py.cli %*
"""
# The line that ends with rmdir is read whole before it runs: the folder that it takes away holds this very file.
_SELF_REMOVING: Final = """@echo off
chcp 65001 >nul
cd /d "%TEMP%"
"%~dp0python.exe" -m macros_py.cli uninstall
if errorlevel 2 goto end
if exist "%~dp0..\\install.cmd" goto end
pause
(goto) 2>nul & rmdir /s /q "%~dp0." & rmdir "%~dp0.." 2>nul
:end
pause
"""
_README: Final = """催收簿 Dunbook {version}

安装（不需要管理员，不需要 Python）
1. 把整个压缩包解压到本机的一个文件夹（不要在压缩包里直接双击）。
2. 关闭 Excel，双击 install.cmd。程序先列出要做的事，按任意键后安装（第一次约一两分钟），再体检一遍。
3. 重新打开 Excel，菜单上出现“催收簿”。空白台账在“C:\\Users\\您的用户名\\Dunbook”里。
卸载：双击 uninstall.cmd，只移除安装时放入的东西，您的工作簿不动。

不能安装，或者用的是 WPS：把一个文件夹拖到 watch.cmd 上，存入该文件夹的工作簿会自动带着计划回来。

--------------------------------------------------

Install, without an administrator and without Python
1. Unpack the whole zip file into a folder on this PC.
2. Close Excel and double-click install.cmd. It lists what it will do; press a key, and it installs (a minute or two the first time) and checks this PC.
3. Open Excel again: the tab 催收簿 is there. Empty workbooks are in C:\\Users\\YOU\\Dunbook.
Uninstall: double-click uninstall.cmd; it takes away exactly what was installed, never your workbooks.

Where nothing may be installed, or with WPS: drag a folder onto watch.cmd; workbooks saved in it come back with their plan.
"""


def files(version: str) -> dict[str, bytes]:
    """Name → bytes of the files at the top of a bundle."""
    texts = {"install.cmd": _INSTALL, "uninstall.cmd": _UNINSTALL, "watch.cmd": _WATCH}
    return {**{name: _for_cmd(text) for name, text in texts.items()}, "README.txt": _for_notepad(_README.format(version=version))}


def program_files() -> dict[str, bytes]:
    """Name → bytes of the files beside Python."""
    return {"dunbook.cmd": _for_cmd(_DUNBOOK), "uninstall.cmd": _for_cmd(_SELF_REMOVING)}


def _for_cmd(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("ascii")


def _for_notepad(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("utf-8-sig")
