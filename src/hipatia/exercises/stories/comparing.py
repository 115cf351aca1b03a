"""Stories of comparisons: so many more or fewer, so many times, with either side or the total unknown; ages.

    compare_reference.make(Random(7), "es")

The word does not tell the operation: «15, que son 3 más que Ana» asks for what Ana has.
"""

from __future__ import annotations

from random import Random

from ..core import Family
from ..steps import Step, add, divide, sub, times
from .frames import Context, Draw, Shape, drafter
from .words import quantity


def _pair(rng: Random, context: Context) -> tuple[int, int, int]:
    """A number, a smaller difference, and 1 for more or 0 for less."""
    low, high = context["range"]
    a, more = quantity(rng, low, high), rng.randint(0, 1)
    if not more and a < low + 3:
        a += 4
    return a, rng.randint(2, max(2, min(a - 2, 30))) if not more else quantity(rng, 2, min(high, 30)), more


def _moved(a: int, d: int, more: int, lang: str) -> Step:
    return add(a, d, lang) if more else sub(a, d, lang)


def _relative(rng: Random, context: Context, lang: str) -> Shape:
    a, d, more = _pair(rng, context)
    return Shape({"a": a, "d": d, "s": more}, (_moved(a, d, more, lang),), a - d * (1 - 2 * more))


def _reference(rng: Random, context: Context, lang: str) -> Shape:
    a, d, more = _pair(rng, context)
    b = a + d if more else a - d
    return Shape({"b": b, "d": d, "s": more}, (_moved(b, d, 1 - more, lang),), a)


def _total(rng: Random, context: Context, lang: str) -> Shape:
    a, d, more = _pair(rng, context)
    first = _moved(a, d, more, lang)
    return Shape(
        {"a": a, "d": d, "s": more}, (first, add(a, int(first.value), lang)), 2 * a + (d if more else -d)
    )


