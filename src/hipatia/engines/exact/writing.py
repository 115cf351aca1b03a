"""A value as the text at hand would write it: comma or point, fraction or decimal, LaTeX, grouped or not.

written(left)                 # Written("7/8", exact=True) after "3/4 + 1/8 ="
written(left, begun=right)    # in the form that the writer had begun: "0,875" for "0,9"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .doubts import adds_percentages
from .marks import group_separator
from .sides import Side

MAX_DECIMALS = 8  # of an exact value
MAX_DIGITS = 40
_LARGEST_FACTOR = 25  # by which a fraction is amplified, to hundredths
ROUNDED = 2  # decimals where a value must be rounded
_SLASH = re.compile(r"[\d)]/[\d(]")
_MIXED = re.compile(r"(?<![\d.,/^])\d+ +\d+/\d+|\d[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_NEGATIVE_POWER = re.compile(r"\^\s*[{(]?\s*[-−]|⁻")
_LONE_FRACTION = re.compile(
    r"\s*[-−–]?\s*(?:(?P<top>\d+)\s*/\s*(?P<bottom>\d+)|\\[dt]?frac\s*\{(?P<a>\d+)\}\s*\{(?P<b>\d+)\}|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])\s*"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A value as text; ``exact=False``: it is rounded, and ``≈`` goes before it."""

    text: str
    exact: bool = True


def written(left: Side, begun: Side | None = None) -> Written | None:
    """The value of ``left`` in the form of its operands, or in the one begun. None: no good form."""
    if adds_percentages(left):
        found = _number(left, left.value * 100, begun)
        sign = re.search(r"\s*\\?%", left.text)
        return Written(found.text + (sign[0] if sign else ""), found.exact) if found else None
    if begun and is_percentage(begun):
        found = _number(left, _as_percentage(left, begun), begun)
        sign = re.search(r"\s*\\?%\s*$", begun.text)
        return Written(found.text + (sign[0] if sign else ""), found.exact) if found else None
    if left.exact and _is_lone(left):
        return _of_lone_fraction(left, begun)
    if left.value.denominator > 1 and left.exact and _wants_fraction(left, begun):
        return Written(_fraction(left, left.value, begun))
    return _number(left, left.value, begun)


def is_percentage(side: Side) -> bool:
    """Whether it ends in a percent sign."""
    return side.plain.rstrip().endswith("%")


def _as_percentage(left: Side, begun: Side) -> Fraction:
    """``20/50`` is 40 %, and so is ``20/50 × 100``: of the two, what is nearer to what was begun."""
    return min(left.value, left.value * 100, key=lambda percent: abs(percent - begun.value * 100))


def has_decimals(side: Side) -> bool:
    """Whether a numeral of the side has decimals under the side's mark."""
    return any(_decimals(text, side.mark) for text in side.numerals)


def _decimals(text: str, mark: str) -> int:
    mark = mark if mark in text else "'"
    whole, found, decimals = text.rpartition(mark)
    return len(decimals) if found and mark not in whole else 0


# --- fractions ------------------------------------------------------------------------------------


def _is_fractional(side: Side) -> bool:
    return any(lexeme.kind in ("fraction", "vulgar") for lexeme in side.lexemes) or bool(
        _SLASH.search(side.text)
    )


def _wants_fraction(left: Side, begun: Side | None) -> bool:
    if begun and has_decimals(begun):
        return False
    if begun and _is_fractional(begun):
        return True
    if has_decimals(left):
        return not _terminates(left.value) and _is_fractional(left)
    return _is_fractional(left) or bool(
        _NEGATIVE_POWER.search(left.text) and not left.plain.strip().startswith("10")
    )


def _fraction(left: Side, value: Fraction, begun: Side | None = None) -> str:
    minus = _minus(left) if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    commands = [
        lexeme.text for side in (begun, left) if side for lexeme in side.lexemes if lexeme.kind == "fraction"
    ]
    if _MIXED.search(left.text) and top > bottom:
        whole, top = divmod(top, bottom)
        joined = f"{whole} {top}/{bottom}"
    elif commands:
        joined = f"{commands[0]}{{{top}}}{{{bottom}}}"
    else:
        joined = f"{top}/{bottom}"
    return minus + joined


