"""Sequences: the next term, the nth term, its formula, sums; arithmetic and geometric."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .drawing import mostly
from .polynomials import signed, written
from .questions import Chapter
from .steps import DIVIDE, TIMES, add, times
from .wording import MINUS, num, say


def next_in_sequence(rng: Random, lang: str) -> Draft:
    """The next term, or one that is missing in the middle; by a difference or by a factor."""
    if rng.random() < 0.3:
        return _geometric_next(rng, lang)
    gap = mostly(rng, (2, 6), (7, 15))
    first = mostly(rng, (1, 12), (10, 40))
    terms = [first + gap * i for i in range(5)]
    if rng.random() < 0.25:
        terms.reverse()
        gap = -gap
    mark, size = ("+", gap) if gap > 0 else (MINUS, -gap)
    larger, smaller = max(terms[:2]), min(terms[:2])
    head = f"{say(lang, 'Diferencia', 'Difference')}: {larger} {MINUS} {smaller} = {size}"
    if rng.random() < 0.3:
        shown = [*terms[:3], "__", terms[4]]
        last = f"{say(lang, 'El que falta', 'The missing one')}: {terms[2]} {mark} {size} = {terms[3]}"
        fields = {"l": ", ".join(map(str, shown))}
        return Draft(fields, (head, last), terms[2] + gap, (terms[2] + terms[4]) // 2, variant="gap")
    last = f"{say(lang, 'El siguiente', 'The next one')}: {terms[3]} {mark} {size} = {terms[4]}"
    fields = {"l": ", ".join(map(str, terms[:4]))}
    return Draft(fields, (head, last), terms[3] + gap, 2 * terms[3] - terms[2], variant="next")


def _geometric_next(rng: Random, lang: str) -> Draft:
    first, ratio = rng.randint(1, 5), rng.choice([2, 2, 3, 3, 4, 5, 10])
    terms = [first * ratio**i for i in range(4)]
    steps = (
        f"{say(lang, 'Cada uno entre el anterior', 'Each over the one before')}: {terms[1]} {DIVIDE} {terms[0]} = {ratio}",
        f"{say(lang, 'El siguiente', 'The next one')}: {times(terms[3], ratio, lang)}",
    )
    return Draft({"l": ", ".join(map(str, terms))}, steps, terms[3] * ratio, first * ratio**4, variant="next")


def common_difference(rng: Random, lang: str) -> Draft:
    """The difference of an arithmetic progression, or the ratio of a geometric one."""
    if rng.random() < 0.5:
        gap, first = mostly(rng, (2, 9), (8, 20)), mostly(rng, (1, 15), (11, 40))
        terms = [first + gap * i for i in range(4)]
        step = f"{terms[1]} {MINUS} {terms[0]} = {gap}"
        head = say(lang, "Un término menos el anterior", "A term minus the one before")
        check, variant = terms[3] - terms[2], "difference"
    else:
        first, gap = rng.randint(1, 6), rng.choice([2, 3, 4, 5, 10])
        terms = [first * gap**i for i in range(4)]
        step = f"{terms[1]} {DIVIDE} {terms[0]} = {gap}"
        head = say(lang, "Un término entre el anterior", "A term over the one before")
        check, variant = terms[3] // terms[2], "ratio"
    return Draft({"l": ", ".join(map(str, terms))}, (f"{head}: {step}",), gap, check, variant=variant)


def nth_term(rng: Random, lang: str) -> Draft:
    first, gap, n = mostly(rng, (1, 9), (8, 20)), rng.randint(2, 9), rng.choice([6, 8, 10, 11, 15, 20, 21])
    shown = ", ".join(str(first + gap * i) for i in range(4))
    last = add(first, (n - 1) * gap, lang)
    steps = (
        f"{say(lang, f'Son {n - 1} saltos de {gap}', f'We add {gap}, {n - 1} times')}: "
        f"{n - 1} {TIMES} {gap} = {(n - 1) * gap}",
        f"{say(lang, f'Desde el primero, {first}', f'From the first, {first}')}: {last}",
    )
    value = range(first, first + gap * n, gap)[n - 1]
    return Draft({"l": shown, "n": n, "a": first, "d": gap}, steps, last.value, value)


def term_of_formula(rng: Random, lang: str) -> Draft:
    a, b, n = rng.randint(2, 7), rng.randint(1, 9) * rng.choice([1, -1]), mostly(rng, (2, 10), (11, 30))
    fields = {"f": written({1: a, 0: b}, "n"), "n": n}
    steps = (
        f"{say(lang, f'Ponemos {n} en lugar de n', f'We put {n} for n')}: {a} {TIMES} {n} = {a * n}",
        f"{say(lang, 'Después', 'Then')}: {a * n} {signed(b)} = {num(a * n + b, lang)}",
    )
    value = range(a + b, a * n + b + 1, a)[n - 1]
    return Draft(fields, steps, a * n + b, value)


def formula_of_terms(rng: Random, lang: str) -> Draft:
    gap, first = rng.randint(2, 9), rng.randint(1, 15)
    terms = [first + gap * i for i in range(4)]
    rest = first - gap
    steps = (
        f"{say(lang, 'Diferencia', 'Difference')}: {terms[1]} {MINUS} {terms[0]} = {gap}",
        f"{say(lang, 'Primero menos diferencia', 'First minus difference')}: {first} {MINUS} {gap} = {num(rest, lang)}",
    )
    answer = written({1: gap, 0: rest}, "n")
    check = tuple(gap * n + rest for n in (1, 2, 3, 4))
    return Draft({"l": ", ".join(map(str, terms))}, steps, tuple(terms), check, answer=answer)


def sum_of_terms(rng: Random, lang: str) -> Draft:
    first, gap, n = rng.randint(1, 6), rng.randint(1, 5), rng.choice([6, 6, 8, 10, 10, 20])
    last = first + gap * (n - 1)
    shown = f"{first}, {first + gap}, {first + 2 * gap}, …, {last}"
    pair = f"{first} + {last} = {first + last}"
    half = n // 2
    steps = (
        f"{say(lang, 'Primero más último', 'First plus last')}: {pair}",
        f"{say(lang, f'Son {half} parejas', f'There are {half} pairs')}: {times(half, first + last, lang)}",
    )
    fields = {"l": shown, "n": n}
    return Draft(fields, steps, half * (first + last), sum(range(first, last + 1, gap)))


ASKED = Chapter("sequences")
_LOWER, _UPPER = ("algebra", "lower_secondary"), ("algebra", "upper_secondary")
FAMILIES = (
    Family("next_in_sequence", *_LOWER, next_in_sequence, ASKED["next"]),
    Family("difference_or_ratio", *_LOWER, common_difference, ASKED["difference"], weight=0.5),
    Family("nth_term", *_LOWER, nth_term, ASKED["nth"], unseen=True),
    Family("term_of_a_formula", *_LOWER, term_of_formula, ASKED["of_formula"], weight=0.7),
    Family("formula_of_a_sequence", *_LOWER, formula_of_terms, ASKED["to_formula"], weight=0.6),
    Family("sum_of_a_progression", *_UPPER, sum_of_terms, ASKED["sum"], weight=0.5, unseen=True),
)
