"""Proportion: direct, inverse, sharing in a ratio, scales."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES, Step, add, divide, times
from .wording import num, people, say


def direct(rng: Random, lang: str) -> Draft:
    """a go with b; how many go with c. The unit's value is a whole number or a half."""
    a, c = rng.sample(range(2, 13), 2)
    unit = Fraction(rng.choice([2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 50]))
    b = int(unit * a)
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = divide(b, a, lang)
    second = times(c, int(first.value), lang)
    steps = (
        f"{say(lang, 'Para una unidad', 'For one')}: {first}",
        f"{say(lang, f'Para {c} unidades', f'For {c} of them')}: {second}",
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
    head = say(lang, "Multiplicamos en cruz.", "We multiply crosswise.")
    steps = (head, f"{a}x = {times(b, c, lang)}", f"x = {last}")
    return Draft(fields, steps, last.value, b * k, answer=f"x = {num(last.value, lang)}")


def inverse(rng: Random, lang: str) -> Draft:
    while True:
        a, b, c = rng.randint(2, 10), rng.randint(2, 15), rng.randint(2, 12)
        if a != c and a * b % c == 0 and a * b // c < 40:
            break
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = times(a, b, lang)
    second = divide(int(first.value), c, lang)
    head = say(lang, "Es proporción inversa; el producto no cambia", "Inverse proportion; the product stays")
    steps = (
        f"{head}: {first}",
        f"{say(lang, f'Dividimos entre los {c} de ahora', f'We divide by the {c} there are now')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(a, c) * b)


def ratio_share(rng: Random, lang: str) -> Draft:
    a, b = rng.sample(range(1, 8), 2)
    k = rng.randint(2, 12)
    whole = (a + b) * k
    fields = people(rng, lang) | {"a": a, "b": b, "n": whole}
    parts, one = add(a, b, lang), divide(whole, a + b, lang)
    p, q = fields["p"], fields["q"]
    first, second = _share(a, k), _share(b, k)
    steps = (
        f"{say(lang, 'Partes', 'Parts')}: {parts}",
        f"{say(lang, 'Cada parte', 'Each part')}: {one}",
        f"{p}: {first}",
        f"{q}: {second}",
    )
    answer = f"{first.value} {say(lang, 'y', 'and')} {second.value}"
    check = (whole * Fraction(a, a + b), whole * Fraction(b, a + b))
    return Draft(fields, steps, (int(first.value), int(second.value)), check, answer=answer)


def _share(parts: int, each: int) -> Step:
    return Step(f"{parts} {TIMES} {each} = {parts * each}", parts * each)


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


DIRECT = {
    "es": (
        "En {a} cajas iguales caben {b} lápices. ¿Cuántos lápices caben en {c} cajas?",
        "Con {a} kilos de fruta se hacen {b} vasos de zumo. ¿Cuántos vasos salen con {c} kilos?",
        "Si {a} entradas cuestan {b} euros, ¿cuántos euros cuestan {c} entradas?",
        "{a} cajas iguales pesan {b} kilos. ¿Cuántos kilos pesan {c} cajas?",
        "Una impresora hace {b} copias en {a} minutos. ¿Cuántas copias hace en {c} minutos?",
        "{p} gana {b} euros por {a} horas de trabajo. ¿Cuántos euros gana por {c} horas?",
        "Con {a} botes iguales se pintan {b} metros de valla. ¿Cuántos metros se pintan con {c} botes?",
        "La magnitud y es directamente proporcional a x. Si a x = {a} le corresponde y = {b}, "
        "¿qué valor de y corresponde a x = {c}?",
    ),
    "en": (
        "{a} equal boxes hold {b} pencils. How many pencils do {c} boxes hold?",
        "{a} kilos of fruit make {b} glasses of juice. How many glasses do {c} kilos make?",
        "If {a} tickets cost {b} euros, how many euros do {c} tickets cost?",
        "{a} equal boxes weigh {b} kilos. How many kilos do {c} boxes weigh?",
        "A printer makes {b} copies in {a} minutes. How many copies in {c} minutes?",
        "{p} earns {b} euros for {a} hours of work. How many euros for {c} hours?",
    ),
}
CROSS_RULE = {
    "es": (
        "Halla x en la proporción {a}/{b} = {c}/x.",
        "¿Cuánto vale x si {a}/{b} = {c}/x?",
        "Calcula el término que falta: {a}/{b} = {c}/x",
        "Completa la proporción {a} : {b} = {c} : x.",
        "{a} es a {b} como {c} es a x. ¿Cuánto vale x?",
        "Encuentra el valor de x para que {a}/{b} y {c}/x sean equivalentes.",
    ),
    "en": (
        "Find x in the proportion {a}/{b} = {c}/x.",
        "What is x if {a}/{b} = {c}/x?",
        "Work out the missing term: {a}/{b} = {c}/x",
        "Complete the proportion {a} : {b} = {c} : x.",
        "{a} is to {b} as {c} is to x. What is x?",
        "For which x are {a}/{b} and {c}/x equivalent?",
    ),
}
INVERSE = {
    "es": (
        "{a} obreros tardan {b} días en hacer una obra. ¿Cuántos días tardarán {c} obreros?",
        "{a} grifos iguales llenan un depósito en {b} horas. ¿Cuántas horas tardarán {c} grifos?",
        "Hay comida para {a} animales durante {b} días. ¿Para cuántos días habrá con {c} animales?",
        "Con {a} máquinas se acaba un pedido en {b} horas. ¿En cuántas horas se acaba con {c} máquinas?",
        "Un grupo de {a} personas recoge una cosecha en {b} días. ¿Cuántos días tardan {c} personas?",
        "Si {a} pintores pintan un edificio en {b} días, ¿en cuántos días lo pintan {c} pintores?",
    ),
    "en": (
        "{a} workers need {b} days for a job. How many days do {c} workers need?",
        "{a} equal taps fill a tank in {b} hours. How many hours do {c} taps need?",
        "There is food for {a} animals for {b} days. For how many days does it last {c} animals?",
        "With {a} machines an order takes {b} hours. How many hours with {c} machines?",
        "{a} people bring in a harvest in {b} days. How many days do {c} people need?",
        "If {a} painters paint a building in {b} days, in how many days do {c} painters paint it?",
    ),
}
RATIO_SHARE = {
    "es": (
        "Reparte {n} euros entre {p} y {q} en partes proporcionales a {a} y {b}. ¿Cuánto recibe cada uno?",
        "{p} y {q} se reparten {n} caramelos en la razón {a} : {b}. ¿Cuántos le tocan a cada uno?",
        "Divide {n} en dos partes proporcionales a {a} y {b}.",
        "{p} puso {a} € y {q}, {b} €. Ganan {n} € y los reparten en la misma proporción. "
        "¿Cuánto toca a cada uno?",
        "Halla dos números que suman {n} y son proporcionales a {a} y {b}.",
        "Se reparten {n} cromos de forma directamente proporcional a {a} y {b}. ¿Qué cantidades resultan?",
    ),
    "en": (
        "Share {n} euros between {p} and {q} in the ratio {a} : {b}. How much does each get?",
        "{p} and {q} share {n} sweets in the ratio {a} : {b}. How many does each get?",
        "Divide {n} into two parts in the ratio {a} : {b}.",
        "{p} put in {a} € and {q} {b} €. They win {n} € and share it in proportion. How much does each get?",
        "Find two numbers that add up to {n} and are in the ratio {a} : {b}.",
        "{n} cards are shared in proportion to {a} and {b}. What amounts result?",
    ),
}
MAP_SCALE = {
    "es": (
        "En un plano a escala {e}, una calle mide {c} cm. ¿Cuántos metros mide en la realidad?",
        "La escala de un plano es {e}. Dos puntos distan {c} cm en el plano. "
        "¿Cuántos metros distan en realidad?",
        "¿Qué longitud real, en metros, representan {c} cm en un plano a escala {e}?",
        "{p} mide con la regla {c} cm en un plano a escala {e}. Calcula la distancia real en metros.",
        "Un camino mide {c} cm en un plano {e}. Halla su longitud real en metros.",
        "Con una escala {e}, ¿a cuántos metros equivalen {c} cm del dibujo?",
    ),
    "en": (
        "On a plan at scale {e} a street measures {c} cm. How many metres is it in reality?",
        "The scale of a map is {e}. Two points are {c} cm apart on it. How many metres are they apart?",
        "What real length, in metres, do {c} cm stand for at scale {e}?",
        "With a ruler {p} measures {c} cm on a plan at scale {e}. Work out the real distance in metres.",
        "A path is {c} cm long on a plan at {e}. Find its real length in metres.",
        "At scale {e}, how many metres are {c} cm of the drawing?",
    ),
}

_LOWER = ("proportion", "lower_secondary")
FAMILIES = (
    Family("direct_proportion", *_LOWER, direct, DIRECT, weight=1.2),
    Family("missing_term", *_LOWER, cross_rule, CROSS_RULE),
    Family("inverse_proportion", *_LOWER, inverse, INVERSE),
    Family("ratio_share", *_LOWER, ratio_share, RATIO_SHARE),
    Family("map_scale", *_LOWER, map_scale, MAP_SCALE, unseen=True),
)
