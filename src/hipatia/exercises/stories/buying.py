"""Stories of money: buying, change, prices, what is left, what is earned.

shopping_change.make(Random(7), "es")
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from ..core import Family
from ..steps import MINUS, Step, add, divide, sub, times
from ..wording import money
from .frames import Context, Draw, Shape, drafter

_NOTES = (10, 20, 50, 100, 200)


def _price(rng: Random, context: Context) -> int:
    low, high = context["a"]
    return rng.randint(low, high)


def _note(rng: Random, cost: int) -> int:
    """What one pays with: a note, or some round sum above the cost."""
    notes = [note for note in _NOTES if note > cost]
    return notes[0] if notes and rng.random() < 0.6 else cost + rng.randint(2, 30)


def _two_goods(rng: Random, context: Context, lang: str) -> Shape:
    k, a, j, b = rng.randint(2, 7), _price(rng, context), rng.randint(2, 6), _price(rng, context)
    first, second = times(k, a, lang), times(j, b, lang)
    last = add(int(first.value), int(second.value), lang)
    return Shape({"k": k, "a": a, "j": j, "b": b}, (first, second, last), sum([a] * k + [b] * j))


def _and_one(rng: Random, context: Context, lang: str) -> Shape:
    k, a, b = rng.randint(2, 8), _price(rng, context), _price(rng, context)
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "b": b}, (first, add(int(first.value), b, lang)), b + sum([a] * k))


def _change(rng: Random, context: Context, lang: str) -> Shape:
    k, a = rng.randint(2, 8), _price(rng, context)
    first = times(k, a, lang)
    note = _note(rng, k * a)
    return Shape({"k": k, "a": a, "m": note}, (first, sub(note, int(first.value), lang)), note - sum([a] * k))


def _change_two(rng: Random, context: Context, lang: str) -> Shape:
    a, b = _price(rng, context), _price(rng, context)
    first = add(a, b, lang)
    note = _note(rng, a + b)
    return Shape({"a": a, "b": b, "m": note}, (first, sub(note, int(first.value), lang)), note - a - b)


def _basket_change(rng: Random, context: Context, lang: str) -> Shape:
    k, a, j, b = rng.randint(2, 5), _price(rng, context), rng.randint(2, 4), _price(rng, context)
    first, second = times(k, a, lang), times(j, b, lang)
    third = add(int(first.value), int(second.value), lang)
    note = _note(rng, int(third.value))
    steps = (first, second, third, sub(note, int(third.value), lang))
    return Shape({"k": k, "a": a, "j": j, "b": b, "m": note}, steps, note - sum([a] * k + [b] * j))


def _missing(rng: Random, context: Context, lang: str) -> Shape:
    a = _price(rng, context)
    have = rng.randint(2, a - 2)
    return Shape({"a": a, "m": have}, (sub(a, have, lang),), next(x for x in range(a) if have + x == a))


def _missing_many(rng: Random, context: Context, lang: str) -> Shape:
    k, a = rng.randint(2, 8), _price(rng, context)
    first = times(k, a, lang)
    have = rng.randint(2, k * a - 1)
    return Shape({"k": k, "a": a, "m": have}, (first, sub(int(first.value), have, lang)), sum([a] * k) - have)


def _price_back(rng: Random, context: Context, lang: str) -> Shape:
    """What one costs, from what was paid and what came back."""
    k, a = rng.randint(2, 8), _price(rng, context)
    note = _note(rng, k * a)
    first = sub(note, note - k * a, lang)
    return Shape({"k": k, "m": note, "r": note - k * a}, (first, divide(int(first.value), k, lang)), a)


def _of_three(rng: Random, context: Context, lang: str) -> Shape:
    """The price of one kind, from the total and the price of the other."""
    k, a, b = rng.randint(2, 6), _price(rng, context), _price(rng, context)
    whole = k * a + b
    first = sub(whole, b, lang)
    return Shape({"k": k, "t": whole, "b": b}, (first, divide(int(first.value), k, lang)), a)


def _unit_price(rng: Random, context: Context, lang: str) -> Shape:
    k, a = rng.randint(2, 9), _price(rng, context)
    j = rng.choice([n for n in range(2, 11) if n != k])
    first = divide(k * a, k, lang)
    return Shape({"k": k, "t": k * a, "j": j}, (first, times(j, int(first.value), lang)), a * j)


def _spent(rng: Random, context: Context, lang: str) -> Shape:
    b, c = rng.randint(6, 30), rng.randint(3, 35)
    have = b + c + rng.randint(2, 30)
    first = sub(have, b, lang)
    return Shape({"m": have, "b": b, "c": c}, (first, sub(int(first.value), c, lang)), have - (b + c))


def _leftover(rng: Random, context: Context, lang: str) -> Shape:
    """As many as possible are bought."""
    a = max(3, _price(rng, context))
    k, rest = rng.randint(2, 9), rng.randint(1, a - 1)
    have = k * a + rest
    first = times(k, a, lang)
    return Shape({"m": have, "a": a, "k": k}, (first, sub(have, int(first.value), lang)), have % a)


def _profit(rng: Random, context: Context, lang: str) -> Shape:
    k, a = rng.randint(3, 12), _price(rng, context)
    cost = rng.randint(2, k * a - 1)
    first = times(k, a, lang)
    return Shape({"k": k, "a": a, "c": cost}, (first, sub(int(first.value), cost, lang)), sum([a] * k) - cost)


def _shared_bill(rng: Random, context: Context, lang: str) -> Shape:
    k, each = rng.randint(3, 6), rng.randint(6, 15)
    b = rng.randint(3, k * each // 2)
    first = add(k * each - b, b, lang)
    steps = (first, divide(int(first.value), k, lang))
    return Shape({"k": k, "a": k * each - b, "b": b}, steps, each)


def _coins(rng: Random, low: int, high: int) -> Fraction:
    """A price with cents."""
    return rng.randint(low, high) + Fraction(rng.choice((10, 20, 25, 40, 50, 50, 75, 80)), 100)


def _cents_back(rng: Random, context: Context, lang: str) -> Shape:
    """The change from a note, with cents."""
    price = _coins(rng, *context["a"])
    note = next(n for n in (5, 10, 20) if n > price)
    left = note - price
    text = f"{note} {MINUS} {money(price, lang)} = {money(left, lang)}"
    check = Fraction(100 * note - int(100 * price), 100)
    return Shape({"a": money(price, lang), "m": note}, (Step(text, left),), check, money(left, lang))


def _cents_total(rng: Random, context: Context, lang: str) -> Shape:
    """Two prices with cents."""
    a, b = _coins(rng, *context["a"]), _coins(rng, 1, 2)
    text = f"{money(a, lang)} + {money(b, lang)} = {money(a + b, lang)}"
    check = Fraction(int(100 * a) + int(100 * b), 100)
    numbers = {"a": money(a, lang), "b": money(b, lang)}
    return Shape(numbers, (Step(text, a + b),), check, money(a + b, lang))


SHAPES: dict[str, Draw] = {
    "two_goods": _two_goods,
    "and_one": _and_one,
    "change": _change,
    "change_two": _change_two,
    "basket_change": _basket_change,
    "missing": _missing,
    "missing_many": _missing_many,
    "price_back": _price_back,
    "of_three": _of_three,
    "unit_price": _unit_price,
    "spent": _spent,
    "leftover": _leftover,
    "profit": _profit,
    "shared_bill": _shared_bill,
    "cents_back": _cents_back,
    "cents_total": _cents_total,
}

_WORDS = ("word_problems", "primary")


def _family(name: str, weight: float, *shapes: str) -> Family:
    return Family(name, *_WORDS, drafter("buying", SHAPES, *shapes), weight=weight)


FAMILIES = (
    _family("shopping_total", 2.4, "two_goods", "and_one"),
    _family("shopping_change", 3, "change", "change_two", "basket_change"),
    _family("shopping_missing", 2, "missing", "missing_many"),
    _family("shopping_price", 2.4, "price_back", "of_three", "unit_price"),
    _family("money_left", 3, "spent", "leftover", "profit"),
    _family("shared_bill", 1.6, "shared_bill"),
    _family("shopping_cents", 1.6, "cents_back", "cents_total"),
)
