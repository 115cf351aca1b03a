"""Proportion: direct, inverse, ratios, sharing in a ratio, recipes, scales."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .questions import Chapter
from .steps import DIVIDE, TIMES, Step, add, divide, times
from .wording import num, people, say


def direct(rng: Random, lang: str) -> Draft:
    """a go with b; how many go with c. The unit's value is a whole number."""
    a, c = rng.sample(range(2, 10), 2)
    unit = mostly(rng, (2, 9), (10, 30))
    b = unit * a
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = divide(b, a, lang)
    second = times(c, unit, lang)
    steps = (
        f"{say(lang, f'Con {a} son {b}; con 1', f'{b} for {a}; for 1')}: {first}",
        f"{say(lang, f'Con {c}', f'For {c}')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(b * c, a))


def cross_rule(rng: Random, lang: str) -> Draft:
    """The fourth term of a proportion a/b = c/x."""
    a, k = rng.randint(2, 9), rng.randint(2, 6)
    b = rng.randint(2, 12)
    while b == a:
        b = rng.randint(2, 12)
    c = a * k
    fields = {"a": a, "b": b, "c": c}
    last = divide(b * c, a, lang)
    head = say(lang, "Multiplicamos en cruz", "We multiply crosswise")
    apart = say(lang, f"El {a} pasa dividiendo", f"We divide by {a}")
    steps = (f"{head}: {a}x = {times(b, c, lang)}", f"{apart}: x = {last}")
    return Draft(fields, steps, last.value, b * k, answer=f"x = {num(last.value, lang)}")


def inverse(rng: Random, lang: str) -> Draft:
    while True:
        a, b, c = rng.randint(2, 10), rng.randint(2, 15), rng.randint(2, 12)
        if a != c and a * b % c == 0 and 2 <= a * b // c < 40:
            break
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = times(a, b, lang)
    second = divide(int(first.value), c, lang)
    steps = (
        f"{say(lang, 'Proporción inversa, el producto no cambia', 'Inverse, the product stays')}: {first}",
        f"{say(lang, f'Con {c}', f'With {c}')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(a, c) * b)


def ratio_share(rng: Random, lang: str) -> Draft:
    while True:
        a, b = rng.sample(range(1, 6), 2)
        if gcd(a, b) == 1:
            break
    k = mostly(rng, (2, 9), (8, 20))
    whole = (a + b) * k
    fields = people(rng, lang) | {"a": a, "b": b, "n": whole}
    parts, one = add(a, b, lang), divide(whole, a + b, lang)
    first, second = _share(a, k), _share(b, k)
    steps = (
        f"{say(lang, 'Partes en total', 'Parts in all')}: {parts}",
        f"{say(lang, f'Cada parte de {whole}', f'Each part of {whole}')}: {one}",
        f"{_parts(a, lang)}: {first}",
        f"{_parts(b, lang)}: {second}",
    )
    answer = f"{first.value} {say(lang, 'y', 'and')} {second.value}"
    check = (whole * Fraction(a, a + b), whole * Fraction(b, a + b))
    return Draft(fields, steps, (int(first.value), int(second.value)), check, answer=answer)


def _parts(count: int, lang: str) -> str:
    return say(lang, "1 parte", "1 part") if count == 1 else say(lang, f"{count} partes", f"{count} parts")


def _share(parts: int, each: int) -> Step:
    return Step(f"{parts} {TIMES} {each} = {parts * each}", parts * each)


def ratio_other(rng: Random, lang: str) -> Draft:
    """Two amounts in a ratio, one of them known; the other, or both together."""
    while True:
        a, b = rng.sample(range(2, 8), 2)
        if gcd(a, b) == 1:
            break
    k = mostly(rng, (2, 9), (8, 15))
    known = a * k
    fields = people(rng, lang) | {"a": a, "b": b, "n": known}
    one = divide(known, a, lang)
    other = times(b, k, lang)
    steps = [
        f"{say(lang, f'{known} son {a} partes; una', f'{known} is {a} parts; one')}: {one}",
        f"{say(lang, f'Las otras {b} partes', f'The other {b} parts')}: {other}",
    ]
    if rng.random() < 0.3:
        both = add(known, b * k, lang)
        steps.append(f"{say(lang, 'En total', 'In all')}: {both}")
        return Draft(fields, tuple(steps), both.value, Fraction(known, a) * (a + b), variant="all")
    return Draft(fields, tuple(steps), other.value, Fraction(known * b, a), variant="other")


def simplify_ratio(rng: Random, lang: str) -> Draft:
    while True:
        a, b = rng.sample(range(1, 10), 2)
        if gcd(a, b) == 1:
            break
    k = mostly(rng, (2, 6), (5, 12))
    fields = people(rng, lang) | {"a": a * k, "b": b * k}
    steps = (
        f"{say(lang, f'Dividimos los dos entre {k}', f'We divide both by {k}')}: "
        f"{a * k} {DIVIDE} {k} = {a} {say(lang, 'y', 'and')} {b * k} {DIVIDE} {k} = {b}",
    )
    check = Fraction(a * k, b * k)
    return Draft(fields, steps, Fraction(a, b), check, answer=f"{a} : {b}")


def recipe(rng: Random, lang: str) -> Draft:
    """A recipe for a people, for more or fewer people; by a factor or by one person."""
    while True:
        a, k = rng.choice([2, 3, 4, 4, 5, 6]), Fraction(rng.choice([4, 4, 6, 8, 1, 3]), 2)
        b = rng.choice([50, 100, 120, 150, 200, 250, 300, 400, 6, 4, 8, 10, 12])
        c, value, one = int(k * a), k * b, Fraction(b, a)
        if b < 50 and b > 2 * a:
            continue  # a dozen eggs in a cake for two
        if c == k * a > 1 and value.denominator == 1 and (k.denominator == 1 or one.denominator in (1, 2, 4)):
            break
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    if k.denominator == 1:
        steps = (
            f"{say(lang, f'De {a} a {c} personas', f'From {a} to {c} people')}: {divide(c, a, lang)}",
            f"{say(lang, 'Multiplicamos por lo mismo', 'We multiply by the same')}: {times(b, int(k), lang)}",
        )
    else:
        steps = (
            f"{say(lang, 'Para una persona', 'For one person')}: {b} {DIVIDE} {a} = {num(one, lang)}",
            f"{say(lang, f'Para {c}', f'For {c}')}: {c} {TIMES} {num(one, lang)} = {num(value, lang)}",
        )
    return Draft(fields, steps, value, one * c, variant="grams" if b >= 50 else "pieces")


def map_scale(rng: Random, lang: str) -> Draft:
    scale = rng.choice([100, 200, 500, 1000, 2000, 5000, 10000])
    cm = rng.randint(2, 12)
    fields = people(rng, lang) | {"e": f"1:{scale}", "c": cm}
    first = Step(f"{cm} {TIMES} {scale} = {cm * scale}", cm * scale)
    metres = Fraction(cm * scale, 100)
    second = f"{cm * scale} {DIVIDE} 100 = {num(metres, lang)}"
    steps = (
        f"{say(lang, 'Centímetros reales', 'Real centimetres')}: {first}",
        f"{say(lang, 'En metros', 'In metres')}: {second}",
    )
    return Draft(fields, steps, metres, cm * Fraction(scale, 100), unit="m")


def to_the_plan(rng: Random, lang: str) -> Draft:
    """The other way round: real metres to centimetres on the plan."""
    scale, cm = rng.choice([100, 200, 500, 1000, 2000]), rng.randint(2, 12)
    metres = cm * scale // 100
    fields = people(rng, lang) | {"e": f"1:{scale}", "m": metres}
    steps = (
        f"{say(lang, 'En centímetros', 'In centimetres')}: {metres} {TIMES} 100 = {metres * 100}",
        f"{say(lang, f'Entre {scale}', f'Over {scale}')}: {metres * 100} {DIVIDE} {scale} = {cm}",
    )
    return Draft(fields, steps, metres * 100 // scale, Fraction(metres, scale) * 100, unit="cm")


def compound(rng: Random, lang: str) -> Draft:
    """So many, for so long, give so much; other numbers of both."""
    a, b, rate = rng.randint(2, 6), rng.randint(2, 6), rng.randint(2, 9)
    c, d = rng.randint(2, 8), rng.randint(2, 8)
    while (a, b) == (c, d):
        c, d = rng.randint(2, 8), rng.randint(2, 8)
    whole = a * b * rate
    fields = {"a": a, "b": b, "n": whole, "c": c, "d": d}
    steps = (
        f"{say(lang, f'Antes, {a} por {b}', f'Before, {a} times {b}')}: {a} {TIMES} {b} = {a * b}",
        f"{say(lang, 'Por unidad', 'For a unit')}: {whole} {DIVIDE} {a * b} = {rate}",
        f"{say(lang, f'Ahora, {c} por {d}', f'Now, {c} times {d}')}: {c} {TIMES} {d} = {c * d}",
        f"{say(lang, f'A {rate} por unidad', f'At {rate} a unit')}: {c * d} {TIMES} {rate} = {c * d * rate}",
    )
    return Draft(fields, steps, c * d * rate, Fraction(whole, a * b) * c * d)


def constant(rng: Random, lang: str) -> Draft:
    """The constant of a direct proportion."""
    while True:
        k, x = Fraction(rng.choice([4, 6, 8, 10, 12, 16, 1, 5]), 2), rng.randint(2, 10)
        if (k * x).denominator == 1:
            break
    y = int(k * x)
    step = f"{say(lang, 'y entre x', 'y over x')}: {y} {DIVIDE} {x} = {num(k, lang)}"
    check = next(Fraction(n, 2) for n in range(1, 40) if Fraction(n, 2) * x == y)
    return Draft({"x": x, "y": y}, (step,), k, check)


ASKED = Chapter("proportion")
_LOWER = ("proportion", "lower_secondary")
FAMILIES = (
    Family("direct_proportion", *_LOWER, direct, ASKED["direct"], weight=1.3),
    Family("missing_term", *_LOWER, cross_rule, ASKED["cross_rule"]),
    Family("inverse_proportion", *_LOWER, inverse, ASKED["inverse"]),
    Family("ratio_share", *_LOWER, ratio_share, ASKED["ratio_share"]),
    Family("ratio_other_part", *_LOWER, ratio_other, ASKED["ratio_other"]),
    Family("simplify_ratio", *_LOWER, simplify_ratio, ASKED["simplify_ratio"], weight=0.5),
    Family("recipe", *_LOWER, recipe, ASKED["recipe"], weight=0.8),
    Family("compound_proportion", *_LOWER, compound, ASKED["compound"], weight=0.6, unseen=True),
    Family("constant_of_proportion", *_LOWER, constant, ASKED["constant"], weight=0.5),
    Family("map_scale", *_LOWER, map_scale, ASKED["map_scale"], unseen=True),
    Family("to_the_plan", *_LOWER, to_the_plan, ASKED["to_plan"], weight=0.5),
)
