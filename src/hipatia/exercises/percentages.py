"""Percentages: of a quantity, discounts, increases, which percentage, the whole, changes."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from .core import Draft, Family
from .drawing import SMALL
from .questions import Chapter
from .steps import DIVIDE, TIMES, add, reduce, sub, times
from .wording import MINUS, frac, nouns, num, people, priced, say

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
    fields = people(rng, lang) | nouns(rng, lang, cosa=priced(base)) | {"t": percent(p, lang), "a": base}
    steps = (*lines, f"{say(lang, 'Se paga', 'To pay')}: {last}")
    return Draft(fields, steps, last.value, Fraction(100 - p, 100) * base, unit="€")


def increase(rng: Random, lang: str) -> Draft:
    p, base = _draw(rng, INCREASES, top=300)
    lines, value = part(p, base, lang)
    last = add(base, value, lang)
    fields = people(rng, lang) | nouns(rng, lang, cosa=priced(base)) | {"t": percent(p, lang), "a": base}
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
    fields = people(rng, lang) | nouns(rng, lang, cosa=priced(base)) | {"a": base, "b": new}
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
    fields = people(rng, lang) | nouns(rng, lang, cosa=priced(base)) | {"t": percent(p, lang), "b": new}
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


ASKED = Chapter("percentages")
_LOWER = ("percentages", "lower_secondary")
FAMILIES = (
    Family("percent_of", *_LOWER, percent_of, ASKED["percent_of"], weight=1.3),
    Family("percent_story", *_LOWER, percent_story, ASKED["percent_story"], weight=1.2),
    Family("discount", *_LOWER, discount, ASKED["discount"], weight=1.3),
    Family("percent_increase", *_LOWER, increase, ASKED["increase"], unseen=True),
    Family("which_percent", *_LOWER, which_percent, ASKED["which_percent"]),
    Family("whole_from_percent", *_LOWER, whole_from_percent, ASKED["whole"]),
    Family("percent_change", *_LOWER, percent_change, ASKED["change"], weight=0.8),
    Family("original_price", *_LOWER, original_price, ASKED["original"], weight=0.7, unseen=True),
    Family("rest_percent", *_LOWER, rest_percent, ASKED["rest_percent"], weight=0.6),
    Family("percent_as_number", *_LOWER, percent_as_number, ASKED["as_number"], weight=0.7),
)
