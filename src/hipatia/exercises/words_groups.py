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


def equal_groups(rng: Random, lang: str) -> Draft:
    a, b = _factors(rng)
    step = times(a, b, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS, caja=PACKS) | {"a": a, "b": b}
    head = say(lang, f"{a} grupos de {b} hacen", f"{a} groups of {b} make")
    return Draft(fields, (f"{head}: {step}",), step.value, sum([b] * a))


def groups_and_rest(rng: Random, lang: str) -> Draft:
    a, b = _factors(rng)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS, caja=PACKS) | {"a": a, "b": b}
    first = times(a, b, lang)
    head = say(lang, f"{a} grupos de {b} hacen", f"{a} groups of {b} make")
    if rng.random() < 0.5:
        c = rng.randint(2, a * b - 2)
        second = sub(int(first.value), c, lang)
        tail = say(lang, f"Quitamos {c} y quedan", f"We take {c} away")
        return Draft(
            fields | {"c": c},
            (f"{head}: {first}", f"{tail}: {second}"),
            second.value,
            a * b - c,
            variant="less",
        )
    c = rng.randint(3, 40)
    second = add(int(first.value), c, lang)
    tail = say(lang, f"Añadimos {c} y hay", f"We add {c} more")
    steps = (f"{head}: {first}", f"{tail}: {second}")
    return Draft(fields | {"c": c}, steps, second.value, c + b * a, variant="more")


def sharing(rng: Random, lang: str) -> Draft:
    b, each = rng.randint(2, 9), rng.choice([rng.randint(2, 12), rng.randint(11, 25)])
    a = b * each
    step = divide(a, b, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS, caja=PACKS) | {"a": a, "b": b}
    head = say(lang, f"Dividimos en {b} partes iguales", f"We divide into {b} equal parts")
    return Draft(fields, (f"{head}: {step}",), step.value, next(x for x in range(a) if b * x == a))


def how_many_groups(rng: Random, lang: str) -> Draft:
    b, groups = rng.randint(2, 9), rng.choice([rng.randint(2, 12), rng.randint(11, 20)])
    a = b * groups
    step = divide(a, b, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS, caja=PACKS) | {"a": a, "b": b}
    head = say(lang, f"Vemos cuántos grupos de {b} caben", f"How many groups of {b} fit")
    return Draft(fields, (f"{head}: {step}",), step.value, len(range(0, a, b)))


def sharing_in_two_steps(rng: Random, lang: str) -> Draft:
    c, each = rng.randint(2, 8), rng.randint(3, 12)
    whole = c * each
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS, caja=PACKS) | {"c": c}
    if rng.random() < 0.5:
        a = rng.randint(2, whole - 2)
        b = whole - a
        first = add(a, b, lang)
        head = say(lang, "Juntamos todo", "We put everything together")
        variant = "joined"
    else:
        b = rng.randint(2, 30)
        a = whole + b
        first = sub(a, b, lang)
        head = say(lang, "Primero quitamos", "First we take away")
        variant = "rest"
    second = divide(int(first.value), c, lang)
    tail = say(lang, f"Dividimos en {c} partes iguales", f"We divide into {c} equal parts")
    steps = (f"{head}: {first}", f"{tail}: {second}")
    return Draft(fields | {"a": a, "b": b}, steps, second.value, each, variant=variant)


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


def two_kinds_of_groups(rng: Random, lang: str) -> Draft:
    """Two kinds of groups: a groups of b and c groups of d."""
    a, b, c, d = (rng.randint(2, 9) for _ in range(4))
    first, second = times(a, b, lang), times(c, d, lang)
    third = add(int(first.value), int(second.value), lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "b": b, "c": c, "d": d}
    heads = say(lang, "Primero,Después,En total", "First,Then,In all").split(",")
    steps = tuple(f"{head}: {step}" for head, step in zip(heads, (first, second, third), strict=True))
    return Draft(fields, steps, third.value, sum([b] * a + [d] * c))


