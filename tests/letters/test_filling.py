"""Filled letters: the XML that docxtpl would make, the same bytes every time, right amounts in every one of many."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from macros_py.domain.changes import FileModel
from macros_py.domain.letters_due import TEMPLATES
from macros_py.letters import LetterError, make, template_folders
from macros_py.letters.making import BUILT_IN
from macros_py.letters.render import Letterhead, render
from macros_py.letters.sandbox import LetterEnvironment
from tests.letters.samples import letter_context, paragraphs, parts, saved, template

FOLDERS = (BUILT_IN / "letters", BUILT_IN / "sms")


def by_docxtpl(content: bytes, context: dict[str, object]) -> dict[str, bytes]:
    document = DocxTemplate(io.BytesIO(content))
    document.render(context, LetterEnvironment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return parts(out.getvalue())


def canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n")


def contexts() -> list[dict[str, object]]:
    awkward = '甲<乙>&"丙"\n二行\t格'
    return [
        letter_context(),
        letter_context(5, product="", due_date=None, components=[]),
        letter_context(9, customer=awkward, mandate="受某某银行委托"),
    ]


@pytest.mark.parametrize("name", [t.name for t in TEMPLATES])
def test_a_letter_has_the_xml_that_docxtpl_makes(name: str) -> None:
    content = (BUILT_IN / "letters" / f"{name}.docx").read_bytes()
    head = Letterhead(name, content)
    for context in contexts():
        ours, theirs = parts(head.fill(context)), by_docxtpl(content, context)
        assert {n: canonical(ours[n]) for n in ours if re.match(r"word/(document|header|footer)", n)} == {
            n: canonical(theirs[n]) for n in theirs if re.match(r"word/(document|header|footer)", n)
        }


def test_headers_columns_and_loops_over_cells_come_out_as_from_docxtpl() -> None:
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ creditor }} 内部"
    document.sections[0].footer.paragraphs[0].text = "第 {{ total|money }} 元"
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("{%tc for part in components %}", "{{ part.name }}", "{%tc endfor %}"), strict=True):
        cell.text = text
    document.add_paragraph("前 {% for part in components %}{{ loop.index }}.{{ part.name }} {% endfor %} 后")
    out = io.BytesIO()
    document.save(out)
    ours, theirs = parts(Letterhead("own", out.getvalue()).fill(letter_context())), by_docxtpl(out.getvalue(), letter_context())
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        assert canonical(ours[name]) == canonical(theirs[name])
    assert "明光消费金融有限公司 内部".encode() in ours["word/header1.xml"]


def test_the_same_letter_is_the_same_bytes() -> None:
    path = BUILT_IN / "letters" / "reminder.docx"
    first, second = render(path, [letter_context(3)] * 2)
    assert first == second == render(path, [letter_context(3)])[0]


def test_a_thousand_letters_each_carry_their_own_amounts_and_no_others() -> None:
    wanted = [letter_context(n * 37) for n in range(1_000)]
    files = [FileModel(f"催〔2026〕{n:04d}号_A.docx", "formal_demand", context) for n, context in enumerate(wanted)]
    made = make(files, FOLDERS)
    assert [name for name, _ in made] == [f.name for f in files]
    for (_, letter), context in zip(made, wanted, strict=True):
        text = re.sub(r"<[^>]*>", " ", parts(letter)["word/document.xml"].decode())
        shown = [int(re.sub(r"\D", "", amount)) for amount in re.findall(r"([\d,]+\.\d\d)元", text)]
        amounts = [part["amount"] for part in context["components"]]
        assert shown == [*amounts, context["total"]]
        assert sum(shown[:-1]) == shown[-1]
        assert str(context["total_in_words"]) in text


def test_letters_of_several_templates_come_back_in_the_order_asked() -> None:
    files = [FileModel(f"n{n}.docx", t.name, letter_context(n)) for n, t in enumerate((*TEMPLATES, *TEMPLATES))]
    made = make(files, FOLDERS)
    titles = [next(t.zh for t in TEMPLATES if t.zh in paragraphs(letter)) for _, letter in made]
    assert titles == [t.zh for t in TEMPLATES] * 2


def test_components_that_do_not_add_up_leave_only_the_total() -> None:
    letter = render(BUILT_IN / "letters" / "formal_demand.docx", [letter_context(components=[])])[0]
    text = "\n".join(paragraphs(letter))
    assert "本金" not in text
    assert "各分项明细可向我方索取核对" in text
    assert "应还合计" in text


def test_a_template_beside_the_workbook_wins_over_the_built_in_one(tmp_path: Path) -> None:
    own = tmp_path / "信函模板"
    own.mkdir()
    saved(own, template("自家的 {{ customer }}"), "reminder.docx")
    folders = template_folders(tmp_path / "台账.xlsx")
    [(_, letter)] = make([FileModel("a.docx", "reminder", letter_context())], folders)
    assert paragraphs(letter) == ["自家的 张三"]


@pytest.mark.parametrize("name", ["../secret", "no-such", "", ".", "a/b", "/etc/passwd", "..\\x"])
def test_a_template_is_named_never_a_path(name: str, tmp_path: Path) -> None:
    saved(tmp_path, template("x"), "secret.docx")
    (tmp_path / "in").mkdir()
    with pytest.raises(LetterError) as caught:
        make([FileModel("a.docx", name, {})], [tmp_path / "in"])
    assert caught.value.code == "template-missing"


@pytest.mark.parametrize(
    "name", ["../x.docx", "a/b.docx", "c:\\x.docx", "x.exe", "con.docx", ".docx", "a..docx", "x.docx\n", "字" * 200 + ".docx", "a:b.docx"]
)
def test_a_file_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(LetterError) as caught:
        make([FileModel(name, "reminder", letter_context())], FOLDERS)
    assert caught.value.code == "name-refused"


def test_two_files_never_take_the_same_name() -> None:
    with pytest.raises(LetterError) as caught:
        make([FileModel("a.docx", "reminder", letter_context()), FileModel("A.docx", "reminder", letter_context())], FOLDERS)
    assert caught.value.code == "name-twice"


def test_no_files_start_no_process() -> None:
    assert make([], ()) == []
