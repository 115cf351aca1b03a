"""Algebra: values of expressions, words as expressions, like terms, expanding, factors."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly, sign
from .polynomials import power, signed, term, value_at, written
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say

# Where two polynomials of low degree agree here, they are the same.
_POINTS = (-3, -1, 0, 1, 2, 5, 7)


def _same(left: list[dict[int, int]], right: dict[int, int]) -> tuple[tuple, tuple]:
    """Values at several points of a sum of polynomials and of the polynomial it should be."""
    sums = tuple(sum(value_at(part, x) for part in left) for x in _POINTS)
    return sums, tuple(value_at(right, x) for x in _POINTS)


def evaluate(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(2, 9), mostly(rng, (1, 9), (8, 20)) * sign(rng), rng.randint(2, 9)
    kind = rng.choice(["linear", "linear", "square", "negative"])
    coefficients = {2: 1, 0: b} if kind == "square" else {1: a, 0: b}
    if kind == "negative":
        x = -x
    shown = f"({num(x, lang)})" if x < 0 else str(x)
    first = x * x if kind == "square" else a * x
    text = power(x, 2) if kind == "square" else f"{a} {TIMES} {shown}"
    fields = {"e": written(coefficients), "x": num(x, lang)}
    head = say(lang, f"Ponemos {num(x, lang)} en lugar de x", f"We put {num(x, lang)} for x")
    steps = (
        f"{head}: {text} = {num(first, lang)}",
        f"{say(lang, 'Después', 'Then')}: {num(first, lang)} {signed(b)} = {num(first + b, lang)}",
    )
    return Draft(fields, steps, first + b, value_at(coefficients, x))


def evaluate_two_letters(rng: Random, lang: str) -> Draft:
    m, n, a, b = rng.randint(2, 6), rng.randint(2, 6), rng.randint(2, 9), rng.randint(2, 9)
    minus = rng.random() < 0.35
    if minus and m * a < n * b:
        (m, a), (n, b) = (n, b), (m, a)
    mark = MINUS if minus else "+"
    value = m * a - n * b if minus else m * a + n * b
    fields = {"e": f"{m}a {mark} {n}b", "a": a, "b": b}
    steps = (
        f"{say(lang, f'{m} por a, que es {a}', f'{m} times a, which is {a}')}: {m} {TIMES} {a} = {m * a}",
        f"{say(lang, f'{n} por b, que es {b}', f'{n} times b, which is {b}')}: {n} {TIMES} {b} = {n * b}",
        f"{say(lang, 'Juntos', 'Together')}: {m * a} {mark} {n * b} = {num(value, lang)}",
    )
    check = sum([a] * m) + (-1 if minus else 1) * sum([b] * n)
    return Draft(fields, steps, value, check)


def formula(rng: Random, lang: str) -> Draft:
    """Values put into a formula: distance, area, cost, perimeter."""
    steps: tuple[str, ...]
    kind, a, b, c = (
        rng.choice(["d", "area", "cost", "sum"]),
        rng.randint(2, 9),
        rng.randint(2, 9),
        rng.randint(2, 9),
    )
    if kind == "d":
        fields, value = {"f": "d = v · t", "x": f"v = {a * 10}", "y": f"t = {b}", "r": "d"}, a * 10 * b
        steps = (f"{a * 10} {TIMES} {b} = {value}",)
        check = sum([a * 10] * b)
    elif kind == "area":
        b += a * b % 2
        fields, value = {"f": f"A = b · h {DIVIDE} 2", "x": f"b = {a}", "y": f"h = {b}", "r": "A"}, a * b // 2
        steps = (f"{a} {TIMES} {b} = {a * b}", f"{a * b} {DIVIDE} 2 = {value}")
        check = sum([a] * b) // 2
    elif kind == "cost":
        fields, value = {"f": f"C = {a} + {b}n", "x": f"n = {c}", "y": "", "r": "C"}, a + b * c
        steps = (f"{b} {TIMES} {c} = {b * c}", f"{a} + {b * c} = {value}")
        check = a + sum([b] * c)
    else:
        fields, value = {"f": "P = 2a + 2b", "x": f"a = {a}", "y": f"b = {b}", "r": "P"}, 2 * (a + b)
        steps = (
            f"2 {TIMES} {a} = {2 * a}; 2 {TIMES} {b} = {2 * b}",
            f"{2 * a} + {2 * b} = {value}",
        )
        check = a + b + a + b
    fields["v"] = say(lang, " y ", " and ").join(part for part in (fields["x"], fields["y"]) if part)
    head = say(lang, "Sustituimos", "We substitute")
    return Draft(fields, (f"{head}: {steps[0]}", *steps[1:]), value, check)


def like_terms(rng: Random, lang: str) -> Draft:
    while True:
        a, c = rng.randint(2, 9), rng.randint(1, 9) * sign(rng)
        b, d = mostly(rng, (1, 9), (6, 15)), mostly(rng, (1, 9), (6, 15)) * rng.choice([1, -1])
        if a + c > 0 and b + d != 0:
            break
    text = f"{term(a, 1)} + {b} {MINUS if c < 0 else '+'} {term(c, 1)} {signed(d)}"
    result = {1: a + c, 0: b + d}
    minus, coefficient = (MINUS, -c) if c < 0 else ("+", c)
    letters, numbers = say(lang, "Las x", "The x terms"), say(lang, "Los números", "The numbers")
    steps = (
        f"{letters}: {term(a, 1)} {minus} {term(coefficient, 1)} = {term(a + c, 1)}",
        f"{numbers}: {b} {signed(d)} = {num(b + d, lang)}",
    )
    left, right = _same([{1: a, 0: b}, {1: c, 0: d}], result)
    return Draft({"e": text}, steps, left, right, answer=written(result))


def monomials(rng: Random, lang: str) -> Draft:
    """Products and quotients of monomials, sums of like ones."""
    steps: tuple[str, ...]
    kind = rng.choice(["product", "quotient", "sum"])
    a, b, m, n = rng.randint(2, 9), rng.randint(2, 6), rng.randint(1, 4), rng.randint(1, 4)
    numbers = say(lang, "Los números", "The numbers")
    if kind == "product":
        text, result = f"{term(a, m)} · {term(b, n)}", {m + n: a * b}
        steps = (
            f"{numbers}: {a} {TIMES} {b} = {a * b}",
            f"{say(lang, 'Los exponentes se suman', 'The exponents are added')}: {m} + {n} = {m + n}",
        )
        values = tuple(value_at({m: a}, x) * value_at({n: b}, x) for x in _POINTS)
    elif kind == "quotient":
        text, result = f"{term(a * b, m + n)} {DIVIDE} {term(b, n)}", {m: a}
        steps = (
            f"{numbers}: {a * b} {DIVIDE} {b} = {a}",
            f"{say(lang, 'Los exponentes se restan', 'The exponents are subtracted')}: {m + n} {MINUS} {n} = {m}",
        )
        whole, part = {m + n: a * b}, {n: b}
        values = tuple(value_at(whole, x) / value_at(part, x) if x else value_at(result, 0) for x in _POINTS)
    else:
        text, result = f"{term(a, m)} + {term(b, m)}", {m: a + b}
        same = say(lang, "Misma parte literal, sumamos los números", "Like terms, we add the numbers")
        steps = (f"{same}: {a} + {b} = {a + b}",)
        values = tuple(value_at({m: a}, x) + value_at({m: b}, x) for x in _POINTS)
    expected = tuple(value_at(result, x) for x in _POINTS)
    return Draft({"e": text}, steps, expected, values, answer=written(result))


def polynomial_sum(rng: Random, lang: str) -> Draft:
    p = {2: rng.randint(1, 6), 1: rng.randint(1, 9) * sign(rng), 0: rng.randint(1, 9) * sign(rng)}
    q = {2: rng.randint(1, 6), 1: rng.randint(1, 9) * sign(rng), 0: rng.randint(1, 9) * sign(rng)}
    result = {e: p[e] + q[e] for e in p}
    steps = []
    for e, head in ((2, "x²"), (1, "x"), (0, say(lang, "Números", "Numbers"))):
        steps.append(f"{head}: {num(p[e], lang)} {signed(q[e])} = {num(result[e], lang)}")
    fields = {"p": written(p), "q": written(q), "e": f"({written(p)}) + ({written(q)})"}
    left, right = _same([p, q], result)
    return Draft(fields, tuple(steps), left, right, answer=written(result))


def expand(rng: Random, lang: str) -> Draft:
    k, a, b = rng.randint(2, 9), rng.choice([1, 1, 2, 3, 4, 5]), rng.randint(1, 10) * sign(rng)
    inner, result = {1: a, 0: b}, {1: k * a, 0: k * b}
    text = f"{k}({written(inner)})"
    steps = (
        f"{say(lang, f'{k} por cada término', f'{k} times each term')}: {k} {TIMES} {term(a, 1)} = {term(k * a, 1)}",
        f"{k} {TIMES} {abs(b)} = {abs(k * b)}",
        f"{text} = {written(result)}",
    )
    left, right = _same([inner] * k, result)
    return Draft({"e": text}, steps, left, right, answer=written(result))


def expand_and_combine(rng: Random, lang: str) -> Draft:
    k, a, b, c = rng.randint(2, 6), rng.choice([1, 2, 3]), rng.randint(1, 9), rng.randint(1, 9)
    result = {1: k * a + c, 0: k * b}
    text = f"{k}({written({1: a, 0: b})}) + {term(c, 1)}"
    steps = (
        f"{say(lang, 'Quitamos el paréntesis', 'Without the brackets')}: {term(k * a, 1)} + {k * b} + {term(c, 1)}",
        f"{say(lang, 'Juntamos las x', 'The x terms')}: {term(k * a, 1)} + {term(c, 1)} = {term(k * a + c, 1)}",
    )
    left, right = _same([{1: a, 0: b}] * k + [{1: c}], result)
    return Draft({"e": text}, steps, left, right, answer=written(result))


def notable_square(rng: Random, lang: str) -> Draft:
    a = mostly(rng, (1, 6), (5, 12))
    kind = rng.choice(["plus", "minus", "both"])
    square = f"{a} {TIMES} {a} = {a * a}"
    if kind == "both":
        text, result = f"(x + {a})(x {MINUS} {a})", {2: 1, 0: -a * a}
        factors = ({1: 1, 0: a}, {1: 1, 0: -a})
        head = say(
            lang, "Suma por diferencia, resta de cuadrados", "Sum times difference, squares subtracted"
        )
        steps: tuple[str, ...] = (f"{head}: {square}", f"{text} = {written(result)}")
    else:
        b = a if kind == "plus" else -a
        text, result = f"(x {signed(b)})²", {2: 1, 1: 2 * b, 0: a * a}
        factors = ({1: 1, 0: b}, {1: 1, 0: b})
        double, last = (
            say(lang, "Doble producto", "Twice the product"),
            say(lang, "Segundo al cuadrado", "Second squared"),
        )
        steps = (f"{double}: 2 {TIMES} {a} = {2 * a}", f"{last}: {square}", f"{text} = {written(result)}")
    values = tuple(value_at(factors[0], x) * value_at(factors[1], x) for x in _POINTS)
    expected = tuple(value_at(result, x) for x in _POINTS)
    return Draft({"e": text}, steps, expected, values, answer=written(result))


def binomials(rng: Random, lang: str) -> Draft:
    """(x + a)(x + b) expanded, or the factors of its result."""
    steps: tuple[str, ...]
    a, b = rng.sample([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6], 2)
    if a == -b:
        a += 1 if a + 1 else 2
    text = f"(x {signed(a)})(x {signed(b)})"
    result = {2: 1, 1: a + b, 0: a * b}
    second = f"({num(b, lang)})" if b < 0 else str(b)
    first = f"({num(a, lang)})" if a < 0 else str(a)
    total = f"{num(a, lang)} {signed(b)} = {num(a + b, lang)}"
    product = f"{first} {TIMES} {second} = {num(a * b, lang)}"
    values = tuple(value_at({1: 1, 0: a}, x) * value_at({1: 1, 0: b}, x) for x in _POINTS)
    expected = tuple(value_at(result, x) for x in _POINTS)
    if rng.random() < 0.5:
        steps = (
            f"{say(lang, 'Las x, la suma', 'The x, the sum')}: {total}",
            f"{say(lang, 'El número, el producto', 'The number, the product')}: {product}",
            f"{text} = {written(result)}",
        )
        return Draft({"e": text}, steps, expected, values, answer=written(result), variant="expand")
    want = say(
        lang,
        f"Dos números de suma {num(a + b, lang)} y producto {num(a * b, lang)}",
        f"Two numbers with sum {num(a + b, lang)} and product {num(a * b, lang)}",
    )
    steps = (f"{want}: {total}", f"{say(lang, 'Comprobamos', 'Check')}: {product}")
    return Draft({"e": written(result)}, steps, expected, values, answer=text, variant="factor")


def common_factor(rng: Random, lang: str) -> Draft:
    k, a, b = rng.randint(2, 9), rng.choice([1, 1, 2, 3]), rng.randint(1, 9) * sign(rng)
    while a > 1 and b % a == 0:
        b = rng.randint(1, 9)
    whole, inner = {1: k * a, 0: k * b}, {1: a, 0: b}
    answer = f"{k}({written(inner)})"
    both = say(lang, f"El {k} divide a los dos", f"{k} divides both")
    steps = (
        f"{both}: {term(k * a, 1)} = {k} {TIMES} {term(a, 1)}",
        f"{abs(k * b)} = {k} {TIMES} {abs(b)}",
        f"{written(whole)} = {answer}",
    )
    left, right = _same([inner] * k, whole)
    return Draft({"e": written(whole)}, steps, left, right, answer=answer)


_SAYINGS = (
    # Spanish, English, coefficients of the expression
    ("el {k2} de un número más {b}", "{k3} a number plus {b}", lambda k, b: {1: k, 0: b}),
    ("el {k2} de un número menos {b}", "{k3} a number minus {b}", lambda k, b: {1: k, 0: -b}),
    ("un número aumentado en {b}", "a number increased by {b}", lambda k, b: {1: 1, 0: b}),
    ("un número disminuido en {b}", "a number decreased by {b}", lambda k, b: {1: 1, 0: -b}),
    ("el cuadrado de un número más {b}", "the square of a number plus {b}", lambda k, b: {2: 1, 0: b}),
    ("{b} más que el {k2} de un número", "{b} more than {k3} a number", lambda k, b: {1: k, 0: b}),
    ("{b} menos que el {k2} de un número", "{b} less than {k3} a number", lambda k, b: {1: k, 0: -b}),
    ("el {k2} de un número", "{k3} a number", lambda k, b: {1: k}),
    ("el {k2} del cuadrado de un número", "{k3} the square of a number", lambda k, b: {2: k}),
)


def words_to_expression(rng: Random, lang: str) -> Draft:
    es, en, build = rng.choice(_SAYINGS)
    k, b = rng.choice([2, 2, 3, 3, 4]), rng.randint(2, 15)
    names = {
        "k2": {2: "doble", 3: "triple", 4: "cuádruple"}[k],
        "k3": {2: "twice", 3: "three times", 4: "four times"}[k],
    }
    said = say(lang, es, en).format(b=b, **names)
    coefficients: dict[int, int] = build(k, b)
    answer = written(coefficients)
    head = say(lang, "El número es x", "The number is x")
    part = term(coefficients[max(coefficients)], max(coefficients))
    if coefficients.get(0):
        more = say(
            lang,
            "sumamos" if coefficients[0] > 0 else "restamos",
            "add" if coefficients[0] > 0 else "subtract",
        )
        line = f"{head}; {say(lang, 'tenemos', 'we have')} {part} {say(lang, 'y', 'and')} {more} {b}."
    else:
        line = f"{head}; {said} {say(lang, 'es', 'is')} {part}."
    # The same words, done with numbers.
    top = max(coefficients)
    by_hand = tuple(coefficients[top] * x**top + coefficients.get(0, 0) for x in _POINTS)
    expected = tuple(value_at(coefficients, x) for x in _POINTS)
    return Draft({"s": said, "S": said[0].upper() + said[1:]}, (line,), expected, by_hand, answer=answer)


EVALUATE = {
    "es": (
        "[Find] el valor [|numérico ]de {e} para x = {x}.",
        "Si x = {x}, ¿cuánto vale {e}?",
        "[Find] el valor numérico de {e} cuando x [= {x}|vale {x}].",
        "¿Cuál es el valor de [la expresión |]{e} si x vale {x}?",
        "Sustituye x por {x} en {e} y [calcula|opera].",
        "Evalúa {e} en x = {x}.",
        "¿Cuánto [vale|es|da] {e} [si x = {x}|cuando x es {x}]?",
        "En la expresión {e}, x vale {x}. ¿Qué [número|resultado] se obtiene?",
        "Con x = {x}, [find] {e}.",
        "¿Qué valor toma {e} al [cambiar x por {x}|poner {x} en lugar de x]?",
    ),
    "en": (
        "[Find] the value of {e} for x = {x}.",
        "If x = {x}, what is {e}?",
        "Evaluate {e} when x = {x}.",
        "What is the value of the expression {e} if x is {x}?",
        "Substitute {x} for x in {e} and calculate.",
        "Work out {e} at x = {x}.",
        "With x = {x}, what does {e} come to?",
    ),
}
TWO_LETTERS = {
    "es": (
        "[Find] {e} si a = {a} y b = {b}.",
        "Si a = {a} y b = {b}, ¿cuánto vale {e}?",
        "[Find] el valor numérico de {e} para a = {a} y b = {b}.",
        "¿Cuál es el valor de {e} cuando a vale {a} y b vale {b}?",
        "Sustituye a = {a} y b = {b} en {e}.",
        "Evalúa la expresión {e} con a = {a} y b = {b}.",
    ),
    "en": (
        "[Find] {e} if a = {a} and b = {b}.",
        "If a = {a} and b = {b}, what is {e}?",
        "[Find] the value of {e} for a = {a} and b = {b}.",
        "What is the value of {e} when a is {a} and b is {b}?",
        "Substitute a = {a} and b = {b} in {e}.",
        "Evaluate the expression {e} with a = {a} and b = {b}.",
    ),
}
FORMULA = {
    "es": (
        "En la fórmula {f}, [find] {r} si {v}.",
        "Usa la fórmula {f} para [calcular|hallar] {r} cuando {v}.",
        "Si {f} y {v}, ¿cuánto vale {r}?",
        "Sustituye {v} en la fórmula {f}. ¿Qué valor tiene {r}?",
        "La fórmula es {f}. Con {v}, ¿cuánto [es|vale] {r}?",
        "[Find] {r} en {f} para {v}.",
    ),
    "en": (
        "In the formula {f}, [find] {r} if {v}.",
        "Use the formula {f} to find {r} when {v}.",
        "If {f} and {v}, what is {r}?",
        "Put {v} into the formula {f}. What is {r}?",
        "The formula is {f}. With {v}, what is {r}?",
        "[Find] {r} in {f} for {v}.",
    ),
}
SIMPLIFY = {
    "es": (
        "Simplifica: {e}",
        "Reduce los términos semejantes de {e}.",
        "Simplifica la expresión {e}.",
        "Agrupa términos semejantes: {e}",
        "¿Cuál es la forma más simple de {e}?",
        "Escribe {e} de la forma más [sencilla|simple] posible.",
        "¿Cómo queda {e} al [simplificar|agrupar los términos semejantes]?",
        "Reduce[| la expresión]: {e}",
        "[Suma|Junta] los términos semejantes de {e}.",
        "¿A qué expresión más corta equivale {e}?",
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
MONOMIALS = {
    "es": (
        "[Calcula|Efectúa|Opera]: {e}",
        "[Find] [|el resultado de ]{e}.",
        "Opera con monomios: {e}",
        "¿Cuál es el resultado de {e}?",
        "Simplifica {e}.",
        "¿Qué monomio [se obtiene de|resulta de|es igual a] {e}?",
        "Escribe {e} como un solo monomio.",
    ),
    "en": (
        "[Calculate|Work out]: {e}",
        "[Find] {e}.",
        "Work with monomials: {e}",
        "What is the result of {e}?",
        "Simplify {e}.",
        "Write {e} as one monomial.",
    ),
}
POLYNOMIAL_SUM = {
    "es": (
        "[Calcula|Efectúa|Opera]: {e}",
        "Suma los polinomios {p} y {q}.",
        "Si P(x) = {p} y Q(x) = {q}, [find] P(x) + Q(x).",
        "¿Cuál es la suma de {p} y {q}?",
        "Dados P(x) = {p} y Q(x) = {q}, ¿cuánto es P(x) + Q(x)?",
        "[Find] la suma de los polinomios {p} y {q}.",
    ),
    "en": (
        "[Calculate|Work out]: {e}",
        "Add the polynomials {p} and {q}.",
        "If P(x) = {p} and Q(x) = {q}, [find] P(x) + Q(x).",
        "What is the sum of {p} and {q}?",
        "Given P(x) = {p} and Q(x) = {q}, what is P(x) + Q(x)?",
        "[Find] the sum of the polynomials {p} and {q}.",
    ),
}
EXPAND = {
    "es": (
        "Desarrolla[| la expresión] {e}.",
        "Quita el paréntesis: {e}",
        "Aplica la propiedad distributiva a {e}.",
        "[Find] el producto {e}.",
        "Efectúa la multiplicación {e}.",
        "[Multiplica|Elimina el paréntesis multiplicando]: {e}",
        "Escribe {e} sin paréntesis.",
        "¿Cómo queda {e} [sin paréntesis|al quitar el paréntesis|desarrollado]?",
        "¿Qué expresión [se obtiene|resulta] al multiplicar {e}?",
    ),
    "en": (
        "Expand[| the expression] {e}.",
        "Remove the brackets: {e}",
        "Apply the distributive law to {e}.",
        "Multiply out {e}.",
        "Work out the product {e}.",
        "Write {e} without brackets.",
        "What do we get when {e} is multiplied out?",
    ),
}
EXPAND_COMBINE = {
    "es": (
        "Desarrolla y simplifica: {e}",
        "Simplifica[| la expresión] {e}.",
        "Quita paréntesis y agrupa términos semejantes: {e}",
        "Reduce la expresión {e}.",
        "Opera y simplifica {e}.",
        "¿Cuál es la forma más simple de {e}?",
        "¿Cómo queda {e} después de [simplificar|quitar el paréntesis y reducir]?",
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
        "Desarrolla[| la expresión] {e}.",
        "[Find] la identidad notable {e}.",
        "Aplica una identidad notable a {e}.",
        "¿Cuál es el desarrollo de {e}?",
        "Multiplica y simplifica: {e}",
        "Desarrolla el producto notable {e}.",
        "¿Qué polinomio [resulta de|es igual a|se obtiene al desarrollar] {e}?",
        "Escribe {e} sin paréntesis.",
    ),
    "en": (
        "Expand[| the expression] {e}.",
        "Work out the special product {e}.",
        "Apply a special product formula to {e}.",
        "What is the expansion of {e}?",
        "Multiply out and simplify: {e}",
        "Write {e} without brackets.",
    ),
}
BINOMIALS = {
    "es:expand": (
        "Multiplica los binomios {e}.",
        "Desarrolla {e}.",
        "[Find] el producto {e}.",
        "¿Qué polinomio se obtiene al multiplicar {e}?",
    ),
    "es:factor": (
        "Factoriza el trinomio {e}.",
        "[Escribe|Expresa] {e} como producto de dos binomios.",
        "Descompón en factores {e}.",
        "¿Qué dos factores dan {e}?",
    ),
    "en:expand": (
        "Multiply the binomials {e}.",
        "Expand {e}.",
        "[Find] the product {e}.",
    ),
    "en:factor": (
        "Factorise the trinomial {e}.",
        "Write {e} as a product of two binomials.",
        "Split {e} into two factors.",
    ),
}
TO_EXPRESSION = {
    "es": (
        "[Escribe|Expresa] en lenguaje algebraico, con x: {s}.",
        "Si x es un número, ¿qué expresión representa «{s}»?",
        "Traduce a una expresión algebraica: {s}. Usa x.",
        "{S}: ¿cómo se escribe con x?",
        "Llama x al número y [escribe|expresa] {s}.",
        "¿Qué expresión con x significa «{s}»?",
    ),
    "en": (
        "Write as an expression in x: {s}.",
        "If x is a number, which expression stands for “{s}”?",
        "Translate into algebra, with x: {s}.",
        "{S}: how is that written with x?",
        "Call the number x and write {s}.",
        "Which expression in x means “{s}”?",
    ),
}

_LOWER = ("algebra", "lower_secondary")
FAMILIES = (
    Family("evaluate_expression", *_LOWER, evaluate, EVALUATE, weight=1.2),
    Family("evaluate_two_letters", *_LOWER, evaluate_two_letters, TWO_LETTERS, unseen=True),
    Family("formulas", *_LOWER, formula, FORMULA, weight=0.8),
    Family("words_to_expression", *_LOWER, words_to_expression, TO_EXPRESSION, weight=0.8),
    Family("like_terms", *_LOWER, like_terms, SIMPLIFY),
    Family("monomials", *_LOWER, monomials, MONOMIALS, weight=0.8),
    Family("sum_of_polynomials", *_LOWER, polynomial_sum, POLYNOMIAL_SUM, weight=0.6),
    Family("expand_brackets", *_LOWER, expand, EXPAND),
    Family("expand_and_combine", *_LOWER, expand_and_combine, EXPAND_COMBINE, weight=0.8),
    Family("special_products", *_LOWER, notable_square, NOTABLE),
    Family("two_binomials", *_LOWER, binomials, BINOMIALS, weight=0.8),
    Family("common_factor", *_LOWER, common_factor, COMMON_FACTOR, weight=0.7, unseen=True),
)
