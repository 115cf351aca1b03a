"""Statistics: mean, median, mode, range."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from .core import Draft, Family
from .steps import DIVIDE, divide, sub, times, total
from .wording import num, people, say


def _listed(data: list[int], lang: str) -> str:
    return f"{', '.join(map(str, data[:-1]))} {say(lang, 'y', 'and')} {data[-1]}"


def _fields(rng: Random, lang: str, data: list[int]) -> dict[str, object]:
    return {**people(rng, lang), "l": ", ".join(map(str, data)), "y": _listed(data, lang), "n": len(data)}


def mean(rng: Random, lang: str) -> Draft:
    n = rng.choice([3, 4, 4, 5, 5])
    average = rng.randint(3, 20)
    while True:
        data = [rng.randint(2, 2 * average - 1) for _ in range(n - 1)]
        last = average * n - sum(data)
        if 1 < last <= 2 * average:
            break
    data.append(last)
    whole = total(data, lang)
    result = divide(int(whole.value), n, lang)
    steps = (
        f"{say(lang, 'Suma', 'Sum')}: {' + '.join(map(str, data))} = {whole.value}",
        f"{say(lang, f'Son {n} datos', f'There are {n} values')}: {result}",
    )
    return Draft(_fields(rng, lang, data), steps, result.value, average)


def mean_decimal(rng: Random, lang: str) -> Draft:
    """A mean that ends in ,5 of an even number of values."""
    n = rng.choice([2, 4])
    while True:
        data = [rng.randint(2, 15) for _ in range(n)]
        if sum(data) % n and sum(data) * 2 % n == 0:
            break
    whole = sum(data)
    value = Fraction(whole, n)
    steps = (
        f"{say(lang, 'Suma', 'Sum')}: {' + '.join(map(str, data))} = {whole}",
        f"{say(lang, f'Son {n} datos', f'There are {n} values')}: {whole} {DIVIDE} {n} = {num(value, lang)}",
    )
    return Draft(_fields(rng, lang, data), steps, value, sum(Fraction(d, n) for d in data))


def median(rng: Random, lang: str) -> Draft:
    n = rng.choice([5, 5, 7, 4, 6])
    data = [rng.randint(2, 30) for _ in range(n)]
    ordered = sorted(data)
    listed = ", ".join(map(str, ordered))
    first = say(lang, f"Ordenamos: {listed}", f"In order: {listed}")
    low, high = ordered[(n - 1) // 2], ordered[n // 2]
    value = Fraction(low + high, 2)
    if n % 2:
        second = say(lang, f"El del centro es {low}.", f"The middle one is {low}.")
    else:
        head = say(lang, "Media de los dos centrales", "Mean of the two in the middle")
        second = f"{head}: ({low} + {high}) {DIVIDE} 2 = {low + high} {DIVIDE} 2 = {num(value, lang)}"
    rest = list(data)
    while len(rest) > 2:
        rest.remove(max(rest))
        rest.remove(min(rest))
    return Draft(_fields(rng, lang, data), (first, second), value, Fraction(sum(rest), len(rest)))


def mode(rng: Random, lang: str) -> Draft:
    pool = rng.sample(range(2, 16), 4)
    winner = pool[0]
    data = [winner] * 3 + [pool[1]] * rng.choice([1, 2]) + pool[2:]
    rng.shuffle(data)
    head = say(
        lang, f"El {winner} aparece 3 veces, más que los demás.", f"{winner} appears 3 times, the most often."
    )
    return Draft(_fields(rng, lang, data), (head,), winner, Counter(data).most_common(1)[0][0])


def data_range(rng: Random, lang: str) -> Draft:
    data = [rng.randint(2, 40) for _ in range(rng.choice([5, 6]))]
    while max(data) == min(data):
        data[0] += 5
    step = sub(max(data), min(data), lang)
    head = say(lang, "Mayor menos menor", "Greatest minus least")
    ordered = sorted(data)
    return Draft(_fields(rng, lang, data), (f"{head}: {step}",), step.value, ordered[-1] - ordered[0])


def missing_value(rng: Random, lang: str) -> Draft:
    n, average = rng.choice([3, 4]), rng.randint(4, 8)
    while True:
        data = [rng.randint(2, 10) for _ in range(n - 1)]
        last = average * n - sum(data)
        if 0 < last <= 10:
            break
    needed, have = times(n, average, lang), total(data, lang)
    rest = sub(int(needed.value), int(have.value), lang)
    fields = {**_fields(rng, lang, data), "m": average, "n": n}
    steps = (
        f"{say(lang, f'Los {n} suman', f'All {n} add up to')}: {needed}",
        f"{say(lang, 'Los conocidos suman', 'The known ones add up to')}: {have}",
        f"{say(lang, 'Falta', 'Missing')}: {rest}",
    )
    found = next(x for x in range(100) if Fraction(sum(data) + x, n) == average)
    return Draft(fields, steps, rest.value, found)


def relative_frequency(rng: Random, lang: str) -> Draft:
    n = rng.choice([10, 20, 25, 40, 50, 100])
    a = rng.randint(2, n - 2)
    value = Fraction(a, n)
    fields = {**people(rng, lang), "a": a, "n": n}
    step = f"{a}/{n} = {num(value, lang)}"
    head = say(lang, "Dividimos entre el total", "We divide by the total")
    check = 1 - Fraction(n - a, n)
    return Draft(fields, (f"{head}: {step}",), value, check)


MEAN = {
    "es": (
        "Calcula la media de {y}.",
        "Halla la media aritmética de estos datos: {l}.",
        "¿Cuál es el promedio de {y}?",
        "Las notas de {p} son {y}. ¿Cuál es su nota media?",
        "{p} ha anotado {y} puntos en sus partidos. ¿Cuántos puntos anota de media?",
        "Las temperaturas de {n} días fueron {y} grados. ¿Cuál fue la temperatura media?",
        "En {n} días, {p} ha leído {y} páginas. ¿Cuántas páginas lee al día por término medio?",
        "Datos: {l}. ¿Cuál es la media?",
    ),
    "en": (
        "Find the mean of {y}.",
        "Calculate the arithmetic mean of these data: {l}.",
        "What is the average of {y}?",
        "{p}'s marks are {y}. What is the average mark?",
        "The temperatures of {n} days were {y} degrees. What was the mean temperature?",
        "In {n} days {p} has read {y} pages. How many pages a day is that on average?",
    ),
}
MEDIAN = {
    "es": (
        "Calcula la mediana de {l}.",
        "Halla la mediana de estos datos: {l}.",
        "¿Cuál es la mediana de {y}?",
        "Las edades de un grupo son {y}. ¿Cuál es la mediana?",
        "Ordena los datos {l} y di cuál es la mediana.",
        "Los puntos de {p} en sus partidas fueron {y}. Halla la mediana.",
    ),
    "en": (
        "Find the median of {l}.",
        "Calculate the median of these data: {l}.",
        "What is the median of {y}?",
        "The ages in a group are {y}. What is the median?",
        "Put the data {l} in order and give the median.",
        "{p}'s scores were {y}. Find the median.",
    ),
}
MODE = {
    "es": (
        "Calcula la moda de {l}.",
        "Halla la moda de estos datos: {l}.",
        "¿Cuál es la moda de {y}?",
        "Las tallas vendidas hoy son {y}. ¿Cuál es la moda?",
        "¿Qué valor se repite más en {l}?",
        "{p} apuntó cuántos libros leyó cada mes: {l}. ¿Cuál es la moda?",
    ),
    "en": (
        "Find the mode of {l}.",
        "Which value is the mode of these data: {l}?",
        "What is the mode of {y}?",
        "The sizes sold today are {y}. What is the mode?",
        "Which value appears most often in {l}?",
        "{p} wrote down the books read each month: {l}. What is the mode?",
    ),
}
RANGE = {
    "es": (
        "Calcula el rango de {l}.",
        "Halla el recorrido de estos datos: {l}.",
        "¿Cuál es el rango de {y}?",
        "Las temperaturas de la semana fueron {y} grados. ¿Cuál es el rango?",
        "¿Qué diferencia hay entre el mayor y el menor de los datos {l}?",
        "Los puntos de {p} son {y}. Halla el rango de los datos.",
    ),
    "en": (
        "Find the range of {l}.",
        "Calculate the range of these data: {l}.",
        "What is the range of {y}?",
        "The temperatures of the week were {y} degrees. What is the range?",
        "What is the difference between the greatest and the least of {l}?",
        "{p}'s scores are {y}. Find the range of the data.",
    ),
}
MISSING_VALUE = {
    "es": (
        "La media de {n} números es {m}. Los conocidos son {y}. ¿Cuál es el que falta?",
        "{p} ha sacado {y}. ¿Qué nota necesita en el último examen para que la media de los {n} sea {m}?",
        "Halla el dato que falta: los otros son {y}, y la media de los {n} datos es {m}.",
        "Para tener una media de {m} en {n} partidos, ¿cuántos puntos debe lograr {p} si lleva {y}?",
        "{n} datos tienen media {m}. Se conocen {y}. Calcula el otro.",
        "¿Qué número hay que añadir a {y} para que la media de los {n} sea {m}?",
    ),
    "en": (
        "The mean of {n} numbers is {m}. The known ones are {y}. What is the missing one?",
        "{p}'s marks are {y}. What mark in the last test makes the mean of all {n} equal to {m}?",
        "Find the missing value: the others are {y}, and the mean of the {n} values is {m}.",
        "For a mean of {m} in {n} games, how many points must {p} score after {y}?",
        "{n} values have the mean {m}. Known are {y}. Calculate the other one.",
        "Which number must be added to {y} to make the mean of the {n} equal to {m}?",
    ),
}
RELATIVE = {
    "es": (
        "De {n} personas, {a} usan gafas. ¿Cuál es la frecuencia relativa, en decimal?",
        "En {n} lanzamientos, {p} obtuvo cara {a} veces. "
        "Halla la frecuencia relativa de cara en forma decimal.",
        "Un dato aparece {a} veces entre {n}. ¿Cuál es su frecuencia relativa como decimal?",
        "Calcula la frecuencia relativa (decimal) de un valor que se repite {a} veces en {n} datos.",
        "De {n} días, llovió {a}. Expresa la frecuencia relativa de los días de lluvia con un decimal "
        "exacto.",
        "En una encuesta a {n} alumnos, {a} eligen el fútbol. ¿Qué frecuencia relativa decimal es?",
    ),
    "en": (
        "Of {n} people, {a} wear glasses. What is the relative frequency as a decimal?",
        "In {n} throws {p} got heads {a} times. Find the relative frequency of heads as a decimal.",
        "A value appears {a} times among {n}. What is its relative frequency as a decimal?",
        "Calculate the relative frequency (decimal) of a value that occurs {a} times in {n} data.",
        "Of {n} days it rained on {a}. Give the relative frequency of rainy days as a decimal.",
        "In a survey of {n} pupils, {a} choose football. What relative frequency is that, as a decimal?",
    ),
}

_LOWER = ("statistics", "lower_secondary")
FAMILIES = (
    Family("mean", *_LOWER, mean, MEAN, weight=1.3),
    Family("mean_decimal", *_LOWER, mean_decimal, MEAN, weight=0.6),
    Family("median", *_LOWER, median, MEDIAN),
    Family("mode", *_LOWER, mode, MODE, weight=0.8),
    Family("data_range", *_LOWER, data_range, RANGE, weight=0.8),
    Family("missing_value", *_LOWER, missing_value, MISSING_VALUE, unseen=True),
    Family("relative_frequency", *_LOWER, relative_frequency, RELATIVE, weight=0.7, unseen=True),
)
