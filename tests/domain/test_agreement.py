"""From a proposal to a signed plan, and why it may not be signed."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pandas as pd
import pytest

from macros_py.domain import columns as c
from macros_py.domain import plan_register
from macros_py.domain.account_rules import RepaymentRules
from macros_py.domain.affordability import Means
from macros_py.domain.agreement import Agreed, AgreeRequest, agree
from macros_py.domain.repayment import PlanRequest, propose
from macros_py.domain.rules import OfficeRules, Rules
from macros_py.domain.tables import Tables
from tests.domain.test_repayment import COMFORTABLE, LOAN, PEOPLE
from tests.domain.written import MONDAY, cases, codes, judged, receipts, shown, table

OFFICE = OfficeRules(
    creditor="明光消费金融有限公司",
    account_name="明光消费金融有限公司",
    account_bank="某某银行",
    account_number="3602000109200012345",
    contact="020-1",
)
RULES = Rules(office=OFFICE)
TUESDAY = MONDAY + timedelta(days=1)


def proposed(rules: Rules = RULES, presser: str = "wang", ledger: str = LOAN, means: Means = COMFORTABLE) -> Tables:
    """A judged workbook whose register holds the proposals of Monday."""
    tables, _ = judged(Tables(cases=cases(ledger), people=PEOPLE, presser=presser, present=frozenset({"receipts"})), rules)
    made, _ = propose(tables, rules, MONDAY, PlanRequest("A1", means))
    assert made is not None
    return tables.having(plans=plan_register.rows(made, tables.plans, MONDAY, "zh"))


def agreed(
    tables: Tables, number: int = 1, signed_on: date | None = None, today: date = MONDAY, by: str = "", rules: Rules = RULES
) -> Agreed:
    again, _ = judged(tables, rules, today)
    return agree(again, rules, today, AgreeRequest("A1", number, signed_on, by))


def after(tables: Tables, made: Agreed) -> Tables:
    """The workbook once it is written."""
    both = {"plans": made.plan, "instalments": made.instalments, "letters": made.letters}
    return tables.having(**{name: pd.concat([getattr(tables, name), more], ignore_index=True) for name, more in both.items()})


def test_the_agreement_is_numbered_printed_and_registered_and_collection_goes_on_until_it_is_signed() -> None:
    tables = proposed()
    made = agreed(tables)
    assert made.problems == []
    assert shown(made.plan, "plan_id", "plan_state", "approved_by", "plan_letter") == ["A1-1-1 | 待签 | 王经理 | 催〔2026〕0001号"]
    assert shown(made.letters, "letter_no", "case_id", "recipient", "template", "letter_state") == [
        "催〔2026〕0001号 | A1 | 张三（本人） | 还款协议 | 待签署"
    ]
    assert [f.name for f in made.files] == ["催〔2026〕0001号_A1.docx"]
    assert made.instalments.empty
    again, _ = judged(after(tables, made), RULES)
    assert again.cases["hold"].tolist() == [""]


def test_what_the_agreement_says_adds_up() -> None:
    said = agreed(proposed(), 2).files[0].context
    assert (said["debt_total"], said["waived_total"], said["total"]) == (1_200_000, 190_000, 1_010_000)
    assert sum(part["amount"] for part in said["components"]) == said["debt_total"]
    assert sum(i["amount"] for i in said["instalments"]) == said["total"] == sum(said["sums"].values())
    assert said["waived"] == [{"name": "违约金", "amount": 80_000}, {"name": "利息", "amount": 110_000}]
    assert said["total_in_words"] == "人民币壹万零壹佰元整"


def test_once_signed_its_instalments_are_registered_and_collection_pauses() -> None:
    tables = proposed()
    tables = after(tables, agreed(tables))
    made = agreed(tables, signed_on=TUESDAY, today=TUESDAY)
    assert (len(made.files), len(made.letters)) == (0, 0), "the document was printed before"
    assert shown(made.plan, "plan_state", "plan_signed_on", "plan_letter") == ["已签 | 2026-11-24 | 催〔2026〕0001号"]
    assert shown(made.instalments, "instalment_no", "instalment_due", "instalment_amount")[0] == "1 | 2026-12-23 | 300000"
    assert made.instalments["instalment_amount"].sum() == 1_200_000
    held, _ = judged(after(tables, made), RULES, TUESDAY)
    assert shown(held.cases, "hold", "hold_source", "plan_state") == ["履行协议 | plan | kept"]


def test_a_plan_signed_at_once_is_printed_and_registered_in_one_press() -> None:
    made = agreed(proposed(), signed_on=MONDAY)
    assert (len(made.files), len(made.letters), len(made.instalments)) == (1, 1, 4)


def test_pressing_again_adds_nothing() -> None:
    tables = proposed()
    printed = after(tables, agreed(tables))
    assert [len(t) for t in (agreed(printed).plan, agreed(printed).letters)] == [0, 0]
    signed = after(printed, agreed(printed, signed_on=MONDAY))
    again = agreed(signed, signed_on=MONDAY)
    assert (len(again.plan), len(again.instalments), codes(again.problems)) == (0, 0, {"agree-signed-already": ""})


def refused(made: Agreed) -> list[str]:
    assert (len(made.plan), len(made.instalments), len(made.letters), made.files) == (0, 0, 0, ())
    return [p.code for p in made.problems]


def test_a_receipt_after_the_proposal_ends_it() -> None:
    paid = receipts("case_id | paid_on | amount \n A1 | 2026-11-24 | 100")
    made = agreed(proposed().having(receipts=paid, data_as_of=MONDAY), today=TUESDAY)
    assert refused(made) == ["agree-debt-changed"]
    assert (
        made.problems[0].text("en")
        == "The debt has changed from 12,000.00 to 11,900.00 yuan since the proposal; it cannot be signed any more"
    )


def test_interest_that_grew_meanwhile_does_not_stop_it() -> None:
    tables = proposed()
    grown = tables.having(cases=tables.cases.assign(overdue_amount=tables.cases["overdue_amount"] + 500))
    assert agreed(grown, today=TUESDAY).problems == []


def test_an_old_proposal_has_to_be_made_again() -> None:
    assert refused(agreed(proposed(), today=MONDAY + timedelta(days=8))) == ["agree-proposal-old"]


def test_without_authority_somebody_who_has_it_must_be_named() -> None:
    poor = proposed(presser="nobody")
    made = agreed(poor, 2)
    assert refused(made) == ["agree-needs-approval"]
    assert "王经理" in made.problems[0].text("zh")
    assert refused(agreed(poor, 2, by="李催收")) == ["agree-needs-approval"], "500 yuan are not enough"
    assert shown(agreed(poor, 2, by="王经理").plan, "approved_by") == ["王经理"]


def test_a_plan_above_the_rate_cap_is_never_signed() -> None:
    dear = Rules(office=OFFICE, repayment=dataclasses.replace(RepaymentRules(), rate_points=3_000))
    assert refused(agreed(proposed(dear), rules=dear)) == ["agree-over-cap"]


@pytest.mark.parametrize(
    ("number", "signed_on", "today", "code"),
    [
        (7, None, MONDAY, "agree-no-proposal"),
        (1, TUESDAY, MONDAY, "agree-signed-later"),
        (1, date(2026, 12, 23), date(2026, 12, 23), "plan-first-due-past"),
    ],
)
def test_it_is_said_why_a_plan_cannot_be_agreed(number: int, signed_on: date | None, today: date, code: str) -> None:
    assert code in refused(agreed(proposed(), number, signed_on, today))


def test_a_second_plan_waits_until_the_first_is_void_or_breached() -> None:
    tables = proposed()
    tables = after(tables, agreed(tables, signed_on=MONDAY))
    other, _ = propose(tables, RULES, MONDAY, PlanRequest("A1", Means(600_000, 300_000)))
    assert other is not None
    again = tables.having(plans=pd.concat([tables.plans, plan_register.rows(other, tables.plans, MONDAY, "zh")], ignore_index=True))
    assert refused(agreed(again, signed_on=MONDAY)) == ["agree-other-plan"]
    void = table("plan_id | case_id | plan_state \n A1-1-1 | A1 | 作废", c.PLAN_COLUMNS)
    freed = again.having(plans=pd.concat([again.plans, void], ignore_index=True))
    assert agreed(freed, signed_on=MONDAY).problems == []


def test_without_office_data_nothing_is_printed_but_a_signed_plan_is_registered() -> None:
    bare = Rules()
    assert refused(agreed(proposed(bare), rules=bare)) == ["letter-office-missing"]
    made = agreed(proposed(bare), signed_on=MONDAY, rules=bare)
    assert (len(made.files), len(made.plan), len(made.instalments)) == (0, 1, 4)
