"""Intervals and tests for shares of right answers.

proportion(17, 150)                    # value, low, high, n
paired_difference(gained=20, lost=3, both=5, neither=122)
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share with its interval; ``n`` is what it is a share of (0: the value is 0 and says nothing)."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two shares on the same problems, its interval, and McNemar's exact p-value."""

    value: float
    low: float
    high: float
    n: int
    p_value: float


def proportion(right: int, n: int, confidence: float = 0.95) -> Proportion:
    """Wilson's score interval (Wilson, 1927, J. Am. Stat. Assoc. 22, 209)."""
    if n == 0:
        return Proportion(0.0, 0.0, 1.0, 0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Proportion(share, max(0.0, centre - half), min(1.0, centre + half), n)


def paired_difference(
    gained: int, lost: int, both: int, neither: int, confidence: float = 0.95
) -> Difference:
    """Second share minus first on the same problems.

    ``gained``: right only the second time; ``lost``: only the first time. Newcombe's interval from the two
    Wilson intervals and their correlation (Newcombe, 1998, Statistics in Medicine 17, 2635, method 10).
    """
    n = gained + lost + both + neither
    first = proportion(both + lost, n, confidence)
    second = proportion(both + gained, n, confidence)
    phi = _correlation(gained, lost, both, neither)
    down = (second.value - second.low, first.high - first.value)
    up = (second.high - second.value, first.value - first.low)
    value = second.value - first.value
    return Difference(
        value, value - _combined(*down, phi), value + _combined(*up, phi), n, mcnemar(gained, lost)
    )


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p-value that gains and losses are equally likely (McNemar, 1947)."""
    changes = gained + lost
    tail = sum(comb(changes, k) for k in range(min(gained, lost) + 1)) / 2**changes
    return min(1.0, 2 * tail)


def _combined(a: float, b: float, phi: float) -> float:
    return sqrt(max(0.0, a * a - 2 * phi * a * b + b * b))


def _correlation(gained: int, lost: int, both: int, neither: int) -> float:
    """Newcombe's phi, with his correction of the numerator."""
    n = gained + lost + both + neither
    product = (both + lost) * (both + gained) * (neither + lost) * (neither + gained)
    if product == 0:
        return 0.0
    numerator: float = both * neither - gained * lost
    if numerator > 0:
        numerator = max(numerator - n / 2, 0.0)
    return numerator / sqrt(product)
