"""Problems of people and rules, working days, settings, assignment and targets."""

from __future__ import annotations

from typing import Final

from macros_py.domain.problems.template import N, P, Template

PLANNING: Final[dict[str, Template]] = {
    "snapshots-full": Template(
        P,
        "月末快照已有 {rows} 行，再留存会超出一张表的行数，本次没有留存",
        "The month-end snapshots have {rows} rows already; another month would not fit on a sheet, so none was kept",
        "请删除最旧月份的整行，再按一次",
        "Delete the rows of the oldest months and press again",
    ),
    # people and rules --------------------------------------------------------------------------------------------
    "setting-unknown": Template(
        P,
        "设置“{key}”不认识，最接近的是“{nearest}”",
        "Unknown setting {key}; the nearest is {nearest}",
        "请对照手册改名或删除该行",
        "Correct or remove the row; see the manual",
    ),
    "setting-unreadable": Template(
        P,
        "设置“{key}”的值“{shown}”读不懂，按默认值处理",
        "The value {shown} of setting {key} cannot be read; the default is used",
        "请按说明填写：{hint}",
        "Fill it as described: {hint}",
    ),
    "year-uncovered": Template(
        P,
        "{year} 年的调休工作日还没有公布或未收录",
        "Make-up workdays of {year} are not known yet",
        "请在“工作日”表补上该年的休息日与补班日",
        "Add that year's holidays and make-up workdays to the calendar sheet",
    ),
    # working days, settings, assignment, targets -------------------------------------------------------------------
    "calendar-unreadable": Template(
        P,
        "工作日表的“{shown}”读不懂，该行未采用",
        "The word {shown} on the calendar sheet cannot be read; that row is not used",
        "请填 上班 或 休息",
        "Type 上班 (working) or 休息 (rest)",
    ),
    "collector-duplicate": Template(
        P,
        "催收员表有 {count} 个重复的姓名，只用第一行",
        "{count} names stand twice on the collectors sheet; the first row is used",
        "请删除重复行",
        "Remove the rows that repeat a name",
    ),
    "owner-not-listed": Template(
        P,
        "台账中有 {count} 位催收员不在催收员表里，按电催、默认班次计算",
        "{count} collectors of the ledger are not on the collectors sheet; taken as phone collectors in the default shift",
        "请在催收员表补上，离岗的填 在岗=否",
        "Add them there; mark those who have left as not active",
    ),
    "collectors-from-ledger": Template(
        N,
        "催收员表没有人员，{count} 位催收员取自台账，按电催、默认班次计算",
        "The collectors sheet is empty; {count} collectors are taken from the ledger, by phone in the default shift",
        "请在催收员表核对岗位、班次和地区",
        "Check skill, shift and regions on the collectors sheet",
    ),
    "no-collectors": Template(
        P,
        "没有在岗的催收员，无法分配案件",
        "There is no active collector, so no case can be assigned",
        "请在催收员表填写人员，或在台账填写催收员列",
        "Fill the collectors sheet, or the collector column of the ledger",
    ),
    "unassigned": Template(
        P,
        "{customers} 户没有分配：分钟不够 {full} 户，没有在岗催收员负责其地区、产品或岗位 {nobody} 户",
        "{customers} customers have no collector: {full} for want of capacity, {nobody} because nobody covers their region, product or skill",
        "请增加产能，或调整催收员表的岗位、地区、产品",
        "Add capacity, or change skills, regions and products on the collectors sheet",
    ),
    "capacity-short": Template(
        N,
        "{customers} 户沿用原催收员但本期排不下，约缺 {minutes} 分钟",
        "{customers} customers keep their collector but do not fit this period; about {minutes} minutes are short",
        "请看团队计划的产能缺口",
        "See the headcount gap on the team plan",
    ),
    "no-target": Template(
        N,
        "目标表没有 {month} 的目标，计划不含目标数",
        "The targets sheet has no target for {month}; plans show none",
        "请在目标表填写该月的团队目标（催收员留空）",
        "Fill in the team's target of that month (collector left empty)",
    ),
    "target-unreadable": Template(
        P,
        "目标表的月份“{shown}”读不懂，该行未采用",
        "The month {shown} on the targets sheet cannot be read; that row is not used",
        "请填写如 2026-11",
        "Type a month such as 2026-11",
    ),
    "target-persons-differ": Template(
        P,
        "{month} 个人目标合计 {persons} 元，与团队目标 {team} 元不一致，差额由其他人分担",
        "Personal targets of {month} add up to {persons} yuan against the team's {team}; the others share the rest",
        "请核对目标表",
        "Check the targets sheet",
    ),
    "points-scaled": Template(
        P,
        "优先级规则“{preset}”的分值合计为 {total}，不是 100，已按比例折算",
        "The points of preset {preset} add up to {total}, not 100; they were scaled",
        "请把各项分值改为合计 100",
        "Change the points so that they add up to 100",
    ),
    "rule-row-unknown": Template(
        P,
        "“{key}”不是已知的项目（最接近：{nearest}），该行未采用",
        "{key} is not a known entry (nearest: {nearest}); that row is not used",
        "请改名或删除该行",
        "Correct or remove the row",
    ),
}
