"""Statistics: mean, median, mode, range, tables of frequencies, spread."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import SMALL, mostly
from .steps import DIVIDE, TIMES, add, divide, sub, times, total
from .wording import num, people, say


def _listed(data: list[int], lang: str) -> str:
    return f"{', '.join(map(str, data[:-1]))} {say(lang, 'y', 'and')} {data[-1]}"


def _fields(rng: Random, lang: str, data: list[int]) -> dict[str, object]:
    return {**people(rng, lang), "l": ", ".join(map(str, data)), "y": _listed(data, lang), "n": len(data)}


def _mean_steps(data: list[int], lang: str) -> tuple[str, str]:
    """The sum, then the division by how many values there are."""
    whole, n = sum(data), len(data)
    value = Fraction(whole, n)
    return (
        f"{say(lang, 'Media, sumamos los datos', 'Mean, we add the values')}: {' + '.join(map(str, data))} = {whole}",
        f"{say(lang, f'Son {n} datos', f'There are {n} values')}: {whole} {DIVIDE} {n} = {num(value, lang)}",
    )


def mean(rng: Random, lang: str) -> Draft:
    n = rng.choice([2, 3, 3, 4, 5, 5, 6, 10])
    average = mostly(rng, (3, 10), (9, 30))
    while True:
        data = [rng.randint(2, 2 * average - 2) for _ in range(n - 1)]
        last = average * n - sum(data)
        if 1 < last <= 2 * average:
            break
    data.append(last)
    return _mean_draft(rng, lang, data, average)


def _mean_draft(rng: Random, lang: str, data: list[int], check: int | Fraction) -> Draft:
    """The variant ``marks`` speaks of school marks, where all are between 1 and 10."""
    variant = "marks" if max(data) <= 10 and rng.random() < 0.35 else ""
    value = Fraction(sum(data), len(data))
    return Draft(_fields(rng, lang, data), _mean_steps(data, lang), value, check, variant=variant)


def mean_decimal(rng: Random, lang: str) -> Draft:
    """A mean with one decimal."""
    n = rng.choice([2, 4, 5, 10])
    while True:
        data = [rng.randint(2, 12) for _ in range(n)]
        if sum(data) % n and sum(data) * 10 % n == 0:
            break
    return _mean_draft(rng, lang, data, sum((Fraction(d, n) for d in data), Fraction(0)))


def total_from_mean(rng: Random, lang: str) -> Draft:
    """The total from the mean and the number of values; or how many values."""
    n, average = mostly(rng, (2, 9), (10, 20)), mostly(rng, (3, 12), (10, 30))
    fields = people(rng, lang) | {"n": n, "m": average, "t": n * average}
    if rng.random() < 0.7:
        head = say(
            lang, "El total es la media por el número de datos", "The total is the mean times the count"
        )
        step = times(average, n, lang)
        return Draft(fields, (f"{head}: {step}",), step.value, sum([average] * n), variant="total")
    head = say(lang, "El número de datos es el total entre la media", "The count is the total over the mean")
    step = divide(n * average, average, lang)
    found = next(k for k in range(1, 100) if k * average == n * average)
    return Draft(fields, (f"{head}: {step}",), step.value, found, variant="count")


def median(rng: Random, lang: str) -> Draft:
    n = rng.choice([3, 5, 5, 7, 4, 6])
    top = 12 if rng.random() < SMALL else 40
    data = [rng.randint(2, top) for _ in range(n)]
    ordered = sorted(data)
    listed = ", ".join(map(str, ordered))
    first = say(lang, f"Ordenamos los {n}: {listed}", f"The {n} in order: {listed}")
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
    pool, often = rng.sample(range(2, 13), 4), rng.choice([2, 3, 3, 4])
    winner = pool[0]
    data = [winner] * often + [pool[1]] * rng.randint(1, often - 1) + pool[2:]
    rng.shuffle(data)
    head = say(
        lang,
        f"La moda es el que más se repite: {winner} sale {often} veces.",
        f"The mode is the most frequent: {winner} occurs {often} times.",
    )
    return Draft(_fields(rng, lang, data), (head,), winner, Counter(data).most_common(1)[0][0])


def data_range(rng: Random, lang: str) -> Draft:
    top = 20 if rng.random() < SMALL else 80
    data = [rng.randint(2, top) for _ in range(rng.choice([4, 5, 6]))]
    while max(data) - min(data) < 2:
        data[0] += 5
    step = sub(max(data), min(data), lang)
    head = say(lang, f"Rango, el mayor {max(data)} menos el menor {min(data)}", "Range, greatest minus least")
    ordered = sorted(data)
    return Draft(_fields(rng, lang, data), (f"{head}: {step}",), step.value, ordered[-1] - ordered[0])


def missing_value(rng: Random, lang: str) -> Draft:
    n, average = rng.choice([3, 3, 4, 5]), rng.randint(4, 8)
    while True:
        data = [rng.randint(2, 10) for _ in range(n - 1)]
        last = average * n - sum(data)
        if 0 < last <= 10:
            break
    needed, have = times(n, average, lang), total(data, lang)
    rest = sub(int(needed.value), int(have.value), lang)
    fields = {**_fields(rng, lang, data), "m": average, "n": n}
    steps = (
        f"{say(lang, f'Con media {average}, los {n} suman', f'With mean {average}, all {n} add up to')}: {needed}",
        f"{say(lang, 'Los conocidos suman', 'The known ones add up to')}: {have}",
        f"{say(lang, 'Falta', 'Missing')}: {rest}",
    )
    found = next(x for x in range(100) if Fraction(sum(data) + x, n) == average)
    return Draft(fields, steps, rest.value, found)


def table_mean(rng: Random, lang: str) -> Draft:
    """The mean of values with frequencies."""
    while True:
        values = sorted(rng.sample(range(1, 11), 3))
        often = [rng.randint(1, 5) for _ in range(3)]
        n, whole = sum(often), sum(v * f for v, f in zip(values, often, strict=True))
        if whole * 10 % n == 0:
            break
    products = [v * f for v, f in zip(values, often, strict=True)]
    written = "; ".join(f"{v} {TIMES} {f} = {p}" for v, f, p in zip(values, often, products, strict=True))
    value = Fraction(whole, n)
    steps = (
        f"{say(lang, 'Cada valor por su frecuencia', 'Each value times its frequency')}: {written}",
        f"{say(lang, 'Suma', 'Sum')}: {' + '.join(map(str, products))} = {whole}",
        f"{say(lang, 'Datos', 'Values')}: {' + '.join(map(str, often))} = {n}",
        f"{say(lang, 'Media', 'Mean')}: {whole} {DIVIDE} {n} = {num(value, lang)}",
    )
    row = zip(values, often, strict=True)
    times_word = [
        say(lang, f"{v} ({f} {'vez' if f == 1 else 'veces'})", f"{v} ({f} {'time' if f == 1 else 'times'})")
        for v, f in row
    ]
    fields = people(rng, lang) | {"t": ", ".join(times_word)}
    flat = [v for v, f in zip(values, often, strict=True) for _ in range(f)]
    return Draft(fields, steps, value, Fraction(sum(flat), len(flat)))


def weighted_mean(rng: Random, lang: str) -> Draft:
    """Two marks with weights that add up to 100 %."""
    while True:
        p = rng.choice([20, 30, 40, 50, 60, 70, 80])
        a, b = rng.randint(3, 10), rng.randint(3, 10)
        if a != b:
            break
    first, second = Fraction(a * p, 100), Fraction(b * (100 - p), 100)
    value = first + second
    shown, other = num(Fraction(p, 100), lang), num(Fraction(100 - p, 100), lang)
    mark = " %" if lang == "es" else "%"
    steps = (
        f"{say(lang, f'El {p} % de {a}', f'{p}% of {a}')}: {a} {TIMES} {shown} = {num(first, lang)}",
        f"{say(lang, f'El {100 - p} % de {b}', f'{100 - p}% of {b}')}: {b} {TIMES} {other} = {num(second, lang)}",
        f"{say(lang, 'Suma', 'Sum')}: {num(first, lang)} + {num(second, lang)} = {num(value, lang)}",
    )
    fields = people(rng, lang) | {"a": a, "b": b, "p": f"{p}{mark}", "q": f"{100 - p}{mark}"}
    fields["r"] = people(rng, lang, 1)["p"]
    check = b + Fraction((a - b) * p, 100)
    return Draft(fields, steps, value, check)


def new_mean(rng: Random, lang: str) -> Draft:
    """The mean after one more value."""
    while True:
        n, m, x = rng.randint(2, 5), rng.randint(4, 9), rng.randint(2, 20)
        if (n * m + x) % (n + 1) == 0 and x != m:
            break
    whole, more = times(n, m, lang), add(n * m, x, lang)
    steps = (
        f"{say(lang, f'Los {n} primeros suman', f'The first {n} add up to')}: {whole}",
        f"{say(lang, 'Con el nuevo', 'With the new one')}: {more}",
        f"{say(lang, f'Ahora son {n + 1}', f'Now there are {n + 1}')}: {n * m + x} {DIVIDE} {n + 1} = {(n * m + x) // (n + 1)}",
    )
    fields = people(rng, lang) | {"n": n, "m": m, "x": x}
    check = m + Fraction(x - m, n + 1)
    return Draft(fields, steps, (n * m + x) // (n + 1), check)


def relative_frequency(rng: Random, lang: str) -> Draft:
    n = rng.choice([10, 20, 25, 40, 50, 100])
    a = rng.randint(2, n - 2)
    value = Fraction(a, n)
    fields = {**people(rng, lang), "a": a, "n": n}
    step = f"{a} {DIVIDE} {n} = {num(value, lang)}"
    head = say(lang, f"{a} casos entre el total de {n}", f"{a} cases over the total of {n}")
    check = 1 - Fraction(n - a, n)
    return Draft(fields, (f"{head}: {step}",), value, check)


def variance(rng: Random, lang: str) -> Draft:
    """The variance of a few values with a whole mean."""
    while True:
        m, n = rng.randint(3, 9), rng.choice([3, 4, 4, 5])
        data = [rng.randint(1, 12) for _ in range(n - 1)]
        data.append(m * n - sum(data))
        squares = [(d - m) ** 2 for d in data]
        if 0 < data[-1] < 14 and len(set(data)) > 1 and sum(squares) * 10 % n == 0:
            break
    value = Fraction(sum(squares), n)
    gaps = ", ".join(num(d - m, lang) for d in data)
    steps = (
        f"{say(lang, 'Media', 'Mean')}: {' + '.join(map(str, data))} = {sum(data)}; {sum(data)} {DIVIDE} {n} = {m}",
        say(lang, f"Diferencias con la media: {gaps}", f"Differences from the mean: {gaps}"),
        f"{say(lang, 'Suma de sus cuadrados', 'Sum of their squares')}: {' + '.join(map(str, squares))} = {sum(squares)}",
        f"{say(lang, f'Entre {n}', f'Over {n}')}: {sum(squares)} {DIVIDE} {n} = {num(value, lang)}",
    )
    check = Fraction(sum(d * d for d in data), n) - m * m
    return Draft(_fields(rng, lang, data), steps, value, check)


MEAN = {
    "es": (
        "[Find] la media [|aritmética ]de {y}.",
        "[Find] la media aritmética de estos datos: {l}.",
        "¿Cuál es [el promedio|la media|el valor medio] de {y}?",
        "{p} ha anotado {y} puntos en sus partidos. ¿Cuántos puntos anota de media?",
        "Las temperaturas de {n} días fueron {y} grados. ¿Cuál fue la temperatura media?",
        "En {n} días, {p} ha leído {y} páginas. ¿Cuántas páginas lee al día por término medio?",
        "Datos: {l}. ¿Cuál es la media?",
        "[Find] el promedio de los números {l}.",
        "¿Cuánto vale la media de los {n} datos {l}?",
        "{n} personas tienen {y} años. ¿Cuál es la media de edad?",
        "{p} ha corrido {y} km en {n} días. ¿Cuántos kilómetros corre de media al día?",
        "En {n} cajas hay {y} naranjas. Si se repartieran por igual, ¿cuántas habría en cada caja?",
        "Una tienda vendió {y} helados en {n} días. ¿Cuántos vendió al día en promedio?",
    ),
    "es:marks": (
        "Las notas de {p} son {y}. ¿Cuál es su nota media?",
        "{p} ha sacado {y} en sus exámenes. ¿Qué [promedio|nota media] tiene?",
        "En {n} pruebas {p} obtuvo {y}. [Find] [su nota media|la media de sus notas].",
        "¿Qué media tienen las notas {l}?",
    ),
    "en:marks": (
        "{p}'s marks are {y}. What is the average mark?",
        "In {n} tests {p} got {y}. [Find] the mean mark.",
    ),
    "en": (
        "[Find] the mean of {y}.",
        "[Find] the arithmetic mean of these data: {l}.",
        "What is the [average|mean] of {y}?",
        "The temperatures of {n} days were {y} degrees. What was the mean temperature?",
        "In {n} days {p} has read {y} pages. How many pages a day is that on average?",
        "Data: {l}. What is the mean?",
        "{n} people are {y} years old. What is their mean age?",
        "A shop sold {y} ice creams in {n} days. How many a day is that on average?",
    ),
}
TOTAL_FROM_MEAN = {
    "es:total": (
        "La media de {n} números es {m}. ¿Cuánto suman?",
        "{p} ha jugado {n} partidos con una media de {m} puntos. ¿Cuántos puntos ha hecho en total?",
        "Un grupo de {n} personas tiene una edad media de {m} años. ¿Cuánto suman sus edades?",
        "El promedio de {n} datos es {m}. [Find] la suma de los datos.",
        "Durante {n} días se vendieron {m} libros diarios de media. ¿Cuántos libros se vendieron?",
        "Si {n} cajas pesan {m} kg de media, ¿cuánto pesan todas juntas?",
    ),
    "es:count": (
        "Unos datos suman {t} y su media es {m}. ¿Cuántos datos son?",
        "{p} hizo {t} puntos con una media de {m} por partido. ¿Cuántos partidos jugó?",
        "La media de unos números es {m} y su suma es {t}. [Find] cuántos números hay.",
    ),
    "en:total": (
        "The mean of {n} numbers is {m}. What is their sum?",
        "{p} has played {n} games with a mean of {m} points. How many points is that in all?",
        "A group of {n} people has a mean age of {m} years. What do their ages add up to?",
        "The average of {n} values is {m}. [Find] their sum.",
    ),
    "en:count": (
        "Some values add up to {t} and their mean is {m}. How many values are there?",
        "{p} scored {t} points with a mean of {m} a game. How many games was that?",
    ),
}
MEDIAN = {
    "es": (
        "[Find] la mediana de {l}.",
        "[Find] la mediana de estos datos: {l}.",
        "¿Cuál es la mediana de {y}?",
        "Las edades de un grupo son {y}. ¿Cuál es la mediana?",
        "Ordena los datos {l} y di cuál es la mediana.",
        "Los puntos de {p} en sus partidas fueron {y}. [Find] la mediana.",
        "¿Qué valor queda en el centro al ordenar {l}? Si son dos, da su media.",
        "Datos: {l}. ¿Cuánto vale la mediana?",
        "Durante {n} días llovió {y} litros. ¿Cuál es la mediana?",
    ),
    "en": (
        "[Find] the median of {l}.",
        "[Find] the median of these data: {l}.",
        "What is the median of {y}?",
        "The ages in a group are {y}. What is the median?",
        "Put the data {l} in order and give the median.",
        "{p}'s scores were {y}. Find the median.",
        "Data: {l}. What is the median?",
    ),
}
MODE = {
    "es": (
        "[Find] la moda de {l}.",
        "[Find] la moda de estos datos: {l}.",
        "¿Cuál es la moda de {y}?",
        "Las tallas vendidas hoy son {y}. ¿Cuál es la moda?",
        "¿Qué valor se repite más en {l}?",
        "{p} apuntó cuántos libros leyó cada mes: {l}. ¿Cuál es la moda?",
        "Datos: {l}. ¿Cuál es el más frecuente?",
        "Al tirar varias veces unos dados, salieron las sumas {y}. ¿Cuál es la moda?",
    ),
    "en": (
        "[Find] the mode of {l}.",
        "Which value is the mode of these data: {l}?",
        "What is the mode of {y}?",
        "The sizes sold today are {y}. What is the mode?",
        "Which value appears most often in {l}?",
        "{p} wrote down the books read each month: {l}. What is the mode?",
    ),
}
RANGE = {
    "es": (
        "[Find] el rango de {l}.",
        "[Find] el recorrido de estos datos: {l}.",
        "¿Cuál es el rango de {y}?",
        "Las temperaturas de la semana fueron {y} grados. ¿Cuál es el rango?",
        "¿Qué diferencia hay entre el mayor y el menor de los datos {l}?",
        "Los puntos de {p} son {y}. [Find] el rango de los datos.",
        "Datos: {l}. ¿Cuánto vale el [rango|recorrido]?",
    ),
    "en": (
        "[Find] the range of {l}.",
        "[Find] the range of these data: {l}.",
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
        "[Find] el dato que falta: los otros son {y}, y la media de los {n} datos es {m}.",
        "Para tener una media de {m} en {n} partidos, ¿cuántos puntos debe lograr {p} si lleva {y}?",
        "{n} datos tienen media {m}. Se conocen {y}. [Find] el otro.",
        "¿Qué número hay que añadir a {y} para que la media de los {n} sea {m}?",
    ),
    "en": (
        "The mean of {n} numbers is {m}. The known ones are {y}. What is the missing one?",
        "{p}'s marks are {y}. What mark in the last test makes the mean of all {n} equal to {m}?",
        "[Find] the missing value: the others are {y}, and the mean of the {n} values is {m}.",
        "For a mean of {m} in {n} games, how many points must {p} score after {y}?",
        "{n} values have the mean {m}. Known are {y}. [Find] the other one.",
        "Which number must be added to {y} to make the mean of the {n} equal to {m}?",
    ),
}
TABLE = {
    "es": (
        "[Find] la media de estos datos con sus frecuencias: {t}.",
        "En una tabla de frecuencias aparecen {t}. ¿Cuál es la media?",
        "{p} anota las notas de una clase: {t}. ¿Cuál es la nota media?",
        "Los valores y cuántas veces salen son: {t}. [Find] la media.",
        "Al preguntar el número de hermanos se obtuvo: {t}. ¿Cuál es la media?",
        "Datos agrupados: {t}. ¿Cuánto vale la media aritmética?",
    ),
    "en": (
        "[Find] the mean of these data with their frequencies: {t}.",
        "A table of frequencies shows {t}. What is the mean?",
        "{p} writes down the marks of a class: {t}. What is the mean mark?",
        "The values and how often they occur: {t}. [Find] the mean.",
        "Asked for the number of siblings, people said: {t}. What is the mean?",
        "Grouped data: {t}. What is the arithmetic mean?",
    ),
}
WEIGHTED = {
    "es": (
        "El examen vale el {p} de la nota y el trabajo el {q}. {r} saca {a} en el examen y {b} en el trabajo. "
        "¿Cuál es su nota final?",
        "[Find] la media ponderada de {a} (peso {p}) y {b} (peso {q}).",
        "La nota final se calcula con el {p} de la primera parte y el {q} de la segunda. Con un {a} y un {b}, "
        "¿qué nota resulta?",
        "{r} tiene un {a} que pesa el {p} y un {b} que pesa el {q}. ¿Cuál es la media ponderada?",
        "Dos pruebas cuentan {p} y {q}. Las notas son {a} y {b}, en ese orden. [Find] la nota media ponderada.",
        "¿Qué nota final corresponde a un {a} con peso {p} y un {b} con peso {q}?",
    ),
    "en": (
        "The exam counts {p} of the mark and the project {q}. {r} gets {a} in the exam and {b} in the project. "
        "What is the final mark?",
        "[Find] the weighted mean of {a} (weight {p}) and {b} (weight {q}).",
        "The final mark takes {p} of the first part and {q} of the second. With {a} and {b}, what is it?",
        "{r} has a mark of {a} that counts {p} and one of {b} that counts {q}. What is the weighted mean?",
        "Two tests count {p} and {q}. The marks are {a} and {b}, in that order. [Find] the weighted mean.",
        "Which final mark results from {a} with weight {p} and {b} with weight {q}?",
    ),
}
NEW_MEAN = {
    "es": (
        "La media de {n} números es {m}. Si se añade el número {x}, ¿cuál es la nueva media?",
        "{p} lleva una media de {m} puntos en {n} partidos. En el siguiente hace {x}. ¿Cuál es ahora su media?",
        "Un grupo de {n} personas tiene una edad media de {m} años. Llega alguien de {x} años. "
        "¿Cuál es la nueva edad media?",
        "[Find] la media de {n} datos de media {m} y un dato más, {x}.",
        "El promedio de {n} datos es {m}. ¿Qué promedio resulta al incluir también {x}?",
        "Tras {n} pruebas la media es {m}; en otra prueba sale {x}. [Find] la media de todas.",
    ),
    "en": (
        "The mean of {n} numbers is {m}. If the number {x} is added, what is the new mean?",
        "{p} has a mean of {m} points in {n} games. In the next one it is {x}. What is the mean now?",
        "A group of {n} people has a mean age of {m}. Someone aged {x} joins. What is the new mean age?",
        "[Find] the mean of {n} values with mean {m} and one more value, {x}.",
        "The average of {n} values is {m}. What is it when {x} is included too?",
        "After {n} tests the mean is {m}; another test gives {x}. [Find] the mean of all.",
    ),
}
RELATIVE = {
    "es": (
        "De {n} personas, {a} usan gafas. ¿Cuál es la frecuencia relativa, en decimal?",
        "En {n} lanzamientos, {p} obtuvo cara {a} veces. "
        "[Find] la frecuencia relativa de cara en forma decimal.",
        "Un dato aparece {a} veces entre {n}. ¿Cuál es su frecuencia relativa como decimal?",
        "[Find] la frecuencia relativa (decimal) de un valor que se repite {a} veces en {n} datos.",
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
VARIANCE = {
    "es": (
        "[Find] la varianza de {l}.",
        "[Find] la varianza de estos datos: {l}.",
        "¿Cuál es la varianza de {y}?",
        "Los puntos de {p} fueron {y}. ¿Cuál es la varianza (entre {n})?",
        "Datos: {l}. ¿Cuánto vale su varianza?",
        "Calcula la media de {l} y después su varianza. ¿Cuánto vale la varianza?",
    ),
    "en": (
        "[Find] the variance of {l}.",
        "[Find] the variance of these data: {l} (over {n}).",
        "What is the variance of {y}?",
        "{p}'s scores were {y}. What is the variance (over {n})?",
        "Data: {l}. What is their variance?",
        "Find the mean of {l} and then the variance. What is the variance?",
    ),
}

_LOWER, _UPPER = ("statistics", "lower_secondary"), ("statistics", "upper_secondary")
FAMILIES = (
    Family("mean", *_LOWER, mean, MEAN, weight=1.5),
    Family("mean_decimal", *_LOWER, mean_decimal, MEAN, weight=0.6),
    Family("total_from_mean", *_LOWER, total_from_mean, TOTAL_FROM_MEAN, weight=0.7),
    Family("median", *_LOWER, median, MEDIAN),
    Family("mode", *_LOWER, mode, MODE, weight=0.8),
    Family("data_range", *_LOWER, data_range, RANGE, weight=0.8),
    Family("missing_value", *_LOWER, missing_value, MISSING_VALUE, unseen=True),
    Family("mean_of_a_table", *_LOWER, table_mean, TABLE, weight=0.6),
    Family("weighted_mean", *_LOWER, weighted_mean, WEIGHTED, weight=0.5, unseen=True),
    Family("new_mean", *_LOWER, new_mean, NEW_MEAN, weight=0.6),
    Family("relative_frequency", *_LOWER, relative_frequency, RELATIVE, weight=0.7, unseen=True),
    Family("variance", *_UPPER, variance, VARIANCE, weight=0.4),
)
