"""The package: parts, relationships, content types and raw copies."""

from __future__ import annotations

import io
import zipfile

import pytest

from macros_py.hosts.host import HostError
from macros_py.hosts.package import CONTENT_TYPES, Package
from macros_py.hosts.part_names import relative, rels_name, resolved
from tests.hosts.handmade import parts_of, rels, zipped
from tests.hosts.ledgers import differing_parts


def package(**parts: str | bytes) -> Package:
    return Package(zipped({**parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'), **parts}))


def test_part_names_do_not_regard_case_slashes_and_percent_signs() -> None:
    found = package(**{"xl\\media\\图 1.png": b"x"})
    assert found.read("/XL/Workbook.xml") == found.read("xl/workbook.xml")
    assert found.has("xl/media/%E5%9B%BE%201.png")


def test_an_unchanged_package_gives_its_own_bytes() -> None:
    data = zipped(parts_of())
    assert Package(data).to_bytes() is data


def test_untouched_parts_keep_their_packed_bytes_and_their_order() -> None:
    data = zipped(parts_of(), zipfile.ZIP_DEFLATED)
    found = Package(data)
    found.put("xl/worksheets/sheet1.xml", found.read("xl/worksheets/sheet1.xml") + b"\n")
    after = found.to_bytes()
    assert differing_parts(data, after) == {"xl/worksheets/sheet1.xml"}
    assert Package(after).parts() == Package(data).parts()


def test_content_put_back_as_it_was_leaves_nothing_changed() -> None:
    found = package()
    was = found.read("xl/styles.xml")
    found.put("xl/styles.xml", b"<x/>")
    found.put("xl/styles.xml", was)
    assert found.to_bytes() is found.data


def test_a_part_streamed_in_pieces_is_one_ordinary_deflate_stream() -> None:
    found = package()
    found.put("xl/big.xml", (b"<row>%07d</row>" % i for i in range(300_000)), "application/xml")
    with zipfile.ZipFile(io.BytesIO(found.to_bytes())) as archive:
        assert archive.testzip() is None
        assert archive.read("xl/big.xml") == b"".join(b"<row>%07d</row>" % i for i in range(300_000))


def test_the_packed_bytes_depend_on_the_content_only() -> None:
    one, other = package(), package()
    one.put("xl/a.xml", b"abc" * 1_000_000)
    other.put("xl/a.xml", (b"abc" for _ in range(1_000_000)))
    assert one.to_bytes() == other.to_bytes()


def test_data_descriptors_of_streaming_writers_are_dropped_with_their_flag() -> None:
    out = io.BytesIO()

    class Unseekable(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return out.write(data)

    with zipfile.ZipFile(Unseekable(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of().items():
            archive.writestr(name, content)
    found = Package(out.getvalue())
    found.put("xl/new.xml", b"<x/>", "application/xml")
    with zipfile.ZipFile(io.BytesIO(found.to_bytes())) as archive:
        assert archive.testzip() is None
        assert not any(info.flag_bits & 8 for info in archive.infolist())


def test_a_removed_part_takes_its_relationships_and_content_type_along() -> None:
    found = package()
    found.put("xl/t.xml", b"<x/>", "application/x")
    found.put("xl/_rels/t.xml.rels", rels(("table", "u.xml")).encode())
    found.remove("xl/t.xml")
    assert found.to_bytes() is found.data


def test_a_relationship_is_added_with_a_free_id_and_dropped_again() -> None:
    found = package()
    added = found.add_rel("xl/workbook.xml", found.rel_base + "/chartsheet", "xl/chartsheets/sheet1.xml")
    assert added not in ("rId1", "rId2")
    assert found.rels("xl/workbook.xml")[-1].target == "xl/chartsheets/sheet1.xml"
    found.drop_rel("xl/workbook.xml", added)
    assert found.to_bytes() is found.data


def test_sheets_are_listed_with_kind_and_state() -> None:
    parts = parts_of()
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="隐" sheetId="7" state="veryHidden" r:id="rId9"/></sheets>'
    )
    sheets = Package(zipped(parts)).sheets()
    assert [(s.name, s.kind, s.state, s.sheet_id) for s in sheets] == [("台账", "worksheet", "visible", 1), ("隐", "", "veryHidden", 7)]
    assert Package(zipped(parts)).sheet("台账").part == "xl/worksheets/sheet1.xml"
    with pytest.raises(HostError, match="no-sheet"):
        Package(zipped(parts)).sheet("没有")


@pytest.mark.parametrize("strict", [True, False])
def test_strict_packages_are_known_and_keep_their_relationship_types(strict: bool) -> None:
    found = Package(zipped(parts_of(strict=strict)))
    assert found.strict is strict
    assert ("purl.oclc.org" in found.rel_base) is strict


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "corrupt"),
        (b"PK\x03\x04 torn", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (zipped([("a.xml", "<a/>"), ("A.XML", "<b/>")]), "corrupt"),
        (zipped({"[Content_Types].xml": "<Types/>", "readme.txt": "x"}), "not-workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(HostError) as refused:
        Package(data).sheets()
    assert refused.value.code == code


def test_a_wrong_checksum_is_damage() -> None:
    data = bytearray(zipped(parts_of(), zipfile.ZIP_STORED))
    at = data.index(b"<styleSheet")
    data[at + 1 : at + 2] = b"S"
    with pytest.raises(HostError, match="corrupt"):
        Package(bytes(data)).read("xl/styles.xml")


def test_relationship_targets_are_resolved_and_written_relative() -> None:
    assert rels_name("xl/workbook.xml") == "xl/_rels/workbook.xml.rels"
    assert rels_name("") == "_rels/.rels"
    assert resolved("xl/worksheets/sheet1.xml", "../tables/table1.xml") == "xl/tables/table1.xml"
    assert resolved("xl/workbook.xml", "/xl/styles.xml") == "xl/styles.xml"
    assert relative("xl/worksheets/sheet1.xml", "xl/tables/table1.xml") == "../tables/table1.xml"


def test_default_and_override_content_types_are_told_apart() -> None:
    found = package()
    assert found.content_type("xl/unknown.xml") == "application/xml"
    assert "sheet.main" in found.content_type("XL/WORKBOOK.XML")
    found.set_content_type("xl/unknown.xml", "application/xml")
    assert CONTENT_TYPES.lower() not in found.changed
