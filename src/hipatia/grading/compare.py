"""Typed comparison of two readings, cheapest layer first: ``same(expected, given)``.

True, False, or None where nothing could decide (then nothing is claimed).
"""

from __future__ import annotations

import random
from fractions import Fraction
from functools import cmp_to_key

from . import symbolic
from .tree import (
    MAX_NODES,
    Tree,
    Undefined,
    Unsupported,
    approximate,
    modular,
    number,
    rational,
    size,
    substitute,
    symbols,
)
from .units import Unit
from .values import Label, Matrix, Named, Region, Relation, Scalar, Seq, Value

_DIGITS = 8  # a rounding of an exact answer must show this many significant digits
_POINTS = (0.739085, 1.324718, 2.582901, -0.618034, -1.763223, 3.910023)
LETTERS = {"P": "x"}


def same(expected: Value, given: Value, *, places: int | None = None) -> bool | None:
    """Whether the given answer is the expected one. ``places``: decimals that the question asks for."""
    if expected == given:
        return True
    if isinstance(expected, Named) and isinstance(given, Named):
        return _named(expected, given, places)
    if isinstance(given, Named):
        return same(expected, given.value, places=places)
    if isinstance(expected, Named):
        return same(expected.value, given, places=places)
    if isinstance(expected, Scalar) and isinstance(given, Scalar):
        return _scalars(expected, given, places)
    if isinstance(expected, Label) and isinstance(given, Label):
        return expected.kind == given.kind and expected.text == given.text
    if isinstance(expected, Relation) and isinstance(given, Relation):
        return _relations(expected, given)
    if isinstance(expected, Region) and isinstance(given, Region):
        return _regions(expected, given)
    if isinstance(expected, Matrix) and isinstance(given, Matrix):
        return _matrices(expected, given)
    if isinstance(expected, Seq) or isinstance(given, Seq):
        return _sequences(expected, given, places)
    return False


def _named(expected: Named, given: Named, places: int | None) -> bool | None:
    letters = len(expected.name) == 1 and len(given.name) == 1
    heads = expected.function or given.function or {expected.name, given.name} & {"y"}
    if letters and expected.name.lower() != given.name.lower() and not heads:
        return False
    return same(expected.value, given.value, places=places)


# Numbers and expressions ----------------------------------------------------------------------


def equal(a: Tree, b: Tree) -> bool | None:
    """Whether two expressions are mathematically equal, by the cheapest layer that can tell."""
    if a == b:
        return True
    try:
        x, y = rational(a), rational(b)
        if x is not None and y is not None:
            return x == y
        verdict = _modular(a, b)
        if verdict is None:
            verdict = _floats(a, b)
    except Undefined:
        return False
    if verdict is None and size(a) + size(b) <= MAX_NODES:
        return symbolic.ask("same", a, b)
    return verdict


def _modular(a: Tree, b: Tree) -> bool | None:
    try:
        for index in range(3):
            if modular(a, index) != modular(b, index):
                return False
    except Unsupported:
        return None
    except Undefined:
        return None
    return True


def _floats(a: Tree, b: Tree) -> bool | None:
    """False where floats prove a difference; None where they cannot (equality is never proven here)."""
    letters = sorted(symbols(a) | symbols(b))
    if "∞" in letters or len(letters) > 8:
        return False
    for start in range(len(_POINTS) if letters else 1):
        at = {name: _POINTS[(start + k) % len(_POINTS)] + k / 7 for k, name in enumerate(letters)}
        try:
            x, y = approximate(a, at), approximate(b, at)
        except Undefined:
            continue
        except Unsupported:
            return None
        real = abs(x.imag) < 1e-9 * abs(x) + 1e-12 and abs(y.imag) < 1e-9 * abs(y) + 1e-12
        if (real or not letters) and abs(x - y) > 1e-6 * max(1e-3, abs(x), abs(y)):
            return False
    return None


def _scalars(expected: Scalar, given: Scalar, places: int | None) -> bool | None:
    if expected.percent != given.percent:
        percent, other = (expected, given) if expected.percent else (given, expected)
        if other.unit is None:
            whole = Scalar(("*", percent.tree, number(100)), noun=percent.noun)
            verdict = _magnitudes(whole, other, None) or _magnitudes(percent, other, None)
            return verdict if verdict else _rounded(expected, given, places)
    if expected.unit and given.unit:
        if expected.unit.dimensions != given.unit.dimensions:
            return False
        if expected.unit != given.unit:
            return equal(_in_si(expected.tree, expected.unit), _in_si(given.tree, given.unit))
    elif (expected.unit and given.noun) or (given.unit and expected.noun):
        return False
    return _magnitudes(expected, given, places)


def _in_si(tree: Tree, unit: Unit) -> Tree:
    tree = ("*", tree, number(unit.factor))
    if unit.pi:
        tree = ("*", tree, ("s", "π"))
    return ("+", tree, number(unit.offset)) if unit.offset else tree


