"""Hold codes and channels in English: in the workbook they are Chinese words that people choose from; an English sheet says what they mean."""

from __future__ import annotations

from typing import Final

ENGLISH: Final[dict[str, str]] = {
    "争议": "dispute",
    "冒名": "identity theft",
    "死亡": "death",
    "重病": "grave illness",
    "羁押": "in custody",
    "投诉": "complaint",
    "委托律师": "lawyer appointed",
    "诉讼执行": "litigation or enforcement",
    "履行协议": "plan being kept",
    "困难缓催": "hardship leave",
    "宽缓": "leniency",
    "停催": "hold",
    "电话": "call",
    "短信": "SMS",
    "邮件": "e-mail",
    "信函": "letter",
    "外访": "visit",
    "调解": "mediation",
    "支付令": "payment order",
    "移交": "hand-off",
}


def code_name(code: str, lang: str) -> str:
    """A code as a sheet of that language shows it; one that people made up stays as it is."""
    return ENGLISH.get(code, code) if lang == "en" else code


def code_names(joined: str, lang: str) -> str:
    """Several codes joined by 、."""
    return ", ".join(code_name(code, lang) for code in joined.split("、")) if lang == "en" and joined else joined
