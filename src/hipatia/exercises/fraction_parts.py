"""Fractions as parts: of a quantity, the whole from a part, what is left, small stories."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .fractions import EASY, proper
from .questions import Chapter
from .steps import MINUS, TIMES, divide, reduce, sub, times
from .wording import frac, people, say


def _parts(top: int, bottom: int, whole: int, lang: str) -> tuple[list[str], int]:
    """The lines that find top/bottom of a whole number, and its value."""
    one = divide(whole, bottom, lang)
    name = f"1/{bottom} {say(lang, 'de', 'of')} {whole}"
    lines, value = [f"{name}: {one}"], int(one.value)
    if top > 1:
        several = times(top, value, lang)
        lines, value = [*lines, f"{top}/{bottom}: {several}"], int(several.value)
    return lines, value


def of_quantity(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng)
    a = bottom * mostly(rng, (2, 9), (8, 30))
    steps, value = _parts(top, bottom, a, lang)
    return Draft({"f": f"{top}/{bottom}", "a": a}, tuple(steps), value, a * Fraction(top, bottom))


def part_story(rng: Random, lang: str) -> Draft:
    """Either the part itself or what is left."""
    top, bottom = proper(rng)
    a = bottom * mostly(rng, (2, 9), (8, 25))
    fields = people(rng, lang) | {"f": f"{top}/{bottom}", "a": a}
    steps, value = _parts(top, bottom, a, lang)
    if rng.random() < 0.45:
        return Draft(fields, tuple(steps), value, a * Fraction(top, bottom), variant="part")
    rest = sub(a, value, lang)
    steps.append(f"{say(lang, 'Quedan', 'Left')}: {rest}")
    return Draft(fields, tuple(steps), rest.value, a * (1 - Fraction(top, bottom)), variant="rest")


def whole_from_part(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng)
    one = mostly(rng, (2, 9), (8, 25))
    a = top * one
    steps = []
    if top > 1:
        head = say(
            lang, f"{top}/{bottom} son {a}, así que 1/{bottom} es", f"{top}/{bottom} is {a}; 1/{bottom} is"
        )
        steps.append(f"{head}: {divide(a, top, lang)}")
    last = times(bottom, one, lang)
    known = say(lang, f"1/{bottom} es {one}; el total", f"1/{bottom} is {one}; the whole")
    steps.append(f"{known}: {last}")
    fields = people(rng, lang) | {"f": f"{top}/{bottom}", "a": a, "son": "son" if top > 1 else "es"}
    return Draft(fields, tuple(steps), last.value, Fraction(a) / Fraction(top, bottom))


def as_fraction(rng: Random, lang: str) -> Draft:
    """a of n things, as a fraction in lowest terms."""
    n = rng.choice([6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30])
    a = rng.choice([k for k in range(2, n) if gcd(k, n) > 1])
    head = say(lang, f"{a} de un total de {n}", f"{a} of {n}")
    value = Fraction(a, n)
    fields = people(rng, lang) | {"a": a, "n": n}
    check = 1 - Fraction(n - a, n)
    return Draft(fields, (f"{head}: {reduce(a, n)}",), value, check, answer=frac(value))


def sum_story(rng: Random, lang: str) -> Draft:
    """Two parts of the same whole: together, or what both leave."""
    while True:
        (a, b), (c, d) = proper(rng, EASY), proper(rng, (*EASY, 6, 8, 10))
        common = b * d // gcd(b, d)
        if common <= 24 and Fraction(a, b) + Fraction(c, d) < 1:
            break
    x, z = a * (common // b), c * (common // d)
    text = f"{a}/{b} + {c}/{d}"
    chain = f"{text} = {reduce(x + z, common)}"
    if b != d:
        chain = f"{text} = {x}/{common} + {z}/{common} = {reduce(x + z, common)}"
    fields = people(rng, lang) | {"a": f"{a}/{b}", "b": f"{c}/{d}"}
    head = say(lang, "Las dos partes", "Both parts")
    both = Fraction(x + z, common)
    if rng.random() < 0.5:
        check = Fraction(a, b) + Fraction(c, d)
        return Draft(fields, (f"{head}: {chain}",), both, check, answer=frac(both), variant="both")
    rest = Fraction(both.denominator - both.numerator, both.denominator)
    left = say(lang, "Falta hasta 1", "Up to 1")
    steps = (f"{head}: {chain}", f"{left}: 1 {MINUS} {frac(both)} = {frac(rest)}")
    check = 1 - Fraction(a, b) - Fraction(c, d)
    return Draft(fields, steps, rest, check, answer=frac(rest), variant="rest")


def fraction_of_fraction(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = proper(rng, EASY), proper(rng, EASY)
    text = f"{a}/{b} {TIMES} {c}/{d}"
    head = say(lang, f"{a}/{b} de {c}/{d} es multiplicar", f"{a}/{b} of {c}/{d} means multiplying")
    value = Fraction(a * c, b * d)
    fields = people(rng, lang) | {"a": f"{a}/{b}", "b": f"{c}/{d}"}
    check = Fraction(a, b) * Fraction(c, d)
    return Draft(fields, (f"{head}: {text} = {reduce(a * c, b * d)}",), value, check, answer=frac(value))


ASKED = Chapter("fraction_parts")
_PRIMARY, _LOWER = ("fractions", "primary"), ("fractions", "lower_secondary")
FAMILIES = (
    Family("fraction_of_quantity", *_PRIMARY, of_quantity, ASKED["of_quantity"]),
    Family("fraction_part_story", *_PRIMARY, part_story, ASKED["part_story"], weight=1.2),
    Family("whole_from_fraction", *_LOWER, whole_from_part, ASKED["whole"]),
    Family("part_as_fraction", *_PRIMARY, as_fraction, ASKED["as_fraction"], weight=0.8),
    Family("fractions_story", *_LOWER, sum_story, ASKED["sum_story"]),
    Family(
        "fraction_of_fraction", *_LOWER, fraction_of_fraction, ASKED["of_fraction"], weight=0.7, unseen=True
    ),
)
