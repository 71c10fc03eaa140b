"""停催: who must be left alone, by whose word, and until which review.

A hold stops calls, SMS, visits and letters for all cases of the debtor (cases of one debtor share the hold: domain.md). A disputed
invoice is the exception: between firms one delivery is disputed while the others are owed, so the dispute holds that invoice alone
(rule dispute_scope of the 合规规则 sheet says for which segments). A hold ends when a person takes it off the 停催登记 sheet, never by
itself: a passed review date is reported and the hold stays.

Besides the register, the ledger's own signs count (the disputed flag, the case status), and a signed repayment plan until it is breached. What the log or a note says, without a row in
the register, is provisional and reported: a complaint or dispute entered as the result of a contact, and in notes only death,
custody and a lawyer appointed, where a wrong call does harm that a wrong pause does not. Illness and hardship in a note are
reported for review and change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from macros_py.domain.arrays import NO_DAY, Days, Flags, Ints, Texts, days, flags, text, whole
from macros_py.domain.characters import simplified
from macros_py.domain.code_names import code_name
from macros_py.domain.compliance import Book
from macros_py.domain.problems import Problem
from macros_py.domain.rules import Rules
from macros_py.domain.segments import segments_of
from macros_py.domain.spelling import SEVERAL, in_ledger_spelling
from macros_py.domain.tables import Result, Tables

SHEET: Final = "停催登记"
UNNAMED: Final = "停催"
DISPUTE: Final = "争议"
REGISTER, LEDGER, PLAN, PROVISIONAL = "register", "ledger", "plan", "provisional"  # hold_source
ON_PLAN: Final = "履行协议"
CASE_SCOPE: Final = re.compile(r"案|case", re.IGNORECASE)
CUSTOMER_SCOPE: Final = re.compile(r"客户|人|customer", re.IGNORECASE)
REGION_SCOPE: Final = re.compile(r"地区|区域|省|市|region", re.IGNORECASE)
NAMED_BY: Final = ("case_id", "customer_key", "customer_id", "id_number", "customer")
OPEN_DAYS: Final = 15  # a complaint is answered within 15 days (rules-cn.md, complaints): so long its log entry alone holds
STATUS: Final = (
    ("死亡", re.compile(r"死亡|去世|身故|deceased", re.IGNORECASE)),
    ("羁押", re.compile(r"羁押|服刑|custody|prison", re.IGNORECASE)),
    (
        "诉讼执行",
        re.compile(r"诉讼中|已起诉|已立案|起诉|诉讼|仲裁|强制执行|执行中|破产|litigation|lawsuit|enforcement|bankrupt", re.IGNORECASE),
    ),
    ("冒名", re.compile(r"冒名|盗用|欺诈|fraud|identity theft", re.IGNORECASE)),
    ("投诉", re.compile(r"投诉|complaint", re.IGNORECASE)),
    ("争议", re.compile(r"争议|异议|dispute", re.IGNORECASE)),
    ("履行协议", re.compile(r"履行中|协议履行|分期履行|plan kept|on plan", re.IGNORECASE)),
    ("困难缓催", re.compile(r"缓催|宽限|延期中|forbearance|hardship leave", re.IGNORECASE)),
    (UNNAMED, re.compile(r"停催|暂停|勿催|不催|禁催|hold|do not contact", re.IGNORECASE)),
)
NOT_STATUS: Final = re.compile(r"无争议|无异议|未起诉|未诉讼|撤诉|恢复|解除|no dispute|undisputed|released", re.IGNORECASE)
LOGGED: Final = (("投诉", re.compile(r"投诉|complain", re.IGNORECASE)), ("争议", re.compile(r"争议|异议|disput", re.IGNORECASE)))
GRAVE_NOTES: Final = (
    (
        "死亡",
        re.compile(
            r"(?:本人|客户|借款人|债务人|持卡人|^|[，,。；;\s])已?(?:去世|过世|死亡|身故|病故|亡故|离世)|deceased|has died", re.IGNORECASE
        ),
    ),
    ("羁押", re.compile(r"羁押|服刑|坐牢|入狱|拘留所|看守所|in custody|in prison", re.IGNORECASE)),
    (
        "委托律师",
        re.compile(r"(?:已|客户|对方|本人)?(?:委托|聘请|请)(?:了)?(?:代理)?律师|代理律师|represented by (?:a )?lawyer", re.IGNORECASE),
    ),
)
RELATIVES: Final = re.compile(
    r"(?:父|母|妻|夫|配偶|爱人|儿子|女儿|爷爷|奶奶|家人|亲属|担保人)\S{0,4}(?:去世|过世|死亡|身故|病故|服刑|坐牢)"
)
HINTS: Final = (
    (("疾病或住院", "illness"), re.compile(r"生病|住院|重病|手术|癌|化疗|hospital|ill\b", re.IGNORECASE)),
    (("生活困难", "hardship"), re.compile(r"困难|失业|下岗|没工作|破产|离婚|低保|受灾|申请延期|hardship|unemployed", re.IGNORECASE)),
    (("未成年", "a minor"), re.compile(r"未成年|未满(?:18|十八)周?岁|\bminor\b|under age", re.IGNORECASE)),
    (("投诉或律师", "a complaint or lawyer"), re.compile(r"投诉|举报|律师|complain|lawyer", re.IGNORECASE)),
    (("争议或冒名", "a dispute or identity theft"), re.compile(r"争议|异议|不是本人|冒名|被盗|dispute|fraud", re.IGNORECASE)),
)
OWN_CASE_ONLY: Final = frozenset({"争议", "冒名", "诉讼执行", "履行协议", UNNAMED})  # of a settled case these bind nothing else


@dataclass
class _Found:
    """The hold of each case so far; an earlier source is not overruled by a later one."""

    code: Texts
    source: Texts
    by: Texts
    review: Days

    @classmethod
    def none(cls, n: int) -> _Found:
        return cls(np.full(n, "", dtype=object), np.full(n, "", dtype=object), np.full(n, "", dtype=object), np.full(n, NO_DAY))

    def put(self, where: Flags, code: Texts | str, source: str, by: Texts | str = "", review: Days | None = None) -> None:
        new = where & (self.code == "")
        self.code[new] = code if isinstance(code, str) else code[new]
        self.source[new] = source
        self.by[new] = by if isinstance(by, str) else by[new]
        if review is not None:
            self.review[new] = review[new]


def apply(tables: Tables, rules: Rules, today: date) -> Result:
    """The hold of every case.

    tables.cases: case_id, customer_key, customer_id, id_number, customer, region, address, disputed, case_status, settled, note, plan_state, plan_due
    tables.holds: scope, target, hold_code, approved_by, hold_from, review_on; tables.contacts: results of the last 15 days
    → cases + hold (code, '' = none), hold_source (register | ledger | plan | provisional), hold_by, hold_review (date), hold_of (case number
      of another case of the same customer from which the hold comes, '' = its own), hold_own_case (flag: it holds no other case)
    """
    cases, n = tables.cases, len(tables.cases)
    found = _Found.none(n)
    problems = _register(found, tables, today)
    _ledger(found, cases)
    _on_plan(found, cases, rules)
    problems += _provisional(found, tables, today)
    own_case = (found.code == DISPUTE) & Book(rules.compliance, today).binds("dispute_scope", segments_of(cases))
    hold_of = _spread(found, cases, own_case)
    table = cases.assign(
        hold=pd.Series(found.code, index=cases.index, dtype="str"),
        hold_source=pd.Series(found.source, index=cases.index, dtype="str"),
        hold_by=pd.Series(found.by, index=cases.index, dtype="str"),
        hold_review=found.review.astype("datetime64[s]"),
        hold_of=pd.Series(hold_of, index=cases.index, dtype="str"),
        hold_own_case=own_case & (hold_of == ""),
    )
    return table, problems + _hints(table)


def _register(found: _Found, tables: Tables, today: date) -> list[Problem]:
    """The rows of the register that have begun. There are few of them: each target is looked up by itself."""
    cases, day = tables.cases, np.datetime64(today, "D")
    counts = dict.fromkeys(("hold-no-match", "hold-no-approver", "hold-review-passed", "hold-no-review"), 0)
    columns = {name: text(cases, name) for name in (*NAMED_BY, "region", "address")}
    holds = tables.holds[(text(tables.holds, "target") != "") & ~(days(tables.holds, "hold_from") > day)]
    targets = [_several(said.strip(), columns) for said in text(holds, "target")]
    spelled = _spelled([t for several in targets for t in several], columns)
    rows = zip(
        targets,
        text(holds, "scope"),
        simplified(text(holds, "hold_code")),
        text(holds, "approved_by"),
        days(holds, "review_on"),
        strict=True,
    )
    for several, scope, code, by, review in rows:
        for target in several:
            where = _matches(scope, spelled.get(target, target), columns)
            found.put(where, code.strip() or UNNAMED, REGISTER, by.strip(), np.full(len(cases), review))
            counts["hold-no-match"] += not where.any()
        counts["hold-no-approver"] += not by.strip()
        counts["hold-review-passed"] += bool(review < day)
        counts["hold-no-review"] += bool(np.isnat(review))
    return [Problem(code, SHEET, "", {"count": count}) for code, count in counts.items() if count]


def _several(said: str, columns: dict[str, Texts]) -> list[str]:
    """The targets of one row: a number or name of the ledger as it is, else what stands between commas and the like."""
    whole_ = any((columns[name] == said).any() for name in NAMED_BY)
    return [said] if whole_ else [part.strip() for part in SEVERAL.split(said) if part.strip()]


def _spelled(targets: list[str], columns: dict[str, Texts]) -> dict[str, str]:
    """What a target that stands nowhere in the ledger is called there: its case, customer or identity number, or name, written otherwise."""
    strange = [t for t in dict.fromkeys(targets) if not any((columns[name] == t).any() for name in NAMED_BY)]
    out: dict[str, str] = {}
    for name in NAMED_BY if strange else ():
        meant, changed = in_ledger_spelling(np.array(strange, dtype=object), columns[name])
        out = {**{strange[i]: str(meant[i]) for i in np.flatnonzero(changed)}, **out}
    return out


def _matches(scope: str, target: str, columns: dict[str, Texts]) -> Flags:
    """The cases that a target names; without a scope it is tried as case, then customer, then region."""
    case = columns["case_id"] == target
    customer = (columns["customer_id"] == target) | (columns["id_number"] == target) | (columns["customer_key"] == target)
    named = customer if customer.any() else columns["customer"] == target
    if REGION_SCOPE.search(scope):
        return _in_region(target, columns)
    if CASE_SCOPE.search(scope) and case.any():
        return np.asarray(case, dtype=bool)
    if CUSTOMER_SCOPE.search(scope) and named.any():
        return np.asarray(named, dtype=bool)
    for tried in (case, named):  # a number typed under the wrong scope still stops the calls
        if tried.any():
            return np.asarray(tried, dtype=bool)
    return _in_region(target, columns) if not scope.strip() else np.zeros(len(case), dtype=bool)


def _in_region(target: str, columns: dict[str, Texts]) -> Flags:
    """Cases whose region is, or whose address lies in, the place named (广东 and 广东省 alike)."""
    short = re.sub(r"(?<=..)(?:省|市|自治区|地区)$", "", target)
    out = np.zeros(len(columns["region"]), dtype=bool)
    for name in ("region", "address"):
        code, distinct = pd.factorize(columns[name])
        out |= np.array([short in str(w) for w in distinct] + [False], dtype=bool)[code]
    return out


def _ledger(found: _Found, cases: pd.DataFrame) -> None:
    """The ledger's own signs: its status column and its disputed flag."""
    status = text(cases, "case_status")
    code, distinct = pd.factorize(status)
    judged = np.array([_status(w) for w in simplified(distinct)] + [""], dtype=object)[code]
    judged[flags(cases, "settled") & (judged != "死亡")] = ""
    found.put(judged != "", judged, LEDGER)
    found.put(flags(cases, "disputed") & ~flags(cases, "settled"), "争议", LEDGER)


