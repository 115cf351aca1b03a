"""Typed comparison of two readings, cheapest layer first: ``same(expected, given)``.

True, False, or None where nothing could decide (then nothing is claimed).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ..number_words import plain_word
from . import symbolic
from .families import same_antiderivative, same_family
from .regions import everything, magnitude, same_region, solves
from .times import same_clock
from .tree import (
    CONSTANTS,
    MAX_NODES,
    PRIME,
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
from .units import Unit, parse_unit, same_kind
from .values import Label, Matrix, Named, Region, Relation, Scalar, Seq, Value

DIGITS = 8  # a rounding of an exact answer must show this many significant digits
MAX_ITEMS = 60
_DEGREES = parse_unit("°")
_COUNTABLE = set(
    "unidades units veces times personas people elementos elements objetos objects cosas things piezas pieces items "
    "total maneras formas ways de of en in mas more posibles possible diferentes distintos distintas different".split()
)
_TEMPERATURE = (("temperature", 1),)
_POINTS = (0.739085, 1.324718, 2.582901, -0.618034, -1.763223, 3.910023)


def same(expected: Value, given: Value, places: int | None = None) -> bool | None:
    """Whether the given answer is the expected one. ``places``: decimals that the question asks for."""
    if expected == given and not (isinstance(expected, Seq) and expected.glued):
        return True
    if isinstance(expected, Named) and isinstance(given, Named):
        return _named(expected, given, places)
    if isinstance(given, Named):
        return same(expected, given.value, places)
    if isinstance(expected, Named):
        return same(expected.value, given, places)
    if isinstance(expected, Scalar) and isinstance(given, Scalar):
        return _scalars(expected, given, places)
    if isinstance(expected, Relation) and isinstance(given, Relation):
        return _relations(expected, given)
    if isinstance(expected, Matrix) and isinstance(given, Matrix):
        return _matrices(expected, given)
    if isinstance(expected, Region) or isinstance(given, Region):
        return _regions(expected, given, places)
    if isinstance(expected, Seq) or isinstance(given, Seq):
        return _sequences(expected, given, places)
    if isinstance(expected, Label) and isinstance(given, Label):
        if expected.kind == given.kind == "clock":
            return same_clock(expected, given)
        return expected.kind == given.kind and expected.text == given.text
    return False


def _named(expected: Named, given: Named, places: int | None) -> bool | None:
    """``x = 5`` is not ``y = 5``, but ``y = 2x`` is ``f(x) = 2x``; words name nothing in particular."""
    letters = len(expected.name) == 1 and len(given.name) == 1
    if letters and expected.name.lower() != given.name.lower():
        functions = [isinstance(v, Scalar) and bool(symbols(v.tree)) for v in (expected.value, given.value)]
        if not (
            expected.function or given.function or ("y" in (expected.name, given.name) and all(functions))
        ):
            return False
    return same(expected.value, given.value, places)


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
        return all(modular(a, index) == modular(b, index) for index in range(3))
    except (Unsupported, Undefined):
        return None


def _floats(a: Tree, b: Tree) -> bool | None:
    """False where floats prove a difference; None where they cannot (equality is never proven here)."""
    letters = sorted(symbols(a) | symbols(b))
    if "∞" in letters or len(letters) > 8:
        return False
    values = 0
    for start in range(len(_POINTS) if letters else 1):
        at = {name: _POINTS[(start + k) % len(_POINTS)] + k / 7 for k, name in enumerate(letters)}
        try:
            x, y = approximate(a, at), approximate(b, at)
        except Undefined:
            continue
        except Unsupported:
            return None
        values += 1
        real = abs(x.imag) < 1e-9 * abs(x) + 1e-12 and abs(y.imag) < 1e-9 * abs(y) + 1e-12
        if (real or not letters) and abs(x - y) > 1e-6 * max(1e-3, abs(x), abs(y)):
            return False
    return None


def _scalars(expected: Scalar, given: Scalar, places: int | None) -> bool | None:
    if expected.percent != given.percent:
        return _percent(expected, given, places)
    if expected.unit and given.unit:
        if _DEGREES in (expected.unit, given.unit) and _TEMPERATURE in (
            expected.unit.dimensions,
            given.unit.dimensions,
        ):
            return _magnitudes(expected, given, places)  # "grados" of temperature
        if not same_kind(expected.unit, given.unit):
            return False
        if expected.unit != given.unit:
            return equal(_in_si(expected.tree, expected.unit), _in_si(given.tree, given.unit))
    elif not _same_counted(expected, given):
        return False
    for angle, other in ((expected, given), (given, expected)):
        if angle.unit and angle.unit.pi and not other.unit and _mentions_pi(other.tree):
            return equal(_in_si(angle.tree, angle.unit), other.tree)
    return _magnitudes(expected, given, places)


def _same_counted(a: Scalar, b: Scalar) -> bool:
    """``alumnos`` and ``alumnas``; a noun that only says that things are counted agrees with any."""
    if not (a.noun and b.noun):
        return not (a.unit and b.noun or b.unit and a.noun)
    first, second = plain_word(a.noun), plain_word(b.noun)
    return first[:3] == second[:3] or bool({first, second} & _COUNTABLE)


def _mentions_pi(tree: Tree) -> bool:
    return tree == ("s", "π") or any(_mentions_pi(part) for part in tree[1:] if isinstance(part, tuple))


def _percent(expected: Scalar, given: Scalar, places: int | None) -> bool | None:
    """25 % is 0.25, and it agrees with a bare 25."""
    percent, other = (expected, given) if expected.percent else (given, expected)
    if other.unit is not None:
        return False
    whole = Scalar(("*", percent.tree, number(100)), places=percent.places, digits=percent.digits)
    pairs = [(whole, other), (percent, other)] if percent is expected else [(other, whole), (other, percent)]
    verdicts = [_magnitudes(a, b, places) for a, b in pairs]
    return True if True in verdicts else None if None in verdicts else False


def si(scalar: Scalar) -> Tree:
    """The value in SI units, where it has a unit."""
    return _in_si(scalar.tree, scalar.unit) if scalar.unit else scalar.tree


def _in_si(tree: Tree, unit: Unit) -> Tree:
    tree = ("*", tree, number(unit.factor))
    if unit.pi:
        tree = ("*", tree, ("s", "π"))
    return ("+", tree, number(unit.offset)) if unit.offset else tree


def _magnitudes(expected: Scalar, given: Scalar, places: int | None) -> bool | None:
    a, b = expected.tree, given.tree
    letters = symbols(a) | symbols(b)
    if letters:
        if len(letters) < 9:
            verdict = same_antiderivative(a, b)
            verdict = same_family(a, b) if verdict is None else verdict
            if verdict is not None:
                return verdict
        return equal(a, b)
    verdict = equal(a, b)
    return verdict or _rounded(expected, given, places) or verdict


def _rounded(expected: Scalar, given: Scalar, places: int | None) -> bool:
    """The roundings that the policy allows; see the package's docstring."""
    e, g = magnitude(expected.tree), magnitude(given.tree)
    if e is None or g is None:
        return False
    scale = 100 if expected.percent and given.percent else 1
    gap = abs(g - e) * scale
    if (
        expected.approximate
        and expected.places is not None
        and (given.places is None or given.places >= expected.places)
    ):
        return gap <= Fraction(1, 2 * 10**expected.places) * (1 + Fraction(1, 10**6))
    for shown, exact in ((given, expected), (expected, given)):
        if shown.places is not None and shown.digits >= DIGITS and not _terminates(exact.tree):
            return gap <= Fraction(1, 10**shown.places)
    if places is not None and gap:
        unit = Fraction(1, 10**places)
        written = [s.places or 0 for s in (expected, given) if s.places is not None or _terminates(s.tree)]
        # One of them is rounded as asked; the other is exact, or has more decimals.
        return bool(written) and min(written) == places and gap <= unit / 2
    return False


