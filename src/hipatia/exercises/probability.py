"""Probability: bags, dice, coins, complements, draws without replacement, expected counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from .core import Draft, Family
from .drawing import mostly
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
        say(
            lang, f"Primera: {a}/{n}; segunda: {a - 1}/{n - 1}.", f"First: {a}/{n}; second: {a - 1}/{n - 1}."
        ),
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


BAG = {
    "es": (
        "En una bolsa hay {first} y {b} {others}. Se saca una al azar. "
        "¿Cuál es la probabilidad de que sea {one}?",
        "Una urna contiene {first} y {b} {others}. [Find] la probabilidad de sacar una bola {one}.",
        "¿Qué probabilidad hay de sacar una bola {one} de una caja con {first} y {b} {others}?",
        "{p} saca sin mirar una bola de una bolsa con {first} y {b} {others}. "
        "¿Qué probabilidad tiene de sacar una {one}?",
        "[Find] la probabilidad de extraer una bola {one} de una urna con {first} y {b} {others}.",
        "De una caja con {first} y {b} {others} se toma una al azar. ¿Con qué probabilidad es {one}?",
        "Hay {first} y {b} {others} en un saco. Si se coge una sin mirar, ¿qué probabilidad hay de que salga {one}?",
        "Se mezclan {first} y {b} {others}. [Find] P({one}) al sacar una.",
    ),
    "en": (
        "A bag holds {first} and {b} {others} ones. One is drawn at random. "
        "What is the probability that it is {one}?",
        "An urn contains {first} and {b} {others} ones. "
        "[Find] the probability of drawing a ball that is {one}.",
        "What is the probability of drawing {one} from a box with {first} and {b} {others} ones?",
        "{p} draws a ball without looking from {first} and {b} {others} ones. "
        "What is the probability of {one}?",
        "[Find] the probability of drawing {one} from an urn with {first} and {b} {others} ones.",
        "From a box with {first} and {b} {others} ones we take one at random. How likely is {one}?",
    ),
}
BAG_THREE = {
    "es:one": (
        "En una bolsa hay {a} bolas {ones}, {b} {others} y {c} {thirds}. ¿Cuál es la probabilidad de sacar una {one}?",
        "Una urna tiene {a} bolas {ones}, {b} {others} y {c} {thirds}. [Find] la probabilidad de que una bola al azar "
        "sea {one}.",
        "De una caja con {a} fichas {ones}, {b} {others} y {c} {thirds}, {p} saca una. ¿Qué probabilidad hay de que sea {one}?",
    ),
    "es:two": (
        "En una bolsa hay {a} bolas {ones}, {b} {others} y {c} {thirds}. ¿Cuál es la probabilidad de sacar una {one} o "
        "una {other}?",
        "Una urna tiene {a} bolas {ones}, {b} {others} y {c} {thirds}. [Find] la probabilidad de que salga {one} o {other}.",
        "Hay {a} fichas {ones}, {b} {others} y {c} {thirds}. ¿Con qué probabilidad se saca una que sea {one} o {other}?",
    ),
    "en:one": (
        "A bag holds {a} {ones} balls, {b} {others} and {c} {thirds}. What is the probability of drawing {one}?",
        "An urn has {a} {ones} balls, {b} {others} and {c} {thirds}. [Find] the probability of {one}.",
        "From {a} {ones}, {b} {others} and {c} {thirds} tokens {p} draws one. How likely is {one}?",
    ),
    "en:two": (
        "A bag holds {a} {ones} balls, {b} {others} and {c} {thirds}. What is the probability of {one} or {other}?",
        "An urn has {a} {ones} balls, {b} {others} and {c} {thirds}. [Find] the probability of {one} or {other}.",
        "There are {a} {ones}, {b} {others} and {c} {thirds} tokens. How likely is one that is {one} or {other}?",
    ),
}
BAG_COMPLEMENT = {
    "es": (
        "En una bolsa hay {first} y {b} {others}. "
        "¿Cuál es la probabilidad de que una bola al azar no sea {one}?",
        "Una urna contiene {first} y {b} {others}. [Find] la probabilidad de no sacar una bola {one}.",
        "¿Qué probabilidad hay de que no salga {one} al sacar una bola de una caja con {first} y {b} "
        "{others}?",
        "{p} saca una bola de una bolsa con {first} y {b} {others}. "
        "[Find] la probabilidad de que no sea {one}.",
        "De una caja con {first} y {b} {others} se saca una. ¿Con qué probabilidad no es {one}?",
        "Hay {first} y {b} {others} en una urna. ¿Cuál es la probabilidad de sacar una que no sea {one}?",
    ),
    "en": (
        "A bag holds {first} and {b} {others} ones. What is the probability that a random ball is not {one}?",
        "An urn contains {first} and {b} {others} ones. Find the probability of not drawing {one}.",
        "How likely is it not to draw {one} from a box with {first} and {b} {others} ones?",
        "{p} draws a ball from {first} and {b} {others} ones. Find the probability that it is not {one}.",
        "From a box with {first} and {b} {others} ones we draw one. "
        "What is the probability that it is not {one}?",
        "There are {first} and {b} {others} ones in an urn. How likely is a ball that is not {one}?",
    ),
}
DIE = {
    "es:usual": (
        "Se lanza un dado. ¿Cuál es la probabilidad de obtener {s}?",
        "Al tirar un dado normal, ¿qué probabilidad hay de que salga {s}?",
        "[Find] la probabilidad de sacar {s} con un dado.",
        "{p} tira un dado [de parchís|cúbico|corriente]. ¿Con qué probabilidad saca {s}?",
        "Lanzamos un dado al aire. ¿Qué probabilidad tiene el suceso «sale {s}»?",
    ),
    "es:sides": (
        "Se lanza un dado de {n} caras. ¿Cuál es la probabilidad de obtener {s}?",
        "Al tirar un dado de {n} caras, ¿qué probabilidad hay de que salga {s}?",
        "[Find] la probabilidad de sacar {s} con un dado de {n} caras.",
        "{p} lanza un dado de {n} caras. ¿Con qué probabilidad obtiene {s}?",
        "[Find] la probabilidad de que salga {s} al lanzar un dado numerado del 1 al {n}.",
        "Tarjetas numeradas del 1 al {n}: ¿cuál es la probabilidad de sacar {s}?",
        "Una ruleta tiene {n} sectores iguales, del 1 al {n}. ¿Qué probabilidad hay de que salga {s}?",
    ),
    "en:usual": (
        "A die is rolled. What is the probability of {s}?",
        "How likely is {s} when a die is rolled?",
        "[Find] the probability of {s} with a die.",
    ),
    "en:sides": (
        "A die with {n} faces is rolled. What is the probability of {s}?",
        "How likely is {s} when a die with {n} faces is rolled?",
        "[Find] the probability of {s} with a die of {n} faces.",
        "{p} rolls a die with {n} faces. What is the probability of {s}?",
        "[Find] the probability of {s} on a die numbered from 1 to {n}.",
        "Cards are numbered from 1 to {n}. What is the probability of drawing {s}?",
    ),
}
TWO_DICE = {
    "es": (
        "Se lanzan dos dados. ¿Cuál es la probabilidad de que la suma sea {s}?",
        "[Find] la probabilidad de que dos dados sumen {s}.",
        "{p} tira dos dados. ¿Qué probabilidad tiene de sumar {s}?",
        "Al tirar dos dados, ¿con qué probabilidad suman {s} los puntos?",
        "¿Qué probabilidad hay de obtener una suma de {s} con dos dados?",
        "Dos dados se lanzan a la vez. [Find] P(suma {s}).",
    ),
    "en": (
        "Two dice are rolled. What is the probability that the sum is {s}?",
        "[Find] the probability that two dice add up to {s}.",
        "{p} rolls two dice. How likely is a sum of {s}?",
        "When two dice are rolled, how likely do the points add up to {s}?",
        "What is the probability of a sum of {s} with two dice?",
        "Two dice are rolled together. [Find] P(sum {s}).",
    ),
}
COINS = {
    "es": (
        "Se lanzan {n} monedas. ¿Cuál es la probabilidad de que {s}?",
        "{p} lanza {n} monedas al aire. ¿Qué probabilidad hay de que {s}?",
        "[Find] la probabilidad de que {s} al tirar {n} monedas.",
        "Al lanzar {n} monedas, ¿con qué probabilidad ocurre que {s}?",
        "Tiramos {n} monedas a la vez. [Find] la probabilidad de que {s}.",
        "Lanzamos {n} monedas iguales. ¿Cuál es la probabilidad de que {s}?",
    ),
    "en": (
        "At once {n} coins are tossed. What is the probability of {s}?",
        "{p} tosses {n} coins. How likely is {s}?",
        "[Find] the probability of {s} with {n} coins.",
        "When {n} coins are tossed, what is the probability of {s}?",
        "We toss {n} coins together. [Find] the probability of {s}.",
        "How likely is {s} when {n} coins are tossed?",
    ),
}
COMPLEMENT = {
    "es": (
        "La probabilidad de que llueva mañana es {a}. ¿Cuál es la probabilidad de que no llueva?",
        "{p} gana con probabilidad {a}. ¿Con qué probabilidad no gana?",
        "Si P(A) = {a}, ¿cuánto vale la probabilidad del suceso contrario?",
        "La probabilidad de acertar un tiro es {a}. [Find] la probabilidad de fallarlo.",
        "Un suceso tiene probabilidad {a}. ¿Qué probabilidad tiene su complementario?",
        "Un tren llega puntual con probabilidad {a}. ¿Cuál es la probabilidad de que no llegue puntual?",
    ),
    "en": (
        "The probability of rain tomorrow is {a}. What is the probability of no rain?",
        "{p} wins with probability {a}. What is the probability of not winning?",
        "If P(A) = {a}, what is the probability of the opposite event?",
        "The probability of hitting is {a}. [Find] the probability of missing.",
        "An event has the probability {a}. What is the probability of its complement?",
        "A train is on time with probability {a}. What is the probability that it is not?",
    ),
}
INDEPENDENT = {
    "es": (
        "La probabilidad de que llueva el sábado es {a} y la de que llueva el domingo es {b}, de forma "
        "independiente. "
        "¿Cuál es la probabilidad de que llueva los dos días?",
        "Dos sucesos independientes tienen probabilidades {a} y {b}. "
        "¿Cuál es la probabilidad de que ocurran ambos?",
        "{p} acierta un tiro con probabilidad {a} y {q} con probabilidad {b}. "
        "¿Con qué probabilidad hay dos aciertos, si no se influyen?",
        "Si A y B son independientes, P(A) = {a} y P(B) = {b}, [find] P(A y B).",
        "Una ruleta da premio con probabilidad {a} y otra con probabilidad {b}. "
        "[Find] la probabilidad de ganar en las dos.",
        "[Find] la probabilidad de que ocurran a la vez dos sucesos independientes de probabilidades {a} y "
        "{b}.",
    ),
    "en": (
        "It rains on Saturday with probability {a} and, independently, on Sunday with {b}. "
        "What is the probability of rain on both days?",
        "Two independent events have probabilities {a} and {b}. What is the probability that both happen?",
        "{p} hits a target with probability {a} and {q}, independently, with {b}. How likely do both hit?",
        "If A and B are independent, P(A) = {a} and P(B) = {b}, [find] P(A and B).",
        "One wheel wins with probability {a} and another with {b}. Find the probability of winning on both.",
        "Find the probability that two independent events with probabilities {a} and {b} happen together.",
    ),
}
WITHOUT = {
    "es": (
        "De una bolsa con {first} y {b} {others} se sacan dos sin devolverlas. ¿Cuál es la probabilidad de que las dos "
        "sean {ones}?",
        "Una urna tiene {first} y {b} {others}. Se extraen dos seguidas sin reemplazo. [Find] la probabilidad de que "
        "ambas sean {ones}.",
        "{p} saca dos bolas, sin devolver la primera, de una caja con {first} y {b} {others}. ¿Con qué probabilidad "
        "las dos son {ones}?",
        "Hay {first} y {b} {others}. Sacamos dos a la vez. ¿Qué probabilidad hay de que ninguna sea {other}?",
        "Sin reposición, se toman dos bolas de entre {first} y {b} {others}. [Find] la probabilidad de que ninguna sea "
        "{other}.",
        "En un saco con {first} y {b} {others}, ¿cuál es la probabilidad de sacar dos seguidas, sin devolver, y que "
        "ninguna sea {other}?",
    ),
    "en": (
        "From a bag with {first} and {b} {others} ones two are drawn without putting back. How likely is neither {other}?",
        "An urn has {first} and {b} {others} ones. Two are drawn without replacement. [Find] the probability that "
        "neither is {other}.",
        "{p} draws two balls, without putting the first back, from {first} and {b} {others} ones. How likely is both "
        "{one}?",
        "There are {first} and {b} {others} ones. We draw two at once. How likely is neither {other}?",
        "Without replacement two balls are taken from {first} and {b} {others} ones. [Find] the probability of {one} twice.",
        "From {first} and {b} {others} ones, what is the probability of two {one} in a row without putting back?",
    ),
}
RAFFLE = {
    "es": (
        "{p} compra {a} papeletas de una rifa de {n}. ¿Cuál es la probabilidad de que gane el premio?",
        "En una rifa hay {n} números y {p} tiene {a}. ¿Qué probabilidad tiene de ganar?",
        "En una clase de {n} alumnos, {a} tienen perro. Se elige uno al azar. "
        "¿Con qué probabilidad tiene perro?",
        "De {n} bombillas, {a} son defectuosas. [Find] la probabilidad de elegir una defectuosa.",
        "En una caja hay {n} bombones y {a} son de menta. [Find] la probabilidad de coger uno de menta.",
        "Hay {n} tarjetas y {a} llevan premio. ¿Qué probabilidad hay de sacar una con premio?",
        "Un experimento tiene {n} resultados igual de probables y {a} son favorables. ¿Cuál es la probabilidad?",
        "Entre {n} libros, {a} son de aventuras. {p} coge uno sin mirar. ¿Con qué probabilidad es de aventuras?",
        "De los {n} chicles de una máquina, {a} son de fresa. ¿Qué probabilidad hay de que salga uno de fresa?",
    ),
    "en": (
        "{p} buys {a} of the {n} tickets of a raffle. What is the probability that {p} wins the prize?",
        "A raffle has {n} numbers and {p} holds {a}. How likely is {p} to win?",
        "In a class of {n} pupils, {a} have a dog. One is chosen at random. How likely has this one a dog?",
        "Of {n} bulbs, {a} are faulty. [Find] the probability of choosing a faulty one.",
        "A box has {n} chocolates and {a} are mint. [Find] the probability of taking a mint one.",
        "There are {n} cards and {a} carry a prize. What is the probability of drawing one with a prize?",
        "Of {n} books, {a} are adventures. {p} takes one without looking. How likely is it an adventure?",
    ),
}
EXPECTED = {
    "es": (
        "La probabilidad de ganar un juego es {a}. Si {p} juega {n} veces, ¿cuántas victorias cabe esperar?",
        "Una semilla brota con probabilidad {a}. ¿Cuántas se espera que broten de {n}?",
        "Un suceso tiene probabilidad {a}. ¿Cuántas veces se espera que ocurra en {n} intentos?",
        "{p} acierta cada tiro con probabilidad {a}. ¿Cuántos aciertos se esperan en {n} tiros?",
        "En una máquina, cada pieza sale buena con probabilidad {a}. ¿Cuántas buenas se esperan de {n}?",
        "Se repite {n} veces un experimento de probabilidad {a}. [Find] el número esperado de éxitos.",
    ),
    "en": (
        "The probability of winning a game is {a}. If {p} plays {n} times, how many wins are to be expected?",
        "A seed sprouts with probability {a}. How many of {n} are expected to sprout?",
        "An event has the probability {a}. How often is it expected in {n} trials?",
        "{p} hits with probability {a}. How many hits are expected in {n} shots?",
        "A part is good with probability {a}. How many good ones are expected among {n}?",
        "An experiment of probability {a} is repeated {n} times. [Find] the expected number of successes.",
    ),
}
EITHER = {
    "es:apart": (
        "Dos sucesos incompatibles tienen probabilidades {a} y {b}. ¿Cuál es la probabilidad de que ocurra uno u otro?",
        "A y B no pueden ocurrir a la vez, P(A) = {a} y P(B) = {b}. [Find] P(A o B).",
        "En una ruleta sale rojo con probabilidad {a} y azul con probabilidad {b}. ¿Con qué probabilidad sale rojo o azul?",
    ),
    "es:both": (
        "P(A) = {a}, P(B) = {b} y P(A y B) = {c}. [Find] P(A o B).",
        "Un alumno estudia inglés con probabilidad {a}, francés con {b} y ambos con {c}. ¿Con qué probabilidad estudia "
        "alguno de los dos?",
        "Si P(A) = {a}, P(B) = {b} y la probabilidad de que ocurran los dos es {c}, ¿cuál es la de que ocurra al menos uno?",
    ),
    "en:apart": (
        "Two events that exclude each other have probabilities {a} and {b}. How likely is one or the other?",
        "A and B cannot both happen, P(A) = {a} and P(B) = {b}. [Find] P(A or B).",
        "A wheel shows red with probability {a} and blue with {b}. How likely is red or blue?",
    ),
    "en:both": (
        "P(A) = {a}, P(B) = {b} and P(A and B) = {c}. [Find] P(A or B).",
        "A pupil studies English with probability {a}, French with {b} and both with {c}. How likely is at least one?",
        "If P(A) = {a}, P(B) = {b} and both happen with probability {c}, how likely is at least one?",
    ),
}

_LOWER, _UPPER = ("probability", "lower_secondary"), ("probability", "upper_secondary")
FAMILIES = (
    Family("bag_of_balls", *_LOWER, bag, BAG, weight=1.2),
    Family("bag_of_three_colours", *_LOWER, bag_of_three, BAG_THREE, weight=0.7),
    Family("bag_complement", *_LOWER, bag_complement, BAG_COMPLEMENT, unseen=True),
    Family("rolling_a_die", *_LOWER, die, DIE),
    Family("two_dice", *_LOWER, two_dice, TWO_DICE, weight=0.4),
    Family("coins", *_LOWER, coins, COINS, weight=0.5),
    Family("complement", *_LOWER, complement, COMPLEMENT, weight=0.6),
    Family("independent_events", *_UPPER, independent, INDEPENDENT, weight=0.8),
    Family("without_replacement", *_UPPER, without_replacement, WITHOUT, weight=0.5, unseen=True),
    Family("raffle", *_LOWER, raffle, RAFFLE),
    Family("expected_count", *_LOWER, expected_count, EXPECTED, weight=0.6),
    Family("one_or_the_other", *_UPPER, either, EITHER, weight=0.6),
)
