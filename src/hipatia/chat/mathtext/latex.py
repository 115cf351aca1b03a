"""LaTeX to Unicode: ``convert(r"\\frac{a+b}{c}")`` is ``("(a + b)/c",)``; ``None`` for what cannot be said so.

A recursive descent over the source (``parsing``, ``commands``), straight to the pieces of a line (``atoms``)
or, for display mathematics, to boxes of several lines (``layout``). Depth and length are bounded, the time is
linear. Formulas that are still being written are read as if they ended here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .atoms import Atom, Row, join
from .commands import HANDLERS
from .environments import lines_of, rows_until
from .parsing import Parser, Unfaithful
from .symbols import Kind

MAX_LENGTH = 8000
_GOES_ON = re.compile(r"[\w^{]|\\[a-zA-Z]")


@lru_cache(maxsize=4096)
def convert(source: str, display: bool = False, unfinished: bool = False) -> tuple[str, ...] | None:
    """The lines of a formula (one, unless ``display``), or ``None``: then the source should be shown."""
    if len(source) > MAX_LENGTH:
        return None
    parser = Parser(source, HANDLERS, display, unfinished)
    try:
        rows = rows_until(parser, "")
        alone = len(rows) == 1 and len(rows[0]) == 1
        box = parser.box(rows[0][0] if alone else [lines_of(parser, rows, "rl")])
    except Unfaithful:
        return None
    lines = tuple(line.rstrip() for line in box.lines)
    return lines if any(lines) or unfinished else None


def convert_start(source: str, unfinished: bool = False) -> tuple[str | None, int]:
    """The formula at the beginning of a text without delimiters, and where it ends."""
    parser = Parser(source, HANDLERS, unfinished=unfinished)
    row: Row = []
    before = -1
    try:
        while parser.pos > before and (not row or _GOES_ON.match(source, parser.pos)):
            before = parser.pos
            row += parser.piece(0)
    except Unfaithful:
        return None, max(parser.pos, 1)
    if source[parser.pos : parser.pos + 1] == "(":  # a factor: what is before may need brackets
        return join([*row, Atom(Kind.OPEN, "(")]).removesuffix("("), parser.pos
    return join(row), parser.pos
