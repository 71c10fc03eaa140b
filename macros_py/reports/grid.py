"""The columns that all blocks of one sheet share: how wide each is, and over which of them a block's columns lie."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]  # first and last sheet column, 0-based
Want = tuple[float, float]  # the width a column wants, and the least that it can do with
_NEAR = 0.5  # half a character too narrow is near enough
_LEAST = 4.0  # a grid column added at the right is no narrower


class Grid:
    """`shift` sheet columns at the left (the hidden row key) do not belong to the grid."""

    def __init__(self, shift: int) -> None:
        self.shift = shift
        self.widths: list[float] = []

    def widen(self, wants: Sequence[Want], whole: bool) -> None:
        """Room for a block with one grid column per column: all that it wants (whole), or the least where a column is there already."""
        for place, (wanted, least) in enumerate(wants):
            if place == len(self.widths):
                self.widths.append(wanted)
            else:
                self.widths[place] = max(self.widths[place], wanted if whole else least)

    def one_by_one(self, count: int) -> list[Span]:
        """The places of a block with one grid column per column."""
        return [(i, i) for i in range(self.shift, self.shift + count)]

    def spread(self, wanted: Sequence[float]) -> list[Span]:
        """The places of a block whose columns take as many grid columns as they need, left to right; the grid grows when it ends."""
        spans, at = [], 0
        for want in wanted:
            if at >= len(self.widths):
                self.widths.append(want)
            start, got = at, self.widths[at]
            while got < want - _NEAR and at + 1 < len(self.widths):
                at += 1
                got += self.widths[at]
            if got < want - _NEAR:
                self.widths.append(max(want - got, _LEAST))
                at += 1
            spans.append((start + self.shift, at + self.shift))
            at += 1
        return spans

    def width(self, span: Span) -> float:
        """Characters that fit between the first and the last column of the span."""
        return sum(self.widths[max(0, span[0] - self.shift) : span[1] - self.shift + 1])

    @property
    def whole(self) -> Span:
        """From the first to the last column."""
        return self.shift, self.shift + max(len(self.widths), 1) - 1
