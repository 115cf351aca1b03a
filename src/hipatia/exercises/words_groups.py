"""Word problems of equal groups, sharing, leftovers and fractions of an amount of things."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import Step, add, divide, sub, times
from .wording import COLLECTABLES, FOODS, PACKS, nouns, people, say

THINGS = (*COLLECTABLES, *FOODS)


def _factors(rng: Random) -> tuple[int, int]:
    """How many groups and how many in each: one small, one of one or two digits."""
    small, other = rng.randint(3, 9), rng.choice([rng.randint(3, 12), rng.randint(11, 40)])
    return (small, other) if rng.random() < 0.6 else (other, small)


def leftovers(rng: Random, lang: str) -> Draft:
    b = rng.randint(3, 9)
    groups, rest = rng.randint(3, 12), rng.randint(1, b - 1)
    a = b * groups + rest
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS, caja=PACKS) | {"a": a, "b": b}
    first = times(groups, b, lang)
    second = sub(a, int(first.value), lang)
    head = say(lang, f"{groups} grupos de {b} son", f"{groups} groups of {b} make")
    tail = say(lang, "Sobran", "Left over")
    steps = (f"{head}: {first}", f"{tail}: {second}")
    return Draft(fields, steps, second.value, a % b)


def containers_needed(rng: Random, lang: str) -> Draft:
    b = rng.choice([4, 5, 6, 8, 9, 10, 20])
    groups = rng.randint(3, 9)
    rest = rng.randint(1, b - 1)
    a = b * groups + rest
    fields = people(rng, lang) | nouns(rng, lang, cosa=FOODS, caja=PACKS) | {"a": a, "b": b}
    first = times(groups, b, lang)
    second = sub(a, int(first.value), lang)
    third = add(groups, 1, lang)
    head = say(lang, f"En {groups} caben", f"{groups} of them hold")
    middle = say(lang, "Quedan", "Still left")
    tail = say(lang, "Para el resto, 1 más", "For the rest, 1 more")
    steps = (f"{head}: {first}", f"{middle}: {second}", f"{tail}: {third}")
    return Draft(fields, steps, third.value, -(-a // b))


def fraction_of_things(rng: Random, lang: str) -> Draft:
    bottom = rng.choice([2, 3, 4, 5, 6, 8, 10])
    top = rng.randint(1, bottom - 1)
    fraction = Fraction(top, bottom)
    top, bottom = fraction.numerator, fraction.denominator
    a = bottom * rng.randint(2, 12)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "f": f"{top}/{bottom}"}
    part = divide(a, bottom, lang)
    head = say(lang, f"Dividimos en {bottom} partes iguales", f"We divide into {bottom} equal parts")
    steps = [f"{head}: {part}"]
    used = part
    if top > 1:
        used = times(top, int(part.value), lang)
        steps.append(f"{say(lang, f'Las {top} partes son', f'The {top} parts are')}: {used}")
    if rng.random() < 0.5:
        return Draft(fields, tuple(steps), used.value, a * fraction, variant="part")
    left: Step = sub(a, int(used.value), lang)
    steps.append(f"{say(lang, 'Quedan', 'Left')}: {left}")
    return Draft(fields, tuple(steps), left.value, a * (1 - fraction), variant="rest")


LEFTOVERS = {
    "es": (
        "{p} reparte {a} {cosas} entre {b} amigos a partes iguales. ¿{Cuántas_cosas} sobran?",
        "Se guardan {a} {cosas} en {cajas} de {b}. ¿{Cuántas_cosas} quedan sin guardar?",
        "Con {a} flores se hacen ramos de {b}. ¿Cuántas flores sobran?",
        "{a} alumnos forman equipos de {b}. ¿Cuántos alumnos se quedan sin equipo?",
        "¿{Cuántas_cosas} sobran al hacer montones de {b} con {a} {cosas}?",
        "{p} tiene {a} euros y compra todas las entradas de {b} euros que puede. ¿Cuántos euros le sobran?",
        "De una cuerda de {a} metros se cortan trozos de {b} metros. ¿Cuántos metros de cuerda sobran?",
        "Si {p} reparte {a} {cosas} por igual entre {b} personas, ¿{cuántas_cosas} le sobran?",
    ),
    "en": (
        "{p} shares {a} {things} equally among {b} friends. How many {things} are left over?",
        "{a} {things} are packed by {b}. How many {things} are left over?",
        "{a} pupils form teams of {b}. How many pupils are without a team?",
        "How many {things} are left over when {a} {things} are put in piles of {b}?",
        "{p} has {a} euros and buys as many tickets of {b} euros as possible. How many euros are left?",
        "From a rope of {a} metres, pieces of {b} metres are cut. How many metres are left over?",
    ),
}
CONTAINERS_NEEDED = {
    "es": (
        "En cada vagoneta caben {b} personas. ¿Cuántas vagonetas hacen falta para llevar a {a} personas?",
        "Hay que guardar {a} {cosas} en {cajas} de {b}. "
        "¿{Cuántas_cajas} se necesitan para que no quede nada fuera?",
        "Un ascensor lleva {b} personas en cada viaje. ¿Cuántos viajes hará para subir a {a} personas?",
        "{a} excursionistas cruzan un lago en barcas de {b} plazas. ¿Cuántas barcas necesitan?",
        "¿Cuántas mesas de {b} sitios hay que preparar para {a} invitados?",
        "{p} quiere pegar {a} fotos en un álbum con {b} fotos por página. ¿Cuántas páginas usará?",
        "Los huevos se venden en cajas de {b}. Una cocinera necesita {a} huevos. "
        "¿Cuántas cajas debe comprar?",
    ),
    "en": (
        "{b} people fit in each wagon. How many wagons are needed for {a} people?",
        "{a} {things} must go into {packs} of {b}. How many {packs} are needed so that nothing is left out?",
        "A lift takes {b} people at a time. How many trips does it make for {a} people?",
        "{a} hikers cross a lake in boats with {b} seats. How many boats do they need?",
        "How many tables with {b} seats are needed for {a} guests?",
        "Eggs are sold in boxes of {b}. A cook needs {a} eggs. How many boxes must the cook buy?",
    ),
}
FRACTION_OF_THINGS = {
    "es:part": (
        "{p} tiene {a} {cosas} y regala {f} del total. ¿{Cuántas_cosas} regala?",
        "En una clase de {a} alumnos, {f} llevan gafas. ¿Cuántos alumnos llevan gafas?",
        "Un depósito de {a} litros está lleno hasta {f} de su capacidad. ¿Cuántos litros tiene?",
        "{p} ha leído {f} de un libro de {a} páginas. ¿Cuántas páginas ha leído?",
        "De {a} euros, {p} gasta {f}. ¿Cuántos euros gasta?",
        "¿{Cuántas_cosas} usa {p} si tiene {a} y usa {f} de ese número?",
    ),
    "es:rest": (
        "{p} tiene {a} {cosas} y regala {f} del total. ¿{Cuántas_cosas} le quedan?",
        "En una clase de {a} alumnos, {f} llevan gafas. ¿Cuántos alumnos no llevan gafas?",
        "{p} ha leído {f} de un libro de {a} páginas. ¿Cuántas páginas le faltan?",
        "De {a} euros, {p} gasta {f}. ¿Cuántos euros le quedan?",
        "Una ruta mide {a} kilómetros y {p} ya ha recorrido {f}. ¿Cuántos kilómetros le faltan?",
        "Había {a} {cosas} y ya se ha vendido una parte, {f} del total. ¿{Cuántas_cosas} quedan?",
    ),
    "en:part": (
        "{p} has {a} {things} and gives away {f} of them. How many {things} does {p} give away?",
        "In a class of {a} pupils, {f} wear glasses. How many pupils wear glasses?",
        "{p} has read {f} of a book of {a} pages. How many pages has {p} read?",
    ),
    "en:rest": (
        "{p} has {a} {things} and gives away {f} of them. How many {things} are left?",
        "In a class of {a} pupils, {f} wear glasses. How many pupils do not wear glasses?",
        "Of {a} euros {p} spends {f}. How many euros are left?",
    ),
}

_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("leftovers", *_WORDS, leftovers, LEFTOVERS, weight=1.2),
    Family("containers_needed", *_WORDS, containers_needed, CONTAINERS_NEEDED, unseen=True),
    Family("fraction_of_things", *_WORDS, fraction_of_things, FRACTION_OF_THINGS, weight=1.2),
)
