"""Percentages: of a quantity, discounts, increases, which percentage."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES, add, sub
from .wording import DEAR_GOODS, nouns, num, people, say

# The rates that are one division: 25 % is a quarter.
SIMPLE = {50: 2, 25: 4, 20: 5, 10: 10}
ANY_RATE = (10, 20, 25, 50, 5, 15, 30, 40, 60, 70, 75, 80, 35, 90)
DISCOUNTS = (10, 20, 25, 50, 5, 15, 30, 40)
INCREASES = (10, 20, 25, 5, 15, 30)


def percent(value: int, language: str) -> str:
    """15 % in Spanish, 15% in English."""
    return f"{value} %" if language == "es" else f"{value}%"


def _draw(rng: Random, rates: tuple[int, ...] = ANY_RATE, top: int = 900) -> tuple[int, int]:
    """A percentage and a quantity whose part is a whole number."""
    while True:
        p = rng.choice(rates)
        base = rng.choice([rng.randint(2, 40) * 10, rng.randint(1, 9) * 100, rng.randint(4, 60) * 5])
        if (
            base <= top
            and p * base % 100 == 0
            and p * base > 100
            and (p in SIMPLE or p == 75 or base % 10 == 0)
        ):
            return p, base


def part(p: int, base: int, lang: str) -> tuple[tuple[str, ...], int]:
    """The lines that find p % of a number by tenths, quarters and halves, and its value."""

    def line(rate: int, calculation: str, value: int) -> str:
        return say(lang, f"El {rate} % es {calculation} = {value}", f"{rate}% is {calculation} = {value}")

    if p in SIMPLE:
        value = base // SIMPLE[p]
        return (line(p, f"{base} {DIVIDE} {SIMPLE[p]}", value),), value
    unit, of_unit = (25, base // 4) if p == 75 else (10, base // 10)
    lines = [line(unit, f"{base} {DIVIDE} {100 // unit}", of_unit)]
    units, half = p // unit * of_unit, of_unit // 2
    if p // unit > 1:
        lines.append(line(p // unit * unit, f"{p // unit} {TIMES} {of_unit}", units))
    if p % unit:
        lines.append(line(5, f"{of_unit} {DIVIDE} 2", half))
        units += half
    if p % unit and p > unit:
        lines.append(line(p, f"{units - half} + {half}", units))
    return tuple(lines), units


def percent_of(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng)
    steps, value = part(p, base, lang)
    fields = {"t": percent(p, lang), "a": base, "k": p}
    return Draft(fields, steps, value, Fraction(p, 100) * base)


def percent_story(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng)
    lines, value = part(p, base, lang)
    fields = people(rng, lang) | {"t": percent(p, lang), "a": base}
    if rng.random() < 0.5:
        return Draft(fields, lines, value, Fraction(p, 100) * base, variant="part")
    rest = sub(base, value, lang)
    steps = (*lines, f"{say(lang, 'El resto', 'The rest')}: {rest}")
    return Draft(fields, steps, rest.value, Fraction(100 - p, 100) * base, variant="rest")


def discount(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng, DISCOUNTS, top=300)
    lines, value = part(p, base, lang)
    last = sub(base, value, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"t": percent(p, lang), "a": base}
    steps = (*lines, f"{say(lang, 'Se paga', 'To pay')}: {last}")
    return Draft(fields, steps, last.value, Fraction(100 - p, 100) * base, unit="€")


def increase(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng, INCREASES)
    lines, value = part(p, base, lang)
    last = add(base, value, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"t": percent(p, lang), "a": base}
    steps = (*lines, f"{say(lang, 'Total', 'Total')}: {last}")
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
    "en": (
        "Calculate {t} of {a}.",
        "How much is {t} of {a}?",
        "Find {t} of {a}.",
        "What is {t} of {a}?",
        "What amount is {t} of {a}?",
        "How much is {k} per cent of {a}?",
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
    "en:part": (
        "A school has {a} students and {t} of them come by bus. How many students come by bus?",
        "{p} had {a} € and spent {t} of it. How many euros did {p} spend?",
        "A book has {a} pages and {p} has read {t} of it. How many pages has {p} read?",
    ),
    "en:rest": (
        "A school has {a} students and {t} of them come by bus. How many students do not come by bus?",
        "{p} had {a} € and spent {t} of it. How many euros are left?",
        "Of {a} tickets {t} are sold. How many tickets are left?",
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
    "en": (
        "{A_thing} costs {a} € and has a discount of {t}. How much do we pay?",
        "{p} buys {a_thing} of {a} € at {t} off. How much does {p} pay?",
        "In the sales {a_thing} of {a} euros is reduced by {t}. What is the final price?",
        "How much is {a_thing} of {a} € after a reduction of {t}?",
        "The price of {a_thing} was {a} € but falls by {t}. Calculate the new price.",
        "Find the reduced price: {a} € less {t}.",
    ),
}
INCREASE = {
    "es": (
        "{Una_cosa} cuesta {a} € y su precio sube un {t}. ¿Cuánto cuesta ahora?",
        "A un precio de {a} € hay que añadirle un {t} de IVA. ¿Cuál es el precio final?",
        "{p} gana {a} € a la semana y le suben el sueldo un {t}. ¿Cuánto gana ahora?",
        "El alquiler era de {a} euros y aumenta un {t}. Calcula el nuevo alquiler.",
        "¿Cuánto se paga por {una_cosa} de {a} € más un {t} de impuestos?",
        "Halla el resultado de aumentar {a} € un {t}.",
    ),
    "en": (
        "{A_thing} costs {a} € and its price rises by {t}. How much does it cost now?",
        "To a price of {a} € we add {t} of tax. What is the final price?",
        "{p} earns {a} € a week and gets a rise of {t}. How much does {p} earn now?",
        "The rent was {a} euros and rises by {t}. Calculate the new rent.",
        "How much do we pay for {a_thing} of {a} € plus {t} tax?",
        "Find the result of increasing {a} € by {t}.",
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
    "en": (
        "What percentage of {b} is {a}?",
        "What per cent of {b} is {a}?",
        "Of {b} questions {p} got {a} right. What percentage is that?",
        "In a group of {b} people, {a} speak French. What percentage speaks French?",
        "Write as a percentage: {a} out of {b}.",
        "Of {b} shots {p} scored {a}. What is the percentage of hits?",
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
