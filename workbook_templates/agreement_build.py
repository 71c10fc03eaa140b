"""The source of the built-in template of the repayment agreement 还款协议: run it after a change here, and commit the .docx that it makes.

Contents after 商业银行信用卡业务监督管理办法 第70条: what is owed and of what it consists, currency, period, dates and amount of each payment,
whether interest and fees are charged meanwhile, for cards the promise of no new card, rights, duties and breach. Layout as the letters.
"""

from __future__ import annotations

from typing import Any, Final

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from macros_py.domain.agreement import TEMPLATE
from workbook_templates.letters_build import (
    ACCOUNT,
    CENTER,
    FOLDER,
    HEADING,
    LINE,
    NO_CASH,
    RIGHT,
    TABLE_LINE,
    TITLE,
    line,
    packed,
    page,
    table,
)

FORM: Final = Pt(26)
PARTIES: Final = (
    ("甲方（债权人）：{{ creditor }}", ""),
    ("乙方（债务人）：{{ customer }}", ""),
    ("乙方证件号码：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿", ""),
)
OPENING: Final = (
    "{% if mandate %}甲方{{ mandate }}。{% endif %}乙方因{% if product %}{{ product }}{% else %}合同{% endif %}（案件编号{{ case_id }}）"
    "对甲方负有债务，一次清偿确有困难。双方自愿协商，就还款安排达成如下协议（方案号{{ plan_id }}）。"
)
ARTICLES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("欠款确认", ("双方确认，截至{{ as_of | date }}，乙方尚欠甲方人民币{{ debt_total | money }}元，构成如下：", "@debt")),
    (
        "减免",
        (
            "{% if waived_total %}甲方同意减免人民币{{ waived_total | money }}元（{% for part in waived %}{{ part.name }}{{ part.amount | money }}元"
            "{% if not loop.last %}、{% endif %}{% endfor %}）。减免自乙方按本协议还清全部期款之日起生效；方案违约的，减免失效。"
            "{% else %}本协议不含减免。{% endif %}",
        ),
    ),
    (
        "还款安排",
        (
            "乙方按“{{ kind }}”方式，分{{ count }}期偿还人民币{{ total | money }}元（{{ total_in_words }}），每月一期，"
            "首期{{ first_due | date }}，末期{{ last_due | date }}，各期应还日与金额见附表。",
            "{% if plan_interest %}还款期间按年利率{{ rate }}计收利息，合计{{ plan_interest | money }}元，已计入各期金额（年化利率{{ apr }}）；"
            "除此之外，不另收利息、违约金、年费和其他费用。{% else %}还款期间不计收利息、违约金、年费和其他费用（年化利率{{ apr }}）。{% endif %}",
            "乙方可以提前还款，不收取费用。还款按附表所列的构成抵充。",
        ),
    ),
    ("还款方式", ("乙方将各期款项汇入下列甲方公司账户，并注明案件编号{{ case_id }}。", "@account", NO_CASH)),
    (
        "双方的权利和义务",
        (
            "乙方按期足额还款期间，甲方暂停对本案件的催收；乙方可以向甲方核对已还和未还的金额，还清后甲方出具结清证明。",
            "{% if card %}乙方承诺，在本协议款项全部结清之前，不向任何银行申领信用卡。{% endif %}"
            "乙方的联系方式、收入情况发生变化，影响还款的，应当及时告知甲方；确有困难的，双方可以另行协商。",
        ),
    ),
    (
        "违约责任",
        (
            "期款在应还日后{{ grace_days }}日内到账的，视为按期。乙方累计{{ breach_count }}期逾期未还，或者末期逾期未还的，为方案违约："
            "甲方可以书面通知乙方终止本协议，恢复按原合同约定主张未还的款项；乙方已还的款项仍然有效。",
        ),
    ),
    (
        "其他",
        (
            "本协议不改变原合同的其他约定，不影响担保责任。乙方签署本协议，即确认上述欠款并同意履行。",
            "乙方对金额或事实有异议，可以通过{{ objection }}提出。联系方式：{{ contact }}。",
            "本协议自双方签章之日起生效，一式两份，双方各执一份。",
        ),
    ),
)
SCHEDULE: Final = (
    ("期次", "{{ i.number }}", Mm(16)),
    ("应还日", '{{ i.due_on | date("iso") }}', Mm(34)),
    ("应还金额（元）", "{{ i.amount | money }}", Mm(32)),
    ("本金", "{{ i.principal | money }}", Mm(28)),
    ("利息", "{{ i.interest | money }}", Mm(22)),
    ("费用等", "{{ i.fees | money }}", Mm(24)),
)


