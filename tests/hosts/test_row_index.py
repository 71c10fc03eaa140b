"""The index made by whole arrays says what the search row by row says, or leaves it to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros_py.hosts import row_index as index
from macros_py.hosts.sheet_rows import SheetRows

ROW = st.builds(
    lambda attributes, cells, alone: (attributes, cells, alone),
    st.sampled_from(["", ' spans="1:3"', ' ht="15" customHeight="1"', ' hidden="1"']),
    st.sampled_from(["", '<c r="A1"><v>1</v></c>', '<c r="A1" t="inlineStr"><is><r><t>甲 &gt; 乙</t></r></is></c>']),
    st.booleans(),
)


def _body(rows: list[tuple[str, str, bool]], steps: list[int]) -> bytes:
    number, out = 0, []
    for (attributes, cells, alone), step in zip(rows, steps, strict=False):
        number += step
        out.append(f'<row r="{number}"{attributes}/>' if alone and not cells else f'<row r="{number}"{attributes}>{cells}</row>')
    return "".join(out).encode()


@given(st.lists(ROW, min_size=1, max_size=30), st.lists(st.integers(1, 70_000), min_size=30, max_size=30), st.integers(40, 400))
def test_both_ways_agree(rows: list[tuple[str, str, bool]], steps: list[int], chunk: int) -> None:
    body = _body(rows, steps)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_CHUNK", chunk)
        found = index.row_index(body)
    slow = SheetRows(b"x:", body.replace(b"<row", b"<x:row").replace(b"</row", b"</x:row"))._index()
    if any(alone and not cells for _, cells, alone in rows):
        assert found is None or found[0] == slow[0]
    else:
        assert found is not None
        assert found[0] == slow[0]
        assert [body[s:e] for s, e in zip(found.starts, found.ends, strict=True)] == [
            b"<row" + slow_row[6:].replace(b"</x:row", b"</row") for slow_row in _slow_rows(body, slow)
        ]


def _slow_rows(body: bytes, slow: tuple[list[int], list[int], list[int]]) -> list[bytes]:
    prefixed = body.replace(b"<row", b"<x:row").replace(b"</row", b"</x:row")
    return [prefixed[s:e] for s, e in zip(*slow[1:], strict=True)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'<row r="1"><c/></row> <row r="2"></row>',
        b'<row spans="1:2" r="1"></row>',
        b"<row></row>",
        b'<row r="2"></row><row r="1"></row>',
        b'<row r="1"></row><row r="2"/>',
        b'<row r="x1"></row>',
        b'<row r="1"></row>\n',
    ],
)
def test_another_spelling_is_left_to_the_search(body: bytes) -> None:
    assert index.row_index(body) is None


@pytest.mark.parametrize(
    ("cells", "plain"), [("<c><v>1</v></c>", True), ("<c><f>A1</f></c>", False), ('<c><f t="shared" si="0"/></c>', False)]
)
@pytest.mark.parametrize("chunk", [12, 17, 1 << 20])
def test_a_formula_anywhere_is_seen(cells: str, plain: bool, chunk: int) -> None:
    body = b'<row r="1"><c><v>fx</v></c></row>' + f'<row r="2">{cells}</row>'.encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_CHUNK", chunk)
        found = index.row_index(body)
    assert found is not None
    assert found.plain is plain
