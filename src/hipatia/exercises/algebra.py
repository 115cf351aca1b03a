"""Algebra: values of expressions, like terms, expanding, notable products, sequences."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .polynomials import power, signed, term, value_at, written
from .steps import TIMES, add
from .wording import MINUS, num, say

# Where two polynomials of low degree agree here, they are the same.
_POINTS = (-3, -1, 0, 1, 2, 5, 7)


def _same(left: list[dict[int, int]], right: dict[int, int]) -> tuple[tuple, tuple]:
    """Values at several points of a sum of polynomials and of the polynomial it should be."""
    sums = tuple(sum(value_at(part, x) for part in left) for x in _POINTS)
    return sums, tuple(value_at(right, x) for x in _POINTS)


def evaluate(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(2, 9), rng.randint(1, 12) * rng.choice([1, 1, -1]), rng.randint(2, 9)
    if rng.random() < 0.3:
        coefficients = {2: 1, 0: b}
        value = x * x + b
        chain = f"{power(x, 2)} {signed(b)} = {x * x} {signed(b)} = {num(value, lang)}"
    elif rng.random() < 0.25:
        x = -x
        coefficients = {1: a, 0: b}
        value = a * x + b
        chain = (
            f"{a} {TIMES} ({num(x, lang)}) {signed(b)} = {num(a * x, lang)} {signed(b)} = {num(value, lang)}"
        )
    else:
        coefficients = {1: a, 0: b}
        value = a * x + b
        chain = f"{a} {TIMES} {x} {signed(b)} = {a * x} {signed(b)} = {num(value, lang)}"
    fields = {"e": written(coefficients), "x": num(x, lang)}
    head = say(
        lang, f"Cambiamos x por {num(x, lang)} y calculamos", f"We put {num(x, lang)} for x and calculate"
    )
    return Draft(fields, (f"{head}: {chain}",), value, value_at(coefficients, x))


def evaluate_two_letters(rng: Random, lang: str) -> Draft:
    m, n, a, b = rng.randint(2, 6), rng.randint(2, 6), rng.randint(2, 9), rng.randint(2, 9)
    minus = rng.random() < 0.35
    if minus and m * a < n * b:
        (m, a), (n, b) = (n, b), (m, a)
    sign = MINUS if minus else "+"
    value = m * a - n * b if minus else m * a + n * b
    fields = {"e": f"{m}a {sign} {n}b", "a": a, "b": b}
    chain = f"{m} {TIMES} {a} {sign} {n} {TIMES} {b} = {m * a} {sign} {n * b} = {num(value, lang)}"
    head = say(lang, "Sustituimos", "We substitute")
    check = sum([a] * m) + (-1 if minus else 1) * sum([b] * n)
    return Draft(fields, (f"{head}: {chain}",), value, check)


def like_terms(rng: Random, lang: str) -> Draft:
    while True:
        a, c = rng.randint(2, 9), rng.randint(1, 9) * rng.choice([1, 1, -1])
        b, d = rng.randint(1, 12), rng.randint(1, 12) * rng.choice([1, -1])
        if a + c > 0 and b + d != 0:
            break
    text = f"{term(a, 1)} + {b} {MINUS if c < 0 else '+'} {term(c, 1)} {signed(d)}"
    result = {1: a + c, 0: b + d}
    minus, coefficient = (MINUS, -c) if c < 0 else ("+", c)
    head_x, head_n = (
        say(lang, "Las x suman", "The x terms give"),
        say(lang, "Los números suman", "The numbers give"),
    )
    steps = (
        f"{head_x}: {term(a, 1)} {minus} {term(coefficient, 1)} = {term(a + c, 1)}",
        f"{head_n}: {b} {signed(d)} = {num(b + d, lang)}",
    )
    left, right = _same([{1: a, 0: b}, {1: c, 0: d}], result)
    return Draft({"e": text}, steps, left, right, answer=written(result))


def expand(rng: Random, lang: str) -> Draft:
    k, a, b = rng.randint(2, 9), rng.choice([1, 1, 2, 3, 4, 5]), rng.randint(1, 10) * rng.choice([1, 1, -1])
    inner, result = {1: a, 0: b}, {1: k * a, 0: k * b}
    text = f"{k}({written(inner)})"
    steps = (
        f"{k} {TIMES} {term(a, 1)} = {term(k * a, 1)}",
        f"{k} {TIMES} {abs(b)} = {abs(k * b)}",
        f"{text} = {written(result)}",
    )
    left, right = _same([inner] * k, result)
    return Draft({"e": text}, steps, left, right, answer=written(result))


def expand_and_combine(rng: Random, lang: str) -> Draft:
    k, a, b, c = rng.randint(2, 6), rng.choice([1, 2, 3]), rng.randint(1, 9), rng.randint(1, 9)
    result = {1: k * a + c, 0: k * b}
    text = f"{k}({written({1: a, 0: b})}) + {term(c, 1)}"
    middle = f"{term(k * a, 1)} + {k * b} + {term(c, 1)}"
    head = say(lang, "Quitamos el paréntesis y agrupamos", "We remove the brackets and collect")
    left, right = _same([{1: a, 0: b}] * k + [{1: c}], result)
    return Draft(
        {"e": text}, (f"{head}: {text} = {middle} = {written(result)}",), left, right, answer=written(result)
    )


def notable_square(rng: Random, lang: str) -> Draft:
    a = rng.randint(1, 10)
    kind = rng.choice(["plus", "minus", "both"])
    if kind == "both":
        text, result = f"(x + {a})(x {MINUS} {a})", {2: 1, 0: -a * a}
        factors = ({1: 1, 0: a}, {1: 1, 0: -a})
        steps: tuple[str, ...] = (f"{a} {TIMES} {a} = {a * a}", f"{text} = {written(result)}")
    else:
        b = a if kind == "plus" else -a
        text, result = f"(x {signed(b)})²", {2: 1, 1: 2 * b, 0: a * a}
        factors = ({1: 1, 0: b}, {1: 1, 0: b})
        steps = (f"2 {TIMES} {a} = {2 * a}", f"{a} {TIMES} {a} = {a * a}", f"{text} = {written(result)}")
    values = tuple(value_at(factors[0], x) * value_at(factors[1], x) for x in _POINTS)
    return Draft(
        {"e": text}, steps, tuple(value_at(result, x) for x in _POINTS), values, answer=written(result)
    )


def common_factor(rng: Random, lang: str) -> Draft:
    k, a, b = rng.randint(2, 9), rng.choice([1, 1, 2, 3]), rng.randint(1, 9) * rng.choice([1, 1, -1])
    while a > 1 and b % a == 0:
        b = rng.randint(1, 9)
    whole, inner = {1: k * a, 0: k * b}, {1: a, 0: b}
    answer = f"{k}({written(inner)})"
    steps = (
        f"{term(k * a, 1)} = {k} {TIMES} {term(a, 1)}",
        f"{abs(k * b)} = {k} {TIMES} {abs(b)}",
        f"{written(whole)} = {answer}",
    )
    left, right = _same([inner] * k, whole)
    return Draft({"e": written(whole)}, steps, left, right, answer=answer)


def next_in_sequence(rng: Random, lang: str) -> Draft:
    first, gap = rng.randint(1, 20), rng.randint(2, 12)
    terms = [first + gap * i for i in range(5)]
    if rng.random() < 0.25:
        first, gap = terms[4], -gap
        first += 4
        terms = [first + gap * i for i in range(5)]
    if min(terms) < 0:
        return next_in_sequence(rng, lang)
    shown = terms[:4]
    sign, size = ("+", gap) if gap > 0 else (MINUS, -gap)
    larger, smaller = max(shown[:2]), min(shown[:2])
    steps = (
        f"{say(lang, 'La diferencia es', 'The difference is')}: {larger} {MINUS} {smaller} = {size}",
        f"{say(lang, 'El siguiente es', 'The next one is')}: {shown[-1]} {sign} {size} = {shown[-1] + gap}",
    )
    return Draft({"l": ", ".join(map(str, shown))}, steps, shown[-1] + gap, first + 4 * gap)


def nth_term(rng: Random, lang: str) -> Draft:
    first, gap, n = rng.randint(1, 15), rng.randint(2, 9), rng.choice([6, 8, 10, 11, 15, 20, 21])
    shown = ", ".join(str(first + gap * i) for i in range(4))
    product = _product(n - 1, gap)
    last = add(first, (n - 1) * gap, lang)
    steps = (
        say(
            lang,
            f"El primero es {first} y se suma {gap} cada vez.",
            f"The first is {first}; each time add {gap}.",
        ),
        f"{say(lang, f'Hay {n - 1} saltos', f'There are {n - 1} jumps')}: {product}",
        f"{say(lang, 'Término', 'Term')}: {last}",
    )
    return Draft({"l": shown, "n": n}, steps, last.value, range(first, first + gap * n, gap)[n - 1])


def _product(a: int, b: int) -> str:
    return f"{a} {TIMES} {b} = {a * b}"


EVALUATE = {
    "es": (
        "Calcula el valor de {e} para x = {x}.",
        "Si x = {x}, ¿cuánto vale {e}?",
        "Halla el valor numérico de {e} cuando x = {x}.",
        "¿Cuál es el valor de la expresión {e} si x vale {x}?",
        "Sustituye x por {x} en {e} y calcula.",
        "Evalúa {e} en x = {x}.",
    ),
    "en": (
        "Find the value of {e} for x = {x}.",
        "If x = {x}, what is {e}?",
        "Evaluate {e} when x = {x}.",
        "What is the value of the expression {e} if x is {x}?",
        "Substitute {x} for x in {e} and calculate.",
        "Work out {e} at x = {x}.",
    ),
}
TWO_LETTERS = {
    "es": (
        "Calcula {e} si a = {a} y b = {b}.",
        "Si a = {a} y b = {b}, ¿cuánto vale {e}?",
        "Halla el valor numérico de {e} para a = {a} y b = {b}.",
        "¿Cuál es el valor de {e} cuando a vale {a} y b vale {b}?",
        "Sustituye a = {a} y b = {b} en {e}.",
        "Evalúa la expresión {e} con a = {a} y b = {b}.",
    ),
    "en": (
        "Calculate {e} if a = {a} and b = {b}.",
        "If a = {a} and b = {b}, what is {e}?",
        "Find the value of {e} for a = {a} and b = {b}.",
        "What is the value of {e} when a is {a} and b is {b}?",
        "Substitute a = {a} and b = {b} in {e}.",
        "Evaluate the expression {e} with a = {a} and b = {b}.",
    ),
}
SIMPLIFY = {
    "es": (
        "Simplifica: {e}",
        "Reduce los términos semejantes de {e}.",
        "Simplifica la expresión {e}.",
        "Agrupa términos semejantes: {e}",
        "¿Cuál es la forma más simple de {e}?",
        "Escribe {e} de la forma más sencilla posible.",
    ),
    "en": (
        "Simplify: {e}",
        "Collect the like terms of {e}.",
        "Simplify the expression {e}.",
        "Combine like terms: {e}",
        "What is the simplest form of {e}?",
        "Write {e} as simply as possible.",
    ),
}
EXPAND = {
    "es": (
        "Desarrolla {e}.",
        "Quita el paréntesis: {e}",
        "Aplica la propiedad distributiva a {e}.",
        "Calcula el producto {e}.",
        "Efectúa la multiplicación {e}.",
        "Desarrolla la expresión {e}.",
    ),
    "en": (
        "Expand {e}.",
        "Remove the brackets: {e}",
        "Apply the distributive law to {e}.",
        "Multiply out {e}.",
        "Work out the product {e}.",
        "Expand the expression {e}.",
    ),
}
EXPAND_COMBINE = {
    "es": (
        "Desarrolla y simplifica: {e}",
        "Simplifica {e}.",
        "Quita paréntesis y agrupa términos semejantes: {e}",
        "Reduce la expresión {e}.",
        "Opera y simplifica {e}.",
        "¿Cuál es la forma más simple de {e}?",
    ),
    "en": (
        "Expand and simplify: {e}",
        "Simplify {e}.",
        "Remove the brackets and collect like terms: {e}",
        "Reduce the expression {e}.",
        "Multiply out and simplify {e}.",
        "What is the simplest form of {e}?",
    ),
}
COMMON_FACTOR = {
    "es": (
        "Saca factor común en {e}.",
        "Factoriza {e}.",
        "Extrae factor común: {e}",
        "Escribe {e} como producto sacando factor común.",
        "Factoriza la expresión {e}.",
        "Descompón {e} en factores.",
    ),
    "en": (
        "Take out the common factor of {e}.",
        "Factorise {e}.",
        "Take out the common factor: {e}",
        "Write {e} as a product by taking out a common factor.",
        "Factorise the expression {e}.",
        "Split {e} into factors.",
    ),
}
NOTABLE = {
    "es": (
        "Desarrolla {e}.",
        "Calcula la identidad notable {e}.",
        "Desarrolla la expresión {e}.",
        "Aplica una identidad notable a {e}.",
        "¿Cuál es el desarrollo de {e}?",
        "Multiplica y simplifica: {e}",
    ),
    "en": (
        "Expand {e}.",
        "Work out the special product {e}.",
        "Expand the expression {e}.",
        "Apply a special product formula to {e}.",
        "What is the expansion of {e}?",
        "Multiply out and simplify: {e}",
    ),
}
NEXT = {
    "es": (
        "¿Qué número sigue en la sucesión {l}…?",
        "Halla el siguiente término de la sucesión {l}…",
        "Continúa la serie: {l}, …",
        "¿Cuál es el próximo número de la serie {l}?",
        "Escribe el número que falta al final: {l}, ?",
        "La sucesión {l}… sigue una regla. ¿Cuál es el quinto término?",
    ),
    "en": (
        "Which number comes next in the sequence {l}…?",
        "Find the next term of the sequence {l}…",
        "Continue the series: {l}, …",
        "What is the next number of the series {l}?",
        "Write the number missing at the end: {l}, ?",
        "The sequence {l}… follows a rule. What is its fifth term?",
    ),
}
NTH = {
    "es": (
        "Halla el término que ocupa el lugar {n} en la progresión {l}…",
        "¿Cuál es el término número {n} de la sucesión {l}…?",
        "En la progresión aritmética {l}…, calcula el término de posición {n}.",
        "La sucesión {l}… crece siempre igual. ¿Qué número ocupa la posición {n}?",
        "Dada la progresión aritmética {l}…, halla el término {n}.",
        "Si una serie empieza {l}…, ¿qué número estará en el lugar {n}?",
    ),
    "en": (
        "Find term number {n} of the progression {l}…",
        "What is term number {n} of the sequence {l}…?",
        "In the arithmetic progression {l}…, find the term in position {n}.",
        "The sequence {l}… always grows by the same amount. Which number is in position {n}?",
        "If a series begins {l}…, which number is in place {n}?",
        "Work out the term in place {n} of {l}…",
    ),
}

_LOWER = ("algebra", "lower_secondary")
FAMILIES = (
    Family("evaluate_expression", *_LOWER, evaluate, EVALUATE, weight=1.2),
    Family("evaluate_two_letters", *_LOWER, evaluate_two_letters, TWO_LETTERS, unseen=True),
    Family("like_terms", *_LOWER, like_terms, SIMPLIFY),
    Family("expand_brackets", *_LOWER, expand, EXPAND),
    Family("expand_and_combine", *_LOWER, expand_and_combine, EXPAND_COMBINE, weight=0.8),
    Family("special_products", *_LOWER, notable_square, NOTABLE),
    Family("common_factor", *_LOWER, common_factor, COMMON_FACTOR, weight=0.7, unseen=True),
    Family("next_in_sequence", *_LOWER, next_in_sequence, NEXT, weight=0.8),
    Family("nth_term", *_LOWER, nth_term, NTH, unseen=True),
)
