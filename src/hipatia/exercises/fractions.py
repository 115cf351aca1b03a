"""Calculation with fractions: sums, products, quotients, lowest terms, decimals, comparison."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .core import Draft, Family
from .drawing import SMALL
from .questions import Chapter
from .steps import DIVIDE, TIMES, reduce
from .wording import MINUS, frac, num, say

EASY = (2, 3, 4, 5)
ANY = (2, 3, 4, 5, 6, 8, 10)


def proper(rng: Random, bottoms: tuple[int, ...] | None = None) -> tuple[int, int]:
    """Top and bottom of a fraction below 1 in lowest terms, mostly of a small denominator."""
    choice = bottoms or (EASY if rng.random() < SMALL else ANY)
    while True:
        bottom = rng.choice(choice)
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
    head = say(lang, "Igual denominador, operamos arriba", "Same denominator, we work at the top")
    steps = (f"{head}: {a} {sign} {c} = {top}", f"{text} = {reduce(top, bottom)}")
    check = Fraction(a, bottom) + (1 if plus else -1) * Fraction(c, bottom)
    value = Fraction(top, bottom)
    return Draft({"e": text}, steps, value, check, answer=frac(value))


def different_denominators(rng: Random, lang: str) -> Draft:
    while True:
        (a, b), (c, d) = proper(rng), proper(rng)
        common = b * d // gcd(b, d)
        if b != d and common <= 40:
            break
    plus = rng.random() < 0.6
    if not plus and Fraction(a, b) < Fraction(c, d):
        (a, b), (c, d) = (c, d), (a, b)
    x, z = a * (common // b), c * (common // d)
    sign, top = ("+", x + z) if plus else (MINUS, x - z)
    text = f"{a}/{b} {sign} {c}/{d}"
    head = say(lang, f"Denominador común {common}", f"Common denominator {common}")
    changed = [f"{p}/{q} = {r}/{common}" for p, q, r in ((a, b, x), (c, d, z)) if q != common]
    word = say(lang, " y ", " and ")
    steps = (
        f"{head}: {word.join(changed)}",
        f"{text} = {x}/{common} {sign} {z}/{common} = {reduce(top, common)}",
    )
    value = Fraction(top, common)
    check = Fraction(a * d + c * b if plus else a * d - c * b, b * d)
    return Draft({"e": text}, steps, value, check, answer=frac(value))


def product(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = proper(rng), proper(rng)
    if rng.random() < 0.3:
        c, d = rng.randint(2, 8), 1
    shown = f"{c}/{d}" if d > 1 else str(c)
    text = f"{a}/{b} {TIMES} {shown}"
    up, down = f"{a} {TIMES} {c} = {a * c}", f"{b} {TIMES} {d} = {b * d}"
    steps = [f"{say(lang, 'Arriba', 'Top')}: {up}"]
    if d > 1:
        steps.append(f"{say(lang, 'Abajo', 'Bottom')}: {down}")
    steps.append(f"{text} = {reduce(a * c, b * d)}")
    value = Fraction(a * c, b * d)
    return Draft({"e": text}, tuple(steps), value, Fraction(a, b) * Fraction(c, d), answer=frac(value))


def quotient(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = proper(rng), proper(rng)
    text = f"({a}/{b}) {DIVIDE} ({c}/{d})"
    shown = f"{a}/{b} {say(lang, ':', DIVIDE)} {c}/{d}"
    head = say(lang, f"La inversa de {c}/{d} es {d}/{c}", f"The inverse of {c}/{d} is {d}/{c}")
    value = Fraction(a * d, b * c)
    step = f"{head}: {text} = {a}/{b} {TIMES} {d}/{c} = {reduce(a * d, b * c)}"
    return Draft({"e": shown}, (step,), value, Fraction(a, b) / Fraction(c, d), answer=frac(value))


def with_whole(rng: Random, lang: str) -> Draft:
    """A whole number plus or minus a fraction; what is missing from a whole."""
    (top, bottom), n = proper(rng, ANY), rng.choice([1, 1, 2, 3, 4, 5])
    minus = n == 1 or rng.random() < 0.5
    sign = MINUS if minus else "+"
    result = n * bottom - top if minus else n * bottom + top
    text = f"{n} {sign} {top}/{bottom}"
    head = say(lang, f"{n} en {bottom} partes son {n * bottom}/{bottom}", f"{n} is {n * bottom}/{bottom}")
    steps = (f"{head}: {text} = {n * bottom}/{bottom} {sign} {top}/{bottom} = {reduce(result, bottom)}",)
    value = Fraction(result, bottom)
    check = n - Fraction(top, bottom) if minus else n + Fraction(top, bottom)
    fields = {"e": text, "f": f"{top}/{bottom}"}
    story = n == 1 and rng.random() < 0.7
    return Draft(fields, steps, value, check, answer=frac(value), variant="left" if story else "plain")


def simplify(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng, (2, 3, 4, 5, 6, 7, 8, 9))
    k = rng.randint(2, 5) if rng.random() < SMALL else rng.randint(6, 12)
    text = f"{top * k}/{bottom * k}"
    head = say(lang, f"Dividimos arriba y abajo entre {k}", f"We divide top and bottom by {k}")
    steps = (
        f"{head}: {top * k} {DIVIDE} {k} = {top} {say(lang, 'y', 'and')} {bottom * k} {DIVIDE} {k} = {bottom}",
        f"{text} = {top}/{bottom}",
    )
    value, answer = Fraction(top, bottom), f"{top}/{bottom}"
    return Draft({"e": text}, steps, value, Fraction(top * k, bottom * k), answer=answer)


def equivalent(rng: Random, lang: str) -> Draft:
    """The missing term of a/b = ?/d."""
    top, bottom = proper(rng, (2, 3, 4, 5, 6, 7, 8))
    k = rng.randint(2, 5) if rng.random() < SMALL else rng.randint(6, 11)
    if rng.random() < 0.6:
        fields = {"e": f"{top}/{bottom} = x/{bottom * k}", "f": f"{top}/{bottom}", "n": bottom * k}
        head = say(lang, f"De {bottom} a {bottom * k}", f"From {bottom} to {bottom * k}")
        first, second, value, variant = f"{bottom * k} {DIVIDE} {bottom} = {k}", top, top * k, "top"
    else:
        fields = {"e": f"{top}/{bottom} = {top * k}/x", "f": f"{top}/{bottom}", "n": top * k}
        head = say(lang, f"De {top} a {top * k}", f"From {top} to {top * k}")
        first, second, value, variant = f"{top * k} {DIVIDE} {top} = {k}", bottom, bottom * k, "bottom"
    steps = (
        f"{head}: {first}",
        f"{say(lang, 'Multiplicamos por lo mismo', 'We multiply by the same')}: {second} {TIMES} {k} = {value}",
    )
    whole = Fraction(top, bottom)
    check = whole * (bottom * k) if variant == "top" else Fraction(top * k) / whole
    return Draft(fields, steps, value, check, variant=variant)


def fraction_to_decimal(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng, (2, 4, 5, 10) if rng.random() < SMALL else (8, 20, 25))
    scale = next(s for s in (10, 100, 1000) if s % bottom == 0)
    k = scale // bottom
    value = Fraction(top * k, scale)
    text = f"{top}/{bottom}"
    middle = f"{text} = {top * k}/{scale}" if k > 1 else text
    head = say(lang, f"La llevamos a denominador {scale}", f"We bring it to the denominator {scale}")
    step = f"{head}: {middle} = {num(value, lang)}"
    return Draft({"e": text}, (step,), value, Fraction(top, bottom))


def decimal_to_fraction(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng, (2, 4, 5, 10) if rng.random() < SMALL else (4, 20, 25))
    whole = rng.choice([0, 0, 0, 1, 2])
    value = Fraction(top, bottom) + whole
    scale = next(s for s in (10, 100) if s % bottom == 0)
    text = num(value, lang)
    digits = int(value * scale)
    places = len(str(scale)) - 1
    head = say(
        lang,
        f"{places} {'decimal' if places == 1 else 'decimales'}, dividimos entre {scale}",
        f"{places} decimal{'' if places == 1 else 's'}, over {scale}",
    )
    check = whole + Fraction(top, bottom)
    return Draft(
        {"e": text}, (f"{head}: {text} = {reduce(digits, scale)}",), value, check, answer=frac(value)
    )


def mixed_number(rng: Random, lang: str) -> Draft:
    """2 3/4 as 11/4."""
    (top, bottom), n = proper(rng, ANY), rng.randint(2, 6)
    steps = (
        f"{say(lang, 'Entero por denominador', 'Whole times denominator')}: {n} {TIMES} {bottom} = {n * bottom}",
        f"{say(lang, 'Más el numerador', 'Plus the numerator')}: {n * bottom} + {top} = {n * bottom + top}",
        say(lang, f"Queda {n * bottom + top}/{bottom}.", f"It is {n * bottom + top}/{bottom}."),
    )
    value = Fraction(n * bottom + top, bottom)
    fields = {"n": n, "f": f"{top}/{bottom}"}
    return Draft(fields, steps, value, n + Fraction(top, bottom), answer=frac(value))


def compare(rng: Random, lang: str) -> Draft:
    while True:
        (a, b), (c, d) = proper(rng), proper(rng)
        common = b * d // gcd(b, d)
        if (b != d or rng.random() < 0.2) and Fraction(a, b) != Fraction(c, d) and common <= 40:
            break
    x, z = a * (common // b), c * (common // d)
    greater = rng.random() < 0.6
    first = (x > z) == greater
    answer = f"{a}/{b}" if first else f"{c}/{d}"
    head = say(lang, f"Denominador común {common}", f"Common denominator {common}")
    changed = [f"{p}/{q} = {r}/{common}" for p, q, r in ((a, b, x), (c, d, z)) if q != common]
    word, larger = say(lang, " y ", " and "), max(x, z)
    end = say(lang, f"{larger} es más que {min(x, z)}.", f"{larger} is more than {min(x, z)}.")
    steps = (f"{head}: {word.join(changed)}", end) if changed else (end,)
    if b == d:
        same = say(lang, "Igual denominador, miramos arriba", "Same denominator, we look at the top")
        steps = (f"{same}: {end}",)
    fractions = (Fraction(a, b), Fraction(c, d))
    value = fractions[0] if first else fractions[1]
    check = max(fractions) if greater else min(fractions)
    fields = {"a": f"{a}/{b}", "b": f"{c}/{d}"}
    return Draft(fields, steps, value, check, answer=answer, variant="greater" if greater else "smaller")


ASKED = Chapter("fractions")
_PRIMARY, _LOWER = ("fractions", "primary"), ("fractions", "lower_secondary")
FAMILIES = (
    Family("fractions_same_denominator", *_PRIMARY, same_denominator, ASKED["fraction_plain"]),
    Family("fractions_sum", *_LOWER, different_denominators, ASKED["fraction_plain"], weight=1.5),
    Family("fractions_product", *_LOWER, product, ASKED["fraction_plain"]),
    Family("fractions_quotient", *_LOWER, quotient, ASKED["fraction_plain"], unseen=True),
    Family("fraction_and_whole", *_LOWER, with_whole, ASKED["with_whole"], weight=0.8),
    Family("simplify_fraction", *_PRIMARY, simplify, ASKED["simplify"]),
    Family("equivalent_fraction", *_PRIMARY, equivalent, ASKED["equivalent"], weight=0.7),
    Family("fraction_to_decimal", *_PRIMARY, fraction_to_decimal, ASKED["to_decimal"]),
    Family(
        "decimal_to_fraction", *_LOWER, decimal_to_fraction, ASKED["to_fraction"], weight=0.7, unseen=True
    ),
    Family("mixed_number", *_PRIMARY, mixed_number, ASKED["mixed"], weight=0.7),
    Family("compare_fractions", *_PRIMARY, compare, ASKED["compare"], weight=0.7),
)