def _on_plan(found: _Found, cases: pd.DataFrame, rules: Rules) -> None:
    """A signed plan pauses collection for as long as it is not breached (rule card_plan); looked at again after each instalment.

    Where it was kept to its end, what is open is what was waived, until finance has booked the waiver: nobody is called for that.
    """
    review = days(cases, "plan_due") + np.timedelta64(rules.repayment.grace_days, "D")
    state = text(cases, "plan_state")
    forgiven = whole(cases, "plan_waived")
    waived = (state == "done") & (forgiven > 0) & (whole(cases, "open_amount") <= forgiven)
    found.put((np.isin(state, ("kept", "late")) | waived) & ~flags(cases, "settled"), ON_PLAN, PLAN, review=review)


def _status(word: str) -> str:
    if NOT_STATUS.search(word):
        return ""
    return next((code for code, pattern in STATUS if pattern.search(word)), "")


def _provisional(found: _Found, tables: Tables, today: date) -> list[Problem]:
    """Holds that nobody has entered yet: results of recent contacts, and grave words in notes. Each kind is reported."""
    cases, problems = tables.cases, []
    for reason, where in [*_logged(tables, today), *_grave(cases)]:
        new = where & (found.code == "") & ~flags(cases, "settled")
        if new.any():
            found.put(new, reason, PROVISIONAL)
            problems.append(
                Problem("hold-provisional", values={"count": int(new.sum()), "reason": reason, "reason_en": code_name(reason, "en")})
            )
    return problems


