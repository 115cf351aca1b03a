"""Matrices, cases and aligned lines: over several lines in display mathematics, else in one."""

from __future__ import annotations

import re

from .atoms import Atom, Row, join
from .layout import Box, bracketed, columns
from .parsing import Parser, Unfaithful
from .symbols import ALIGNED, CASES, CENTERED, MATRICES, WITH_ARGUMENT, Kind

Table = list[list[Row]]
_RULE = re.compile(r"\s*(?:\\hline|\\cline\{[^{}]*\})\s*")
_LINE_END = re.compile(r"\\(?:\\\*?|(?:cr|newline|tabularnewline)(?![a-zA-Z]))[ \t]*(?:\[[^\[\]\n]*\])?")


def environment(parser: Parser, command: str) -> Row:
    """From behind ``\\begin`` to behind the matching ``\\end``."""
    name = parser.verbatim()
    kind = name.rstrip("*")
    known = kind in MATRICES or kind in CASES or kind in ALIGNED
    if not known:
        if parser.unfinished and parser.at_end():
            return []
        raise Unfaithful
    parser.optional()
    spec = parser.verbatim() if kind in WITH_ARGUMENT else ""
    rules: set[int] = set()
    table = rows_until(parser, name, rules)
    if kind in MATRICES:
        return _matrix(parser, table, MATRICES[kind], spec, rules)
    if kind in CASES:
        return [_cases(parser, table, *CASES[kind])]
    return [lines_of(parser, table, "c" if kind in CENTERED else "rl")]


def rows_until(parser: Parser, name: str, rules: set[int] | None = None) -> Table:
    """Rows of cells up to the environment's end; without a name, up to the end of the formula.

    ``rules`` gets the rows that have a line before them.
    """
    table: Table = [[]]
    while True:
        rule = _RULE.match(parser.source, parser.pos) if not table[-1] else None
        if rule and rules is not None:
            parser.pos = rule.end()
            rules.add(sum(map(any, table)))
        table[-1].append(parser.row())
        end = _LINE_END.match(parser.source, parser.pos)
        if parser.at_end():
            if name and not parser.unfinished:
                raise Unfaithful
            break
        if parser.source[parser.pos] == "&":
            parser.pos += 1
        elif end:
            parser.pos = end.end()
            table.append([])
        elif name and parser.name() == "end":
            parser.pos += len("\\end")
            if parser.verbatim() != name and not parser.at_end():
                raise Unfaithful
            break
        elif parser.unfinished and re.match(r"\\(?:e|en|end)?$", parser.source[parser.pos :]):
            parser.pos = len(parser.source)
        else:
            raise Unfaithful
    return [row for row in table if any(row)] or [[[]]]


def lines_of(parser: Parser, table: Table, aligns: str) -> Atom:
    """Aligned equations under each other; in a line, with semicolons between."""
    if not parser.display or len(table) == 1:
        return Atom(Kind.TEXT, "; ".join(join([atom for cell in row for atom in cell]) for row in table))
    if aligns == "rl":
        width = max(map(len, table))
        pattern = "rl" * width if width > 1 else "l"
        return _block(_aligned(parser, table, pattern))
    return _block(
        columns([[parser.box([atom for cell in row for atom in cell])] for row in table], aligns, [""])
    )


def _aligned(parser: Parser, table: Table, aligns: str) -> Box:
    """Cells in columns, right and left of the ampersands; pairs of columns stand apart."""
    gaps = ["" if j % 2 == 0 else " " if _spaced(table, j) else "" for j in range(max(map(len, table)))]
    gaps = [gap if j % 2 or j == 0 else "   " for j, gap in enumerate(gaps)]
    return columns([[parser.box(cell) for cell in row] for row in table], aligns, gaps)


def _spaced(table: Table, j: int) -> bool:
    """A relation begins this column, or ends the one before."""
    begins = any(len(row) > j and row[j] and row[j][0].kind in (Kind.REL, Kind.BIN) for row in table)
    ends = any(len(row) > j and row[j - 1] and row[j - 1][-1].kind in (Kind.REL, Kind.BIN) for row in table)
    return begins or ends


def _matrix(parser: Parser, table: Table, sides: tuple[str, str], spec: str, rules: set[int]) -> Row:
    bars = _bars(spec)
    if parser.display and parser.depth <= 2 + bool(spec) and (len(table) > 1 or any(sides)):
        cells = [[parser.box(cell) for cell in row] for row in table]
        gaps = ["", *[" │ " if j in bars else "  " for j in range(1, max(map(len, table)))]]
        aligns = "".join(re.findall(r"[lcr]", spec)) or _alignment(cells)
        return [_block(bracketed(columns(cells, aligns, gaps, rules), *sides))]
    rows = [[join(cell) for cell in row] for row in table]
    between = ", " if any(" " in cell for row in rows for cell in row) else " "
    lines = (_with_bars(row, between, bars) for row in rows)
    inside = Atom(Kind.TEXT, "; ".join(lines))
    return [Atom(Kind.OPEN, sides[0]), inside, Atom(Kind.CLOSE, sides[1])] if any(sides) else [inside]


def _alignment(cells: list[list[Box]]) -> str:
    """Numbers stand better to the right."""
    every = [box.lines[0] for row in cells for box in row]
    return "r" if all(re.fullmatch(r"-?[\d./,]*", text) for text in every) else "c"


def _bars(spec: str) -> set[int]:
    """Before which columns an array draws a line."""
    found, column = set(), 0
    for sign in re.sub(r"\{[^{}]*\}|@|!", "", spec):
        if sign in "lcr":
            column += 1
        elif sign == "|" and column:
            found.add(column)
    return found


def _with_bars(row: list[str], between: str, bars: set[int]) -> str:
    out = row[0] if row else ""
    for j, cell in enumerate(row[1:], 1):
        out += (" | " if j in bars else between) + cell
    return out


def _cases(parser: Parser, table: Table, left: str, right: str) -> Atom:
    if parser.display and len(table) > 1:
        boxes = [[parser.box(cell) for cell in row] for row in table]
        return _block(bracketed(columns(boxes, "l", ["", "  "]), left, right))
    rows = (_case([join(cell) for cell in row]) for row in table)
    going_on = parser.unfinished and parser.at_end()
    return Atom(Kind.TEXT, (left or "{") + "; ".join(rows) + ("" if going_on else "}"))


def _case(cells: list[str]) -> str:
    """A value and its condition, with a comma between."""
    value, *conditions = (cell.strip() for cell in cells)
    return ", ".join(filter(None, [value.rstrip(","), *conditions]))


def _block(box: Box) -> Atom:
    return Atom(Kind.BLOCK, "", box=box) if len(box.lines) > 1 else Atom(Kind.TEXT, box.lines[0].rstrip())
