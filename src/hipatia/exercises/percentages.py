"""Percentages: of a quantity, discounts, increases, which percentage."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES, Step, add, sub
from .wording import DEAR_GOODS, nouns, num, people, say

SIMPLE = {50: 2, 25: 4, 20: 5, 10: 10}
ANY_RATE = (10, 20, 25, 50, 5, 15, 30, 40, 60, 70, 75, 80, 12, 35, 90)
DISCOUNTS = (10, 20, 25, 50, 5, 15, 30, 40)
INCREASES = (10, 20, 25, 5, 15, 30)


def percent(value: int, language: str) -> str:
    """15 % in Spanish, 15% in English."""
    return f"{value} %" if language == "es" else f"{value}%"


def _draw(rng: Random, rates: tuple[int, ...] = ANY_RATE) -> tuple[int, int]:
    """A percentage and a quantity whose part is a whole number."""
    while True:
        p = rng.choice(rates)
        base = rng.choice([rng.randint(2, 40) * 10, rng.randint(1, 9) * 100, rng.randint(4, 60) * 5])
        if p * base % 100 == 0 and p * base > 100 and (p in SIMPLE or p == 75 or base % 10 == 0):
            return p, base


def part(p: int, base: int, lang: str) -> Step:
    """p % of a number in small steps: tenths, quarters, and half of a tenth."""
    head = f"{percent(p, lang)} {say(lang, 'de', 'of')} {base}"
    if p in SIMPLE:
        value = base // SIMPLE[p]
        return Step(f"{head} = {base} {DIVIDE} {SIMPLE[p]} = {value}", value)
    if p == 75:
        return Step(f"{head} = 3 {TIMES} {base // 4} = {3 * (base // 4)}", 3 * (base // 4))
    tenths, ones = p // 10 * base // 10, p % 10 * base // 100
    if ones == 0:
        return Step(f"{head} = {p // 10} {TIMES} {base // 10} = {tenths}", tenths)
    if tenths == 0:
        return Step(f"{head} = {base // 10} {DIVIDE} 2 = {ones}", ones)
    return Step(f"{head} = {tenths} + {ones} = {tenths + ones}", tenths + ones)


def percent_of(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng)
    step = part(p, base, lang)
    fields = {"t": percent(p, lang), "a": base, "k": p}
    return Draft(fields, (step.text,), step.value, Fraction(p, 100) * base)


def percent_story(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng)
    step = part(p, base, lang)
    fields = people(rng, lang) | {"t": percent(p, lang), "a": base}
    if rng.random() < 0.5:
        return Draft(fields, (step.text,), step.value, Fraction(p, 100) * base, variant="part")
    rest = sub(base, int(step.value), lang)
    steps = (step.text, f"{say(lang, 'El resto', 'The rest')}: {rest}")
    return Draft(fields, steps, rest.value, Fraction(100 - p, 100) * base, variant="rest")


def discount(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng, DISCOUNTS)
    step = part(p, base, lang)
    last = sub(base, int(step.value), lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"t": percent(p, lang), "a": base}
    steps = (f"{say(lang, 'Descuento', 'Discount')}: {step}", f"{say(lang, 'Se paga', 'To pay')}: {last}")
    return Draft(fields, steps, last.value, Fraction(100 - p, 100) * base, unit="€")


def increase(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng, INCREASES)
    step = part(p, base, lang)
    last = add(base, int(step.value), lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"t": percent(p, lang), "a": base}
    steps = (f"{say(lang, 'Aumento', 'Increase')}: {step}", f"{say(lang, 'Total', 'Total')}: {last}")
    return Draft(fields, steps, last.value, Fraction(100 + p, 100) * base, unit="€")


def which_percent(rng: Random, lang: str) -> Draft:
    while True:
        base = rng.choice([10, 20, 25, 40, 50, 60, 80, 100, 200, 30, 120, 150, 300, 400])
        p = rng.choice([5, 10, 15, 20, 25, 30, 40, 45, 50, 60, 70, 75, 80, 90])
        if base * p % 100 == 0 and base * p > 100:
            break
    a = base * p // 100
    fields = people(rng, lang) | {"a": a, "b": base}
    first = Fraction(a, base)
    chain = f"{a}/{base} = {num(first, lang)}"
    last = f"{num(first, lang)} × 100 = {p}"
    head = say(lang, "Dividimos la parte entre el total", "We divide the part by the whole")
    tail = say(lang, "En tanto por ciento", "As a percentage")
    return Draft(fields, (f"{head}: {chain}", f"{tail}: {last}"), first * 100, p, unit="%")


PERCENT_OF = {
    "es": (
        "Calcula el {t} de {a}.",
        "¿Cuánto es el {t} de {a}?",
        "Halla el {t} de {a}.",
        "¿Cuál es el {t} de {a}?",
        "¿Qué cantidad representa el {t} de {a}?",
        "El {t} de {a} es…",
        "Calcula el {k}% de {a}.",
        "¿Cuánto es el {k} por ciento de {a}?",
    ),
}
PERCENT_STORY = {
    "es:part": (
        "En un colegio hay {a} estudiantes y el {t} va en autobús. ¿Cuántos estudiantes van en autobús?",
        "De {a} personas encuestadas, el {t} prefiere la playa. ¿Cuántas personas prefieren la playa?",
        "{p} tenía {a} € y gastó el {t}. ¿Cuántos euros gastó?",
        "Una granja tiene {a} animales; el {t} son ovejas. ¿Cuántas ovejas hay?",
        "Un libro tiene {a} páginas y {p} ha leído el {t}. ¿Cuántas páginas ha leído?",
        "En un bosque de {a} árboles, el {t} son pinos. ¿Cuántos pinos hay?",
    ),
    "es:rest": (
        "En un colegio hay {a} estudiantes y el {t} va en autobús. ¿Cuántos estudiantes no van en autobús?",
        "{p} tenía {a} € y gastó el {t}. ¿Cuántos euros le quedan?",
        "Un libro tiene {a} páginas y {p} ha leído el {t}. ¿Cuántas páginas le faltan?",
        "De {a} entradas se ha vendido el {t}. ¿Cuántas entradas quedan?",
        "Un depósito tenía {a} litros y se ha gastado el {t}. ¿Cuántos litros quedan?",
        "En un bosque de {a} árboles, el {t} son pinos. ¿Cuántos árboles no son pinos?",
    ),
}
DISCOUNT = {
    "es": (
        "{Una_cosa} cuesta {a} € y tiene un descuento del {t}. ¿Cuánto se paga?",
        "{p} compra {una_cosa} de {a} € con una rebaja del {t}. ¿Cuánto paga?",
        "En las rebajas descuentan el {t} a {una_cosa} de {a} euros. ¿Cuál es el precio final?",
        "¿Cuánto cuesta {una_cosa} de {a} € si se rebaja un {t}?",
        "El precio de {una_cosa} era de {a} €, pero baja un {t}. Calcula el nuevo precio.",
        "Halla el precio rebajado: {a} € menos un {t}.",
        "Una tienda hace un {t} de descuento. ¿Cuánto pagará {p} por {una_cosa} de {a} €?",
    ),
}
INCREASE = {
    "es": (
        "{Una_cosa} cuesta {a} € y su precio sube un {t}. ¿Cuánto cuesta ahora?",
        "A un precio de {a} € hay que añadirle un {t} de IVA. ¿Cuál es el precio final?",
        "{p} gana {a} € y le suben el sueldo un {t}. ¿Cuánto gana ahora?",
        "El alquiler era de {a} euros y aumenta un {t}. Calcula el nuevo alquiler.",
        "¿Cuánto se paga por {una_cosa} de {a} € más un {t} de impuestos?",
        "Halla el resultado de aumentar {a} € un {t}.",
    ),
}
WHICH_PERCENT = {
    "es": (
        "¿Qué porcentaje es {a} de {b}?",
        "¿Qué tanto por ciento de {b} es {a}?",
        "De {b} preguntas, {p} ha acertado {a}. ¿Qué porcentaje ha acertado?",
        "En un grupo de {b} personas, {a} hablan francés. ¿Qué porcentaje habla francés?",
        "Expresa como porcentaje: {a} de un total de {b}.",
        "De {b} tiros, {p} encestó {a}. ¿Cuál es su tanto por ciento de aciertos?",
        "Calcula el porcentaje que representa {a} respecto de {b}.",
    ),
}

_LOWER = ("percentages", "lower_secondary")
FAMILIES = (
    Family("percent_of", *_LOWER, percent_of, PERCENT_OF, weight=1.3),
    Family("percent_story", *_LOWER, percent_story, PERCENT_STORY),
    Family("discount", *_LOWER, discount, DISCOUNT, weight=1.3),
    Family("percent_increase", *_LOWER, increase, INCREASE, unseen=True),
    Family("which_percent", *_LOWER, which_percent, WHICH_PERCENT),
)
