"""Stories of everyday numbers: as many as somebody else, by the kilo, by the clock, on the road.

equalizing.make(Random(7), "es")
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..core import Family
from ..steps import add, divide, sub, times
from .frames import Context, Draw, Shape, drafter
from .words import quantity


def _gap(rng: Random, context: Context) -> tuple[int, int]:
    """A number of things and how many more another has."""
    low, high = context["range"]
    return quantity(rng, low, high), rng.randint(2, min(30, high))


def _lacking(rng: Random, context: Context, lang: str) -> Shape:
    """How many are missing to have as many, or are too many."""
    a, d = _gap(rng, context)
    found = next(x for x in range(d + 1) if a + x == a + d)
    return Shape({"a": a, "b": a + d}, (sub(a + d, a, lang),), found)


def _would_gain(rng: Random, context: Context, lang: str) -> Shape:
    """With so many more somebody would have as many as another: what they have."""
    a, d = _gap(rng, context)
    return Shape({"b": a + d, "d": d}, (sub(a + d, d, lang),), a)


def _would_lose(rng: Random, context: Context, lang: str) -> Shape:
    """With so many fewer the other would have as many: what the other has."""
    a, d = _gap(rng, context)
    return Shape({"a": a, "d": d}, (add(a, d, lang),), d - -a)


def _even_out(rng: Random, context: Context, lang: str) -> Shape:
    """What one has to give so that both have as many."""
    a, given = quantity(rng, *context["range"]), rng.randint(2, 12)
    b = a + 2 * given
    first = sub(b, a, lang)
    found = next(x for x in range(b) if b - x == a + x)
    return Shape({"a": a, "b": b}, (first, divide(int(first.value), 2, lang)), found)


def _price(rng: Random, context: Context) -> int:
    low, high = context["price"]
    return rng.randint(low, high)


def _weighed(rng: Random, context: Context, lang: str) -> Shape:
    k, a = rng.randint(2, 9), _price(rng, context)
    return Shape({"k": k, "a": a}, (times(k, a, lang),), sum([a] * k))


def _weighed_change(rng: Random, context: Context, lang: str) -> Shape:
    k, a = rng.randint(2, 7), _price(rng, context)
    first = times(k, a, lang)
    note = next(n for n in (10, 20, 50, 100, 200) if n > k * a)
    return Shape({"k": k, "a": a, "m": note}, (first, sub(note, int(first.value), lang)), note - sum([a] * k))


def _weighed_other(rng: Random, context: Context, lang: str) -> Shape:
    """The price of another weight."""
    k, a = rng.randint(2, 9), _price(rng, context)
    j = rng.choice([n for n in range(2, 11) if n != k])
    first = divide(k * a, k, lang)
    check = Fraction(k * a * j, k)
    return Shape({"k": k, "t": k * a, "j": j}, (first, times(j, int(first.value), lang)), check)


def _weight(rng: Random, context: Context, lang: str) -> Shape:
    """How much a sum of money buys."""
    k, a = rng.randint(2, 12), max(2, _price(rng, context))
    return Shape({"a": a, "t": k * a}, (divide(k * a, a, lang),), k)


def _hours(rng: Random, context: Context) -> tuple[int, int]:
    """Two times of one day."""
    early, late = context["early"], context["late"]
    return rng.randint(*early), rng.randint(*late)


def _open(rng: Random, context: Context, lang: str) -> Shape:
    h, g = _hours(rng, context)
    return Shape({"o": h, "c": g}, (sub(g, h, lang),), len(range(h, g)))


def _open_days(rng: Random, context: Context, lang: str) -> Shape:
    (h, g), k = _hours(rng, context), rng.randint(3, 6)
    first = sub(g, h, lang)
    return Shape({"o": h, "c": g, "k": k}, (first, times(k, int(first.value), lang)), k * len(range(h, g)))


def _sessions(rng: Random, context: Context, lang: str) -> Shape:
    """Several pieces of the same length, and a break."""
    k, a, b = rng.randint(*context["k"]), 5 * rng.randint(*context["each"]), 5 * rng.randint(2, 6)
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "b": b}, (first, add(int(first.value), b, lang)), b + sum([a] * k))


def _leg(rng: Random, context: Context, lang: str) -> Shape:
    """The second part of a way."""
    low, high = context["range"]
    a, b = quantity(rng, low, high), quantity(rng, low, high)
    found = next(x for x in range(a + b) if a + x == a + b)
    return Shape({"a": a, "t": a + b}, (sub(a + b, a, lang),), found)


def _whole_way(rng: Random, context: Context, lang: str) -> Shape:
    low, high = context["range"]
    a, b = quantity(rng, low, high), quantity(rng, low, high)
    first = add(a, b, lang)
    return Shape({"a": a, "b": b}, (first, times(2, int(first.value), lang)), a + b + b + a)


def _there_and_back(rng: Random, context: Context, lang: str) -> Shape:
    (low, high), k = context["range"], rng.randint(2, 6)
    a = quantity(rng, low, high)
    first = times(2, a, lang)
    return Shape({"a": a, "k": k}, (first, times(k, int(first.value), lang)), sum([a, a] * k))


def _way_ahead(rng: Random, context: Context, lang: str) -> Shape:
    """What is left after two stops."""
    low, high = context["range"]
    a, b, left = quantity(rng, low, high), quantity(rng, low, high), quantity(rng, low, high)
    first = add(a, b, lang)
    whole = a + b + left
    steps = (first, sub(whole, int(first.value), lang))
    return Shape({"a": a, "b": b, "t": whole}, steps, whole - a - b)


SHAPES: dict[str, Draw] = {
    "lacking": _lacking,
    "would_gain": _would_gain,
    "would_lose": _would_lose,
    "even_out": _even_out,
    "weighed": _weighed,
    "weighed_change": _weighed_change,
    "weighed_other": _weighed_other,
    "weight": _weight,
    "open": _open,
    "open_days": _open_days,
    "sessions": _sessions,
    "leg": _leg,
    "whole_way": _whole_way,
    "there_and_back": _there_and_back,
    "way_ahead": _way_ahead,
}

_WORDS = ("word_problems", "primary")


def _family(name: str, weight: float, *shapes: str, unseen: bool = False) -> Family:
    return Family(name, *_WORDS, drafter("everyday", SHAPES, *shapes), weight=weight, unseen=unseen)


FAMILIES = (
    _family("equalizing", 3, "lacking", "would_gain", "would_lose", "even_out"),
    _family("by_weight", 2.4, "weighed", "weighed_change", "weighed_other", "weight"),
    _family("timetable", 1.6, "open", "open_days", "sessions", unseen=True),
    _family("on_the_road", 2, "leg", "whole_way", "there_and_back", "way_ahead"),
)
