"""Perimeters of rectangles, triangles and regular figures, and their sides from them."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly
from .questions import Chapter
from .steps import add, divide, sub, times, total
from .wording import say

LENGTHS = ("cm", "m", "cm", "m", "dm")


def setting(rng: Random, unit: str) -> str:
    """The variant ``m`` tells a story of fields, rooms and poles, where only metres make sense."""
    return "m" if unit == "m" and rng.random() < 0.6 else ""


def sides(rng: Random) -> tuple[int, int, str]:
    """Length, width and unit; metres stay small, since they become rooms and gardens."""
    unit = rng.choice(LENGTHS)
    b = rng.randint(2, 9) if unit == "m" else mostly(rng, (2, 9), (8, 15))
    return b + (rng.randint(1, 6) if unit == "m" else mostly(rng, (1, 6), (5, 15))), b, unit


def rectangle_perimeter(rng: Random, lang: str) -> Draft:
    a, b, unit = sides(rng)
    first = add(a, b, lang)
    second = times(2, int(first.value), lang)
    steps = (
        f"{say(lang, 'Perímetro, sumamos largo y ancho', 'Perimeter, length plus width')}: {first}",
        f"{say(lang, 'Hay dos de cada lado', 'There are two of each')}: {second}",
    )
    fields = {"a": a, "b": b, "u": unit}
    return Draft(fields, steps, second.value, sum([a, b, a, b]), unit=unit, variant=setting(rng, unit))


_NAMES = {
    "es": {
        3: "triángulo equilátero",
        4: "cuadrado",
        5: "pentágono regular",
        6: "hexágono regular",
        8: "octógono regular",
    },
    "en": {
        3: "equilateral triangle",
        4: "square",
        5: "regular pentagon",
        6: "regular hexagon",
        8: "regular octagon",
    },
}


def _articles(name: str) -> dict[str, str]:
    """The English article of a figure."""
    an = "an" if name[0] in "eo" else "a"
    return {"an": an, "A": an.capitalize()}


def regular_perimeter(rng: Random, lang: str) -> Draft:
    n, a, unit = rng.choice([3, 4, 4, 4, 5, 6, 8]), mostly(rng, (2, 10), (8, 25)), rng.choice(LENGTHS)
    step = times(n, a, lang)
    name = _NAMES[lang][n]
    fields = {"f": name, "a": a, "u": unit} | _articles(name)
    head = say(lang, f"Perímetro, {n} lados iguales de {a}", f"Perimeter, {n} equal sides of {a}")
    return Draft(
        fields, (f"{head}: {step}",), step.value, sum([a] * n), unit=unit, variant=setting(rng, unit)
    )


def side_from_perimeter(rng: Random, lang: str) -> Draft:
    n, a, unit = rng.choice([3, 4, 4, 4, 5, 6, 8]), mostly(rng, (2, 10), (8, 25)), rng.choice(LENGTHS)
    step = divide(n * a, n, lang)
    name = _NAMES[lang][n]
    fields = {"f": name, "p": n * a, "u": unit} | _articles(name)
    head = say(lang, f"El perímetro son {n} lados iguales", f"The perimeter is {n} equal sides")
    found = next(k for k in range(100) if sum([k] * n) == n * a)
    return Draft(fields, (f"{head}: {step}",), step.value, found, unit=unit, variant=setting(rng, unit))


def rectangle_side_from_perimeter(rng: Random, lang: str) -> Draft:
    a, b, unit = sides(rng)
    if rng.random() < 0.4:
        a, b = b, a
    p = 2 * (a + b)
    half = divide(p, 2, lang)
    rest = sub(a + b, a, lang)
    steps = (
        f"{say(lang, 'Medio perímetro es largo más ancho', 'Half the perimeter is length plus width')}: {half}",
        f"{say(lang, f'Quitamos el lado de {a}', f'We take off the side of {a}')}: {rest}",
    )
    found = next(k for k in range(100) if 2 * k + 2 * a == p)
    fields = {"a": a, "p": p, "u": unit}
    return Draft(fields, steps, rest.value, found, unit=unit, variant=setting(rng, unit))


def triangle_perimeter(rng: Random, lang: str) -> Draft:
    a, b = mostly(rng, (3, 9), (8, 18)), mostly(rng, (3, 9), (8, 18))
    c = rng.randint(abs(a - b) + 1, a + b - 1)
    unit = rng.choice(LENGTHS)
    kind = ""
    if rng.random() < 0.3 and a != c < 2 * a:
        b, kind = a, "isosceles"
    step = total([a, b, c], lang)
    head = say(lang, "Perímetro, sumamos los tres lados", "Perimeter, we add the three sides")
    fields = {"a": a, "b": b, "c": c, "u": unit}
    variant = kind or setting(rng, unit)
    return Draft(fields, (f"{head}: {step}",), step.value, c + b + a, unit=unit, variant=variant)


# What is known of a rectangle, after "un rectángulo" and as a sentence of its own.


ASKED = Chapter("perimeters")
_PRIMARY = ("geometry", "primary")
FAMILIES = (
    Family("rectangle_perimeter", *_PRIMARY, rectangle_perimeter, ASKED["rectangle_perimeter"]),
    Family("regular_perimeter", *_PRIMARY, regular_perimeter, ASKED["regular_perimeter"], weight=0.9),
    Family("side_from_perimeter", *_PRIMARY, side_from_perimeter, ASKED["side_from_perimeter"], weight=0.9),
    Family("rectangle_side", *_PRIMARY, rectangle_side_from_perimeter, ASKED["rectangle_side"], weight=0.7),
    Family("triangle_perimeter", *_PRIMARY, triangle_perimeter, ASKED["triangle_perimeter"], weight=0.8),
)
