"""Equations of the second degree."""

from __future__ import annotations

from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .polynomials import signed, term, value_at, written
from .questions import Chapter
from .steps import DIVIDE, TIMES
from .wording import MINUS, num, say


def _two_roots(small: int, large: int, lang: str) -> str:
    return f"x = {num(small, lang)} {say(lang, 'y', 'and')} x = {num(large, lang)}"


def _roots(coefficients: dict[int, int]) -> tuple[int, ...]:
    return tuple(k for k in range(-25, 26) if value_at(coefficients, k) == 0)


def pure_quadratic(rng: Random, lang: str) -> Draft:
    r, a = mostly(rng, (1, 7), (8, 12)), rng.choice([1, 1, 1, 2, 3])
    square = a * r * r
    text = f"{term(a, 2)} = {square}" if rng.random() < 0.5 else f"{term(a, 2)} {MINUS} {square} = 0"
    head = say(lang, "Despejamos x²", "We get x² alone")
    alone = f"x² = {square} {DIVIDE} {a} = {r * r}" if a > 1 else f"x² = {square}"
    both = say(lang, "La raíz, con los dos signos", "The root, with both signs")
    steps = (f"{head}: {alone}", f"{both}: √{r * r} = {r}")
    return Draft({"e": text}, steps, (-r, r), _roots({2: a, 0: -square}), answer=_two_roots(-r, r, lang))


def without_constant(rng: Random, lang: str) -> Draft:
    """ax² + bx = 0, by a common factor."""
    a, x = rng.choice([1, 1, 2, 3]), rng.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, -4, -5])
    b = -a * x
    coefficients = {2: a, 1: b}
    inner = written({1: a, 0: b})
    head = say(lang, "Sacamos factor común", "We take out x")
    other = say(lang, "El otro factor", "The other factor")
    steps = [f"{head}: x({inner}) = 0, {say(lang, 'así que', 'so')} x = 0"]
    root = num(-b, lang)
    if a == 1:
        steps.append(f"{other}: {inner} = 0, x = {root}")
    else:
        steps.append(f"{other}: {a}x = {root}, x = {root} {DIVIDE} {a} = {num(x, lang)}")
    text = f"{written(coefficients)} = 0"
    if rng.random() < 0.25 and b < 0:
        text = f"{term(a, 2)} = {term(b, 1)}"
    value = (min(0, x), max(0, x))
    return Draft({"e": text}, tuple(steps), value, _roots(coefficients), answer=_two_roots(*value, lang))


def _draw_roots(rng: Random) -> tuple[int, int]:
    small, large = sorted(rng.sample([-4, -3, -2, -1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7], 2))
    return (small, large + 1) if small in (large, -large) else (small, large)


def quadratic(rng: Random, lang: str) -> Draft:
    small, large = _draw_roots(rng)
    b, c = -(small + large), small * large
    if not b or not c:
        return quadratic(rng, lang)
    coefficients = {2: 1, 1: b, 0: c}
    delta = b * b - 4 * c
    root, lead = isqrt(delta), num(-b, lang)
    low, high, head = num(-b - root, lang), num(-b + root, lang), say(lang, "Discriminante", "Discriminant")
    inner = f"{num(b, lang)}" if b > 0 else f"({num(b, lang)})"
    product = f"4 {TIMES} {c}" if c > 0 else f"4 {TIMES} ({num(c, lang)})"
    steps = (
        f"{head} b² {MINUS} 4ac: {inner}² {MINUS} {product} = {b * b} {signed(-4 * c)} = {delta}",
        f"{say(lang, 'Raíz', 'Root')}: √{delta} = {root}",
        f"x = ({lead} {MINUS} {root}) {DIVIDE} 2 = {low} {DIVIDE} 2 = {num((-b - root) // 2, lang)}",
        f"x = ({lead} + {root}) {DIVIDE} 2 = {high} {DIVIDE} 2 = {num((-b + root) // 2, lang)}",
    )
    value = ((-b - root) // 2, (-b + root) // 2)
    text = f"{written(coefficients)} = 0"
    return Draft({"e": text}, steps, value, _roots(coefficients), answer=_two_roots(*value, lang))


def discriminant(rng: Random, lang: str) -> Draft:
    """How many real solutions, by the sign of b² − 4ac."""
    b, c = rng.randint(1, 8) * rng.choice([1, -1]), rng.randint(1, 9) * rng.choice([1, 1, -1])
    if rng.random() < 0.3:
        half = rng.randint(1, 5)
        b, c = 2 * half * rng.choice([1, -1]), half * half
    delta = b * b - 4 * c
    inner = f"{num(b, lang)}" if b > 0 else f"({num(b, lang)})"
    product = f"4 {TIMES} {c}" if c > 0 else f"4 {TIMES} ({num(c, lang)})"
    count = 0 if delta < 0 else 1 if delta == 0 else 2
    kind_es = {
        0: "Negativo: ninguna solución real.",
        1: "Cero: una solución.",
        2: "Positivo: dos soluciones.",
    }
    kind_en = {0: "Negative: no real solution.", 1: "Zero: one solution.", 2: "Positive: two solutions."}
    head = say(lang, "Discriminante", "Discriminant")
    steps = (
        f"{head} b² {MINUS} 4ac: {inner}² {MINUS} {product} = {b * b} {signed(-4 * c)} = {num(delta, lang)}",
        say(lang, kind_es[count], kind_en[count]),
    )
    lowest = 4 * c - b * b  # four times the least value of the parabola
    check = 2 if lowest < 0 else 1 if lowest == 0 else 0
    return Draft({"e": f"{written({2: 1, 1: b, 0: c})} = 0"}, steps, count, check)


ASKED = Chapter("quadratics")
_LOWER = ("equations", "lower_secondary")
FAMILIES = (
    Family("quadratic_pure", *_LOWER, pure_quadratic, ASKED["solve_two"], unseen=True),
    Family("quadratic_without_constant", *_LOWER, without_constant, ASKED["solve_two"], weight=0.8),
    Family("quadratic", *_LOWER, quadratic, ASKED["solve_two"]),
    Family("number_of_solutions", *_LOWER, discriminant, ASKED["discriminant"], weight=0.5),
)
