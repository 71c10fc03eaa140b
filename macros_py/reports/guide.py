"""使用说明: the first sheet — version, from what, as of when; legend of colours, the words of the trade, the sheets with links."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, Kind
from macros_py.reports import paper
from macros_py.reports.page import Page
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day

KIND: Final = "guide"
_MARK: Final = Column("mark", Kind.TEXT, "样式", "Look")
_MEANING: Final = Column("meaning", Kind.TEXT, "说明", "Meaning")
_MADE: Final = Column("made", Kind.TEXT, "项目", "Item")
_TERM: Final = Column("term", Kind.TEXT, "名词", "Term")
_GUIDE_SHEET: Final = Column("guide_sheet", Kind.TEXT, "工作表", "Sheet")
WIDTHS: Final = {"mark": 22.0, "term": 22.0, "guide_sheet": 22.0, "made": 22.0, "meaning": 96.0}

LEGEND: Final = (
    ("淡黄底", "Pale yellow", "由您填写；重新生成时按行键保留", "yours to fill in; kept by row key when the sheet is made again"),
    ("深蓝表头", "Dark blue header", "由程序填写；手工改动会在重新生成时被覆盖", "filled in by the program; changes are overwritten"),
    ("正常", "Normal", "策略档位：30 天以内，电话与短信提醒", "tier: to 30 days, calls and SMS"),
    ("预警", "Warning", "策略档位：31–60 天，或 2 次未兑现承诺", "tier: 31–60 days, or 2 broken promises"),
    (
        "加强",
        "Intensive",
        "策略档位：61–90 天，或 3 次未兑现承诺，或有能力无意愿",
        "tier: 61–90 days, or 3 broken promises, or able but unwilling",
    ),
    (
        "法律",
        "Legal",
        "策略档位：90 天以上且达诉讼最低金额，或有能力而拒绝，或时效临近",
        "tier: over 90 days, or refuses though able, or limitation near",
    ),
)
# source: the definitions that the figures of all sheets follow
GLOSSARY: Final = (
    ("逾期天数", "Days past due", "截至日 − 最早未还应还日；应还日当天为 0", "as-of date − oldest unpaid due date; 0 on the due date"),
    ("账龄", "Bucket", "M0 未逾期，M1 1–30 天，M2 31–60，M3 61–90，M4 91–120，M5 121–150，M6 151–180，M7+ 180 天以上；货款按“设置”中的货款账龄分段", "M0 not overdue, M1 1–30 days, M2 31–60, M3 61–90, M4 91–120, M5 121–150, M6 151–180, M7+ over 180; trade receivables by Trade ageing in the settings"),
    ("归户", "Customer level", "同一债务人的各案件合并作业：同一催收员、同一联系上限、计划中一行", "cases of one debtor share collector, contact caps and one line of the plan"),
    ("有效触达", "Effective contact", "与债务人本人通话；第三方接听只算接通", "the debtor in person was spoken to; a third party is only connected"),
    ("接通率", "Connect rate", "接通 ÷ 拨打", "connected ÷ dialled"),
    ("可联率", "Reachable", "本人触达户 ÷ 作业户", "customers reached in person ÷ customers worked"),
    ("承诺率", "PTP rate", "承诺户 ÷ 本人触达户", "customers who promised ÷ customers reached"),
    ("兑现", "Kept", "承诺日加宽限内到账达到承诺额的 95%", "at least 95% arrived by the date plus grace"),
    ("回收率", "Recovery rate", "期内现金回款 ÷ 期初逾期余额（逐案封顶）；减免、核销、退案不算", "cash received ÷ overdue balance at the start, capped case by case; waivers and write-offs do not count"),
    ("停催", "Hold", "有批准人与复核日的暂停；停拨打、短信、外访与信函", "a pause with approver and review date; stops calls, SMS, visits and letters"),
    ("暂不可联", "Not now", "此刻依规则不得联系；列明原因、依据和可联日", "may not be contacted now; reason, rule and day are given"),
    ("时效存疑", "Limitation doubtful", "诉讼时效已过或不明：转法务评审，不置顶", "expired or doubtful: to legal review, never on top"),
)  # fmt: skip


def draw(out: Paper, model: SheetModel) -> None:
    """facts: version, source (the workbook or ledger it was made from), as_of; sheets: list of (sheet name, what it is for)."""
    facts = model.facts
    subtitle = out.say("催收簿：在您自己的工作簿里评分、分配、排计划。", "Dunbook: scores, assigns and plans inside your own workbook.")
    page = Page(out, model.name, out.say("使用说明", "Guide"), subtitle)
    made = [
        (out.say("版本", "Version"), str(facts.get("version", ""))),
        (out.say("来源", "Made from"), str(facts.get("source", ""))),
        (out.say("数据截止", "As of"), day(facts.get("as_of"), out)),
    ]
    page.add(_panel(out, "made", ("本工作簿", "This workbook"), _MADE, made))
    listed = [(str(name), str(what)) for name, what in facts.get("sheets", ())]
    if listed:
        page.add(_panel(out, "sheets", ("工作表", "Sheets"), _GUIDE_SHEET, listed))
    english = out.lang == "en"
    page.add(_panel(out, "legend", ("图例", "Legend"), _MARK, [(e[1], e[3]) if english else (e[0], e[2]) for e in LEGEND]))
    page.add(_panel(out, "glossary", ("名词", "Terms"), _TERM, [(e[1], e[3]) if english else (e[0], e[2]) for e in GLOSSARY]))
    page.repeat_header = False
    page.draw()
    _legend_looks(out, page)
    _links(out, page, listed)


def _panel(out: Paper, key: str, title: tuple[str, str], head: Column, rows: list[tuple[str, str]]) -> Panel:
    table = pd.DataFrame(rows, columns=[head.name, _MEANING.name], dtype="str")
    return Panel(key, out.say(*title), table, columns=(head, _MEANING), fit=Fit.GRID, widths=WIDTHS, listed=False)


def _legend_looks(out: Paper, page: Page) -> None:
    placed = page.placed["legend"]
    words = [e[1] if out.lang == "en" else e[0] for e in LEGEND]
    looks: list[dict[str, Any]] = [{"bg_color": paper.INPUT}, {"bg_color": paper.ACCENT, "font_color": "#FFFFFF", "bold": True}]
    looks += [{"bg_color": tint, "font_color": ink} for _, _, tint, ink in paper.TIERS]
    for row, (word, look) in enumerate(zip(words, looks, strict=True), placed.first):
        page.sheet.write_string(row, placed.spans[_MARK.name][0], word, out.format(border=1, border_color=paper.LINE, **look))


def _links(out: Paper, page: Page, listed: list[tuple[str, str]]) -> None:
    look = out.format(border=1, border_color=paper.LINE, font_color=paper.OKABE_ITO[0], underline=1)
    for row, (name, _) in enumerate(listed, page.placed["sheets"].first if listed else 0):
        target = "internal:'" + name.replace("'", "''") + "'!A1"
        page.sheet.write_url(row, page.placed["sheets"].spans[_GUIDE_SHEET.name][0], target, look, name)
