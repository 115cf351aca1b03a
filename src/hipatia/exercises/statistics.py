"""Statistics: mean, median, mode, range, tables of frequencies, spread."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import SMALL, mostly
from .questions import Chapter
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
        f"La moda es el dato que más se repite: {winner} sale {often} veces.",
        f"The mode is the most frequent value: {winner} occurs {often} times.",
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


ASKED = Chapter("statistics")
_LOWER, _UPPER = ("statistics", "lower_secondary"), ("statistics", "upper_secondary")
FAMILIES = (
    Family("mean", *_LOWER, mean, ASKED["mean"], weight=1.5),
    Family("mean_decimal", *_LOWER, mean_decimal, ASKED["mean"], weight=0.6),
    Family("total_from_mean", *_LOWER, total_from_mean, ASKED["total_from_mean"], weight=0.7),
    Family("median", *_LOWER, median, ASKED["median"]),
    Family("mode", *_LOWER, mode, ASKED["mode"], weight=0.8),
    Family("data_range", *_LOWER, data_range, ASKED["range"], weight=0.8),
    Family("missing_value", *_LOWER, missing_value, ASKED["missing_value"], unseen=True),
    Family("mean_of_a_table", *_LOWER, table_mean, ASKED["table"], weight=0.6),
    Family("weighted_mean", *_LOWER, weighted_mean, ASKED["weighted"], weight=0.5, unseen=True),
    Family("new_mean", *_LOWER, new_mean, ASKED["new_mean"], weight=0.6),
    Family("relative_frequency", *_LOWER, relative_frequency, ASKED["relative"], weight=0.7, unseen=True),
    Family("variance", *_UPPER, variance, ASKED["variance"], weight=0.4),
)
