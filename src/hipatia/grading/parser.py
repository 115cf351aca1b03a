"""Plain notation to an expression tree: ``parse("2x + sen 30°")``. Nothing is evaluated or run.

The whole text must be an expression, else ParseError: a piece of it is never taken for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from ..number_words import plain_word
from ..numerals import APOSTROPHES, NUMERAL, read_periodic, tagged
from .notation import ARGUMENT, MIXED
from .tree import MAX_EXPONENT, Tree, number

MAX_TOKENS = 600
MAX_DEPTH = 40
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
_INVERSE = {
    "sin": "asin",
    "cos": "acos",
    "tan": "atan",
    "cot": "acot",
    "sec": "asec",
    "csc": "acsc",
}
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
_CLOSE = {"(": ")", "[": "]", "{": "}", "|": "|", "⌊": "⌋", "⌈": "⌉"}
_PERIODIC = r"[0-9]+[.,][0-9]*(?:\([0-9]+\)|(?:[0-9][\u0305\u0304\u0302\u0311\u0361\u0308\u0307])+|…)"
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


def parse(text: str, mark: str = ".", commas: bool = False, sign: int = 1) -> Tree:
    """The tree of a whole plain text. ``sign``: what ± means here. Raises ParseError."""
    return parse_tokens(tokenize(text, mark, commas), sign)


def parse_tokens(tokens: list[Token], sign: int = 1) -> Tree:
    parser = _Parser(tokens, sign)
    tree = parser.sum()
    if parser.i != len(tokens):
        raise ParseError(f"unexpected {tokens[parser.i].text}")
    return tree


class _Parser:
    def __init__(self, tokens: list[Token], sign: int):
        self.tokens = tokens
        self.sign = sign
        self.i = 0
        self.depth = 0
        self.bars = 0

    def op(self) -> str:
        """The operator ahead, empty where there is none."""
        if self.i < len(self.tokens) and self.tokens[self.i].kind == "op":
            return self.tokens[self.i].text
        return ""

    def kind(self) -> str:
        return self.tokens[self.i].kind if self.i < len(self.tokens) else ""

    def take(self) -> Token:
        if self.i >= len(self.tokens):
            raise ParseError("unfinished")
        self.i += 1
        return self.tokens[self.i - 1]

    def expect(self, text: str) -> None:
        if self.take().text != text:
            raise ParseError(f"no {text}")

    def sum(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError("nested too deep")
        tree = self.product()
        while self.op() in ("+", "-", "±", "∓"):
            sign = self.plus_minus()
            right = self.product()
            tree = ("+", tree, right if sign > 0 else ("neg", right))
        self.depth -= 1
        return tree

    def plus_minus(self) -> int:
        return {"+": 1, "-": -1, "±": self.sign, "∓": -self.sign}[self.take().text]

    def product(self) -> Tree:
        tree = self.signed()
        while True:
            op = self.op()
            if op in ("*", "/", ":"):
                self.take()
                tree = ("*" if op == "*" else "/", tree, self.signed())
            elif self.starts_factor():
                tree = ("*", tree, self.power())
            else:
                return tree

    def starts_factor(self) -> bool:
        kind, op = self.kind(), self.op()
        if kind == "num":
            before = self.tokens[self.i - 1]
            return before.text == ")" or (before.kind == "sym" and self.tokens[self.i].gap)
        return (
            kind in ("sym", "func") or op in ("(", "[", "√", "∛", "⌊", "{") or (op == "|" and not self.bars)
        )

    def signed(self) -> Tree:
        negative, signs = False, 0
        while self.op() in ("+", "-", "±", "∓"):
            negative ^= self.plus_minus() < 0
            signs += 1
            if signs > 3:
                raise ParseError("too many signs")
        tree = self.power()
        return ("neg", tree) if negative else tree

    def power(self) -> Tree:
        base = self.postfix()
        if self.op() != "^":
            return base
        self.take()
        return self.raised(base, self.exponent())

    def exponent(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError("nested too deep")
        tree = self.signed()
        self.depth -= 1
        return tree

    def raised(self, base: Tree, exponent: Tree) -> Tree:
        if exponent[0] == "n" and abs(exponent[1]) > MAX_EXPONENT * 1000:
            raise ParseError("exponent too large")
        return ("^", base, exponent)

    def postfix(self) -> Tree:
        tree = self.atom()
        while self.op() in ("!", "°", "%", "‰"):
            mark = self.take().text
            if mark == "!":
                tree = ("f", "fact", tree)
            elif mark in "%‰":
                tree = ("/", tree, number(100 if mark == "%" else 1000))
            else:
                tree = ("*", tree, ("/", ("s", "π"), number(180)))
        return tree

    def atom(self) -> Tree:
        token = self.take()
        if token.kind == "num":
            tree = number(token.value if token.value is not None else int(token.text))
            if self.op() == MIXED:
                self.take()
                tree = ("+", tree, self.atom())
            return tree
        if token.kind == "sym":
            return ("s", token.text)
        if token.kind == "func":
            return self.function(token.text)
        if token.text in ("√", "∛"):
            inner = self.signed() if self.op() == "-" else self.postfix()
            return ("f", "sqrt", inner) if token.text == "√" else ("f", "nroot", number(3), inner)
        if token.text in _CLOSE:
            return self.bracket(token.text)
        if token.text == "∞":
            return ("s", "∞")
        raise ParseError(f"unexpected {token.text}")

    def bracket(self, opening: str) -> Tree:
        bars, self.bars = self.bars, 1 if opening == "|" else 0
        tree = self.sum()
        self.expect(_CLOSE[opening])
        self.bars = bars
        if opening in "([{":
            return tree
        return ("f", {"|": "abs", "⌊": "floor", "⌈": "ceil"}[opening], tree)

    def function(self, name: str) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError("nested too deep")
        base: Tree | None = None
        exponent: Tree | None = None
        for _ in range(2):
            if self.op() == "_" and base is None:
                self.take()
                base = self.atom()
            elif self.op() == "^" and exponent is None:
                self.take()
                exponent = self.exponent()
        args = self.arguments(name)
        if exponent == ("neg", number(1)) and name in _INVERSE:
            name, exponent = _INVERSE[name], None
        tree = self.applied(name, args, base)
        self.depth -= 1
        return ("^", tree, exponent) if exponent is not None else tree

    def arguments(self, name: str) -> list[Tree]:
        if self.op() in ("(", "[", "{"):
            opening = self.take().text
            bars, self.bars = self.bars, 0
            args = [self.sum()]
            while self.op() in (",", ";", ARGUMENT):
                self.take()
                args.append(self.sum())
            self.expect(_CLOSE[opening])
            self.bars = bars
            if len(args) == 1 and self.op() == "^" and name not in ("sqrt", "nroot"):
                return args
            return args
        negative = self.op() == "-"
        if negative:
            self.take()
        tree = self.power()
        while (self.kind() == "sym" or self.op() in ("(", "√")) and self.starts_factor():
            tree = ("*", tree, self.power())
        if self.op() == "/" and self.kind_after() == "num" and (_is_angle(tree) or self.glued()):
            self.take()
            tree = ("/", tree, self.power())
        return [("neg", tree) if negative else tree]

    def glued(self) -> bool:
        """``ln 1/2``: a fraction of numerals without spaces."""
        before, slash, after = self.tokens[self.i - 1 : self.i + 2]
        return before.kind == "num" and not slash.gap and not after.gap

    def kind_after(self) -> str:
        return self.tokens[self.i + 1].kind if self.i + 1 < len(self.tokens) else ""

    def applied(self, name: str, args: list[Tree], base: Tree | None) -> Tree:
        if name == "log":
            if len(args) == 2 and base is None:
                return ("f", "log", args[1], args[0])
            return ("f", "log", base or number(10), *args[:1])
        if base is not None:
            raise ParseError("a subscript")
        if name == "exp":
            return ("^", ("s", "e"), args[0])
        if name == "cbrt":
            return ("f", "nroot", number(3), args[0])
        wanted = {"nroot": 2, "binom": 2}.get(name)
        if wanted and len(args) != wanted or (wanted is None and len(args) > 1 and name not in _MANY):
            raise ParseError("arguments")
        return ("f", name, *args)


_MANY = {"gcd", "lcm", "min", "max"}


def _is_angle(tree: Tree) -> bool:
    """``sen π/6`` means the sine of π/6."""
    return tree == ("s", "π") or (tree[0] == "*" and tree[2] == ("s", "π"))
