"""Whether two expressions are equal, by the cheapest layer that can tell; True, False or None (undecided)."""

from __future__ import annotations

from . import symbolic
from .tree import (
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
    symbols,
)
from .units import Unit
from .values import Scalar

_POINTS = (0.739085, 1.324718, 2.582901, -0.618034, -1.763223, 3.910023)


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


def proportional(a: Tree, b: Tree, positive: bool) -> bool | None:
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


def si(scalar: Scalar) -> Tree:
    """The value in SI units, where it has a unit."""
    return in_si(scalar.tree, scalar.unit) if scalar.unit else scalar.tree


def in_si(tree: Tree, unit: Unit) -> Tree:
    tree = ("*", tree, number(unit.factor))
    if unit.pi:
        tree = ("*", tree, ("s", "π"))
    return ("+", tree, number(unit.offset)) if unit.offset else tree
