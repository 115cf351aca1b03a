"""Probability: bags, dice, coins, complements, draws without replacement, expected counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .questions import Chapter
from .steps import TIMES, add, reduce
from .wording import MINUS, frac, num, people, say

COLOURS = {
    "es": (
        ("roja", "rojas"),
        ("azul", "azules"),
        ("verde", "verdes"),
        ("blanca", "blancas"),
        ("negra", "negras"),
        ("amarilla", "amarillas"),
    ),
    "en": (
        ("red", "red"),
        ("blue", "blue"),
        ("green", "green"),
        ("white", "white"),
        ("black", "black"),
        ("yellow", "yellow"),
    ),
}
_FAVOURABLE = ("Favorables entre posibles", "Favourable over possible")


def _bag(rng: Random, lang: str) -> tuple[int, int, dict[str, object]]:
    a, b = mostly(rng, (1, 6), (5, 15)), mostly(rng, (2, 6), (5, 15))
    (one, many), (other, others) = rng.sample(COLOURS[lang], 2)
    balls = say(lang, "bola" if a == 1 else "bolas", "ball" if a == 1 else "balls")
    shown = f"{a} {balls} {one if a == 1 else many}" if lang == "es" else f"{a} {one} {balls}"
    fields = people(rng, lang) | {"first": shown, "b": b, "n": a + b}
    fields |= {"one": one, "ones": many, "others": others, "other": other}
    return a, b, fields


def bag(rng: Random, lang: str) -> Draft:
    a, b, fields = _bag(rng, lang)
    n = a + b
    steps = (
        f"{say(lang, 'Total de bolas', 'Balls in all')}: {add(a, b, lang)}",
        f"{say(lang, *_FAVOURABLE)}: {reduce(a, n)}",
    )
    return Draft(fields, steps, Fraction(a, n), 1 - Fraction(b, a + b), answer=frac(Fraction(a, n)))


def bag_of_three(rng: Random, lang: str) -> Draft:
    """Three colours: one of them, or one of two of them."""
    steps: tuple[str, ...]
    a, b, c = (rng.randint(2, 8) for _ in range(3))
    (one, ones), (other, others), (_, thirds) = rng.sample(COLOURS[lang], 3)
    fields = people(rng, lang) | {"a": a, "b": b, "c": c, "one": one, "ones": ones}
    fields |= {"other": other, "others": others, "thirds": thirds}
    n = a + b + c
    whole = f"{say(lang, 'Total', 'In all')}: {a} + {b} + {c} = {n}"
    if rng.random() < 0.6:
        steps = (whole, f"{say(lang, *_FAVOURABLE)}: {reduce(a, n)}")
        value = Fraction(a, n)
        return Draft(fields, steps, value, 1 - Fraction(b + c, n), answer=frac(value), variant="one")
    steps = (
        whole,
        f"{say(lang, 'Favorables', 'Favourable')}: {a} + {b} = {a + b}",
        f"{say(lang, *_FAVOURABLE)}: {reduce(a + b, n)}",
    )
    value = Fraction(a + b, n)
    return Draft(fields, steps, value, 1 - Fraction(c, n), answer=frac(value), variant="two")


def bag_complement(rng: Random, lang: str) -> Draft:
    a, b, fields = _bag(rng, lang)
    n = a + b
    steps = (
        f"{say(lang, 'Total de bolas', 'Balls in all')}: {add(a, b, lang)}",
        f"{say(lang, 'No son de ese color', 'Not of that colour')}: {n} {MINUS} {a} = {n - a}",
        f"{say(lang, *_FAVOURABLE)}: {reduce(n - a, n)}",
    )
    return Draft(fields, steps, Fraction(n - a, n), 1 - Fraction(a, a + b), answer=frac(Fraction(b, n)))


_DIE_EVENTS = (
    ("un número par", "an even number", lambda k: k % 2 == 0),
    ("un número impar", "an odd number", lambda k: k % 2 == 1),
    ("un número mayor que 4", "a number greater than 4", lambda k: k > 4),
    ("un número mayor que 2", "a number greater than 2", lambda k: k > 2),
    ("un número menor que 4", "a number less than 4", lambda k: k < 4),
    ("un número menor que 3", "a number less than 3", lambda k: k < 3),
    ("un 6", "a 6", lambda k: k == 6),
    ("un 1", "a 1", lambda k: k == 1),
    ("un 3 o un 5", "a 3 or a 5", lambda k: k in (3, 5)),
    ("un múltiplo de 3", "a multiple of 3", lambda k: k % 3 == 0),
    ("un número primo", "a prime number", lambda k: k in (2, 3, 5)),
    ("un número distinto de 2", "a number other than 2", lambda k: k != 2),
)


def die(rng: Random, lang: str) -> Draft:
    es, en, event = rng.choice(_DIE_EVENTS)
    sides = rng.choice([6, 6, 6, 6, 8, 10, 12])
    if "primo" in es:
        sides = 6
    good = [k for k in range(1, sides + 1) if event(k)]
    listed = ", ".join(map(str, good))
    fields = people(rng, lang) | {"s": say(lang, es, en), "n": sides}
    steps = (
        say(
            lang,
            f"Casos favorables ({listed}): {len(good)} de {sides}.",
            f"Favourable ({listed}): {len(good)} of {sides}.",
        ),
        f"{say(lang, *_FAVOURABLE)}: {reduce(len(good), sides)}",
    )
    bad = sum(1 for k in range(1, sides + 1) if not event(k))
    value = Fraction(len(good), sides)
    variant = "usual" if sides == 6 and rng.random() < 0.6 else "sides"
    return Draft(fields, steps, value, 1 - Fraction(bad, sides), answer=frac(value), variant=variant)


def two_dice(rng: Random, lang: str) -> Draft:
    s = rng.randint(2, 12)
    pairs = [(a, s - a) for a in range(1, 7) if 1 <= s - a <= 6]
    listed = ", ".join(f"({a}, {b})" for a, b in pairs)
    value = Fraction(len(pairs), 36)
    steps = (
        f"{say(lang, 'Casos posibles', 'Possible cases')}: 6 {TIMES} 6 = 36",
        say(lang, f"Favorables: {listed}; son {len(pairs)}.", f"Favourable: {listed}; that is {len(pairs)}."),
        f"{say(lang, *_FAVOURABLE)}: {reduce(len(pairs), 36)}",
    )
    count = sum(1 for roll in product(range(1, 7), repeat=2) if sum(roll) == s)
    fields = people(rng, lang) | {"s": s}
    return Draft(fields, steps, value, Fraction(count, 36), answer=frac(value))


def coins(rng: Random, lang: str) -> Draft:
    """Several coins: all heads, at least one head, exactly one."""
    n, kind = rng.choice([2, 2, 3, 3]), rng.choice(["all", "some", "one"])
    cases = 2**n
    good = {"all": 1, "some": cases - 1, "one": n}[kind]
    es = {"all": "todas salgan cara", "some": "salga al menos una cara", "one": "salga exactamente una cara"}[
        kind
    ]
    en = {"all": "all heads", "some": "at least one head", "one": "exactly one head"}[kind]
    number = say(lang, {2: "dos", 3: "tres"}[n], {2: "two", 3: "three"}[n])
    product_text = f" {TIMES} ".join(["2"] * n)
    steps = [f"{say(lang, 'Casos posibles', 'Possible cases')}: {product_text} = {cases}"]
    if kind == "some":
        every = say(lang, "Todos menos el de ninguna cara", "All but the one with no head")
        steps.append(f"{every}: {cases} {MINUS} 1 = {good}")
    steps.append(f"{say(lang, *_FAVOURABLE)}: {reduce(good, cases)}")
    rolls = list(product((0, 1), repeat=n))
    test = {"all": lambda r: sum(r) == n, "some": lambda r: sum(r) > 0, "one": lambda r: sum(r) == 1}[kind]
    value = Fraction(good, cases)
    fields = people(rng, lang) | {"n": number, "s": say(lang, es, en)}
    return Draft(fields, tuple(steps), value, Fraction(sum(map(test, rolls)), len(rolls)), answer=frac(value))


def complement(rng: Random, lang: str) -> Draft:
    """The probability of not happening, from a fraction, a decimal or a percentage."""
    kind = rng.choice(["fraction", "decimal", "percent"])
    if kind == "fraction":
        bottom = rng.randint(3, 12)
        value = Fraction(rng.randint(1, bottom - 1), bottom)
        shown, rest = frac(value), frac(1 - value)
        one = "1"
    elif kind == "decimal":
        value = Fraction(rng.choice([rng.randint(1, 9) * 10, rng.randint(3, 97)]), 100)
        shown, rest, one = num(value, lang), num(1 - value, lang), "1"
    else:
        part = rng.randint(1, 19) * 5
        value, one = Fraction(part, 100), "100"
        shown, rest = say(lang, f"{part} %", f"{part}%"), str(100 - part)
        steps = (f"{say(lang, 'En total, 100', 'In all, 100')}: 100 {MINUS} {part} = {100 - part}",)
        fields = people(rng, lang) | {"a": shown}
        return Draft(fields, steps, 100 - part, 100 * (1 - value), unit="%")
    steps = (f"{say(lang, 'Entre las dos suman 1', 'Both add up to 1')}: {one} {MINUS} {shown} = {rest}",)
    fields = people(rng, lang) | {"a": shown}
    check = Fraction(value.denominator - value.numerator, value.denominator)
    return Draft(fields, steps, 1 - value, check, answer=rest)


def independent(rng: Random, lang: str) -> Draft:
    top1, bottom1 = 1, rng.choice([2, 3, 4, 5, 6])
    bottom2 = rng.choice([2, 3, 4, 5])
    top2 = rng.randint(1, bottom2 - 1)
    a, b = Fraction(top1, bottom1), Fraction(top2, bottom2)
    fields = people(rng, lang) | {"a": frac(a), "b": frac(b)}
    top, bottom = a.numerator * b.numerator, a.denominator * b.denominator
    head = say(lang, "Las dos cosas e independientes, multiplicamos", "Both, and independent, so we multiply")
    step = f"{head}: {frac(a)} {TIMES} {frac(b)} = {reduce(top, bottom)}"
    value = Fraction(top, bottom)
    cells = [(i, j) for i in range(a.denominator) for j in range(b.denominator)]
    hits = sum(1 for i, j in cells if i < a.numerator and j < b.numerator)
    return Draft(fields, (step,), value, Fraction(hits, len(cells)), answer=frac(value))


def without_replacement(rng: Random, lang: str) -> Draft:
    """Two balls of one colour, the first is not put back."""
    a, b, fields = _bag(rng, lang)
    while a < 2:
        a, b, fields = _bag(rng, lang)
    n = a + b
    top, bottom = a * (a - 1), n * (n - 1)
    steps = (
        f"{say(lang, 'En cada extracción', 'At each draw')}: {a}/{n} {say(lang, 'y', 'and')} {a - 1}/{n - 1}.",
        f"{say(lang, 'Multiplicamos', 'We multiply')}: {a}/{n} {TIMES} {a - 1}/{n - 1} = {reduce(top, bottom)}",
    )
    pairs = [(i, j) for i in range(n) for j in range(n) if i != j]
    check = Fraction(sum(1 for i, j in pairs if i < a and j < a), len(pairs))
    value = Fraction(top, bottom)
    return Draft(fields, steps, value, check, answer=frac(value))


def raffle(rng: Random, lang: str) -> Draft:
    n = rng.choice([8, 10, 12, 20, 25, 30, 40, 50, 100])
    a = rng.randint(2, n // 2)
    fields = people(rng, lang) | {"a": a, "n": n}
    head = say(lang, f"{a} favorables de {n} posibles", f"{a} favourable of {n} possible")
    value = Fraction(a, n)
    return Draft(fields, (f"{head}: {reduce(a, n)}",), value, 1 - Fraction(n - a, n), answer=frac(value))


def expected_count(rng: Random, lang: str) -> Draft:
    """How often an event is to be expected in n trials."""
    bottom = rng.choice([2, 3, 4, 5, 6, 10])
    top = rng.randint(1, bottom - 1)
    p = Fraction(top, bottom)
    n = p.denominator * mostly(rng, (3, 12), (15, 50))
    fields = people(rng, lang) | {"a": frac(p), "n": n}
    one = n // p.denominator
    steps = [f"{say(lang, f'{frac(p)} de {n}', f'{frac(p)} of {n}')}: {n} ÷ {p.denominator} = {one}"]
    if p.numerator > 1:
        steps.append(f"{p.numerator} {TIMES} {one} = {p.numerator * one}")
    return Draft(fields, tuple(steps), one * p.numerator, n * p)


def either(rng: Random, lang: str) -> Draft:
    """Either of two events that exclude each other, or that overlap."""
    bottom = rng.choice([8, 10, 12, 20])
    a, b = rng.randint(2, bottom // 2 - 1), rng.randint(2, bottom // 2 - 1)
    fields = people(rng, lang) | {"a": frac(Fraction(a, bottom)), "b": frac(Fraction(b, bottom))}
    text = f"{a}/{bottom} + {b}/{bottom}"
    if rng.random() < 0.5:
        head = say(lang, "No pueden ocurrir a la vez, sumamos", "They cannot both happen, so we add")
        value = Fraction(a + b, bottom)
        step = f"{head}: {text} = {reduce(a + b, bottom)}"
        check = Fraction(len(range(a)) + len(range(b)), bottom)
        return Draft(fields, (step,), value, check, answer=frac(value), variant="apart")
    c = rng.randint(1, min(a, b) - 1)
    head = say(lang, "Sumamos y quitamos lo común", "We add and take off what is common")
    fields["c"] = frac(Fraction(c, bottom))
    top = a + b - c
    step = f"{head}: {text} {MINUS} {c}/{bottom} = {reduce(top, bottom)}"
    left, right = set(range(a)), set(range(a - c, a - c + b))
    value = Fraction(top, bottom)
    return Draft(
        fields, (step,), value, Fraction(len(left | right), bottom), answer=frac(value), variant="both"
    )


ASKED = Chapter("probability")
_LOWER, _UPPER = ("probability", "lower_secondary"), ("probability", "upper_secondary")
FAMILIES = (
    Family("bag_of_balls", *_LOWER, bag, ASKED["bag"], weight=1.2),
    Family("bag_of_three_colours", *_LOWER, bag_of_three, ASKED["bag_three"], weight=0.7),
    Family("bag_complement", *_LOWER, bag_complement, ASKED["bag_complement"], unseen=True),
    Family("rolling_a_die", *_LOWER, die, ASKED["die"]),
    Family("two_dice", *_LOWER, two_dice, ASKED["two_dice"], weight=0.4),
    Family("coins", *_LOWER, coins, ASKED["coins"], weight=0.5),
    Family("complement", *_LOWER, complement, ASKED["complement"], weight=0.6),
    Family("independent_events", *_UPPER, independent, ASKED["independent"], weight=0.8),
    Family("without_replacement", *_UPPER, without_replacement, ASKED["without"], weight=0.5, unseen=True),
    Family("raffle", *_LOWER, raffle, ASKED["raffle"]),
    Family("expected_count", *_LOWER, expected_count, ASKED["expected"], weight=0.6),
    Family("one_or_the_other", *_UPPER, either, ASKED["either"], weight=0.6),
)
