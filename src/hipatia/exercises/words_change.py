"""Word problems of joining, separating and comparing, with the unknown in each place."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .steps import add, divide, sub, times, total
from .wording import COLLECTABLES, FOODS, nouns, people, say

THINGS = (*COLLECTABLES, *FOODS)
TIMES_WORDS = {
    "es": {2: "el doble", 3: "el triple", 4: "el cuádruple"},
    "en": {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"},
}


def _amounts(rng: Random, low: int = 6, high: int = 90) -> tuple[int, int]:
    return rng.randint(low, high), rng.randint(3, high)


def joining(rng: Random, lang: str) -> Draft:
    a, b = _amounts(rng)
    step = add(a, b, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "b": b}
    head = say(lang, "Juntamos las dos cantidades", "We put both amounts together")
    return Draft(fields, (f"{head}: {step}",), step.value, b - -a)


def separating(rng: Random, lang: str) -> Draft:
    a = rng.randint(15, 99)
    b = rng.randint(4, a - 2)
    step = sub(a, b, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "b": b}
    head = say(lang, f"De {a} quitamos {b} y quedan", f"From {a} we take {b} away")
    return Draft(fields, (f"{head}: {step}",), step.value, next(x for x in range(a) if x + b == a))


def joining_three(rng: Random, lang: str) -> Draft:
    numbers = [rng.randint(4, 40) for _ in range(3)]
    step = total(numbers, lang)
    fields = people(rng, lang, 3) | nouns(rng, lang, cosa=THINGS) | dict(zip("abc", numbers, strict=True))
    head = say(lang, "Sumamos las tres cantidades", "We add the three amounts")
    return Draft(fields, (f"{head}: {step}",), step.value, sum(numbers))


def join_and_separate(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(10, 60), rng.randint(5, 40)
    c = rng.randint(3, a + b - 3)
    first = add(a, b, lang)
    second = sub(int(first.value), c, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "b": b, "c": c}
    steps = (
        f"{say(lang, 'Primero sumamos', 'First we add')}: {first}",
        f"{say(lang, 'Después quitamos', 'Then we take away')}: {second}",
    )
    return Draft(fields, steps, second.value, a - c + b)


def unknown_start(rng: Random, lang: str) -> Draft:
    change, end = rng.randint(4, 45), rng.randint(10, 80)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"b": change, "c": end}
    if rng.random() < 0.6:
        step = add(end, change, lang)
        head = say(
            lang,
            f"Se fueron {change} y quedan {end}; al principio había",
            f"{change} went away and {end} are left; at first there were",
        )
        return Draft(fields, (f"{head}: {step}",), step.value, -(-change - end), variant="lost")
    end += change
    step = sub(end, change, lang)
    head = say(
        lang,
        f"Se añadieron {change} y ahora hay {end}; al principio había",
        f"{change} were added and now there are {end}; at first there were",
    )
    fields |= {"c": end}
    return Draft(fields, (f"{head}: {step}",), step.value, -change + end, variant="won")


def unknown_change(rng: Random, lang: str) -> Draft:
    start, change = rng.randint(12, 70), rng.randint(4, 35)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": start}
    if rng.random() < 0.5:
        end = start + change
        step = sub(end, start, lang)
        head = say(
            lang, f"De {start} se pasa a {end}; la diferencia es", f"From {start} to {end}; the change is"
        )
        return Draft(fields | {"c": end}, (f"{head}: {step}",), step.value, change, variant="won")
    start += change
    end = start - change
    step = sub(start, end, lang)
    head = say(
        lang, f"De {start} quedan {end}; la diferencia es", f"Of {start}, {end} are left; the change is"
    )
    return Draft(fields | {"a": start, "c": end}, (f"{head}: {step}",), step.value, change, variant="lost")


def compare_more(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(8, 70), rng.randint(3, 35)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "b": b}
    if rng.random() < 0.5:
        step = add(a, b, lang)
        head = say(lang, f"{b} más que {a} son", f"{b} more than {a} is")
        return Draft(fields, (f"{head}: {step}",), step.value, b - -a, variant="more")
    a += b + 2
    step = sub(a, b, lang)
    head = say(lang, f"{b} menos que {a} son", f"{b} fewer than {a} is")
    return Draft(fields | {"a": a}, (f"{head}: {step}",), step.value, -b + a, variant="less")


def compare_difference(rng: Random, lang: str) -> Draft:
    b = rng.randint(5, 60)
    a = b + rng.randint(3, 35)
    step = sub(a, b, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "b": b}
    head = say(lang, "Restamos para hallar la diferencia", "We subtract to find the difference")
    return Draft(fields, (f"{head}: {step}",), step.value, next(x for x in range(a) if b + x == a))


def compare_and_total(rng: Random, lang: str) -> Draft:
    a, b = rng.randint(6, 50), rng.randint(2, 25)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS)
    more = rng.random() < 0.6
    a += 0 if more else b + 3
    first = add(a, b, lang) if more else sub(a, b, lang)
    second = add(a, int(first.value), lang)
    q = fields["q"]
    steps = (
        f"{say(lang, f'{q} tiene', f'{q} has')}: {first}",
        f"{say(lang, 'Entre los dos', 'Together')}: {second}",
    )
    check = 2 * a + b if more else 2 * a - b
    return Draft(fields | {"a": a, "b": b}, steps, second.value, check, variant="more" if more else "less")


def compare_times(rng: Random, lang: str) -> Draft:
    k = rng.choice([2, 2, 3, 3, 4, 5, 6])
    a = rng.randint(4, 30) if k < 4 else rng.randint(3, 15)
    words = TIMES_WORDS[lang].get(k, f"{k} veces más")
    if lang == "es" and k > 2 and rng.random() < 0.5:
        words = f"{k} veces más"
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "k": k}
    if words.startswith("el "):
        fields |= {"veces": f"{words} de", "veces_que": f"{words} que"}
    elif lang == "es":
        fields |= {"veces": words, "veces_que": f"{words} que"}
    else:
        fields |= {"times": words}
    step = times(k, a, lang)
    q = fields["q"]
    first = f"{say(lang, f'{q} tiene {k} veces eso', f'{q} has {k} times that')}: {step}"
    if rng.random() < 0.55:
        return Draft(fields, (first,), step.value, sum([a] * k))
    second = add(a, int(step.value), lang)
    steps = (first, f"{say(lang, 'Entre los dos', 'Together')}: {second}")
    return Draft(fields, steps, second.value, a * (k + 1), variant="total")


def compare_part(rng: Random, lang: str) -> Draft:
    k = rng.choice([2, 2, 3, 4, 5])
    small = rng.randint(3, 15)
    a = small * k
    words = {2: "la mitad", 3: "la tercera parte", 4: "la cuarta parte", 5: "la quinta parte"}[k]
    words_en = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth"}[k]
    step = divide(a, k, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=THINGS) | {"a": a, "parte": words, "part": words_en}
    q = fields["q"]
    first = say(lang, f"{q} tiene {words}: {step}", f"{q} has {words_en} of that: {step}")
    if rng.random() < 0.5:
        return Draft(fields, (first,), step.value, next(x for x in range(a) if x * k == a))
    second = add(a, int(step.value), lang)
    steps = (first, f"{say(lang, 'Entre los dos', 'Together')}: {second}")
    return Draft(fields, steps, second.value, small * (k + 1), variant="total")


JOINING = {
    "es": (
        "{p} tiene {a} {cosas} y {q} le regala {b}. ¿{Cuántas_cosas} tiene ahora?",
        "{p} tenía {a} {cosas}. En su cumpleaños le regalaron {b} más. ¿{Cuántas_cosas} tiene {p} en total?",
        "En una mesa hay {a} {cosas} y en otra hay {b}. ¿{Cuántas_cosas} hay en total?",
        "{p} ha juntado {a} {cosas} y {q}, {b}. ¿{Cuántas_cosas} tienen entre los dos?",
        "¿{Cuántas_cosas} tiene {p} si tenía {a} y compra otras {b} unidades?",
        "Por la mañana {p} prepara {a} {cosas} y por la tarde {b} más. "
        "¿{Cuántas_cosas} prepara en todo el día?",
        "En un tren viajan {a} personas. En la parada suben {b}. ¿Cuántas personas van ahora en el tren?",
        "Una biblioteca tiene {a} libros de aventuras y {b} de misterio. ¿Cuántos libros son en total?",
        "En una granja hay {a} gallinas y {b} patos. ¿Cuántas aves hay en la granja?",
        "A una excursión van {a} niñas y {b} niños. ¿Cuántas personas van a la excursión?",
        "El lunes {p} leyó {a} páginas y el martes {b}. ¿Cuántas páginas ha leído ya?",
        "{q} le da {b} {cosas} a {p}, que ya tenía {a}. ¿Cuántas unidades reúne {p}?",
    ),
    "en": (
        "{p} has {a} {things} and {q} gives {p} {b} more. How many {things} does {p} have now?",
        "There are {a} {things} on one table and {b} on another. How many {things} are there in all?",
        "{p} has collected {a} {things} and {q} has collected {b}. How many {things} do they have together?",
        "How many {things} does {p} have after buying {b} more, having had {a} before?",
        "{a} people are on a train. At the stop {b} get on. How many people are on the train now?",
        "A library has {a} adventure books and {b} crime books. How many books is that in all?",
        "On Monday {p} read {a} pages and on Tuesday {b}. How many pages has {p} read so far?",
    ),
}
SEPARATING = {
    "es": (
        "{p} tenía {a} {cosas} y le dio {b} a {q}. ¿{Cuántas_cosas} le quedan?",
        "De las {a} fotos de un álbum, {p} quita {b}. ¿Cuántas fotos quedan en el álbum?",
        "Había {a} {cosas} en la mesa. Se llevaron {b}. ¿{Cuántas_cosas} quedan en la mesa?",
        "{p} tiene {a} {cosas}. Si pierde {b}, ¿{cuántas_cosas} tendrá?",
        "¿{Cuántas_cosas} le quedan a {p} si tenía {a} y regaló {b}?",
        "En un tren viajan {a} pasajeros y en la estación bajan {b}. ¿Cuántos pasajeros siguen en el tren?",
        "Un libro tiene {a} páginas. {p} ya ha leído {b}. ¿Cuántas páginas le faltan por leer?",
        "Una frutería tenía {a} kilos de fruta y vendió {b}. ¿Cuántos kilos le quedan?",
        "En el parque había {a} palomas y se fueron volando {b}. ¿Cuántas palomas quedan?",
        "{p} usa {b} {cosas} de un total de {a}. ¿{Cuántas_cosas} no ha usado?",
        "De {a} invitados a una fiesta, {b} no pudieron ir. ¿Cuántos invitados fueron a la fiesta?",
        "Un rollo de cuerda mide {a} metros y se cortan {b}. ¿Cuántos metros de cuerda quedan?",
    ),
    "en": (
        "{p} had {a} {things} and gave {b} to {q}. How many {things} does {p} have left?",
        "There were {a} {things} on the table. {b} were taken away. How many {things} are left?",
        "{p} has {a} {things}. After losing {b}, how many {things} will {p} have?",
        "{a} passengers are on a train and {b} get off at the station. How many stay on the train?",
        "A book has {a} pages. {p} has read {b}. How many pages are left to read?",
        "A shop had {a} kilos of fruit and sold {b}. How many kilos are left?",
        "A rope is {a} metres long and {b} metres are cut off. How many metres are left?",
    ),
}
JOINING_THREE = {
    "es": (
        "{p} tiene {a} {cosas}, {q} tiene {b} y {r} tiene {c}. ¿{Cuántas_cosas} tienen entre los tres?",
        "En tres cajas hay {a}, {b} y {c} {cosas}. ¿{Cuántas_cosas} hay en total?",
        "{p} leyó {a} páginas el lunes, {b} el martes y {c} el miércoles. "
        "¿Cuántas páginas leyó en los tres días?",
        "Un jardín tiene {a} rosas, {b} tulipanes y {c} margaritas. ¿Cuántas flores hay en el jardín?",
        "Un equipo marcó {a} puntos en el primer partido, {b} en el segundo y {c} en el tercero. "
        "¿Cuántos puntos marcó en total?",
        "¿{Cuántas_cosas} reúnen {p}, {q} y {r} si aportan {a}, {b} y {c}?",
        "Una panadería vendió {a} panes el viernes, {b} el sábado y {c} el domingo. ¿Cuántos panes vendió?",
        "En el zoo hay {a} monos, {b} loros y {c} tortugas. ¿Cuántos animales son?",
    ),
    "en": (
        "{p} has {a} {things}, {q} has {b} and {r} has {c}. How many {things} do the three have together?",
        "Three boxes hold {a}, {b} and {c} {things}. How many {things} are there in all?",
        "{p} read {a} pages on Monday, {b} on Tuesday and {c} on Wednesday. "
        "How many pages in the three days?",
        "A garden has {a} roses, {b} tulips and {c} daisies. How many flowers are in the garden?",
        "A team scored {a} points in the first game, {b} in the second and {c} in the third. "
        "How many points in all?",
        "A bakery sold {a} loaves on Friday, {b} on Saturday and {c} on Sunday. How many loaves did it sell?",
    ),
}
JOIN_AND_SEPARATE = {
    "es": (
        "{p} tenía {a} {cosas}, compró {b} más y luego regaló {c}. ¿{Cuántas_cosas} tiene ahora?",
        "En un autobús iban {a} personas. Subieron {b} y bajaron {c}. ¿Cuántas personas van ahora?",
        "Una tienda tenía {a} {cosas}. Recibió otras {b} unidades y vendió {c}. ¿{Cuántas_cosas} quedan?",
        "{p} pone en una cesta {a} {cosas} y {q} pone {b}. Después sacan {c}. "
        "¿{Cuántas_cosas} quedan en la cesta?",
        "¿{Cuántas_cosas} le quedan a {p} si tenía {a}, encontró {b} y perdió {c}?",
        "Hay {a} patos en un estanque. Llegan {b} y más tarde se van {c}. ¿Cuántos patos quedan?",
        "{p} ganó {a} puntos en un juego, después ganó {b} y al final perdió {c}. ¿Con cuántos puntos acabó?",
        "Un depósito tenía {a} litros de agua. Se echaron {b} litros y se gastaron {c}. "
        "¿Cuántos litros hay en el depósito?",
        "{p} tiene {a} {cosas} y {q}, {b}. Si dan {c} a un amigo, ¿{cuántas_cosas} les quedan entre los dos?",
    ),
    "en": (
        "{p} had {a} {things}, bought {b} more and then gave {c} away. How many {things} does {p} have now?",
        "{a} people were on a bus. {b} got on and {c} got off. How many people are on it now?",
        "A shop had {a} {things}. It received {b} more and sold {c}. How many {things} are left?",
        "How many {things} does {p} have left after having {a}, finding {b} and losing {c}?",
        "There are {a} ducks on a pond. {b} arrive and later {c} leave. How many ducks are left?",
        "A tank held {a} litres of water. {b} litres were added and {c} were used. "
        "How many litres are in it?",
    ),
}
UNKNOWN_START = {
    "es:lost": (
        "{p} regaló {b} {cosas} y le quedan {c}. ¿{Cuántas_cosas} tenía al principio?",
        "Después de dar {b} {cosas} a {q}, {p} se queda con {c}. ¿{Cuántas_cosas} tenía antes?",
        "De un autobús bajaron {b} personas y quedaron {c}. ¿Cuántas personas iban en el autobús?",
        "Una tienda vendió {b} {cosas} y todavía tiene {c}. ¿{Cuántas_cosas} había al abrir?",
        "¿Cuánto dinero llevaba {p} si gastó {b} euros y aún le quedan {c}?",
        "{p} perdió {b} {cosas}. Ahora tiene {c}. ¿{Cuántas_cosas} tenía?",
        "Había muchas hojas en un cuaderno. {p} arrancó {b} y quedan {c}. ¿Cuántas hojas había?",
    ),
    "es:won": (
        "{p} guardaba {cosas} en casa. Le dan {b} y ahora tiene {c}. ¿{Cuántas_cosas} tenía al principio?",
        "Tras subir {b} personas, en el tren van {c}. ¿Cuántas personas iban antes?",
        "{q} le regaló {b} {cosas} a {p}, que ahora tiene {c}. ¿{Cuántas_cosas} tenía {p} antes?",
        "{p} ahorró {b} euros este mes y ya tiene {c}. ¿Cuántos euros tenía antes?",
        "¿{Cuántas_cosas} había en la caja si metieron {b} y ahora hay {c}?",
        "Una planta creció {b} centímetros y ahora mide {c}. ¿Cuántos centímetros medía antes?",
    ),
    "en:lost": (
        "{p} gave away {b} {things} and has {c} left. How many {things} did {p} have at first?",
        "{b} people got off a bus and {c} stayed on. How many people were on the bus?",
        "A shop sold {b} {things} and still has {c}. How many {things} were there at opening time?",
        "How much money did {p} have before spending {b} euros, with {c} euros left?",
    ),
    "en:won": (
        "{p} had some {things}. Then {p} got {b} more and now has {c}. "
        "How many {things} did {p} have at first?",
        "After {b} people got on, {c} are on the train. How many were on it before?",
        "{p} saved {b} euros this month and now has {c}. How many euros did {p} have before?",
    ),
}
UNKNOWN_CHANGE = {
    "es:won": (
        "{p} tenía {a} {cosas}. Su abuela le dio más y ahora tiene {c}. ¿{Cuántas_cosas} le dio?",
        "En el patio había {a} niños. Llegaron más y ahora hay {c}. ¿Cuántos niños llegaron?",
        "¿{Cuántas_cosas} tiene que conseguir {p} para llegar a {c} si ya tiene {a}?",
        "Un árbol medía {a} centímetros y ahora mide {c}. ¿Cuántos centímetros ha crecido?",
        "{p} ha leído {a} páginas de un libro de {c}. ¿Cuántas páginas le faltan?",
        "Por la mañana había {a} {cosas} y por la noche {c}. ¿Cuántas unidades se añadieron?",
    ),
    "es:lost": (
        "{p} tenía {a} {cosas} y ahora tiene {c}. ¿{Cuántas_cosas} ha perdido?",
        "Había {a} personas en el cine. Salieron algunas y quedan {c}. ¿Cuántas personas salieron?",
        "{p} salió de casa con {a} euros y volvió con {c}. ¿Cuántos euros gastó?",
        "Una caja tenía {a} {cosas}. Ahora hay {c}. ¿{Cuántas_cosas} se han sacado?",
        "¿{Cuántas_cosas} vendió una tienda que tenía {a} y al cerrar tiene {c}?",
        "En un depósito había {a} litros y quedan {c}. ¿Cuántos litros se han gastado?",
    ),
    "en:won": (
        "{p} had {a} {things}. Grandma gave {p} some and now {p} has {c}. How many {things} did she give?",
        "{a} children were in the yard. More came and now there are {c}. How many children came?",
        "{p} has read {a} pages of a book of {c}. How many pages are left?",
    ),
    "en:lost": (
        "{p} had {a} {things} and now has {c}. How many {things} has {p} lost?",
        "{a} people were in the cinema. Some left and {c} are still there. How many people left?",
        "{p} left home with {a} euros and came back with {c}. How many euros did {p} spend?",
    ),
}
COMPARE_MORE = {
    "es:more": (
        "{p} tiene {a} {cosas} y {q} tiene {b} más que {p}. ¿{Cuántas_cosas} tiene {q}?",
        "{q} tiene {b} {cosas} más que {p}. Si {p} tiene {a}, ¿{cuántas_cosas} tiene {q}?",
        "Un libro tiene {a} páginas y otro tiene {b} páginas más. ¿Cuántas páginas tiene el segundo libro?",
        "Un saco pesa {a} kilos y otro pesa {b} kilos más. ¿Cuántos kilos pesa el segundo saco?",
        "¿{Cuántas_cosas} tiene {q} si supera en {b} a {p}, que tiene {a}?",
        "En 5.º A juntaron {a} {cosas}. En 5.º B juntaron {b} más que en 5.º A. "
        "¿{Cuántas_cosas} juntaron en 5.º B?",
        "Hoy han venido {b} personas más que ayer, cuando vinieron {a}. ¿Cuántas personas han venido hoy?",
    ),
    "es:less": (
        "{p} tiene {a} {cosas} y {q} tiene {b} menos que {p}. ¿{Cuántas_cosas} tiene {q}?",
        "{q} tiene {b} {cosas} menos que {p}. Si {p} tiene {a}, ¿{cuántas_cosas} tiene {q}?",
        "Una torre mide {a} metros y otra mide {b} metros menos. ¿Cuántos metros mide la segunda torre?",
        "Ayer vendieron {a} bocadillos y hoy {b} menos. ¿Cuántos bocadillos han vendido hoy?",
        "A {p} le faltan {b} {cosas} para igualar a {q}, que tiene {a}. ¿Cuántas unidades tiene {p}?",
        "Un abrigo cuesta {a} euros y una bufanda cuesta {b} euros menos. ¿Cuántos euros cuesta la bufanda?",
    ),
    "en:more": (
        "{p} has {a} {things} and {q} has {b} more than {p}. How many {things} does {q} have?",
        "{q} has {b} more {things} than {p}. If {p} has {a}, how many {things} does {q} have?",
        "One book has {a} pages and another has {b} pages more. How many pages has the second book?",
    ),
    "en:less": (
        "{p} has {a} {things} and {q} has {b} fewer than {p}. How many {things} does {q} have?",
        "{q} has {b} fewer {things} than {p}. If {p} has {a}, how many {things} does {q} have?",
        "A coat costs {a} euros and a scarf costs {b} euros less. How many euros does the scarf cost?",
    ),
}
COMPARE_DIFFERENCE = {
    "es": (
        "{p} tiene {a} {cosas} y {q} tiene {b}. ¿{Cuántas_cosas} más tiene {p} que {q}?",
        "{p} tiene {b} {cosas} y {q} tiene {a}. ¿{Cuántas_cosas} menos tiene {p} que {q}?",
        "Un saco pesa {a} kilos y otro pesa {b} kilos. ¿Cuál es la diferencia de peso?",
        "¿{Cuántas_cosas} le faltan a {q}, que tiene {b}, para igualar a {p}, que tiene {a}?",
        "En el equipo azul hay {b} jugadores y en el rojo, {a}. ¿Cuántos jugadores más hay en el rojo?",
        "Ayer vinieron {b} visitantes y hoy {a}. ¿Cuántos visitantes más han venido hoy?",
        "Un lápiz mide {b} milímetros y un pincel mide {a}. ¿Cuántos milímetros más largo es el pincel?",
        "La clase de {p} plantó {a} árboles y la de {q} plantó {b}. ¿Cuántos árboles más plantó la de {p}?",
    ),
    "en": (
        "{p} has {a} {things} and {q} has {b}. How many more {things} does {p} have than {q}?",
        "{p} has {b} {things} and {q} has {a}. How many fewer {things} does {p} have than {q}?",
        "One sack weighs {a} kilos and another weighs {b} kilos. What is the difference in weight?",
        "How many {things} does {q} need to have as many as {p}, if {q} has {b} and {p} has {a}?",
        "The blue team has {b} players and the red team {a}. How many more players has the red team?",
        "Yesterday {b} visitors came and today {a}. How many more visitors came today?",
    ),
}
COMPARE_AND_TOTAL = {
    "es:more": (
        "{p} tiene {a} {cosas} y {q} tiene {b} más. ¿{Cuántas_cosas} tienen entre los dos?",
        "{q} tiene {b} {cosas} más que {p}, y {p} tiene {a}. ¿{Cuántas_cosas} tienen en total?",
        "{p} recogió {a} {cosas}. {q} recogió {b} más que {p}. ¿{Cuántas_cosas} recogieron los dos juntos?",
        "¿{Cuántas_cosas} suman {p} y {q} si {p} tiene {a} y {q} tiene {b} más que {p}?",
    ),
    "es:less": (
        "{p} tiene {a} {cosas} y {q} tiene {b} menos. ¿{Cuántas_cosas} tienen entre los dos?",
        "{q} tiene {b} {cosas} menos que {p}, y {p} tiene {a}. ¿{Cuántas_cosas} tienen en total?",
        "{p} vendió {a} {cosas}. {q} vendió {b} menos que {p}. ¿{Cuántas_cosas} vendieron los dos juntos?",
        "¿{Cuántas_cosas} suman {p} y {q} si {p} tiene {a} y {q} tiene {b} menos que {p}?",
    ),
    "en:more": (
        "{p} has {a} {things} and {q} has {b} more. How many {things} do they have together?",
        "{q} has {b} more {things} than {p}, and {p} has {a}. How many {things} do they have in all?",
        "{p} picked {a} {things}. {q} picked {b} more than {p}. How many {things} did both pick?",
    ),
    "en:less": (
        "{p} has {a} {things} and {q} has {b} fewer. How many {things} do they have together?",
        "{q} has {b} fewer {things} than {p}, and {p} has {a}. How many {things} do they have in all?",
        "{p} sold {a} {things}. {q} sold {b} fewer than {p}. How many {things} did both sell?",
    ),
}
COMPARE_TIMES = {
    "es": (
        "{p} tiene {a} {cosas} y {q} tiene {veces_que} {p}. ¿{Cuántas_cosas} tiene {q}?",
        "{q} tiene {veces} {cosas} que {p}. Si {p} tiene {a}, ¿{cuántas_cosas} tiene {q}?",
        "{p} ha leído {a} páginas y {q} ha leído {veces_que} {p}. ¿Cuántas páginas ha leído {q}?",
        "{p} ahorra {a} euros. {q} ahorra {veces_que} {p}. ¿Cuántos euros ahorra {q}?",
        "¿{Cuántas_cosas} tiene {q} si tiene {veces_que} {p} y {p} tiene {a}?",
        "Si {p} recoge {a} {cosas} y {q} recoge {veces_que} {p}, ¿{cuántas_cosas} recoge {q}?",
    ),
    "es:total": (
        "{p} tiene {a} {cosas} y {q} tiene {veces_que} {p}. ¿{Cuántas_cosas} tienen entre los dos?",
        "{q} tiene {veces} {cosas} que {p}. Si {p} tiene {a}, ¿{cuántas_cosas} tienen en total?",
        "{p} ha ganado {a} puntos y {q} ha ganado {veces_que} {p}. ¿Cuántos puntos suman los dos?",
        "Si {p} recoge {a} {cosas} y {q} recoge {veces_que} {p}, ¿{cuántas_cosas} recogen juntos?",
        "¿{Cuántas_cosas} reúnen {p} y {q} si {p} tiene {a} y {q} tiene {veces_que} {p}?",
    ),
    "en": (
        "{p} has {a} {things} and {q} has {times} as many as {p}. How many {things} does {q} have?",
        "{q} has {times} as many {things} as {p}. If {p} has {a}, how many {things} does {q} have?",
        "{p} saves {a} euros. {q} saves {times} as much as {p}. How many euros does {q} save?",
    ),
    "en:total": (
        "{p} has {a} {things} and {q} has {times} as many as {p}. How many {things} do they have together?",
        "{q} has {times} as many {things} as {p}. If {p} has {a}, how many {things} do they have in all?",
        "{p} has won {a} points and {q} has won {times} as many as {p}. How many points do both have?",
    ),
}
COMPARE_PART = {
    "es": (
        "{p} tiene {a} {cosas} y {q} tiene {parte}. ¿{Cuántas_cosas} tiene {q}?",
        "{q} tiene {parte} de {cosas} que {p}. Si {p} tiene {a}, ¿{cuántas_cosas} tiene {q}?",
        "{p} ha recorrido {a} kilómetros y {q}, {parte}. ¿Cuántos kilómetros ha recorrido {q}?",
        "Un abrigo cuesta {a} euros y una camisa cuesta {parte}. ¿Cuántos euros cuesta la camisa?",
        "¿{Cuántas_cosas} tiene {q} si tiene {parte} que {p} y {p} tiene {a}?",
        "{p} vendió {a} {cosas} y {q} vendió {parte} que {p}. ¿{Cuántas_cosas} vendió {q}?",
    ),
    "es:total": (
        "{p} tiene {a} {cosas} y {q} tiene {parte}. ¿{Cuántas_cosas} tienen entre los dos?",
        "En abril {p} recogió {a} {cosas} y {q} recogió {parte} que {p}. "
        "¿{Cuántas_cosas} recogieron en total?",
        "{q} tiene {parte} de {cosas} que {p}. Si {p} tiene {a}, ¿{cuántas_cosas} suman los dos?",
        "{p} vendió {a} {cosas} y {q} vendió {parte} que {p}. ¿{Cuántas_cosas} vendieron juntos?",
    ),
    "en": (
        "{p} has {a} {things} and {q} has {part} of that number. How many {things} does {q} have?",
        "{q} has {part} of the number of {things} that {p} has. If {p} has {a}, how many has {q}?",
        "A coat costs {a} euros and a shirt costs {part} of that. How many euros does the shirt cost?",
    ),
    "en:total": (
        "{p} has {a} {things} and {q} has {part} of that number. How many {things} do they have together?",
        "{p} sold {a} {things} and {q} sold {part} of that number. How many {things} did both sell?",
        "In April {p} picked {a} {things} and {q} picked {part} of that. "
        "How many {things} did they pick in all?",
    ),
}

_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("joining", *_WORDS, joining, JOINING, weight=1.5, needless=0.1),
    Family("separating", *_WORDS, separating, SEPARATING, weight=1.5, needless=0.1),
    Family("joining_three", *_WORDS, joining_three, JOINING_THREE, unseen=True),
    Family("join_and_separate", *_WORDS, join_and_separate, JOIN_AND_SEPARATE, weight=1.5, needless=0.1),
    Family("unknown_start", *_WORDS, unknown_start, UNKNOWN_START, weight=1.2),
    Family("unknown_change", *_WORDS, unknown_change, UNKNOWN_CHANGE, weight=1.2),
    Family("compare_more", *_WORDS, compare_more, COMPARE_MORE, weight=1.2, needless=0.1),
    Family("compare_difference", *_WORDS, compare_difference, COMPARE_DIFFERENCE, weight=1.2),
    Family("compare_and_total", *_WORDS, compare_and_total, COMPARE_AND_TOTAL, weight=1.2),
    Family("compare_times", *_WORDS, compare_times, COMPARE_TIMES, weight=1.5),
    Family("compare_part", *_WORDS, compare_part, COMPARE_PART, unseen=True),
)
