"""Word problems of travel, ages, rates and changes of units."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import NamedTuple

from .core import Draft, Family
from .steps import add, divide, sub, times
from .wording import num, people, say


def travelling(rng: Random, lang: str) -> Draft:
    speed = rng.choice([12, 15, 18, 20, 25, 30, 40, 45, 50, 60, 70, 80, 90, 100, 110, 120])
    hours = rng.randint(2, 8)
    distance = speed * hours
    fields = people(rng, lang) | {"v": speed, "t": hours, "d": distance}
    kind = rng.choice(["distance", "distance", "time", "speed"])
    if kind == "distance":
        step = times(speed, hours, lang)
        head = say(lang, "La distancia es la velocidad por el tiempo", "Distance is speed times time")
        return Draft(fields, (f"{head}: {step}",), step.value, distance, unit="km", variant=kind)
    if kind == "time":
        step = divide(distance, speed, lang)
        head = say(lang, "El tiempo es la distancia entre la velocidad", "Time is distance divided by speed")
        unit = say(lang, "horas", "hours")
        return Draft(fields, (f"{head}: {step}",), step.value, hours, unit=unit, variant=kind)
    step = divide(distance, hours, lang)
    head = say(lang, "La velocidad es la distancia entre el tiempo", "Speed is distance divided by time")
    return Draft(fields, (f"{head}: {step}",), step.value, speed, unit="km/h", variant=kind)


def ages(rng: Random, lang: str) -> Draft:
    a, b, k = rng.randint(6, 30), rng.randint(2, 15), rng.randint(2, 4)
    fields = people(rng, lang) | {
        "a": a,
        "b": b,
        "veces": {2: "el doble", 3: "el triple", 4: "el cuádruple"}[k],
    }
    fields |= {"times": {2: "twice", 3: "three times", 4: "four times"}[k]}
    unit, q = say(lang, "años", "years"), fields["q"]
    kind = rng.choice(["future", "past", "sum", "double"])
    if kind == "future":
        step = add(a, b, lang)
        head = say(lang, f"Sumamos los {b} años", f"We add the {b} years")
        return Draft(fields, (f"{head}: {step}",), step.value, b - -a, unit=unit, variant=kind)
    if kind == "past":
        a += b
        step = sub(a, b, lang)
        head = say(lang, f"Restamos los {b} años", f"We take off the {b} years")
        return Draft(fields | {"a": a}, (f"{head}: {step}",), step.value, -b + a, unit=unit, variant=kind)
    first = add(a, b, lang) if kind == "sum" else times(k, a, lang)
    second = add(a, int(first.value), lang)
    steps = (
        f"{say(lang, f'{q} tiene', f'{q} is')}: {first}",
        f"{say(lang, 'Entre los dos', 'Together')}: {second}",
    )
    check = 2 * a + b if kind == "sum" else (k + 1) * a
    return Draft(fields, steps, second.value, check, unit=unit, variant=kind)


def per_time(rng: Random, lang: str) -> Draft:
    """So many in some time; how many in another time."""
    rate, t1, t2 = rng.randint(2, 15), rng.randint(2, 9), rng.randint(2, 12)
    while t2 == t1:
        t2 = rng.randint(2, 12)
    fields = people(rng, lang) | {"a": rate * t1, "b": t1, "c": t2}
    first = divide(rate * t1, t1, lang)
    second = times(t2, int(first.value), lang)
    steps = (
        f"{say(lang, 'En una unidad de tiempo', 'In one unit of time')}: {first}",
        f"{say(lang, 'En el tiempo pedido', 'In the time asked for')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(rate * t1 * t2, t1))


class Unit(NamedTuple):
    """A pair of units: the bigger, the smaller, how many of the smaller make one of the bigger."""

    big: str
    small: str
    factor: int
    big_es: str
    small_es: str
    big_en: str
    small_en: str


UNITS = (
    Unit("km", "m", 1000, "kilómetros", "metros", "kilometres", "metres"),
    Unit("m", "cm", 100, "metros", "centímetros", "metres", "centimetres"),
    Unit("cm", "mm", 10, "centímetros", "milímetros", "centimetres", "millimetres"),
    Unit("kg", "g", 1000, "kilogramos", "gramos", "kilograms", "grams"),
    Unit("t", "kg", 1000, "toneladas", "kilogramos", "tonnes", "kilograms"),
    Unit("l", "ml", 1000, "litros", "mililitros", "litres", "millilitres"),
    Unit("l", "cl", 100, "litros", "centilitros", "litres", "centilitres"),
    Unit("h", "min", 60, "horas", "minutos", "hours", "minutes"),
    Unit("min", "s", 60, "minutos", "segundos", "minutes", "seconds"),
    Unit("días", "h", 24, "días", "horas", "days", "hours"),
    Unit("semanas", "días", 7, "semanas", "días", "weeks", "days"),
    Unit("años", "meses", 12, "años", "meses", "years", "months"),
)
_SINGULAR = {
    "días": "día",
    "semanas": "semana",
    "años": "año",
    "days": "day",
    "weeks": "week",
    "years": "year",
}
_ENGLISH_SYMBOLS = {"días": "days", "semanas": "weeks", "años": "years", "meses": "months"}


def _names(unit: Unit, lang: str) -> dict[str, str]:
    big, small = (unit.big_es, unit.small_es) if lang == "es" else (unit.big_en, unit.small_en)
    feminine = {"horas", "toneladas", "semanas"}
    symbols = (unit.big, unit.small)
    if lang == "en":
        symbols = (_ENGLISH_SYMBOLS.get(unit.big, unit.big), _ENGLISH_SYMBOLS.get(unit.small, unit.small))
    return {
        "G": big,
        "g": small,
        "Cuántos_g": f"Cuánt{'a' if small in feminine else 'o'}s {small}",
        "cuántos_g": f"cuánt{'a' if small in feminine else 'o'}s {small}",
        "Cuántos_G": f"Cuánt{'a' if big in feminine else 'o'}s {big}",
        "S": symbols[0],
        "s": symbols[1],
    }


def unit_change(rng: Random, lang: str) -> Draft:
    unit = rng.choice(UNITS)
    names = _names(unit, lang)
    fields: dict[str, object] = {**people(rng, lang), **names}
    n: int | Fraction = rng.randint(2, 12)
    decimal = unit.factor in (100, 1000) and rng.random() < 0.4
    if decimal:
        n = n + Fraction(rng.choice([1, 2, 5, 5, 8]), 10)
    one = _SINGULAR.get(names["S"], names["S"])
    fact = say(lang, f"1 {one} son {unit.factor} {names['s']}.", f"1 {one} is {unit.factor} {names['s']}.")
    if rng.random() < 0.6:
        step = times(n, unit.factor, lang)
        steps = (f"{fact} {say(lang, 'Multiplicamos', 'We multiply')}: {step}",)
        check = sum([n] * unit.factor)
        return Draft(fields | {"n": num(n, lang)}, steps, step.value, check, unit=names["s"], variant="small")
    small = int(n * unit.factor)
    step = divide(small, unit.factor, lang)
    steps = (f"{fact} {say(lang, 'Dividimos', 'We divide')}: {step}",)
    return Draft(fields | {"n": small}, steps, step.value, n, unit=names["S"], variant="big")


def mixed_units(rng: Random, lang: str) -> Draft:
    """3 h 20 min in minutes, 2 kg 300 g in grams."""
    unit = rng.choice([u for u in UNITS if u.factor in (60, 100, 1000, 12)])
    names = _names(unit, lang)
    a = rng.randint(2, 6)
    b = rng.randint(2, 9) * (unit.factor // 10 if unit.factor >= 60 else 1)
    first = times(a, unit.factor, lang)
    second = add(int(first.value), b, lang)
    fields = people(rng, lang) | names | {"a": a, "b": b}
    steps = (
        f"{say(lang, 'Pasamos todo a', 'We turn all into')} {names['g']}: {first}",
        f"{say(lang, 'Sumamos', 'We add')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(a) * unit.factor + b, unit=names["s"])


TRAVELLING = {
    "es:distance": (
        "Un coche va a {v} km/h durante {t} horas. ¿Qué distancia recorre?",
        "{p} circula a una velocidad de {v} km/h. ¿Cuántos kilómetros recorre en {t} horas?",
        "Un tren avanza {v} kilómetros cada hora. ¿Cuántos kilómetros hace en {t} horas?",
        "¿Qué distancia se recorre en {t} horas a {v} km/h?",
        "{p} viajó {t} horas a {v} kilómetros por hora. Calcula los kilómetros recorridos.",
        "Durante {t} horas, un barco navega a {v} km/h. ¿Cuántos kilómetros navega?",
    ),
    "es:time": (
        "¿Cuántas horas tarda un coche en recorrer {d} km a {v} km/h?",
        "{p} tiene que recorrer {d} kilómetros y va a {v} km/h. ¿Cuánto tarda?",
        "Un tren hace {v} km en una hora. ¿En cuántas horas hará {d} km?",
        "Una ruta mide {d} km. Si se va a {v} km/h, ¿cuántas horas dura el viaje?",
    ),
    "es:speed": (
        "Un coche recorre {d} km en {t} horas. ¿Cuál es su velocidad media?",
        "{p} ha hecho {d} kilómetros en {t} horas. ¿A qué velocidad media ha ido?",
        "¿A qué velocidad va un tren que recorre {d} km en {t} horas?",
        "Calcula la velocidad de un barco que navega {d} km en {t} horas.",
    ),
    "en:distance": (
        "A car drives at {v} km/h for {t} hours. How far does it go?",
        "{p} travels at a speed of {v} km/h. How many kilometres does {p} cover in {t} hours?",
        "How far do you get in {t} hours at {v} km/h?",
    ),
    "en:time": (
        "How many hours does a car need for {d} km at {v} km/h?",
        "{p} has to travel {d} kilometres and goes at {v} km/h. How long does it take?",
    ),
    "en:speed": (
        "A car covers {d} km in {t} hours. What is its average speed?",
        "{p} has covered {d} kilometres in {t} hours. What was the average speed?",
    ),
}
AGES = {
    "es:future": (
        "{p} tiene {a} años. ¿Cuántos años tendrá dentro de {b} años?",
        "Dentro de {b} años, ¿qué edad tendrá {p} si ahora tiene {a} años?",
        "Hoy {p} cumple {a} años. ¿Cuántos cumplirá dentro de {b} años?",
    ),
    "es:past": (
        "{p} tiene {a} años. ¿Cuántos años tenía hace {b} años?",
        "¿Qué edad tenía {p} hace {b} años si hoy tiene {a} años?",
        "{p} es {b} años mayor que {q} y tiene {a} años. ¿Cuántos años tiene {q}?",
    ),
    "es:sum": (
        "{p} tiene {a} años y {q} tiene {b} años más. ¿Cuántos años suman entre los dos?",
        "{q} es {b} años mayor que {p}, que tiene {a} años. ¿Cuánto suman sus edades?",
        "La edad de {p} es {a} años y {q} le lleva {b} años. ¿Cuántos años tienen entre los dos?",
    ),
    "es:double": (
        "{p} tiene {a} años y {q} tiene {veces} de años. ¿Cuántos años suman entre los dos?",
        "La edad de {q} es {veces} de la de {p}, que tiene {a} años. ¿Cuánto suman sus edades?",
        "{q} tiene {veces} de la edad de {p}. Si {p} tiene {a} años, ¿cuántos años tienen en total?",
    ),
    "en:future": (
        "{p} is {a} years old. How old will {p} be in {b} years?",
        "In {b} years, how old will {p} be, who is {a} now?",
    ),
    "en:past": (
        "{p} is {a} years old. How old was {p} {b} years ago?",
        "{p} is {b} years older than {q} and is {a} years old. How old is {q}?",
    ),
    "en:sum": (
        "{p} is {a} years old and {q} is {b} years older. What do their ages add up to?",
        "{q} is {b} years older than {p}, who is {a}. How many years do they have together?",
    ),
    "en:double": (
        "{p} is {a} years old and {q} is {times} as old. What do their ages add up to?",
        "{q} is {times} as old as {p}, who is {a}. How many years do they have together?",
    ),
}
PER_TIME = {
    "es": (
        "{p} lee {a} páginas en {b} días, siempre al mismo ritmo. ¿Cuántas páginas lee en {c} días?",
        "Un grifo echa {a} litros en {b} minutos. ¿Cuántos litros echa en {c} minutos?",
        "Una máquina fabrica {a} piezas en {b} horas. ¿Cuántas piezas fabrica en {c} horas?",
        "En {b} horas {p} pinta {a} metros de valla. ¿Cuántos metros pinta en {c} horas?",
        "Si una imprenta hace {a} carteles en {b} minutos, ¿cuántos hace en {c} minutos?",
        "¿Cuántas vueltas da {p} en {c} minutos si da {a} vueltas en {b} minutos?",
        "En {b} días, una fábrica monta {a} bicicletas. ¿Cuántas monta en {c} días al mismo ritmo?",
        "Por {b} horas de trabajo pagan {a} euros. ¿Cuántos euros pagan por {c} horas?",
    ),
    "en": (
        "{p} reads {a} pages in {b} days, always at the same pace. How many pages in {c} days?",
        "A tap gives {a} litres in {b} minutes. How many litres does it give in {c} minutes?",
        "A machine makes {a} parts in {b} hours. How many parts does it make in {c} hours?",
        "In {b} hours {p} paints {a} metres of fence. How many metres in {c} hours?",
        "For {b} hours of work one gets {a} euros. How many euros for {c} hours?",
        "How many laps does {p} run in {c} minutes, with {a} laps in {b} minutes?",
    ),
}
UNIT_CHANGE = {
    "es:small": (
        "¿{Cuántos_g} son {n} {G}?",
        "Pasa {n} {S} a {s}.",
        "Expresa {n} {G} en {g}.",
        "Convierte {n} {G} a {g}.",
        "¿{Cuántos_g} hay en {n} {G}?",
        "¿A {cuántos_g} equivalen {n} {G}?",
    ),
    "es:big": (
        "¿{Cuántos_G} son {n} {g}?",
        "Pasa {n} {s} a {S}.",
        "Expresa {n} {g} en {G}.",
        "Convierte {n} {g} a {G}.",
        "Escribe {n} {g} en {G}.",
    ),
    "en:small": (
        "How many {g} are {n} {G}?",
        "Convert {n} {S} to {s}.",
        "Write {n} {G} in {g}.",
    ),
    "en:big": (
        "How many {G} are {n} {g}?",
        "Convert {n} {s} to {S}.",
        "Write {n} {g} in {G}.",
    ),
}
MIXED_UNITS = {
    "es": (
        "Pasa {a} {S} y {b} {s} a {s}.",
        "¿{Cuántos_g} son en total {a} {S} y {b} {s}?",
        "Expresa en {g}: {a} {S} {b} {s}.",
        "Convierte {a} {S} {b} {s} a {g}.",
        "Escribe en {g} la cantidad {a} {S} y {b} {s}.",
        "Calcula {cuántos_g} hay en {a} {S} y {b} {s}.",
    ),
    "en": (
        "Convert {a} {S} and {b} {s} to {s}.",
        "How many {g} are {a} {S} and {b} {s} in all?",
        "Write in {g}: {a} {S} {b} {s}.",
        "Express {a} {S} {b} {s} in {g}.",
        "What is {a} {S} and {b} {s} in {g}?",
        "Turn {a} {S} and {b} {s} into {g}.",
    ),
}

_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family(
        "travelling", "word_problems", "lower_secondary", travelling, TRAVELLING, weight=1.3, needless=0.1
    ),
    Family("ages", *_WORDS, ages, AGES, weight=1.2),
    Family("per_time", *_WORDS, per_time, PER_TIME, weight=1.2),
    Family("unit_change", *_WORDS, unit_change, UNIT_CHANGE, weight=1.2),
    Family("mixed_units", *_WORDS, mixed_units, MIXED_UNITS, unseen=True),
)
