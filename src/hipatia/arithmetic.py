"""Exact evaluation of a written arithmetic expression: ``evaluate("3/4 + 1,5 × 2")`` is 15/4.

Numbers in Spanish and English notation, ``+ - × · * : ÷ / ^``, powers (², ³), roots (perfect ones, or
approximated where that is asked for), percentages, factorials, brackets, and the LaTeX that models write. Everything is bounded
(length, depth, size of powers); nothing is ever run as code.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from math import isqrt
from typing import Any

from .numerals import NUMERAL, tagged

MAX_LENGTH = 1000
MAX_DEPTH = 40
MAX_BITS = 20_000
MAX_FACTORIAL = 500
PLACES = 40  # decimals of a root that is approximated

_SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
_REPLACE: list[tuple[re.Pattern[str], Any]] = [
    (re.compile(r"\\(?:left|right|displaystyle|,|;|:|!|quad|qquad)(?![a-z])|\$|\\[()\[\]]"), " "),
    (re.compile(r"\\(?:times|cdot|ast)(?![a-z])|[×·⋅∗∙✕✖]"), "*"),
    (re.compile(r"\\div(?![a-z])|[÷⁄∕]"), "/"),
    (re.compile(r"[−–—]"), "-"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\{,\}"), ","),
    (
        re.compile(rf"[{_SUPER}]+"),
        lambda m: "^(" + "".join("0123456789-"[_SUPER.index(c)] for c in m[0]) + ")",
    ),
    (re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)"), r"((\1)/(\2))"),
]
_FRAC = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_SQRT = re.compile(r"\\sqrt\s*\{([^{}]*)\}")
_NTH_ROOT = re.compile(r"\\sqrt\s*\[\s*([2-9])\s*\]\s*\{([^{}]*)\}")
# "3/4 : 1/2" divides by a half: what is written without spaces belongs together.
_DIVIDED_BY_FRACTION = re.compile(r"(?<=\s)(÷|:|\\div|/(?=\s))\s*(\d+)/(\d+)(?![\d/]|[.,]\d)")
_VULGAR = re.compile("[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_MIXED_NUMBER = re.compile(r"(?<![\d.,/^])(\d{1,9}) +(\d{1,9})/(\d{1,9})(?![\d/]|[.,]\d)")
MIXED = "⊹"  # joins the whole part and the fraction of a mixed number
_TOKEN = re.compile(rf"\s*(?:({NUMERAL.pattern})|(\*\*|[-+*/:^!%()\[\]{{}}√∛∜⊹]|[xX](?=\s*[\d(])))")


class ArithmeticTextError(ValueError):
    """Not an arithmetic expression, ambiguous, undefined (a division by 0) or too large."""


def evaluate(text: str, *, language: str = "auto") -> Fraction:
    """The exact value of an expression.

    ``1.234`` is read by its language: 1234 in ``es``, 1.234 in ``en``. With ``auto`` the other numerals
    of the text decide, else a point or comma followed by three digits raises ArithmeticTextError.
    """
    if language in ("es", "en"):
        return _Parser(_tokens(text, "," if language == "es" else ".")).value()
    values = evaluations(text)
    if len(values) != 1:
        raise ArithmeticTextError(f"ambiguous: {text[:60]}")
    return values[0]


def evaluations(text: str) -> tuple[Fraction, ...]:
    """The values under each decimal mark that the whole text allows; one or two of them."""
    tokens = [_tokens(text, mark) for mark in (".", ",")]
    values = []
    marks = {readings[0][0] for readings in (tagged(t) for t in _numerals(text)) if len(readings) == 1} - {""}
    for mark, found in zip((".", ","), tokens, strict=True):
        if len(marks) == 1 and mark not in marks:
            continue
        values.append(_Parser(found).value())
    return tuple(dict.fromkeys(values))


def approximate(text: str, language: str) -> tuple[Fraction, bool]:
    """The value, and whether it is exact: a root that is not rational is taken to PLACES decimals."""
    parser = _Parser(_tokens(text, "," if language == "es" else "."), approximate=True)
    return parser.value(), parser.exact


def _numerals(text: str) -> list[str]:
    return [match[1] for match in _TOKEN.finditer(_plain(text)) if match[1]]


def _plain(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise ArithmeticTextError("too long")
    text = _DIVIDED_BY_FRACTION.sub(r"/ (\2/\3)", text)
    for pattern, by in _REPLACE:
        text = pattern.sub(by, text)
    text = _MIXED_NUMBER.sub(_mixed, _VULGAR.sub(_vulgar, text))
    for _ in range(MAX_DEPTH):
        text, count = _FRAC.subn(r"((\1)/(\2))", text)
        text, roots = _SQRT.subn(r"√(\1)", text)
        text, others = _NTH_ROOT.subn(r"((\2)^(1/\1))", text)
        if not count + roots + others:
            break
    return text


def _vulgar(match: re.Match[str]) -> str:
    top, bottom = unicodedata.normalize("NFKC", match[0]).split("\u2044")
    after_digit = match.start() and match.string[match.start() - 1].isdigit()
    return f"{MIXED if after_digit else ''}({top}/{bottom})"


def _mixed(match: re.Match[str]) -> str:
    whole, top, bottom = match.groups()
    return f"{whole}{MIXED}({top}/{bottom})" if int(top) < int(bottom) else match[0]


def _tokens(text: str, mark: str) -> list[Fraction | str]:
    text = _plain(text)
    tokens: list[Fraction | str] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise ArithmeticTextError(f"not arithmetic: {text[position : position + 20]!r}")
        position = match.end()
        tokens.append(_number(match[1], mark) if match[1] else _operator(match[2]))
    return tokens


def _number(numeral: str, mark: str) -> Fraction:
    found = tagged(numeral)
    if not found:
        raise ArithmeticTextError(f"not a number: {numeral[:30]}")
    return next((value for used, value in found if used == mark), found[0][1])


def _operator(text: str) -> str:
    return {"**": "^", ":": "/", "x": "*", "X": "*", "[": "(", "]": ")", "{": "(", "}": ")"}.get(text, text)


class NoExactRoot(ArithmeticTextError):
    """A root of a positive number that is not rational."""


_ROOTS = {"√": 2, "∛": 3, "∜": 4}


class _Parser:
    """Precedence climbing over the tokens, with the bounds applied at every step."""

    def __init__(self, tokens: list[Fraction | str], *, approximate: bool = False):
        self.tokens = tokens
        self.approximate = approximate
        self.exact = True
        self.i = 0
        self.depth = 0

    def value(self) -> Fraction:
        result = self.sum()
        if self.i != len(self.tokens):
            raise ArithmeticTextError(f"unexpected {self.tokens[self.i]}")
        return result

    def peek(self) -> Fraction | str | None:
        return self.tokens[self.i] if self.i < len(self.tokens) else None

    def take(self) -> Fraction | str:
        if self.i >= len(self.tokens):
            raise ArithmeticTextError("unfinished")
        self.i += 1
        return self.tokens[self.i - 1]

    def sum(self) -> Fraction:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ArithmeticTextError("nested too deep")
        result = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            result = _bounded(result + sign * self.product())
        self.depth -= 1
        return result

    def product(self) -> Fraction:
        result = self.signed()
        while True:
            ahead = self.peek()
            if ahead in ("*", "/"):
                self.take()
                right = self.signed()
                result = result * right if ahead == "*" else _divide(result, right)
            elif ahead == MIXED:
                self.take()
                result += self.power()
            elif ahead == "(" or ahead in _ROOTS:
                result *= self.power()
            else:
                return _bounded(result)
            _bounded(result)

    def signed(self) -> Fraction:
        sign = 1
        for _ in range(MAX_DEPTH):
            if self.peek() not in ("+", "-"):
                break
            sign = -sign if self.take() == "-" else sign
        return sign * self.power()

    def power(self) -> Fraction:
        base = self.postfix()
        if self.peek() != "^":
            return base
        self.take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ArithmeticTextError("nested too deep")
        exponent = self.signed()
        self.depth -= 1
        return self.raised(base, exponent)

    def raised(self, base: Fraction, exponent: Fraction) -> Fraction:
        try:
            return raise_power(base, exponent)
        except NoExactRoot:
            if not self.approximate:
                raise
        self.exact = False
        return raise_power(_near_root(base, exponent.denominator), Fraction(exponent.numerator))

    def postfix(self) -> Fraction:
        value = self.atom()
        while self.peek() in ("!", "%"):
            value = value / 100 if self.take() == "%" else _factorial(value)
        return value

    def atom(self) -> Fraction:
        token = self.take()
        if isinstance(token, Fraction):
            return token
        if token == "(":
            value = self.sum()
            if self.take() != ")":
                raise ArithmeticTextError("unclosed bracket")
            return value
        if token in _ROOTS:
            return self.raised(self.atom(), Fraction(1, _ROOTS[str(token)]))
        raise ArithmeticTextError(f"unexpected {token}")


def _bounded(value: Fraction) -> Fraction:
    if value.numerator.bit_length() + value.denominator.bit_length() > MAX_BITS:
        raise ArithmeticTextError("too large")
    return value


def _divide(top: Fraction, bottom: Fraction) -> Fraction:
    if not bottom:
        raise ArithmeticTextError("division by zero")
    return top / bottom


def _factorial(value: Fraction) -> Fraction:
    if value.denominator != 1 or not 0 <= value <= MAX_FACTORIAL:
        raise ArithmeticTextError("no factorial")
    result = 1
    for n in range(2, int(value) + 1):
        result *= n
    return Fraction(result)


def raise_power(base: Fraction, exponent: Fraction) -> Fraction:
    """base ** exponent where that is rational; ArithmeticTextError where it is not, or too large."""
    if exponent.denominator > 1:
        base, exponent = _root(base, exponent.denominator), Fraction(exponent.numerator)
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) > MAX_BITS or size * abs(exponent) > MAX_BITS:
        raise ArithmeticTextError("too large")
    if not base and exponent <= 0:
        raise ArithmeticTextError("0 to a power that is not positive")
    return base ** int(exponent)


def _root(base: Fraction, degree: int) -> Fraction:
    if base < 0 or degree > 64:
        raise ArithmeticTextError("no exact root")
    return Fraction(_integer_root(base.numerator, degree), _integer_root(base.denominator, degree))


def _integer_root(n: int, degree: int) -> int:
    root = isqrt(n) if degree == 2 else _newton(n, degree)
    if root**degree != n:
        raise NoExactRoot("no exact root")
    return root


def _near_root(base: Fraction, degree: int) -> Fraction:
    """The root cut off after PLACES decimals."""
    shifted = base.numerator * 10 ** (degree * PLACES) // base.denominator
    return Fraction(isqrt(shifted) if degree == 2 else _newton(shifted, degree), 10**PLACES)


def _newton(n: int, degree: int) -> int:
    if n < 2:
        return n
    x = 1 << -(-n.bit_length() // degree)
    while True:
        y = ((degree - 1) * x + n // x ** (degree - 1)) // degree
        if y >= x:
            return x
        x = y
