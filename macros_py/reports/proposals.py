"""The sheet of one case's repayment proposals, to be talked over and signed by those who decide."""

from __future__ import annotations

import dataclasses
from typing import Any, Final

import pandas as pd

from macros_py.domain import columns as c
from macros_py.domain import proposal_sheet as proposals
from macros_py.domain.blocks import Block
from macros_py.domain.changes import SheetModel
from macros_py.domain.kinds import Column, Kind
from macros_py.reports.page import Figure, Page, Sentence
from macros_py.reports.panel import Fit, Panel
from macros_py.reports.paper import Paper
from macros_py.reports.words import day, table_of

WIDTHS: Final = {c.PLAN_KIND.name: 18.0, c.PLAN_APPROVAL.name: 32.0, c.WORKING.name: 44.0, c.PROPOSAL_NO.name: 7.0, c.PLAN_MONTHS.name: 8.0}


def draw(out: Paper, model: SheetModel) -> None:
    """model: as domain.proposal_sheet says."""
    facts = model.facts
    heading = out.say("还款方案 · {case}", "Repayment proposals · {case}").format(case=facts["case_id"])
    page = Page(out, model.name, heading, _subtitle(out, facts))
    page.figures = [
        Figure(out.say("应还合计", "Owed in all"), facts["debt_total"], Kind.MONEY),
        Figure(out.say("可负担月还款", "Affordable a month"), facts["affordable"], Kind.MONEY),
        Figure(out.say("年化利率上限", "Rate cap"), facts["cap"]),
        Figure(out.say("金额截至", "Amounts as of"), facts["as_of"], Kind.DATE),
    ]
    page.repeat_header = False
    for block in proposals.BLOCKS:
        page.add(_panel(out, model, block))
    page.add(Sentence(_signatures(out), quiet=False))
    page.draw()


def _subtitle(out: Paper, facts: Any) -> str:
    made = out.say("提出日 {day}", "Proposed on {day}").format(day=day(facts["proposed_on"], out))
    cap = out.say("利率上限：{why}", "rate cap: {why}").format(why=facts["cap_why"])
    return "　·　".join(part for part in (facts["customer"], made, cap) if part)


def _panel(out: Paper, model: SheetModel, block: Block) -> Panel:
    schedule = block.name == "schedule"
    table = table_of(model, block)
    return Panel(
        key=block.name,
        title=block.title(out.lang),
        table=table,
        empty=block.sentence(out.lang),
        columns=_named(out, model, block.columns) if schedule else block.columns,
        fit=Fit.GRID if block.name == "proposals" else Fit.SPAN,
        widths=WIDTHS,
        listed=False,
        summed=_summed(block, table),
        new_page=schedule,
        note=_note(out, block),
    )


def _summed(block: Block, table: pd.DataFrame) -> tuple[str, ...]:
    if block.name == "debt":
        return (c.WORKING_AMOUNT.name,)
    return tuple(str(n) for n in table.columns if str(n).startswith("schedule_"))


def _named(out: Paper, model: SheetModel, columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """方案1 等额分期: each proposal's column under its name."""
    names = model.facts["names"]
    heads = {f"schedule_{n}": out.say("方案{n} {name}", "{n} {name}").format(n=n, name=name) for n, name in enumerate(names, 1)}
    return tuple(dataclasses.replace(k, zh=heads[k.name], en=heads[k.name]) if k.name in heads else k for k in columns)


def _note(out: Paper, block: Block) -> str:
    if block.name != "proposals":
        return ""
    return out.say(
        "减免在方案全部履行后生效；方案违约的，减免失效。年化利率按各期付款的内部收益率乘以12计算。",
        "A waiver takes effect when the plan has been kept to its end, and lapses with a breach. APR: twelve times the monthly rate of return.",
    )


def _signatures(out: Paper) -> str:
    return out.say(
        "经办：＿＿＿＿＿＿＿＿　　复核：＿＿＿＿＿＿＿＿　　批准：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿",
        "Prepared by: ____________    Checked by: ____________    Approved by: ____________    Date: __________",
    )
