"""对账报告: figures that tie, exceptions first, every receipt with a link to its line, and where finance signs."""

from __future__ import annotations

from typing import Any, Final

from macros_py.domain import columns as c
from macros_py.domain import reconciliation_report as rec
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Kind
from macros_py.domain.money_words import with_currency
from macros_py.reports import paper
from macros_py.reports.page import Figure, Page, Sentence
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day, table_of

SUMS: Final = {
    "accounts": ("rec_in", "rec_out"),
    "channels": ("rec_count", "rec_total", "rec_fee", "rec_net", "rec_refunds", "rec_internal", "rec_posted", "rec_proposed", "rec_unmatched", "rec_difference"),
    "ageing": ("rec_count", "rec_amount", "rec_proposed", "rec_unmatched"),
    "days": ("rec_count", "rec_total", "rec_posted", "rec_proposed", "rec_unmatched", "rec_difference"),
    "open": ("rec_amount",),
    "posted": ("rec_amount", *(k.name for k in c.REC_SPLIT)),
}  # fmt: skip
LINES: Final = ("open", "posted")
DIFFERS: Final = {"rec_difference": {"type": "cell", "criteria": "!=", "value": 0}}
WIDTHS: Final = {
    "rec_why": 34.0,
    "rec_memo": 24.0,
    "rec_exception": 30.0,
    "rec_remedy": 30.0,
    "rec_payer": 16.0,
    "rec_place": 15.0,
    "rec_case": 16.0,
}


def draw(out: Paper, model: SheetModel) -> None:
    """model: as domain.reconciliation_report says."""
    facts = model.facts
    words = out.say("截至 {day}　流水 {a} 至 {b}", "As of {day}, lines from {a} to {b}")
    subtitle = words.format(day=day(facts.get("as_of"), out), a=day(facts.get("from"), out), b=day(facts.get("until"), out))
    page = Page(out, model.name, out.say("对账报告", "Reconciliation report"), subtitle)
    page.figures = _figures(out, facts)
    page.repeat_header = False
    for block in rec.BLOCKS:
        page.add(_panel(out, model, block))
    page.add(*_signed(out))
    page.draw()
    for name in LINES:
        _link(out, page, name, facts.get("places", {}).get(name, ()))


def _figures(out: Paper, facts: Any) -> list[Figure]:
    return [
        Figure(out.say("收款合计", "Receipts"), facts.get("received"), Kind.MONEY),
        Figure(out.say("已入账", "Posted"), facts.get("posted"), Kind.MONEY),
        Figure(out.say("待确认", "To confirm"), facts.get("proposed"), Kind.MONEY),
        Figure(out.say("未匹配", "Unmatched"), facts.get("unmatched"), Kind.MONEY),
        Figure(out.say("收款差异", "Difference"), facts.get("difference"), Kind.MONEY),
        Figure(out.say("余额差异", "Balances differ by"), facts.get("balance_difference"), Kind.MONEY),
    ]


def _panel(out: Paper, model: SheetModel, block: Block) -> Panel:
    table = table_of(model, block)
    return Panel(
        key=block.name,
        title=block.title(out.lang),
        table=table,
        empty=block.sentence(out.lang),
        columns=block.columns,
        fit=Fit.GRID if block.name in LINES else Fit.SPAN,
        note=_not_listed(out, model.facts, block),
        summed=tuple(n for n in SUMS.get(block.name, ()) if n in table),
        alarms=DIFFERS,
        widths=WIDTHS,
        new_page=block.name == "open",
    )


def _not_listed(out: Paper, facts: Any, block: Block) -> str:
    rows, fen = (facts.get("not_listed") or {}).get(block.name, (0, 0))
    words = out.say("另有 {n} 笔（{sum}）未逐笔列出，见“资金流水”。", "{n} more lines ({sum}) are not listed; see the statement lines.")
    return words.format(n=f"{rows:,}", sum=with_currency(fen)) if rows else ""


def _signed(out: Paper) -> list[Sentence]:
    """Where the three who answer for it sign."""
    line = "＿" * 8
    words = out.say(
        "制表：{x}　　复核：{x}　　批准：{x}　　日期：{x}",
        "Prepared by: {x}   Reviewed by: {x}   Approved by: {x}   Date: {x}",
    )
    return [Sentence(" "), Sentence(words.format(x=line), quiet=False)]


def _link(out: Paper, page: Page, name: str, places: Any) -> None:
    """The place of a line is a link to it."""
    placed = page.placed.get(name)
    if placed is None:
        return
    look = out.format(border=1, border_color=paper.LINE, font_color=paper.OKABE_ITO[0], underline=1)
    column = placed.spans[c.REC_PLACE.name][0]
    for row, (sheet, line) in enumerate(places, placed.first):
        target = "internal:'" + str(sheet).replace("'", "''") + f"'!A{line}"
        page.sheet.write_url(row, column, target, look, f"{sheet}!A{line}")
