"""Polynomials as they are written: ``written({2: 1, 1: -5, 0: 6})`` is ``x² − 5x + 6``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .wording import MINUS

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(base: int | str, exponent: int) -> str:
    """2⁵, x², and the bare base where the exponent is 1."""
    return str(base) if exponent == 1 else f"{base}{str(exponent).translate(SUPERSCRIPTS)}"


def signed(value: int) -> str:
    """``+ 3`` or ``− 3``, to follow another term."""
    return f"{MINUS} {-value}" if value < 0 else f"+ {value}"


def term(coefficient: int, exponent: int, letter: str = "x") -> str:
    """The size of a term, without its sign: 5, x, 3x²."""
    size = abs(coefficient)
    if exponent == 0:
        return str(size)
    return ("" if size == 1 else str(size)) + power(letter, exponent)


def written(coefficients: Mapping[int, int], letter: str = "x") -> str:
    """The polynomial with these coefficients by exponent, highest first; ``0`` where all are zero."""
    text = ""
    for exponent in sorted(coefficients, reverse=True):
        value = coefficients[exponent]
        if value:
            sign = MINUS if value < 0 else "+"
            lead = f" {sign} " if text else sign.replace("+", "")
            text += lead + term(value, exponent, letter)
    return text or "0"


def value_at(coefficients: Mapping[int, int], x: int | Fraction) -> Fraction:
    """The polynomial's value at x."""
    return sum((Fraction(c) * Fraction(x) ** e for e, c in coefficients.items()), Fraction(0))
