"""Formulas over several lines: boxes of text side by side, in columns, between tall brackets."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

# Around what stands out in a line (\\boxed): no width of their own; the terminal makes it bold.
STRONG, PLAIN = "\uf8f0", "\uf8f1"
# Upper end, middle, lower end, filling; a brace is tallest in its middle.
_TALL = {
    "(": "⎛⎜⎝⎜", ")": "⎞⎟⎠⎟", "[": "⎡⎢⎣⎢", "]": "⎤⎥⎦⎥", "{": "⎧⎨⎩⎪", "}": "⎫⎬⎭⎪", "⌊": "⎢⎢⎣⎢", "⌋": "⎥⎥⎦⎥",
    "⌈": "⎡⎢⎢⎢", "⌉": "⎤⎥⎥⎥", "|": "││││",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """Lines of one width, and which of them stands on the line of the text beside it."""

    lines: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        return max(map(width, self.lines), default=0)


def width(text: str) -> int:
    """Cells of a terminal."""
    return cell_len(text) - text.count(STRONG) - text.count(PLAIN)


def padded(text: str, cells: int, align: str = "l") -> str:
    space = max(cells - width(text), 0)
    left = {"l": 0, "r": space, "c": space // 2}[align]
    return " " * left + text + " " * (space - left)


def beside(boxes: Sequence[Box]) -> Box:
    """The boxes from left to right, their base lines level."""
    above = max(box.base for box in boxes)
    below = max(len(box.lines) - box.base for box in boxes)
    rows = [""] * (above + below)
    for box in boxes:
        cells, top = box.width, above - box.base
        for i in range(len(rows)):
            inside = top <= i < top + len(box.lines)
            rows[i] += padded(box.lines[i - top] if inside else "", cells)
    return Box(tuple(rows), above)


def columns(
    table: Sequence[Sequence[Box]], aligns: str, gaps: Sequence[str], rules: Container[int] = ()
) -> Box:
    """Rows of cells under each other, with a line before the rows in ``rules``.

    ``aligns`` and ``gaps`` (before each column) repeat their last.
    """
    count = max(map(len, table))
    empty = Box(("",))
    full = [[*row, *[empty] * (count - len(row))] for row in table]
    widths = [max(row[j].width for row in full) for j in range(count)]
    lines: list[str] = []
    for i, row in enumerate(full):
        cells = []
        for j, box in enumerate(row):
            align = aligns[min(j, len(aligns) - 1)]
            gap = gaps[min(j, len(gaps) - 1)]
            cells.append(Box(tuple(gap + padded(line, widths[j], align) for line in box.lines), box.base))
        line = beside(cells)
        if i and i in rules:
            lines.append(re.sub("[^│]", "─", line.lines[0].ljust(line.width)).replace("│", "┼")[: line.width])
        lines += line.lines
    return Box(tuple(lines), (len(lines) - 1) // 2)


def bracketed(box: Box, left: str, right: str) -> Box:
    """The box between brackets of its height."""
    sides = [_tall(side, len(box.lines)) for side in (left, right)]
    gap = [" " if side in ("{", "}") else "" for side in (left, right)]
    lines = (
        a + gap[0] + padded(line, box.width) + gap[1] + b
        for a, line, b in zip(sides[0], box.lines, sides[1], strict=True)
    )
    return Box(tuple(lines), box.base)


def _tall(side: str, height: int) -> list[str]:
    if height == 1 or side not in _TALL:
        return [side] * height
    upper, middle, lower, filling = list(_TALL[side])
    column = [upper, *[filling] * (height - 2), lower]
    if side in "{}" and height > 2:
        column[(height - 1) // 2] = middle
    return column


def braced(box: Box, label: str, above: bool) -> Box:
    """A brace along the box, and under (or over) it a label."""
    cells = max(box.width, 3)
    middle = (cells - 1) // 2
    ends, tip = ("╭╮", "┴") if above else ("╰╯", "┬")
    brace = ends[0] + "─" * (middle - 1) + tip + "─" * (cells - middle - 2) + ends[1]
    cells = max(cells, width(label))
    side = [padded(line, cells, "c") for line in (brace, label)]
    lines = tuple(padded(line, cells, "c") for line in box.lines)
    return Box((*reversed(side), *lines), box.base + 2) if above else Box((*lines, *side), box.base)


def framed(box: Box) -> Box:
    """The box in a frame."""
    bar = "─" * (box.width + 2)
    inner = (f"│ {padded(line, box.width)} │" for line in box.lines)
    return Box((f"┌{bar}┐", *inner, f"└{bar}┘"), box.base + 1)


def scripted(box: Box, above: str, below: str) -> Box:
    """An exponent beside the first line, an index beside the last."""
    side = [""] * len(box.lines)
    side[0] += above
    side[-1] += below
    cells = max(map(width, side))
    lines = (padded(a, box.width) + padded(b, cells) for a, b in zip(box.lines, side, strict=True))
    return Box(tuple(lines), box.base)
