"""Where a side could be read in more than one way."""

from __future__ import annotations

import re

from ...grading.units import parse_unit, same_kind
from .lexing import MINUS
from .sides import Side, without_sign

_CLOCK = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])")
_DATE = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/(?:\d\d){1,2}(?![\d/])")
_BARE = r"[\d.,{}\s]+\\?%\s*"
_BARE_PERCENTAGE = re.compile(rf"(?:^|[-+−–(])\s*{_BARE}(?=$|[-+−–)])")
_PERCENTAGES_ALONE = re.compile(rf"\s*{_BARE}(?:[-+−–]\s*{_BARE})+")
_UNKNOWN_X = re.compile(
    r"(?<![^\W\d_])x\s*[-+−=<>²^]|[-+−=/(]\s*x(?![^\W_])|\dx(?![^\W_])|[yé] x\b|(?:valor|value|halla|despeja|find) (?:de |of )?x\b",
    re.I,
)


def is_ambiguous(side: Side, text: str, question: str) -> bool:
    """Whether a left side is better left alone."""
    return (
        (bool(_CLOCK.search(side.text)) and len(side.numerals) > 2)
        or bool(_DATE.search(side.text))
        or _mixes_units(side)
        or _mixes_percentages(side)
        or _x_may_be_unknown(side, text + question)
    )


def _mixes_units(side: Side) -> bool:
    """``5 kg + 300 g``, ``3 m × 40 cm``; 3 days of 24 hours are no doubt, nor are 3 pears + 4 apples."""
    known = [unit for unit in map(parse_unit, side.units) if unit]
    if any(lexeme.is_minus or lexeme.text == "+" for lexeme in without_sign(side.lexemes)):
        return len({(unit.factor, unit.dimensions) for unit in known}) > 1
    lengths = {unit.factor for unit in known if unit.dimensions != (("time", 1),) and unit.dimensions}
    return any(
        same_kind(a, b)
        for a in known
        for b in known
        if a.factor != b.factor and {a.factor, b.factor} <= lengths
    )


def adds_percentages(side: Side) -> bool:
    """``15 % + 20 %``, whose value is a percentage too."""
    return bool(_PERCENTAGES_ALONE.fullmatch(side.plain))


def _mixes_percentages(side: Side) -> bool:
    """``240 + 15 %``: of what?"""
    has_sum = any(sign in side.plain for sign in (*MINUS, "+"))
    return has_sum and bool(_BARE_PERCENTAGE.search(side.plain)) and not adds_percentages(side)


def _x_may_be_unknown(side: Side, text: str) -> bool:
    """Whether ``2 x 3`` might be about an unknown x."""
    is_used = any(lexeme.text in ("x", "X") for lexeme in side.lexemes)
    return is_used and bool(_UNKNOWN_X.search(text))


def differs_in_unit(left: Side, word: str) -> bool:
    """Whether the right side goes over to another unit of the same kind: ``2 × 150 cm = 3 m``."""
    unit = parse_unit(word) if word else None
    own = parse_unit(left.units[0]) if len(set(left.units)) == 1 else None
    return bool(unit and own and same_kind(unit, own) and unit.factor != own.factor)
