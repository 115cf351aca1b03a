"""Mathematics said in words, with its signs: ``spoken("x al cuadrado más 3")`` is ``x ^2 + 3``."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..number_words import PARTS, plain_word

_Rules = list[tuple[str, str | Callable[[re.Match[str]], str]]]
_RULES: _Rules = [
    (
        r"\b(?:la )?ra[ií]z(?: cuadrada)? de |\b(?:the )?square root of ",
        " √ ",
    ),
    (r"\bra[ií]z c[uú]bica de |\b(?:the )?cube root of ", " ∛ "),
    (r"\bequis\b", " x "),
    (r"\b(?:el |la |the )?(seno|coseno|tangente|sine|cosine|tangent) (?:de|of) ", r" \1 "),
    (
        r"(?<=seno )(\d+) grados|(?<=gente )(\d+) grados|(?<=ine )(\d+) degrees|(?<=gent )(\d+) degrees",
        r"\1\2\3\4°",
    ),
    (
        r"\b(?:el |the )?(?:logaritmo neperiano|logaritmo natural|natural log(?:arithm)?) (?:de|of) ",
        " ln ",
    ),
    (r"(?<=\d) de pi\b|(?<=\d) of pi\b", " pi"),
    (rf"\bpi (?:({'|'.join(PARTS)})\b)", lambda match: f"pi/{PARTS[plain_word(match[1])]}"),
    (r"\bal cuadrado\b|\bsquared\b", "^2"),
    (r"\bal cubo\b|\bcubed\b", "^3"),
    (r"(?<=\d) a la (?=\d)", "^"),
    (r"\belevad[oa] a(?: la)?\b|\bto the power of\b|\braised to(?: the)?\b", "^"),
    (r"\bm[aá]s infinito\b", "+∞"),
    (r"\bmenos infinito\b|\bminus infinity\b|\bnegative infinity\b", "-∞"),
    (r"\binfinito\b|\binfinity\b", "∞"),
    (
        r"\b(?:es |is )?(?:mayor(?:es)? o igual(?:es)? (?:que|a)|greater than or equal to|at least|al menos|como "
        r"m[ií]nimo)\b",
        "≥",
    ),
    (
        r"\b(?:es |is )?(?:menor(?:es)? o igual(?:es)? (?:que|a)|less than or equal to|at most|como m[aá]ximo|a lo "
        r"sumo)\b",
        "≤",
    ),
    (
        r"\b(?:es |is )?(?:mayor(?:es)? (?:que|a|de)|greater than|more than|m[aá]s de)\b",
        ">",
    ),
    (r"\b(?:es |is )?(?:menor(?:es)? (?:que|a|de)|less than|menos de)\b", "<"),
    (r"\b(?:es |is )?(?:distinto de|diferente de|not equal to)\b", "≠"),
    (r"\b(?:es igual a|is equal to|igual a|equals|vale|es|is)\b", "="),
    (r"\b(?:dividido (?:entre|por)|divided by|sobre|over)\b", "/"),
    (r"\b(?:multiplicado por|por|times)\b", "*"),
    (r"\bm[aá]s\b|\bplus\b", "+"),
    (r"\bmenos\b|\bminus\b", "-"),
    (r"\bpertenece a\b", "∈"),
]
_SPOKEN = [(re.compile(pattern, re.I), by) for pattern, by in _RULES]


COMPARATIVE = re.compile(
    r"\b(?:mayor(?:es)?|menor(?:es)?|greater|less|at least|at most|al menos|como m[aá]ximo|como m[ií]nimo|a lo sumo"
    r"|m[aá]s de|menos de|more than)\b",
    re.I,
)


_NUMBERS = re.compile(
    r"^(?:(?:todos|all|any|every|cualquier|el conjunto de|the set of|son|are)\s+)*(?:los |the )?"
    r"(?:n[uú]meros? reales|real numbers?|n[uú]meros?|numbers?|valores|values|reales|reals|x)"
    r"(?: (?:de|of) x)?(?: (?:que son|que sean|que cumplen|tales? que|such that|that are|which are|con|with))?"
    r"(?: x)?(?= (?:estrictamente |strictly )?(?:may|men|great|less|[<>≤≥]|x [<>≤≥]|positiv|negativ))",
    re.I,
)


def spoken(text: str) -> str:
    """Mathematics said in words (``x al cuadrado más 3``) with its signs."""
    text = re.sub(r"\b(?:estrictamente|strictly) ", "", _NUMBERS.sub("x", text))
    text = re.sub(r"^x positiv\w*$", "x > 0", re.sub(r"^x negativ\w*$", "x < 0", text))
    for pattern, by in _SPOKEN:
        text = pattern.sub(by, text)
    return text