def _magnitudes(expected: Scalar, given: Scalar, places: int | None) -> bool | None:
    verdict = equal(expected.tree, given.tree)
    if verdict or symbols(expected.tree) or symbols(given.tree):
        return verdict
    return _rounded(expected, given, places) or verdict


def _rounded(expected: Scalar, given: Scalar, places: int | None) -> bool:
    """The rounding that the policy allows; see the package's docstring."""
    e, g = _value(expected.tree), _value(given.tree)
    if e is None or g is None:
        return False
    if expected.approximate and expected.places is not None:
        return abs(g - e) <= Fraction(1, 2 * 10**expected.places) * (1 + Fraction(1, 10**6))
    if given.places is not None and given.digits >= _DIGITS and not _terminates(expected):
        return abs(g - e) <= Fraction(1, 10**given.places)
    if expected.places is not None and expected.digits >= _DIGITS and not _terminates(given):
        return abs(g - e) <= Fraction(1, 10**expected.places)
    if places is not None:
        step = Fraction(1, 10**places)
        if (given.places or 0) == places or (given.places or 0) < places:
            return abs(g - e) <= step / 2 and (given.places or 0) <= places and _at_places(e, g, places)
        return abs(g - e) <= step / 2
    return False


def _at_places(exact: Fraction, rounded: Fraction, places: int) -> bool:
    scale = 10**places
    return abs(exact * scale - rounded * scale) <= Fraction(1, 2)


def _terminates(scalar: Scalar) -> bool:
    value = rational_or_none(scalar.tree)
    if value is None:
        return False
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def rational_or_none(tree: Tree) -> Fraction | None:
    try:
        return rational(tree)
    except Undefined:
        return None


def _value(tree: Tree) -> Fraction | None:
    exact = rational_or_none(tree)
    if exact is not None:
        return exact
    try:
        value = approximate(tree, {})
    except (Undefined, Unsupported):
        return None
    if value.imag or value.real != value.real or abs(value.real) > 1e300:
        return None
    return Fraction(value.real)


def in_order(trees: list[Tree]) -> list[Tree]:
    """The trees by size, where they are numbers; else as they came."""
    values = [_value(tree) for tree in trees]
    if any(value is None for value in values):
        return trees
    pairs = list(zip(values, trees, strict=True))
    return [tree for _, tree in sorted(pairs, key=cmp_to_key(lambda p, q: (p[0] > q[0]) - (p[0] < q[0])))]


# Sequences ------------------------------------------------------------------------------------


def _sequences(expected: Value, given: Value, places: int | None) -> bool | None:
    if isinstance(expected, Seq) and isinstance(given, Seq):
        a, b = expected.items, given.items
        if all(isinstance(i, Named) for i in a) and all(isinstance(i, Named) for i in b):
            return _assignments(expected, given, places)
        ordered = "tuple" in (expected.kind, given.kind)
        if ordered:
            if (
                "set" in (expected.kind, given.kind)
                or {expected.kind, given.kind} == {"tuple", "bracket"}
                and len(a) == 2
            ):
                return False
            a, b = _by_name(a), _by_name(b)
            return _ordered(a, b, places)
        if "bracket" in (expected.kind, given.kind):
            return _ordered(a, b, places)
        return _unordered(_distinct(a), _distinct(b), places)
    sequence, other = (expected, given) if isinstance(expected, Seq) else (given, expected)
    assert isinstance(sequence, Seq)
    if isinstance(other, Matrix):
        return _column(sequence, other)
    if isinstance(other, Label) and other.kind == "none":
        return sequence.kind == "set" and not sequence.items
    if isinstance(other, Region) and sequence.kind != "tuple":
        points = [(part[0], part[1]) for part in other.parts]
        if all(a is not None and a == b for a, b in points):
            return _unordered(tuple(Scalar(a) for a, _ in points if a is not None), sequence.items, places)
        return False
    items = _distinct(sequence.items)
    if len(items) == 1 and sequence.kind != "tuple":
        return same(items[0], other, places=places)
    return False


def _by_name(items: tuple[Value, ...]) -> tuple[Value, ...]:
    if all(isinstance(item, Named) for item in items):
        named = sorted((item for item in items if isinstance(item, Named)), key=lambda item: item.name)
        return tuple(item.value for item in named)
    return items


def _distinct(items: tuple[Value, ...]) -> tuple[Value, ...]:
    kept: list[Value] = []
    for item in items:
        if not any(same(item, other) for other in kept):
            kept.append(item)
    return tuple(kept)


