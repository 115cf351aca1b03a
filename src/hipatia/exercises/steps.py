"""Worked calculations as chains of small steps, each with its value.

    add(47, 38, "es")        # Step("47 + 38 = 77 + 8 = 85", 85)
    times(24, 7, "es")       # Step("24 × 7 = 140 + 28 = 168", 168)

The value is what the written chain arrives at, so that it is one of the two routes to an answer.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import NamedTuple

from .wording import MINUS, frac, num

Number = int | Fraction
TIMES = "×"
DIVIDE = "÷"


class Step(NamedTuple):
    """A written chain of equalities and the value at its end."""

    text: str
    value: Number

    def __str__(self) -> str:
        return self.text


def _places(number: int) -> list[int]:
    """345 → [300, 40, 5]."""
    text = str(number)
    return [int(digit) * 10 ** (len(text) - i - 1) for i, digit in enumerate(text) if digit != "0"]


def _carries(a: int, b: int) -> bool:
    while a and b:
        if a % 10 + b % 10 > 9:
            return True
        a, b = a // 10, b // 10
    return False


def _borrows(a: int, b: int) -> bool:
    while b:
        if a % 10 < b % 10:
            return True
        a, b = a // 10, b // 10
    return False


def add(a: Number, b: Number, language: str) -> Step:
    """a + b; a sum with a carry goes by hundreds, tens and ones."""
    parts = [f"{num(a, language)} + {num(b, language)}"]
    if isinstance(a, int) and isinstance(b, int) and min(a, b) > 9:
        while b > 9 and _carries(a, b) and len(_places(b)) > 1:
            first = _places(b)[0]
            a, b = a + first, b - first
            parts.append(f"{a} + {b}")
    return Step(f"{' = '.join(parts)} = {num(a + b, language)}", a + b)


def sub(a: Number, b: Number, language: str) -> Step:
    """a − b; a difference with a borrow goes by hundreds, tens and ones, between years by counting up."""
    parts = [f"{num(a, language)} {MINUS} {num(b, language)}"]
    if isinstance(a, int) and isinstance(b, int) and 1000 < b < a < b + 100 and _borrows(a, b):
        ten, hundred = -(-b // 10) * 10, -(-b // 100) * 100
        middle = hundred if hundred < a else ten  # 2003 − 1994: 6 up to 2000, and 3
        parts += [f"{middle - b} + {a - middle}"] if middle < a else []
    elif isinstance(a, int) and isinstance(b, int) and a > b > 9:
        while b > 9 and _borrows(a, b) and len(_places(b)) > 1:
            first = _places(b)[0]
            a, b = a - first, b - first
            parts.append(f"{a} {MINUS} {b}")
    return Step(f"{' = '.join(parts)} = {num(a - b, language)}", a - b)


def times(a: Number, b: Number, language: str) -> Step:
    """a × b; a number of several digits is taken apart: 24 × 7 = 140 + 28 = 168."""
    text = f"{num(a, language)} {TIMES} {num(b, language)}"
    if not (isinstance(a, int) and isinstance(b, int)):
        return Step(f"{text} = {num(a * b, language)}", a * b)
    long, short = (a, b) if len(_places(a)) >= len(_places(b)) else (b, a)
    whole, broken = (short, long) if len(_places(short)) == 1 else (a, b)
    products = [whole * place for place in _places(broken)]
    if len(products) < 2 or max(a, b) < 13 or {a, b} & {10, 100, 1000}:
        return Step(f"{text} = {a * b}", a * b)
    return Step(f"{text} = {' + '.join(map(str, products))} = {sum(products)}", sum(products))


def divide(a: Number, b: Number, language: str) -> Step:
    """a ÷ b, exact; 96 ÷ 4 = 80 ÷ 4 + 16 ÷ 4 = 20 + 4 = 24 where a digit does not divide by itself."""
    text = f"{num(a, language)} {DIVIDE} {num(b, language)}"
    quotient = Fraction(a) / Fraction(b)
    value: Number = int(quotient) if quotient.denominator == 1 else quotient
    if isinstance(a, int) and isinstance(b, int) and isinstance(value, int) and 1 < b < 10 and value > 12:
        places = _places(value)
        if len(places) == 2 and any(int(digit) % b for digit in str(a)):
            split = f"{places[0] * b} {DIVIDE} {b} + {places[1] * b} {DIVIDE} {b}"
            return Step(f"{text} = {split} = {places[0]} + {places[1]} = {sum(places)}", sum(places))
    return Step(f"{text} = {num(value, language)}", value)


def total(numbers: list[int], language: str) -> Step:
    """A sum of several numbers, by partial sums: 4 + 7 + 9 = 11 + 9 = 20."""
    chain = [" + ".join(map(str, numbers))]
    rest = list(numbers)
    while len(rest) > 2:
        rest = [rest[0] + rest[1], *rest[2:]]
        chain.append(" + ".join(map(str, rest)))
    return Step(f"{' = '.join(chain)} = {num(sum(rest), language)}", sum(rest))


def reduce(top: int, bottom: int) -> str:
    """``6/8 = 3/4``, or just ``3/4`` where it is in lowest terms."""
    plain = f"{top}/{bottom}" if top >= 0 else f"{MINUS}{-top}/{bottom}"
    lowest = frac(Fraction(top, bottom))
    return plain if gcd(top, bottom) == 1 and bottom != 1 else f"{plain} = {lowest}"