def build() -> bytes:
    """The template, the same bytes at every build."""
    paper = Document()
    page(paper)
    _head(paper)
    for number, (heading, paragraphs) in enumerate(ARTICLES):
        line(paper, f"第{'一二三四五六七'[number]}条　{heading}", font=HEADING, size=14, keep=True, line=FORM)
        for text in paragraphs:
            if text == "@debt":
                _debt(paper)
            elif text == "@account":
                table(paper, list(ACCOUNT), bold_from=99)
                line(paper, "", size=6, line=Pt(8), indent=0)
            else:
                line(paper, text, size=14, line=FORM)
    _signatures(paper)
    _schedule(paper)
    return packed(paper, TEMPLATE)


def _head(paper: Any) -> None:
    number = line(paper, "{{ letter_no }}", size=14, align=RIGHT)
    number.paragraph_format.space_before = Pt(4)
    title = line(paper, TEMPLATE.zh, font=TITLE, size=22, align=CENTER, line=Pt(36))
    title.paragraph_format.space_after = Pt(10)
    for text, _ in PARTIES:
        line(paper, text, size=14, indent=0, line=FORM, keep=True)
    line(paper, OPENING, size=14, line=FORM)


def _debt(paper: Any) -> None:
    rows = [("{%tr for part in components %}", ""), ("{{ part.name }}", "{{ part.amount | money }}元"), ("{%tr endfor %}", "")]
    table(paper, [*rows, ("合计", "{{ debt_total | money }}元")], bold_from=len(rows))
    line(paper, "", size=6, line=Pt(8), indent=0)


def _signatures(paper: Any) -> None:
    """Two columns that stay together: each party, its seal or signature, the day."""
    line(paper, "", size=6, line=Pt(14), indent=0, keep=True)
    grid = paper.add_table(rows=3, cols=2)
    grid.autofit = False
    texts = (
        ("甲方（盖章）：{{ creditor }}", "乙方（签名、按指印）："),
        ("经办人：＿＿＿＿＿＿＿＿", "联系电话：＿＿＿＿＿＿＿＿"),
        ("日期：　　　　年　　月　　日", "日期：　　　　年　　月　　日"),
    )
    for number, (row, words) in enumerate(zip(grid.rows, texts, strict=True)):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, text in zip(row.cells, words, strict=True):
            cell.width = Mm(78)
            cell._tc.remove(cell.paragraphs[0]._p)
            made = line(cell, text, size=14, indent=0, line=FORM, keep=number < 2)
            made.paragraph_format.space_after = Pt(18 if not number else 4)


def _schedule(paper: Any) -> None:
    """The payments on a page of their own, the header repeated on each page."""
    heading = line(paper, "附表　还款计划表", font=HEADING, size=16, align=CENTER, line=LINE, keep=True)
    heading.paragraph_format.page_break_before = True
    line(paper, "方案号：{{ plan_id }}　币种：人民币", size=12, indent=0, line=TABLE_LINE, keep=True)
    grid = paper.add_table(rows=5, cols=len(SCHEDULE))
    grid.style, grid.alignment, grid.autofit = paper.styles["Table Grid"], 1, False
    _fill(grid.rows[0], [head for head, _, _ in SCHEDULE], bold=True)
    grid.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    _fill(grid.rows[1], ["{%tr for i in instalments %}", *[""] * (len(SCHEDULE) - 1)])
    _fill(grid.rows[2], [cell for _, cell, _ in SCHEDULE])
    _fill(grid.rows[3], ["{%tr endfor %}", *[""] * (len(SCHEDULE) - 1)])
    _fill(
        grid.rows[4],
        [
            "合计",
            "{{ count }}期",
            "{{ total | money }}",
            "{{ sums.principal | money }}",
            "{{ sums.interest | money }}",
            "{{ sums.fees | money }}",
        ],
        bold=True,
    )
    for column, (_, _, width) in zip(grid.columns, SCHEDULE, strict=True):
        column.width = width
    line(paper, "", size=6, line=Pt(10), indent=0)
    line(paper, "乙方确认（签名）：＿＿＿＿＿＿＿＿　　日期：　　　　年　　月　　日", size=12, indent=0, line=TABLE_LINE)


def _fill(row: Any, texts: list[str], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    for place, (cell, text, (_, _, width)) in enumerate(zip(row.cells, texts, SCHEDULE, strict=True)):
        cell.width = width
        cell._tc.remove(cell.paragraphs[0]._p)
        figure = place > 1 and "{{" in text
        made = line(cell, text, size=10.5, indent=0, line=Pt(18), align=RIGHT if figure else CENTER)
        made.runs[0].font.bold = True if bold else None


def main() -> None:
    """Write the template."""
    (FOLDER / f"{TEMPLATE.name}.docx").write_bytes(build())
    print(f"{TEMPLATE.name}.docx")


if __name__ == "__main__":
    main()
