"""Trigonometry of right triangles and of the usual angles; degrees and radians."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import SMALL
from .polynomials import power
from .steps import DIVIDE, TIMES, reduce
from .wording import MINUS, frac, num, say

EASY = ((3, 4, 5), (6, 8, 10), (5, 12, 13))
MORE = ((8, 15, 17), (9, 12, 15), (7, 24, 25), (12, 16, 20))


def _triple(rng: Random) -> tuple[int, int, int]:
    a, b, c = rng.choice(EASY if rng.random() < SMALL else MORE)
    return (a, b, c) if rng.random() < 0.5 else (b, a, c)


def ratio(rng: Random, lang: str) -> Draft:
    a, b, c = _triple(rng)
    name_es, name_en, top, bottom, why_es, why_en = rng.choice(
        [
            ("seno", "sine", a, c, "Seno, opuesto entre hipotenusa", "Sine, opposite over hypotenuse"),
            (
                "coseno",
                "cosine",
                b,
                c,
                "Coseno, contiguo entre hipotenusa",
                "Cosine, adjacent over hypotenuse",
            ),
            (
                "tangente",
                "tangent",
                a,
                b,
                "Tangente, opuesto entre contiguo",
                "Tangent, opposite over adjacent",
            ),
        ]
    )
    article = "la" if name_es == "tangente" else "el"
    fields = {"f": say(lang, name_es, name_en), "el": article, "a": a, "b": b, "c": c}
    value = Fraction(top, bottom)
    sine, cosine = Fraction(a, c), Fraction(b, c)
    check = {"seno": sine, "coseno": cosine, "tangente": sine / cosine}[name_es]
    step = f"{say(lang, why_es, why_en)}: {reduce(top, bottom)}"
    return Draft(fields, (step,), value, check, answer=frac(value))


def ratio_with_pythagoras(rng: Random, lang: str) -> Draft:
    """Two sides are known; the third comes first."""
    a, b, c = _triple(rng)
    sine = rng.random() < 0.5
    if rng.random() < 0.5:
        square = a * a + b * b
        first = f"{power(a, 2)} + {power(b, 2)} = {a * a} + {b * b} = {square}; √{square} = {isqrt(square)}"
        top = a if sine else b
        why = say(lang, "Hipotenusa", "Hypotenuse")
        variant = "legs"
    else:
        square = c * c - a * a
        first = f"{power(c, 2)} {MINUS} {power(a, 2)} = {c * c} {MINUS} {a * a} = {square}; √{square} = {isqrt(square)}"
        sine, top = False, isqrt(square)
        why = say(lang, "El otro cateto", "The other leg")
        variant = "one"
    last = say(
        lang,
        "Seno, opuesto entre hipotenusa" if sine else "Coseno, contiguo entre hipotenusa",
        "Sine, opposite over hypotenuse" if sine else "Cosine, adjacent over hypotenuse",
    )
    value = Fraction(top, c)
    fields = {
        "f": say(lang, "seno" if sine else "coseno", "sine" if sine else "cosine"),
        "a": a,
        "b": b,
        "c": c,
    }
    other = b if sine else a
    check = Fraction(isqrt(c * c - other * other), c)
    steps = (f"{why}: {first}", f"{last}: {reduce(top, c)}")
    return Draft(fields, steps, value, check, answer=frac(value), variant=variant)


# The square of each ratio checks the table.
_TABLE = {
    ("sen", 30): ("1/2", Fraction(1, 4)),
    ("sen", 45): ("√2/2", Fraction(1, 2)),
    ("sen", 60): ("√3/2", Fraction(3, 4)),
    ("sen", 90): ("1", Fraction(1)),
    ("sen", 0): ("0", Fraction(0)),
    ("cos", 60): ("1/2", Fraction(1, 4)),
    ("cos", 45): ("√2/2", Fraction(1, 2)),
    ("cos", 30): ("√3/2", Fraction(3, 4)),
    ("cos", 90): ("0", Fraction(0)),
    ("cos", 0): ("1", Fraction(1)),
    ("tan", 45): ("1", Fraction(1)),
    ("tan", 0): ("0", Fraction(0)),
}
_NAMES = {"sen": ("el seno", "sine"), "cos": ("el coseno", "cosine"), "tan": ("la tangente", "tangent")}


def usual_angle(rng: Random, lang: str) -> Draft:
    (name, angle), (answer, square) = rng.choice(list(_TABLE.items()))
    short = name if lang == "es" else name.replace("sen", "sin")
    head = say(lang, "Valor de la tabla", "A value of the table")
    fields = {"s": short, "a": angle, "f": say(lang, *_NAMES[name])}
    # sen² + cos² = 1 and tan = sen/cos tie the table together.
    sine = _TABLE["sen", angle][1]
    cosine = _TABLE["cos", angle][1]
    check = {"sen": 1 - cosine, "cos": 1 - sine, "tan": sine / cosine if cosine else Fraction(0)}[name]
    return Draft(fields, (f"{head}: {short} {angle}° = {answer}",), square, check, answer=answer)


def angle_of_value(rng: Random, lang: str) -> Draft:
    """The acute angle with a given ratio."""
    (name, angle), (shown, _) = rng.choice([row for row in _TABLE.items() if 0 < row[0][1] < 90])
    short = name if lang == "es" else name.replace("sen", "sin")
    head = say(lang, "Valor de la tabla", "A value of the table")
    found = [a for (n, a), row in _TABLE.items() if n == name and row[0] == shown]
    fields = {"s": short, "v": shown, "f": say(lang, _NAMES[name][0].split()[1], _NAMES[name][1])}
    return Draft(fields, (f"{head}: {short} {angle}° = {shown}",), angle, found[0], answer=f"{angle}°")


def identity(rng: Random, lang: str) -> Draft:
    """The cosine from the sine, or the other way round, of an acute angle."""
    a, b, c = _triple(rng)
    known, asked = rng.choice([("sen", "cos"), ("cos", "sen")])
    short = [name if lang == "es" else name.replace("sen", "sin") for name in (known, asked)]
    value, given = Fraction(b, c), Fraction(a, c)
    top, bottom = given.numerator, given.denominator
    rest = bottom * bottom - top * top
    steps = (
        f"{say(lang, 'Los cuadrados suman 1', 'The squares add up to 1')}: "
        f"1 {MINUS} {top * top}/{bottom * bottom} = {rest}/{bottom * bottom}",
        f"{say(lang, 'La raíz, arriba y abajo', 'The root, top and bottom')}: √{rest} = {isqrt(rest)} "
        f"{say(lang, 'y', 'and')} √{bottom * bottom} = {bottom}",
    )
    found = Fraction(isqrt(rest), bottom)
    fields = {"s": short[0], "t": short[1], "v": frac(given)}
    return Draft(fields, steps, found, value, answer=frac(found))


def side_from_ratio(rng: Random, lang: str) -> Draft:
    top, bottom = rng.choice([(1, 2), (3, 5), (4, 5), (2, 5), (3, 4), (1, 4)])
    k = rng.randint(2, 9)
    c = bottom * k
    fields = {"r": f"{top}/{bottom}", "c": c, "u": rng.choice(["cm", "m"])}
    kind = rng.choice(["sine", "cosine"])
    why = say(lang, f"Cateto, {top}/{bottom} de la hipotenusa {c}", f"The leg is {top}/{bottom} of {c}")
    steps = (f"{why}: {c} {DIVIDE} {bottom} = {k}", f"{top} {TIMES} {k} = {top * k}")
    return Draft(fields, steps, top * k, c * Fraction(top, bottom), unit=str(fields["u"]), variant=kind)


def side_from_angle(rng: Random, lang: str) -> Draft:
    """The leg of a triangle with 30° or 60°, or with 45° by the tangent."""
    c, unit = 2 * rng.randint(2, 15), "m"
    kind = rng.choice(["sine", "cosine", "tangent"])
    fields = {"c": c, "u": unit}
    if kind == "tangent":
        head = say(lang, "tan 45° = 1; opuesto, contiguo por 1", "tan 45° = 1; opposite, adjacent times 1")
        return Draft(fields, (f"{head}: {c} {TIMES} 1 = {c}",), c, Fraction(c, 1), unit=unit, variant=kind)
    short = say(lang, "sen 30° = 1/2", "sin 30° = 1/2") if kind == "sine" else "cos 60° = 1/2"
    head = say(lang, f"{short}; la mitad de la hipotenusa", f"{short}; half the hypotenuse")
    check = c * Fraction(1, 2)
    return Draft(fields, (f"{head}: {c} {DIVIDE} 2 = {c // 2}",), c // 2, check, unit=unit, variant=kind)


def height_by_tangent(rng: Random, lang: str) -> Draft:
    tangent = rng.choice(
        [Fraction(1, 2), Fraction(3, 4), Fraction(2), Fraction(3, 2), Fraction(1), Fraction(4, 5)]
    )
    d = tangent.denominator * rng.randint(2, 15)
    shown = num(tangent, lang)
    value = d * tangent
    head = say(lang, "Altura, distancia por tangente", "Height, distance times tangent")
    check = Fraction(d, tangent.denominator) * tangent.numerator
    step = f"{head}: {d} {TIMES} {shown} = {num(value, lang)}"
    return Draft({"d": d, "t": shown}, (step,), value, check, unit="m")


def radians(rng: Random, lang: str) -> Draft:
    """Degrees to radians and back."""
    degrees = rng.choice([30, 45, 60, 90, 120, 135, 150, 180, 270, 360, 36, 20, 72, 210])
    part = Fraction(degrees, 180)
    top = "π" if part.numerator == 1 else f"{part.numerator}π"
    shown = top if part.denominator == 1 else f"{top}/{part.denominator}"
    fields = {"d": degrees, "r": shown}
    if rng.random() < 0.5:
        head = say(lang, "180° son π; la fracción", "180° is π; the fraction")
        check = next(Fraction(n, 180) for n in range(1, 400) if n == degrees)
        steps = (f"{head}: {reduce(degrees, 180)}",)
        return Draft(fields, steps, part, check, answer=shown, variant="radians")
    head = say(lang, "π son 180°", "π is 180°")
    product = f"{part.numerator} {TIMES} 180 {DIVIDE} {part.denominator}"
    if part.denominator == 1:
        product = f"{part.numerator} {TIMES} 180"
    elif part.numerator == 1:
        product = f"180 {DIVIDE} {part.denominator}"
    check = part * 180
    return Draft(
        fields, (f"{head}: {product} = {degrees}",), degrees, check, answer=f"{degrees}°", variant="degrees"
    )


RATIO = {
    "es": (
        "En un triángulo rectángulo de lados {a}, {b} y {c}, [find] {el} {f} del ángulo opuesto al lado {a}.",
        "Un triángulo rectángulo tiene catetos {a} y {b} e hipotenusa {c}. "
        "[Find] {el} {f} del ángulo opuesto al cateto {a}.",
        "¿Cuánto vale {el} {f} del ángulo cuyo cateto opuesto es {a}, cateto contiguo {b} e hipotenusa {c}?",
        "El cateto opuesto a un ángulo mide {a}, el contiguo {b} y la hipotenusa {c}. "
        "¿Cuál es {el} {f} del ángulo?",
        "[Find] {el} {f} de un ángulo agudo con cateto opuesto {a}, contiguo {b} e hipotenusa {c}.",
        "[Find] {el} {f} del ángulo A si su cateto opuesto es {a}, el contiguo {b} y la hipotenusa {c}.",
        "Los lados de un triángulo rectángulo miden {a}, {b} y {c} cm. Frente al ángulo B está el cateto de {a} cm. "
        "¿Cuánto es {el} {f} de B?",
    ),
    "en": (
        "In a right triangle with sides {a}, {b} and {c}, [find] the {f} of the angle opposite the side {a}.",
        "A right triangle has legs {a} and {b} and hypotenuse {c}. [Find] the {f} of the angle opposite {a}.",
        "What is the {f} of the angle with opposite leg {a}, adjacent leg {b} and hypotenuse {c}?",
        "The leg opposite an angle is {a}, the adjacent one {b}, the hypotenuse {c}. "
        "What is the {f} of the angle?",
        "[Find] the {f} of an acute angle with opposite {a}, adjacent {b} and hypotenuse {c}.",
        "[Find] the {f} of angle A if its opposite leg is {a}, the adjacent {b} and the hypotenuse {c}.",
    ),
}
RATIO_TWO_SIDES = {
    "es:legs": (
        "Los catetos de un triángulo rectángulo miden {a} y {b}. [Find] el {f} del ángulo opuesto al cateto {a}.",
        "En un triángulo rectángulo el cateto opuesto al ángulo A mide {a} y el contiguo {b}. ¿Cuál es el {f} de A?",
        "¿Cuánto vale el {f} de un ángulo agudo si su cateto opuesto es {a} y el contiguo {b}?",
    ),
    "es:one": (
        "En un triángulo rectángulo la hipotenusa mide {c} y el cateto opuesto al ángulo A mide {a}. ¿Cuál es el {f} de A?",
        "[Find] el {f} de un ángulo agudo cuyo cateto opuesto es {a}, si la hipotenusa es {c}.",
        "La hipotenusa es {c} y frente al ángulo A hay un cateto de {a}. ¿Cuánto vale el {f} de A?",
    ),
    "en:legs": (
        "The legs of a right triangle are {a} and {b}. [Find] the {f} of the angle opposite {a}.",
        "In a right triangle the leg opposite A is {a} and the adjacent one {b}. What is the {f} of A?",
        "What is the {f} of an acute angle with opposite leg {a} and adjacent leg {b}?",
    ),
    "en:one": (
        "In a right triangle the hypotenuse is {c} and the leg opposite A is {a}. What is the {f} of A?",
        "[Find] the {f} of an acute angle whose opposite leg is {a}, if the hypotenuse is {c}.",
        "The hypotenuse is {c} and opposite angle A lies a leg of {a}. What is the {f} of A?",
    ),
}
USUAL = {
    "es": (
        "¿Cuánto vale {s} {a}°?",
        "[Find] {s} {a}°.",
        "¿Cuál es {f} de {a}°?",
        "[Find] el valor exacto de {s} {a}°.",
        "Di cuánto vale exactamente {f} de {a} grados.",
        "¿Qué valor tiene {f} de un ángulo de {a}°?",
        "El valor exacto de {s} {a}° es…",
    ),
    "en": (
        "What is {s} {a}°?",
        "[Find] {s} {a}°.",
        "What is the {f} of {a}°?",
        "[Find] the exact value of {s} {a}°.",
        "Give the exact value of the {f} of {a} degrees.",
        "What value has the {f} of an angle of {a}°?",
    ),
}
ANGLE = {
    "es": (
        "¿Qué ángulo agudo tiene {f} {v}?",
        "[Find] el ángulo agudo A si {s} A = {v}.",
        "Si {s} A = {v} y A es agudo, ¿cuántos grados mide A?",
        "¿Cuántos grados mide el ángulo agudo que tiene {v} como {f}?",
        "Un ángulo agudo tiene {f} igual a {v}. ¿Cuánto mide?",
        "Resuelve {s} x = {v} para un ángulo agudo x, en grados.",
    ),
    "en": (
        "Which acute angle has the {f} {v}?",
        "[Find] the acute angle A if {s} A = {v}.",
        "If {s} A = {v} and A is acute, how many degrees is A?",
        "The {f} of an acute angle is {v}. How big is it?",
        "How many degrees has the acute angle with {f} {v}?",
        "Solve {s} x = {v} for an acute angle x, in degrees.",
    ),
}
IDENTITY = {
    "es": (
        "Si {s} A = {v} y A es un ángulo agudo, [find] {t} A.",
        "Sabiendo que {s} A = {v}, con A agudo, ¿cuánto vale {t} A?",
        "Usa la identidad fundamental: {s} A = {v} (A agudo). [Find] {t} A.",
        "A es un ángulo agudo con {s} A = {v}. ¿Cuál es el valor de {t} A?",
        "De un ángulo agudo A se sabe que {s} A = {v}. Calcula {t} A.",
        "[Find] {t} A si A es agudo y {s} A = {v}.",
    ),
    "en": (
        "If {s} A = {v} and A is an acute angle, [find] {t} A.",
        "Knowing that {s} A = {v}, with A acute, what is {t} A?",
        "Use the basic identity: {s} A = {v} (A acute). [Find] {t} A.",
        "A is an acute angle with {s} A = {v}. What is {t} A?",
        "Of an acute angle A we know {s} A = {v}. Calculate {t} A.",
        "[Find] {t} A if A is acute and {s} A = {v}.",
    ),
}
SIDE = {
    "es:sine": (
        "En un triángulo rectángulo la hipotenusa mide {c} {u} y el seno de un ángulo es {r}. "
        "¿Cuánto mide el cateto opuesto?",
        "[Find] el cateto opuesto a un ángulo de seno {r} si la hipotenusa mide {c} {u}.",
        "Si sen A = {r} y la hipotenusa es {c} {u}, [find] el cateto opuesto a A.",
    ),
    "es:cosine": (
        "En un triángulo rectángulo la hipotenusa mide {c} {u} y el coseno de un ángulo es {r}. "
        "¿Cuánto mide el cateto contiguo?",
        "[Find] el cateto contiguo a un ángulo de coseno {r} si la hipotenusa mide {c} {u}.",
        "Si cos A = {r} y la hipotenusa es {c} {u}, [find] el cateto contiguo a A.",
    ),
    "en:sine": (
        "In a right triangle the hypotenuse is {c} {u} and the sine of an angle is {r}. "
        "How long is the opposite leg?",
        "[Find] the leg opposite an angle with sine {r} if the hypotenuse is {c} {u}.",
        "If sin A = {r} and the hypotenuse is {c} {u}, [find] the leg opposite A.",
    ),
    "en:cosine": (
        "In a right triangle the hypotenuse is {c} {u} and the cosine of an angle is {r}. "
        "How long is the adjacent leg?",
        "[Find] the leg adjacent to an angle with cosine {r} if the hypotenuse is {c} {u}.",
        "If cos A = {r} and the hypotenuse is {c} {u}, [find] the leg adjacent to A.",
    ),
}
SIDE_BY_ANGLE = {
    "es:sine": (
        "En un triángulo rectángulo la hipotenusa mide {c} {u} y un ángulo, 30°. ¿Cuánto mide el cateto opuesto a ese ángulo?",
        "Una rampa de {c} {u} forma 30° con el suelo. ¿Qué altura alcanza?",
        "[Find] el cateto opuesto a un ángulo de 30° si la hipotenusa es {c} {u}.",
    ),
    "es:cosine": (
        "En un triángulo rectángulo la hipotenusa mide {c} {u} y un ángulo, 60°. ¿Cuánto mide el cateto contiguo?",
        "Una escalera de {c} {u} forma 60° con el suelo. ¿A qué distancia de la pared está su pie?",
        "[Find] el cateto contiguo a un ángulo de 60° si la hipotenusa es {c} {u}.",
    ),
    "es:tangent": (
        "En un triángulo rectángulo un ángulo mide 45° y su cateto contiguo {c} {u}. ¿Cuánto mide el cateto opuesto?",
        "Un árbol se ve bajo un ángulo de 45° desde {c} {u} de distancia. ¿Qué altura tiene?",
    ),
    "en:sine": (
        "In a right triangle the hypotenuse is {c} {u} and one angle 30°. How long is the leg opposite it?",
        "A ramp of {c} {u} makes 30° with the ground. How high does it reach?",
    ),
    "en:cosine": (
        "In a right triangle the hypotenuse is {c} {u} and one angle 60°. How long is the adjacent leg?",
        "A ladder of {c} {u} makes 60° with the ground. How far is its foot from the wall?",
    ),
    "en:tangent": (
        "In a right triangle an angle is 45° and its adjacent leg {c} {u}. How long is the opposite leg?",
        "A tree is seen at an angle of 45° from {c} {u} away. How high is it?",
    ),
}
HEIGHT = {
    "es": (
        "Desde {d} m de un árbol se ve su punta con un ángulo de tangente {t}. ¿Qué altura tiene el árbol?",
        "A {d} m de una torre, la tangente del ángulo de elevación es {t}. [Find] la altura de la torre.",
        "¿Qué altura tiene un edificio si a {d} m de su pie la tangente del ángulo de elevación vale {t}?",
        "La tangente del ángulo con que se ve una antena desde {d} m es {t}. [Find] la altura de la antena.",
        "Una cometa está sobre un punto a {d} m y la tangente del ángulo de elevación es {t}. "
        "¿A qué altura vuela?",
        "[Find] la altura de un poste visto desde {d} m con un ángulo cuya tangente es {t}.",
    ),
    "en": (
        "From {d} m away the top of a tree is seen at an angle with tangent {t}. How high is the tree?",
        "{d} m from a tower the tangent of the angle of elevation is {t}. Find the height of the tower.",
        "How high is a building if {d} m from its foot the tangent of the angle of elevation is {t}?",
        "The tangent of the angle at which an aerial is seen from {d} m is {t}. Calculate its height.",
        "A kite is above a point {d} m away and the tangent of the angle of elevation is {t}. "
        "How high is it?",
        "Calculate the height of a pole seen from {d} m at an angle whose tangent is {t}.",
    ),
}
RADIANS = {
    "es:radians": (
        "Pasa {d}° a radianes.",
        "¿Cuántos radianes son {d}°? Deja π en el resultado.",
        "Expresa {d} grados en radianes, con π.",
        "¿A cuántos radianes equivale un ángulo de {d}°?",
    ),
    "es:degrees": (
        "Pasa {r} radianes a grados.",
        "¿Cuántos grados son {r} radianes?",
        "Expresa {r} rad en grados.",
        "Un ángulo mide {r} radianes. ¿Cuántos grados son?",
    ),
    "en:radians": (
        "Convert {d}° to radians.",
        "How many radians are {d}°? Leave π in the result.",
        "Express {d} degrees in radians, with π.",
    ),
    "en:degrees": (
        "Convert {r} radians to degrees.",
        "How many degrees are {r} radians?",
        "An angle measures {r} radians. How many degrees is that?",
    ),
}

_UPPER = ("trigonometry", "upper_secondary")
FAMILIES = (
    Family("trigonometric_ratio", *_UPPER, ratio, RATIO, weight=0.9),
    Family("ratio_from_two_sides", *_UPPER, ratio_with_pythagoras, RATIO_TWO_SIDES, weight=0.7),
    Family("usual_angle", *_UPPER, usual_angle, USUAL, weight=0.4),
    Family("angle_of_a_ratio", *_UPPER, angle_of_value, ANGLE, weight=0.4),
    Family("basic_identity", *_UPPER, identity, IDENTITY, weight=0.6),
    Family("side_from_ratio", *_UPPER, side_from_ratio, SIDE, weight=0.8),
    Family("side_from_angle", *_UPPER, side_from_angle, SIDE_BY_ANGLE, weight=0.5, unseen=True),
    Family("height_by_tangent", *_UPPER, height_by_tangent, HEIGHT, unseen=True),
    Family("radians", *_UPPER, radians, RADIANS, weight=0.4),
)
