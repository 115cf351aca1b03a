"""Expressions as nested tuples, and their exact or approximate values.

    ("n", Fraction(3))  ("s", "x")  ("+", a, b)  ("*", a, b)  ("/", a, b)  ("^", a, b)  ("neg", a)
    ("f", "sin", a)     ("f", "log", base, a)

Three evaluations, cheapest first: ``rational`` (no letters), ``modular`` (letters and square roots, in
a prime field: different values prove a difference, equal ones at several points an identity) and
``approximate``.
"""

from __future__ import annotations

import cmath
import math
import random
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ..arithmetic import ArithmeticTextError, raise_power

Tree = tuple[Any, ...]
MAX_EXPONENT = 2000
MAX_NODES = 600
# A prime that is 1 modulo 8 and modulo every odd prime up to 59: by quadratic reciprocity -1 and all
# those primes are squares in its field, so that i and square roots have consistent images there.
PRIME = 630665394850581745614961
_SQUARES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59)
CONSTANTS = {"π", "e", "i"}


class Undefined(ValueError):
    """The expression has no value here: a division by zero, or something out of bounds."""


class Unsupported(ValueError):
    """This evaluation does not know the function or the number."""


def number(value: Fraction | int) -> Tree:
    return ("n", Fraction(value))


def symbols(tree: Tree) -> frozenset[str]:
    """The letters of an expression, π, e and i left out."""
    if tree[0] == "n":
        return frozenset()
    if tree[0] == "s":
        return frozenset() if tree[1] in CONSTANTS else frozenset({tree[1]})
    found: frozenset[str] = frozenset()
    for part in tree[1:]:
        if isinstance(part, tuple):
            found |= symbols(part)
    return found


def size(tree: Tree) -> int:
    return 1 + sum(size(part) for part in tree[1:] if isinstance(part, tuple))


def substitute(tree: Tree, name: str, by: Tree) -> Tree:
    if tree[0] == "s":
        return by if tree[1] == name else tree
    if tree[0] == "n":
        return tree
    return tuple(substitute(part, name, by) if isinstance(part, tuple) else part for part in tree)


def rational(tree: Tree) -> Fraction | None:
    """The exact rational value, or ``None`` where there is a letter or an irrational part."""
    try:
        return _rational(tree)
    except (Unsupported, ArithmeticTextError):
        return None


def _rational(tree: Tree) -> Fraction:
    kind = tree[0]
    if kind == "n":
        return tree[1]
    if kind == "s":
        raise Unsupported
    if kind == "f":
        return _rational_function(tree[1], [_rational(part) for part in tree[2:]])
    args = [_rational(part) for part in tree[1:]]
    if kind == "neg":
        return -args[0]
    a, b = args
    if kind == "+":
        return _small(a + b)
    if kind == "*":
        return _small(a * b)
    if kind == "/":
        if not b:
            raise Undefined("division by zero")
        return _small(a / b)
    if kind == "^":
        return raise_power(a, b)
    raise Unsupported


def _small(value: Fraction) -> Fraction:
    if value.numerator.bit_length() + value.denominator.bit_length() > 40_000:
        raise Undefined("too large")
    return value


def _rational_function(name: str, args: list[Fraction]) -> Fraction:
    a = args[-1]
    whole = all(arg.denominator == 1 and abs(arg) < 10**12 for arg in args)
    if name == "abs":
        return abs(a)
    if name == "sqrt":
        return raise_power(a, Fraction(1, 2))
    if name == "nroot" and whole and 0 < args[0] < 60:
        return -raise_power(-a, 1 / args[0]) if a < 0 and args[0] % 2 else raise_power(a, 1 / args[0])
    if name == "floor":
        return Fraction(math.floor(a))
    if name == "ceil":
        return Fraction(math.ceil(a))
    if name in ("gcd", "lcm") and whole:
        values = [int(arg) for arg in args]
        return Fraction(math.gcd(*values) if name == "gcd" else math.lcm(*values))
    if name in ("min", "max"):
        return min(args) if name == "min" else max(args)
    if name == "fact" and whole and 0 <= a <= 400:
        return Fraction(math.factorial(int(a)))
    if name in ("binom", "perm") and whole and 0 <= args[1] <= args[0] <= 400:
        return Fraction((math.comb if name == "binom" else math.perm)(int(args[0]), int(args[1])))
    if name == "mod" and whole and args[1]:
        return args[0] % args[1]
    raise Unsupported


@lru_cache(maxsize=512)
def _point(name: str, index: int) -> int:
    """The value of a letter at the index-th random point of the field; the same in every run."""
    return random.Random(f"{index}:{name}").randrange(2, PRIME)


def modular(tree: Tree, index: int) -> int:
    """The value of the expression at a random point, modulo PRIME. Raises Unsupported or Undefined."""
    kind = tree[0]
    if kind == "n":
        return tree[1].numerator * pow(tree[1].denominator, -1, PRIME) % PRIME
    if kind == "s":
        return _root_of(-1) if tree[1] == "i" else _point(tree[1], index)
    if kind == "f":
        if tree[1] == "sqrt":
            return _modular_sqrt(tree[2])
        value = rational(tree)
        if value is None:
            raise Unsupported
        return modular(("n", value), index)
    if kind == "^":
        return _modular_power(tree[1], tree[2], index)
    a = modular(tree[1], index)
    if kind == "neg":
        return -a % PRIME
    b = modular(tree[2], index)
    if kind == "+":
        return (a + b) % PRIME
    if kind == "*":
        return a * b % PRIME
    if not b:
        raise Undefined("division by zero")
    return a * pow(b, -1, PRIME) % PRIME


