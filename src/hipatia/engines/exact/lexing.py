"""The pieces of a line with mathematics in it: numbers, signs, brackets, words, what ends an expression.

lex("3 × 4 cm =")      # number, space, operator, space, number, space, word, space, relation
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...numerals import NUMERAL, SPACES

_LETTERS = r"[^\W\d_ªº⁰¹²³⁴⁵⁶⁷⁸⁹½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
# In the order in which they are tried.
_KINDS = {
    "newline": r"\n|\\\\(?![a-zA-Z])",
    "space": rf"[ \t&{SPACES}]+|\\[,;:! ]|\\displaystyle(?![a-zA-Z])",
    "number": rf"[0-9]+(?:\\,[0-9]{{3}})*\{{,\}}[0-9]+|[0-9]{{1,3}}(?:\\,[0-9]{{3}})+(?![0-9])|{NUMERAL.pattern}",
    "vulgar": "[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]",
    "degree": r"\^\s?\{?\\circ\}?|[°º]",
    "word": rf"\\(?:text|mathrm|textrm|mbox)\{{[^{{}}]*\}}"
    rf"|(?:{_LETTERS}+(?:/{_LETTERS}+)?|(?:[€£]|(?<=\d)\s?)/\s?{_LETTERS}{{2,}}|[€£]/[a-zA-Z])(?:[²³]|\^\{{?[23]\}}?)?",
    "arrow": r"=>|[⇒→⟹]|\\(?:to|implies|Rightarrow|rightarrow|Longrightarrow)(?![a-zA-Z])",
    "relation": r"!=|[=<>≤≥≈≠≡≅]|\\(?:approx|neq?|leq?|geq?|equiv|sim|lt|gt)(?![a-zA-Z])",
    "percent": r"\\?%",
    "bang": "!",
    "super": "[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+",
    "currency": r"\\\$|[€£]",
    # What only dresses mathematics: the signs around a formula, frames, bold type.
    "dress": r"\$+|\\[()\[\]]|\\(?:boxed|mathbf|textbf|bf|underline)(?![a-zA-Z])",
    "fraction": r"\\[dt]?frac(?![a-zA-Z])",
    "root": r"\\sqrt(?![a-zA-Z])|[√∛∜]",
    "open": r"\\left\s*[(\[]|[(\[{]",
    "close": r"\\right\s*[)\]]|[)\]}]",
    "operator": r"\*\*|[-+−–*/×·⋅∗∙✕✖÷⁄∕:^]|\\(?:times|cdot|ast|div)(?![a-zA-Z])",
    "command": r"\\[a-zA-Z]+|\\",
    "stop": ".",
}
_LEXEME = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()), re.S)
_FRACTION = re.compile(r"(?:(?<![\d/.,])\d+/\d+|\\[dt]?frac\s*\{\d+\}\s*\{\d+\})\s*$")
MINUS = ("-", "−", "–")
TIMES_IN_WORDS = ("x", "X", "de", "of")
_STARTS = ("number", "open", "fraction", "root", "vulgar", "currency", "dress")
OPERANDS = ("number", "vulgar", "close", "super", "percent", "bang", "degree", "currency")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text``, which stands at ``start:end``, and what kind of thing it is."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def is_minus(self) -> bool:
        return self.text in MINUS


def lex(text: str, start: int = 0, end: int | None = None) -> list[Lexeme]:
    """The lexemes of ``text[start:end]``; they leave nothing out."""
    found = _LEXEME.finditer(text, start, len(text) if end is None else end)
    lexemes = [Lexeme(match.lastgroup or "", match[0], match.start(), match.end()) for match in found]
    return [
        replace(lexeme, kind="operator") if lexeme.kind == "word" and _multiplies(lexemes, place) else lexeme
        for place, lexeme in enumerate(lexemes)
    ]


def neighbour(lexemes: Sequence[Lexeme], place: int, step: int) -> Lexeme | None:
    """The next lexeme in one direction that is no space."""
    place += step
    while 0 <= place < len(lexemes) and lexemes[place].kind == "space":
        place += step
    return lexemes[place] if 0 <= place < len(lexemes) else None


def _multiplies(lexemes: Sequence[Lexeme], place: int) -> bool:
    """``x`` between numbers, ``de`` after a percentage or a fraction."""
    word = lexemes[place].text
    if word not in TIMES_IN_WORDS:
        return False
    before, after = neighbour(lexemes, place, -1), neighbour(lexemes, place, 1)
    if not before or not after or after.kind not in _STARTS:
        return False
    if word in ("x", "X"):
        return before.kind in OPERANDS or (before.kind == "word" and len(before.text) > 1)
    return before.kind in ("percent", "vulgar") or _ends_a_fraction(lexemes, place)


def _ends_a_fraction(lexemes: Sequence[Lexeme], place: int) -> bool:
    """``3/4`` or ``\\frac{3}{4}`` before ``place``."""
    text = "".join(lexeme.text for lexeme in lexemes[max(0, place - 12) : place])
    return bool(_FRACTION.search(text))
