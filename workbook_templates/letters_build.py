"""The source of the built-in letter templates: run it after a change here, and commit the .docx files that it makes.

Layout after GB/T 9704: A4, margins 37/35/28/26 mm, body 仿宋 16 pt (三号), title 小标宋 22 pt (二号), 22 lines of 28 characters.
The words are a creditor's neutral notice: what is owed, to whom, by when, how to object. No threat, nothing that only a law firm
or an authority may say, nothing about the debtor to anybody else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from macros_py.domain.letters_due import TEMPLATES, LetterTemplate
from macros_py.letters import package

FOLDER: Final = Path(__file__).resolve().parent / "letters"
BODY, TITLE, HEADING = "仿宋", "方正小标宋简体", "黑体"
LATIN: Final = "Times New Roman"
FALLBACKS: Final = {BODY: "FangSong", TITLE: "宋体", HEADING: "SimHei"}
LINE: Final = Pt(28.95)  # 225 mm / 22 lines
TABLE_LINE: Final = Pt(21)
CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT

# --- the words -------------------------------------------------------------------------------------------------------

MANDATE: Final = "{% if mandate %}{{ mandate }}，{% endif %}"
NOT_YET: Final = "截至{{ as_of | date }}，我方账面记载如下："
ACCOUNT_LEAD: Final = "请于{{ deadline | date }}前，将上述款项汇入下列公司账户，并注明案件编号{{ case_id }}。"
ACCOUNT: Final = (("户　名", "{{ account_name }}"), ("开户行", "{{ account_bank }}"), ("账　号", "{{ account_number }}"))
NO_CASH: Final = "我方只以上述公司账户收款，不收取现金，也不使用任何个人账户。如有人要求您以其他方式付款，请拒绝并告知我方。"
OBJECTION: Final = "如您已经还款，请忽略本函；如对本函所列金额或事实有异议，请通过{{ objection }}提出，我方将核实并答复。"
HARDSHIP: Final = "如您一次还清确有困难，请与我方联系，双方可以协商还款安排。"
CONTACT: Final = "联系方式：{{ contact }}"
PRIVATE: Final = "本函仅供收件人本人阅知。如非收件人误收，请予退回，并请勿向他人透露。"

WORDS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "reminder": (
        ("", (MANDATE + "现就您名下的一笔款项，提醒您留意还款日期。" + NOT_YET,)),
        ("还款方式", (ACCOUNT_LEAD,)),
        ("困难与异议", (HARDSHIP + OBJECTION,)),
    ),
    "second_reminder": (
        ("", (MANDATE + "现就您名下尚未还清的款项，再次提醒您。" + NOT_YET,)),
        ("还款方式", (ACCOUNT_LEAD,)),
        ("困难与异议", (HARDSHIP + OBJECTION,)),
    ),
    "formal_demand": (
        ("", (MANDATE + "现就您名下逾期未还的款项，向您发出本函，请您依照合同约定履行还款义务。" + NOT_YET,)),
        ("还款期限与方式", (ACCOUNT_LEAD, "还清之前，利息及违约金依照合同约定和法律规定计算；汇款前可向我方核对当日应还金额。")),
        ("困难与异议", (HARDSHIP + OBJECTION,)),
        (
            "说明",
            (
                "本函是债权人主张债权的书面通知。如期限届满时您尚未还款，也未与我方商定还款安排，我方将评估是否依照合同约定和法律规定作进一步处理，并另行书面告知。",
            ),
        ),
    ),
    "legal_notice": (
        ("", (MANDATE + "现就您名下逾期未还的款项，将我方正在进行的评估告知如下。" + NOT_YET,)),
        (
            "评估事项",
            (
                "我方正在评估是否依照法律规定，通过调解、申请支付令、仲裁或者诉讼等程序解决上述款项。截至本函出具之日，我方尚未就上述款项启动任何法律程序；是否启动，将在评估后决定。",
                "本函由债权人自行出具，是一般书面告知，不是律师事务所的函件，也不是国家机关的文书。您可以自行向法律专业人士咨询。",
            ),
        ),
        ("还款与协商", (ACCOUNT_LEAD, HARDSHIP + OBJECTION)),
    ),
    "statement": (
        ("", ("为核对双方往来账目，现将我方账面记载函告如下，请予核对。" + NOT_YET,)),
        ("", ("请在{{ deadline | date }}前核对，在下表签章后寄回，或告知{{ objection }}。本函仅用于核对账目。",)),
    ),
}
FACTS: Final = (
    ("合同（案件）编号", "{{ case_id }}", ""),
    ("产　品", "{{ product }}", "product"),
    ("应还日期", "{{ due_date | date }}", "due_date"),
    ("逾期天数", "{{ days_past_due }}天（截至{{ made_on | date }}）", "days_past_due"),
)
NO_DETAIL: Final = "各分项明细可向我方索取核对。"

# --- the paper -------------------------------------------------------------------------------------------------------


def build(template: LetterTemplate) -> bytes:
    """One template, the same bytes at every build."""
    paper = Document()
    page(paper)
    _head(paper, template)
    for number, (heading, paragraphs) in enumerate(WORDS[template.name]):
        if heading:
            line(paper, f"{'一二三四五'[number - 1]}、{heading}", font=HEADING, keep=True)
        for text in paragraphs:
            line(paper, text, keep=text is ACCOUNT_LEAD or not number)
            if text is ACCOUNT_LEAD:
                _account(paper)
        if not number:
            _amounts(paper, *((FACTS[:3], Mm(100)) if template.name == "statement" else (FACTS, Mm(46))))
            _only_if(paper, "not components", NO_DETAIL)
    _close(paper, private=template.name != "statement")
    if template.name == "statement":
        _answer(paper)
    return packed(paper, template)


def packed(paper: Any, template: LetterTemplate) -> bytes:
    """The file, with no trace of when and by whom it was made."""
    _document_properties(paper, template)
    _lighten(paper)
    out = io.BytesIO()
    paper.save(out)
    return package.build(package.entries(template.name, out.getvalue()), {})


def page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.footer_distance = Mm(26)
    grid = section._sectPr.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    normal = paper.styles["Normal"]
    _font(normal.element.get_or_add_rPr(), BODY)
    normal.font.size = Pt(16)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    for style in list(paper.styles):
        if style.name not in {"Normal", "Header", "Footer", "Normal Table", "Table Grid", "Default Paragraph Font", "No List"}:
            style.element.getparent().remove(style.element)
    _fallback_fonts(paper)
    _page_number(section.footer.paragraphs[0])


def _lighten(paper: Any) -> None:
    """Parts of python-docx's own template that a letter has no use for: 440 kB of style effects, a thumbnail, lists, custom XML."""
    unused = ("/stylesWithEffects", "/thumbnail", "/numbering", "/customXml")
    for holder in (paper.part.package, paper.part):
        for key in [k for k, link in holder.rels.items() if link.reltype.endswith(unused)]:
            del holder.rels[key]


