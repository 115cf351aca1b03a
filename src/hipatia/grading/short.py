"""Short answers with a notation of their own: 3 : 5, XIV, 3 cuartos, 4 R 3, infinito, a number in words."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd

from ..number_words import PARTS, SCALES, SMALL, plain_word, read_words
from ..numerals import read_roman
from . import labels
from .scalars import PERCENT
from .tree import number
from .units import Unit, parse_unit
from .values import Label, Named, Scalar, Seq, Value

_INFINITY = re.compile(r"([-+]?)\s?(?:inf|infinity|infty|oo|(?:m[aá]s )?infinito)", re.I)
_RATIO = re.compile(r"\d{1,9}(?: ?: ?[1-9]\d{0,8}| (?:es )?a \d{1,9}| (?:is )?to \d{1,9}){1,5}")
_PARTS = re.compile(r"(\d{1,9}) ([^\W\d_]+)(?: partes?| parts?)?")  # 3 cuartos
_BASE = re.compile(r"\(?(\d{1,99})\)?(?:_\(?| ?\(?(?:en |in )?base )(\d\d?)\)?")  # 1011_2, 1011 en base 2
_DIVISION = re.compile(
    r"(\d+)(?:,| y| con| with a| with| and)?(?: un)? \(?(?:sobran?|resto|residuo|remainder|[Rr])(?: de| of| es| is)?:? ?(\d+)\)?"
)


def alone(text: str) -> Value | None:
    """What a text can only mean as a whole: infinity, verdicts or options in a row, digits in a base, a division."""
    if infinite := _INFINITY.fullmatch(text):
        return Label("infinity", "-" if infinite[1] == "-" else "+")
    if letters := labels.read_letters(text):
        return Seq(*letters)
    if match := _BASE.fullmatch(text):
        return Scalar(number(int(match[1])), unit=Unit(Fraction(1), ((f"base {match[2]}", 1),)))
    if match := _DIVISION.fullmatch(text):
        numbers = (Scalar(number(int(part))) for part in match.groups())
        return Seq("bare", tuple(map(Named, ("cociente", "resto"), numbers)))
    return None


def short(text: str) -> list[Value]:
    """What a text may mean in one of these notations, beside others."""
    found: list[Value] = []
    if (said := _PARTS.fullmatch(text)) and plain_word(said[2]) in PARTS:
        found.append(Scalar(number(Fraction(int(said[1]), PARTS[plain_word(said[2])]))))
    if len(text) > 1 and (roman := read_roman(text)):
        found.append(Scalar(number(roman)))
    if len(text) > 1 and not re.search(r"[\d=+*/^(∞]", text) and (words := _in_words(text)):
        found.append(words)
    if ratio := _RATIO.fullmatch(text):
        found.extend(_ratio([int(part) for part in re.split(r"\D+", ratio[0])]))
    return found


def _ratio(parts: list[int]) -> list[Value]:
    """``3 : 5``, ``3 a 5``, ``1:2:3`` in lowest terms; of two parts also their quotient."""
    shared = gcd(*parts) or 1
    found: list[Value] = [Label("ratio", ":".join(str(part // shared) for part in parts))]
    return [*found, Scalar(number(Fraction(*parts)))] if len(parts) == 2 and parts[1] else found


def _in_words(text: str) -> Value | None:
    """A number in words, with or without a unit: ``treinta y cinco euros``."""
    low = re.sub(r"(?<=usand|llion|lones),(?= )", "", plain_word(text))
    words = re.sub(r"^(?:el|la|los|las|the) ", "", low.replace("-", " ")).split()
    if not words or len(words) > 30:
        return None
    found = read_words(words)
    if not found:
        return None
    value, end = found
    rest = re.sub(r"^(?:de |of )?(?:una? |an? )?(?=hora|hour)", "", " ".join(words[end:]))
    if not rest:
        return Scalar(number(value)) if words not in (["a"], ["an"], ["un"]) else None
    if PERCENT.fullmatch(rest):
        return Scalar(number(value / 100), percent=True)
    unit = parse_unit(re.sub(r"^(?:de|of) ", "", rest))
    if unit and not unit.dimensions:
        return Scalar(number(value * unit.factor))
    if unit:
        return Scalar(number(value), unit=unit)
    article = end == 1 and len(words) > 2 and words[0] in ("a", "an", "un", "una")
    if article or not labels.is_noun(words[end:]) or any(w in SMALL or w in SCALES for w in words[end:]):
        return None
    return Scalar(number(value), noun=words[end])
