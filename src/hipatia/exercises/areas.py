"""Areas of rectangles, squares, triangles and their kin, sides from areas, what a surface costs."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .perimeters import LENGTHS, setting, sides
from .questions import Chapter
from .steps import add, divide, sub, times
from .wording import say


def rectangle_area(rng: Random, lang: str) -> Draft:
    a, b, unit = sides(rng)
    step = times(a, b, lang)
    head = say(lang, "Área, base por altura", "Area, length times width")
    fields = {"a": a, "b": b, "u": unit}
    check = sum([a] * b)
    return Draft(fields, (f"{head}: {step}",), step.value, check, unit=f"{unit}²", variant=setting(rng, unit))


def square_area(rng: Random, lang: str) -> Draft:
    a, unit = mostly(rng, (2, 10), (11, 20)), rng.choice(LENGTHS)
    head = say(lang, "Área, lado por lado", "Area, side times side")
    step = times(a, a, lang)
    check, fields = sum(range(1, 2 * a, 2)), {"a": a, "u": unit}
    return Draft(fields, (f"{head}: {step}",), step.value, check, unit=f"{unit}²", variant=setting(rng, unit))


def area_from_perimeter(rng: Random, lang: str) -> Draft:
    """The area of a square from its perimeter, or the perimeter from the area."""
    check: int | Fraction
    a, unit = mostly(rng, (2, 9), (10, 15)), rng.choice(LENGTHS)
    square, around = times(a, a, lang), times(4, a, lang)
    if rng.random() < 0.5:
        side = divide(4 * a, 4, lang)
        steps = (
            f"{say(lang, 'Lado, perímetro entre 4', 'Side, perimeter over 4')}: {side}",
            f"{say(lang, 'Área, lado por lado', 'Area, side times side')}: {square}",
        )
        value, check, unit_out, variant = square.value, Fraction(4 * a, 4) ** 2, f"{unit}²", "area"
        fields = {"n": 4 * a, "u": unit}
    else:
        steps = (
            f"{say(lang, 'Lado, raíz del área', 'Side, root of the area')}: √{a * a} = {isqrt(a * a)}",
            f"{say(lang, 'Perímetro, 4 lados', 'Perimeter, 4 sides')}: {around}",
        )
        value, check, unit_out, variant = around.value, 4 * isqrt(a * a), unit, "perimeter"
        fields = {"n": a * a, "u": unit}
    return Draft(fields, steps, value, check, unit=unit_out, variant=variant)


def side_from_area(rng: Random, lang: str) -> Draft:
    """A side of a rectangle, a square or a triangle from its area."""
    kind, unit = rng.choice(["rectangle", "rectangle", "square", "triangle"]), rng.choice(LENGTHS)
    if kind == "rectangle":
        a, b = mostly(rng, (2, 10), (8, 15)), mostly(rng, (2, 10), (8, 20))
        step = divide(a * b, a, lang)
        head = say(lang, "El área es base por altura; dividimos entre la base", "Area over length")
        fields = {"a": a, "n": a * b, "u": unit}
        return Draft(fields, (f"{head}: {step}",), step.value, b, unit=unit, variant=kind)
    if kind == "square":
        a = rng.randint(2, 15)
        head = say(lang, f"El lado al cuadrado es {a * a}; su raíz", f"The side squared is {a * a}; its root")
        fields = {"n": a * a, "u": unit}
        check = next(k for k in range(1, 40) if k * k == a * a)
        return Draft(
            fields, (f"{head}: √{a * a} = {isqrt(a * a)}",), isqrt(a * a), check, unit=unit, variant=kind
        )
    a, b = rng.randint(2, 12), mostly(rng, (2, 10), (8, 14))
    if a * b % 2:
        a += 1
    area = a * b // 2
    twice, height = times(2, area, lang), divide(a * b, a, lang)
    steps = (
        f"{say(lang, 'Base por altura es el doble del área', 'Base times height is twice the area')}: {twice}",
        f"{say(lang, 'Dividimos entre la base', 'We divide by the base')}: {height}",
    )
    found = next(k for k in range(1, 60) if Fraction(a * k, 2) == area)
    return Draft({"a": a, "n": area, "u": unit}, steps, height.value, found, unit=unit, variant=kind)


def triangle_area(rng: Random, lang: str) -> Draft:
    a, b, unit = mostly(rng, (2, 10), (8, 20)), mostly(rng, (2, 10), (8, 15)), rng.choice(LENGTHS)
    if a * b % 2:
        a += 1
    first, second = times(a, b, lang), divide(a * b, 2, lang)
    steps = (
        f"{say(lang, 'Base por altura', 'Base times height')}: {first}",
        f"{say(lang, 'El triángulo es la mitad', 'The triangle is half of it')}: {second}",
    )
    check, fields = Fraction(a, 2) * b, {"a": a, "b": b, "u": unit}
    return Draft(fields, steps, second.value, check, unit=f"{unit}²", variant=setting(rng, unit))


def other_areas(rng: Random, lang: str) -> Draft:
    """Parallelogram, rhombus and trapezium."""
    steps: tuple[str, ...]
    kind, unit = rng.choice(["parallelogram", "rhombus", "trapezium", "trapezium"]), rng.choice(LENGTHS)
    a, b = mostly(rng, (3, 10), (8, 16)), mostly(rng, (2, 8), (6, 12))
    if kind == "parallelogram":
        step = times(a, b, lang)
        head = say(lang, "Área, base por altura", "Area, base times height")
        fields = {"a": a, "b": b, "u": unit}
        return Draft(fields, (f"{head}: {step}",), step.value, sum([a] * b), unit=f"{unit}²", variant=kind)
    if kind == "rhombus":
        a += a * b % 2
        first, second = times(a, b, lang), divide(a * b, 2, lang)
        steps = (
            f"{say(lang, 'Diagonal por diagonal', 'Diagonal times diagonal')}: {first}",
            f"{say(lang, 'La mitad', 'Half of it')}: {second}",
        )
        fields = {"a": a, "b": b, "u": unit}
        return Draft(fields, steps, second.value, Fraction(a, 2) * b, unit=f"{unit}²", variant=kind)
    c = rng.randint(2, a - 1)
    h = b if (a + c) * b % 2 == 0 else b + 1
    bases, product = add(a, c, lang), times(a + c, h, lang)
    steps = (
        f"{say(lang, 'Suma de las bases', 'Sum of the bases')}: {bases}",
        f"{say(lang, 'Por la altura', 'Times the height')}: {product}",
        f"{say(lang, 'La mitad', 'Half of it')}: {divide((a + c) * h, 2, lang)}",
    )
    check, fields = Fraction(a * h, 2) + Fraction(c * h, 2), {"a": a, "c": c, "h": h, "u": unit}
    return Draft(fields, steps, (a + c) * h // 2, check, unit=f"{unit}²", variant=kind)


def tiles(rng: Random, lang: str) -> Draft:
    """A cost by the area or the perimeter: fence, paint, seed."""
    steps: tuple[str, ...]
    (a, b), price = rng.sample(range(2, 11), 2), rng.randint(2, 9)
    fields = {"a": a, "b": b, "k": price}
    if rng.random() < 0.5:
        first, second = times(a, b, lang), times(a * b, price, lang)
        head = say(lang, "Área, base por altura", "Area, length times width")
        value, check, variant = second.value, sum([price * a] * b), "area"
        steps = (f"{head}: {first}",)
    else:
        first, second = times(2, a + b, lang), times(2 * (a + b), price, lang)
        head = say(lang, "Largo más ancho", "Length plus width")
        value, check, variant = second.value, price * sum([a, b, a, b]), "perimeter"
        steps = (f"{head}: {add(a, b, lang)}", f"{say(lang, 'Perímetro', 'Perimeter')}: {first}")
    cost = say(lang, f"A {price} € cada uno", f"At €{price} each")
    return Draft(fields, (*steps, f"{cost}: {second}"), value, check, unit="€", variant=variant)


def frame(rng: Random, lang: str) -> Draft:
    """A rectangle without a square hole, or two rectangles together."""
    side = rng.randint(2, 5)
    a, b = side + rng.randint(2, 8), side + rng.randint(1, 6)
    unit = rng.choice(("cm", "m"))
    big, hole = times(a, b, lang), times(side, side, lang)
    rest = sub(a * b, side * side, lang)
    steps = (
        f"{say(lang, 'Área del rectángulo', 'Area of the rectangle')}: {big}",
        f"{say(lang, 'Área del cuadrado', 'Area of the square')}: {hole}",
        f"{say(lang, 'Diferencia', 'Difference')}: {rest}",
    )
    check = (a - side) * b + side * (b - side)  # the frame cut into two strips
    return Draft({"a": a, "b": b, "c": side, "u": unit}, steps, rest.value, check, unit=f"{unit}²")


ASKED = Chapter("areas")
_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("rectangle_area", *_PRIMARY, rectangle_area, ASKED["rectangle_area"]),
    Family("square_area", *_PRIMARY, square_area, ASKED["square_area"], weight=0.8),
    Family(
        "square_both_ways",
        *_LOWER,
        area_from_perimeter,
        ASKED["area_from_perimeter"],
        weight=0.6,
        unseen=True,
    ),
    Family("missing_side", *_PRIMARY, side_from_area, ASKED["side_from_area"], unseen=True),
    Family("triangle_area", *_PRIMARY, triangle_area, ASKED["triangle_area"]),
    Family("other_areas", *_LOWER, other_areas, ASKED["other_areas"], weight=0.8),
    Family("cost_of_a_surface", *_LOWER, tiles, ASKED["tiles"], weight=0.7),
    Family("area_without_a_square", *_LOWER, frame, ASKED["frame"], weight=0.5),
)
