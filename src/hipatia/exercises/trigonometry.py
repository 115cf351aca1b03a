"""Trigonometry of right triangles and of the usual angles; degrees and radians."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from random import Random

from .core import Draft, Family
from .drawing import SMALL
from .polynomials import power
from .questions import Chapter
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


ASKED = Chapter("trigonometry")
_UPPER = ("trigonometry", "upper_secondary")
FAMILIES = (
    Family("trigonometric_ratio", *_UPPER, ratio, ASKED["ratio"], weight=0.9),
    Family("ratio_from_two_sides", *_UPPER, ratio_with_pythagoras, ASKED["ratio_two_sides"], weight=0.7),
    Family("usual_angle", *_UPPER, usual_angle, ASKED["usual"], weight=0.4),
    Family("angle_of_a_ratio", *_UPPER, angle_of_value, ASKED["angle"], weight=0.4),
    Family("basic_identity", *_UPPER, identity, ASKED["identity"], weight=0.6),
    Family("side_from_ratio", *_UPPER, side_from_ratio, ASKED["side"], weight=0.8),
    Family("side_from_angle", *_UPPER, side_from_angle, ASKED["side_by_angle"], weight=0.5, unseen=True),
    Family("height_by_tangent", *_UPPER, height_by_tangent, ASKED["height"], unseen=True),
    Family("radians", *_UPPER, radians, ASKED["radians"], weight=0.4),
)
