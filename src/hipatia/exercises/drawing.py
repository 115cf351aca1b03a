"""Numbers that are small most of the time, so that a learner meets the method before long arithmetic."""

from __future__ import annotations

from random import Random

# The share of draws that mental arithmetic settles.
SMALL = 0.65


def mostly(rng: Random, small: tuple[int, int], large: tuple[int, int]) -> int:
    """A number of the first range in about two draws of three, else of the second."""
    return rng.randint(*(small if rng.random() < SMALL else large))


def sign(rng: Random) -> int:
    """1, or −1 in a third of the draws."""
    return rng.choice((1, 1, -1))
