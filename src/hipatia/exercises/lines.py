"""Straight lines and parabolas: slope, intercepts, equations, where they meet, vertex."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import sign
from .polynomials import power, signed, value_at, written
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
        f"{say(lang, 'Lo que falta hasta y', 'What is missing up to y')}: {minus}",
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


SLOPE_POINTS = {
    "es": (
        "[Find] la pendiente de la recta que pasa por {A} y {B}.",
        "¿Cuál es la pendiente de la recta que une los puntos {A} y {B}?",
        "[Find] la pendiente de la recta que pasa por los puntos A{A} y B{B}.",
        "Una recta pasa por {A} y {B}. ¿Qué pendiente tiene?",
        "[Determina|Averigua|Halla] la pendiente entre los puntos {A} y {B}.",
        "Dados {A} y {B}, [find] la pendiente de la recta que determinan.",
        "¿Cuánto [sube|cambia] y por cada unidad de x en la recta que pasa por {A} y {B}?",
        "La gráfica de una función lineal contiene los puntos {A} y {B}. ¿Cuál es su pendiente?",
    ),
    "en": (
        "[Find] the slope of the line through {A} and {B}.",
        "What is the slope of the line that joins {A} and {B}?",
        "[Find] the slope of the line through the points A{A} and B{B}.",
        "A line passes through {A} and {B}. What is its slope?",
        "Work out the slope between the points {A} and {B}.",
        "Given {A} and {B}, calculate the slope of the line through them.",
    ),
}
READ_SLOPE = {
    "es:slope": (
        "¿Cuál es la pendiente de la recta y = {f}?",
        "[Indica|Di] la pendiente de y = {f}.",
        "[Find] la pendiente de la función f(x) = {f}.",
        "La recta y = {f}, ¿qué pendiente tiene?",
        "En la recta y = {f}, ¿cuánto [cambia|varía] y cuando x aumenta 1?",
    ),
    "es:intercept": (
        "¿Cuál es la ordenada en el origen de y = {f}?",
        "¿En qué valor de y corta la recta y = {f} al eje vertical?",
        "[Find] la ordenada en el origen de f(x) = {f}.",
        "La gráfica de y = {f} corta al eje Y. ¿A qué altura?",
    ),
    "en:slope": (
        "What is the slope of the line y = {f}?",
        "Give the slope of y = {f}.",
        "[Find] the slope of the function f(x) = {f}.",
    ),
    "en:intercept": (
        "What is the y-intercept of y = {f}?",
        "At which value of y does the line y = {f} cross the vertical axis?",
        "[Find] the y-intercept of f(x) = {f}.",
    ),
}
ZERO = {
    "es": (
        "¿En qué valor de x corta al eje horizontal la recta y = {f}?",
        "[Find] el cero de la función f(x) = {f}.",
        "¿Para qué valor de x se anula f(x) = {f}?",
        "[Find] la raíz de f(x) = {f}.",
        "¿Qué valor de x hace que {f} sea cero?",
        "[Encuentra|Halla] el valor de x para el que f(x) = 0, si f(x) = {f}.",
        "La recta y = {f} corta al eje X en un punto. ¿Cuál es su x?",
    ),
    "en": (
        "At which x does the line y = {f} cross the horizontal axis?",
        "[Find] the zero of the function f(x) = {f}.",
        "For which x is f(x) = {f} zero?",
        "[Find] the root of f(x) = {f}.",
        "Which value of x makes {f} zero?",
        "[Find] x with f(x) = 0, where f(x) = {f}.",
    ),
}
LINE = {
    "es:slope": (
        "[Find] la ecuación de la recta de pendiente {m} que pasa por {A}.",
        "¿Cuál es la ecuación de la recta que pasa por {A} y tiene pendiente {m}?",
        "Una recta tiene pendiente {m} y pasa por el punto {A}. Escribe su ecuación.",
        "[Escribe|Determina] en la forma y = mx + n la recta con m = {m} que contiene a {A}.",
    ),
    "es:points": (
        "[Find] la ecuación de la recta que pasa por {A} y {B}.",
        "¿Cuál es la ecuación de la recta que une {A} y {B}?",
        "Una recta pasa por {A} y {B}. Escribe su ecuación en la forma y = mx + n.",
    ),
    "en:slope": (
        "[Find] the equation of the line with slope {m} through {A}.",
        "What is the equation of the line through {A} with slope {m}?",
        "A line has the slope {m} and passes through {A}. Write its equation.",
    ),
    "en:points": (
        "[Find] the equation of the line through {A} and {B}.",
        "What is the equation of the line that joins {A} and {B}?",
        "A line passes through {A} and {B}. Write its equation as y = mx + n.",
    ),
}
INTERSECTION = {
    "es": (
        "¿En qué punto se cortan las rectas y = {f} e y = {g}? Da x e y.",
        "[Find] x e y en el punto de corte de y = {f} con y = {g}.",
        "Las rectas y = {f} e y = {g} se cruzan en un punto. ¿Cuáles son sus coordenadas x e y?",
        "[Find] el punto común, con su x y su y, de y = {f} e y = {g}.",
        "Dadas las funciones y = {f} e y = {g}, ¿para qué x valen lo mismo y cuánto vale y allí?",
        "Resuelve gráficamente o por igualación: y = {f}, y = {g}. ¿Cuánto valen x e y?",
    ),
    "en": (
        "At which point do the lines y = {f} and y = {g} meet? Give x and y.",
        "[Find] the x and y where the lines y = {f} and y = {g} cross.",
        "The lines y = {f} and y = {g} cross. What are the x and y of that point?",
        "[Find] the common point, its x and its y, of y = {f} and y = {g}.",
        "For which x are y = {f} and y = {g} equal, and what is y there?",
        "Solve y = {f}, y = {g}. What are x and y?",
    ),
}
VERTEX = {
    "es:x": (
        "[Find] la coordenada x del vértice de la parábola y = {f}.",
        "¿En qué valor de x tiene su vértice la parábola y = {f}?",
        "[Find] la abscisa del vértice de f(x) = {f}.",
        "¿Para qué x alcanza f(x) = {f} su valor mínimo?",
        "[Find] el eje de simetría de la parábola y = {f}.",
    ),
    "es:value": (
        "¿Cuál es el valor mínimo de f(x) = {f}?",
        "[Find] la ordenada del vértice de la parábola y = {f}.",
        "¿Hasta qué altura baja la parábola y = {f}, como mínimo?",
    ),
    "en:x": (
        "[Find] the x-coordinate of the vertex of the parabola y = {f}.",
        "At which x is the vertex of the parabola y = {f}?",
        "[Find] the x of the vertex of f(x) = {f}.",
        "For which x does f(x) = {f} take its least value?",
    ),
    "en:value": (
        "What is the least value of f(x) = {f}?",
        "[Find] the y-coordinate of the vertex of the parabola y = {f}.",
    ),
}

_LOWER, _UPPER = ("functions", "lower_secondary"), ("functions", "upper_secondary")
FAMILIES = (
    Family("slope_two_points", *_LOWER, slope_two_points, SLOPE_POINTS),
    Family("slope_and_intercept", *_LOWER, read_slope, READ_SLOPE, weight=0.8),
    Family("zero_of_function", *_LOWER, zero_of_line, ZERO, weight=0.8),
    Family("equation_of_a_line", *_LOWER, line_from_point, LINE, weight=0.8),
    Family("where_lines_meet", *_LOWER, intersection, INTERSECTION, weight=0.6),
    Family("parabola_vertex", *_UPPER, vertex, VERTEX, unseen=True),
)
