"""Perimeters of rectangles, triangles and regular figures, and their sides from them."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly
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


def regular_perimeter(rng: Random, lang: str) -> Draft:
    n, a, unit = rng.choice([3, 4, 4, 4, 5, 6, 8]), mostly(rng, (2, 10), (8, 25)), rng.choice(LENGTHS)
    step = times(n, a, lang)
    name = _NAMES[lang][n]
    fields = {"f": name, "a": a, "u": unit, "A": "An" if name[0] in "eo" else "A"}
    head = say(lang, f"Perímetro, {n} lados iguales de {a}", f"Perimeter, {n} equal sides of {a}")
    return Draft(
        fields, (f"{head}: {step}",), step.value, sum([a] * n), unit=unit, variant=setting(rng, unit)
    )


def side_from_perimeter(rng: Random, lang: str) -> Draft:
    n, a, unit = rng.choice([3, 4, 4, 4, 5, 6, 8]), mostly(rng, (2, 10), (8, 25)), rng.choice(LENGTHS)
    step = divide(n * a, n, lang)
    name = _NAMES[lang][n]
    fields = {"f": name, "p": n * a, "u": unit, "A": "An" if name[0] in "eo" else "A"}
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
RECTANGLE = (
    "[de {a} {u} de largo y {b} {u} de ancho|de {a} {u} por {b} {u}|de base {a} {u} y altura {b} {u}"
    "|de lados {a} {u} y {b} {u}|cuyos lados miden {a} {u} y {b} {u}|con {a} {u} de base y {b} {u} de altura"
    "|que mide {b} {u} de ancho y {a} {u} de largo]"
)
FACTS = (
    "[Un rectángulo mide {a} {u} de [largo|base] y {b} {u} de [ancho|alto]|Los lados de un rectángulo son {a} {u} "
    "y {b} {u}|La base de un rectángulo mide {a} {u} y la altura, {b} {u}|Un rectángulo tiene {a} {u} de largo y "
    "{b} {u} de ancho]"
)
RECTANGLE_EN = (
    "[{a} {u} long and {b} {u} wide|of {a} {u} by {b} {u}|with length {a} {u} and width {b} {u}"
    "|with sides {a} {u} and {b} {u}|whose sides are {a} {u} and {b} {u}]"
)
FACTS_EN = (
    "[A rectangle is {a} {u} long and {b} {u} wide|The sides of a rectangle are {a} {u} and {b} {u}"
    "|A rectangle measures {a} {u} by {b} {u}|The base of a rectangle is {a} {u} and its height {b} {u}]"
)
GROUND = "[un campo|un terreno|un patio|un huerto|una parcela|un jardín]"
RECTANGLE_PERIMETER = {
    "es": (
        f"[Find] el perímetro de un rectángulo {RECTANGLE}.",
        f"{FACTS}. ¿[Cuál es|Cuánto mide|Qué longitud tiene] su perímetro?",
        f"{FACTS}. [Find] [el perímetro|su perímetro|la longitud de su contorno].",
        f"¿[Cuál es el perímetro|Cuánto mide el perímetro|Cuánto mide el contorno] de un rectángulo {RECTANGLE}?",
        "Los lados de una tarjeta rectangular miden {a} {u} y {b} {u}. ¿Cuánto mide su borde?",
        f"Si sumamos [los cuatro lados|todos los lados] de un rectángulo {RECTANGLE}, ¿cuánto [obtenemos|resulta]?",
        "Se pone un marco a un cuadro rectangular de {a} {u} por {b} {u}. "
        "¿Qué longitud de [marco|listón] [hace falta|se necesita]?",
        f"Perímetro de un rectángulo {RECTANGLE}.",
    ),
    "es:m": (
        f"¿Cuánto mide el contorno de {GROUND} rectangular de {{a}} m por {{b}} m?",
        f"Se quiere [vallar|cercar|rodear con una valla] {GROUND} rectangular de {{a}} m de largo y {{b}} m de ancho. "
        "¿[Qué longitud de valla hace falta|Cuántos metros de valla se necesitan]?",
        "Una pista rectangular mide {a} m por {b} m. ¿Cuántos metros [se andan|se recorren] al darle una vuelta?",
        "[Alguien|Una deportista] da una vuelta completa a una piscina de {a} m de largo y {b} m de ancho. "
        "¿Cuántos metros recorre?",
        "Se cuelga una guirnalda por todo el borde del techo de una sala de {a} m por {b} m. "
        "¿Cuántos metros de guirnalda hacen falta?",
    ),
    "en": (
        f"[Find] the perimeter of a rectangle {RECTANGLE_EN}.",
        f"{FACTS_EN}. What is its perimeter?",
        f"{FACTS_EN}. [Find] [the perimeter|its perimeter].",
        f"What is the perimeter of a rectangle {RECTANGLE_EN}?",
        "The sides of a rectangular card are {a} {u} and {b} {u}. How long is its edge?",
        "A rectangular picture of {a} {u} by {b} {u} gets a frame. What length of frame is needed?",
    ),
    "en:m": (
        "How long is the border of a rectangular field of {a} m by {b} m?",
        "A rectangular plot {a} m long and {b} m wide gets a fence. How long is the fence?",
        "A rectangular court measures {a} m by {b} m. How many metres is once around it?",
    ),
}
REGULAR_PERIMETER = {
    "es": (
        "[Find] el perímetro de un {f} de {a} {u} de lado.",
        "El lado de un {f} mide {a} {u}. ¿[Cuál es|Cuánto mide] su perímetro?",
        "¿Cuánto mide el perímetro de un {f} cuyo lado [es|mide] {a} {u}?",
        "[Find] el perímetro de un {f} si cada lado mide {a} {u}.",
        "Se pone una cinta alrededor de un {f} de lado {a} {u}. ¿Cuánta cinta hace falta?",
        "Cada lado de un {f} mide {a} {u}. ¿Cuánto [mide su contorno|suman todos sus lados]?",
        "Un {f} tiene {a} {u} de lado. [Find] [su perímetro|la longitud de su contorno].",
        "Perímetro de un {f} de lado {a} {u}.",
        "Con un alambre se construye un {f} de {a} {u} de lado. ¿Qué longitud de alambre se usa?",
    ),
    "es:m": (
        "Un jardín tiene forma de {f} con lados de {a} m. ¿Cuánto mide su contorno?",
        "Una plaza con forma de {f} tiene {a} m de lado. ¿Cuántos metros [mide su borde|recorre quien le da una vuelta]?",
        "¿Cuántos metros de valla hacen falta para cercar un terreno con forma de {f} de {a} m de lado?",
    ),
    "en": (
        "[Find] the perimeter of this regular figure: {f}, side {a} {u}.",
        "{A} {f} has a side of {a} {u}. What is its perimeter?",
        "What is the perimeter of this figure: {f} with side {a} {u}?",
        "{A} {f} has sides of {a} {u} each. [Find] the perimeter.",
        "Each side of this {f} measures {a} {u}. Find its perimeter.",
        "{A} {f} is made of wire, each side {a} {u}. How long is the wire?",
    ),
    "en:m": (
        "A garden has the shape of this figure: {f}, side {a} m. How long is its border?",
        "A square in town has the shape of this figure: {f}, side {a} m. How long is its border?",
    ),
}
SIDE_FROM_PERIMETER = {
    "es": (
        "El perímetro de un {f} es [de |]{p} {u}. ¿[Cuánto mide|Cuál es la medida de] cada lado?",
        "[Find] el lado de un {f} cuyo perímetro [mide|es] {p} {u}.",
        "Un {f} tiene {p} {u} de perímetro. ¿Cuánto mide [su lado|cada lado]?",
        "Con {p} {u} de [cuerda|cinta|alambre] se forma un {f}. ¿Cuánto mide cada lado?",
        "Si el contorno de un {f} mide {p} {u}, ¿qué longitud tiene [el lado|cada lado]?",
        "¿Cuánto mide el lado de un {f} de {p} {u} de perímetro?",
    ),
    "es:m": (
        "Una plaza con forma de {f} tiene un borde de {p} m. ¿Cuántos metros mide cada lado?",
        "Para cercar un terreno con forma de {f} se usan {p} m de valla. ¿Cuánto mide cada lado?",
    ),
    "en": (
        "The perimeter of this figure is {p} {u}: {f}. How long is each side?",
        "[Find] the side: {f}, perimeter {p} {u}.",
        "{A} {f} has a perimeter of {p} {u}. How long is each side?",
        "{p} {u} of wire make this figure: {f}. How long is each side?",
    ),
    "en:m": (
        "A field in the shape of this figure, {f}, is fenced with {p} m. How long is each side?",
        "A square in town has a border of {p} m and this shape: {f}. How long is each side?",
    ),
}
RECTANGLE_SIDE = {
    "es": (
        "El perímetro de un rectángulo es {p} {u} y uno de sus lados mide {a} {u}. ¿Cuánto mide el otro lado?",
        "Un rectángulo de {p} {u} de perímetro tiene {a} {u} de [largo|base]. [Find] [el otro lado|la otra dimensión].",
        "[Find] el lado que falta de un rectángulo con perímetro {p} {u} y un lado de {a} {u}.",
        "La base de un rectángulo es {a} {u} y su perímetro es {p} {u}. ¿Cuál es la altura?",
        "¿Qué altura tiene un rectángulo de base {a} {u} si su perímetro es {p} {u}?",
        "Con {p} {u} de alambre se hace un rectángulo de {a} {u} de base. ¿Cuánto mide la altura?",
    ),
    "es:m": (
        "Se usan {p} m de valla para cercar un huerto rectangular de {a} m de largo. ¿Cuántos metros mide el ancho?",
        "El contorno de una pista rectangular mide {p} m y un lado mide {a} m. ¿Cuánto mide el lado contiguo?",
    ),
    "en": (
        "The perimeter of a rectangle is {p} {u} and one side {a} {u}. How long is the other side?",
        "[Find] the missing side of a rectangle with perimeter {p} {u} and one side of {a} {u}.",
        "The base of a rectangle is {a} {u} and its perimeter {p} {u}. What is the height?",
        "{p} {u} of wire make a rectangle with a base of {a} {u}. How high is it?",
    ),
    "en:m": (
        "{p} m of fence go around a rectangular garden {a} m long. How wide is it?",
        "The border of a rectangular court is {p} m and one side is {a} m. How long is the other side?",
    ),
}
TRIANGLE_PERIMETER = {
    "es": (
        "Los lados de un triángulo miden {a} {u}, {b} {u} y {c} {u}. ¿[Cuál es|Cuánto mide] su perímetro?",
        "[Find] el perímetro de un triángulo de lados {a}, {b} y {c} {u}.",
        "¿Cuánto mide el contorno de un triángulo con lados de {a} {u}, {b} {u} y {c} {u}?",
        "[Find] el perímetro del triángulo cuyos lados [son|miden] {a} {u}, {b} {u} y {c} {u}.",
        "Un triángulo tiene lados {a} {u}, {b} {u} y {c} {u}. ¿Cuánto suman sus lados?",
        "Con tres varillas de {a}, {b} y {c} {u} se forma un triángulo. ¿Cuál es su perímetro?",
    ),
    "es:m": (
        "Una parcela triangular tiene lados de {a}, {b} y {c} m. ¿Cuánto mide su valla?",
        "Se rodea con cuerda una zona triangular de {a} m, {b} m y {c} m de lado. ¿Cuánta cuerda se gasta?",
        "Un corredor da una vuelta a un parque triangular de lados {a} m, {b} m y {c} m. ¿Cuántos metros corre?",
    ),
    "es:isosceles": (
        "Un triángulo isósceles tiene dos lados de {a} {u} y el otro de {c} {u}. ¿[Cuál es|Cuánto mide] su perímetro?",
        "[Find] el perímetro de un triángulo isósceles de lados iguales {a} {u} y base {c} {u}.",
        "La base de un triángulo isósceles mide {c} {u} y cada uno de los lados iguales, {a} {u}. "
        "¿Cuánto mide el perímetro?",
    ),
    "en": (
        "The sides of a triangle are {a} {u}, {b} {u} and {c} {u}. What is its perimeter?",
        "[Find] the perimeter of a triangle with sides {a}, {b} and {c} {u}.",
        "How long is the border of a triangle with sides {a} {u}, {b} {u} and {c} {u}?",
        "[Find] the perimeter of the triangle whose sides are {a} {u}, {b} {u} and {c} {u}.",
        "A triangle has sides {a} {u}, {b} {u} and {c} {u}. Work out its perimeter.",
    ),
    "en:m": (
        "A triangular plot has sides of {a}, {b} and {c} m. How long is its fence?",
        "A rope goes round a triangle with sides {a} m, {b} m and {c} m. How long is the rope?",
    ),
    "en:isosceles": (
        "An isosceles triangle has two sides of {a} {u} and one of {c} {u}. What is its perimeter?",
        "[Find] the perimeter of an isosceles triangle with equal sides {a} {u} and base {c} {u}.",
    ),
}

_PRIMARY = ("geometry", "primary")
FAMILIES = (
    Family("rectangle_perimeter", *_PRIMARY, rectangle_perimeter, RECTANGLE_PERIMETER),
    Family("regular_perimeter", *_PRIMARY, regular_perimeter, REGULAR_PERIMETER, weight=0.9),
    Family("side_from_perimeter", *_PRIMARY, side_from_perimeter, SIDE_FROM_PERIMETER, weight=0.9),
    Family("rectangle_side", *_PRIMARY, rectangle_side_from_perimeter, RECTANGLE_SIDE, weight=0.7),
    Family("triangle_perimeter", *_PRIMARY, triangle_perimeter, TRIANGLE_PERIMETER, weight=0.8),
)
