"""Fractions as parts: of a quantity, the whole from a part, what is left, small stories."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .fractions import EASY, proper
from .steps import MINUS, TIMES, divide, reduce, sub, times
from .wording import frac, people, say


def _parts(top: int, bottom: int, whole: int, lang: str) -> tuple[list[str], int]:
    """The lines that find top/bottom of a whole number, and its value."""
    one = divide(whole, bottom, lang)
    name = f"1/{bottom} {say(lang, 'de', 'of')} {whole}"
    lines, value = [f"{name}: {one}"], int(one.value)
    if top > 1:
        several = times(top, value, lang)
        lines, value = [*lines, f"{top}/{bottom}: {several}"], int(several.value)
    return lines, value


def of_quantity(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng)
    a = bottom * mostly(rng, (2, 9), (8, 30))
    steps, value = _parts(top, bottom, a, lang)
    return Draft({"f": f"{top}/{bottom}", "a": a}, tuple(steps), value, a * Fraction(top, bottom))


def part_story(rng: Random, lang: str) -> Draft:
    """Either the part itself or what is left."""
    top, bottom = proper(rng)
    a = bottom * mostly(rng, (2, 9), (8, 25))
    fields = people(rng, lang) | {"f": f"{top}/{bottom}", "a": a}
    steps, value = _parts(top, bottom, a, lang)
    if rng.random() < 0.45:
        return Draft(fields, tuple(steps), value, a * Fraction(top, bottom), variant="part")
    rest = sub(a, value, lang)
    steps.append(f"{say(lang, 'Quedan', 'Left')}: {rest}")
    return Draft(fields, tuple(steps), rest.value, a * (1 - Fraction(top, bottom)), variant="rest")


def whole_from_part(rng: Random, lang: str) -> Draft:
    top, bottom = proper(rng)
    one = mostly(rng, (2, 9), (8, 25))
    a = top * one
    steps = []
    if top > 1:
        head = say(
            lang, f"{top}/{bottom} son {a}, así que 1/{bottom} es", f"{top}/{bottom} is {a}; 1/{bottom} is"
        )
        steps.append(f"{head}: {divide(a, top, lang)}")
    last = times(bottom, one, lang)
    known = say(lang, f"1/{bottom} es {one}; el total", f"1/{bottom} is {one}; the whole")
    steps.append(f"{known}: {last}")
    fields = people(rng, lang) | {"f": f"{top}/{bottom}", "a": a, "son": "son" if top > 1 else "es"}
    return Draft(fields, tuple(steps), last.value, Fraction(a) / Fraction(top, bottom))


def as_fraction(rng: Random, lang: str) -> Draft:
    """a of n things, as a fraction in lowest terms."""
    n = rng.choice([6, 8, 9, 10, 12, 15, 16, 18, 20, 24, 30])
    a = rng.choice([k for k in range(2, n) if gcd(k, n) > 1])
    head = say(lang, f"{a} de un total de {n}", f"{a} of {n}")
    value = Fraction(a, n)
    fields = people(rng, lang) | {"a": a, "n": n}
    check = 1 - Fraction(n - a, n)
    return Draft(fields, (f"{head}: {reduce(a, n)}",), value, check, answer=frac(value))


def sum_story(rng: Random, lang: str) -> Draft:
    """Two parts of the same whole: together, or what both leave."""
    while True:
        (a, b), (c, d) = proper(rng, EASY), proper(rng, (*EASY, 6, 8, 10))
        common = b * d // gcd(b, d)
        if common <= 24 and Fraction(a, b) + Fraction(c, d) < 1:
            break
    x, z = a * (common // b), c * (common // d)
    text = f"{a}/{b} + {c}/{d}"
    chain = f"{text} = {reduce(x + z, common)}"
    if b != d:
        chain = f"{text} = {x}/{common} + {z}/{common} = {reduce(x + z, common)}"
    fields = people(rng, lang) | {"a": f"{a}/{b}", "b": f"{c}/{d}"}
    head = say(lang, "Las dos partes", "Both parts")
    both = Fraction(x + z, common)
    if rng.random() < 0.5:
        check = Fraction(a, b) + Fraction(c, d)
        return Draft(fields, (f"{head}: {chain}",), both, check, answer=frac(both), variant="both")
    rest = Fraction(both.denominator - both.numerator, both.denominator)
    left = say(lang, "Falta hasta 1", "Up to 1")
    steps = (f"{head}: {chain}", f"{left}: 1 {MINUS} {frac(both)} = {frac(rest)}")
    check = 1 - Fraction(a, b) - Fraction(c, d)
    return Draft(fields, steps, rest, check, answer=frac(rest), variant="rest")


def fraction_of_fraction(rng: Random, lang: str) -> Draft:
    (a, b), (c, d) = proper(rng, EASY), proper(rng, EASY)
    text = f"{a}/{b} {TIMES} {c}/{d}"
    head = say(lang, f"{a}/{b} de {c}/{d} es multiplicar", f"{a}/{b} of {c}/{d} means multiplying")
    value = Fraction(a * c, b * d)
    fields = people(rng, lang) | {"a": f"{a}/{b}", "b": f"{c}/{d}"}
    check = Fraction(a, b) * Fraction(c, d)
    return Draft(fields, (f"{head}: {text} = {reduce(a * c, b * d)}",), value, check, answer=frac(value))


OF_QUANTITY = {
    "es": (
        "¿Cuánto [es|son|vale] {f} de {a}?",
        "[Find] {f} de {a}.",
        "[Find] la fracción {f} de la cantidad {a}.",
        "¿Qué número es {f} de {a}?",
        "Si el total es {a}, ¿cuánto [es|representa] {f} del total?",
        "¿[Cuántos euros son|A cuánto equivalen] {f} de {a} euros?",
        "[Toma|Calcula] {f} de {a} [unidades|gramos|metros]. ¿Cuánto es?",
        "Divide {a} en partes iguales y toma {f}. ¿Cuánto [tomas|resulta]?",
    ),
    "en": (
        "[What is|How much is] {f} of {a}?",
        "[Find] {f} of {a}.",
        "Work out the fraction {f} of the amount {a}.",
        "Which number is {f} of {a}?",
        "If the whole is {a}, how much is {f} of it?",
        "How many euros are {f} of {a} euros?",
    ),
}
PART_STORY = {
    "es:part": (
        "[De|Entre] {a} alumnos, {f} [practican|hacen] deporte. ¿Cuántos alumnos [hacen|practican] deporte?",
        "{p} ha leído {f} de un libro de {a} páginas. ¿Cuántas páginas ha leído?",
        "Un depósito de {a} litros está lleno hasta {f} de su capacidad. ¿Cuántos litros [contiene|hay]?",
        "{p} gasta {f} de sus {a} euros. ¿Cuántos euros gasta?",
        "Una cuerda mide {a} metros y se cortan {f}. ¿Cuántos metros se cortan?",
        "En una caja hay {a} bombones y {f} son de chocolate blanco. ¿Cuántos bombones blancos hay?",
        "[Se han vendido|Ya están vendidas] {f} de las {a} entradas. ¿Cuántas entradas se han vendido?",
    ),
    "es:rest": (
        "[De|Entre] {a} alumnos, {f} vienen en autobús y los demás [andando|a pie]. ¿Cuántos vienen [andando|a pie]?",
        "{p} ha leído {f} de un libro de {a} páginas. ¿Cuántas páginas le [quedan|faltan]?",
        "Un depósito tenía {a} litros y se han gastado {f}. ¿Cuántos litros quedan?",
        "{p} tenía {a} euros y gastó {f} de ellos en un regalo. ¿Cuántos euros le quedan?",
        "Una ruta tiene {a} km y {p} ha hecho {f}. ¿Cuántos kilómetros le faltan?",
        "De {a} huevos se rompen {f}. ¿Cuántos huevos [quedan sanos|no se rompen]?",
    ),
    "en:part": (
        "Of {a} pupils, {f} play a sport. How many pupils play a sport?",
        "{p} has read {f} of a book of {a} pages. How many pages is that?",
        "A tank for {a} litres is full to {f}. How many litres does it hold now?",
        "{p} spends {f} of {a} euros. How many euros is that?",
    ),
    "en:rest": (
        "{p} has read {f} of a book of {a} pages. How many pages are left?",
        "A tank held {a} litres and {f} of it was used. How many litres are left?",
        "{p} had {a} euros and spent {f} of it. How many euros are left?",
        "A trail is {a} km long and {p} has walked {f}. How many kilometres are left?",
    ),
}
WHOLE = {
    "es": (
        "{f} de un número {son} {a}. ¿Cuál es el número?",
        "Si {f} de una cantidad {son} {a}, ¿cuánto vale la cantidad [entera|total]?",
        "{a} alumnos son {f} de la clase. ¿Cuántos alumnos hay en total?",
        "{p} ha recorrido {a} km, que son {f} del camino. ¿Cuántos kilómetros tiene el camino?",
        "[Find] el número del que {f} {son} {a}.",
        "Un depósito está lleno hasta {f} y contiene {a} litros. ¿[Qué capacidad tiene|Cuántos litros caben]?",
        "{p} gastó {a} euros, que eran {f} de su dinero. ¿Cuánto dinero tenía?",
        "¿De qué número {a} es {f}?",
        "{p} ha leído {a} páginas, es decir, {f} del libro. ¿Cuántas páginas tiene el libro?",
    ),
    "en": (
        "{f} of a number is {a}. What is the number?",
        "If {f} of an amount is {a}, how much is the whole amount?",
        "{a} pupils are {f} of the class. How many pupils are there in all?",
        "{p} has walked {a} km, which is {f} of the way. How many kilometres is the way?",
        "A tank is full to {f} and holds {a} litres. How many litres fit in?",
        "{p} spent {a} euros, which was {f} of the money. How much money was there?",
        "Of which number is {a} exactly {f}?",
    ),
}
AS_FRACTION = {
    "es": (
        "De {n} bolas, {a} son rojas. ¿Qué fracción [irreducible|simplificada] de las bolas es roja?",
        "¿Qué fracción de {n} es {a}? [Simplifica|Da la fracción irreducible].",
        "Una tarta se corta en {n} trozos y {p} se come {a}. ¿Qué fracción [irreducible|simplificada] se come?",
        "{p} acierta {a} de {n} preguntas. [Escribe|Expresa] la parte acertada como fracción irreducible.",
        "En un grupo de {n} personas, {a} llevan gafas. ¿Qué fracción, simplificada, lleva gafas?",
        "[Expresa|Escribe] con una fracción irreducible: {a} de cada {n}.",
        "¿Qué parte de {n} representan {a}? Responde con una fracción [irreducible|simplificada].",
    ),
    "en": (
        "Of {n} balls, {a} are red. What fraction of the balls is red, in lowest terms?",
        "What fraction of {n} is {a}? Simplify.",
        "A cake is cut into {n} pieces and {p} eats {a}. What fraction, in lowest terms, does {p} eat?",
        "{p} gets {a} of {n} questions right. Give that part as a fraction in lowest terms.",
        "In a group of {n} people, {a} wear glasses. What fraction is that, simplified?",
        "Write {a} out of {n} as a fraction in lowest terms.",
    ),
}
SUM_STORY = {
    "es:both": (
        "{p} come {a} de una pizza y {q} come {b}. ¿Qué fracción [se han comido en total|de la pizza se ha comido]?",
        "{p} pinta {a} de una valla y {q} pinta {b}. ¿Qué fracción [han pintado|está pintada]?",
        "Por la mañana se llena {a} de un depósito y por la tarde {b}. ¿Qué fracción se ha llenado[| en total]?",
        "{p} leyó {a} de un libro el sábado y {b} el domingo. ¿Qué fracción [del libro |]ha leído?",
        "Se siembra {a} de un campo de trigo y {b} de maíz. ¿Qué fracción está sembrada?",
        "{p} gasta {a} de su paga en cine y {b} en libros. ¿Qué fracción gasta en total?",
    ),
    "es:rest": (
        "{p} come {a} de una pizza y {q} come {b}. ¿Qué fracción [queda|sobra]?",
        "{p} leyó {a} de un libro el sábado y {b} el domingo. ¿Qué fracción le [falta|queda por leer]?",
        "Se siembra {a} de un campo de trigo y {b} de maíz. ¿Qué fracción queda [libre|sin sembrar]?",
        "{p} gasta {a} de su paga en cine y {b} en libros. ¿Qué fracción le queda?",
        "En una clase, {a} va en autobús, {b} en bici y el resto a pie. ¿Qué fracción va a pie?",
        "De un depósito se saca {a} por la mañana y {b} por la tarde. ¿Qué fracción queda?",
    ),
    "en:both": (
        "{p} eats {a} of a pizza and {q} eats {b}. What fraction have they eaten?",
        "{p} paints {a} of a fence and {q} {b}. What fraction is painted?",
        "{p} read {a} of a book on Saturday and {b} on Sunday. What fraction is read?",
        "{p} spends {a} of the pocket money on cinema and {b} on books. What fraction is that in all?",
    ),
    "en:rest": (
        "{p} eats {a} of a pizza and {q} eats {b}. What fraction is left?",
        "{p} read {a} of a book on Saturday and {b} on Sunday. What fraction is still unread?",
        "{a} of a field is wheat and {b} is corn. What fraction is free?",
    ),
}
OF_FRACTION = {
    "es": (
        "¿Cuánto es {a} de {b}?",
        "[Find] {a} de {b}.",
        "En la mesa hay {b} de una tarta y {p} se come {a} de esa parte. ¿Qué fracción de la tarta entera se come?",
        "En un huerto, la parte de verduras es {b}, y {a} de esa parte son tomates. ¿Qué fracción del huerto son tomates?",
        "En un club, {b} son mujeres y {a} de ellas juegan al tenis. "
        "¿Qué fracción del club son mujeres que juegan al tenis?",
        "¿Qué fracción del total [es|representa] {a} de {b}?",
    ),
    "en": (
        "What is {a} of {b}?",
        "[Find] {a} of {b}.",
        "{b} of a cake is left and {p} eats {a} of that. What fraction of the whole cake does {p} eat?",
        "{b} of a garden is for vegetables and {a} of that part is tomatoes. What fraction is tomatoes?",
        "In a club {b} are women and {a} of them play tennis. What fraction of the club are those?",
        "What fraction of the whole is {a} of {b}?",
    ),
}

_PRIMARY, _LOWER = ("fractions", "primary"), ("fractions", "lower_secondary")
FAMILIES = (
    Family("fraction_of_quantity", *_PRIMARY, of_quantity, OF_QUANTITY),
    Family("fraction_part_story", *_PRIMARY, part_story, PART_STORY, weight=1.2),
    Family("whole_from_fraction", *_LOWER, whole_from_part, WHOLE),
    Family("part_as_fraction", *_PRIMARY, as_fraction, AS_FRACTION, weight=0.8),
    Family("fractions_story", *_LOWER, sum_story, SUM_STORY),
    Family("fraction_of_fraction", *_LOWER, fraction_of_fraction, OF_FRACTION, weight=0.7, unseen=True),
)
