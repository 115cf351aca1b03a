"""Brackets: tuples, sets, matrices and their sums, intervals, unions, and ℝ without some points."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from .latex import ROW
from .layout import closes, inner, is_interval, levels
from .parser import parse_tokens
from .regions import in_order, magnitude
from .scalars import NoReading
from .tokens import ParseError, Token
from .tree import Tree, number, symbols
from .values import Matrix, Named, Region, Scalar, Seq, Value

if TYPE_CHECKING:
    from .structure import Reading

_SHUT = {"(": ")", "[": "]", "{": "}"}
_KINDS = {"(": "tuple", "[": "bracket", "{": "set"}


def bracketed(reading: Reading, tokens: list[Token], depth: int) -> list[Value]:
    """What a run in brackets may be: an interval, a tuple, a set, a matrix; empty where it is a number."""
    first, last = tokens[0].text, tokens[-1].text
    if first == "⟦" and last == "⟧" and closes(tokens):
        return [_matrix(tokens)]
    out: list[Value] = []
    named = tokens[0].kind == "sym" and len(tokens) > 4 and tokens[1].text == "(" and last == ")"
    if named and len(inner(tokens[1:])) > 1:  # P(2, 3)
        return bracketed(reading, tokens[1:], depth)
    with suppress(ParseError):
        if is_interval(tokens) and (region := _interval(reading, tokens)):
            out.append(region)
    kind = _KINDS.get(first)
    if kind and last == _SHUT[first] and closes(tokens):
        parts = inner(tokens)
        if len(parts) > 1:
            items = _items([reading.value(part, depth + 1) for part in parts])
            out.append(_as_matrix(kind, items) or Seq(kind, items))
        elif kind == "set":
            one = [plainest(reading.value(parts[0], depth + 1))] if parts[0] else []
            out.append(Seq("set", tuple(one)))
        return out
    with suppress(ParseError, NoReading):
        if combined := _combination(reading, tokens, depth):
            out.append(combined)
    return out


def plainest(values: list[Value]) -> Value:
    """Of the readings of an item in a list: a number before a region, a tuple before an interval."""
    return next(
        (v for v in values if not isinstance(v.value if isinstance(v, Named) else v, Region)), values[0]
    )


def _items(readings: list[list[Value]]) -> tuple[Value, ...]:
    """The items of a bracket: beside a ``2 - t`` the letter of ``3t`` is a letter, not tonnes."""
    items = tuple(plainest(values) for values in readings)
    if not any(isinstance(item, Scalar) and not item.unit and symbols(item.tree) for item in items):
        return items
    return tuple(
        next((v for v in values if isinstance(v, Scalar) and not v.unit), item)
        for values, item in zip(readings, items, strict=True)
    )


def _interval(reading: Reading, tokens: list[Token]) -> Region | None:
    """``None`` where the ends are no ends: (2, 1) is a point alone."""
    first, last = tokens[0].text, tokens[-1].text
    low, high = (interval_end(reading.tree(part)) for part in inner(tokens))
    if low is not None and high is not None:
        a, b = magnitude(low), magnitude(high)
        if a is not None and b is not None and (a > b or (a == b and (first, last) != ("[", "]"))):
            return None
    return Region(((low, high, first == "[" and low is not None, last == "]" and high is not None),))


def interval_end(tree: Tree) -> Tree | None:
    """An end of an interval; ``None`` for plus or minus infinity."""
    return None if tree in (("s", "∞"), ("neg", ("s", "∞"))) else tree


def union(reading: Reading, tokens: list[Token], depth: int) -> Region:
    """``(-∞, 2) ∪ {5}``: intervals and sets of points."""
    parts: list[list[Token]] = [[]]
    for i, token in enumerate(tokens):
        if token.text == "∪" or (token.text in "Uu" and i > 0 and tokens[i - 1].text in ")]}["):
            parts.append([])
        else:
            parts[-1].append(token)
    found: list[tuple] = []
    for part in parts:
        value = reading.value(part, depth + 1)
        region = next((v for v in value if isinstance(v, Region)), None)
        points = next((v for v in value if isinstance(v, Seq) and v.kind == "set"), None)
        if region:
            found.extend(region.parts)
        elif points:
            found.extend((i.tree, i.tree, True, True) for i in points.items if isinstance(i, Scalar))
        else:
            raise NoReading
    return Region(tuple(found))


def punctured(reading: Reading, tokens: list[Token], depth: int) -> Region:
    """ℝ ∖ {2, 3}: what is left between the points."""
    value = reading.value(tokens, depth + 1)[-1]
    items = value.items if isinstance(value, Seq) else (value,)
    trees = [item.tree for item in items if isinstance(item, Scalar)]
    if not trees or len(trees) != len(items):
        raise NoReading
    return without(trees)


def without(trees: list[Tree]) -> Region:
    """ℝ without these points."""
    ends: list[Tree | None] = [None, *in_order(trees), None]
    return Region(tuple((a, b, False, False) for a, b in zip(ends, ends[1:], strict=False)))


# Vectors and matrices ---------------------------------------------------------------------------


def _matrix(tokens: list[Token]) -> Matrix:
    rows: list[tuple[Tree, ...]] = []
    row: list[Tree] = []
    cell: list[Token] = []
    for token in tokens[1:]:
        if token.text in ("&", ROW, "⟧"):
            row.append(parse_tokens(cell))
            cell = []
            if token.text != "&":
                rows.append(tuple(row))
                row = []
        else:
            cell.append(token)
    return Matrix(tuple(rows))


def _as_matrix(kind: str, items: tuple[Value, ...]) -> Matrix | None:
    """``[[1, 2], [3, 4]]`` and ``((1, 2), (3, 4))`` in square brackets."""
    if kind != "bracket" or not all(isinstance(item, Seq) and item.kind == "bracket" for item in items):
        return None
    rows = [item.items for item in items if isinstance(item, Seq)]
    if len({len(row) for row in rows}) != 1 or not all(
        isinstance(cell, Scalar) for row in rows for cell in row
    ):
        return None
    return Matrix(tuple(tuple(cell.tree for cell in row if isinstance(cell, Scalar)) for row in rows))


def _combination(reading: Reading, tokens: list[Token], depth: int) -> Value | None:
    """``-1/2 · [matrix]``, ``(1, 2) + t(3, -1)``: a sum of multiples of vectors or of matrices."""
    if not any(token.text in ("⟦", ",", ";") for token in tokens) or depth > 4:
        return None
    total: list[list[Tree]] | None = None
    like: Value | None = None
    for term in _terms(tokens):
        found = _multiple(reading, term, depth)
        if found is None:
            return None
        value, rows = found
        like = like or value
        if total is None:
            total = rows
        elif [len(row) for row in total] != [len(row) for row in rows] or type(like) is not type(value):
            return None
        else:
            total = [
                [("+", a, b) for a, b in zip(p, q, strict=True)] for p, q in zip(total, rows, strict=True)
            ]
    if total is None or like is None:
        return None
    if isinstance(like, Matrix):
        return Matrix(tuple(tuple(row) for row in total))
    assert isinstance(like, Seq)
    return Seq(like.kind, tuple(Scalar(tree) for tree in total[0]))


def _terms(tokens: list[Token]) -> list[list[Token]]:
    """The terms of a sum, each with its sign."""
    terms: list[list[Token]] = [[]]
    for i, (token, level) in enumerate(zip(tokens, levels(tokens), strict=True)):
        if i and not level and token.text in "+-" and tokens[i - 1].text not in "+-*/^":
            terms.append([])
        terms[-1].append(token)
    return terms


def _multiple(reading: Reading, term: list[Token], depth: int) -> tuple[Value, list[list[Tree]]] | None:
    """A term as its one vector or matrix and the rows of its multiple."""
    depths = levels(term)
    opens = [i for i, t in enumerate(term) if not depths[i] and t.text in "([⟦"]
    for start in opens:
        end = next((i for i in range(start + 1, len(term)) if not depths[i]), None)
        if end is None or term[end].text not in ")]⟧":
            return None
        value = _array(reading, term[start : end + 1], depth)
        if value is None:
            continue
        factor = _factor(term[:start], term[end + 1 :])
        if factor is None:
            return None
        if isinstance(value, Matrix):
            return value, [[("*", factor, cell) for cell in row] for row in value.rows]
        return value, [[("*", factor, item.tree) for item in value.items if isinstance(item, Scalar)]]
    return None


def _array(reading: Reading, tokens: list[Token], depth: int) -> Matrix | Seq | None:
    if tokens[0].text != "⟦" and len(inner(tokens)) < 2:
        return None
    for value in bracketed(reading, tokens, depth + 1):
        if isinstance(value, Matrix) or (
            isinstance(value, Seq) and all(isinstance(item, Scalar) for item in value.items)
        ):
            return value
    return None


def _factor(before: list[Token], after: list[Token]) -> Tree | None:
    """The scalar around a vector: signs and factors before it, ``/ 2`` after it."""
    if before and before[-1].text in "*":
        before = before[:-1]
    sign = number(1)
    while before and before[0].text in "+-" and before[0].text:
        sign = ("neg", sign) if before[0].text == "-" else sign
        before = before[1:]
    factor = ("*", sign, parse_tokens(before)) if before else sign
    if not after:
        return factor
    if after[0].text in "*/" and len(after) > 1:
        return ("*" if after[0].text == "*" else "/", factor, parse_tokens(after[1:]))
    return None
