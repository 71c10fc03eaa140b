"""What can go wrong with a letter, as one exception with a stable code; its words stand here, zh and en."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "template-missing": (
        "找不到信函模板“{template}”：请放入“信函模板”文件夹，或改用内置模板名",
        "Letter template {template} is missing: put it into the 信函模板 folder or name a built-in one",
    ),
    "template-unreadable": (
        "信函模板“{template}”不是完好的 .docx 文件：请用 Word 打开并另存为 .docx",
        "Letter template {template} is not a sound .docx: open it in Word and save it as .docx",
    ),
    "template-too-big": (
        "信函模板“{template}”过大（{what} 超过 {limit}）：请删去图片等大件",
        "Letter template {template} is too big ({what} above {limit}): remove pictures and the like",
    ),
    "template-refused": (
        "信函模板“{template}”含有不允许的内容：{what}（{where}）；请删除后再用",
        "Letter template {template} holds what is not allowed: {what} ({where}); remove it and try again",
    ),
    "template-syntax": (
        "信函模板“{template}”第 {line} 行写法有误：{what}；附近文字：{near}",
        "Letter template {template}, line {line}: {what}; near: {near}",
    ),
    "variable-missing": (
        "信函模板“{template}”用到了没有的变量“{name}”；可用变量：{known}",
        "Letter template {template} uses the variable {name}, which does not exist; there are: {known}",
    ),
    "template-fails": (
        "信函模板“{template}”填写时出错：{what}",
        "Letter template {template} cannot be filled: {what}",
    ),
    "template-slow": (
        "信函模板“{template}”填写超过 {limit} 秒，已停止：请检查其中的循环",
        "Letter template {template} took more than {limit} seconds and was stopped: check its loops",
    ),
    "maker-stopped": (
        "信函程序意外停止（代码 {exit_code}）：请重试；若再次发生，请减少一次生成的数量",
        "The letter process stopped unexpectedly (code {exit_code}): try again, with fewer letters if it happens again",
    ),
    "name-refused": (
        "信函文件名“{name}”不可用",
        "The letter file name {name} cannot be used",
    ),
    "name-twice": (
        "两个信函文件同名：“{name}”",
        "Two letter files have the same name: {name}",
    ),
}


class LetterError(Exception):
    """A letter cannot be made. `code` is a key of WORDS; `values` fill its words and hold no personal data."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def text(self, lang: str = "zh") -> str:
        """What is wrong and what to do, in one sentence."""
        return WORDS[self.code][lang == "en"].format(**self.values)

    def __str__(self) -> str:
        return self.text()
