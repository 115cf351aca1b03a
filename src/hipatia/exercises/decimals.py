"""Decimal numbers: sums, products, divisions, tens and hundreds, rounding."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import SMALL, mostly
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say


def _decimal(rng: Random, small: tuple[int, int], large: tuple[int, int]) -> Fraction:
    """A number with one decimal of the first range of tenths, or with two of the second of hundredths."""
    while True:
        value = (
            Fraction(rng.randint(*small), 10) if rng.random() < SMALL else Fraction(rng.randint(*large), 100)
        )
        if value.denominator > 1:
            return value


def decimals_sum(rng: Random, lang: str) -> Draft:
    a = rng.choice([_decimal(rng, (2, 99), (105, 1200)), Fraction(rng.randint(2, 20))])
    b = _decimal(rng, (2, 60), (15, 900))
    if rng.random() < 0.55:
        a, b = (a, b) if rng.random() < 0.7 else (b, a)
        value, text, check = a + b, f"{num(a, lang)} + {num(b, lang)}", Fraction(int(a * 100 + b * 100), 100)
        head = say(lang, "Sumamos con la coma alineada", "We add with the points in line")
    else:
        a, b = max(a, b) + 1, min(a, b)
        text = f"{num(a, lang)} {MINUS} {num(b, lang)}"
        value, check = a - b, Fraction(int(a * 100 - b * 100), 100)
        head = say(lang, "Restamos con la coma alineada", "We subtract with the points in line")
    return Draft({"e": text}, (f"{head}: {text} = {num(value, lang)}",), value, check)


def decimals_product(rng: Random, lang: str) -> Draft:
    """A decimal by a whole number or by a decimal, first without the comma."""
    a, b = _decimal(rng, (2, 35), (11, 90)), Fraction(mostly(rng, (2, 6), (3, 9)))
    if rng.random() < 0.3:
        b = Fraction(rng.randint(2, 9), 10)
    whole_a, whole_b = _digits(a), _digits(b)
    shift = int(whole_a / a * whole_b / b)
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    text = f"{num(a, lang)} {TIMES} {num(b, lang)}"
    plain = say(lang, "Sin la coma", "Without the point")
    places = len(str(shift)) - 1
    back = say(
        lang,
        f"Con {places} {'decimal' if places == 1 else 'decimales'}",
        f"With {places} decimal{'' if places == 1 else 's'}",
    )
    steps = (
        f"{plain}: {whole_a} {TIMES} {whole_b} = {whole_a * whole_b}",
        f"{back}: {text} = {num(a * b, lang)}",
    )
    return Draft({"e": text}, steps, a * b, Fraction(whole_a * whole_b, shift))


def _digits(value: Fraction) -> int:
    """2.5 without its point: 25."""
    return int(value * next(scale for scale in (1, 10, 100) if (value * scale).denominator == 1))


def decimals_quotient(rng: Random, lang: str) -> Draft:
    """A decimal divided by a whole number, or by a decimal made whole first."""
    b, q = rng.randint(2, 9), _decimal(rng, (2, 35), (105, 400))
    if rng.random() < 0.6:
        a = b * q
        text = f"{num(a, lang)} {DIVIDE} {b}"
        steps: tuple[str, ...] = (f"{text} = {num(q, lang)}",)
        head = say(lang, f"Dividimos entre {b}", f"We divide by {b}")
        return Draft({"e": text}, (f"{head}: {steps[0]}",), q, Fraction(a) / b)
    divisor, value = Fraction(b, 10), mostly(rng, (2, 12), (11, 40))
    a = divisor * value
    text = f"{num(a, lang)} {DIVIDE} {num(divisor, lang)}"
    head = say(lang, "Multiplicamos los dos por 10", "We multiply both by 10")
    chain = f"{text} = {num(a * 10, lang)} {DIVIDE} {b} = {value}"
    return Draft({"e": text}, (f"{head}: {chain}",), value, a / divisor)


def powers_of_ten(rng: Random, lang: str) -> Draft:
    scale = rng.choice([10, 10, 100, 100, 1000])
    a = rng.choice([_decimal(rng, (2, 400), (11, 4000)), Fraction(rng.randint(2, 90))])
    places = len(str(scale)) - 1
    by = rng.random() < 0.55
    value = a * scale if by else a / scale
    if value.denominator > 10000:
        return powers_of_ten(rng, lang)
    text = f"{num(a, lang)} {TIMES if by else DIVIDE} {scale}"
    es = f"{places} {'lugar' if places == 1 else 'lugares'}"
    en = f"{places} place{'' if places == 1 else 's'}"
    side_es, side_en = ("la derecha", "right") if by else ("la izquierda", "left")
    head = say(lang, f"La coma se mueve {es} a {side_es}", f"The point moves {en} to the {side_en}")
    check = a / Fraction(1, scale) if by else a * Fraction(1, scale)
    fields = {"e": text, "a": num(a, lang), "k": scale} | _TEN_VERBS[lang, by]
    return Draft(fields, (f"{head}: {text} = {num(value, lang)}",), value, check)


_TEN_VERBS = {
    ("es", True): {"do": "Multiplica", "do_now": "multiplica", "does": "multiplica", "by": "por"},
    ("es", False): {"do": "Divide", "do_now": "divide", "does": "divide", "by": "entre"},
    ("en", True): {"do": "Multiply", "do_now": "multiply", "done": "multiplied"},
    ("en", False): {"do": "Divide", "do_now": "divide", "done": "divided"},
}


_ORDERS = {
    "unit": ("las unidades", "the nearest unit", Fraction(1), Fraction(1, 10)),
    "tenth": ("las décimas", "the nearest tenth", Fraction(1, 10), Fraction(1, 100)),
    "ten": ("las decenas", "the nearest ten", Fraction(10), Fraction(1)),
    "hundred": ("las centenas", "the nearest hundred", Fraction(100), Fraction(10)),
}


def rounding(rng: Random, lang: str) -> Draft:
    es, en, unit, below = rng.choice(list(_ORDERS.values()))
    whole, digit = rng.randint(2, 60), rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 9])
    a = whole * unit + digit * below
    up = digit >= 5
    value = (whole + up) * unit
    if lang == "es":
        rule = "5 o más: sumamos 1" if up else "menos de 5: no cambia"
        head = f"La cifra siguiente es {digit} ({rule})"
    else:
        rule = "5 or more: one up" if up else "less than 5: it stays"
        head = f"The next digit is {digit} ({rule})"
    check = min((k * unit for k in range(whole, whole + 2)), key=lambda k: (abs(k - a), -k))
    fields = {"a": num(a, lang), "es": es, "en": en}
    near = say(lang, "queda", "it gives")
    return Draft(fields, (f"{head}; {near} {num(value, lang)}.",), value, check)


ASKED = Chapter("decimals")
_PRIMARY, _LOWER = ("numbers", "primary"), ("numbers", "lower_secondary")
FAMILIES = (
    Family("decimals_sum", *_PRIMARY, decimals_sum, ASKED["plain"]),
    Family("decimals_product", *_PRIMARY, decimals_product, ASKED["plain"]),
    Family("decimals_quotient", *_LOWER, decimals_quotient, ASKED["plain"], weight=0.8),
    Family("powers_of_ten", *_PRIMARY, powers_of_ten, ASKED["tens"], weight=0.8),
    Family("rounding", *_PRIMARY, rounding, ASKED["rounding"], weight=0.7, unseen=True),
)
