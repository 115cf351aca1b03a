"""Functions: values, slope, zero and the line through two points."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .polynomials import power, signed, value_at, written
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say


def linear_value(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 9), rng.randint(1, 12) * rng.choice([1, 1, -1])
    x = rng.choice([rng.randint(0, 10), rng.randint(2, 10), -rng.randint(1, 6)])
    shown = f"({num(x, lang)})" if x < 0 else str(x)
    value = a * x + b
    chain = f"{a} {TIMES} {shown} {signed(b)} = {num(a * x, lang)} {signed(b)} = {num(value, lang)}"
    fields = {"f": written({1: a, 0: b}), "x": num(x, lang)}
    return Draft(fields, (f"f({num(x, lang)}) = {chain}",), value, value_at({1: a, 0: b}, x))


def quadratic_value(rng: Random, lang: str) -> Draft:
    b, c, x = (
        rng.randint(1, 6) * rng.choice([1, -1]),
        rng.randint(1, 9) * rng.choice([1, -1]),
        rng.randint(2, 6),
    )
    coefficients = {2: 1, 1: b, 0: c}
    value = x * x + b * x + c
    sign = MINUS if b < 0 else "+"
    middle = f"{power(x, 2)} {sign} {abs(b)} {TIMES} {x} {signed(c)}"
    chain = f"f({x}) = {middle} = {x * x} {sign} {abs(b) * x} {signed(c)} = {num(value, lang)}"
    fields = {"f": written(coefficients), "x": x}
    return Draft(fields, (chain,), value, value_at(coefficients, x))


def slope_two_points(rng: Random, lang: str) -> Draft:
    slope = rng.choice([-3, -2, -1, 1, 2, 3, 4, 5])
    x1, run = rng.randint(0, 5), rng.randint(1, 5)
    y1 = rng.randint(0, 12)
    x2, y2 = x1 + run, y1 + slope * run
    if y2 < 0:
        y1, y2 = y1 - y2, 0
    fields = {"A": f"({x1}, {y1})", "B": f"({x2}, {y2})"}
    rise = y2 - y1
    chain = f"m = ({y2} {MINUS} {y1}) {DIVIDE} ({x2} {MINUS} {x1}) = {num(rise, lang)} {DIVIDE} {run} = "
    head = say(lang, "Dividimos lo que sube entre lo que avanza.", "We divide the rise by the run.")
    steps = (head, f"{chain}{num(rise // run, lang)}")
    return Draft(fields, steps, rise // run, Fraction(y2 - y1, x2 - x1))


def read_slope(rng: Random, lang: str) -> Draft:
    m, n = rng.randint(1, 9) * rng.choice([1, -1]), rng.randint(1, 12) * rng.choice([1, -1])
    fields = {"f": written({1: m, 0: n})}
    if rng.random() < 0.6:
        why = say(
            lang,
            "La pendiente es el número que multiplica a x.",
            "The slope is the number that multiplies x.",
        )
        check = value_at({1: m, 0: n}, 1) - value_at({1: m, 0: n}, 0)
        return Draft(fields, (why,), m, check, variant="slope")
    why = say(lang, "La ordenada en el origen es el término sin x.", "The intercept is the term without x.")
    return Draft(fields, (why,), n, value_at({1: m, 0: n}, 0), variant="intercept")


def zero_of_line(rng: Random, lang: str) -> Draft:
    a, x = rng.randint(2, 8), rng.choice([rng.randint(1, 9), -rng.randint(1, 9)])
    b = -a * x
    fields = {"f": written({1: a, 0: b})}
    steps = (
        f"{say(lang, 'Igualamos a cero', 'We set it to zero')}: {a}x {signed(b)} = 0",
        f"{a}x = {num(-b, lang)}",
        f"x = {num(-b, lang)} {DIVIDE} {a} = {num(-b // a, lang)}",
    )
    root = next(k for k in range(-20, 21) if value_at({1: a, 0: b}, k) == 0)
    return Draft(fields, steps, -b // a, root, answer=f"x = {num(x, lang)}")


def vertex(rng: Random, lang: str) -> Draft:
    p, c = rng.randint(1, 6) * rng.choice([1, -1]), rng.randint(-9, 9)
    coefficients = {2: 1, 1: -2 * p, 0: c}
    top = 2 * p
    steps = (
        say(
            lang,
            "La x del vértice es la mitad del coeficiente de x, con el signo cambiado.",
            "The x of the vertex is half the coefficient of x, with the sign changed.",
        ),
        f"x = {num(top, lang)} {DIVIDE} 2 = {num(top // 2, lang)}",
    )
    best = min(range(-20, 21), key=lambda k: value_at(coefficients, k))
    return Draft({"f": written(coefficients)}, steps, top // 2, best, answer=f"x = {num(p, lang)}")


def line_story(rng: Random, lang: str) -> Draft:
    fixed, rate, n = rng.randint(2, 30), rng.randint(2, 9), rng.randint(3, 12)
    product = f"{n} {TIMES} {rate} = {n * rate}"
    total = fixed + n * rate
    fields = {"a": fixed, "b": rate, "n": n}
    steps = (
        f"{say(lang, 'Parte que cambia', 'Part that changes')}: {product}",
        f"{say(lang, 'Con la parte fija', 'With the fixed part')}: {fixed} + {n * rate} = {total}",
    )
    return Draft(fields, steps, total, value_at({1: rate, 0: fixed}, n), unit="€")


LINEAR_VALUE = {
    "es": (
        "Si f(x) = {f}, calcula f({x}).",
        "Dada la función f(x) = {f}, halla f({x}).",
        "¿Cuánto vale f({x}) si f(x) = {f}?",
        "Calcula el valor de la función f(x) = {f} en x = {x}.",
        "Halla la imagen de {x} por la función f(x) = {f}.",
        "Sea f(x) = {f}. ¿Cuál es el valor de f({x})?",
    ),
    "en": (
        "If f(x) = {f}, calculate f({x}).",
        "Given the function f(x) = {f}, find f({x}).",
        "What is f({x}) if f(x) = {f}?",
        "Find the value of the function f(x) = {f} at x = {x}.",
        "Find the image of {x} under f(x) = {f}.",
        "Let f(x) = {f}. What is the value of f({x})?",
    ),
}
SLOPE_POINTS = {
    "es": (
        "Halla la pendiente de la recta que pasa por {A} y {B}.",
        "¿Cuál es la pendiente de la recta que une los puntos {A} y {B}?",
        "Calcula la pendiente de la recta que pasa por los puntos A{A} y B{B}.",
        "Una recta pasa por {A} y {B}. ¿Qué pendiente tiene?",
        "Determina la pendiente entre los puntos {A} y {B}.",
        "Dados {A} y {B}, calcula la pendiente de la recta que determinan.",
    ),
    "en": (
        "Find the slope of the line through {A} and {B}.",
        "What is the slope of the line that joins {A} and {B}?",
        "Calculate the slope of the line through the points A{A} and B{B}.",
        "A line passes through {A} and {B}. What is its slope?",
        "Work out the slope between the points {A} and {B}.",
        "Given {A} and {B}, calculate the slope of the line through them.",
    ),
}
READ_SLOPE = {
    "es:slope": (
        "¿Cuál es la pendiente de la recta y = {f}?",
        "Indica la pendiente de y = {f}.",
        "Halla la pendiente de la función f(x) = {f}.",
        "La recta y = {f}, ¿qué pendiente tiene?",
    ),
    "es:intercept": (
        "¿Cuál es la ordenada en el origen de y = {f}?",
        "¿En qué valor de y corta la recta y = {f} al eje vertical?",
        "Halla la ordenada en el origen de f(x) = {f}.",
    ),
    "en:slope": (
        "What is the slope of the line y = {f}?",
        "Give the slope of y = {f}.",
        "Find the slope of the function f(x) = {f}.",
    ),
    "en:intercept": (
        "What is the y-intercept of y = {f}?",
        "At which value of y does the line y = {f} cross the vertical axis?",
        "Find the y-intercept of f(x) = {f}.",
    ),
}
ZERO = {
    "es": (
        "¿En qué punto x corta al eje horizontal la recta y = {f}?",
        "Halla el cero de la función f(x) = {f}.",
        "¿Para qué valor de x se anula f(x) = {f}?",
        "Calcula la raíz de f(x) = {f}.",
        "¿Qué valor de x hace que {f} sea cero?",
        "Encuentra el valor de x para el que f(x) = 0, si f(x) = {f}.",
    ),
    "en": (
        "At which x does the line y = {f} cross the horizontal axis?",
        "Find the zero of the function f(x) = {f}.",
        "For which x is f(x) = {f} zero?",
        "Calculate the root of f(x) = {f}.",
        "Which value of x makes {f} zero?",
        "Find x with f(x) = 0, where f(x) = {f}.",
    ),
}
VERTEX = {
    "es": (
        "Halla la coordenada x del vértice de la parábola y = {f}.",
        "¿En qué valor de x tiene su vértice la parábola y = {f}?",
        "Calcula la abscisa del vértice de f(x) = {f}.",
        "¿Para qué x alcanza f(x) = {f} su valor mínimo?",
        "La parábola y = {f} tiene un vértice. ¿Cuál es su x?",
        "Determina el valor de x del vértice de y = {f}.",
    ),
    "en": (
        "Find the x-coordinate of the vertex of the parabola y = {f}.",
        "At which x is the vertex of the parabola y = {f}?",
        "Calculate the x of the vertex of f(x) = {f}.",
        "For which x does f(x) = {f} take its least value?",
        "The parabola y = {f} has a vertex. What is its x?",
        "Work out the x of the vertex of y = {f}.",
    ),
}
LINE_STORY = {
    "es": (
        "Un taxi cobra {a} € fijos y {b} € por kilómetro. ¿Cuánto cuesta un viaje de {n} km?",
        "Un gimnasio cuesta {a} € de matrícula y {b} € por clase. ¿Cuánto se paga por {n} clases?",
        "Un fontanero cobra {a} € por la visita y {b} € por hora. ¿Cuánto cobra por {n} horas?",
        "Alquilar una bicicleta cuesta {a} € más {b} € por hora. ¿Cuánto cuestan {n} horas?",
        "El coste es C(n) = {b}n + {a} euros. Calcula C({n}).",
        "Una tarifa tiene una cuota de {a} € y {b} € por cada película. "
        "¿Cuánto se paga al ver {n} películas?",
    ),
    "en": (
        "A taxi charges {a} € plus {b} € a kilometre. What does a trip of {n} km cost?",
        "A gym costs {a} € to join and {b} € a class. What do {n} classes cost in all?",
        "A plumber charges {a} € for the visit and {b} € an hour. What do {n} hours cost?",
        "Hiring a bike costs {a} € plus {b} € an hour. What do {n} hours cost?",
        "The cost is C(n) = {b}n + {a} euros. Calculate C({n}).",
        "A plan has a fee of {a} € and {b} € for each film. What do {n} films cost?",
    ),
}

_LOWER, _UPPER = ("functions", "lower_secondary"), ("functions", "upper_secondary")
FAMILIES = (
    Family("function_value", *_LOWER, linear_value, LINEAR_VALUE, weight=1.2),
    Family("quadratic_function_value", *_LOWER, quadratic_value, LINEAR_VALUE, weight=0.8),
    Family("slope_two_points", *_LOWER, slope_two_points, SLOPE_POINTS),
    Family("slope_and_intercept", *_LOWER, read_slope, READ_SLOPE, weight=0.8),
    Family("zero_of_function", *_LOWER, zero_of_line, ZERO, weight=0.8),
    Family("parabola_vertex", *_UPPER, vertex, VERTEX, unseen=True),
    Family("linear_cost", *_LOWER, line_story, LINE_STORY),
)
