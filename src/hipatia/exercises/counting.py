"""Counting: choices one after the other, orders, groups."""

from __future__ import annotations

from itertools import combinations, permutations, product
from math import comb, factorial
from random import Random

from .core import Draft, Family
from .questions import Chapter
from .steps import DIVIDE, TIMES, total
from .wording import people, say


def outfits(rng: Random, lang: str) -> Draft:
    a, b, c = rng.randint(2, 7), rng.randint(2, 7), rng.randint(2, 5)
    fields = people(rng, lang) | {"a": a, "b": b, "c": c}
    first = f"{a} {TIMES} {b} = {a * b}"
    head = say(lang, "Multiplicamos las posibilidades", "We multiply the choices")
    if rng.random() < 0.6:
        pairs = len([(i, j) for i in range(a) for j in range(b)])
        return Draft(fields, (f"{head}: {first}",), a * b, pairs, variant="two")
    triples = total([a * b] * c, lang).value
    steps = (f"{head}: {first}", f"{a * b} {TIMES} {c} = {a * b * c}")
    return Draft(fields, steps, a * b * c, triples, variant="three")


def orders(rng: Random, lang: str) -> Draft:
    """n things in a row, or the factorial itself."""
    n = rng.choice([3, 3, 4, 4, 5, 5, 6])
    fields = people(rng, lang) | {"n": n}
    left = say(
        lang, f"{n} para el primer lugar y uno menos cada vez", f"{n} for the first place, then one less"
    )
    chain = f" {TIMES} ".join(str(k) for k in range(n, 0, -1))
    check = sum(1 for _ in permutations(range(n)))
    variant = "factorial" if rng.random() < 0.25 else "row"
    return Draft(fields, (f"{left}: {chain} = {factorial(n)}",), factorial(n), check, variant=variant)


def podium(rng: Random, lang: str) -> Draft:
    """Ordered choices of two or three among n."""
    n, k = rng.randint(4, 9), rng.choice([2, 3])
    factors = [n - i for i in range(k)]
    chain = f" {TIMES} ".join(map(str, factors))
    value = n * (n - 1) if k == 2 else n * (n - 1) * (n - 2)
    head = say(lang, f"{n} para el primero y uno menos cada vez", f"{n} for the first, then one less")
    fields = people(rng, lang) | {"n": n}
    check = sum(1 for _ in permutations(range(n), k))
    return Draft(fields, (f"{head}: {chain} = {value}",), value, check, variant="two" if k == 2 else "three")


def groups(rng: Random, lang: str) -> Draft:
    """Groups of two or three of n, where the order does not count."""
    n, k = rng.randint(4, 10), rng.choice([2, 2, 3])
    ordered = n * (n - 1) if k == 2 else n * (n - 1) * (n - 2)
    chain = f" {TIMES} ".join(str(n - i) for i in range(k))
    head = say(lang, "En orden", "In order")
    same = say(lang, f"Cada grupo sale {factorial(k)} veces", f"Each group comes {factorial(k)} times")
    steps = (
        f"{head}: {chain} = {ordered}",
        f"{same}: {ordered} {DIVIDE} {factorial(k)} = {comb(n, k)}",
    )
    fields = people(rng, lang) | {"n": n}
    check = sum(1 for _ in combinations(range(n), k))
    return Draft(fields, steps, ordered // factorial(k), check, variant="two" if k == 2 else "three")


def numbers_of_digits(rng: Random, lang: str) -> Draft:
    """Numbers or codes of k digits, digits repeated or not."""
    n, k = rng.randint(3, 6), rng.choice([2, 2, 3])
    digits = ", ".join(map(str, range(1, n + 1)))
    fields = people(rng, lang) | {"d": digits, "k": k, "n": n}
    if rng.random() < 0.5:
        chain = f" {TIMES} ".join([str(n)] * k)
        head = say(lang, f"{n} cifras para cada lugar", f"{n} digits for each place")
        check = sum(1 for _ in product(range(n), repeat=k))
        return Draft(fields, (f"{head}: {chain} = {n**k}",), n**k, check, variant="repeated")
    chain = f" {TIMES} ".join(str(n - i) for i in range(k))
    value = n * (n - 1) if k == 2 else n * (n - 1) * (n - 2)
    head = say(lang, "Una cifra menos en cada lugar", "One digit less at each place")
    check = sum(1 for _ in permutations(range(n), k))
    return Draft(fields, (f"{head}: {chain} = {value}",), value, check, variant="different")


ASKED = Chapter("counting")
_LOWER, _UPPER = ("probability", "lower_secondary"), ("probability", "upper_secondary")
FAMILIES = (
    Family("counting_choices", *_LOWER, outfits, ASKED["outfits"], weight=0.8),
    Family("orders", *_UPPER, orders, ASKED["orders"], weight=0.5),
    Family("podiums", *_UPPER, podium, ASKED["podium"], weight=0.5, unseen=True),
    Family("groups_of_people", *_UPPER, groups, ASKED["groups"], weight=0.5),
    Family("numbers_of_digits", *_UPPER, numbers_of_digits, ASKED["digits"], weight=0.5),
)
