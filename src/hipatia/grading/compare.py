"""Typed comparison of two readings, cheapest layer first: ``same(expected, given)``.

True, False, or None where nothing could decide (then nothing is claimed).
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from ..number_words import plain_word
from .equality import equal, in_si, proportional
from .families import same_antiderivative, same_family
from .regions import everything, magnitude, same_region, solves
from .sequences import compared, every, unordered
from .times import same_clock
from .tree import CONSTANTS, Tree, Undefined, number, rational, symbols
from .units import parse_unit, same_kind
from .values import Label, Matrix, Named, Region, Relation, Scalar, Seq, Value

DIGITS = 8  # a rounding of an exact answer must show this many significant digits


_DEGREES = parse_unit("°")


_COUNTABLE = set(
    "unidades units veces times personas people elementos elements objetos objects cosas things piezas pieces items "
    "total maneras formas ways de of en in mas more posibles possible diferentes distintos distintas different".split()
)


_TEMPERATURE = (("temperature", 1),)


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
        return compared(expected, given, partial(same, places=places))
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
            return equal(in_si(expected.tree, expected.unit), in_si(given.tree, given.unit))
    elif not _same_counted(expected, given):
        return False
    for angle, other in ((expected, given), (given, expected)):
        if angle.unit and angle.unit.pi and not other.unit and _mentions_pi(other.tree):
            return equal(in_si(angle.tree, angle.unit), other.tree)
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


def _matrices(a: Matrix, b: Matrix) -> bool | None:
    if [len(row) for row in a.rows] != [len(row) for row in b.rows]:
        return False
    return every(equal(x, y) for p, q in zip(a.rows, b.rows, strict=True) for x, y in zip(p, q, strict=True))


def _relations(a: Relation, b: Relation) -> bool | None:
    if a.op != b.op or (_solved(a) and not _solved(b)):
        return False  # 2x = 10 does not say x = 5
    return proportional(
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
        return unordered(
            tuple(Scalar(point) for point in points if point), other.items, partial(same, places=places)
        )
    return False
