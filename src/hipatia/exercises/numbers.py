"""Calculation: the four operations, their order, decimals, negative numbers, divisibility."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from random import Random

from ..arithmetic import evaluate
from .core import Draft, Family
from .steps import DIVIDE, TIMES, add, divide, sub, times
from .wording import MINUS, num, say


def addition(rng: Random, lang: str) -> Draft:
    high = rng.choice([99, 99, 999])
    a, b = rng.randint(12, high), rng.randint(12, high)
    step = add(a, b, lang)
    return Draft({"a": a, "b": b}, (step.text,), step.value, b + a)


def subtraction(rng: Random, lang: str) -> Draft:
    high = rng.choice([99, 99, 999])
    a = rng.randint(25, high)
    b = rng.randint(11, a - 3)
    step = sub(a, b, lang)
    return Draft({"a": a, "b": b}, (step.text,), step.value, a - b)


def multiplication(rng: Random, lang: str) -> Draft:
    a, b = rng.choice([(rng.randint(11, 99), rng.randint(2, 9)), (rng.randint(11, 40), rng.randint(11, 25))])
    if rng.random() < 0.15:
        a, b = rng.randint(2, 9), rng.randint(3, 12)
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    step = times(a, b, lang)
    return Draft({"a": a, "b": b}, (step.text,), step.value, a * b)


def division(rng: Random, lang: str) -> Draft:
    b, q = rng.randint(2, 12), rng.choice([rng.randint(3, 12), rng.randint(11, 45)])
    step = divide(b * q, b, lang)
    fields = {"a": b * q, "b": b}
    return Draft(fields, (step.text,), step.value, q)


def remainder(rng: Random, lang: str) -> Draft:
    b, q = rng.randint(3, 9), rng.randint(3, 15)
    r = rng.randint(1, b - 1)
    a = b * q + r
    product = times(q, b, lang)
    rest = sub(a, int(product.value), lang)
    steps = (
        f"{say(lang, f'El cociente es {q}, pues', f'The quotient is {q}, since')} {product}",
        f"{say(lang, 'El resto es', 'The remainder is')}: {rest}",
    )
    return Draft({"a": a, "b": b}, steps, rest.value, a % b)


def order_of_operations(rng: Random, lang: str) -> Draft:
    a, b, c, d = rng.randint(3, 30), rng.randint(2, 9), rng.randint(2, 9), rng.randint(2, 12)
    shape = rng.randrange(7)
    if shape == 0:
        text, middle, value = f"{a} + {b} {TIMES} {c}", f"{a} + {b * c}", a + b * c
    elif shape == 1:
        a += b * c
        text, middle, value = f"{a} {MINUS} {b} {TIMES} {c}", f"{a} {MINUS} {b * c}", a - b * c
    elif shape == 2:
        text, middle, value = f"({d} + {b}) {TIMES} {c}", f"{d + b} {TIMES} {c}", (d + b) * c
    elif shape == 3:
        text, middle, value = f"{a} + {b * c} {DIVIDE} {b}", f"{a} + {c}", a + c
    elif shape == 4:
        text, middle = f"{b} {TIMES} {c} + {d} {TIMES} 2", f"{b * c} + {d * 2}"
        value = b * c + d * 2
    elif shape == 5:
        text, middle = f"{c} {TIMES} ({d + b} {MINUS} {b})", f"{c} {TIMES} {d}"
        value = c * d
    else:
        total = b * c
        first = rng.randint(1, total - 1)
        text, middle = f"({first} + {total - first}) {DIVIDE} {b}", f"{total} {DIVIDE} {b}"
        value = c
    check = evaluate(text)
    return Draft({"e": text}, (f"{text} = {middle} = {value}",), value, check)


def _multiples(number: int, last: int) -> str:
    return ", ".join(str(k) for k in range(number, last + 1, number))


def least_common_multiple(rng: Random, lang: str) -> Draft:
    while True:
        a, b = rng.randint(2, 15), rng.randint(3, 20)
        m = lcm(a, b)
        if a < b and m <= 60 and m // a <= 10 and (m > b or rng.random() < 0.2):
            break
    head = say(lang, "Múltiplos de", "Multiples of")
    steps = (
        f"{head} {b}: {_multiples(b, m)}",
        f"{head} {a}: {_multiples(a, m)}",
        say(lang, f"El primero que coincide es {m}.", f"The first one in both is {m}."),
    )
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    return Draft(
        {"a": a, "b": b}, steps, m, next(k for k in range(max(a, b), a * b + 1) if k % a == k % b == 0)
    )


def _divisors(number: int) -> list[int]:
    return [k for k in range(1, number + 1) if number % k == 0]


def greatest_common_divisor(rng: Random, lang: str) -> Draft:
    while True:
        g = rng.randint(2, 12)
        a, b = g * rng.randint(2, 7), g * rng.randint(2, 7)
        if a != b and max(a, b) <= 60 and len(_divisors(a)) + len(_divisors(b)) <= 16:
            break
    common = max(set(_divisors(a)) & set(_divisors(b)))
    head = say(lang, "Divisores de", "Divisors of")
    steps = (
        f"{head} {a}: {', '.join(map(str, _divisors(a)))}",
        f"{head} {b}: {', '.join(map(str, _divisors(b)))}",
        say(
            lang,
            f"El mayor que está en las dos listas es {common}.",
            f"The greatest in both lists is {common}.",
        ),
    )
    return Draft({"a": a, "b": b}, steps, common, gcd(a, b))


def negatives(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 20), rng.randint(2, 20)
    while a == b:
        b = rng.randint(2, 20)
    n = lambda value: num(value, lang)  # noqa: E731
    shape = rng.randrange(6)
    if shape == 0:
        text, value, check = f"{n(-a)} + {b}", b - a, -a + b
        chain = f"{text} = {n(value)}"
    elif shape == 1:
        text, value, check = f"{n(-a)} {MINUS} {b}", -(a + b), -a - b
        chain = f"{text} = {n(value)}"
    elif shape == 2:
        text, value, check = f"{a} {MINUS} ({n(-b)})", a + b, a - (-b)
        chain = f"{text} = {a} + {b} = {n(value)}"
    elif shape == 3:
        text, value, check = f"{n(-a)} + ({n(-b)})", -(a + b), -a + -b
        chain = f"{text} = {n(-a)} {MINUS} {b} = {n(value)}"
    elif shape == 4:
        a, b = rng.randint(2, 10), rng.randint(2, 10)
        text, value, check = f"({n(-a)}) {TIMES} {b}", -(a * b), sum([-a] * b)
        chain = f"{text} = {n(value)}"
    else:
        a, b = rng.randint(2, 10), rng.randint(2, 10)
        text, value, check = f"({n(-a)}) {TIMES} ({n(-b)})", a * b, -sum([-a] * b)
        chain = f"{text} = {a} {TIMES} {b} = {n(value)}"
    return Draft({"e": text}, (chain,), value, check)


def decimals_sum(rng: Random, lang: str) -> Draft:
    places = rng.choice([10, 10, 100])
    a = Fraction(rng.randint(places + 1, 20 * places), places)
    b = Fraction(rng.randint(places // 2, 12 * places), rng.choice([places, 10]))
    if rng.random() < 0.55:
        value, sign, check = a + b, "+", Fraction(int(a * 100) + int(b * 100), 100)
    else:
        a, b = max(a, b) + 1, min(a, b)
        value, sign, check = a - b, MINUS, Fraction(int(a * 100) - int(b * 100), 100)
    text = f"{num(a, lang)} {sign} {num(b, lang)}"
    return Draft({"e": text}, (f"{text} = {num(value, lang)}",), value, check)


def decimals_product(rng: Random, lang: str) -> Draft:
    tenths, b = rng.randint(11, 99), rng.randint(2, 9)
    while tenths % 10 == 0:
        tenths = rng.randint(11, 99)
    a = Fraction(tenths, 10)
    if rng.random() < 0.3:
        b = rng.choice([10, 100])
        value = a * b
        text = f"{num(a, lang)} {TIMES} {b}"
        return Draft({"e": text}, (f"{text} = {num(value, lang)}",), value, Fraction(tenths * b, 10))
    units, rest = tenths // 10, a - tenths // 10
    text = f"{num(a, lang)} {TIMES} {b}"
    value = units * b + rest * b
    chain = f"{text} = {units * b} + {num(rest * b, lang)} = {num(value, lang)}"
    return Draft({"e": text}, (chain,), value, Fraction(tenths * b, 10))


PLAIN = {
    "es": (
        "Calcula {e}.",
        "¿Cuánto es {e}?",
        "Halla el resultado de {e}.",
        "¿Cuál es el resultado de {e}?",
        "Resuelve esta operación: {e}.",
        "Efectúa: {e}",
        "Opera: {e}",
        "{e} = ?",
    ),
    "en": (
        "Calculate {e}.",
        "What is {e}?",
        "Find the result of {e}.",
        "What is the result of {e}?",
        "Work out: {e}",
        "{e} = ?",
    ),
}


def _operation(sign: str, spanish: tuple[str, ...], english: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The plain phrasings of ``a sign b`` and further ones in words."""
    more = {"es": spanish, "en": english}
    shown = f"{{a}} {sign} {{b}}"
    return {lang: (*(text.replace("{e}", shown) for text in PLAIN[lang]), *more[lang]) for lang in PLAIN}


