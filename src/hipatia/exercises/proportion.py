"""Proportion: direct, inverse, ratios, sharing in a ratio, recipes, scales."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .steps import DIVIDE, TIMES, Step, add, divide, times
from .wording import num, people, say


def direct(rng: Random, lang: str) -> Draft:
    """a go with b; how many go with c. The unit's value is a whole number."""
    a, c = rng.sample(range(2, 10), 2)
    unit = mostly(rng, (2, 9), (10, 30))
    b = unit * a
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = divide(b, a, lang)
    second = times(c, unit, lang)
    steps = (
        f"{say(lang, f'A {a} le tocan {b}; a 1', f'{a} go with {b}; 1 goes with')}: {first}",
        f"{say(lang, f'Para {c}', f'For {c}')}: {second}",
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
    head = say(lang, "Multiplicamos en cruz", "We multiply crosswise")
    apart = say(lang, f"El {a} pasa dividiendo", f"We divide by {a}")
    steps = (f"{head}: {a}x = {times(b, c, lang)}", f"{apart}: x = {last}")
    return Draft(fields, steps, last.value, b * k, answer=f"x = {num(last.value, lang)}")


def inverse(rng: Random, lang: str) -> Draft:
    while True:
        a, b, c = rng.randint(2, 10), rng.randint(2, 15), rng.randint(2, 12)
        if a != c and a * b % c == 0 and 2 <= a * b // c < 40:
            break
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = times(a, b, lang)
    second = divide(int(first.value), c, lang)
    steps = (
        f"{say(lang, 'Proporción inversa, el producto no cambia', 'Inverse, the product stays')}: {first}",
        f"{say(lang, f'Con {c}', f'With {c}')}: {second}",
    )
    return Draft(fields, steps, second.value, Fraction(a, c) * b)


def ratio_share(rng: Random, lang: str) -> Draft:
    a, b = rng.sample(range(1, 6), 2)
    k = mostly(rng, (2, 9), (8, 20))
    whole = (a + b) * k
    fields = people(rng, lang) | {"a": a, "b": b, "n": whole}
    parts, one = add(a, b, lang), divide(whole, a + b, lang)
    first, second = _share(a, k), _share(b, k)
    steps = (
        f"{say(lang, 'Partes en total', 'Parts in all')}: {parts}",
        f"{say(lang, f'Cada parte de {whole}', f'Each part of {whole}')}: {one}",
        f"{_parts(a, lang)}: {first}",
        f"{_parts(b, lang)}: {second}",
    )
    answer = f"{first.value} {say(lang, 'y', 'and')} {second.value}"
    check = (whole * Fraction(a, a + b), whole * Fraction(b, a + b))
    return Draft(fields, steps, (int(first.value), int(second.value)), check, answer=answer)


def _parts(count: int, lang: str) -> str:
    return say(lang, "1 parte", "1 part") if count == 1 else say(lang, f"{count} partes", f"{count} parts")


def _share(parts: int, each: int) -> Step:
    return Step(f"{parts} {TIMES} {each} = {parts * each}", parts * each)


def ratio_other(rng: Random, lang: str) -> Draft:
    """Two amounts in a ratio, one of them known; the other, or both together."""
    while True:
        a, b = rng.sample(range(2, 8), 2)
        if gcd(a, b) == 1:
            break
    k = mostly(rng, (2, 9), (8, 15))
    known = a * k
    fields = people(rng, lang) | {"a": a, "b": b, "n": known}
    one = divide(known, a, lang)
    other = times(b, k, lang)
    steps = [
        f"{say(lang, f'{known} son {a} partes; una', f'{known} is {a} parts; one')}: {one}",
        f"{say(lang, f'Las otras {b} partes', f'The other {b} parts')}: {other}",
    ]
    if rng.random() < 0.3:
        both = add(known, b * k, lang)
        steps.append(f"{say(lang, 'En total', 'In all')}: {both}")
        return Draft(fields, tuple(steps), both.value, Fraction(known, a) * (a + b), variant="all")
    return Draft(fields, tuple(steps), other.value, Fraction(known * b, a), variant="other")


def simplify_ratio(rng: Random, lang: str) -> Draft:
    while True:
        a, b = rng.sample(range(1, 10), 2)
        if gcd(a, b) == 1:
            break
    k = mostly(rng, (2, 6), (5, 12))
    fields = people(rng, lang) | {"a": a * k, "b": b * k}
    steps = (
        f"{say(lang, f'Dividimos los dos entre {k}', f'We divide both by {k}')}: "
        f"{a * k} {DIVIDE} {k} = {a} {say(lang, 'y', 'and')} {b * k} {DIVIDE} {k} = {b}",
    )
    check = Fraction(a * k, b * k)
    return Draft(fields, steps, Fraction(a, b), check, answer=f"{a} : {b}")


def recipe(rng: Random, lang: str) -> Draft:
    """A recipe for a people, for more or fewer people; by a factor or by one person."""
    while True:
        a, k = rng.choice([2, 3, 4, 4, 5, 6]), Fraction(rng.choice([4, 4, 6, 8, 1, 3]), 2)
        b = rng.choice([50, 100, 120, 150, 200, 250, 300, 400, 6, 4, 8, 10, 12])
        c, value, one = int(k * a), k * b, Fraction(b, a)
        if c == k * a > 1 and value.denominator == 1 and (k.denominator == 1 or one.denominator in (1, 2, 4)):
            break
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    if k.denominator == 1:
        steps = (
            f"{say(lang, f'De {a} a {c} personas', f'From {a} to {c} people')}: {divide(c, a, lang)}",
            f"{say(lang, 'Multiplicamos por lo mismo', 'We multiply by the same')}: {times(b, int(k), lang)}",
        )
    else:
        steps = (
            f"{say(lang, 'Para una persona', 'For one person')}: {b} {DIVIDE} {a} = {num(one, lang)}",
            f"{say(lang, f'Para {c}', f'For {c}')}: {c} {TIMES} {num(one, lang)} = {num(value, lang)}",
        )
    return Draft(fields, steps, value, one * c, variant="grams" if b >= 50 else "pieces")


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


def to_the_plan(rng: Random, lang: str) -> Draft:
    """The other way round: real metres to centimetres on the plan."""
    scale, cm = rng.choice([100, 200, 500, 1000, 2000]), rng.randint(2, 12)
    metres = cm * scale // 100
    fields = people(rng, lang) | {"e": f"1:{scale}", "m": metres}
    steps = (
        f"{say(lang, 'En centímetros', 'In centimetres')}: {metres} {TIMES} 100 = {metres * 100}",
        f"{say(lang, f'Entre {scale}', f'Over {scale}')}: {metres * 100} {DIVIDE} {scale} = {cm}",
    )
    return Draft(fields, steps, metres * 100 // scale, Fraction(metres, scale) * 100, unit="cm")


def compound(rng: Random, lang: str) -> Draft:
    """So many, for so long, give so much; other numbers of both."""
    a, b, rate = rng.randint(2, 6), rng.randint(2, 6), rng.randint(2, 9)
    c, d = rng.randint(2, 8), rng.randint(2, 8)
    while (a, b) == (c, d):
        c, d = rng.randint(2, 8), rng.randint(2, 8)
    whole = a * b * rate
    fields = {"a": a, "b": b, "n": whole, "c": c, "d": d}
    steps = (
        f"{say(lang, f'Antes, {a} por {b}', f'Before, {a} times {b}')}: {a} {TIMES} {b} = {a * b}",
        f"{say(lang, 'Por unidad', 'For a unit')}: {whole} {DIVIDE} {a * b} = {rate}",
        f"{say(lang, f'Ahora, {c} por {d}', f'Now, {c} times {d}')}: {c} {TIMES} {d} = {c * d}",
        f"{say(lang, f'A {rate} por unidad', f'At {rate} a unit')}: {c * d} {TIMES} {rate} = {c * d * rate}",
    )
    return Draft(fields, steps, c * d * rate, Fraction(whole, a * b) * c * d)


def constant(rng: Random, lang: str) -> Draft:
    """The constant of a direct proportion."""
    while True:
        k, x = Fraction(rng.choice([4, 6, 8, 10, 12, 16, 1, 5]), 2), rng.randint(2, 10)
        if (k * x).denominator == 1:
            break
    y = int(k * x)
    step = f"{say(lang, 'y entre x', 'y over x')}: {y} {DIVIDE} {x} = {num(k, lang)}"
    check = next(Fraction(n, 2) for n in range(1, 40) if Fraction(n, 2) * x == y)
    return Draft({"x": x, "y": y}, (step,), k, check)


DIRECT = {
    "es": (
        "En {a} cajas iguales caben {b} lápices. ¿Cuántos lápices caben en {c} cajas?",
        "Con {a} kilos de fruta se hacen {b} vasos de zumo. ¿Cuántos vasos salen con {c} kilos?",
        "Si {a} entradas cuestan {b} euros, ¿[cuántos euros|cuánto] cuestan {c} entradas?",
        "{a} cajas iguales pesan {b} kilos. ¿Cuántos kilos pesan {c} cajas?",
        "Una impresora hace {b} copias en {a} minutos. ¿Cuántas copias hace en {c} minutos?",
        "{p} gana {b} euros por {a} horas de trabajo. ¿Cuántos euros gana por {c} horas?",
        "Con {a} botes iguales se pintan {b} metros de valla. ¿Cuántos metros se pintan con {c} botes?",
        "La magnitud y es directamente proporcional a x. Si a x = {a} le corresponde y = {b}, "
        "¿qué valor de y corresponde a x = {c}?",
        "Por {a} cuadernos {p} pagó {b} euros. ¿Cuánto costarán {c} cuadernos [iguales|como esos]?",
        "[Un coche|Una furgoneta] gasta {b} litros de gasolina en {a} viajes iguales. ¿Cuántos litros gasta en {c} viajes?",
        "Regla de tres: si a {a} le corresponden {b}, ¿cuánto le corresponde a {c}?",
        "Una fuente llena {b} garrafas en {a} horas. ¿Cuántas garrafas llena en {c} horas?",
        "{a} entrenamientos iguales suman {b} kilómetros. ¿Cuántos kilómetros suman {c} entrenamientos?",
        "Al caminar siempre igual, {p} da {b} vueltas al parque en {a} días. ¿Cuántas da en {c} días?",
    ),
    "en": (
        "{a} equal boxes hold {b} pencils. How many pencils do {c} boxes hold?",
        "{a} kilos of fruit make {b} glasses of juice. How many glasses do {c} kilos make?",
        "If {a} tickets cost {b} euros, how many euros do {c} tickets cost?",
        "{a} equal boxes weigh {b} kilos. How many kilos do {c} boxes weigh?",
        "A printer makes {b} copies in {a} minutes. How many copies in {c} minutes?",
        "{p} earns {b} euros for {a} hours of work. How many euros for {c} hours?",
        "{p} paid {b} euros for {a} notebooks. What do {c} of them cost?",
        "A spring fills {b} bottles in {a} hours. How many does it fill in {c} hours?",
    ),
}
CROSS_RULE = {
    "es": (
        "[Find] x en la proporción {a}/{b} = {c}/x.",
        "¿Cuánto vale x si {a}/{b} = {c}/x?",
        "Calcula el término que falta: {a}/{b} = {c}/x",
        "Completa la proporción {a} : {b} = {c} : x.",
        "{a} es a {b} como {c} es a x. ¿Cuánto vale x?",
        "[Encuentra|Halla|Calcula] el valor de x para que {a}/{b} y {c}/x sean equivalentes.",
        "Las fracciones {a}/{b} y {c}/x forman una proporción. ¿[Cuánto vale|Qué número es] x?",
        "[Find] el cuarto proporcional de {a}, {b} y {c}.",
    ),
    "en": (
        "[Find] x in the proportion {a}/{b} = {c}/x.",
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
        "La magnitud y es inversamente proporcional a x. Si a x = {a} le corresponde y = {b}, ¿cuánto vale y cuando x = {c}?",
        "{a} amigos alquilan una furgoneta y pagan {b} € cada uno. ¿Cuánto pagaría cada uno si fueran {c}?",
        "Con {a} camiones hacen falta {b} viajes. ¿Cuántos viajes harán falta con {c} camiones iguales?",
    ),
    "en": (
        "{a} workers need {b} days for a job. How many days do {c} workers need?",
        "{a} equal taps fill a tank in {b} hours. How many hours do {c} taps need?",
        "There is food for {a} animals for {b} days. For how many days does it last {c} animals?",
        "With {a} machines an order takes {b} hours. How many hours with {c} machines?",
        "{a} people bring in a harvest in {b} days. How many days do {c} people need?",
        "If {a} painters paint a building in {b} days, in how many days do {c} painters paint it?",
        "{a} friends hire a van for {b} € each. How much would each pay if they were {c}?",
    ),
}
RATIO_SHARE = {
    "es": (
        "Reparte {n} euros entre {p} y {q} en partes proporcionales a {a} y {b}. ¿Cuánto recibe cada persona?",
        "{p} y {q} se reparten {n} caramelos en la razón {a} : {b}. ¿Cuántos le tocan a cada cual?",
        "Divide {n} en dos partes proporcionales a {a} y {b}.",
        "{p} puso {a} € y {q}, {b} €. Ganan {n} € y los reparten en la misma proporción. "
        "¿Cuánto toca a cada cual?",
        "[Find] dos números que suman {n} y son proporcionales a {a} y {b}.",
        "Se reparten {n} cromos de forma directamente proporcional a {a} y {b}. ¿Qué cantidades resultan?",
        "Una receta mezcla agua y zumo en la razón {a} : {b}. ¿Cuántos mililitros de cada uno hay en {n} ml?",
        "Se corta una cuerda de {n} cm en dos trozos en la proporción {a} a {b}. ¿Cuánto mide cada trozo?",
    ),
    "en": (
        "Share {n} euros between {p} and {q} in the ratio {a} : {b}. How much does each get?",
        "{p} and {q} share {n} sweets in the ratio {a} : {b}. How many does each get?",
        "Divide {n} into two parts in the ratio {a} : {b}.",
        "{p} put in {a} € and {q} {b} €. They win {n} € and share it in proportion. How much does each get?",
        "[Find] two numbers that add up to {n} and are in the ratio {a} : {b}.",
        "{n} cards are shared in proportion to {a} and {b}. What amounts result?",
        "A rope of {n} cm is cut in the ratio {a} : {b}. How long is each piece?",
    ),
}
RATIO_OTHER = {
    "es:other": (
        "La razón entre chicos y chicas de una clase es {a} : {b}. Si hay {n} chicos, ¿cuántas chicas hay?",
        "Por cada {a} tazas de arroz se ponen {b} de agua. ¿Cuántas tazas de agua hacen falta para {n} de arroz?",
        "{p} y {q} reparten lo ganado en la razón {a} : {b}. Si {p} recibe {n} €, ¿cuántos euros recibe {q}?",
        "En una mezcla, la pintura azul y la blanca están en la razón {a} : {b}. Con {n} litros de azul, "
        "¿cuántos litros de blanca [hay|se necesitan]?",
        "Dos números están en la razón {a} : {b} y el primero es {n}. ¿Cuál es el segundo?",
        "Por cada {a} adultos van {b} niños de excursión. Si van {n} adultos, ¿cuántos niños van?",
    ),
    "es:all": (
        "La razón entre chicos y chicas de un campamento es {a} : {b}. Si hay {n} chicos, ¿cuántas personas son en total?",
        "Una mezcla lleva {a} partes de arena por cada {b} de cemento. Si hay {n} kg de arena, ¿cuánto pesa la mezcla?",
        "Dos números están en la razón {a} : {b} y el primero es {n}. ¿Cuánto suman los dos?",
    ),
    "en:other": (
        "The ratio of boys to girls in a class is {a} : {b}. If there are {n} boys, how many girls are there?",
        "For each {a} cups of rice we take {b} of water. How many cups of water go with {n} of rice?",
        "{p} and {q} share in the ratio {a} : {b}. If {p} gets {n} €, how many euros does {q} get?",
        "Two numbers are in the ratio {a} : {b} and the first is {n}. What is the second?",
    ),
    "en:all": (
        "The ratio of boys to girls in a camp is {a} : {b}. With {n} boys, how many children are there in all?",
        "Two numbers are in the ratio {a} : {b} and the first is {n}. What is their sum?",
    ),
}
SIMPLIFY_RATIO = {
    "es": (
        "Simplifica la razón {a} : {b}.",
        "[Escribe|Expresa] la razón {a} : {b} con los números más pequeños posibles.",
        "En una clase hay {a} chicas y {b} chicos. ¿Cuál es la razón entre chicas y chicos, simplificada?",
        "¿Cuál es la razón más sencilla equivalente a {a} : {b}?",
        "{p} mete {a} goles y {q}, {b}. Escribe la razón de sus goles en su forma más simple.",
        "Reduce la razón {a} a {b} a su forma más simple.",
    ),
    "en": (
        "Simplify the ratio {a} : {b}.",
        "Write the ratio {a} : {b} with the smallest possible numbers.",
        "A class has {a} girls and {b} boys. What is the ratio of girls to boys in its simplest form?",
        "Which is the simplest ratio equal to {a} : {b}?",
        "{p} scores {a} goals and {q} {b}. Give the ratio of their goals in its simplest form.",
        "Reduce the ratio {a} to {b} to its simplest form.",
    ),
}
RECIPE = {
    "es:grams": (
        "Una receta para {a} personas lleva {b} gramos de harina. ¿Cuántos gramos se necesitan para {c} personas?",
        "Para {a} personas {p} usa {b} g de arroz. ¿Cuántos gramos usará para {c} personas?",
        "Con {b} g de pasta comen {a} personas. ¿Cuántos gramos hacen falta para {c}?",
        "Un postre para {a} lleva {b} gramos de azúcar. Si vienen {c} personas, ¿cuántos gramos hay que poner?",
    ),
    "es:pieces": (
        "Una tarta para {a} personas lleva {b} huevos. ¿Cuántos huevos lleva una tarta igual para {c} personas?",
        "{p} calcula {b} patatas para {a} personas. ¿Cuántas patatas necesita para {c}?",
        "Para {a} invitados se preparan {b} bocadillos. ¿Cuántos bocadillos hacen falta para {c} invitados?",
    ),
    "en:grams": (
        "A recipe for {a} people takes {b} grams of flour. How many grams are needed for {c} people?",
        "For {a} people {p} takes {b} g of rice. How many grams for {c} people?",
        "{b} g of pasta feed {a} people. How many grams feed {c}?",
    ),
    "en:pieces": (
        "A cake for {a} people takes {b} eggs. How many eggs does a cake for {c} people take?",
        "{p} reckons {b} potatoes for {a} people. How many potatoes for {c}?",
        "For {a} guests {b} sandwiches are made. How many for {c} guests?",
    ),
}
MAP_SCALE = {
    "es": (
        "En un plano a escala {e}, una calle mide {c} cm. ¿Cuántos metros mide en la realidad?",
        "La escala de un plano es {e}. Dos puntos distan {c} cm en el plano. "
        "¿Cuántos metros distan en realidad?",
        "¿Qué longitud real, en metros, representan {c} cm en un plano a escala {e}?",
        "{p} mide con la regla {c} cm en un plano a escala {e}. [Find] la distancia real en metros.",
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
TO_PLAN = {
    "es": (
        "Una calle mide {m} m. ¿Cuántos centímetros mide en un plano a escala {e}?",
        "En un plano a escala {e}, ¿con cuántos centímetros se dibujan {m} m reales?",
        "{p} dibuja a escala {e} un muro de {m} m. ¿Cuántos centímetros mide en el dibujo?",
        "Dos casas están a {m} m. [Find] los centímetros que las separan en un plano a escala {e}.",
        "¿Qué longitud, en centímetros, tienen {m} m en un plano de escala {e}?",
        "La escala es {e}. Un jardín de {m} m de largo, ¿cuántos centímetros ocupa en el plano?",
    ),
    "en": (
        "A street is {m} m long. How many centimetres is it on a plan at scale {e}?",
        "At scale {e}, how many centimetres stand for {m} real metres?",
        "{p} draws a wall of {m} m at scale {e}. How many centimetres is it in the drawing?",
        "Two houses are {m} m apart. [Find] the centimetres between them on a plan at scale {e}.",
        "What length, in centimetres, have {m} m on a plan at scale {e}?",
        "The scale is {e}. A garden is {m} m long. How many centimetres is that on the plan?",
    ),
}
COMPOUND = {
    "es": (
        "{a} máquinas fabrican {n} piezas en {b} días. ¿Cuántas piezas fabrican {c} máquinas en {d} días?",
        "{a} personas cosen {n} bolsas en {b} horas. Al mismo ritmo, ¿cuántas bolsas cosen {c} personas en {d} horas?",
        "En {b} días, {a} gallinas ponen {n} huevos. ¿Cuántos huevos ponen {c} gallinas en {d} días al mismo ritmo?",
        "{a} caballos comen {n} kilos de pienso en {b} días. ¿Cuántos kilos comen {c} caballos en {d} días?",
        "Por {b} noches, {a} personas pagan {n} € de albergue. ¿Cuánto pagan {c} personas por {d} noches?",
        "{a} grifos echan {n} litros en {b} minutos. ¿Cuántos litros echan {c} grifos en {d} minutos?",
    ),
    "en": (
        "{a} machines make {n} parts in {b} days. How many parts do {c} machines make in {d} days?",
        "{a} people sew {n} bags in {b} hours. At the same pace, how many bags do {c} people sew in {d} hours?",
        "In {b} days {a} hens lay {n} eggs. How many eggs do {c} hens lay in {d} days at the same pace?",
        "{a} horses eat {n} kilos in {b} days. How many kilos do {c} horses eat in {d} days?",
        "For {b} nights {a} people pay {n} €. How much do {c} people pay for {d} nights?",
        "{a} taps give {n} litres in {b} minutes. How many litres do {c} taps give in {d} minutes?",
    ),
}
CONSTANT = {
    "es": (
        "La magnitud y es directamente proporcional a x. Si x = {x}, y = {y}. "
        "¿Cuál es la constante de proporcionalidad?",
        "[Find] la constante de proporcionalidad si a x = {x} le corresponde y = {y}.",
        "Dos magnitudes son directamente proporcionales: a {x} le corresponde {y}. ¿Cuál es la constante?",
        "En la función de proporcionalidad y = kx, cuando x = {x}, y = {y}. ¿Cuánto vale k?",
        "La gráfica de y = kx pasa por el punto ({x}, {y}). [Find] k.",
        "Si y = kx y el punto ({x}, {y}) la cumple, ¿cuál es el valor de k?",
    ),
    "en": (
        "The amount y is proportional to x. If x = {x}, y = {y}. What is the constant of proportionality?",
        "[Find] the constant of proportionality if y = {y} goes with x = {x}.",
        "In y = kx, y = {y} when x = {x}. What is k?",
        "The graph of y = kx passes through ({x}, {y}). [Find] k.",
        "Of two proportional amounts the first is {x} and the second {y}. What is the constant?",
        "If y = kx and the point ({x}, {y}) satisfies it, what is k?",
    ),
}

_LOWER = ("proportion", "lower_secondary")
FAMILIES = (
    Family("direct_proportion", *_LOWER, direct, DIRECT, weight=1.3),
    Family("missing_term", *_LOWER, cross_rule, CROSS_RULE),
    Family("inverse_proportion", *_LOWER, inverse, INVERSE),
    Family("ratio_share", *_LOWER, ratio_share, RATIO_SHARE),
    Family("ratio_other_part", *_LOWER, ratio_other, RATIO_OTHER),
    Family("simplify_ratio", *_LOWER, simplify_ratio, SIMPLIFY_RATIO, weight=0.5),
    Family("recipe", *_LOWER, recipe, RECIPE, weight=0.8),
    Family("compound_proportion", *_LOWER, compound, COMPOUND, weight=0.6, unseen=True),
    Family("constant_of_proportion", *_LOWER, constant, CONSTANT, weight=0.5),
    Family("map_scale", *_LOWER, map_scale, MAP_SCALE, unseen=True),
    Family("to_the_plan", *_LOWER, to_the_plan, TO_PLAN, weight=0.5),
)
