"""Unions of intervals: normal form, comparison, intersection, and the check of an inequality against one."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .tree import (
    Tree,
    Undefined,
    Unsupported,
    approximate,
    rational,
    substitute,
    symbols,
)
from .values import Region, Relation

Part = tuple[Tree | None, Tree | None, bool, bool]
Equal = Callable[[Tree, Tree], bool | None]
_FAR = Fraction(10) ** 40
_STEPS = (1e-6, 1e-3, 0.05, 0.37, 1.7, 9.1, 57.3, 1234.5)
_GRID = tuple(k * 0.3701 for k in range(-30, 31))


def magnitude(tree: Tree) -> Fraction | None:
    """The real value of an expression without letters, exact where it is rational; else ``None``."""
    try:
        exact = rational(tree)
        if exact is not None:
            return exact
        value = approximate(tree, {})
    except (Undefined, Unsupported):
        return None
    if abs(value.imag) > 1e-12 * abs(value) or value.real != value.real or abs(value.real) > 1e300:
        return None
    return Fraction(value.real)


def in_order(trees: list[Tree]) -> list[Tree]:
    """The trees by size where they are numbers, else as they came."""
    values = [magnitude(tree) for tree in trees]
    if any(value is None for value in values):
        return trees
    return [
        tree
        for _, _, tree in sorted(
            (value or Fraction(0), i, tree) for i, (value, tree) in enumerate(zip(values, trees, strict=True))
        )
    ]


def same_region(a: Region, b: Region, equal: Equal) -> bool | None:
    p, q = normal(a), normal(b)
    if p is None or q is None:
        return None
    if len(p) != len(q):
        return False
    undecided = False
    for (a1, a2, c1, c2), (b1, b2, d1, d2) in zip(p, q, strict=True):
        if (c1, c2) != (d1, d2):
            return False
        for x, y in ((a1, b1), (a2, b2)):
            verdict = x is y if x is None or y is None else equal(x, y)
            if verdict is False:
                return False
            undecided |= verdict is None
    return None if undecided else True


def _bound(tree: Tree | None, side: int) -> Fraction | None:
    return side * _FAR if tree is None else magnitude(tree)


def normal(region: Region) -> list[Part] | None:
    """The intervals in order, those that touch or overlap joined; ``None`` where ends have letters."""
    keyed = []
    for low, high, c1, c2 in region.parts:
        a, b = _bound(low, -1), _bound(high, 1)
        if a is None or b is None:
            return [(low, high, c1, c2)] if len(region.parts) == 1 else None
        if a < b or (a == b and c1 and c2):
            keyed.append((a, not c1, b, c2, low, high))
    keyed.sort(key=lambda part: (part[0], part[1]))
    out: list[tuple[Fraction, bool, Fraction, bool, Tree | None, Tree | None]] = []
    for part in keyed:
        if out and (part[0] < out[-1][2] or (part[0] == out[-1][2] and (out[-1][3] or not part[1]))):
            if (part[2], part[3]) > (out[-1][2], out[-1][3]):
                out[-1] = (*out[-1][:2], part[2], part[3], out[-1][4], part[5])
        else:
            out.append(part)
    return [(low, high, not opened, closed) for _, opened, _, closed, low, high in out]


def everything(region: Region) -> bool:
    parts = normal(region)
    return parts == [(None, None, False, False)]


def intersection(a: Region, b: Region) -> Region | None:
    """What two unions have in common; ``None`` where their ends cannot be compared."""
    parts = []
    for low1, high1, c1, c2 in a.parts:
        for low2, high2, d1, d2 in b.parts:
            x1, y1, x2, y2 = _bound(low1, -1), _bound(high1, 1), _bound(low2, -1), _bound(high2, 1)
            if x1 is None or y1 is None or x2 is None or y2 is None:
                return None
            low, at_low = (low1, c1) if x1 > x2 else (low2, d1) if x2 > x1 else (low1, c1 and d1)
            high, at_high = (high1, c2) if y1 < y2 else (high2, d2) if y2 < y1 else (high1, c2 and d2)
            parts.append((low, high, at_low, at_high))
    return Region(tuple(parts))


def contains(ends: list[tuple[Fraction, Fraction]], x: float) -> bool:
    """Whether a point that is no end lies between two ends."""
    return any(low < x < high for low, high in ends)


def _ends(parts: list[Part]) -> list[tuple[Fraction, Fraction]] | None:
    found = [(_bound(low, -1), _bound(high, 1)) for low, high, _, _ in parts]
    known = [(low, high) for low, high in found if low is not None and high is not None]
    return known if len(known) == len(found) else None


def solves(relation: Relation, region: Region, equal: Equal) -> bool | None:
    """Whether an inequality in one letter has this solution, judged at many points and at the ends."""
    letters = symbols(relation.left) | symbols(relation.right)
    parts = normal(region)
    between = _ends(parts) if parts is not None else None
    if len(letters) != 1 or parts is None or between is None or relation.op not in ("<", "≤", "≠"):
        return False if len(letters) != 1 else None
    letter = next(iter(letters))
    if relation.op == "≠" and not any(part[0] for part in parts):
        return False
    ends = [(end, closed) for low, high, c1, c2 in parts for end, closed in ((low, c1), (high, c2)) if end]
    centres = [float(magnitude(end) or 0) for end, _ in ends] or [0.0]
    near = [centre + side * step for centre in centres for step in _STEPS for side in (1, -1)]
    for x in (*near, *_GRID):
        holds = _holds(relation, letter, x)
        if holds is None or any(abs(x - c) < 1e-9 for c in centres):
            continue
        if holds != contains(between, x):
            return False
    for end, closed in ends:
        at_end = equal(
            substitute(relation.left, letter, end),
            substitute(relation.right, letter, end),
        )
        if at_end is not True or closed != (relation.op == "≤"):
            return False if at_end is False or at_end else None
    return True


def _holds(relation: Relation, letter: str, x: float) -> bool | None:
    try:
        left, right = (
            approximate(relation.left, {letter: x}),
            approximate(relation.right, {letter: x}),
        )
    except (Undefined, Unsupported):
        return None
    if left.imag or right.imag:
        return False
    return left.real != right.real if relation.op == "≠" else left.real < right.real
