"""Number facts in rows of small calculations: sums, subtractions, products and divisions, or all of them."""

from __future__ import annotations

from random import Random

from .core import Draft, Family
from .steps import DIVIDE, TIMES
from .wording import MINUS


def _sum(rng: Random) -> tuple[str, int, int]:
    a, b = rng.randint(2, 30), rng.randint(2, 9)
    if rng.random() < 0.3:
        a, b = 10 * rng.randint(1, 9), rng.randint(2, 40)
    if rng.random() < 0.5:
        a, b = b, a
    return f"{a} + {b}", a + b, b - -a


def _difference(rng: Random) -> tuple[str, int, int]:
    left, b = rng.randint(1, 30), rng.randint(2, 9)
    if rng.random() < 0.3:
        left, b = rng.randint(1, 60), 10 * rng.randint(1, 4)
    return f"{left + b} {MINUS} {b}", left + b - b, left


def _product(rng: Random) -> tuple[str, int, int]:
    a, b = rng.randint(2, 10), rng.randint(2, 10)
    return f"{a} {TIMES} {b}", a * b, sum([a] * b)


def _quotient(rng: Random) -> tuple[str, int, int]:
    a, b = rng.randint(2, 10), rng.randint(2, 10)
    return f"{a * b} {DIVIDE} {b}", a * b // b, a


_KINDS = ((_sum,), (_difference,), (_product, _quotient), (_sum, _difference, _product, _quotient))


def mental_arithmetic(rng: Random, language: str) -> Draft:
    """Six to eight calculations of one kind, or of all kinds."""
    kinds = rng.choice(_KINDS)
    wanted = rng.randint(6, 8)
    facts: dict[str, tuple[int, int]] = {}
    while len(facts) < wanted:
        text, value, check = rng.choice(kinds)(rng)
        facts[text] = (value, check)
    steps = tuple(f"{text} = {value}" for text, (value, _) in facts.items())
    values = [str(value) for value, _ in facts.values()]
    both = "y" if language == "es" else "and"
    answer = f"{', '.join(values[:-1])} {both} {values[-1]}"
    found, check_values = zip(*facts.values(), strict=True)
    return Draft({"e": "; ".join(facts)}, steps, found, check_values, answer=answer)


MENTAL_ARITHMETIC = {
    "es": (
        "[Find]: {e}",
        "Cálculo mental: {e}",
        "[Find] [estos resultados|los resultados|el resultado de cada operación]: {e}",
        "[Haz|Resuelve] [de cabeza|mentalmente|sin papel] estas [operaciones|cuentas]: {e}",
        "¿Cuánto [es|da] cada [operación|cuenta]? {e}",
        "[Escribe|Di] los resultados: {e}",
    ),
    "en": (
        "[Find]: {e}",
        "Mental arithmetic: {e}",
        "[Find] [the results|each result]: {e}",
        "[Do|Solve] these [calculations|exercises] [in your head|mentally]: {e}",
        "What is the result of each? {e}",
        "[Write|Say] the results: {e}",
    ),
}
FAMILIES = (
    Family("mental_arithmetic", "numbers", "primary", mental_arithmetic, MENTAL_ARITHMETIC, weight=18),
)
