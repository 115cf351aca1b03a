"""One side of an equality: its place, its value, and the notation that it is written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ... import arithmetic
from ...arithmetic import ArithmeticTextError
from ...numerals import tagged
from .lexing import TIMES_IN_WORDS, Lexeme
from .marks import decimal_mark, numeral

LONGEST = 200  # characters of a side
TAKEN = {"space", "number", "vulgar", "degree", "percent", "bang", "super", "currency", "dress", "fraction",
         "root", "open", "close", "operator"}  # fmt: skip
_MADE = {"operator", "fraction", "root", "percent", "super", "bang", "vulgar"}  # something to be computed


@dataclass(frozen=True)
class Side:
    """``text[start:end]``; ``plain`` is what ``arithmetic`` reads: units and dress left out."""

    start: int
    end: int
    lexemes: tuple[Lexeme, ...]
    plain: str
    units: tuple[str, ...]
    mark: str
    value: Fraction
    exact: bool  # False: a root was approximated
    minus: str  # as the text writes it
    starts_item: bool = False  # nothing but the item's number stands before it

    @cached_property
    def text(self) -> str:
        return "".join(lexeme.text for lexeme in self.lexemes)

    @cached_property
    def numerals(self) -> list[str]:
        return [numeral(lexeme.text) for lexeme in self.lexemes if lexeme.kind == "number"]

    @property
    def is_number(self) -> bool:
        """Nothing is left to be computed, a sign aside."""
        return not computes(self.lexemes)


def computes(lexemes: Sequence[Lexeme]) -> bool:
    """Whether there is something to be computed, a sign aside."""
    return any(lexeme.kind in _MADE for lexeme in without_sign(lexemes))


def without_sign(lexemes: Sequence[Lexeme]) -> Sequence[Lexeme]:
    """Without the sign before the first number."""
    return lexemes[1:] if lexemes and (lexemes[0].is_minus or lexemes[0].text == "+") else lexemes


def side_of(
    lexemes: Sequence[Lexeme],
    text: str,
    question: str,
    *,
    like: Side | None = None,
    starts_item: bool = False,
) -> Side | None:
    """The lexemes as a side with its value; None if that cannot be had."""
    if not lexemes:
        return None
    plain = "".join(_plain(lexeme) for lexeme in lexemes)
    numerals = [numeral(lexeme.text) for lexeme in lexemes if lexeme.kind == "number"]
    mark = decimal_mark(numerals, text, question) if like is None else _mark_like(numerals, like)
    if mark is None:
        return None
    try:
        value, exact = arithmetic.approximate(plain, "es" if mark == "," else "en")
    except (ArithmeticTextError, RecursionError):
        return None
    units = tuple(lexeme.text for lexeme in lexemes if lexeme.kind in ("word", "currency", "degree"))
    start, end = lexemes[0].start, lexemes[-1].end
    minus = "−" if "−" in text else "-"
    return Side(start, end, tuple(lexemes), plain, units, mark, value, exact, minus, starts_item)


def _plain(lexeme: Lexeme) -> str:
    if lexeme.kind == "operator":
        return "*" if lexeme.text in TIMES_IN_WORDS else lexeme.text
    return " " if lexeme.kind in ("word", "dress", "currency", "degree", "space") else lexeme.text


def _mark_like(numerals: list[str], like: Side) -> str | None:
    """The decimal mark of a right side: its own where it shows, else that of the left side."""
    own = {found[0][0] for text in numerals if len(found := tagged(text)) == 1} - {""}
    if len(own) > 1:
        return None
    return next(iter(own), like.mark)
