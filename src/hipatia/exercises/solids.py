"""Circles, volumes and surfaces of solids."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .perimeters import LENGTHS, setting
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


CIRCLE = {
    "es:length": (
        "[Find] la longitud de una circunferencia de radio {r} {u}. Usa π = {pi}.",
        "El radio de un círculo mide {r} {u}. ¿Cuánto mide su [contorno|perímetro|circunferencia]? (π = {pi})",
        "Con π = {pi}, ¿cuánto mide una circunferencia de {r} {u} de radio?",
        "Un hilo da justo una vuelta a un círculo de {r} {u} de radio. ¿Cuánto mide el hilo? Toma π = {pi}.",
        "¿Qué longitud tiene la circunferencia de radio {r} {u} si π = {pi}?",
    ),
    "es:length_d": (
        "[Find] la longitud de una circunferencia de {d} {u} de diámetro. Usa π = {pi}.",
        "El diámetro de una pieza redonda mide {d} {u}. ¿Cuánto mide su contorno? (π = {pi})",
        "Con π = {pi}, ¿cuánto mide una circunferencia cuyo diámetro es {d} {u}?",
    ),
    "es:area": (
        "[Find] el área de un círculo de radio {r} {u}. Usa π = {pi}.",
        "Un disco tiene {r} {u} de radio. ¿Qué [área|superficie] ocupa? (π = {pi})",
        "Con π = {pi}, ¿cuál es el área de un círculo de {r} {u} de radio?",
        "Una zona redonda mide {r} {u} de radio. ¿Qué superficie tiene? Toma π = {pi}.",
        "¿Cuánto mide la superficie de un círculo si su radio es {r} {u}? Usa π = {pi}.",
    ),
    "es:area_d": (
        "[Find] el área de un círculo de {d} {u} de diámetro. Usa π = {pi}.",
        "El diámetro de un círculo es {d} {u}. ¿Cuál es su área? (π = {pi})",
        "Una plaza circular tiene {d} {u} de diámetro. Con π = {pi}, ¿qué superficie tiene?",
    ),
    "en:length": (
        "[Find] the circumference of a circle with radius {r} {u}. Use π = {pi}.",
        "The radius of a circle is {r} {u}. How long is its border? (π = {pi})",
        "With π = {pi}, how long is a circle with radius {r} {u}?",
    ),
    "en:length_d": (
        "[Find] the circumference of a circle with diameter {d} {u}. Use π = {pi}.",
        "The diameter of a round piece is {d} {u}. How long is its border? (π = {pi})",
    ),
    "en:area": (
        "[Find] the area of a circle with radius {r} {u}. Use π = {pi}.",
        "A disc has a radius of {r} {u}. What is its area? (π = {pi})",
        "With π = {pi}, what is the area of a circle with radius {r} {u}?",
    ),
    "en:area_d": (
        "[Find] the area of a circle with diameter {d} {u}. Use π = {pi}.",
        "The diameter of a circle is {d} {u}. What is its area? (π = {pi})",
    ),
}
RADIUS = {
    "es:diameter": (
        "El radio de una circunferencia mide {a} {u}. ¿Cuánto mide el diámetro?",
        "[Find] el diámetro de un círculo de {a} {u} de radio.",
        "¿Qué diámetro tiene una pieza redonda de {a} {u} de radio?",
    ),
    "es:radius": (
        "El diámetro de una circunferencia mide {a} {u}. ¿Cuánto mide el radio?",
        "[Find] el radio de un círculo de {a} {u} de diámetro.",
        "¿Qué radio tiene una pieza redonda de {a} {u} de diámetro?",
    ),
    "en:diameter": (
        "The radius of a circle is {a} {u}. What is the diameter?",
        "[Find] the diameter of a circle with radius {a} {u}.",
        "What is the diameter of a round piece with a radius of {a} {u}?",
    ),
    "en:radius": (
        "The diameter of a circle is {a} {u}. What is the radius?",
        "[Find] the radius of a circle with diameter {a} {u}.",
        "What is the radius of a round piece with a diameter of {a} {u}?",
    ),
}
BOX_VOLUME = {
    "es": (
        "[Find] el volumen de una caja de {a} {u} de largo, {b} {u} de ancho y {c} {u} de alto.",
        "¿Cuál es el volumen de un [prisma rectangular|ortoedro] de {a} {u} × {b} {u} × {c} {u}?",
        "[Find] el volumen de un ortoedro de aristas {a} {u}, {b} {u} y {c} {u}.",
        "Las dimensiones de un bloque son {a} {u}, {b} {u} y {c} {u}. [Find] su volumen.",
        "Una caja mide {a} {u} de largo, {b} {u} de ancho y {c} {u} de alto. ¿[Cuál es su volumen|Cuántos {u}³ caben en ella]?",
        "Un ladrillo mide {a} {u} × {b} {u} × {c} {u}. ¿Qué volumen ocupa?",
    ),
    "es:count": (
        "¿Cuántos cubos de 1 {u} de arista caben en una caja de {a} {u} por {b} {u} por {c} {u}?",
        "Una caja mide {a} {u} por {b} {u} por {c} {u}. ¿Cuántos cubitos de 1 {u} de arista la llenan?",
        "Una torre de piezas tiene {a} filas de {b} piezas en cada capa y {c} capas. ¿Cuántas piezas tiene?",
    ),
    "es:m": (
        "Un depósito mide {a} m de largo, {b} m de ancho y {c} m de alto. ¿Cuál es su volumen?",
        "Una piscina tiene {a} m de largo, {b} m de ancho y {c} m de profundidad. ¿Qué volumen tiene?",
        "Un almacén mide {a} m de largo, {b} m de ancho y {c} m de alto. ¿Cuántos metros cúbicos tiene?",
        "Se cava un foso de {a} m de largo, {b} m de ancho y {c} m de hondo. ¿Cuántos metros cúbicos de tierra se sacan?",
    ),
    "en": (
        "[Find] the volume of a box {a} {u} long, {b} {u} wide and {c} {u} high.",
        "What is the volume of a rectangular prism of {a} {u} × {b} {u} × {c} {u}?",
        "[Find] the volume of a cuboid with edges {a} {u}, {b} {u} and {c} {u}.",
        "The sides of a block are {a} {u}, {b} {u} and {c} {u}. Calculate its volume.",
    ),
    "en:count": (
        "How many cubes with an edge of 1 {u} fit in a box of {a} {u} by {b} {u} by {c} {u}?",
        "A box is {a} {u} by {b} {u} by {c} {u}. How many cubes with an edge of 1 {u} fill it?",
    ),
    "en:m": (
        "A tank is {a} m long, {b} m wide and {c} m high. What is its volume?",
        "A pool is {a} m long, {b} m wide and {c} m deep. What is its volume?",
        "A store is {a} m long, {b} m wide and {c} m high. How many cubic metres is that?",
    ),
}
BOX_HEIGHT = {
    "es:edges": (
        "Una caja de {a} {u} de largo y {b} {u} de ancho tiene un volumen de {v} {u}³. ¿Qué altura tiene?",
        "[Find] la altura de un ortoedro de volumen {v} {u}³ si su base mide {a} {u} por {b} {u}.",
        "El volumen de un prisma rectangular es {v} {u}³. Su largo es {a} {u} y su ancho {b} {u}. ¿Cuál es su alto?",
    ),
    "es:base": (
        "Un prisma tiene un volumen de {v} {u}³ y el área de su base es {s} {u}². ¿Cuánto mide su altura?",
        "[Find] la altura de un prisma de volumen {v} {u}³ y base de {s} {u}².",
        "La base de un depósito mide {s} {u}² y caben {v} {u}³. ¿Qué altura tiene?",
    ),
    "en:edges": (
        "A box {a} {u} long and {b} {u} wide has a volume of {v} {u}³. How high is it?",
        "[Find] the height of a cuboid of volume {v} {u}³ whose base is {a} {u} by {b} {u}.",
        "The volume of a cuboid is {v} {u}³, its length {a} {u}, its width {b} {u}. What is its height?",
    ),
    "en:base": (
        "A prism has a volume of {v} {u}³ and a base of {s} {u}². How high is it?",
        "[Find] the height of a prism with volume {v} {u}³ and base {s} {u}².",
        "The base of a tank is {s} {u}² and it holds {v} {u}³. How high is it?",
    ),
}
CUBE_VOLUME = {
    "es": (
        "[Find] el volumen de un cubo de {a} {u} de arista.",
        "La arista de un cubo mide {a} {u}. ¿Cuál es su volumen?",
        "¿Qué volumen tiene un bloque cúbico de {a} {u} de lado?",
        "[Find] el volumen del cubo cuya arista [es|mide] {a} {u}.",
        "Una caja cúbica tiene {a} {u} de arista. ¿Cuál es su volumen?",
        "Si la arista de un cubo es de {a} {u}, ¿qué volumen ocupa?",
    ),
    "es:m": (
        "Un depósito cúbico tiene {a} m de arista. ¿Cuántos metros cúbicos caben?",
        "Un contenedor con forma de cubo mide {a} m de arista. [Find] su volumen.",
    ),
    "en": (
        "[Find] the volume of a cube with edge {a} {u}.",
        "The edge of a cube is {a} {u}. What is its volume?",
        "What is the volume of a cubic block with side {a} {u}?",
        "[Find] the volume of the cube whose edge is {a} {u}.",
        "A cubic box has an edge of {a} {u}. What is its volume?",
        "If the edge of a cube is {a} {u}, what volume does it take up?",
    ),
    "en:m": ("A cubic tank has an edge of {a} m. How many cubic metres does it hold?",),
}
SURFACE = {
    "es:cube": (
        "[Find] el área total de un cubo de {a} {u} de arista.",
        "La arista de un cubo mide {a} {u}. ¿Cuánto mide la superficie de todas sus caras?",
        "¿Cuánto papel se necesita para forrar un cubo de {a} {u} de arista, sin solapas?",
        "Se pintan las seis caras de un cubo de arista {a} {u}. ¿Qué superficie se pinta?",
    ),
    "es:box": (
        "[Find] el área total de una caja de {a} {u} × {b} {u} × {c} {u}.",
        "Una caja mide {a} {u} de largo, {b} {u} de ancho y {c} {u} de alto. ¿Cuánto mide la superficie de todas sus caras?",
    ),
    "en:cube": (
        "[Find] the surface area of a cube with edge {a} {u}.",
        "The edge of a cube is {a} {u}. What is the area of all its faces?",
        "How much paper covers a cube with edge {a} {u} exactly?",
        "All six faces of a cube with edge {a} {u} are painted. What area is that?",
    ),
    "en:box": (
        "[Find] the surface area of a box of {a} {u} × {b} {u} × {c} {u}.",
        "A box is {a} {u} long, {b} {u} wide and {c} {u} high. What is the area of all its faces?",
    ),
}
CYLINDER = {
    "es:cylinder": (
        "[Find] el volumen de un cilindro de radio {r} {u} y altura {h} {u}. Usa π = {pi}.",
        "Un cilindro tiene {r} {u} de radio y {h} {u} de altura. ¿Cuál es su volumen? (π = {pi})",
        "Con π = {pi}, ¿qué volumen tiene un depósito cilíndrico de radio {r} {u} y altura {h} {u}?",
    ),
    "es:prism": (
        "El área de la base de un prisma es {s} {u}² y su altura, {h} {u}. ¿Cuál es su volumen?",
        "[Find] el volumen de un prisma de {h} {u} de altura y base de {s} {u}².",
    ),
    "es:pyramid": (
        "La base de una pirámide tiene {s} {u}² y su altura es {h} {u}. ¿Cuál es su volumen?",
        "[Find] el volumen de una pirámide de {h} {u} de altura y base de {s} {u}².",
    ),
    "en:cylinder": (
        "[Find] the volume of a cylinder with radius {r} {u} and height {h} {u}. Use π = {pi}.",
        "A cylinder has a radius of {r} {u} and a height of {h} {u}. What is its volume? (π = {pi})",
    ),
    "en:prism": (
        "The base of a prism is {s} {u}² and its height {h} {u}. What is its volume?",
        "[Find] the volume of a prism {h} {u} high on a base of {s} {u}².",
    ),
    "en:pyramid": (
        "The base of a pyramid is {s} {u}² and its height {h} {u}. What is its volume?",
        "[Find] the volume of a pyramid {h} {u} high on a base of {s} {u}².",
    ),
}

_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("circle", *_LOWER, circle, CIRCLE),
    Family("radius_and_diameter", *_PRIMARY, radius_and_diameter, RADIUS, weight=0.5),
    Family("box_volume", *_PRIMARY, box_volume, BOX_VOLUME),
    Family("box_height", *_LOWER, box_height, BOX_HEIGHT, weight=0.6, unseen=True),
    Family("cube_volume", *_PRIMARY, cube_volume, CUBE_VOLUME, unseen=True),
    Family("surface_of_a_solid", *_LOWER, cube_surface, SURFACE, weight=0.6),
    Family("volumes", *_LOWER, cylinder, CYLINDER, weight=0.8),
)
