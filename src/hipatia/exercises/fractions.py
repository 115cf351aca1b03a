"""Fractions: sums, products, parts of a quantity, lowest terms."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES, divide, reduce, times
from .wording import MINUS, frac, num, say


def _proper(rng: Random, bottoms: tuple[int, ...] = (2, 3, 4, 5, 6, 8, 10)) -> tuple[int, int]:
    while True:
        bottom = rng.choice(bottoms)
        top = rng.randint(1, bottom - 1)
        if gcd(top, bottom) == 1:
            return top, bottom


def same_denominator(rng: Random, lang: str) -> Draft:
    bottom = rng.randint(3, 12)
    a, c = rng.randint(1, bottom - 1), rng.randint(1, bottom - 1)
    plus = rng.random() < 0.6 or a == c
    a, c = (a, c) if plus else (max(a, c), min(a, c))
    sign, top = ("+", a + c) if plus else (MINUS, a - c)
    text = f"{a}/{bottom} {sign} {c}/{bottom}"
    head = say(lang, "El denominador es el mismo", "The denominator is the same")
    value = Fraction(top, bottom)
    check = Fraction(a, bottom) + (1 if plus else -1) * Fraction(c, bottom)
    return Draft({"e": text}, (f"{head}: {text} = {reduce(top, bottom)}",), value, check, answer=frac(value))


def different_denominators(rng: Random, lang: str) -> Draft:
    while True:
        (a, b), (c, d) = _proper(rng), _proper(rng)
        common = b * d // gcd(b, d)
        if b != d and common <= 40:
            break
    plus = rng.random() < 0.6
    if not plus and Fraction(a, b) < Fraction(c, d):
        (a, b), (c, d) = (c, d), (a, b)
    x, z = a * (common // b), c * (common // d)
    sign, top = ("+", x + z) if plus else (MINUS, x - z)
    text = f"{a}/{b} {sign} {c}/{d}"
    head = say(lang, f"Con denominador común {common} queda", f"With the common denominator {common}, it is")
    chain = f"{text} = {x}/{common} {sign} {z}/{common} = {reduce(top, common)}"
    value = Fraction(top, common)
    check = Fraction(a * d + c * b if plus else a * d - c * b, b * d)
    return Draft({"e": text}, (f"{head}: {chain}",), value, check, answer=frac(value))


def product(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = _proper(rng), _proper(rng)
    text = f"{a}/{b} {TIMES} {c}/{d}"
    head = say(
        lang, "Numerador por numerador y denominador por denominador", "Top by top and bottom by bottom"
    )
    value = Fraction(a * c, b * d)
    step = f"{head}: {text} = {reduce(a * c, b * d)}"
    return Draft({"e": text}, (step,), value, Fraction(a, b) * Fraction(c, d), answer=frac(value))


def quotient(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = _proper(rng), _proper(rng)
    text = f"({a}/{b}) {DIVIDE} ({c}/{d})"
    shown = f"{a}/{b} {say(lang, ':', DIVIDE)} {c}/{d}"
    head = say(lang, "Multiplicamos por la inversa", "We multiply by the inverse")
    value = Fraction(a * d, b * c)
    step = f"{head}: {text} = {a}/{b} {TIMES} {d}/{c} = {reduce(a * d, b * c)}"
    return Draft({"e": shown}, (step,), value, Fraction(a, b) / Fraction(c, d), answer=frac(value))


def of_quantity(rng: Random, lang: str) -> Draft:
    top, bottom = _proper(rng)
    a = bottom * rng.randint(2, 20)
    part = divide(a, bottom, lang)
    steps, value = [part.text], part.value
    if top > 1:
        whole = times(top, int(part.value), lang)
        steps, value = [*steps, whole.text], whole.value
    return Draft({"f": f"{top}/{bottom}", "a": a}, tuple(steps), value, a * Fraction(top, bottom))


def simplify(rng: Random, lang: str) -> Draft:
    top, bottom = _proper(rng, (2, 3, 4, 5, 6, 7, 8, 9))
    k = rng.randint(2, 9)
    text = f"{top * k}/{bottom * k}"
    head = say(lang, f"Dividimos entre {k} arriba y abajo", f"We divide by {k} at the top and at the bottom")
    value = Fraction(top, bottom)
    answer = f"{top}/{bottom}"
    return Draft(
        {"e": text}, (f"{head}: {text} = {answer}",), value, Fraction(top * k, bottom * k), answer=answer
    )


def fraction_to_decimal(rng: Random, lang: str) -> Draft:
    top, bottom = _proper(rng, (2, 4, 5, 8, 10, 20))
    scale = next(s for s in (10, 100, 1000) if s % bottom == 0)
    k = scale // bottom
    value = Fraction(top * k, scale)
    text = f"{top}/{bottom}"
    middle = f"{text} = {top * k}/{scale}" if k > 1 else text
    return Draft({"e": text}, (f"{middle} = {num(value, lang)}",), value, Fraction(top, bottom))


FRACTION_PLAIN = {
    "es": (
        "Calcula {e}.",
        "¿Cuánto es {e}?",
        "Halla {e} y simplifica el resultado.",
        "Calcula y simplifica: {e}",
        "¿Cuál es el resultado de {e}?",
        "Opera con fracciones: {e}",
        "Resuelve {e} y da la fracción irreducible.",
        "Efectúa la operación {e}.",
    ),
    "en": (
        "Calculate {e}.",
        "What is {e}?",
        "Work out {e} and simplify the result.",
        "Calculate and simplify: {e}",
        "What is the result of {e}?",
        "Find {e} in lowest terms.",
    ),
}
OF_QUANTITY = {
    "es": (
        "¿Cuánto es {f} de {a}?",
        "Calcula {f} de {a}.",
        "Halla {f} de {a}.",
        "Calcula la fracción {f} de la cantidad {a}.",
        "¿Qué número es {f} de {a}?",
        "Si el total es {a}, ¿cuánto es {f} del total?",
    ),
    "en": (
        "What is {f} of {a}?",
        "Calculate {f} of {a}.",
        "Find {f} of {a}.",
        "Work out the fraction {f} of the amount {a}.",
        "Which number is {f} of {a}?",
        "If the whole is {a}, how much is {f} of it?",
    ),
}
SIMPLIFY = {
    "es": (
        "Simplifica la fracción {e}.",
        "Escribe {e} como fracción irreducible.",
        "Reduce {e} a su forma más simple.",
        "¿Cuál es la fracción irreducible equivalente a {e}?",
        "Simplifica {e} todo lo posible.",
        "Halla la fracción irreducible de {e}.",
    ),
    "en": (
        "Simplify the fraction {e}.",
        "Write {e} in lowest terms.",
        "Reduce {e} to its simplest form.",
        "Which fraction in lowest terms equals {e}?",
        "Simplify {e} as far as possible.",
        "Find the simplest form of {e}.",
    ),
}
TO_DECIMAL = {
    "es": (
        "Escribe {e} como número decimal.",
        "¿Qué número decimal es {e}?",
        "Pasa la fracción {e} a decimal.",
        "Expresa {e} en forma decimal.",
        "Convierte {e} en un número decimal.",
        "¿Cuál es la expresión decimal de {e}?",
    ),
    "en": (
        "Write {e} as a decimal.",
        "Which decimal number is {e}?",
        "Turn the fraction {e} into a decimal.",
        "Express {e} in decimal form.",
        "Convert {e} to a decimal number.",
        "What is the decimal expression of {e}?",
    ),
}

_PRIMARY, _LOWER = ("fractions", "primary"), ("fractions", "lower_secondary")
FAMILIES = (
    Family("fractions_same_denominator", *_PRIMARY, same_denominator, FRACTION_PLAIN),
    Family("fractions_sum", *_LOWER, different_denominators, FRACTION_PLAIN, weight=1.5),
    Family("fractions_product", *_LOWER, product, FRACTION_PLAIN),
    Family("fractions_quotient", *_LOWER, quotient, FRACTION_PLAIN, unseen=True),
    Family("fraction_of_quantity", *_PRIMARY, of_quantity, OF_QUANTITY),
    Family("simplify_fraction", *_PRIMARY, simplify, SIMPLIFY),
    Family("fraction_to_decimal", *_PRIMARY, fraction_to_decimal, TO_DECIMAL),
)