ADDITION = _operation(
    "+",
    (
        "Suma {a} y {b}.",
        "¿Cuál es la suma de {a} y {b}?",
        "¿Qué número resulta de sumar {b} a {a}?",
        "¿Cuánto suman {a} y {b}?",
    ),
    ("Add {a} and {b}.", "What is the sum of {a} and {b}?"),
)
SUBTRACTION = _operation(
    MINUS,
    (
        "Resta {b} a {a}.",
        "¿Cuál es la diferencia entre {a} y {b}?",
        "A {a} réstale {b}. ¿Cuánto queda?",
        "¿Cuánto le falta a {b} para llegar a {a}?",
        "Calcula {a} - {b}.",
    ),
    ("Subtract {b} from {a}.", "What is the difference between {a} and {b}?"),
)
MULTIPLICATION = _operation(
    TIMES,
    (
        "Multiplica {a} por {b}.",
        "¿Cuál es el producto de {a} y {b}?",
        "¿Cuánto es {a} por {b}?",
        "Halla el producto {a} · {b}.",
    ),
    ("Multiply {a} by {b}.", "What is the product of {a} and {b}?", "What is {a} times {b}?"),
)
DIVISION = _operation(
    DIVIDE,
    (
        "Divide {a} entre {b}.",
        "¿Cuánto es {a} entre {b}?",
        "Halla el cociente de {a} y {b}.",
        "Calcula {a} : {b}.",
        "¿Cuántas veces cabe {b} en {a}?",
        "Calcula {a} / {b}.",
    ),
    ("Divide {a} by {b}.", "What is {a} divided by {b}?", "How many times does {b} go into {a}?"),
)
REMAINDER = {
    "es": (
        "¿Cuál es el resto de dividir {a} entre {b}?",
        "Halla el resto de la división {a} : {b}.",
        "Al dividir {a} entre {b}, ¿qué resto queda?",
        "Divide {a} entre {b} e indica el resto.",
        "¿Cuánto sobra si dividimos {a} entre {b}?",
        "Calcula el resto de {a} ÷ {b}.",
    ),
    "en": (
        "What is the remainder of {a} divided by {b}?",
        "Find the remainder of the division {a} ÷ {b}.",
        "When {a} is divided by {b}, what remainder is left?",
        "Divide {a} by {b} and give the remainder.",
        "How much is left over if we divide {a} by {b}?",
        "Calculate the remainder of {a} ÷ {b}.",
    ),
}
ORDER = {
    "es": (
        *PLAIN["es"],
        "Calcula respetando el orden de las operaciones: {e}",
        "Ten en cuenta la jerarquía de las operaciones y calcula {e}.",
    ),
    "en": (
        *PLAIN["en"],
        "Calculate in the right order: {e}",
        "Mind the order of operations and calculate {e}.",
    ),
}
LCM = {
    "es": (
        "Calcula el mínimo común múltiplo de {a} y {b}.",
        "Halla el mcm de {a} y {b}.",
        "¿Cuál es el mínimo común múltiplo de {a} y {b}?",
        "mcm({a}, {b}) = ?",
        "¿Cuál es el menor número que es múltiplo de {a} y de {b} a la vez?",
        "Un autobús pasa cada {a} minutos y otro cada {b}. Si salen juntos, "
        "¿cuántos minutos tardan en coincidir?",
        "Una luz parpadea cada {a} segundos y otra cada {b} segundos. Acaban de encenderse a la vez. "
        "¿Dentro de cuántos segundos volverán a coincidir?",
    ),
    "en": (
        "Find the least common multiple of {a} and {b}.",
        "What is the lcm of {a} and {b}?",
        "Calculate the least common multiple of {a} and {b}.",
        "lcm({a}, {b}) = ?",
        "What is the least number that is a multiple of both {a} and {b}?",
        "One bus leaves every {a} minutes and another every {b}. They leave together now. "
        "After how many minutes do they leave together again?",
    ),
}
GCD = {
    "es": (
        "Calcula el máximo común divisor de {a} y {b}.",
        "Halla el MCD de {a} y {b}.",
        "¿Cuál es el máximo común divisor de {a} y {b}?",
        "MCD({a}, {b}) = ?",
        "¿Cuál es el mayor número que divide a {a} y a {b}?",
        "Se quieren cortar dos cuerdas de {a} y {b} metros en trozos iguales lo más largos posible, sin que "
        "sobre nada. "
        "¿Cuántos metros mide cada trozo?",
        "Con {a} rosas y {b} lirios se hacen ramos iguales sin que sobre ninguna flor. "
        "¿Cuál es el mayor número de ramos posible?",
    ),
    "en": (
        "Find the greatest common divisor of {a} and {b}.",
        "What is the gcd of {a} and {b}?",
        "Calculate the greatest common divisor of {a} and {b}.",
        "gcd({a}, {b}) = ?",
        "What is the greatest number that divides both {a} and {b}?",
        "Two ropes of {a} and {b} metres are cut into equal pieces, as long as possible, with nothing left. "
        "How many metres long is each piece?",
    ),
}

_PRIMARY, _LOWER = ("numbers", "primary"), ("numbers", "lower_secondary")
FAMILIES = (
    Family("addition", *_PRIMARY, addition, ADDITION),
    Family("subtraction", *_PRIMARY, subtraction, SUBTRACTION),
    Family("multiplication", *_PRIMARY, multiplication, MULTIPLICATION),
    Family("division", *_PRIMARY, division, DIVISION),
    Family("remainder", *_PRIMARY, remainder, REMAINDER, unseen=True),
    Family("order_of_operations", *_LOWER, order_of_operations, ORDER, weight=1.3),
    Family("least_common_multiple", *_LOWER, least_common_multiple, LCM),
    Family("greatest_common_divisor", *_LOWER, greatest_common_divisor, GCD),
    Family("negatives", *_LOWER, negatives, PLAIN, weight=1.2),
    Family("decimals_sum", *_PRIMARY, decimals_sum, PLAIN),
    Family("decimals_product", *_PRIMARY, decimals_product, PLAIN),
)
