"""Word problems of joining, separating and comparing, with the unknown in each place."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .steps import add, divide, sub, times
from .wording import COLLECTABLES, FOODS, nouns, people, say

THINGS = (*COLLECTABLES, *FOODS)
TIMES_WORDS = {
    "es": {2: "el doble", 3: "el triple", 4: "el cuádruple"},
    "en": {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"},
}


def _amounts(rng: Random, low: int = 6, high: int = 90) -> tuple[int, int]:
    return rng.randint(low, high), rng.randint(3, high)


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
    Family("compare_more", *_WORDS, compare_more, COMPARE_MORE, weight=1.2, needless=0.1),
    Family("compare_and_total", *_WORDS, compare_and_total, COMPARE_AND_TOTAL, weight=1.2),
    Family("compare_times", *_WORDS, compare_times, COMPARE_TIMES, weight=1.5),
    Family("compare_part", *_WORDS, compare_part, COMPARE_PART, unseen=True),
)
