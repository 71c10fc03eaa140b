"""The letters that we give: built from their source, in the official layout, neutral in tone."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from macros_py.domain.compliance import GATEWAY_WORDS
from macros_py.domain.letters_due import TEMPLATES
from macros_py.domain.sms_text import finish
from macros_py.letters import sms
from macros_py.letters.making import BUILT_IN
from macros_py.letters.render import render
from tests.letters.samples import letter_context, paragraphs
from workbook_templates import letters_build

NAMES = [t.name for t in TEMPLATES]
LONG = {
    "mandate": "受某某商业银行股份有限公司信用卡中心委托",
    "address": "广东省广州市天河区体育东路一百零八号创展中心西座一千二百零一房",
    "product": "个人综合消费分期",
}


def test_the_committed_templates_are_what_their_source_builds() -> None:
    for t in TEMPLATES:
        assert letters_build.build(t) == (letters_build.FOLDER / f"{t.name}.docx").read_bytes(), (
            f"{t.name}: run python -m workbook_templates.letters_build"
        )


@pytest.mark.parametrize("name", NAMES)
def test_page_and_type_follow_gb_t_9704(name: str) -> None:
    document = Document(BUILT_IN / "letters" / f"{name}.docx")
    page = document.sections[0]
    sizes = (page.page_width, page.page_height, page.top_margin, page.left_margin, page.right_margin, page.bottom_margin)
    assert [round(s / Mm(1)) for s in sizes] == [210, 297, 37, 28, 26, 35]
    body = next(p for p in document.paragraphs if "账面记载" in p.text)
    assert body.runs[0].font.size == Pt(16)
    assert body.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    title = next(p for p in document.paragraphs if p.text == next(t.zh for t in TEMPLATES if t.name == name))
    assert title.runs[0].font.size == Pt(22)
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert document.core_properties.version == next(t.version for t in TEMPLATES if t.name == name)


THREATS = (
    *(
        "律师函",
        "起诉",
        "坐牢",
        "刑事",
        "犯罪",
        "诈骗",
        "公安",
        "警察",
        "传票",
        "拘留",
        "征信",
        "黑名单",
        "失信",
        "曝光",
        "单位领导",
        "家人",
        "亲友",
        "后果自负",
    ),
    *("上门", "强制执行", "查封", "冻结", "最后通牒", "严正警告", "一切后果", "法院已"),
)


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_threatens_or_speaks_for_an_authority(name: str) -> None:
    text = "".join(paragraphs(render(BUILT_IN / "letters" / f"{name}.docx", [letter_context()])[0]))
    assert [word for word in THREATS if word in text] == []


@pytest.mark.parametrize("name", [n for n in NAMES if n != "statement"])
def test_every_demand_says_what_a_debtor_must_know(name: str) -> None:
    context = letter_context(mandate="受某某银行委托")
    text = "\n".join(paragraphs(render(BUILT_IN / "letters" / f"{name}.docx", [context])[0]))
    for wanted in (
        *(
            context["letter_no"],
            context["creditor"],
            "受某某银行委托，",
            context["case_id"],
            "2026年9月14日",
            "70天",
            "截至2026年11月22日",
            "10,000.00元",
        ),
        *(context["total_in_words"], "2026年11月30日前", context["account_number"], "不收取现金", "个人账户", "异议", context["objection"]),
        *(context["contact"], "（盖章处）", "2026年11月23日", "协商还款安排"),
    ):
        assert wanted in text, wanted


def test_the_legal_notice_is_a_notice_and_says_so() -> None:
    text = "".join(paragraphs(render(BUILT_IN / "letters" / "legal_notice.docx", [letter_context()])[0]))
    assert "不是律师事务所的函件，也不是国家机关的文书" in text
    assert "尚未就上述款项启动任何法律程序" in text
    assert next(t for t in TEMPLATES if t.name == "legal_notice").reviewed


@pytest.mark.parametrize("name", ["reminder_before_due", "overdue_1", "overdue_5", "overdue_15"])
def test_every_sms_fits_two_parts_and_has_no_banned_word(name: str) -> None:
    source = sms.sources([BUILT_IN / "sms"])[name]
    row = {"template_file": name, "context": letter_context(customer="欧阳某某", total=123_456_789)}
    [made] = sms.texts([row], {name: source}, "明光消费金融", GATEWAY_WORDS)
    assert made.refused == ""
    assert made.parts <= 2
    assert "1,234,567.89元" in made.text
    assert finish(source, "x").refused == ""


@pytest.mark.office
def test_the_pages_print_on_two_sheets_at_most(office: str, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"{name}.docx").write_bytes(render(BUILT_IN / "letters" / f"{name}.docx", [letter_context(**LONG)])[0])
    command = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    for _ in range(2):  # a new profile's first start may end at once
        subprocess.run([*command, *map(str, sorted(tmp_path.glob("*.docx")))], capture_output=True, timeout=180, check=False)
        if len(list(tmp_path.glob("*.pdf"))) == len(NAMES):
            break
    pages = {p.stem: len(re.findall(rb"/Type\s*/Page\b(?!s)", io.BytesIO(p.read_bytes()).getvalue())) for p in tmp_path.glob("*.pdf")}
    assert set(pages) == set(NAMES)
    assert max(pages.values()) <= 2, pages
