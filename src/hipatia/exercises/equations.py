"""Equations of the first and second degree, systems, and problems that lead to an equation."""

from __future__ import annotations

from math import isqrt
from random import Random

from .core import Draft, Family
from .polynomials import signed, term, value_at, written
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say


def _root(value: int, lang: str) -> str:
    return f"x = {num(value, lang)}"


def one_step(rng: Random, lang: str) -> Draft:
    kind = rng.choice(["add", "subtract", "times", "times", "divide"])
    if kind == "times":
        a, x = rng.randint(2, 12), rng.randint(2, 12)
        b = a * x
        text, step, check = (
            f"{a}x = {b}",
            f"x = {b} {DIVIDE} {a} = {b // a}",
            [k for k in range(1, b) if a * k == b],
        )
    elif kind == "divide":
        a, b = rng.randint(2, 9), rng.randint(2, 12)
        x = a * b
        text, step = f"x/{a} = {b}", f"x = {b} {TIMES} {a} = {x}"
        check = [k for k in range(1, 200) if k % a == 0 and k // a == b]
    elif kind == "add":
        a, x = rng.randint(2, 40), rng.choice([rng.randint(1, 40), -rng.randint(1, 9)])
        b = x + a
        text, step = f"x + {a} = {num(b, lang)}", f"x = {num(b, lang)} {MINUS} {a} = {num(x, lang)}"
        check = [k for k in range(-60, 200) if k + a == b]
    else:
        a, x = rng.randint(2, 40), rng.randint(1, 50)
        b = x - a
        text, step = f"x {MINUS} {a} = {num(b, lang)}", f"x = {num(b, lang)} + {a} = {x}"
        check = [k for k in range(-60, 200) if k - a == b]
    return Draft({"e": text}, (step,), (x,), tuple(check), answer=_root(x, lang))


def two_steps(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 9), rng.randint(1, 20) * rng.choice([1, 1, -1])
    x = rng.choice([rng.randint(1, 12), rng.randint(1, 12), -rng.randint(1, 6)])
    c = a * x + b
    text = f"{a}x {signed(b)} = {num(c, lang)}"
    steps = (
        f"{a}x = {num(c, lang)} {signed(-b)} = {num(c - b, lang)}",
        f"x = {num(c - b, lang)} {DIVIDE} {a} = {num(x, lang)}",
    )
    roots = tuple(k for k in range(-30, 31) if a * k + b == c)
    return Draft({"e": text}, steps, (x,), roots, answer=_root(x, lang))


def both_sides(rng: Random, lang: str) -> Draft:
    c, gap = rng.randint(1, 5), rng.randint(2, 6)
    a, x = c + gap, rng.choice([rng.randint(1, 10), rng.randint(1, 10), -rng.randint(1, 5)])
    b = rng.randint(1, 12) * rng.choice([1, -1])
    d = gap * x + b
    text = f"{a}x {signed(b)} = {term(c, 1)} {signed(d)}" if d else f"{a}x {signed(b)} = {term(c, 1)}"
    right = num(d, lang)
    steps = (
        f"{a}x {MINUS} {term(c, 1)} = {right} {signed(-b)}",
        f"{gap}x = {num(d - b, lang)}",
        f"x = {num(d - b, lang)} {DIVIDE} {gap} = {num(x, lang)}",
    )
    roots = tuple(k for k in range(-30, 31) if a * k + b == c * k + d)
    return Draft({"e": text}, steps, (x,), roots, answer=_root(x, lang))


def with_brackets(rng: Random, lang: str) -> Draft:
    k, b = rng.randint(2, 7), rng.randint(1, 9) * rng.choice([1, 1, -1])
    x = rng.randint(1, 10)
    while x + b == 0:
        x += 1
    c = k * (x + b)
    text = f"{k}(x {signed(b)}) = {num(c, lang)}"
    steps = (
        f"x {signed(b)} = {num(c, lang)} {DIVIDE} {k} = {num(x + b, lang)}",
        f"x = {num(x + b, lang)} {signed(-b)} = {num(x, lang)}",
    )
    roots = tuple(r for r in range(-30, 31) if k * r + k * b == c)
    return Draft({"e": text}, steps, (x,), roots, answer=_root(x, lang))


def _two_roots(small: int, large: int, lang: str) -> str:
    return f"x = {num(small, lang)} {say(lang, 'y', 'and')} x = {num(large, lang)}"


def pure_quadratic(rng: Random, lang: str) -> Draft:
    r, a = rng.randint(1, 12), rng.choice([1, 1, 1, 2, 3])
    shape = rng.random()
    square = a * r * r
    text = f"{term(a, 2)} = {square}" if shape < 0.5 else f"{term(a, 2)} {MINUS} {square} = 0"
    alone = f"x² = {square} {DIVIDE} {a} = {r * r}" if a > 1 else f"x² = {square}"
    steps = (alone, f"√{r * r} = {r}", say(lang, "Sirven los dos signos.", "Both signs will do."))
    roots = tuple(k for k in range(-20, 21) if a * k * k == square)
    return Draft({"e": text}, steps, (-r, r), roots, answer=_two_roots(-r, r, lang))


def quadratic(rng: Random, lang: str) -> Draft:
    small, large = sorted(rng.sample([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7], 2))
    if small == -large:
        large += 1
    b, c = -(small + large), small * large
    coefficients = {2: 1, 1: b, 0: c}
    delta = b * b - 4 * c
    root, lead = isqrt(delta), num(-b, lang)
    low, high, head = num(-b - root, lang), num(-b + root, lang), say(lang, "Discriminante", "Discriminant")
    inner = f"{num(b, lang)}" if b > 0 else f"({num(b, lang)})"
    product = f"4 {TIMES} {c}" if c > 0 else f"4 {TIMES} ({num(c, lang)})"
    steps = (
        f"{head}: {inner}² {MINUS} {product} = {b * b} {signed(-4 * c)} = {delta}",
        f"√{delta} = {root}",
        f"x = ({lead} {MINUS} {root}) {DIVIDE} 2 = {low} {DIVIDE} 2 = {num((-b - root) // 2, lang)}",
        f"x = ({lead} + {root}) {DIVIDE} 2 = {high} {DIVIDE} 2 = {num((-b + root) // 2, lang)}",
    )
    roots = tuple(k for k in range(-20, 21) if value_at(coefficients, k) == 0)
    value = ((-b - root) // 2, (-b + root) // 2)
    return Draft({"e": f"{written(coefficients)} = 0"}, steps, value, roots, answer=_two_roots(*value, lang))


def sum_and_difference(rng: Random, lang: str) -> Draft:
    """The system x + y = s, x − y = d."""
    y = rng.randint(1, 15)
    x = y + rng.randint(1, 12)
    s, d = x + y, x - y
    fields = {"f": f"x + y = {s}", "g": f"x {MINUS} y = {d}", "s": s, "d": d}
    steps = (
        f"{say(lang, 'Sumamos las dos ecuaciones', 'We add both equations')}: 2x = {s} + {d} = {s + d}",
        f"x = {s + d} {DIVIDE} 2 = {(s + d) // 2}",
        f"y = {s} {MINUS} {x} = {s - x}",
    )
    found = [(u, v) for u in range(60) for v in range(60) if u + v == s and u - v == d]
    return Draft(fields, steps, (x, s - x), found[0], answer=f"x = {x}, y = {y}")


def substitution_system(rng: Random, lang: str) -> Draft:
    """The system y = kx, ax + by = c with small numbers, by substitution."""
    k, a, x = rng.randint(2, 5), rng.randint(1, 4), rng.randint(1, 8)
    y = k * x
    c = a * x + y
    head = say(lang, f"Cambiamos y por {k}x en la otra", f"We put {k}x for y in the other one")
    fields = {"f": f"y = {k}x", "g": f"{term(a, 1)} + y = {c}"}
    steps = (
        f"{head}: {term(a, 1)} + {k}x = {c}",
        f"{a + k}x = {c}",
        f"x = {c} {DIVIDE} {a + k} = {c // (a + k)}",
        f"y = {k} {TIMES} {x} = {k * x}",
    )
    found = [(u, v) for u in range(60) for v in range(60) if v == k * u and a * u + v == c]
    return Draft(fields, steps, (c // (a + k), k * x), found[0], answer=f"x = {x}, y = {y}")


def number_riddle(rng: Random, lang: str) -> Draft:
    a, b, x = rng.randint(2, 6), rng.randint(2, 20), rng.randint(2, 15)
    plus = rng.random() < 0.6 or a * x <= b
    c = a * x + b if plus else a * x - b
    times_es = {2: "doble", 3: "triple", 4: "cuádruple", 5: "quíntuple", 6: "séxtuple"}[a]
    times_en = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}[a]
    fields = {"veces": times_es, "times": times_en, "b": b, "c": c, "a": a}
    sign, back = ("+", MINUS) if plus else (MINUS, "+")
    steps = (
        f"{say(lang, 'Ecuación', 'Equation')}: {a}x {sign} {b} = {c}",
        f"{a}x = {c} {back} {b} = {a * x}",
        f"x = {a * x} {DIVIDE} {a} = {x}",
    )
    found = next(k for k in range(100) if (a * k + b if plus else a * k - b) == c)
    return Draft(fields, steps, x, found, variant="plus" if plus else "minus")


SOLVE = {
    "es": (
        "Resuelve la ecuación {e}.",
        "Resuelve: {e}",
        "Halla x si {e}.",
        "¿Cuánto vale x en {e}?",
        "Encuentra el valor de x que cumple {e}.",
        "Calcula x: {e}",
        "¿Qué número es x si {e}?",
        "Despeja x en la ecuación {e}.",
    ),
    "en": (
        "Solve the equation {e}.",
        "Solve: {e}",
        "Find x if {e}.",
        "What is x in {e}?",
        "Find the value of x for which {e}.",
        "Which number is x if {e}?",
    ),
}
SOLVE_TWO = {
    "es": (
        "Resuelve la ecuación {e}.",
        "Halla las soluciones de {e}.",
        "Resuelve la ecuación de segundo grado {e}.",
        "¿Qué valores de x cumplen {e}?",
        "Calcula las dos soluciones de {e}.",
        "Encuentra las raíces de la ecuación {e}.",
    ),
    "en": (
        "Solve the equation {e}.",
        "Find the solutions of {e}.",
        "Solve the quadratic equation {e}.",
        "Which values of x satisfy {e}?",
        "Find both solutions of {e}.",
        "Find the roots of the equation {e}.",
    ),
}
SYSTEM = {
    "es": (
        "Resuelve el sistema: {f}; {g}.",
        "Resuelve el sistema de ecuaciones {f}, {g}.",
        "Halla x e y si {f} y {g}.",
        "¿Qué valores de x e y cumplen a la vez {f} y {g}?",
        "Encuentra la solución del sistema formado por {f} y {g}.",
        "Calcula x e y: {f}; {g}",
    ),
    "en": (
        "Solve the system: {f}; {g}.",
        "Solve the simultaneous equations {f}, {g}.",
        "Find x and y if {f} and {g}.",
        "Which values of x and y satisfy both {f} and {g}?",
        "Find the solution of the system of {f} and {g}.",
        "Work out x and y: {f}; {g}",
    ),
}
RIDDLE = {
    "es:plus": (
        "El {veces} de un número más {b} es {c}. ¿Cuál es el número?",
        "Pienso un número, lo multiplico por {a} y le sumo {b}. Obtengo {c}. ¿Qué número he pensado?",
        "Si al {veces} de un número le sumas {b}, sale {c}. Halla el número.",
        "¿Qué número cumple que su {veces} aumentado en {b} es {c}?",
    ),
    "es:minus": (
        "El {veces} de un número menos {b} es {c}. ¿Cuál es el número?",
        "Pienso un número, lo multiplico por {a} y le resto {b}. Obtengo {c}. ¿Qué número he pensado?",
        "Si al {veces} de un número le quitas {b}, queda {c}. Halla el número.",
        "¿Qué número cumple que su {veces} disminuido en {b} es {c}?",
    ),
    "en:plus": (
        "{a} times a number plus {b} is {c}. What is the number?",
        "I think of a number, multiply it by {a} and add {b}. I get {c}. What was my number?",
        "If you add {b} to {times} a number, you get {c}. Find the number.",
    ),
    "en:minus": (
        "{a} times a number minus {b} is {c}. What is the number?",
        "I think of a number, multiply it by {a} and subtract {b}. I get {c}. What was my number?",
        "If you take {b} from {times} a number, {c} is left. Find the number.",
    ),
}

_LOWER = ("equations", "lower_secondary")
FAMILIES = (
    Family("equation_one_step", *_LOWER, one_step, SOLVE, weight=1.2),
    Family("equation_two_steps", *_LOWER, two_steps, SOLVE, weight=1.5),
    Family("equation_both_sides", *_LOWER, both_sides, SOLVE, weight=1.2),
    Family("equation_brackets", *_LOWER, with_brackets, SOLVE),
    Family("quadratic_pure", *_LOWER, pure_quadratic, SOLVE_TWO, unseen=True),
    Family("quadratic", *_LOWER, quadratic, SOLVE_TWO),
    Family("system_sum_difference", *_LOWER, sum_and_difference, SYSTEM),
    Family("system_substitution", *_LOWER, substitution_system, SYSTEM, unseen=True),
    Family("number_riddle", *_LOWER, number_riddle, RIDDLE),
)
