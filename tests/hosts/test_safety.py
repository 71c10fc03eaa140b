"""What is refused before any parser sees it, and what is not."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest

from macros_py.hosts import host, safety
from macros_py.hosts.host import HostError
from macros_py.hosts.refusals import REFUSALS, explain
from macros_py.hosts.safety import check, inspected
from tests.hosts.handmade import parts_of, zipped

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(data: bytes) -> str:
    with pytest.raises(HostError) as caught:
        check(data)
    return caught.value.code


def test_a_sound_workbook_passes() -> None:
    check(zipped(parts_of(CELL)))


def test_a_strict_workbook_passes() -> None:
    check(zipped(parts_of(CELL, strict=True)))


def test_a_workbook_with_stored_parts_passes() -> None:
    check(zipped(parts_of(CELL), zipfile.ZIP_STORED))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-workbook"),
        (b"%PDF-1.7 \n", "not-workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-workbook"),
        (b"PK\x03\x04 and then nothing", "corrupt"),
        (zipped({"readme.txt": "a zip of something else"}), "not-workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook\0".encode("utf-16-le"), "other-format"),
        (OLE + "WordDocument".encode("utf-16-le"), "not-workbook"),
        ("案件编号,金额\n1,2\n".encode(), "other-format"),
        (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01"}), "other-format"),
    ],
    ids=["empty", "pdf", "png", "torn zip", "other zip", "encrypted", "old xls", "old Word", "csv", "xlsb"],
)
def test_what_is_no_workbook_is_told_apart(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_file_cut_off_half_way_is_corrupt() -> None:
    data = zipped(parts_of(CELL * 500))
    assert refused(data[: len(data) // 2]) == "corrupt"


def test_a_part_whose_checksum_is_wrong_is_corrupt() -> None:
    data = bytearray(zipped(parts_of(CELL), zipfile.ZIP_STORED))
    data[data.index(b"<v>1</v>") + 3] = ord("7")
    assert refused(bytes(data)) == "corrupt"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["xl/workbook.xml", "XL/Workbook.xml", "xl\\workbook.xml"])
def test_a_part_that_is_there_twice_is_refused_whatever_its_case(twin: str) -> None:
    assert refused(zipped([*parts_of(CELL).items(), (twin, "<workbook/>")])) in ("duplicate-part", "corrupt")


@pytest.mark.parametrize("name", ["../../etc/cron.d/job", "xl/../../up.xml", "C:/Windows/x.dll", "xl\\..\\..\\up.xml"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert refused(zipped({**parts_of(CELL), name: "x"})) == "unsafe-name"


def test_a_bomb_is_refused_without_unpacking_it() -> None:
    assert refused(zipped({**parts_of(CELL), "xl/media/image1.xml": bytes(40 << 20)})) == "bomb"


def test_more_parts_than_any_workbook_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_PARTS", 5)
    assert refused(zipped(parts_of(CELL, strings=""))) == "bomb"


def test_a_part_that_unpacks_to_more_than_it_declares_is_refused() -> None:
    parts = parts_of(CELL * 1000)
    data = bytearray(zipped(parts))
    size = struct.pack("<L", len(str(parts["xl/worksheets/sheet1.xml"]).encode()))
    assert data.count(size) == 2
    assert refused(bytes(data.replace(size, struct.pack("<L", 100)))) == "corrupt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("padding", ["", " " * (3 << 20)])
def test_entities_are_refused_in_any_encoding_and_however_far_down(encoding: str, padding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{padding}<!DOCTYPE lol [<!ENTITY a "aaaa">]><worksheet/>'
    assert refused(zipped({**parts_of(CELL), "xl/worksheets/sheet1.xml": xml.encode(encoding)}, zipfile.ZIP_STORED)) == "dtd"


def test_zip_encryption_is_called_encryption() -> None:
    data = bytearray(zipped(parts_of(CELL)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offset = archive.infolist()[0].header_offset
    data[offset + 6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert refused(bytes(data)) == "encrypted"


def test_a_ledger_of_many_equal_rows_is_no_bomb() -> None:
    rows = "".join(f'<row r="{i}">' + "".join(f'<c r="{c}{i}" s="1"/>' for c in "ABCDEFGHIJKLMNO") + "</row>" for i in range(1, 60_001))
    data = zipped(parts_of(rows, formats=("General",)))
    check(data)
    assert len(data) < len(rows) / 8


def test_protection_of_a_sheet_is_seen_on_the_way() -> None:
    for attribute, protected in (('sheet="1"', True), ('objects="1"', False)):
        data = zipped(parts_of(CELL * 40_000, after=f"<sheetProtection {attribute}/>"))
        assert inspected(data) == (frozenset({"xl/worksheets/sheet1.xml"}) if protected else frozenset())


def test_the_file_is_named_in_what_the_person_reads(tmp_path: Path) -> None:
    path = tmp_path / "逾期台账.xlsx"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(HostError) as caught:
        check(path)
    assert explain(caught.value) == "“逾期台账.xlsx”不是能读的表格文件。请提供 .xlsx、.xlsm、.xls、.ods 或 .csv 文件。"
    assert "逾期台账.xlsx is not a spreadsheet" in explain(caught.value, "en")


def test_every_refusal_says_what_and_what_to_do_in_both_languages() -> None:
    for code, refusal in REFUSALS.items():
        assert all((refusal.zh, refusal.en, refusal.remedy_zh, refusal.remedy_en)), code
        assert refusal.en.isascii(), code
        assert explain(HostError(code), "zh", "甲.xlsx").endswith("。")


def test_every_refusal_that_is_raised_has_words() -> None:
    sources = (Path(host.__file__).parents[1]).rglob("*.py")
    raised = {code for source in sources for code in re.findall(r'HostError\(\s*"([a-z0-9-]+)"', source.read_text("utf-8"))}
    assert raised - set(REFUSALS) == set()
