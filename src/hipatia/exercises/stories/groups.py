"""Stories of equal groups: so many in each, shared out, with some loose, taken away or left for the rest.

    groups_product.make(Random(7), "es")

``groups.toml`` tells shapes of numbers about holders of things, paces and prices.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..core import Family
from ..steps import Step, add, divide, sub, times
from .frames import Context, Draw, Shape, drafter


def _groups(rng: Random, context: Context) -> tuple[int, int]:
    """How many groups, and how many in each."""
    low, high = context.get("a", (2, 12))
    each = rng.randint(low, high if high <= 12 or rng.random() < 0.35 else max(low + 2, min(high, 12)))
    return rng.randint(2, 10 if each <= 12 else 9), each


def _product(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    return Shape({"k": k, "a": a}, (times(k, a, lang),), sum([a] * k))


def _each(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    return Shape({"k": k, "t": k * a}, (divide(k * a, k, lang),), a)


def _count(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    return Shape({"a": a, "t": k * a}, (divide(k * a, a, lang),), k)


def _loose(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    c = rng.randint(2, 20)
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "c": c}, (first, add(int(first.value), c, lang)), c + sum([a] * k))


def _taken(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    c = rng.randint(2, min(k * a - 1, 30))
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "c": c}, (first, sub(int(first.value), c, lang)), sum([a] * k) - c)


def _rest_each(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    c = rng.randint(2, 20)
    first = sub(k * a + c, c, lang)
    return Shape({"k": k, "c": c, "t": k * a + c}, (first, divide(int(first.value), k, lang)), a)


def _joined(rng: Random, context: Context, lang: str) -> tuple[int, int, int, int, Step]:
    k, a = _groups(rng, context)
    b = rng.randint(2, k * a - 2)
    return k, a, b, k * a - b, add(b, k * a - b, lang)


def _joined_each(rng: Random, context: Context, lang: str) -> Shape:
    k, a, b, c, first = _joined(rng, context, lang)
    return Shape({"k": k, "b": b, "c": c}, (first, divide(int(first.value), k, lang)), a)


def _sum_count(rng: Random, context: Context, lang: str) -> Shape:
    k, a, b, c, first = _joined(rng, context, lang)
    return Shape({"a": a, "b": b, "c": c}, (first, divide(int(first.value), a, lang)), k)


def _two_products(rng: Random, context: Context, lang: str) -> Shape:
    low, high = context.get("a", (2, 12))
    a, b = sorted(rng.sample(range(low, min(high, low + 12) + 1), 2))
    k, j = rng.randint(2, 9), rng.randint(2, 9)
    first, second = times(k, a, lang), times(j, b, lang)
    last = add(int(first.value), int(second.value), lang)
    return Shape({"k": k, "a": a, "j": j, "b": b}, (first, second, last), sum([a] * k + [b] * j))


def _kinds_product(rng: Random, context: Context, lang: str) -> Shape:
    (k, a), (_, b) = _groups(rng, context), _groups(rng, context)
    first = add(a, b, lang)
    return Shape({"k": k, "a": a, "b": b}, (first, times(k, int(first.value), lang)), k * a + k * b)


def _leftover(rng: Random, context: Context, lang: str) -> Shape:
    """What does not fill a group, or cannot be shared out."""
    k, a = _groups(rng, context)
    a = max(a, 3)
    rest = rng.randint(1, a - 1)
    first = times(k, a, lang)
    steps = (first, sub(k * a + rest, int(first.value), lang))
    return Shape({"a": a, "k": k, "t": k * a + rest}, steps, (k * a + rest) % a)


def _repack(rng: Random, context: Context, lang: str) -> Shape:
    """Groups of one size are shared out anew."""
    k, a = _groups(rng, context)
    j = rng.choice([n for n in range(2, 13) if k * a % n == 0 and n != k] or [k])
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "j": j}, (first, divide(int(first.value), j, lang)), Fraction(k * a, j))


def _repack_less(rng: Random, context: Context, lang: str) -> Shape:
    k, a = _groups(rng, context)
    j = rng.choice([n for n in range(2, 10) if n < k * a - 3] or [2])
    c = 2 + (k * a - 2) % j
    first = times(k, a, lang)
    second = sub(int(first.value), c, lang)
    steps = (first, second, divide(int(second.value), j, lang))
    return Shape({"k": k, "a": a, "c": c, "j": j}, steps, Fraction(k * a - c, j))


SHAPES: dict[str, Draw] = {
    "product": _product,
    "each": _each,
    "count": _count,
    "loose": _loose,
    "taken": _taken,
    "rest_each": _rest_each,
    "joined_each": _joined_each,
    "sum_count": _sum_count,
    "two_products": _two_products,
    "kinds_product": _kinds_product,
    "leftover": _leftover,
    "repack": _repack,
    "repack_less": _repack_less,
}


_WORDS = ("word_problems", "primary")
FAMILIES = (
    Family("groups_product", *_WORDS, drafter("groups", SHAPES, "product"), weight=5),
    Family("groups_division", *_WORDS, drafter("groups", SHAPES, "each", "count"), weight=5),
    Family("groups_loose", *_WORDS, drafter("groups", SHAPES, "loose", "taken"), weight=3),
    Family(
        "groups_shared",
        *_WORDS,
        drafter("groups", SHAPES, "rest_each", "joined_each", "sum_count", "repack", "repack_less"),
        weight=3,
    ),
    Family("leftovers", *_WORDS, drafter("groups", SHAPES, "leftover"), weight=2.4),
    Family(
        "groups_two_kinds", *_WORDS, drafter("groups", SHAPES, "two_products", "kinds_product"), weight=2.4
    ),
)