def _is_lone(left: Side) -> bool:
    return bool(_LONE_FRACTION.fullmatch(left.plain)) and not re.search(r"\s/|/\s", left.text)


def _of_lone_fraction(left: Side, begun: Side | None) -> Written | None:
    """``6/8``: its lowest terms; as a decimal where it has them, or where one was begun."""
    if begun and has_decimals(begun):
        return _number(left, left.value, begun)
    parts = _terms(left)
    if begun and parts and (other := _terms(begun)) and (same := _amplified(left, *other)):
        return Written(same)
    if parts and parts[1] != left.value.denominator:
        return (
            Written(_fraction(left, left.value))
            if left.value.denominator > 1
            else _number(left, left.value, None)
        )
    return _number(left, left.value, None) if _terminates(left.value) else None


def _terms(side: Side) -> tuple[int, int] | None:
    found = _LONE_FRACTION.fullmatch(side.plain)
    if not found or not (found["top"] or found["a"]):
        return None
    return int(found["top"] or found["a"]), int(found["bottom"] or found["b"])


def _amplified(left: Side, top: int, bottom: int) -> str | None:
    """The same value over the denominator that was begun, or under the numerator."""
    value = abs(left.value)
    if not value:
        return None
    lowest, own = value.denominator, (_terms(left) or (0, 0))
    if bottom % lowest == 0 and bottom // lowest <= _LARGEST_FACTOR and bottom != own[1]:
        top = int(value * bottom)
    elif top % value.numerator == 0 and 0 < top // value.numerator <= _LARGEST_FACTOR and top != own[0]:
        bottom = int(top / value)
    else:
        return None
    command = next((lexeme.text for lexeme in left.lexemes if lexeme.kind == "fraction"), None)
    minus = _minus(left) if left.value < 0 else ""
    return minus + (f"{command}{{{top}}}{{{bottom}}}" if command else f"{top}/{bottom}")


# --- decimals -------------------------------------------------------------------------------------


def _terminates(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1 and (value * 10**MAX_DECIMALS).denominator == 1


def _number(left: Side, value: Fraction, begun: Side | None) -> Written | None:
    """As an integer or a decimal; rounded where the exact one would not end, or not soon."""
    exact = left.exact and _terminates(value)
    if exact:
        places = next(n for n in range(MAX_DECIMALS + 1) if (value * 10**n).denominator == 1)
        places = 2 if places == 1 and _pads(left, begun) else places
    else:
        places = _places_begun(begun) or _places(value)
    text = _digits(left, value, places, begun)
    return Written(text, exact) if len(text) <= MAX_DIGITS else None


def _pads(left: Side, begun: Side | None) -> bool:
    """Two decimals, as of money: ``7,50 + 3,20``; or because two were begun."""
    decimals = [_decimals(text, left.mark) for text in left.numerals]
    ends_in_zero = any(
        count == 2 and text.endswith("0") for text, count in zip(left.numerals, decimals, strict=True)
    )
    return (ends_in_zero and max(decimals) == 2) or _places_begun(begun) == 2


def _places_begun(begun: Side | None) -> int:
    if begun is None or len(begun.numerals) != 1:
        return 0
    return min(_decimals(begun.numerals[0], begun.mark), MAX_DECIMALS)


def _places(value: Fraction) -> int:
    """Decimals of a rounded value: two, or as many as show two digits of a small one."""
    places = ROUNDED
    while value and abs(value) * 10**places < 10 and places < MAX_DECIMALS:
        places += 1
    return places


def _digits(left: Side, value: Fraction, places: int, begun: Side | None) -> str:
    scaled = abs(value) * 10**places
    rounded = int(scaled + Fraction(1, 2))  # half up, as taught at school
    digits = str(rounded).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    separator = group_separator([*left.numerals, *(begun.numerals if begun else ())], left.mark)
    if separator and len(whole) > 3:
        whole = f"{int(whole):,}".replace(",", _as_written(left, separator))
    mark = "{,}" if "{,}" in left.text else left.mark
    return (_minus(left) if value < 0 and rounded else "") + whole + (mark + decimals if places else "")


def _as_written(left: Side, separator: str) -> str:
    return "\\," if "\\," in left.text else separator


def _minus(left: Side) -> str:
    return next((lexeme.text for lexeme in left.lexemes if lexeme.is_minus), left.minus)
