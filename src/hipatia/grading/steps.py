"""Every equality written in an answer, each right, wrong or undecided: ``check_steps("12 × 3 = 36")``.

An equation is right or wrong where it follows another of the same single unknown (``2x = 10``, then
``x = 5``), an identity where it always holds; what cannot be told is undecided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..schema import Step, StepVerdict
from . import symbolic
from .equality import equal
from .latex import NotationError
from .notation import plain
from .parser import parse
from .tokens import ParseError
from .tree import Tree, Undefined, number, rational, substitute, symbols
from .units import parse_unit

MAX_TEXT = 50_000
MAX_STEPS = 500
MAX_SIDE = 400
NEAR = 80  # characters between an equation and the one that follows from it
_L = "[^\\W\\d_⁰¹²³⁴-⁹ⁿ₀-₉]"  # a letter; for re the raised and lowered digits are letters too
# Runs of mathematics on one line: numbers, signs, letters alone or glued to a number, functions, LaTeX commands.
_RUN = re.compile(
    r"(?:\\[a-zA-Z]+|\\[{}%,;! ]|[0-9]+(?:[.,'][0-9]+)*|[-−–+*/×·÷^=<>()\[\]{}|√∛°º%!:…²³¹⁰⁴-⁹⁺⁻ⁿ₀-₉½¼¾⅓⅔_]"
    rf"|(?<!{_L})(?:[a-zA-Zπθα]|sen|sin|cos|tan|tg|ln|log|sqrt|mcm|mcd|MCD)(?!{_L})"
    rf"|(?<=[0-9(+−·*^=-])(?!(?:[kcdmh]m|[kmch]g|[mcd]l|min|seg|hrs?)\b)[a-zπ]{{2,3}}(?!{_L})"
    r"|[ \u00a0\u202f\u2009])+"
)
# What is counted or measured between a number and the next sign says nothing about the equality.
_COUNTED = re.compile(rf"(?<=[\d)])(?:[ ]?{_L}{{2,}}(?:[ ]{_L}{{2,}})?[²³]?|[ ]?[€£])(?=\s*[-−+×*·/÷:=)])")
# What stands before or after an equality that is but a piece: "log₂ 8 = 3" of a base, "7 : 2 = 3 resto 1".
_CUT_BEFORE = re.compile(
    rf"(?:{_L}|[\d∜∑∫²³¹⁰⁴-⁹⁺⁻₀-₉])\Z"
    r"|\b(?:ra[ií]z|root)(?: \w+)? (?:de |of )?\Z"
    r"|\b(?:mitad|half|dobles?|twice|triple|tercio|cuart[oa]|quint[oa]|parte|cuadrado|cubo|square|cube|seno|coseno|tangente|logaritmo"
    r"|inverso|opuesto|factorial|m[oó]dulo|suma|sum|producto|product)(?: \w+)? (?:de|del|of)(?: los)? \Z",
    re.I,
)
_CUT_AFTER = re.compile(
    r"[\d∜∑∫²³¹⁰⁴-⁹⁺⁻₀-₉]|,?\s*(?:y |con |with |and )?(?:un |a )?(?:resto|residuo|sobran?|remainder|[Rr]\b)"
)
_GLUED = re.compile(rf"{_L}+")
# f(2) = 5 says what f is, no product.
_CALL = re.compile(r"\s*[a-zA-Z]['′]?\s?\([^()=]*\)\s*")
# "En 4 vale: 8 × 4 = 32" and "quitamos 78: 36 + 78 = 114": punctuation, no division ("12 : 4", "12:4").
_COLON = re.compile(r"(?<=\S):(?=\s)")
# "2 + 2 = 4 y 3 × 3 = 9" and "Y 10 / 4 = 2,5": the Spanish words for "and" and "or", no unknowns.
_AND = re.compile(r"(?<=[\w)\]}%$€|…]) [yeou] (?=[\w\\(\[$√∛|])|(?<!\w)[YEOU] (?=\d)")
_PERCENT_OF = re.compile(r"(?<=%) (?:de|of) (?=[\d(])")
_MONEY = re.compile(r"(?:US)?[$€£](?=\s?\d)|(?<=\d)\s?[€£]")
_OTHER = re.compile(r"\b(?:o|ó|or|caso|case|otr[ao]|other|segund[ao]|second|ejemplo|example|si|if)\b", re.I)


@dataclass(slots=True)
class _Equation:
    """The last equation of one unknown: its letter, its sides, its root where it is linear, its end."""

    letter: str
    sides: tuple[Tree, Tree]
    root: Fraction | None
    end: int


def check_steps(text: str) -> list[Step]:
    """The equalities of a text in order, with their places; at most MAX_STEPS.

    Only the first MAX_TEXT characters are read.
    """
    text = text[:MAX_TEXT]
    masked = _masked(text)
    steps: list[Step] = []
    before: _Equation | None = None
    for run in _RUN.finditer(masked):
        if "=" not in run[0]:
            continue
        for start, middle, end in _chain(masked, run.start(), run.end()):
            verdict, before = _judge(text, masked, start, middle, end, before)
            end += 2 if text.startswith("...", end - 1) else 0
            steps.append(Step(start, end, text[start:end], verdict))
            if len(steps) >= MAX_STEPS:
                return steps
    return steps


def _masked(text: str) -> str:
    """The text with units, nouns and currencies blanked and "% de" a product; every place stays the same."""
    text = _COLON.sub(";", text).replace("...", "…  ")
    text = _AND.sub(lambda m: ";" * len(m[0]), text)
    text = _PERCENT_OF.sub(lambda m: " ×" + " " * (len(m[0]) - 2), text)
    text = _MONEY.sub(lambda m: " " * len(m[0]), text)
    text = _COUNTED.sub(lambda m: m[0] if _is_mathematics(m[0]) else " " * len(m[0]), text)
    return text.replace("$", " ").replace("\\(", "  ").replace("\\)", "  ")


def _is_mathematics(text: str) -> bool:
    """A function, or a product of letters: ``2πr``, ``3ab``; not the ``cm`` of 2cm."""
    product = text[0] != " " and len(text) < 4 and not parse_unit(text)
    return product or text.strip() in ("sen", "sin", "cos", "tan", "tg", "ln", "log", "mcm", "mcd")


def _chain(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """``a = b = c`` gives a = b and b = c: the start, the sign and the end of each."""
    cuts = [start - 1, *[i for i in range(start, end) if text[i] == "="], end]
    sides = [(a + 1, b) for a, b in zip(cuts, cuts[1:], strict=False)]
    found = []
    for (a, b), (c, d) in zip(sides, sides[1:], strict=False):
        left, right = text[a:b], text[c:d]
        first = a + len(left) - len(left.lstrip(" ,;:.)]}*"))
        last = d - (len(right) - len(right.rstrip(" ,;:.([{*")))
        if first < b and c < last and text[first:b].strip() and text[c:last].strip():
            found.append((first, b, last))
    return found


def _judge(
    text: str, masked: str, start: int, middle: int, end: int, before: _Equation | None
) -> tuple[StepVerdict, _Equation | None]:
    left, right = masked[start:middle], masked[middle + 1 : end]
    if max(len(left), len(right)) > MAX_SIDE or _is_piece(masked, start, end):
        return "undecided", before
    if _CALL.fullmatch(left) or _CALL.fullmatch(right):
        return "undecided", None
    verdicts: list[bool | None] = []
    latest = before
    for mark in (".", ","):
        try:
            sides = parse(plain(left), mark), parse(plain(right), mark)
        except (ParseError, NotationError, RecursionError):
            return "undecided", None
        letters = symbols(sides[0]) | symbols(sides[1])
        if before and (start - before.end > NEAR or _OTHER.search(text[before.end : start])):
            before = None
        try:
            verdicts.append(_holds(sides, letters, before))
        except symbolic.TimedOut:
            verdicts.append(None)
        latest = _remember(sides, letters, end) if letters else latest
    if True in verdicts:
        return "right", latest
    return ("undecided" if None in verdicts else "wrong"), latest


def _is_piece(masked: str, start: int, end: int) -> bool:
    """Whether the equality goes on before or after what was read of it; a unit may follow."""
    after = masked[end : end + 40]
    if _CUT_BEFORE.search(masked[max(0, start - 40) : start]) or _CUT_AFTER.match(after):
        return True
    glued = _GLUED.match(after)
    return glued is not None and not parse_unit(glued[0])


def _holds(sides: tuple[Tree, Tree], letters: frozenset[str], before: _Equation | None) -> bool | None:
    a, b = sides
    if not letters:
        return equal(a, b)
    if symbols(a) == symbols(b) and equal(a, b):
        return True
    if before is None or letters != {before.letter}:
        return None
    root = _root(sides, before.letter)
    if root is None:
        return None
    if before.root is not None:
        solved = before.sides[0][0] == "s"  # what follows is another equation, or another of its solutions
        return root == before.root or (None if solved or a == before.sides[0] else False)
    fits = equal(*[substitute(side, before.letter, number(root)) for side in before.sides])
    return False if fits is False else None


def _remember(sides: tuple[Tree, Tree], letters: frozenset[str], end: int) -> _Equation | None:
    if len(letters) != 1:
        return None
    letter = next(iter(letters))
    return _Equation(letter, sides, _root(sides, letter), end)


def _root(sides: tuple[Tree, Tree], letter: str) -> Fraction | None:
    """The root of a linear equation with rational coefficients."""
    difference = ("+", sides[0], ("neg", sides[1]))
    try:
        values = [rational(substitute(difference, letter, number(k))) for k in (0, 1, 2, 5)]
    except Undefined:
        return None
    f0, f1, f2, f5 = values
    if f0 is None or f1 is None or f2 is None or f5 is None:
        return None
    slope = f1 - f0
    if not slope or f2 - f1 != slope or f5 - f2 != 3 * slope:
        return None
    return -f0 / slope