def _logged(tables: Tables, today: date) -> list[tuple[str, Flags]]:
    log = tables.contacts
    when = days(log, "contacted_at")
    day = np.datetime64(today, "D")
    recent = log[(when <= day) & (when > day - OPEN_DAYS)]
    ids = text(tables.cases, "case_id")
    said = _say(text(recent, "outcome"), *(words for _, words in LOGGED))
    return [(reason, _of_cases(ids, text(recent, "case_id")[there])) for (reason, _), there in zip(LOGGED, said, strict=True)]


def _of_cases(ids: Texts, wanted: Texts) -> Flags:
    if not len(wanted):
        return np.zeros(len(ids), dtype=bool)
    return np.asarray(pd.Index(ids).isin(list(set(wanted) - {""})), dtype=bool)


def _grave(cases: pd.DataFrame) -> list[tuple[str, Flags]]:
    notes = text(cases, "note")
    about_others, *said = _say(notes, RELATIVES, *(words for _, words in GRAVE_NOTES))
    return [(reason, there & ~about_others) for (reason, _), there in zip(GRAVE_NOTES, said, strict=True)]


def _say(words: Texts, *patterns: re.Pattern[str]) -> Iterator[Flags]:
    """Where each of the patterns occurs."""
    code, distinct = pd.factorize(words)
    said = simplified(distinct)
    for pattern in patterns:
        yield np.array([bool(pattern.search(w)) for w in said] + [False], dtype=bool)[code]


