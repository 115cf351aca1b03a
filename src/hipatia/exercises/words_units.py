"""Changes of units, and amounts in two units."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import NamedTuple

from .core import Draft, Family
from .steps import add, divide, times
from .wording import num, people, say


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
        "cuántos_G": f"cuánt{'a' if big in feminine else 'o'}s {big}",
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
    fact = say(lang, f"1 {one} son {unit.factor} {names['s']}", f"1 {one} is {unit.factor} {names['s']}")
    if rng.random() < 0.6:
        step = times(n, unit.factor, lang)
        steps = (f"{fact}; {num(n, lang)} {names['S']}: {step}",)
        check = sum([n] * unit.factor)
        return Draft(fields | {"n": num(n, lang)}, steps, step.value, check, unit=names["s"], variant="small")
    small = int(n * unit.factor)
    step = divide(small, unit.factor, lang)
    steps = (f"{fact}; {small} {names['s']}: {step}",)
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
        f"{a} {names['S']} {say(lang, 'de', 'of')} {unit.factor} {names['s']}: {first}",
        f"{say(lang, 'Y', 'And')} {b} {names['s']}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(a) * unit.factor + b, unit=names["s"])


UNIT_CHANGE = {
    "es:small": (
        "¿{Cuántos_g} [son|hay en|caben en] {n} {G}?",
        "[Pasa|Convierte|Cambia|Reduce] {n} {S} a {s}.",
        "[Expresa|Escribe|Pon] {n} {G} en {g}.",
        "¿A {cuántos_g} equivalen {n} {G}?",
        "[Averigua|Calcula|Di] {cuántos_g} son {n} {G}.",
    ),
    "es:big": (
        "¿{Cuántos_G} [son|hay en] {n} {g}?",
        "[Pasa|Convierte|Cambia] {n} {s} a {S}.",
        "[Expresa|Escribe|Pon] {n} {g} en {G}.",
        "[Averigua|Calcula|Di] {cuántos_G} son {n} {g}.",
    ),
    "en:small": (
        "How many {g} [are|make|are there in] {n} {G}?",
        "[Convert|Change|Turn] {n} {S} [to|into] {s}.",
        "[Write|Express] {n} {G} in {g}.",
    ),
    "en:big": (
        "How many {G} [are|make|are there in] {n} {g}?",
        "[Convert|Change|Turn] {n} {s} [to|into] {S}.",
        "[Write|Express] {n} {g} in {G}.",
    ),
}
MIXED_UNITS = {
    "es": (
        "[Pasa|Convierte] {a} {S} y {b} {s} a {s}.",
        "¿{Cuántos_g} son [|en total ]{a} {S} y {b} {s}?",
        "[Expresa|Escribe] en {g}: {a} {S} {b} {s}.",
        "[Convierte|Pasa] {a} {S} {b} {s} a {g}.",
        "[Escribe|Expresa] en {g} la cantidad {a} {S} y {b} {s}.",
        "[Calcula|Averigua] {cuántos_g} hay en {a} {S} y {b} {s}.",
    ),
    "en": (
        "[Convert|Change] {a} {S} and {b} {s} to {s}.",
        "How many {g} are {a} {S} and {b} {s} in all?",
        "[Write|Give] in {g}: {a} {S} {b} {s}.",
        "[Express|Write] {a} {S} {b} {s} in {g}.",
        "What is {a} {S} and {b} {s} in {g}?",
        "[Turn|Change] {a} {S} and {b} {s} into {g}.",
    ),
}

_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("unit_change", *_WORDS, unit_change, UNIT_CHANGE, weight=1.2),
    Family("mixed_units", *_WORDS, mixed_units, MIXED_UNITS, unseen=True),
)
