"""Right triangles, angles, similar figures."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import SMALL, mostly
from .perimeters import setting
from .polynomials import power
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
    head = say(lang, "Pitágoras, hipotenusa menos cateto", "Pythagoras, hypotenuse minus leg")
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
    if first.denominator > 1:
        return shadows(rng, lang)
    a, b = int(first), short  # height and shadow of the first
    c = b * k
    fields = {"a": a, "b": b, "c": c}
    factor = divide(c, b, lang)
    last = times(a, k, lang)
    shadow = rng.random() < 0.5
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


HYPOTENUSE = {
    "es": (
        "Los catetos de un triángulo rectángulo miden {a} {u} y {b} {u}. ¿Cuánto mide la hipotenusa?",
        "[Find] la hipotenusa de un triángulo rectángulo de catetos {a} {u} y {b} {u}.",
        "[Find] la diagonal de un rectángulo de {a} {u} por {b} {u}.",
        "Aplica el teorema de Pitágoras para hallar la hipotenusa si los catetos [son|miden] {a} {u} y {b} {u}.",
        "¿Cuánto mide el lado mayor de un triángulo rectángulo con catetos de {a} {u} y {b} {u}?",
        "En un triángulo rectángulo los lados que forman el ángulo recto miden {a} {u} y {b} {u}. "
        "¿Cuánto mide el tercer lado?",
        "Un rectángulo tiene {a} {u} de base y {b} {u} de altura. ¿Cuánto mide su diagonal?",
        "Un triángulo rectángulo tiene catetos de {a} {u} y {b} {u}. [Find] la hipotenusa.",
    ),
    "es:m": (
        "Una rampa avanza {a} m y sube {b} m. ¿Qué longitud tiene la rampa?",
        "Un parque rectangular mide {a} m por {b} m. ¿Cuánto mide el camino que lo cruza en diagonal?",
        "[Alguien|Un barco] avanza {a} m hacia el este y después {b} m hacia el norte. "
        "¿A qué distancia está del punto de partida?",
        "¿Qué longitud debe tener un cable que va desde lo alto de un poste de {a} m hasta el suelo, a {b} m del pie?",
    ),
    "en": (
        "The legs of a right triangle are {a} {u} and {b} {u}. How long is the hypotenuse?",
        "[Find] the hypotenuse of a right triangle with legs {a} {u} and {b} {u}.",
        "[Find] the diagonal of a rectangle of {a} {u} by {b} {u}.",
        "Use the Pythagorean theorem: the legs are {a} {u} and {b} {u}; what is the hypotenuse?",
        "How long is the longest side of a right triangle with legs of {a} {u} and {b} {u}?",
    ),
    "en:m": (
        "A ramp goes {a} m forward and {b} m up. How long is the ramp?",
        "A rectangular park measures {a} m by {b} m. How long is the path along its diagonal?",
        "Someone walks {a} m east and then {b} m north. How far is that from the start?",
    ),
}
LEG = {
    "es": (
        "La hipotenusa de un triángulo rectángulo mide {c} {u} y un cateto, {a} {u}. "
        "¿Cuánto mide el otro cateto?",
        "[Find] el cateto que falta: hipotenusa {c} {u} y un cateto de {a} {u}.",
        "En un triángulo rectángulo, un cateto mide {a} {u} y la hipotenusa {c} {u}. [Find] el otro cateto.",
        "La diagonal de un rectángulo mide {c} {u} y su base {a} {u}. ¿Cuánto mide la altura?",
        "¿Cuánto mide un cateto si la hipotenusa es de {c} {u} y el otro cateto de {a} {u}?",
        "Usa el teorema de Pitágoras: hipotenusa {c} {u}, un cateto {a} {u}. ¿Cuánto mide el otro?",
        "Un rectángulo de {a} {u} de largo tiene una diagonal de {c} {u}. [Find] su ancho.",
    ),
    "es:m": (
        "Una escalera de {c} m se apoya en una pared, con el pie a {a} m de ella. ¿A qué altura llega?",
        "Un cable de {c} m va de lo alto de un poste al suelo, a {a} m del poste. "
        "¿Qué altura tiene el poste?",
        "Una cometa tiene {c} m de cuerda tensa y está sobre un punto a {a} m de quien la sujeta. ¿A qué altura vuela?",
        "Una rampa de {c} m avanza {a} m en horizontal. ¿Cuántos metros sube?",
    ),
    "en": (
        "The hypotenuse of a right triangle is {c} {u} and one leg {a} {u}. How long is the other leg?",
        "[Find] the missing leg: hypotenuse {c} {u}, one leg {a} {u}.",
        "In a right triangle one leg is {a} {u} and the hypotenuse {c} {u}. [Find] the other leg.",
        "The diagonal of a rectangle is {c} {u} and its base {a} {u}. What is its height?",
    ),
    "en:m": (
        "A ladder of {c} m leans on a wall with its foot {a} m away. How high does it reach?",
        "A cable of {c} m runs from the top of a pole to the ground, {a} m from the pole. "
        "How high is the pole?",
        "A ramp of {c} m goes {a} m forward. How many metres does it go up?",
    ),
}
THIRD_ANGLE = {
    "es": (
        "Dos ángulos de un triángulo miden {a}° y {b}°. ¿Cuánto mide el tercero?",
        "[Find] el ángulo que falta en un triángulo con ángulos de {a}° y {b}°.",
        "En un triángulo, dos ángulos miden {a}° y {b}°. [Find] el otro ángulo.",
        "¿Cuánto mide el tercer ángulo de un triángulo si los otros dos son de {a}° y {b}°?",
        "Un triángulo tiene un ángulo de {a}° y otro de {b}°. ¿Cuántos grados mide el que falta?",
        "Los ángulos A y B de un triángulo valen {a}° y {b}°. ¿Cuánto vale el ángulo C?",
        "[Find] el ángulo x de un triángulo cuyos otros ángulos son {a}° y {b}°.",
        "Si A = {a}° y B = {b}° son ángulos de un triángulo ABC, ¿cuánto mide C?",
    ),
    "es:base": (
        "En un triángulo isósceles el ángulo desigual mide {a}°. ¿Cuánto mide cada uno de los ángulos iguales?",
        "El ángulo del vértice de un triángulo isósceles es de {a}°. [Find] uno de los ángulos de la base.",
    ),
    "es:top": (
        "Cada uno de los ángulos iguales de un triángulo isósceles mide {a}°. ¿Cuánto mide el ángulo desigual?",
        "Los dos ángulos de la base de un triángulo isósceles miden {a}° cada uno. [Find] el otro ángulo.",
    ),
    "en": (
        "Two angles of a triangle are {a}° and {b}°. How big is the third?",
        "[Find] the missing angle of a triangle with angles of {a}° and {b}°.",
        "In a triangle two angles measure {a}° and {b}°. [Find] the other angle.",
        "What is the third angle of a triangle if the other two are {a}° and {b}°?",
        "Angles A and B of a triangle are {a}° and {b}°. What is angle C?",
    ),
    "en:base": (
        "In an isosceles triangle the angle at the top is {a}°. How big is each of the equal angles?",
    ),
    "en:top": ("Each of the equal angles of an isosceles triangle is {a}°. How big is the other angle?",),
}
ANGLE_PAIR = {
    "es": (
        "¿Cuál es el ángulo {es} de {a}°?",
        "[Find] el {es} de un ángulo de {a}°.",
        "Dos ángulos son {ess} y uno mide {a}°. ¿Cuánto mide el otro?",
        "[Find] el ángulo {es} de [un ángulo de |]{a}°.",
        "Un ángulo mide {a}°. ¿Cuánto mide su {es}?",
        "Si dos ángulos son {ess} y el primero es de {a}°, halla el segundo.",
    ),
    "en": (
        "What is the {en} of {a}°?",
        "[Find] the {en} of an angle of {a}°.",
        "An angle measures {a}°. How big is its {en}?",
        "Calculate the {en} of a {a}° angle.",
        "Which angle is the {en} of {a}°?",
        "Work out the {en} of an angle that measures {a}°.",
    ),
}
POLYGON_ANGLES = {
    "es:fourth": (
        "Tres ángulos de un cuadrilátero miden {a}°, {b}° y {c}°. ¿Cuánto mide el cuarto?",
        "[Find] el ángulo que falta en un cuadrilátero con ángulos de {a}°, {b}° y {c}°.",
        "En un cuadrilátero los ángulos A, B y C miden {a}°, {b}° y {c}°. ¿Cuánto mide D?",
    ),
    "es:sum": (
        "¿Cuánto suman los ángulos interiores de un {f}?",
        "[Find] la suma de los ángulos interiores de un {f}.",
        "Un polígono tiene {n} lados. ¿Cuánto suman sus ángulos interiores?",
    ),
    "es:one": (
        "¿Cuánto mide cada ángulo interior de un {f} regular?",
        "[Find] el ángulo interior de un {f} regular.",
        "Un polígono regular tiene {n} lados. ¿Cuántos grados mide cada ángulo interior?",
    ),
    "en:fourth": (
        "Three angles of a quadrilateral are {a}°, {b}° and {c}°. How big is the fourth?",
        "[Find] the missing angle of a quadrilateral with angles of {a}°, {b}° and {c}°.",
    ),
    "en:sum": (
        "What do the interior angles of {an} {f} add up to?",
        "A polygon has {n} sides. [Find] the sum of its interior angles.",
    ),
    "en:one": (
        "How big is each interior angle of a regular {f}?",
        "A regular polygon has {n} sides. [Find] one of its interior angles.",
    ),
}
SHADOWS = {
    "es:shadow": (
        "Un poste de {a} m da una sombra de {b} m. A la misma hora, un árbol da una sombra de {c} m. "
        "¿Qué altura tiene el árbol?",
        "Una columna de {a} m de alto proyecta una sombra de {b} m. ¿Qué altura tiene una torre cuya sombra mide {c} m "
        "en ese momento?",
        "La sombra de un mástil de {a} m mide {b} m y la de un edificio, {c} m. [Find] la altura del edificio.",
    ),
    "es:sides": (
        "Dos triángulos son semejantes. Los lados {b} cm y {c} cm se corresponden. Si otro lado del primero mide {a} cm, "
        "¿cuánto mide el correspondiente del segundo?",
        "Un rectángulo de {b} cm de base y {a} cm de altura se amplía hasta que la base mide {c} cm. ¿Cuánto mide la altura?",
        "Una foto de {b} cm de ancho y {a} cm de alto se amplía a {c} cm de ancho. ¿Qué alto tendrá?",
    ),
    "en:shadow": (
        "A pole of {a} m throws a shadow of {b} m. At the same time a tree throws one of {c} m. How high is the tree?",
        "The shadow of a mast of {a} m is {b} m long and that of a house {c} m. [Find] the height of the house.",
        "A column {a} m high has a shadow of {b} m. How high is a tower with a shadow of {c} m then?",
    ),
    "en:sides": (
        "Two triangles are similar; the sides {b} cm and {c} cm correspond. Another side of the first is {a} cm. "
        "How long is the one of the second?",
        "A photo {b} cm wide and {a} cm high is enlarged to a width of {c} cm. How high will it be?",
        "A rectangle with base {b} cm and height {a} cm is enlarged to a base of {c} cm. What is its height?",
    ),
}
DIAGONALS = {
    "es": (
        "¿Cuántas diagonales tiene un polígono de {n} lados?",
        "[Find] el número de diagonales de un polígono de {n} lados.",
        "Un polígono convexo tiene {n} vértices. ¿Cuántas diagonales se pueden trazar?",
        "¿Cuántas diagonales se pueden dibujar en un polígono de {n} lados?",
        "Se dibujan todas las diagonales de un polígono de {n} lados. ¿Cuántas son?",
        "Un polígono tiene {n} lados. [Find] cuántas diagonales tiene.",
    ),
    "en": (
        "How many diagonals has a polygon with {n} sides?",
        "[Find] the number of diagonals of a polygon with {n} sides.",
        "A convex polygon has {n} vertices. How many diagonals can be drawn?",
        "How many diagonals can be drawn in a polygon with {n} sides?",
        "All diagonals of a polygon with {n} sides are drawn. How many are they?",
        "A polygon has {n} sides. [Find] how many diagonals it has.",
    ),
}
DISTANCE = {
    "es:distance": (
        "[Find] la distancia entre los puntos {A} y {B}.",
        "¿Cuál es la distancia entre {A} y {B}?",
        "¿Qué longitud tiene el segmento que une A{A} y B{B}?",
        "En un plano, dos árboles están en {A} y {B}. ¿A qué distancia están?",
        "[Find] la longitud del segmento de extremos {A} y {B}.",
    ),
    "es:middle": (
        "[Find] el punto medio del segmento de extremos {A} y {B}.",
        "¿Cuál es el punto medio entre {A} y {B}?",
        "¿Qué punto está a la mitad del segmento que une {A} con {B}?",
        "[Find] las coordenadas del punto medio de A{A} y B{B}.",
    ),
    "en:distance": (
        "[Find] the distance between the points {A} and {B}.",
        "What is the distance between {A} and {B}?",
        "How long is the segment that joins A{A} and B{B}?",
    ),
    "en:middle": (
        "[Find] the midpoint of the segment from {A} to {B}.",
        "What is the midpoint of {A} and {B}?",
        "Which point is halfway between {A} and {B}?",
    ),
}

_PRIMARY, _LOWER = ("geometry", "primary"), ("geometry", "lower_secondary")
FAMILIES = (
    Family("hypotenuse", *_LOWER, hypotenuse, HYPOTENUSE),
    Family("leg_of_triangle", *_LOWER, leg, LEG),
    Family("third_angle", *_PRIMARY, third_angle, THIRD_ANGLE),
    Family("angle_pair", *_PRIMARY, angle_pair, ANGLE_PAIR, weight=0.7, unseen=True),
    Family("polygon_angles", *_LOWER, polygon_angles, POLYGON_ANGLES, weight=0.7),
    Family("similar_figures", *_LOWER, shadows, SHADOWS, weight=0.8),
    Family("diagonals", *_LOWER, diagonals, DIAGONALS, weight=0.3, unseen=True),
    Family("distance_and_midpoint", *_LOWER, distance, DISTANCE, weight=0.8),
)
