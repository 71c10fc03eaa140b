"""The manual, made from the code: button pages, commands, tables, settings, problems and refusals. `make docs` renews it; a test checks that it is new.

python -m docs.build            writes docs/manual.md
"""

from __future__ import annotations

from pathlib import Path

from docs.function_examples import answer, formula
from docs.pictures import OF_BUTTONS, of_function
from macros_py import cli
from macros_py.buttons import BUTTONS, page
from macros_py.buttons.faces import OTHERS
from macros_py.domain.problems import CATALOGUE
from macros_py.domain.rules import Rules, scalars
from macros_py.functions.catalogue import FUNCTIONS
from macros_py.functions.troubles import TROUBLES
from macros_py.hosts.refusals import REFUSALS
from macros_py.sheets.tables import SHEETS

HERE = Path(__file__).parent
OF_RANGES = (
    "每个参数可以是一个单元格或一片区域。Every argument may be a cell or a range.",
    "",
    "区域请写到有数据的行为止，如 `=DC_DAYS_PAST_DUE(A2:A5000)`，不要写整列 `A:A`：LibreOffice Calc 会先把整列一百多万个单元格交给函数，要等好几分钟。",
    "Give a range that ends with the data, such as `=DC_DAYS_PAST_DUE(A2:A5000)`, not the whole column `A:A`: LibreOffice Calc hands all of its more than a million",
    "cells to the function before it is asked, which takes minutes.",
)


def _buttons() -> list[str]:
    lines = ["# 按键 · Buttons", ""]
    for button in (*BUTTONS, *OTHERS):
        head, _, rest = page(button).rstrip().replace("\n# ", "\n### ").replace("# ", "## ", 1).partition("\n")
        lines += [head, "", f"![{button.zh} · {button.en}](pictures/{OF_BUTTONS[button.name]}.png)", rest, ""]
    return lines


def _functions() -> list[str]:
    """Each function with its arguments, and an example whose answer is computed here."""
    lines = ["# 函数 · Worksheet functions", "", *OF_RANGES, ""]
    for category in dict.fromkeys(f.category for f in FUNCTIONS):
        lines += [f"## {category}", "", f"![{category}](pictures/{of_function(category)}.png)", ""]
        for function in (f for f in FUNCTIONS if f.category == category):
            lines += [f"### {function.name}", "", f"{function.zh} · {function.en}", ""]
            lines += [f"- `{p.name}`{'（可省 optional）' if p.optional else ''}: {p.zh} · {p.en}" for p in function.parameters]
            shown = answer(function.name)
            lines += ["", f"`{formula(function.name)}` → {' ┊ '.join(' | '.join(row) for row in shown)}", ""]
    lines += ["## 单元格里的说明 · What a cell may say", ""]
    lines += ["算不出来时，单元格里写明哪个参数、哪里不对。Where there is no answer, the cell says which argument is wrong, and how.", ""]
    lines += [f"- {zh} · {en}" for zh, en in TROUBLES.values()] + [""]
    return lines


def _commands() -> list[str]:
    lines = ["# 命令行 · Commands", "", "每个按键都是一条命令（见上）。Every button is a command as well. 另有 Besides:", ""]
    lines += [f"- `{c.name}`: {c.zh} / {c.en}. `{c.example}`" for c in cli.COMMANDS if c.name not in {b.name for b in BUTTONS}]
    return [
        *lines,
        "",
        "退出码 Exit codes: 0 完成 done · 1 有问题 problems found · 2 用法 usage · 3 读不了 unreadable input · 4 被占用或只读 locked or read-only.",
        "",
    ]


def _tables() -> list[str]:
    lines = ["# 工作表与列 · Sheets and columns", ""]
    for sheet in SHEETS:
        ours = "（缺少时自动补上 added when missing）" if sheet.ours else ""
        lines += [
            f"## {sheet.zh} · {sheet.en} (`{sheet.name}`){ours}",
            "",
            "| 列 Column | 名 Name | 类 Kind | 也认 Also read as |",
            "| --- | --- | --- | --- |",
        ]
        lines += [f"| {c.zh} · {c.en} | `{c.name}` | {c.kind} | {'、'.join(c.aliases)} |" for c in sheet.columns]
        lines.append("")
    return lines


def _settings() -> list[str]:
    rules = Rules()
    lines = [
        "# 设置 · Settings",
        "",
        "“设置”表的每一行。Every row of the 设置 sheet.",
        "",
        "| 设置 Setting | 默认 Default | 怎么填 What to type |",
        "| --- | --- | --- |",
    ]
    for section, name, entry in scalars():
        value = getattr(getattr(rules, section), name)
        shown = f"{value / 100:.2f}" if name.endswith("_fen") else "是" if value is True else "否" if value is False else value
        meta = entry.metadata
        lines.append(f"| {meta['zh']} · {meta['en']} | {shown} | {meta['hint_zh']} / {meta['hint_en']} |")
    return [*lines, ""]


def _problems() -> list[str]:
    lines = ["# 体检会说什么 · What a check may say", ""]
    lines += [f"- **{code}** ({t.severity}): {t.zh} → {t.remedy_zh} / {t.en} → {t.remedy_en}" for code, t in sorted(CATALOGUE.items())]
    lines += ["", "# 打不开时 · When a file is refused", ""]
    lines += [f"- **{code}**: {r.zh} → {r.remedy_zh} / {r.en} → {r.remedy_en}" for code, r in sorted(REFUSALS.items())]
    return [*lines, ""]


def manual() -> str:
    """The whole manual as Markdown."""
    head = [
        "<!-- Made by `make docs`; edit the pages beside the buttons and the declarations in the code. -->",
        "",
        "# 催收簿手册 · The Dunbook manual",
        "",
    ]
    return "\n".join([*head, *_buttons(), *_functions(), *_commands(), *_tables(), *_settings(), *_problems()])


def main() -> None:
    """Write docs/manual.md."""
    (HERE / "manual.md").write_text(manual(), "utf-8")


if __name__ == "__main__":
    main()
