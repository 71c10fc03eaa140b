"""The repayment agreement that we give: built from its source, complete, with every payment in its schedule."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from macros_py.domain.agreement import TEMPLATE
from macros_py.letters import sms
from macros_py.letters.making import BUILT_IN
from macros_py.letters.render import render
from tests.domain.test_agreement import agreed, proposed
from tests.domain.test_repayment import LOAN
from tests.letters.samples import paragraphs
from workbook_templates import agreement_build


def filled(number: int = 2, **other: Any) -> bytes:
    return render(BUILT_IN / "letters" / "agreement.docx", [agreed(proposed(), number).files[0].context | other])[0]


def words(content: bytes) -> str:
    return "\n".join(paragraphs(content))


def cells(content: bytes, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[table].rows]


def test_the_committed_template_is_what_its_source_builds() -> None:
    committed = (agreement_build.FOLDER / "agreement.docx").read_bytes()
    assert agreement_build.build() == committed, "run python -m workbook_templates.agreement_build"
    assert Document(io.BytesIO(committed)).core_properties.version == TEMPLATE.version


def test_it_says_what_is_owed_by_component_and_what_is_waived() -> None:
    made = filled()
    assert cells(made, 0) == [
        ["费用", "100.00元"],
        ["违约金", "800.00元"],
        ["利息", "1,100.00元"],
        ["本金", "10,000.00元"],
        ["合计", "12,000.00元"],
    ]
    assert "减免人民币1,900.00元（违约金800.00元、利息1,100.00元）" in words(made)
    assert "本协议不含减免" in words(filled(1))


def test_every_payment_stands_in_the_schedule_and_adds_up() -> None:
    rows = cells(filled(), -1)
    assert rows[0] == ["期次", "应还日", "应还金额（元）", "本金", "利息", "费用等"]
    assert rows[1] == ["1", "2026-12-23", "2,525.00", "2,425.00", "0.00", "100.00"]
    assert rows[-1] == ["合计", "4期", "10,100.00", "10,000.00", "0.00", "100.00"]


@pytest.mark.parametrize(
    "said",
    [
        "币种：人民币",
        "每月一期",
        "还款期间不计收利息",
        "甲方暂停对本案件的催收",
        "第六条　违约责任",
        "不收取现金",
        "可以提前还款",
        "第七条　其他",
    ],
)
def test_it_has_the_contents_that_the_rule_asks_for(said: str) -> None:
    assert said in words(filled())


def test_only_a_card_holder_promises_to_apply_for_no_new_card() -> None:
    card = agreed(proposed(ledger=LOAN.replace("消费贷", "信用卡"))).files[0].context
    assert "不向任何银行申领信用卡" in words(render(BUILT_IN / "letters" / "agreement.docx", [card])[0])
    assert "申领信用卡" not in words(filled())


def test_interest_of_the_plan_is_told_with_its_rate() -> None:
    assert "按年利率6.00%计收利息，合计330.00元" in words(filled(plan_interest=33_000, rate="6.00%", apr="6.00%"))


def test_there_is_room_for_both_to_sign_and_nothing_is_left_unfilled() -> None:
    made = filled()
    block = "".join(cell for row in cells(made, -2) for cell in row)
    assert "甲方（盖章）" in block
    assert "乙方（签名、按指印）" in block
    assert not re.search(r"{{|{%|None|nan", words(made) + block)


def test_chinese_is_set_in_a_chinese_font() -> None:
    document = Document(io.BytesIO(filled()))
    runs = [r for p in document.paragraphs for r in p.runs if r.text.strip()]
    assert {r._r.rPr.rFonts.get(qn("w:eastAsia")) for r in runs} <= {"仿宋", "黑体", "方正小标宋简体"}


def test_the_text_of_thanks_is_short_and_may_be_sent() -> None:
    source = sms.sources([BUILT_IN / "sms"])
    row: dict[str, Any] = {
        "template_file": "receipt_thanks",
        "context": {"customer": "欧阳建国", "paid_on": date(2026, 11, 22), "paid": 1_234_567, "next_due": date(2026, 12, 23), "next_amount": 300_000, "contact": "020-88886666"},
    }  # fmt: skip
    (text,) = sms.texts([row], source, "明光", ())
    assert (
        text.text
        == "【明光】欧阳建国您好，已收到您2026年11月22日的还款12,345.67元，谢谢。下次还款日2026年12月23日，应还3,000.00元。咨询：020-88886666"
    )
    assert (text.refused, text.parts) == ("", 2)
    row["context"] = {**row["context"], "next_due": None, "next_amount": None}
    (text,) = sms.texts([row], source, "明光", ())
    assert "下次" not in text.text
