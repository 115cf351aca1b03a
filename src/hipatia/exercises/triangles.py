"""Right triangles, angles, similar figures."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import SMALL, mostly
from .perimeters import setting
from .polynomials import power
from .questions import Chapter
from .steps import DIVIDE, add, divide, sub, times
from .wording import MINUS, num, say

EASY_TRIPLES = ((3, 4, 5), (6, 8, 10), (5, 12, 13))
MORE_TRIPLES = ((9, 12, 15), (8, 15, 17), (12, 16, 20), (7, 24, 25), (15, 20, 25))


def _triple(rng: Random) -> tuple[int, int, int]:
    a, b, c = rng.choice(EASY_TRIPLES if rng.random() < SMALL else MORE_TRIPLES)
    return (a, b, c) if rng.random() < 0.5 else (b, a, c)


def hypotenuse(rng: Random, lang: str) -> Draft:
    a, b, c = _triple(rng)
    unit = rng.choice(("cm", "m"))
    square = a * a + b * b
    head = say(lang, "Pitágoras, catetos al cuadrado", "Pythagoras, the legs squared")
    steps = (
        f"{head}: {power(a, 2)} + {power(b, 2)} = {a * a} + {b * b} = {square}",
        f"{say(lang, 'La raíz', 'The root')}: √{square} = {isqrt(square)}",
    )
    fields = {"a": a, "b": b, "u": unit}
    return Draft(fields, steps, isqrt(square), c, unit=unit, variant=setting(rng, unit))


def leg(rng: Random, lang: str) -> Draft:
    a, b, c = _triple(rng)
    unit = rng.choice(("cm", "m"))
    square = c * c - a * a
    head = say(lang, "Pitágoras, restamos los cuadrados", "Pythagoras, subtract the squares")
    steps = (
        f"{head}: {power(c, 2)} {MINUS} {power(a, 2)} = {c * c} {MINUS} {a * a} = {square}",
        f"{say(lang, 'La raíz', 'The root')}: √{square} = {isqrt(square)}",
    )
    fields = {"a": a, "c": c, "u": unit}
    return Draft(fields, steps, isqrt(square), b, unit=unit, variant=setting(rng, unit))


def third_angle(rng: Random, lang: str) -> Draft:
    if rng.random() < 0.3:
        return _isosceles(rng, lang)
    a, b = mostly(rng, (2, 9), (6, 14)) * 10, mostly(rng, (2, 8), (5, 14)) * 5
    if a + b >= 175:
        return third_angle(rng, lang)
    first = add(a, b, lang)
    second = sub(180, int(first.value), lang)
    steps = (
        f"{say(lang, 'Los dos conocidos', 'The two known ones')}: {first}",
        f"{say(lang, 'Los tres suman 180', 'All three add up to 180')}: {second}",
    )
    return Draft({"a": a, "b": b}, steps, second.value, 180 - a - b, answer=f"{second.value}°")


def _isosceles(rng: Random, lang: str) -> Draft:
    """From the angle at the top one at the base, or the other way round."""
    base = rng.randint(3, 16) * 5
    top = 180 - 2 * base
    if rng.random() < 0.5:
        rest = sub(180, top, lang)
        steps = (
            f"{say(lang, 'Los dos iguales suman', 'The two equal ones add up to')}: {rest}",
            f"{say(lang, 'Cada uno', 'Each')}: {divide(2 * base, 2, lang)}",
        )
        check = Fraction(180 - top, 2)
        return Draft({"a": top}, steps, int(rest.value) // 2, check, answer=f"{base}°", variant="base")
    both = times(2, base, lang)
    steps = (
        f"{say(lang, 'Los dos iguales suman', 'The two equal ones add up to')}: {both}",
        f"{say(lang, 'Los tres suman 180', 'All three add up to 180')}: {sub(180, 2 * base, lang)}",
    )
    return Draft({"a": base}, steps, 180 - 2 * base, 180 - base - base, answer=f"{top}°", variant="top")


def angle_pair(rng: Random, lang: str) -> Draft:
    whole = rng.choice([90, 180])
    a = rng.randint(2, whole // 5 - 2) * 5 if rng.random() < SMALL else rng.randint(11, whole - 11)
    step = sub(whole, a, lang)
    es, en = ("complementario", "complement") if whole == 90 else ("suplementario", "supplement")
    head = say(lang, f"{es.capitalize()}s: suman {whole}", f"{en.capitalize()}: both add up to {whole}")
    fields = {"a": a, "es": es, "en": en, "ess": f"{es}s"}
    return Draft(fields, (f"{head}; {step}",), step.value, whole - a, answer=f"{step.value}°")


def polygon_angles(rng: Random, lang: str) -> Draft:
    """The sum of the angles of a polygon, one angle of a regular one, the fourth of a quadrilateral."""
    if rng.random() < 0.4:
        a, b, c = (rng.randint(10, 24) * 5 for _ in range(3))
        if not 20 <= 360 - a - b - c <= 170:
            return polygon_angles(rng, lang)
        first = add(a, b, lang)
        steps = (
            f"{say(lang, 'Los tres conocidos', 'The three known ones')}: {a} + {b} + {c} = {a + b} + {c} = {a + b + c}",
            f"{say(lang, 'Los cuatro suman 360', 'All four add up to 360')}: {sub(360, a + b + c, lang)}",
        )
        check = 360 - int(first.value) - c
        known: dict[str, object] = {"a": a, "b": b, "c": c}
        return Draft(known, steps, 360 - (a + b + c), check, answer=f"{check}°", variant="fourth")
    n = rng.choice([5, 6, 8, 9, 10])
    names_es = {5: "pentágono", 6: "hexágono", 8: "octógono", 9: "eneágono", 10: "decágono"}
    names_en = {5: "pentagon", 6: "hexagon", 8: "octagon", 9: "nonagon", 10: "decagon"}
    fields = {"f": say(lang, names_es[n], names_en[n]), "n": n, "an": "an" if n == 8 else "a"}
    triangles = f"{n} {MINUS} 2 = {n - 2}"
    whole = times(180, n - 2, lang)
    steps = (
        f"{say(lang, 'Triángulos que lo forman', 'Triangles in it')}: {triangles}",
        f"{say(lang, 'Cada uno suma 180', 'Each has 180')}: {whole}",
    )
    if rng.random() < 0.6:
        return Draft(fields, steps, whole.value, n * 180 - 360, answer=f"{whole.value}°", variant="sum")
    one = (n - 2) * 180 // n
    last = f"{say(lang, f'{n} ángulos iguales', f'{n} equal angles')}: {(n - 2) * 180} {DIVIDE} {n} = {one}"
    outer = Fraction(360, n)
    return Draft(fields, (*steps, last), one, 180 - outer, answer=f"{one}°", variant="one")


def shadows(rng: Random, lang: str) -> Draft:
    """Similar triangles: heights and shadows, or sides of similar figures."""
    short, k = rng.randint(2, 6), rng.randint(2, 6)
    first = short * Fraction(rng.choice([4, 6, 8, 3, 1]), 2)
    shadow = rng.random() < 0.5
    if first.denominator > 1 or (shadow and first * k > 30):  # trees and houses, not skyscrapers
        return shadows(rng, lang)
    a, b = int(first), short  # height and shadow of the first
    c = b * k
    fields = {"a": a, "b": b, "c": c}
    factor = divide(c, b, lang)
    last = times(a, k, lang)
    word_es = "La sombra crece" if shadow else "Razón de semejanza"
    word_en = "The shadow grows by" if shadow else "Ratio of similarity"
    steps = (
        f"{say(lang, word_es, word_en)}: {factor}",
        f"{say(lang, 'Lo otro crece igual', 'The other one grows alike')}: {last}",
    )
    check = Fraction(a, b) * c
    unit = "m" if shadow else "cm"
    return Draft(fields, steps, last.value, check, unit=unit, variant="shadow" if shadow else "sides")


def diagonals(rng: Random, lang: str) -> Draft:
    n = rng.randint(4, 10)
    fields = {"n": n}
    product = times(n, n - 3, lang)
    steps = (
        f"{say(lang, 'De cada vértice salen', 'From each vertex go')}: {n} {MINUS} 3 = {n - 3}",
        f"{say(lang, f'Son {n} vértices', f'There are {n} vertices')}: {product}",
        f"{say(lang, 'Cada diagonal se cuenta dos veces', 'Each diagonal is counted twice')}: "
        f"{n * (n - 3)} {DIVIDE} 2 = {n * (n - 3) // 2}",
    )
    pairs = sum(1 for i in range(n) for j in range(i) if (i - j) % n not in (1, n - 1))
    return Draft(fields, steps, n * (n - 3) // 2, pairs)


def distance(rng: Random, lang: str) -> Draft:
    """The distance of two points, or the point halfway."""
    a, b, c = _triple(rng)
    x, y = rng.randint(-3, 5), rng.randint(-3, 5)
    if rng.random() < 0.55:
        u, v = x + a, y + b
        n = lambda value: num(value, lang)  # noqa: E731
        square = a * a + b * b
        steps = (
            f"{say(lang, 'Diferencias', 'Differences')}: {_gap(u, x, lang)} {say(lang, 'y', 'and')} {_gap(v, y, lang)}",
            f"{say(lang, 'Pitágoras', 'Pythagoras')}: {power(a, 2)} + {power(b, 2)} = {a * a} + {b * b} = {square}",
            f"√{square} = {isqrt(square)}",
        )
        fields = {"A": f"({n(x)}, {n(y)})", "B": f"({n(u)}, {n(v)})"}
        return Draft(fields, steps, isqrt(square), c, variant="distance")
    u, v = x + 2 * rng.randint(1, 5), y + 2 * rng.randint(-4, 4)
    fields = {"A": f"({num(x, lang)}, {num(y, lang)})", "B": f"({num(u, lang)}, {num(v, lang)})"}
    head = say(lang, "Media de cada coordenada", "Mean of each coordinate")
    means = (f"{head}, x: {_mean(x, u, lang)}", f"y: {_mean(y, v, lang)}")
    middle = ((x + u) // 2, (y + v) // 2)
    check = (x + (u - x) // 2, y + (v - y) // 2)
    answer = f"({num(middle[0], lang)}, {num(middle[1], lang)})"
    return Draft(fields, means, middle, check, answer=answer, variant="middle")


def _gap(a: int, b: int, lang: str) -> str:
    """a − b = …, with brackets around a negative b."""
    second = f"({num(b, lang)})" if b < 0 else num(b, lang)
    return f"{num(a, lang)} {MINUS} {second} = {num(a - b, lang)}"


def _mean(a: int, b: int, lang: str) -> str:
    second = f"({num(b, lang)})" if b < 0 else num(b, lang)
    return (
        f"({num(a, lang)} + {second}) {DIVIDE} 2 = {num(a + b, lang)} {DIVIDE} 2 = {num((a + b) // 2, lang)}"
    )


ASKED = Chapter("triangles")
_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("hypotenuse", *_LOWER, hypotenuse, ASKED["hypotenuse"]),
    Family("leg_of_triangle", *_LOWER, leg, ASKED["leg"]),
    Family("third_angle", *_PRIMARY, third_angle, ASKED["third_angle"]),
    Family("angle_pair", *_PRIMARY, angle_pair, ASKED["angle_pair"], weight=0.7, unseen=True),
    Family("polygon_angles", *_LOWER, polygon_angles, ASKED["polygon_angles"], weight=0.7),
    Family("similar_figures", *_LOWER, shadows, ASKED["shadows"], weight=0.8),
    Family("diagonals", *_LOWER, diagonals, ASKED["diagonals"], weight=0.3, unseen=True),
    Family("distance_and_midpoint", *_LOWER, distance, ASKED["distance"], weight=0.8),
)