def _font(properties: Any, name: str) -> None:
    """A font for Chinese and one for Latin letters: without eastAsia, Word shows Chinese in another font."""
    fonts = properties.get_or_add_rFonts()
    for kind, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", name), ("cs", LATIN)):
        fonts.set(qn(f"w:{kind}"), value)
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)


def _fallback_fonts(paper: Any) -> None:
    """What stands in for a font that the computer lacks (fontTable altName)."""
    table = next(p for p in paper.part.package.parts if str(p.partname) == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="roman"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    table._blob = table.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _page_number(paragraph: Any) -> None:
    """— 1 — in 四号 at the outer edge's place, centred (letters are printed on one side)."""
    paragraph.alignment = CENTER
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        run.font.size = Pt(14)
        if text == "PAGE":
            for part in ("begin", None, "end"):
                mark = OxmlElement("w:fldChar" if part else "w:instrText")
                if part:
                    mark.set(qn("w:fldCharType"), part)
                else:
                    mark.text = "PAGE"
                run._r.append(mark)


def line(
    place: Any, text: str, font: str = BODY, size: float = 16, align: Any = None, indent: float = 2, keep: bool = False, line: Any = LINE
) -> Any:
    """A paragraph in exact line spacing, its first line indented by so many characters."""
    paragraph = place.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing, form.keep_with_next = WD_LINE_SPACING.EXACTLY, line, keep or None
    form.widow_control = True
    if line is not LINE:
        off_grid = OxmlElement("w:snapToGrid")  # else every line is as high as a line of the page grid
        off_grid.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().insert_element_before(off_grid, "w:spacing", "w:ind", "w:jc", "w:rPr")
    if align is not None:
        paragraph.alignment = align
    elif indent:
        form.first_line_indent = Pt(size * indent)
    run = paragraph.add_run(text)
    _font(run._r.get_or_add_rPr(), font)
    run.font.size = Pt(size)
    return paragraph


def _only_if(paper: Any, condition: str, text: str) -> None:
    for words in (f"{{%p if {condition} %}}", text, "{%p endif %}"):
        line(paper, words)


def _head(paper: Any, template: LetterTemplate) -> None:
    """Letterhead with a rule under it, number, title, addressee."""
    creditor = line(paper, "{{ creditor }}", font=HEADING, size=18, align=CENTER)
    edge = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="8" w:space="4" w:color="1F4E79"/></w:pBdr>'
    creditor._p.get_or_add_pPr().insert_element_before(parse_xml(edge), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    number = line(paper, "{{ letter_no }}", size=14, align=RIGHT)
    number.paragraph_format.space_before = Pt(4)
    title = line(paper, template.zh, font=TITLE, size=22, align=CENTER, line=Pt(36))
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(4), Pt(10)
    line(paper, "{{ customer }}：", indent=0, keep=True)
    line(paper, "（收件地址：{{ address }}）", size=12, indent=0, line=TABLE_LINE, keep=True)


def _rows(template_rows: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[str, str]]:
    """Rows, those with a condition between two rows of tags (docxtpl takes the tag rows out)."""
    for label, value, condition in template_rows:
        if condition:
            yield f"{{%tr if {condition} %}}", ""
        yield label, value
        if condition:
            yield "{%tr endif %}", ""


def _amounts(paper: Any, facts: tuple[tuple[str, str, str], ...], first: int) -> None:
    """Facts, then amounts by component, then the total in figures and in capitals. first: width of the left column; an invoice says much."""
    rows = [
        *_rows(facts),
        ("{%tr for part in components %}", ""),
        ("{{ part.name }}", "{{ part.amount | money }}元"),
        ("{%tr endfor %}", ""),
    ]
    rows += [("应还合计", "{{ total | money }}元"), ("（大写）", "{{ total_in_words }}")]
    table(paper, rows, bold_from=len(rows) - 2, first=first)
    line(paper, "", size=6, line=Pt(8), indent=0)


def _account(paper: Any) -> None:
    table(paper, list(ACCOUNT), bold_from=99)
    line(paper, "", size=6, line=Pt(8), indent=0)
    line(paper, NO_CASH)


def table(paper: Any, rows: list[tuple[str, str]], bold_from: int, first: int = Mm(46)) -> None:
    widths = (first, Mm(156) - first)
    table = paper.add_table(rows=len(rows), cols=2)
    table.style = paper.styles["Table Grid"]
    table.alignment, table.autofit = 1, False
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = width
            cell._tc.remove(cell.paragraphs[0]._p)
            paragraph = line(cell, text, size=14, indent=0, line=TABLE_LINE, keep=number < len(rows) - 1)
            paragraph.runs[0].font.bold = True if number >= bold_from else None
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _answer(paper: Any) -> None:
    """The part of a statement of account that the other side fills in."""
    line(paper, "", size=6, line=Pt(12), indent=0)
    rows = [("核对无误", "（盖章）　　　　年　　月　　日"), ("不符及说明", "（盖章）　　　　年　　月　　日")]
    table(paper, rows, bold_from=99)
    line(paper, "", size=1, line=Pt(1), indent=0)


def _close(paper: Any, *, private: bool) -> None:
    if private:
        line(paper, CONTACT, keep=True)
        line(paper, PRIVATE, size=12, line=TABLE_LINE, keep=True)
    seal = line(paper, "{{ creditor }}", align=RIGHT, keep=True)
    seal.paragraph_format.space_before = Pt(24 if private else 10)
    place = line(paper, "（盖章处）", align=RIGHT, keep=True)
    day = line(paper, "{{ made_on | date }}", align=RIGHT)
    for closing in (seal, place, day):
        closing.paragraph_format.right_indent = Pt(32)


def _document_properties(paper: Any, template: LetterTemplate) -> None:
    properties = paper.core_properties
    properties.title, properties.author, properties.version = template.zh, "", template.version
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = datetime(2026, 1, 1)


def main() -> None:
    """Write every built-in template."""
    for template in TEMPLATES:
        (FOLDER / f"{template.name}.docx").write_bytes(build(template))
        print(f"{template.name}.docx")


if __name__ == "__main__":
    main()