def _factor(rng: Random, context: Context) -> tuple[int, int]:
    """How many times, and the smaller number."""
    low, high = context["range"]
    k = rng.choice((2, 2, 2, 3, 3, 4, 5))
    return k, quantity(rng, max(2, low // 2), max(5, high // k))


def _times(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _factor(rng, context)
    return Shape({"a": a, "k": k}, (times(k, a, lang),), sum([a] * k))


def _part(rng: Random, context: Context, lang: str) -> Shape:
    k, small = _factor(rng, context)
    return Shape({"a": k * small, "k": k}, (divide(k * small, k, lang),), small)


def _times_reference(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _factor(rng, context)
    return Shape({"b": k * a, "k": k}, (divide(k * a, k, lang),), a)


def _part_reference(rng: Random, context: Context, lang: str) -> Shape:
    k, small = _factor(rng, context)
    return Shape({"b": small, "k": k}, (times(k, small, lang),), sum([small] * k))


def _times_total(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _factor(rng, context)
    first = times(k, a, lang)
    return Shape({"a": a, "k": k}, (first, add(a, int(first.value), lang)), a * (k + 1))


def _part_total(rng: Random, context: Context, lang: str) -> Shape:
    k, small = _factor(rng, context)
    first = divide(k * small, k, lang)
    last = add(k * small, int(first.value), lang)
    return Shape({"a": k * small, "k": k}, (first, last), small * (k + 1))


def _times_difference(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _factor(rng, context)
    first = times(k, a, lang)
    return Shape({"a": a, "k": k}, (first, sub(int(first.value), a, lang)), a * (k - 1))


def _chain(rng: Random, context: Context, lang: str) -> Shape:
    """Three amounts, each told by the one before."""
    low, high = context["range"]
    a, d, more = _pair(rng, {"range": (low, max(low + 4, high // 2))})
    first = _moved(a, d, more, lang)
    k = rng.choice((2, 2, 3))
    second = times(k, int(first.value), lang)
    return Shape({"a": a, "d": d, "s": more, "k": k}, (first, second), k * (a + (d if more else -d)))


SHAPES: dict[str, Draw] = {
    "relative": _relative,
    "reference": _reference,
    "total": _total,
    "times": _times,
    "part": _part,
    "times_reference": _times_reference,
    "part_reference": _part_reference,
    "times_total": _times_total,
    "part_total": _part_total,
    "times_difference": _times_difference,
    "chain": _chain,
}


def _age(rng: Random, context: Context) -> tuple[int, int]:
    return rng.randint(7, 40), rng.randint(2, 15)


def _later(rng: Random, context: Context, lang: str) -> Shape:
    a, d = _age(rng, context)
    return Shape({"a": a, "d": d}, (add(a, d, lang),), d - -a)


def _earlier(rng: Random, context: Context, lang: str) -> Shape:
    d, left = _age(rng, context)
    left += 1
    return Shape({"a": d + left, "d": d}, (sub(d + left, d, lang),), left)


def _older(rng: Random, context: Context, lang: str) -> Shape:
    a, d = _age(rng, context)
    return Shape({"a": a, "b": a + d}, (sub(a + d, a, lang),), d)


def _both_later(rng: Random, context: Context, lang: str) -> Shape:
    a, d = _age(rng, context)
    b = rng.randint(6, 40)
    first, second = add(a, d, lang), add(b, d, lang)
    last = add(int(first.value), int(second.value), lang)
    return Shape({"a": a, "b": b, "d": d}, (first, second, last), a + b + 2 * d)


def _times_later(rng: Random, context: Context, lang: str) -> Shape:
    a, k, d = rng.randint(10, 13), rng.randint(*context["k"]), rng.randint(2, 15)
    first = times(k, a, lang)
    return Shape({"a": a, "k": k, "d": d}, (first, add(int(first.value), d, lang)), k * a + d)


def _year(rng: Random, context: Context, lang: str) -> Shape:
    born = rng.randint(1960, 2012)
    now = rng.randint(born + 5, 2025)
    return Shape(
        {"a": born, "b": now}, (sub(now, born, lang),), next(x for x in range(90) if born + x == now)
    )


def _until(rng: Random, context: Context, lang: str) -> Shape:
    """Years until a birthday."""
    a = rng.randint(5, 60)
    b = rng.choice([n for n in (10, 12, 15, 18, 20, 21, 25, 30, 40, 50, 65, 70) if n > a + 1])
    return Shape({"a": a, "b": b}, (sub(b, a, lang),), next(x for x in range(b) if a + x == b))


def _birthday_year(rng: Random, context: Context, lang: str) -> Shape:
    """The year of a birthday."""
    born = rng.randint(1970, 2018)
    b = rng.choice([n for n in (5, 8, 10, 12, 15, 18, 20, 25, 30, 40, 50) if born + n < 2026])
    return Shape({"a": born, "b": b}, (add(born, b, lang),), b - -born)


def _apart(rng: Random, context: Context, lang: str) -> Shape:
    """Another's age by the difference, some years from now."""
    a, d = _age(rng, context)
    years = rng.randint(2, 12)
    first = add(a, d, lang)
    return Shape({"a": a, "d": d, "e": years}, (first, add(int(first.value), years, lang)), a + d + years)


AGE_SHAPES: dict[str, Draw] = {
    "later": _later,
    "earlier": _earlier,
    "older": _older,
    "both_later": _both_later,
    "times_later": _times_later,
    "year": _year,
    "until": _until,
    "birthday_year": _birthday_year,
    "apart": _apart,
}

_WORDS = ("word_problems", "primary")


def _family(name: str, weight: float, *shapes: str, unseen: bool = False) -> Family:
    return Family(name, *_WORDS, drafter("comparing", SHAPES, *shapes), weight=weight, unseen=unseen)


FAMILIES = (
    _family("compare_more", 3, "relative"),
    _family("compare_times", 3, "times", "part"),
    _family("compare_reference", 4, "reference", "reference", "times_reference", "part_reference"),
    _family("compare_total", 3, "total", "times_total", "part_total", "times_difference"),
    _family("compare_chain", 1, "chain", unseen=True),
    Family("ages", *_WORDS, drafter("ages", AGE_SHAPES, *AGE_SHAPES), weight=3),
)
