"""Straight lines and parabolas: slope, intercepts, equations, where they meet, vertex."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import sign
from .polynomials import power, signed, value_at, written
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say


def _put(value: int, lang: str) -> str:
    return f"({num(value, lang)})" if value < 0 else str(value)


def slope_two_points(rng: Random, lang: str) -> Draft:
    slope = rng.choice([-3, -2, -1, 1, 2, 3, 4, 5])
    x1, run = rng.randint(0, 5), rng.randint(1, 5)
    y1 = rng.randint(0, 12)
    x2, y2 = x1 + run, y1 + slope * run
    if y2 < 0:
        y1, y2 = y1 - y2, 0
    fields = {"A": f"({x1}, {y1})", "B": f"({x2}, {y2})"}
    rise = y2 - y1
    steps = (
        f"{say(lang, 'Lo que sube', 'The rise')}: {y2} {MINUS} {y1} = {num(rise, lang)}",
        f"{say(lang, 'Lo que avanza', 'The run')}: {x2} {MINUS} {x1} = {run}",
        f"{say(lang, 'Pendiente', 'Slope')}: {num(rise, lang)} {DIVIDE} {run} = {num(rise // run, lang)}",
    )
    return Draft(fields, steps, rise // run, Fraction(y2 - y1, x2 - x1))


def read_slope(rng: Random, lang: str) -> Draft:
    m, n = rng.randint(1, 9) * rng.choice([1, -1]), rng.randint(1, 12) * rng.choice([1, -1])
    fields = {"f": written({1: m, 0: n})}
    if rng.random() < 0.5:
        why = say(
            lang,
            f"La pendiente multiplica a x: es {num(m, lang)}.",
            f"The slope multiplies x: it is {num(m, lang)}.",
        )
        check = value_at({1: m, 0: n}, 1) - value_at({1: m, 0: n}, 0)
        return Draft(fields, (why,), m, check, variant="slope")
    why = say(
        lang,
        f"La ordenada en el origen es el término sin x: es {num(n, lang)}.",
        f"The intercept is the term without x: it is {num(n, lang)}.",
    )
    return Draft(fields, (why,), n, value_at({1: m, 0: n}, 0), variant="intercept")


def zero_of_line(rng: Random, lang: str) -> Draft:
    a, x = rng.randint(2, 8), rng.choice([rng.randint(1, 9), -rng.randint(1, 9)])
    b = -a * x
    steps = (
        f"{say(lang, 'Igualamos a cero', 'We set it to zero')}: {a}x {signed(b)} = 0, {a}x = {num(-b, lang)}",
        f"{say(lang, f'Dividimos entre {a}', f'We divide by {a}')}: x = {num(-b, lang)} {DIVIDE} {a} = {num(x, lang)}",
    )
    root = next(k for k in range(-20, 21) if value_at({1: a, 0: b}, k) == 0)
    return Draft({"f": written({1: a, 0: b})}, steps, -b // a, root, answer=f"x = {num(x, lang)}")


def line_from_point(rng: Random, lang: str) -> Draft:
    """y = mx + n from the slope and a point, or from two points."""
    m, n, x = rng.choice([-3, -2, -1, 2, 3, 4, 5]), rng.randint(1, 9) * sign(rng), rng.randint(1, 5)
    y = m * x + n
    answer = f"y = {written({1: m, 0: n})}"
    minus = f"{num(y, lang)} {MINUS} {_put(m * x, lang)} = {num(n, lang)}"
    steps = [
        f"{say(lang, f'Pendiente por x, con {x}', f'Slope times x, with {x}')}: {_put(m, lang)} {TIMES} {x} = {num(m * x, lang)}",
        f"{say(lang, 'Lo que falta hasta y', 'What is missing to reach y')}: {minus}",
    ]
    check = (m, y - m * x)
    fields: dict[str, object] = {"m": num(m, lang), "A": f"({x}, {num(y, lang)})"}
    if rng.random() < 0.6:
        return Draft(fields, tuple(steps), (m, n), check, answer=answer, variant="slope")
    run = rng.randint(1, 3)
    u, v = x + run, y + m * run
    up = f"({num(v, lang)} {MINUS} {_put(y, lang)}) {DIVIDE} ({u} {MINUS} {x})"
    first = f"{say(lang, 'Pendiente', 'Slope')}: {up} = {num(v - y, lang)} {DIVIDE} {run} = {num(m, lang)}"
    fields["B"] = f"({u}, {num(v, lang)})"
    check = ((v - y) // (u - x), v - m * u)
    return Draft(fields, (first, *steps), (m, n), check, answer=answer, variant="points")


def intersection(rng: Random, lang: str) -> Draft:
    c, gap = rng.randint(1, 3), rng.randint(1, 4)
    a, x = c + gap, rng.randint(1, 6)
    b = rng.randint(1, 9) * sign(rng)
    d = gap * x + b
    y = a * x + b
    fields = {"f": written({1: a, 0: b}), "g": written({1: c, 0: d})}
    apart = f"{gap}x = {num(d, lang)} {signed(-b)} = {num(d - b, lang)}; x = {d - b} {DIVIDE} {gap} = {x}"
    if gap == 1:
        apart = f"x = {num(d, lang)} {signed(-b)} = {x}"
    steps = (
        f"{say(lang, 'Igualamos las dos', 'We set them equal')}: {apart}",
        f"{say(lang, 'En la primera', 'In the first')}: y = {a} {TIMES} {x} {signed(b)} = {a * x} {signed(b)} = {num(y, lang)}",
    )
    value = (x, y)
    root = next(k for k in range(-20, 21) if a * k + b == c * k + d)
    return Draft(fields, steps, value, (root, c * root + d), answer=f"x = {x}, y = {num(y, lang)}")


def vertex(rng: Random, lang: str) -> Draft:
    """The x of a parabola's vertex, or its least value."""
    p, c = rng.randint(1, 6) * rng.choice([1, -1]), rng.randint(-9, 9)
    coefficients = {2: 1, 1: -2 * p, 0: c}
    top = 2 * p
    head = say(lang, "La mitad del coeficiente de x, cambiado de signo", "Half the number at x, sign changed")
    first = f"{head}: {num(top, lang)} {DIVIDE} 2 = {num(p, lang)}"
    fields = {"f": written(coefficients)}
    best = min(range(-20, 21), key=lambda k: value_at(coefficients, k))
    if rng.random() < 0.6:
        return Draft(fields, (first,), top // 2, best, answer=f"x = {num(p, lang)}", variant="x")
    value = p * p - 2 * p * p + c
    square = f"{power(p, 2) if p > 0 else f'({num(p, lang)})²'}"
    product = f"{2 * abs(p)} {TIMES} {_put(p, lang)}"
    mark = MINUS if p > 0 else "+"
    end = f" {signed(c)}" if c else ""
    there = say(lang, "Allí vale", "There it is")
    last = f"{square} {mark} {product}{end} = {p * p} {MINUS} {2 * p * p}{end} = {num(value, lang)}"
    return Draft(fields, (first, f"{there}: {last}"), value, value_at(coefficients, best), variant="value")


ASKED = Chapter("lines")
_LOWER, _UPPER = ("functions", "lower_secondary"), ("functions", "upper_secondary")
FAMILIES = (
    Family("slope_two_points", *_LOWER, slope_two_points, ASKED["slope_points"]),
    Family("slope_and_intercept", *_LOWER, read_slope, ASKED["read_slope"], weight=0.8),
    Family("zero_of_function", *_LOWER, zero_of_line, ASKED["zero"], weight=0.8),
    Family("equation_of_a_line", *_LOWER, line_from_point, ASKED["line"], weight=0.8),
    Family("where_lines_meet", *_LOWER, intersection, ASKED["intersection"], weight=0.6),
    Family("parabola_vertex", *_UPPER, vertex, ASKED["vertex"], unseen=True),
)
