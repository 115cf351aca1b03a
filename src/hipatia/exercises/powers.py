"""Powers and roots."""

from __future__ import annotations

from math import isqrt
from random import Random

from .core import Draft, Family
from .polynomials import power
from .steps import TIMES, add, sub
from .wording import MINUS, num, say


def power_value(rng: Random, lang: str) -> Draft:
    small, cube, rest = (rng.randint(2, 15), 2), (rng.randint(2, 10), 3), (2, rng.randint(4, 6))
    base, exponent = rng.choice([small, cube, rest, (3, 4), (10, rng.randint(2, 6)), (5, 4)])
    product = f"{power(base, exponent)} = {f' {TIMES} '.join([str(base)] * exponent)}"
    fields = {"e": power(base, exponent), "b": base, "n": exponent}
    if exponent == 2 or base == 10:
        return Draft(fields, (f"{product} = {base**exponent}",), base**exponent, int(f"{base}") ** exponent)
    steps, value = [product], base
    for _ in range(exponent - 1):
        steps.append(f"{value} {TIMES} {base} = {value * base}")
        value *= base
    return Draft(fields, tuple(steps), value, base**exponent)


def square_root(rng: Random, lang: str) -> Draft:
    root = rng.randint(2, 20)
    square = root * root
    step = f"{root} {TIMES} {root} = {square}"
    head = say(
        lang, f"Buscamos el número que al cuadrado da {square}", f"The number whose square is {square}"
    )
    return Draft({"a": square}, (f"{head}: {step}", f"√{square} = {root}"), root, isqrt(square))


def _powers(rng: Random) -> tuple[int, int, int]:
    return rng.randint(2, 9), rng.randint(2, 6), rng.randint(2, 5)


def same_base_product(rng: Random, lang: str) -> Draft:
    base, m, n = _powers(rng)
    text = f"{power(base, m)} {TIMES} {power(base, n)}"
    head = say(lang, "Misma base, se suman los exponentes", "Same base, the exponents are added")
    total = add(m, n, lang)
    steps = (f"{head}: {total}", f"{text} = {power(base, int(total.value))}")
    return Draft(
        {"e": text}, steps, base ** int(total.value), base**m * base**n, answer=power(base, int(total.value))
    )


def same_base_quotient(rng: Random, lang: str) -> Draft:
    base, m, n = _powers(rng)
    m += n
    text = f"{power(base, m)} ÷ {power(base, n)}"
    head = say(lang, "Misma base, se restan los exponentes", "Same base, the exponents are subtracted")
    rest = sub(m, n, lang)
    steps = (f"{head}: {rest}", f"{text} = {power(base, int(rest.value))}")
    return Draft(
        {"e": text}, steps, base ** int(rest.value), base**m // base**n, answer=power(base, int(rest.value))
    )


def power_of_power(rng: Random, lang: str) -> Draft:
    base, m, n = rng.randint(2, 9), rng.randint(2, 5), rng.randint(2, 4)
    text = f"({power(base, m)}){power('', n)}"
    head = say(lang, "Se multiplican los exponentes", "The exponents are multiplied")
    steps = (f"{head}: {m} {TIMES} {n} = {m * n}", f"{text} = {power(base, m * n)}")
    return Draft({"e": text}, steps, base ** (m * n), (base**m) ** n, answer=power(base, m * n))


def powers_mixed(rng: Random, lang: str) -> Draft:
    """Sums and differences of squares, cubes and roots."""
    a, b = rng.randint(2, 10), rng.randint(2, 10)
    shape = rng.randrange(4)
    if shape == 0:
        text, middle, value, check = (
            f"{a}² + {b}²",
            f"{a * a} + {b * b}",
            a * a + b * b,
            (a + b) ** 2 - 2 * a * b,
        )
    elif shape == 1:
        text, middle = f"{a}² {MINUS} {b}", f"{a * a} {MINUS} {b}"
        value, check = a * a - b, a**2 - b
    elif shape == 2:
        text, middle = f"√{a * a} + {b}²", f"{a} + {b * b}"
        value, check = a + b * b, isqrt(a * a) + b**2
    else:
        a = rng.randint(2, 5)
        text, middle = f"2 {TIMES} {a}³", f"2 {TIMES} {a**3}"
        value, check = 2 * a**3, a**3 + a * a * a
    return Draft({"e": text}, (f"{text} = {middle} = {num(value, lang)}",), value, check)


_SIMPLE = {
    "es": (
        "Calcula {e}.",
        "¿Cuánto es {e}?",
        "Halla el valor de {e}.",
        "¿Cuál es el resultado de {e}?",
        "Calcula el valor de la expresión {e}.",
        "Resuelve: {e}",
    ),
    "en": (
        "Calculate {e}.",
        "What is {e}?",
        "Find the value of {e}.",
        "What is the result of {e}?",
        "Work out {e}.",
        "Evaluate {e}.",
    ),
}
POWER_VALUE = {
    "es": (
        "Calcula {e}.",
        "¿Cuánto es {e}?",
        "Halla el valor de la potencia {e}.",
        "¿Cuánto vale {b} elevado a {n}?",
        "Calcula la potencia de base {b} y exponente {n}.",
        "Escribe como número: {e}",
        "¿Cuál es el resultado de {e}?",
        "Calcula {b}^{n}.",
    ),
    "en": (
        "Calculate {e}.",
        "What is {e}?",
        "Find the value of the power {e}.",
        "What is {b} to the power of {n}?",
        "Calculate the power with base {b} and exponent {n}.",
        "Work out {b}^{n}.",
    ),
}
SQUARE_ROOT = {
    "es": (
        "Calcula √{a}.",
        "¿Cuál es la raíz cuadrada de {a}?",
        "Halla la raíz cuadrada de {a}.",
        "¿Qué número positivo elevado al cuadrado da {a}?",
        "¿Cuánto vale √{a}?",
        "Un cuadrado tiene {a} baldosas iguales en total. ¿Cuántas baldosas tiene cada lado?",
        "Resuelve: √{a} = ?",
    ),
    "en": (
        "Calculate √{a}.",
        "What is the square root of {a}?",
        "Find the square root of {a}.",
        "Which positive number has the square {a}?",
        "What is √{a}?",
        "A square is laid with {a} equal tiles. How many tiles are along each side?",
    ),
}
ONE_POWER = {
    "es": (
        "Escribe como una sola potencia: {e}",
        "Expresa {e} en forma de una única potencia.",
        "Simplifica {e} y da el resultado como potencia.",
        "¿Qué potencia resulta de {e}?",
        "Reduce a una sola potencia {e}.",
        "Usa las propiedades de las potencias para escribir {e} como una potencia.",
    ),
    "en": (
        "Write as a single power: {e}",
        "Express {e} as one power.",
        "Simplify {e} and give the result as a power.",
        "Which power results from {e}?",
        "Reduce {e} to a single power.",
        "Use the laws of powers to write {e} as one power.",
    ),
}

_LOWER = ("powers", "lower_secondary")
FAMILIES = (
    Family("power_value", *_LOWER, power_value, POWER_VALUE),
    Family("square_root", *_LOWER, square_root, SQUARE_ROOT),
    Family("same_base_product", *_LOWER, same_base_product, ONE_POWER, weight=0.8),
    Family("same_base_quotient", *_LOWER, same_base_quotient, ONE_POWER, weight=0.8, unseen=True),
    Family("power_of_power", *_LOWER, power_of_power, ONE_POWER, weight=0.6, unseen=True),
    Family("powers_mixed", *_LOWER, powers_mixed, _SIMPLE, weight=0.8),
)
