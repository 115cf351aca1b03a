"""Trigonometry of right triangles and of the usual angles."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES, reduce
from .wording import frac, num, say

TRIPLES = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 15, 17), (9, 12, 15), (7, 24, 25))


def ratio(rng: Random, lang: str) -> Draft:
    a, b, c = rng.choice(TRIPLES)
    a, b = (a, b) if rng.random() < 0.5 else (b, a)
    name_es, name_en, top, bottom, why_es, why_en = rng.choice(
        [
            ("seno", "sine", a, c, "Cateto opuesto entre hipotenusa", "Opposite over hypotenuse"),
            ("coseno", "cosine", b, c, "Cateto contiguo entre hipotenusa", "Adjacent over hypotenuse"),
            ("tangente", "tangent", a, b, "Cateto opuesto entre contiguo", "Opposite over adjacent"),
        ]
    )
    article = "la" if name_es == "tangente" else "el"
    fields = {"f": say(lang, name_es, name_en), "el": article, "a": a, "b": b, "c": c}
    value = Fraction(top, bottom)
    sine, cosine = Fraction(a, c), Fraction(b, c)
    check = {"seno": sine, "coseno": cosine, "tangente": sine / cosine}[name_es]
    step = f"{say(lang, why_es, why_en)}: {reduce(top, bottom)}"
    return Draft(fields, (step,), value, check, answer=frac(value))


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


def usual_angle(rng: Random, lang: str) -> Draft:
    (ratio_name, angle), (answer, square) = rng.choice(list(_TABLE.items()))
    names = {"sen": ("el seno", "sine"), "cos": ("el coseno", "cosine"), "tan": ("la tangente", "tangent")}
    short = ratio_name if lang == "es" else ratio_name.replace("sen", "sin")
    why = say(lang, "Es uno de los valores de la tabla.", "It is one of the values of the table.")
    step = say(lang, f"{why} {short} {angle}° = {answer}", f"{why} {short} {angle}° = {answer}")
    fields = {"s": short, "a": angle, "f": say(lang, *names[ratio_name])}
    # sen² + cos² = 1 and tan = sen/cos tie the table together.
    sine = _TABLE["sen", angle][1]
    cosine = _TABLE["cos", angle][1]
    check = {"sen": 1 - cosine, "cos": 1 - sine, "tan": sine / cosine if cosine else Fraction(0)}[ratio_name]
    return Draft(fields, (step,), square, check, answer=answer)


def side_from_ratio(rng: Random, lang: str) -> Draft:
    top, bottom = rng.choice([(1, 2), (3, 5), (4, 5), (2, 5), (3, 4), (1, 4)])
    k = rng.randint(2, 9)
    c = bottom * k
    one = c // bottom
    fields = {"r": f"{top}/{bottom}", "c": c, "u": rng.choice(["cm", "m"])}
    kind = rng.choice(["sine", "cosine"])
    why = say(lang, "Hipotenusa por la razón", "Hypotenuse times the ratio")
    steps = (
        f"{why}: {c} {TIMES} {top}/{bottom}",
        f"{c} {DIVIDE} {bottom} = {one}",
        f"{top} {TIMES} {one} = {top * one}",
    )
    return Draft(fields, steps, top * one, c * Fraction(top, bottom), unit=str(fields["u"]), variant=kind)


def height_by_tangent(rng: Random, lang: str) -> Draft:
    tangent = rng.choice(
        [Fraction(1, 2), Fraction(3, 4), Fraction(2), Fraction(3, 2), Fraction(1), Fraction(4, 5)]
    )
    d = tangent.denominator * rng.randint(2, 15)
    shown = num(tangent, lang)
    value = d * tangent
    step = f"{d} {TIMES} {shown} = {num(value, lang)}"
    head = say(lang, "Distancia por tangente", "Distance times tangent")
    check = Fraction(d, tangent.denominator) * tangent.numerator
    return Draft({"d": d, "t": shown}, (f"{head}: {step}",), value, check, unit="m")


RATIO = {
    "es": (
        "En un triángulo rectángulo de lados {a}, {b} y {c}, calcula {el} {f} del ángulo opuesto al lado "
        "{a}.",
        "Un triángulo rectángulo tiene catetos {a} y {b} e hipotenusa {c}. "
        "Halla {el} {f} del ángulo opuesto al cateto {a}.",
        "¿Cuánto vale {el} {f} del ángulo cuyo cateto opuesto es {a}, cateto contiguo {b} e hipotenusa {c}?",
        "El cateto opuesto a un ángulo mide {a}, el contiguo {b} y la hipotenusa {c}. "
        "¿Cuál es {el} {f} del ángulo?",
        "Halla {el} {f} de un ángulo agudo con cateto opuesto {a}, contiguo {b} e hipotenusa {c}.",
        "Calcula {el} {f} del ángulo A si su cateto opuesto es {a}, el contiguo {b} y la hipotenusa {c}.",
    ),
    "en": (
        "In a right triangle with sides {a}, {b} and {c}, find the {f} of the angle opposite the side {a}.",
        "A right triangle has legs {a} and {b} and hypotenuse {c}. Find the {f} of the angle opposite {a}.",
        "What is the {f} of the angle with opposite leg {a}, adjacent leg {b} and hypotenuse {c}?",
        "The leg opposite an angle is {a}, the adjacent one {b}, the hypotenuse {c}. "
        "What is the {f} of the angle?",
        "Find the {f} of an acute angle with opposite {a}, adjacent {b} and hypotenuse {c}.",
        "Calculate the {f} of angle A if its opposite leg is {a}, the adjacent {b} and the hypotenuse {c}.",
    ),
}
USUAL = {
    "es": (
        "¿Cuánto vale {s} {a}°?",
        "Calcula {s} {a}°.",
        "¿Cuál es {f} de {a}°?",
        "Halla el valor exacto de {s} {a}°.",
        "Di cuánto vale exactamente {f} de {a} grados.",
        "¿Qué valor tiene {f} de un ángulo de {a}°?",
    ),
    "en": (
        "What is {s} {a}°?",
        "Calculate {s} {a}°.",
        "What is the {f} of {a}°?",
        "Find the exact value of {s} {a}°.",
        "Give the exact value of the {f} of {a} degrees.",
        "What value has the {f} of an angle of {a}°?",
    ),
}
SIDE = {
    "es:sine": (
        "En un triángulo rectángulo la hipotenusa mide {c} {u} y el seno de un ángulo es {r}. "
        "¿Cuánto mide el cateto opuesto?",
        "Halla el cateto opuesto a un ángulo de seno {r} si la hipotenusa mide {c} {u}.",
        "Si sen A = {r} y la hipotenusa es {c} {u}, calcula el cateto opuesto a A.",
    ),
    "es:cosine": (
        "En un triángulo rectángulo la hipotenusa mide {c} {u} y el coseno de un ángulo es {r}. "
        "¿Cuánto mide el cateto contiguo?",
        "Halla el cateto contiguo a un ángulo de coseno {r} si la hipotenusa mide {c} {u}.",
        "Si cos A = {r} y la hipotenusa es {c} {u}, calcula el cateto contiguo a A.",
    ),
    "en:sine": (
        "In a right triangle the hypotenuse is {c} {u} and the sine of an angle is {r}. "
        "How long is the opposite leg?",
        "Find the leg opposite an angle with sine {r} if the hypotenuse is {c} {u}.",
        "If sin A = {r} and the hypotenuse is {c} {u}, calculate the leg opposite A.",
    ),
    "en:cosine": (
        "In a right triangle the hypotenuse is {c} {u} and the cosine of an angle is {r}. "
        "How long is the adjacent leg?",
        "Find the leg adjacent to an angle with cosine {r} if the hypotenuse is {c} {u}.",
        "If cos A = {r} and the hypotenuse is {c} {u}, calculate the leg adjacent to A.",
    ),
}
HEIGHT = {
    "es": (
        "Desde {d} m de un árbol se ve su punta con un ángulo de tangente {t}. ¿Qué altura tiene el árbol?",
        "A {d} m de una torre, la tangente del ángulo de elevación es {t}. Halla la altura de la torre.",
        "¿Qué altura tiene un edificio si a {d} m de su pie la tangente del ángulo de elevación vale {t}?",
        "La tangente del ángulo con que se ve una antena desde {d} m es {t}. Calcula la altura de la antena.",
        "Una cometa está sobre un punto a {d} m y la tangente del ángulo de elevación es {t}. "
        "¿A qué altura vuela?",
        "Calcula la altura de un poste visto desde {d} m con un ángulo cuya tangente es {t}.",
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

_UPPER = ("trigonometry", "upper_secondary")
FAMILIES = (
    Family("trigonometric_ratio", *_UPPER, ratio, RATIO, weight=0.9),
    Family("usual_angle", *_UPPER, usual_angle, USUAL, weight=0.5),
    Family("side_from_ratio", *_UPPER, side_from_ratio, SIDE, weight=0.8),
    Family("height_by_tangent", *_UPPER, height_by_tangent, HEIGHT, unseen=True),
)
