"""Plain notation to tokens: numbers, letters, functions, words and signs. ``tokenize("2x + sen 30°")``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..number_words import plain_word
from ..numerals import APOSTROPHES, NUMERAL, PERIOD_MARKED, read_periodic, tagged

MAX_TOKENS = 600


EXACT_ENOUGH = 8  # digits of an unending decimal that say which number is meant


FUNCTIONS = {
    name: target
    for target, names in {
        "sin": "sin sen seno sine", "cos": "cos coseno cosine", "tan": "tan tg tang tangente tangent",
        "cot": "cot ctg cotg cotan cotangente", "sec": "sec secante", "csc": "csc cosec cosecante",
        "asin": "asin arcsin arcsen arcoseno asen", "acos": "acos arccos arcocoseno",
        "atan": "atan arctan arctg atg arcotangente", "acot": "acot arccot arcctg arccotg actg",
        "asec": "arcsec asec", "acsc": "arccsc acsc", "sinh": "sinh senh", "cosh": "cosh", "tanh": "tanh tgh",
        "asinh": "asinh arcsinh argsenh arcsenh", "acosh": "acosh arccosh argcosh",
        "atanh": "atanh arctanh argtgh", "ln": "ln", "log": "log lg", "exp": "exp", "sqrt": "sqrt raiz √",
        "cbrt": "cbrt ∛", "nroot": "nroot", "abs": "abs", "gcd": "gcd mcd hcf gcf", "lcm": "lcm mcm",
        "min": "min", "max": "max", "binom": "binom comb", "floor": "floor", "ceil": "ceil",
    }.items()
    for name in names.split()
}  # fmt: skip


_GREEK = {"pi": "π", "alpha": "α", "alfa": "α", "beta": "β", "gamma": "γ", "theta": "θ", "lambda": "λ",
    "mu": "μ",
          "delta": "δ", "phi": "φ", "omega": "ω", "sigma": "σ", "rho": "ρ", "tau": "τ",
              "epsilon": "ε"}  # fmt: skip


# Short words that are never a product of letters.
STOP = frozenset(
    "vez mes dia ano pan uva ojo pie rey pez mar sal sol luz paz sed ley tia tio rio box car cat dog egg pen hat cup day "
    "bus toy man men bag bed boy cow fly hen kid leg map pig row sea sun tax tea "
    "de la el los las es son un una en con por al del se no si su que ya ni lo le les me te tu mi sus da dos dan das di "
    "hay mas muy tan fue ser era han ha he va van voy ven ver hoy asi aun sin nos os ella uno six seis ten two one "
    "is of the to in at and or not are we so it be by an as if he she you has for its was can all any per yes get got "
    "had him her his how let may new now old our out own put run saw say set too use way who why yet big but buy cut did "
    "eat end far few fit off on up us do go gas "
    "km cm mm dm hm dam kg mg cg dg hg dag ml cl dl hl min seg hrs hr ft lb oz rad usd eur mph kmh mxn cop "
    "lim det rang dom rank".split()
)


_PERIODIC = rf"[0-9]+[.,'][0-9]*?(?:\([0-9]+\)|{PERIOD_MARKED}|(?<=[.,0-9])…)"


_TOKENS = {
    commas: re.compile(
        rf"\s*(?:(?P<per>{_PERIODIC})|(?P<num>{numeral})|(?P<name>[^\W\d_]+(?:_\w+"
        rf"|(?<=[A-Za-z])[0-9]+(?![.,]?[0-9(/]))?'*)"
        r"|(?P<op>\S))"
    )
    for commas, numeral in (
        (False, NUMERAL.pattern),
        (True, rf"[0-9]+(?:[.{APOSTROPHES}][0-9]+)?|(?<![^\s(\[{{+*/=<>≤≥≈$€;:&,-])\.[0-9]+"),
    )
}  # fmt: skip


_LEADING_ZERO = re.compile(r"0\d")


class ParseError(ValueError):
    """The text is not one whole expression, or is out of bounds."""


@dataclass(frozen=True, slots=True)
class Token:
    """kind: num, sym, func, word or op. ``gap``: whether a space stands before it."""

    kind: str
    text: str
    value: Fraction | None
    gap: bool
    start: int
    end: int


def tokenize(text: str, mark: str = ".", commas: bool = False) -> list[Token]:
    """Tokens of a plain text. ``mark``: how ``1.234`` is read; ``commas``: commas always separate."""
    tokens: list[Token] = []
    position, text = 0, text.rstrip()
    while position < len(text):
        match = _TOKENS[commas].match(text, position)
        if not match:
            raise ParseError(text[position : position + 20])
        start = match.start(match.lastgroup or 0)
        gap = start > position or position == 0
        if commas and match.lastgroup == "num" and _LEADING_ZERO.match(match["num"]):
            raise ParseError("a decimal comma")  # 0,05 is no list of 0 and 5
        tokens.extend(_token(match, start, gap, mark))
        position = match.end()
        if len(tokens) > MAX_TOKENS:
            raise ParseError("too long")
    return tokens


def _token(match: re.Match[str], start: int, gap: bool, mark: str) -> list[Token]:
    kind, text = match.lastgroup, match[match.lastgroup or 0]
    if kind == "per":
        value = read_periodic(text)
        if value is None and sum(c.isdigit() for c in text) > EXACT_ENOUGH and text.endswith("…"):
            value = Fraction(text.rstrip("…").replace(",", "."))  # 1,41421356…
        if value is None:
            raise ParseError(text)
        return [Token("num", text, value, gap, start, match.end())]
    if kind == "num":
        found = tagged(text)
        if not found:
            raise ParseError(text)
        value = next((v for used, v in found if used == mark), found[0][1])
        return [Token("num", text, value, gap, start, match.end())]
    if kind == "op":
        return [Token("op", text, None, gap, start, match.end())]
    return [
        Token(k, t, None, gap if i == 0 else False, start, match.end())
        for i, (k, t) in enumerate(_name(text))
    ]


def _name(text: str) -> list[tuple[str, str]]:
    """What a run of letters is: a function, a letter, a product of letters, or a word."""
    bare = plain_word(text) if len(text) > 1 else text
    if bare in FUNCTIONS and text not in ("MIN", "MAX"):
        return [("func", FUNCTIONS[bare])]
    if bare in _GREEK:
        return [("sym", _GREEK[bare])]
    if len(text) == 1:
        return [("sym", text)]
    match = re.fullmatch(r"([^\W\d_])_?([0-9A-Za-z]+)('*)", text)
    if match and ("_" in text or match[2].isdigit()):
        return [("sym", f"{match[1]}_{match[2]}{match[3]}")]
    if re.fullmatch(r"[^\W\d_]'+", text):
        return [("sym", text)]
    if match := re.match(r"(log)_(\w+)$", bare):
        return [
            ("func", "log"),
            ("op", "_"),
            ("num" if match[2].isdigit() else "sym", match[2]),
        ]
    for cut in range(min(6, len(bare) - 1), 1, -1):
        if bare[:cut] in FUNCTIONS and (len(bare) - cut == 1 or bare[cut:] in _GREEK):
            return [("func", FUNCTIONS[bare[:cut]]), *_name(text[cut:])]
    if len(text) == 2 and text[0] in "ABCDKP" and text[1] in "aehtx" and bare not in STOP:
        return [("sym", letter) for letter in text]
    if len(text) <= 3 and text.isascii() and bare not in STOP and text.isalpha() and text.islower():
        return [("sym", letter) for letter in text]
    if len(text) <= 4 and any("α" <= letter <= "ω" for letter in text):
        return [("sym", letter) for letter in text]
    return [("word", bare)]
