"""Circles, volumes and surfaces of solids."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .perimeters import LENGTHS, setting
from .questions import Chapter
from .steps import DIVIDE, TIMES, divide, times
from .wording import num, say

PI = Fraction(314, 100)


def circle(rng: Random, lang: str) -> Draft:
    """Circumference or area, from the radius or the diameter."""
    r, unit = rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 20]), rng.choice(("cm", "m"))
    pi = num(PI, lang)
    fields = {"r": r, "d": 2 * r, "u": unit, "pi": pi}
    end = "_d" if rng.random() < 0.3 else ""
    if rng.random() < 0.5:
        value = 2 * r * PI
        head = say(lang, "Longitud, diámetro por π", "Length, diameter times π")
        steps = [f"{head}: {2 * r} {TIMES} {pi} = {num(value, lang)}"]
        if not end:
            diameter = say(lang, "Diámetro, 2 por radio", "Diameter, 2 times radius")
            steps.insert(0, f"{diameter}: 2 {TIMES} {r} = {2 * r}")
        check = Fraction(628 * r, 100)
        return Draft(fields, tuple(steps), value, check, unit=unit, variant=f"length{end}")
    value = r * r * PI
    head = say(lang, "Área, radio por radio", "Area, radius times radius")
    steps = [
        f"{head}: {r} {TIMES} {r} = {r * r}",
        f"{say(lang, 'Por π', 'Times π')}: {r * r} {TIMES} {pi} = {num(value, lang)}",
    ]
    if end:
        half = say(lang, "Radio, mitad del diámetro", "Radius, half the diameter")
        steps.insert(0, f"{half}: {2 * r} {DIVIDE} 2 = {r}")
    check = Fraction(314 * r**2, 100)
    return Draft(fields, tuple(steps), value, check, unit=f"{unit}²", variant=f"area{end}")


def radius_and_diameter(rng: Random, lang: str) -> Draft:
    r, unit = mostly(rng, (2, 12), (11, 40)), rng.choice(LENGTHS)
    if rng.random() < 0.5:
        step = times(2, r, lang)
        head = say(lang, "El diámetro es el doble del radio", "The diameter is twice the radius")
        return Draft(
            {"a": r, "u": unit}, (f"{head}: {step}",), step.value, r + r, unit=unit, variant="diameter"
        )
    step = divide(2 * r, 2, lang)
    head = say(lang, "El radio es la mitad del diámetro", "The radius is half the diameter")
    check = next(k for k in range(100) if k + k == 2 * r)
    return Draft(
        {"a": 2 * r, "u": unit}, (f"{head}: {step}",), step.value, check, unit=unit, variant="radius"
    )


def box_volume(rng: Random, lang: str) -> Draft:
    a, b, c = mostly(rng, (2, 6), (5, 12)), mostly(rng, (2, 5), (4, 9)), mostly(rng, (2, 6), (5, 10))
    unit = rng.choice(LENGTHS)
    if unit == "m":  # no pool is deeper than it is wide
        a, b, c = sorted((a, b, c), reverse=True)
    first = times(a, b, lang)
    second = times(int(first.value), c, lang)
    steps = (
        f"{say(lang, 'Volumen, largo por ancho', 'Volume, length times width')}: {first}",
        f"{say(lang, 'Por la altura', 'Times the height')}: {second}",
    )
    fields = {"a": a, "b": b, "c": c, "u": unit}
    check = sum([b * c] * a)
    if rng.random() < 0.2:
        return Draft(fields, steps, second.value, check, variant="count")
    return Draft(fields, steps, second.value, check, unit=f"{unit}³", variant=setting(rng, unit))


def box_height(rng: Random, lang: str) -> Draft:
    """One edge from the volume and the other two, or from the volume and the base."""
    a, b, c = mostly(rng, (2, 6), (5, 10)), rng.randint(2, 5), mostly(rng, (2, 6), (5, 10))
    unit = rng.choice(("cm", "m", "dm"))
    volume = a * b * c
    last = divide(volume, a * b, lang)
    over = say(lang, "Volumen entre la base", "Volume over base")
    found = next(k for k in range(1, 100) if a * b * k == volume)
    if rng.random() < 0.4:
        fields = {"v": volume, "s": a * b, "u": unit}
        return Draft(fields, (f"{over}: {last}",), last.value, found, unit=unit, variant="base")
    first = times(a, b, lang)
    steps = (f"{say(lang, 'Base, largo por ancho', 'Base, length times width')}: {first}", f"{over}: {last}")
    fields = {"v": volume, "a": a, "b": b, "u": unit}
    return Draft(fields, steps, last.value, found, unit=unit, variant="edges")


def cube_volume(rng: Random, lang: str) -> Draft:
    a, unit = mostly(rng, (2, 5), (5, 10)), rng.choice(LENGTHS)
    steps = (
        f"{say(lang, 'Arista por arista', 'Edge times edge')}: {a} {TIMES} {a} = {a * a}",
        f"{say(lang, 'Otra vez por la arista', 'Times the edge again')}: {a * a} {TIMES} {a} = {a * a * a}",
    )
    return Draft({"a": a, "u": unit}, steps, a * a * a, a**3, unit=f"{unit}³", variant=setting(rng, unit))


def cube_surface(rng: Random, lang: str) -> Draft:
    """All faces of a cube or of a box."""
    steps: tuple[str, ...]
    unit = rng.choice(("cm", "cm", "dm"))
    if rng.random() < 0.6:
        a = mostly(rng, (2, 6), (5, 11))
        steps = (
            f"{say(lang, 'Una cara', 'One face')}: {times(a, a, lang)}",
            f"{say(lang, 'Son 6 caras', 'There are 6 faces')}: {times(6, a * a, lang)}",
        )
        return Draft({"a": a, "u": unit}, steps, 6 * a * a, sum([a * a] * 6), unit=f"{unit}²", variant="cube")
    a, b, c = rng.randint(2, 8), rng.randint(2, 6), rng.randint(2, 5)
    faces = (a * b, a * c, b * c)
    listed = " + ".join(map(str, faces))
    steps = (
        f"{say(lang, 'Tres caras distintas', 'Three different faces')}: {a} {TIMES} {b} = {a * b}; "
        f"{a} {TIMES} {c} = {a * c}; {b} {TIMES} {c} = {b * c}",
        f"{say(lang, 'Suma', 'Sum')}: {listed} = {sum(faces)}",
        f"{say(lang, 'Hay dos de cada una', 'There are two of each')}: 2 {TIMES} {sum(faces)} = {2 * sum(faces)}",
    )
    check = 2 * a * (b + c) + 2 * b * c
    return Draft(
        {"a": a, "b": b, "c": c, "u": unit}, steps, 2 * sum(faces), check, unit=f"{unit}²", variant="box"
    )


def cylinder(rng: Random, lang: str) -> Draft:
    """Volume of a cylinder with π = 3.14, or of a prism or pyramid on a given base."""
    steps: tuple[str, ...]
    unit = rng.choice(("cm", "m"))
    pi = num(PI, lang)
    if rng.random() < 0.5:
        s, h = rng.randint(3, 12), rng.randint(2, 10)
        fields = {"s": s, "h": h, "u": unit}
        if rng.random() < 0.5:
            step = times(s, h, lang)
            head = say(lang, "Volumen, base por altura", "Volume, base times height")
            return Draft(
                fields, (f"{head}: {step}",), step.value, sum([s] * h), unit=f"{unit}³", variant="prism"
            )
        s *= 3
        first, last = times(s, h, lang), divide(s * h, 3, lang)
        steps = (
            f"{say(lang, 'Base por altura', 'Base times height')}: {first}",
            f"{say(lang, 'La pirámide, la tercera parte', 'The pyramid, a third')}: {last}",
        )
        check = Fraction(s * h, 3)
        return Draft(fields | {"s": s}, steps, last.value, check, unit=f"{unit}³", variant="pyramid")
    r, h = rng.choice([1, 2, 3, 5, 10]), rng.choice([1, 2, 3, 4, 5, 10])
    value = r * r * h * PI
    steps = (
        f"{say(lang, 'Radio por radio', 'Radius times radius')}: {r} {TIMES} {r} = {r * r}",
        f"{say(lang, 'Por la altura', 'Times the height')}: {r * r} {TIMES} {h} = {r * r * h}",
        f"{say(lang, 'Por π', 'Times π')}: {r * r * h} {TIMES} {pi} = {num(value, lang)}",
    )
    fields = {"r": r, "h": h, "u": unit, "pi": pi}
    return Draft(fields, steps, value, Fraction(314 * r**2, 100) * h, unit=f"{unit}³", variant="cylinder")


ASKED = Chapter("solids")
_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("circle", *_LOWER, circle, ASKED["circle"]),
    Family("radius_and_diameter", *_PRIMARY, radius_and_diameter, ASKED["radius"], weight=0.5),
    Family("box_volume", *_PRIMARY, box_volume, ASKED["box_volume"]),
    Family("box_height", *_LOWER, box_height, ASKED["box_height"], weight=0.6, unseen=True),
    Family("cube_volume", *_PRIMARY, cube_volume, ASKED["cube_volume"], unseen=True),
    Family("surface_of_a_solid", *_LOWER, cube_surface, ASKED["surface"], weight=0.6),
    Family("volumes", *_LOWER, cylinder, ASKED["cylinder"], weight=0.8),
)
