"""Geometry: perimeters, areas, volumes, Pythagoras, angles."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .polynomials import power
from .steps import DIVIDE, TIMES, Step, add, divide, sub, times, total
from .wording import MINUS, num, say

LENGTHS = ("cm", "m", "cm", "m", "dm")
TRIPLES = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (9, 12, 15), (8, 15, 17), (12, 16, 20))
PI = Fraction(314, 100)


def _setting(rng: Random, unit: str) -> str:
    """The variant ``m`` tells a story of fields, rooms and poles, where only metres make sense."""
    return "m" if unit == "m" and rng.random() < 0.6 else ""


def _sides(rng: Random) -> tuple[int, int, str]:
    b = rng.randint(2, 12)
    return b + rng.randint(1, 12), b, rng.choice(LENGTHS)


def rectangle_perimeter(rng: Random, lang: str) -> Draft:
    a, b, unit = _sides(rng)
    first = add(a, b, lang)
    second = times(2, int(first.value), lang)
    steps = (
        f"{say(lang, 'Base más altura', 'Length plus width')}: {first}",
        f"{say(lang, 'El doble', 'Twice')}: {second}",
    )
    return Draft(
        {"a": a, "b": b, "u": unit},
        steps,
        second.value,
        sum([a, b, a, b]),
        unit=unit,
        variant=_setting(rng, unit),
    )


def regular_perimeter(rng: Random, lang: str) -> Draft:
    names = {
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
    n, a, unit = rng.choice([3, 4, 4, 5, 6, 8]), rng.randint(2, 20), rng.choice(LENGTHS)
    step = times(n, a, lang)
    fields = {
        "f": names[lang][n],
        "a": a,
        "u": unit,
        "A": "An" if n in (3, 8) and names[lang][n][0] in "eo" else "A",
    }
    head = say(lang, f"Tiene {n} lados iguales", f"It has {n} equal sides")
    return Draft(
        fields, (f"{head}: {step}",), step.value, sum([a] * n), unit=unit, variant=_setting(rng, unit)
    )


def triangle_perimeter(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(4, 15), rng.randint(4, 15)
    c = rng.randint(abs(a - b) + 1, a + b - 1)
    unit = rng.choice(LENGTHS)
    step = total([a, b, c], lang)
    head = say(lang, "Sumamos los tres lados", "We add the three sides")
    return Draft(
        {"a": a, "b": b, "c": c, "u": unit},
        (f"{head}: {step}",),
        step.value,
        c + b + a,
        unit=unit,
        variant=_setting(rng, unit),
    )


def rectangle_area(rng: Random, lang: str) -> Draft:
    a, b, unit = _sides(rng)
    step = times(a, b, lang)
    head = say(lang, "Base por altura", "Length times width")
    fields = {"a": a, "b": b, "u": unit}
    return Draft(
        fields, (f"{head}: {step}",), step.value, sum([a] * b), unit=f"{unit}²", variant=_setting(rng, unit)
    )


def square_area(rng: Random, lang: str) -> Draft:
    a, unit = rng.randint(2, 15), rng.choice(LENGTHS)
    step = Step(f"{a} {TIMES} {a} = {a * a}", a * a)
    head = say(lang, "Lado por lado", "Side times side")
    return Draft(
        {"a": a, "u": unit},
        (f"{head}: {step}",),
        step.value,
        a**2,
        unit=f"{unit}²",
        variant=_setting(rng, unit),
    )


def triangle_area(rng: Random, lang: str) -> Draft:
    a, b, unit = rng.randint(3, 16), rng.randint(2, 12), rng.choice(LENGTHS)
    if a * b % 2:
        a += 1
    first = times(a, b, lang)
    second = Step(f"{a * b} {DIVIDE} 2 = {a * b // 2}", a * b // 2)
    steps = (
        f"{say(lang, 'Base por altura', 'Base times height')}: {first}",
        f"{say(lang, 'La mitad', 'Half')}: {second}",
    )
    return Draft(
        {"a": a, "b": b, "u": unit},
        steps,
        second.value,
        Fraction(a, 2) * b,
        unit=f"{unit}²",
        variant=_setting(rng, unit),
    )


def missing_side(rng: Random, lang: str) -> Draft:
    a, b, unit = rng.randint(2, 12), rng.randint(2, 12), rng.choice(LENGTHS)
    if rng.random() < 0.5:
        step = divide(a * b, a, lang)
        head = say(lang, "Dividimos el área entre la base", "We divide the area by the length")
        fields = {"a": a, "n": a * b, "u": unit}
        return Draft(fields, (f"{head}: {step}",), step.value, b, unit=unit, variant="area")
    side = rng.randint(2, 25)
    step = divide(4 * side, 4, lang)
    head = say(lang, "Son 4 lados iguales", "There are 4 equal sides")
    return Draft(
        {"n": 4 * side, "u": unit}, (f"{head}: {step}",), step.value, side, unit=unit, variant="perimeter"
    )


def box_volume(rng: Random, lang: str) -> Draft:
    a, b, c, unit = rng.randint(2, 10), rng.randint(2, 9), rng.randint(2, 10), rng.choice(LENGTHS)
    first = times(a, b, lang)
    second = times(int(first.value), c, lang)
    steps = (
        f"{say(lang, 'Largo por ancho', 'Length times width')}: {first}",
        f"{say(lang, 'Por la altura', 'Times the height')}: {second}",
    )
    fields = {"a": a, "b": b, "c": c, "u": unit}
    return Draft(fields, steps, second.value, sum([b * c] * a), unit=f"{unit}³", variant=_setting(rng, unit))


def cube_volume(rng: Random, lang: str) -> Draft:
    a, unit = rng.randint(2, 10), rng.choice(LENGTHS)
    steps = (f"{a} {TIMES} {a} = {a * a}", f"{a * a} {TIMES} {a} = {a * a * a}")
    return Draft({"a": a, "u": unit}, steps, a * a * a, a**3, unit=f"{unit}³", variant=_setting(rng, unit))


def hypotenuse(rng: Random, lang: str) -> Draft:
    a, b, c = rng.choice(TRIPLES)
    a, b = (a, b) if rng.random() < 0.5 else (b, a)
    unit = rng.choice(("cm", "m"))
    square = a * a + b * b
    steps = (f"{power(a, 2)} + {power(b, 2)} = {a * a} + {b * b} = {square}", f"√{square} = {isqrt(square)}")
    return Draft({"a": a, "b": b, "u": unit}, steps, isqrt(square), c, unit=unit, variant=_setting(rng, unit))


def leg(rng: Random, lang: str) -> Draft:
    a, b, c = rng.choice(TRIPLES)
    a, b = (a, b) if rng.random() < 0.5 else (b, a)
    unit = rng.choice(("cm", "m"))
    square = c * c - a * a
    steps = (
        f"{power(c, 2)} {MINUS} {power(a, 2)} = {c * c} {MINUS} {a * a} = {square}",
        f"√{square} = {isqrt(square)}",
    )
    return Draft({"a": a, "c": c, "u": unit}, steps, isqrt(square), b, unit=unit, variant=_setting(rng, unit))


def third_angle(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(4, 16) * 5, rng.randint(4, 16) * 5
    first = add(a, b, lang)
    second = sub(180, int(first.value), lang)
    steps = (
        f"{say(lang, 'Los dos conocidos', 'The two known ones')}: {first}",
        f"{say(lang, 'Los tres suman 180 y falta', 'All three add up to 180, so we need')}: {second}",
    )
    return Draft({"a": a, "b": b}, steps, second.value, 180 - a - b, answer=f"{second.value}°")


def angle_pair(rng: Random, lang: str) -> Draft:
    whole = rng.choice([90, 180])
    a = rng.randint(10, whole - 10)
    step = sub(whole, a, lang)
    es, en = ("complementario", "complement") if whole == 90 else ("suplementario", "supplement")
    head = say(lang, f"Los dos suman {whole} y falta", f"Both add up to {whole}, so we need")
    fields = {"a": a, "es": es, "en": en, "ess": f"{es}s"}
    return Draft(fields, (f"{head}: {step}",), step.value, whole - a, answer=f"{step.value}°")


def circle(rng: Random, lang: str) -> Draft:
    r, unit = rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 20]), rng.choice(("cm", "m"))
    pi = num(PI, lang)
    fields = {"r": r, "u": unit, "pi": pi}
    if rng.random() < 0.5:
        value = 2 * r * PI
        steps = (f"2 {TIMES} {r} = {2 * r}", f"{2 * r} {TIMES} {pi} = {num(value, lang)}")
        return Draft(fields, steps, value, Fraction(628 * r, 100), unit=unit, variant="length")
    value = r * r * PI
    steps = (f"{r} {TIMES} {r} = {r * r}", f"{r * r} {TIMES} {pi} = {num(value, lang)}")
    return Draft(fields, steps, value, Fraction(314 * r**2, 100), unit=f"{unit}²", variant="area")


RECTANGLE_PERIMETER = {
    "es": (
        "Calcula el perímetro de un rectángulo de {a} {u} de largo y {b} {u} de ancho.",
        "Un rectángulo mide {a} {u} de base y {b} {u} de altura. ¿Cuál es su perímetro?",
        "Halla el perímetro del rectángulo de lados {a} {u} y {b} {u}.",
        "Los lados de una tarjeta rectangular miden {a} {u} y {b} {u}. ¿Cuánto mide su borde?",
    ),
    "es:m": (
        "¿Cuánto mide el contorno de un campo rectangular de {a} m por {b} m?",
        "Se quiere vallar un terreno rectangular de {a} m de largo y {b} m de ancho. "
        "¿Qué longitud de valla hace falta?",
        "{a} m por {b} m mide una pista rectangular. ¿Cuántos metros se andan al darle una vuelta?",
    ),
    "en": (
        "Find the perimeter of a rectangle {a} {u} long and {b} {u} wide.",
        "A rectangle measures {a} {u} by {b} {u}. What is its perimeter?",
        "Work out the perimeter of the rectangle with sides {a} {u} and {b} {u}.",
        "The sides of a rectangular card are {a} {u} and {b} {u}. How long is its edge?",
    ),
    "en:m": (
        "How long is the border of a rectangular field of {a} m by {b} m?",
        "A rectangular plot {a} m long and {b} m wide gets a fence. How long is the fence?",
        "A rectangular court measures {a} m by {b} m. How many metres is once around it?",
    ),
}
REGULAR_PERIMETER = {
    "es": (
        "Calcula el perímetro de un {f} de {a} {u} de lado.",
        "El lado de un {f} mide {a} {u}. ¿Cuál es su perímetro?",
        "¿Cuánto mide el perímetro de un {f} cuyo lado es {a} {u}?",
        "Halla el perímetro de un {f} si cada lado mide {a} {u}.",
        "Se pone una cinta alrededor de un {f} de lado {a} {u}. ¿Cuánta cinta hace falta?",
    ),
    "es:m": (
        "Un jardín tiene forma de {f} con lados de {a} m. ¿Cuánto mide su contorno?",
        "Una plaza con forma de {f} tiene {a} m de lado. ¿Cuánto mide su borde?",
    ),
    "en": (
        "Find the perimeter of a regular figure: {f}, side {a} {u}.",
        "{A} {f} has a side of {a} {u}. What is its perimeter?",
        "What is the perimeter of this figure: {f} with side {a} {u}?",
        "{A} {f} has sides of {a} {u} each. Work out the perimeter.",
        "Each side of this {f} measures {a} {u}. Find its perimeter.",
    ),
    "en:m": (
        "A garden has the shape of this figure: {f}, side {a} m. How long is its border?",
        "A square in town has the shape of this figure: {f}, side {a} m. How long is its border?",
    ),
}
TRIANGLE_PERIMETER = {
    "es": (
        "Los lados de un triángulo miden {a} {u}, {b} {u} y {c} {u}. ¿Cuál es su perímetro?",
        "Calcula el perímetro de un triángulo de lados {a}, {b} y {c} {u}.",
        "¿Cuánto mide el contorno de un triángulo con lados de {a} {u}, {b} {u} y {c} {u}?",
        "Halla el perímetro del triángulo cuyos lados son {a} {u}, {b} {u} y {c} {u}.",
        "Un triángulo tiene lados {a} {u}, {b} {u} y {c} {u}. Suma sus lados para hallar el perímetro.",
    ),
    "es:m": (
        "Una parcela triangular tiene lados de {a}, {b} y {c} m. ¿Cuánto mide su valla?",
        "Se rodea con cuerda una zona triangular de {a} m, {b} m y {c} m de lado. ¿Cuánta cuerda se gasta?",
    ),
    "en": (
        "The sides of a triangle are {a} {u}, {b} {u} and {c} {u}. What is its perimeter?",
        "Calculate the perimeter of a triangle with sides {a}, {b} and {c} {u}.",
        "How long is the border of a triangle with sides {a} {u}, {b} {u} and {c} {u}?",
        "Find the perimeter of the triangle whose sides are {a} {u}, {b} {u} and {c} {u}.",
        "A triangle has sides {a} {u}, {b} {u} and {c} {u}. Work out its perimeter.",
    ),
    "en:m": (
        "A triangular plot has sides of {a}, {b} and {c} m. How long is its fence?",
        "A rope goes round a triangle with sides {a} m, {b} m and {c} m. How long is the rope?",
    ),
}
RECTANGLE_AREA = {
    "es": (
        "Calcula el área de un rectángulo de {a} {u} de base y {b} {u} de altura.",
        "Un rectángulo mide {a} {u} de largo y {b} {u} de ancho. ¿Cuál es su área?",
        "Halla el área del rectángulo de lados {a} {u} y {b} {u}.",
        "La base de un rectángulo es {a} {u} y su altura es {b} {u}. Calcula la superficie.",
    ),
    "es:m": (
        "¿Qué superficie tiene una habitación rectangular de {a} m por {b} m?",
        "Una alfombra rectangular mide {a} m por {b} m. ¿Qué superficie cubre?",
        "¿Cuántos metros cuadrados tiene un huerto de {a} m de largo y {b} m de ancho?",
    ),
    "en": (
        "Find the area of a rectangle with length {a} {u} and width {b} {u}.",
        "A rectangle is {a} {u} long and {b} {u} wide. What is its area?",
        "Work out the area of the rectangle with sides {a} {u} and {b} {u}.",
        "The base of a rectangle is {a} {u} and its height {b} {u}. Calculate the area.",
    ),
    "en:m": (
        "What is the area of a rectangular room of {a} m by {b} m?",
        "A rectangular carpet measures {a} m by {b} m. What area does it cover?",
        "How many square metres is a garden {a} m long and {b} m wide?",
    ),
}
SQUARE_AREA = {
    "es": (
        "Calcula el área de un cuadrado de {a} {u} de lado.",
        "El lado de un cuadrado mide {a} {u}. ¿Cuál es su área?",
        "¿Qué superficie ocupa una figura cuadrada de {a} {u} de lado?",
        "Halla el área del cuadrado cuyo lado es {a} {u}.",
        "Si cada lado de un cuadrado mide {a} {u}, ¿cuánto mide su superficie?",
    ),
    "es:m": (
        "Un patio cuadrado mide {a} m de lado. ¿Qué área tiene?",
        "Una finca cuadrada tiene {a} m de lado. ¿Cuántos metros cuadrados tiene?",
    ),
    "en": (
        "Find the area of a square with side {a} {u}.",
        "The side of a square is {a} {u}. What is its area?",
        "What area does a square figure with side {a} {u} cover?",
        "Work out the area of the square whose side is {a} {u}.",
        "If each side of a square measures {a} {u}, what is its area?",
    ),
    "en:m": (
        "A square yard has a side of {a} m. What is its area?",
        "A square field has a side of {a} m. How many square metres is that?",
    ),
}
TRIANGLE_AREA = {
    "es": (
        "Calcula el área de un triángulo de {a} {u} de base y {b} {u} de altura.",
        "Un triángulo tiene {a} {u} de base y {b} {u} de altura. ¿Cuál es su área?",
        "¿Cuál es la superficie de un triángulo cuya base mide {a} {u} y cuya altura mide {b} {u}?",
        "Halla el área del triángulo de base {a} {u} y altura {b} {u}.",
        "La altura de un triángulo es {b} {u} y su base, {a} {u}. Calcula el área.",
    ),
    "es:m": (
        "Una vela triangular mide {a} m de base y {b} m de alto. ¿Qué superficie tiene?",
        "Un jardín triangular tiene {a} m de base y {b} m de altura. ¿Qué área ocupa?",
    ),
    "en": (
        "Find the area of a triangle with base {a} {u} and height {b} {u}.",
        "A triangle has a base of {a} {u} and a height of {b} {u}. What is its area?",
        "What is the area of a triangle whose base is {a} {u} and whose height is {b} {u}?",
        "Work out the area of the triangle with base {a} {u} and height {b} {u}.",
        "The height of a triangle is {b} {u} and its base {a} {u}. Calculate the area.",
    ),
    "en:m": (
        "A triangular sail is {a} m wide at its base and {b} m high. What is its area?",
        "A triangular garden has a base of {a} m and a height of {b} m. What is its area?",
    ),
}
MISSING_SIDE = {
    "es:area": (
        "El área de un rectángulo es {n} {u}² y su base mide {a} {u}. ¿Cuánto mide la altura?",
        "Un rectángulo de {a} {u} de largo tiene {n} {u}² de área. Halla su ancho.",
        "¿Qué altura tiene un rectángulo de base {a} {u} y área {n} {u}²?",
    ),
    "es:perimeter": (
        "El perímetro de un cuadrado es {n} {u}. ¿Cuánto mide su lado?",
        "Con {n} {u} de cuerda se rodea un cuadrado. ¿Cuánto mide cada lado?",
        "Halla el lado de un cuadrado cuyo perímetro es {n} {u}.",
    ),
    "en:area": (
        "The area of a rectangle is {n} {u}² and its length {a} {u}. How wide is it?",
        "A rectangle {a} {u} long has an area of {n} {u}². Find its width.",
        "What is the height of a rectangle with base {a} {u} and area {n} {u}²?",
    ),
    "en:perimeter": (
        "The perimeter of a square is {n} {u}. How long is its side?",
        "{n} {u} of rope go around a square. How long is each side?",
        "Find the side of a square whose perimeter is {n} {u}.",
    ),
}
BOX_VOLUME = {
    "es": (
        "Calcula el volumen de una caja de {a} {u} de largo, {b} {u} de ancho y {c} {u} de alto.",
        "¿Cuál es el volumen de un prisma rectangular de {a} {u} × {b} {u} × {c} {u}?",
        "Halla el volumen de un ortoedro de aristas {a} {u}, {b} {u} y {c} {u}.",
        "Las dimensiones de un bloque son {a} {u}, {b} {u} y {c} {u}. Calcula su volumen.",
    ),
    "es:m": (
        "Un depósito mide {a} m de largo, {b} m de ancho y {c} m de alto. ¿Cuál es su volumen?",
        "Una piscina tiene {a} m de largo, {b} m de ancho y {c} m de profundidad. ¿Qué volumen tiene?",
        "Un almacén mide {a} m de largo, {b} m de ancho y {c} m de alto. ¿Cuántos metros cúbicos tiene?",
    ),
    "en": (
        "Find the volume of a box {a} {u} long, {b} {u} wide and {c} {u} high.",
        "What is the volume of a rectangular prism of {a} {u} × {b} {u} × {c} {u}?",
        "Work out the volume of a cuboid with edges {a} {u}, {b} {u} and {c} {u}.",
        "The sides of a block are {a} {u}, {b} {u} and {c} {u}. Calculate its volume.",
    ),
    "en:m": (
        "A tank is {a} m long, {b} m wide and {c} m high. What is its volume?",
        "A pool is {a} m long, {b} m wide and {c} m deep. What is its volume?",
        "A store is {a} m long, {b} m wide and {c} m high. How many cubic metres is that?",
    ),
}
CUBE_VOLUME = {
    "es": (
        "Calcula el volumen de un cubo de {a} {u} de arista.",
        "La arista de un cubo mide {a} {u}. ¿Cuál es su volumen?",
        "¿Qué volumen tiene un bloque cúbico de {a} {u} de lado?",
        "Halla el volumen del cubo cuya arista es {a} {u}.",
        "Una caja cúbica tiene {a} {u} de arista. ¿Cuál es su volumen?",
        "Si la arista de un cubo es de {a} {u}, ¿qué volumen ocupa?",
    ),
    "es:m": (
        "Un depósito cúbico tiene {a} m de arista. ¿Cuántos metros cúbicos caben?",
        "Un contenedor con forma de cubo mide {a} m de arista. Halla su volumen.",
    ),
    "en": (
        "Find the volume of a cube with edge {a} {u}.",
        "The edge of a cube is {a} {u}. What is its volume?",
        "What is the volume of a cubic block with side {a} {u}?",
        "Work out the volume of the cube whose edge is {a} {u}.",
        "A cubic box has an edge of {a} {u}. What is its volume?",
        "If the edge of a cube is {a} {u}, what volume does it take up?",
    ),
    "en:m": ("A cubic tank has an edge of {a} m. How many cubic metres does it hold?",),
}
HYPOTENUSE = {
    "es": (
        "Los catetos de un triángulo rectángulo miden {a} {u} y {b} {u}. ¿Cuánto mide la hipotenusa?",
        "Calcula la hipotenusa de un triángulo rectángulo de catetos {a} {u} y {b} {u}.",
        "Halla la diagonal de un rectángulo de {a} {u} por {b} {u}.",
        "Aplica el teorema de Pitágoras para hallar la hipotenusa si los catetos son {a} {u} y {b} {u}.",
        "¿Cuánto mide el lado mayor de un triángulo rectángulo con catetos de {a} {u} y {b} {u}?",
    ),
    "es:m": (
        "Una rampa avanza {a} m y sube {b} m. ¿Qué longitud tiene la rampa?",
        "Un parque rectangular mide {a} m por {b} m. ¿Cuánto mide el camino que lo cruza en diagonal?",
    ),
    "en": (
        "The legs of a right triangle are {a} {u} and {b} {u}. How long is the hypotenuse?",
        "Find the hypotenuse of a right triangle with legs {a} {u} and {b} {u}.",
        "Find the diagonal of a rectangle of {a} {u} by {b} {u}.",
        "Use the Pythagorean theorem: the legs are {a} {u} and {b} {u}; what is the hypotenuse?",
        "How long is the longest side of a right triangle with legs of {a} {u} and {b} {u}?",
    ),
    "en:m": (
        "A ramp goes {a} m forward and {b} m up. How long is the ramp?",
        "A rectangular park measures {a} m by {b} m. How long is the path along its diagonal?",
    ),
}
LEG = {
    "es": (
        "La hipotenusa de un triángulo rectángulo mide {c} {u} y un cateto, {a} {u}. "
        "¿Cuánto mide el otro cateto?",
        "Calcula el cateto que falta: hipotenusa {c} {u} y un cateto de {a} {u}.",
        "En un triángulo rectángulo, un cateto mide {a} {u} y la hipotenusa {c} {u}. Halla el otro cateto.",
        "La diagonal de un rectángulo mide {c} {u} y su base {a} {u}. ¿Cuánto mide la altura?",
    ),
    "es:m": (
        "Una escalera de {c} m se apoya en una pared, con el pie a {a} m de ella. ¿A qué altura llega?",
        "Un cable de {c} m va de lo alto de un poste al suelo, a {a} m del poste. "
        "¿Qué altura tiene el poste?",
    ),
    "en": (
        "The hypotenuse of a right triangle is {c} {u} and one leg {a} {u}. How long is the other leg?",
        "Find the missing leg: hypotenuse {c} {u}, one leg {a} {u}.",
        "In a right triangle one leg is {a} {u} and the hypotenuse {c} {u}. Find the other leg.",
        "The diagonal of a rectangle is {c} {u} and its base {a} {u}. What is its height?",
    ),
    "en:m": (
        "A ladder of {c} m leans on a wall with its foot {a} m away. How high does it reach?",
        "A cable of {c} m runs from the top of a pole to the ground, {a} m from the pole. "
        "How high is the pole?",
    ),
}
THIRD_ANGLE = {
    "es": (
        "Dos ángulos de un triángulo miden {a}° y {b}°. ¿Cuánto mide el tercero?",
        "Halla el ángulo que falta en un triángulo con ángulos de {a}° y {b}°.",
        "En un triángulo, dos ángulos miden {a}° y {b}°. Calcula el otro ángulo.",
        "¿Cuánto mide el tercer ángulo de un triángulo si los otros dos son de {a}° y {b}°?",
        "Un triángulo tiene un ángulo de {a}° y otro de {b}°. ¿Cuántos grados mide el que falta?",
        "Los ángulos A y B de un triángulo valen {a}° y {b}°. ¿Cuánto vale el ángulo C?",
    ),
    "en": (
        "Two angles of a triangle are {a}° and {b}°. How big is the third?",
        "Find the missing angle of a triangle with angles of {a}° and {b}°.",
        "In a triangle two angles measure {a}° and {b}°. Calculate the other angle.",
        "What is the third angle of a triangle if the other two are {a}° and {b}°?",
        "A triangle has an angle of {a}° and one of {b}°. How many degrees is the missing one?",
        "Angles A and B of a triangle are {a}° and {b}°. What is angle C?",
    ),
}
ANGLE_PAIR = {
    "es": (
        "¿Cuál es el ángulo {es} de {a}°?",
        "Halla el {es} de un ángulo de {a}°.",
        "Dos ángulos son {ess} y uno mide {a}°. ¿Cuánto mide el otro?",
        "Calcula el ángulo {es} de un ángulo de {a}°.",
        "Un ángulo mide {a}°. ¿Cuánto mide su {es}?",
        "Si dos ángulos son {ess} y el primero es de {a}°, halla el segundo.",
    ),
    "en": (
        "What is the {en} of {a}°?",
        "Find the {en} of an angle of {a}°.",
        "An angle measures {a}°. How big is its {en}?",
        "Calculate the {en} of a {a}° angle.",
        "Which angle is the {en} of {a}°?",
        "Work out the {en} of an angle that measures {a}°.",
    ),
}
CIRCLE = {
    "es:length": (
        "Calcula la longitud de una circunferencia de radio {r} {u}. Usa π = {pi}.",
        "El radio de un círculo mide {r} {u}. ¿Cuánto mide su contorno? (π = {pi})",
        "Con π = {pi}, ¿cuánto mide una circunferencia de {r} {u} de radio?",
    ),
    "es:area": (
        "Calcula el área de un círculo de radio {r} {u}. Usa π = {pi}.",
        "Un disco tiene {r} {u} de radio. ¿Qué área ocupa? (π = {pi})",
        "Con π = {pi}, ¿cuál es el área de un círculo de {r} {u} de radio?",
    ),
    "en:length": (
        "Find the circumference of a circle with radius {r} {u}. Use π = {pi}.",
        "The radius of a circle is {r} {u}. How long is its border? (π = {pi})",
        "With π = {pi}, how long is a circle with radius {r} {u}?",
    ),
    "en:area": (
        "Find the area of a circle with radius {r} {u}. Use π = {pi}.",
        "A disc has a radius of {r} {u}. What is its area? (π = {pi})",
        "With π = {pi}, what is the area of a circle with radius {r} {u}?",
    ),
}

_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("rectangle_perimeter", *_PRIMARY, rectangle_perimeter, RECTANGLE_PERIMETER),
    Family("regular_perimeter", *_PRIMARY, regular_perimeter, REGULAR_PERIMETER, weight=0.8),
    Family("triangle_perimeter", *_PRIMARY, triangle_perimeter, TRIANGLE_PERIMETER, weight=0.8),
    Family("rectangle_area", *_PRIMARY, rectangle_area, RECTANGLE_AREA),
    Family("square_area", *_PRIMARY, square_area, SQUARE_AREA, weight=0.7),
    Family("triangle_area", *_PRIMARY, triangle_area, TRIANGLE_AREA),
    Family("missing_side", *_PRIMARY, missing_side, MISSING_SIDE, unseen=True),
    Family("box_volume", *_PRIMARY, box_volume, BOX_VOLUME),
    Family("cube_volume", *_PRIMARY, cube_volume, CUBE_VOLUME, unseen=True),
    Family("hypotenuse", *_LOWER, hypotenuse, HYPOTENUSE),
    Family("leg_of_triangle", *_LOWER, leg, LEG),
    Family("third_angle", *_PRIMARY, third_angle, THIRD_ANGLE),
    Family("angle_pair", *_PRIMARY, angle_pair, ANGLE_PAIR, weight=0.7, unseen=True),
    Family("circle", *_LOWER, circle, CIRCLE),
)
