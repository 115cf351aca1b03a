"""What the worker can decide about trees, with mpmath at high precision. Imported by the worker alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import mpmath
from mpmath import mp, mpf

from .tree import Tree, symbols

DIGITS = 60
CLOSE = mpf(10) ** -45
MAX_EXPONENT = 10**6
# Points of both signs, small and large, algebraically unrelated.
_POINTS = ("0.73908513", "1.32471795", "2.58290137", "-0.61803398", "-1.76322283", "3.91002297", "0.11423147",
           "5.27451919", "-3.35988566", "11.0904173")  # fmt: skip


class NoValue(ValueError):
    """The expression has no real or complex value at this point."""


def warm_up() -> None:
    mp.dps = DIGITS
    mpmath.sin(mpf(1)), mpmath.log(mpf(2))


def _nroot(degree: Any, base: Any) -> Any:
    if mpmath.im(base) == 0 and mpmath.re(base) < 0 and degree == int(mpmath.re(degree)) and int(degree) % 2:
        return -mpmath.root(-base, int(degree))
    return mpmath.power(base, 1 / degree)


def _power(a: Any, b: Any) -> Any:
    if abs(b) > MAX_EXPONENT or (a == 0 and mpmath.re(b) <= 0):
        raise NoValue
    return mpmath.power(a, b)


def _factorial(a: Any) -> Any:
    if abs(a) > 10_000:
        raise NoValue
    return mpmath.gamma(a + 1)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    **{name: getattr(mpmath, name) for name in ("sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos",
        "atan",
       "acot", "asec", "acsc", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "ln", "sqrt", "floor",
           "ceil")},
    "abs": abs, "log": lambda base, a: mpmath.log(a) / mpmath.log(base), "nroot": _nroot, "fact": _factorial,
    "binom": mpmath.binomial, "min": min, "max": max,
}  # fmt: skip


def value(tree: Tree, at: dict[str, Any]) -> Any:
    kind = tree[0]
    if kind == "n":
        return mpf(tree[1].numerator) / tree[1].denominator
    if kind == "s":
        if tree[1] in at:
            return at[tree[1]]
        return {"π": mp.pi, "e": mp.e, "i": mpmath.mpc(0, 1)}[tree[1]] + 0
    if kind == "f":
        result = FUNCTIONS[tree[1]](*[value(part, at) for part in tree[2:]])
    else:
        args = [value(part, at) for part in tree[1:]]
        if kind == "neg":
            return -args[0]
        a, b = args
        if kind == "/" and abs(b) < CLOSE:
            raise NoValue
        result = a + b if kind == "+" else a * b if kind == "*" else a / b if kind == "/" else _power(a, b)
    if not mpmath.isfinite(result) or abs(result) > mpf(10) ** 100_000:
        raise NoValue
    return result


def points(letters: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(len(_POINTS)):
        yield {
            name: mpf(_POINTS[(start + 3 * k) % len(_POINTS)]) + (mpf(k) / 7 if k else 0)
            for k, name in enumerate(letters)
        }


def _close(a: Any, b: Any) -> bool:
    return abs(a - b) <= CLOSE * max(1, abs(a), abs(b))


def _pairs(a: Tree, b: Tree) -> Iterator[tuple[Any, Any]]:
    """The values of both where both are real, then (if that is seldom) where both are complex."""
    letters = sorted(symbols(a) | symbols(b))
    complex_pairs = []
    found = 0
    for at in points(letters):
        try:
            x, y = value(a, at), value(b, at)
        except (NoValue, ZeroDivisionError, ValueError, KeyError, OverflowError):
            continue
        if not letters:
            yield x, y
            return
        if mpmath.im(x) == 0 and mpmath.im(y) == 0:
            found += 1
            yield x, y
        elif mpmath.im(x) != 0 and mpmath.im(y) != 0:
            complex_pairs.append((x, y))
    if found < 3:
        yield from complex_pairs


def same(a: Tree, b: Tree) -> bool | None:
    """Whether two expressions are equal wherever both are defined."""
    seen = 0
    for x, y in _pairs(a, b):
        seen += 1
        if not _close(x, y):
            return False
    return True if seen else None


def constant_difference(a: Tree, b: Tree) -> bool | None:
    """Whether a - b is a constant (antiderivatives of the same function)."""
    first = None
    seen = 0
    for x, y in _pairs(a, b):
        seen += 1
        first = x - y if first is None else first
        if not _close(x - first, y):
            return False
    return True if seen >= 2 else None


def proportional(a: Tree, b: Tree) -> bool | None:
    """Whether a / b is a constant other than 0 (equations a = 0 and b = 0)."""
    ratio = None
    seen = 0
    for x, y in _pairs(a, b):
        if abs(y) < CLOSE or abs(x) < CLOSE:
            if abs(x) < CLOSE and abs(y) < CLOSE:
                continue
            return False
        seen += 1
        ratio = x / y if ratio is None else ratio
        if not _close(x, ratio * y):
            return False
    return True if seen >= 2 else None


TASKS: dict[str, Callable[..., bool | None]] = {
    "same": same,
    "constant_difference": constant_difference,
    "proportional": proportional,
}
