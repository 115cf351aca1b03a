"""A text in signs to the values it may mean: ``structured("x = 2,5")``; a plain number without the parser.

Several values, where the decimal mark, the role of a comma or a slash are ambiguous.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor

from ..numerals import NUMERAL, tagged
from .regions import magnitude
from .scalars import NoReading, shown
from .structure import Reading
from .tokens import ParseError
from .tree import number
from .values import Region, Scalar, Seq, Value

_DECIMAL_COMMA = re.compile(r"\d,\d")
_PLAIN_NUMBER = re.compile(rf"([-+]?)\s?({NUMERAL.pattern})\s?(%?)")
_PARAMETER = re.compile(
    r"[,;(]?\s*(?:(?:con|donde|siendo|where|with)\s+)?[CcKk]\s*(?:∈\s*ℝ|(?:es |is )?(?:una |la |a |an |any |the )?"
    r"(?:arbitrary |integration |real )?(?:constante?|cte)\b[^,;()]*)\)?\s*$|"
    r"[,;(]?\s*(?:(?:con|donde|siendo|para|with|where|for|todo|cualquier|any|all"
    r"|∀)\s+)*[a-zA-Z]\s*∈\s*[ℤℕZN]\)?\s*$"
    r"|,?\s*(?:con|donde|siendo|where|with)\s+[a-zA-Z]\s+(?:entero|un entero|es un entero|un número entero"
    r"|es entero|an integer"
    r"|is an integer|integer)\s*$"
)
# x + 1, x ≠ 1
_CONDITION = re.compile(
    r"(.*[^\s,;(])[\s,;(]+(?:con|para|si|for|if|when|where|siempre que|with|donde|provided)?\s*[a-zA-Z] ?(?:≠|>|≥) ?-?[\d,]+\)?"
)
_CONTRACTION = re.compile(r"\b(?:i|we|you|they|s?he|it|that|let)'(?:d|ll|m|ve|re|s)\b", re.I)
# In b/2a the denominator is 2a; in 1/2x the factor is a half.
_GLUED = re.compile(r"(?<=[a-zA-Zπ)])(\s?/\s?)(\d+[a-zA-Zπ](?![a-zA-Zπ]))")
_SET_BUILDER = re.compile(r"^\{\s*[a-zA-Z](?:\s*∈\s*(?P<of>[ℝℤℕRZN]))?\s*[|:/]\s*(?P<that>.*)\}$")


def numeral(text: str) -> tuple[Value, ...]:
    """The commonest answer, a plain number, without the parser."""
    match = _PLAIN_NUMBER.fullmatch(text)
    if not match:
        return ()
    sign = -1 if match[1] == "-" else 1
    found: list[Value] = []
    for mark, value in tagged(match[2]):
        places, digits = shown(match[2], mark)
        tree = number(sign * value / (100 if match[3] else 1))
        found.append(Scalar(tree, percent=bool(match[3]), places=places, digits=digits))
    if _DECIMAL_COMMA.search(match[2]) and not match[3]:
        found.extend(structured(text, only_commas=True))
    return tuple(found)


def structured(text: str, only_commas: bool = False) -> list[Value]:
    """Every reading by decimal mark, role of the comma and sign of ±."""
    if "'" in text and _CONTRACTION.search(text):
        return []
    text = _PARAMETER.sub("", text)
    if (condition := _CONDITION.fullmatch(text)) and not re.search("[<>≤≥≠]", condition[1]):
        text = condition[1]
    if _GLUED.search(text):
        return [*_in_marks(text, only_commas), *_in_marks(_GLUED.sub(r"\1(\2)", text), only_commas)]
    return _in_marks(text, only_commas)


def _in_marks(text: str, only_commas: bool) -> list[Value]:
    if match := _SET_BUILDER.match(text):
        if match["of"] in ("ℤ", "ℕ", "Z", "N"):
            return [
                _integers(value, match["of"])
                for value in _in_marks(match["that"], False)
                if isinstance(value, Region)
            ]
        text = match["that"]
    marks = [".", ","] if any(len(tagged(m[0])) > 1 for m in NUMERAL.finditer(text)) else ["."]
    modes = [(mark, False) for mark in marks]
    if _DECIMAL_COMMA.search(text):
        modes.append((".", True))
    found: list[Value] = []
    for mark, commas in modes:
        if only_commas and not commas:
            continue
        try:
            found.extend(Reading(text, mark, commas).values())
        except (ParseError, NoReading):
            continue
    return found


def _integers(region: Region, of: str) -> Value:
    """``{x ∈ ℤ : −2 < x < 2}`` as its elements, where they are few."""
    items: list[Value] = []
    for low, high, at_low, at_high in region.parts:
        a = magnitude(low) if low is not None else Fraction(1) if of in ("ℕ", "N") else None
        b = magnitude(high) if high is not None else None
        if a is None or b is None or b - a > 60:
            return region
        inside = (
            k
            for k in range(ceil(a), floor(b) + 1)
            if (k != a or at_low or low is None) and (k != b or at_high)
        )
        items.extend(Scalar(number(k)) for k in inside if k > 0 or of not in ("ℕ", "N"))
    return Seq("set", tuple(items))
