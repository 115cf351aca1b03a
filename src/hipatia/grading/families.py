"""Answers with a free constant: ``x² + C`` and ``π/4 + kπ``."""

from __future__ import annotations

from fractions import Fraction

from . import symbolic
from .tree import (
    PRIME,
    Tree,
    Undefined,
    Unsupported,
    modular,
    number,
    rational,
    substitute,
    symbols,
)

_CONSTANTS = {"C", "c", "K", "k", "cte", "C_1", "c_1", "D"}
_COMPANIONS = {"c": {"a", "b", "d"}, "k": {"h", "i", "j", "m", "n"}}  # beside these it is a letter like them
_INTEGERS = {"k", "n", "m", "K", "N", "z", "l", "t", "j", "p"}


def terms(tree: Tree, sign: int = 1) -> list[tuple[int, Tree]]:
    """The terms of a sum with their signs."""
    if tree[0] == "+":
        return [*terms(tree[1], sign), *terms(tree[2], sign)]
    if tree[0] == "neg":
        return terms(tree[1], -sign)
    return [(sign, tree)]


def free_constant(tree: Tree) -> str | None:
    """The name of an added constant of integration: a letter that is a term by itself and nowhere else."""
    parts = terms(tree)
    names = [part[1] for _, part in parts if part[0] == "s" and part[1] in _CONSTANTS]
    if len(names) != 1 or symbols(tree) & _COMPANIONS.get(names[0], set()):
        return None
    return names[0] if sum(names[0] in symbols(part) for _, part in parts) == 1 else None


def same_antiderivative(a: Tree, b: Tree) -> bool | None:
    """Both have an added constant: equal up to a constant, whatever its name. ``None`` if one has none."""
    first, second = free_constant(a), free_constant(b)
    if first is None or second is None:
        return _same_renamed(a, b)
    a, b = substitute(a, first, number(0)), substitute(b, second, number(0))
    if symbols(a) != symbols(b):
        return False
    try:
        differences = {(modular(a, i) - modular(b, i)) % PRIME for i in range(3)}
        return len(differences) == 1
    except Undefined:
        return False
    except Unsupported:
        return symbolic.ask("constant_difference", a, b)


def _same_renamed(a: Tree, b: Tree) -> bool | None:
    """``C e^x`` and ``K e^x``: one free constant each, of different names. ``None`` if that is not so."""
    one, other = symbols(a) - symbols(b), symbols(b) - symbols(a)
    if (
        not symbols(a) & symbols(b)
        or len(one) != 1
        or len(other) != 1
        or not (one | other) <= {"C", "K", "A", "B", "D"}
    ):
        return None
    b = substitute(b, next(iter(other)), ("s", next(iter(one))))
    try:
        return all(modular(a, i) == modular(b, i) for i in range(3))
    except Undefined:
        return False
    except Unsupported:
        return symbolic.ask("same", a, b)


def _progression(tree: Tree) -> tuple[str, Tree, Tree] | None:
    """``start + k·step`` with k an integer letter and π in it: the letter, the start and the step."""
    letters = symbols(tree)
    if len(letters) != 1 or not letters & _INTEGERS:
        return None
    letter = next(iter(letters))
    start, one, two = (substitute(tree, letter, number(k)) for k in (0, 1, 2))
    try:
        values = [modular(part, 0) for part in (start, one, two)]
    except (Undefined, Unsupported):
        return None
    if (values[2] - 2 * values[1] + values[0]) % PRIME:
        return None
    return letter, start, ("+", one, ("neg", start))


def has_pi(tree: Tree) -> bool:
    return tree == ("s", "π") or any(has_pi(part) for part in tree[1:] if isinstance(part, tuple))


def same_family(a: Tree, b: Tree) -> bool | None:
    """Whether two progressions (π/4 + kπ) hold the same angles; ``None`` if one is no progression."""
    if not (has_pi(a) and has_pi(b)):
        return None
    first, second = _progression(a), _progression(b)
    if first is None or second is None:
        return None
    ratio = _ratio(second[2], first[2])
    shift = _ratio(("+", second[1], ("neg", first[1])), first[2])
    if ratio is None or shift is None:
        return False
    return abs(ratio) == 1 and shift.denominator == 1


def _ratio(a: Tree, b: Tree) -> Fraction | None:
    """a / b where that is a simple rational number (both are rational multiples of π, or sums with it)."""
    try:
        x, y = (substitute(part, "π", number(0)) for part in (a, b))
        zero = rational(x), rational(y)
        values = [
            rational(("+", substitute(part, "π", number(1)), ("neg", rest)))
            for part, rest in ((a, x), (b, y))
        ]
    except Undefined:
        return None
    if zero != (0, 0) or values[0] is None or not values[1]:
        return None
    return values[0] / values[1]
