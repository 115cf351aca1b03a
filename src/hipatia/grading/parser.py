"""Plain notation to an expression tree: ``parse("2x + sen 30°")``. Nothing is evaluated or run.

The whole text must be an expression, else ParseError: a piece of it is never taken for it.
"""

from __future__ import annotations

from .latex import ARGUMENT, MIXED
from .tokens import ParseError, Token, tokenize
from .tree import MAX_EXPONENT, Tree, number

MAX_DEPTH = 40


_INVERSE = {
    "sin": "asin",
    "cos": "acos",
    "tan": "atan",
    "cot": "acot",
    "sec": "asec",
    "csc": "acsc",
}


_CLOSE = {"(": ")", "[": "]", "{": "}", "|": "|", "⌊": "⌋", "⌈": "⌉"}


_MANY = {"gcd", "lcm", "min", "max"}


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


def _is_angle(tree: Tree) -> bool:
    """``sen π/6`` means the sine of π/6."""
    return tree == ("s", "π") or (tree[0] == "*" and tree[2] == ("s", "π"))
