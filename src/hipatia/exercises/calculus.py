"""First calculus: derivatives of polynomials, limits, simple integrals."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .polynomials import power, signed, term, value_at, written
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say

_POINTS = (-3, -1, 0, 1, 2, 5)


def _derivative(coefficients: dict[int, int]) -> dict[int, int]:
    return {e - 1: c * e for e, c in coefficients.items() if e}


def _slopes(coefficients: dict[int, int]) -> tuple[Fraction, ...]:
    """The derivative at several points by extrapolated differences, exact up to degree 4."""

    def at(x: int) -> Fraction:
        h = Fraction(1)
        near = (value_at(coefficients, x + h) - value_at(coefficients, x - h)) / (2 * h)
        far = (value_at(coefficients, x + 2 * h) - value_at(coefficients, x - 2 * h)) / (4 * h)
        return (4 * near - far) / 3

    return tuple(at(x) for x in _POINTS)


def _at_points(coefficients: dict[int, int]) -> tuple[Fraction, ...]:
    return tuple(value_at(coefficients, x) for x in _POINTS)


def _derive_terms(coefficients: dict[int, int], lang: str) -> list[str]:
    """One line a term: the derivative of 3x² is 6x."""
    lines = []
    for exponent in sorted(coefficients, reverse=True):
        value = abs(coefficients[exponent])
        of = term(value, exponent)
        to = term(value * exponent, exponent - 1) if exponent else "0"
        lines.append(say(lang, f"De {of} sale {to}.", f"{of} gives {to}."))
    return lines


def monomial(rng: Random, lang: str) -> Draft:
    a, n = rng.randint(1, 9), rng.randint(2, 4)
    coefficients = {n: a}
    result = _derivative(coefficients)
    head = say(lang, "El exponente baja y pierde una unidad", "The exponent comes down and loses one")
    steps = (f"{head}: {n} {TIMES} {a} = {n * a}", f"{n} {MINUS} 1 = {n - 1}")
    return Draft(
        {"f": written(coefficients)}, steps, _at_points(result), _slopes(coefficients), answer=written(result)
    )


def polynomial(rng: Random, lang: str) -> Draft:
    b, c = rng.randint(1, 9) * rng.choice([1, -1]), rng.randint(1, 12) * rng.choice([1, -1])
    coefficients = {2: rng.randint(1, 6), 1: b, 0: c}
    if rng.random() < 0.35:
        coefficients = (
            {3: rng.randint(1, 4), 1: b} if rng.random() < 0.5 else {3: rng.randint(1, 4), 2: b, 0: c}
        )
    result = _derivative(coefficients)
    steps = (" ".join(_derive_terms(coefficients, lang)),)
    return Draft(
        {"f": written(coefficients)}, steps, _at_points(result), _slopes(coefficients), answer=written(result)
    )


def derivative_at(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(1, 5), rng.randint(1, 9) * rng.choice([1, -1]), rng.randint(1, 6)
    coefficients = {2: a, 1: b}
    result = _derivative(coefficients)
    value = 2 * a * x + b
    chain = f"{2 * a} {TIMES} {x} {signed(b)} = {2 * a * x} {signed(b)}"
    steps = (
        say(lang, f"La derivada es {written(result)}.", f"The derivative is {written(result)}."),
        f"{say(lang, 'En ese punto vale', 'At that point it is')}: {chain} = {num(value, lang)}",
    )
    step = Fraction(1, 1000)
    check = (value_at(coefficients, x + step) - value_at(coefficients, x - step)) / (2 * step)
    return Draft({"f": written(coefficients), "x": x}, steps, value, check)


def limit(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(1, 5), rng.randint(1, 9) * rng.choice([1, -1]), rng.randint(1, 6)
    if rng.random() < 0.5:
        coefficients, value = {1: a + 1, 0: b}, (a + 1) * x + b
        chain = f"{a + 1} {TIMES} {x} {signed(b)} = {(a + 1) * x} {signed(b)} = {num(value, lang)}"
    else:
        coefficients, value = {2: 1, 0: b}, x * x + b
        chain = f"{power(x, 2)} {signed(b)} = {x * x} {signed(b)} = {num(value, lang)}"
    head = say(lang, "Es un polinomio y basta sustituir", "It is a polynomial, so we substitute")
    return Draft(
        {"f": written(coefficients), "x": x}, (f"{head}: {chain}",), value, value_at(coefficients, x)
    )


def antiderivative(rng: Random, lang: str) -> Draft:
    n = rng.randint(1, 3)
    a = (n + 1) * rng.randint(1, 5)
    coefficients, result = {n: a}, {n + 1: a // (n + 1)}
    if rng.random() < 0.5:
        c = rng.randint(1, 9)
        coefficients, result = {n: a, 0: c}, {n + 1: a // (n + 1), 1: c}
    head = say(lang, "Sube el exponente y se divide por él", "The exponent goes up and divides")
    steps = [f"{head}: {n} + 1 = {n + 1}", f"{a} {DIVIDE} {n + 1} = {a // (n + 1)}"]
    if 0 in coefficients:
        steps.append(
            say(
                lang, f"De {result[1]} sale {term(result[1], 1)}.", f"{result[1]} gives {term(result[1], 1)}."
            )
        )
    answer = f"{written(result)} + C"
    return Draft(
        {"f": written(coefficients)}, tuple(steps), _at_points(coefficients), _slopes(result), answer=answer
    )


def definite_integral(rng: Random, lang: str) -> Draft:
    b = rng.randint(1, 6)
    kind = rng.randrange(3)
    if kind == 0:
        a = 2 * rng.randint(1, 4)
        function, primitive, value = f"{a}x", term(a // 2, 2), a // 2 * b * b
        chain = f"{a // 2} {TIMES} {power(b, 2)} = {a // 2} {TIMES} {b * b} = {value}"
        check = Fraction(a * b * b, 2)
    elif kind == 1:
        function, primitive, value = "3x²", "x³", b**3
        chain = f"{power(b, 3)} = {value}"
        check = b * (Fraction(0) + 4 * 3 * Fraction(b, 2) ** 2 + 3 * b**2) / 6
    else:
        a = rng.randint(2, 9)
        function, primitive, value = str(a), f"{a}x", a * b
        chain = f"{a} {TIMES} {b} = {a * b}"
        check = Fraction(sum([a] * b))
    steps = (
        say(
            lang,
            f"Una primitiva es {primitive}, que en 0 vale 0.",
            f"An antiderivative is {primitive}, which is 0 at 0.",
        ),
        f"{say(lang, f'En {b} vale', f'At {b} it is')}: {chain}",
    )
    return Draft({"f": function, "b": b}, steps, value, check)


DERIVE = {
    "es": (
        "Deriva f(x) = {f}.",
        "Calcula la derivada de f(x) = {f}.",
        "¿Cuál es la derivada de {f}?",
        "Halla f'(x) si f(x) = {f}.",
        "Dada f(x) = {f}, determina su función derivada.",
        "Deriva la función y = {f}.",
    ),
    "en": (
        "Differentiate f(x) = {f}.",
        "Find the derivative of f(x) = {f}.",
        "What is the derivative of {f}?",
        "Find f'(x) if f(x) = {f}.",
        "Given f(x) = {f}, work out its derivative.",
        "Differentiate the function y = {f}.",
    ),
}
DERIVATIVE_AT = {
    "es": (
        "Si f(x) = {f}, calcula f'({x}).",
        "Halla la derivada de f(x) = {f} en x = {x}.",
        "¿Cuánto vale f'({x}) si f(x) = {f}?",
        "¿Cuál es la pendiente de la recta tangente a y = {f} en x = {x}?",
        "Calcula el valor de la derivada de {f} en el punto x = {x}.",
        "Dada f(x) = {f}, halla f'({x}).",
    ),
    "en": (
        "If f(x) = {f}, calculate f'({x}).",
        "Find the derivative of f(x) = {f} at x = {x}.",
        "What is f'({x}) if f(x) = {f}?",
        "What is the slope of the tangent to y = {f} at x = {x}?",
        "Work out the value of the derivative of {f} at x = {x}.",
        "Given f(x) = {f}, find f'({x}).",
    ),
}
LIMIT = {
    "es": (
        "Calcula el límite de {f} cuando x tiende a {x}.",
        "¿A qué número se acerca {f} cuando x se acerca a {x}?",
        "Halla el límite de f(x) = {f} en x = {x}.",
        "¿Cuál es el límite de {f} cuando x → {x}?",
        "lím (x → {x}) de ({f}) = ?",
        "Determina el límite de la función {f} cuando x tiende a {x}.",
    ),
    "en": (
        "Find the limit of {f} as x tends to {x}.",
        "Which number does {f} approach as x approaches {x}?",
        "Find the limit of f(x) = {f} at x = {x}.",
        "What is the limit of {f} as x → {x}?",
        "lim (x → {x}) of ({f}) = ?",
        "Work out the limit of the function {f} as x tends to {x}.",
    ),
}
ANTIDERIVATIVE = {
    "es": (
        "Calcula la integral indefinida de {f}.",
        "Halla una primitiva de f(x) = {f} y añade la constante C.",
        "∫ ({f}) dx = ?",
        "Integra la función f(x) = {f}.",
        "¿Cuál es la integral de {f}?",
        "Calcula ∫ ({f}) dx.",
    ),
    "en": (
        "Find the indefinite integral of {f}.",
        "Find an antiderivative of f(x) = {f} and add the constant C.",
        "∫ ({f}) dx = ?",
        "Integrate the function f(x) = {f}.",
        "What is the integral of {f}?",
        "Calculate ∫ ({f}) dx.",
    ),
}
DEFINITE = {
    "es": (
        "Calcula la integral de f(x) = {f} entre 0 y {b}.",
        "Halla el área bajo la gráfica de y = {f} entre x = 0 y x = {b}.",
        "¿Cuánto vale la integral definida de {f} desde 0 hasta {b}?",
        "Calcula la integral definida de {f} de 0 a {b}.",
        "Determina el área entre y = {f} y el eje x desde x = 0 hasta x = {b}.",
        "Integra {f} entre 0 y {b}.",
    ),
    "en": (
        "Calculate the integral of f(x) = {f} between 0 and {b}.",
        "Find the area under the graph of y = {f} between x = 0 and x = {b}.",
        "What is the definite integral of {f} from 0 to {b}?",
        "Work out the definite integral of {f} from 0 to {b}.",
        "Find the area between y = {f} and the x-axis from x = 0 to x = {b}.",
        "Integrate {f} from 0 to {b}.",
    ),
}

_UPPER = ("calculus", "upper_secondary")
FAMILIES = (
    Family("derivative_monomial", *_UPPER, monomial, DERIVE, weight=0.8),
    Family("derivative_polynomial", *_UPPER, polynomial, DERIVE, weight=1.3),
    Family("derivative_at_point", *_UPPER, derivative_at, DERIVATIVE_AT),
    Family("limit_of_polynomial", *_UPPER, limit, LIMIT, weight=0.6),
    Family("antiderivative", *_UPPER, antiderivative, ANTIDERIVATIVE, weight=0.8),
    Family("definite_integral", *_UPPER, definite_integral, DEFINITE, unseen=True),
)