def _modular_power(base: Tree, exponent: Tree, index: int) -> int:
    power = rational(exponent)
    if power is None:
        raise Unsupported
    if power.denominator == 2:
        root = _modular_sqrt(base)
        return _signed_power(root, power.numerator)
    if power.denominator != 1 or abs(power) > 10**6:
        raise Unsupported
    return _signed_power(modular(base, index), int(power))


def _signed_power(base: int, power: int) -> int:
    if not base and power <= 0:
        raise Undefined("0 to a power that is not positive")
    return pow(base, power, PRIME)


def _modular_sqrt(tree: Tree) -> int:
    value = rational(tree)
    if value is None:
        raise Unsupported
    root = 1
    top, bottom = value.numerator, value.denominator
    if top < 0:
        root, top = _root_of(-1), -top
    if top.bit_length() > 400 or bottom.bit_length() > 400:
        raise Unsupported
    return root * _integer_root(top) * pow(_integer_root(bottom), -1, PRIME) % PRIME


def _integer_root(n: int) -> int:
    root = 1
    for prime in _SQUARES:
        power = 0
        while n and n % prime == 0:
            n //= prime
            power += 1
        root = root * pow(prime, power // 2, PRIME) % PRIME
        if power % 2:
            root = root * _root_of(prime) % PRIME
    exact = math.isqrt(n)
    if exact * exact != n:
        raise Unsupported
    return root * exact % PRIME


@lru_cache(maxsize=32)
def _root_of(n: int) -> int:
    """A fixed square root of n modulo PRIME (Tonelli and Shanks)."""
    n %= PRIME
    odd, twos = PRIME - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    z = next(z for z in range(2, 1000) if pow(z, (PRIME - 1) // 2, PRIME) == PRIME - 1)
    m, c, t, r = (
        twos,
        pow(z, odd, PRIME),
        pow(n, odd, PRIME),
        pow(n, (odd + 1) // 2, PRIME),
    )
    while t != 1:
        least, square = 0, t
        while square != 1:
            square, least = square * square % PRIME, least + 1
        b = pow(c, 1 << (m - least - 1), PRIME)
        m, c, t, r = least, b * b % PRIME, t * b * b % PRIME, r * b % PRIME
    return r


_FLOAT: dict[str, Callable[[complex], complex]] = {
    "sin": cmath.sin, "cos": cmath.cos, "tan": cmath.tan, "asin": cmath.asin, "acos": cmath.acos,
    "atan": cmath.atan, "sinh": cmath.sinh, "cosh": cmath.cosh, "tanh": cmath.tanh, "ln": cmath.log,
    "exp": cmath.exp, "sqrt": cmath.sqrt, "abs": abs, "asinh": cmath.asinh, "acosh": cmath.acosh,
    "atanh": cmath.atanh, "cot": lambda z: 1 / cmath.tan(z), "sec": lambda z: 1 / cmath.cos(z),
    "csc": lambda z: 1 / cmath.sin(z), "acot": lambda z: cmath.atan(1 / z),
    "asec": lambda z: cmath.acos(1 / z), "acsc": lambda z: cmath.asin(1 / z),
}  # fmt: skip


def approximate(tree: Tree, at: dict[str, float]) -> complex:
    """The value in floats. Raises Unsupported or Undefined (also where floats overflow)."""
    try:
        return _approximate(tree, at)
    except (OverflowError, ZeroDivisionError, ArithmeticError) as error:
        raise Undefined(str(error)) from error
    except ValueError as error:
        if isinstance(error, Unsupported | Undefined):
            raise
        raise Undefined(str(error)) from error


def _approximate(tree: Tree, at: dict[str, float]) -> complex:
    kind = tree[0]
    if kind == "n":
        return complex(tree[1])
    if kind == "s":
        return _letter(tree[1], at)
    if kind == "f":
        return _float_function(tree, at)
    a = _approximate(tree[1], at)
    if kind == "neg":
        return -a
    b = _approximate(tree[2], at)
    if kind == "+":
        return a + b
    if kind == "*":
        return a * b
    if kind == "/":
        return a / b
    if a == 0 and b.real <= 0:
        raise Undefined("0 to a power that is not positive")
    return a**b


def _letter(name: str, at: dict[str, float]) -> complex:
    if name in at:
        return complex(at[name])
    constant = {"π": math.pi, "e": math.e, "i": 1j}.get(name)
    if constant is None:
        raise Unsupported(name)
    return complex(constant)


def _float_function(tree: Tree, at: dict[str, float]) -> complex:
    name, args = tree[1], [_approximate(part, at) for part in tree[2:]]
    if name in _FLOAT:
        return complex(_FLOAT[name](args[0]))
    if name == "log":
        return cmath.log(args[1]) / cmath.log(args[0])
    if name == "nroot":
        degree, base = args
        if base.imag == 0 and base.real < 0 and degree.real % 2 == 1:
            return -((-base) ** (1 / degree))
        return base ** (1 / degree)
    if name == "dms":
        return args[0]
    try:
        return complex(_rational(tree))
    except (Unsupported, ArithmeticTextError) as error:
        raise Unsupported(name) from error
