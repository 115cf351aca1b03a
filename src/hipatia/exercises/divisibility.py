"""Divisibility: remainders, multiples and divisors, lcm and gcd, prime factors."""

from __future__ import annotations

from math import gcd, lcm, prod
from random import Random

from .core import Draft, Family
from .drawing import mostly
from .polynomials import power
from .questions import Chapter
from .steps import DIVIDE, TIMES, add, sub, times
from .wording import say


def remainder(rng: Random, lang: str) -> Draft:
    b, q = rng.randint(3, 9), mostly(rng, (2, 9), (8, 20))
    a = b * q + rng.randint(1, b - 1)
    product = times(q, b, lang)
    rest = sub(a, int(product.value), lang)
    steps = (
        f"{say(lang, f'El {b} cabe {q} veces en {a}', f'{b} goes {q} times into {a}')}: {product}",
        f"{say(lang, 'Resto', 'Remainder')}: {rest}",
    )
    return Draft({"a": a, "b": b}, steps, rest.value, a % b)


def dividend(rng: Random, lang: str) -> Draft:
    """dividend = divisor × quotient + remainder."""
    b, q = rng.randint(3, 9), mostly(rng, (2, 10), (11, 30))
    r = rng.randint(1, b - 1)
    product = times(b, q, lang)
    last = add(int(product.value), r, lang)
    steps = (
        f"{say(lang, 'Divisor por cociente', 'Divisor times quotient')}: {product}",
        f"{say(lang, 'Más el resto', 'Plus the remainder')}: {last}",
    )
    found = next(k for k in range(400) if k // b == q and k % b == r)
    return Draft({"b": b, "q": q, "r": r}, steps, last.value, found)


def _multiples(number: int, last: int) -> str:
    return ", ".join(str(k) for k in range(number, last + 1, number))


def least_common_multiple(rng: Random, lang: str) -> Draft:
    while True:
        a, b = rng.randint(2, 15), rng.randint(3, 20)
        m = lcm(a, b)
        if a < b and m <= 60 and m // b <= 6 and (m > b or rng.random() < 0.2):
            break
    listed = say(lang, f"Múltiplos de {b}", f"Multiples of {b}")
    fits = say(lang, f"{m} es el primero que también es de {a}", f"{m} is the first that {a} divides")
    steps = (f"{listed}: {_multiples(b, m)}", f"{fits}: {m} {DIVIDE} {a} = {m // a}")
    a, b = (a, b) if rng.random() < 0.7 else (b, a)
    return Draft(
        {"a": a, "b": b}, steps, m, next(k for k in range(max(a, b), a * b + 1) if k % a == k % b == 0)
    )


def _divisors(number: int) -> list[int]:
    return [k for k in range(1, number + 1) if number % k == 0]


def greatest_common_divisor(rng: Random, lang: str) -> Draft:
    while True:
        g = rng.randint(2, 12)
        a, b = sorted((g * rng.randint(1, 6), g * rng.randint(2, 7)))
        if a != b and b <= 60:
            break
    tried = [k for k in reversed(_divisors(a)) if k >= gcd(a, b)]
    listed = say(lang, f"Divisores de {a}, de mayor a menor", f"Divisors of {a}, the greatest first")
    fits = say(
        lang, f"{tried[-1]} es el primero que divide a {b}", f"{tried[-1]} is the first that divides {b}"
    )
    steps = (
        f"{listed}: {', '.join(map(str, tried))}",
        f"{fits}: {b} {DIVIDE} {tried[-1]} = {b // tried[-1]}",
    )
    a, b = (a, b) if rng.random() < 0.5 else (b, a)
    common = max(set(_divisors(a)) & set(_divisors(b)))
    return Draft({"a": a, "b": b}, steps, tried[-1], common)


def _prime_factors(number: int) -> list[int]:
    factors, k = [], 2
    while number > 1:
        while number % k == 0:
            factors.append(k)
            number //= k
        k += 1
    return factors


def prime_factors(rng: Random, lang: str) -> Draft:
    while True:
        n = rng.randint(8, 120)
        factors = _prime_factors(n)
        if 2 <= len(factors) <= 5 and max(factors) <= 13:
            break
    steps, rest = [], n
    for k in factors:
        head = say(lang, f"Dividimos entre {k}", f"We divide by {k}")
        steps.append(f"{head}: {rest} {DIVIDE} {k} = {rest // k}")
        rest //= k
    bases = sorted(set(factors))
    answer = f" {TIMES} ".join(power(k, factors.count(k)) for k in bases)
    check = prod(k ** factors.count(k) for k in bases)
    return Draft({"a": n}, tuple(steps), n, check, answer=answer)


def number_of_divisors(rng: Random, lang: str) -> Draft:
    n = rng.choice([6, 8, 9, 10, 12, 14, 15, 16, 18, 20, 21, 22, 24, 25, 26, 27, 28, 30, 32, 33, 35, 40])
    pairs = [(k, n // k) for k in _divisors(n) if k * k <= n]
    shown = ", ".join(f"{a} {TIMES} {b}" for a, b in pairs)
    head = say(lang, f"Productos que dan {n}", f"Products that give {n}")
    listed = ", ".join(map(str, _divisors(n)))
    count = sum(2 - (a == b) for a, b in pairs)
    tail = say(lang, f"Divisores: {listed}; son {count}.", f"Divisors: {listed}; that makes {count}.")
    return Draft({"a": n}, (f"{head}: {shown}.", tail), count, len(_divisors(n)))


ASKED = Chapter("divisibility")
_PRIMARY, _LOWER = ("numbers", "primary"), ("numbers", "lower_secondary")
FAMILIES = (
    Family("remainder", *_PRIMARY, remainder, ASKED["remainder"], unseen=True),
    Family("dividend", *_PRIMARY, dividend, ASKED["dividend"], weight=0.7),
    Family("least_common_multiple", *_LOWER, least_common_multiple, ASKED["lcm"]),
    Family("greatest_common_divisor", *_LOWER, greatest_common_divisor, ASKED["gcd"]),
    Family("prime_factors", *_LOWER, prime_factors, ASKED["prime_factors"], weight=0.7),
    Family(
        "number_of_divisors", *_LOWER, number_of_divisors, ASKED["divisor_count"], weight=0.5, unseen=True
    ),
)
