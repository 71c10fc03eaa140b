"""What a hostile or careless template tries, and what it gets: nothing runs, nothing is fetched, and the person reads why."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from macros_py.letters.batch import render_batch
from macros_py.letters.errors import LetterError
from macros_py.letters.package import entries
from macros_py.letters.render import Letterhead
from tests.letters.samples import altered, letter_context, paragraphs, parts, saved, template


class Thing:
    """An object with a Python behind it: never reaches a template."""


def refusal(text: str, **data: object) -> LetterError:
    with pytest.raises(LetterError) as caught:
        Letterhead("own", template(text)).fill(data)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__()|length }}",
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ cycler.__init__.__globals__.os.popen('echo PWNED').read() }}",
        "{{ ('{0.__class__.__init__.__globals__}'|attr('format'))(cycler) }}",
        "{{ lipsum.__globals__['os'].getpid() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ l.append(1) }}",
        "{{ l|attr('append') }}",
        "{{ '{0}'.format(1) }}",
        "{{ '%s' % 1 }}",
        "{% for i in range(10**9) %}{% endfor %}",
        "{{ 'a' * 200000000 }}",
        "{{ 9 ** 9 ** 7 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 'a' + 'b' }}",
        "{{ 'a' ~ 'b' }}",
        "{% include '/etc/hostname' %}",
        "{% import 'os' as os %}{{ os }}",
        "{% extends 'x' %}",
        "{% macro m() %}x{% endmacro %}{{ m() }}",
        "{% set a = 1 %}{{ a }}",
        "{% autoescape false %}{{ n }}{% endautoescape %}",
        "{{ n|safe }}",
        "{{ n|xmlattr }}",
        "{% call n() %}{% endcall %}",
        "{% do n %}",
        "{{ n is filter }}" * 2 + "{{ n.__doc__ }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ 1" + "0" * 5000 + " }}",
        "{% for a in l %}" * 25 + "x" + "{% endfor %}" * 25,
        "{{ n.__class__.__init__ }}",
        "{{ d.today() }}",
        "{{ d.__class__ }}",
        "{{ loop.__init__ }}",
    ],
)
def test_a_template_that_reaches_for_python_gets_nothing(text: str) -> None:
    from datetime import date

    error = refusal(text, n="x", l=[1], d=date(2026, 1, 1))
    assert error.code in {"template-syntax", "template-fails", "variable-missing"}
    assert "own" in error.text("zh")
    assert "own" in error.text("en")


def test_an_object_in_the_data_is_refused_before_any_template_sees_it() -> None:
    with pytest.raises(TypeError, match="not Thing"):
        Letterhead("own", template("{{ o }}")).fill({"o": Thing()})
    with pytest.raises(TypeError, match="not float"):
        Letterhead("own", template("{{ o }}")).fill({"o": 0.1 + 0.2})


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("A&B 公司", "A&B 公司"),
        ("甲<乙>丙", "甲<乙>丙"),
        ("甲<乙", "甲<乙"),
        ("</w:t></w:r><w:r><w:t>账户 6222", "</w:t></w:r><w:r><w:t>账户 6222"),
        ("{{ 7*7 }}", "{{ 7*7 }}"),
        ("{_{ 7*7 }_}", "{_{ 7*7 }_}"),
        ("{% if 1 %}", "{% if 1 %}"),
        ("&amp;", "&amp;"),
        ("a\x07b\x00c\x1fd\x7fe", "abcde"),
        ("一\r\n二\t三", "一\n二\t三"),
        ("页\f页", "页页"),
        ("\u202e张三\u200b", "张三"),
        ("\ud800x\ufffe", "x"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_data_stays_the_text_that_it_is(name: str, shown: str) -> None:
    letter = Letterhead("own", template("致 {{ n }} 先生")).fill({"n": name})
    assert paragraphs(letter) == [f"致 {shown} 先生"]


def test_a_missing_variable_is_named_with_its_template_and_those_that_exist() -> None:
    error = refusal("欠款 {{ amount }} 元", total=1, creditor="x")
    assert error.text() == "信函模板“own”用到了没有的变量“amount”；可用变量：creditor、total"
    assert refusal("{{ part.sum }}", part={"name": "x"}).values["name"] == "sum"


def test_a_syntax_error_names_template_paragraph_and_text() -> None:
    with pytest.raises(LetterError) as caught:
        Letterhead("own", template("第一段", "第二段 {{ n | }} 元", "第三段")).fill({"n": 1})
    assert caught.value.code == "template-syntax"
    assert "第二段" in str(caught.value.values["near"])
    with pytest.raises(LetterError) as caught:
        Letterhead("own", template("{% if n %}没有结束")).fill({"n": 1})
    assert caught.value.code == "template-syntax"


def test_amounts_are_whole_fen_or_the_letter_is_not_made() -> None:
    assert paragraphs(Letterhead("own", template("{{ n|money }}")).fill({"n": -123456789})) == ["-1,234,567.89"]
    assert refusal("{{ n|money }}", n="12").code == "template-fails"
    assert refusal("{{ n|capitals }}", n=True).code == "template-fails"
    assert refusal("{{ n|date }}", n="2026-01-01").code == "template-fails"


def test_a_tag_that_breaks_the_document_is_said() -> None:
    assert refusal("{%p if n %}", n=1).code in {"template-syntax", "template-fails"}


def _external(kind: str, target: str) -> bytes:
    link = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return altered(template("x"), {"word/_rels/document.xml.rels": lambda b: b.replace(b"</Relationships>", link.encode())})


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://127.0.0.1:18999/evil.dotm"),
        ("oleObject", "file:///c:/x.xls"),
        ("image", "http://127.0.0.1:18999/pixel.png"),
        ("image", "\\\\server\\share\\pixel.png"),
        ("frame", "http://127.0.0.1:18999/frame.htm"),
        ("subDocument", "file:///x.docx"),
        ("hyperlink", "file:///c:/windows/system32/calc.exe"),
        ("hyperlink", "javascript:alert(1)"),
    ],
)
def test_what_lies_outside_the_template_is_refused(kind: str, target: str) -> None:
    with pytest.raises(LetterError) as caught:
        entries("own", _external(kind, target))
    assert caught.value.code == "template-refused"
    assert kind in caught.value.text()


def test_a_web_link_in_the_text_is_allowed() -> None:
    assert entries("own", _external("hyperlink", "https://www.example.com/"))


def _with_dtd(declaration: str, body: str = "x", encoding: str = "utf-8") -> bytes:
    def change(xml: bytes) -> bytes:
        text = xml.decode("utf-8").replace("{{ n }}", body)
        text = text[text.index("?>") + 2 :]
        return (f'<?xml version="1.0" encoding="{encoding}"?>' + declaration + text).encode(encoding)

    return altered(template("{{ n }}"), {"word/document.xml": change})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_whatever_they_expand_to(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    for declaration, body in (
        (f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>', "[&e;]"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:18999/docx">]>', "[&e;]"),
        (f'<!DOCTYPE x [<!ENTITY a0 "lol">{laughs}]>', "&a9;"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:18999/x.dtd">', "x"),
    ):
        with pytest.raises(LetterError) as caught:
            entries("own", _with_dtd(declaration, body, encoding))
        assert caught.value.code in {"template-refused", "template-unreadable"}


def test_macros_embedded_objects_and_other_documents_are_refused() -> None:
    macro = altered(template("x"), {"[Content_Types].xml": lambda b: b.replace(b"wordprocessingml.document.main", b"x")})
    for content in (
        altered(template("x"), {}, {"word/vbaProject.bin": b"x"}),
        altered(template("x"), {}, {"word/embeddings/oleObject1.bin": b"x"}),
        altered(template("x"), {}, {"word/activeX/activeX1.xml": b"<x/>"}),
        macro,
    ):
        with pytest.raises(LetterError) as caught:
            entries("own", content)
        assert caught.value.code == "template-refused"


@pytest.mark.parametrize("code", ["INCLUDETEXT", "INCLUDEPICTURE", "DDEAUTO", "LINK"])
def test_fields_that_fetch_are_refused_even_in_pieces(code: str) -> None:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (code[:3], code[3:], " c:\\x"))
    content = altered(template("x"), {"word/document.xml": lambda b: b.replace(b"</w:p>", runs.encode() + b"</w:p>", 1)})
    with pytest.raises(LetterError) as caught:
        entries("own", content)
    assert caught.value.code == "template-refused"


def test_bombs_and_broken_files_are_refused_in_a_moment() -> None:
    started = time.perf_counter()
    bomb = altered(template("{{ n }}"), {"word/document.xml": lambda b: b.replace(b"{{ n }}", b"A" * 40_000_000)})
    many = altered(template("x"), {}, {f"word/media/{n}.png": b"" for n in range(500)})
    twice = io.BytesIO(template("x"))
    with zipfile.ZipFile(twice, "a") as box:
        box.writestr("WORD/document.xml", b"<x/>")
    for content, code in (
        (bomb, "template-too-big"),
        (many, "template-too-big"),
        (b"x" * 6_000_000, "template-too-big"),
        (twice.getvalue(), "template-refused"),
        (b"not a zip", "template-unreadable"),
        (template("x")[:-400], "template-unreadable"),
        (b"", "template-unreadable"),
    ):
        with pytest.raises(LetterError) as caught:
            entries("own", content)
        assert caught.value.code == code
    assert time.perf_counter() - started < 5


def test_a_template_that_goes_on_for_ever_is_stopped_with_a_clear_message(tmp_path: Path) -> None:
    endless = "{% for a in l %}" * 12 + "{% endfor %}" * 12
    path = saved(tmp_path, template(endless))
    started = time.perf_counter()
    with pytest.raises(LetterError) as caught:
        list(render_batch([("own", {"l": list(range(40))})], {"own": path}, start_seconds=4))
    assert caught.value.code == "template-slow"
    assert "超过 4 秒" in caught.value.text()
    assert time.perf_counter() - started < 8


def test_a_template_that_puts_out_without_end_is_stopped(tmp_path: Path) -> None:
    path = saved(tmp_path, template("{% for a in l %}" * 8 + "{{ n }}" + "{% endfor %}" * 8))
    with pytest.raises(LetterError) as caught:
        list(render_batch([("own", {"l": list(range(40)), "n": "长" * 1000})], {"own": path}))
    assert caught.value.code == "template-too-big"


def test_a_fault_in_the_child_comes_back_in_words(tmp_path: Path) -> None:
    path = saved(tmp_path, template("欠款 {{ amount }} 元"))
    with pytest.raises(LetterError) as caught:
        list(render_batch([("own", letter_context())], {"own": path}))
    assert caught.value.text().startswith("信函模板“own”用到了没有的变量“amount”")


def test_a_template_without_faults_leaves_every_other_part_alone() -> None:
    source = template("致 {{ n }}")
    letter = Letterhead("own", source).fill({"n": "x"})
    before, after = parts(source), parts(letter)
    assert list(before) == list(after)
    assert {n for n in before if before[n] != after[n]} == {"word/document.xml"}