def _assignments(expected: Seq, given: Seq, places: int | None) -> bool | None:
    a = [item for item in expected.items if isinstance(item, Named)]
    b = [item for item in given.items if isinstance(item, Named)]
    base = {item.name.split("_")[0] for item in a} | {item.name.split("_")[0] for item in b}
    if len(base) == 1:  # x_1 = 2, x_2 = 3: solutions of one unknown
        return _unordered(tuple(i.value for i in a), tuple(i.value for i in b), places)
    if sorted(i.name for i in a) != sorted(i.name for i in b):
        return False
    return _unordered(tuple(a), tuple(b), places)


def _ordered(a: tuple[Value, ...], b: tuple[Value, ...], places: int | None) -> bool | None:
    if len(a) != len(b):
        return False
    return _every(same(x, y, places=places) for x, y in zip(a, b, strict=True))


def _every(verdicts: object) -> bool | None:
    result: bool | None = True
    for verdict in verdicts:  # type: ignore[attr-defined]
        if verdict is False:
            return False
        if verdict is None:
            result = None
    return result


def _unordered(a: tuple[Value, ...], b: tuple[Value, ...], places: int | None) -> bool | None:
    if len(a) != len(b) or len(a) > 60:
        return False
    left = list(b)
    undecided = False
    for item in a:
        for i, other in enumerate(left):
            verdict = same(item, other, places=places)
            undecided |= verdict is None
            if verdict:
                del left[i]
                break
        else:
            return None if undecided else False
    return True


def _matrices(a: Matrix, b: Matrix) -> bool | None:
    if [len(row) for row in a.rows] != [len(row) for row in b.rows]:
        return False
    return _every(equal(x, y) for p, q in zip(a.rows, b.rows, strict=True) for x, y in zip(p, q, strict=True))


def _column(sequence: Seq, matrix: Matrix) -> bool | None:
    """A vector written as a column or a row."""
    rows = matrix.rows
    cells = [row[0] for row in rows] if all(len(row) == 1 for row in rows) else list(rows[0])
    if len(rows) > 1 and len(rows[0]) > 1 or sequence.kind == "set":
        return False
    return _ordered(sequence.items, tuple(Scalar(cell) for cell in cells), None)


# Relations and regions ------------------------------------------------------------------------


def _relations(a: Relation, b: Relation) -> bool | None:
    if a.op != b.op:
        return False
    left, right = ("+", a.left, ("neg", a.right)), ("+", b.left, ("neg", b.right))
    return _proportional(left, right, positive=a.op in ("<", "≤"))


def _proportional(a: Tree, b: Tree, positive: bool) -> bool | None:
    if symbols(a) != symbols(b):
        return False
    try:
        ratio = modular(a, 0) * pow(modular(b, 0), -1, _prime()) % _prime()
        verdict: bool | None = all(modular(a, i) == ratio * modular(b, i) % _prime() for i in (1, 2))
    except (Unsupported, Undefined, ValueError):
        verdict = symbolic.ask("proportional", a, b)
    if verdict and positive:
        at = {name: random.Random(name).uniform(0.5, 2) for name in symbols(a)}
        x, y = approximate(a, at), approximate(b, at)
        return x.real * y.real > 0
    return verdict


def _prime() -> int:
    from .tree import PRIME

    return PRIME


def _regions(a: Region, b: Region) -> bool | None:
    p, q = _normal(a), _normal(b)
    if p is None or q is None:
        return None
    if len(p) != len(q):
        return False
    checks: list[bool | None] = []
    for (a1, a2, c1, c2), (b1, b2, d1, d2) in zip(p, q, strict=True):
        if (c1, c2) != (d1, d2):
            return False
        for x, y in ((a1, b1), (a2, b2)):
            checks.append(x is y if x is None or y is None else equal(x, y))
    return _every(checks)


def _normal(region: Region) -> list[tuple[Tree | None, Tree | None, bool, bool]] | None:
    """The intervals in order, those that touch or overlap joined."""
    keyed = []
    for low, high, c1, c2 in region.parts:
        a, b = _bound(low, -1), _bound(high, 1)
        if a is None or b is None:
            return None if len(region.parts) > 1 else [(low, high, c1, c2)]
        if a < b or (a == b and c1 and c2):
            keyed.append((a, not c1, b, c2, low, high))
    keyed.sort(key=lambda k: (k[0], k[1]))
    out: list[list] = []
    for a, open_low, b, c2, low, high in keyed:
        if out and (a < out[-1][2] or (a == out[-1][2] and (out[-1][3] or not open_low))):
            if (b, c2) > (out[-1][2], out[-1][3]):
                out[-1][2], out[-1][3], out[-1][5] = b, c2, high
        else:
            out.append([a, open_low, b, c2, low, high])
    return [(k[4], k[5], not k[1], k[3]) for k in out]


def _bound(tree: Tree | None, side: int) -> Fraction | None:
    if tree is None:
        return Fraction(side) * 10**400
    return _value(tree)


__all__ = ["equal", "in_order", "same", "substitute"]
