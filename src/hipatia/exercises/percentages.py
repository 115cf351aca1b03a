"""Percentages: of a quantity, discounts, increases, which percentage, the whole, changes."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import SMALL
from .steps import DIVIDE, TIMES, add, reduce, sub, times
from .wording import DEAR_GOODS, MINUS, frac, nouns, num, people, say

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
    small = rng.random() < SMALL
    while True:
        p = rng.choice(rates)
        base = (
            rng.randint(2, 20) * 10
            if small
            else rng.choice([rng.randint(2, 90) * 10, rng.randint(4, 60) * 5])
        )
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
    head = say(lang, f"Parte entre total, {a} de {base}", f"Part over whole, {a} of {base}")
    tail = say(lang, "En tanto por ciento", "As a percentage")
    steps = (
        f"{head}: {a} {DIVIDE} {base} = {num(first, lang)}",
        f"{tail}: {num(first, lang)} {TIMES} 100 = {p}",
    )
    return Draft(fields, steps, first * 100, p, unit="%")


def whole_from_percent(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng)
    value = p * base // 100
    steps: tuple[str, ...]
    if p in SIMPLE:
        last = times(value, SIMPLE[p], lang)
        head = say(
            lang, f"100 entre {p} es {SIMPLE[p]}; el total es", f"100 over {p} is {SIMPLE[p]}; the whole is"
        )
        steps = (f"{head}: {last}",)
    else:
        one = Fraction(value, p)
        first = say(lang, f"El {p} % es {value}; el 1 %", f"{p}% is {value}; 1%")
        last = times(int(one) if one.denominator == 1 else one, 100, lang)
        steps = (
            f"{first}: {value} {DIVIDE} {p} = {num(one, lang)}",
            f"{say(lang, 'El 100 %', '100%')}: {last}",
        )
    fields = people(rng, lang) | {"t": percent(p, lang), "a": value}
    return Draft(fields, steps, last.value, Fraction(value) / Fraction(p, 100))


def percent_change(rng: Random, lang: str) -> Draft:
    """The percentage of a rise or a fall from a to b."""
    while True:
        base, p = (
            rng.choice([20, 40, 50, 60, 80, 100, 200, 30, 25, 120]),
            rng.choice([5, 10, 20, 25, 30, 40, 50]),
        )
        if base * p % 100 == 0:
            break
    up = rng.random() < 0.5
    change = base * p // 100
    new = base + change if up else base - change
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"a": base, "b": new}
    gap = f"{max(base, new)} {MINUS} {min(base, new)} = {change}"
    ratio = Fraction(change, base)
    steps = (
        f"{say(lang, 'Sube' if up else 'Baja', 'Rise' if up else 'Fall')}: {gap}",
        f"{say(lang, f'Entre el valor inicial, {base}', f'Over the first value, {base}')}: "
        f"{change} {DIVIDE} {base} = {num(ratio, lang)}",
        f"{say(lang, 'En tanto por ciento', 'As a percentage')}: {num(ratio, lang)} {TIMES} 100 = {p}",
    )
    return Draft(
        fields,
        steps,
        ratio * 100,
        abs(Fraction(new, base) - 1) * 100,
        unit="%",
        variant="up" if up else "down",
    )


def original_price(rng: Random, lang: str) -> Draft:
    """The price before a discount or a rise."""
    up = rng.random() < 0.4
    while True:
        p, base = rng.choice([10, 20, 25, 50, 30, 40]), rng.randint(2, 20) * 10
        if p * base % 100 == 0:
            break
    rate = 100 + p if up else 100 - p
    new = base * rate // 100
    fields = people(rng, lang) | nouns(rng, lang, cosa=DEAR_GOODS) | {"t": percent(p, lang), "b": new}
    one = Fraction(new, rate)
    sign = "+" if up else MINUS
    head = say(lang, "Lo que se paga, en %", "What is paid, in %")
    steps = (
        f"{head}: 100 {sign} {p} = {rate}",
        f"{say(lang, f'El {rate} % es {new}; el 1 %', f'{rate}% is {new}; 1%')}: {new} {DIVIDE} {rate} = {num(one, lang)}",
        f"{say(lang, 'El 100 %', '100%')}: {num(one, lang)} {TIMES} 100 = {num(one * 100, lang)}",
    )
    check = Fraction(new) / (1 + Fraction(p if up else -p, 100))
    return Draft(fields, steps, one * 100, check, unit="€", variant="up" if up else "down")


def rest_percent(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(2, 9) * 5, rng.randint(2, 9) * 5
    both = add(a, b, lang)
    rest = sub(100, int(both.value), lang)
    fields = people(rng, lang) | {"a": percent(a, lang), "b": percent(b, lang)}
    steps = (
        f"{say(lang, 'Los dos conocidos', 'The two known ones')}: {both}",
        f"{say(lang, 'El total es el 100 %', 'The whole is 100%')}: {rest}",
    )
    return Draft(fields, steps, rest.value, 100 - a - b, unit="%")


def percent_as_number(rng: Random, lang: str) -> Draft:
    """25 % as a decimal or as a fraction in lowest terms."""
    p = rng.choice([5, 8, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 60, 65, 70, 75, 80, 85, 90, 95])
    value = Fraction(p, 100)
    fields = {"t": percent(p, lang)}
    head = say(lang, f"{p} de cada 100", f"{p} of every 100")
    if rng.random() < 0.5:
        step = f"{p} {DIVIDE} 100 = {num(value, lang)}"
        return Draft(fields, (f"{head}: {step}",), value, 1 - Fraction(100 - p, 100), variant="decimal")
    check = 1 - Fraction(100 - p, 100)
    return Draft(fields, (f"{head}: {reduce(p, 100)}",), value, check, answer=frac(value), variant="fraction")


PERCENT_OF = {
    "es": (
        "[Find] el {t} de {a}.",
        "¿[Cuánto|Cuál] es el {t} de {a}?",
        "¿Qué [cantidad|número] [representa|es] el {t} de {a}?",
        "El {t} de {a} es…",
        "[Find] el {k}% de {a}.",
        "¿Cuánto es el {k} por ciento de {a}?",
        "¿A cuánto [equivale|asciende] el {t} de {a}?",
        "Si el total es {a}, ¿cuánto [es|vale|representa] el {t}?",
        "[Toma|Calcula] un {k} por ciento de {a}. ¿Cuánto [es|da]?",
        "¿Cuántos euros son el {t} de {a} €?",
        "{t} de {a} = ?",
    ),
    "en": (
        "[Find] {t} of {a}.",
        "[How much|What] is {t} of {a}?",
        "What amount is {t} of {a}?",
        "How much is {k} per cent of {a}?",
        "If the whole is {a}, how much is {t} of it?",
        "{t} of {a} = ?",
        "How many euros are {t} of {a} €?",
    ),
}
PERCENT_STORY = {
    "es:part": (
        "En un colegio hay {a} estudiantes y el {t} va en autobús. ¿Cuántos estudiantes van en autobús?",
        "De {a} personas encuestadas, el {t} prefiere la playa. ¿Cuántas personas prefieren la playa?",
        "{p} tenía {a} € y gastó el {t}. ¿Cuántos euros gastó?",
        "Una granja tiene {a} animales; el {t} son ovejas. ¿Cuántas ovejas hay?",
        "Un libro tiene {a} páginas y {p} ha leído el {t}. ¿Cuántas páginas ha leído?",
        "El {t} de los {a} asientos de un teatro [está ocupado|está reservado]. "
        "¿Cuántos asientos [son|hay en esa situación]?",
        "Un examen tiene {a} preguntas y {p} acierta el {t}. ¿Cuántas [acierta|preguntas acierta]?",
        "[Una mezcla|Un zumo] de {a} ml lleva un {t} de agua. ¿Cuántos mililitros de agua [lleva|tiene]?",
        "En un pueblo de {a} habitantes, el {t} son menores de edad. ¿Cuántos menores hay?",
    ),
    "es:rest": (
        "En un colegio hay {a} estudiantes y el {t} va en autobús. ¿Cuántos estudiantes no van en autobús?",
        "{p} tenía {a} € y gastó el {t}. ¿Cuántos euros le quedan?",
        "De {a} entradas se ha vendido el {t}. ¿Cuántas entradas quedan?",
        "Un libro tiene {a} páginas y {p} ha leído el {t}. ¿Cuántas páginas le faltan?",
        "Un examen tiene {a} preguntas y {p} falla el {t}. ¿Cuántas [acierta|preguntas acierta]?",
        "De los {a} árboles de un bosque se quema el {t}. ¿Cuántos árboles [se salvan|quedan]?",
        "En una fábrica de {a} trabajadores, el {t} son mujeres. ¿Cuántos hombres [hay|trabajan allí]?",
    ),
    "en:part": (
        "A school has {a} students and {t} of them come by bus. How many students come by bus?",
        "Of {a} people asked, {t} prefer the beach. How many people prefer the beach?",
        "{p} had {a} € and spent {t} of it. How many euros did {p} spend?",
        "A farm has {a} animals; {t} are sheep. How many sheep are there?",
        "A book has {a} pages and {p} has read {t} of them. How many pages has {p} read?",
        "A test has {a} questions and {p} gets {t} of them right. How many are right?",
    ),
    "en:rest": (
        "A school has {a} students and {t} of them come by bus. How many students do not come by bus?",
        "{p} had {a} € and spent {t} of it. How many euros are left?",
        "Of {a} tickets {t} are sold. How many tickets are left?",
        "A test has {a} questions and {p} gets {t} of them wrong. How many are right?",
    ),
}
DISCOUNT = {
    "es": (
        "{Una_cosa} cuesta {a} € y tiene un descuento del {t}. ¿[Cuánto se paga|Qué precio se paga]?",
        "{p} compra {una_cosa} de {a} € con una rebaja del {t}. ¿Cuánto paga?",
        "En las rebajas descuentan el {t} a {una_cosa} de {a} euros. ¿Cuál es el precio final?",
        "¿Cuánto cuesta {una_cosa} de {a} € si se rebaja un {t}?",
        "El precio de {una_cosa} era de {a} €, pero baja un {t}. [Find] el nuevo precio.",
        "[Find] el precio rebajado: {a} € menos un {t}.",
        "Una tienda hace un {t} de descuento. ¿Cuánto pagará {p} por {una_cosa} de {a} €?",
        "[Al pagar al contado|Por ser cliente|Con un cupón], {p} consigue un {t} de descuento en {una_cosa} de {a} €. "
        "¿[Cuánto le cuesta|Cuánto paga al final]?",
        "[Se aplica|Aplican] un descuento del {t} a un precio de {a} €. ¿En cuánto se queda?",
        "¿A qué precio queda {una_cosa} de {a} € con un {t} de [descuento|rebaja]?",
        "Disminuye {a} € en un {t}. ¿Qué cantidad resulta?",
    ),
    "en": (
        "{A_thing} costs {a} € and has a discount of {t}. How much do we pay?",
        "{p} buys {a_thing} of {a} € at {t} off. How much does {p} pay?",
        "In the sales {a_thing} of {a} euros is reduced by {t}. What is the final price?",
        "How much is {a_thing} of {a} € after a reduction of {t}?",
        "The price of {a_thing} was {a} € but falls by {t}. [Find] the new price.",
        "Find the reduced price: {a} € less {t}.",
        "With a coupon {p} gets {t} off {a_thing} of {a} €. What does it cost?",
    ),
}
INCREASE = {
    "es": (
        "{Una_cosa} cuesta {a} € y su precio sube un {t}. ¿Cuánto cuesta ahora?",
        "A un precio de {a} € hay que añadirle un {t} de IVA. ¿Cuál es el precio final?",
        "{p} gana {a} € a la semana y le suben el sueldo un {t}. ¿Cuánto gana ahora?",
        "El alquiler era de {a} euros y aumenta un {t}. [Find] el nuevo alquiler.",
        "¿Cuánto se paga por {una_cosa} de {a} € más un {t} de impuestos?",
        "[Find] el resultado de aumentar {a} € un {t}.",
        "Aumenta {a} € en un {t}. ¿Qué cantidad resulta?",
        "{p} deja {a} € en el banco y en un año [gana|le dan] un {t} de interés. ¿Cuántos euros tiene entonces?",
    ),
    "en": (
        "{A_thing} costs {a} € and its price rises by {t}. How much does it cost now?",
        "To a price of {a} € we add {t} of tax. What is the final price?",
        "{p} earns {a} € a week and gets a rise of {t}. How much does {p} earn now?",
        "The rent was {a} euros and rises by {t}. [Find] the new rent.",
        "How much do we pay for {a_thing} of {a} € plus {t} tax?",
        "Find the result of increasing {a} € by {t}.",
    ),
}
WHICH_PERCENT = {
    "es": (
        "¿Qué porcentaje [es|representa] {a} de {b}?",
        "¿Qué tanto por ciento de {b} es {a}?",
        "De {b} preguntas, {p} ha acertado {a}. ¿Qué porcentaje ha acertado?",
        "En un grupo de {b} personas, {a} hablan francés. ¿Qué porcentaje habla francés?",
        "[Expresa|Escribe] como porcentaje: {a} de un total de {b}.",
        "De {b} tiros, {p} encestó {a}. ¿Cuál es su tanto por ciento de aciertos?",
        "[Find] el porcentaje que representa {a} respecto de {b}.",
        "{p} tenía {b} € y gastó {a}. ¿Qué [porcentaje|tanto por ciento] de su dinero gastó?",
        "En una clase de {b} alumnos aprueban {a}. ¿Cuál es el porcentaje de aprobados?",
        "De los {b} días de vacaciones de una familia, llovió {a}. ¿En qué porcentaje de los días llovió?",
        "{a} es un cierto porcentaje de {b}. ¿[Cuál es|Qué porcentaje es]?",
    ),
    "en": (
        "What percentage of {b} is {a}?",
        "What per cent of {b} is {a}?",
        "Of {b} questions {p} got {a} right. What percentage is that?",
        "In a group of {b} people, {a} speak French. What percentage speaks French?",
        "Write as a percentage: {a} out of {b}.",
        "Of {b} shots {p} scored {a}. What is the percentage of hits?",
        "{p} had {b} € and spent {a}. What percentage is that?",
    ),
}
WHOLE = {
    "es": (
        "El {t} de un número es {a}. ¿Cuál es el número?",
        "¿Cuál es el número cuyo {t} es {a}?",
        "¿De qué número {a} es el {t}?",
        "[Find] el número cuyo {t} [vale|es] {a}.",
        "Si el {t} de una cantidad es {a}, ¿cuánto es el total?",
        "En un instituto, {a} alumnos llevan gafas y son el {t}. ¿Cuántos alumnos hay en total?",
        "{p} ha leído {a} páginas, el {t} de un libro. ¿Cuántas páginas tiene el libro?",
        "{p} gastó {a} €, que es el {t} de lo que tenía. ¿Cuántos euros tenía?",
        "Se han vendido {a} entradas, es decir, el {t}. ¿Cuántas entradas había?",
        "{a} representa el {t} de un total. ¿Cuál es [ese|el] total?",
        "El {t} de los árboles de un parque son pinos. Si hay {a} pinos, ¿cuántos árboles hay?",
    ),
    "en": (
        "{t} of a number is {a}. What is the number?",
        "Of which number is {a} exactly {t}?",
        "[Find] the number {t} of which is {a}.",
        "If {t} of an amount is {a}, how much is the whole?",
        "{p} has read {a} pages, {t} of a book. How many pages has the book?",
        "{p} spent {a} €, which is {t} of the money. How many euros were there?",
        "In a school {a} pupils, {t} of all, sing in the choir. How many pupils are there?",
    ),
}
CHANGE = {
    "es:up": (
        "El precio de {una_cosa} pasa de {a} € a {b} €. ¿Qué porcentaje ha subido?",
        "[Una cantidad|Un valor] aumenta de {a} a {b}. ¿Cuál es el aumento porcentual?",
        "{p} ganaba {a} € al día y ahora gana {b} €. ¿Qué tanto por ciento [le han subido|ha aumentado]?",
        "Un club tenía {a} socios y ahora tiene {b}. ¿En qué porcentaje ha crecido?",
        "[Find] el porcentaje de aumento si un precio sube de {a} € a {b} €.",
    ),
    "es:down": (
        "{Una_cosa} costaba {a} € y ahora cuesta {b} €. ¿Qué porcentaje [de descuento tiene|se ha rebajado]?",
        "[Una cantidad|Un valor] baja de {a} a {b}. ¿Cuál es la disminución porcentual?",
        "¿Qué tanto por ciento se descuenta si el precio [pasa|baja] de {a} € a {b} €?",
        "Un pueblo pasó de {a} a {b} habitantes. ¿En qué porcentaje disminuyó?",
        "[Find] el porcentaje de rebaja: antes {a} €, ahora {b} €.",
    ),
    "en:up": (
        "The price of {a_thing} goes from {a} € to {b} €. By what percentage did it rise?",
        "A quantity grows from {a} to {b}. What is the percentage increase?",
        "A club had {a} members and now has {b}. By what percentage has it grown?",
    ),
    "en:down": (
        "{A_thing} cost {a} € and now costs {b} €. What is the discount in per cent?",
        "A quantity falls from {a} to {b}. What is the percentage decrease?",
        "Find the reduction in per cent: before {a} €, now {b} €.",
    ),
}
ORIGINAL = {
    "es:down": (
        "Después de un descuento del {t}, {una_cosa} cuesta {b} €. ¿Cuánto costaba antes?",
        "{p} paga {b} € por {una_cosa} con un {t} de rebaja. ¿Cuál era el precio [sin rebaja|original]?",
        "Un precio rebajado un {t} queda en {b} €. [Find] el precio inicial.",
        "Con un {t} de descuento he pagado {b} €. ¿Cuál era el precio inicial?",
    ),
    "es:up": (
        "Un precio con un {t} de impuestos incluido es {b} €. ¿Cuál es el precio sin impuestos?",
        "{Una_cosa} subió un {t} y ahora cuesta {b} €. ¿Cuánto costaba antes de la subida?",
        "Tras un aumento del {t}, el alquiler es de {b} €. ¿Cuánto era antes?",
    ),
    "en:down": (
        "After a discount of {t}, {a_thing} costs {b} €. What did it cost before?",
        "{p} pays {b} € for {a_thing} at {t} off. What was the original price?",
        "A price reduced by {t} comes to {b} €. [Find] the first price.",
    ),
    "en:up": (
        "A price with {t} tax included is {b} €. What is it without tax?",
        "{A_thing} went up by {t} and now costs {b} €. What did it cost before?",
        "After a rise of {t} the rent is {b} €. What was it before?",
    ),
}
REST_PERCENT = {
    "es": (
        "En una clase, el {a} practica fútbol, el {b} baloncesto y el resto natación. "
        "¿Qué porcentaje practica natación?",
        "Un zumo lleva un {a} de naranja, un {b} de piña y el resto es agua. ¿Qué porcentaje es agua?",
        "{p} gasta el {a} de su sueldo en vivienda y el {b} en comida. ¿Qué porcentaje le queda?",
        "El {a} de un terreno es bosque y el {b} es pasto; el resto se cultiva. ¿Qué porcentaje se cultiva?",
        "En unas elecciones, un partido obtiene el {a} de los votos y otro el {b}. "
        "¿Qué porcentaje [queda para los demás|obtienen los demás]?",
        "De los viajeros, el {a} viene en tren, el {b} en coche y los demás en autobús. "
        "¿Qué tanto por ciento viene en autobús?",
    ),
    "en": (
        "In a class {a} play football, {b} basketball and the rest swim. What percentage swims?",
        "A juice has {a} orange, {b} pineapple and the rest is water. What percentage is water?",
        "{p} spends {a} of the pay on rent and {b} on food. What percentage is left?",
        "{a} of a farm is wood and {b} is pasture; the rest is tilled. What percentage is tilled?",
        "In a vote one party gets {a} and another {b}. What percentage do the others get?",
        "Of the guests {a} come by train, {b} by car and the others by bus. What percentage comes by bus?",
    ),
}
AS_NUMBER = {
    "es:decimal": (
        "[Escribe|Expresa] el {t} como número decimal.",
        "¿A qué número decimal [equivale|corresponde] el {t}?",
        "Pasa el {t} a decimal.",
        "¿Por qué número decimal hay que multiplicar para calcular el {t}?",
    ),
    "es:fraction": (
        "[Escribe|Expresa] el {t} como fracción irreducible.",
        "¿Qué fracción irreducible [es|representa] el {t}?",
        "Pasa el {t} a fracción y simplifica.",
        "[Find] la fracción irreducible equivalente al {t}.",
    ),
    "en:decimal": (
        "Write {t} as a decimal.",
        "Which decimal number equals {t}?",
        "Turn {t} into a decimal.",
    ),
    "en:fraction": (
        "Write {t} as a fraction in lowest terms.",
        "Which fraction in lowest terms is {t}?",
        "Turn {t} into a fraction and simplify it.",
    ),
}

_LOWER = ("percentages", "lower_secondary")
FAMILIES = (
    Family("percent_of", *_LOWER, percent_of, PERCENT_OF, weight=1.3),
    Family("percent_story", *_LOWER, percent_story, PERCENT_STORY, weight=1.2),
    Family("discount", *_LOWER, discount, DISCOUNT, weight=1.3),
    Family("percent_increase", *_LOWER, increase, INCREASE, unseen=True),
    Family("which_percent", *_LOWER, which_percent, WHICH_PERCENT),
    Family("whole_from_percent", *_LOWER, whole_from_percent, WHOLE),
    Family("percent_change", *_LOWER, percent_change, CHANGE, weight=0.8),
    Family("original_price", *_LOWER, original_price, ORIGINAL, weight=0.7, unseen=True),
    Family("rest_percent", *_LOWER, rest_percent, REST_PERCENT, weight=0.6),
    Family("percent_as_number", *_LOWER, percent_as_number, AS_NUMBER, weight=0.7),
)
