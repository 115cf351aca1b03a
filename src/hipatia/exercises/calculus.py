"""First calculus: derivatives, tangents and extremes, limits, simple integrals."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import sign
from .polynomials import power, signed, term, value_at, written
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say

_POINTS = (-3, -1, 0, 1, 2, 5)


def _derivative(coefficients: dict[int, int]) -> dict[int, int]:
    return {e - 1: c * e for e, c in coefficients.items() if e}


def _slopes(coefficients: dict[int, int]) -> tuple[Fraction, ...]:
    """The derivative at several points by extrapolated differences, exact up to degree 4."""
    return tuple(_slope(coefficients, x) for x in _POINTS)


def _slope(coefficients: dict[int, int], x: int) -> Fraction:
    h = Fraction(1)
    near = (value_at(coefficients, x + h) - value_at(coefficients, x - h)) / (2 * h)
    far = (value_at(coefficients, x + 2 * h) - value_at(coefficients, x - 2 * h)) / (4 * h)
    return (4 * near - far) / 3


def _at_points(coefficients: dict[int, int]) -> tuple[Fraction, ...]:
    return tuple(value_at(coefficients, x) for x in _POINTS)


def _derive_terms(coefficients: dict[int, int], lang: str) -> list[str]:
    """One line a term: the derivative of −3x² is −6x."""
    lines = []
    for exponent in sorted(coefficients, reverse=True):
        value = coefficients[exponent]
        of, to = written({exponent: value}), written({exponent - 1: value * exponent})
        if exponent < 2:
            lines.append(say(lang, f"{of} da {to}.", f"{of} gives {to}."))
            continue
        factor = f"({num(value, lang)})" if value < 0 else str(value)
        product = f"{exponent} {TIMES} {factor} = {num(value * exponent, lang)}"
        lines.append(say(lang, f"{of}: {product}; da {to}.", f"{of}: {product}; gives {to}."))
    return lines


def monomial(rng: Random, lang: str) -> Draft:
    a, n = rng.randint(1, 9), rng.randint(2, 4)
    coefficients = {n: a}
    result = _derivative(coefficients)
    head = say(lang, "El exponente baja multiplicando", "The exponent comes down as a factor")
    less = say(lang, "El exponente pierde 1", "The exponent loses 1")
    steps = (f"{head}: {n} {TIMES} {a} = {n * a}", f"{less}: {n} {MINUS} 1 = {n - 1}")
    fields = {"f": written(coefficients)}
    return Draft(fields, steps, _at_points(result), _slopes(coefficients), answer=written(result))


def polynomial(rng: Random, lang: str) -> Draft:
    b, c = rng.randint(1, 9) * rng.choice([1, -1]), rng.randint(1, 12) * rng.choice([1, -1])
    coefficients = {2: rng.randint(1, 6), 1: b, 0: c}
    if rng.random() < 0.35:
        coefficients = (
            {3: rng.randint(1, 4), 1: b} if rng.random() < 0.5 else {3: rng.randint(1, 4), 2: b, 0: c}
        )
    result = _derivative(coefficients)
    steps = tuple(_derive_terms(coefficients, lang))
    fields = {"f": written(coefficients)}
    return Draft(fields, steps, _at_points(result), _slopes(coefficients), answer=written(result))


def derivative_at(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(1, 5), rng.randint(1, 9) * sign(rng), rng.randint(1, 6)
    coefficients = {2: a, 1: b}
    result = _derivative(coefficients)
    value = 2 * a * x + b
    chain = f"{2 * a} {TIMES} {x} {signed(b)} = {2 * a * x} {signed(b)}"
    steps = (
        say(lang, f"La derivada es {written(result)}.", f"The derivative is {written(result)}."),
        f"{say(lang, f'Con {x} vale', f'With {x} it is')}: {chain} = {num(value, lang)}",
    )
    return Draft({"f": written(coefficients), "x": x}, steps, value, _slope(coefficients, x))


def second_derivative(rng: Random, lang: str) -> Draft:
    a, b, c = rng.randint(1, 4), rng.randint(1, 6) * sign(rng), rng.randint(1, 9) * sign(rng)
    coefficients = {3: a, 2: b, 1: c}
    first = _derivative(coefficients)
    result = _derivative(first)
    steps = (
        say(lang, f"Primera derivada: {written(first)}.", f"First derivative: {written(first)}."),
        say(
            lang,
            f"Derivamos otra vez: {term(3 * a, 2)} da {term(6 * a, 1)} y {written({1: 2 * b})} da {num(2 * b, lang)}.",
            f"We differentiate again: {term(3 * a, 2)} gives {term(6 * a, 1)}, {written({1: 2 * b})} gives {num(2 * b, lang)}.",
        ),
    )
    fields = {"f": written(coefficients)}
    # Second differences of a cubic are exact.
    check = tuple(
        value_at(coefficients, x + 1) - 2 * value_at(coefficients, x) + value_at(coefficients, x - 1)
        for x in _POINTS
    )
    return Draft(fields, steps, _at_points(result), check, answer=written(result))


def stationary_point(rng: Random, lang: str) -> Draft:
    """Where the derivative of a parabola is zero."""
    a, p, c = (
        rng.choice([1, 1, 2, 3, -1, -2]),
        rng.choice([-4, -3, -2, -1, 1, 2, 3, 4, 5]),
        rng.randint(-9, 9),
    )
    coefficients = {2: a, 1: -2 * a * p, 0: c}
    result = _derivative(coefficients)
    top = 2 * a * p
    below = f"({num(2 * a, lang)})" if a < 0 else str(2 * a)
    steps = (
        say(lang, f"La derivada es {written(result)}.", f"The derivative is {written(result)}."),
        f"{say(lang, 'La igualamos a 0', 'We set it to 0')}: x = {num(top, lang)} {DIVIDE} {below} = {num(p, lang)}",
    )
    best = (min if a > 0 else max)(range(-20, 21), key=lambda k: value_at(coefficients, k))
    fields = {"f": written(coefficients)}
    variant = "least" if a > 0 else "greatest"
    return Draft(fields, steps, p, best, answer=f"x = {num(p, lang)}", variant=variant)


def tangent_line(rng: Random, lang: str) -> Draft:
    a, b, x = rng.choice([1, 1, 2]), rng.randint(1, 5) * sign(rng), rng.randint(1, 3)
    coefficients = {2: a, 1: b}
    y, m = a * x * x + b * x, 2 * a * x + b
    if m == 0:
        return tangent_line(rng, lang)
    n = y - m * x
    product = f"({num(m, lang)})" if m < 0 else str(m)
    other = f"({num(m * x, lang)})" if m < 0 else str(m * x)
    steps = (
        f"{say(lang, 'Pendiente, la derivada', 'Slope, the derivative')}: {2 * a} {TIMES} {x} {signed(b)} = {num(m, lang)}",
        f"{say(lang, 'Altura de la función', 'Height of the function')}: "
        f"{a} {TIMES} {power(x, 2) if x > 1 else '1'} {signed(b * x)} = {num(y, lang)}",
        f"{say(lang, 'Término sin x', 'Term without x')}: {num(y, lang)} {MINUS} {product} {TIMES} {x} = "
        f"{num(y, lang)} {MINUS} {other} = {num(n, lang)}",
    )
    answer = f"y = {written({1: m, 0: n})}"
    slope = _slope(coefficients, x)
    check = (slope, value_at(coefficients, x) - slope * x)
    return Draft({"f": written(coefficients), "x": x}, steps, (m, n), check, answer=answer)


def speed(rng: Random, lang: str) -> Draft:
    """Speed or acceleration of a motion, by derivatives."""
    a, b, t = rng.randint(1, 5), rng.randint(2, 9), rng.randint(2, 6)
    fields = {"s": f"s(t) = {term(a, 2, 't')} + {term(b, 1, 't')}", "t": t}
    line = say(
        lang,
        f"Velocidad, la derivada: {term(2 * a, 1, 't')} + {b}.",
        f"Speed, the derivative: {term(2 * a, 1, 't')} + {b}.",
    )
    value = 2 * a * t + b
    steps = (
        line,
        f"{say(lang, f'Con t igual a {t}', f'With t equal to {t}')}: "
        f"{2 * a} {TIMES} {t} + {b} = {2 * a * t} + {b} = {value}",
    )
    return Draft(fields, steps, value, _slope({2: a, 1: b}, t), unit="m/s")


def limit(rng: Random, lang: str) -> Draft:
    """A polynomial, or a quotient whose factor cancels."""
    a, b, x = rng.randint(1, 5), rng.randint(1, 9) * sign(rng), rng.randint(1, 6)
    kind = rng.choice(["linear", "square", "cancel"])
    if kind == "linear":
        coefficients, value = {1: a + 1, 0: b}, (a + 1) * x + b
        chain = f"{a + 1} {TIMES} {x} {signed(b)} = {(a + 1) * x} {signed(b)} = {num(value, lang)}"
    elif kind == "square":
        coefficients, value = {2: 1, 0: b}, x * x + b
        chain = f"{power(x, 2)} {signed(b)} = {x * x} {signed(b)} = {num(value, lang)}"
    else:
        simple = say(lang, "Se simplifica", "It simplifies to")
        last = say(lang, f"Ponemos {x}", f"We put {x}")
        steps = (f"{simple}: x + {x}.", f"{last}: {x} + {x} = {2 * x}")
        fields = {"f": f"(x² {MINUS} {x * x})/(x {MINUS} {x})", "x": x}
        # The mean slope of x² over a span that is centred on x.
        check = (value_at({2: 1}, x + 1) - value_at({2: 1}, x - 1)) / 2
        return Draft(fields, steps, 2 * x, check)
    head = say(lang, "Es un polinomio y basta sustituir", "It is a polynomial, so we substitute")
    fields = {"f": written(coefficients), "x": x}
    return Draft(fields, (f"{head}: {chain}",), value, value_at(coefficients, x))


def limit_at_infinity(rng: Random, lang: str) -> Draft:
    """Quotients of polynomials of one degree: the quotient of the leading coefficients."""
    n, b, k = rng.choice([1, 2, 2, 3]), rng.randint(1, 5), rng.randint(1, 6)
    a, c, d = b * k, rng.randint(1, 9) * sign(rng), rng.randint(1, 9) * sign(rng)
    top, bottom = {n: a, 0: c}, {n: b, 0: d}
    head = say(
        lang,
        "Igual grado, cociente de los primeros coeficientes",
        "Same degree, over the leading coefficients",
    )
    fields = {"f": f"({written(top)})/({written(bottom)})"}
    far = 10**9
    check = round(value_at(top, far) / value_at(bottom, far))
    return Draft(fields, (f"{head}: {a} {DIVIDE} {b} = {k}",), k, check)


def antiderivative(rng: Random, lang: str) -> Draft:
    n = rng.randint(1, 3)
    a = (n + 1) * rng.randint(1, 5)
    coefficients, result = {n: a}, {n + 1: a // (n + 1)}
    if rng.random() < 0.5:
        c = rng.randint(1, 9)
        coefficients, result = {n: a, 0: c}, {n + 1: a // (n + 1), 1: c}
    head = say(lang, "Sube el exponente", "The exponent goes up")
    over = say(lang, "Se divide por él", "We divide by it")
    steps = [f"{head}: {n} + 1 = {n + 1}", f"{over}: {a} {DIVIDE} {n + 1} = {a // (n + 1)}"]
    if 0 in coefficients:
        to = term(result[1], 1)
        steps.append(say(lang, f"{result[1]} da {to}.", f"{result[1]} gives {to}."))
    answer = f"{written(result)} + C"
    fields = {"f": written(coefficients)}
    return Draft(fields, tuple(steps), _at_points(coefficients), _slopes(result), answer=answer)


def definite_integral(rng: Random, lang: str) -> Draft:
    """Between two bounds, by an antiderivative."""
    low = rng.choice([0, 0, 1, 2])
    high = low + rng.randint(1, 4)
    kind = rng.choice(["line", "square", "constant"])
    if kind == "line":
        a = 2 * rng.randint(1, 4)
        function, primitive, degree = {1: a}, a // 2, 2
    elif kind == "square":
        function, primitive, degree = {2: 3}, 1, 3
    else:
        primitive = rng.randint(2, 9)
        function, degree = {0: primitive}, 1
    ends = [primitive * x**degree for x in (high, low)]
    value = ends[0] - ends[1]
    shown = [
        f"{power(x, degree)} = {end}"
        if primitive == 1
        else f"{primitive} {TIMES} {power(x, degree) if x > 1 else x} = {end}"
        for x, end in zip((high, low), ends, strict=True)
    ]
    at = [say(lang, f"En {x}", f"At {x}") for x in (high, low)]
    head = say(
        lang,
        f"Una primitiva es {term(primitive, degree)}.",
        f"An antiderivative is {term(primitive, degree)}.",
    )
    steps = (
        head,
        f"{at[0]}: {shown[0]}",
        f"{at[1]}: {shown[1]}",
        f"{say(lang, 'Restamos', 'We subtract')}: {ends[0]} {MINUS} {ends[1]} = {value}",
    )
    middle = Fraction(low + high, 2)
    f = lambda x: value_at(function, x)  # noqa: E731
    check = Fraction(high - low) * (f(low) + 4 * f(middle) + f(high)) / 6  # Simpson's rule is exact here
    return Draft({"f": written(function), "a": low, "b": high}, steps, value, check)


ASKED = Chapter("calculus")
_UPPER = ("calculus", "upper_secondary")
FAMILIES = (
    Family("derivative_monomial", *_UPPER, monomial, ASKED["derive"], weight=0.8),
    Family("derivative_polynomial", *_UPPER, polynomial, ASKED["derive"], weight=1.3),
    Family("derivative_at_point", *_UPPER, derivative_at, ASKED["derivative_at"]),
    Family("second_derivative", *_UPPER, second_derivative, ASKED["second"], weight=0.5, unseen=True),
    Family("stationary_point", *_UPPER, stationary_point, ASKED["stationary"], weight=0.6),
    Family("tangent_line", *_UPPER, tangent_line, ASKED["tangent"], weight=0.5),
    Family("speed_by_derivative", *_UPPER, speed, ASKED["speed"], weight=0.5),
    Family("limit_of_polynomial", *_UPPER, limit, ASKED["limit"], weight=0.6),
    Family("limit_at_infinity", *_UPPER, limit_at_infinity, ASKED["infinity"], weight=0.4),
    Family("antiderivative", *_UPPER, antiderivative, ASKED["antiderivative"], weight=0.8),
    Family("definite_integral", *_UPPER, definite_integral, ASKED["definite"], unseen=True),
)
