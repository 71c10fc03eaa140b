"""The host over a closed file: opened, locked, saved, refused."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from macros_py.hosts import locks
from macros_py.hosts.files import FileHost, replace_file
from macros_py.hosts.host import UNCACHED, CellWrite, Host, HostError
from macros_py.hosts.package import Package
from macros_py.hosts.refusals import REFUSALS, explain
from tests.hosts.handmade import parts_of, zipped
from tests.hosts.ledgers import PLAN, drawn_plan, ledger

LEDGER = ledger("编号|金额\nGJ1|1\nGJ2|2")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "台账 2026.xlsx"
    path.write_bytes(LEDGER)
    return path


def test_nothing_is_written_before_save_and_everything_after(book: Path) -> None:
    host: Host = FileHost(book)
    host.write(CellWrite("台账", [(2, 2, 9)]))
    host.adopt(drawn_plan(), [PLAN])
    assert book.read_bytes() == LEDGER
    assert host.read("台账").cells[1, 1] == 9
    assert [s.name for s in host.sheets()] == ["台账", PLAN]
    data = host.save()
    host.close()
    assert book.read_bytes() == data
    assert FileHost(book).read(PLAN).cells[2, 0] == "客户0"


def test_a_save_without_changes_does_not_touch_the_file(book: Path) -> None:
    was = book.stat()
    FileHost(book).save()
    assert book.stat().st_mtime_ns == was.st_mtime_ns
    assert book.stat().st_ino == was.st_ino


def test_one_host_saves_twice(book: Path) -> None:
    host = FileHost(book)
    for value in (5, 6):
        host.write(CellWrite("台账", [(2, 2, value)]))
        host.save()
    assert FileHost(book).read("台账").cells[1, 1] == 6


def test_a_file_saved_by_somebody_else_meanwhile_is_left_alone(book: Path) -> None:
    host = FileHost(book)
    host.write(CellWrite("台账", [(2, 2, 9)]))
    theirs = ledger("编号|金额\nGJ1|5")
    book.write_bytes(theirs)
    with pytest.raises(HostError, match="changed-meanwhile"):
        host.save()
    assert book.read_bytes() == theirs


def test_a_host_for_reading_saves_nothing_and_asks_for_no_lock(book: Path) -> None:
    locks.excel_lock(book).write_bytes(b"\x04Wang" + bytes(60))
    host = FileHost.for_reading(book)
    assert host.read("台账").cells[1, 0] == "GJ1"
    with pytest.raises(HostError, match="read-only"):
        host.save()


def test_a_new_workbook_is_put_where_nothing_stands_yet(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    FileHost.of_bytes(LEDGER, target).save()
    assert target.read_bytes() == LEDGER
    target.write_bytes(b"theirs")
    with pytest.raises(HostError, match="changed-meanwhile"):
        FileHost.of_bytes(LEDGER, target).save()


def test_a_formula_without_a_result_is_read_as_such() -> None:
    data = zipped(parts_of('<row r="1"><c r="A1"><f>1+1</f></c></row>'))
    assert FileHost.of_bytes(data, Path("a.xlsx")).read("台账").cells[0, 0] is UNCACHED


def excel_owner(name: str) -> bytes:
    """The owner file that Excel leaves: the name in the holder's code page, then in UTF-16."""
    ansi, wide = name.encode("gb18030"), name.encode("utf-16-le")
    head = bytes([len(ansi)]) + ansi.ljust(54, b" ")
    return head + len(name).to_bytes(2, "little") + wide + b" \x00" * (54 - len(name))


def test_a_workbook_open_in_excel_is_refused_with_its_holder(book: Path) -> None:
    locks.excel_lock(book).write_bytes(excel_owner("王小明"))
    with pytest.raises(HostError) as refused:
        FileHost(book)
    assert (refused.value.code, refused.value.values["holder"]) == ("locked", "王小明")
    assert "王小明" in explain(refused.value)


def test_a_workbook_open_in_libreoffice_is_refused_with_its_holder(book: Path) -> None:
    locks.calc_lock(book).write_text("李\\,四,lisi,PC-7,24.11.2026 08:31,file:///home/lisi/.config/libreoffice/4;", "utf-8")
    with pytest.raises(HostError) as refused:
        FileHost(book)
    assert refused.value.values["holder"] == "李,四"
    locks.calc_lock(book).write_text(",lisi,PC-7,24.11.2026 08:31,file:///;", "utf-8")
    with pytest.raises(HostError) as refused:
        replace_file(book, b"x")
    assert refused.value.values["holder"] == "lisi"


def test_an_empty_owner_file_holds_nobody_up(book: Path) -> None:
    locks.excel_lock(book).write_bytes(b"")
    FileHost(book).close()


def test_a_workbook_opened_while_we_worked_is_not_replaced(book: Path) -> None:
    host = FileHost(book)
    host.write(CellWrite("台账", [(2, 2, 9)]))
    locks.excel_lock(book).write_bytes(excel_owner("Wang"))
    with pytest.raises(HostError, match="locked"):
        host.save()
    assert book.read_bytes() == LEDGER


def refusal(path: Path) -> str:
    try:
        FileHost(path).close()
    except HostError as refused:
        return refused.code
    return ""


def refusal_for_anybody(path: Path) -> str:
    """The refusal that a person without an administrator's rights gets, whoever runs the tests."""
    if os.geteuid() != 0:
        return refusal(path)
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setuid(65534)
        os.write(writing, refusal(path).encode())
        os._exit(0)
    os.close(writing)
    os.wait()
    return os.read(reading, 100).decode()


def test_a_read_only_file_is_refused() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        book = Path(folder) / "台账.xlsx"
        book.write_bytes(LEDGER)
        book.chmod(0o666)
        assert refusal_for_anybody(book) == ""
        book.chmod(0o444)
        assert refusal_for_anybody(book) == "read-only"


def test_a_signed_workbook_is_not_changed_but_can_be_read(book: Path) -> None:
    found = Package(LEDGER)
    found.put("_xmlsignatures/origin.sigs", b"", "application/vnd.openxmlformats-package.digital-signature-origin")
    found.add_rel("", "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs")
    book.write_bytes(found.to_bytes())
    with pytest.raises(HostError, match="signed"):
        FileHost(book)
    assert FileHost.for_reading(book).read("台账").cells[1, 0] == "GJ1"


@pytest.mark.parametrize(("content", "code"), [(b"PK\x03\x04torn", "corrupt"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None)])
def test_what_cannot_be_opened_is_refused_with_words(book: Path, content: bytes, code: str | None) -> None:
    book.write_bytes(content)
    with pytest.raises(HostError) as refused:
        FileHost(book)
    assert code in (None, refused.value.code)
    assert refused.value.code in REFUSALS
    assert book.name in explain(refused.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="not-found"):
        FileHost(tmp_path / "没有.xlsx")
