"""Where a value is nobody's business but the writer's: questions, quotations, talk about an error.

is_off_limits("¿Cuánto es 3 + 4 =", 15)                       # True
quoted = stated_values("Me sale 1/2 + 1/3 = 2/5, ¿está bien?")  # {"1/2+1/3": {2/5}}
"""

from __future__ import annotations

import re
from fractions import Fraction

from .left import left_side
from .right import right_side
from .sides import Side

_QUOTES = (("“", "”"), ("«", "»"))
_ASKS = re.compile(
    r"(?:what|how|which|why|who|can you|could you|do you|does|did|is|are|was|will you|would you|"
    r"cuánt[oa]s?|cuál(?:es)?|qué|por qué|cómo)\b",
    re.I,
)
# A sentence about what is not so, until it turns to what is.
_ERROR = re.compile(
    r"\b(?:error(?:es)?|erróne[oa]s?|equivoc\w+|incorrect[oa]?s?|fals[oae]s?|mal|trampa|(?:no|nunca) (?:es|son|da|dan|vale|sale|"
    r"puede|está|hagas|pongas|escribas)|en (?:vez|lugar) de|dices|dijiste|(?:has|habías) (?:escrito|puesto|hecho|dicho)|"
    r"escribiste|pusiste|hiciste|tu (?:respuesta|resultado|cuenta|igualdad)|te (?:sale|salió|da|dio)|supón|supongamos|imagina|"
    r"si fuera|wrong(?:ly)?|mistakes?|errors?|isn't|not|instead of|rather than|you (?:wrote|said|got|have|put)|"
    r"your (?:answer|result|equation)|suppose|imagine)\b",
    re.I,
)
_TRUTH = re.compile(
    r"\b(?:correct[oa]?|en realidad|de verdad|deb(?:e|ía|ería)|sino|really|actually|should|but|pero|right)\b",
    re.I,
)


def is_off_limits(text: str, end: int) -> bool:
    """Whether an equality whose left side ends at ``text[:end]`` is asked, quoted or told as an error."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    if line.lstrip().startswith(">") or text.count("```", 0, end) % 2:
        return True
    if line.rfind("¿") > line.rfind("?") or line.count('"') % 2:
        return True
    if any(line.rfind(opening) > line.rfind(closing) for opening, closing in _QUOTES):
        return True
    sentence = line[_sentence_start(line) :]
    if _ASKS.match(sentence.lstrip(" *_-#¡([")):
        return True
    error = _last_end(_ERROR, sentence)
    return error > _last_end(_TRUTH, sentence)


def _sentence_start(line: str) -> int:
    ends = [found.end() for found in re.finditer(r"[.!?;](?:\s|$)", line)]
    return ends[-1] if ends else 0


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=-1)


def stated_values(question: str) -> dict[str, set[Fraction]]:
    """The values that the question itself gives to expressions, rightly or wrongly."""
    stated: dict[str, set[Fraction]] = {}
    for sign in re.finditer("=", question):
        left = left_side(question, sign.start())
        if left is None:
            continue
        right = right_side(question, sign.end(), left, ended=True)
        if right.kind == "value" and right.side:
            stated.setdefault(key(left), set()).add(right.side.value)
    return stated


def key(left: Side) -> str:
    """The left side without spaces, its signs unified: equal for two ways of typing the same."""
    plain = re.sub(r"\s|\\left|\\right", "", left.plain)
    signs = {
        "×": "*",
        "·": "*",
        "\\cdot": "*",
        "\\times": "*",
        "÷": "/",
        ":": "/",
        "\\div": "/",
        "−": "-",
        "–": "-",
    }
    for sign, common in signs.items():
        plain = plain.replace(sign, common)
    return re.sub(r"\\[dt]?frac\{(\w+)\}\{(\w+)\}", r"\1/\2", plain)
