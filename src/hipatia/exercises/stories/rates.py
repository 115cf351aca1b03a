"""Stories of paces, trips, plans, units and mixtures.

    travelling.make(Random(7), "es")

Of the families here some are unseen: their way of putting steps together occurs nowhere in training.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..core import Family
from ..steps import add, divide, sub, times
from .frames import Context, Draw, Shape, drafter


def _rate(rng: Random, context: Context) -> int:
    low, high = context["a"]
    return rng.randint(low, high if rng.random() < 0.4 else min(high, low + 9))


def _per_time(rng: Random, context: Context, lang: str) -> Shape:
    """So many in some time; how many in another time."""
    rate, b, c = _rate(rng, context), rng.randint(2, 9), rng.randint(2, 10)
    c = c if c != b else b + 1
    first = divide(rate * b, b, lang)
    steps = (first, times(c, int(first.value), lang))
    return Shape({"a": rate * b, "b": b, "c": c}, steps, Fraction(rate * b * c, b))


def _rates(rng: Random, context: Context) -> tuple[int, int]:
    """Two that differ."""
    first = second = _rate(rng, context)
    while second == first:
        second = _rate(rng, context)
    return first, second


def _both(rng: Random, context: Context, lang: str) -> Shape:
    (a, b), k = _rates(rng, context), rng.randint(2, 9)
    first = add(a, b, lang)
    return Shape({"a": a, "b": b, "k": k}, (first, times(k, int(first.value), lang)), a * k + b * k)


def _ahead(rng: Random, context: Context, lang: str) -> Shape:
    b, d, k = _rate(rng, context), rng.randint(1, 6), rng.randint(2, 9)
    first = sub(b + d, b, lang)
    return Shape({"a": b + d, "b": b, "k": k}, (first, times(k, int(first.value), lang)), (b + d) * k - b * k)


def _plan_left(rng: Random, context: Context, lang: str) -> Shape:
    a, k = _rate(rng, context), rng.randint(2, 9)
    left = rng.randint(2, 40)
    first = times(k, a, lang)
    steps = (first, sub(k * a + left, int(first.value), lang))
    return Shape({"a": a, "k": k, "t": k * a + left}, steps, left)


def _team_left(rng: Random, context: Context, lang: str) -> Shape:
    """Two work at their paces; what is left of the whole."""
    (a, b), k = _rates(rng, context), rng.randint(2, 8)
    left = rng.randint(2, 40)
    first = add(a, b, lang)
    second = times(k, int(first.value), lang)
    whole = (a + b) * k + left
    steps = (first, second, sub(whole, int(second.value), lang))
    return Shape({"a": a, "b": b, "k": k, "t": whole}, steps, whole - a * k - b * k)


def _started(rng: Random, context: Context, lang: str) -> Shape:
    a, k, c = _rate(rng, context), rng.randint(2, 9), rng.randint(2, 40)
    first = times(k, a, lang)
    return Shape({"a": a, "k": k, "c": c}, (first, add(int(first.value), c, lang)), c + a * k)


def _three_factors(rng: Random, context: Context, lang: str) -> Shape:
    a, k, j = rng.randint(*context["a"]), rng.randint(2, 6), rng.randint(2, 5)
    first = times(k, a, lang)
    return Shape({"a": a, "k": k, "j": j}, (first, times(j, int(first.value), lang)), a * k * j)


def _speed(rng: Random, context: Context) -> tuple[int, int]:
    low, high = context["a"]
    step = 10 if high > 30 else 1
    return step * rng.randint(low // step, high // step), rng.randint(2, 6)


def _distance(rng: Random, context: Context, lang: str) -> Shape:
    v, h = _speed(rng, context)
    return Shape({"v": v, "x": h}, (times(h, v, lang),), v * h)


def _hours(rng: Random, context: Context, lang: str) -> Shape:
    v, h = _speed(rng, context)
    return Shape({"v": v, "d": v * h}, (divide(v * h, v, lang),), h)


def _per_hour(rng: Random, context: Context, lang: str) -> Shape:
    v, h = _speed(rng, context)
    return Shape({"x": h, "d": v * h}, (divide(v * h, h, lang),), v)


def _two_legs(rng: Random, context: Context, lang: str) -> Shape:
    (v, h), (w, j) = _speed(rng, context), _speed(rng, context)
    if v == w:
        return _two_legs(rng, context, lang)
    first, second = times(h, v, lang), times(j, w, lang)
    last = add(int(first.value), int(second.value), lang)
    return Shape({"v": v, "x": h, "w": w, "j": j}, (first, second, last), v * h + w * j)


def _way_left(rng: Random, context: Context, lang: str) -> Shape:
    v, h = _speed(rng, context)
    left = rng.randint(2, 2 * v)
    first = times(h, v, lang)
    return Shape({"v": v, "x": h, "d": v * h + left}, (first, sub(v * h + left, v * h, lang)), left)


def _cut(rng: Random, context: Context, lang: str) -> Shape:
    """Some of a big unit, shared out in pieces of a small one."""
    factor = context["factor"]
    piece = rng.choice(context["pieces"])
    n = rng.choice([n for n in range(2, context.get("most", 8) + 1) if n * factor % piece == 0])
    first = times(n, factor, lang)
    steps = (first, divide(n * factor, piece, lang))
    return Shape({"n": n, "c": piece, "u": factor}, steps, Fraction(n * factor, piece))


def _used(rng: Random, context: Context, lang: str) -> Shape:
    """Some of a big unit, less some of a small one."""
    factor = context["factor"]
    n = rng.randint(2, 6)
    used = rng.choice(context["pieces"]) * rng.randint(1, 3)
    used = used if used < n * factor else factor // 2
    first = times(n, factor, lang)
    return Shape({"n": n, "c": used, "u": factor}, (first, sub(n * factor, used, lang)), factor * n - used)


def _within(rng: Random, context: Context, lang: str) -> Shape:
    """So many in a small unit of time, for some of the big one."""
    factor = context["factor"]
    n, a = rng.randint(2, 4), rng.randint(*context["a"])
    first = times(n, factor, lang)
    return Shape({"n": n, "a": a, "u": factor}, (first, times(int(first.value), a, lang)), n * a * factor)


def _meeting(rng: Random, context: Context, lang: str) -> Shape:
    """Two that move towards each other."""
    (v, h), (w, _) = _speed(rng, context), _speed(rng, context)
    if v == w:
        return _meeting(rng, context, lang)
    first = add(v, w, lang)
    steps = (first, divide((v + w) * h, int(first.value), lang))
    return Shape({"v": v, "w": w, "d": (v + w) * h}, steps, h)


def _mixture(rng: Random, context: Context, lang: str) -> Shape:
    """The price of a kilo of a mixture."""
    k, j = rng.randint(2, 6), rng.randint(2, 6)
    mean = rng.randint(k + 2, k + 8)
    a, b = mean + j, mean - k  # so that k × a + j × b is (k + j) × mean
    first, second = times(k, a, lang), times(j, b, lang)
    third, kilos = add(int(first.value), int(second.value), lang), add(k, j, lang)
    last = divide(int(third.value), int(kilos.value), lang)
    return Shape({"k": k, "a": a, "j": j, "b": b}, (first, second, third, kilos, last), mean)


def _goal(rng: Random, context: Context, lang: str) -> Shape:
    a, k, c = _rate(rng, context), rng.randint(4, 12), rng.randint(20, 60)
    first = sub(c + a * k, c, lang)
    return Shape({"a": a, "c": c, "t": c + a * k}, (first, divide(int(first.value), a, lang)), k)


def _containers(rng: Random, context: Context, lang: str) -> Shape:
    """How many are needed so that nothing stays out."""
    a = rng.choice(context["holds"])
    k, rest = rng.randint(2, 9), rng.randint(1, a - 1)
    t = k * a + rest
    steps = (times(k, a, lang), sub(t, k * a, lang), add(k, 1, lang))
    return Shape({"a": a, "t": t, "k": k}, steps, -(-t // a))


def _backwards(rng: Random, context: Context, lang: str) -> Shape:
    """Half is gone, then some more; how many there were."""
    end, c = rng.randint(2, 20), rng.randint(2, 20)
    first = add(end, c, lang)
    last = times(2, int(first.value), lang)
    return Shape({"c": c, "e": end}, (first, last), next(x for x in range(999) if Fraction(x, 2) - c == end))


SHAPES: dict[str, Draw] = {
    "per_time": _per_time,
    "both": _both,
    "ahead": _ahead,
    "plan_left": _plan_left,
    "started": _started,
    "team_left": _team_left,
    "three_factors": _three_factors,
    "distance": _distance,
    "hours": _hours,
    "per_hour": _per_hour,
    "two_legs": _two_legs,
    "way_left": _way_left,
    "cut": _cut,
    "used": _used,
    "within": _within,
    "meeting": _meeting,
    "mixture": _mixture,
    "goal": _goal,
    "containers": _containers,
    "backwards": _backwards,
}


def _family(name: str, weight: float, *shapes: str, level: str = "primary", unseen: bool = False) -> Family:
    draw = drafter("rates", SHAPES, *shapes)
    return Family(name, "word_problems", level, draw, weight=weight, unseen=unseen)


FAMILIES = (
    _family("per_time", 2.4, "per_time"),
    _family("two_paces", 2.4, "both", "ahead", "team_left"),
    _family("plans", 3, "plan_left", "started"),
    _family("three_factors", 1.6, "three_factors"),
    _family("travelling", 3, "distance", "distance", "hours", "per_hour", level="lower_secondary"),
    _family("trips", 2, "two_legs", "way_left", level="lower_secondary"),
    _family("measures", 2.4, "cut", "used", "within"),
    _family("meeting", 1, "meeting", level="lower_secondary", unseen=True),
    _family("mixture", 1, "mixture", level="lower_secondary", unseen=True),
    _family("saving_goal", 1, "goal", unseen=True),
    _family("containers_needed", 1, "containers", unseen=True),
    _family("backwards", 1, "backwards", unseen=True),
)