def _spread(found: _Found, cases: pd.DataFrame, own_case: Flags) -> Texts:
    """Every case of a held debtor is held, but for holds of one case only; returns the case number from which such a hold comes."""
    of = np.full(len(cases), "", dtype=object)
    bound = flags(cases, "settled") & np.isin(found.code, list(OWN_CASE_ONLY))
    sources = np.flatnonzero((found.code != "") & ~bound & ~own_case)
    if not len(sources):
        return of
    key, ids = text(cases, "customer_key"), text(cases, "case_id")
    group: Ints = np.asarray(pd.factorize(np.where(key == "", ids, key))[0], dtype=np.int64)
    first = np.full(int(group.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[group[sources[::-1]]] = sources[::-1]
    at = first[group]
    new = (found.code == "") & (at >= 0)
    of[new] = ids[at[new]]
    for column in (found.code, found.source, found.by, found.review):
        column[new] = column[at[new]]
    return of


def _hints(cases: pd.DataFrame) -> list[Problem]:
    """What notes of cases without a hold or a stated hardship mention: for a person to look at."""
    notes = text(cases, "note")
    free = (text(cases, "hold") == "") & (text(cases, "hardship") == "") & ~flags(cases, "settled")
    said = [there & free for there in _say(notes, *(words for _, words in HINTS))]
    kind = sum((where.astype(np.int64) << n for n, where in enumerate(said)), np.zeros(len(notes), dtype=np.int64))
    ids = text(cases, "case_id")
    return [_hint(mix, ids[kind == mix]) for mix in np.unique(kind[kind > 0]).tolist()]


def _hint(mix: int, ids: Texts) -> Problem:
    """One finding for all cases whose notes mention the same things (bits of HINTS)."""
    named = [words for n, (words, _) in enumerate(HINTS) if mix >> n & 1]
    reasons = {"reason": "、".join(zh for zh, _ in named), "reason_en": ", ".join(en for _, en in named)}
    return Problem("note-hint", values={"count": len(ids), **reasons, "first": _first(ids, "、"), "first_en": _first(ids, ", ")})


def _first(ids: Texts, between: str, most: int = 3) -> str:
    """The first case numbers, for a person to look up."""
    return between.join(ids[:most]) + ("…" if len(ids) > most else "")
