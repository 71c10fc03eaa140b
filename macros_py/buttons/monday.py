"""周一一键: everything that a department needs on Monday at 08:30, in one press."""

from __future__ import annotations

from datetime import date
from typing import Final

from macros_py import __version__
from macros_py.buttons import procedure, writing
from macros_py.buttons.button import Pressed
from macros_py.buttons.statement_import import filled
from macros_py.domain import columns as c
from macros_py.domain import personal_plan, plan_day, plan_entries, team_plan, weekly_progress
from macros_py.domain.changes import Changes, SheetModel
from macros_py.domain.reconciling import standing
from macros_py.domain.rules import Rules
from macros_py.domain.tables import Tables
from macros_py.sheets import tables as sheets

DEFAULTS = (
    sheets.COLLECTORS,
    sheets.PEOPLE,
    sheets.TARGETS,
    sheets.HOLDS,
    sheets.CALENDAR,
    sheets.CONTACTS,
    sheets.LETTERS,
    sheets.WEEK_REPORTS,
)

GUIDE: Final = {
    sheets.TEAM_SHEET: ("负荷、目标、异常、账龄、换手与未分配", "load, targets, exceptions, buckets, changes of owner, unassigned"),
    sheets.CHECK_SHEET: ("这次发现的问题：在哪里、是什么、怎么改", "what was found wrong: where, what, and the remedy"),
    sheets.SETTINGS.zh: ("公司信息、分钟、宽限等参数", "company data, minutes, grace and the like"),
    sheets.PRIORITY_RULES_SHEET: ("评分的分值与曲线", "points and curves of the score"),
    sheets.STRATEGY_SHEET: ("策略档位、渠道、频率", "tiers, channels, cadence"),
    sheets.COMPLIANCE_SHEET: ("法规与内部规则，带生效日期", "legal and office rules with their dates"),
    sheets.COLLECTORS.zh: ("岗位、班次、地区、产品", "skill, shift, regions, products"),
    sheets.TARGETS.zh: ("月度目标", "month targets"),
    sheets.HOLDS.zh: ("停催与宽缓，须有批准人和复核日", "holds and leniency, with approver and review date"),
    sheets.CONTACTS.zh: ("每次联系一行；计划上填的结果会自动登记", "one row a contact; results typed on plans arrive here"),
    sheets.WEEK_REPORTS.zh: ("谁在哪天交了哪一周的周报", "who handed in which week's report on what day"),
    sheets.SNAPSHOTS.zh: ("每个月末各案件的账龄与余额，用于账龄迁徙", "bucket and balance of every case at each month end, for migration"),
    sheets.PAYMENTS.zh: (
        "导入的银行、支付宝、微信流水；对账结果与人工确认",
        "imported statement lines, what they were matched with, decisions",
    ),
    sheets.RECONCILIATION_SHEET: ("余额、渠道、逐日、挂账与逐笔收款", "balances, channels, days, open receipts, every receipt"),
    sheets.LETTERS.zh: ("文号、模板、状态、寄出与签收", "number, template, state, sent, delivered"),
}


class Monday:
    """Check → receipts and promises → priority → strategy and holds → assignment → plans → letters due → weekly tab."""

    def press(self, tables: Tables, rules: Rules, today: date) -> Pressed:
        seen, said = procedure.with_defaults(tables, rules, DEFAULTS)
        seen, entries, typed_problems = procedure.log_typed_results(seen, rules, today)
        work = procedure.judge(seen, rules, today)
        work.problems += typed_problems
        procedure.assign_owners(work)
        letters = procedure.letters(work)
        day = plan_day.divide(work.tables, rules, today)
        plans = plan_entries.carry_all(work.tables, personal_plan.plans(work.tables, rules, today, day))
        team = plan_entries.carry(work.tables, team_plan.plan(work.tables, rules, today, day))
        snapshot, snapshot_sheet = procedure.month_end_kept(work)
        week = plan_entries.carry(work.tables, weekly_progress.week(work.tables, rules, today))
        entries = procedure.with_left(work, entries, plans)
        log, log_sheet = writing.added(tables, rules, sheets.CONTACTS, entries)
        register, register_sheet = writing.added(tables, rules, sheets.LETTERS, letters.register)
        made = (*log_sheet, *register_sheet, *snapshot_sheet)
        defaults = writing.missing(tables, rules, DEFAULTS, writing.RULE_SHEETS)
        defaults = tuple(m for m in defaults if m.name not in {n.name for n in made})
        matched = filled(tables, rules, work.tables.payments, c.RECONCILED) if len(tables.payments) else ()
        once = tuple(p for p in work.matched if p.code in standing.SAID_ONCE)
        work.problems += [p for p in work.matched if p not in once]
        changes = Changes(
            fill=(*writing.filled(work.tables, writing.SCORED + writing.PLACED + writing.ASSIGNED, rules.office.language), *matched),
            append=(*log, *register, *snapshot),
            sheets=(guide(tables, rules, today), team, *plans, week, *made, *defaults),
            files=letters.files,
        )
        figures = {**procedure.figures(work), "plans": len(plans), "letters": letters.count, "sms": letters.sms, "logged": len(entries)}
        figures["tasks"] = sum(len(model.tables[block]) for model in plans for block in procedure.TASK_BLOCKS)
        return Pressed(changes, tuple(work.problems), figures, (*said, *once, *letters.said), listed=True)


def guide(tables: Tables, rules: Rules, today: date) -> SheetModel:
    """使用说明: version, as of when, and what each of our sheets is."""
    facts = {
        "version": __version__,
        "source": "、".join(place.sheet for place in tables.places),
        "as_of": tables.data_as_of or today,
        "sheets": [(title, what[rules.office.language == "en"]) for title, what in GUIDE.items()],
        "language": rules.office.language,
    }
    return SheetModel(sheets.GUIDE_SHEET, "guide", {}, facts)
