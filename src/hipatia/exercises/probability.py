"""Probability and counting."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import MINUS, TIMES, add, reduce, total
from .wording import frac, people, say

COLOURS = {
    "es": (
        ("roja", "rojas"),
        ("azul", "azules"),
        ("verde", "verdes"),
        ("blanca", "blancas"),
        ("negra", "negras"),
    ),
    "en": (("red", "red"), ("blue", "blue"), ("green", "green"), ("white", "white"), ("black", "black")),
}


def _bag(rng: Random, lang: str) -> tuple[int, int, dict[str, object]]:
    a, b = rng.randint(1, 12), rng.randint(2, 12)
    (one, many), (other, others) = rng.sample(COLOURS[lang], 2)
    balls = say(lang, "bola" if a == 1 else "bolas", "ball" if a == 1 else "balls")
    shown = f"{a} {balls} {one if a == 1 else many}" if lang == "es" else f"{a} {one} {balls}"
    fields = people(rng, lang) | {"first": shown, "b": b, "n": a + b}
    fields |= {"one": one, "others": others, "other": other}
    return a, b, fields


def bag(rng: Random, lang: str) -> Draft:
    a, b, fields = _bag(rng, lang)
    whole = add(a, b, lang)
    n = int(whole.value)
    steps = (
        f"{say(lang, 'Total de bolas', 'Balls in all')}: {whole}",
        f"{say(lang, 'Favorables entre total', 'Favourable over total')}: {reduce(a, n)}",
    )
    return Draft(fields, steps, Fraction(a, n), 1 - Fraction(b, a + b), answer=frac(Fraction(a, n)))


def bag_complement(rng: Random, lang: str) -> Draft:
    a, b, fields = _bag(rng, lang)
    whole = add(a, b, lang)
    n = int(whole.value)
    steps = (
        f"{say(lang, 'Total de bolas', 'Balls in all')}: {whole}",
        f"{say(lang, 'No son de ese color', 'Not of that colour')}: {n} {MINUS} {a} = {n - a}",
        f"{say(lang, 'Favorables entre total', 'Favourable over total')}: {reduce(n - a, n)}",
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
)


def die(rng: Random, lang: str) -> Draft:
    es, en, event = rng.choice(_DIE_EVENTS)
    sides = rng.choice([6, 6, 6, 8, 10, 12])
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
        f"{say(lang, 'Probabilidad', 'Probability')}: {reduce(len(good), sides)}",
    )
    bad = sum(1 for k in range(1, sides + 1) if not event(k))
    value = Fraction(len(good), sides)
    return Draft(fields, steps, value, 1 - Fraction(bad, sides), answer=frac(value))


def independent(rng: Random, lang: str) -> Draft:
    top1, bottom1 = 1, rng.choice([2, 3, 4, 5, 6])
    bottom2 = rng.choice([2, 3, 4, 5])
    top2 = rng.randint(1, bottom2 - 1)
    a, b = Fraction(top1, bottom1), Fraction(top2, bottom2)
    fields = people(rng, lang) | {"a": frac(a), "b": frac(b)}
    top, bottom = a.numerator * b.numerator, a.denominator * b.denominator
    head = say(lang, "Son independientes, se multiplican", "They are independent, so we multiply")
    step = f"{head}: {frac(a)} {TIMES} {frac(b)} = {reduce(top, bottom)}"
    return Draft(fields, (step,), Fraction(top, bottom), a * b, answer=frac(Fraction(top, bottom)))


def raffle(rng: Random, lang: str) -> Draft:
    n = rng.choice([10, 20, 25, 40, 50, 100, 200])
    a = rng.randint(2, n // 2)
    fields = people(rng, lang) | {"a": a, "n": n}
    head = say(lang, "Casos favorables entre posibles", "Favourable over possible cases")
    value = Fraction(a, n)
    return Draft(fields, (f"{head}: {reduce(a, n)}",), value, 1 - Fraction(n - a, n), answer=frac(value))


def outfits(rng: Random, lang: str) -> Draft:
    a, b, c = rng.randint(2, 8), rng.randint(2, 8), rng.randint(2, 5)
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = f"{a} {TIMES} {b} = {a * b}"
    head = say(lang, "Se multiplican las posibilidades", "The choices are multiplied")
    if rng.random() < 0.6:
        pairs = len([(i, j) for i in range(a) for j in range(b)])
        return Draft(fields, (f"{head}: {first}",), a * b, pairs, variant="two")
    triples = total([a * b] * c, lang).value
    steps = (f"{head}: {first}", f"{a * b} {TIMES} {c} = {a * b * c}")
    return Draft(fields, steps, a * b * c, triples, variant="three")


BAG = {
    "es": (
        "En una bolsa hay {first} y {b} {others}. Se saca una al azar. "
        "¿Cuál es la probabilidad de que sea {one}?",
        "Una urna contiene {first} y {b} {others}. Calcula la probabilidad de sacar una bola {one}.",
        "¿Qué probabilidad hay de sacar una bola {one} de una caja con {first} y {b} {others}?",
        "{p} saca sin mirar una bola de una bolsa con {first} y {b} {others}. "
        "¿Qué probabilidad tiene de sacar una {one}?",
        "Halla la probabilidad de extraer una bola {one} de una urna con {first} y {b} {others}.",
        "De una caja con {first} y {b} {others} se toma una al azar. ¿Con qué probabilidad es {one}?",
    ),
    "en": (
        "A bag holds {first} and {b} {others} ones. One is drawn at random. "
        "What is the probability that it is {one}?",
        "An urn contains {first} and {b} {others} ones. "
        "Find the probability of drawing a ball that is {one}.",
        "What is the probability of drawing {one} from a box with {first} and {b} {others} ones?",
        "{p} draws a ball without looking from {first} and {b} {others} ones. "
        "What is the probability of {one}?",
        "Work out the probability of drawing {one} from an urn with {first} and {b} {others} ones.",
        "From a box with {first} and {b} {others} ones we take one at random. How likely is {one}?",
    ),
}
BAG_COMPLEMENT = {
    "es": (
        "En una bolsa hay {first} y {b} {others}. "
        "¿Cuál es la probabilidad de que una bola al azar no sea {one}?",
        "Una urna contiene {first} y {b} {others}. Calcula la probabilidad de no sacar una bola {one}.",
        "¿Qué probabilidad hay de que no salga {one} al sacar una bola de una caja con {first} y {b} "
        "{others}?",
        "{p} saca una bola de una bolsa con {first} y {b} {others}. "
        "Halla la probabilidad de que no sea {one}.",
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
    "es": (
        "Se lanza un dado de {n} caras. ¿Cuál es la probabilidad de obtener {s}?",
        "Al tirar un dado de {n} caras, ¿qué probabilidad hay de que salga {s}?",
        "Calcula la probabilidad de sacar {s} con un dado de {n} caras.",
        "{p} lanza un dado de {n} caras. ¿Con qué probabilidad obtiene {s}?",
        "Halla la probabilidad de que salga {s} al lanzar un dado numerado del 1 al {n}.",
        "Tarjetas numeradas del 1 al {n}: ¿cuál es la probabilidad de sacar {s}?",
    ),
    "en": (
        "A die with {n} faces is rolled. What is the probability of {s}?",
        "How likely is {s} when a die with {n} faces is rolled?",
        "Find the probability of {s} with a die of {n} faces.",
        "{p} rolls a die with {n} faces. What is the probability of {s}?",
        "Work out the probability of {s} on a die numbered from 1 to {n}.",
        "Cards are numbered from 1 to {n}. What is the probability of drawing {s}?",
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
        "¿Con qué probabilidad aciertan los dos, si no se influyen?",
        "Si A y B son independientes, P(A) = {a} y P(B) = {b}, calcula P(A y B).",
        "Una ruleta da premio con probabilidad {a} y otra con probabilidad {b}. "
        "Halla la probabilidad de ganar en las dos.",
        "Calcula la probabilidad de que ocurran a la vez dos sucesos independientes de probabilidades {a} y "
        "{b}.",
    ),
    "en": (
        "It rains on Saturday with probability {a} and, independently, on Sunday with {b}. "
        "What is the probability of rain on both days?",
        "Two independent events have probabilities {a} and {b}. What is the probability that both happen?",
        "{p} hits a target with probability {a} and {q}, independently, with {b}. How likely do both hit?",
        "If A and B are independent, P(A) = {a} and P(B) = {b}, find P(A and B).",
        "One wheel wins with probability {a} and another with {b}. Find the probability of winning on both.",
        "Find the probability that two independent events with probabilities {a} and {b} happen together.",
    ),
}
RAFFLE = {
    "es": (
        "{p} compra {a} papeletas de una rifa de {n}. ¿Cuál es la probabilidad de que gane el premio?",
        "En una rifa hay {n} números y {p} tiene {a}. ¿Qué probabilidad tiene de ganar?",
        "En una clase de {n} alumnos, {a} tienen perro. Se elige uno al azar. "
        "¿Con qué probabilidad tiene perro?",
        "De {n} bombillas, {a} son defectuosas. Calcula la probabilidad de elegir una defectuosa.",
        "En una caja hay {n} bombones y {a} son de menta. Halla la probabilidad de coger uno de menta.",
        "Hay {n} tarjetas y {a} llevan premio. ¿Qué probabilidad hay de sacar una con premio?",
    ),
    "en": (
        "{p} buys {a} of the {n} tickets of a raffle. What is the probability that {p} wins the prize?",
        "A raffle has {n} numbers and {p} holds {a}. How likely is {p} to win?",
        "In a class of {n} pupils, {a} have a dog. One is chosen at random. How likely has this one a dog?",
        "Of {n} bulbs, {a} are faulty. Find the probability of choosing a faulty one.",
        "A box has {n} chocolates and {a} are mint. Find the probability of taking a mint one.",
        "There are {n} cards and {a} carry a prize. What is the probability of drawing one with a prize?",
    ),
}
OUTFITS = {
    "es:two": (
        "{p} tiene {a} camisas y {b} pantalones. ¿De cuántas formas distintas puede vestirse?",
        "Un menú ofrece {a} primeros platos y {b} segundos. ¿Cuántos menús diferentes hay?",
        "De A a B hay {a} caminos y de B a C hay {b}. "
        "¿De cuántas maneras se puede ir de A a C pasando por B?",
        "¿Cuántas parejas distintas se pueden formar con una de {a} letras y una de {b} cifras?",
    ),
    "es:three": (
        "{p} tiene {a} camisas, {b} pantalones y {c} gorras. ¿De cuántas formas distintas puede vestirse?",
        "Un menú ofrece {a} primeros, {b} segundos y {c} postres. ¿Cuántos menús diferentes hay?",
        "Un candado se abre eligiendo una de {a} letras, una de {b} cifras y uno de {c} colores. "
        "¿Cuántas combinaciones hay?",
    ),
    "en:two": (
        "{p} has {a} shirts and {b} pairs of trousers. In how many ways can {p} dress?",
        "A menu offers {a} starters and {b} main courses. How many different menus are there?",
        "There are {a} roads from A to B and {b} from B to C. In how many ways can one go from A to C by B?",
    ),
    "en:three": (
        "{p} has {a} shirts, {b} pairs of trousers and {c} caps. In how many ways can {p} dress?",
        "A menu offers {a} starters, {b} main courses and {c} desserts. How many menus are there?",
        "A lock takes one of {a} letters, one of {b} digits and one of {c} colours. "
        "How many codes are there?",
    ),
}

_LOWER, _UPPER = ("probability", "lower_secondary"), ("probability", "upper_secondary")
FAMILIES = (
    Family("bag_of_balls", *_LOWER, bag, BAG, weight=1.2),
    Family("bag_complement", *_LOWER, bag_complement, BAG_COMPLEMENT, unseen=True),
    Family("rolling_a_die", *_LOWER, die, DIE),
    Family("independent_events", *_UPPER, independent, INDEPENDENT, weight=0.8),
    Family("raffle", *_LOWER, raffle, RAFFLE),
    Family("counting_choices", *_LOWER, outfits, OUTFITS, weight=0.8),
)