def _terminates(tree: Tree) -> bool:
    """Whether the value is a decimal that ends."""
    try:
        value = rational(tree)
    except Undefined:
        return False
    if value is None:
        return False
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


# Sequences ------------------------------------------------------------------------------------


def _sequences(expected: Value, given: Value, places: int | None) -> bool | None:
    if isinstance(expected, Seq) and isinstance(given, Seq):
        return _two_sequences(expected, given, places)
    sequence, other = (expected, given) if isinstance(expected, Seq) else (given, expected)
    assert isinstance(sequence, Seq)
    if isinstance(other, Matrix):
        if sequence.kind != "set" and all(isinstance(item, Seq) for item in sequence.items):
            rows = tuple(Seq("tuple", tuple(Scalar(cell) for cell in row)) for row in other.rows)
            return _ordered(sequence.items, rows, None)
        return _column(sequence, other)
    if isinstance(other, Scalar) and sequence.kind == "tuple":
        return _vector(sequence, other.tree)
    if isinstance(other, Label):
        return other.kind == "none" and sequence.kind == "set" and not sequence.items
    items = _distinct(sequence.items)
    if len(items) == 1 and sequence.kind != "tuple":
        return same(items[0], other, places)
    return False


def _two_sequences(expected: Seq, given: Seq, places: int | None) -> bool | None:
    a, b = expected.items, given.items
    kinds = {expected.kind, given.kind}
    if (expected.glued or given.glued) and (kinds & {"tuple", "bracket"} or expected.glued == given.glued):
        return False  # 0,5 and 5,0 are numbers on both sides
    for one, other in ((expected, given), (given, expected)):
        if one.kind == "set" and len(one.items) == 1 and isinstance(one.items[0], Seq):
            return same(one.items[0], other, places)  # the set of one point
    if kinds == {"bare"} and all(isinstance(item, Named) for item in (*a, *b)):
        return _assignments(a, b, places)
    if "tuple" in kinds:
        if (
            "set" in kinds
            or (kinds == {"tuple", "bracket"} and len(a) == 2)
            or expected.alternative
            or given.alternative
        ):
            return False
        return _ordered(_by_name(a), _by_name(b), places)
    if "bracket" in kinds and "set" not in kinds:
        return _ordered(a, b, places)
    if max(len(_names(a)), len(_names(b))) > 1 and (
        expected.alternative or given.alternative or "set" in kinds
    ):
        return False  # "x = 2 or 3" gives no y
    if max(len(_names(a)), len(_names(b))) > 1:  # x = 23, y = 12 and "23 and 12": in that order
        return _ordered(_values(a), _values(b), places)
    if len(_nouns(a)) == len(a) and len(_nouns(b)) == len(b):
        pairs = (
            sorted(zip(_nouns(a), range(len(a)), strict=True)),
            sorted(zip(_nouns(b), range(len(b)), strict=True)),
        )
        if [noun for noun, _ in pairs[0]] != [noun for noun, _ in pairs[1]]:
            return False
        return _ordered(tuple(a[i] for _, i in pairs[0]), tuple(b[i] for _, i in pairs[1]), places)
    return _unordered(_distinct(a), _distinct(b), places)


