"""Algebra: values of expressions, words as expressions, like terms, expanding, factors."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly, sign
from .polynomials import power, signed, term, value_at, written
from .questions import Chapter
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
    together = say(lang, "Restamos", "We subtract") if minus else say(lang, "Sumamos", "We add")
    steps = (
        f"{say(lang, f'{m} por a, que es {a}', f'{m} times a, which is {a}')}: {m} {TIMES} {a} = {m * a}",
        f"{say(lang, f'{n} por b, que es {b}', f'{n} times b, which is {b}')}: {n} {TIMES} {b} = {n * b}",
        f"{together}: {m * a} {mark} {n * b} = {num(value, lang)}",
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
    ("el {k2} de un número, más {b}", "{k3} a number, plus {b}", lambda k, b: {1: k, 0: b}),
    ("el {k2} de un número, menos {b}", "{k3} a number, minus {b}", lambda k, b: {1: k, 0: -b}),
    ("un número aumentado en {b}", "a number increased by {b}", lambda k, b: {1: 1, 0: b}),
    ("un número disminuido en {b}", "a number decreased by {b}", lambda k, b: {1: 1, 0: -b}),
    ("el cuadrado de un número, más {b}", "the square of a number, plus {b}", lambda k, b: {2: 1, 0: b}),
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


ASKED = Chapter("algebra")
_LOWER = ("algebra", "lower_secondary")
FAMILIES = (
    Family("evaluate_expression", *_LOWER, evaluate, ASKED["evaluate"], weight=1.2),
    Family("evaluate_two_letters", *_LOWER, evaluate_two_letters, ASKED["two_letters"], unseen=True),
    Family("formulas", *_LOWER, formula, ASKED["formula"], weight=0.8),
    Family("words_to_expression", *_LOWER, words_to_expression, ASKED["to_expression"], weight=0.8),
    Family("like_terms", *_LOWER, like_terms, ASKED["simplify"]),
    Family("monomials", *_LOWER, monomials, ASKED["monomials"], weight=0.8),
    Family("sum_of_polynomials", *_LOWER, polynomial_sum, ASKED["polynomial_sum"], weight=0.6),
    Family("expand_brackets", *_LOWER, expand, ASKED["expand"]),
    Family("expand_and_combine", *_LOWER, expand_and_combine, ASKED["expand_combine"], weight=0.8),
    Family("special_products", *_LOWER, notable_square, ASKED["notable"]),
    Family("two_binomials", *_LOWER, binomials, ASKED["binomials"], weight=0.8),
    Family("common_factor", *_LOWER, common_factor, ASKED["common_factor"], weight=0.7, unseen=True),
)