EQUAL_GROUPS = {
    "es": (
        "{p} tiene {a} {cajas} con {b} {cosas} en cada {caja}. ¿{Cuántas_cosas} tiene en total?",
        "En cada {caja} caben {b} {cosas}. ¿{Cuántas_cosas} caben en {a} {cajas}?",
        "Hay {a} filas de {b} sillas. ¿Cuántas sillas hay?",
        "Un edificio tiene {a} plantas y en cada planta hay {b} ventanas. "
        "¿Cuántas ventanas tiene el edificio?",
        "{p} hace {b} ejercicios cada día. ¿Cuántos ejercicios hace en {a} días?",
        "¿{Cuántas_cosas} hay en {a} {cajas} si cada {caja} contiene {b}?",
        "Cada uno de los {a} amigos de {p} trae {b} {cosas}. ¿{Cuántas_cosas} traen entre todos?",
        "En un aparcamiento hay {a} filas con {b} coches cada una. ¿Cuántos coches hay aparcados?",
        "Una caja de pinturas trae {b} colores. Si el colegio compra {a} cajas, ¿cuántas pinturas recibe?",
        "{p} planta {a} hileras de {b} lechugas. ¿Cuántas lechugas planta?",
        "Para un collar hacen falta {b} perlas. ¿Cuántas perlas hacen falta para {a} collares?",
        "Si en una {caja} hay {b} {cosas}, ¿{cuántas_cosas} habrá en {a} {cajas} iguales?",
    ),
    "en": (
        "{p} has {a} {packs} with {b} {things} in each. How many {things} does {p} have in all?",
        "{b} {things} fit in each of the {packs}. How many {things} fit in {a} {packs}?",
        "There are {a} rows of {b} chairs. How many chairs are there?",
        "A building has {a} floors with {b} windows on each. How many windows does it have?",
        "{p} does {b} exercises a day. How many exercises does {p} do in {a} days?",
        "How many {things} are in {a} {packs} if each holds {b}?",
        "A necklace takes {b} beads. How many beads do {a} necklaces take?",
    ),
}
GROUPS_AND_REST = {
    "es:less": (
        "{p} compra {a} {cajas} de {b} {cosas} y regala {c}. ¿{Cuántas_cosas} le quedan?",
        "Había {a} {cajas} con {b} {cosas} en cada {caja}. Se perdieron {c}. ¿{Cuántas_cosas} quedan?",
        "Un cine tiene {a} filas de {b} butacas. Si hay {c} ocupadas, ¿cuántas butacas están libres?",
        "¿{Cuántas_cosas} le quedan a {p} si tenía {a} {cajas} de {b} {cosas} y dio {c} a {q}?",
        "{p} lee {b} páginas al día durante {a} días y luego repasa {c} de ellas. "
        "¿Cuántas páginas no ha repasado?",
        "Una tienda recibe {a} {cajas} con {b} {cosas} por {caja} y vende {c}. "
        "¿{Cuántas_cosas} quedan por vender?",
    ),
    "es:more": (
        "{p} tiene {a} {cajas} con {b} {cosas} en cada {caja} y además {c} en la mesa. "
        "¿{Cuántas_cosas} tiene en total?",
        "En una sala hay {a} filas de {b} sillas y {c} sillas más al fondo. ¿Cuántas sillas hay?",
        "{p} tenía {c} {cosas} y compra {a} {cajas} de {b}. ¿{Cuántas_cosas} tiene ahora?",
        "{p} corre {b} kilómetros al día durante {a} días y el domingo corre {c} más. "
        "¿Cuántos kilómetros corre en total?",
        "En el almacén hay {c} {cosas}. Llegan {a} {cajas} con {b} en cada {caja}. "
        "¿{Cuántas_cosas} hay ahora?",
        "¿{Cuántas_cosas} reúne {p} con {a} {cajas} de {b} {cosas} y {c} que le da {q}?",
    ),
    "en:less": (
        "{p} buys {a} {packs} of {b} {things} and gives {c} away. How many {things} are left?",
        "A cinema has {a} rows of {b} seats. If {c} seats are taken, how many are free?",
        "A shop receives {a} {packs} with {b} {things} in each and sells {c}. "
        "How many {things} are left to sell?",
    ),
    "en:more": (
        "{p} has {a} {packs} of {b} {things} and {c} more on the table. How many {things} does {p} have?",
        "In a hall there are {a} rows of {b} chairs and {c} more at the back. How many chairs are there?",
        "{p} had {c} {things} and buys {a} {packs} of {b}. How many {things} does {p} have now?",
    ),
}
SHARING = {
    "es": (
        "{p} reparte {a} {cosas} entre {b} amigos a partes iguales. ¿{Cuántas_cosas} recibe cada amigo?",
        "Se colocan {a} {cosas} en {b} {cajas} con la misma cantidad. ¿{Cuántas_cosas} hay en cada {caja}?",
        "Una cuerda de {a} metros se corta en {b} trozos iguales. ¿Cuántos metros mide cada trozo?",
        "{b} hermanos se reparten {a} euros por igual. ¿Cuántos euros le tocan a cada uno?",
        "Hay {a} alumnos y se forman {b} equipos iguales. ¿Cuántos alumnos tiene cada equipo?",
        "¿{Cuántas_cosas} le tocan a cada niño si {a} {cosas} se reparten entre {b} niños?",
        "Un libro de {a} páginas se lee en {b} días, lo mismo cada día. ¿Cuántas páginas se leen al día?",
        "{b} entradas iguales han costado {a} euros. ¿Cuántos euros cuesta una entrada?",
        "Con {a} litros de zumo se llenan {b} jarras iguales. ¿Cuántos litros caben en cada jarra?",
        "{p} pone {a} {cosas} en {b} montones iguales. ¿{Cuántas_cosas} hay en cada montón?",
    ),
    "en": (
        "{p} shares {a} {things} equally among {b} friends. How many {things} does each friend get?",
        "{a} {things} are put into {b} {packs} with the same number in each. How many {things} are in each?",
        "A rope of {a} metres is cut into {b} equal pieces. How many metres long is each piece?",
        "{b} brothers share {a} euros equally. How many euros does each get?",
        "There are {a} pupils in {b} equal teams. How many pupils are in each team?",
        "{b} equal tickets cost {a} euros. How many euros does one ticket cost?",
    ),
}
HOW_MANY_GROUPS = {
    "es": (
        "{p} tiene {a} {cosas} y hace grupos de {b}. ¿Cuántos grupos forma?",
        "¿{Cuántas_cajas} hacen falta para guardar {a} {cosas} si en cada {caja} caben {b}?",
        "En cada mesa se sientan {b} personas. ¿Cuántas mesas se necesitan para {a} personas?",
        "{p} lee {b} páginas al día. ¿Cuántos días tarda en leer {a} páginas?",
        "Con {a} rosas se hacen ramos de {b} rosas. ¿Cuántos ramos salen?",
        "Una cinta de {a} metros se corta en trozos de {b} metros. ¿Cuántos trozos se obtienen?",
        "¿Cuántos equipos de {b} jugadores se pueden formar con {a} jugadores?",
        "{p} gasta {b} euros cada semana. ¿Para cuántas semanas le llegan {a} euros?",
        "Un pastelero tiene {a} pasteles y los vende en bandejas de {b}. ¿Cuántas bandejas llena?",
    ),
    "en": (
        "{p} has {a} {things} and makes groups of {b}. How many groups does {p} make?",
        "How many {packs} are needed for {a} {things} if each holds {b}?",
        "{b} people sit at each table. How many tables are needed for {a} people?",
        "{p} reads {b} pages a day. How many days does {p} need for {a} pages?",
        "A ribbon of {a} metres is cut into pieces of {b} metres. How many pieces are there?",
        "How many teams of {b} players can be made from {a} players?",
    ),
}
SHARING_IN_TWO_STEPS = {
    "es:joined": (
        "{p} tiene {a} {cosas} y {q} tiene {b}. Lo juntan todo y hacen {c} montones iguales. "
        "¿{Cuántas_cosas} hay en cada montón?",
        "Hay {a} niñas y {b} niños. Se forman {c} equipos con igual número de personas. "
        "¿Cuántas personas hay en cada equipo?",
        "{p} cosecha {a} kilos de uva y {q}, {b}. Reparten la uva en {c} cajas iguales. "
        "¿Cuántos kilos van en cada caja?",
        "Un regalo cuesta {a} euros y una tarta {b}. Lo pagan {c} amigos a partes iguales. "
        "¿Cuántos euros pone cada uno?",
    ),
    "es:rest": (
        "{p} tenía {a} {cosas}, se quedó con {b} y repartió el resto entre {c} amigos. "
        "¿{Cuántas_cosas} recibió cada amigo?",
        "De {a} huevos se rompen {b}. Los demás se ponen en {c} cajas iguales. "
        "¿Cuántos huevos hay en cada caja?",
        "{p} tenía {a} euros. Gastó {b} y repartió lo que quedaba entre sus {c} sobrinos. "
        "¿Cuántos euros recibió cada sobrino?",
        "Un libro tiene {a} páginas y {p} ya ha leído {b}. "
        "Quiere acabarlo en {c} días leyendo lo mismo cada día. "
        "¿Cuántas páginas leerá al día?",
    ),
    "en:joined": (
        "{p} has {a} {things} and {q} has {b}. They put them together and make {c} equal piles. "
        "How many {things} are in each pile?",
        "There are {a} girls and {b} boys. They form {c} equal teams. How many are in each team?",
        "A present costs {a} euros and a cake {b}. {c} friends pay equal parts. "
        "How many euros does each pay?",
    ),
    "en:rest": (
        "{p} had {a} {things}, kept {b} and shared the rest among {c} friends. How many did each friend get?",
        "Of {a} eggs {b} break. The others go into {c} equal boxes. How many eggs are in each box?",
        "A book has {a} pages and {p} has read {b}. How many pages a day finish it in {c} days?",
    ),
}
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
TWO_KINDS = {
    "es": (
        "{p} llena {a} cajas con {b} {cosas} cada una y {c} bolsas con {d}. ¿{Cuántas_cosas} hay en total?",
        "En un comedor hay {a} mesas de {b} sillas y {c} mesas de {d} sillas. ¿Cuántas sillas hay?",
        "En una granja hay {a} corrales con {b} ovejas y {c} corrales con {d} cabras. ¿Cuántos animales hay?",
        "{p} estudia {b} horas al día durante {a} días y {d} horas al día durante otros {c} días. "
        "¿Cuántas horas estudia en total?",
        "Un álbum tiene {a} páginas con {b} fotos y {c} páginas con {d} fotos. ¿Cuántas fotos contiene?",
        "Se plantan {a} filas de {b} pinos y {c} filas de {d} robles. ¿Cuántos árboles se plantan?",
        "¿Cuántos puntos suma {p} si acierta {a} preguntas de {b} puntos y {c} preguntas de {d} puntos?",
    ),
    "en": (
        "{p} fills {a} boxes with {b} {things} each and {c} bags with {d}. "
        "How many {things} are there in all?",
        "In a dining hall there are {a} tables with {b} chairs and {c} tables with {d}. "
        "How many chairs are there?",
        "A farm has {a} pens with {b} sheep and {c} pens with {d} goats. How many animals are there?",
        "An album has {a} pages with {b} photos and {c} pages with {d}. How many photos does it hold?",
        "{a} rows of {b} pines and {c} rows of {d} oaks are planted. How many trees are planted?",
        "How many points does {p} get for {a} answers of {b} points and {c} answers of {d} points?",
    ),
}

_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("equal_groups", *_WORDS, equal_groups, EQUAL_GROUPS, weight=1.5, needless=0.1),
    Family("groups_and_rest", *_WORDS, groups_and_rest, GROUPS_AND_REST, weight=1.5),
    Family("two_kinds_of_groups", *_WORDS, two_kinds_of_groups, TWO_KINDS, weight=1.2),
    Family("sharing", *_WORDS, sharing, SHARING, weight=1.5, needless=0.1),
    Family("how_many_groups", *_WORDS, how_many_groups, HOW_MANY_GROUPS, weight=1.2),
    Family("sharing_in_two_steps", *_WORDS, sharing_in_two_steps, SHARING_IN_TWO_STEPS, weight=1.2),
    Family("leftovers", *_WORDS, leftovers, LEFTOVERS, weight=1.2),
    Family("containers_needed", *_WORDS, containers_needed, CONTAINERS_NEEDED, unseen=True),
    Family("fraction_of_things", *_WORDS, fraction_of_things, FRACTION_OF_THINGS, weight=1.2),
)
