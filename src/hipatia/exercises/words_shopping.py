"""Word problems of buying, change and saving."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import add, divide, sub, times
from .wording import DEAR_GOODS, GIFTS, GOODS, money, nouns, people, say

EURO = "€"


def _price(rng: Random) -> int:
    return rng.randint(2, 9)


def shopping_total(rng: Random, lang: str) -> Draft:
    a, b, c, d = rng.randint(2, 8), _price(rng), rng.randint(2, 6), _price(rng)
    fields = people(rng, lang) | nouns(rng, lang, cosa=GOODS, otra=GOODS) | {"a": a, "b": b, "c": c, "d": d}
    first, second = times(a, b, lang), times(c, d, lang)
    third = add(int(first.value), int(second.value), lang)
    things, others = (
        (fields["cosas"], fields["otras"]) if lang == "es" else (fields["things"], fields["others"])
    )
    steps = (
        f"{str(things).capitalize()}: {first}",
        f"{str(others).capitalize()}: {second}",
        f"Total: {third}",
    )
    return Draft(fields, steps, third.value, a * b + c * d, unit=EURO)


def shopping_change(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 8), _price(rng)
    note = next(n for n in (20, 50, 100) if n > a * b + 1)
    fields = people(rng, lang) | nouns(rng, lang, cosa=GOODS) | {"a": a, "b": b, "c": note}
    first = times(a, b, lang)
    second = sub(note, int(first.value), lang)
    steps = (
        f"{say(lang, 'Paga', 'The cost is')}: {first}",
        f"{say(lang, 'Cambio', 'The change is')}: {second}",
    )
    return Draft(fields, steps, second.value, note - sum([b] * a), unit=EURO)


def simple_change(rng: Random, lang: str) -> Draft:
    note = rng.choice([5, 10, 20])
    cents = rng.choice([0, 50, 25, 75, 20, 40, 60, 80])
    price = Fraction(rng.randint(2, note - 2) * 100 + cents, 100)
    fields = (
        people(rng, lang)
        | nouns(rng, lang, cosa=GOODS if price < 6 else GIFTS)
        | {"a": money(price, lang), "c": note}
    )
    value = note - price
    step = f"{note} − {money(price, lang)} = {money(value, lang)}"
    steps = (f"{say(lang, 'Restamos lo que cuesta', 'We subtract the price')}: {step}",)
    check = Fraction(note * 100 - int(price * 100), 100)
    return Draft(fields, steps, value, check, answer=f"{money(value, lang)} {EURO}")


def unit_price(rng: Random, lang: str) -> Draft:
    a, b, c = rng.randint(2, 9), _price(rng), rng.randint(2, 9)
    while c == a:
        c = rng.randint(2, 9)
    cost = a * b
    fields = people(rng, lang) | nouns(rng, lang, cosa=GOODS) | {"a": a, "b": cost, "c": c}
    first = divide(cost, a, lang)
    second = times(c, int(first.value), lang)
    steps = (
        f"{say(lang, 'Una unidad', 'One costs')}: {first}",
        f"{say(lang, f'{c} unidades', f'{c} of them')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(cost * c, a), unit=EURO)


def saving_goal(rng: Random, lang: str) -> Draft:
    c, weeks, a = rng.randint(2, 9), rng.randint(3, 12), rng.randint(5, 40)
    price = a + c * weeks
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"a": a, "b": price, "c": c}
    first = sub(price, a, lang)
    second = divide(int(first.value), c, lang)
    steps = (
        f"{say(lang, 'Le faltan', 'Still needed')}: {first}",
        f"{say(lang, f'Ahorra {c} por semana', f'Saving {c} a week')}: {second}",
    )
    unit = say(lang, "semanas", "weeks")
    return Draft(fields, steps, second.value, Fraction(price - a, c), unit=unit)


def money_left(rng: Random, lang: str) -> Draft:
    b, c = rng.randint(3, 35), rng.randint(3, 35)
    a = b + c + rng.randint(2, 30)
    fields = people(rng, lang) | nouns(rng, lang, cosa=GIFTS, otra=GIFTS) | {"a": a, "b": b, "c": c}
    first = add(b, c, lang)
    second = sub(a, int(first.value), lang)
    steps = (f"{say(lang, 'Gasta', 'Spent')}: {first}", f"{say(lang, 'Le quedan', 'Left')}: {second}")
    return Draft(fields, steps, second.value, a - b - c, unit=EURO)


SHOPPING_TOTAL = {
    "es": (
        "{p} compra {a} {cosas} a {b} € cada unidad y {c} {otras} a {d} € cada unidad. "
        "¿Cuánto paga en total?",
        "En una tienda, {una_cosa} cuesta {b} euros y {una_otra}, {d} euros. "
        "¿Cuánto cuestan {a} {cosas} y {c} {otras}?",
        "¿Cuánto hay que pagar por {a} {cosas} de {b} € y {c} {otras} de {d} €?",
        "{p} lleva {a} {cosas} y {c} {otras}. {Una_cosa} vale {b} € y {una_otra} vale {d} €. "
        "¿Cuánto dinero gasta?",
        "Para una fiesta se compran {a} {cosas} a {b} euros y {c} {otras} a {d} euros. "
        "¿Cuál es el gasto total?",
        "El precio de {una_cosa} es {b} € y el de {una_otra} es {d} €. {p} compra {a} {cosas} y {c} {otras}. "
        "Calcula el total.",
    ),
    "en": (
        "{p} buys {a} {things} at {b} € each and {c} {others} at {d} € each. How much does {p} pay in all?",
        "{A_thing} costs {b} euros and {a_other} {d} euros. How much do {a} {things} and {c} {others} cost?",
        "How much are {a} {things} of {b} € and {c} {others} of {d} €?",
        "For a party we buy {a} {things} at {b} euros and {c} {others} at {d} euros. What is the total?",
        "{p} takes {a} {things} and {c} {others}. {A_thing} is {b} € and {a_other} is {d} €. "
        "What does it all cost?",
        "The price of {a_thing} is {b} € and that of {a_other} is {d} €. "
        "{p} buys {a} {things} and {c} {others}. "
        "Find the total.",
    ),
}
SHOPPING_CHANGE = {
    "es": (
        "{p} compra {a} {cosas} de {b} € y paga con un billete de {c} €. ¿Cuánto le devuelven?",
        "{Una_cosa} cuesta {b} euros. {p} compra {a} y entrega {c} euros. ¿Cuánto dinero le devuelven?",
        "¿Qué cambio recibe {p} si compra {a} {cosas} a {b} € cada unidad y paga con {c} €?",
        "{p} tenía {c} euros y ha comprado {a} {cosas} a {b} euros cada unidad. ¿Cuántos euros le quedan?",
        "Con un billete de {c} €, {p} paga {a} {cosas} que valen {b} € cada unidad. Calcula la vuelta.",
        "Después de comprar {a} {cosas} de {b} euros, ¿cuánto le sobra a {p} de {c} euros?",
        "{p} lleva {c} € al mercado. Compra {a} {cosas} a {b} € la unidad. ¿Cuánto dinero le queda?",
    ),
    "en": (
        "{p} buys {a} {things} at {b} € each and pays with a note of {c} €. How much change does {p} get?",
        "{A_thing} costs {b} euros. {p} buys {a} and hands over {c} euros. How much money comes back?",
        "How much change does {p} get from {c} € for {a} {things} at {b} € each?",
        "{p} had {c} euros and bought {a} {things} at {b} euros each. How many euros are left?",
        "After buying {a} {things} of {b} euros each, how much of {c} euros is left to {p}?",
        "{p} takes {c} € to the market and buys {a} {things} at {b} € each. How much money is left?",
    ),
}
SIMPLE_CHANGE = {
    "es": (
        "{p} compra {una_cosa} que cuesta {a} € y paga con un billete de {c} €. ¿Cuánto le devuelven?",
        "{Una_cosa} vale {a} euros. Si {p} entrega {c} euros, ¿cuánto dinero le devuelven?",
        "¿Cuánto le sobra a {p} de {c} € después de pagar {una_cosa} de {a} €?",
        "{p} tiene {c} € y gasta {a} € en {una_cosa}. ¿Cuánto dinero le queda?",
        "La cuenta es de {a} € y {p} paga con {c} €. ¿Cuál es el cambio?",
        "De un billete de {c} € se pagan {a} €. Halla la vuelta.",
    ),
    "en": (
        "{p} buys {a_thing} for {a} € and pays with a note of {c} €. How much change does {p} get?",
        "{A_thing} costs {a} euros. If {p} hands over {c} euros, how much comes back?",
        "How much of {c} € is left to {p} after paying {a} € for {a_thing}?",
        "{p} has {c} € and spends {a} € on {a_thing}. How much money is left?",
        "The bill is {a} € and {p} pays with {c} €. What is the change?",
        "From a note of {c} € we pay {a} €. Find the change.",
    ),
}
UNIT_PRICE = {
    "es": (
        "{a} {cosas} cuestan {b} €. ¿Cuánto cuestan {c} {cosas}?",
        "Si {a} {cosas} valen {b} euros, ¿cuánto valdrán {c}?",
        "{p} pagó {b} € por {a} {cosas}. ¿Cuánto pagaría por {c}?",
        "Por {a} {cosas} iguales se pagan {b} euros. Calcula el precio de {c} {cosas}.",
        "¿Cuánto cuestan {c} {cosas} si {a} cuestan {b} €?",
        "En el mercado dan {a} {cosas} por {b} €. {q} quiere {c}. ¿Cuánto pagará?",
    ),
    "en": (
        "{a} {things} cost {b} €. How much do {c} {things} cost?",
        "If {a} {things} are {b} euros, how much are {c}?",
        "{p} paid {b} € for {a} {things}. How much would {p} pay for {c}?",
        "{a} equal {things} cost {b} euros. Find the price of {c} {things}.",
        "How much do {c} {things} cost if {a} cost {b} €?",
        "At the market {a} {things} go for {b} €. {q} wants {c}. How much will {q} pay?",
    ),
}
SAVING_GOAL = {
    "es": (
        "{p} quiere {una_cosa} de {b} €. Ya tiene {a} € y ahorra {c} € cada semana. "
        "¿En cuántas semanas tendrá el dinero?",
        "{Una_cosa} cuesta {b} euros. {p} tiene {a} y ahorra {c} por semana. ¿Cuántas semanas necesita?",
        "¿Cuántas semanas debe ahorrar {p} a {c} € por semana si tiene {a} € y {una_cosa} vale {b} €?",
        "Para comprar {una_cosa} de {b} €, {p} guarda {c} € a la semana. Si empieza con {a} €, "
        "¿cuántas semanas tardará?",
        "{p} ya ha reunido {a} euros de los {b} que cuesta {una_cosa}. Si guarda {c} euros cada semana, "
        "¿cuántas semanas le faltan?",
        "{Una_cosa} vale {b} € y {p} tiene {a} €. Su paga semanal es de {c} €. "
        "¿Cuántas semanas ha de esperar?",
    ),
    "en": (
        "{p} wants {a_thing} for {b} €, has {a} € and saves {c} € a week. "
        "In how many weeks will {p} have the money?",
        "{A_thing} costs {b} euros. {p} has {a} and saves {c} a week. How many weeks does {p} need?",
        "How many weeks must {p} save {c} € a week, starting with {a} €, for {a_thing} of {b} €?",
        "To buy {a_thing} of {b} €, {p} puts by {c} € a week. "
        "Starting with {a} €, how many weeks does it take?",
        "{p} already has {a} of the {b} euros for {a_thing}. At {c} euros a week, how many weeks are left?",
        "{A_thing} is {b} € and {p} has {a} €. "
        "With {c} € of pocket money a week, how many weeks must {p} wait?",
    ),
}
MONEY_LEFT = {
    "es": (
        "{p} tiene {a} €. Gasta {b} € en {cosas} y {c} € en {otras}. ¿Cuánto le queda?",
        "De los {a} euros que tenía, {p} gastó {b} en {una_cosa} y {c} en {una_otra}. "
        "¿Cuántos euros le quedan?",
        "{Una_cosa} cuesta {b} € y {una_otra}, {c} €. Si {p} lleva {a} € y compra las dos cosas, "
        "¿cuánto le sobra?",
        "¿Cuánto dinero le queda a {p} si sale con {a} €, paga {b} € en una tienda y {c} € en otra?",
        "{p} recibió {a} euros por su cumpleaños. Dio {b} a {q} y gastó {c}. ¿Cuántos euros conserva?",
        "Una familia tiene {a} € para el fin de semana. Gasta {b} € en el cine y {c} € en la cena. "
        "¿Cuánto le queda?",
    ),
    "en": (
        "{p} has {a} €. {p} spends {b} € on {things} and {c} € on {others}. How much is left?",
        "Of {a} euros, {p} spent {b} on {a_thing} and {c} on {a_other}. How many euros are left?",
        "{A_thing} costs {b} € and {a_other} {c} €. If {p} has {a} € and buys both, how much is left?",
        "How much money is left to {p}, with {a} € at first, {b} € paid in one shop and {c} € in another?",
        "{p} got {a} euros for a birthday, gave {b} to {q} and spent {c}. How many euros remain?",
        "A family has {a} € for the weekend and spends {b} € at the cinema and {c} € on dinner. "
        "How much is left?",
    ),
}

_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("shopping_total", *_WORDS, shopping_total, SHOPPING_TOTAL, weight=1.2),
    Family("shopping_change", *_WORDS, shopping_change, SHOPPING_CHANGE, weight=1.5, needless=0.1),
    Family("simple_change", *_WORDS, simple_change, SIMPLE_CHANGE),
    Family("unit_price", *_WORDS, unit_price, UNIT_PRICE, weight=1.2),
    Family("money_left", *_WORDS, money_left, MONEY_LEFT, weight=1.2, needless=0.1),
    Family("saving_goal", *_WORDS, saving_goal, SAVING_GOAL, unseen=True),
)