def _values(items: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(item.value if isinstance(item, Named) else item for item in items)


def _vector(sequence: Seq, tree: Tree) -> bool | None:
    """``(3, 4)`` and ``3i + 4j``."""
    names = ("i", "j", "k")[: len(sequence.items)]
    if "j" not in symbols(tree) or symbols(tree) - {"j", "k"} or not 2 <= len(sequence.items) <= 3:
        return False
    total: Tree = number(0)
    for name, item in zip(names, sequence.items, strict=True):
        if not isinstance(item, Scalar):
            return False
        total = ("+", total, ("*", item.tree, ("s", "j_" + name)))
    for name in names:
        tree = substitute(tree, name, ("s", "j_" + name))
    return equal(total, tree)


def _nouns(items: tuple[Value, ...]) -> list[str]:
    return [plain_word(item.noun)[:4] for item in items if isinstance(item, Scalar) and item.noun]


def _names(items: tuple[Value, ...]) -> set[str]:
    """The different unknowns that a list gives values to; empty where an item has no name."""
    names = [item.name.split("_")[0] for item in items if isinstance(item, Named)]
    return set(names) if len(names) == len(items) else set()


def _by_name(items: tuple[Value, ...]) -> tuple[Value, ...]:
    """``y = 3, x = 2`` in the order of a point: (2, 3)."""
    if all(isinstance(item, Named) for item in items):
        named = sorted(
            (item for item in items if isinstance(item, Named)),
            key=lambda item: item.name,
        )
        return tuple(item.value for item in named)
    return items


def _distinct(items: tuple[Value, ...]) -> tuple[Value, ...]:
    kept: list[Value] = []
    for item in items[: MAX_ITEMS + 1]:
        if not any(same(item, other) for other in kept):
            kept.append(item)
    return tuple(kept)


def _assignments(a: tuple[Value, ...], b: tuple[Value, ...], places: int | None) -> bool | None:
    first = {item.name.split("_")[0].lower() for item in a if isinstance(item, Named)}
    second = {item.name.split("_")[0].lower() for item in b if isinstance(item, Named)}
    if len(first) == len(second) == 1:  # x_1 = 2, x_2 = 3: solutions of one unknown
        if first != second:
            return False
        values = [tuple(item.value for item in items if isinstance(item, Named)) for items in (a, b)]
        return _unordered(_distinct(values[0]), _distinct(values[1]), places)
    if first != second and len({len(name) > 1 for name in first | second}) == 1:
        return False  # words name what is what ("cociente 5, resto 3"), and letters do
    if min(len(name) for name in first | second) > 1:
        key = {item.name.lower(): item for item in b if isinstance(item, Named)}
        return _every(same(item, key[item.name.lower()], places) for item in a if isinstance(item, Named))
    return _unordered(_distinct(a), _distinct(b), places)


def _every(verdicts: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for verdict in verdicts:
        if verdict is False:
            return False
        result = None if verdict is None else result
    return result


def _ordered(a: tuple[Value, ...], b: tuple[Value, ...], places: int | None) -> bool | None:
    if len(a) != len(b) or len(a) > MAX_ITEMS:
        return False
    return _every(same(x, y, places) for x, y in zip(a, b, strict=True))


def _unordered(a: tuple[Value, ...], b: tuple[Value, ...], places: int | None) -> bool | None:
    if len(a) != len(b) or len(a) > MAX_ITEMS:
        return False
    left, undecided = list(b), False
    for item in a:
        for i, other in enumerate(left):
            verdict = same(item, other, places)
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
    if sequence.kind == "set" or (len(rows) > 1 and any(len(row) > 1 for row in rows)):
        return False
    cells = [row[0] for row in rows] if len(rows) > 1 else list(rows[0])
    return _ordered(sequence.items, tuple(Scalar(cell) for cell in cells), None)


# Relations and regions ------------------------------------------------------------------------


def _relations(a: Relation, b: Relation) -> bool | None:
    if a.op != b.op or (_solved(a) and not _solved(b)):
        return False  # 2x = 10 does not say x = 5
    return _proportional(
        ("+", a.left, ("neg", a.right)),
        ("+", b.left, ("neg", b.right)),
        a.op in ("<", "≤"),
    )


def _solved(relation: Relation) -> bool:
    """``x = 5`` or ``5 = x``."""
    sides = (relation.left, relation.right)
    return relation.op == "=" and any(
        a[0] == "s" and a[1] not in CONSTANTS and not symbols(b) for a, b in (sides, sides[::-1])
    )


def _proportional(a: Tree, b: Tree, positive: bool) -> bool | None:
    """Whether a = 0 and b = 0 (or a < 0 and b < 0, where positive) are the same up to a factor."""
    letters = symbols(a)
    if letters != symbols(b) or not letters:
        return False
    verdict: bool | None
    try:
        ratio = modular(a, 0) * pow(modular(b, 0), -1, PRIME) % PRIME
        verdict = all(modular(a, i) == ratio * modular(b, i) % PRIME for i in (1, 2))
    except (Unsupported, Undefined, ValueError):
        verdict = symbolic.ask("proportional", a, b)
    if verdict and positive:
        for point in _POINTS:
            try:
                at = {name: point + k / 7 for k, name in enumerate(sorted(letters))}
                x, y = approximate(a, at).real, approximate(b, at).real
            except (Undefined, Unsupported):
                continue
            if x and y:
                return x * y > 0
    return verdict


def _regions(expected: Value, given: Value, places: int | None) -> bool | None:
    if isinstance(expected, Region) and isinstance(given, Region):
        return same_region(expected, given, equal)
    region, other = (expected, given) if isinstance(expected, Region) else (given, expected)
    assert isinstance(region, Region)
    if isinstance(other, Relation):
        return solves(other, region, equal)
    if isinstance(other, Label):
        return other.kind == "all" and everything(region)
    points = [part[0] for part in region.parts if part[0] is not None and part[0] == part[1]]
    if len(points) == len(region.parts) and isinstance(other, Seq) and other.kind != "tuple":
        return _unordered(tuple(Scalar(point) for point in points if point), other.items, places)
    return False
