"""The one line of result, and what stands behind it, in words. Labels of counts and figures, zh and en, once."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems import Problem
from macros_py.records.journal import UNDO
from macros_py.run.outcome import Outcome

COUNTS: Final[dict[str, tuple[str, str]]] = {
    "fill": ("更新 {n} 行", "{n} rows updated"),
    "append": ("登记 {n} 行", "{n} rows logged"),
    "sheets": ("绘制 {n} 张表", "{n} sheets drawn"),
    "remove": ("移除 {n} 张表", "{n} sheets removed"),
    "files": ("生成文件 {n} 个", "{n} files made"),
}
FIGURES: Final[dict[str, tuple[str, str]]] = {  # in the order in which they are said: first what is to be done today
    "tasks": ("今日任务 {n} 户", "{n} customers to contact today"),
    "plans": ("个人计划 {n} 份", "{n} personal plans"),
    "packs": ("分发 {n} 份", "{n} packs handed out"),
    "promises_due": ("今日到期承诺与期款 {n} 笔", "{n} promises and instalments due today"),
    "promise_tasks": ("未兑现待办 {n} 笔", "{n} not kept, to be followed up"),
    "thanks": ("致谢短信 {n} 条", "{n} SMS of thanks"),
    "proposals": ("还款方案 {n} 个", "{n} repayment proposals"),
    "debt_fen": ("应还 {p} 元", "{p} yuan owed"),
    "affordable_fen": ("可负担月还款 {p} 元", "{p} yuan affordable a month"),
    "agreements": ("还款协议 {n} 份", "{n} agreements"),
    "instalments": ("已签期款 {n} 期", "{n} instalments of a signed plan"),
    "letters": ("到期信函 {n} 份", "{n} letters due"),
    "sms": ("到期短信 {n} 条", "{n} SMS due"),
    "lines": ("导入流水 {n} 行", "{n} statement lines imported"),
    "again": ("已有、未重复导入 {n} 行", "{n} lines were in already"),
    "receipts": ("其中收款 {n} 笔", "{n} of them receipts"),
    "state_changed": ("状态更新 {n} 行", "{n} lines changed their state"),
    "receipts_seen": ("收款 {n} 笔", "{n} receipts"),
    "posted": ("已入账 {n} 笔", "{n} posted"),
    "posted_fen": ("入账金额 ¥{p}", "¥{p} posted"),
    "proposed": ("待确认 {n} 笔", "{n} to be confirmed"),
    "unmatched": ("未匹配 {n} 笔", "{n} unmatched"),
    "logged": ("计划上的结果入记录 {n} 条", "{n} results logged from plans"),
    "cases": ("案件 {n} 件", "{n} cases"),
    "customers": ("客户 {n} 户", "{n} customers"),
    "settled": ("已结清 {n} 件（不再催收）", "{n} settled (not worked)"),
    "held": ("停催或暂不可联 {n} 件", "{n} on hold or not now"),
    "unassigned": ("未分配 {n} 户", "{n} customers unassigned"),
    "moved": ("换手 {n} 户", "{n} changes of owner"),
    "gap_basis_points": ("分配与最优的差距不超过 {p}%", "assignment within {p}% of the optimum (proven)"),
}


def _said(table: dict[str, tuple[str, str]], values: dict[str, int], english: bool) -> list[str]:
    return [table[k][english].format(n=f"{v:,}", p=f"{v / 100:,.2f}") for k in table if (v := values.get(k))]


SEVERITIES: Final = {"blocking": ("必须先改", "must be mended first"), "problem": ("问题", "problem"), "note": ("提示", "note")}


def problem_line(problem: Problem, lang: str, *, graded: bool = True) -> str:
    """[问题] 表!A1：what is wrong → what to do. graded: how grave it is stands in front."""
    place = "!".join(x for x in (problem.sheet, problem.cell) if x)
    grade = f"[{SEVERITIES[str(problem.severity)][lang == 'en']}] " if graded else ""
    return f"{grade}{place + (': ' if lang == 'en' else '：') if place else ''}{problem.text(lang)} → {problem.remedy(lang)}"


def result_lines(outcome: Outcome, lang: str = "zh", *, dry: bool = False) -> list[str]:
    """What a person reads when the press is over."""
    en = lang == "en"
    lines = []
    if outcome.recovered:
        lines.append(_recovered(outcome.recovered, en))
    figures = _said(FIGURES, dict(outcome.figures), en)
    if figures:
        lines.append((" · ").join(figures))
    counts = _said(COUNTS, dict(outcome.counts), en)
    if dry:
        counts = counts or ["nothing would change" if en else "没有变化"]
        lines.append(("Dry run, nothing written: " if en else "试算，未写入：") + ("; " if en else "；").join(counts))
    elif outcome.wrote:
        nothing = ("已撤销上一步", "Taken back") if outcome.button == UNDO else ("补上表头", "headers added")
        counts = counts or [nothing[en]]
        lines.append(("; " if en else "；").join(counts) + (f" ({outcome.seconds:.1f} s)" if en else f"（{outcome.seconds:.1f} 秒）"))
        lines.append(f"{'Written: ' if en else '已写入：'}{outcome.book}")
    elif not any(p.severity == "blocking" for p in outcome.problems):
        lines.append("Nothing has changed; nothing was written." if en else "没有变化，未写入。")
    else:
        lines.append("Nothing was written; please mend what is named and press again." if en else "未写入；请改正列出的问题再按一次。")
    if outcome.files:
        packs = outcome.files[0].suffix == ".xlsm"
        words = ("Packs: ", "分发文件：") if packs else ("Letters and SMS: ", "信函与短信：")
        lines.append(words[not en] + str(outcome.files[0].parent))
    if outcome.passwords:
        lines.append("Passwords, shown this once; tell each person by another way:" if en else "口令只显示这一次，请用另一种方式告诉本人：")
        lines += [f"  {name}  {secret}" for name, secret in outcome.passwords.items()]
    kept = "Kept, changed since: " if en else "此后有人改过，保留不动："
    return lines + [f"{kept}{conflict}" for conflict in outcome.conflicts]


def planned_lines(outcome: Outcome, lang: str = "zh") -> list[str]:
    """What is about to be written, for the person to agree to."""
    en = lang == "en"
    said = [(" · ").join(_said(table, dict(values), en)) for table, values in ((FIGURES, outcome.figures), (COUNTS, outcome.counts))]
    return [*(s for s in said[:1] if s), ("About to be written: " if en else "将写入：") + said[1]]


def _recovered(state: str, en: bool) -> str:
    words = {
        "abandoned": (
            "上一次按键中断，文件未被改动，已清理。",
            "The press before this one was cut off; the file was untouched and has been cleaned up.",
        ),
        "completed": (
            "上一次按键在写入后中断，已补登完成。",
            "The press before this one was cut off after writing; it has been completed.",
        ),
        "taken-back": (
            "上一次按键在写入途中中断，写了一半的内容已全部退回。",
            "The press before this one was cut off while it was writing; what stood half-written has been taken back.",
        ),
        "unclear": (
            "上一次按键中断，之后文件又被改动；请核对。",
            "The press before this one was cut off and the file was changed since; please check.",
        ),
    }
    return words[state][en]
