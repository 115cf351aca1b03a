"""Areas of rectangles, squares, triangles and their kin, sides from areas, what a surface costs."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .perimeters import FACTS, FACTS_EN, GROUND, LENGTHS, RECTANGLE, RECTANGLE_EN, setting, sides
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
    c = rng.randint(2, a)
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
    cost = say(lang, f"A {price} € cada uno", f"At {price} € each")
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


RECTANGLE_AREA = {
    "es": (
        f"[Find] [el área|la superficie] de un rectángulo {RECTANGLE}.",
        f"{FACTS}. ¿[Cuál es su área|Cuánto mide su área|Qué superficie tiene]?",
        f"{FACTS}. [Find] [el área|su área|su superficie].",
        f"¿[Cuál es|Cuánto vale] el área de un rectángulo {RECTANGLE}?",
        f"¿Qué superficie [tiene|ocupa] un rectángulo {RECTANGLE}?",
        "¿Cuántos {u}² [hay|caben] en un rectángulo de {a} {u} por {b} {u}?",
        "Una hoja rectangular mide {a} {u} de largo y {b} {u} de ancho. ¿Qué área tiene?",
        f"Área de un rectángulo {RECTANGLE}.",
    ),
    "es:m": (
        "¿Qué superficie tiene una habitación rectangular de {a} m por {b} m?",
        "Una alfombra rectangular mide {a} m por {b} m. ¿Qué superficie cubre?",
        f"¿Cuántos metros cuadrados tiene {GROUND} rectangular de {{a}} m de largo y {{b}} m de ancho?",
        "Se va a [pintar|cubrir con papel] una pared de {a} m de largo y {b} m de alto. "
        "¿Cuántos metros cuadrados [son|hay que cubrir]?",
        f"[Queremos sembrar de césped|Se quiere embaldosar] {GROUND} rectangular de {{a}} m por {{b}} m. "
        "¿Qué superficie [hay que cubrir|se cubrirá]?",
    ),
    "en": (
        f"[Find] the area of a rectangle {RECTANGLE_EN}.",
        f"{FACTS_EN}. What is its area?",
        f"{FACTS_EN}. [Find] [the area|its area].",
        f"What is the area of a rectangle {RECTANGLE_EN}?",
        "A rectangular sheet measures {a} {u} by {b} {u}. What is its area?",
        "How many {u}² are there in a rectangle of {a} {u} by {b} {u}?",
    ),
    "en:m": (
        "What is the area of a rectangular room of {a} m by {b} m?",
        "A rectangular carpet measures {a} m by {b} m. What area does it cover?",
        "How many square metres is a garden {a} m long and {b} m wide?",
        "A wall {a} m long and {b} m high is to be painted. How many square metres is that?",
    ),
}
SQUARE_AREA = {
    "es": (
        "[Find] [el área|la superficie] de un cuadrado de {a} {u} de lado.",
        "El lado de un cuadrado mide {a} {u}. ¿[Cuál es|Cuánto mide] su área?",
        "¿Qué superficie ocupa [una figura cuadrada|una baldosa cuadrada|un cuadrado] de {a} {u} de lado?",
        "[Find] el área del cuadrado cuyo lado [es|mide] {a} {u}.",
        "Si cada lado de un cuadrado mide {a} {u}, ¿cuánto mide su [superficie|área]?",
        "¿Cuál es el área de un cuadrado si su lado mide {a} {u}?",
        "Un cuadrado tiene {a} {u} de lado. ¿Cuántos {u}² [ocupa|mide su superficie]?",
        "Área de un cuadrado de lado {a} {u}.",
    ),
    "es:m": (
        "Un patio cuadrado mide {a} m de lado. ¿Qué área tiene?",
        "Una finca cuadrada tiene {a} m de lado. ¿Cuántos metros cuadrados tiene?",
        "Se cubre de césped un terreno cuadrado de {a} m de lado. ¿Qué superficie se cubre?",
    ),
    "en": (
        "[Find] the area of a square with side {a} {u}.",
        "The side of a square is {a} {u}. What is its area?",
        "What area does a square figure with side {a} {u} cover?",
        "[Find] the area of the square whose side is {a} {u}.",
        "If each side of a square measures {a} {u}, what is its area?",
        "How many {u}² does a square with side {a} {u} cover?",
    ),
    "en:m": (
        "A square yard has a side of {a} m. What is its area?",
        "A square field has a side of {a} m. How many square metres is that?",
    ),
}
AREA_FROM_PERIMETER = {
    "es:area": (
        "El perímetro de un cuadrado es {n} {u}. ¿Cuál es su área?",
        "[Find] el área de un cuadrado cuyo perímetro mide {n} {u}.",
        "Un cuadrado tiene {n} {u} de perímetro. ¿Qué superficie [tiene|ocupa]?",
        "Con {n} {u} de cuerda se rodea justo un cuadrado. ¿Cuál es el área del cuadrado?",
    ),
    "es:perimeter": (
        "El área de un cuadrado es {n} {u}². ¿Cuánto mide su perímetro?",
        "[Find] el perímetro de un cuadrado cuya área es {n} {u}².",
        "Un cuadrado ocupa {n} {u}². ¿Cuál es [su perímetro|la longitud de su contorno]?",
        "¿Qué longitud tiene el contorno de un cuadrado de {n} {u}² de área?",
    ),
    "en:area": (
        "The perimeter of a square is {n} {u}. What is its area?",
        "[Find] the area of a square whose perimeter is {n} {u}.",
        "{n} {u} of rope go exactly around a square. What is the area of the square?",
    ),
    "en:perimeter": (
        "The area of a square is {n} {u}². What is its perimeter?",
        "[Find] the perimeter of a square whose area is {n} {u}².",
        "A square covers {n} {u}². How long is its border?",
    ),
}
SIDE_FROM_AREA = {
    "es:rectangle": (
        "El área de un rectángulo es {n} {u}² y su base mide {a} {u}. ¿Cuánto mide la altura?",
        "Un rectángulo de {a} {u} de largo tiene {n} {u}² de área. [Find] su ancho.",
        "¿Qué altura tiene un rectángulo de base {a} {u} y área {n} {u}²?",
        "[Find] la altura de un rectángulo si su área es {n} {u}² y su base, {a} {u}.",
        "La superficie de una mesa rectangular es {n} {u}² y mide {a} {u} de largo. ¿Cuánto mide de ancho?",
    ),
    "es:square": (
        "El área de un cuadrado es {n} {u}². ¿Cuánto mide su lado?",
        "[Find] el lado de un cuadrado de {n} {u}² de área.",
        "¿Cuánto mide el lado de un cuadrado cuya superficie es {n} {u}²?",
        "Una baldosa cuadrada ocupa {n} {u}². ¿Qué longitud tiene su lado?",
    ),
    "es:triangle": (
        "El área de un triángulo es {n} {u}² y su base mide {a} {u}. ¿Cuánto mide la altura?",
        "[Find] la altura de un triángulo de base {a} {u} y área {n} {u}².",
        "¿Qué altura tiene un triángulo de {n} {u}² si la base mide {a} {u}?",
    ),
    "en:rectangle": (
        "The area of a rectangle is {n} {u}² and its length {a} {u}. How wide is it?",
        "A rectangle {a} {u} long has an area of {n} {u}². Find its width.",
        "What is the height of a rectangle with base {a} {u} and area {n} {u}²?",
    ),
    "en:square": (
        "The area of a square is {n} {u}². How long is its side?",
        "[Find] the side of a square with an area of {n} {u}².",
    ),
    "en:triangle": (
        "The area of a triangle is {n} {u}² and its base {a} {u}. How high is it?",
        "[Find] the height of a triangle with base {a} {u} and area {n} {u}².",
    ),
}
TRIANGLE_AREA = {
    "es": (
        "[Find] [el área|la superficie] de un triángulo de {a} {u} de base y {b} {u} de altura.",
        "Un triángulo tiene {a} {u} de base y {b} {u} de altura. ¿[Cuál es|Cuánto mide] su área?",
        "¿Cuál es la superficie de un triángulo cuya base mide {a} {u} y cuya altura mide {b} {u}?",
        "[Find] el área del triángulo de base {a} {u} y altura {b} {u}.",
        "La altura de un triángulo es {b} {u} y su base, {a} {u}. [Find] el área.",
        "Los catetos de un triángulo rectángulo miden {a} {u} y {b} {u}. ¿[Cuál es|Cuánto mide] su área?",
        "¿Qué superficie ocupa [un banderín triangular|un triángulo|una pieza triangular] de {a} {u} de base y {b} {u} "
        "de altura?",
        "Área de un triángulo con base {a} {u} y altura {b} {u}.",
    ),
    "es:m": (
        "Una vela triangular mide {a} m de base y {b} m de alto. ¿Qué superficie tiene?",
        "Un jardín triangular tiene {a} m de base y {b} m de altura. ¿Qué área ocupa?",
        "¿Cuántos metros cuadrados tiene una parcela triangular de {a} m de base y {b} m de altura?",
    ),
    "en": (
        "[Find] the area of a triangle with base {a} {u} and height {b} {u}.",
        "A triangle has a base of {a} {u} and a height of {b} {u}. What is its area?",
        "What is the area of a triangle whose base is {a} {u} and whose height is {b} {u}?",
        "[Find] the area of the triangle with base {a} {u} and height {b} {u}.",
        "The height of a triangle is {b} {u} and its base {a} {u}. Calculate the area.",
        "The legs of a right triangle are {a} {u} and {b} {u}. What is its area?",
    ),
    "en:m": (
        "A triangular sail is {a} m wide at its base and {b} m high. What is its area?",
        "A triangular garden has a base of {a} m and a height of {b} m. What is its area?",
    ),
}
OTHER_AREAS = {
    "es:parallelogram": (
        "[Find] el área de un [paralelogramo|romboide] de base {a} {u} y altura {b} {u}.",
        "Un [paralelogramo|romboide] tiene {a} {u} de base y {b} {u} de altura. ¿[Cuál es|Cuánto mide] su área?",
        "¿Qué superficie tiene un paralelogramo cuya base mide {a} {u} y cuya altura mide {b} {u}?",
    ),
    "es:rhombus": (
        "[Find] el área de un rombo de diagonales {a} {u} y {b} {u}.",
        "Las diagonales de un rombo miden {a} {u} y {b} {u}. ¿[Cuál es|Cuánto mide] su área?",
        "¿Qué superficie tiene una cometa con forma de rombo cuyas diagonales miden {a} {u} y {b} {u}?",
    ),
    "es:trapezium": (
        "[Find] el área de un trapecio de bases {a} {u} y {c} {u} y altura {h} {u}.",
        "Las bases de un trapecio miden {a} {u} y {c} {u}, y su altura {h} {u}. ¿[Cuál es|Cuánto mide] su área?",
        "¿Qué superficie tiene un trapecio cuyas bases miden {a} y {c} {u} si la altura es {h} {u}?",
    ),
    "en:parallelogram": (
        "[Find] the area of a parallelogram with base {a} {u} and height {b} {u}.",
        "A parallelogram has a base of {a} {u} and a height of {b} {u}. What is its area?",
    ),
    "en:rhombus": (
        "[Find] the area of a rhombus with diagonals {a} {u} and {b} {u}.",
        "The diagonals of a rhombus are {a} {u} and {b} {u}. What is its area?",
    ),
    "en:trapezium": (
        "[Find] the area of a trapezium with bases {a} {u} and {c} {u} and height {h} {u}.",
        "The bases of a trapezium are {a} {u} and {c} {u}, its height {h} {u}. What is its area?",
    ),
}
TILES = {
    "es:area": (
        "Un suelo rectangular mide {a} m por {b} m. Poner tarima cuesta {k} € por metro cuadrado. ¿Cuánto cuesta [todo|cubrirlo]?",
        "Sembrar césped cuesta {k} € por m². ¿Cuánto cuesta sembrar un jardín rectangular de {a} m de largo y {b} m de ancho?",
        "Pintar un metro cuadrado cuesta {k} €. ¿Cuánto cuesta pintar una pared de {a} m por {b} m?",
    ),
    "es:perimeter": (
        "Se cerca un huerto rectangular de {a} m por {b} m con valla de {k} € el metro. ¿Cuánto cuesta la valla?",
        "El metro de valla cuesta {k} €. ¿Cuánto se paga por [vallar|rodear] un terreno de {a} m de largo y {b} m de ancho?",
        "Un marco rectangular de {a} m por {b} m se hace con listón de {k} € el metro. ¿Cuánto cuesta el listón?",
    ),
    "en:area": (
        "A rectangular floor is {a} m by {b} m. Flooring costs {k} € a square metre. What does it cost?",
        "Sowing grass costs {k} € a m². What does a garden {a} m long and {b} m wide cost?",
        "Painting costs {k} € a square metre. What does a wall of {a} m by {b} m cost?",
    ),
    "en:perimeter": (
        "A rectangular garden of {a} m by {b} m gets a fence at {k} € a metre. What does the fence cost?",
        "A metre of fence costs {k} €. What does it cost to fence a plot {a} m long and {b} m wide?",
        "A frame of {a} m by {b} m is made of wood at {k} € a metre. What does the wood cost?",
    ),
}
FRAME = {
    "es": (
        "A un rectángulo de {a} {u} por {b} {u} se le recorta un cuadrado de {c} {u} de lado. ¿Qué área queda?",
        "De una cartulina de {a} {u} por {b} {u} se corta un cuadrado de {c} {u} de lado. [Find] la superficie que sobra.",
        "Un terreno de {a} {u} por {b} {u} tiene dentro un estanque cuadrado de {c} {u} de lado. "
        "¿Qué superficie queda libre?",
        "[Find] el área de un rectángulo de {a} {u} por {b} {u} con un hueco cuadrado de lado {c} {u}.",
        "En una pared de {a} {u} por {b} {u} hay una ventana cuadrada de {c} {u} de lado. "
        "¿Qué área tiene la pared sin la ventana?",
        "Dentro de un rectángulo de {a} {u} × {b} {u} se pinta un cuadrado de {c} {u} de lado. ¿Qué área queda sin pintar?",
    ),
    "en": (
        "A square with side {c} {u} is cut out of a rectangle of {a} {u} by {b} {u}. What area is left?",
        "From a card of {a} {u} by {b} {u} we cut a square with side {c} {u}. [Find] the area left.",
        "A plot of {a} {u} by {b} {u} holds a square pond with side {c} {u}. What area is free?",
        "[Find] the area of a rectangle of {a} {u} by {b} {u} with a square hole of side {c} {u}.",
        "A wall of {a} {u} by {b} {u} has a square window with side {c} {u}. What area has the wall without it?",
        "In a rectangle of {a} {u} × {b} {u} a square of side {c} {u} is painted. What area is not?",
    ),
}

_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("rectangle_area", *_PRIMARY, rectangle_area, RECTANGLE_AREA),
    Family("square_area", *_PRIMARY, square_area, SQUARE_AREA, weight=0.8),
    Family("square_both_ways", *_LOWER, area_from_perimeter, AREA_FROM_PERIMETER, weight=0.6, unseen=True),
    Family("missing_side", *_PRIMARY, side_from_area, SIDE_FROM_AREA, unseen=True),
    Family("triangle_area", *_PRIMARY, triangle_area, TRIANGLE_AREA),
    Family("other_areas", *_LOWER, other_areas, OTHER_AREAS, weight=0.8),
    Family("cost_of_a_surface", *_LOWER, tiles, TILES, weight=0.7),
    Family("area_without_a_square", *_LOWER, frame, FRAME, weight=0.5),
)
