"""Commands about what was pressed before: undo, history, verify."""

from __future__ import annotations

import json
from typing import Final

from macros_py.cli.command import DONE, PROBLEMS, Arguments, Command, about_a_book


def _undo(arguments: Arguments) -> int:
    from macros_py.cli.showing import show
    from macros_py.run.undoing import undo

    return show(undo(arguments.book), arguments)


def _journal(arguments: Arguments) -> int:
    from macros_py.run.opening import journal_of

    journal = journal_of(arguments.book)
    if arguments.command == "verify":
        broken = journal.verify()
        entries = sum(1 for _ in journal.entries())
        if arguments.json:
            print(json.dumps({"entries": entries, "broken": [{"line": b.line, "reason": b.reason} for b in broken]}))
        elif broken:
            for b in broken:
                print(f"第 {b.line} 行不对（{b.reason}）/ line {b.line} does not hold ({b.reason})")
        else:
            print(f"The journal holds: {entries} entries." if arguments.lang == "en" else f"操作记录完整：{entries} 条。")
        return PROBLEMS if broken else DONE
    for entry in journal.entries():
        if arguments.json:
            print(json.dumps(entry, ensure_ascii=False))
        elif entry["event"] == "intent":
            done = sum(f["rows"] for f in entry["fills"]), len(entry["sheets"]), len(entry["files"])
            words = ("{} rows", "{} sheets", "{} files") if arguments.lang == "en" else ("填写 {} 行", "工作表 {} 张", "文件 {} 个")
            counts = "  ".join(word.format(n) for word, n in zip(words, done, strict=True))
            print(f"{entry['seq']:>4}  {entry['at']}  {entry['who'] or '?'}  {entry['button']}  {counts}")
        else:
            print(f"{entry['seq']:>4}  {entry['event']}  → {entry.get('intent', entry.get('press', ''))}")
    return DONE


COMMANDS: Final = (
    Command("undo", "撤销上一步", "Take the last press back", "dunbook undo 台账.xlsx", about_a_book, _undo),
    Command("history", "查看操作记录", "What was pressed, when and by whom", "dunbook history 台账.xlsx", about_a_book, _journal),
    Command(
        "verify", "校验操作记录是否被改动", "Whether the journal was tampered with", "dunbook verify 台账.xlsx", about_a_book, _journal
    ),
)
